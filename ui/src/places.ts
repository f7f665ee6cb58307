// Pages beside the main ones: under 更多 in the header and first in the index of ledgers. A place is offered to who may read what it shows.
import { computed } from 'vue'
import { mayCreate, session, typeNamed } from './session'
import type { Word } from './words'

interface Place { name: string; path: string; label: Word; /** The record type one must be able to read. */ type?: string; /** …and to create. */ creates?: boolean; roles?: string[] }
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
  { name: 'watch', path: '/watch', label: 'nav.watch', type: 'problem' },
  { name: 'import', path: '/import', label: 'nav.import', type: 'problem', creates: true },
  { name: 'policy', path: '/policies/new', label: 'nav.policy', roles: ['office'] },
  { name: 'map', path: '/map', label: 'nav.map', roles: ['system_administrator'] },
]
export const places = computed(() => PLACES.filter((place) => {
  const roles = session.value?.roles ?? []
  return (!place.type || (place.creates ? mayCreate(place.type) : typeNamed(place.type) !== undefined)) && (!place.roles || place.roles.some((role) => roles.includes(role)))
}))
