// What the server refuses stays on the page with its reasons until it is closed: a round whose table does not balance is not frozen, and the
// office reads which records break it and goes there.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan, must, databaseTool } from '../lib.mjs';
import { startBrowser, openWindow, settled } from '../browser.mjs';

let store, server, browser, round, victim;
before(async () => {
  store = demoStore();
  server = await serve(store);
  const office = await signIn(server, 'office', store.accounts.office), { campaign, store: { today } } = await office.ok('GET', '/api/v1/session');
  const units = (await office.ok('GET', '/api/v1/units?limit=200')).items.filter((one) => one.name === '市水务局').map((one) => one.id);
  round = await office.create('rounds', { campaign: campaign.id, name: '勾稽不平的一轮', opens_on: today, due: today, units, cutoff: `${today}T00:00:00+08:00` });
  await office.do('rounds', round, 'open');
  must(bihuan(store, ['clock', 'advance', '2d']));
  await office.do('rounds', round, 'close');
  victim = (await office.ok('GET', '/api/v1/problems?state=rectifying&counted=true&limit=1')).items[0];
  await server.stop();
  databaseTool(store, `UPDATE problem SET counted = 0 WHERE id = ${victim.id}`);
  server = await serve(store);
  browser = await startBrowser();
});
after(async () => { await browser?.close(); await server?.stop(); store?.remove(); });

test('freezing what does not balance is refused; the page goes on saying which records, and leads to them', async () => {
  const { page } = await openWindow(browser, server, { account: 'office', password: store.accounts.office });
  await page.goto(`/records/rounds/${round}`);
  await settled(page);
  const again = page.waitForResponse((answer) => answer.request().method() === 'GET' && answer.url().endsWith(`/api/v1/rounds/${round}/journal`));
  await page.locator('.next .row button', { hasText: /^冻结$/ }).click();
  await (await again).finished(); // what was refused is followed by reading the record again, which must not wipe the reason away
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const said = page.locator('main .failure');
  assert.equal(await said.count(), 1, 'the reason is still there');
  assert.ok((await said.innerText()).includes(victim.number), await said.innerText());
  await said.locator('a').click();
  await page.waitForURL(/\/watch\?part=identities/);
  await page.locator(`main a[href="/problems/${victim.id}"]`).waitFor();
});
