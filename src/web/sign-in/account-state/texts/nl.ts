import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  disabledHeading: 'Dit account is uitgeschakeld',
  disabled:
    'U hebt bewezen dat het van u is, maar een beheerder heeft het uitgeschakeld. Vraag het na als u denkt dat dit een vergissing is.',
  expiredHeading: 'Dit account is verlopen',
  expired: 'U hebt bewezen dat het van u is, maar de tijd is voorbij. Vraag uw beheerder om verlenging.',
  awaitsApprovalHeading: 'Uw account wacht op goedkeuring',
  awaitsApproval:
    'Een beheerder bekijkt nieuwe accounts voordat ze gebruikt kunnen worden. Kom later terug: uw wachtwoord blijft hetzelfde.',
  anotherAccount: 'Met een ander account inloggen',
  newPassword: 'Kies een nieuw wachtwoord',
  newPasswordLead:
    'Iemand anders heeft het huidige voor u ingesteld, dus het geldt alleen deze keer. Vanaf nu kent alleen u het.',
  username: 'Gebruikersnaam',
  save: 'Opslaan en doorgaan',
  backTo: 'Terug naar {client}',
};
