// Lists as those who work in Excel want them, in a real browser: views kept and shared, many done at once with who is left out and why, walked by
// keys alone, half-finished text that a reload does not take, and every state of a list in its address.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { day } from '../lib.mjs';
import { PHONE, settled, fill, send, texts } from '../browser.mjs';
import { AXE, draftValues, webHouse } from './house.mjs';

let store, server, browser, office, liaison, campaign, unit, today;
const made = [];
const { inside, see } = webHouse(async (house) => {
  ({ store, server, browser, office, liaison, campaign, unit, today } = house);
  for (let i = 0; i < 4; i++) {
    const id = await office.create('problems', draftValues({ campaign, unit }, `批量用例第${i}件`));
    if (i < 3) await office.do('problems', id, 'submit'); // the last one stays a draft
    made.push(id);
  }
});

const row = (page, id) => page.locator(`.vt-body .vt-row:has(a[href="/problems/${id}"])`);
const rowsReady = (page) => page.locator('.vt-body .vt-row').first().waitFor();
const standing = (page) => page.evaluate(() => { const id = document.querySelector('[role=grid]').getAttribute('aria-activedescendant'); return id ? Number(document.getElementById(id).getAttribute('aria-rowindex')) - 2 : -1; });

test('a list is saved as a view, found again, shared by the office and then seen by a liaison', async () => {
  const window = await inside('office');
  const { page } = window;
  await see(window, '/problems');
  await page.locator('.vt-filters select').first().selectOption('submitted');
  await page.waitForURL(/state=submitted/);
  await page.locator('.views button', { hasText: '存为视图' }).click();
  await fill(page, 'name', '待审核的');
  await fill(page, 'shared', true);
  await send(page);
  const view = page.locator('.views a', { hasText: '待审核的' });
  await view.waitFor();
  assert.equal(await view.getAttribute('aria-current'), 'true');
  await page.locator('.views a', { hasText: '全部' }).click();
  await page.waitForURL((url) => !url.search);
  await view.click();
  await page.waitForURL(/state=submitted/);
  assert.deepEqual(window.trouble, []);
  const other = await inside('liaison-housing');
  await see(other, '/problems');
  await other.page.locator('.views a', { hasText: '待审核的' }).click();
  await other.page.waitForURL(/state=submitted/);
  await rowsReady(other.page);
  assert.equal(await other.page.locator('.views button', { hasText: '管理视图' }).count(), 0, 'what others share is not one\'s to manage');
  await other.context.close();
  await page.locator('.views button', { hasText: '管理视图' }).click();
  await page.locator('.views-own li', { hasText: '待审核的' }).locator('button', { hasText: '删除' }).click();
  await view.waitFor({ state: 'detached' });
  await page.locator('.undo button', { hasText: '撤销' }).click();
  await view.waitFor();
  assert.deepEqual((await office.ok('GET', '/api/v1/saved_views?state=active')).items.map((one) => one.name), ['待审核的'], 'and taking it back brings it back');
  await window.context.close();
});

test('an action that has a way back offers it; one that has none does not', async () => {
  const id = await office.create('problems', { title: '退错了的一件', detail: '居民多次反映', campaign: (await office.ok('GET', '/api/v1/session')).campaign.id, category: 'livelihood', source: 'research', kind: 'time_limited', level: 'city', lead_unit: liaison.session.user.unit, root_cause: '多头管理', goal: '住得安心' });
  await office.do('problems', id, 'submit');
  const window = await inside('office');
  const { page } = window;
  const state = async () => (await office.page('problems', id)).record.state;
  const until = async (wanted) => { for (const end = Date.now() + 15000; await state() !== wanted;) { assert.ok(Date.now() < end, `${await state()}, not ${wanted}`); await page.waitForTimeout(50); } };
  await see(window, `/problems/${id}`);
  await page.locator('.next .row button', { hasText: /^退回补充$/ }).click();
  await fill(page, 'reason', '点错了');
  await send(page);
  await page.locator('.undo button', { hasText: '撤销' }).click();
  await until('submitted');
  await page.locator('.el-message', { hasText: '已撤销' }).waitFor();
  await page.locator('.next .row button', { hasText: /^入库$/ }).click();
  await until('admitted');
  const told = page.locator('.el-message', { hasText: '已入库' });
  await told.waitFor();
  assert.equal(await told.locator('.undo').count(), 0, 'nothing leads back from admission without a reason');
  await window.context.close();
});

test('a policy half written survives a reload as well', async () => {
  const window = await inside('office');
  const { page } = window;
  const name = page.locator('main [id$="-name"]');
  await see(window, '/policies/new');
  await name.fill('没写完的口径');
  await page.reload();
  await settled(page);
  await page.locator('.note', { hasText: '已恢复' }).waitFor();
  assert.equal(await name.inputValue(), '没写完的口径');
  await page.locator('.note button', { hasText: '不要了' }).click();
  await page.waitForFunction(() => document.querySelector('main [id$="-name"]').value === '');
  await window.context.close();
});

test('many are done at once: tried first, who is left out is named with the reason, the rest is done', async () => {
  const window = await inside('office');
  const { page } = window;
  await see(window, `/problems?ids=${made.join(',')}`);
  await rowsReady(page);
  const boxes = page.locator('.vt-body input[type=checkbox]');
  await boxes.first().click();
  await boxes.nth(3).click({ modifiers: ['Shift'] });
  await page.locator('.bulk', { hasText: '已选 4 件' }).waitFor();
  assert.equal(await page.locator('form.filters').count(), 0, 'the bar takes the place of the conditions');
  await page.locator('.bulk-menu > button').click();
  await page.locator('.bulk-menu li button', { hasText: /^入库$/ }).click();
  const dialog = page.locator('.el-dialog:visible');
  const left = dialog.locator('.left-out li');
  await left.first().waitFor();
  const told = await texts(left);
  assert.equal(told.length, 1);
  assert.match(told[0], /批量用例第3件/);
  assert.ok(told[0].replace(/.*批量用例第3件/, '').trim().length > 4, `with its reason: ${told[0]}`);
  const state = async (id) => (await office.page('problems', id)).record.state;
  assert.deepEqual(await Promise.all(made.map(state)), ['submitted', 'submitted', 'submitted', 'draft'], 'tried, not done');
  await dialog.locator('button[type=submit]', { hasText: '3' }).click();
  await dialog.waitFor({ state: 'hidden' });
  assert.deepEqual(await Promise.all(made.map(state)), ['admitted', 'admitted', 'admitted', 'draft']);
  await page.locator('form.filters').waitFor();
  assert.deepEqual(window.trouble.filter((one) => !/409 .*rehearse=1/.test(one)), [], 'but that the trial was refused');
  await window.context.close();
});

test('the list is walked by keys alone: to the search and out of it, down, to the ends, selected in a range, opened', async () => {
  const window = await inside('office');
  const { page } = window;
  await see(window, '/problems?sort=number');
  await rowsReady(page);
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.type), 'search');
  await page.keyboard.press('Escape');
  await page.locator('[role=grid]').focus();
  assert.equal(await standing(page), 0);
  for (const [key, wanted] of [['ArrowDown', 1], ['ArrowDown', 2], ['ArrowUp', 1], ['Home', 0]]) {
    await page.keyboard.press(key);
    assert.equal(await standing(page), wanted, key);
  }
  const last = Number(/\d+/.exec((await texts(page.locator('.tfoot [role=status]')))[0])[0]) - 1;
  await page.keyboard.press('PageDown');
  assert.ok(await standing(page) > 3);
  await page.keyboard.press('End');
  assert.ok(await standing(page) >= Math.min(last, 5));
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.locator('.bulk', { hasText: '已选 3 件' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.bulk').waitFor({ state: 'detached' });
  const opens = await page.locator('.vt-row.at a.ti').getAttribute('href');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${opens}`);
  await page.goBack();
  await rowsReady(page);
  await page.keyboard.press('?');
  await page.locator('.el-dialog:visible .keys').first().waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.el-dialog:visible').waitFor({ state: 'detached' }).catch(() => page.locator('.keys').first().waitFor({ state: 'hidden' }));
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('the palette finds a page, a problem by its words and a unit, and goes there', async () => {
  const window = await inside('office');
  const { page } = window;
  await see(window, '/tasks');
  const ask = async (text) => {
    await page.keyboard.press('Control+k');
    const box = page.locator('.palette input');
    await box.waitFor();
    await page.waitForFunction(() => document.activeElement?.closest('.palette'));
    await box.fill(text);
  };
  await ask('批量用例第1');
  await page.locator('.palette [role=option]', { hasText: '批量用例第1件' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/problems/${made[1]}`);
  await settled(page);
  await ask('住房城乡建设');
  await page.locator('.palette [role=option]', { hasText: '牵头的问题' }).first().click();
  await page.waitForURL(`**/problems?lead_unit=${liaison.session.user.unit}`);
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('half-finished text survives a reload, is another user\'s never, and is gone once sent or signed out', async () => {
  const window = await inside('office');
  const { page } = window;
  const open = () => page.locator('.lead button.p').click();
  await see(window, '/problems');
  await open();
  await fill(page, 'title', '写到一半的题目');
  await page.reload();
  await settled(page);
  await open();
  await page.locator('.el-dialog:visible .note', { hasText: '已恢复' }).waitFor();
  assert.equal(await page.locator('.el-dialog:visible [id$="-title"]').inputValue(), '写到一半的题目');
  const kept = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('bihuan.draft.')));
  assert.deepEqual(await kept(), [`bihuan.draft.${office.session.user.id}.problem-create-`]);
  await page.keyboard.press('Escape');
  await page.locator('.who > button').click();
  await page.locator('.who .btn', { hasText: '退出登录' }).click();
  await page.waitForURL('**/sign-in.html');
  assert.deepEqual(await kept(), [], 'signing out clears them');
  await window.context.close();
});

test('the problem list opens with what sticks, its colours are the overview\'s, and a colour lists the very problems that it counts', async () => {
  const window = await inside('office');
  const { page } = window;
  const overview = await office.ok('GET', '/api/v1/overview');
  await see(window, '/problems');
  await rowsReady(page);
  const colours = { 红: 'red', 橙: 'orange', 黄: 'yellow', 蓝: 'blue', 灰: 'grey', 绿: 'green' };
  const figure = async (name) => { await page.locator('.chips label', { hasText: name }).locator('b').waitFor(); return Number((await page.locator('.chips label', { hasText: name }).locator('b').innerText()).replace(/,/g, '')); };
  assert.deepEqual(await texts(page.locator('.chips').first().locator('label')), (await Promise.all(Object.keys(colours).map(async (name) => `${name} ${await figure(name)}`))), 'red first');
  for (const [name, colour] of Object.entries(colours)) assert.equal(await figure(name), overview.colours[colour], name);
  const all = await office.ok('GET', '/api/v1/problems?limit=1&total=1');
  assert.deepEqual([await figure('计入总数'), await figure('不计入')], [overview.total, all.total - overview.total]);
  assert.equal(await page.locator('[role=columnheader]', { hasText: '颜色与原因' }).getAttribute('aria-sort'), 'ascending');
  const first = (await office.ok('GET', '/api/v1/problems?sort=colour&limit=1')).items[0];
  assert.equal(await page.locator('.vt-body .vt-row').first().locator('a').getAttribute('href'), `/problems/${first.id}`);
  await page.locator('.chips label', { hasText: '蓝' }).click();
  await page.waitForURL((url) => url.searchParams.get('colour') === 'blue' && url.searchParams.get('counted') === 'true');
  await page.locator('.count', { hasText: `${overview.colours.blue}` }).waitFor();
  await page.locator('.chips label', { hasText: '不计入' }).click();
  await page.waitForURL((url) => url.searchParams.get('counted') === 'false' && !url.searchParams.has('colour'));
  await page.locator('.count', { hasText: `${all.total - overview.total}` }).waitFor();
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('conditions, order and columns stand in the address: back and forward walk them, and the address alone shows the same', async () => {
  const window = await inside('office');
  const { page } = window;
  await see(window, '/problems');
  await page.locator('.chips label', { hasText: '灰' }).click();
  await page.waitForURL(/colour=grey/);
  await page.locator('.vt-head button', { hasText: '期限' }).click();
  await page.waitForURL(/sort=due/);
  await page.locator('.columns-menu > button').click();
  await page.locator('.columns-menu li[data-key=kind] input').uncheck();
  await page.waitForURL(/columns=/);
  assert.equal(await page.locator('[role=columnheader]', { hasText: '类型' }).count(), 0);
  await page.locator('.columns-menu li[data-key=due] input').focus();
  await page.keyboard.press('Alt+ArrowUp');
  await page.waitForURL(/due(,|%2C)state/);
  const address = page.url();
  await page.goBack();
  await page.waitForURL((url) => !/due(,|%2C)state/.test(url.href));
  await page.goBack();
  await page.waitForURL((url) => !url.searchParams.has('columns'));
  await page.goBack();
  await page.waitForURL((url) => !url.searchParams.has('sort') && url.searchParams.get('colour') === 'grey');
  await page.goForward();
  await page.waitForURL(/sort=due/);
  const other = await inside('office-second');
  await see(other, address.replace(server.origin, ''));
  await rowsReady(other.page);
  const headers = await texts(other.page.locator('[role=columnheader]'));
  assert.ok(headers.indexOf('期限 ↑') < headers.indexOf('阶段') && !headers.includes('类型'), headers.join(' '));
  assert.equal(await other.page.locator('.vt-body .c-grey.tag').count(), await other.page.locator('.vt-body .vt-row').count());
  await other.context.close();
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('a date under its header is asked as a span, and can be taken back', async () => {
  const window = await inside('office');
  const { page } = window;
  await see(window, '/problems');
  await page.locator('.span-filter summary').first().click();
  await page.locator('.span-panel button', { hasText: '30 天内' }).click();
  await page.waitForURL((url) => url.searchParams.get('due.ge') === today && url.searchParams.get('due.le') === day(today, 30));
  await page.locator('.span-filter summary').first().click();
  await page.locator('.span-panel button', { hasText: '不限' }).click();
  await page.waitForURL((url) => !url.search);
  await window.context.close();
});

test('news does not move rows under the pointer: it waits with its number', async () => {
  const window = await inside('office');
  const { page } = window;
  await see(window, '/problems?sort=-id');
  await rowsReady(page);
  await page.locator('.vt-body .vt-row').nth(2).hover();
  const first = await page.locator('.vt-body a.ti').first().getAttribute('href');
  await office.create('problems', { title: '别人刚登记的', detail: '居民多次反映', campaign: (await office.ok('GET', '/api/v1/session')).campaign.id, category: 'livelihood', source: 'research', kind: 'time_limited', level: 'city', lead_unit: liaison.session.user.unit, root_cause: '多头管理' });
  await page.locator('.fresh', { hasText: /\d+ 条新变化/ }).waitFor();
  assert.equal(await page.locator('.vt-body a.ti').first().getAttribute('href'), first);
  await page.locator('.fresh button').click();
  await page.locator('.vt-body a.ti', { hasText: '别人刚登记的' }).waitFor();
  await window.context.close();
});

test('on paper every loaded row is there, with the cut-off on top and lines to sign at the end', async () => {
  const window = await inside('office');
  const { page } = window;
  await see(window, '/problems');
  await rowsReady(page);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const loaded = Number(/\d+/.exec((await page.locator('.tfoot [role=status]').innerText()))[0]);
  await page.waitForFunction((n) => document.querySelectorAll('.vt-body .vt-row').length === n, loaded);
  assert.match((await texts(page.locator('.print-head')))[0], /截至 \d{4}-\d\d-\d\d 周. \d\d:\d\d/);
  assert.equal(await page.locator('.signatures.print-only li').count(), 3);
  assert.ok(await page.locator('.signatures.print-only').isVisible());
  assert.equal(await page.locator('.top').isVisible(), false);
  await window.context.close();
});

for (const [language, dark, size] of [['zh', false], ['en', true], ['zh', true, PHONE], ['en', false, PHONE]]) {
  test(`axe finds nothing on the list while rows are selected, nor in what opens there (${language}, ${dark ? 'dark' : 'light'}, ${size ? 'phone' : 'desk'})`, async () => {
    const window = await inside('office', { language, dark, ...(size ? { size } : {}) });
    const { page } = window;
    const found = [];
    const look = async (where) => {
      await page.waitForTimeout(400); // what slides in has arrived
      await page.evaluate(AXE);
      const answer = await page.evaluate(() => axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }, resultTypes: ['violations'] }));
      found.push(...answer.violations.map((one) => `${where}: ${one.id}: ${one.nodes.slice(0, 2).map((node) => node.html.slice(0, 200)).join(' | ')}`));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) found.push(`${where}: ${wide} px wider than the screen`);
    };
    await see(window, `/problems?ids=${made.join(',')}`);
    await rowsReady(page);
    await page.locator('.vt-body input[type=checkbox]').first().click();
    await page.locator('.bulk-menu > button').click();
    await page.locator('.bulk-menu li').first().waitFor();
    await look('bulk');
    await page.locator('.bulk-menu li button').last().click();
    await page.locator('.el-dialog:visible').waitFor();
    await look('bulk dialog');
    await page.keyboard.press('Escape');
    await page.locator('.el-dialog:visible').first().waitFor({ state: 'hidden' });
    if (!size) {
      await page.locator('.columns-menu > button').click();
      await look('columns');
      await page.keyboard.press('Escape');
    }
    await page.keyboard.press('Control+k');
    await page.locator('.palette input').waitFor();
    await look('palette');
    assert.deepEqual(found, []);
    assert.deepEqual(window.trouble, []);
    await window.context.close();
  });
}
