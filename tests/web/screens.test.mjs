// The pages of the whole ledger, used as people use them in a real browser: a round's answer in one click and with a reason, a comparison whose
// figures open their lists, a policy whose rules are rows and which is seen before it is saved, many problems to another unit, a ledger that comes
// in by steps, and what was signed on paper. What a page says is held against the API.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bihuan, csvText, day, must, signIn } from '../lib.mjs';
import { openWindow, texts } from '../browser.mjs';
import { furnish } from './furnish.mjs';
import { webHouse } from './house.mjs';

let store, server, browser, office, liaison, made, folder;
const { inside, see } = webHouse(async (house) => {
  ({ store, server, browser, office, liaison } = house);
  folder = mkdtempSync(join(tmpdir(), 'bihuan-screens-'));
  made = await furnish(server, store);
});
after(() => { if (folder) rmSync(folder, { recursive: true, force: true }); });

const number = (text) => Number(text.replace(/[^\d]/g, ''));
const today = async () => (await office.ok('GET', '/api/v1/session')).store.today;

test('a nil reply in one click is refused where problems were silent, and stands once a reason is written beside it', async () => {
  const window = await inside('liaison-housing');
  const { page } = window;
  await see(window, '/tasks');
  await page.locator('.task', { hasText: '加报一轮' }).getByRole('button', { name: /零报告/ }).click();
  await page.waitForURL(`**/records/round_answers/${made.answer}`);
  await page.getByRole('button', { name: '零报告', exact: true }).click();
  await page.locator('#answer-reason').fill('本轮没有新进展');
  await page.getByRole('button', { name: '写明理由，零报告' }).click();
  await page.locator('.labs .lab', { hasText: '零报告' }).waitFor();
  assert.equal((await liaison.page('round_answers', made.answer)).record.state, 'nil');
  await window.context.close();
});

test('the figures of a comparison are those of the API, and each opens the list that it counts', async () => {
  const window = await inside('office');
  const { page } = window;
  const ends = `from=${made.frozen}&to=now`;
  await see(window, `/rounds/compare?${ends}`);
  const whole = await office.ok('GET', `/api/v1/rounds/compare?${ends}`);
  assert.ok(whole.identity.added > 0 && whole.identity.balances);
  assert.deepEqual((await texts(page.locator('.ident .eq b'))).map(number), ['opening', 'added', 'reopened', 'moved_in', 'closed', 'withdrawn', 'merged', 'moved_out', 'closing'].map((term) => whole.identity[term]));
  await page.locator('.ident .eq a').first().click();
  await page.waitForFunction((wanted) => document.querySelectorAll('table.compared tbody tr').length === wanted, whole.identity.added);
  const unit = whole.by_unit.find((one) => one.added > 0);
  await page.locator(`a[href*="unit=${unit.unit}"][href*="group=added"]`).first().click();
  await page.waitForFunction((wanted) => document.querySelectorAll('table.compared tbody tr').length === wanted, unit.added);
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('the rounds are one page: how the open one stands, what changed since the last, and who is silent is reminded in one click', async () => {
  const window = await inside('office'), { page } = window;
  const silent = async () => (await office.ok('GET', `/api/v1/round_answers?round=${made.open}&state=awaited,late&full=1&limit=200`)).items;
  const waiting = await silent(), asked = (await office.page('rounds', made.open)).record.asked;
  assert.ok(waiting.length > 0 && waiting.every((one) => !one.reminded), JSON.stringify(waiting));
  await see(window, '/rounds');
  await page.locator('.standing .silent tbody tr').first().waitFor();
  assert.match((await texts(page.locator('h1')))[0], new RegExp(`应报 ${asked} 家，已报 ${asked - waiting.length} 家，未报 ${waiting.length} 家；.*还有 \\d+ 天`));
  assert.equal(await page.locator('.standing .silent tbody tr').count(), waiting.length);
  const whole = await office.ok('GET', `/api/v1/rounds/compare?from=${made.frozen}&to=now`);
  assert.deepEqual((await texts(page.locator('.ident .eq b'))).map(number), ['opening', 'added', 'reopened', 'moved_in', 'closed', 'withdrawn', 'merged', 'moved_out', 'closing'].map((term) => whole.identity[term]), 'with the last frozen round, unasked');
  assert.ok(await page.locator('table.few tbody tr:not(.grp)').count() > 0);

  await page.getByRole('button', { name: `一键催报 ${waiting.length} 家` }).click();
  await page.locator('.standing', { hasText: '今天都催过了' }).waitFor();
  assert.deepEqual((await silent()).map((one) => one.reminded), waiting.map(() => 1));

  await page.locator('table.few .grp a', { hasText: '新增' }).click();
  await page.waitForURL(/\/rounds\?.*group=added/);
  await page.waitForFunction((wanted) => document.querySelectorAll('table.compared tbody tr').length === wanted, whole.identity.added);
  await page.reload();
  await page.waitForFunction((wanted) => document.querySelectorAll('table.compared tbody tr').length === wanted, whole.identity.added);
  assert.match(await page.locator('.counts [aria-current]').innerText(), new RegExp(`^新增\\s+${whole.identity.added}$`), 'what is shown stands in the address');
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('a policy is edited by rows; its preview agrees with the API, and only what was previewed can be saved', async () => {
  const window = await inside('office');
  const { page } = window;
  await see(window, '/policies/new');
  await page.locator('[id$="-name"]').first().fill('更严的口径');
  await page.locator('[id$="-valid_from"]').first().fill(day(await today(), 1));
  await page.locator('.preset-line select').selectOption('dazu');
  const save = page.getByRole('button', { name: '保存口径' });
  assert.equal(await save.isDisabled(), true, 'nothing was previewed');
  await page.locator('.rules li').nth(3).locator('input').fill('35');
  await page.locator('.rules li').nth(3).locator('input').blur();
  await page.getByRole('button', { name: '预览变色' }).click();
  await page.locator('table.matrix').waitFor();
  const { items } = await office.ok('GET', '/api/v1/colour-presets');
  const rules = items.find((one) => one.name === 'dazu').rules.map((rule, index) => (index === 3 ? { ...rule, than: 3500 } : rule));
  const preview = await office.ok('POST', '/api/v1/policies/preview', { values: { name: '更严的口径', campaign: (await office.ok('GET', '/api/v1/session')).campaign.id, valid_from: day(await today(), 1), colour_rules: JSON.stringify(rules) } });
  assert.ok(preview.changed > 0);
  assert.deepEqual((await texts(page.locator('table.matrix tr.sum td'))).map(number).at(-1), preview.total);
  await page.locator('.rules li').nth(3).locator('input').fill('40');
  await page.locator('.rules li').nth(3).locator('input').blur();
  assert.equal(await save.isDisabled(), true, 'what was changed since is previewed again');
  await page.getByRole('button', { name: '预览变色' }).click();
  await page.waitForFunction(() => ![...document.querySelectorAll('button')].find((one) => one.textContent === '保存口径').disabled);
  await save.click();
  await page.waitForURL(/\/records\/policies\/\d+$/);
  const saved = (await office.page('policies', Number(page.url().split('/').at(-1)))).record;
  assert.equal(JSON.parse(saved.colour_rules)[3].than, 4000);
  assert.equal(saved.preset, 'dazu');
  await window.context.close();
});

test('many problems go to another unit: first what can move and why not, then the doing', async () => {
  const window = await inside('office');
  const { page } = window;
  await see(window, `/problems?ids=${made.problem},${(await office.page('rulings', made.ruling)).record.problem}`);
  for (const at of [0, 1]) await page.locator('.vt-body input[type=checkbox]').nth(at).check();
  await page.locator('.bulk button.p').click();
  const dialog = page.locator('.el-dialog:visible');
  await dialog.locator('button[type=submit]').click();
  assert.equal(await dialog.locator('.finding').count(), 2, 'unit and reason are asked beside their fields');
  await dialog.locator('#reassign-to').fill('卫生健康');
  await page.locator('.el-select-dropdown__item:visible', { hasText: '市卫生健康委' }).first().click();
  await dialog.locator('#reassign-reason').fill('职能调整');
  await dialog.locator('button[type=submit]').click();
  await dialog.locator('.plain li').waitFor();
  assert.match((await texts(dialog.locator('.note')))[0], /1 件可以改派；1 件不能改派/);
  await dialog.locator('button[type=submit]').click();
  await dialog.waitFor({ state: 'hidden' });
  const moved = await office.page('problems', made.problem);
  assert.equal(moved.record.lead_unit, (await signIn(server, 'liaison-health', store.accounts['liaison-health'])).session.user.unit);
  await see(window, `/problems/${made.problem}`);
  await page.locator('.holders li').nth(1).waitFor();
  await window.context.close();
});

test('a ledger comes in by steps: errors by cell stop it, the right one is written, the report is there to sign', async () => {
  const window = await inside('office');
  const { page } = window;
  const header = ['序号', '问题', '类别', '责任人', '责任单位', '整改时限'];
  const rows = [['1', '窨井盖缺失无人补', '保障和改善民生', '甲', '市水务局', '2026年12月30日'], ['2', '路灯长明不灭', '保障和改善民生', '乙', '某某局', '2026年12月30日']];
  const wrong = join(folder, 'wrong.csv'), right = join(folder, 'right.csv');
  writeFileSync(wrong, csvText([header, ...rows]));
  writeFileSync(right, csvText([header, rows[0]]));
  await see(window, '/import');
  await page.getByRole('button', { name: '上传并核对' }).click();
  await page.locator('.finding', { hasText: '请选择文件' }).waitFor();
  await page.locator('#ledger-file').setInputFiles(wrong);
  await page.getByText('更多选项').click();
  await page.locator('#ledger-category').selectOption('livelihood');
  await page.getByRole('button', { name: '上传并核对' }).click();
  await page.locator('.found td', { hasText: '某某局' }).waitFor();
  assert.equal(await page.getByRole('button', { name: /^写入/ }).isDisabled(), true);
  await page.locator('#ledger-file').setInputFiles(right);
  await page.getByRole('button', { name: '上传并核对' }).click();
  await page.getByRole('button', { name: '写入 1 件' }).click();
  await page.locator('[role=status]', { hasText: '已写入' }).waitFor();
  assert.equal((await office.ok('GET', `/api/v1/problems?q=${encodeURIComponent('窨井盖缺失')}`)).items.length, 1);
  await page.getByRole('link', { name: '打开迁移报告' }).click();
  await page.locator('.sheet').waitFor();
  assert.match((await texts(page.locator('.sheet')))[0], /已写入.*文件指纹.*签字/);
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('a file whose headers nobody knows: the columns are told in the page, kept for the unit, and known the next time', async () => {
  const window = await inside('liaison-housing');
  const { page } = window;
  const rows = (more) => csvText([['事由编码', '事由', '怎么办', '什么时候'], ['甲-1', '楼道堆物无人清', '现场清理', '2026年12月30日'], ...more]);
  const first = join(folder, 'odd.csv'), later = join(folder, 'odd-later.csv');
  writeFileSync(first, rows([]));
  writeFileSync(later, rows([['甲-2', '屋面积水', '疏通落水管', '2026年12月30日']]));
  await see(window, '/import');
  await page.locator('#ledger-file').setInputFiles(first);
  await page.getByRole('button', { name: '上传并核对' }).click();
  await page.locator('.outcome', { hasText: '表头没有认出来' }).waitFor();
  for (const [header, field] of [['事由编码', 'number'], ['事由', 'title'], ['怎么办', 'title']]) await page.getByLabel(new RegExp(`^${header} `)).selectOption(field);
  await page.locator('.finding', { hasText: '两列选成了同一项' }).waitFor();
  for (const [header, field] of [['怎么办', 'measures'], ['什么时候', 'due']]) await page.getByLabel(new RegExp(`^${header} `)).selectOption(field);
  await page.getByRole('button', { name: '按选择重新核对' }).click();
  await page.locator('#unsaid-category').selectOption('governance');
  await page.getByRole('button', { name: '按选择重新核对' }).click();
  await page.getByRole('button', { name: '写入 1 件' }).click();
  await page.locator('[role=status]', { hasText: '已写入' }).waitFor();
  await page.locator('#ledger-file').setInputFiles(later);
  await page.getByRole('button', { name: '上传并核对' }).click();
  await page.locator('.told', { hasText: '已按本单位保存的对照' }).waitFor();
  await page.getByRole('button', { name: '写入 1 件' }).waitFor();
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('a record that names many others says how many, and opens the list', async () => {
  const units = (await office.ok('GET', '/api/v1/units?limit=200')).items.slice(0, 14), campaign = (await office.ok('GET', '/api/v1/session')).campaign.id;
  const group = await office.create('guidance_groups', { name: '多单位指导组', campaign, units: units.map((unit) => unit.id) });
  const window = await inside('office');
  await see(window, `/records/guidance_groups/${group}`);
  const list = window.page.locator('.fieldlist details');
  assert.equal(await list.locator('summary').innerText(), '共 14 个');
  await list.locator('summary').click();
  const shown = await list.innerText();
  for (const unit of units) assert.ok(shown.includes(unit.name), unit.name);
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('words that are no unit are shown once with the nearest and a search; chosen, the rows come in and the next ledger asks nothing', async () => {
  const window = await inside('office');
  const { page } = window;
  const header = ['编号', '问题', '问题类别', '牵头单位', '整改措施', '整改时限'];
  const row = (number, title, unit) => [number, title, '保障和改善民生', unit, '排查', '2026年12月30日'];
  const first = join(folder, 'former.csv'), later = join(folder, 'former-later.csv');
  writeFileSync(first, csvText([header, row('旧-1', '路灯长明', '水利局'), row('旧-2', '窨井异响', '水利局'), row('旧-3', '护栏缺失', '路桥处')]));
  writeFileSync(later, csvText([header, row('旧-4', '泵站停运', '路桥处')]));
  await see(window, '/import');
  await page.locator('#ledger-file').setInputFiles(first);
  await page.getByRole('button', { name: '上传并核对' }).click();
  const words = page.locator('.told .of-unit');
  await words.first().waitFor();
  assert.deepEqual((await texts(words.locator('label'))).map((text) => text.replace(/\s+/g, ' ').trim()), ['水利局 2 格', '路桥处 1 格']);
  assert.equal(await page.getByRole('button', { name: '按选择重新核对' }).count(), 0, 'nothing is chosen yet');
  await words.first().getByRole('button', { name: '市水务局' }).click();
  await words.nth(1).locator('input').fill('水务局');
  await page.locator('.el-select-dropdown__item:visible', { hasText: '市水务局' }).first().click();
  await page.getByRole('button', { name: '按选择重新核对' }).click();
  await page.getByRole('button', { name: '写入 3 件' }).click();
  await page.locator('[role=status]', { hasText: '已写入' }).waitFor();
  await page.locator('#ledger-file').setInputFiles(later);
  await page.getByRole('button', { name: '上传并核对' }).click();
  await page.getByRole('button', { name: '写入 1 件' }).waitFor();
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('what the unit head signed on paper is entered by the liaison with its picture, and the journal names both', async () => {
  const { problem } = made.applied;
  const window = await inside('liaison-housing');
  const { page } = window;
  await see(window, `/problems/${problem}`);
  await page.locator('.next').getByRole('button', { name: '代录' }).click();
  const dialog = page.locator('.el-dialog:visible');
  await dialog.locator('button[type=submit]').click();
  assert.equal(await dialog.locator('.finding').count(), 2);
  await dialog.locator('#behalf-who').fill('负责人甲');
  await page.locator('.el-select-dropdown__item:visible', { hasText: '负责人甲' }).first().click();
  await dialog.locator('#behalf-file').setInputFiles({ name: 'signed.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 1]) });
  await dialog.locator('button[type=submit]').click();
  await dialog.waitFor({ state: 'hidden' });
  const record = (await office.page('problems', problem)).record;
  assert.equal(record.state, 'endorsed');
  const entry = (await office.ok('GET', `/api/v1/problems/${problem}/journal`)).entries.find((one) => one.action === 'endorse');
  assert.equal(entry.actor, liaison.session.user.id);
  assert.equal(entry.behalf, record.endorser);
  await window.context.close();
});

test('the hand-over slip and the watch page say what the API says', async () => {
  const window = await inside('office');
  const { page } = window;
  await see(window, `/hand_overs/${made.slip}/slip`);
  const slip = await office.ok('GET', `/api/v1/hand_overs/${made.slip}/slip`);
  assert.equal(await page.locator('.sheet tbody tr').count(), slip.items.length);
  assert.equal(await page.locator('.signatures li').count(), 3);
  await see(window, '/watch');
  const broken = await office.ok('GET', '/api/v1/invariants');
  assert.deepEqual((await texts(page.locator('.counts b'))).map(number), broken.rules.map((rule) => rule.count));
  await see(window, '/watch?part=identities');
  await page.locator('.chk', { hasText: '平衡' }).waitFor();
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

for (const language of ['zh', 'en']) {
  test(`the header fits a screen of 1,024 pixels, and 更多 holds the pages beside it (${language})`, async () => {
    const window = await openWindow(browser, server, { account: 'office', password: store.accounts.office, language, size: { width: 1024, height: 700 } });
    const { page } = window;
    await see(window, '/watch');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 1024);
    const boxes = await page.locator('.top > *, .nav a').evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).filter((box) => box.width));
    assert.ok(boxes.every((box) => box.right <= 1024 && box.height <= 48), 'nothing wraps, nothing leaves the screen');
    await page.locator('.more-menu .popbutton').click();
    const offered = await page.locator('.more-menu a').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    for (const address of offered) { await see(window, address); assert.equal(await page.locator('.failure, main .card.state[role=alert]').count(), 0, address); }
    assert.ok(offered.length >= 8, offered.join(' '));
    assert.deepEqual(window.trouble, []);
    await window.context.close();
  });
}

test('a phone call is noted in one click on the chase list, and its answer beside it', async () => {
  const window = await inside('office');
  const { page } = window;
  await see(window, '/chase');
  const list = await office.ok('GET', '/api/v1/chase-list');
  assert.ok(list.items.length > 0, 'something is late');
  const first = list.items[0];
  const row = page.locator('.chase', { has: page.locator(`a[href="/problems/${first.record.id}"]`) });
  await row.getByRole('button', { name: /打过电话/ }).click();
  await row.getByRole('button', { name: /记答复/ }).click();
  await page.locator('.el-dialog:visible textarea').first().fill('下周一前补齐');
  await page.locator('.el-dialog:visible button[type=submit]').click();
  await row.locator('text=下周一前补齐').waitFor();
  const chased = (await office.ok('GET', '/api/v1/chase-list')).items.find((one) => one.record.id === first.record.id).chased;
  assert.equal(chased.by_people, first.chased.by_people + 1);
  assert.equal(chased.last.reply, '下周一前补齐');
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('after all of this the store verifies', () => {
  must(bihuan(store, ['verify']));
});
