// The public's pages in a real browser: reachable for all (axe, WCAG 2.1 A and AA) in both languages, light and dark, on a desk and at 390 px, with script and without; nothing breaks the strict policy; an
// objection is sent and followed without script. Pictures of the pages are left in build/test/screens.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { bihuan, day, followed, must, until, ROOT } from '../lib.mjs';
import { codeOf, portalStore, servePortal, signInAll, visitor } from '../public.mjs';
import { startBrowser, DESK, PHONE } from '../browser.mjs';
import { publicPages } from './addresses.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
const SCREENS = join(ROOT, 'build/test/screens');
let store, server, portal, browser, guest, office, liaison, head, acceptor, acceptor2, releaser, shown, publicised, code, unit;

before(async () => {
  store = portalStore();
  ({ server, portal } = await servePortal(store));
  guest = visitor(portal);
  browser = await startBrowser();
  [office, liaison, head, acceptor, acceptor2, releaser] = await signInAll(server, store, ['office', 'liaison-housing', 'head-housing', 'acceptor-1', 'acceptor-2', 'releaser']);
  await furnish();
  mkdirSync(SCREENS, { recursive: true });
});
after(async () => { await browser?.close(); await server?.stop(); store?.remove(); });

/** Some released problems of several colours, one of them publicised, a result, an answered appeal with its code, and appeals turned on. */
async function furnish() {
  const today = (await office.ok('GET', '/api/v1/session')).store.today, release = async (problem, values) => { const made = await office.create('releases', { problem, ...values }); await releaser.do('releases', made, 'release'); return made; };
  unit = liaison.session.user.unit;
  const campaign = await office.create('campaigns', { name: '公开专项', code: 'GK', prefix: 'GK-', valid_from: today, valid_to: day(today, 700) });
  await office.create('policies', { name: '门户受理', campaign, valid_from: today, public_appeals: true, public_a_day: 200 });
  await office.do('campaigns', campaign, 'lead_hotline', { hotline_from: today }, '诉求按本专项口径');
  const districts = (await office.ok('GET', '/api/v1/units?kind=district&limit=50')).items;
  for (const [i, title] of ['地下车库没有手机信号', '长江排污口整治', '社区医院配不到药'].entries()) {
    const id = await office.create('problems', { title, campaign, category: ['governance', 'livelihood', 'livelihood'][i], source: 'research', kind: 'time_limited', level: 'city', lead_unit: unit, root_cause: '略' });
    for (const action of ['submit', 'admit']) await office.do('problems', id, action);
    await office.do('problems', id, 'assign', { due: day(today, 60 + i) });
    if (i) await liaison.do('problems', id, 'take');
    const indicator = await office.create('indicators', { problem: id, name: '每月诉求', measured_in: '件', unit, direction: 'down', base: '420', base_on: today, goal: '100', goal_on: day(today, 50) });
    await liaison.create('sites', { problem: id, name: '一号点', unit });
    await release(id, { title, text: '年初每月 420 件诉求，现在 133 件，目标 100 件。\n两区正改为每天配送。', figures: ['lead_unit', 'due', 'progress', 'sites', 'evaluations'], indicators: [indicator], ...(districts[i] ? { district: districts[i].id } : {}) });
    shown = id;
  }
  publicised = await office.create('problems', { title: '小区漏水', campaign, category: 'livelihood', source: 'research', kind: 'time_limited', level: 'city', lead_unit: unit, root_cause: '略' });
  for (const action of ['submit', 'admit']) await office.do('problems', publicised, action);
  await office.do('problems', publicised, 'assign', { due: day(today, 60) });
  await liaison.do('problems', publicised, 'take');
  const measure = await liaison.create('measures', { problem: publicised, title: '重做防水', weight: 10000, start: today, due: day(today, 10), owner: '李某', unit });
  await liaison.do('problems', publicised, 'start', { owner: '张某' });
  await liaison.do('measures', measure, 'finish', { note: '完成' });
  await acceptor.do('measures', measure, 'accept_measure');
  await liaison.create('evidences', { problem: publicised, title: '整改后', note: '好了', phase: 'after' });
  await liaison.do('problems', publicised, 'apply', { progress_note: '防水已重做，不再渗漏。' });
  await head.do('problems', publicised, 'endorse');
  await acceptor.accept(publicised);
  await acceptor2.accept(publicised);
  await office.do('problems', publicised, 'publicise', { publicity_scope: 'public' });
  await releaser.do('releases', (await office.page('problems', publicised)).releases[0].id, 'release');
  const appeal = await office.create('appeals', { number: 'W-1', title: '漏水', made_at: today + 'T08:00:00+08:00' });
  await office.do('appeals', appeal, 'answer', { answer: '已修好', outcome: 'solved' });
  await office.do('appeals', appeal, 'invite');
  code = (await office.page('appeals', appeal)).record.evaluation_code;
  await followed(server);
}

async function open({ dark = false, size = DESK, script = true }) {
  const context = await browser.newContext({ viewport: size, colorScheme: dark ? 'dark' : 'light', javaScriptEnabled: script, baseURL: portal, reducedMotion: 'reduce' });
  const page = await context.newPage(), trouble = [];
  page.on('console', (message) => { if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) trouble.push(`${message.text()} (${message.location().url})`); });
  page.on('pageerror', (error) => trouble.push(String(error)));
  page.on('response', (answer) => { if (answer.status() >= 500) trouble.push(`${answer.status()} ${answer.url()}`); });
  page.setDefaultTimeout(15000);
  return { context, page, trouble };
}
async function axe(page, where) {
  await page.evaluate(AXE);
  const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }), TAGS);
  return found.violations.map((one) => `${where}: ${one.id}: ${one.help} — ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} (${node.any.concat(node.all)[0]?.message ?? ''})`).join(' | ')}`);
}

for (const [way, base, dark, size] of [['zh, light, desk', '/public', false, DESK], ['zh, dark, phone', '/public', true, PHONE], ['en, light, phone', '/public/en', false, PHONE], ['en, dark, desk', '/public/en', true, DESK]]) {
  test(`axe finds nothing on any page (${way}), nothing scrolls sideways, and the policy for content is kept`, async () => {
    const window = await open({ dark, size }), found = [];
    for (const path of publicPages({ shown, publicised })) {
      await window.page.goto(base + path);
      await window.page.waitForSelector('main#main');
      found.push(...await axe(window.page, base + path));
      const wide = await window.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) found.push(`${base + path}: ${wide} px too wide`);
    }
    assert.deepEqual(found, []);
    assert.deepEqual(window.trouble, []);
    await window.context.close();
  });
}

test('without script: an objection is sent, its code shown, and followed by it; a code opens the evaluation', async () => {
  const { context, page, trouble } = await open({ size: PHONE, script: false });
  await page.goto('/public/problems/' + publicised);
  await page.fill('#text', '墙角还在渗水');
  await page.click('#object button[type=submit]');
  const given = (await page.locator('.code b').innerText()).trim();
  assert.match(given, /^[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}$/);
  await until('it is taken in', async () => (await office.page('problems', publicised)).objections.length === 1);
  await followed(server);
  await page.goto('/public/follow');
  await page.fill('#code', given);
  await page.click('#follow button[type=submit]');
  assert.match(await page.locator('h1').innerText(), /已收到，正在核查/);
  await page.goto('/public/follow');
  await page.fill('#code', code);
  await page.click('#follow button[type=submit]');
  await page.check('input[name=solved][value="1"]');
  await page.check('input[name=satisfaction][value="1"]');
  await page.click('#evaluate button[type=submit]');
  assert.match(await page.locator('h1').innerText(), /评价已收到/);
  assert.deepEqual(trouble, []);
  await context.close();
});

test('without script: what is refused is shown again as it was typed, told above the form and beside its field, and reachable for all', async () => {
  const { context, page } = await open({ size: PHONE, script: false });
  await page.goto('/public/evaluate');
  await page.check('input[name=solved][value="1"]');
  await page.check('input[name=satisfaction][value="3"]');
  await page.fill('#words', '态度生硬');
  await page.fill('#code', 'aaaa-bbbb-cccc');
  await page.click('#evaluate button[type=submit]');
  assert.match(await page.locator('[role=alert]').innerText(), /没有这个评价码/);
  assert.equal(await page.locator('[role=alert] a').getAttribute('href'), '#code');
  assert.equal(await page.inputValue('#words'), '态度生硬');
  assert.ok(await page.isChecked('input[name=satisfaction][value="3"]'));
  assert.match(await page.locator('.fld:has(#code) .bad').innerText(), /请核对/);
  assert.equal(await page.getAttribute('#code', 'aria-invalid'), 'true');
  await page.goto('/public/appeal');
  await page.fill('#title', '路灯不亮');
  await page.fill('#text', '三盏路灯不亮');
  await page.click('button[type=submit]');
  await page.fill('#point', '北边');
  await page.fill('#person', '某先生');
  await page.click('button[type=submit]');
  assert.match(await page.locator('.fld:has(#point) .bad').innerText(), /纬度,经度/);
  assert.equal(await page.inputValue('#person'), '某先生');
  assert.equal(await page.inputValue('#text'), '三盏路灯不亮');
  await page.fill('#point', '31.23040,121.47370');
  await page.click('button[type=submit]');
  assert.match(await page.locator('h1').innerText(), /诉求已收到/);
  await context.close();
});

for (const dark of [false, true])
  test(`axe finds nothing on a form that was refused (${dark ? 'dark' : 'light'})`, async () => {
    const { context, page } = await open({ size: PHONE, dark });
    await page.goto('/public/evaluate');
    await page.locator('#evaluate form').evaluate((form) => { form.noValidate = true; form.submit(); });
    await page.waitForSelector('[role=alert]');
    assert.deepEqual(await axe(page, 'refused'), []);
    await page.goto('/public/follow');
    await page.fill('#code', 'nichts');
    await page.click('#follow button[type=submit]');
    await page.waitForSelector('.bad');
    assert.deepEqual(await axe(page, 'not found'), []);
    await context.close();
  });

test('a list keeps what was asked for through its filters and the other language', async () => {
  const { context, page } = await open({ size: PHONE, script: false });
  await page.goto('/public/');
  await page.click('.qn a[href*="standing=7"]');
  assert.equal(await page.locator('.list > li').count(), 3, 'all that is in hand, and nothing that is solved');
  await page.selectOption('#category', '4');
  await page.click('.ds button');
  assert.equal(await page.locator('.list > li').count(), 2);
  await page.click('header a[hreflang=en]');
  assert.equal(await page.inputValue('#standing'), '7');
  assert.equal(await page.inputValue('#category'), '4');
  assert.equal(await page.locator('.list > li').count(), 2);
  await context.close();
});

test('with script: a draft of an appeal survives a reload in its tab; no page writes anything into its address', async () => {
  const { context, page, trouble } = await open({ size: PHONE });
  await page.goto('/public/appeal');
  await page.fill('#title', '路灯不亮');
  await page.reload();
  assert.equal(await page.inputValue('#title'), '路灯不亮');
  await page.fill('#text', '三盏路灯不亮');
  await page.click('button[type=submit]');
  await page.waitForSelector('input[name=sure]', { state: 'attached' });
  assert.equal(new URL(page.url()).search, '');
  assert.deepEqual(trouble, []);
  await context.close();
});

test('what a page loads is small: under 60 kB in all, gzip', async () => {
  const pieces = await Promise.all(['/public/', '/public/portal.css', '/public/portal.js'].map(async (path) => (await guest.get(path)).text));
  assert.ok(gzipSync(pieces[2]).length < 2000, 'script');
  assert.ok(pieces.reduce((sum, text) => sum + gzipSync(text).length, 0) < 60000);
});

test('pictures of the pages', async () => {
  for (const [name, path, dark, size] of [['portal', '/public/', false, DESK], ['portal-dark', '/public/', true, DESK], ['portal-phone', '/public/', false, PHONE], ['portal-problem-phone', `/public/problems/${publicised}`, false, PHONE], ['portal-en', '/public/en/', false, DESK]]) {
    const { context, page } = await open({ dark, size });
    await page.goto(path);
    await page.waitForSelector('main#main');
    await page.screenshot({ path: join(SCREENS, `${name}.png`), fullPage: true });
    await context.close();
  }
});
