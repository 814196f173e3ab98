import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  signInWithPasskey: 'Inloggen met een passkey',
  usePasskey: 'Uw passkey gebruiken',
  secondLead: 'Gebruik een passkey van dit account: op dit apparaat, op uw telefoon of op een beveiligingssleutel.',
  unused:
    'Er is geen passkey gebruikt. Probeer het opnieuw of log op een andere manier in. Passkeys voor een ander adres dan {host} verschijnen hier niet.',
  notMade: 'Er is geen passkey gemaakt. U kunt het altijd opnieuw proberen.',
  present: 'Op de gekozen plek is al een passkey voor dit account.',
  elsewhere: 'Passkeys werken alleen op {host}. Open deze pagina daar.',
  unsupported: 'Deze browser kan geen passkeys gebruiken. Kies een andere manier of een andere browser.',
  unreachable: 'De server was niet bereikbaar. Laad deze pagina opnieuw en probeer het nog eens.',
  failed: 'Dat is niet gelukt. Probeer het opnieuw of kies een andere manier.',
  needsScripts: 'Passkeys hebben JavaScript nodig, dat in deze browser niet werkt. Kies een andere manier.',
  tooOld: 'Dat duurde te lang of is in een ander tabblad afgerond. Probeer het opnieuw.',
  notVerified:
    'Uw apparaat heeft niet gecontroleerd dat u het bent. Stel daarop een pincode, vingerafdruk of gezichtsherkenning in, of log op een andere manier in.',
  refused:
    'Deze passkey is niet geaccepteerd. Misschien is hij uit uw account verwijderd of voor een ander adres dan {host} gemaakt. Log op een andere manier in.',
  passkeys: 'Passkeys',
  passkeysLead:
    'Met een passkey logt u in met de vergrendeling van uw apparaat: vingerafdruk, gezicht of pincode. Niemand kan hem raden en geen valse site kan hem u ontfutselen.',
  add: 'Een passkey toevoegen',
  addLead:
    'Uw browser vraagt waar die bewaard moet worden: op dit apparaat, in een wachtwoordbeheerder, op uw telefoon of op een beveiligingssleutel.',
  addSecond: 'Daarna is alleen uw wachtwoord niet meer genoeg: wie daarmee inlogt, heeft ook een passkey nodig.',
  create: 'De passkey maken',
  name: 'Naam',
  addedAt: 'Toegevoegd',
  lastUsed: 'Laatst gebruikt',
  notUsedYet: 'Nog niet',
  keptIn: 'Bewaard',
  oneDevice: 'Op één apparaat',
  synced: 'Gesynchroniseerd tussen apparaten',
  madeFor: 'Gemaakt voor {host}',
  otherHost:
    'Deze site staat nu op {host}. Passkeys die voor een eerder adres zijn gemaakt, werken alleen daar: voeg een nieuwe toe en verwijder de oude.',
  ipAddress:
    'Passkeys hebben een adres met een naam nodig. Voor een IP-adres zoals {host} maakt geen browser ze; uw beheerder kan dat veranderen.',
  actions: 'Acties',
  change: 'Wijzigen',
  save: 'Opslaan',
  cancel: 'Annuleren',
  remove: 'Deze passkey verwijderen',
  removeHint:
    'Hij wordt hier dan niet meer geaccepteerd. Verwijder hem ook op uw apparaat of in uw wachtwoordbeheerder.',
  giveName: 'Geef de passkey een naam.',
  lastWay:
    'Deze passkey is uw laatste manier om in te loggen. Voeg een andere toe of stel een wachtwoord in voordat u hem verwijdert.',
  added: 'De passkey ‘{name}’ is toegevoegd.',
  renamed: 'De passkey heet nu ‘{name}’.',
  removed: 'De passkey ‘{name}’ is verwijderd.',
  securityKey: 'Beveiligingssleutel',
  passkey: 'Passkey',
  offerHeading: 'Log de volgende keer sneller in',
  offer:
    'Met een passkey hebt u geen wachtwoord nodig: uw apparaat logt u in met uw vingerafdruk, uw gezicht of een pincode.',
  notNow: 'Niet nu',
};
