// What the leaders' screens stand on: what got worse or better between two moments, by unit and one by one; signals for leaders; the QR code of an address.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { bihuan, day, demoStore, must, serve, signIn } from '../lib.mjs';

let store, server, leader, liaison, today;
before(async () => {
  store = demoStore();
  server = await serve(store);
  leader = await signIn(server, 'leader', store.accounts.leader);
  liaison = await signIn(server, 'liaison-housing', store.accounts['liaison-housing']);
  ({ store: { today } } = await leader.ok('GET', '/api/v1/session'));
});
after(async () => { await server?.stop(); store?.remove(); });

const BADNESS = ['green', 'blue', 'yellow', 'orange', 'red'];
const all = async (client, group, ends) => {
  const items = [];
  for (let after = 0; after !== null;) {
    const page = await client.ok('GET', `/api/v1/rounds/compare/${group}?${ends}&limit=50&after=${after}`);
    items.push(...page.items);
    after = page.next;
  }
  return items;
};
const turn = (item) => {
  const [before, after] = [item.before, item.after].map((figures) => BADNESS.indexOf(figures?.colour ?? ''));
  return before < 0 || after < 0 ? 0 : Math.sign(after - before);
};

test('what got worse or better is what the colours of both ends say, and adds up by unit', async () => {
  let turned = 0;
  for (const back of [3, 10, 30, 60]) {
    const ends = `from=${day(today, -back)}&to=now`;
    const whole = await leader.ok('GET', `/api/v1/rounds/compare?${ends}`);
    const changed = await all(leader, 'changed', ends);
    for (const [group, sign] of [['worse', 1], ['better', -1]]) {
      const listed = await all(leader, group, ends);
      assert.deepEqual(listed.map((item) => item.id), changed.filter((item) => turn(item) === sign).map((item) => item.id), `${group} since ${back} days`);
      assert.equal(whole.groups.find((one) => one.group === group).count, listed.length);
      for (const cut of ['by_unit', 'by_category']) assert.equal(whole[cut].reduce((sum, line) => sum + line[group], 0), listed.length);
      for (const line of whole.by_unit.filter((one) => one[group])) assert.equal(listed.filter((item) => item.after.lead_unit === line.unit).length, line[group]);
      turned += listed.length;
    }
  }
  assert.ok(turned > 0, 'something turned in two months');
});

test('a unit counts its own only, and an unknown group is told which there are', async () => {
  const ends = `from=${day(today, -60)}&to=now`;
  const own = await all(liaison, 'worse', ends);
  const city = (await all(leader, 'worse', ends)).map((item) => item.id);
  assert.ok(own.every((item) => city.includes(item.id)));
  const wrong = await leader.call('GET', `/api/v1/rounds/compare/worst?${ends}`);
  assert.equal(wrong.status, 404);
  assert.match(wrong.body.detail, /worse better/);
});

test('leaders see the signals of sham rectification, units do not', async () => {
  assert.ok((await leader.ok('GET', '/api/v1/signals')).signals.length > 0);
  assert.equal((await liaison.call('GET', '/api/v1/signals')).status, 403);
});

const picture = async (text) => {
  const answer = await fetch(`${server.origin}/api/v1/qr?text=${encodeURIComponent(text)}`, { headers: { cookie: leader.cookie } });
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() };
};
/** The dark squares of the picture, by line; its quiet zone left out. */
const squares = (svg) => {
  const side = Number(/viewBox="0 0 (\d+) /.exec(svg)[1]) - 8;
  const dark = Array.from({ length: side }, () => new Array(side).fill(false));
  for (const [, x, y, run] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) for (let i = 0; i < Number(run); i++) dark[y - 4][Number(x) - 4 + i] = true;
  return dark;
};

test('the QR code of an address is a square picture with its three finders, and another one for another address', async () => {
  const one = await picture('https://bihuan.example/problems?counted=true&colour=red');
  assert.equal(one.status, 200);
  assert.match(one.type, /^image\/svg\+xml/);
  const dark = squares(one.body);
  assert.equal((dark.length - 17) % 4, 0, 'a size that ISO/IEC 18004 knows');
  const finder = (row, column) => Array.from({ length: 7 }, (_, y) => Array.from({ length: 7 }, (_, x) => dark[row + y][column + x] === (y % 6 === 0 || x % 6 === 0 || (y > 1 && y < 5 && x > 1 && x < 5)))).flat().every(Boolean);
  assert.ok(finder(0, 0) && finder(0, dark.length - 7) && finder(dark.length - 7, 0));
  assert.ok(!finder(dark.length - 7, dark.length - 7));
  assert.notEqual((await picture('https://bihuan.example/problems?counted=true&colour=grey')).body, one.body);
  assert.equal((await picture('')).status, 400);
  assert.equal((await picture('x'.repeat(1001))).status, 400);
  assert.equal((await picture('问题清单'.repeat(80))).status, 200);
});

test('journal and tables agree in the end', async () => { must(bihuan(store, ['verify'])); });
