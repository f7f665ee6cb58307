// What changed on the server, as it happens: one stream for all pages, with a short pause so that a burst gives one refresh.
// A page that holds an open dialog is not refreshed under the writer's hands: it gets `stale` and offers a button.
import { onScopeDispose, ref, watch, type Ref } from 'vue';
import { journal } from './api';
import type { ChangeEvent } from './types';

type Listener = (events: ChangeEvent[]) => void;
const listeners = new Set<Listener>();
const PAUSE = 400;
let waiting: ChangeEvent[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

/** How many dialogs are open: while any is, nothing is refreshed by itself. */
export const openDialogs = ref(0);

const AGAIN = 10_000;

export function listen(again = false): void {
  const stream = new EventSource('/api/v1/events');
  let greeted = again;
  const take = (message: Event): void => {
    const event = JSON.parse((message as MessageEvent<string>).data) as ChangeEvent;
    if (event.journal > journal.value) journal.value = event.journal;
    waiting.push(event);
    clearTimeout(timer);
    timer = setTimeout(flush, PAUSE);
  };
  stream.addEventListener('change', take);
  // A stream that came back has told nothing of what happened meanwhile: look again.
  stream.addEventListener('hello', (message) => {
    if (greeted) take(message);
    greeted = true;
  });
  // A browser comes back by itself after a lost connection, but never after a refusal (the store busy or gone).
  stream.addEventListener('error', () => {
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => listen(true), AGAIN);
  });
}

function flush(): void {
  const events = waiting;
  waiting = [];
  for (const listener of listeners) listener(events);
}

const typing = (): boolean => {
  const active = document.activeElement;
  return active instanceof HTMLElement && active.matches('input:not([type=checkbox]):not([type=radio]), textarea, select');
};

/** Rows do not move under the pointer, nor under the row one stands on. */
const walking = (): boolean => document.querySelector('.vt-body:hover, .vt-in:focus, .bulk') !== null;

/** Calls `load` when something of these types changed; returns how much waits for a button (false: nothing). */
export function refreshOn(concerns: (event: ChangeEvent) => boolean, load: () => unknown): Ref<number | boolean> {
  const stale = ref<number | boolean>(false);
  const waiting = new Set<string>();
  watch(stale, (some) => {
    if (!some) waiting.clear();
  });
  const listener: Listener = (events) => {
    const ours = events.filter((event) => event.type === undefined || concerns(event));
    if (!ours.length) return;
    if (openDialogs.value > 0 || typing() || walking()) {
      for (const event of ours) waiting.add(`${event.type} ${event.id}`);
      stale.value = waiting.size;
    } else void load();
  };
  listeners.add(listener);
  onScopeDispose(() => listeners.delete(listener));
  return stale;
}
