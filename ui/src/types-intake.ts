// What GET /api/v1/appeals/{id}/suggestions and POST /api/v1/appeals/suggest answer.
import type { Labels } from './types';

export type Near = {
  event: number;
  class: number;
  score: string;
  own: boolean;
  members: number;
  shown: { id: number; number: string; title: string; place: string | null; made_at: string | null; unit: number | null } | null;
  text: string | null;
};
export type Learnt = {
  model: 'none' | 'learning' | 'ready';
  learnt_from?: number;
  classes?: number;
  words: { word: string; share: number }[];
};
export type Warning = { field: string; kind: string; label: string; at: number; length: number; words: string };
export type Suggestions = {
  nearest: { items: Near[] };
  category: Learnt & { choices: { category: string; certainty: number }[]; program_decides: boolean };
  unit: Learnt & { choices: { unit: number; certainty: number }[] };
  places: string[];
  clocks: { contact: string | null; answer: string | null; solve: string | null; by_weekends: boolean };
  warnings: Warning[];
  labels: Labels;
};
