import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  offer: 'Pierwszy raz tutaj? {createAccount}',
  createAccount: 'Załóż konto',
  submit: 'Załóż konto',
  haveAccount: 'Zaloguj się na konto, które już masz',
  codeTitle: 'Sprawdź pocztę',
  codeLead: 'Kod i link są w drodze na adres {email}. W ciągu godziny wpisz tu kod albo otwórz link.',
  code: 'Kod',
  codeSubmit: 'Potwierdź adres',
  codeWrong: 'Ten kod jest błędny lub już nieważny. Sprawdź go albo zacznij od nowa.',
  again: 'Zacznij od nowa',
  notThere: 'To może potrwać kilka minut. Zajrzyj też do spamu. Jeśli adres jest błędny, zacznij od nowa.',
  linkTitle: 'Potwierdź swój adres e-mail',
  linkLead: 'Powstanie konto {username} z adresem {email}.',
  linkPassword: 'Hasło, które zostało wybrane',
  linkPasswordHint: 'Link otwarto w innej przeglądarce niż ta, w której wszystko się zaczęło.',
  passwordWrong: 'To nie jest wybrane hasło. Spróbuj jeszcze raz albo zacznij od nowa.',
  notYou: 'Jeśli to nie Ty, zamknij tę stronę: konto nie powstanie.',
  dead: 'Ten link już nie działa',
  deadText: 'Został użyty albo ma ponad godzinę.',
  waitingTitle: 'Twoje konto czeka na zatwierdzenie',
  waiting: 'Administrator przegląda nowe konta, zanim można z nich korzystać. Gdy będzie gotowe, dostaniesz e-mail.',
  waitingWithoutMail: 'Administrator przegląda nowe konta, zanim można z nich korzystać. Wróć później i zaloguj się.',
  backTo: 'Wróć do {client}',
  signIn: 'Zaloguj się',
};
