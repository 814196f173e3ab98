import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  oneMoreStep: 'Ancora un passaggio',
  authenticatorLead: 'Inserisci il codice che la tua app di autenticazione mostra per questo account.',
  authenticatorCode: 'Codice di sei cifre',
  useAuthenticator: 'Usa la tua app di autenticazione',
  recoveryLead: 'Inserisci uno dei codici di recupero che hai messo da parte. Ognuno vale una sola volta.',
  recoveryCode: 'Codice di recupero',
  usePasskey: 'Usa la tua passkey',
  useRecoveryCode: 'Usa un codice di recupero',
  confirm: 'Continua',
  cancel: 'Annulla',
  trustDevice: 'Considera attendibile questo dispositivo per 30 giorni',
  trustDeviceHint: 'La prossima volta qui basterà la password. Solo per un dispositivo che non usa nessun altro.',
  enterCode: 'Inserisci il codice.',
  wrongAuthenticatorCode:
    'Questo codice non è corretto. Aspetta il prossimo e inserisci quello; l’orologio del telefono deve essere esatto.',
  wrongRecoveryCode: 'Non è uno dei tuoi codici di recupero inutilizzati. Controllalo e riprova.',
  tooManyCodes: 'Troppi codici errati. Riprova tra {minutes, plural, one {# minuto} other {# minuti}}.',
  strongerSignIn: 'Serve un accesso più sicuro',
  strongerWith: '{client} chiede un secondo passaggio oltre alla password, e non ne hai configurato uno che vada bene.',
  strongerKey: 'Chiede una passkey.',
  setUpNow: 'Configuralo ora',
  backAndCancel: 'Torna a {client}',
  lostEverything: 'Hai perso il telefono e i codici? Chiedi all’amministratore di rimuovere il tuo secondo passaggio.',
};
