// The envelopes behind the leaders' screens that no other page reads (docs/api.md: Definitions, Appeals in groups).
import type { Labels } from './types';

export interface Rate {
  rate: number | null;
  numerator: number | string;
  denominator: number | string;
  shown: string | null;
}
export interface RateValues {
  counts: Record<string, number>;
  rates: Record<string, Rate>;
  ranked: boolean;
}
export interface Rates {
  definitions_version: number;
  on: string;
  policy: { reached_least: number; ranked_least: number };
  rates: { name: string; label: string; text: string }[];
  counts: { name: string; label: string; text: string }[];
  all: RateValues;
  labels: Labels;
  journal: number;
}
export interface Growth {
  lately: number;
  weeks: number;
  expected?: string;
  growth?: string;
}
export interface AppealGroup {
  id: number;
  class: number;
  name: { id: number; title: string; unit: number | null } | null;
  members: number;
  problems: { id: number; count: number }[];
  places: number;
  growth: Growth;
  shown: { id: number; title: string } | null;
}
export interface AppealGroups {
  items: AppealGroup[];
  total: number;
  labels: Labels;
  journal: number;
}
export interface CurveSide {
  buckets: number;
  appeals: number;
}
export interface ReboundCurve {
  closed_on: string | null;
  before: CurveSide;
  after: CurveSide;
  ratio: string | null;
  journal: number;
}
export interface Measured {
  numerator: number;
  denominator?: number;
  rate?: number | null;
  shown?: string | null;
}
export interface UnitValues {
  key: number;
  label?: string;
  kind?: string;
  ranked?: boolean;
  own: number[][];
  below?: number[][];
}
export interface ValuesByUnit {
  definitions_version: number;
  ranked_least: number;
  names: string[];
  all: Record<string, Measured>;
  groups: UnitValues[];
  labels: Labels;
  journal: number;
}
