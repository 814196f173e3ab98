import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  username: 'Nazwa użytkownika',
  email: 'Adres e-mail',
  name: 'Imię i nazwisko',
  usernameTaken: 'Ta nazwa użytkownika jest zajęta. Wybierz inną.',
  usernameProblem:
    'Nazwa użytkownika ma najwyżej 64 litery, cyfry i znaki, bez spacji. Może zawierać @ tylko wtedy, gdy jest Twoim adresem e-mail.',
  usernameAt: 'Wybierz nazwę użytkownika bez @. Możesz też logować się adresem e-mail.',
  emailTaken: 'Istnieje już konto z tym adresem e-mail. Zaloguj się nim.',
  emailProblem: 'Wpisz adres e-mail, na przykład anna@example.com.',
  nameProblem: 'Imię i nazwisko mają najwyżej 256 znaków, w jednym wierszu.',
  tooMany:
    'Zbyt wiele prób. Spróbuj ponownie za {minutes, plural, one {# minutę} few {# minuty} many {# minut} other {# minuty}}.',
  full: 'W tej chwili bardzo wiele osób zakłada konto. Spróbuj ponownie za godzinę.',
  notAccepted: 'Nie udało się tego przyjąć. Sprawdź wpisane dane.',
};
