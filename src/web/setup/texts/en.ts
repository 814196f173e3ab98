/** What the setup page says. */
export const en = {
  title: 'Create the administrator',
  lead: 'This link works once. Whoever fills in this page administers Castellan from then on.',
  submit: 'Create the administrator',
  linkNeeded: 'A setup link is needed',
  linkNeededText: 'Castellan printed a link when it started. Open that link.',
  linkDead: 'This link no longer works',
  linkDeadText: 'It has been used, is older than it may be, or a newer one has been created.',
  newLink: 'To print a new one, run {command} on the server, or in a checkout {commandInCheckout}.',
} as const;
