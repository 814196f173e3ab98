const characters = 256;

/** Text from a header as it may be stored and shown: one line, well formed, bounded. */
export function oneLine(text: string): string {
  return text
    .slice(0, characters)
    .toWellFormed()
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .trim();
}
