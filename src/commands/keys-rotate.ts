import { z } from 'zod';
import { rotateSigningKeys } from '../protocol/tokens/rotate-signing-keys.ts';
import { signingAlgs } from '../protocol/tokens/signing-algs.ts';
import { defineCommand, operator } from './command.ts';
import { timeText } from './operands.ts';

/** Makes the next signing keys; the running server takes them over by itself. */
export const keysRotate = defineCommand({
  name: 'keys rotate',
  description: 'Make the next signing keys',
  explanation:
    'A new key is published at once and signs after CASTELLAN_KEY_PUBLICATION_SECONDS, so that applications know it by then.\nWith --immediately it signs at once, for a key that others may know; applications that keep keys for long may refuse its first tokens.',
  options: [
    ['--alg <alg>', `only the keys of one algorithm: ${signingAlgs.join(', ')}`],
    ['--immediately', 'sign with the new keys from now on'],
    ['--json', 'print a JSON array of the new keys'],
  ],
  examples: ['keys rotate', 'keys rotate --alg RS256 --immediately'],
  words: z.object({
    alg: z.enum(signingAlgs, `must be one of ${signingAlgs.join(', ')}`).optional(),
    immediately: z.boolean().default(false),
    json: z.boolean().default(false),
  }),
  async run(host, { alg, immediately, json }) {
    const context = await host.open();
    const successors = await rotateSigningKeys(context, operator, { immediately, ...(alg && { alg }) });
    if (json) return host.print(JSON.stringify(successors, null, 2));
    if (successors.length === 0)
      return host.print('There are no signing keys yet; the server makes them when it needs them.');
    for (const key of successors) host.print(`${key.kid} (${key.alg}) signs from ${timeText(key.current_at)}.`);
  },
});
