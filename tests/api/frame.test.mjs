// The frame as an office lives in it: campaigns side by side, a city problem split among districts, merging, the leaders' boards, guidance groups,
// off-line placeholders, and a topic that ends in a mechanism. Every figure is held against the list behind it.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan, must, newKey, day } from '../lib.mjs';

let store, server, office, secadmin, sysadmin, leader, units, home, audit, today;
const people = {};
const COLOURS = ['grey', 'green', 'red', 'orange', 'yellow', 'blue'];
const sum = (colours) => COLOURS.reduce((total, colour) => total + colours[colour], 0);

async function person(account, unit, grant) {
  const user = await sysadmin.create('users', { account, name: account, unit: units[unit] });
  must(bihuan(store, ['user', 'password', account, '--as', 'sysadmin', '--password-stdin'], { input: `password of ${account}\n` }));
  await secadmin.create('grants', { user, ...grant });
  people[account] = await signIn(server, account, `password of ${account}`);
  return user;
}
const problemOf = (values, client = office) => client.create('problems', { campaign: home, category: 'livelihood', source: 'appeals', kind: 'at_once', lead_unit: units['市水务局'], ...values });
const refused = async (answer, code, words) => {
  const { status, body } = await answer;
  assert.ok(status >= 400, `refused, not ${status} ${JSON.stringify(body)}`);
  const finding = body.findings?.find((one) => one.code === code);
  assert.ok(finding, `${code} among ${JSON.stringify(body)}`);
  if (words) assert.match(finding.message ?? finding.sentence ?? JSON.stringify(finding), words);
};
const post = (client, plural, values) => client.call('POST', `/api/v1/${plural}`, { values }, { 'idempotency-key': newKey() });
/** Edits by the version that is there now; the version is the office's to read. */
const patch = async (client, plural, id, values) => client.call('PATCH', `/api/v1/${plural}/${id}`, { values }, { 'if-match': `"${(await office.page(plural, id)).record.version}"` });
const figures = async (client = office) => client.ok('GET', '/api/v1/overview');
/** The overview adds up: each cut to the total, the total to the list of what is counted. */
async function adds_up(client = office) {
  const overview = await figures(client);
  assert.equal(sum(overview.colours), overview.total, '绿+蓝+黄+橙+红+灰 = 总数');
  for (const [cut, lines] of Object.entries(overview.by)) assert.equal(lines.reduce((total, line) => total + sum(line.colours), 0), overview.total, cut);
  const list = await client.ok('GET', '/api/v1/problems?counted=true&limit=200');
  assert.equal(list.items.length, overview.total);
  for (const one of list.items) assert.ok(!one.parent, 'no part counts');
  return overview;
}

before(async () => {
  store = demoStore();
  server = await serve(store);
  const as = (account) => signIn(server, account, store.accounts[account]);
  [office, secadmin, sysadmin, leader] = await Promise.all(['office', 'secadmin', 'sysadmin', 'leader'].map(as));
  const session = await office.ok('GET', '/api/v1/session');
  home = session.campaign.id;
  today = session.store.today;
  units = Object.fromEntries((await office.ok('GET', '/api/v1/units?limit=200')).items.map((one) => [one.name, one.id]));
  units['浦江区教育局'] = await office.create('units', { name: '浦江区教育局', kind: 'government', parent: units['浦江区'] });
  units['浦江区整改办'] = await office.create('units', { name: '浦江区整改办', kind: 'government', parent: units['浦江区'] });
  for (const [account, unit] of [['pujiang', '浦江区'], ['beian', '北岸区'], ['nanting', '南汀区'], ['water', '市水务局']]) await person('frame-' + account, unit, { role: 'liaison', unit: units[unit] });
  await person('frame-pujiang-office', '浦江区整改办', { role: 'district_office', unit: units['浦江区'] });
});
after(async () => { await server?.stop(); store?.remove(); });

// ---- campaigns side by side ----

let categories;
test('a second campaign has its own categories, sources and units, and says how many days are left', async () => {
  audit = await office.create('campaigns', { name: '审计整改专项', code: 'FRAME', prefix: 'FR', valid_from: today, valid_to: day(today, 100), sources: ['audit_old', 'audit_new'],
    units: [units['浦江区'], units['市水务局']], aims: '问题清零', office_unit: units['市整改办'] ?? units['申江市'] });
  const page = await office.page('campaigns', audit);
  assert.deepEqual(page.record.sources, ['audit_old', 'audit_new']);
  assert.equal(page.period.days_left, 100);
  assert.equal(page.period.days_gone, 0);
  assert.equal(page.period.over, false);
  assert.equal(page.linked.count, 0);
  const category = (values) => office.create('categories', { campaign: audit, ...values });
  categories = { money: await category({ name: '资金管理', code: '1', under: 'economy', order: 1 }), other: await category({ name: '其他', code: '9', under: 'other', order: 9 }) };
  categories.late = await category({ name: '资金拨付', code: '11', parent: categories.money });
  categories.slow = await category({ name: '拨付迟缓', code: '111', parent: categories.late });
  assert.equal((await office.page('categories', categories.slow)).record.under, 'economy', 'under the same as what is above it');
  await refused(post(office, 'categories', { campaign: audit, name: '太深', code: '1111', parent: categories.slow }), 'category_tree', /3/);
  await refused(post(office, 'categories', { campaign: audit, name: '重号', code: '11', under: 'party' }), 'category_tree');
  await refused(post(office, 'categories', { campaign: home, name: '别处', code: '1', parent: categories.money }), 'category_tree');
  assert.equal((await people['frame-water'].call('POST', '/api/v1/categories', { values: { campaign: audit, name: '私设', code: '5', under: 'party' } })).status, 403);
});

test('a campaign takes its own sources, units and categories; the category of the city follows', async () => {
  const there = { campaign: audit, source: 'audit_old', lead_unit: units['市水务局'], title: '水费专户长期未清理' };
  await refused(post(office, 'problems', { ...there, category: 'economy', kind: 'at_once', source: 'appeals' }), 'campaign_takes');
  await refused(post(office, 'problems', { ...there, category: 'economy', kind: 'at_once', lead_unit: units['北岸区'] }), 'campaign_takes', /“北岸区”/);
  await refused(post(office, 'problems', { campaign: home, title: '别处的类别', category: 'economy', source: 'appeals', kind: 'at_once', lead_unit: units['市水务局'], campaign_category: categories.money }), 'category_fits');
  const below = await office.create('problems', { ...there, kind: 'at_once', lead_unit: units['浦江区教育局'], campaign_category: categories.slow });
  assert.equal((await office.page('problems', below)).record.category, 'economy', 'the unit is below one that takes part, the category follows');
  const bare = await office.create('problems', { ...there, kind: 'at_once', category: 'party' });
  await refused(office.act('problems', bare, 'submit'), 'category_fits', /专项类别/);
  await office.do('categories', categories.money, 'retire', {}, '合并到其他');
  await refused(patch(office, 'problems', bare, { campaign_category: categories.money }), 'category_fits', /停用/);
  assert.equal((await patch(office, 'problems', bare, { campaign_category: categories.other })).status, 200);
  assert.equal((await office.page('problems', bare)).record.category, 'other');
  await office.do('problems', bare, 'submit');
  await office.do('problems', bare, 'admit');
  assert.match((await office.page('problems', bare)).record.number, /^FR/);
});

test('one home, listed elsewhere too: counted once, and a second figure for what is linked', async () => {
  const problem = await problemOf({ title: '管网漏损率偏高' });
  for (const action of ['submit', 'admit']) await office.do('problems', problem, action);
  const counted = (await adds_up()).total;
  const link = (values) => post(office, 'links', { kind: 'in_campaign', from_type: 'problem', from_id: problem, to_type: 'campaign', ...values });
  await refused(link({ to_id: home }), 'link_fits');
  await refused(post(people['frame-water'], 'links', { kind: 'in_campaign', from_type: 'problem', from_id: problem, to_type: 'campaign', to_id: audit }), 'link_fits');
  assert.equal((await link({ to_id: audit })).status, 201);
  await refused(link({ to_id: audit }), 'link_fits');
  assert.equal((await adds_up()).total, counted);
  const page = await office.page('campaigns', audit);
  assert.equal(page.linked.count, 1);
  assert.deepEqual((await office.ok('GET', page.linked.address)).items.map((one) => one.id), [problem]);
  assert.ok(!(await office.ok('GET', page.home + '&limit=200')).items.some((one) => one.id === problem), 'home only');
  assert.ok(page.links.some((one) => one.type === 'problem' && one.record.id === problem));
});

test('the policy says of which kinds the root cause is asked; the office alone marks a hard nut', async () => {
  await office.create('policies', { name: '审计口径', campaign: audit, valid_from: today, root_cause_kinds: ['long_term'] });
  const open = await office.create('problems', { campaign: audit, title: '往来款未清', source: 'audit_new', kind: 'time_limited', campaign_category: categories.other, lead_unit: units['市水务局'] });
  await office.do('problems', open, 'submit');
  const strict = await office.create('problems', { campaign: audit, title: '长期挂账', source: 'audit_new', kind: 'long_term', campaign_category: categories.other, lead_unit: units['市水务局'] });
  await refused(office.act('problems', strict, 'submit'), 'root_cause');
  await refused(post(people['frame-water'], 'problems', { campaign: home, title: '自称硬骨头', category: 'livelihood', source: 'appeals', kind: 'at_once', lead_unit: units['市水务局'], hard: true }), 'not_writable');
  assert.equal((await patch(office, 'problems', open, { hard: true, priority: 'top' })).status, 200);
});

// ---- splitting ----

let whole, parts;
const DISTRICTS = ['浦江区', '北岸区', '南汀区'];
test('a city problem is split among three districts: it counts once, its parts have lives of their own', async () => {
  whole = await problemOf({ title: '窨井盖破损', level: 'city', lead_unit: units['市水务局'] });
  for (const action of ['submit', 'admit']) await office.do('problems', whole, action);
  await office.do('problems', whole, 'assign', { due: day(today, 40) });
  const before = await adds_up();
  await office.do('problems', whole, 'split', { split_units: DISTRICTS.map((name) => units[name]) });
  const page = await office.page('problems', whole), after = await adds_up();
  assert.equal(after.total, before.total, 'the whole counts once');
  assert.equal(page.record.parts, 3);
  assert.equal(page.record.parts_closed, 0);
  assert.equal(page.record.progress, 0);
  parts = DISTRICTS.map((name) => page.parts.find((one) => one.lead_unit === units[name]));
  for (const [i, part] of parts.entries()) {
    assert.equal(part.state, 'assigned');
    assert.equal(part.counted, false);
    assert.equal(part.level, 'district');
    assert.equal(part.due, day(today, 40));
    assert.equal(part.number, `${page.record.number}-0${i + 1}`);
    assert.equal(part.colour, 'blue', 'a colour of its own');
    assert.equal((await office.page('problems', part.id)).cycles.length, 1);
  }
  await refused(office.act('problems', whole, 'split', { split_units: [units['浦江区']] }), 'part_fits');
  await refused(office.act('problems', parts[0].id, 'split', { split_units: [units['浦江区教育局']] }), 'part_fits');
  assert.equal((await people['frame-pujiang'].call('GET', `/api/v1/problems/${parts[1].id}`)).status, 404, 'a district sees its own part');
  const tally = await office.ok('GET', '/api/v1/problems/tally?by=colour&counted=true');
  assert.equal(tally.total, after.total);
});

test('a district decides how deep the city sees; the whole shows the counts all the same', async () => {
  const [pujiang] = parts, district = people['frame-pujiang'];
  await refused(people['frame-water'].act('problems', whole, 'show_above', { visible_above: false }), 'part_fits');
  await district.do('problems', pujiang.id, 'show_above', { visible_above: false });
  for (const client of [office, leader]) {
    assert.equal((await client.call('GET', `/api/v1/problems/${pujiang.id}`)).status, 404);
    assert.equal((await client.call('GET', `/api/v1/problems/${pujiang.id}/journal`)).status, 404);
    for (const path of ['?limit=200', `?lead_unit=${units['浦江区']}&limit=200`, `?ids=${pujiang.id}`, '?sort=-changed&limit=200', '?sort=due&limit=200', '?state=assigned&limit=200', '?level=district&sort=-number&limit=200'])
      assert.ok(!(await client.ok('GET', '/api/v1/problems' + path)).items.some((one) => one.id === pujiang.id), path);
    assert.doesNotMatch((await client.call('GET', '/api/v1/problems.csv')).body, /窨井盖破损\(浦江区\)/);
    assert.ok(!(await client.ok('GET', '/api/v1/cycles?limit=200')).items.some((one) => one.problem === pujiang.id));
    const page = await client.page('problems', whole);
    assert.deepEqual(page.parts.map((one) => one.id).sort(), parts.slice(1).map((one) => one.id).sort());
    assert.equal(page.record.parts, 3, 'the counts stay');
    const state = await client.ok('GET', '/api/v1/problems/tally?by=state');
    assert.equal(state.cells.find((one) => one.key[0] === 'assigned').count, (await client.ok('GET', '/api/v1/problems?state=assigned&limit=200')).items.length, 'a tally counts what the list shows');
    await adds_up(client);
    assert.equal((await client.ok('GET', '/api/v1/definitions/values')).all.total.numerator, (await figures(client)).total, 'the definitions count the same');
  }
  assert.equal((await district.page('problems', pujiang.id)).record.visible_above, false);
  assert.equal((await people['frame-pujiang-office'].call('GET', `/api/v1/problems/${pujiang.id}`)).status, 200);
});

test('what is asked about a part that the city does not see is decided in the district; the city office learns nothing of it', async () => {
  const [pujiang, shown] = parts, clerk = people['frame-pujiang-office'], unit = people['frame-pujiang'];
  const due = (await unit.page('problems', pujiang.id)).record.due;
  await unit.do('problems', pujiang.id, 'take');
  await unit.do('problems', pujiang.id, 'extend', { due: day(due, 3) }, '等待材料到货');
  const asked = (await unit.ok('GET', '/api/v1/approvals?limit=200')).items.find((one) => one.record === pujiang.id);
  assert.match(asked.title, /浦江区/);
  for (const client of [office, leader]) {
    const list = await client.call('GET', '/api/v1/approvals?limit=200');
    assert.ok(list.status === 403 || !list.body.items.some((one) => one.id === asked.id), 'not in the list');
    assert.equal((await client.call('GET', `/api/v1/approvals/${asked.id}`)).status, list.status === 403 ? 403 : 404);
  }
  assert.equal((await office.act('approvals', asked.id, 'agree')).status, 404);
  assert.doesNotMatch(JSON.stringify((await office.ok('GET', '/api/v1/tasks')).items), new RegExp(asked.title.slice(-12)));
  assert.equal((await unit.act('approvals', asked.id, 'agree')).status, 403, 'not by who asked');
  assert.ok((await clerk.ok('GET', '/api/v1/tasks')).items.some((one) => one.type === 'approval' && one.record.id === asked.id), 'it waits for the district\'s office');
  await clerk.do('approvals', asked.id, 'agree');
  assert.equal((await unit.page('problems', pujiang.id)).record.due, day(due, 3));
  assert.ok(shown.id > 0);
});

const done = async (client, id) => {
  if ((await client.page('problems', id)).record.state === 'assigned') await client.do('problems', id, 'take');
  await client.create('evidences', { problem: id, title: '更换后照片' });
  return client.act('problems', id, 'apply', { progress_note: '井盖全部更换' });
};
test('parts roll up, and the whole is not applied for before all of them are closed', async () => {
  const water = people['frame-water'];
  assert.ok((await done(people['frame-beian'], parts[1].id)).status < 300);
  assert.equal((await office.page('problems', parts[1].id)).record.state, 'closed', 'closed by the unit itself: put right at once, not on the city list');
  let page = await office.page('problems', whole);
  assert.equal(page.record.parts_closed, 1);
  assert.equal(page.record.progress, 3333, 'a third, rounded down');
  await refused(done(water, whole), 'parts_closed', /2/);
  assert.ok((await done(people['frame-pujiang'], parts[0].id)).status < 300);
  assert.equal((await office.page('problems', whole)).record.parts_closed, 2, 'what is not shown counts too');
  await refused(office.act('problems', whole, 'withdraw', {}, '试'), 'parts_closed');
  await office.do('problems', parts[2].id, 'withdraw', {}, '该区没有此类问题');
  page = await office.page('problems', whole);
  assert.deepEqual([page.record.parts, page.record.parts_closed, page.record.progress], [2, 2, 10000]);
  await water.do('problems', whole, 'apply', { progress_note: '各区均已完成' });
  await adds_up();
});

// ---- district office ----

test('a district office stands for the office on what its own units lead, and on nothing else', async () => {
  const own = people['frame-pujiang-office'];
  const problem = await own.create('problems', { campaign: home, title: '区属学校午休', category: 'livelihood', source: 'appeals', kind: 'at_once', lead_unit: units['浦江区教育局'] });
  for (const action of ['submit', 'admit']) await own.do('problems', problem, action);
  await own.do('problems', problem, 'assign', { due: day(today, 20) });
  assert.equal((await patch(own, 'problems', problem, { lead_unit: units['北岸区'] })).status, 403, 'not out of its own reach: that is a transfer, and takes the receiver');
  assert.equal((await patch(own, 'problems', problem, { lead_unit: units['浦江区'] })).status, 200);
  await refused(own.act('problems', problem, 'split', { split_units: [units['浦江区教育局'], units['北岸区']] }), 'part_fits', /本区单位/);
  const city = await problemOf({ title: '市级清单的', level: 'city', lead_unit: units['浦江区教育局'] });
  await office.do('problems', city, 'submit');
  assert.equal((await own.act('problems', city, 'admit')).status, 403, 'the city list is the city office\'s');
  const elsewhere = await problemOf({ title: '别区的', lead_unit: units['北岸区'] });
  assert.equal((await own.act('problems', elsewhere, 'submit')).status, 404);
  assert.equal((await own.call('POST', '/api/v1/campaigns', { values: { name: '自立', code: 'ZL', prefix: 'ZL', valid_from: today, valid_to: today } })).status, 403);
});

// ---- merging ----

test('one problem is merged into another: not counted, its appeals carried over, linked both ways', async () => {
  const appeal = (number) => office.create('appeals', { number, title: '路面积水', made_at: '2026-11-01T09:00:00+08:00', unit: units['市水务局'] });
  const appeals = [await appeal('FRAME-1'), await appeal('FRAME-2'), await appeal('FRAME-3')];
  const [one, other] = [await problemOf({ title: '下立交积水' }), await problemOf({ title: '下立交积水点多' })];
  const link = (from, to) => office.create('links', { kind: 'arises_from', from_type: 'problem', from_id: from, to_type: 'appeal', to_id: to });
  await link(one, appeals[0]); await link(one, appeals[1]); await link(other, appeals[1]); await link(other, appeals[2]);
  for (const id of [one, other]) for (const action of ['submit', 'admit']) await office.do('problems', id, action);
  const before = (await adds_up()).total;
  await refused(office.act('problems', one, 'merge', { merged_into: one }, '自身'), 'merge_fits');
  await refused(office.act('problems', whole, 'merge', { merged_into: other }, '已分解'), 'not_now');
  const noReason = await office.act('problems', one, 'merge', { merged_into: other });
  assert.equal(noReason.status, 422);
  const had = (await figures()).merged;
  await office.do('problems', one, 'merge', { merged_into: other }, '同一事项');
  assert.equal((await figures()).merged, had + 1, 'said beside the total');
  assert.equal((await figures()).merged, (await office.ok('GET', '/api/v1/problems?state=merged&limit=200')).items.length);
  const page = await office.page('problems', one), into = await office.page('problems', other);
  assert.equal(page.record.state, 'merged');
  assert.equal(page.record.colour ?? null, null);
  assert.equal(page.record.merged_on, today);
  assert.equal((await adds_up()).total, before - 1);
  assert.equal(into.record.appeals, 3);
  assert.deepEqual(into.links.filter((each) => each.type === 'appeal').map((each) => each.record.id).sort(), [...appeals].sort());
  assert.ok(page.links.some((each) => each.kind === 'merged_into' && each.direction === 'from' && each.record.id === other));
  assert.ok(into.links.some((each) => each.kind === 'merged_into' && each.direction === 'to' && each.record.id === one));
  await refused(post(office, 'links', { kind: 'merged_into', from_type: 'problem', from_id: other, to_type: 'problem', to_id: whole }), 'link_fits');
});

// ---- boards ----

test('the two boards stand apart; each figure is the list behind it', async () => {
  const led = async (title, led_by) => {
    const id = await problemOf({ title, led_by, leader: led_by === 'secretary' ? '市委主要领导' : '分管领导' });
    for (const action of ['submit', 'admit']) await office.do('problems', id, action);
    return id;
  };
  const [first] = [await led('热线办理质量', 'secretary'), await led('小梁薄板房改造', 'four_teams'), await led('基层负担', 'four_teams')];
  const answer = await office.ok('GET', '/api/v1/boards');
  assert.deepEqual(answer.boards.map((one) => one.board), ['secretary', 'four_teams']);
  assert.deepEqual(answer.boards.map((one) => one.total), [1, 2]);
  assert.ok(!('total' in answer), 'never added up');
  for (const board of answer.boards) {
    assert.equal(sum(board.colours), board.total);
    assert.equal((await office.ok('GET', board.address + '&limit=200')).items.length, board.total);
    assert.equal(board.items.length, board.total);
  }
  assert.deepEqual(must(bihuan(store, ['boards', '--as', 'leader', '--json'])).json().boards.map((one) => [one.board, one.total, sum(one.colours)]), [['secretary', 1, 1], ['four_teams', 2, 2]]);
  assert.equal(answer.boards[0].items[0].id, first);
  assert.deepEqual((await people['frame-beian'].ok('GET', '/api/v1/boards')).boards.map((one) => one.total), [0, 0], 'within scope');
  await refused(post(people['frame-water'], 'problems', { campaign: home, title: '自挂书记名下', category: 'livelihood', source: 'appeals', kind: 'at_once', lead_unit: units['市水务局'], led_by: 'secretary' }), 'not_writable');
});

// ---- guidance groups and officials ----

test('a guidance group reads and advises within its units and its campaign, and does nothing else', async () => {
  const group = await office.create('guidance_groups', { name: '第一指导组', campaign: home, units: [units['浦江区'], units['市水务局']] });
  const user = await sysadmin.create('users', { account: 'frame-guide', name: '指导', unit: units['申江市'] });
  await refused(post(secadmin, 'grants', { user, role: 'guidance' }), 'guidance_grant');
  await refused(post(secadmin, 'grants', { user, role: 'leader', guidance_group: group }), 'guidance_grant');
  await person('frame-guide-1', '申江市', { role: 'guidance', guidance_group: group });
  const guide = people['frame-guide-1'];
  const inside = await problemOf({ title: '组内的问题', lead_unit: units['浦江区教育局'] }), outside = await problemOf({ title: '组外的问题', lead_unit: units['北岸区'] });
  for (const id of [inside, outside]) for (const action of ['submit', 'admit']) await office.do('problems', id, action);
  const other = (await office.ok('GET', `/api/v1/problems?campaign=${audit}&limit=200`)).items.find((one) => one.lead_unit === units['市水务局']).id;
  assert.equal((await guide.call('GET', `/api/v1/problems/${inside}`)).status, 200);
  for (const id of [outside, other]) assert.equal((await guide.call('GET', `/api/v1/problems/${id}`)).status, 404);
  const seen = (await guide.ok('GET', '/api/v1/problems?limit=200')).items;
  assert.ok(seen.some((one) => one.id === inside));
  for (const one of seen) { assert.ok([units['浦江区'], units['浦江区教育局'], units['浦江区整改办'], units['市水务局']].includes(one.lead_unit)); assert.equal(one.campaign, home); }
  for (const sort of ['due', '-changed', 'number', '-id']) assert.equal((await guide.ok('GET', `/api/v1/problems?limit=200&sort=${sort}`)).items.length, seen.length, sort);
  assert.equal((await guide.ok('GET', '/api/v1/definitions/values')).all.total.numerator, (await figures(guide)).total, 'the definitions within the same bounds');
  const before = (await office.page('problems', inside)).record;
  assert.deepEqual((await guide.page('problems', inside)).actions.filter((one) => one.open).map((one) => one.action), ['advise']);
  await guide.do('problems', inside, 'advise', {}, '建议先摸清底数再定措施');
  const after = (await office.page('problems', inside)).record;
  assert.deepEqual([after.state, after.colour, after.title], [before.state, before.colour, before.title]);
  assert.match(JSON.stringify(await office.ok('GET', `/api/v1/problems/${inside}/journal`)), /建议先摸清底数/);
  assert.equal((await guide.act('problems', inside, 'advise')).status, 422, 'advice needs words');
  assert.equal((await guide.act('problems', inside, 'withdraw', {}, '不')).status, 403);
  assert.equal((await guide.act('problems', outside, 'advise', {}, '看不到')).status, 404);
  assert.equal((await patch(guide, 'problems', inside, { title: '改名' })).status, 403);
  const byCommand = bihuan(store, ['user', 'grant', 'frame-guide', 'guidance', '--group', String(group), '--as', 'secadmin', '--json']);
  assert.ok(must(byCommand).json().grant > 0);
  assert.notEqual(bihuan(store, ['user', 'grant', 'frame-guide', 'guidance', '--as', 'secadmin']).status, 0, 'a member needs a group');
  await office.do('guidance_groups', group, 'retire', {}, '集中指导结束');
  assert.equal((await guide.call('GET', `/api/v1/problems/${inside}`)).status, 404, 'a group that has ended shows nothing');
});

test('a responsible official reads what names them, with its measures and evidence, and may leave advice', async () => {
  const user = await person('frame-official', '申江市', { role: 'official' }), official = people['frame-official'];
  const named = await problemOf({ title: '点名的问题', official_user: user }), other = await problemOf({ title: '没有点名的' });
  for (const id of [named, other]) for (const action of ['submit', 'admit']) await office.do('problems', id, action);
  assert.deepEqual((await official.ok('GET', '/api/v1/problems?limit=200')).items.map((one) => one.id), [named]);
  assert.equal((await official.call('GET', `/api/v1/problems/${other}`)).status, 404);
  assert.equal((await official.ok('GET', '/api/v1/measures?limit=200')).items.length, 0);
  await official.do('problems', named, 'advise', {}, '请月底前到现场');
  assert.equal((await official.act('problems', named, 'assign', {})).status, 403);
  assert.equal((await official.ok('GET', '/api/v1/overview')).total, 1);
  assert.equal((await official.ok('GET', '/api/v1/definitions/values')).all.total.numerator, 1);
});

// ---- off-line placeholders ----

test('an off-line placeholder holds number and code name, is counted, and moves by the office alone', async () => {
  const base = { campaign: home, title: '代号 07', category: 'governance', source: 'inspection_new', kind: 'time_limited', lead_unit: units['市水务局'], secrecy: 'placeholder' };
  await refused(post(office, 'problems', { ...base, detail: '详细情况' }), 'placeholder_bare', /具体表现/);
  await refused(post(people['frame-water'], 'problems', base), 'placeholder_bare');
  const id = await office.create('problems', base), before = (await adds_up()).total;
  await refused(patch(office, 'problems', id, { goal: '目标' }), 'placeholder_bare');
  await refused(patch(office, 'problems', id, { secrecy: 'internal' }), 'placeholder_bare');
  const open = await problemOf({ title: '普通问题' });
  await refused(patch(office, 'problems', open, { secrecy: 'placeholder' }), 'placeholder_bare');
  await office.do('problems', id, 'submit');
  await office.do('problems', id, 'admit');
  assert.equal((await adds_up()).total, before + 1, 'counted');
  assert.equal((await office.page('problems', id)).record.colour, 'grey');
  await office.do('problems', id, 'assign', { due: day(today, 30) });
  await refused(people['frame-water'].act('problems', id, 'take'), 'placeholder');
  await refused(post(office, 'evidences', { problem: id, title: '材料' }), 'placeholder');
  const appeal = (await office.ok('GET', '/api/v1/appeals?limit=1')).items[0].id;
  await refused(post(office, 'links', { kind: 'arises_from', from_type: 'problem', from_id: id, to_type: 'appeal', to_id: appeal }), 'link_fits');
  await refused(post(office, 'links', { kind: 'same_matter', from_type: 'problem', from_id: open, to_type: 'problem', to_id: id, note: '说的就是它' }), 'link_fits');
  await refused(post(office, 'sites', { problem: id, name: '某处', unit: units['市水务局'] }), 'placeholder');
  await refused(post(office, 'indicators', { problem: id, name: '某数', unit: units['市水务局'], measured_in: '个', direction: 'down', base: '9', base_on: today, goal: '0', goal_on: day(today, 30) }), 'placeholder');
  await refused(post(office, 'releases', { problem: id, title: '公开的标题', text: '公开的正文' }), 'placeholder');
  await refused(post(office, 'objections', { problem: id, text: '有异议', received_on: today, channel: 'letter' }), 'placeholder');
  await refused(post(office, 'cases', { title: '案例', campaign: home, lead_unit: units['市水务局'], problem: id, matters: '一类事', cause: '成因' }), 'case_fits');
  await office.do('problems', id, 'enter_colour', { placeholder_colour: 'orange' }, '线下进度偏慢');
  let page = await office.page('problems', id);
  assert.deepEqual([page.record.colour, page.colour.rule], ['orange', 'placeholder']);
  assert.ok((await figures(leader)).total === (await figures()).total, 'every reader counts it');
  assert.equal((await leader.ok('GET', '/api/v1/definitions/values')).all.total.numerator, (await figures()).total);
  const seen = (await leader.page('problems', id)).record;
  for (const field of ['detail', 'root_cause', 'goal', 'owner', 'official', 'progress_note', 'remark']) assert.equal(seen[field] ?? null, null);
  await refused(office.act('problems', open, 'enter_colour', { placeholder_colour: 'red' }, '不是占位'), 'not_now');
  await office.do('problems', id, 'close', {}, '线下已销号');
  page = await office.page('problems', id);
  assert.deepEqual([page.record.state, page.record.colour], ['closed', 'green']);
  await adds_up();
});

// ---- topics and mechanisms ----

test('a topic with tasks leads to a problem and a mechanism, and every one of them shows the others', async () => {
  const topic = await office.create('topics', { title: '积水点成因研究', campaign: home, why: '诉求连年上升', source: 'appeals', reasons: ['many_appeals', 'long_unsolved'], lead_unit: units['市水务局'] });
  const water = people['frame-water'];
  const task = await water.create('topic_tasks', { topic, title: '排查一百处点位', unit: units['市水务局'], owner: '甲', due: day(today, 30) });
  await water.do('topics', topic, 'conclude', { findings: '泵站能力不足' });
  await refused(office.act('topics', topic, 'close', { done: '完成' }), 'tasks_done', /1/);
  await water.do('topic_tasks', task, 'finish', { note: '已排查' });
  assert.equal((await water.page('topics', topic)).tasks[0].done_on, today);
  await refused(office.act('topics', topic, 'close', { done: '完成' }), 'tasks_done');
  const problem = await problemOf({ title: '泵站能力不足', source: 'research' });
  await office.create('links', { kind: 'arises_from', from_type: 'problem', from_id: problem, to_type: 'topic', to_id: topic });
  const mechanism = await water.create('mechanisms', { title: '泵站运行管理办法', kind: 'rule', scope: '全市泵站', campaign: home, lead_unit: units['市水务局'] });
  const link = (client, kind, from_type, from_id, to_type, to_id) => post(client, 'links', { kind, from_type, from_id, to_type, to_id });
  await refused(link(office, 'ended_by', 'problem', problem, 'topic', topic), 'link_fits');
  assert.equal((await link(water, 'arises_from', 'mechanism', mechanism, 'topic', topic)).status, 201);
  assert.equal((await link(office, 'ended_by', 'problem', problem, 'mechanism', mechanism)).status, 201);
  assert.equal((await patch(office, 'topics', topic, { policies: '《泵站运行管理办法》', policy_count: 1, satisfaction: 9193, led_to: '一项制度' })).status, 200);
  await office.do('topics', topic, 'close', { done: '全部任务完成' });
  await refused(post(water, 'topic_tasks', { topic, title: '补一项', unit: units['市水务局'], owner: '乙', due: today }), 'topic_open');
  assert.equal((await water.act('mechanisms', mechanism, 'issue', {})).status, 422, 'number and date are asked');
  await water.do('mechanisms', mechanism, 'issue', { document_number: '申水〔2026〕9号', issued_on: today });
  await refused(water.act('mechanisms', mechanism, 'activate', { in_force_on: day(today, -1) }), 'dates_in_order');
  await water.do('mechanisms', mechanism, 'activate', { in_force_on: today });
  const ends = async (client, plural, id) => (await client.page(plural, id)).links.map((one) => `${one.kind} ${one.direction} ${one.type} ${one.record.id}`).sort();
  assert.deepEqual(await ends(office, 'topics', topic), [`arises_from to mechanism ${mechanism}`, `arises_from to problem ${problem}`].sort());
  assert.deepEqual(await ends(office, 'problems', problem), [`arises_from from topic ${topic}`, `ended_by from mechanism ${mechanism}`]);
  assert.deepEqual(await ends(office, 'mechanisms', mechanism), [`arises_from from topic ${topic}`, `ended_by to problem ${problem}`]);
  assert.equal((await office.page('topics', topic)).record.closed_on, today);
  await water.do('mechanisms', mechanism, 'retire', {}, '被新办法取代');
});

test('the store holds together after all of it', async () => {
  await server.stop();
  server = null;
  must(bihuan(store, ['verify']));
});
