/** What is said to somebody who makes an account. */
export const en = {
  username: 'User name',
  email: 'E-mail address',
  name: 'Full name',
  usernameTaken: 'This user name is taken. Choose another.',
  usernameProblem:
    'A user name has at most 64 letters, digits and signs, and no spaces. An @ may be in it only when it is your e-mail address.',
  usernameAt: 'Choose a user name without an @. You can sign in with your e-mail address, too.',
  emailTaken: 'There is an account with this e-mail address already. Sign in with it.',
  emailProblem: 'Enter an e-mail address such as anna@example.com.',
  nameProblem: 'A name has at most 256 characters, in one line.',
  tooMany: 'Too many attempts. Try again in {minutes, plural, one {# minute} other {# minutes}}.',
  full: 'Very many people are creating an account just now. Try again in an hour.',
  notAccepted: 'This could not be accepted. Check what you entered.',
} as const;
