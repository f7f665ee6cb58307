// The one field for dates, in a real browser: typed as offices write dates, chosen in a calendar that speaks the language of the page, by keys alone and on a phone; what is no
// date is said beside it and never sent as another.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { PHONE, texts } from '../browser.mjs';
import { filesBelow, ROOT } from '../lib.mjs';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { AXE, webHouse } from './house.mjs';

const house = webHouse();
const { inside, see } = house;
const SEARCH = '/search?q=' + encodeURIComponent('小区');
const from = (page) => page.locator('.date-field input').first();
const cells = (page) => page.locator('.date-panel .el-date-table td.available');
const condition = (page, name) => new URL(page.url()).searchParams.get(name);
const year = () => house.today.slice(0, 4);

test('a date is typed as offices write it, and shown as it was understood', async () => {
  const window = await inside('office'), { page } = window;
  await see(window, SEARCH);
  for (const [typed, meant] of [['2026年3月5日', '2026-03-05'], ['2026.3.6', '2026-03-06'], ['20260307', '2026-03-07'], ['2026/03/08', '2026-03-08'], ['3-9', `${year()}-03-09`], ['3月10日', `${year()}-03-10`], ['２０２６－０３－１１', '2026-03-11']]) {
    await from(page).fill(typed);
    await from(page).press('Tab');
    await page.waitForURL((url) => url.searchParams.get('from') === meant);
    assert.equal(await from(page).inputValue(), meant, typed);
  }
  await from(page).fill('');
  await from(page).press('Tab');
  await page.waitForURL((url) => !url.searchParams.has('from'));
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('what is no date is said beside the field, changes no condition, and in a form is not sent as another date', async () => {
  const window = await inside('office'), { page } = window;
  await see(window, SEARCH);
  for (const typed of ['明天', '2026-02-30', '20261', '2026-13-01']) {
    await from(page).fill(typed);
    await from(page).press('Tab');
    await page.locator('.date-field .finding').first().waitFor();
    assert.equal(await from(page).getAttribute('aria-invalid'), 'true', typed);
    assert.equal(condition(page, 'from'), null, typed);
  }
  await see(window, '/problems?create=1');
  const dialog = page.locator('.el-dialog:visible');
  await dialog.locator('details.fold > summary').click();
  const due = dialog.locator('[id$="-due"]');
  await due.fill('下个月');
  await due.press('Tab');
  for (const [name, value] of [['title', '日期写错的'], ['detail', '居民多次反映']]) await dialog.locator(`[id$="-${name}"]`).fill(value);
  await dialog.locator('.finding', { hasText: '2026-11-30' }).waitFor();
  assert.equal(await due.inputValue(), '下个月', 'what was typed stays to be put right');
  await due.fill('12月3日');
  await due.press('Tab');
  assert.equal(await due.inputValue(), `${year()}-12-03`);
  assert.equal(await dialog.locator('.finding', { hasText: '2026-11-30' }).count(), 0);
  await window.context.close();
});

test('the calendar opens at the store\'s today, by a click or the arrow down, and is walked and left by keys alone', async () => {
  const window = await inside('office'), { page } = window;
  await see(window, SEARCH);
  await from(page).press('ArrowDown');
  const standing = page.locator('.date-panel td.current');
  await standing.waitFor();
  assert.equal((await standing.innerText()).trim(), String(Number(house.today.slice(8))));
  assert.match(await standing.getAttribute('class'), /store-today/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  assert.equal(condition(page, 'from'), null, 'moving about chooses nothing');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('from') === house.today);
  assert.equal(await page.locator('.date-panel').count(), 0);
  assert.ok(await from(page).evaluate((input) => input === document.activeElement), 'the field has the focus again');
  await from(page).press('ArrowDown');
  await standing.waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.date-panel').waitFor({ state: 'detached' });
  await from(page).click();
  await cells(page).filter({ hasText: /^\s*15\s*$/ }).click();
  await page.waitForURL((url) => url.searchParams.get('from') === `${house.today.slice(0, 8)}15`);
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('in a form the calendar lies in front, Escape closes it alone, and what was chosen is a draft that a reload keeps', async () => {
  const window = await inside('office'), { page } = window;
  await see(window, '/problems?create=1');
  const dialog = page.locator('.el-dialog:visible');
  await dialog.locator('[id$="-title"]').fill('有期限的');
  await dialog.locator('details.fold > summary').click();
  const due = dialog.locator('[id$="-due"]');
  await due.press('ArrowDown');
  await page.locator('.date-panel td.current').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.date-panel').waitFor({ state: 'detached' });
  assert.ok(await dialog.isVisible(), 'the form is still there');
  await due.click();
  await page.locator('.date-panel button', { hasText: '今天' }).click();
  assert.equal(await due.inputValue(), house.today);
  await page.reload();
  await page.locator('.el-dialog:visible .note', { hasText: '已恢复' }).waitFor();
  await page.locator('.el-dialog:visible details.fold > summary').click();
  assert.equal(await page.locator('.el-dialog:visible [id$="-due"]').inputValue(), house.today);
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

for (const [language, dark, size, words] of [['zh', false, { width: 1440, height: 900 }, ['一', '二', '三', '四', '五', '六', '日']], ['en', true, PHONE, ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']]])
  test(`the calendar speaks the page's language and fits its window, and axe finds nothing (${language}, ${size.width} px)`, async () => {
    const window = await inside('office', { language, dark, size }), { page } = window;
    await see(window, SEARCH);
    if (size === PHONE) await page.locator('.more-filters summary').click();
    await from(page).click();
    await page.locator('.date-panel .el-date-table').waitFor();
    assert.deepEqual(await texts(page.locator('.date-panel .el-date-table th')), words);
    const box = await page.locator('.date-panel').boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= size.width && box.y + box.height <= size.height, JSON.stringify(box));
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa'] }, resultTypes: ['violations'] }));
    assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 160)}`), []);
    assert.deepEqual(window.trouble, []);
    await window.context.close();
  });

test('no page has a date field of the browser\'s own', () => {
  for (const file of filesBelow(join(ROOT, 'ui/src')).filter((name) => name.endsWith('.vue'))) assert.doesNotMatch(readFileSync(join(ROOT, 'ui/src', file), 'utf8'), /type="(date|datetime-local|month|week|time)"/, file);
});
