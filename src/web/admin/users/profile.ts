import type { FastifyInstance, FastifyReply } from 'fastify';
import { type User, updateUser, userChangesSchema } from '../../../identity/users.ts';
import { type Html, html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { redirectToSignIn } from '../../ui/continuation.ts';
import { formOf } from '../../ui/form-body.ts';
import { notice } from '../../ui/list.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { actorOf, isRecentlySignedIn } from '../guard.ts';
import { redirectWithNews } from '../news.ts';
import { readUserForm, type UserForm, userForm, userFrom, userProblems, valuesOf } from './user-form.ts';
import { requireUser, sendUserPage, type UserRequest, userPath, userRoute, usersPath } from './user-page.ts';
import { waitingNotice } from './waiting.ts';

/** What is known of a person, to be changed. */
export function userProfileRoutes(app: FastifyInstance, context: ConsoleContext): void {
  app.get(userRoute, async (request: UserRequest, reply) => {
    const user = await requireUser(context, request);
    return sendForm(context, request, reply, user, { values: valuesOf(user), problems: {} });
  });

  app.post(userRoute, async (request: UserRequest, reply) => {
    const user = await requireUser(context, request);
    const values = readUserForm(requireUnrepeated(formOf(request)));
    try {
      const { email = null, phone_number = null, expires_at = null, ...changes } = userFrom(values);
      const parsed = userChangesSchema.parse({
        ...changes,
        username: changes.username ?? '',
        email,
        phone_number,
        expires_at,
      });
      // To whom links for a new password go, and what applications may believe, is not for who finds a signed-in browser.
      const handsOver = (parsed.email ?? undefined) !== user.email || parsed.email_verified !== user.email_verified;
      if (handsOver && !(await isRecentlySignedIn(context, request)))
        return redirectToSignIn(context, request, reply, userPath(user.id));
      await updateUser(context, user.id, parsed, await actorOf(context, request));
      return await redirectWithNews(context, request, reply, userPath(user.id), { text: 'The changes are saved.' });
    } catch (error) {
      const problems = userProblems(error);
      if (!problems) throw error;
      return sendForm(context, request, reply, user, { values, problems, status: 400 });
    }
  });
}

/** For the page of somebody whose address is only what the person says. */
function claimedNotice({ email, claimsEmail }: User): Html | undefined {
  if (email === undefined || !claimsEmail) return undefined;
  return notice(
    'neutral',
    html`<p>Nobody but the person says that <strong>${email}</strong> is theirs. Mail signs nobody in there, and whoever
proves that the address is theirs gets it. If you know it to be right, tick <em>The address is verified</em>.</p>`,
  );
}

function sendForm(
  context: ConsoleContext,
  request: UserRequest,
  reply: FastifyReply,
  user: User,
  form: Pick<UserForm, 'values' | 'problems'> & { readonly status?: number },
): Promise<FastifyReply> {
  return sendUserPage(context, request, reply, user, {
    current: userPath(user.id),
    ...(form.status !== undefined && { status: form.status }),
    body: html`${waitingNotice(user)}${claimedNotice(user)}${userForm({ ...form, submit: 'Save the changes', cancel: usersPath })}`,
  });
}
