import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import { type DestinationStream, pino, stdTimeFunctions } from 'pino';
import type { Config } from './config.ts';

/**
 * The log: one JSON object a line, on standard output unless told otherwise. No line holds a secret, token, code,
 * cookie or query string, and none is longer than 8 KiB.
 */
export function createLog(config: Pick<Config, 'logLevel'>, destination?: DestinationStream): FastifyBaseLogger {
  const options = {
    level: config.logLevel,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { req: describeRequest, res: describeReply, err: describeError, error: describeError },
    hooks: { streamWrite: (line: string) => bounded(redacted(line)) },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** A request without what may be secret in it: its query string, headers and body. */
export function describeRequest(request: Partial<FastifyRequest>): Record<string, unknown> {
  return { method: request.method, path: pathOf(request.url ?? ''), address: request.ip };
}

function describeReply(reply: Partial<FastifyReply>): Record<string, unknown> {
  return { status: reply.statusCode };
}

function pathOf(url: string): string {
  return shortened(url.split(/[?#]/, 1)[0] ?? '', 300);
}

/** An error and its causes by name, message, code and stack; its other members may hold what nobody should read. */
function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: shortened(String(error), 1000) };
  return {
    type: error.name,
    message: shortened(error.message, 1000),
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    stack: shortened(error.stack ?? '', 3000),
    ...(error.cause !== undefined && depth < 3 && { cause: describeError(error.cause, depth + 1) }),
  };
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}

/**
 * A second line of defence behind the serializers: whatever looks like one of our split tokens, a JWT, credentials of
 * a header or of a URL, or the query of a URL is taken out of the finished line, wherever it stands in it.
 */
function redacted(line: string): string {
  return line
    .replace(/\beyJ[\w-]{10,}\.[\w-]+(?:\.[\w-]*)*/g, '[token]')
    .replace(/(?<![\w-])[\w-]{64}(?![\w-])/g, '[token]')
    .replace(/\b(basic|bearer|dpop) [\w.~+/-]{6,}=*/gi, '$1 [secret]')
    .replace(/\b([a-z][a-z\d+.-]{0,20}:\/\/)[^\s/@"\\]{1,500}@/gi, '$1[secret]@')
    .replace(/(\b[a-z][a-z\d+.-]{0,20}:\/\/[^\s?#"\\]{1,2000})[?#][^\s"\\]*/gi, '$1?[query]');
}

const longestLine = 8192;

/** JSON cut in the middle is no JSON, so that a line that is too long gives way to one that says so. */
function bounded(line: string): string {
  if (line.length <= longestLine) return line;
  const beginning = JSON.stringify(line.slice(0, 1000));
  return `{"level":"warn","msg":"a log line of ${line.length} characters was cut","beginning":${beginning}}\n`;
}
