// The disk is full: writes are refused with 503 and a time to come back, reads go on; once there is room the server writes again by
// itself within two seconds, and nothing it acknowledged is missing. The data folder lies on a small file system of its own.
// On PostgreSQL the full disk is that of the data folder (evidence, search terms), not the database's.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, cpSync, fsyncSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { POSTGRES, serve, signIn, newKey } from '../lib.mjs';
import { Book, prepare, sample, examine, examineSteps, repeat, journalIsDense, followersCaughtUp, verifyIsClean, nothingWrong } from './load.mjs';

const SIZE = 24 << 20;
let place, book, server, client, mounted, ballast;

/** A file system of its own, or nothing where that is not permitted. */
function mount() {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-full-'));
  const done = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder], { encoding: 'utf8' });
  if (done.status === 0) return folder;
  rmSync(folder, { recursive: true });
  console.error('NOT TESTED: a full disk. Mounting a small file system is not permitted here: ' + (done.error?.message ?? done.stderr));
  return null;
}
/** Takes what room there is, but for a little. */
function fill(leave = 0) {
  const file = openSync(ballast, 'a');
  try {
    for (let block = 1 << 20; block >= 4096;) {
      const room = statfsSync(mounted);
      if (room.bavail * room.bsize - leave < block) { block /= 2; continue; }
      try { writeSync(file, Buffer.alloc(block, 1)); } catch { block /= 2; }
    }
    fsyncSync(file);
  } finally { closeSync(file); }
}
const makeRoom = () => rmSync(ballast, { force: true });

before(async () => {
  mounted = mount();
  if (!mounted) return;
  place = await prepare();
  cpSync(place.store.data, join(mounted, 'data'), { recursive: true });
  rmSync(place.store.data, { recursive: true });
  place.store.data = join(mounted, 'data');
  place.store.words = place.store.words.map((word, at) => (place.store.words[at - 1] === '--data' ? place.store.data : word));
  ballast = join(mounted, 'ballast');
  book = new Book(place);
  server = await serve(place.store);
  client = await signIn(server, 'office', place.store.accounts.office);
});
after(async () => {
  await server?.stop();
  if (mounted) {
    place?.store.remove();
    assert.equal(spawnSync('umount', [mounted]).status, 0, 'unmounted');
    rmSync(mounted, { recursive: true, force: true });
  }
});
const unless = (context) => { if (!mounted) context.skip('mounting is not permitted here'); return !mounted; };
const pause = (ms) => new Promise((go) => setTimeout(go, ms));

async function fillsUnderLoad(rounds) {
  for (let round = 0; round < rounds; round++) {
    const refused = book.refused.length;
    const had = book.acknowledged.length;
    const end = book.start(client, 6);
    while (book.acknowledged.length < had + 10) await pause(5);
    fill();
    // The log that is open has some room left; it is written full.
    for (const until = Date.now() + 20000; book.refused.length < refused + 12; await pause(20)) {
      assert.ok(Date.now() < until, 'a full disk is never noticed');
      fill();
    }
    await sample(client, book);
    assert.ok((await client.ok('GET', '/api/v1/problems?limit=5')).items.length > 0, 'lists go on');
    assert.ok((await client.ok('GET', '/api/v1/overview')).total > 0, 'figures go on');
    await end();
    makeRoom();
    const freed = Date.now();
    for (;;) {
      const key = newKey();
      if (await book.send(client, key, book.problem(key, 2))) break;
      assert.ok(Date.now() < freed + 2000, 'it does not write again within two seconds of there being room');
      await pause(50);
    }
  }
}

test('a disk that fills up under load: 503 with Retry-After, reads go on, and it writes again by itself', async (context) => {
  if (unless(context)) return;
  if (POSTGRES) { context.skip('the records do not lie in the data folder'); return; }
  await fillsUnderLoad(3);
  nothingWrong(book);
  for (const one of book.refused) {
    assert.ok(Number(one.retryAfter) >= 1, 'it says when to come back');
    assert.ok(one.body.detail.length > 4, 'it says why');
    assert.ok(Array.isArray(one.body.findings));
  }
  assert.ok(book.refused.some((one) => one.body.code === 'store_full'), JSON.stringify(book.refused[0]));
  context.diagnostic(`${book.acknowledged.length} acknowledged, ${book.refused.length} refused`);
});

test('a file that does not fit is refused, leaves nothing, and goes through once there is room', async (context) => {
  if (unless(context)) return;
  fill(64 << 10);
  const bytes = randomBytes(2 << 20);
  const headers = { 'content-type': 'image/png', 'x-file-name': 'big.png' };
  const refused = await client.call('POST', '/api/v1/files', bytes, headers);
  assert.equal(refused.status, 503, JSON.stringify(refused.body));
  assert.ok(Number(refused.headers.get('retry-after')) >= 1);
  const left = statfsSync(mounted);
  makeRoom();
  assert.ok(left.bavail * left.bsize < 1 << 20, 'the disk was full');
  const taken = await client.call('POST', '/api/v1/files', bytes, headers);
  assert.equal(taken.status, 201, JSON.stringify(taken.body));
  assert.equal(taken.body.size, bytes.length);
});

test('nothing acknowledged is missing, nothing refused is half there, and the store verifies', async (context) => {
  if (unless(context)) return;
  if (!POSTGRES) {
    await repeat(client, book);
    await examineSteps(client, book);
    nothingWrong(book);
  }
  await followersCaughtUp(client);
  await server.stop();
  if (!POSTGRES) examine(place.store, book);
  journalIsDense(place.store);
  verifyIsClean(place.store);
});
