// Open311 GeoReport v2, read as the standard is written (wiki.open311.org/GeoReport_v2): the six methods in its order, each beside the example that it publishes. Ours must have the
// published shape in XML, and in JSON what the Spark convention makes of that XML; and our client must understand the published answers as they stand.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { spawn } from 'node:child_process';
import { demoStore, serve, signIn, bihuan, must, BIHUAN } from '../lib.mjs';

const HEAD = '<?xml version="1.0" encoding="utf-8"?>';
/** The examples of the standard, one element of each list. */
const PUBLISHED = {
  services: `${HEAD}<services><service><service_code>001</service_code><service_name>Cans left out 24x7</service_name><description>Garbage or recycling cans that have been left out for more than 24 hours after collection. Violators will be cited.</description><metadata>true</metadata><type>realtime</type><keywords>lorem, ipsum, dolor</keywords><group>sanitation</group></service></services>`,
  definition: `${HEAD}<service_definition><service_code>DMV66</service_code><attributes><attribute><variable>true</variable><code>WHISHETN</code><datatype>singlevaluelist</datatype><required>true</required><datatype_description></datatype_description><order>1</order><description>What is the ticket/tag/DL number?</description><values><value><key>123</key><name>Ford</name></value></values></attribute></attributes></service_definition>`,
  posted: `${HEAD}<service_requests><request><service_request_id>293944</service_request_id><service_notice>The City will inspect and require the responsible party to correct within 24 hours and/or issue a Correction Notice or Notice of Violation of the Public Works Code</service_notice><account_id/></request></service_requests>`,
  token: `${HEAD}<service_requests><request><service_request_id>638344</service_request_id><token>12345</token></request></service_requests>`,
  requests: `${HEAD}
<service_requests>
    <request>
        <service_request_id>638344</service_request_id>
        <status>closed</status>
        <status_notes>Duplicate request.</status_notes>
        <service_name>Sidewalk and Curb Issues</service_name>
        <service_code>006</service_code>
        <description></description>
        <agency_responsible></agency_responsible>
        <service_notice></service_notice>
        <requested_datetime>2010-04-14T06:37:38-08:00</requested_datetime>
        <updated_datetime>2010-04-14T06:37:38-08:00</updated_datetime>
        <expected_datetime>2010-04-15T06:37:38-08:00</expected_datetime>
        <address>8TH AVE and JUDAH ST</address>
        <address_id>545483</address_id>
        <zipcode>94122</zipcode>
        <lat>37.762221815</lat>
        <long>-122.4651145</long>
        <media_url>http://city.gov.s3.amazonaws.com/requests/media/638344.jpg </media_url>
    </request>
</service_requests>`,
  errors: `${HEAD}<errors><error><code>403</code><description>Invalid api_key received -- can't proceed with create_request.</description></error></errors>`,
};
/** The one example request, as it is posted; the two attributes are of a service of ours. */
const EXAMPLE = 'jurisdiction_id=city.gov&service_code=001&lat=37.76524078&long=-122.4212043&address_string=1234+5th+street&email=smit333%40sfgov.edu&device_id=tt222111&account_id=123456&first_name=john&last_name=smith&phone=111111111&description=A+large+sinkhole+is+destroying+the+street&media_url=http%3A%2F%2Ffarm3.static.flickr.com%2F2002%2F2212426634_5ed477a060.jpg&attribute[WHISPAWN]=123456&attribute[WHISDORN]=COISL001';

/** An XML text as [name, text or children]. */
function tree(xml) {
  assert.ok(xml.toLowerCase().startsWith(HEAD), 'the declaration names its encoding');
  const top = ['', []], stack = [top];
  for (const [, close, name, empty, text] of xml.replace(/^<\?.*?\?>\s*/, '').matchAll(/<(\/?)([a-z_0-9]+)(\/?)>([^<]*)/g)) {
    if (close) { const done = stack.pop(); if (!done[1].length) done[1] = done.text.trim() ? done.text : ''; continue; }
    const one = [name, []];
    one.text = text;
    stack.at(-1)[1].push(one);
    if (empty) one[1] = ''; else stack.push(one);
  }
  assert.equal(stack.length, 1, 'every element is closed');
  return top[1][0];
}
const LISTS = ['services', 'attributes', 'values', 'service_requests', 'errors'];
/** Names alone, in no order; of a list, those of its first element. */
const shape = ([name, inner]) => (Array.isArray(inner) ? { [name]: LISTS.includes(name) ? shape(inner[0]) : Object.assign({}, ...[...inner].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(shape)) } : { [name]: null });
/** What the Spark convention makes of it: a list is an array of what is in its elements, an empty element null; numbers and yes or no may be such. */
const spark = ([name, inner]) => (LISTS.includes(name) ? (inner || []).map(([, children]) => Object.fromEntries(children.map((one) => [one[0], spark(one)]))) : Array.isArray(inner) ? Object.fromEntries(inner.map((one) => [one[0], spark(one)])) : inner === '' ? null : inner.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&').replace(/&quot;/g, '"'));
const plain = (value) => (Array.isArray(value) ? value.map(plain) : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)])) : value === null || value === '' ? null : String(value));

let store, server, office, key, id;
const ask = async (path, options = {}) => { const answer = await fetch(`${server.origin}/open311/v2${path}`, options); return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }; };
/** Both forms of one answer: of the published shape, and the one what Spark makes of the other. */
async function agrees(path, example, { status = 200, options } = {}) {
  const xml = await ask(`${path[0]}.xml${path[1] ?? ''}`, options), json = await ask(`${path[0]}.json${path[1] ?? ''}`, options);
  assert.deepEqual([xml.status, xml.type, json.status, json.type], [status, 'text/xml; charset=utf-8', status, 'application/json; charset=utf-8'], xml.text);
  const ours = tree(xml.text), body = JSON.parse(json.text);
  assert.deepEqual(shape(ours), shape(tree(example)));
  if (!options) assert.deepEqual(plain(body), plain(spark(ours)));
  return body;
}
before(async () => {
  store = demoStore();
  server = await serve(store);
  const [sysadmin, secadmin] = await Promise.all(['sysadmin', 'secadmin'].map((account) => signIn(server, account, store.accounts[account])));
  office = await signIn(server, 'office', store.accounts.office);
  const { campaign } = await office.ok('GET', '/api/v1/session');
  const questions = JSON.stringify([{ code: 'WHISDORN', datatype: 'singlevaluelist', required: true, description: 'Where?', values: [{ key: 'COISL001', name: 'Island' }, { key: '124', name: 'Chrysler' }] }, { code: 'WHISPAWN', datatype: 'string', required: true, description: 'What is the ticket number?' }]);
  await office.create('categories', { campaign: campaign.id, code: '001', name: '路面', under: 'livelihood', service: true, explanation: '坑洼、塌陷', questions });
  must(bihuan(store, ['open311', 'on', '--campaign', (await office.page('campaigns', campaign.id)).record.code, '--jurisdiction', 'city.gov', '--as', 'office']));
  const user = await sysadmin.create('users', { account: 'city-app', name: 'city-app', unit: office.session.user.unit });
  await secadmin.create('grants', { user, role: 'hotline' });
  key = (await secadmin.ok('POST', '/api/v1/tokens', { user, scope: 'open311' })).token;
});
after(async () => { await server?.stop(); store?.remove(); });
const form = (text) => ({ method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, body: text });

test('1, GET service list: as published', async () => {
  const [service] = await agrees(['/services', '?jurisdiction_id=city.gov'], PUBLISHED.services);
  assert.deepEqual([service.service_code, service.metadata, service.type], ['001', true, 'realtime']);
  assert.equal((await ask('/services.xml?jurisdiction_id=other.gov')).status, 404, '404: jurisdiction_id was not found');
});

test('2, GET service definition: as published', async () => {
  const [list] = (await agrees(['/services/001', '?jurisdiction_id=city.gov'], PUBLISHED.definition)).attributes;
  assert.deepEqual([list.code, list.datatype, list.required, list.variable, list.order, list.values], ['WHISDORN', 'singlevaluelist', true, true, 1, [{ key: 'COISL001', name: 'Island' }, { key: '124', name: 'Chrysler' }]]);
  assert.equal((await ask('/services/999.xml')).status, 404, '404: service_code was not found');
});

test('3, POST service request: the published form is taken, and answered as published', async () => {
  const [posted] = await agrees(['/requests'], PUBLISHED.posted, { options: form(`api_key=${key}&${EXAMPLE}`) });
  id = Number(posted.service_request_id);
  const { record } = await office.page('appeals', id);
  assert.deepEqual([record.text, record.place, record.point.lat, record.point.lon], ['A large sinkhole is destroying the street', '1234 5th street', 37.76524, -122.421204]);
  assert.match(record.details, /Island[\s\S]*123456[\s\S]*2212426634_5ed477a060\.jpg/);
  await agrees(['/requests'], PUBLISHED.errors, { status: 403, options: form(`api_key=xyz&${EXAMPLE}`) });
  assert.equal((await ask('/requests.xml', form(`api_key=${key}&${EXAMPLE.replace('service_code=001', 'service_code=999')}`))).status, 404, '404: service_code was not found');
  assert.equal((await ask('/requests.xml', form(`api_key=${key}&${EXAMPLE.replace('service_code=001&', '')}`))).status, 400, '400: service_code was not provided');
});

test('4, GET service_request_id from a token: as published', async () => {
  const code = (await office.page('campaigns', (await office.ok('GET', '/api/v1/session')).campaign.id)).record.code, on = (...more) => must(bihuan(store, ['open311', 'on', '--campaign', code, '--jurisdiction', 'city.gov', ...more, '--as', 'office']));
  on('--batch');
  const { token } = JSON.parse((await ask('/requests.json', form(`api_key=${key}&${EXAMPLE}`))).text)[0];
  await agrees([`/tokens/${token}`, '?jurisdiction_id=city.gov'], PUBLISHED.token);
  assert.equal((await ask('/tokens/none.xml')).status, 404, '404: token was not found');
  on();
});

test('5 and 6, GET service requests and GET one: as published', async () => {
  const page = await office.page('appeals', id);
  await office.ok('PATCH', `/api/v1/appeals/${id}`, { values: { secrecy: 'open' } }, { 'if-match': `"${page.record.version}"` });
  await office.do('appeals', id, 'show_outside', { public_text: 'A large sinkhole', public_place: '5th street', public_point: { lat: 37.76, lon: -122.42 } });
  for (const path of [['/requests', '?status=open,closed&jurisdiction_id=city.gov'], ['/requests', `?service_request_id=${id},999999999`], [`/requests/${id}`, '']]) {
    const all = await agrees(path, PUBLISHED.requests), one = all.find((each) => Number(each.service_request_id) === id);
    assert.deepEqual([one.status, one.service_code, one.description, one.address, one.lat, one.long], ['open', '001', 'A large sinkhole', '5th street', 37.76, -122.42]);
    for (const name of ['requested_datetime', 'updated_datetime']) assert.match(one[name], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/, 'W3C, with its zone');
  }
  assert.equal((await ask('/requests/999999999.xml')).status, 404);
});

test('the published answers are understood as they stand, in XML and in what Spark makes of them', async () => {
  for (const [source, type, body] of [['their-xml', 'text/xml', PUBLISHED.requests], ['their-json', 'application/json', JSON.stringify(spark(tree(PUBLISHED.requests)))]]) {
    const http = createServer((request, response) => { response.writeHead(200, { 'content-type': type }); response.end(body); });
    await new Promise((go) => http.listen(0, '127.0.0.1', go));
    try {
      const out = await new Promise((done) => {
        const child = spawn(BIHUAN, ['pull', `http://127.0.0.1:${http.address().port}/v2`, '--mapping', source, '--gap', '0', '--since', '2010-04-14', '--open', '0', '--as', 'office', '--json', ...store.words]);
        let text = '';
        child.stdout.on('data', (bytes) => (text += bytes));
        child.on('close', (status) => done({ status, report: JSON.parse(text.trim().split('\n').at(-1)) }));
      });
      assert.deepEqual([out.status, out.report.created, out.report.without, out.report.refused], [0, 1, 0, 0]);
    } finally { http.closeAllConnections(); await new Promise((go) => http.close(go)); }
  }
  for (const { id: copy } of (await office.ok('GET', '/api/v1/appeals?number=638344')).items) {
    const { record } = await office.page('appeals', copy);
    assert.deepEqual([record.title, record.answer, record.source_state, record.place, record.category, Date.parse(record.made_at)], ['Sidewalk and Curb Issues', 'Duplicate request.', 'closed', '8TH AVE and JUDAH ST', 'Sidewalk and Curb Issues', Date.parse('2010-04-14T06:37:38-08:00')]);
    assert.deepEqual([record.point.lat, record.point.lon, record.due], [37.762221, -122.465114, '2010-04-15']);
  }
  assert.equal((await office.ok('GET', '/api/v1/appeals?number=638344')).items.length, 2);
});

test('all of it holds together', async () => { must(bihuan(store, ['verify'])); });
