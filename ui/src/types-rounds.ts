// The envelopes of rounds (docs/api.md, Rounds).
import type { Colour, Labels, RecordData, Value } from './types';

export interface Slip {
  id: number;
  number: number;
  problem: number | null;
  figure: string;
  was: string | null;
  corrected: string;
  why: string;
  made_on: string | null;
}
export interface End {
  round: number | null;
  number?: number;
  name?: string;
  frozen_table?: number;
  hash?: string;
  cutoff: string | null;
  journal_number: number;
  definitions: number;
  destroyed: number;
  slips: Slip[];
}
export interface Flow {
  opening: number;
  added: number;
  reopened: number;
  moved_in: number;
  closed: number;
  withdrawn: number;
  merged: number;
  moved_out: number;
  closing: number;
  balances: boolean;
}
/** How many of a unit's or category's problems have a worse or better colour than before. */
export interface Turned {
  worse: number;
  better: number;
}
export interface Side {
  problems: number;
  open: number;
  colours: Record<Colour, number>;
}
/** With the figures come the first few of each, where the page asks for them. */
export interface Group {
  group: string;
  label: string;
  count: number;
  items?: ComparedItem[];
}
export interface LateAnswer {
  answer: number;
  unit: number;
  state: string;
  missing: boolean;
  reminded: number;
}
export interface Comparison {
  from: End;
  to: End;
  groups: Group[];
  identity: Flow;
  before: Side;
  after: Side;
  by_unit: (Flow & Turned & { unit: number })[];
  by_category: (Flow & Turned & { category: string | null; label: string | null })[];
  late: LateAnswer[];
  labels: Labels;
  journal: number;
}
export interface Figures {
  state: string;
  colour: Colour | null;
  lead_unit: number | null;
  due: string | null;
  progress: number | null;
}
export interface ComparedItem {
  id: number;
  number: string | null;
  title: string | null;
  before: Figures | null;
  after: Figures | null;
  changes: { field: string; label: string; old: Value; new: Value }[];
  slips_before: Slip[];
  slips_after: Slip[];
}
export interface ComparedGroup {
  from: End;
  to: End;
  group: string;
  items: ComparedItem[];
  next: number | null;
  labels: Labels;
  journal: number;
}

export interface AnswerCell {
  field: string;
  label: string;
  value: Value;
  prefilled: boolean;
}
/** A problem in work without a progress note since the last round, as the ledger has it. */
export interface Lacking {
  id: number;
  number: string | null;
  title: string;
  colour: Colour | null;
  due: string | null;
  progress: number;
  reported_on: string | null;
}
export interface AnswerDraft {
  round: RecordData;
  answer: RecordData;
  form: AnswerCell[];
  prefilled: number;
  fields: number;
  states: { state: string; label: string; count: number }[];
  lacking: Lacking[];
  warning: string | null;
  labels: Labels;
  journal: number;
}

export interface IdentityFlow {
  begin: number;
  added: number;
  reopened: number;
  moved_in: number;
  closed: number;
  withdrawn: number;
  merged: number;
  voided: number;
  moved_out: number;
  end: number;
  holds: boolean;
}
export interface Identities {
  holds: boolean;
  from: number;
  to: number;
  whole: IdentityFlow;
  units: (IdentityFlow & { unit: number })[];
  break_count: number;
  breaks: { identity: string; problem: number; sentence: string }[];
  labels: Labels;
  journal: number;
}
