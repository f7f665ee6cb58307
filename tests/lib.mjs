// What the node tests share: a store of one's own, a real server on a free port, and a small client. Nothing is mocked.
// BIHUAN_STORE=sqlite|postgresql chooses the database; BIHUAN names the binary.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, readFileSync, readdirSync, existsSync, cpSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const BIHUAN = resolve(ROOT, process.env.BIHUAN ?? 'build/bihuan');
export const SHARED = resolve(ROOT, '../shared/data');
export const POSTGRES = process.env.BIHUAN_STORE === 'postgresql' ? process.env.BIHUAN_TEST_POSTGRES : null;

/** A folder (and, on PostgreSQL, a database) that is gone when the test is over. */
export function freshStore() {
  const data = mkdtempSync(join(tmpdir(), 'bihuan-test-'));
  const store = { data, db: null, words: ['--data', data] };
  if (POSTGRES) {
    const name = 't' + randomUUID().replaceAll('-', '');
    sql(POSTGRES, `CREATE DATABASE ${name}`);
    const url = new URL(POSTGRES);
    url.pathname = '/' + name;
    store.db = url.href;
    store.words.push('--db', store.db);
    store.drop = () => sql(POSTGRES, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
  store.remove = () => { rmSync(data, { recursive: true, force: true }); store.drop?.(); };
  return store;
}

/** The paths of the plain files below a folder, within it, in order. (Node 18's own recursive listing stumbles over a server's socket.) */
export function filesBelow(folder, within = '') {
  const entries = readdirSync(join(folder, within), { withFileTypes: true });
  return entries.flatMap((one) => (one.isDirectory() ? filesBelow(folder, join(within, one.name)) : one.isFile() ? [join(within, one.name)] : [])).sort();
}

/** Runs SQL by PostgreSQL's own client. */
export function sql(url, text) {
  const done = spawnSync('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', url, '-c', text], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout.trim();
}
/** The database's own tool on either store: for tampering and looking. On SQLite what is no record stands in side.db. */
export function databaseTool(store, text, file = 'store.db') {
  if (store.db) return sql(store.db, text);
  const done = spawnSync('sqlite3', [join(store.data, file), text], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout.trim();
}

/** Runs a command to its end. */
export function bihuan(store, words, options = {}) {
  const done = spawnSync(BIHUAN, [...words, ...(store ? store.words : [])], { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 300000, ...options });
  return { status: done.status, out: done.stdout ?? '', err: done.stderr ?? '', json: () => JSON.parse(done.stdout.trim().split('\n').at(-1)) };
}

/** A demo store and its sign-ins: {account: password}. */
export function demoStore() {
  const store = freshStore();
  const made = bihuan(store, ['demo']);
  if (made.status !== 0) throw new Error('demo: ' + made.err + made.out);
  store.accounts = accountsOf(store);
  return store;
}
export function accountsOf(store) {
  const accounts = {};
  for (const line of readFileSync(join(store.data, 'demo-accounts.txt'), 'utf8').split('\n')) {
    const [account, password] = line.trim().split(/\s+/);
    if (/^[a-z0-9-]+$/.test(account) && password) accounts[account] = password;
  }
  return accounts;
}

/** Starts `bihuan serve` on a free port of the loopback and waits until it is ready. */
export async function serve(store, words = []) {
  for (let tries = 1; ; tries++) {
    try { return await serveAt(await freePort(), store, words); } catch (error) { if (tries === 5 || !/Address already in use/.test(error.message)) throw error; }
  }
}
/** A port that nobody listens on, below those that clients are given. */
async function freePort() {
  for (;;) {
    const port = 15000 + Math.floor(Math.random() * 17000), probe = createServer();
    const free = await new Promise((done) => probe.once('error', () => done(false)).listen(port, '127.0.0.1', () => done(true)));
    await new Promise((done) => (free ? probe.close(done) : done()));
    if (free) return port;
  }
}
async function serveAt(port, store, words) {
  const child = spawn(BIHUAN, ['serve', '--host', '127.0.0.1', '--port', String(port), ...store.words, ...words], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...store.environment } });
  const server = { child, port, origin: `http://127.0.0.1:${port}`, log: '' };
  child.stdout.on('data', (bytes) => (server.log += bytes));
  child.stderr.on('data', (bytes) => (server.log += bytes));
  server.ended = new Promise((done) => child.on('exit', (code, signal) => { server.over = { code, signal }; done(server.over); }));
  await server.wait?.();
  const until = Date.now() + 60000;
  for (;;) {
    if (server.over) throw new Error('the server ended: ' + JSON.stringify(server.over) + '\n' + server.log);
    try { if (server.log.includes(server.origin) && (await fetch(server.origin + '/readyz')).ok) break; } catch { /* not yet listening */ }
    if (Date.now() > until) throw new Error('the server did not become ready\n' + server.log);
    await new Promise((go) => setTimeout(go, 20));
  }
  server.stop = async (signal = 'SIGTERM') => { if (!server.over) child.kill(signal); return server.ended; };
  return server;
}

/** Lets what came in while a command ran be seen: a command holds this program up, and a server closes a connection that rested for
    half a minute. Without it the next request would go out on a connection that is closed and not yet known to be. */
export async function catchUp() {
  for (let turns = 0; turns < 3; turns++) await new Promise((done) => setImmediate(done));
}

/** A signed-in client. call() gives {status, headers, body}; ok() throws on anything but success. */
export async function signIn(server, account, password) {
  const client = { cookie: '', csrf: '', origin: server.origin };
  client.call = async (method, path, body, headers = {}) => {
    const options = { method, headers: { 'accept-language': 'zh', ...headers } };
    if (client.cookie) options.headers.cookie = client.cookie;
    if (client.csrf) options.headers['x-csrf-token'] = client.csrf;
    if (body !== undefined) {
      options.body = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
      options.headers['content-type'] ??= 'application/json';
    }
    await catchUp();
    const answer = await fetch(client.origin + path, options);
    const text = await answer.text();
    let parsed = text;
    try { parsed = JSON.parse(text); } catch { /* not JSON */ }
    return { status: answer.status, headers: answer.headers, body: parsed };
  };
  client.ok = async (...words) => {
    const answer = await client.call(...words);
    if (answer.status >= 300) throw new Error(`${words[0]} ${words[1]}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  client.create = async (plural, values, reason) => {
    const done = await client.ok('POST', `/api/v1/${plural}`, { values, reason }, { 'idempotency-key': randomUUID() });
    return done.ids[0];
  };
  client.act = (plural, id, action, values = {}, reason = undefined) => client.call('POST', `/api/v1/${plural}/${id}/${action}`, { values, reason }, { 'idempotency-key': randomUUID() });
  client.do = async (plural, id, action, values, reason) => {
    const answer = await client.act(plural, id, action, values, reason);
    if (answer.status >= 300) throw new Error(`${action} ${plural}/${id}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  /** Accepts as route A asks it: on site. Two different people have to, there. */
  client.accept = async (id) => client.do('problems', id, 'accept', { on_site: true, visited_on: (await client.ok('GET', '/api/v1/session')).store.today, visit_place: '整改现场' });
  client.page = (plural, id) => client.ok('GET', `/api/v1/${plural}/${id}`);
  if (account) {
    const answer = await client.call('POST', '/api/v1/session', { account, password });
    if (answer.status !== 200) throw new Error(`sign in as ${account}: ${answer.status} ${JSON.stringify(answer.body)}`);
    client.cookie = answer.headers.get('set-cookie').split(';')[0];
    client.csrf = answer.body.csrf;
    client.session = answer.body;
  }
  return client;
}
export const newKey = () => randomUUID();
export const haveShared = () => existsSync(SHARED);
export const day = (text, days) => new Date(Date.parse(text + 'T00:00:00Z') + days * 86400000).toISOString().slice(0, 10);

/** The journal's number as the database has it. */
export const journalOf = (store) => Number(databaseTool(store, 'SELECT number FROM journal_head'));
/** How many entries people made, by page, command or file: the clock and the followers (channels 5 and 6) write when it suits them. */
const BY_PEOPLE = 'FROM journal WHERE channel NOT IN (5, 6)';
export const written = (store) => Number(databaseTool(store, `SELECT count(*) ${BY_PEOPLE}`));
/** How many rows each table of records has but messages, people's entries and the idempotency keys: {problem: 44, …}. */
export function rowCounts(store) {
  store.tables ??= databaseTool(store, 'SELECT name FROM store_catalogue WHERE field = 0 ORDER BY name').split('\n');
  const text = [...store.tables.filter((name) => name !== 'message'), 'idempotency'].map((name) => `SELECT '${name}', count(*) FROM "${name}"`).join(' UNION ALL ') + ` UNION ALL SELECT 'journal', count(*) ${BY_PEOPLE}`;
  return Object.fromEntries(databaseTool(store, text).split('\n').map((line) => line.split('|')).map(([name, count]) => [name, Number(count)]));
}

/** A copy of a store that nobody has open: for tampering. */
export function copyStore(store) {
  const copy = { data: mkdtempSync(join(tmpdir(), 'bihuan-test-')), db: null, accounts: store.accounts };
  cpSync(store.data, copy.data, { recursive: true });
  copy.words = ['--data', copy.data];
  if (store.db) {
    const name = 't' + randomUUID().replaceAll('-', ''), url = new URL(store.db);
    sql(POSTGRES, `CREATE DATABASE ${name} TEMPLATE ${url.pathname.slice(1)}`);
    url.pathname = '/' + name;
    copy.db = url.href;
    copy.words.push('--db', copy.db);
    copy.drop = () => sql(POSTGRES, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
  copy.remove = () => { rmSync(copy.data, { recursive: true, force: true }); copy.drop?.(); };
  return copy;
}

/** A real store (no test clock) with its three administrators, an office and nothing else. */
export function realStore() {
  const store = freshStore();
  const made = must(bihuan(store, ['user', 'create', '--first', '--json'])).json();
  store.accounts = Object.fromEntries(made.accounts.map((one) => [one.account, one.password]));
  const office = 'office-password-1';
  must(bihuan(store, ['user', 'create', 'office', '--name', '整改办', '--as', 'sysadmin', '--password-stdin'], { input: office + '\n' }));
  must(bihuan(store, ['user', 'grant', 'office', 'office', '--as', 'secadmin']));
  store.accounts.office = office;
  return store;
}
/** The outcome of a command that has to succeed. */
export function must(done) {
  if (done.status !== 0) throw new Error(`status ${done.status}: ${done.out}${done.err}`);
  return done;
}

/** One CSV file from rows of cells, in a store's folder for the test's own files. */
export const csvText = (rows) => rows.map((row) => row.map((cell) => (/[",\r\n]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')).join('\r\n') + '\r\n';
/** The rows of a CSV text. */
export function csvRows(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.replace(/^\ufeff/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '') break;
    if (end !== ',') rows.push([]);
  }
  if (rows.at(-1).length === 0 || (rows.at(-1).length === 1 && rows.at(-1)[0] === '')) rows.pop();
  return rows;
}
/** A folder for a test's own files. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-files-'));
  return { folder, put: (name, bytes) => { const path = join(folder, name); writeFileSync(path, bytes); return path; }, path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
/** Waits until a condition holds; says so when it does not come. */
export async function until(what, holds, milliseconds = 60000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const value = await holds();
    if (value) return value;
    if (Date.now() > end) throw new Error('it did not come: ' + what);
    await new Promise((go) => setTimeout(go, 20));
  }
}

/** Waits until every follower of the journal has read to its end: then nothing of its own accord changes any more. Gives the number. */
export const followed = (server) => until('the followers are at the end of the journal', async () => {
  const ready = await (await fetch(server.origin + '/readyz')).json();
  return Object.values(ready.followers).every((position) => position >= ready.journal) && ready.journal;
}, 90000); // overwriting a database's free pages takes its time
