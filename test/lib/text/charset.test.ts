/** Bytes → text: one row for each way in which feeds say, or hide, their encoding. */
import { describe, expect, test } from 'vitest';
import { decodeBody } from '../../../lib/text/charset.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...part].map((c) => c.charCodeAt(0)) : part)),
  );
const utf16 = (text: string, bigEndian: boolean) =>
  Uint8Array.from(
    [...text].flatMap((c) => {
      const [low, high] = [c.charCodeAt(0) & 0xff, c.charCodeAt(0) >> 8];
      return bigEndian ? [high, low] : [low, high];
    }),
  );
const utf32 = (text: string, bigEndian: boolean) =>
  Uint8Array.from(
    [...text].flatMap((c) => {
      const code = c.codePointAt(0) ?? 0;
      const little = [code & 0xff, (code >> 8) & 0xff, code >> 16, 0];
      return bigEndian ? little.reverse() : little;
    }),
  );

interface Row {
  readonly name: string;
  readonly body: Uint8Array;
  readonly contentType?: string;
  readonly text: string;
  readonly encoding: string;
  readonly problem?: string;
}

const CYRILLIC = 'Совет гавани говорит, что паром вернулся';
const koi8 = [
  0xf3, 0xcf, 0xd7, 0xc5, 0xd4, 0x20, 0xc7, 0xc1, 0xd7, 0xc1, 0xce, 0xc9, 0x20, 0xc7, 0xcf, 0xd7, 0xcf, 0xd2,
  0xc9, 0xd4,
];

const ROWS: Row[] = [
  { name: 'no label, ASCII', body: utf8('<rss/>'), text: '<rss/>', encoding: 'utf-8' },
  { name: 'no label, multi-byte', body: utf8('<a>é</a>'), text: '<a>é</a>', encoding: 'utf-8' },
  {
    name: 'UTF-8 BOM before any label',
    body: bytes([0xef, 0xbb, 0xbf], '<a/>'),
    contentType: 'text/xml; charset=koi8-r',
    text: '<a/>',
    encoding: 'utf-8',
    problem: 'wrong-charset',
  },
  {
    name: 'UTF-16LE by BOM',
    body: bytes([0xff, 0xfe], [...utf16('<a>é', false)]),
    text: '<a>é',
    encoding: 'utf-16le',
  },
  {
    name: 'UTF-16BE by BOM',
    body: bytes([0xfe, 0xff], [...utf16('<a>é', true)]),
    text: '<a>é',
    encoding: 'utf-16be',
  },
  {
    name: 'UTF-16LE by its zeros',
    body: utf16('<?xml?><a>é', false),
    text: '<?xml?><a>é',
    encoding: 'utf-16le',
  },
  {
    name: 'UTF-16BE by its zeros',
    body: utf16('<?xml?><a>é', true),
    text: '<?xml?><a>é',
    encoding: 'utf-16be',
  },
  { name: 'UTF-32LE by its zeros', body: utf32('<a>é😀', false), text: '<a>é😀', encoding: 'utf-32le' },
  { name: 'UTF-32BE with BOM', body: utf32('\ufeff<a>é😀', true), text: '<a>é😀', encoding: 'utf-32be' },
  {
    name: 'charset of the header',
    body: bytes('<a>', [0xe9], '</a>'),
    contentType: 'text/xml; charset="ISO-8859-1"',
    text: '<a>é</a>',
    encoding: 'windows-1252',
  },
  {
    name: 'header before declaration',
    body: bytes('<?xml version="1.0" encoding="koi8-r"?><a>', [0xe9]),
    contentType: 'text/xml;charset=windows-1251',
    text: '<?xml version="1.0" encoding="koi8-r"?><a>й',
    encoding: 'windows-1251',
  },
  {
    name: 'declaration in single quotes',
    body: bytes("<?xml version='1.0' encoding='koi8-r'?>", [0xc1]),
    text: "<?xml version='1.0' encoding='koi8-r'?>а",
    encoding: 'koi8-r',
  },
  {
    name: 'declared UTF-16, is UTF-8',
    body: utf8('<?xml encoding="utf-16"?>é'),
    text: '<?xml encoding="utf-16"?>é',
    encoding: 'utf-8',
  },
  {
    name: 'says Latin-1, is UTF-8',
    body: utf8('<?xml encoding="iso-8859-1"?>é'),
    text: '<?xml encoding="iso-8859-1"?>é',
    encoding: 'utf-8',
    problem: 'wrong-charset',
  },
  {
    name: 'says UTF-8, is Latin-1',
    body: bytes('<?xml encoding="utf-8"?>caf', [0xe9]),
    text: '<?xml encoding="utf-8"?>café',
    encoding: 'windows-1252',
    problem: 'wrong-charset',
  },
  {
    name: 'one bad byte among good ones',
    body: bytes([...utf8('éééééé')], [0xff], [...utf8('éé')]),
    text: 'éééééé\ufffdéé',
    encoding: 'utf-8',
    problem: 'bad-bytes',
  },
  { name: 'an honest U+FFFD', body: utf8('a\ufffdé'), text: 'a\ufffdé', encoding: 'utf-8' },
  {
    name: 'a label nobody knows',
    body: utf8('<a/>'),
    contentType: 'text/xml; charset=klingon',
    text: '<a/>',
    encoding: 'utf-8',
    problem: 'unknown-charset',
  },
  {
    name: 'an alias outside WHATWG',
    body: bytes([0xe9]),
    contentType: 'text/xml; charset=win-1251',
    text: 'й',
    encoding: 'windows-1251',
  },
  {
    name: 'ISO-2022-JP is seven-bit',
    body: bytes('<?xml encoding="iso-2022-jp"?>', [0x1b, 0x24, 0x42, 0x24, 0x22, 0x1b, 0x28, 0x42]),
    text: '<?xml encoding="iso-2022-jp"?>あ',
    encoding: 'iso-2022-jp',
  },
  {
    name: 'no label, KOI8-R',
    body: bytes('<t>', koi8, '</t>'),
    text: '<t>Совет гавани говорит</t>',
    encoding: 'koi8-r',
    problem: 'wrong-charset',
  },
  {
    name: 'no label, Shift_JIS',
    body: bytes([0x83, 0x74, 0x83, 0x46, 0x83, 0x8a, 0x81, 0x5b, 0x82, 0xcd, 0x96, 0xdf, 0x82, 0xe9]),
    text: 'フェリーは戻る',
    encoding: 'shift_jis',
    problem: 'wrong-charset',
  },
  { name: 'empty', body: new Uint8Array(), text: '', encoding: 'utf-8' },
];

describe('decodeBody', () => {
  test.each(ROWS)('$name', ({ body, contentType = null, text, encoding, problem }) => {
    const decoded = decodeBody(body, contentType);
    expect(decoded.text).toBe(text);
    expect(decoded.encoding).toBe(encoding);
    expect(decoded.problems.map(({ code }) => code)).toEqual(problem === undefined ? [] : [problem]);
  });

  test('text in UTF-8 survives any single-byte label', () => {
    for (const label of ['iso-8859-1', 'windows-1251', 'koi8-r', 'us-ascii']) {
      expect(decodeBody(utf8(CYRILLIC), `text/xml; charset=${label}`).text).toBe(CYRILLIC);
    }
  });
});
