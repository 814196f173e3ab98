import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createUser, newUserSchema } from '../../../identity/users.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { passwordField } from '../../ui/form.ts';
import { formOf } from '../../ui/form-body.ts';
import { breadcrumbs } from '../../ui/navigation.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { sendConsolePage } from '../console-page.ts';
import type { FormPart } from '../form-part.ts';
import { actorOf, isRecentlySignedIn } from '../guard.ts';
import { flag } from '../member-field.ts';
import { redirectWithNews } from '../news.ts';
import { readUserForm, type UserForm, userForm, userFrom, userProblems } from './user-form.ts';
import { accessPath, usersPath } from './user-page.ts';

const path = `${usersPath}/new`;

/** Adding a person. */
export function newUserRoutes(app: FastifyInstance, context: ConsoleContext): void {
  app.get(path, (request, reply) => sendForm(context, request, reply, { values: {}, problems: {} }));

  app.post(path, async (request, reply) => {
    const typed = requireUnrepeated(formOf(request));
    const values = {
      ...readUserForm(typed),
      administrator: typed.administrator !== undefined,
      must_change_password: typed.must_change_password !== undefined,
    };
    // Whoever finds a signed-in browser may not make themselves an administrator: that is a question of its own.
    const asksLater = values.administrator && !(await isRecentlySignedIn(context, request));
    try {
      const user = newUserSchema.parse({
        ...userFrom(values),
        administrator: values.administrator && !asksLater,
        password: typed.password,
        must_change_password: typed.must_change_password !== undefined,
      });
      const { id, hasPassword } = await createUser(context, user, await actorOf(context, request));
      if (asksLater) return reply.header('cache-control', 'no-store').redirect(`${accessPath(id)}/administrator`, 303);
      return await redirectWithNews(context, request, reply, accessPath(id), {
        text: hasPassword
          ? 'The person is added and can sign in.'
          : 'The person is added. Make a recovery link now and hand it over, so that they can choose a password.',
      });
    } catch (error) {
      const problems = userProblems(error);
      if (!problems) throw error;
      return sendForm(context, request, reply, { values, problems, status: 400 });
    }
  });
}

function sendForm(
  context: ConsoleContext,
  request: FastifyRequest,
  reply: FastifyReply,
  form: Pick<UserForm, 'values' | 'problems'> & { readonly status?: number },
): Promise<FastifyReply> {
  return sendConsolePage(context, request, reply, {
    title: 'Add a person',
    ...(form.status !== undefined && { status: form.status }),
    breadcrumbs: breadcrumbs({ label: 'People', href: usersPath }),
    body: userForm({ ...form, more: [access], submit: 'Add', cancel: usersPath }),
  });
}

const access: FormPart = {
  heading: 'Access',
  lead: 'Without a password the person chooses one with a recovery link, which you make in the next step.',
  fields: [
    {
      member: 'password',
      label: 'Password',
      id: 'field-password',
      render: (_value, problem) =>
        passwordField({
          name: 'password',
          label: 'Password',
          hint: 'At least 8 characters.',
          autocomplete: 'new-password',
          required: false,
          problem,
        }),
      read: (typed) => typed.password,
    },
    flag('must_change_password', {
      label: 'Must be changed at the first sign-in',
      hint: 'You know it, too: so the person chooses another one, which you do not know.',
    }),
    flag('administrator', { label: 'Administrator', hint: 'May use this console, and so do everything.' }),
  ],
};
