import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  lead: 'Wat hier over u wordt bewaard.',
  downloadHeading: 'Mijn gegevens downloaden',
  downloadLead:
    'Eén bestand met alles wat over u wordt bewaard: profiel, sessies, toepassingen, activiteit en uw manieren om in te loggen zonder hun geheimen. Mogelijk moet u opnieuw inloggen.',
  download: 'Downloaden',
  deleteHeading: 'Mijn account verwijderen',
  deleteLead: 'Uw account en alles wat over u wordt bewaard, voorgoed.',
  deleteEllipsis: 'Mijn account verwijderen…',
  deletionOff: 'Hier verwijdert een beheerder de accounts. Vraag het daar.',
  lastAdministrator:
    'U bent de enige beheerder. Maak eerst iemand anders beheerder, onder {people}: anders kan niemand meer voor de accounts zorgen.',
  people: 'Personen',
  question: 'Uw account verwijderen?',
  back: 'Terug',
  everythingGoes:
    'Uw profiel, uw manieren om in te loggen, uw sessies en wat u toepassingen hebt toegestaan, worden meteen verwijderd.',
  applicationsAreTold:
    'Toepassingen horen dat u bent uitgelogd. Wat ze van u weten, houden ze: vraag het daar als dat ook moet worden verwijderd.',
  recordStays: 'Het verslag van wat met dit account is gedaan, blijft bij uw beheerder tot de termijn voorbij is.',
  forGood: 'Dit kan niet ongedaan worden gemaakt. Niemand krijgt ooit nog uw kenmerk.',
  typeName: 'Typ uw gebruikersnaam {username} om door te gaan',
  notTheName: 'Dit is niet uw gebruikersnaam. Er is niets verwijderd.',
  delete: 'Voorgoed verwijderen',
  keep: 'Mijn account houden',
  deleted: 'Uw account is verwijderd',
  deletedLead: 'Er is niets meer van over, behalve het verslag dat uw beheerder bewaart.',
  nothingHere: 'Hier is niets te zien',
  toTheStart: 'Naar de startpagina',
  mailSubject: 'Uw account is verwijderd',
  mailText:
    'Het account {username} bij {house} is op uw verzoek verwijderd. Was u dat niet, waarschuw dan meteen uw beheerder.',
};
