import { LRUCache } from 'lru-cache';
import { expect, test } from 'vitest';
import { createMemos } from '../src/memos.ts';

test.each(Object.entries(createMemos()))('%s grow no further than their bound, whoever fills them', (_name, memo) => {
  // What hangs from another object goes with it.
  if (memo instanceof WeakMap) return;
  expect(memo).toBeInstanceOf(LRUCache);
  expect(memo.max).toBeGreaterThan(0);
  expect(memo.max).toBeLessThanOrEqual(20_000);
});
