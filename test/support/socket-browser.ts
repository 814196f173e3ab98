import { type Form, formIn } from './provider.ts';

/** A page or redirect that a socket browser got. */
export interface SocketPage {
  readonly url: string;
  readonly status: number;
  readonly location: string | undefined;
  readonly body: string;
}

/** A browser over real sockets, as far as a provider can see one: cookies, forms, and what browsers send with them. */
export class SocketBrowser {
  readonly cookies = new Map<string, string>();
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Opens an address and follows redirects as long as they stay at the provider. */
  async open(url: string | URL): Promise<SocketPage> {
    return this.#follow(await this.#send(new URL(url, this.#origin)));
  }

  /** Sends the form of a page, its hidden fields as they are, and follows redirects within the provider. */
  async submit(page: SocketPage, fields: Form): Promise<SocketPage> {
    const form = formIn(page.body);
    const given = Object.entries({ ...form.hidden, ...fields }).filter((entry) => entry[1] !== undefined);
    const body = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
    return this.#follow(await this.#send(new URL(form.action, page.url), body));
  }

  /** Opens an authorization request and does what its pages ask for, until one of them leads away or asks for more. */
  async authorize(url: string | URL, sign: { username: string; password: string }): Promise<SocketPage> {
    let page = await this.open(url);
    for (let steps = 0; steps < 4 && page.location === undefined; steps++) {
      if (page.body.includes('id="login-password"')) page = await this.submit(page, sign);
      else if (page.body.includes('id="consent-allow"')) page = await this.submit(page, { decision: 'allow' });
      else break;
    }
    return page;
  }

  async #follow(page: SocketPage): Promise<SocketPage> {
    let current = page;
    for (let hops = 0; hops < 10; hops++) {
      if (current.location === undefined || new URL(current.location).origin !== this.#origin) return current;
      current = await this.#send(new URL(current.location));
    }
    throw new Error('the provider redirects without end');
  }

  async #send(url: URL, form?: URLSearchParams): Promise<SocketPage> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { ...(cookie && { cookie }), ...(form && { origin: this.#origin, 'sec-fetch-site': 'same-origin' }) },
      ...(form && { method: 'POST', body: form }),
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const location = response.headers.get('location');
    return {
      url: url.href,
      status: response.status,
      location: location === null ? undefined : new URL(location, url).href,
      body: await response.text(),
    };
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/max-age=0/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
