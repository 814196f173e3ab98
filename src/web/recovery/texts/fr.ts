import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  forgotten: 'Mot de passe oublié ?',
  forgottenLead: 'Nous vous envoyons un lien pour en choisir un nouveau.',
  forgottenLeadWithoutMail: 'Votre administrateur reçoit un lien pour vous, avec lequel vous en choisirez un nouveau.',
  usernameOrEmail: 'Nom d’utilisateur ou adresse e-mail',
  ask: 'Demander le lien',
  back: 'Retour à la connexion',
  enterName: 'Saisissez votre nom d’utilisateur ou votre adresse e-mail.',
  tooManyMails:
    'Le lien a déjà été demandé plusieurs fois : cherchez le plus récent. Vous pourrez le redemander dans {minutes, plural, one {# minute} other {# minutes}}.',
  sent: 'Consultez vos e-mails',
  sentLead: 'Si ce compte existe, un lien est envoyé à son adresse e-mail. Il est valable pendant une demi-heure.',
  sentText:
    'Cela peut prendre quelques minutes. Regardez aussi dans les courriers indésirables. Rien n’arrive ? Adressez-vous à votre administrateur.',
  noted: 'Adressez-vous à votre administrateur',
  notedLead: 'Si ce compte existe, votre administrateur trouve un lien pour vous dans la console.',
  notedText: 'Aucun e-mail n’est envoyé d’ici. Le lien est valable pendant un jour.',
  choose: 'Choisir un nouveau mot de passe',
  chooseLead: 'Ce lien ne sert qu’une fois. Partout où vous êtes connecté, il faudra vous reconnecter.',
  username: 'Nom d’utilisateur',
  save: 'Enregistrer le mot de passe',
  changed: 'Votre mot de passe est modifié',
  changedLead: 'Vous pouvez maintenant l’utiliser pour vous connecter.',
  signIn: 'Se connecter',
  dead: 'Ce lien ne fonctionne plus',
  deadText: 'Il a été utilisé, est trop ancien, ou un plus récent a été créé.',
  askAgain: 'Demander un nouveau lien',
  undo: 'Annuler la nouvelle adresse ?',
  undoLead: 'Le compte {username} retrouve l’adresse {email}.',
  undoText: 'Toutes les personnes connectées seront déconnectées, et vous choisirez un nouveau mot de passe.',
  undoSubmit: 'Annuler la modification',
  cancel: 'Annuler',
  cannotUndo: 'Il est trop tard pour annuler',
  addressTaken: 'L’adresse appartient maintenant à un autre compte. Adressez-vous à votre administrateur.',
};
