import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  oneMoreStep: 'Encore une étape',
  authenticatorLead: 'Saisissez le code que votre application d’authentification affiche pour ce compte.',
  authenticatorCode: 'Code à six chiffres',
  useAuthenticator: 'Utiliser votre application d’authentification',
  recoveryLead: 'Saisissez l’un des codes de récupération que vous avez mis de côté. Chacun ne sert qu’une fois.',
  recoveryCode: 'Code de récupération',
  usePasskey: 'Utiliser votre clé d’accès',
  useRecoveryCode: 'Utiliser un code de récupération',
  confirm: 'Continuer',
  cancel: 'Annuler',
  trustDevice: 'Faire confiance à cet appareil pendant 30 jours',
  trustDeviceHint:
    'La prochaine fois, votre mot de passe suffira ici. Uniquement pour un appareil que personne d’autre n’utilise.',
  enterCode: 'Saisissez le code.',
  wrongAuthenticatorCode:
    'Ce code n’est pas le bon. Attendez le suivant et saisissez-le ; l’horloge de votre téléphone doit être à l’heure.',
  wrongRecoveryCode: 'Ce code ne fait pas partie de vos codes de récupération inutilisés. Vérifiez-le et réessayez.',
  tooManyCodes: 'Trop de codes erronés. Réessayez dans {minutes, plural, one {# minute} other {# minutes}}.',
  strongerSignIn: 'Une connexion plus sûre est nécessaire',
  strongerWith:
    '{client} demande une deuxième étape en plus de votre mot de passe, et vous n’en avez configuré aucune qui convienne.',
  strongerKey: 'Il faut une clé d’accès.',
  setUpNow: 'Configurer maintenant',
  backAndCancel: 'Retour à {client}',
  lostEverything:
    'Vous avez perdu votre téléphone et vos codes ? Demandez à votre administrateur de supprimer votre deuxième étape.',
};
