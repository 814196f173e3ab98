/** What is said to somebody who chooses a password. */
export const en = {
  newPassword: 'New password',
  hint: 'At least {characters} characters. A few words in a row are easy to remember and hard to guess.',
  strength: 'How hard this password is to guess',
  veryWeak: 'Very easy to guess',
  weak: 'Easy to guess',
  fair: 'Could be harder to guess',
  good: 'Good',
  strong: 'Very good',
  passwordShort: 'Choose a password of at least {characters} characters.',
  passwordLong: 'Choose a password of at most {characters} characters.',
  passwordCharacters: 'This password has a character that cannot be seen, such as a line break. Choose one without it.',
  passwordIsName: 'Choose a password that is not your user name or e-mail address.',
  passwordCommon: 'This password is among the first that are guessed. Choose another.',
  passwordWeak: 'This password is easy to guess. Make it longer, for example with another word.',
  passwordSame: 'This is the password you have now. Choose another.',
} as const;
