import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  title: 'Administrationskonto anlegen',
  lead: 'Dieser Link gilt einmal. Wer diese Seite ausfüllt, verwaltet Castellan von da an.',
  submit: 'Administrationskonto anlegen',
  linkNeeded: 'Ein Einrichtungslink wird gebraucht',
  linkNeededText: 'Castellan hat beim Start einen Link ausgegeben. Öffnen Sie diesen.',
  linkDead: 'Dieser Link gilt nicht mehr',
  linkDeadText: 'Er wurde benutzt, ist zu alt, oder es gibt einen neueren.',
  newLink: 'Einen neuen gibt {command} auf dem Server aus, in einem Checkout {commandInCheckout}.',
};
