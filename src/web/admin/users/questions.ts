import type { FastifyInstance, FastifyReply } from 'fastify';
import { removeSecondFactors } from '../../../identity/second-factors.ts';
import { removeUser, setPassword, type User, UserError, updateUser } from '../../../identity/users.ts';
import { type Html, html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { redirectToSignIn } from '../../ui/continuation.ts';
import { checkbox, hiddenField, passwordField, problemSummary, textField } from '../../ui/form.ts';
import { formOf } from '../../ui/form-body.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { confirmation } from '../confirmation.ts';
import { actorOf, administratorSession, isRecentlySignedIn } from '../guard.ts';
import { redirectWithNews } from '../news.ts';
import {
  accessPath,
  displayName,
  doAndTell,
  requireUser,
  sendUserQuestion,
  type UserRequest,
  userRoute,
  usersPath,
} from './user-page.ts';

/** What is done about a person only after a question, and by somebody who signed in a moment ago. */
export function userQuestionRoutes(app: FastifyInstance, context: ConsoleContext): void {
  ask('password', passwordQuestion, async (user, request, reply) => {
    const { password = '', must_change_password } = requireUnrepeated(formOf(request));
    const keepSession = await ownSession(user, request);
    try {
      const options = { ...keepSession, isTemporary: must_change_password !== undefined };
      await setPassword(context, user, password, await actorOf(context, request), options);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const question = passwordQuestion(user, keepSession !== undefined, error.message);
      return sendUserQuestion(context, request, reply, user, { ...question, status: 400 });
    }
    return redirectWithNews(context, request, reply, accessPath(user.id), {
      text: 'The password is set; whoever was signed in with the old one is signed out.',
    });
  });

  ask('second-factors', secondFactorsQuestion, async (user, request, reply) => {
    const keepSession = await ownSession(user, request);
    try {
      const link = await removeSecondFactors(context, user, await actorOf(context, request), keepSession);
      const isPasswordEnough = link === undefined;
      return await redirectWithNews(context, request, reply, accessPath(user.id), {
        text: isPasswordEnough
          ? 'The second factors are removed: the first one alone is enough.'
          : 'The second factors are removed. The passkeys were the only way to sign in: hand this link to the person. It works once, for a day.',
        ...(!isPasswordEnough && { secret: { label: 'Recovery link', value: link } }),
      });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const news = { text: error.message, isRefusal: true };
      return redirectWithNews(context, request, reply, accessPath(user.id), news);
    }
  });

  ask('administrator', administratorQuestion, async (user, request, reply) => {
    const administrator = requireUnrepeated(formOf(request)).administrator === 'true';
    const actor = await actorOf(context, request);
    return doAndTell(context, request, reply, {
      work: () => updateUser(context, user.id, { administrator }, actor),
      done: administrator ? 'The person is an administrator now.' : 'The person is no administrator any more.',
      path: accessPath(user.id),
    });
  });

  ask('remove', removalQuestion, async (user, request, reply) => {
    const actor = await actorOf(context, request);
    return doAndTell(context, request, reply, {
      work: () => removeUser(context, user.id, actor),
      done: 'The person is removed.',
      path: usersPath,
      refusedPath: accessPath(user.id),
    });
  });

  /** The question, and what happens once it is answered. */
  function ask(
    name: string,
    question: (user: User, isOwn: boolean) => { title: string; body: Html },
    answered: (user: User, request: UserRequest, reply: FastifyReply) => Promise<FastifyReply>,
  ): void {
    app.get(`${userRoute}/access/${name}`, async (request: UserRequest, reply) => {
      const user = await requireUser(context, request);
      if (!(await isRecentlySignedIn(context, request)))
        return redirectToSignIn(context, request, reply, `${accessPath(user.id)}/${name}`);
      const isOwn = (await ownSession(user, request)) !== undefined;
      return sendUserQuestion(context, request, reply, user, question(user, isOwn));
    });
    app.post(`${userRoute}/access/${name}`, async (request: UserRequest, reply) => {
      const user = await requireUser(context, request);
      if (!(await isRecentlySignedIn(context, request)))
        return redirectToSignIn(context, request, reply, `${accessPath(user.id)}/${name}`);
      return answered(user, request, reply);
    });
  }

  /** The session that an act leaves alone, which is that of administrators who do it to themselves. */
  async function ownSession(user: User, request: UserRequest): Promise<{ readonly keepSession: string } | undefined> {
    const own = await administratorSession(context, request);
    return own.user.id === user.id ? { keepSession: own.id } : undefined;
  }
}

function passwordQuestion(user: User, isOwn: boolean, problem?: string) {
  return {
    title: isOwn ? 'Set your password' : `Set the password of ${displayName(user)}`,
    body: html`${problemSummary(problem === undefined ? [] : [{ text: problem, fieldId: 'field-password' }])}${confirmation(
      {
        text: isOwn
          ? html`<p>You stay signed in here. Every other session of yours ends, and so does what applications got.</p>`
          : html`<p>You will know it too: a recovery link lets the person choose one that nobody else knows. Every session
of the person ends, and so does what applications got.</p>`,
        // Password managers keep the password under this name.
        fields: html`${textField({ name: 'username', label: 'User name', value: user.username, autocomplete: 'username', readonly: true })}${passwordField(
          {
            name: 'password',
            label: 'New password',
            hint: 'At least 8 characters.',
            autocomplete: 'new-password',
            required: true,
            minlength: 8,
            problem,
          },
        )}${!isOwn && checkbox({ name: 'must_change_password', label: 'Must be changed at the next sign-in', checked: true })}`,
        action: 'Set the password',
        kind: 'primary',
        cancel: accessPath(user.id),
      },
    )}`,
  };
}

function secondFactorsQuestion(user: User) {
  return {
    title: `Remove the second factors of ${displayName(user)}?`,
    body: confirmation({
      text: html`<p>For somebody who has lost phone, keys and recovery codes: be sure that it is them who ask. The
authenticator app, the passkeys, the recovery codes and the trusted devices go, and the person is signed out everywhere. The
password alone is enough then; for somebody who has no other way to sign in, a recovery link comes with it.</p>`,
      action: 'Remove the second factors',
      cancel: accessPath(user.id),
    }),
  };
}

function administratorQuestion(user: User) {
  const name = displayName(user);
  const cancel = accessPath(user.id);
  return user.administrator
    ? {
        title: `Should ${name} be no administrator any more?`,
        body: confirmation({
          text: html`<p>The person can still sign in to applications, but not use this console.</p>`,
          fields: hiddenField('administrator', 'false'),
          action: 'Take the right away',
          cancel,
        }),
      }
    : {
        title: `Make ${name} an administrator?`,
        body: confirmation({
          text: html`<p>Administrators may use this console: they register applications, set passwords of people, and make
others administrators.</p>`,
          fields: hiddenField('administrator', 'true'),
          action: 'Make an administrator',
          kind: 'primary',
          cancel,
        }),
      };
}

function removalQuestion(user: User) {
  return {
    title: `Remove ${displayName(user)}?`,
    body: confirmation({
      text: html`<p>Everything that is known of the person goes: the profile, the sessions, and what was allowed to
applications. Applications keep what they stored themselves. This cannot be undone; to keep somebody out for a time,
disable the person instead.</p>`,
      action: 'Remove the person',
      cancel: accessPath(user.id),
    }),
  };
}
