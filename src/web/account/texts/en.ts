/** What the frame of the account says: its menu, and its headings. */
export const en = {
  account: 'Your account',
  profile: 'Profile',
  email: 'E-mail address',
  security: 'Ways to sign in',
  sessions: 'Devices',
  applications: 'Applications',
  activity: 'Activity',
  data: 'Your data',
} as const;
