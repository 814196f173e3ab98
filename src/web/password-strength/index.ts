/** Tells a page, while somebody chooses a password, how hard it is to guess. Nothing of it is stored or logged. */
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { chargeCounters, keyOf } from '../../identity/throttle.ts';
import { judgePassword } from '../../identity/user-authentication/password-policy.ts';
import { tooManyRequests } from '../../lib/errors.ts';
import { networkOf } from '../../lib/network-address.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import type { ThrottlePolicy } from '../../storage/throttles.ts';
import { requireSameOrigin } from '../ui/browser-session.ts';
import { answerWithErrorPage } from '../ui/error-page.ts';
import { formOf } from '../ui/form-body.ts';
import { textsFor } from '../ui/languages.ts';
import { newPasswordTexts, passwordProblemText, strengthText } from '../ui/new-password/index.ts';

/** Somebody who types asks a few dozen times; what it costs is a thread that does nothing else. */
const policy: ThrottlePolicy = {
  steps: [
    { attempts: 300, seconds: 5 },
    { attempts: 400, seconds: 30 },
  ],
  forgetSeconds: 900,
};

export function passwordStrength(app: FastifyInstance, context: Context): void {
  app.setErrorHandler(answerWithErrorPage(context));
  app.post('/password-strength', async (request, reply) => {
    requireSameOrigin(context, request);
    const { password = '', username = '', email } = requireUnrepeated(formOf(request));
    const key = keyOf(context, 'password-strength', networkOf(request.ip));
    const seconds = await chargeCounters(context, [{ key, policy }]);
    if (seconds !== undefined)
      throw tooManyRequests(`try again in ${seconds} s`, { headers: { 'retry-after': String(seconds) } });

    const { score, problem } = await judgePassword(context, password, { username, email });
    const t = textsFor(context, request, newPasswordTexts);
    const text = problem ? passwordProblemText(t, problem) : strengthText(t, score);
    return reply.header('cache-control', 'no-store').send({ score: score + 1, text });
  });
}
