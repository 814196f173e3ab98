import { notifyOwner } from '../../../identity/notices.ts';
import { recoveryCodes } from '../../../identity/user-authentication/recovery-codes.ts';
import { html } from '../../../lib/html.ts';
import { textField } from '../../ui/form.ts';
import { textsFor } from '../../ui/languages.ts';
import type { SecondFactor } from './second-factor.ts';
import { secondFactorTexts } from './texts/index.ts';
import { verifyTypedCode } from './typed-code.ts';

/** One of the codes that the person put aside. */
export const recoveryCode: SecondFactor = {
  name: 'recovery-codes',
  method: recoveryCodes,
  label: (t) => t('useRecoveryCode'),
  isEnrolled: (context, { user }) => recoveryCodes.isEnrolled(context, user),
  form(context, request, _reply, { describedBy }) {
    const t = textsFor(context, request, secondFactorTexts);
    return {
      lead: t('recoveryLead'),
      fields: html`${textField({
        name: 'code',
        id: 'login-code',
        label: t('recoveryCode'),
        maxlength: 30,
        required: true,
        autofocus: true,
        code: true,
        ...(describedBy !== undefined && { describedBy }),
      })}`,
      submit: t('confirm'),
    };
  },
  async verify(context, request, _reply, state, fields) {
    const typed = { method: recoveryCodes, code: fields.code, wrong: 'wrongRecoveryCode' } as const;
    const answer = await verifyTypedCode(context, request, state, typed);
    if (answer.isProven) await notifyOwner(context, state.user, 'recoveryCodeUsed');
    return answer;
  },
};
