// Open311 GeoReport v2: the six calls in XML and JSON with the standard's errors, checked against the shapes that the standard publishes
// (wiki.open311.org/GeoReport_v2). What is seen from outside is only what the office has released, in the released words.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan, must } from '../lib.mjs';

let store, server, office, secadmin, sysadmin, key, other, campaign, services = {};
const call = async (path, options = {}) => {
  const answer = await fetch(server.origin + '/open311' + path, options), text = await answer.text();
  const type = answer.headers.get('content-type');
  return { status: answer.status, type, text, body: type?.startsWith('application/json') ? JSON.parse(text) : text };
};
const get = (path) => call('/v2' + path);
const post = (fields, format = 'json', headers = {}) => call(`/v2/requests.${format}`, { method: 'POST', body: new URLSearchParams(fields), headers: { 'accept-language': 'en', ...headers } });
/** The elements of an XML answer as a tree of [name, children or text]: enough to compare shapes. */
function tree(xml) {
  assert.ok(xml.startsWith('<?xml version="1.0" encoding="utf-8"?>\n'), xml.slice(0, 60));
  const stack = [['', []]];
  for (const [, close, name, empty, text] of xml.replace(/^<\?.*\?>\n/, '').matchAll(/<(\/?)([a-z_0-9]+)(\/?)>([^<]*)/g)) {
    if (close) { const done = stack.pop(); if (typeof done[1] !== 'string' && !done[1].length) done[1] = ''; }
    else { const one = [name, empty ? '' : []]; stack.at(-1)[1].push(one); if (!empty) { stack.push(one); if (text) one[1] = text; } }
  }
  assert.equal(stack.length, 1, 'every element is closed');
  return stack[0][1][0];
}
const names = (node) => node[1].map(([name]) => name);

before(async () => {
  store = demoStore();
  server = await serve(store);
  [office, secadmin, sysadmin] = await Promise.all(['office', 'secadmin', 'sysadmin'].map((account) => signIn(server, account, store.accounts[account])));
  Object.assign(office.session, await office.ok('GET', '/api/v1/session'));
  ({ campaign } = office.session);
  const questions = JSON.stringify([
    { code: 'LAMP', datatype: 'singlevaluelist', required: true, description: '哪种灯', values: [{ key: '1', name: '路灯' }, { key: '2', name: '楼道灯' }] },
    { code: 'WHEN', datatype: 'datetime', required: false, description: '何时起', datatype_description: '大致即可' },
    { code: 'NOTE', datatype: 'text', required: false, variable: false, description: '夜间抢修请打电话' },
    { code: 'PARTS', datatype: 'multivaluelist', required: false, description: '坏在哪', values: [{ key: 'a', name: '灯头' }, { key: 'b', name: '灯杆' }] }]);
  const make = (code, name, more = {}) => office.create('categories', { campaign: campaign.id, code, name, under: 'livelihood', service: true, ...more });
  services.lamp = await make('001', '照明', { explanation: '路灯、楼道灯 <不亮> & 闪烁', questions });
  services.road = await make('002', '道路');
  services.inner = await make('003', '内部事项', { service: false });
  const code = (await office.page('campaigns', campaign.id)).record.code;
  for (const account of ['app', 'other-app']) {
    const user = await sysadmin.create('users', { account, name: account, unit: office.session.user.unit });
    await secadmin.create('grants', { user, role: 'hotline' });
    const token = (await secadmin.ok('POST', '/api/v1/tokens', { user, scope: 'open311' })).token;
    if (account === 'app') key = token; else other = token;
  }
  assert.equal((await get('/services.json')).status, 404, 'off until it is turned on');
  assert.equal((await get('/services.json')).body[0].code, 404);
  assert.notEqual(bihuan(store, ['open311', 'on', '--campaign', code, '--as', 'sysadmin']).status, 0);
  must(bihuan(store, ['open311', 'on', '--campaign', code, '--jurisdiction', 'shenjiang.example', '--as', 'office']));
});
after(async () => { await server?.stop(); store?.remove(); });

// ---- services ----

test('the list of services has the fields of the standard, in both forms', async () => {
  const json = await get('/services.json?jurisdiction_id=shenjiang.example');
  assert.deepEqual([json.status, json.type], [200, 'application/json; charset=utf-8']);
  assert.deepEqual(json.body, [
    { service_code: '001', service_name: '照明', description: '路灯、楼道灯 <不亮> & 闪烁', metadata: true, type: 'realtime', keywords: '', group: json.body[0].group },
    { service_code: '002', service_name: '道路', description: '', metadata: false, type: 'realtime', keywords: '', group: json.body[1].group }]);
  assert.ok(json.body[0].group.length > 1);
  const xml = await get('/services.xml');
  assert.deepEqual([xml.status, xml.type], [200, 'text/xml; charset=utf-8']);
  const root = tree(xml.body);
  assert.equal(root[0], 'services');
  assert.deepEqual(root[1].map(([name]) => name), ['service', 'service']);
  assert.deepEqual(names(root[1][0]), ['service_code', 'service_name', 'description', 'metadata', 'type', 'keywords', 'group']);
  assert.equal(root[1][0][1][2][1], '路灯、楼道灯 &lt;不亮&gt; &amp; 闪烁');
  assert.equal(root[1][0][1][3][1], 'true');
});

test('a service\'s definition tells its questions', async () => {
  const { body } = await get('/services/001.json');
  assert.deepEqual(Object.keys(body), ['service_code', 'attributes']);
  assert.deepEqual(body.attributes[0], { variable: true, code: 'LAMP', datatype: 'singlevaluelist', required: true, datatype_description: null, order: 1, description: '哪种灯', values: [{ key: '1', name: '路灯' }, { key: '2', name: '楼道灯' }] });
  assert.deepEqual(body.attributes.map((one) => [one.code, one.variable, one.required, one.order]), [['LAMP', true, true, 1], ['WHEN', true, false, 2], ['NOTE', false, false, 3], ['PARTS', true, false, 4]]);
  const root = tree((await get('/services/001.xml')).body);
  assert.deepEqual([root[0], names(root)], ['service_definition', ['service_code', 'attributes']]);
  assert.deepEqual(names(root[1][1][1][0]), ['variable', 'code', 'datatype', 'required', 'datatype_description', 'order', 'description', 'values']);
  assert.deepEqual(root[1][1][1][0][1].at(-1)[1].map(([name, children]) => [name, children.map(([inner]) => inner)]), [['value', ['key', 'name']], ['value', ['key', 'name']]]);
  for (const code of ['003', '999', '%2e%2e']) assert.equal((await get(`/services/${code}.json`)).status, 404, code);
});

test('errors are the standard\'s, in both forms: code and description', async () => {
  for (const [path, status] of [['/services.json?jurisdiction_id=city.gov', 404], ['/services/999.json', 404], ['/requests/1.json', 404], ['/tokens/none.json', 404], ['/requests.json?start_date=yesterday', 400],
    ['/requests.json?status=done', 400], ['/requests.json?page=0', 400], ['/requests.json?page=x', 400], ['/requests.json?page=99999999', 400], ['/nothing.json', 404], ['/services.csv', 404]]) {
    const json = await get(path);
    assert.equal(json.status, status, path);
    if (path.includes('.json')) assert.deepEqual([json.body.length, json.body[0].code, typeof json.body[0].description], [1, status, 'string'], path);
    const xml = await get(path.replace('.json', '.xml')), root = tree(xml.body);
    assert.equal(xml.status, status);
    assert.deepEqual([root[0], root[1][0][0], names(root[1][0]), root[1][0][1][0][1]], ['errors', 'error', ['code', 'description'], String(status)]);
  }
});

// ---- sending in ----

const sent = { service_code: '001', lat: '31.230416', long: '121.473701', address_string: '某路 1 号', description: '路灯不亮\n已经三天', first_name: '三', last_name: '张', phone: '13800005678', email: 'a@example.org', device_id: 'D1', 'attribute[LAMP]': '1' };
const send = async (fields = {}, format = 'json', headers = {}) => post({ api_key: key, ...sent, ...fields }, format, headers);
const idOf = async (fields, headers) => { const answer = await send(fields, 'json', headers); assert.equal(answer.status, 200, answer.text); return answer.body[0].service_request_id; };

test('a request needs an api_key that serves for it: 403 in both forms otherwise', async () => {
  const write = (await sysadmin.ok('POST', '/api/v1/tokens', { user: sysadmin.session.user.id, scope: 'write', days: 1 })).token;
  for (const api_key of ['', 'xyz', '0'.repeat(64), write]) {
    const json = await post({ ...sent, api_key });
    assert.deepEqual([json.status, json.body[0].code], [403, 403], api_key);
    assert.equal((await post({ ...sent, api_key }, 'xml')).status, 403);
  }
  const cookie = await call('/v2/requests.json', { method: 'POST', body: new URLSearchParams(sent), headers: { cookie: office.cookie } });
  assert.equal(cookie.status, 403, 'who is signed in by a browser sends nothing in by another site\'s form');
  assert.equal((await office.call('GET', '/api/v1/appeals', undefined)).status, 200);
  const elsewhere = await fetch(server.origin + '/api/v1/appeals', { headers: { authorization: `Bearer ${key}` } });
  assert.equal(elsewhere.status, 403, 'and the key serves nowhere else');
});

test('what is wrong with a request is told at once, and nothing is taken', async () => {
  const before = (await office.ok('GET', '/api/v1/appeals?limit=200')).items.length;
  const wrong = [
    [{ service_code: '' }, 400], [{ service_code: '999' }, 404], [{ service_code: '003' }, 404], [{ lat: '', long: '', address_string: '' }, 400], [{ lat: '31.2', long: '' }, 400], [{ lat: '91', long: '181' }, 400],
    [{ lat: 'abc', long: '1e9' }, 400], [{ 'attribute[LAMP]': '' }, 400], [{ 'attribute[LAMP]': '3' }, 400], [{ 'attribute[WHEN]': 'soon' }, 400], [{ description: '长'.repeat(4001) }, 400], [{ media_url: 'javascript:alert(1)' }, 400],
    [{ phone: '1'.repeat(41) }, 400], [{ description: 'a\u0001b' }, 400], [{ jurisdiction_id: 'city.gov' }, 404]];
  for (const [fields, status] of wrong) {
    const answer = await send(fields);
    assert.deepEqual([answer.status, answer.body[0].code], [status, status], JSON.stringify(fields).slice(0, 60) + answer.text);
  }
  const many = await send({ service_code: '', lat: 'x', 'attribute[LAMP]': '', media_url: 'ftp://x' });
  assert.ok(many.body.length >= 3, many.text);
  const control = await send({ description: 'a\u0001b' });
  assert.equal(control.body.length, 1, control.text);
  assert.match(control.body[0].description, /^description has control characters/, 'by the name of the standard');
  const raw = (body, type) => call('/v2/requests.json', { method: 'POST', body, headers: { 'content-type': type } });
  assert.equal((await raw('{}', 'application/json')).status, 400);
  assert.equal((await raw('description=%ff%fe', 'application/x-www-form-urlencoded')).status, 400);
  assert.equal((await raw('a=%00b', 'application/x-www-form-urlencoded')).status, 400);
  assert.equal((await raw('a=1&'.repeat(500), 'application/x-www-form-urlencoded')).status, 400);
  assert.equal((await office.ok('GET', '/api/v1/appeals?limit=200')).items.length, before);
});

test('a request becomes an appeal: internal, its contact sealed, its answers kept; the form answers with its id', async () => {
  const answer = await send({ 'attribute[PARTS][]': 'a', media_url: 'https://example.org/1.jpg' });
  assert.deepEqual([answer.status, Object.keys(answer.body[0])], [200, ['service_request_id', 'service_notice', 'account_id']]);
  const { record } = await office.page('appeals', answer.body[0].service_request_id);
  assert.deepEqual([record.title, record.text, record.place, record.secrecy, record.state, record.category, record.service, record.origin], ['路灯不亮 已经三天', '路灯不亮\n已经三天', '某路 1 号', 'internal', 'received', '照明', services.lamp, 'online']);
  assert.equal(record.details, '哪种灯：路灯\n坏在哪：灯头\nmedia_url：https://example.org/1.jpg');
  assert.equal(record.phone, '138****5678');
  const xml = tree((await send({}, 'xml')).body);
  assert.deepEqual([xml[0], xml[1][0][0], names(xml[1][0])], ['service_requests', 'request', ['service_request_id', 'service_notice', 'account_id']]);
  const again = { 'idempotency-key': 'one' };
  assert.equal(await idOf({}, again), await idOf({}, again), 'sent twice under one key it is one request');
  for (const text of ['<b>不是</b> HTML &amp; "引号"', '=1+1', '😀'.repeat(50)]) assert.equal((await office.page('appeals', await idOf({ description: text }))).record.text, text);
});

// ---- what is seen ----

test('nothing is seen before the office has released it, and then only the released words', async () => {
  const id = await idOf();
  assert.equal((await get(`/requests/${id}.json`)).status, 404);
  assert.deepEqual((await get(`/requests.json?service_request_id=${id}`)).body, []);
  const own = await get(`/requests/${id}.json?api_key=${key}`);
  assert.deepEqual([own.status, own.body[0].status, own.body[0].service_code, own.body[0].description, own.body[0].address, own.body[0].lat], [200, 'open', '001', null, null, null], 'who sent it sees where it stands');
  assert.equal((await get(`/requests/${id}.json?api_key=${other}`)).status, 404);
  const refused = await office.act('appeals', id, 'show_outside', { public_text: '路灯不亮' });
  assert.deepEqual([refused.status, refused.body.findings[0].code, refused.body.findings[0].field], [409, 'may_show', 'secrecy']);
  const page = await office.page('appeals', id);
  await office.ok('PATCH', `/api/v1/appeals/${id}`, { values: { secrecy: 'open' } }, { 'if-match': `"${page.record.version}"` });
  for (const public_text of ['请打 138 0000 5678', '张三说路灯不亮', '写信到 a@example.org', '证件 310101199001011234']) {
    const answer = await office.act('appeals', id, 'show_outside', { public_text });
    assert.deepEqual([answer.status, answer.body.findings[0].code, answer.body.findings[0].field], [409, 'may_show', 'public_text'], public_text);
  }
  await office.do('appeals', id, 'show_outside', { public_text: '某路的路灯 2026-11-20 起不亮', public_place: '某路', public_point: { lat: 31.23, lon: 121.47 } });
  const shown = (await get(`/requests/${id}.json`)).body[0];
  assert.deepEqual(Object.keys(shown), ['service_request_id', 'status', 'status_notes', 'service_name', 'service_code', 'description', 'agency_responsible', 'service_notice', 'requested_datetime', 'updated_datetime', 'expected_datetime', 'address', 'address_id', 'zipcode', 'lat', 'long', 'media_url']);
  assert.deepEqual([shown.service_request_id, shown.description, shown.address, shown.lat, shown.long, shown.status, shown.status_notes], [id, '某路的路灯 2026-11-20 起不亮', '某路', 31.23, 121.47, 'open', null]);
  assert.match(shown.requested_datetime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
  const xml = tree((await get(`/requests/${id}.xml`)).body);
  assert.deepEqual([xml[0], xml[1][0][0], names(xml[1][0])], ['service_requests', 'request', Object.keys(shown)]);
  const all = (await get('/requests.json')).text + (await get('/requests.xml?extensions=true')).text;
  for (const secret of ['13800005678', '5678', '某路 1 号', '已经三天', '张', 'example.org']) assert.ok(!all.includes(secret), secret);
  await office.do('appeals', id, 'hide_outside', {}, '撤回');
  assert.equal((await get(`/requests/${id}.json`)).status, 404);
  await office.do('appeals', id, 'show_outside', { public_text: '路灯' });
  const now = await office.page('appeals', id);
  await office.ok('PATCH', `/api/v1/appeals/${id}`, { values: { secrecy: 'internal' } }, { 'if-match': `"${now.record.version}"` });
  assert.equal((await get(`/requests/${id}.json`)).status, 404, 'raised above open it is gone at once');
  assert.deepEqual((await get(`/requests.json?service_request_id=${id}`)).body, []);
});

/** Released appeals, one a day back from the store's today. */
const release = async (n, more = {}) => {
  const made = new Date(Date.parse(office.session.store.today + 'T04:00:00Z') - n * 86400000).toISOString();
  const id = await office.create('appeals', { number: `O-${n}-${Math.random()}`, title: `第 ${n} 件`, made_at: made, secrecy: 'open', service: services.road, ...more });
  await office.do('appeals', id, 'show_outside', { public_text: `第 ${n} 件` });
  return id;
};

test('requests are found by id, service, status and time, newest first, page by page; a span is 90 days at most', async () => {
  const ids = [];
  for (const n of [1, 2, 3, 4, 5, 80, 120]) ids.push(await release(n));
  await office.do('appeals', ids[1], 'dismiss', {}, '不属于受理范围');
  const list = async (query) => (await get(`/requests.json?service_code=002${query}`)).body.map((one) => Number(one.service_request_id));
  assert.deepEqual(await list(''), ids.slice(0, 6), 'the last 90 days');
  assert.deepEqual(await list('&status=closed'), [ids[1]]);
  assert.deepEqual(await list('&status=open'), [ids[0], ...ids.slice(2, 6)]);
  assert.deepEqual(await list('&status=open,closed&page=2&page_size=2'), ids.slice(2, 4));
  assert.deepEqual(await list('&page=4&page_size=2'), []);
  assert.deepEqual((await get('/requests.json?service_code=001,999')).body.map((one) => one.service_code).filter((code) => code !== '001'), []);
  assert.deepEqual((await get('/requests.json?service_code=999')).body, []);
  assert.deepEqual((await get(`/requests.json?service_request_id=${ids[6]},${ids[0]},x,999999999&status=closed`)).body.map((one) => Number(one.service_request_id)).sort(), [ids[0], ids[6]].sort(), 'ids override all else');
  const at = (n) => new Date(Date.parse(office.session.store.today + 'T00:00:00Z') - n * 86400000).toISOString().replace('.000', '');
  assert.deepEqual(await list(`&start_date=${at(130)}&end_date=${at(100)}`), [ids[6]]);
  assert.deepEqual(await list(`&start_date=${at(130)}`), [ids[6], ids[5]].filter((id) => id !== ids[5] || 130 - 90 <= 80).reverse());
  assert.deepEqual(await list(`&end_date=${at(4).replace('Z', '+00:00')}`), ids.slice(4, 6), 'a plus sign that arrived as a blank');
  assert.equal((await get(`/requests.json?start_date=${at(130)}&end_date=${at(1)}`)).status, 400);
  assert.equal((await get(`/requests.json?start_date=${at(1)}&end_date=${at(2)}`)).status, 400);
  const [closed] = (await get(`/requests.json?service_request_id=${ids[1]}&extensions=true`)).body;
  assert.deepEqual([closed.status, closed.extended_attributes.state, closed.notes.map((note) => note.type)], ['closed', 'dismissed', ['received', 'dismissed']]);
  assert.deepEqual(Object.keys(closed.notes[0]), ['datetime', 'description', 'type']);
  assert.equal(closed.updated_datetime, closed.notes.at(-1).datetime);
  const xml = tree((await get(`/requests/${ids[1]}.xml?extensions=true`)).body);
  assert.deepEqual(names(xml[1][0]).slice(-2), ['extended_attributes', 'notes']);
});

test('a whistle-blower\'s appeal is never shown', async () => {
  for (const more of [{ whistle: true }, { kind: 'report' }]) {
    const id = await office.create('appeals', { number: 'W-' + Math.random(), title: '举报', made_at: '2026-11-01T09:00:00+08:00', secrecy: 'open', ...more });
    assert.equal((await office.act('appeals', id, 'show_outside', { public_text: '举报' })).body.findings[0].code, 'may_show');
  }
  const id = await release(6);
  const page = await office.page('appeals', id);
  await office.ok('PATCH', `/api/v1/appeals/${id}`, { values: { whistle: true } }, { 'if-match': `"${page.record.version}"` });
  assert.equal((await get(`/requests/${id}.json`)).status, 404, 'nor when it turns out to be one');
});

// ---- tokens ----

test('in batch, a token is given, and the id once the office has taken the request up', async () => {
  const code = (await office.page('campaigns', campaign.id)).record.code;
  must(bihuan(store, ['open311', 'on', '--campaign', code, '--batch', '--as', 'office']));
  assert.deepEqual((await get('/services.json?jurisdiction_id=any')).body.map((one) => one.type), ['batch', 'batch']);
  const { body } = await send();
  assert.deepEqual(Object.keys(body[0]), ['token', 'service_notice', 'account_id']);
  const { token } = body[0];
  assert.deepEqual((await get(`/tokens/${token}.json`)).body, [{ service_request_id: null, token }]);
  const { id } = (await office.ok('GET', `/api/v1/appeals?number=${token}`)).items[0];
  await office.do('appeals', id, 'assign', { unit: office.session.user.unit });
  assert.deepEqual((await get(`/tokens/${token}.json`)).body, [{ service_request_id: String(id), token }]);
  assert.deepEqual(tree((await get(`/tokens/${token}.xml`)).body), ['service_requests', [['request', [['service_request_id', String(id)], ['token', token]]]]]);
});

test('a category whose questions cannot be read is refused', async () => {
  for (const questions of ['x', '{}', '[{"code":"a b","datatype":"string","description":"x"}]', '[{"code":"a","datatype":"color","description":"x"}]', '[{"code":"a","datatype":"singlevaluelist","description":"x"}]',
    '[{"code":"a","datatype":"string","description":"x"},{"code":"a","datatype":"string","description":"x"}]']) {
    const answer = await office.call('POST', '/api/v1/categories', { values: { campaign: campaign.id, code: '009', name: '九', under: 'livelihood', service: true, questions } });
    assert.deepEqual([answer.status, answer.body.findings?.[0]?.code], [409, 'service_asks'], questions);
  }
});

// Last.
test('turned off it is gone, and all of it holds together', async () => {
  must(bihuan(store, ['open311', 'off', '--as', 'office']));
  for (const path of ['/services.json', '/requests.json', '/requests/1.json', '/tokens/x.json']) assert.equal((await get(path)).status, 404);
  assert.equal((await send()).status, 404);
  must(bihuan(store, ['verify']));
});
