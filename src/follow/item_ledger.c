/* The items' follower and who sees which (item_ledger.h). */
#include "follow/item_ledger.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "follow/asked_view.h"
#include "follow/followers_parts.h"
#include "follow/house.h"
#include "store/seal.h"

struct item_ledger {
  struct asked_view view;      /* its lock is that of what follows */
  struct items items;          /* items.journal: the number they are true at */
  struct arena *scratch;       /* one entry's */
};

/* ---- one entry ---- */

static void item_remove(struct items *items, struct record_item *item) {
  size_t at = (size_t)(item - items->items);
  memmove(item, item + 1, (items->count - at - 1) * sizeof *item);
  items->count--;
}

/* The item after an entry, from the item before. False: no body, or it cannot be read. */
static bool entry_follow(struct item_ledger *ledger, const struct record_item *before, const struct entry *entry,
                         struct record_item *after) {
  struct row *row = row_new(ledger->scratch, record_type(entry->type));
  if (before) item_to_row(before, row);
  bool read = entry->body_size && body_apply(ledger->scratch, entry, row);
  if (read) *after = item_of_row(row);
  arena_reset(ledger->scratch);
  return read;
}

/* A body destroyed since, or an edit of a voided record, leaves nothing. Ids grow, so what is new belongs at the end. */
static void item_apply(struct item_ledger *ledger, const struct entry *entry) {
  struct record_item *before = items_find(&ledger->items, entry->record), after;
  bool founds = entry->kind == ENTRY_CHANGE && entry->version == 1;
  if (entry->kind == ENTRY_DESTRUCTION) {
    if (before) item_remove(&ledger->items, before);
    return;
  }
  if (!before && !founds) return;
  if (!entry_follow(ledger, before, entry, &after)) after = before ? *before : (struct record_item){.flags = ITEM_VOIDED};
  if (after.flags & ITEM_VOIDED) {
    if (before) item_remove(&ledger->items, before);
  } else if (before) *before = after;
  else items_add(&ledger->items, &after);
}

static bool entry_apply(void *with, const struct entry *entry) {
  struct item_ledger *ledger = with;
  bool changes = entry->kind == ENTRY_CHANGE || entry->kind == ENTRY_DERIVED || entry->kind == ENTRY_DESTRUCTION;
  if (changes && item_type(entry->type)) item_apply(ledger, entry);
  ledger->items.journal = entry->number;
  ledger->items.moment = entry->moment;
  return true;
}

/* ---- the view ---- */

static int64_t view_number(const void *of) { return ((const struct item_ledger *)of)->items.journal; }
static enum store_error view_reach(void *of, struct reader *reader, bool built, bool wants_more) {
  struct item_ledger *ledger = of;
  (void)wants_more;
  if (built) return reader_journal(reader, ledger->items.journal, SIZE_MAX, entry_apply, ledger);
  items_free(&ledger->items);
  return items_read(reader, 0, &ledger->items);
}
static void view_apply(void *of, const struct entry *entry) { entry_apply(of, entry); }
static void view_let_go(void *of) { items_free(&((struct item_ledger *)of)->items); }
static const struct asked_kind ITEMS_KIND = {view_number, NULL, view_reach, view_apply, view_let_go};

/* ---- asking: a copy is taken under the lock, so that it is held alone ---- */

struct copying { const struct item_ledger *ledger; struct items *copy; };
static void copy_take(void *with) {
  const struct copying *copying = with;
  for (size_t i = 0; i < copying->ledger->items.count; i++) items_add(copying->copy, &copying->ledger->items.items[i]);
}

static enum store_error items_get(struct house *house, int64_t number, struct items *items) {
  struct reader *reader = NULL;
  *items = (struct items){0};
  if (!number && house->item_ledger)
    return asked_view_ask(&house->item_ledger->view, false, copy_take, &(struct copying){house->item_ledger, items});
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = items_read(reader, number, items);
  if (reader) reader_release(reader);
  return error;
}

/* ---- who sees which: a check is seen by who sees its problem ---- */

struct hiding { struct items *items; const struct ledger_question *question; struct reader *reader; };

static void checks_hide(void *with, const struct figures *figures) {
  const struct hiding *hiding = with;
  for (size_t i = 0; i < hiding->items->count; i++) {
    struct record_item *item = &hiding->items->items[i];
    const struct figure *problem = item->type == RECORD_CHECK ? figures_find(figures, item->problem) : NULL;
    if (item->type == RECORD_CHECK && !(problem && figure_in_scope(problem, hiding->question->scope, hiding->reader)))
      item->flags |= ITEM_VOIDED;
  }
}

static bool shows(const struct ledger_question *question, const struct record_item *item) {
  const struct scope *scope = item->type == RECORD_CASE ? question->cases : question->mechanisms;
  if ((item->flags & ITEM_VOIDED) || (question->campaign && item->campaign != question->campaign)) return false;
  return item->type == RECORD_CHECK || question->scope == &SCOPE_SYSTEM || (scope && item_in_scope(item, scope));
}

enum store_error ledger_items(struct house *house, const struct ledger_question *question, item_sink *sink, void *with) {
  struct items items;
  struct hiding hiding = {.items = &items, .question = question};
  enum store_error error = items_get(house, question->number, &items);
  if (!error && items.count && question->scope != &SCOPE_SYSTEM) {
    error = store_reader(house->store, &hiding.reader);
    if (!error) error = ledger_ask(house, checks_hide, &hiding);
    if (hiding.reader) reader_release(hiding.reader);
  }
  for (size_t i = 0; i < items.count && !error; i++)
    if (shows(question, &items.items[i]) && !sink(with, &items.items[i])) break;
  items_free(&items);
  return error;
}

/* ---- the follower ---- */

static enum store_error items_start(struct house *house, void **state, int64_t *at) {
  struct item_ledger *ledger = HEAP_NEW(struct item_ledger);
  ledger->scratch = arena_new();
  *state = house->item_ledger = ledger;
  return asked_view_begin(&ledger->view, &ITEMS_KIND, ledger, house, at);
}
static enum store_error items_apply(void *state, const struct entry *entry) {
  asked_view_apply(&((struct item_ledger *)state)->view, entry);
  return STORE_OK;
}
static enum store_error items_settle(void *state, int64_t at) {
  (void)state;
  (void)at;
  return STORE_OK;
}
static void items_idle(void *state) { asked_view_rest(&((struct item_ledger *)state)->view, moment_system()); }
static void items_stop(void *state) {
  struct item_ledger *ledger = state;
  ledger->view.house->item_ledger = NULL;
  asked_view_end(&ledger->view);
  arena_free(ledger->scratch);
  free(ledger);
}

const struct follower FOLLOWER_ITEMS = {.name = "items", .kind = VIEW_IN_MEMORY, .version = 1, .start = items_start, .apply = items_apply, .settle = items_settle, .stop = items_stop, .idle = items_idle};
