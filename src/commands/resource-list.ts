import { z } from 'zod';
import type { Context } from '../context.ts';
import { textTable } from '../lib/text-table.ts';
import { listResources, type Resource } from '../protocol/resources.ts';
import { defineCommand } from './command.ts';

/** Lists all APIs by their identifiers, read in pages. */
export const resourceList = defineCommand({
  name: 'resource list',
  description: 'List the APIs that access tokens are for',
  options: [['--json', 'print a JSON array']],
  examples: ['resource list', 'resource list --json'],
  words: z.object({ json: z.boolean().default(false) }),
  async run(host, { json }) {
    const resources = await allResources(await host.open());
    if (json) return host.print(JSON.stringify(resources, null, 2));
    host.print(textTable(['IDENTIFIER', 'NAME', 'FORMAT', 'SCOPE', 'FOR'], resources.map(row)));
  },
});

function row({ identifier, name, access_token_format, scope, open }: Resource): string[] {
  return [identifier, name, access_token_format, scope.join(' '), open ? 'everybody' : 'its audience'];
}

const pageSize = 100;

async function allResources(context: Context): Promise<Resource[]> {
  const resources: Resource[] = [];
  for (let page: Resource[] = []; ; ) {
    const after = page.at(-1)?.identifier;
    page = await listResources(context, { limit: pageSize, ...(after && { after }) });
    resources.push(...page);
    if (page.length < pageSize) return resources;
  }
}
