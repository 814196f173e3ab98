import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  title: 'Crea l’amministratore',
  lead: 'Questo link vale una sola volta. Chi compila questa pagina amministra Castellan da quel momento.',
  submit: 'Crea l’amministratore',
  linkNeeded: 'Serve un link di configurazione',
  linkNeededText: 'All’avvio Castellan ha stampato un link. Apri quel link.',
  linkDead: 'Questo link non funziona più',
  linkDeadText: 'È stato usato, è troppo vecchio o ne è stato creato uno più recente.',
  newLink:
    'Per stamparne uno nuovo, esegui {command} sul server, oppure {commandInCheckout} in una copia del repository.',
};
