/** A thread that estimates how hard passwords are to guess; see `password-strength.ts`. Its lists take a second to load. */
import { parentPort } from 'node:worker_threads';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { dictionary as english } from '@zxcvbn-ts/language-en';
import { z } from 'zod';

const questionSchema = z.object({ id: z.number(), password: z.string(), known: z.array(z.string()) });

const estimator = new ZxcvbnFactory({
  dictionary: {
    ...dictionary,
    'commonWords-en': english['commonWords-en'],
    'firstnames-en': english['firstnames-en'],
    'lastnames-en': english['lastnames-en'],
  },
  graphs: adjacencyGraphs,
});

parentPort?.on('message', (message: unknown) => {
  const { id, password, known } = questionSchema.parse(message);
  const { score } = estimator.check(password, known);
  parentPort?.postMessage({ id, score });
});
