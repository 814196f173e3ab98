import type { Texts } from '../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const zh: Texts<typeof en> = {
  disabledHeading: 'This account is switched off',
  disabled:
    'You proved that it is yours, but an administrator has switched it off. Ask them if you think that this is a mistake.',
  expiredHeading: 'This account has expired',
  expired: 'You proved that it is yours, but its time is over. Ask your administrator for more time.',
  awaitsApprovalHeading: 'Your account waits for approval',
  awaitsApproval:
    'An administrator looks at new accounts before they can be used. Come back later: your password stays the same.',
  anotherAccount: 'Sign in with another account',
  newPassword: 'Choose a new password',
  newPasswordLead:
    'Somebody else set the present one for you, so it is good for this one time. From now on only you will know it.',
  username: 'User name',
  save: 'Save and continue',
  backTo: 'Back to {client}',
};
