/** The field in which somebody chooses a password: what is asked of it, and while typing how good it is. */
import { fewestCharacters } from '../../../identity/user-authentication/password-policy.ts';
import type { UserError } from '../../../identity/users.ts';
import { type Html, html } from '../../../lib/html.ts';
import { attributes } from '../attributes.ts';
import { passwordField } from '../form.ts';
import type { NewPasswordTexts } from './texts/index.ts';

export { type NewPasswordTexts, newPasswordTexts } from './texts/index.ts';

/** The asset that shows the strength while typing; a page with the field names it in `scripts`. */
export const strengthScript = 'password-strength.js';

/** A field named `password`; what is in the fields of `usernameField` and `emailField` makes a password weaker. */
export function newPasswordField(
  t: NewPasswordTexts,
  field: {
    readonly id: string;
    readonly name?: string;
    readonly problem?: string | undefined;
    readonly autofocus?: boolean;
    readonly required?: boolean;
    /** The names of what is known of the person before the form is sent, for the estimate. */
    readonly owner?: { readonly username: string; readonly email?: string | undefined };
  },
): Html {
  const { id, name = 'password', problem, autofocus = false, required = true, owner } = field;
  const strengthId = `${id}-strength`;
  return html`${passwordField({
    name,
    id,
    label: t('newPassword'),
    hint: t('hint', { characters: fewestCharacters }),
    autocomplete: 'new-password',
    autofocus,
    required,
    minlength: fewestCharacters,
    ...(problem !== undefined && { problem }),
  })}
<div${attributes({
    class: 'password-strength needs-scripts',
    id: strengthId,
    'data-strength-of': id,
    'data-username': owner?.username,
    'data-email': owner?.email,
  })}><meter min="0" max="5" value="0" low="3" high="4" optimum="5" aria-label="${t('strength')}"></meter><p role="status"></p></div>`;
}

/** Why a password was refused, in the language of the page. */
export function passwordProblemText(t: NewPasswordTexts, error: UserError): string {
  const { code = '', values = {} } = error.reason ?? {};
  const characters = Number(values.characters ?? 0);
  if (code === 'passwordShort' || code === 'passwordLong') return t(code, { characters });
  return isPlainCode(code) ? t(code) : error.message;
}

/** What is said of a password that gets this many points of 4. */
export function strengthText(t: NewPasswordTexts, score: number): string {
  const texts = [t('veryWeak'), t('weak'), t('fair'), t('good'), t('strong')];
  return texts[score] ?? '';
}

const plainCodes = ['passwordCharacters', 'passwordIsName', 'passwordCommon', 'passwordWeak', 'passwordSame'] as const;

function isPlainCode(code: string): code is (typeof plainCodes)[number] {
  return plainCodes.some((known) => known === code);
}
