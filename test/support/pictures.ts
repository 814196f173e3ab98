import { crc32, deflateSync } from 'node:zlib';
import type { LightMyRequestResponse } from 'fastify';
import { sendFileTo } from './form-files.ts';
import type { Provider, TestBrowser } from './provider.ts';

/** A black PNG of this size; one that is larger than anybody takes has no pixels. */
export function png(width = 64, height = 64): Buffer {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  // One bit for each pixel, of grey.
  size[8] = 1;
  const pixels = height > 10_000 ? Buffer.alloc(0) : Buffer.alloc(height * (1 + Math.ceil(width / 8)));
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, chunk('IHDR', size), chunk('IDAT', deflateSync(pixels)), chunk('IEND')]);
}

function chunk(type: string, content = Buffer.alloc(0)): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(4), Buffer.from(type), content, Buffer.alloc(4)]);
  bytes.writeUInt32BE(content.length, 0);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), bytes.length - 4);
  return bytes;
}

/** A grey JPEG of 64 by 64 pixels. */
export function jpeg(): Buffer {
  return Buffer.from(
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI//////////////////////////////////////////' +
      '//////////wAALCABAAEABAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AAAAAAAAAAAAA' +
      'AAAAAAAAAP/Z',
    'base64',
  );
}

/** A grey WebP of 64 by 64 pixels. */
export function webp(): Buffer {
  return Buffer.from(
    'UklGRkAAAABXRUJQVlA4IDQAAAAQBACdASpAAEAAP3G42GO0rywmoggCkC4JaQDVwK+wRfbybkwIBd+4AACVJWH7zIWoAAAA',
    'base64',
  );
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
