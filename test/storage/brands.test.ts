import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  findBrand,
  findPicture,
  house,
  removeBrand,
  removeBrandImage,
  saveBrand,
  setBrandImage,
} from '../../src/identity/brands/index.ts';
import { engines, freshDatabaseUrl } from '../support/database.ts';
import { png } from '../support/pictures.ts';
import { actor, type Provider, startProvider } from '../support/provider.ts';

describe.each(engines)('a brand on %s', (engine) => {
  let provider: Provider;
  beforeEach(async () => {
    provider = await startProvider({ databaseUrl: await freshDatabaseUrl(engine) });
  });
  afterEach(() => provider.close());

  test('is there before its settings when a picture comes first, and keeps it when they follow', async () => {
    const { context } = provider;
    await setBrandImage(context, house, 'logo', png(64, 32), actor);
    await saveBrand(context, house, { name: 'Example' }, actor);
    expect(await findBrand(context)).toMatchObject({ name: 'Example', images: { logo: { width: 64, height: 32 } } });
  });

  test('has one picture of a kind, however many are sent at the same instant', async () => {
    const { context } = provider;
    await Promise.all([20, 21, 22, 23].map((side) => setBrandImage(context, house, 'logo', png(side, side), actor)));
    const { logo } = (await findBrand(context)).images;
    const content = Buffer.from((await findPicture(context, logo?.id ?? ''))?.content ?? '', 'base64');
    expect(content).toEqual(png(logo?.width, logo?.height));
  });

  test('takes its pictures along when it goes, and goes once', async () => {
    const { context } = provider;
    await setBrandImage(context, house, 'logo', png(64, 64), actor);
    const { logo } = (await findBrand(context)).images;
    expect(await removeBrand(context, house, actor)).toBe(true);
    expect(await removeBrand(context, house, actor)).toBe(false);
    expect(await removeBrandImage(context, house, 'logo', actor)).toBe(false);
    expect(await findPicture(context, logo?.id ?? '')).toBeUndefined();
    expect(await findBrand(context)).toEqual({ name: 'Castellan', images: {} });
  });
});
