import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  invitationSubject: 'Uitnodiging van {house}',
  invitation: 'U bent uitgenodigd om een account aan te maken bij {house}.',
  invitationTo: '{name}, u bent uitgenodigd om een account aan te maken bij {house}.',
  invitationLabel: 'Account aanmaken',
  invitationClosing: 'De link werkt tot {date}. Verwachtte u hem niet, dan hoeft u niets te doen.',
  confirmationSubject: 'Bevestig uw e-mailadres',
  confirmation:
    'Iemand maakt een account aan bij {house} met dit e-mailadres. Bent u dat, vul deze code dan in op de pagina waar u begon, of open de link.',
  confirmationLabel: 'Adres bevestigen',
  confirmationClosing:
    'Beide werken een uur. Bent u het niet, dan hoeft u niets te doen: er wordt dan geen account aangemaakt.',
  existingSubject: 'U hebt al een account',
  existing:
    'Iemand wilde een account aanmaken bij {house} met dit e-mailadres. U hebt er al een, dus er is niets aangemaakt. Was u het, log dan daarmee in.',
  signIn: 'Inloggen',
  existingClosing: 'Was u het niet, dan hoeft u niets te doen.',
  approvedSubject: 'Uw account is klaar',
  approved: 'Een beheerder heeft uw account goedgekeurd: u kunt nu bij {house} inloggen als {username}.',
};
