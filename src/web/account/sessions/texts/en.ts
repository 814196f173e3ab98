/** What the page of the places where somebody is signed in says. */
export const en = {
  lead: 'Where you are signed in. If you do not know one of these, sign it out and change your password.',
  thisBrowser: 'This browser',
  elsewhere: 'Other browsers',
  elsewhereLead: 'What a device is called is what its browser says of itself.',
  device: 'Device',
  here: 'this browser',
  signedIn: 'Signed in',
  lastUsed: 'Last used',
  address: 'Address',
  applications: 'Applications',
  noApplications: 'None',
  signOut: 'Sign out',
  several: 'Several at once',
  severalLead: 'Signing out also ends what applications got through it.',
  endOthers: 'Sign out all others',
  endAll: 'Sign out everywhere, here too',
  ended:
    '{count, plural, =0 {Nobody else was signed in.} one {One browser is signed out.} other {# browsers are signed out.}}',
  notFound: 'Already signed out',
  notFoundText: 'This browser is not signed in any more.',
  back: 'Where you are signed in',
} as const;
