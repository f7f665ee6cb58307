// What the pages need to show something: two rounds (one frozen, one open), a plan with its baseline, an indicator with values, sites, leaders'
// boards, a problem whose colour was set by hand, a transfer, a ruling with a precedent, a hand-over slip. All of it through the API.
import { signIn, day, followed, until } from '../lib.mjs';

const as = (server, store, account) => signIn(server, account, store.accounts[account]);

async function problemOf(office, liaison, campaign, title, more = {}) {
  const id = await office.create('problems', { title, detail: '居民多次反映', campaign, category: 'livelihood', source: 'research', kind: 'time_limited', level: 'city', lead_unit: liaison.session.user.unit, root_cause: '多头管理', goal: '住得安心', ...more });
  for (const action of ['submit', 'admit']) await office.do('problems', id, action);
  return id;
}

async function rounds({ office, second, housing, health, campaign, today }) {
  const units = [housing.session.user.unit, health.session.user.unit];
  const frozen = await office.create('rounds', { campaign, name: '第一轮报送', opens_on: today, due: day(today, 7), units });
  await office.do('rounds', frozen, 'open');
  const answers = (await office.ok('GET', `/api/v1/round_answers?round=${frozen}`)).items;
  for (const client of [housing, health]) await client.do('round_answers', answers.find((one) => one.unit === client.session.user.unit).id, 'answer');
  await office.do('rounds', frozen, 'close');
  await office.do('rounds', frozen, 'freeze');
  const open = await office.create('rounds', { campaign, name: '加报一轮', opens_on: today, due: day(today, 9), units });
  await office.do('rounds', open, 'ask_extra', {}, '市委督查需要');
  const asked = (await office.ok('GET', '/api/v1/approvals?state=asked&limit=50')).items.find((one) => one.type === 'round' && one.record === open);
  await second.do('approvals', asked.id, 'agree');
  await office.do('rounds', open, 'open');
  const answer = (await housing.ok('GET', `/api/v1/round_answers?round=${open}`)).items[0].id;
  return { frozen, open, answer };
}

async function planned({ office, housing, campaign, today }) {
  const unit = housing.session.user.unit;
  const problem = await problemOf(office, housing, campaign, '老旧小区车库没有信号', { led_by: 'secretary' });
  await office.do('problems', problem, 'assign', { due: day(today, 80) });
  await housing.do('problems', problem, 'take');
  for (const [title, weight, due] of [['排定楼栋', 3000, 20], ['建设基站', 5000, 50], ['群众确认', 2000, 70]]) await housing.create('measures', { problem, title, weight, start: today, due: day(today, due), owner: '李某', unit });
  const plan = await housing.create('plans', { title: '住有所居专项整治', campaign, problems: [problem], lead_unit: unit, goal: '两件事一起办', official: '分管副市长 周某', owner: '处长 郑某', start: today, due: day(today, 200) });
  await housing.do('plans', plan, 'submit');
  await office.do('plans', plan, 'approve');
  await housing.do('plans', plan, 'start');
  await housing.do('problems', problem, 'start', { owner: '张某' });
  const indicator = await housing.create('indicators', { problem, name: '无信号车库', unit, measured_in: '个', direction: 'down', base: '20', base_on: day(today, -60), goal: '0', goal_on: day(today, 90) });
  for (const [days, value] of [[-40, '17'], [-20, '12'], [0, '9']]) await housing.create('indicator_values', { indicator, date: day(today, days), value, source: 'report' });
  for (const name of ['东城一号库', '东城二号库', '西城库']) await housing.create('sites', { problem, name, unit });
  await housing.do('sites', (await housing.ok('GET', `/api/v1/sites?problem=${problem}`)).items[0].id, 'start');
  await office.do('problems', problem, 'hand_set_colour', { hand_colour: 'orange', hand_colour_until: day(today, 20) }, '领导关注');
  return { problem, plan, indicator };
}

async function handed({ office, housing, health, campaign, today }) {
  const disputes = [];
  for (const title of ['下立交积水', '河道边积水']) {
    const id = await problemOf(office, housing, campaign, title, { level: 'unit' });
    await office.do('problems', id, 'assign', { due: day(today, 40) });
    await housing.do('problems', id, 'dispute', {}, '属水务管网');
    const ruling = (await office.page('problems', id)).record.ruling;
    if (!disputes.length) await office.do('rulings', ruling, 'rule', { lead: health.session.user.unit, grounds: '职责清单明确' });
    disputes.push(ruling);
  }
  const moved = await problemOf(office, housing, campaign, '医院周边停车难', { level: 'unit' });
  await office.do('problems', moved, 'assign', { due: day(today, 40) });
  await housing.do('problems', moved, 'take');
  await housing.do('problems', moved, 'transfer', { transfer_to: health.session.user.unit }, '属卫健职责');
  const transfer = (await office.ok('GET', `/api/v1/transfers?problem=${moved}`)).items[0].id;
  const slip = await office.create('hand_overs', { from_user: housing.session.user.id, to_user: health.session.user.id, unit: housing.session.user.unit, note: '调离' }).catch(async () => {
    const users = (await office.ok('GET', `/api/v1/users?unit=${housing.session.user.unit}&limit=20`)).items.filter((one) => one.id !== housing.session.user.id);
    return office.create('hand_overs', { from_user: housing.session.user.id, to_user: users[0].id, unit: housing.session.user.unit, note: '调离' });
  });
  return { ruling: disputes[1], transfer, slip };
}

/** A sample of what was closed: announced by the office, drawn by who reviews. */
async function sampled({ office, campaign }, reviewer) {
  const draw = await office.create('draws', { title: '一季度销号质量抽查', campaign, how_many: 2, strata_by: ['unit', 'age'] });
  await reviewer.do('draws', draw, 'draw');
  return { draw };
}

/** Applied for closing: it waits for the unit head's signature. */
async function applied({ office, housing, campaign, today }, acceptor) {
  const problem = await problemOf(office, housing, campaign, '地下车库渗水');
  await office.do('problems', problem, 'assign', { due: day(today, 60) });
  await housing.do('problems', problem, 'take');
  const measure = await housing.create('measures', { problem, title: '堵漏', weight: 10000, start: today, due: day(today, 20), owner: '李某', unit: housing.session.user.unit });
  await housing.do('problems', problem, 'start', { owner: '张某' });
  await housing.do('measures', measure, 'finish', { note: '完成' });
  await acceptor.do('measures', measure, 'accept_measure');
  await housing.create('evidences', { problem, title: '竣工单' });
  await housing.do('problems', problem, 'apply', { progress_note: '全部完成' });
  return { problem };
}

export async function furnish(server, store) {
  const [office, second, housing, health] = await Promise.all(['office', 'office-second', 'liaison-housing', 'liaison-health'].map((account) => as(server, store, account)));
  const session = await office.ok('GET', '/api/v1/session');
  const all = { office, second, housing, health, campaign: session.campaign.id, today: session.store.today };
  const made = { ...(await rounds(all)), ...(await planned(all)), ...(await handed(all)), ...(await sampled(all, await as(server, store, 'reviewer'))), applied: await applied(all, await as(server, store, 'acceptor-1')) };
  const policy = (await office.ok('GET', '/api/v1/policies?limit=1')).items[0].id;
  return { ...made, policy, campaign: all.campaign };
}

/** What the pages of the workbench show: a class of appeals that rises, a problem closed at once whose appeals come again (an alert), appeals that wait for a call, and a ledger that was uploaded. */
export async function furnishWorkbench(server, store) {
  const [office, housing] = await Promise.all(['office', 'liaison-housing'].map((account) => as(server, store, account)));
  const { campaign: { id: campaign }, store: { today } } = await office.ok('GET', '/api/v1/session'), unit = housing.session.user.unit;
  let serial = 0;
  const appeal = (title, text, place, more = {}) => office.create('appeals', { number: `W-${++serial}`, title, text, place, made_at: `${today}T08:00:00+08:00`, unit, ...more });
  const gas = [];
  for (const place of ['紫藤苑', '银杏里', '青桐坊', '白榆新村']) gas.push(await appeal(`${place}燃气通气迟迟不通`, `${place}交房五个月燃气一直没有通气，老人天天用电磁炉。`, place));
  const lamp = await appeal('石榴巷路灯不亮', '石榴巷东段三盏路灯不亮，晚上老人走路危险。', '石榴巷');
  const closed = await office.create('problems', { title: '石榴巷路灯不亮', campaign, category: 'livelihood', source: 'appeals', kind: 'at_once', lead_unit: unit, root_cause: '管网老化' });
  await office.create('links', { kind: 'arises_from', from_type: 'problem', from_id: closed, to_type: 'appeal', to_id: lamp });
  for (const action of ['submit', 'admit']) await office.do('problems', closed, action);
  await office.do('problems', closed, 'assign', { due: day(today, 20) });
  await housing.do('problems', closed, 'take');
  await housing.create('evidences', { problem: closed, title: '整改后照片', note: '已修好', phase: 'after' });
  await housing.do('problems', closed, 'apply', { progress_note: '三盏路灯已修好' });
  await followed(server);
  await appeal('石榴巷路灯又不亮了', '石榴巷东段路灯又不亮了，晚上走路危险，请维修。', '石榴巷');
  const alert = (await until('the alert is raised', async () => (await office.ok('GET', `/api/v1/alerts?problem=${closed}`)).items[0])).id;
  for (const title of ['工地夜间施工扰民', '楼道堆物无人清']) {
    const id = await appeal(title, `${title}，请尽快处理。`, '合欢路');
    await office.do('appeals', id, 'assign', { unit });
    await housing.do('appeals', id, 'answer', { answer: '已约谈施工方，夜间不再施工', outcome: 'solved' });
    await office.do('appeals', id, 'call_back');
  }
  const ledger = '编号,问题,问题类别,整改措施,责任单位,整改时限\nQA-40,电梯停用无人修,超大城市治理现代化,逐一排查,市住建委,2026年8月底前\n';
  const { import: staged } = await office.ok('POST', `/api/v1/problems/import?file_name=${encodeURIComponent('电梯台账.csv')}`, ledger, { 'content-type': 'application/octet-stream' });
  await followed(server);
  return { unit, class: (await office.ok('GET', `/api/v1/appeal-classes/${gas[0]}`)).id, closed, alert, import: staged };
}
