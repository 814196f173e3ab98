import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  disabledHeading: 'Questo account è disattivato',
  disabled:
    'Hai dimostrato che è tuo, ma un amministratore lo ha disattivato. Chiedi a lui se pensi che sia un errore.',
  expiredHeading: 'Questo account è scaduto',
  expired: 'Hai dimostrato che è tuo, ma il suo periodo è finito. Chiedi altro tempo all’amministratore.',
  awaitsApprovalHeading: 'Il tuo account attende l’approvazione',
  awaitsApproval:
    'Un amministratore esamina i nuovi account prima che si possano usare. Torna più tardi: la password resta la stessa.',
  anotherAccount: 'Accedi con un altro account',
  newPassword: 'Scegli una nuova password',
  newPasswordLead:
    'Quella attuale l’ha impostata qualcun altro per te, quindi vale solo per questa volta. D’ora in poi la conoscerai solo tu.',
  username: 'Nome utente',
  save: 'Salva e continua',
  backTo: 'Torna a {client}',
};
