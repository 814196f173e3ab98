import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  title: 'You are invited',
  lead: 'Make your account at {house}. You choose a password that nobody else knows.',
  signedIn: 'You are signed in as {name} in this browser. This makes another account.',
  submit: 'Create the account',
  dead: 'This invitation no longer works',
  deadText: 'It has been used or withdrawn, or its time is over.',
  deadWay: 'Ask whoever invited you for a new one. If you have an account already, {signIn}.',
  signIn: 'sign in',
};
