// A real browser for the web tests: Debian's Chromium, headless, with a profile that is gone afterwards. Every page keeps a list of what
// must never happen: a Content-Security-Policy violation, an error in the console or in a script, an answer of 500 and above.
import { chromium } from 'playwright-core';
import { existsSync } from 'node:fs';
import { signIn } from './lib.mjs';

const CHROMIUM = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const WORDS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

export async function startBrowser() {
  if (!CHROMIUM) throw new Error('Chromium is not there; install chromium, or name it in CHROMIUM');
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args: WORDS });
}

/** A window of its own (no cookies), its one page, and what went wrong on it. With an account it is signed in already. */
export async function openWindow(browser, server, { account, password, language = 'zh', dark = false, size = DESK } = {}) {
  const context = await browser.newContext({ viewport: size, colorScheme: dark ? 'dark' : 'light', locale: language === 'zh' ? 'zh-CN' : 'en-GB', baseURL: server.origin, reducedMotion: 'reduce' });
  await context.addInitScript((wanted) => {
    localStorage.setItem('bihuan.language', wanted);
    const ask = window.fetch; // what is asked and not yet answered to the last byte: settled() waits for it
    window.unanswered = 0;
    window.fetch = async (...words) => {
      window.unanswered++;
      const done = () => { window.unanswered--; };
      try {
        const answer = await ask(...words);
        answer.clone().arrayBuffer().then(done, done);
        return answer;
      } catch (problem) { done(); throw problem; }
    };
    document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
  }, language);
  if (account) {
    const client = await signIn(server, account, password);
    const [name, value] = client.cookie.split('=');
    await context.addCookies([{ name, value, url: server.origin }]);
  }
  const page = await context.newPage();
  const trouble = [];
  watchScripts(page);
  page.on('console', (message) => { if (message.type() === 'error') trouble.push(`console: ${message.text()} (${message.location().url})`); });
  page.on('pageerror', (error) => trouble.push(`script: ${error.stack ?? error}`));
  page.on('response', (answer) => { if (answer.status() >= 500) trouble.push(`${answer.status()} ${answer.url()}`); });
  page.setDefaultTimeout(15000);
  return { context, page, trouble };
}

/** Signs in through the form. */
export async function signInByForm(window, account, password) {
  await window.page.goto('/sign-in.html');
  await window.page.fill('#account', account);
  await window.page.fill('#password', password);
  await window.page.click('button[type=submit]');
  await window.page.waitForURL(/\/(tasks|overview|administration|audit)$/);
  await settled(window.page);
}

/** Scripts that a page has asked for and not yet got: a page's own part arrives after the frame around it. */
const awaited = new WeakMap();
function watchScripts(page) {
  const scripts = new Set();
  awaited.set(page, scripts);
  page.on('request', (one) => { if (one.resourceType() === 'script') scripts.add(one); });
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (one) => scripts.delete(one));
}

/** The page has read what it shows: no script is awaited, nothing is being loaded and no question is open, in two frames one after the
    other (what an answer draws may ask again). */
export async function settled(page) {
  await page.waitForSelector('main#main');
  await page.waitForLoadState('load');
  const quiet = () => page.waitForFunction(async () => {
    const quiet = () => !window.unanswered && document.querySelector('main#main > *') && !document.querySelector('main .loading, main [aria-busy=true]');
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    if (!quiet()) return false;
    await frame();
    await frame();
    return quiet();
  });
  await quiet();
  for (const scripts = awaited.get(page); scripts?.size; await quiet()) await Promise.race([page.waitForEvent('requestfinished'), page.waitForEvent('requestfailed')].map((one) => one.catch(() => {})));
}

/** Fills one field of the open dialog, by its declared name, whatever kind of input it has. */
export async function fill(page, name, value) {
  const dialog = page.locator('.el-dialog:visible').last();
  const input = dialog.locator(`[id$="-${name}"]`).first();
  await input.waitFor({ state: 'attached' });
  if (!await input.isVisible()) await dialog.locator('details.fold:not([open]) > summary').click();
  const kind = await input.evaluate((element) => element.getAttribute('role') ?? element.tagName.toLowerCase());
  if (value === true) await input.check();
  else if (kind === 'select') await input.selectOption(value);
  else if (kind === 'combobox' && !await input.evaluate((element) => element.closest('.date-field') !== null)) {
    await input.fill(value);
    await page.locator('.el-select-dropdown__item:visible', { hasText: value }).first().click();
  } else {
    await input.fill(value);
    await input.evaluate((element) => element.dispatchEvent(new Event('change', { bubbles: true })));
  }
}
/** Sends the open dialog; it must close. */
export async function send(page) {
  const dialog = page.locator('.el-dialog:visible').last();
  await dialog.locator('button[type=submit]').click();
  const end = await Promise.race([
    dialog.waitFor({ state: 'hidden' }).then(() => null),
    dialog.locator('.failure').waitFor().then(() => dialog.innerText(), () => null),
  ]);
  if (end) throw new Error('the dialog says: ' + end);
}
/** The text of each match, white space made plain. */
export const texts = async (locator) => (await locator.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
