import { z } from 'zod';
import type { Context } from '../context.ts';
import { describeSigningIn, type SigningIn, waysInLine } from '../identity/signing-in.ts';
import type { User } from '../identity/users.ts';
import { textTable } from '../lib/text-table.ts';
import { defineCommand } from './command.ts';
import { namedUser, timeText } from './operands.ts';

/** Shows all that is known of a person, and with what the person signs in, but no secret. */
export const userShow = defineCommand({
  name: 'user show',
  description: 'Show what is known of a person',
  operands: [['<username>', 'user name or e-mail address']],
  options: [['--json', 'print a JSON object']],
  examples: ['user show ada', 'user show ada@example.com --json'],
  words: z.object({ username: z.string(), json: z.boolean().default(false) }),
  async run(host, { username, json }) {
    const context = await host.open();
    const user = await namedUser(context, username);
    host.print(json ? await asJson(context, user) : await asTable(context, user));
  },
});

async function asJson(context: Context, user: User): Promise<string> {
  const { ways, weakness, passkeys, authenticator, recoveryCodesLeft, federatedIdentities } = await describeSigningIn(
    context,
    user,
  );
  const signing_in = {
    ways: ways.map(({ method, count }) => ({ method: method.name, count })),
    weakness,
    passkeys: passkeys.map(({ name, rp_id, created_at, last_used_at }) => ({ name, rp_id, created_at, last_used_at })),
    authenticator: authenticator && times(authenticator),
    recovery_codes_left: recoveryCodesLeft,
    identity_providers: federatedIdentities.map(({ provider, label, ...identity }) => ({
      provider,
      label,
      ...times(identity),
    })),
  };
  return JSON.stringify({ ...user, signing_in }, null, 2);
}

async function asTable(context: Context, user: User): Promise<string> {
  const { claims, created_at, updated_at, ...members } = user;
  const facts = { ...members, created_at: timeText(created_at), updated_at: timeText(updated_at), ...claims };
  return textTable(
    ['MEMBER', 'VALUE'],
    [
      ...Object.entries(facts).map(([member, value]) => [member, written(value)]),
      ...signingInRows(await describeSigningIn(context, user)),
    ],
  );
}

function signingInRows(signingIn: SigningIn): string[][] {
  const { ways, weakness, passkeys, authenticator, recoveryCodesLeft, federatedIdentities } = signingIn;
  const warning = weakness && { 'one-way': ' (only one)', 'second-step': ' (one second step)' }[weakness];
  return [
    ['signs in with', `${waysInLine(ways) || 'nothing yet'}${warning ?? ''}`],
    ...passkeys.map((passkey) => ['passkey', `${passkey.name} at ${passkey.rp_id}, ${timesText(passkey)}`]),
    ...(authenticator ? [['authenticator app', timesText(authenticator)]] : []),
    ...(recoveryCodesLeft > 0 ? [['recovery codes left', String(recoveryCodesLeft)]] : []),
    ...federatedIdentities.map((each) => [`account at ${each.provider}`, `${each.label}, ${timesText(each)}`]),
  ];
}

type Times = { readonly created_at: number; readonly last_used_at: number | null };

function times({ created_at, last_used_at }: Times): Times {
  return { created_at, last_used_at };
}

function timesText({ created_at, last_used_at }: Times): string {
  const used = last_used_at === null ? 'not used yet' : `last used ${timeText(last_used_at)}`;
  return `since ${timeText(created_at)}, ${used}`;
}

function written(value: unknown): string {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(' ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
