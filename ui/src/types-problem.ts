// The envelopes of what stands beside a problem or a plan (docs/api.md: Hand-overs, Progress over time) and of the leaders' boards.
import type { ColourCounts, Labels, RecordData } from './types';

export interface Holder {
  unit: number | null;
  from: string;
  to: string | null;
  provisional: boolean;
  how: string;
  how_label: string;
  cycle: number;
  own_due: string | null;
  days: number;
  overdue_days: number;
  own_overdue_days: number;
}
export interface Holders {
  holders: Holder[];
  days: number;
  overdue_days: number;
  transfers: number;
  steps: { type: 'transfer' | 'ruling'; record: RecordData }[];
  labels: Labels;
  journal: number;
}
export interface CurvePoint {
  date: string;
  planned: number | null;
  accepted: number | null;
}
export interface Progress {
  cycle: number;
  baseline_on: string | null;
  at: string;
  today: string;
  planned: number | null;
  accepted: number;
  curve: CurvePoint[];
  journal: number;
}
export interface BaselineStep {
  problem: number;
  measure: number;
  start: string | null;
  due: string;
  weight: number;
}
export interface PlanProgress extends Omit<Progress, 'cycle'> {
  baseline: number | null;
  problems: { problem: number; planned: number | null; accepted: number }[];
  baselines: { number: number; on: string; steps: BaselineStep[] }[];
}
export interface IndicatorPoint {
  date: string;
  value: string;
  expected?: string | null;
  reached?: number | null;
  source?: string | null;
}
export interface IndicatorCurve {
  name: string;
  measured_in: string | null;
  base: IndicatorPoint;
  now: IndicatorPoint | null;
  goal: IndicatorPoint;
  expected_today: string | null;
  reached: number | null;
  values: IndicatorPoint[];
  journal: number;
}
export interface Board {
  board: string;
  label: string;
  total: number;
  colours: ColourCounts;
  address: string;
  items: RecordData[];
}
export interface Boards {
  boards: Board[];
  labels: Labels;
  journal: number;
}
export interface Precedents {
  items: { record: RecordData; points: number }[];
  labels: Labels;
  journal: number;
}
export interface HandOverSlip {
  record: RecordData;
  items: { kind: string; type: string; id: number; state: string }[];
  labels: Labels;
  journal: number;
}
export interface Reassignment {
  rehearsed: boolean;
  entry: number | null;
  moved: number[];
  refused: { id: number; code: string; sentence: string }[];
  journal: number;
}
