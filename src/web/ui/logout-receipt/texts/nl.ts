import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  none: 'U had van hieruit geen toepassing geopend.',
  allTold: 'De toepassingen die u hebt gebruikt, zijn op de hoogte gebracht.',
  someMayKnow: 'Toepassingen die u hebt gebruikt, kennen u mogelijk nog totdat u zich ook daar afmeldt.',
  told: 'Is op de hoogte gebracht.',
  beingTold: 'Wordt op de hoogte gebracht, maar heeft nog niet geantwoord.',
  outOfReach: 'Kon niet op de hoogte worden gebracht: meld u ook daar af.',
  neverTold: 'Wordt niet op de hoogte gebracht wanneer u zich hier afmeldt: meld u ook daar af.',
  keepsAccess: 'De toepassing houdt tot {until} de toegang die u voor tijdens uw afwezigheid hebt toegestaan.',
  accessEnds: 'Wat de toepassing van hier heeft gekregen, eindigt uiterlijk op {until}.',
};
