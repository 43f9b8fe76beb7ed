/** Templates: what they say, what they refuse, and what never happens in them. */

import { describe, expect, test } from 'vitest';
import { parseTemplate, renderTemplate, TemplateError } from '../../../lib/text/template.ts';
import fc from '../../property.ts';

const render = (source: string, view: object, contentType = 'text/plain') =>
  renderTemplate(parseTemplate(source, contentType), view as Record<string, unknown>);

const CASES: [name: string, source: string, view: object, out: string, contentType?: string][] = [
  ['a value', 'a {{x}} b', { x: 'y' }, 'a y b'],
  ['blanks in a tag', '{{ x }}{{ x | url }}', { x: 'a b' }, 'a ba%20b'],
  ['a path', '{{a.b.0.c}}', { a: { b: [{ c: 1 }] } }, '1'],
  ['what is not there', '[{{x}}{{a.b.c}}]', { a: 1 }, '[]'],
  ['a list', '{{#xs}}{{n}}{{^last}}, {{/last}}{{/xs}}', { xs: [{ n: 1 }, { n: 2 }] }, '1, 2'],
  ['a list of texts', '{{#xs}}<{{.}}>{{/xs}}', { xs: ['a', 'b'] }, '<a><b>'],
  ['an outer name within a list', '{{#xs}}{{o}}{{.}}{{/xs}}', { o: 'o', xs: [1] }, 'o1'],
  ['an inner name first', '{{#xs}}{{n}}{{/xs}}', { n: 'outer', xs: [{ n: 'inner' }] }, 'inner'],
  ['an empty list', '{{#xs}}x{{/xs}}{{^xs}}none{{/xs}}', { xs: [] }, 'none'],
  ['a value as a condition', '{{#x}}yes{{/x}}{{^x}}no{{/x}}', { x: 'a' }, 'yes'],
  [
    'JSON: within quotes',
    '{"t":"{{x}}"}',
    { x: 'a"\\\n\u2028' },
    '{"t":"a\\"\\\\\\n\u2028"}',
    'application/json',
  ],
  [
    'JSON: a whole value',
    '{"t":{{x|json}},"u":{{nothing|json}}}',
    { x: ['a', 1] },
    '{"t":["a",1],"u":null}',
    'application/json',
  ],
  ['JSON: }} of the document', '{"a":{"b":"{{x}}"}}', { x: 1 }, '{"a":{"b":"1"}}', 'application/json'],
  ['a form', 'a={{x}}&b=1', { x: 'ü&b=2' }, 'a=%C3%BC%26b%3D2&b=1', 'application/x-www-form-urlencoded'],
  ['HTML', '<p>{{x}}</p>', { x: '<b>"' }, '<p>&#60;b&#62;&#34;</p>', 'text/html'],
  ['text: controls go', '{{x}}', { x: 'a\u0000\u001b[0mb\nc' }, 'a[0mb\nc'],
  ['a list as a value', '{{xs}}', { xs: ['a', 'b'] }, 'a, b'],
  ['a tag in a value is text', '{{x}}', { x: '{{y}}', y: 'no' }, '{{y}}'],
  [
    'names of the language’s own',
    '[{{constructor}}{{__proto__}}{{toString}}{{x.constructor.name}}{{x.length}}]',
    { x: 'a' },
    '[]',
  ],
];

test.each(CASES)('%s', (_, source, view, out, contentType = 'text/plain') => {
  expect(render(source, view, contentType)).toBe(out);
});

const FAULTS: [source: string, from: number, to: number, message: RegExp][] = [
  ['ab {{x', 3, 5, /no closing/u],
  ['{{}}', 0, 4, /not a valid name/u],
  ['{{a b}}', 0, 7, /not a valid name/u],
  ['a{{x|y}}', 1, 8, /not a known filter/u],
  ['{{#a}}{{/b}}', 6, 12, /not open/u],
  ['{{/a}}', 0, 6, /not open/u],
  ['x{{#a}}', 1, 7, /not closed/u],
  ['{{#a}}'.repeat(9), 48, 54, /nested deeper/u],
  ['{{>partial}}', 0, 12, /not a valid name/u],
];

test.each(FAULTS)('%j is refused at its place', (source, from, to, message) => {
  try {
    parseTemplate(source, 'text/plain');
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(TemplateError);
    expect(error).toMatchObject({ from, to, message: expect.stringMatching(message) });
  }
});

describe('limits', () => {
  test('a template that multiplies itself ends', () => {
    const nested = `${'{{#x}}'.repeat(8)}y${'{{/x}}'.repeat(8)}`;
    expect(() => render(nested, { x: Array.from({ length: 100 }, () => 1) })).toThrow(TemplateError);
  });
  test('any text in any value keeps JSON whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const out = render('{"a":"{{a}}","b":[{{b|json}}]}', { a, b }, 'application/json');
        expect(JSON.parse(out)).toEqual({ a: a.toWellFormed(), b: [b] });
      }),
    );
  });
  test('any source either parses or is refused', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('{{', '}}', '#', '/', '^', 'a', '.', '|', 'json', ' '), { maxLength: 30 }),
        (parts) => {
          try {
            render(parts.join(''), { a: [1, 2] });
          } catch (error) {
            expect(error).toBeInstanceOf(TemplateError);
          }
        },
      ),
    );
  });
});
