// Saved views: a list as one user keeps it is that user's alone, until the office shares one; what it lists is read with the reader's own rights.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan } from '../lib.mjs';

let store, server, office, second, liaison, auditor;
before(async () => {
  store = demoStore();
  server = await serve(store);
  [office, second, liaison, auditor] = await Promise.all(['office', 'office-second', 'liaison-housing', 'auditadmin'].map((account) => signIn(server, account, store.accounts[account])));
});
after(async () => { await server?.stop(); store?.remove(); });

const mine = (client, more = {}) => ({ user: client.session.user.id, name: '红橙', list: 'problem', query: 'colour=red,orange&sort=due', columns: 'number,title,due', ...more });
const seen = async (client) => (await client.ok('GET', '/api/v1/saved_views?state=active&limit=200')).items.map((one) => one.name).sort();

test('a view is its user\'s alone: nobody else reads, changes or removes it, the office included', async () => {
  const id = await liaison.create('saved_views', mine(liaison));
  assert.deepEqual(await seen(liaison), ['红橙']);
  for (const other of [office, second, auditor]) {
    assert.deepEqual(await seen(other), []);
    assert.equal((await other.call('GET', `/api/v1/saved_views/${id}`)).status, 404);
    assert.equal((await other.act('saved_views', id, 'retire')).status, 404);
  }
  const { record } = await liaison.page('saved_views', id);
  assert.deepEqual([record.list, record.query, record.columns, record.shared ?? false], ['problem', 'colour=red,orange&sort=due', 'number,title,due', false]);
});

test('nobody saves one in another\'s name', async () => {
  assert.equal((await office.call('POST', '/api/v1/saved_views', { values: mine(liaison) })).status, 403);
});

test('only the office shares: then everybody reads it, and still only its user changes it', async () => {
  const refused = await liaison.call('POST', '/api/v1/saved_views', { values: mine(liaison, { name: '想共享', shared: true }) });
  assert.ok(refused.status >= 400, 'a liaison may not share');
  const id = await office.create('saved_views', mine(office, { name: '七天内到期', shared: true }));
  for (const other of [second, liaison, auditor]) assert.ok((await seen(other)).includes('七天内到期'));
  const { record } = await liaison.page('saved_views', id);
  const edit = (client) => client.call('PATCH', `/api/v1/saved_views/${id}`, { values: { name: '改名' } }, { 'if-match': `"${record.version}"` });
  assert.equal((await edit(liaison)).status, 403);
  assert.equal((await edit(second)).status, 403);
  assert.equal((await edit(office)).status, 200);
  assert.ok((await seen(liaison)).includes('改名'));
  const now = (await office.page('saved_views', id)).record;
  assert.equal((await office.call('PATCH', `/api/v1/saved_views/${id}`, { values: { shared: false } }, { 'if-match': `"${now.version}"` })).status, 200);
  assert.deepEqual(await seen(liaison), ['红橙'], 'taken back, it is the owner\'s alone again');
});

test('what a shared view lists is read with the rights of who opens it', async () => {
  const query = (await office.ok('GET', '/api/v1/saved_views?state=active')).items[0].query;
  const ids = async (client) => (await client.ok('GET', `/api/v1/problems?${query}&limit=200`)).items.map((one) => one.id);
  const [all, own] = [await ids(office), await ids(liaison)];
  assert.ok(own.length < all.length && own.every((id) => all.includes(id)));
});

test('removed it is listed no more, and the store adds up', async () => {
  const id = (await liaison.ok('GET', '/api/v1/saved_views?state=active')).items[0].id;
  await liaison.do('saved_views', id, 'retire');
  assert.deepEqual(await seen(liaison), []);
  assert.equal((await liaison.call('PATCH', `/api/v1/saved_views/${id}`, { values: { name: '再改' } }, { 'if-match': '"2"' })).status, 409);
  await server.stop();
  assert.equal(bihuan(store, ['verify']).status, 0);
  server = await serve(store);
});
