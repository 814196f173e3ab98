import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  openid: 'Reconhecê-lo quando voltar',
  profile: 'Ver o seu nome e o seu perfil',
  email: 'Ver o seu endereço de e-mail',
  address: 'Ver a sua morada',
  phone: 'Ver o seu número de telefone',
  groups: 'Ver a que grupos pertence',
  offline_access: 'Manter este acesso na sua ausência',
  useScope: 'Usar {scope}',
  isNew: 'novo',
  yourPicture: 'a sua imagem',
  willBeAble: 'A aplicação poderá:',
  onlyIfTicked: 'E isto apenas se o assinalar:',
  willCall: 'Em seu nome chamará:',
  willNot: 'A aplicação não receberá:',
  yourPassword: 'a sua palavra-passe',
  yourProfile: 'o seu nome e o seu perfil',
  yourEmail: 'o seu endereço de e-mail',
  yourAddress: 'a sua morada',
  yourPhone: 'o seu número de telefone',
  yourGroups: 'os seus grupos',
  yourAbsence: 'acesso na sua ausência',
  website: 'Site',
  privacyPolicy: 'Política de privacidade',
  termsOfService: 'Termos de serviço',
  selfDescribed:
    'Ninguém aqui registou esta aplicação. Ela descreve-se a si própria em {source}. Permita apenas se conhecer esse endereço.',
  selfDescribedTo:
    'Ninguém aqui registou esta aplicação. Ela descreve-se a si própria em {source}, e será enviado para {destination}. Permita apenas se conhecer ambos.',
};
