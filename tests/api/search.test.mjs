// One search over all record types: what it finds, in which order, where the words stand, and that nobody is told of what he may not see.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { demoStore, serve, signIn, bihuan, must, until, followed } from '../lib.mjs';

let store, server, office, liaison, unit, people;
const MARK = '紫霄桥';
before(async () => {
  store = demoStore();
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
  liaison = await signIn(server, 'liaison-housing', store.accounts['liaison-housing']);
  unit = liaison.session.user.unit;
  people = {};
  for (const name of ['leader', 'reviewer', 'head-health', 'liaison-pujiang', 'sysadmin', 'acceptor-1']) people[name] = await signIn(server, name, store.accounts[name]);
  await followed(server);
});
after(async () => { await server?.stop(); store?.remove(); });

const ask = (q, more = '', client = office) => client.call('GET', `/api/v1/search?q=${encodeURIComponent(q)}${more}`);
const find = async (q, more, client) => { const answer = await ask(q, more, client); assert.equal(answer.status, 200, JSON.stringify(answer.body)); return answer.body; };
const unitsFound = async (q) => { const page = await find(q, '&type=unit'); return page.items.map((one) => one.title); };
/** The characters that are marked. */
const marked = (text, marks) => marks.map(([from, to]) => [...text].slice(from, to).join(''));

async function pages(q, more = '', client = office, limit = 3) {
  const items = [];
  for (let after = '', turn = 0; turn < 400; turn++) {
    const page = await find(q, `${more}&limit=${limit}${after && '&after=' + encodeURIComponent(after)}`, client);
    assert.ok(page.items.length <= limit);
    items.push(...page.items);
    if (!page.next) return items;
    after = page.next;
  }
  assert.fail('the pages never end');
}

test('hits of all types stand together, newest first, with what, where, whose and when', async () => {
  const page = await find('小区', '&limit=100');
  const types = new Set(page.items.map((one) => one.type));
  assert.ok(types.has('problem') && types.has('appeal') && types.size > 2, [...types].join());
  assert.deepEqual(page.items.map((one) => one.id), page.items.map((one) => one.id).sort((a, b) => b - a));
  for (const hit of page.items) {
    const shown = [marked(hit.title, hit.title_marks), hit.snippet ? marked(hit.snippet.text, hit.snippet.marks) : []].flat();
    assert.ok(shown.length && shown.every((one) => one === '小区'), JSON.stringify(hit));
    assert.ok(hit.plural && hit.moment && 'state' in hit && 'number' in hit);
    if (hit.unit) assert.ok(page.labels.unit[hit.unit]);
  }
  assert.equal(page.count, page.items.length);
  assert.equal(page.counted_all, true);
  assert.equal(page.by_type.reduce((sum, one) => sum + one.count, 0), page.count);
});

test('pages of any size give the same hits once, in either order', async () => {
  for (const sort of ['', '&sort=best']) {
    const whole = (await find('小区', sort + '&limit=100')).items.map((one) => one.id);
    for (const limit of [1, 2, 7]) assert.deepEqual((await pages('小区', sort, office, limit)).map((one) => one.id), whole, sort + limit);
  }
  const first = await find('小区', '&limit=2');
  assert.equal((await ask('小区', `&limit=2&sort=best&after=${first.next}`)).body.code, 'bad_cursor');
  for (const bad of ['x', 'n.1.0', 'n.9.0.5', 'n.1.0.-3', 'n.1.0.5x']) assert.equal((await ask('小区', '&after=' + bad)).body.code, 'bad_cursor', bad);
});

test('for everybody, whatever the word, the hits are those of the lists of each type', async () => {
  const types = (await office.ok('GET', '/api/v1/types')).types.filter((one) => one.searched).map((one) => one.plural);
  assert.ok(types.length > 15);
  for (const [name, client] of Object.entries({ office, liaison, ...people }))
    for (const word of ['小区', '医院', '审批', '0012']) {
      const lists = [];
      for (const plural of types) {
        const answer = await client.call('GET', `/api/v1/${plural}?limit=200&q=${encodeURIComponent(word)}`);
        if (answer.status === 200) lists.push(...answer.body.items.map((one) => one.id));
      }
      for (const sort of ['new', 'best']) {
        const found = (await pages(word, `&sort=${sort}`, client, 40)).map((one) => one.id);
        assert.deepEqual(found.sort((a, b) => a - b), lists.sort((a, b) => a - b), `${name}: ${word} ${sort}`);
      }
    }
});

test('words, phrases, words that must not be there', async () => {
  const both = (await pages('小区 电梯')).map((one) => one.id), without = (await pages('小区 -电梯')).map((one) => one.id), all = (await pages('小区')).map((one) => one.id);
  assert.ok(both.length > 0 && without.length > 0);
  assert.deepEqual([...both, ...without].sort(), [...all].sort());
  const id = await office.create('appeals', { number: 'S-1', title: `${MARK}头 annual report 2025`, text: '第一行\n第二行 Report annual', made_at: '2026-11-01T09:00:00+08:00', unit });
  await followed(server);
  assert.deepEqual((await find('"annual report"')).items.map((one) => one.id), [id]);
  assert.deepEqual((await find('“annual report”')).items.map((one) => one.id), [id]);
  assert.deepEqual((await find('"report 2024"')).items, []);
  assert.deepEqual((await find('ANNUAL ｒｅｐｏｒｔ')).items.map((one) => one.id), [id]);
  const hit = (await find('report')).items[0];
  assert.deepEqual(marked(hit.title, hit.title_marks), ['report']);
  assert.deepEqual([hit.snippet.field, ...marked(hit.snippet.text, hit.snippet.marks)], ['text', 'Report']);
  assert.doesNotMatch(hit.snippet.text, /\n/);
});

test('a number is found whole and by any four characters of it', async () => {
  const id = await office.create('appeals', { number: 'HX20261128007351', title: '一条编号很长的诉求', made_at: '2026-11-02T09:00:00+08:00', unit });
  await followed(server);
  for (const part of ['HX20261128007351', 'hx2026', '7351', '1128007', '007351']) {
    const hits = (await find(part)).items.filter((one) => one.id === id);
    assert.equal(hits.length, 1, part);
    assert.deepEqual(marked(hits[0].number, hits[0].number_marks).map((one) => one.toLowerCase()), [part.toLowerCase()]);
  }
  assert.deepEqual((await find('735')).items.filter((one) => one.id === id), [], 'three are too few');
  assert.deepEqual((await find('7352')).items.filter((one) => one.id === id), []);
});

test('units and people are found by pinyin and by its initials', async () => {
  assert.ok((await unitsFound('sjj')).includes('市审计局'));
  assert.ok((await unitsFound('SHENJIJU')).includes('市审计局'));
  assert.ok((await unitsFound('shen ji')).includes('市审计局'));
  assert.ok((await unitsFound('shishenjiju')).includes('市审计局'));
  assert.ok(!(await unitsFound('swj')).includes('市审计局'));
  assert.deepEqual(await unitsFound('xyzq'), []);
  const user = (await office.ok('GET', '/api/v1/users?limit=200')).items.find((one) => one.name === '联络员(市卫生健康委)' || /^联络员/.test(one.name));
  assert.ok(user, 'somebody is called 联络员');
  assert.ok((await find('lly', '&type=user&limit=100')).items.some((one) => one.id === user.id));
});

test('by type, unit and date', async () => {
  assert.ok((await pages('小区', '&type=problem')).every((one) => one.type === 'problem'));
  const two = await pages('小区', '&type=problems,appeal');
  assert.deepEqual([...new Set(two.map((one) => one.type))].sort(), ['appeal', 'problem']);
  const led = (await office.ok('GET', `/api/v1/problems?limit=200&unit=${unit}`)).items.map((one) => one.id);
  const found = await pages('小区', `&type=problem&unit=${unit}`);
  assert.ok(found.length > 0 && found.every((one) => led.includes(one.id)));
  assert.deepEqual(found.map((one) => one.id).sort(), (await pages('小区', `&type=problem&unit=${unit}&sort=best`)).map((one) => one.id).sort());
  const measures = await pages('公示', `&type=measure&unit=${unit}`), all = await pages('公示', '&type=measure');
  assert.ok(measures.length <= all.length);
  const days = await pages('小区', '&type=appeal&from=2026-08-19&to=2026-08-20');
  assert.ok(days.length > 0 && days.every((one) => one.moment >= '2026-08-18T16' && one.moment < '2026-08-20T16'), JSON.stringify(days.map((one) => one.moment)));
});

test('a whistle-blower is not found by the unit complained of, what is secret not below its level, nothing of it is counted', async () => {
  await liaison.ok('GET', '/api/v1/appeals?limit=1'); // what may be seen has just been read
  const told = await office.create('appeals', { number: 'S-2', title: `${MARK}有人收钱`, made_at: '2026-11-03T09:00:00+08:00', unit, whistle: true });
  assert.equal((await liaison.call('GET', `/api/v1/appeals/${told}`)).status, 404, 'hidden from its first moment on');
  must(bihuan(store, ['user', 'grant', 'office-second', 'office', '--secrecy', 'restricted', '--as', 'secadmin']));
  const cleared = await signIn(server, 'office-second', store.accounts['office-second']);
  const values = { number: 'S-3', title: `${MARK}内部情况`, made_at: '2026-11-03T09:00:00+08:00', unit, secrecy: 'restricted' };
  const secret = await until('the grant holds', async () => { const made = await cleared.call('POST', '/api/v1/appeals', { values }, { 'idempotency-key': 'S-3' }); return made.status === 201 && made.body.ids[0]; });
  const open = await office.create('appeals', { number: 'S-4', title: `${MARK}路灯不亮`, made_at: '2026-11-03T09:00:00+08:00', unit });
  const other = await office.create('appeals', { number: 'S-5', title: `${MARK}别家的事`, made_at: '2026-11-03T09:00:00+08:00', unit: people['head-health'].session.user.unit });
  await followed(server);
  for (const sort of ['', '&sort=best']) {
    const seen = await find(MARK, sort, liaison), whole = await find(MARK, sort);
    const ids = seen.items.map((one) => one.id);
    assert.ok(ids.includes(open));
    assert.deepEqual([told, secret, other].map((id) => ids.includes(id)), [false, false, false]);
    assert.equal(seen.count, ids.length);
    assert.doesNotMatch(JSON.stringify(seen), /收钱|内部情况|别家/);
    assert.deepEqual([told, secret, open, other].map((id) => whole.items.some((one) => one.id === id)), [true, false, true, true]);
    assert.ok((await find(MARK, sort, cleared)).items.some((one) => one.id === secret));
  }
});

test('a record that goes to another unit is found within that unit from then on', async () => {
  const health = people['head-health'].session.user.unit;
  const id = await office.create('appeals', { number: 'S-6', title: '碧波潭污水外溢', made_at: '2026-11-03T09:00:00+08:00' });
  await office.do('appeals', id, 'assign', { unit });
  await followed(server);
  assert.deepEqual((await find('碧波潭', `&unit=${unit}&sort=best`)).items.map((one) => one.id), [id]);
  await office.do('appeals', id, 'send_back', {}, '不归我管');
  await office.do('appeals', id, 'assign', { unit: health });
  await followed(server);
  assert.deepEqual((await find('碧波潭', `&unit=${unit}&sort=best`)).items, []);
  assert.deepEqual((await find('碧波潭', `&unit=${health}&sort=best`)).items.map((one) => one.id), [id]);
});

test('what cannot be looked for is told; nothing is ever read as syntax', async () => {
  for (const [words, code] of [['水', 'too_short'], ['', 'no_words'], ['😀🎉', 'no_words'], ['，。！？---', 'no_words'], ['\u0001\u0007\u001b', 'no_words'], ['-小区', 'only_without'], ['小'.repeat(201), 'too_long'], [Array.from({ length: 40 }, (_, i) => 'w' + i).join(' '), 'too_many']]) {
    const answer = await ask(words);
    assert.deepEqual([answer.status, answer.body.code], [400, code], words);
    assert.ok(answer.body.detail.length > 5);
  }
  const long = await ask('小区电梯'.repeat(2500));
  assert.ok(long.status >= 400 && long.status < 500, String(long.status));
  assert.deepEqual((await find('水 小区')).ignored, ['水']);
  for (const words of ['"小区', '小区*', 'NEAR(小区 医院, 3)', '{words}: 小区', 'words:小区', '^小区', '小区 OR', 'NOT 小区', "'; DROP TABLE words_24; --小区", '¦u1 小区', '\u00a6nsjj', '小区 AND (', '"""小区', '- 小区', '小区😀ABCкирилл한국어', '<b>小区</b>', '%_小区', '\\小区', '-"小区', '=1+1 小区'])
    for (const sort of ['', '&sort=best']) {
      const answer = await ask(words, sort);
      assert.ok(answer.status === 200 || (answer.status === 400 && ['only_without', 'no_words'].includes(answer.body.code)), `${words}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 200)}`);
    }
  for (const [more, field] of [['&type=nothing', 'type'], ['&type=grant', 'type'], ['&unit=x', 'unit'], ['&from=yesterday', 'from'], ['&sort=old', 'sort'], ['&limit=0', 'limit'], ['&words=1', 'words']]) {
    const answer = await ask('小区', more);
    assert.deepEqual([answer.status, answer.body.findings[0]?.field], [400, field], more);
  }
  assert.equal((await fetch(server.origin + '/api/v1/search?q=' + encodeURIComponent('小区'))).status, 401);
});

test('verify is clean', async () => {
  await followed(server);
  const done = bihuan(store, ['verify']);
  assert.equal(done.status, 0, done.out + done.err);
});
