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
  willNot: 'Aplikacja nie otrzyma:',
  yourPassword: 'Twojego hasła',
  yourProfile: 'Twojego imienia i nazwiska ani profilu',
  yourEmail: 'Twojego adresu e-mail',
  yourAddress: 'Twojego adresu pocztowego',
  yourPhone: 'Twojego numeru telefonu',
  yourGroups: 'listy Twoich grup',
  yourAbsence: 'dostępu pod Twoją nieobecność',
  website: 'Strona internetowa',
  privacyPolicy: 'Polityka prywatności',
  termsOfService: 'Warunki korzystania',
  selfDescribed:
    'Nikt tutaj nie zarejestrował tej aplikacji. Opisuje ona sama siebie pod adresem {source}. Zezwól tylko wtedy, gdy znasz ten adres.',
  selfDescribedTo:
    'Nikt tutaj nie zarejestrował tej aplikacji. Opisuje ona sama siebie pod adresem {source}, a Ty trafisz do {destination}. Zezwól tylko wtedy, gdy znasz oba adresy.',
};
