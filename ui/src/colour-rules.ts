// Colour rules as people read them: which number a rule looks at and in what it is counted. Shares are basis points in the policy and percent on the page.
import type { ColourRule } from './types-policy';
import { policyWord } from './words/policy';

const UNITS: Record<string, 'days' | 'working' | 'times' | 'people' | 'share'> = {
  sent_back: 'times',
  sent_back_twice: 'times',
  failed_check: 'times',
  circle: 'times',
  strong_complaints: 'people',
  behind_plan: 'share',
  progress_below: 'share',
  time_left: 'share',
  due_working_days: 'working',
};
export const unitOf = (rule: string) => UNITS[rule] ?? 'days';
export const shownThan = (rule: ColourRule): string =>
  typeof rule.than !== 'number' ? '' : unitOf(rule.rule) === 'share' ? String(rule.than / 100) : String(rule.than);
export function thanOf(rule: string, typed: string): number | null {
  const number = Number(typed.trim());
  if (typed.trim() === '' || Number.isNaN(number)) return null;
  return unitOf(rule) === 'share' ? Math.round(number * 100) : Math.round(number);
}
export const thanText = (rule: ColourRule): string =>
  shownThan(rule) === '' ? '' : `${shownThan(rule)} ${policyWord(`unit.${unitOf(rule.rule)}`)}`;

/** The rules of a policy as it keeps them; null where it has none of its own. */
export function rulesOf(text: unknown): ColourRule[] | null {
  if (typeof text !== 'string' || !text) return null;
  try {
    return JSON.parse(text) as ColourRule[];
  } catch {
    return null;
  }
}
