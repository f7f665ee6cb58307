// A record entered by mistake is destroyed: afterwards verify is clean, and neither its rare words nor any two characters of them stand
// anywhere in the data folder; what could not be reached, an older backup, is named. Everything else still holds.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoStore, freshStore, serve, signIn, bihuan, must, databaseTool, rowCounts, csvText, scratch, until, followed } from '../lib.mjs';

const MARK = '龘靐齉', LATIN = 'xqzvkjw', PAIRS = ['龘靐', '靐齉'];
let store, server, office, liaison, files, problem, appeal, other, evidence, link, head, proof, campaign, unit;
before(async () => {
  store = demoStore();
  server = await serve(store);
  files = scratch();
  office = await signIn(server, 'office', store.accounts.office);
  liaison = await signIn(server, 'liaison-housing', store.accounts['liaison-housing']);
  campaign = (await office.ok('GET', '/api/v1/session')).campaign.id;
  unit = liaison.session.user.unit;
});
after(async () => { await server?.stop(); store?.remove(); files?.remove(); });

/** Where a text stands in the data folder, byte for byte. A server that runs replaces files of its views: a search that met one
    as it went has not seen the new one, so it begins again. */
function standing(text, folder = store.data) {
  const search = () => spawnSync('grep', ['-rlaF', '--devices=skip', text, folder], { encoding: 'utf8' });
  let done = search();
  for (let again = 0; again < 20 && done.status === 2 && /^(grep: .*: No such file or directory\n)+$/.test(done.stderr); again++) done = search();
  assert.ok(done.status <= 1, done.stderr);
  return done.stdout.trim().split('\n').filter(Boolean);
}
/** In UTF-8 as it is, and as JSON escapes and hexadecimal digits would have it. */
const shapes = (text) => [text, [...text].map((one) => '\\u' + one.codePointAt(0).toString(16)).join(''), Buffer.from(text).toString('hex'), Buffer.from(text).toString('base64').replace(/=+$/, '')];
/** The tables of PostgreSQL that hold a text in any column. */
function inDatabase(text) {
  if (!store.db) return [];
  const tables = databaseTool(store, "SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = 'public'").split('\n');
  return databaseTool(store, tables.map((table) => `SELECT '${table}' WHERE EXISTS (SELECT FROM ${table} r WHERE r::text LIKE '%${text}%')`).join(' UNION ALL ')).split('\n').filter(Boolean);
}
const nowhere = (text) => { for (const shape of shapes(text)) assert.deepEqual(standing(shape), [], 'nothing of it in the data folder: ' + shape); assert.deepEqual(inDatabase(text), []); };

test('a problem with rare words in title, detail, measure, evidence, file, link and reason goes its way', async () => {
  other = await office.create('appeals', { number: 'D-1', title: '别的诉求,要留下', made_at: '2026-11-01T09:00:00+08:00', unit });
  const set = await office.ok('POST', '/api/v1/changes', { changes: [
    { type: 'problem', action: 'create', values: { title: `误录${MARK}的问题`, detail: `细节里有${MARK},也有 ${LATIN}`, root_cause: MARK, goal: MARK, remark: MARK, campaign, category: 'livelihood', source: 'appeals', kind: 'time_limited', lead_unit: unit } },
    { type: 'link', action: 'create', values: { kind: 'arises_from', from_type: 'problem', from_id: -1, to_type: 'appeal', to_id: other, note: MARK } }] });
  [problem, link] = set.ids;
  for (const action of ['submit', 'admit']) await office.do('problems', problem, action);
  await office.do('problems', problem, 'assign', { due: '2027-01-31' }, '交办 ' + MARK);
  await liaison.do('problems', problem, 'take');
  const measure = await liaison.create('measures', { problem, title: '措施' + MARK, weight: 10000, start: '2026-11-21', due: '2026-12-20', owner: '某' + MARK, unit });
  await liaison.do('problems', problem, 'start', { owner: '责任人' + MARK });
  await liaison.do('problems', problem, 'report', { progress_note: '进展 ' + MARK });
  const bytes = Buffer.from(`佐证文件 ${MARK} ${LATIN}`), file = await liaison.ok('POST', '/api/v1/files', bytes, { 'content-type': 'text/plain', 'x-file-name': encodeURIComponent(MARK + '.txt') });
  evidence = await liaison.create('evidences', { problem, title: '佐证' + MARK, note: '说明 ' + MARK, file: file.file, file_name: MARK + '.txt', media_type: 'text/plain', size: file.size, phase: 'during' });
  const seen = (await office.page('problems', problem)).record.version;
  await office.ok('PATCH', `/api/v1/problems/${problem}`, { values: { title: `改过的${MARK}` }, reason: '更正 ' + MARK }, { 'if-match': `"${seen}"` });
  await until('the terms know it', async () => (await office.ok('GET', '/api/v1/problems?q=' + encodeURIComponent(MARK))).items.length === 1);
  assert.equal((await office.call('GET', `/api/v1/evidences/${evidence}/file`)).status, 200);
  assert.ok(standing(MARK).length + inDatabase(MARK).length > 0, 'now it stands there');
  assert.ok(measure > 0);
});

test('an appeal with the rare words comes in by file, another waits staged', async () => {
  const path = files.put('mistake.csv', csvText([['编号', '标题', '诉求时间', '内容', '电话'], ['D-2', '误导入' + MARK, '2026/11/2 9:00', `正文 ${MARK} ${LATIN}`, '13800000001'], ['D-3', '好的一条', '2026/11/2 9:00', '正文', '']]));
  assert.equal(must(bihuan(store, ['import', 'appeals', path, '--json'])).json().created, 2);
  appeal = (await office.ok('GET', '/api/v1/appeals?number=D-2')).items[0].id;
  const staged = await office.ok('POST', '/api/v1/appeals/import', readFileSync(path), { 'content-type': 'text/csv' });
  assert.equal(staged.report.unchanged, 2);
  await until('the terms know it', async () => (await office.ok('GET', '/api/v1/appeals?q=' + encodeURIComponent(MARK))).items.length === 1);
});

test('a backup, a tree head and a proof are taken before', async () => {
  must(bihuan(store, ['backup', files.path('backup')]));
  head = must(bihuan(store, ['head'])).out.trim();
  const entry = databaseTool(store, `SELECT min(number) FROM journal WHERE type = 24 AND record = ${other}`);
  proof = files.put('proof.json', must(bihuan(store, ['proof', entry])).out);
});

test('only the office destroys, with a reason, and only what it may see', () => {
  const before = rowCounts(store);
  for (const words of [['destroy', 'problem', String(problem), '--as', 'office'], ['destroy', 'problem', String(problem), '--reason', '误录', '--as', 'liaison-housing'], ['destroy', 'problem', String(problem), '--reason', '误录', '--as', 'sysadmin'], ['destroy', 'problem', '99999999', '--reason', '误录', '--as', 'office'], ['destroy', 'user', '1', '--reason', '误录', '--as', 'office'], ['destroy', 'nothing', '1', '--reason', '误录', '--as', 'office']])
    assert.notEqual(bihuan(store, words).status, 0, words.join(' '));
  assert.deepEqual(rowCounts(store), before);
});

/** One of the office asks, another agrees: what was destroyed. */
function destroy(type, id, reason) {
  const { approval } = must(bihuan(store, ['destroy', type, String(id), '--reason', reason, '--as', 'office', '--json'])).json();
  assert.equal(bihuan(store, ['destroy', '--agree', String(approval), '--as', 'office', '--json']).status, 1, 'who asked cannot agree');
  return bihuan(store, ['destroy', '--agree', String(approval), '--as', 'office-second', '--json']);
}

test('both are destroyed with all that hangs on them; the backup that still holds them is named', async () => {
  const twice = () => office.ok('POST', '/api/v1/problems', { values: { title: '同一个请求', campaign, category: 'livelihood', source: 'research', kind: 'time_limited', level: 'city', lead_unit: unit } }, { 'idempotency-key': 'sent-before' });
  const once = await twice();
  const first = must(destroy('problem', problem, '误录涉密')).json();
  const gone = first.destroyed.map((one) => one.type);
  for (const type of ['problem', 'cycle', 'measure', 'evidence', 'link', 'approval']) assert.ok(gone.includes(type), `${type} goes with it: ${gone}`);
  assert.equal(first.files, 1);
  assert.ok(first.backups.some((one) => one.includes(files.path('backup'))), JSON.stringify(first.backups));
  assert.equal(first.staged, 1, 'the upload that waits');
  const second = await office.act('appeals', appeal, 'ask_destruction', {}, '误录');
  assert.equal(second.status, 200);
  const approval = (await office.ok('GET', `/api/v1/approvals?record=${appeal}`)).items[0].id;
  assert.equal((await office.act('approvals', approval, 'agree')).status, 409);
  const another = await signIn(server, 'office-second', store.accounts['office-second']);
  await another.do('approvals', approval, 'agree');
  await until('the follower has cleaned', () => standing(MARK).length + standing(LATIN).length === 0);
  await until('the destruction is noted for a restore', () => readFileSync(join(store.data, 'destructions.json'), 'utf8').includes(`"appeal","id":${appeal},`));
  const again = await twice();
  assert.deepEqual([again.verdict, again.ids], ['repeated', once.ids], 'a request of before, asked again after it, is not done twice');
});

test('verify is clean, and holds against the tree head taken before', async () => {
  await followed(server);
  for (const words of [[], ['--since', head]]) { const done = bihuan(store, ['verify', ...words]); assert.equal(done.status, 0, done.out + done.err); }
  assert.equal(bihuan(null, ['verify', '--proof', proof, '--tree-head', head], { cwd: files.folder }).status, 0, 'the proof of another entry still holds');
});

test('neither the rare words nor any two characters of them stand anywhere in the data folder, while the server runs', () => {
  for (const text of [MARK, ...PAIRS, LATIN]) nowhere(text);
});

test('nor after the server was stopped and started again', async () => {
  await server.stop();
  for (const text of [MARK, ...PAIRS, LATIN]) nowhere(text);
  server = await serve(store);
  office.origin = liaison.origin = server.origin;
  await followed(server);
  for (const text of [MARK, ...PAIRS, LATIN]) nowhere(text);
  assert.equal(bihuan(store, ['verify']).status, 0);
});

test('its page is 404, lists, figures, search and the other end of its link are without it; the rest is there', async () => {
  for (const path of [`problems/${problem}`, `problems/${problem}/journal`, `problems/${problem}?at=2027-01-01`, `appeals/${appeal}`, `evidences/${evidence}`, `evidences/${evidence}/file`, `links/${link}`]) assert.equal((await office.call('GET', '/api/v1/' + path)).status, 404, path);
  const list = await office.ok('GET', '/api/v1/problems?limit=200'), overview = await office.ok('GET', '/api/v1/overview');
  assert.ok(!list.items.some((one) => one.id === problem));
  assert.equal(overview.total, (await office.ok('GET', '/api/v1/problems?counted=true&limit=200')).items.length);
  assert.deepEqual((await office.ok('GET', '/api/v1/problems?q=' + encodeURIComponent(MARK))).items, []);
  assert.deepEqual((await office.ok('GET', '/api/v1/appeals?q=' + encodeURIComponent(MARK))).items, []);
  const kept = await office.page('appeals', other);
  assert.deepEqual([kept.record.title, kept.links.length, kept.record.problem ?? null], ['别的诉求,要留下', 0, null]);
  assert.ok((await office.ok('GET', '/api/v1/appeals?number=D-3')).items.length === 1);
  assert.doesNotMatch(JSON.stringify(await liaison.ok('GET', '/api/v1/messages?limit=200')), new RegExp(MARK));
});

test('the journal still counts every entry and says what was destroyed, by whom and why', async () => {
  const reviewer = await signIn(server, 'auditadmin', store.accounts.auditadmin);
  const entries = [];
  for (let after = 0; ;) { const page = await reviewer.ok('GET', `/api/v1/journal?after=${after}&limit=200`); entries.push(...page.entries); if (!page.next) break; after = page.next; }
  assert.deepEqual(entries.map((one) => one.number), entries.map((_, i) => i + 1));
  const of = entries.filter((one) => one.type === 'problem' && one.record === problem);
  assert.ok(of.length > 5 && of.filter((one) => one.kind !== 'destruction').every((one) => one.destroyed === true), 'their bodies are gone');
  assert.equal(of.filter((one) => one.kind === 'destruction').length, 1);
});

test('to destroy it again cleans again and destroys nothing new; importing the file again makes the appeal anew', async () => {
  const before = databaseTool(store, 'SELECT number FROM journal_head');
  must(bihuan(store, ['destroy', 'problem', String(problem), '--reason', '再清一次', '--as', 'office']));
  assert.equal(databaseTool(store, 'SELECT number FROM journal_head'), before);
  assert.equal(must(bihuan(store, ['import', 'appeals', files.path('mistake.csv'), '--json', '--preview'])).json().created, 1);
});

test('a backup from before the destruction brings nothing back: it is destroyed again, or refused', () => {
  const empty = freshStore(), place = empty.data, to = empty.words;
  after(() => empty.remove());
  const run = (...words) => bihuan(null, ['restore', files.path('backup'), ...to, '--keys', join(store.data, 'keys'), ...words]);
  assert.notEqual(run().status, 0, 'it must be said what was destroyed');
  const done = must(run('--destructions', join(store.data, 'destructions.json'), '--json')).json();
  assert.ok(done.destroyed_again >= 2, JSON.stringify(done));
  for (const text of [MARK, ...PAIRS, LATIN]) for (const shape of shapes(text)) assert.deepEqual(standing(shape, place), [], shape);
  assert.equal(bihuan({ words: to }, ['verify']).status, 0);
});
