// A list of units from a file: checked and shown, then written, parents first; the same list again is unchanged. And one root for all of them.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan, must, scratch } from '../lib.mjs';

let store, server, office, liaison, files;
const LIST = ['序号,单位名称,单位类别,上级单位,简称,代码', '13,浦江区教育局,市政府机关,PJQ01,区教育局,', '11,市数据局,市政府机关,,数据局,SJJ01', '12,浦江新区,区,,浦江新,PJQ01', '14,市水务局,市政府机关,,水务局、市水务、市水,', ''].join('\n');
const taken = (text, ...words) => bihuan(store, ['import', 'units', files.put('units.csv', text), '--as', 'office', '--json', ...words]);
const counts = (done) => { const told = done.json(); return [told.created, told.unchanged, told.changed, told.errors]; };
const units = async () => Object.fromEntries((await office.ok('GET', '/api/v1/units?limit=200&full=1')).items.map((one) => [one.name, one]));

before(async () => {
  store = demoStore();
  files = scratch();
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
  liaison = await signIn(server, 'liaison-housing', store.accounts['liaison-housing']);
});
after(async () => { await server?.stop(); store?.remove(); files?.remove(); });

test('a preview writes nothing; written, each unit stands below the one that the file names, and the same list is unchanged', async () => {
  const was = await units();
  assert.deepEqual(counts(must(taken(LIST, '--preview'))), [3, 0, 1, 0]);
  assert.deepEqual(Object.keys(await units()).length, Object.keys(was).length);
  assert.deepEqual(counts(must(taken(LIST))), [3, 0, 1, 0]);
  const now = await units(), root = Object.values(now).find((one) => !one.parent).id;
  assert.deepEqual([now['浦江新区'].parent, now['市数据局'].parent, now['浦江区教育局'].parent], [root, root, now['浦江新区'].id]);
  assert.deepEqual([now['浦江区教育局'].kind, now['浦江区教育局'].short_names, now['市数据局'].code, now['市水务局'].id, now['市水务局'].short_names], ['government', '区教育局', 'SJJ01', was['市水务局'].id, '水务局、市水务、市水']);
  assert.deepEqual(counts(must(taken(LIST))), [0, 4, 0, 0]);
});

test('what is exported comes back unchanged; a code finds a unit that has another name by now', async () => {
  const out = files.path('all.csv');
  must(bihuan(store, ['export', 'units', '--as', 'office', '--out', out]));
  const again = must(bihuan(store, ['import', 'units', out, '--as', 'office', '--json'])).json();
  assert.deepEqual([again.created, again.changed, again.errors, again.unchanged], [0, 0, 0, Object.keys(await units()).length]);
  const before = (await units())['市数据局'].id;
  assert.deepEqual(counts(must(taken('单位名称,单位类别,代码\n市大数据局,市政府机关,SJJ01\n'))), [0, 0, 1, 0]);
  assert.equal((await units())['市大数据局'].id, before);
});

test('a list with something wrong is refused whole, with the place and what would be right', async () => {
  const was = Object.keys(await units()).length;
  const cases = [['单位名称,单位类别,上级单位\n甲局,市政府机关,水务厅局\n', /第 2 行 C 列.*没有叫“水务厅局”的单位/], ['单位名称,单位类别,上级单位\n甲局,市政府机关,乙局\n乙局,市政府机关,甲局\n', /不能在它自己之下/],
    ['单位名称,单位类别\n甲局,什么类\n', /可选/], ['单位名称,单位类别\n甲局,市政府机关\n 甲局 ,市政府机关\n', /与第 2 行是同一个单位|第 2 行是同一个单位/], ['名称\n甲局\n', /缺少“单位类别”列/]];
  for (const [text, pattern] of cases) {
    const done = taken(text);
    assert.equal(done.status, 1, text);
    assert.match(done.out, pattern, text);
  }
  assert.equal(Object.keys(await units()).length, was);
  assert.equal(must(bihuan(store, ['verify', '--json'])).json().clean, true);
});

test('on the page: staged, shown, written; a liaison may not', async () => {
  const upload = (client, text) => client.call('POST', '/api/v1/units/import', Buffer.from(text), { 'content-type': 'text/csv' });
  assert.equal((await upload(liaison, LIST)).status, 403);
  const staged = await upload(office, '单位名称,单位类别,上级单位\n市气象局,市政府机关,\n');
  assert.deepEqual([staged.status, staged.body.report.created, staged.body.errors], [201, 1, []]);
  assert.equal((await units())['市气象局'], undefined);
  const written = await office.ok('POST', `/api/v1/imports/${staged.body.import}/write`, {});
  assert.equal(written.report.created, 1);
  assert.ok((await units())['市气象局'].parent);
});
