// Whether the screen is a phone's: lists then show fewer columns instead of scrolling sideways.
import { onScopeDispose, ref, type Ref } from 'vue'

export function useNarrow(): Ref<boolean> {
  const query = matchMedia('(max-width: 760px)')
  const narrow = ref(query.matches)
  const change = () => { narrow.value = query.matches }
  query.addEventListener('change', change)
  onScopeDispose(() => query.removeEventListener('change', change))
  return narrow
}
