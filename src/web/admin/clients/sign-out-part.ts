import type { FormPart } from '../form-part.ts';
import { flag, line } from '../member-field.ts';

/** How the application hears that somebody has signed out. */
export const signOutPart: FormPart = {
  heading: 'Sign-out',
  lead: 'How the application hears that a session has ended: by a call, or in a frame of the signed-out page.',
  isFolded: true,
  fields: [
    line('backchannel_logout_uri', {
      label: 'Back-channel logout address',
      hint: 'Castellan calls it whenever a session ends, and again until it has been heard. The better of the two.',
      required: false,
      code: true,
    }),
    flag('backchannel_logout_session_required', {
      label: 'It needs the session’s sid',
      hint: 'Castellan always sends it.',
    }),
    line('frontchannel_logout_uri', {
      label: 'Front-channel logout address',
      hint: 'Opened in the browser of the person who signs out, on the site of one of its redirect URIs.',
      required: false,
      code: true,
    }),
    flag('frontchannel_logout_session_required', { label: 'Add iss and sid to that address' }),
  ],
};
