// Keeping a store: backup while people write, restore into an empty place, the clock's rules, starting again, and commands that
// explain themselves.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync, openSync, closeSync, readdirSync, existsSync, statSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { demoStore, freshStore, realStore, serve, signIn, bihuan, must, journalOf, written, rowCounts, databaseTool, scratch, followed, filesBelow, BIHUAN } from '../lib.mjs';

let store, server, office, files, campaign, unit;
before(async () => {
  store = demoStore();
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
  campaign = (await office.ok('GET', '/api/v1/session')).campaign.id;
  unit = (await office.ok('GET', '/api/v1/units?limit=200')).items.find((one) => one.name === '市水务局').id;
  files = scratch();
});
after(async () => { await server?.stop(); store?.remove(); files?.remove(); });

const problem = (title) => ({ title, campaign, category: 'economy', source: 'self_check', kind: 'at_once', lead_unit: unit });
const make = (title, key) => office.call('POST', '/api/v1/problems', { values: problem(title) }, { 'idempotency-key': key });
/** A command that runs while the test goes on. */
function running(words) {
  const child = spawn(BIHUAN, words, { stdio: ['ignore', 'pipe', 'pipe'] }), done = { out: '', err: '' };
  child.stdout.on('data', (bytes) => (done.out += bytes));
  child.stderr.on('data', (bytes) => (done.err += bytes));
  return new Promise((ended) => child.on('exit', (status) => ended({ ...done, status })));
}

// ---- backup and restore ----

let backup, acknowledged, later, phoned, evidence, epoch;
test('a backup is taken while writes go on; what was acknowledged before it began is in it', async () => {
  phoned = await office.create('appeals', { number: 'K-1', title: '有电话的', made_at: '2026-11-01T09:00:00+08:00', phone: '13912345678' });
  const file = await office.ok('POST', '/api/v1/files', Buffer.from('备份里的佐证'), { 'content-type': 'text/plain', 'x-file-name': 'a.txt' });
  const open = (await office.ok('GET', '/api/v1/problems?state=rectifying&limit=1')).items[0].id;
  evidence = await office.create('evidences', { problem: open, title: '备份前', file: file.file, file_name: 'a.txt', media_type: 'text/plain', size: file.size });
  acknowledged = [];
  for (let i = 0; i < 20; i++) acknowledged.push((await make(`备份前 ${i}`, `before-${i}`)).body.ids[0]);
  backup = files.path('backup');
  let going = true;
  later = [];
  const writing = (async () => { for (let i = 0; going; i++) { const answer = await make(`备份中 ${i}`, `during-${i}`); assert.equal(answer.status, 201, JSON.stringify(answer.body)); later.push(answer.body.ids[0]); } })();
  const done = await running(['backup', backup, '--json', ...store.words]);
  going = false;
  await writing;
  assert.equal(done.status, 0, done.out + done.err);
  const report = JSON.parse(done.out.trim().split('\n').at(-1));
  assert.ok(later.length > 0, 'writes went on meanwhile');
  assert.match(report.tree_head, /^bihuan-tree-head-1 /);
  epoch = Number(report.tree_head.split(' ')[2]);
  assert.ok(report.journal >= Math.max(...acknowledged));
  assert.ok(filesBelow(backup).includes('MANIFEST.json'));
});

test('keys are never in a backup; it says which it needs, and every file has its hash', () => {
  const manifest = JSON.parse(readFileSync(join(backup, 'MANIFEST.json'), 'utf8'));
  assert.ok(manifest.keys.contact.fingerprint && manifest.keys.signing.public);
  assert.deepEqual(manifest.files.map((one) => one.path).sort(), filesBelow(backup).filter((one) => one !== 'MANIFEST.json'));
  const key = readFileSync(join(store.data, 'keys/contact.key')), secret = readFileSync(join(store.data, 'keys/signing.key'), 'utf8').trim();
  for (const path of filesBelow(backup)) {
    const bytes = readFileSync(join(backup, path));
    assert.ok(!bytes.includes(key) && !bytes.includes(secret) && !bytes.includes(key.toString('hex')), path);
  }
});

test('a backup goes into an empty folder only', () => {
  const before = filesBelow(backup);
  assert.notEqual(bihuan(store, ['backup', backup]).status, 0);
  assert.deepEqual(filesBelow(backup), before);
});

test('a restore is refused into a full place, without a word on destructions, from a damaged or incomplete backup; it leaves nothing', async () => {
  const before = rowCounts(store);
  const into = (place, from, ...words) => bihuan(place, ['restore', from, ...words]);
  assert.notEqual(into(store, backup, '--no-destructions').status, 0, 'a server runs there');
  assert.deepEqual(rowCounts(store), before);
  const place = freshStore();
  try {
    assert.notEqual(into(place, backup).status, 0, 'what was destroyed since?');
    assert.notEqual(into(place, files.folder, '--no-destructions').status, 0, 'no manifest, no backup');
    writeFileSync(join(place.data, 'something'), 'mine');
    const full = into(place, backup, '--no-destructions');
    assert.notEqual(full.status, 0);
    assert.match(full.err, /空/);
    assert.equal(readFileSync(join(place.data, 'something'), 'utf8'), 'mine');
  } finally { place.remove(); }
  const { cpSync, rmSync } = await import('node:fs');
  const broken = files.path('broken'), first = JSON.parse(readFileSync(join(backup, 'MANIFEST.json'), 'utf8')).files[0].path;
  cpSync(backup, broken, { recursive: true });
  const bytes = readFileSync(join(broken, first));
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(join(broken, first), bytes);
  for (const spoil of [() => {}, () => rmSync(join(broken, first))]) {
    spoil();
    const empty = freshStore();
    try {
      const done = into(empty, broken, '--no-destructions');
      assert.notEqual(done.status, 0);
      assert.ok(done.err.includes(first), 'the file is named: ' + done.err);
      assert.deepEqual(existsSync(empty.data) ? filesBelow(empty.data) : [], [], 'nothing is left behind');
    } finally { empty.remove(); }
  }
});

test('restored into an empty place it is verified, in a new epoch, and holds all that was acknowledged before the backup', async () => {
  const place = freshStore();
  try {
    const done = must(bihuan(place, ['restore', backup, '--no-destructions', '--keys', join(store.data, 'keys'), '--json'])).json();
    assert.equal(done.epoch, epoch + 1);
    assert.equal(done.keys, true);
    must(bihuan(place, ['verify']));
    assert.equal(Number(databaseTool(place, 'SELECT epoch FROM journal_head')), epoch + 1);
    const cursor = (await office.ok('GET', '/api/v1/problems?limit=5')).next;
    const restored = await serve(place);
    try {
      assert.equal((await fetch(restored.origin + '/api/v1/session', { headers: { cookie: office.cookie } })).status, 401, 'old sessions are over');
      const client = await signIn(restored, 'office', store.accounts.office);
      for (const id of acknowledged) assert.equal((await client.call('GET', `/api/v1/problems/${id}`)).status, 200);
      assert.equal(await (await fetch(restored.origin + `/api/v1/evidences/${evidence}/file`, { headers: { cookie: client.cookie } })).text(), '备份里的佐证');
      assert.equal((await client.ok('POST', `/api/v1/appeals/${phoned}/reveal`, { field: 'phone', reason: '核对' })).value, '13912345678');
      const stale = await client.call('GET', '/api/v1/problems?limit=5&after=' + encodeURIComponent(cursor));
      assert.deepEqual([stale.status, stale.body.code], [400, 'bad_cursor'], 'cursors carry the epoch');
      assert.equal((await client.call('POST', '/api/v1/problems', { values: problem('恢复之后') })).status, 201);
      await followed(restored);
      assert.ok((await client.ok('GET', '/api/v1/problems?q=' + encodeURIComponent('恢复之后'))).items.length === 1, 'search was built anew');
    } finally { await restored.stop(); }
    must(bihuan(place, ['verify']));
    const again = bihuan(place, ['restore', backup, '--no-destructions']);
    assert.notEqual(again.status, 0, 'never over a store that is there');
  } finally { place.remove(); }
});

test('without its keys it says which ones it needs; contacts stay closed until the key is found, new ones have a key of their own', async () => {
  const place = freshStore(), manifest = JSON.parse(readFileSync(join(backup, 'MANIFEST.json'), 'utf8'));
  let since;
  try {
    const done = must(bihuan(place, ['restore', backup, '--no-destructions', '--json'])).json();
    assert.equal(done.contact_key_needed, manifest.keys.contact.fingerprint);
    assert.equal(done.signing_key_needed, manifest.keys.signing.public);
    must(bihuan(place, ['verify']));
    const restored = await serve(place);
    try {
      const client = await signIn(restored, 'office', store.accounts.office), answer = await client.call('POST', `/api/v1/appeals/${phoned}/reveal`, { field: 'phone', reason: '核对' });
      assert.doesNotMatch(JSON.stringify(answer.body), /13912345678/);
      since = await client.create('appeals', { number: 'K-2', title: '恢复之后登记的', made_at: '2026-11-02T09:00:00+08:00', phone: '13887654321' });
      assert.equal((await client.ok('POST', `/api/v1/appeals/${since}/reveal`, { field: 'phone', reason: '核对' })).value, '13887654321', 'new contacts have a key of their own');
    } finally { await restored.stop(); }
    // the key of before is found after all: put back in its place, both open
    writeFileSync(join(place.data, 'keys/contact.key'), readFileSync(join(store.data, 'keys/contact.key')), { mode: 0o600 });
    const again = await serve(place);
    try {
      const client = await signIn(again, 'office', store.accounts.office);
      for (const [id, phone] of [[phoned, '13912345678'], [since, '13887654321']])
        assert.equal((await client.ok('POST', `/api/v1/appeals/${id}/reveal`, { field: 'phone', reason: '核对' })).value, phone);
    } finally { await again.stop(); }
    // and a further backup needs the newest, and takes the older along
    const second = files.path('second-backup'), third = freshStore();
    must(bihuan(place, ['backup', second, '--as', 'office']));
    assert.equal(JSON.parse(readFileSync(join(second, 'MANIFEST.json'), 'utf8')).keys.contact.id, 2);
    try {
      must(bihuan(third, ['restore', second, '--no-destructions', '--keys', join(place.data, 'keys')]));
      assert.deepEqual(readFileSync(join(third.data, 'keys/contact.key')), readFileSync(join(store.data, 'keys/contact.key')));
      assert.deepEqual(readFileSync(join(third.data, 'keys/contact-2.key')), readFileSync(join(place.data, 'keys/contact-2.key')));
    } finally { third.remove(); }
  } finally { place.remove(); }
  const other = freshStore(), wrong = files.path('wrong-keys');
  try {
    mkdirSync(wrong);
    writeFileSync(join(wrong, 'contact.key'), Buffer.alloc(32, 7));
    const refused = bihuan(other, ['restore', backup, '--no-destructions', '--keys', wrong]);
    assert.notEqual(refused.status, 0);
    assert.ok(refused.err.includes(manifest.keys.contact.fingerprint), refused.err);
  } finally { other.remove(); }
});

// ---- starting again ----

test('a second start, with nothing due, leaves the journal\'s number and every row as they were', async () => {
  await followed(server);
  await server.stop();
  const before = rowCounts(store);
  for (let i = 0; i < 2; i++) {
    server = await serve(store);
    office.origin = server.origin;
    await followed(server);
    await server.stop();
    assert.deepEqual(rowCounts(store), before);
  }
  server = await serve(store);
  office.origin = server.origin;
});

test('a request repeated under its key after a kill is answered with what it made, and nothing is made twice', async () => {
  const first = await make('重启前', 'over-a-restart');
  assert.equal(first.status, 201);
  await server.stop('SIGKILL');
  server = await serve(store);
  office.origin = server.origin;
  await followed(server);
  const before = written(store), again = await make('重启前', 'over-a-restart');
  assert.deepEqual([again.body.verdict, again.body.ids], ['repeated', first.body.ids]);
  assert.equal(written(store), before);
  assert.equal((await office.ok('GET', '/api/v1/problems?title=' + encodeURIComponent('重启前'))).items.length, 1);
});

test('one key names one request of one person: somebody else\'s request under it is his own', async () => {
  const liaison = await signIn(server, 'liaison-housing', store.accounts['liaison-housing']);
  const answer = await liaison.call('POST', '/api/v1/problems', { values: { ...problem('别人的请求'), lead_unit: liaison.session.user.unit } }, { 'idempotency-key': 'over-a-restart' });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  assert.equal(answer.body.verdict, 'done');
});

test('on SQLite a second server of the same folder is refused, naming what holds it', { skip: Boolean(process.env.BIHUAN_STORE === 'postgresql') && 'several servers may share one PostgreSQL' }, () => {
  const second = bihuan(store, ['serve', '--port', '0'], { timeout: 20000 });
  assert.ok(second.status > 0, 'status ' + second.status);
  assert.ok(second.err.length > 10, second.err);
});

// ---- the clock ----

test('a demo is a test store for ever: its clock moves forward by command, never back', () => {
  const before = must(bihuan(store, ['clock', 'show', '--json'])).json();
  assert.equal(before.test, true);
  for (const span of ['-1d', '-5m', '1w', 'soon', '', '99999999d', '1.5d']) assert.notEqual(bihuan(store, ['clock', 'advance', span]).status, 0, span);
  const still = must(bihuan(store, ['clock', 'show', '--json'])).json();
  assert.ok(Date.parse(still.now) - Date.parse(before.now) < 60000, 'it goes on with the time, and no refused span moved it');
  assert.ok(still.now >= before.now);
  must(bihuan(store, ['clock', 'advance', '90m']));
  must(bihuan(store, ['clock', 'advance', '1d']));
  const after = must(bihuan(store, ['clock', 'show', '--json'])).json();
  const moved = Date.parse(after.now) - Date.parse(still.now) - (24 * 60 + 90) * 60000;
  assert.ok(moved >= 0 && moved < 60000, String(moved));
  const number = journalOf(store);
  must(bihuan(store, ['clock', 'run']));
  assert.equal(journalOf(store), number, 'a clock that ran has nothing left to do');
  assert.notEqual(bihuan(store, ['demo']).status, 0, 'a demo goes into an empty store only');
});

test('a real store has the system\'s clock, which nobody moves, and takes no demo', () => {
  const real = realStore();
  try {
    const show = must(bihuan(real, ['clock', 'show', '--json'])).json();
    assert.equal(show.test, false);
    assert.ok(Math.abs(Date.parse(show.now) - Date.now()) < 60000);
    const before = rowCounts(real), refused = bihuan(real, ['clock', 'advance', '1d']), english = bihuan(real, ['clock', 'advance', '1d', '--lang', 'en']);
    assert.deepEqual([refused.status, english.status], [1, 1]);
    assert.match(refused.err, /正式库/);
    assert.match(english.err, /real store/);
    assert.notEqual(bihuan(real, ['demo']).status, 0);
    assert.deepEqual(rowCounts(real), before);
    assert.ok(show.base_line, 'a real store has a base-line day from its first day');
    assert.notEqual(bihuan(real, ['clock', 'base-line', '2026-01-01', '--as', 'sysadmin']).status, 0);
    assert.equal(must(bihuan(real, ['clock', 'base-line', '2025-03-01', '--as', 'office', '--json'])).json().base_line, '2025-03-01');
    const path = files.put('old.csv', '编号,标题,诉求时间\r\nO-1,基准日之前,2025/2/28 23:59\r\nO-2,基准日当天,2025/3/1 0:00\r\n');
    must(bihuan(real, ['import', 'appeals', path, '--as', 'office']));
    assert.equal(databaseTool(real, "SELECT number || ' ' || historic || ' ' || coalesce(due, 0) FROM appeal WHERE number IN ('O-1','O-2') ORDER BY number").split('\n')[0], 'O-1 1 0', 'older than the base-line day: no clock');
    assert.match(databaseTool(real, "SELECT historic || ' ' || due FROM appeal WHERE number = 'O-2'"), /^0 201\d\d$/);
    must(bihuan(real, ['verify']));
  } finally { real.remove(); }
});

test('the colour of a problem is told with its rule and reason, now and at any past moment', async () => {
  const one = (await office.ok('GET', '/api/v1/problems?colour=red&limit=1')).items[0], page = await office.page('problems', one.id);
  const now = must(bihuan(store, ['colour', String(one.id), '--json'])).json();
  assert.deepEqual([now.colour, now.rule, now.why], ['red', page.colour.rule, page.colour.why]);
  assert.equal(must(bihuan(store, ['colour', one.number, '--json'])).json().colour, 'red', 'by its number as well');
  const story = (await office.ok('GET', `/api/v1/problems/${one.id}/journal`)).entries.filter((each) => each.colour?.colour).reverse();
  assert.ok(story.length >= 2, 'it changed its colour on the way');
  for (const each of story) {
    const then = must(bihuan(store, ['colour', String(one.id), '--at', each.moment, '--json'])).json();
    const last = story.filter((other) => other.moment <= each.moment).at(-1);
    assert.equal(then.colour, last.colour.colour, each.moment);
  }
  assert.equal(must(bihuan(store, ['colour', String(one.id), '--at', '2026-01-01', '--json'])).json().colour, null, 'before it was there');
  assert.notEqual(bihuan(store, ['colour', 'SJ-9999999']).status, 0);
  assert.notEqual(bihuan(store, ['colour', String(one.id), '--at', 'yesterday']).status, 0);
});

// ---- commands ----

const COMMANDS = ['serve', 'import', 'export', 'user', 'demo', 'clock', 'colour', 'verify', 'proof', 'head', 'destroy', 'backup', 'restore', 'openapi', 'bench', 'version'];
test('every command explains itself in Chinese and in English, and takes --data, --db, --as and --json', () => {
  const all = must(bihuan(null, ['--help'], { cwd: files.folder })), english = must(bihuan(null, ['--help', '--lang', 'en'], { cwd: files.folder }));
  for (const name of COMMANDS) {
    assert.match(all.out, new RegExp(`\\b${name}\\b`));
    assert.match(english.out, new RegExp(`\\b${name}\\b`));
    const zh = must(bihuan(null, [name, '--help'], { cwd: files.folder })), en = must(bihuan(null, ['help', name, '--lang', 'en'], { cwd: files.folder }));
    assert.match(zh.out, /[\u4e00-\u9fff]/);
    assert.doesNotMatch(en.out, /[\u4e00-\u9fff]/, en.out);
    for (const text of [zh.out, en.out]) for (const word of ['bihuan ' + name, '--data', '--db', '--as', '--json']) assert.ok(text.includes(word), `${name}: ${word}\n${text}`);
  }
  assert.deepEqual(readdirSync(files.folder).filter((name) => name === 'bihuan-data'), [], 'help makes no store');
});

test('a command that is none, or lacks its words, ends with 2 and says what is near or needed', () => {
  const wrong = bihuan(null, ['verfy'], { cwd: files.folder });
  assert.equal(wrong.status, 2);
  assert.match(wrong.err, /verify/);
  for (const words of [['import'], ['export'], ['proof'], ['clock'], ['destroy', 'problem'], ['backup'], ['restore'], ['user', 'grant'], ['verify', '--sinc', 'x'], ['colour', '1', '2']]) {
    const done = bihuan(store, words);
    assert.equal(done.status, 2, `${words}: ${done.status} ${done.err}`);
    assert.ok(done.err.length > 5);
  }
});

test('what a command had to print and could not write whole does not end as done', () => {
  const full = openSync('/dev/full', 'w');
  try {
    for (const words of [['version'], ['openapi'], ['verify'], ['proof', '1']]) {
      const done = bihuan(words[0] === 'version' || words[0] === 'openapi' ? null : store, words, { stdio: ['ignore', full, 'pipe'] });
      assert.equal(done.status, 1, `${words[0]}: ${done.err}`);
      assert.match(done.err, /没有写完|could not be written whole/);
    }
  } finally { closeSync(full); }
});

test('a file that cannot be read is told; what was to be made of it is not made empty', () => {
  for (const words of [['group', '--in', files.folder, '--out', files.path('grouped.jsonl')], ['ledger', 'read', files.folder]]) {
    const done = bihuan(null, words);
    assert.equal(done.status, 2, `${words[0]}: ${done.out}${done.err}`);
    assert.ok(done.err.includes(files.folder), done.err);
  }
  assert.ok(!existsSync(files.path('grouped.jsonl')));
});

test('the OpenAPI document is the one that is served, and knows every address of every type', async () => {
  const document = JSON.parse(must(bihuan(null, ['openapi'], { cwd: files.folder })).out), served = await office.ok('GET', '/api/v1/openapi.json');
  assert.match(document.openapi, /^3\./);
  assert.deepEqual(Object.keys(served.paths).sort(), Object.keys(document.paths).sort());
  for (const type of (await office.ok('GET', '/api/v1/types')).types) for (const path of [`/api/v1/${type.plural}`, `/api/v1/${type.plural}/{id}`, `/api/v1/${type.plural}/{id}/journal`]) assert.ok(document.paths[path], path);
  assert.match(must(bihuan(null, ['version', '--json'], { cwd: files.folder })).json().version, /^\d+\.\d+/);
});

test('the demo is not the same on two machines: its sign-ins and its store differ', () => {
  const other = demoStore();
  try {
    assert.deepEqual(Object.keys(other.accounts).sort(), Object.keys(store.accounts).sort());
    for (const account of Object.keys(other.accounts)) assert.notEqual(other.accounts[account], store.accounts[account]);
    assert.notEqual(databaseTool(other, 'SELECT store_id FROM journal_head'), databaseTool(store, 'SELECT store_id FROM journal_head'));
    assert.equal(statSync(join(other.data, 'demo-accounts.txt')).mode & 0o077, 0, 'for its owner only');
    assert.equal(statSync(join(other.data, 'keys/contact.key')).mode & 0o077, 0);
  } finally { other.remove(); }
});

test('a server without the store\'s keys, or with others, refuses to open it and says where they are', () => {
  const made = demoStore(), key = join(made.data, 'keys/contact.key'), own = readFileSync(key);
  try {
    for (const other of [null, Buffer.alloc(32, 7)]) {
      rmSync(key, { force: true });
      if (other) writeFileSync(key, other);
      const refused = bihuan(made, ['clock', 'advance', '1d']);
      assert.equal(refused.status, 3, refused.out);
      assert.match(refused.err, /keys/);
    }
    writeFileSync(key, own);
    must(bihuan(made, ['clock', 'advance', '1d']));
  } finally { made.remove(); }
});
