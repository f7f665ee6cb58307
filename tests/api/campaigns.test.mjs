// Campaigns side by side: every figure of the overview is of one campaign or of all that the reader sees, says which, and is as long as the list
// behind it. A second campaign without problems, one with, a problem put into the other by a correction, a reader who sees one campaign's units.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan, must, day, followed, until } from '../lib.mjs';

let store, server, office, office2, leader, reader, units, home, audit, empty, category, today;
const COLOURS = ['grey', 'green', 'red', 'orange', 'yellow', 'blue'];
const CUTS = ['category', 'source', 'kind', 'lead_unit', 'campaign'];
const sum = (lines) => lines.reduce((total, line) => total + line.total, 0);
const of = (campaign) => (campaign ? `&campaign=${campaign}` : '');
const overviewOf = async (client, campaign) => client.ok('GET', '/api/v1/overview' + (campaign ? `?campaign=${campaign}` : ''));
const listed = async (client, conditions) => client.ok('GET', `/api/v1/problems?counted=true&limit=200${conditions}`);
const key = (line) => line.key ?? 'none';

/** Each figure is as long as its list, which names the same campaign. */
async function every_figure_has_its_list(client, campaign) {
  const overview = await overviewOf(client, campaign);
  assert.equal((await listed(client, of(campaign))).items.length, overview.total, 'the total');
  assert.equal((await client.ok('GET', `/api/v1/problems?state=merged&limit=200${of(campaign)}`)).items.length, overview.merged, 'merged');
  for (const colour of COLOURS) assert.equal((await listed(client, `&colour=${colour}${of(campaign)}`)).items.length, overview.colours[colour], colour);
  for (const cut of CUTS) {
    assert.equal(sum(overview.by[cut]), overview.total, `${cut} adds up to the total`);
    for (const line of overview.by[cut]) assert.equal((await listed(client, `&${cut}=${key(line)}${cut === 'campaign' ? '' : of(campaign)}`)).items.length, line.total, `${cut} ${line.key}`);
  }
  return overview;
}
const admitted = async (campaign, title, values = {}) => {
  const problem = await office.create('problems', { campaign, title, category: 'livelihood', source: 'appeals', kind: 'at_once', lead_unit: units['市水务局'], ...values });
  for (const action of ['submit', 'admit']) await office.do('problems', problem, action);
  return problem;
};

before(async () => {
  store = demoStore();
  server = await serve(store);
  const as = (account) => signIn(server, account, store.accounts[account]);
  let sysadmin, secadmin;
  [office, leader, sysadmin, secadmin] = await Promise.all(['office', 'leader', 'sysadmin', 'secadmin'].map(as));
  const session = await office.ok('GET', '/api/v1/session');
  home = session.campaign.id;
  today = session.store.today;
  units = Object.fromEntries((await office.ok('GET', '/api/v1/units?limit=200')).items.map((one) => [one.name, one.id]));
  const person = async (account, grant) => {
    const user = await sysadmin.create('users', { account, name: account, unit: grant.unit ?? units['申江市'] });
    must(bihuan(store, ['user', 'password', account, '--as', 'sysadmin', '--password-stdin'], { input: `password of ${account}\n` }));
    await secadmin.create('grants', { user, ...grant });
    return signIn(server, account, `password of ${account}`);
  };
  const unit = await office.create('units', { name: '市审计服务中心', kind: 'government', parent: units['申江市'] });
  units['市审计服务中心'] = unit;
  reader = await person('campaigns-reader', { role: 'liaison', unit });
  office2 = await person('campaigns-office', { role: 'office' });
});
after(async () => { await server?.stop(); store?.remove(); });

test('one campaign alone is the whole, and the session knows no other', async () => {
  const session = await office.ok('GET', '/api/v1/session');
  assert.deepEqual(session.campaigns.map((one) => one.id), [home]);
  const [whole, own] = [await overviewOf(office), await overviewOf(office, home)];
  assert.equal(whole.campaign, null, 'not asked for one: the sum of all');
  assert.equal(own.campaign.id, home);
  assert.deepEqual([own.total, own.merged, own.colours, own.by], [whole.total, whole.merged, whole.colours, whole.by]);
  assert.deepEqual(whole.by.campaign.map((line) => [line.key, line.total]), [[home, whole.total]]);
});

test('a second campaign without problems has a name, a period and units, and nothing else', async () => {
  empty = await office.create('campaigns', { name: '环保督察整改', code: 'ENV', prefix: 'HB', valid_from: day(today, 10), valid_to: day(today, 40), units: [units['市水务局']] });
  const whole = await overviewOf(office), figures = await every_figure_has_its_list(office, empty);
  assert.equal(figures.total, 0);
  assert.deepEqual(figures.by, { category: [], source: [], kind: [], lead_unit: [], campaign: [] });
  assert.deepEqual([figures.campaign.name, figures.campaign.from, figures.campaign.to, figures.campaign.units], ['环保督察整改', day(today, 10), day(today, 40), 1]);
  assert.deepEqual([figures.campaign.period.begun, figures.campaign.period.over, figures.campaign.period.days_left], [false, false, 40]);
  assert.deepEqual(figures.campaign.rounds, { count: 0, frozen: null, open: null });
  assert.equal((await office.ok('GET', '/api/v1/session')).store.demo, true, 'invented data stay marked beside it');
  assert.ok(whole.total > 0 && !whole.by.campaign.some((line) => line.key === empty), 'what is empty stands in no sum');
  assert.deepEqual((await office.ok('GET', '/api/v1/session')).campaigns.map((one) => [one.id, one.over]), [[home, false], [empty, false]], 'what is under way comes first');
});

test('two campaigns: each figure is of one or of both, and each list has that length', async () => {
  const before = await overviewOf(office, home);
  audit = await office.create('campaigns', { name: '审计整改专项', code: 'AUDIT', prefix: 'SJ', valid_from: today, valid_to: day(today, 100), units: [units['市水务局'], units['市审计服务中心']] });
  await admitted(audit, '往来款长期挂账', { source: 'audit_old', category: 'economy' });
  await admitted(audit, '专户资金未清理', { source: 'audit_new', category: 'economy', lead_unit: units['市审计服务中心'] });
  await office.create('rounds', { campaign: audit, name: '审计整改第一轮', opens_on: today, due: day(today, 5) });
  const [whole, first, second] = [await every_figure_has_its_list(office), await every_figure_has_its_list(office, home), await every_figure_has_its_list(office, audit)];
  assert.equal(second.total, 2);
  assert.equal(second.campaign.units, 2);
  assert.equal(second.campaign.rounds.count, 1);
  assert.deepEqual(second.by.category.map((line) => [line.key, line.total]), [['economy', 2]]);
  assert.deepEqual([first.total, first.colours], [before.total, before.colours], 'the first has what it had');
  assert.equal(whole.total, first.total + second.total);
  for (const colour of COLOURS) assert.equal(whole.colours[colour], first.colours[colour] + second.colours[colour], colour);
  assert.deepEqual(whole.by.campaign.map((line) => [line.key, line.total]), [[home, first.total], [audit, second.total]]);
  assert.equal(whole.labels.campaign[audit], '审计整改专项');
  assert.equal(await until('the list knows its total without counting', async () => (await office.ok('GET', '/api/v1/problems?counted=true&limit=1' + of(audit))).total), 2);
});

test('the definitions, the boards and the comparison of one campaign tell what its overview tells', async () => {
  await office.do('problems', (await listed(office, of(audit))).items[0].id, 'assign', { lead_unit: units['市水务局'], due: day(today, 20) });
  for (const campaign of [home, audit, empty]) {
    const overview = await overviewOf(office, campaign), values = await office.ok('GET', `/api/v1/definitions/values?by=unit&campaign=${campaign}`);
    assert.equal(values.all.total.numerator, overview.total);
    for (const colour of COLOURS) assert.equal(values.all[colour].numerator, overview.colours[colour], colour);
    const compared = await office.ok('GET', `/api/v1/rounds/compare?from=${today}&to=now&campaign=${campaign}`);
    assert.equal(compared.after.problems, overview.total);
    const boards = await office.ok('GET', `/api/v1/boards?campaign=${campaign}`);
    for (const board of boards.boards) assert.equal((await listed(office, `&led_by=${board.board}${of(campaign)}`)).items.length, board.total, board.board);
  }
});

test('by its own categories a campaign counts as its lists do, and what breaks an invariant is told of one campaign', async () => {
  category = await office.create('categories', { campaign: audit, name: '资金管理', code: '1', under: 'economy' });
  await admitted(audit, '资金拨付迟缓', { source: 'audit_new', campaign_category: category });
  const values = await office.ok('GET', `/api/v1/definitions/values?by=campaign_category&campaign=${audit}`), place = values.names.indexOf('total');
  const counts = values.groups.map((group) => [group.key, group.own[place][0]]).filter(([, count]) => count > 0);
  assert.deepEqual(new Map(counts).get(category), 1);
  assert.equal(counts.reduce((total, [, count]) => total + count, 0), (await overviewOf(office, audit)).total);
  for (const [own, count] of counts) {
    assert.equal((await listed(office, `&campaign_category=${own ?? 'none'}${of(audit)}`)).items.length, count);
    assert.equal((await office.ok('GET', `/api/v1/definitions/total/list?by=campaign_category&key=${own ?? 'none'}&campaign=${audit}`)).total, count);
  }
  assert.equal(values.labels.category[category], '资金管理');
  const broken = await Promise.all([undefined, home, audit, empty].map((campaign) => office.ok('GET', '/api/v1/invariants?limit=200' + of(campaign))));
  assert.deepEqual([broken[0].problems, broken[3].problems], [broken[1].problems + broken[2].problems, 0]);
  for (const { record } of broken[2].items) assert.equal(record.campaign ?? (await office.page('problems', record.id)).record.campaign, audit);
});

test('put into the other campaign by two people, a problem is counted there and no longer here', async () => {
  const moved = (await listed(office, `&state=admitted&campaign_category=none${of(audit)}`)).items[0].id;
  const [first, second] = [await overviewOf(office, home), await overviewOf(office, audit)];
  await office.do('problems', moved, 'ask_correction', { campaign: home }, '登记时选错专项');
  assert.equal((await overviewOf(office, audit)).total, second.total, 'asked is not done');
  const [waiting] = (await office2.ok('GET', `/api/v1/approvals?record=${moved}&state=asked`)).items;
  await office2.do('approvals', waiting.id, 'agree');
  assert.equal((await office.page('problems', moved)).record.campaign, home);
  const [one, other] = [await every_figure_has_its_list(office, home), await every_figure_has_its_list(office, audit)];
  assert.deepEqual([one.total, other.total], [first.total + 1, second.total - 1]);
});

test('what was made for a problem follows it into the campaign that two people put it into', async () => {
  const wide = await office.create('campaigns', { name: '接续专项', code: 'NEXT', prefix: 'JX', valid_from: today, valid_to: day(today, 100) });
  const MADE = ['alerts', 'checks', 'results', 'chases', 'transfers', 'rulings'], own = '市住房城乡建设管理委', housing = await signIn(server, 'liaison-housing', store.accounts['liaison-housing']);
  const of = async (conditions) => (await office.ok('GET', `/api/v1/problems?campaign=${home}&limit=200&lead_unit=${units[own]}${conditions}`)).items.map((one) => one.id);
  const appeal = (number) => office.create('appeals', { number, title: '石榴巷路灯不亮', text: '石榴巷东段三盏路灯不亮，晚上老人走路危险。', place: '石榴巷', made_at: `${today}T00:30:00+08:00`, kind: 'complaint', unit: units[own] });
  await housing.do('problems', (await of('&state=rectifying'))[0], 'transfer', { transfer_to: units['市水务局'] }, '职责不在本单位');
  await housing.do('problems', (await of('&state=assigned'))[0], 'dispute', {}, '积水点属水务管网');
  await office.create('chases', { problem: (await office.ok('GET', '/api/v1/chase-list')).items.find((one) => one.record.type !== 'appeal').record.id });
  const closed = await admitted(home, '石榴巷路灯不亮', { lead_unit: units[own] }), first = await appeal('FOLLOW-1');
  await office.create('links', { kind: 'arises_from', from_type: 'problem', from_id: closed, to_type: 'appeal', to_id: first });
  await office.do('problems', closed, 'assign', { due: day(today, 20) });
  await housing.do('problems', closed, 'take');
  await housing.create('evidences', { problem: closed, title: '维修记录', note: '已修好', phase: 'after' });
  await housing.do('problems', closed, 'apply', { progress_note: '已修好' });
  await followed(server);
  await appeal('FOLLOW-2');
  await until('the alert is there', async () => (await office.ok('GET', `/api/v1/alerts?problem=${closed}`)).items.length === 1);
  for (const plural of MADE) {
    const [one] = (await office.ok('GET', `/api/v1/${plural}?limit=1&campaign=${home}`)).items;
    assert.ok(one, `${plural}: there is one to be moved`);
    const made = async () => Object.fromEntries(await Promise.all(MADE.map(async (each) => [each, (await office.ok('GET', `/api/v1/${each}?problem=${one.problem}&full=1&limit=200`)).items.map((record) => record.campaign)])));
    const told = await made();
    await office.do('problems', one.problem, 'ask_correction', { campaign: wide }, '登记时选错专项');
    assert.deepEqual(await made(), told, 'asked is not done');
    const [waiting] = (await office2.ok('GET', `/api/v1/approvals?record=${one.problem}&state=asked`)).items;
    await office2.do('approvals', waiting.id, 'agree');
    const moved = await made();
    for (const each of MADE) assert.deepEqual(moved[each], told[each].map(() => wide), `${each} of ${one.problem}`);
  }
});

test('who sees one campaign\'s units is told of those alone, whichever campaign he asks for', async () => {
  await admitted(audit, '审计服务收费不清', { source: 'audit_new', category: 'economy', campaign_category: category, lead_unit: units['市审计服务中心'] });
  const whole = await every_figure_has_its_list(reader), own = await every_figure_has_its_list(reader, audit), other = await every_figure_has_its_list(reader, home);
  assert.deepEqual(whole.by.lead_unit.map((line) => line.key), [units['市审计服务中心']]);
  assert.equal(whole.total, own.total + other.total);
  assert.ok(own.total > 0);
  assert.equal((await overviewOf(reader, empty)).total, 0);
  assert.ok((await overviewOf(leader)).total > whole.total);
});

test('ended, a campaign takes nothing new and keeps its figures; ended by mistake, it goes on', async () => {
  assert.equal((await office.act('campaigns', audit, 'retire')).status, 422, 'not without a reason');
  const ends = () => office.act('campaigns', audit, 'retire', {}, '任务完成'), listedOpen = async () => (await office.ok('GET', `/api/v1/problems?campaign=${audit}&state.not=closed,settled,withdrawn,merged&limit=200`)).items;
  const open = await listedOpen(), refused = await ends();
  assert.ok(open.length > 1);
  assert.deepEqual([refused.status, refused.body.findings.map((one) => one.code)], [409, ['campaign_done']]);
  assert.match(refused.body.findings[0].sentence, new RegExp(`还有 ${open.length} 件问题没有办结`));
  assert.match(JSON.stringify((await office.page('campaigns', audit)).actions.find((one) => one.action === 'retire')), new RegExp(`还有 ${open.length} 件`), 'the button says so before it is pressed');
  for (const one of open.slice(1)) await office.do('problems', one.id, 'withdraw', {}, '并入日常工作');
  assert.deepEqual((await ends()).body.findings.map((one) => one.code), ['campaign_done'], 'one is too many');
  await office.do('problems', open[0].id, 'withdraw', {}, '并入日常工作');
  const told = await overviewOf(office, audit), another = () => office.call('POST', '/api/v1/rounds', { values: { campaign: audit, name: '收官后一轮', opens_on: today, due: day(today, 3) } });
  assert.equal((await ends()).status, 200);
  const ended = await every_figure_has_its_list(office, audit), session = await office.ok('GET', '/api/v1/session');
  assert.deepEqual([ended.total, ended.colours, ended.by], [told.total, told.colours, told.by]);
  assert.equal(ended.campaign.period.over, true);
  assert.equal(session.campaigns.find((one) => one.id === audit).over, true);
  assert.notEqual(session.campaign.id, audit, 'what has ended is not under way');
  assert.deepEqual((await another()).body.findings.map((one) => one.code), ['campaign_open']);
  await office.do('campaigns', audit, 'enable', {}, '误点收官');
  assert.equal((await overviewOf(office, audit)).campaign.period.over, false);
  assert.equal((await another()).status, 201);
});

test('a campaign that is not there is refused, and the sentence says what would be right', async () => {
  for (const path of ['overview', 'boards']) for (const wrong of ['999999', 'abc', '-1', '0']) {
    const { status, body } = await office.call('GET', `/api/v1/${path}?campaign=${wrong}`);
    assert.equal(status, 400, `${path} ${wrong}`);
    assert.match(body.detail, new RegExp(`campaign=${wrong}`));
  }
  assert.equal((await office.call('GET', `/api/v1/overview?campaign=${units['市水务局']}`)).status, 400, 'another record is no campaign');
});

test('after a new start the figures are the same, and the store verifies', async () => {
  await followed(server);
  const told = await Promise.all([undefined, home, audit, empty].map((campaign) => overviewOf(office, campaign)));
  await server.stop();
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
  for (const [at, campaign] of [undefined, home, audit, empty].entries()) {
    const again = await every_figure_has_its_list(office, campaign);
    assert.deepEqual([again.total, again.merged, again.colours, again.by], [told[at].total, told[at].merged, told[at].colours, told[at].by]);
  }
  await server.stop();
  must(bihuan(store, ['verify']));
});
