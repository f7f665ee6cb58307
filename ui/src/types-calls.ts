// What GET /api/v1/appeals/{id}/clocks answers.
import type { Labels } from './types';

export type Standing = 'none' | 'not_begun' | 'running' | 'late' | 'done_in_time' | 'done_late' | 'passed_by';
export interface Clock {
  name: 'contact' | 'answer' | 'solve';
  label: string;
  standing: Standing;
  from: string | null;
  due: string | null;
  done: string | null;
  days: number;
  working_days: number;
  counted_in: 'working' | 'natural' | 'hours' | null;
  rule: string;
}
export interface Clocks {
  clocks: Clock[];
  now: string;
  by_weekends: boolean;
  policy?: number;
  labels: Labels;
  journal: number;
}
