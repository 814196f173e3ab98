import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pl: Texts<typeof en> = {
  offer: 'New here? {createAccount}',
  createAccount: 'Create an account',
  submit: 'Create the account',
  haveAccount: 'Sign in with an account you have',
  codeTitle: 'Look at your mail',
  codeLead: 'A code and a link are on their way to {email}. Enter the code here, or open the link, within an hour.',
  code: 'Code',
  codeSubmit: 'Confirm the address',
  codeWrong: 'This code is not right, or no longer good. Check it, or begin again.',
  again: 'Begin again',
  notThere: 'It can take some minutes. Look among the unwanted mail, too. If the address is not right, begin again.',
  linkTitle: 'Confirm your e-mail address',
  linkLead: 'This makes the account {username} with the address {email}.',
  linkPassword: 'The password that you chose',
  linkPasswordHint: 'You opened the link in another browser than the one in which you began.',
  passwordWrong: 'This is not the password that was chosen. Try again, or begin again.',
  notYou: 'If you did not begin this, close this page: then no account is made.',
  dead: 'This link no longer works',
  deadText: 'It has been used, or is older than an hour.',
  waitingTitle: 'Your account waits for approval',
  waiting: 'An administrator looks at new accounts before they can be used. You get a mail when it is ready.',
  waitingWithoutMail: 'An administrator looks at new accounts before they can be used. Come back later and sign in.',
  backTo: 'Back to {client}',
  signIn: 'Sign in',
};
