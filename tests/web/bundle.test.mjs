// What the pages weigh, read from the built files: script that must be there before a page can be used, as it goes over the wire (gzip). And the floor,
// Chromium 90: what is built names it as its target and uses nothing newer.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { join, basename } from 'node:path';
import { ROOT } from '../lib.mjs';

const DIST = join(ROOT, 'ui/dist');
const ASSETS = join(DIST, 'assets');
const scripts = readdirSync(ASSETS).filter((name) => name.endsWith('.js'));
const styles = [...readdirSync(ASSETS).filter((name) => name.endsWith('.css')).map((name) => join(ASSETS, name)), join(ROOT, 'ui/public/portal.css')];
const text = (name) => readFileSync(join(ASSETS, name), 'utf8');
const packed = (bytes) => gzipSync(bytes, { level: 9 }).length;
const KB = 1000;

/** What a script needs at once; what it loads later is not among it. */
const imports = (name) => [...text(name).matchAll(/(?:^|[;}\s])(?:import|export)\s*(?:[\w$*{][^"'();]*from)?\s*["']\.\/([^"']+\.js)["']/g)].map((found) => found[1]);
function needed(start) {
  const all = new Set();
  const add = (name) => { if (!all.has(name)) { all.add(name); imports(name).forEach(add); } };
  start.forEach(add);
  return all;
}
const entry = (page) => [...readFileSync(join(DIST, page), 'utf8').matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map((found) => found[1]);
const chunk = (page) => { const name = scripts.find((one) => one.startsWith(`${page}-`)); assert.ok(name, `${page} is a chunk of its own`); return name; };
const weight = (names) => [...names].reduce((sum, name) => sum + packed(readFileSync(join(ASSETS, name))), 0);
const within = (names, most, what) => {
  const sum = weight(names);
  assert.ok(names.size > 0 && sum < most, `${what}: ${(sum / KB).toFixed(1)} kB of ${most / KB}: ${[...names].map((name) => `${name} ${(packed(readFileSync(join(ASSETS, name))) / KB).toFixed(1)}`).join(', ')}`);
  return sum;
};

test('signing in takes less than 60 kB of script', () => { within(needed(entry('sign-in.html')), 60 * KB, 'sign-in'); });

test('the public pages take less than 60 kB of script', () => {
  const bytes = readFileSync(join(ROOT, 'ui/public/portal.js'));
  assert.ok(bytes.length > 0 && packed(bytes) < 60 * KB, `${packed(bytes)}`);
});

test('the ledger takes less than 220 kB of script', () => {
  const names = needed([...entry('index.html'), chunk('ProblemsPage')]);
  assert.ok(names.size > 3, [...names].join(' '));
  within(names, 220 * KB, 'ledger');
});

test('curves and road maps are loaded only where they are shown', () => {
  const drawn = scripts.filter((name) => /class:"(curve|gantt)\b/.test(text(name)));
  assert.ok(drawn.length > 0, 'there are charts at all');
  for (const names of [needed(entry('sign-in.html')), needed([...entry('index.html'), chunk('ProblemsPage')]), needed([...entry('index.html'), chunk('TasksPage')])])
    for (const name of drawn) assert.ok(!names.has(name), `${name} is loaded without being shown`);
});

test('the palette and the keys are loaded when first asked for', () => {
  const names = [...needed(entry('index.html'))].map((name) => basename(name));
  for (const late of ['CommandPalette', 'KeysDialog']) assert.ok(scripts.some((name) => name.startsWith(`${late}-`)) && !names.some((name) => name.startsWith(`${late}-`)), late);
});

test('Chromium 90 is the target that the build is told', () => { assert.match(readFileSync(join(ROOT, 'ui/vite.config.ts'), 'utf8'), /target: 'chrome90'/); });

/* Newer than Chromium 90, with the version that brought them. What a browser may pass over without harm (text-wrap, accent-color, page margin boxes) is not among them. */
const NEWER_STYLE = [[':has(', 105], ['@container', 105], ['@layer', 99], ['@scope', 118], ['@starting-style', 117], ['color-mix(', 111], ['oklch(', 111], [':user-valid', 119], ['scrollbar-gutter', 94], ['anchor-name', 125], ['text-box', 133], ['dvh', 108], ['svh', 108], ['subgrid', 117], ['light-dark(', 123]];
const NEWER_SCRIPT = [['structuredClone(', 98], ['.checkVisibility(', 105], ['scheduler.yield(', 129], ['navigation.navigate(', 102], ['URL.canParse(', 120], ['.isWellFormed(', 111], ['Object.hasOwn(', 93], ['.findLast(', 97], ['.findLastIndex(', 97], ['.toSorted(', 110], ['.toReversed(', 110], ['.toSpliced(', 110], ['Object.groupBy(', 117], ['Array.fromAsync(', 121], ['Promise.withResolvers(', 119], ['AbortSignal.timeout(', 103], ['.randomUUID(', 92], ['Promise.try(', 128], ['.showPopover(', 114]];
const NEWER_SYNTAX = [[/\bstatic\s*\{/, 94], [/#[a-z]\w* in /, 91], [/\.at\(-?\d+\)/, 92]];
/* In a style sheet: rules within rules, and one property each for what was a transform. */
const NEWER_RULES = [[/\{[^{}@]*(?:^|[;{\s])(?:&|>|\+|~)[^{};]*\{/m, 112], [/[;{\s](?:translate|rotate|scale):/, 104]];

test('no style is newer than that', () => {
  for (const path of styles) {
    const css = readFileSync(path, 'utf8').replace(/\/\*[^]*?\*\//g, '');
    assert.ok(css.length > 100, path);
    for (const [what, since] of NEWER_STYLE) {
      const at = css.search(new RegExp(`${/^\w/.test(what) ? '\\b\\d*' : ''}${what.replace(/[()]/g, '\\$&')}`));
      assert.equal(at, -1, `${basename(path)} uses ${what} of Chromium ${since}: …${css.slice(Math.max(0, at - 60), at + 40)}…`);
    }
    for (const [what, since] of NEWER_RULES) assert.doesNotMatch(css, what, `${basename(path)} has what came with Chromium ${since}`);
  }
});

test('no script is newer than that', () => {
  for (const name of scripts) {
    // Vue's arrays hand on whichever methods the browser has: that they are named there is no use of them.
    const script = text(name).replace(/\b(\w+)\([\w.,]*\)\{return \w+\(this(?:,"\w+")?\)\.\1\(/g, '');
    for (const [what, since] of NEWER_SCRIPT) assert.ok(!script.includes(what), `${name} uses ${what} of Chromium ${since}: …${script.slice(Math.max(0, script.indexOf(what) - 60), script.indexOf(what) + 40)}…`);
    for (const [what, since] of NEWER_SYNTAX) assert.ok(!what.test(script), `${name} has syntax of Chromium ${since}: ${what}`);
  }
});
