/** The chosen rule as a form. It edits the same document as the editor, and keeps comments and order. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Severity } from '../../../../lib/model/config.ts';
import { RuleError } from '../../../../lib/rule/error.ts';
import { type FormGroup, type Nearness, type QueryForm, queryOfForm } from '../../../../lib/rule/form.ts';
import type { Checked, Edit, RuleForm } from '../../../archive-worker/protocol.ts';
import { useTyped } from '../../../state/typed.ts';
import { SEVERITIES } from '../../../ui/severity.tsx';
import { FigureField } from './figure-field.tsx';
import { TextField } from './text-field.tsx';
import { Words } from './words.tsx';

interface RuleFormProps {
  readonly rule: string;
  readonly checked: Checked | null;
  readonly onEdit: (edit: Edit) => void;
  readonly onYaml: () => void;
}

const KINDS: readonly (readonly [kind: string, words: string])[] = [
  ['first', 'first report'],
  ['confirmed', 'confirmation by independent publishers'],
  ['figure', 'larger figure'],
  ['language', 'new language'],
  ['closed', 'end of the story'],
];

export function RuleFormPane({ rule, checked, onEdit, onYaml }: RuleFormProps): JSX.Element {
  const form = checked?.form ?? null;
  if (checked === null) return <div class="ghost" />;
  if (form === null)
    return (
      <div class="void">
        <h2>This rule cannot be shown as a form</h2>
        <p>
          It has a mistake.{' '}
          <button type="button" class="b text" onClick={onYaml}>
            Edit it as YAML
          </button>
        </p>
      </div>
    );
  const key = (name: string, value: Extract<Edit, { kind: 'key' }>['value']): void =>
    onEdit({ kind: 'key', rule, key: name, ...(value === undefined ? {} : { value }) });
  return (
    <form class="ruleform" onSubmit={(event) => event.preventDefault()}>
      <div class="field">
        <span aria-hidden="true">Title, as alerts show it</span>
        <TextField
          label="Title, as alerts show it"
          value={form.title}
          onCommit={(title) => key('title', title)}
        />
      </div>
      <fieldset>
        <legend>Severity</legend>
        <span class="seg">
          {SEVERITIES.map((severity: Severity) => (
            <button
              type="button"
              key={severity}
              aria-pressed={form.severity === severity}
              onClick={() => key('severity', severity)}
            >
              {severity}
            </button>
          ))}
        </span>
      </fieldset>
      {form.form === null ? (
        <fieldset>
          <legend>Query</legend>
          <pre class="lines wrap">{form.query}</pre>
          <p class="s sm">
            This query cannot be shown as a form.{' '}
            <button type="button" class="b text" onClick={onYaml}>
              Edit it as YAML
            </button>
          </p>
        </fieldset>
      ) : (
        <QueryFields
          rule={rule}
          form={form.form}
          checked={checked}
          onQuery={(query) => onEdit({ kind: 'query', rule, query })}
        />
      )}
      <AlertOptions form={form} checked={checked} onKey={key} onEdit={onEdit} rule={rule} />
    </form>
  );
}

interface AlertOptionsProps {
  readonly rule: string;
  readonly form: RuleForm;
  readonly checked: Checked;
  readonly onKey: (name: string, value: readonly string[]) => void;
  readonly onEdit: (edit: Edit) => void;
}

function AlertOptions({ rule, form, checked, onKey, onEdit }: AlertOptionsProps): JSX.Element {
  const toggled = (list: readonly string[], one: string): string[] =>
    list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
  return (
    <>
      <fieldset>
        <legend>Send alerts to</legend>
        {checked.channels.length === 0 && (
          <p class="s sm">The document has no channels: alerts are only shown here.</p>
        )}
        {checked.channels.map((id) => (
          <label class="opt" key={id}>
            <input
              type="checkbox"
              checked={form.channels.includes(id)}
              onChange={() => onKey('notify.to', toggled(form.channels, id))}
            />{' '}
            <span>{id}</span>
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>Alert me on</legend>
        {KINDS.map(([kind, words]) => (
          <label class="opt" key={kind}>
            <input
              type="checkbox"
              checked={form.on.includes(kind)}
              onChange={() => onKey('notify.on', toggled(form.on, kind))}
            />{' '}
            <span>{words}</span>
          </label>
        ))}
      </fieldset>
      <label class="opt">
        <input
          type="checkbox"
          checked={form.testMode}
          onChange={() => onEdit({ kind: 'test-mode', rule, testMode: !form.testMode })}
        />{' '}
        <span>Test mode: matches are recorded, nothing is sent</span>
      </label>
    </>
  );
}

interface QueryFieldsProps {
  readonly rule: string;
  readonly form: QueryForm;
  readonly checked: Pick<Checked, 'lists'>;
  readonly onQuery: (query: string) => void;
}

/** Also used for new rules. An unfinished query, such as a group without a word, stays here and is not passed on. */
export function QueryFields({ rule, form, checked, onQuery }: QueryFieldsProps): JSX.Element {
  const [mistake, setMistake] = useState<string | null>(null);
  const [draft, setDraft] = useTyped(form, `${rule}\n${JSON.stringify(form)}`);
  const change = (next: QueryForm): void => {
    setDraft(next);
    try {
      const query = queryOfForm(next);
      setMistake(null);
      if (query !== '') onQuery(query);
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      // Mistake of the user: shown here; the document stays unchanged.
      setMistake(error.hint === null ? error.message : `${error.message}; ${error.hint}`);
    }
  };
  const setGroup = (at: number, group: FormGroup): void =>
    change({ ...draft, groups: draft.groups.map((one, i) => (i === at ? group : one)) });
  return (
    <>
      {draft.groups.map((group, at) => (
        <GroupField
          key={at}
          group={group}
          at={at}
          lists={checked.lists}
          onChange={(changed) => setGroup(at, changed)}
          onRemove={
            draft.groups.length > 1
              ? () => change({ ...draft, groups: draft.groups.filter((_, i) => i !== at) })
              : null
          }
        />
      ))}
      <p>
        <button
          type="button"
          class="b"
          onClick={() => setDraft({ ...draft, groups: [...draft.groups, { any: [], near: 12 }] })}
        >
          Add a group of words
        </button>
      </p>
      <FigureField
        figure={draft.figure}
        words={draft.groups.flatMap(({ any }) => any)}
        onChange={(figure) => change({ ...draft, figure })}
      />
      <fieldset>
        <legend>But none of</legend>
        <Words
          label="Words that must not be there"
          words={draft.not}
          lists={checked.lists}
          onChange={(not) => change({ ...draft, not })}
        />
      </fieldset>
      {mistake !== null && (
        <p class="note" role="status">
          <b class="no">Not applied:</b> {mistake}.
        </p>
      )}
    </>
  );
}

interface GroupFieldProps {
  readonly group: FormGroup;
  /** Index of the group, from 0. */
  readonly at: number;
  readonly lists: Checked['lists'];
  readonly onChange: (group: FormGroup) => void;
  /** null: the last group stays. */
  readonly onRemove: (() => void) | null;
}

function GroupField({ group, at, lists, onChange, onRemove }: GroupFieldProps): JSX.Element {
  return (
    <fieldset>
      <legend>{at === 0 ? 'Must contain any of' : 'And any of'}</legend>
      {at > 0 && <NearField near={group.near} onChange={(near) => onChange({ ...group, near })} />}
      <Words
        label={at === 0 ? 'Words that must be there' : `Words that must be there, group ${at + 1}`}
        words={group.any}
        lists={lists}
        onChange={(any) => onChange({ ...group, any })}
      />
      {onRemove !== null && (
        <button type="button" class="b text sm" onClick={onRemove}>
          Remove this group
        </button>
      )}
    </fieldset>
  );
}

function NearField({
  near,
  onChange,
}: {
  readonly near: Nearness;
  readonly onChange: (near: Nearness) => void;
}): JSX.Element {
  const value = near === null ? '' : String(near);
  const options = ['', 'sentence', '4', '8', '12', '20', '30'];
  return (
    <label class="s sm">
      {' '}
      Where{' '}
      <select value={value} onChange={({ currentTarget: { value: chosen } }) => onChange(nearnessOf(chosen))}>
        {[...new Set([...options, value])].map((one) => (
          <option key={one} value={one}>
            {one === ''
              ? 'anywhere in the entry'
              : one === 'sentence'
                ? 'in the same sentence'
                : `within ${one} words of the ones above`}
          </option>
        ))}
      </select>
    </label>
  );
}

function nearnessOf(value: string): Nearness {
  return value === '' ? null : value === 'sentence' ? 'sentence' : Number(value);
}
