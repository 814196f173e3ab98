/** An authenticator made of software, and the browser before it: it also does what neither of them would. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What a ceremony says other than the truth. */
export interface Changes {
  readonly type?: string;
  readonly origin?: string;
  readonly challenge?: string;
  readonly crossOrigin?: boolean;
  readonly topOrigin?: string;
  readonly rpId?: string;
  /** UP 1, UV 4, BE 8, BS 16; AT 64 is added where it belongs. */
  readonly flags?: number;
  readonly signCount?: number;
  readonly id?: string;
  readonly rawId?: string;
  readonly credentialType?: string;
  readonly userHandle?: string | undefined;
  readonly spoilSignature?: boolean;
  /** The public key as it is told, whatever signs. */
  readonly publicKey?: ReadonlyMap<number, CborValue>;
  readonly fmt?: string;
  readonly attStmt?: ReadonlyMap<string, CborValue>;
  readonly transports?: readonly string[];
  /** Bytes after the attestation object. */
  readonly trailing?: Buffer;
  /** Stands for the whole attestation object. */
  readonly attestationObject?: Buffer;
}

export type Algorithm = 'ES256' | 'EdDSA' | 'RS256';

const up = 1;
const uv = 4;
const multiDevice = 8 | 16;

/** One credential of one authenticator. */
export class Authenticator {
  readonly id = randomBytes(32).toString('base64url');
  readonly #origin: string;
  readonly #privateKey: KeyObject;
  readonly #publicKey: ReadonlyMap<number, CborValue>;
  readonly #isSynced: boolean;
  /** Counts the uses, as those do whose keys cannot be copied. */
  signCount: number;
  userHandle: string | undefined;

  constructor(
    origin: string,
    { algorithm = 'ES256', isSynced = false }: { algorithm?: Algorithm; isSynced?: boolean } = {},
  ) {
    this.#origin = origin;
    this.#isSynced = isSynced;
    this.signCount = isSynced ? 0 : 1;
    const { privateKey, publicKey } = newKey(algorithm);
    this.#privateKey = privateKey;
    this.#publicKey = publicKey;
  }

  /** The JSON of a registration for these options. */
  create(options: CreationOptions, changes: Changes = {}): string {
    this.userHandle = options.user.id;
    const id = Buffer.from(changes.id ?? this.id, 'base64url');
    const length = Buffer.from([id.length >> 8, id.length & 255]);
    const credential = [Buffer.alloc(16), length, id, encodeCbor(changes.publicKey ?? this.#publicKey)];
    const authData = Buffer.concat([this.#authenticatorData(options.rp.id, changes, 64), ...credential]);
    const attestation = new Map<string, CborValue>([
      ['fmt', changes.fmt ?? 'none'],
      ['attStmt', changes.attStmt ?? new Map()],
      ['authData', authData],
    ]);
    return JSON.stringify({
      ...this.#names(changes),
      response: {
        clientDataJSON: this.#clientData('webauthn.create', options.challenge, changes).toString('base64url'),
        attestationObject: (
          changes.attestationObject ?? Buffer.concat([encodeCbor(attestation), changes.trailing ?? Buffer.alloc(0)])
        ).toString('base64url'),
        transports: changes.transports ?? ['internal', 'hybrid'],
      },
      clientExtensionResults: {},
    });
  }

  /** The JSON of an assertion for these options. */
  get(options: RequestOptions, changes: Changes = {}): string {
    if (!this.#isSynced) this.signCount += 1;
    const authenticatorData = this.#authenticatorData(options.rpId, changes, 0);
    const clientData = this.#clientData('webauthn.get', options.challenge, changes);
    const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientData).digest()]);
    const signature = sign(
      this.#privateKey.asymmetricKeyType === 'ed25519' ? null : 'sha256',
      signed,
      this.#privateKey,
    );
    if (changes.spoilSignature) signature[signature.length - 1] = (signature[signature.length - 1] ?? 0) ^ 1;
    return JSON.stringify({
      ...this.#names(changes),
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authenticatorData.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: 'userHandle' in changes ? changes.userHandle : this.userHandle,
      },
      clientExtensionResults: {},
    });
  }

  #names({ id = this.id, rawId = id, credentialType = 'public-key' }: Changes) {
    return { id, rawId, type: credentialType, authenticatorAttachment: 'platform' };
  }

  #clientData(type: string, challenge: string, changes: Changes): Buffer {
    return Buffer.from(
      JSON.stringify({
        type: changes.type ?? type,
        challenge: changes.challenge ?? challenge,
        origin: changes.origin ?? this.#origin,
        crossOrigin: changes.crossOrigin ?? false,
        topOrigin: changes.topOrigin,
      }),
    );
  }

  #authenticatorData(rpId: string, changes: Changes, more: number): Buffer {
    const flags = (changes.flags ?? up | uv | (this.#isSynced ? multiDevice : 0)) | more;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(changes.signCount ?? this.signCount);
    const hash = createHash('sha256')
      .update(changes.rpId ?? rpId)
      .digest();
    return Buffer.concat([hash, Buffer.from([flags]), counter]);
  }
}

export interface CreationOptions {
  readonly rp: { readonly id: string };
  readonly user: { readonly id: string };
  readonly challenge: string;
}

export interface RequestOptions {
  readonly rpId: string;
  readonly challenge: string;
}

export type CborValue =
  | number
  | string
  | Uint8Array
  | readonly CborValue[]
  | ReadonlyMap<number, CborValue>
  | ReadonlyMap<string, CborValue>;

/** CBOR (RFC 8949), as far as WebAuthn needs it. */
export function encodeCbor(value: CborValue): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  if (value instanceof Map) {
    const entries = [...value].flatMap(([name, each]) => [encodeCbor(name), encodeCbor(each)]);
    return Buffer.concat([head(5, value.size), ...entries]);
  }
  const items: readonly CborValue[] = Array.isArray(value) ? value : [];
  return Buffer.concat([head(4, items.length), ...items.map(encodeCbor)]);
}

function head(type: number, count: number): Buffer {
  if (count < 24) return Buffer.from([(type << 5) | count]);
  if (count < 256) return Buffer.from([(type << 5) | 24, count]);
  if (count < 65_536) return Buffer.from([(type << 5) | 25, count >> 8, count & 255]);
  const bytes = Buffer.from([(type << 5) | 26, 0, 0, 0, 0]);
  bytes.writeUInt32BE(count, 1);
  return bytes;
}

/** The COSE_Key (RFC 9053) of a public key. */
export function coseKey(publicKey: KeyObject, alg: number): Map<number, CborValue> {
  const jwk = publicKey.export({ format: 'jwk' });
  const bytes = (text = '') => Buffer.from(text, 'base64url');
  if (jwk.kty === 'OKP')
    return new Map<number, CborValue>([
      [1, 1],
      [3, alg],
      [-1, 6],
      [-2, bytes(jwk.x)],
    ]);
  if (jwk.kty === 'RSA')
    return new Map<number, CborValue>([
      [1, 3],
      [3, alg],
      [-1, bytes(jwk.n)],
      [-2, bytes(jwk.e)],
    ]);
  return new Map<number, CborValue>([
    [1, 2],
    [3, alg],
    [-1, 1],
    [-2, bytes(jwk.x)],
    [-3, bytes(jwk.y)],
  ]);
}

function newKey(algorithm: Algorithm): { privateKey: KeyObject; publicKey: Map<number, CborValue> } {
  if (algorithm === 'EdDSA') {
    const pair = generateKeyPairSync('ed25519');
    return { privateKey: pair.privateKey, publicKey: coseKey(pair.publicKey, -8) };
  }
  if (algorithm === 'RS256') {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return { privateKey: pair.privateKey, publicKey: coseKey(pair.publicKey, -257) };
  }
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { privateKey: pair.privateKey, publicKey: coseKey(pair.publicKey, -7) };
}
