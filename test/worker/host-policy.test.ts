/** Spellings of hosts, and whether a lookout may ask them. In workerd, whose URL parser is the one that counts. */
import { describe, expect, test } from 'vitest';
import { checkedUrl } from '../../worker/net/host-policy.ts';

const STRICT = { allowLoopback: false, allowHosts: [] };

const PUBLIC = `
http://example.org/ https://example.org/ https://example.org:443/ http://example.org:80/ http://example.org:8080/feed
https://example.org:8443/ https://EXAMPLE.org/ https://example.org./ https://sub.domain.example.co.uk/rss?x=1#y
https://xn--e1afmkfd.xn--p1ai/ https://пример.рф/ https://例え.jp/ https://münchen.de/ https://a-b.example.com/
http://8.8.8.8/ http://1.1.1.1/feed http://93.184.216.34/ http://[2606:4700:4700::1111]/ http://[2001:4860:4860::8888]/
https://localhost.example.org/ https://127.0.0.1.example.org/ https://10.example.org/ https://internal.example.org/
http://172.15.255.255/ http://172.32.0.1/ http://192.167.1.1/ http://192.169.0.1/ http://11.0.0.1/ http://9.255.255.255/
http://128.0.0.1/ http://126.255.255.255/ http://100.63.255.255/ http://100.128.0.1/ http://169.253.0.1/ http://223.255.255.254/
`;

const LOOPBACK = `
http://127.0.0.1/ http://127.0.0.1:8080/ http://127.1/ http://127.0.1/ http://127.255.255.254/ http://2130706433/ http://0x7f000001/
http://0x7f.1/ http://0x7F.0x0.0x0.0x1/ http://0177.0.0.1/ http://017700000001/ http://127.0.0.1./ http://localhost/ http://LOCALHOST/
http://localhost./ http://localhost:9229/ http://foo.localhost/ http://a.b.localhost/ http://[::1]/ http://[0:0:0:0:0:0:0:1]/
http://[0000:0000:0000:0000:0000:0000:0000:0001]/ http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://[0:0:0:0:0:ffff:127.0.0.1]/
http://１２７.０.０.１/ http://127。0。0。1/ http://127．0．0．1/ http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/ http://%6c%6f%63%61%6c%68%6f%73%74/ http://127.0.0.1%2e/
`;

const REFUSED = `
http://10.0.0.1/ http://10.255.255.255/ http://10.1/ http://0x0a000001/ http://167772161/ http://012.0.0.1/ http://172.16.0.1/ http://172.31.255.255/
http://192.168.0.1/ http://192.168.1/ http://3232235521/ http://0xc0a80001/ http://[::ffff:10.0.0.1]/ http://[::ffff:192.168.0.1]/ http://[::ffff:c0a8:1]/
http://169.254.169.254/ http://169.254.169.254/latest/meta-data/ http://0xa9fea9fe/ http://2852039166/ http://[::ffff:169.254.169.254]/ http://[fe80::1]/
http://[fd00:ec2::254]/ http://[fc00::1]/ http://[fdff::1]/ http://[fec0::1]/ http://0.0.0.0/ http://0/ http://0.0.0.0:8080/ http://0x0/ http://[::]/ http://0.1.2.3/
http://100.64.0.1/ http://100.127.255.255/ http://192.0.0.1/ http://192.0.2.1/ http://198.51.100.1/ http://203.0.113.1/ http://198.18.0.1/ http://198.19.255.255/
http://224.0.0.1/ http://239.255.255.255/ http://240.0.0.1/ http://255.255.255.255/ http://[ff02::1]/ http://[2001:db8::1]/
http://[64:ff9b::7f00:1]/ http://[64:ff9b::a00:1]/ http://[64:ff9b::127.0.0.1]/ http://[2002:7f00:1::]/ http://[2002:c0a8:1::1]/ http://[2001::1]/ http://[::127.0.0.1]/
http://intranet/ http://router/ http://db/ http://host.docker.internal/ http://metadata.google.internal/ http://printer.local/ http://nas.lan/ http://box.home/
http://dc1.corp/ http://gw.home.arpa/ http://svc.intranet/ http://x.test/ http://x.invalid/ http://x.example/ http://hidden.onion/ http://x.alt/
`;

const MALFORMED = `
ftp://example.org/ file:///etc/passwd gopher://example.org/ data:text/xml,<rss/> javascript:alert(1) ws://example.org/ blob:https://example.org/x
feed://example.org/ about:blank mailto:a@example.org //example.org/ /feed example.org/feed http:// http:///x https://[::1 http://exa%mple.org/
https://user@example.org/ https://user:pass@example.org/ https://:pass@example.org/ https://example.org@127.0.0.1/ http://127.0.0.1@example.org/
http://example.org:22/ http://example.org:25/ http://example.org:6379/ http://example.org:9200/ http://example.org:11211/ https://example.org:5432/
http://256.256.256.256/ http://1.2.3.4.5/ http://0x100000000/ http://[:::1]/ http://[12345::]/ http://example..org/ http://.example.org/
`;

const cases = (list: string): string[] => list.trim().split(/\s+/);

describe('may be asked', () => {
  test.each(cases(PUBLIC))('%s', (address) => {
    expect(checkedUrl(address, STRICT)).toBeInstanceOf(URL);
  });
});

describe('is loopback: only with the local opt-in', () => {
  test.each(cases(LOOPBACK))('%s', (address) => {
    expect(checkedUrl(address, STRICT)).toMatchObject({ kind: 'refused' });
    expect(checkedUrl(address, { ...STRICT, allowLoopback: true })).toBeInstanceOf(URL);
  });
});

describe('is never asked, the opt-in for loopback or not', () => {
  test.each([...cases(REFUSED), ...cases(MALFORMED)])('%s', (address) => {
    expect(checkedUrl(address, STRICT)).toMatchObject({ kind: 'refused' });
    expect(checkedUrl(address, { ...STRICT, allowLoopback: true })).toMatchObject({ kind: 'refused' });
  });
});

test('a private host that the configuration names is asked, at any port, and no other', () => {
  const policy = { allowLoopback: false, allowHosts: ['rss-bridge.lan', '10.1.2.3'] };
  expect(checkedUrl('http://rss-bridge.lan:3000/x', policy)).toBeInstanceOf(URL);
  expect(checkedUrl('http://10.1.2.3/', policy)).toBeInstanceOf(URL);
  expect(checkedUrl('http://other.lan/', policy)).toMatchObject({ kind: 'refused' });
  expect(checkedUrl('http://10.1.2.4/', policy)).toMatchObject({ kind: 'refused' });
});

test('the corpus is large enough to mean something', () => {
  expect([PUBLIC, LOOPBACK, REFUSED, MALFORMED].flatMap(cases).length).toBeGreaterThanOrEqual(150);
});
