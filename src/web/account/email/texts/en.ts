/** What the page of the e-mail address says. */
export const en = {
  lead: 'Mails about your account go here: links, codes, and notices of what happened to it.',
  present: 'Your address',
  none: 'There is none yet.',
  verified: 'Confirmed',
  unverified: 'Not confirmed',
  verify: 'Send a mail to confirm it',
  add: 'Add an address',
  change: 'Change the address',
  changeLead:
    'A mail goes to the new address. Only once you have confirmed it does it become the address of your account.',
  newAddress: 'New address',
  send: 'Send the mail',
  confirm: 'Confirm the address',
  confirmLead: 'A mail is on its way to {email}. Open its link, or enter its code.',
  confirmLeadWithoutMail: 'No mail is sent from here. Ask your administrator for the code for {email}.',
  code: 'Code',
  sent: 'The mail is on its way.',
  noted: 'Now ask your administrator for the code.',
  confirmed: 'Your address is confirmed.',
  confirmForAccount: 'Your account {username} gets the address {email}.',
  cancel: 'Cancel',
  back: 'Back to your address',
  noAddress: 'Enter an e-mail address such as anna@example.com.',
  tooManyMails:
    'Several mails were asked for already: look at the newest one. You can ask again in {minutes, plural, one {# minute} other {# minutes}}.',
  wrongCode: 'This code is not right, or too old. Look at the newest mail.',
  tooManyCodes: 'Too many attempts. Try again in {seconds, plural, one {# second} other {# seconds}}.',
  taken: 'Another account has this address. Give another one, or ask your administrator.',
  linkDead: 'This link no longer works',
  linkDeadText:
    'It has been used, is older than a day, or belongs to another account than the one you are signed in to.',
} as const;
