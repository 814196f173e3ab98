import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  yourApplications: 'Vos applications',
  applications: 'Applications',
  nothingYet: 'Rien à ouvrir pour l’instant',
  nothingYetText:
    'Les applications apparaissent ici dès qu’elles sont enregistrées avec l’adresse de leur page d’accueil.',
  openConsole: 'Ouvrir la console',
};
