import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  continueWith: 'Continua con {provider}',
  cancelled: 'L’accesso con {provider} è stato annullato. Riprova o accedi in un altro modo.',
  unreachable: '{provider} al momento non risponde. Riprova più tardi o accedi in un altro modo.',
  refused:
    '{provider} non è riuscito a farti accedere. Riprova o accedi in un altro modo. Se succede di nuovo, avvisa il tuo amministratore.',
  tooLong:
    'L’applicazione chiede più di quanto si possa portare a {provider}. Accedi in un altro modo. Oppure accedi prima con {provider} su {page}, poi riapri l’applicazione.',
  startAgain: 'Ricomincia da capo',
  otherBrowser: 'Questo accesso è stato iniziato in un altro browser o troppo tempo fa.',
  toSignIn: 'Vai alla pagina di accesso',
  noSuchProvider: 'Questo modo di accedere non esiste',
  noSuchProviderText: 'Forse è stato disattivato. Accedi in un altro modo.',
  backToSignIn: 'Torna all’accesso',
  newHere: 'È la tua prima volta qui',
  newHereLead: '{provider} ci ha detto chi sei. Controlla questi dati e il tuo account è pronto.',
  username: 'Nome utente',
  name: 'Nome',
  email: 'Indirizzo e-mail',
  createAccount: 'Crea l’account',
  haveAccount: 'Hai già un account qui?',
  signInAndConnect: 'Accedi e collega',
  connectFirst: 'Hai già un account qui',
  connectFirstText:
    'Esiste un account con l’indirizzo {email}. Accedi una volta come al solito e collegalo. Da quel momento basterà {provider}.',
  noAccount: 'Qui non c’è ancora un account per te',
  noAccountText: '{provider} ci ha detto chi sei, ma qui nessuno è collegato a quell’account.',
  noAccountAsk: 'Se hai un account qui, accedi una volta e collegalo. Altrimenti chiedine uno al tuo amministratore.',
  connectQuestion: 'Collegare {provider}?',
  connectText: 'Da quel momento potrai accedere a questo account tramite {provider} come {label}.',
  connect: 'Collega',
  notNow: 'Non ora',
  connected: 'Il tuo account è collegato a {provider}.',
  connectedToOther: 'Non si può collegare',
  connectedToOtherText:
    '{label} presso {provider} è collegato a un altro account di qui. Prima scollegalo lì oppure chiedi al tuo amministratore.',
  toAccount: 'Torna al tuo account',
};
