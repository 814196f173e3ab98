import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import { pictureBytes, removeOwnPicture, setOwnPicture } from '../../../identity/own-profile.ts';
import { type User, UserError } from '../../../identity/users.ts';
import { type Html, html } from '../../../lib/html.ts';
import { buttonRow, postForm, submitButton } from '../../ui/button.ts';
import { problemSummary } from '../../ui/form.ts';
import type { FormProblems } from '../../ui/form-problems.ts';
import { textsFor } from '../../ui/languages.ts';
import { redirectWithNews } from '../../ui/news.ts';
import { portrait } from '../../ui/portrait.ts';
import { formSection } from '../../ui/section.ts';
import { acceptFiles, fileIn } from '../../ui/uploaded-file.ts';
import { picturePath } from '../../ui/visitor-menu.ts';
import { actorOf, visitorSession } from '../guard.ts';
import { type ProfileTexts, profileTexts } from './texts/index.ts';

const path = '/account/picture';
/** A picture, and what a form puts around it. */
const bodyLimit = pictureBytes + 4096;

/** Uploading and removing the picture; `refuse` shows the profile again with what was wrong. */
export function pictureRoutes(
  app: FastifyInstance,
  context: Context,
  refuse: (request: FastifyRequest, reply: FastifyReply, problem: string) => Promise<FastifyReply>,
): void {
  acceptFiles(app, bodyLimit);

  app.post(path, async (request, reply) => {
    const { user } = await visitorSession(context, request);
    const t = textsFor(context, request, profileTexts);
    const file = await fileIn(request);
    if (!file) return refuse(request, reply, 'picture');
    try {
      await setOwnPicture(context, user.id, file, await actorOf(context, request));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return refuse(request, reply, error.member ?? '');
    }
    return redirectWithNews(context, request, reply, '/account', { text: t('pictureSaved') });
  });

  app.post(`${path}/remove`, async (request, reply) => {
    const { user } = await visitorSession(context, request);
    const t = textsFor(context, request, profileTexts);
    try {
      await removeOwnPicture(context, user.id, await actorOf(context, request));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return refuse(request, reply, error.member ?? '');
    }
    return redirectWithNews(context, request, reply, '/account', { text: t('pictureRemoved') });
  });
}

/** The picture of the person, with the forms that change it. */
export function pictureSection(
  t: ProfileTexts,
  user: User,
  { isEditable, problems }: { readonly isEditable: boolean; readonly problems: FormProblems },
): Html | undefined {
  const { name = user.username, picture } = user.claims;
  if (!isEditable) return undefined;
  const problem =
    problems.picture !== undefined
      ? t('pictureProblem')
      : problems.picture_size !== undefined
        ? t('pictureSizeProblem')
        : undefined;
  const remove = postForm({
    action: `${path}/remove`,
    body: submitButton({ id: 'account-picture-remove', label: t('pictureRemove'), kind: 'quiet' }),
  });
  return formSection({
    heading: t('picture'),
    lead: t('pictureLead'),
    body: html`${problemSummary(problem === undefined ? [] : [{ text: problem, fieldId: 'account-picture' }])}
<div class="person">${portrait(name, picturePath(user), 'large')}<div><strong>${name}</strong></div>${picture !== undefined && remove}</div>
<form method="post" action="${path}" enctype="multipart/form-data">
<div class="field"><label for="account-picture">${t('pictureFile')}</label><p class="hint" id="account-picture-hint">${t('pictureHint')}</p>
<input type="file" id="account-picture" name="picture" accept="image/png,image/jpeg,image/webp" required aria-describedby="account-picture-hint"></div>
${buttonRow(submitButton({ id: 'account-picture-save', label: t('pictureSave'), kind: 'quiet' }))}</form>`,
  });
}
