import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate that is its own authority, and its key, as PEM; for these names and no more than a test. */
export function selfSignedCertificate(
  names: readonly string[],
  keyType: 'ec' | 'rsa' = 'ec',
): { cert: string; key: string } {
  const { publicKey, privateKey } =
    keyType === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const signatureAlgorithm =
    keyType === 'ec'
      ? sequence(objectIdentifier([42, 134, 72, 206, 61, 4, 3, 2]))
      : sequence(objectIdentifier([42, 134, 72, 134, 247, 13, 1, 1, 11]), tagged(0x05, Buffer.alloc(0)));
  const commonName = sequence(objectIdentifier([85, 4, 3]), tagged(0x0c, Buffer.from('Castellan test')));
  const subject = sequence(tagged(0x31, commonName));
  const alternativeNames = sequence(...names.map((name) => tagged(0x82, Buffer.from(name))));
  const extension = sequence(objectIdentifier([85, 29, 17]), tagged(0x04, alternativeNames));
  const toBeSigned = sequence(
    tagged(0xa0, integer(2)),
    integer(1),
    signatureAlgorithm,
    subject,
    sequence(time('20200101000000Z'), time('21200101000000Z')),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(extension)),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const certificate = sequence(toBeSigned, signatureAlgorithm, tagged(0x03, Buffer.concat([Buffer.of(0), signature])));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const lengthBytes = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.of(tag, ...lengthBytes), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function integer(value: number): Buffer {
  return tagged(0x02, Buffer.of(value));
}

function objectIdentifier(bytes: readonly number[]): Buffer {
  return tagged(0x06, Buffer.from(bytes));
}

function time(text: string): Buffer {
  return tagged(0x18, Buffer.from(text));
}
