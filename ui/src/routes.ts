// Which address shows which page. Pages are loaded when first asked for.
import type { RouteRecordRaw } from 'vue-router'
import { session } from './session'

/** Who leads a city begins with how it stands; everybody else with what waits for him. */
const home = (): string => ((session.value?.roles ?? []).join() === 'leader' ? '/overview' : '/tasks')

export const routes: RouteRecordRaw[] = [
  { path: '/', redirect: home },
  { path: '/index.html', redirect: home },
  { path: '/tasks', component: () => import('./pages/TasksPage.vue'), meta: { nav: 'tasks' } },
  { path: '/overview', component: () => import('./pages/OverviewPage.vue'), meta: { nav: 'overview' } },
  { path: '/problems', component: () => import('./pages/ProblemsPage.vue'), meta: { nav: 'problems', signed: true, wide: true } },
  { path: '/problems/:id(\\d+)', component: () => import('./pages/ProblemPage.vue'), meta: { nav: 'problems', signed: true } },
  { path: '/screens', redirect: '/screens/1' },
  { path: '/screens/:n([12356789])', component: () => import('./pages/ScreensPage.vue'), meta: { nav: 'screens' } },
  { path: '/appeals', component: () => import('./pages/AppealsPage.vue'), meta: { nav: 'appeals' } },
  { path: '/classes', component: () => import('./pages/ClassesPage.vue'), meta: { nav: 'classes' } },
  { path: '/answers', component: () => import('./pages/AnswersPage.vue'), meta: { nav: 'answers' } },
  { path: '/alerts', component: () => import('./pages/AlertsPage.vue'), meta: { nav: 'alerts' } },
  { path: '/definitions', component: () => import('./pages/DefinitionsPage.vue'), meta: { nav: 'definitions' } },
  { path: '/definitions/:name([a-z_]+)', component: () => import('./pages/DefinitionListPage.vue'), meta: { nav: 'definitions' } },
  { path: '/rounds', component: () => import('./pages/RoundsPage.vue'), meta: { nav: 'rounds' } },
  { path: '/rounds/compare', component: () => import('./pages/ComparePage.vue'), meta: { nav: 'rounds' } },
  { path: '/boards', component: () => import('./pages/BoardsPage.vue'), meta: { nav: 'boards' } },
  { path: '/results', component: () => import('./pages/ResultsPage.vue'), meta: { nav: 'results' } },
  { path: '/policies/new', component: () => import('./pages/PolicyPage.vue'), meta: { nav: 'policy' } },
  { path: '/handing', component: () => import('./pages/HandingPage.vue'), meta: { nav: 'handing' } },
  { path: '/hand_overs/:id(\\d+)/slip', component: () => import('./pages/SlipPage.vue'), meta: { nav: 'handing' } },
  { path: '/import', component: () => import('./pages/ImportPage.vue'), meta: { nav: 'import' } },
  { path: '/import/:id(\\d+)/report', component: () => import('./pages/ImportReportPage.vue'), meta: { nav: 'import' } },
  { path: '/chase', component: () => import('./pages/ChasePage.vue'), meta: { nav: 'chase' } },
  { path: '/rates/:name([a-z_]+)', component: () => import('./pages/RateListPage.vue'), meta: { nav: 'definitions' } },
  { path: '/calls', component: () => import('./pages/CallsPage.vue'), meta: { nav: 'calls' } },
  { path: '/watch', component: () => import('./pages/WatchPage.vue'), meta: { nav: 'watch' } },
  { path: '/map', component: () => import('./pages/MapPage.vue'), meta: { nav: 'map' } },
  { path: '/search', component: () => import('./pages/SearchPage.vue'), meta: { nav: 'search' } },
  { path: '/records', component: () => import('./pages/LedgersPage.vue'), meta: { nav: 'records' } },
  { path: '/records/:plural', component: () => import('./pages/RecordsPage.vue'), meta: { nav: 'records', signed: true, wide: true } },
  { path: '/records/:plural/:id(\\d+)', component: () => import('./pages/RecordPage.vue'), meta: { nav: 'records' } },
  { path: '/:rest(.*)*', component: () => import('./pages/AbsentPage.vue') },
]
