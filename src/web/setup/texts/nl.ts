import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  title: 'De beheerder aanmaken',
  lead: 'Deze link werkt één keer. Wie deze pagina invult, beheert Castellan vanaf dan.',
  submit: 'De beheerder aanmaken',
  linkNeeded: 'Er is een installatielink nodig',
  linkNeededText: 'Castellan heeft bij het starten een link getoond. Open die link.',
  linkDead: 'Deze link werkt niet meer',
  linkDeadText: 'Hij is gebruikt, is te oud, of er is een nieuwere gemaakt.',
  newLink: 'Een nieuwe toont {command} op de server, of in een checkout {commandInCheckout}.',
};
