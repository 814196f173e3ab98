import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  signIn: 'Inloggen',
  toContinueTo: 'om door te gaan naar {client}',
  usernameOrEmail: 'Gebruikersnaam of e-mailadres',
  password: 'Wachtwoord',
  cancel: 'Annuleren',
  or: 'of',
  forgotten: 'Wachtwoord vergeten?',
  enterBoth: 'Vul uw gebruikersnaam of e-mailadres en uw wachtwoord in.',
  wrongPassword: 'Gebruikersnaam en wachtwoord horen niet bij elkaar. Controleer beide en probeer het opnieuw.',
  tooManyAttempts: 'Te veel pogingen. Probeer het over {seconds, plural, one {# seconde} other {# seconden}} opnieuw.',
  tookTooLong: 'Er zijn meer dan tien minuten verstreken. Log opnieuw in.',
  accountChanged: 'Dit account is gewijzigd terwijl u inlogde. Log opnieuw in.',
};
