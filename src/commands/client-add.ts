import { z } from 'zod';
import { OperatorError } from '../lib/operator-error.ts';
import { registrationResponse } from '../protocol/clients.ts';
import { registerClient } from '../protocol/register-client.ts';
import { defineCommand, operator } from './command.ts';
import { readObject } from './operands.ts';

/** Registers a client by the rules of RFC 7591, and answers as registration does. */
export const clientAdd = defineCommand({
  name: 'client add',
  description: 'Register an application',
  explanation:
    'The document is client metadata (RFC 7591), with members of our own such as require_pkce or first_party.\nAn application that moves here may bring its client_id and client_secret, in the document or as options.\nThe answer is the registration response; the secret in it is never shown again.',
  options: [
    ['--metadata <json>', 'the document, or @FILE with it, or @- for standard input (required)'],
    ['--client-id <id>', 'the client_id to have, instead of a new one'],
    ['--client-secret <secret>', 'the secret to have; better in the document, since others can see command lines'],
    ['--json', 'print JSON, as it always does'],
  ],
  examples: [
    `client add --metadata '{"client_name": "Wiki", "redirect_uris": ["https://wiki.example.com/callback"]}'`,
    'client add --metadata @wiki.json --client-id wiki',
  ],
  words: z.object({
    metadata: z.string({ error: 'is required: a JSON object, or @FILE' }),
    clientId: z.string().optional(),
    clientSecret: z.string().optional(),
  }),
  async run(host, words) {
    const document = await readObject(host, words.metadata);
    const client_id = words.clientId ?? textMember(document, 'client_id');
    const client_secret = words.clientSecret ?? textMember(document, 'client_secret');
    const { client_id: _, client_secret: __, ...metadata } = document;
    const context = await host.open({ mayCreate: true });
    const registered = await registerClient(context, metadata, operator, { client_id, client_secret });
    host.print(JSON.stringify(registrationResponse(registered.client, registered.client_secret), null, 2));
  },
});

function textMember(document: Record<string, unknown>, member: string): string | undefined {
  const value = document[member];
  if (value === undefined || typeof value === 'string') return value;
  throw new OperatorError(`${member}: must be text.`);
}
