// The server is killed without warning in the midst of writes, fifty times and more. After each start what was acknowledged is there;
// at the end all of it is, whole, once, in a dense journal that verifies, and nobody was told twice.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { serve, signIn } from '../lib.mjs';
import { Book, prepare, sample, examine, examineSteps, repeat, journalIsDense, messagesAreSingle, followersCaughtUp, verifyIsClean, filesAreWhole, nothingWrong } from './load.mjs';

const KILLS = Number(process.env.BIHUAN_TEST_KILLS ?? 55);
const WRITERS = 8;
let place, book, server, client;
before(async () => {
  place = await prepare();
  book = new Book(place);
});
after(async () => { await server?.stop('SIGKILL'); place?.store.remove(); });

async function start() {
  const began = Date.now();
  server = await serve(place.store);
  const took = Date.now() - began;
  if (!client) client = await signIn(server, 'office', place.store.accounts.office);
  client.origin = server.origin;
  return took;
}

test(`${KILLS} times killed amid writes, and after each start the last acknowledged is there`, async (context) => {
  const starts = [];
  for (let round = 0; round < KILLS; round++) {
    starts.push(await start());
    await sample(client, book);
    const had = book.acknowledged.length;
    const end = book.start(client, WRITERS, true);
    // Not before something was acknowledged, then at any moment: also right at the beginning of a commit.
    while (book.acknowledged.length === had && !book.wrong.length) await new Promise((go) => setTimeout(go, 1));
    await new Promise((go) => setTimeout(go, Math.random() * (place.store.db ? 300 : 150)));
    await server.stop('SIGKILL');
    await end();
    nothingWrong(book);
  }
  context.diagnostic(`${book.acknowledged.length} acknowledged, ${book.cut} cut off; starts: slowest ${Math.max(...starts)} ms`);
  assert.ok(book.acknowledged.length > KILLS * 5, `only ${book.acknowledged.length} acknowledged`);
  assert.ok(book.cut >= KILLS, 'each kill cut something off');
});

test('nothing acknowledged is missing, nothing unacknowledged is half there', (context) => {
  const found = examine(place.store, book);
  context.diagnostic(`${found.rows} problems, ${found.unacknowledged} of them written and not acknowledged`);
  journalIsDense(place.store);
});

test('the same keys again: what was done is repeated, what was cut off happens at most once', async () => {
  await start();
  await repeat(client, book);
  assert.ok(await examineSteps(client, book) > 0);
  nothingWrong(book);
  await followersCaughtUp(client);
  await server.stop();
  examine(place.store, book);
});

test('files are whole under their names, and nothing is left of those that were cut off', (context) => {
  assert.ok(book.files.length > 0);
  filesAreWhole(place.store, book);
  context.diagnostic(`${book.files.length} files acknowledged`);
});

test('nobody is told twice, everybody is told once', (context) => {
  const told = messagesAreSingle(place.store, book);
  assert.ok(told.assigned > 0, 'the load assigned something');
  context.diagnostic(`${told.assigned} assignments, ${told.messages} entries told`);
});

test('the journal is dense and the store verifies', () => {
  journalIsDense(place.store);
  verifyIsClean(place.store);
});
