import type { Texts } from '../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  signInSubject: 'Accesso a {house}',
  signInText:
    'Qualcuno, speriamo tu, vuole accedere a {house}. Scrivi questo codice nella pagina in cui l’hai chiesto, oppure apri il link.',
  signInLabel: 'Accedi',
  signInClosing:
    'Codice e link funzionano una volta sola, per {minutes, plural, one {# minuto} other {# minuti}}. Non dare il codice a nessuno, nemmeno a chi chiama a nome nostro. Se non l’hai chiesto, non fare nulla.',
  resetSubject: 'Scegli una nuova password',
  resetText: 'Qualcuno, speriamo tu, ha chiesto una nuova password per l’account {username} di {house}.',
  resetClosing:
    'Il link funziona una volta sola, per {minutes, plural, one {# minuto} other {# minuti}}. Se non l’hai chiesto, non fare nulla: la tua password resta com’è.',
  confirmSubject: 'Conferma il tuo indirizzo e-mail',
  confirmText:
    'Qualcuno, speriamo tu, ha indicato questo indirizzo per un account di {house}. Scrivi questo codice nella pagina in cui l’hai indicato, oppure apri il link.',
  confirmLabel: 'Conferma l’indirizzo',
  confirmClosing:
    'Codice e link funzionano una volta sola, per {hours, plural, one {# ora} other {# ore}}. Se non sei stato tu, non fare nulla.',
  takenSubject: 'Il tuo indirizzo è stato indicato per un altro account',
  takenText:
    'Qualcuno ha indicato questo indirizzo per un altro account di {house}, ma appartiene già al tuo. Non è cambiato nulla. Se sei stato tu, accedi con questo indirizzo.',
  emailChangedSubject: 'Il tuo indirizzo e-mail è stato cambiato',
  emailChangedText: 'L’indirizzo e-mail del tuo account {username} di {house} ora è {email}.',
  undoLabel: 'Annulla la modifica',
  undoClosing:
    'Se sei stato tu, non devi fare nulla. Se no, annullala entro {days, plural, one {# giorno} other {# giorni}}: questo indirizzo torna valido e tutte le sessioni del tuo account vengono chiuse.',
  newDeviceSubject: 'Nuovo accesso al tuo account',
  newDeviceText:
    'Qualcuno ha eseguito l’accesso al tuo account {username} di {house} con un browser ancora sconosciuto.',
  newDeviceDetails: 'Quando: {time}\nBrowser: {device}\nIndirizzo di rete: {address}',
  passwordChangedSubject: 'La tua password è stata cambiata',
  passwordChangedText: 'La password del tuo account {username} di {house} è stata cambiata.',
  passkeyAddedSubject: 'È stata aggiunta una passkey',
  passkeyAddedText: 'Con la passkey «{name}» ora si può accedere al tuo account {username} di {house}.',
  passkeyRemovedSubject: 'È stata rimossa una passkey',
  passkeyRemovedText: 'Con la passkey «{name}» non si può più accedere al tuo account {username} di {house}.',
  secondFactorAddedSubject: 'È stato impostato un secondo passaggio',
  secondFactorAddedText: 'Per accedere al tuo account {username} di {house} ora serve un secondo passaggio: {name}.',
  secondFactorRemovedSubject: 'È stato rimosso un secondo passaggio',
  secondFactorRemovedText:
    'Questo secondo passaggio non è più richiesto per accedere al tuo account {username} di {house}: {name}.',
  recoveryCodeUsedSubject: 'È stato usato un codice di recupero',
  recoveryCodeUsedText:
    'Qualcuno ha eseguito l’accesso al tuo account {username} di {house} con un codice di recupero.',
  providerLinkedSubject: 'È stato collegato un altro account',
  providerLinkedText: 'Ora si può accedere al tuo account {username} di {house} con {name}.',
  providerUnlinkedSubject: 'È stato scollegato un altro account',
  providerUnlinkedText: 'Non si può più accedere al tuo account {username} di {house} con {name}.',
  passkeyRefusedSubject: 'È stata rifiutata una passkey',
  passkeyRefusedText:
    'Qualcuno ha provato ad accedere al tuo account {username} di {house} con la passkey «{name}». È stata rifiutata perché sembra che ne esista una copia.',
  passkeyRefusedClosing:
    'Rimuovi questa passkey dal tuo account e aggiungine una nuova, anche se eri tu. Se non eri tu, avvisa il tuo amministratore.',
  secondFactorsRemovedSubject: 'I tuoi secondi passaggi sono stati rimossi',
  secondFactorsRemovedText:
    'Un amministratore ha rimosso tutti i secondi passaggi del tuo account {username} di {house}: app di autenticazione, passkey, codici di recupero e dispositivi attendibili. La sessione è stata chiusa ovunque.',
  secondFactorsRemovedClosing:
    'Se l’hai chiesto tu, accedi e configura di nuovo un secondo passaggio. Altrimenti avvisa il tuo amministratore.',
  accountLabel: 'Vedi il tuo account',
  noticeClosing:
    'Se sei stato tu, non devi fare nulla. Se no, scegli una nuova password con «Password dimenticata?» nella pagina di accesso: così tutte le sessioni vengono chiuse. E avvisa il tuo amministratore.',
};
