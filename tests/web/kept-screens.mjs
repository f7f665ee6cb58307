// Pictures of every page, kept under docs/screens: `node tests/web/kept-screens.mjs` renews them and their index (with names of pictures of the staff's pages, `problems-dark` too: those alone), from a demo store whose records, dates and clock are the same each
// time (what differs from run to run, the moments of the day and the journal's last number, differs in the pictures too). Zh and light for every page of the tables;
// a chosen few dark, in English and on a phone. Nothing here is a test: tests/web/pages.test.mjs says whether one is missing.
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT, signIn } from '../lib.mjs';
import { smallPng } from '../png.mjs';
import { portalStore, servePortal } from '../public.mjs';
import { DESK, PHONE, openWindow, settled, startBrowser } from '../browser.mjs';
import { furnish, furnishWorkbench } from './furnish.mjs';
import { addPeople } from './people.mjs';
import { publicPages, staffPages } from './addresses.mjs';

export const FOLDER = join(ROOT, 'docs/screens');
const IDS = new Proxy({}, { get: () => 1 });
/** The staff's pages and the public's, each with the name of its picture: what docs/screens has to hold. */
export const keptNames = () => ['sign-in', ...staffPages(IDS).map((one) => one.name), ...publicPages(IDS).map(publicName)];
function publicName(path) {
  if (path.endsWith('/999999')) return 'public-not-found'; // not to take the place of a problem that is there
  const words = path.replace(/\?.*/, '').split('/').filter(Boolean);
  if (path.includes('?')) words.push('filtered');
  return ['public', ...words.map((word) => (/^\d+$/.test(word) ? 'one' : word))].join('-').replace(/^public$/, 'public-home');
}
const DARK = ['overview', 'problems', 'problem-planned', 'tasks'], ENGLISH = ['overview', 'problem-planned', 'tasks'], NARROW = ['tasks-liaison', 'overview', 'problem-planned', 'problems'];

async function picture(page, name) {
  const path = join(FOLDER, `${name}.png`);
  await page.waitForTimeout(300); // what slides and draws itself has come to rest: a picture, no test
  writeFileSync(path, smallPng(await page.screenshot()));
}
async function staff(browser, server, store, made, { language = 'zh', dark = false, size = DESK, only = null, suffix = '' } = {}) {
  const windows = {};
  for (const { name, address, account } of staffPages(made).filter((one) => !only || only.includes(one.name))) {
    const { page } = (windows[account] ??= await openWindow(browser, server, { account, password: store.accounts[account], language, dark, size }));
    await page.goto(address);
    await settled(page);
    await picture(page, name + suffix);
  }
  for (const { context } of Object.values(windows)) await context.close();
}
async function outside(browser, origin, addresses) {
  const context = await browser.newContext({ viewport: DESK, baseURL: origin, locale: 'zh-CN' }), page = await context.newPage();
  for (const [name, address] of addresses) { await page.goto(address); await page.locator('main').first().waitFor(); await picture(page, name); }
  await context.close();
}
/** One problem that is released, with what a picture of the public needs. */
async function released(server, store) {
  const releaser = await signIn(server, 'releaser', store.accounts.releaser);
  const waiting = (await releaser.ok('GET', '/api/v1/releases?limit=50')).items.filter((one) => one.state === 'proposed' || one.state === 'waiting' || one.state === 'draft');
  for (const one of waiting.slice(0, 3)) await releaser.act('releases', one.id, 'release');
  return (await releaser.ok('GET', '/api/v1/releases?state=released&limit=1')).items[0].problem;
}

function index() {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.png')).sort();
  const size = files.reduce((sum, name) => sum + statSync(join(FOLDER, name)).size, 0);
  writeFileSync(join(FOLDER, 'README.md'), `# The pages in pictures

Every page of [\`ui/src/routes.ts\`](../../ui/src/routes.ts) and of the public's portal, 1440 × 900, in Chinese and light; \`-dark\`, \`-en\` and \`-390\` (a phone) of a few. All of it demo data.
Renewed by \`node tests/web/kept-screens.mjs\`, which writes this list too (${files.length} pictures, ${(size / 1e6).toFixed(1)} MB).

${files.map((name) => `- [${name.replace('.png', '')}](${name})`).join('\n')}
`);
  return { count: files.length, size };
}

async function renew(only) {
  if (!only.length) rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const store = portalStore(), { server, portal } = await servePortal(store), browser = await startBrowser();
  try {
    const made = { ...await furnish(server, store), ...await furnishWorkbench(server, store), ...await addPeople(server, store, { releaser: false }) };
    made.working = made.problem;
    const wanted = (names, suffix) => names.filter((name) => !only.length || only.includes(name + suffix));
    await staff(browser, server, store, made, { only: only.length ? only : null });
    await staff(browser, server, store, made, { dark: true, only: wanted(DARK, '-dark'), suffix: '-dark' });
    await staff(browser, server, store, made, { language: 'en', only: wanted(ENGLISH, '-en'), suffix: '-en' });
    await staff(browser, server, store, made, { size: PHONE, only: wanted(NARROW, '-390'), suffix: '-390' });
    if (only.length) return;
    const shown = await released(server, store);
    await outside(browser, server.origin, [['sign-in', '/sign-in.html']]);
    await outside(browser, portal, publicPages({ shown, publicised: shown }).map((path) => [publicName(path), '/public' + path]));
  } finally {
    await browser.close();
    await server.stop();
    store.remove();
    index();
  }
  const { count, size } = index();
  console.log(`${count} pictures, ${(size / 1e6).toFixed(1)} MB`);
}
if (process.argv[1] === fileURLToPath(import.meta.url)) await renew(process.argv.slice(2));
