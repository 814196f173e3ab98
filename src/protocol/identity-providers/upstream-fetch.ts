import type { CustomFetch } from 'openid-client';
import type { Context } from '../../context.ts';

const withoutBody = [204, 205, 304];

/** `fetchPublic` in the form in which openid-client asks, so that every call to a provider keeps within its bounds. */
export function upstreamFetch({ fetchPublic }: Pick<Context, 'fetchPublic'>): CustomFetch {
  return async (url, { method, headers, body }) => {
    const asked = new Headers(headers);
    const authorization = asked.get('authorization') ?? undefined;
    const answer = await fetchPublic(url, {
      method: method === 'POST' ? 'POST' : 'GET',
      accept: asked.get('accept') ?? 'application/json',
      ...(authorization !== undefined && { authorization }),
      ...(body instanceof URLSearchParams && { form: Object.fromEntries(body) }),
    });
    const challenge = answer.headers['www-authenticate'];
    return new Response(withoutBody.includes(answer.status) ? null : answer.body, {
      status: answer.status,
      headers: {
        'content-type': answer.contentType,
        ...(challenge !== undefined && { 'www-authenticate': challenge }),
      },
    });
  };
}
