/** What the page of an invitation says. */
export const en = {
  title: 'You are invited',
  lead: 'Create your account at {house}. You choose a password that nobody else knows.',
  signedIn: 'You are signed in as {name} in this browser. This creates another account.',
  submit: 'Create the account',
  dead: 'This invitation no longer works',
  deadText: 'It has been used or withdrawn, or its time is over.',
  deadWay: 'Ask whoever invited you for a new one. If you have an account already, {signIn}.',
  signIn: 'sign in',
} as const;
