import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  connectDevice: 'Połącz urządzenie',
  enterCode: 'Wpisz kod, który pokazuje Twoje urządzenie.',
  code: 'Kod',
  continue: 'Dalej',
  onPhone: 'Kontynuuj na telefonie',
  qrCode: 'Kod QR z adresem tej strony',
  connectTitle: 'Połączyć {client}?',
  deviceWants: 'Urządzenie z aplikacją {client} chce korzystać z Twojego konta.',
  onlyIfYours:
    'Zezwól tylko wtedy, gdy zaczynasz to samodzielnie, na urządzeniu przed Tobą. Nikt, kto dzwoni lub pisze do Ciebie, nie potrzebuje takiego kodu.',
  askedAt: 'Poproszono',
  fromNetwork: 'Z sieci',
  callsItself: 'Urządzenie podaje się za',
  nothing: 'nic',
  allow: 'Zezwól',
  cancel: 'Anuluj',
  connected: 'Twoje urządzenie jest połączone',
  connectedLead: 'Wróć do niego; za kilka sekund samo pójdzie dalej.',
  notConnected: 'Niczego nie połączono',
  notConnectedLead: 'Urządzenie otrzymało informację, że nie ma Twojej zgody.',
  tooMany:
    'Za dużo kodów. Spróbuj ponownie za {seconds, plural, one {# sekundę} few {# sekundy} many {# sekund} other {# sekundy}}.',
  codeInvalid: 'Ten kod jest nieprawidłowy. Sprawdź go na urządzeniu; być może wygasł.',
};
