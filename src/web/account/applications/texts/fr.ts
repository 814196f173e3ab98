import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  lead: 'Les applications auxquelles vous avez donné accès, et ce que chacune peut lire. Vous pouvez y mettre fin à tout moment.',
  nothing: 'Aucune application pour l’instant',
  nothingText: 'Quand vous vous connectez à une application avec ce compte, elle apparaît ici.',
  since: 'Autorisée',
  byAdministrator: 'Par votre administrateur, sans vous demander',
  lastGiven: 'Dernière transmission',
  longAgo: 'Il y a plus de six mois',
  whileAway: 'En votre absence',
  yes: 'Garde son accès',
  until: 'jusqu’au {time}',
  services: 'Peut appeler en votre nom',
  can: 'Ce que l’application peut faire',
  withdrawEllipsis: 'Retirer l’accès…',
  withdraw: 'Retirer l’accès',
  cancel: 'Annuler',
  question: 'Retirer l’accès de {client} ?',
  losesAccess: '{client} ne pourra plus rien lire de votre compte, avec effet immédiat.',
  isTold: 'Elle est prévenue que vous y êtes déconnecté.',
  isNotTold: 'Elle ne peut pas être prévenue : si vous y êtes connecté, déconnectez-vous-y aussi.',
  keepsWhatItRead: 'Elle garde ce qu’elle a déjà lu. Pour le faire effacer, adressez-vous à elle.',
  otherServices: 'D’autres services peuvent encore accepter ce qu’elle détient, jusqu’au {until} au plus tard.',
  asksAgain: 'Quand vous vous y reconnecterez, elle vous demandera de nouveau.',
  comesBack:
    'Quand vous l’ouvrirez de nouveau, elle aura de nouveau accès : votre administrateur l’autorise sans vous demander.',
  withdrawn: '{client} n’a plus accès à votre compte.',
  notFound: 'Non connectée',
  notFoundText: 'Cette application n’a pas accès à votre compte.',
  back: 'Applications connectées',
};
