import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  username: 'Gebruikersnaam',
  email: 'E-mailadres',
  name: 'Volledige naam',
  usernameTaken: 'Deze gebruikersnaam is al in gebruik. Kies een andere.',
  usernameProblem:
    'Een gebruikersnaam heeft hoogstens 64 letters, cijfers en tekens en geen spaties. Er mag alleen een @ in staan als het uw e-mailadres is.',
  usernameAt: 'Kies een gebruikersnaam zonder @. U kunt ook met uw e-mailadres inloggen.',
  emailTaken: 'Er is al een account met dit e-mailadres. Log daarmee in.',
  emailProblem: 'Vul een e-mailadres in zoals anna@example.com.',
  nameProblem: 'Een naam heeft hoogstens 256 tekens op één regel.',
  tooMany: 'Te veel pogingen. Probeer het over {minutes, plural, one {# minuut} other {# minuten}} opnieuw.',
  full: 'Op dit moment maken heel veel mensen een account aan. Probeer het over een uur opnieuw.',
  notAccepted: 'Dit kon niet worden aangenomen. Controleer wat u hebt ingevuld.',
};
