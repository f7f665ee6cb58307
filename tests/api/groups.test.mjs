// Appeals in groups on a real server: joined by event and class, listed within one's scope, moved by what people decide, the same after a start without a
// checkpoint; destroyed words leave them; and a closed problem's alert, from the appeal that raises it to the problem re-opened.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoStore, serve, signIn, bihuan, day, must, until, followed } from '../lib.mjs';

let store, server, office, second, liaison, other, unit, campaign, today, serial = 0;
const sign = (account) => signIn(server, account, store.accounts[account]);
async function everybody() { [office, second, liaison, other] = await Promise.all(['office', 'office-second', 'liaison-housing', 'liaison-health'].map(sign)); }
before(async () => {
  store = demoStore();
  server = await serve(store);
  await everybody();
  unit = liaison.session.user.unit;
  campaign = (await office.ok('GET', '/api/v1/session')).campaign.id;
  today = (await office.ok('GET', '/api/v1/session')).store.today;
});
after(async () => { await server?.stop(); store?.remove(); });

const appeal = (title, text, place, more = {}) => office.create('appeals', { number: `G-${++serial}`, title, text, place, made_at: `${today}T09:00:00+08:00`, ...more });
const group = async (id, client = office) => (await followed(server), (await client.page('appeals', id)).group);
const decide = (kind, appeals, into, level = 'event') => office.create('grouping_decisions', { kind, level, appeals, ...(into ? { into } : {}), reason: '听过录音' });
const get = (path, client = office) => client.ok('GET', '/api/v1/' + path);

let heat, elsewhere, dance, lone;
test('appeals about one matter at one place are one event, the same matter elsewhere is of its class', async () => {
  heat = [await appeal('香樟苑三号楼暖气不热', '香樟苑三号楼从上周开始暖气不热，室内只有十四度，请尽快处理。', '香樟苑', { unit })];
  elsewhere = await appeal('海棠坊五号楼暖气不热', '海棠坊五号楼暖气不热，室内只有十三度，请尽快处理。', '海棠坊', { unit });
  dance = await appeal('柳堤公园广场舞噪声扰民', '柳堤公园每晚广场舞音响噪声很大，一直到十点半，影响休息。', '柳堤公园');
  lone = await appeal('借书证如何办理', '想咨询图书馆借书证需要什么材料。', null);
  heat.push(await appeal('香樟苑暖气不热没人管', '香樟苑三号楼暖气不热，打物业电话没人管，室内只有十四度。', '香樟苑', { unit }));
  const one = await group(heat[0]), two = await group(heat[1]), three = await group(elsewhere);
  assert.equal(one.event, heat[0]);
  assert.equal(two.event, heat[0]);
  assert.notEqual(three.event, heat[0]);
  assert.equal(three.class, one.class);
  assert.notEqual((await group(dance)).class, one.class);
});

test('events and classes are listed with what makes them up, their appeals by either', async () => {
  const klass = (await group(heat[0])).class, event = await get(`appeal-events/${heat[1]}`), of = await get(`appeal-classes/${klass}`);
  assert.deepEqual([event.id, event.members, event.units, event.places], [heat[0], 2, 1, 1]);
  assert.equal(event.shown.id, heat[1]);
  assert.equal(event.growth.lately, 2);
  assert.deepEqual([of.members, of.events, of.places], [3, 2, 2]);
  assert.deepEqual(of.by_unit.map((one) => [one.unit, one.count]), [[unit, 3]]);
  assert.deepEqual(of.by_place.map((one) => [one.place, one.count]), [['香樟苑', 2], ['海棠坊', 1]]);
  assert.deepEqual((await get(`appeals?event=${heat[1]}`)).items.map((one) => one.id), [heat[1], heat[0]]);
  assert.deepEqual((await get(`appeals?class=${heat[1]}&limit=2`)).items.map((one) => one.id), [heat[1], elsewhere]);
  assert.deepEqual((await get(`appeals?class=${heat[1]}&q=${encodeURIComponent('海棠坊')}`)).items.map((one) => one.id), [elsewhere]);
  assert.equal((await get(`appeals/tally?by=state&class=${heat[1]}`)).total, 3);
  const page = await get(`appeals?class=${heat[1]}&limit=2`), next = await get(`appeals?class=${heat[1]}&limit=2&after=${page.next}`);
  assert.deepEqual(next.items.map((one) => one.id), [heat[0]]);
  const classes = await get('appeal-classes?limit=200'), events = await get('appeal-events?limit=200');
  assert.equal(classes.items.reduce((sum, one) => sum + one.members, 0), classes.appeals);
  assert.equal(classes.appeals, events.appeals);
  assert.equal(classes.appeals, (await get('appeals?total=1&limit=1')).total);
  assert.deepEqual(classes.items.map((one) => one.members), classes.items.map((one) => one.members).sort((a, b) => b - a));
  assert.equal((await office.call('GET', '/api/v1/appeal-events/999999')).status, 404);
  assert.equal((await office.call('GET', '/api/v1/appeal-events?sort=colour')).status, 400);
  assert.equal((await office.call('GET', '/api/v1/appeals?event=x')).status, 400);
  assert.equal((await office.call('GET', '/api/v1/problems?event=1')).status, 400);
});

test('what one may not see is not counted: another unit sees no such group, a whistle-blower is hidden from the unit complained of', async () => {
  assert.equal((await other.call('GET', `/api/v1/appeal-events/${heat[0]}`)).status, 404);
  assert.deepEqual((await get(`appeals?event=${heat[0]}`, other)).items, []);
  const told = await appeal('香樟苑三号楼暖气不热有人收钱不办事', '香樟苑三号楼暖气不热，有人收了钱不办事。', '香樟苑', { unit, whistle: true });
  await decide('confirm', [told], heat[0]);
  await followed(server);
  assert.equal((await get(`appeal-events/${heat[0]}`)).members, 3);
  await until('the unit complained of counts without it', async () => (await get(`appeal-events/${heat[0]}`, liaison)).members === 2); // a session's standing is read anew every few seconds
  assert.ok(!(await get(`appeals?event=${heat[0]}`, liaison)).items.some((one) => one.id === told));
});

test('what an appeal may belong to is offered with enough to judge, within the scope of who asks', async () => {
  const near = await get(`appeals/${heat[1]}/nearest`);
  assert.equal(near.group.event, heat[0]);
  assert.equal(near.items[0].event, heat[0]);
  assert.ok(near.items[0].own && Number(near.items[0].score) > 0.5 && near.items[0].members >= 1 && near.items[0].shown.title);
  assert.deepEqual((await get(`appeals/${lone}/nearest`)).items.filter((one) => one.own), []);
  assert.equal((await other.call('GET', `/api/v1/appeals/${heat[1]}/nearest`)).status, 404);
});

test('people split, merge and confirm, and it holds: nothing else may be said in the same breath', async () => {
  await decide('split', [heat[1]]);
  assert.equal((await group(heat[1])).event, heat[1]);
  await decide('merge', [elsewhere], dance);
  assert.equal((await group(elsewhere)).event, elsewhere);
  assert.equal((await group(dance)).event, elsewhere);
  await decide('confirm', [lone], elsewhere);
  assert.equal((await group(lone)).event, elsewhere);
  await decide('split', [elsewhere], null, 'class');
  assert.notEqual((await group(elsewhere)).class, (await group(heat[0])).class);
  const wrong = async (values) => (await office.call('POST', '/api/v1/grouping_decisions', { values })).body.findings.map((one) => one.code);
  assert.deepEqual(await wrong({ kind: 'merge', appeals: [heat[0]], reason: '理由' }), ['decision_fits']);
  assert.deepEqual(await wrong({ kind: 'split', appeals: [heat[0]], into: heat[1], reason: '理由' }), ['decision_fits']);
  assert.deepEqual(await wrong({ kind: 'confirm', appeals: [heat[0]], into: heat[0], reason: '理由' }), ['decision_fits']);
  assert.equal((await liaison.call('POST', '/api/v1/grouping_decisions', { values: { kind: 'split', appeals: [heat[0]], reason: '理由' } })).status, 403);
});

test('a class that people named keeps its name by any of its appeals', async () => {
  const id = await office.create('classes', { appeal: heat[1], title: '供暖不热' });
  await followed(server);
  assert.equal((await get(`appeal-classes/${heat[0]}`)).name.title, '供暖不热');
  const { session: { user: { unit } } } = other;
  const { record: { version } } = await office.page('classes', id);
  await office.ok('PATCH', `/api/v1/classes/${id}`, { values: { unit } }, { 'if-match': `"${version}"` });
  const named = await get(`appeal-classes/${heat[0]}`);
  assert.equal(named.name.unit, unit);
  assert.ok(named.labels.unit[unit], 'the unit that leads it is named, not numbered');
  assert.equal((await office.call('POST', '/api/v1/classes', { values: { appeal: heat[1], title: '又一个' } })).status, 409);
  await office.do('classes', id, 'retire', {}, '不再研究');
  assert.equal((await get(`appeal-classes/${heat[0]}`)).name, null);
});

/** Every appeal's group, as the office sees it. */
async function snapshot() {
  await followed(server);
  const all = (await get('appeals?limit=200')).items.map((one) => one.id);
  return Object.fromEntries(await Promise.all(all.map(async (id) => [id, (await office.page('appeals', id)).group])));
}
const checkpoint = () => readdirSync(store.data).filter((name) => name.startsWith('groups.'));

test('started from a checkpoint, and anew without one, the groups are the same', async () => {
  const stood = await snapshot();
  await server.stop();
  assert.equal(checkpoint().length, 2);
  server = await serve(store);
  await everybody();
  assert.deepEqual(await snapshot(), stood);
  await server.stop();
  for (const name of checkpoint()) rmSync(join(store.data, name));
  server = await serve(store);
  await everybody();
  assert.deepEqual(await snapshot(), stood);
});

test('a destroyed appeal leaves the groups and their checkpoint, and they are as if it had never been', async () => {
  const doomed = await appeal('香樟苑三号楼暖气不热', '误录的内容，香樟苑三号楼暖气不热。', '香樟苑');
  await followed(server);
  const asked = await office.do('appeals', doomed, 'ask_destruction', {}, '误录');
  const approval = (await get('approvals?state=asked')).items.find((one) => one.record === doomed).id;
  await second.do('approvals', approval, 'agree');
  assert.ok(asked);
  await until('it is in no group any more', async () => (await office.call('GET', `/api/v1/appeal-events/${doomed}`)).status === 404);
  const stood = await snapshot();
  assert.ok(!(doomed in stood));
  await server.stop();
  for (const name of checkpoint()) rmSync(join(store.data, name));
  server = await serve(store);
  await everybody();
  assert.deepEqual(await snapshot(), stood);
  assert.equal(existsSync(join(store.data, 'groups.view')), false);
});

test('bad input is taken as text and grouped, never lost', async () => {
  const texts = ['😀😀😀', '"><script>alert(1)</script>', "=HYPERLINK('x')", 'q=NOT "x" OR *', '路'.repeat(399), 'مرحبا мир 世界 hello'];
  for (const text of texts) {
    const id = await appeal(text.slice(0, 390), text, null);
    assert.ok((await group(id)).event > 0, text);
    assert.ok(Array.isArray((await get(`appeals/${id}/nearest`)).items));
  }
});

// ---- rebound ----

/** A problem put right at once and closed, linked to these appeals. */
async function closed(title, linked, more = {}) {
  const id = await office.create('problems', { title, campaign, category: 'livelihood', source: 'appeals', kind: 'at_once', lead_unit: unit, root_cause: '管网老化', ...more });
  for (const one of linked) await office.create('links', { kind: 'arises_from', from_type: 'problem', from_id: id, to_type: 'appeal', to_id: one });
  for (const action of ['submit', 'admit']) await office.do('problems', id, action);
  await office.do('problems', id, 'assign', { due: day(today, 20) });
  await liaison.do('problems', id, 'take');
  await liaison.create('evidences', { problem: id, title: '整改后照片', note: '已修好', phase: 'after' });
  await liaison.do('problems', id, 'apply', { progress_note: '已修好' });
  assert.equal((await office.page('problems', id)).record.state, 'closed');
  await followed(server);
  return id;
}
const alertsOf = async (id, client = office) => (await get(`alerts?problem=${id}`, client)).items;
const alerted = async (id, count = 1) => (await until('the alert is there', async () => (await alertsOf(id)).find((one) => one.count >= count)));

let light, problem;
test('a new appeal that fits a closed problem raises one alert, told to office and unit; what comes meanwhile is added to it', async () => {
  light = await appeal('石榴巷路灯不亮', '石榴巷东段三盏路灯不亮，晚上老人走路危险。', '石榴巷', { unit });
  problem = await closed('石榴巷路灯不亮', [light]);
  assert.deepEqual(await alertsOf(problem), []);
  const again = await appeal('石榴巷路灯又不亮了', '石榴巷东段路灯又不亮了，晚上走路危险，请维修。', '石榴巷', { unit });
  let alert = await alerted(problem);
  assert.deepEqual([alert.state, alert.fit, alert.appeal, alert.unit], ['raised', 'event', again, unit]);
  const more = await appeal('石榴巷路灯还是不亮', '石榴巷东段路灯还是不亮，晚上危险。', '石榴巷', { unit });
  alert = await alerted(problem, 2);
  assert.equal((await alertsOf(problem)).length, 1);
  assert.deepEqual((await office.page('alerts', alert.id)).record.appeals, [again, more]);
  await appeal('柳堤公园健身器材损坏', '柳堤公园健身器材坏了。', '柳堤公园', { unit });
  await followed(server);
  assert.equal((await alertsOf(problem)).length, 1);
  assert.equal((await alertsOf(problem, liaison)).length, 1);
  assert.deepEqual(await alertsOf(problem, other), []);
  assert.ok((await get('tasks')).items.some((one) => one.type === 'alert' && one.record.id === alert.id && one.action === 'confirm'));
  await until('the unit is told', async () => (await get('messages?limit=50', liaison)).items.some((one) => one.record === alert.id));
  assert.ok((await office.page('problems', problem)).alerts.some((one) => one.id === alert.id));
});

test('dismissed with a reason it is kept; confirmed with a reason it re-opens the problem as another cycle and counts as a rebound', async () => {
  const [first] = await alertsOf(problem);
  assert.equal((await office.act('alerts', first.id, 'dismiss')).status, 422);
  assert.equal((await liaison.act('alerts', first.id, 'confirm', { reason: '是' })).status, 403);
  await office.do('alerts', first.id, 'dismiss', { reason: '是另一条巷子的灯' });
  assert.equal((await office.page('problems', problem)).record.state, 'closed');
  const third = await appeal('石榴巷路灯第三次不亮', '石榴巷东段路灯第三次不亮，晚上危险。', '石榴巷', { unit });
  const alert = await until('another alert', async () => (await alertsOf(problem)).find((one) => one.state === 'raised'));
  assert.equal(alert.appeal, third);
  assert.ok((await office.act('problems', problem, 'settle')).body.findings.some((one) => one.code === 'alerts_none'));
  await office.do('alerts', alert.id, 'confirm', { reason: '现场核实，路灯确实又坏了' });
  const { record } = await office.page('problems', problem);
  assert.deepEqual([record.state, record.cycle, record.rebounds], ['assigned', 2, 1]);
  assert.equal((await liaison.page('alerts', alert.id)).record.reason, '现场核实，路灯确实又坏了');
  await followed(server);
  await appeal('石榴巷路灯第四次不亮', '石榴巷东段路灯第四次不亮。', '石榴巷', { unit });
  await followed(server);
  assert.equal((await alertsOf(problem)).length, 2, 'it is open again: nothing is watched');
});

test('a problem without linked appeals is watched by its own words and place; another place raises nothing', async () => {
  const own = await closed('枇杷路井盖丢失', [], { detail: '枇杷路与学院街口井盖丢失，车辆颠簸，存在安全隐患。' });
  const away = await appeal('桂花街井盖丢失', '桂花街路口井盖丢失，车辆颠簸，存在安全隐患。', '桂花街', { unit });
  await followed(server);
  assert.deepEqual(await alertsOf(own), []);
  const here = await appeal('枇杷路井盖又丢了', '枇杷路与学院街口井盖又丢失了，车辆颠簸，存在安全隐患。', '枇杷路', { unit });
  const alert = await alerted(own);
  assert.equal(alert.appeal, here);
  assert.notEqual(alert.appeal, away);
});

test('a whistle-blower raises an alert that the unit complained of does not see', async () => {
  const one = await appeal('丁香里垃圾没人清运', '丁香里垃圾堆了三天没人清运，味道很大。', '丁香里', { unit }), id = await closed('丁香里垃圾没人清运', [one]);
  await appeal('丁香里垃圾没人清运', '丁香里垃圾堆了五天没人清运，味道很大，有人虚报。', '丁香里', { unit, whistle: true });
  await alerted(id);
  assert.deepEqual(await alertsOf(id, liaison), []);
});

test('a server killed in the midst raises nothing twice', async () => {
  const one = await appeal('紫荆弄下水道堵塞', '紫荆弄下水道堵塞污水外溢。', '紫荆弄', { unit }), id = await closed('紫荆弄下水道堵塞', [one]);
  await appeal('紫荆弄下水道又堵塞', '紫荆弄下水道又堵塞，污水外溢。', '紫荆弄', { unit });
  await server.stop('SIGKILL');
  server = await serve(store);
  await everybody();
  await alerted(id);
  await followed(server);
  assert.deepEqual((await alertsOf(id)).map((alert) => alert.count), [1]);
});

test('the curve of a problem\'s class has both sides with their numerators, and adds up to its appeals', async () => {
  const curve = await get(`problems/${problem}/rebound-curve?bucket=week`);
  const sum = (key) => curve.buckets.reduce((all, one) => all + one[key], 0);
  assert.equal(curve.closed_on, today);
  assert.ok(curve.classes.includes((await group(light)).class));
  const members = (await Promise.all(curve.classes.map((id) => get(`appeal-classes/${id}`)))).reduce((all, one) => all + one.members, 0);
  assert.equal(sum('appeals'), members);
  assert.ok(sum('others') > 0);
  assert.equal(curve.buckets.at(-1).whole, false);
  assert.equal(curve.before.buckets, curve.buckets.filter((one) => one.whole && one.to < curve.closed_on).length);
  assert.ok(curve.buckets[0].appeals + curve.buckets[0].others > 0, 'nothing is reckoned from before the first appeal of all');
  assert.equal(curve.before.appeals + curve.after.appeals, curve.buckets.filter((one) => one.whole).reduce((all, one) => all + one.appeals, 0));
  assert.equal((await get(`problems/${problem}/rebound-curve`)).bucket, 'month');
  assert.equal((await office.call('GET', `/api/v1/problems/${problem}/rebound-curve?bucket=day`)).status, 400);
});

test('the groups made from the journal once more are the groups that stand; another version would tell what it moved', async () => {
  await followed(server);
  const before = bihuan(store, ['group', '--last']);
  assert.equal(before.status, 1, before.out);
  await server.stop();
  const told = must(bihuan(store, ['group', '--compare', '--json'])).json();
  assert.deepEqual([told.moved_count, told.moved, told.only_before, told.only_after, told.decisions.broken], [0, [], 0, 0, []]);
  assert.ok(told.appeals > 5 && told.decisions.all >= 3 && told.decisions.held >= 1, JSON.stringify(told));
  assert.deepEqual([told.events.before, told.events.split, told.events.joined, told.classes.appeals_moved], [told.events.after, 0, 0, 0]);
  assert.match(must(bihuan(store, ['group', '--compare', '--lang', 'en'])).out, /people's decisions \d+: held \d+, revised by later ones \d+, not kept 0/);
  for (const name of readdirSync(store.data).filter((one) => /^groups\..*engine$/.test(one))) { // as another version would have kept it: this one refuses it
    const path = join(store.data, name), bytes = readFileSync(path);
    bytes[8] ^= 1;
    writeFileSync(path, bytes);
  }
  server = await serve(store);
  await everybody();
  const after = await until('the server has told what moved', () => { const last = bihuan(store, ['group', '--last']); return last.status === 0 && JSON.parse(last.out); });
  assert.deepEqual([after.moved_count, after.decisions.broken, after.appeals], [0, [], told.appeals]);
  assert.ok(after.made_at);
});

test('verify is clean', async () => {
  await followed(server);
  must(bihuan(store, ['verify']));
});
