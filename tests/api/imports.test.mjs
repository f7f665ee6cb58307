// A liaison's own ledger: nothing of what is not theirs shows, which column is what is chosen once and kept for the unit, and the
// campaign's own categories are filled.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { demoStore, serve, signIn, bihuan, must, rowCounts, scratch } from '../lib.mjs';

let store, server, office, housing, health;
before(async () => {
  store = demoStore();
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
  housing = await signIn(server, 'liaison-housing', store.accounts['liaison-housing']);
  health = await signIn(server, 'liaison-health', store.accounts['liaison-health']);
});
after(async () => { await server?.stop(); store?.remove(); });

const HEADER = '编号,问题,问题类别,整改措施,责任单位,整改时限\n';
const line = (number, title, unit, category = '超大城市治理现代化') => `${number},${title},${category},逐一排查,${unit},2026年8月底前\n`;
const stage = async (who, text, words = '') => who.ok('POST', '/api/v1/problems/import?' + words, text, { 'content-type': 'application/octet-stream' });
const shown = async (who, text, words = '') => who.ok('GET', '/api/v1/imports/' + (await stage(who, text, words)).import);
const write = (who, staged) => who.ok('POST', `/api/v1/imports/${staged.import}/write`);
const titled = async (who, title) => (await who.ok('GET', '/api/v1/problems?limit=200')).items.filter((item) => item.title === title);
const mapped = encodeURIComponent('公用对照');
const clean = () => must(bihuan(store, ['verify']));

test('two units whose ledgers count alike do not meet: each has its own problem, and again it is unchanged', async () => {
  const theirs = HEADER + line('QA-1', '医院夜间噪声扰民', '市卫健委'), ours = HEADER + line('QA-1', '老旧小区外墙脱落', '市住建委');
  await write(health, await stage(health, theirs, 'mapping=' + mapped));
  const staged = await shown(housing, ours, 'mapping=' + mapped);
  assert.deepEqual(staged.rows.map((row) => [row.class, row.title, row.id]), [['created', '老旧小区外墙脱落', undefined]]);
  await write(housing, staged);
  assert.equal((await titled(office, '老旧小区外墙脱落')).length, 1);
  assert.equal((await titled(office, '医院夜间噪声扰民')).length, 1, 'and the other one stands as it was');
  for (const [who, text] of [[housing, ours], [health, theirs], [office, ours], [office, theirs]]) assert.equal((await stage(who, text, 'mapping=' + mapped)).report.unchanged, 1);
  clean();
});

test('choices, complete ledgers and rows of other units tell nothing of problems that are not theirs', async () => {
  const [foreign] = await titled(office, '医院夜间噪声扰民'), before = rowCounts(store);
  const text = HEADER + line('QA-9', '物业收费不公开', '市住建委');
  const own = await housing.create('import_mappings', { name: '住建对照', type: 'problem', columns: '{}', key: '编号', unit: (await titled(office, '老旧小区外墙脱落'))[0].lead_unit, choices: JSON.stringify({ 'n:QA-9': foreign.id }) });
  assert.ok(own);
  const chosen = await shown(housing, text, 'mapping=' + encodeURIComponent('住建对照'));
  assert.deepEqual(chosen.rows.map((row) => [row.class, row.id]), [['created', undefined]], 'a problem that one may not see cannot be chosen');
  const whole = await shown(housing, text, 'complete=1&mapping=' + mapped);
  assert.deepEqual(whole.rows.filter((row) => row.class === 'missing').map((row) => row.title), ['老旧小区外墙脱落'], 'only their own are missing');
  const there = await shown(housing, HEADER + line('QA-1', '医院夜间噪声扰民', '市卫健委'), 'mapping=' + mapped);
  const not = await shown(housing, HEADER + line('QA-1', '从来没有过的问题', '市卫健委'), 'mapping=' + mapped);
  const plain = (staged) => JSON.stringify({ ...staged, import: 0, file_hash: 0, columns: 0 });
  assert.equal(plain(there), plain(not), 'what is another unit\'s and what is not there get the same answer');
  assert.deepEqual(there.errors.map((error) => [error.cell, error.code]), [['E2', 'not_yours']]);
  assert.equal(rowCounts(store).problem, before.problem);
});

test('who closed the browser finds the upload again, goes on with it, and finds the report to sign; nobody else does', async () => {
  const uploads = async (who, words = '') => (await who.ok('GET', '/api/v1/imports' + words)).items;
  const before = await uploads(housing);
  const { import: id } = await stage(housing, HEADER + line('QA-40', '电梯停用无人修', '市住建委'), 'file_name=' + encodeURIComponent('电梯台账.csv') + '&mapping=' + mapped);
  assert.deepEqual((await uploads(housing)).map((one) => one.import), [id, ...before.map((one) => one.import)], 'newest first');
  const [mine] = await uploads(housing, '?state=waiting');
  assert.deepEqual([mine.import, mine.state, mine.type, mine.file_name, mine.records, mine.errors, mine.user], [id, 'waiting', 'problem', '电梯台账.csv', 1, 0, undefined]);
  assert.equal((await uploads(health)).filter((one) => one.import === id).length, 0);
  assert.equal((await housing.call('GET', '/api/v1/imports?state=gone')).status, 400);
  await write(housing, await housing.ok('GET', '/api/v1/imports/' + mine.import));
  assert.equal((await uploads(housing, '?state=waiting')).filter((one) => one.import === id).length, 0);
  assert.deepEqual((await uploads(housing)).filter((one) => one.import === id).map((one) => one.state), ['written']);
  const report = await housing.ok('GET', `/api/v1/imports/${id}/report`);
  assert.deepEqual([report.written, report.who], [true, housing.session.user.name], 'who signs reads a person, not an account');
  assert.match((await housing.call('GET', `/api/v1/imports/${id}/report?format=csv`)).body.toString(), new RegExp(housing.session.user.name));
  assert.equal((await health.call('GET', `/api/v1/imports/${id}/report`)).status, 404);
});

test('a mapping of a unit is that unit\'s own', async () => {
  const mine = (await housing.ok('GET', '/api/v1/import_mappings?limit=200')).items, foreign = (await health.ok('GET', '/api/v1/import_mappings?limit=200')).items;
  assert.ok(mine.some((one) => one.name === '住建对照') && !foreign.some((one) => one.name === '住建对照'));
  const kept = mine.find((one) => one.name === '住建对照');
  assert.equal((await health.call('PATCH', `/api/v1/import_mappings/${kept.id}`, { values: { note: '改' } }, { 'if-match': `"${kept.version}"` })).status, 404);
});

const ODD = '事由编码,事由,承办处室,怎么办,什么时候,口径说明\n';
const odd = (rows) => ODD + rows.map((row, index) => `甲-${index + 1},${row},市住建委,现场排查,2026年8月底前,按月\n`).join('');
const fieldOf = (staged) => Object.fromEntries(staged.columns.map((column) => [column.header, column.field]));

test('a file whose headers nobody knows: its columns are told all the same, and once a person says what they are the unit is asked no second time', async () => {
  const before = rowCounts(store), staged = await shown(housing, odd(['楼道堆物清理不及时', '电梯维修超期']), 'file_name=' + encodeURIComponent('处室台账.csv'));
  assert.deepEqual(staged.errors.map((error) => error.code), ['no_ledger']);
  assert.deepEqual(staged.columns.map((column) => column.header), ODD.trim().split(','));
  assert.deepEqual(staged.columns[1].samples, ['楼道堆物清理不及时', '电梯维修超期']);
  assert.equal(staged.fields.find((field) => field.name === 'title').label, '问题');
  const columns = { 事由编码: 'number', 事由: 'title', 承办处室: 'lead_unit', 怎么办: 'measures', 什么时候: 'due', 口径说明: 'other' };
  const mapped = await housing.ok('POST', `/api/v1/imports/${staged.import}/mapping`, { columns, category: 'governance' });
  assert.deepEqual(fieldOf(mapped), columns);
  assert.deepEqual([mapped.report.created, mapped.report.errors, mapped.mapping], [2, 0, '市住房城乡建设管理委·处室台账']);
  assert.equal(rowCounts(store).problem, before.problem, 'nothing of the ledger is written by choosing');
  assert.equal((await write(housing, mapped)).report.created, 2);
  const again = await shown(housing, odd(['楼道堆物清理不及时', '电梯维修超期', '外立面渗水']), 'file_name=' + encodeURIComponent('处室台账九月.csv'));
  assert.deepEqual([again.mapping, again.mapping_by], ['市住房城乡建设管理委·处室台账', 'unit']);
  assert.deepEqual([again.report.created, again.report.unchanged, again.report.errors], [1, 2, 0]);
  const record = (await housing.page('problems', (await titled(housing, '电梯维修超期'))[0].id)).record;
  assert.deepEqual([record.category, record.due, JSON.parse(record.other_columns)], ['governance', '2026-08-31', { 口径说明: '按月' }]);
  clean();
});

test('one column is changed to another field, or kept as another column; two that mean the same are refused with both names', async () => {
  const text = '编号,问题,责任单位,整改措施,整改时限,情况说明\nB-1,屋面渗漏久拖不修,市住建委,翻修屋面,2026年9月底前,已完成两栋\n';
  const staged = await shown(housing, text, 'category=governance&file_name=b.csv'), map = (columns, more = {}) => housing.call('POST', `/api/v1/imports/${staged.import}/mapping`, { columns, ...more });
  assert.equal(fieldOf(staged).情况说明, 'other');
  const twice = await map({ 问题: 'title', 情况说明: 'title' });
  assert.equal(twice.status, 422);
  assert.match(JSON.stringify(twice.body.findings), /“情况说明”与“问题”|“问题”与“情况说明”/);
  assert.equal((await map({ 情况说明: 'progres' })).status, 422);
  assert.equal((await map({ 没有这一列: 'progress' })).body.findings[0].code, 'no_such_column');
  assert.equal((await map({ 问题: 'other' })).body.findings.at(-1).code, 'title_missing');
  assert.equal((await housing.ok('GET', `/api/v1/imports/${staged.import}`)).mapping_by, 'none', 'what was refused left no trace');
  const once = await map({ 情况说明: 'progress' }, { keep: false });
  assert.deepEqual([once.status, once.body.mapping_by], [200, 'none']);
  const more = await map({ 整改措施: 'remark' }, { keep: false });
  assert.deepEqual([fieldOf(more.body).情况说明, fieldOf(more.body).整改措施], ['progress', 'remark'], 'choices add up');
  await write(housing, once.body);
  assert.equal((await housing.page('problems', (await titled(housing, '屋面渗漏久拖不修'))[0].id)).record.progress_note, '已完成两栋');
  assert.equal((await health.call('POST', `/api/v1/imports/${staged.import}/mapping`, { columns: {} })).status, 404, 'an upload is its uploader\'s own');
});

test('the campaign\'s own categories are filled by name, by code, by their path; words that fit none are told with the nearest and chosen once', async () => {
  const campaign = (await office.ok('GET', '/api/v1/campaigns?limit=1')).items[0].id;
  const category = (name, code, under, more = {}) => office.create('categories', { campaign, name, code, under, ...more });
  const homes = await category('老旧小区改造', 'LJ', 'livelihood'), lifts = await category('加装电梯', 'DT', 'livelihood', { parent: homes }), safety = await category('房屋安全', 'AQ', 'governance');
  const rows = [['C-1', '改造停工无人管', '老旧小区改造'], ['C-2', '电梯停运', 'dt'], ['C-3', '阳台开裂', '房屋安全'], ['C-4', '加梯补贴未到位', '老旧小区改造/加装电梯'], ['C-5', '小区改造遗留管线', '老旧小区的改造'], ['C-6', '预售款未监管', '房产交易']];
  const text = '编号,问题,问题类别,责任单位,整改措施,整改时限\n' + rows.map(([number, title, word]) => `${number},${title},${word},市住建委,排查,2026年9月底前\n`).join('');
  const staged = await shown(housing, text, 'category=governance&file_name=c.csv');
  assert.deepEqual(staged.categories.map((word) => [word.text, word.count, word.near]), [['老旧小区的改造', 1, [homes]], ['房产交易', 1, []]]);
  assert.equal(staged.hints.filter((hint) => hint.code === 'category_unknown').length, 2);
  assert.match(staged.hints.find((hint) => hint.message.includes('老旧小区的改造')).message, /相近的有“老旧小区改造”/);
  assert.deepEqual(staged.own_categories.map((one) => one.name).sort(), ['房屋安全', '老旧小区改造', '老旧小区改造/加装电梯'].sort());
  const chosen = await housing.ok('POST', `/api/v1/imports/${staged.import}/mapping`, { categories: { 老旧小区的改造: homes, 房产交易: safety } });
  assert.deepEqual(chosen.categories.map((word) => word.category), [homes, safety]);
  assert.ok(!chosen.hints.some((hint) => hint.code === 'category_unknown'));
  await write(housing, chosen);
  const got = {};
  for (const [, title] of rows) { const record = (await office.page('problems', (await titled(office, title))[0].id)).record; got[title] = [record.campaign_category, record.category]; }
  assert.deepEqual(Object.values(got), [[homes, 'livelihood'], [lifts, 'livelihood'], [safety, 'governance'], [lifts, 'livelihood'], [homes, 'livelihood'], [safety, 'governance']]);
  const again = await shown(housing, text, 'file_name=c.csv');
  assert.deepEqual([again.report.unchanged, again.mapping_by, again.hints.filter((hint) => hint.code === 'category_unknown').length], [6, 'unit', 0]);
  const files = scratch(), out = files.path('c.xlsx');
  try {
    must(bihuan(store, ['export', 'problems', '--as', 'liaison-housing', '--form', 'ledger22', '--out', out, '--json']));
    const told = must(bihuan(store, ['ledger', 'read', out, '--json'])).json().records.map((record) => record.category);
    for (const path of ['老旧小区改造', '老旧小区改造/加装电梯', '房屋安全']) assert.ok(told.includes(path), path);
    const back = await shown(housing, readFileSync(out));
    assert.equal(back.report.unchanged, back.report.rows, 'what was handed out comes back unchanged');
  } finally { files.remove(); }
  clean();
});

test('drafts that have no number yet, twins by unit and words among them, come back unchanged in every form; an edited one is that one', async () => {
  const text = '编号,问题,问题类别,责任单位,整改措施,整改时限,整改进展\n' + ['甲', '乙'].map((word) => `T-1${word},同名同姓的问题,超大城市治理现代化,市住建委,排查,2026年9月底前,进展${word}\n`).join('');
  await write(housing, await stage(housing, text, 'mapping=' + mapped));
  const twins = await titled(housing, '同名同姓的问题'), files = scratch();
  assert.equal(twins.length, 2);
  assert.ok(twins.every((one) => !one.number), 'drafts have no number');
  try {
    for (const form of ['ledger22', 'audit52', 'screen']) {
      const out = files.path(form + '.xlsx');
      must(bihuan(store, ['export', 'problems', '--as', 'liaison-housing', '--form', form, '--out', out, '--json']));
      const back = await stage(housing, readFileSync(out));
      assert.deepEqual([form, back.report.unchanged, back.report.errors], [form, back.report.rows, 0]);
    }
    const rows = must(bihuan(store, ['ledger', 'read', files.path('ledger22.xlsx'), '--json'])).json().records.filter((record) => record.title === '同名同姓的问题');
    assert.deepEqual(rows.map((record) => record.no).sort(), twins.map((one, at) => `T-1${'甲乙'[at]}（待编号${twins.map((each) => each.id).sort((a, b) => a - b)[at]}）`).sort());
  } finally { files.remove(); }
});

const UNITS = '编号,问题,问题类别,牵头单位,配合单位,整改措施,整改时限\n';
const about = (number, title, lead, joint = '') => `${number},${title},超大城市治理现代化,${lead},${joint},逐一排查,2026年9月底前\n`;
const unitNamed = async (name) => (await office.ok('GET', '/api/v1/units?limit=200&q=' + encodeURIComponent(name))).items.find((unit) => unit.name === name).id;
const map = (who, staged, body) => who.call('POST', `/api/v1/imports/${staged.import}/mapping`, body);

test('a sheet that names a unit nobody knows never falls to who brings it in: it is asked about, until a person says which unit it is', async () => {
  const housingUnit = await unitNamed('市住房城乡建设管理委'), own = (line) => `${line},,,\n编号,问题,整改措施,整改时限\nS-1,阁楼漏雨,修缮屋面,2026年8月底前\n`;
  const silent = await shown(housing, own('二〇二六年整改台账'), 'category=governance&file_name=' + encodeURIComponent('本单位.csv'));
  assert.deepEqual([silent.report.errors, silent.report.created], [0, 1], 'whose ledger it is stands in where nothing says it');
  const staged = await shown(housing, own('填报单位：申江市旧改指挥部（盖章）'), 'category=governance&file_name=' + encodeURIComponent('指挥部.csv'));
  assert.deepEqual(staged.errors.map((error) => [error.row, error.code, error.word]), [[3, 'unit_unknown', '申江市旧改指挥部']]);
  assert.match(staged.errors[0].message ?? staged.errors[0].sentence, /表头上方写的单位“申江市旧改指挥部”不在单位表里/);
  assert.deepEqual(staged.units.map((word) => [word.text, word.count]), [['申江市旧改指挥部', 1]]);
  assert.equal((await housing.call('POST', `/api/v1/imports/${staged.import}/write`)).status, 422, 'nothing is written by a guess');
  const told = (await map(housing, staged, { units: { 申江市旧改指挥部: housingUnit }, keep: false })).body;
  assert.deepEqual([told.report.errors, told.report.created], [0, 1]);
});

test('words that are no unit are told once each, with how many cells and the nearest; chosen once they are kept and no second ledger asks', async () => {
  const housingUnit = await unitNamed('市住房城乡建设管理委'), healthUnit = await unitNamed('市卫生健康委');
  const text = UNITS + about('U-1', '外墙渗水', '老建委') + about('U-2', '门洞堆物', '老建委等', '卫生局（配合）、老建委') + about('U-3', '屋顶违建', '市住建委', '卫生局');
  const staged = await shown(housing, text, 'file_name=' + encodeURIComponent('旧称台账.csv'));
  assert.deepEqual(staged.units.map((word) => [word.text, word.count, word.unit]), [['老建委', 3, undefined], ['卫生局', 2, undefined]]);
  assert.deepEqual(staged.errors.map((error) => [error.cell, error.code, error.word]), [['D2', 'unit_unknown', '老建委'], ['D3', 'unit_unknown', '老建委'], ['E3', 'unit_unknown', '卫生局'], ['E3', 'unit_unknown', '老建委'], ['E4', 'unit_unknown', '卫生局']]);
  assert.ok(staged.units.every((word) => word.near.every((unit) => unit.id > 0 && unit.name)));
  const refused = async (units) => { const answer = await map(housing, staged, { units }); assert.equal(answer.status, 422); return answer.body.findings.map((finding) => [finding.field, finding.code]); };
  assert.deepEqual(await refused({ 老建委: 999999999 }), [['老建委', 'no_such_unit']]);
  assert.deepEqual(await refused({ 没有这个: housingUnit }), [['没有这个', 'no_such_word']]);
  assert.deepEqual(await refused({ 老建委: '住建委' }), [['units', 'wrong_type']]);
  assert.equal((await housing.ok('GET', `/api/v1/imports/${staged.import}`)).units[0].unit, undefined, 'what was refused left no trace');
  const half = (await map(housing, staged, { units: { 老建委: housingUnit }, keep: false })).body;
  assert.deepEqual([half.mapping_by, half.report.errors, half.units.map((word) => word.unit?.name)], ['none', 2, ['市住房城乡建设管理委', undefined]]);
  const whole = (await map(housing, staged, { units: { 卫生局: healthUnit } })).body;
  assert.deepEqual([whole.report.errors, whole.report.created, whole.mapping], [0, 3, '市住房城乡建设管理委·旧称台账']);
  assert.match(whole.hints.find((hint) => hint.code === 'unit_told').message, /“老建委”（3 格）按选定的“市住房城乡建设管理委”认/);
  await write(housing, whole);
  const record = (await housing.page('problems', (await titled(housing, '门洞堆物'))[0].id)).record;
  assert.deepEqual([record.lead_unit, record.joint_units], [housingUnit, [healthUnit]]);
  const report = await housing.ok('GET', `/api/v1/imports/${staged.import}/report`);
  assert.ok(report.hints.some((hint) => hint.code === 'unit_told' && hint.message.includes('卫生局')), 'who signs reads what was taken for what');
  const again = await shown(housing, text + about('U-4', '楼道灯不亮', ' 老 建 委'), 'file_name=' + encodeURIComponent('十月.csv'));
  assert.deepEqual([again.mapping_by, again.report.unchanged, again.report.created, again.report.errors], ['unit', 3, 1, 0]);
  assert.equal((await shown(health, text)).units[0].unit, undefined, 'what one unit chose is not another\'s');
  const taken = (await map(housing, again, { units: { 卫生局: 0 } })).body;
  assert.deepEqual([taken.report.errors, taken.units.map((word) => word.unit?.id ?? null)], [2, [housingUnit, null]], 'a choice is taken back');
  clean();
});

test('of two units with one name the one that is meant is chosen', async () => {
  const [{ id: parent }] = (await office.ok('GET', '/api/v1/units?parent=none')).items;
  const one = await office.create('units', { name: '申江城建集团', parent, short_names: '城建集团', kind: 'enterprise', code: 'CJ1' }).catch((error) => error);
  assert.ok(Number(one), String(one));
  const other = await office.create('units', { name: '申江城建设计院', parent, short_names: '城建集团', kind: 'enterprise', code: 'CJ2' });
  const staged = await shown(office, UNITS + about('V-1', '围挡破损', '城建集团'), 'file_name=v.csv');
  assert.deepEqual([staged.errors.map((error) => error.code), staged.units.map((word) => [word.text, word.near.map((unit) => unit.id)])], [['unit_ambiguous'], [['城建集团', [one, other]]]]);
  const chosen = (await map(office, staged, { units: { 城建集团: other } })).body;
  assert.deepEqual([chosen.report.errors, chosen.report.created], [0, 1]);
  await write(office, chosen);
  assert.equal((await titled(office, '围挡破损'))[0].lead_unit, other);
  clean();
});

test('after a unit was merged, what is handed out still comes back unchanged: closed problems keep the unit whose name is now its successor\'s', async () => {
  const closed = (await office.ok('GET', '/api/v1/problems?state=closed,settled&limit=200')).items, merged = closed[0].lead_unit, files = scratch();
  const beside = await office.create('problems', { title: '合并之前的配合单位', campaign: closed[0].campaign, category: 'governance', source: 'research', kind: 'at_once', lead_unit: await unitNamed('市水务局') === merged ? await unitNamed('市卫生健康委') : await unitNamed('市水务局'), joint_units: [merged] });
  await office.do('problems', beside, 'withdraw', {}, '重复登记'); // what is over keeps its joint units too, and a draft that was withdrawn is not registered again
  const today = (await office.ok('GET', '/api/v1/session')).store.today, into = await unitNamed('市大数据中心');
  await office.do('units', merged, 'merge', { successors: [into], succeeded_on: today }, '机构改革');
  assert.equal((await office.page('problems', closed[0].id)).record.lead_unit, merged, 'responsibility by date');
  try {
    for (const form of ['ledger22', 'audit52']) {
      const out = files.path(form + '.xlsx');
      must(bihuan(store, ['export', 'problems', '--as', 'office', '--form', form, '--out', out, '--json']));
      const back = await shown(office, readFileSync(out));
      assert.deepEqual([form, back.report.unchanged, back.report.conflict, back.report.changed], [form, back.report.rows, 0, 0], JSON.stringify([back.errors, back.rows, back.conflicts]));
    }
  } finally { files.remove(); }
  clean();
});
