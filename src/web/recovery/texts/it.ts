import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  forgotten: 'Password dimenticata?',
  forgottenLead: 'Ti inviamo un link per sceglierne una nuova.',
  forgottenLeadWithoutMail: 'Il tuo amministratore riceve un link per te, con cui ne scegli una nuova.',
  usernameOrEmail: 'Nome utente o indirizzo e-mail',
  ask: 'Chiedi il link',
  back: 'Torna all’accesso',
  enterName: 'Scrivi il tuo nome utente o indirizzo e-mail.',
  tooManyMails:
    'Il link è già stato chiesto più volte: cerca il più recente. Potrai chiederlo di nuovo tra {minutes, plural, one {# minuto} other {# minuti}}.',
  sent: 'Guarda la tua posta',
  sentLead: 'Se l’account esiste, un link è in arrivo al suo indirizzo e-mail. Funziona per mezz’ora.',
  sentText:
    'Può richiedere qualche minuto. Guarda anche nella posta indesiderata. Non arriva nulla? Chiedi al tuo amministratore.',
  noted: 'Ora chiedi al tuo amministratore',
  notedLead: 'Se l’account esiste, il tuo amministratore trova un link per te nella console.',
  notedText: 'Da qui non si inviano e-mail. Il link funziona per un giorno.',
  choose: 'Scegli una nuova password',
  chooseLead: 'Questo link funziona una volta sola. Ovunque tu abbia eseguito l’accesso, dovrai rifarlo.',
  username: 'Nome utente',
  save: 'Salva la password',
  changed: 'La tua password è cambiata',
  changedLead: 'Ora puoi usarla per accedere.',
  signIn: 'Accedi',
  dead: 'Questo link non funziona più',
  deadText: 'È stato usato, è troppo vecchio o ne è stato creato uno più recente.',
  askAgain: 'Chiedi un nuovo link',
  undo: 'Annullare il nuovo indirizzo?',
  undoLead: 'L’account {username} riottiene l’indirizzo {email}.',
  undoText: 'Tutte le sue sessioni vengono chiuse e tu scegli una nuova password.',
  undoSubmit: 'Annulla la modifica',
  cancel: 'Annulla',
  cannotUndo: 'Non si può più annullare',
  addressTaken: 'L’indirizzo ora appartiene a un altro account. Chiedi al tuo amministratore.',
};
