/* Who is late (chase_list.h): one query by an index a page, another for the chases of what stands on it. Bounded by who asks. */
#include "rules/chase_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/room.h"

const struct chase_kind CHASE_KINDS[] = {
  {"problems", {"整改逾期", "Problems past their date"}, RECORD_PROBLEM, {PROBLEM_ASSIGNED, PROBLEM_TAKEN, PROBLEM_RECTIFYING, PROBLEM_DISPUTED}, PROBLEM_DUE, PROBLEM_LEAD_UNIT, WAITS_FOR_UNIT},
  {"signatures", {"待主要负责人签字", "Applications waiting for the unit's head"}, RECORD_PROBLEM, {PROBLEM_APPLIED}, PROBLEM_REVIEW_UNTIL, PROBLEM_LEAD_UNIT, WAITS_FOR_HEAD},
  {"measures", {"措施逾期", "Measures past their date"}, RECORD_MEASURE, {MEASURE_PLANNED, MEASURE_WORKING}, MEASURE_DUE, MEASURE_UNIT, WAITS_FOR_UNIT, true},
  {"round_answers", {"未报送", "Round answers"}, RECORD_ROUND_ANSWER, {ROUND_ANSWER_AWAITED, ROUND_ANSWER_LATE}, ANSWER_DUE, ANSWER_UNIT, WAITS_FOR_UNIT},
  {"transfers", {"转办待答复", "Transfers to answer"}, RECORD_TRANSFER, {TRANSFER_ASKED}, TRANSFER_DUE, TRANSFER_TO, WAITS_FOR_UNIT},
  {"appeals", {"诉求超期未答复", "Appeals past their date"}, RECORD_APPEAL, {APPEAL_ASSIGNED, APPEAL_CONTACTED}, APPEAL_DUE, APPEAL_UNIT, WAITS_FOR_UNIT},
  {"results", {"成效待填报", "Results to complete"}, RECORD_RESULT, {RESULT_DRAFTED}, RESULT_CLOSED_ON, RESULT_UNIT, WAITS_FOR_UNIT},
  {"reviews", {"整改办审核逾期", "The office's own reviews"}, RECORD_PROBLEM, {PROBLEM_ENDORSED}, PROBLEM_REVIEW_UNTIL, PROBLEM_LEAD_UNIT, WAITS_FOR_OFFICE},
  {"rulings", {"裁定逾期", "The office's rulings"}, RECORD_RULING, {RULING_ASKED}, RULING_DUE, RULING_FROM, WAITS_FOR_OFFICE},
};
const size_t CHASE_KIND_COUNT = sizeof CHASE_KINDS / sizeof *CHASE_KINDS;

const struct chase_kind *chase_kind_named(const char *name) {
  for (size_t i = 0; i < CHASE_KIND_COUNT; i++)
    if (text_equal(CHASE_KINDS[i].name, name)) return &CHASE_KINDS[i];
  return NULL;
}

const struct chase_kind *chase_kind_of(const struct row *row) {
  for (size_t i = 0; i < CHASE_KIND_COUNT; i++)
    for (size_t k = 0; k < 4 && CHASE_KINDS[i].states[k]; k++)
      if (CHASE_KINDS[i].type == row->type->id && CHASE_KINDS[i].states[k] == row->state) return &CHASE_KINDS[i];
  return NULL;
}

bool chase_open(const struct row *problem) { return chase_kind_of(problem) == &CHASE_KINDS[0]; }

const char *chase_name(struct arena *arena, const struct row *row) {
  static const struct { enum record_id type; uint16_t field; } NAMES[] = {
    {RECORD_PROBLEM, PROBLEM_NUMBER}, {RECORD_APPEAL, APPEAL_NUMBER}, {RECORD_TRANSFER, TRANSFER_NUMBER}, {RECORD_RESULT, RESULT_NUMBER}, {RECORD_ROUND_ANSWER, ANSWER_NAME}};
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
    if (NAMES[i].type == row->type->id && row_text(row, NAMES[i].field)) return row_text(row, NAMES[i].field);
  return arena_print(arena, "%s %lld", row->type->label.zh, (long long)row->id);
}

/* ---- what is asked ---- */

struct asked {
  struct value states[4], today, unit, campaign, open[4];
  struct condition conditions[4], of[2];
  struct query query, problem;
};

/* What belongs to a problem waits for nobody once that is done, withdrawn or suspended; it is of its campaign. */
static const struct query *problem_asked(const struct chase_question *question, struct asked *asked) {
  const state_code *states = CHASE_KINDS[0].states;
  for (size_t i = 0; i < 4; i++) asked->open[i] = value_integer(FIELD_STATE, states[i]);
  asked->of[0] = (struct condition){FIELD_STATE, C_IN, asked->open, 4};
  asked->campaign = value_integer(PROBLEM_CAMPAIGN, question->campaign);
  asked->of[1] = (struct condition){PROBLEM_CAMPAIGN, C_IS, &asked->campaign, 1};
  asked->problem = (struct query){.type = record_type(RECORD_PROBLEM),
                                  .conditions = asked->of,
                                  .condition_count = question->campaign ? 2 : 1};
  return &asked->problem;
}

static void asked_make(const struct chase_question *question, struct asked *asked) {
  const struct chase_kind *kind = question->kind;
  const struct record_type *type = record_type(kind->type);
  const struct field *campaign = record_reference(type, RECORD_CAMPAIGN);
  size_t states = 0, count = 0;
  for (; states < 4 && kind->states[states]; states++) asked->states[states] = value_integer(FIELD_STATE, kind->states[states]);
  asked->today = value_integer(kind->due, question->today);
  asked->conditions[count++] = (struct condition){FIELD_STATE, C_IN, asked->states, states};
  asked->conditions[count++] = (struct condition){kind->due, C_LESS, &asked->today, 1};
  asked->unit = value_integer(kind->unit, question->unit);
  if (question->unit) asked->conditions[count++] = (struct condition){kind->unit, C_IS, &asked->unit, 1};
  if (question->campaign && campaign) {
    asked->campaign = value_integer(campaign->id, question->campaign);
    asked->conditions[count++] = (struct condition){campaign->id, C_IS, &asked->campaign, 1};
  }
  asked->query = (struct query){.type = type,
                                .parent = kind->of_open ? problem_asked(question, asked) : NULL,
                                .conditions = asked->conditions,
                                .condition_count = count,
                                .expected = -1};
}

static const struct scope *scope_of(const struct chase_question *question, struct arena *arena, const struct record_type *type) {
  return scope_for(arena, question->authority, type, MAY_READ);
}

enum store_error chase_list_count(struct reader *reader, const struct chase_question *question, struct arena *arena, int64_t *count) {
  struct asked asked;
  asked_make(question, &asked);
  return reader_count(reader, &asked.query, scope_of(question, arena, asked.query.type), count);
}

/* ---- by unit ---- */

static bool unit_take(void *with, const int64_t *dimensions, int64_t count) {
  struct chase_units *units = with;
  ARENA_ROOM(units->arena, units->items, units->count, units->room, 64);
  units->items[units->count++] = (struct chase_unit){dimensions[0], count};
  return true;
}
static int by_unit(const void *one, const void *other) {
  const struct chase_unit *a = one, *b = other;
  return (a->unit > b->unit) - (a->unit < b->unit);
}

enum store_error chase_list_units(struct reader *reader, const struct chase_question *question, struct arena *arena, struct chase_units *units) {
  struct asked asked;
  *units = (struct chase_units){.arena = arena};
  asked_make(question, &asked);
  enum store_error error = reader_tally(reader, &asked.query, &question->kind->unit, 1, scope_of(question, arena, asked.query.type), unit_take, units);
  if (units->count) qsort(units->items, units->count, sizeof *units->items, by_unit);
  return error;
}

/* ---- one page ---- */

/* What people noted about the records of the page. */
static enum store_error notes_read(struct reader *reader, const struct chase_question *question, const struct rows *rows,
                                   struct arena *arena, struct rows *notes) {
  struct value *ids = ARENA_ARRAY(arena, struct value, rows->count + 1), type = value_integer(CHASE_OF_TYPE, question->kind->type);
  for (size_t i = 0; i < rows->count; i++) ids[i] = value_integer(CHASE_OF_ID, rows->items[i]->id);
  struct condition conditions[] = {{CHASE_OF_ID, C_IN, ids, rows->count}, {CHASE_OF_TYPE, C_IS, &type, 1}};
  struct query query = {.type = record_type(RECORD_CHASE),
                        .conditions = conditions,
                        .condition_count = 2,
                        .long_texts = true,
                        .expected = 0};
  if (!rows->count) return STORE_OK;
  return reader_list(reader, &query, scope_of(question, arena, query.type), arena, rows_keep, notes);
}

static void later(int64_t *than, int64_t date) {
  if (date != NOTHING && (*than == NOTHING || date > *than)) *than = date;
}

static struct chased chased_of(const struct row *row, const struct rows *notes) {
  struct chased chased = {.last_on = NOTHING};
  int64_t times = NOTHING;
  if (row->type->id == RECORD_PROBLEM) times = row_integer(row, PROBLEM_CHASED);
  if (row->type->id == RECORD_ROUND_ANSWER) times = row_integer(row, ANSWER_REMINDED);
  if (times > 0) chased.steps = times;
  if (times > 0) chased.last_on = row_integer(row, row->type->id == RECORD_PROBLEM ? PROBLEM_CHASED_ON : ANSWER_REMINDED_ON);
  for (size_t i = 0; i < notes->count; i++) {
    const struct row *note = notes->items[i];
    if (row_integer(note, CHASE_OF_ID) != row->id || note->state == CHASE_DROPPED) continue;
    chased.notes++;
    if (!chased.last || note->id > chased.last->id) chased.last = note;
    later(&chased.last_on, row_integer(note, CHASE_SAID_ON));
  }
  return chased;
}

enum store_error chase_list_read(struct reader *reader, const struct chase_question *question, struct arena *arena, struct chase_page *page) {
  struct asked asked;
  struct rows rows = {.arena = arena}, notes = {.arena = arena};
  *page = (struct chase_page){0};
  asked_make(question, &asked);
  struct query query = asked.query;
  query.sort = question->kind->due;
  query.limit = question->limit + 1;
  query.has_after = question->after_id != 0;
  query.after = value_integer(question->kind->due, question->after_due);
  query.after_id = question->after_id;
  enum store_error error = reader_list(reader, &query, scope_of(question, arena, query.type), arena, rows_keep, &rows);
  page->more = rows.count > question->limit;
  if (page->more) rows.count = question->limit;
  if (!error) error = notes_read(reader, question, &rows, arena, &notes);
  if (!error) error = chase_list_count(reader, question, arena, &page->total);
  page->items = ARENA_ARRAY(arena, struct late, rows.count + 1);
  for (size_t i = 0; i < rows.count && !error; i++) {
    const struct row *row = rows.items[i];
    int64_t due = row_integer(row, question->kind->due);
    struct late *late = &page->items[page->count++];
    *late = (struct late){row, row_integer(row, question->kind->unit), due, question->today - due, chased_of(row, &notes)};
    int64_t times = late->chased.steps + late->chased.notes;
    if (times > page->most_chased) page->most_chased = times;
  }
  return error;
}
