import { afterEach, expect, test } from 'vitest';
import { OutboundError, type OutboundRequest, type OutboundResponse } from '../../src/lib/outbound-fetch.ts';
import { authorizationUrl } from '../support/code-flow.ts';
import { type Provider, startProvider } from '../support/provider.ts';

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 254]);
const logo_uri = 'https://app.example/logo.png';
let provider: Provider | undefined;
afterEach(() => provider?.close());

/** A provider whose outgoing requests end here, and the addresses that it asked. */
async function withSite(answer: (address: string) => Partial<OutboundResponse> | undefined) {
  const asked: string[] = [];
  const fetchPublic = async (address: string, request?: OutboundRequest): Promise<OutboundResponse> => {
    asked.push(`${address} ${request?.encoding}`);
    const found = answer(address);
    if (!found) throw new OutboundError(new Error('nobody is there'));
    return { status: 200, contentType: 'image/png', headers: {}, body: png.toString('latin1'), ...found };
  };
  provider = await startProvider({ fetchPublic });
  await provider.addUser();
  return { provider, asked };
}

test('the sign-in page shows the logo of the application, from our own origin', async () => {
  const { provider, asked } = await withSite(() => ({}));
  const client = await provider.register({ logo_uri });
  const page = await provider.browser().open(authorizationUrl(client));
  expect(page.body).toContain(`<img src="/client-logo/${client.client_id}" alt=""`);
  expect(page.body).not.toContain(logo_uri);
  expect(page.headers['content-security-policy']).toContain("img-src 'self'");

  const logo = await provider.app.inject(`/client-logo/${client.client_id}`);
  expect(logo.statusCode).toBe(200);
  expect(logo.rawPayload).toEqual(png);
  expect(logo.headers).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-disposition': 'attachment',
  });
  expect(logo.headers['content-security-policy']).toContain('sandbox');
  expect(asked).toEqual([`${logo_uri} latin1`]);
});

test('however many ask for a logo, its owner is asked once', async () => {
  const { provider, asked } = await withSite(() => ({}));
  const { client_id } = await provider.register({ logo_uri });
  await Promise.all(Array.from({ length: 20 }, () => provider.app.inject(`/client-logo/${client_id}`)));
  expect(asked.length).toBe(1);
});

test.each<[string, Partial<OutboundResponse> | undefined]>([
  ['nobody answers', undefined],
  ['there is none', { status: 404 }],
  ['it is a page', { contentType: 'text/html' }],
  ['it does not say what it is', { contentType: '' }],
])('when %s there is no logo, and its owner is not asked by every visitor', async (_title, answer) => {
  const { provider, asked } = await withSite(() => answer);
  const { client_id } = await provider.register({ logo_uri });
  expect((await provider.app.inject(`/client-logo/${client_id}`)).statusCode).toBe(404);
  expect((await provider.app.inject(`/client-logo/${client_id}`)).statusCode).toBe(404);
  expect(asked.length).toBe(1);
});

test('nothing is fetched for a client without a logo, nor for one that is unknown', async () => {
  const { provider, asked } = await withSite(() => ({}));
  const { client_id } = await provider.register();
  expect((await provider.app.inject(`/client-logo/${client_id}`)).statusCode).toBe(404);
  expect((await provider.app.inject('/client-logo/https%3A%2F%2Fevil.example%2F')).statusCode).toBe(404);
  expect(asked).toEqual([]);
});
