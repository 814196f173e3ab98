import type { LightMyRequestResponse } from 'fastify';
import type { Provider, TestBrowser } from './provider.ts';

/** Sends a file as a form of one of our pages does. */
export async function sendFileTo(
  browser: TestBrowser,
  { app, config }: Provider,
  url: string,
  file: Buffer,
  given: { filename?: string; type?: string; headers?: Record<string, string> } = {},
): Promise<LightMyRequestResponse> {
  const { filename = 'me.png', type = 'image/png', headers = {} } = given;
  const boundary = '----castellan-test';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="picture"; filename="${filename}"\r\nContent-Type: ${type}\r\n\r\n`;
  return app.inject({
    method: 'POST',
    url,
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      origin: config.publicUrl,
      'sec-fetch-site': 'same-origin',
      cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; '),
      ...headers,
    },
    payload: Buffer.concat([Buffer.from(head), file, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  });
}
