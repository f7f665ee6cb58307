// The workbench in a real browser: a class that rises is opened and registered in one click with its appeals, what is drafted is sent, an alert is
// decided; each page is reachable for all in both languages, light and dark, wide and narrow. What a page says is held against the API.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { bihuan, day, demoStore, followed, must, serve, signIn, until } from '../lib.mjs';
import { startBrowser, openWindow, settled } from '../browser.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
let store, server, browser, office, liaison, today, unit, gas, closed, serial = 0;
const appeal = (title, text, place) => office.create('appeals', { number: `B-${++serial}`, title, text, place, made_at: `${today}T08:00:00+08:00`, unit });
/** A problem about street lamps of a lane, closed and watched, with the appeal that it arose from. */
async function closedProblem(lane) {
  const { campaign } = await office.ok('GET', '/api/v1/session'), lamp = await appeal(`${lane}路灯不亮`, `${lane}东段三盏路灯不亮，晚上老人走路危险。`, lane);
  const id = await office.create('problems', { title: `${lane}路灯不亮`, campaign: campaign.id, category: 'livelihood', source: 'appeals', kind: 'at_once', lead_unit: unit, root_cause: '管网老化' });
  await office.create('links', { kind: 'arises_from', from_type: 'problem', from_id: id, to_type: 'appeal', to_id: lamp });
  for (const action of ['submit', 'admit']) await office.do('problems', id, action);
  await office.do('problems', id, 'assign', { due: day(today, 20) });
  await liaison.do('problems', id, 'take');
  await liaison.create('evidences', { problem: id, title: '整改后照片', note: '已修好', phase: 'after' });
  await liaison.do('problems', id, 'apply', { progress_note: '三盏路灯已修好' });
  return id;
}
before(async () => {
  store = demoStore();
  server = await serve(store);
  browser = await startBrowser();
  [office, liaison] = await Promise.all(['office', 'liaison-housing'].map((account) => signIn(server, account, store.accounts[account])));
  const { store: { today: now } } = await office.ok('GET', '/api/v1/session');
  [today, unit] = [now, liaison.session.user.unit];
  gas = [];
  for (const place of ['紫藤苑', '银杏里', '青桐坊', '白榆新村']) gas.push(await appeal(`${place}燃气通气迟迟不通`, `${place}交房五个月燃气一直没有通气，老人天天用电磁炉。`, place));
  closed = await closedProblem('石榴巷');
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
  await page.waitForURL(/open=\d+/); // the most pressing is opened beside the list, and stands in the address
  assert.match(await page.locator('.classes tr[aria-current=true]').innerText(), /燃气通气迟迟不通[^]*4 件 · \d 个单位、4 处/);
  await page.getByRole('region', { name: /燃气通气迟迟不通/ }).getByText('起超出预期').waitFor();
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

test('arrow keys move through the list of classes and open what they come to; on a phone class and list stand one after the other', async () => {
  const window = await inside(), { page } = window, current = page.locator('.classes tr[aria-current=true] button'), opened = () => new URL(page.url()).searchParams.get('open');
  await see(window, '/classes?least=1');
  const rows = await page.locator('.classes button[data-class]').evaluateAll((all) => all.map((one) => one.dataset.class));
  assert.ok(rows.length > 2);
  assert.equal(opened(), rows[0]);
  await current.focus();
  for (const [key, at] of [['ArrowDown', 1], ['ArrowDown', 2], ['ArrowUp', 1], ['End', rows.length - 1], ['Home', 0], ['ArrowUp', 0], ['ArrowDown', 1]]) {
    await page.keyboard.press(key);
    await page.waitForFunction((id) => new URL(location.href).searchParams.get('open') === id && document.activeElement.dataset.class === id, rows[at]);
  }
  await settled(page);
  const name = await current.innerText();
  assert.equal(await page.locator('.stack h2').first().innerText(), name, 'it is opened beside');
  const boxes = await Promise.all(['.class-list', '.stack'].map((part) => page.locator(part).first().boundingBox()));
  assert.ok(boxes[0].x + boxes[0].width <= boxes[1].x, 'side by side');
  assert.deepEqual(window.trouble, []);
  await window.context.close();
  const phone = await inside({ size: { width: 390, height: 844 } });
  await see(phone, '/classes?least=1');
  assert.equal(await phone.page.locator('.quotes').count(), 0, 'the list alone');
  await phone.page.locator(`.classes button[data-class="${rows[1]}"]`).click();
  await phone.page.locator('.stack h2', { hasText: name }).first().waitFor();
  assert.equal(await phone.page.locator('.class-list').count(), 0, 'the class alone');
  await phone.page.goBack();
  await phone.page.locator('.class-list').waitFor();
  assert.equal(new URL(phone.page.url()).searchParams.get('open'), null);
  await phone.context.close();
});

test('a drafted answer is read, changed and sent by a click; an alert is confirmed with its reason and the problem is open again', async () => {
  const window = await inside(), { page } = window;
  await see(window, '/answers');
  const row = page.locator('.answers > li', { hasText: '石榴巷路灯不亮' }).first();
  const box = row.locator('textarea');
  assert.match(await box.inputValue(), /三盏路灯已修好/);
  await box.fill('三盏路灯已换新，欢迎再反映。');
  const lamp = (await office.page('problems', closed)).links.find((one) => one.type === 'appeal').record.id, { version } = (await office.page('appeals', lamp)).record;
  await office.ok('PATCH', `/api/v1/appeals/${lamp}`, { values: { place: '石榴巷东段' } }, { 'if-match': `"${version}"` });
  await row.getByRole('button', { name: /发出/ }).click();
  await page.locator('main .failure', { hasText: '刚被他人改动' }).waitFor(); // somebody changed the appeal since it was read
  assert.notEqual((await office.page('appeals', lamp)).record.state, 'answered');
  assert.equal(await box.inputValue(), '三盏路灯已换新，欢迎再反映。', 'what was typed is still there');
  window.trouble.splice(0, Infinity, ...window.trouble.filter((one) => !/status of 412/.test(one)));
  await row.getByRole('button', { name: /发出/ }).click();
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

test('an event is opened within its class: people take one of it apart, what comes later follows them, and they make it one again', async () => {
  const pipe = [], group = async (id) => (await followed(server), (await office.page('appeals', id)).group);
  for (const text of ['月季园八号楼自来水管爆裂，水漫到路上，请抢修。', '月季园八号楼水管爆了，自来水流了一路，请抢修。']) pipe.push(await appeal('月季园八号楼水管爆裂', text, '月季园'));
  const together = await group(pipe[0]);
  assert.equal((await group(pipe[1])).event, together.event, 'the program takes both for one');
  const window = await inside(), { page } = window;
  const open = async () => {
    await see(window, `/classes?least=1&open=${(await group(pipe[0])).class}`);
    const row = page.getByRole('region', { name: '同一事件' }).locator('li', { hasText: '月季园八号楼水管爆裂' }).first();
    await row.getByRole('button', { name: '月季园八号楼水管爆裂' }).click();
    await row.locator('blockquote').first().waitFor();
    return row;
  };
  let row = await open();
  assert.equal(await row.locator('blockquote').count(), 2, 'both texts are there to judge by');
  await row.getByLabel(`选 B-${serial}`).check();
  const split = row.getByRole('button', { name: '拆出，另是一件' });
  assert.ok(await split.isDisabled(), 'a decision has a reason');
  await row.getByLabel('理由').fill('电话核实：八号楼两处');
  await split.click();
  await until('they are two', async () => (await group(pipe[1])).event !== (await group(pipe[0])).event);
  const { items: [decision] } = await office.ok('GET', '/api/v1/grouping_decisions?sort=-id&limit=1');
  assert.deepEqual([decision.kind, decision.level], ['split', 'event']);
  await server.stop();
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
  liaison = await signIn(server, 'liaison-housing', store.accounts['liaison-housing']);
  assert.notEqual((await group(pipe[1])).event, (await group(pipe[0])).event, 'it holds when the server comes again');
  await window.context.close();
  const again = await inside();
  await see(again, `/classes?least=1&open=${(await group(pipe[0])).class}`);
  row = again.page.getByRole('region', { name: '同一事件' }).locator('li', { hasText: '月季园八号楼水管爆裂' }).first();
  await row.getByRole('button', { name: '月季园八号楼水管爆裂' }).click();
  await row.locator('blockquote').first().waitFor();
  const [one, other] = [(await group(pipe[0])).event, (await group(pipe[1])).event];
  const mine = (await row.locator('blockquote a').first().getAttribute('href')).endsWith(`/${pipe[0]}`) ? one : other;
  await row.getByLabel('理由').fill('原来是一处');
  await row.getByLabel(/合并到/).fill((await office.page('appeals', mine === one ? pipe[1] : pipe[0])).record.number);
  await row.getByRole('button', { name: '和那一件合并' }).click();
  await until('they are one again', async () => (await group(pipe[1])).event === (await group(pipe[0])).event);
  assert.deepEqual(again.trouble, []);
  await again.context.close();
});

const groupOf = async (id) => (await followed(server), (await office.page('appeals', id)).group);
const newestDecision = async () => (await office.ok('GET', '/api/v1/grouping_decisions?sort=-id&limit=1&full=1')).items[0];
/** Presses a button of the decisions on a part of the page, and waits for what the journal says of it. */
async function press(part, reason, button) {
  const before = (await newestDecision())?.id;
  await part.getByLabel('理由').fill(reason);
  await part.getByRole('button', { name: button }).click();
  return until('it is decided', async () => { const now = await newestDecision(); return now?.id !== before && now; });
}

test('two appeals are confirmed as one event by a click: it is written down, holds at the next start, and what comes later follows', async () => {
  const lift = [];
  for (const text of ['海棠公寓三号楼电梯停运，老人下不了楼。', '海棠公寓三号楼电梯停运五天了，老人下不了楼。']) lift.push(await appeal('海棠公寓三号楼电梯停运', text, '海棠公寓'));
  const { event, class: of } = await groupOf(lift[0]);
  const window = await inside(), { page } = window;
  await see(window, `/classes?least=1&open=${of}`);
  const row = page.getByRole('region', { name: '同一事件' }).locator('li', { hasText: '海棠公寓三号楼电梯停运' }).first();
  await row.getByRole('button', { name: '海棠公寓三号楼电梯停运' }).click();
  const boxes = row.getByRole('checkbox');
  await boxes.nth(1).waitFor();
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  const decision = await press(row, '电话核实：是同一部电梯', '确认是同一件');
  assert.deepEqual([decision.kind, decision.level, decision.reason], ['confirm', 'event', '电话核实：是同一部电梯']);
  assert.deepEqual([...decision.appeals, decision.into].sort((a, b) => a - b), lift, 'both are named');
  await page.getByText('已认定').first().waitFor();
  assert.deepEqual(window.trouble, []);
  await window.context.close();
  lift.push(await appeal('海棠公寓三号楼电梯还没修', '海棠公寓三号楼电梯停运，老人还是下不了楼。', '海棠公寓'));
  const stood = await Promise.all(lift.map(groupOf));
  assert.deepEqual(stood.map((one) => one.event), [event, event, event], 'what comes later follows');
  await server.stop();
  server = await serve(store);
  [office, liaison] = await Promise.all(['office', 'liaison-housing'].map((account) => signIn(server, account, store.accounts[account])));
  assert.deepEqual(await Promise.all(lift.map(groupOf)), stood, 'it holds when the server comes again');
});

test('a class is confirmed, one is split off it and made one with it again, by clicks; what comes later follows each time', async () => {
  const sport = [];
  for (const place of ['云杉苑', '滨河家园', '青石里']) sport.push(await appeal(`${place}健身器材损坏`, `${place}的健身器材断裂生锈，孩子玩耍会受伤，请更换。`, place));
  const { class: of } = await groupOf(sport[0]), apart = sport[2];
  for (const id of sport) assert.equal((await groupOf(id)).class, of, 'the program takes them for one class');
  const window = await inside(), { page } = window;
  const open = async (id) => { await see(window, `/classes?least=1&open=${id}`); const part = page.getByRole('region', { name: '原话并排看' }); await part.locator('blockquote').first().waitFor(); return part; };
  const pick = async (part, id) => { const { number } = (await office.page('appeals', id)).record; await part.getByLabel(`选 ${number}`, { exact: true }).check(); };
  let part = await open(of);
  for (const id of sport.slice(0, 2)) await pick(part, id);
  let decision = await press(part, '都是器材损坏', '确认属于这一类');
  assert.deepEqual([decision.kind, decision.level, decision.appeals.length], ['confirm', 'class', 2]);
  assert.equal((await groupOf(apart)).class, of);

  part = await open(of);
  await pick(part, apart);
  decision = await press(part, '青石里的是另一家管的', '拆出这一类');
  assert.deepEqual([decision.kind, decision.level, decision.appeals], ['split', 'class', [apart]]);
  const away = (await groupOf(apart)).class;
  assert.notEqual(away, of);
  const later = await appeal('青石里健身器材坏了', '青石里的健身器材断裂生锈，孩子玩耍会受伤，还没有更换。', '青石里');
  assert.deepEqual(await groupOf(later), await groupOf(apart), 'what comes later follows');

  part = await open(away);
  await part.getByRole('button', { name: '人工认定' }).click();
  const { id: into, number } = (await office.page('appeals', sport[0])).record, merge = part.getByRole('button', { name: '合并到别的类' });
  await part.getByLabel('理由').fill('其实是一家管的');
  await part.getByLabel(/合并到/).fill('没有这个号');
  await merge.click();
  await page.getByText('编号为“没有这个号”的诉求没有').first().waitFor();
  await part.getByLabel(/合并到/).fill(number);
  decision = await press(part, '其实是一家管的', '合并到别的类');
  assert.deepEqual([decision.kind, decision.level, decision.into], ['merge', 'class', into]);
  const again = await appeal('青石里健身器材一直没换', '青石里的健身器材断裂生锈，孩子玩耍会受伤，一直没有更换。', '青石里');
  assert.equal(new Set(await Promise.all([...sport, later, again].map(async (id) => (await groupOf(id)).class))).size, 1, 'all of them are one class again');
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('an alert is dismissed with its reason, which stays to be read; without one no button works; the unit sees and does not decide', async () => {
  const lane = await closedProblem('丁香巷');
  await followed(server);
  const fits = await appeal('丁香巷路灯又不亮了', '丁香巷东段路灯又不亮了，晚上走路危险，请维修。', '丁香巷');
  const raised = await until('the alert is raised', async () => (await office.ok('GET', `/api/v1/alerts?problem=${lane}&state=raised&full=1`)).items[0]);
  assert.equal(raised.appeal, fits);
  const unitWindow = await openWindow(browser, server, { account: 'liaison-housing', password: store.accounts['liaison-housing'] });
  await see(unitWindow, '/alerts');
  await unitWindow.page.locator('.alert', { hasText: '丁香巷路灯' }).waitFor();
  assert.equal(await unitWindow.page.getByRole('button', { name: /排除/ }).count(), 0);
  await unitWindow.context.close();
  const window = await inside(), { page } = window;
  await see(window, '/alerts');
  const alert = page.locator('.alert', { hasText: '丁香巷路灯' });
  await alert.locator('blockquote').first().getByText('丁香巷东段路灯').waitFor();
  const dismiss = alert.getByRole('button', { name: /排除/ });
  assert.ok(await dismiss.isDisabled());
  await alert.locator('input').fill('是临时停电，当晚恢复');
  await dismiss.click();
  await until('it is dismissed', async () => (await office.page('alerts', raised.id)).record.state === 'dismissed');
  await page.getByText('没有待认定').first().waitFor();
  await see(window, '/alerts?view=decided');
  await page.locator('.alert', { hasText: '排除' }).first().waitFor();
  await see(window, `/records/alerts/${raised.id}`);
  await page.locator('.fieldlist').getByText('是临时停电，当晚恢复').waitFor();
  assert.equal((await office.page('problems', lane)).record.state, 'closed', 'the problem stays closed');
  await see(window, `/problems/${lane}`);
  const curve = page.locator('.card', { has: page.getByRole('heading', { name: '销号前后的诉求' }) });
  await curve.waitFor();
  assert.match(await curve.locator('header .sub').innerText(), /^同类诉求销号前 \d+ 件、之后 \d+ 件(；剔除全市起落后是原来的 \d+%)?$/, 'what cannot be reckoned is not shown as a dash');
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('what stands is what the journal adds up to', async () => {
  await browser.close();
  await server.stop();
  must(bihuan(store, ['verify']));
  browser = server = null;
});
