import type { FastifyInstance } from 'fastify';
import type { JSONWebKeySet } from 'jose';
import * as z from 'zod';
import type { Context } from '../../context.ts';
import { type Html, html } from '../../lib/html.ts';
import { findClient } from '../../protocol/clients.ts';
import { codeBlock, jsonBlock } from '../ui/code-block.ts';
import { badge } from '../ui/list.ts';
import { disclosure, section } from '../ui/section.ts';
import { checkTable } from './frame.ts';
import { client_id } from './playground-client.ts';
import { type Run, tokensOf } from './run.ts';
import { sendRequest } from './send-request.ts';
import { type Check, checkAccessToken, checkIdToken, type DecodedToken } from './token-checks.ts';

const jwksSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

/** The tokens of a run, decoded and checked against the keys that the server publishes. */
export async function decodedTokens(app: FastifyInstance, context: Context, run: Run): Promise<Html | undefined> {
  const tokens = tokensOf(run);
  if (!tokens) return undefined;
  const { issuer } = context.config;
  const expected = { issuer, client_id, jwks: await fetchJwks(app, context), now: context.now() };
  const { id_token, access_token } = tokens;
  const idToken =
    id_token && (await checkIdToken(id_token, { ...expected, ...(await knownOf(context, run)), access_token }));
  const accessToken = await checkAccessToken(access_token, { ...expected, audience: issuer });
  return html`${
    idToken && id_token
      ? tokenSection({
          name: 'ID Token',
          lead: 'For the application: who signed in, when and how.',
          jwt: id_token,
          decoded: idToken,
        })
      : section({
          heading: 'No ID Token',
          body: html`<p>The scope <code>openid</code> was not asked for, so this is plain OAuth: the application may do something, but is not told who signed in.</p>`,
        })
  }
${tokenSection({
  name: 'Access token',
  lead: 'For the server whose resources it opens. The application just sends it along and need not look inside.',
  jwt: access_token,
  decoded: accessToken,
})}`;
}

async function fetchJwks(app: FastifyInstance, { config }: Context): Promise<JSONWebKeySet> {
  const { body } = await sendRequest(app, { method: 'GET', url: `${config.issuer}/.well-known/jwks.json` });
  return jwksSchema.parse(body);
}

/** What the client registered and sent, for the ID Token to agree with. */
async function knownOf(context: Context, { request, exchange, started_at }: Run) {
  const client = await findClient(context, client_id);
  // A refreshed ID Token tells of the same sign-in, which may by then be longer ago than max_age.
  const isFirst = exchange?.request.grant_type === 'authorization_code';
  return {
    alg: client?.id_token_signed_response_alg ?? 'RS256',
    nonce: request.nonce ?? '',
    ...(isFirst && request.max_age !== undefined
      ? { max_age: { seconds: Number(request.max_age), requested_at: started_at } }
      : {}),
  };
}

function tokenSection(token: { name: string; lead: string; jwt: string; decoded: DecodedToken }): Html {
  const { name, lead, jwt, decoded } = token;
  return section({
    heading: name,
    lead,
    actions: verdict(decoded.checks),
    body: html`${jsonBlock(decoded.payload, `${name}: payload`)}
${checkTable(`Checks of the ${name}`, decoded.checks)}
${disclosure('Header', jsonBlock(decoded.header, `${name}: header`))}
${disclosure('As it travels', codeBlock(jwt.replaceAll('.', '\n.'), `${name}: encoded`))}`,
  });
}

function verdict(checks: readonly Check[]): Html {
  const failed = checks.filter(({ passed }) => !passed).length;
  return failed === 0
    ? badge(`all ${checks.length} checks passed`, 'good')
    : badge(`${failed} of ${checks.length} checks failed`, 'bad');
}
