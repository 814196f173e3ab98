/**
 * What remembering every DPoP proof costs when they come without end: for ten minutes of the clock that many proofs a
 * second, each of its own, are remembered and forgotten by the job, as fast as the database can. Printed are the most rows
 * there were, the file, and how long the job took. `node bench/replays.ts [proofs a second]`, in a checkout after `npm ci`.
 */
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import sql from 'sql-template-tag';
import { deleteOldReplays } from '../src/jobs/delete-expired-replays.ts';
import { rememberOnce } from '../src/storage/replays.ts';
import { startProvider } from '../test/support/provider.ts';

/** From a proof's iat on it is remembered for the window and a second. */
const rememberedSeconds = 61;
const lastingSeconds = 600;

await measure(Number(process.argv[2] ?? 1000));

async function measure(perSecond: number): Promise<void> {
  const provider = await startProvider();
  const { database } = provider.context;
  const { signal } = new AbortController();
  let [mostRows, longestSweep, writing] = [0, 0, 0];
  for (let second = 1; second <= lastingSeconds; second++) {
    const expires_at = provider.clock.now + rememberedSeconds;
    const begin = performance.now();
    await Promise.all(Array.from({ length: perSecond }, () => rememberOnce(database, proofKey(), expires_at)));
    writing += performance.now() - begin;
    provider.clock.advance(1);
    if (second % deleteOldReplays.everySeconds !== 0) continue;
    const { rows = 0 } = (await database.get<{ rows: number }>(sql`SELECT COUNT(*) AS rows FROM replays`)) ?? {};
    mostRows = Math.max(mostRows, rows);
    const sweep = performance.now();
    await deleteOldReplays.run(provider.context, signal);
    longestSweep = Math.max(longestSweep, performance.now() - sweep);
  }
  const megabytes = statSync(provider.config.databaseUrl.slice('sqlite:'.length)).size / 1e6;
  console.log(`${perSecond * lastingSeconds} proofs, ${perSecond} a second of the clock, Node ${process.version}`);
  console.log(
    `most rows ${mostRows}   file ${megabytes.toFixed(0)} MB   longest run of the job ${Math.round(longestSweep)} ms`,
  );
  console.log(`remembered ${Math.round((perSecond * lastingSeconds * 1000) / writing)} a second`);
  await provider.close();
}

function proofKey(): string {
  return `dpop ${randomBytes(32).toString('base64url')} ${randomBytes(32).toString('base64url')}`;
}
