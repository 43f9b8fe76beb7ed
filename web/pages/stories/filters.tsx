/** Filters of the list. They are stored in the address, so that a link shows the same list. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ListedStory } from '../../../lib/api/stories.ts';
import { useKeys } from '../../state/keys.ts';
import { setQuery } from '../../state/router.ts';
import { useTyped } from '../../state/typed.ts';
import { languageName } from '../../text/format.ts';
import { SEVERITIES } from '../../ui/severity.tsx';

export const FILTERS = ['state', 'severity', 'rule', 'lang', 'text'] as const;
export type FilterName = (typeof FILTERS)[number];
export type Chosen = Readonly<Record<FilterName, string>>;

const STATES: readonly (readonly [value: string, word: string])[] = [
  ['open', 'open'],
  ['acknowledged', 'acknowledged'],
  ['muted', 'muted'],
  ['silent', 'no alert yet'],
  ['closed', 'closed'],
];
/** How long typing pauses before the list is loaded. */
const TYPING_MS = 250;

/** @param query of the address */
export function chosenIn(query: URLSearchParams): Chosen {
  return Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? ''])) as Chosen;
}

export function clearFilters(): void {
  setQuery(Object.fromEntries(FILTERS.map((name) => [name, ''])));
}

interface FiltersProps {
  readonly chosen: Chosen;
  /** Stories without filters: their rules and languages are the choices. */
  readonly known: readonly ListedStory[];
}

export function Filters({ chosen, known }: FiltersProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const set = FILTERS.filter((name) => name !== 'text' && chosen[name] !== '').length;
  const rules = new Map(known.map(({ rule, ruleTitle }) => [rule as string, ruleTitle]));
  const languages = [...new Set(known.flatMap((story) => story.languages as readonly string[]))].sort();
  return (
    <search class={`filters${open ? ' open' : ''}`} aria-label="Filter stories">
      <Choice name="state" label="State" any="Any" chosen={chosen} options={STATES} />
      <Choice
        name="severity"
        label="Severity"
        any="Any"
        chosen={chosen}
        options={[...SEVERITIES].reverse().map((one) => [one, one])}
      />
      <Choice name="rule" label="Rule" any="All" chosen={chosen} options={[...rules]} />
      <Choice
        name="lang"
        label="Language"
        any="Any"
        chosen={chosen}
        options={languages.map((tag) => [tag, languageName(tag)])}
      />
      <Words text={chosen.text} />
      <button type="button" class="b fbtn" aria-expanded={open} onClick={() => setOpen(!open)}>
        Filters ({set})
      </button>
    </search>
  );
}

interface ChoiceProps {
  readonly name: FilterName;
  readonly label: string;
  readonly any: string;
  readonly chosen: Chosen;
  readonly options: readonly (readonly [value: string, word: string])[];
}

function Choice({ name, label, any, chosen, options }: ChoiceProps): JSX.Element {
  const value = chosen[name];
  // A value in the address is offered even if no story has it.
  const all =
    value === '' || options.some(([one]) => one === value) ? options : [...options, [value, value] as const];
  return (
    <label class="choice">
      <span>{label}</span>{' '}
      <select value={value} onChange={(event) => setQuery({ [name]: event.currentTarget.value })}>
        <option value="">{any}</option>
        {all.map(([one, word]) => (
          <option key={one} value={one}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}

function Words({ text }: { readonly text: string }): JSX.Element {
  const [typed, setTyped] = useTyped(text);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = setTimeout(() => setQuery({ text: typed }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, text]);
  useKeys({ '/': () => field.current?.focus(), 'Escape field': () => field.current?.blur() });
  return (
    <label class="grow">
      <span class="vh">Words in a title, publisher or rule</span>
      <input
        ref={field}
        type="search"
        placeholder="Words in a title, publisher or rule, in any language"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <kbd class="wide">/</kbd>
    </label>
  );
}
