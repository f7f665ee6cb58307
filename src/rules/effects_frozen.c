/* Effects of freezing and of correction slips. Freezing takes what was prepared for the round (frozen_prepare) into a record; a slip reads
   what was frozen from the table itself, waits for approval, and is counted once it stands. */
#include <jansson.h>
#include <string.h>

#include "base/text.h"
#include "rules/effects.h"
#include "rules/frozen.h"
#include "rules/rounds.h"
#include "rules/slip_words.h"

/* ---- freezing ---- */

static const char *prepared_text(const json_t *prepared, const char *name) {
  const char *text = json_string_value(json_object_get(prepared, name));
  return text ? text : "";
}

static void table_make(struct decision *decision, const json_t *prepared) {
  struct arena *scratch = decision->set->scratch;
  const struct row *round = decision->after;
  const char *name = row_text(round, ROUND_NAME);
  struct value values[] = {value_text(FROZEN_NAME, arena_print(scratch, "%s", name ? name : "")),
                           value_integer(FROZEN_ROUND, round->id),
                           value_integer(FROZEN_CAMPAIGN, row_integer(round, ROUND_CAMPAIGN)),
                           value_integer(FROZEN_CUTOFF, json_integer_value(json_object_get(prepared, "cutoff"))),
                           value_integer(FROZEN_JOURNAL, json_integer_value(json_object_get(prepared, "journal"))),
                           value_integer(FROZEN_DEFINITIONS, json_integer_value(json_object_get(prepared, "definitions"))),
                           value_integer(FROZEN_COUNT, json_integer_value(json_object_get(prepared, "count"))),
                           value_text(FROZEN_HASH, arena_text(scratch, prepared_text(prepared, "hash"))),
                           value_integer(FROZEN_FORMAT, FROZEN_FORMAT_1),
                           value_text(FROZEN_TOTALS, arena_text(scratch, prepared_text(prepared, "totals"))),
                           value_integer(FROZEN_BY, decision->authority->user ? decision->authority->user : NOTHING)};
  row_set_integer(decision->after, ROUND_CUTOFF, values[3].integer);
  effect_change(decision, RECORD_FROZEN_TABLE, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
}

static enum store_error round_freeze(struct decision *decision) {
  int64_t cutoff = row_integer(decision->after, ROUND_CUTOFF);
  char *text = NULL;
  enum store_error error = side_get(reader_store(decision->set->reader), SIDE_FROZEN,
                                    arena_print(decision->set->scratch, FROZEN_PREPARED, (long long)decision->after->id),
                                    decision->set->scratch, &text);
  json_t *prepared = error == STORE_OK ? json_loads(text, 0, NULL) : NULL;
  if (error != STORE_OK && error != STORE_ABSENT) return error;
  bool fits = prepared && (cutoff == NOTHING || cutoff == json_integer_value(json_object_get(prepared, "cutoff")));
  if (fits) table_make(decision, prepared);
  else
    set_find(decision, VERDICT_NOT_NOW, 0, "not_prepared",
             (struct label){"冻结之前要先算出本轮的表:请在轮次页上点“冻结”,或调用 POST /api/v1/rounds/{id}/freeze", "the round's table is reckoned before it is frozen: use the button of the round's page, or POST /api/v1/rounds/{id}/freeze"});
  json_decref(prepared);
  return STORE_OK;
}

/* The round names its table. A record's id is the number of the entry about to be written. */
static void round_name_table(struct decision *decision) {
  struct value table = value_integer(ROUND_TABLE, tx_head(decision->set->tx).number + 1);
  int64_t round = row_integer(decision->after, FROZEN_ROUND);
  if (round != NOTHING) effect_change(decision, RECORD_ROUND, round, ACTION_EDIT, &table, 1, NULL);
}

enum store_error effect_freeze(struct decision *decision, const struct transition *arrow) {
  (void)arrow;
  if (decision->type->id == RECORD_ROUND) return round_freeze(decision);
  round_name_table(decision);
  return STORE_OK;
}

/* ---- correction slips ---- */

/* What the table holds: a member of one problem's line, or one of the totals. NULL: a finding says that there is none. */
static const char *frozen_value(struct decision *decision, const struct row *table, enum store_error *error) {
  struct arena *scratch = decision->set->scratch, *arena = decision->set->arena;
  const char *figure = row_text(decision->after, CORRECTION_FIGURE), *totals = row_text(table, FROZEN_TOTALS), *value = NULL;
  int64_t problem = row_integer(decision->after, CORRECTION_PROBLEM);
  if (problem == NOTHING) {
    json_t *json = totals ? json_loads(totals, 0, NULL) : NULL, *total = json_object_get(json, figure);
    if (json_is_integer(total)) value = arena_print(scratch, "%lld", (long long)json_integer_value(total));
    json_decref(json);
    if (!value)
      set_find(decision, VERDICT_INVALID, CORRECTION_FIGURE, "no_such_figure",
               (struct label){arena_print(arena, "冻结表的合计里没有“%s”;合计是 %s", figure, totals ? totals : "{}"),
                              arena_print(arena, "the table has no total \"%s\"; its totals are %s", figure, totals ? totals : "{}")});
    return value;
  }
  struct frozen_line line;
  *error = frozen_find(reader_store(decision->set->reader), row_text(table, FROZEN_HASH), problem, &line);
  if (*error == STORE_OK && !line.destroyed) value = frozen_text(scratch, &line.figure, figure);
  if (*error == STORE_ABSENT || (*error == STORE_OK && !value)) {
    *error = STORE_OK;
    set_find(decision, VERDICT_INVALID, CORRECTION_PROBLEM, "not_in_table",
             (struct label){"这张冻结表里没有这个问题(或已销毁)", "the frozen table does not hold this problem, or it was destroyed"});
  }
  return value;
}

struct most { int64_t value; };
static bool most_take(void *with, const struct row *row) {
  struct most *most = with;
  int64_t value = row_integer(row, CORRECTION_NUMBER);
  if (value > most->value) most->value = value;
  return true;
}

/* Dense in its table: a slip that was once handed in keeps its number. */
static enum store_error slip_number(struct decision *decision) {
  struct value of = value_integer(CORRECTION_TABLE, row_integer(decision->after, CORRECTION_TABLE));
  struct condition condition = {.field = CORRECTION_TABLE, .how = C_IS, .values = &of, .count = 1};
  struct query query = {.type = decision->type, .conditions = &condition, .condition_count = 1, .with_voided = true, .expected = -1};
  struct most most = {0};
  if (row_integer(decision->after, CORRECTION_NUMBER) != NOTHING) return STORE_OK;
  enum store_error error = reader_list(decision->set->reader, &query, &SCOPE_SYSTEM, decision->set->scratch, most_take, &most);
  row_set_integer(decision->after, CORRECTION_NUMBER, most.value + 1);
  return error;
}

static enum store_error slip_policy(struct decision *decision, const struct row *table, int64_t *approvers) {
  struct policy policy;
  enum store_error error = policy_for(decision->set->reader, row_integer(table, FROZEN_CAMPAIGN), decision->set->context->now,
                                      decision->set->scratch, &policy);
  *approvers = policy.slip_approvers;
  return error;
}

/* Written as people say it, kept as the table does. (Totals are told by their codes.) */
static void slip_in_codes(struct decision *decision) {
  struct label fits;
  const char *figure = row_text(decision->after, CORRECTION_FIGURE), *corrected = row_text(decision->after, CORRECTION_IS);
  if (row_integer(decision->after, CORRECTION_PROBLEM) == NOTHING || !figure || !corrected || !slip_figure(figure)) return;
  figure = slip_figure(figure);
  corrected = slip_value(decision->set->scratch, figure, corrected, &fits);
  row_set_text(decision->after, CORRECTION_FIGURE, figure);
  if (corrected) row_set_text(decision->after, CORRECTION_IS, corrected);
}

/* "更正单:第六轮报送 问题类别 高水平改革开放 → 经济高质量发展": whoever agrees reads it there. */
static const char *slip_title(struct decision *decision, const struct row *table) {
  const char *name = row_text(table, FROZEN_NAME), *figure = row_text(decision->after, CORRECTION_FIGURE),
             *was = row_text(decision->after, CORRECTION_WAS), *is = row_text(decision->after, CORRECTION_IS);
  const char *title = arena_print(decision->set->scratch, "更正单:%s %s %s → %s", name ? name : "", slip_figure_label(figure).zh,
                                  slip_value_label(figure, was).zh, slip_value_label(figure, is).zh);
  return text_length(title) <= 200 ? title
                                   : arena_print(decision->set->scratch, "更正单:%s %s", name ? name : "", slip_figure_label(figure).zh);
}

static enum store_error slip_ask(struct decision *decision, const struct row *table) {
  struct arena *scratch = decision->set->scratch;
  enum store_error error = STORE_OK;
  slip_in_codes(decision);
  const char *was = frozen_value(decision, table, &error), *corrected = row_text(decision->after, CORRECTION_IS);
  int64_t approvers = 2;
  if (error != STORE_OK || !was) return error;
  row_set_text(decision->after, CORRECTION_WAS, *was ? was : "—");
  if (corrected && strcmp(was, corrected) == 0) {
    set_find(decision, VERDICT_INVALID, CORRECTION_IS, "nothing_corrected",
             label_print(decision->set->arena, "冻结数就是 %s,没有可更正的", "the frozen figure is %s already; there is nothing to correct",
                         was));
    return STORE_OK;
  }
  error = slip_number(decision);
  if (error == STORE_OK) error = slip_policy(decision, table, &approvers);
  struct change pending = {.type = decision->type, .id = decision->before->id, .seen = ANY_VERSION, .action = ACTION_ACTIVATE};
  struct value values[] = {value_text(APPROVAL_TITLE, slip_title(decision, table)),
                           value_integer(APPROVAL_TYPE, RECORD_CORRECTION),
                           value_integer(APPROVAL_RECORD, decision->before->id),
                           value_text(APPROVAL_PENDING, approval_print(scratch, &pending, 1)),
                           value_text(APPROVAL_REASON, row_text(decision->after, CORRECTION_WHY)),
                           value_integer(APPROVAL_NEEDED, approvers),
                           value_integer(APPROVAL_ASKED_BY, decision->authority->user ? decision->authority->user : NOTHING)};
  effect_change(decision, RECORD_APPROVAL, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
  return error;
}

static void count_up(struct decision *decision, const struct row *row, uint16_t field) {
  int64_t count = row_integer(row, field);
  struct value value = value_integer(field, count == NOTHING ? 1 : count + 1);
  effect_change(decision, row->type->id, row->id, ACTION_EDIT, &value, 1, NULL);
}

/* The frozen content stays as it is: the slip is its footnote. */
static enum store_error slip_stands(struct decision *decision, const struct row *table) {
  struct row *round = NULL;
  int64_t id = row_integer(table, FROZEN_ROUND);
  count_up(decision, table, FROZEN_SLIPS);
  enum store_error error = id == NOTHING ? STORE_ABSENT
                                         : reader_get(decision->set->reader, record_type(RECORD_ROUND), &SCOPE_SYSTEM, id,
                                                      decision->set->scratch, &round);
  if (error == STORE_OK) count_up(decision, round, ROUND_SLIPS);
  return error == STORE_ABSENT ? STORE_OK : error;
}

enum store_error effect_slip(struct decision *decision, const struct transition *arrow) {
  struct row *table = NULL;
  enum store_error error = reader_get(decision->set->reader, record_type(RECORD_FROZEN_TABLE), &SCOPE_SYSTEM, row_integer(decision->after, CORRECTION_TABLE), decision->set->scratch, &table);
  if (error != STORE_OK) return error == STORE_ABSENT ? STORE_BROKEN : error;
  return arrow->to == CORRECTION_MADE ? slip_stands(decision, table) : slip_ask(decision, table);
}
