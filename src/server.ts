import { createServer } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { OperatorError } from './lib/operator-error.ts';

/** A server that listens. */
export interface Server {
  /** Stops accepting, lets what runs finish for five seconds, then cuts it; the context stays open. */
  stop(): Promise<void>;
}

/** How long requests that run may take to finish once we are told to stop. */
const drainMilliseconds = 5000;

/** Listens on the configured address and port. Throws an OperatorError that says why it cannot. */
export async function startServer(context: Context): Promise<Server> {
  const app = await createApp(context);
  const { host, port } = context.config;
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw listenError(error, context.config);
  }
  return { stop: () => drain(app) };
}

/** Throws an OperatorError when nobody could listen there, before anything is opened or made. */
export async function assertPortIsFree(config: Config): Promise<void> {
  const probe = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  probe.once('error', (error) => reject(listenError(error, config)));
  probe.listen({ host: config.host, port: config.port, exclusive: true }, () => probe.close(() => resolve()));
  await promise;
}

async function drain(app: FastifyInstance): Promise<void> {
  // A connection that was kept alive for its next request would otherwise hold up the end once its answer is sent.
  const idle = setInterval(() => app.server.closeIdleConnections(), 50);
  const cut = setTimeout(() => app.server.closeAllConnections(), drainMilliseconds);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(cut);
  }
}

function listenError(error: unknown, { host, port }: Config): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return new OperatorError(`Port ${port} of ${host} is in use; stop the other program, or set CASTELLAN_PORT.`);
  if (code === 'EACCES')
    return new OperatorError(`This user may not listen on port ${port}; set CASTELLAN_PORT to 1024 or more.`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new OperatorError(
      `${host} is not an address of this machine; set CASTELLAN_HOST to one, or to 0.0.0.0 for all.`,
    );
  return error;
}
