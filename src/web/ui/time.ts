import { type Html, html } from '../../lib/html.ts';
import type { Reader } from '../../lib/message-format.ts';

/**
 * A moment, in epoch seconds, as people read it: in the time zone of the reader where it is known, otherwise in UTC, and
 * where scripts run in that of the browser. Without a reader it is in English, for the console.
 */
export function timeTag(seconds: number, reader?: Pick<Reader, 'time'>): Html {
  const date = new Date(seconds * 1000);
  const datetime = date.toISOString().replace('.000Z', 'Z');
  return html`<time datetime="${datetime}">${reader?.time(seconds) ?? `${inEnglish(date)} UTC`}</time>`;
}

/** Such as `23 Nov 2026, 09:05`; from `Mon, 23 Nov 2026 09:05:36 GMT`. */
function inEnglish(date: Date): string {
  const text = date.toUTCString();
  return `${text.slice(5, 16)}, ${text.slice(17, 22)}`;
}

/** A length of time in the largest unit that tells it whole: `90 seconds`, `1 hour`, `30 days`. */
export function durationText(seconds: number): string {
  const units = [
    { name: 'day', length: 86_400 },
    { name: 'hour', length: 3600 },
    { name: 'minute', length: 60 },
  ];
  const unit = units.find(({ length }) => seconds >= length && seconds % length === 0) ?? { name: 'second', length: 1 };
  const count = seconds / unit.length;
  return `${count} ${unit.name}${count === 1 ? '' : 's'}`;
}
