// Counts what a person does on the way to their goal, in the browser itself: every press of the mouse, two for a choice out of a list that the system
// draws (open, choose), and every field that is typed into. What a test script calls its steps does not matter: it is the page that tells.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lib.mjs';

/** Begins to count in a window; gives {clicks, fields}, which go on growing. */
export async function counting({ context }) {
  const count = { clicks: 0, typed: new Set(), get fields() { return this.typed.size; } };
  await context.exposeBinding('countedByTest', (_source, what, key) => { if (what === 'press') count.clicks += 1; else if (what === 'choice') count.clicks += 2; else count.typed.add(key); });
  await context.addInitScript(() => {
    const numbers = new WeakMap();
    let last = 0;
    addEventListener('pointerdown', (event) => { if (event.isTrusted) void window.countedByTest('press'); }, true);
    addEventListener('change', (event) => { if (event.target.matches?.('select')) void window.countedByTest('choice'); }, true);
    addEventListener('input', (event) => {
      if (!event.target.matches?.('textarea, input:not([type=checkbox], [type=radio], [type=file])')) return;
      if (!numbers.has(event.target)) numbers.set(event.target, ++last);
      void window.countedByTest('typed', `${performance.timeOrigin} ${numbers.get(event.target)}`);
    }, true);
  });
  return count;
}

const PATH = join(ROOT, 'docs/usability.md');
const row = (one) => `| ${one.who} | ${one.what} | ${one.clicks} | ${one.fields} | ${one.reads.replaceAll('|', '／')} |`;
const HEAD = `# Usability: from sign-in to done

Every user's main job, walked in a real browser by [\`tests/web/usability.test.mjs\`](../tests/web/usability.test.mjs), which counts and writes this page: \`node tests/web/usability.test.mjs --write\`.
The test fails when a walk takes another number of clicks than is written here. A click is a press of the mouse or of the finger (a choice out of a list that the system draws counts two); a field is one that is typed into, however much;
the presses are those that the browser saw. Signing in comes before each walk and is the same for all: one click, two fields. "Reads" is what the page says at the end, as the demo store has it.

`;
const TAIL = (share) => `
The monthly report: of its ${share.cells} cells (the figures, and of each of the eight problems its colour, title, number, date, progress and last report) ${share.filled} are filled in from the ledger, ${Math.floor((100 * share.filled) / share.cells)} %; the rest is one
sentence of progress for each problem and a note that may stay empty. Goals, held by the test: closing a problem that is put right at once ≤ 3 clicks, a nil reply 1, the monthly report of eight problems ≤ 20 with at least 80 % filled in.

What no page walks through: backups, restoring, passwords and proofs are commands of the data and security officers ([commands.md](commands.md), [operations.md](operations.md)).
`;
/** Writes the document from what was counted. */
export function writeDocument(walks, share) {
  writeFileSync(PATH, `${HEAD}| who | does what | clicks | fields | reads |\n|---|---|---|---|---|\n${walks.map(row).join('\n')}\n${TAIL(share)}`);
}
/** What the document says: {"who: what": clicks}. */
export function documented() {
  const lines = readFileSync(PATH, 'utf8').split('\n').filter((line) => /^\| (?!who |---)/.test(line)).map((line) => line.split('|').map((cell) => cell.trim()));
  return Object.fromEntries(lines.map(([, who, what, clicks]) => [`${who}: ${what}`, Number(clicks)]));
}
