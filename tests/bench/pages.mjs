// What the pages take in a real browser: `node tests/bench/pages.mjs [--million FOLDER] [--runs N]`. Each measurement takes ours and its raw limit by turns and gives the
// median of N (5): a filter of the demo city's 1,858 problems, the next page of a list of a million (a store that `bihuan bench lists --keep FOLDER` made; it is
// copied), the page of a problem and a page of the public on a slow machine and line, which Chromium itself slows down. The raw limit of the first two is
// the bare request from the same page, of the others a file of a few hundred bytes of the same server, opened the same way. Figures go into docs/performance.md by hand.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountsOf, bihuan, freshStore, must, serve, signIn } from '../lib.mjs';
import { servePortal } from '../public.mjs';
import { startBrowser, openWindow, settled } from '../browser.mjs';

const option = (name, preset) => { const at = process.argv.indexOf(name); return at < 0 ? preset : process.argv[at + 1]; };
const RUNS = Number(option('--runs', 5)), MILLION = option('--million', null);
const median = (values) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
const shown = (value) => (value < 10 ? value.toFixed(1) : String(Math.round(value)));

/** Ours and raw by turns: prints the medians and every figure. */
async function measure(what, goal, ours, raw) {
  const figures = { ours: [], raw: [] };
  await ours(); // once to warm
  for (let run = 0; run < RUNS; run++) { figures.raw.push(await raw()); figures.ours.push(await ours()); }
  const [one, other] = [median(figures.ours), median(figures.raw)];
  console.log(`${what}: ${shown(one)} ms, raw ${shown(other)} ms, goal < ${goal} ms: ${one < goal ? 'reached' : 'MISSED'} (${figures.ours.map(shown).join(' ')} | ${figures.raw.map(shown).join(' ')})`);
}

/** Milliseconds from an act in the page until it shows what is waited for and the frame after is drawn. */
const until = (page, act, holds) => page.evaluate(async ([act, holds]) => {
  const done = new Function(`return (${holds})`), begun = performance.now();
  new Function(act)();
  while (!done()) await new Promise((go) => requestAnimationFrame(go));
  await new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
  return performance.now() - begun;
}, [act, holds]);
const bare = (page, address) => page.evaluate(async (path) => { const begun = performance.now(); await (await fetch(path)).json(); return performance.now() - begun; }, address);

/** A window of its own, its cache empty, slowed down: processor so many times, a line of so many bits a second with a delay. */
async function slow(open, { times, bits, delay }) {
  const window = await open();
  const session = await window.context.newCDPSession(window.page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: delay, downloadThroughput: bits / 8, uploadThroughput: bits / 8 });
  await session.send('Emulation.setCPUThrottlingRate', { rate: times });
  return window;
}

async function city(browser) {
  const store = freshStore();
  must(bihuan(store, ['demo', '--city']));
  store.accounts = accountsOf(store);
  const { server, portal } = await servePortal(store);
  try {
    const inside = () => openWindow(browser, server, { account: 'office', password: store.accounts.office });
    const list = await inside();
    await list.page.goto('/problems');
    await settled(list.page);
    await list.page.locator('.vt-body .vt-row').first().waitFor();
    // green: the whole list begins with red, so that its rows tell which of the two stands there
    const input = `[...document.querySelectorAll('.chips label')].find((one) => one.textContent.includes('绿')).querySelector('input')`;
    const chip = (on) => `${input}.checked ${on ? '||' : '&&'} ${input}.click()`;
    const rows = `[...document.querySelectorAll('.vt-body .vt-row')]`, green = `${rows}.filter((row) => row.querySelector('.tag.c-green')).length`;
    const greenOnly = `${rows}.length > 5 && ${green} === ${rows}.length`, all = `${rows}.length > 5 && ${green} === 0`;
    await measure('filter of 1,858 rows by a colour', 100, async () => {
      await until(list.page, chip(false), all);
      await list.page.waitForTimeout(200);
      return until(list.page, chip(true), greenOnly);
    }, () => bare(list.page, '/api/v1/problems?colour=green&full=1&limit=100'));
    await list.context.close();

    const office = await signIn(server, 'office', store.accounts.office);
    const problem = (await office.ok('GET', '/api/v1/problems?state=rectifying&limit=1&sort=due')).items[0].id;
    const opened = async (address, ready, conditions, of) => {
      const window = await slow(of, conditions), begun = performance.now();
      await window.page.goto(address, { waitUntil: 'commit' });
      await window.page.locator(ready).first().waitFor();
      const took = performance.now() - begun;
      await window.context.close();
      return took;
    };
    const desk = { times: 4, bits: 10e6, delay: 20 };
    await measure('page of a problem usable, processor 4× slower, 10 Mbit/s', 2500, () => opened(`/problems/${problem}`, '.next .row button, .next .closed', desk, inside), () => opened('/icon.svg', 'svg', desk, inside));

    const outside = async () => { const context = await browser.newContext({ viewport: { width: 390, height: 844 }, baseURL: portal }); return { context, page: await context.newPage() }; };
    const phone = { times: 6, bits: 1.6e6, delay: 150 };
    const painted = async (address) => {
      const window = await slow(outside, phone);
      await window.page.goto(address);
      const took = await window.page.evaluate(() => new Promise((done) => { new PerformanceObserver((list) => list.getEntriesByName('first-contentful-paint').forEach((one) => done(one.startTime))).observe({ type: 'paint', buffered: true }); }));
      await window.context.close();
      return took;
    };
    await measure('first paint of a public page, processor 6× slower, 1.6 Mbit/s', 1500, () => painted('/public/problems'), () => painted('/public/data/tree-head.txt'));
  } finally { await server.stop(); store.remove(); }
}

async function million(browser) {
  const data = mkdtempSync(join(tmpdir(), 'bihuan-pages-'));
  cpSync(MILLION, data, { recursive: true });
  const store = { data, db: null, words: ['--data', data] };
  try {
    const { office } = accountsOf(store), server = await serve(store);
    try {
      const { page, context } = await openWindow(browser, server, { account: 'office', password: office });
      await page.goto('/problems');
      await settled(page);
      await page.locator('.vt-body .vt-row').first().waitFor();
      const last = '(Math.max(...[...document.querySelectorAll(".vt-body .vt-row")].map((row) => Number(row.getAttribute("aria-rowindex")))))';
      const loaded = () => page.evaluate(`Number(document.querySelector('.tfoot').textContent.replace(/,/g, '').match(/\\d+/)[0])`);
      await measure('next page of a list of a million', 300, async () => {
        const before = await loaded();
        return until(page, `const box = document.querySelector('.vt'); (box.querySelector('.vt-scroll') ?? [...document.querySelectorAll('.vt, .vt *')].find((one) => one.scrollHeight > one.clientHeight + 40 && getComputedStyle(one).overflowY !== 'visible')).scrollTop = 1e9`, `Number(document.querySelector('.tfoot').textContent.replace(/,/g, '').match(/\\d+/)[0]) > ${before} && ${last} > 0`);
      }, () => bare(page, '/api/v1/problems?full=1&limit=100'));
      await context.close();
    } finally { await server.stop(); }
  } finally { rmSync(data, { recursive: true, force: true }); }
}

const browser = await startBrowser();
try {
  await city(browser);
  if (MILLION) await million(browser);
} finally { await browser.close(); }
