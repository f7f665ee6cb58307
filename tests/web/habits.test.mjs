// Habits that every page keeps, in a real browser: what is offered once, what is never taken from under the hands, what a list tells in its address.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn } from '../lib.mjs';
import { startBrowser, openWindow, settled, fill, send, texts } from '../browser.mjs';

let store, server, browser, office, liaison, campaign;
before(async () => {
  store = demoStore();
  server = await serve(store);
  browser = await startBrowser();
  [office, liaison] = await Promise.all(['office', 'liaison-housing'].map((account) => signIn(server, account, store.accounts[account])));
  campaign = (await office.ok('GET', '/api/v1/session')).campaign.id;
});
after(async () => { await browser?.close(); await server?.stop(); store?.remove(); });

const inside = (account, more = {}) => openWindow(browser, server, { account, password: store.accounts[account], ...more });
const see = async ({ page }, address) => { await page.goto(address); await settled(page); };
async function submitted(title) {
  const id = await office.create('problems', { title, detail: '居民多次反映', campaign, category: 'livelihood', source: 'research', kind: 'time_limited', level: 'city', lead_unit: liaison.session.user.unit, root_cause: '多头管理', goal: '住得安心' });
  await office.do('problems', id, 'submit');
  return id;
}

test('the tasks offer the way back once, where the thing stood', async () => {
  const plan = await office.create('plans', { title: '撤销用例方案', campaign, lead_unit: liaison.session.user.unit, goal: '一次做完' });
  const topic = await office.create('topics', { title: '撤销用例课题', campaign, lead_unit: liaison.session.user.unit });
  assert.ok(plan && topic);
  const id = await submitted('撤销用例一件');
  const window = await inside('office');
  const { page } = window;
  await see(window, '/tasks');
  const task = page.locator('li.task', { hasText: '撤销用例一件' });
  await task.locator('button', { hasText: '入库' }).click();
  await page.locator('li.task.done', { hasText: '撤销用例一件' }).waitFor();
  await page.locator('.el-message', { hasText: '已入库' }).waitFor();
  assert.equal((await office.page('problems', id)).record.state, 'admitted');
  assert.equal(await page.locator('.el-message .undo').count(), 0, 'in passing it is only told');
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});
