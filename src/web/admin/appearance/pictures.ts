import { type BrandImageKind, brandImageKinds, type OwnBrand } from '../../../identity/brands/index.ts';
import { type Html, html } from '../../../lib/html.ts';
import { pictureUrl } from '../../ui/brand/brand-parts.ts';
import { postForm, submitButton } from '../../ui/button.ts';
import type { FormProblems } from '../../ui/form-problems.ts';
import { section } from '../../ui/section.ts';

/** The pictures there are, in the order of the page. */
export const imageKinds = ['logo', 'logo_dark', 'background'] as const satisfies readonly BrandImageKind[];

/** What the pictures of a brand are called in an address. */
export const imagePath = (path: string, kind: BrandImageKind): string => `${path}/${kind.replace('_', '-')}`;

const words: Readonly<Record<BrandImageKind, { readonly label: string; readonly hint: string }>> = {
  logo: { label: 'Logo', hint: 'Shown at most 32 pixels high; twice as many look sharp everywhere.' },
  logo_dark: { label: 'Logo by night', hint: 'For dark pages, where the other one would not be seen.' },
  background: { label: 'Background picture', hint: 'Fills wide screens behind the card; phones do not fetch it.' },
};

/** The pictures of a brand, each with the forms that change it. They are saved at once, apart from the other form. */
export function brandPictures(path: string, { images }: OwnBrand, problems: FormProblems): Html {
  return section({
    heading: 'Pictures',
    lead: 'PNG, JPEG or WebP. A picture is saved as soon as it is sent.',
    body: html`<div class="panel stack">${imageKinds.map((kind) => {
      const image = images[kind];
      const shown =
        image &&
        html`<img class="brand-picture ${kind}" src="${pictureUrl(image)}" alt="${words[kind].label}" width="${image.width}" height="${image.height}">`;
      return html`<div>${uploadForm(path, kind, problems[kind])}${shown}${image && removeForm(path, kind)}</div>`;
    })}</div>`,
  });
}

function uploadForm(path: string, kind: BrandImageKind, problem: string | undefined): Html {
  const { label, hint } = words[kind];
  const id = `appearance-${kind}`;
  const size = `At most ${brandImageKinds[kind].bytes / 1024} KB.`;
  return html`<form method="post" action="${imagePath(path, kind)}" enctype="multipart/form-data">
<div class="field"><label for="${id}">${label}</label><p class="hint" id="${id}-hint">${hint} ${size}</p>
${problem !== undefined && html`<p class="problem" id="${id}-problem">${problem}</p>`}
<div class="search"><input type="file" id="${id}" name="picture" accept="image/png,image/jpeg,image/webp" required aria-describedby="${id}-hint">${submitButton({ label: html`Send<span class="unseen"> ${label}</span>`, kind: 'quiet', id: `${id}-send` })}</div></div></form>`;
}

function removeForm(path: string, kind: BrandImageKind): Html {
  return postForm({
    action: `${imagePath(path, kind)}/remove`,
    inline: true,
    body: submitButton({ label: html`Remove<span class="unseen"> ${words[kind].label}</span>`, kind: 'quiet' }),
  });
}
