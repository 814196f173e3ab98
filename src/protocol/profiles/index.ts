/**
 * Security profiles that a client may be held to with the metadata member `profile`. To add one: write its file with the
 * interface of `profile.ts`, and add its name here. Registration, client authentication, the rules of authorization
 * requests and the sender constraints read what a profile demands, never which one it is.
 */
import { registryOf } from '../../lib/registry.ts';
import { fapi2 } from './fapi2.ts';
import { fapi2MessageSigning } from './fapi2-message-signing.ts';
import { ordinary, type Profile } from './profile.ts';

export const profiles: ReadonlyMap<string, Profile> = registryOf<Profile>(fapi2, fapi2MessageSigning);

/** What the profile of a client demands. */
export function profileOf({ profile = '' }: { readonly profile?: string | undefined }): Profile {
  return profiles.get(profile) ?? ordinary;
}
