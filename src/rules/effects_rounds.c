/* Effects of rounds and answers: numbering, asking the units, filling an answer from the ledger, reminding, and asking for a further
   round. */
#include <string.h>

#include "rules/effects.h"
#include "rules/rounds.h"

/* ---- the round ---- */

struct greatest { int64_t value; };
static bool greatest_take(void *with, const struct row *row) {
  struct greatest *greatest = with;
  int64_t value = row_integer(row, ROUND_NUMBER);
  if (value > greatest->value) greatest->value = value;
  return true;
}

/* Dense in the campaign: rounds are never deleted. */
enum store_error number_round(struct decision *decision) {
  struct value of = value_integer(ROUND_CAMPAIGN, row_integer(decision->after, ROUND_CAMPAIGN));
  struct condition condition = {.field = ROUND_CAMPAIGN, .how = C_IS, .values = &of, .count = 1};
  struct query query = {.type = decision->type, .conditions = &condition, .condition_count = 1, .with_voided = true, .expected = -1};
  struct greatest greatest = {0};
  enum store_error error = reader_list(decision->set->reader, &query, &SCOPE_SYSTEM, decision->set->scratch, greatest_take, &greatest);
  row_set_integer(decision->after, ROUND_NUMBER, greatest.value + 1);
  return error;
}

/* When a unit is reminded first: so many days before the date, or on the next day where that is past. */
static int64_t first_reminder(const struct decision *decision, int64_t due, int64_t remind_days) {
  int64_t day = due - remind_days, today = decision->set->today;
  return day > today ? day : today + 1;
}

void round_answer_ask(struct decision *decision, const struct row *round, int64_t unit, int64_t since, int64_t remind_days) {
  struct arena *scratch = decision->set->scratch;
  const char *name = row_text(round, ROUND_NAME);
  int64_t due = row_integer(round, ROUND_DUE);
  struct value values[] = {value_integer(ANSWER_ROUND, round->id),
                           value_integer(ANSWER_UNIT, unit),
                           value_integer(ANSWER_CAMPAIGN, row_integer(round, ROUND_CAMPAIGN)),
                           value_text(ANSWER_NAME, arena_print(scratch, "%s", name ? name : "")),
                           value_integer(ANSWER_DUE, due),
                           value_integer(ANSWER_MONTH, round_month(row_integer(round, ROUND_OPENS_ON))),
                           value_text(ANSWER_KEY, arena_print(scratch, "%lld:%lld", (long long)round->id, (long long)unit)),
                           value_integer(ANSWER_SINCE, since),
                           value_integer(ANSWER_REMIND_NEXT, first_reminder(decision, due, remind_days))};
  effect_change(decision, RECORD_ROUND_ANSWER, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
}

static enum store_error answers_of(struct decision *decision, struct rows *answers) {
  struct value of = value_integer(ANSWER_ROUND, decision->after->id);
  struct condition condition = {.field = ANSWER_ROUND, .how = C_IS, .values = &of, .count = 1};
  struct query query = {.type = record_type(RECORD_ROUND_ANSWER), .conditions = &condition, .condition_count = 1, .expected = -1};
  return round_rows_read(decision->set->reader, &query, &SCOPE_SYSTEM, decision->set->scratch, answers);
}

static bool waits(const struct row *answer) { return answer->state == ROUND_ANSWER_AWAITED || answer->state == ROUND_ANSWER_LATE; }

static const struct row *answer_of(const struct rows *answers, int64_t unit) {
  for (size_t i = 0; i < answers->count; i++)
    if (row_integer(answers->items[i], ANSWER_UNIT) == unit) return answers->items[i];
  return NULL;
}

/* The date of the round was moved: it moves for those who still have to answer. */
static size_t answers_extend(struct decision *decision, const struct rows *answers) {
  int64_t due = row_integer(decision->after, ROUND_DUE);
  size_t count = 0;
  for (size_t i = 0; i < answers->count && count < ROUND_SET; i++) {
    if (!waits(answers->items[i]) || row_integer(answers->items[i], ANSWER_DUE) == due) continue;
    struct value value = value_integer(ANSWER_DUE, due);
    effect_change(decision, RECORD_ROUND_ANSWER, answers->items[i]->id, ACTION_EXTEND, &value, 1, NULL);
    count++;
  }
  return count;
}

/* An answer for each unit that has none yet, at most a set of them: the clock asks the rest. */
enum store_error effect_round_open(struct decision *decision, const struct transition *arrow) {
  struct arena *scratch = decision->set->scratch;
  struct round_units units;
  struct rows answers;
  int64_t since = NOTHING;
  enum store_error error = set_policy(decision);
  (void)arrow;
  if (error == STORE_OK) error = round_units_read(decision->set->reader, decision->after, decision->set->today, scratch, &units);
  if (error == STORE_OK) error = answers_of(decision, &answers);
  if (error == STORE_OK) error = round_since(decision->set->reader, decision->after, scratch, &since);
  if (error != STORE_OK) return error;
  if (!units.count) {
    set_find(decision, VERDICT_NOT_NOW, ROUND_UNITS, "nobody_asked", (struct label){"没有可以报送的单位:请在轮次或专项工作里选定单位", "there is no unit to ask: name units in the round or in the campaign"});
    return STORE_OK;
  }
  size_t made = answers_extend(decision, &answers), wanted = answers.count;
  for (size_t i = 0; i < units.count; i++) {
    if (answer_of(&answers, units.ids[i])) continue;
    wanted++;
    if (made++ < ROUND_SET) round_answer_ask(decision, decision->after, units.ids[i], since, decision->policy->remind_days);
  }
  row_set_integer(decision->after, ROUND_ASKED, (int64_t)wanted);
  return STORE_OK;
}

/* Nobody is reminded of a round that takes no answers any more; who has not answered stays as missing. */
enum store_error effect_round_close(struct decision *decision, const struct transition *arrow) {
  struct rows answers;
  enum store_error error = answers_of(decision, &answers);
  (void)arrow;
  for (size_t i = 0; error == STORE_OK && i < answers.count; i++) {
    struct value nothing = value_nothing(ANSWER_REMIND_NEXT);
    if (row_integer(answers.items[i], ANSWER_REMIND_NEXT) != NOTHING) effect_change(decision, RECORD_ROUND_ANSWER, answers.items[i]->id, ACTION_EDIT, &nothing, 1, NULL);
  }
  return error;
}

/* A further round in the month waits for an approval; agreed, the round says so and may be opened. */
enum store_error effect_round_ask(struct decision *decision, const struct transition *arrow) {
  const struct row *round = decision->before;
  struct value extra = value_integer(ROUND_EXTRA, 1);
  struct change pending = {.type = decision->type, .id = round->id, .seen = ANY_VERSION, .action = ACTION_EDIT, .values = &extra, .value_count = 1, .reason = decision->change->reason};
  enum store_error error = set_policy(decision);
  if (error != STORE_OK) return error;
  struct value values[] = {
    value_text(APPROVAL_TITLE, arena_print(decision->set->scratch, "%s:%s", arrow->label.zh, row_text(round, ROUND_NAME))), value_integer(APPROVAL_TYPE, RECORD_ROUND),
    value_integer(APPROVAL_RECORD, round->id), value_text(APPROVAL_PENDING, approval_print(decision->set->scratch, &pending, 1)), value_text(APPROVAL_REASON, decision->change->reason),
    value_integer(APPROVAL_NEEDED, decision->policy->round_approvers), value_integer(APPROVAL_ASKED_BY, decision->authority->user ? decision->authority->user : NOTHING)};
  effect_change(decision, RECORD_APPROVAL, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
  return STORE_OK;
}

/* ---- the answer ---- */

/* What the unit confirms is what the ledger says at this moment. */
enum store_error effect_answer_fill(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after, *round = NULL;
  struct round_ledger ledger;
  enum store_error error = reader_get(decision->set->reader, record_type(RECORD_ROUND), &SCOPE_SYSTEM, row_integer(after, ANSWER_ROUND), decision->set->scratch, &round);
  (void)arrow;
  if (error == STORE_OK)
    error = round_ledger_read(decision->set->reader, &SCOPE_SYSTEM, row_integer(after, ANSWER_CAMPAIGN), row_integer(after, ANSWER_UNIT), row_integer(after, ANSWER_SINCE),
                              row_integer(round, ROUND_OPENS_ON), decision->set->scratch, &ledger);
  if (error != STORE_OK) return error == STORE_ABSENT ? STORE_BROKEN : error;
  round_answer_fill(after, &ledger);
  error = set_policy(decision);
  if (error == STORE_OK && after->state == ROUND_ANSWER_ANSWERED && decision->policy->answer_signed) after->state = ROUND_ANSWER_SIGNING; /* the head signs */
  return error;
}

/* Awaited: when the next reminder comes, and that there was one. Answered or excused: none. */
enum store_error effect_answer_remind(struct decision *decision, const struct transition *arrow) {
  struct row *after = decision->after;
  int64_t due = row_integer(after, ANSWER_DUE), today = decision->set->today, times = row_integer(after, ANSWER_REMINDED);
  enum store_error error = set_policy(decision);
  if (error != STORE_OK) return error;
  if (arrow->action == ACTION_FALL_LATE) row_set_integer(after, ANSWER_WAS_LATE, 1);
  if (arrow->action == ACTION_FALL_LATE) return STORE_OK; /* the reminder is a step of its own */
  if (arrow->action == ACTION_REMIND) {
    row_set_integer(after, ANSWER_REMINDED, times == NOTHING ? 1 : times + 1);
    row_set_integer(after, ANSWER_REMINDED_ON, today);
    row_set_integer(after, ANSWER_REMIND_NEXT, today < due ? due : today + 1);
  } else
    row_set_integer(after, ANSWER_REMIND_NEXT, arrow->action == ACTION_EXTEND ? first_reminder(decision, due, decision->policy->remind_days) : NOTHING);
  return STORE_OK;
}

enum store_error effect_reported(struct decision *decision, const struct transition *arrow) {
  (void)arrow;
  row_set_integer(decision->after, PROBLEM_REPORTED_ON, decision_date(decision));
  return STORE_OK;
}
