import cluster from 'node:cluster';
import { z } from 'zod';
import { createLog } from '../log.ts';
import { defineCommand } from './command.ts';

/** Starts the server. What people read goes to standard output as plain lines, among the log's lines of JSON. */
export const serve = defineCommand({
  name: 'serve',
  description: 'Start the server; the same as no command at all',
  explanation:
    'Makes the database and the keys at its first start, and prints a one-time setup link until there is an administrator.\nSIGTERM and SIGINT stop it: what runs has five seconds to finish. A second signal, a moment later, ends it at once.',
  examples: ['serve', 'serve > castellan.log'],
  words: z.object({}),
  async run({ config, print }) {
    const log = createLog(config);
    // Loaded here, so that the other commands do not wait for a server that they do not start.
    const { serveAlone, serveAsWorker } = await import('../single-process.ts');
    if (cluster.isWorker) return serveAsWorker(config, log.child({ worker: cluster.worker?.id }));
    if (config.workers === 1) return serveAlone(config, log, print);
    const { serveWithWorkers } = await import('../worker-processes.ts');
    return serveWithWorkers(config, log, print);
  },
});
