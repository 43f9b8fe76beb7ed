/** axe-core over every page: light and dark, wide and narrow. What it can decide by itself; readers still have to be asked. */
import axe from 'axe-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, CHROMIUM, type Look, openBrowser } from './browser.ts';
import { EVERY_PAGE, knownStory, PLAYED } from './every-page.ts';
import { openStage, type Stage } from './stage.ts';

const LOOKS: readonly Look[] = [320, 390, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, height: 900, scheme })),
);
const inBrowser = test.skipIf(CHROMIUM === null);
let stage: Stage;
let browser: Browser;
let story: string;

beforeAll(async () => {
  if (CHROMIUM === null) return;
  stage = await openStage({ newsroom: false });
  for (const minute of PLAYED) await stage.tickAt(minute);
  browser = await openBrowser();
  story = await knownStory(browser, stage);
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

inBrowser.each(EVERY_PAGE)('$name', async ({ path, whole, act }) => {
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
