import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  continueWith: 'Doorgaan met {provider}',
  cancelled: 'Het aanmelden met {provider} is geannuleerd. Probeer het opnieuw of meld u op een andere manier aan.',
  unreachable: '{provider} antwoordt op dit moment niet. Probeer het later opnieuw of meld u op een andere manier aan.',
  refused:
    '{provider} kon u niet aanmelden. Probeer het opnieuw of op een andere manier. Gebeurt het weer, laat het dan uw beheerder weten.',
  startAgain: 'Begin opnieuw',
  otherBrowser: 'Deze aanmelding is in een andere browser of te lang geleden begonnen.',
  alreadyDone: 'Al gedaan',
  alreadyUsed: 'Deze aanmelding is al afgerond, misschien in een ander tabblad.',
  toSignIn: 'Naar de aanmeldpagina',
  noSuchProvider: 'Deze manier van aanmelden bestaat niet',
  noSuchProviderText: 'Misschien is die uitgeschakeld. Meld u op een andere manier aan.',
  backToSignIn: 'Terug naar aanmelden',
  newHere: 'U bent hier nieuw',
  newHereLead: '{provider} heeft ons verteld wie u bent. Controleer deze gegevens en uw account is klaar.',
  username: 'Gebruikersnaam',
  name: 'Naam',
  email: 'E-mailadres',
  createAccount: 'Account aanmaken',
  haveAccount: 'Hebt u hier al een account?',
  signInAndConnect: 'Aanmelden en koppelen',
  connectFirst: 'U hebt hier al een account',
  connectFirstText:
    'Er is een account met het adres {email}. Meld u daar eenmaal op de gewone manier bij aan en koppel het. Daarna volstaat {provider}.',
  noAccount: 'Er is hier nog geen account voor u',
  noAccountText: '{provider} heeft ons verteld wie u bent, maar niemand is hier aan dat account gekoppeld.',
  noAccountAsk:
    'Hebt u hier een account, meld u daar dan eenmaal bij aan en koppel het. Vraag anders uw beheerder om een account.',
  connectQuestion: 'Koppelen met {provider}?',
  connectText: 'Daarna kunt u zich bij dit account via {provider} aanmelden als {label}.',
  connect: 'Koppelen',
  notNow: 'Niet nu',
  connected: 'Uw account is gekoppeld met {provider}.',
  connectedToOther: 'Dit kan niet worden gekoppeld',
  connectedToOtherText:
    '{label} bij {provider} is hier aan een ander account gekoppeld. Ontkoppel het eerst daar of vraag het uw beheerder.',
  toAccount: 'Terug naar uw account',
};
