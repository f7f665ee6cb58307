// The leaders' screens: their numbers, names and lists; which of them turn on a wall; and who is offered them.
import { computed } from 'vue';
import './style/leaders.css';
import { get, query } from './api';
import { dayNumber, dayOf } from './format';
import { session, today } from './session';
import type { Page, RecordData } from './types';
import type { Comparison } from './types-rounds';

/** `list` is what the code on the printed page leads to; appeals belong to no campaign. 4 and 10 come with the records behind them. */
export const SCREENS = [
  { n: 1, list: '/problems?counted=true' },
  { n: 2, list: '/problems?counted=true&led_by=secretary' },
  { n: 3, list: '/problems?counted=true&led_by=four_teams' },
  { n: 5, list: '/problems?counted=true&colour=red,orange' },
  { n: 6, list: '/rates/n', campaignless: true },
  { n: 7, list: '/alerts' },
  { n: 8, list: '/definitions/cases_made?part=denominator' },
  { n: 9, list: '/definitions?by=unit' },
] as const;
export type ScreenNumber = (typeof SCREENS)[number]['n'];
export const screenAddress = (n: ScreenNumber): string => `/screens/${n}`;
/** On a wall the overview, with its districts, stands for the first. */
export const WALL = ['/overview', ...SCREENS.filter((screen) => screen.n !== 1).map((screen) => screenAddress(screen.n))];

const OFFERED = ['leader', 'office'];
export const screensOffered = computed(() => (session.value?.roles ?? []).some((role) => OFFERED.includes(role)));

const DAYS = 7;
export const weekAgo = computed(() => dayOf(dayNumber(today.value) - DAYS));
/** Of one campaign, or (null) of all together. */
export const weekCompared = (campaign: number | null): Promise<Comparison> =>
  get<Comparison>(`/api/v1/rounds/compare${query({ from: weekAgo.value, to: 'now', campaign })}`);
/** What a leader looks at first: what sticks before what goes. */
export const URGENT = ['red', 'orange', 'yellow', 'grey', 'blue', 'green'];
/** The frozen rounds of a campaign, the oldest first. */
export const frozenRounds = async (campaign: number): Promise<RecordData[]> =>
  (await get<Page>(`/api/v1/rounds${query({ state: 'frozen', campaign, limit: 50 })}`)).items.sort(
    (one, other) => Number(one.number) - Number(other.number),
  );
export const lastRound = async (campaign: number | null): Promise<RecordData | null> =>
  campaign === null ? null : ((await frozenRounds(campaign)).pop() ?? null);
/** The list of what a comparison counted. */
export const comparedAddress = (from: string, group: string, unit?: number) => ({
  path: '/rounds/compare',
  query: { from, to: 'now', group, ...(unit ? { unit: String(unit) } : {}) },
  hash: '#changes',
});
