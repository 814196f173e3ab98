import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  lead: 'De apparaten waarop u bent ingelogd. Herkent u er een niet, log die dan uit en wijzig uw wachtwoord.',
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
  signOut: 'Uitloggen',
  several: 'Meerdere tegelijk',
  severalLead: 'Bij het uitloggen eindigt ook wat toepassingen daardoor hebben gekregen.',
  endOthers: 'Alle andere uitloggen',
  endAll: 'Overal uitloggen, ook hier',
  ended:
    '{count, plural, =0 {Nergens anders was iemand ingelogd.} one {Eén browser is uitgelogd.} other {# browsers zijn uitgelogd.}}',
  notFound: 'Al uitgelogd',
  notFoundText: 'Deze browser is niet meer ingelogd.',
  back: 'Waar u bent ingelogd',
};
