// Reads what a page shows: keeps the old answer while a new one comes, drops answers that were overtaken.
import { ref, shallowRef } from 'vue';
import { ApiError } from './api';

export function loader<T>(read: () => Promise<T>) {
  const data = shallowRef<T | null>(null);
  const failure = ref('');
  const loading = ref(false);
  let latest = 0;
  async function load(): Promise<void> {
    const mine = ++latest;
    loading.value = true;
    try {
      const answer = await read();
      if (mine !== latest) return;
      data.value = answer;
      failure.value = '';
    } catch (problem) {
      if (mine !== latest) return;
      failure.value = problem instanceof ApiError ? problem.message : String(problem);
    } finally {
      if (mine === latest) loading.value = false;
    }
  }
  return { data, failure, loading, load };
}
