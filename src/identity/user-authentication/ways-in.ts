import type { Context } from '../../context.ts';
import type { User } from '../../storage/user-row.ts';
import { userAuthenticationMethods } from './index.ts';
import type { UserAuthenticationMethod } from './user-authentication-method.ts';

/** Something that a user can begin a sign-in with, and how many of it there are that get lost one by one. */
export interface WayIn {
  readonly method: UserAuthenticationMethod;
  readonly count: number;
}

/**
 * What an owner could not get in without, should it be lost: the one way in, or the one thing that the second step hangs
 * on. An account should have nothing of the kind.
 */
export type Weakness = 'one-way' | 'second-step';

/** What a user can begin a sign-in with, and what is precarious about it. Devices that are trusted do not count. */
export async function waysIn(
  context: Context,
  user: User,
): Promise<{ readonly ways: readonly WayIn[]; readonly weakness: Weakness | undefined }> {
  const owned: WayIn[] = [];
  for (const method of userAuthenticationMethods.values()) {
    const count = method.count ? await method.count(context, user) : Number(await method.isEnrolled(context, user));
    if (count > 0) owned.push({ method, count });
  }
  return { ways: owned.filter(isFirst), weakness: weaknessOf(owned) };
}

function weaknessOf(owned: readonly WayIn[]): Weakness | undefined {
  if (owned.filter(isFirst).reduce((sum, { count }) => sum + count, 0) < 2) return 'one-way';
  const needsSecond = owned.some(({ method }) => method.factors.includes('second'));
  return owned.every((lost) => letsIn(without(owned, lost), needsSecond)) ? undefined : 'second-step';
}

function without(owned: readonly WayIn[], lost: WayIn): WayIn[] {
  return owned
    .map((each) => (each === lost ? { ...each, count: each.count - 1 } : each))
    .filter(({ count }) => count > 0);
}

/** Whether somebody with no more than this gets in, where a second step is asked for or not. */
function letsIn(left: readonly WayIn[], needsSecond: boolean): boolean {
  return left.some(
    (first) =>
      isFirst(first) &&
      (!needsSecond || first.method.isWhole || left.some((other) => other !== first && isSecond(other))),
  );
}

const isFirst = ({ method }: WayIn): boolean => method.factors.includes('first');
const isSecond = ({ method }: WayIn): boolean =>
  method.factors.includes('second') || method.factors.includes('reserve');
