import { z } from 'zod';
import { OperatorError } from '../lib/operator-error.ts';
import {
  accessTokenFormats,
  isResourceIdentifier,
  newResourceSchema,
  registerResource,
} from '../protocol/resources.ts';
import { signingAlgs } from '../protocol/tokens/signing-algs.ts';
import { defineCommand, operator } from './command.ts';

const { shape } = newResourceSchema;

/** Registers an API by the one schema of resources. */
export const resourceAdd = defineCommand({
  name: 'resource add',
  description: 'Register an API that access tokens are for',
  explanation:
    'Applications name it in the parameter resource (RFC 8707), exactly as it is written here.\nThose may whose audience has it, and all with --open.',
  operands: [['<identifier>', 'its absolute URI, which becomes the audience of its tokens']],
  options: [
    ['--name <text>', 'what people call it'],
    ['--scope <values>', 'the scope values that mean something to it; without them, any'],
    ['--format <format>', `how its tokens look: ${accessTokenFormats.join(' or ')}`],
    ['--seconds <number>', 'how long its tokens are good for at most'],
    ['--alg <alg>', `what signs its tokens: ${signingAlgs.join(', ')}`],
    ['--client-id <id>', 'the client as which it asks about tokens (introspection)'],
    ['--open', 'let every application ask for it'],
    ['--json', 'print JSON, as it always does'],
  ],
  examples: [
    'resource add https://wiki.example.com/api --scope "wiki.read wiki.write"',
    'resource add https://vault.example.com/ --format opaque --client-id vault --seconds 300',
  ],
  words: z.object({
    identifier: z.string(),
    name: shape.name,
    scope: shape.scope,
    format: shape.access_token_format,
    seconds: z.coerce.number('must be a number').pipe(shape.access_token_seconds.unwrap()).optional(),
    alg: shape.access_token_signing_alg,
    clientId: shape.client_id,
    open: shape.open,
  }),
  async run(host, { identifier, name, scope, format, seconds, alg, clientId, open }) {
    if (!isResourceIdentifier(identifier))
      throw new OperatorError(
        'The identifier must be an absolute URI without a fragment, such as https://api.example.com/.',
      );
    const context = await host.open({ mayCreate: true });
    const asked = {
      ...{ identifier, name, scope, open, client_id: clientId },
      ...{ access_token_format: format, access_token_seconds: seconds, access_token_signing_alg: alg },
    };
    const resource = await registerResource(context, asked, operator);
    host.print(JSON.stringify(resource, null, 2));
  },
});
