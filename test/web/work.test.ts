/** What an editor does on a day, in a real browser against the real service: from a new rule to its alert, and back. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, CHROMIUM, openBrowser } from './browser.ts';
import { openStage, type Stage } from './stage.ts';

const inBrowser = test.skipIf(CHROMIUM === null);
let stage: Stage;
let browser: Browser;
let page: Page;
let minute = 1_315;
/** No rule has anything to do with it, but for one word. */
const FERRY = 'North Korea is far, but the ferry of Gisenyi now leaves at eight';

beforeAll(async () => {
  if (CHROMIUM === null) return;
  stage = await openStage({ newsroom: false });
  for (const at of [0, 20, 70, 155, 1_165, minute]) await stage.tickAt(at);
  browser = await openBrowser();
  browser.context.setDefaultTimeout(60_000);
  page = await browser.open(`${stage.service.url}/rules#token=${stage.service.token}`);
  await page.locator('.preview').waitFor();
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

async function tick(): Promise<void> {
  minute += 20;
  await stage.tickAt(minute);
}

const main = (): Promise<string> => page.locator('main').innerText();
const inForce = async (): Promise<string> =>
  await page.evaluate(async () => (await fetch('/api/config')).text());

/** Compiled in the browser: on the free plan the Worker has no time for it. */
async function saved(): Promise<void> {
  const sent = page.waitForRequest(
    (request) => request.method() === 'PUT' && request.url().endsWith('/api/config'),
  );
  await page.keyboard.press('Control+s');
  expect((await sent).headers()['content-type']).toMatch(/^multipart\/form-data/);
  await page.getByText('Saved', { exact: true }).waitFor();
}

inBrowser('a rule is written from the form, and rehearses', async () => {
  await page.getByRole('button', { name: 'New rule…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Title').fill('North Korean soldiers');
  const first = dialog.getByLabel('Words that must be there', { exact: true });
  await first.fill('North Korea');
  await first.press('Enter');
  await dialog.getByRole('button', { name: 'Add a group of words' }).click();
  const second = dialog.getByLabel('Words that must be there, group 2');
  await second.fill('@soldiers');
  await second.press('Enter');
  expect(await dialog.innerText()).toContain('@north-korea NEAR/12 @soldiers');
  await dialog.getByRole('button', { name: 'Add rule' }).click();
  await page.getByText('Nothing is sent. This edit would have sent').waitFor();
  expect(await page.locator('.preview').innerText()).toMatch(/new rule: no earlier version/);
  await saved();
  expect(await inForce()).toMatch(/- id: north-korean-soldiers\n(.*\n)*? +test_mode: true\n/);
});

inBrowser('an edit shows what it loses and gains before it is saved', async () => {
  await page.locator('.delta', { hasText: 'matches' }).waitFor();
  const not = page.getByLabel('Words that must not be there');
  await not.fill('Kyiv');
  await not.press('Enter');
  await page.locator('.er.lost').first().waitFor();
  const lost = await page.locator('.er.lost').first().innerText();
  expect(lost).toMatch(/North Korea sends 10,000 soldiers/);
  expect(lost).toMatch(/excluded by NOT Kyiv/);
  expect(await page.locator('.er.lost mark.m-excluded').first().innerText()).toBe('Kyiv');
  await page.getByRole('button', { name: 'Remove Kyiv' }).click();
  await page.locator('.er.lost').first().waitFor({ state: 'detached' });
  const any = page.getByLabel('Words that must be there', { exact: true });
  await any.fill('Goma');
  await any.press('Enter');
  await page.getByRole('combobox').filter({ hasText: 'anywhere in the entry' }).selectOption('');
  const group = page.getByLabel('Words that must be there, group 2');
  await group.fill('cholera');
  await group.press('Enter');
  await page.locator('.er', { hasText: 'Goma hospitals admit' }).first().waitFor();
  expect(await page.locator('.delta').innerText()).toMatch(/\+ [1-9]\d* entr(y|ies) now also match/);
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.locator('.delta', { hasText: '+ 0 entries now also match' }).waitFor();
});

inBrowser('switched on, its alert arrives on Stories without a reload', async () => {
  await page.getByRole('button', { name: 'Switch on' }).click();
  await page.getByText('This edit would have sent').waitFor();
  await saved();
  const stories = await browser.open(`${stage.service.url}/?rule=north-korean-soldiers`);
  await stories.getByText('Live', { exact: true }).waitFor();
  const before = await stories.locator('.story').count();
  stage.press.add('bay-courier', {
    minute: minute + 15,
    title: 'North Korea ships 3,000 more soldiers to Murmansk for winter drills',
  });
  stage.press.add('lakeside-radio', { minute: minute + 15, title: FERRY });
  await tick();
  await expect.poll(() => stories.locator('.story').count(), { timeout: 20_000 }).toBe(before + 1);
  expect(await stories.locator('.story').first().innerText()).toMatch(/Murmansk/);
  await expect.poll(() => stage.receiver.taken.length).toBeGreaterThan(0);
  await stories.close();
});

inBrowser('an entry that did not match becomes a test, and a red test asks for a reason', async () => {
  await page.goto(`${stage.service.url}/trace?q=ferry+of+Gisenyi`);
  const link = page.getByRole('link', { name: /Should have alerted/ }).first();
  await link.waitFor();
  const to = new URL((await link.getAttribute('href')) ?? '', stage.service.url);
  await page.goto(`${stage.service.url}/rules/north-korean-soldiers${to.search}`);
  await page.getByText('The entry is now a test that must match').waitFor();
  await page.locator('.preview .tests', { hasText: 'FAIL' }).waitFor();
  expect(await page.locator('.preview .tests').innerText()).toContain(FERRY);
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Save although a test fails').waitFor();
  await dialog.getByLabel('Reason').fill('red until the cable rule is there');
  await dialog.getByRole('button', { name: 'Save with this reason' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.locator('.vers', { hasText: 'red until the cable rule is there' }).waitFor();
  // It is not forgotten: the home page names it until it is green.
  const stories = await browser.open(`${stage.service.url}/`);
  await stories.locator('.log li', { hasText: 'fails one of its own tests' }).getByRole('link').click();
  await stories.waitForURL('**/rules/north-korean-soldiers');
  await stories.close();
});

inBrowser('a version is rolled back to the byte', async () => {
  const before = await inForce();
  const older = page.locator('.vers li').filter({ hasNotText: 'draft' }).nth(1).getByRole('button');
  await older.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /^Roll back to version/ }).click();
  await page.locator('.vers', { hasText: 'back to version' }).waitFor();
  expect((await inForce()) === before).toBe(false);
  expect((await inForce()).includes(FERRY)).toBe(false);
});

inBrowser('two people at once: both versions are there, and neither is lost', async () => {
  await page.goto(`${stage.service.url}/rules/north-korean-soldiers`);
  await page.locator('.preview').waitFor();
  await page.getByRole('button', { name: 'Form' }).click();
  await page.getByLabel('Title, as alerts show it').fill('North Korean soldiers, mine');
  await page.getByLabel('Title, as alerts show it').blur();
  await page.getByText('Unsaved changes').waitFor();
  const theirs = (await inForce()).replace(
    'title: North Korean soldiers',
    'title: North Korean soldiers, theirs',
  );
  await put(theirs);
  await page.keyboard.press('Control+s');
  await page.getByText('another user saved a version').waitFor();
  const shown = await page.locator('.conflict').innerText();
  expect(shown).toMatch(/− +title: North Korean soldiers, theirs/);
  expect(shown).toMatch(/\+ +title: North Korean soldiers, mine/);
  await page.getByRole('button', { name: 'Keep my version' }).click();
  await saved();
  expect((await inForce()).includes('title: North Korean soldiers, mine')).toBe(true);
});

async function put(source: string): Promise<void> {
  const status = await page.evaluate(
    async (body) =>
      (await fetch('/api/config', { method: 'PUT', headers: { 'content-type': 'application/yaml' }, body }))
        .status,
    source,
  );
  expect(status).toBe(200);
}

inBrowser('a lost line keeps the draft, through a reload too', async () => {
  const title = page.getByLabel('Title, as alerts show it');
  await title.fill('Soldiers, while offline');
  await title.blur();
  await page.getByText('Unsaved changes').waitFor();
  await browser.context.setOffline(true);
  await page.keyboard.press('Control+s');
  await page.getByText('Your draft is stored in this browser.').waitFor();
  expect(await main()).toMatch(/Not saved: The connection was lost/);
  await browser.context.setOffline(false);
  await page.reload();
  await page.getByText('This is your draft of').waitFor();
  await page.locator('.preview').waitFor();
  await page.getByRole('button', { name: 'Form' }).click();
  expect(await page.getByLabel('Title, as alerts show it').inputValue()).toBe('Soldiers, while offline');
  await page.getByRole('button', { name: 'Discard draft' }).click();
});

inBrowser('mistakes are underlined where they are, and the preview stays with its time', async () => {
  await page.getByRole('button', { name: 'YAML' }).click();
  const editor = page.locator('.cm-content');
  await editor.getByText('@soldiers').click();
  await page.keyboard.press('End');
  // Within the quotes.
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type(' AND @soldirs');
  await page.locator('.cm-lintRange-error').waitFor();
  expect(await page.locator('.cm-lintRange-error').first().innerText()).toContain('@soldirs');
  await page.getByText('Preview of your text as of').waitFor();
  await page.locator('.preview.dim').waitFor();
  expect(await page.locator('.lint').innerText()).toMatch(/soldirs/);
  expect(await main()).toMatch(/Cannot save: 1 error/);
  await page.keyboard.press('F8');
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.locator('.preview.dim').waitFor({ state: 'detached' });
  await page.locator('.cm-content').getByText('@soldiers').click();
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+i');
  const card = await page.locator('.card').innerText();
  expect(card).toMatch(/military pack/);
  expect(card).toMatch(/\p{Script=Hangul}/u);
});

inBrowser('a feed is looked into and added, paused and taken back; every other byte stays', async () => {
  await page.goto(`${stage.service.url}/feeds`);
  await page.locator('.feeds tbody tr').first().waitFor();
  expect(await page.locator('.feeds').innerText()).toMatch(
    /With problems, 1[\s\S]*Failing[\s\S]*Kholodny Mys/,
  );
  const before = await inForce();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  const address = stage.press.addresses.get('hansepost') ?? '';
  await dialog.getByLabel(/Address of a feed/).fill(`${address}?edition=2`);
  await dialog.getByRole('button', { name: 'Check address' }).click();
  await dialog.getByText('Unterseekabel in der Ostsee beschädigt').waitFor();
  await dialog.getByLabel('Publisher').fill('Hansepost, second edition');
  await dialog.getByRole('button', { name: 'Add feed' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('.feeds', { hasText: 'Hansepost, second edition' }).waitFor();
  const added = await inForce();
  expect(added.includes('publisher: "Hansepost, second edition"')).toBe(true);
  expect(added.split('\n').length).toBe(before.split('\n').length + 1);
  const row = page.locator('tr', { hasText: 'Namsan TV' });
  await row.getByRole('button', { name: 'Namsan TV' }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByText('Paused: Namsan TV').waitFor();
  expect(await inForce()).toMatch(/namsan-tv[\s\S]*paused: true/);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByText('Undone.').waitFor();
  expect((await inForce()) === added).toBe(true);
  await page.getByRole('button', { name: 'Poll now' }).click();
  await page.getByText(/It will be polled at the next check|Not polled: the last poll/).waitFor();
});

inBrowser('a dead letter is kept, and sent again under its own id', async () => {
  stage.receiver.answers.set('/archive', 410);
  stage.press.add('goma-echo', {
    minute: minute + 15,
    title: 'Choléra à Goma : 120 cas hospitalisés, un deuxième quartier touché',
  });
  await tick();
  await page.goto(`${stage.service.url}/channels`);
  await page.locator('.failedlist li').first().waitFor({ timeout: 20_000 });
  expect(await page.locator('.channels').innerText()).toMatch(/Disabled[\s\S]*archive[\s\S]*410/);
  const id = await page.locator('.failedlist code').first().innerText();
  stage.receiver.answers.delete('/archive');
  await page.locator('tr', { hasText: 'archive' }).getByRole('button', { name: 'Send a test' }).click();
  await page.getByText('The test arrived').waitFor();
  await page.getByRole('button', { name: 'Retry', exact: true }).first().click();
  await expect.poll(() => stage.receiver.taken.some((one) => one.id === id), { timeout: 20_000 }).toBe(true);
  await page.locator('.failedlist', { hasText: id }).waitFor({ state: 'detached' });
});

inBrowser('a search speaks the language of rules, and its finds can be kept', async () => {
  await page.goto(`${stage.service.url}/search`);
  await page.locator('.cm-content').click();
  await page.keyboard.type('Goma AND (cholera OR choléra)');
  await page.locator('.er', { hasText: 'Goma hospitals admit' }).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const text = await (await download).createReadStream().then(async (stream) => {
    let all = '';
    for await (const chunk of stream) all += String(chunk);
    return all;
  });
  expect(text).toMatch(/^seen,published,lang,publisher,feed,title,summary,url,id\r\n/);
  expect(text).toContain('Goma hospitals admit dozens of suspected cholera cases');
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Goma AND (');
  await page.locator('.lint').waitFor();
});

inBrowser('a token is made, shown once, and ended', async () => {
  await page.goto(`${stage.service.url}/status`);
  await page.locator('.sentences').waitFor();
  expect(await main()).toMatch(/Running: last check[\s\S]*KV writes today\s*\d+ of 900/);
  await page.getByLabel('Name').fill('wall screen');
  await page.getByRole('button', { name: 'Create token' }).click();
  const token = await page.locator('.secret code').innerText();
  expect(token).toMatch(/^vigie_/);
  await page.reload();
  await page.getByRole('rowheader', { name: 'wall screen' }).waitFor();
  expect(await main()).not.toContain(token);
  await page.getByRole('button', { name: 'Revoke…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('rowheader', { name: 'wall screen' }).waitFor({ state: 'detached' });
});

inBrowser('the policy of the pages stopped nothing', async () => {
  expect(await page.evaluate(async () => (await fetch('/api/csp-reports')).json())).toEqual({ reports: 0 });
});
