// What comes in wrong is refused with one clear answer: every finding at once, in the caller's language, and nothing half written.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { join } from 'node:path';
import { demoStore, serve, signIn, written, rowCounts, newKey, until, filesBelow } from '../lib.mjs';

let store, server, office, system, campaign, unit, problem;
before(async () => {
  store = demoStore();
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
  system = await signIn(server, 'sysadmin', store.accounts.sysadmin);
  campaign = (await office.ok('GET', '/api/v1/session')).campaign.id;
  unit = (await office.ok('GET', '/api/v1/units?limit=200')).items.find((one) => one.name === '市水务局').id;
  problem = await office.create('problems', valid());
});
after(async () => { await server?.stop(); store?.remove(); });

const valid = (more = {}) => ({ title: '河道漂浮物', campaign, category: 'livelihood', source: 'appeals', kind: 'time_limited', lead_unit: unit, ...more });
const state = () => rowCounts(store);
/** The request is refused with this status, in the shape of RFC 9457, and nothing moved. */
async function refused(status, method, path, body, headers = {}, client = office) {
  const before = state(), answer = await client.call(method, path, body, headers);
  assert.equal(answer.status, status, `${method} ${path}: ${JSON.stringify(answer.body)}`);
  assert.match(answer.headers.get('content-type'), /^application\/problem\+json/);
  assert.equal(answer.body.status, status);
  assert.ok(answer.body.detail.length > 3 && answer.body.title.length > 1 && answer.body.code.length > 1, JSON.stringify(answer.body));
  assert.deepEqual(state(), before, 'nothing half written');
  return answer.body;
}
const finding = (body, field) => { const one = body.findings.find((each) => each.field === field); assert.ok(one, `a finding for ${field}: ` + JSON.stringify(body)); return one; };
/** What is answered to these bytes before the server closes the connection. */
async function spoken(port, bytes) {
  const socket = connect(port, '127.0.0.1'), heard = [];
  socket.on('error', () => {});
  socket.on('data', (some) => heard.push(some));
  socket.write(bytes);
  await new Promise((closed) => socket.once('close', closed));
  return Buffer.concat(heard).toString('latin1');
}
const create = (status, values, client) => refused(status, 'POST', '/api/v1/problems', { values }, { 'idempotency-key': newKey() }, client);

test('an unknown field is named, with the nearest ones', async () => {
  const body = await create(400, valid({ titel: '错', leed_unit: 3 }));
  assert.match(finding(body, 'titel').sentence, /title/);
  assert.match(finding(body, 'leed_unit').sentence, /lead_unit/);
});

test('wrong types, unknown choices and too long texts are found all at once, together with what the door finds', async () => {
  const body = await create(422, { ...valid({ title: '题'.repeat(201), campaign: 'one', category: 'lively', due: '2026-02-30', hard: 'yes', joint_units: 7, official: 5 }), lead_unit: undefined });
  for (const [field, code] of [['title', 'too_long'], ['campaign', 'wrong_type'], ['category', 'unknown_choice'], ['due', 'wrong_type'], ['hard', 'wrong_type'], ['joint_units', 'wrong_type'], ['official', 'wrong_type'], ['lead_unit', 'required']])
    assert.equal(finding(body, field).code, code, JSON.stringify(body.findings));
  assert.match(finding(body, 'category').sentence, /livelihood/, 'it says what would be right');
});

test('sentences are Chinese or English by Accept-Language, and by ?lang=', async () => {
  const zh = await refused(422, 'POST', '/api/v1/problems', { values: {} }, { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' });
  const en = await refused(422, 'POST', '/api/v1/problems', { values: {} }, { 'accept-language': 'en-GB,en;q=0.9' });
  const asked = await refused(422, 'POST', '/api/v1/problems?lang=en', { values: {} }, { 'accept-language': 'zh' });
  assert.deepEqual(zh.findings.map((one) => one.field), en.findings.map((one) => one.field));
  assert.ok(zh.findings.length >= 5, 'all that is required is missing at once: ' + JSON.stringify(zh));
  for (const one of [zh.detail, ...zh.findings.map((each) => each.sentence)]) assert.match(one, /[\u4e00-\u9fff]/);
  for (const body of [en, asked]) for (const one of [body.detail, ...body.findings.map((each) => each.sentence)]) { assert.doesNotMatch(one, /[\u4e00-\u9fff]/, one); assert.match(one, /[a-z]/); }
});

test('a derived field cannot be written', async () => {
  const body = await create(422, valid({ colour: 'red', number: 'SJ-1' }));
  finding(body, 'colour');
  finding(body, 'number');
});

test('a reference to nothing, and a date that is no date, are refused by name', async () => {
  finding(await create(422, valid({ lead_unit: 99999999 })), 'lead_unit');
  finding(await create(422, valid({ due: '下周' })), 'due');
});

test('JSON nested ten thousand deep, JSON of five megabytes and JSON that is none are refused and the server goes on', async () => {
  const post = (body) => ['POST', '/api/v1/problems', body];
  await refused(400, ...post('{"values":'.repeat(10000) + '1' + '}'.repeat(10000)));
  await refused(400, ...post('['.repeat(10000) + ']'.repeat(10000)));
  await refused(413, ...post(JSON.stringify({ values: valid({ detail: 'x'.repeat(5 << 20) }) })));
  for (const body of ['', '{', '[]', 'null', '"text"', '{"values":}', '{"values":{"title":"\\ud800"}}', '{"values":{"weight":1e999}}', '{"values":{}}trailing']) await refused(400, ...post(body));
  assert.equal((await fetch(server.origin + '/readyz')).status, 200);
});

test('a name that stands twice in an object, an unknown member and values that are no object are refused', async () => {
  await refused(400, 'POST', '/api/v1/problems', '{"values":{"title":"甲甲","title":"乙乙"}}');
  const body = await refused(400, 'POST', '/api/v1/problems', { values: valid(), reson: 'x' });
  assert.match(finding(body, 'reson').sentence, /reason/);
  await refused(422, 'POST', '/api/v1/problems', { values: [1, 2] });
});

test('U+0000 and bytes that are not UTF-8 are refused, in bodies and in addresses', async () => {
  const zero = await office.call('POST', '/api/v1/problems', `{"values":${JSON.stringify(valid()).replace('河道漂浮物', '河\\u0000道')}}`);
  assert.ok([400, 422].includes(zero.status), JSON.stringify(zero.body));
  await refused(400, 'POST', '/api/v1/problems', Buffer.concat([Buffer.from('{"values":{"title":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}}')]));
  await refused(400, 'GET', '/api/v1/problems?q=%ff%fe');
  const address = await office.call('GET', '/api/v1/problems?q=%00%00');
  assert.ok([200, 400].includes(address.status), String(address.status));
});

test('in a set of changes every change is looked at, each finding says which; the set is all or nothing', async () => {
  const body = await refused(422, 'POST', '/api/v1/changes', { changes: [
    { type: 'problem', action: 'create', values: valid() },
    { type: 'problem', action: 'create', values: valid({ title: 'x' }) },
    { type: 'link', action: 'create', values: { kind: 'arises_from', from_type: 'problem', from_id: -1, to_type: 'appeal', to_id: 987654321 } },
  ] }, { 'idempotency-key': newKey() });
  assert.ok(body.findings.some((one) => one.change === 1 && one.field === 'title'), JSON.stringify(body));
  assert.ok(body.findings.some((one) => one.change === 2), JSON.stringify(body));
  assert.ok(!body.findings.some((one) => one.change === 0), JSON.stringify(body));
  const unknown = await refused(400, 'POST', '/api/v1/changes', { changes: [{ type: 'problm', action: 'create', values: {} }, { type: 'problem', action: 'creat', values: {} }] });
  assert.match(finding(unknown, 'type').sentence, /problem/);
  assert.match(finding(unknown, 'action').sentence, /create/);
  await refused(400, 'POST', '/api/v1/changes', { changes: [] });
  await refused(400, 'POST', '/api/v1/changes', { changes: Array.from({ length: 1001 }, () => ({ type: 'problem', action: 'create', values: {} })) });
});

test('a rehearsal decides and writes nothing', async () => {
  const before = state();
  const good = await office.call('POST', '/api/v1/changes?rehearse=1', { changes: [{ type: 'problem', action: 'create', values: valid() }] });
  assert.equal(good.status, 200, JSON.stringify(good.body));
  assert.deepEqual(state(), before);
  await refused(422, 'POST', '/api/v1/changes?rehearse=1', { changes: [{ type: 'problem', action: 'create', values: valid({ title: 'x' }) }] });
});

test('an edit without If-Match is 428, with a stale version 412, with nonsense 400, with the right one 200', async () => {
  const path = `/api/v1/problems/${problem}`, seen = (await office.page('problems', problem)).record.version;
  await refused(428, 'PATCH', path, { values: { remark: '一' } });
  await refused(400, 'PATCH', path, { values: { remark: '一' } }, { 'if-match': 'seven' });
  await office.ok('PATCH', path, { values: { remark: '一' } }, { 'if-match': `"${seen}"` });
  await refused(412, 'PATCH', path, { values: { remark: '二' } }, { 'if-match': `"${seen}"` });
  await refused(412, 'POST', `${path}/submit`, { values: {} }, { 'if-match': `"${seen}"` });
  assert.equal((await office.page('problems', problem)).record.remark, '一');
});

test('of two who edit the same version at once, one wins and the other is told', async () => {
  const path = `/api/v1/problems/${problem}`, seen = (await office.page('problems', problem)).record.version;
  const answers = await Promise.all(['甲', '乙', '丙', '丁'].map((remark) => office.call('PATCH', path, { values: { remark } }, { 'if-match': `"${seen}"` })));
  assert.deepEqual(answers.map((one) => one.status).sort(), [200, 412, 412, 412]);
});

test('unknown filters, operators, sorts and values are 400 and say what is possible', async () => {
  const body = await refused(400, 'GET', '/api/v1/problems?colr=red&state=nowhere&due.lt=soon&sort=titl&title.lt=a&limit=0');
  assert.match(finding(body, 'colr').sentence, /colour/);
  assert.match(finding(body, 'state').sentence, /rectifying/);
  finding(body, 'due.lt');
  assert.match(finding(body, 'sort').sentence, /due/);
  finding(body, 'title.lt');
  finding(body, 'limit');
  await refused(400, 'GET', '/api/v1/problems?limit=201');
  assert.match(finding(await refused(400, 'GET', '/api/v1/problems/tally?by=colour,shape'), 'shape').sentence, /category/);
  assert.match((await refused(400, 'GET', '/api/v1/problems?q=' + encodeURIComponent('车'))).detail, /两/);
  await refused(400, 'GET', '/api/v1/appeals?phone=13800000000');
});

test('a cursor that is none, or of another order, is 400', async () => {
  const page = await office.ok('GET', '/api/v1/problems?sort=due&limit=2');
  await refused(400, 'GET', '/api/v1/problems?sort=due&limit=2&after=xyz');
  await refused(400, 'GET', '/api/v1/problems?sort=-due&limit=2&after=' + page.next);
  await refused(400, 'GET', '/api/v1/appeals?limit=2&after=' + page.next);
  await refused(400, 'GET', '/api/v1/problems?sort=due&limit=2&after=' + page.next.slice(0, -4));
  await refused(400, 'GET', '/api/v1/problems?sort=due&after=' + 'A'.repeat(5000));
});

test('addresses that are none, ids that are none, methods that are none', async () => {
  for (const path of ['/api/v1/problems/0', '/api/v1/problems/-1', '/api/v1/problems/abc', '/api/v1/problems/99999999', '/api/v1/problems/99999999999999999999999', '/api/v1/problem', '/api/v1/nothing', '/api/v1/problems/1/nothing/more', "/api/v1/problems/1'--"]) await refused(404, 'GET', path);
  await refused(404, 'POST', `/api/v1/problems/${problem}/explode`, { values: {} });
  await refused(404, 'POST', '/api/v1/problems/99999999/submit', { values: {} });
  await refused(405, 'PUT', '/api/v1/problems', { values: {} });
  await refused(400, 'GET', `/api/v1/problems/${problem}?at=yesterday`);
});

test('a second account of the same name is a clash that names the field', async () => {
  const body = await refused(409, 'POST', '/api/v1/users', { values: { account: 'office', name: '又一个' } }, { 'idempotency-key': newKey() }, system);
  assert.equal(body.code, 'clash');
  finding(body, 'account');
});

test('evidence must name a file that was uploaded', async () => {
  const liaison = await signIn(server, 'liaison-housing', store.accounts['liaison-housing']);
  const own = (await liaison.ok('GET', '/api/v1/problems?limit=1&state=rectifying')).items[0].id;
  const body = await refused(422, 'POST', '/api/v1/evidences', { values: { problem: own, title: '没有的文件', file: 'ab'.repeat(32), file_name: 'x.png', media_type: 'image/png', size: 3 } }, {}, liaison);
  finding(body, 'file');
  await refused(422, 'POST', '/api/v1/evidences', { values: { problem: own, title: '路径', file: '../../../etc/passwd' } }, {}, liaison);
});

test('an upload that is cut off leaves nothing in the data folder, nor does one that is too large', async () => {
  const files = () => filesBelow(store.data).filter((one) => /^(staging|evidence)/.test(one));
  const before = files(), journal = written(store);
  for (const path of ['/api/v1/files', '/api/v1/appeals/import']) {
    const socket = connect(server.port, '127.0.0.1');
    await new Promise((open) => socket.once('connect', open));
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nCookie: ${office.cookie}\r\nX-CSRF-Token: ${office.csrf}\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n` + 'half of it '.repeat(2000));
    await until('bytes are staged', () => files().length > before.length);
    socket.destroy();
    await until('what was staged is gone, at the latest when an idle connection ends', () => files().length === before.length, 60000);
  }
  assert.deepEqual(files(), before);
  const large = await office.call('POST', '/api/v1/files', Buffer.alloc((50 << 20) + 1), { 'content-type': 'application/octet-stream' }).catch((error) => ({ status: 413, cut: error }));
  assert.equal(large.status, 413);
  await until('nothing of the large one is left', () => files().length === before.length);
  assert.equal(written(store), journal);
});

test('a request line, headers and a body that are no HTTP end the connection and nothing else', async () => {
  for (const bytes of ['\0\0\0\0\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', 'POST /api/v1/problems HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n', 'POST /api/v1/problems HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n', `GET /${'a'.repeat(40000)} HTTP/1.1\r\nHost: x\r\n\r\n`]) {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.end(bytes);
    await new Promise((closed) => { socket.on('data', () => {}); socket.once('close', closed); });
  }
  assert.equal((await fetch(server.origin + '/readyz')).status, 200);
  assert.equal(server.over, undefined);
});

test('a request that says twice, or in two ways, where its body ends is refused and nothing behind it is heard', async () => {
  const hidden = 'GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n', post = 'POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
  const ambiguous = [
    `${post}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`, `${post}Content-Length: 0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
    `${post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`, `${post}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${hidden}`,
    `${post}Transfer-Encoding : chunked\r\nContent-Length: 0\r\n\r\n${hidden}`, `${post}X: a\rTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n${hidden}`,
    `GET /readyz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n${hidden}`, `GET /readyz HTTP/1.1\r\n\r\n${hidden}`];
  for (const bytes of ambiguous) {
    const answers = await spoken(server.port, bytes), status = answers.match(/^HTTP\/1\.1 \d+/gm);
    assert.ok(status?.length && status.every((one) => one === 'HTTP/1.1 400'), bytes + answers);
  }
});

test('in a large set a value that must be unique is found twice, in the set and beside it, and nothing of it is written', async () => {
  const admin = await signIn(server, 'sysadmin', store.accounts.sysadmin);
  const date = (n) => new Date(Date.UTC(2030, 0, 1 + n)).toISOString().slice(0, 10);
  const set = (dates) => ({ changes: dates.map((one) => ({ type: 'calendar_day', action: 'create', values: { date: one, kind: 'off', name: '测试', notice: '测试通知' } })) });
  const dates = Array.from({ length: 80 }, (_, n) => date(n));
  const before = (await admin.ok('GET', '/api/v1/session')).journal;
  const twice = await admin.call('POST', '/api/v1/changes', set([...dates, date(5)]), { 'idempotency-key': newKey() });
  assert.equal(twice.status, 409, JSON.stringify(twice.body));
  assert.ok(twice.body.findings.some((one) => one.change === 80 && one.field === 'date'), JSON.stringify(twice.body.findings));
  assert.equal((await admin.ok('GET', '/api/v1/session')).journal, before);
  await admin.ok('POST', '/api/v1/changes', set(dates), { 'idempotency-key': newKey() });
  const beside = await admin.call('POST', '/api/v1/changes', set([...dates.slice(0, 1), ...Array.from({ length: 70 }, (_, n) => date(100 + n))]), { 'idempotency-key': newKey() });
  assert.equal(beside.status, 409);
  assert.ok(beside.body.findings.some((one) => one.change === 0 && one.field === 'date'));
});
