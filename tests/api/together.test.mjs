// What two people of the office do together with a record, whatever its state: one asks with a reason, another agrees. A void record is kept
// and no longer counted; a correction puts right even what is fixed or closed; the journal tells both.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan } from '../lib.mjs';

let store, server, office, second, liaison, closed;
before(async () => {
  store = demoStore();
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
  second = await signIn(server, 'office-second', store.accounts['office-second']);
  liaison = await signIn(server, 'liaison-housing', store.accounts['liaison-housing']);
  closed = (await office.ok('GET', '/api/v1/problems?state=closed&limit=1')).items[0].id;
});
after(async () => { await server?.stop(); store?.remove(); });

const waiting = async (id) => (await office.ok('GET', `/api/v1/approvals?record=${id}&state=asked`)).items.map((one) => one.id);
const offered = async (client, id) => (await client.page('problems', id)).actions.filter((one) => one.mine).map((one) => one.action);

test('the office is offered it in every state, others never', async () => {
  for (const action of ['ask_void', 'ask_correction', 'ask_destruction']) assert.ok((await offered(office, closed)).includes(action), action);
  const own = (await liaison.ok('GET', '/api/v1/problems?limit=1')).items[0].id;
  assert.ok(!(await liaison.page('problems', own)).actions.some((one) => one.action.startsWith('ask_')), 'not even shown to a liaison');
  assert.equal((await liaison.act('problems', own, 'ask_void', {}, '想作废')).status, 403);
  assert.equal((await office.act('problems', closed, 'ask_void')).status, 422, 'a reason is asked');
  assert.equal((await office.act('units', liaison.session.user.unit, 'ask_void', {}, '不行')).status, 404, 'units are ended, not voided');
});

test('a correction of a closed problem waits for a second person, then stands, with its reason in the story', async () => {
  const before = (await office.page('problems', closed)).record;
  assert.equal((await office.act('problems', closed, 'ask_correction', {}, '没有内容')).status, 422);
  assert.equal((await office.act('problems', closed, 'ask_correction', { closed_on: '2026-01-01' }, '推算的不能改')).status, 422);
  await office.do('problems', closed, 'ask_correction', { title: '更正后的题目', official: '更正某' }, '登记时写错');
  const still = (await office.page('problems', closed)).record;
  assert.deepEqual([still.title, still.state], [before.title, 'closed']);
  const [approval] = await waiting(closed);
  assert.equal((await office.act('problems', closed, 'ask_correction', { title: '又一个' }, '再改')).status, 409, 'one at a time');
  assert.equal((await office.act('approvals', approval, 'agree')).status, 409, 'who asked cannot agree');
  await second.do('approvals', approval, 'agree');
  const now = await office.page('problems', closed), story = await office.ok('GET', `/api/v1/problems/${closed}/journal`);
  assert.deepEqual([now.record.title, now.record.official, now.record.state], ['更正后的题目', '更正某', 'closed']);
  const told = story.entries.find((one) => one.action === 'correct');
  assert.deepEqual(told.changes.find((one) => one.field === 'title'), { field: 'title', old: before.title, new: '更正后的题目' });
  assert.equal(told.reason, '登记时写错');
});

test('a correction leaves nothing that an edit might not; a date that was never moved is put right as the original one too', async () => {
  const open = (await office.ok('GET', '/api/v1/problems?state=rectifying&counted=true&limit=200')).items, units = (await office.ok('GET', '/api/v1/units?limit=200')).items;
  const one = open.map((each) => each.id)[0], refused = await office.act('problems', one, 'ask_correction', { secrecy: 'placeholder' }, '误录');
  assert.equal(refused.status, 409);
  assert.ok(refused.body.findings.some((finding) => finding.code === 'placeholder_bare'), JSON.stringify(refused.body));
  const bare = units.find((unit) => unit.may_hold === false) ?? { id: await office.create('units', { name: '临江村', kind: 'village', parent: units[0].id, may_hold: false }) };
  assert.ok((await office.act('problems', closed, 'ask_correction', { lead_unit: bare.id }, '误录')).body.findings.some((finding) => finding.code === 'unit_may_hold'), 'in any state');
  const unmoved = (await Promise.all(open.map((each) => office.page('problems', each.id)))).map((page) => page.record).find((record) => record.due && record.due === record.due_original);
  await office.do('problems', unmoved.id, 'ask_correction', { due: '2027-06-30' }, '录入时写错');
  await second.do('approvals', (await waiting(unmoved.id))[0], 'agree');
  const after = (await office.page('problems', unmoved.id)).record;
  assert.deepEqual([after.due, after.due_original], ['2027-06-30', '2027-06-30']);
});

test('refused, nothing changes and it may be asked again', async () => {
  await office.do('problems', closed, 'ask_correction', { title: '不会有' }, '试试');
  await second.do('approvals', (await waiting(closed))[0], 'disagree', {}, '没有必要');
  assert.equal((await office.page('problems', closed)).record.title, '更正后的题目');
  assert.deepEqual(await waiting(closed), []);
});

test('a void problem is kept, no longer counted nor listed nor worked on; a void link frees its appeal', async () => {
  const working = (await office.ok('GET', '/api/v1/problems?state=rectifying&counted=true&limit=200&full=1')).items;
  let problem, link;
  for (const one of working) { link = (await office.ok('GET', `/api/v1/links?from_id=${one.id}&to_type=appeal&limit=1`)).items[0]; if (link) { problem = one.id; break; } }
  const appeals = (await office.page('problems', problem)).record.appeals, total = (await office.ok('GET', '/api/v1/overview')).total;
  await office.do('links', link.id, 'ask_void', {}, '关联错了');
  await second.do('approvals', (await waiting(link.id))[0], 'agree');
  assert.equal((await office.page('problems', problem)).record.appeals, appeals - 1);
  await office.do('problems', problem, 'ask_void', {}, '重复登记');
  await second.do('approvals', (await waiting(problem))[0], 'agree');
  const page = await office.page('problems', problem);
  assert.deepEqual([page.record.voided, page.record.colour, page.actions.filter((one) => one.open).map((one) => one.action)], [true, null, ['ask_destruction']]);
  assert.equal((await office.ok('GET', '/api/v1/overview')).total, total - 1);
  assert.ok(!(await office.ok('GET', '/api/v1/problems?state=rectifying&limit=200')).items.some((one) => one.id === problem));
  const measure = page.measures[0];
  assert.ok(measure);
  const asked = await office.act('measures', measure.id, 'cancel', {}, '所属已作废');
  assert.equal(asked.status, 409);
  assert.match(JSON.stringify(asked.body), /已作废/);
  await office.do('problems', problem, 'ask_destruction', {}, '本不该录入');
  const [approval] = await waiting(problem);
  assert.equal((await office.act('approvals', approval, 'agree')).status, 409, 'not by who asked');
  await second.do('approvals', approval, 'agree');
  assert.equal((await office.call('GET', `/api/v1/problems/${problem}`)).status, 404, 'what is void can still be destroyed by two');
  assert.equal((await office.call('GET', `/api/v1/measures/${measure.id}`)).status, 404, 'with what hangs on it');
});

test('the journal adds up to the tables', () => {
  const done = bihuan(store, ['verify']);
  assert.equal(done.status, 0, done.out + done.err);
});
