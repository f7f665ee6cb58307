// The power goes: what was written and not synced is gone, or a random part of it (sectors of 512 bytes, sizes, names) is. A file layer
// preloaded into the program (unsynced.c) does that at seeded moments; then the program starts again without it. What was acknowledged is
// there, nothing is half there, evidence is whole, frozen tables prove, and commands that said 'done' have done it for good.
// On PostgreSQL, which syncs its own files, the data folder beside it loses what was not synced: evidence, keys, the list of destructions. Another seed: BIHUAN_TEST_SEED.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POSTGRES, ROOT, accountsOf, bihuan, databaseTool, day, filesBelow, must, serve, signIn } from '../lib.mjs';
import { Book, prepare, sample, examine, examineSteps, repeat, journalIsDense, messagesAreSingle, followersCaughtUp, verifyIsClean, filesAreWhole, evidenceIsWhole, nothingWrong } from './load.mjs';

const CRASHES = Number(process.env.BIHUAN_TEST_CRASHES ?? 24), SEED = Number(process.env.BIHUAN_TEST_SEED ?? 1), WRITERS = 6, CRASHED = 86;
const LAYER = join(ROOT, 'build/test/unsynced.so');
let place, book, client, second, liaison, folder, running;
const dropped = { sectors: 0, names: 0 };

/** Numbers from a seed: the same on every run. */
function random(seed, most) {
  let hash = (seed * 2654435761) >>> 0;
  for (let i = 0; i < 3; i++) hash = Math.imul(hash ^ (hash >>> 15), 2246822519) >>> 0;
  return hash % most;
}
/** The layer's environment. It watches the folder in which the store's folder lies; `at` 0: until the process ends by itself. */
function layer(seed, mode, at) {
  rmSync(join(folder, 'keep'), { recursive: true, force: true });
  mkdirSync(join(folder, 'keep'));
  rmSync(join(folder, 'arm'), { force: true });
  return { LD_PRELOAD: LAYER, UNSYNCED_FOLDER: join(folder, 'watched'), UNSYNCED_KEEP: join(folder, 'keep'), UNSYNCED_ARM: join(folder, 'arm'), UNSYNCED_SEED: String(seed), UNSYNCED_MODE: mode, UNSYNCED_AT: String(at) };
}
const arm = () => writeFileSync(join(folder, 'arm'), '');
function report() {
  const told = JSON.parse(readFileSync(join(folder, 'keep/report'), 'utf8'));
  dropped.sectors += told.sectors;
  dropped.names += told.names;
  return told;
}

before(async () => {
  mkdirSync(join(ROOT, 'build/test'), { recursive: true });
  const built = spawnSync('gcc', ['-std=c17', '-O1', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', '-o', LAYER, join(ROOT, 'tests/crash/unsynced.c'), '-pthread', '-ldl'], { encoding: 'utf8' });
  assert.equal(built.status, 0, built.stderr);
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'bihuan-unsynced-'));
  mkdirSync(join(folder, 'watched'));
  place = await prepare();
  const from = place.store.data;
  place.store.data = join(folder, 'watched/data');
  cpSync(from, place.store.data, { recursive: true });
  rmSync(from, { recursive: true });
  place.store.words = ['--data', place.store.data, ...place.store.words.slice(2)];
  book = new Book(place);
});
after(async () => { await running?.stop('SIGKILL'); if (folder) rmSync(folder, { recursive: true, force: true }); });
const only = (context) => { if (POSTGRES) context.skip('what is made and restored here lies in files'); return Boolean(POSTGRES); };

const start = async () => (running = await serve(place.store));

/** What was acknowledged of work that takes several steps. */
const errands = { frozen: 0, destroyed: [], open: [] };
const errandsDone = () => errands.frozen + errands.destroyed.length;
async function agree(record) {
  const [approval] = (await client.ok('GET', `/api/v1/approvals?record=${record}`)).items;
  await second.do('approvals', approval.id, 'agree');
}
async function freeze() {
  const { campaign, today, unit } = place;
  const round = await client.create('rounds', { campaign, name: '断电试验的一轮', opens_on: today, due: day(today, 7), units: [unit] });
  if ((await client.act('rounds', round, 'open')).status !== 200) { // more often than the policy has it: another person agrees
    await client.do('rounds', round, 'ask_extra', {}, '断电试验');
    await agree(round);
    await client.do('rounds', round, 'open');
  }
  const [answer] = (await client.ok('GET', `/api/v1/round_answers?round=${round}&limit=5`)).items;
  await liaison.do('round_answers', answer.id, 'answer');
  await client.do('rounds', round, 'close');
  await client.do('rounds', round, 'freeze');
  errands.frozen++;
}
async function destroy() {
  const appeal = errands.open.pop();
  await client.do('appeals', appeal, 'ask_destruction', {}, '误录');
  await agree(appeal);
  errands.destroyed.push(appeal);
}
/** One errand after another, until the connection breaks: anything but that is told. */
async function runErrands(first) {
  try { for (let turn = first; !book.stopped; turn++) await (turn % 2 ? destroy() : freeze()); } catch (error) {
    if (error.message !== 'fetch failed' && !/terminated|: 503 /.test(error.message)) book.wrong.push(error.message);
  }
}

/** One crash: while starting in every third round, else under load. Where the server got as far as being ready, it wrote until the end. */
async function crash(round) {
  const mode = round % 2 ? 'torn' : 'lost', starting = round % 3 === 2, seed = SEED * 1000 + round;
  place.store.environment = layer(seed, mode, 1 + random(seed, starting ? 30 : 600));
  if (starting) arm();
  let server;
  try { server = await start(); } catch (error) {
    if (!starting || !error.message.includes(`"code":${CRASHED}`)) throw error;
    return report();
  } finally { place.store.environment = {}; }
  client.origin = second.origin = liaison.origin = server.origin;
  const had = book.acknowledged.length, end = book.start(client, WRITERS, true), done = errandsDone(), errand = runErrands(Math.floor(round / 4));
  const waits = () => book.acknowledged.length < had + 3 || (round % 4 === 0 && errandsDone() === done); // in every fourth round something of several steps is acknowledged
  while (!starting && !server.over && !book.wrong.length && waits()) await new Promise((go) => setTimeout(go, 1));
  arm();
  const over = await Promise.race([server.ended, new Promise((go) => setTimeout(go, 30000, null).unref())]);
  if (!over) { await server.stop('SIGKILL'); assert.fail('the power never went: ' + server.log); }
  assert.equal(over.code, CRASHED, server.log);
  await Promise.all([end(), errand]);
  return report();
}

/** Without the layer: it starts by itself, and all of it is as it was acknowledged. */
async function examineAll() {
  const server = await start();
  client.origin = second.origin = liaison.origin = server.origin;
  try {
    await sample(client, book);
    await examineSteps(client, book, 4);
  } finally { await server.stop(); }
  const verified = must(bihuan(place.store, ['verify', '--json'])).json();
  assert.ok(verified.clean && verified.frozen_tables >= errands.frozen, `${errands.frozen} tables were frozen, ${verified.frozen_tables} are there`);
  assert.equal(databaseTool(place.store, `SELECT count(*) FROM appeal WHERE id IN (${[0, ...errands.destroyed].join()})`), '0', 'destroyed, and there again');
  const found = examine(place.store, book);
  journalIsDense(place.store);
  filesAreWhole(place.store, book);
  return { ...found, evidence: evidenceIsWhole(place.store) };
}

/** A command whose end is the power's: what it said stands, what it did not sync is gone. */
function told(store, seed, mode, words, options = {}) {
  const done = bihuan(store, words, { ...options, env: { ...process.env, ...layer(seed, mode, 0) } });
  must(done);
  report();
  return done;
}
const MODES = ['lost', 'torn'];

test('a store that was just made is there, with its keys and all its evidence; so are a backup and what was restored from it', (context) => {
  if (only(context)) return;
  for (const [round, mode] of MODES.entries()) {
    const at = (name) => ({ data: join(folder, 'watched', name + round), words: ['--data', join(folder, 'watched', name + round)] });
    const [real, demo, backup, restored] = [at('real'), at('demo'), at('backup'), at('restored')];
    const { accounts } = told(real, SEED + round, mode, ['user', 'create', '--first', '--json']).json();
    const password = accounts.find((one) => one.account === 'sysadmin').password;
    verifyIsClean(real);
    const head = told(real, SEED + round, mode, ['head']).out.trim();
    must(bihuan(real, ['verify', '--since', head]));
    must(bihuan(real, ['user', 'create', 'second', '--name', '第二人', '--as', 'sysadmin', '--generate']));
    assert.ok(password.length > 8);
    told(demo, SEED + round, mode, ['demo']);
    assert.ok(Object.keys(accountsOf(demo)).length > 5);
    verifyIsClean(demo);
    const evidence = evidenceIsWhole(demo);
    assert.ok(evidence > 5);
    told(demo, SEED + round, mode, ['backup', backup.data]);
    told(restored, SEED + round, mode, ['restore', backup.data, '--keys', join(demo.data, 'keys'), '--no-destructions']);
    verifyIsClean(restored);
    assert.equal(evidenceIsWhole(restored), evidence);
    assert.deepEqual(filesBelow(join(restored.data, 'keys')), filesBelow(join(demo.data, 'keys')));
  }
});

test('a record that was destroyed stays destroyed, and the list that a restore reads names it', (context) => {
  if (only(context)) return;
  const demo = { data: join(folder, 'watched/demo0'), words: ['--data', join(folder, 'watched/demo0')] };
  const list = join(demo.data, 'destructions.json');
  for (const [round, mode] of MODES.entries()) {
    const id = Number(databaseTool(demo, `SELECT min(id) FROM appeal`));
    const { approval } = told(demo, SEED + round, mode, ['destroy', 'appeal', String(id), '--reason', '误录', '--as', 'office', '--json']).json();
    told(demo, SEED + round, mode, ['destroy', '--agree', String(approval), '--as', 'office-second', '--json']);
    assert.ok(JSON.parse(readFileSync(list, 'utf8')).destructions.some((one) => one.type === 'appeal' && one.id === id));
    assert.equal(databaseTool(demo, `SELECT count(*) FROM appeal WHERE id = ${id}`), '0');
    verifyIsClean(demo);
  }
});

test(`the power goes ${CRASHES} times, at starts and under load: what was acknowledged is there, nothing is half there, and the store verifies`, async (context) => {
  const server = await start();
  client = await signIn(server, 'office', place.store.accounts.office);
  second = await signIn(server, 'office-second', place.store.accounts['office-second']);
  liaison = await signIn(server, 'liaison-housing', place.store.accounts['liaison-housing']);
  errands.open = (await client.ok('GET', '/api/v1/appeals?limit=200')).items.map((one) => one.id).filter((id) => !place.appeals.includes(id));
  await server.stop();
  let found, last;
  for (let round = 0; round < CRASHES; round++) {
    try {
      last = await crash(round);
      nothingWrong(book);
      found = await examineAll();
    } catch (error) {
      error.message = `round ${round} of seed ${SEED} (${JSON.stringify(last)}): ${error.message}`;
      throw error;
    }
  }
  context.diagnostic(`${book.acknowledged.length} acknowledged, ${book.files.length} files, ${found.evidence} named by records; ${found.unacknowledged} written and not acknowledged; ${errands.frozen} tables frozen, ${errands.destroyed.length} appeals destroyed; dropped: ${dropped.sectors} sectors, ${dropped.names} names`);
  assert.ok(book.acknowledged.length > CRASHES * 5 && book.files.length > CRASHES, 'there was a load');
  assert.ok(errands.frozen >= Math.floor(CRASHES / 12) && errands.destroyed.length >= Math.floor(CRASHES / 12), 'errands were done');
  assert.ok(dropped.sectors > CRASHES && dropped.names > CRASHES, 'something was dropped');
});

test('the same keys again: what was done is repeated, what was cut off happens at most once, nobody is told twice', async () => {
  const server = await start();
  client.origin = server.origin;
  try {
    await repeat(client, book);
    await examineSteps(client, book);
    nothingWrong(book);
    await followersCaughtUp(client);
  } finally { await server.stop(); }
  examine(place.store, book);
  messagesAreSingle(place.store, book);
  const listed = JSON.parse(readFileSync(join(place.store.data, 'destructions.json'), 'utf8')).destructions.map((one) => one.id);
  for (const id of errands.destroyed) assert.ok(listed.includes(id), `destroyed, and missing in the list that a restore reads: ${id}`);
  journalIsDense(place.store);
  verifyIsClean(place.store);
});
