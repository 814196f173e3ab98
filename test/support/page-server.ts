import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Context } from '../../src/context.ts';
import { createLog } from '../../src/log.ts';
import { openContext } from '../../src/open-context.ts';
import { serveAssets } from '../../src/web/ui/assets.ts';
import { answerWithErrorPage } from '../../src/web/ui/error-page.ts';

export interface PageServer {
  readonly app: FastifyInstance;
  readonly context: Context;
}

/** Serves pages made for one test, with the assets and the error pages of the provider; it goes when the test ends. */
export async function servePages(
  routes: (app: FastifyInstance, context: Context) => void,
  settings: Record<string, string> = {},
): Promise<PageServer> {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-test-'));
  const config = readConfig({
    CASTELLAN_DATABASE_URL: 'sqlite::memory:',
    CASTELLAN_KEYS_DIR: folder,
    CASTELLAN_LOG_LEVEL: 'silent',
    ...settings,
  });
  const context = await openContext({ config, log: createLog(config), randomBytes });
  const app = Fastify();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  app.setErrorHandler(answerWithErrorPage(context));
  serveAssets(app, context);
  routes(app, context);
  onTestFinished(async () => {
    await app.close();
    await context.database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { app, context };
}
