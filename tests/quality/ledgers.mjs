// Holds `bihuan ledger read` against a folder of real ledgers, each with NAME.expected.json beside it (its README.md says how they are
// compared). Prints one line a file and the accuracy of fields; what is missing, wrong or invented is named. No folder: says so loudly.
//   node tests/quality/ledgers.mjs [FOLDER] [--details]
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FIELDS = ['no', 'title', 'category', 'cause', 'goal', 'lead_unit', 'joint_units', 'leader', 'owner', 'kind', 'due_text', 'due', 'progress', 'done', 'closed', 'public', 'remark', 'measures', 'amount_wan', 'recovered_wan'];
const program = new URL('../../build/bihuan', import.meta.url).pathname;

const plain = (text) => text === null || text === undefined ? null : typeof text !== 'string' ? text : text.normalize('NFKC').replace(/\s+/g, '').replace(/[。;]+$/, '');
const units = (list) => JSON.stringify((list ?? []).map(plain));
const measures = (list) => JSON.stringify((list ?? []).map((m) => [plain(m.text), plain(m.due_text), m.due]));

// A real date: the text as shown and the ISO date are both right.
function same(field, want, got) {
  if (field === 'measures') return measures(want.measures) === measures(got.measures);
  if (field === 'joint_units') return units(want.joint_units) === units(got.joint_units);
  if (field === 'due_text') return plain(want.due_text) === plain(got.due_text) || (want.due !== null && want.due === got.due && (got.due_text === got.due || want.due_text === want.due || /^[\d/年月日.-]+$/.test(want.due_text)));
  if (field.endsWith('_wan')) return !(field in want) || (want[field] ?? null) === (got[field] ?? null);
  return plain(want[field] ?? null) === plain(got[field] ?? null);
}

const place = (error) => `${error.sheet ?? ''}!${error.column ?? ''}${error.row ?? ''}`;
const key = (record) => `${record.sheet ?? ''}!${record.row}`;

function totalsOf(records) {
  const totals = { lead: {}, kind: {}, done: {}, closed: {} };
  const add = (into, name) => { into[name] = (into[name] ?? 0) + 1; };
  for (const record of records) {
    add(totals.lead, record.lead_unit ?? '(none)');
    if (record.kind) add(totals.kind, record.kind);
    if (record.done) add(totals.done, record.done);
    if (record.closed !== null) add(totals.closed, String(record.closed));
  }
  return totals;
}

const sorted = (object) => JSON.stringify(Object.entries(object).sort());

export function score(want, got, report) {
  const result = { file: want.file, wrong: [], fields: 0, right: 0 };
  const wrong = (text) => result.wrong.push(text);
  if (want.outcome === 'refuse' || (want.outcome === 'either' && got.outcome === 'refuse')) {
    if (got.outcome !== 'refuse') wrong(`was to be refused, ${got.records.length} records were read`);
    else if (got.errors.length !== 1 || !got.errors[0].why || !got.errors[0].why_en) wrong('a refusal is one sentence in both languages');
    return result;
  }
  if (got.outcome !== 'import') { wrong(`was refused: ${got.errors.map((e) => e.why)}`); return result; }
  const byPlace = new Map(got.records.map((record) => [key(record), record]));
  for (const record of want.records) {
    const found = byPlace.get(key(record));
    if (!found) { wrong(`record ${key(record)} is missing`); result.fields += FIELDS.length; continue; }
    for (const field of FIELDS) {
      if (field.endsWith('_wan') && !(field in record)) continue;
      result.fields++;
      if (same(field, record, found)) result.right++;
      else wrong(`${key(record)} ${field}: wanted ${JSON.stringify(field === 'measures' ? record.measures : record[field])}, read ${JSON.stringify(found[field])}`);
    }
  }
  const count = want.count ?? want.records.length;
  if (got.records.length !== count) wrong(`${count} records wanted, ${got.records.length} read: ${got.records.filter((r) => !want.count && !want.records.some((w) => key(w) === key(r))).map(key).slice(0, 10)}`);
  const wanted = want.errors.map(place).sort(), told = got.errors.map(place).sort();
  for (const one of wanted) if (!told.includes(one)) wrong(`error at ${one} is missing: ${want.errors.find((e) => place(e) === one).why}`);
  for (const one of told) if (!wanted.includes(one)) wrong(`error at ${one} is invented: ${got.errors.find((e) => place(e) === one).why}`);
  if (wanted.length !== told.length) wrong(`${wanted.length} errors wanted, ${told.length} told`);
  for (const error of want.errors) {
    const found = got.errors.find((e) => place(e) === place(error));
    if (found && found.code !== error.why.split(':')[0] && report) report(`${want.file}: ${place(error)} is ${error.why}, told as ${found.code}`);
  }
  if (want.sheets_skipped && JSON.stringify([...want.sheets_skipped].sort()) !== JSON.stringify([...got.sheets_skipped].sort())) wrong(`sheets skipped: wanted ${want.sheets_skipped}, were ${got.sheets_skipped}`);
  if (want.totals) {
    const totals = totalsOf(got.records);
    for (const name of Object.keys(want.totals)) if (sorted(want.totals[name]) !== sorted(totals[name])) wrong(`totals of ${name} differ: ${sorted(totals[name])}`);
  }
  return result;
}

// Peak memory in MB and seconds beside the answer.
export function read(file, unitsFile) {
  const words = ['ledger', 'read', file, '--json'];
  if (unitsFile) words.push('--units', unitsFile);
  const began = process.hrtime.bigint();
  const run = spawnSync('/bin/sh', ['-c', 'exec "$0" "$@"', program, ...words], { maxBuffer: 1 << 30 });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (run.signal || ![0, 1].includes(run.status)) throw new Error(`ledger read ${file}: ${run.signal ?? run.status} ${run.stderr}`);
  return { got: JSON.parse(run.stdout), seconds };
}

export function scoreFolder(folder, report = () => {}) {
  const results = [];
  for (const name of readdirSync(folder).filter((n) => n.endsWith('.expected.json')).sort()) {
    const want = JSON.parse(readFileSync(join(folder, name)));
    const { got, seconds } = read(join(folder, name.replace('.expected.json', '')), existsSync(join(folder, 'units.csv')) ? join(folder, 'units.csv') : null);
    results.push({ ...score(want, got, report), seconds, records: got.records.length, errors: got.errors.length });
  }
  return results;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const folder = process.argv.find((word, i) => i > 1 && !word.startsWith('--')) ?? process.env.BIHUAN_LEDGERS;
  if (!folder || !existsSync(folder)) { console.error('NOT RUN: no folder of real ledgers (give one, or set BIHUAN_LEDGERS)'); process.exit(process.env.BIHUAN_LEDGERS ? 1 : 0); }
  const details = process.argv.includes('--details');
  const results = scoreFolder(folder, details ? (line) => console.log(`  (code) ${line}`) : undefined);
  let fields = 0, right = 0;
  for (const result of results) {
    console.log(`${result.wrong.length ? 'NOT' : 'ok '} ${result.file}: ${result.records} records, ${result.errors} errors, fields ${result.right}/${result.fields}, ${result.seconds.toFixed(2)} s`);
    for (const line of result.wrong.slice(0, details ? 40 : 5)) console.log(`      ${line.slice(0, 400)}`);
    fields += result.fields;
    right += result.right;
  }
  console.log(`fields right: ${right} of ${fields} (${(Math.floor(right / fields * 100000) / 1000).toFixed(3)} %)`);
  process.exit(results.some((result) => result.wrong.length) ? 1 : 0);
}
