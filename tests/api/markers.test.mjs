// A marker word in every text that somebody may write, of every record around a problem: none of them is in the public store, on a page, in the open data or in a package, but for those that stand in
// a released title and text.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { bihuan, day, followed, must, scratch, newKey } from '../lib.mjs';
import { portalStore, servePortal, signInAll, visitor } from '../public.mjs';

let store, server, portal, guest, files, office, liaison, releaser, unit, campaign, types;
const markers = [];
before(async () => {
  store = portalStore();
  files = scratch();
  ({ server, portal } = await servePortal(store));
  guest = visitor(portal);
  [office, liaison, releaser] = await signInAll(server, store, ['office', 'liaison-housing', 'releaser']);
  unit = liaison.session.user.unit;
  types = (await office.ok('GET', '/api/v1/types')).types;
});
after(async () => { await server?.stop(); store?.remove(); files?.remove(); });

/** Creates a record with a marker of its own in every text field that takes one; gives its id. */
async function marked(client, plural, values) {
  const type = types.find((one) => one.plural === plural), all = { ...values };
  assert.ok(type, plural);
  for (const field of type.fields)
    if (['text', 'long_text', 'contact'].includes(field.type) && !(field.name in values)) all[field.name] = `暗号${String.fromCodePoint(0x4e00 + markers.length * 7)}${markers.push(0)}`;
  for (let tries = 0; tries < 30; tries++) {
    const answer = await client.call('POST', `/api/v1/${plural}`, { values: all }, { 'idempotency-key': newKey() });
    if (answer.status < 300) {
      for (const [name, value] of Object.entries(all)) if (typeof value === 'string' && value.startsWith('暗号')) markers.push([`${plural}.${name}`, value]);
      return answer.body.ids[0];
    }
    const wrong = (answer.body.findings ?? []).map((one) => one.field).filter((name) => name in all && !(name in values));
    assert.ok(wrong.length, `${plural}: ${JSON.stringify(answer.body)}`);
    for (const name of wrong) delete all[name];
  }
  throw new Error(plural + ' was never taken');
}
const planted = () => markers.filter((one) => Array.isArray(one));

test('every text around a released problem holds a marker, and none of them is public', async () => {
  const today = (await office.ok('GET', '/api/v1/session')).store.today;
  campaign = await marked(office, 'campaigns', { code: 'AH', prefix: 'AH-', valid_from: today, valid_to: day(today, 700) });
  const problem = await marked(office, 'problems', { campaign, category: 'livelihood', source: 'research', kind: 'time_limited', level: 'city', lead_unit: unit });
  const other = await marked(office, 'problems', { campaign, category: 'livelihood', source: 'research', kind: 'time_limited', level: 'city', lead_unit: unit });
  for (const id of [problem, other]) {
    await office.do('problems', id, 'submit');
    await office.do('problems', id, 'admit');
    await office.do('problems', id, 'assign', { due: day(today, 60) });
    await liaison.do('problems', id, 'take');
  }
  await marked(liaison, 'measures', { problem, weight: 10000, start: today, due: day(today, 10), unit });
  await marked(liaison, 'evidences', { problem, phase: 'before' });
  await marked(liaison, 'sites', { problem, unit });
  await marked(office, 'indicators', { problem, unit, direction: 'down', base: '10', base_on: today, goal: '1', goal_on: day(today, 50) });
  const appeal = await marked(office, 'appeals', { made_at: today + 'T08:00:00+08:00' });
  await marked(office, 'links', { kind: 'arises_from', from_type: 'problem', from_id: problem, to_type: 'appeal', to_id: appeal });
  await office.do('appeals', appeal, 'answer', { answer: '暗号答复', outcome: 'solved' });
  markers.push(['appeals.answer', '暗号答复']);
  await office.do('appeals', appeal, 'invite');
  await marked(office, 'evaluations', { appeal, solved: 'not_solved', satisfaction: 'dissatisfied', given_at: today + 'T09:00:00+08:00' });
  await marked(office, 'objections', { problem, received_on: today, channel: 'letter' });
  await marked(office, 'topics', { campaign, lead_unit: unit });
  await marked(office, 'policies', { campaign, valid_from: today, colour_rules: '', routes: '', deadlines: '', chasing: '' });
  await marked(office, 'releases', { problem: other });
  const waiting = await marked(office, 'releases', { problem: other });
  await releaser.do('releases', waiting, 'withhold', { withheld_because: 'internal' });
  await liaison.do('problems', problem, 'extend', { due: day(today, 70) }, '暗号理由').catch(() => 0);
  markers.push(['reason', '暗号理由']);
  const out = await office.create('releases', { problem, title: '可以公开的标题', text: '可以公开的内容，王暗号先生已确认', figures: ['due', 'progress', 'sites', 'evaluations'] });
  markers.push(['masked name', '王暗号']);
  await releaser.do('releases', out, 'release');
  await followed(server);
  assert.ok(planted().length > 40, 'planted: ' + planted().length);

  must(bihuan(store, ['ferry', 'out', files.path('contents.ferry')]));
  const places = {};
  for (const path of ['/public/', '/public/en/', '/public/problems', `/public/problems/${problem}`, `/public/en/problems/${problem}`, '/public/results', '/public/data', '/public/data/problems.json', '/public/data/problems.csv', '/public/evaluate', '/public/follow', '/public/appeal'])
    places[path] = Buffer.from((await guest.get(path)).text);
  places['follow'] = Buffer.from((await guest.post('/public/follow', { code: (await office.page('appeals', appeal)).record.evaluation_code })).text);
  places['package'] = readFileSync(files.path('contents.ferry'));
  for (const file of ['public.db', 'public.db-wal', 'public-inbox.db', 'public-inbox.db-wal']) if (existsSync(join(store.data, file))) places[file] = readFileSync(join(store.data, file));
  assert.ok(places[`/public/problems/${problem}`].includes('可以公开的标题'), 'the released one is there');
  assert.ok(places['package'].includes('可以公开的标题') && (places['public.db'].includes('可以公开的标题') || places['public.db-wal'].includes('可以公开的标题')), 'and would be found');
  for (const [place, bytes] of Object.entries(places)) for (const [where, words] of planted()) assert.equal(bytes.indexOf(words), -1, `${where} (${words}) is in ${place}`);
  const verify = bihuan(store, ['verify']);
  assert.equal(verify.status, 0, verify.out + verify.err);
});
