// What changed on the server, as it happens: one stream for all pages, with a short pause so that a burst gives one refresh.
// A page that holds an open dialog is not refreshed under the writer's hands: it gets `stale` and offers a button.
import { onScopeDispose, ref, type Ref } from 'vue'
import { journal } from './api'
import type { ChangeEvent } from './types'

type Listener = (events: ChangeEvent[]) => void
const listeners = new Set<Listener>()
const PAUSE = 400
let waiting: ChangeEvent[] = []
let timer: ReturnType<typeof setTimeout> | undefined

/** How many dialogs are open: while any is, nothing is refreshed by itself. */
export const openDialogs = ref(0)

export function listen(): void {
  const stream = new EventSource('/api/v1/events')
  stream.addEventListener('change', (message) => {
    const event = JSON.parse((message as MessageEvent<string>).data) as ChangeEvent
    if (event.journal > journal.value) journal.value = event.journal
    waiting.push(event)
    clearTimeout(timer)
    timer = setTimeout(flush, PAUSE)
  })
}

function flush(): void {
  const events = waiting
  waiting = []
  for (const listener of listeners) listener(events)
}

const typing = (): boolean => {
  const active = document.activeElement
  return active instanceof HTMLElement && active.matches('input:not([type=checkbox]):not([type=radio]), textarea, select')
}

/** Calls `load` when something of these types changed; returns whether news waits for a button. */
export function refreshOn(concerns: (event: ChangeEvent) => boolean, load: () => unknown): Ref<boolean> {
  const stale = ref(false)
  const listener: Listener = (events) => {
    if (!events.some((event) => event.type === undefined || concerns(event))) return
    if (openDialogs.value > 0 || typing()) stale.value = true
    else void load()
  }
  listeners.add(listener)
  onScopeDispose(() => listeners.delete(listener))
  return stale
}
