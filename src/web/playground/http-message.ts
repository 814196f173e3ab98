/** A request of a client, as plain data: what is shown of it and what is sent are made from the same. */
export interface ClientRequest {
  readonly method: 'GET' | 'POST';
  /** An absolute URL without query. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Parameters of the query for GET, of the form for POST. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A response of the server, its header fields those that matter. */
export interface ServerResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body; an object is shown as JSON. */
  readonly body: unknown;
}

/** A request as it goes over the wire, with a line for each parameter. */
export function requestText({ method, url, headers = {}, parameters = {} }: ClientRequest): string {
  const { pathname, host } = new URL(url);
  const encoded = Object.entries(parameters).map(([name, value]) => new URLSearchParams({ [name]: value }).toString());
  const hasQuery = method === 'GET' && encoded.length > 0;
  const target = hasQuery ? `${pathname}?${encoded.join('\n    &')}` : pathname;
  const fields = { Host: host, ...(method === 'POST' ? { 'Content-Type': formType } : {}), ...headers };
  const head = [`${method} ${target} HTTP/1.1`, ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`)];
  return method === 'POST' ? `${head.join('\n')}\n\n${encoded.join('\n&')}` : head.join('\n');
}

/** A response as it comes over the wire, JSON in it indented. */
export function responseText({ status, headers, body }: ServerResponse): string {
  const head = [
    `HTTP/1.1 ${status} ${reasons[status] ?? ''}`.trimEnd(),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ].join('\n');
  if (body === undefined || body === '') return head;
  return `${head}\n\n${typeof body === 'string' ? body : JSON.stringify(body, undefined, 2)}`;
}

/** The command that sends a request from a shell. */
export function curlCommand({ method, url, headers = {}, parameters = {} }: ClientRequest, options = ''): string {
  const flags = [options, method === 'GET' && Object.keys(parameters).length > 0 ? '--get' : ''].filter(Boolean);
  return [
    ['curl', ...flags, quoted(url)].join(' '),
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...Object.entries(parameters).map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`),
  ].join(' \\\n  ');
}

export const formType = 'application/x-www-form-urlencoded';

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  303: 'See Other',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** One word for a shell, whatever is in it. */
function quoted(text: string): string {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
