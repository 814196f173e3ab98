/** What people are told of the applications that they used, after they have signed out. */
export const en = {
  none: 'You had opened no application from here.',
  allTold: 'The applications that you used have been told.',
  someMayKnow: 'Applications that you used may still know you until you sign out there, too.',
  told: 'Was told.',
  beingTold: 'Is being told, but has not answered yet.',
  outOfReach: 'Could not be told: sign out there, too.',
  neverTold: 'Is not told when you sign out here: sign out there, too.',
  keepsAccess: 'It keeps the access that you allowed it while you are away, until {until}.',
  accessEnds: 'What it got from here ends by {until}.',
} as const;
