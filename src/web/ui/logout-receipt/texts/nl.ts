import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  none: 'U had van hieruit geen toepassing geopend.',
  allTold: 'De toepassingen die u hebt gebruikt, zijn op de hoogte gebracht.',
  someMayKnow: 'Toepassingen die u hebt gebruikt, kennen u mogelijk nog totdat u ook daar uitlogt.',
  told: 'Is op de hoogte gebracht.',
  beingTold: 'Wordt op de hoogte gebracht, maar heeft nog niet geantwoord.',
  outOfReach: 'Kon niet op de hoogte worden gebracht: log ook daar uit.',
  neverTold: 'Wordt niet op de hoogte gebracht wanneer u hier uitlogt: log ook daar uit.',
  keepsAccess: 'De toepassing houdt tot {until} de toegang die u haar voor tijdens uw afwezigheid hebt gegeven.',
  accessEnds: 'Wat de toepassing van hier heeft gekregen, eindigt uiterlijk op {until}.',
};
