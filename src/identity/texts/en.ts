/** What the mails say. */
export const en = {
  signInSubject: 'Sign in to {house}',
  signInText:
    'Somebody, hopefully you, wants to sign in to {house}. Enter this code on the page where you asked for it, or open the link.',
  signInLabel: 'Sign in',
  signInClosing:
    'Code and link work once, for {minutes, plural, one {# minute} other {# minutes}}. Give the code to nobody, not even to somebody who calls in our name. If you did not ask for it, do nothing.',
  resetSubject: 'Choose a new password',
  resetText: 'Somebody, hopefully you, asked for a new password for the account {username} at {house}.',
  resetClosing:
    'The link works once, for {minutes, plural, one {# minute} other {# minutes}}. If you did not ask for it, do nothing: your password stays as it is.',
  confirmSubject: 'Confirm your e-mail address',
  confirmText:
    'Somebody, hopefully you, gave this address for an account at {house}. Enter this code on the page where you gave it, or open the link.',
  confirmLabel: 'Confirm the address',
  confirmClosing:
    'Code and link work once, for {hours, plural, one {# hour} other {# hours}}. If it was not you, do nothing.',
  takenSubject: 'Your address was given for another account',
  takenText:
    'Somebody gave this address for another account at {house}, but it belongs to yours already. Nothing has changed. If it was you, sign in with this address.',
  emailChangedSubject: 'Your e-mail address was changed',
  emailChangedText: 'The e-mail address of your account {username} at {house} was changed to {email}.',
  undoLabel: 'Undo the change',
  undoClosing:
    'If this was you, there is nothing to do. If not, undo it within {days, plural, one {# day} other {# days}}: this address comes back, and everybody who is signed in to your account is signed out.',
  newDeviceSubject: 'New sign-in to your account',
  newDeviceText: 'Somebody signed in to your account {username} at {house} with a browser that was not known yet.',
  newDeviceDetails: 'When: {time}\nBrowser: {device}\nNetwork address: {address}',
  passwordChangedSubject: 'Your password was changed',
  passwordChangedText: 'The password of your account {username} at {house} was changed.',
  passkeyAddedSubject: 'A passkey was added',
  passkeyAddedText: 'The passkey “{name}” can now be used to sign in to your account {username} at {house}.',
  passkeyRemovedSubject: 'A passkey was removed',
  passkeyRemovedText: 'The passkey “{name}” can no longer be used to sign in to your account {username} at {house}.',
  secondFactorAddedSubject: 'A second step was set up',
  secondFactorAddedText: 'Signing in to your account {username} at {house} now takes a second step: {name}.',
  secondFactorRemovedSubject: 'A second step was removed',
  secondFactorRemovedText:
    'This second step is no longer asked for when somebody signs in to your account {username} at {house}: {name}.',
  recoveryCodeUsedSubject: 'A recovery code was used',
  recoveryCodeUsedText: 'Somebody signed in to your account {username} at {house} with one of its recovery codes.',
  providerLinkedSubject: 'Another account was linked',
  providerLinkedText: 'It is now possible to sign in to your account {username} at {house} through {name}.',
  providerUnlinkedSubject: 'Another account was unlinked',
  providerUnlinkedText: 'It is no longer possible to sign in to your account {username} at {house} through {name}.',
  passkeyRefusedSubject: 'A passkey was refused',
  passkeyRefusedText:
    'Somebody tried to sign in to your account {username} at {house} with the passkey “{name}”. It was refused, for it looks as if there were a copy of it.',
  passkeyRefusedClosing:
    'Remove this passkey from your account and add a new one, even if it was you. If it was not you, tell your administrator.',
  secondFactorsRemovedSubject: 'Your second steps were removed',
  secondFactorsRemovedText:
    'An administrator removed all second steps of your account {username} at {house}: authenticator app, passkeys, recovery codes and trusted devices. You are signed out everywhere.',
  secondFactorsRemovedClosing:
    'If you asked for this, sign in and set up a second step again. If not, tell your administrator.',
  accountLabel: 'Look at your account',
  noticeClosing:
    'If this was you, there is nothing to do. If not, choose a new password with “Forgotten your password?” on the sign-in page: that signs everybody out. And tell your administrator.',
} as const;
