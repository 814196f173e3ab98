/** What the pages of signing out say. */
export const en = {
  question: 'Sign out?',
  clientAsks: '{client} asks whether you want to sign out.',
  doYouWant: 'Do you want to sign out here?',
  stay: 'Stay signed in',
  signedOut: 'You are signed out',
  backSoon: 'In a moment you are back at {client}.',
  backTo: 'Back to {client}',
  signInAgain: 'Sign in again',
  stillHere: 'Still signed in with this browser:',
  signOutAll: 'Sign out of all accounts',
  frame: 'Sign-out',
} as const;
