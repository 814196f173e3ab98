import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  signIn: 'Zaloguj się',
  toContinueTo: 'aby przejść do {client}',
  usernameOrEmail: 'Nazwa użytkownika lub adres e-mail',
  password: 'Hasło',
  cancel: 'Anuluj',
  or: 'lub',
  forgotten: 'Nie pamiętasz hasła?',
  enterBoth: 'Podaj nazwę użytkownika lub adres e-mail oraz hasło.',
  wrongPassword: 'Nazwa użytkownika i hasło do siebie nie pasują. Sprawdź je i spróbuj ponownie.',
  tooManyAttempts:
    'Zbyt wiele prób. Spróbuj ponownie za {seconds, plural, one {# sekundę} few {# sekundy} many {# sekund} other {# sekundy}}.',
  tookTooLong: 'Minęło ponad dziesięć minut. Zaloguj się ponownie.',
  accountChanged: 'To konto zostało zmienione w trakcie logowania. Zaloguj się ponownie.',
};
