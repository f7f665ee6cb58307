// Whether the screen is a phone's: lists then show fewer columns instead of scrolling sideways.
import { onScopeDispose, ref, type Ref } from 'vue';

export const useNarrow = (): Ref<boolean> => useWidth('(max-width: 760px)');
/** A drawing's column between a phone's and a desk's: what is drawn at one size would shrink its words. */
export const useMiddling = (): Ref<boolean> => useWidth('(min-width: 761px) and (max-width: 1339px), print');

function useWidth(asked: string): Ref<boolean> {
  const query = matchMedia(asked);
  const narrow = ref(query.matches);
  const change = () => {
    narrow.value = query.matches;
  };
  query.addEventListener('change', change);
  onScopeDispose(() => query.removeEventListener('change', change));
  return narrow;
}
