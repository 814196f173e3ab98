/** What the launcher says to people who are signed in. */
export const en = {
  yourApplications: 'Your applications',
  applications: 'Applications',
  nothingYet: 'Nothing to open yet',
  nothingYetText: 'Applications appear here once they are registered with the address of their home page.',
  openConsole: 'Open the console',
  running: 'Castellan is running',
  noAdministrator: 'It has no administrator yet.',
  linkPrinted:
    'When it started, it printed a link that makes the first administrator: open that link in this browser. To print it again, run this where Castellan is installed:',
  orBinary: 'or, with the single binary:',
  commandCheckout: 'Command in a checkout',
  commandBinary: 'Command with the binary',
} as const;
