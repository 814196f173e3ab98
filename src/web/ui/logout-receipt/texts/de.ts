import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  none: 'Sie hatten von hier aus keine Anwendung geöffnet.',
  allTold: 'Die Anwendungen, die Sie benutzt haben, wurden benachrichtigt.',
  someMayKnow: 'Anwendungen, die Sie benutzt haben, kennen Sie vielleicht noch, bis Sie sich auch dort abmelden.',
  told: 'Wurde benachrichtigt.',
  beingTold: 'Wird benachrichtigt, hat aber noch nicht geantwortet.',
  outOfReach: 'Konnte nicht benachrichtigt werden: Melden Sie sich auch dort ab.',
  neverTold: 'Wird nicht benachrichtigt, wenn Sie sich hier abmelden: Melden Sie sich auch dort ab.',
  keepsAccess: 'Sie behält bis {until} den Zugriff, den Sie ihr für Ihre Abwesenheit erlaubt haben.',
  accessEnds: 'Was sie von hier erhalten hat, endet spätestens am {until}.',
};
