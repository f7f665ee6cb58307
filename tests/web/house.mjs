// What every file of browser tests stands on, so that it begins with what it tests: a demo store, its server and one browser, gone when the file is done;
// the office and a liaison signed in to the API, the campaign and the store's today; windows in which somebody is signed in.
import { before, after } from 'node:test';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { demoStore, serve, signIn } from '../lib.mjs';
import { openWindow, settled, startBrowser } from '../browser.mjs';

/** The accessibility checker, to be evaluated in a page. */
export const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** `prepare` takes out what the file names and adds what only this file needs. */
export function webHouse(prepare = () => {}) {
  const house = {};
  const passwordOf = (account) => house.store.accounts[account] ?? `password of ${account}`;
  before(async () => {
    house.store = demoStore();
    house.server = await serve(house.store);
    house.browser = await startBrowser();
    [house.office, house.liaison] = await Promise.all(['office', 'liaison-housing'].map((account) => house.client(account)));
    const session = await house.office.ok('GET', '/api/v1/session');
    [house.campaign, house.today, house.unit] = [session.campaign.id, session.store.today, house.liaison.session.user.unit];
    await prepare(house);
  });
  after(async () => { await house.browser?.close(); await house.server?.stop(); house.store?.remove(); });
  return Object.assign(house, {
    client: (account) => signIn(house.server, account, passwordOf(account)),
    inside: (account, more = {}) => openWindow(house.browser, house.server, { account, password: passwordOf(account), ...more }),
    see: async ({ page }, address) => { await page.goto(address); await settled(page); },
  });
}

/** A problem as the office or a unit drafts it, complete enough to be submitted. */
export const draftValues = ({ campaign, unit }, title, more = {}) => ({ title, detail: '居民多次反映', campaign, category: 'livelihood', source: 'research', kind: 'time_limited', level: 'city', lead_unit: unit, root_cause: '多头管理', goal: '住得安心', ...more });
