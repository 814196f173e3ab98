import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  signInWithPasskey: 'Accedi con una passkey',
  usePasskey: 'Usa la tua passkey',
  secondLead: 'Usa una passkey di questo account: su questo dispositivo, sul telefono o su una chiave di sicurezza.',
  unused:
    'Non è stata usata nessuna passkey. Riprova o accedi in un altro modo. Le passkey create per un indirizzo diverso da {host} qui non compaiono.',
  notMade: 'Non è stata creata nessuna passkey. Puoi riprovare quando vuoi.',
  present: 'Nel posto scelto c’è già una passkey per questo account.',
  elsewhere: 'Le passkey funzionano solo su {host}. Apri questa pagina lì.',
  unsupported: 'Questo browser non può usare le passkey. Scegli un altro modo o un altro browser.',
  unreachable: 'Il server non è raggiungibile. Ricarica questa pagina e riprova.',
  failed: 'Non ha funzionato. Riprova o scegli un altro modo.',
  needsScripts: 'Le passkey hanno bisogno di JavaScript, che in questo browser non è attivo. Scegli un altro modo.',
  tooOld: 'È passato troppo tempo, oppure hai finito in un’altra scheda. Riprova.',
  notVerified:
    'Il dispositivo non ha verificato che sei tu. Configura un PIN, un’impronta o il riconoscimento del volto, oppure accedi in un altro modo.',
  refused:
    'Questa passkey non è stata accettata. Forse è stata rimossa dal tuo account o creata per un indirizzo diverso da {host}. Accedi in un altro modo.',
  passkeys: 'Passkey',
  passkeysLead:
    'Con una passkey accedi con il blocco del tuo dispositivo: impronta, volto o PIN. Nessuno può indovinarla e nessun sito falso può carpirtela.',
  add: 'Aggiungi una passkey',
  addLead:
    'Il browser chiede dove conservarla: su questo dispositivo, in un gestore di password, sul telefono o su una chiave di sicurezza.',
  addSecond: 'Dopo, la password da sola non basterà più: per accedere con la password servirà anche una passkey.',
  create: 'Crea la passkey',
  name: 'Nome',
  addedAt: 'Aggiunta',
  lastUsed: 'Ultimo uso',
  notUsedYet: 'Non ancora',
  keptIn: 'Conservata',
  oneDevice: 'Su un solo dispositivo',
  synced: 'Sincronizzata tra dispositivi',
  madeFor: 'Creata per {host}',
  otherHost:
    'Questo sito ora si trova su {host}. Le passkey create per un indirizzo precedente funzionano solo lì: aggiungine una nuova e rimuovi la vecchia.',
  ipAddress:
    'Le passkey hanno bisogno di un indirizzo con un nome. Per un indirizzo IP come {host} nessun browser ne crea; il tuo amministratore può rimediare.',
  actions: 'Azioni',
  change: 'Modifica',
  save: 'Salva',
  cancel: 'Annulla',
  remove: 'Rimuovi questa passkey',
  removeHint: 'Qui non sarà più accettata. Eliminala anche sul dispositivo o nel gestore di password.',
  giveName: 'Dai un nome alla passkey.',
  lastWay:
    'Questa passkey è il tuo ultimo modo per accedere. Aggiungine un’altra o imposta una password prima di rimuoverla.',
  added: 'La passkey «{name}» è stata aggiunta.',
  renamed: 'La passkey ora si chiama «{name}».',
  removed: 'La passkey «{name}» è stata rimossa.',
  securityKey: 'Chiave di sicurezza',
  passkey: 'Passkey',
  offerHeading: 'Accedi più in fretta la prossima volta',
  offer: 'Con una passkey non ti serve la password: il dispositivo ti fa accedere con l’impronta, il volto o un PIN.',
  notNow: 'Non ora',
};
