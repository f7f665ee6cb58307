// 三库贯通 by clicks: from a topic's findings a problem is registered and a mechanism begun, what is there already is linked, and both ends show it;
// what is closed is looked back at from its own page, and an off-line placeholder offers nothing that would say what it is about. Beside it what else the
// office looks after: its own reviews, colours set by hand, guidance groups, the indicators of a plan.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { bihuan, day, must } from '../lib.mjs';
import { fill, send, settled } from '../browser.mjs';
import { addPeople } from './people.mjs';
import { webHouse } from './house.mjs';

let store, server, browser, office, liaison, campaign, housing, today;
const { inside, see } = webHouse((house) => { ({ store, server, browser, office, liaison, campaign, unit: housing, today } = house); });

const ends = async (plural, id) => (await office.page(plural, id)).links.map((one) => `${one.kind} ${one.direction} ${one.type} ${one.record.id}`).sort();

test('from the findings of a topic a problem is registered and a mechanism begun by clicks, one that is there is linked, and the topic can be closed', async () => {
  const topic = await office.create('topics', { title: '老旧小区电梯停运研究', campaign, why: '停运多', lead_unit: housing });
  await office.do('topics', topic, 'conclude', { findings: '维保责任没有落到人' });
  const there = await office.create('problems', { title: '已有的电梯问题', campaign, category: 'livelihood', source: 'appeals', lead_unit: housing });
  const window = await inside('office');
  const { page } = window;
  await see(window, `/records/topics/${topic}`);
  await page.getByText('还没有由此产生的问题、措施或制度').waitFor();
  await page.locator('main').getByRole('button', { name: '登记问题' }).click();
  const dialog = page.locator('.el-dialog:visible').last();
  assert.equal(await dialog.locator('[id$="-title"]').first().inputValue(), '老旧小区电梯停运研究');
  assert.equal(await dialog.locator('[id$="-detail"]').first().inputValue(), '维保责任没有落到人');
  await fill(page, 'title', '电梯维保责任没有落到人');
  await fill(page, 'category', 'livelihood');
  await send(page);
  await page.waitForURL(/\/problems\/\d+$/);
  const problem = Number(page.url().split('/').at(-1));
  await page.locator('.links a', { hasText: '老旧小区电梯停运研究' }).waitFor();
  const registered = (await office.page('problems', problem)).record;
  assert.deepEqual([registered.source, registered.lead_unit, registered.detail], ['research', housing, '维保责任没有落到人']);

  await see(window, `/records/topics/${topic}`);
  await page.locator('main').getByRole('button', { name: '新建制度' }).click();
  await fill(page, 'title', '电梯维保责任办法');
  await fill(page, 'kind', 'rule');
  await fill(page, 'scope', '全市住宅电梯');
  await send(page);
  await page.locator('.links a', { hasText: '电梯维保责任办法' }).waitFor();

  await page.locator('.add-link summary').click();
  await page.locator('.add-link select').selectOption({ label: '由此产生的问题' });
  await page.locator('.add-link .el-select input').fill('已有的电梯');
  await page.locator('.el-select-dropdown__item:visible', { hasText: '已有的电梯问题' }).first().click();
  await page.locator('.add-link').getByRole('button', { name: '关联' }).click();
  await page.locator('.links a', { hasText: '已有的电梯问题' }).waitFor();
  const mechanism = (await office.page('topics', topic)).links.find((one) => one.type === 'mechanism').record.id;
  assert.deepEqual(await ends('topics', topic), [`arises_from to mechanism ${mechanism}`, `arises_from to problem ${problem}`, `arises_from to problem ${there}`].sort());
  assert.deepEqual(await ends('problems', there), [`arises_from from topic ${topic}`]);
  await page.getByText('问题 2 个，已销号 0 个').waitFor();
  await page.locator('.next').getByRole('button', { name: '结题' }).click();
  await fill(page, 'done', '问题已登记，办法在起草');
  await send(page);
  await page.locator('.labs .lab', { hasText: '已结题' }).waitFor();
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('on a problem’s page a mechanism is begun that ends it; who may not link is not offered it, and what the server refuses is said', async () => {
  const problem = await office.create('problems', { title: '垃圾清运不及时', campaign, category: 'governance', source: 'appeals', lead_unit: housing });
  const window = await inside('liaison-housing');
  const { page } = window;
  await see(window, `/problems/${problem}`);
  await page.locator('section', { hasText: '三库贯通' }).getByRole('button', { name: '新建制度' }).click();
  await fill(page, 'title', '清运频次公示办法');
  await fill(page, 'kind', 'process');
  await fill(page, 'scope', '全市小区');
  await send(page);
  await page.locator('.links .nd.on ~ .nd a', { hasText: '清运频次公示办法' }).waitFor();
  assert.match((await ends('problems', problem)).join(), /^ended_by from mechanism \d+$/);
  await page.locator('.add-link summary').click();
  assert.equal(await page.locator('.add-link option', { hasText: '专项工作' }).count(), 0, 'listing elsewhere is the office’s');
  assert.deepEqual(window.trouble, []);
  await window.context.close();
  const leader = await inside('leader');
  await see(leader, `/problems/${problem}`);
  assert.equal(await leader.page.locator('.add-link').count(), 0);
  await leader.context.close();
  const other = await inside('office');
  await see(other, `/problems/${problem}`);
  await other.page.locator('.add-link summary').click();
  await other.page.locator('.add-link select').selectOption({ label: '同时列入专项工作' });
  await other.page.locator('.add-link .el-select').click();
  await other.page.locator('.el-select-dropdown__item:visible').first().click();
  await other.page.locator('.add-link').getByRole('button', { name: '关联' }).click();
  await other.page.locator('.add-link .failure', { hasText: '问题本就属于这一专项工作' }).waitFor();
  await other.context.close();
});

test('a closed problem is looked back at from its page; an off-line placeholder offers no site, indicator, evidence, release or link', async () => {
  const closed = (await office.ok('GET', '/api/v1/problems?state=closed,settled&limit=1')).items[0].id;
  const covert = await office.create('problems', { campaign, title: '代号 11', category: 'governance', source: 'inspection_new', kind: 'time_limited', lead_unit: office.session.user.unit, secrecy: 'placeholder' });
  for (const action of ['submit', 'admit']) await office.do('problems', covert, action);
  await office.do('problems', covert, 'assign', { due: day(today, 30) });
  const window = await inside('office');
  const { page } = window;
  await see(window, `/problems/${closed}`);
  await page.locator('main').getByRole('button', { name: '新建抽查' }).click();
  await page.locator('.el-dialog:visible button[type=submit]').click();
  await page.locator('.el-dialog:visible').waitFor({ state: 'hidden' });
  assert.equal((await office.ok('GET', `/api/v1/checks?problem=${closed}`)).items.filter((one) => one.state === 'waiting').length, 1);
  await see(window, `/problems/${covert}`);
  await page.locator('.next').getByRole('button', { name: '登记线下颜色' }).waitFor();
  assert.deepEqual(await page.locator('main button', { hasText: /^(新建|上传佐证|加关联)/ }).allInnerTexts(), []);
  assert.equal(await page.locator('.add-link').count(), 0);
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('the office sees how late its own reviews are, and what was coloured by hand by unit; each figure opens its list', async () => {
  const id = (await office.ok('GET', '/api/v1/problems?state=rectifying&limit=1')).items[0].id;
  await office.do('problems', id, 'hand_set_colour', { hand_colour: 'red', hand_colour_until: day(today, 5) }, '现场没有动静');
  const window = await inside('office');
  const { page } = window;
  await see(window, '/watch?part=hand');
  const row = page.locator('table.by-hand tbody tr');
  await row.first().waitFor();
  assert.equal(await row.count(), 1);
  await row.locator('.num a').click();
  await page.waitForURL(/\/problems\?.*hand_colour=red/);
  await page.locator(`a[href*="/problems/${id}"], [data-id="${id}"], .vt`).first().waitFor();
  await see(window, '/watch?part=reviews');
  const reviews = await office.ok('GET', '/api/v1/reviews');
  assert.equal(await page.locator('table.reviews tbody tr').count(), reviews.by_campaign.length);
  if (reviews.waiting) assert.deepEqual((await page.locator('table.reviews tbody tr').first().locator('td').allInnerTexts()).map(Number), ['waiting', 'in_time', 'yellow', 'orange'].map((name) => reviews.by_campaign[0][name]));
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('a guidance group says who is in it and leads to the problems of its units; an indicator of a plan is added on the plan’s page', async () => {
  const { group } = await addPeople(server, store);
  const window = await inside('office');
  const { page } = window;
  await see(window, `/records/guidance_groups/${group}`);
  await page.locator('main li', { hasText: '指导组成员' }).waitFor();
  await page.getByRole('link', { name: '看这些单位的问题' }).click();
  await page.waitForURL(new RegExp(`/problems\\?.*lead_unit=${housing}`));
  await settled(page);
  const problem = (await office.ok('GET', `/api/v1/problems?state=rectifying,taken&lead_unit=${housing}&limit=1`)).items[0].id;
  const plan = await office.create('plans', { title: '走一遍的方案', campaign, problems: [problem], lead_unit: housing, goal: '走通', owner: '甲', start: today, due: day(today, 60) });
  await see(window, `/records/plans/${plan}`);
  await page.locator('main').getByRole('button', { name: '新建指标' }).click();
  await fill(page, 'name', '群众等候天数');
  await fill(page, 'measured_in', '天');
  await fill(page, 'direction', 'down');
  await fill(page, 'base', '30');
  await fill(page, 'base_on', today);
  await fill(page, 'goal', '10');
  await fill(page, 'goal_on', day(today, 60));
  await send(page);
  await page.locator('main').getByText('群众等候天数').first().waitFor();
  assert.equal((await office.page('plans', plan)).indicators[0].name, '群众等候天数');
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('after all of this the store verifies', async () => {
  await server.stop();
  must(bihuan(store, ['verify']));
});
