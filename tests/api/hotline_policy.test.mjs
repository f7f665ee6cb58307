// Whose policy appeals go by: the first campaign's, until the office names another from a day on, with its reason. Another campaign's policy moves no clock of an
// appeal; naming one moves no clock of an appeal made before that day, even when it is reckoned again.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { bihuan, day, demoStore, must, serve, signIn } from '../lib.mjs';

let store, server, office, liaison, home, audit, env, today, serial = 0;
const signed = async () => {
  [office, liaison] = await Promise.all(['office', 'liaison-housing'].map((account) => signIn(server, account, store.accounts[account])));
  ({ today } = (await office.ok('GET', '/api/v1/session')).store);
};
const clock = async (span) => { await server.stop(); must(bihuan(store, ['clock', 'advance', span])); server = await serve(store); await signed(); };
const campaign = (code) => office.create('campaigns', { name: `专项${code}`, code, prefix: code, valid_from: today, valid_to: day(today, 100) });
/** Answers within so many times 24 hours: then the date says whose policy it was. */
const policy = (of, days) => office.create('policies', { name: `口径 ${++serial}`, campaign: of, valid_from: today, appeal_clocks: JSON.stringify([{ contact: 1, answer: days * 24, answer_in: 'hours', solve: 90 }]) });
const appeal = (made = today) => office.create('appeals', { number: `HP-${++serial}`, title: '路灯不亮', made_at: `${made}T09:00:00+08:00`, origin: 'hotline' });
const daysOf = async (id) => { const { record } = await office.page('appeals', id); return Math.round((Date.parse(record.answer_due) - Date.parse(record.made_at)) / 86400000); };
const name = (of, from, reason = '热线改按新专项口径办理', client = office) => client.act('campaigns', of, 'lead_hotline', { hotline_from: from }, reason);
const leads = () => Promise.all([home, audit, env].map(async (of) => (await office.page('campaigns', of)).hotline));
const codes = (answer) => answer.body.findings?.map((one) => one.code);

before(async () => {
  store = demoStore();
  server = await serve(store);
  await signed();
  home = (await office.ok('GET', '/api/v1/session')).campaign.id;
  [audit, env] = [await campaign('SJ'), await campaign('HB')];
  await policy(home, 11);
});
after(async () => { await server?.stop(); store?.remove(); });

test('the first campaign is followed until another is named; a newer policy of another campaign moves nothing', async () => {
  assert.equal(await daysOf(await appeal()), 11);
  await policy(audit, 22);
  await policy(env, 33);
  assert.equal(await daysOf(await appeal()), 11);
  assert.deepEqual(await leads(), [true, false, false]);
});

test('the office names another from a day that is not past, with a reason; nobody else does', async () => {
  assert.equal((await name(audit, today, '想改', liaison)).status, 403);
  assert.equal((await name(audit, today, null)).status, 422, 'a reason is asked');
  assert.equal((await name(audit, undefined)).status, 422, 'and a day');
  assert.deepEqual(codes(await name(audit, day(today, -1))), ['hotline_day']);
  const from = day(today, 1);
  assert.equal((await name(audit, from)).status, 200);
  const { record } = await office.page('campaigns', audit);
  assert.deepEqual([record.hotline_from, record.hotline_days], [null, from], 'the day stands among the days, and nowhere else');
  for (const taken of [today, from]) assert.deepEqual(codes(await name(env, taken)), ['hotline_day'], 'a day has one policy');
});

test('from that day on appeals go by it; those made before keep theirs, reckoned again too', async () => {
  const running = await appeal();
  assert.equal(await daysOf(running), 11, 'not before its day');
  await clock('1d');
  assert.deepEqual(await leads(), [false, true, false]);
  const before = await appeal(day(today, -1)), since = await appeal();
  assert.deepEqual([await daysOf(before), await daysOf(since)], [11, 22], 'made before is by the policy of then');
  assert.equal(await daysOf(running), 11, 'its clock runs on');
  await office.ok('PATCH', `/api/v1/appeals/${before}`, { values: { title: '路灯又不亮' } }, { 'if-match': `"${(await office.page('appeals', before)).record.version}"` });
  assert.equal(await daysOf(before), 11);
});

test('named and named back, each day keeps its own', async () => {
  const [first, second] = [day(today, 1), day(today, 2)], here = today;
  assert.equal((await name(env, first)).status, 200);
  assert.equal(await daysOf(await appeal()), 22, 'not before its day');
  assert.deepEqual(codes(await name(audit, first)), ['hotline_day']);
  assert.equal((await name(audit, second)).status, 200);
  await clock('2d');
  assert.deepEqual([await daysOf(await appeal(here)), await daysOf(await appeal(first)), await daysOf(await appeal(second))], [22, 33, 22]);
  assert.equal((await office.page('campaigns', audit)).record.hotline_days, `${here} ${second}`);
  const story = (await office.ok('GET', `/api/v1/campaigns/${audit}/journal`)).entries.filter((entry) => entry.action === 'lead_hotline');
  assert.deepEqual(story.map((entry) => entry.reason), ['热线改按新专项口径办理', '热线改按新专项口径办理']);
});

test('the store verifies', async () => {
  await server.stop();
  must(bihuan(store, ['verify']));
});
