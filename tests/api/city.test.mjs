// The demo city 申江市 whole: every total of the model case comes out of the definitions; what is bad is there too; it balances, breaks no
// invariant, verifies, and is the same when it is made again.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshStore, bihuan, databaseTool, must, accountsOf, signIn, until } from '../lib.mjs';
import { servePortal, visitor } from '../public.mjs';

const MESSAGE = 9, TOPIC = 20, PROBLEM = 21, CHECK = 55, DRAW = 58, SUSPENDED = 115, RESUMED = 39; // record types and actions
let store, made;
const make = (of) => must(bihuan(of, ['demo', '--city', '--json'], { timeout: 600000 })).json();
before(() => {
  store = freshStore();
  made = make(store);
}, { timeout: 600000 });
after(async () => { await (await served)?.server.stop(); store?.remove(); });

let served;
const seats = {};
const serving = () => (served ??= servePortal(store));
async function asked(account, path) {
  const { server } = await serving();
  seats[account] ??= await signIn(server, account, accountsOf(store)[account]);
  return until(path, async () => { /* what follows the journal may not have come to its end yet */
    const answer = await seats[account].call('GET', path);
    assert.ok(answer.status === 200 || answer.status === 503, `${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.status === 200 && answer.body;
  });
}

const definitions = (of, ...words) => must(bihuan(of, ['definitions', '--json', ...words])).json();
const rows = (text) => databaseTool(store, text).split('\n').filter(Boolean).map((line) => line.split('|'));
const number = (text) => Number(databaseTool(store, text));
const numerators = (values, names) => Object.fromEntries(names.map((name) => [name, values[name][0]]));
const groups = (by) => definitions(store, '--by', by).groups.map((group) => group.own.total[0]).filter(Boolean);

test('1,858 problems, by colour, closed and accepted, as the model case has them', () => {
  const all = definitions(store).all;
  const expected = { total: 1858, green: 967, blue: 617, yellow: 148, orange: 76, red: 36, grey: 14, accepted: 967, closed: 941, open: 917, placeholders: 5, withdrawn: 9, merged: 6, parts: 9, hand_set: 6, historic: 0 };
  assert.deepEqual(numerators(all, Object.keys(expected)), expected);
  assert.deepEqual(all.rectification_rate, [967, 1858]);
  assert.deepEqual(all.closing_rate, [941, 1858]);
  assert.equal(all.accepted[0] - all.closed[0], 26, 'publicised');
});

test('the two boards hold 61 and 3, and 200 stand on the city list', () => {
  const all = definitions(store).all;
  assert.deepEqual([all.four_teams[0], all.secretary[0]], [61, 3]);
  assert.deepEqual(groups('level').sort((a, b) => a - b), [200, 1658]);
});

test('246 units by kind', () => {
  const kinds = rows('SELECT kind, count(*) FROM unit WHERE kind < 14 GROUP BY kind ORDER BY kind').map(([, count]) => Number(count));
  assert.deepEqual(kinds, [18, 12, 46, 7, 16, 16, 42, 10, 30, 18, 19, 8, 4]);
  assert.equal(kinds.reduce((sum, count) => sum + count, 0), 246);
});

test('categories, sources and kinds', () => {
  assert.deepEqual(groups('category'), [352, 246, 508, 447, 305]);
  assert.deepEqual(groups('source'), [486, 331, 457, 162, 148, 74, 200]);
  assert.deepEqual(groups('kind'), [704, 862, 292]);
});

const ROUNDS = [['2026-02-01', '2026-03-31', 412], ['2026-04-01', '2026-05-31', 538], ['2026-06-01', '2026-07-31', 331], ['2026-08-01', '2026-09-10', 274], ['2026-09-11', '2026-10-15', 186], ['2026-10-16', '2026-11-19', 117]];
test('each of six rounds adds its own, net of withdrawn', () => {
  assert.deepEqual(ROUNDS.map(([from, to]) => definitions(store, '--from', from, '--to', to).all.added_net[0]), ROUNDS.map(([, , net]) => net));
});

test('964 closings, of which 23 were opened again, three for a sham that a check found', () => {
  assert.deepEqual(rows('SELECT state, count(*) FROM cycle WHERE state > 80 GROUP BY state ORDER BY state'), [['81', '941'], ['82', '23']]);
  assert.equal(definitions(store, '--from', '2026-02-01').all.reopened[0], 23);
  assert.equal(number("SELECT count(*) FROM cycle WHERE why LIKE '抽查不合格:虚假整改%'"), 3);
});

test('the bad is there too: handed on, ruled, sent back, extended, objected', () => {
  const all = definitions(store).all;
  assert.deepEqual(rows('SELECT state, count(*), count(DISTINCT problem) FROM transfer GROUP BY state'), [['261', '143', '143']], 'all taken');
  assert.deepEqual(rows('SELECT state, count(*) FROM ruling GROUP BY state'), [['267', '9']], 'all given');
  assert.equal(all.first_pass_rate[1] - all.first_pass_rate[0], 87, 'sent back at acceptance');
  assert.equal(all.extension_rate[0], 118);
  assert.deepEqual(rows('SELECT state, verdict, count(*) FROM objection GROUP BY state, verdict'), [['253', '2', '11']], 'answered, unfounded');
  assert.deepEqual(rows('SELECT state, count(*), sum(CASE WHEN moved > 0 THEN 1 ELSE 0 END) FROM hand_over GROUP BY state'), [['283', '4', '4']], 'confirmed by both, and something moved');
  assert.deepEqual(rows('SELECT state, count(*) FROM correction GROUP BY state'), [['302', '6']], 'each agreed by two');
});

test('its sixteen districts have a schematic: squares of one size, none upon another', () => {
  const outlines = rows('SELECT outline FROM unit_text WHERE outline IS NOT NULL').map(([text]) => text);
  assert.equal(outlines.length, 16);
  assert.equal(new Set(outlines).size, 16);
});

test('six rounds ask all 246 units; in the five that are frozen all answered, some late, some with nothing to tell; in the sixth seven have not yet, and were reminded', () => {
  assert.deepEqual(rows('SELECT number, state, asked FROM round ORDER BY number'), [1, 2, 3, 4, 5].map((n) => [String(n), '293', '246']).concat([['6', '291', '246']]));
  assert.deepEqual(rows('SELECT r.number, count(*) FROM round_answer a JOIN round r ON r.id = a.round WHERE a.state NOT IN (296, 297) GROUP BY r.number'), [['6', '7']]);
  assert.equal(number('SELECT count(*) FROM round_answer WHERE state NOT IN (296, 297) AND reminded > 0'), 7);
  assert.ok(number('SELECT count(*) FROM round_answer WHERE state = 297') > 100);
  assert.ok(number('SELECT count(*) FROM round_answer WHERE was_late = 1') > 20);
});

test('no two problems have one title; topics led to them, plans run over them, mechanisms end them, results are listed', () => {
  assert.deepEqual(rows('SELECT count(*), count(DISTINCT title) FROM problem WHERE parent IS NULL'), [['1898', '1898']], 'with what does not count');
  assert.deepEqual(rows('SELECT state, count(*) FROM topic GROUP BY state ORDER BY state'), [['50', '8'], ['51', '10'], ['52', '2']]);
  assert.deepEqual(rows('SELECT state, count(*) FROM plan GROUP BY state'), [['224', '10']], 'all running');
  assert.deepEqual(rows('SELECT state, count(*) FROM mechanism GROUP BY state ORDER BY state'), [['203', '2'], ['204', '2'], ['205', '61']]);
  const [[, drafted], [, confirmed]] = rows('SELECT state, count(*) FROM result GROUP BY state ORDER BY state');
  assert.equal(Number(drafted) + Number(confirmed) + 3, 964, 'one for every closing but the off-line ones');
  assert.ok(confirmed > 800);
  for (const kind of ['money', 'mechanisms', 'accountable', 'days_saved', 'people_served']) assert.ok(number(`SELECT sum(${kind}) FROM result`) > 0, `${kind}: each kind of effect is there`);
  assert.equal(number('SELECT count(*) FROM topic WHERE reasons IS NULL'), 0, 'why each was chosen');
});

test('two topics are closed: what was found led to problems and to a mechanism, and both ends show it', async () => {
  for (const [id] of rows('SELECT id FROM topic WHERE state = 52')) {
    const { record, links } = await asked('office', `/api/v1/topics/${id}`);
    assert.ok(record.findings && record.done && record.led_to && record.policies, JSON.stringify(record));
    const others = (type) => links.filter((link) => link.record.type === type || link.type === type).length;
    assert.ok(others('problem') >= 2 && others('mechanism') === 1, JSON.stringify(links));
  }
  assert.equal(number(`SELECT count(DISTINCT from_id) FROM link WHERE from_type = ${PROBLEM} AND to_type = ${TOPIC} AND kind = 1`) >= 20, true, 'from topics to problems');
});

const PLANS = [['营商环境', '市经济信息化委'], ['市容秩序', '市城管执法局'], ['住有所居', '市住房城乡建设管理委'], ['病有良医', '市卫生健康委'], ['老有颐养', '市民政局'], ['生态环境', '市生态环境局'], ['城市安全', '市应急局'], ['改革试点落地', '市发展改革委'], ['为基层减负', '市委办公厅'], ['资产管理', '市国资委']];
test('each plan is led by the office whose matter it is, over three problems of that matter', () => {
  const led = rows('SELECT p.title, u.name FROM plan p JOIN unit u ON u.id = p.lead_unit ORDER BY p.id');
  assert.equal(led.length, PLANS.length);
  led.forEach(([title, unit], i) => assert.ok(title.startsWith(PLANS[i][0]) && unit === PLANS[i][1], `${title}: ${unit}`));
  assert.deepEqual(rows('SELECT count(*), count(DISTINCT value) FROM plan_problems'), [['30', '30']]);
  assert.equal(number("SELECT count(*) FROM plan p JOIN plan_problems x ON x.owner = p.id JOIN problem q ON q.id = x.value WHERE p.title LIKE '病有良医%' AND q.title NOT LIKE '%挂号难排队久' AND q.title NOT LIKE '%检查检验结果不互认'"), 0);
});

test('what is passed on goes to an office that such matters belong to; a ruling follows the one before it as its precedent', async () => {
  assert.equal(number('SELECT count(*) FROM transfer t JOIN unit u ON u.id = t.to_unit WHERE u.kind IN (6, 7, 8, 9, 10, 13)'), 0, 'never to another district, hospital or firm');
  const rulings = Object.fromEntries((await asked('office', '/api/v1/rulings?state=given&limit=20&full=1')).items.map((one) => [one.id, one]));
  const followed = rows('SELECT from_id, to_id FROM link WHERE kind = 8');
  assert.ok(followed.length >= 3);
  for (const [from, to] of followed) assert.ok(Number(to) < Number(from) && rulings[from].grounds.includes(rulings[to].title), rulings[from].grounds);
});

test('one problem is suspended until a day, one was and goes on; extensions say why in words of their own', async () => {
  assert.deepEqual(rows("SELECT state, colour, CASE WHEN title LIKE '%施工围挡内窨井盖缺损' THEN 1 ELSE 0 END FROM problem WHERE suspended_until IS NOT NULL"), [['15', '1', '1']], 'grey');
  assert.deepEqual(rows(`SELECT action, count(*) FROM journal WHERE type = ${PROBLEM} AND action IN (${SUSPENDED}, ${RESUMED}) GROUP BY action ORDER BY count(*) DESC`).map(([, count]) => count), ['2', '1'], 'two were, one goes on');
  const why = (await asked('office', '/api/v1/approvals?state=agreed&limit=200&full=1')).items.map((one) => one.reason).filter((one) => one?.endsWith('需要延期。'));
  assert.equal(new Set(why).size, 4);
});

test('publicity: to the public, inside the Party, and once skipped for a reason of the law', () => {
  assert.deepEqual(rows('SELECT publicity_scope, withhold_reason, count(*) FROM problem WHERE publicity_scope > 1 GROUP BY publicity_scope, withhold_reason ORDER BY publicity_scope, withhold_reason'), [['2', '9', '3'], ['3', '5', '1']]);
});

test('a town below a district was split: it ended the day before, its liaison and its part in problems are its first successor’s', () => {
  const [[old, successor]] = rows("SELECT id, (SELECT value FROM unit_successors s WHERE s.owner = u.id AND s.position = 0) FROM unit u WHERE name = '闵川区梅园镇' AND succession = 2 AND valid_to IS NOT NULL");
  assert.equal(number(`SELECT count(*) FROM unit_successors WHERE owner = ${old}`), 2);
  assert.equal(number(`SELECT count(*) FROM problem_joint_units WHERE value = ${old}`), 0);
  assert.equal(number(`SELECT count(*) FROM problem_joint_units WHERE value = ${successor}`), 2);
  assert.equal(number(`SELECT count(*) FROM "user" WHERE unit = ${successor}`), 1);
});

test('a sample was announced by the office, drawn by the reviewer three days later, seen case by case, and comes out the same when it is reckoned again; one more is announced', async () => {
  const draws = rows('SELECT id, state, sample, drawn_on - announced_on, CASE WHEN announced_by = drawn_by THEN 1 ELSE 0 END FROM draw ORDER BY id');
  assert.deepEqual(draws.map(([, ...rest]) => rest), [['436', '24', '3', '0'], ['435', '', '', '0']]);
  const checks = (await asked('office', `/api/v1/checks?draw=${draws[0][0]}&limit=50&full=1`)).items;
  assert.deepEqual([checks.length, checks.filter((one) => one.state === 'passed' && one.findings).length], [24, 24]);
  assert.equal((await asked('reviewer', `/api/v1/draws/${draws[0][0]}/again`)).same, true);
});

test('groups guide every unit, topics have tasks, acceptors have a list from tomorrow on, and who is late was called', () => {
  assert.deepEqual(rows('SELECT count(*) FROM guidance_group'), [['5']]);
  assert.equal(number('SELECT count(DISTINCT g.value) FROM guidance_group_units g JOIN unit u ON u.id = g.value WHERE u.kind < 14'), 246);
  assert.equal(number('SELECT count(*) FROM "grant" WHERE guidance_group IS NOT NULL'), 5);
  assert.deepEqual(rows('SELECT state, count(*) FROM topic_task GROUP BY state ORDER BY count(*) DESC').map(([, count]) => count), ['32', '8'], 'of 12 concluded or closed topics both, of 8 open ones the first');
  assert.equal(number('SELECT count(*) FROM criterion'), 4);
  assert.deepEqual(rows('SELECT state, count(*) FROM chase GROUP BY state ORDER BY state'), [['310', '4'], ['311', '8']]);
});

test('the worked examples stand with base, now and goal; of 2,000 garages 1,666 are started, 1,238 built, 1,104 accepted', () => {
  const values = Object.fromEntries(rows('SELECT name, base, latest, goal FROM indicator').map(([name, ...numbers]) => [name, numbers.map((text) => Number(text) / 10000)]));
  assert.deepEqual(values, {
    入院月数: [14.2, 10.1, 9.5], 拖欠余额: [3.86, 0.92, 0], 户均检查: [5.2, 2.6, 2], 审批用时: [210, 104, 90], 报告覆盖领域: [0, 33, 40], 重点商户外卡受理率: [41, 88, 95], 未启动楼栋: [312, 141, 0], 验收车库: [0, 1104, 2000],
    实际解决率: [61, 74, 80], 整治到位的排污口: [0, 2509, 2514], 开证明用时: [5, 0, 0], 缺药诉求: [420, 133, 100], 露天步行: [860, 0, 0], 街镇年报表: [214, 96, 80], 未清退金额: [126.4, 8.1, 0], 疑似标段: [38, 9, 0] });
  const stages = rows('SELECT state, count(*) FROM site GROUP BY state ORDER BY state').map(([, count]) => Number(count));
  assert.deepEqual(stages.map((_, i) => stages.slice(i).reduce((sum, count) => sum + count, 0)), [2000, 1666, 1238, 1104]);
});

const states = (type, more = '') => rows(`SELECT state, count(*) FROM ${type} ${more} GROUP BY state ORDER BY state`);
test('525 appeals and 93 of the hotline’s history: 46 joined, who made them called back by somebody apart, and the three rates follow from that, beside what is left out', async () => {
  assert.deepEqual(rows('SELECT historic, count(*) FROM appeal GROUP BY historic ORDER BY historic').map(([, count]) => count), ['525', '93']);
  assert.equal(number('SELECT count(*) FROM appeal WHERE joined_to IS NOT NULL'), 46);
  assert.deepEqual(rows('SELECT count(*), count(DISTINCT appeal), sum(CASE WHEN reached = 1 THEN 1 ELSE 0 END), count(DISTINCT caller) FROM call_back'), [['489', '415', '383', '1']]);
  assert.deepEqual(states('exclusion'), [['351', '2'], ['352', '11'], ['353', '4']], 'two wait, eleven are left out, four are not');
  assert.equal(number('SELECT count(*) FROM exclusion e JOIN evaluation v ON v.appeal = e.appeal WHERE e.state = 352 AND e.reason = 4 AND v.verdict = 2'), 11, 'the unfounded bad ratings');
  const { counts, rates } = (await asked('office', '/api/v1/rates?by=unit')).all;
  assert.deepEqual([counts.to_call, counts.reached, counts.excluded, counts.n], [444, 383, 11, 372]);
  assert.deepEqual([rates.response.numerator, rates.solution.numerator, counts.satisfied, counts.fairly, counts.dissatisfied], [347, 251, 217, 73, 55]);
  const ranked = (await asked('office', '/api/v1/rates?by=unit')).groups.filter((group) => group.ranked);
  assert.equal(ranked.length, 6, 'the others have fewer than thirty');
});

test('twelve classes have a name; one rises above what the past predicts, one falls, and what was added to a problem is linked', async () => {
  const classes = (await asked('office', '/api/v1/appeal-classes?sort=growth&limit=50')).items.filter((one) => one.name);
  const growth = Object.fromEntries(classes.map((one) => [one.name.title, Number(one.growth.growth)]));
  assert.equal(classes.length, 12);
  assert.equal(classes[0].name.title, '电动自行车楼道充电');
  assert.ok(growth['电动自行车楼道充电'] > 3 && growth['预付卡关门退款难'] > 3 && growth['社区配不到慢病药'] < -1 && growth['雨天道路积水'] < -1, JSON.stringify(growth));
  for (const one of classes) assert.ok(one.members >= 12, `${one.name.title}: ${one.members}`);
  for (const [title, least] of [['社区配不到慢病药', 45], ['地下车库无信号', 35], ['雨天道路积水', 30]]) assert.ok(classes.find((one) => one.name.title === title).linked >= least, title);
});

test('one problem was closed, and what people said of it has fallen since', async () => {
  const id = number("SELECT id FROM problem WHERE title = '雨天道路积水点整治' AND state = 11");
  const { ratio } = await asked('office', `/api/v1/problems/${id}/rebound-curve`);
  assert.ok(Number(ratio) < 0.5, ratio);
});

test('a rebound was confirmed, one dismissed, one waits to be decided on', () => {
  assert.deepEqual(states('alert'), [['330', '1'], ['331', '1'], ['332', '1']]);
  assert.equal(number("SELECT count(*) FROM cycle WHERE why LIKE '确认反弹%'"), 1);
});

test('what is public was released by another person, some withheld by law, some waits; evaluations came in, the bad ones judged by two', () => {
  assert.deepEqual(states('release'), [['380', '20'], ['381', '61'], ['382', '4'], ['383', '2']]);
  assert.equal(number('SELECT count(*) FROM release WHERE state IN (381, 382) AND proposed_by = reviewed_by'), 0);
  assert.deepEqual(rows('SELECT count(DISTINCT withheld_because), count(result) FROM release WHERE state IN (381, 382)'), [['3', '22']]);
  assert.deepEqual(rows('SELECT state, verdict, count(*) FROM evaluation GROUP BY state, verdict ORDER BY state, verdict').map((row) => row.map(Number)), [[385, 0, 34], [386, 0, 1], [387, 2, 1], [389, 1, 1], [389, 2, 11]]);
  assert.equal(number('SELECT count(*) FROM evaluation WHERE state = 389 AND first_by = second_by'), 0);
  assert.deepEqual(states('submission'), [['392', '49'], ['393', '2']]);
  assert.deepEqual(rows('SELECT phase, count("file") FROM evidence WHERE phase = 1 GROUP BY phase'), [['1', '35']], 'pictures of before');
  assert.equal(number('SELECT count("file") - count(DISTINCT "file") FROM evidence'), 0, 'no picture is used twice');
});

test('the new desks have something to do, and people keep their lists', async () => {
  for (const [account, type] of [['caller-1', 'appeal'], ['releaser-1', 'release'], ['office', 'alert'], ['office', 'evaluation']]) {
    const tasks = await asked(account, '/api/v1/tasks');
    assert.ok([...tasks.groups, ...tasks.items].some((one) => one.type === type), `${account}: ${type}`);
  }
  assert.deepEqual(rows('SELECT count(*), count(shared) FROM saved_view'), [['5', '2']]);
  assert.match(readFileSync(join(store.data, 'demo-accounts.txt'), 'utf8'), /\(hotline-1 的令牌 \/ its token: [0-9a-f]{64}\)/);
});

test('the portal shows it: problems by district and category, results before and after, evaluations counted', async () => {
  const { portal } = await serving();
  const page = async (path = '') => (await fetch(`${portal}/public/${path}`)).text();
  await until('the released are on the portal', async () => /公开的 39 件/.test(await page()));
  assert.match(await page(), /演示数据/);
  assert.match(await page('results'), /做到了/);
  const [, code] = /code to follow an answered appeal by, on the portal: (\S+)\)/.exec(readFileSync(join(store.data, 'demo-accounts.txt'), 'utf8'));
  const answer = await until('the answered appeal can be followed', async () => { const one = await visitor(portal).post('/public/follow', { code }); return one.status === 200 && one; });
  assert.match(answer.text, /打通地下直达通道、站点前移、补上雨棚和导向牌都已完成/);
});

test('392 cases, 60 of them made; what was drawn is checked, three shams were found; of three mechanisms that can be compared two work', () => {
  const all = definitions(store).all;
  assert.deepEqual([all.cases[0], all.cases_made, all.mechanisms[0], all.mechanisms_work], [392, [60, 392], 61, [2, 3]]);
  assert.equal(number('SELECT count(DISTINCT problem) FROM "case"'), 392);
  assert.equal(all.sham_found[0], 3);
  assert.deepEqual(all.look_back_rate, [14, 17]);
  assert.equal(all.spot_check_rate[0], all.spot_check_rate[1]);
  assert.ok(all.spot_check_rate[1] > 100 && all.spot_population[0] > all.spot_check_rate[1], 'a sample of what it stands for');
  assert.ok(all.checks_waiting[0] > 0, 'drawn in the last days');
  assert.equal(number('SELECT count(*) FROM problem WHERE failed_checks > 0 AND colour = 3'), 3, 'red');
  assert.equal(number('SELECT count(*) FROM self_check WHERE state <> 421'), 0, 'all answered');
  assert.deepEqual(rows('SELECT works, count(*) FROM mechanism WHERE works IS NOT NULL GROUP BY works ORDER BY works'), [['3', '2'], ['4', '1']]);
});

test('it is marked as a demo, balances, breaks no invariant, and is proved', async () => {
  assert.equal(number('SELECT count(*) FROM campaign WHERE demo = 1'), 1);
  const broken = await asked('office', '/api/v1/invariants');
  assert.equal(broken.problems, 0, JSON.stringify(broken.items.slice(0, 3)));
  const found = must(bihuan(store, ['verify', '--json'])).json(); // carried out by the server
  assert.equal(found.clean, true);
  assert.equal(found.frozen_tables, 5);
  const whole = must(bihuan(store, ['rounds', 'compare', databaseTool(store, 'SELECT id FROM round WHERE number = 1'), databaseTool(store, 'SELECT id FROM round WHERE number = 5'), '--as', 'office', '--json'])).json();
  assert.equal(whole.balances, true);
});

test('made again it is the same, in whichever database', () => {
  const data = mkdtempSync(join(tmpdir(), 'bihuan-test-')), other = { data, words: ['--data', data] }; // on SQLite always
  try {
    const journal = (of) => databaseTool(of, `SELECT type, action, state, count(*), sum(number), sum(record), sum(version), sum(actor), sum(moment / 1000000), sum(length(body)) FROM journal
      WHERE type <> ${MESSAGE} AND number < (SELECT min(number) FROM journal WHERE type = ${DRAW} AND state = 436) GROUP BY type, action, state ORDER BY type, action, state`); // messages are told when the demo is made; what a seed falls on differs
    const again = make(other);
    assert.ok(Math.abs(again.journal - made.journal) <= 24, 'but for what follows from where the seed fell'); // nobody can know that before, so it is drawn on the last day but one
    assert.equal(journal(other), journal(store));
    assert.deepEqual(definitions(other).all, definitions(store).all);
  } finally { rmSync(data, { recursive: true, force: true }); }
});
