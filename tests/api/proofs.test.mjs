// What an auditor takes out of the house: the proof of one entry as a file and the signed head, checked by the program without the store; contents only for who may read them.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoStore, serve, signIn, bihuan, must } from '../lib.mjs';

let store, server, audit, reviewer, office;
before(async () => {
  store = demoStore();
  server = await serve(store);
  [audit, reviewer, office] = await Promise.all(['auditadmin', 'reviewer', 'office'].map((account) => signIn(server, account, store.accounts[account])));
});
after(async () => { await server?.stop(); store?.remove(); });

const entryOf = async (type) => {
  for (let after = 0; ;) {
    const page = await audit.ok('GET', `/api/v1/journal?after=${after}&limit=200`);
    const found = page.entries.find((one) => one.type === type && one.kind === 'change');
    if (found) return found;
    assert.ok(page.next, `an entry of ${type}`);
    after = page.next;
  }
};
const proofOf = async (who, number) => (await who.ok('GET', `/api/v1/journal/${number}/proof`));
const verify = (proof, head) => {
  const file = join(store.data, 'proof.json');
  writeFileSync(file, JSON.stringify(proof));
  return bihuan(null, ['verify', '--proof', file, '--tree-head', head.line, '--public-key', head.public_key]);
};

test('the proof of an entry is a file that the program checks without the store; altered, it does not hold', async () => {
  const head = await reviewer.ok('GET', '/api/v1/journal/head');
  await office.create('topics', { title: '后来的课题', why: '日志在读的时候还在长', campaign: (await office.ok('GET', '/api/v1/session')).campaign.id, lead_unit: office.session.user.unit });
  const { number } = await entryOf('problem');
  const answer = await reviewer.call('GET', `/api/v1/journal/${number}/proof?size=${head.size}`);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-disposition'), new RegExp(`proof-${number}\\.json`));
  const proof = answer.body;
  assert.equal(proof.format, 'bihuan-proof-1');
  assert.ok(proof.entry.body, 'a reviewer reads the problem, so its contents are in it');
  assert.equal(verify(proof, head).status, 0, 'in the tree of the head that stands beside it, whatever came since');
  const altered = structuredClone(proof);
  altered.entry.actor += 1;
  assert.notEqual(verify(altered, head).status, 0);
});

test('who may not read the record gets a proof without its contents, which holds all the same', async () => {
  const { number } = await entryOf('problem');
  const proof = await proofOf(audit, number);
  assert.equal(proof.entry.body, null);
  assert.match(proof.entry.salt, /^0+$/, 'nor what would let them be guessed');
  const head = await audit.ok('GET', '/api/v1/journal/head');
  const done = verify(proof, { ...head, line: proof.tree_head });
  assert.equal(done.status, 0, done.out + done.err);
});

test('nobody else takes proofs; what is not there is not there', async () => {
  assert.equal((await office.call('GET', '/api/v1/journal/1/proof')).status, 403);
  assert.equal((await office.call('GET', '/api/v1/journal/head')).status, 403);
  assert.equal((await audit.call('GET', '/api/v1/journal/999999999/proof')).status, 404);
});

test('the audit stream says its last number', async () => {
  const first = await audit.ok('GET', '/api/v1/audit?limit=1');
  assert.ok(first.last >= 3, 'three signed in');
  const end = await audit.ok('GET', `/api/v1/audit?after=${first.last - 1}&limit=200`);
  assert.equal(end.entries.at(0).number, first.last);
});

test('the store verifies', async () => {
  await server.stop();
  must(bihuan(store, ['verify']));
  assert.ok(readFileSync(join(store.data, 'proof.json')).length > 0);
});
