import { totp } from '../../../identity/user-authentication/totp.ts';
import { html } from '../../../lib/html.ts';
import { textField } from '../../ui/form.ts';
import { textsFor } from '../../ui/languages.ts';
import type { SecondFactor } from './second-factor.ts';
import { secondFactorTexts } from './texts/index.ts';
import { verifyTypedCode } from './typed-code.ts';

/** The code that an authenticator app shows. */
export const totpCode: SecondFactor = {
  name: 'totp',
  method: totp,
  label: (t) => t('useAuthenticator'),
  isEnrolled: (context, { user }) => totp.isEnrolled(context, user),
  form(context, request, _reply, { describedBy }) {
    const t = textsFor(context, request, secondFactorTexts);
    return {
      lead: t('authenticatorLead'),
      fields: html`${textField({
        name: 'code',
        id: 'login-code',
        label: t('authenticatorCode'),
        autocomplete: 'one-time-code',
        inputmode: 'numeric',
        maxlength: 12,
        required: true,
        autofocus: true,
        code: true,
        ...(describedBy !== undefined && { describedBy }),
      })}`,
      submit: t('confirm'),
    };
  },
  verify: (context, request, _reply, state, fields) =>
    verifyTypedCode(context, request, state, { method: totp, code: fields.code, wrong: 'wrongAuthenticatorCode' }),
};
