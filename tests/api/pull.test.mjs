// bihuan pull: a client of any GeoReport v2 server. Against the product's own server, and against a small one with the quirks of real ones.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { spawn } from 'node:child_process';
import { demoStore, serve, signIn, bihuan, must, BIHUAN } from '../lib.mjs';

let store, server, office, today;
before(async () => {
  store = demoStore();
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
  today = (await office.ok('GET', '/api/v1/session')).store.today;
});
const cities = new Set();
after(async () => { for (const stop of cities) await stop(); await server?.stop(); store?.remove(); });

/** Runs the command beside this process, which may be the server that it asks. */
const pull = (url, mapping, ...more) => new Promise((done) => {
  const child = spawn(BIHUAN, ['pull', url, '--mapping', mapping, '--gap', '0', '--as', 'office', '--json', ...more, ...store.words]);
  let out = '', err = '';
  child.stdout.on('data', (bytes) => (out += bytes));
  child.stderr.on('data', (bytes) => (err += bytes));
  child.on('close', (status) => done({ status, out, err, report: out.trim().startsWith('{') ? JSON.parse(out.trim().split('\n')[0]) : null }));
});
/** A server on the loopback; `answer` gets the arguments and says [status, body, headers]. */
async function city(answer) {
  const asked = [];
  const http = createServer((request, response) => {
    const url = new URL(request.url, 'http://x'), args = Object.fromEntries(url.searchParams);
    asked.push({ path: url.pathname, ...args });
    const [status, body, headers = {}] = answer(args, asked.length, url.pathname);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body));
  });
  await new Promise((go) => http.listen(0, '127.0.0.1', go));
  const stop = () => new Promise((go) => { cities.delete(stop); http.closeAllConnections(); http.close(go); });
  cities.add(stop); // where a test fails before it stops its own
  return { url: `http://127.0.0.1:${http.address().port}/v2`, asked, stop };
}
const ago = (days, offset = 'Z') => new Date(Date.parse(today + 'T01:00:00Z') - days * 86400000).toISOString().replace('.000Z', offset);
const request = (id, days = 1, more = {}) => ({ service_request_id: String(id), status: 'open', service_name: 'Pothole', service_code: '006', description: `hole ${id}`, requested_datetime: ago(days), lat: 31.2, long: 121.4, address: '8TH AVE', ...more });
const inside = (all, args) => all.filter((one) => Date.parse(one.requested_datetime) >= Date.parse(args.start_date) && Date.parse(one.requested_datetime) <= Date.parse(args.end_date));
const paged = (all, args, most = 1e9) => { const size = Math.min(Number(args.page_size), most); return inside(all, args).slice((args.page - 1) * size, args.page * size); };
const find = async (number) => { const [one] = (await office.ok('GET', `/api/v1/appeals?number=${encodeURIComponent(number)}`)).items; return one && (await office.page('appeals', one.id)).record; };

test('from the product\'s own server, as JSON and as XML: what is released comes over once, and again is unchanged', async () => {
  const { campaign } = office.session.campaign ? office.session : await office.ok('GET', '/api/v1/session');
  must(bihuan(store, ['open311', 'on', '--campaign', (await office.page('campaigns', campaign.id)).record.code, '--as', 'office']));
  const service = await office.create('categories', { campaign: campaign.id, code: 'P1', name: '照明', under: 'livelihood', service: true });
  const ids = [];
  for (let n = 1; n <= 5; n++) {
    const id = await office.create('appeals', { number: 'P-' + n, title: '不公开的原话 ' + n, made_at: ago(n), secrecy: 'open', service, place: '某路 ' + n });
    await office.do('appeals', id, 'show_outside', { public_text: '公开的话 & <' + n + '>', public_place: '某路', public_point: { lat: 31.23, lon: 121.47 } });
    ids.push(id);
  }
  for (const [mapping, url] of [['mirror-json', '/open311/v2'], ['mirror-xml', '/open311/v2/requests.xml']]) {
    const first = await pull(server.origin + url, mapping, '--page-size', '2');
    assert.equal(first.status, 0, first.err);
    assert.deepEqual([first.report.requests, first.report.created, first.report.finished], [5, 5, true]);
    const again = await pull(server.origin + url, mapping, '--page-size', '2');
    assert.deepEqual([again.report.created, again.report.changed, again.report.unchanged], [0, 0, 5], again.err);
  }
  const copies = (await office.ok('GET', `/api/v1/appeals?number=${ids[0]}`)).items;
  assert.equal(copies.length, 2);
  const { record } = await office.page('appeals', copies[0].id);
  assert.deepEqual([record.text, record.place, record.category, record.source_state, record.point.lat, record.secrecy], ['公开的话 & <1>', '某路', '照明', 'open', 31.23, 'internal']);
});

test('odd answers are understood: missing fields, offsets, coordinates as texts or wrong, controls, the same again on the next page', async () => {
  const all = [
    request('q1', 1, { requested_datetime: ago(1, '-0700'), lat: '31.2300001', long: '121.47' }), request('q2', 2, { description: null, lat: null, long: null, address: null }), request('q3', 3, { lat: 999, long: 'abc' }),
    request('q4', 4, { description: 'a\u0001b😀', status: 'closed', status_notes: 'Duplicate request.' }), request('q5', 5, { requested_datetime: undefined, updated_datetime: ago(5) }), request('q6', 6, { service_request_id: undefined, token: 'x' }),
    request('q7', 7, { requested_datetime: 'soon' }), request('q8', 8, { requested_datetime: '1700000000' }), request('q9', 9, { service_request_id: 638344, extended_attributes: { x: 1 }, notes: [{ description: 'n' }] }), request('x'.repeat(70), 9)];
  const one = await city((args) => [200, args.page === '1' ? all : args.page === '2' ? [all[0], ...all.slice(2, 4), request('q10', 1)] : []]);
  const { status, report, err } = await pull(one.url, 'odd');
  await one.stop();
  assert.equal(status, 0, err);
  assert.deepEqual([report.requests, report.twice, report.without, report.created, report.refused], [11, 3, 3, 7, 1]);
  assert.match(err, /64/, 'the one whose number is too long is told');
  const [q1, q3, q4, q5] = await Promise.all(['q1', 'q3', 'q4', 'q5'].map(find));
  assert.equal(Date.parse(q1.made_at), Date.parse(ago(1)) + 7 * 3600000);
  assert.deepEqual([q1.point.lat, q3.point, q3.place, q4.text, q4.source_state, q4.answer, q5.title], [31.23, null, '8TH AVE（999,abc）', 'a\ufffdb😀', 'closed', 'Duplicate request.', 'hole q5']);
  assert.equal((await find('q2')).title, 'Pothole');
  assert.ok(await find('638344'));
});

test('429 and 500 are waited out; what goes on is told, and the next run goes on from there', async () => {
  const all = Array.from({ length: 9 }, (_, i) => request('r' + i, i + 1));
  let broken = true;
  const one = await city((args, n) => (n === 1 ? [429, [{ code: 429, description: 'slow' }], { 'retry-after': '0' }] : n === 2 ? [500, 'oops'] : args.page === '3' && broken ? [403, [{ code: 403, description: 'not you' }]] : [200, paged(all, args)]));
  const first = await pull(one.url, 'resumed', '--page-size', '3');
  assert.equal(first.status, 1);
  assert.match(first.err, /403.*not you/);
  assert.deepEqual([first.report.created, first.report.finished], [6, false]);
  broken = false;
  const from = one.asked.length, second = await pull(one.url, 'resumed', '--page-size', '3');
  assert.equal(second.status, 0, second.err);
  assert.deepEqual(one.asked.slice(from, from + 2).map((asked) => asked.page), ['3', '4'], 'not from the beginning');
  assert.deepEqual([second.report.created, second.report.unchanged], [3, 0]);
  all[0].status = 'closed';
  all[0].status_notes = 'Repaired.';
  const third = await pull(one.url, 'resumed', '--page-size', '3');
  assert.deepEqual([third.report.created, third.report.changed, third.report.unchanged], [0, 1, 8]);
  assert.equal((await find('r0')).answer, 'Repaired.');
  await one.stop();
});

test('a longer time is asked for in spans of at most 90 days; a server without pages is asked for shorter ones until all came', async () => {
  const all = Array.from({ length: 40 }, (_, i) => request('s' + i, 1 + i * 7));
  const one = await city((args) => [200, inside(all, args).slice(0, 4)]);
  const { status, report, err } = await pull(one.url, 'spans', '--page-size', '4', '--since', ago(300));
  await one.stop();
  assert.equal(status, 0, err);
  assert.equal(report.created, 40);
  assert.equal(report.incomplete, false);
  for (const asked of one.asked) assert.ok(Date.parse(asked.end_date) - Date.parse(asked.start_date) <= 90 * 86400000, JSON.stringify(asked));
  assert.deepEqual([...new Set(one.asked.map((asked) => asked.path))], ['/v2/requests.json']);
});

test('answers that are too large are asked for in shorter spans until they fit: every request comes once, the place is kept', async () => {
  const words = 'w'.repeat(150000), all = Array.from({ length: 100 }, (_, i) => request('fat' + i, 1 + i * 0.8, { notes: [{ description: words }] }));
  const one = await city((args) => [200, paged(all, args)]);
  const first = await pull(one.url, 'fat', '--page-size', '100');
  assert.equal(first.status, 0, first.err);
  assert.deepEqual([first.report.finished, first.report.error, one.asked[0].page_size], [true, null, '100']);
  assert.deepEqual([first.report.created, first.report.refused], [100, 0]);
  const again = await pull(one.url, 'fat', '--page-size', '100');
  await one.stop();
  assert.deepEqual([again.report.created, again.report.changed], [0, 0]);
});

/** How much memory a pull takes at its most, in MB, and what it said. */
const peak = (url, mapping) => new Promise((done) => {
  const script = 'import resource,subprocess,sys;done=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.PIPE,text=True);print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss);print(done.stderr)';
  const child = spawn('python3', ['-c', script, BIHUAN, 'pull', url, '--mapping', mapping, '--gap', '0', '--as', 'office', '--lang', 'en', ...store.words]);
  let out = '';
  child.stdout.on('data', (bytes) => (out += bytes));
  child.on('close', () => { const [memory, ...said] = out.split('\n'); done({ memory: Number(memory) / 1024, said: said.join('\n') }); });
});
test('a hostile answer is refused, or passed over, at a small and fixed memory', async () => {
  const many = (before, each, after, most = 7.9 * 1048576) => before + Array(Math.floor(most / (each.length + 1))).fill(each).join(',') + after;
  const quiet = await city(() => [200, []]), { memory: ordinary } = await peak(quiet.url, 'hostile-none');
  await quiet.stop();
  for (const [name, body, said] of [['objects', many('[', '{}', ']'), /too many requests/], ['nested', many('[{"service_request_id":"1","requested_datetime":"2026-01-02T03:04:05Z","description":[', '[]', ']}]'), /^$/], ['endless', Buffer.alloc(40 << 20, '[{},'), /larger than 8 MiB/]]) {
    const one = await city(() => [200, body]), { memory, said: heard } = await peak(one.url, `hostile-${name}`);
    await one.stop();
    assert.match(heard.trim(), said, name);
    assert.ok(memory - ordinary < 64, `${name}: ${memory - ordinary} MB above an empty answer`);
  }
});

/** A server that keeps to the standard: numbers override all other arguments; one alone under its own address. `without` says what it cannot do. */
const standard = (all, without = {}) => (args, n, path) => {
  const alone = path.match(/^\/v2\/requests\/(.+)\.json$/);
  if (alone) { const one = all.filter((each) => each.service_request_id === decodeURIComponent(alone[1])); return one.length ? [200, one] : [404, [{ code: 404, description: 'no such request' }]]; }
  if (!args.service_request_id) return [200, paged(all, args)];
  if (without.numbers) return [400, [{ code: 400, description: 'service_request_id is not known here' }]];
  const asked = args.service_request_id.split(',');
  return [200, all.filter((each) => asked.includes(each.service_request_id))];
};
const byNumber = (asked) => asked.filter((one) => one.service_request_id || /requests\/./.test(one.path));

test('what changed long after it was made is seen: open ones that no span brings are asked for by their numbers, closed ones are not', async () => {
  const all = [...Array.from({ length: 120 }, (_, i) => request(`old-${i}`, 100 + i, { status: i % 2 ? 'closed' : 'open' })), request('new-1', 2), request('odd, number?&', 200)];
  const one = await city(standard(all)), first = await pull(one.url, 'long', '--since', ago(300));
  assert.deepEqual([first.status, first.report.created, first.report.open_asked], [0, 122, 0], first.err);
  Object.assign(all[0], { status: 'closed', status_notes: 'Done after months.', updated_datetime: ago(0) });
  all.find((each) => each.service_request_id.startsWith('odd')).status_notes = 'Still at it.';
  all.splice(2, 1); // old-2 is there no more
  const from = one.asked.length, second = await pull(one.url, 'long');
  assert.equal(second.status, 0, second.err);
  assert.deepEqual([second.report.changed, second.report.unchanged, second.report.open_asked, second.report.open_gone, second.report.open_left], [2, 59, 61, 1, false]);
  const asked = byNumber(one.asked.slice(from));
  assert.deepEqual(asked.filter((each) => each.service_request_id).length, 2, 'by fifties');
  assert.deepEqual(asked.filter((each) => !each.service_request_id).map((each) => decodeURIComponent(each.path)).sort(), ['/v2/requests/odd, number?&.json', '/v2/requests/old-2.json'], 'what a list leaves out, one by one');
  assert.equal((await find('old-0')).answer, 'Done after months.');
  assert.equal((await find('odd, number?&')).answer, 'Still at it.');
  assert.equal((await find('old-2')).source_state, 'open', 'what is gone there stays here');
  const third = await pull(one.url, 'long');
  assert.deepEqual([third.report.changed, third.report.open_asked], [0, 60], 'what was closed is asked no more');
  assert.equal((await pull(one.url, 'long', '--open', '0')).report.open_asked, 0);
  await one.stop();
});

test('a server that knows no numbers in a list is asked one by one; cut off, or bounded, the next run goes on behind them', async () => {
  const all = Array.from({ length: 9 }, (_, i) => request(`w-${i}`, 120 + i)), can = standard(all, { numbers: true });
  let broken = false;
  const one = await city((args, n, path) => (broken && path.endsWith('w-5.json') ? [403, [{ code: 403, description: 'not you' }]] : can(args, n, path)));
  assert.equal((await pull(one.url, 'alone', '--since', ago(300))).report.created, 9);
  const bounded = await pull(one.url, 'alone', '--open', '4');
  assert.deepEqual([bounded.status, bounded.report.open_asked, bounded.report.open_left], [0, 4, true], bounded.err);
  broken = true;
  let from = one.asked.length;
  const cut = await pull(one.url, 'alone', '--open', '4');
  assert.equal(cut.status, 1);
  assert.match(cut.err, /403.*not you/);
  assert.equal(cut.report.finished, false);
  assert.deepEqual(byNumber(one.asked.slice(from)).filter((each) => !each.service_request_id).map((each) => each.path), ['/v2/requests/w-4.json', '/v2/requests/w-5.json']);
  broken = false;
  from = one.asked.length;
  all[8].status = 'closed';
  const last = await pull(one.url, 'alone');
  assert.deepEqual([last.status, last.report.open_asked, last.report.changed, last.report.open_left], [0, 5, 1, false], last.err);
  assert.equal(byNumber(one.asked.slice(from)).find((each) => !each.service_request_id).path, '/v2/requests/w-4.json', 'behind those that were asked');
  assert.equal((await pull(one.url, 'alone')).report.open_asked, 8, 'and then from the beginning');
  await one.stop();
});

test('hostile or broken answers are refused in a sentence, and nothing is written', async () => {
  const bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]><service_requests><request><description>&c;</description></request></service_requests>';
  const cases = [
    [() => [200, bomb, { 'content-type': 'text/xml' }], /DTD/], [() => [200, '{"a":'], /JSON/], [() => [200, '<a><b></a>'], /XML/], [() => [200, ''], /空/], [() => [200, '{"a":1}'], /清单/],
    [() => [200, Buffer.alloc(33 << 20, 32)], /8 MiB.*--page-size/], [() => [302, '', { location: 'file:///etc/passwd' }], /不能从那里读/], [() => [200, '<a>'.repeat(100)], /XML|嵌套/], [() => [404, '<errors><error><code>404</code><description>no such jurisdiction</description></error></errors>'], /404.*no such jurisdiction/]];
  for (const [answer, sentence] of cases) {
    const one = await city(answer), done = await pull(one.url, 'hostile');
    await one.stop();
    assert.equal(done.status, 1, String(sentence));
    assert.match(done.err, sentence);
    assert.deepEqual([done.report.created, done.report.finished], [0, false]);
  }
  for (const url of ['file:///etc/passwd', 'ftp://x/', 'x', 'http://127.0.0.1/v2?x=1']) assert.equal((await pull(url, 'hostile')).status, 2, url);
  assert.equal((await pull('http://127.0.0.1:9/v2', 'a:b')).status, 2);
});

// Last.
test('all of it holds together', async () => { must(bihuan(store, ['verify'])); });
