import { findFact } from '../../storage/instance.ts';
import type { Endpoint } from './endpoint.ts';

/**
 * For supervisors and load balancers: `/healthz` says that the process runs, `/readyz` that it can serve. Ready means
 * that the database answers, and that the process has not been told to stop.
 */
export const health: Endpoint = {
  name: 'health',
  paths: ['/healthz', '/readyz'],
  crossOrigin: 'none',
  routes(app, context) {
    let stopping = false;
    app.addHook('preClose', async () => {
      stopping = true;
    });

    app.get('/healthz', async () => ({ status: 'ok' }));

    app.get('/readyz', async (_request, reply) => {
      if (stopping) return reply.code(503).send({ status: 'stopping' });
      try {
        await findFact(context.database, 'schema_version');
      } catch (error) {
        context.log.error({ err: error }, 'the database does not answer');
        return reply.code(503).send({ status: 'the database does not answer' });
      }
      return reply.send({ status: 'ready' });
    });
  },
};
