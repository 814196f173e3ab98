import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  allowTitle: '{client} Zugriff erlauben?',
  wantsAccount: '{client} möchte Ihr Konto benutzen.',
  allow: 'Erlauben',
  cancel: 'Abbrechen',
  youGoTo: 'Danach geht es weiter zu {host}.',
  chooseAccount: 'Wählen Sie ein Konto',
  toContinueTo: 'weiter zu {client}',
  signedInHere: 'Diese Konten sind in diesem Browser angemeldet.',
  isCurrent: 'in Gebrauch',
  useAnother: 'Anderes Konto verwenden',
  signOutAll: 'Von allen Konten abmelden',
  oneMoment: 'Einen Augenblick',
  takenBack: 'Sie werden zu {client} zurückgebracht.',
  continue: 'Weiter',
};
