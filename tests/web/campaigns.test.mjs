// Two campaigns side by side, in a real browser: the picker is there only when there is something to pick, stands in the address, and every link of the
// page keeps it (lists behind figures, screens, the wall, the printed page's code), so that each list has exactly the figure it was opened from.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { day } from '../lib.mjs';
import { PHONE, settled, texts } from '../browser.mjs';
import { AXE, webHouse } from './house.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa'];
let store, server, browser, office, home, audit, today;
const NAME = '审计整改专项';
const { inside, see } = webHouse((house) => { ({ store, server, browser, office, campaign: home, today } = house); });

const number = (text) => Number(text.replace(/[^\d]/g, ''));
const picker = (page) => page.locator('.campaign-pick select');
const overviewOf = (campaign) => office.ok('GET', '/api/v1/overview' + (campaign ? `?campaign=${campaign}` : ''));

async function second() {
  const water = (await office.ok('GET', '/api/v1/units?limit=200')).items.find((one) => one.name === '市水务局').id;
  audit = await office.create('campaigns', { name: NAME, code: 'AUDIT', prefix: 'SJ', valid_from: today, valid_to: day(today, 100), units: [water] });
  const own = await office.create('categories', { campaign: audit, name: '资金管理', code: '1', under: 'economy' });
  for (const title of ['往来款长期挂账', '专户资金未清理', '合同台账不全']) {
    const problem = await office.create('problems', { campaign: audit, title, category: 'economy', campaign_category: own, source: 'audit_old', kind: 'at_once', lead_unit: water });
    for (const action of ['submit', 'admit']) await office.do('problems', problem, action);
  }
}

test('where there is one campaign nothing is to pick, and no address names it', async () => {
  const window = await inside('office');
  for (const address of ['/overview', '/screens/5', '/rounds', '/definitions', '/boards', '/watch', '/alerts']) {
    await see(window, address);
    assert.equal(await picker(window.page).count(), 0, address);
    assert.equal(await window.page.locator('main a[href*="campaign="]').count(), 0, address);
  }
  await window.context.close();
});

test('all together say which they are; picked, the page is of one, and a reload keeps it', async () => {
  await second();
  const window = await inside('office'), { page } = window;
  await see(window, '/overview');
  const whole = await overviewOf(), own = await overviewOf(audit);
  assert.equal(number(await page.locator('.hero .big').innerText()), whole.total);
  assert.match(await page.locator('.ctx').innerText(), /全部专项工作（2 项）/);
  const line = await page.locator('.campaign-line').innerText();
  for (const one of whole.by.campaign) assert.match(line, new RegExp(`${whole.labels.campaign[one.key]} ${one.total}`));
  await picker(page).selectOption(String(audit));
  await page.waitForURL(`**/overview?campaign=${audit}`);
  await page.waitForFunction((total) => document.querySelector('.hero .big')?.textContent.trim() === String(total), own.total);
  await page.reload();
  await settled(page);
  assert.equal(number(await page.locator('.hero .big').innerText()), own.total);
  assert.match(await page.locator('.ctx').innerText(), new RegExp(NAME));
  assert.match(await page.locator('.campaign-line').innerText(), /参加单位 1 家，牵头问题的 1 家/);
  await page.locator('section', { hasText: '专项类别 × 颜色' }).locator('a', { hasText: '3' }).first().waitFor();
  await page.goBack();
  await page.waitForFunction((total) => document.querySelector('.hero .big')?.textContent.trim() === String(total), whole.total);
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('every figure of one campaign opens a list of that length', async () => {
  const window = await inside('office'), { page } = window;
  await see(window, `/overview?campaign=${audit}`);
  await page.locator('a[href*="campaign_category="]').first().waitFor();
  const figures = await page.locator('main a[href^="/problems?"]').evaluateAll((links) => links.map((link) => ({ address: link.getAttribute('href'), text: link.textContent })));
  assert.ok(figures.length > 10, `${figures.length} figures`);
  for (const { address, text } of figures) {
    assert.match(address, new RegExp(`[?&]campaign=${audit}(&|$)`));
    assert.equal((await office.ok('GET', '/api/v1' + address + '&limit=200')).items.length, number(text), address);
  }
  await page.locator(`main a[href*="campaign=${audit}"][href^="/problems?"]`).first().click();
  await page.waitForURL('**/problems?**');
  await settled(page);
  await page.locator('.vt-body .vt-row').first().waitFor();
  assert.equal(Number(await page.locator('.vt-in').getAttribute('aria-rowcount')), 3 + 1);
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('screens, wall, printed page and the lists behind definitions stay with the campaign', async () => {
  const window = await inside('leader'), { page } = window;
  await see(window, `/overview?campaign=${audit}`);
  for (const tab of await page.locator('.screen-tabs a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))) {
    await see(window, tab);
    assert.match(page.url(), new RegExp(`campaign=${audit}`), tab);
    assert.equal(await picker(page).inputValue(), String(audit), tab);
    assert.match(await page.locator('.paper-title').innerText().catch(() => page.locator('.paper-title').textContent()), new RegExp(NAME), tab);
    const code = decodeURIComponent(await page.locator('.paper-head img').getAttribute('src'));
    assert.equal(code.includes(`campaign=${audit}`), !code.includes('/rates/'), 'appeals belong to no campaign');
  }
  await see(window, `/overview?wall=1&stop=1&campaign=${audit}`);
  await page.keyboard.press('ArrowRight');
  await page.waitForURL(`**/screens/2?**campaign=${audit}**`);
  assert.match(await page.locator('.wall-bar').innerText(), new RegExp(NAME));
  await page.keyboard.press('Escape');
  await page.waitForURL(`**/screens/2?campaign=${audit}`);
  await see(window, `/definitions?campaign=${audit}`);
  const total = page.locator(`a[href*="/definitions/total"][href*="campaign=${audit}"]`).first();
  assert.equal(number(await total.innerText()), 3);
  await total.click();
  await page.waitForURL('**/definitions/total?**');
  await page.locator('main table tbody tr').first().waitFor();
  assert.equal(await page.locator('main table tbody tr').count(), 3);
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('rounds of several campaigns each say whose they are, and are compared only after one is picked', async () => {
  const round = await office.create('rounds', { campaign: audit, name: '审计整改第一轮', opens_on: today, due: day(today, 5) });
  const window = await inside('office'), { page } = window;
  await see(window, '/rounds');
  assert.match(await page.locator('tr', { has: page.locator(`a[href="/records/rounds/${round}"]`) }).innerText(), new RegExp(NAME));
  await picker(page).selectOption(String(audit));
  await page.waitForFunction(() => document.querySelectorAll('main table tbody tr').length === 1);
  await see(window, '/screens/9');
  assert.match((await texts(page.locator('h1')))[0], /请先选专项工作/);
  await page.locator('.campaign-line a', { hasText: NAME }).click();
  await page.waitForURL(`**/screens/9?campaign=${audit}`);
  await window.context.close();
});

test('of two campaigns under way none is preset in a form; on a page of one it is that one', async () => {
  const window = await inside('office'), { page } = window;
  const names = page.locator('[role=dialog] .el-select__selected-item', { hasText: new RegExp(`${NAME}|专项整改`) });
  await see(window, '/problems?create=1');
  await page.locator('[role=dialog]').waitFor();
  assert.deepEqual(await texts(names), []);
  await see(window, `/problems?campaign=${audit}&create=1`);
  await names.first().waitFor();
  assert.deepEqual(await texts(names), [NAME]);
  await see(window, `/policies/new?campaign=${audit}`);
  assert.match(await page.locator('main').innerText(), /以默认口径为底/);
  await see(window, `/policies/new?campaign=${home}`);
  assert.doesNotMatch(await page.locator('.lead').innerText(), /以默认口径为底/);
  await window.context.close();
});

test('who imports a ledger says beside the file which of two campaigns it belongs to', async () => {
  const window = await inside('office'), { page } = window;
  await see(window, '/import');
  await page.locator('#ledger-file').setInputFiles({ name: '台账.csv', mimeType: 'text/csv', buffer: Buffer.from('序号,问题,类别,整改措施,责任单位,整改时限\n1,井盖缺损,保障和改善民生,补齐,市水务局,2026年12月底前\n') });
  await page.getByLabel('专项工作').selectOption({ label: NAME });
  await page.getByRole('button', { name: '上传并核对' }).click();
  await page.locator('.outcome').waitFor();
  assert.doesNotMatch((await texts(page.locator('main')))[0], /有几个专项工作/);
  await window.context.close();
});

test('axe finds nothing on the pages of one campaign and of all, on a desk and a phone, light and dark', async () => {
  for (const more of [{}, { size: PHONE, dark: true }]) {
    const window = await inside('office', more);
    for (const address of ['/overview', `/overview?campaign=${audit}`, `/screens/9`, `/rounds?campaign=${audit}`, `/definitions?campaign=${audit}`, `/boards?campaign=${audit}`, `/watch?campaign=${audit}`]) {
      await see(window, address);
      await window.page.evaluate(AXE);
      const found = await window.page.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }), TAGS);
      assert.deepEqual(found.violations.map((one) => `${address} ${one.id} ${one.nodes[0]?.target}`), []);
      assert.ok(await window.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${address} is not wider than its window`);
    }
    assert.deepEqual(window.trouble, []);
    await window.context.close();
  }
});
