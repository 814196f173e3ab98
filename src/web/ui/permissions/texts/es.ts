import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  openid: 'Reconocerle cuando vuelva',
  profile: 'Ver su nombre y su perfil',
  email: 'Ver su dirección de correo',
  address: 'Ver su dirección postal',
  phone: 'Ver su número de teléfono',
  groups: 'Ver a qué grupos pertenece',
  offline_access: 'Conservar este acceso cuando usted no esté',
  useScope: 'Usar {scope}',
  isNew: 'nuevo',
  yourPicture: 'su foto',
  willBeAble: 'La aplicación podrá:',
  onlyIfTicked: 'Y esto solo si lo marca:',
  willCall: 'En su nombre llamará a:',
  willNot: 'La aplicación no obtendrá:',
  yourPassword: 'su contraseña',
  yourProfile: 'su nombre y su perfil',
  yourEmail: 'su dirección de correo',
  yourAddress: 'su dirección postal',
  yourPhone: 'su número de teléfono',
  yourGroups: 'sus grupos',
  yourAbsence: 'acceso cuando usted no esté',
  website: 'Sitio web',
  privacyPolicy: 'Política de privacidad',
  termsOfService: 'Condiciones del servicio',
  selfDescribed:
    'Nadie aquí ha registrado esta aplicación. Se describe a sí misma en {source}. Permítalo solo si conoce esa dirección.',
  selfDescribedTo:
    'Nadie aquí ha registrado esta aplicación. Se describe a sí misma en {source}, y se le enviará a {destination}. Permítalo solo si conoce las dos.',
};
