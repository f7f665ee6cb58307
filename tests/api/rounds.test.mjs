// Two rounds of four units: answers prefilled from the ledger, a nil reply, a unit that is late, freezing, changes, freezing again; the
// comparison says what was really done; a correction slip; tampering is found; a destroyed record leaves only its digest.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoStore, freshStore, serve, signIn, bihuan, databaseTool, copyStore, day, must, followed } from '../lib.mjs';

let silentProblem, store, server, office, second, housing, health, head, leader, reviewer, campaign, units, today;
before(async () => {
  store = demoStore();
  const more = must(bihuan(store, ['user', 'create', 'office-2', '--name', '整改办二', '--as', 'sysadmin', '--password-stdin'], { input: 'office-password-2\n' }));
  assert.equal(more.status, 0);
  must(bihuan(store, ['user', 'create', 'office-3', '--name', '整改办三', '--as', 'sysadmin', '--password-stdin'], { input: 'office-password-3\n' }));
  for (const account of ['office-2', 'office-3']) must(bihuan(store, ['user', 'grant', account, 'office', '--secrecy', 'internal', '--as', 'secadmin']));
  server = await serve(store);
  const as = (account) => signIn(server, account, store.accounts[account]);
  office = await as('office');
  second = await signIn(server, 'office-2', 'office-password-2');
  housing = await as('liaison-housing');
  health = await as('liaison-health');
  head = await as('head-housing');
  leader = await as('leader');
  reviewer = await as('reviewer');
  const session = await office.ok('GET', '/api/v1/session');
  campaign = session.campaign.id;
  today = session.store.today;
  const all = (await office.ok('GET', '/api/v1/units?limit=200')).items;
  const silent = all.find((one) => one.name === '市审计局') ?? all.find((one) => ![housing, health].some((person) => person.session.user.unit === one.id));
  units = [housing.session.user.unit, health.session.user.unit, (await as('liaison-pujiang')).session.user.unit, silent.id];
  assert.equal(new Set(units).size, 4);
  silentProblem = await office.create('problems', { title: '没有报过进展的问题', campaign, category: 'livelihood', source: 'research', kind: 'time_limited', level: 'unit', lead_unit: units[0], root_cause: '流程不顺' });
  await office.do('problems', silentProblem, 'submit');
  await office.do('problems', silentProblem, 'admit');
  await office.do('problems', silentProblem, 'assign', { due: day(today, 60) });
  await housing.do('problems', silentProblem, 'take');
  clock('1d');
  today = await now();
});
after(async () => { await server?.stop(); store?.remove(); });

const answersOf = async (client, round) => (await client.ok('GET', `/api/v1/round_answers?round=${round}&limit=100`)).items;
const answerOf = async (client, round, unit) => (await answersOf(client, round)).find((one) => one.unit === unit);
const clock = (days) => must(bihuan(store, ['clock', 'advance', days]));
const now = async () => (await office.ok('GET', '/api/v1/session')).store.today;
const record = async (type, id) => (await office.page(type, id)).record;
const problemsOf = async (client, query) => (await client.ok('GET', `/api/v1/problems?limit=200&${query}`)).items;
const compare = (client, from, to) => client.ok('GET', `/api/v1/rounds/compare?from=${from}&to=${to}`);
const group = (whole, name) => whole.groups.find((one) => one.group === name).count;

let one, two;
test('a round is planned with a dense number, and opening it asks each unit once', async () => {
  one = await office.create('rounds', { campaign, name: '第一轮报送', opens_on: today, due: day(today, 7), units });
  const planned = await record('rounds', one);
  assert.equal(planned.number, 1);
  assert.equal(planned.state, 'planned');
  assert.equal((await housing.act('rounds', one, 'open')).status, 403, 'a liaison opens no round');
  await office.do('rounds', one, 'open');
  const answers = await answersOf(office, one);
  assert.deepEqual(answers.map((answer) => answer.unit).sort(), [...units].sort());
  assert.ok(answers.every((answer) => answer.state === 'awaited' && answer.due === day(today, 7)));
  assert.equal((await record('rounds', one)).asked, 4);
});

test('a liaison sees only the answer of its own unit; leaders and reviewers read all, and answer nothing', async () => {
  assert.deepEqual((await answersOf(housing, one)).map((answer) => answer.unit), [units[0]]);
  assert.equal((await answersOf(leader, one)).length, 4);
  assert.equal((await answersOf(reviewer, one)).length, 4);
  const foreign = await answerOf(office, one, units[1]);
  assert.equal((await housing.act('round_answers', foreign.id, 'nil_reply')).status, 404);
  assert.equal((await housing.call('GET', `/api/v1/round_answers/${foreign.id}/draft`)).status, 404);
  assert.equal((await leader.act('round_answers', foreign.id, 'answer')).status, 403);
});

test('the draft is filled by the ledger but for the note, and says what lacks a progress note', async () => {
  const answer = await answerOf(housing, one, units[0]);
  const draft = await housing.ok('GET', `/api/v1/round_answers/${answer.id}/draft`);
  const counted = await problemsOf(office, `lead_unit=${units[0]}&counted=true`);
  const filled = Object.fromEntries(draft.form.map((cell) => [cell.field, cell.value]));
  assert.equal(filled.problems, counted.length);
  assert.ok(counted.length > 2);
  assert.equal(filled.open, counted.filter((problem) => !['closed', 'settled'].includes(problem.state)).length);
  for (const colour of ['green', 'blue', 'yellow', 'orange', 'red', 'grey']) assert.equal(filled[colour], counted.filter((problem) => problem.colour === colour).length, colour);
  assert.equal(draft.fields - draft.prefilled, 1, 'only the note is typed');
  assert.ok(draft.prefilled / draft.fields >= 0.8);
  assert.equal(filled.lacking, draft.lacking.length);
  assert.ok(draft.lacking.some((problem) => problem.id === silentProblem), 'nothing was reported of it');
  assert.match(draft.warning, /没有报过进展/);
});

test('a nil reply is refused with a sentence while open problems are silent, and stands with a reason', async () => {
  const answer = await answerOf(housing, one, units[0]);
  const refused = await housing.act('round_answers', answer.id, 'nil_reply');
  assert.equal(refused.status, 409);
  assert.equal(refused.body.findings[0].code, 'nil_changes');
  assert.match(refused.body.findings[0].sentence, /没有报过进展/);
  await housing.do('round_answers', answer.id, 'nil_reply', {}, '本月无新进展');
  assert.equal((await answerOf(housing, one, units[0])).state, 'nil');
  const page = await housing.page('round_answers', answer.id);
  await housing.do('round_answers', answer.id, 'report');
  const again = (await housing.page('round_answers', answer.id)).record;
  assert.equal(again.state, 'answered', 'it may be answered instead while the round is open');
  assert.equal(again.problems, page.record.problems);
});

test('the liaison confirms what the ledger says; a unit without problems gives a nil reply in one click', async () => {
  const answer = await answerOf(health, one, units[1]);
  await health.do('round_answers', answer.id, 'answer');
  const given = (await health.page('round_answers', answer.id)).record;
  assert.equal(given.state, 'answered');
  assert.equal(given.answered_on, today);
  assert.equal(given.answered_by, health.session.user.id);
  assert.equal(given.problems, (await problemsOf(office, `lead_unit=${units[1]}&counted=true`)).length);
});

test('who has not answered is reminded before the date, on it, and is late after it: once a day', async () => {
  const early = await office.act('rounds', one, 'close');
  assert.equal(early.status, 409);
  assert.equal(early.body.findings[0].code, 'round_collected');
  clock('4d');
  const reminded = await answerOf(office, one, units[2]);
  assert.equal(reminded.reminded, 1, 'three days before');
  assert.equal((await office.act('round_answers', reminded.id, 'remind')).body.findings?.[0].code, 'reminded_once', 'not twice on one day');
  clock('3d');
  assert.equal((await answerOf(office, one, units[2])).reminded, 2, 'on the day');
  const pujiang = await signIn(server, 'liaison-pujiang', store.accounts['liaison-pujiang']);
  await pujiang.do('round_answers', reminded.id, 'answer');
  clock('1d');
  const late = await answerOf(office, one, units[3]);
  assert.equal(late.state, 'late');
  assert.equal(late.reminded, 3);
  clock('1d');
  assert.equal((await answerOf(office, one, units[3])).reminded, 4);
  assert.equal((await answerOf(office, one, units[2])).reminded, 2, 'who has answered is left alone');
  await followed(server);
  const told = (await pujiang.ok('GET', '/api/v1/messages?limit=100')).items.map((message) => message.title);
  assert.ok(told.some((title) => title.startsWith('请报送')), told.join());
  assert.equal(told.filter((title) => title.startsWith('报送提醒')).length, 0, 'the clock reminds in the daily digest, not one by one');
});

let frozenOne;
test('collecting is closed; freezing keeps the figures of every problem, and nothing else changes them', async () => {
  await office.do('rounds', one, 'close');
  const silent = await answerOf(office, one, units[3]);
  assert.equal((await office.act('round_answers', silent.id, 'excuse', {}, '晚了')).status, 409, 'a closed round takes nothing');
  const unprepared = await office.call('POST', '/api/v1/changes', { changes: [{ type: 'round', id: one, action: 'freeze' }] });
  assert.equal(unprepared.body.findings[0].code, 'not_prepared', 'the door freezes only what was reckoned');
  assert.equal((await leader.act('rounds', one, 'freeze')).status, 403);
  const done = await office.act('rounds', one, 'freeze');
  assert.equal(done.status, 200, JSON.stringify(done.body));
  const round = await record('rounds', one);
  assert.equal(round.state, 'frozen');
  frozenOne = (await office.page('frozen_tables', round.frozen_table)).record;
  const admitted = await problemsOf(office, 'state=admitted,assigned,taken,rectifying,applied,endorsed,accepted,publicised,closed,settled');
  assert.ok(frozenOne.lines >= admitted.length);
  assert.equal(JSON.parse(frozenOne.totals).problems, (await problemsOf(office, 'counted=true')).length);
  assert.match(frozenOne.hash, /^[0-9a-f]{64}$/);
  assert.equal((await office.act('rounds', one, 'freeze')).status, 409, 'not twice');
  assert.equal((await housing.call('GET', `/api/v1/frozen_tables/${frozenOne.id}`)).status, 404, 'the city\'s totals are not a unit\'s');
  const verified = bihuan(store, ['verify', '--json']);
  assert.equal(verified.json().frozen_tables, 1);
  assert.equal(verified.status, 0, verified.out);
});

test('a second round in the same month needs a reason and an approval', async () => {
  const again = await office.create('rounds', { campaign, name: '加报一轮', opens_on: today, due: day(await now(), 3), units });
  assert.equal((await record('rounds', again)).number, 2);
  const refused = await office.act('rounds', again, 'open');
  assert.equal(refused.status, 409);
  assert.equal(refused.body.findings[0].code, 'round_month');
  assert.equal((await office.act('rounds', again, 'ask_extra')).status, 422, 'a reason is asked');
  await office.do('rounds', again, 'ask_extra', {}, '市委督查需要');
  const approval = (await office.ok('GET', '/api/v1/approvals?state=asked&limit=50')).items.find((item) => item.type === 'round' && item.record === again);
  assert.equal((await office.act('approvals', approval.id, 'agree')).status, 409, 'not by who asked');
  await second.do('approvals', approval.id, 'agree');
  assert.equal((await record('rounds', again)).extra, true);
  two = again;
});

let changed;
test('between the rounds: one is added, one withdrawn, one changed', async () => {
  const at = await now();
  const added = await office.create('problems', { title: '轮次之间登记的问题', campaign, category: 'economy', source: 'research', kind: 'time_limited', level: 'unit', lead_unit: units[0], root_cause: '职责不清' });
  await office.do('problems', added, 'submit');
  await office.do('problems', added, 'admit');
  await office.do('problems', added, 'assign', { due: day(at, 40) });
  const open = await problemsOf(office, `lead_unit=${units[0]}&state=assigned,taken,rectifying`);
  const gone = open.find((problem) => problem.id !== added), worked = open.find((problem) => problem.state === 'rectifying' && problem.id !== gone.id);
  await office.do('problems', gone.id, 'withdraw', {}, '重复登记');
  await housing.do('problems', worked.id, 'report', { progress_note: '轮次之间的进展' });
  const admitted = await office.create('problems', { title: '轮次之间转办的问题', campaign, category: 'governance', source: 'research', kind: 'at_once', level: 'unit', lead_unit: units[1] });
  changed = { added, gone: gone.id, worked: worked.id, draft: admitted };
});

test('the second round is answered, frozen, and compared: what is told is what was done', async () => {
  await office.do('rounds', two, 'open');
  const answer = await answerOf(housing, two, units[0]);
  const draft = await housing.ok('GET', `/api/v1/round_answers/${answer.id}/draft`);
  assert.ok(!draft.lacking.some((problem) => problem.id === changed.worked), 'what was reported since the last round lacks nothing');
  assert.equal(draft.form.find((cell) => cell.field === 'added').value, 1);
  await housing.do('round_answers', answer.id, 'answer');
  clock('5d');
  await office.do('rounds', two, 'close');
  assert.equal((await office.act('rounds', two, 'freeze')).status, 200);
  for (const path of ['', '?from=', `?to=${two}`]) {
    const unsaid = await office.call('GET', `/api/v1/rounds/compare${path}`);
    assert.equal(unsaid.status, 400);
    assert.match(unsaid.body.detail, /请写 from/);
  }
  const whole = await compare(office, one, two);
  assert.equal(group(whole, 'added'), 1);
  assert.equal(group(whole, 'withdrawn'), 1);
  assert.equal(group(whole, 'moved'), 0);
  assert.equal(group(whole, 'merged'), 0);
  assert.ok(whole.identity.balances);
  assert.equal(whole.identity.closing, whole.identity.opening + 1 - 1 + whole.identity.reopened - whole.identity.closed);
  assert.equal(whole.before.problems, whole.after.problems, 'one came, one went');
  assert.equal(whole.from.journal_number, frozenOne.journal_number);
  assert.ok(whole.to.cutoff && whole.to.definitions >= 1 && whole.to.journal_number > whole.from.journal_number);
  const line = whole.by_unit.find((row) => row.unit === units[0]);
  assert.deepEqual([line.added, line.withdrawn, line.balances], [1, 1, true]);
  assert.ok(whole.by_unit.every((row) => row.balances) && whole.by_category.every((row) => row.balances));
  assert.equal(whole.groups.filter((row) => ['changed', 'unchanged', 'withdrawn', 'merged'].includes(row.group)).reduce((sum, row) => sum + row.count, 0), whole.before.problems);
  assert.deepEqual(whole.late.filter((row) => row.missing).map((row) => row.unit).sort(), units.slice(1).sort(), 'those who did not answer are named');
  assert.ok(whole.late.every((row) => row.reminded >= 1));
});

test('each group opens its list, page by page, with old and new values from the journal', async () => {
  const list = (name, more = '') => office.ok('GET', `/api/v1/rounds/compare/${name}?from=${one}&to=${two}${more}`);
  assert.deepEqual((await list('added')).items.map((item) => item.id), [changed.added]);
  assert.equal((await list('added')).items[0].before, null);
  assert.deepEqual((await list('withdrawn')).items.map((item) => [item.id, item.after.state]), [[changed.gone, 'withdrawn']]);
  const worked = (await list('changed', '&limit=200')).items.find((item) => item.id === changed.worked);
  const note = worked.changes.find((change) => change.field === 'progress_note');
  assert.equal(note.new, '轮次之间的进展');
  assert.notEqual(note.old, note.new);
  const all = [];
  for (let after = 0; after !== null;) {
    const page = await list('unchanged', `&limit=3&after=${after}`);
    assert.ok(page.items.length <= 3);
    all.push(...page.items.map((item) => item.id));
    after = page.next;
  }
  assert.equal(all.length, new Set(all).size);
  assert.equal(all.length, group(await compare(office, one, two), 'unchanged'));
  assert.ok((await list('unchanged', `&unit=${units[1]}&limit=200`)).items.every((item) => item.after.lead_unit === units[1]));
  assert.equal((await office.call('GET', `/api/v1/rounds/compare/nothing?from=${one}&to=${two}`)).status, 404);
});

test('a comparison lists the first few of each group beside its figures when it is asked to, as the lists have them', async () => {
  const ends = `from=${one}&to=${two}`;
  const whole = await office.ok('GET', `/api/v1/rounds/compare?${ends}&each=2`);
  assert.ok(whole.groups.some((row) => row.count > 2 && row.items.length === 2), 'no more than asked for');
  for (const row of whole.groups) {
    const list = await office.ok('GET', `/api/v1/rounds/compare/${row.group}?${ends}&limit=2`);
    assert.deepEqual(row.items, row.group === 'unchanged' ? [] : list.items, row.group);
  }
  assert.ok(whole.groups.flatMap((row) => row.items).every((item) => whole.labels.unit[(item.after ?? item.before).lead_unit]));
  assert.ok((await compare(office, one, two)).groups.every((row) => !('items' in row)), 'not asked for, not there');
  for (const each of ['21', '-1']) assert.equal((await office.call('GET', `/api/v1/rounds/compare?${ends}&each=${each}`)).status, 400);
});

test('moments and journal numbers compare like rounds, and a unit sees its own problems only', async () => {
  const unknown = (await office.call('GET', '/api/v1/rounds/compare?from=1&to=now')).body;
  assert.ok(JSON.stringify(unknown).includes(`${one}(第 1 轮`), 'who writes the round\'s own number is told the id: ' + JSON.stringify(unknown));
  const rounds = await compare(office, one, two);
  const numbers = await compare(office, `journal:${rounds.from.journal_number}`, `journal:${rounds.to.journal_number}`);
  assert.deepEqual(numbers.groups, rounds.groups, 'replayed from the journal, it is the same');
  assert.deepEqual(numbers.identity, rounds.identity);
  const own = await compare(housing, one, two);
  assert.ok(own.by_unit.every((row) => row.unit === units[0] || row.moved_out === 0));
  assert.ok(own.before.problems < rounds.before.problems);
  assert.equal((await compare(health, one, two)).groups.find((row) => row.group === 'added').count, 0);
  const wrong = await office.call('GET', `/api/v1/rounds/compare?from=${two}&to=${one}`);
  assert.equal(wrong.status, 400);
  assert.equal((await office.call('GET', '/api/v1/rounds/compare?from=soon&to=now')).status, 400);
  const printed = must(bihuan(store, ['rounds', 'compare', String(one), String(two), '--as', 'office', '--csv', `${store.data}/compare.csv`, '--json'])).json();
  assert.deepEqual(printed.groups.map((row) => row.count), rounds.groups.map((row) => row.count));
});

test('a frozen figure is corrected only by a slip that two others agree to; the table itself stays', async () => {
  const third = await signIn(server, 'office-3', 'office-password-3');
  const wrong = await office.create('corrections', { frozen_table: frozenOne.id, problem: changed.worked, figure: '问题类别', corrected: '没有的类别', why: '试试' });
  const refused = (await office.act('corrections', wrong, 'submit')).body.findings[0];
  assert.deepEqual([refused.code, refused.field], ['slip_figure', 'corrected']);
  assert.match(refused.sentence, /党风廉政与队伍建设/, 'what it may be is said in words');
  await office.do('corrections', wrong, 'withdraw', {}, '写错').catch(() => null);
  const slip = await office.create('corrections', { frozen_table: frozenOne.id, problem: changed.worked, figure: '问题类别', corrected: '党风廉政与队伍建设', why: '类别填错,以会议纪要为准' });
  await office.do('corrections', slip, 'submit');
  const asked = await record('corrections', slip);
  assert.deepEqual([asked.figure, asked.corrected], ['category', 'party'], 'written in words, kept as the frozen table does');
  assert.equal(asked.number, 1);
  assert.ok(asked.was.length > 1, 'what was frozen is read from the table');
  const approval = (await office.ok('GET', '/api/v1/approvals?state=asked&limit=50')).items.find((item) => item.type === 'correction' && item.record === slip);
  assert.match(approval.title, /问题类别 .+ → 党风廉政与队伍建设$/, 'whoever agrees reads what becomes what');
  await second.do('approvals', approval.id, 'agree');
  assert.equal((await record('corrections', slip)).state, 'asked', 'one is not two');
  assert.equal((await second.act('approvals', approval.id, 'agree')).status, 409);
  await third.do('approvals', approval.id, 'agree');
  assert.equal((await record('corrections', slip)).state, 'made');
  assert.equal((await record('rounds', one)).slips, 1);
  const table = (await office.page('frozen_tables', frozenOne.id)).record;
  assert.equal(table.slips, 1);
  assert.equal(table.hash, frozenOne.hash);
  const item = (await office.ok('GET', `/api/v1/rounds/compare/changed?from=${one}&to=${two}&limit=200`)).items.find((line) => line.id === changed.worked);
  assert.equal(item.slips_before[0].corrected, 'party');
  assert.equal(item.before.category, asked.was, 'the frozen figure is shown as it was, the slip is its footnote');
  assert.equal((await compare(office, one, two)).from.slips.length, 1);
  const none = await office.create('corrections', { frozen_table: frozenOne.id, figure: 'nonsense', corrected: '1', why: '试试' });
  assert.equal((await office.act('corrections', none, 'submit')).body.findings[0].code, 'no_such_figure');
  assert.equal(bihuan(store, ['verify']).status, 0);
});

let three, later;
test('a cut-off in the past freezes what stood then, and a table that does not balance is refused by name', async () => {
  await office.ok('PATCH', `/api/v1/campaigns/${campaign}`, { values: { valid_to: day(await now(), 400) } }, { 'if-match': '*' });
  clock('31d');
  const at = await now();
  three = await office.create('rounds', { campaign, name: '第三轮报送', opens_on: at, due: day(at, 1), units, cutoff: `${at}T00:00:00+08:00` });
  await office.do('rounds', three, 'open');
  later = await office.create('problems', { title: '截止之后才入库的问题', campaign, category: 'economy', source: 'research', kind: 'at_once', level: 'unit', lead_unit: units[0] });
  await office.do('problems', later, 'submit');
  await office.do('problems', later, 'admit');
  clock('2d');
  await office.do('rounds', three, 'close');
  const worked = await record('problems', changed.worked);
  await server.stop();
  const copy = copyStore(store);
  databaseTool(copy, `UPDATE problem SET counted = 0 WHERE id = ${changed.worked}`);
  const other = await serve(copy);
  try {
    const there = await signIn(other, 'office', store.accounts.office);
    const refused = await there.act('rounds', three, 'freeze');
    assert.equal(refused.status, 409);
    assert.equal(refused.body.code, 'does_not_balance', JSON.stringify(refused.body));
    assert.ok(refused.body.detail.includes(worked.number), refused.body.detail);
  } finally {
    await other.stop();
    copy.remove();
  }
  server = await serve(store);
  for (const client of [office, second, housing, health, head, leader, reviewer]) client.origin = server.origin;
  await office.do('rounds', three, 'freeze');
  const table = (await office.page('frozen_tables', (await record('rounds', three)).frozen_table)).record;
  assert.ok(table.journal_number < later, 'true at the last entry before the cut-off');
  assert.equal(group(await compare(office, two, three), 'added'), 0);
  const since = await office.ok('GET', `/api/v1/rounds/compare/added?from=${three}&to=now`);
  assert.deepEqual(since.items.map((item) => item.id), [later]);
  assert.equal(bihuan(store, ['verify']).status, 0);
});

test('tampering with the content or the hash is found by verify, and named', async () => {
  await server.stop();
  const broken = (change, file) => {
    const copy = copyStore(store);
    try {
      databaseTool(copy, change, file);
      const found = bihuan(copy, ['verify']);
      assert.equal(found.status, 1, change);
      return found.out;
    } finally { copy.remove(); }
  };
  const piece = `kind = 12 AND key = '${frozenOne.hash}:000001'`;
  assert.match(broken(`UPDATE side_value SET value = replace(value, ',', ',') || 'x' WHERE ${piece}`, 'side.db'), new RegExp(`冻结表 ${frozenOne.id}`));
  const line = databaseTool(store, `SELECT value FROM side_value WHERE ${piece}`, 'side.db').split('\n').find((text) => text.startsWith(`${changed.worked},`));
  const cells = line.split(',');
  cells[9] = String(Number(cells[9] || 0) + 1); // registered: a day later
  assert.match(broken(`UPDATE side_value SET value = replace(value, '${line}', '${cells.join(',')}') WHERE ${piece}`, 'side.db'), new RegExp(`冻结表 ${frozenOne.id}.*问题 ${changed.worked}`));
  const salted = line.slice(0, -2) + (line.endsWith('00') ? '11' : '00');
  assert.match(broken(`UPDATE side_value SET value = replace(value, '${line}', '${salted}') WHERE ${piece}`, 'side.db'), /内容与散列不符/);
  assert.match(broken(`UPDATE frozen_table SET hash = '${'0'.repeat(64)}' WHERE id = ${frozenOne.id}`), new RegExp(`冻结表 ${frozenOne.id}`));
  assert.match(broken(`DELETE FROM side_value WHERE ${piece}`, 'side.db'), /缺失/);
  const copy = copyStore(store);
  databaseTool(copy, `DELETE FROM side_value WHERE kind = 12`, 'side.db');
  assert.equal(bihuan(copy, ['verify']).status, 1);
  must(bihuan(copy, ['rounds', 'rebuild', '--as', 'office']));
  assert.equal(bihuan(copy, ['verify']).status, 0, 'what is lost is made again from the journal');
  copy.remove();
  server = await serve(store);
});

test('the comparison is handed out as a workbook to print and as a table, to who may export', async () => {
  const again = await signIn(server, 'office', store.accounts.office);
  const ask = (format, who = again) => fetch(`${server.origin}/api/v1/rounds/compare/export?from=${one}&to=${two}&format=${format}`, { headers: { cookie: who.cookie } });
  const table = await ask('csv'), text = await table.text(), book = new Uint8Array(await (await ask('xlsx')).arrayBuffer());
  assert.match(table.headers.get('content-type'), /text\/csv/);
  const whole = await again.ok('GET', `/api/v1/rounds/compare?from=${one}&to=${two}`);
  for (const end of [whole.from, whole.to]) assert.ok(text.includes(String(end.journal_number)), 'the journal number of both ends');
  assert.deepEqual([...book.slice(0, 2)], [0x50, 0x4b], 'a zip, as workbooks are');
  assert.ok(book.length > 4000);
  assert.equal((await ask('pdf')).status, 400);
  assert.equal((await fetch(`${server.origin}/api/v1/rounds/compare/export?from=${one}&to=${two}`)).status, 401);
});

test('a destroyed record leaves its digest in the frozen tables, which say so; the rest is proved as before', async () => {
  const { approval } = must(bihuan(store, ['destroy', 'problem', String(changed.gone), '--reason', '误录', '--as', 'office', '--json'])).json();
  must(bihuan(store, ['destroy', '--agree', String(approval), '--as', 'office-2', '--json']));
  const again = await signIn(server, 'office', store.accounts.office);
  assert.equal((await again.call('GET', `/api/v1/problems/${changed.gone}`)).status, 404);
  assert.equal((await again.page('frozen_tables', frozenOne.id)).record.destroyed, 1);
  const verified = bihuan(store, ['verify']);
  assert.equal(verified.status, 0, verified.out);
  const piece = databaseTool(store, `SELECT value FROM side_value WHERE kind = 12 AND key = '${frozenOne.hash}:000001'`, 'side.db');
  assert.match(piece, new RegExp(`(^|\n)${changed.gone} d:[0-9a-f]{64}(\n|$)`));
  const whole = await again.ok('GET', `/api/v1/rounds/compare?from=${one}&to=${two}`);
  assert.equal(whole.from.destroyed, 1);
  assert.equal(whole.groups.find((row) => row.group === 'withdrawn').count, 0);
});

test('a backup brings the frozen tables along; what was destroyed after it is only a digest again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-backup-'));
  const target = freshStore();
  try {
    must(bihuan(store, ['backup', join(folder, 'copy')]));
    const { approval } = must(bihuan(store, ['destroy', 'problem', String(changed.added), '--reason', '误录', '--as', 'office', '--json'])).json();
    must(bihuan(store, ['destroy', '--agree', String(approval), '--as', 'office-2', '--json']));
    must(bihuan(target, ['restore', join(folder, 'copy'), '--keys', join(store.data, 'keys'), '--destructions', join(store.data, 'destructions.json')]));
    const verified = bihuan(target, ['verify', '--json']);
    assert.equal(verified.status, 0, verified.out);
    assert.equal(verified.json().frozen_tables, 3);
    const whole = must(bihuan(target, ['rounds', 'compare', String(one), String(two), '--as', 'office', '--json'])).json();
    assert.deepEqual([whole.from.destroyed, whole.to.destroyed], [1, 2]);
    assert.equal(whole.groups.find((row) => row.group === 'added').count, 0);
    assert.equal(whole.balances, true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    target.remove();
  }
});

test('what is restricted afterwards is told of no past moment; what leaves a unit is moved out for it, and the figures are those of the overview', async () => {
  await server.stop();
  server = await serve(store);
  const as = (account) => signIn(server, account, store.accounts[account]);
  [office, housing, health, second] = [await as('office'), await as('liaison-housing'), await as('liaison-health'), await signIn(server, 'office-2', 'office-password-2')];
  must(bihuan(store, ['user', 'create', 'office-4', '--name', '整改办四', '--as', 'sysadmin', '--password-stdin'], { input: 'office-password-4\n' }));
  must(bihuan(store, ['user', 'grant', 'office-4', 'office', '--secrecy', 'restricted', '--as', 'secadmin']));
  const cleared = await signIn(server, 'office-4', 'office-password-4');
  const make = async (title) => {
    const id = await office.create('problems', { title, campaign, category: 'livelihood', source: 'research', kind: 'time_limited', level: 'unit', lead_unit: units[0], root_cause: '流程不顺' });
    for (const [action, values] of [['submit'], ['admit'], ['assign', { due: day(await now(), 60) }]]) await office.do('problems', id, action, values);
    return id;
  };
  const secret = await make('后来才限定知悉的问题'), leaving = await make('改派给别家的问题');
  const from = 'journal:' + (await followed(server)), count = async (client) => (await client.ok('GET', '/api/v1/overview')).total;
  const before = await count(housing);
  await cleared.ok('PATCH', `/api/v1/problems/${secret}`, { values: { secrecy: 'restricted' } }, { 'if-match': `"${(await record('problems', secret)).version}"` });
  await office.ok('POST', '/api/v1/problems/reassign', { ids: [leaving], to: units[1], owner_to: '接手人', reason: '改派' });
  await followed(server);
  for (const client of [cleared, second, housing, health]) {
    const whole = await compare(client, from, 'now');
    assert.equal(whole.after.problems, await count(client), client.session.user.account);
    assert.ok(whole.identity.balances);
    const told = await Promise.all(['changed', 'unchanged', 'moved'].map((name) => client.ok('GET', `/api/v1/rounds/compare/${name}?from=${from}&to=now&limit=200`)));
    assert.ok(client === cleared || told.every((page) => page.items.every((item) => item.id !== secret)));
  }
  const theirs = await compare(housing, from, 'now');
  assert.deepEqual([theirs.before.problems, theirs.after.problems, theirs.identity.moved_out, theirs.identity.moved_in], [before - 1, before - 2, 1, 0]);
  assert.equal((await compare(health, from, 'now')).identity.moved_in, 1);
});
