import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  openid: 'Vous reconnaître à votre retour',
  profile: 'Voir votre nom et votre profil',
  email: 'Voir votre adresse e-mail',
  address: 'Voir votre adresse postale',
  phone: 'Voir votre numéro de téléphone',
  groups: 'Voir les groupes dont vous faites partie',
  offline_access: 'Garder cet accès en votre absence',
  useScope: 'Utiliser {scope}',
  isNew: 'nouveau',
  yourPicture: 'votre photo',
  willBeAble: 'L’application pourra :',
  onlyIfTicked: 'Et ceci seulement si vous le cochez :',
  willCall: 'En votre nom, elle appellera :',
  willNot: 'L’application n’obtiendra pas :',
  yourPassword: 'votre mot de passe',
  yourProfile: 'votre nom et votre profil',
  yourEmail: 'votre adresse e-mail',
  yourAddress: 'votre adresse postale',
  yourPhone: 'votre numéro de téléphone',
  yourGroups: 'vos groupes',
  yourAbsence: 'un accès en votre absence',
  website: 'Site web',
  privacyPolicy: 'Politique de confidentialité',
  termsOfService: 'Conditions d’utilisation',
  selfDescribed:
    'Personne ici n’a enregistré cette application. Elle se décrit elle-même à l’adresse {source}. N’autorisez que si vous connaissez cette adresse.',
  selfDescribedTo:
    'Personne ici n’a enregistré cette application. Elle se décrit elle-même à l’adresse {source}, et vous serez envoyé vers {destination}. N’autorisez que si vous connaissez les deux.',
};
