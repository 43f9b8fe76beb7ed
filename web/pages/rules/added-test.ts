/** `?test=match&entry=…` in the address: adds the entry to the draft as a test of the rule. */
import { useEffect, useState } from 'preact/hooks';
import { trace } from '../../api/calls.ts';
import type { Edit } from '../../archive-worker/protocol.ts';
import type { Written } from '../../state/document.ts';
import { reasonOf } from '../../text/reason.ts';

export interface AddedTest {
  readonly expected: 'match' | 'no_match';
  /** Why the test was not added; null: it was added. */
  readonly why: string | null;
}

/** @returns null: the address asks for no test */
export function useAddedTest(
  query: URLSearchParams,
  rule: string | null,
  { text }: Written,
  change: (edit: Edit) => void,
): AddedTest | null {
  const [added, setAdded] = useState<AddedTest | null>(null);
  const expected = query.get('test');
  const entry = query.get('entry');
  useEffect(() => {
    if (rule === null || entry === null || (expected !== 'match' && expected !== 'no_match')) return;
    trace(entry).then(
      ({ entry: { title, summary, content, lang } }) => {
        const body = summary === '' ? content : summary;
        // Opening the address again does not add the test twice.
        const known = text.includes(title) && text.includes(body.slice(0, 60));
        if (!known) change({ kind: 'test', rule, side: expected, test: { title, summary: body, lang } });
        setAdded({ expected, why: null });
      },
      (error: Error) => setAdded({ expected, why: reasonOf(error) }),
    );
  }, [expected, entry, rule === null]);
  return added;
}
