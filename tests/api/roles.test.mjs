// Who may see and do what: sessions and tokens, scope on every read, and the three administrators kept apart from all business.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, realStore, serve, signIn, bihuan, must, journalOf, written, newKey, until } from '../lib.mjs';

const MARK = '水务标记甲乙丙';
let store, server, people, units, campaign, problem, appeal, hidden;
before(async () => {
  store = demoStore();
  server = await serve(store);
  people = {};
  for (const account of ['office', 'liaison-housing', 'head-housing', 'liaison-health', 'acceptor-1', 'leader', 'reviewer', 'sysadmin', 'secadmin', 'auditadmin']) people[account] = await signIn(server, account, store.accounts[account]);
  const { office } = people;
  campaign = (await office.ok('GET', '/api/v1/session')).campaign.id;
  units = Object.fromEntries((await office.ok('GET', '/api/v1/units?limit=200')).items.map((one) => [one.name, one.id]));
  const own = people['liaison-housing'].session.user.unit;
  appeal = await office.create('appeals', { number: 'R-1', title: '住建承办的诉求', made_at: '2026-11-01T09:00:00+08:00', unit: own, phone: '13812345678' });
  hidden = await office.create('appeals', { number: 'R-2', title: '举报住建', made_at: '2026-11-01T09:00:00+08:00', unit: own, whistle: true });
  const set = await office.ok('POST', '/api/v1/changes', { changes: [
    { type: 'problem', action: 'create', values: { title: MARK, detail: MARK + '的细节', campaign, category: 'livelihood', source: 'appeals', kind: 'at_once', lead_unit: units['市水务局'] } },
    { type: 'link', action: 'create', values: { kind: 'arises_from', from_type: 'problem', from_id: -1, to_type: 'appeal', to_id: appeal } }] }, { 'idempotency-key': newKey() });
  problem = set.ids[0];
  for (const action of ['submit', 'admit']) await office.do('problems', problem, action);
  await office.do('problems', problem, 'assign', { due: '2026-12-31' });
});
after(async () => { await server?.stop(); store?.remove(); });

const raw = (client, method, path, headers = {}, body) => fetch(server.origin + path, { method, headers: { cookie: client.cookie, ...headers }, body });

// ---- sessions ----

test('nobody sets a secrecy above his own ceiling: the record would be out of his reach, and of who has to put it right', async () => {
  const { office } = people, one = await office.create('problems', { title: '定密范围', campaign, category: 'livelihood', source: 'appeals', kind: 'at_once', lead_unit: units['市水务局'] });
  const edit = (values) => office.call('PATCH', `/api/v1/problems/${one}`, { values }, { 'if-match': '*' }), raised = await edit({ secrecy: 'restricted' });
  assert.equal(raised.status, 403);
  assert.equal(raised.body.findings[0].code, 'above_ceiling');
  assert.equal((await office.call('POST', '/api/v1/problems', { values: { title: '另一件', campaign, category: 'livelihood', source: 'appeals', kind: 'at_once', lead_unit: units['市水务局'], secrecy: 'restricted' } }, { 'idempotency-key': newKey() })).status, 403);
  assert.equal((await edit({ secrecy: 'open' })).status, 200);
  assert.equal((await edit({ secrecy: 'internal' })).status, 200);
});

test('what belongs to a restricted problem, its approvals too, is as restricted: not for its own unit, nor for the office, under a lower ceiling', async () => {
  const { office, secadmin, sysadmin } = people, unit = people['liaison-housing'].session.user.unit, cleared = {};
  for (const [account, role, of] of [['cleared-office', 'office', null], ['cleared-liaison', 'liaison', unit]]) {
    const user = await sysadmin.create('users', { account, name: account, unit });
    must(bihuan(store, ['user', 'password', account, '--as', 'sysadmin', '--password-stdin'], { input: `password of ${account}\n` }));
    await secadmin.create('grants', { user, role, unit: of, secrecy: 'restricted' });
    cleared[role] = await signIn(server, account, `password of ${account}`);
  }
  const one = await cleared.office.create('problems', { title: '限定知悉的事', campaign, category: 'livelihood', source: 'appeals', kind: 'time_limited', lead_unit: unit, root_cause: '不写', secrecy: 'restricted' });
  for (const action of ['submit', 'admit']) await cleared.office.do('problems', one, action);
  await cleared.office.do('problems', one, 'assign', { due: '2026-12-31' });
  await cleared.liaison.do('problems', one, 'take');
  await cleared.liaison.create('measures', { problem: one, title: '限定的措施', weight: 10000, start: '2026-11-20', due: '2026-12-30', owner: '李某', unit });
  await cleared.liaison.do('problems', one, 'extend', { due: '2027-01-05' }, '限定的理由');
  const lists = ['problems?limit=200', `measures?problem=${one}`, `holdings?problem=${one}`, `cycles?problem=${one}`, `approvals?type=problem&record=${one}`], seen = async (client) => (await Promise.all(lists.map((list) => client.ok('GET', '/api/v1/' + list)))).map((list) => list.items.filter((item) => [item.id, item.problem, item.record].includes(one)).length);
  assert.deepEqual(await seen(cleared.office), [1, 1, 1, 1, 1]);
  for (const account of ['office', 'liaison-housing', 'head-housing', 'reviewer']) assert.deepEqual(await seen(people[account]), [0, 0, 0, 0, 0], account);
  const approval = (await cleared.office.ok('GET', `/api/v1/approvals?type=problem&record=${one}`)).items[0].id;
  assert.equal((await office.act('approvals', approval, 'agree')).status, 404, 'nor agreed to unseen');
  await cleared.office.do('approvals', approval, 'agree');
});

test('a wrong password and an unknown account are told alike, and both are 401', async () => {
  const nobody = await signIn(server);
  const wrong = await nobody.call('POST', '/api/v1/session', { account: 'leader', password: 'not this one' });
  const unknown = await nobody.call('POST', '/api/v1/session', { account: 'no-such-account', password: 'not this one' });
  assert.deepEqual([wrong.status, unknown.status], [401, 401]);
  assert.equal(wrong.body.detail, unknown.body.detail);
  for (const path of ['/api/v1/session', '/api/v1/problems', '/api/v1/types', '/api/v1/overview', '/api/v1/events', '/api/v1/openapi.json', '/api/v1/journal']) assert.equal((await nobody.call('GET', path)).status, 401, path);
});

test('after five wrong tries an account rests, even for the right password; others do not', async () => {
  const nobody = await signIn(server), account = 'acceptor-2';
  for (let i = 0; i < 5; i++) assert.equal((await nobody.call('POST', '/api/v1/session', { account, password: 'wrong ' + i })).status, 401);
  const rests = await nobody.call('POST', '/api/v1/session', { account, password: store.accounts[account] });
  assert.equal(rests.status, 429);
  assert.ok(Number(rests.headers.get('retry-after')) > 60);
  await signIn(server, 'leader', store.accounts.leader);
});

test('a change without the CSRF token, or with another one, is 403 and changes nothing', async () => {
  const { office } = people, before = written(store);
  const body = JSON.stringify({ values: { title: '伪造的请求', campaign, category: 'livelihood', source: 'appeals', lead_unit: units['市水务局'] } });
  assert.equal((await raw(office, 'POST', '/api/v1/problems', { 'content-type': 'application/json' }, body)).status, 403);
  assert.equal((await raw(office, 'POST', '/api/v1/problems', { 'content-type': 'application/json', 'x-csrf-token': people.leader.csrf }, body)).status, 403);
  assert.equal((await raw(office, 'DELETE', '/api/v1/session')).status, 403);
  assert.equal(written(store), before);
});

test('the cookie is HttpOnly, SameSite=Strict, and Secure behind a proxy; pages say strictly what they may load', async () => {
  const sign = (origin, password) => fetch(origin + '/api/v1/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ account: 'office', password }) });
  const plain = (await sign(server.origin, store.accounts.office)).headers;
  assert.match(plain.get('set-cookie'), /^bihuan_session=[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Strict/);
  assert.doesNotMatch(plain.get('set-cookie'), /Secure/);
  assert.match(plain.get('content-security-policy'), /default-src 'none'; script-src 'self'; style-src 'self'/);
  assert.doesNotMatch(plain.get('content-security-policy'), /unsafe/);
  assert.equal(plain.get('cache-control'), 'no-store');
  const other = realStore(), proxied = await serve(other, ['--behind-proxy']);
  try { assert.match((await sign(proxied.origin, other.accounts.office)).headers.get('set-cookie'), /; Secure/); } finally { await proxied.stop(); other.remove(); }
});

test('signing out ends the session for everybody who has its cookie', async () => {
  const client = await signIn(server, 'leader', store.accounts.leader);
  assert.equal((await client.call('GET', '/api/v1/session')).status, 200);
  assert.equal((await client.call('DELETE', '/api/v1/session')).status, 204);
  assert.equal((await client.call('GET', '/api/v1/session')).status, 401);
  assert.equal((await client.call('GET', '/api/v1/problems')).status, 401);
});

test('a generated password opens nothing but its own change', async () => {
  const made = must(bihuan(store, ['user', 'create', 'newcomer', '--name', '新人', '--as', 'sysadmin', '--generate', '--json'])).json();
  must(bihuan(store, ['user', 'grant', 'newcomer', 'liaison', '--unit', '市水务局', '--as', 'secadmin']));
  const client = await signIn(server, 'newcomer', made.password);
  const shut = await client.call('GET', '/api/v1/problems');
  assert.deepEqual([shut.status, shut.body.code], [403, 'must_change']);
  assert.equal((await client.call('POST', '/api/v1/password', { old: made.password, new: 'short' })).status, 422);
  assert.equal((await client.call('POST', '/api/v1/password', { old: 'not the one', new: 'a longer password' })).status, 401);
  const changed = await client.call('POST', '/api/v1/password', { old: made.password, new: 'a longer password' });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  assert.equal((await client.call('GET', '/api/v1/session')).status, 401, 'the old session ended');
  const again = await signIn(server, 'newcomer', 'a longer password');
  assert.equal((await again.call('GET', `/api/v1/problems/${problem}`)).status, 200, 'the liaison of the unit sees it');
  people.newcomer = again;
});

// ---- scope ----

test('a liaison of another unit finds a problem nowhere: not by address, in no list, figure, search, link, journal, export', async () => {
  const { office } = people, other = people['liaison-housing'], own = people.newcomer;
  for (const path of [`/api/v1/problems/${problem}`, `/api/v1/problems/${problem}/journal`, `/api/v1/problems/${problem}?at=2026-11-25`]) {
    const answer = await other.call('GET', path);
    assert.equal(answer.status, 404, path);
    assert.doesNotMatch(JSON.stringify(answer.body), new RegExp(MARK));
  }
  await until('the terms know it', async () => (await office.ok('GET', '/api/v1/problems?q=' + encodeURIComponent('水务标记'))).items.some((one) => one.id === problem));
  const lists = ['/api/v1/problems?limit=200', '/api/v1/problems?ids=' + problem, '/api/v1/problems?title=' + encodeURIComponent(MARK), '/api/v1/problems?q=' + encodeURIComponent('水务标记'), `/api/v1/problems?unit=${units['市水务局']}`, `/api/v1/problems?lead_unit=${units['市水务局']}`, `/api/v1/problems?lead_unit.below=${units['申江市']}&limit=200`];
  for (const path of lists) {
    assert.ok((await own.ok('GET', path)).items.some((one) => one.id === problem), 'its own liaison finds it: ' + path);
    assert.ok(!(await other.ok('GET', path)).items.some((one) => one.id === problem), path);
  }
  const seen = (await other.ok('GET', '/api/v1/problems?limit=200')).items;
  const mine = other.session.user.unit;
  for (const one of seen) assert.ok(one.lead_unit === mine || (await other.page('problems', one.id)).record.joint_units?.includes(mine), 'only what the unit leads or joins');
  const figure = async (client) => (await client.ok('GET', '/api/v1/problems/tally?by=lead_unit')).cells.find((one) => one.key[0] === units['市水务局'])?.count ?? 0;
  assert.ok(await figure(office) > 0);
  const joined = seen.filter((one) => one.lead_unit === units['市水务局']).length;
  assert.equal(await figure(other), joined, 'a tally counts what the list shows');
  const overview = await other.ok('GET', '/api/v1/overview');
  assert.equal(overview.total, (await other.ok('GET', '/api/v1/problems?counted=true&limit=200')).items.length);
  assert.doesNotMatch((await other.call('GET', '/api/v1/problems.csv')).body, new RegExp(MARK));
  assert.match((await own.call('GET', '/api/v1/problems.csv')).body, new RegExp(MARK));
  const page = await other.page('appeals', appeal);
  assert.deepEqual(page.links, [], 'the appeal is seen, what it led to elsewhere is not');
  assert.doesNotMatch(JSON.stringify(page), new RegExp(MARK));
  assert.doesNotMatch(JSON.stringify(await other.ok('GET', `/api/v1/appeals/${appeal}/journal`)), new RegExp(MARK));
  assert.equal((await office.page('appeals', appeal)).links.length, 1);
  assert.equal((await other.call('GET', '/api/v1/links')).body.items?.length ?? 0, 0);
  assert.equal((await other.call('GET', '/api/v1/journal')).status, 403);
});

test('what belongs to a problem out of scope is out of scope: cycles, measures, evidence and their making', async () => {
  const other = people['liaison-housing'], own = people.newcomer;
  const cycle = (await own.page('problems', problem)).cycles[0].id;
  assert.equal((await own.call('GET', `/api/v1/cycles/${cycle}`)).status, 200);
  assert.equal((await other.call('GET', `/api/v1/cycles/${cycle}`)).status, 404);
  assert.ok(!(await other.ok('GET', '/api/v1/cycles?limit=200')).items.some((one) => one.id === cycle));
  const before = written(store);
  const measure = await other.call('POST', '/api/v1/measures', { values: { problem, title: '插手', weight: 100, start: '2026-11-21', due: '2026-12-01', owner: '某', unit: other.session.user.unit } });
  const evidence = await other.call('POST', '/api/v1/evidences', { values: { problem, title: '插手' } });
  const act = await other.act('problems', problem, 'take');
  for (const answer of [measure, evidence, act]) { assert.ok([403, 404, 422].includes(answer.status), JSON.stringify(answer.body)); assert.doesNotMatch(JSON.stringify(answer.body), new RegExp(MARK)); }
  assert.equal(act.status, 404);
  assert.equal(written(store), before);
});

test('a whistle-blower\'s appeal is hidden from the unit complained of, and from its head', async () => {
  assert.equal((await people.office.page('appeals', hidden)).record.number, 'R-2');
  for (const account of ['liaison-housing', 'head-housing']) {
    const client = people[account];
    assert.equal((await client.call('GET', `/api/v1/appeals/${hidden}`)).status, 404);
    assert.equal((await client.call('GET', `/api/v1/appeals/${appeal}`)).status, 200);
    assert.ok(!(await client.ok('GET', '/api/v1/appeals?limit=200')).items.some((one) => one.id === hidden));
    const listed = (await client.ok('GET', '/api/v1/appeals?limit=200')).items.length, counted = (await client.ok('GET', '/api/v1/appeals/tally?by=kind')).total;
    assert.equal(counted, listed, 'figures leave it out as well');
    assert.doesNotMatch((await client.call('GET', '/api/v1/appeals.csv')).body, /举报住建/);
  }
});

test('contacts are shown masked; to see one in plain needs a reason and is in the audit stream', async () => {
  const { office } = people, page = await office.page('appeals', appeal);
  assert.match(page.record.phone, /\*/);
  for (const body of [JSON.stringify(page), JSON.stringify(await office.ok('GET', `/api/v1/appeals/${appeal}/journal`)), (await office.call('GET', '/api/v1/appeals.csv?number=R-1')).body]) assert.doesNotMatch(body, /13812345678/);
  assert.equal((await office.call('POST', `/api/v1/appeals/${appeal}/reveal`, { field: 'phone' })).status, 400);
  assert.equal((await people['liaison-health'].call('POST', `/api/v1/appeals/${appeal}/reveal`, { field: 'phone', reason: '看看' })).status, 404);
  assert.equal((await people.leader.call('POST', `/api/v1/appeals/${appeal}/reveal`, { field: 'phone', reason: '看看' })).status, 403);
  assert.equal((await office.ok('POST', `/api/v1/appeals/${appeal}/reveal`, { field: 'phone', reason: '回访' })).value, '13812345678');
});

test('leader and reviewer read all that the office reads, and change nothing', async () => {
  const { office } = people, total = (await office.ok('GET', '/api/v1/problems/tally?by=state')).total;
  for (const account of ['leader', 'reviewer']) {
    const client = people[account], before = written(store);
    assert.equal((await client.ok('GET', '/api/v1/problems/tally?by=state')).total, total);
    const page = await client.page('problems', problem);
    assert.equal(page.record.title, MARK);
    assert.deepEqual(page.actions.filter((one) => one.open), []);
    const tries = [
      client.call('POST', '/api/v1/problems', { values: { title: '越权', campaign, category: 'livelihood', source: 'appeals', lead_unit: units['市水务局'] } }),
      client.call('PATCH', `/api/v1/problems/${problem}`, { values: { remark: '越权' } }, { 'if-match': `"${page.record.version}"` }),
      client.act('problems', problem, 'take'), client.act('problems', problem, 'withdraw', {}, '越权'),
      client.call('POST', '/api/v1/links', { values: { kind: 'mentions', from_type: 'problem', from_id: problem, to_type: 'appeal', to_id: appeal } }),
      client.call('POST', '/api/v1/appeals/import', Buffer.from('编号,标题,时间\r\n1,2,2025/1/1\r\n'), { 'content-type': 'text/csv' }),
    ];
    for (const answer of await Promise.all(tries)) assert.equal(answer.status, 403, JSON.stringify(answer.body));
    assert.equal(written(store), before);
  }
});

// ---- the three administrators ----

test('the three administrators see no problems, appeals or evidence at all', async () => {
  for (const account of ['sysadmin', 'secadmin', 'auditadmin']) {
    const client = people[account];
    for (const plural of ['problems', 'appeals', 'measures', 'evidences', 'cycles', 'topics', 'links', 'approvals']) {
      const list = await client.call('GET', `/api/v1/${plural}?limit=200`);
      assert.ok(list.status === 403 || list.status === 404 || list.body.items.length === 0, `${account} ${plural}: ${list.status}`);
    }
    assert.equal((await client.call('GET', `/api/v1/problems/${problem}`)).status, 404);
    const overview = await client.call('GET', '/api/v1/overview'), tally = await client.call('GET', '/api/v1/problems/tally?by=state');
    assert.ok(overview.status === 403 || overview.body.total === 0);
    assert.ok(tally.status === 403 || tally.body.total === 0);
    assert.notEqual((await client.call('GET', '/api/v1/problems.csv')).status, 200);
    assert.notEqual((await client.call('POST', '/api/v1/files', Buffer.from('x'), { 'content-type': 'text/plain' })).status, 201);
    assert.equal((await client.ok('GET', '/api/v1/tasks')).items.length, 0);
    const types = (await client.ok('GET', '/api/v1/types')).types.map((one) => one.name);
    assert.ok(!types.includes('problem') && !types.includes('appeal'), 'nor are they declared to him: ' + types);
  }
});

const grant = (client, values) => client.call('POST', '/api/v1/grants', { values }, { 'idempotency-key': newKey() });
const idOf = async (account) => (await people.secadmin.ok('GET', '/api/v1/users?account=' + account)).items[0].id;

test('the security administrator gives no administrator a business role, nobody a second administrator\'s, and not himself', async () => {
  const before = written(store), { secadmin } = people;
  const wrong = [[await idOf('sysadmin'), 'office'], [await idOf('auditadmin'), 'reviewer'], [await idOf('secadmin'), 'leader'], [await idOf('office'), 'system_administrator'], [await idOf('leader'), 'audit_administrator'], [await idOf('sysadmin'), 'security_administrator']];
  for (const [user, role] of wrong) {
    const answer = await grant(secadmin, { user, role });
    assert.ok([409, 422].includes(answer.status), `${role}: ${answer.status} ${JSON.stringify(answer.body)}`);
    assert.ok(answer.body.findings.length >= 1);
  }
  assert.equal(written(store), before);
});

test('nor do two grants in one set, each harmless alone', async () => {
  const system = people.sysadmin, user = await system.create('users', { account: 'two-hats', name: '两顶帽子' }), before = written(store);
  const set = await people.secadmin.call('POST', '/api/v1/changes', { changes: [{ type: 'grant', action: 'create', values: { user, role: 'office' } }, { type: 'grant', action: 'create', values: { user, role: 'system_administrator' } }] });
  assert.ok([409, 422].includes(set.status), JSON.stringify(set.body));
  assert.equal(written(store), before);
});

test('only the security administrator grants, only the system administrator makes accounts', async () => {
  const user = await idOf('newcomer'), before = written(store);
  for (const account of ['sysadmin', 'auditadmin', 'office', 'leader', 'liaison-housing']) assert.equal((await grant(people[account], { user, role: 'leader' })).status, 403, account);
  for (const account of ['secadmin', 'auditadmin', 'office', 'leader', 'liaison-housing']) assert.equal((await people[account].call('POST', '/api/v1/users', { values: { account: 'x-' + account, name: '某' } })).status, 403, account);
  assert.notEqual(bihuan(store, ['user', 'grant', 'newcomer', 'leader', '--as', 'sysadmin']).status, 0);
  assert.notEqual(bihuan(store, ['user', 'create', 'yy', '--name', '某', '--as', 'secadmin', '--generate']).status, 0);
  assert.notEqual(bihuan(store, ['user', 'create', '--first']).status, 0, 'the first ones are there already');
  assert.equal(written(store), before);
});

test('a grant holds from its day to its day, and ends when it is taken back', async () => {
  const { secadmin, sysadmin } = people;
  const user = await sysadmin.create('users', { account: 'by-dates', name: '按期' });
  must(bihuan(store, ['user', 'password', 'by-dates', '--as', 'sysadmin', '--password-stdin'], { input: 'password by dates\n' }));
  const client = await signIn(server, 'by-dates', 'password by dates');
  const sees = async () => (await client.call('GET', `/api/v1/problems/${problem}`)).status === 200;
  assert.equal(await sees(), false, 'no grant, nothing to see');
  assert.equal((await grant(secadmin, { user, role: 'leader', valid_from: '2026-01-01', valid_to: '2026-11-01' })).status, 201);
  assert.equal((await grant(secadmin, { user, role: 'leader', valid_from: '2027-01-01' })).status, 201);
  assert.equal(await sees(), false, 'one is over, the other has not begun');
  const now = await grant(secadmin, { user, role: 'leader', valid_from: '2026-11-01', valid_to: '2027-11-01' });
  assert.equal(await sees(), true, 'in force at once');
  await secadmin.do('grants', now.body.ids[0], 'retire', {}, '岗位调整');
  assert.equal(await sees(), false, 'taken back at once');
});

test('a disabled account is signed in nowhere any more', async () => {
  const { sysadmin } = people, user = await idOf('by-dates'), client = await signIn(server, 'by-dates', 'password by dates');
  await sysadmin.do('users', user, 'disable', {}, '离职');
  await until('the session ended', async () => (await client.call('GET', '/api/v1/session')).status === 401);
  assert.equal((await client.call('POST', '/api/v1/session', { account: 'by-dates', password: 'password by dates' })).status, 401);
});

// ---- journal and audit ----

test('the audit administrator reads who did what when, but not the contents; the reviewer reads contents in scope', async () => {
  const { auditadmin, reviewer } = people;
  const last = journalOf(store), from = Math.max(0, last - 190);
  const heads = (await auditadmin.ok('GET', `/api/v1/journal?after=${from}&limit=200`)).entries;
  assert.equal(heads.length, last - from, 'every entry');
  assert.deepEqual(heads.map((one) => one.number), heads.map((_, i) => from + 1 + i), 'oldest first, none left out');
  const whole = JSON.stringify(await auditadmin.ok('GET', '/api/v1/journal?after=0&limit=200'));
  for (let after = 0; after < last; after += 200) assert.doesNotMatch(JSON.stringify(await auditadmin.ok('GET', `/api/v1/journal?after=${after}&limit=200`)), new RegExp(MARK));
  assert.ok(whole.length > 1000);
  const told = [];
  for (let after = 0; after < last; after += 200) told.push(JSON.stringify(await reviewer.ok('GET', `/api/v1/journal?after=${after}&limit=200`)));
  assert.match(told.join(''), new RegExp(MARK));
  for (const account of ['office', 'leader', 'sysadmin', 'secadmin', 'acceptor-1']) assert.equal((await people[account].call('GET', '/api/v1/journal')).status, 403, account);
});

test('the audit stream holds sign-ins, failures, exports and reveals, for the audit administrator only', async () => {
  const { auditadmin } = people;
  const entries = [];
  for (let after = 0; ;) { const page = await auditadmin.ok('GET', `/api/v1/audit?after=${after}&limit=200`); entries.push(...page.entries); if (!page.next) break; after = page.next; }
  for (const what of ['sign_in', 'sign_in_failed', 'sign_out', 'export', 'reveal', 'password_changed', 'user_create']) assert.ok(entries.some((one) => one.what === what), what + ' is there: ' + [...new Set(entries.map((one) => one.what))]);
  assert.doesNotMatch(JSON.stringify(entries), /13812345678|a longer password/);
  assert.equal(entries.find((one) => one.what === 'reveal').detail.reason, '回访');
  for (const account of ['office', 'leader', 'reviewer', 'sysadmin', 'secadmin', 'liaison-housing']) assert.equal((await people[account].call('GET', '/api/v1/audit')).status, 403, account);
});

// ---- tokens ----

test('a token reads or writes as its scope says, without a cookie or CSRF, and acts as its user', async () => {
  const token = (scope, account = 'office') => must(bihuan(store, ['user', 'token', account, '--scope', scope, '--as', 'sysadmin', '--json'])).json().token;
  const reads = token('read'), writes = token('write');
  const ask = (secret, method, path, body) => fetch(server.origin + path, { method, headers: { authorization: 'Bearer ' + secret, 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
  assert.equal((await ask(reads, 'GET', `/api/v1/problems/${problem}`)).status, 200);
  const values = { number: 'TK-1', title: '令牌来的', made_at: '2026-11-02T09:00:00+08:00' };
  assert.equal((await ask(reads, 'POST', '/api/v1/appeals', { values })).status, 403);
  assert.equal((await ask(writes, 'POST', '/api/v1/appeals', { values })).status, 201);
  assert.equal((await ask('0'.repeat(64), 'GET', '/api/v1/problems')).status, 401);
  assert.equal((await ask(writes.slice(0, 63) + (writes.endsWith('0') ? '1' : '0'), 'GET', '/api/v1/problems')).status, 401);
  const narrow = token('write', 'liaison-health');
  assert.equal((await ask(narrow, 'GET', `/api/v1/problems/${problem}`)).status, 404, 'in its user\'s scope');
  assert.notEqual(bihuan(store, ['user', 'token', 'office', '--scope', 'write', '--as', 'liaison-health']).status, 0);
});

test('tasks name the work that waits, never what merely may be done', async () => {
  const WORK = new Set(['submit', 'admit', 'assign', 'take', 'start', 'apply', 'endorse', 'accept', 'publicise', 'close', 'finish', 'accept_measure', 'agree', 'answer', 'conclude', 'confirm', 'issue', 'nil_reply', 'report', 'approve', 'rule', 'pass']);
  for (const account of ['office', 'liaison-housing', 'head-housing', 'acceptor-1']) {
    const client = await signIn(server, account, store.accounts[account]);
    const { items } = await client.ok('GET', '/api/v1/tasks');
    assert.deepEqual([...new Set(items.map((one) => one.action))].filter((action) => !WORK.has(action)), [], account);
    const one = items.find((task) => task.type === 'problem');
    if (one) assert.ok((await client.page('problems', one.record.id)).actions.some((offer) => offer.action === one.action && offer.mine), `${account}: ${one.action} is on its page`);
  }
});
