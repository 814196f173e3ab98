import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  offer: 'Première visite ? {createAccount}',
  createAccount: 'Créer un compte',
  submit: 'Créer le compte',
  haveAccount: 'Se connecter avec un compte existant',
  codeTitle: 'Consultez vos e-mails',
  codeLead: 'Un code et un lien sont en route vers {email}. Saisissez le code ici, ou ouvrez le lien, dans l’heure.',
  code: 'Code',
  codeSubmit: 'Confirmer l’adresse',
  codeWrong: 'Ce code est faux ou n’est plus valable. Vérifiez-le, ou recommencez.',
  again: 'Recommencer',
  notThere:
    'Cela peut prendre quelques minutes. Regardez aussi dans les courriers indésirables. Si l’adresse est fausse, recommencez.',
  linkTitle: 'Confirmez votre adresse e-mail',
  linkLead: 'Ceci crée le compte {username} avec l’adresse {email}.',
  linkPassword: 'Le mot de passe que vous avez choisi',
  linkPasswordHint: 'Vous avez ouvert le lien dans un autre navigateur que celui où vous avez commencé.',
  passwordWrong: 'Ce n’est pas le mot de passe choisi. Réessayez, ou recommencez.',
  notYou: 'Si ce n’est pas vous, fermez cette page : aucun compte n’est alors créé.',
  dead: 'Ce lien ne fonctionne plus',
  deadText: 'Il a été utilisé, ou il date de plus d’une heure.',
  waitingTitle: 'Votre compte attend d’être approuvé',
  waiting:
    'Un administrateur examine les nouveaux comptes avant qu’ils puissent servir. Vous recevrez un e-mail quand le vôtre sera prêt.',
  waitingWithoutMail:
    'Un administrateur examine les nouveaux comptes avant qu’ils puissent servir. Revenez plus tard et connectez-vous.',
  backTo: 'Retour à {client}',
  signIn: 'Se connecter',
};
