/** Terms of each list by language. A gap in a required list means missed reports, a gap under NOT possible false alerts. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Coverage, CoverageRow } from '../../../lib/match/lint/coverage.ts';
import { prefs, readLanguages } from '../../state/prefs.ts';
import { useStore } from '../../state/store.ts';
import { count, languageName } from '../../text/format.ts';

const LANGUAGES = 12;

export function CoverageTable({ coverage }: { readonly coverage: Coverage }): JSX.Element {
  const [all, setAll] = useState(false);
  const { rows } = coverage;
  const reads = readLanguages(useStore(prefs));
  const languages = inOrder(coverage, reads);
  const shown = all ? languages : languages.slice(0, LANGUAGES);
  return (
    <section class="sec" id="coverage">
      <div class="sechead">
        <h2>Coverage by language</h2>
        {rows.length > 0 && (
          <small>
            terms in each list of the query · <b class="no">none</b> in a required list: reports in this
            language are missed · <b class="wait">none</b> under NOT: false alerts are possible
          </small>
        )}
      </div>
      {rows.length === 0 ? (
        <p class="s sm">Only your own words are searched; no word lists in other languages are used.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        <section class="scroll" aria-label="Coverage by language, table" tabIndex={0}>
          <table class="cov">
            <thead>
              <tr>
                <th scope="col">list</th>
                {shown.map((lang) => (
                  <th scope="col" key={lang}>
                    <abbr title={languageName(lang)}>{lang}</abbr>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.list}>
                  <th scope="row">
                    {row.excluded && <span class="l">NOT </span>}@{row.list}
                  </th>
                  {shown.map((lang) => (
                    <Cell key={lang} row={row} lang={lang} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {languages.length > LANGUAGES && (
        <button type="button" class="b text sm" onClick={() => setAll(!all)}>
          {all ? 'Show fewer languages' : `Show ${count(languages.length - LANGUAGES, 'more language')}`}
        </button>
      )}
    </section>
  );
}

/** The reader's languages, then languages with a gap in a required list, then the others. */
function inOrder({ languages, rows }: Coverage, reads: readonly string[]): readonly string[] {
  const rank = (lang: string): number => {
    if (reads.includes(lang)) return 0;
    return rows.some((row) => !row.excluded && hasGap(row, lang)) ? 1 : 2;
  };
  return languages.toSorted((a, b) => rank(a) - rank(b));
}

/** A list with terms, but none in this language. Terms without a language count for every language. */
function hasGap({ terms }: CoverageRow, lang: string): boolean {
  return terms[lang] === undefined && Object.keys(terms).length > 0;
}

function Cell({ row, lang }: { readonly row: CoverageRow; readonly lang: string }): JSX.Element {
  const terms = row.terms[lang] ?? 0;
  if (terms > 0) return <td>{terms}</td>;
  if (!hasGap(row, lang)) return <td class="l">all</td>;
  return <td class={row.excluded ? 'gap wait' : 'gap no'}>none</td>;
}
