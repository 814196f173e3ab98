import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  newPassword: 'Nowe hasło',
  hint: 'Co najmniej {characters} znaków. Kilka słów z rzędu łatwo zapamiętać, a trudno odgadnąć.',
  strength: 'Jak trudno odgadnąć to hasło',
  veryWeak: 'Bardzo łatwe do odgadnięcia',
  weak: 'Łatwe do odgadnięcia',
  fair: 'Mogłoby być trudniejsze do odgadnięcia',
  good: 'Dobre',
  strong: 'Bardzo dobre',
  passwordShort: 'Wybierz hasło o długości co najmniej {characters} znaków.',
  passwordLong: 'Wybierz hasło o długości najwyżej {characters} znaków.',
  passwordCharacters: 'To hasło zawiera niewidoczny znak, na przykład znak nowego wiersza. Wybierz hasło bez niego.',
  passwordIsName: 'Wybierz hasło inne niż nazwa użytkownika i adres e-mail.',
  passwordCommon: 'To hasło jest wśród tych, które sprawdza się najpierw. Wybierz inne.',
  passwordWeak: 'To hasło łatwo odgadnąć. Wydłuż je, na przykład o jeszcze jedno słowo.',
  passwordSame: 'To jest obecne hasło. Wybierz inne.',
};
