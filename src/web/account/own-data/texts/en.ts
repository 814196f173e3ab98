/** What the page of the person's data says, and the end of the account. */
export const en = {
  lead: 'What is kept about you here.',
  downloadHeading: 'Download my data',
  downloadLead:
    'One file with everything that is kept about you: profile, sessions, applications, activity, and your ways to sign in without their secrets. You may be asked to sign in again.',
  download: 'Download',
  deleteHeading: 'Delete my account',
  deleteLead: 'Your account and all that is kept about you, for good.',
  deleteEllipsis: 'Delete my account…',
  deletionOff: 'Accounts are deleted by an administrator here. Ask yours.',
  lastAdministrator:
    'You are the only administrator. Make somebody else an administrator first, under {people}: otherwise nobody could look after the accounts.',
  people: 'People',
  question: 'Delete your account?',
  back: 'Back',
  everythingGoes:
    'Your profile, your ways to sign in, your sessions and what you allowed applications are deleted at once.',
  applicationsAreTold:
    'Applications are told that you are signed out. What they know of you, they keep: ask there if you want that deleted, too.',
  recordStays: 'The record of what was done with this account stays with your administrator until its time is over.',
  forGood: 'This cannot be undone. Nobody will be known by your identifier again.',
  typeName: 'To go on, type your user name {username}',
  notTheName: 'This is not your user name. Nothing was deleted.',
  delete: 'Delete for good',
  keep: 'Keep my account',
  deleted: 'Your account is deleted',
  deletedLead: 'Nothing of it is left but your administrator’s record of what was done with it.',
  nothingHere: 'Nothing to see here',
  toTheStart: 'Go to the start page',
  mailSubject: 'Your account is deleted',
  mailText:
    'The account {username} at {house} was deleted as you asked. If it was not you, tell your administrator at once.',
} as const;
