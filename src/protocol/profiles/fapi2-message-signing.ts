import { fapi2 } from './fapi2.ts';
import type { Profile } from './profile.ts';

/**
 * FAPI 2.0 Message Signing, §5.3 and §5.4: the security profile with signed requests and signed responses. A client that
 * wants only one of them has the profile `fapi2` and says `require_signed_request_object`, or asks for `response_mode=jwt`.
 */
export const fapi2MessageSigning: Profile = {
  ...fapi2,
  name: 'fapi2_message_signing',
  title: 'FAPI 2.0 Message Signing',
  defaults: { ...fapi2.defaults, require_signed_request_object: true },
  values: { ...fapi2.values, require_signed_request_object: [true] },
  signsResponses: true,
};
