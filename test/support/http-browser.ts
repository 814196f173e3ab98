import { type Form, formIn } from './provider.ts';

/** An answer with its body read, so that no connection waits for a reader. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** A browser as far as a provider can see one, over real sockets. */
export class HttpBrowser {
  readonly #cookies = new Map<string, string>();
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Asks for an address and follows redirects as long as they stay at the provider. */
  async open(url: string): Promise<HttpAnswer> {
    let answer = await this.#send(url, {});
    for (let hops = 0; hops < 10; hops++) {
      const location = answer.headers.get('location');
      if (location === null || !this.#isOurs(location)) return answer;
      answer = await this.#send(location, {});
    }
    throw new Error('the provider redirects without end');
  }

  /** Fills in and sends the form of a page, its hidden fields as they are, without following redirects. */
  submit(page: HttpAnswer, fields: Form): Promise<HttpAnswer> {
    const { action, hidden } = formIn(page.body);
    const given = Object.entries({ ...hidden, ...fields }).filter((entry) => entry[1] !== undefined);
    return this.#send(action, {
      method: 'POST',
      headers: { origin: this.#origin },
      body: new URLSearchParams(Object.fromEntries(given.map(([name, value = '']) => [name, value]))),
    });
  }

  /** Goes where an answer redirects to. */
  follow(answer: HttpAnswer): Promise<HttpAnswer> {
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`no redirect but ${answer.status}: ${answer.body}`);
    return this.#isOurs(location) ? this.open(location) : Promise.resolve(answer);
  }

  async #send(url: string, { headers, ...request }: RequestInit): Promise<HttpAnswer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(url, this.#origin), {
      ...request,
      redirect: 'manual',
      headers: { ...Object.fromEntries(new Headers(headers)), ...(cookie && { cookie }) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const equals = pair.indexOf('=');
      if (/;\s*max-age=0/i.test(line)) this.#cookies.delete(pair.slice(0, equals));
      else this.#cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
    }
    return { status: response.status, headers: response.headers, body: await response.text() };
  }

  #isOurs(location: string): boolean {
    return new URL(location, this.#origin).origin === this.#origin;
  }
}
