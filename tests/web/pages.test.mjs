// Every page in a real browser: reachable for all (axe, WCAG 2.1 A and AA) in both languages, light and dark; clean under the strict
// Content-Security-Policy; usable on a phone; figures that open the lists they count; small; and text that looks like script is text.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'node:http';
import { newKey } from '../lib.mjs';
import { furnish, furnishWorkbench } from './furnish.mjs';
import { addPeople } from './people.mjs';
import { staffPages } from './addresses.mjs';
import { FOLDER, keptNames } from './kept-screens.mjs';
import { DESK, PHONE, openWindow, settled, texts } from '../browser.mjs';
import { AXE, webHouse } from './house.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
const SCRIPT = '<img src=x onerror="window.caught=1"><script>window.caught=1</script>\'"&amp;{{7*7}}${7*7}=cmd|1';
let store, server, browser, office, liaison, strange, working, made;

const { inside, see } = webHouse(async (house) => {
  const { campaign, unit } = house;
  ({ store, server, browser, office, liaison } = house);
  const appeal = (await office.ok('GET', '/api/v1/appeals?limit=1')).items[0].id;
  const set = await office.ok('POST', '/api/v1/changes', { changes: [
    { type: 'problem', action: 'create', values: { title: SCRIPT, detail: SCRIPT, campaign, category: 'livelihood', source: 'appeals', kind: 'time_limited', level: 'city', lead_unit: unit, root_cause: SCRIPT } },
    { type: 'link', action: 'create', values: { kind: 'arises_from', from_type: 'problem', from_id: -1, to_type: 'appeal', to_id: appeal } }] }, { 'idempotency-key': newKey() });
  strange = set.ids[0];
  await office.do('problems', strange, 'submit');
  await office.do('problems', strange, 'admit');
  // The richest page: a problem under way with measures and evidence, if the demo has one.
  const candidates = (await liaison.ok('GET', `/api/v1/problems?lead_unit=${unit}&state=rectifying&limit=20`)).items;
  const pages = await Promise.all(candidates.map((one) => liaison.page('problems', one.id)));
  const worth = (page) => page.evidence.length * 10 + page.measures.length + page.links.length;
  working = pages.sort((one, other) => worth(other) - worth(one))[0].record.id;
  made = { working, ...await furnish(server, store), ...await furnishWorkbench(server, store), ...await addPeople(server, store) };
});


async function axe(page, where, { part = null, rules = null } = {}) {
  if (!await page.evaluate(() => Boolean(window.axe))) await page.evaluate(AXE);
  const found = await page.evaluate(({ only, part }) => window.axe.run(part ? [...document.querySelectorAll(part)].filter((one) => one.offsetParent) : document, { runOnly: only, resultTypes: ['violations'] }), { only: rules ? { type: 'rule', values: rules } : { type: 'tag', values: TAGS }, part });
  return found.violations.map((one) => `${where}: ${one.id}: ${one.help} — ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} (${node.any.concat(node.all)[0]?.message ?? ''})`).join(' | ')}`);
}

/** What can be opened on a page: who opens it, where, and how. */
const card = (page, title) => page.locator('section.card').filter({ has: page.locator('h2', { hasText: title }) });
const OPENED = [
  ['create', 'office', () => '/problems', async (page) => { await page.locator('.lead button.p').click(); }],
  ['register', 'office', () => '/appeals', async (page) => { for (const at of [0, 1]) await page.locator('.vt-body input[type=checkbox]').nth(at).check(); await page.locator('.bulk button.p').click(); }],
  ['import', 'office', () => '/appeals', async (page) => { await page.locator('.lead .acts0 button', { hasText: /导入|Import/ }).click(); }],
  ['appeal', 'office', () => '/appeals', async (page) => { await page.locator('.vt-body .as-link').first().click(); }],
  ['user', 'office', () => '/tasks', async (page) => { await page.locator('.who > button').click(); }],
  ['messages', 'office', () => '/tasks', async (page) => { await page.locator('.bell .popbutton').click(); }],
  ['action', 'office', () => `/problems/${strange}`, async (page) => { await page.locator('.next .row button.p').click(); }],
  ['edit', 'office', () => `/problems/${strange}`, async (page) => { await card(page, /基本情况|Facts|Details/).locator('header button').first().click(); }],
  ['correction', 'office', () => `/problems/${strange}`, async (page) => { await page.locator('.next .row button', { hasText: /申请更正|Ask for correction/ }).click(); }],
  ['more', 'office', () => '/tasks', async (page) => { if (!await page.locator('.more-menu .popbutton').isVisible()) return page.locator('.who > button').click(); await page.locator('.more-menu .popbutton').click(); }],
  ['export', 'office', () => '/problems', async (page) => { await page.locator('.export-menu .popbutton').click(); }],
  ['reassign', 'office', () => '/problems', async (page) => { await page.locator('.vt-body input[type=checkbox]').first().check(); await page.locator('.bulk button.p').click(); }],
  ['measure', 'liaison-housing', () => `/problems/${working}`, async (page) => { await page.locator('.gantt button').first().click(); }],
  ['measure-new', 'liaison-housing', () => `/problems/${working}`, async (page) => { await page.locator('section.card:has(.gantt) header button').click(); }],
  ['evidence-new', 'liaison-housing', () => `/problems/${working}`, async (page) => { await page.locator('section.card:has(.evidence, p.state) header .more button').last().click(); }],
];
async function opened(page, open) {
  await open(page);
  await page.locator('.el-dialog:visible, .el-drawer:visible, .poppanel').first().waitFor();
  await page.waitForTimeout(450); // what slides in has arrived
}

/** What is still wrong when a page has laid itself out anew: a list takes some frames to change its columns after the window became narrow. */
async function lasting(page, find) {
  let found = await find(page);
  for (let frames = 0; found.length && frames < 120; frames++) {
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(resolve); }));
    found = await find(page);
  }
  return found;
}

/** What the dark colours can break is colour alone: the same page is the same text and the same tree. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
for (const language of ['zh', 'en']) {
  test(`every page (${language}): axe finds nothing, light and dark, the policy for content is kept, and on a phone of 390 pixels nothing scrolls sideways and nothing is out of reach`, async () => {
    const found = [], windows = {};
    const look = async (window, name) => {
      const { page } = window;
      found.push(...await axe(page, `${name}, light`));
      await settled(page); // views that are counted anew meanwhile have their figures
      const desk = await doable(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      found.push(...await axe(page, `${name}, dark`, { rules: COLOUR_RULES }));
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize(PHONE);
      await settled(page);
      found.push(...(await lasting(page, tooWide)).map((one) => `${name}, narrow: ${one}`));
      found.push(...(await lasting(page, outOfReach)).map((one) => `${name}, narrow: cannot be reached: ${one}`));
      await page.evaluate(() => document.querySelectorAll('main details:not([open])').forEach((one) => { one.open = true; })); // what is folded away is there
      const gone = async (page) => { const narrow = new Set(await doable(page)); return desk.filter((one) => !narrow.has(one) && !LEFT_OUT[name]?.test(one)); };
      found.push(...(await lasting(page, gone)).map((one) => `${name}: what the desk offers is gone on a phone: ${one}`));
      found.push(...window.trouble.splice(0).map((one) => `${name}: ${one}`));
      await page.setViewportSize(DESK);
    };
    const outside = await openWindow(browser, server, { language });
    await outside.page.goto('/sign-in.html');
    await settled(outside.page);
    await look(outside, 'sign-in');
    await outside.context.close();
    for (const { name, address, account } of staffPages(made)) {
      const window = (windows[account] ??= await inside(account, { language }));
      await see(window, address);
      assert.equal(await window.page.evaluate(() => document.documentElement.lang), language === 'zh' ? 'zh-CN' : 'en');
      await look(window, name);
    }
    for (const window of Object.values(windows)) await window.context.close();
    assert.deepEqual(found, []);
  });
}

for (const [language, dark] of [['zh', false], ['en', true]]) {
  test(`axe finds nothing in what opens on the pages (${language}, ${dark ? 'dark' : 'light'})`, async () => {
    const found = [];
    const windows = {};
    for (const [name, account, address, open] of OPENED) {
      const window = (windows[account] ??= await inside(account, { language, dark }));
      await see(window, address());
      await opened(window.page, open);
      found.push(...await axe(window.page, name, { part: '.el-dialog, .el-drawer, .poppanel' }));
      assert.deepEqual(window.trouble, [], name);
    }
    for (const window of Object.values(windows)) await window.context.close();
    assert.deepEqual(found, []);
  });
}

test('every kind of record that the office may see has a list that opens, by its declaration alone', async () => {
  const { types } = await office.ok('GET', '/api/v1/types');
  const window = await inside('office');
  await see(window, '/records');
  const offered = await window.page.locator('.ledger-list a').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  assert.ok(offered.length > 10, offered.join(' '));
  for (const type of types.filter((one) => !['problem', 'appeal'].includes(one.name))) {
    await see(window, `/records/${type.plural}`);
    assert.equal(await window.page.locator('h1').evaluate((one) => one.firstChild.textContent), type.label_plural);
    assert.equal(await window.page.locator('.failure').count(), 0, type.name);
  }
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

/** Nothing is wider than the screen but what scrolls within itself. */
const tooWide = (page) => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width && document.body.scrollWidth <= width) return [];
  return [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > width + 1).slice(0, 5).map((one) => one.outerHTML.slice(0, 120)).concat(`${document.documentElement.scrollWidth} > ${width}`);
});
/** What a phone does without on purpose: a list shows the columns it has room for and is printed from a desk; an opened class stands in the place of the list, which is one step back (on a desk the first one is opened at once). */
const LIST = /^(列|Columns)|^(打印|Print)$/;
const LEFT_OUT = { classes: /./, problems: LIST, appeals: LIST, units: LIST, campaigns: LIST, grants: LIST, draws: LIST, 'class-opened': /./ };
/** What a page offers to do, by its words: the buttons and links of its main part that can be seen, but for what stands in rows of a list (a phone shows fewer columns).
 * A count behind the words may come later than they do, so it is no part of them. */
const doable = (page) => page.evaluate(() => [...document.querySelectorAll('main button, main a[href], main input, main select, main textarea')].filter((one) => one.checkVisibility() && !one.closest('.vt-in, table, svg, .no-narrow'))
  .map((one) => (one.getAttribute('aria-label') ?? (one.labels?.[0]?.querySelector('span') ?? one.labels?.[0] ?? one).textContent).replace(/\s+/g, ' ').replace(/[\s\d,]+$/, '').trim()).filter(Boolean));
/** What can be seen but not touched: beside the screen with nothing to scroll it in, or under something else. */
const outOfReach = (page) => page.evaluate(() => {
  const bad = [];
  for (const one of document.querySelectorAll('header button, header a[href], main button, main a[href], main input:not([type=file]), main select, main textarea, nav a[href]')) {
    if (!one.checkVisibility() || one.closest('svg, .vh, .skip') || one.matches('.vh, .skip')) continue;
    one.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    const box = [...one.getClientRects()].find((each) => each.width > 1 && each.height > 1);
    if (!box) continue;
    const x = box.left + box.width / 2, y = box.top + box.height / 2, top = document.elementFromPoint(x, y);
    if (x < 0 || x > innerWidth || (top && !one.contains(top) && !top.contains(one) && !one.labels?.[0]?.contains(top) && !one.closest('.el-select')?.contains(top))) bad.push(`${one.outerHTML.slice(0, 120)} at ${Math.round(x)},${Math.round(y)} under ${top?.outerHTML.slice(0, 80)}`);
  }
  scrollTo(0, 0);
  return bad.slice(0, 5);
});
test('what opens on the pages works on a phone of 390 pixels, and one walks from a task to its problem there', async () => {
  const windows = {}, wide = [];
  for (const [name, account, address, open] of OPENED) {
    const window = (windows[account] ??= await inside(account, { size: PHONE }));
    await see(window, address());
    await opened(window.page, open);
    wide.push(...(await tooWide(window.page)).map((one) => `${name}: ${one}`));
  }
  const { page } = windows['liaison-housing'];
  await see(windows['liaison-housing'], '/tasks');
  await page.locator('.tabbar a[href="/problems"]').click();
  await page.waitForURL('**/problems');
  await page.locator('.vt-body .vt-row a').first().click();
  await page.waitForURL(/\/problems\/\d+/);
  await page.locator('.next').waitFor();
  for (const one of Object.values(windows)) { assert.deepEqual(one.trouble, []); await one.context.close(); }
  assert.deepEqual(wide, []);
});

const figureOf = (text) => Number(text.replace(/[^\d]/g, ''));
test('each figure of the overview opens the list that it counts', async (context) => {
  const { page, trouble } = await inside('office');
  await page.goto('/overview');
  await settled(page);
  await page.locator('main a[href^="/problems?"]').nth(20).waitFor();
  const figures = await page.locator('main a[href^="/problems?"]').evaluateAll((links) => links.map((link) => ({ address: link.getAttribute('href'), text: link.textContent })));
  assert.ok(figures.length > 20, `${figures.length} figures`);
  const lists = new Map();
  for (const one of figures) {
    if (!lists.has(one.address)) {
      let count = 0;
      const ids = new Set();
      for (let after = ''; after !== null;) {
        const list = await office.ok('GET', '/api/v1' + one.address + '&limit=200' + (after ? `&after=${encodeURIComponent(after)}` : ''));
        for (const item of list.items) ids.add(item.id);
        count += list.items.length;
        if (list.total !== null) assert.equal(list.total, figureOf(one.text), `the total of ${one.address}`);
        after = list.next;
      }
      assert.equal(ids.size, count, 'no row twice');
      lists.set(one.address, count);
    }
    assert.equal(lists.get(one.address), figureOf(one.text), one.address);
  }
  for (let at = 0; at < figures.length; at += Math.ceil(figures.length / 6)) {
    await page.goto('/overview');
    await settled(page);
    await page.locator(`main a[href="${figures[at].address}"]`).first().click();
    await page.waitForURL('**/problems?**');
    await settled(page);
    const wanted = figureOf(figures[at].text);
    await page.locator('.vt-body .vt-row').first().waitFor();
    const total = (await texts(page.locator('.tfoot [role=status]')))[0];
    assert.match(total, new RegExp(`(^|\\D)${wanted}(\\D|$)`), figures[at].address);
    assert.equal(Number(await page.locator('.vt-in').getAttribute('aria-rowcount')), wanted + 1);
  }
  assert.deepEqual(trouble, []);
  context.diagnostic(`${figures.length} figures, ${lists.size} lists`);
});

test('text that looks like script is shown as text, wherever it stands', async () => {
  const window = await inside('office');
  const { page, trouble } = window;
  page.on('dialog', (dialog) => { trouble.push('a script opened a dialog'); void dialog.dismiss(); });
  const places = ['/tasks', '/problems?sort=-changed', `/problems/${strange}`];
  for (const address of places) {
    await see(window, address);
    while (await page.locator('.more-tasks button').count()) await page.locator('.more-tasks button').first().click(); // what is folded away counts too
    await page.locator('main', { hasText: 'onerror="window.caught=1"' }).waitFor();
    assert.equal(await page.evaluate(() => window.caught), undefined, address);
    assert.equal(await page.locator('main img[src=x]').count(), 0);
  }
  assert.equal((await texts(page.locator('h1')))[0], SCRIPT.replace(/\s+/g, ' '));
  assert.equal(await page.title().then((title) => title.includes('<img src=x')), true);
  await page.locator('.next .row button.p').click();
  await page.locator('.el-dialog:visible').waitFor();
  assert.equal(await page.evaluate(() => window.caught), undefined);
  const searched = await openWindow(browser, server, { account: 'office', password: store.accounts.office });
  await see(searched, '/problems?q=' + encodeURIComponent('<script>alert(1)</script>') + '&state=' + encodeURIComponent('"><img src=x onerror=alert(1)>'));
  assert.equal(await searched.page.locator('main img[src=x]').count(), 0);
  assert.deepEqual(trouble, []);
});

test('the policy for content is strict, and leaves nothing to inline script or style', async () => {
  for (const address of ['/sign-in.html', '/tasks', '/problems/1', '/api/v1/session']) {
    const answer = await fetch(server.origin + address);
    const policy = answer.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src '(none|self)'/, address);
    assert.doesNotMatch(policy, /unsafe|\*/, address);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    if (!address.startsWith('/api')) {
      const text = await answer.text();
      assert.doesNotMatch(text, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/, `${address} has something inline`);
    }
  }
});

/** Bytes on the wire, as a browser asks over plain http. */
const wire = (path) => new Promise((done, failed) => {
  request(server.origin + path, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
    const parts = [];
    answer.on('data', (bytes) => parts.push(bytes));
    answer.on('end', () => done({ size: parts.reduce((sum, bytes) => sum + bytes.length, 0), encoding: answer.headers['content-encoding'] }));
  }).on('error', failed).end();
});
/** The scripts an entry needs before its first page: those it names and what they import, not what is loaded later. */
async function scriptsOf(entry) {
  const html = await (await fetch(server.origin + entry)).text();
  const waiting = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map((match) => match[1]);
  const sizes = new Map();
  while (waiting.length) {
    const path = waiting.pop();
    if (sizes.has(path)) continue;
    sizes.set(path, (await wire(path)).size);
    const text = await (await fetch(server.origin + path)).text();
    for (const match of text.matchAll(/(?:from|import)\s*["'](\.\/[^"']+\.js)["']/g)) waiting.push('/assets/' + match[1].slice(2));
  }
  return sizes;
}
test('the entries are small: sign-in below 60 kB of script, the staff pages below 220 kB', async (context) => {
  for (const [entry, most] of [['/sign-in.html', 60_000], ['/index.html', 220_000]]) {
    const sizes = await scriptsOf(entry);
    const sum = [...sizes.values()].reduce((one, other) => one + other, 0);
    assert.ok(sizes.size > 0 && sum < most, `${entry}: ${sum} bytes: ${JSON.stringify([...sizes])}`);
    context.diagnostic(`${entry}: ${Math.round(sum / 1000)} kB of script in ${sizes.size} files`);
  }
});

test('a picture of every page is kept in docs/screens, and together they are small', () => {
  const files = readdirSync(FOLDER), pictures = files.filter((name) => name.endsWith('.png'));
  assert.deepEqual(keptNames().filter((name) => !files.includes(`${name}.png`)), [], 'node tests/web/kept-screens.mjs renews them');
  assert.ok(pictures.reduce((sum, name) => sum + statSync(join(FOLDER, name)).size, 0) < 6_000_000);
  const index = readFileSync(join(FOLDER, 'README.md'), 'utf8');
  for (const name of pictures) assert.ok(index.includes(`(${name})`), name);
});
