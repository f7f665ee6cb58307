// Dates as people type them, with or without the year, in whichever way offices write them. Pure; what cannot be a date is null, never a guess.
import { dayNumber, dayOf } from './format';

const two = (number: number): string => String(number).padStart(2, '0');
const WHOLE = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$/;
const WITHOUT_YEAR = /^(\d{1,2})[-/.月](\d{1,2})[日号]?$/;
const DIGITS = /^(\d{4})(\d{2})(\d{2})$/;
const TIME = /^(\d{1,2})(?:[:时点](\d{2})?分?)$|^(\d{2})(\d{2})$/;
/** The date ends at a white space, a T, or behind eight digits or 日. */
const MOMENT = /^(\S*?[日号]|\d{8}|[^\sT]+)(?:[\sT]*)(\S*)$/;
export const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
export const ISO_MOMENT = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}$/;

/** A day that the calendar has; 2026-02-30 is none. */
function day(year: number, month: number, date: number): string | null {
  const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`;
  return year >= 1900 && year < 2200 && month >= 1 && month <= 12 && date >= 1 && date <= 31 && dayOf(dayNumber(text)) === text
    ? text
    : null;
}

/** 2026-11-30, 2026/11/30, 2026.11.30, 2026年11月30日, 20261130; 11-30, 11月30日 (of this year). */
export function readDate(typed: string, today: string): string | null {
  const text = typed
    .normalize('NFKC')
    .trim()
    .replace(/\s*([-/.年月])\s*/g, '$1');
  const whole = WHOLE.exec(text) ?? DIGITS.exec(text);
  if (whole) return day(Number(whole[1]), Number(whole[2]), Number(whole[3]));
  const short = WITHOUT_YEAR.exec(text);
  return short ? day(Number(today.slice(0, 4)), Number(short[1]), Number(short[2])) : null;
}

function readTime(text: string): string | null {
  if (!text) return '00:00';
  const found = TIME.exec(text);
  if (!found) return null;
  const hour = Number(found[1] ?? found[3]),
    minute = Number(found[2] ?? found[4] ?? 0);
  return hour < 24 && minute < 60 ? `${two(hour)}:${two(minute)}` : null;
}

/** A date with a time of the day, midnight when there is none: "2026-11-30T09:00". */
export function readMoment(typed: string, today: string): string | null {
  const parts = MOMENT.exec(typed.normalize('NFKC').trim());
  const date = parts && readDate(parts[1]!, today),
    time = parts && readTime(parts[2]!);
  return date && time ? `${date}T${time}` : null;
}
