import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { isSea } from 'node:sea';
import type { FastifyBaseLogger } from 'fastify';
import { announce } from './announce.ts';
import type { Config } from './config.ts';
import { startJobs } from './jobs/start-jobs.ts';
import { OperatorError } from './lib/operator-error.ts';
import { openContext } from './open-context.ts';
import { assertPortIsFree } from './server.ts';
import { throwIfFailed } from './single-process.ts';
import { stopMessage, untilStopped } from './stop-signals.ts';

/** A worker that has not stopped by then is cut; it has five seconds for what runs. */
const patienceMilliseconds = 7000;
/** A worker that ended right after its start is not replaced in a hurry. */
const restartMilliseconds = 1000;

/** Starts `config.workers` processes on one port and one database and replaces those that die; jobs run in this one. */
export async function serveWithWorkers(
  config: Config,
  log: FastifyBaseLogger,
  print: (line: string) => void,
): Promise<void> {
  const stopped = untilStopped(log);
  await assertPortIsFree(config);
  const context = await openContext({ config, log });
  try {
    const workers = await startWorkers(config.workers, log);
    const stopJobs = startJobs(context);
    await announce(context, print);
    const reason = await stopped;
    await Promise.all([workers.stop(), stopJobs()]);
    throwIfFailed(reason);
  } finally {
    await context.database.close();
  }
}

async function startWorkers(count: number, log: FastifyBaseLogger): Promise<{ stop(): Promise<void> }> {
  // In the single binary the program is the executable itself, and the first word is the command.
  const [, script = ''] = process.argv;
  cluster.setupPrimary(isSea() ? { exec: 'serve', args: [] } : { exec: script, args: ['serve'] });
  let isStopping = false;
  // The others wait for the first, so that what keeps workers from starting is told once.
  await untilListening(cluster.fork());
  for (let number = 1; number < count; number++) cluster.fork();
  cluster.on('exit', (worker, status, signal) => {
    if (isStopping) return;
    log.error({ worker: worker.id, status, signal }, 'a worker ended; starting another');
    setTimeout(() => !isStopping && cluster.fork(), restartMilliseconds);
  });
  return {
    async stop() {
      isStopping = true;
      await Promise.all(Object.values(cluster.workers ?? {}).map((worker) => worker && stopWorker(worker)));
    },
  };
}

async function untilListening(worker: Worker): Promise<void> {
  const ended = once(worker, 'exit').then(() => {
    throw new OperatorError('The first worker could not start.');
  });
  await Promise.race([once(worker, 'listening'), ended]);
  ended.catch(() => {});
}

async function stopWorker(worker: Worker): Promise<void> {
  const ended = once(worker, 'exit');
  const cut = setTimeout(() => worker.process.kill('SIGKILL'), patienceMilliseconds);
  if (worker.isConnected()) worker.send(stopMessage);
  await ended;
  clearTimeout(cut);
}
