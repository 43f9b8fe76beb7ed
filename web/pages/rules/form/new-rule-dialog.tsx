/** Adds a rule with a title and words, in test mode. The form that opens then has all other settings. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { NewRule } from '../../../../lib/config/edit/edit.ts';
import type { QueryForm } from '../../../../lib/rule/form.ts';
import type { Checked } from '../../../archive-worker/protocol.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { QueryFields } from './form.tsx';

interface NewRuleDialogProps {
  readonly checked: Checked | null;
  readonly onAdd: (rule: NewRule) => void;
  readonly onClose: () => void;
}

const EMPTY: QueryForm = { groups: [{ any: [], near: null }], not: [], figure: null };

export function NewRuleDialog({ checked, onAdd, onClose }: NewRuleDialogProps): JSX.Element {
  const [title, setTitle] = useState('');
  const [query, setQuery] = useState('');
  const id = idOf(title);
  const taken = checked?.rules.some((rule) => rule.id === id) ?? false;
  const why =
    title.trim() === ''
      ? 'Enter a title.'
      : id === ''
        ? 'The title must contain a letter from a to z or a digit: the rule’s id is made from it.'
        : taken
          ? `A rule with the id ${id} already exists.`
          : query === ''
            ? 'Enter at least one word.'
            : null;
  const submit = (event: Event): void => {
    event.preventDefault();
    if (why !== null) return;
    const channels = checked?.channels.slice(0, 1) ?? [];
    onAdd({
      id,
      title: title.trim(),
      severity: 'high',
      query,
      channels,
      on: ['first', 'confirmed'],
      testMode: true,
    });
  };
  return (
    <Dialog title="New rule" onClose={onClose}>
      <form class="ruleform" onSubmit={submit}>
        <label>
          Title, as alerts show it
          <input
            type="text"
            value={title}
            maxLength={200}
            onInput={(event) => setTitle(event.currentTarget.value)}
          />
        </label>
        <QueryFields rule="" form={EMPTY} checked={{ lists: checked?.lists ?? [] }} onQuery={setQuery} />
        {query !== '' && (
          <p class="sm">
            As a query: <code>{query}</code>
          </p>
        )}
        <p class="s sm">
          The rule starts in test mode: matches are recorded, nothing is sent until you switch it on.
        </p>
        <p class="acts">
          <button
            type="submit"
            class={why === null ? 'b main' : 'b'}
            aria-disabled={why !== null}
            aria-describedby="why-no-rule"
          >
            Add rule
          </button>
          <button type="button" class="b" onClick={onClose}>
            Cancel <kbd>Esc</kbd>
          </button>
        </p>
        <p class="xs s" id="why-no-rule">
          {why}
        </p>
      </form>
    </Dialog>
  );
}

/** `North Korea sends troops` → `north-korea-sends-troops` */
function idOf(title: string): string {
  return title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '')
    .slice(0, 60);
}
