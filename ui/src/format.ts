// Values as people read them: dates with weekday and days left, numbers, weights. Pure; dates are the store's, never the browser's.
import { language } from './language';
import { word } from './words';

const DAY = 86_400_000;
const WEEKDAYS = { zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'], en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] };

export const dayNumber = (date: string): number => Math.floor(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / DAY);
export const dayOf = (number: number): string => new Date(number * DAY).toISOString().slice(0, 10);
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);
export const weekday = (date: string): string => WEEKDAYS[language.value][new Date(dayNumber(date) * DAY).getUTCDay()] ?? '';

/** Month and day; the year only when it is not this one. */
export function shortDate(date: string, today?: string): string {
  return today && date.slice(0, 4) !== today.slice(0, 4) ? date.slice(0, 10) : date.slice(5, 10);
}

export function shortDateWithWeekday(date: string, today: string): string {
  const days = daysBetween(today, date);
  if (days === 0) return word('date.today');
  if (days === 1) return word('date.tomorrow');
  return `${shortDate(date, today)} ${weekday(date)}`;
}

/** "2026-11-23T08:00:00+08:00" as "2026-11-23 周一 08:00": the clock of the store, as sent. */
export function momentWithWeekday(moment: string): string {
  return `${moment.slice(0, 10)} ${weekday(moment)} ${moment.slice(11, 16)}`;
}
export const shortMoment = (moment: string, today?: string): string => `${shortDate(moment, today)} ${moment.slice(11, 16)}`;
export const offsetOf = (moment: string): string => /([+-]\d\d:\d\d|Z)$/.exec(moment)?.[1] ?? '+08:00';

export function daysLeft(date: string, today: string): { text: string; late: boolean } {
  const days = daysBetween(today, date);
  if (days < 0) return { text: word('date.late', { n: -days }), late: true };
  if (days === 0) return { text: word('date.dueToday'), late: false };
  return { text: word('date.left', { n: days }), late: false };
}

export const thousands = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** Basis points as percent, rounded down: 3850 → "38%". */
export const percentOfWeight = (points: number): string => `${Math.floor(points / 100)}%`;
/** A rate, rounded down to one decimal. */
export const rate = (part: number, whole: number): string => {
  const tenths = Math.floor((part * 1000) / whole);
  return `${Math.floor(tenths / 10)}.${tenths % 10}%`;
};
export const weightToPercent = (points: number): string => {
  const percent = points / 100;
  return Number.isInteger(percent) ? String(percent) : percent.toFixed(2).replace(/0+$/, '');
};

/** A rate's numerator and denominator as people count: satisfaction weighs a person by 10,000; the combined rate is made of the others and has none. */
export function rateWorking(name: string, share: { numerator: number | string; denominator: number | string } | undefined): string {
  const ONE_PERSON = name === 'satisfaction' ? 10_000 : 1;
  if (!Number(share?.denominator) || name === 'combined') return '';
  return `${Number((Number(share!.numerator) / ONE_PERSON).toFixed(1))} / ${Number(share!.denominator) / ONE_PERSON}`;
}
