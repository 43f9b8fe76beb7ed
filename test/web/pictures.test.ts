/** Pictures of every page for the documents, of a staged day: `VIGIE_SHOTS=1 npx vitest run --project web test/web/pictures`. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isoTime } from '../../lib/model/time.ts';
import { type Browser, CHROMIUM, DESKTOP, type Look, openBrowser, PHONE } from './browser.ts';
import { BEGAN, openStage, playDay, type Stage } from './stage.ts';

const FOLDER = 'docs/img';
const BYTES_MAX = 200_000;
const LOOKS: readonly (readonly [name: string, look: Look])[] = [
  ['light-1280', DESKTOP],
  ['dark-1280', { ...DESKTOP, scheme: 'dark' }],
  ['light-390', PHONE],
  ['dark-390', { ...PHONE, scheme: 'dark' }],
];
/** Of the picture: a minute after the last tick of the day. */
const NOW = BEGAN + 1_402 * 60_000;

/** Pictures of text lose nothing with 256 colours, and two thirds of their bytes. */
const hasPngquant = spawnSync('pngquant', ['--version']).status === 0;
const isAsked = process.env['VIGIE_SHOTS'] === '1' && CHROMIUM !== null;
const pictured = test.skipIf(!isAsked);
let stage: Stage;
let browser: Browser;
let page: Page;
let story: string;

beforeAll(async () => {
  if (!isAsked) return;
  mkdirSync(FOLDER, { recursive: true });
  const open = await openStage();
  stage = open;
  await playDay(open);
  browser = await openBrowser();
  page = await browser.context.newPage();
  await page.clock.setFixedTime(NOW);
  await page.route('**/api/**', steady);
  await page.goto(`${stage.service.url}/#token=${stage.service.token}`);
  await page.locator('.story').first().waitFor();
  story = (await page.locator('.story h2 a').first().getAttribute('href')) ?? '';
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

/** What differs from run to run: when the machine made it, and how long that took. */
async function steady(route: Route): Promise<void> {
  if (route.request().url().endsWith('/api/live')) return await route.continue();
  const answer = await route.fetch();
  const url = new URL(route.request().url());
  const body = (await answer.text())
    .replace(/"lastTickAge":\d+/g, '"lastTickAge":4')
    .replace(/"now":"[^"]+"/g, `"now":"${isoTime(NOW)}"`)
    // The machine's own year: when deliveries were made, tried and settled. The staged day is in 2024.
    .replace(/"20(?:2[5-9]|[3-9]\d)-\d\d-\d\dT[\d:.]+Z"/g, `"${isoTime(NOW + 4_000)}"`)
    .replace(/"ms":\d+/g, '"ms":184')
    .replace(/"latenciesMs":\[[^\]]*\]/g, '"latenciesMs":[184]')
    // The document stays as it is: its feeds must not become one.
    .replace(url.pathname.startsWith('/api/config') ? /$^/ : /127\.0\.0\.1:\d+/g, 'feeds.example.org');
  await route.fulfill({ response: answer, body });
}

interface Picture {
  readonly name: string;
  readonly path: () => string;
  /** Shown when it is whole. */
  readonly whole: string;
  readonly key?: string;
  readonly act?: (page: Page) => Promise<void>;
  /** Puts back what the act changed. */
  readonly after?: (page: Page) => Promise<void>;
}

const PICTURES: readonly Picture[] = [
  { name: 'stories', path: () => '/', whole: '.languages mark', key: 'x' },
  { name: 'story', path: () => story, whole: '.entry mark' },
  { name: 'trace', path: () => '/trace?q=garde+le+silence', whole: '.ruler' },
  { name: 'keys', path: () => '/', whole: '.keymap', key: '?' },
  {
    name: 'rules',
    path: () => '/rules/outbreaks',
    whole: '.er.lost',
    async act(page) {
      await page.locator('.cm-foldPlaceholder').first().waitFor();
      await page.locator('.cm-line', { hasText: 'query:' }).click();
      // To the end of what is seen of the line, then of the line.
      await page.keyboard.press('End');
      await page.keyboard.press('End');
      await page.keyboard.type(' NOT (quartier OR "eau")');
    },
    after: (page) => page.getByRole('button', { name: 'Discard' }).click(),
  },
  {
    name: 'rule-form',
    path: () => '/rules/baltic-cables',
    whole: '.ruleform .words',
    act: (page) => page.getByRole('button', { name: 'Form' }).click(),
  },
  {
    name: 'feeds',
    path: () => '/feeds',
    whole: '.problem',
    act: (page) => page.getByRole('button', { name: 'Kholodny Mys' }).click(),
  },
  {
    name: 'channels',
    path: () => '/channels',
    whole: '.deliveries li',
    act: (page) => page.getByRole('button', { name: 'archive', exact: true }).click(),
  },
  {
    name: 'search',
    path: () => '/search?q=%40north-korea%20NEAR%2F12%20%40soldiers%20AND%20Russia',
    whole: '.er mark',
  },
  { name: 'status', path: () => '/status', whole: '.sentences' },
];

pictured.each(PICTURES)('$name', async ({ name, path, whole, key, act, after }) => {
  for (const [look, { width, height, scheme }] of LOOKS) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.goto(stage.service.url + path());
    await page.getByText('Live', { exact: true }).waitFor();
    await page.locator('main h1').waitFor();
    await page
      .locator('.story, .entry mark, .ruler, .cm-line, .feeds, .channels, .sentences')
      .first()
      .waitFor();
    if (key !== undefined) await page.keyboard.press(key);
    await act?.(page);
    // On a phone it may be on the other side of a switch.
    await page.locator(whole).first().waitFor({ state: 'attached' });
    // The line to the service stays open, so that the network is never idle; what comes late has come by then.
    await page.waitForTimeout(name === 'rules' || name === 'search' ? 2_500 : 700);
    const file = `${FOLDER}/${name}-${look}.png`;
    await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
    if (hasPngquant) execFileSync('pngquant', ['--force', '--ext', '.png', '--speed', '1', file]);
    await after?.(page);
    expect(statSync(file).size, file).toBeLessThan(BYTES_MAX);
  }
});
