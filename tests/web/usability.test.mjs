// Every user of the program walks from sign-in to done of their main job in a real browser; the browser counts the clicks, docs/usability.md has them, and three
// of them have a bound. `node tests/web/usability.test.mjs --write` renews the document.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ROOT, bihuan, day, followed, must, signIn, until } from '../lib.mjs';
import { portalStore, servePortal } from '../public.mjs';
import { PHONE, startBrowser, openWindow, settled, signInByForm, fill, send, texts } from '../browser.mjs';
import { addPeople, person } from './people.mjs';
import { counting, documented, writeDocument } from './usability-count.mjs';

const PICTURE = { name: '整改后.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') };
/* A unit's ledger as it is kept by hand: title and date above, several measures in a cell, 同上, dates in words, a category that nobody has, a row of signatures. */
const LEDGER = { name: '整改台账（最终版）.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff市住建委问题整改台账,,,,,,
填报日期：2026年11月,,,,,,
序号,问题,类别,整改措施,责任单位,整改时限,整改进展
1,电梯停用无人修,保障和改善民生,"1.逐台排查；2.更换部件（12月底前）",市住建委,2026年12月底前,已排查
2,外墙瓷砖脱落,同上,一是围挡；二是修补,同上,长期坚持,围挡已设
3,工地围挡破损,—,限期修复,市住建委,12月中旬,
,,,,填表人：王某,,审核人：
`) };
const WALKS = [];
let store, server, portal, browser, office, housing, district, today, campaign, made, share;

const as = (account) => signIn(server, account, store.accounts[account]);
async function problemOf(title, unit, more = {}, upto = 'assign') {
  const id = await office.create('problems', { title, detail: '居民多次反映', campaign, category: 'livelihood', source: 'research', kind: 'time_limited', level: 'city', lead_unit: unit, root_cause: '多头管理', goal: '住得安心', ...more });
  for (const action of ['submit', 'admit', 'assign']) {
    await office.do('problems', id, action, action === 'assign' ? { due: day(today, 5) } : {});
    if (action === upto) break;
  }
  return id;
}
/** Under way with one measure; with `applied` it is done and waits for the signature. */
async function underWay(client, title, more = {}, applied = null) {
  const unit = client.session.user.unit, id = await problemOf(title, unit, more);
  await client.do('problems', id, 'take');
  const measure = await client.create('measures', { problem: id, title: '逐处整治', weight: 10000, start: today, due: day(today, 5), owner: '李某', unit });
  await client.do('problems', id, 'start', { owner: '张某' });
  if (!applied) return id;
  await client.do('measures', measure, 'finish', { note: '完成' });
  await applied.do('measures', measure, 'accept_measure');
  await client.create('evidences', { problem: id, title: '竣工单' });
  await client.do('problems', id, 'apply', { progress_note: '全部完成' });
  return id;
}
/** Accepted on the spot, publicised to the public, and released: whoever reads it may object. */
async function publicised(title, acceptor, head) {
  const id = await underWay(housing, title, {}, acceptor), [second, releaser] = await Promise.all(['acceptor-2', 'releaser'].map(as));
  await head.do('problems', id, 'endorse');
  for (const one of [acceptor, second]) await one.accept(id);
  await office.do('problems', id, 'publicise', { publicity_scope: 'public' });
  await releaser.do('releases', (await office.page('problems', id)).releases[0].id, 'release');
  return id;
}
/** Closed at once, in a campaign that draws every such closing. */
async function drawn(title) {
  const every = await office.create('campaigns', { name: '抽查专项', code: 'CC', prefix: 'CC-', valid_from: today, valid_to: day(today, 700) });
  await office.create('policies', { name: '全部抽查', campaign: every, valid_from: today, draw_c: 10000, draw_seed: '公布的种子' });
  const id = await problemOf(title, housing.session.user.unit, { campaign: every, kind: 'at_once', source: 'appeals', level: 'unit' });
  await housing.do('problems', id, 'take');
  await housing.create('evidences', { problem: id, title: '整改后照片', note: '已清理' });
  await housing.do('problems', id, 'apply', { progress_note: '已清理' });
  return id;
}
/** A unit with a liaison of its own. */
async function unitOf(name, account) {
  const root = (await office.ok('GET', '/api/v1/units?limit=200')).items.find((one) => !one.parent).id;
  const unit = await office.create('units', { name, kind: 'government', parent: root });
  await person(server, store, account, '联络员', unit, { role: 'liaison', unit });
  return { unit, client: await as(account) };
}

before(async () => {
  store = portalStore();
  ({ server, portal } = await servePortal(store));
  browser = await startBrowser();
  [office, housing, district] = await Promise.all(['office', 'liaison-housing', 'liaison-pujiang'].map(as));
  const session = await office.ok('GET', '/api/v1/session');
  [today, campaign] = [session.store.today, session.campaign.id];
  const { official } = await addPeople(server, store, { releaser: false });
  const [quiet, busy] = [await unitOf('市园林绿化局', 'liaison-quiet'), await unitOf('市道路照明中心', 'liaison-busy')];
  for (let n = 1; n <= 8; n++) await underWay(busy.client, `背街小巷照明不足第${n}处`, { level: 'unit' });
  must(bihuan(store, ['clock', 'advance', '1d']));
  today = (await office.ok('GET', '/api/v1/session')).store.today;
  const round = await office.create('rounds', { campaign, name: '十一月月报', opens_on: today, due: day(today, 3), units: [quiet.unit, busy.unit] });
  await office.do('rounds', round, 'open');
  const acceptor = await as('acceptor-1'), head = await as('head-housing'), unit = housing.session.user.unit;
  made = { once: await problemOf('路口窨井盖破损', unit, { kind: 'at_once', source: 'appeals', level: 'unit' }), taking: await problemOf('架空线垂落', unit), signing: await underWay(housing, '地下车库渗水', {}, acceptor), accepting: await underWay(housing, '外墙面砖脱落', {}, acceptor),
    admitting: await problemOf('公交站台积水', unit, {}, 'submit'), district: await problemOf('菜场周边占道', district.session.user.unit, { level: 'unit' }, 'submit'), official: await underWay(housing, '高空抛物无人管', { official_user: official }) };
  await housing.do('problems', made.once, 'take');
  await head.do('problems', made.accepting, 'endorse');
  const appeal = await office.create('appeals', { number: 'W-1', title: '楼道灯不亮', text: '三楼到五楼都不亮', made_at: today + 'T08:00:00+08:00' });
  await office.do('appeals', appeal, 'answer', { answer: '已修好', outcome: 'solved' });
  await office.do('appeals', appeal, 'invite');
  made.code = (await office.page('appeals', appeal)).record.evaluation_code;
  made.publicised = await publicised('屋面翻修后仍渗水', acceptor, head);
  await followed(server);
});
after(async () => { await browser?.close(); await server?.stop(); store?.remove(); });

/** One walk: signs in (not counted), does the steps, keeps what the browser counted and what the page then says. */
function walk(who, what, account, steps, { most = Infinity, size } = {}) {
  test(`${who}: ${what}`, async (context) => {
    const window = await openWindow(browser, server, { size });
    const count = await counting(window);
    await signInByForm(window, account, store.accounts[account]);
    assert.deepEqual([count.clicks, count.fields], [1, 2], 'signing in');
    const start = { clicks: count.clicks, fields: count.fields };
    const reads = await steps(window.page).catch(async (problem) => { await window.page.screenshot({ path: join(ROOT, `build/test/usability-${account}.png`) }); throw problem; });
    const one = { who, what, clicks: count.clicks - start.clicks, fields: count.fields - start.fields, reads };
    assert.ok(one.reads?.length > 1, 'the page says something at the end');
    assert.ok(one.clicks <= most, `${one.clicks} clicks, ${most} are the most`);
    assert.deepEqual(window.trouble, []);
    WALKS.push(one);
    context.diagnostic(`${one.clicks} clicks, ${one.fields} fields: ${one.reads}`);
    await window.context.close();
  });
}
const task = (page, title) => page.locator('.task:not(.done)', { hasText: title });
const press = async (page, title, label) => { const row = task(page, title); await row.waitFor(); await row.getByRole('button', { name: label }).first().click(); };
/** The line that stays for a while where something was done. */
const doneLine = async (page, title) => { const line = page.locator('.task.done', { hasText: title }); await line.waitFor(); return (await texts(line.locator('span').first()))[0]; };
const told = async (page) => { const last = page.locator('.el-message').last(); await last.waitFor(); return (await texts(last))[0]; };
const why = async (page) => (await texts(page.locator('.why .tx > p').first()))[0];
/** The newest line of a record's story, but for its number and its moment. */
const story = async (page) => (await texts(page.locator('.jr li').first()))[0].replace(/^\S+ \S+ /, '').replace(/ · №.*/, '').slice(0, 60);
const stateOf = async (plural, id) => (await office.page(plural, id)).record.state;

walk('liaison 联络员', 'closes a problem put right at once (route C) with one proof', 'liaison-housing', async (page) => {
  await press(page, '路口窨井盖破损', /^申请销号/);
  const chooser = page.waitForEvent('filechooser');
  await page.locator('#proof-file').click();
  await (await chooser).setFiles(PICTURE);
  await fill(page, 'progress_note', '井盖已更换');
  await send(page);
  await until('it is closed', async () => await stateOf('problems', made.once) === 'closed');
  return doneLine(page, '路口窨井盖破损');
}, { most: 3 });

walk('liaison 联络员', 'takes what was assigned', 'liaison-housing', async (page) => {
  await press(page, '架空线垂落', /^签收/);
  await until('it is taken', async () => await stateOf('problems', made.taking) === 'taken');
  return doneLine(page, '架空线垂落');
});

walk('liaison 联络员', 'registers a problem and hands it in', 'liaison-housing', async (page) => {
  await page.locator('.lead').getByRole('button', { name: '登记问题' }).click();
  await fill(page, 'title', '连廊护栏松动');
  await fill(page, 'detail', '三处护栏松动，居民多次反映');
  await fill(page, 'root_cause', '维保责任没有落到人');
  await fill(page, 'category', 'livelihood');
  await fill(page, 'source', 'self_check');
  await send(page);
  await page.waitForURL(/\/problems\/\d+$/);
  await page.locator('.next').getByRole('button', { name: /^送审/ }).first().click();
  await until('it is handed in', async () => await stateOf('problems', Number(new URL(page.url()).pathname.split('/').at(-1))) === 'submitted');
  const said = page.locator('.el-message', { hasText: '送审' }).last();
  await said.waitFor();
  return (await texts(said))[0];
});

walk('liaison 联络员', 'takes the unit\'s list away as Excel', 'liaison-housing', async (page) => {
  await page.locator('.nav a[href="/problems"]').click();
  await page.locator('.vt-body .vt-row').first().waitFor();
  const download = page.waitForEvent('download');
  await page.locator('.lead .acts0').getByText('导出').click();
  await page.getByText('Excel').first().click();
  return (await download).suggestedFilename();
});

walk('liaison 联络员', 'gives a nil reply 零报告', 'liaison-quiet', async (page) => {
  await press(page, '十一月月报', /^零报告/);
  await task(page, '十一月月报').waitFor({ state: 'detached' });
  return (await texts(page.locator('h1')))[0];
}, { most: 1 });

walk('liaison 联络员', 'hands in the monthly report of eight problems', 'liaison-busy', async (page) => {
  const panel = page.locator('.beside-tasks section.card').first();
  await panel.locator('.lacking li').nth(7).waitFor();
  const filled = await panel.locator('.figures dd').count() + await panel.locator('.lacking .cell, .lacking a, .lacking .col').count();
  share = { filled, cells: filled + 8 + 1 };
  assert.ok((await texts(panel.locator('.figures dd'))).every(Boolean), 'every figure is there');
  for (let left = 8; left > 0; left--) {
    await panel.locator('.lacking li').nth(left - 1).waitFor();
    await panel.locator('.lacking button').first().click();
    await fill(page, 'progress_note', `已换灯 ${left * 3} 盏，余下月底前完成`);
    await send(page);
    await page.waitForFunction((most) => document.querySelectorAll('.lacking li').length < most, left);
  }
  await panel.getByRole('button', { name: '确认报送' }).click();
  await task(page, '十一月月报').waitFor({ state: 'detached' });
  return (await texts(page.locator('h1')))[0];
}, { most: 20 });

walk('unit head 单位主要负责人', 'signs an application 主要负责人签字', 'head-housing', async (page) => {
  await press(page, '地下车库渗水', /签字/);
  await until('it is endorsed', async () => await stateOf('problems', made.signing) === 'endorsed');
  return doneLine(page, '地下车库渗水');
});

walk('coordinating office 整改办', 'admits what was handed in and assigns it', 'office', async (page) => {
  await page.locator('[data-group=later] .more-tasks button', { hasText: '入库' }).click(); // the office has more than a screen of them
  await press(page, '公交站台积水', /^入库/);
  await press(page, '公交站台积水', /^交办/);
  await send(page);
  await until('it is assigned', async () => await stateOf('problems', made.admitting) === 'assigned');
  return told(page);
});

walk('coordinating office 整改办', 'finds who is late, and why', 'office', async (page) => {
  await page.locator('.minis a', { hasText: '橙' }).click();
  await page.locator('.vt-body .vt-row a').first().click();
  await page.locator('.why .tx').waitFor();
  return why(page);
});

walk('district office 区整改办', 'admits what its own unit handed in', 'district', async (page) => {
  await press(page, '菜场周边占道', /^入库/);
  await until('it is admitted', async () => await stateOf('problems', made.district) === 'admitted');
  return doneLine(page, '菜场周边占道');
});

walk('acceptor 验收人', 'accepts a result on the spot', 'acceptor-1', async (page) => {
  await press(page, '外墙面砖脱落', /^验收通过/);
  await page.locator('.el-dialog:visible [id$="-on_site"]').click();
  await fill(page, 'visited_on', today);
  await fill(page, 'visit_place', '三号楼');
  await send(page);
  return told(page);
});

walk('liaison 联络员', 'brings the ledger that was kept in Excel in, and opens its migration report to sign', 'liaison-housing', async (page) => {
  await page.getByRole('button', { name: '更多' }).click();
  await page.getByRole('link', { name: '导入台账' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.locator('#ledger-file').click();
  await (await chooser).setFiles(LEDGER);
  await page.getByRole('button', { name: '上传并核对' }).click();
  await page.locator('.outcome.bad').waitFor(); // one row is of no category that there is: it is chosen here
  await page.getByLabel('没有写明类别的，按').selectOption({ label: '保障和改善民生' });
  await page.getByRole('button', { name: '按选择重新核对' }).click();
  await page.locator('.outcome.ok').waitFor();
  await page.getByRole('button', { name: /^写入 3 件/ }).click();
  await page.getByRole('link', { name: '打开迁移报告' }).click();
  await page.getByRole('button', { name: /打印/ }).waitFor();
  assert.match((await texts(page.locator('article.sheet')))[0], new RegExp(housing.session.user.name), 'who signs is named as a person');
  return (await texts(page.locator('article.sheet .fieldlist > div').first()))[0];
});

walk('inspector 督查（验收人）', 'does a check that the draw fell on', 'acceptor-1', async (page) => {
  made.drawn = await drawn('楼道堆物清理'); // in a campaign of its own: not there before, so that nobody else has to choose one
  await page.reload();
  await press(page, '楼道堆物清理', /^合格/);
  await fill(page, 'checked_on', today);
  await fill(page, 'place', '香樟苑三号楼');
  await send(page);
  await until('it is passed', async () => (await office.page('problems', made.drawn)).checks[0].state === 'passed');
  return doneLine(page, '楼道堆物清理');
});

walk('city leader 市领导', 'sees the colours and why one is red', 'leader', async (page) => {
  await page.locator('.six-g a[href*="colour=red"]').click();
  await page.locator('.vt-body .vt-row a').first().click();
  await page.locator('.why .tx').waitFor();
  return why(page);
});

const advise = (words) => async (page) => {
  await page.locator('a[href="/problems?counted=true"]').first().click();
  await page.locator('.vt-body .vt-row a', { hasText: '高空抛物无人管' }).click();
  await page.locator('.next .row button', { hasText: '指导意见' }).click();
  await fill(page, 'reason', words);
  await send(page);
  return told(page);
};
walk('responsible official 责任领导', 'sees where their own problem sticks and leaves advice, on a phone', 'official', advise('请月底前到现场'), { size: PHONE });
walk('guidance group 指导组成员', 'advises a unit of the group', 'guide', advise('建议先摸清底数'));

walk('reviewer 审计巡察', 'sees who changed what and when', 'reviewer', async (page) => {
  await page.locator('a[href="/problems?counted=true"]').first().click();
  await page.locator('.vt-body .vt-row a', { hasText: '高空抛物无人管' }).click();
  await page.locator('.jr li').first().waitFor();
  return story(page);
});

walk('caller 回访员', 'records a call-back', 'caller', async (page) => {
  await page.locator('.bulk-tasks a[href="/calls"]').click();
  const form = page.locator('form.asks');
  for (const word of ['联系过', '实际解决', '满意']) await form.locator('label.pick', { hasText: new RegExp(`\\d${word}$`) }).first().click();
  const before = (await texts(page.locator('h1')))[0];
  await form.locator('button[type=submit]').click();
  await page.waitForFunction((old) => document.querySelector('h1').innerText.replace(/\s+/g, ' ').trim() !== old, before);
  return (await texts(page.locator('h1')))[0];
});

walk('releaser 发布审核人', 'releases one problem to the public', 'releaser', async (page) => {
  await press(page, '涉企检查多头重复', /^发布/);
  return doneLine(page, '涉企检查多头重复');
});

walk('hotline centre 热线中心', 'brings a day\'s appeals in from a file', 'hotline', async (page) => {
  await page.locator('.nav a[href="/appeals"]').click();
  await page.locator('.lead .acts0 button', { hasText: '导入' }).click();
  const dialog = page.locator('.el-dialog:visible');
  const chooser = page.waitForEvent('filechooser');
  await dialog.locator('input[type=file]').click();
  const lines = ['工单编号,标题,内容,来电时间', `R-1,小区路灯不亮,北门三盏路灯不亮,${today} 08:00`, `R-2,垃圾清运不及时,三天没有清运,${today} 09:00`];
  await (await chooser).setFiles({ name: '工单.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
  for (const label of [/检查|预览|上传|下一步/, /写入|导入/]) await dialog.getByRole('button', { name: label }).last().click();
  await dialog.locator('.note.ok').waitFor();
  return (await texts(dialog.locator('.body, .el-dialog__body').last()))[0].replace(/^.*?行数/, '行数').slice(0, 60);
});

walk('system administrator 系统管理员', 'makes an account', 'sysadmin', async (page) => {
  await page.locator('.nav a[href="/records"]').click();
  await page.locator('.ledger-list a[href="/records/users"]').click();
  await page.locator('.lead button.p').click();
  await fill(page, 'account', 'liaison-new');
  await fill(page, 'name', '新联络员');
  await fill(page, 'unit', '市园林绿化局');
  await send(page);
  await page.waitForURL(/\/records\/\w+\/\d+$/);
  await page.locator('.jr li').first().waitFor();
  return story(page);
});

walk('security administrator 安全管理员', 'gives a role', 'secadmin', async (page) => {
  await page.locator('.nav a[href="/records"]').click();
  await page.locator('.ledger-list a[href="/records/grants"]').click();
  await page.locator('.lead button.p').click();
  await fill(page, 'user', '新联络员');
  await fill(page, 'role', 'liaison');
  await fill(page, 'unit', '市园林绿化局');
  await send(page);
  await page.waitForURL(/\/records\/\w+\/\d+$/);
  await page.locator('.jr li').first().waitFor();
  return story(page);
});

walk('audit administrator 审计管理员', 'sees who gave whom which role', 'auditadmin', async (page) => {
  await page.locator('.nav a[href="/records"]').click();
  await page.locator('.ledger-list a[href="/records/grants"]').click();
  await page.locator('.vt-body .vt-row a, .vt-body .as-link').first().click();
  await page.locator('.jr li').first().waitFor();
  return story(page);
});

/** The public has no account: their walks begin on the portal's first page. */
function visit(what, steps) {
  test(`citizen 市民: ${what}`, async () => {
    const context = await browser.newContext({ viewport: PHONE, baseURL: portal, locale: 'zh-CN' }), count = await counting({ context }), page = await context.newPage();
    page.setDefaultTimeout(15000);
    await page.goto('/public/');
    const reads = await steps(page);
    assert.ok(reads?.length > 1);
    WALKS.push({ who: 'citizen 市民', what: `${what}, on a phone`, clicks: count.clicks, fields: count.fields, reads });
    await context.close();
  });
}
const heading = async (page) => (await texts(page.locator('h1')))[0];
visit('sees how a problem is getting on', async (page) => {
  await until('the portal shows it', async () => { await page.goto('/public/'); return await page.locator('main a[href*="/public/problems"]').count() > 0; });
  await page.locator('a[href="/public/problems"]').first().click();
  await page.locator('main a[href^="/public/problems/"]').first().click();
  return heading(page);
});
visit('follows an appeal by its code and judges the result', async (page) => {
  await page.locator('a[href="/public/follow"]').first().click();
  await page.fill('#code', made.code);
  await page.click('#follow button[type=submit]');
  await page.click('label:has(input[name=solved][value="1"]), input[name=solved][value="1"]');
  await page.click('label:has(input[name=satisfaction][value="1"]), input[name=satisfaction][value="1"]');
  await page.click('#evaluate button[type=submit]');
  return heading(page);
});

visit('objects to a closing that is publicised', async (page) => {
  await page.locator('.list a.tt', { hasText: '屋面翻修后仍渗水' }).click();
  await page.fill('#text', '顶楼东边还在渗水');
  await page.click('#object button[type=submit]');
  made.objection = (await texts(page.locator('.code b')))[0];
  await until('it is inside', async () => (await office.page('problems', made.publicised)).objections.length === 1);
  return heading(page);
});
walk('coordinating office 整改办', 'proposes the verdict on a citizen\'s objection', 'office', async (page) => {
  await press(page, '屋面翻修后仍渗水 · ', /^提出认定意见/);
  await fill(page, 'verdict', 'founded');
  await fill(page, 'verdict_reason', '到现场看过，东边女儿墙确有渗水');
  await send(page);
  return doneLine(page, '屋面翻修后仍渗水 · ');
});
walk('coordinating office 整改办', 'agrees with the verdict as the second person', 'office-second', async (page) => {
  await press(page, '屋面翻修后仍渗水 · ', /^复核同意/);
  return doneLine(page, '屋面翻修后仍渗水 · ');
});
walk('coordinating office 整改办', 'answers the citizen', 'office', async (page) => {
  await press(page, '屋面翻修后仍渗水 · ', /^答复提出人/);
  await fill(page, 'reply', '您反映的属实，已退回重改，月底前修好。');
  await send(page);
  await until('it is answered', async () => (await office.page('problems', made.publicised)).objections[0].state === 'answered');
  await followed(server);
  return doneLine(page, '屋面翻修后仍渗水 · ');
});
visit('reads the answer to an objection by its code', async (page) => {
  await page.locator('a[href="/public/follow"]').first().click();
  await page.fill('#code', made.objection);
  await page.click('#follow button[type=submit]');
  assert.match(await page.locator('main').innerText(), /认定属实[^]*已退回重改/);
  return heading(page);
});

test('the document has every walk with its clicks, and at least four fifths of the monthly report were filled in', () => {
  assert.ok(WALKS.length > 20, `${WALKS.length} walks came to their end`);
  assert.ok(share.filled / share.cells >= 0.8, JSON.stringify(share));
  if (process.argv.includes('--write')) writeDocument(WALKS, share);
  assert.deepEqual(documented(), Object.fromEntries(WALKS.map((one) => [`${one.who}: ${one.what}`, one.clicks])));
});
