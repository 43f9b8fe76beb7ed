/**
 * What axe-core cannot decide: zoom, forced colours, the keyboard alone, reduced motion. Every page and dialog is asked
 * (audit.ts); then the main tasks are done without a mouse.
 */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as audits from './audit.ts';
import { type Browser, CHROMIUM, DESKTOP, openBrowser } from './browser.ts';
import { EVERY_PAGE, knownStory, PLAYED } from './every-page.ts';
import { openStage, type Stage } from './stage.ts';

/** 1280 by 900 at 200 %. */
const ZOOMED = { width: 640, height: 450 };
/** Tab stops that are looked at on one page. */
const STOPS_MAX = 60;

const inBrowser = test.skipIf(CHROMIUM === null);
let stage: Stage;
let browser: Browser;
let story: string;

beforeAll(async () => {
  if (CHROMIUM === null) return;
  stage = await openStage({ newsroom: false });
  for (const minute of PLAYED) await stage.tickAt(minute);
  browser = await openBrowser();
  browser.context.setDefaultTimeout(60_000);
  story = await knownStory(browser, stage);
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

const AUDITS = stripTypeScriptTypes(readFileSync('test/web/audit.ts', 'utf8')).replace(/^export /gm, '');
const asked = (page: Page, audit: keyof typeof audits): Promise<string[]> =>
  page.evaluate(`(() => { ${AUDITS}; return ${audit}(); })()`);

inBrowser.each(EVERY_PAGE)('$name', async ({ path, whole, act }) => {
  const page = await browser.open(`${stage.service.url}${path.replace('ID', story)}`, ZOOMED);
  const bring = async (): Promise<void> => {
    await page.reload();
    await page.locator(whole).first().waitFor({ state: 'attached' });
    await act?.(page);
    // Drawn as it is now.
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
  };
  const faults: string[] = [];
  const note = (where: string, found: readonly string[]): void =>
    void faults.push(...found.map((one) => `${where}: ${one}`));
  await bring();
  note('zoomed', await asked(page, 'clipped'));
  note('reduced motion', await asked(page, 'moving'));
  await page.setViewportSize(DESKTOP);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ forcedColors: 'active', colorScheme, reducedMotion: 'reduce' });
    await bring();
    note(`forced colours, ${colorScheme}`, await asked(page, 'unlined'));
    note(`forced colours, ${colorScheme}`, await asked(page, 'unmarked'));
  }
  for (let stop = 0; stop < STOPS_MAX; stop++) {
    // In the editor Tab indents; Escape lets it go, as the page says.
    const writes = await page.evaluate(() => document.activeElement?.matches('.cm-content') ?? false);
    if (writes) await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    note('by Tab, forced colours', await asked(page, 'focusFaults'));
  }
  // Before anything throws: six pages with their lines of events are all that a browser opens to one host.
  await page.close();
  expect([...new Set(faults)]).toEqual([]);
});

/** Presses Tab until what has the focus is called so; the words are those of its name or text. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let stop = 0; stop < STOPS_MAX * 2; stop++) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const { activeElement: at } = document;
      const field = at instanceof HTMLInputElement ? (at.labels?.[0]?.textContent ?? '') : '';
      return at?.getAttribute('aria-label') ?? (field === '' ? (at?.textContent ?? '') : field);
    });
    if (!name.test(here.trim())) continue;
    expect(await asked(page, 'focusFaults')).toEqual([]);
    return;
  }
  throw new Error(`Tab never comes to ${name}`);
}

inBrowser(
  'a story is opened, muted and unmuted by the keyboard alone, and the focus comes back',
  async () => {
    const page = await browser.open(`${stage.service.url}/`);
    await page.locator('.story').first().waitFor();
    await tabTo(page, /sends 10,000 soldiers/);
    await page.keyboard.press('Enter');
    await page.locator('.entry').first().waitFor();
    await tabTo(page, /^Mute…/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/^Mute…/);
    await page.keyboard.press('Enter');
    await tabTo(page, /tomorrow morning/);
    await page.keyboard.press('ArrowDown');
    await tabTo(page, /^Mute$/);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Unmute/ }).waitFor();
    await page.keyboard.press('u');
    await page.getByRole('button', { name: /^Mute…/ }).waitFor();
    await page.close();
  },
);

inBrowser('a rule is edited and saved by the keyboard alone', async () => {
  const page = await browser.open(`${stage.service.url}/rules/baltic-cables`);
  await page.locator('.cm-content').waitFor();
  await tabTo(page, /^Form$/);
  await page.keyboard.press('Enter');
  await page.locator('.ruleform').waitFor();
  await tabTo(page, /^Title, as alerts show it/);
  await page.keyboard.press('End');
  await page.keyboard.type(' Sea');
  await page.keyboard.press('Control+s');
  await page.getByText('Saved', { exact: true }).waitFor();
  expect(await page.evaluate(async () => (await fetch('/api/config')).text())).toContain(
    'Cable damage, Baltic Sea',
  );
  await page.close();
});

inBrowser('an entry is traced, and a feed opened, by the keyboard alone', async () => {
  const page = await browser.open(`${stage.service.url}/trace`);
  await page.locator('main h1').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('garde le silence');
  await page.keyboard.press('Enter');
  await page.locator('.ruler').waitFor();
  await page.locator('body').press('Escape');
  await page.goto(`${stage.service.url}/feeds`);
  await page.locator('.feeds').waitFor();
  await tabTo(page, /^Kholodny Mys/);
  await page.keyboard.press('Enter');
  await page.locator('.problem').first().waitFor();
  await page.close();
});
