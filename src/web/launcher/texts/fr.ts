import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  yourApplications: 'Vos applications',
  applications: 'Applications',
  nothingYet: 'Rien à ouvrir pour l’instant',
  nothingYetText:
    'Les applications apparaissent ici dès qu’elles sont enregistrées avec l’adresse de leur page d’accueil.',
  openConsole: 'Ouvrir la console',
  running: 'Castellan fonctionne',
  noAdministrator: 'Il n’a pas encore d’administrateur.',
  linkPrinted:
    'Au démarrage, il a affiché un lien qui crée le premier administrateur : ouvrez ce lien dans ce navigateur. Pour l’afficher de nouveau, exécutez ceci là où Castellan est installé :',
  orBinary: 'ou, avec le binaire unique :',
  commandCheckout: 'Commande dans un dépôt cloné',
  commandBinary: 'Commande avec le binaire',
};
