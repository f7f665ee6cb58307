// Learning by the clock on a real server: once people decided enough, suggestions are learnt anew and say from which training they come; a training that does worse on the same
// folds does not replace the one that stands, and says so; a policy of 0 leaves it to people.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoStore, serve, signIn, bihuan, must, until, followed } from '../lib.mjs';

let store, server, office, unit, otherUnit, campaign, today, serial = 0;
before(async () => {
  store = demoStore();
  server = await serve(store);
  const [housing, health] = await Promise.all(['liaison-housing', 'liaison-health'].map((account) => signIn(server, account, store.accounts[account])));
  office = await signIn(server, 'office', store.accounts.office);
  [unit, otherUnit] = [housing.session.user.unit, health.session.user.unit];
  const session = await office.ok('GET', '/api/v1/session');
  [campaign, today] = [session.campaign.id, session.store.today];
});
after(async () => { await server?.stop(); store?.remove(); });

const clock = (span) => must(bihuan(store, ['clock', 'advance', span]));
const category = async () => (await office.ok('POST', '/api/v1/appeals/suggest', { values: { title: '物业不修电梯' } })).category;
const policy = (learn_after) => office.create('policies', { name: `学习 ${learn_after}`, campaign, valid_from: today, learn_after, learn_hours: 2 });
const train = (...more) => must(bihuan(store, ['train', '--json', ...more])).json().category;
const PLACES = ['青禾苑', '望潮花园', '松影路', '白鹭街', '锦溪小区', '梧桐公寓', '银杏里'];
const HOUSE = ['暖气不热', '供暖管道漏水', '物业不修电梯', '屋顶漏雨没人修', '业主反映物业费'];
const DOCTOR = ['医院挂号太难', '社区医院配不到药', '门诊排队时间长', '医生态度不好', '医保报销手续慢'];

/** A word of no meaning, so that no two texts are near-equal: those would stay in one fold. */
const random = (n) => [0, 1, 2, 3].map((i) => String.fromCodePoint(0x5000 + ((n * 7919 + i * 104729) % 4000))).join('');

/** `count` appeals of two matters; `label` says what people call each. */
async function decided(count, label) {
  for (let i = 0; i < count; i++) {
    const house = i % 2 === 0, words = house ? HOUSE : DOCTOR, n = ++serial;
    await office.create('appeals', { number: `L-${n}`, title: `${PLACES[n % 7]}${words[(n >> 1) % 5]}`, text: `${words[(n >> 3) % 5]} ${random(n)} ${random(n + 5000)} ${random(n + 9000)}`,
      made_at: `${today}T09:00:00+08:00`, category: label(i, house), unit: house ? unit : otherUnit });
  }
  await followed(server);
}
const rightly = (i, house) => (house ? '房屋物业' : '医疗卫生');

let stands;
test('a training says which it is, how good it was on folds held out, and up to which number it had read', async () => {
  await policy(0);
  await decided(60, rightly);
  const learnt = train(), told = await category();
  assert.equal(learnt.refused, false);
  assert.deepEqual([told.examples, told.learnt_from], [learnt.examples, learnt.learnt_from]);
  assert.match(learnt.training, /^[0-9a-f]{8}$/);
  assert.deepEqual([told.training, told.learnt_to, told.macro_f1, told.refused], [learnt.training, learnt.learnt_to, learnt.macro_f1, null]);
  assert.ok(learnt.macro_f1 > 0 && learnt.macro_f1 <= 10000 && learnt.learnt_to > 0);
  stands = learnt;
});

test('with a policy of 0 nothing is learnt by itself; with one of 30 it is, once the hours have passed', async () => {
  await decided(40, rightly);
  await clock('3h');
  assert.equal((await category()).training, stands.training);
  await policy(30);
  const renewed = await until('it is learnt anew by the clock', async () => { const now = await category(); return now.training !== stands.training && now; });
  assert.ok(renewed.learnt_to > stands.learnt_to && renewed.examples >= stands.examples + 40);
  assert.equal(renewed.refused, null);
  stands = renewed;
});

test('before the hours have passed it is not learnt again, however much was decided; a start counts what was decided before it', async () => {
  await decided(34, rightly);
  assert.equal((await category()).training, stands.training);
  await server.stop();
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
  assert.equal((await category()).training, stands.training);
  await clock('3h');
  stands = await until('it is learnt anew after the start', async () => { const now = await category(); return now.training !== stands.training && now; });
});

test('what teaches worse on the same folds does not replace what stands, and says so', async () => {
  const bytes = readFileSync(join(store.data, 'category.model'));
  await decided(150, (i) => (((i * 2654435761) >>> 7) % 2 ? '房屋物业' : '医疗卫生')); // at random
  await clock('3h');
  const told = await until('the clock\'s training is refused', async () => { const now = await category(); return now.refused && now; });
  assert.ok(told.refused.macro_f1 < told.refused.before, JSON.stringify(told.refused));
  assert.equal(told.training, stands.training);
  assert.deepEqual(readFileSync(join(store.data, 'category.model')), bytes);
  const by = train();
  assert.deepEqual([by.refused, by.training], [true, stands.training]);
  assert.match(must(bihuan(store, ['train', '--lang', 'en'])).out, /the new training is worse .* did not replace it/);
});

test('it says what was really learnt from: what is too rare to be a class is decided by people, but teaches nothing', async () => {
  const before = train('--replace');
  await decided(4, (i) => `只有两条的类 ${i % 2}`);
  const learnt = train('--replace'), told = await category();
  assert.deepEqual([learnt.examples - before.examples, learnt.learnt_from - before.learnt_from], [4, 0]);
  assert.deepEqual([told.examples, told.learnt_from], [learnt.examples, learnt.learnt_from]);
  const said = must(bihuan(store, ['train', '--replace', '--lang', 'en'])).out;
  assert.match(said, new RegExp(`category: learnt from ${learnt.learnt_from} of the newest ${learnt.examples} appeals that people decided, ${learnt.classes} classes`));
});

test('people may have it replaced all the same', async () => {
  const learnt = train('--replace');
  assert.deepEqual([learnt.refused, learnt.training === stands.training], [false, false]);
  assert.deepEqual([(await category()).training, (await category()).refused], [learnt.training, null]);
});

test('verify is clean', () => {
  const done = bihuan(store, ['verify']);
  assert.equal(done.status, 0, done.out + done.err);
});
