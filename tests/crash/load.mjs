// A load of writers who write down what the server acknowledged, and how the store is examined afterwards.
// Every request goes out under a key of its own, and the key stands in the title of what is made: so that afterwards, for each key,
// the tables can be asked what became of it. A writer never repeats a request by itself: what was cut off is asked about at the end.
import assert from 'node:assert/strict';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bihuan, databaseTool, day, demoStore, serve, signIn } from '../lib.mjs';

/** A demo store, what the writers need to know of it, and nothing running on it. */
export async function prepare() {
  const store = demoStore();
  const server = await serve(store);
  try {
    const liaison = await signIn(server, 'liaison-housing', store.accounts['liaison-housing']);
    const office = await signIn(server, 'office', store.accounts.office);
    const session = await office.ok('GET', '/api/v1/session');
    const appeals = (await office.ok('GET', '/api/v1/appeals?limit=20')).items.map((one) => one.id);
    return { store, campaign: session.campaign.id, today: session.store.today, unit: liaison.session.user.unit, appeals };
  } finally { await server.stop(); }
}

/** The journal of one run: what was sent under which key, and what was answered. */
export class Book {
  constructor(place) {
    this.place = place;
    this.sent = new Map(); // key → {path, body, answer: null | OUTCOME, problem}
    this.refused = []; // 503
    this.wrong = []; // anything else: a bug
    this.files = []; // hashes
    this.cut = 0;
  }
  get acknowledged() { return [...this.sent.values()].filter((one) => one.answer); }
  get problems() { return [...this.sent.values()].filter((one) => one.links !== undefined); }

  async send(client, key, request) {
    this.sent.set(key, { key, ...request, answer: null });
    return this.ask(client, key);
  }
  /** Sends what stands under the key, for the first time or again; null when no answer came or it was 503. */
  async ask(client, key) {
    const request = this.sent.get(key);
    let answer;
    try { answer = await client.call('POST', request.path, request.body, { 'idempotency-key': key }); } catch { this.cut++; return null; }
    if (answer.status < 300) {
      request.answer ??= answer.body;
      return answer.body;
    }
    if (answer.status === 503) this.refused.push({ moment: Date.now(), retryAfter: answer.headers.get('retry-after'), body: answer.body });
    else this.wrong.push({ path: request.path, status: answer.status, body: answer.body });
    return null;
  }

  problem(key, links) {
    const { campaign, unit, appeals } = this.place;
    const values = { title: `断电试验 ${key}`, detail: '逐字保存：' + '整改内容'.repeat(20), campaign, category: 'livelihood', source: 'appeals', kind: 'time_limited', level: 'city', lead_unit: unit, root_cause: '不明' };
    if (!links) return { path: '/api/v1/problems', body: { values }, links };
    const link = (id) => ({ type: 'link', action: 'create', values: { kind: 'arises_from', from_type: 'problem', from_id: -1, to_type: 'appeal', to_id: id } });
    return { path: '/api/v1/changes', body: { changes: [{ type: 'problem', action: 'create', values }, ...appeals.slice(0, links).map(link)] }, links };
  }
  /** One writer: problems alone, problems with their links in one set, and some led on to where people are told of them. */
  async writer(client, number) {
    for (let turn = number; !this.stopped; turn++) {
      const key = randomUUID();
      const made = await this.send(client, key, this.problem(key, [0, 2, 5][turn % 3]));
      if (this.stopped) return;
      if (!made) { await new Promise((go) => setTimeout(go, 50)); continue; }
      if (turn % 4) continue;
      for (const action of ['submit', 'admit', 'assign']) {
        const values = action === 'assign' ? { due: day(this.place.today, 60) } : {};
        if (!await this.send(client, randomUUID(), { path: `/api/v1/problems/${made.ids[0]}/${action}`, body: { values }, action, problem: made.ids[0] })) break;
      }
    }
  }
  /** One who sends files, each twice at once; what is acknowledged is named by the hash of what was sent, and becomes evidence of a problem. */
  async sender(client) {
    while (!this.stopped) {
      const bytes = randomBytes(300_000);
      const name = createHash('sha256').update(bytes).digest('hex');
      const taken = (await Promise.all([this.upload(client, bytes), this.upload(client, bytes)])).filter(Boolean);
      for (const file of taken) assert.equal(file, name);
      if (!taken.length) { await new Promise((go) => setTimeout(go, 20)); continue; }
      const problem = this.problems.findLast((one) => one.answer);
      const values = { problem: problem?.answer.ids[0], title: '断电试验的佐证', file: name, file_name: 'x.png', media_type: 'image/png', size: bytes.length };
      if (problem && !this.stopped) await this.send(client, randomUUID(), { path: '/api/v1/evidences', body: { values } });
    }
  }
  async upload(client, bytes) {
    let answer;
    try { answer = await client.call('POST', '/api/v1/files', bytes, { 'content-type': 'image/png', 'x-file-name': 'x.png' }); } catch { this.cut++; }
    if (answer?.status !== 201) return null;
    this.files.push(answer.body.file);
    return answer.body.file;
  }
  /** Starts so many writers; the answer ends them. Node's own client takes one connection for each. */
  start(client, writers, files = false) {
    this.stopped = false;
    setTimeout(() => { this.stopped = true; }, 8 * 60 * 1000).unref(); // a test that failed does not write for ever
    const running = Array.from({ length: writers }, (_, number) => this.writer(client, number));
    if (files) running.push(this.sender(client));
    return async () => { this.stopped = true; await Promise.all(running); };
  }
}

const numbers = (text) => text.split('\n').filter(Boolean).map((line) => line.split('|').map(Number));

/** The last few acknowledged problems are there, read through the running server. */
export async function sample(client, book, few = 3) {
  const made = book.problems.filter((one) => one.answer).slice(-few);
  for (const one of made) assert.equal((await client.page('problems', one.answer.ids[0])).record.title, `断电试验 ${one.key}`);
}

/** All of it: nothing acknowledged is missing, nothing is half there, no key took effect twice. The server must not be running on SQLite's file. */
export function examine(store, book) {
  const rows = databaseTool(store, `SELECT id, title FROM problem WHERE title LIKE '断电试验 %'`).split('\n').filter(Boolean).map((line) => line.split('|'));
  const byTitle = new Map();
  for (const [id, title] of rows) {
    assert.ok(!byTitle.has(title), `made twice: ${title}`);
    byTitle.set(title, Number(id));
  }
  const links = new Map(numbers(databaseTool(store, `SELECT from_id, count(*) FROM link WHERE from_type = (SELECT max(type) FROM journal j JOIN problem p ON j.number = p.entry WHERE p.title LIKE '断电试验 %') AND voided = 0 GROUP BY from_id`)));
  let unacknowledged = 0;
  for (const one of book.problems) {
    const id = byTitle.get(`断电试验 ${one.key}`);
    if (one.answer) assert.equal(id, one.answer.ids[0], `acknowledged and missing: ${one.key}`);
    if (id === undefined) continue;
    if (!one.answer) unacknowledged++;
    assert.equal(links.get(id) ?? 0, one.links, `half of a set: problem ${id}`);
    byTitle.delete(`断电试验 ${one.key}`);
  }
  assert.equal(byTitle.size, 0, 'problems that nobody sent');
  const orphans = databaseTool(store, `SELECT count(*) FROM problem p WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.number = p.entry)`);
  assert.equal(Number(orphans), 0, 'a row without its entry');
  return { rows: rows.length, unacknowledged };
}

/** Every file stands under the hash of its whole contents, those acknowledged among them; nothing is left of what was cut off. */
export function filesAreWhole(store, book) {
  const folder = join(store.data, 'evidence');
  const there = new Set();
  for (const part of readdirSync(folder)) {
    for (const rest of readdirSync(join(folder, part))) {
      assert.equal(createHash('sha256').update(readFileSync(join(folder, part, rest))).digest('hex'), part + rest, 'a file that is not what its name says');
      there.add(part + rest);
    }
  }
  for (const file of book.files) assert.ok(there.has(file), `acknowledged and missing: file ${file}`);
  const staging = join(store.data, 'staging');
  assert.deepEqual(existsSync(staging) ? readdirSync(staging) : [], [], 'left over from uploads that were cut off');
}

/** Every file that a record names stands under its name. How many records name one. */
export function evidenceIsWhole(store) {
  const named = databaseTool(store, 'SELECT file FROM evidence WHERE file IS NOT NULL').split('\n').filter(Boolean);
  for (const file of named) assert.equal(fileHash(join(store.data, 'evidence', file.slice(0, 2), file.slice(2))), file, 'a record names a file that is not whole');
  return named.length;
}
const fileHash = (path) => (existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'no file');

/** Acknowledged steps (submit, admit, assign) are in the journal of their problem, once each. */
export async function examineSteps(client, book, few = Infinity) {
  const steps = [...book.sent.values()].filter((one) => one.action && one.answer);
  for (const one of steps.slice(-few)) {
    const story = await client.ok('GET', `/api/v1/problems/${one.problem}/journal`);
    const told = story.entries.filter((entry) => entry.action === one.action);
    assert.equal(told.length, 1, `${one.action} of problem ${one.problem} stands ${told.length} times in its journal`);
    assert.ok(told[0].number <= one.answer.entry, 'it is of the set that was acknowledged');
    one.entry = told[0].number;
  }
  return steps.length;
}

/** What was acknowledged is 'repeated' under its key; what was cut off takes effect at most once. */
export async function repeat(client, book, few = 40) {
  for (const one of book.acknowledged.slice(-few)) {
    const again = await book.ask(client, one.key);
    assert.ok(again, `no answer for ${one.path} under its own key`);
    assert.equal(again.verdict, 'repeated', `${one.path} under its own key again`);
    assert.deepEqual(again.ids, one.answer.ids);
  }
  const open = book.problems.filter((each) => !each.answer);
  const asking = async () => { for (let one; (one = open.pop());) assert.ok(await book.ask(client, one.key), 'a key that was cut off is answered'); };
  await Promise.all(Array.from({ length: 8 }, asking));
}

/** The numbers of the journal are 1, 2, 3 … without a hole, and the head is the last of them. */
export function journalIsDense(store) {
  const [[count, least, most, head]] = numbers(databaseTool(store, 'SELECT count(*), min(number), max(number), (SELECT number FROM journal_head) FROM journal'));
  assert.equal(least, 1);
  assert.equal(count, most, 'the journal has holes');
  assert.equal(head, most, 'the head is not the last entry');
  return most;
}

/** Nobody is told twice of one entry; of every acknowledged assignment somebody is told. After examineSteps. */
export function messagesAreSingle(store, book) {
  const twice = databaseTool(store, `SELECT entry_number, "user", count(*) FROM message GROUP BY entry_number, "user" HAVING count(*) > 1`);
  assert.equal(twice, '', `told twice: ${twice}`);
  assert.equal(databaseTool(store, `SELECT key FROM message GROUP BY key HAVING count(*) > 1`), '');
  const told = new Set(databaseTool(store, 'SELECT DISTINCT entry_number FROM message').split('\n').filter(Boolean).map(Number));
  const assigned = [...book.sent.values()].filter((one) => one.action === 'assign' && one.answer);
  for (const one of assigned) assert.ok(told.has(one.entry), `nobody was told of entry ${one.entry}`);
  return { messages: told.size, assigned: assigned.length };
}

/** Waits until every follower has read the journal to its end. */
export async function followersCaughtUp(client) {
  for (const until = Date.now() + 120000; ;) {
    const ready = await client.ok('GET', '/readyz');
    const places = Object.entries(ready.followers ?? {}).map(([name, one]) => ({ name, at: typeof one === 'number' ? one : one.at ?? one.number ?? one.position }));
    if (places.length && places.every((one) => one.at >= ready.journal)) return ready;
    assert.ok(Date.now() < until, 'the followers do not catch up: ' + JSON.stringify(ready));
    await new Promise((go) => setTimeout(go, 50));
  }
}

export function verifyIsClean(store) {
  const done = bihuan(store, ['verify']);
  assert.equal(done.status, 0, done.out + done.err);
}
export const nothingWrong = (book) => assert.deepEqual(book.wrong.slice(0, 3), [], 'answers that are neither success nor 503');
