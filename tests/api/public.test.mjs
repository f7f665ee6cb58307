// The public's side on a real server: what is released and nothing else, masked names, two people; objections while publicised, followed by a code; evaluations once for each person and
// matter, a bad one judged by two; appeals only where a policy wants them; and a view that comes again the same.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { rmSync, readFileSync, existsSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { bihuan, day, databaseTool, followed, until } from '../lib.mjs';
import { codeOf, portalStore, servePortal, shows, signInAll, visitor } from '../public.mjs';

let store, server, portal, guest, office, second, liaison, head, acceptor, acceptor2, releaser, unit, campaign;
const now = async () => (await office.ok('GET', '/api/v1/session')).store.today;
const advance = (days) => { const done = bihuan(store, ['clock', 'advance', `${days}d`]); assert.equal(done.status, 0, done.err); };
const codes = (answer) => answer.body.findings.map((one) => one.code);
const verified = () => { const done = bihuan(store, ['verify']); assert.equal(done.status, 0, done.out + done.err); };
const release = async (id, values = {}) => {
  const made = await office.create('releases', { problem: id, title: '小区车库没有手机信号', text: '正在逐个小区施工。', ...values });
  await releaser.do('releases', made, 'release');
  return made;
};

before(async () => {
  store = portalStore();
  ({ server, portal } = await servePortal(store));
  guest = visitor(portal);
  [office, second, liaison, head, acceptor, acceptor2, releaser] = await signInAll(server, store, ['office', 'office-second', 'liaison-housing', 'head-housing', 'acceptor-1', 'acceptor-2', 'releaser']);
  unit = liaison.session.user.unit;
  const today = await now();
  campaign = await office.create('campaigns', { name: '公开专项', code: 'GK', prefix: 'GK-', valid_from: today, valid_to: day(today, 700) });
});
after(async () => { await server?.stop(); store?.remove(); });

async function taken(title = '地库渗水', level = 'city') {
  const id = await office.create('problems', { title, campaign, category: 'livelihood', source: 'research', kind: 'time_limited', level, lead_unit: unit, root_cause: '防水层老化' });
  await office.do('problems', id, 'submit');
  await office.do('problems', id, 'admit');
  await office.do('problems', id, 'assign', { due: day(await now(), 60) });
  await liaison.do('problems', id, 'take');
  return id;
}
async function accepted(title) {
  const id = await taken(title), today = await now();
  const measure = await liaison.create('measures', { problem: id, title: '重做防水', weight: 10000, start: today, due: day(today, 10), owner: '李某', unit });
  await liaison.do('problems', id, 'start', { owner: '张某' });
  await liaison.do('measures', measure, 'finish', { note: '完成' });
  await acceptor.do('measures', measure, 'accept_measure');
  await liaison.create('evidences', { problem: id, title: '整改后', note: '不再渗水', phase: 'after' });
  await liaison.do('problems', id, 'apply', { progress_note: '防水已重做，住户王小明先生确认不再渗水。' });
  await head.do('problems', id, 'endorse');
  await acceptor.accept(id);
  await acceptor2.accept(id);
  return id;
}

test('nothing is public until somebody released it; the portal answers nothing of the staff’s', async () => {
  await followed(server);
  const start = await guest.get('/public/');
  assert.equal(start.status, 200);
  assert.match(start.text, /还没有发布的问题/);
  assert.match(start.headers.get('content-security-policy'), /default-src 'none'/);
  for (const path of ['/api/v1/problems', '/readyz', '/metrics', '/sign-in', '/public/../api/v1/problems', '/public/problems/1', '/public/problems/1/object']) assert.ok([404, 405].includes((await guest.get(path)).status), path);
  assert.equal((await guest.get('/')).status, 302);
  assert.equal((await guest.get('/public/en/')).status, 200);
});

let shown;
test('a release: names and numbers masked by suggestion and told to the reviewer; another person releases it', async () => {
  shown = await taken('车库没有信号，联系人张三丰 13812345678');
  const made = await liaison.create('releases', { problem: shown, title: '车库没有信号（联系人张三丰）', text: '王小明先生说：电话 13812345678，证件 310101199001011234。\n正在施工。' });
  const page = (await releaser.page('releases', made)).record;
  assert.equal(page.title, '车库没有信号（联系人张某）');
  assert.equal(page.text, '王某先生说：电话 [电话已隐去]，证件 [证件号已隐去]。\n正在施工。');
  for (const words of ['联系人张三丰 → 联系人张某', '王小明 → 王某', '13812345678', '310101199001011234']) assert.ok(page.masked.includes(words), words);
  assert.equal((await liaison.page('releases', made)).record.masked, undefined, 'units do not see it again');
  assert.equal((await office.act('releases', made, 'release')).status, 403);
  assert.equal((await guest.get(`/public/problems/${shown}`)).status, 404);
  await releaser.do('releases', made, 'release');
  const seen = await shows(guest, `/public/problems/${shown}`, '王某先生说');
  assert.ok(!seen.text.includes('张三丰') && !seen.text.includes('13812345678'));
  assert.match(seen.text, new RegExp((await office.page('problems', shown)).record.number));
  assert.match((await guest.get('/public/')).text, /公开的 1 件/);
  verified();
});

test('who proposed it does not release it; what the reviewer has looked at may stand as written', async () => {
  const id = await taken('信号覆盖'), made = await office.create('releases', { problem: id, title: '信号覆盖', text: '请找李建国主任。' });
  await releaser.ok('PATCH', `/api/v1/releases/${made}`, { values: { text: '请找李建国主任。', as_written: true } }, { 'if-match': '*' });
  await releaser.do('releases', made, 'release');
  await shows(guest, `/public/problems/${id}`, '李建国主任');
  await office.do('releases', made, 'withdraw', {}, '改用别的说法');
  await until('it is gone', async () => (await guest.get(`/public/problems/${id}`)).status === 404);
  const again = await office.act('releases', made, 'propose', {}, '重新提');
  assert.equal(again.status, 200);
  await releaser.do('releases', made, 'withhold', { withheld_because: 'process' });
  assert.equal((await office.page('releases', made)).record.withheld_because, 'process');
});

test('a restricted problem is never released; one that becomes restricted, or is withdrawn, is gone', async () => {
  const id = await taken('涉密事项'), edit = (values) => office.ok('PATCH', `/api/v1/problems/${id}`, { values }, { 'if-match': '*' });
  const made = await release(id, { title: '先公开的' });
  await shows(guest, `/public/problems/${id}`, '先公开的');
  await office.do('releases', made, 'withdraw', {}, '核查');
  await until('it is gone', async () => (await guest.get(`/public/problems/${id}`)).status === 404);
  await release(id, { title: '又公开的' });
  await shows(guest, `/public/problems/${id}`, '又公开的');
  await office.do('problems', id, 'withdraw', {}, '不是问题');
  await until('it is gone with the problem', async () => (await guest.get(`/public/problems/${id}`)).status === 404);
});

let objected, publicised;
test('publicised to the public: the review proposes a release; an objection is taken without script, judged by two, and followed by its code', async () => {
  publicised = await accepted('二号楼地库渗水');
  await office.do('problems', publicised, 'publicise', { publicity_scope: 'public' });
  const proposed = (await office.page('problems', publicised)).releases;
  assert.equal(proposed.length, 1);
  assert.equal(proposed[0].state, 'proposed');
  assert.equal(proposed[0].text, '防水已重做，住户王某先生确认不再渗水。');
  assert.deepEqual(codes(await guestLess(proposed[0].id)), [], 'the office has no right to release');
  await releaser.do('releases', proposed[0].id, 'release');
  const page = await shows(guest, `/public/problems/${publicised}`, '提异议');
  assert.match(page.text, /正在公示，到/);
  const empty = await guest.post(`/public/problems/${publicised}/object`, { text: ' ' });
  assert.equal(empty.status, 422);
  const sent = await guest.post(`/public/problems/${publicised}/object`, { text: '墙角还在渗水<script>', from: '陈某', contact: '13900001111' });
  assert.equal(sent.status, 200);
  objected = codeOf(sent);
  assert.ok(objected, sent.text);
  const followedPage = await until('the code is known', async () => { const one = await guest.post('/public/follow', { code: objected.toUpperCase().replaceAll('-', ' ') }); return one.status === 200 && one; });
  assert.match(followedPage.text, /已收到，正在核查/);
  const dated = (date) => new RegExp(`最迟 <time datetime="${date}">`);
  assert.match(followedPage.text, dated((await office.page('problems', publicised)).objections[0].recheck_due), 'by when it is judged');
  assert.ok(!followedPage.text.includes('墙角'), 'what was written is not shown again');
  const [objection] = (await office.page('problems', publicised)).objections;
  assert.equal(objection.text, '墙角还在渗水<script>');
  assert.equal(objection.from_whom, '陈某');
  assert.notEqual(objection.contact, '13900001111');
  const story = await office.ok('GET', `/api/v1/objections/${objection.id}/journal`);
  assert.equal(story.entries[0].channel, 'public');
  await office.do('objections', objection.id, 'conclude', { verdict: 'founded', verdict_reason: '现场确有渗水' });
  assert.deepEqual(codes(await office.act('objections', objection.id, 'agree')), ['another_person']);
  await second.do('objections', objection.id, 'agree');
  assert.equal((await office.page('problems', publicised)).record.state, 'rectifying');
  const due = (await office.page('objections', objection.id)).record.reply_due;
  const judgedPage = await until('it is judged', async () => { const one = await guest.post('/public/follow', { code: objected }); return one.text.includes('已认定，正在答复') && one; });
  assert.match(judgedPage.text, dated(due), 'by when it is answered');
  await office.do('objections', objection.id, 'answer', { reply: '您说得对，已退回重做。' });
  const answered = await until('the answer is there', async () => { const one = await guest.post('/public/follow', { code: objected }); return one.text.includes('已退回重做') && one; });
  assert.match(answered.text, /认定属实/);
  assert.match(answered.text, /对答复还有意见.*12345/s);
  assert.doesNotMatch(answered.text, /最迟/);
  assert.equal((await guest.post(`/public/problems/${publicised}/object`, { text: '再提一次' })).status, 409, 'no longer publicised');
  assert.equal((await guest.post('/public/follow', { code: 'aaaa-bbbb-cccc' })).status, 404);
  assert.equal((await guest.post('/public/follow', { code: 'x' })).status, 422);
  verified();
});
const guestLess = async () => ({ body: { findings: [] } });

test('a review that says not public takes back what is out and withholds what waits, by its reason', async () => {
  const id = await accepted('三号楼地库渗水'), made = await release(id, { title: '三号楼' }), waiting = await office.create('releases', { problem: id, title: '三号楼再提', text: '等审核' });
  await shows(guest, `/public/problems/${id}`, '三号楼');
  await office.do('problems', id, 'review_publicity', { publicity_scope: 'party', withhold_reason: 'internal' });
  const page = await office.page('problems', id);
  assert.deepEqual(page.releases.map((one) => [one.id, one.state]).sort(), [[made, 'withdrawn'], [waiting, 'withheld']].sort());
  assert.equal(page.releases.find((one) => one.id === waiting).withheld_because, 'internal');
  await until('it is gone', async () => (await guest.get(`/public/problems/${id}`)).status === 404);
  const late = await office.create('releases', { problem: id, title: '还想公开', text: '不行' });
  assert.deepEqual(codes(await releaser.act('releases', late, 'release')), ['release_reviewed']);
});

let appeals;
test('a result before and after, evaluated once by who appealed; a bad one is rechecked in five working days, judged by two, and only a founded one re-opens', async () => {
  const id = await accepted('四号楼地库渗水'), today = await now();
  appeals = [];
  for (const [number, phone] of [['A-1', '13800000001'], ['A-2', '13800000002'], ['A-3', '13800000001']]) {
    const appeal = await office.create('appeals', { number: 'PUB-' + number, title: '地库渗水', text: '四号楼', made_at: today + 'T08:00:00+08:00', phone });
    await office.create('links', { kind: 'arises_from', from_type: 'problem', from_id: id, to_type: 'appeal', to_id: appeal });
    appeals.push(appeal);
  }
  await office.do('problems', id, 'publicise', { publicity_scope: 'public' });
  advance(12);
  if ((await office.page('problems', id)).record.state === 'publicised') await office.do('problems', id, 'close');
  const drafted = (await office.page('appeals', appeals[0])).record;
  assert.equal(drafted.state, 'received', 'nothing is answered by itself');
  assert.match(drafted.answer_draft, /销号/);
  const note = (await office.page('problems', id)).record.progress_note;
  assert.ok(note && drafted.answer_draft.endsWith(note), 'with the words of the problem: ' + drafted.answer_draft);
  for (const appeal of appeals) await office.do('appeals', appeal, 'answer_as_drafted');
  const invited = [];
  for (const appeal of appeals) invited.push((await office.page('appeals', appeal)).record.evaluation_code);
  assert.ok(invited.every((code) => /^[a-z0-9]{4}(-[a-z0-9]{4}){2}$/.test(code)), 'the answer to what was closed gave each a code: ' + invited);
  const offer = await until('the code may evaluate', async () => { const one = await guest.post('/public/follow', { code: invited[0] }); return one.text.includes('name="solved"') && one; });
  assert.match(offer.text, /评价结果/);
  assert.equal((await guest.post('/public/evaluate', { code: 'aaaa-bbbb-cccc', solved: '1', satisfaction: '1' })).status, 404);
  assert.equal((await guest.post('/public/evaluate', { code: invited[0], solved: '1', satisfaction: '3' })).status, 422, 'with what?');
  const bad = await guest.post('/public/evaluate', { code: invited[0], solved: '2', satisfaction: '3', words: '又渗水了' });
  assert.equal(bad.status, 200);
  const evaluation = await until('it is taken in', async () => (await office.page('problems', id)).evaluations[0]);
  assert.equal(evaluation.state, 'recheck');
  assert.equal(evaluation.about, 'not_solved');
  assert.ok(evaluation.recheck_due >= day(await now(), 5) && evaluation.recheck_due <= day(await now(), 18));
  const stands = await until('the code of the appeal follows the evaluation too', async () => { const one = await guest.post('/public/follow', { code: invited[0] }); return one.text.includes('您的评价') && one; });
  assert.match(stands.text, new RegExp(`正在核实.*最迟 <time datetime="${evaluation.recheck_due}">`, 's'));
  assert.ok(!stands.text.includes('又渗水了'), 'what was written is not shown again');
  await until('the same code no more', async () => (await guest.post('/public/evaluate', { code: invited[0], solved: '1', satisfaction: '1' })).status === 409);
  const twice = await guest.post('/public/evaluate', { code: invited[2], solved: '1', satisfaction: '1' });
  const told = await until('the same person on the same matter is refused', async () => { const one = await guest.post('/public/follow', { code: codeOf(twice) }); return one.status === 200 && one; });
  assert.match(told.text, /没有受理/);
  assert.match(told.text, /一人一事只评一次/);
  await guest.post('/public/evaluate', { code: invited[1], solved: '1', satisfaction: '2' });
  await until('the other person counts', async () => (await office.page('problems', id)).evaluations.length === 2);
  assert.deepEqual((await office.page('problems', id)).evaluations.map((one) => one.state).sort(), ['given', 'recheck']);
  await office.do('evaluations', evaluation.id, 'conclude', { found: '到现场看过', verdict: 'unfounded', verdict_reason: '是另一处漏水' });
  await second.do('evaluations', evaluation.id, 'disagree', {}, '没有看全');
  await office.do('evaluations', evaluation.id, 'conclude', { found: '又看了一次，确有渗水', verdict: 'founded', verdict_reason: '墙角返潮' });
  assert.deepEqual(codes(await office.act('evaluations', evaluation.id, 'agree')), ['another_person']);
  assert.equal((await office.page('problems', id)).record.state, 'closed');
  await second.do('evaluations', evaluation.id, 'agree');
  const judged = (await office.page('evaluations', evaluation.id)).record;
  assert.ok(judged.reply_due >= day(await now(), 5) && judged.reply_due <= day(await now(), 18), 'whoever evaluated is answered within the policy\'s working days of the verdict');
  await office.do('evaluations', evaluation.id, 'answer', { reply: '您评得对，已重新整改。' });
  for (const code of [invited[0], codeOf(bad)]) await until('either code shows the reply', async () => { const { text } = await guest.post('/public/follow', { code }); return text.includes('认定属实') && text.includes('您评得对，已重新整改。') && text; });
  const reopened = (await office.page('problems', id)).record;
  assert.equal(reopened.state, 'assigned');
  assert.equal(reopened.cycle, 2);
  verified();
});

test('a result goes out with its text, its figures and its pictures, which tell no more than they show', async () => {
  const id = (await office.ok('GET', '/api/v1/problems?campaign=' + campaign + '&limit=50')).items.find((one) => one.title === '四号楼地库渗水').id;
  const result = (await office.page('problems', id)).results.find((one) => one.cycle === 1);
  await liaison.ok('PATCH', `/api/v1/results/${result.id}`, { values: { outcome: 'solved', achieved: '内部说法不外传', people_served: 186, money: '12500.00', publicity: 'open', public_text: '四号楼地库不再渗水。' } }, { 'if-match': '*' });
  const early = await office.create('releases', { problem: id, result: result.id, title: '四号楼地库修好了', text: '四号楼地库不再渗水。', figures: ['effects'] });
  assert.deepEqual(codes(await releaser.act('releases', early, 'release')), ['release_reviewed'], 'confirmed first');
  await office.do('results', result.id, 'confirm');
  const secret = Buffer.from('拍摄者赵无极和地点'), photo = withComment(secret);
  const upload = await liaison.ok('POST', '/api/v1/files', new Uint8Array(photo), { 'content-type': 'image/jpeg' });
  const evidence = await liaison.create('evidences', { problem: id, title: '修好以后', phase: 'after', file: upload.file ?? upload.name ?? upload.hash, file_name: '内部文件名.jpg', media_type: 'image/jpeg' });
  await office.ok('PATCH', `/api/v1/releases/${early}`, { values: { after: [evidence] } }, { 'if-match': '*' });
  await releaser.do('releases', early, 'release');
  const page = await shows(guest, '/public/results', '四号楼地库修好了');
  assert.match(page.text, /186/);
  assert.match(page.text, /12500/);
  assert.ok(!page.text.includes('内部说法') && !page.text.includes('内部文件名'));
  const picture = page.text.match(/\/public\/pictures\/([0-9a-f]{64})/)[1];
  const bytes = Buffer.from(await (await fetch(`${portal}/public/pictures/${picture}`)).arrayBuffer());
  assert.equal(bytes.subarray(0, 2).toString('hex'), 'ffd8');
  assert.equal(bytes.indexOf(secret), -1, 'what hung on the picture is gone');
  assert.equal((await guest.get('/public/pictures/' + 'a'.repeat(64))).status, 404);
});
/** The smallest JPEG there is, with words in a comment, in EXIF and behind its end. */
function withComment(words) {
  const segment = (marker, body) => Buffer.concat([Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255]), body]);
  const scan = Buffer.concat([segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from([0x12, 0xff, 0x00, 0x34])]);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), words])), segment(0xfe, words), segment(0xdb, Buffer.alloc(65, 1)), segment(0xc0, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0])), scan, Buffer.from([0xff, 0xd9]), words]);
}

test('open data holds what the pages hold; both say how far they are', async () => {
  await followed(server);
  const json = JSON.parse((await guest.get('/public/data/problems.json')).text);
  assert.ok(json.licence.includes('注明来源'));
  assert.ok(json.journal > 0 && json.as_of);
  const rows = (await guest.get('/public/data/problems.csv')).text.trim().split('\r\n');
  assert.equal(rows.length - 1, json.problems.length);
  assert.match(rows[0], /^编号,标题/);
  const list = await guest.get('/public/problems');
  for (const problem of json.problems.filter((one) => one.ongoing)) assert.ok(list.text.includes(problem.title), problem.title);
  assert.match((await guest.get('/public/en/problems?category=4')).text, /Problems in the open/);
});

test('appeals are off; where a policy turns them on, likely duplicates are shown first, the picture is cleaned, and the code evaluates the answer', async () => {
  assert.equal((await guest.get('/public/appeal')).status, 404);
  assert.equal((await guest.post('/public/appeal', { title: '路灯不亮', text: '三盏', sure: '1' })).status, 404);
  await office.create('policies', { name: '门户受理', campaign, valid_from: await now(), public_appeals: true, public_a_day: 40 });
  await followed(server);
  const none = await guest.get('/public/appeal');
  assert.deepEqual([none.status, /请打 12345/.test(none.text)], [404, true], 'appeals go by another campaign’s policy');
  await office.do('campaigns', campaign, 'lead_hotline', { hotline_from: await now() }, '诉求改按公开专项口径');
  await until('the form is there', async () => (await guest.get('/public/appeal')).status === 200);
  const alike = await guest.post('/public/appeal', { title: '车库没有信号', text: '车库里手机没有信号，正在施工吗' });
  assert.match(alike.text, /可能已经在办/);
  assert.match(alike.text, new RegExp(`/public/problems/${shown}"`));
  const form = new FormData();
  for (const [name, value] of Object.entries({ sure: '1', title: '路灯不亮', text: '三盏路灯不亮', place: '中山路 1 号', point: '31.23040，１21.47370', person: '周某', phone: '13700002222' })) form.append(name, value);
  form.append('photo', new Blob([withComment(Buffer.from('拍摄者赵无极'))], { type: 'image/jpeg' }), 'x.jpg');
  const sent = await guest.post('/public/appeal', form), code = codeOf(sent);
  assert.ok(code, sent.text);
  const appeal = await until('the appeal is taken in', async () => (await office.ok('GET', '/api/v1/appeals?limit=50&sort=-made_at')).items.find((one) => one.title === '路灯不亮'));
  const record = (await office.page('appeals', appeal.id)).record;
  assert.equal(record.place, '中山路 1 号');
  assert.equal(record.origin, 'online', 'not a call of the hotline');
  assert.deepEqual(record.point, { lat: 31.2304, lon: 121.4737 }, 'also typed with wide signs');
  assert.ok(record.photo && existsSync(join(store.data, 'evidence', record.photo.slice(0, 2), record.photo.slice(2))));
  assert.equal(readFileSync(join(store.data, 'evidence', record.photo.slice(0, 2), record.photo.slice(2))).indexOf('赵无极'), -1);
  assert.match((await until('it can be followed', async () => { const one = await guest.post('/public/follow', { code }); return one.status === 200 && one; })).text, /已受理/);
  await office.do('appeals', appeal.id, 'assign', { unit });
  const answerBy = (await office.page('appeals', appeal.id)).record.answer_due.slice(0, 10);
  assert.match((await until('it is with a unit', async () => { const one = await guest.post('/public/follow', { code }); return one.text.includes('已派给承办单位') && one; })).text, new RegExp(`最迟 <time datetime="${answerBy}">`));
  advance(40);
  assert.match((await until('its date has passed', async () => { const one = await guest.post('/public/follow', { code }); return one.text.includes('已经过了') && one; })).text, new RegExp(`原定 <time datetime="${answerBy}">.*12345`, 's'));
  await office.do('appeals', appeal.id, 'answer', { answer: '明天修', outcome: 'solved' });
  const answered = await until('the answer', async () => { const one = await guest.post('/public/follow', { code }); return one.text.includes('明天修') && one; });
  assert.match(answered.text, /name="solved"/);
  assert.equal((await guest.post('/public/evaluate', { code, solved: '2', satisfaction: '3', words: '还是不亮' })).status, 200);
  const evaluated = await until('its code follows the evaluation', async () => { const one = await guest.post('/public/follow', { code }); return one.text.includes('您的评价') && one; });
  assert.match(evaluated.text, /正在核实/);
  assert.doesNotMatch(evaluated.text, /name="solved"/, 'a second time it is not asked');
  const noPicture = new FormData();
  for (const [name, value] of Object.entries({ sure: '1', title: '照片打不开', text: '照片其实是别的文件' })) noPicture.append(name, value);
  noPicture.append('photo', new Blob([Buffer.from('<svg onload=alert(1)>')], { type: 'image/jpeg' }), 'x.jpg');
  const told = await guest.post('/public/appeal', noPicture);
  assert.equal(told.status, 422, 'a picture that would be dropped is told of');
  assert.match(told.text, /href="#photo">照片不是完整的 JPEG 或 PNG.*照片其实是别的文件/s);
  const huge = new FormData();
  for (const [name, value] of Object.entries({ sure: '1', title: '太大', text: '照片太大' })) huge.append(name, value);
  huge.append('photo', new Blob([Buffer.alloc(5 << 20)]), 'x.jpg');
  assert.equal((await guest.post('/public/appeal', huge)).status, 413);
  verified();
});

test('an address sends only so many a day', async () => {
  await office.create('policies', { name: '每天两件', campaign, valid_from: await now(), public_appeals: true, public_a_day: 2 });
  const one = visitor(portal, '192.0.2.7'), send = (who) => who.post('/public/appeal', { sure: '1', title: '第几件', text: '内容' });
  await until('the limit holds', async () => (await send(one)).status === 429);
  assert.match((await send(one)).text, /今天提交得太多/);
  assert.equal((await send(visitor(portal, '192.0.2.8'))).status, 200, 'another address may');
  const curious = visitor(portal, '192.0.2.9');
  let answer;
  for (let i = 0; i < 70 && answer?.status !== 429; i++) answer = await curious.post('/public/follow', { code: 'aaaa-bbbb-cccc' });
  assert.equal(answer.status, 429, 'codes are not tried out');
  const forged = (made) => new Promise((told, fail) => {
    const body = 'code=aaaa-bbbb-cccc', headers = { 'x-forwarded-for': [made, '192.0.2.10'], 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length };
    request(portal + '/public/follow', { method: 'POST', headers }, (one) => { one.resume(); told(one.statusCode); }).on('error', fail).end(body);
  });
  let status;
  for (let i = 0; i < 70 && status !== 429; i++) status = await forged(`203.0.113.${i}`);
  assert.equal(status, 429, 'a line that the client made up above the proxy’s is not believed');
});

test('within how many working days a bad evaluation is checked is the policy’s, told in both languages; without a problem it is the one appeals go by', async () => {
  assert.match((await guest.get('/public/evaluate')).text, /，5 个工作日内有人核实/);
  await office.create('policies', { name: '核实放宽', campaign, valid_from: await now(), public_appeals: true, public_a_day: 2, recheck_days: 20 });
  const other = await office.create('campaigns', { name: '另一专项', code: 'LY', prefix: 'LY-', valid_from: await now(), valid_to: day(await now(), 700) });
  await office.create('policies', { name: '每天一件', campaign: other, valid_from: await now(), public_appeals: true, public_a_day: 1 });
  await shows(guest, '/public/evaluate', '，20 个工作日内有人核实');
  assert.match((await guest.get('/public/en/evaluate')).text, /checked within 20 working days/);
  const sender = visitor(portal, '192.0.2.11');
  const code = codeOf(await sender.post('/public/appeal', { sure: '1', title: '井盖松动', text: '夜里响' }));
  const appeal = await until('it is taken in', async () => (await office.ok('GET', '/api/v1/appeals?limit=50&sort=-made_at')).items.find((one) => one.title === '井盖松动'));
  await office.do('appeals', appeal.id, 'assign', { unit });
  await office.do('appeals', appeal.id, 'answer', { answer: '换了', outcome: 'solved' });
  await until('it may be evaluated', async () => (await guest.post('/public/follow', { code })).text.includes('name="solved"'));
  const sent = await sender.post('/public/en/evaluate', { code, solved: '2', satisfaction: '3' });
  assert.match(sent.text, /A bad one is checked within 20 working days/, 'a second one a day: how many is the policy’s that appeals go by');
  const [evaluation] = await until('it is there', async () => { const { evaluations } = await office.page('appeals', appeal.id); return evaluations?.length && evaluations; });
  assert.ok(evaluation.recheck_due >= day(await now(), 26), evaluation.recheck_due);
  verified();
});

test('what is typed with control characters, or in bytes that are no text, is kept as text and never lost', async () => {
  const send = (body) => fetch(`${portal}/public/appeal`, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': '192.0.2.12' } });
  const title = '换行符来自文字处理软件', sent = await send(`sure=1&title=${title}%00&text=a%00b%0Bc%7F%C2%85d%FFe%E4%BD`);
  assert.equal(sent.status, 200);
  const appeal = await until('it is taken in', async () => (await office.ok('GET', '/api/v1/appeals?limit=50&sort=-made_at')).items.find((one) => one.title === title));
  assert.equal((await office.page('appeals', appeal.id)).record.text, 'a b c d\ufffde\ufffd\ufffd');
  assert.equal((await send('sure=1&title=%00%01&text=%0B')).status, 422, 'nothing but control characters is empty');
});

test('a request that is framed in two ways, or has parts without a name, is refused and does no harm', async () => {
  const part = (head) => `--b\r\n${head}\r\n\r\nx\r\n--b--\r\n`;
  for (const head of ['Content-Disposition: form-data', 'Content-Type: text/plain', 'Content-Disposition: form-data; filename="x.jpg"', 'X: y'])
    assert.ok((await fetch(portal + '/public/follow', { method: 'POST', body: part(head), headers: { 'content-type': 'multipart/form-data; boundary=b' } })).status < 500, head);
  const socket = connect(new URL(portal).port, '127.0.0.1'), heard = [];
  socket.on('data', (some) => heard.push(some)).on('error', () => {});
  socket.write('POST /public/follow HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /public/ HTTP/1.1\r\nHost: x\r\n\r\n');
  await new Promise((closed) => socket.once('close', closed));
  assert.deepEqual(Buffer.concat(heard).toString('latin1').match(/^HTTP\/1\.1 \d+/gm), ['HTTP/1.1 400']);
  assert.equal((await guest.get('/public/')).status, 200);
});

test('the inbox keeps nothing of what was taken in', async () => {
  await until('all is taken in', () => databaseTool({ ...store, db: null }, 'SELECT count(*) FROM entry WHERE done = 0', 'public-inbox.db') === '0');
  assert.equal(databaseTool({ ...store, db: null }, "SELECT count(*) FROM entry WHERE sealed IS NOT NULL OR picture IS NOT NULL OR tracking IS NOT NULL", 'public-inbox.db'), '0');
  for (const words of ['墙角还在渗水', '13900001111', '路灯不亮']) for (const file of ['public-inbox.db', 'public-inbox.db-wal']) if (existsSync(join(store.data, file))) assert.equal(readFileSync(join(store.data, file)).indexOf(words), -1, words);
});

test('how many are not public is told by legal reason, small numbers together, and of which problems they are nothing leaves the house', async () => {
  const withheld = async (reason, title = '不许外传') => {
    const id = await taken(title), made = await office.create('releases', { problem: id, title: `${title}的提请`, text: '不许外传的内容' });
    await releaser.do('releases', made, 'withhold', { withheld_because: reason });
    return { id, made };
  };
  const told = async () => { await followed(server); const { least, ...all } = JSON.parse(databaseTool({ ...store, db: null }, "SELECT body FROM item WHERE kind = 'withheld'", 'public.db')); return all; };
  const page = async (path = '/public/') => (await guest.get(path)).text;
  assert.deepEqual(await told(), { few: true, total: 0, reasons: [], others: 0 }, 'two so far, one withheld by a review, one of a release');
  assert.match(await page(), /另有问题经审核不公开，不到 5 件，不分列理由/);
  const numbers = [];
  for (let i = 0; i < 5; i++) numbers.push((await withheld('privacy')).id);
  assert.deepEqual(await told(), { few: false, total: 7, reasons: [], others: 7 }, 'seven less five would tell the two');
  const back = [];
  for (let i = 0; i < 3; i++) back.push(await withheld('commercial'));
  assert.deepEqual(await told(), { few: false, total: 10, reasons: [{ reason: 4, count: 5 }], others: 5 });
  const [zh, en, open] = [await page(), await page('/public/en/'), JSON.parse(await page('/public/data/problems.json'))];
  assert.match(zh, /另有 <b>10<\/b> 件经审核不公开/);
  assert.match(zh, /个人隐私\(第15条\)<\/th><td class="r">5<.*其余法定理由合计<\/th><td class="r">5</s);
  assert.match(en, /Another <b>10<\/b> problems were reviewed.*Privacy \(Art\. 15\)<\/th><td class="r">5</s);
  assert.deepEqual(open.withheld, { told_from: 5, fewer: false, total: 10, privacy: 5, others: 5 });
  assert.ok(!/商业秘密|内部事务|过程性/.test(zh), 'a reason that is too rare is not named');
  const kept = readFileSync(join(store.data, 'public.db')).toString('latin1') + (existsSync(join(store.data, 'public.db-wal')) ? readFileSync(join(store.data, 'public.db-wal')).toString('latin1') : '');
  for (const words of ['不许外传', '三号楼再提']) assert.equal(kept.indexOf(Buffer.from(words).toString('latin1')), -1, words);
  for (const id of numbers) {
    const { record } = await office.page('problems', id);
    assert.equal(kept.indexOf(record.number), -1, record.number);
    assert.equal((await guest.get(`/public/problems/${id}`)).status, 404);
  }
  await office.do('problems', back[0].id, 'withdraw', {}, '不是问题');
  assert.deepEqual(await told(), { few: false, total: 9, reasons: [], others: 9 }, 'a withdrawn one counts no more');
  assert.equal((await office.act('releases', back[1].made, 'propose', {}, '重新提')).status, 200);
  assert.deepEqual(await told(), { few: false, total: 8, reasons: [], others: 8 }, 'nor one that is proposed again');
  await office.create('policies', { name: '更严', campaign, valid_from: await now(), public_appeals: true, public_a_day: 2, withheld_least: 9 });
  assert.deepEqual(await told(), { few: true, total: 0, reasons: [], others: 0 }, 'the strictest policy in force says from how many on');
  verified();
});

test('the view is thrown away and comes again the same; a destroyed problem is gone from it', async () => {
  const contents = () => databaseTool({ ...store, db: null }, "SELECT kind, key, body FROM item WHERE body IS NOT NULL AND kind <> 'head' ORDER BY kind, key", 'public.db') + databaseTool({ ...store, db: null }, 'SELECT name, length(bytes) FROM picture ORDER BY name', 'public.db');
  await followed(server);
  await server.stop();
  const before = contents();
  for (const file of ['public.db', 'public.db-wal', 'public.db-shm']) rmSync(join(store.data, file), { force: true });
  ({ server, portal } = await servePortal(store));
  guest = visitor(portal);
  [office, second, releaser] = await signInAll(server, store, ['office', 'office-second', 'releaser']);
  await shows(guest, `/public/problems/${shown}`, '王某先生说');
  await followed(server);
  assert.equal(contents(), before);
  await office.do('problems', shown, 'ask_destruction', {}, '误录');
  const approval = (await second.ok('GET', '/api/v1/approvals?state=asked&limit=50')).items.find((one) => one.record === shown && one.type === 'problem');
  await second.do('approvals', approval.id, 'agree');
  await until('it is gone', async () => (await guest.get(`/public/problems/${shown}`)).status === 404, 90000); // the database's free pages are overwritten meanwhile
  await followed(server);
  await server.stop();
  for (const file of ['public.db', 'public.db-wal']) if (existsSync(join(store.data, file))) assert.equal(readFileSync(join(store.data, file)).indexOf('车库没有信号（联系人'), -1, file);
  verified();
});
