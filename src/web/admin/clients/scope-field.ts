import { html } from '../../../lib/html.ts';
import { scopes } from '../../../protocol/scopes.ts';
import { checkboxGroup, checkedValues, textField } from '../../ui/form.ts';
import type { MemberField } from '../member-field.ts';

const own = 'own_scope';

/** What a client may ask for: the built-in scope values to be ticked, others to be typed. */
export const scopeField: MemberField = {
  member: 'scope',
  label: 'Scope',
  id: 'field-scope',
  render(value, problem) {
    const values = typeof value === 'string' ? value.split(' ').filter((each) => each !== '') : [];
    return html`${checkboxGroup({
      name: 'scope',
      label: 'It may ask for',
      values,
      problem,
      options: [...scopes.values()].map(({ name, permission }) => ({
        value: name,
        label: html`<code>${name}</code>`,
        hint: permission,
      })),
    })}${textField({
      name: own,
      label: 'Scope values of its own',
      hint: 'Separated by blanks. They go into its access tokens and mean what its resource servers say.',
      required: false,
      code: true,
      value: values.filter((each) => !scopes.has(each)).join(' '),
    })}`;
  },
  read: (typed) => [...checkedValues(typed, 'scope', scopes.keys()), typed[own]?.trim() ?? ''].join(' ').trim(),
};
