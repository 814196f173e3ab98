import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  type BrandSettings,
  brandImageKinds,
  brandSettingsSchema,
  brandWith,
  findOwnBrand,
  house,
  type OwnBrand,
  removeBrand,
  removeBrandImage,
  saveBrand,
  setBrandImage,
} from '../../../identity/brands/index.ts';
import { type Html, html } from '../../../lib/html.ts';
import { requireUnrepeated } from '../../../lib/parameters.ts';
import { buttonRow, linkButton, postForm, submitButton } from '../../ui/button.ts';
import { formOf } from '../../ui/form-body.ts';
import { type FormProblems, problemsOf } from '../../ui/form-problems.ts';
import { dangerZone } from '../../ui/section.ts';
import { acceptFiles, fileIn } from '../../ui/uploaded-file.ts';
import type { ConsoleContext } from '../admin-page.ts';
import { confirmation } from '../confirmation.ts';
import { renderParts, summaryOf } from '../form-part.ts';
import { actorOf } from '../guard.ts';
import { redirectWithNews } from '../news.ts';
import { brandFormParts, formValuesOf, readBrandForm } from './form-parts.ts';
import { brandPictures, imageKinds, imagePath } from './pictures.ts';
import { brandSample } from './sample.ts';

/** Whose brand it is, where its page is, and in what frame. */
export interface BrandPlace {
  readonly client_id: string;
  readonly path: string;
  send(page: { readonly body: Html; readonly status?: number }): Promise<FastifyReply>;
  ask(question: { readonly title: string; readonly body: Html }): Promise<FastifyReply>;
}

/** The address names a client, or the house where it names none. */
type Params = { Params: { client_id: string } };

/** The largest picture, and what a form puts around it. */
const bodyLimit = brandImageKinds.background.bytes + 4096;

/** Changing a brand, at `route` and below it; `place` says whose it is. */
export function brandRoutes(
  app: FastifyInstance,
  context: ConsoleContext,
  route: string,
  placeOf: (request: FastifyRequest<Params>, reply: FastifyReply) => Promise<BrandPlace>,
): void {
  acceptFiles(app, bodyLimit);

  app.get<Params>(route, async (request, reply) => show(context, await placeOf(request, reply)));
  app.post<Params>(route, async (request, reply) => {
    const place = await placeOf(request, reply);
    const given = readBrandForm(requireUnrepeated(formOf(request)));
    try {
      await saveBrand(context, place.client_id, given, await actorOf(context, request));
    } catch (error) {
      const problems = problemsOf(error);
      if (!problems) throw error;
      return show(context, place, { values: formValuesOf(given), problems });
    }
    return redirectWithNews(context, request, reply, place.path, { text: 'The appearance is saved.' });
  });

  for (const kind of imageKinds) {
    app.post<Params>(imagePath(route, kind), async (request, reply) => {
      const place = await placeOf(request, reply);
      const file = (await fileIn(request)) ?? Buffer.alloc(0);
      try {
        await setBrandImage(context, place.client_id, kind, file, await actorOf(context, request));
      } catch (error) {
        const problems = problemsOf(error);
        if (!problems) throw error;
        return show(context, place, { problems });
      }
      return redirectWithNews(context, request, reply, place.path, { text: 'The picture is saved.' });
    });

    app.post<Params>(`${imagePath(route, kind)}/remove`, async (request, reply) => {
      const place = await placeOf(request, reply);
      await removeBrandImage(context, place.client_id, kind, await actorOf(context, request));
      return redirectWithNews(context, request, reply, place.path, { text: 'The picture is removed.' });
    });
  }

  app.get<Params>(`${route}/reset`, async (request, reply) => {
    const place = await placeOf(request, reply);
    return place.ask({
      title: 'Reset the appearance?',
      body: confirmation({
        text: html`<p>Everything that was said here goes, pictures too, and pages look as they did before.</p>`,
        action: 'Reset the appearance',
        cancel: place.path,
      }),
    });
  });
  app.post<Params>(`${route}/reset`, async (request, reply) => {
    const place = await placeOf(request, reply);
    await removeBrand(context, place.client_id, await actorOf(context, request));
    return redirectWithNews(context, request, reply, place.path, { text: 'The appearance is reset.' });
  });
}

/** What was sent and is not saved, and why. */
interface Refused {
  readonly values?: Readonly<Record<string, unknown>>;
  readonly problems: FormProblems;
}

async function show(context: ConsoleContext, place: BrandPlace, refused?: Refused): Promise<FastifyReply> {
  const { client_id, path } = place;
  const own = await findOwnBrand(context, client_id);
  const { values = formValuesOf(own.settings), problems = {} } = refused ?? {};
  const shown = { ...own, settings: refused?.values ? settingsIn(refused.values) : own.settings };
  return place.send({
    ...(refused && { status: 400 }),
    body: html`${summaryOf(brandFormParts, problems)}
${brandSample(context, await brandOf(context, client_id, shown), client_id)}
${postForm({
  action: path,
  id: 'appearance-form',
  body: html`${renderParts(brandFormParts, values, problems)}${buttonRow(submitButton({ label: 'Save', id: 'appearance-submit' }))}`,
})}
${brandPictures(path, own, problems)}
${dangerZone([
  {
    heading: 'Reset',
    text: 'Takes all of this away, pictures too.',
    action: linkButton({ label: 'Reset…', href: `${path}/reset`, kind: 'danger' }),
  },
])}`,
  });
}

async function brandOf(context: ConsoleContext, client_id: string, own: OwnBrand) {
  return client_id === house ? brandWith(context, own) : brandWith(context, await findOwnBrand(context, house), own);
}

/** As much of what was typed as is well formed, for the sample. */
function settingsIn(values: Readonly<Record<string, unknown>>): BrandSettings {
  const { accent, background, corners, name } = values;
  const parts = [{ accent }, { background }, { corners }, { name }].flatMap((part) => {
    const parsed = brandSettingsSchema.safeParse(part);
    return parsed.success ? [parsed.data] : [];
  });
  return Object.assign({}, ...parts);
}
