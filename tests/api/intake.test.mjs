// Intake on a real server: the program learns from what people decided and suggests category, unit, same events, places, clocks and what asks for care, each within the
// reader's scope; it decides only where a policy lets it, is marked, is put right by people, and never learns from itself; destroyed words leave the model.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoStore, realStore, serve, signIn, bihuan, must, until, followed } from '../lib.mjs';

let store, server, office, second, housing, health, unit, otherUnit, campaign, today, serial = 0;
const sign = (account) => signIn(server, account, store.accounts[account]);
async function everybody() { [office, second, housing, health] = await Promise.all(['office', 'office-second', 'liaison-housing', 'liaison-health'].map(sign)); }
before(async () => {
  store = demoStore();
  server = await serve(store);
  await everybody();
  [unit, otherUnit] = [housing.session.user.unit, health.session.user.unit];
  const session = await office.ok('GET', '/api/v1/session');
  [campaign, today] = [session.campaign.id, session.store.today];
});
after(async () => { await server?.stop(); store?.remove(); });

const appeal = (title, text, more = {}) => office.create('appeals', { number: `N-${++serial}`, title, text, made_at: `${today}T09:00:00+08:00`, ...more });
const suggestions = (id, client = office) => client.ok('GET', `/api/v1/appeals/${id}/suggestions`);
const suggest = (values, client = office) => client.ok('POST', '/api/v1/appeals/suggest', { values });
const get = async (id, client = office) => (await client.page('appeals', id)).record;
const MODELS = ['category.model', 'unit.model'], modelFile = (name) => join(store.data, name);
const train = () => must(bihuan(store, ['train', '--json'])).json();

const PLACES = ['青禾苑', '望潮花园', '松影路', '白鹭街', '锦溪小区'];
const HEAT = ['暖气不热', '供暖管道漏水', '物业不修电梯', '屋顶漏雨没人修', '业主群反映物业费'];
const DOCTOR = ['医院挂号太难', '社区医院配不到药', '门诊排队时间长', '医生态度不好', '医保报销手续慢'];

test('where nothing was learnt yet a question has it learnt; a store in which people decided too little says so', async () => {
  const answer = await until('it is learnt', async () => { const now = await suggest({ title: '暖气不热' }); return now.category.model === 'ready' && now.unit.model === 'ready' && now; });
  assert.ok(answer.category.examples >= 10 && answer.category.classes >= 2 && answer.category.learnt_at);
  assert.ok(MODELS.every((name) => existsSync(modelFile(name))));
  const bare = realStore();
  try {
    const learnt = bihuan(bare, ['train', '--json']).json();
    assert.deepEqual([learnt.category, learnt.unit], [{ learnt: false, examples: 0, classes: 0, refused: false }, { learnt: false, examples: 0, classes: 0, refused: false }]);
    assert.ok(MODELS.every((name) => !existsSync(join(bare.data, name))));
  } finally { bare.remove(); }
});

test('it learns from what people decided', async () => {
  for (let i = 0; i < 25; i++) {
    await appeal(`${PLACES[i % 5]}${HEAT[(i * 2) % 5]}`, `${PLACES[i % 5]}第${i}号:${HEAT[i % 5]},请物业和供暖单位处理。`, { category: '房屋物业', unit });
    await appeal(`${DOCTOR[(i * 2) % 5]}`, `${PLACES[i % 5]}附近的${DOCTOR[i % 5]},希望医院改进,第${i}次反映。`, { category: '医疗卫生', unit: otherUnit });
  }
  const before = (await suggest({ title: '暖气不热' })).category, learnt = train();
  assert.deepEqual([learnt.category.learnt, learnt.unit.learnt], [true, true]);
  assert.deepEqual([learnt.category.examples, learnt.category.classes], [before.examples + 50, before.classes + 2]);
});

test('a draft gets category and unit with certainty and the words that weighed most, and leaves nothing behind', async () => {
  const count = (await office.ok('GET', '/api/v1/appeals?total=1&limit=1')).total;
  const answer = await suggest({ title: '物业不修电梯', text: '梧桐公寓五号楼电梯坏了,物业不修。' });
  assert.deepEqual([answer.category.model, answer.unit.model], ['ready', 'ready']);
  assert.equal(answer.category.choices[0].category, '房屋物业');
  assert.equal(answer.unit.choices[0].unit, unit);
  assert.equal(answer.labels.unit[unit] !== undefined, true);
  assert.ok(answer.category.choices[0].certainty > 5000 && answer.category.choices[0].certainty <= 10000);
  assert.equal(answer.category.choices.length, 3);
  assert.ok(answer.category.words.some((one) => one.word.includes('物业') && one.share > 0));
  assert.equal(answer.category.program_decides, false);
  assert.equal((await suggest({ title: '挂号太难', text: '医院门诊排队时间长。' })).category.choices[0].category, '医疗卫生');
  assert.equal((await office.ok('GET', '/api/v1/appeals?total=1&limit=1')).total, count);
});

test('likely same events come with enough shown to judge, within the scope of who asks', async () => {
  const first = await appeal('银杏公寓七号楼地下室积水发臭', '银杏公寓七号楼地下室积水发臭一个多月,蚊虫很多,请尽快抽水。', { place: '银杏公寓', unit });
  await followed(server);
  const draft = { title: '银杏公寓地下室积水发臭', text: '银杏公寓七号楼地下室积水发臭,没有人抽水,蚊虫很多。', place: '银杏公寓' };
  const near = (await suggest(draft)).nearest.items;
  assert.equal(near[0].event, first);
  assert.equal(near[0].shown.title, '银杏公寓七号楼地下室积水发臭');
  assert.match(near[0].text, /抽水/);
  assert.ok(near[0].members >= 1 && Number(near[0].score) > 0);
  const same = await appeal(draft.title, draft.text, { place: draft.place, unit });
  const seen = (await suggestions(same, housing)).nearest.items;
  assert.ok(seen.some((one) => one.event === first && one.own));
  const hidden = await appeal(draft.title, draft.text + '再次反映。', { place: draft.place, unit: otherUnit });
  assert.equal((await health.ok('GET', `/api/v1/appeals/${hidden}/suggestions`)).nearest.items.some((one) => one.shown?.id === first || one.shown?.id === same), false);
  assert.equal((await health.call('GET', `/api/v1/appeals/${first}/suggestions`)).status, 404);
  assert.equal((await health.call('POST', '/api/v1/appeals/suggest', { values: draft })).status, 403);
});

test('places, clocks by source, and words that ask for care with their position', async () => {
  const text = '我叫王小明先生,住松影路,电话13912345678,附件是机密★的。';
  const answer = await suggest({ title: '松影路夜间施工', text, made_at: '2026-11-02T09:00:00+08:00', origin: 'hotline' });
  assert.ok(answer.places.includes('松影路'), answer.places.join());
  const at = (kind) => answer.warnings.find((one) => one.kind === kind);
  for (const [kind, words] of [['phone', '13912345678'], ['secret', '机密★'], ['name', '王小明']]) {
    const found = at(kind);
    assert.ok(found, kind);
    assert.equal([...text].slice(found.at, found.at + found.length).join(''), found.words);
    assert.ok(found.words.includes(words), found.words);
    assert.equal(found.field, 'text');
    assert.ok(found.label);
  }
  assert.equal(answer.clocks.answer.slice(0, 10) > '2026-11-02', true);
  const petition = await suggest({ title: '松影路夜间施工', made_at: '2026-11-02T09:00:00+08:00', origin: 'petition' });
  assert.equal(petition.clocks.answer > answer.clocks.answer, true);
  const id = await appeal('松影路夜间施工噪声', '请处理。', { made_at: '2026-11-02T09:00:00+08:00', origin: 'petition' });
  assert.deepEqual([(await suggestions(id)).clocks.answer, (await suggestions(id)).clocks.solve], [(await get(id)).answer_due, (await get(id)).solve_due]);
});

test('texts that are empty, enormous, of emoji or aimed at something are texts; what is no form is refused', async () => {
  for (const values of [{}, { title: '😀😀' }, { title: "'; DROP TABLE appeal; --", text: '<script>alert(1)</script>' }, { title: 'x', text: '污水'.repeat(40000) }, { title: 'Ａ１ ёж 漢字 عربى' }]) {
    const answer = await suggest(values);
    assert.ok(Array.isArray(answer.warnings) && Array.isArray(answer.category.choices));
  }
  assert.equal((await office.call('POST', '/api/v1/appeals/suggest', { values: { title: 5 } })).status, 422);
  assert.equal((await office.call('POST', '/api/v1/appeals/suggest', { values: { colour: 'red' } })).status, 422);
});

test('without a policy people decide: the program sets nothing', async () => {
  const id = await appeal('医院挂号太难', '门诊排队时间长,医院挂号太难。');
  await followed(server);
  assert.equal((await get(id)).category ?? null, null);
  assert.equal((await office.call('POST', `/api/v1/appeals/${id}/classify`, { values: { category: '医疗卫生', category_certainty: 9999 } })).status, 403);
});

let decided;
test('a policy lets certainty decide: marked as the program\'s, journalled, by the channel of followers', async () => {
  const low = await office.call('POST', '/api/v1/policies', { values: { name: '太低', campaign, valid_from: today, classify_bound: 3000 } });
  assert.equal(low.status, 409);
  await office.create('policies', { name: '程序定分类', campaign, valid_from: today, classify_bound: 5000 });
  decided = await appeal('医院挂号太难', '门诊排队时间长,医院挂号太难,医生态度不好。');
  const record = await until('the program has classified it', async () => { const now = await get(decided); return now.category && now; });
  assert.deepEqual([record.category, record.category_by], ['医疗卫生', 'program']);
  assert.ok(record.category_certainty >= 5000 && record.category_certainty <= 10000);
  const story = await office.ok('GET', `/api/v1/appeals/${decided}/journal`), entry = story.entries.find((one) => one.action === 'classify');
  assert.deepEqual([entry.channel, entry.state], ['follower', 'received']);
  const unsure = await appeal('zzz qqq', 'zzz qqq'), given = await appeal('医院挂号太难', '门诊排队时间长。', { category: '教育' });
  await followed(server);
  assert.equal((await get(unsure)).category ?? null, null);
  assert.deepEqual([(await get(given)).category, (await get(given)).category_by ?? null], ['教育', null]);
});

test('people confirm or change what the program set; it learns from theirs alone', async () => {
  const other = await appeal('供暖管道漏水', '供暖管道漏水,物业不修,暖气不热。');
  const record = await until('the program has classified it', async () => { const now = await get(other); return now.category_by === 'program' && now; });
  const before = train().category.examples;
  await office.do('appeals', decided, 'confirm_category');
  assert.deepEqual([(await get(decided)).category_by, (await get(decided)).category_certainty ?? null], ['people', null]);
  assert.equal(train().category.examples, before + 1);
  const changed = await office.call('PATCH', `/api/v1/appeals/${other}`, { values: { category: '医疗卫生' } }, { 'If-Match': `"${record.version}"` });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  assert.deepEqual([(await get(other)).category, (await get(other)).category_by, (await get(other)).category_certainty ?? null], ['医疗卫生', 'people', null]);
  assert.equal(train().category.examples, before + 2);
  assert.equal((await office.call('POST', `/api/v1/appeals/${other}/confirm_category`, {})).status, 409);
});

test('a model that is missing or altered is made anew; the words of appeals stand in none', async () => {
  for (const name of MODELS) {
    const bytes = readFileSync(modelFile(name));
    for (const word of ['供暖', '挂号', '电梯']) assert.equal(bytes.includes(word), false, word);
  }
  const bytes = readFileSync(modelFile('category.model'));
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(modelFile('category.model'), bytes);
  rmSync(modelFile('unit.model'));
  await until('both are made anew', async () => { const now = await suggest({ title: '物业不修电梯' }); return now.category.model === 'ready' && now.unit.model === 'ready' && now.unit.choices[0]?.unit === unit; });
});

test('a start takes up the model that stands', async () => {
  await server.stop();
  server = await serve(store);
  await everybody();
  const answer = await suggest({ title: '物业不修电梯', text: '电梯坏了' });
  assert.deepEqual([answer.category.model, answer.category.choices[0].category], ['ready', '房屋物业']);
});

test('when an appeal is destroyed the models go, and are learnt without it', async () => {
  assert.ok(await office.do('appeals', decided, 'ask_destruction', {}, '误录'));
  const approval = (await office.ok('GET', '/api/v1/approvals?state=asked')).items.find((one) => one.record === decided);
  const learnt = (await suggest({ title: '物业不修电梯' })).category;
  await second.do('approvals', approval.id, 'agree');
  const again = await until('the model is another one', async () => { const now = (await suggest({ title: '物业不修电梯' })).category; return now.model === 'ready' && now.examples === learnt.examples - 1 && now; });
  assert.equal(again.choices[0].category, '房屋物业');
});

test('the command cross-validates without a store, and says what is wrong with a table', async () => {
  const path = join(store.data, '..', `labelled-${process.pid}.csv`);
  const rows = ['题,文,类', ...Array.from({ length: 40 }, (_, i) => (i % 2 ? `${DOCTOR[i % 5]},第${i}次反映${DOCTOR[(i * 3) % 5]},甲` : `${HEAT[i % 5]},第${i}次反映${HEAT[(i * 3) % 5]},乙`))];
  writeFileSync(path, rows.join('\n'));
  try {
    const done = must(bihuan(store, ['train', '--cross-validate', path, '--title', '题', '--text', '文', '--label', '类', '--json'])).json();
    assert.deepEqual([done.examples, done.folds, done.classes.length], [40, 5, 2]);
    const wrong = bihuan(store, ['train', '--cross-validate', path, '--text', '文', '--label', '没有']);
    assert.equal(wrong.status, 2);
    assert.match(wrong.err, /没有/);
  } finally { rmSync(path, { force: true }); }
});

test('verify is clean', () => {
  const done = bihuan(store, ['verify']);
  assert.equal(done.status, 0, done.out + done.err);
});
