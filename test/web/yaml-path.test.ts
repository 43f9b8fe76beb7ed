/** Where in a document the cursor is, also while the document is half typed. The place is marked with ‸. */
import { expect, test } from 'vitest';
import { placeAt } from '../../web/editor/yaml-path.ts';

const CASES: readonly (readonly [source: string, path: string, kind: 'key' | 'value'])[] = [
  ['‸', '', 'key'],
  ['version: 1\nfee‸', '', 'key'],
  ['feeds:\n  - ‸', 'feeds.[]', 'key'],
  ['feeds:\n- u‸', 'feeds.[]', 'key'],
  ['feeds:\n  - url: https://a.example\n    la‸', 'feeds.[]', 'key'],
  ['feeds:\n  - { url: x, la‸', 'feeds.[]', 'key'],
  ['feeds:\n  - { url: x, lang: f‸', 'feeds.[].lang', 'value'],
  ['rules:\n  - id: a\n    severity: hi‸', 'rules.[].severity', 'value'],
  ['rules:\n  - id: a\n    notify:\n      t‸', 'rules.[].notify', 'key'],
  ['rules:\n  - id: a\n    notify: { to: [de‸', 'rules.[].notify.to.[]', 'value'],
  ['rules:\n  - id: a\n    notify: { to: [desk], o‸', 'rules.[].notify', 'key'],
  ['rules:\n  - id: a\n    query: |\n      @nk NEAR/8 @so‸', 'rules.[].query', 'key'],
  ['use: [countries, mil‸', 'use.[]', 'value'],
  ['entities:\n  nk:\n    # names\n    langs:\n      en: [North‸', 'entities.nk.langs.en.[]', 'value'],
  ['rules:\n  - id: a\n    tests:\n      match:\n        - "x"\n    qu‸', 'rules.[]', 'key'],
];

test.each(CASES)('%j is at %s, for a %s', (source, path, kind) => {
  const [before = '', after = ''] = source.split('‸');
  const lines = (before + after).split('\n');
  const line = before.split('\n').length - 1;
  const column = before.length - before.lastIndexOf('\n') - 1;
  expect(placeAt((at) => lines[at] ?? '', line, column)).toEqual({
    path: path === '' ? [] : path.split('.'),
    kind,
  });
});
