/** What people are told who sign in through another provider. */
export const en = {
  continueWith: 'Continue with {provider}',
  cancelled: 'Signing in with {provider} was cancelled. Try again, or sign in another way.',
  unreachable: '{provider} does not answer at the moment. Try again later, or sign in another way.',
  refused:
    '{provider} could not sign you in. Try again, or sign in another way. If it happens again, tell your administrator.',
  tooLong:
    'The application asks for more than can be taken along to {provider}. Sign in another way. Or first sign in with {provider} at {page}, and then open the application again.',
  startAgain: 'Please start again',
  otherBrowser: 'This sign-in was started in another browser, or too long ago.',
  toSignIn: 'Go to the sign-in page',
  noSuchProvider: 'This way to sign in is not there',
  noSuchProviderText: 'It may have been switched off. Sign in another way.',
  backToSignIn: 'Back to signing in',
  newHere: 'You are new here',
  newHereLead: '{provider} has told us who you are. Check this, and your account is ready.',
  username: 'User name',
  name: 'Name',
  email: 'E-mail address',
  createAccount: 'Create the account',
  haveAccount: 'Do you have an account here already?',
  signInAndConnect: 'Sign in and connect',
  connectFirst: 'You have an account here already',
  connectFirstText:
    'There is an account with the address {email}. Sign in to it once as you always do, and connect it. From then on {provider} is enough.',
  noAccount: 'There is no account for you here yet',
  noAccountText: '{provider} has told us who you are, but nobody here is connected to that account.',
  noAccountAsk:
    'If you have an account here, sign in to it once and connect it. Otherwise ask your administrator for one.',
  connectQuestion: 'Connect with {provider}?',
  connectText: 'From then on you can sign in to this account through {provider} as {label}.',
  connect: 'Connect',
  notNow: 'Not now',
  connected: 'Your account is connected with {provider}.',
  connectedToOther: 'This cannot be connected',
  connectedToOtherText:
    '{label} at {provider} is connected with another account here. Disconnect it there first, or ask your administrator.',
  toAccount: 'Back to your account',
} as const;
