// How rounds stand: of each, how many of its answers are in which state; which of them is under way, and which two are compared when nobody chose.
import { thousands, shortDateWithWeekday, daysBetween, momentWithWeekday } from './format';
import type { Ends } from './comparison';
import type { RecordData, Tally } from './types';
import { roundWord } from './words/rounds';

/** With something to tell; and what was told at all. */
export const ANSWERED: readonly string[] = ['answered', 'signing', 'signed'];
export const REPLIED: readonly string[] = [...ANSWERED, 'nil'];
export const MISSING: readonly string[] = ['awaited', 'late'];
export interface Standing {
  asked: number;
  replied: number;
  missing: number;
  late: number;
  of: (states: readonly string[]) => number;
}

/** Of those answers that the reader may see. */
export function standingOf(tally: Tally | null, round: RecordData): Standing {
  const cells = (tally?.cells ?? []).filter((cell) => cell.key[0] === round.id);
  const of = (states: readonly string[]) =>
    cells.filter((cell) => states.includes(String(cell.key[1]))).reduce((sum, cell) => sum + cell.count, 0);
  return { asked: cells.reduce((sum, cell) => sum + cell.count, 0), replied: of(REPLIED), missing: of(MISSING), late: of(['late']), of };
}
export const answersAddress = (round: RecordData, states: string[]) => `/records/round_answers?round=${round.id}&state=${states.join(',')}`;
export const roundName = (round: RecordData) => String(round.name ?? roundWord('nth', { n: Number(round.number) }));

const latestFirst = (one: RecordData, other: RecordData) => Number(other.number) - Number(one.number);
const UNDER_WAY = ['open', 'closed'];
/** The one that units answer now, or that waits to be frozen; else none. */
export const currentOf = (rounds: RecordData[]): RecordData | null =>
  rounds.filter((one) => UNDER_WAY.includes(String(one.state))).sort(latestFirst)[0] ?? null;
export const frozenOf = (rounds: RecordData[]): RecordData[] => rounds.filter((one) => one.state === 'frozen').sort(latestFirst);
export const beforeOf = (rounds: RecordData[], round: RecordData): RecordData | null =>
  frozenOf(rounds).find((one) => one.campaign === round.campaign && Number(one.number) < Number(round.number)) ?? null;

/** What is compared when the address names nothing: the last frozen round with now while another is under way, else with the one before it. */
export function usualEnds(rounds: RecordData[]): Ends | null {
  const [last, before] = frozenOf(rounds);
  if (!last) return null;
  return currentOf(rounds) || !before ? { from: String(last.id), to: 'now' } : { from: String(before.id), to: String(last.id) };
}

/** How the round under way stands and how long it still takes; without one, what there was last. */
export function standingSentence(rounds: RecordData[], tally: Tally | null, today: string): string {
  const now = currentOf(rounds);
  if (!now) {
    const [last] = frozenOf(rounds),
      planned = rounds
        .filter((one) => one.state === 'planned')
        .sort(latestFirst)
        .pop();
    if (planned) return roundWord('say.planned', { name: roundName(planned), date: shortDateWithWeekday(String(planned.opens_on), today) });
    return last
      ? roundWord('say.frozen', { name: roundName(last), moment: last.cutoff ? momentWithWeekday(String(last.cutoff)) : '' })
      : roundWord('title');
  }
  const { asked, replied, missing } = standingOf(tally, now);
  const stands = asked
    ? roundWord('say', { name: roundName(now), asked: thousands(asked), replied: thousands(replied), missing: thousands(missing) })
    : roundWord('say.none', { name: roundName(now) });
  if (now.state === 'closed') return stands + roundWord('say.closed');
  const days = now.due ? daysBetween(today, String(now.due)) : null;
  if (days === null) return stands + roundWord('say.end');
  const date = shortDateWithWeekday(String(now.due), today);
  return (
    stands +
    (days > 0
      ? roundWord('say.left', { date, days })
      : days === 0
        ? roundWord('say.today', { date })
        : roundWord('say.over', { date, days: -days }))
  );
}
