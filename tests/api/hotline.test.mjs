// The hotline: tokens for one purpose, appeals that come in under its own numbers and field names, and results that go back the same way.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoStore, serve, signIn, bihuan, must, newKey } from '../lib.mjs';

let store, server, office, sysadmin, secadmin, auditadmin, centre, key, units;
const bearer = (token) => ({ authorization: `Bearer ${token}` });
const plain = async (method, path, body, headers = {}) => {
  const answer = await fetch(server.origin + path, { method, headers: { 'accept-language': 'zh', ...headers }, body });
  const text = await answer.text();
  let parsed = text;
  try { parsed = JSON.parse(text); } catch { /* not JSON */ }
  return { status: answer.status, headers: answer.headers, body: parsed };
};
before(async () => {
  store = demoStore();
  server = await serve(store);
  [office, sysadmin, secadmin, auditadmin] = await Promise.all(['office', 'sysadmin', 'secadmin', 'auditadmin'].map((account) => signIn(server, account, store.accounts[account])));
  units = Object.fromEntries((await office.ok('GET', '/api/v1/units?limit=200')).items.map((one) => [one.name, one.id]));
  centre = await sysadmin.create('users', { account: 'hotline', name: '12345 热线', unit: office.session.user.unit });
  await secadmin.create('grants', { user: centre, role: 'hotline' });
  key = (await secadmin.ok('POST', '/api/v1/tokens', { user: centre, scope: 'hotline', days: 30, name: '夜间报送' })).token;
});
after(async () => { await server?.stop(); store?.remove(); });

// ---- tokens ----

test('a token for the hotline serves at its two addresses only; taken back it serves no more, and the audit stream tells both', async () => {
  const made = await secadmin.ok('POST', '/api/v1/tokens', { user: centre, scope: 'hotline', name: '试用' });
  assert.match(made.token, /^[0-9a-f]{64}$/);
  assert.equal((await plain('GET', '/api/v1/appeals', undefined, bearer(made.token))).status, 403, 'not the whole API');
  assert.equal((await plain('GET', '/api/v1/appeals', undefined, bearer(made.token))).body.code, 'scope');
  assert.equal((await plain('GET', '/api/v1/hotline/returns?since=0', undefined, bearer(made.token))).status, 200);
  const listed = (await secadmin.ok('GET', '/api/v1/tokens')).items;
  assert.deepEqual(listed.filter((one) => one.id === made.id).map((one) => [one.user, one.scope, one.name]), [[centre, 'hotline', '试用']]);
  assert.ok(!JSON.stringify(listed).includes(made.token), 'a token is told once');
  assert.equal((await secadmin.call('DELETE', `/api/v1/tokens/${made.id}`)).status, 204);
  assert.equal((await plain('GET', '/api/v1/hotline/returns?since=0', undefined, bearer(made.token))).status, 401);
  assert.equal((await secadmin.call('DELETE', `/api/v1/tokens/${made.id}`)).status, 404);
  const told = (await auditadmin.ok('GET', '/api/v1/audit?limit=200')).entries.filter((one) => one.detail?.token === made.id).map((one) => one.what);
  assert.deepEqual(told, ['token_create', 'token_revoke']);
});

test('the security administrator gives out no token that acts as its user in everything; nobody else gives out any', async () => {
  assert.equal((await secadmin.call('POST', '/api/v1/tokens', { user: centre, scope: 'write' })).status, 403);
  assert.equal((await sysadmin.call('POST', '/api/v1/tokens', { user: centre, scope: 'write', days: 1 })).status, 201);
  assert.equal((await office.call('POST', '/api/v1/tokens', { user: centre, scope: 'hotline' })).status, 403);
  assert.equal((await office.call('GET', '/api/v1/tokens')).status, 403);
  for (const wrong of [{ user: centre, scope: 'all' }, { user: centre, scope: 'hotline', days: 0 }, { user: 999999999, scope: 'hotline' }]) assert.equal((await secadmin.call('POST', '/api/v1/tokens', wrong)).status, 422);
});

test('by command: a token is made, listed and taken back', () => {
  const made = must(bihuan(store, ['user', 'token', 'hotline', '--scope', 'hotline', '--days', '3', '--as', 'secadmin', '--json'])).json();
  const ids = () => must(bihuan(store, ['user', 'tokens', 'hotline', '--json'])).json().tokens.map((one) => one.id);
  assert.ok(ids().includes(made.id));
  assert.notEqual(bihuan(store, ['user', 'revoke', made.id, '--as', 'office']).status, 0);
  must(bihuan(store, ['user', 'revoke', made.id, '--as', 'secadmin']));
  assert.ok(!ids().includes(made.id));
});

// ---- appeals in ----

const MAPPING = {
  name: '12345', type: 'appeal', key: '工单号',
  columns: JSON.stringify({
    工单号: 'number', 事项: 'title', 诉说: 'text', 来电: 'made_at', 电话: 'phone', 姓名: 'person', 经办: 'unit', 坐标: 'point', 阶段: 'source_state',
    性质: { field: 'kind', choices: { '投诉类': 'complaint', '求助类': 'help' } },
    办结情况: { field: 'outcome', way: 'out', choices: { '已解决': 'solved', '已解释': 'explained' } },
    办理说明: { field: 'answer', way: 'out' }, 当前环节: { field: 'state', way: 'out', choices: { '办理中': 'assigned', '已回复': 'answered' } }, 回复时刻: { field: 'answered_at', way: 'out' } }),
};
const one = (number, more = {}) => ({ 工单号: number, 事项: '路灯不亮', 诉说: '小区门口路灯坏了三天', 来电: '2026-11-20 08:30', 电话: '13800001234', 姓名: '张某', 经办: '市住房城乡建设委', 性质: '投诉类', ...more });
const send = (items, query = '', headers = bearer(key)) => plain('POST', `/api/v1/hotline/appeals?mapping=12345${query}`, JSON.stringify(items), headers);
let mapped = false;
const mapping = async () => { mapped ||= await office.create('import_mappings', MAPPING); return mapped; };
const results = (answer) => answer.body.items.map((item) => [item.number, item.result]);
const find = async (number) => (await office.ok('GET', `/api/v1/appeals?number=${encodeURIComponent(number)}`)).items[0];

test('appeals come in under the hotline\'s own names and words; the same again is unchanged, what differs is changed, what was edited here is a conflict', async () => {
  await mapping();
  const housing = Object.keys(units).find((name) => /住/.test(name)), item = one('H-1', { 经办: housing });
  const first = await send([item, one('H-2', { 经办: housing, 性质: '求助类' })]);
  assert.equal(first.status, 200, JSON.stringify(first.body));
  assert.deepEqual(results(first), [['H-1', 'created'], ['H-2', 'created']]);
  assert.deepEqual(results(await send([item, one('H-2', { 经办: housing, 性质: '求助类' })])), [['H-1', 'unchanged'], ['H-2', 'unchanged']]);
  const stands = await find('H-1');
  assert.deepEqual([stands.kind, stands.unit, stands.title], ['complaint', units[housing], '路灯不亮']);
  assert.ok(!JSON.stringify(stands).includes('13800001234'), 'a phone is never shown in plain');
  assert.deepEqual(results(await send([{ ...item, 事项: '路灯全不亮' }])), [['H-1', 'changed']]);
  assert.equal((await find('H-1')).title, '路灯全不亮');
  const fresh = await office.page('appeals', stands.id);
  await office.ok('PATCH', `/api/v1/appeals/${stands.id}`, { values: { title: '这里改过' } }, { 'if-match': `"${fresh.record.version}"` });
  const both = await send([{ ...item, 事项: '那边也改过' }]);
  assert.deepEqual(results(both), [['H-1', 'conflict']]);
  assert.equal((await find('H-1')).title, '这里改过');
  assert.match(JSON.stringify(await office.ok('GET', `/api/v1/appeals/${stands.id}/journal`)), /hotline|热线/, 'the story tells by which way it came');
});

test('one wrong item keeps all from being written and says where; leave_out writes the others', async () => {
  await mapping();
  const wrong = [one('H-10', { 经办: undefined }), one('H-11', { 来电: '昨天', 坐标: '999,5', 经办: undefined }), one('', { 经办: undefined }), one('H-10', { 经办: undefined })];
  const refused = await send(wrong);
  assert.equal(refused.status, 422);
  assert.deepEqual(refused.body.findings.map((finding) => [finding.change, finding.field, finding.code]).sort(),
    [[1, '坐标', 'wrong_type'], [1, '来电', 'wrong_type'], [2, '工单号', 'required'], [3, '工单号', 'duplicate']].sort());
  assert.equal(await find('H-10'), undefined, 'nothing half done');
  const partly = await send(wrong, '&leave_out=1');
  assert.equal(partly.status, 200);
  assert.deepEqual(results(partly), [['H-10', 'created']]);
  assert.equal(partly.body.errors.length, 4);
});

test('what is hostile is kept as text or refused clearly', async () => {
  await mapping();
  const texts = { 'H-20': '<script>alert(1)</script>', 'H-21': '=HYPERLINK("http://x")', 'H-22': '😀😀😀', 'H-23': "'; DROP TABLE appeal; --", 'H-24': '一\u200b二\t三' };
  const answer = await send(Object.entries(texts).map(([number, text]) => one(number, { 诉说: text, 经办: undefined })));
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  for (const [number, text] of Object.entries(texts).slice(0, 4)) {
    const { id } = await find(number);
    assert.equal((await office.page('appeals', id)).record.text, text);
  }
  assert.deepEqual(results(await send(Object.entries(texts).map(([number, text]) => one(number, { 诉说: text, 经办: undefined })))).map(([, result]) => result), Array(5).fill('unchanged'));
  const control = await send([one('H-27', { 诉说: '一\u0001二', 经办: undefined }), one('H-28', { 经办: undefined })], '&leave_out=1');
  assert.deepEqual([results(control), control.body.errors.map((error) => [error.item, error.code])], [[['H-28', 'created']], [[0, 'control_character']]]);
  for (const bad of ['', '{', '[1]', '[]', '{"a":1}', '[{"工单号":"a","工单号":"b"}]', '[{"工单号":"\ud800"}]', '['.repeat(100000)]) {
    const refused = await plain('POST', '/api/v1/hotline/appeals?mapping=12345', bad, bearer(key));
    assert.equal(refused.status, 422, bad.slice(0, 20));
    assert.ok(refused.body.findings[0].sentence.length >= 5);
  }
  assert.equal((await send([one('H-25', { 诉说: '长'.repeat(100001), 经办: undefined })])).body.findings[0].code, 'too_long');
  assert.equal((await send([one('H-26')], '', {})).status, 401);
  assert.equal((await plain('POST', '/api/v1/hotline/appeals?mapping=nobody', '[{"a":1}]', bearer(key))).body.findings[0].code, 'mapping');
});

// ---- results out ----

const returns = (since, query = '') => plain('GET', `/api/v1/hotline/returns?mapping=12345&since=${since}${query}`, undefined, bearer(key));

test('results go back under the hotline\'s own names and words, each once it is news, page by page, and never a contact', async () => {
  await mapping();
  const start = (await returns(0)).body.next;
  await send([one('H-30', { 经办: undefined }), one('H-31', { 经办: undefined }), one('H-32', { 经办: undefined })]);
  const quiet = (await returns(start)).body;
  assert.deepEqual(quiet.items, [], 'what the hotline sent itself is no news to it');
  const ids = await Promise.all(['H-30', 'H-31', 'H-32'].map(async (number) => (await find(number)).id));
  const unit = Object.values(units)[0];
  for (const id of ids) await office.do('appeals', id, 'assign', { unit });
  await office.do('appeals', ids[0], 'answer', { answer: '灯已换好', outcome: 'solved' });
  const told = (await returns(quiet.next)).body;
  assert.deepEqual(told.items.map((item) => [item.values['工单号'], item.values['当前环节'], item.values['办结情况'], item.values['办理说明']]),
    [['H-31', '办理中', null, null], ['H-32', '办理中', null, null], ['H-30', '已回复', '已解决', '灯已换好']]);
  assert.match(told.items[2].values['回复时刻'], /^\d{4}-\d\d-\d\dT\d\d:\d\d/);
  const text = JSON.stringify(told);
  for (const secret of ['13800001234', '138****1234', '张某', '小区门口']) assert.ok(!text.includes(secret), secret);
  const paged = [];
  for (let since = quiet.next, more = true; more;) {
    const page = (await returns(since, '&limit=1')).body;
    paged.push(...page.items.map((item) => item.values['工单号']));
    ({ next: since, more } = page);
  }
  assert.deepEqual([...new Set(paged)].sort(), ['H-30', 'H-31', 'H-32']);
  assert.equal(paged.at(-1), 'H-30');
  assert.deepEqual((await returns(told.next)).body.items, []);
  assert.equal((await returns('x')).status, 400);
  assert.equal((await plain('GET', '/api/v1/hotline/returns?mapping=nobody', undefined, bearer(key))).status, 404);
});

test('the same by command: a file of JSON comes in by the mapping, results go out as csv, xlsx and JSON, and say where to go on', async () => {
  await mapping();
  const path = (name) => join(store.data, name), start = (await returns(0)).body.next;
  writeFileSync(path('night.json'), JSON.stringify({ batch: 7, list: [one('H-40', { 经办: undefined }), one('H-41', { 经办: undefined })] }));
  const bring = () => must(bihuan(store, ['import', 'appeals', path('night.json'), '--mapping', '12345', '--as', 'hotline', '--json'])).json();
  assert.deepEqual([bring().created, bring().unchanged], [2, 2]);
  writeFileSync(path('bad.json'), JSON.stringify([one('H-42', { 来电: '哪天', 经办: undefined })]));
  const bad = bihuan(store, ['import', 'appeals', path('bad.json'), '--mapping', '12345', '--as', 'hotline']);
  assert.equal(bad.status, 1);
  assert.match(bad.err, /第 2 行 \w+ 列（来电）/);
  await office.do('appeals', (await find('H-40')).id, 'answer', { answer: '=1+1', outcome: 'explained' });
  const out = (name) => must(bihuan(store, ['export', 'returns', '--mapping', '12345', '--since', String(start), '--out', path(name), '--as', 'hotline', '--json'])).json();
  const { rows, next } = out('back.csv');
  assert.equal(rows, 1);
  assert.match(readFileSync(path('back.csv'), 'utf8'), /^\uFEFF工单号,经办,办结情况,办理说明,当前环节,回复时刻\r\nH-40,,已解释,'=1\+1,已回复,\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00\r\n$/);
  out('back.json');
  const json = JSON.parse(readFileSync(path('back.json'), 'utf8'));
  assert.deepEqual([json.next, json.items.length, json.items[0]['办理说明']], [next, 1, '=1+1']);
  out('back.xlsx');
  const again = must(bihuan(store, ['export', 'returns', '--mapping', '12345', '--since', String(next), '--out', path('none.json'), '--as', 'hotline', '--json'])).json();
  assert.deepEqual(again, { rows: 0, next });
  // what went out as xlsx is a workbook that the import reads: its rows are known by their numbers, and only then lack what an appeal needs
  const read = bihuan(store, ['import', 'appeals', path('back.xlsx'), '--mapping', '12345', '--as', 'hotline']);
  assert.equal(read.status, 1);
  assert.match(read.err, /文件的表头是：“工单号”、“经办”、“办结情况”、“办理说明”、“当前环节”、“回复时刻”/);
  assert.notEqual(bihuan(store, ['export', 'returns', '--mapping', 'nobody', '--as', 'hotline']).status, 0);
  assert.notEqual(bihuan(store, ['export', 'returns', '--mapping', '12345', '--as', 'sysadmin']).status, 0, 'administrators see no appeals');
});

/** A workbook of two rows, by the zip writer that comes with Python: inline texts, and a date with a time as a number under a format. */
function workbook(name, headers, cells, date) {
  const script = `
import json,sys,zipfile
from xml.sax.saxutils import escape
headers,cells,date=json.load(sys.stdin)
text=lambda at,t:'<c r="%s" t="inlineStr"><is><t>%s</t></is></c>'%(at,escape(t))
sheet='<worksheet><sheetData><row r="3">'+''.join(text(chr(65+k)+'3',h) for k,h in enumerate(headers))+'</row><row r="5">'+''.join(text(chr(65+k)+'5',c) for k,c in enumerate(cells))+'<c r="%s5" s="1"><v>%s</v></c></row></sheetData></worksheet>'%(chr(65+len(cells)),date)
with zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED) as z:
    z.writestr('xl/workbook.xml','<workbook xmlns:r="r"><sheets><sheet name="S" r:id="rId1"/></sheets></workbook>')
    z.writestr('xl/_rels/workbook.xml.rels','<Relationships><Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="t/styles" Target="styles.xml"/></Relationships>')
    z.writestr('xl/styles.xml','<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>')
    z.writestr('xl/worksheets/sheet1.xml',sheet)
`;
  const at = join(store.data, name), done = spawnSync('python3', ['-c', script, at], { input: JSON.stringify([headers, cells, date]), encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  return at;
}

test('a workbook comes in as the csv file does: rows are told by the numbers that the spreadsheet shows, a date is a date', async () => {
  await mapping();
  const good = workbook('night.xlsx', ['工单号', '事项', '诉说', '来电'], ['H-50', '井盖松动', "'=1+1"], 46346.375);
  const bring = (path) => bihuan(store, ['import', 'appeals', path, '--mapping', '12345', '--as', 'hotline', '--json']);
  assert.deepEqual([must(bring(good)).json().created, must(bring(good)).json().unchanged], [1, 1]);
  const { id } = await find('H-50'), { record } = await office.page('appeals', id);
  assert.deepEqual([record.made_at.slice(0, 16), record.text], ['2026-11-20T09:00', "'=1+1"]);
  const bad = bring(workbook('bad.xlsx', ['工单号', '事项', '坐标', '来电'], ['H-51', '井盖松动', '91,181'], 46346));
  assert.equal(bad.status, 1);
  assert.deepEqual(bad.json().findings.map((finding) => [finding.row, finding.column, finding.code]), [[5, 'C', 'wrong_type']]);
});

// Last.
test('all of it holds together', async () => {
  must(bihuan(store, ['verify']));
});
