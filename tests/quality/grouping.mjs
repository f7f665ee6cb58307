// The quality of grouping, in one run with plain baselines beside it:  node tests/quality/grouping.mjs [--write]
// Data and scorer are those of ../shared/data; where that folder is missing it says so and fails. Nothing of them is kept here.
// --write puts the lines that are printed into docs/quality.md, between its marks.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BIHUAN, ROOT, SHARED } from '../lib.mjs';
import { singlePass } from './single_pass.mjs';

const SCORER = join(SHARED, 'score_groups.py');
if (!existsSync(SCORER)) {
  console.error(`NOT MEASURED: ${SCORER} is not there. The data for measuring lies beside this tree, in ../shared/data.`);
  process.exit(1);
}
const folder = mkdtempSync(join(tmpdir(), 'bihuan-quality-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const lines = [];
const say = (line) => { lines.push(line); console.log(line); };

function csv(path) { // rows as objects; quoted cells may hold line breaks
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, ''), rows = [];
  let row = [], cell = '', quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) { if (c !== '"') cell += c; else if (text[i + 1] === '"') { cell += '"'; i++; } else quoted = false; }
    else if (c === '"') quoted = true;
    else if (c === ',' || c === '\n') { row.push(cell); cell = ''; if (c === '\n') { rows.push(row); row = []; } }
    else if (c !== '\r') cell += c;
  }
  if (cell || row.length) rows.push([...row, cell]);
  const [names, ...rest] = rows;
  return rest.filter((r) => r.length === names.length).map((r) => Object.fromEntries(names.map((n, i) => [n, r[i]])));
}
const two = (text) => String(text).padStart(2, '0');
function moment(text) {
  const m = /^(\d+)[-/](\d+)[-/](\d+) (\d+):(\d+):(\d+)/.exec(text ?? '');
  return m ? `${m[1]}-${two(m[2])}-${two(m[3])}T${two(m[4])}:${two(m[5])}:${two(m[6])}` : undefined;
}

function keep(name, rows) {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => JSON.stringify(row)).join('\n') + '\n');
  return path;
}
function grouped(name, rows) {
  const out = join(folder, name + '.out');
  const done = spawnSync(BIHUAN, ['group', '--in', keep(name, rows), '--out', out, '--lang', 'en'], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  return { path: out, lines: readFileSync(out, 'utf8').trim().split('\n').map((line) => JSON.parse(line)) };
}
function score(...words) {
  const done = spawnSync('python3', [SCORER, ...words], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  return JSON.parse(done.stdout);
}
const three = (value) => value.toFixed(3);
const verdict = (value, goal) => (value >= goal ? `≥ ${goal}` : `≥ ${goal}, **missed**`);

// ---- appeals in Chinese: events, look-alikes, classes ----
const groups = JSON.parse(readFileSync(join(SHARED, 'appeals-zh/groups.json'), 'utf8'));
const halves = [0, 1].map((half) => {
  const part = { ...groups };
  for (const key of ['events', 'classes', 'hard_negatives']) part[key] = groups[key].filter((_, i) => i % 2 === half);
  const path = join(folder, `half${half}.json`);
  writeFileSync(path, JSON.stringify(part));
  return path;
});
const whole = join(SHARED, 'appeals-zh/groups.json');
const chinese = csv(join(SHARED, 'appeals-zh/appeals.csv')).map((row) => ({ id: row['留言编号'], title: row['留言主题'], text: row['留言详情'].replace(/\s+/g, ' ').trim(), moment: moment(row['留言时间']) }));
const ours = grouped('zh.jsonl', chinese).path;
const baselines = [[0.10, 'loose'], [0.15, 'strict']].map(([threshold, name]) => ({ name: `plain single pass, ${threshold}`, path: keep(`${name}.out`, singlePass(chinese, threshold)) }));
say('| Chinese appeals | B-cubed F1 | group F | look-alikes apart | classes, group F |');
say('|---|---|---|---|---|');
for (const [name, path, of] of [['ours, all', ours, whole], ['ours, even groups (tuned on)', ours, halves[0]], ['ours, odd groups (held out)', ours, halves[1]], ...baselines.map((b) => [b.name, b.path, whole])]) {
  const events = score('--groups', of, path), classes = score('--groups', of, path, '--key', 'class', '--level', 'classes');
  say(`| ${name} | ${three(events.b3_f)} | ${three(events.group_f_macro)} | ${three(events.hard_negatives_apart)} | ${three(classes.group_f_macro)} |`);
  if (name === 'ours, all') lines.goal = `| goal | ${verdict(events.b3_f, 0.95)} | ${verdict(events.group_f_macro, 0.9)} | ${verdict(events.hard_negatives_apart, 0.88)} | ${verdict(classes.group_f_macro, 0.6)} |`;
}
say(lines.goal);
{ // what few words hold
  const path = grouped('titles.jsonl', chinese.map(({ text, ...row }) => row)).path;
  const events = score('--groups', whole, path), classes = score('--groups', whole, path, '--key', 'class', '--level', 'classes');
  say(`| titles alone, all | ${three(events.b3_f)} | ${three(events.group_f_macro)} | ${three(events.hard_negatives_apart)} | ${three(classes.group_f_macro)} |`);
}
say('');

// ---- English headlines, in stream order ----
const news = readFileSync(join(SHARED, 'stream/news-t.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const reference = keep('news.ref', news.map((row) => ({ id: row.id, label: row.cluster })));
const headlines = news.map((row) => ({ id: row.id, text: row.text }));
const nmi = (path, part = news) => score(part === news ? reference : keep('part.ref', part.map((row) => ({ id: row.id, label: row.cluster }))), path).nmi;
const events = grouped('news.jsonl', headlines).path;
say('| English headlines, one pass | NMI |');
say('|---|---|');
say(`| ours | ${three(nmi(events))} |`);
say(`| ours, first half of the stream / second half | ${three(nmi(events, news.slice(0, news.length / 2)))} / ${three(nmi(events, news.slice(news.length / 2)))} |`);
for (const threshold of [0.10, 0.15]) say(`| plain single pass, ${threshold} | ${three(nmi(keep('plain.out', singlePass(headlines, threshold))))} |`);
say(`| goal | ${verdict(nmi(events), 0.88)} |`);
say('');

// ---- cases with places: is what the staff marked as a duplicate among the first three offered? ----
const cases = csv(join(SHARED, 'appeals-boston/cases.csv')).sort((a, b) => (a.OPEN_DT < b.OPEN_DT ? -1 : a.OPEN_DT > b.OPEN_DT ? 1 : a.CASE_ENQUIRY_ID < b.CASE_ENQUIRY_ID ? -1 : 1));
const answers = grouped('boston.jsonl', cases.map((row) => ({ id: row.CASE_ENQUIRY_ID, title: row.TYPE, text: row.CASE_TITLE, place: `${row.Location} ${row.neighborhood}`.trim(),
  lat: row.LATITUDE ? Number(row.LATITUDE) : undefined, lon: row.LONGITUDE ? Number(row.LONGITUDE) : undefined, moment: moment(row.OPEN_DT) }))).lines;
const at = new Map(answers.map((answer, i) => [answer.id, i])), sizes = new Map();
for (const answer of answers) sizes.set(answer.event, (sizes.get(answer.event) ?? 0) + 1);
let pairs = 0, offered = 0, exactly = 0;
for (const link of csv(join(SHARED, 'appeals-boston/duplicate_links.csv'))) {
  let [later, earlier] = [at.get(link.case_id), at.get(link.duplicate_of)];
  if (later === undefined || earlier === undefined) continue;
  if (later < earlier) [later, earlier] = [earlier, later];
  const nearest = answers[later].nearest, id = answers[earlier].id;
  pairs++;
  offered += nearest.some((near) => near.event === answers[earlier].event || near.event === id || near.latest === id);
  exactly += nearest.some((near) => near.event === id || near.latest === id);
}
say('| staff-marked duplicates among the first three offered | share |');
say('|---|---|');
say(`| the event it belongs to (${pairs} pairs; ${answers.length} cases in ${sizes.size} events, the largest of ${Math.max(...sizes.values())}) | ${three(offered / pairs)} |`);
say(`| the very case, by number | ${three(exactly / pairs)} |`);
say(`| goal | ${verdict(offered / pairs, 0.85)} |`);

if (process.argv.includes('--write')) {
  const path = join(ROOT, 'docs/quality.md'), text = readFileSync(path, 'utf8');
  const [begin, end] = ['<!-- grouping: begin -->\n', '<!-- grouping: end -->'];
  writeFileSync(path, text.slice(0, text.indexOf(begin) + begin.length) + lines.join('\n') + '\n' + text.slice(text.indexOf(end)));
}
