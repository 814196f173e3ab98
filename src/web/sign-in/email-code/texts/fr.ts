import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  offer: 'M’envoyer un code par e-mail',
  askTitle: 'Se connecter par e-mail',
  askLead: 'Vous recevrez un code et un lien. Aucun mot de passe n’est nécessaire.',
  emailAddress: 'Adresse e-mail',
  send: 'Envoyer le code',
  otherWay: 'Autre méthode',
  noAddress: 'Saisissez votre adresse e-mail, par exemple anna@example.com.',
  tooManyMails:
    'Plusieurs e-mails ont déjà été demandés : regardez le plus récent. Vous pourrez en demander un autre dans {minutes, plural, one {# minute} other {# minutes}}.',
  codeTitle: 'Consultez vos e-mails',
  codeLead:
    'S’il existe un compte avec {email}, un code et un lien y sont envoyés. Ils sont valables pendant dix minutes.',
  code: 'Code',
  signIn: 'Se connecter',
  again: 'Envoyer un autre code',
  notThere: 'Cela peut prendre quelques minutes. Regardez aussi dans les courriers indésirables.',
  enterCode: 'Saisissez le code de l’e-mail : huit chiffres.',
  wrongCode: 'Ce code est faux ou trop ancien. Regardez l’e-mail le plus récent.',
  tooManyCodes: 'Trop de tentatives. Réessayez dans {seconds, plural, one {# seconde} other {# secondes}}.',
  otherBrowser:
    'Ce lien a été demandé dans un autre navigateur. Connectez-vous ici uniquement si vous l’avez demandé vous-même.',
  cancel: 'Annuler',
  linkDead: 'Ce lien ne fonctionne plus',
  linkDeadText: 'Il a été utilisé ou date de plus de dix minutes.',
};
