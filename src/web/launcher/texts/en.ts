/** What the launcher says to people who are signed in. */
export const en = {
  yourApplications: 'Your applications',
  applications: 'Applications',
  nothingYet: 'Nothing to open yet',
  nothingYetText: 'Applications appear here once they are registered with the address of their home page.',
  openConsole: 'Open the console',
} as const;
