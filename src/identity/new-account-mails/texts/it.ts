import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  invitationSubject: 'Hai ricevuto un invito da {house}',
  invitation: 'Hai un invito a creare un account su {house}.',
  invitationTo: '{name}, hai un invito a creare un account su {house}.',
  invitationLabel: 'Crea il tuo account',
  invitationClosing: 'Il link vale fino al {date}. Se non te lo aspettavi, non devi fare nulla.',
  confirmationSubject: 'Conferma il tuo indirizzo e-mail',
  confirmation:
    'Qualcuno sta creando un account su {house} con questo indirizzo e-mail. Se sei tu, scrivi questo codice nella pagina in cui hai iniziato oppure apri il link.',
  confirmationLabel: 'Conferma l’indirizzo',
  confirmationClosing: 'Entrambi valgono un’ora. Se non sei tu, non devi fare nulla: non verrà creato nessun account.',
  existingSubject: 'Hai già un account',
  existing:
    'Qualcuno voleva creare un account su {house} con questo indirizzo e-mail. Ne hai già uno, quindi non è stato creato nulla. Se eri tu, accedi con quello.',
  signIn: 'Accedi',
  existingClosing: 'Se non eri tu, non devi fare nulla.',
  approvedSubject: 'Il tuo account è pronto',
  approved: 'Un amministratore ha approvato il tuo account: ora puoi accedere a {house} come {username}.',
};
