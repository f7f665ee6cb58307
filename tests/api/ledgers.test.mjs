// Ledgers in and out: a preview that writes nothing, problems with their measures, three-way when a ledger comes again, history without
// red, hostile files in bounded memory, real ledgers as expected, and what is handed out comes back unchanged.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { demoStore, realStore, serve, signIn, bihuan, must, rowCounts, scratch, csvRows, BIHUAN, SHARED } from '../lib.mjs';
import { scoreFolder } from '../quality/ledgers.mjs';

const CLASSES = ['created', 'unchanged', 'changed', 'conflict', 'missing', 'reappeared'];
const HEADER = '编号,问题,问题类别,整改措施,责任单位,配合单位,整改时限,整改进展,是否销号,销号时间,完成情况,自定义列\n';
const ROWS = {
  1: '"QA-001","下立交积水","超大城市治理现代化","1.疏通管网（6月底前）;\n2.新建泵站","市水务局","市交通委、各区","2026年8月底前","疏通一半","否",,"未完成","甲"\n',
  2: '"QA-002","社区配不到药","保障和改善民生","扩大目录","市卫健委",,"2026年3月","增补64种","是","2026-03-20","已完成","乙"\n',
  3: '"QA-003","报表重复","党风廉政与队伍建设","一是清理报表;二是公布清单","整改办",,"长期坚持","清理96张","否",,"未完成",\n'};
const file = (rows) => '整改台账（2026年）\n' + HEADER + Object.values(rows).join('');
let store, server, office, liaison, files;
before(async () => {
  store = demoStore();
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
  liaison = await signIn(server, 'liaison-housing', store.accounts['liaison-housing']);
  files = scratch();
});
after(async () => { await server?.stop(); store?.remove(); files?.remove(); });

const path = (name, text) => { const at = join(files.folder, name); writeFileSync(at, text); return at; };
const taken = (name, text, ...words) => must(bihuan(store, ['import', 'problems', path(name, text), '--as', 'office', '--mapping', '水务台账', '--json', ...words])).json();
const counts = (report, expected) => assert.deepEqual(Object.fromEntries(CLASSES.map((name) => [name, report[name]])), { ...Object.fromEntries(CLASSES.map((name) => [name, 0])), ...expected });
const problems = async (words = '') => (await office.ok('GET', '/api/v1/problems?limit=200' + words)).items;
const record = async (title) => { const found = (await problems()).find((item) => item.title === title); return (await office.page('problems', found.id)).record; };
const clean = () => must(bihuan(store, ['verify']));

test('a preview tells what would be done and writes nothing', async () => {
  const before = rowCounts(store);
  const report = must(bihuan(store, ['import', 'problems', path('a.csv', file(ROWS)), '--as', 'office', '--mapping', '水务台账', '--history', '2026-01-01', '--preview', '--json'])).json();
  counts(report, { created: 3 });
  assert.deepEqual(rowCounts(store), before);
});

test('as history they come in where the file says they stand, with measures, original rows and unknown columns; nobody is red', async () => {
  counts(taken('a.csv', file(ROWS), '--history', '2026-01-01', '--report', join(files.folder, 'report.csv')), { created: 3 });
  const open = await record('下立交积水'), closed = await record('社区配不到药'), long = await record('报表重复');
  assert.equal(open.state, 'rectifying');
  assert.equal(closed.state, 'closed');
  assert.equal(closed.closed_on, '2026-03-20');
  assert.equal(open.file_row, 3, 'rows as a spreadsheet counts them');
  assert.equal(JSON.parse(open.other_columns)['自定义列'], '甲');
  assert.equal(long.due_text, '长期坚持');
  assert.ok((open.joint_units?.length ?? 0) >= 2, '各区 are all districts');
  for (const one of [open, closed, long]) { assert.notEqual(one.colour, 'red'); assert.equal(one.historic, true); assert.equal(one.counted, true); }
  const measures = (await office.ok('GET', `/api/v1/measures?problem=${open.id}`)).items;
  assert.deepEqual(measures.map((m) => m.title).sort(), ['新建泵站', '疏通管网'].sort());
  assert.ok(measures.some((m) => m.due === '2026-06-30'));
  const report = readFileSync(join(files.folder, 'report.csv'), 'utf8');
  for (const part of ['SHA-256', '2026-08-31', '签字', '日志号']) assert.ok(report.includes(part), part);
  clean();
});

/** The same rows as a small .xlsx, by the zip writer that comes with Python. */
function workbook(name, rows) {
  const at = join(files.folder, name);
  const script = `
import json,sys,zipfile
from xml.sax.saxutils import escape
rows=json.load(sys.stdin)
def letters(n):
    return (letters(n//26-1) if n>=26 else '')+chr(65+n%26)
sheet='<worksheet><sheetData>'+''.join('<row r="%d">%s</row>'%(i+1,''.join('<c r="%s%d" t="inlineStr"><is><t>%s</t></is></c>'%(letters(k),i+1,escape(c)) for k,c in enumerate(row) if c)) for i,row in enumerate(rows))+'</sheetData></worksheet>'
with zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED) as z:
    z.writestr('xl/workbook.xml','<workbook xmlns:r="r"><sheets><sheet name="台账" r:id="rId1"/></sheets></workbook>')
    z.writestr('xl/_rels/workbook.xml.rels','<Relationships><Relationship Id="rId1" Type="t/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
    z.writestr('xl/worksheets/sheet1.xml',sheet)
`;
  const done = spawnSync('python3', ['-c', script, at], { input: JSON.stringify(rows), encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  return at;
}

test('the same ledger again is unchanged, and as .xlsx or with rows in another order as well', async () => {
  const again = must(bihuan(store, ['import', 'problems', workbook('a.xlsx', csvRows(file(ROWS))), '--as', 'office', '--mapping', '水务台账', '--json'])).json();
  counts(again, { unchanged: 3 });
  counts(taken('a.csv', file(ROWS), '--history', '2026-01-01'), { unchanged: 3 });
  counts(taken('b.csv', file({ 1: ROWS[3], 2: ROWS[1], 3: ROWS[2] })), { unchanged: 3 });
});

test('what only the file changed is written, what only we changed stays, what both changed is left alone', async () => {
  const open = await record('下立交积水');
  await office.ok('PATCH', `/api/v1/problems/${open.id}`, { values: { remark: '本库备注' } }, { 'if-match': `"${open.version}"` });
  counts(taken('c.csv', file({ ...ROWS, 1: ROWS[1].replace('疏通一半', '疏通九成') })), { unchanged: 2, changed: 1 });
  const after = await record('下立交积水');
  assert.equal(after.progress_note, '疏通九成');
  assert.equal(after.remark, '本库备注');
  await office.ok('PATCH', `/api/v1/problems/${open.id}`, { values: { progress_note: '本库改过' } }, { 'if-match': `"${after.version}"` });
  counts(taken('d.csv', file({ ...ROWS, 1: ROWS[1].replace('疏通一半', '全部疏通') })), { unchanged: 2, conflict: 1 });
  assert.equal((await record('下立交积水')).progress_note, '本库改过');
  const told = async (mapping) => {
    const staged = await office.ok('POST', '/api/v1/problems/import?mapping=' + encodeURIComponent(mapping), file({ 1: ROWS[1].replace('疏通一半', '全部疏通') }), { 'content-type': 'application/octet-stream' });
    return (await office.ok('GET', '/api/v1/imports/' + staged.import)).conflicts.map((one) => one.message);
  };
  assert.match((await told('水务台账'))[0], /“整改进展”与文件不同：文件和系统里都改过/);
  assert.match((await told('别处的台账'))[0], /不是从这份台账来的/, 'nobody changed it here: it came from another ledger');
  clean();
});

test('a complete file marks what it lacks as missing, and what is there again as reappeared', async () => {
  const now = { ...ROWS, 1: ROWS[1].replace('疏通一半', '疏通九成') };
  counts(taken('e.csv', file({ 2: now[2], 3: now[3] }), '--complete'), { unchanged: 2, missing: 1 });
  assert.equal((await record('下立交积水')).missing, true);
  counts(taken('f.csv', file(now), '--complete'), { unchanged: 2, reappeared: 1 });
  assert.equal((await record('下立交积水')).missing, false);
});

test('errors are told by cell, with nothing written; or their rows are left out', async () => {
  const bad = file({ 4: '"QA-004","新问题一","保障和改善民生","甲","某某局",,"2026年2月30日",,"否",,"未完成",\n', 5: '"QA-005","新问题二","保障和改善民生","乙","市水务局",,"8月底前",,"否",,"未完成",\n' });
  const before = rowCounts(store);
  const done = bihuan(store, ['import', 'problems', path('g.csv', bad), '--as', 'office', '--mapping', '水务台账', '--json']);
  assert.equal(done.status, 1);
  assert.deepEqual(done.json().findings.map((f) => [f.cell, f.code]), [['E3', 'unit_unknown'], ['G3', 'date_unreadable']]);
  assert.deepEqual(rowCounts(store), before);
  counts(taken('g.csv', bad, '--leave-out'), { created: 1 });
  assert.equal((await record('新问题二')).state, 'draft');
  clean();
});

test('over the API: staged, looked at, written, the report kept; a liaison does not see another\'s upload', async () => {
  const body = file({ 6: '"QA-006","接口导入","保障和改善民生","丙","市水务局",,"8月底前",,"否",,"未完成",\n' });
  const staged = await office.ok('POST', '/api/v1/problems/import?mapping=%E6%B0%B4%E5%8A%A1%E5%8F%B0%E8%B4%A6&file_name=2026.csv', body);
  assert.equal(staged.report.created, 1);
  const shown = await office.ok('GET', `/api/v1/imports/${staged.import}`);
  assert.deepEqual(shown.rows.map((row) => [row.class, row.title]), [['created', '接口导入']]);
  assert.equal((await liaison.call('GET', `/api/v1/imports/${staged.import}`)).status, 404);
  const written = await office.ok('POST', `/api/v1/imports/${staged.import}/write`);
  assert.equal(written.report.created, 1);
  const report = await office.ok('GET', `/api/v1/imports/${staged.import}/report`);
  assert.equal(report.written, true);
  assert.equal(report.file_hash.length, 64);
  assert.deepEqual(report.inferred_dates.map((date) => [date.text, date.date]), [['8月底前', '2026-08-31']]);
});

test('the 22-column ledger handed out and brought in again is unchanged throughout, whatever mapping it comes under', async () => {
  const out = join(files.folder, 'ledger22.xlsx');
  for (const mapping of ['problems', '水务台账', '另一份']) {
    const exported = must(bihuan(store, ['export', 'problems', '--as', 'office', '--form', 'ledger22', '--out', out, '--json'])).json();
    const report = must(bihuan(store, ['import', 'problems', out, '--as', 'office', '--mapping', mapping, '--json'])).json();
    counts(report, { unchanged: exported.rows });
  }
  clean();
});

/** The same workbook with one text of one of its parts replaced once, by the zip reader and writer that come with Python. */
const altered = (at, from, to) => must(spawned('import sys,zipfile\nold=zipfile.ZipFile(sys.argv[1]); new=zipfile.ZipFile(sys.argv[2],"w",zipfile.ZIP_DEFLATED)\nfor n in old.namelist():\n d=old.read(n)\n new.writestr(n,d.replace(sys.argv[3].encode(),sys.argv[4].encode(),1) if n.endswith("sheet1.xml") else d)\nnew.close()', at, at + '.altered.xlsx', from, to)) && at + '.altered.xlsx';
const spawned = (program, ...words) => { const done = spawnSync('python3', ['-c', program, ...words], { encoding: 'utf8' }); return { status: done.status, out: done.stdout, err: done.stderr }; };

test('what was assigned here keeps its kind and date when our own export comes back with others: a file is no approval', async () => {
  const out = join(files.folder, 'kinds.xlsx'), exported = must(bihuan(store, ['export', 'problems', '--as', 'office', '--form', 'ledger22', '--out', out, '--json', 'state=rectifying', 'historic=no'])).json();
  const report = join(files.folder, 'kinds.csv'), read = must(bihuan(store, ['import', 'problems', altered(out, '限期整改', '长期整改'), '--as', 'office', '--json', '--preview', '--report', report])).json();
  counts(read, { unchanged: exported.rows - 1, conflict: 1 });
  assert.match(readFileSync(report, 'utf8'), /“整改类型”与文件不同：问题已交办，只能经审批改动/);
});

test('the audit list and what the screen shows come back unchanged as well', async () => {
  for (const form of ['audit52', 'screen']) {
    const out = join(files.folder, form + '.xlsx');
    const exported = must(bihuan(store, ['export', 'problems', '--as', 'office', '--form', form, '--out', out, '--json', 'historic=yes'])).json();
    assert.ok(exported.rows > 0);
    counts(must(bihuan(store, ['import', 'problems', out, '--as', 'office', '--json', '--preview'])).json(), { unchanged: exported.rows });
  }
});

test('what the audit list reckons itself is no column of the file: a list with a 一级单位 of its own comes back unchanged, and keeps it', async () => {
  const audit = '审计发现问题整改清单（2026年）\n序号,一级单位,具体责任单位,具体问题表述,问题类别,整改措施,整改时限\n1,申江市国资系统,市水务局,结余资金未上缴,保障和改善民生,上缴财政,2026年12月31日\n';
  counts(must(bihuan(store, ['import', 'problems', path('audit.csv', audit), '--as', 'office', '--mapping', '审计清单', '--history', '2026-01-01', '--json'])).json(), { created: 1 });
  const kept = async () => JSON.parse((await record('结余资金未上缴')).other_columns)['一级单位'], out = join(files.folder, 'audit.xlsx');
  assert.equal(await kept(), '申江市国资系统');
  for (const form of ['audit52', 'ledger22', 'screen']) {
    const exported = must(bihuan(store, ['export', 'problems', '--as', 'office', '--form', form, '--out', out, '--json'])).json();
    counts(must(bihuan(store, ['import', 'problems', out, '--as', 'office', '--json'])).json(), { unchanged: exported.rows });
  }
  assert.equal(await kept(), '申江市国资系统');
  clean();
});

test('a measure of several lines, or one that looks like a list, goes in and out as one', async () => {
  const odd = '整改台账（2026年）\n序号,具体问题表述,问题类别,责任单位,细化的整改措施,对应的完成时间,整改时限\n1,"泵站老化",保障和改善民生,市水务局,"[LIST] 1) 换\x02泵\n（含附件\n两份）",2026年7月底,2026年8月底\n';
  const done = must(bihuan(store, ['import', 'problems', path('odd.csv', odd), '--as', 'office', '--mapping', '怪措施', '--history', '2026-01-01', '--json'])).json();
  counts(done, { created: 1 });
  const { id } = await record('泵站老化');
  const [measure] = (await office.ok('GET', `/api/v1/measures?problem=${id}`)).items;
  const seen = (await office.page('measures', measure.id)).record;
  assert.doesNotMatch(seen.title, /[\n\x02]/);
  const out = join(files.folder, 'odd.xlsx');
  for (const form of ['ledger22', 'audit52']) {
    const exported = must(bihuan(store, ['export', 'problems', '--as', 'office', '--form', form, '--out', out, '--json'])).json();
    counts(must(bihuan(store, ['import', 'problems', out, '--as', 'office', '--json', '--preview'])).json(), { unchanged: exported.rows });
  }
  clean();
});

test('who may not bring in history is told so at once, not when it is written', async () => {
  const staged = await liaison.ok('POST', '/api/v1/problems/import?mapping=x&history=2026-01-01&file_name=2026.csv', file(ROWS));
  assert.deepEqual(staged.errors.map((error) => error.code).filter((code) => code === 'history_office'), ['history_office']);
  assert.match(staged.errors.find((error) => error.code === 'history_office').sentence, /由整改办导入/);
});

test('the preview names the fields in which a row differs', async () => {
  const row = '"QA-008","雨水口堵塞","保障和改善民生","己","市水务局",,"8月底前","疏通一半","否",,"未完成",\n';
  counts(taken('w.csv', file({ 8: row })), { created: 1 });
  const staged = await office.ok('POST', `/api/v1/problems/import?mapping=${encodeURIComponent('水务台账')}&file_name=2026.csv`, file({ 8: row.replace('疏通一半', '疏通九成') }));
  const { rows } = await office.ok('GET', `/api/v1/imports/${staged.import}`);
  assert.deepEqual(rows.filter((row) => row.class === 'changed').map((row) => [row.title, row.what, row.what_en]), [['雨水口堵塞', '“整改进展”', '"Progress"']]);
});

/** A part of a workbook, by the zip reader that comes with Python. */
const part = (at, name) => spawnSync('python3', ['-c', 'import sys,zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))', at, name], { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout;

test('a form is ready to print: groups over their columns, rows as high as their words, as many A4 pages across as keep it readable', () => {
  const out = join(files.folder, 'print.xlsx');
  const sheet = (form) => { must(bihuan(store, ['export', 'problems', '--as', 'office', '--form', form, '--out', out])); return part(out, 'xl/worksheets/sheet1.xml'); };
  const short = sheet('ledger22');
  assert.match(short, /<mergeCell ref="B3:E3"\/>/);
  assert.match(short, /orientation="landscape"/);
  assert.match(short, /fitToWidth="2" fitToHeight="0"/);
  const heights = [...short.matchAll(/<row r="(\d+)"[^>]* ht="([\d.]+)"/g)].filter(([, row]) => Number(row) > 4).map(([, , height]) => Number(height));
  assert.ok(heights.some((height) => height > 15), 'two measures in a cell need two lines');
  assert.match(part(out, 'xl/workbook.xml'), /Print_Titles[^<]*>[^<]*\$A:\$E[^<]*\$3:\$4</);
  assert.match(short, /截止时刻：\d{4}-\d\d-\d\d \d\d:\d\d ·/);
  assert.match(sheet('audit52'), /fitToWidth="3" fitToHeight="0"/);
});

test('forms are asked for by name, in the scope of who asks; formulas stay text', async () => {
  const form = await office.call('GET', '/api/v1/problems.xlsx?form=ledger22&state=rectifying,closed');
  assert.equal(form.status, 200);
  assert.equal((await office.call('GET', '/api/v1/problems.xlsx?form=no')).status, 400);
  assert.equal((await office.call('GET', '/api/v1/units.xlsx')).status, 200);
  counts(taken('h.csv', file({ 7: '"QA-007","=1+1 公式样的问题","保障和改善民生","戊","市水务局",,"8月底前",,"否",,"未完成",\n' })), { created: 1 });
  const out = join(files.folder, 'formula.xlsx');
  must(bihuan(store, ['export', 'problems', '--as', 'office', '--form', 'ledger22', '--out', out]));
  const read = spawnSync(BIHUAN, ['ledger', 'read', out, '--json'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.ok(JSON.parse(read.stdout).records.some((r) => r.title === '=1+1 公式样的问题'));
  clean();
});

const PLAIN = '序号,问题,整改措施,责任单位,整改时限\n';
const plain = (rows) => '整改台账（2026年）\n' + PLAIN + rows.map((row, i) => `${i + 1},${row[0]},${row[1]},市水务局,8月底前\n`).join('');
test('on the command line a category or source is given by its words too; what is none is answered with what there is', () => {
  const words = (...more) => bihuan(store, ['import', 'problems', path('words.csv', file(ROWS)), '--as', 'office', '--preview', ...more]);
  assert.equal(words('--category', '超大城市治理现代化', '--source', '检视').status, 0);
  const none = words('--category', '没有的类别');
  assert.equal(none.status, 2);
  assert.match(none.err, /没有的类别.*governance\(超大城市治理现代化\)/);
});

const sequence = (name, rows, ...words) => must(bihuan(store, ['import', 'problems', path(name, plain(rows)), '--as', 'office', '--mapping', '流水', '--category', 'governance', '--json', ...words])).json();

test('where numbers only count rows, a row is known by its unit and problem: a row put in front moves nobody', () => {
  const rows = [['老旧小区外墙脱落隐患排查不彻底', '甲'], ['二次供水水箱多年不清洗', '乙']];
  counts(sequence('s1.csv', rows), { created: 2 });
  counts(sequence('s2.csv', [['夜间施工扰民反复投诉', '丙'], ...rows]), { created: 1, unchanged: 2 });
  counts(sequence('s3.csv', [['夜间施工扰民反复投诉了', '丙'], ...rows]), { unchanged: 2, changed: 1 });
  clean();
});

test('a problem that is only similar is told, not taken; what a person chose is remembered by the mapping', async () => {
  const text = plain([['夜间施工噪声长期反复投诉', '丙']]), address = '/api/v1/problems/import?mapping=%E6%B5%81%E6%B0%B4&category=governance';
  const upload = await office.ok('POST', address, text);
  assert.equal(upload.report.created, 1);
  const told = (await office.ok('GET', `/api/v1/imports/${upload.import}`)).hints.find((hint) => hint.code === 'similar');
  const standing = (await problems()).find((item) => item.title === '夜间施工扰民反复投诉了');
  assert.deepEqual(told.problem, { id: standing.id, number: standing.number ?? null, title: standing.title }, 'which problem it is like, as data');
  assert.match(told.key, /^t:[0-9a-f]+$/);
  assert.doesNotMatch(told.message + told.message_en, /\{/, 'a sentence for people');
  await office.create('import_mappings', { name: '流水', type: 'problem', columns: '{}', key: '序号', choices: JSON.stringify({ [told.key]: standing.id }) });
  const chosen = await office.ok('POST', address, text);
  assert.deepEqual([chosen.report.created, chosen.report.changed], [0, 1]);
});

test('what the file does not say is asked for once, not guessed: category and year', () => {
  const done = bihuan(store, ['import', 'problems', path('n.csv', PLAIN + '1,没有类别的问题,甲,市水务局,8月底前\n'), '--as', 'office', '--mapping', '无类别', '--json']);
  assert.equal(done.status, 1);
  assert.deepEqual(done.json().findings.map((f) => f.code), ['category_missing']);
});

test('a comparison of two moments goes out as a printed table as well', () => {
  const out = join(files.folder, 'compare.xlsx');
  const compared = must(bihuan(store, ['rounds', 'compare', 'journal:1', 'now', '--csv', out, '--as', 'office', '--json'])).json();
  assert.ok(compared);
  const bytes = readFileSync(out);
  assert.equal(bytes.subarray(0, 2).toString(), 'PK');
});

test('every printed table of a demo says in its title that the data are invented; one of a real store does not', () => {
  const real = realStore();
  const shown = (at) => spawnSync('python3', ['-c', 'import sys,zipfile;sys.stdout.buffer.write(b"".join(zipfile.ZipFile(sys.argv[1]).read(n) for n in zipfile.ZipFile(sys.argv[1]).namelist() if "sheet1" in n or "shared" in n))', at], { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout;
  try {
    for (const [of, invented] of [[store, true], [real, false]])
      for (const form of ['ledger22', 'audit52', 'screen']) {
        const out = join(files.folder, `${form}-${invented}.xlsx`);
        must(bihuan(of, ['export', 'problems', '--as', 'office', '--form', form, '--out', out]));
        assert.match(shown(out), /截止时刻/);
        assert.equal(shown(out).includes('演示数据，均为虚构'), invented, out);
      }
  } finally { real.remove(); }
  const compared = join(files.folder, 'compared.xlsx');
  must(bihuan(store, ['rounds', 'compare', 'journal:1', 'now', '--csv', compared, '--as', 'office']));
  assert.match(shown(compared), /两轮比较（演示数据，均为虚构）/);
});

test('real ledgers, hostile ones too, are read as expected', (t) => {
  const folder = join(SHARED, 'ledgers');
  if (!existsSync(folder)) { console.error('NOT RUN: the real ledgers are not here'); return t.skip('no real ledgers'); }
  for (const result of scoreFolder(folder)) assert.deepEqual(result.wrong, [], result.file);
});

/** How much memory reading a ledger takes at its most, in MB. */
const peak = (at, ...words) => {
  const measured = spawnSync('python3', ['-c', 'import resource,subprocess,sys;subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL);print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)', BIHUAN, 'ledger', 'read', at, '--json', ...words], { encoding: 'utf8' });
  return Number(measured.stdout) / 1024;
};

test('a hostile file stays small: a peak below 64 MB above an ordinary one', (t) => {
  const folder = join(SHARED, 'ledgers');
  if (!existsSync(folder)) { console.error('NOT RUN: the real ledgers are not here'); return t.skip('no real ledgers'); }
  const ordinary = peak(join(folder, '01-two-row-header.xlsx'));
  for (const name of ['09-zip-bomb.xlsx', '10-external-entity.xlsx', '11-truncated.xlsx', '12-bad-references.xlsx']) assert.ok(peak(join(folder, name)) - ordinary < 64, name);
});

test('what a small file repeats into gigabytes is refused by name; lists of names that nobody bears cost no more than they are long', () => {
  const ordinary = peak(path('ordinary.csv', file(ROWS))), long = '字'.repeat(32000), head = '编号,问题,问题类别,整改措施,责任单位,整改目标,整改时限\n';
  const ditto = path('ditto.csv', head + `1,甲问题,乙类,排查,市水务局,${long},2026年8月\n` + Array.from({ length: 6000 }, (_, at) => `${at + 2},问题${at},同上,排查,市水务局,同上,2026年8月\n`).join(''));
  const refused = bihuan(store, ['ledger', 'read', ditto, '--json']);
  assert.equal(refused.status, 1);
  assert.match(JSON.stringify(refused.json().errors), /各行的文字合计超过 64 MB/);
  const words = path('words.csv', head + Array.from({ length: 600 }, (_, at) => `${at + 1},问题${at},乙类,排查,${'和'.repeat(2000)}${at},目标,2026年8月\n`).join(''));
  const units = path('units.csv', 'name,kind,aliases,old_names\n申江市水务局,g,市水务局,\n');
  for (const [name, most, ...more] of [[ditto, 256], [words, 128, '--units', units]]) {
    const taken = peak(name, ...more) - ordinary;
    assert.ok(taken < most, `${name}: ${taken} MB`);
  }
});

test('with several campaigns, only what is new asks to which one it belongs', async () => {
  const { today } = (await office.ok('GET', '/api/v1/session')).store, out = join(files.folder, 'several.xlsx');
  await office.create('campaigns', { name: '另一专项', code: 'LY', prefix: 'LY-', valid_from: today, valid_to: '2029-12-31' });
  const exported = must(bihuan(store, ['export', 'problems', '--as', 'office', '--form', 'ledger22', '--out', out, '--json'])).json();
  const again = must(bihuan(store, ['import', 'problems', out, '--as', 'office', '--json'])).json();
  counts(again, { unchanged: exported.rows });
  assert.deepEqual([again.errors, again.findings ?? []], [0, []]);
  const fresh = bihuan(store, ['import', 'problems', path('fresh.csv', '整改台账（2026年）\n序号,问题,问题类别,责任单位,整改措施,整改时限\n1,路灯不亮成片,保障和改善民生,市水务局,换灯,2026年12月31日\n'), '--as', 'office', '--mapping', '路灯', '--json', '--preview']);
  assert.equal(fresh.status, 1);
  assert.deepEqual(JSON.parse(fresh.out).findings.map((finding) => finding.code), ['campaign_missing']);
  clean();
});
