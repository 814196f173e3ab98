import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  title: 'Créer l’administrateur',
  lead: 'Ce lien ne sert qu’une fois. Qui remplit cette page administre ensuite Castellan.',
  submit: 'Créer l’administrateur',
  linkNeeded: 'Un lien d’installation est nécessaire',
  linkNeededText: 'Castellan a affiché un lien à son démarrage. Ouvrez ce lien.',
  linkDead: 'Ce lien ne fonctionne plus',
  linkDeadText: 'Il a été utilisé, il est trop ancien ou un plus récent a été créé.',
  newLink:
    'Pour en afficher un nouveau, exécutez {command} sur le serveur, ou {commandInCheckout} dans une copie du dépôt.',
};
