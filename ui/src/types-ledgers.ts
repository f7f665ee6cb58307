// The envelopes of ledgers coming in (docs/api.md, Files) and of what is watched (Definitions).
import type { Labels, RecordData } from './types';

export interface LedgerReport {
  created: number;
  unchanged: number;
  changed: number;
  conflict: number;
  missing: number;
  reappeared: number;
  errors: number;
  equal_texts: number;
  rows: number;
  resumed?: boolean;
}
export interface LedgerError {
  row: number;
  sheet?: string;
  cell?: string;
  column?: string | null;
  field?: string | null;
  code: string;
  word?: string;
  sentence: string;
}
export interface LedgerRow {
  class: string;
  row: number;
  sheet?: string;
  number: string | null;
  title: string;
  id?: number;
}
export interface LedgerHint {
  row: number;
  sheet?: string;
  cell?: string;
  code: string;
  message: string;
  message_en?: string;
  key?: string;
  problem?: { id: number; number: string | null; title: string };
}
/** A column of the file and what it was taken for; words that are no category of the campaign's own list. */
export interface ColumnTold {
  header: string;
  field: string;
  told: boolean;
  sheets: number;
  samples: string[];
}
export interface WordTold {
  text: string;
  count: number;
  category?: number;
  near: number[];
}
/** A word where a unit should stand that is no name of one unit, in how many cells, and the unit it was told to be. */
export interface UnitTold {
  text: string;
  count: number;
  unit?: { id: number; name: string };
  near: { id: number; name: string }[];
}
export interface LedgerConflict {
  row: number;
  number: string | null;
  id: number;
  message: string;
  message_en?: string;
}
export interface StagedLedger {
  import: string;
  report: LedgerReport;
  errors: LedgerError[];
  rows?: LedgerRow[];
  hints?: LedgerHint[];
  conflicts?: LedgerConflict[];
  columns?: ColumnTold[];
  fields?: { name: string; label: string; joins: boolean }[];
  categories?: WordTold[];
  own_categories?: { id: number; name: string }[];
  units?: UnitTold[];
  mapping?: string;
  mapping_by?: 'none' | 'asked' | 'unit';
  left_out?: number;
  leave_out?: boolean;
  historic?: boolean;
  file_hash?: string | null;
  journal: number;
}
/** What oneself uploaded: not written yet, cut off, or with a report to print. */
export interface Upload {
  import: string;
  state: 'waiting' | 'begun' | 'written';
  type: string;
  file_name: string | null;
  records: number;
  errors: number;
  taken: string;
}
export interface MigrationReport {
  import: string;
  file_name: string | null;
  file_hash: string;
  mapping: string;
  base_line: string | null;
  complete: boolean;
  rows: number;
  created: number;
  unchanged: number;
  changed: number;
  conflict: number;
  missing: number;
  reappeared: number;
  left_out: number;
  errors_found: number;
  errors: { sheet?: string; cell?: string; row?: number; header?: string; code: string; message: string }[];
  hints: { cell?: string; code: string; message: string }[];
  inferred_dates: { sheet: string | null; row: number; number: string | null; text: string; date: string; how: string }[];
  conflicts: LedgerConflict[];
  who: string;
  when: string;
  written: boolean;
  resumed?: boolean;
  journal_last?: number;
}

export interface Rule {
  code: number;
  name: string;
  label: string;
  sentence?: string;
  source: string;
  count: number;
}
export interface Invariants {
  on: string;
  problems: number;
  rules: Rule[];
  items: { record: RecordData; rules: string[] }[];
  next: number | null;
  labels: Labels;
  journal: number;
}
export interface Signals {
  on: string;
  problems: number;
  signals: Rule[];
  items: { record: RecordData; signals: { name: string; sentence: string }[] }[];
  next: number | null;
  labels: Labels;
  journal: number;
}
