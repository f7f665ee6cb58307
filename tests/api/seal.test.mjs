// Whoever changes the store behind the program's back, by the database's own tools, is found out: verify names the lowest altered
// entry, or the type and id of the altered row. Each case tampers with a copy of one store that nobody has open.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { demoStore, serve, signIn, bihuan, must, databaseTool, copyStore, journalOf, scratch, followed } from '../lib.mjs';

let store, head, last, files, problem, entry, count;
const one = (text) => databaseTool(store, text);
before(async () => {
  store = demoStore();
  const server = await serve(store), office = await signIn(server, 'office', store.accounts.office);
  const joined = (await office.ok('GET', '/api/v1/problems?limit=200')).items.find((each) => each.state === 'rectifying').id;
  problem = joined;
  const seen = (await office.page('problems', problem)).record;
  const units = (await office.ok('GET', '/api/v1/units?limit=5')).items.map((each) => each.id);
  await office.ok('PATCH', `/api/v1/problems/${problem}`, { values: { remark: '最后一改', joint_units: units.slice(1, 3) } }, { 'if-match': `"${seen.version}"` });
  await signIn(server, 'reviewer', store.accounts.reviewer); // a second line of the audit stream
  await followed(server);
  await server.stop();
  files = scratch();
  head = must(bihuan(store, ['head'])).out.trim();
  last = journalOf(store);
  entry = Number(one(`SELECT number FROM journal WHERE type = 21 AND record = ${problem} AND action = 1`));
  count = last;
});
after(() => { store?.remove(); files?.remove(); });

/** What verify finds in a copy, tampered with. */
function tampered(text, words = [], aside = []) {
  const copy = copyStore(store);
  try {
    for (const each of [text].flat()) databaseTool(copy, each);
    for (const each of aside) databaseTool(copy, each, 'side.db');
    const done = bihuan(copy, ['verify', '--json', ...words]);
    const plain = bihuan(copy, ['verify', ...words]);
    assert.equal(done.status, 1, `${text}: ${done.out}${done.err}`);
    assert.equal(plain.status, 1);
    const report = done.json();
    assert.equal(report.clean, false);
    assert.ok(report.damage.length >= 1);
    assert.ok(report.damage.every((each) => each.sentence.length > 5));
    return { ...report, plain: plain.out };
  } finally { copy.remove(); }
}
const zeros = () => (store.db ? `'\\x${'00'.repeat(32)}'::bytea` : `x'${'00'.repeat(32)}'`);
const named = (report, type, id) => assert.ok(report.damage.some((each) => each.type === type && each.id === id), `${type} ${id} is named: ${JSON.stringify(report.damage)}`);

test('an untouched store is clean, alone and since the tree head taken before', () => {
  for (const words of [[], ['--since', head], ['--since', files.put('head.txt', head + '\n')]]) {
    const done = must(bihuan(store, ['verify', '--json', ...words])).json();
    assert.deepEqual([done.clean, done.damage, done.entries], [true, [], last]);
    assert.ok(done.records > 700);
  }
});

for (const [what, text] of [
  ['a title in an entry\'s body', (at) => `UPDATE journal SET body = replace(body, '"f":', '"f" :') WHERE number = ${at}`],
  ['the moment of an entry', (at) => `UPDATE journal SET moment = moment - 1 WHERE number = ${at}`],
  ['the actor of an entry', (at) => `UPDATE journal SET actor = actor + 1 WHERE number = ${at}`],
  ['the action of an entry', (at) => `UPDATE journal SET action = action + 1 WHERE number = ${at}`],
  ['the record that an entry is about', (at) => `UPDATE journal SET record = record + 1 WHERE number = ${at}`],
  ['the commitment of an entry', (at) => `UPDATE journal SET commitment = ${zeros()} WHERE number = ${at}`],
  ['the leaf of an entry', (at) => `UPDATE journal SET leaf = ${zeros()} WHERE number = ${at}`],
  ['the salt of an entry', (at) => `UPDATE journal SET salt = ${zeros()} WHERE number = ${at}`],
  ['a body wiped without a destruction', (at) => `UPDATE journal SET body = NULL, salt = NULL WHERE number = ${at}`],
]) test(`${what} altered: that entry is named`, () => {
  const report = tampered(text(entry));
  assert.equal(report.lowest, entry, JSON.stringify(report.damage));
  assert.match(report.plain, new RegExp(String(entry)));
});

test('of several altered entries the lowest is named first', () => {
  const report = tampered([900, entry, 30].map((at) => `UPDATE journal SET moment = moment + 1 WHERE number = ${at}`));
  assert.equal(report.lowest, 30);
  assert.deepEqual(report.damage.filter((each) => each.number).map((each) => each.number), [30, ...[entry, 900].sort((a, b) => a - b)]);
});

for (const [what, text] of [
  ['a date in its row', () => `UPDATE problem SET due = due + 1 WHERE id = ${problem}`],
  ['its colour', () => `UPDATE problem SET colour = 2 - colour % 2 WHERE id = ${problem}`],
  ['its state', () => `UPDATE problem SET state = state + 1 WHERE id = ${problem}`],
  ['its title', () => `UPDATE problem SET title = 'x' WHERE id = ${problem}`],
  ['its version', () => `UPDATE problem SET version = version + 1 WHERE id = ${problem}`],
  ['a joint unit of it', () => `UPDATE problem_joint_units SET value = value + 7 WHERE owner = ${problem} AND position = (SELECT min(position) FROM problem_joint_units WHERE owner = ${problem})`],
  ['a joint unit taken away', () => `DELETE FROM problem_joint_units WHERE owner = ${problem} AND position = (SELECT max(position) FROM problem_joint_units WHERE owner = ${problem})`],
  ['a joint unit put in', () => `INSERT INTO problem_joint_units (value, owner, position) VALUES (1, ${problem}, 99)`],
  ['what its joint unit\'s list says of it', () => `UPDATE problem_joint_units SET state = 99 WHERE owner = ${problem}`],
  ['a long text of it', () => `UPDATE problem_text SET detail = 'x' WHERE id = ${problem}`],
  ['a long text taken away', () => `DELETE FROM problem_text WHERE id = ${problem}`],
  ['its row taken away', () => `DELETE FROM problem WHERE id = ${problem}`],
]) test(`${what} altered: the problem is named by type and id`, () => named(tampered(text()), 'problem', problem));

test('texts and joint units without a row are named by the owner they give', () => {
  named(tampered('INSERT INTO problem_text (id, detail) VALUES (987654, \'x\')'), 'problem', 987654);
  named(tampered('INSERT INTO problem_joint_units (value, owner, position) VALUES (1, 987655, 0)'), 'problem', 987655);
});

test('a row put in by hand, that no entry made, is named', () => {
  const columns = 'id, version, state, created, changed, entry, voided';
  named(tampered(`INSERT INTO topic (${columns}) SELECT 987654, version, state, created, changed, entry, voided FROM topic LIMIT 1`), 'topic', 987654);
});

test('an entry missing from the middle is named', () => assert.equal(tampered(`DELETE FROM journal WHERE number = ${entry}`).lowest, entry));

test('two entries that changed places are found', () => {
  const report = tampered([`UPDATE journal SET number = 1000000 WHERE number = ${entry}`, `UPDATE journal SET number = ${entry} WHERE number = ${entry + 1}`, `UPDATE journal SET number = ${entry + 1} WHERE number = 1000000`]);
  assert.equal(report.lowest, entry);
});

test('the last entry cut off is found', () => {
  assert.equal(tampered(`DELETE FROM journal WHERE number = ${last}`).lowest, last);
});

test('the last entry cut off with every trace of it that the store keeps is found since the head taken before', () => {
  const cut = [`DELETE FROM journal WHERE number = ${last}`, `UPDATE journal_head SET number = ${last - 1}`], heads = ['DELETE FROM side_value WHERE kind = 8'];
  const report = tampered(cut, ['--since', head], heads);
  assert.equal(report.lowest, last, JSON.stringify(report.damage));
  assert.match(report.plain, new RegExp(`${last}`));
});

test('an entry added by hand behind the last one is found', () => {
  const columns = databaseTool(store, store.db ? "SELECT string_agg(column_name::text, ',') FROM information_schema.columns WHERE table_name = 'journal' AND column_name <> 'number'" : "SELECT group_concat(name, ',') FROM pragma_table_info('journal') WHERE name <> 'number'");
  const report = tampered([`INSERT INTO journal (number, ${columns}) SELECT ${last + 1}, ${columns} FROM journal WHERE number = ${last}`, `UPDATE journal_head SET number = ${last + 1}`]);
  assert.equal(report.lowest, last + 1);
});

test('a tree head of another store, or one that is none, is not taken', () => {
  const other = head.replace(/^(\S+ )\S+/, '$1' + 'ab'.repeat(16));
  assert.notEqual(bihuan(store, ['verify', '--since', other]).status, 0);
  assert.notEqual(bihuan(store, ['verify', '--since', 'nonsense']).status, 0);
  const forged = head.split(' ');
  forged[5] = '00'.repeat(32);
  assert.equal(bihuan(store, ['verify', '--since', forged.join(' ')]).status, 1, 'a root that the journal does not give');
});

// ---- proofs ----

let proof;
test('a proof of an entry holds against a tree head, without any store', () => {
  proof = must(bihuan(store, ['proof', String(entry)])).out;
  const path = files.put('proof.json', proof), key = readFileSync(store.data + '/keys/signing.pub');
  for (const words of [['--tree-head', head], ['--tree-head', files.path('head.txt')]]) {
    const done = bihuan(null, ['verify', '--proof', path, ...words, '--json'], { cwd: files.folder });
    assert.equal(done.status, 0, done.out + done.err);
    assert.deepEqual([done.json().holds, done.json().number], [true, entry]);
  }
  const hex = key.length === 32 ? key.toString('hex') : key.toString().trim();
  assert.equal(bihuan(null, ['verify', '--proof', path, '--public-key', hex], { cwd: files.folder }).status, 0);
  assert.notEqual(bihuan(null, ['verify', '--proof', path, '--public-key', '11'.repeat(32)], { cwd: files.folder }).status, 0);
  assert.equal(existsSync(files.path('bihuan-data')), false, 'no store was made for it');
});

test('an altered proof does not hold, whatever was altered in it', () => {
  const whole = JSON.parse(proof);
  const paths = [];
  (function walk(value, path) { if (value && typeof value === 'object') for (const key of Object.keys(value)) walk(value[key], [...path, key]); else paths.push(path); })(whole, []);
  assert.ok(paths.length > 10);
  const excused = new Set(['format', 'algorithm', 'public_key']);
  let tried = 0;
  for (const path of paths) {
    const copy = JSON.parse(proof), holder = path.slice(0, -1).reduce((at, key) => at[key], copy), key = path.at(-1), value = holder[key];
    if (path.some((each) => excused.has(each)) || path.includes('head') || path.includes('tree_head')) continue; // the head given from outside is what counts
    if (typeof value === 'number') holder[key] = value + 1;
    else if (typeof value === 'string' && value.length) holder[key] = (value[0] === '0' ? '1' : '0') + value.slice(1);
    else continue;
    tried++;
    const done = bihuan(null, ['verify', '--proof', files.put('altered.json', JSON.stringify(copy)), '--tree-head', head], { cwd: files.folder });
    assert.notEqual(done.status, 0, path.join('.') + ' was altered');
  }
  assert.ok(tried >= 8, 'tried ' + tried);
  for (const text of ['', '{}', '[]', 'null', proof.slice(0, proof.length / 2), proof.replace('{', '{{')]) assert.notEqual(bihuan(null, ['verify', '--proof', files.put('bad.json', text), '--tree-head', head], { cwd: files.folder }).status, 0);
  const other = head.split(' ');
  other[5] = 'ab'.repeat(32);
  assert.notEqual(bihuan(null, ['verify', '--proof', files.path('proof.json'), '--tree-head', other.join(' ')], { cwd: files.folder }).status, 0, 'another head');
});

test('there is no proof of an entry that is not there', () => {
  for (const number of ['0', '-1', String(count + 1), 'x']) assert.notEqual(bihuan(store, ['proof', number]).status, 0, number);
});

for (const [what, text] of [
  ['a line of it', "UPDATE audit_line SET detail = '{}' WHERE number = 1"],
  ['who did it', 'UPDATE audit_line SET actor = actor + 1 WHERE number = 1'],
  ['a line gone', 'DELETE FROM audit_line WHERE number = 1'],
])
  test(`the audit stream is chained as well: ${what} is found`, () => {
    const report = store.db ? tampered(text) : tampered([], [], [text]);
    assert.match(report.plain, /审计记录第 1 条/);
  });
