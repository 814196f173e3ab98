import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  connectDevice: 'Ein Gerät verbinden',
  enterCode: 'Geben Sie den Code ein, den Ihr Gerät anzeigt.',
  code: 'Code',
  continue: 'Weiter',
  onPhone: 'Stattdessen auf dem Telefon fortfahren',
  qrCode: 'QR-Code mit der Adresse dieser Seite',
  connectTitle: '{client} verbinden?',
  deviceWants: 'Ein Gerät mit {client} möchte Ihr Konto benutzen.',
  onlyIfYours:
    'Erlauben Sie dies nur, wenn Sie es selbst begonnen haben, auf einem Gerät, das Sie vor sich haben. Niemand, der Sie anruft oder Ihnen schreibt, braucht so einen Code.',
  askedAt: 'Angefragt am',
  fromNetwork: 'Aus dem Netz',
  callsItself: 'Das Gerät nennt sich',
  nothing: 'gar nicht',
  allow: 'Erlauben',
  cancel: 'Abbrechen',
  connected: 'Ihr Gerät ist verbunden',
  connectedLead: 'Gehen Sie zu ihm zurück; es macht in ein paar Sekunden von selbst weiter.',
  notConnected: 'Es wurde nichts verbunden',
  notConnectedLead: 'Dem Gerät wurde gesagt, dass Sie es nicht erlaubt haben.',
  tooMany: 'Zu viele Codes. Versuchen Sie es in {seconds, plural, one {# Sekunde} other {# Sekunden}} noch einmal.',
  codeInvalid: 'Dieser Code ist nicht gültig. Prüfen Sie ihn am Gerät; vielleicht ist er dort abgelaufen.',
};
