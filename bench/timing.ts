/**
 * Whether the time of a refusal tells what was refused: for each pair of refusals that must not be told apart, the ratio
 * of their medians over a loopback socket. The two take turns at random, and the first is compared with itself, too: by
 * how much that ratio is not 1 is noise. `node bench/timing.ts [samples] [pair]`, in a checkout after
 * `npm ci`.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { newSplitToken } from '../src/lib/split-token.ts';
import { newResourceSchema, registerResource } from '../src/protocol/resources.ts';
import { obtainTokens } from '../test/support/code-flow.ts';
import { actor, basic, encode, type Form, type Provider, startProvider } from '../test/support/provider.ts';

interface Refusal {
  readonly path: string;
  readonly form: Form;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Pair {
  readonly name: string;
  readonly one: () => Refusal;
  readonly other: () => Refusal;
  /** Whether a password is hashed, which takes long. */
  readonly isSlow?: boolean;
}

const vault = 'https://vault.example/';
const unknownSecret = () => randomBytes(32).toString('base64url');

await measureAll(Number(process.argv[2] ?? 3000));

async function measureAll(samples: number): Promise<void> {
  const provider = await startProvider({ settings: { CASTELLAN_TRUST_PROXY: '127.0.0.1' } });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const origin = await provider.app.listen({ port: 0, host: '127.0.0.1' });
  let requests = 0;
  const send = async ({ path, form, headers = {} }: Refusal): Promise<void> => {
    // Each from a network of its own, so that none is slowed down on purpose.
    const network = [requests >> 16, requests >> 8, requests++].map((part) => part & 255).join('.');
    const type = 'application/x-www-form-urlencoded';
    const forwarded = { ...headers, 'content-type': type, 'x-forwarded-for': `10.${network}` };
    const request = httpRequest(origin + path, { method: 'POST', agent, headers: forwarded }).end(encode(form));
    const [response] = await once(request, 'response');
    response.resume();
    await once(response, 'end');
  };
  console.log(`The second by the first, and the first by itself; medians of ${samples}, Node ${process.version}`);
  const wanted = process.argv[3] ?? '';
  for (const pair of await pairsOf(provider))
    if (pair.name.includes(wanted)) console.log(await measure(provider, pair, { samples, send }));
  agent.destroy();
  await provider.close();
}

async function measure(
  { clock }: Provider,
  { name, one, other, isSlow = false }: Pair,
  { samples, send }: { samples: number; send: (refusal: Refusal) => Promise<void> },
): Promise<string> {
  const kinds = [one, one, other].map((refusal) => ({ refusal, times: [] as number[] }));
  const count = Math.ceil(isSlow ? samples / 10 : samples);
  for (let warmUp = 0; warmUp < count / 10; warmUp++) for (const { refusal } of kinds) await send(refusal());
  for (let round = 0; round < count; round++)
    for (const { refusal, times } of kinds.toSorted(() => Math.random() - 0.5)) {
      // Guesses at one account are slowed down wherever they come from, until an hour has passed.
      if (isSlow) clock.advance(3601);
      const what = refusal();
      const begin = performance.now();
      await send(what);
      times.push(performance.now() - begin);
    }
  const [first = 0, again = 0, second = 0] = kinds.map(({ times }) => median(times));
  const microseconds = [first, second].map((milliseconds) => Math.round(milliseconds * 1000)).join(' and ');
  return `${name.padEnd(70)} ${(second / first).toFixed(3)} (${(again / first).toFixed(3)})  ${microseconds} µs`;
}

async function pairsOf(provider: Provider): Promise<Pair[]> {
  await provider.addUser();
  await registerResource(
    provider.context,
    newResourceSchema.parse({ identifier: vault, access_token_format: 'opaque' }),
    actor,
  );
  const registered = { first_party: true, audience: [vault] };
  const [client, stranger] = [await provider.register(registered), await provider.register()];
  const browser = provider.browser();
  await browser.signIn();
  const { access_token, refresh_token = '' } = await obtainTokens(provider, browser, client, { resource: vault });
  const jwt = (await obtainTokens(provider, browser, client)).access_token;

  const guess = (client_id: string): Refusal => ({
    path: '/oidc/oauth2/token',
    form: { grant_type: 'refresh_token', refresh_token: 'x' },
    headers: { authorization: basic({ client_id, client_secret: unknownSecret() }) },
  });
  const asking = (token: string, who = client): Refusal => ({
    path: '/oidc/oauth2/introspect',
    form: { token },
    headers: { authorization: basic(who) },
  });
  const unknown = () => newSplitToken(provider.context).token;
  const wrongVerifier = (token: string) =>
    Buffer.concat([Buffer.from(token, 'base64url').subarray(0, 16), randomBytes(32)]).toString('base64url');
  const signIn = (username: string): Refusal => ({
    path: '/login',
    form: { username, password: unknownSecret() },
    headers: { origin: provider.config.publicUrl, 'sec-fetch-site': 'same-origin' },
  });
  const otherSignature = () => jwt.replace(/[^.]+$/, randomBytes(64).toString('base64url'));
  return [
    {
      name: 'wrong client secret, unknown client',
      one: () => guess(client.client_id),
      other: () => guess(randomBytes(12).toString('hex')),
    },
    {
      name: 'refresh token with a wrong verifier, unknown token',
      one: () => asking(wrongVerifier(refresh_token)),
      other: () => asking(unknown()),
    },
    {
      name: 'opaque access token with a wrong verifier, unknown token',
      one: () => asking(wrongVerifier(access_token)),
      other: () => asking(unknown()),
    },
    {
      name: "somebody else's live refresh token, unknown token",
      one: () => asking(refresh_token, stranger),
      other: () => asking(unknown(), stranger),
    },
    {
      name: "somebody else's live opaque access token, unknown token",
      one: () => asking(access_token, stranger),
      other: () => asking(unknown(), stranger),
    },
    {
      name: "somebody else's live JWT, one with a wrong signature",
      one: () => asking(jwt, stranger),
      other: () => asking(otherSignature(), stranger),
    },
    { name: 'wrong password, unknown user', one: () => signIn('alice'), other: () => signIn('nobody'), isSlow: true },
  ];
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
