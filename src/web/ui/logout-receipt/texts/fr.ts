import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  none: 'Vous n’aviez ouvert aucune application d’ici.',
  allTold: 'Les applications que vous avez utilisées ont été prévenues.',
  someMayKnow:
    'Des applications que vous avez utilisées vous connaissent peut-être encore, jusqu’à ce que vous vous y déconnectiez aussi.',
  told: 'A été prévenue.',
  beingTold: 'Est en train d’être prévenue, mais n’a pas encore répondu.',
  outOfReach: 'N’a pas pu être prévenue : déconnectez-vous-y aussi.',
  neverTold: 'N’est pas prévenue quand vous vous déconnectez ici : déconnectez-vous-y aussi.',
  keepsAccess: 'Elle garde jusqu’au {until} l’accès que vous lui avez permis en votre absence.',
  accessEnds: 'Ce qu’elle a reçu d’ici prend fin au plus tard le {until}.',
};
