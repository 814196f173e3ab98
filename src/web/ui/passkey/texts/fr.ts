import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  signInWithPasskey: 'Se connecter avec une clé d’accès',
  usePasskey: 'Utiliser votre clé d’accès',
  secondLead:
    'Utilisez une clé d’accès de ce compte : sur cet appareil, sur votre téléphone ou sur une clé de sécurité.',
  unused:
    'Aucune clé d’accès n’a été utilisée. Réessayez ou connectez-vous autrement. Les clés d’accès créées pour une autre adresse que {host} n’apparaissent pas ici.',
  notMade: 'Aucune clé d’accès n’a été créée. Vous pouvez réessayer quand vous voulez.',
  present: 'Il y a déjà une clé d’accès pour ce compte à l’endroit choisi.',
  elsewhere: 'Les clés d’accès ne fonctionnent que sur {host}. Ouvrez cette page à cette adresse.',
  unsupported:
    'Ce navigateur ne prend pas en charge les clés d’accès. Choisissez un autre moyen ou un autre navigateur.',
  unreachable: 'Le serveur est injoignable. Rechargez cette page et réessayez.',
  failed: 'Cela n’a pas fonctionné. Réessayez ou choisissez un autre moyen.',
  needsScripts:
    'Les clés d’accès ont besoin de JavaScript, qui ne fonctionne pas dans ce navigateur. Choisissez un autre moyen.',
  tooOld: 'Cela a pris trop de temps ou a été terminé dans un autre onglet. Réessayez.',
  notVerified:
    'Votre appareil n’a pas vérifié que c’est bien vous. Configurez-y un code PIN, une empreinte ou la reconnaissance du visage, ou connectez-vous autrement.',
  refused:
    'Cette clé d’accès n’a pas été acceptée. Elle a peut-être été supprimée de votre compte, ou créée pour une autre adresse que {host}. Connectez-vous autrement.',
  passkeys: 'Clés d’accès',
  passkeysLead:
    'Avec une clé d’accès, le verrou de votre appareil vous connecte : empreinte, visage ou code PIN. Personne ne peut la deviner, et aucun faux site ne peut vous la soutirer.',
  add: 'Ajouter une clé d’accès',
  addLead:
    'Votre navigateur demande où la conserver : sur cet appareil, dans un gestionnaire de mots de passe, sur votre téléphone ou sur une clé de sécurité.',
  addSecond:
    'Ensuite, votre mot de passe seul ne suffira plus : pour se connecter avec lui, il faudra aussi une clé d’accès.',
  create: 'Créer la clé d’accès',
  name: 'Nom',
  addedAt: 'Ajoutée',
  lastUsed: 'Dernière utilisation',
  notUsedYet: 'Pas encore',
  keptIn: 'Conservée',
  oneDevice: 'Sur un seul appareil',
  synced: 'Synchronisée entre appareils',
  madeFor: 'Créée pour {host}',
  otherHost:
    'Ce site se trouve maintenant à l’adresse {host}. Les clés d’accès créées pour une adresse précédente ne fonctionnent que là-bas : ajoutez-en une nouvelle et supprimez l’ancienne.',
  ipAddress:
    'Les clés d’accès ont besoin d’une adresse avec un nom. Pour une adresse IP comme {host}, aucun navigateur n’en crée ; votre administrateur peut y remédier.',
  actions: 'Actions',
  change: 'Modifier',
  save: 'Enregistrer',
  cancel: 'Annuler',
  remove: 'Supprimer cette clé d’accès',
  removeHint:
    'Elle ne sera plus acceptée ici. Supprimez-la aussi sur votre appareil ou dans votre gestionnaire de mots de passe.',
  giveName: 'Donnez un nom à la clé d’accès.',
  lastWay:
    'Cette clé d’accès est votre dernier moyen de vous connecter. Ajoutez-en une autre ou définissez un mot de passe avant de la supprimer.',
  added: 'La clé d’accès « {name} » a été ajoutée.',
  renamed: 'La clé d’accès s’appelle maintenant « {name} ».',
  removed: 'La clé d’accès « {name} » a été supprimée.',
  securityKey: 'Clé de sécurité',
  passkey: 'Clé d’accès',
  offerHeading: 'Connectez-vous plus vite la prochaine fois',
  offer:
    'Avec une clé d’accès, plus besoin de mot de passe : votre appareil vous connecte par empreinte, visage ou code PIN.',
  notNow: 'Pas maintenant',
};
