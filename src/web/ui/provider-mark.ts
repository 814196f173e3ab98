import { type Html, trustedHtml } from '../../lib/html.ts';
import { icon } from './icon.ts';

/** The marks by which people know a kind of identity provider, in the colours that are its own. */
const marks: ReadonlyMap<string, string> = new Map([
  [
    'github',
    '<path fill="currentColor" d="M10 0a10 10 0 0 0-3.2 19.5c.5.1.7-.2.7-.5v-1.7c-2.8.6-3.4-1.3-3.4-1.3-.4-1.2-1.1-1.5-1.1-1.5-.9-.6.1-.6.1-.6 1 .1 1.5 1 1.5 1 .9 1.5 2.3 1.1 2.9.8.1-.6.3-1.1.6-1.3-2.2-.3-4.6-1.1-4.6-5 0-1.1.4-2 1-2.7-.1-.2-.4-1.3.1-2.6 0 0 .8-.3 2.8 1a9.4 9.4 0 0 1 5 0c1.9-1.3 2.7-1 2.7-1 .6 1.3.2 2.4.1 2.6.6.7 1 1.6 1 2.7 0 3.9-2.3 4.7-4.6 5 .4.3.7.9.7 1.9V19c0 .3.2.6.7.5A10 10 0 0 0 10 0z"/>',
  ],
  [
    'google',
    '<path fill="#ea4335" d="M10 4c1.5 0 2.8.5 3.8 1.5l2.9-2.9A10 10 0 0 0 1.1 5.5l3.3 2.6A6 6 0 0 1 10 4z"/><path fill="#4285f4" d="M19.6 10.2c0-.7-.1-1.3-.2-1.9H10v3.8h5.4a4.6 4.6 0 0 1-2 3l3.2 2.5c1.9-1.7 3-4.3 3-7.4z"/><path fill="#fbbc05" d="M4.4 11.9a6 6 0 0 1 0-3.8L1.1 5.5a10 10 0 0 0 0 9z"/><path fill="#34a853" d="M10 20c2.7 0 5-.9 6.6-2.4l-3.2-2.5A6 6 0 0 1 4.4 11.9l-3.3 2.6A10 10 0 0 0 10 20z"/>',
  ],
  [
    'microsoft',
    '<path fill="#f25022" d="M1 1h8.5v8.5H1z"/><path fill="#7fba00" d="M10.5 1H19v8.5h-8.5z"/><path fill="#00a4ef" d="M1 10.5h8.5V19H1z"/><path fill="#ffb900" d="M10.5 10.5H19V19h-8.5z"/>',
  ],
]);

/** The mark of a kind of identity provider, beside its name; a globe for one that has none here. */
export function providerMark(kind: string): Html {
  const mark = marks.get(kind);
  if (mark === undefined) return icon('globe');
  return trustedHtml(
    `<svg class="icon" viewBox="0 0 20 20" width="20" height="20" fill="none" aria-hidden="true">${mark}</svg>`,
  );
}
