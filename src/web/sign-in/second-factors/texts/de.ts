import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const de: Texts<typeof en> = {
  oneMoreStep: 'Noch ein Schritt',
  authenticatorLead: 'Geben Sie den Code ein, den Ihre Authenticator-App für dieses Konto anzeigt.',
  authenticatorCode: 'Sechsstelliger Code',
  useAuthenticator: 'Authenticator-App verwenden',
  recoveryLead: 'Geben Sie einen der Wiederherstellungscodes ein, die Sie aufbewahrt haben. Jeder gilt einmal.',
  recoveryCode: 'Wiederherstellungscode',
  usePasskey: 'Passkey verwenden',
  useRecoveryCode: 'Wiederherstellungscode verwenden',
  confirm: 'Weiter',
  cancel: 'Abbrechen',
  trustDevice: 'Diesem Gerät 30 Tage lang vertrauen',
  trustDeviceHint: 'Beim nächsten Mal genügt hier Ihr Passwort. Nur für ein Gerät, das sonst niemand benutzt.',
  enterCode: 'Geben Sie den Code ein.',
  wrongAuthenticatorCode:
    'Dieser Code stimmt nicht. Warten Sie auf den nächsten und geben Sie ihn ein; die Uhr Ihres Telefons muss richtig gehen.',
  wrongRecoveryCode:
    'Das ist keiner Ihrer unbenutzten Wiederherstellungscodes. Prüfen Sie ihn und versuchen Sie es noch einmal.',
  tooManyCodes:
    'Zu viele Codes waren falsch. Versuchen Sie es in {minutes, plural, one {# Minute} other {# Minuten}} noch einmal.',
  strongerSignIn: 'Eine stärkere Anmeldung ist nötig',
  strongerWith:
    '{client} verlangt einen zweiten Schritt neben Ihrem Passwort, und Sie haben keinen eingerichtet, der dafür genügt.',
  strongerKey: 'Verlangt wird ein Passkey.',
  setUpNow: 'Jetzt einrichten',
  backAndCancel: 'Zurück zu {client}',
  lostEverything: 'Telefon und Codes verloren? Bitten Sie Ihre Administration, Ihren zweiten Schritt zu entfernen.',
};
