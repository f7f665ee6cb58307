// Which columns a list shows and in what order: from the address, else as this user last chose for this list, else the usual ones.
import { computed, ref, type Ref } from 'vue';
import { useRoute } from 'vue-router';
import { session } from './session';

export interface Named {
  key: string;
  label: string;
}

export function chosenColumns<C extends Named>(
  list: string,
  all: Ref<C[]>,
  usual: Ref<string[]>,
  set: (changes: Record<string, string | null>) => void,
) {
  const route = useRoute();
  const keptAs = `bihuan.columns.${session.value?.user.id ?? 0}.${list}`;
  const kept = ref((localStorage.getItem(keptAs) ?? '').split(',').filter(Boolean));
  const known = (keys: string[]) =>
    keys.filter((key, index) => keys.indexOf(key) === index && all.value.some((column) => column.key === key));
  const asked = computed(() => known(String(route.query.columns ?? '').split(',')));
  const keys = computed(() => (asked.value.length ? asked.value : known(kept.value).length ? known(kept.value) : known(usual.value)));
  const columns = computed(() => keys.value.map((key) => all.value.find((column) => column.key === key)!));
  function choose(next: string[] | null): void {
    kept.value = next ?? [];
    if (next) localStorage.setItem(keptAs, next.join(','));
    else localStorage.removeItem(keptAs);
    set({ columns: next && next.join(',') !== known(usual.value).join(',') ? next.join(',') : null });
  }
  return { keys, columns, choose };
}
