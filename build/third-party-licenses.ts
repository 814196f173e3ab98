import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string(),
});

/**
 * The names, versions and license texts of Node and of every package that one of these files of the checkout belongs
 * to.
 */
export function thirdPartyLicenses(checkout: string, files: readonly string[]): string {
  const folders = new Set(files.map(packageFolder).filter((folder) => folder !== undefined));
  const sections = [...folders].sort().map((folder) => packageSection(join(checkout, folder)));
  return ['Castellan contains the following software.', nodeSection(), ...sections].join(`\n\n${'='.repeat(80)}\n\n`);
}

/** The folder of the package that a file is part of; undefined for files of our own. */
function packageFolder(file: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

function nodeSection(): string {
  // The npm package of Node has its license two folders above the program, as Node's own archives do.
  const text = licenseText(join(dirname(process.execPath), '..'));
  return `Node.js ${process.version}\n\n${text}`;
}

function packageSection(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version, license } = manifestSchema.parse(manifest);
  return `${name} ${version} (${license})\n\n${licenseText(folder)}`;
}

function licenseText(folder: string): string {
  const name = readdirSync(folder).find((entry) => /^(license|licence|copying)/i.test(entry));
  return name ? readFileSync(join(folder, name), 'utf8').trim() : 'Its package comes without the text of this license.';
}
