import type { FastifyInstance, FastifyRequest } from 'fastify';

const formType = 'multipart/form-data';

/**
 * Lets the routes of this scope take forms with files, up to so many bytes in all. The guard of the scope lets a request
 * through before its body is read.
 */
export function acceptFiles(app: FastifyInstance, bodyLimit: number): void {
  app.addContentTypeParser(formType, { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
}

/**
 * The one file of a form, read by the parser that Node has for it (RFC 7578), which holds the whole of a body that is
 * bounded. Undefined for whatever is no such form.
 */
export async function fileIn({ body, headers }: FastifyRequest): Promise<Buffer | undefined> {
  const type = headers['content-type'];
  if (!Buffer.isBuffer(body) || type === undefined) return undefined;
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    const parts = [...form.values()];
    const [file] = parts;
    if (parts.length !== 1 || file === undefined || typeof file === 'string') return undefined;
    return Buffer.from(await file.arrayBuffer());
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
