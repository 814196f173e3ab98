import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  lead: 'Wo Sie angemeldet sind. Wenn Sie etwas davon nicht kennen, melden Sie es ab und ändern Sie Ihr Passwort.',
  thisBrowser: 'Dieser Browser',
  elsewhere: 'Andere Browser',
  elsewhereLead: 'Wie ein Gerät heißt, sagt sein Browser selbst.',
  device: 'Gerät',
  here: 'dieser Browser',
  signedIn: 'Angemeldet',
  lastUsed: 'Zuletzt benutzt',
  address: 'Adresse',
  applications: 'Anwendungen',
  noApplications: 'Keine',
  signOut: 'Abmelden',
  several: 'Mehrere auf einmal',
  severalLead: 'Mit dem Abmelden endet auch, was Anwendungen dadurch erhalten haben.',
  endOthers: 'Alle anderen abmelden',
  endAll: 'Überall abmelden, auch hier',
  ended:
    '{count, plural, =0 {Sonst war niemand angemeldet.} one {Ein Browser ist abgemeldet.} other {# Browser sind abgemeldet.}}',
  notFound: 'Schon abgemeldet',
  notFoundText: 'Dieser Browser ist nicht mehr angemeldet.',
  back: 'Wo Sie angemeldet sind',
};
