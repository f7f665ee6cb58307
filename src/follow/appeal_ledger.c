/* The appeals' follower and its questions (appeal_ledger.h), on the mechanism of views that stand while somebody asks (asked_view.h). */
#include "follow/appeal_ledger.h"

#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "base/sorted.h"
#include "follow/asked_view.h"
#include "follow/followers_parts.h"
#include "follow/house.h"
#include "follow/kept_past.h"
#include "follow/rate_tables.h"
#include "store/seal.h"

struct appeal_ledger {
  struct asked_view view;         /* its lock is that of what follows */
  struct appeal_figures figures;  /* figures.journal: the number they are true at */
  struct kept_past past;          /* with a lock of its own, taken below this one */
  struct rate_tables tables;      /* the same */
  struct arena *scratch;          /* one entry's */
};

/* ---- one entry ---- */

static void figure_remove(struct appeal_figures *figures, struct appeal_figure *figure) {
  size_t at = (size_t)(figure - figures->items);
  memmove(figure, figure + 1, (figures->count - at - 1) * sizeof *figure);
  figures->count--;
}

static void figure_forget(struct appeal_ledger *ledger, struct appeal_figure *figure) {
  rate_tables_follow(&ledger->tables, figure, NULL);
  figure_remove(&ledger->figures, figure);
}

/* The figure after an entry, from the figure before: laid over an empty row, the entry's body applied. False: no body, or it cannot be
   read. */
static bool entry_follow(struct appeal_ledger *ledger, const struct appeal_figure *before, const struct entry *entry,
                         struct appeal_figure *after) {
  struct row *row = row_new(ledger->scratch, record_type(RECORD_APPEAL));
  if (before) appeal_figure_to_row(&ledger->figures.categories, before, row);
  bool read = entry->body_size && body_apply(ledger->scratch, entry, row);
  if (read) *after = appeal_figure_of_row(&ledger->figures.categories, row);
  return read;
}

/* A body destroyed since, or an edit of a voided appeal, leaves nothing. Ids grow, so what is new belongs at the end. */
static void appeal_apply(struct appeal_ledger *ledger, const struct entry *entry) {
  struct appeal_figure *before = appeal_figures_find(&ledger->figures, entry->record), after;
  bool founds = entry->kind == ENTRY_CHANGE && entry->version == 1;
  if (entry->kind == ENTRY_DESTRUCTION) {
    kept_past_drop(&ledger->past, entry->number);
    if (before) figure_forget(ledger, before);
    return;
  }
  if (!before && !founds) return;
  if (!entry_follow(ledger, before, entry, &after)) after = before ? *before : (struct appeal_figure){.flags = APPEAL_FLAG_VOIDED};
  arena_reset(ledger->scratch);
  if (after.flags & APPEAL_FLAG_VOIDED) {
    if (before) figure_forget(ledger, before);
    return;
  }
  rate_tables_follow(&ledger->tables, before, &after);
  if (before) *before = after;
  else appeal_figures_add(&ledger->figures, &after);
}

static bool entry_apply(void *with, const struct entry *entry) {
  struct appeal_ledger *ledger = with;
  bool changes = entry->kind == ENTRY_CHANGE || entry->kind == ENTRY_DERIVED || entry->kind == ENTRY_DESTRUCTION;
  if (changes && entry->type == RECORD_APPEAL) appeal_apply(ledger, entry);
  ledger->figures.journal = entry->number;
  ledger->figures.moment = entry->moment;
  return true;
}

/* ---- asking ---- */

static int64_t appeals_number(const void *of) { return ((const struct appeal_ledger *)of)->figures.journal; }

static enum store_error appeals_reach(void *of, struct reader *reader, bool built, bool wants_more) {
  struct appeal_ledger *ledger = of;
  (void)wants_more;
  if (built) return reader_journal(reader, ledger->figures.journal, SIZE_MAX, entry_apply, ledger);
  appeal_figures_free(&ledger->figures);
  return appeal_figures_read(reader, 0, &ledger->figures);
}

static void appeals_apply_one(void *of, const struct entry *entry) { entry_apply(of, entry); }
static void appeals_let_go(void *of) {
  struct appeal_ledger *ledger = of;
  appeal_figures_free(&ledger->figures);
  kept_past_drop(&ledger->past, 0); /* nobody would tell it of a destruction */
  rate_tables_drop(&ledger->tables); /* nor lead these on */
}

static const struct asked_kind APPEALS_KIND = {appeals_number, NULL, appeals_reach, appeals_apply_one, appeals_let_go};

/* What is asked about, and the present beside a past: who may see an appeal is judged as it stands today. */
struct shown {
  const struct appeal_figures *figures, *now; /* NULL: these are the present */
  struct rate_tables *tables;                 /* NULL: none are kept */
};
typedef void appeal_sink(void *with, const struct shown *shown);

struct asking { struct appeal_ledger *ledger; const struct past *past; appeal_sink *sink; void *with; };
static void asking_sink(void *with) {
  const struct asking *asking = with;
  const struct appeal_figures *now = &asking->ledger->figures;
  struct shown shown = {asking->past ? past_figures(asking->past) : now, asking->past ? now : NULL, &asking->ledger->tables};
  asking->sink(asking->with, &shown);
}
static void asking_nothing(void *with) { (void)with; }

static enum store_error figures_then(struct reader *reader, int64_t number, void *figures) {
  return appeal_figures_read(reader, number, figures);
}
static void figures_gone(void *figures) { appeal_figures_free(figures); }
static const struct past_kind APPEALS_PAST = {sizeof(struct appeal_figures), figures_then, figures_gone};

/* The view comes up to the head first, so that a destruction has let go what it must. */
static enum store_error ask_view(struct appeal_ledger *ledger, int64_t number, appeal_sink *sink, void *with) {
  struct asking asking = {.ledger = ledger, .sink = sink, .with = with};
  struct past *past = NULL;
  struct reader *reader = NULL;
  enum store_error error = number ? asked_view_ask(&ledger->view, false, asking_nothing, NULL) : STORE_OK;
  if (!error && number) error = store_reader(ledger->view.house->store, &reader);
  if (!error && number) error = kept_past_get(&ledger->past, reader, number, &past);
  if (reader) reader_release(reader);
  asking.past = past;
  if (!error) error = asked_view_ask(&ledger->view, false, asking_sink, &asking);
  past_free(past);
  return error;
}

/* A house without followers: read for this one question. */
static enum store_error ask(struct house *house, int64_t number, appeal_sink *sink, void *with) {
  struct appeal_figures now = {0}, then = {0};
  struct reader *reader = NULL;
  if (house->appeal_ledger) return ask_view(house->appeal_ledger, number, sink, with);
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = appeal_figures_read(reader, 0, &now);
  if (!error && number) error = appeal_figures_read(reader, number, &then);
  if (reader) reader_release(reader);
  if (!error) sink(with, &(struct shown){number ? &then : &now, number ? &now : NULL, NULL});
  appeal_figures_free(&now);
  appeal_figures_free(&then);
  return error;
}

/* Both stand in order of id: one walk over both. What is gone since is judged by what it was. */
static bool in_scope(const struct shown *shown, size_t i, size_t *at, const struct scope *scope) {
  const struct appeal_figure *figure = &shown->figures->items[i];
  if (!shown->now) return appeal_figure_in_scope(figure, scope);
  while (*at < shown->now->count && shown->now->items[*at].id < figure->id) ++*at;
  bool there = *at < shown->now->count && shown->now->items[*at].id == figure->id;
  return appeal_figure_in_scope(there ? &shown->now->items[*at] : figure, scope);
}

/* ---- tables ---- */

struct tabling {
  const struct rate_question *question;
  struct arena *arena;
  struct rate_table *table;
  const char ***words;
  struct ledger_truth *truth;
};

/* The codes of categories are of the figures that they stand in: those of a past go with it. */
static bool keeps(const struct shown *shown, const struct rate_question *question) {
  return shown->tables && question->scope != &SCOPE_SYSTEM && !(question->number && question->by == RATE_BY_CATEGORY);
}

static void table_walk(const struct shown *shown, const struct rate_question *question, struct rate_table *table) {
  size_t at = 0;
  for (size_t i = 0; i < shown->figures->count; i++)
    if (in_scope(shown, i, &at, question->scope)) rate_table_add(table, &shown->figures->items[i]);
  if (keeps(shown, question)) rate_tables_keep(shown->tables, question, table);
}

static void table_fill(void *with, const struct shown *shown) {
  const struct tabling *tabling = with;
  const struct appeal_figures *figures = shown->figures;
  struct rate_table *table = tabling->table;
  *tabling->truth = (struct ledger_truth){figures->journal, figures->moment};
  if (!keeps(shown, tabling->question) || !rate_tables_find(shown->tables, tabling->question, table))
    table_walk(shown, tabling->question, table);
  rate_table_end(table);
  if (table->by != RATE_BY_CATEGORY) return;
  *tabling->words = ARENA_ARRAY(tabling->arena, const char *, table->count + 1);
  for (size_t i = 0; i < table->count; i++) {
    const char *words = category_at(&figures->categories, table->groups[i].key);
    (*tabling->words)[i] = words ? arena_text(tabling->arena, words) : NULL;
  }
}

enum store_error rate_table_ask(struct house *house, const struct rate_question *question, struct arena *arena, struct rate_table *table, const char ***words, struct ledger_truth *truth) {
  struct tabling tabling = {question, arena, table, words, truth};
  struct unit_above *units = NULL;
  size_t count = 0;
  *words = NULL;
  enum store_error error = question->by == RATE_BY_UNIT ? units_above(house, arena, &units, &count) : STORE_OK;
  rate_table_begin(table, question->by, &question->cut, units, count);
  if (!error) error = ask(house, question->number, table_fill, &tabling);
  if (error) rate_table_free(table);
  return error;
}

/* ---- lists ---- */

struct choosing {
  const struct rate_question *question;
  const struct rate_selection *selection;
  struct arena *arena;
  struct rate_list *list;
  struct ledger_truth *truth;
  const struct unit_above *units; size_t unit_count, room;
};

static int64_t unit_parent(const struct choosing *choosing, int64_t unit) {
  size_t low = SORTED_PLACE(choosing->units, choosing->unit_count, unit, unit);
  return low < choosing->unit_count && choosing->units[low].unit == unit ? choosing->units[low].parent : 0;
}

static bool group_holds(const struct choosing *choosing, const struct appeal_figures *figures, const struct appeal_figure *figure) {
  const struct rate_selection *selection = choosing->selection;
  int64_t key = appeal_figure_group(figure, choosing->question->by);
  if (!selection->grouped) return true;
  if (choosing->question->by == RATE_BY_CATEGORY) return text_equal(category_at(&figures->categories, key), selection->words);
  if (key == selection->key) return true;
  for (int depth = 0; selection->below && choosing->question->by == RATE_BY_UNIT && key && depth < 32;
       depth++) /* a ring in the tree ends there */
    if ((key = unit_parent(choosing, key)) == selection->key) return true;
  return false;
}

static void list_take(struct choosing *choosing, int64_t id) {
  const struct rate_selection *selection = choosing->selection;
  struct rate_list *list = choosing->list;
  list->all++;
  if (id <= selection->after || (selection->limit && list->count == selection->limit)) return;
  ARENA_ROOM(choosing->arena, list->ids, list->count, choosing->room, 64);
  list->ids[list->count++] = id;
}

static void list_fill(void *with, const struct shown *shown) {
  struct choosing *choosing = with;
  const struct appeal_figures *figures = shown->figures;
  size_t at = 0;
  const struct rate_question *question = choosing->question;
  *choosing->truth = (struct ledger_truth){figures->journal, figures->moment};
  for (size_t i = 0; i < figures->count; i++) {
    const struct appeal_figure *figure = &figures->items[i];
    if (APPEAL_COUNT_DEFINITIONS[choosing->selection->count].holds(figure, &question->cut) && group_holds(choosing, figures, figure) &&
        in_scope(shown, i, &at, question->scope))
      list_take(choosing, figure->id);
  }
}

enum store_error rate_list_ask(struct house *house, const struct rate_question *question, const struct rate_selection *selection, struct arena *arena, struct rate_list *list, struct ledger_truth *truth) {
  struct choosing choosing = {.question = question, .selection = selection, .arena = arena, .list = list, .truth = truth};
  struct unit_above *units = NULL;
  *list = (struct rate_list){0};
  enum store_error error = selection->below ? units_above(house, arena, &units, &choosing.unit_count) : STORE_OK;
  choosing.units = units;
  return error ? error : ask(house, question->number, list_fill, &choosing);
}

/* ---- the follower ---- */

static enum store_error appeals_start(struct house *house, void **state, int64_t *at) {
  struct appeal_ledger *ledger = HEAP_NEW(struct appeal_ledger);
  kept_past_make(&ledger->past, &APPEALS_PAST);
  rate_tables_make(&ledger->tables);
  ledger->scratch = arena_new();
  *state = house->appeal_ledger = ledger;
  return asked_view_begin(&ledger->view, &APPEALS_KIND, ledger, house, at);
}

static enum store_error appeals_apply(void *state, const struct entry *entry) {
  asked_view_apply(&((struct appeal_ledger *)state)->view, entry);
  return STORE_OK;
}

static enum store_error appeals_settle(void *state, int64_t at) {
  (void)state;
  (void)at;
  return STORE_OK;
}

static void appeals_idle(void *state) {
  struct appeal_ledger *ledger = state;
  kept_past_rest(&ledger->past, moment_system());
  rate_tables_rest(&ledger->tables, moment_system());
  asked_view_rest(&ledger->view, moment_system());
}

static void appeals_stop(void *state) {
  struct appeal_ledger *ledger = state;
  ledger->view.house->appeal_ledger = NULL;
  asked_view_end(&ledger->view);
  rate_tables_end(&ledger->tables);
  pthread_mutex_destroy(&ledger->past.lock);
  arena_free(ledger->scratch);
  free(ledger);
}

const struct follower FOLLOWER_APPEALS = {.name = "appeals", .kind = VIEW_IN_MEMORY, .version = 1, .start = appeals_start, .apply = appeals_apply, .settle = appeals_settle,
                                          .stop = appeals_stop, .idle = appeals_idle};
