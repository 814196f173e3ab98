import { z } from 'zod';

/** A line of a table, and where in the text it ends. */
export interface CsvLine {
  /** From 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The text is no table; the message is a sentence to show as it is. */
export class CsvError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CsvError';
  }
}

/**
 * The lines of a table (RFC 4180), with a byte order mark or without, separated by whichever of comma, semicolon and tab
 * its first line has most of. Cells are trimmed, and lines with nothing in them left out. Throws a CsvError.
 */
export async function readCsv(text: string): Promise<CsvLine[]> {
  const { parse, CsvError: ParserError } = await import('csv-parse/sync');
  const [head = ''] = text.trimStart().split(/\r?\n/, 1);
  const delimiter = mostFrequent(head, [',', ';', '\t']);
  const options = {
    bom: true,
    delimiter,
    info: true,
    trim: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: 10_000,
  };
  try {
    return recordsSchema.parse(parse(text, options)).map(({ info, record }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (!(error instanceof ParserError)) throw error;
    const line = z.number().safeParse(error.lines).data;
    throw new CsvError(
      `${line === undefined ? 'A line' : `Line ${line}`} cannot be read: look at its quotation marks.`,
    );
  }
}

/**
 * A table as spreadsheets open it: with a byte order mark, and no cell that one of them would take for a formula, which
 * gets an apostrophe in front.
 */
export function csvText(rows: readonly (readonly string[])[]): string {
  return `\u{feff}${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

const recordsSchema = z.array(z.object({ info: z.object({ lines: z.number() }), record: z.array(z.string()) }));

function mostFrequent(text: string, characters: readonly [string, ...string[]]): string {
  const times = (character: string) => text.split(character).length;
  return characters.reduce((best, character) => (times(character) > times(best) ? character : best));
}

function cell(text: string): string {
  const safe = /^[\s]*[=+\-@|%\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\s]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
