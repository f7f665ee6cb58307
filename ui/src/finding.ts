// One search over all records: what the API answers, and a text cut at the characters it wants marked.
import { get, query } from './api';
import type { Labels, RecordData } from './types';
import { addressOf } from './records';

export type Marks = [number, number][];
export interface Hit {
  type: string;
  plural: string;
  id: number;
  number: string | null;
  number_marks: Marks;
  title: string | null;
  title_marks: Marks;
  snippet: { field: string; text: string; marks: Marks; begins: boolean; ends: boolean } | null;
  state: string | null;
  unit: number | null;
  moment: string;
}
export interface Hits {
  items: Hit[];
  next: string | null;
  count: number | null;
  counted_all: boolean;
  by_type: { type: string; count: number }[];
  ignored: string[];
  labels: Labels;
  journal: number;
}

export const search = (conditions: Record<string, string | number | undefined>): Promise<Hits> =>
  get<Hits>(`/api/v1/search${query(conditions as Record<string, string>)}`);

/** The page of a hit; of what has none of its own, the page of its list. */
export const hitAddress = (hit: Hit): string => addressOf(hit.type, { id: hit.id } as RecordData) ?? `/records/${hit.plural}/${hit.id}`;

export interface Piece {
  text: string;
  marked: boolean;
}
/** Marks count characters (code points), not UTF-16 units. */
export function pieces(text: string, marks: Marks): Piece[] {
  const characters = [...text],
    result: Piece[] = [];
  let at = 0;
  for (const [from, before] of marks) {
    if (from > at) result.push({ text: characters.slice(at, from).join(''), marked: false });
    result.push({ text: characters.slice(from, before).join(''), marked: true });
    at = before;
  }
  if (at < characters.length) result.push({ text: characters.slice(at).join(''), marked: false });
  return result;
}

/** Is it enough to ask for, or is somebody still typing? One Chinese character is not. */
export const enough = (text: string): boolean => [...text.trim()].length > 1;
