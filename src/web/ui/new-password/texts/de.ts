import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  newPassword: 'Neues Passwort',
  hint: 'Mindestens {characters} Zeichen. Einige Wörter hintereinander sind leicht zu merken und schwer zu erraten.',
  strength: 'Wie schwer dieses Passwort zu erraten ist',
  veryWeak: 'Sehr leicht zu erraten',
  weak: 'Leicht zu erraten',
  fair: 'Könnte schwerer zu erraten sein',
  good: 'Gut',
  strong: 'Sehr gut',
  passwordShort: 'Wählen Sie ein Passwort mit mindestens {characters} Zeichen.',
  passwordLong: 'Wählen Sie ein Passwort mit höchstens {characters} Zeichen.',
  passwordCharacters:
    'Dieses Passwort enthält ein unsichtbares Zeichen, etwa einen Zeilenumbruch. Wählen Sie eines ohne dieses Zeichen.',
  passwordIsName: 'Wählen Sie ein Passwort, das nicht Ihr Benutzername oder Ihre E-Mail-Adresse ist.',
  passwordCommon: 'Dieses Passwort wird mit als Erstes ausprobiert. Wählen Sie ein anderes.',
  passwordWeak: 'Dieses Passwort ist leicht zu erraten. Machen Sie es länger, zum Beispiel mit einem weiteren Wort.',
  passwordSame: 'Das ist Ihr jetziges Passwort. Wählen Sie ein anderes.',
};
