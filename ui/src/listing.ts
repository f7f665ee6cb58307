// A list whose conditions stand in the address: reads pages by cursor, keeps what is loaded, reads afresh when a condition changes.
import { computed, ref, shallowRef, watch } from 'vue';
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router';
import { ApiError, get, query } from './api';
import type { Labels, Page, RecordData } from './types';

export type Conditions = Record<string, string>;
const PAGE = 100;

/** `local` names parts of the address that are not conditions of the API; `usualSort` holds while the address names none. */
export function listing(plural: string, path: string, local: string[] = [], usualSort = '') {
  const route = useRoute();
  const router = useRouter();
  const rows = shallowRef<RecordData[]>([]);
  const labels = shallowRef<Labels>({});
  const total = ref<number | null>(null);
  const journalAt = ref(0);
  const next = ref<string | null>(null);
  const failure = ref('');
  const loading = ref(false);
  let latest = 0;

  const conditions = computed<Conditions>(() => {
    const result: Conditions = {};
    for (const [name, value] of Object.entries(route.query)) {
      const text = Array.isArray(value) ? value.join(',') : value;
      if (text && !local.includes(name)) result[name] = text;
    }
    return result;
  });
  /** The order that holds; words give their own. */
  const sort = computed(() => conditions.value.sort ?? (conditions.value.q ? '' : usualSort));
  const filters = computed<Conditions>(() => Object.fromEntries(Object.entries(conditions.value).filter(([name]) => name !== 'sort')));

  /** A step that the browser's back undoes; `quietly`, as while typing, it is none. */
  function set(changes: Record<string, string | null>, quietly = false): void {
    const merged: LocationQueryRaw = { ...route.query };
    for (const [name, value] of Object.entries(changes)) {
      if (value) merged[name] = value;
      else delete merged[name];
    }
    void (quietly ? router.replace({ path, query: merged }) : router.push({ path, query: merged }));
  }

  function merge(more: Labels): Labels {
    const result: Labels = { ...labels.value };
    for (const [type, names] of Object.entries(more)) result[type] = { ...result[type], ...names };
    return result;
  }

  async function read(after: string | null, limit: number): Promise<void> {
    const mine = ++latest;
    loading.value = true;
    try {
      const page = await get<Page>(
        `/api/v1/${plural}${query({ ...conditions.value, sort: sort.value || null, full: 1, limit, after, total: conditions.value.q && !after ? 1 : null })}`,
      );
      if (mine !== latest) return;
      rows.value = after ? [...rows.value, ...page.items] : page.items;
      labels.value = merge(page.labels);
      if (!after) total.value = page.total;
      next.value = page.next;
      journalAt.value = page.journal;
      failure.value = '';
    } catch (problem) {
      if (mine !== latest) return;
      failure.value = problem instanceof ApiError ? problem.message : String(problem);
      if (!after) {
        rows.value = [];
        total.value = null;
        next.value = null;
      }
    } finally {
      if (mine === latest) loading.value = false;
    }
  }
  /** Afresh, but as many rows as were there, so that the place in the list is kept. */
  const load = () => read(null, Math.min(200, Math.max(PAGE, rows.value.length)));
  const more = () => (next.value && !loading.value ? read(next.value, PAGE) : undefined);

  watch(
    () => JSON.stringify(conditions.value),
    () => {
      if (route.path === path) {
        rows.value = [];
        void read(null, PAGE);
      }
    },
    { immediate: true },
  );
  return { rows, labels, total, next, failure, loading, journalAt, conditions, sort, filters, set, load, more };
}
