/** The moment at which a day (YYYY-MM-DD, UTC) is over, in epoch seconds; undefined for what is no day. */
export function endOfDay(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  const start = Date.UTC(year, month - 1, day);
  return new Date(start).toISOString().startsWith(text) ? start / 1000 + secondsOfDay : undefined;
}

/** The last whole day (YYYY-MM-DD, UTC) before a moment in epoch seconds. */
export function lastDayBefore(seconds: number): string {
  return new Date((seconds - 1) * 1000).toISOString().slice(0, 10);
}

const secondsOfDay = 86_400;
