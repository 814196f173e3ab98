import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const it: Texts<typeof en> = {
  none: 'Non avevi aperto alcuna applicazione da qui.',
  allTold: 'Le applicazioni che hai usato sono state avvisate.',
  someMayKnow: 'Le applicazioni che hai usato potrebbero ancora riconoscerti finché non esci anche da lì.',
  told: 'È stata avvisata.',
  beingTold: 'La stiamo avvisando, ma non ha ancora risposto.',
  outOfReach: 'Non è stato possibile avvisarla: esci anche da lì.',
  neverTold: 'Non viene avvisata quando esci da qui: esci anche da lì.',
  keepsAccess: 'Mantiene fino al {until} l’accesso che le hai consentito in tua assenza.',
  accessEnds: 'Ciò che ha ricevuto da qui termina entro il {until}.',
};
