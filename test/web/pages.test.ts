/** The pages in a real browser, against the real service with staged news: what people do with them. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, CHROMIUM, openBrowser } from './browser.ts';
import { openStage, type Stage } from './stage.ts';

const inBrowser = test.skipIf(CHROMIUM === null);
let stage: Stage;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  if (CHROMIUM === null) return;
  stage = await openStage({ newsroom: false });
  for (const minute of [0, 20, 70, 155, 1_165, 1_315]) await stage.tickAt(minute);
  browser = await openBrowser();
  page = await browser.open(`${stage.service.url}/`);
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

inBrowser('who is not known is asked for a token, and a wrong one is said to be wrong', async () => {
  await page.getByLabel('Token').fill('not-the-token-but-long-enough');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('This token is not valid').waitFor();
});

inBrowser('the address of npm start signs in, and the token stays nowhere', async () => {
  const { url, token } = stage.service;
  await page.goto('about:blank');
  await page.goto(`${url}/?state=open#token=${token}`);
  await page.locator('.story').first().waitFor();
  expect(page.url()).toBe(`${url}/?state=open`);
  const kept = await page.evaluate(() => [
    JSON.stringify(localStorage),
    JSON.stringify(sessionStorage),
    document.cookie,
    document.documentElement.outerHTML,
  ]);
  for (const place of kept) expect(place).not.toContain(token);
});

inBrowser('stories say how sure they are, and what was silent and why', async () => {
  await home();
  const story = page.locator('.story', { hasText: 'North Korean troop deployment' }).first();
  expect(await story.innerText()).toMatch(/independent/);
  const all = await textOf('main');
  expect(all).toMatch(/Alert to desk/);
  expect(all).toMatch(/Not sent: this rule only alerts on first report, confirmation and larger figure/);
  expect(await textOf('.log')).toMatch(/Kholodny Mys answers with error 404/);
  const title = page.locator('.story [lang="fi"]').first();
  expect(await title.getAttribute('dir')).toBe('ltr');
});

inBrowser('what changed is asked for in one question, however many stories there are', async () => {
  const asked: string[] = [];
  const note = (request: { url(): string }) => void asked.push(new URL(request.url()).pathname);
  page.on('request', note);
  await home();
  await page.locator('.log ol li').first().waitFor();
  page.off('request', note);
  expect(asked.filter((path) => path === '/api/developments')).toHaveLength(1);
  expect(asked.filter((path) => path.startsWith('/api/stories/'))).toEqual([]);
  const log = await textOf('.log ol');
  expect(log).toMatch(/Figure [\d,]+/);
  expect(log).toMatch(/Not sent: this rule only alerts on first report, confirmation and larger figure/);
});

inBrowser('keys move the bar, unfold languages, acknowledge, and take it back', async () => {
  await home();
  await page.keyboard.press('j');
  const current = page.locator('[aria-current="true"]');
  expect(await current.count()).toBe(1);
  await page.keyboard.press('x');
  await current.locator('.languages mark').first().waitFor();
  const title = await current.locator('h2').innerText();
  await page.keyboard.press('a');
  await page.locator('.brief', { hasText: title }).waitFor();
  await page.keyboard.press('u');
  await page.locator('.story', { hasText: title }).waitFor();
});

inBrowser('a mute asks until when, is told from a rule that is on, and is undone', async () => {
  await home();
  const title = await textOf('.story h2');
  await page.keyboard.press('m');
  await page.getByRole('dialog').getByText('until tomorrow morning').click();
  await page.getByLabel('Reason').fill('known since Monday');
  await page.getByRole('button', { name: 'Mute', exact: true }).click();
  await page.locator('.brief', { hasText: title }).getByText('muted').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('.story', { hasText: title }).waitFor();
});

inBrowser('a mute until a larger figure says from which, and stands so among the mutes', async () => {
  await home();
  await page.locator('.story', { hasText: 'sends 10,000 soldiers' }).first().locator('h2 a').click();
  await page.getByRole('button', { name: /^Mute/ }).click();
  await page.getByRole('dialog').getByText('until a larger figure, from 12,000').click();
  await page.getByRole('button', { name: 'Mute', exact: true }).click();
  await page.getByRole('button', { name: /^Unmute/ }).waitFor();
  await page.goto(`${stage.service.url}/status`);
  await page.getByText('a larger figure, or unmuted').waitFor();
  await page.getByRole('button', { name: 'Unmute' }).click();
  await page.getByText('No mutes', { exact: true }).waitFor();
});

inBrowser('letters are letters in a field, and nothing where they are switched off', async () => {
  await home();
  await page.getByRole('searchbox').focus();
  await page.keyboard.type('jax');
  expect(page.url()).toMatch(/\/$/);
  await expect.poll(() => page.url()).toMatch(/text=jax/);
  await page.getByText('No stories with text jax').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.locator('.story').first().waitFor();
  await page.keyboard.press('?');
  await page.getByLabel('Use single letters as shortcuts').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.getByRole('button', { name: 'keys' }).click();
  await page.getByLabel('Use single letters as shortcuts').check();
  await page.keyboard.press('Escape');
});

inBrowser('filters live in the address', async () => {
  await page.goto(`${stage.service.url}/?severity=critical`);
  await page.locator('.story').first().waitFor();
  expect(await page.locator('.story').count()).toBe(1);
  await page.getByRole('combobox', { name: 'Language' }).selectOption('fi');
  await page.getByText('No stories with severity critical, lang fi').waitFor();
  await page.getByRole('button', { name: /Show all/ }).click();
  await expect.poll(() => page.locator('.story').count()).toBeGreaterThan(2);
});

inBrowser(
  'a story opens: lanes, marks with their reason, alerts with attempts, copies, a table',
  async () => {
    // Its second attempt comes seconds behind the first, which was refused.
    await expect.poll(() => stage.receiver.taken.some(({ path }) => path === '/archive')).toBe(true);
    // A copy of the next day: the night lies between.
    await stage.tickAt(1_402);
    await home();
    await page.locator('.story', { hasText: 'sends 10,000 soldiers' }).first().locator('h2 a').click();
    await page.locator('.lanes').waitFor();
    await page.locator('.entry mark').first().waitFor();
    const main = await textOf('main');
    expect(main).toMatch(/\d independent of \d+ publishers/);
    expect(main).toMatch(/100 % of words the same/);
    expect(main).toMatch(/delivered, attempt 2/);
    expect(main).toMatch(/without an alert/);
    expect(main).toMatch(/quiet hours, 22:00 to 06:00 Europe\/Paris/);
    const band = page.locator('.lanes .row.flags .quiet');
    expect(await band.count()).toBe(1);
    expect((await band.boundingBox())?.width).toBeGreaterThan(100);
    await page.getByRole('button', { name: 'Show as a table' }).click();
    expect(await textOf('.scroll table')).toMatch(/copy: 100 % of words the same/);
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.locator('.story').first().waitFor();
  },
);

inBrowser('a story is exported with its evidence', async () => {
  await home();
  await page.locator('.story', { hasText: 'Outbreak' }).locator('h2 a').click();
  await page.locator('.lanes').waitFor();
  await page.keyboard.press('e');
  const saved = async (name: string): Promise<string> => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name }).click(),
    ]);
    return readFileSync(await download.path(), 'utf8');
  };
  const lines = (await saved('Save JSON Lines'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string });
  expect(new Set(lines.map(({ kind }) => kind))).toEqual(
    new Set(['story', 'entry', 'development', 'delivery']),
  );
  expect(JSON.stringify(lines)).toContain('"term":');
  await page.keyboard.press('e');
  const csv = await saved('Save CSV');
  expect(csv).toMatch(/^at,seen,publisher,/);
  expect(csv).toContain('Écho de Goma');
});

inBrowser('an entry that did not match is traced to the clause that failed', async () => {
  await page.goto(`${stage.service.url}/trace`);
  await page.getByLabel('Address or text').fill('https://journal-du-large.example.org/1000');
  await page.keyboard.press('Enter');
  await page.locator('.verdict').waitFor();
  expect(await textOf('.verdict')).toMatch(/It sent no alert: no rule matched\./);
  await page.locator('.ruler').waitFor();
  expect(await textOf('.clause')).toMatch(/17 words between Pyongyang and soldats; the rule allows 8/);
  const should = page.getByRole('link', { name: 'Should have alerted…' });
  expect(await should.getAttribute('href')).toMatch(/^\/rules\/nk-troop-deployment\?test=match&entry=e_/);
});

inBrowser('what is typed before the page has settled stays', async () => {
  const slow = await browser.open(`${stage.service.url}/#token=${stage.service.token}`);
  await slow.getByText('Live', { exact: true }).waitFor();
  await slow.addInitScript(() => {
    // As on a busy machine: what is done behind the first picture comes late.
    const { setTimeout: later, clearTimeout: never } = window;
    const putOff = new Set<number>();
    const slowly = (call: () => void, ms = 0): number => {
      if (ms >= 50) return later(call, ms);
      const id = later(() => {
        putOff.delete(id);
        call();
      }, ms + 1_000);
      putOff.add(id);
      return id;
    };
    const cancel = (id?: number): void => {
      putOff.delete(id ?? 0);
      never(id);
    };
    window.requestAnimationFrame = (call) => slowly(() => call(0));
    window.cancelAnimationFrame = cancel;
    window.setTimeout = slowly as typeof setTimeout;
    window.clearTimeout = cancel as typeof clearTimeout;
    Object.assign(window, { putOff });
  });
  for (const [path, label] of [
    ['/trace', 'Address or text'],
    ['/', 'Words in a title, publisher or rule'],
    ['/feeds', 'Publisher, address or tag'],
  ] as const) {
    await slow.goto(`${stage.service.url}${path}`);
    const field = slow.getByLabel(label);
    await field.fill('harbour');
    // Everything that was put off by then has happened.
    const due = await slow.evaluate(() => [...(window as unknown as { putOff: Set<number> }).putOff]);
    await slow.waitForFunction(
      (ids) => ids.every((id) => !(window as unknown as { putOff: Set<number> }).putOff.has(id)),
      due,
    );
    expect(await field.inputValue(), path).toBe('harbour');
  }
  await slow.close();
});

inBrowser('what was never listed is said to be so', async () => {
  await page.goto(`${stage.service.url}/trace?q=${encodeURIComponent('https://nobody.example.org/1')}`);
  await page.locator('.verdict').waitFor();
  expect(await textOf('main')).toMatch(/Never seen.*\n+No feed of nobody\.example\.org is configured/);
});

inBrowser('a session that ended leads to signing in, and back to the same page', async () => {
  await page.goto(`${stage.service.url}/trace?q=Goma`);
  await page.locator('.verdict').waitFor();
  await browser.context.clearCookies();
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.getByLabel('Token').fill(stage.service.token);
  await page.keyboard.press('Enter');
  await page.locator('.story').first().waitFor();
  await page.keyboard.press('?');
  await page.getByRole('button', { name: /Sign out/ }).click();
  await page.getByLabel('Token').waitFor();
  const status = await page.evaluate(async () => (await fetch('/api/stories')).status);
  expect(status).toBe(401);
});

inBrowser('a line that is down is never called live', async () => {
  await page.goto(`${stage.service.url}/#token=${stage.service.token}`);
  await page.reload();
  await page.getByText('Live', { exact: true }).waitFor();
  await page.locator('.story').first().waitFor();
  await stage.service.stop();
  await page.getByText(/Not live since/).waitFor();
  expect(await page.locator('.story').count(), 'what was read stays').toBeGreaterThan(0);
});
