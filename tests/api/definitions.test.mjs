// Definitions: every value is what counting the exported CSV by hand gives, now and at a past moment; every value opens its list; a liaison
// sees its own only.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan, must, csvRows, day, followed } from '../lib.mjs';

let store, server, office, liaison, today, campaign;
before(async () => {
  store = demoStore();
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
  liaison = await signIn(server, 'liaison-housing', store.accounts['liaison-housing']);
  const session = await office.ok('GET', '/api/v1/session');
  today = session.store.today;
  campaign = session.campaign.id;
});
after(async () => { await server?.stop(); store?.remove(); });

const get = (path, client = office) => client.ok('GET', '/api/v1/definitions' + path);

// ---- counted by hand, from the file that anybody can export ----

/** The rows of the ledger as objects by English header. */
function ledger(account = 'office') {
  const [head, ...rows] = csvRows(must(bihuan(store, ['export', 'problems', '--as', account, '--lang', 'en'])).out);
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]]).reverse()));
}
const CLOSED = ['Closed, watched', 'Settled'], ACCEPTED = ['Accepted', 'Publicised', ...CLOSED];
/** name → [who is in the numerator, who is in the denominator]; [who] for counts. */
function byHand(on, from, to) {
  const in_period = (date) => date && date >= from && date <= to, entered = (one) => one['Admission entered on'] || one['Admitted on'];
  const counted = (one) => one.Counted === 'Yes' && !one['Parent problem'] && one.State !== 'Withdrawn' && one.State !== 'Merged';
  const closed = (one) => counted(one) && CLOSED.includes(one.State), accepted = (one) => counted(one) && ACCEPTED.includes(one.State), open = (one) => counted(one) && !closed(one);
  const part = (one) => one['Parent problem'];
  const colour = (name) => [(one) => counted(one) && one.Colour === name];
  const due = (one) => counted(one) && one.Due && one.Due <= on, dated = (one) => counted(one) && one.Due, assigned = (one) => counted(one) && one['Assigned on'];
  const verdict = (one) => counted(one) && (accepted(one) || Number(one['Times sent back'] || 0) > 0);
  const onTime = (date) => (one) => counted(one) && in_period(one[date]) && accepted(one) && one['Applied on'] && one['Applied on'] <= one[date];
  const rebounded = (one) => counted(one) && in_period(one['Closed before']) && one['Re-opened on'] <= one['Watched before until'];
  const watched = (one) => counted(one) && (in_period(one['Closed before']) || (closed(one) && in_period(one['Closed on']) && (one.State === 'Settled' || one['Watched until'] < on)));
  const old = (one) => ['Inspection, stock', 'Audit, stock'].includes(one.Source) || one['Old stock'] === 'Yes';
  const added = (one) => in_period(one['Admitted on']) && entered(one) <= to && !part(one);
  return {
    total: [counted], added: [added], added_net: [(one) => added(one) && counted(one)],
    back_entered: [(one) => one['Admitted on'] && !part(one) && one['Admitted on'] < from && in_period(entered(one))],
    old_stock: [(one) => counted(one) && old(one)], increment: [(one) => counted(one) && !old(one)],
    self_reported: [(one) => counted(one) && (one.State === 'Endorsed' || accepted(one))], accepted: [accepted], closed: [closed], open: [open],
    reopened: [(one) => counted(one) && in_period(one['Re-opened on'])], withdrawn: [(one) => one.State === 'Withdrawn' && one['Admitted on'] && !part(one)],
    joint: [(one) => counted(one) && one['Joint units']], hard: [(one) => counted(one) && one['Hard nut'] === 'Yes'], historic: [(one) => counted(one) && one.Historic === 'Yes'],
    green: colour('Green'), blue: colour('Blue'), yellow: colour('Yellow'), orange: colour('Orange'), red: colour('Red'), grey: colour('Grey'),
    rectification_rate: [accepted, counted], closing_rate: [closed, counted], due_closing_rate: [(one) => due(one) && closed(one), due],
    on_time_original: [onTime('Original due date'), (one) => counted(one) && in_period(one['Original due date'])], on_time_approved: [onTime('Due'), (one) => counted(one) && in_period(one.Due)],
    overdue_rate: [(one) => open(one) && one.Due && one.Due < (one['Applied on'] && one['Applied on'] < on ? one['Applied on'] : on), open],
    extension_rate: [(one) => dated(one) && (Number(one.Extensions || 0) > 0 || (one['Original due date'] && one.Due > one['Original due date'])), dated],
    first_pass_rate: [(one) => verdict(one) && Number(one['Times sent back'] || 0) === 0, verdict],
    rebound_rate: [rebounded, watched], transfer_rate: [(one) => assigned(one) && Number(one.Transfers || 0) > 0, assigned],
    really_solved: [(one) => closed(one) && one.Outcome === 'Really solved', (one) => closed(one) && one.Outcome],
    merged: [(one) => one.State === 'Merged' && !part(one)], parts: [(one) => part(one) && !['Withdrawn', 'Merged'].includes(one.State)],
    long_term_share: [(one) => counted(one) && one.Kind === 'Long-term', counted],
  };
}
const count = (rows, who) => rows.filter(who).length;

function agrees(values, rows, message) {
  const hand = byHand(values.on, values.from ?? '0000', values.to);
  assert.ok(Object.keys(hand).length > 30);
  for (const [name, [numerator, denominator]] of Object.entries(hand)) {
    const value = values.all[name];
    assert.equal(value.numerator, count(rows, numerator), `${message}: ${name}`);
    if (!denominator) continue;
    assert.equal(value.denominator, count(rows, denominator), `${message}: denominator of ${name}`);
    assert.equal(value.rate, value.denominator ? Math.floor(value.numerator * 10000 / value.denominator) : null, name);
    assert.ok(value.denominator || value.shown === '无数据');
  }
  return hand;
}

test('the table says each definition in words, with its version, and which two go outwards', async () => {
  const table = await get('');
  assert.equal(table.definitions_version, 1);
  assert.ok(table.definitions.length >= 40);
  assert.deepEqual(table.definitions.filter((one) => one.outwards).map((one) => one.name), ['rectification_rate', 'closing_rate']);
  for (const one of table.definitions) assert.ok(one.label && one.text && one.source && one.version >= 1 && ['rate', 'count'].includes(one.result), one.name);
  const english = await office.ok('GET', '/api/v1/definitions?lang=en');
  assert.equal(english.definitions.find((one) => one.name === 'total').label, 'Problems');
});

test('values are what counting the exported ledger gives, for several periods', async () => {
  await followed(server); // what is told of earlier steps is written
  const rows = ledger();
  assert.ok(rows.length >= 40);
  for (const [from, to] of [[null, null], [day(today, -30), today], [day(today, -120), day(today, -31)], ['2026-01-01', '2026-06-30']]) {
    const values = await get('/values?' + (from ? `from=${from}&to=${to}` : ''));
    assert.equal(values.journal, (await office.ok('GET', '/api/v1/session')).journal);
    agrees(values, rows, `${from} to ${to}`);
    assert.equal(['green', 'blue', 'yellow', 'orange', 'red', 'grey'].reduce((sum, name) => sum + values.all[name].numerator, 0), values.all.total.numerator, 'the colours are the total');
  }
});

test('groups add up to the whole, by every grouping, and units up the tree', async () => {
  for (const by of ['unit', 'category', 'campaign_category', 'source', 'kind', 'level']) {
    const values = await get(`/values?by=${by}&from=${day(today, -60)}`);
    values.names.forEach((name, i) => {
      if (by === 'unit' && name === 'joint') return;
      const sum = values.groups.reduce(([a, b], group) => [a + group.own[i][0], b + (group.own[i][1] ?? 0)], [0, 0]);
      assert.deepEqual(sum, [values.all[name].numerator, values.all[name].denominator ?? 0], `${by}: ${name}`);
      if (by === 'unit') {
        const root = values.groups.find((group) => group.parent === null);
        assert.equal(root.kind, 'city');
        assert.equal(root.ranked, values.all.total.numerator >= values.ranked_least);
        assert.ok(values.groups.filter((group) => group.below[0][0] < values.ranked_least).every((group) => !group.ranked));
        assert.deepEqual(root.below[i], values.all[name].denominator === undefined ? [values.all[name].numerator] : [values.all[name].numerator, values.all[name].denominator], 'the city has all below it');
      }
    });
  }
});

/** All pages of a list. */
async function whole(name, query, client = office) {
  const found = [];
  let page;
  for (let after = 0; after !== null; after = page.next) {
    page = await get(`/${name}/list?limit=7&after=${after}&${query}`, client);
    found.push(...page.items);
    assert.ok(page.items.length <= 7);
  }
  assert.equal(found.length, page.total, name);
  return { ...page, items: found };
}

test('every value opens its list, and both agree at one journal number', async () => {
  await followed(server);
  const values = await get(`/values?from=${day(today, -60)}`);
  for (const name of values.names)
    for (const part of values.all[name].denominator === undefined ? ['numerator'] : ['numerator', 'denominator']) {
      const list = await whole(name, `part=${part}&from=${day(today, -60)}`);
      assert.deepEqual([list.total, list.journal, list.definitions_version, list.on], [values.all[name][part], values.journal, values.definitions_version, values.on], `${name} ${part}`);
      assert.deepEqual(list.items.map((one) => one.figure.id), list.items.map((one) => one.record.id));
      assert.ok(list.items.every((one, i) => i === 0 || list.items[i - 1].figure.id < one.figure.id), 'each once, in order');
    }
  const units = await get('/values?by=unit');
  const group = units.groups.find((one) => one.own[0][0] > 1);
  assert.equal((await whole('total', `by=unit&key=${group.key}`)).total, group.own[0][0]);
  const root = units.groups.find((one) => one.parent === null);
  assert.equal((await whole('total', `by=unit&key=${root.key}&below=1`)).total, units.all.total.numerator);
  const economy = (await get('/values?by=category')).groups.find((one) => one.key === 'economy');
  assert.equal((await whole('total', 'by=category&key=economy')).total, economy.own[0][0]);
});

test('a past number gives what was counted then, whatever has happened since', async () => {
  await followed(server);
  const then = ledger(), before = await get('/values'), unit = (await get('/values?by=unit')).groups.find((one) => one.own[0][0] > 2).key;
  const red = await whole('red', '');
  const id = await office.create('problems', { title: '后来登记的一件', campaign, category: 'economy', source: 'self_check', kind: 'at_once', lead_unit: unit });
  for (const action of ['submit', 'admit']) await office.do('problems', id, action);
  await office.do('problems', id, 'assign', { due: day(today, 20) });
  const closed = (await whole('closed', '')).items.find((one) => one.figure.state === 'closed').record.id;
  await office.do('problems', closed, 'reopen', { due: day(today, 15) }, '群众反映又出现');
  const assigned = (await office.ok('GET', '/api/v1/problems?state=rectifying&limit=1')).items[0].id;
  await office.do('problems', assigned, 'withdraw', {}, '重复');
  must(bihuan(store, ['clock', 'advance', '40d']));
  const now = await get('/values');
  agrees(now, ledger(), 'after the changes');
  assert.notDeepEqual(now.all, before.all);
  assert.ok(now.all.reopened.numerator > before.all.reopened.numerator);
  const past = await get('/values?number=' + before.journal);
  assert.equal(past.journal, before.journal);
  assert.equal(past.on, today);
  assert.deepEqual(past.all, before.all);
  agrees(past, then, 'at the past number');
  const byDay = await get(`/values?at=${encodeURIComponent(before.at)}`);
  assert.deepEqual(byDay.all, before.all, 'the moment of that entry is that number');
  const list = await whole('red', 'number=' + before.journal);
  assert.deepEqual(list.items.map((one) => one.figure), red.items.map((one) => one.figure), 'the list of then, with the facts of then');
});

test('the command counts the same', async () => {
  await followed(server);
  const values = await get('/values?by=kind'), told = must(bihuan(store, ['definitions', '--by', 'kind', '--json'])).json();
  assert.equal(told.journal, values.journal);
  for (const name of values.names) assert.deepEqual(told.all[name], values.all[name].denominator === undefined ? [values.all[name].numerator] : [values.all[name].numerator, values.all[name].denominator], name);
  const past = must(bihuan(store, ['definitions', '--at', today, '--json'])).json();
  assert.deepEqual(past.all.total, [(await get('/values?at=' + today)).all.total.numerator]);
});

test('a liaison counts what its unit leads and joins, now and in the past, and nothing else', async () => {
  const rows = ledger('liaison-housing'), values = await get('/values', liaison), city = await get('/values');
  agrees(values, rows, 'within a unit');
  assert.ok(values.all.total.numerator > 0 && values.all.total.numerator < city.all.total.numerator);
  const list = await whole('total', '', liaison), seen = (await liaison.ok('GET', '/api/v1/problems?limit=200')).items.map((one) => one.id);
  assert.ok(list.items.every((one) => seen.includes(one.record.id)));
  const past = await whole('total', 'at=' + today, liaison);
  assert.ok(past.items.length > 0 && past.items.every((one) => seen.includes(one.figure.id)));
  const administrator = await signIn(server, 'sysadmin', store.accounts.sysadmin);
  assert.equal((await administrator.call('GET', '/api/v1/definitions/values')).status, 403);
});

test('what makes no sense is refused with what would be right', async () => {
  for (const query of ['by=colour', 'at=yesterday', 'from=2026-13-01', 'from=2026-10-02&to=2026-10-01', 'number=99999999', 'at=1999-01-01']) {
    const refused = await office.call('GET', '/api/v1/definitions/values?' + query);
    assert.equal(refused.status, 400, query);
    assert.ok(refused.body.detail.length > 4);
  }
  assert.equal((await office.call('GET', '/api/v1/definitions/nothing/list')).status, 404);
  assert.equal((await office.call('GET', '/api/v1/definitions/total/list?part=half')).status, 400);
  assert.equal((await office.call('GET', '/api/v1/definitions/total/list?by=category&key=nothing')).status, 400);
});

test('journal and tables agree in the end', async () => { must(bihuan(store, ['verify'])); });
