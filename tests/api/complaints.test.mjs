// Strong complaints, both ways. Many people over one problem make it red the next day; one person many times, whistle-blowers and a young store do not; a month
// later it is over; every number is the policy's. And what the office confirmed as a media or group case is red while it is in work, until it is taken back.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan, must, day, until } from '../lib.mjs';

let store, server, office, liaison, leader, campaign, unit, today, serial = 0;
const signed = async () => {
  [office, liaison, leader] = await Promise.all(['office', 'liaison-housing', 'leader'].map((account) => signIn(server, account, store.accounts[account])));
  const session = await office.ok('GET', '/api/v1/session');
  today = session.store.today;
  campaign ??= session.campaign.id;
};
const clock = async (span) => { await server.stop(); must(bihuan(store, ['clock', 'advance', span])); server = await serve(store); await signed(); };
before(async () => { store = demoStore(); server = await serve(store); await signed(); unit = liaison.session.user.unit; });
after(async () => { await server?.stop(); store?.remove(); });

const problem = async (title, kind = 'time_limited') => {
  const id = await office.create('problems', { title, campaign, category: 'economy', source: 'self_check', kind, lead_unit: unit, root_cause: '原因' });
  for (const action of ['submit', 'admit']) await office.do('problems', id, action);
  await office.do('problems', id, 'assign', { due: day(today, 300) });
  return id;
};
/** `count` appeals of today, of as many people as `phone` gives. */
const complain = async (id, count, phone, more = {}) => {
  for (let i = 0; i < count; i++) {
    const appeal = await office.create('appeals', { number: `QF-${++serial}`, title: '反映', made_at: today + 'T00:00:01+08:00', unit, phone: phone(i), ...more });
    await office.create('links', { from_type: 'problem', from_id: id, to_type: 'appeal', to_id: appeal, kind: 'arises_from' });
  }
};
const many = (prefix) => (i) => `139${prefix}${String(1000000 + i).slice(1)}`;
const recordOf = async (id) => (await office.page('problems', id)).record;
const sentenceOf = async (id, language = 'zh') => (await office.ok('GET', `/api/v1/problems/${id}`, undefined, { 'accept-language': language })).colour.why;
const byRule = async (more = '') => (await office.ok('GET', `/api/v1/problems?colour_rule=strong_complaints&limit=200${more}`)).items.map((one) => one.id);
const pictureOf = async (id) => {
  const { file, size } = await office.ok('POST', '/api/v1/files', new Uint8Array([0x89, 0x50, 0x4e, 0x47, ++serial]), { 'content-type': 'image/png', 'x-file-name': 'a.png' });
  return office.create('evidences', { problem: id, title: '截图', file, file_name: 'a.png', media_type: 'image/png', size, phase: 'before' });
};
const codes = (answer) => answer.body.findings?.map((one) => one.code);

let crowd, one, whistled, young;
const policy = async (values) => { await office.create('policies', { name: `反映口径 ${++serial}`, campaign, valid_from: today, ...values }); await clock('1h'); };

test('a store that has not seen two whole spans says nothing, however many people complain', async () => {
  await policy({ complaint_days: 180 });
  young = await problem('新库多人反映');
  await complain(young, 11, many('10'));
  await clock('1d');
  assert.ok(!(await recordOf(young)).complaints);
  assert.notEqual((await recordOf(young)).colour, 'red');
  await policy({});
});

test('eleven people make it red with its sentence; one person eleven times and eleven whistle-blowers do not', async () => {
  [crowd, one, whistled] = [await problem('多人反映'), await problem('一人多次'), await problem('多人举报')];
  await complain(crowd, 11, many('20'));
  await complain(one, 11, () => '13900000099');
  await complain(whistled, 11, many('30'), { kind: 'report', whistle: true, complained_of: unit });
  await clock('1d');
  for (const each of [crowd, young]) {
    const red = await recordOf(each);
    assert.deepEqual([red.complaints, red.complaint_days, red.colour], [11, 30, 'red'], JSON.stringify(red));
    assert.equal(await sentenceOf(each), `群众反映强烈：30 天内 11 人反映，该单位平时 ${red.usual_complaints} 人`);
    assert.equal(await sentenceOf(each, 'en'), `Strong complaints: 11 people in 30 days, the unit's usual is ${red.usual_complaints}`);
  }
  for (const other of [one, whistled]) {
    assert.ok(!(await recordOf(other)).complaints, String(other));
    assert.notEqual((await recordOf(other)).colour, 'red');
  }
});

test('the list is asked by the rule, within who asks; another name is refused with those there are', async () => {
  assert.deepEqual((await byRule()).sort(), [young, crowd]);
  assert.ok(!(await office.ok('GET', '/api/v1/problems?colour_rule.not=strong_complaints&limit=200')).items.some((each) => each.id === crowd));
  assert.deepEqual((await liaison.ok('GET', '/api/v1/problems?colour_rule=strong_complaints')).items.map((each) => each.id).sort(), [young, crowd]);
  const wrong = await office.call('GET', '/api/v1/problems?colour_rule=angry');
  assert.equal(wrong.status, 400);
  assert.match(JSON.stringify(wrong.body), /strong_complaints/);
  assert.equal((await office.call('GET', '/api/v1/problems?colour_rule.gt=strong_complaints')).status, 400);
});

test('each number of the policy alone ends it: more people, more times the usual, fewer days', async () => {
  const { rules } = (await office.ok('GET', '/api/v1/colour-presets')).items.find((each) => each.name === 'default');
  const wanting = (people) => JSON.stringify(rules.map(({ colour, rule, than }) => ({ colour, rule, ...(than ? { than: rule === 'strong_complaints' ? people : than } : {}) })));
  const judged = (colour) => until(`it is ${colour}`, async () => ((await recordOf(crowd)).colour === 'red') === (colour === 'red'));
  const usual = (await recordOf(crowd)).usual_complaints;
  await policy({ colour_rules: wanting(12) });
  await judged('other');
  await policy({ colour_rules: wanting(11) });
  await judged('red');
  if (usual > 0) {
    await policy({ complaint_times: 100 });
    await judged('other');
  }
  await policy({ complaint_times: 1 });
  await judged('red');
  for (const wrong of [{ complaint_days: 0 }, { complaint_times: 0 }, { complaint_windows: 25 }]) assert.equal((await office.call('POST', '/api/v1/policies', { values: { name: '不对', campaign, valid_from: today, ...wrong } })).status, 422, JSON.stringify(wrong));
  await policy({ complaint_days: 1, complaint_windows: 1 });
  await clock('1d');
  assert.ok(!(await recordOf(crowd)).complaints, 'nobody complained in the last day');
  await policy({});
  await clock('1d');
  assert.deepEqual([(await recordOf(crowd)).complaints, (await recordOf(crowd)).complaint_days], [11, 30], 'and with thirty days again they did');
});

test('thirty days later it is over', async () => {
  await clock('31d');
  for (const each of [crowd, one, whistled]) {
    assert.ok(!(await recordOf(each)).complaints);
    assert.notEqual((await recordOf(each)).colour, 'red');
  }
  assert.deepEqual(await byRule(), []);
});

/* ---- the other way ---- */

test('the office alone confirms a media or group case, with a reason and where it is known from', async () => {
  const confirm = (client, values, reason = '晚报头版报道') => client.act('problems', one, 'confirm_case', values, reason);
  const source = { strong_case: 'media', strong_case_source: '《申江晚报》2026-11-20 头版' };
  for (const client of [liaison, leader]) assert.equal((await confirm(client, source)).status, 403);
  assert.equal((await confirm(office, source, null)).status, 422, 'a reason is asked');
  assert.equal((await confirm(office, { strong_case_source: '某报' })).status, 422, 'and which of the two it is');
  assert.deepEqual(codes(await confirm(office, { strong_case: 'media' })), ['strong_case'], 'and where it is known from');
  const foreign = await pictureOf(crowd), bare = await office.create('evidences', { problem: one, title: '没有图的佐证', note: '口头', phase: 'before' });
  assert.ok(codes(await confirm(office, { strong_case: 'group', strong_case_picture: foreign })).includes('strong_case'), 'a picture of another problem shows nothing of this one');
  assert.ok(codes(await confirm(office, { strong_case: 'group', strong_case_picture: bare })).includes('strong_case'), 'nor does a note');
  assert.deepEqual(codes(await office.act('problems', one, 'lift_case', {}, '没有可撤的')), ['strong_case']);
  assert.equal((await confirm(office, source)).status, 200);
  const record = await recordOf(one);
  assert.deepEqual([record.strong_case, record.strong_case_source, record.strong_case_on, record.strong_case_why, record.strong_case_by, record.colour], ['media', source.strong_case_source, today, '晚报头版报道', office.session.user.id, 'red']);
  assert.equal(await sentenceOf(one), `群众反映强烈：${today} 认定为媒体曝光`);
  assert.equal(await sentenceOf(one, 'en'), `Strong complaints: confirmed on ${today} as a media case`);
  assert.deepEqual(await byRule(), [one]);
  assert.deepEqual(await byRule('&strong_case=media'), [one]);
  assert.deepEqual(codes(await confirm(office, source)), ['strong_case'], 'one at a time');
});

test('the story shows it; taken back with a reason it is over, and the past stays as it was', async () => {
  const red = new Date(Date.parse((await office.ok('GET', '/api/v1/session')).store.now)).toISOString();
  await clock('1d');
  assert.equal((await recordOf(one)).colour, 'red', 'a day moves nothing');
  assert.equal((await office.act('problems', one, 'lift_case')).status, 422, 'a reason is asked');
  assert.equal((await liaison.act('problems', one, 'lift_case', {}, '请撤')).status, 403);
  await office.do('problems', one, 'lift_case', {}, '报道已更正');
  const record = await recordOf(one);
  for (const field of ['strong_case', 'strong_case_source', 'strong_case_on', 'strong_case_why', 'strong_case_by']) assert.ok(!record[field], field);
  assert.notEqual(record.colour, 'red');
  assert.equal(record.ever_red, true);
  const told = (await office.ok('GET', `/api/v1/problems/${one}/journal?limit=200`)).entries.filter((entry) => ['confirm_case', 'lift_case'].includes(entry.action));
  assert.deepEqual(told.map((entry) => entry.reason).sort(), ['报道已更正', '晚报头版报道']);
  await server.stop();
  const past = must(bihuan(store, ['colour', String(record.number ?? one), '--at', red])).out, now = must(bihuan(store, ['colour', String(record.number ?? one)])).out;
  assert.match(past, /认定为媒体曝光/);
  assert.doesNotMatch(now, /媒体曝光/);
  server = await serve(store);
  await signed();
});

test('with a picture, while it is under way, and not beyond acceptance', async () => {
  const at_once = await problem('群体来访', 'at_once');
  const picture = await pictureOf(at_once);
  await office.do('problems', at_once, 'confirm_case', { strong_case: 'group', strong_case_picture: picture }, '三十人联名来访');
  assert.equal(await sentenceOf(at_once), `群众反映强烈：${today} 认定为群体性事件`);
  const head = await signIn(server, 'head-housing', store.accounts['head-housing']);
  for (const action of ['take', 'apply']) await head.do('problems', at_once, action, action === 'apply' ? { progress_note: '已答复全部来访人' } : {});
  const record = await recordOf(at_once);
  assert.equal(record.strong_case, 'group');
  if (['applied', 'endorsed'].includes(record.state)) assert.equal(record.colour, 'red', 'as at application');
  else assert.notEqual(record.colour, 'red', record.state);
});

test('an off-line placeholder bears no case: its number and code name are all there is', async () => {
  const covert = await office.create('problems', { campaign, title: '代号 09', category: 'governance', source: 'inspection_new', kind: 'time_limited', lead_unit: unit, secrecy: 'placeholder' });
  for (const action of ['submit', 'admit']) await office.do('problems', covert, action);
  await office.do('problems', covert, 'assign', { due: day(today, 60) });
  assert.deepEqual(codes(await office.act('problems', covert, 'confirm_case', { strong_case: 'media', strong_case_source: '某报' }, '见报')), ['placeholder']);
});

test('sent back it is in work again; closed it keeps the case, re-opened it begins without', async () => {
  const closes = async (title) => {
    const id = await problem(title, 'at_once'), head = await signIn(server, 'head-housing', store.accounts['head-housing']);
    await head.do('problems', id, 'take');
    await head.create('evidences', { problem: id, title: '处理记录', note: '已办', phase: 'after' });
    await office.do('problems', id, 'confirm_case', { strong_case: 'media', strong_case_source: '某报' }, '见报');
    await head.do('problems', id, 'apply', { progress_note: '已办结' });
    return id;
  };
  const back = await closes('退回的问题');
  assert.deepEqual([(await recordOf(back)).state, (await recordOf(back)).colour], ['applied', 'red'], 'ever red: the full chain');
  await office.do('problems', back, 'send_back', {}, '再补材料');
  assert.deepEqual([(await recordOf(back)).strong_case, (await recordOf(back)).colour], ['media', 'red']);
  await policy({ routes: '[{"route":"c"}]' });
  const again = await closes('重开的问题');
  assert.deepEqual([(await recordOf(again)).state, (await recordOf(again)).strong_case, (await recordOf(again)).colour], ['closed', 'media', 'green']);
  await office.do('problems', again, 'reopen', { due: day(today, 7) }, '又有反映');
  assert.ok(!(await recordOf(again)).strong_case);
});

test('the store verifies', async () => {
  await server.stop();
  must(bihuan(store, ['verify']));
});
