import type { Context } from '../context.ts';
import { invalidTarget } from '../lib/errors.ts';
import type { Client } from './client-metadata.ts';
import { profileOf } from './profiles/index.ts';
import { findResources, isResourceIdentifier, type Resource } from './resources.ts';

const most = 20;

/**
 * The resources that a request names (RFC 8707 §2), as the text that ParsedParameters has for them; undefined when it
 * names none, and means the client's audience. Throws `invalid_target` for what is no absolute URI, unknown, not for this
 * client, or wants its tokens signed as the client's profile forbids.
 */
export async function requestedResources(
  context: Context,
  client: Client,
  text: string | undefined,
): Promise<readonly string[] | undefined> {
  if (text === undefined) {
    checkProfile(client, await audienceUnderProfile(context, client));
    return undefined;
  }
  const asked = [...new Set(text.split(' '))];
  if (asked.length > most) throw invalidTarget(`more than ${most} resources`);
  if (!asked.every(isResourceIdentifier)) throw invalidTarget('resource must be an absolute URI without a fragment');
  const usable = (await findResources(context, asked)).filter(
    ({ identifier, open }) => open || client.audience.includes(identifier),
  );
  const refused = asked.find((each) => !usable.some(({ identifier }) => identifier === each));
  if (refused !== undefined) throw invalidTarget(`the resource ${refused} is unknown, or not for this client`);
  checkProfile(client, usable);
  return asked;
}

/**
 * The resources of the tokens that a token request asks for: those it names, or else all that were granted (RFC 8707
 * §2.2). `granted` is null when the authorization request named none: then it is the client's audience and ourselves, for
 * of no other API was the person told. Throws `invalid_target`.
 */
export async function tokenResources(
  context: Context,
  client: Client,
  { asked, granted }: { asked: string | undefined; granted: string | null },
): Promise<readonly string[] | undefined> {
  const resources = await requestedResources(context, client, asked ?? granted ?? undefined);
  const limit = granted?.split(' ') ?? [...client.audience, context.config.issuer];
  if (resources?.some((each) => !limit.includes(each)))
    throw invalidTarget('a resource was not part of what was granted');
  return resources;
}

/** What is looked up only where a profile has something to say about it. */
async function audienceUnderProfile(context: Context, client: Client): Promise<readonly Resource[]> {
  return profileOf(client).signingAlgs ? findResources(context, client.audience) : [];
}

/** An opaque token is not signed. A JWT in another algorithm than the API's would only be refused there. */
function checkProfile(client: Client, resources: readonly Resource[]): void {
  const { signingAlgs, title } = profileOf(client);
  for (const { identifier, access_token_format, access_token_signing_alg: alg } of resources)
    if (access_token_format === 'jwt' && alg !== undefined && signingAlgs?.includes(alg) === false)
      throw invalidTarget(
        `the resource ${identifier} wants tokens signed with ${alg}, which ${title} forbids this client`,
      );
}
