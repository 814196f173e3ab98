/** What the mails to people who get an account say. */
export const en = {
  invitationSubject: 'You are invited to {house}',
  invitation: 'You are invited to create an account at {house}.',
  invitationTo: '{name}, you are invited to create an account at {house}.',
  invitationLabel: 'Create your account',
  invitationClosing: 'The link works until {date}. If you did not expect it, you need not do anything.',
  confirmationSubject: 'Confirm your e-mail address',
  confirmation:
    'Somebody is creating an account at {house} with this e-mail address. If it is you, enter this code on the page where you began, or open the link.',
  confirmationLabel: 'Confirm the address',
  confirmationClosing: 'Both work for an hour. If it is not you, you need not do anything: then no account is created.',
  existingSubject: 'You have an account already',
  existing:
    'Somebody tried to create an account at {house} with this e-mail address. You have one already, so nothing was created. If it was you, sign in with it.',
  signIn: 'Sign in',
  existingClosing: 'If it was not you, you need not do anything.',
  approvedSubject: 'Your account is ready',
  approved: 'An administrator has let you in: you can sign in at {house} as {username} now.',
} as const;
