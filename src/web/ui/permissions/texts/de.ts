import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  openid: 'Sie wiedererkennen, wenn Sie zurückkommen',
  profile: 'Ihren Namen und Ihr Profil sehen',
  email: 'Ihre E-Mail-Adresse sehen',
  address: 'Ihre Postanschrift sehen',
  phone: 'Ihre Telefonnummer sehen',
  groups: 'Sehen, zu welchen Gruppen Sie gehören',
  offline_access: 'Diesen Zugriff behalten, wenn Sie nicht da sind',
  useScope: '{scope} benutzen',
  isNew: 'neu',
  yourPicture: 'Ihr Bild',
  willBeAble: 'Die Anwendung kann dann:',
  onlyIfTicked: 'Und dies nur, wenn Sie es ankreuzen:',
  willCall: 'In Ihrem Namen ruft sie auf:',
  willNot: 'Das bekommt die Anwendung nicht:',
  yourPassword: 'Ihr Passwort',
  yourProfile: 'Ihr Name und Ihr Profil',
  yourEmail: 'Ihre E-Mail-Adresse',
  yourAddress: 'Ihre Postanschrift',
  yourPhone: 'Ihre Telefonnummer',
  yourGroups: 'Ihre Gruppen',
  yourAbsence: 'Zugriff, wenn Sie nicht da sind',
  website: 'Website',
  privacyPolicy: 'Datenschutzerklärung',
  termsOfService: 'Nutzungsbedingungen',
  selfDescribed:
    'Niemand hier hat diese Anwendung registriert. Sie beschreibt sich selbst unter {source}. Erlauben Sie es nur, wenn Sie diese Adresse kennen.',
  selfDescribedTo:
    'Niemand hier hat diese Anwendung registriert. Sie beschreibt sich selbst unter {source}, und Sie werden zu {destination} geleitet. Erlauben Sie es nur, wenn Sie beide kennen.',
};
