import type { Texts } from '../../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  passwordChangedSubject: 'Your password was changed',
  passwordChanged: 'The password of your account {username} was changed. Everywhere else you were signed out.',
  authenticatorAddedSubject: 'An authenticator app was added',
  authenticatorAdded:
    'An authenticator app was added to your account {username}. From now on its code is asked for when you sign in.',
  authenticatorRemovedSubject: 'Your authenticator app was removed',
  authenticatorRemoved: 'The authenticator app of your account {username} was removed.',
  recoveryCodesMadeSubject: 'New recovery codes were made',
  recoveryCodesMade: 'New recovery codes were made for your account {username}. Those from before work no more.',
  recoveryCodeUsedSubject: 'A recovery code was used',
  recoveryCodeUsed:
    'Somebody signed in to your account {username} with one of its recovery codes. {left, plural, one {# code is} other {# codes are}} left.',
  secondFactorsRemovedSubject: 'Your second step was removed',
  secondFactorsRemoved:
    'An administrator removed every second step of your account {username}. Your password alone is enough now, until you set up a new one.',
  wasItYou:
    'If this was you, there is nothing to do. If not, change your password at once and tell your administrator.',
};
