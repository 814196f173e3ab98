import type { Texts } from '../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  signInSubject: 'Connexion à {house}',
  signInText:
    'Quelqu’un, vous sans doute, souhaite se connecter à {house}. Saisissez ce code sur la page où vous l’avez demandé, ou ouvrez le lien.',
  signInLabel: 'Se connecter',
  signInClosing:
    'Le code et le lien ne servent qu’une fois, pendant {minutes, plural, one {# minute} other {# minutes}}. Ne donnez ce code à personne, même à quelqu’un qui appelle en notre nom. Si vous ne l’avez pas demandé, ne faites rien.',
  resetSubject: 'Choisir un nouveau mot de passe',
  resetText: 'Quelqu’un, vous sans doute, a demandé un nouveau mot de passe pour le compte {username} chez {house}.',
  resetClosing:
    'Le lien ne sert qu’une fois, pendant {minutes, plural, one {# minute} other {# minutes}}. Si vous ne l’avez pas demandé, ne faites rien : votre mot de passe reste inchangé.',
  confirmSubject: 'Confirmez votre adresse e-mail',
  confirmText:
    'Quelqu’un, vous sans doute, a indiqué cette adresse pour un compte chez {house}. Saisissez ce code sur la page où vous l’avez indiquée, ou ouvrez le lien.',
  confirmLabel: 'Confirmer l’adresse',
  confirmClosing:
    'Le code et le lien ne servent qu’une fois, pendant {hours, plural, one {# heure} other {# heures}}. Si ce n’était pas vous, ne faites rien.',
  takenSubject: 'Votre adresse a été indiquée pour un autre compte',
  takenText:
    'Quelqu’un a indiqué cette adresse pour un autre compte chez {house}, mais elle appartient déjà au vôtre. Rien n’a changé. Si c’était vous, connectez-vous avec cette adresse.',
  emailChangedSubject: 'Votre adresse e-mail a été modifiée',
  emailChangedText: 'L’adresse e-mail de votre compte {username} chez {house} est maintenant {email}.',
  undoLabel: 'Annuler la modification',
  undoClosing:
    'Si c’était vous, il n’y a rien à faire. Sinon, annulez-la dans les {days, plural, one {# jour} other {# jours}} : cette adresse sera rétablie et toutes les personnes connectées à votre compte seront déconnectées.',
  newDeviceSubject: 'Nouvelle connexion à votre compte',
  newDeviceText: 'Quelqu’un s’est connecté à votre compte {username} chez {house} avec un navigateur encore inconnu.',
  newDeviceDetails: 'Quand : {time}\nNavigateur : {device}\nAdresse réseau : {address}',
  passwordChangedSubject: 'Votre mot de passe a été modifié',
  passwordChangedText: 'Le mot de passe de votre compte {username} chez {house} a été modifié.',
  passkeyAddedSubject: 'Une clé d’accès a été ajoutée',
  passkeyAddedText:
    'La clé d’accès « {name} » permet maintenant de se connecter à votre compte {username} chez {house}.',
  passkeyRemovedSubject: 'Une clé d’accès a été supprimée',
  passkeyRemovedText:
    'La clé d’accès « {name} » ne permet plus de se connecter à votre compte {username} chez {house}.',
  secondFactorAddedSubject: 'Une deuxième étape a été configurée',
  secondFactorAddedText:
    'La connexion à votre compte {username} chez {house} demande maintenant une deuxième étape : {name}.',
  secondFactorRemovedSubject: 'Une deuxième étape a été supprimée',
  secondFactorRemovedText:
    'Cette deuxième étape n’est plus demandée pour se connecter à votre compte {username} chez {house} : {name}.',
  recoveryCodeUsedSubject: 'Un code de récupération a été utilisé',
  recoveryCodeUsedText: 'Quelqu’un s’est connecté à votre compte {username} chez {house} avec un code de récupération.',
  providerLinkedSubject: 'Un autre compte a été associé',
  providerLinkedText: 'On peut maintenant se connecter à votre compte {username} chez {house} avec {name}.',
  providerUnlinkedSubject: 'Un autre compte a été dissocié',
  providerUnlinkedText: 'On ne peut plus se connecter à votre compte {username} chez {house} avec {name}.',
  passkeyRefusedSubject: 'Une clé d’accès a été refusée',
  passkeyRefusedText:
    'Quelqu’un a voulu se connecter à votre compte {username} chez {house} avec la clé d’accès « {name} ». Elle a été refusée, car il semble qu’il en existe une copie.',
  passkeyRefusedClosing:
    'Supprimez cette clé d’accès de votre compte et ajoutez-en une nouvelle, même si c’était vous. Sinon, prévenez votre administrateur.',
  secondFactorsRemovedSubject: 'Vos étapes supplémentaires ont été supprimées',
  secondFactorsRemovedText:
    'Un administrateur a supprimé toutes les étapes supplémentaires de votre compte {username} chez {house} : application d’authentification, clés d’accès, codes de récupération et appareils de confiance. Vous êtes déconnecté partout.',
  secondFactorsRemovedClosing:
    'Si vous l’avez demandé, connectez-vous et configurez de nouveau une deuxième étape. Sinon, prévenez votre administrateur.',
  accountLabel: 'Voir votre compte',
  noticeClosing:
    'Si c’était vous, il n’y a rien à faire. Sinon, choisissez un nouveau mot de passe avec « Mot de passe oublié ? » sur la page de connexion : tout le monde sera déconnecté. Et prévenez votre administrateur.',
};
