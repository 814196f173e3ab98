import type { LightMyRequestResponse } from 'fastify';
import type { Provider, TestBrowser } from './provider.ts';

/** The beginning of a PNG of this size. */
export function png(width = 64, height = 64): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

/** The beginning of a JPEG of 64 by 64 pixels. */
export function jpeg(): Buffer {
  return Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0001108004000400301220002110103110100', 'hex');
}

/** The beginning of a WebP of 64 by 64 pixels. */
export function webp(): Buffer {
  const bytes = Buffer.alloc(40);
  bytes.write('RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0', 'latin1');
  bytes.writeUIntLE(63, 24, 3);
  bytes.writeUIntLE(63, 27, 3);
  return bytes;
}

/** Sends a file as the form of the profile does. */
export async function sendFile(
  browser: TestBrowser,
  { app, config }: Provider,
  file: Buffer,
  given: { filename?: string; type?: string; headers?: Record<string, string> } = {},
): Promise<LightMyRequestResponse> {
  const { filename = 'me.png', type = 'image/png', headers = {} } = given;
  const boundary = '----castellan-test';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="picture"; filename="${filename}"\r\nContent-Type: ${type}\r\n\r\n`;
  return app.inject({
    method: 'POST',
    url: '/account/picture',
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
