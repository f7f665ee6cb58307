// Appeals from the first word to the call-back: three clocks, joining, disputes, who may call whom, exclusions by approval, the three rates with the list behind each
// number, at any past journal number too; and whistle-blowers, hidden from the unit complained of in every way there is to ask.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan, must, newKey, day, followed, until } from '../lib.mjs';

let store, server, office, housing, health, head, leader, sysadmin, secadmin, caller, insider, unit, other, today, campaign;
let count = 0;
const ok = (client, path) => client.ok('GET', '/api/v1/' + path);
const record = async (id, client = office) => (await client.page('appeals', id)).record;
const clock = (span) => must(bihuan(store, ['clock', 'advance', span]));
const make = (values = {}) => office.create('appeals', { number: `H-${++count}`, title: `夜间施工扰民 ${count}`, text: '工地夜里十二点还在打桩', made_at: `${today}T09:00:00+08:00`, kind: 'complaint', category: '噪声', ...values });
async function answered(values = {}) {
  const id = await make(values);
  await office.do('appeals', id, 'assign', { unit: values.unit ?? unit });
  await housing.do('appeals', id, 'answer', { answer: '已约谈工地,夜里不再施工', outcome: 'solved' });
  return id;
}
const call = (client, appeal, said) => client.call('POST', '/api/v1/call_backs', { values: { appeal, ...said } }, { 'idempotency-key': newKey() });
const said = (contacted, outcome, satisfaction) => ({ reached: true, contacted, outcome, satisfaction });
const codes = (answer) => (answer.body.findings ?? []).map((finding) => finding.code);
async function person(account, role, of, grantUnit = null) {
  const user = await sysadmin.create('users', { account, name: account, unit: of });
  must(bihuan(store, ['user', 'password', account, '--as', 'sysadmin', '--password-stdin'], { input: `password of ${account}\n` }));
  await secadmin.create('grants', { user, role, unit: grantUnit, secrecy: 'internal' });
  return signIn(server, account, `password of ${account}`);
}

before(async () => {
  store = demoStore();
  server = await serve(store);
  [office, housing, health, head, leader, sysadmin, secadmin] = await Promise.all(['office', 'liaison-housing', 'liaison-health', 'head-housing', 'leader', 'sysadmin', 'secadmin'].map((account) => signIn(server, account, store.accounts[account])));
  const session = await ok(office, 'session');
  today = session.store.today;
  campaign = session.campaign.id;
  unit = housing.session.user.unit;
  other = health.session.user.unit;
  caller = await person('caller', 'caller', office.session.user.unit);
  insider = await person('insider', 'caller', unit);
});
after(async () => { await server?.stop(); store?.remove(); });

test('three clocks run for an appeal: contact from its assignment, answer and solution from when it was made, by its kind and where it came in', async () => {
  const id = await make(), made = await record(id);
  assert.equal(made.due_basis, 'calendar');
  assert.equal(made.lateness, 'in_time');
  assert.ok(made.answer_due.slice(0, 10) <= made.due && made.solve_due > made.answer_due);
  await office.do('appeals', id, 'assign', { unit });
  assert.ok((await record(id)).contact_due, 'the clock of contact begins with the assignment');
  const petition = await record(await make({ origin: 'petition' }));
  assert.ok(Date.parse(petition.due) - Date.parse(today) >= 59 * 86400000, 'petitions have sixty natural days');
  const given = await record(await make({ due: day(today, 3) }));
  assert.deepEqual([given.due, given.due_basis], [day(today, 3), 'given'], 'a date that somebody gave stays');
});

test('each clock is told with its last moment, what is left and the rule in words, to whoever may read the appeal', async () => {
  const id = await make();
  let [contact, answer, solve] = (await ok(office, `appeals/${id}/clocks`)).clocks;
  assert.deepEqual([contact.standing, answer.standing, solve.standing], ['not_begun', 'running', 'running']);
  assert.match(answer.rule, /^自诉求时间起 5 个工作日内$/);
  assert.ok(answer.days >= 5 && answer.working_days === 5 && solve.working_days === 10);
  await office.do('appeals', id, 'assign', { unit });
  [contact, answer] = (await ok(housing, `appeals/${id}/clocks`)).clocks;
  assert.deepEqual([contact.standing, contact.rule], ['running', '自派单起 1 个工作日内']);
  assert.equal(answer.due, (await record(id)).answer_due);
  assert.equal((await health.call('GET', `/api/v1/appeals/${id}/clocks`)).status, 404);
  const given = await make({ due: day(today, -3) });
  [contact, answer] = (await ok(office, `appeals/${given}/clocks`)).clocks;
  assert.deepEqual([answer.standing, answer.days, answer.rule], ['late', -3, '由人指定的日期']);
});

test('a policy names other clocks, in hours too; a row that says nothing right is refused with its place', async () => {
  const policy = (clocks, more = {}) => office.call('POST', '/api/v1/policies', { values: { name: `诉求口径 ${++count}`, campaign, valid_from: today, digest_hour: 0, quiet_from: 0, quiet_to: 0, appeal_clocks: JSON.stringify(clocks), ...more } }, { 'idempotency-key': newKey() });
  const wrong = await policy([{ answer: 5 }, { kind: 'rumour', answer: 2 }]);
  assert.equal(wrong.status, 422);
  assert.match(JSON.stringify(wrong.body), /第 2 行：kind 可用/);
  assert.deepEqual(codes(await policy([{ answer: 5 }], { response_weight: '60.00', solution_weight: '50.00' })).includes('rate_weights') || (await policy([{ answer: 5 }], { response_weight: 6000, solution_weight: 5000 })).status >= 400, true);
  assert.equal((await policy([{ contact: 1, answer: 5, solve: 10 }, { kind: 'consultation', contact: 2, contact_in: 'hours', answer: 24, answer_in: 'hours' }])).status, 201);
  const made = await record(await make({ kind: 'consultation' }));
  assert.equal(Date.parse(made.answer_due) - Date.parse(made.made_at), 24 * 3600000);
});

test('contacted, answered, called back: the latest call that was reached sets the outcome and the satisfaction', async () => {
  const id = await make();
  await office.do('appeals', id, 'assign', { unit });
  assert.equal((await call(caller, id, said(true, 'solved', 'satisfied'))).status, 409, 'nobody is called before it is answered');
  await housing.do('appeals', id, 'contact', {}, '电话联系诉求人,了解夜间施工时段');
  assert.equal((await record(id)).state, 'contacted');
  await housing.do('appeals', id, 'answer', { answer: '已约谈工地', outcome: 'solved' });
  assert.equal((await record(id)).lateness, 'done_in_time');
  clock('2d');
  assert.equal((await record(id)).state, 'call_back_due', 'the clock says when to call');
  const none = await call(caller, id, { reached: false });
  assert.equal(none.status, 201);
  let now = await record(id);
  assert.deepEqual([now.called, now.attempts, now.outcome, now.satisfaction ?? null], ['not_reached', 1, 'solved', null]);
  assert.deepEqual(codes(await call(caller, id, { reached: true, contacted: true })), ['call_fits'], 'what was said is said in full');
  assert.deepEqual(codes(await call(caller, id, { reached: false, outcome: 'solved' })), ['call_fits'], 'nobody reached, nothing said');
  assert.equal((await call(caller, id, { ...said(true, 'explained', 'fairly'), words: '只是解释了一下' })).status, 201);
  now = await record(id);
  assert.deepEqual([now.called, now.attempts, now.outcome, now.satisfaction], ['contacted', 2, 'explained', 'fairly'], 'what people say counts, not what the unit said');
  await office.do('appeals', id, 'reopen', {}, '不满意,退回再办');
  await housing.do('appeals', id, 'answer', { answer: '已停止夜间施工', outcome: 'solved' });
  assert.equal((await record(id)).called_outcome, 'explained', 'another answer takes back nothing that was said');
  assert.equal((await call(caller, id, said(true, 'solved', 'satisfied'))).status, 201);
  now = await record(id);
  assert.deepEqual([now.outcome, now.satisfaction, now.called_outcome], ['solved', 'satisfied', 'solved']);
  const story = await ok(housing, `call_backs?appeal=${id}`);
  assert.equal(story.items.length, 3, 'the unit reads what was said');
  await office.do('appeals', id, 'close');
});

test('handlers never rate themselves: neither the unit, nor who answered, nor anybody of the handling unit', async () => {
  const id = await answered(), mine = await make();
  await office.do('appeals', mine, 'answer', { answer: '由整改办答复', outcome: 'explained' });
  assert.equal((await call(housing, id, said(true, 'solved', 'satisfied'))).status, 403);
  assert.equal((await call(insider, id, said(true, 'solved', 'satisfied'))).status, 403, 'a caller of the handling unit');
  assert.deepEqual(codes(await call(office, mine, said(true, 'solved', 'satisfied'))), ['caller_apart'], 'who answered');
  assert.equal((await call(caller, mine, said(false, 'explained', 'no_opinion'))).status, 201);
});

test('a caller sees the number of whom he may call now, with a reason that is kept; no other contact', async () => {
  const reveal = (client, appeal) => client.call('POST', `/api/v1/appeals/${appeal}/reveal`, { field: 'phone', reason: '回访' });
  const waiting = await make({ phone: '13900001234' }), due = await answered({ phone: '13900005678' });
  assert.equal((await record(due, caller)).phone.includes('0000'), false, 'masked on its page');
  assert.equal((await reveal(caller, waiting)).status, 409, 'nobody is called before it is answered');
  assert.equal((await reveal(insider, due)).status, 403, 'nor by the handling unit');
  const told = await reveal(caller, due);
  assert.deepEqual([told.status, told.body.value], [200, '13900005678']);
  assert.equal((await reveal(leader, due)).status, 403);
  const kept = await ok(await signIn(server, 'auditadmin', store.accounts.auditadmin), 'audit?limit=200');
  assert.ok(kept.entries.some((entry) => entry.what === 'reveal' && entry.detail.id === due && entry.detail.reason === '回访'));
});

test('a call that is rehearsed is decided and not made', async () => {
  const id = await answered(), rehearsed = await caller.call('POST', '/api/v1/call_backs?rehearse=1', { values: { appeal: id, reached: false } });
  assert.deepEqual([rehearsed.status, rehearsed.body.rehearsed], [200, true]);
  const now = await record(id);
  assert.deepEqual([now.called ?? null, now.attempts ?? null], [null, null]);
  assert.equal((await insider.call('POST', '/api/v1/call_backs?rehearse=1', { values: { appeal: id, reached: false } })).status, 403);
});

test('a call-back voided by two people counts no more: the one before it stands again', async () => {
  const id = await answered();
  assert.equal((await call(caller, id, said(true, 'solved', 'satisfied'))).status, 201);
  assert.equal((await call(caller, id, said(false, 'unsolved', 'dissatisfied'))).status, 201);
  assert.equal((await record(id)).satisfaction, 'dissatisfied');
  const last = Math.max(...(await ok(office, `call_backs?appeal=${id}`)).items.map((one) => one.id));
  await office.do('call_backs', last, 'ask_void', {}, '录到别人名下了');
  const second = await person('office-two', 'office', office.session.user.unit);
  const approval = (await ok(second, `approvals?type=call_back&record=${last}`)).items[0];
  await second.do('approvals', approval.id, 'agree');
  const now = await record(id);
  assert.deepEqual([now.satisfaction, now.called, now.outcome], ['satisfied', 'contacted', 'solved']);
});

test('joining joins the handling, never the evaluation', async () => {
  const main = await make(), one = await make(), two = await make();
  await office.do('appeals', main, 'assign', { unit });
  await office.do('appeals', one, 'join', { joined_to: main });
  assert.deepEqual(codes(await office.act('appeals', two, 'join', { joined_to: one })), ['join_fits'], 'not to one that is joined itself');
  assert.equal((await record(one)).unit, unit);
  await housing.do('appeals', main, 'answer', { answer: '一并答复:夜里不再施工', outcome: 'solved' });
  const joined = await record(one);
  assert.deepEqual([joined.state, joined.answer, joined.joined_to], ['answered', '一并答复:夜里不再施工', main]);
  assert.equal((await call(caller, one, said(false, 'unsolved', 'dissatisfied'))).status, 201);
  assert.equal((await record(main)).satisfaction ?? null, null, 'the main one has its own');
  await office.do('appeals', two, 'join', { joined_to: main });
  assert.equal((await record(two)).state, 'answered', 'joined to one that is answered: answered');
});

test('a unit sends back within two working days, disputes after them, and not what was ruled', async () => {
  const id = await make();
  await office.do('appeals', id, 'assign', { unit });
  clock('8d');
  assert.deepEqual(codes(await housing.act('appeals', id, 'send_back', {}, '不归我们')), ['return_in_time']);
  await housing.do('appeals', id, 'dispute', {}, '属城管职责');
  await office.do('appeals', id, 'rule', { unit }, '由住建牵头');
  assert.deepEqual(codes(await housing.act('appeals', id, 'dispute', {}, '还是不归我们')), ['unit_not_bound']);
});

test('what is late is said to be late, stands in the chase list, and in the digest of the unit', async () => {
  const id = await make({ made_at: `${today}T08:00:00+08:00` });
  await office.do('appeals', id, 'assign', { unit });
  assert.equal((await record(id)).lateness, 'late', 'it was made long ago');
  assert.ok((await ok(office, 'appeals?lateness=late&limit=200')).items.some((one) => one.id === id));
  const list = await ok(office, 'chase-list?what=appeals&limit=200');
  assert.ok(JSON.stringify(list).includes(`H-${count}`), 'the chase list names it');
  clock('1d');
  await until('the digest names it', async () => JSON.stringify((await ok(housing, 'messages?limit=200&sort=-id')).items.filter((one) => one.kind === 'digest')).includes('诉求超期'));
  await housing.do('appeals', id, 'answer', { answer: '晚了几天', outcome: 'partly' });
  assert.equal((await record(id)).lateness, 'done_late');
});

test('the three rates: every share with its numerator, its denominator and the list behind, the same at a past number', async () => {
  const on = (await ok(office, 'session')).store.today, category = '三率专项', ids = [];
  const results = [[true, 'solved', 'satisfied'], [true, 'solved', 'fairly'], [true, 'explained', 'satisfied'], [false, 'unsolved', 'dissatisfied'], [true, 'partly', 'no_opinion']];
  for (const result of results) {
    const id = await answered({ category });
    ids.push(id);
    assert.equal((await call(caller, id, said(...result))).status, 201);
  }
  for (let i = 0; i < 2; i++) ids.push(await answered({ category }));
  await call(caller, ids[5], { reached: false });
  const read = async (more = '', client = office) => (await ok(client, `rates?by=category&from=${on}${more}`)).groups.find((group) => group.key === category);
  let group = await read();
  assert.deepEqual([group.counts.to_call, group.counts.reached, group.counts.excluded, group.counts.n], [7, 5, 0, 5]);
  assert.deepEqual([group.rates.response.numerator, group.rates.response.denominator], [4, 5]);
  assert.deepEqual([group.rates.solution.rate, group.rates.response.rate, group.rates.reached.shown], [4000, 8000, '71.4%'], 'explained is not solved');
  assert.equal(group.rates.satisfaction.rate, 7250, '(2 + 0.9) / 4: no opinion is in no denominator');
  assert.equal(group.rates.combined.rate, Math.floor(0.1 * 8000 + 0.5 * 4000 + 0.4 * 7250));
  assert.equal(group.ranked, false, 'five are too few');
  const before = (await ok(office, `rates?by=unit&from=${on}`)), journal = (await ok(office, 'session')).journal ?? before.journal;
  const list = await ok(office, `rates/solved/list?by=category&key=${encodeURIComponent(category)}&from=${on}`);
  assert.deepEqual(list.items.map((one) => one.id), [ids[0], ids[1]]);
  const asked = await housing.create('exclusions', { appeal: ids[3], reason: 'unreasonable', why: '要求拆除合法围墙,明显不合理' });
  assert.equal((await record(ids[3])).excluded ?? false, false, 'asked is not agreed');
  assert.equal((await housing.call('POST', '/api/v1/exclusions', { values: { appeal: ids[3], reason: 'unfounded', why: '再申请一次' } }, { 'idempotency-key': newKey() })).status, 409);
  const entry = (await ok(office, `exclusions/${asked}`)).record.entry;
  const approval = (await ok(office, `approvals?type=exclusion&record=${asked}`)).items[0];
  await office.do('approvals', approval.id, 'agree');
  assert.equal((await ok(housing, `exclusions/${asked}`)).record.state, 'agreed');
  group = await read();
  assert.deepEqual([group.counts.reached, group.counts.excluded, group.counts.n, group.rates.response.rate], [5, 1, 4, 10000], 'n = V − X, and X stands beside');
  const then = await read(`&number=${entry}`);
  assert.deepEqual([then.counts.excluded, then.counts.n, then.rates.response.rate], [0, 5, 8000], 'the past is what it was');
  const refused = await housing.create('exclusions', { appeal: ids[2], reason: 'repeated', why: '多次反映' });
  await office.do('approvals', (await ok(office, `approvals?type=exclusion&record=${refused}`)).items[0].id, 'disagree', {}, '理由不足');
  assert.equal((await ok(housing, `exclusions/${refused}`)).record.state, 'refused');
  assert.equal((await read()).counts.excluded, 1);
  const mine = (await ok(health, `rates?by=category&from=${on}`)).groups.find((one) => one.key === category);
  assert.equal(mine, undefined, 'another unit sees none of them');
  assert.equal((await ok(office, `rates?from=${day(on, -4000)}&at=${day(on, -3990)}`).catch(() => null))?.all.rates.response.shown ?? '无数据', '无数据');
  assert.ok(journal);
});

test('a table that is asked again is the one that the journal adds up to, whatever happened meanwhile, for each who asks', async () => {
  const asked = ['rates?by=unit', 'rates?by=category', 'rates?by=kind', 'rates?by=origin', `rates?by=unit&from=${day(today, -3)}&to=${day(today, 60)}`];
  const plain = ({ all, groups }) => ({ all, groups: groups.sort((one, two) => (String(one.key) < String(two.key) ? -1 : 1)) });
  const seen = () => Promise.all([office, housing, health, leader].flatMap((client) => asked.map(async (path) => plain(await ok(client, path)))));
  const past = async (number) => Promise.all([office, housing, health, leader].flatMap((client) => asked.map(async (path) => plain(await ok(client, `${path}&number=${number}`)))));
  await seen(); // kept from here on
  const one = await answered({ category: '会变的类' }), two = await answered({ category: '会变的类', kind: 'consultation' }), gone = await answered({ category: '会变的类' });
  await call(caller, one, said(true, 'solved', 'satisfied'));
  await call(caller, two, said(false, 'unsolved', 'dissatisfied'));
  await call(caller, gone, said(true, 'solved', 'satisfied'));
  await office.do('appeals', one, 'reopen', {}, '退回再办');
  const moved = (await office.page('appeals', two)).record;
  await office.ok('PATCH', `/api/v1/appeals/${two}`, { values: { category: '别的类', kind: 'help' } }, { 'if-match': `"${moved.version}"` });
  await office.do('appeals', gone, 'ask_void', {}, '录错了');
  const other = await signIn(server, 'office-second', store.accounts['office-second']);
  await other.do('approvals', (await ok(other, `approvals?type=appeal&record=${gone}`)).items[0].id, 'agree');
  await followed(server);
  const now = await seen(), { journal } = await ok(office, 'rates');
  assert.deepEqual(now, await past(journal), 'followed, and folded from the journal');
  assert.deepEqual(await past(journal), await past(journal), 'and again');
  const hidden = (await office.page('appeals', two)).record;
  await office.ok('PATCH', `/api/v1/appeals/${two}`, { values: { whistle: true, complained_of: unit } }, { 'if-match': `"${hidden.version}"` });
  const after = await seen(), then = await past(journal);
  assert.notDeepEqual(then, now, 'the past is shown as far as one may see today');
  assert.deepEqual(after[0].all, then[0].all, 'for the office it is what it was');
  assert.deepEqual(after[asked.length].all, then[asked.length].all, 'for the unit complained of one fewer, now and then');
});

test('a whistle-blower is hidden from the unit complained of in every way there is to ask, and handled by another one', async () => {
  const word = '举报某科室违规收费';
  const hidden = await office.create('appeals', { number: 'W-1', title: word, text: '内部人反映收费不开票', made_at: `${today}T09:00:00+08:00`, kind: 'report', category: '匿名举报', whistle: true, complained_of: unit });
  assert.deepEqual(codes(await office.act('appeals', hidden, 'assign', { unit })), ['not_complained_of']);
  await office.do('appeals', hidden, 'assign', { unit: other });
  await health.do('appeals', hidden, 'answer', { answer: '已核查', outcome: 'solved' });
  assert.equal((await call(caller, hidden, said(true, 'solved', 'satisfied'))).status, 201);
  const problem = await office.create('problems', { title: '违规收费', campaign, category: 'party', source: 'appeals', kind: 'at_once', lead_unit: unit });
  await office.create('links', { kind: 'arises_from', from_type: 'problem', from_id: problem, to_type: 'appeal', to_id: hidden });
  await office.do('appeals', hidden, 'ask_correction', { title: word + '(更正)' }, '标题写错了');
  await health.create('exclusions', { appeal: hidden, reason: 'unfounded', why: '经核查不属实' });
  await followed(server);
  for (const client of [housing, head, insider]) {
    const name = client.session.user.account;
    assert.equal((await client.call('GET', `/api/v1/appeals/${hidden}`)).status, 404, name);
    const lists = ['appeals?limit=200', 'call_backs?limit=200', 'exclusions?limit=200', 'links?limit=200', 'approvals?limit=200', 'messages?limit=200', 'chases?limit=200', `problems/${problem}`, `appeals?q=${encodeURIComponent('违规收费')}`, 'tasks', 'class-growth', 'alerts?limit=200', 'rates?by=category', 'appeals/tally?by=kind', 'chase-list?what=appeals', 'rates/reached/list'];
    for (const path of lists) {
      const answer = await client.call('GET', '/api/v1/' + path), text = JSON.stringify(answer.body);
      assert.ok(!text.includes(word) && !text.includes('W-1') && !text.includes('匿名举报') && !text.includes(`"to_id":${hidden}`), `${name} reads ${path}`);
    }
    const seen = (await ok(client, 'appeals?limit=200')).items.length, counted = (await ok(client, 'appeals/tally?by=kind')).total;
    assert.equal(counted, seen, `${name}: no count gives it away`);
    const csv = await fetch(`${server.origin}/api/v1/appeals.csv`, { headers: { cookie: client.cookie } });
    assert.ok(!(await csv.text()).includes(word), `${name}: nor the export`);
  }
  assert.equal((await health.call('GET', `/api/v1/appeals/${hidden}`)).status, 200, 'who handles it reads it');
  assert.ok((await ok(office, 'rates?by=category')).groups.some((group) => group.key === '匿名举报'), 'the office counts it');
});

test('what stands is what the journal adds up to', async () => {
  await server.stop();
  server = null;
  const verified = must(bihuan(store, ['verify']));
  assert.ok(verified);
});
