import { describe, expect, test } from 'vitest';
import { judgePassword } from '../../src/identity/user-authentication/password-policy.ts';
import { createPasswordStrength } from '../../src/identity/user-authentication/password-strength.ts';
import { startProvider, password as usual } from '../support/provider.ts';

const passwordStrength = createPasswordStrength();
const provider = await startProvider();
const context = { ...provider.context, passwordStrength };
await provider.close();

const judge = (password: string, owner = { username: 'anna.lee', email: 'anna@example.com' }) =>
  judgePassword(context, password, owner);

describe('a password is refused', () => {
  test.each([
    ['short', 'seven77', 'passwordShort'],
    ['short once normalised', '\u1100\u1161'.repeat(7), 'passwordShort'],
    ['over 256 characters', 'abc'.repeat(86), 'passwordLong'],
    ['with NUL', 'correct\0horse', 'passwordCharacters'],
    ['with a control character', 'correct\nhorse', 'passwordCharacters'],
    ['not Unicode', 'correct\ud800horse', 'passwordCharacters'],
    ['the user name', 'ANNA.LEE', 'passwordIsName'],
    ['the e-mail address', 'Anna@example.com', 'passwordIsName'],
    ['among the first that are guessed', 'password', 'passwordCommon'],
    ['one character over and over', 'zzzzzzzzzzzzzz', 'passwordCommon'],
    ['a common one with its usual additions', 'Password123', 'passwordWeak'],
    ['a common one with leet spelling', 'p4$$w0rd!', 'passwordWeak'],
    ['a name and a year', 'michael1987', 'passwordWeak'],
    ['a row of keys', 'qwertyuiop[]', 'passwordWeak'],
    ['a date', '19.04.1987', 'passwordWeak'],
    ['a common one repeated as long as it is read', 'liverpool'.repeat(20), 'passwordWeak'],
    ['short and made of what is known of the person', 'annalee1', 'passwordWeak'],
  ])('when it is %s', async (_, password, code) => {
    const { problem } = await judge(password);
    expect(problem?.reason?.code).toBe(code);
    expect(problem?.message).toMatch(/^[A-Z].*\.$/);
  });

  test('when it is the local part of the e-mail address', async () => {
    const { problem } = await judge('annamaria', { username: 'anna.lee', email: 'annamaria@example.com' });
    expect(problem?.reason?.code).toBe('passwordIsName');
  });
});

test.each([usual, 'grüne Äpfel im Herbst', '春眠不觉晓处处闻啼鸟', 'tr0ub4dor&3', 'x7!qv-Lw2'])(
  'a password may be %j',
  async (password) => {
    const { problem, score } = await judge(password);
    expect(problem).toBeUndefined();
    expect(score).toBeGreaterThanOrEqual(3);
  },
);

describe('the estimate', () => {
  test('of many at once is refused beyond a bound, and those within it are answered', async () => {
    const asked = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) => passwordStrength.estimate(`correct horse ${index}`, [])),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled').length).toBe(16);
    expect(await passwordStrength.estimate(usual, [])).toBe(4);
  });

  test('fails, and works again with the next question, when its thread ends', async () => {
    const { Worker } = await import('node:worker_threads');
    let starts = 0;
    const fragile = createPasswordStrength(() => {
      starts += 1;
      return starts === 1
        ? new Worker('throw new Error("no memory")', { eval: true })
        : new Worker(
            'const { parentPort } = require("node:worker_threads"); parentPort.on("message", ({ id }) => parentPort.postMessage({ id, score: 2 }))',
            { eval: true },
          );
    });
    await expect(fragile.estimate('anything', [])).rejects.toThrow('could not be looked at');
    expect(await fragile.estimate('anything', [])).toBe(2);
  });
});
