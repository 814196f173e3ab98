import type { Texts } from '../../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  providers: 'Comptes ailleurs',
  providersLead: 'Des comptes chez d’autres fournisseurs, avec lesquels vous pouvez vous connecter ici.',
  provider: 'Fournisseur',
  account: 'Compte',
  connectedSince: 'Associé',
  lastUsedAt: 'Dernière utilisation',
  never: 'Jamais',
  switchedOff: 'désactivé',
  actions: 'Actions',
  disconnect: 'Dissocier',
  connectWith: 'Associer {provider}',
  disconnected: 'Le compte est dissocié.',
  lastWayIn:
    'C’est la seule façon de vous connecter à votre compte. Définissez d’abord un mot de passe ou ajoutez une clé d’accès.',
};
