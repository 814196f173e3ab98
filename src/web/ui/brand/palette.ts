import type { Assets } from '../../../lib/assets.ts';

/** The custom properties of our stylesheet, by day and by night. */
export interface Palette {
  readonly light: Readonly<Record<string, string>>;
  readonly dark: Readonly<Record<string, string>>;
}

/** Reads the palette where it stands: in the two blocks `:root` of style.css. */
export function paletteOf(assets: Assets): Palette {
  const [light = {}, dark = {}] = [...assets.text('style.css').matchAll(/:root \{([^}]*)\}/g)].map(([, block = '']) =>
    Object.fromEntries([...block.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value])),
  );
  return { light, dark: { ...light, ...dark } };
}
