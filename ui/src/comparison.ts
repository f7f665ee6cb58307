// A comparison as a page reads it: both ends stand in the address, or are what the page takes when none does; with the figures come a few of each group.
import { computed, watch } from 'vue';
import { useRoute } from 'vue-router';
import { get, query } from './api';
import { several, useCampaign } from './campaign';
import { loader } from './loading';
import type { Comparison } from './types-rounds';

/** Of each group, beside the figures: more than are shown, as what stands in one group is not told again in the next. */
const EACH = 8;
export interface Ends {
  from: string;
  to: string;
}

export function useComparison(usual: () => Ends | null = () => null) {
  const route = useRoute();
  const { chosen } = useCampaign();
  const asked = (name: string) => (typeof route.query[name] === 'string' ? String(route.query[name]) : '');
  const ends = computed<Ends>(() =>
    asked('from') && asked('to') ? { from: asked('from'), to: asked('to') } : (usual() ?? { from: '', to: '' }),
  );
  const ready = computed(() => ends.value.from !== '' && ends.value.to !== '');
  /** What is asked of the server, and stands in the addresses of lists. */
  const conditions = computed(() => ({ ...ends.value, ...(chosen.value ? { campaign: String(chosen.value) } : {}) }));
  const { data, failure, loading, load } = loader(() =>
    get<Comparison>(`/api/v1/rounds/compare${query({ ...conditions.value, each: EACH })}`),
  );
  watch(
    () => JSON.stringify(conditions.value),
    () => {
      if (ready.value) void load();
    },
    { immediate: true },
  );
  return { ends, ready, conditions, data, failure, loading, load, mixed: computed(() => several.value && !chosen.value) };
}
