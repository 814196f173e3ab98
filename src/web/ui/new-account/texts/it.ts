import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  username: 'Nome utente',
  email: 'Indirizzo e-mail',
  name: 'Nome completo',
  usernameTaken: 'Questo nome utente è già in uso. Scegline un altro.',
  usernameProblem:
    'Un nome utente ha al massimo 64 lettere, cifre e segni, senza spazi. Può contenere @ solo se è il tuo indirizzo e-mail.',
  usernameAt: 'Scegli un nome utente senza @. Puoi accedere anche con il tuo indirizzo e-mail.',
  emailTaken: 'Esiste già un account con questo indirizzo e-mail. Accedi con quello.',
  emailProblem: 'Inserisci un indirizzo e-mail come anna@example.com.',
  nameProblem: 'Un nome ha al massimo 256 caratteri, su una sola riga.',
  tooMany: 'Troppi tentativi. Riprova tra {minutes, plural, one {# minuto} other {# minuti}}.',
  full: 'In questo momento moltissime persone stanno creando un account. Riprova tra un’ora.',
  notAccepted: 'Non è stato possibile accettare. Controlla quello che hai inserito.',
};
