import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const fr: Texts<typeof en> = {
  oneMoreStep: 'One more step',
  authenticatorLead: 'Enter the code that your authenticator app shows for this account.',
  authenticatorCode: 'Six-digit code',
  useAuthenticator: 'Use your authenticator app',
  recoveryLead: 'Enter one of the recovery codes that you put aside. Each works once.',
  recoveryCode: 'Recovery code',
  usePasskey: 'Utiliser votre clé d’accès',
  useRecoveryCode: 'Use a recovery code',
  confirm: 'Continue',
  cancel: 'Cancel',
  trustDevice: 'Trust this device for 30 days',
  trustDeviceHint: 'Next time your password is enough here. Only for a device that nobody else uses.',
  enterCode: 'Enter the code.',
  wrongAuthenticatorCode:
    'This code does not fit. Wait for the next one and enter that; the clock of your phone must be right.',
  wrongRecoveryCode: 'This is none of your unused recovery codes. Check it and try again.',
  tooManyCodes: 'Too many codes were wrong. Try again in {minutes, plural, one {# minute} other {# minutes}}.',
  strongerSignIn: 'A stronger sign-in is needed',
  strongerWith: '{client} asks for a second step besides your password, and you have not set up one that it accepts.',
  strongerKey: 'It asks for a passkey.',
  setUpNow: 'Set it up now',
  backAndCancel: 'Back to {client}',
  lostEverything: 'Lost your phone and your codes? Ask your administrator to remove your second step.',
};
