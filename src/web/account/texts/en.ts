/** What the frame of the account says: its menu, and its headings. */
export const en = {
  account: 'Your account',
  profile: 'Profile',
} as const;
