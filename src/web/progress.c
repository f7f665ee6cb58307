/* Reads over time: what the frozen plan of a problem, or of a plan over several, asks for by a date and what is accepted by then, with the
   curve; its sites by stage; and an indicator from its base over what it was to its goal. Everything is reckoned by pure functions
   (rules/planned.h, rules/line.h); nothing is said of days that have not come. */
#include "rules/line.h"
#include "rules/planned.h"
#include "web/json_out.h"

#define VALUES_MOST 5000

/* What a progress is told of. */
struct account { struct progress *items; size_t count; int64_t at, today; };

static void weight_pair(struct json *json, const char *key, int64_t weight) {
  json_key(json, key);
  if (weight == NOTHING) json_null(json);
  else json_integer(json, weight);
}

static void date_pair(struct request *request, struct json *json, const char *key, int64_t date) {
  json_pair(json, key, date == NOTHING ? NULL : date_print(request->arena, date));
}

static void decimal_pair(struct request *request, struct json *json, const char *key, int64_t value) {
  json_pair(json, key, value == NOTHING ? NULL : text_from_decimal(request->arena, value, 4));
}

/* The record in this reader's scope; false: answered. */
static bool get(struct request *request, enum record_id type, struct row **row) {
  if (!request_head(request)) return false;
  enum store_error error = reader_get(request->reader, record_type(type), request_scope(request, record_type(type), MAY_READ), request->id,
                                      request->arena, row);
  if (error == STORE_ABSENT) answer_absent(request);
  else if (error) answer_store_error(request, error);
  return !error;
}

/* ?at=2026-11-23, today when left out. False: answered. */
static bool date_asked(struct request *request, struct account *account) {
  const char *text = request_argument(request, "at");
  account->today = account->at = date_of_moment(request_now(request));
  if (!text || date_parse(text, &account->at)) return true;
  answer_problem(request, 400, "wrong_value", (struct label){"at 应是日期，如 2026-11-23。", "at must be a date like 2026-11-23."});
  return false;
}

/* ?cycle=2 and the like: a whole number from 1 on, NOTHING when left out. False: answered. */
static bool number_asked(struct request *request, const char *name, int64_t *number) {
  const char *text = request_argument(request, name);
  *number = NOTHING;
  if (!text || (text_to_integer(text, number) && *number > 0)) return true;
  answer_problem(request, 400, "wrong_value", label_print(request->arena, "%s 应是从 1 起的整数。", "%s must be a whole number from 1 on.", name));
  return false;
}

static bool has_plan(const struct account *account) {
  for (size_t i = 0; i < account->count; i++)
    if (account->items[i].planned.count) return true;
  return false;
}

static int64_t planned_at(const struct account *account, int64_t date) {
  return has_plan(account) ? progress_planned(account->items, account->count, date) : NOTHING;
}
static int64_t accepted_at(const struct account *account, int64_t date) {
  return date > account->today ? NOTHING : progress_accepted(account->items, account->count, date);
}

static void point_write(struct request *request, struct json *json, const struct account *account, int64_t date) {
  json_open(json, '{');
  date_pair(request, json, "date", date);
  weight_pair(json, "planned", planned_at(account, date));
  weight_pair(json, "accepted", accepted_at(account, date));
  json_close(json, '}');
}

static void account_write(struct request *request, struct json *json, const struct account *account) {
  int64_t *dates = NULL;
  size_t count = progress_dates(request->arena, account->items, account->count, &dates);
  date_pair(request, json, "at", account->at);
  date_pair(request, json, "today", account->today);
  weight_pair(json, "planned", planned_at(account, account->at));
  weight_pair(json, "accepted", accepted_at(account, account->at));
  json_key(json, "curve");
  json_open(json, '[');
  for (size_t i = 0; i < count; i++) point_write(request, json, account, dates[i]);
  json_close(json, ']');
}

/* ---- a problem's sites ---- */

struct site_counts { int64_t by[6], total; };

static bool site_count_take(void *with, const int64_t *dimensions, int64_t count) {
  struct site_counts *counts = with;
  if (dimensions[0] < SITE_PLANNED || dimensions[0] >= SITE_DROPPED) return true; /* dropped ones are no longer of the problem */
  counts->by[dimensions[0] - SITE_PLANNED] += count;
  counts->total += count;
  return true;
}

/* Sites may be thousands: the page has their number at each stage, so that no figure goes without its stage. */
enum store_error sites_write(struct request *request, struct json *json, const struct row *problem) {
  static const uint16_t by[] = {FIELD_STATE};
  struct value of = value_integer(SITE_PROBLEM, problem->id);
  struct condition condition = {SITE_PROBLEM, C_IS, &of, 1};
  struct query query = {.type = record_type(RECORD_SITE), .conditions = &condition, .condition_count = 1, .expected = -1};
  struct site_counts counts = {0};
  enum store_error error = reader_tally(request->reader, &query, by, 1, request_scope(request, query.type, MAY_READ), site_count_take, &counts);
  json_key(json, "sites");
  json_open(json, '{');
  json_pair_integer(json, "total", counts.total);
  for (state_code state = SITE_PLANNED; state < SITE_DROPPED; state++) json_pair_integer(json, record_state(query.type, state)->name, counts.by[state - SITE_PLANNED]);
  json_close(json, '}');
  return error;
}

/* ---- of a problem ---- */

void problem_progress(struct request *request) {
  struct account account = {.count = 1};
  struct progress progress = {0};
  struct row *row = NULL;
  int64_t cycle;
  if (!date_asked(request, &account) || !number_asked(request, "cycle", &cycle) || !get(request, RECORD_PROBLEM, &row)) return;
  enum store_error error = progress_read(request->reader, row, cycle, request->arena, &progress);
  account.items = &progress;
  if (error) {
    answer_store_error(request, error);
    return;
  }
  struct json *json = out_open(request);
  json_pair_integer(json, "cycle", progress.cycle);
  date_pair(request, json, "baseline_on", progress.baseline_on);
  account_write(request, json, &account);
  out_close(request, 200);
}

/* ---- of a plan ---- */

/* Its problems with what is accepted of each; what is asked for comes from the baseline. One that is no longer there counts no more. */
static enum store_error problems_read(struct request *request, const struct row *plan, struct account *account) {
  const struct value *problems = row_value(plan, PLAN_PROBLEMS);
  enum store_error error = STORE_OK;
  size_t count = problems->kind == VALUE_MANY ? problems->count : 0;
  account->items = ARENA_ARRAY(request->arena, struct progress, count + 1);
  for (size_t i = 0; i < count && !error; i++) {
    struct row *problem = NULL;
    error = reader_get(request->reader, record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, problems->many[i], request->arena, &problem);
    if (error == STORE_ABSENT) {
      error = STORE_OK;
      continue;
    }
    if (!error) error = progress_read(request->reader, problem, NOTHING, request->arena, &account->items[account->count]);
    account->items[account->count].planned = (struct steps){0};
    account->items[account->count++].baseline_on = NOTHING;
  }
  return error;
}

static void baseline_lay(struct request *request, struct account *account, int64_t on, const struct frozen *steps, size_t count) {
  for (size_t i = 0; i < account->count; i++) {
    account->items[i].baseline_on = on;
    for (size_t k = 0; k < count; k++)
      if (steps[k].problem == account->items[i].problem)
        steps_add(request->arena, &account->items[i].planned, steps[k].due, steps[k].weight);
    steps_sort(&account->items[i].planned);
  }
}

static void baselines_write(struct request *request, struct json *json, const struct row *plan) {
  int64_t count = row_integer(plan, PLAN_BASELINE_COUNT), on;
  struct frozen *steps;
  size_t step_count;
  json_key(json, "baselines");
  json_open(json, '[');
  for (int64_t number = 1; count != NOTHING && number <= count; number++) {
    if (!baselines_get(request->arena, row_text(plan, PLAN_BASELINES), number, &on, &steps, &step_count)) break;
    json_open(json, '{');
    json_pair_integer(json, "number", number);
    date_pair(request, json, "on", on);
    json_key(json, "steps");
    json_open(json, '[');
    for (size_t i = 0; i < step_count; i++) {
      json_open(json, '{');
      json_pair_integer(json, "problem", steps[i].problem);
      json_pair_integer(json, "measure", steps[i].measure);
      date_pair(request, json, "start", steps[i].start);
      date_pair(request, json, "due", steps[i].due);
      json_pair_integer(json, "weight", steps[i].weight);
      json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
  }
  json_close(json, ']');
}

/* Each problem by itself, of those that this reader may see. */
static enum store_error each_write(struct request *request, struct json *json, const struct account *account) {
  const struct record_type *type = record_type(RECORD_PROBLEM);
  int64_t *ids = ARENA_ARRAY(request->arena, int64_t, account->count + 1);
  struct rows seen = {0};
  for (size_t i = 0; i < account->count; i++) ids[i] = account->items[i].problem;
  struct query query = {.type = type, .ids = ids, .id_count = account->count, .only_ids = true, .expected = (int64_t)account->count};
  enum store_error error = rows_read(request, &query, request_scope(request, type, MAY_READ), &seen);
  json_key(json, "problems");
  json_open(json, '[');
  for (size_t i = 0; i < account->count && !error; i++) {
    struct account one = {.items = &account->items[i], .count = 1, .at = account->at, .today = account->today};
    bool shown = false;
    for (size_t k = 0; k < seen.count; k++) shown = shown || seen.items[k]->id == ids[i];
    if (!shown) continue;
    json_open(json, '{');
    json_pair_integer(json, "problem", ids[i]);
    weight_pair(json, "planned", planned_at(&one, one.at));
    weight_pair(json, "accepted", accepted_at(&one, one.at));
    json_close(json, '}');
  }
  json_close(json, ']');
  return error;
}

void plan_progress(struct request *request) {
  struct account account = {0};
  struct row *row = NULL;
  struct frozen *steps = NULL;
  size_t step_count = 0;
  int64_t number, count, on = NOTHING;
  if (!date_asked(request, &account) || !number_asked(request, "baseline", &number) || !get(request, RECORD_PLAN, &row)) return;
  count = row_integer(row, PLAN_BASELINE_COUNT);
  if (count == NOTHING) count = 0;
  if (number != NOTHING && number > count) {
    answer_problem(request, 404, "absent",
                   label_print(request->arena, "该方案冻结过 %lld 次，没有这一次。",
                               "This plan was frozen %lld times; there is no such baseline.", (long long)count));
    return;
  }
  if (number == NOTHING) number = count;
  enum store_error error = problems_read(request, row, &account);
  if (!error && number > 0 && !baselines_get(request->arena, row_text(row, PLAN_BASELINES), number, &on, &steps, &step_count))
    error = STORE_BROKEN;
  if (error) {
    answer_store_error(request, error);
    return;
  }
  baseline_lay(request, &account, on, steps, step_count);
  struct json *json = out_open(request);
  weight_pair(json, "baseline", number > 0 ? number : NOTHING);
  date_pair(request, json, "baseline_on", on);
  account_write(request, json, &account);
  error = each_write(request, json, &account);
  baselines_write(request, json, row);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

/* ---- of an indicator ---- */

/* Of several values for one day the last entered stands: rows come by date, then by id. */
static size_t values_last(const struct rows *rows, struct row **last) {
  size_t count = 0;
  for (size_t i = 0; i < rows->count; i++) {
    bool again = count && row_integer(last[count - 1], INDICATOR_VALUE_ON) == row_integer(rows->items[i], INDICATOR_VALUE_ON);
    if (again) count--;
    last[count++] = rows->items[i];
  }
  return count;
}

static void end_write(struct request *request, struct json *json, const char *key, int64_t date, int64_t value) {
  json_key(json, key);
  if (!json_open_or_null(json, value != NOTHING)) return;
  date_pair(request, json, "date", date);
  decimal_pair(request, json, "value", value);
  json_close(json, '}');
}

static void value_point(struct request *request, struct json *json, const struct line *line, const struct row *row) {
  const struct choice *source = field_choice(record_field(row->type, INDICATOR_VALUE_SOURCE), row_integer(row, INDICATOR_VALUE_SOURCE));
  int64_t on = row_integer(row, INDICATOR_VALUE_ON), value = row_integer(row, INDICATOR_VALUE_VALUE);
  json_open(json, '{');
  date_pair(request, json, "date", on);
  decimal_pair(request, json, "value", value);
  decimal_pair(request, json, "expected", line_expected(line, on));
  json_pair_integer(json, "reached", line_reached(line, value));
  json_pair(json, "source", source ? source->name : NULL);
  json_close(json, '}');
}

void indicator_curve(struct request *request) {
  const struct record_type *type = record_type(RECORD_INDICATOR_VALUE);
  struct row *row = NULL;
  struct rows rows = {0};
  if (!get(request, RECORD_INDICATOR, &row)) return;
  struct value of = value_integer(INDICATOR_VALUE_INDICATOR, row->id);
  struct condition condition = {INDICATOR_VALUE_INDICATOR, C_IS, &of, 1};
  struct query query =
      {.type = type, .conditions = &condition, .condition_count = 1, .sort = INDICATOR_VALUE_ON, .limit = VALUES_MOST, .expected = -1};
  enum store_error error = rows_read(request, &query, &SCOPE_SYSTEM, &rows); /* who sees the indicator sees what it was */
  if (error) {
    answer_store_error(request, error);
    return;
  }
  struct line line = {row_integer(row, INDICATOR_BASE), row_integer(row, INDICATOR_BASE_ON), row_integer(row, INDICATOR_GOAL),
                      row_integer(row, INDICATOR_GOAL_ON)};
  struct row **last = ARENA_ARRAY(request->arena, struct row *, rows.count + 1);
  size_t count = values_last(&rows, last);
  int64_t now = row_integer(row, INDICATOR_LATEST);
  struct json *json = out_open(request);
  json_pair(json, "name", row_text(row, INDICATOR_NAME));
  json_pair(json, "measured_in", row_text(row, INDICATOR_MEASURED_IN));
  end_write(request, json, "base", line.base_on, line.base);
  end_write(request, json, "now", row_integer(row, INDICATOR_LATEST_ON), now);
  end_write(request, json, "goal", line.goal_on, line.goal);
  decimal_pair(request, json, "expected_today", line_expected(&line, date_of_moment(request_now(request))));
  weight_pair(json, "reached", now == NOTHING ? NOTHING : line_reached(&line, now));
  json_key(json, "values");
  json_open(json, '[');
  for (size_t i = 0; i < count; i++) value_point(request, json, &line, last[i]);
  json_close(json, ']');
  out_close(request, 200);
}
