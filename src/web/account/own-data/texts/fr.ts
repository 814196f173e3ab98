import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  lead: 'Ce qui est conservé ici à votre sujet.',
  downloadHeading: 'Télécharger mes données',
  downloadLead:
    'Un fichier avec tout ce qui est conservé à votre sujet : profil, sessions, applications, activité et vos moyens de connexion sans leurs secrets. Il vous sera peut-être demandé de vous reconnecter.',
  download: 'Télécharger',
  deleteHeading: 'Supprimer mon compte',
  deleteLead: 'Votre compte et tout ce qui est conservé à votre sujet, définitivement.',
  deleteEllipsis: 'Supprimer mon compte…',
  deletionOff: 'Ici, c’est un administrateur qui supprime les comptes. Adressez-vous à lui.',
  lastAdministrator:
    'Personne d’autre que vous n’a les droits d’administrateur. Donnez-les d’abord à quelqu’un d’autre, sous {people} : sinon, personne ne pourrait plus s’occuper des comptes.',
  people: 'Personnes',
  question: 'Supprimer votre compte ?',
  back: 'Retour',
  everythingGoes:
    'Votre profil, vos moyens de connexion, vos sessions et ce que vous avez autorisé à des applications sont supprimés aussitôt.',
  applicationsAreTold:
    'Les applications sont prévenues que vous êtes déconnecté. Elles gardent ce qu’elles savent de vous : adressez-vous à elles pour le faire effacer aussi.',
  recordStays:
    'Le relevé de ce qui a été fait avec ce compte reste chez votre administrateur jusqu’à la fin de sa durée de conservation.',
  forGood: 'C’est irréversible. Votre identifiant ne sera plus jamais attribué à personne.',
  typeName: 'Pour continuer, saisissez votre nom d’utilisateur {username}',
  notTheName: 'Ce n’est pas votre nom d’utilisateur. Rien n’a été supprimé.',
  delete: 'Supprimer définitivement',
  keep: 'Garder mon compte',
  deleted: 'Votre compte est supprimé',
  deletedLead: 'Il n’en reste que le relevé que conserve votre administrateur.',
  nothingHere: 'Rien à voir ici',
  toTheStart: 'Aller à l’accueil',
  mailSubject: 'Votre compte est supprimé',
  mailText:
    'Le compte {username} chez {house} a été supprimé à votre demande. Si ce n’était pas vous, prévenez immédiatement votre administrateur.',
};
