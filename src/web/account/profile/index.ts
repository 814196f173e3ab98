/** The profile: what is known of the person, as far as it is theirs to change. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { editableClaims, updateOwnProfile } from '../../../identity/own-profile.ts';
import { html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { formOf } from '../../ui/form-body.ts';
import { type FormProblems, problemsOf } from '../../ui/form-problems.ts';
import { forgetLanguage, isLanguage, languageOf, rememberLanguage, textsFor, textsIn } from '../../ui/languages.ts';
import { redirectWithNews } from '../../ui/news.ts';
import type { AccountPage } from '../account-page.ts';
import { actorOf, visitorSession } from '../guard.ts';
import { sendAccountPage } from '../send-account-page.ts';
import { facts } from './facts.ts';
import { pictureRoutes, pictureSection } from './picture.ts';
import { ownProfileFrom, profileForm, valuesOf } from './profile-form.ts';
import { profileTexts } from './texts/index.ts';

const path = '/account';

export const profile: AccountPage = {
  name: 'profile',
  path,
  title: (t) => t('profile'),
  icon: 'person',
  routes(app, context) {
    app.get(path, async (request, reply) => {
      const { user } = await visitorSession(context, request);
      return sendProfile(context, request, reply, { values: valuesOf(user), problems: {} });
    });
    app.post(path, (request, reply) => save(context, request, reply));
    pictureRoutes(app, context, (request, reply, problem) => sendPictureProblem(context, request, reply, problem));
  },
};

async function save(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { user } = await visitorSession(context, request);
  const values = requireUnrepeated(formOf(request));
  try {
    await updateOwnProfile(context, user.id, ownProfileFrom(context, values), await actorOf(context, request));
  } catch (error) {
    const problems = problemsOf(error);
    if (!problems) throw error;
    return sendProfile(context, request, reply, { values, problems, status: 400 });
  }
  const chosen = values.locale !== undefined && isLanguage(values.locale) ? values.locale : undefined;
  if (chosen) rememberLanguage(context, reply, chosen);
  else forgetLanguage(context, reply);
  // In the language of the page that says it.
  const t = textsIn(context, chosen ?? languageOf(context, request), profileTexts);
  return redirectWithNews(context, request, reply, path, { text: t('saved') });
}

interface Form {
  readonly values: Readonly<Record<string, string | undefined>>;
  /** By the member of the form; what the picture is refused for stands under `picture` and `picture_size`. */
  readonly problems: FormProblems;
  readonly status?: number;
}

async function sendPictureProblem(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  problem: string,
): Promise<FastifyReply> {
  const { user } = await visitorSession(context, request);
  return sendProfile(context, request, reply, {
    values: valuesOf(user),
    problems: { [problem]: problem },
    status: 400,
  });
}

async function sendProfile(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { values, problems, status }: Form,
): Promise<FastifyReply> {
  const { user } = await visitorSession(context, request);
  const t = textsFor(context, request, profileTexts);
  const editable = editableClaims(context);
  return sendAccountPage(context, request, reply, {
    lead: t('lead'),
    ...(status !== undefined && { status }),
    body: html`${pictureSection(t, user, { isEditable: context.config.profileEditing, problems })}
${profileForm(t, { user, values, problems, editable })}
${facts(t, user, editable)}`,
  });
}
