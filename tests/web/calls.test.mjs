// Calling back in a real browser: the one at hand with its text and its answer, three questions by digits or by clicks, the next one at hand after saving; who may not
// call is told before anything is typed. And the page of an appeal: its clocks in words, its groups, calls and exclusions beside them.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { ROOT, bihuan, csvText, day, demoStore, followed, must, scratch, serve, signIn, until } from '../lib.mjs';
import { startBrowser, openWindow, settled } from '../browser.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SCREENS = join(ROOT, 'build/test/screens');
const WORDS = { title: '楼道灯不亮', text: '二号楼三层楼道灯坏了半个月，老人上楼摸黑。', answer: '已更换灯具并检查其余楼层。' };
let store, server, browser, office, housing, sysadmin, secadmin, unit, today, serial = 0;
const password = (account) => store.accounts[account] ?? `password of ${account}`;
async function person(account, role, of) {
  const user = await sysadmin.create('users', { account, name: account, unit: of });
  must(bihuan(store, ['user', 'password', account, '--as', 'sysadmin', '--password-stdin'], { input: password(account) + '\n' }));
  await secadmin.create('grants', { user, role, unit: null, secrecy: 'internal' });
}
async function toCall(more = {}) {
  const id = await office.create('appeals', { number: `HF-${++serial}`, title: `${WORDS.title} ${serial}`, text: WORDS.text, place: '银杏里', person: '住户', phone: `1380000${String(1000 + serial)}`, made_at: `${today}T09:00:00+08:00`, kind: 'complaint', ...more });
  await office.do('appeals', id, 'assign', { unit });
  await housing.do('appeals', id, 'contact', {}, '电话联系');
  await housing.do('appeals', id, 'answer', { answer: WORDS.answer, outcome: 'solved' });
  await office.do('appeals', id, 'call_back');
  return id;
}
const recordOf = async (id) => (await office.page('appeals', id)).record;

before(async () => {
  mkdirSync(SCREENS, { recursive: true });
  store = demoStore();
  server = await serve(store);
  browser = await startBrowser();
  [office, housing, sysadmin, secadmin] = await Promise.all(['office', 'liaison-housing', 'sysadmin', 'secadmin'].map((account) => signIn(server, account, store.accounts[account])));
  today = (await office.ok('GET', '/api/v1/session')).store.today;
  unit = housing.session.user.unit;
  await person('caller', 'caller', office.session.user.unit);
  await person('insider', 'caller', unit);
});
after(async () => { await browser?.close(); await server?.stop(); store?.remove(); });

const inside = (account, more = {}) => openWindow(browser, server, { account, password: password(account), ...more });
const see = async ({ page }, address) => { await page.goto(address); await settled(page); };
const atHand = (page) => page.locator('.calling > section h2').innerText();

test('the appeal’s text and the unit’s answer stand beside the questions; digits answer, Enter notes it, and the next one is at hand', async () => {
  const ids = [await toCall(), await toCall(), await toCall()];
  const window = await inside('caller'), { page } = window;
  await see(window, `/calls?open=${ids[0]}`);
  await page.getByText(WORDS.answer).waitFor();
  assert.ok(await page.locator('.call-texts').getByText(WORDS.text).isVisible());
  await page.screenshot({ path: join(SCREENS, 'calls.png'), fullPage: true });
  assert.match(await page.locator('.phone').innerText(), /\*/, 'the number is masked at first');
  await page.getByRole('button', { name: '看电话' }).click();
  await page.getByText('13800001001').waitFor();
  await page.locator('input[name=contacted]').first().focus();
  for (const [at, key] of ['1', '2', '2'].entries()) {
    await page.keyboard.press(key);
    await until('it is answered', async () => (await page.locator('form.asks input:checked').count()) === at + 1);
  }
  await until('with all three answered one stands on the button', () => page.getByRole('button', { name: /记下，接着打/ }).evaluate((button) => button === document.activeElement));
  await page.keyboard.press('Enter');
  await until('the next is at hand', async () => (await atHand(page)).includes('HF-2 '));
  const first = await recordOf(ids[0]);
  assert.deepEqual([first.called, first.called_outcome, first.called_satisfaction], ['contacted', 'explained', 'fairly']);
  await until('its first question is where the keys go', () => page.evaluate(() => document.activeElement?.getAttribute('name') === 'contacted'));
  await page.keyboard.press('0');
  await until('it is noted as not reached', async () => (await recordOf(ids[1])).called === 'not_reached');
  await until('the third is at hand', async () => (await atHand(page)).includes('HF-3 '));
  await until('its answer stands beside', () => page.getByText(WORDS.answer).isVisible());
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('by clicks alone, with the person’s own words; arrows walk a question without leaving it', async () => {
  const id = await toCall(), window = await inside('caller'), { page } = window;
  await see(window, `/calls?open=${id}`);
  await page.getByText(WORDS.answer).waitFor();
  const save = page.getByRole('button', { name: /记下，接着打/ });
  assert.ok(await save.isDisabled(), 'half an answer is not noted');
  await page.getByLabel('没联系').check();
  await page.locator('input[name=outcome]').first().focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('value')), 'unsolved');
  await page.locator('.pick', { hasText: '不满意' }).click();
  await page.getByLabel('诉求人原话').fill('灯还是不亮');
  await save.click();
  await until('it is noted', async () => (await recordOf(id)).called === 'not_contacted');
  const [call] = (await office.ok('GET', `/api/v1/call_backs?appeal=${id}&full=1`)).items;
  assert.deepEqual([call.outcome, call.satisfaction, call.words], ['unsolved', 'dissatisfied', '灯还是不亮']);
  await window.context.close();
});

test('a caller of the handling unit is told at once that it is not his to call, and sees no number; what is excluded is not in the queue', async () => {
  const [mine, gone] = [await toCall(), await toCall()];
  const asked = await housing.create('exclusions', { appeal: gone, reason: 'unreasonable', why: '要求明显不合理' });
  await office.do('approvals', (await office.ok('GET', `/api/v1/approvals?type=exclusion&record=${asked}`)).items[0].id, 'agree');
  const window = await inside('insider'), { page } = window;
  await see(window, `/calls?open=${mine}`);
  await page.getByText('不能回访自己办的诉求').last().waitFor();
  await page.locator('.calling .note').waitFor();
  assert.equal(await page.locator('form.asks').count(), 0);
  assert.equal(await page.getByRole('button', { name: '看电话' }).count(), 0);
  const queue = await page.locator('.queue li').allInnerTexts();
  assert.ok(queue.some((text) => text.includes(`HF-${serial - 1} `)) && !queue.some((text) => text.includes(`HF-${serial} `)));
  await page.getByRole('button', { name: '跳过，看下一件' }).click();
  await until('another is at hand', async () => !(await atHand(page)).includes(`HF-${serial - 1} `));
  await window.context.close();
});

test('the page of an appeal says by when, what is left or how late, by which rule; its event and class, calls and exclusions stand beside', async () => {
  const late = await office.create('appeals', { number: `HF-${++serial}`, title: '楼顶漏水', text: '六楼楼顶漏水，墙皮掉了一地。', place: '海棠坊', made_at: `${day(today, -30)}T09:00:00+08:00`, kind: 'complaint' });
  await office.create('appeals', { number: `HF-${++serial}`, title: '海棠坊楼顶漏水', text: '海棠坊六楼楼顶漏水，墙皮掉了一地，没人修。', place: '海棠坊', made_at: `${today}T09:00:00+08:00`, kind: 'complaint' });
  const done = await toCall();
  await office.create('call_backs', { appeal: done, reached: true, contacted: true, outcome: 'partly', satisfaction: 'fairly', words: '还有一层没修' });
  await housing.create('exclusions', { appeal: done, reason: 'repeated', why: '同一人多次反映' });
  await followed(server);
  const { clocks } = await office.ok('GET', `/api/v1/appeals/${late}/clocks`), answer = clocks.find((clock) => clock.name === 'answer');
  const window = await inside('office'), { page } = window;
  await see(window, `/records/appeals/${late}`);
  const panel = page.getByRole('region', { name: '期限' });
  await panel.getByText('自诉求时间起 5 个工作日内').waitFor();
  const said = await panel.innerText();
  assert.match(said, new RegExp(`已超期 ${-answer.days} 天（${-answer.working_days} 个工作日）`));
  assert.match(said, /派单后开始计时/);
  assert.match(said, new RegExp(`${answer.due.slice(0, 10)} 周[一二三四五六日] 前`), 'with its weekday');
  await panel.getByRole('link', { name: '2 件诉求' }).waitFor();
  assert.equal(await page.locator('.fieldlist dt', { hasText: '答复期限' }).count(), 0, 'no bare field beside it');
  await see(window, `/records/appeals/${done}`);
  await panel.getByText('第 1 次：部分解决，基本满意').waitFor();
  const beside = await panel.innerText();
  assert.match(beside, /还有一层没修/);
  assert.match(beside, /重复|多次/);
  assert.match(beside, /待审批/);
  assert.match(beside, /按期完成/);
  await page.screenshot({ path: join(SCREENS, 'appeal-clocks.png'), fullPage: true });
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('a caller begins at what waits: so many in bulk, and from there to the calls; a unit that only reads is told so; a historic appeal says why no clock runs', async () => {
  await toCall();
  const { groups } = await (await signIn(server, 'caller', password('caller'))).ok('GET', '/api/v1/tasks'), waiting = groups.reduce((sum, one) => sum + one.count, 0);
  const window = await inside('caller'), { page } = window;
  await see(window, '/');
  await page.getByRole('heading', { level: 1, name: `成批的有 ${waiting} 件` }).waitFor();
  await page.getByRole('link', { name: /看清单/ }).first().click();
  await page.waitForURL('**/calls');
  await page.locator('.call-texts').waitFor();
  await window.context.close();
  const reading = await inside('liaison-housing');
  await see(reading, '/calls');
  await reading.page.getByText('不由您回访').waitFor();
  assert.equal(await reading.page.locator('form.asks').count(), 0);
  await reading.context.close();
  const rows = [['留言编号', '留言主题', '留言时间', '留言详情'], ['LS-1', '多年前的路灯', '2019/3/4 10:00:00', '路灯不亮']];
  const files = scratch(), office2 = await inside('office');
  must(bihuan(store, ['import', 'appeals', files.put('old.csv', csvText(rows)), '--as', 'office']));
  files.remove();
  const [old] = (await office.ok('GET', '/api/v1/appeals?number=LS-1')).items;
  await see(office2, `/records/appeals/${old.id}`);
  const said = await office2.page.getByRole('region', { name: '期限' }).innerText();
  assert.match(said, old.historic ? /历史数据，不计时/ : /已超期/);
  assert.equal((await recordOf(old.id)).historic, true, 'made before the base-line day');
  await office2.context.close();
});

for (const [language, dark, size] of [['zh', false, { width: 1440, height: 900 }], ['en', true, { width: 390, height: 844 }]]) {
  test(`axe finds nothing on the page of call-backs and of an appeal, and neither is wider than the window (${language}, ${dark ? 'dark, narrow' : 'light, wide'})`, async () => {
    const id = await toCall(), found = [], window = await inside('office', { language, dark, size });
    for (const address of [`/calls?open=${id}`, `/records/appeals/${id}`]) {
      await see(window, address);
      await window.page.locator(address.startsWith('/calls') ? '.call-texts' : '.clocks').waitFor();
      await window.page.evaluate(AXE);
      const { violations } = await window.page.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }), TAGS);
      found.push(...violations.map((one) => `${address} ${one.id}: ${one.nodes[0].html.slice(0, 160)}`));
      const wide = await window.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) found.push(`${address} is ${wide} px wider than the window`);
      await window.page.screenshot({ path: join(SCREENS, `${address.startsWith('/calls') ? 'calls' : 'appeal-clocks'}-${language}.png`), fullPage: true });
    }
    assert.deepEqual(found, []);
    assert.deepEqual(window.trouble, []);
    await window.context.close();
  });
}
