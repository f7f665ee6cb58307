// Half-finished text of any form: kept by the browser for each user, until it is sent or the user signs out.
import { onScopeDispose, watch, type Ref } from 'vue';

const STEM = 'bihuan.draft.';
let owner = 0;
export function draftsOf(user: number): void {
  owner = user;
}
const place = (name: string): string => `${STEM}${owner}.${name}`;

export function readDraft<T>(name: string): T | null {
  const kept = localStorage.getItem(place(name));
  if (!kept) return null;
  try {
    return JSON.parse(kept) as T;
  } catch {
    return null;
  }
}
export function keepDraft(name: string, value: unknown): void {
  try {
    localStorage.setItem(place(name), JSON.stringify(value));
  } catch {
    /* the browser keeps nothing: then a reload loses it */
  }
}
export function dropDraft(name: string): void {
  localStorage.removeItem(place(name));
}
export function dropAllDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(`${STEM}${owner}.`)) localStorage.removeItem(key);
}

/** Refs of a small form that keep what was typed; `sent` drops it. */
export function draftOf(name: string, parts: Record<string, Ref<unknown>>): { sent: () => void } {
  const kept = readDraft<Record<string, unknown>>(name);
  if (kept) for (const [part, value] of Object.entries(kept)) if (parts[part]) parts[part].value = value;
  let over = false;
  const stop = watch(Object.values(parts), () => {
    if (!over) keepDraft(name, Object.fromEntries(Object.entries(parts).map(([part, value]) => [part, value.value])));
  });
  onScopeDispose(stop);
  return {
    sent: () => {
      over = true;
      dropDraft(name);
    },
  };
}
