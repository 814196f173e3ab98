import { z } from 'zod';
import { OperatorError } from '../lib/operator-error.ts';
import { accessTokenFormats, findResources, newResourceSchema, updateResource } from '../protocol/resources.ts';
import { signingAlgs } from '../protocol/tokens/signing-algs.ts';
import { defineCommand, operator } from './command.ts';
import { missingResource } from './operands.ts';

const { shape } = newResourceSchema;

/** Changes what the options name of an API, by the schema with which it was registered. */
export const resourceUpdate = defineCommand({
  name: 'resource update',
  description: 'Change an API; its identifier stays',
  explanation:
    'What no option names stays as it is; "" puts it back to what it is without the option.\nIt holds for tokens from now on: those that are out already stay as they are.',
  operands: [['<identifier>', 'its URI']],
  options: [
    ['--name <text>', 'what people call it'],
    ['--scope <values>', 'the scope values that mean something to it; "" for any'],
    ['--format <format>', `how its tokens look: ${accessTokenFormats.join(' or ')}`],
    ['--seconds <number>', 'how long its tokens are good for at most'],
    ['--alg <alg>', `what signs its tokens: ${signingAlgs.join(', ')}`],
    ['--client-id <id>', 'the client as which it asks about tokens (introspection)'],
    ['--open', 'let every application ask for it'],
    ['--closed', 'let only those ask for it whose audience has it'],
    ['--json', 'print JSON, as it always does'],
  ],
  examples: [
    'resource update https://wiki.example.com/api --scope "wiki.read wiki.write wiki.admin"',
    'resource update https://vault.example.com/ --closed --seconds ""',
  ],
  words: z
    .object({
      identifier: z.string(),
      name: orNone(shape.name.unwrap()),
      scope: shape.scope.unwrap().optional(),
      format: orNone(shape.access_token_format.unwrap()),
      seconds: orNone(z.coerce.number('must be a number').pipe(shape.access_token_seconds.unwrap())),
      alg: orNone(shape.access_token_signing_alg.unwrap()),
      clientId: orNone(shape.client_id.unwrap()),
      open: z.literal(true).optional(),
      closed: z.literal(true).optional(),
    })
    .refine(({ open, closed }) => !(open && closed), { path: ['closed'], message: 'contradicts --open' }),
  async run(host, { identifier, name, scope, format, seconds, alg, clientId, open, closed }) {
    const context = await host.open();
    if (identifier === context.config.issuer) throw new OperatorError('Castellan itself cannot be changed.');
    const [before] = await findResources(context, [identifier]);
    if (!before) throw missingResource(identifier);
    const { created_at: _, ...now } = before;
    const asked = newResourceSchema.parse({
      ...{ identifier, name: name === undefined ? now.name : (name ?? undefined), scope: scope ?? now.scope.join(' ') },
      access_token_format: format === undefined ? now.access_token_format : (format ?? undefined),
      access_token_seconds: seconds === undefined ? now.access_token_seconds : (seconds ?? undefined),
      access_token_signing_alg: alg === undefined ? now.access_token_signing_alg : (alg ?? undefined),
      client_id: clientId === undefined ? now.client_id : (clientId ?? undefined),
      open: open ?? (closed ? false : now.open),
    });
    host.print(JSON.stringify(await updateResource(context, asked, operator), null, 2));
  },
});

/** A word that may be empty, which is null: as if it had never been said. */
function orNone<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((word) => (word === '' ? null : word), schema.nullable()).optional();
}
