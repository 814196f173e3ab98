import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  lead: 'Waar u bent ingelogd. Herkent u een ervan niet, meld die dan af en wijzig uw wachtwoord.',
  thisBrowser: 'Deze browser',
  elsewhere: 'Andere browsers',
  elsewhereLead: 'De naam van een apparaat is wat de browser over zichzelf zegt.',
  device: 'Apparaat',
  here: 'deze browser',
  signedIn: 'Ingelogd',
  lastUsed: 'Laatst gebruikt',
  address: 'Adres',
  applications: 'Toepassingen',
  noApplications: 'Geen',
  signOut: 'Afmelden',
  several: 'Meerdere tegelijk',
  severalLead: 'Bij het afmelden eindigt ook wat toepassingen daardoor hebben gekregen.',
  endOthers: 'Alle andere afmelden',
  endAll: 'Overal afmelden, ook hier',
  ended:
    '{count, plural, =0 {Nergens anders was iemand ingelogd.} one {Eén browser is afgemeld.} other {# browsers zijn afgemeld.}}',
  notFound: 'Al afgemeld',
  notFoundText: 'Deze browser is niet meer ingelogd.',
  back: 'Waar u bent ingelogd',
};
