import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  newPassword: 'Nuova password',
  hint: 'Almeno {characters} caratteri. Alcune parole in fila sono facili da ricordare e difficili da indovinare.',
  strength: 'Quanto è difficile indovinare questa password',
  veryWeak: 'Molto facile da indovinare',
  weak: 'Facile da indovinare',
  fair: 'Potrebbe essere più difficile da indovinare',
  good: 'Buona',
  strong: 'Molto buona',
  passwordShort: 'Scegli una password di almeno {characters} caratteri.',
  passwordLong: 'Scegli una password di {characters} caratteri al massimo.',
  passwordCharacters:
    'Questa password contiene un carattere invisibile, per esempio un’interruzione di riga. Scegline una che non ne contenga.',
  passwordIsName: 'Scegli una password diversa dal nome utente e dall’indirizzo e-mail.',
  passwordCommon: 'Questa password è tra le prime che si provano. Scegline un’altra.',
  passwordWeak: 'Questa password è facile da indovinare. Allungala, per esempio con un’altra parola.',
  passwordSame: 'Questa è la password attuale. Scegline un’altra.',
};
