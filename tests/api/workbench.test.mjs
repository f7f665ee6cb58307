// The workbench on a real server: which classes have no problem yet, a problem registered from a class with all its appeals in one set, more of it
// added later, open problems of alike title, and the answers that the problem drafts and whoever handles the appeals sends.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan, newKey, followed, day } from '../lib.mjs';

let store, server, office, liaison, other, unit, campaign, today, serial = 0;
const sign = (account) => signIn(server, account, store.accounts[account]);
before(async () => {
  store = demoStore();
  server = await serve(store);
  [office, liaison, other] = await Promise.all(['office', 'liaison-housing', 'liaison-health'].map(sign));
  unit = liaison.session.user.unit;
  campaign = (await office.ok('GET', '/api/v1/session')).campaign.id;
  today = (await office.ok('GET', '/api/v1/session')).store.today;
});
after(async () => { await server?.stop(); store?.remove(); });

const PLACES = ['紫藤苑', '银杏里', '青桐坊', '白榆新村'];
const appeal = (place, more = {}) => office.create('appeals', { number: `W-${++serial}`, title: `${place}燃气通气迟迟不通`, text: `${place}交房五个月燃气一直没有通气，家里老人天天用电磁炉，问了物业说等燃气公司。`, place, made_at: `${today}T09:00:00+08:00`, unit, ...more });
const values = (title, more = {}) => ({ title, campaign, category: 'livelihood', source: 'appeals', kind: 'time_limited', root_cause: '验收与通气脱节', level: 'unit', lead_unit: unit, ...more });
const klass = async (id, client = office) => (await followed(server), client.ok('GET', `/api/v1/appeal-classes/${id}`));
const register = (client, id, body, key) => client.call('POST', `/api/v1/appeal-classes/${id}/register`, body, key ? { 'idempotency-key': key } : undefined);
const addTo = (client, id, body) => client.call('POST', `/api/v1/appeal-classes/${id}/add-to`, body);
const codes = (answer) => (answer.body.findings ?? []).map((one) => one.code);

let appeals, of;
test('a class that has no problem yet is found among those that have none, with its weeks', async () => {
  appeals = [];
  for (const place of PLACES) appeals.push(await appeal(place));
  of = (await klass(appeals[0])).id;
  for (const id of appeals) assert.equal((await klass(id)).id, of, 'one class');
  const none = await office.ok('GET', '/api/v1/appeal-classes?problem=none&limit=200');
  const mine = none.items.find((one) => one.id === of);
  assert.ok(mine && mine.linked === 0 && mine.problems.length === 0);
  assert.equal(mine.growth.by_week.at(-1), mine.growth.lately, 'the last week ends today');
  assert.ok(none.items.every((one) => one.linked === 0));
  assert.equal((await office.call('GET', '/api/v1/appeal-classes?problem=some')).status, 400);
  const rising = await office.ok('GET', '/api/v1/appeal-classes?rising=1&limit=200');
  assert.ok(rising.items.every((one) => Number(one.growth.growth) > 2 && one.growth.lately >= 3));
});

let problem;
test('one action registers a problem with every appeal of the class, once, whoever asks twice', async () => {
  const key = newKey(), body = { as: 'problem', values: values('新交付小区燃气迟迟不通') };
  assert.equal((await register(other, of, body)).status, 404, 'a unit that sees none of it');
  const wrong = await register(office, of, { as: 'problem', values: { ...body.values, colour_of_sky: 'blue' } });
  assert.equal(wrong.status, 400);
  const missing = await register(office, of, { as: 'problem', values: { campaign } });
  assert.equal(missing.status, 422);
  assert.ok(missing.body.findings.some((one) => one.field === 'title' && one.code === 'required'));
  assert.equal((await klass(of)).linked, 0, 'all or nothing');
  const made = await register(office, of, body, key);
  assert.equal(made.status, 201);
  problem = made.body.id;
  assert.deepEqual([made.body.type, made.body.linked, made.body.remaining], ['problem', PLACES.length, 0]);
  const again = await register(office, of, body, key);
  assert.deepEqual([again.status, again.body.verdict, again.body.id, again.body.linked], [200, 'repeated', problem, PLACES.length]);
  const page = await office.page('problems', problem);
  assert.equal(page.record.appeals, PLACES.length);
  for (const id of appeals) assert.equal((await office.page('appeals', id)).record.problem, problem);
  const now = await klass(of);
  assert.deepEqual([now.linked, now.problems.map((one) => [one.id, one.count])], [PLACES.length, [[problem, PLACES.length]]]);
  assert.ok(!(await office.ok('GET', '/api/v1/appeal-classes?problem=none&limit=200')).items.some((one) => one.id === of));
  assert.ok((await office.ok('GET', '/api/v1/appeal-classes?problem=any&limit=200')).items.some((one) => one.id === of));
});

test('what comes later is added to the open problem, what is linked is passed over, and only what is of the class', async () => {
  const later = await appeal('金桂园'), stranger = await office.create('appeals', { number: 'W-X', title: '借书证如何办理', text: '想咨询图书馆借书证需要什么材料。', made_at: `${today}T09:00:00+08:00` });
  assert.equal((await klass(later)).id, of);
  const named = await addTo(office, of, { problem, appeals: [stranger] });
  assert.equal(named.status, 422);
  assert.match(named.body.detail, new RegExp(`${stranger}`));
  assert.equal((await addTo(office, of, {})).status, 422, 'to which?');
  assert.equal((await addTo(office, of, { problem: 987654321 })).status, 422);
  const added = await addTo(office, of, { problem });
  assert.deepEqual([added.status, added.body.linked, added.body.remaining], [200, 1, 0]);
  assert.equal((await addTo(office, of, { problem })).body.linked, 0, 'nothing is left');
  assert.equal((await office.page('problems', problem)).record.appeals, PLACES.length + 1);
  appeals.push(later);
});

test('a topic is registered from chosen events alone', async () => {
  const event = (await office.page('appeals', appeals[1])).group.event;
  const made = await register(office, of, { as: 'topic', events: [event], values: { title: '新建小区配套交付', campaign, why: '交房与通气脱节', lead_unit: unit } });
  assert.equal(made.status, 201);
  assert.equal(made.body.type, 'topic');
  const page = await office.page('topics', made.body.id);
  const members = (await office.ok('GET', `/api/v1/appeals?event=${event}`)).items.map((one) => one.id);
  assert.ok(members.length < appeals.length);
  assert.deepEqual(page.links.filter((one) => one.type === 'appeal').map((one) => one.record.id).sort(), [...members].sort());
  assert.equal((await office.page('appeals', appeals[1])).record.problem, problem, 'its problem stays');
});

test('open problems of alike title are found while a title is typed, within the scope of who types', async () => {
  await followed(server);
  const alike = (client, title) => client.ok('GET', '/api/v1/problems/alike?title=' + encodeURIComponent(title));
  const found = await alike(office, '交付小区燃气不通');
  assert.equal(found.items[0].record.id, problem);
  assert.ok(found.items[0].alike >= 34);
  assert.ok(!(await alike(other, '交付小区燃气不通')).items.some((one) => one.record.id === problem));
  assert.deepEqual((await alike(office, '月球背面的花')).items, []);
});

test('hundreds of appeals are linked in sets of at most five hundred, each whole', async () => {
  const count = 520, batch = 130, ids = [];
  for (let from = 0; from < count; from += batch) {
    const changes = Array.from({ length: batch }, (_, i) => ({ type: 'appeal', action: 'create', values: { number: `H-${from + i}`, title: '站台没有遮雨棚', text: '公交站台没有遮雨棚，下雨天等车没有地方躲雨。', place: '东门站', made_at: `${today}T08:00:00+08:00` } }));
    ids.push(...(await office.ok('POST', '/api/v1/changes', { changes })).ids);
  }
  const id = (await klass(ids[0])).id, all = (await klass(id)).members;
  assert.ok(all >= count);
  const made = await register(office, id, { as: 'problem', values: values('公交站台没有遮雨棚') });
  assert.deepEqual([made.status, made.body.linked, made.body.remaining], [201, 500, all - 500]);
  const rest = await addTo(office, id, { problem: made.body.id });
  assert.deepEqual([rest.body.linked, rest.body.remaining], [all - 500, 0]);
  assert.equal((await office.page('problems', made.body.id)).record.appeals, all);
});

test('the problem drafts the answers; nothing is sent by itself; who handles them sends one click each or many at once', async () => {
  await office.do('problems', problem, 'submit');
  await office.do('problems', problem, 'admit');
  await office.do('appeals', appeals[0], 'assign', { unit });
  await office.do('appeals', appeals[2], 'assign', { unit });
  assert.deepEqual(codes(await liaison.act('appeals', appeals[0], 'answer_as_drafted')), ['drafted'], 'nothing is drafted yet');
  await office.do('problems', problem, 'assign', { due: day(today, 60) });
  await liaison.do('problems', problem, 'take');
  await liaison.create('measures', { problem, title: '逐小区通气', weight: 10000, start: today, due: day(today, 50), owner: '李某', unit });
  await liaison.do('problems', problem, 'start', { owner: '张某' });
  await liaison.do('problems', problem, 'report', { progress_note: '两个小区已通气' });
  const drafted = (await liaison.page('appeals', appeals[0])).record;
  assert.deepEqual([drafted.state, drafted.answer ?? null, drafted.answer_draft_of, drafted.answer_drafted_on], ['assigned', null, 'progress', today]);
  assert.match(drafted.answer_draft, /两个小区已通气/);
  const waiting = async () => (await office.ok('GET', '/api/v1/appeals?answer_draft_of=any&limit=200')).items.filter((one) => one.problem === problem).length;
  assert.equal(await waiting(), appeals.length);
  await liaison.do('problems', problem, 'report', { progress_note: '四个小区已通气' });
  assert.match((await liaison.page('appeals', appeals[0])).record.answer_draft, /四个小区已通气/, 'a later one takes its place');
  await liaison.do('appeals', appeals[0], 'answer_as_drafted');
  const sent = (await liaison.page('appeals', appeals[0])).record;
  assert.deepEqual([sent.state, sent.answer_draft ?? null, sent.answer_draft_of ?? null, sent.evaluation_code ?? null], ['answered', null, null, null]);
  assert.match(sent.answer, /四个小区已通气/);
  await liaison.do('appeals', appeals[2], 'answer_as_drafted', { answer: '您家所在的楼本周五通气', outcome: 'explained' });
  const edited = (await office.page('appeals', appeals[2])).record;
  assert.deepEqual([edited.answer, edited.outcome], ['您家所在的楼本周五通气', 'explained']);
  assert.equal((await liaison.act('appeals', appeals[1], 'answer_as_drafted')).status, 403, 'not assigned to anybody: the office answers');
  const many = [1, 3, 4].map((i) => ({ type: 'appeal', id: appeals[i], action: 'answer_as_drafted', values: {} }));
  assert.equal((await office.call('POST', '/api/v1/changes', { changes: [...many, { type: 'appeal', id: appeals[0], action: 'answer_as_drafted', values: {} }] })).status, 409, 'one is answered already: none is sent');
  assert.equal((await office.page('appeals', appeals[1])).record.state, 'received');
  await office.ok('POST', '/api/v1/changes', { changes: many });
  assert.match((await office.page('appeals', appeals[4])).record.answer, /四个小区已通气/);
  assert.equal(await waiting(), 0);
});

test('nothing is added to what has ended, and the store verifies', async () => {
  const made = await register(office, appeals[0], { as: 'problem', values: values('另立一件') });
  await office.do('problems', made.body.id, 'withdraw', {}, '重复');
  const late = await addTo(office, of, { problem: made.body.id });
  assert.deepEqual([late.status, late.body.code], [409, 'not_now']);
  assert.equal(bihuan(store, ['verify']).status, 0);
});
