import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  lead: 'Les e-mails concernant votre compte sont envoyés ici : liens, codes et nouvelles de ce qui lui est arrivé.',
  present: 'Votre adresse',
  none: 'Il n’y en a pas encore.',
  verified: 'Confirmée',
  unverified: 'Non confirmée',
  verify: 'Envoyer un e-mail de confirmation',
  add: 'Ajouter une adresse',
  change: 'Modifier l’adresse',
  changeLead:
    'Un e-mail est envoyé à la nouvelle adresse. Elle ne devient celle de votre compte qu’une fois confirmée.',
  newAddress: 'Nouvelle adresse',
  send: 'Envoyer l’e-mail',
  confirm: 'Confirmer l’adresse',
  confirmLead: 'Un e-mail est envoyé à {email}. Ouvrez son lien, ou saisissez son code.',
  confirmLeadWithoutMail: 'Aucun e-mail n’est envoyé d’ici. Demandez à votre administrateur le code pour {email}.',
  code: 'Code',
  sent: 'L’e-mail est en route.',
  noted: 'Demandez maintenant le code à votre administrateur.',
  confirmed: 'Votre adresse est confirmée.',
  confirmForAccount: 'Votre compte {username} reçoit l’adresse {email}.',
  cancel: 'Annuler',
  back: 'Retour à votre adresse',
  noAddress: 'Saisissez une adresse e-mail comme anna@example.com.',
  tooManyMails:
    'Plusieurs e-mails ont déjà été demandés : regardez le plus récent. Vous pourrez en demander un autre dans {minutes, plural, one {# minute} other {# minutes}}.',
  wrongCode: 'Ce code est faux ou trop ancien. Regardez l’e-mail le plus récent.',
  tooManyCodes: 'Trop de tentatives. Réessayez dans {seconds, plural, one {# seconde} other {# secondes}}.',
  taken: 'Un autre compte a cette adresse. Indiquez-en une autre, ou adressez-vous à votre administrateur.',
  linkDead: 'Ce lien ne fonctionne plus',
  linkDeadText:
    'Il a été utilisé, date de plus d’un jour ou appartient à un autre compte que celui auquel vous êtes connecté.',
};
