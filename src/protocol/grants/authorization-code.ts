import * as z from 'zod';
import type { Context } from '../../context.ts';
import { isOpen } from '../../identity/account-state.ts';
import { recordEvent } from '../../identity/audit.ts';
import { findUser } from '../../identity/users.ts';
import { invalidGrant } from '../../lib/errors.ts';
import { equalHashes, parseSplitToken, sha256 } from '../../lib/split-token.ts';
import {
  burnAuthorizationCode,
  consumeAuthorizationCode,
  findAuthorizationCode,
  type IssuedCode,
} from '../../storage/authorization-codes.ts';
import { revokeAuthorization } from '../../storage/authorizations.ts';
import type { Client } from '../client-metadata.ts';
import { isRegisteredRedirectUri } from '../redirect-uris.ts';
import { confirmationText } from '../sender-constraints/binding.ts';
import type { Binding } from '../sender-constraints/sender-constraint.ts';
import { issueFirstTokens } from '../tokens/first-tokens.ts';
import { defineGrant } from './grant.ts';

/** RFC 6749 §4.1.3 with RFC 7636: a code, once, from the client that asked for it. */
export const authorizationCode = defineGrant({
  name: 'authorization_code',
  parameters: z.object({
    code: z.string().max(200),
    redirect_uri: z.string().max(2000).optional(),
    code_verifier: z.string().max(1000).optional(),
    resource: z.string().max(4096).optional(),
  }),

  async issue(context, client, { code, redirect_uri, code_verifier, resource }, binding) {
    const issued = await findIssuedCode(context, code);
    if (issued.consumed_at !== null) throw await replayed(context, client, issued);
    const refusal = refusalOf(issued, client, { redirect_uri, code_verifier, binding }, context.now());
    if (refusal) {
      await burnAuthorizationCode(context.database, issued.id, context.now());
      throw invalidGrant(refusal);
    }
    const user = await findUser(context, issued.user_id);
    if (!user || !isOpen(context, user)) throw invalidGrant('the person may no longer sign in');

    const response = await issueFirstTokens(context, client, {
      claim: consumeAuthorizationCode(issued.id, context.now()),
      authorization: { ...issued, id: issued.authorization_id, expires_at: issued.authorization_expires_at },
      user,
      resource,
      binding,
    });
    if (!response) throw await lost(context, client, issued);
    return response;
  },
});

async function findIssuedCode(context: Context, code: string): Promise<IssuedCode> {
  const presented = parseSplitToken(code);
  const issued = presented && (await findAuthorizationCode(context.database, { id: presented.id, now: context.now() }));
  if (!issued || !equalHashes(issued.verifier_hash, presented.verifier_hash))
    throw invalidGrant('the code is unknown or expired');
  return issued;
}

/** Why this code may not be redeemed by this request, or undefined. Any refusal makes the code useless. */
function refusalOf(
  issued: IssuedCode,
  client: Client,
  presented: {
    readonly redirect_uri: string | undefined;
    readonly code_verifier: string | undefined;
    readonly binding: Binding | undefined;
  },
  now: number,
): string | undefined {
  const { redirect_uri, code_verifier, binding } = presented;
  if (issued.client_id !== client.client_id) return 'the code was issued to another client';
  if (issued.expires_at <= now) return 'the code is unknown or expired';
  if (issued.revoked_at !== null || issued.live_session_id === null)
    return 'the person has signed out, or the authorization was revoked';
  if (redirect_uri !== issued.redirect_uri) return 'redirect_uri is not the one of the authorization request';
  if (!isRegisteredRedirectUri(client, redirect_uri)) return 'redirect_uri is no longer registered for the client';
  if (issued.cnf !== null && issued.cnf !== confirmationText(binding?.cnf))
    return 'the request named a key, and the token request proves no possession of it';
  if (issued.code_challenge === null)
    return code_verifier === undefined ? undefined : 'code_verifier came although the request had no code_challenge';
  if (code_verifier === undefined) return 'code_verifier is missing';
  if (!/^[A-Za-z0-9\-._~]{43,128}$/.test(code_verifier)) return 'code_verifier has not the form of RFC 7636 §4.1';
  if (!equalHashes(sha256(code_verifier), issued.code_challenge)) return 'code_verifier does not match code_challenge';
  return undefined;
}

/** A code that comes again revokes what it gave (RFC 6749 §4.1.2): somebody else may have got it. */
async function replayed(context: Context, client: Client, { authorization_id, client_id }: IssuedCode): Promise<Error> {
  if (client_id === client.client_id) {
    await revokeAuthorization(context.database, authorization_id, context.now());
    await recordEvent(context, { id: 'system' }, 'authorization.revoked', authorization_id, {
      client_id,
      reason: 'its code was presented again',
    });
  }
  return invalidGrant('the code was used before; what it gave is revoked');
}

/** The code could not be taken: another caller was faster, or the authorization ended at this very instant. */
async function lost(context: Context, client: Client, { id }: IssuedCode): Promise<Error> {
  const now = await findAuthorizationCode(context.database, { id, now: context.now() });
  return now && now.consumed_at !== null
    ? replayed(context, client, now)
    : invalidGrant('the code is unknown or expired');
}
