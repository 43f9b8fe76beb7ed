/**
 * The JSON Schema that editors get, judged by a foreign validator: it takes every example and refuses documents with a fault
 * that an editor can see. References between values are checked by readConfig alone.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../../lib/config/document/config.ts';
import { CHANNEL_KINDS } from '../../../lib/deliver/channel/table.ts';

const schema = JSON.parse(readFileSync('config/config.schema.json', 'utf8'));
const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
const takes = (document: unknown): boolean => validate(document);

const FEEDS = [{ url: 'https://a.example.org/feed' }];
const RULES = [{ id: 'r', query: 'word' }];
const GOOD = { version: 1, feeds: FEEDS, rules: RULES };

const examples = ['config', 'config/examples'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name): [string, string] => [`${folder}/${name}`, readFileSync(`${folder}/${name}`, 'utf8')]),
);
/** Examples of documents are parts; each is put into a document that lacks nothing. */
const parts = ['docs/configuration.md', 'docs/channels.md', 'docs/rules.md', 'README.md'].flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)].map(
    ([, text = ''], at): [string, unknown] => [`${file} ${at + 1}`, parse(text)],
  ),
);

describe('takes', () => {
  test.each(examples)('%s', (_file, source) => {
    expect(takes(parse(source)), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  });
  test.each(parts)('%s', (_name, part) => {
    const isList = Array.isArray(part);
    const isTop = Object.keys(part as object).every((key) => Object.hasOwn(schema.properties, key));
    const whole = isList
      ? { ...GOOD, rules: part }
      : isTop
        ? { ...GOOD, ...(part as object) }
        : rule(part as object);
    expect(takes(whole), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  });
  test('every kind of channel', () => {
    const kinds = JSON.stringify(schema);
    expect(CHANNEL_KINDS.filter((kind) => !kinds.includes(`"const":"${kind}"`))).toEqual([]);
  });
});

const feed = (change: object): object => ({ ...GOOD, feeds: [{ ...FEEDS[0], ...change }] });
const rule = (change: object): object => ({ ...GOOD, rules: [{ ...RULES[0], ...change }] });
const notify = (change: object): object => rule({ notify: { to: [], ...change } });
const channel = (change: object): object => ({ ...GOOD, channels: { c: change } });
const list = (change: object): object => ({ ...GOOD, concepts: { c: { terms: ['a'], ...change } } });
const WRONG = [12, true, [], {}, null] as const;

/** Each key of the document with values that it cannot have. */
const BROKEN: readonly (readonly [string, object])[] = [
  ...['feed', 'Rules', 'chanels', 'lists', 'alerts'].map(
    (key) => [`${key} at the top`, { ...GOOD, [key]: [] }] as const,
  ),
  ...[0, 2, '1', null].map((version) => [`version ${version}`, { ...GOOD, version }] as const),
  ...['feeds', 'rules', 'use'].flatMap((key) =>
    [12, 'a', {}].map((value) => [`${key}: ${JSON.stringify(value)}`, { ...GOOD, [key]: value }] as const),
  ),
  ...['channels', 'entities', 'concepts', 'families'].flatMap((key) =>
    [12, 'a'].map((value) => [`${key}: ${value}`, { ...GOOD, [key]: value }] as const),
  ),
  ...WRONG.map((url) => [`feed url ${JSON.stringify(url)}`, feed({ url })] as const),
  ...['lang', 'publisher', 'id'].flatMap((key) =>
    [12, [], {}].map((value) => [`feed ${key} ${JSON.stringify(value)}`, feed({ [key]: value })] as const),
  ),
  ...['k', 'KOR', 'kr'].map((country) => [`feed country ${country}`, feed({ country })] as const),
  ...['G', 'a', 1].map((grade) => [`feed grade ${grade}`, feed({ grade })] as const),
  ...['every', 'backfill', 'max_age'].flatMap((key) =>
    [5, true].map((value) => [`feed ${key} ${value}`, feed({ [key]: value })] as const),
  ),
  ...['yes', 1].map((paused) => [`feed paused ${paused}`, feed({ paused })] as const),
  ...['evry', 'language', 'tag'].map((key) => [`feed key ${key}`, feed({ [key]: 'x' })] as const),
  ['a feed without url', { ...GOOD, feeds: [{ id: 'a' }] }],
  ['feed auth without password', feed({ auth: { user: 'u' } })],
  ['feed headers list', feed({ headers: ['a'] })],
  ...WRONG.map((id) => [`rule id ${JSON.stringify(id)}`, rule({ id })] as const),
  ...['Floods', 'a b', ''].map((id) => [`rule id '${id}'`, rule({ id })] as const),
  ...['urgent', 1].map((severity) => [`severity ${severity}`, rule({ severity })] as const),
  ...['qery', 'rehearsal', 'channels', 'to'].map((key) => [`rule key ${key}`, rule({ [key]: 'x' })] as const),
  ...['query', 'title', 'backfill'].flatMap((key) =>
    [12, [], {}].map((value) => [`rule ${key} ${JSON.stringify(value)}`, rule({ [key]: value })] as const),
  ),
  ['a rule without id', { ...GOOD, rules: [{ query: 'word' }] }],
  ...[0, 21, 1.5, '2'].map(
    (sources) => [`confirm sources ${sources}`, rule({ confirm: { sources } })] as const,
  ),
  ['confirm independent', rule({ confirm: { independent: 'region' } })],
  ['confirm same', rule({ confirm: { same: 'rule' } })],
  ...['rule', 'channel', 1].map((group_by) => [`group_by ${group_by}`, notify({ group_by })] as const),
  ...[0, 1001, 'many'].map((per_hour) => [`per_hour ${per_hour}`, notify({ per_hour })] as const),
  ...['quiet', 'digest', 'repeat', 'group_wait'].flatMap((key) =>
    [5, []].map((value) => [`notify ${key} ${JSON.stringify(value)}`, notify({ [key]: value })] as const),
  ),
  ['notify key chanel', notify({ chanel: 'x' })],
  ...['near', '=='].map(
    (op) => [`quantity op ${op}`, rule({ quantity: { of: '@a', op, value: 1 } })] as const,
  ),
  ['quantity value', rule({ quantity: { of: '@a', value: -1 } })],
  ['quantity without value', rule({ quantity: { of: '@a' } })],
  ['score without threshold', rule({ score: { terms: {} } })],
  ['tests list', rule({ tests: ['a'] })],
  ['test mode text', rule({ test_mode: 'on' })],
  ...['telegraph', 'Slack', 1].map((kind) => [`channel kind ${kind}`, channel({ kind })] as const),
  ['a channel without kind', channel({ url: 'https://a.example.org' })],
  ['slack without url', channel({ kind: 'slack' })],
  ['webhook with a token', channel({ kind: 'webhook', url: 'https://a.example.org', token: 'x' })],
  ['email without from', channel({ kind: 'email', via: 'resend', to: 'a@example.org' })],
  ...['trems', 'words'].map((key) => [`list key ${key}`, list({ [key]: [] })] as const),
  ...[12, {}, 'a'].map((terms) => [`list terms ${JSON.stringify(terms)}`, list({ terms })] as const),
  ['heartbeat text', { ...GOOD, heartbeat: 'https://a.example.org' }],
  ['families of texts', { ...GOOD, families: { BBC: 'BBC' } }],
];

test('a hundred faults and more', () => expect(BROKEN.length).toBeGreaterThanOrEqual(100));
test.each(BROKEN)('refuses %s, as the service does', (_name, document) => {
  expect(takes(document)).toBe(false);
  expect(readConfig(JSON.stringify(document), { hasVariable: null }).config).toBe(null);
});
