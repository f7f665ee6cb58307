// A ledger of more than 20,000 rows is written in chunks. The server is killed amid them, twice, and the import goes on each time: nothing
// twice, nothing lost, and the report to sign tells the whole.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan, must, databaseTool, csvText, until } from '../lib.mjs';

const ROWS = 20600, MAPPING = encodeURIComponent('大台账');
const file = csvText([['编号', '问题', '问题类别', '整改措施', '责任单位', '整改时限'], ...Array.from({ length: ROWS }, (_, at) => [`DT-${String(at + 1).padStart(6, '0')}`, `第${at + 1}号点位整改不到位`, '超大城市治理现代化', '现场排查', '市水务局', '2027年8月底前'])]);
let store, server, office, staged;
before(async () => {
  store = demoStore();
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
});
after(async () => { await server?.stop('SIGKILL'); store?.remove(); });

const there = () => Number(databaseTool(store, "SELECT count(*) FROM problem WHERE import_source = '大台账'"));
const stage = () => office.ok('POST', `/api/v1/problems/import?mapping=${MAPPING}&file_name=big.csv`, file, { 'content-type': 'application/octet-stream' });
const write = () => office.call('POST', `/api/v1/imports/${staged.import}/write`);

test('killed amid the writing, twice: whole chunks stand, and no more', async () => {
  staged = await stage();
  assert.deepEqual([staged.report.created, staged.report.errors], [ROWS, 0]);
  for (let kills = 1; kills <= 2; kills++) {
    const had = there(), writing = write().catch(() => 'cut off');
    await until('a further chunk is written', () => there() > had, 300000);
    await server.stop('SIGKILL');
    assert.equal(await writing, 'cut off');
    assert.ok(there() < ROWS, 'the kill came in the middle');
    assert.equal(there() % 500, 0, 'a chunk is written whole or not at all');
    server = await serve(store);
    office.origin = server.origin;
  }
});

test('it goes on where it stood; every row is there once, with its measure', async () => {
  const written = await write();
  assert.equal(written.status, 200, JSON.stringify(written.body).slice(0, 500));
  assert.deepEqual([written.body.report.created, written.body.report.unchanged, written.body.report.resumed], [ROWS, 0, true]);
  assert.equal(there(), ROWS);
  assert.equal(databaseTool(store, "SELECT count(DISTINCT source_key) FROM problem WHERE import_source = '大台账'"), String(ROWS));
  assert.equal(databaseTool(store, "SELECT count(DISTINCT m.problem) FROM measure m JOIN problem p ON p.id = m.problem WHERE p.import_source = '大台账'"), String(ROWS));
  const report = await office.ok('GET', `/api/v1/imports/${staged.import}/report`);
  assert.deepEqual([report.created, report.unchanged, report.written, report.resumed], [ROWS, 0, true, true]);
});

test('written, it is done; the same file again is unchanged, and the store verifies', async () => {
  assert.equal((await write()).status, 404, 'a written upload is no longer there');
  const again = await stage();
  assert.deepEqual([again.report.created, again.report.unchanged], [0, ROWS]);
  await server.stop();
  must(bihuan(store, ['verify']));
});
