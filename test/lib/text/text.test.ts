/** References, markup, addresses, hashes: rows and properties. */

import { describe, expect, test } from 'vitest';
import { decodeHtml, decodeHtmlAttribute, decodeXml } from '../../../lib/text/entities.ts';
import { hash53, hashBytes } from '../../../lib/text/hash.ts';
import { escapeHtml, htmlToText, lineToText } from '../../../lib/text/html-text.ts';
import { canonicalUrl, resolveUrl } from '../../../lib/text/url.ts';
import fc from '../../property.ts';

describe('decodeXml', () => {
  test.each([
    ['plain', 'plain'],
    ['&lt;b&gt; &amp; &quot;&apos;', '<b> & "\''],
    ['&amp;lt;', '&lt;'],
    ['&#65;&#x42;&#X43;', 'ABC'],
    ['&eacute;&nbsp;&CounterClockwiseContourIntegral;&NotEqualTilde;', 'é\u00a0∳≂̸'],
    ['a=1&copy=3', 'a=1&copy=3'],
    ['AT&T; & co', 'AT&T; & co'],
    ['&#0;&#xD800;&#1114112;', '\ufffd\ufffd\ufffd'],
    ['&#146;&#128;', '’€'],
    ['&#12a; &#; &;', '&#12a; &#; &;'],
    ['&& &lt', '&& &lt'],
  ])('%j → %j', (text, decoded) => expect(decodeXml(text)).toBe(decoded));
});

describe('decodeHtml', () => {
  test.each([
    ['&copy 2026 &copy;', '© 2026 ©'],
    ['&eacutet&eacute', 'été'],
    ['&notit; &notin;', '¬it; ∉'],
    ['&#8217s &#x2019s', '’s ’s'],
    ['&hellip &nosuch;', '&hellip &nosuch;'],
  ])('%j → %j', (text, decoded) => expect(decodeHtml(text)).toBe(decoded));

  test.each([
    ['/?a=1&copy=3&amp;b', '/?a=1&copy=3&b'],
    ['/?a&copy', '/?a©'],
    ['/?a&copyb=2&lt;', '/?a&copyb=2<'],
  ])('in an attribute %j → %j', (text, decoded) => expect(decodeHtmlAttribute(text)).toBe(decoded));
});

describe('htmlToText', () => {
  test.each([
    ['no markup', 'no markup'],
    ['  two \n\t spaces\u00a0here ', 'two spaces here'],
    ['a <b>b</b> c', 'a b c'],
    ['wo<b>r</b>d', 'word'],
    ['<p>one</p><p>two</p>', 'one two'],
    ['one<br>two<br/>three', 'one two three'],
    ['<xhtml:p>a</xhtml:p><xhtml:b>b</xhtml:b>', 'a b'],
    ['a<script>if (1<2) x("</p>")</script>b<style>p{}</style>c', 'a b c'],
    ['<!-- no <b>way</b> -->a', 'a'],
    ['<!-- open', '<!-- open'],
    ['1 < 2 & 3 > 2', '1 < 2 & 3 > 2'],
    ['a <sean@example.org> b', 'a <sean@example.org> b'],
    ['<a title="a > b" href=x>link</a>', 'link'],
    ['<a title="open>text', 'text'],
    ['&lt;b&gt; stays', '<b> stays'],
    ['&amp;lt;', '&lt;'],
    ['cut <a href="x', 'cut'],
    ['<script>never closed', 'never closed'],
    ['don\u0092t', 'don’t'],
  ])('%j → %j', (html, text) => expect(htmlToText(html)).toBe(text));

  test.each([
    ['<b>bold</b> &amp; plain', 'bold & plain'],
    ['how to use <canvas>', 'how to use <canvas>'],
    ['profit <Q3> &amp; up', 'profit <Q3> & up'],
  ])('a title %j → %j', (title, text) => expect(lineToText(title)).toBe(text));

  test('reads back any escaped text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const tidy = htmlToText(escapeHtml(text));
        expect(tidy).toBe(text.replace(/\s+/g, ' ').trim());
      }),
    );
  });
});

describe('resolveUrl', () => {
  test.each([
    ['https://a.example/x?y#z', null, 'https://a.example/x?y#z'],
    ['http://a.example', null, 'http://a.example'],
    [' https://a.example/ ', null, 'https://a.example/'],
    ['/x', 'https://a.example/y/z', 'https://a.example/x'],
    ['x', 'https://a.example/y/z', 'https://a.example/y/x'],
    ['//b.example/x', 'http://a.example/', 'http://b.example/x'],
    ['//b.example/x', null, 'https://b.example/x'],
    ['https://a.example/a b', null, 'https://a.example/a%20b'],
    ['https://a.exa\nmple/x', null, 'https://a.example/x'],
    ['https://a.example/../x', null, 'https://a.example/x'],
    ['https://müller.example/', null, 'https://xn--mller-kva.example/'],
    ['javascript:alert(1)', 'https://a.example/', null],
    ['java\tscript:alert(1)', 'https://a.example/', null],
    ['data:text/html,x', null, null],
    ['mailto:a@b.example', 'https://a.example/', null],
    ['x', null, null],
    ['', 'https://a.example/', null],
    ['https://', null, null],
  ])('%j from %j → %j', (href, base, url) => expect(resolveUrl(href, base)).toBe(url));
});

describe('canonicalUrl', () => {
  test.each([
    ['http://A.example:80/x', 'a.example/x'],
    ['https://a.example:443/x', 'a.example/x'],
    ['https://a.example:8443/x', 'a.example:8443/x'],
    ['https://a.example/', 'a.example'],
    ['https://a.example', 'a.example'],
    ['https://a.example/x/', 'a.example/x/'],
    ['https://a.example/?b=2&utm_source=rss&a=1&fbclid=q', 'a.example?b=2&a=1'],
    ['https://a.example/x?UTM_Medium=m', 'a.example/x'],
    ['https://a.example/x#y', 'a.example/x'],
    ['https://a.example/X?A=b', 'a.example/X?A=b'],
    ['no address', 'no address'],
  ])('%j → %j', (url, key) => expect(canonicalUrl(url, false)).toBe(key));

  test('a fragment stays where it tells entries apart', () => {
    expect(canonicalUrl('https://a.example/live?utm_term=x#block-7', true)).toBe('a.example/live#block-7');
  });
});

describe('hash53', () => {
  test('is an integer of 53 bits, the same for a part and for its copy', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, text, after) => {
        const hash = hash53(before + text + after, before.length, before.length + text.length);
        expect(hash).toBe(hash53(text));
        expect(Number.isSafeInteger(hash) && hash >= 0).toBe(true);
      }),
    );
  });

  test('of bytes is the same wherever they lie, another when any bit of any byte is', () => {
    const bytes = new TextEncoder().encode(
      '北の港でフェリーがまた動く、市議会が発表した。 The ferry is back.',
    );
    const hash = hashBytes(new DataView(bytes.buffer), 0, bytes.length);
    const shifted = new Uint8Array([1, ...bytes, 2]);
    expect(hashBytes(new DataView(shifted.buffer), 1, bytes.length + 1)).toBe(hash);
    let flipped = 0;
    for (let i = 0; i < bytes.length * 8; i++) {
      const changed = Uint8Array.from(bytes);
      changed[i >> 3] = (changed[i >> 3] ?? 0) ^ (1 << (i & 7));
      const other = hashBytes(new DataView(changed.buffer), 0, bytes.length);
      expect(other).not.toBe(hash);
      for (let bits = BigInt(hash) ^ BigInt(other); bits > 0n; bits >>= 1n) flipped += Number(bits & 1n);
    }
    expect(flipped / (bytes.length * 8)).toBeGreaterThan(24);
    expect(flipped / (bytes.length * 8)).toBeLessThan(29);
  });

  test('changes about half of its bits with any one unit, in any place', () => {
    const text = '北の港でフェリーがまた動く、市議会が発表した。';
    const bits = new Set<number>();
    let flipped = 0;
    for (let i = 0; i < text.length; i++) {
      for (const mask of [1, 0x100, 0x8000]) {
        const changed = text.slice(0, i) + String.fromCharCode(text.charCodeAt(i) ^ mask) + text.slice(i + 1);
        const difference = BigInt(hash53(text)) ^ BigInt(hash53(changed));
        flipped += [...difference.toString(2)].filter((bit) => bit === '1').length;
        bits.add(hash53(changed));
      }
    }
    expect(bits.size).toBe(text.length * 3);
    expect(flipped / bits.size).toBeGreaterThan(23);
    expect(flipped / bits.size).toBeLessThan(30);
  });

  test('tells 200,000 numbered strings apart', () => {
    const seen = new Set<number>();
    for (let i = 0; i < 200_000; i++) seen.add(hash53(`https://example.org/news/${i}`));
    expect(seen.size).toBe(200_000);
  });
});
