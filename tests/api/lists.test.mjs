// Lists, figures, search, exports, the past and what is told as it happens: all of it agrees with the records themselves.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { demoStore, serve, signIn, bihuan, must, csvRows, journalOf, until, followed, ROOT } from '../lib.mjs';

let store, server, office, liaison, problems, units, types, campaign;
before(async () => {
  store = demoStore();
  must(bihuan(store, ['import', 'appeals', join(ROOT, 'tests/corpus/appeals.csv')]));
  server = await serve(store);
  office = await signIn(server, 'office', store.accounts.office);
  liaison = await signIn(server, 'liaison-housing', store.accounts['liaison-housing']);
  campaign = (await office.ok('GET', '/api/v1/session')).campaign.id;
  units = (await office.ok('GET', '/api/v1/units?limit=200')).items;
  types = (await office.ok('GET', '/api/v1/types')).types;
  problems = await records();
});
after(async () => { await server?.stop(); store?.remove(); });

/** Every problem, whole, read one by one: what lists and figures are held against. */
async function records(client = office) {
  const ids = (await client.ok('GET', '/api/v1/problems?limit=200')).items.map((one) => one.id);
  return Promise.all(ids.map(async (id) => (await client.page('problems', id)).record));
}
const get = (path, client = office) => client.ok('GET', '/api/v1/' + path);
const ids = (list) => list.map((one) => one.id).sort((a, b) => a - b);
const idsOf = async (query, client = office) => ids((await get('problems?limit=200&' + query, client)).items);
const unitNamed = (name) => units.find((one) => one.name === name).id;

async function pages(path, limit, client = office) {
  const found = [];
  for (let after = '', turns = 0; turns < 200; turns++) {
    const page = await get(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${after && '&after=' + encodeURIComponent(after)}`, client);
    assert.ok(page.items.length <= limit);
    found.push(...page.items);
    if (!page.next) return found;
    after = page.next;
  }
  assert.fail('the pages never end');
}

// ---- figures ----

async function figuresAgree(client) {
  await followed(server);
  const overview = await get('overview', client);
  const all = await get('problems?counted=true&limit=200', client);
  assert.equal(all.journal, overview.journal, 'both are true at one journal number');
  assert.equal(overview.total, all.items.length);
  assert.equal(Object.values(overview.colours).reduce((sum, one) => sum + one, 0), overview.total);
  for (const [colour, count] of Object.entries(overview.colours)) {
    const list = await get(`problems?counted=true&colour=${colour}&limit=200`, client);
    assert.deepEqual([list.items.length, list.journal], [count, overview.journal], colour);
    assert.ok(list.total === null || list.total === count);
  }
  for (const cut of ['category', 'source', 'kind', 'lead_unit']) {
    assert.equal(overview.by[cut].reduce((sum, line) => sum + line.total, 0), overview.total, cut + ' adds up');
    for (const line of overview.by[cut]) {
      assert.equal(Object.values(line.colours).reduce((sum, one) => sum + one, 0), line.total);
      for (const [colour, count] of Object.entries(line.colours)) {
        if (!count) continue;
        const list = await get(`problems?counted=true&colour=${colour}&${cut}=${line.key}&limit=200`, client);
        assert.deepEqual([list.items.length, list.journal], [count, overview.journal], `${cut} ${line.key} ${colour}`);
      }
    }
  }
  return overview;
}

test('the declarations, a quarter of a megabyte, come packed to who takes that, and are the same; what holds records is not packed', async () => {
  const ask = (path, coding) => fetch(`${server.origin}${path}`, { headers: { cookie: office.cookie, 'accept-encoding': coding } });
  const [packed, plain, list] = [await ask('/api/v1/types', 'gzip'), await ask('/api/v1/types', 'identity'), await ask('/api/v1/problems?full=1', 'gzip')];
  assert.deepEqual([packed, plain, list].map((one) => [one.status, one.headers.get('content-encoding')]), [[200, 'gzip'], [200, null], [200, null]]);
  assert.equal(packed.headers.get('vary'), 'Accept-Encoding');
  assert.ok(Number(packed.headers.get('content-length')) * 4 < Number(plain.headers.get('content-length')), packed.headers.get('content-length'));
  assert.deepEqual((await packed.json()).types, (await plain.json()).types);
});

test('every figure of the overview opens a list of that length, both at the same journal number', async () => {
  const overview = await figuresAgree(office);
  assert.ok(overview.total > 20 && Object.values(overview.colours).filter((one) => one > 0).length >= 5, 'the demo shows the colours');
  assert.ok((await figuresAgree(liaison)).total < overview.total, 'in a unit\'s scope as well');
});

test('after changes the figures have moved with the lists', async () => {
  const before = await get('overview');
  const id = await office.create('problems', { title: '新来的一件', campaign, category: 'economy', source: 'self_check', kind: 'at_once', lead_unit: unitNamed('市水务局') });
  for (const action of ['submit', 'admit']) await office.do('problems', id, action);
  await office.do('problems', id, 'assign', { due: '2026-12-31' });
  const after = await figuresAgree(office);
  assert.equal(after.total, before.total + 1);
  assert.ok(after.journal > before.journal);
  assert.equal(after.by.category.find((one) => one.key === 'economy').total, before.by.category.find((one) => one.key === 'economy').total + 1);
  problems = await records();
});

test('tallies by any fields add up to the list, and are what counting the records gives', async () => {
  for (const by of [['colour'], ['state'], ['category', 'kind'], ['lead_unit', 'colour'], ['source', 'secrecy', 'counted']]) {
    const tally = await get('problems/tally?by=' + by.join());
    const counted = new Map();
    for (const record of problems) { const key = JSON.stringify(by.map((name) => record[name] ?? null)); counted.set(key, (counted.get(key) ?? 0) + 1); }
    assert.deepEqual(new Map(tally.cells.filter((cell) => cell.count).map((cell) => [JSON.stringify(cell.key), cell.count]).sort()), new Map([...counted].sort()), by.join());
    assert.equal(tally.total, problems.length);
  }
  const appeals = await get('appeals/tally?by=kind');
  assert.equal(appeals.total, (await pages('appeals', 200)).length);
  assert.equal((await get('problems/tally?by=colour&lead_unit=' + unitNamed('市水务局'))).total, problems.filter((one) => one.lead_unit === unitNamed('市水务局')).length);
});

// ---- pages ----

test('pages go forward over everything exactly once, by every sort, up and down, in every scope', async () => {
  for (const [plural, client] of [['problems', office], ['problems', liaison], ['appeals', office]]) {
    const type = types.find((one) => one.plural === plural), whole = ids(await pages(plural, 200, client));
    const sorts = ['id', 'created', 'changed', 'state', ...type.fields.filter((one) => one.listed && !['references', 'choices'].includes(one.type)).map((one) => one.name)];
    for (const sort of type.sorts) assert.ok(sorts.includes(sort), sort);
    for (const sort of sorts) {
      const up = await pages(`${plural}?sort=${sort}`, plural === 'appeals' ? 37 : 7, client), down = await pages(`${plural}?sort=-${sort}`, plural === 'appeals' ? 41 : 9, client);
      assert.deepEqual(ids(up), whole, `${plural} by ${sort}: each once`);
      assert.deepEqual(down.map((one) => one.id), up.map((one) => one.id).reverse(), `${plural} by -${sort} is the other way round`);
      const values = up.map((one) => one[sort]).filter((one) => typeof one === 'number' || (typeof one === 'string' && /^\d{4}-/.test(one)));
      if (values.length === up.length) for (let i = 1; i < values.length; i++) assert.ok(values[i - 1] <= values[i], `${plural} by ${sort} rises`);
    }
  }
});

test('by colour the problems go from red to what has none, each colour by its date, page by page, in every scope and under conditions', async () => {
  const turns = ['red', 'orange', 'yellow', 'blue', 'grey', 'green', null];
  const compare = (a, b) => turns.indexOf(a.colour ?? null) - turns.indexOf(b.colour ?? null) || (a.due ?? '').localeCompare(b.due ?? '') || a.id - b.id;
  const mine = liaison.session.user.unit;
  const held = [['', () => true], ['&counted=true', (one) => one.counted], ['&colour=blue,red', (one) => ['blue', 'red'].includes(one.colour)], ['&colour.not=blue', (one) => one.colour !== 'blue'], ['&colour=none', (one) => !one.colour],
    ['&state=rectifying&kind=time_limited', (one) => one.state === 'rectifying' && one.kind === 'time_limited'], [`&unit=${mine}`, (one) => one.lead_unit === mine || (one.joint_units ?? []).includes(mine)]];
  assert.ok(new Set(problems.map((one) => one.colour)).size > 4, 'the demo has most colours');
  assert.equal(types.find((one) => one.name === 'problem').sorts[0], 'colour');
  for (const [client, seen] of [[office, problems], [liaison, await records(liaison)]])
    for (const [asked, chosen] of held) {
      const order = seen.filter(chosen).sort(compare).map((one) => one.id);
      for (const limit of [3, 200]) assert.deepEqual((await pages('problems?sort=colour' + asked, limit, client)).map((one) => one.id), order, asked);
      assert.deepEqual((await pages('problems?sort=-colour' + asked, 4, client)).map((one) => one.id), [...order].reverse(), '-' + asked);
    }
  const written = csvRows((await office.call('GET', '/api/v1/problems.csv?sort=colour')).body), number = written[0].indexOf('编号');
  assert.deepEqual(written.slice(1).map((row) => row[number]).filter(Boolean), [...problems].sort(compare).map((one) => one.number).filter(Boolean), 'so does what is taken away');
});

test('pages hold under filters, and what is made meanwhile neither repeats nor hides what was there', async () => {
  const query = 'problems?state=rectifying,applied,assigned&sort=due', whole = (await get(query + '&limit=200')).items.map((one) => one.id);
  const first = await get(query + '&limit=5');
  await office.create('problems', { title: '翻页时新建', campaign, category: 'economy', source: 'self_check', kind: 'at_once', lead_unit: unitNamed('市水务局') });
  const rest = [];
  for (let after = first.next; after;) { const page = await get(`${query}&limit=5&after=${encodeURIComponent(after)}`); rest.push(...page.items.map((one) => one.id)); after = page.next; }
  assert.deepEqual([...first.items.map((one) => one.id), ...rest], whole);
  problems = await records();
});

// ---- conditions ----

test('conditions choose what counting by hand chooses', async () => {
  const water = unitNamed('市水务局'), city = unitNamed('申江市');
  const holds = (record, unit) => record.lead_unit === unit || (record.joint_units ?? []).includes(unit);
  const cases = {
    'state=rectifying,applied': (one) => ['rectifying', 'applied'].includes(one.state),
    'state.not=rectifying': (one) => one.state !== 'rectifying',
    'colour=red,orange': (one) => ['red', 'orange'].includes(one.colour),
    'colour=none': (one) => !one.colour, 'colour=any': (one) => one.colour,
    'due=none': (one) => !one.due, 'due=any': (one) => one.due,
    'due.lt=2026-12-01': (one) => one.due && one.due < '2026-12-01', 'due.ge=2026-12-01': (one) => one.due && one.due >= '2026-12-01',
    'due.gt=2026-10-01&due.le=2026-12-31': (one) => one.due > '2026-10-01' && one.due <= '2026-12-31',
    'progress.gt=0&progress.lt=10000': (one) => one.progress > 0 && one.progress < 10000,
    'cycle.ge=2': (one) => one.cycle >= 2, 'hard=false': (one) => one.hard === false, 'number=none': (one) => !one.number,
    [`unit=${water}`]: (one) => holds(one, water), [`lead_unit=${water}`]: (one) => one.lead_unit === water, [`lead_unit.below=${city}`]: () => true, [`unit=${city}`]: () => true,
    [`joint_units=${water}`]: (one) => (one.joint_units ?? []).includes(water),
    [`ids=${problems[3].id},${problems[5].id},999999`]: (one) => [problems[3].id, problems[5].id].includes(one.id),
    'category=economy&kind=long_term&sort=-due': (one) => one.category === 'economy' && one.kind === 'long_term',
    [`title=${encodeURIComponent(problems[0].title)}`]: (one) => one.title === problems[0].title,
    'secrecy=internal&counted=true&source=research,appeals': (one) => one.secrecy === 'internal' && one.counted && ['research', 'appeals'].includes(one.source),
  };
  for (const [query, chosen] of Object.entries(cases)) assert.deepEqual(await idsOf(query), ids(problems.filter(chosen)), query);
});

test('a unit\'s people get the same conditions within what they may see', async () => {
  const mine = liaison.session.user.unit, seen = await records(liaison);
  assert.deepEqual(ids(seen), ids(problems.filter((one) => one.lead_unit === mine || (one.joint_units ?? []).includes(mine))));
  for (const [query, chosen] of [['state=rectifying', (one) => one.state === 'rectifying'], [`lead_unit=${mine}`, (one) => one.lead_unit === mine], ['colour=red,orange&sort=due', (one) => ['red', 'orange'].includes(one.colour)]])
    assert.deepEqual(await idsOf(query, liaison), ids(seen.filter(chosen)), query);
});

test('a unit\'s people page through a state, and a state with a colour, in every sort\'s order', async () => {
  const seen = await records(liaison);
  const compare = (a, b) => (a === b ? 0 : a === null || a === undefined ? -1 : b === null || b === undefined ? 1 : a < b ? -1 : 1);
  const states = [...new Set(seen.map((one) => one.state))], colours = [...new Set(seen.map((one) => one.colour))];
  const chosen = [...states.map((state) => [state]), states.slice(0, 2), states].flatMap((some) => [[some, null], ...colours.map((colour) => [some, colour])]);
  assert.ok(states.length >= 3, 'the demo has several states');
  for (const [some, colour] of chosen)
    for (const sort of ['due', 'changed', 'number']) {
      const order = seen.filter((one) => some.includes(one.state) && (!colour || one.colour === colour)).sort((a, b) => compare(a[sort] ?? null, b[sort] ?? null) || a.id - b.id).map((one) => one.id);
      const query = `problems?state=${some}${colour ? '&colour=' + colour : ''}&sort=`;
      assert.deepEqual((await pages(query + sort, 2, liaison)).map((one) => one.id), order, query + sort);
      assert.deepEqual((await pages(query + '-' + sort, 3, liaison)).map((one) => one.id), order.reverse(), query + '-' + sort);
    }
});

// ---- search ----

const search = async (words, plural = 'problems', client = office) => (await get(`${plural}?limit=200&q=${encodeURIComponent(words)}`, client)).items;

test('two Chinese characters, longer words, several words and words of letters find what holds them, newest first', async () => {
  const id = await office.create('problems', { title: '地铁站 LED 大屏 5G 信号差', detail: '换乘通道里 WiFi-6 连不上', campaign, category: 'economy', source: 'self_check', kind: 'at_once', lead_unit: unitNamed('市水务局') });
  await until('the terms know it', async () => (await search('大屏')).some((one) => one.id === id));
  problems = await records();
  const text = (one) => [one.title, one.detail, one.goal, one.root_cause, one.number].join('\n').toLowerCase();
  for (const words of ['小区', '车库', '地下车库', '小区 信号', 'led', 'LED', '大屏 led', 'wifi', '5g', '信号差']) {
    const found = await search(words), expected = problems.filter((one) => words.toLowerCase().split(' ').every((word) => text(one).includes(word)));
    assert.deepEqual(ids(found), ids(expected), words);
    assert.deepEqual(found.map((one) => one.id), ids(found).reverse(), 'newest first: ' + words);
  }
  assert.deepEqual(await search('饕餮'), [], 'what is nowhere is not found');
});

test('a search goes together with conditions and pages', async () => {
  const whole = (await search('小区', 'appeals')).map((one) => one.id);
  assert.ok(whole.length > 5, 'some appeals speak of 小区');
  assert.deepEqual((await pages('appeals?q=' + encodeURIComponent('小区'), 2)).map((one) => one.id), whole);
  const some = (await get('appeals?limit=200&made_at.lt=2026-01-01&q=' + encodeURIComponent('梨园'))).items;
  assert.ok(some.length > 0 && some.every((one) => one.made_at < '2026'));
});

test('characters that mean something to a search engine mean nothing here', async () => {
  for (const words of ['"小区"', '小区*', '小区 AND 信号', 'NEAR(小区 信号)', '小区 OR 车库', '-小区', 'title:小区', '(小区', '小区"', "小区'; DROP TABLE term;--", '^小区', '小区 %', '小_区', '\\小区', '{小区}', '+小区', '小区&信号|!', '<->小区', ':*']) {
    const answer = await office.call('GET', '/api/v1/problems?q=' + encodeURIComponent(words));
    assert.ok(answer.status === 200 || (answer.status === 400 && ['too_short', 'no_words', 'only_without'].includes(answer.body.code)), `${words}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 200)}`);
  }
  assert.deepEqual(ids(await search('"小区"')), ids(await search('小区')), 'quotes are no part of a word');
});

// ---- out ----

test('an export has the rows of the list, in its order, with Chinese or English headers', async () => {
  for (const query of ['', 'state=rectifying,applied&sort=due', 'colour=red&sort=-number', 'q=' + encodeURIComponent('小区')]) {
    const list = await pages(query ? 'problems?' + query : 'problems', 200), answer = await office.call('GET', '/api/v1/problems.csv?' + query), rows = csvRows(answer.body);
    assert.match(answer.headers.get('content-type'), /^text\/csv/);
    assert.match(answer.headers.get('content-disposition'), /attachment/);
    const title = rows[0].indexOf('问题');
    assert.deepEqual(rows.slice(1).map((row) => row[title]), list.map((one) => one.title), query);
  }
  const english = csvRows((await office.call('GET', '/api/v1/problems.csv?lang=en')).body);
  assert.ok(english[0].includes('Problem') && english[0].includes('Lead unit'));
  const raw = await fetch(server.origin + '/api/v1/problems.csv', { headers: { cookie: office.cookie } });
  assert.deepEqual([...new Uint8Array(await raw.arrayBuffer()).subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  const command = csvRows(must(bihuan(store, ['export', 'problems', '--as', 'office', 'colour=red'])).out);
  assert.equal(command.length - 1, problems.filter((one) => one.colour === 'red').length);
});

// ---- the past ----

test('a record at a past moment is what it was then', async () => {
  const id = await office.create('problems', { title: '过去的样子', remark: '第一天', campaign, category: 'economy', source: 'self_check', kind: 'at_once', lead_unit: unitNamed('市水务局') });
  const first = await office.page('problems', id), moment = (await get('session')).store.now;
  must(bihuan(store, ['clock', 'advance', '2d']));
  await office.ok('PATCH', `/api/v1/problems/${id}`, { values: { remark: '第三天', title: '后来的样子' } }, { 'if-match': `"${first.record.version}"` });
  await office.do('problems', id, 'submit');
  const then = await get(`problems/${id}?at=${encodeURIComponent(moment)}`), now = await get(`problems/${id}`);
  for (const name of ['title', 'remark', 'state', 'version', 'lead_unit']) assert.deepEqual(then.record[name], first.record[name], name);
  assert.deepEqual([now.record.title, now.record.remark, now.record.state], ['后来的样子', '第三天', 'submitted']);
  assert.equal((await office.call('GET', `/api/v1/problems/${id}?at=2026-01-01`)).status, 404, 'before it was there');
  const seen = (await office.ok('GET', `/api/v1/problems/${id}?at=${encodeURIComponent((await get('session')).store.now)}`)).record;
  assert.equal(seen.state, 'submitted');
});

// ---- as it happens ----

/** The events of a client's stream, as they come. */
function listen(client) {
  const stop = new AbortController(), heard = [];
  const ready = fetch(server.origin + '/api/v1/events', { headers: { cookie: client.cookie }, signal: stop.signal }).then((answer) => {
    assert.match(answer.headers.get('content-type'), /^text\/event-stream/);
    (async () => {
      let text = '';
      for await (const bytes of answer.body) {
        text += new TextDecoder().decode(bytes);
        for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
          const event = /^event: (.*)$/m.exec(text.slice(0, end))?.[1], data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
          if (event) heard.push({ event, ...JSON.parse(data) });
        }
      }
    })().catch(() => {});
    return until('the stream says hello', () => heard.some((one) => one.event === 'hello'));
  });
  return { heard, ready, stop: () => stop.abort() };
}

test('the event stream tells what changes, to whom may see it only', async () => {
  const mine = listen(office), theirs = listen(liaison);
  try {
    await Promise.all([mine.ready, theirs.ready]);
    const other = await office.create('problems', { title: '别家的事', campaign, category: 'economy', source: 'self_check', kind: 'at_once', lead_unit: unitNamed('市水务局') });
    const own = await office.create('problems', { title: '自家的事', campaign, category: 'economy', source: 'self_check', kind: 'at_once', lead_unit: liaison.session.user.unit });
    const told = (stream, id) => stream.heard.find((one) => one.event === 'change' && one.type === 'problem' && one.id === id);
    await until('both hear of the own one', () => told(mine, own) && told(theirs, own));
    assert.ok(told(mine, other));
    assert.equal(told(theirs, other), undefined, 'nothing of another unit');
    assert.ok(told(mine, own).journal <= journalOf(store) && told(mine, own).journal > told(mine, other).journal);
    assert.doesNotMatch(JSON.stringify(mine.heard), /别家|自家/, 'ids only: pages fetch');
  } finally { mine.stop(); theirs.stop(); }
});
