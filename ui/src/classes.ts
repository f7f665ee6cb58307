// What the pages of classes share: names, the band of what the past predicts, and which words several texts have in common.
import type { AppealGroup, Growth } from './types-classes';

/** A class is a matter wherever it is: the place that its newest appeal begins with is left out. */
function matterOf(title: string, place: string | null): string {
  const rest = place && title.startsWith(place) ? title.slice(place.length).replace(/^[\s:：,，、]+/, '') : title;
  return rest.length > 1 ? rest : title;
}
export const nameOf = (one: AppealGroup): string =>
  one.name?.title ?? (one.shown ? matterOf(one.shown.title, one.shown.place) : String(one.id));

const BAND = 2;
/** What the past predicts for a week, from least to most; null: too little past. */
export function bandOf(growth: Growth): { least: number; most: number } | null {
  if (growth.expected === undefined || growth.deviation === undefined) return null;
  const middle = Number(growth.expected),
    wide = BAND * Number(growth.deviation);
  return { least: Math.max(0, middle - wide), most: middle + wide };
}
const RISING_LEAST = 3;
export const rises = (growth: Growth): boolean => growth.lately >= RISING_LEAST && Number(growth.growth ?? 0) > BAND;

/** How many times what the past predicts; null: nothing is predicted, or nothing rises. */
export function timesOf(growth: Growth): string | null {
  const expected = Number(growth.expected ?? 0);
  return expected > 0 && growth.lately > expected ? (growth.lately / expected).toFixed(1) : null;
}
/** For how many weeks up to this one there were more than the past predicts. */
export function weeksAbove(growth: Growth): number {
  const band = bandOf(growth);
  let weeks = 0;
  while (band && weeks < growth.by_week.length && growth.by_week[growth.by_week.length - 1 - weeks]! > band.most) weeks++;
  return weeks;
}
export const RANKED = 30;
/** Of those who said so, how many were not satisfied; a rate from 30 on. */
export const dissatisfiedOf = (one: AppealGroup): string =>
  !one.rated ? '—' : one.rated >= RANKED ? `${Math.floor((100 * one.dissatisfied) / one.rated)}%` : `${one.dissatisfied}/${one.rated}`;

const HAN = 2,
  LATIN = 4;
/** Characters that hold sentences together: a pair with one of them says nothing of the matter. */
const EMPTY = /[的了是在我你他们有不和也就都还这那个一到说要被把没很与及去来]/u;
/** The text in pieces; those that stand in at least one other text are marked: two Chinese characters or more, words of four letters. */
export function markShared(text: string, others: string[]): { text: string; shared: boolean }[] {
  const marks = new Array<boolean>(text.length).fill(false);
  const among = others.join('\n').toLowerCase(),
    own = text.toLowerCase();
  for (let at = 0; at + HAN <= own.length; at++) {
    const piece = own.slice(at, at + HAN);
    if (/^\p{Script=Han}+$/u.test(piece) && !EMPTY.test(piece) && among.includes(piece)) marks.fill(true, at, at + HAN);
  }
  for (const found of own.matchAll(/[a-z0-9]+/g))
    if (found[0].length >= LATIN && among.includes(found[0])) marks.fill(true, found.index, found.index + found[0].length);
  const pieces: { text: string; shared: boolean }[] = [];
  for (let at = 0; at < text.length;) {
    let end = at + 1;
    while (end < text.length && marks[end] === marks[at]) end++;
    pieces.push({ text: text.slice(at, end), shared: marks[at]! });
    at = end;
  }
  return pieces;
}
