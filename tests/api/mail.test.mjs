// Mail by real servers' manners: TLS after STARTTLS and from the first byte under an authority of the office's own, sign-in by PLAIN and LOGIN and never in the clear,
// refusals, a server that hangs, one that asks to try later; and who is written to when: one digest a day, nothing in quiet hours while the inbox has it at once.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BIHUAN, demoStore, serve, signIn, bihuan, day, must } from '../lib.mjs';
import { smtp, decode, authority } from '../smtp.mjs';

const until = async (holds, what, seconds = 120) => {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await new Promise((go) => setTimeout(go, 50))) if (await holds()) return;
  assert.fail(`in ${seconds} s not: ${what}`);
};
const servers = [];
async function post(options) {
  const one = smtp(options);
  await one.start();
  servers.push(one);
  return one;
}

let store, server, office, liaison, admin, campaign, unit, today, folder, ours, other, password, waiting;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-mail-'));
  ours = authority(folder, 'ours', 'IP:127.0.0.1,DNS:localhost');
  other = authority(folder, 'other', 'DNS:mail.example.org');
  password = join(folder, 'password');
  writeFileSync(password, '整改-p@ss word\n', { mode: 0o600 });
  store = demoStore();
  server = await serve(store);
  [office, liaison, admin] = await Promise.all(['office', 'liaison-housing', 'sysadmin'].map((account) => signIn(server, account, store.accounts[account])));
  const session = await office.ok('GET', '/api/v1/session');
  campaign = session.campaign.id;
  today = session.store.today;
  unit = liaison.session.user.unit;
  await policy({ chase_mail: 'at_once' });
  const running = (await office.page('campaigns', campaign)).record;
  await office.ok('PATCH', `/api/v1/campaigns/${campaign}`, { values: { valid_to: day(today, 400) } }, { 'if-match': `"${running.version}"` });
  const user = (await admin.page('users', liaison.session.user.id)).record;
  await admin.ok('PATCH', `/api/v1/users/${user.id}`, { values: { email: 'housing@example.org' } }, { 'if-match': `"${user.version}"` });
  waiting = await office.create('problems', { title: '井盖缺失无人补', campaign, category: 'livelihood', source: 'research', kind: 'time_limited', level: 'unit', lead_unit: unit, root_cause: '巡查不到位' });
  for (const action of ['submit', 'admit', 'assign']) await office.do('problems', waiting, action);
});
after(async () => {
  await server?.stop();
  for (const one of servers) await one.stop();
  store?.remove();
  rmSync(folder, { recursive: true, force: true });
});

let policies = 0;
const policy = (values) => office.create('policies', { name: `邮件口径 ${++policies}`, campaign, valid_from: today, digest_hour: 0, quiet_from: 0, quiet_to: 0, ...values });
const set = (one, scheme, words = []) => must(bihuan(store, ['mail', 'set', '--server', `${scheme}://127.0.0.1:${one.port}`, '--from', 'bihuan@example.org', ...words, '--as', 'sysadmin']));
const account = () => ['--user', 'bihuan', '--password-file', password];
/** Not waited for in one breath: the mail server is in this very program. */
const tried = () => new Promise((done) => {
  const child = spawn(BIHUAN, ['mail', 'test', 'somebody@example.org', '--as', 'sysadmin', ...store.words]);
  let text = '';
  child.stderr.on('data', (bytes) => { text += bytes; });
  child.on('close', (status) => done({ status, text }));
});
const shown = () => must(bihuan(store, ['mail', 'show', '--as', 'sysadmin', '--json'])).json();
const chase = (note) => office.create('chases', { problem: waiting, by: 'message', note });
const inbox = async (kind) => (await liaison.ok('GET', '/api/v1/messages?limit=200&sort=-id')).items.filter((one) => one.kind === kind).length;
const idle = () => until(() => shown().waiting === 0, 'the queue is empty');

for (const [name, tls, scheme] of [['after STARTTLS', 'starttls', 'smtp'], ['from the first byte', 'implicit', 'smtps']])
  for (const method of ['PLAIN', 'LOGIN'])
    test(`a letter goes within TLS ${name}, signed in by ${method}`, async () => {
      const one = await post({ tls, certificate: ours, user: 'bihuan', password: '整改-p@ss word', methods: [method] });
      set(one, scheme, ['--ca', ours.ca, ...account()]);
      assert.equal(shown().tls_needed, true);
      const done = await tried();
      assert.equal(done.status, 0, done.text);
      assert.deepEqual(one.letters.map((letter) => [letter.to, letter.secure, letter.user]), [['<somebody@example.org>', true, 'bihuan']]);
      assert.ok(one.heard.filter((said) => !said.secure).every((said) => /^(EHLO|STARTTLS)/.test(said.line)), 'nothing but the greeting in the clear');
      await chase('请尽快补装');
      await until(() => one.letters.some((letter) => letter.to === '<housing@example.org>'), 'the chase arrives');
      await idle();
      assert.match(decode(one.letters.at(-1)).subject, /催办/);
    });

test('a certificate of an unknown authority, or of another name, is not talked to; nothing is said in the clear', async () => {
  const strange = await post({ tls: 'starttls', certificate: ours }), misnamed = await post({ tls: 'implicit', certificate: other });
  set(strange, 'smtp', ['--tls']); // the system's authorities: ours is none of them
  assert.match((await tried()).text, /certificate|SSL/);
  set(misnamed, 'smtps', ['--ca', other.ca]);
  assert.match((await tried()).text, /certificate|SSL/);
  set(strange, 'smtp', ['--ca', other.ca]);
  assert.notEqual((await tried()).status, 0, 'where TLS is offered a bad certificate is no reason to go without');
  for (const one of [strange, misnamed]) {
    assert.equal(one.letters.length, 0);
    assert.ok(!one.heard.some((said) => /^(AUTH|MAIL|RCPT)/.test(said.line)));
  }
});

test('without TLS no password is sent, and with --tls nothing at all; where neither is asked a plain server takes the letter', async () => {
  const one = await post({ user: 'bihuan', password: '整改-p@ss word' });
  set(one, 'smtp', account());
  assert.notEqual((await tried()).status, 0);
  one.user = null;
  set(one, 'smtp', ['--tls']);
  assert.notEqual((await tried()).status, 0);
  assert.ok(one.heard.length && !one.heard.some((said) => /^(AUTH|MAIL)/.test(said.line)), JSON.stringify(one.heard));
  set(one, 'smtp');
  assert.equal((await tried()).status, 0);
  assert.equal(one.letters.length, 1);
});

test('a wrong password waits until it is right; the log says so and names nobody', async () => {
  const one = await post({ tls: 'implicit', certificate: ours, user: 'bihuan', password: 'another' });
  set(one, 'smtps', ['--ca', ours.ca, ...account()]);
  assert.match((await tried()).text, /denied/);
  await chase('口令不对时');
  await until(() => server.log.includes('reply 535'), 'it was refused');
  assert.equal(shown().waiting, 1);
  writeFileSync(password, 'another\n', { mode: 0o600 }); // read for each letter
  await until(() => one.letters.length === 1, 'it is sent with the right one');
  await idle();
  assert.doesNotMatch(server.log, /example\.org|整改-p@ss|another/);
});

test('who is refused for good waits alone; whoever is asked to try later is sent to once', async () => {
  const one = await post({ tls: 'starttls', certificate: ours });
  set(one, 'smtp', ['--ca', ours.ca]);
  one.refused.add('housing@example.org');
  await chase('没有这个人');
  await until(() => server.log.includes('reply 550'), 'it was refused');
  assert.equal((await tried()).status, 0, 'others are written to meanwhile');
  one.refused.clear();
  await until(() => one.letters.some((letter) => letter.to === '<housing@example.org>'), 'taken once the address is there');
  await idle();
  one.later.set('housing@example.org', 2);
  one.greeting = '421 busy';
  await chase('忙时');
  await until(() => server.log.includes('reply 421'), 'it was turned away at the door');
  one.greeting = null;
  const had = one.letters.length;
  await until(() => one.letters.length === had + 1, 'taken at the third asking');
  await idle();
  assert.equal(one.later.get('housing@example.org'), 0);
  assert.equal(new Set(one.letters.map((letter) => decode(letter).id)).size, one.letters.length, 'each once');
});

test('a server that takes the call and never speaks holds up nothing but the mail', async () => {
  const one = await post({});
  one.silent = true;
  set(one, 'smtp');
  const had = await inbox('chase');
  await chase('没有回音');
  await until(async () => (await inbox('chase')) === had + 1, 'the inbox has it');
  await until(() => /waits: Timeout/.test(server.log), 'given up for now');
  assert.equal(shown().waiting, 1);
  one.silent = false;
  await until(() => one.letters.length === 1, 'sent once it speaks');
  await idle();
});

test('in quiet hours the inbox has it at once and the letter waits for their end', async () => {
  const one = await post({}), now = (await office.ok('GET', '/api/v1/session')).store.now;
  const hour = Number(new Date(now).toLocaleString('en-GB', { hour: '2-digit', hour12: false, timeZone: 'Asia/Shanghai' })) % 24;
  set(one, 'smtp');
  await policy({ chase_mail: 'at_once', quiet_from: hour, quiet_to: (hour + 3) % 24 });
  const had = await inbox('chase');
  await chase('夜里');
  await until(async () => (await inbox('chase')) === had + 1, 'the inbox has it at once');
  await until(() => shown().waiting === 1, 'the letter waits');
  must(bihuan(store, ['clock', 'advance', '1h'])); // still quiet, and what the clock brings about was told in no letter either
  assert.deepEqual([one.letters.length, shown().waiting], [0, 1]);
  must(bihuan(store, ['clock', 'advance', '3h']));
  await until(() => one.letters.some((letter) => /催办/.test(decode(letter).subject)), 'it goes when they are over');
  await idle();
});

test('one letter a day: a chase is no letter of its own unless the policy says so, the next digest has it', async () => {
  const one = await post({});
  set(one, 'smtp');
  today = (await office.ok('GET', '/api/v1/session')).store.today;
  await policy({}); // in the daily digest
  const had = await inbox('chase');
  for (const note of ['一催', '二催', '三催']) await chase(note);
  await until(async () => (await inbox('chase')) === had + 3, 'the inbox has each at once');
  must(bihuan(store, ['clock', 'advance', '1d']));
  await until(() => one.letters.length > 0, 'the digest arrives');
  await idle();
  const letters = one.letters.filter((letter) => letter.to === '<housing@example.org>').map(decode);
  assert.ok(letters.every((letter) => /今日事项/.test(letter.subject)), letters.map((letter) => letter.subject).join());
  assert.match(letters.at(-1).text, /催办待答复/);
  assert.equal(letters.filter((letter) => letter.text === letters.at(-1).text).length, 1);
});

test('a file of certificates, an account without its password file, a foreign scheme are refused at once', () => {
  const say = (...words) => bihuan(store, ['mail', 'set', '--from', 'bihuan@example.org', ...words, '--as', 'sysadmin']);
  assert.match(say('--server', 'smtp://localhost:25', '--ca', join(folder, 'none.pem')).err, /none\.pem/);
  assert.notEqual(say('--server', 'smtp://localhost:25', '--user', 'bihuan').status, 0);
  assert.notEqual(say('--server', 'ftp://localhost').status, 0);
});

test('the store verifies', async () => {
  await server.stop();
  must(bihuan(store, ['verify']));
});
