import { html } from '../../lib/html.ts';
import { checkboxGroup, checkedValues, textArea } from '../ui/form.ts';
import { linesIn, type MemberField, stringsOf } from './member-field.ts';

/** How many names of groups a form offers; others are typed. */
export const offeredGroups = 40;

/** The groups that somebody is to be in: those that there are to choose from, and room for others. */
export function groupField(names: readonly string[]): MemberField {
  const label = 'Groups';
  const hint = 'One a line; applications get them with the scope groups.';
  return {
    member: 'groups',
    label,
    id: 'field-groups',
    render: (value, problem) => {
      const values = stringsOf(value);
      const others = values.filter((name) => !names.includes(name));
      if (names.length === 0)
        return textArea({ name: 'groups', label, hint, rows: 2, value: others.join('\n'), problem });
      return html`${checkboxGroup({
        name: 'group',
        label,
        values,
        options: names.map((name) => ({ value: name, label: name })),
      })}${textArea({ name: 'groups', label: 'Other groups', hint, rows: 2, value: others.join('\n'), problem })}`;
    },
    read: (typed) => [...checkedValues(typed, 'group', names), ...linesIn(typed.groups)],
  };
}
