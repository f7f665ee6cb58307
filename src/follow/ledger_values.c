/* Questions to the ledger (ledger_values.h). Today's answers come from the view; past ones are folded from the journal (the one looked at
   last is kept a while), and shown as far as the view says that the problem may be seen today. */
#include "follow/ledger_values.h"

#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "base/sorted.h"
#include "follow/house.h"
#include "follow/item_ledger.h"

/* ---- figures ---- */

struct showing {
  const struct ledger_question *question;
  const struct figures *past;
  figure_sink *sink;
  void *with;
  struct ledger_truth *truth;
  struct reader *reader;
};

static bool in_campaign(const struct figure *figure, int64_t campaign) { return !campaign || figure->campaign == campaign; }

static void show_present(void *with, const struct figures *figures) {
  struct showing *showing = with;
  const struct ledger_question *question = showing->question;
  *showing->truth = (struct ledger_truth){figures->journal, figures->moment};
  for (size_t i = 0; i < figures->count; i++) {
    const struct figure *figure = &figures->items[i];
    if (in_campaign(figure, question->campaign) && figure_in_scope(figure, question->scope, showing->reader) &&
        !showing->sink(showing->with, figure))
      return;
  }
}

/* One that has been voided since is judged by what it was. */
static void show_past(void *with, const struct figures *figures) {
  struct showing *showing = with;
  *showing->truth = (struct ledger_truth){showing->past->journal, showing->past->moment};
  for (size_t i = 0; i < showing->past->count; i++) {
    const struct figure *then = &showing->past->items[i], *now = figures_find(figures, then->id);
    if (in_campaign(then, showing->question->campaign) && figure_in_scope(now ? now : then, showing->question->scope, showing->reader) &&
        !showing->sink(showing->with, then))
      return;
  }
}

static enum store_error ledger_figures(struct house *house, const struct ledger_question *question, figure_sink *sink, void *with,
                                       struct ledger_truth *truth) {
  struct past *past = NULL;
  struct showing showing = {.question = question, .sink = sink, .with = with, .truth = truth};
  enum store_error error = store_reader(house->store, &showing.reader);
  if (!error && question->number) error = ledger_past(house, showing.reader, question->number, &past);
  showing.past = past ? ledger_past_figures(past) : NULL;
  if (!error) error = ledger_ask(house, past ? show_past : show_present, &showing);
  if (showing.reader) reader_release(showing.reader);
  ledger_past_free(past);
  return error;
}

enum store_error ledger_number_at(struct house *house, int64_t moment, int64_t *number) {
  struct reader *reader = NULL;
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = figures_number_at(reader, moment, number);
  if (reader) reader_release(reader);
  return !error && *number == 0 ? STORE_ABSENT : error;
}

/* ---- units ---- */

struct gathered { struct arena *arena; struct unit_above *items; size_t count, room; };

static bool unit_take(void *with, const struct row *row) {
  struct gathered *gathered = with;
  int64_t parent = row_integer(row, UNIT_PARENT);
  ARENA_ROOM(gathered->arena, gathered->items, gathered->count, gathered->room, 256);
  gathered->items[gathered->count++] = (struct unit_above){row->id, parent == NOTHING ? 0 : parent};
  return true;
}

enum store_error units_above(struct house *house, struct arena *arena, struct unit_above **units, size_t *count) {
  struct query query = {.type = record_type(RECORD_UNIT), .with_voided = true, .expected = -1};
  struct gathered gathered = {.arena = arena};
  struct reader *reader = NULL;
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, unit_take, &gathered);
  if (reader) reader_release(reader);
  *units = gathered.items;
  *count = gathered.count;
  return error;
}

/* ---- tables ---- */

static bool table_take(void *with, const struct figure *figure) {
  definition_table_add(with, figure);
  return true;
}

static bool table_take_item(void *with, const struct record_item *item) {
  definition_table_add_item(with, item);
  return true;
}

enum store_error ledger_table(struct house *house, const struct ledger_question *question, struct definition_table *table, struct ledger_truth *truth) {
  struct arena *arena = arena_new();
  struct unit_above *units = NULL;
  size_t count = 0;
  enum store_error error = question->by == BY_UNIT ? units_above(house, arena, &units, &count) : STORE_OK;
  definition_table_begin(table, question->by, &question->cut, units, count);
  if (!error) error = ledger_figures(house, question, table_take, table, truth);
  if (!error) error = ledger_items(house, question, table_take_item, table);
  definition_table_end(table);
  if (error) definition_table_free(table);
  arena_free(arena);
  return error;
}

/* ---- lists ---- */

struct choosing {
  const struct ledger_question *question; const struct ledger_selection *selection; struct arena *arena; struct ledger_list *list;
  const struct unit_above *units; size_t unit_count, room;
};

static int64_t unit_parent(const struct choosing *choosing, int64_t unit) {
  size_t low = SORTED_PLACE(choosing->units, choosing->unit_count, unit, unit);
  return low < choosing->unit_count && choosing->units[low].unit == unit ? choosing->units[low].parent : 0;
}

static bool key_holds(const struct choosing *choosing, int64_t key) {
  const struct ledger_selection *selection = choosing->selection;
  if (key == selection->key) return true;
  if (!selection->below || choosing->question->by != BY_UNIT) return false;
  for (int depth = 0; key && depth < 32; depth++) /* a ring in the tree ends there */
    if ((key = unit_parent(choosing, key)) == selection->key) return true;
  return false;
}

static bool group_holds(const struct choosing *choosing, const struct figure *figure) {
  if (!choosing->selection->grouped) return true;
  if (choosing->question->by != BY_UNIT || !(choosing->selection->definition->flags & DEFINITION_BY_JOINT))
    return key_holds(choosing, figure_group(figure, choosing->question->by));
  for (size_t i = 0; i < FIGURE_JOINT_MOST && figure->joint[i]; i++)
    if (key_holds(choosing, figure->joint[i])) return true;
  return false;
}

/* What is in a rate's numerator is in its denominator. */
static bool part_holds(const struct ledger_selection *selection, const struct figure *figure, const struct cut *cut) {
  bool in = definition_holds(selection->definition, PART_DENOMINATOR, figure, cut);
  return in && (selection->part == PART_DENOMINATOR || definition_holds(selection->definition, PART_NUMERATOR, figure, cut));
}

/* The list behind a definition over checks, cases or mechanisms. */
static bool list_take_item(void *with, const struct record_item *item) {
  struct choosing *choosing = with;
  const struct ledger_selection *selection = choosing->selection;
  const struct cut *cut = &choosing->question->cut;
  struct ledger_list *list = choosing->list;
  bool in = definition_holds_item(selection->definition, PART_DENOMINATOR, item, cut) &&
            (selection->part == PART_DENOMINATOR || definition_holds_item(selection->definition, PART_NUMERATOR, item, cut));
  if (!in || (selection->grouped && !key_holds(choosing, item_group(item, choosing->question->by)))) return true;
  list->all++;
  if (item->id <= selection->after || (selection->limit && list->count == selection->limit)) return true;
  ARENA_ROOM(choosing->arena, list->items, list->count, choosing->room, 64);
  list->items[list->count++] = *item;
  return true;
}

static bool nothing_take(void *with, const struct figure *figure) {
  (void)with;
  (void)figure;
  return false;
}

static bool list_take(void *with, const struct figure *figure) {
  struct choosing *choosing = with;
  const struct ledger_selection *selection = choosing->selection;
  struct ledger_list *list = choosing->list;
  if (!part_holds(selection, figure, &choosing->question->cut) || !group_holds(choosing, figure)) return true;
  list->all++;
  if (figure->id <= selection->after || (selection->limit && list->count == selection->limit)) return true;
  ARENA_ROOM(choosing->arena, list->figures, list->count, choosing->room, 64);
  list->figures[list->count++] = *figure;
  return true;
}

enum store_error ledger_list(struct house *house, const struct ledger_question *question, const struct ledger_selection *selection, struct arena *arena,
                             struct ledger_list *list, struct ledger_truth *truth) {
  struct choosing choosing = {.question = question, .selection = selection, .arena = arena, .list = list};
  struct unit_above *units = NULL;
  *list = (struct ledger_list){0};
  enum store_error error = selection->below ? units_above(house, arena, &units, &choosing.unit_count) : STORE_OK;
  choosing.units = units;
  if (!error && selection->definition->of) error = ledger_figures(house, question, nothing_take, NULL, truth); /* what it is true at */
  if (!error && selection->definition->of) return ledger_items(house, question, list_take_item, &choosing);
  return error ? error : ledger_figures(house, question, list_take, &choosing, truth);
}
