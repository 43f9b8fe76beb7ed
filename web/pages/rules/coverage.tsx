/** Terms of each list by language. A gap in what must be there is red: reports are missed. One under NOT: a false alert may pass. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Coverage, CoverageRow } from '../../../lib/match/coverage.ts';
import { count, languageName } from '../../parts/format.ts';

const LANGUAGES = 12;

export function CoverageTable({ coverage }: { readonly coverage: Coverage }): JSX.Element {
  const [all, setAll] = useState(false);
  const { languages, rows } = coverage;
  const shown = all ? languages : languages.slice(0, LANGUAGES);
  return (
    <section class="sec" id="coverage">
      <div class="sechead">
        <h2>Coverage by language</h2>
        <small>
          terms in each list of the query · <b class="no">none</b> where it must be there: reports are missed
          · <b class="wait">none</b> under NOT: a false alert may pass
        </small>
      </div>
      {rows.length === 0 ? (
        <p class="s sm">The query names no list: its own words are all it has.</p>
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

function Cell({ row, lang }: { readonly row: CoverageRow; readonly lang: string }): JSX.Element {
  const terms = row.terms[lang] ?? 0;
  if (terms > 0) return <td>{terms}</td>;
  // Words of no language are meant for all of them.
  if (Object.keys(row.terms).length === 0) return <td class="l">all</td>;
  return <td class={row.excluded ? 'gap wait' : 'gap no'}>none</td>;
}
