/** Words and lists of a rule, each with a button to remove it, and a field to add more. */
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { typedWords, wordOfText } from '../../../../lib/rule/form.ts';
import type { Checked } from '../../../archive-worker/protocol.ts';

interface WordsProps {
  readonly label: string;
  /** As written in the rule language. */
  readonly words: readonly string[];
  readonly lists: Checked['lists'];
  readonly onChange: (words: readonly string[]) => void;
}

export function Words({ label, words, lists, onChange }: WordsProps): JSX.Element {
  const id = useId();
  const [typed, setTyped] = useState('');
  const titles = new Map(lists.map((list) => [`@${list.id}`, list]));
  const add = (text: string): void => {
    // The title of a list, such as North Korea, stands for the list.
    const named = (name: string) => lists.find(({ title }) => title.toLowerCase() === name.toLowerCase());
    const said = text.trim();
    const parts = named(said) === undefined ? typedWords(said) : [said];
    if (parts.length === 0) return;
    const added = parts.map((part) => {
      const list = named(part);
      return list === undefined ? wordOfText(part) : `@${list.id}`;
    });
    setTyped('');
    if (added.some((word) => !words.includes(word))) onChange([...new Set([...words, ...added])]);
  };
  return (
    <div class="words">
      <ul>
        {words.map((word) => (
          <li key={word}>
            <button
              type="button"
              class="b chip"
              aria-label={`Remove ${word}`}
              onClick={() => onChange(words.filter((one) => one !== word))}
            >
              <bdi>{word}</bdi>
              {titles.has(word) && <span class="s xs"> {titles.get(word)?.title}</span>}{' '}
              <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
      </ul>
      <span class="addword">
        <input
          type="text"
          aria-label={label}
          list={id}
          value={typed}
          placeholder="North Korea, troop*1, “special forces”"
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add(typed);
          }}
        />
        <datalist id={id}>
          {lists.map((list) => (
            <option key={list.id} value={`@${list.id}`}>
              {list.title}
            </option>
          ))}
        </datalist>
        <button type="button" class="b" onClick={() => add(typed)}>
          Add
        </button>
      </span>
    </div>
  );
}
