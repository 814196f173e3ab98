/** A provider with one of everything in it, and all of it has a name that would run, were it ever taken for markup. */
import type { Context } from '../../src/context.ts';
import { house, saveBrand, setBrandImage } from '../../src/identity/brands/index.ts';
import { connectFederatedIdentity } from '../../src/identity/federated-identities.ts';
import {
  createInvitation,
  createInvitationList,
  invitationLink,
  newInvitationSchema,
} from '../../src/identity/invitations.ts';
import { contentOf } from '../../src/identity/mails.ts';
import { renamePasskey } from '../../src/identity/passkeys/index.ts';
import { createRecoveryLink } from '../../src/identity/recovery.ts';
import type { User } from '../../src/identity/users.ts';
import { addInitialAccessToken } from '../../src/protocol/client-registration/initial-access-tokens.ts';
import { addIdentityProvider } from '../../src/protocol/identity-providers/registered-providers.ts';
import { newResourceSchema, registerResource } from '../../src/protocol/resources.ts';
import { listClientSecrets } from '../../src/storage/client-secrets.ts';
import { sql } from '../../src/storage/database.ts';
import { listOutgoingMails } from '../../src/storage/outgoing-mails.ts';
import { Authenticator } from './authenticator.ts';
import { authorizationUrl, authorize } from './code-flow.ts';
import { evil } from './console.ts';
import { png, sendFile } from './pictures.ts';
import {
  actor,
  locationOf,
  type Provider,
  password,
  type RegisteredClient,
  startProvider,
  type TestBrowser,
} from './provider.ts';
import { addAuthenticator } from './second-factor.ts';

/** The same where a name has no blanks. */
export const evilWord = '<img/src=x/onerror=alert(1)>';
const agent = { 'user-agent': `Mozilla/5.0 ${evil}` };
const origin = 'https://id.example';

export interface FullHouse extends Provider {
  readonly client: RegisteredClient;
  readonly bob: User;
  readonly nobody: TestBrowser;
  /** Bob's, who has an authenticator app, a passkey and much else. */
  readonly user: TestBrowser;
  readonly administrator: TestBrowser;
  /** What stands for the parameters of a path. */
  readonly things: Readonly<Record<string, string>>;
  /** Addresses that mean something, with the browser for which they do. */
  readonly visits: readonly (readonly [TestBrowser, string])[];
}

/** Builds it. Close it after the test. */
export async function startFullHouse(): Promise<FullHouse> {
  const provider = await startProvider({
    settings: {
      CASTELLAN_PUBLIC_URL: origin,
      CASTELLAN_CLIENT_REGISTRATION: 'open',
      CASTELLAN_SIGN_UP: 'approval',
      // Nobody listens there: mails are read where the console shows them.
      CASTELLAN_SMTP_URL: 'smtp://127.0.0.1:9',
      CASTELLAN_MAIL_FROM: 'id@example.com',
    },
  });
  const { context } = provider;
  const claims = { name: evil, nickname: evil, given_name: evil, family_name: evil, address: { formatted: evil } };
  await provider.addUser({ username: 'ada', email: 'ada@example.com', claims, administrator: true });
  const bob = await provider.addUser({ username: evilWord, email: 'bob@example.com', claims, groups: [evil] });
  const [nobody, user, administrator] = [provider.browser(), provider.browser(), provider.browser()];
  await administrator.submit(await administrator.open('/login'), { username: 'ada', password });
  const client = await provider.register({
    client_name: evil,
    optional_scope: 'email phone',
    contacts: [`${evilWord}@example.com`],
    client_uri: 'https://app.example/?<img src=x onerror=alert(1)>',
    scope: 'openid profile email phone groups offline_access',
  });
  for (const [name, id] of [
    ['house', house],
    ['client', client.client_id],
  ] as const) {
    await saveBrand(context, id, { name: evil, note: `${name} ${evil}`, accent: '#17614f' }, actor);
    await setBrandImage(context, id, 'logo', png(), actor);
  }
  await addIdentityProvider(
    context,
    { name: 'other', settings: { kind: 'github', label: evil, client_id: evil }, client_secret: 'theirs' },
    actor,
  );
  await connectFederatedIdentity(
    context,
    bob,
    { provider: 'other', sub: evil, label: evil, providerLabel: evil },
    actor,
  );
  await registerResource(
    context,
    newResourceSchema.parse({ identifier: 'https://api.example/', name: evil, open: true }),
    actor,
  );
  const token = await addInitialAccessToken(context, { uses: 2, seconds: 600 }, actor);
  const invited = { name: evil, groups: [evil], email: 'fay@example.com', username: '<b>fay' };
  const invitation = await createInvitation(
    context,
    newInvitationSchema.parse(invited),
    { language: 'en', sendsMail: true },
    actor,
  );
  const list = await createInvitationList(
    context,
    [newInvitationSchema.parse({ name: evil, groups: [`=${evil}`] })],
    { language: 'en', sendsMail: false },
    actor,
  );

  const second = await furnish(provider, user, bob);
  await authorize(user, authorizationUrl(client, { scope: 'openid profile email phone groups offline_access' }));
  const visits = await addressesOf(provider, { client, user, administrator, bob });
  visits.push([nobody, invitationLink(context, invitation)], [nobody, await createRecoveryLink(context, bob, actor)]);
  // The signing keys are made when they are asked for.
  await provider.app.inject('/oidc/.well-known/jwks.json');
  const { database } = context;
  const one = async (table: ReturnType<typeof sql>) => (await database.get<{ id: string }>(table))?.id ?? '';
  const [secret] = await listClientSecrets(database, client.client_id);
  return {
    ...provider,
    ...{ client, bob, nobody, user, administrator, visits },
    things: {
      client_id: client.client_id,
      secret_id: secret?.id ?? '',
      user_id: bob.id,
      session_id: await one(sql`SELECT id FROM sessions WHERE user_id = ${bob.id}`),
      mail_id: await one(sql`SELECT id FROM outgoing_mails`),
      invitation_id: invitation.id,
      list_id: list,
      token_id: token.id,
      name: 'other',
      provider: 'other',
      passkey_id: second.passkey_id,
      device_id: await one(sql`SELECT id FROM trusted_devices`),
      picture_id: await one(sql`SELECT id FROM user_pictures`),
      image_id: await one(sql`SELECT id FROM brand_images`),
      file: context.assets.url('style.css').slice('/assets/'.length),
    },
  };
}

/** Gives bob a picture, an authenticator app, a trusted browser, and a passkey with a name. */
async function furnish(provider: Provider, user: TestBrowser, bob: User): Promise<{ passkey_id: string }> {
  const login = { username: evilWord, password };
  await user.follow(await user.post('/login', login, agent));
  await sendFile(user, provider, png());
  const app = await addAuthenticator(provider, user);
  const authenticator = new Authenticator(origin);
  const options = (await user.post('/account/security/passkeys/new/options', {})).json();
  await user.post('/account/security/passkeys/new', { credential: authenticator.create(options) });
  await renamePasskey(provider.context, bob, { id: authenticator.id, name: evil }, actor);
  const trusting = provider.browser();
  const { hidden } = await second(trusting, login);
  await trusting.post('/login/second-factor', { ...hidden, method: 'totp', code: app.next(), trust: 'true' }, agent);
  return { passkey_id: authenticator.id };
}

async function second(browser: TestBrowser, login: { username: string; password: string }) {
  const page = await browser.post('/login', login, agent);
  const continuation = new URL(locationOf(page) ?? '', origin).searchParams.get('continuation') ?? '';
  return { hidden: { continuation } };
}

async function addressesOf(
  provider: Provider,
  {
    client,
    user,
    administrator,
    bob,
  }: { client: RegisteredClient; user: TestBrowser; administrator: TestBrowser; bob: User },
): Promise<(readonly [TestBrowser, string])[]> {
  const { context } = provider;
  const visits: (readonly [TestBrowser, string])[] = [];
  /** Where a request sends this browser. */
  const visit = async (browser: TestBrowser, url: string) => {
    const location = locationOf(await browser.get(url));
    if (location?.startsWith('/')) visits.push([browser, location]);
  };
  const stranger = provider.browser();
  await visit(stranger, authorizationUrl(client, { login_hint: evil, ui_locales: evil }));
  visits.push([
    stranger,
    `/login/second-factor?continuation=${(await second(stranger, { username: evilWord, password })).hidden.continuation}`,
  ]);
  await visit(user, authorizationUrl(client, { prompt: 'consent' }));
  await visit(user, authorizationUrl(client, { prompt: 'select_account' }));
  await provider.addUser({
    username: 'eve',
    email: 'eve@example.com',
    must_change_password: true,
    claims: { name: evil },
  });
  const eve = provider.browser();
  visits.push([eve, locationOf(await eve.post('/login', { username: 'eve', password })) ?? '']);
  const refused = (await stranger.get(authorizationUrl(client, { redirect_uri: `https://${evilWord}` }))).body;
  visits.push([administrator, /href="(\/admin\/diagnosis\?received=[^"]+)"/.exec(refused)?.[1] ?? '']);
  visits.push([stranger, locationOf(await stranger.post('/login/email', { email: 'bob@example.com' })) ?? '']);
  const newcomer = provider.browser();
  const form = { username: '<b>gil', email: 'gil@example.com', name: evil, password };
  visits.push([newcomer, locationOf(await newcomer.post('/sign-up', form)) ?? '']);
  visits.push([user, locationOf(await user.post('/account/email', { email: 'bob@example.org' })) ?? '']);
  for (const { user_id, link } of await mailsWithLinks(context))
    visits.push([user_id === bob.id ? user : stranger, link]);
  for (const params of ['user_code=<img src=x>', `user_code=${await userCodeFor(provider)}`])
    visits.push([user, `/device?${params}`], [user, `/device/confirm?${params}`]);
  for (const query of [
    `error=${evil}`,
    `q=${evil}&search=${evil}`,
    `continuation=${evil}`,
    `token=${evil}`,
    `client_id=${evil}`,
  ])
    for (const path of [
      '/login',
      '/',
      '/signed-out',
      '/recovery',
      '/invitation',
      '/oidc/oauth2/auth',
      '/oidc/oauth2/logout',
    ])
      visits.push([stranger, `${path}?${query}`]);
  for (const path of ['/admin/users', '/admin/clients', '/admin/audit', '/admin/invitations', '/admin/resources/edit'])
    visits.push([
      administrator,
      `${path}?q=${encodeURIComponent(evil)}&identifier=${encodeURIComponent('https://api.example/')}`,
    ]);
  return visits;
}

/** The three that were just asked for, which are written in the background. */
async function mailsWithLinks(context: Context): Promise<{ user_id: string | null; link: string }[]> {
  for (let turn = 0; turn < 200; turn++) {
    const mails = await listOutgoingMails(context.database, { limit: 100 });
    const found = mails.flatMap((mail) => {
      const { link = '' } = contentOf(context, mail) ?? {};
      return /\/(email\/link|sign-up\/link|email\/confirm)\?/.test(link) ? [{ user_id: mail.user_id, link }] : [];
    });
    if (found.length >= 3) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('a mail was not written');
}

async function userCodeFor(provider: Provider): Promise<string> {
  const television = await provider.register({
    client_name: evil,
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code'],
    redirect_uris: [],
    response_types: [],
    token_endpoint_auth_method: 'none',
  });
  const { client_id } = television;
  return (await provider.post('/oidc/oauth2/device/auth', { client_id, scope: 'openid profile' })).json().user_code;
}
