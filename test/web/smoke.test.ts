/** The shortest proof that the pages work: sign in, every section, and an alert that arrives by itself. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, CHROMIUM, openBrowser } from './browser.ts';
import { PRESS } from './press.ts';
import { openStage, type Stage } from './stage.ts';

/** With the one that does not answer five: of more, a tick spreads the requests over seconds. */
const FEEDS = ['harbour-wire', 'journal-du-large', 'saaristo', 'hansepost'];

const inBrowser = test.skipIf(CHROMIUM === null);
let stage: Stage;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  if (CHROMIUM === null) return;
  stage = await openStage({ newsroom: false, feeds: PRESS.filter(({ id }) => FEEDS.includes(id)) });
  for (const minute of [0, 70, 1_315]) await stage.tickAt(minute);
  browser = await openBrowser();
  page = await browser.open(`${stage.service.url}/#token=${stage.service.token}`);
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

const home = async (): Promise<void> => {
  await page.goto(`${stage.service.url}/`);
  await page.locator('.story').first().waitFor();
};
const textOf = (selector: string): Promise<string> => page.locator(selector).first().innerText();

inBrowser.each([
  ['/', '.story'],
  ['/trace?q=garde+le+silence', '.ruler'],
  ['/rules/nk-troop-deployment', '.cm-content'],
  ['/feeds', '.feeds'],
  ['/channels', '.channels'],
  ['/search?q=Goma', '.er mark'],
  ['/status', '.sentences'],
])('%s shows %s, and no fault', async (path, whole) => {
  const faults: string[] = [];
  const note = (fault: Error): void => void faults.push(fault.message);
  page.on('pageerror', note);
  await page.goto(`${stage.service.url}${path}`);
  await page.locator(whole).first().waitFor({ state: 'attached' });
  page.off('pageerror', note);
  expect(faults).toEqual([]);
});

inBrowser('an alert arrives without a reload, and waits where somebody reads', async () => {
  await home();
  const before = await page.locator('.story').count();
  stage.press.add('hansepost', {
    minute: 1_330,
    title: 'Ostsee: zweites Unterseekabel gerissen, Küstenwache sucht Schiff',
  });
  await stage.tickAt(1_330);
  await expect.poll(() => page.locator('.story').count()).toBe(before + 1);
  expect(await textOf('.story')).toContain('zweites Unterseekabel');
  // Somebody is in a field: the list must not move.
  await page.getByRole('searchbox').focus();
  stage.press.add('saaristo', {
    minute: 1_350,
    title: 'Merikaapeli katkesi Itämerellä kolmannen kerran tänä syksynä',
  });
  await stage.tickAt(1_350);
  await page.getByText('1 new, press').waitFor();
  expect(await textOf('.story')).toContain('zweites Unterseekabel');
  await page.keyboard.press('Escape');
  await page.keyboard.press('.');
  await expect.poll(() => textOf('.story')).toContain('Merikaapeli katkesi');
});
