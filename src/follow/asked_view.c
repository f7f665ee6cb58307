/* Views that stand while somebody asks: asked_view.h. */
#include "follow/asked_view.h"

#include "follow/house.h"

#define KEPT (INT64_C(3600) * MOMENT_SECOND)

static enum store_error head_number(struct store *store, int64_t *number) {
  struct reader *reader = NULL;
  struct head head = {0};
  enum store_error error = store_reader(store, &reader);
  if (!error) error = reader_head(reader, &head);
  if (reader) reader_release(reader);
  *number = head.number;
  return error;
}

enum store_error asked_view_begin(struct asked_view *view, const struct asked_kind *kind, void *of, struct house *house, int64_t *at) {
  *view = (struct asked_view){.kind = kind, .of = of, .house = house};
  pthread_rwlock_init(&view->lock, NULL);
  return head_number(house->store, at);
}

void asked_view_end(struct asked_view *view) {
  view->kind->let_go(view->of);
  pthread_rwlock_destroy(&view->lock);
}

static bool stands(const struct asked_view *view, int64_t number, bool wants_more) {
  return view->asked && view->kind->number(view->of) >= number && (!wants_more || view->kind->has_more(view->of));
}

static enum store_error reach(struct asked_view *view, bool wants_more) {
  struct reader *reader = NULL;
  enum store_error error = store_reader_now(view->house->store, &reader);
  if (!error) error = view->kind->reach(view->of, reader, view->asked != 0, wants_more);
  if (!error) view->asked = moment_system();
  if (reader) reader_release(reader);
  return error;
}

enum store_error asked_view_ask(struct asked_view *view, bool wants_more, asked_sink *sink, void *with) {
  int64_t number = 0;
  enum store_error error = head_number(view->house->store, &number);
  if (error) return error;
  pthread_rwlock_rdlock(&view->lock);
  while (!error && !stands(view, number, wants_more)) {
    pthread_rwlock_unlock(&view->lock);
    pthread_rwlock_wrlock(&view->lock);
    error = reach(view, wants_more);
    pthread_rwlock_unlock(&view->lock);
    pthread_rwlock_rdlock(&view->lock);
  }
  if (!error) {
    __atomic_store_n(&view->asked, moment_system(), __ATOMIC_RELAXED);
    sink(with);
  }
  pthread_rwlock_unlock(&view->lock);
  return error;
}

void asked_view_apply(struct asked_view *view, const struct entry *entry) {
  pthread_rwlock_wrlock(&view->lock);
  if (view->asked && entry->number > view->kind->number(view->of)) view->kind->apply(view->of, entry);
  pthread_rwlock_unlock(&view->lock);
}

/* Who is asking holds the lock for reading: then it is no time to rest. */
void asked_view_rest(struct asked_view *view, int64_t now) {
  if (pthread_rwlock_trywrlock(&view->lock)) return;
  if (view->asked && now - view->asked > KEPT) {
    view->kind->let_go(view->of);
    view->asked = 0;
  }
  pthread_rwlock_unlock(&view->lock);
}
