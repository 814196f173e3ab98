import { code_challenge, code_verifier } from './code-flow.ts';
import type { HttpBrowser } from './http-browser.ts';
import { basic, redirect_uri } from './provider.ts';

/** A client as the registration answered; without a secret it is a public one. */
export interface LoadedClient {
  readonly client_id: string;
  readonly client_secret?: string;
}

/** What a client holds of one authorization. */
export interface Holding {
  readonly client: LoadedClient;
  refresh_token: string;
  /** A request with this refresh token was sent and not answered: the server may have done its part or not. */
  isUnanswered: boolean;
}

/** A code, and how often the server said that it worked. */
export interface PresentedCode {
  readonly client: LoadedClient;
  readonly code: string;
  successes: number;
}

interface Answer {
  readonly status: number;
  readonly body: { readonly refresh_token?: string; readonly error?: string };
}

/** Clients that redeem and refresh as fast as they are answered, and remember what they were told. */
export interface TokenLoad {
  readonly holdings: Holding[];
  readonly codes: PresentedCode[];
  /** Codes whose redemption was not answered. */
  readonly unansweredCodes: PresentedCode[];
  /** What was told that must not be. */
  readonly violations: string[];
  answered: number;
  unanswered: number;
  /** Goes on until the server is gone. */
  run(lanes: number): Promise<void>;
  /** Uses a refresh token, once or twice at the same instant. */
  refresh(holding: Holding, times?: 1 | 2): Promise<void>;
  /** Presents a code again; undefined when there was no answer. */
  present(code: PresentedCode): Promise<Answer | undefined>;
}

/** How often a holding is refreshed before the next code is asked for. */
const refreshesEach = 5;

export function createTokenLoad(url: string, browser: HttpBrowser, clients: readonly LoadedClient[]): TokenLoad {
  const load: TokenLoad = {
    holdings: [],
    codes: [],
    unansweredCodes: [],
    violations: [],
    answered: 0,
    unanswered: 0,
    async run(lanes) {
      await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(lane)));
    },
    refresh,
    present: ({ client, code }) =>
      send(client, { grant_type: 'authorization_code', code, redirect_uri, code_verifier }),
  };

  async function runLane(lane: number): Promise<void> {
    const client = clients[lane % clients.length];
    for (let turn = lane; client; turn++) {
      const code = await obtainCode(client);
      if (!code) return;
      const holding = turn % 4 === 3 ? await presentTwice(code) : await redeem(code);
      for (let time = 0; holding && time < refreshesEach; time++) {
        await refresh(holding, (time + turn) % 3 === 0 ? 2 : 1);
        if (holding.isUnanswered) return;
      }
    }
  }

  async function obtainCode(client: LoadedClient): Promise<PresentedCode | undefined> {
    const parameters = { response_type: 'code', scope: 'openid', code_challenge, code_challenge_method: 'S256' };
    const query = new URLSearchParams({ client_id: client.client_id, redirect_uri, ...parameters });
    const answer = await browser.open(`/oidc/oauth2/auth?${query}`).catch(() => undefined);
    if (!answer) return undefined;
    const code = new URL(answer.headers.get('location') ?? url).searchParams.get('code');
    if (code === null) throw new Error(`no code but ${answer.status}: ${answer.body}`);
    const presented = { client, code, successes: 0 };
    load.codes.push(presented);
    return presented;
  }

  async function redeem(code: PresentedCode): Promise<Holding | undefined> {
    const answer = await load.present(code);
    if (!answer) {
      load.unansweredCodes.push(code);
      return undefined;
    }
    if (answer.status !== 200) load.violations.push(`a fresh code was answered with ${JSON.stringify(answer)}`);
    return accept(code, answer);
  }

  /** Of two at the same instant one may win, and then loses what it got: a code that comes twice was stolen. */
  async function presentTwice(code: PresentedCode): Promise<undefined> {
    const answers = await Promise.all([load.present(code), load.present(code)]);
    code.successes += answers.filter((answer) => answer?.status === 200).length;
  }

  function accept(code: PresentedCode, { status, body }: Answer): Holding | undefined {
    if (status !== 200) return undefined;
    code.successes++;
    const { refresh_token = '' } = body;
    const holding = { client: code.client, refresh_token, isUnanswered: false };
    load.holdings.push(holding);
    return holding;
  }

  async function refresh(holding: Holding, times: 1 | 2 = 1): Promise<void> {
    const { client, refresh_token } = holding;
    const one = () => send(client, { grant_type: 'refresh_token', refresh_token });
    const answers = await Promise.all(times === 2 ? [one(), one()] : [one()]);
    const given = new Set<string>();
    for (const answer of answers) {
      if (answer?.status === 200) given.add(answer.body.refresh_token ?? '');
      else if (answer) load.violations.push(`a refresh token was answered with ${JSON.stringify(answer)}`);
    }
    if (given.size > 1) load.violations.push('one refresh token has two successors');
    const [next] = given;
    holding.isUnanswered = next === undefined;
    if (next !== undefined) holding.refresh_token = next;
  }

  async function send(client: LoadedClient, form: Record<string, string>): Promise<Answer | undefined> {
    const { client_id, client_secret } = client;
    try {
      const response = await fetch(`${url}/oidc/oauth2/token`, {
        method: 'POST',
        headers: client_secret === undefined ? {} : { authorization: basic({ client_id, client_secret }) },
        body: new URLSearchParams(client_secret === undefined ? { ...form, client_id } : form),
      });
      const body: Answer['body'] = JSON.parse(await response.text());
      load.answered++;
      return { status: response.status, body };
    } catch {
      load.unanswered++;
      return undefined;
    }
  }

  return load;
}
