import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  openid: 'Rozpoznać Cię, gdy wrócisz',
  profile: 'Zobaczyć Twoje imię i nazwisko oraz profil',
  email: 'Zobaczyć Twój adres e-mail',
  address: 'Zobaczyć Twój adres pocztowy',
  phone: 'Zobaczyć Twój numer telefonu',
  groups: 'Zobaczyć, do jakich grup należysz',
  offline_access: 'Zachować ten dostęp pod Twoją nieobecność',
  useScope: 'Używać {scope}',
  isNew: 'nowe',
  yourPicture: 'Twoje zdjęcie',
  willBeAble: 'Aplikacja będzie mogła:',
  onlyIfTicked: 'A to tylko, jeśli zaznaczysz:',
  willCall: 'W Twoim imieniu wywoła:',
  willNot: 'Tego aplikacja nie otrzyma:',
  yourPassword: 'Twoje hasło',
  yourProfile: 'Twoje imię i nazwisko oraz profil',
  yourEmail: 'Twój adres e-mail',
  yourAddress: 'Twój adres pocztowy',
  yourPhone: 'Twój numer telefonu',
  yourGroups: 'Twoje grupy',
  yourAbsence: 'dostęp pod Twoją nieobecność',
  website: 'Strona internetowa',
  privacyPolicy: 'Polityka prywatności',
  termsOfService: 'Warunki korzystania',
  selfDescribed:
    'Nikt tutaj nie zarejestrował tej aplikacji. Opisuje ona sama siebie pod adresem {source}. Zezwól tylko wtedy, gdy znasz ten adres.',
  selfDescribedTo:
    'Nikt tutaj nie zarejestrował tej aplikacji. Opisuje ona sama siebie pod adresem {source}, a Ty trafisz do {destination}. Zezwól tylko wtedy, gdy znasz oba adresy.',
};
