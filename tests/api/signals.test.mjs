// Signals of sham rectification: each comes of what people do, says why in a sentence, and is seen by office and reviewers only; and what came of a
// problem by its confirmed result is counted as really solved or not.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan, must, day } from '../lib.mjs';

let store, server, office, liaison, reviewer, today, campaign, unit;
before(async () => {
  store = demoStore();
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
  liaison = await signIn(server, 'liaison-housing', store.accounts['liaison-housing']);
  reviewer = await signIn(server, 'reviewer', store.accounts.reviewer);
  const session = await office.ok('GET', '/api/v1/session');
  today = session.store.today;
  campaign = session.campaign.id;
  unit = liaison.session.user.unit;
});
after(async () => { await server?.stop(); store?.remove(); });

const signals = (query = '') => office.ok('GET', '/api/v1/signals?' + query);
const of = async (name) => (await signals(`signal=${name}&limit=200`)).items;
async function assigned(title, kind) {
  const id = await office.create('problems', { title, campaign, category: 'economy', source: 'self_check', kind, lead_unit: unit, root_cause: '原因' });
  for (const action of ['submit', 'admit']) await office.do('problems', id, action);
  await office.do('problems', id, 'assign', { due: day(today, 60) });
  await liaison.do('problems', id, 'take');
  return id;
}
async function started(title) {
  const id = await assigned(title, 'time_limited');
  await liaison.create('measures', { problem: id, title: '摸清底数', weight: 10000, start: today, due: day(today, 40), owner: '李某', unit });
  await liaison.do('problems', id, 'start', { owner: '张某' });
  return id;
}
async function pictured(problem, bytes) {
  const file = await liaison.ok('POST', '/api/v1/files', Buffer.from(bytes), { 'content-type': 'image/png', 'x-file-name': 'a.png' });
  return liaison.create('evidences', { problem, title: '现场照片', file: file.file, file_name: 'a.png', media_type: 'image/png', size: file.size });
}

test('the table says which signals there are; a liaison does not see them, a reviewer does', async () => {
  const found = await signals();
  assert.deepEqual(found.signals.map((one) => one.name), ['same_text', 'picture_again', 'round_end', 'same_day', 'appeals_not_falling', 'extended_often']);
  assert.ok(found.signals.every((one) => one.label && one.source));
  assert.equal((await liaison.call('GET', '/api/v1/signals')).status, 403);
  assert.equal((await reviewer.ok('GET', '/api/v1/signals')).problems, found.problems);
  assert.equal((await office.call('GET', '/api/v1/signals?signal=nothing')).status, 400);
});

let slow, other;
test('the same text in three updates', async () => {
  slow = await started('进展雷同的一件');
  const has = async () => (await of('same_text')).some((one) => one.record.id === slow);
  for (const [note, shows] of [['正在积极推进', false], ['正在积极推进', false], ['正在积极推进 ', true], ['已完成一半', false]]) {
    await liaison.do('problems', slow, 'report', { progress_note: note });
    assert.equal(await has(), shows, note);
  }
  for (let i = 0; i < 3; i++) await liaison.do('problems', slow, 'report', { progress_note: '持续推进' });
  const item = (await of('same_text')).find((one) => one.record.id === slow);
  assert.match(item.signals[0].sentence, /连续 3 次/);
});

test('a picture that another problem showed before; the first to show it is not blamed', async () => {
  other = await started('用旧图的一件');
  const first = await pictured(slow, 'the very same picture');
  assert.ok(!(await of('picture_again')).some((one) => one.record.id === slow));
  await pictured(slow, 'the very same picture');
  assert.ok(!(await of('picture_again')).some((one) => one.record.id === slow), 'twice for one problem is no signal');
  const again = await pictured(other, 'the very same picture');
  const items = (await of('picture_again')).filter((one) => [slow, other].includes(one.record.id));
  assert.deepEqual(items.map((one) => one.record.id), [other]);
  const sentence = items[0].signals.find((one) => one.name === 'picture_again').sentence;
  for (const id of [again, slow, first]) assert.ok(sentence.includes(String(id)), sentence);
});

let quick;
test('registered and closed on the same day', async () => {
  quick = await assigned('当天登记当天销号的一件', 'at_once');
  await pictured(quick, 'its own picture');
  await liaison.do('problems', quick, 'apply', { progress_note: '已改' });
  assert.equal((await office.page('problems', quick)).record.state, 'closed');
  assert.ok((await of('same_day')).some((one) => one.record.id === quick));
  const all = await signals('limit=1');
  assert.equal(all.items.length, 1);
  assert.ok(all.next > 0);
});

test('linked appeals that do not fall after closing', async () => {
  const has = async () => (await of('appeals_not_falling')).find((one) => one.record.id === quick);
  const appeal = async (number, date) => {
    const id = await office.create('appeals', { number, title: '又来反映', made_at: date + 'T09:00:00+08:00', unit });
    await office.create('links', { kind: 'arises_from', from_type: 'problem', from_id: quick, to_type: 'appeal', to_id: id });
  };
  await appeal('Z-1', day(today, -10));
  await appeal('Z-2', day(today, -20));
  must(bihuan(store, ['clock', 'advance', '40d']));
  assert.equal(await has(), undefined, 'they fell');
  await appeal('Z-3', day(today, 10));
  assert.equal(await has(), undefined, 'one after two');
  await appeal('Z-4', day(today, 12));
  assert.match((await has()).signals.find((one) => one.name === 'appeals_not_falling').sentence, /诉求 2 件，销号后同样天数 2 件/);
});

test('a whistle-blower’s appeal does not count there, linked or marked later, as a problem counts none: a reviewer may have a role over the unit', async () => {
  const told = async () => (await of('appeals_not_falling')).find((one) => one.record.id === quick)?.signals.find((one) => one.name === 'appeals_not_falling').sentence;
  const set = async (id, values) => { const { version } = (await office.page('appeals', id)).record; return office.ok('PATCH', `/api/v1/appeals/${id}`, { values }, { 'if-match': `"${version}"` }); };
  const { items: [last] } = await office.ok('GET', '/api/v1/appeals?number=Z-4');
  const hidden = await office.create('appeals', { number: 'Z-5', title: '举报又来反映', made_at: day(today, 13) + 'T09:00:00+08:00', unit, whistle: true, complained_of: liaison.session.user.unit });
  await office.create('links', { kind: 'arises_from', from_type: 'problem', from_id: quick, to_type: 'appeal', to_id: hidden });
  assert.match(await told(), /销号后同样天数 2 件/, 'linked as a whistle-blower’s');
  await set(last.id, { whistle: true });
  assert.equal(await told(), undefined, 'one after two: the other was marked afterwards');
  await set(last.id, { whistle: false });
  assert.match(await told(), /销号后同样天数 2 件/);
  await set(last.id, { made_at: day(today, -5) + 'T09:00:00+08:00' });
  assert.equal(await told(), undefined, 'a date that is put right counts where it belongs');
  await set(last.id, { made_at: day(today, 12) + 'T09:00:00+08:00' });
  assert.match(await told(), /诉求 2 件，销号后同样天数 2 件/);
});

test('a restart builds the same signals from the tables', async () => {
  const before = await signals('limit=200');
  await server.stop();
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
  const afterwards = await signals('limit=200');
  assert.deepEqual(afterwards.signals, before.signals);
  assert.deepEqual(afterwards.items.map((one) => [one.record.id, one.signals]), before.items.map((one) => [one.record.id, one.signals]));
});

test('a confirmed result says whether its problem was really solved, and is counted', async () => {
  const value = async () => (await office.ok('GET', '/api/v1/definitions/values')).all.really_solved;
  const before = await value();
  const result = (await office.ok('GET', `/api/v1/results?problem=${quick}`)).items[0];
  liaison = await signIn(server, 'liaison-housing', store.accounts['liaison-housing']);
  const { record } = await office.page('results', result.id);
  await office.ok('PATCH', '/api/v1/results/' + result.id, { values: { outcome: 'solved', achieved: '已解决', people_served: 0, publicity: 'open', public_text: '已解决' } }, { 'if-match': `"${record.version}"` });
  const page = await office.page('results', result.id), confirm = page.actions.find((one) => one.action === 'confirm');
  assert.ok(confirm.open, confirm.why_not);
  await office.do('results', result.id, 'confirm');
  assert.equal((await office.page('problems', quick)).record.outcome, 'solved');
  assert.deepEqual([(await value()).numerator, (await value()).denominator], [before.numerator + 1, before.denominator + 1]);
});

test('journal and tables agree in the end', async () => { must(bihuan(store, ['verify'])); });
