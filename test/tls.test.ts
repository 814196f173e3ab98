import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type SecureVersion } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { selfSignedCertificate } from './support/certificate.ts';
import { type Provider, startProvider } from './support/provider.ts';

const folder = mkdtempSync(join(tmpdir(), 'castellan-tls-'));
let provider: Provider;
let port: number;

beforeAll(async () => {
  const { cert, key } = selfSignedCertificate(['localhost']);
  writeFileSync(join(folder, 'cert.pem'), cert);
  writeFileSync(join(folder, 'key.pem'), key);
  provider = await startProvider({ settings: settings() });
  await provider.app.listen({ host: '127.0.0.1', port: 0 });
  const address = provider.app.server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(async () => {
  await provider.close();
  rmSync(folder, { recursive: true });
});

function settings(): Record<string, string> {
  return {
    CASTELLAN_PUBLIC_URL: 'https://localhost',
    CASTELLAN_TLS_CERT: join(folder, 'cert.pem'),
    CASTELLAN_TLS_KEY: join(folder, 'key.pem'),
  };
}

/** The protocol and cipher that a client with only these got, or the reason why it got none. */
async function handshake(version: SecureVersion, ciphers?: string): Promise<string> {
  const offered = ciphers === undefined ? {} : { ciphers: `${ciphers}:@SECLEVEL=0` };
  const options = { host: '127.0.0.1', port, rejectUnauthorized: false, minVersion: version, maxVersion: version };
  const socket = connect({ ...options, ...offered });
  try {
    await once(socket, 'secureConnect');
    return `${socket.getProtocol()} ${socket.getCipher().name}`;
  } catch {
    return 'refused';
  } finally {
    socket.destroy();
  }
}

describe('https without a proxy', () => {
  test.each(['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384'])(
    'TLS 1.2 with %s is taken',
    async (cipher) => {
      expect(await handshake('TLSv1.2', cipher)).toBe(`TLSv1.2 ${cipher}`);
    },
  );

  test.each([
    'ECDHE-ECDSA-CHACHA20-POLY1305',
    'ECDHE-ECDSA-AES128-SHA256',
    'ECDHE-ECDSA-AES256-SHA384',
    'ECDHE-ECDSA-AES256-SHA',
    'ECDHE-ECDSA-AES128-CCM',
  ])('TLS 1.2 with %s is refused', async (cipher) => {
    expect(await handshake('TLSv1.2', cipher)).toBe('refused');
  });

  test.each<SecureVersion>(['TLSv1', 'TLSv1.1'])('%s is refused', async (version) => {
    expect(await handshake(version, 'ALL')).toBe('refused');
  });

  test('TLS 1.3 is taken', async () => {
    expect(await handshake('TLSv1.3')).toMatch(/^TLSv1\.3 TLS_/);
  });

  test('a key of another certificate is a mistake in the settings', () => {
    writeFileSync(join(folder, 'other.pem'), selfSignedCertificate(['localhost']).key);
    const other = { ...settings(), CASTELLAN_TLS_KEY: join(folder, 'other.pem') };
    expect(() => readConfig(other)).toThrow(/^CASTELLAN_TLS_KEY must name the key of the certificate/);
  });

  test('a public URL that is not https is a mistake in the settings', () => {
    const plain = { ...settings(), CASTELLAN_PUBLIC_URL: 'http://localhost' };
    expect(() => readConfig(plain)).toThrow(/^CASTELLAN_PUBLIC_URL must begin with https/);
  });
});
