import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { invalidRequest } from '../../lib/errors.ts';
import { type Html, html } from '../../lib/html.ts';
import { requireUnrepeated } from '../../lib/parameters.ts';
import { rotateSigningKeys } from '../../protocol/tokens/rotate-signing-keys.ts';
import { signingAlgs } from '../../protocol/tokens/signing-algs.ts';
import type { SigningKeyInfo } from '../../protocol/tokens/signing-keys.ts';
import { linkButton } from '../ui/button.ts';
import { redirectToSignIn } from '../ui/continuation.ts';
import { radioGroup, selectField } from '../ui/form.ts';
import { formOf } from '../ui/form-body.ts';
import { icon } from '../ui/icon.ts';
import { badge, dataTable, emptyState, type Tone } from '../ui/list.ts';
import { breadcrumbs } from '../ui/navigation.ts';
import { durationText, timeTag } from '../ui/time.ts';
import type { AdminPage, ConsoleContext } from './admin-page.ts';
import { confirmation } from './confirmation.ts';
import { sendConsolePage } from './console-page.ts';
import { actorOf, isRecentlySignedIn } from './guard.ts';
import { redirectWithNews } from './news.ts';

const path = '/admin/keys';
const rotation = `${path}/rotate`;
const title = 'Signing keys';

const rotationSchema = z.object({
  /** One algorithm; without it all that have a key. */
  alg: z.enum(signingAlgs).optional(),
  when: z.enum(['later', 'now']),
});

/** The signing keys, and a button that rotates them. */
export const keys: AdminPage = {
  name: 'keys',
  path,
  title,
  icon: 'key',
  routes(app: FastifyInstance, context: ConsoleContext) {
    app.get(path, (request, reply) => sendKeys(context, request, reply));

    app.get(rotation, async (request, reply) => {
      if (!(await isRecentlySignedIn(context, request))) return redirectToSignIn(context, request, reply, rotation);
      return sendRotation(context, request, reply);
    });

    app.post(rotation, async (request, reply) => {
      if (!(await isRecentlySignedIn(context, request))) return redirectToSignIn(context, request, reply, rotation);
      const parsed = rotationSchema.safeParse(requireUnrepeated(formOf(request)));
      if (!parsed.success) throw invalidRequest('the form is incomplete');
      const { alg, when } = parsed.data;
      const immediately = when === 'now';
      await rotateSigningKeys(context, await actorOf(context, request), { immediately, ...(alg && { alg }) });
      return redirectWithNews(context, request, reply, path, {
        text: immediately ? 'The new keys sign from now on.' : 'The next keys are published.',
      });
    });
  },
};

async function sendKeys(context: ConsoleContext, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const all = await context.signingKeys.list();
  const { keyRotationSeconds, keyPublicationSeconds } = context.config.lifetimes;
  return sendConsolePage(context, request, reply, {
    title,
    lead: html`They sign the tokens, and applications verify with their public halves. Every
${durationText(keyRotationSeconds)} Castellan makes the next ones by itself and publishes them
${durationText(keyPublicationSeconds)} before their first use.`,
    actions: linkButton({ label: 'Rotate…', href: rotation, kind: 'quiet' }),
    body: keysTable(all.toSorted(byState)),
  });
}

const states = ['current', 'next', 'retired'] as const;
const tones: Readonly<Record<SigningKeyInfo['state'], Tone>> = { current: 'good', next: 'neutral', retired: 'neutral' };

/** What signs now first; of one algorithm the newest first. */
function byState(one: SigningKeyInfo, other: SigningKeyInfo): number {
  return (
    states.indexOf(one.state) - states.indexOf(other.state) ||
    one.alg.localeCompare(other.alg) ||
    other.current_at - one.current_at
  );
}

function keysTable(rows: readonly SigningKeyInfo[]): Html {
  return dataTable({
    caption: title,
    rows,
    empty: emptyState({
      icon: icon('key'),
      heading: 'No key yet',
      text: 'Castellan makes the first ones when something is to be signed.',
    }),
    columns: [
      { heading: 'Algorithm', cell: ({ alg }) => alg },
      { heading: 'State', cell: ({ state }) => badge(state, tones[state]) },
      { heading: 'Signs since', cell: ({ current_at }) => timeTag(current_at) },
      { heading: 'Signs until', cell: ({ retired_at }) => (retired_at === undefined ? '–' : timeTag(retired_at)) },
      { heading: 'Published until', cell: ({ expires_at }) => (expires_at === undefined ? '–' : timeTag(expires_at)) },
      { heading: 'Key ID', kind: 'code', cell: ({ kid }) => kid },
    ],
  });
}

async function sendRotation(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const algs = new Set((await context.signingKeys.list()).map(({ alg }) => alg));
  const publication = durationText(context.config.lifetimes.keyPublicationSeconds);
  return sendConsolePage(context, request, reply, {
    title: 'Rotate the signing keys',
    lead: 'The present keys stay published until the last token they signed has expired.',
    breadcrumbs: breadcrumbs({ label: title, href: path }),
    body: confirmation({
      fields: html`${selectField({
        name: 'alg',
        label: 'Which keys',
        value: '',
        options: [{ value: '', label: 'All' }, ...[...algs].map((alg) => ({ value: alg, label: `Only ${alg}` }))],
      })}${radioGroup({
        name: 'when',
        label: 'When',
        value: 'later',
        options: [
          {
            value: 'later',
            label: 'Publish now, sign later',
            hint: `Applications have ${publication} to learn of the new keys. Nobody notices anything.`,
          },
          {
            value: 'now',
            label: 'Sign with the new keys at once',
            hint: 'For a key that others may know. Applications that keep keys for long may refuse the first new tokens.',
          },
        ],
      })}`,
      action: 'Rotate',
      kind: 'primary',
      cancel: path,
    }),
  });
}
