// The database goes away under load and comes back; then two servers write into one store at once. PostgreSQL only, on a cluster of
// its own that is stopped the hard way (pg_ctl -m immediate). Run where BIHUAN_STORE=postgresql or BIHUAN_TEST_POSTGRES is set.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const WANTED = process.env.BIHUAN_STORE === 'postgresql' || process.env.BIHUAN_TEST_POSTGRES;
const SECONDS_AWAY = 10;
const pause = (ms) => new Promise((go) => setTimeout(go, ms));
const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
let cluster, second, place, book, server, client;

function script(word) {
  const done = spawnSync('sh', [join(ROOT, 'tests/postgres.sh'), word, cluster], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`postgres.sh ${word}: ${done.stderr}`);
  return done.stdout.trim();
}
/** PostgreSQL's own control of the cluster, with the options it was first started with. */
function control(...words) {
  const place = readdirSync('/usr/lib/postgresql').map((one) => `/usr/lib/postgresql/${one}/bin/pg_ctl`).pop();
  const line = [place, '-D', join(cluster, 'cluster'), '-w', '-t', '60', '-s', '-l', join(cluster, 'cluster/server.log'), ...words];
  const done = process.getuid() === 0 ? spawnSync('runuser', ['-u', 'postgres', '--', ...line], { cwd: '/', encoding: 'utf8' }) : spawnSync(line[0], line.slice(1), { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`pg_ctl ${words.join(' ')}: ${done.stderr}`);
}
function startedWith() {
  const words = readFileSync(join(cluster, 'cluster/postmaster.opts'), 'utf8').trim().match(/"[^"]*"/g).map((one) => one.slice(1, -1));
  const at = words.indexOf('-D');
  return words.filter((_, index) => index !== at && index !== at + 1).map((one) => (one === '' ? "''" : one)).join(' ');
}

// The cluster is there before lib.mjs reads where the database is.
if (WANTED) {
  cluster = mkdtempSync(join(tmpdir(), 'bihuan-gone-'));
  process.env.BIHUAN_TEST_POSTGRES = script('start');
  process.env.BIHUAN_STORE = 'postgresql';
}
const lib = await import('../lib.mjs');
const load = await import('./load.mjs');
after(async () => {
  if (book) book.stopped = true;
  await server?.stop();
  await second?.server?.stop();
  if (second) rmSync(second.data, { recursive: true, force: true });
  try { place?.store.remove(); } finally {
    if (cluster) {
      try { script('stop'); } catch { /* stopped already */ }
      rmSync(cluster, { recursive: true, force: true });
      rmSync(cluster + '.log', { force: true });
    }
  }
});
const unless = (context) => {
  if (!WANTED) { console.error('NOT TESTED: a database that goes away. Set BIHUAN_STORE=postgresql or BIHUAN_TEST_POSTGRES.'); context.skip('PostgreSQL only'); }
  return !WANTED;
};

test(`the database is stopped for ${SECONDS_AWAY} seconds under load: 503 with Retry-After, and back by itself within two seconds`, async (context) => {
  if (unless(context)) return;
  place = await load.prepare();
  book = new load.Book(place);
  server = await lib.serve(place.store);
  client = await lib.signIn(server, 'office', place.store.accounts.office);
  const options = startedWith();
  const end = book.start(client, 8);
  while (book.acknowledged.length < 40) { await pause(5); load.nothingWrong(book); }
  control('stop', '-m', 'immediate');
  await pause(300); // what was committed before the stop and answered while this process waited for it
  const had = book.acknowledged.length;
  const away = Date.now();
  let reads = 0;
  while (Date.now() < away + SECONDS_AWAY * 1000) {
    const asked = Date.now();
    const answer = await client.call('GET', '/api/v1/problems?limit=5');
    assert.equal(answer.status, 503, JSON.stringify(answer.body).slice(0, 300));
    assert.ok(Number(answer.headers.get('retry-after')) >= 1);
    assert.ok(Date.now() - asked < 5000, 'an answer does not wait for the database to come back');
    reads++;
    await pause(200);
  }
  assert.equal((await client.call('GET', '/healthz')).status, 200, 'the process lives');
  assert.equal((await client.call('GET', '/readyz')).status, 503, 'and says that it is not ready');
  assert.ok(book.refused.length > 0, 'writes are refused');
  for (const one of book.refused) assert.ok(Number(one.retryAfter) >= 1, 'they say when to come back');
  assert.equal(book.acknowledged.length, had, 'nothing is acknowledged while the database is away');
  control('-o', options, 'start');
  const back = Date.now();
  while (book.acknowledged.length === had) {
    assert.ok(Date.now() < back + 2000, 'it does not write again within two seconds of the database being ready');
    await pause(10);
  }
  const took = Date.now() - back;
  for (const until = back + 2000; (await client.call('GET', '/api/v1/problems?limit=5')).status !== 200; await pause(20)) assert.ok(Date.now() < until, 'it does not read again within two seconds');
  await load.sample(client, book);
  await pause(500);
  await end();
  load.nothingWrong(book);
  context.diagnostic(`${book.acknowledged.length} acknowledged, ${book.refused.length} writes and ${reads} reads refused; writing again after ${took} ms`);
});

test('after it nothing acknowledged is missing, nothing unacknowledged is half there, no key took effect twice', async (context) => {
  if (unless(context)) return;
  const found = load.examine(place.store, book);
  context.diagnostic(`${found.rows} problems, ${found.unacknowledged} of them written and not acknowledged`);
  await load.repeat(client, book);
  load.nothingWrong(book);
  load.examine(place.store, book);
  await load.examineSteps(client, book);
  await load.followersCaughtUp(client);
  load.messagesAreSingle(place.store, book);
  load.journalIsDense(place.store);
});

const overview = async (one) => { const { journal, ...figures } = await one.ok('GET', '/api/v1/overview'); return { journal, figures }; };

test('two servers write into one store at once: a dense journal, no key twice, and the same figures from both', async (context) => {
  if (unless(context)) return;
  // The second server has a data folder of its own, as on another machine: the same keys, the same database.
  const data = mkdtempSync(join(tmpdir(), 'bihuan-second-'));
  second = { data };
  cpSync(place.store.data, data, { recursive: true, filter: (path) => !/(\/lock|\.sock)$/.test(path) });
  second.server = await lib.serve({ ...place.store, data, words: ['--data', data, '--db', place.store.db] });
  const other = await lib.signIn(second.server, 'office', place.store.accounts.office);
  const before = book.acknowledged.length;
  const ends = [book.start(client, 5), book.start(other, 5)];
  const stopAt = Date.now() + 6000;
  while (Date.now() < stopAt) { load.nothingWrong(book); await pause(50); }
  for (const end of ends) await end();
  load.nothingWrong(book);
  assert.ok(book.acknowledged.length > before + 20, `only ${book.acknowledged.length - before} acknowledged`);
  // A key used at one server is known to the other.
  for (const one of book.problems.filter((each) => each.answer).slice(-6)) {
    for (const asked of [client, other]) assert.equal((await book.ask(asked, one.key)).verdict, 'repeated');
  }
  // Messages of what was done are entries as well and go on for a while: both are asked until they stand at one number.
  const [here, there] = await lib.until('both servers stand at one journal number', async () => {
    await load.followersCaughtUp(client);
    await load.followersCaughtUp(other);
    const both = [await overview(client), await overview(other)];
    return both[0].journal === both[1].journal && both;
  }, 90000);
  assert.deepEqual(here, there, 'equal journal numbers, equal figures');
  const total = (await overview(client)).figures.total;
  assert.equal((await client.ok('GET', '/api/v1/problems?counted=true&limit=1')).total ?? total, total);
  load.journalIsDense(place.store);
  await load.examineSteps(client, book);
  load.messagesAreSingle(place.store, book);
  context.diagnostic(`${book.acknowledged.length - before} acknowledged by two servers`);
});

test('one of the two is killed; the other goes on, and the store verifies', async (context) => {
  if (unless(context)) return;
  const other = await lib.signIn(second.server, 'office', place.store.accounts.office);
  const ends = [book.start(client, 4), book.start(other, 4)];
  await pause(1000);
  await second.server.stop('SIGKILL');
  const killed = Date.now();
  const had = book.acknowledged.length;
  while (book.acknowledged.length < had + 10) { assert.ok(Date.now() < killed + 5000, 'the other server stands still'); await pause(20); }
  for (const end of ends) await end();
  await load.repeat(client, book);
  load.nothingWrong(book);
  await load.examineSteps(client, book);
  await load.followersCaughtUp(client);
  load.examine(place.store, book);
  load.messagesAreSingle(place.store, book);
  load.journalIsDense(place.store);
  await server.stop();
  load.verifyIsClean(place.store);
});
