import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  openid: 'U herkennen als u terugkomt',
  profile: 'Uw naam en profiel zien',
  email: 'Uw e-mailadres zien',
  address: 'Uw postadres zien',
  phone: 'Uw telefoonnummer zien',
  groups: 'Zien bij welke groepen u hoort',
  offline_access: 'Deze toegang houden als u er niet bent',
  useScope: '{scope} gebruiken',
  isNew: 'nieuw',
  yourPicture: 'uw foto',
  willBeAble: 'De toepassing kan dan:',
  onlyIfTicked: 'En dit alleen als u het aanvinkt:',
  willCall: 'Namens u roept ze aan:',
  willNot: 'De toepassing krijgt niet:',
  yourPassword: 'uw wachtwoord',
  yourProfile: 'uw naam en profiel',
  yourEmail: 'uw e-mailadres',
  yourAddress: 'uw postadres',
  yourPhone: 'uw telefoonnummer',
  yourGroups: 'uw groepen',
  yourAbsence: 'toegang als u er niet bent',
  website: 'Website',
  privacyPolicy: 'Privacybeleid',
  termsOfService: 'Servicevoorwaarden',
  selfDescribed:
    'Niemand hier heeft deze toepassing geregistreerd. Ze beschrijft zichzelf op {source}. Sta het alleen toe als u dat adres kent.',
  selfDescribedTo:
    'Niemand hier heeft deze toepassing geregistreerd. Ze beschrijft zichzelf op {source}, en u wordt naar {destination} gestuurd. Sta het alleen toe als u beide kent.',
};
