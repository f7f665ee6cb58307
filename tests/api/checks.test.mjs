// Checks, cases and mechanisms on a real server: what is drawn is checked, a failed check re-opens and is told of afterwards; a case grows until all four are
// there; a mechanism is reckoned from the appeals of its class; and the definitions over them, with their lists, now and as of before.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan, day, must, followed, until } from '../lib.mjs';

let store, server, office, liaison, other, acceptor, leader, unit, otherUnit, campaign, today, started;
const now = async () => (await office.ok('GET', '/api/v1/session')).store.today;
const advance = (days) => must(bihuan(store, ['clock', 'advance', `${days}d`]));
const record = async (plural, id, client = office) => (await client.page(plural, id)).record;
const values = async (more = '', client = office) => (await client.ok('GET', `/api/v1/definitions/values?campaign=${campaign}${more}`)).all;
const list = async (name, more = '', client = office) => (await client.ok('GET', `/api/v1/definitions/${name}/list?campaign=${campaign}${more}`));
const ids = (answer) => answer.items.map((one) => one.record.id);
const edit = (client, plural, id, values) => client.ok('PATCH', `/api/v1/${plural}/${id}`, { values }, { 'if-match': '*' });
const codes = (answer) => answer.body.findings.map((one) => one.code);

before(async () => {
  store = demoStore();
  server = await serve(store);
  const as = (account) => signIn(server, account, store.accounts[account]);
  [office, liaison, other, acceptor, leader] = await Promise.all(['office', 'liaison-housing', 'liaison-health', 'acceptor-1', 'leader'].map(as));
  unit = liaison.session.user.unit;
  otherUnit = other.session.user.unit;
  today = started = await now();
  campaign = await office.create('campaigns', { name: '抽查专项', code: 'CC', prefix: 'CC-', valid_from: today, valid_to: day(today, 700) });
  await office.create('policies', { name: '全部抽查', campaign, valid_from: today, draw_b: 10000, draw_c: 10000, draw_seed: '公布的种子' });
});
after(async () => { await server?.stop(); store?.remove(); });

async function closedAtOnce(title) {
  const id = await office.create('problems', { title, campaign, category: 'livelihood', source: 'appeals', kind: 'at_once', level: 'unit', lead_unit: unit, root_cause: '管线老化' });
  await office.do('problems', id, 'submit');
  await office.do('problems', id, 'admit');
  await office.do('problems', id, 'assign', { due: day(today, 20) });
  await liaison.do('problems', id, 'take');
  await liaison.create('evidences', { problem: id, title: '整改后照片', note: '已修好', phase: 'after' });
  await liaison.do('problems', id, 'apply', { progress_note: '已修好' });
  return id;
}
const checkOf = async (problem) => (await office.ok('GET', `/api/v1/checks?problem=${problem}&sort=-created`)).items;

let problems;
test('what the draw falls on has a check with its seed and what it was drawn from; the unit never checks itself', async () => {
  problems = [];
  for (const title of ['楼道灯不亮', '窨井盖松动', '雨棚漏水', '围墙开裂']) problems.push(await closedAtOnce(title));
  for (const [at, problem] of problems.entries()) {
    const [check, ...none] = await checkOf(problem), whole = await record('checks', check.id);
    assert.equal(none.length, 0);
    assert.deepEqual([whole.state, whole.kind, whole.cycle, whole.route, whole.population, whole.seed, whole.lead_unit], ['waiting', 'drawn', 1, 'c', at + 1, '公布的种子', unit]);
    assert.equal((await record('checks', check.id, liaison)).seed, undefined, 'the seed is not for the unit');
    assert.equal((await liaison.act('checks', check.id, 'pass', { checked_on: today, place: '现场' })).status, 403);
  }
  assert.deepEqual(await values().then((all) => [all.checks_waiting.numerator, all.spot_population.numerator, all.spot_check_rate.denominator, all.spot_check_rate.rate]), [4, 4, 0, null]);
});

let failed, beforeFailing;
test('a failed check re-opens, is red by its own rule, and stays told of after the re-opening', async () => {
  const [first, second, third] = await Promise.all(problems.slice(0, 3).map(async (id) => (await checkOf(id))[0].id));
  await acceptor.do('checks', first, 'pass', { checked_on: today, place: '香樟苑 3 号楼' });
  await acceptor.do('problems', problems[1], 'check_sample', { on_site: true, visited_on: today, visit_place: '梧桐路' });
  assert.equal((await record('checks', second)).state, 'passed', 'what is checked on the problem’s page passes its check');
  assert.deepEqual(codes(await acceptor.act('checks', third, 'fail', { checked_on: day(today, 1), place: '现场', findings: '没有修' })), ['check_seen']);
  beforeFailing = (await office.ok('GET', '/api/v1/definitions/values')).journal;
  advance(2);
  today = await now();
  await acceptor.do('checks', third, 'fail', { checked_on: today, place: '雨棚', findings: '只刷了漆,仍在漏' });
  failed = third;
  const problem = (await office.page('problems', problems[2]));
  assert.deepEqual([problem.record.state, problem.record.colour, problem.record.cycle, problem.record.failed_checks], ['assigned', 'red', 2, 1]);
  assert.equal(problem.record.drawn_on ?? null, null);
  assert.match(problem.colour.sentence ?? problem.colour.why ?? JSON.stringify(problem.colour), /抽查不合格/);
  assert.deepEqual(problem.checks.map((one) => [one.id, one.state, one.consequence]), [[third, 'failed', 'reopened']]);
  const all = await values();
  assert.deepEqual([all.spot_check_rate.numerator, all.spot_check_rate.denominator, all.spot_check_rate.shown], [2, 3, '66.6%']);
  assert.ok(all.spot_check_rate.low < 6666 && all.spot_check_rate.high > 6666, 'the interval stands beside it');
  assert.deepEqual([all.checks_waiting.numerator, all.sham_found.numerator], [1, 1]);
});

test('every figure opens its list, by group and as of before; who may not see the problem does not see the check', async () => {
  assert.deepEqual(ids(await list('spot_check_rate', '&part=denominator')).length, 3);
  assert.deepEqual(ids(await list('sham_found')), [failed]);
  const by = (await office.ok('GET', `/api/v1/definitions/values?campaign=${campaign}&by=unit`));
  const place = by.names.indexOf('spot_check_rate');
  assert.deepEqual(by.groups.find((one) => one.key === unit).own[place], [2, 3]);
  assert.equal((await list('sham_found', `&by=unit&key=${unit}`)).total, 1);
  assert.equal((await list('sham_found', `&by=unit&key=${otherUnit}`)).total, 0);
  const past = await values(`&number=${beforeFailing}`);
  assert.deepEqual([past.spot_check_rate.numerator, past.spot_check_rate.denominator, past.checks_waiting.numerator, past.sham_found.numerator], [2, 2, 2, 0], 'as of before');
  assert.deepEqual((await list('checks_waiting', `&number=${beforeFailing}`)).total, 2);
  const tomorrow = await values(`&from=${day(today, 1)}&to=${day(today, 9)}`);
  assert.equal(tomorrow.spot_check_rate.denominator, 0, 'of the period');
  assert.equal((await values('', other)).spot_check_rate.denominator, 0);
  assert.equal((await values('', liaison)).spot_check_rate.denominator, 3);
  const told = JSON.parse(must(bihuan(store, ['definitions', '--campaign', String(campaign), '--json'])).out);
  assert.deepEqual(told.all.spot_check_rate, [2, 3]);
});

test('the office looks back at what is closed, one look at a time, and that says nothing of all', async () => {
  const again = await office.call('POST', '/api/v1/checks', { values: { problem: problems[2] } }, { 'idempotency-key': 'look-1' });
  assert.deepEqual(codes(again), ['check_fits'], 'it is open');
  const look = await office.create('checks', { problem: problems[0] });
  assert.equal((await record('checks', look)).kind, 'look_back');
  const twice = await office.call('POST', '/api/v1/checks', { values: { problem: problems[0] } }, { 'idempotency-key': 'look-2' });
  assert.deepEqual(codes(twice), ['check_fits']);
  await acceptor.do('checks', look, 'pass', { checked_on: today, place: '香樟苑 3 号楼', findings: '灯都亮' });
  const all = await values();
  assert.deepEqual([all.look_back_rate.numerator, all.look_back_rate.denominator, all.spot_check_rate.denominator], [1, 1, 3]);
});

let mechanism, kase;
test('a case grows until cause, self-check by others, mechanism and effect are there', async () => {
  mechanism = await liaison.create('mechanisms', { title: '楼道灯巡检办法', kind: 'rule', scope: '全区住宅小区', lead_unit: unit, campaign });
  kase = await liaison.create('cases', { title: '楼道灯不亮到公共照明巡检', campaign, lead_unit: unit, problem: problems[0], category: 'livelihood', matters: '公共照明', cause: '坏了没人报', mechanisms: [mechanism] });
  const lacks = async () => { const one = await record('cases', kase); return [one.growth, one.lacks ?? []]; };
  assert.deepEqual(await lacks(), ['growing', ['self_check', 'mechanism', 'effect']]);
  await liaison.do('mechanisms', mechanism, 'issue', { document_number: '房管〔2026〕9 号', issued_on: day(today, -300) });
  await liaison.do('mechanisms', mechanism, 'activate', { in_force_on: day(today, -240) });
  assert.deepEqual(await lacks(), ['growing', ['self_check', 'effect']]);
  await edit(liaison, 'cases', kase, { effect: '每月报修', effect_before: '42', effect_after: '9', effect_on: today });
  await liaison.do('cases', kase, 'submit');
  assert.equal((await liaison.act('cases', kase, 'confirm')).status, 403);
  assert.deepEqual(codes(await office.act('cases', kase, 'ask_self_checks', { asked_units: [unit] })), ['self_check_fits']);
  await office.do('cases', kase, 'ask_self_checks', { asked_units: [otherUnit], check_due: day(today, 10) });
  const page = await other.page('cases', kase);
  assert.equal(page.record.title, '楼道灯不亮到公共照明巡检', 'who is asked sees the case');
  assert.equal(page.self_checks.length, 1);
  const [asked] = page.self_checks;
  assert.equal((await liaison.act('self_checks', asked.id, 'answer', { found: 'none', findings: '自己查自己' })).status, 403);
  await other.do('self_checks', asked.id, 'answer', { found: 'same', findings: '门诊楼两处不亮', count: 2 });
  assert.deepEqual(await lacks(), ['made', []]);
  await office.do('cases', kase, 'confirm');
  const growing = await liaison.create('cases', { title: '窨井盖', campaign, lead_unit: unit, problem: problems[1], matters: '井盖' });
  await liaison.do('cases', growing, 'submit');
  await office.do('cases', growing, 'confirm');
  const all = await values();
  assert.deepEqual([all.cases.numerator, all.cases_made.numerator, all.cases_made.denominator, all.cases_made.shown], [2, 1, 2, '50.0%']);
  assert.deepEqual(ids(await list('cases_made')), [kase]);
  assert.deepEqual(ids(await list('cases_made', '&part=denominator')), [kase, growing]);
  assert.equal((await values('', other)).cases.numerator, 0, 'counted by the unit that leads it');
  assert.equal((await values('', leader)).cases.numerator, 2);
});

let serial = 0;
const lamp = (date, at) => office.create('appeals', { number: `D-${++serial}`, title: `${at}楼道灯不亮`, text: `${at}楼道灯坏了很久不亮，晚上上下楼看不见，请尽快修理楼道灯。`, place: at, made_at: `${date}T09:00:00+08:00`, unit });
test('a mechanism is reckoned once a day from the appeals of its class, in the same season, and the figure is of the journal', async () => {
  const yearAgo = day(today, -365), appeals = [];
  for (const [at, place] of ['香樟苑', '海棠坊', '梧桐里', '银杏园', '玉兰村'].entries()) appeals.push(await lamp(day(yearAgo, -20 * (at + 1) - 120), place));
  for (const place of ['香樟苑', '海棠坊']) await lamp(day(today, -30), place);
  await followed(server);
  const klass = await office.create('classes', { appeal: appeals[0], title: '楼道灯不亮' });
  assert.equal((await office.ok('GET', `/api/v1/appeal-classes/${appeals[0]}`)).members, 7);
  assert.deepEqual([(await values()).mechanisms.numerator, (await values()).mechanisms_work.denominator], [1, 0], 'nothing is reckoned yet');
  await edit(office, 'mechanisms', mechanism, { class: klass });
  const unreckoned = (await office.ok('GET', '/api/v1/definitions/values')).journal;
  advance(1);
  today = await now();
  await until('the day’s reckoning is done', async () => (await record('mechanisms', mechanism)).works === 'effective');
  const one = await record('mechanisms', mechanism);
  assert.deepEqual([one.works, one.appeals_before, one.appeals_after, one.months], ['effective', 5, 2, 7]);
  assert.ok(one.before_from < one.before_to && one.before_to < one.in_force_on && one.in_force_on <= one.after_from && one.after_to >= day(today, -1));
  const all = await values();
  assert.deepEqual([all.mechanisms_work.numerator, all.mechanisms_work.denominator], [1, 1]);
  assert.deepEqual(ids(await list('mechanisms_work')), [mechanism]);
  assert.equal((await values(`&number=${unreckoned}`)).mechanisms_work.denominator, 0, 'as of before');
  for (const place of ['梧桐里', '银杏园']) await lamp(day(today, -10), place);
  await followed(server);
  advance(1);
  await until('the verdict moves', async () => (await record('mechanisms', mechanism)).works === 'not_effective');
  assert.equal((await record('mechanisms', mechanism)).appeals_after, 4);
  assert.deepEqual([(await values()).mechanisms_work.numerator, (await values()).mechanisms_work.denominator], [0, 1]);
  await liaison.do('mechanisms', mechanism, 'retire', {}, '由新办法代替');
  assert.equal((await record('cases', kase)).growth, 'growing', 'a case loses what it stands on');
  assert.equal((await values()).mechanisms.numerator, 0);
});

test('past figures stay, and the store proves whole', async () => {
  const past = await values(`&number=${beforeFailing}`);
  assert.deepEqual([past.spot_check_rate.numerator, past.spot_check_rate.denominator], [2, 2]);
  assert.equal((await values(`&from=${started}&to=${started}`)).spot_check_rate.denominator, 2);
  must(bihuan(store, ['verify']));
});
