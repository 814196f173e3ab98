import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  connectDevice: 'Connecter un appareil',
  enterCode: 'Saisissez le code que votre appareil affiche.',
  code: 'Code',
  continue: 'Continuer',
  onPhone: 'Continuer plutôt sur votre téléphone',
  qrCode: 'QR code de l’adresse de cette page',
  connectTitle: 'Connecter {client} ?',
  deviceWants: 'Un appareil avec {client} souhaite utiliser votre compte.',
  onlyIfYours:
    'N’autorisez que si vous avez commencé vous-même, sur un appareil devant vous. Personne qui vous appelle ou vous écrit n’a besoin d’un tel code.',
  askedAt: 'Demandé le',
  fromNetwork: 'Depuis le réseau',
  callsItself: 'L’appareil se nomme',
  nothing: 'rien',
  allow: 'Autoriser',
  cancel: 'Annuler',
  connected: 'Votre appareil est connecté',
  connectedLead: 'Revenez-y ; il continue de lui-même dans quelques secondes.',
  notConnected: 'Rien n’a été connecté',
  notConnectedLead: 'L’appareil a été informé que vous n’avez pas autorisé.',
  tooMany: 'Trop de codes. Réessayez dans {seconds, plural, one {# seconde} other {# secondes}}.',
  codeInvalid: 'Ce code n’est pas valable. Vérifiez-le sur l’appareil ; il a peut-être expiré.',
};
