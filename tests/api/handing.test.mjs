// No passing the parcel: a problem on its way between units, the office that rules, what approvals give and time ends, people and
// units that change, and who acts for whom. The demo's people, a real server, either database.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan, must, day, newKey, followed, databaseTool } from '../lib.mjs';

const GRANT = { 'liaison-water': '市水务局' };
let store, server, office, housing, head, health, water, secadmin, campaign, units, today;
before(async () => {
  store = demoStore();
  for (const account of Object.keys(GRANT)) must(bihuan(store, ['user', 'password', account, '--as', 'sysadmin', '--password-stdin'], { input: 'a-long-password-1\n' }));
  server = await serve(store);
  const as = (account, password = store.accounts[account]) => signIn(server, account, password);
  [office, housing, head, health, secadmin] = await Promise.all(['office', 'liaison-housing', 'head-housing', 'liaison-health', 'secadmin'].map((one) => as(one)));
  water = await signedIn('liaison-water', 'a-long-password-1');
  campaign = (await office.ok('GET', '/api/v1/session')).campaign.id;
  units = Object.fromEntries((await office.ok('GET', '/api/v1/units?limit=200')).items.map((one) => [one.name, one.id]));
  await anew();
  await office.ok('PATCH', `/api/v1/campaigns/${campaign}`, { values: { valid_to: '2028-12-31' } }, { 'if-match': '*' }); // time passes here
});
after(async () => { await server?.stop(); store?.remove(); });

/** Passwords that an administrator set are changed at the first sign-in. */
async function signedIn(account, password) {
  const client = await signIn(server, account, password);
  if (!client.session.must_change) return client;
  await client.ok('POST', '/api/v1/password', { old: password, new: password + '-own' });
  return signIn(server, account, password + '-own');
}
const anew = async () => { today = (await office.ok('GET', '/api/v1/session')).store.today; };
const advance = async (words) => { must(bihuan(store, ['clock', 'advance', words])); await anew(); };
const record = async (plural, id) => (await office.page(plural, id)).record;
const codes = (answer) => (answer.body.findings ?? []).map((one) => one.code);
const root = async () => (await office.ok('GET', '/api/v1/units?parent=none')).items[0].id;
const HOUSING = () => units['市住房城乡建设管理委'], HEALTH = () => units['市卫生健康委'], WATER = () => units['市水务局'];

let serial = 0;
async function assigned(lead = HOUSING(), values = {}) {
  const id = await office.create('problems', { title: `跨部门积水点整治${++serial}`, detail: '下立交积水', campaign, category: 'governance', source: 'research', kind: 'time_limited', lead_unit: lead, root_cause: '管网老旧', ...values });
  for (const action of ['submit', 'admit']) await office.do('problems', id, action);
  await office.do('problems', id, 'assign', { due: day(today, 60) });
  return id;
}
async function rectifying(client = housing, lead = HOUSING()) {
  const id = await assigned(lead);
  await client.do('problems', id, 'take');
  await client.create('measures', { problem: id, title: '改造泵站', weight: 10000, start: today, due: day(today, 50), owner: '李某', unit: lead });
  await client.do('problems', id, 'start', { owner: '张某' });
  return id;
}
const ask = (client, id, to, why = '职责不在本单位') => client.act('problems', id, 'transfer', { transfer_to: to }, why);
const transferOf = async (id) => Math.max(...(await office.ok('GET', `/api/v1/transfers?problem=${id}&limit=50`)).items.map((one) => one.id));
const agree = async (id) => office.do('approvals', (await office.ok('GET', `/api/v1/approvals?type=problem&record=${id}&state=asked`)).items[0].id, 'agree');

// ---- passing on ----

test('a transfer needs a reason and the receiver, who sees what it is about, and moves no date', async () => {
  const id = await rectifying(), due = (await record('problems', id)).due;
  assert.equal((await ask(housing, id, WATER(), null)).status, 422, 'a reason is asked');
  assert.deepEqual(codes(await ask(housing, id, HOUSING())), ['receiver']);
  assert.equal((await ask(housing, id, WATER())).status, 200);
  const asked = await transferOf(id), seen = (await water.page('transfers', asked)).record;
  assert.equal(seen.detail, '下立交积水');
  assert.equal(seen.problem_due, due);
  assert.equal((await water.call('GET', `/api/v1/problems/${id}`)).status, 404, 'the problem itself is not yet his to see');
  assert.equal((await health.call('GET', `/api/v1/transfers/${asked}`)).status, 404, 'nor is the transfer anybody else\'s');
  assert.ok((await water.ok('GET', '/api/v1/tasks')).items.some((one) => one.type === 'transfer' && one.record.id === asked && one.action === 'take'), 'it waits for him');
  assert.equal((await housing.act('transfers', asked, 'take')).status, 403);
  const taken = (await housing.page('transfers', asked)).actions.find((one) => one.action === 'take');
  assert.match(taken.why_not, /拟接收单位的联络员/, 'who may is said in the words of a transfer');
  assert.match((await water.act('transfers', asked, 'withdraw', {}, '不转了')).body.findings[0].sentence, /转出单位的联络员/);
  await followed(server);
  assert.ok((await water.ok('GET', '/api/v1/messages?limit=20')).items.some((one) => one.record === asked && /请接收/.test(one.title)), 'and he is told');
  await water.do('transfers', asked, 'take');
  const moved = await record('problems', id);
  assert.equal(moved.lead_unit, WATER());
  assert.equal(moved.due, due);
  assert.equal(moved.state, 'rectifying');
  assert.equal(moved.transfers, 1);
  assert.equal((await water.call('GET', `/api/v1/problems/${id}`)).status, 200);
  assert.equal((await housing.call('GET', `/api/v1/problems/${id}`)).status, 404);
});

test('after two refusals the office rules, within two working days of its own, and the ruling binds', async () => {
  const id = await rectifying();
  for (const [client, unit] of [[water, WATER()], [health, HEALTH()]]) {
    assert.equal((await ask(housing, id, unit)).status, 200);
    assert.equal((await client.act('transfers', await transferOf(id), 'refuse')).status, 422, 'a reason is asked');
    await client.do('transfers', await transferOf(id), 'refuse', {}, '不属本单位职责');
  }
  const ruling = (await record('problems', id)).ruling;
  assert.ok(ruling, 'it went to the office by itself');
  const page = await office.page('rulings', ruling);
  assert.equal(page.record.why, 'refusals');
  assert.ok(page.record.due > today && page.record.due <= day(today, 10));
  assert.ok((await office.ok('GET', '/api/v1/tasks')).items.some((one) => one.type === 'ruling' && one.record.id === ruling && one.due === page.record.due), 'its clock is a task of the office');
  for (const client of [housing, health]) assert.equal((await client.call('GET', `/api/v1/rulings/${ruling}`)).status, 200, 'those concerned see it');
  assert.equal((await water.call('GET', `/api/v1/rulings/${ruling}`)).status, 404);
  assert.deepEqual(codes(await ask(housing, id, WATER())), ['no_ruling_open']);
  await office.do('rulings', ruling, 'rule', { lead: HEALTH(), grounds: '三定方案明确由卫健牵头' });
  const ruled = await record('problems', id);
  assert.equal(ruled.lead_unit, HEALTH());
  assert.deepEqual(codes(await ask(health, id, WATER())), ['not_bound']);
});

test('A→B→A is red at once and goes to the office; the ruling alone does not clear it', async () => {
  const id = await rectifying();
  await ask(housing, id, WATER());
  await water.do('transfers', await transferOf(id), 'take');
  await ask(water, id, HOUSING(), '仍应由住建办理');
  const page = await office.page('problems', id);
  assert.equal(page.record.colour, 'red');
  assert.equal(page.colour.rule, 'circle');
  const ruling = await record('rulings', page.record.ruling);
  assert.equal(ruling.why, 'circle');
  assert.equal((await record('transfers', ruling.transfer)).state, 'referred', 'nobody is asked again');
  await office.do('rulings', ruling.id, 'rule', { lead: HOUSING(), grounds: '积水点属住建' });
  assert.equal((await record('transfers', ruling.transfer)).state, 'ruled');
  assert.equal((await office.page('problems', id)).colour.rule, 'circle');
});

test('a dispute has a provisional lead who works on, and the ruling is a precedent for the next', async () => {
  const id = await assigned();
  assert.equal((await housing.act('problems', id, 'dispute')).status, 422);
  await housing.do('problems', id, 'dispute', {}, '积水点属水务管网');
  const disputed = await record('problems', id);
  assert.equal(disputed.state, 'disputed');
  assert.equal(disputed.provisional_lead, HOUSING());
  await office.do('rulings', disputed.ruling, 'name_provisional', { provisional_lead: WATER() });
  await water.do('problems', id, 'report', { progress_note: '先行抽排' });
  await office.do('rulings', disputed.ruling, 'rule', { lead: WATER(), grounds: '下立交积水由水务牵头' });
  const steps = (await water.ok('GET', `/api/v1/problems/${id}/holders`)).steps;
  assert.deepEqual(steps.map((one) => [one.type, one.record.id, one.record.state, one.record.grounds]), [['ruling', disputed.ruling, 'given', '下立交积水由水务牵头']], 'the ruling stands with its grounds beside who held the problem');
  const ruled = await record('problems', id);
  assert.deepEqual([ruled.state, ruled.lead_unit, ruled.provisional_lead ?? null], ['assigned', WATER(), null]);
  await followed(server);
  const next = await assigned();
  await housing.do('problems', next, 'dispute', {}, '同类问题');
  const open = (await record('problems', next)).ruling, found = (await office.ok('GET', `/api/v1/problems/${next}/precedents`)).items;
  assert.equal(found[0].record.state, 'given');
  assert.ok(found.some((one) => one.record.id === disputed.ruling), 'same category, like words');
  await office.create('links', { kind: 'precedent', from_type: 'ruling', from_id: open, to_type: 'ruling', to_id: disputed.ruling });
  assert.equal((await housing.ok('GET', `/api/v1/problems/${next}/precedents`)).items.some((one) => one.record.id === disputed.ruling), true, 'a party sees its own');
  assert.ok((await office.ok('GET', '/api/v1/rulings?q=' + encodeURIComponent('下立交积水'))).items.length >= 1, 'and they are searched');
});

test('whoever held it when it was overdue is told, and the days add up', async () => {
  const id = await rectifying(), due = (await record('problems', id)).due;
  await advance('64d');
  await ask(housing, id, WATER());
  await water.do('transfers', await transferOf(id), 'take');
  assert.ok((await record('problems', id)).holder_due >= day(today, 3), 'three working days of its own');
  await advance('10d');
  const told = await water.ok('GET', `/api/v1/problems/${id}/holders`);
  assert.deepEqual(told.holders.map((one) => [one.unit, one.days, one.overdue_days]), [[HOUSING(), 64, 4], [WATER(), 10, 10]]);
  assert.ok(told.holders[1].own_overdue_days < 10);
  assert.equal(told.days, 74);
  assert.deepEqual(told.steps.map((one) => [one.type, one.record.state, one.record.from_unit, one.record.to_unit]), [['transfer', 'taken', HOUSING(), WATER()]], 'with the transfers by which it came');
  assert.equal(told.overdue_days, (Date.parse(today) - Date.parse(due)) / 86400000);
  const sums = await office.ok('GET', `/api/v1/holdings/sums?unit=${WATER()}`);
  assert.ok(sums.overdue_days >= 10 && sums.running >= 1);
  assert.equal((await housing.ok('GET', `/api/v1/holdings/sums?unit=${HOUSING()}`)).unit_now, HOUSING());
});

test('after the days to refuse are over there is no refusing, but the office may refer it', async () => {
  const id = await rectifying();
  await ask(housing, id, WATER());
  await advance('8d');
  const refused = await water.act('transfers', await transferOf(id), 'refuse', {}, '不属本单位职责');
  assert.deepEqual([refused.status, codes(refused)], [409, ['refuse_in_time']]);
  await office.do('transfers', await transferOf(id), 'dispute', {}, '久拖不答');
  assert.equal((await record('rulings', (await record('problems', id)).ruling)).why, 'office');
});

// ---- by approval, for a time ----

test('extensions are counted and limited; the original date is kept', async () => {
  const id = await rectifying(), first = await record('problems', id), extend = (days) => housing.act('problems', id, 'extend', { due: day(first.due, days) }, '招标流标');
  assert.deepEqual(codes(await extend(61)), ['extension_limit'], 'no more than the first term again');
  assert.equal((await extend(20)).status, 200);
  const approval = (await office.ok('GET', `/api/v1/approvals?type=problem&record=${id}&state=asked`)).items[0].id, page = await office.page('approvals', approval);
  assert.deepEqual(page.asked.map((one) => [one.id, one.action, one.label, one.changes.map((each) => [each.field, each.label, each.old, each.new])]),
    [[id, 'extend_approved', '准予延期', [['due', '整改期限', first.due, day(first.due, 20)]]]], 'whoever decides sees which date is asked, beside the one in force');
  assert.equal(page.record.pending, undefined, 'in words, never in codes');
  await agree(id);
  assert.deepEqual((await housing.page('approvals', approval)).asked[0].changes.map((each) => [each.old, each.new]), [[null, day(first.due, 20)]], 'once decided: what was asked');
  assert.equal((await extend(40)).status, 200);
  await agree(id);
  const now = await record('problems', id);
  assert.deepEqual([now.due, now.due_original, now.extensions, now.due_basis], [day(first.due, 40), first.due, 2, 'approved']);
  assert.deepEqual(codes(await extend(50)), ['extension_limit']);
  const open = (await housing.page('problems', id)).actions.find((one) => one.action === 'extend');
  assert.equal(open.open, false);
  assert.match(open.why_not, /最多 2 次/);
});

test('a suspension is grey, ends by the clock, and its days do not run', async () => {
  const id = await rectifying(), first = await record('problems', id);
  assert.deepEqual(codes(await housing.act('problems', id, 'suspend', { suspended_until: day(today, 200) }, '等上级立法')), ['suspension_limit']);
  await housing.do('problems', id, 'suspend', { suspended_until: day(today, 30) }, '等上级立法');
  assert.equal((await record('problems', id)).state, 'rectifying', 'until it is approved');
  await agree(id);
  const suspended = await office.page('problems', id);
  assert.deepEqual([suspended.record.state, suspended.record.colour, suspended.colour.rule], ['suspended', 'grey', 'suspended']);
  assert.ok(suspended.colour.why.includes(day(today, 30)), 'it says until when');
  await advance('30d');
  assert.equal((await record('problems', id)).state, 'suspended', 'the last day counts');
  await advance('1d');
  const back = await record('problems', id);
  assert.deepEqual([back.state, back.due, back.suspended_until ?? null], ['rectifying', day(first.due, 31), null]);
});

test('another kind holds until its date, by the clock', async () => {
  const id = await rectifying();
  await housing.do('problems', id, 'change_kind', { kind: 'long_term', kind_until: day(today, 20) }, '历史遗留');
  await agree(id);
  assert.equal((await record('problems', id)).kind, 'long_term');
  await advance('21d');
  const back = await record('problems', id);
  assert.deepEqual([back.kind, back.kind_until ?? null], ['time_limited', null]);
});

// ---- acting for others ----

async function applied() {
  const id = await rectifying(), measure = (await office.page('problems', id)).measures[0].id, acceptor = await signIn(server, 'acceptor-1', store.accounts['acceptor-1']);
  await housing.do('measures', measure, 'finish', { note: '完成' });
  await acceptor.do('measures', measure, 'accept_measure');
  await housing.create('evidences', { problem: id, title: '竣工单' });
  await housing.do('problems', id, 'apply', { progress_note: '全部完成' });
  return id;
}
const endorse = (id) => ({ type: 'problem', action: 'endorse', id });

test('what the head signed on paper is entered with its picture, and not without', async () => {
  const id = await applied(), behalf = head.session.user.id, set = (client, changes) => client.call('POST', '/api/v1/changes', { behalf, changes }, { 'idempotency-key': newKey() });
  assert.equal((await housing.call('POST', '/api/v1/changes', { changes: [endorse(id)] })).status, 403, 'the liaison does not sign');
  const bare = await set(housing, [endorse(id)]);
  assert.deepEqual([bare.status, codes(bare)], [409, ['behalf_picture']]);
  const file = await housing.ok('POST', '/api/v1/files', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 9]), { 'content-type': 'image/png', 'x-file-name': 'signed.png' });
  const page = { type: 'evidence', action: 'create', values: { problem: id, title: '签字扫描件', file: file.file, file_name: 'signed.png', media_type: 'image/png', size: file.size } };
  assert.deepEqual(codes(await set(housing, [{ ...page, values: { ...page.values, media_type: 'text/plain' } }, endorse(id)])), ['behalf_picture'], 'a text is no picture');
  const other = await rectifying(), report = { type: 'problem', action: 'report', id: other, values: { progress_note: '进展' } };
  assert.deepEqual(codes(await set(housing, [{ ...page, values: { ...page.values, problem: other } }, report])), ['behalf_action'], 'only what the policy allows');
  assert.equal((await set(water, [page, endorse(id)])).status, 404, 'nobody from elsewhere');
  assert.equal((await set(housing, [page, endorse(id)])).status, 200);
  const entry = (await office.ok('GET', `/api/v1/problems/${id}/journal`)).entries.find((one) => one.action === 'endorse');
  assert.deepEqual([entry.actor, entry.behalf], [housing.session.user.id, behalf], 'the journal names both');
  assert.equal((await record('problems', id)).endorser, behalf);
});

test('a deputy acts with the scope and until the date he was given, and the journal says for whom', async () => {
  const person = health.session.user.id, grant = (values) => secadmin.call('POST', '/api/v1/grants', { values: { user: person, role: 'unit_head', deputy_for: head.session.user.id, valid_to: day(today, 30), ...values } }, { 'idempotency-key': newKey() });
  assert.deepEqual(codes(await grant({ unit: WATER() })), ['deputy_scope']);
  assert.equal((await grant({ unit: HOUSING() })).status, 201);
  const id = await applied();
  await health.do('problems', id, 'endorse');
  const entry = (await office.ok('GET', `/api/v1/problems/${id}/journal`)).entries.find((one) => one.action === 'endorse');
  assert.deepEqual([entry.actor, entry.behalf], [person, head.session.user.id]);
});

// ---- people and units change ----

test('once assigned, date and kind move by what is approved: no edit, and no other action, carries them past it', async () => {
  const id = await rectifying(), before = await record('problems', id), edit = (values) => office.call('PATCH', `/api/v1/problems/${id}`, { values }, { 'if-match': '*' });
  for (const values of [{ due: day(today, 900) }, { due: day(today, 1) }, { kind: 'at_once' }]) assert.deepEqual(codes(await edit(values)), ['by_approval'], JSON.stringify(values));
  assert.equal((await edit({ due: before.due, kind: before.kind, remark: '照旧' })).status, 200, 'saying again what stands is no change');
  const beside = await office.act('problems', id, 'hand_set_colour', { hand_colour: 'yellow', hand_colour_until: day(today, 5), due: day(today, 900), lead_unit: WATER() }, '提前关注');
  assert.deepEqual(codes(beside), ['not_asked', 'not_asked'], 'what an edit does not do by itself, no other form takes along');
  const after = await record('problems', id);
  assert.deepEqual([after.due, after.kind, after.lead_unit], [before.due, before.kind, before.lead_unit]);
});

test('a leaving liaison hands over by a slip that both confirm', async () => {
  const problem = await rectifying();
  must(bihuan(store, ['user', 'create', 'liaison-next', '--name', '接任联络员', '--unit', '市住房城乡建设管理委', '--as', 'sysadmin', '--password-stdin'], { input: 'a-long-password-2\n' }));
  must(bihuan(store, ['user', 'grant', 'liaison-next', 'liaison', '--unit', '市住房城乡建设管理委', '--as', 'secadmin']));
  const next = await signedIn('liaison-next', 'a-long-password-2');
  const leaver = housing.session.user;
  const owned = (await office.ok('PATCH', `/api/v1/problems/${problem}`, { values: { owner: leaver.name, owner_user: leaver.id } }, { 'if-match': '*' })).ids[0];
  const slip = await office.create('hand_overs', { from_user: leaver.id, to_user: next.session.user.id, unit: HOUSING(), note: '调离' });
  const shown = await next.ok('GET', `/api/v1/hand_overs/${slip}/slip`);
  assert.ok(shown.items.some((one) => one.kind === 'led' && one.id === owned));
  assert.match(shown.labels.problem[owned], /积水点/);
  assert.equal(shown.items.length, shown.record.item_count);
  assert.equal((await next.act('hand_overs', slip, 'confirm')).status, 409, 'who leaves confirms first');
  await housing.do('hand_overs', slip, 'confirm');
  await next.do('hand_overs', slip, 'confirm');
  assert.equal((await record('hand_overs', slip)).state, 'done');
  const moved = await record('problems', problem);
  assert.deepEqual([moved.owner, moved.owner_user], ['接任联络员', next.session.user.id]);
  assert.equal((await housing.act('problems', problem, 'report', { progress_note: '还在报' })).status, 404, 'the old grant has ended');
  await next.do('problems', problem, 'report', { progress_note: '接着报' });
  housing = next;
});

test('many problems are given to another unit at once, and what cannot is told', async () => {
  const ids = [await assigned(), await rectifying(), await assigned()], withdrawn = ids[2];
  await office.do('problems', withdrawn, 'withdraw', {}, '重复');
  const body = { ids, to: HEALTH(), reason: '职能调整' };
  const before = await followed(server); // messages are written by then
  assert.equal((await housing.call('POST', '/api/v1/problems/reassign', body)).status, 403);
  const rehearsed = await office.ok('POST', '/api/v1/problems/reassign?rehearse=1', body);
  assert.deepEqual([rehearsed.moved, rehearsed.refused.map((one) => one.id)], [ids.slice(0, 2), [withdrawn]]);
  assert.equal((await office.ok('GET', '/api/v1/session')).journal, before, 'nothing was done');
  assert.deepEqual((await office.ok('POST', '/api/v1/problems/reassign', body)).moved, ids.slice(0, 2));
  for (const id of ids.slice(0, 2)) assert.equal((await record('problems', id)).lead_unit, HEALTH());
  assert.equal((await office.ok('GET', `/api/v1/problems/${ids[0]}/holders`)).holders.at(-1).how, 'reassigned');
  assert.equal((await office.call('POST', '/api/v1/problems/reassign', { from: HEALTH(), to: WATER() })).status, 422, 'a reason is asked');
});

test('a unit merged into another leaves it its open work, its people and its names; old records keep it', async () => {
  const open = await rectifying(water, WATER()), old = (await office.ok('GET', `/api/v1/problems?lead_unit=${WATER()}&state=closed,settled,withdrawn&limit=1`)).items[0];
  assert.deepEqual(codes(await office.act('units', WATER(), 'split', { successors: [HEALTH()], succeeded_on: today }, '机构改革')), ['successors']);
  await office.do('units', WATER(), 'merge', { successors: [HOUSING()], succeeded_on: today }, '机构改革');
  const merged = await record('units', WATER());
  assert.deepEqual([merged.valid_to, merged.succession, merged.successors, merged.left_to_move], [day(today, -1), 'merged', [HOUSING()], 0]);
  assert.match((await record('units', HOUSING())).short_names, /市水务局/);
  assert.equal((await record('problems', open)).lead_unit, HOUSING());
  assert.equal((await office.ok('GET', `/api/v1/problems/${open}/holders`)).holders.at(-1).how, 'successor');
  if (old) assert.equal((await record('problems', old.id)).lead_unit, WATER(), 'responsibility by date');
  assert.equal((await office.ok('GET', `/api/v1/holdings/sums?unit=${WATER()}`)).unit_now, HOUSING());
  await water.do('problems', open, 'report', { progress_note: '并入后继续' });
  assert.equal((await office.ok('GET', `/api/v1/problems?lead_unit=${WATER()}&state=assigned,taken,rectifying&limit=1`)).items.length, 0);
});

const MANY = 620; // more than one set takes
/** So many drafts with a unit, by the office. */
async function drafts(values) {
  const ids = [];
  while (ids.length < MANY) {
    const changes = Array.from({ length: Math.min(100, MANY - ids.length) }, (_, i) => ({ type: 'problem', action: 'create', values: { title: `积存问题 ${ids.length + i}`, campaign, category: 'governance', source: 'research', kind: 'at_once', ...values } }));
    ids.push(...(await office.ok('POST', '/api/v1/changes', { changes })).ids);
  }
  return ids;
}
const walked = (type, id) => Number(databaseTool(store, `SELECT count(*) FROM journal WHERE type = ${type} AND record = ${id} AND action = 86 AND channel = 5`)); // handing over, by the clock

test('a unit with open work is not ended by an edit; merged, its many items go on moving by themselves, though the program was killed in between', async () => {
  const [from, to] = [await office.create('units', { name: '市拆并一局', kind: 'government', parent: await root() }), await office.create('units', { name: '市拆并二局', kind: 'government', parent: await root() })];
  await drafts({ lead_unit: from });
  const end = (values) => office.call('PATCH', `/api/v1/units/${from}`, { values }, { 'if-match': '*' });
  const refused = await end({ valid_to: today });
  assert.deepEqual([refused.status, codes(refused)], [409, ['unit_ends']]);
  assert.match(refused.body.findings[0].sentence, new RegExp(`牵头问题 ${MANY}.*并入其他单位`));
  assert.equal((await end({ order: 7, short_names: '拆并局、'.repeat(120) + '一局' })).status, 200, 'whatever else is edited, aliases by the hundred too');
  await office.do('units', from, 'merge', { successors: [to], succeeded_on: today }, '机构改革');
  await server.stop('SIGKILL');
  server = await serve(store);
  office.origin = server.origin;
  must(bihuan(store, ['clock', 'run']));
  assert.equal((await record('units', from)).left_to_move, 0);
  await followed(server); // on PostgreSQL that run was another process
  assert.equal((await office.ok('GET', `/api/v1/problems/tally?by=state&lead_unit=${to}`)).total, MANY);
  assert.equal((await office.ok('GET', `/api/v1/problems/tally?by=state&lead_unit=${from}`)).total, 0);
  assert.ok(walked(1, from) >= 1, 'the clock went on');
  assert.deepEqual(codes(await office.act('units', from, 'hand_over')), ['successors'], 'nothing is left');
  const idle = await office.create('units', { name: '市空局', kind: 'government', parent: await root() });
  assert.equal((await office.call('PATCH', `/api/v1/units/${idle}`, { values: { valid_to: today } }, { 'if-match': '*' })).status, 200, 'a unit without work just ends');
});

test('a slip over many items goes on by itself as well', async () => {
  const sysadmin = ['--as', 'sysadmin'], unit = '市拆并二局', people = [];
  for (const account of ['slip-from', 'slip-to']) {
    must(bihuan(store, ['user', 'create', account, '--name', account, '--unit', unit, ...sysadmin, '--password-stdin'], { input: 'a-long-password-3\n' }));
    must(bihuan(store, ['user', 'grant', account, 'liaison', '--unit', unit, '--as', 'secadmin']));
    people.push(await signedIn(account, 'a-long-password-3'));
  }
  const [leaver, next] = people, of = leaver.session.user.unit;
  await drafts({ lead_unit: of, owner: 'slip-from', owner_user: leaver.session.user.id });
  const slip = await office.create('hand_overs', { from_user: leaver.session.user.id, to_user: next.session.user.id, unit: of });
  await leaver.do('hand_overs', slip, 'confirm');
  await next.do('hand_overs', slip, 'confirm');
  must(bihuan(store, ['clock', 'run']));
  const done = await record('hand_overs', slip);
  assert.deepEqual([done.state, done.moved], ['done', MANY]);
  assert.equal((await office.ok('GET', `/api/v1/problems?owner_user=${leaver.session.user.id}&limit=1`)).items.length, 0);
  assert.ok(walked(15, slip) >= 1, 'the clock went on');
});

test('what follows a unit that is split is in its successors\' hands: appeals, the open round, who takes part, who is guided, what it closed', async () => {
  health.origin = server.origin; // it was started anew above
  const [one, two] = [await office.create('units', { name: '市卫健一局', kind: 'government', parent: await root() }), await office.create('units', { name: '市卫健二局', kind: 'government', parent: await root() })];
  const other = await office.create('campaigns', { name: '分立专项', code: 'SPLIT', prefix: 'FL-', valid_from: today, valid_to: day(today, 200), units: [HEALTH(), HOUSING()] });
  const group = await office.create('guidance_groups', { name: '分立指导组', campaign: other, units: [HEALTH()] });
  const round = await office.create('rounds', { campaign: other, name: '分立轮', opens_on: today, due: day(today, 5) });
  await office.do('rounds', round, 'open');
  const answers = async () => (await office.ok('GET', `/api/v1/round_answers?round=${round}&limit=20`)).items.map((item) => [item.unit, item.state]).sort();
  assert.deepEqual(await answers(), [[HOUSING(), 'awaited'], [HEALTH(), 'awaited']].sort());
  const appeal = await office.create('appeals', { number: 'F-1', title: '门诊排队太久', text: '每次排队两小时', made_at: `${today}T08:00:00+08:00` });
  await office.do('appeals', appeal, 'assign', { unit: HEALTH() });
  const closed = await office.create('problems', { title: '就诊高峰排队', detail: '高峰排队', campaign, category: 'livelihood', source: 'appeals', kind: 'at_once', lead_unit: HEALTH() });
  for (const action of ['submit', 'admit', 'assign']) await office.do('problems', closed, action);
  await health.do('problems', closed, 'take');
  await health.create('evidences', { problem: closed, title: '增开窗口', note: '高峰增开窗口四个', phase: 'after' });
  await health.do('problems', closed, 'apply', { progress_note: '已增开窗口' });
  assert.equal((await record('problems', closed)).state, 'closed');
  const frozen = (await office.ok('GET', '/api/v1/definitions/values?by=unit')), then = frozen.at;
  await office.do('units', HEALTH(), 'split', { successors: [one, two], succeeded_on: today }, '机构改革');
  assert.equal((await office.ok('GET', `/api/v1/units/${HEALTH()}/journal`)).entries[0].label, '分立', 'told by its own word');
  assert.deepEqual((await record('units', one)).predecessors, [HEALTH()]);
  assert.equal((await record('appeals', appeal)).unit, one, 'an open appeal passes on');
  await health.do('appeals', appeal, 'contact', {}, '已电话联系');
  assert.deepEqual((await record('campaigns', other)).units.sort(), [one, two, HOUSING()].sort(), 'they take part');
  assert.deepEqual((await record('guidance_groups', group)).units.sort(), [one, two, HEALTH()].sort(), 'they are guided, and what it led still is');
  assert.deepEqual(await answers(), [[HOUSING(), 'awaited'], [HEALTH(), 'excused'], [one, 'awaited'], [two, 'awaited']].sort(), 'they answer in the round that is open');
  assert.equal((await record('problems', closed)).lead_unit, HEALTH(), 'old records keep it');
  assert.equal((await health.page('problems', closed)).record.id, closed, 'and its people still see what they closed');
  assert.deepEqual((await office.ok('GET', `/api/v1/definitions/values?by=unit&at=${encodeURIComponent(then)}`)).values, frozen.values, 'the figures of then are as they were');
  await office.do('problems', closed, 'reopen', { due: day(today, 5) }, '又排长队');
  const again = await record('problems', closed);
  assert.deepEqual([again.lead_unit, again.cycle], [one, 2], 're-opened, it is the successor\'s');
  assert.deepEqual((await office.page('problems', closed)).cycles.map((item) => item.lead_unit).sort(), [HEALTH(), one].sort());
  await health.do('problems', closed, 'take');
});

test('a closed cycle says who led when it was closed, beside who began it; a newer one changes nothing of it', async () => {
  housing.origin = server.origin;
  const [one, two] = [await office.create('units', { name: '市接办局', kind: 'government', parent: await root() }), HOUSING()];
  must(bihuan(store, ['user', 'create', 'takes-over', '--name', 'takes-over', '--unit', '市接办局', '--as', 'sysadmin', '--password-stdin'], { input: 'a-long-password-5\n' }));
  must(bihuan(store, ['user', 'grant', 'takes-over', 'liaison', '--unit', '市接办局', '--as', 'secadmin']));
  const taker = await signedIn('takes-over', 'a-long-password-5');
  const id = await office.create('problems', { title: '公示牌破损', detail: '破损', campaign, category: 'governance', source: 'research', kind: 'at_once', lead_unit: two });
  for (const action of ['submit', 'admit', 'assign']) await office.do('problems', id, action);
  await housing.do('problems', id, 'take');
  assert.equal((await ask(housing, id, one)).status, 200);
  await taker.do('transfers', await transferOf(id), 'take');
  const cycle = async (ordinal) => { const { lead_unit: began, closed_lead_unit: closed, state } = (await office.page('problems', id)).cycles.find((item) => item.ordinal === ordinal); return [began, closed ?? null, state]; };
  assert.deepEqual(await cycle(1), [two, null, 'running']);
  await taker.create('evidences', { problem: id, title: '已更换', note: '已更换', phase: 'after' });
  await taker.do('problems', id, 'apply', { progress_note: '已更换' });
  assert.deepEqual(await cycle(1), [two, one, 'closed']);
  assert.deepEqual((await office.ok('GET', `/api/v1/problems/${id}/holders`)).holders.map((held) => held.unit), [two, one], 'days stay by each holder');
  await office.do('problems', id, 'reopen', { due: day(today, 5) }, '又破损');
  assert.deepEqual([await cycle(1), await cycle(2)], [[two, one, 'reopened'], [one, null, 'running']]);
});

test('whatever waits for a unit stands on the slip of who leaves, and keeps the unit from being ended by an edit', async () => {
  const name = '市诉求办理局', unit = await office.create('units', { name, kind: 'government', parent: await root() }), people = [];
  for (const account of ['waits-from', 'waits-to']) {
    must(bihuan(store, ['user', 'create', account, '--name', account, '--unit', name, '--as', 'sysadmin', '--password-stdin'], { input: 'a-long-password-4\n' }));
    must(bihuan(store, ['user', 'grant', account, 'liaison', '--unit', name, '--as', 'secadmin']));
    people.push(await signedIn(account, 'a-long-password-4'));
  }
  const [leaver, next] = people, ends = (values = { valid_to: today }) => office.call('PATCH', `/api/v1/units/${unit}`, { values }, { 'if-match': '*' });
  const slip = async () => {
    const id = await office.create('hand_overs', { from_user: leaver.session.user.id, to_user: next.session.user.id, unit }), { items, record: { item_count: count } } = await next.ok('GET', `/api/v1/hand_overs/${id}/slip`);
    assert.equal(items.length, count);
    await office.do('hand_overs', id, 'cancel', {}, '先看一看');
    return items.map((one) => `${one.kind} ${one.id} ${one.state}`).sort();
  };
  assert.deepEqual(await slip(), []);
  const other = await office.create('campaigns', { name: '等办专项', code: 'WAITS', prefix: 'DB-', valid_from: today, valid_to: day(today, 200), units: [unit] });
  const round = await office.create('rounds', { campaign: other, name: '等办轮', opens_on: today, due: day(today, 5) });
  await office.do('rounds', round, 'open');
  const [answer] = (await office.ok('GET', `/api/v1/round_answers?round=${round}`)).items;
  const [appeal, joint] = [await office.create('appeals', { number: 'F-9', title: '井盖缺失', text: '路口井盖缺失', made_at: `${today}T08:00:00+08:00` }), await assigned(HOUSING(), { joint_units: [unit] })];
  await office.do('appeals', appeal, 'assign', { unit });
  const topic = await office.create('topics', { title: '窨井盖权属研究', why: '权属不清', lead_unit: HOUSING(), campaign });
  const task = await office.create('topic_tasks', { topic, title: '清查权属', owner: 'waits-from', owner_user: leaver.session.user.id, unit, due: day(today, 9) });
  const waiting = [`appeal ${appeal} assigned`, `joint ${joint} assigned`, `round_answer ${answer.id} awaited`, `topic_task ${task} open`].sort();
  assert.deepEqual(await slip(), waiting);
  const refused = await ends();
  assert.deepEqual([refused.status, codes(refused)], [409, ['unit_ends']]);
  assert.match(refused.body.findings[0].sentence, /还有未了事项\(诉求 1、课题任务 1、配合问题 1、待报送轮次 1\).*并入其他单位/);
  const last = await office.create('hand_overs', { from_user: leaver.session.user.id, to_user: next.session.user.id, unit });
  await leaver.do('hand_overs', last, 'confirm');
  await next.do('hand_overs', last, 'confirm');
  assert.deepEqual([(await record('topic_tasks', task)).owner, (await record('topic_tasks', task)).owner_user], ['waits-to', next.session.user.id], 'who follows is in charge of it');
  await next.do('appeals', appeal, 'answer', { answer: '已补盖', outcome: 'solved' });
  await next.do('topic_tasks', task, 'finish', { note: '已清查' });
  await office.do('problems', joint, 'withdraw', {}, '重复');
  assert.match((await ends()).body.findings[0].sentence, /\(待报送轮次 1\)/);
  await office.do('round_answers', answer.id, 'excuse', {}, '单位撤销');
  assert.equal((await ends()).status, 200, 'with nothing left it just ends');
});

test('and the journal proves all of it', () => {
  const verified = bihuan(store, ['verify']);
  assert.equal(verified.status, 0, verified.out + verified.err);
});
