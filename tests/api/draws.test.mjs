// A stratified draw on a real server: announced before anybody can know its seed, drawn by the journal's root, reckoned again by whoever doubts it — by the page's
// route, the command, verify, and by a few lines here that know nothing of the program but its published algorithm.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { demoStore, serve, signIn, bihuan, day, must, databaseTool } from '../lib.mjs';

let store, server, office, reviewer, liaison, liaison2, acceptor, units, campaign, today, problems, draw;
const codes = (answer) => answer.body.findings.map((one) => one.code);
const announce = (values, client = office) => client.create('draws', { title: '销号质量抽查', campaign, ...values });
const record = async (id) => (await office.page('draws', id)).record;
const again = (id, client = office) => client.ok('GET', `/api/v1/draws/${id}/again`);

async function closed(client, unit, title) {
  const id = await office.create('problems', { title, campaign, category: 'livelihood', source: 'appeals', kind: 'at_once', level: 'unit', lead_unit: unit, root_cause: '管线老化' });
  for (const [action, values] of [['submit'], ['admit'], ['assign', { due: day(today, 20) }]]) await office.do('problems', id, action, values);
  await client.do('problems', id, 'take');
  await client.create('evidences', { problem: id, title: '整改后照片', note: '已修好', phase: 'after' });
  await client.do('problems', id, 'apply', { progress_note: '已修好' });
  return id;
}

before(async () => {
  store = demoStore();
  server = await serve(store);
  const as = (account) => signIn(server, account, store.accounts[account]);
  [office, reviewer, liaison, liaison2, acceptor] = await Promise.all(['office', 'reviewer', 'liaison-housing', 'liaison-health', 'acceptor-1'].map(as));
  units = [liaison.session.user.unit, liaison2.session.user.unit];
  today = (await office.ok('GET', '/api/v1/session')).store.today;
  campaign = await office.create('campaigns', { name: '抽查专项', code: 'CC', prefix: 'CC-', valid_from: today, valid_to: day(today, 700) });
  await office.create('policies', { name: '不逐件抽查', campaign, valid_from: today, draw_b: 0, draw_c: 0 });
  problems = [];
  for (let i = 0; i < 9; i++) problems.push(await closed(i < 6 ? liaison : liaison2, units[Number(i >= 6)], `楼道灯不亮之${i + 1}`));
  await office.create('problems', { title: '还没有办的一件事', campaign, category: 'livelihood', source: 'appeals', kind: 'at_once', level: 'unit', lead_unit: units[0], root_cause: '管线老化' });
});
after(async () => { await server?.stop(); store?.remove(); });

test('a draw says a share or a number, of something that is there; units announce none', async () => {
  const post = (values, client = office) => client.call('POST', '/api/v1/draws', { values: { title: '抽查', campaign, ...values } }, { 'idempotency-key': JSON.stringify(values) });
  assert.deepEqual(codes(await post({})), ['draw_fits']);
  assert.deepEqual(codes(await post({ share: 1000, how_many: 3 })), ['draw_fits']);
  assert.deepEqual(codes(await post({ how_many: 3, from: 'open' })), ['draw_fits'], 'nothing is open: the only one that is not closed is not admitted');
  assert.equal((await post({ how_many: 501 })).status, 422);
  assert.equal((await post({ how_many: 3 }, liaison)).status, 403);
});

test('announced it has no seed; drawn, its seed comes from the journal up to the announcement, and each stratum has its proportion', async () => {
  draw = await announce({ how_many: 3, strata_by: ['unit', 'colour'] });
  const announced = await record(draw);
  assert.deepEqual([announced.state, announced.seed ?? null, announced.population ?? null, announced.announced_on], ['announced', null, null, today]);
  assert.equal((await office.call('GET', `/api/v1/draws/${draw}/again`)).status, 409);
  assert.equal((await office.call('PATCH', `/api/v1/draws/${draw}`, { values: { how_many: 5 } }, { 'if-match': '*' })).status >= 400, true, 'what was announced stands');
  await office.create('problems', { title: '公布以后才登记的', campaign, category: 'livelihood', source: 'appeals', kind: 'at_once', level: 'unit', lead_unit: units[0], root_cause: '管线老化' });
  const { version } = await record(draw), unprepared = await reviewer.call('POST', '/api/v1/changes', { changes: [{ type: 'draw', id: draw, version, action: 'draw' }] });
  assert.deepEqual(codes(unprepared), ['not_prepared'], 'the writer reckons no draw: it is told beforehand');
  assert.equal((await record(draw)).state, 'announced');
  assert.equal((await liaison.call('POST', `/api/v1/draws/${draw}/draw`, {}, { 'if-match': '*' })).status, 403);
  await reviewer.do('draws', draw, 'draw');
  const drawn = await record(draw), { strata, ...told } = await again(draw, reviewer);
  assert.deepEqual([drawn.state, drawn.population, drawn.sample, drawn.algorithm, drawn.seed], ['drawn', 9, 3, 'systematic_1', told.seed]);
  assert.equal(told.same, true);
  assert.deepEqual(strata.map((one) => [one.unit, one.colour, one.population, one.drawn]).sort((a, b) => b[2] - a[2]), [[units[0], 'green', 6, 2], [units[1], 'green', 3, 1]]);
  assert.equal((await liaison.call('GET', `/api/v1/draws/${draw}/again`)).status, 404);
  assert.deepEqual(codes(await office.act('draws', draw, 'draw')), ['not_now'], 'once');
});

test('each problem drawn has a check that names the draw, and the rate of spot checks counts it', async () => {
  const { problems: drawn, seed } = await again(draw), checks = (await office.ok('GET', `/api/v1/checks?draw=${draw}&full=1`)).items;
  assert.deepEqual(checks.map((one) => one.problem).sort((a, b) => a - b), drawn);
  assert.ok(checks.every((one) => one.kind === 'drawn' && one.state === 'waiting' && one.seed === seed && one.population === 9 && one.share === 3333 && one.draw === draw), JSON.stringify(checks[0]));
  await acceptor.do('checks', checks[0].id, 'pass', { checked_on: today, place: '香樟苑 3 号楼' });
  const { all } = await office.ok('GET', `/api/v1/definitions/values?campaign=${campaign}`);
  assert.deepEqual([all.spot_check_rate.numerator, all.spot_check_rate.denominator], [1, 1]);
});

test('who has the root of the journal up to the announcement finds the seed and the problems without the program', async () => {
  const proof = await reviewer.ok('GET', `/api/v1/journal/${draw}/proof?size=${draw}`), root = proof.root;
  const told = await again(draw), eight = (number) => { const bytes = Buffer.alloc(8); bytes.writeBigInt64BE(BigInt(number)); return bytes; };
  const hash = (...parts) => createHash('sha256').update(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))).digest();
  assert.equal(told.root, root);
  const seed = hash('bihuan-draw-1', Buffer.from(root, 'hex'), eight(draw));
  assert.equal(told.seed, seed.toString('hex'));
  const sorted = problems.map((id, at) => ({ id, unit: units[Number(at >= 6)], key: hash(seed, eight(id)) })).sort((a, b) => a.unit - b.unit || Buffer.compare(a.key, b.key));
  const start = Number(hash(seed, 'start').readBigUInt64BE() % 9n);
  assert.deepEqual(told.problems, [0, 1, 2].map((k) => sorted[Math.floor((start + k * 9) / 3)].id).sort((a, b) => a - b));
});

test('a share is rounded up; other strata, other numbers; what happens afterwards changes nothing', async () => {
  const shared = await announce({ share: 1000, strata_by: ['age'], from: 'all' });
  await office.do('draws', shared, 'draw');
  const told = await again(shared);
  assert.deepEqual([told.population, told.sample, told.strata.length, told.strata[0].age], [9, 1, 1, '30 天以内']);
  await office.create('checks', { problem: problems.find((id) => !told.problems.includes(id)) }).catch(() => null);
  must(bihuan(store, ['clock', 'advance', '40d']));
  assert.equal((await again(shared)).same, true);
  const said = must(bihuan(store, ['draw', 'again', String(draw), '--json'])).json();
  assert.deepEqual([said.same, said.sample, said.destroyed], [true, 3, 0]);
  const clean = must(bihuan(store, ['verify', '--json'])).json();
  assert.deepEqual([clean.clean, clean.draws], [true, 2]);
});

test('what was altered is told: by the route, the command and verify', async () => {
  databaseTool(store, `UPDATE draw SET sample = 4 WHERE id = ${draw}`);
  const said = bihuan(store, ['draw', 'again', String(draw)]);
  assert.equal(said.status, 1);
  assert.match(said.out, /复算不一致/);
  assert.match(bihuan(store, ['verify']).out, new RegExp(`抽查方案 ${draw} 复算不一致`));
  databaseTool(store, `UPDATE draw SET sample = 3 WHERE id = ${draw}`);
  assert.equal(must(bihuan(store, ['verify', '--json'])).json().clean, true);
});
