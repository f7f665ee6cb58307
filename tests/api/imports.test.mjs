// A liaison's own ledger: nothing of what is not theirs shows, which column is what is chosen once and kept for the unit, and the
// campaign's own categories are filled.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan, must, rowCounts } from '../lib.mjs';

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
  const plain = (staged) => JSON.stringify({ ...staged, import: 0, file_hash: 0 });
  assert.equal(plain(there), plain(not), 'what is another unit\'s and what is not there get the same answer');
  assert.deepEqual(there.errors.map((error) => [error.cell, error.code]), [['E2', 'not_yours']]);
  assert.equal(rowCounts(store).problem, before.problem);
});

test('a mapping of a unit is that unit\'s own', async () => {
  const mine = (await housing.ok('GET', '/api/v1/import_mappings?limit=200')).items, foreign = (await health.ok('GET', '/api/v1/import_mappings?limit=200')).items;
  assert.ok(mine.some((one) => one.name === '住建对照') && !foreign.some((one) => one.name === '住建对照'));
  const kept = mine.find((one) => one.name === '住建对照');
  assert.equal((await health.call('PATCH', `/api/v1/import_mappings/${kept.id}`, { values: { note: '改' } }, { 'if-match': `"${kept.version}"` })).status, 404);
});
