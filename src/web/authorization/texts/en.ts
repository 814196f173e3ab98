/** What the pages of an authorization say. */
export const en = {
  allowTitle: 'Allow {client}?',
  wantsAccount: '{client} would like to use your account.',
  allow: 'Allow',
  cancel: 'Cancel',
  youGoTo: 'Afterwards you go to {host}.',
  chooseAccount: 'Choose an account',
  toContinueTo: 'to continue to {client}',
  signedInHere: 'These accounts are signed in with this browser.',
  isCurrent: 'in use',
  useAnother: 'Use another account',
  signOutAll: 'Sign out of all accounts',
  oneMoment: 'One moment',
  takenBack: 'You are being taken back to {client}.',
  continue: 'Continue',
} as const;
