// Two networks: the staff's server inside, the portal as a process of its own outside, and nothing between them but files. Packages are signed, taken once however often they come, altered ones
// refused with the reason, missing ones named; and nothing unreleased is in any of them.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BIHUAN, bihuan, day, demoStore, filesBelow, must, scratch, serve, until } from '../lib.mjs';
import { codeOf, portalStore, shows, signInAll, visitor } from '../public.mjs';

let store, server, outer, portal, guest, files, office, liaison, head, acceptor, acceptor2, releaser, unit, campaign;
const inside = (...words) => bihuan(store, ['ferry', ...words]);
const outside = (...words) => bihuan(null, ['ferry', ...words, '--portal', '--data', outer]);
const now = async () => (await office.ok('GET', '/api/v1/session')).store.today;

async function portalServe() {
  const child = spawn(BIHUAN, ['portal', '--host', '127.0.0.1', '--port', '0', '--behind-proxy', '--data', outer], { stdio: ['ignore', 'pipe', 'pipe'] });
  const one = { child, log: '' };
  child.stdout.on('data', (bytes) => (one.log += bytes));
  child.stderr.on('data', (bytes) => (one.log += bytes));
  one.ended = new Promise((done) => child.on('exit', done));
  one.origin = await until('the portal is ready', () => one.log.match(/(http:\/\/127\.0\.0\.1:\d+)\/public\//)?.[1]);
  one.stop = async () => { child.kill('SIGTERM'); return one.ended; };
  return one;
}

before(async () => {
  store = portalStore();
  files = scratch();
  outer = mkdtempSync(join(tmpdir(), 'bihuan-outer-'));
  server = await serve(store);
  portal = await portalServe();
  guest = visitor(portal.origin);
  [office, liaison, head, acceptor, acceptor2, releaser] = await signInAll(server, store, ['office', 'liaison-housing', 'head-housing', 'acceptor-1', 'acceptor-2', 'releaser']);
  unit = liaison.session.user.unit;
  const today = await now();
  campaign = await office.create('campaigns', { name: '摆渡专项', code: 'BD', prefix: 'BD-', valid_from: today, valid_to: day(today, 700) });
});
after(async () => { await portal?.stop(); await server?.stop(); store?.remove(); files?.remove(); rmSync(outer, { recursive: true, force: true }); });

async function taken(title) {
  const id = await office.create('problems', { title, campaign, category: 'livelihood', source: 'research', kind: 'time_limited', level: 'city', lead_unit: unit, root_cause: '不外传的原因分析' });
  await office.do('problems', id, 'submit');
  await office.do('problems', id, 'admit');
  await office.do('problems', id, 'assign', { due: day(await now(), 60) });
  await liaison.do('problems', id, 'take');
  return id;
}
async function released(id, title) {
  const made = await office.create('releases', { problem: id, title, text: title + '的公开内容' });
  await releaser.do('releases', made, 'release');
}
/** Accepted, publicised to the public, released. */
async function publicised(title) {
  const id = await taken(title), today = await now();
  const measure = await liaison.create('measures', { problem: id, title: '重做', weight: 10000, start: today, due: day(today, 10), owner: '李某', unit });
  await liaison.do('problems', id, 'start', { owner: '张某' });
  await liaison.do('measures', measure, 'finish', { note: '完成' });
  await acceptor.do('measures', measure, 'accept_measure');
  await liaison.create('evidences', { problem: id, title: '整改后', note: '好了', phase: 'after' });
  await liaison.do('problems', id, 'apply', { progress_note: '全部完成' });
  await head.do('problems', id, 'endorse');
  await acceptor.accept(id);
  await acceptor2.accept(id);
  await office.do('problems', id, 'publicise', { publicity_scope: 'public' });
  const [proposed] = (await office.page('problems', id)).releases;
  await releaser.do('releases', proposed.id, 'release');
  return id;
}

let first, file1;
test('nothing is taken before the key is trusted; then the portal shows what is released', async () => {
  first = await taken('一号问题');
  await released(first, '一号公开标题');
  file1 = files.path('1.ferry');
  must(inside('out', file1));
  const refused = outside('in', file1);
  assert.equal(refused.status, 1);
  assert.match(refused.err + refused.out, /还没有说信任谁/);
  must(outside('trust', must(inside('key')).out.trim()));
  assert.match(must(outside('in', file1)).out, /收下第 1 个包/);
  await shows(guest, `/public/problems/${first}`, '一号公开标题');
  assert.match((await guest.get('/public/')).text, /公开的 1 件/);
});

test('the same package twice changes nothing', async () => {
  assert.match(must(outside('in', file1)).out, /收过了/);
});

test('an altered package, one that is cut off, one that another key has signed, and one of the other direction are refused with the reason', async () => {
  const bytes = readFileSync(file1), said = (name, changed) => { const done = outside('in', files.put(name, changed)); assert.equal(done.status, 1, name); return done.err + done.out; };
  const flipped = Buffer.from(bytes);
  flipped[bytes.indexOf('一号公开标题')] ^= 1;
  assert.match(said('flipped', flipped), /签名不符/);
  assert.match(said('short', bytes.subarray(0, bytes.length - 7)), /不完整/);
  assert.match(said('none', Buffer.from('不是包')), /这不是闭环的数据包/);
  const other = demoStore();
  must(bihuan(other, ['ferry', 'out', files.path('other.ferry')]));
  assert.match(said('other', readFileSync(files.path('other.ferry'))), /由别的密钥签名/);
  other.remove();
  must(inside('trust', must(outside('key')).out.trim()));
  must(outside('out', files.path('inbox.ferry')));
  const wrongWay = outside('in', files.path('inbox.ferry'));
  assert.equal(wrongWay.status, 1);
});

test('a package that is missing is named, and everything from it on is written again', async () => {
  const two = await taken('二号问题'), three = await taken('三号问题');
  await released(two, '二号公开标题');
  must(inside('out', files.path('2.ferry')));
  await released(three, '三号公开标题');
  must(inside('out', files.path('3.ferry')));
  const gap = outside('in', files.path('3.ferry'));
  assert.equal(gap.status, 1);
  assert.match(gap.err + gap.out, /缺第 2 个包.*--from 2/);
  must(inside('out', files.path('again.ferry'), '--from', '2'));
  must(outside('in', files.path('again.ferry')));
  for (const [id, title] of [[two, '二号公开标题'], [three, '三号公开标题']]) await shows(guest, `/public/problems/${id}`, title);
  assert.match(must(outside('in', files.path('2.ferry'))).out, /收过了/, 'the lost one comes late');
  await office.do('problems', two, 'withdraw', {}, '不是问题');
  must(inside('out', files.path('4.ferry')));
  must(outside('in', files.path('4.ferry')));
  assert.equal((await guest.get(`/public/problems/${two}`)).status, 404, 'what was withdrawn is gone there too');
});

test('an objection goes in by a package, is taken once however often that comes, and its code tells the answer outside', async () => {
  const id = await publicised('四号问题');
  must(inside('out', files.path('5.ferry')));
  must(outside('in', files.path('5.ferry')));
  await shows(guest, `/public/problems/${id}`, '提异议');
  const sent = await guest.post(`/public/problems/${id}/object`, { text: '墙角还在渗水', contact: '13900001111' }), code = codeOf(sent);
  assert.ok(code, sent.text);
  for (const file of readdirSync(outer)) if (file.endsWith('.db') || file.endsWith('-wal')) assert.equal(readFileSync(join(outer, file)).indexOf('墙角还在渗水'), -1, 'sealed outside: ' + file);
  must(outside('out', files.path('in-1.ferry')));
  assert.equal(readFileSync(files.path('in-1.ferry')).indexOf('墙角还在渗水'), -1);
  must(inside('in', files.path('in-1.ferry')));
  must(inside('in', files.path('in-1.ferry')));
  const objections = (await office.page('problems', id)).objections;
  assert.equal(objections.length, 1);
  assert.equal(objections[0].text, '墙角还在渗水');
  assert.equal((await guest.post('/public/follow', { code })).status, 404, 'outside nothing is known of it yet');
  must(inside('out', files.path('6.ferry')));
  must(outside('in', files.path('6.ferry')));
  assert.match((await guest.post('/public/follow', { code })).text, /已收到，正在核查/);
  const empty = must(bihuan(null, ['ferry', 'out', files.path('in-2.ferry'), '--portal', '--data', outer, '--json'])).json();
  assert.equal(empty.items, 0, 'what was taken is not sent again');
});

test('nothing unreleased ever left: not in a package, not in the portal’s folder; and there is no store there', async () => {
  const every = [...readdirSync(files.folder).filter((name) => name.endsWith('.ferry') && name !== 'other.ferry').map((name) => files.path(name)), ...filesBelow(outer).map((name) => join(outer, name))];
  assert.ok(every.length > 8);
  for (const path of every) for (const words of ['不外传的原因分析', '一号问题', '四号问题的', '全部由李某']) assert.equal(readFileSync(path).indexOf(words), -1, path + ': ' + words);
  assert.ok(!filesBelow(outer).some((name) => /store\.db|side\.db/.test(name)));
  const verify = bihuan(store, ['verify']);
  assert.equal(verify.status, 0, verify.out + verify.err);
});
