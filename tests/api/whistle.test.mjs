// A whistle-blower's appeal, and what the unit complained of might notice of it without reading it: the live stream, groups and classes, counts, the number of
// appeals on a problem, alerts, stories, search and exports. Each is asked beside an ordinary appeal of the same matter, which the unit does see.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { bihuan, day, demoStore, followed, must, serve, signIn, until } from '../lib.mjs';

let store, server, office, housing, head, health, today, unit, other, campaign, serial = 0;
const WORD = '截留维修资金';
const ok = (client, path) => client.ok('GET', '/api/v1/' + path);
const make = (values = {}) => office.create('appeals', { number: `WB-${++serial}`, made_at: `${today}T09:00:00+08:00`, kind: 'complaint', ...values });
/** Of the class of the ordinary ones, at another place, and of the unit. */
const report = (place, more = {}) => make({ title: `举报${place}电梯维保${WORD}`, text: `${place}三号楼电梯困人，维保单位${WORD}，请查处。`, place, kind: 'report', whistle: true, complained_of: unit, ...more });
const plain = (place, more = {}) => make({ title: `${place}电梯困人`, text: `${place}三号楼电梯又困人了，维保拖着不修，请查处。`, place, unit, ...more });
const link = (problem, appeal) => office.create('links', { kind: 'arises_from', from_type: 'problem', from_id: problem, to_type: 'appeal', to_id: appeal });
const problem = (title) => office.create('problems', { title, campaign, category: 'livelihood', source: 'appeals', kind: 'at_once', lead_unit: unit, root_cause: '维保缺位' });
const appealsOf = async (id, client = housing) => (await client.page('problems', id)).record.appeals;

/** Everything that a client's live stream says from now on, until it is closed. */
async function listen(client) {
  const stop = new AbortController(), answer = await fetch(`${server.origin}/api/v1/events`, { headers: { cookie: client.cookie }, signal: stop.signal }), heard = { text: '', stop: () => stop.abort() };
  const decoder = new TextDecoder();
  (async () => { try { for await (const bytes of answer.body) heard.text += decoder.decode(bytes, { stream: true }); } catch { /* closed by us */ } })();
  await until('the stream says hello', () => heard.text.includes('event: hello'));
  heard.events = () => [...heard.text.matchAll(/^data: (.+)$/gm)].map((line) => JSON.parse(line[1])).filter((one) => one.type);
  return heard;
}

before(async () => {
  store = demoStore();
  server = await serve(store);
  [office, housing, head, health] = await Promise.all(['office', 'liaison-housing', 'head-housing', 'liaison-health'].map((account) => signIn(server, account, store.accounts[account])));
  const session = await ok(office, 'session');
  today = session.store.today;
  campaign = session.campaign.id;
  unit = housing.session.user.unit;
  other = health.session.user.unit;
});
after(async () => { await server?.stop(); store?.remove(); });

test('the live stream tells the unit complained of nothing: neither that it came, nor that it was assigned, answered, linked or given a call', async () => {
  const [unheard, handling] = await Promise.all([listen(housing), listen(health)]);
  const hidden = await report('听松坊'), title = await problem('听松坊电梯');
  await office.do('appeals', hidden, 'assign', { unit: other });
  await health.do('appeals', hidden, 'answer', { answer: '已核查', outcome: 'explained' });
  await link(title, hidden);
  await office.create('call_backs', { appeal: hidden, reached: true, contacted: true, outcome: 'explained', satisfaction: 'no_opinion' });
  const last = await plain('望鹤里');
  await until('the unit hears of an ordinary one', () => unheard.events().some((one) => one.type === 'appeal' && one.id === last));
  await until('who handles it hears of it', () => handling.events().some((one) => one.type === 'appeal' && one.id === hidden));
  assert.deepEqual(unheard.events().filter((one) => one.id === hidden || one.type === 'call_back' || one.type === 'link'), []);
  for (const stream of [unheard, handling]) stream.stop();
});

test('the number of appeals on a problem counts no whistle-blower’s: linked, marked later, or unmarked, for every reader alike', async () => {
  const of = await problem('梧桐里电梯'), seen = await plain('梧桐里'), hidden = await report('梧桐里');
  await link(of, seen);
  const before = (await housing.page('problems', of)).record, story = (await ok(housing, `problems/${of}/journal`)).entries.length;
  assert.equal(before.appeals, 1);
  await link(of, hidden);
  const after = (await housing.page('problems', of)).record;
  assert.deepEqual([after.appeals, after.version, after.changed], [1, before.version, before.changed], 'nothing of the problem has moved');
  assert.equal((await ok(housing, `problems/${of}/journal`)).entries.length, story, 'nor is anything told in its story');
  assert.equal(await appealsOf(of, office), 1);
  assert.equal((await office.page('problems', of)).links.filter((one) => one.type === 'appeal').length, 2, 'the office finds both among the links');
  assert.deepEqual((await housing.page('problems', of)).links.filter((one) => one.type === 'appeal').map((one) => one.record.id), [seen]);
  await link(of, seen);
  assert.equal(await appealsOf(of), 1, 'linked twice it is one appeal');
  const turn = async (id, whistle) => { const { version } = (await office.page('appeals', id)).record; return office.ok('PATCH', `/api/v1/appeals/${id}`, { values: { whistle } }, { 'if-match': `"${version}"` }); };
  await turn(seen, true);
  assert.equal(await appealsOf(of, office), 0, 'marked as a whistle-blower’s afterwards it is counted no more');
  await turn(seen, false);
  assert.equal(await appealsOf(of), 1);
});

test('an event and a class look to the unit as if it were not there: members, growth, spread, dissatisfied, linked problems, tallies', async () => {
  const seen = await plain('紫薇苑'), hidden = await report('紫薇苑'), of = await problem('紫薇苑电梯');
  await link(of, hidden);
  await followed(server);
  const stood = (await office.page('appeals', seen)).group, whole = await ok(office, `appeal-classes/${stood.class}`);
  const mine = await ok(housing, `appeal-classes/${stood.class}`);
  assert.ok(whole.members > mine.members, 'the office sees more of the class');
  assert.ok(whole.problems.some((one) => one.id === of) && !mine.problems.some((one) => one.id === of), 'the problem linked through it is no sign either');
  const visible = new Set((await ok(housing, 'appeals?limit=200')).items.map((one) => one.id));
  assert.equal(mine.members, (await ok(housing, `appeals?class=${stood.class}&limit=200`)).items.length);
  assert.equal(mine.by_unit.reduce((sum, one) => sum + one.count, 0), mine.members);
  assert.equal(mine.by_place.reduce((sum, one) => sum + one.count, 0), mine.members);
  for (const level of ['classes', 'events']) {
    const page = await ok(housing, `appeal-${level}?limit=200`);
    assert.equal(page.items.reduce((sum, one) => sum + one.members, 0), visible.size);
    assert.ok(page.items.every((one) => visible.has(one.shown.id)) && !JSON.stringify(page).includes(WORD));
    assert.equal((await housing.call('GET', `/api/v1/appeal-${level}/${hidden}?least=1`)).body.members ?? 0, level === 'classes' ? mine.members : (await ok(housing, `appeals?event=${hidden}&limit=200`)).items.length);
  }
  assert.equal((await ok(housing, 'appeals/tally?by=kind')).total, visible.size);
  assert.equal((await ok(housing, `appeals?total=1&limit=1`)).total, visible.size);
  assert.equal((await housing.call('GET', '/api/v1/call_backs?total=1&limit=1')).body.total, 0);
});

test('the curve of a problem knows no class that only a whistle-blower’s appeal leads to', async () => {
  const of = await problem('青枫里消防通道'), lead = await make({ title: `举报青枫里地下室违规改建${WORD}`, text: '青枫里地下室被改成仓库，堆放油漆，消防通道堵死。', place: '青枫里', kind: 'report', whistle: true, complained_of: unit });
  await link(of, lead);
  await followed(server);
  const klass = (await office.page('appeals', lead)).group.class;
  assert.ok((await ok(office, `problems/${of}/rebound-curve`)).classes.includes(klass));
  assert.ok(!(await ok(housing, `problems/${of}/rebound-curve`)).classes.includes(klass));
});

test('its story, its record, a search and an export are not there for the unit; nor is it named by an address that guesses', async () => {
  const hidden = (await ok(office, `appeals?q=${encodeURIComponent(WORD)}&limit=1`)).items[0].id;
  for (const client of [housing, head]) {
    for (const path of [`appeals/${hidden}`, `appeals/${hidden}/journal`, `appeals/${hidden}/nearest`, `appeals/${hidden}/suggestions`]) assert.equal((await client.call('GET', '/api/v1/' + path)).status, 404, path);
    for (const path of [`search?q=${encodeURIComponent(WORD)}`, `appeals?q=${encodeURIComponent(WORD)}`, `appeals?event=${hidden}`, `appeals?class=${hidden}&limit=200`, `links?to_id=${hidden}`, `call_backs?appeal=${hidden}`, 'grouping_decisions', 'alerts?limit=200']) {
      const answer = await client.call('GET', '/api/v1/' + path), text = JSON.stringify(answer.body);
      assert.ok(!text.includes(WORD) && !text.includes(`"id":${hidden},`), `${client.session.user.account} reads ${path}`);
    }
    for (const path of ['appeals.csv', 'appeals.xlsx']) {
      const answer = await fetch(`${server.origin}/api/v1/${path}`, { headers: { cookie: client.cookie } }), bytes = Buffer.from(await answer.arrayBuffer());
      assert.ok(!bytes.includes(WORD) && !bytes.includes('WB-1,'), path);
    }
  }
  const out = must(bihuan(store, ['export', 'appeals', '--as', 'liaison-housing'])).out;
  assert.ok(!out.includes(WORD) && out.includes('望鹤里'), 'the command exports within the same scope');
});

test('what was counted before it was marked as a whistle-blower’s is not counted for the unit afterwards, at a past number either', async () => {
  const id = await plain('落雁里', { category: '后来才标举报' });
  await office.do('appeals', id, 'assign', { unit });
  await housing.do('appeals', id, 'answer', { answer: '已维修', outcome: 'solved' });
  await office.create('call_backs', { appeal: id, reached: true, contacted: true, outcome: 'solved', satisfaction: 'satisfied' });
  const { journal, record } = await office.page('appeals', id), then = `rates?by=category&number=${journal}`;
  const of = async (client, path) => (await ok(client, path)).groups.find((one) => one.key === '后来才标举报')?.counts.reached ?? 0;
  assert.deepEqual([await of(office, then), await of(housing, then)], [1, 1]);
  await office.ok('PATCH', `/api/v1/appeals/${id}`, { values: { whistle: true } }, { 'if-match': `"${record.version}"` });
  assert.deepEqual([await of(office, then), await of(housing, then), await of(housing, 'rates?by=category')], [1, 0, 0]);
  assert.equal((await ok(housing, `rates/reached/list?by=category&key=${encodeURIComponent('后来才标举报')}&number=${journal}`)).total, 0);
});

test('an alert that it raises has no unit, it joins none that the unit sees, and an ordinary one joins none that is hidden', async () => {
  const of = await problem('石榴园电梯'), first = await plain('石榴园');
  await link(of, first);
  for (const action of ['submit', 'admit']) await office.do('problems', of, action);
  await office.do('problems', of, 'assign', { due: day(today, 20) });
  await housing.do('problems', of, 'take');
  await housing.create('evidences', { problem: of, title: '维保记录', note: '已修好', phase: 'after' });
  await housing.do('problems', of, 'apply', { progress_note: '已换曳引机' });
  await until('it is closed', async () => (await office.page('problems', of)).record.state === 'closed');
  await followed(server);
  const alerts = async (client) => (await ok(client, `alerts?problem=${of}&full=1&limit=50`)).items.sort((one, two) => one.id - two.id);
  await plain('石榴园');
  await until('the unit sees an alert', async () => (await alerts(housing)).length === 1);
  const before = (await alerts(housing))[0], hidden = await report('石榴园');
  await until('the office sees two', async () => (await alerts(office)).length === 2);
  const [open, covert] = await alerts(office);
  assert.deepEqual([covert.appeal, covert.unit ?? null, covert.count], [hidden, null, 1]);
  assert.deepEqual((await alerts(housing)).map((one) => [one.id, one.count, one.version]), [[before.id, 1, before.version]], 'the unit’s alert is as it was');
  await plain('石榴园');
  await until('an ordinary one joins the open one', async () => (await alerts(housing))[0].count === 2);
  await report('石榴园');
  await until('a hidden one joins the hidden one', async () => (await alerts(office))[1].count === 2);
  assert.deepEqual((await alerts(office)).map((one) => one.id), [open.id, covert.id]);
  assert.equal((await housing.call('GET', `/api/v1/alerts/${covert.id}`)).status, 404);
  await followed(server);
  assert.ok(!JSON.stringify(await ok(housing, 'messages?limit=200')).includes(WORD));
});

test('what stands is what the journal adds up to', async () => {
  await server.stop();
  server = null;
  must(bihuan(store, ['verify']));
});
