import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  continueWith: 'Kontynuuj przez {provider}',
  cancelled: 'Logowanie przez {provider} zostało anulowane. Spróbuj ponownie lub zaloguj się w inny sposób.',
  unreachable: '{provider} w tej chwili nie odpowiada. Spróbuj później lub zaloguj się w inny sposób.',
  refused:
    'Nie udało się zalogować przez {provider}. Spróbuj ponownie lub w inny sposób. Jeśli to się powtórzy, powiadom administratora.',
  tooLong:
    'Aplikacja prosi o więcej, niż można przekazać do {provider}. Zaloguj się w inny sposób. Albo najpierw zaloguj się przez {provider} na stronie {page}, a potem otwórz aplikację ponownie.',
  startAgain: 'Zacznij od nowa',
  otherBrowser: 'To logowanie rozpoczęto w innej przeglądarce lub zbyt dawno temu.',
  toSignIn: 'Przejdź do strony logowania',
  noSuchProvider: 'Takiego sposobu logowania nie ma',
  noSuchProviderText: 'Być może został wyłączony. Zaloguj się w inny sposób.',
  backToSignIn: 'Wróć do logowania',
  newHere: 'To Twoja pierwsza wizyta',
  newHereLead: '{provider} przekazał nam, kim jesteś. Sprawdź te dane, a Twoje konto będzie gotowe.',
  username: 'Nazwa użytkownika',
  name: 'Imię i nazwisko',
  email: 'Adres e-mail',
  createAccount: 'Załóż konto',
  haveAccount: 'Masz już tutaj konto?',
  signInAndConnect: 'Zaloguj się i połącz',
  connectFirst: 'Masz już tutaj konto',
  connectFirstText:
    'Istnieje konto z adresem {email}. Zaloguj się na nie raz tak jak zwykle i połącz je. Od tej pory wystarczy {provider}.',
  noAccount: 'Nie ma tu jeszcze konta dla Ciebie',
  noAccountText: '{provider} przekazał nam, kim jesteś, ale nikt tutaj nie jest połączony z tamtym kontem.',
  noAccountAsk:
    'Jeśli masz tutaj konto, zaloguj się na nie raz i połącz je. W przeciwnym razie poproś o nie administratora.',
  connectQuestion: 'Połączyć z {provider}?',
  connectText: 'Od tej pory możesz logować się na to konto przez {provider} jako {label}.',
  connect: 'Połącz',
  notNow: 'Nie teraz',
  connected: 'Twoje konto jest połączone z {provider}.',
  connectedToOther: 'Nie można połączyć',
  connectedToOtherText:
    '{label} w {provider} jest połączone z innym kontem tutaj. Najpierw rozłącz je tam lub zapytaj administratora.',
  toAccount: 'Wróć do swojego konta',
};
