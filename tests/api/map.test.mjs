// The map of the districts on a real server: set by the system administrator from a GeoJSON file, refused with everything that is wrong, drawn for staff and on the
// portal without script, in the journal, taken away again.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bihuan, must, until } from '../lib.mjs';
import { portalStore, servePortal, shows, signInAll, visitor } from '../public.mjs';

let store, server, guest, sysadmin, office, districts;
before(async () => {
  store = portalStore();
  let portal;
  ({ server, portal } = await servePortal(store));
  guest = visitor(portal);
  [sysadmin, office] = await signInAll(server, store, ['sysadmin', 'office']);
  districts = (await office.ok('GET', '/api/v1/units?kind=district&limit=200')).items;
  assert.ok(districts.length >= 2, 'the demo has districts');
});
after(async () => { await server?.stop(); store?.remove(); });

const square = (at) => [[[121 + at, 31], [121.9 + at, 31], [121.9 + at, 32], [121 + at, 32], [121 + at, 31]]];
const feature = (name, at, type = 'Polygon') => ({ type: 'Feature', properties: { name }, geometry: { type, coordinates: square(at) } });
const collection = (features) => JSON.stringify({ type: 'FeatureCollection', features });
const whole = () => collection(districts.map((unit, at) => feature(unit.name, at / 10)));
const send = (who, body, path = '/api/v1/district-map') => who.call('POST', path, body, { 'content-type': 'application/geo+json' });
const drawn = async () => (await office.ok('GET', '/api/v1/district-map')).districts;

test('without a map there is none, and the portal shows tiles', async () => {
  assert.deepEqual(await drawn(), []);
  const html = (await shows(guest, '/public/', 'class="tiles"')).text;
  assert.ok(!html.includes('class="map"'));
});

test('a file with mistakes is refused, each told with its feature, and nothing is written', async () => {
  const answer = await send(sysadmin, collection([feature(districts[0].name, 0), feature(districts[0].name, 1), feature('没有的区', 2), feature(districts[1].name, 3, 'LineString')]));
  assert.equal(answer.status, 422);
  const said = answer.body.findings.map((one) => one.sentence);
  assert.equal(said.length, 3);
  assert.match(said[0], /#2 .*出现了两次/);
  assert.match(said[1], /#3 没有的区.*对不上任何一个区/);
  assert.match(said[2], /#4 .*LineString/);
  const missing = await send(sysadmin, collection([feature(districts[0].name, 0)]));
  assert.equal(missing.status, 422);
  assert.equal(missing.body.findings.length, districts.length - 1);
  assert.equal((await send(sysadmin, '{')).status, 422);
  assert.deepEqual(await drawn(), []);
});

test('only the system administrator may set it', async () => {
  assert.equal((await send(office, whole())).status, 403);
  assert.equal((await office.call('DELETE', '/api/v1/district-map')).status, 403);
  const other = await office.call('POST', `/api/v1/units/${districts[0].id}/set_outline`, { values: { outline: '1,1 2,2 3,1' } });
  assert.equal(other.status, 403);
});

test('tried, then set: staff see paths, the portal a drawing without script, the journal who did it', async () => {
  const tried = await send(sysadmin, whole(), '/api/v1/district-map?rehearse=1');
  assert.equal(tried.status, 200, JSON.stringify(tried.body));
  assert.equal(tried.body.districts.length, districts.length);
  assert.deepEqual(await drawn(), [], 'tried, not written');
  assert.equal((await send(sysadmin, whole())).status, 200);
  const shapes = await drawn();
  assert.deepEqual(shapes.map((one) => one.unit).sort(), districts.map((one) => one.id).sort());
  for (const shape of shapes) {
    assert.match(shape.path, /^M\d+ \d+(L\d+ \d+)+Z$/);
    assert.ok(shape.x > 0 && shape.x < 1000 && shape.room > 0);
  }
  const record = (await sysadmin.page('units', districts[0].id)).record;
  assert.equal(record.outline, undefined, 'it is drawn, never read as text');
  const html = (await shows(guest, '/public/', 'class="map"')).text;
  assert.equal(html.match(/<path class="t\d" d="M/g).length, districts.length);
  for (const unit of districts) assert.ok(html.includes(`/public/problems?district=${unit.id}" aria-label="${unit.name}`), unit.name);
  assert.ok(!/<script(?![^>]*src=)/.test(html), 'nothing runs in the page');
});

test('an outline that cannot be drawn is refused at the door', async () => {
  const answer = await sysadmin.call('POST', `/api/v1/units/${districts[0].id}/set_outline`, { values: { outline: '1,1 2,2' } });
  assert.ok(answer.body.findings.some((one) => one.code === 'outline'), JSON.stringify(answer.body));
});

test('by command as well, and taken away again', async () => {
  const file = join(store.data, 'map.geojson');
  writeFileSync(file, whole());
  assert.equal((await sysadmin.call('DELETE', '/api/v1/district-map')).status, 204);
  assert.deepEqual(await drawn(), []);
  const tried = bihuan(store, ['map', 'set', file, '--rehearse', '--as', 'sysadmin', '--json']);
  assert.equal(tried.status, 0, tried.err);
  assert.equal(tried.json().written, false);
  const set = bihuan(store, ['map', 'set', file, '--as', 'sysadmin', '--json']);
  assert.equal(set.status, 0, set.err);
  assert.equal(bihuan(store, ['map', 'show', '--json']).json().drawn, districts.length);
  writeFileSync(file, '{"type":"FeatureCollection","features":[]}');
  const wrong = bihuan(store, ['map', 'set', file, '--as', 'sysadmin', '--lang', 'en']);
  assert.notEqual(wrong.status, 0);
  assert.match(wrong.err, /is missing/);
  assert.equal(bihuan(store, ['map', 'off', '--as', 'sysadmin']).status, 0);
  await until('the portal shows tiles alone again', async () => !(await guest.get('/public/')).text.includes('class="map"'));
});

test('the store verifies', async () => {
  await server.stop();
  must(bihuan(store, ['verify']));
});
