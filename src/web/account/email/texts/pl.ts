import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  lead: 'Tu trafiają e-maile o Twoim koncie: linki, kody i powiadomienia o tym, co się z nim dzieje.',
  present: 'Twój adres',
  none: 'Jeszcze go nie ma.',
  verified: 'Potwierdzony',
  unverified: 'Niepotwierdzony',
  verify: 'Wyślij e-mail z potwierdzeniem',
  add: 'Dodaj adres',
  change: 'Zmień adres',
  changeLead: 'Na nowy adres trafi e-mail. Dopiero po potwierdzeniu stanie się adresem Twojego konta.',
  newAddress: 'Nowy adres',
  send: 'Wyślij e-mail',
  confirm: 'Potwierdź adres',
  confirmLead: 'E-mail jest w drodze na {email}. Otwórz w nim link albo wpisz kod.',
  confirmLeadWithoutMail: 'Stąd nie są wysyłane e-maile. Poproś administratora o kod dla {email}.',
  code: 'Kod',
  sent: 'E-mail jest w drodze.',
  noted: 'Teraz poproś administratora o kod.',
  confirmed: 'Adres został potwierdzony.',
  confirmForAccount: 'Twoje konto {username} otrzyma adres {email}.',
  cancel: 'Anuluj',
  back: 'Wróć do adresu',
  noAddress: 'Wpisz adres e-mail, na przykład anna@example.com.',
  tooManyMails:
    'Wysłano już kilka e-maili: zajrzyj do najnowszego. O następny możesz poprosić za {minutes, plural, one {# minutę} few {# minuty} many {# minut} other {# minuty}}.',
  wrongCode: 'Ten kod jest błędny lub za stary. Zajrzyj do najnowszego e-maila.',
  tooManyCodes:
    'Zbyt wiele prób. Spróbuj ponownie za {seconds, plural, one {# sekundę} few {# sekundy} many {# sekund} other {# sekundy}}.',
  taken: 'Ten adres należy do innego konta. Podaj inny albo zapytaj administratora.',
  linkDead: 'Ten link już nie działa',
  linkDeadText:
    'Został użyty, ma więcej niż jeden dzień albo należy do innego konta niż to, które jest teraz zalogowane.',
};
