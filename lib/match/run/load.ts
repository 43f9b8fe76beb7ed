/** Opens compiled rules: views into the buffer, in well under a millisecond. Nothing is built here. */
import { FOLD_HASH } from '../../text/fold-table.ts';
import { readSections, type Sections } from '../format.ts';
import { loadRegexEngine } from '../search/regex-engine.ts';
import { RegexSearcher } from '../search/regex-search.ts';
import { Searcher } from '../search/search.ts';

export { FOLD_HASH } from '../../text/fold-table.ts';

/** Compiled rules, ready to match. Opaque to callers. */
export interface Rules {
  readonly sections: Sections;
  readonly searcher: Searcher;
  /** null where no rule has a re:"…". */
  readonly regexes: RegexSearcher | null;
  /** The text with that id; each is cut out once. */
  readonly string: (id: number) => string;
  readonly ruleCount: number;
  readonly leafCount: number;
}

/**
 * Throws RulesFormatError: `stale` when made with another folding table or version, `corrupt` otherwise.
 * Rules with a re:"…" need its engine: `openRules` sees to it.
 */
export function loadRules(binary: Uint8Array): Rules {
  return rulesOf(readSections(binary, FOLD_HASH));
}

/** The same; loads the engine of re:"…" first where a rule has one. */
export async function openRules(binary: Uint8Array): Promise<Rules> {
  const sections = readSections(binary, FOLD_HASH);
  if (sections.regexText.length > 0) await loadRegexEngine();
  return rulesOf(sections);
}

/** Whether this code can run them; false also for bytes that are no rules. */
export function areCurrent(binary: Uint8Array): boolean {
  try {
    readSections(binary, FOLD_HASH);
    return true;
  } catch {
    // Outcome: RulesFormatError, which says that they are stale or corrupt.
    return false;
  }
}

function rulesOf(sections: Sections): Rules {
  const string = stringReader(sections);
  return {
    sections,
    searcher: new Searcher(sections),
    regexes: sections.regexText.length > 0 ? new RegexSearcher(sections, string) : null,
    string,
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
