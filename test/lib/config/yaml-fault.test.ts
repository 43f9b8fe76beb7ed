/** Mistakes in YAML: one problem each, at the place to correct, in words of the document and not of a parser. */
import { expect, test } from 'vitest';
import { readConfig } from '../../../lib/config/document/config.ts';

const HEAD = 'version: 1\nfeeds: [{ url: "https://example.org/rss" }]\n';
const rule = (line: string): string => `${HEAD}rules:\n  - id: r\n    ${line}\n    notify: { to: [log] }\n`;

test.each([
  // The document after the head; what the problem underlines begins with; the message; a part of the hint.
  ['[ not closed', rule('severity: [high'), '[high', /^the bracket \[ .* is not closed$/u, 'add ]'],
  ['{ not closed', rule('where: { lang: [fr]'), '{ lang', /^the bracket \{ .* is not closed$/u, 'add }'],
  ['[ not closed at the end', `${HEAD}rules: [`, '[', /^the bracket \[ /u, 'add ]'],
  ['the inner of two brackets', `${HEAD}rules: [{ id: r, tests: [a }]`, '[a', /^the bracket \[ /u, 'add ]'],
  [
    'a bracket in quotes or comments is none',
    rule('where: { lang: "]" # }'),
    '{ lang',
    /^the bracket \{/u,
    'add }',
  ],
  ['" not closed', rule('query: "storm'), '"storm', /^the quote " .* is not closed$/u, 'add "'],
  ["' not closed", rule("query: 'it''s"), "'it''s", /^the quote ' .* is not closed$/u, "add '"],
  ['text after a quote', rule('query: "a b" OR c'), 'OR c', /has already ended/u, 'single quotes'],
  ['a tab', `${HEAD}rules:\n\t- id: r\n`, '\t- id', /a tab is used/u, 'spaces'],
  ['": " in a value', rule('title: War: day 2'), 'War', /a second key begins/u, 'quotes'],
  ['a deeper key', rule('query: storm\n      title: T'), 'storm', /a second key begins/u, 'indent it'],
  ['a key further left', `${HEAD}rules:\n  - id: r\n   query: x\n`, 'query', /not indented/u, 'same number'],
  ['a list on the line of its key', rule('tests: - x'), '- x', /begins on the line of its key/u, 'next line'],
  ['no colon', rule('query storm'), 'query storm', /^a ":" is missing on this line$/u, 'key: value'],
  ['a backslash in double quotes', rule('query: "\\q"'), '\\q', /backslash/u, 'single quotes'],
  ['%', rule('query: %x'), '%x', /^a value that begins with % needs quotes$/u, 'quote'],
  ['a second document', `${rule('query: x')}---\nversion: 1\n`, '---', /^a second document/u, 'remove'],
])('%s', (_name, source, at, message, hint) => {
  const { config, problems } = readConfig(source, { hasVariable: null });
  expect(config).toBeNull();
  expect(problems.map(({ code }) => code)).toEqual(['E_YAML']);
  const [problem] = problems;
  expect(problem?.message).toMatch(message);
  expect(problem?.hint).toContain(hint);
  expect(source.slice(problem?.offset, (problem?.offset ?? 0) + at.length)).toBe(at);
});
