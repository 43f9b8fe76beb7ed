/** A real Chromium, found on this machine; none is fetched. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const PLACES = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** null: there is none; `VIGIE_BROWSER=required` makes that a failure. */
export const CHROMIUM = PLACES.find((path) => path !== undefined && existsSync(path)) ?? null;
if (CHROMIUM === null && process.env['VIGIE_BROWSER'] === 'required')
  throw new Error('no Chromium was found: set CHROMIUM_PATH, or apt-get install chromium');
if (CHROMIUM === null) console.warn('test/web: no Chromium was found, the pages are not tried in a browser');

export interface Look {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
}

export const DESKTOP: Look = { width: 1280, height: 900, scheme: 'light' };
export const PHONE: Look = { width: 390, height: 844, scheme: 'light' };

export interface Browser {
  readonly context: BrowserContext;
  open(url: string, look?: Partial<Look>): Promise<Page>;
  close(): Promise<void>;
}

/** With an empty profile of its own. */
export async function openBrowser(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'vigie-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM ?? '',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  return {
    context,
    async open(url, look = {}) {
      const { width, height, scheme } = { ...DESKTOP, ...look };
      const page = await context.newPage();
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.goto(url);
      return page;
    },
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
