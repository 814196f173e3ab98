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
type KeyType = 'ec' | 'rsa';
const providers: Provider[] = [];
const ports: Record<KeyType, number> = { ec: 0, rsa: 0 };

beforeAll(async () => {
  for (const keyType of ['rsa', 'ec'] as const) {
    const { cert, key } = selfSignedCertificate(['localhost'], keyType);
    writeFileSync(join(folder, 'cert.pem'), cert);
    writeFileSync(join(folder, 'key.pem'), key);
    const provider = await startProvider({ settings: settings() });
    providers.push(provider);
    await provider.app.listen({ host: '127.0.0.1', port: 0 });
    const address = provider.app.server.address();
    ports[keyType] = typeof address === 'object' && address ? address.port : 0;
  }
});
afterAll(async () => {
  for (const provider of providers) await provider.close();
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
async function handshake(
  version: SecureVersion,
  { ciphers, keyType = 'ec', newest = version }: { ciphers?: string; keyType?: KeyType; newest?: SecureVersion } = {},
): Promise<string> {
  const offered = ciphers === undefined ? {} : { ciphers: `${ciphers}:@SECLEVEL=0` };
  const versions = { minVersion: version, maxVersion: newest };
  const socket = connect({
    host: '127.0.0.1',
    port: ports[keyType],
    rejectUnauthorized: false,
    ...versions,
    ...offered,
  });
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
  test.each(['AES128-GCM-SHA256', 'AES256-GCM-SHA384'])('TLS 1.2 with ECDHE and %s is taken', async (cipher) => {
    for (const keyType of ['ec', 'rsa'] as const) {
      const name = `ECDHE-${keyType === 'ec' ? 'ECDSA' : 'RSA'}-${cipher}`;
      expect(await handshake('TLSv1.2', { ciphers: name, keyType })).toBe(`TLSv1.2 ${name}`);
    }
  });

  test.each<[string, KeyType]>([
    ['ECDHE-ECDSA-CHACHA20-POLY1305', 'ec'],
    ['ECDHE-ECDSA-AES128-SHA256', 'ec'],
    ['ECDHE-ECDSA-AES256-SHA384', 'ec'],
    ['ECDHE-ECDSA-AES256-SHA', 'ec'],
    ['ECDHE-ECDSA-AES128-CCM', 'ec'],
    ['ECDHE-RSA-CHACHA20-POLY1305', 'rsa'],
    ['ECDHE-RSA-AES128-SHA256', 'rsa'],
    ['DHE-RSA-AES128-GCM-SHA256', 'rsa'],
    ['DHE-RSA-AES256-GCM-SHA384', 'rsa'],
    ['DHE-RSA-CHACHA20-POLY1305', 'rsa'],
    ['AES128-GCM-SHA256', 'rsa'],
    ['AES256-SHA', 'rsa'],
    ['ALL:!kECDHE', 'rsa'],
    ['ALL:!AESGCM', 'rsa'],
    ['ALL:!AESGCM', 'ec'],
  ])('TLS 1.2 with %s is refused (%s)', async (ciphers, keyType) => {
    expect(await handshake('TLSv1.2', { ciphers, keyType })).toBe('refused');
  });

  test.each<SecureVersion>(['TLSv1', 'TLSv1.1'])('%s is refused', async (version) => {
    expect(await handshake(version, { ciphers: 'ALL' })).toBe('refused');
  });

  test('TLS 1.3 is taken, also from those who offer 1.2 as well', async () => {
    expect(await handshake('TLSv1.3')).toMatch(/^TLSv1\.3 TLS_/);
    expect(await handshake('TLSv1.2', { newest: 'TLSv1.3' })).toMatch(/^TLSv1\.3 TLS_/);
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
