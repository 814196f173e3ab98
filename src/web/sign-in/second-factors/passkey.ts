import { assertionOptions, hasPasskey } from '../../../identity/passkeys/index.ts';
import { attemptPasskey } from '../../../identity/user-authentication/index.ts';
import { passkey as passkeyMethod } from '../../../identity/user-authentication/passkey.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { browserId, requireSameOrigin } from '../../ui/browser-session.ts';
import { formOf } from '../../ui/form-body.ts';
import { textsFor } from '../../ui/languages.ts';
import {
  passkeyAttempt,
  passkeyField,
  passkeyProblemText,
  passkeyScript,
  passkeyTexts,
} from '../../ui/passkey/index.ts';
import { readPurpose } from '../purpose.ts';
import { readSignInState } from '../sign-in-state.ts';
import type { SecondFactor } from './second-factor.ts';

const optionsPath = '/login/second-factor/passkey/options';

/** A passkey of the person who is known by now; it need not make sure who uses it, for the password has. */
export const passkey: SecondFactor = {
  name: 'passkey',
  method: passkeyMethod,
  label: (t) => t('usePasskey'),
  isEnrolled: async (context, { user, proof }) => !proof.amr.includes('pop') && (await hasPasskey(context, user)),
  form(context, request) {
    const t = textsFor(context, request, passkeyTexts);
    return {
      lead: t('secondLead'),
      fields: passkeyField(t, context, { kind: 'get', options: optionsPath }),
      submit: t('usePasskey'),
      scripts: [passkeyScript],
    };
  },
  async verify(context, request, reply, { user }, { credential }) {
    const t = textsFor(context, request, passkeyTexts);
    const attempt = passkeyAttempt(context, request, reply, credential);
    if (!attempt) return { isProven: false, problem: t('needsScripts'), status: 400 };
    const answer = await attemptPasskey(context, attempt, user);
    if (answer.outcome === 'proven') {
      const { amr, passkey_id } = answer.proof;
      return { isProven: true, amr, passkey_id };
    }
    request.log.info({ problem: answer.problem, method: 'passkey' }, 'a second factor was refused');
    return { isProven: false, problem: passkeyProblemText(t, context, answer.problem), status: 403 };
  },
  routes(app, context) {
    app.post(optionsPath, async (request, reply) => {
      requireSameOrigin(context, request);
      const { continuation } = requireUnrepeated(formOf(request));
      const purpose = await readPurpose(context, request, reply, continuation);
      const state = await readSignInState(context, purpose);
      const browser = browserId(context, request, reply);
      if (!state) return reply.code(403).send({ error: 'access_denied', error_description: 'sign in again' });
      return reply
        .header('cache-control', 'no-store')
        .send(await assertionOptions(context, { browser, user: state.user }));
    });
  },
};
