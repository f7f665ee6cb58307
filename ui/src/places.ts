// Pages beside the main ones: under 更多 in the header and first in the index of ledgers. A place is offered to who may read what it shows.
import { computed } from 'vue';
import { mayCreate, session, typeNamed } from './session';
import type { Word } from './words';

interface Place {
  name: string;
  path: string;
  label: Word;
  /** The record type one must be able to read. */ type?: string;
  /** …and to create. */ creates?: boolean;
  roles?: string[];
}
const PLACES: Place[] = [
  { name: 'screens', path: '/screens/1', label: 'nav.screens', roles: ['leader', 'office'] },
  { name: 'search', path: '/search', label: 'find' },
  { name: 'classes', path: '/classes', label: 'nav.classes', type: 'appeal', roles: ['office', 'hotline', 'leader', 'reviewer'] },
  { name: 'answers', path: '/answers', label: 'nav.answers', type: 'appeal', roles: ['office', 'liaison', 'unit_head'] },
  { name: 'alerts', path: '/alerts', label: 'nav.alerts', type: 'alert' },
  { name: 'rounds', path: '/rounds', label: 'nav.rounds', type: 'round' },
  { name: 'plans', path: '/records/plans', label: 'nav.plans', type: 'plan' },
  { name: 'boards', path: '/boards', label: 'nav.boards', type: 'problem' },
  { name: 'results', path: '/results', label: 'nav.results', type: 'result' },
  { name: 'chase', path: '/chase', label: 'nav.chase', type: 'chase' },
  { name: 'calls', path: '/calls', label: 'nav.calls', type: 'call_back', creates: true },
  { name: 'handing', path: '/handing', label: 'nav.handing', type: 'transfer' },
  { name: 'draws', path: '/records/draws', label: 'nav.draws', type: 'draw' },
  { name: 'watch', path: '/watch', label: 'nav.watch', type: 'problem' },
  { name: 'import', path: '/import', label: 'nav.import', type: 'problem', creates: true },
  { name: 'policy', path: '/policies/new', label: 'nav.policy', roles: ['office'] },
  { name: 'audit', path: '/audit', label: 'nav.audit', roles: ['reviewer'] },
  { name: 'map', path: '/map', label: 'nav.map', roles: ['system_administrator'] },
];
export const places = computed(() =>
  PLACES.filter((place) => {
    const roles = session.value?.roles ?? [];
    return (
      (!place.type || (place.creates ? mayCreate(place.type) : typeNamed(place.type) !== undefined)) &&
      (!place.roles || place.roles.some((role) => roles.includes(role)))
    );
  }),
);

// The header: who administers sees his own pages, who works his; nobody is sent to what he may not read.
const ADMINISTRATORS = ['system_administrator', 'security_administrator', 'audit_administrator'];
const administers = computed(() => (session.value?.roles ?? []).some((role) => ADMINISTRATORS.includes(role)));
const works = computed(() => (session.value?.roles ?? []).some((role) => !ADMINISTRATORS.includes(role)));
const MAIN: { name: MainPage; offered: () => boolean }[] = [
  { name: 'administration', offered: () => administers.value },
  { name: 'audit', offered: () => session.value?.roles.includes('audit_administrator') ?? false },
  { name: 'overview', offered: () => typeNamed('problem') !== undefined },
  { name: 'tasks', offered: () => works.value || !administers.value },
  { name: 'problems', offered: () => typeNamed('problem') !== undefined },
  { name: 'appeals', offered: () => typeNamed('appeal') !== undefined },
  { name: 'definitions', offered: () => typeNamed('problem') !== undefined },
  { name: 'records', offered: () => true },
];
export type MainPage = 'administration' | 'audit' | 'overview' | 'tasks' | 'problems' | 'appeals' | 'definitions' | 'records';
export const mainPages = computed<MainPage[]>(() => MAIN.filter((page) => page.offered()).map((page) => page.name));
/** Who leads a city begins with how it stands; who administers with his own; everybody else with what waits for him. */
export const home = computed(() =>
  (session.value?.roles ?? []).join() === 'leader'
    ? '/overview'
    : works.value || !administers.value
      ? '/tasks'
      : session.value?.roles.includes('audit_administrator')
        ? '/audit'
        : '/administration',
);
