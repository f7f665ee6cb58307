// The permanent codes: src/records/codes.h against tests/codes.txt, the list of those that have landed.
//   node tests/codes.mjs            prints every disagreement; exit 1 when there is one
//   node tests/codes.mjs --free PREFIX   names free numbers beside those of PREFIX (GUARD, EFFECT, RULE, MEASURE …)
//   node tests/codes.mjs --renew    adds the new codes to the list (never changes one: that is an edit by hand, seen in review)
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const list = join(root, 'tests/codes.txt');

// Every enumerator of the header, numbered as C does. Counts of an enum move with it and are no codes.
const header = readFileSync(join(root, 'src/records/codes.h'), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
const now = new Map();
const wrong = [];
for (const [, name, body] of header.matchAll(/enum\s*([a-z_]*)\s*\{([^}]*)\}/g)) {
  const taken = new Map();
  let next = 0;
  for (const one of body.split(',').map((text) => text.trim()).filter(Boolean)) {
    const [, code, number] = one.match(/^([A-Z][A-Z0-9_]*)(?:\s*=\s*(\d+))?$/) ?? [];
    if (!code) { wrong.push(`codes.h: "${one}" is not read by tests/codes.mjs`); continue; }
    next = number === undefined ? next : Number(number);
    if (!code.endsWith('_COUNT')) {
      if (taken.has(next)) wrong.push(`codes.h: ${code} and ${taken.get(next)} are both ${next} in enum ${name}`);
      taken.set(next, code);
      now.set(code, next);
    }
    next++;
  }
}

const asked = process.argv.indexOf('--free');
if (asked > 0) {
  const prefix = process.argv[asked + 1] + '_';
  const taken = new Set([...now, ...readFileSync(list, 'utf8').split('\n').map((line) => line.split(' ')).map(([code, number]) => [code, Number(number)])].filter(([code]) => code.startsWith(prefix)).map(([, number]) => number));
  const from = ['PROBLEM_', 'APPEAL_'].includes(prefix) ? 190 : 1, free = [];
  for (let number = from; free.length < 8; number++) if (!taken.has(number)) free.push(number);
  console.log(taken.size ? free.join(' ') : `codes.h has no ${prefix}…`);
  process.exit(taken.size ? 0 : 1);
}

const landed = new Map(readFileSync(list, 'utf8').split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split(' ')).map(([code, number]) => [code, Number(number)]));
for (const [code, number] of landed) {
  if (!now.has(code)) wrong.push(`codes.h lacks ${code}, which has landed as ${number}: a code is retired, never removed or renamed`);
  else if (now.get(code) !== number) wrong.push(`codes.h: ${code} is ${now.get(code)}, but has landed as ${number}`);
}
const fresh = [...now].filter(([code]) => !landed.has(code));
if (process.argv.includes('--renew')) {
  const text = readFileSync(list, 'utf8');
  writeFileSync(list, text + fresh.map(([code, number]) => `${code} ${number}\n`).join(''));
} else for (const [code] of fresh) wrong.push(`tests/codes.txt lacks ${code}: node tests/codes.mjs --renew`);
for (const line of wrong) console.log(line);
process.exitCode = wrong.length ? 1 : 0;
