/** What the links to pages of the house are called. */
export const en = {
  imprint: 'Legal notice',
  privacy: 'Privacy',
  help: 'Help',
} as const;
