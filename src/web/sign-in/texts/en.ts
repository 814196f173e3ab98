/** What the pages of signing in say. */
export const en = {
  signIn: 'Sign in',
  toContinueTo: 'to continue to {client}',
  usernameOrEmail: 'User name or e-mail address',
  password: 'Password',
  cancel: 'Cancel',
  or: 'or',
  forgotten: 'Forgotten your password?',
  enterBoth: 'Enter your user name or e-mail address, and your password.',
  wrongPassword: 'User name and password do not fit together. Check both and try again.',
  tooManyAttempts: 'Too many attempts. Try again in {seconds, plural, one {# second} other {# seconds}}.',
  tookTooLong: 'More than ten minutes have passed. Please sign in again.',
  accountChanged: 'This account was changed while you signed in. Sign in again.',
} as const;
