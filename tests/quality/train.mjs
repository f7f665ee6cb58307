// How good suggested categories are, by cross-validation of the very code that suggests:  node tests/quality/train.mjs [--write]
// Data is that of ../shared/data; where that folder is missing it says so and fails. --write puts the lines that are printed into docs/quality.md, between its marks.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BIHUAN, ROOT, SHARED } from '../lib.mjs';

const GOAL = 0.88, DATA = join(SHARED, 'appeals-zh/labelled.csv');
if (!existsSync(DATA)) {
  console.error(`NOT MEASURED: ${DATA} is not there. The data for measuring lies beside this tree, in ../shared/data.`);
  process.exit(1);
}
const done = spawnSync(BIHUAN, ['train', '--cross-validate', DATA, '--title', '留言主题', '--text', '全文', '--label', '一级分类', '--json'], { encoding: 'utf8' });
if (done.status !== 0) throw new Error(done.stderr);
const figures = JSON.parse(done.stdout), three = (value) => value.toFixed(3);
const lines = [
  '| class | texts | precision | recall | F1 |', '|---|---|---|---|---|',
  ...figures.classes.map((c) => `| ${c.label} | ${c.examples} | ${three(c.precision)} | ${three(c.recall)} | ${three(c.f1)} |`), '',
  `| ${figures.folds} folds, ${figures.examples} texts in ${figures.groups} groups | |`, '|---|---|',
  `| macro F1 | ${three(figures.macro_f1)} |`, `| accuracy | ${three(figures.accuracy)} |`, `| miscalibration (expected calibration error, ten bins) | ${three(figures.miscalibration)} |`,
  ...figures.bounds.map((b) => `| certain to ${Math.round(b.certainty * 100)} % or more | ${three(b.said / figures.examples)} of the texts, ${three(b.right / b.said)} of them right |`),
  `| goal: macro F1 | ≥ ${GOAL}${figures.macro_f1 >= GOAL ? '' : ', **missed**'} |`];
console.log(lines.join('\n'));
if (process.argv.includes('--write')) {
  const path = join(ROOT, 'docs/quality.md'), text = readFileSync(path, 'utf8');
  const [begin, end] = ['<!-- train: begin -->\n', '<!-- train: end -->'];
  writeFileSync(path, text.slice(0, text.indexOf(begin) + begin.length) + lines.join('\n') + '\n' + text.slice(text.indexOf(end)));
}
if (figures.macro_f1 < GOAL) process.exit(1);
