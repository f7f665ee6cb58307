// Lines of code are at most 140 characters wide, so that two files stand side by side on a screen.
//   node tests/widths.mjs     prints those that are wider, one a line; exit 1 when there are any
// Not meant: rows of tables (a row is read across), texts that would have to be cut, macros. clang-format wraps by .clang-format:
//   clang-format -i --lines=N:N FILE
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const WIDEST = 140, LONGEST_TEXT = WIDEST - 30;
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const files = spawnSync('git', ['ls-files', 'src', 'tests/unit'], { cwd: root, encoding: 'utf8' }).stdout.split('\n').filter((name) => /\.[ch]$/.test(name));
let wrong = 0;

/** The same text with comments and what stands in quotes blanked, so that braces can be counted. */
const blanked = (text) => text.replace(/\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, (found) => found.replace(/[^\n]/g, ' '));

for (const file of files) {
  const lines = readFileSync(join(root, file), 'utf8').split('\n'), code = blanked(lines.join('\n')).split('\n');
  let depth = 0, table = false;
  lines.forEach((line, at) => {
    if (depth === 0 && /(= *\{|\[\] *=|= *$|^enum )/.test(code[at])) table = true;
    const macro = line.endsWith('\\') || (lines[at - 1] ?? '').endsWith('\\') || line.startsWith('#');
    const text = Math.max(0, ...[...line.matchAll(/"(?:\\.|[^"\\])*"/g)].map(([one]) => one.length));
    if ([...line].length > WIDEST && !table && !macro && !/^ *["{[.]/.test(line) && text < LONGEST_TEXT) { wrong++; console.log(`${file}:${at + 1} is ${[...line].length} characters wide; ${WIDEST} are right`); }
    depth = Math.max(0, depth + code[at].split('{').length - code[at].split('}').length);
    if (depth === 0 && /[;}] *$/.test(code[at])) table = false;
  });
}
process.exit(wrong ? 1 : 0);
