// Clocks and chasing: warnings and steps as days go by, the digest once a day and never in quiet hours, phone notes and the chase list, the leaders' week,
// and mail by a small SMTP server of the test's own: once each, also when the server was down, and when the program is killed in the midst of sending.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BIHUAN, demoStore, serve, signIn, bihuan, day, must, followed } from '../lib.mjs';
import { smtp, decode } from '../smtp.mjs';

const until = async (holds, what, seconds = 40) => {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await new Promise((go) => setTimeout(go, 50))) if (await holds()) return;
  assert.fail(`in ${seconds} s not: ${what}`);
};

let store, server, office, leader, liaison, head, admin, campaign, unit, today, post;
const clock = (span) => must(bihuan(store, ['clock', 'advance', span]));
const now = async () => (await office.ok('GET', '/api/v1/session')).store;
const record = async (id) => (await office.page('problems', id)).record;
const messages = async (client, kind) => (await client.ok('GET', '/api/v1/messages?limit=200&sort=-id')).items.filter((one) => one.kind === kind);
const patch = (client, plural, id, version, values) => client.call('PATCH', `/api/v1/${plural}/${id}`, { values }, { 'if-match': `"${version}"` });
const as = (account) => signIn(server, account, store.accounts[account]);
let policies = 0;
/** A policy from today on: never quiet and the digest at midnight, unless said otherwise, so that no hour of the day matters. */
const policy = (values) => office.create('policies', { name: `催办口径 ${++policies}`, campaign, valid_from: today, digest_hour: 0, quiet_from: 0, quiet_to: 0, weekly_day: 'monday', chase_mail: 'at_once', ...values });
async function assigned(values = {}) {
  const id = await office.create('problems', { title: '井盖缺失无人补', campaign, category: 'livelihood', source: 'research', kind: 'time_limited', level: 'unit', lead_unit: unit, root_cause: '巡查不到位', ...values });
  for (const action of ['submit', 'admit', 'assign']) await office.do('problems', id, action, action === 'assign' && values.due ? { due: values.due } : {});
  return id;
}

before(async () => {
  store = demoStore();
  post = smtp();
  await post.start();
  server = await serve(store);
  office = await as('office');
  leader = await as('leader');
  liaison = await as('liaison-housing');
  head = await as('head-housing');
  admin = await as('sysadmin');
  const session = await office.ok('GET', '/api/v1/session');
  campaign = session.campaign.id;
  today = session.store.today;
  unit = liaison.session.user.unit;
  await policy({});
  const running = (await office.page('campaigns', campaign)).record;
  assert.equal((await patch(office, 'campaigns', campaign, running.version, { valid_to: day(today, 400) })).status, 200);
});
after(async () => { await server?.stop(); await post?.stop(); store?.remove(); });

test('days by source: working days for what citizens say, the preset says where it is from, other sources keep the days by kind', async () => {
  const presets = (await office.ok('GET', '/api/v1/deadline-presets')).items;
  assert.ok(presets.every((preset) => preset.source && preset.rows.length));
  const wrong = await office.call('POST', '/api/v1/policies', { values: { name: '写错的', campaign, valid_from: today, deadlines: '[{"source":"rumour","days":5,"count":"working"}]' } }, { 'idempotency-key': randomUUID() });
  assert.equal(wrong.status, 422);
  assert.match(JSON.stringify(wrong.body), /第 1 行：source 可用/);
  const preset = await policy({ deadline_preset: 'hotline' });
  assert.match((await office.page('policies', preset)).record.deadlines, /"count":"working"/);
  const heard = await record(await assigned({ source: 'appeals', kind: 'at_once' })), other = await record(await assigned({ source: 'research', kind: 'at_once' }));
  assert.equal(heard.due_basis, 'calendar');
  const span = (Date.parse(heard.due) - Date.parse(today)) / 86400000;
  assert.ok(span >= 5 && span <= 16, `5 working days are ${span} days`);
  assert.ok(Date.parse(other.due) - Date.parse(today) >= 15 * 86400000);
});

let late, soon;
test('the clock warns ten and three days before, and steps 1, 7, 15 and 30 days after, each once; a person\'s change takes none', async () => {
  late = await assigned({ due: day(today, 12) });
  soon = await assigned({ due: day(today, 60), title: '到期还早的一件' });
  assert.equal((await record(late)).chase_next, day(today, 2));
  const seen = [];
  for (const days of [1, 1, 3, 4, 4, 6, 1, 7, 15, 3]) {
    clock(`${days}d`);
    const problem = await record(late);
    if (seen.at(-1)?.step !== problem.chase_step && problem.chase_step !== undefined && problem.chase_step !== null) seen.push({ step: problem.chase_step, chased: problem.chased ?? 0, on: problem.chased_on });
    if (problem.chase_step === 7) must(bihuan(store, ['clock', 'run']));
  }
  assert.deepEqual(seen, [-10, -3, 1, 7, 15, 30].map((step, i) => ({ step, chased: Math.max(0, i - 1), on: day(today, 12 + step) })));
  const story = (await office.ok('GET', `/api/v1/problems/${late}/journal`)).entries.filter((entry) => entry.changes?.some((change) => change.field === 'chase_step' && change.new !== null));
  assert.equal(story.length, 6, 'the story tells each');
  today = (await now()).today;
});

test('an approved extension begins anew, for that date only', async () => {
  const due = (await record(soon)).due;
  assert.equal((await record(soon)).chase_next, day(due, -10));
  clock('6d');
  assert.equal((await record(soon)).chase_step, -10);
  await liaison.do('problems', soon, 'take');
  await liaison.do('problems', soon, 'extend', { due: day(due, 30) }, '材料未到');
  const asked = (await office.ok('GET', '/api/v1/approvals?state=asked&limit=200')).items.find((one) => one.record === soon);
  await office.do('approvals', asked.id, 'agree');
  const extended = await record(soon);
  assert.equal(extended.due, day(due, 30));
  assert.equal(extended.chase_next, day(due, 20));
  today = (await now()).today;
});

test('one digest a day says what waits, in numbers; nothing where there is nothing', async () => {
  const overdue = await assigned({ due: day(today, 1), title: '绝不能出现在摘要里的标题' });
  clock('2d');
  today = (await now()).today;
  const mine = (await messages(liaison, 'digest')).filter((one) => one.created.startsWith(today));
  assert.equal(mine.length, 1);
  const whole = (await liaison.page('messages', mine[0].id)).record;
  const number = (await record(overdue)).number;
  assert.match(whole.title, /^今日事项：.*超期 \d/);
  assert.ok(whole.lines.includes(number), whole.lines);
  assert.ok(!whole.lines.includes('绝不能'), 'titles stand with the problems themselves');
  assert.ok(whole.problems.includes(overdue));
  for (let i = 0; i < 3; i++) must(bihuan(store, ['clock', 'run']));
  assert.equal((await messages(liaison, 'digest')).filter((one) => one.created.startsWith(today)).length, 1, 'not twice');
  assert.ok((await messages(liaison, 'digest')).every((one) => one.title.length > '今日事项：'.length), 'none is empty');
  assert.equal((await messages(await as('reviewer'), 'digest')).length, 0, 'who holds nothing gets none');
});

test('in quiet hours nothing is made; when they are over the digest comes', async () => {
  clock('1d');
  const before = await now(), hour = Number(before.now.slice(11, 13));
  today = before.today;
  const had = (await messages(liaison, 'digest')).length;
  await policy({ quiet_from: hour, quiet_to: (hour + 2) % 24 });
  clock('24h'); // the same hour of the next day: quiet
  assert.equal((await messages(liaison, 'digest')).length, had, 'quiet');
  today = (await now()).today;
  await policy({});
  must(bihuan(store, ['clock', 'run']));
  assert.equal((await messages(liaison, 'digest')).length, had + 1);
});

test('a phone call is one request; the unit answers; the list counts, and what is withheld from one is not shown', async () => {
  const list = await office.ok('GET', '/api/v1/chase-list');
  const item = list.items.find((one) => one.unit === unit);
  assert.ok(list.total > 0 && item && item.days > 0);
  const before = item.chased.times;
  const chase = await office.create('chases', { problem: item.record.id });
  const noted = (await office.page('chases', chase)).record;
  assert.equal(noted.by, 'phone');
  assert.equal(noted.unit, unit);
  assert.equal(noted.ordinal, 1);
  assert.equal(noted.state, 'waiting');
  assert.ok(noted.title.includes(item.record.number) && noted.chased_by && noted.due > today);
  assert.equal((await liaison.call('POST', '/api/v1/chases', { values: { problem: item.record.id } }, { 'idempotency-key': randomUUID() })).status, 403, 'a unit chases nobody');
  await liaison.do('chases', chase, 'reply', { reply: '本周五前补齐' });
  const again = (await office.ok('GET', '/api/v1/chase-list?limit=200')).items.find((one) => one.record.id === item.record.id);
  assert.equal(again.chased.times, before + 1);
  assert.equal(again.chased.last.reply, '本周五前补齐');
  assert.equal(again.chased.last_on, today);
  const both = await office.create('chases', { problem: item.record.id, person: '值班员', reply: '马上办' });
  assert.equal((await office.page('chases', both)).record.state, 'answered', 'asked and answered in one call');
  const closed = (await office.ok('GET', '/api/v1/problems?state=closed&limit=1')).items[0];
  assert.equal((await office.call('POST', '/api/v1/chases', { values: { problem: closed.id } }, { 'idempotency-key': randomUUID() })).body.findings[0].code, 'chase_waits');
  const own = await liaison.ok('GET', '/api/v1/chase-list?limit=200');
  const all = (await office.ok('GET', '/api/v1/chase-list?limit=200')).items.map((one) => one.record.id);
  assert.ok(own.items.length > 0 && own.items.length < all.length && own.items.every((one) => all.includes(one.record.id)), 'in scope');
  assert.equal((await office.call('GET', '/api/v1/chase-list?what=gossip')).status, 400);
});

test('the list goes on page by page, oldest date first, every kind by number', async () => {
  const whole = await office.ok('GET', '/api/v1/chase-list?limit=200'), pages = [];
  for (let after = ''; after !== null;) {
    const page = await office.ok('GET', `/api/v1/chase-list?limit=2&after=${after}`);
    pages.push(...page.items);
    after = page.next;
  }
  assert.deepEqual(pages.map((one) => one.record.id), whole.items.map((one) => one.record.id));
  assert.equal(whole.total, whole.items.length);
  assert.deepEqual(whole.items.map((one) => one.due), whole.items.map((one) => one.due).toSorted?.() ?? [...whole.items.map((one) => one.due)].sort());
  assert.equal(whole.units.reduce((sum, one) => sum + one.count, 0), whole.total);
  assert.deepEqual(whole.kinds.map((kind) => kind.name), ['problems', 'signatures', 'measures', 'round_answers', 'transfers', 'appeals', 'results', 'reviews', 'rulings']);
  assert.equal(must(bihuan(store, ['chase', '--as', 'office', '--json'])).json().total, whole.total);
});

test('a call about a measure or a round answer is noted in one line too; what waits for nobody, or for the office, is refused', async () => {
  const problem = await assigned();
  await liaison.do('problems', problem, 'take');
  const measure = await liaison.create('measures', { problem, title: '补装井盖', weight: 10000, start: day(today, -20), due: day(today, -2), owner: '养护科', unit });
  const page = await office.ok('GET', '/api/v1/chase-list?what=measures&limit=200');
  const item = page.items.find((one) => one.record.id === measure);
  assert.ok(item && item.days === 2 && item.unit === unit && item.waits_for === 'unit');
  assert.equal(page.total, page.items.length);
  assert.equal((await office.ok('GET', `/api/v1/chase-list?what=measures&campaign=${campaign}`)).total, page.total);
  assert.equal((await office.ok('GET', '/api/v1/chase-list?what=measures&campaign=1')).total, 0, 'of that campaign');
  assert.ok((await liaison.ok('GET', '/api/v1/chase-list?what=measures')).items.some((one) => one.record.id === measure), 'the unit sees its own');
  must(bihuan(store, ['chase', 'note', String(measure), '--what', 'measures', '--said', '明天装', '--as', 'office']));
  const again = (await office.ok('GET', '/api/v1/chase-list?what=measures&limit=200')).items.find((one) => one.record.id === measure);
  assert.deepEqual([again.chased.times, again.chased.last.reply], [1, '明天装']);
  const noted = (await office.page('chases', again.chased.last.id)).record;
  assert.deepEqual([noted.problem, noted.unit, noted.campaign], [problem, unit, campaign]);
  assert.notEqual(bihuan(store, ['chase', 'note', String(measure), '--what', 'measures', '--as', 'liaison-housing']).status, 0, 'a unit chases nobody');
  assert.match(bihuan(store, ['chase', 'note', String(measure), '--what', 'gossip', '--as', 'office']).err, /measures.*round_answers/);
  await office.do('problems', problem, 'merge', { merged_into: late }, '同一处');
  assert.ok(!(await office.ok('GET', '/api/v1/chase-list?what=measures&limit=200')).items.some((one) => one.record.id === measure), 'of a merged problem it waits for nobody');
  assert.match(bihuan(store, ['chase', 'note', String(measure), '--what', 'measures', '--as', 'office']).err, /并入/);
  const round = await office.create('rounds', { campaign, name: '催办轮', opens_on: today, due: day(today, 1), units: [unit] });
  await office.do('rounds', round, 'open');
  must(bihuan(store, ['clock', 'run']));
  const answer = (await office.ok('GET', `/api/v1/round_answers?round=${round}&unit=${unit}`)).items[0];
  must(bihuan(store, ['chase', 'note', String(answer.id), '--what', 'round_answers', '--person', '办公室', '--as', 'office']));
  assert.equal((await office.ok('GET', `/api/v1/chases?of_id=${answer.id}&of_type=round_answer`)).items[0].unit, unit);
});

test('the leaders get at most five items a week, each with its reason, once', async () => {
  clock('7d');
  today = (await now()).today;
  const weeks = await messages(leader, 'weekly');
  assert.ok(weeks.length >= 1);
  const lines = (await leader.page('messages', weeks[0].id)).record.lines.split('\n');
  assert.ok(lines.length >= 1 && lines.length <= 5, lines.join());
  assert.ok(lines.every((line) => /^\d\. SJ-\d+：.*(超期|反弹|争议|红色)/.test(line)), lines.join());
  must(bihuan(store, ['clock', 'run']));
  assert.equal((await messages(leader, 'weekly')).length, weeks.length);
  assert.equal((await messages(liaison, 'weekly')).length, 0);
});

/* ---- mail ---- */

const mailOf = (address) => post.letters.filter((letter) => letter.to === `<${address}>`);
const shown = () => must(bihuan(store, ['mail', 'show', '--as', 'sysadmin', '--json'])).json();
const userOf = async (client) => (await admin.page('users', client.session.user.id)).record;
async function addressed(client, values) {
  const user = await userOf(client);
  const done = await patch(admin, 'users', user.id, user.version, values);
  assert.equal(done.status, 200, JSON.stringify(done.body));
}

test('the mail server is set by the system administrator; a password lies in a file that nobody else can read', async () => {
  const server = `smtp://127.0.0.1:${post.port}`;
  assert.notEqual(bihuan(store, ['mail', 'set', '--server', server, '--from', 'bihuan@example.org', '--as', 'office']).status, 0);
  assert.notEqual(bihuan(store, ['mail', 'set', '--server', 'http://127.0.0.1', '--from', 'bihuan@example.org', '--as', 'sysadmin']).status, 0);
  const file = join(store.data, 'mail-password');
  writeFileSync(file, 'geheim\n', { mode: 0o644 });
  const open = bihuan(store, ['mail', 'set', '--server', server, '--from', 'bihuan@example.org', '--user', 'b', '--password-file', file, '--as', 'sysadmin']);
  assert.notEqual(open.status, 0);
  assert.match(open.err, /chmod 600/);
  must(bihuan(store, ['mail', 'set', '--server', server, '--from', 'bihuan@example.org', '--as', 'sysadmin']));
  /* not waited for in one breath: the mail server is in this very program */
  const tried = await new Promise((done) => spawn(BIHUAN, ['mail', 'test', 'somebody@example.org', '--as', 'sysadmin', ...store.words]).on('exit', done));
  assert.equal(tried, 0);
  assert.match(decode(mailOf('somebody@example.org')[0]).subject, /测试邮件/);
});

test('a digest arrives once, in the person\'s language, with titles but those that are restricted; who turned mail off gets none', async () => {
  await addressed(liaison, { email: 'housing@example.org' });
  await addressed(head, { email: 'head@example.org', language: 'en' });
  const health = await as('liaison-health');
  await addressed(health, { email: 'health@example.org' });
  assert.equal((await health.call('POST', '/api/v1/session/channels', { channels: [] })).status, 204);
  assert.equal((await health.ok('GET', '/api/v1/session/channels')).channels[0].chosen, false);
  assert.equal((await health.call('POST', '/api/v1/session/channels', { channels: ['pigeon'] })).status, 400);
  await assigned({ due: day(today, 1), title: '公开标题的一件' });
  const secret = await assigned({ due: day(today, 1), title: '限定知悉的标题', secrecy: 'restricted' }).catch(() => null);
  await assigned({ due: day(today, 1), title: '卫生的一件', lead_unit: health.session.user.unit });
  clock('2d');
  today = (await now()).today;
  const wanted = () => mailOf('housing@example.org').map(decode).filter((one) => /公开标题的一件/.test(one.text)); // one of before may come as well: commands do not wait for the server that follows
  await until(() => wanted().length > 0, 'the digest arrives');
  await until(() => shown().waiting === 0, 'the queue is empty');
  assert.equal(wanted().length, 1);
  const letter = wanted()[0];
  assert.match(letter.subject, /^今日事项：/);
  assert.match(letter.text, /公开标题的一件/);
  assert.doesNotMatch(letter.text, /限定知悉的标题/);
  assert.match(letter.head, /charset=utf-8/);
  for (const english of mailOf('head@example.org').map(decode)) assert.match(english.subject, /^Today: /);
  assert.equal(mailOf('health@example.org').length, 0);
  assert.ok(secret === null || secret > 0);
  assert.doesNotMatch(server.log, /example\.org/, 'no address in the log');
});

const letterFor = async (note) => { // a chase by message goes out at once
  const item = (await office.ok('GET', '/api/v1/chase-list?limit=200')).items.find((one) => one.unit === unit);
  await office.create('chases', { problem: item.record.id, by: 'message', note });
};

test('a dead server delays and loses nothing, nor holds up the inbox; then each arrives once', async () => {
  const had = mailOf('housing@example.org').length, inbox = (await messages(liaison, 'chase')).length;
  await post.stop();
  await letterFor('第一封');
  await letterFor('第二封');
  await until(async () => (await messages(liaison, 'chase')).length === inbox + 2, 'the inbox has both');
  await until(() => shown().waiting === 2, 'both wait');
  await post.start(post.port);
  await until(() => mailOf('housing@example.org').length === had + 2, 'both arrive');
  await until(() => shown().waiting === 0, 'the queue is empty');
  post.deny = true;
  await letterFor('先被拒收');
  await until(() => shown().waiting === 1, 'it waits');
  await until(() => server.log.includes('reply 451'), 'it was refused');
  post.deny = false;
  await until(() => mailOf('housing@example.org').length === had + 3, 'and is sent later');
  assert.equal(new Set(post.letters.map((letter) => decode(letter).id)).size, post.letters.length, 'no Message-ID twice');
});

test('killed in the midst of sending: nothing arrives twice, and what had not been handed over arrives', async () => {
  const had = mailOf('housing@example.org').length;
  post.hold = true; // takes the letter and never says so
  const taken = new Promise((done) => { post.taken = done; });
  await letterFor('处于途中');
  await taken;
  await letterFor('还没轮到');
  await followed(server);
  await server.stop('SIGKILL');
  post.hold = false;
  post.taken = undefined;
  server = await serve(store);
  for (const client of [office, leader, liaison, head, admin]) client.origin = server.origin;
  await until(() => mailOf('housing@example.org').length === had + 2, 'the other one arrives', 120);
  await until(() => shown().waiting === 0, 'the queue is empty');
  assert.equal(mailOf('housing@example.org').length, had + 2);
  assert.equal(shown().uncertain, 1);
  assert.equal(new Set(post.letters.map((letter) => decode(letter).id)).size, post.letters.length, 'no Message-ID twice');
});

test('what cannot be delivered for days is given up, and the system administrator hears of it once', async () => {
  await post.stop();
  await letterFor('送不出去');
  await until(() => shown().waiting === 1, 'it waits');
  clock('4d');
  await until(() => shown().given_up >= 1, 'it is given up', 60);
  await until(async () => (await messages(admin, 'system')).length >= 1, 'the administrator hears of it');
  await post.start(post.port);
});

test('of several campaigns the digest says each thing once in its title, and in its lines of which it is', async () => {
  today = (await now()).today;
  const other = await office.create('campaigns', { name: '另一专项', code: 'ANOTHER', prefix: 'LY-', valid_from: '2020-01-01', valid_to: day(today, 400) });
  await assigned({ due: day(today, 1) });
  await assigned({ due: day(today, 1), campaign: other });
  clock('2d');
  today = (await now()).today;
  const [mine] = (await messages(liaison, 'digest')).filter((one) => one.created.startsWith(today));
  const whole = (await liaison.page('messages', mine.id)).record;
  assert.equal(whole.title.match(/(?<!诉求)超期 /g).length, 1, whole.title);
  assert.match(whole.lines, /【另一专项】超期 1：LY-/);
});

test('the store verifies', async () => {
  await server.stop();
  must(bihuan(store, ['verify']));
});
