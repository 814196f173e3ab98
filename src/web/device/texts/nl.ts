import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  connectDevice: 'Een apparaat verbinden',
  enterCode: 'Vul de code in die uw apparaat toont.',
  code: 'Code',
  continue: 'Doorgaan',
  onPhone: 'Ga verder op uw telefoon',
  qrCode: 'QR-code van het adres van deze pagina',
  connectTitle: '{client} verbinden?',
  deviceWants: 'Een apparaat met {client} wil uw account gebruiken.',
  onlyIfYours:
    'Sta dit alleen toe als u er zelf mee begonnen bent, op een apparaat dat voor u staat. Niemand die u belt of schrijft heeft zo’n code nodig.',
  askedAt: 'Gevraagd op',
  fromNetwork: 'Vanaf het netwerk',
  callsItself: 'Het apparaat noemt zich',
  nothing: 'niets',
  allow: 'Toestaan',
  cancel: 'Annuleren',
  connected: 'Uw apparaat is verbonden',
  connectedLead: 'Ga ernaar terug; het gaat over een paar seconden vanzelf verder.',
  notConnected: 'Er is niets verbonden',
  notConnectedLead: 'Het apparaat weet nu dat u het niet hebt toegestaan.',
  tooMany: 'Te veel codes. Probeer het over {seconds, plural, one {# seconde} other {# seconden}} opnieuw.',
  codeInvalid: 'Deze code is niet geldig. Controleer hem op het apparaat; misschien is hij daar verlopen.',
};
