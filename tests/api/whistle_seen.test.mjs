// Whether the unit complained of can find out a whistle-blower by asking for everything there is: whatever its liaison and its head may read is read before and after such an appeal came, was
// linked to a problem of theirs, handled, called back, excluded, evaluated by its code, had an alert raised and a class named. Every answer is the same, or is told here why not.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bihuan, day, followed, must, ROOT, until } from '../lib.mjs';
import { codeOf, portalStore, servePortal, signInAll, visitor } from '../public.mjs';

let store, server, portal, office, second, housing, head, health, releaser, today, unit, other, campaign, serial = 0;
const WORD = '截留维修资金', REPLY = '转交核查组';
const make = (values = {}) => office.create('appeals', { number: `WS-${++serial}`, made_at: `${today}T09:00:00+08:00`, kind: 'complaint', ...values });
const plain = (place, more = {}) => make({ title: `${place}电梯困人`, text: `${place}三号楼电梯又困人了，维保拖着不修，请查处。`, place, unit, ...more });
const report = (place, more = {}) => make({ title: `举报${place}电梯维保${WORD}`, text: `${place}三号楼电梯又困人了，维保单位${WORD}，拖着不修，请查处。`, place, kind: 'report', whistle: true, complained_of: unit, phone: '13711112222', person: '何必问', ...more });
const link = (problem, appeal) => office.create('links', { kind: 'arises_from', from_type: 'problem', from_id: problem, to_type: 'appeal', to_id: appeal });
const problem = (title) => office.create('problems', { title, campaign, category: 'livelihood', source: 'appeals', kind: 'at_once', lead_unit: unit, root_cause: '维保缺位' });

before(async () => {
  store = portalStore();
  ({ server, portal } = await servePortal(store));
  [office, second, housing, head, health, releaser] = await signInAll(server, store, ['office', 'office-second', 'liaison-housing', 'head-housing', 'liaison-health', 'releaser']);
  const session = await office.ok('GET', '/api/v1/session');
  today = session.store.today;
  campaign = session.campaign.id;
  unit = housing.session.user.unit;
  other = health.session.user.unit;
});
after(async () => { await server?.stop(); store?.remove(); });

/** Every address that answers to GET, of each record in sight, and the lists by every field that counts. Moments of the asking itself are taken out. */
const NEVER = ['/api/v1/events', '/api/v1/openapi.json', '/metrics', '/readyz', '/healthz', '/api/v1/journal/{id}/proof', '/{path}', '/open311/{path}', '/api/v1/qr'];
/* What any entry of anybody moves, and says nothing of what it was: how far the journal is, the moment of asking, how alike two texts are (words weigh by how rare they are in the whole city). Cells
   of a count have no order. */
function comparable(text) {
  const plain = text.replace(/"(journal|grouped_to|learnt_to)":\d+/g, '').replace(/"(now|at|score)":"[^"]*"/g, '');
  return plain.replace(/"cells":\[(.*?)\],"total"/s, (_, cells) => `"cells":${cells.split('},').map((one) => one.replace(/}$/, '')).sort().join(' ')},"total"`);
}
async function everything(client, ids) {
  const { paths } = JSON.parse(readFileSync(join(ROOT, 'docs/openapi.json'), 'utf8')), { types } = await client.ok('GET', '/api/v1/types');
  const addresses = new Set();
  for (const [path, methods] of Object.entries(paths)) {
    if (!methods.get || NEVER.includes(path) || path.endsWith('.xlsx')) continue;
    if (path.includes('{id}')) for (const id of ids) addresses.add(path.replace('{id}', id));
    else if (!path.includes('{')) addresses.add(path);
  }
  for (const type of types) {
    addresses.add(`/api/v1/${type.plural}?limit=200&full=1&total=1`);
    for (const field of type.fields.filter((one) => one.tallied)) addresses.add(`/api/v1/${type.plural}/tally?by=${field.name}`);
    addresses.add(`/api/v1/${type.plural}?limit=200&q=${encodeURIComponent('电梯')}`);
  }
  for (const by of ['unit', 'category', 'kind']) addresses.add(`/api/v1/rates?by=${by}`);
  for (const name of ['reached', 'contacted', 'solved', 'satisfied']) addresses.add(`/api/v1/rates/${name}/list`);
  for (const path of ['definitions?by=lead_unit', 'definitions/values', 'chase-list', 'boards', 'overview', 'signals', 'invariants', 'identities', `search?q=${encodeURIComponent('电梯')}`, `search?q=${encodeURIComponent('维修资金')}`, 'search?q=13711112222', 'search?q=WS', 'appeal-events?limit=200&least=1',
    'appeal-classes?limit=200&least=1', 'appeal-classes?problem=none&limit=200', `problems/alike?title=${encodeURIComponent('电梯困人维保')}`, 'journal?limit=200', 'messages?limit=200', 'tasks?limit=200', 'hotline/returns']) addresses.add('/api/v1/' + path);
  const seen = new Map();
  for (const address of [...addresses].sort()) {
    const answer = await fetch(server.origin + address, { headers: { cookie: client.cookie } }), text = await answer.text();
    seen.set(address, `${answer.status} ${comparable(text)}`);
  }
  return seen;
}
/** As an id or a reference of a record, not as a share or a count. */
const named = (id) => new RegExp(`"(?!share|certainty|count|total)[a-z_]+":(\\[[\\d,]*)?\\b${id}\\b`);
function differences(one, other) {
  const found = [];
  for (const [address, text] of other) {
    const was = one.get(address);
    if (was === undefined || was === text) continue;
    let at = 0;
    while (was[at] === text[at]) at++;
    found.push(`${address}\n  was …${was.slice(Math.max(0, at - 90), at + 120)}\n  is  …${text.slice(Math.max(0, at - 90), at + 120)}`);
  }
  return found;
}

test('whatever the unit complained of asks for is answered the same with a whistle-blower’s appeal as without it', async () => {
  const closed = await problem('石榴园电梯'), open = await problem('紫薇苑电梯');
  const first = await plain('石榴园'), seen = await plain('紫薇苑');
  await link(closed, first);
  await link(open, seen);
  for (const id of [closed, open]) {
    for (const action of ['submit', 'admit']) await office.do('problems', id, action);
    await office.do('problems', id, 'assign', { due: day(today, 20) });
    await housing.do('problems', id, 'take');
  }
  await housing.create('evidences', { problem: closed, title: '维保记录', note: '已修好', phase: 'after' });
  await housing.do('problems', closed, 'apply', { progress_note: '已换曳引机' });
  await until('it is closed', async () => (await office.page('problems', closed)).record.state === 'closed');
  const shown = await office.create('releases', { problem: open, title: '紫薇苑电梯整改', text: '正在更换。' });
  await releaser.do('releases', shown, 'release');
  await followed(server);
  must(bihuan(store, ['train']));
  must(bihuan(store, ['clock', 'run']));
  await followed(server);
  const guest = visitor(portal), onPortal = async () => (await (await guest.get(`/public/problems/${open}`)).text) + (await guest.get('/public/data/problems.json')).text.replace(/"(as_of|journal)":[^,]*/g, '').replace(/日志 № \d+/g, '');
  const portalBefore = await onPortal();
  assert.match(portalBefore, /紫薇苑电梯整改/);
  const mine = [closed, open, first, seen, unit, campaign], people = [housing, head];
  const before = [];
  for (const client of people) before.push(await everything(client, mine));

  const hidden = await report('紫薇苑'), again = await report('石榴园'), alone = await report('听松坊');
  await link(open, hidden);
  await link(closed, again);
  await followed(server);
  await office.do('appeals', hidden, 'assign', { unit: other });
  await health.do('appeals', hidden, 'answer', { answer: REPLY, outcome: 'explained' });
  const back = await office.create('call_backs', { appeal: hidden, reached: true, contacted: true, outcome: 'unsolved', satisfaction: 'dissatisfied' });
  await office.do('appeals', hidden, 'invite');
  const code = (await office.page('appeals', hidden)).record.evaluation_code;
  const rated = await until('its code may evaluate', async () => { const sent = await guest.post('/public/evaluate', { code, solved: '2', satisfaction: '3', words: `${WORD}还在` }); return sent.status === 200 && sent; });
  assert.ok(codeOf(rated));
  const evaluation = await until('the evaluation is taken in', async () => (await office.ok('GET', `/api/v1/evaluations?appeal=${hidden}&limit=5`)).items[0]);
  await office.create('classes', { appeal: alone, title: `${WORD}一类` });
  await office.create('grouping_decisions', { kind: 'confirm', level: 'event', appeals: [hidden], reason: `${WORD}核过` }).catch((wrong) => console.log('# ' + wrong.message));
  await until('the office has an alert', async () => (await office.ok('GET', `/api/v1/alerts?problem=${closed}&limit=9`)).items.length > 0);
  await followed(server);
  must(bihuan(store, ['clock', 'run']));
  await followed(server);
  assert.equal((await onPortal()).replace(/日志 № \d+/g, ''), portalBefore.replace(/日志 № \d+/g, ''), 'the unit reads the portal too');
  const traces = [hidden, again, alone, back, evaluation.id];
  const leaks = [];
  for (const [i, client] of people.entries()) {
    const now = await everything(client, [...mine, ...traces]);
    for (const one of differences(before[i], now)) leaks.push(`${client.session.user.account} ${one}`);
    for (const [address, text] of now) {
      for (const word of [WORD, REPLY, '13711112222', '何必问', `WS-3"`]) if (text.includes(word)) leaks.push(`${client.session.user.account} ${address} holds ${word}: ${text.slice(Math.max(0, text.indexOf(word) - 200), text.indexOf(word) + 60)}`);
      for (const id of traces) if (named(id).test(text)) leaks.push(`${client.session.user.account} ${address} names ${id}: ${text.slice(Math.max(0, text.search(named(id)) - 160)).slice(0, 240)}`);
    }
  }
  assert.deepEqual(leaks, []);
});

test('that what was found true re-opens tells the unit no more than that it does', async () => {
  const closed = (await office.ok('GET', `/api/v1/problems?q=${encodeURIComponent('石榴园电梯')}&limit=5`)).items[0].id;
  const hidden = (await office.ok('GET', `/api/v1/appeals?q=${encodeURIComponent(WORD)}&limit=20`)).items.find((one) => one.title.includes('石榴园')).id;
  await office.do('appeals', hidden, 'assign', { unit: other });
  await health.do('appeals', hidden, 'answer', { answer: REPLY, outcome: 'explained' });
  await office.do('appeals', hidden, 'invite');
  const code = (await office.page('appeals', hidden)).record.evaluation_code, guest = visitor(portal);
  await until('its code may evaluate', async () => (await guest.post('/public/evaluate', { code, solved: '2', satisfaction: '3', words: `${WORD}还在` })).status === 200);
  const evaluation = (await until('it is taken in', async () => (await office.ok('GET', `/api/v1/evaluations?appeal=${hidden}&limit=5`)).items[0])).id;
  await office.do('evaluations', evaluation, 'conclude', { found: `${WORD}属实`, verdict: 'founded', verdict_reason: '现场复核仍有困人' });
  await second.do('evaluations', evaluation, 'agree');
  assert.equal((await office.page('problems', closed)).record.state, 'assigned');
  await followed(server);
  for (const client of [housing, head])
    for (const [address, text] of await everything(client, [closed, unit, hidden, evaluation])) {
      for (const word of [WORD, REPLY, '13711112222', '何必问']) assert.ok(!text.includes(word), `${client.session.user.account} ${address} holds ${word}`);
      for (const id of [hidden, evaluation]) assert.ok(!named(id).test(text), `${client.session.user.account} ${address} names ${id}: ${text.slice(Math.max(0, text.search(named(id)) - 160)).slice(0, 300)}`);
    }
});

test('whoever takes over the unit complained of has its people: from then on it is hidden from them as well', async () => {
  const old = await office.create('units', { name: '电梯维保监管所', code: 'WS-OLD', kind: 'government', parent: (await office.page('units', unit)).record.parent });
  const hidden = await make({ title: `举报监管所${WORD}`, text: '监管所收钱不检验。', place: '白露里', kind: 'report', whistle: true, complained_of: old });
  await office.do('appeals', hidden, 'assign', { unit });
  const looks = async (client) => (await client.call('GET', `/api/v1/appeals/${hidden}`)).status;
  assert.equal(await looks(housing), 200, 'who handles it and is not complained of reads it');
  await office.do('units', old, 'merge', { successors: [unit], succeeded_on: today }, '机构改革');
  await until('it is hidden from the successor', async () => (await looks(housing)) === 404);
  assert.equal(await looks(head), 404);
  assert.equal(await looks(office), 200);
  const nobody = await make({ title: `举报有人${WORD}`, text: '没有写是谁。', place: '白露里', kind: 'report', whistle: true });
  await office.do('appeals', nobody, 'assign', { unit });
  assert.equal((await housing.call('GET', `/api/v1/appeals/${nobody}`)).status, 404, 'where nobody is named it is hidden from the unit it is with');
});

test('what stands is what the journal adds up to', async () => {
  await server.stop();
  server = null;
  must(bihuan(store, ['verify']));
});
