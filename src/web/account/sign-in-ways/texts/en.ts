/** With what people sign in. */
export const en = {
  password: 'Password',
  passkey: 'Passkey',
  code: 'One-time code',
  mail: 'E-mail',
  provider: 'Another provider',
} as const;
