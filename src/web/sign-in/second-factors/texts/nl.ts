import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const nl: Texts<typeof en> = {
  oneMoreStep: 'Nog één stap',
  authenticatorLead: 'Vul de code in die uw authenticator-app voor dit account toont.',
  authenticatorCode: 'Code van zes cijfers',
  useAuthenticator: 'Uw authenticator-app gebruiken',
  recoveryLead: 'Vul een van de herstelcodes in die u hebt bewaard. Elke code werkt één keer.',
  recoveryCode: 'Herstelcode',
  usePasskey: 'Uw passkey gebruiken',
  useRecoveryCode: 'Een herstelcode gebruiken',
  confirm: 'Doorgaan',
  cancel: 'Annuleren',
  trustDevice: 'Dit apparaat 30 dagen vertrouwen',
  trustDeviceHint:
    'De volgende keer is uw wachtwoord hier genoeg. Alleen voor een apparaat dat niemand anders gebruikt.',
  enterCode: 'Vul de code in.',
  wrongAuthenticatorCode:
    'Deze code klopt niet. Wacht op de volgende en vul die in; de klok van uw telefoon moet gelijk lopen.',
  wrongRecoveryCode: 'Dit is geen van uw ongebruikte herstelcodes. Controleer de code en probeer het opnieuw.',
  tooManyCodes: 'Te veel foute codes. Probeer het over {minutes, plural, one {# minuut} other {# minuten}} opnieuw.',
  strongerSignIn: 'Er is een sterkere manier van inloggen nodig',
  strongerWith: '{client} vraagt naast uw wachtwoord om een tweede stap, en u hebt er geen ingesteld die volstaat.',
  strongerKey: 'Er wordt om een passkey gevraagd.',
  setUpNow: 'Nu instellen',
  backAndCancel: 'Terug naar {client}',
  lostEverything: 'Telefoon en codes kwijt? Vraag uw beheerder om uw tweede stap te verwijderen.',
};
