// Habits that every page keeps, in a real browser: what is offered once, what is never taken from under the hands, what a list tells in its address.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn } from '../lib.mjs';
import { startBrowser, openWindow, settled, fill, send } from '../browser.mjs';

let store, server, browser, office, liaison, campaign, today;
before(async () => {
  store = demoStore();
  server = await serve(store);
  browser = await startBrowser();
  [office, liaison] = await Promise.all(['office', 'liaison-housing'].map((account) => signIn(server, account, store.accounts[account])));
  const session = await office.ok('GET', '/api/v1/session');
  [campaign, today] = [session.campaign.id, session.store.today];
});
after(async () => { await browser?.close(); await server?.stop(); store?.remove(); });

const inside = (account, more = {}) => openWindow(browser, server, { account, password: store.accounts[account], ...more });
const see = async ({ page }, address) => { await page.goto(address); await settled(page); };
const draft = (title) => office.create('problems', { title, detail: '居民多次反映', campaign, category: 'livelihood', source: 'research', kind: 'time_limited', level: 'city', lead_unit: liaison.session.user.unit, root_cause: '多头管理', goal: '住得安心', due: today });

test('the tasks offer the way back once, where the thing stood', async () => {
  const id = await draft('撤销用例一件');
  const window = await inside('office');
  const { page } = window;
  await see(window, '/tasks');
  const task = page.locator('li.task', { hasText: '撤销用例一件' });
  await task.locator('button', { hasText: '送审' }).click();
  await page.locator('li.task.done', { hasText: '撤销用例一件' }).waitFor();
  await page.locator('.el-message', { hasText: '已送审' }).waitFor();
  assert.equal((await office.page('problems', id)).record.state, 'submitted');
  const back = page.locator('button', { hasText: /^撤销/ });
  assert.equal(await back.count(), 1, 'once, in the row; in passing it is only told');
  await back.click();
  await fill(page, 'reason', '点错了');
  await send(page);
  await page.locator('li.task:not(.done)', { hasText: '撤销用例一件' }).locator('button', { hasText: '送审' }).waitFor();
  assert.equal((await office.page('problems', id)).record.state, 'draft');
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});
