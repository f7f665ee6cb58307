// What a tired liaison and a busy leader see at first glance, in a real browser: whose a task is, no more rows than one reads, nothing empty, nothing twice, nothing cut off between a phone's and a desk's width.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, day, filesBelow } from '../lib.mjs';
import { texts } from '../browser.mjs';
import { furnish } from './furnish.mjs';
import { person } from './people.mjs';
import { draftValues, webHouse } from './house.mjs';

let store, server, browser, office, liaison, campaign, unit, today, made;
const { inside, see } = webHouse(async (house) => {
  ({ store, server, browser, office, liaison, campaign, unit, today } = house);
  made = await furnish(server, store);
  await person(server, store, 'office-long', '综合协调与督查督办处副处长', office.session.user.unit, { role: 'office' });
});

const draft = (title, more) => office.create('problems', draftValues({ campaign, unit }, title, more));
const sideways = (page, what) => page.locator(what).first().evaluate((one) => one.scrollWidth - one.clientWidth);

test('a task says to which problem it belongs, and a problem waiting says what its colour says', async () => {
  const window = await inside('liaison-housing'), { page } = window;
  await see(window, '/tasks');
  const folds = page.locator('.more-tasks button', { hasText: /措施|申请销号/ });
  while (await folds.count()) await folds.first().click();
  const measure = page.locator('li.task', { hasText: '排定楼栋' }).first();
  assert.match((await texts(measure.locator('.bd p')))[0], /^问题：老旧小区车库没有信号$/);
  assert.equal(await page.locator('li.task .tt').count(), await page.locator('li.task').count(), 'each names itself once');
  for (const task of await page.locator('li.task .bd').all()) { const said = await texts(task.locator('p')); assert.equal(new Set(said).size, said.length, said.join(' | ')); }
  const { items } = await liaison.ok('GET', '/api/v1/tasks');
  const coloured = items.find((one) => one.type === 'problem' && one.colour);
  assert.equal((await texts(page.locator('li.task', { hasText: coloured.record.number }).first().locator('.bd p')))[0], coloured.colour.why);
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('a long group of tasks shows the most urgent, three of a kind; the rest of a kind is one press away, and what comes in bulk stands beside', async () => {
  for (let i = 1; i <= 16; i++) await draft(`折叠用例第${i}件`, { due: day(today, 2) });
  const window = await inside('office'), { page } = window;
  await see(window, '/tasks');
  const rows = page.locator('[data-group=week] li.task'), mine = rows.filter({ hasText: '折叠用例' });
  const kinds = await texts(rows.locator('.k'));
  assert.ok(kinds.length <= 12, `${kinds.length} rows`);
  const shown = await mine.count(), more = page.locator('[data-group=week] .more-tasks button', { hasText: '送审' });
  assert.ok(shown <= 3, `${shown} of a kind`);
  assert.match((await texts(more))[0], /^问题 · 送审 \d+ 件$/);
  await more.click();
  assert.equal(await mine.count(), 16);
  const counted = Number(/\d+/.exec((await texts(page.locator('[data-group=week] > header .sub')))[0])[0]);
  for (let left = await page.locator('[data-group=week] .more-tasks button').count(); left > 0; left--) await page.locator('[data-group=week] .more-tasks button').first().click();
  assert.equal(await rows.count(), counted, 'nothing is left out');
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('a problem offers in one place what there is none of yet; nothing stands there twice, and no paper shows what is empty', async () => {
  const window = await inside('office'), { page } = window;
  await see(window, `/problems/${made.problem}`);
  const titles = await texts(page.locator('.cols-p section.card > header h2'));
  assert.deepEqual(titles.filter((one, at) => titles.indexOf(one) !== at), [], 'each panel once');
  for (const empty of ['公示异议', '催办记录', '抽查与回头看']) assert.ok(!titles.includes(empty), `${empty}: ${titles.join()}`);
  const offered = page.locator('section.card', { has: page.locator('.add-more') });
  await offered.getByRole('button', { name: '新建点位' }).click();
  await page.locator('.el-dialog:visible').waitFor();
  await page.keyboard.press('Escape');
  await page.emulateMedia({ media: 'print' });
  assert.equal(await offered.isVisible(), false);
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('between a phone and a desk nothing is drawn too small or off the side: the road map fits, the curve can be read', async () => {
  for (const width of [1024, 1280, 1440]) {
    const window = await inside('office', { size: { width, height: 768 } }), { page } = window;
    await see(window, `/problems/${made.problem}`);
    await page.locator('.curve svg.fit').first().waitFor();
    await page.waitForFunction(() => { const one = document.querySelector('.scroll:has(.gantt)'); return one && one.scrollWidth <= one.clientWidth; }).catch(() => {});
    assert.ok(await sideways(page, '.scroll:has(.gantt)') <= 0, `${width}: the road map scrolls sideways`);
    const sizes = await page.locator('.curve svg.fit').first().evaluate((svg) => [...svg.querySelectorAll('text')].map((one) => parseFloat(getComputedStyle(one).fontSize) * (svg.getBoundingClientRect().width / svg.viewBox.baseVal.width)));
    assert.ok(Math.min(...sizes) > 10, `${width}: ${Math.min(...sizes)} px`);
    const cut = await page.locator('.gantt thead svg').evaluate((svg) => [...svg.querySelectorAll('text')].filter((one) => one.getBBox().x + one.getBBox().width > svg.viewBox.baseVal.width).map((one) => one.textContent));
    assert.deepEqual(cut, [], `${width}: dates cut off`);
    await window.context.close();
  }
});

test('in English, with a long name and a long page in the header, no page scrolls sideways at 1440, 1200 or 1024', async () => {
  const window = await inside('office-long', { language: 'en' }), { page } = window;
  for (const address of ['/watch', '/policies/new', '/classes']) {
    await see(window, address);
    for (const width of [1440, 1200, 1024]) {
      await page.setViewportSize({ width, height: 768 });
      await page.waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth).catch(() => assert.fail(`${address} scrolls sideways at ${width}`));
    }
  }
  await window.context.close();
});

test('the journal names a reminder by what it is, and a judgement of one thing shows that thing', async () => {
  const window = await inside('office'), { page } = window;
  const entry = (number, changes) => ({ number, moment: '2026-11-10T08:00:00+08:00', actor: 0, behalf: null, kind: 'derived', action: 'judge', label: '', state: null, reason: null, changes });
  await page.route(`**/api/v1/problems/${made.problem}/journal*`, async (route) => {
    const answer = await route.fetch(), body = await answer.json();
    const first = body.entries ?? body.items;
    first.unshift({ ...first[0], ...entry(99991, [{ field: 'chased', old: 1, new: 2 }, { field: 'chased_on', old: null, new: '2026-11-10' }, { field: 'chase_step', old: 0, new: 3 }]) }, { ...first[0], ...entry(99990, [{ field: 'transfers', old: 3, new: 4 }]) });
    await route.fulfill({ response: answer, json: body });
  });
  await see(window, `/problems/${made.problem}`);
  await page.locator('.jr li > div', { hasText: '自动提醒催办' }).first().waitFor();
  const told = await texts(page.locator('.jr li > div'));
  assert.match(told[0], /^自动提醒催办/);
  assert.match(told[1], /^转办次数 3 → 4/);
  await window.context.close();
});

test('on paper what somebody has to answer for ends with lines to sign, once; what only helps at the desk has none', async () => {
  const window = await inside('office'), { page } = window;
  const lines = async (address) => {
    await page.emulateMedia({ media: 'screen' });
    await see(window, address);
    await page.emulateMedia({ media: 'print' });
    return page.locator('.signatures:visible').count();
  };
  for (const address of ['/results', '/rounds', '/definitions', '/boards', '/chase', `/problems/${made.problem}`, `/records/plans/${made.plan}`, `/hand_overs/${made.slip}/slip`]) assert.equal(await lines(address), 1, address);
  for (const address of ['/tasks', '/search?q=1', '/map']) assert.equal(await lines(address), 0, address);
  await see(window, '/results');
  assert.ok(await page.evaluate(() => document.documentElement.classList.contains('on-wide-paper')), 'nine columns lie across');
  await window.context.close();
});

test('in English no page puts Chinese punctuation or a short name of the program between its words', async () => {
  const files = filesBelow(join(ROOT, 'ui/src')).filter((name) => name.endsWith('.vue'));
  assert.ok(files.length > 50);
  const found = files.flatMap((name) => {
    const source = readFileSync(join(ROOT, 'ui/src', name), 'utf8').replace(/<!--[^]*?-->|\/\*[^]*?\*\/|^\s*\/\/.*$|\s\/\/ .*$/gm, '');
    return [...source.matchAll(/.{0,30}[：；，。、“”（）].{0,20}/g)].map((one) => `${name}: ${one[0]}`);
  });
  assert.deepEqual(found, [], 'punctuation belongs to the words of a language');
  const window = await inside('auditadmin', { language: 'en' }), { page } = window;
  await see(window, '/audit?tab=stream');
  await page.locator('td.detail').first().waitFor();
  const details = await texts(page.locator('td.detail'));
  assert.ok(details.length > 0 && details.every((one) => !/[_"{]|[：；]/.test(one)), details.find((one) => /[_"{]/.test(one)));
  await window.context.close();
});
