/** Every page and dialog that there is, and how it is brought up: what tests that look at all of them share. */
import type { Page } from 'playwright-core';
import type { Browser } from './browser.ts';
import type { Stage } from './stage.ts';

export interface PageCase {
  readonly name: string;
  /** ID stands for the story of `knownStory`. */
  readonly path: string;
  /** Shown when the page is whole. */
  readonly whole: string;
  readonly act?: (page: Page) => Promise<void>;
}

/** There, if perhaps on the other side of a switch. */
function shown(selector: string): (page: Page) => Promise<void> {
  return (page) => page.locator(selector).first().waitFor({ state: 'attached' });
}

export const EVERY_PAGE: readonly PageCase[] = [
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
  { name: 'rules', path: '/rules/outbreaks', whole: '.cm-content', act: shown('.preview .ers') },
  {
    name: 'rules, preview',
    path: '/rules/nk-troop-deployment',
    whole: '.cm-content',
    act: async (page) => {
      await page.keyboard.press('Alt+p');
      await shown('.preview .cov')(page);
    },
  },
  {
    name: 'rules, form',
    path: '/rules/outbreaks',
    whole: '.cm-content',
    act: async (page) => {
      await page.getByRole('button', { name: 'Form' }).click();
      await shown('.ruleform .words')(page);
    },
  },
  {
    name: 'new rule',
    path: '/rules/outbreaks',
    whole: '.cm-content',
    act: async (page) => {
      await page.getByRole('button', { name: 'New rule…' }).click();
      await shown('dialog .words')(page);
    },
  },
  {
    name: 'feeds',
    path: '/feeds',
    whole: '.feeds',
    act: async (page) => void (await page.keyboard.press('x')),
  },
  { name: 'no feed', path: '/feeds?text=zzz', whole: '.void' },
  {
    name: 'add a feed',
    path: '/feeds',
    whole: '.feeds',
    act: async (page) => void (await page.keyboard.press('n')),
  },
  {
    name: 'politeness',
    path: '/feeds',
    whole: '.feeds',
    act: (page) => page.getByRole('button', { name: 'Show requests' }).click(),
  },
  {
    name: 'channels',
    path: '/channels',
    whole: '.channels',
    act: async (page) => {
      await page.getByRole('button', { name: 'desk', exact: true }).click();
      await page
        .getByRole('button', { name: /attempt/ })
        .first()
        .click();
      await shown('.attempts li')(page);
    },
  },
  { name: 'search', path: '/search?q=Goma', whole: '.er mark', act: shown('.cm-content') },
  { name: 'search, a mistake', path: '/search?q=Goma+AND+(', whole: '.lint' },
  { name: 'status', path: '/status', whole: '.sentences', act: shown('.statuscols table, .statuscols .sm') },
];

/** Minutes of the staged day after which every page has something to show. */
export const PLAYED = [0, 20, 70, 155, 1_165, 1_315];

/** Signs in. @returns the id of a story with copies, figures and alerts */
export async function knownStory(browser: Browser, { service }: Stage): Promise<string> {
  const first = await browser.open(`${service.url}/#token=${service.token}`);
  await first.locator('.story').first().waitFor();
  const link = first.locator('.story', { hasText: 'sends 10,000 soldiers' }).first().locator('h2 a');
  const href = await link.getAttribute('href');
  await first.close();
  return href?.split('/').at(-1) ?? '';
}
