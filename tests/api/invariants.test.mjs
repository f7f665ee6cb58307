// What does not hold is listed and told: invariants by rule, one line a day to the office; and the ledger balances between any two of its numbers, or
// names the record that breaks it.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, copyStore, serve, signIn, bihuan, must, day, databaseTool, journalOf, followed } from '../lib.mjs';

let store, server, office, liaison, today, campaign, unit, other, start;
before(async () => {
  store = demoStore();
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
  liaison = await signIn(server, 'liaison-housing', store.accounts['liaison-housing']);
  const session = await office.ok('GET', '/api/v1/session');
  today = session.store.today;
  campaign = session.campaign.id;
  start = session.journal;
  unit = liaison.session.user.unit;
  other = (await office.ok('GET', '/api/v1/units?limit=200')).items.find((one) => one.name === '市水务局').id;
});
after(async () => { await server?.stop(); store?.remove(); });

const get = (path, client = office) => client.ok('GET', '/api/v1/' + path);
async function admitted(lead, joint) {
  const id = await office.create('problems', { title: '牵头又配合的一件', campaign, category: 'economy', source: 'self_check', kind: 'at_once', lead_unit: lead, joint_units: joint });
  for (const action of ['submit', 'admit']) await office.do('problems', id, action);
  return id;
}
const digests = async () => (await get('messages?limit=200')).items.filter((one) => one.title.startsWith('每日核查'));

test('the demo keeps every invariant, and says which there are', async () => {
  const found = await get('invariants');
  assert.equal(found.problems, 0, JSON.stringify(found.items));
  assert.ok(found.rules.length >= 16 && found.rules.every((rule) => rule.label && rule.sentence && rule.source && rule.count === 0));
  must(bihuan(store, ['clock', 'run']));
  assert.equal((await digests()).length, 0, 'nothing to tell, nothing told');
});

let odd;
test('what breaks one is listed under its rule, in scope, and told to the office once a day in one line', async () => {
  odd = [await admitted(unit, [unit]), await admitted(other, [other])];
  await followed(server);
  const found = await get('invariants?rule=joins_itself');
  assert.deepEqual(found.items.map((one) => [one.record.id, one.rules]), odd.map((id) => [id, ['joins_itself']]));
  assert.equal(found.rules.find((rule) => rule.name === 'joins_itself').count, 2);
  assert.equal(found.journal, (await get('session')).journal);
  const first = await get('invariants?limit=1'), second = await get('invariants?limit=1&after=' + first.next);
  assert.deepEqual([first.items[0].record.id, second.items[0].record.id, second.next], [...odd, null]);
  assert.deepEqual((await get('invariants', liaison)).items.map((one) => one.record.id), [odd[0]], 'a liaison sees its own');
  assert.deepEqual((await get('invariants?rule=no_date')).items, []);
  assert.equal((await office.call('GET', '/api/v1/invariants?rule=nothing')).status, 400);
  must(bihuan(store, ['clock', 'advance', '1d']));
  must(bihuan(store, ['clock', 'run']));
  let told = await digests();
  assert.equal(told.length, 1, 'once, however often the clock runs');
  assert.match(told[0].title, /2 个问题/);
  assert.match(told[0].text, /牵头又配合 2/);
  must(bihuan(store, ['clock', 'advance', '1d']));
  assert.equal((await digests()).length, 2, 'the next day again');
  assert.equal((await get('messages?limit=200', liaison)).items.filter((one) => one.title.startsWith('每日核查')).length, 0);
});

test('the ledger balances between any two numbers, and its ends are the open ones of the definitions', async () => {
  const middle = journalOf(store);
  await office.do('problems', odd[0], 'withdraw', {}, '误录');
  const closed = (await get('problems?state=closed&limit=1')).items[0].id;
  await office.do('problems', closed, 'reopen', { due: day(today, 6) }, '又出现');
  const moved = (await get('problems?state=assigned&limit=50')).items.find((one) => one.id !== closed && one.lead_unit !== other).id;
  const { record } = await office.page('problems', moved);
  await office.ok('PATCH', '/api/v1/problems/' + moved, { values: { lead_unit: other } }, { 'if-match': `"${record.version}"` });
  const end = journalOf(store);
  for (const [from, to] of [[0, end], [start, end], [start, middle], [middle, end], [end, end]]) {
    const found = await get(`identities?from=${from}&to=${to}`);
    assert.equal(found.holds, true, JSON.stringify(found.breaks));
    assert.equal(found.whole.end, (await get('definitions/values?number=' + to)).all.open.numerator);
    if (from) assert.equal(found.whole.begin, (await get('definitions/values?number=' + from)).all.open.numerator);
    assert.equal(found.units.reduce((sum, one) => sum + one.moved_in - one.moved_out, 0), 0);
    assert.equal(found.units.reduce((sum, one) => sum + one.end, 0), found.whole.end);
  }
  const last = await get(`identities?from=${middle}&to=${end}`);
  assert.deepEqual([last.whole.withdrawn, last.whole.reopened, last.whole.added, last.whole.moved_in], [1, 1, 0, 0]);
  assert.equal(last.units.find((one) => one.unit === other).moved_in, 1);
  assert.equal((await liaison.call('GET', '/api/v1/identities')).status, 403);
  assert.equal((await office.call('GET', `/api/v1/identities?from=5&to=2`)).status, 400);
});

test('a mark that was altered behind the journal\'s back breaks it, and the record is named', async () => {
  const victim = (await get('problems?state=rectifying&limit=1')).items[0].id;
  await server.stop();
  databaseTool(store, `UPDATE problem SET counted = 0 WHERE id = ${victim}`);
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
  const found = await get('identities');
  assert.equal(found.holds, false);
  assert.deepEqual(found.breaks.map((one) => [one.identity, one.problem]), [['open', victim]]);
  assert.ok(found.breaks[0].sentence.length > 10);
  await server.stop();
  databaseTool(store, `UPDATE problem SET counted = 1 WHERE id = ${victim}`);
  server = await serve(store);
});

// What each rule forbids, planted behind the journal's back in one problem: [rule, in which state, what is written, the identity that it breaks too].
const dayNumber = (date) => Date.parse(date) / 86400000;
const planted = (now, gone, low, withdrawn, closed) => [
  ['no_lead_unit', 6, 'lead_unit = NULL', 'open'],
  ['no_owner', 6, 'owner_ = NULL, owner_user = NULL'],
  ['no_date', 6, 'due = NULL'],
  ['no_end', 11, 'watch_until = NULL'],
  ['held_too_low', 6, `lead_unit = ${low}`, 'open'],
  ['holder_gone', 6, `lead_unit = ${gone}`, 'open'],
  ['no_colour', 6, 'colour = NULL', 'colour'],
  ['colour_left', 13, 'colour = 2', 'colour'],
  ['dates_out_of_order', 6, 'admitted_on = assigned_on + 5'],
  ['step_missing', 11, 'closed_on = NULL', 'steps'],
  ['watch_overrun', 11, `watch_until = ${now - 5}`],
  ['suspended_overrun', 6, `state = 15, suspended_until = ${now - 5}`],
  ['part_alone', 6, `parent = ${withdrawn}`, 'parts'],
  ['part_behind', 6, `parent = ${closed}`, 'parts'],
  ['cycle_unexplained', 6, 'cycle = 2'],
];
async function collectedRound(now) {
  const units = (await get('units?limit=200')).items.filter((one) => one.name === '市水务局').map((one) => one.id);
  const id = await office.create('rounds', { campaign, name: '勾稽不平的一轮', opens_on: now, due: now, units, cutoff: `${now}T00:00:00+08:00` });
  await office.do('rounds', id, 'open');
  must(bihuan(store, ['clock', 'advance', '2d']));
  must(bihuan(store, ['clock', 'run']));
  await office.do('rounds', id, 'close');
  return id;
}
/** Plants every row of the table in a problem of its own: {rule: {id, number, identity}}. */
function plant(copy, now) {
  const [gone, low] = ['松泽区', '嘉禾区'].map((name) => Number(databaseTool(copy, `SELECT id FROM unit WHERE name = '${name}'`)));
  const [withdrawn, closed] = [13, 12].map((state) => Number(databaseTool(copy, `SELECT min(id) FROM problem WHERE state = ${state}`)));
  const victims = {};
  databaseTool(copy, `UPDATE unit SET valid_to = ${now - 1} WHERE id = ${gone}; UPDATE unit SET may_hold = 0 WHERE id = ${low}`);
  for (const [rule, state, set, identity] of planted(now, gone, low, withdrawn, closed)) {
    const taken = Object.values(victims).map((one) => one.id).concat(odd, closed);
    const [id, number] = databaseTool(copy, `SELECT id, number FROM problem WHERE state = ${state} AND kind <> 1 AND coalesce(cycle, 1) = 1 AND coalesce(rebounds, 0) = 0 AND id NOT IN (${taken}) ORDER BY id LIMIT 1`).split('|');
    databaseTool(copy, `UPDATE problem SET ${set} WHERE id = ${id}`);
    victims[rule] = { id: Number(id), number, identity };
  }
  return victims;
}

test('every rule finds what was planted, the daily line counts it, and a table that does not balance is not issued but names the records', async () => {
  office = await signIn(server, 'office', store.accounts.office);
  const round = await collectedRound((await office.ok('GET', '/api/v1/session')).store.today);
  const now = (await office.ok('GET', '/api/v1/session')).store.today;
  await server.stop();
  const copy = copyStore(store), victims = plant(copy, dayNumber(now));
  const there = await serve(copy);
  try {
    const client = await signIn(there, 'office', store.accounts.office);
    const found = await get('invariants?limit=200', client), mine = await get('invariants?limit=200', await signIn(there, 'liaison-housing', store.accounts['liaison-housing']));
    for (const [rule, { id }] of Object.entries(victims)) {
      assert.ok(found.items.some((one) => one.record.id === id && one.rules.includes(rule)), rule);
      assert.deepEqual((await get('invariants?rule=' + rule, client)).items.map((one) => one.record.id), [id], rule);
    }
    assert.ok(mine.items.length < found.items.length && mine.items.every((one) => [one.record.lead_unit, ...one.record.joint_units ?? []].includes(unit)));
    const broken = Object.values(victims).filter((one) => one.identity), identities = await get('identities', client);
    assert.equal(identities.holds, false);
    assert.deepEqual([...new Set(identities.breaks.map((one) => one.problem))].sort(), broken.map((one) => one.id).sort(), JSON.stringify(identities.breaks));
    for (const { id, identity } of broken) assert.ok(identities.breaks.some((one) => one.problem === id && one.identity === identity && one.sentence), identity);
    const refused = await client.act('rounds', round, 'freeze');
    assert.deepEqual([refused.status, refused.body.code], [409, 'does_not_balance']);
    for (const { number } of broken) assert.ok(refused.body.detail.includes(number), `${number}: ${refused.body.detail}`);
    assert.equal((await client.page('rounds', round)).record.state, 'collected', 'nothing was issued');
    must(bihuan(copy, ['clock', 'advance', '1d']));
    const line = (await get('messages?limit=200', client)).items.find((one) => one.title.startsWith('每日核查') && one.text.includes('无牵头单位'));
    for (const rule of found.rules.filter((one) => one.count)) assert.ok(line.text.includes(`${rule.label} `), `${rule.label}: ${line.text}`);
  } finally {
    await there.stop();
    copy.remove();
  }
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
  await office.do('rounds', round, 'freeze');
});

test('journal and tables agree in the end', async () => { must(bihuan(store, ['verify'])); });
