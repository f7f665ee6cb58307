/* The appeals' follower and its questions (appeal_ledger.h), on the mechanism of views that stand while somebody asks (asked_view.h). */
#include "follow/appeal_ledger.h"

#include <stdlib.h>
#include <string.h>

#include "base/sorted.h"
#include "follow/asked_view.h"
#include "follow/followers_parts.h"
#include "follow/house.h"
#include "store/seal.h"

struct appeal_ledger {
  struct asked_view view;         /* its lock is that of what follows */
  struct appeal_figures figures;  /* figures.journal: the number they are true at */
  struct arena *scratch;          /* one entry's */
};

/* ---- one entry ---- */

static void figure_remove(struct appeal_figures *figures, struct appeal_figure *figure) {
  size_t at = (size_t)(figure - figures->items);
  memmove(figure, figure + 1, (figures->count - at - 1) * sizeof *figure);
  figures->count--;
}

/* The figure after an entry, from the figure before: laid over an empty row, the entry's body applied. False: no body, or it cannot be read. */
static bool entry_follow(struct appeal_ledger *ledger, const struct appeal_figure *before, const struct entry *entry, struct appeal_figure *after) {
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
    if (before) figure_remove(&ledger->figures, before);
    return;
  }
  if (!before && !founds) return;
  if (!entry_follow(ledger, before, entry, &after)) after = before ? *before : (struct appeal_figure){.flags = APPEAL_FLAG_VOIDED};
  arena_reset(ledger->scratch);
  if (after.flags & APPEAL_FLAG_VOIDED) {
    if (before) figure_remove(&ledger->figures, before);
  } else if (before) *before = after;
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

typedef void appeal_sink(void *with, const struct appeal_figures *figures);

static int64_t appeals_number(const void *of) { return ((const struct appeal_ledger *)of)->figures.journal; }

static enum store_error appeals_reach(void *of, struct reader *reader, bool built, bool wants_more) {
  struct appeal_ledger *ledger = of;
  (void)wants_more;
  if (built) return reader_journal(reader, ledger->figures.journal, SIZE_MAX, entry_apply, ledger);
  appeal_figures_free(&ledger->figures);
  return appeal_figures_read(reader, 0, &ledger->figures);
}

static void appeals_apply_one(void *of, const struct entry *entry) { entry_apply(of, entry); }
static void appeals_let_go(void *of) { appeal_figures_free(&((struct appeal_ledger *)of)->figures); }

static const struct asked_kind APPEALS_KIND = {appeals_number, NULL, appeals_reach, appeals_apply_one, appeals_let_go};

struct asking { struct appeal_ledger *ledger; appeal_sink *sink; void *with; };
static void asking_sink(void *with) {
  const struct asking *asking = with;
  asking->sink(asking->with, &asking->ledger->figures);
}

/* Of a past number, or in a house without followers: read for this one question. */
static enum store_error ask(struct house *house, int64_t number, appeal_sink *sink, void *with) {
  struct appeal_figures figures = {0};
  struct reader *reader = NULL;
  if (!number && house->appeal_ledger) return asked_view_ask(&house->appeal_ledger->view, false, asking_sink, &(struct asking){house->appeal_ledger, sink, with});
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = appeal_figures_read(reader, number, &figures);
  if (reader) reader_release(reader);
  if (!error) sink(with, &figures);
  appeal_figures_free(&figures);
  return error;
}

/* ---- tables ---- */

struct tabling { const struct rate_question *question; struct arena *arena; struct rate_table *table; const char ***words; struct ledger_truth *truth; };

static void table_fill(void *with, const struct appeal_figures *figures) {
  const struct tabling *tabling = with;
  struct rate_table *table = tabling->table;
  *tabling->truth = (struct ledger_truth){figures->journal, figures->moment};
  for (size_t i = 0; i < figures->count; i++)
    if (appeal_figure_in_scope(&figures->items[i], tabling->question->scope)) rate_table_add(table, &figures->items[i]);
  rate_table_end(table);
  if (table->by != RATE_BY_CATEGORY) return;
  *tabling->words = ARENA_ARRAY(tabling->arena, const char *, table->count + 1);
  for (size_t i = 0; i < table->count; i++) {
    const char *words = category_at(&figures->categories, table->groups[i].key);
    (*tabling->words)[i] = words ? arena_text(tabling->arena, words) : NULL;
  }
}

static enum store_error units_read(struct house *house, struct arena *arena, struct unit_above **units, size_t *count) {
  struct reader *reader = NULL;
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = units_above(reader, arena, units, count);
  if (reader) reader_release(reader);
  return error;
}

enum store_error rate_table_ask(struct house *house, const struct rate_question *question, struct arena *arena, struct rate_table *table, const char ***words, struct ledger_truth *truth) {
  struct tabling tabling = {question, arena, table, words, truth};
  struct unit_above *units = NULL;
  size_t count = 0;
  *words = NULL;
  enum store_error error = question->by == RATE_BY_UNIT ? units_read(house, arena, &units, &count) : STORE_OK;
  rate_table_begin(table, question->by, &question->cut, units, count);
  if (!error) error = ask(house, question->number, table_fill, &tabling);
  if (error) rate_table_free(table);
  return error;
}

/* ---- lists ---- */

struct choosing {
  const struct rate_question *question; const struct rate_selection *selection; struct arena *arena; struct rate_list *list; struct ledger_truth *truth;
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
  for (int depth = 0; selection->below && choosing->question->by == RATE_BY_UNIT && key && depth < 32; depth++) /* a ring in the tree ends there */
    if ((key = unit_parent(choosing, key)) == selection->key) return true;
  return false;
}

static void list_take(struct choosing *choosing, int64_t id) {
  const struct rate_selection *selection = choosing->selection;
  struct rate_list *list = choosing->list;
  list->all++;
  if (id <= selection->after || (selection->limit && list->count == selection->limit)) return;
  if (list->count == choosing->room) {
    size_t room = choosing->room ? 2 * choosing->room : 64;
    int64_t *ids = ARENA_ARRAY(choosing->arena, int64_t, room);
    if (list->count) memcpy(ids, list->ids, list->count * sizeof *ids);
    list->ids = ids;
    choosing->room = room;
  }
  list->ids[list->count++] = id;
}

static void list_fill(void *with, const struct appeal_figures *figures) {
  struct choosing *choosing = with;
  const struct rate_question *question = choosing->question;
  *choosing->truth = (struct ledger_truth){figures->journal, figures->moment};
  for (size_t i = 0; i < figures->count; i++) {
    const struct appeal_figure *figure = &figures->items[i];
    if (APPEAL_COUNT_DEFINITIONS[choosing->selection->count].holds(figure, &question->cut) && group_holds(choosing, figures, figure) && appeal_figure_in_scope(figure, question->scope))
      list_take(choosing, figure->id);
  }
}

enum store_error rate_list_ask(struct house *house, const struct rate_question *question, const struct rate_selection *selection, struct arena *arena, struct rate_list *list, struct ledger_truth *truth) {
  struct choosing choosing = {.question = question, .selection = selection, .arena = arena, .list = list, .truth = truth};
  struct unit_above *units = NULL;
  *list = (struct rate_list){0};
  enum store_error error = selection->below ? units_read(house, arena, &units, &choosing.unit_count) : STORE_OK;
  choosing.units = units;
  return error ? error : ask(house, question->number, list_fill, &choosing);
}

/* ---- the follower ---- */

static enum store_error appeals_start(struct house *house, void **state, int64_t *at) {
  struct appeal_ledger *ledger = calloc(1, sizeof *ledger);
  if (!ledger) arena_exhausted(sizeof *ledger);
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

static void appeals_idle(void *state) { asked_view_rest(&((struct appeal_ledger *)state)->view, moment_system()); }

static void appeals_stop(void *state) {
  struct appeal_ledger *ledger = state;
  ledger->view.house->appeal_ledger = NULL;
  asked_view_end(&ledger->view);
  arena_free(ledger->scratch);
  free(ledger);
}

const struct follower FOLLOWER_APPEALS = {.name = "appeals", .kind = VIEW_IN_MEMORY, .version = 1, .start = appeals_start, .apply = appeals_apply, .settle = appeals_settle,
                                          .stop = appeals_stop, .idle = appeals_idle};
