/** Opens compiled rules: views into the buffer, in well under a millisecond. Nothing is built here. */
import { FOLD_HASH } from '../text/fold-table.ts';
import { readSections, type Sections } from './format.ts';
import { Searcher } from './search.ts';

export { FOLD_HASH } from '../text/fold-table.ts';

/** Compiled rules, ready to match. Opaque to callers. */
export interface Rules {
  readonly sections: Sections;
  readonly searcher: Searcher;
  /** The text with that id; each is cut out once. */
  readonly string: (id: number) => string;
  readonly ruleCount: number;
  readonly leafCount: number;
}

/** Throws RulesFormatError: `stale` when made with another folding table or version, `corrupt` otherwise. */
export function loadRules(binary: Uint8Array): Rules {
  const sections = readSections(binary, FOLD_HASH);
  return {
    sections,
    searcher: new Searcher(sections),
    string: stringReader(sections),
    ruleCount: sections.ruleId.length,
    leafCount: sections.leafName.length,
  };
}

/** @returns ids of the compiled rules, in the order of the document */
export function ruleIds(rules: Rules): string[] {
  return [...rules.sections.ruleId].map(rules.string);
}

function stringReader({ strings, stringAt }: Sections): (id: number) => string {
  const known = new Map<number, string>();
  return (id) => {
    let text = known.get(id);
    if (text === undefined) {
      text = '';
      const end = stringAt[id + 1] ?? 0;
      for (let at = stringAt[id] ?? 0; at < end; at += 4_096) {
        text += String.fromCharCode(...strings.subarray(at, Math.min(end, at + 4_096)));
      }
      known.set(id, text);
    }
    return text;
  };
}
