import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  offer: 'Mail mij een code',
  askTitle: 'Inloggen per e-mail',
  askLead: 'U krijgt een code en een link. Een wachtwoord is niet nodig.',
  emailAddress: 'E-mailadres',
  send: 'Code sturen',
  otherWay: 'Andere manier',
  noAddress: 'Vul uw e-mailadres in, bijvoorbeeld anna@example.com.',
  tooManyMails:
    'Er zijn al meerdere mails aangevraagd: kijk in de nieuwste. Over {minutes, plural, one {# minuut} other {# minuten}} kunt u er weer een vragen.',
  codeTitle: 'Kijk in uw mail',
  codeLead: 'Als er een account met {email} is, zijn een code en een link daarheen onderweg. Ze werken tien minuten.',
  code: 'Code',
  signIn: 'Inloggen',
  again: 'Nog een sturen',
  notThere: 'Het kan enkele minuten duren. Kijk ook in de spammap.',
  enterCode: 'Vul de code uit de mail in: acht cijfers.',
  wrongCode: 'Deze code klopt niet of is te oud. Kijk in de nieuwste mail.',
  tooManyCodes: 'Te veel pogingen. Probeer het over {seconds, plural, one {# seconde} other {# seconden}} opnieuw.',
  otherBrowser: 'Deze link is in een andere browser aangevraagd. Log hier alleen in als u er zelf om hebt gevraagd.',
  cancel: 'Annuleren',
  linkDead: 'Deze link werkt niet meer',
  linkDeadText: 'Hij is gebruikt of ouder dan tien minuten.',
};
