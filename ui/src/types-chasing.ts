// The envelope of the chase list (docs/api.md, Tasks).
import type { Labels, RecordData } from './types';

export interface LastChase {
  id: number;
  state: string;
  by: string;
  said_on: string;
  chased_by: number | null;
  person: string | null;
  due: string | null;
  replied_on: string | null;
  reply: string | null;
}
export interface Chased {
  times: number;
  by_clock: number;
  by_people: number;
  last_on: string | null;
  last: LastChase | null;
}
export interface ChaseItem {
  record: RecordData;
  type: string;
  unit: number | null;
  waits_for: string;
  due: string | null;
  days: number;
  chased: Chased;
}
export interface ChaseKind {
  name: string;
  label: string;
  type: string;
  waits_for: string;
  count: number;
}
export interface ChaseList {
  on: string;
  what: string;
  kinds: ChaseKind[];
  units: { unit: number | null; count: number }[];
  items: ChaseItem[];
  total: number;
  next: number | null;
  labels: Labels;
  journal: number;
}
