import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { createInvitation, newInvitationSchema } from '../../../identity/invitations.ts';
import { isMailConfigured } from '../../../identity/mails.ts';
import { UserError } from '../../../identity/users.ts';
import { lastDayBefore } from '../../../lib/calendar-date.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { formOf } from '../../ui/form-body.ts';
import type { FormProblems } from '../../ui/form-problems.ts';
import { breadcrumbs } from '../../ui/navigation.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { sendConsolePage } from '../console-page.ts';
import { type FormPart, renderParts, summaryOf } from '../form-part.ts';
import { actorOf } from '../guard.ts';
import { redirectWithNews } from '../news.ts';
import { invitationParts, readInvitationForm } from './invitation-form.ts';
import { invitationPath, invitationsPath } from './invitation-page.ts';

const path = `${invitationsPath}/new`;

/** Inviting somebody. */
export function newInvitationRoutes(app: FastifyInstance, context: ConsoleContext): void {
  app.get(path, async (request, reply) => {
    const values = { days: 7, uses: 1, send: true, language: 'en' };
    return sendForm(context, request, reply, { parts: await invitationParts(context), values, problems: {} });
  });

  app.post(path, async (request, reply) => {
    const parts = await invitationParts(context);
    const { invitation, sendsMail, language } = readInvitationForm(parts, requireUnrepeated(formOf(request)));
    try {
      const parsed = newInvitationSchema.parse(invitation);
      const made = await createInvitation(context, parsed, { sendsMail, language }, await actorOf(context, request));
      const isSent = sendsMail && parsed.email !== undefined && isMailConfigured(context);
      return await redirectWithNews(context, request, reply, invitationPath(made), {
        text: isSent
          ? 'The invitation is made, and on its way by mail.'
          : 'The invitation is made. Hand over its link.',
      });
    } catch (error) {
      const problems = invitationProblems(error);
      if (!problems) throw error;
      const values = { ...invitation, send: sendsMail, language };
      return sendForm(context, request, reply, { parts, values, problems, status: 400 });
    }
  });
}

function sendForm(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  form: {
    readonly parts: readonly FormPart[];
    readonly values: Readonly<Record<string, unknown>>;
    readonly problems: FormProblems;
    readonly status?: number;
  },
): Promise<FastifyReply> {
  const { parts, values, problems, status } = form;
  const { account_expires_at: expiry } = values;
  const shown = typeof expiry === 'number' && !Number.isNaN(expiry) ? lastDayBefore(expiry) : undefined;
  return sendConsolePage(context, request, reply, {
    title: 'Invite somebody',
    ...(status !== undefined && { status }),
    breadcrumbs: breadcrumbs({ label: 'Invitations', href: invitationsPath }),
    body: html`${summaryOf(parts, problems)}${postForm({
      id: 'invitation-form',
      body: html`${renderParts(parts, { ...values, account_expires_at: shown }, problems)}${buttonRow(
        submitButton({ id: 'invitation-submit', label: 'Make the invitation' }),
        linkButton({ label: 'Cancel', href: invitationsPath, kind: 'quiet' }),
      )}`,
    })}`,
  });
}

/** What an error says about the fields of the form; undefined for one that does not speak of what was entered. */
function invitationProblems(error: unknown): FormProblems | undefined {
  if (error instanceof UserError) return { [error.member ?? '']: error.message };
  if (!(error instanceof z.ZodError)) return undefined;
  const problems: Record<string, string> = {};
  for (const { path, message } of error.issues) problems[String(path[0] ?? '')] ??= message;
  return problems;
}
