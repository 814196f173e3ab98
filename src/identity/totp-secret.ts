/** The period of a code in seconds, and how many periods before and after count, for clocks that differ. */
const period = 30;
const tolerance = 1;

/** The place to which a user's secret is sealed. */
export const sealedFor = (user_id: string): string => `totp_authenticators/${user_id}`;

/**
 * The time step of a code of six digits (RFC 6238 §4.2): the present one, the one before or the one after. Undefined
 * when it is none of them. `secret` is base32, `now` epoch seconds.
 */
export async function stepOf(secret: string, presented: string, now: number): Promise<number | undefined> {
  const token = presented.replace(/[ \u00a0-]/g, '');
  if (!/^[0-9]{6}$/.test(token)) return undefined;
  const { Secret, TOTP } = await import('otpauth');
  const at = { period, timestamp: now * 1000 };
  const delta = TOTP.validate({ token, secret: Secret.fromBase32(secret), window: tolerance, ...at });
  return delta === null ? undefined : TOTP.counter(at) + delta;
}

/** The text of a new secret's 20 bytes, base32 (RFC 4226 §4: 160 bits). */
export async function secretText(bytes: Buffer): Promise<string> {
  const { Secret } = await import('otpauth');
  return new Secret({ buffer: new Uint8Array(bytes).buffer }).base32;
}

/** The address that an authenticator app reads from the picture; in which a colon would end the name of the issuer. */
export async function otpauthUri(
  secret: string,
  { issuer, label }: { issuer: string; label: string },
): Promise<string> {
  const { Secret, TOTP } = await import('otpauth');
  return new TOTP({
    issuer: issuer.replaceAll(':', ''),
    label,
    period,
    secret: Secret.fromBase32(secret),
  }).toString();
}
