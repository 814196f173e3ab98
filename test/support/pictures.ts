import type { LightMyRequestResponse } from 'fastify';
import { sendFileTo } from './form-files.ts';
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
export function sendFile(
  browser: TestBrowser,
  provider: Provider,
  file: Buffer,
  given?: Parameters<typeof sendFileTo>[4],
): Promise<LightMyRequestResponse> {
  return sendFileTo(browser, provider, '/account/picture', file, given);
}
