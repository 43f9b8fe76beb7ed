/** The bar above the document: choice of the rule, YAML or form, and buttons to discard and save. */
import type { JSX } from 'preact';
import type { RuleOutline } from '../../archive-worker/protocol.ts';

interface BarProps {
  readonly rules: readonly RuleOutline[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
  readonly shown: 'yaml' | 'form';
  readonly onShow: (shown: 'yaml' | 'form') => void;
  readonly dirty: boolean;
  readonly saving: boolean;
  /** Why it cannot be saved, as a sentence without its full stop; null: it can be saved. */
  readonly blocker: string | null;
  readonly onNew: () => void;
  readonly onDiscard: () => void;
  readonly onSave: () => void;
}

export function Bar(props: BarProps): JSX.Element {
  const { rules, chosen, shown, saving, blocker } = props;
  const off = blocker !== null || saving;
  return (
    <>
      <div class="bar">
        <label>
          <span class="vh">Rule</span>
          <select value={chosen ?? ''} onChange={(event) => props.onChoose(event.currentTarget.value)}>
            {rules.every(({ id }) => id !== chosen) && (
              <option value={chosen ?? ''}>{chosen ?? 'no rule'}</option>
            )}
            {rules.map((rule) => (
              <option key={rule.id} value={rule.id}>
                {rule.id}
                {rule.testMode ? ' · test mode' : rule.hasChannel ? '' : ' · no channel'}
              </option>
            ))}
          </select>
        </label>
        <fieldset class="seg" aria-label="Shown as">
          {(['yaml', 'form'] as const).map((one) => (
            <button type="button" key={one} aria-pressed={shown === one} onClick={() => props.onShow(one)}>
              {one === 'yaml' ? 'YAML' : 'Form'}
            </button>
          ))}
        </fieldset>
        <button type="button" class="b" onClick={props.onNew}>
          New rule…
        </button>
        <span class="acts end">
          {props.dirty && (
            <button type="button" class="b" disabled={saving} onClick={props.onDiscard}>
              Discard
            </button>
          )}
          <button
            type="button"
            class={off ? 'b' : 'b main'}
            aria-disabled={off}
            aria-describedby="why-not-saved"
            onClick={props.onSave}
          >
            {saving ? 'Saving…' : 'Save'} <kbd>Ctrl S</kbd>
          </button>
        </span>
      </div>
      <p class="xs s whynot" id="why-not-saved">
        {blocker === null
          ? props.dirty
            ? 'Unsaved changes: not active until you save.'
            : ''
          : `${blocker}.`}
      </p>
    </>
  );
}
