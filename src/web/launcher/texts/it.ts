import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  yourApplications: 'Le tue applicazioni',
  applications: 'Applicazioni',
  nothingYet: 'Ancora niente da aprire',
  nothingYetText: 'Le applicazioni compaiono qui quando vengono registrate con l’indirizzo della loro pagina iniziale.',
  openConsole: 'Apri la console',
  running: 'Castellan è in funzione',
  noAdministrator: 'Non ha ancora un amministratore.',
  linkPrinted:
    'All’avvio ha mostrato un link che crea il primo amministratore: aprilo in questo browser. Per mostrarlo di nuovo, esegui questo dove Castellan è installato:',
  orBinary: 'oppure, con l’eseguibile singolo:',
  commandCheckout: 'Comando in una copia del repository',
  commandBinary: 'Comando con l’eseguibile',
};
