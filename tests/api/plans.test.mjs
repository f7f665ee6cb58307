// The second ledger as people walk it: a plan over two problems is approved and frozen, measures are accepted against it, a missed stage turns a
// problem orange, an indicator draws its curve, sites go through all their stages, and closing makes an entry of the results list that no
// later cycle changes.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan, day, csvRows } from '../lib.mjs';

let store, server, office, liaison, head, acceptor, acceptor2, stranger, campaign, unit, start;
before(async () => {
  store = demoStore();
  server = await serve(store);
  const as = (account) => signIn(server, account, store.accounts[account]);
  [office, liaison, head, acceptor, acceptor2, stranger] = [await as('office'), await as('liaison-housing'), await as('head-housing'), await as('acceptor-1'), await as('acceptor-2'), await as('liaison-health')];
  const session = await office.ok('GET', '/api/v1/session');
  campaign = session.campaign.id;
  start = session.store.today;
  unit = liaison.session.user.unit;
});
after(async () => { await server?.stop(); store?.remove(); });

const today = async () => (await office.ok('GET', '/api/v1/session')).store.today;
const advance = (days) => assert.equal(bihuan(store, ['clock', 'advance', days + 'd']).status, 0);
const waits = async (client, type, action) => (await client.ok('GET', '/api/v1/tasks')).items.filter((one) => one.type === type && one.action === action).map((one) => one.record.id);
const openly = (page) => Object.fromEntries(page.actions.map((one) => [one.action, one.open]));
async function taken(title, kind, term) {
  const id = await liaison.create('problems', { title, campaign, category: 'livelihood', source: 'research', kind, level: 'unit', lead_unit: unit, root_cause: '多头管理', goal: '住得安心' });
  await liaison.do('problems', id, 'submit');
  await office.do('problems', id, 'admit');
  await office.do('problems', id, 'assign', { due: day(start, term) });
  await liaison.do('problems', id, 'take');
  return id;
}
const measure = (problem, title, weight, due, more = {}) => liaison.create('measures', { problem, title, weight, start, due: day(start, due), owner: '李某', unit, ...more });
async function done(id) {
  await liaison.do('measures', id, 'finish', { note: '完成' });
  await acceptor.do('measures', id, 'accept_measure');
}

let first, second, plan, measures, stages;
test('a plan over two problems is submitted once their measures make up the whole', async () => {
  first = await taken('地下车库没有信号', 'time_limited', 200);
  second = await taken('小梁薄板房改造难', 'long_term', 170);
  plan = await liaison.create('plans', { title: '住有所居专项整治', campaign, problems: [first, second], lead_unit: unit, goal: '两件事一起办', official: '分管副市长 周某', owner: '处长 郑某', start, due: day(start, 200) });
  const early = await liaison.page('plans', plan);
  assert.equal(openly(early).submit, false);
  assert.match(early.actions.find((one) => one.action === 'submit').why_not, /措施/);
  measures = [await measure(first, '逐库测信号', 4000, 20), await measure(first, '分批建站', 6000, 60), await measure(second, '一楼一策', 10000, 80)];
  await liaison.do('plans', plan, 'submit');
  assert.equal((await liaison.act('plans', plan, 'approve')).status, 403, 'the unit does not approve its own plan');
  assert.equal((await stranger.call('GET', `/api/v1/plans/${plan}`)).status, 404, 'a unit that has nothing to do with it does not see it');
});

let closed;
test('a plan may be restricted: whoever has no such ceiling does not see it', async () => {
  const secadmin = await signIn(server, 'secadmin', store.accounts.secadmin);
  await secadmin.create('grants', { user: liaison.session.user.id, role: 'liaison', unit, secrecy: 'restricted' });
  closed = await liaison.create('plans', { title: '限定知悉的方案', campaign, problems: [second], lead_unit: unit, goal: '不公开', owner: '李某', start, due: day(start, 60), secrecy: 'restricted' });
  assert.equal((await office.call('GET', `/api/v1/plans/${closed}`)).status, 404);
});

test('what is frozen keeps its weight: neither writing over it nor meetings added later make more of what is accepted', async () => {
  const id = await taken('加装电梯推进慢', 'time_limited', 100), progress = async () => (await office.page('problems', id)).record.progress;
  const [small, large] = [await measure(id, '摸清底数', 1000, 20, { kind: 'meeting' }), await measure(id, '逐梯加装', 9000, 80)];
  await liaison.do('problems', id, 'start', { owner: '郑某' });
  const edit = (one, values) => liaison.call('PATCH', `/api/v1/measures/${one}`, { values }, { 'if-match': '*' });
  const code = (answer) => (answer.body.findings ?? []).map((one) => one.code);
  assert.deepEqual(code(await edit(small, { weight: 8000 })), ['meetings_share']);
  assert.equal((await edit(small, { weight: 8000, kind: 'action' })).status, 200, 'as it is to be, once the plan is changed');
  await done(small);
  assert.equal(await progress(), 1000, 'what was frozen counts');
  assert.equal((await liaison.ok('GET', `/api/v1/problems/${id}/progress`)).accepted, 1000, 'on the curve as well');
  const more = await measure(id, '又开一次会', 1000, 30);
  await done(more);
  assert.equal(await progress(), 1000, 'nothing was cancelled that it would stand for');
  assert.deepEqual(code(await liaison.act('measures', large, 'start', { due: day(start, 300) })), ['dates_in_order'], 'an edit that rides along is asked what an edit is asked');
});

test('the office approves: the measures are frozen, and a later edit does not move the baseline', async () => {
  assert.deepEqual(await waits(office, 'plan', 'approve'), [plan], 'it is among the office’s tasks');
  await office.do('plans', plan, 'approve');
  await liaison.do('plans', plan, 'start');
  const page = await liaison.page('plans', plan);
  assert.equal(page.record.state, 'running');
  assert.match(page.record.number, /^SJ-P\d{7}$/);
  assert.equal(page.record.baseline_count, 1);
  await liaison.call('PATCH', `/api/v1/measures/${measures[1]}`, { values: { due: day(start, 90) } }, { 'if-match': '"' + (await liaison.page('measures', measures[1])).record.version + '"' });
  const moved = (await liaison.page('measures', measures[1])).record;
  assert.equal(moved.due, day(start, 90));
  assert.equal(moved.base_due, day(start, 60));
  assert.equal(moved.plan, plan);
  const other = await liaison.create('plans', { title: '另一个方案', campaign, problems: [first], lead_unit: unit, goal: '重复', owner: '郑某', start, due: day(start, 90) });
  const clash = await liaison.act('plans', other, 'submit');
  assert.equal(clash.status, 409);
  assert.ok(clash.body.findings.some((one) => one.code === 'plan_problems'), 'a problem is in one plan in force at a time');
});

test('a long-term problem starts with its stages, at least one every 90 days', async () => {
  await liaison.do('problems', first, 'start', { owner: '张某' });
  const refused = await liaison.act('problems', second, 'start', { owner: '张某' });
  assert.equal(refused.status, 409);
  assert.ok(refused.body.findings.some((one) => one.code === 'stages_planned'), JSON.stringify(refused.body));
  stages = [await liaison.create('stages', { problem: second, title: '方案排定', goal: '全部楼栋一楼一策', due: day(start, 40) }), await liaison.create('stages', { problem: second, title: '签约完成', goal: '签约率 100%', due: day(start, 120) })];
  await liaison.do('problems', second, 'start', { owner: '张某' });
  const page = await liaison.page('problems', second);
  assert.equal(page.stages.length, 2);
  assert.equal(page.record.stage_due, day(start, 40));
  assert.equal(page.colour.colour, 'blue');
});

test('planned and accepted progress are told at any date, and nothing of days to come', async () => {
  await done(measures[0]);
  const at = async (days, more = '') => await liaison.ok('GET', `/api/v1/problems/${first}/progress?at=${day(start, days)}${more}`);
  assert.deepEqual([(await at(20)).planned, (await at(21)).planned, (await at(61)).planned], [0, 4000, 10000], 'a step counts from the day after its date');
  assert.equal((await at(0)).accepted, 4000);
  assert.equal((await at(21)).accepted, null, 'what will be accepted is not known');
  const whole = await liaison.ok('GET', `/api/v1/plans/${plan}/progress?at=${day(start, 61)}`);
  assert.equal(whole.planned, 5000, 'two problems, each counting alike');
  assert.equal((await liaison.ok('GET', `/api/v1/plans/${plan}/progress`)).accepted, 2000);
  const planned = whole.curve.map((one) => one.planned);
  assert.deepEqual(planned, [...planned].sort((a, b) => a - b), 'the curve never falls');
  assert.equal(planned.at(-1), 10000);
  assert.equal((await liaison.call('GET', `/api/v1/problems/${first}/progress?at=soon`)).status, 400);
  assert.equal((await liaison.call('GET', `/api/v1/plans/${plan}/progress?baseline=2`)).status, 404);
  assert.equal((await stranger.call('GET', `/api/v1/problems/${first}/progress`)).status, 404);
});

test('a frozen plan changes by approval; the old baseline stays readable', async () => {
  const page = await liaison.page('plans', plan);
  assert.equal((await liaison.call('PATCH', `/api/v1/plans/${plan}`, { values: { due: day(start, 190) } }, { 'if-match': `"${page.record.version}"` })).status, 409, 'not by editing');
  assert.equal((await liaison.act('plans', plan, 'change_plan', { due: day(start, 190) })).status, 422, 'a reason is asked');
  await liaison.do('plans', plan, 'change_plan', { due: day(start, 190) }, '设备到货推迟');
  assert.equal((await liaison.page('plans', plan)).record.due, day(start, 200), 'until somebody agrees nothing has changed');
  const asked = (await office.ok('GET', `/api/v1/approvals?state=asked&type=plan&record=${plan}`)).items;
  assert.equal(asked.length, 1);
  await office.do('approvals', asked[0].id, 'agree');
  const told = await liaison.ok('GET', `/api/v1/plans/${plan}/progress?at=${day(start, 61)}`);
  assert.equal((await liaison.page('plans', plan)).record.due, day(start, 190));
  assert.deepEqual([told.baseline, told.baselines.length], [2, 2]);
  const due = (number) => told.baselines[number - 1].steps.find((one) => one.measure === measures[1]).due;
  assert.deepEqual([due(1), due(2)], [day(start, 60), day(start, 90)]);
  assert.equal(told.planned, 2000, 'by the new baseline the second measure of the first problem is not due yet');
  assert.equal((await liaison.ok('GET', `/api/v1/plans/${plan}/progress?at=${day(start, 61)}&baseline=1`)).planned, 5000);
});

test('a problem entered by mistake is destroyed by two people with its stages, sites, indicators and their values', async () => {
  const wrong = await taken('误录的问题', 'long_term', 170), now = await today();
  const stage = await liaison.create('stages', { problem: wrong, title: '误录阶段', goal: '误录', due: day(now, 40) });
  const site = await liaison.create('sites', { problem: wrong, name: '误录点位', unit });
  const line = await liaison.create('indicators', { problem: wrong, name: '误录指标', unit, measured_in: '个', direction: 'down', base: '9', base_on: day(now, -1), goal: '0', goal_on: day(now, 90) });
  const value = await liaison.create('indicator_values', { indicator: line, date: now, value: '8', source: 'report' });
  const asked = bihuan(store, ['destroy', 'problem', String(wrong), '--reason', '误录', '--as', 'office', '--json']);
  assert.equal(asked.status, 0, asked.err);
  const done = bihuan(store, ['destroy', '--agree', String(asked.json().approval), '--as', 'office-second', '--json']);
  assert.equal(done.status, 0, done.err);
  for (const [plural, id] of [['problems', wrong], ['stages', stage], ['sites', site], ['indicators', line], ['indicator_values', value]])
    assert.equal((await office.call('GET', `/api/v1/${plural}/${id}`)).status, 404, plural);
});

test('a missed stage turns its problem orange; neither a new date nor cancelling clears it, only acceptance does', async () => {
  advance(42);
  const missed = await liaison.page('problems', second);
  assert.deepEqual([missed.colour.colour, missed.colour.rule], ['orange', 'stage_missed']);
  assert.match(missed.colour.why, /阶段过期 \d+ 天/);
  const stage = (await office.page('stages', stages[0])).record;
  assert.equal((await office.call('PATCH', `/api/v1/stages/${stages[0]}`, { values: { due: day(start, 110) } }, { 'if-match': `"${stage.version}"` })).status, 409);
  assert.equal((await office.act('stages', stages[0], 'cancel', {}, '不需要了')).status, 409);
  await liaison.do('stages', stages[0], 'report', { result: '312 栋全部排定' });
  assert.equal((await liaison.page('problems', second)).record.colour, 'orange', 'a report alone does not clear it');
  assert.equal((await liaison.act('stages', stages[0], 'accept')).status, 403);
  assert.deepEqual(await waits(office, 'stage', 'accept'), [stages[0]]);
  await office.do('stages', stages[0], 'accept');
  const cleared = await liaison.page('problems', second);
  assert.notEqual(cleared.colour.rule, 'stage_missed');
  assert.equal(cleared.record.stage_due, day(start, 120));
});

let indicator;
test('an indicator tells base, now and goal with the straight line between, and nothing beyond it', async () => {
  const now = await today();
  const values = { problem: first, name: '无信号车库', unit, measured_in: '个', direction: 'down', base: '312', base_on: day(start, -10), goal: '0', goal_on: day(start, 90), expected_effect: '覆盖 312 个小区' };
  const wrong = await liaison.call('POST', '/api/v1/indicators', { values: { ...values, direction: 'up' } });
  assert.equal(wrong.status, 409, 'a goal below the base is no goal where up is better');
  indicator = await liaison.create('indicators', values);
  assert.equal((await liaison.ok('GET', `/api/v1/indicators/${indicator}/curve`)).now, null);
  const enter = (client, date, value) => client.call('POST', '/api/v1/indicator_values', { values: { indicator, date, value, source: 'data' } });
  assert.equal((await enter(liaison, day(now, 1), '200')).status, 409, 'not of a day to come');
  for (const [date, value] of [[day(start, 0), '280.5'], [day(start, 40), '141'], [day(start, 20), '250']]) assert.equal((await enter(liaison, date, value)).status, 201);
  assert.notEqual((await enter(stranger, now, '1')).status, 201, 'somebody else’s indicator');
  const curve = await liaison.ok('GET', `/api/v1/indicators/${indicator}/curve`);
  assert.deepEqual([curve.base.value, curve.now.value, curve.goal.value], ['312', '141', '0']);
  assert.deepEqual(curve.values.map((one) => [one.date, one.value]), [[day(start, 0), '280.5'], [day(start, 20), '250'], [day(start, 40), '141']]);
  assert.equal(curve.values[1].expected, '218.4', '312 less 30 of 100 days');
  assert.equal(curve.reached, 5480, '(312 − 141) / 312, rounded down');
  const record = (await liaison.page('indicators', indicator)).record;
  assert.deepEqual([record.latest, record.latest_on, record.expected_effect, record.achieved_effect], ['141', day(start, 40), '覆盖 312 个小区', null], 'expected and achieved stand apart');
  assert.equal((await stranger.call('GET', `/api/v1/indicators/${indicator}/curve`)).status, 404);
});

test('an indicator of a plan is seen by who sees the plan, on its page, in lists and by its values; of a restricted plan by nobody below that', async () => {
  const now = await today(), values = { plan, name: '群众等候', unit, measured_in: '天', direction: 'down', base: '30', base_on: start, goal: '10', goal_on: day(start, 300) };
  const of = await office.create('indicators', values);
  for (const client of [office, liaison, head]) {
    assert.deepEqual((await client.page('plans', plan)).indicators.map((one) => one.id), [of]);
    assert.equal((await client.ok('GET', `/api/v1/indicators?plan=${plan}`)).items.length, 1);
  }
  assert.equal((await office.call('POST', '/api/v1/indicators', { values: { ...values, problem: first } })).status, 409, 'of one of the two');
  const value = await liaison.create('indicator_values', { indicator: of, date: now, value: '20', source: 'data' });
  assert.equal((await office.page('indicator_values', value)).record.value, '20');
  assert.equal((await office.ok('GET', `/api/v1/indicators/${of}/curve`)).now.value, '20');
  assert.equal((await stranger.call('GET', `/api/v1/indicators/${of}`)).status, 404, 'nor does another unit, which does not see the plan');
  assert.deepEqual((await stranger.ok('GET', '/api/v1/indicators')).items.filter((one) => one.plan), []);
  const both = (await office.ok('GET', '/api/v1/indicators?limit=200')).items;
  assert.ok(both.some((one) => one.plan) && both.some((one) => one.problem), 'both kinds in one list');
  const covert = await liaison.create('indicators', { ...values, plan: closed });
  assert.equal((await liaison.call('GET', `/api/v1/indicators/${covert}`)).status, 200);
  for (const client of [office, head, stranger]) {
    assert.equal((await client.call('GET', `/api/v1/indicators/${covert}`)).status, 404, 'as secret as its plan');
    assert.ok((await client.ok('GET', '/api/v1/indicators?limit=200')).items.every((one) => one.id !== covert));
  }
});

let sites;
test('sites come in one change set and go from planned to confirmed by users, each step by whom it belongs to', async () => {
  const changes = Array.from({ length: 6 }, (_, i) => ({ type: 'site', action: 'create', values: { problem: first, name: `和平里 ${i + 1} 号车库`, division: '浦江区', street: '和平街道', unit, point: { lat: 31.2 + i / 1000, lon: 121.4 } } }));
  sites = (await liaison.ok('POST', '/api/v1/changes', { changes })).ids;
  assert.equal((await liaison.act('sites', sites[0], 'finish')).status, 409, 'built before it was started');
  for (const id of sites.slice(0, 5)) await liaison.do('sites', id, 'start');
  for (const id of sites.slice(0, 4)) await liaison.do('sites', id, 'finish');
  assert.equal((await liaison.act('sites', sites[0], 'accept')).status, 403, 'nobody accepts his own unit’s work');
  for (const id of sites.slice(0, 3)) await acceptor.do('sites', id, 'accept');
  assert.equal((await acceptor.act('sites', sites[0], 'confirm', { confirmed_by: 'call_back' })).status, 403);
  await office.do('sites', sites[0], 'confirm', { confirmed_by: 'call_back' });
  await office.do('sites', sites[1], 'send_back', {}, '居民说还是没有信号');
  assert.deepEqual((await liaison.page('problems', first)).sites, { total: 6, planned: 1, started: 2, built: 1, accepted: 1, confirmed: 1 });
  const tally = await liaison.ok('GET', `/api/v1/sites/tally?by=state&problem=${first}`);
  assert.deepEqual(Object.fromEntries(tally.cells.map((one) => [one.key[0], one.count])), { planned: 1, started: 2, built: 1, accepted: 1, confirmed: 1 });
  assert.equal((await stranger.ok('GET', `/api/v1/sites?problem=${first}`)).items.length, 0, 'sites are seen with their problem');
});

test('data is proof, and a picture used before is found', async () => {
  const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 9, 8, 7]);
  const file = await liaison.ok('POST', '/api/v1/files', bytes, { 'content-type': 'image/png', 'x-file-name': 'a.png' });
  const picture = (problem, title) => liaison.create('evidences', { problem, title, file: file.file, file_name: 'a.png', media_type: 'image/png', size: file.size });
  const one = await picture(first, '整改后'), other = await picture(second, '又是整改后');
  const same = await liaison.ok('GET', `/api/v1/evidences/${one}/same`);
  assert.deepEqual(same.items.map((item) => [item.id, item.problem]), [[other, second]]);
  assert.equal((await stranger.call('GET', `/api/v1/evidences/${one}/same`)).status, 404);
  const unbuilt = await liaison.call('POST', '/api/v1/evidences', { values: { problem: first, title: '点位', kind: 'site', of_type: 'site', of_id: sites[5] } });
  assert.equal(unbuilt.status, 409, 'a site that is not built proves nothing');
  await liaison.create('evidences', { problem: first, title: '车库已有信号', kind: 'site', of_type: 'site', of_id: sites[0] });
  await liaison.create('evidences', { problem: first, title: '无信号车库下降', kind: 'indicator', of_type: 'indicator', of_id: indicator });
});

async function close(problem) {
  await liaison.do('problems', problem, 'apply', { progress_note: '已完成' });
  if ((await head.page('problems', problem)).record.state === 'applied') await head.do('problems', problem, 'endorse');
  await acceptor.accept(problem);
  if ((await office.page('problems', problem)).record.state === 'endorsed') await acceptor2.accept(problem); // the full chain wants two
  if (openly(await office.page('problems', problem)).publicise) {
    await office.do('problems', problem, 'publicise', { publicity_scope: 'public' });
    advance(15);
  }
  if (openly(await office.page('problems', problem)).close) await office.do('problems', problem, 'close');
  assert.equal((await office.page('problems', problem)).record.state, 'closed');
}

let result;
test('closing makes one entry of the results list: the unit completes it, the office confirms it, and it is frozen', async () => {
  await done(measures[1]);
  await close(first);
  const [made, ...more] = (await liaison.page('problems', first)).results;
  assert.deepEqual([made.state, made.cycle, more.length, made.publicity], ['drafted', 1, 0, 'undecided']);
  assert.equal(made.expected, '住得安心');
  result = made.id;
  assert.equal((await liaison.call('POST', '/api/v1/results', { values: { problem: first, cycle: 1, title: '自己写一条' } })).status, 403, 'made at closing only');
  const refused = await office.act('results', result, 'confirm');
  assert.equal(refused.status, 409);
  assert.ok(refused.body.findings.some((one) => one.code === 'result_complete'));
  const fill = { outcome: 'partly', achieved: '已建 3 个车库', people_served: 5200, money: '120000.50', mechanisms: 1, accountable: 0, days_saved: '2.5', publicity: 'open', public_text: '三个小区地下车库已有信号' };
  assert.equal((await liaison.call('PATCH', `/api/v1/results/${result}`, { values: fill }, { 'if-match': '"1"' })).status, 200);
  assert.equal((await liaison.act('results', result, 'confirm')).status, 403);
  assert.ok((await waits(office, 'result', 'confirm')).includes(result));
  await office.do('results', result, 'confirm');
  const record = (await office.page('results', result)).record;
  assert.deepEqual([record.state, record.money, record.days_saved, record.expected, record.achieved], ['confirmed', '120000.5', '2.5', '住得安心', '已建 3 个车库']);
  assert.equal((await office.call('PATCH', `/api/v1/results/${result}`, { values: { people_served: 1 } }, { 'if-match': `"${record.version}"` })).status, 409, 'frozen');
});

test('effects are summed on the server over all that the conditions find, each kind by itself and in scope', async () => {
  const of = (client, words) => client.ok('GET', `/api/v1/results/tally?by=state&sum=money,mechanisms,accountable,days_saved,people_served${words}`);
  const one = (await of(office, `&problem=${first}`)).sums;
  assert.deepEqual(one, { money: '120000.5', mechanisms: 1, accountable: 0, days_saved: '2.5', people_served: 5200, count: 1 });
  const all = (await office.ok('GET', '/api/v1/results?limit=200')).items, sums = (await of(office, '')).sums, total = (name) => all.reduce((sum, row) => sum + Number(row[name] ?? 0), 0);
  assert.deepEqual([Number(sums.money), sums.people_served, sums.count], [total('money'), total('people_served'), all.length]);
  assert.equal((await of(office, '&state=drafted')).sums.money, '0');
  const own = (await liaison.ok('GET', '/api/v1/results?limit=200')).items;
  assert.equal((await of(liaison, '')).sums.count, own.length);
  assert.equal((await office.call('GET', '/api/v1/results/tally?by=state&sum=title')).status, 400);
});

test('a correction keeps the old entry and begins a new one', async () => {
  await office.do('results', result, 'correct_result', {}, '车库数应为 4');
  const old = (await office.page('results', result)).record;
  assert.deepEqual([old.state, old.achieved, old.people_served], ['corrected', '已建 3 个车库', 5200]);
  const next = (await office.ok('GET', `/api/v1/results?problem=${first}&state=drafted`)).items;
  assert.equal(next.length, 1);
  assert.equal((await office.page('results', next[0].id)).record.corrects, result);
  await office.do('results', next[0].id, 'confirm', { achieved: '已建 4 个车库' });
  result = next[0].id;
});

test('a re-opened problem has a result of its own cycle; the old one never changes', async () => {
  const before = (await office.page('results', result)).record;
  await office.do('problems', first, 'reopen', { due: day(await today(), 40) }, '又没有信号');
  await liaison.do('problems', first, 'take');
  const now = await today();
  const again = await liaison.create('measures', { problem: first, title: '补建基站', weight: 10000, start: now, due: day(now, 20), owner: '李某', unit, helpers: [stranger.session.user.unit] });
  assert.equal((await stranger.ok('GET', `/api/v1/measures?ids=${again}`)).items.length, 1, 'a unit that helps sees the measure');
  await liaison.do('problems', first, 'start', { owner: '张某' });
  assert.equal((await liaison.page('measures', again)).record.base_due, day(now, 20), 'the new cycle has a baseline of its own');
  assert.equal((await liaison.ok('GET', `/api/v1/problems/${first}/progress?cycle=1`)).accepted, 10000, 'the first cycle is told as it was');
  assert.equal((await liaison.ok('GET', `/api/v1/problems/${first}/progress`)).accepted, 0);
  await done(again);
  await liaison.create('evidences', { problem: first, title: '复测记录', note: '全部有信号' });
  await close(first);
  assert.deepEqual((await office.page('results', result)).record, before);
  const results = (await office.page('problems', first)).results;
  assert.deepEqual(results.map((one) => [one.cycle, one.state]), [[1, 'corrected'], [1, 'confirmed'], [2, 'drafted']]);
});

test('the results list is filtered, counted and exported by its declarations, and the store verifies', async () => {
  const mine = (await office.ok('GET', `/api/v1/results?problem=${first}&outcome=partly&state=confirmed`)).items;
  assert.equal(mine.length, 1);
  const tally = await office.ok('GET', `/api/v1/results/tally?by=outcome,publicity&problem=${first}&state=confirmed`);
  assert.deepEqual(tally.cells, [{ key: ['partly', 'open'], count: 1 }]);
  const csv = await office.call('GET', `/api/v1/results.csv?problem=${first}&state=confirmed`);
  const rows = csvRows(csv.body);
  assert.ok(rows[0].includes('受益人数') && rows[0].includes('预期成效') && rows[0].includes('实际成效'), rows[0].join());
  assert.equal(rows[1][rows[0].indexOf('实际成效')], '已建 4 个车库');
  const verified = bihuan(store, ['verify']);
  assert.equal(verified.status, 0, verified.out + verified.err);
});
