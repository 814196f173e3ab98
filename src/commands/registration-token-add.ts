import {
  addInitialAccessToken,
  newInitialAccessTokenSchema,
} from '../protocol/client-registration/initial-access-tokens.ts';
import { defineCommand, operator } from './command.ts';

/** Makes an initial access token (RFC 7591 §1.2), for CLIENT_REGISTRATION=token. */
export const registrationTokenAdd = defineCommand({
  name: 'registration-token add',
  description: 'Make a token with which an application registers itself',
  explanation:
    'An initial access token for the registration endpoint, which CASTELLAN_CLIENT_REGISTRATION switches on.\nIt is printed once. Without options it is good for one registration within a day.',
  options: [
    ['--uses <number>', 'how many applications may register with it'],
    ['--days <number>', 'how many days it is good for'],
    ['--json', 'print JSON, as it always does'],
  ],
  examples: ['registration-token add', 'registration-token add --uses 20 --days 7'],
  words: newInitialAccessTokenSchema,
  async run(host, { uses, days }) {
    const context = await host.open({ mayCreate: true });
    const added = await addInitialAccessToken(context, { uses, seconds: days * 86_400 }, operator);
    const { id, token, expires_at } = added;
    host.print(JSON.stringify({ id, initial_access_token: token, uses_left: uses, expires_at }, null, 2));
  },
});
