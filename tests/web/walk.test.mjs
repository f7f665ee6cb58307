// The main job in a real browser, by its people: from appeals to a settled problem, sent back once on the way, and re-opened.
// After every step the page is asked what a person sees: the colour's word and its reason, the buttons that are open to this person,
// why the others are not, and the story. The pages must agree with the API on which actions are open.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan, day } from '../lib.mjs';
import { startBrowser, openWindow, signInByForm, settled, fill, send, texts } from '../browser.mjs';

let store, server, browser, today, problem, ACTION;
const windows = {};
before(async () => {
  store = demoStore();
  server = await serve(store);
  browser = await startBrowser();
  const office = await signIn(server, 'office', store.accounts.office);
  ACTION = Object.fromEntries((await office.ok('GET', '/api/v1/types')).actions.map((one) => [one.name, one.label]));
  today = (await office.ok('GET', '/api/v1/session')).store.today;
});
after(async () => { await browser?.close(); await server?.stop(); store?.remove(); });

const WORD = { green: '绿', blue: '蓝', yellow: '黄', orange: '橙', red: '红', grey: '灰' };
async function window(account) {
  if (!windows[account]) {
    windows[account] = await openWindow(browser, server);
    windows[account].client = await signIn(server, account, store.accounts[account]);
    await signInByForm(windows[account], account, store.accounts[account]);
  }
  return windows[account];
}
/** The problem's page in somebody's window, freshly read. */
async function look(account) {
  const one = await window(account);
  await one.page.goto(`/problems/${problem}`);
  await settled(one.page);
  await one.page.waitForSelector('.jr li');
  return one;
}
const stateShown = async (page) => (await texts(page.locator('.stp li.now, .stp .aside')))[0]?.split(' ')[0];

/** Closed for want of a proof alone: its form takes one. */
const proves = (one) => one.mine && one.action === 'apply' && one.codes.join() === 'has_evidence';
/** What this person sees: the colour with its reason, the buttons, and they are what the API gives. */
async function sees(account, { colour, rule, why, state, open, not }) {
  const { page, client, trouble } = await look(account);
  const [word] = await texts(page.locator('.why .col'));
  assert.equal(word, colour ? WORD[colour] : '—', `the colour ${account} sees`);
  const [reason] = await texts(page.locator('.why .tx > p').first());
  assert.ok(reason.length > 2, 'the colour says why');
  if (why) assert.match(reason, why);
  const api = await client.page('problems', problem);
  if (rule) assert.equal(api.colour.rule, rule);
  if (colour) assert.equal(reason, api.colour.why);
  if (state) assert.equal(api.record.state, state);
  const offers = api.actions.filter((one) => !['edit', 'create', 'judge'].includes(one.action));
  const buttons = await texts(page.locator('.next .row:not(.beside) button')); // beside them: entering for somebody else
  assert.deepEqual([...buttons].sort(), offers.filter((one) => one.mine && (one.open || proves(one))).map((one) => one.label).sort(), `buttons open to ${account}`);
  const names = offers.filter((one) => one.open && one.mine).map((one) => one.action);
  for (const action of open ?? []) assert.ok(names.includes(action), `${action} is open to ${account}: ${names}`);
  const closed = Object.fromEntries(await Promise.all((await page.locator('.next .closed li').all()).map(async (item) => [(await item.locator('b').innerText()).trim(), (await item.locator('span').innerText()).trim()])));
  for (const one of offers.filter((each) => !each.mine || !(each.open || proves(each)))) assert.ok(closed[one.label]?.length > 2, `${one.label} says why it is not open to ${account}: ${JSON.stringify(closed)}`);
  for (const [action, wanted] of Object.entries(not ?? {})) {
    const one = offers.find((each) => each.action === action);
    assert.ok(one, `${action} is shown to ${account}`);
    assert.match(closed[one.label], wanted);
    assert.ok(!buttons.includes(one.label));
  }
  assert.deepEqual(trouble, [], `on the page of ${account}`);
  return page;
}

/** Presses the button of an action on the problem's page, fills what it asks, and waits until the page shows the new state by itself. */
async function does(account, action, values = {}, reason = null, wanted = null) {
  const { page, client } = await look(account);
  const offer = (await client.page('problems', problem)).actions.find((one) => one.action === action);
  assert.ok(offer?.open, `${action} is open: ${JSON.stringify(offer)}`);
  const before = (await client.ok('GET', '/api/v1/session')).journal;
  await page.locator('.next .row button', { hasText: new RegExp(`^${offer.label}$`) }).click();
  if (offer.asks.length || offer.takes.length || offer.reason) {
    for (const [name, value] of Object.entries(values)) await fill(page, name, value);
    if (reason) await fill(page, 'reason', reason);
    await send(page);
  }
  const told = async () => (await client.ok('GET', `/api/v1/problems/${problem}/journal`)).entries.find((one) => one.action === action && one.number > before);
  let entry;
  for (const until = Date.now() + 10000; !(entry = await told());) { assert.ok(Date.now() < until, `${action} is not in the journal`); await page.waitForTimeout(50); }
  const line = page.locator('.jr li', { hasText: `№${entry.number.toLocaleString('en')}` });
  await line.locator('.b', { hasText: ACTION[action] }).waitFor();
  if (reason) assert.match(await line.innerText(), new RegExp(reason));
  if (wanted) assert.equal((await client.page('problems', problem)).record.state, wanted);
  return page;
}
const advance = (days) => { const done = bihuan(store, ['clock', 'advance', `${days}d`]); assert.equal(done.status, 0, done.err); };
const now = async () => (await (await window('office')).client.ok('GET', '/api/v1/session')).store.today;

test('the office signs in, finds appeals by two characters, picks two and registers a problem from them', async () => {
  const { page } = await window('office');
  await page.click('.nav a[href="/appeals"]');
  await settled(page);
  await page.fill('input[type=search]:not(#find)', '小');
  await page.click('form[role=search].filters button[type=submit]');
  await page.locator('#q-note-appeal', { hasText: '至少' }).waitFor();
  await page.fill('input[type=search]:not(#find)', '小区');
  await page.click('form[role=search].filters button[type=submit]');
  await page.waitForURL(/q=/);
  await settled(page);
  const rows = page.locator('.vt-body .vt-row');
  await rows.first().waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('.vt-body .vt-row')].every((row) => row.textContent.includes('小区') || row.querySelector('[title]')?.title.length > 0));
  assert.ok(await rows.count() >= 2, 'the demo has appeals about 小区');
  await rows.nth(0).locator('input[type=checkbox]').check();
  await rows.nth(1).locator('input[type=checkbox]').check();
  await page.locator('.bulk', { hasText: '已选 2 件' }).locator('button.p').click();
  await page.locator('.el-dialog:visible').waitFor();
  await fill(page, 'title', '小区车位充电难');
  await fill(page, 'category', 'livelihood');
  await fill(page, 'kind', 'time_limited');
  await fill(page, 'lead_unit', '住房城乡建设');
  await fill(page, 'root_cause', '用地不足');
  await send(page);
  await page.waitForURL(/\/problems\/\d+$/);
  problem = Number(page.url().split('/').pop());
  await sees('office', { colour: null, state: 'draft', open: ['submit'] });
  assert.equal((await texts(page.locator('.links .nd:not(.on) li a'))).length, 2, 'the two appeals it arises from are linked');
});

test('submitted and admitted it is grey, assigned it is blue', async () => {
  await does('office', 'submit', {}, null, 'submitted');
  await sees('office', { colour: null, open: ['admit'] });
  await does('office', 'admit', {}, null, 'admitted');
  await sees('office', { colour: 'grey', rule: 'not_assigned', open: ['assign'] });
  await does('office', 'assign', { due: day(today, 60) }, null, 'assigned');
  await sees('office', { colour: 'blue', rule: 'to_plan' });
});

test('the liaison is told and takes it; without measures it cannot be started, and the page says why', async () => {
  const { page } = await window('liaison-housing');
  await page.goto('/tasks');
  await settled(page);
  const task = page.locator('.task', { hasText: '小区车位充电难' });
  await task.waitFor();
  await task.locator('button.p', { hasText: '签收' }).click();
  await task.locator('button.p', { hasText: '签收' }).waitFor({ state: 'detached' });
  await sees('liaison-housing', { colour: 'blue', state: 'taken', not: { start: /措施/ } });
});

async function addMeasure(page, title, weight, start, due) {
  await page.locator('section.card', { hasText: '路线图' }).locator('header button').click();
  await page.locator('.el-dialog:visible').waitFor();
  for (const [name, value] of Object.entries({ title, weight, start, due, owner: '李某' })) await fill(page, name, value);
  await send(page);
  await page.locator('.gantt', { hasText: title }).waitFor();
}
test('measures are added with dates, owners and weights; at 90 % it still says why not, at 100 % it starts', async () => {
  const { page } = await look('liaison-housing');
  await addMeasure(page, '摸清底数', '40', today, day(today, 20));
  await addMeasure(page, '建充电桩', '50', day(today, 10), day(today, 50));
  await sees('liaison-housing', { colour: 'blue', not: { start: /90|权重/ } });
  await addMeasure(page, '物业巡检制度', '10', day(today, 30), day(today, 55));
  await does('liaison-housing', 'start', { owner: '张某' }, null, 'rectifying');
  await sees('liaison-housing', { colour: 'blue', rule: 'to_plan', open: ['report'], not: { apply: /./ } });
  assert.match((await texts(page.locator('.gl')))[0], /冻结计划/);
});

async function measureStep(account, title, action, note) {
  const { page, client } = await look(account);
  await page.locator('.gantt tr', { hasText: title }).locator('button').click();
  const drawer = page.locator('.el-drawer:visible');
  await drawer.locator('.next').waitFor();
  const record = (await client.page('problems', problem)).measures.find((one) => one.title === title && (one.state === (action === 'finish' ? 'planned' : 'finished') || one.state === 'working' || one.state === 'begun'));
  const offer = (await client.page('measures', record.id)).actions.find((one) => one.action === action);
  assert.ok(offer.open, JSON.stringify(offer));
  await drawer.locator('.next .row button', { hasText: new RegExp(`^${offer.label}$`) }).click();
  if (offer.asks.length || offer.takes.length || offer.reason) {
    if (offer.asks.includes('note')) await fill(page, 'note', note);
    await send(page);
  }
  await drawer.locator('.next .row button', { hasText: new RegExp(`^${offer.label}$`) }).waitFor({ state: 'detached' });
  assert.notEqual((await client.page('measures', record.id)).record.state, record.state);
}
test('progress is reported; a finished measure counts once the acceptor accepts it', async () => {
  await does('liaison-housing', 'report', { progress_note: '已摸底 12 个小区' });
  await measureStep('liaison-housing', '摸清底数', 'finish', '台账已建');
  let { page } = await look('liaison-housing');
  assert.match((await texts(page.locator('.p-head .facts')))[0], /0%/);
  await measureStep('acceptor-1', '摸清底数', 'accept_measure');
  ({ page } = await look('liaison-housing'));
  assert.match((await texts(page.locator('.p-head .facts')))[0], /40%/);
  assert.match((await texts(page.locator('.gantt tr', { hasText: '摸清底数' })))[0], /通过/);
});

test('the clock moves: yellow behind plan, orange past the date; any past moment is computed again', async () => {
  advance(56);
  await sees('liaison-housing', { colour: 'yellow', why: /期限|计划/ });
  advance(5);
  const page = await sees('liaison-housing', { colour: 'orange', rule: 'overdue', why: /过期 1 天/ });
  await page.locator('.recompute summary').click();
  await page.fill('.recompute input', `${day(today, 5)}T09:00`);
  await page.click('.recompute button');
  await page.locator('.past').waitFor();
  await page.waitForFunction(() => document.querySelector('.why .col')?.textContent.includes('蓝'));
  assert.equal(await page.locator('.next').count(), 0, 'the past offers no buttons');
});

test('the other measures are finished and accepted, a file is attached as evidence', async () => {
  for (const title of ['建充电桩', '物业巡检制度']) {
    await measureStep('liaison-housing', title, 'finish', '完成');
    await measureStep('acceptor-1', title, 'accept_measure');
  }
  const { page } = await look('liaison-housing');
  await page.locator('section.card', { hasText: '佐证' }).locator('header button').click();
  await page.locator('.el-dialog:visible').waitFor();
  const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  await page.setInputFiles('#evidence-file', { name: '整改后.png', mimeType: 'image/png', buffer: picture });
  await fill(page, 'phase', 'after');
  await send(page);
  const shown = page.locator('.evidence li', { hasText: '整改后.png' }).locator('img');
  await shown.waitFor();
  await page.waitForFunction(() => document.querySelector('.evidence img')?.naturalWidth === 1);
});

test('the unit applies, its head endorses, the acceptor sends it back once: orange', async () => {
  await does('liaison-housing', 'apply', { progress_note: '全部完成' }, null, 'applied');
  await sees('liaison-housing', { colour: 'orange', rule: 'under_review' });
  await sees('acceptor-1', { colour: 'orange', not: { endorse: /./ } });
  await does('head-housing', 'endorse', {}, null, 'endorsed');
  await sees('head-housing', { colour: 'orange', not: { accept: /./ } });
  await sees('acceptor-1', { colour: 'orange', open: ['accept', 'send_back'] });
  await does('acceptor-1', 'send_back', { asked_more: '补齐连续两周的巡检记录' }, '缺巡检记录', 'rectifying');
  await sees('liaison-housing', { colour: 'orange', open: ['apply'] });
});

test('applied for again, endorsed and accepted it is green; the office publicises and, after the period, closes it', async () => {
  await does('liaison-housing', 'apply', { progress_note: '补齐巡检记录' }, null, 'applied');
  await does('head-housing', 'endorse', {}, null, 'endorsed');
  await does('acceptor-1', 'accept', { on_site: true, visited_on: await now(), visit_place: '三号楼车库' }, null, 'endorsed');
  await does('acceptor-2', 'accept', { on_site: true, visited_on: await now(), visit_place: '三号楼车库' }, null, 'accepted');
  await sees('office', { colour: 'green', rule: 'accepted', open: ['publicise'] });
  await does('office', 'publicise', { publicity_scope: 'public' }, null, 'publicised');
  await sees('office', { colour: 'green', not: { close: /公示/ } });
  advance(15);
  if ((await (await window('office')).client.page('problems', problem)).record.state === 'publicised') await does('office', 'close', {}, null, 'closed');
  await sees('office', { colour: 'green', state: 'closed', open: ['reopen'] });
});

test('re-opened it is red in a second cycle; done again it settles by itself', async () => {
  await does('office', 'reopen', { due: day(await now(), 20) }, '又有反映', 'assigned');
  const page = await sees('office', { colour: 'red', rule: 'rebound' });
  assert.match((await texts(page.locator('.p-head .labs')))[0], /第 2 次整改/);
  await does('liaison-housing', 'take', {}, null, 'taken');
  const liaison = await look('liaison-housing');
  await addMeasure(liaison.page, '夜间巡查', '100', await now(), day(await now(), 15));
  await does('liaison-housing', 'start', { owner: '张某' }, null, 'rectifying');
  await measureStep('liaison-housing', '夜间巡查', 'finish', '完成');
  await measureStep('acceptor-1', '夜间巡查', 'accept_measure');
  const proofless = await sees('liaison-housing', { colour: 'blue' });
  assert.match((await texts(proofless.locator('.next .row', { hasText: ACTION.apply })))[0], /需要一份佐证/);
  await liaison.client.create('evidences', { problem, title: '巡查记录', note: '连续 10 晚', phase: 'after' });
  await does('liaison-housing', 'apply', { progress_note: '完成' }, null, 'applied');
  await does('head-housing', 'endorse', {}, null, 'endorsed');
  await does('acceptor-1', 'accept', { on_site: true, visited_on: await now(), visit_place: '三号楼车库' }, null, 'endorsed');
  await does('acceptor-2', 'accept', { on_site: true, visited_on: await now(), visit_place: '三号楼车库' }, null, 'accepted');
  await does('office', 'publicise', { publicity_scope: 'public' }, null, 'publicised');
  advance(15);
  if ((await (await window('office')).client.page('problems', problem)).record.state === 'publicised') await does('office', 'close', {}, null, 'closed');
  advance(200);
  await sees('office', { colour: 'green', state: 'settled' });
});

test('its page tells the whole story, from the appeals to the evidence', async () => {
  const { page, trouble } = await look('office');
  const all = page.locator('button', { hasText: '显示全部' });
  if (await all.count()) await all.click();
  const story = (await texts(page.locator('.jr'))).join(' ');
  for (const action of ['create', 'submit', 'admit', 'assign', 'take', 'start', 'report', 'apply', 'endorse', 'send_back', 'accept', 'publicise', 'close', 'reopen', 'settle'])
    assert.ok(story.includes(ACTION[action]), `${action} is told`);
  for (const part of ['缺巡检记录', '又有反映', '补齐巡检记录']) assert.ok(story.includes(part), `${part} is told`);
  for (const word of Object.values(WORD)) assert.ok(story.includes(word), `the colour ${word} is told`);
  assert.equal((await texts(page.locator('.links .nd:not(.on) li a'))).length, 2);
  assert.equal(await page.locator('.evidence li').count(), 2);
  await page.locator('.links .nd:not(.on) li a').first().click();
  await page.locator('.el-drawer:visible, main', { hasText: '小区' }).first().waitFor();
  for (const one of Object.values(windows)) assert.deepEqual(one.trouble, []);
  assert.deepEqual(trouble, []);
});
