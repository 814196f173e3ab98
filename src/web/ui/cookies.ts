import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';

/** The value of our cookie of that name. Two cookies of one name are none: one of them was put there by another site. */
export function readCookie(context: Context, request: FastifyRequest, name: string): string | undefined {
  const wanted = cookieName(context, name);
  const values = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${wanted}=`))
    .map((pair) => pair.slice(wanted.length + 1));
  const [value] = values;
  return values.length === 1 && value !== undefined && isCookieValue(value) ? value : undefined;
}

/** Sets a cookie for this host alone, which no script can read. Throws on a value with characters beyond base64url. */
export function setCookie(
  context: Context,
  reply: FastifyReply,
  name: string,
  value: string,
  maxAgeSeconds: number,
): void {
  if (!isCookieValue(value)) throw new Error(`the value for the cookie ${name} is not base64url`);
  replaceCookie(context, reply, name, value, maxAgeSeconds);
}

export function clearCookie(context: Context, reply: FastifyReply, name: string): void {
  replaceCookie(context, reply, name, '', 0);
}

/** The name under which browsers keep a cookie of ours. */
export const cookieName = (context: Context, name: string): string =>
  context.config.secureCookies ? `__Host-castellan_${name}` : `castellan_${name}`;

/** Sets a cookie in place of the one of that name that this answer may have had; `reach` is who gets to see it. */
export function replaceCookie(
  context: Context,
  reply: FastifyReply,
  name: string,
  value: string,
  maxAgeSeconds: number,
  reach = 'HttpOnly; SameSite=Lax',
): void {
  const prefix = `${cookieName(context, name)}=`;
  const others = [reply.getHeader('set-cookie') ?? []]
    .flat()
    .map(String)
    .filter((cookie) => !cookie.startsWith(prefix));
  const secure = context.config.secureCookies ? '; Secure' : '';
  reply.removeHeader('set-cookie');
  reply.header('set-cookie', [...others, `${prefix}${value}; Path=/; Max-Age=${maxAgeSeconds}${secure}; ${reach}`]);
}

const isCookieValue = (value: string): boolean => /^[A-Za-z0-9_-]{1,1024}$/.test(value);
