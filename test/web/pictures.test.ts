/** Pictures of every page for the documents, of a staged day: `VIGIE_SHOTS=1 npx vitest run --project web test/web/pictures`. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
  const body = (await answer.text())
    .replace(/"wall":\d+/g, `"wall":${NOW + 4_000}`)
    .replace(/"lastTickAge":\d+/g, '"lastTickAge":4')
    .replace(/"ms":\d+/g, '"ms":184')
    .replace(/127\.0\.0\.1:\d+/g, 'feeds.example.org');
  await route.fulfill({ response: answer, body });
}

interface Picture {
  readonly name: string;
  readonly path: () => string;
  /** Shown when it is whole. */
  readonly whole: string;
  readonly key?: string;
}

const PICTURES: readonly Picture[] = [
  { name: 'stories', path: () => '/', whole: '.tongues mark', key: 'x' },
  { name: 'story', path: () => story, whole: '.entry mark' },
  { name: 'trace', path: () => '/trace?q=garde+le+silence', whole: '.ruler' },
  { name: 'rules', path: () => '/rules/nk-troop-deployment', whole: '.cm-content' },
  { name: 'feeds', path: () => '/feeds', whole: 'table' },
  { name: 'channels', path: () => '/channels', whole: 'main h1' },
  { name: 'search', path: () => '/search?q=%40north-korea+AND+%40soldiers', whole: 'main h1' },
  { name: 'status', path: () => '/status', whole: 'main h1' },
  { name: 'keys', path: () => '/', whole: '.keymap', key: '?' },
];

pictured.each(PICTURES)('$name', async ({ name, path, whole, key }) => {
  for (const [look, { width, height, scheme }] of LOOKS) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.goto(stage.service.url + path());
    await page.getByText('Live', { exact: true }).waitFor();
    await page.locator('main h1').waitFor();
    if (key !== undefined) await page.keyboard.press(key);
    await page.locator(whole).first().waitFor();
    // The line to the service stays open, so that the network is never idle; what comes late has come by then.
    await page.waitForTimeout(name === 'rules' || name === 'search' ? 2_500 : 700);
    const file = `${FOLDER}/${name}-${look}.png`;
    await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
    if (hasPngquant) execFileSync('pngquant', ['--force', '--ext', '.png', '--speed', '1', file]);
    expect(statSync(file).size, file).toBeLessThan(BYTES_MAX);
  }
});
