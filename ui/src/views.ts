// Saved views: one's own and those the office shares. Read once for each list, and again when one was changed.
import { reactive } from 'vue';
import { get, query } from './api';
import { fieldNamed, session, typeNamed } from './session';
import type { Page, RecordData } from './types';

export interface SavedView {
  id: number;
  version: number;
  name: string;
  list: string;
  path: string;
  query: Record<string, string>;
  shared: boolean;
  mine: boolean;
}
const kept = reactive(new Map<string, SavedView[]>());

/** Conditions and columns as one address; the order of its parts says nothing. */
export const sameAddress = (one: Record<string, string>, other: Record<string, string>): boolean => {
  const plain = (parts: Record<string, string>) =>
    JSON.stringify(
      Object.entries(parts)
        .filter(([, value]) => value)
        .sort(),
    );
  return plain(one) === plain(other);
};
export const mayKeep = (list: string): boolean =>
  fieldNamed('saved_view', 'list')?.choices?.some((choice) => choice.name === list) ?? false;
const pathOf = (list: string): string =>
  ['problem', 'appeal', 'round'].includes(list) ? `/${typeNamed(list)?.plural}` : `/records/${typeNamed(list)?.plural}`;

function viewOf(record: RecordData): SavedView {
  const parts = Object.fromEntries(new URLSearchParams(String(record.query ?? '')));
  const list = String(record.list);
  return {
    id: record.id,
    version: record.version,
    name: String(record.name),
    list,
    path: pathOf(list),
    query: record.columns ? { ...parts, columns: String(record.columns) } : parts,
    shared: record.shared === true,
    mine: record.user === session.value?.user.id,
  };
}
export async function readViews(list: string): Promise<void> {
  if (!typeNamed('saved_view')) return;
  const page = await get<Page>(`/api/v1/saved_views${query({ list, state: 'active', limit: 200 })}`);
  kept.set(
    list,
    page.items.map(viewOf).sort((one, other) => Number(other.shared) - Number(one.shared) || one.id - other.id),
  );
}
export const viewsOf = (list: string): SavedView[] => kept.get(list) ?? [];
export async function allViews(): Promise<SavedView[]> {
  if (!typeNamed('saved_view')) return [];
  return (await get<Page>('/api/v1/saved_views?state=active&limit=200')).items.map(viewOf);
}
/** An address as the record keeps it. */
export function addressParts(parts: Record<string, string>): { query: string; columns: string } {
  const { columns = '', ...rest } = parts;
  return { query: query(rest).slice(1), columns };
}
