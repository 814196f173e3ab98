import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  lead: 'Les appareils où vous êtes connecté. Si vous n’en reconnaissez pas un, déconnectez-le et changez votre mot de passe.',
  thisBrowser: 'Ce navigateur',
  elsewhere: 'Autres navigateurs',
  elsewhereLead: 'Le nom d’un appareil est ce que son navigateur dit de lui-même.',
  device: 'Appareil',
  here: 'ce navigateur',
  signedIn: 'Connexion',
  lastUsed: 'Dernière utilisation',
  address: 'Adresse',
  applications: 'Applications',
  noApplications: 'Aucune',
  signOut: 'Déconnecter',
  several: 'Plusieurs à la fois',
  severalLead: 'La déconnexion met aussi fin à ce que des applications ont obtenu par là.',
  endOthers: 'Déconnecter tous les autres',
  endAll: 'Déconnecter partout, ici aussi',
  ended:
    '{count, plural, =0 {Aucun autre navigateur n’était connecté.} one {Un navigateur est déconnecté.} other {# navigateurs sont déconnectés.}}',
  notFound: 'Déjà déconnecté',
  notFoundText: 'Ce navigateur n’est plus connecté.',
  back: 'Là où vous êtes connecté',
};
