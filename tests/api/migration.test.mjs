// A store that an older program left gains what is new when it is opened; what cannot be done safely is refused with its reason.
// Older, newer and otherwise declared stores are made by the database's own tools, on copies of one store.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, copyStore, serve, signIn, bihuan, must, databaseTool, rowCounts } from '../lib.mjs';

let store, field;
before(() => {
  store = demoStore();
  field = (type, name) => { const [code, id, kind] = databaseTool(store, `SELECT f.type, f.field, f.sql_type FROM store_catalogue f JOIN store_catalogue t ON t.type = f.type AND t.field = 0 WHERE t.name = '${type}' AND f.name = '${name}'`).split('|'); return { type: Number(code), field: Number(id), kind }; };
});
after(() => store?.remove());

/** A copy, changed by the database's own tools, then opened. */
async function on(changes, then) {
  const copy = copyStore(store);
  try { for (const text of changes) databaseTool(copy, text); return await then(copy); } finally { copy.remove(); }
}
/** As if the field had not been declared when the store was made: no column, no row in the catalogue, no index. */
const without = (table, name, { type, field: id }) => [
  ...databaseTool(store, `SELECT name FROM store_index WHERE definition LIKE '%"${table}"%' AND definition LIKE '%"${name}"%'`).split('\n').filter(Boolean).flatMap((index) => [`DROP INDEX "${index.replaceAll('"', '')}"`, `DELETE FROM store_index WHERE name = '${index}'`]),
  `ALTER TABLE "${table}" DROP COLUMN "${name}"`, `DELETE FROM store_catalogue WHERE type = ${type} AND field = ${id}`];
const columns = (copy, table) => databaseTool(copy, copy.db ? `SELECT column_name FROM information_schema.columns WHERE table_name = '${table}'` : `SELECT name FROM pragma_table_info('${table}')`).split('\n');
const catalogue = (copy) => databaseTool(copy, 'SELECT type, field, name, sql_type FROM store_catalogue ORDER BY 1, 2, 3');
const indexes = (copy) => databaseTool(copy, 'SELECT name, definition FROM store_index ORDER BY 1');

test('the store as it is opens without a change', () => on([], (copy) => {
  const before = [catalogue(copy), indexes(copy), rowCounts(copy)];
  must(bihuan(copy, ['verify']));
  assert.deepEqual([catalogue(copy), indexes(copy), rowCounts(copy)], before);
}));

test('an old folder gains a field: the column, its row in the catalogue and its indexes; it can be written, found and sorted by', () => {
  const old = field('unit', 'order');
  return on([...without('unit', 'order', old)], async (copy) => {
    assert.ok(!columns(copy, 'unit').includes('order'));
    const server = await serve(copy);
    try {
      const office = await signIn(server, 'office', store.accounts.office);
      assert.ok(columns(copy, 'unit').includes('order'));
      assert.equal(catalogue(copy), catalogue(store));
      assert.deepEqual(indexes(copy), indexes(store));
      const units = (await office.ok('GET', '/api/v1/units?limit=200')).items, one = units[3];
      await office.ok('PATCH', `/api/v1/units/${one.id}`, { values: { order: 777 } }, { 'if-match': `"${one.version}"` });
      assert.deepEqual((await office.ok('GET', '/api/v1/units?order=777')).items.map((each) => each.id), [one.id]);
      assert.equal((await office.ok('GET', '/api/v1/units?sort=-order&limit=1')).items[0].id, one.id);
    } finally { await server.stop(); }
  });
});

test('a listed field of problems comes back in the lists and in the copies beside joint units', () => {
  assert.equal(databaseTool(store, "SELECT count(*) FROM store_catalogue WHERE name LIKE 'joint_units.%priority%' AND sql_type = 'copy'"), '1', 'a copy stands beside joint units');
  const old = field('problem', 'priority');
  return on([...without('problem_joint_units', 'priority', old), ...without('problem', 'priority', old)], async (copy) => {
    const server = await serve(copy);
    try {
      const office = await signIn(server, 'office', store.accounts.office);
      assert.equal(catalogue(copy), catalogue(store));
      assert.equal((await office.ok('GET', '/api/v1/problems?priority=none&limit=200')).items.length, (await office.ok('GET', '/api/v1/problems?limit=200')).items.length, 'old rows live on without it');
      assert.ok(columns(copy, 'problem_joint_units').includes('priority'));
    } finally { await server.stop(); }
  });
});

test('a long text that is new gets its column, a reference to several its table, and work', () => {
  const text = field('problem', 'goal'), several = field('topic', 'joint_units');
  return on([...without('problem_text', 'goal', text), 'DROP TABLE topic_joint_units', `DELETE FROM store_catalogue WHERE type = ${several.type} AND (field = ${several.field} OR name LIKE 'joint_units.%')`, "DELETE FROM store_index WHERE definition LIKE '%topic_joint_units%'"], async (copy) => {
    const server = await serve(copy);
    try {
      const office = await signIn(server, 'office', store.accounts.office);
      const draft = (await office.ok('GET', '/api/v1/problems?state=draft&limit=1')).items[0];
      await office.ok('PATCH', `/api/v1/problems/${draft.id}`, { values: { goal: '新目标' } }, { 'if-match': `"${draft.version}"` });
      assert.equal((await office.page('problems', draft.id)).record.goal, '新目标');
      const topic = (await office.ok('GET', '/api/v1/topics?limit=1')).items[0];
      await office.ok('PATCH', `/api/v1/topics/${topic.id}`, { values: { joint_units: [topic.lead_unit] } }, { 'if-match': `"${topic.version}"` });
      assert.deepEqual((await office.ok('GET', `/api/v1/topics?joint_units=${topic.lead_unit}`)).items.map((each) => each.id), [topic.id]);
    } finally { await server.stop(); }
  });
});

test('a record type that is new gets its table', () => {
  const type = Number(databaseTool(store, "SELECT type FROM store_catalogue WHERE field = 0 AND name = 'import_mapping'"));
  return on(['DROP TABLE import_mapping', 'DROP TABLE import_mapping_text', `DELETE FROM store_catalogue WHERE type = ${type}`, "DELETE FROM store_index WHERE definition LIKE '%import_mapping%'"], (copy) => {
    must(bihuan(copy, ['verify']));
    must(bihuan(copy, ['clock', 'run']));
    assert.equal(catalogue(copy), catalogue(store));
    assert.equal(indexes(copy), indexes(store));
    assert.equal(databaseTool(copy, 'SELECT count(*) FROM import_mapping'), '0');
  });
});

test('an index that is no longer wanted goes, one that is missing is made', () => {
  const [name] = databaseTool(store, "SELECT name FROM store_index WHERE definition LIKE '%\"problem\" (%' ORDER BY name").split('\n');
  return on([`DROP INDEX "${name.replaceAll('"', '')}"`, `DELETE FROM store_index WHERE name = '${name}'`, 'CREATE INDEX "i_left_over" ON "unit" ("name")', `INSERT INTO store_index (name, definition) VALUES ('"i_left_over"', 'CREATE INDEX "i_left_over" ON "unit" ("name")')`], (copy) => {
    must(bihuan(copy, ['clock', 'run']));
    assert.equal(indexes(copy), indexes(store));
    assert.equal(databaseTool(copy, copy.db ? "SELECT count(*) FROM pg_indexes WHERE indexname = 'i_left_over'" : "SELECT count(*) FROM sqlite_master WHERE name = 'i_left_over'"), '0');
  });
});

test('an index that an older program declared otherwise is made anew, and copies that it did not keep beside joint units are filled', () => {
  const dropped = databaseTool(store, `SELECT name FROM store_index WHERE definition LIKE '%"problem_joint_units"%' AND (definition LIKE '%"level"%' OR definition LIKE '%"hard"%')`).split('\n').filter(Boolean);
  const older = 'CREATE INDEX "i_problem_by_due" ON "problem" ("due", "id", "colour")';
  assert.ok(dropped.length > 0);
  return on([...dropped.flatMap((name) => [`DROP INDEX ${name}`, `DELETE FROM store_index WHERE name = '${name}'`]),
    ...['level', 'hard'].flatMap((name) => [`ALTER TABLE problem_joint_units DROP COLUMN "${name}"`, `DELETE FROM store_catalogue WHERE name = 'joint_units."${name}"'`]),
    'DROP INDEX "i_problem_by_due"', older, `UPDATE store_index SET definition = '${older}' WHERE name = '"i_problem_by_due"'`], (copy) => {
    must(bihuan(copy, ['clock', 'run']));
    assert.equal(indexes(copy), indexes(store));
    assert.equal(catalogue(copy), catalogue(store));
    const [all, otherwise] = databaseTool(copy, 'SELECT count(*), count(CASE WHEN j."level" IS DISTINCT FROM p."level" OR j."hard" IS DISTINCT FROM p."hard" THEN 1 END) FROM problem_joint_units j JOIN problem p ON p.id = j.owner').split('|').map(Number);
    assert.ok(all > 0, 'some problem has joint units');
    assert.equal(otherwise, 0);
    must(bihuan(copy, ['verify']));
  });
});

/** Refused, in both languages, by reading and writing commands and by the server; and nothing was changed. */
function refused(changes, zh, en) {
  return on(changes, async (copy) => {
    const before = [catalogue(copy), indexes(copy), rowCounts(copy)];
    for (const words of [['verify'], ['clock', 'run'], ['export', 'units', '--as', 'office'], ['serve', '--port', '0']]) {
      const told = bihuan(copy, words, { timeout: 20000 }), english = bihuan(copy, [...words, '--lang', 'en'], { timeout: 20000 });
      assert.ok(told.status > 0, `${words}: ${told.status} ${told.out}${told.err}`);
      assert.match(told.err, zh);
      assert.match(english.err, en);
    }
    assert.deepEqual([catalogue(copy), indexes(copy), rowCounts(copy)], before);
  });
}

test('a store of a newer schema is refused, saying so', () => refused(['UPDATE journal_head SET schema_version = 99'], /99/, /99/));
test('a field whose type was changed is refused by name', () => {
  const due = field('problem', 'due');
  return refused([`UPDATE store_catalogue SET sql_type = 'text' WHERE type = ${due.type} AND field = ${due.field} AND name = 'due'`], /problem\.due.*类型不能改变/, /problem\.due.*type of a field cannot change/);
});
test('a field that the program does not declare is refused by name and number', () => {
  const { type } = field('problem', 'due');
  return refused([`INSERT INTO store_catalogue (type, field, name, sql_type) VALUES (${type}, 999, 'mystery', 'text')`], /problem\.mystery.*999/, /problem\.mystery.*999/);
});
test('a record type that the program does not declare is refused by name and number', () => refused(['CREATE TABLE widget (id BIGINT PRIMARY KEY)', "INSERT INTO store_catalogue (type, field, name, sql_type) VALUES (250, 0, 'widget', 'type')"], /widget.*250/, /widget.*250/));
test('a database that is another program\'s is refused and left as it is', () => {
  if (store.db) return on(['ALTER TABLE journal_head RENAME TO somebody'], (copy) => assert.notEqual(bihuan(copy, ['verify']).status, 0));
  return on([], async (copy) => {
    const { writeFileSync, readFileSync } = await import('node:fs');
    writeFileSync(copy.data + '/store.db', 'this is no database at all, but a text of somebody else\n'.repeat(100));
    const before = readFileSync(copy.data + '/store.db');
    const done = bihuan(copy, ['verify']);
    assert.ok(done.status > 0 && done.err.length > 10, done.err);
    assert.deepEqual(readFileSync(copy.data + '/store.db'), before);
  });
});
