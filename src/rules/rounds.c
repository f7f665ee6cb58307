/* What a round looks at: units, the unit's own ledger, the round before. Reads only; decides nothing. */
#include "rules/rounds.h"

#include <string.h>

#include "base/room.h"

/* ---- rows ---- */

enum store_error round_rows_read(struct reader *reader, const struct query *query, const struct scope *scope, struct arena *arena, struct rows *rows) {
  *rows = (struct rows){.arena = arena};
  return reader_list(reader, query, scope, arena, rows_keep, rows);
}

/* ---- the ledger of one unit ---- */

static bool on_or_after(int64_t date, int64_t since) { return date != NOTHING && (since == NOTHING || date >= date_of_moment(since)); }

/* Has the unit had the problem since before the round, and said nothing of it since the last one? */
static bool lacks(const struct row *problem, int64_t since, int64_t opens) {
  int64_t assigned = row_integer(problem, PROBLEM_ASSIGNED_ON), reported = row_integer(problem, PROBLEM_REPORTED_ON);
  bool works = problem->state == PROBLEM_TAKEN || problem->state == PROBLEM_RECTIFYING;
  return works && (assigned == NOTHING || assigned < opens) &&
         (reported == NOTHING || (since != NOTHING && reported < date_of_moment(since)));
}

void round_ledger_add(struct round_ledger *ledger, const struct row *problem, int64_t since, int64_t opens, struct arena *arena) {
  int64_t colour = row_integer(problem, PROBLEM_COLOUR);
  bool closed = problem->state == PROBLEM_CLOSED || problem->state == PROBLEM_SETTLED;
  if (row_integer(problem, PROBLEM_COUNTED) != 1 || problem->voided) return;
  ledger->problems++;
  ledger->open += !closed;
  if (colour > 0 && colour < 7) ledger->colours[colour]++;
  if (problem->state < 24) ledger->states[problem->state]++;
  ledger->added += on_or_after(row_integer(problem, PROBLEM_ADMITTED_ON), since);
  ledger->closed += closed && on_or_after(row_integer(problem, PROBLEM_CLOSED_ON), since);
  ledger->reopened += on_or_after(row_integer(problem, PROBLEM_REOPENED_ON), since);
  ledger->changed += since == NOTHING || problem->changed > since;
  if (!lacks(problem, since, opens)) return;
  ledger->lacking++;
  if (!ledger->lacking_rows) ledger->lacking_rows = ARENA_ARRAY(arena, struct row *, LEDGER_LACKING);
  if (ledger->lacking_count < LEDGER_LACKING) ledger->lacking_rows[ledger->lacking_count++] = row_copy(arena, problem);
}

struct ledger_reading { struct round_ledger *ledger; int64_t since, opens; struct arena *arena; };
static bool ledger_take(void *with, const struct row *row) {
  struct ledger_reading *reading = with;
  round_ledger_add(reading->ledger, row, reading->since, reading->opens, reading->arena);
  return true;
}

enum store_error round_ledger_read(struct reader *reader, const struct scope *scope, int64_t campaign, int64_t unit, int64_t since, int64_t opens, struct arena *arena, struct round_ledger *ledger) {
  struct value leads = value_integer(PROBLEM_LEAD_UNIT, unit), of = value_integer(PROBLEM_CAMPAIGN, campaign), counted = value_integer(PROBLEM_COUNTED, 1);
  struct condition conditions[] = {{.field = PROBLEM_LEAD_UNIT, .how = C_IS, .values = &leads, .count = 1}, {.field = PROBLEM_CAMPAIGN, .how = C_IS, .values = &of, .count = 1},
                                   {.field = PROBLEM_COUNTED, .how = C_IS, .values = &counted, .count = 1}};
  struct query query = {.type = record_type(RECORD_PROBLEM), .conditions = conditions, .condition_count = 3, .expected = -1};
  struct ledger_reading reading = {ledger, since, opens, arena};
  *ledger = (struct round_ledger){0};
  return reader_list(reader, &query, scope, arena, ledger_take, &reading);
}

const uint16_t ROUND_ANSWER_FILLED[] = {ANSWER_PROBLEMS, ANSWER_OPEN, ANSWER_GREEN, ANSWER_BLUE, ANSWER_YELLOW, ANSWER_ORANGE, ANSWER_RED, ANSWER_GREY,
                                        ANSWER_ADDED, ANSWER_CLOSED, ANSWER_REOPENED, ANSWER_CHANGED, ANSWER_LACKING, 0};
void round_answer_fill(struct row *answer, const struct round_ledger *ledger) {
  const struct { uint16_t field; int64_t value; } figures[] = {
    {ANSWER_PROBLEMS, ledger->problems}, {ANSWER_OPEN, ledger->open}, {ANSWER_GREEN, ledger->colours[COLOUR_GREEN]}, {ANSWER_BLUE, ledger->colours[COLOUR_BLUE]},
    {ANSWER_YELLOW, ledger->colours[COLOUR_YELLOW]}, {ANSWER_ORANGE, ledger->colours[COLOUR_ORANGE]}, {ANSWER_RED, ledger->colours[COLOUR_RED]}, {ANSWER_GREY, ledger->colours[COLOUR_GREY]},
    {ANSWER_ADDED, ledger->added}, {ANSWER_CLOSED, ledger->closed}, {ANSWER_REOPENED, ledger->reopened}, {ANSWER_CHANGED, ledger->changed}, {ANSWER_LACKING, ledger->lacking}};
  for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) row_set_integer(answer, figures[i].field, figures[i].value);
}

/* ---- who is asked ---- */

static void units_add(struct round_units *units, struct arena *arena, int64_t id) {
  for (size_t i = 0; i < units->count; i++)
    if (units->ids[i] == id) return;
  ARENA_ROOM(arena, units->ids, units->count, units->room, 64);
  units->ids[units->count++] = id;
}

static bool holds_tasks(const struct row *unit, int64_t today) {
  int64_t from = row_integer(unit, UNIT_VALID_FROM), to = row_integer(unit, UNIT_VALID_TO), kind = row_integer(unit, UNIT_KIND);
  bool in_force = (from == NOTHING || from <= today) && (to == NOTHING || to >= today);
  return in_force && !unit->voided && row_integer(unit, UNIT_MAY_HOLD) == 1 && kind != UNIT_KIND_CITY && kind != UNIT_KIND_STREET &&
         kind != UNIT_KIND_VILLAGE;
}

enum store_error round_units_read(struct reader *reader, const struct row *round, int64_t today, struct arena *arena, struct round_units *units) {
  const struct value *given = row_value(round, ROUND_UNITS);
  struct row *campaign = NULL;
  struct rows all;
  *units = (struct round_units){0};
  if (!given->count) {
    enum store_error error = reader_get(reader, record_type(RECORD_CAMPAIGN), &SCOPE_SYSTEM, row_integer(round, ROUND_CAMPAIGN), arena, &campaign);
    if (error) return error == STORE_ABSENT ? STORE_OK : error;
    given = row_value(campaign, CAMPAIGN_UNITS);
  }
  for (size_t i = 0; i < given->count; i++) units_add(units, arena, given->many[i]);
  if (units->count) return STORE_OK;
  struct query query = {.type = record_type(RECORD_UNIT), .sort = UNIT_ORDER, .expected = -1};
  enum store_error error = round_rows_read(reader, &query, &SCOPE_SYSTEM, arena, &all);
  for (size_t i = 0; i < all.count; i++)
    if (holds_tasks(all.items[i], today)) units_add(units, arena, all.items[i]->id);
  return error;
}

/* ---- the round before ---- */

enum store_error round_since(struct reader *reader, const struct row *round, struct arena *arena, int64_t *since) {
  struct value of = value_integer(ROUND_CAMPAIGN, row_integer(round, ROUND_CAMPAIGN)), states[] = {value_integer(FIELD_STATE, ROUND_COLLECTED), value_integer(FIELD_STATE, ROUND_FROZEN)};
  struct condition conditions[] = {{.field = ROUND_CAMPAIGN, .how = C_IS, .values = &of, .count = 1}, {.field = FIELD_STATE, .how = C_IN, .values = states, .count = 2}};
  struct query query = {.type = record_type(RECORD_ROUND), .conditions = conditions, .condition_count = 2, .expected = -1};
  struct rows rows;
  const struct row *last = NULL;
  enum store_error error = round_rows_read(reader, &query, &SCOPE_SYSTEM, arena, &rows);
  for (size_t i = 0; i < rows.count; i++)
    if (rows.items[i]->id != round->id && (!last || row_integer(rows.items[i], ROUND_COLLECTED_ON) >= row_integer(last, ROUND_COLLECTED_ON))) last = rows.items[i];
  *since = last ? row_integer(last, ROUND_CUTOFF) : NOTHING;
  if (last && *since == NOTHING) *since = moment_of_date(row_integer(last, ROUND_COLLECTED_ON) + 1);
  return error;
}

int64_t round_month(int64_t date) {
  struct civil civil = civil_from_date(date);
  return civil.year * 100 + civil.month;
}
