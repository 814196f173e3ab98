import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listEvents } from '../../../src/identity/audit.ts';
import { findResources } from '../../../src/protocol/resources.ts';
import { type Console, evil, startConsole, textOf } from '../../support/console.ts';
import { engines, freshDatabaseUrl } from '../../support/database.ts';
import { formFields } from '../../support/form-fields.ts';
import { type Form, locationOf } from '../../support/provider.ts';

const list = '/admin/resources';
const newPage = `${list}/new`;
const editPage = (identifier: string) => `${list}/edit?${new URLSearchParams({ identifier })}`;
const removePage = (identifier: string) => `${list}/remove?${new URLSearchParams({ identifier })}`;
const wiki = 'https://wiki.example/api?of=people&more';

describe.each(engines)('the APIs in the console on %s', (engine) => {
  let console: Console;
  beforeAll(async () => {
    console = await startConsole({ databaseUrl: await freshDatabaseUrl(engine) });
  });
  afterAll(() => console.close());

  const register = async (typed: Form) =>
    console.admin.post(newPage, {
      ...formFields((await console.admin.get(newPage)).body, 'resource-form'),
      ...typed,
    });
  const found = async (identifier: string) => (await findResources(console.context, [identifier]))[0];

  test('say what they are for while there is none', async () => {
    const page = await console.admin.get(list);
    expect(textOf(page)).toContain('No API yet');
    expect(page.body).toContain(`href="${newPage}"`);
  });

  test('are JWTs for those who have it as audience, when nothing but the identifier is typed', async () => {
    const answer = await register({ identifier: ' https://plain.example/ ' });
    expect([answer.statusCode, locationOf(answer)]).toEqual([303, list]);
    expect(await found('https://plain.example/')).toMatchObject({
      ...{ name: 'https://plain.example/', scope: [], access_token_format: 'jwt', open: false },
      ...{ access_token_seconds: undefined, access_token_signing_alg: undefined, client_id: undefined },
    });
    expect(textOf(await console.admin.get(list))).toContain('The API is registered.');
  });

  test('are registered with everything that the command takes, and listed so', async () => {
    const { client_id } = await console.register();
    const typed = {
      ...{ identifier: wiki, name: `Wiki ${evil}`, scope: 'wiki.read  wiki.write', open: 'true', client_id },
      ...{ access_token_format: 'opaque', access_token_seconds: '300', access_token_signing_alg: 'ES256' },
    };
    expect((await register(typed)).statusCode).toBe(303);
    expect(await found(wiki)).toMatchObject({
      ...{ name: `Wiki ${evil}`, scope: ['wiki.read', 'wiki.write'], open: true, client_id },
      ...{ access_token_format: 'opaque', access_token_seconds: 300, access_token_signing_alg: 'ES256' },
    });
    const [event] = await listEvents(console.context, { limit: 1 });
    expect(event).toMatchObject({ action: 'resource.registered', target: wiki, actor: console.administrator.id });

    const page = await console.admin.get(list);
    expect(page.body).not.toContain('<img src=x');
    expect(page.body).toContain(`href="/admin/clients/${client_id}"`);
    expect(textOf(page)).toContain(' wiki.read wiki.write Opaque, at most 5 minutes ');
  });

  test.each([
    ['identifier', '', 'Must be an absolute URI without a fragment.'],
    ['identifier', '/api', 'Must be an absolute URI without a fragment.'],
    ['identifier', 'https://api.example/#part', 'Must be an absolute URI without a fragment.'],
    ['identifier', wiki, 'An API with this identifier is registered already.'],
    ['identifier', 'http://localhost:9000/oidc', 'This is Castellan itself'],
    ['name', 'x'.repeat(101), 'Must have at most 100 characters.'],
    ['scope', 'wiki."read"', 'Must be scope values separated by blanks (RFC 6749 §3.3).'],
    ['client_id', 'nobody', 'No application has the client ID "nobody".'],
    ['client_id', 'x'.repeat(201), 'Must have at most 200 characters.'],
    ['access_token_seconds', '29', 'Must be at least 30.'],
    ['access_token_seconds', '1 hour', 'Must be a whole number of seconds from 30 to 86400.'],
    ['access_token_signing_alg', 'none', 'Must be one of '],
    ['access_token_format', 'xml', 'Must be jwt or opaque.'],
  ])('is refused with what was typed, and the problem at its field: %s %j', async (member, value, problem) => {
    const typed = {
      ...{ identifier: 'https://new.example/', name: 'New', scope: 'new.read', open: 'true' },
      ...{ access_token_format: 'opaque', access_token_seconds: '300', access_token_signing_alg: 'RS256' },
      [member]: value,
    };
    const answer = await register(typed);
    expect(answer.statusCode).toBe(400);
    const text = textOf(answer);
    // Above the form, and once more at the field.
    expect(text.split(problem)).toHaveLength(3);
    expect(answer.body).toContain(`href="#field-${member}"`);
    const kept = formFields(answer.body, 'resource-form');
    const unselectable = ['access_token_format', 'access_token_signing_alg'].includes(member);
    expect({ ...kept, ...(unselectable && { [member]: value }) }).toEqual({ client_id: '', ...typed });
    expect(await found('https://new.example/')).toBeUndefined();
  });

  test('are changed in everything but the identifier, and show what they are now', async () => {
    const link = /href="([^"]*\/edit\?[^"]*wiki[^"]*)"/.exec((await console.admin.get(list)).body)?.[1] ?? '';
    const page = await console.admin.get(link.replaceAll('&amp;', '&'));
    const fields = formFields(page.body, 'resource-form');
    expect(fields).toMatchObject({ scope: 'wiki.read wiki.write', open: 'true', access_token_seconds: '300' });
    expect(fields).not.toHaveProperty('identifier');
    const typed = { ...fields, scope: 'wiki.read', access_token_seconds: '', identifier: 'https://other.example/' };
    const answer = await console.admin.post(editPage(wiki), typed);
    expect([answer.statusCode, locationOf(answer)]).toEqual([303, list]);
    expect(await found(wiki)).toMatchObject({ scope: ['wiki.read'], access_token_seconds: undefined, open: true });
    expect(await found('https://other.example/')).toBeUndefined();
    const [event] = await listEvents(console.context, { limit: 1 });
    expect(event).toMatchObject({ action: 'resource.updated', target: wiki, actor: console.administrator.id });
    expect(textOf(await console.admin.get(list))).toContain('The API is changed.');
  });

  test.each([
    ['client_id', 'nobody', 'No application has the client ID &quot;nobody&quot;.'],
    ['access_token_seconds', '29', 'Must be at least 30.'],
    ['scope', '"', 'Must be scope values separated by blanks (RFC 6749 §3.3).'],
  ])('stay as they are when the change is refused: %s %j', async (member, value, problem) => {
    const before = await found(wiki);
    const fields = formFields((await console.admin.get(editPage(wiki))).body, 'resource-form');
    const answer = await console.admin.post(editPage(wiki), { ...fields, [member]: value });
    expect(answer.statusCode).toBe(400);
    expect(answer.body.split(problem)).toHaveLength(3);
    expect(formFields(answer.body, 'resource-form')).toEqual({ ...fields, [member]: value });
    expect(await found(wiki)).toEqual(before);
  });

  test('are removed once that is confirmed', async () => {
    const link = /href="([^"]*\/remove\?[^"]*wiki[^"]*)"/.exec((await console.admin.get(list)).body)?.[1] ?? '';
    const question = await console.admin.get(link.replaceAll('&amp;', '&'));
    expect(question.statusCode).toBe(200);
    expect(question.body).not.toContain('<img src=x');
    expect(textOf(question)).toContain('wiki.example/api?of=people&amp;more');
    expect(await found(wiki)).toBeDefined();

    const answer = await console.admin.post(link.replaceAll('&amp;', '&'), {});
    expect([answer.statusCode, locationOf(answer)]).toEqual([303, list]);
    expect(await found(wiki)).toBeUndefined();
    const [event] = await listEvents(console.context, { limit: 1 });
    expect(event).toMatchObject({ action: 'resource.removed', target: wiki, actor: console.administrator.id });
    const text = textOf(await console.admin.get(list));
    expect(text).toContain('The API is removed.');
    expect(text).not.toContain('wiki.example');
  });

  test.each(['', 'https://gone.example/', 'http://localhost:9000/oidc'])(
    'can be neither changed nor removed when it is not registered: %j',
    async (identifier) => {
      expect((await console.admin.get(editPage(identifier))).statusCode).toBe(404);
      expect((await console.admin.post(editPage(identifier), {})).statusCode).toBe(404);
      expect((await console.admin.get(removePage(identifier))).statusCode).toBe(404);
      expect((await console.admin.post(removePage(identifier), {})).statusCode).toBe(404);
    },
  );

  test('come in pages that hold each once', async () => {
    for (let index = 0; index < 55; index++)
      await register({ identifier: `urn:api:${String(index).padStart(3, '0')}` });
    const first = await console.admin.get(list);
    const next = /rel="next" href="([^"]+)"/.exec(first.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await console.admin.get(next);
    const shown = [first, second].flatMap(({ body }) => [...new Set(body.match(/urn:api:\d{3}/g))]);
    expect(new Set(shown).size).toBe(55);
    expect(shown).toHaveLength(55);
    expect((await console.admin.get(`${list}?search=x`)).statusCode).toBe(400);
  });
});
