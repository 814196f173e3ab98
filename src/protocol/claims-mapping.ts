import * as z from 'zod';
import { claimNameSchema, claimValue } from '../identity/user-claims.ts';

/** What tells of another claim, and would tell an untruth of the one that is put in its place. */
const verifications: Readonly<Record<string, string>> = {
  email: 'email_verified',
  phone_number: 'phone_number_verified',
};

const newNameSchema = claimNameSchema.refine((name) => !Object.values(verifications).includes(name), {
  error: ({ input }) => `${String(input)} says what Castellan itself has verified`,
});

/**
 * How the claims about people reach one client, when it needs them otherwise than the specifications have it. The scope
 * still decides what may be told, and no claim of the protocol can be made or hidden.
 */
export const claimsMappingSchema = z
  .strictObject({
    /** Claims of the granted scope that the ID Token has as well as userinfo. */
    include: z.array(claimNameSchema).max(50).default([]),
    /** Claims under another name. */
    rename: z.record(claimNameSchema, newNameSchema).default({}),
    /** Claims with the same value for everybody. */
    constant: z.record(newNameSchema, claimValue()).default({}),
    /** The only groups that are told: names, or beginnings of names before a final `*`. */
    groups: z.array(z.string().min(1).max(128)).max(100).optional(),
  })
  .superRefine(({ rename, constant }, { addIssue }) => {
    const names = [...Object.values(rename), ...Object.keys(constant)];
    const repeated = names.find((name, index) => names.indexOf(name) !== index);
    if (repeated !== undefined) addIssue({ code: 'custom', message: `two claims would be named ${repeated}` });
    if (names.length > 50) addIssue({ code: 'custom', message: 'has at most 50 claims' });
    if (JSON.stringify(constant).length > 4096)
      addIssue({ code: 'custom', message: 'constant has at most 4096 characters' });
  });

/** The mapping of a client. */
export type ClaimsMapping = z.output<typeof claimsMappingSchema>;

/** The claims as the mapping wants them: groups filtered, then renamed, then the constant ones. */
export function mapClaims(
  mapping: ClaimsMapping | undefined,
  claims: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  if (!mapping) return { ...claims };
  const { rename, constant, groups } = mapping;
  const told = Object.entries(groups === undefined ? claims : withGroups(claims, groups));
  const renamed = told.flatMap(([name, value]) => {
    const newName = Object.hasOwn(rename, name) ? rename[name] : undefined;
    return newName === undefined ? [] : [[newName, value] as const];
  });
  const put = [...renamed, ...Object.entries(constant)];
  const untrue = new Set(put.map(([name]) => verifications[name]));
  const kept = told.filter(([name]) => !Object.hasOwn(rename, name) && !untrue.has(name));
  return Object.fromEntries([...kept, ...put]);
}

function withGroups(claims: Readonly<Record<string, unknown>>, patterns: readonly string[]): Record<string, unknown> {
  const { groups, ...others } = claims;
  if (!Array.isArray(groups)) return others;
  const told = groups.filter((group) => patterns.some((pattern) => matches(pattern, String(group))));
  return told.length > 0 ? { ...others, groups: told } : others;
}

function matches(pattern: string, group: string): boolean {
  return pattern.endsWith('*') ? group.startsWith(pattern.slice(0, -1)) : group === pattern;
}
