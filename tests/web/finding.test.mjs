// Finding and taking in, in a real browser. The search page: two characters, pinyin initials of a unit, marked hits, nothing found, within the scope of who asks. Entering
// an appeal: likely the same events with their words to judge by, category and unit with certainty, words that ask for care, each taken in a click; joined on its page.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { bihuan, followed, must, until } from '../lib.mjs';
import { settled, fill } from '../browser.mjs';
import { AXE, webHouse } from './house.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
let store, server, browser, office, housing, health, unit, other, unitName, today, rain, serial = 0;
const PLACES = ['青禾苑', '望潮花园', '松影路', '白鹭街', '锦溪小区'];
const HEAT = ['暖气不热', '供暖管道漏水', '物业不修电梯', '屋顶漏雨没人修', '业主群反映物业费'];
const DOCTOR = ['医院挂号太难', '社区医院配不到药', '门诊排队时间长', '医生态度不好', '医保报销手续慢'];
const appeal = (title, text, more = {}) => office.create('appeals', { number: `CZ-${++serial}`, title, text, made_at: `${today}T09:00:00+08:00`, ...more });

const { inside, see } = webHouse(async (house) => {
  ({ store, server, browser, office, liaison: housing, unit, today } = house);
  health = await house.client('liaison-health');
  other = health.session.user.unit;
  unitName = (await office.page('units', unit)).record.name;
  for (let i = 0; i < 25; i++) {
    await appeal(`${PLACES[i % 5]}${HEAT[(i * 2) % 5]}`, `${PLACES[i % 5]}第${i}号:${HEAT[i % 5]},请物业和供暖单位处理。`, { category: '房屋物业', unit });
    await appeal(`${DOCTOR[(i * 2) % 5]}`, `${PLACES[i % 5]}附近的${DOCTOR[i % 5]},希望医院改进,第${i}次反映。`, { category: '医疗卫生', unit: other });
  }
  rain = await appeal('梧桐坊地下车库积水', '梧桐坊一期地下车库积水半米深，电动车都泡了，物业没有抽水泵，请尽快排水。', { place: '梧桐坊', unit });
  must(bihuan(store, ['train']));
  await followed(server);
});

const look = async (page, words) => { await page.fill('#search-q', words); await page.locator('.search-box button.p').click(); await page.waitForURL((url) => url.searchParams.get('q') === words); await settled(page); };

test('two characters find, and what was found is marked; the hit leads to its record; one character is advised against', async () => {
  const window = await inside('office'), { page } = window;
  await see(window, '/search');
  await page.getByText('输入要找的').waitFor();
  await look(page, '车库');
  const hit = page.locator('.search-hits li', { hasText: '梧桐坊地下' });
  await hit.waitFor();
  assert.ok((await hit.locator('mark').allInnerTexts()).every((text) => text === '车库'));
  assert.ok(await hit.locator('mark').count() >= 2, 'in the title and in the text');
  await hit.getByRole('link').click();
  await page.getByText('物业没有抽水泵').first().waitFor();
  await see(window, '/search');
  await page.fill('#search-q', '库');
  await page.locator('.search-box button.p').click();
  await page.locator('.search-page .state').first().waitFor();
  assert.equal(await page.locator('.search-hits li').count(), 0);
  assert.deepEqual(window.trouble.filter((line) => !line.includes('400')), []);
  await window.context.close();
});

test('a unit is found by the initials of its pinyin', async () => {
  const window = await inside('office'), { page } = window;
  const initials = 'zfcxjs'; // 住房城乡建设
  assert.match(unitName, /住房城乡建设/);
  await see(window, '/search');
  await look(page, initials);
  await page.locator('.search-hits li', { hasText: unitName }).first().waitFor();
  await look(page, 'zhufangchengxiang');
  await page.locator('.search-hits li', { hasText: unitName }).first().waitFor();
  await window.context.close();
});

test('nothing found says so and what to try; what looks like markup or like the search’s own syntax is words', async () => {
  const window = await inside('office'), { page } = window;
  await see(window, '/search');
  await look(page, '并不存在的词');
  await page.getByText('没有找到“并不存在的词”').waitFor();
  await page.getByText('几个词用空格分开').waitFor();
  for (const words of ['<img src=x onerror="window.caught=1">', '") OR words MATCH ("电梯', 'NEAR(电梯 小区)*', '"; DROP TABLE appeal; --', '=cmd|1']) {
    await look(page, words);
    assert.equal(await page.evaluate(() => window.caught), undefined);
    assert.equal(await page.locator('main img[src=x]').count(), 0);
    assert.equal(await page.locator('.search-page [role=alert]').count(), 0, `${words}: advice or no hits, no failure`);
  }
  assert.deepEqual(window.trouble.filter((line) => !line.includes('400')), [], 'a refusal of what cannot be looked for is a 400, no failure');
  await window.context.close();
});

test('one finds what one may see: another unit’s appeal is neither shown nor counted', async () => {
  const [mine, theirs] = [await inside('liaison-housing'), await inside('liaison-health')];
  for (const { page } of [mine, theirs]) { await page.goto('/search?q=' + encodeURIComponent('梧桐坊')); await settled(page); }
  await mine.page.locator('.search-hits li', { hasText: '梧桐坊' }).first().waitFor();
  await theirs.page.getByText('没有找到“梧桐坊”').waitFor();
  assert.match(await theirs.page.locator('.search-count').innerText(), /^共 0 条/);
  for (const one of [mine, theirs]) await one.context.close();
});

const suggested = (page) => page.locator('aside.beside');
test('while an appeal is entered: the like event with its text, category and unit with certainty, words that ask for care; a click takes each', async () => {
  const window = await inside('office'), { page } = window;
  await see(window, '/appeals');
  await page.getByRole('button', { name: /^(新建|New:? )(诉求|appeal)/i }).click();
  await fill(page, 'number', 'CZ-NEW-1');
  await fill(page, 'title', '梧桐坊地下车库又积水了');
  await fill(page, 'made_at', `${today}T09:30`);
  await fill(page, 'text', '梧桐坊一期地下车库积水很深，物业不排水。本文属机密★，联系人身份证 110101199003078515。');
  const near = suggested(page).locator('details.near').first();
  await near.waitFor();
  assert.match(await near.locator('summary').innerText(), /梧桐坊地下车库积水[\s\S]*相似 \d+%/);
  await near.locator('summary').click();
  assert.ok(await near.getByText('物业没有抽水泵').isVisible(), 'its words are there to judge by');
  const care = suggested(page).getByRole('note');
  assert.match(await care.innerText(), /机密/);
  assert.match(await care.innerText(), /110101199003078515/);
  const category = suggested(page).locator('.offer', { hasText: '房屋物业' });
  assert.match(await category.innerText(), /\d+%/);
  await category.getByRole('button', { name: '采用' }).click();
  await category.getByText('已采用').waitFor();
  const choice = suggested(page).locator('.offer', { hasText: unitName });
  assert.match(await choice.innerText(), /\d+%/);
  await choice.getByRole('button', { name: '采用' }).click();
  await choice.getByText('已采用').waitFor();
  const dialog = page.locator('.el-dialog:visible');
  assert.equal(await dialog.locator('[id$="-category"]').first().inputValue(), '房屋物业');
  await dialog.locator('button[type=submit]').click();
  const made = await until('it is entered', async () => (await office.ok('GET', '/api/v1/appeals?number=CZ-NEW-1&full=1')).items[0]);
  assert.deepEqual([made.category, made.unit, made.category_by ?? null], ['房屋物业', unit, null]);
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('on its page it is assigned to the suggested unit and joined to the like one by a click each', async () => {
  const id = await appeal('梧桐坊车库积水没人管', '梧桐坊一期地下车库积水半米深，没有人来抽水，请尽快排水。', { place: '梧桐坊' });
  await followed(server);
  const window = await inside('office'), { page } = window;
  await see(window, `/records/appeals/${id}`);
  const panel = page.getByRole('region').or(page.locator('section.card')).filter({ has: page.getByRole('heading', { name: '程序建议' }) }).first();
  await panel.locator('.offer', { hasText: unitName }).getByRole('button', { name: '采用' }).click();
  await until('it is assigned', async () => { const { record } = await office.page('appeals', id); return record.state === 'assigned' && record.unit === unit; });
  const near = panel.locator('details.near', { hasText: '梧桐坊' }).first();
  await near.locator('summary').click();
  await near.getByRole('button', { name: '并入' }).click();
  const joined = await until('it is joined', async () => { const { record } = await office.page('appeals', id); return record.state === 'joined' && record; });
  assert.equal(joined.unit, unit);
  assert.notEqual(joined.joined_to, id);
  assert.deepEqual(window.trouble, []);
  await window.context.close();
});

test('texts aimed at the page, at search or at the spreadsheet, in many scripts, of emoji only or of a hundred thousand characters are shown as text on every page that shows appeals', async () => {
  const HOSTILE = [
    ['<script>window.caught=1</script><img src=x onerror="window.caught=1">', '</textarea></p><svg onload="window.caught=1">{{7*7}}${7*7}<!--'],
    ['=HYPERLINK("http://x","点")', "+cmd|' /C calc'!A0\n@SUM(1+1)"], ['") OR words MATCH ("电梯', 'NEAR(a b)* ^ ¦u12 ¦psjj'], ['😡😡😡', '👨‍👩‍👧‍👦🏚️💧❗️'], ['小区 рынок سوق 市場 \u202egnp.exe', 'Ça va? 水漏れ Ωμέγα 누수'], ['长'.repeat(400), '很长的一段话，'.repeat(14000)]];
  const ids = [];
  for (const [title, text] of HOSTILE) {
    const id = await appeal(title, text, { unit, place: title.slice(0, 190) });
    await housing.do('appeals', id, 'answer', { answer: text.slice(0, 5000), outcome: 'explained' }).catch(async () => { await office.do('appeals', id, 'assign', { unit }); await housing.do('appeals', id, 'answer', { answer: text.slice(0, 5000), outcome: 'explained' }); });
    await office.do('appeals', id, 'call_back');
    ids.push(id);
  }
  await followed(server);
  const window = await inside('office'), { page } = window, wrong = [];
  for (let i = 0; i < ids.length; i++) {
    const { group } = await office.page('appeals', ids[i]), title = HOSTILE[i][0];
    for (const address of [`/records/appeals/${ids[i]}`, `/appeals?ids=${ids[i]}&open=${ids[i]}`, `/classes?least=1&open=${group.class}`, `/calls?open=${ids[i]}`, '/search?q=' + encodeURIComponent(title.slice(0, 100))]) {
      await see(window, address);
      if (!address.startsWith('/search')) await page.getByText(title.slice(0, 40)).first().waitFor({ state: 'attached' });
      if (await page.evaluate(() => window.caught)) wrong.push(`${address}: something of it ran`);
      if (await page.locator('img[src=x], main svg[onload]').count()) wrong.push(`${address}: something of it became an element`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) wrong.push(`${address} is ${wide} px wider than the window`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual(window.trouble.filter((line) => !line.includes('400')), []);
  const csv = await (await fetch(`${server.origin}/api/v1/appeals.csv`, { headers: { cookie: office.cookie } })).text();
  assert.ok(csv.includes("'=HYPERLINK") && !/(^|,)"?=HYPERLINK/m.test(csv), 'a spreadsheet reads words');
  await window.context.close();
});

for (const [language, dark, size] of [['zh', false, { width: 1440, height: 900 }], ['en', true, { width: 390, height: 844 }]]) {
  test(`axe finds nothing on the search page with hits, without, and on the form with its suggestions (${language}, ${dark ? 'dark, narrow' : 'light, wide'})`, async () => {
    const window = await inside('office', { language, dark, size }), { page } = window, found = [];
    const axe = async (where, part = null) => {
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(({ tags, part }) => window.axe.run(part ? document.querySelector(part) : document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }), { tags: part ? TAGS.slice(0, -1) : TAGS, part });
      found.push(...violations.map((one) => `${where} ${one.id}: ${one.nodes[0].html.slice(0, 160)}`));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) found.push(`${where} is ${wide} px wider than the window`);
    };
    for (const [name, address] of [['hits', '/search?q=' + encodeURIComponent('车库')], ['none', '/search?q=' + encodeURIComponent('并不存在')], ['empty', '/search']]) {
      await see(window, address);
      await axe(name);
    }
    await see(window, '/appeals');
    await page.getByRole('button', { name: /^(新建|New:? )(诉求|appeal)/i }).click();
    await fill(page, 'title', '梧桐坊地下车库又积水了');
    await suggested(page).locator('details.near').first().waitFor();
    await page.waitForFunction(() => document.querySelector('.el-dialog')?.getAnimations({ subtree: true }).every((one) => one.playState !== 'running'));
    await axe('form', '.el-dialog');
    assert.deepEqual(found, []);
    assert.deepEqual(window.trouble, []);
    await window.context.close();
  });
}
