/** The rule as a form. It edits the same document as the editor does: comments and order stay. */
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
  ['first', 'the first report'],
  ['confirmed', 'confirmed by independent publishers'],
  ['figure', 'a larger figure'],
  ['language', 'a new language'],
  ['closed', 'the end of a story'],
];

export function RuleFormPane({ rule, checked, onEdit, onYaml }: RuleFormProps): JSX.Element {
  const form = checked?.form ?? null;
  if (checked === null) return <div class="ghost" />;
  if (form === null)
    return (
      <div class="void">
        <h2>No form for this rule</h2>
        <p>
          It has a mistake that only the text shows.{' '}
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
            This query says more than a form can.{' '}
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
      <PendingAlert form={form} checked={checked} onKey={key} onEdit={onEdit} rule={rule} />
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

function PendingAlert({ rule, form, checked, onKey, onEdit }: AlertOptionsProps): JSX.Element {
  const toggled = (list: readonly string[], one: string): string[] =>
    list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
  return (
    <>
      <fieldset>
        <legend>Alerts go to</legend>
        {checked.channels.length === 0 && <p class="s sm">The document has no channel: alerts stay here.</p>}
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
        <legend>and tell of</legend>
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

/** Also used where a rule begins. What is half done, a group without a word, stays here until it says something. */
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
      // Mistake of the author: it is said here, and the document stays.
      setMistake(error.hint === null ? error.message : `${error.message}; ${error.hint}`);
    }
  };
  const setGroup = (at: number, group: FormGroup): void =>
    change({ ...draft, groups: draft.groups.map((one, i) => (i === at ? group : one)) });
  return (
    <>
      {draft.groups.map((group, at) => (
        <fieldset key={at}>
          <legend>{at === 0 ? 'An entry must speak of any of' : 'and of any of'}</legend>
          {at > 0 && <NearField near={group.near} onChange={(near) => setGroup(at, { ...group, near })} />}
          <Words
            label={at === 0 ? 'Words that must be there' : `Words that must be there, group ${at + 1}`}
            words={group.any}
            lists={checked.lists}
            onChange={(any) => setGroup(at, { ...group, any })}
          />
          {draft.groups.length > 1 && (
            <button
              type="button"
              class="b text sm"
              onClick={() => change({ ...draft, groups: draft.groups.filter((_, i) => i !== at) })}
            >
              Remove this group
            </button>
          )}
        </fieldset>
      ))}
      <p>
        <button
          type="button"
          class="b"
          onClick={() => setDraft({ ...draft, groups: [...draft.groups, { any: [], near: 12 }] })}
        >
          Add another group that must be there
        </button>
      </p>
      <FigureField
        figure={draft.figure}
        words={draft.groups.flatMap(({ any }) => any)}
        onChange={(figure) => change({ ...draft, figure })}
      />
      <fieldset>
        <legend>but not of</legend>
        <Words
          label="Words that must not be there"
          words={draft.not}
          lists={checked.lists}
          onChange={(not) => change({ ...draft, not })}
        />
      </fieldset>
      {mistake !== null && (
        <p class="note" role="status">
          <b class="no">Not taken over:</b> {mistake}.
        </p>
      )}
    </>
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
      where{' '}
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
