// Strong complaints: many people over one problem make it red the next day, one person many times does not, and a month later it is over.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan, must, day } from '../lib.mjs';

let store, server, office, liaison;
const signed = async () => { office = await signIn(server, 'office', store.accounts.office); liaison = await signIn(server, 'liaison-housing', store.accounts['liaison-housing']); };
const clock = async (span) => { await server.stop(); must(bihuan(store, ['clock', 'advance', span])); server = await serve(store); await signed(); };
before(async () => { store = demoStore(); server = await serve(store); await signed(); });
after(async () => { await server?.stop(); store?.remove(); });

test('eleven people make it red with its sentence, one person eleven times does not; 31 days later neither is', async () => {
  let { store: { today }, campaign } = await office.ok('GET', '/api/v1/session');
  const unit = liaison.session.user.unit;
  const problem = async (title) => {
    const id = await office.create('problems', { title, campaign: campaign.id, category: 'economy', source: 'self_check', kind: 'time_limited', lead_unit: unit, root_cause: '原因' });
    for (const action of ['submit', 'admit']) await office.do('problems', id, action);
    await office.do('problems', id, 'assign', { due: day(today, 300) });
    return id;
  };
  const complain = async (id, title, phone) => {
    for (let i = 0; i < 11; i++) {
      const appeal = await office.create('appeals', { number: `${title}-${i}`, title: '反映', made_at: today + 'T00:00:01+08:00', unit, phone: phone(i) });
      await office.create('links', { from_type: 'problem', from_id: id, to_type: 'appeal', to_id: appeal, kind: 'arises_from' });
    }
  };
  const many = await problem('多人反映'), one = await problem('一人多次');
  await clock('70d');
  today = (await office.ok('GET', '/api/v1/session')).store.today;
  await complain(many, '多人反映', (i) => '139000000' + (10 + i));
  await complain(one, '一人多次', () => '13900000099');
  const rule = async (id) => (await office.page('problems', id)).record;
  await clock('1d');
  const red = await rule(many);
  assert.equal(red.complaints, 11, JSON.stringify(red));
  assert.equal(red.colour, 'red');
  assert.match(JSON.stringify(await office.page('problems', many)), /30 天内 11 人反映，该单位平时 \d+ 人/);
  assert.ok(!(await rule(one)).complaints);
  assert.notEqual((await rule(one)).colour, 'red');
  await clock('31d');
  assert.ok(!(await rule(many)).complaints);
  assert.notEqual((await rule(many)).colour, 'red');
  must(bihuan(store, ['verify']));
});
