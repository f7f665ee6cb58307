// The envelopes of classes of appeals, of registering from one, and of a rebound's curve (docs/api.md: Appeals in groups).
import type { Labels, RecordData } from './types';

export interface Growth {
  lately: number;
  weeks: number;
  expected?: string;
  deviation?: string;
  growth?: string;
  by_week: number[];
}
export interface ShownAppeal {
  id: number;
  number: string;
  title: string;
  place: string | null;
  made_at: string;
  unit: number | null;
}
export interface AppealGroup {
  id: number;
  class: number;
  name: { id: number; title: string; unit: number | null } | null;
  members: number;
  events: number;
  units: number;
  places: number;
  first: string | null;
  latest: string | null;
  rated: number;
  dissatisfied: number;
  linked: number;
  problems: { id: number; count: number }[];
  growth: Growth;
  shown: ShownAppeal | null;
}
export interface Groups {
  grouped_to: number;
  items: AppealGroup[];
  total: number;
  appeals: number;
  labels: Labels;
  journal: number;
}
export interface OpenedClass extends AppealGroup {
  by_unit: { unit: number | null; count: number }[];
  by_place: { place: string | null; count: number }[];
  list: string;
  labels: Labels;
  journal: number;
}
export interface Registered {
  verdict: string;
  entry: number;
  type: string;
  id: number;
  linked: number;
  remaining: number;
  journal: number;
}
export interface Alike {
  items: { record: RecordData; alike: number }[];
  labels: Labels;
  journal: number;
}
export interface CurveSide {
  buckets: number;
  appeals: number;
  others: number;
  per_thousand_others: string | null;
}
export interface ReboundCurve {
  classes: number[];
  bucket: string;
  closed_on: string | null;
  journal: number;
  buckets: { from: string; to: string; appeals: number; others: number; whole: boolean; season: string | null; adjusted: string | null }[];
  before: CurveSide;
  after: CurveSide;
  ratio: string | null;
  same_season: { buckets: number; year_before: number; after: number; ratio: string | null };
}
