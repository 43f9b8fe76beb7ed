/** Opens compiled rules as views into the buffer, in well under a millisecond. Builds nothing. */
import { FOLD_HASH } from '../../text/fold-table.ts';
import { readSections, type Sections } from '../format.ts';
import { loadRegexEngine } from '../search/regex-engine.ts';
import { RegexSearcher } from '../search/regex-search.ts';
import { Searcher } from '../search/search.ts';

export { FOLD_HASH } from '../../text/fold-table.ts';

/** Compiled rules, ready to match. Opaque to callers outside lib/match. */
export interface Rules {
  readonly sections: Sections;
  readonly searcher: Searcher;
  /** null: no rule has a re:"…". */
  readonly regexes: RegexSearcher | null;
  /** The text with that number; decoded once. */
  readonly string: (id: number) => string;
  readonly ruleCount: number;
  readonly leafCount: number;
}

/**
 * Rules with a re:"…" need the regular expression engine: use `openRules`, which loads it.
 *
 * @throws RulesFormatError `stale` for another folding table or version, `corrupt` otherwise
 */
export function loadRules(binary: Uint8Array): Rules {
  return rulesOf(readSections(binary, FOLD_HASH));
}

/** Like `loadRules`; first loads the regular expression engine if a rule needs it. */
export async function openRules(binary: Uint8Array): Promise<Rules> {
  const sections = readSections(binary, FOLD_HASH);
  if (sections.regexText.length > 0) await loadRegexEngine();
  return rulesOf(sections);
}

/** Whether this code can run the rules; false also for bytes that are not rules. */
export function areCurrent(binary: Uint8Array): boolean {
  try {
    readSections(binary, FOLD_HASH);
    return true;
  } catch {
    // A RulesFormatError: stale or corrupt.
    return false;
  }
}

/** The string reader is shared by all parts. */
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

/** @returns ids of the rules in document order */
export function ruleIds(rules: Rules): string[] {
  return [...rules.sections.ruleId].map(rules.string);
}

/** Decodes texts in pieces, because String.fromCharCode takes a limited number of arguments. */
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
