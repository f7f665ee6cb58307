/* What time brings about in rounds: units that were not asked in the first set are asked, answers fall late, and who has not answered is
   reminded, once a day and unit (the message outbox tells them). Found by index; a quiet tick asks two questions. */
#include "rules/clock_private.h"

#include <string.h>

#include "base/log.h"
#include "rules/rounds.h"

enum { ANSWERS_GROUP = 200 };

/* Applies a set; when it is refused as a whole (somebody answered meanwhile), its changes one by one. */
static enum store_error apply(struct clock_run *run, const struct change *changes, size_t count, int64_t *done) {
  struct context context = clock_context(run->now);
  struct outcome outcome;
  enum store_error error = count ? change_run(run->writer, &context, changes, count, run->arena, &outcome) : STORE_OK;
  if (!count || error != STORE_OK) return error;
  if (outcome.verdict <= VERDICT_REPEATED) {
    *done += (int64_t)count;
    return STORE_OK;
  }
  for (size_t i = 0; count > 1 && i < count && error == STORE_OK; i++) error = apply(run, &changes[i], 1, done);
  return error;
}

/* ---- units still to be asked ---- */

static enum store_error ask_rest(struct clock_run *run, const struct row *round, struct reader *reader, bool *rest) {
  struct value of = value_integer(ANSWER_ROUND, round->id);
  struct condition condition = {.field = ANSWER_ROUND, .how = C_IS, .values = &of, .count = 1};
  struct query query = {.type = record_type(RECORD_ROUND_ANSWER), .conditions = &condition, .condition_count = 1, .expected = -1};
  int64_t count = 0;
  enum store_error error = reader_count(reader, &query, &SCOPE_SYSTEM, &count);
  (void)run;
  *rest = error == STORE_OK && count < row_integer(round, ROUND_ASKED);
  return error;
}

static enum store_error work_open(struct clock_run *run, bool *again) {
  struct value open = value_integer(FIELD_STATE, ROUND_OPEN);
  struct condition condition = {.field = FIELD_STATE, .how = C_IS, .values = &open, .count = 1};
  struct query query = {.type = record_type(RECORD_ROUND), .conditions = &condition, .condition_count = 1, .expected = -1};
  struct rows rounds;
  struct reader *reader;
  int64_t done = 0;
  enum store_error error = store_reader(run->store, &reader);
  *again = false;
  if (error != STORE_OK) return error;
  error = round_rows_read(reader, &query, &SCOPE_SYSTEM, run->arena, &rounds);
  struct change *changes = ARENA_ARRAY(run->arena, struct change, rounds.count + 1);
  size_t count = 0;
  for (size_t i = 0; i < rounds.count && error == STORE_OK; i++) {
    bool rest = false;
    error = ask_rest(run, rounds.items[i], reader, &rest);
    if (rest)
      changes[count++] = (struct change){.type = rounds.items[i]->type,
                                         .id = rounds.items[i]->id,
                                         .seen = ANY_VERSION,
                                         .action = ACTION_OPEN};
  }
  reader_release(reader);
  for (size_t i = 0; i < count && error == STORE_OK; i++) error = apply(run, &changes[i], 1, &done);
  *again = done > 0;
  return error;
}

/* ---- reminders ---- */

/* Was the unit reminded today, of this or another round? Those of this group count. */
static enum store_error reminded_today(struct reader *reader, const struct rows *due, size_t before, int64_t today, bool *reminded) {
  int64_t unit = row_integer(due->items[before], ANSWER_UNIT), count = 0;
  struct value of = value_integer(ANSWER_UNIT, unit), on = value_integer(ANSWER_REMINDED_ON, today);
  struct condition conditions[] = {{.field = ANSWER_UNIT, .how = C_IS, .values = &of, .count = 1},
                                   {.field = ANSWER_REMINDED_ON, .how = C_IS, .values = &on, .count = 1}};
  struct query query = {.type = record_type(RECORD_ROUND_ANSWER), .conditions = conditions, .condition_count = 2, .expected = 0};
  *reminded = false;
  for (size_t i = 0; i < before; i++) *reminded |= row_integer(due->items[i], ANSWER_UNIT) == unit;
  if (*reminded) return STORE_OK;
  enum store_error error = reader_count(reader, &query, &SCOPE_SYSTEM, &count);
  *reminded = count > 0;
  return error;
}

struct reminders { struct change *changes; size_t count; };

/* The date is past: late. Then the reminder; where the unit had one today, tomorrow. */
static void remind(struct clock_run *run, const struct row *answer, bool reminded, struct reminders *reminders) {
  int64_t today = date_of_moment(run->now), due = row_integer(answer, ANSWER_DUE);
  struct change change = {.type = answer->type, .id = answer->id, .seen = ANY_VERSION};
  if (answer->state == ROUND_ANSWER_AWAITED && due != NOTHING && due < today) {
    change.action = ACTION_FALL_LATE;
    reminders->changes[reminders->count++] = change;
  }
  change.action = reminded ? ACTION_EDIT : ACTION_REMIND;
  if (reminded) {
    struct value *tomorrow = ARENA_NEW(run->arena, struct value);
    *tomorrow = value_integer(ANSWER_REMIND_NEXT, today + 1);
    change.values = tomorrow;
    change.value_count = 1;
  }
  reminders->changes[reminders->count++] = change;
}

static enum store_error remind_group(struct clock_run *run, int64_t *done) {
  struct value today = value_integer(ANSWER_REMIND_NEXT, date_of_moment(run->now));
  struct condition condition = {.field = ANSWER_REMIND_NEXT, .how = C_AT_MOST, .values = &today, .count = 1};
  struct query query = {.type = record_type(RECORD_ROUND_ANSWER),
                        .conditions = &condition,
                        .condition_count = 1,
                        .sort = ANSWER_REMIND_NEXT,
                        .limit = ANSWERS_GROUP,
                        .expected = -1};
  struct reminders reminders = {.changes = ARENA_ARRAY(run->arena, struct change, 2 * ANSWERS_GROUP + 1)};
  struct rows due;
  struct reader *reader;
  enum store_error error = store_reader(run->store, &reader);
  if (error != STORE_OK) return error;
  error = round_rows_read(reader, &query, &SCOPE_SYSTEM, run->arena, &due);
  for (size_t i = 0; i < due.count && error == STORE_OK; i++) {
    bool reminded = false;
    error = reminded_today(reader, &due, i, today.integer, &reminded);
    if (error == STORE_OK) remind(run, due.items[i], reminded, &reminders);
  }
  reader_release(reader);
  *done = 0;
  return error == STORE_OK ? apply(run, reminders.changes, reminders.count, done) : error;
}

enum store_error clock_rounds(struct clock_run *run) {
  enum store_error error = STORE_OK;
  bool again = true;
  int64_t done = 1;
  while (again && error == STORE_OK) {
    arena_reset(run->arena);
    error = work_open(run, &again);
  }
  while (done && error == STORE_OK) {
    arena_reset(run->arena);
    error = remind_group(run, &done);
    run->report->reminded += done;
  }
  return error;
}
