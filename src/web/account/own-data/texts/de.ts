import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  lead: 'Was hier über Sie gespeichert ist.',
  downloadHeading: 'Meine Daten herunterladen',
  downloadLead:
    'Eine Datei mit allem, was über Sie gespeichert ist: Profil, Sitzungen, Anwendungen, Aktivität und Ihre Anmeldearten ohne deren Geheimnisse. Vielleicht müssen Sie sich noch einmal anmelden.',
  download: 'Herunterladen',
  deleteHeading: 'Mein Konto löschen',
  deleteLead: 'Ihr Konto und alles, was über Sie gespeichert ist, endgültig.',
  deleteEllipsis: 'Mein Konto löschen…',
  deletionOff: 'Hier löscht die Administration die Konten. Wenden Sie sich an sie.',
  lastAdministrator:
    'Nur Sie haben hier Administrationsrechte. Geben Sie diese zuerst jemand anderem, unter {people}: Sonst könnte sich niemand mehr um die Konten kümmern.',
  people: 'Personen',
  question: 'Ihr Konto löschen?',
  back: 'Zurück',
  everythingGoes:
    'Ihr Profil, Ihre Anmeldearten, Ihre Sitzungen und was Sie Anwendungen erlaubt haben, werden sofort gelöscht.',
  applicationsAreTold:
    'Anwendungen erfahren, dass Sie abgemeldet sind. Was sie über Sie wissen, behalten sie: Wenden Sie sich dorthin, wenn auch das gelöscht werden soll.',
  recordStays:
    'Die Aufzeichnung dessen, was mit diesem Konto geschah, bleibt bei Ihrer Administration, bis ihre Frist vorbei ist.',
  forGood: 'Das lässt sich nicht rückgängig machen. Ihre Kennung bekommt niemand mehr.',
  typeName: 'Geben Sie zum Fortfahren Ihren Benutzernamen {username} ein',
  notTheName: 'Das ist nicht Ihr Benutzername. Es wurde nichts gelöscht.',
  delete: 'Endgültig löschen',
  keep: 'Mein Konto behalten',
  deleted: 'Ihr Konto ist gelöscht',
  deletedLead: 'Davon ist nichts übrig außer der Aufzeichnung Ihrer Administration darüber, was damit geschah.',
  nothingHere: 'Hier gibt es nichts zu sehen',
  toTheStart: 'Zur Startseite',
  mailSubject: 'Ihr Konto ist gelöscht',
  mailText:
    'Das Konto {username} bei {house} wurde auf Ihren Wunsch gelöscht. Wenn Sie das nicht waren, sagen Sie es sofort Ihrer Administration.',
};
