// The envelopes of policies before they are made (docs/api.md, Policies).
import type { Colour, Judgement, Labels, RecordData } from './types';

export interface ColourRule {
  colour: Colour;
  rule: string;
  than?: number | null;
}
export interface RuleKind {
  name: string;
  label: string;
  least?: number;
  most?: number;
}
export interface ColourPreset {
  name: string;
  label: string;
  source: string;
  note: string;
  rules: ColourRule[];
}
export interface ColourPresets {
  rules: RuleKind[];
  items: ColourPreset[];
  journal: number;
}
export interface MatrixCell {
  from: Colour;
  to: Colour;
  count: number;
}
export interface PolicyPreview {
  at: string;
  policy: number | null;
  total: number;
  changed: number;
  matrix: MatrixCell[];
  by_unit: { lead_unit: number | null; total: number; changed: number; matrix: MatrixCell[] }[];
  examples: { record: RecordData; from: Judgement; to: Judgement }[];
  after: number | null;
  labels: Labels;
  journal: number;
}
