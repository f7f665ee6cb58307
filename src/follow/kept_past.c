/* The past view that was looked at last (kept_past.h). Folding the journal costs a pass over every record that changed since; whoever looks
   at last quarter's end looks again: another grouping, the list behind a figure, the next colleague. */
#include "follow/kept_past.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/heap.h"

#define PAST_KEPT (INT64_C(600) * MOMENT_SECOND)

struct past { const struct past_kind *kind; int64_t number; int uses; /* by atomic operations */ void *figures; };

static struct past *past_use(struct past *past) {
  if (past) __atomic_add_fetch(&past->uses, 1, __ATOMIC_RELAXED);
  return past;
}

void past_free(struct past *past) {
  if (!past || __atomic_sub_fetch(&past->uses, 1, __ATOMIC_ACQ_REL) > 0) return;
  past->kind->let_go(past->figures);
  free(past->figures);
  free(past);
}

const void *past_figures(const struct past *past) { return past->figures; }

enum store_error past_once(const struct past_kind *kind, struct reader *reader, int64_t number, struct past **out) {
  struct past *past = HEAP_NEW(struct past);
  *past = (struct past){.kind = kind, .number = number, .uses = 1, .figures = heap_zeroed(1, kind->size)};
  enum store_error error = kind->read(reader, number, past->figures);
  if (error) past_free(past);
  *out = error ? NULL : past;
  return error;
}

void kept_past_make(struct kept_past *kept, const struct past_kind *kind) {
  *kept = (struct kept_past){.kind = kind};
  pthread_mutex_init(&kept->lock, NULL);
}

/* What stood there is given back outside the lock. */
static struct past *exchange(struct kept_past *kept, struct past *past) {
  struct past *before = kept->last;
  kept->last = past;
  return before;
}

static struct past *find(struct kept_past *kept, int64_t number) {
  pthread_mutex_lock(&kept->lock);
  struct past *past = kept->last && kept->last->number == number ? past_use(kept->last) : NULL;
  if (past) kept->asked = moment_system();
  pthread_mutex_unlock(&kept->lock);
  return past;
}

/* head: of the snapshot it was read from; what was destroyed behind that is still in it. */
static void keep(struct kept_past *kept, struct past *past, int64_t head) {
  struct past *before = NULL;
  pthread_mutex_lock(&kept->lock);
  if (kept->destroyed <= head) {
    before = exchange(kept, past_use(past));
    kept->asked = moment_system();
  }
  pthread_mutex_unlock(&kept->lock);
  past_free(before);
}

enum store_error kept_past_get(struct kept_past *kept, struct reader *reader, int64_t number, struct past **past) {
  struct head head;
  *past = find(kept, number);
  if (*past) return STORE_OK;
  enum store_error error = reader_head(reader, &head);
  if (!error) error = past_once(kept->kind, reader, number, past);
  if (!error) keep(kept, *past, head.number);
  return error;
}

void kept_past_drop(struct kept_past *kept, int64_t destroyed) {
  pthread_mutex_lock(&kept->lock);
  struct past *before = exchange(kept, NULL);
  if (destroyed > kept->destroyed) kept->destroyed = destroyed;
  pthread_mutex_unlock(&kept->lock);
  past_free(before);
}

void kept_past_rest(struct kept_past *kept, int64_t now) {
  struct past *before = NULL;
  pthread_mutex_lock(&kept->lock);
  if (kept->last && now - kept->asked > PAST_KEPT) before = exchange(kept, NULL);
  pthread_mutex_unlock(&kept->lock);
  past_free(before);
}

int64_t kept_past_number(struct kept_past *kept) {
  pthread_mutex_lock(&kept->lock);
  int64_t number = kept->last ? kept->last->number : 0;
  pthread_mutex_unlock(&kept->lock);
  return number;
}
