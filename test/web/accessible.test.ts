/** axe-core over every page: light and dark, wide and narrow. What it can decide by itself; readers still have to be asked. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, CHROMIUM, type Look, openBrowser } from './browser.ts';
import { openStage, type Stage } from './stage.ts';

const LOOKS: readonly Look[] = [320, 390, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, height: 900, scheme })),
);
interface Case {
  readonly name: string;
  readonly path: string;
  /** Shown when the page is whole. */
  readonly whole: string;
  readonly act?: (page: Page) => Promise<void>;
}

const CASES: readonly Case[] = [
  {
    name: 'stories',
    path: '/',
    whole: '.story',
    act: async (page) => void (await page.keyboard.press('x')),
  },
  { name: 'no story', path: '/?lang=xx', whole: '.void' },
  { name: 'keys', path: '/', whole: '.story', act: async (page) => void (await page.keyboard.press('?')) },
  { name: 'mute', path: '/', whole: '.story', act: async (page) => void (await page.keyboard.press('m')) },
  { name: 'a story', path: '/stories/ID', whole: '.entry mark' },
  {
    name: 'a story as a table',
    path: '/stories/ID',
    whole: '.entry mark',
    act: (page) => page.getByRole('button', { name: 'Show as a table' }).click(),
  },
  { name: 'trace', path: '/trace?q=garde+le+silence', whole: '.ruler' },
  { name: 'trace of many', path: '/trace?q=Goma', whole: '.found' },
  { name: 'rules', path: '/rules', whole: 'main h1' },
  { name: 'a rule', path: '/rules/nk-troop-deployment', whole: '.cm-content' },
  { name: 'feeds', path: '/feeds', whole: 'table' },
  { name: 'channels', path: '/channels', whole: 'main h1' },
  { name: 'search', path: '/search', whole: 'main h1' },
  { name: 'status', path: '/status', whole: 'main h1' },
  { name: 'no such story', path: '/stories/none', whole: '.void' },
];

const inBrowser = test.skipIf(CHROMIUM === null);
let stage: Stage;
let browser: Browser;
let story: string;

beforeAll(async () => {
  if (CHROMIUM === null) return;
  stage = await openStage({ newsroom: false });
  for (const minute of [0, 20, 70, 155, 1_165, 1_315]) await stage.tickAt(minute);
  browser = await openBrowser();
  const first = await browser.open(`${stage.service.url}/#token=${stage.service.token}`);
  await first.locator('.story').first().waitFor();
  const href = await first
    .locator('.story', { hasText: 'sends 10,000 soldiers' })
    .first()
    .locator('h2 a')
    .getAttribute('href');
  story = href?.split('/').at(-1) ?? '';
  await first.close();
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

inBrowser.each(CASES)('$name', async ({ path, whole, act }) => {
  const page = await browser.open(`${stage.service.url}${path.replace('ID', story)}`);
  for (const { width, height, scheme } of LOOKS) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await page.reload();
    await page.locator(whole).first().waitFor();
    await act?.(page);
    await page.evaluate(axe.source);
    const found = await page.evaluate(async () => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
      );
    });
    expect(found, `${width} ${scheme}`).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, `${width} ${scheme}: nothing scrolls sideways`).toBeLessThanOrEqual(0);
  }
  await page.close();
});

inBrowser('sign in', async () => {
  await browser.context.clearCookies();
  const page = await browser.open(`${stage.service.url}/`);
  await page.getByLabel('Token').waitFor();
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () =>
    (await (window as unknown as { axe: typeof axe }).axe.run()).violations.map(({ id }) => id),
  );
  expect(found).toEqual([]);
  await page.close();
});
