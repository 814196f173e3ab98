import { type Html, html } from '../../lib/html.ts';

/** A moment, in epoch seconds, as people read it: in UTC, and where scripts run in the time of the reader. */
export function timeTag(seconds: number, language = 'en'): Html {
  const date = new Date(seconds * 1000);
  const utc = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return html`<time datetime="${date.toISOString().replace('.000Z', 'Z')}">${utc.format(date)} UTC</time>`;
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
