// Everybody who uses the program, in a demo store: the demo's own accounts, and one for each role that it has no sign-in for.
import { bihuan, must, signIn } from '../lib.mjs';

/** Makes an account with a role; gives its id. The password stands in store.accounts afterwards. */
export async function person(server, store, account, name, unit, grant) {
  const [sysadmin, secadmin] = await Promise.all(['sysadmin', 'secadmin'].map((one) => signIn(server, one, store.accounts[one])));
  const user = await sysadmin.create('users', { account, name, unit });
  store.accounts[account] = `password of ${account}`;
  must(bihuan(store, ['user', 'password', account, '--as', 'sysadmin', '--password-stdin'], { input: store.accounts[account] + '\n' }));
  await secadmin.create('grants', { user, secrecy: 'internal', ...grant });
  return user;
}

/** Adds a caller 回访员, the hotline centre 热线中心, a releaser 发布审核人, a district's office 区整改办, a responsible official 责任领导 and a guidance group's member 指导组成员: {official: id, group: id}. */
export async function addPeople(server, store, { releaser = true } = {}) {
  const [office, district, housing] = await Promise.all(['office', 'liaison-pujiang', 'liaison-housing'].map((account) => signIn(server, account, store.accounts[account])));
  const { campaign } = await office.ok('GET', '/api/v1/session'), home = office.session.user.unit, unit = housing.session.user.unit;
  await person(server, store, 'caller', '回访员', home, { role: 'caller' });
  await person(server, store, 'hotline', '12345 热线', home, { role: 'hotline' });
  if (releaser) await person(server, store, 'releaser', '发布审核人', home, { role: 'releaser' });
  await person(server, store, 'district', '浦江区整改办', district.session.user.unit, { role: 'district_office', unit: district.session.user.unit });
  const official = await person(server, store, 'official', '责任领导', unit, { role: 'official' });
  const group = await office.create('guidance_groups', { name: '第一指导组', campaign: campaign.id, units: [unit] });
  await person(server, store, 'guide', '指导组成员', home, { role: 'guidance', guidance_group: group });
  return { official, group };
}
