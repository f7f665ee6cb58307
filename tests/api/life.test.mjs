// One problem through its whole life, as the people of the skeleton walk it: from appeals to settled, sent back once, re-opened once.
// At every step the colour and its rule are what docs/colour.md says, and the buttons are those this person may use.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan, day } from '../lib.mjs';

let store, server, office, liaison, head, acceptor, acceptor2, campaign, unit, today;
before(async () => {
  store = demoStore();
  server = await serve(store);
  const as = (account) => signIn(server, account, store.accounts[account]);
  office = await as('office');
  liaison = await as('liaison-housing');
  head = await as('head-housing');
  acceptor = await as('acceptor-1');
  acceptor2 = await as('acceptor-2');
  campaign = office.session.campaign?.id ?? (await office.ok('GET', '/api/v1/session')).campaign.id;
  unit = liaison.session.user.unit;
  today = (await office.ok('GET', '/api/v1/session')).store.today;
});
after(async () => { await server?.stop(); store?.remove(); });

const actions = (page) => Object.fromEntries(page.actions.map((one) => [one.action, one]));
const mine = (page) => page.actions.filter((one) => one.open).map((one) => one.action).sort();
async function colourIs(client, id, colour, rule) {
  const page = await client.page('problems', id);
  assert.equal(page.record.colour ?? null, colour, JSON.stringify(page.colour));
  if (rule) assert.equal(page.colour.rule, rule);
  if (colour) assert.ok(page.colour.why.length > 2, 'the colour says why');
  return page;
}

let problem, measures, appeals;
test('the office finds appeals by two Chinese characters and registers a problem from them in one change set', async () => {
  const found = await office.ok('GET', '/api/v1/appeals?q=' + encodeURIComponent('小区') + '&limit=5');
  assert.ok(found.items.length >= 2, 'the demo has appeals about 小区');
  appeals = found.items.slice(0, 2).map((one) => one.id);
  const before = (await office.ok('GET', '/api/v1/session')).journal;
  const set = await office.ok('POST', '/api/v1/changes', {
    changes: [
      { type: 'problem', action: 'create', values: { title: '小区车位充电难', detail: '诉求集中', campaign, category: 'livelihood', source: 'appeals', kind: 'time_limited', level: 'city', lead_unit: unit, root_cause: '用地不足' } },
      ...appeals.map((id) => ({ type: 'link', action: 'create', values: { kind: 'arises_from', from_type: 'problem', from_id: -1, to_type: 'appeal', to_id: id } })),
    ],
  }, { 'idempotency-key': 'life-1' });
  problem = set.ids[0];
  assert.equal(set.ids.length, 3);
  assert.ok(set.entry > before);
  const page = await office.page('problems', problem);
  assert.equal(page.record.state, 'draft');
  assert.equal(page.record.colour ?? null, null, 'a draft has no colour');
  assert.deepEqual(page.links.filter((one) => one.type === 'appeal').map((one) => one.record.id).sort(), [...appeals].sort());
  assert.equal(page.record.appeals, 2);
  const appeal = await office.page('appeals', appeals[0]);
  assert.ok(appeal.links.some((one) => one.type === 'problem' && one.record.id === problem), 'the appeal shows what came of it');
});

test('the same request under the same key is answered with the same problem and nothing is made twice', async () => {
  const before = (await office.ok('GET', '/api/v1/session')).journal;
  const again = await office.call('POST', '/api/v1/changes', { changes: [{ type: 'problem', action: 'create', values: { title: '小区车位充电难' } }] }, { 'idempotency-key': 'life-1' });
  assert.equal(again.body.verdict, 'repeated');
  assert.equal(again.body.ids[0], problem);
  assert.equal((await office.ok('GET', '/api/v1/session')).journal, before);
});

test('it is submitted, admitted with a number (grey), and assigned with a date (blue)', async () => {
  await office.do('problems', problem, 'submit');
  await colourIs(office, problem, null);
  await office.do('problems', problem, 'admit');
  const admitted = await colourIs(office, problem, 'grey', 'not_assigned');
  assert.match(admitted.record.number, /^SJ-\d+$/);
  const refused = await liaison.act('problems', problem, 'assign', { due: day(today, 60) });
  assert.equal(refused.status, 403, 'a liaison does not assign');
  await office.do('problems', problem, 'assign', { due: day(today, 60) });
  const assigned = await colourIs(office, problem, 'blue', 'to_plan');
  assert.equal(assigned.record.cycle, 1);
  assert.equal(assigned.record.due_original, day(today, 60));
  assert.equal(assigned.cycles.length, 1);
});

test('the liaison takes it; it cannot be started without measures, and the page says so', async () => {
  const page = await liaison.page('problems', problem);
  assert.ok(mine(page).includes('take'));
  assert.equal(actions(page).withdraw?.open ?? false, false);
  await liaison.do('problems', problem, 'take');
  const taken = actions(await liaison.page('problems', problem));
  assert.equal(taken.start.open, false);
  assert.match(taken.start.why_not, /措施/);
  const refused = await liaison.act('problems', problem, 'start', { owner: '张某' });
  assert.equal(refused.status, 409);
  assert.ok(refused.body.findings.length >= 1);
});

test('measures need owners, dates and weights that make up the whole', async () => {
  const bad = await liaison.call('POST', '/api/v1/measures', { values: { problem, title: '建充电桩', weight: 6000, start: day(today, 5), due: day(today, 1), unit } });
  assert.equal(bad.status, 422);
  assert.ok(bad.body.findings.some((one) => one.field === 'owner' && one.code === 'required'), JSON.stringify(bad.body));
  const measure = (title, weight, start, due) => liaison.create('measures', { problem, title, weight, start: day(today, start), due: day(today, due), owner: '李某', unit });
  measures = [await measure('摸清底数', 4000, 0, 20), await measure('建充电桩', 5000, 10, 50)];
  const short = await liaison.act('problems', problem, 'start', { owner: '张某' });
  assert.equal(short.status, 409, 'weights make 90 %');
  measures.push(await measure('物业巡检制度', 1000, 30, 55));
  await liaison.do('problems', problem, 'start', { owner: '张某' });
  const page = await colourIs(liaison, problem, 'blue', 'to_plan');
  assert.equal(page.record.state, 'rectifying');
  assert.equal(page.measures.length, 3);
  assert.ok(page.measures.every((one) => one.base_due === one.due), 'the plan is frozen');
});

test('progress counts accepted measures only, and only somebody else accepts them', async () => {
  await liaison.do('problems', problem, 'report', { progress_note: '已摸底 12 个小区' });
  await liaison.do('measures', measures[0], 'finish', { note: '台账已建' });
  assert.equal((await liaison.page('problems', problem)).record.progress, 0);
  assert.equal((await liaison.act('measures', measures[0], 'accept_measure')).status, 403);
  await acceptor.do('measures', measures[0], 'accept_measure');
  assert.equal((await liaison.page('problems', problem)).record.progress, 4000);
});

test('a simulated clock shows yellow when it falls behind plan and orange past its date', async () => {
  assert.equal(bihuan(store, ['clock', 'advance', '56d']).status, 0);
  const behind = await colourIs(liaison, problem, 'yellow');
  assert.ok(['behind_plan', 'due_soon'].includes(behind.colour.rule));
  assert.equal(bihuan(store, ['clock', 'advance', '5d']).status, 0);
  await colourIs(liaison, problem, 'orange', 'overdue');
  const asked = bihuan(store, ['colour', String(problem), '--at', day(today, 10), '--json']);
  assert.equal(asked.status, 0, asked.err);
  assert.equal(asked.json().colour, 'blue', 'the colour of a past day is what it was then');
});

test('evidence is attached, closing applied for, and while it is under review the colour stands', async () => {
  const early = await liaison.act('problems', problem, 'apply', { progress_note: '完成' });
  assert.equal(early.status, 409);
  for (const id of measures.slice(1)) { await liaison.do('measures', id, 'finish', { note: '完成' }); await acceptor.do('measures', id, 'accept_measure'); }
  const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
  const file = await liaison.ok('POST', '/api/v1/files', bytes, { 'content-type': 'image/png', 'x-file-name': encodeURIComponent('整改后.png') });
  await liaison.create('evidences', { problem, title: '整改后照片', file: file.file, file_name: '整改后.png', media_type: 'image/png', size: file.size, phase: 'after' });
  await liaison.do('problems', problem, 'apply', { progress_note: '全部完成' });
  const page = await colourIs(liaison, problem, 'orange', 'under_review');
  assert.equal(page.evidence.length, 1);
  const back = await liaison.call('GET', `/api/v1/evidences/${page.evidence[0].id}/file`);
  assert.equal(back.status, 200);
});

test('the head endorses; the unit itself cannot accept; the acceptor sends it back once and it is orange', async () => {
  assert.equal((await acceptor.act('problems', problem, 'accept')).status, 409, 'not before the head has signed');
  await head.do('problems', problem, 'endorse');
  assert.notEqual((await head.act('problems', problem, 'accept')).status, 200);
  const silent = await acceptor.act('problems', problem, 'send_back');
  assert.equal(silent.status, 422, 'a reason is asked');
  await acceptor.do('problems', problem, 'send_back', { asked_more: '补齐连续两周的巡检记录' }, '缺巡检记录');
  const page = await colourIs(liaison, problem, 'orange');
  assert.equal(page.record.sent_back, 1);
  assert.equal(page.record.state, 'rectifying');
});

test('it is accepted (green), publicised, closed after the publicity period, watched and settled', async () => {
  await liaison.do('problems', problem, 'apply', { progress_note: '补齐巡检记录' });
  await head.do('problems', problem, 'endorse');
  await acceptor.accept(problem);
  await acceptor2.accept(problem);
  await colourIs(office, problem, 'green', 'accepted');
  await office.do('problems', problem, 'publicise', { publicity_scope: 'public' });
  const early = actions(await office.page('problems', problem)).close;
  assert.equal(early.open, false);
  assert.match(early.why_not, /公示/);
  assert.equal(bihuan(store, ['clock', 'advance', '15d']).status, 0);
  const state = (await office.page('problems', problem)).record.state;
  if (state === 'publicised') await office.do('problems', problem, 'close');
  const closed = await colourIs(office, problem, 'green');
  assert.equal(closed.record.state, 'closed');
  assert.ok(closed.record.watch_until > closed.record.closed_on);
  assert.equal(closed.cycles[0].state, 'closed');
});

test('it is re-opened in a second cycle; the first one stays as it was', async () => {
  const now = (await office.ok('GET', '/api/v1/session')).store.today;
  const late = await office.act('problems', problem, 'reopen', { due: day(now, 300) }, '又有反映');
  assert.equal(late.status, 409, 'at most half the first term');
  await office.do('problems', problem, 'reopen', { due: day(now, 20) }, '又有反映');
  const page = await office.page('problems', problem);
  assert.equal(page.record.cycle, 2);
  assert.equal(page.cycles.length, 2);
  assert.equal(page.record.state, 'assigned');
  await liaison.do('problems', problem, 'take');
  const again = await liaison.create('measures', { problem, title: '夜间巡查', weight: 10000, start: now, due: day(now, 15), owner: '李某', unit });
  await liaison.do('problems', problem, 'start', { owner: '张某' });
  await liaison.do('measures', again, 'finish', { note: '完成' });
  await acceptor.do('measures', again, 'accept_measure');
  await liaison.create('evidences', { problem, title: '巡查记录', note: '连续 10 晚', phase: 'after' });
  await liaison.do('problems', problem, 'apply', { progress_note: '完成' });
  await head.do('problems', problem, 'endorse');
  await acceptor.accept(problem);
  await acceptor2.accept(problem);
  await office.do('problems', problem, 'publicise', { publicity_scope: 'public' });
  bihuan(store, ['clock', 'advance', '15d']);
  if ((await office.page('problems', problem)).record.state === 'publicised') await office.do('problems', problem, 'close');
  assert.equal(bihuan(store, ['clock', 'advance', '200d']).status, 0);
  const settled = await colourIs(office, problem, 'green');
  assert.equal(settled.record.state, 'settled');
});

test('its story is told from the appeals to the evidence, and the store verifies', async () => {
  const story = await office.ok('GET', `/api/v1/problems/${problem}/journal`);
  const told = story.entries.map((one) => one.action);
  for (const action of ['create', 'submit', 'admit', 'assign', 'take', 'start', 'report', 'apply', 'endorse', 'send_back', 'accept', 'publicise', 'close', 'reopen', 'settle'])
    assert.ok(told.includes(action), action + ' is in the story');
  const sent = story.entries.find((one) => one.action === 'send_back');
  assert.equal(sent.reason, '缺巡检记录');
  const verified = bihuan(store, ['verify']);
  assert.equal(verified.status, 0, verified.out + verified.err);
});
