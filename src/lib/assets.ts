import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getAssetKeys, getRawAsset, isSea } from 'node:sea';

/** One file that browsers load, under an address that changes when its content does. */
export interface Asset {
  readonly name: string;
  readonly url: string;
  readonly contentType: string;
  readonly etag: string;
  readonly content: Buffer;
}

/** The stylesheet, scripts and images of our pages, read once at the start. */
export interface Assets {
  /** The address `/assets/<name>.<hash>.<extension>` of an asset. Throws when there is none of that name. */
  url(name: string): string;
  /** The asset's content as text. Throws when there is none of that name. */
  text(name: string): string;
  all(): readonly Asset[];
}

/** Reads the assets: files of the checkout, or what was packed into the single binary under the same paths. */
export function loadAssets(folder = 'src/web/ui/assets'): Assets {
  const assets = new Map(fileNames(folder).map((name) => [name, assetOf(name, readPackaged(`${folder}/${name}`))]));
  const find = (name: string): Asset => {
    const asset = assets.get(name);
    if (asset === undefined) throw new Error(`there is no asset ${name} in ${folder}`);
    return asset;
  };
  return {
    url: (name) => find(name).url,
    text: (name) => find(name).content.toString('utf8'),
    all: () => [...assets.values()],
  };
}

/** A file that travels with the program, by its path in the checkout. Throws when it is missing. */
export function readPackaged(path: string): Buffer {
  if (isSea()) return Buffer.from(getRawAsset(path));
  return readFileSync(join(checkout(), path));
}

const contentTypes: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
};

function assetOf(name: string, file: Buffer): Asset {
  const dot = name.lastIndexOf('.');
  const content = name.endsWith('.css') ? withoutRemarks(file) : file;
  const contentType = contentTypes[name.slice(dot + 1)];
  if (contentType === undefined) throw new Error(`the asset ${name} has an extension without a content type`);
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 16);
  return {
    name,
    url: `/assets/${name.slice(0, dot)}.${hash}${name.slice(dot)}`,
    contentType,
    etag: `"${hash}"`,
    content,
  };
}

/** A stylesheet without comments and indentation, which browsers would only skip; no text in it has `/*` or lines. */
function withoutRemarks(stylesheet: Buffer): Buffer {
  const text = stylesheet.toString('utf8').replace(/\/\*.*?\*\//gs, '');
  return Buffer.from(text.replace(/\s*\n\s*/g, '\n').trim());
}

function fileNames(folder: string): string[] {
  if (!isSea()) return readdirSync(join(checkout(), folder)).sort();
  const prefix = `${folder}/`;
  return getAssetKeys()
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length));
}

function checkout(): string {
  return join(import.meta.dirname, '../..');
}
