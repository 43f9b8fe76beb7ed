/** Nothing that a feed or a rule says runs, asks for anything, or is even stopped: it never becomes markup at all. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, CHROMIUM, openBrowser } from './browser.ts';
import { PAYLOADS } from './payloads.ts';
import type { PressFeed } from './press.ts';
import { openStage, type Stage } from './stage.ts';

const FEEDS = 8;
/** Digits say nothing to a rule; each feed's entries are one rule's. */
const WORDS = ['storm', 'flood', 'quake', 'blaze', 'strike', 'spill', 'crash', 'outage'];

/** Payloads as publishers, titles, summaries and addresses. */
const feeds: readonly PressFeed[] = WORDS.map((word, i) => ({
  id: `feed-${word}`,
  publisher: PAYLOADS[i * 7] ?? '',
  lang: 'en',
  country: 'FR',
  entries: PAYLOADS.filter((_, p) => p % FEEDS === i).map((payload, n) => ({
    minute: n === 0 ? 0 : 30,
    title: `${word} ${n} ${payload}`,
    summary: `${payload} ${word}`,
    url: 'javascript:window.ran=1',
  })),
}));
const rules = WORDS.map((word, i) => ({
  id: `rule-${word}`,
  title: PAYLOADS[i * 11 + 3] ?? '',
  severity: 'high',
  query: word,
  notify: { to: ['desk'] },
}));

const inBrowser = test.skipIf(CHROMIUM === null);
let stage: Stage;
let browser: Browser;
let page: Page;
const dialogs: string[] = [];
const asked: string[] = [];

beforeAll(async () => {
  if (CHROMIUM === null) return;
  stage = await openStage({ newsroom: false, feeds, rules });
  for (const minute of [0, 10, 40]) await stage.tickAt(minute);
  browser = await openBrowser();
  page = await browser.open(`${stage.service.url}/#token=${stage.service.token}`);
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  await page.locator('.story').first().waitFor();
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

const api = async <T>(path: string): Promise<T> => {
  const answer = await fetch(`${stage.service.url}${path}`, {
    headers: { authorization: `Bearer ${stage.service.token}` },
  });
  return (await answer.json()) as T;
};

inBrowser('go through the list, every story and traces', async () => {
  const { stories } = await api<{ stories: { id: string; titles: { entry: string }[] }[] }>(
    '/api/stories?limit=200',
  );
  expect(stories.length).toBeGreaterThan(PAYLOADS.length * 0.9);
  const older = page.getByRole('button', { name: 'Show older stories' });
  for (let shown = 50; shown < stories.length; shown += 50) {
    await older.click();
    await expect.poll(() => page.locator('.story').count()).toBeGreaterThan(shown);
  }
  const list = await page.locator('main').innerText();
  for (const text of ['<svg onload=', '<SCRIPT>', '<base href=', 'U+0000', 'RLO'])
    expect(list, 'they are shown as text').toContain(text);
  const copied = await page.evaluate(() => {
    getSelection()?.selectAllChildren(document.querySelector('main') ?? document.body);
    return String(getSelection());
  });
  expect(copied, 'our name for what is not seen is no part of the text').not.toMatch(/RLO|U\+0000/);
  await page.keyboard.press('x');
  for (const { id, titles } of stories.slice(0, 40)) {
    await page.goto(`${stage.service.url}/stories/${id}`);
    await page.locator('.entry').first().waitFor();
    await page.goto(`${stage.service.url}/trace?entry=${titles[0]?.entry}`);
    await page.locator('.chain').waitFor();
  }
  await page.goto(`${stage.service.url}/trace?q=${encodeURIComponent(PAYLOADS[1] ?? '')}`);
  await page.locator('.verdict').waitFor();
  expect(dialogs).toEqual([]);
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  expect([...new Set(asked)], 'requests go home only').toEqual([stage.service.url]);
  expect(await api('/api/csp-reports'), 'and nothing had to be stopped').toEqual({ reports: 0 });
});

inBrowser('a policy that has to stop something says so', async () => {
  await page.evaluate(() => {
    const picture = document.createElement('img');
    picture.src = 'https://elsewhere.example/x.png';
    document.body.append(picture);
  });
  await expect.poll(() => api('/api/csp-reports')).not.toEqual({ reports: 0 });
});
