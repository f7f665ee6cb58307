// Every page there is, with the addresses that show it: for tests and pictures that leave none out. The staff's are held against the table of ui/src/routes.ts,
// the public's against that of src/web/portal.c: a page without a row here fails every test that asks for all of them, and says which.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lib.mjs';

const source = (path) => readFileSync(join(ROOT, path), 'utf8');
/** The paths of the staff's pages, as the router has them. */
export const staffRoutes = () => [...source('ui/src/routes.ts').matchAll(/path: '([^']+)',\s*component/g)].map((found) => found[1].replaceAll('\\\\', '\\'));
/** The paths of the public's pages: what its table gives as a page; the forms' answers and files are none. */
export const publicRoutes = () => [...source('src/web/portal.c').matchAll(/\{"GET", "([^"]+)", (?:NULL|""), \w+_page\}/g)].map((found) => found[1]);

/* The leaders' screens say their numbers in their route. */
const SCREENS = staffRoutes().find((path) => path.startsWith('/screens/:n('));
/* For each route the addresses that show it: [name, address, who looks (the office)]. `made` is what furnish.mjs made. */
const STAFF = {
  '/tasks': () => [['tasks', '/tasks'], ['tasks-liaison', '/tasks', 'liaison-housing']],
  '/overview': () => [['overview', '/overview'], ['wall', '/overview?wall=1&stop=1']],
  '/problems': () => [['problems', '/problems']],
  '/problems/:id(\\d+)': (made) => [['problem', `/problems/${made.working}`], ['problem-planned', `/problems/${made.problem}`]],
  [SCREENS]: () => [.../\[(\d+)\]/.exec(SCREENS)[1]].map((n) => [`screen-${n}`, `/screens/${n}`]),
  '/appeals': () => [['appeals', '/appeals']],
  '/classes': (made) => [['classes', '/classes'], ['class-opened', `/classes?open=${made.class}`]],
  '/answers': () => [['answers', '/answers', 'liaison-housing']],
  '/alerts': () => [['alerts', '/alerts']],
  '/definitions': () => [['definitions', '/definitions?by=unit']],
  '/definitions/:name([a-z_]+)': () => [['definition', '/definitions/overdue_rate?part=denominator']],
  '/rounds': () => [['rounds', '/rounds']],
  '/rounds/compare': (made) => [['compare', `/rounds/compare?from=${made.frozen}&to=now&group=added`]],
  '/boards': () => [['boards', '/boards']],
  '/results': () => [['results', '/results']],
  '/policies/new': () => [['policy-new', '/policies/new']],
  '/handing': () => [['handing', '/handing']],
  '/hand_overs/:id(\\d+)/slip': (made) => [['slip', `/hand_overs/${made.slip}/slip`]],
  '/import': () => [['import-ledger', '/import']],
  '/import/:id(\\d+)/report': (made) => [['import-report', `/import/${made.import}/report`]],
  '/chase': () => [['chase', '/chase']],
  '/rates/:name([a-z_]+)': () => [['rate-list', '/rates/to_call']],
  '/map': () => [['map', '/map'], ['map-set', '/map', 'sysadmin']],
  '/administration': () => [['administration-system', '/administration', 'sysadmin'], ['administration-security', '/administration', 'secadmin']],
  '/audit': () => [['audit', '/audit?number=3', 'auditadmin'], ['audit-stream', '/audit?tab=stream', 'auditadmin']],
  '/calls': () => [['calls', '/calls', 'caller']],
  '/watch': () => [['watch', '/watch'], ['signals', '/watch?part=signals'], ['identities', '/watch?part=identities']],
  '/search': () => [['search', '/search?q=' + encodeURIComponent('车库')]],
  '/records': () => [['ledgers', '/records'], ['ledgers-sysadmin', '/records', 'sysadmin'], ['ledgers-auditadmin', '/records', 'auditadmin']],
  '/records/:plural': () => [['units', '/records/units'], ['campaigns', '/records/campaigns'], ['draws', '/records/draws'], ['grants', '/records/grants', 'secadmin']],
  '/records/:plural/:id(\\d+)': (made) => [['unit', `/records/units/${made.unit}`], ['campaign', `/records/campaigns/${made.campaign}`], ['round', `/records/rounds/${made.open}`], ['answer', `/records/round_answers/${made.answer}`, 'liaison-housing'],
    ['plan', `/records/plans/${made.plan}`], ['indicator', `/records/indicators/${made.indicator}`], ['policy', `/records/policies/${made.policy}`], ['ruling', `/records/rulings/${made.ruling}`], ['draw', `/records/draws/${made.draw}`]],
  '/:rest(.*)*': () => [['absent', '/nowhere']],
};
/* The same for the public; `made` is what the portal's test made. */
const PUBLIC = {
  '/': () => ['/'],
  '/problems': () => ['/problems', '/problems?category=4&standing=1'],
  '/problems/': (made) => [`/problems/${made.shown}`, `/problems/${made.publicised}`, '/problems/999999'],
  '/results': () => ['/results'],
  '/follow': () => ['/follow'],
  '/evaluate': () => ['/evaluate'],
  '/appeal': () => ['/appeal'],
  '/data': () => ['/data'],
};

function every(routes, rows, where, made) {
  if (routes.length < 5) throw new Error(`${where}: no pages found; it is no longer read rightly`);
  const missing = routes.filter((path) => !rows[path]), gone = Object.keys(rows).filter((path) => !routes.includes(path));
  if (missing.length + gone.length) throw new Error(`tests/web/addresses.mjs and ${where} differ: add a row for ${missing.join(' ') || 'none'}; take away ${gone.join(' ') || 'none'}`);
  return routes.flatMap((path) => rows[path](made));
}
/** Every page of the staff: {name, address, account}. */
export const staffPages = (made) => every(staffRoutes(), STAFF, 'ui/src/routes.ts', made).map(([name, address, account = 'office']) => ({ name, address, account }));
/** Every page of the public: its path below the language's. */
export const publicPages = (made) => every(publicRoutes(), PUBLIC, 'src/web/portal.c', made);
