// Closing by risk on a real server: routes A, B and C to the end, the drawn sample, sending back with what more, objections, what is withheld,
// re-opening, a colour set by hand until its end, the office's own lateness, and a preview that equals what then happens.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { demoStore, serve, signIn, bihuan, day } from '../lib.mjs';

let store, server, office, second, liaison, head, acceptor, acceptor2, unit, campaign;
const now = async () => (await office.ok('GET', '/api/v1/session')).store.today;
const advance = (days) => { const done = bihuan(store, ['clock', 'advance', `${days}d`]); assert.equal(done.status, 0, done.err); };
const record = async (id) => (await office.page('problems', id)).record;
const codes = (answer) => answer.body.findings.map((one) => one.code);

before(async () => {
  store = demoStore();
  server = await serve(store);
  const as = (account) => signIn(server, account, store.accounts[account]);
  [office, second, liaison, head, acceptor, acceptor2] = await Promise.all(['office', 'office-second', 'liaison-housing', 'head-housing', 'acceptor-1', 'acceptor-2'].map(as));
  unit = liaison.session.user.unit;
  const today = await now();
  campaign = await office.create('campaigns', { name: '销号专项', code: 'XH', prefix: 'XH-', valid_from: today, valid_to: day(today, 700) });
});
after(async () => { await server?.stop(); store?.remove(); });

/** Assigned and taken. */
async function taken(kind, level, due = 60) {
  const id = await office.create('problems', { title: '地库渗水', campaign, category: 'livelihood', source: 'research', kind, level, lead_unit: unit, root_cause: '防水层老化' });
  await office.do('problems', id, 'submit');
  await office.do('problems', id, 'admit');
  await office.do('problems', id, 'assign', { due: day(await now(), due) });
  await liaison.do('problems', id, 'take');
  return id;
}
async function planned(id) {
  const today = await now(), measure = await liaison.create('measures', { problem: id, title: '重做防水', weight: 10000, start: today, due: day(today, 10), owner: '李某', unit });
  await liaison.do('problems', id, 'start', { owner: '张某' });
  await liaison.do('measures', measure, 'finish', { note: '完成' });
  await acceptor.do('measures', measure, 'accept_measure');
}
async function applied(id) {
  await liaison.create('evidences', { problem: id, title: '整改后照片', note: '不再渗水', phase: 'after' });
  await liaison.do('problems', id, 'apply', { progress_note: '全部完成' });
}
async function endorsed(kind, level, due) {
  const id = await taken(kind, level, due);
  await planned(id);
  await applied(id);
  await head.do('problems', id, 'endorse');
  return id;
}
const drawn = (seed, id, share) => createHmac('sha256', createHash('sha256').update(seed).digest()).update(`${id}:1`).digest().readBigUInt64BE(0) % 10000n < BigInt(share);

let a;
test('route A: two different acceptors on site, publicised after a review, closed by the office; the unit was in time', async () => {
  a = await endorsed('time_limited', 'city');
  assert.equal((await record(a)).route, 'a');
  const page = await acceptor.page('problems', a), offer = page.actions.find((one) => one.action === 'accept');
  assert.deepEqual(offer.takes, ['criteria_met', 'on_site', 'visited_on', 'visit_place']);
  assert.ok(codes(await acceptor.act('problems', a, 'accept')).includes('site_visit'));
  advance(3);
  await acceptor.accept(a);
  assert.equal((await record(a)).state, 'endorsed', 'one is not enough');
  const twice = await acceptor.act('problems', a, 'accept', { on_site: true, visited_on: await now(), visit_place: '整改现场' });
  assert.deepEqual(codes(twice), ['another_person']);
  assert.deepEqual(codes(await acceptor2.act('problems', a, 'accept', { on_site: true, visited_on: day(await now(), -4), visit_place: '整改现场' })), ['site_visit'], 'not before the application');
  assert.deepEqual(codes(await acceptor2.act('problems', a, 'accept', {})), ['site_visit'], 'the first acceptor’s visit is not the second’s');
  assert.equal((await liaison.act('problems', a, 'accept')).status, 403, 'the unit itself never');
  await acceptor2.accept(a);
  const told = async (client, title) => (await client.ok('GET', '/api/v1/messages?limit=200')).items.filter((one) => one.record === a && one.title.startsWith(title)).length;
  for (const until = Date.now() + 10000; !(await told(liaison, '验收通过'));) assert.ok(Date.now() < until, 'the unit is told');
  assert.equal(await told(liaison, '验收通过'), 1, 'once, when both have accepted');
  assert.equal(await told(acceptor2, '待再验收'), 1, 'and before that the other acceptor');
  const accepted = await office.page('problems', a);
  assert.equal(accepted.record.state, 'accepted');
  assert.equal(accepted.cycles[0].on_time, true);
  assert.equal(accepted.cycles[0].acceptors.length, 2);
  assert.ok(accepted.cycles[0].applied_on < accepted.cycles[0].accepted_on);
  assert.deepEqual(codes(await office.act('problems', a, 'publicise')), ['publicity_reviewed'], 'not public until somebody has looked');
  await office.do('problems', a, 'publicise', { publicity_scope: 'public' });
  advance(15);
  if ((await record(a)).state === 'publicised') await office.do('problems', a, 'close');
  assert.equal((await record(a)).state, 'closed');
});

test('re-opened: a date past half the first term is refused; the first cycle stays as it was', async () => {
  const today = await now(), first = (await office.page('problems', a)).cycles[0];
  assert.deepEqual(codes(await office.act('problems', a, 'reopen', { due: day(today, 31) }, '又渗水')), ['reopen_date']);
  await office.do('problems', a, 'reopen', { due: day(today, 30) }, '又渗水');
  const page = await office.page('problems', a);
  assert.equal(page.record.cycle, 2);
  assert.equal(page.record.colour, 'red');
  const same = ({ version, state, changed, entry, ...rest }) => rest;
  assert.deepEqual(same(page.cycles.find((one) => one.ordinal === 1)), same(first));
});

test('nobody lightens a route: a city problem that the office would close at the desk goes the full way, what is led since goes it too', async () => {
  const city = await taken('time_limited', 'city', 20), led = await taken('time_limited', 'unit', 20), strict = await taken('at_once', 'unit', 10);
  const edit = (id, values) => office.ok('PATCH', `/api/v1/problems/${id}`, { values }, { 'if-match': '*' });
  await edit(city, { route: 'c' });
  await edit(led, { led_by: 'four_teams', leader: '分管副市长' });
  await edit(strict, { route: 'b' });
  await planned(city);
  await planned(led);
  for (const [id, route] of [[city, 'a'], [led, 'a'], [strict, 'b']]) {
    await applied(id);
    assert.deepEqual([(await record(id)).route, (await record(id)).state], [route, 'applied']);
  }
});

test('route C: taken, one proof, applied for: three clicks and it is closed by the unit itself', async () => {
  const id = await taken('at_once', 'unit', 10);
  assert.equal((await record(id)).route, 'c');
  await applied(id);
  const done = await record(id);
  assert.equal(done.state, 'closed');
  assert.equal(done.acceptor ?? null, null);
});

test('route B: at the desk by one; what the seed draws is seen on site, and anybody can repeat the draw', async () => {
  await office.create('policies', { name: '抽查口径', campaign, valid_from: await now(), draw_b: 5000, draw_c: 5000, draw_seed: '公开种子' });
  const seen = { true: 0, false: 0 };
  for (let i = 0; i < 12 && (!seen.true || !seen.false); i++) {
    const id = await endorsed('time_limited', 'unit'), is = drawn('公开种子', id, 5000), problem = await record(id);
    assert.equal(problem.route, 'b');
    assert.equal(Boolean(problem.drawn_on), is);
    assert.equal((await liaison.page('problems', id)).record.drawn_seed, undefined, 'units do not see the seed');
    seen[is]++;
    const desk = await acceptor.act('problems', id, 'accept');
    if (is) {
      assert.deepEqual(codes(desk), ['site_visit']);
      await acceptor.accept(id);
    } else assert.equal(desk.status, 200, JSON.stringify(desk.body));
    await office.do('problems', id, 'close');
    assert.equal((await record(id)).state, 'closed');
  }
  assert.ok(seen.true && seen.false);
  const journal = await office.ok('GET', '/api/v1/problems?drawn_on=any&campaign=' + campaign);
  assert.ok(journal.items.length >= 1, 'the sample is a list');
});

test('a drawn C is closed by its unit and checked afterwards by somebody else', async () => {
  for (let i = 0; i < 20; i++) {
    const id = await taken('at_once', 'unit', 10);
    await applied(id);
    assert.equal((await record(id)).state, 'closed');
    const check = { on_site: true, visited_on: await now(), visit_place: '二号库' };
    if (!drawn('公开种子', id, 5000)) {
      assert.deepEqual(codes(await acceptor.act('problems', id, 'check_sample', check)), ['site_visit'], 'only what was drawn');
      continue;
    }
    await acceptor.do('problems', id, 'check_sample', check);
    assert.equal((await record(id)).checked_on, await now());
    return;
  }
  assert.fail('nothing was drawn of twenty');
});

test('criteria: every required one is answered with yes, the missing ones are named', async () => {
  await office.do('campaigns', campaign, 'adopt_criteria');
  const criteria = (await office.ok('GET', '/api/v1/criteria?campaign=' + campaign)).items.sort((one, other) => one.order - other.order);
  assert.equal(criteria.length, 5);
  const id = await endorsed('time_limited', 'city'), visit = { on_site: true, visited_on: await now(), visit_place: '现场' };
  const refused = await acceptor.act('problems', id, 'accept', { ...visit, criteria_met: criteria.slice(1).map((one) => one.id) });
  assert.deepEqual(codes(refused), ['criteria_met']);
  assert.match(refused.body.findings[0].sentence, /整改方案的任务和措施全部落实/);
  await acceptor.do('problems', id, 'accept', { ...visit, criteria_met: criteria.map((one) => one.id) });
  for (const one of criteria) await office.do('criteria', one.id, 'retire', {}, '试用结束');
  await acceptor2.accept(id);
  assert.equal((await office.page('problems', id)).cycles[0].criteria.length, 5);
});

let objected;
test('sent back at acceptance: what more is asked is shown to the unit in its tasks and kept in the cycle', async () => {
  objected = await endorsed('time_limited', 'city');
  assert.equal((await acceptor.act('problems', objected, 'send_back', {}, '不全')).status, 422);
  const late = await acceptor.act('problems', objected, 'send_back', { asked_more: '补淋水试验', due: day(await now(), 31) }, '不全');
  assert.deepEqual(codes(late), ['send_back_date']);
  await acceptor.do('problems', objected, 'send_back', { asked_more: '补淋水试验' }, '不全');
  const task = (await liaison.ok('GET', '/api/v1/tasks')).items.find((one) => one.type === 'problem' && one.record.id === objected);
  assert.equal(task.asked_more, '补淋水试验');
  const page = await liaison.page('problems', objected);
  assert.equal(page.record.colour, 'orange');
  assert.match(page.cycles[0].asked_more, /补淋水试验/);
  const story = (await liaison.ok('GET', `/api/v1/problems/${objected}/journal`)).entries.find((one) => one.action === 'send_back');
  assert.ok(JSON.stringify(story.changes).includes('补淋水试验'), 'the story tells it');
  await applied(objected);
  await head.do('problems', objected, 'endorse');
  await acceptor.accept(objected);
  await acceptor2.accept(objected);
  await office.do('problems', objected, 'publicise', { publicity_scope: 'public' });
});

const daysBetween = (from, to) => (Date.parse(to) - Date.parse(from)) / 86400000;
const waiting = async (who, id) => (await who.ok('GET', '/api/v1/tasks')).items.find((one) => one.type === 'objection' && one.record.id === id);
async function judge(id, verdict) {
  await office.do('objections', id, 'conclude', { verdict, verdict_reason: '两人到现场看过' });
  assert.equal(await waiting(office, id), undefined, 'who proposed the verdict is not asked to agree with it');
  assert.equal((await waiting(second, id)).action, 'agree');
  assert.deepEqual(codes(await office.act('objections', id, 'agree')), ['another_person']);
  await second.do('objections', id, 'agree');
}
const objection = async () => office.create('objections', { problem: objected, text: '雨天还渗', received_on: await now(), channel: 'phone', from_whom: '王某', contact: '13900000001' });
test('an objection stops the closing until two people have judged it; unfounded closes, founded sends back', async () => {
  const first = await objection();
  assert.equal((await waiting(second, first)).action, 'conclude', 'an objection is among the tasks of whoever may judge it');
  assert.equal((await waiting(second, first)).due, (await record(objected)).publicity_until, 'before the publicity ends');
  assert.equal(await waiting(liaison, first), undefined);
  const sealed = (await office.page('objections', first)).record.contact;
  assert.ok(sealed && !sealed.includes('13900000001'), 'the contact is masked');
  assert.equal((await liaison.page('objections', first)).record.contact, undefined, 'the unit does not learn who objected');
  assert.equal((await liaison.page('objections', first)).record.from_whom, undefined);
  advance(15);
  assert.equal((await record(objected)).state, 'publicised', 'the clock does not close it either');
  assert.ok(codes(await office.act('problems', objected, 'close')).includes('objections_none'));
  await judge(first, 'unfounded');
  const answer = await waiting(office, first);
  assert.deepEqual([answer.action, answer.due], ['answer', (await office.page('objections', first)).record.reply_due], 'once judged, whoever objected is owed an answer by a date');
  assert.ok(daysBetween(await now(), answer.due) >= 5 && daysBetween(await now(), answer.due) <= 18, 'within the policy\'s working days of the verdict');
  const again = await objection();
  await judge(again, 'founded');
  const back = await office.page('problems', objected);
  assert.equal(back.record.state, 'rectifying');
  assert.equal(back.record.sent_back, 2);
  assert.equal(back.objections.length, 2);
  assert.equal(back.record.publicity_scope ?? null, null, 'it has to be reviewed again');
  await office.do('objections', again, 'answer', { reply: '已责令返工' });
});

test('what is withheld: inside the Party with a reason, or skipped with a reason and closed without publicity', async () => {
  const party = await endorsed('time_limited', 'city');
  await acceptor.accept(party);
  await acceptor2.accept(party);
  assert.deepEqual(codes(await office.act('problems', party, 'publicise', { publicity_scope: 'party' })), ['publicity_reviewed']);
  await office.do('problems', party, 'publicise', { publicity_scope: 'party', withhold_reason: 'party' });
  const skipped = await endorsed('time_limited', 'city');
  await acceptor.accept(skipped);
  await acceptor2.accept(skipped);
  assert.deepEqual(codes(await office.act('problems', skipped, 'close')), ['publicity_off']);
  assert.deepEqual(codes(await office.act('problems', skipped, 'review_publicity', { publicity_scope: 'skipped' })), ['publicity_reviewed']);
  await office.do('problems', skipped, 'review_publicity', { publicity_scope: 'skipped', withhold_reason: 'state_secret' });
  await office.do('problems', skipped, 'close');
  assert.equal((await record(skipped)).state, 'closed');
});

test('a colour set by hand stands beside the computed one, is counted by unit, and ends by the clock', async () => {
  const id = await taken('time_limited', 'unit'), today = await now();
  assert.deepEqual(codes(await office.act('problems', id, 'hand_set_colour', { hand_colour: 'red', hand_colour_until: day(today, 31) }, '领导关注')), ['hand_colour']);
  await office.do('problems', id, 'hand_set_colour', { hand_colour: 'red', hand_colour_until: day(today, 5) }, '领导关注');
  const page = await office.page('problems', id);
  assert.equal(page.record.colour, 'blue');
  assert.deepEqual(page.colour.hand, { colour: 'red', label: '红', until: day(today, 5), why: '领导关注' });
  const said = bihuan(store, ['colour', String(id), '--json']).json();
  assert.deepEqual([said.colour, said.hand_colour], ['blue', 'red']);
  const tally = await office.ok('GET', '/api/v1/problems/tally?by=lead_unit,hand_colour&hand_colour=any');
  assert.equal(tally.cells?.length ?? tally.items?.length, 1, JSON.stringify(tally));
  advance(5);
  assert.equal((await record(id)).hand_colour, 'red', 'its last day counts');
  advance(1);
  const over = await office.page('problems', id);
  assert.equal(over.record.hand_colour ?? null, null);
  assert.equal(over.colour.hand, undefined);
  const story = await office.ok('GET', `/api/v1/problems/${id}/journal`);
  assert.ok(story.entries.some((one) => one.action === 'lift_hand_colour' && one.reason === '人工颜色到期'));
});

test("the office's own lateness colours its task, not the problem", async () => {
  const id = await endorsed('time_limited', 'unit', 200), before = await office.ok('GET', '/api/v1/reviews');
  assert.ok(before.in_time >= 1);
  const colour = (await record(id)).colour;
  advance(12);
  const task = (await office.ok('GET', '/api/v1/tasks')).items.find((one) => one.type === 'problem' && one.record.id === id);
  assert.equal(task.review.colour, 'yellow');
  assert.ok(task.review.late >= 1 && task.review.late <= 5, JSON.stringify(task.review));
  advance(21);
  const after = await office.ok('GET', '/api/v1/reviews');
  assert.ok(after.orange >= 1, JSON.stringify(after));
  assert.equal(after.waiting, after.in_time + after.yellow + after.orange);
  assert.equal((await record(id)).colour, colour, 'the problem stands as at application');
});

test('a preview equals what changes once the policy is made and the clock ran', async () => {
  const presets = (await office.ok('GET', '/api/v1/colour-presets')).items;
  assert.ok(presets.length >= 8 && presets.every((one) => one.source && one.rules.length > 2));
  for (const preset of ['dazu', 'five']) {
    bihuan(store, ['clock', 'run']);
    const values = { name: '改用' + preset, campaign, valid_from: await now(), preset };
    const list = async () => Object.fromEntries((await office.ok('GET', `/api/v1/problems?campaign=${campaign}&counted=true&limit=200`)).items.map((one) => [one.id, one.colour]));
    const policies = async () => (await office.ok('GET', '/api/v1/policies')).items.length;
    const earlier = await list(), made = await policies();
    const preview = await office.ok('POST', '/api/v1/policies/preview?limit=2', { values });
    assert.equal(await policies(), made, 'nothing is made');
    assert.deepEqual(await list(), earlier, 'and nothing changes colour');
    assert.ok(preview.changed > 0);
    assert.equal(preview.total, Object.keys(earlier).length);
    assert.ok(preview.examples.length <= 2 && preview.examples[0].from.why && preview.examples[0].to.why);
    assert.equal(preview.by_unit.reduce((sum, one) => sum + one.changed, 0), preview.changed);
    if (preview.after) {
      const next = await office.ok('POST', `/api/v1/policies/preview?limit=2&after=${preview.after}`, { values });
      assert.ok(next.examples.every((one) => one.record.id > preview.after) && next.changed === preview.changed, 'further examples, the same counts');
    }
    await office.create('policies', values);
    assert.equal(bihuan(store, ['clock', 'run']).status, 0);
    const later = await list(), cells = {};
    for (const id of Object.keys(earlier)) { const key = `${earlier[id]} ${later[id]}`; cells[key] = (cells[key] ?? 0) + 1; }
    assert.deepEqual(Object.fromEntries(preview.matrix.map((one) => [`${one.from} ${one.to}`, one.count])), cells);
  }
  assert.equal((await liaison.call('POST', '/api/v1/policies/preview', { values: {} })).status, 403);
  const wrong = await office.call('POST', '/api/v1/policies/preview', { values: { name: '试行', campaign, valid_from: '2020-01-01', colour_rules: '[]' } });
  assert.equal(wrong.status, 422);
  assert.deepEqual(codes(wrong).sort(), ['policy_not_past', 'wrong_rules']);
});

test('the store verifies', () => {
  const verified = bihuan(store, ['verify']);
  assert.equal(verified.status, 0, verified.out + verified.err);
});
