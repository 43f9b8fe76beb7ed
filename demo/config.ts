/** The configuration of the demo: the starter configuration with the feeds and the channel of the demo. */
import { readFileSync } from 'node:fs';
import { isMap, isSeq, parseDocument } from 'yaml';
import { FEEDS } from './newsroom/script.ts';

const STARTER = new URL('../config/watch.yaml', import.meta.url);

/** @param addresses address by name of the staged feed */
export function demoConfig(addresses: ReadonlyMap<string, string>): string {
  const document = parseDocument(readFileSync(STARTER, 'utf8'));
  const feeds = FEEDS.map(({ name, lang }) => ({
    id: name,
    url: addresses.get(name),
    lang,
    publisher: name,
    every: '5m',
  }));
  document.set('feeds', document.createNode(feeds));
  const channel = { kind: 'webhook', url: '${' + 'DEMO_HOOK_URL}', secret: '${' + 'DEMO_HOOK_SECRET}' };
  document.set('channels', document.createNode({ receiver: channel }));
  const rules = document.get('rules');
  if (!isSeq(rules)) throw new Error('the starter configuration has no rules');
  const notify = { to: ['receiver'], on: ['first', 'confirmed', 'figure', 'language', 'closed'] };
  for (const rule of rules.items) if (isMap(rule)) rule.set('notify', document.createNode(notify));
  return String(document);
}
