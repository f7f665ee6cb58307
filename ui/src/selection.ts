// Rows chosen in a list, as in Excel: one by one, or from the last one to this one with Shift.
import { computed, reactive, type Ref } from 'vue';
import type { RecordData } from './types';

export function selection(rows: Ref<RecordData[]>) {
  const chosen = reactive(new Map<number, RecordData>());
  let anchor = -1;
  function pick(index: number, range = false): void {
    const row = rows.value[index];
    if (!row) return;
    if (range && anchor >= 0) {
      for (const one of rows.value.slice(Math.min(anchor, index), Math.max(anchor, index) + 1)) chosen.set(one.id, one);
      return;
    }
    anchor = index;
    if (!chosen.delete(row.id)) chosen.set(row.id, row);
  }
  const all = computed(() => rows.value.length > 0 && rows.value.every((row) => chosen.has(row.id)));
  function pickAll(): void {
    const wanted = !all.value;
    for (const row of rows.value) {
      if (wanted) chosen.set(row.id, row);
      else chosen.delete(row.id);
    }
  }
  function clear(): void {
    chosen.clear();
    anchor = -1;
  }
  return { chosen, pick, all, pickAll, clear, has: (row: RecordData) => chosen.has(row.id) };
}
