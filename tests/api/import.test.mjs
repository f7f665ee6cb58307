// Appeals come in from files: created, unchanged, changed, left alone in conflict, missing and there again; beside a server and
// without one; and whatever is wrong with a file is said at once, row and column, with nothing written.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { BIHUAN, followed, demoStore, serve, signIn, bihuan, must, rowCounts, written, csvText, csvRows, scratch, haveShared, ROOT, SHARED } from '../lib.mjs';

const CORPUS = join(ROOT, 'tests/corpus/appeals.csv');
const KEYS = ['created', 'unchanged', 'changed', 'conflict', 'missing', 'reappeared', 'errors'];
let store, server, office, liaison, files, rows;
before(async () => {
  store = demoStore();
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
  liaison = await signIn(server, 'liaison-housing', store.accounts['liaison-housing']);
  files = scratch();
  rows = csvRows(readFileSync(CORPUS, 'utf8'));
});
after(async () => { await server?.stop(); store?.remove(); files?.remove(); });

const taken = (path, ...words) => must(bihuan(store, ['import', 'appeals', path, '--json', ...words])).json();
/** Exactly these counts, every other one 0. */
const counts = (report, expected) => assert.deepEqual(Object.fromEntries(KEYS.map((key) => [key, report[key]])), { ...Object.fromEntries(KEYS.map((key) => [key, 0])), ...expected });
async function untouched(what, act) {
  const before = rowCounts(store);
  const value = await act();
  assert.deepEqual(rowCounts(store), before, `${what}: the journal's number and the row counts are the same`);
  return value;
}
const iconv = (path, to) => { const done = spawnSync('iconv', ['-f', 'UTF-8', '-t', to, path], { maxBuffer: 1 << 28 }); assert.equal(done.status, 0, String(done.stderr)); return done.stdout; };
const edited = (change) => { const copy = rows.map((row) => [...row]); change(copy); return copy; };
const numbered = async (number) => (await office.ok('GET', '/api/v1/appeals?number=' + encodeURIComponent(number))).items[0];
const recordOf = async (number) => (await office.page('appeals', (await numbered(number)).id)).record;

test('the own corpus has 120 messages, and all are taken in beside the running server; equal texts are counted', async () => {
  assert.equal(rows.length, 121);
  const report = taken(CORPUS);
  counts(report, { created: 120 });
  assert.equal(report.equal_texts, 12);
  const list = await office.ok('GET', '/api/v1/appeals?made_at.lt=2026-01-01&limit=200');
  assert.equal(list.items.length, 120, 'the server shows them at once');
});

test('Chinese headers are recognised, odd white space is cleaned, moments with one- or two-digit parts are read', async () => {
  const first = await recordOf('700001'), second = await recordOf('700004'), third = await recordOf('700007');
  assert.equal(first.title, '云台新村路灯不亮');
  assert.equal(first.text, '云台新村的路灯坏了很久,晚上走路看不见,摔了好几个老人。第 0 次反映。');
  assert.equal(first.made_at, '2025-01-01T00:00:00+08:00');
  assert.equal(second.title, '望江苑垃圾清运不及时');
  assert.equal(second.made_at, '2025-02-06T03:11:17+08:00');
  assert.equal(third.title, '梨园小区暖气不热');
  assert.equal(third.made_at, '2025-03-11T06:22:00+08:00');
  assert.equal(third.person, 'B0203');
  assert.deepEqual([third.up_votes, third.down_votes], [2, 2]);
});

test('again, it is 120 unchanged, and the journal number and row counts stay the same', () => untouched('the same file', () => counts(taken(CORPUS), { unchanged: 120 })));

test('the same file in GB18030, and in UTF-8 with a byte order mark, is unchanged', () => untouched('other encodings', () => {
  counts(taken(files.put('gb.csv', iconv(CORPUS, 'GB18030'))), { unchanged: 120 });
  counts(taken(files.put('bom.csv', '\ufeff' + readFileSync(CORPUS, 'utf8'))), { unchanged: 120 });
}));

test('without a server it is unchanged too', async () => {
  await server.stop();
  await untouched('no server', () => counts(taken(CORPUS), { unchanged: 120 }));
  server = await serve(store);
  office.origin = liaison.origin = server.origin;
});

test('a preview says what would come and writes nothing', () => untouched('preview', () => {
  const path = files.put('preview.csv', csvText(edited((copy) => copy.push(['799999', 'B', '新的一条', '2025/5/5 5:05', '还没有写入。', '0', '0']))));
  counts(taken(path, '--preview'), { created: 1, unchanged: 120 });
}));

test('edited there is changed; edited here and there is a conflict and left alone', async () => {
  const here = await numbered('700010');
  await office.ok('PATCH', `/api/v1/appeals/${here.id}`, { values: { title: '这里改过的标题' } }, { 'if-match': `"${here.version}"` });
  await untouched('edited here only', () => counts(taken(CORPUS), { unchanged: 120 }));
  const path = files.put('edited.csv', csvText(edited((copy) => { copy[2][2] = '那边改了标题'; copy[3][6] = '77'; copy[4][2] = '那边也改了标题'; })));
  counts(taken(path), { unchanged: 117, changed: 2, conflict: 1 });
  assert.equal((await recordOf('700004')).title, '那边改了标题');
  assert.equal((await recordOf('700007')).up_votes, 77);
  assert.equal((await recordOf('700010')).title, '这里改过的标题', 'what stands here is kept');
  await untouched('the edited file again', () => counts(taken(path), { unchanged: 119, conflict: 1 }));
});

test('what was edited here only, and has not moved there, is no change of the file', async () => {
  const here = await numbered('700013');
  const before = await recordOf('700013');
  await office.ok('PATCH', `/api/v1/appeals/${here.id}`, { values: { place: '枫桥里 3 号' } }, { 'if-match': `"${before.version}"` });
  counts(taken(files.path('edited.csv')), { unchanged: 119, conflict: 1 });
  assert.equal((await recordOf('700013')).place, '枫桥里 3 号', 'a field that the file lacks is never overwritten');
});

test('a complete file marks what it lacks as missing, once, and what comes back as reappeared', async () => {
  const whole = csvRows(readFileSync(files.path('edited.csv'), 'utf8')), short = files.put('short.csv', csvText(whole.slice(0, -3)));
  counts(taken(short), { unchanged: 116, conflict: 1 });
  counts(taken(short, '--complete'), { unchanged: 116, conflict: 1, missing: 3 });
  assert.equal((await recordOf(whole.at(-1)[0])).missing, true);
  await untouched('missing again', () => { const again = taken(short, '--complete'); assert.equal(again.changed + again.created + again.reappeared, 0); });
  counts(taken(files.path('edited.csv'), '--complete'), { unchanged: 116, conflict: 1, reappeared: 3 });
  assert.notEqual((await recordOf(whole.at(-1)[0])).missing, true);
});

test('over the API a file is staged, looked at, then written; nobody else sees what was staged', async () => {
  const bytes = Buffer.from(csvText([rows[0], ['880001', 'C1', '接口来的一条', '2025/6/7 8:09', '从接口上传。', '1', '2']]));
  const staged = await untouched('staging', () => office.ok('POST', '/api/v1/appeals/import', bytes, { 'content-type': 'text/csv' }));
  counts(staged.report, { created: 1 });
  assert.equal(staged.report.rows, 1);
  assert.deepEqual((await office.ok('GET', '/api/v1/imports/' + staged.import)).report, staged.report);
  assert.equal((await liaison.call('GET', '/api/v1/imports/' + staged.import)).status, 404);
  const written = await office.ok('POST', `/api/v1/imports/${staged.import}/write`);
  counts(written.report, { created: 1 });
  assert.equal((await recordOf('880001')).title, '接口来的一条');
  await untouched('written twice', async () => { const again = await office.call('POST', `/api/v1/imports/${staged.import}/write`); assert.ok([200, 404].includes(again.status), JSON.stringify(again.body)); });
  assert.equal((await liaison.call('POST', '/api/v1/appeals/import', bytes, { 'content-type': 'text/csv' })).status, 403, 'a liaison brings in nothing');
});

// ---- bad input ----

/** The file is refused by command, in Chinese and English, and over the API; nothing is written. */
async function refused(name, bytes, patterns) {
  const path = files.put(name, bytes);
  return untouched(name, async () => {
    const zh = bihuan(store, ['import', 'appeals', path]), en = bihuan(store, ['import', 'appeals', path, '--lang', 'en', '--json']);
    assert.equal(zh.status, 1, zh.out + zh.err);
    assert.equal(en.status, 1);
    for (const [pattern, english] of patterns) { assert.match(zh.err, pattern); assert.match(en.err, english); }
    const report = en.json();
    assert.ok(report.errors >= 1);
    assert.equal(report.created + report.changed, 0, 'a refused import counts nothing as written');
    const staged = await office.call('POST', '/api/v1/appeals/import', Buffer.from(bytes), { 'content-type': 'text/csv' });
    assert.equal(staged.status, 201, JSON.stringify(staged.body));
    assert.equal(staged.body.report.errors, report.errors);
    assert.equal(staged.body.errors.length, report.errors);
    const write = await office.call('POST', `/api/v1/imports/${staged.body.import}/write`);
    assert.equal(write.status, 422, 'a file with errors is not written: ' + JSON.stringify(write.body));
    assert.deepEqual(write.body.findings.map((one) => [one.change, one.sentence]), staged.body.errors.map((one) => [one.row, one.sentence]), 'the same sentences, each with its place once');
    return staged.body.errors;
  });
}

test('a wrong header: the missing columns are named, what they may be called, and what is nearest', () =>
  refused('header.csv', csvText([['编码', '标提', '日期'], ['1', '二', '2025/1/1']]), [[/缺少“诉求编号”列/, /"Number" is missing/], [/缺少“诉求主题”列.*标提/, /"Title" is missing.*标提/], [/缺少“诉求时间”列/, /"Made at" is missing/], [/表头是：“编码”、“标提”、“日期”/, /The file has: "编码", "标提", "日期"/]]));

test('a broken encoding names the row and the byte', async () => {
  const text = Buffer.from(csvText(rows.slice(0, 6)));
  const at = text.indexOf('700007');
  const errors = await refused('encoding.csv', Buffer.concat([text.subarray(0, at + 8), Buffer.from([0xff, 0xfe, 0x80]), text.subarray(at + 8)]), [[/GB18030/, /neither UTF-8 nor GB18030/]]);
  assert.equal(errors[0].row, 4);
});

test('everything that is wrong is told at once, each with its row and column and what would be right', async () => {
  const bad = [
    ['留言编号', '留言用户', '留言主题', '留言时间', '留言详情', '反对数', '点赞数', '承办单位'],
    ['900001', 'D', '时间不对', '昨天下午', '文', '0', '0', ''],
    ['900002', 'D', '数不对', '2025/1/2 3:04', '文', '很多', '-3', ''],
    ['900003', 'D', '单位不对', '2025/1/2 3:04', '文', '0', '0', '市住房城乡建设委'],
    ['900004', 'D', '长'.repeat(401), '2025/1/2 3:04', '文', '0', '0', ''],
    ['900005', 'D', '对的', '2025/1/2 3:04', '文', '0', '0', '住建委'],
    ['900005', 'D', '编号重复', '2025/1/2 3:04', '文', '0', '0', ''],
    ['', 'D', '没有编号', '2025/1/2 3:04', '文', '0', '0', ''],
    ['900007', 'D', '', '2025/1/2 3:04', '文', '0', '0', ''],
    ['900008', 'D', '没有这一天', '2025/2/30 3:04', '文', '0', '0', ''],
    ['900009', 'D', '多了一格', '2025/1/2 3:04', '文', '0', '0', '', '多的'],
  ];
  const errors = await refused('bad.csv', csvText(bad), [
    [/昨天下午/, /昨天下午.*no moment/], [/很多.*不是整数/, /很多.*no whole number/], [/没有叫“市住房城乡建设委”的单位.*市住房城乡建设管理委/, /no Unit called.*nearest: .*市住房城乡建设管理委/],
    [/401 个字，最多 400 个/, /401 characters, at most 400/], [/900005.*第 6 行重复/, /900005.*row 6 already/], [/不能为空/, /must not be empty/], [/2025\/2\/30/, /2025\/2\/30/], [/9 个单元格/, /9 cells/]]);
  const places = errors.map((one) => `${one.row}:${one.field ?? ''}`);
  assert.deepEqual(places, ['2:made_at', '3:up_votes', '3:down_votes', '4:unit', '5:title', '7:number', '8:number', '9:title', '10:made_at', '11:'], JSON.stringify(errors));
  assert.ok(errors.every((one) => one.sentence.length > 5));
  assert.equal(errors[0].column, '留言时间', 'the column is named as the file has it');
});

test('an empty file, a file of zeros and a quote that never ends are refused with a reason', async () => {
  await refused('empty.csv', '', [[/空/, /empty/]]);
  await refused('quote.csv', csvText(rows.slice(0, 3)) + '990001,E,"没有引号结尾,2025/1/1 1:01,文,0,0\r\n', [[/引号/, /quote/]]);
  const path = files.put('zeros.csv', Buffer.alloc(4096));
  await untouched('zeros', () => assert.equal(bihuan(store, ['import', 'appeals', path]).status, 1));
});

test('what a small document repeats into gigabytes is refused before it is made', () => untouched('many names', () => {
  const names = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`名称${at}`, 'x'])), bare = '{"名称0":"x"}';
  const at = files.put('names.json', '[' + [JSON.stringify(names), ...Array(300000).fill(bare)].join(',') + ']');
  const done = bihuan(store, ['import', 'appeals', at, '--as', 'office', '--preview', '--json']);
  assert.equal(done.status, 1);
  assert.deepEqual(done.json().findings.map((one) => one.code), ['too_large']);
}));

/** How much memory a preview takes at its most, in MB, and what it found. */
const peak = (at) => {
  const script = 'import resource,subprocess,sys;done=subprocess.run(sys.argv[1:],stdout=subprocess.PIPE,text=True);print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss);print(done.stdout)';
  const measured = spawnSync('python3', ['-c', script, BIHUAN, 'import', 'appeals', at, '--as', 'office', '--preview', '--json', ...store.words], { encoding: 'utf8' });
  const [memory, ...report] = measured.stdout.split('\n');
  return { memory: Number(memory) / 1024, codes: JSON.parse(report.join('\n')).findings.map((one) => one.code) };
};
test('hostile JSON is refused item by item: names, items and numbers by the million cost no more than a few times their bytes', () => untouched('hostile JSON', () => {
  const ordinary = peak(files.put('ordinary.json', '[{"诉求编号":"J-1"}]')).memory, many = (count, one) => Array.from({ length: count }, (_, at) => one(at)).join(',');
  const cases = [['names', `[{${many(1000000, (at) => `"n${at}":1`)}}]`], ['items', `[${many(4000000, () => '{}')}]`], ['numbers', `[{"a":[${many(6000000, () => '1')}]}]`], ['around', `{"list":[{"a":"1"}],"more":[[${many(100000, () => '[]')}]],"x":{${many(300000, (at) => `"n${at}":1`)}}}`]];
  for (const [name, text] of cases) {
    const { memory, codes } = peak(files.put(`hostile-${name}.json`, text)), most = 64 + (5 * text.length) / 1048576;
    assert.deepEqual(codes, ['json'], name);
    assert.ok(memory - ordinary < most, `${name}: ${memory - ordinary} MB above an ordinary one, more than ${most}`);
  }
}));

test('a file that is not there, a type that is not there, a mapping that is not there, an account that is not there: said, nothing written', () => untouched('wrong words', () => {
  for (const [words, pattern] of [[['import', 'appeals', files.path('no.csv')], /no\.csv/], [['import', 'apeals', CORPUS], /appeals/], [['import', 'appeals', CORPUS, '--mapping', '不存在'], /不存在/], [['import', 'appeals', CORPUS, '--as', 'nobody'], /nobody/]]) {
    const done = bihuan(store, words);
    assert.notEqual(done.status, 0);
    assert.match(done.err, pattern);
  }
  assert.notEqual(bihuan(store, ['import', 'appeals', CORPUS, '--as', 'liaison-housing']).status, 0, 'a liaison brings in nothing by command either');
}));

// ---- text is text ----

const ODD = [['=1+2', '公式'], ['+8613900000000', '加号'], ['-2+3', '减号'], ['@SUM(A1:A9)', '函数'], ['<script>alert(1)</script>', '脚本'], ["'; DROP TABLE appeal;--", '语句'], ["'=already", '已有撇号'], ['"引号", 逗号', '引号'], ['=HYPERLINK("http://x")', '链接']];

test('text that looks like a formula, script or SQL is kept as it is, shown as text and exported guarded', async () => {
  const path = files.put('odd.csv', csvText([rows[0], ...ODD.map(([text, who], i) => [`T${100 + i}`, who, text, '2024/1/2 3:04', `${text}\n第二行 <b>${who}</b>`, '0', '0'])]));
  counts(taken(path), { created: ODD.length });
  const before = written(store);
  for (const [i, [text, who]] of ODD.entries()) {
    const record = await recordOf('T' + (100 + i)), page = await office.call('GET', `/api/v1/appeals/${record.id}`);
    assert.equal(record.title, text.startsWith("'=") ? text.slice(1) : text, 'an apostrophe that guards a formula is taken off');
    assert.match(record.text, new RegExp(`第二行 <b>${who}</b>`));
    assert.match(page.headers.get('content-type'), /^application\/json/);
    assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
  }
  const exported = (await office.call('GET', '/api/v1/appeals.csv?made_at.lt=2025-01-01')).body;
  const out = csvRows(exported), title = out[0].indexOf('诉求主题');
  for (const row of out.slice(1)) assert.doesNotMatch(row[title], /^[=+\-@\t\r]/, 'guarded: ' + row[title]);
  assert.ok(out.some((row) => row[title] === "'=1+2"));
  assert.ok(out.some((row) => row[title] === "'; DROP TABLE appeal;--"), 'what is no formula is not touched');
  assert.equal(written(store), before);
});

test('what was exported and is imported again is unchanged', () => untouched('export and import', async () => {
  const path = files.path('export.csv');
  must(bihuan(store, ['export', 'appeals', '--as', 'office', '--out', path, 'made_at.lt=2026-01-01']));
  const out = csvRows(readFileSync(path, 'utf8'));
  assert.equal(readFileSync(path)[0], 0xef, 'with a byte order mark');
  const report = taken(path);
  counts(report, { unchanged: out.length - 1 });
  assert.equal(out.length - 1, 121 + ODD.length);
  const over = await office.call('POST', '/api/v1/appeals/import', Buffer.from((await office.call('GET', '/api/v1/appeals.csv?made_at.lt=2026-01-01')).body), { 'content-type': 'text/csv' });
  counts(over.body.report, { unchanged: out.length - 1 });
}));

test('the store verifies after all of it', () => { const done = bihuan(store, ['verify']); assert.equal(done.status, 0, done.out); });

const real = join(SHARED, 'appeals-zh/appeals.csv');
if (!haveShared()) console.log('SKIPPED: ../shared/data is not there, so the 4,326 real messages were not imported');
test('all 4,326 messages of the published file are taken in; again, and in GB18030, they are unchanged', { skip: !haveShared() && 'SKIPPED: ../shared/data is not there' }, async () => {
  const first = taken(real);
  counts(first, { created: 4326 });
  assert.ok(first.equal_texts > 0, 'equal texts are counted');
  await untouched('again', () => counts(taken(real), { unchanged: 4326 }));
  await untouched('GB18030', () => counts(taken(files.put('real-gb.csv', iconv(real, 'GB18030'))), { unchanged: 4326 }));
  await followed(server);
  const found = await office.ok('GET', '/api/v1/appeals?q=' + encodeURIComponent('噪音') + '&limit=5');
  assert.ok(found.items.length > 0, 'they are found by two characters');
});
