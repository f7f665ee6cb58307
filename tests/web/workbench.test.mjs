// The workbench in a real browser: a class that rises is opened and registered in one click with its appeals, what is drafted is sent, an alert is
// decided; each page is reachable for all in both languages, light and dark, wide and narrow. What a page says is held against the API.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { day, demoStore, followed, serve, signIn, until } from '../lib.mjs';
import { startBrowser, openWindow, settled } from '../browser.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
let store, server, browser, office, liaison, today, gas, closed, serial = 0;
before(async () => {
  store = demoStore();
  server = await serve(store);
  browser = await startBrowser();
  [office, liaison] = await Promise.all(['office', 'liaison-housing'].map((account) => signIn(server, account, store.accounts[account])));
  const { store: { today: now }, campaign } = await office.ok('GET', '/api/v1/session'), unit = liaison.session.user.unit;
  today = now;
  const appeal = (title, text, place) => office.create('appeals', { number: `B-${++serial}`, title, text, place, made_at: `${today}T08:00:00+08:00`, unit });
  gas = [];
  for (const place of ['紫藤苑', '银杏里', '青桐坊', '白榆新村']) gas.push(await appeal(`${place}燃气通气迟迟不通`, `${place}交房五个月燃气一直没有通气，老人天天用电磁炉。`, place));
  const lamp = await appeal('石榴巷路灯不亮', '石榴巷东段三盏路灯不亮，晚上老人走路危险。', '石榴巷');
  closed = await office.create('problems', { title: '石榴巷路灯不亮', campaign: campaign.id, category: 'livelihood', source: 'appeals', kind: 'at_once', lead_unit: unit, root_cause: '管网老化' });
  await office.create('links', { kind: 'arises_from', from_type: 'problem', from_id: closed, to_type: 'appeal', to_id: lamp });
  for (const action of ['submit', 'admit']) await office.do('problems', closed, action);
  await office.do('problems', closed, 'assign', { due: day(today, 20) });
  await liaison.do('problems', closed, 'take');
  await liaison.create('evidences', { problem: closed, title: '整改后照片', note: '已修好', phase: 'after' });
  await liaison.do('problems', closed, 'apply', { progress_note: '三盏路灯已修好' });
  await followed(server);
  await appeal('石榴巷路灯又不亮了', '石榴巷东段路灯又不亮了，晚上走路危险，请维修。', '石榴巷');
  await until('the alert is raised', async () => (await office.ok('GET', `/api/v1/alerts?problem=${closed}`)).items[0]);
});
after(async () => { await browser?.close(); await server?.stop(); store?.remove(); });

const inside = (more = {}) => openWindow(browser, server, { account: 'office', password: store.accounts.office, ...more });
const see = async ({ page }, address) => { await page.goto(address); await settled(page); };

for (const [language, dark, size] of [['zh', false, { width: 1440, height: 900 }], ['en', true, { width: 390, height: 844 }]]) {
  test(`axe finds nothing on the pages of the workbench, and none is wider than the window (${language}, ${dark ? 'dark, narrow' : 'light, wide'})`, async () => {
    const window = await inside({ language, dark, size }), found = [];
    const { id } = await office.ok('GET', `/api/v1/appeal-classes/${gas[0]}`);
    for (const address of ['/classes', `/classes?open=${id}`, '/answers', '/alerts']) {
      await see(window, address);
      await window.page.evaluate(AXE);
      const { violations } = await window.page.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }), TAGS);
      found.push(...violations.map((one) => `${address} ${one.id}: ${one.nodes[0].html.slice(0, 160)}`));
      const wide = await window.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) found.push(`${address} is ${wide} px wider than the window`);
    }
    assert.deepEqual(found, []);
    assert.deepEqual(window.trouble, []);
    await window.context.close();
  });
}

test('the class that rises and has no problem is named first, opened with its words side by side, and registered in one click', async () => {
  const window = await inside(), { page } = window;
  await see(window, '/classes?view=none');
  const heading = await page.locator('h1').textContent();
  assert.match(heading, /燃气通气迟迟不通/);
  await page.locator('.classes').getByRole('button', { name: '燃气通气迟迟不通' }).click();
  await page.waitForURL(/open=\d+/);
  await page.locator('.quotes blockquote').nth(2).waitFor();
  assert.ok(await page.locator('.quotes mark').count() > 0, 'what the texts share is marked');
  await page.locator('#reg-category').selectOption('livelihood');
  await page.getByRole('button', { name: /^立项，挂上 4 件/ }).click();
  await page.locator('.reg .note').waitFor();
  const now = await office.ok('GET', `/api/v1/appeal-classes/${gas[0]}`);
  assert.deepEqual([now.linked, now.problems.length], [4, 1]);
  const made = await office.page('problems', now.problems[0].id);
  assert.deepEqual([made.record.appeals, made.record.source, made.record.state], [4, 'appeals', 'draft']);
  await window.context.close();
});

test('a drafted answer is read, changed and sent by a click; an alert is confirmed with its reason and the problem is open again', async () => {
  const window = await inside(), { page } = window;
  await see(window, '/answers');
  const row = page.locator('.answers > li', { hasText: '石榴巷路灯不亮' }).first();
  const box = row.locator('textarea');
  assert.match(await box.inputValue(), /三盏路灯已修好/);
  await box.fill('三盏路灯已换新，欢迎再反映。');
  await row.getByRole('button', { name: /发出/ }).click();
  const lamp = (await office.page('problems', closed)).links.find((one) => one.type === 'appeal').record.id;
  const sent = await until('it is sent', async () => { const one = (await office.page('appeals', lamp)).record; return one.state === 'answered' && one; });
  assert.equal(sent.answer, '三盏路灯已换新，欢迎再反映。');
  await see(window, '/alerts');
  const alert = page.locator('.alert', { hasText: '石榴巷路灯' });
  await alert.locator('input').fill('现场看过，又坏了');
  await alert.getByRole('button', { name: /确认反弹/ }).click();
  await until('the problem is open again', async () => (await office.page('problems', closed)).record.state === 'assigned');
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});
