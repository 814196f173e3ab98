import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { houseName } from '../../../identity/brands/index.ts';
import { trustDevice, trustedSeconds, useTrustedDevice } from '../../../identity/trusted-devices.ts';
import { addProof } from '../../../identity/user-authentication/index.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { noRequestedAcr } from '../../../protocol/authorization-requests/requested-acr.ts';
import { requireSameOrigin } from '../../ui/browser-session.ts';
import { buttonRow, postForm, submitButton } from '../../ui/button.ts';
import { beginPage, denyUrl } from '../../ui/continuation.ts';
import { readCookie, setCookie } from '../../ui/cookies.ts';
import { checkbox, hiddenField, problemSummary } from '../../ui/form.ts';
import { formOf, queryOf } from '../../ui/form-body.ts';
import { icon } from '../../ui/icon.ts';
import { textsFor } from '../../ui/languages.ts';
import { sendPage } from '../../ui/page.ts';
import { visitorChip } from '../../ui/visitor-menu.ts';
import { notEnrolledPage } from '../not-enrolled-page.ts';
import { type Purpose, readPurpose } from '../purpose.ts';
import { secondFactors } from '../second-factors/index.ts';
import type { SecondFactor } from '../second-factors/second-factor.ts';
import { type SecondFactorTexts, secondFactorTexts } from '../second-factors/texts/index.ts';
import { continuationField } from '../sign-in-page.ts';
import { readSignInState, startOver } from '../sign-in-state.ts';
import { type NeededSecondFactor, neededSecondFactor, trustedDevicesCookie } from './needed-second-factor.ts';
import type { Requirement, SignInState } from './requirement.ts';

const path = '/login/second-factor';
const securityPath = '/account/security';

/** A longer continuation is too long to be carried sealed inside another one. */
const longestSealed = 6000;

/** A second proof besides the first one: where the person has set one up, or the application insists on it. */
export const secondFactor: Requirement = {
  name: 'second-factor',
  path,
  async isMissing(context, request, state) {
    const { reason, trustedDevice } = await neededSecondFactor(context, request, state);
    if (trustedDevice) await useTrustedDevice(context, trustedDevice);
    return reason !== 'none';
  },
  routes(app, context, proceed) {
    app.get(path, async (request, reply) => {
      const { continuation, method } = requireUnrepeated(queryOf(request));
      const purpose = await readPurpose(context, request, reply, continuation);
      const state = await readSignInState(context, purpose);
      if (!state || (await neededSecondFactor(context, request, state)).reason === 'none')
        return startOver(context, request, reply, purpose);
      return show(context, request, reply, state, { method });
    });

    app.post(path, async (request, reply) => {
      requireSameOrigin(context, request);
      const fields = requireUnrepeated(formOf(request));
      const purpose = await readPurpose(context, request, reply, fields.continuation);
      const state = await readSignInState(context, purpose);
      if (fields.decision === 'deny') return deny(context, request, reply, purpose, state);
      if (!state) return startOver(context, request, reply, purpose);
      if (fields.decision === 'set-up')
        return proceed(context, request, reply, setUpPurpose(context, purpose), state.proof);
      const needed = await neededSecondFactor(context, request, state);
      if (needed.reason === 'none') return proceed(context, request, reply, purpose, state.proof);
      const factor = needed.offered.find(({ name }) => name === fields.method);
      if (!factor) return show(context, request, reply, state, { status: 400 });
      const answer = await factor.verify(context, request, reply, state, fields);
      if (!answer.isProven) {
        const { problem, status, retryAfter } = answer;
        if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
        return show(context, request, reply, state, {
          method: factor.name,
          problem,
          status,
          trust: fields.trust === 'true',
        });
      }
      if (fields.trust === 'true') await trust(context, request, reply, state);
      const { amr = factor.method.amr, passkey_id } = answer;
      const proof = { ...addProof(state.proof, amr), ...(passkey_id !== undefined && { passkey_id }) };
      return proceed(context, request, reply, purpose, proof);
    });

    for (const factor of secondFactors.values()) factor.routes?.(app, context);
  },
};

/** Whoever cancels did not want to; whoever has nothing that would do could not, and the application is told so. */
async function deny(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  purpose: Purpose,
  state: SignInState | undefined,
): Promise<FastifyReply> {
  const needed = state && (await neededSecondFactor(context, request, state));
  const unmet = needed?.reason === 'insisted' && needed.offered.length === 0;
  return reply.redirect(denyUrl(context, request, reply, purpose.continuation, { unmet }), 303);
}

/** Setting up what the application insists on comes first: a sign-in for the account, which leads back from there. */
function setUpPurpose(context: Context, purpose: Purpose): Purpose {
  const { sealed = '' } = purpose;
  const path = sealed.length > longestSealed ? securityPath : `${securityPath}?continuation=${sealed}`;
  return {
    continuation: beginPage(context, path),
    sealed: undefined,
    isOwn: false,
    client: undefined,
    redirect_uri: undefined,
    login_hint: undefined,
    requested_acr: noRequestedAcr,
  };
}

async function trust(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { user }: SignInState,
): Promise<void> {
  const cookie = readCookie(context, request, trustedDevicesCookie);
  const device = { user, cookie, address: request.ip, user_agent: request.headers['user-agent'] ?? '' };
  const actor = { id: user.id, address: request.ip, request_id: request.id };
  setCookie(context, reply, trustedDevicesCookie, await trustDevice(context, device, actor), trustedSeconds);
}

interface Shown {
  readonly method?: string | undefined;
  readonly problem?: string;
  readonly status?: number;
  /** Whether the device was to be trusted. */
  readonly trust?: boolean;
}

async function show(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  state: SignInState,
  { method, problem, status, trust = false }: Shown,
): Promise<FastifyReply> {
  const t = textsFor(context, request, secondFactorTexts);
  const needed = await neededSecondFactor(context, request, state);
  const factor = needed.offered.find(({ name }) => name === method) ?? needed.offered[0];
  if (!factor) return sendPage(context, reply, notEnrolledPage(t, state, await houseName(context)));
  const { lead, fields, submit, scripts } = await factor.form(context, request, reply, {
    ...state,
    ...(problem !== undefined && { describedBy: 'error-message' }),
  });
  return sendPage(context, reply, {
    title: t('oneMoreStep'),
    lead,
    above: icon('key'),
    ...(status !== undefined && { status }),
    ...(scripts && { scripts }),
    ...(state.purpose.redirect_uri !== undefined && { formAction: [state.purpose.redirect_uri] }),
    body: html`${visitorChip(state.user)}${problemSummary(problem === undefined ? [] : [problem])}
${postForm({
  action: path,
  id: 'second-factor-form',
  body: html`${continuationField(state.purpose)}${hiddenField('method', factor.name)}${fields}
${checkbox({ name: 'trust', id: 'login-trust', label: t('trustDevice'), hint: t('trustDeviceHint'), checked: trust })}
${buttonRow(
  submitButton({ id: 'login-submit', label: submit }),
  submitButton({
    id: 'login-cancel',
    label: t('cancel'),
    name: 'decision',
    value: 'deny',
    kind: 'quiet',
    formnovalidate: true,
  }),
)}`,
})}
${otherWays(t, state, needed, factor)}`,
  });
}

function otherWays(
  t: SecondFactorTexts,
  { purpose }: SignInState,
  { offered }: NeededSecondFactor,
  shown: SecondFactor,
) {
  const others = offered.filter(({ name }) => name !== shown.name);
  const address = (method: string) =>
    `${path}?${new URLSearchParams({ continuation: purpose.sealed ?? '', method }).toString()}`;
  return html`${others.map(
    ({ name, label }) => html`<p class="aside"><a id="login-use-${name}" href="${address(name)}">${label(t)}</a></p>`,
  )}<p class="hint aside">${t('lostEverything')}</p>`;
}
