/** What the promise is measured against: one poll of a feed by a sender that does it the obvious way, and a file of what it has seen. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

const [variant, feed = '', hook = '', file = ''] = process.argv.slice(2);
const seen: string[] = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : [];
const text = await (await fetch(feed)).text();
const titles = [...text.matchAll(/<item><title>(.*?)<\/title>/g)].map((match) => match[1] ?? '');
const fresh = titles.filter((title) => !seen.includes(title)).toReversed();

function mark(title: string): void {
  seen.push(title);
  // In one step: a file cut by a kill would be a fault of another kind.
  writeFileSync(`${file}.new`, JSON.stringify(seen));
  renameSync(`${file}.new`, file);
}

/** A new id for each try, as a sender without an outbox has it. */
async function send(title: string): Promise<void> {
  const response = await fetch(hook, {
    method: 'POST',
    headers: { 'webhook-id': `msg_${crypto.randomUUID()}` },
    body: JSON.stringify({ type: 'alert.first', data: { rule: 'storms', entries: [{ title }] } }),
  });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
}

for (const title of fresh) {
  if (variant === 'mark-then-send') mark(title);
  try {
    await send(title);
  } catch {
    // Told nobody; where it is not marked yet, the next run tries again.
    continue;
  }
  if (variant === 'send-then-mark') mark(title);
}
