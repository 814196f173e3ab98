import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Context } from '../../../context.ts';
import { createFederatedUser, suggestUsername } from '../../../identity/federated-identities.ts';
import { emailSchema } from '../../../identity/login-name.ts';
import { attemptFederation, proofSeconds } from '../../../identity/user-authentication/index.ts';
import { findUserByLogin, type NewUser, UserError } from '../../../identity/users.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import type { IdentityProvider } from '../../../protocol/identity-providers/index.ts';
import { emailDomain } from '../../../protocol/identity-providers/settings.ts';
import { rememberOnce } from '../../../storage/replays.ts';
import { requireSameOrigin } from '../../ui/browser-session.ts';
import { formOf, queryOf } from '../../ui/form-body.ts';
import type { FormProblems } from '../../ui/form-problems.ts';
import { textsFor } from '../../ui/languages.ts';
import { newAccountProblems } from '../../ui/new-account/index.ts';
import { sendPage } from '../../ui/page.ts';
import { proceed } from '../proceed.ts';
import { readPurpose } from '../purpose.ts';
import { startAgain } from './federation-errors.ts';
import { type Newcomer, newcomerUrl, readNewcomer } from './flow.ts';
import { newcomerPage, type Situation } from './newcomer-page.ts';
import { enabledProvider, onwardUrl, type ProviderRequest } from './start.ts';
import { federationTexts } from './texts/index.ts';

/** For whoever comes through a provider for the first time: an account to be connected, a new one, or neither. */
export function newcomerRoutes(app: FastifyInstance, context: Context): void {
  const path = '/login/with/:provider/new';
  app.get(path, async (request: ProviderRequest, reply) => {
    const { newcomer } = requireUnrepeated(queryOf(request));
    return show(context, request, reply, { sealed: newcomer });
  });

  app.post(path, async (request: ProviderRequest, reply) => {
    requireSameOrigin(context, request);
    const { newcomer: sealed, username = '', name } = requireUnrepeated(formOf(request));
    const { provider, newcomer } = await readVisit(context, request, reply, sealed);
    if (context.now() >= newcomer.proven_at + proofSeconds) return visitAgain(reply, newcomer);
    const typed = { username, name: name?.trim() || undefined };
    if ((await situationOf(context, provider, newcomer)) !== 'create')
      return show(context, request, reply, { sealed, status: 403 });
    const from = { id: 'system', address: request.ip, request_id: request.id };
    try {
      await createFederatedUser(context, newcomer, newUserFrom(provider, newcomer, typed), from);
    } catch (error) {
      // An account with an address that the provider vouches for was made meanwhile; any other address is no obstacle.
      if (error instanceof UserError && error.member === 'email')
        return show(context, request, reply, { sealed, status: 409, situation: 'connect-first' });
      const problems = newAccountProblems(context, request, error);
      if (!problems) throw error;
      return show(context, request, reply, { sealed, typed, problems, status: 400 });
    }
    // Whoever finds the address later in this browser does not sign in with it.
    const key = `federation/newcomer/${newcomer.id}`;
    const purpose = await readPurpose(context, request, reply, newcomer.continuation);
    if (!(await rememberOnce(context.database, key, newcomer.proven_at + proofSeconds)))
      return reply.redirect(onwardUrl(context, request, reply, { purpose, isForAccount: false }), 303);
    const proof = await attemptFederation(context, newcomer);
    if (!proof) throw startAgain(context, request, newcomer.continuation);
    return proceed(context, request, reply, purpose, proof);
  });
}

/** What the provider said is good for ten minutes: then it is asked again, which is most often done without a word. */
function visitAgain(reply: FastifyReply, { provider, continuation }: Newcomer): FastifyReply {
  const query = continuation === undefined ? '' : `?continuation=${continuation}`;
  return reply.redirect(`/login/with/${provider}${query}`, 303);
}

async function readVisit(context: Context, request: ProviderRequest, reply: FastifyReply, sealed: string | undefined) {
  const provider = await enabledProvider(context, request);
  const newcomer = readNewcomer(context, request, reply, sealed);
  if (newcomer.provider !== provider.name) throw startAgain(context, request);
  return { provider, newcomer };
}

/**
 * What there is to offer. That an account has the same e-mail address is told only to whom the provider, believed in
 * this, says the address belongs; the account is theirs to connect, and never connected by the address. One that merely
 * claims the address loses it to the new account.
 */
async function situationOf(
  context: Context,
  { settings }: IdentityProvider,
  { email, email_verified }: Newcomer,
): Promise<Situation> {
  const owner = email !== undefined && email_verified ? await findUserByLogin(context, email) : undefined;
  if (owner && !owner.claimsEmail) return 'connect-first';
  if (!settings.creates_users) return 'none';
  if (settings.email_domains.length === 0) return 'create';
  const isAllowed = email !== undefined && email_verified && settings.email_domains.includes(emailDomain(email));
  return isAllowed ? 'create' : 'none';
}

function newUserFrom(
  { settings }: IdentityProvider,
  newcomer: Newcomer,
  { username, name }: { username: string; name: string | undefined },
): NewUser {
  const { email, email_verified, given_name, family_name } = newcomer;
  const hasEmail = emailSchema.safeParse(email).success;
  // The parts of a name that the person has changed are no longer those of the provider.
  const isName = name !== undefined && name === newcomer.name;
  return {
    username,
    ...(hasEmail && email !== undefined && { email, email_verified }),
    claims: {
      ...(name !== undefined && { name }),
      ...(isName && given_name !== undefined && { given_name }),
      ...(isName && family_name !== undefined && { family_name }),
    },
    groups: [...settings.groups],
  };
}

async function show(
  context: Context,
  request: ProviderRequest,
  reply: FastifyReply,
  form: {
    readonly sealed: string | undefined;
    readonly typed?: { readonly username: string; readonly name: string | undefined };
    readonly problems?: FormProblems;
    readonly situation?: Situation;
    readonly status?: number;
  },
): Promise<FastifyReply> {
  const { provider, newcomer } = await readVisit(context, request, reply, form.sealed);
  const purpose = await readPurpose(context, request, reply, newcomer.continuation);
  const { preferred_username, email, name } = newcomer;
  const typed = form.typed ?? {
    username: await suggestUsername(context, [preferred_username, email, name]),
    name,
  };
  const page = newcomerPage(textsFor(context, request, federationTexts), {
    situation: form.situation ?? (await situationOf(context, provider, newcomer)),
    provider: provider.settings.label,
    newcomer,
    purpose,
    sealed: form.sealed ?? '',
    connectHref: newcomerUrl(context, request, reply, { page: 'connect', newcomer }),
    typed,
    problems: form.problems ?? {},
  });
  return sendPage(context, reply, { ...page, ...(form.status !== undefined && { status: form.status }) });
}
