import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  continueWith: 'Doorgaan met {provider}',
  cancelled: 'Het inloggen met {provider} is geannuleerd. Probeer het opnieuw of log op een andere manier in.',
  unreachable: '{provider} antwoordt op dit moment niet. Probeer het later opnieuw of log op een andere manier in.',
  refused:
    'Inloggen met {provider} is niet gelukt. Probeer het opnieuw of op een andere manier. Gebeurt het weer, laat het dan uw beheerder weten.',
  tooLong:
    'De toepassing vraagt meer dan naar {provider} kan worden meegenomen. Log op een andere manier in. Of log eerst in met {provider} op {page} en open daarna de toepassing opnieuw.',
  startAgain: 'Begin opnieuw',
  otherBrowser: 'Het inloggen is in een andere browser of te lang geleden begonnen.',
  toSignIn: 'Naar de inlogpagina',
  noSuchProvider: 'Deze manier van inloggen bestaat niet',
  noSuchProviderText: 'Misschien is die uitgeschakeld. Log op een andere manier in.',
  backToSignIn: 'Terug naar inloggen',
  newHere: 'U bent hier nieuw',
  newHereLead: '{provider} heeft ons verteld wie u bent. Controleer deze gegevens en uw account is klaar.',
  username: 'Gebruikersnaam',
  name: 'Naam',
  email: 'E-mailadres',
  createAccount: 'Account aanmaken',
  haveAccount: 'Hebt u hier al een account?',
  signInAndConnect: 'Inloggen en koppelen',
  connectFirst: 'U hebt hier al een account',
  connectFirstText:
    'Er is een account met het adres {email}. Log daar eenmaal op de gewone manier mee in en koppel het. Daarna is {provider} genoeg.',
  noAccount: 'Er is hier nog geen account voor u',
  noAccountText: '{provider} heeft ons verteld wie u bent, maar niemand is hier aan dat account gekoppeld.',
  noAccountAsk:
    'Hebt u hier een account, log daar dan eenmaal mee in en koppel het. Vraag anders uw beheerder om een account.',
  connectQuestion: 'Koppelen met {provider}?',
  connectText: 'Daarna kunt u via {provider} als {label} op dit account inloggen.',
  connect: 'Koppelen',
  notNow: 'Niet nu',
  connected: 'Uw account is gekoppeld met {provider}.',
  connectedToOther: 'Dit kan niet worden gekoppeld',
  connectedToOtherText:
    '{label} bij {provider} is hier aan een ander account gekoppeld. Ontkoppel het eerst daar of vraag het uw beheerder.',
  toAccount: 'Terug naar uw account',
};
