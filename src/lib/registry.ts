/** What every entry of a registry has: the name by which the wire or the operator asks for it. */
export interface Named {
  readonly name: string;
}

/** A registry folder's entries by name, in the order written. Throws when two entries have the same name. */
export function registryOf<Entry extends Named>(...entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  const registry = new Map<string, Entry>();
  for (const entry of entries) {
    if (registry.has(entry.name)) throw new Error(`two entries of one registry are named ${entry.name}`);
    registry.set(entry.name, entry);
  }
  return registry;
}
