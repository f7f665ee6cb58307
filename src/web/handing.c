/* Hand-overs as they are read: who held a problem for how long, precedents for a ruling, a slip with its items; and the one that
   writes many: giving problems to another unit, which tells what was refused. All in the reader's scope. */
#include <string.h>

#include "rules/holders.h"
#include "web/alike.h"

#define SUMS_MOST 5000
#define REASSIGN_MOST 500
#define PRECEDENTS_MOST 10
#define HITS_MOST 50
#define STEPS_MOST 100

static void date_pair(struct request *request, struct json *json, const char *key, int64_t date) {
  json_pair(json, key, date == NOTHING ? NULL : date_print(request->arena, date));
}

/* ---- holders ---- */

static void span_write(struct request *request, struct json *json, const struct held_span *span, struct labels *labels) {
  const struct choice *how = field_choice(record_field(record_type(RECORD_HOLDING), HOLDING_HOW), span->how);
  json_open(json, '{');
  json_pair_integer(json, "unit", span->unit);
  labels_want(labels, RECORD_UNIT, span->unit);
  date_pair(request, json, "from", span->from);
  date_pair(request, json, "to", span->to);
  json_pair_yes_no(json, "provisional", span->provisional);
  json_pair(json, "how", how ? how->name : NULL);
  json_pair(json, "how_label", how ? request_label(request, how->label) : NULL);
  if (span->cycle != NOTHING) json_pair_integer(json, "cycle", span->cycle);
  date_pair(request, json, "own_due", span->own_due);
  json_pair_integer(json, "days", span->days);
  json_pair_integer(json, "overdue_days", span->overdue);
  json_pair_integer(json, "own_overdue_days", span->own_overdue);
  json_close(json, '}');
}

/* What is or was asked about who leads it: transfers and rulings, each a record of its own in the reader's scope. */
static enum store_error steps_write(struct request *request, struct json *json, int64_t problem, struct labels *labels) {
  static const struct {
    enum record_id type;
    uint16_t problem;
  } STEPS[] = {{RECORD_TRANSFER, TRANSFER_PROBLEM}, {RECORD_RULING, RULING_PROBLEM}};
  enum store_error error = STORE_OK;
  json_key(json, "steps");
  json_open(json, '[');
  for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS && !error; i++) {
    struct rows rows = {.arena = request->arena};
    const struct record_type *type = record_type(STEPS[i].type);
    error = rows_of(request, STEPS[i].type, STEPS[i].problem, problem, request_scope(request, type, MAY_READ), STEPS_MOST, &rows);
    for (size_t k = 0; k < rows.count; k++) {
      json_open(json, '{');
      json_pair(json, "type", type->name);
      json_key(json, "record");
      record_write(request, json, rows.items[k], OUT_SPARSE, labels);
      json_close(json, '}');
    }
  }
  json_close(json, ']');
  return error;
}

void holders_show(struct request *request) {
  struct labels labels = {.arena = request->arena};
  struct held_span *held = NULL;
  size_t count = 0;
  int64_t days = 0, overdue = 0;
  struct row *problem = request_record(request, RECORD_PROBLEM);
  if (!problem) return;
  enum store_error error = holders_read(request->reader, problem, date_of_moment(request_now(request)), request->arena, &held, &count);
  struct json *json = out_open(request);
  json_key(json, "holders");
  json_open(json, '[');
  for (size_t i = 0; i < count; i++) {
    span_write(request, json, &held[i], &labels);
    days += held[i].days;
    overdue += held[i].overdue;
  }
  json_close(json, ']');
  json_pair_integer(json, "days", days);
  json_pair_integer(json, "overdue_days", overdue);
  json_pair_integer(json, "transfers", row_integer(problem, PROBLEM_TRANSFERS) == NOTHING ? 0 : row_integer(problem, PROBLEM_TRANSFERS));
  if (!error) error = steps_write(request, json, problem->id, &labels);
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

/* `unit=ID`, `since=DATE`. The unit it was merged into is told beside, for reports that roll up. */
void sums_show(struct request *request) {
  struct labels labels = {.arena = request->arena};
  struct held_sums sums = {0};
  const char *from = request_argument(request, "since");
  int64_t unit = request_argument_integer(request, "unit", 0), since = NOTHING, now = 0;
  if (unit <= 0 || (from && !date_parse(from, &since))) {
    answer_problem(request, 400, "wrong_value",
                   (struct label){"unit 应是单位编号,since 应是日期(如 2026-01-01)。",
                                  "unit is a unit's id, since a date such as 2026-01-01."});
    return;
  }
  if (!request_head(request)) return;
  enum store_error error = holders_sums(request->reader, unit, since, date_of_moment(request_now(request)), SUMS_MOST,
                                        request_scope(request, record_type(RECORD_HOLDING), MAY_READ), request->arena, &sums);
  if (!error) error = unit_now(request->reader, unit, request->arena, &now);
  struct json *json = out_open(request);
  json_pair_integer(json, "unit", unit);
  json_pair_integer(json, "unit_now", now);
  labels_want(&labels, RECORD_UNIT, unit);
  labels_want(&labels, RECORD_UNIT, now);
  json_pair_integer(json, "holdings", sums.holdings);
  json_pair_integer(json, "running", sums.running);
  json_pair_integer(json, "days", sums.days);
  json_pair_integer(json, "overdue_days", sums.overdue);
  json_pair_integer(json, "own_overdue_days", sums.own_overdue);
  json_pair_yes_no(json, "more", sums.more);
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

/* ---- precedents ---- */

static enum store_error category_look(struct request *request, int64_t category, struct rows *rows) {
  struct value is = value_integer(RULING_CATEGORY, category), given = value_integer(FIELD_STATE, RULING_GIVEN);
  struct condition conditions[] = {{.field = RULING_CATEGORY, .how = C_IS, .values = &is, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IS, .values = &given, .count = 1}};
  struct query query = {.type = record_type(RECORD_RULING),
                        .conditions = conditions,
                        .condition_count = 2,
                        .descending = true,
                        .limit = HITS_MOST,
                        .expected = -1};
  return category == NOTHING ? STORE_OK : rows_read(request, &query, request_scope(request, query.type, MAY_READ), rows);
}

static enum store_error rulings_write(struct request *request, struct json *json, struct likenesses *all, int64_t problem,
                                      struct labels *labels) {
  enum store_error error = STORE_OK;
  size_t shown = 0;
  alike_sort(all);
  for (size_t i = 0; i < all->count && shown < PRECEDENTS_MOST && !error; i++) {
    struct row *row = NULL;
    error = reader_get(request->reader, record_type(RECORD_RULING), request_scope(request, record_type(RECORD_RULING), MAY_READ),
                       all->items[i].id, request->arena, &row);
    if (error == STORE_ABSENT) error = STORE_OK;
    if (!row || row->state != RULING_GIVEN || row_integer(row, RULING_PROBLEM) == problem) continue;
    json_open(json, '{');
    json_key(json, "record");
    record_write(request, json, row, OUT_SPARSE, labels);
    json_pair_integer(json, "points", all->items[i].points);
    json_close(json, '}');
    shown++;
  }
  return error;
}

void precedents_show(struct request *request) {
  struct labels labels = {.arena = request->arena};
  struct likenesses *all = ARENA_NEW(request->arena, struct likenesses);
  struct rows rows = {.arena = request->arena};
  struct row *problem = request_record(request, RECORD_PROBLEM);
  if (!problem) return;
  enum store_error error = category_look(request, row_integer(problem, PROBLEM_CATEGORY), &rows);
  for (size_t i = 0; i < rows.count; i++) alike_add(all, rows.items[i]->id, 2);
  if (!error) error = alike_look(request, RECORD_RULING, row_text(problem, PROBLEM_TITLE), all);
  struct json *json = out_open(request);
  json_key(json, "items");
  json_open(json, '[');
  if (!error) error = rulings_write(request, json, all, problem->id, &labels);
  json_close(json, ']');
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

/* ---- a slip ---- */

/* What the items are called, for those whom it concerns. */
static void names_want(struct labels *labels, const char *items) {
  json_t *list = items ? json_loads(items, 0, NULL) : NULL, *item;
  size_t i;
  json_array_foreach(list, i, item) {
    const struct record_type *type = record_type_named(json_string_value(json_object_get(item, "type")));
    if (type) labels_want(labels, type->id, json_integer_value(json_object_get(item, "id")));
  }
  json_decref(list);
}

void slip_show(struct request *request) {
  struct labels labels = {.arena = request->arena};
  struct row *slip = request_record(request, RECORD_HAND_OVER);
  if (!slip) return;
  const char *items = row_text(slip, HAND_OVER_ITEMS);
  struct json *json = out_open(request);
  json_key(json, "record");
  record_write(request, json, slip, 0, &labels);
  json_key(json, "items");
  json_raw(json, items ? items : "[]");
  names_want(&labels, items);
  enum store_error error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

/* ---- many at once ---- */

struct reassign { int64_t *ids; size_t count; int64_t to; const char *owner_to, *reason; bool rehearse; };

static bool reassign_wrong(struct request *request, const char *zh, const char *en) {
  answer_problem(request, 422, "invalid", (struct label){zh, en});
  return false;
}

static bool ids_read(struct request *request, json_t *array, struct reassign *asked) {
  size_t i;
  json_t *one;
  asked->count = json_array_size(array);
  asked->ids = ARENA_ARRAY(request->arena, int64_t, asked->count + 1);
  json_array_foreach(array, i, one) {
    if (!json_is_integer(one) || json_integer_value(one) <= 0)
      return reassign_wrong(request, "ids 应是问题编号的数组。", "ids is an array of problems' ids.");
    asked->ids[i] = json_integer_value(one);
  }
  return true;
}

/* All that a unit leads and that is in hand, of one person in charge where `owner` names one. */
static bool held_read(struct request *request, int64_t from, const char *owner, struct reassign *asked) {
  static const state_code IN_HAND[] = {PROBLEM_ADMITTED, PROBLEM_ASSIGNED, PROBLEM_TAKEN, PROBLEM_RECTIFYING};
  struct value unit = value_integer(PROBLEM_LEAD_UNIT, from), states[4];
  for (size_t i = 0; i < 4; i++) states[i] = value_integer(FIELD_STATE, IN_HAND[i]);
  struct condition conditions[] = {{.field = PROBLEM_LEAD_UNIT, .how = C_IS, .values = &unit, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IN, .values = states, .count = 4}};
  struct query query = {.type = record_type(RECORD_PROBLEM),
                        .conditions = conditions,
                        .condition_count = 2,
                        .limit = REASSIGN_MOST + 1,
                        .expected = -1};
  struct rows rows = {.arena = request->arena};
  if (!request_reader(request)) return false;
  enum store_error error = rows_read(request, &query, request_scope(request, query.type, MAY_READ), &rows);
  asked->ids = ARENA_ARRAY(request->arena, int64_t, rows.count + 1);
  for (size_t i = 0; i < rows.count; i++) {
    const char *name = row_text(rows.items[i], PROBLEM_OWNER);
    if (!owner || (name && strcmp(name, owner) == 0)) asked->ids[asked->count++] = rows.items[i]->id;
  }
  if (error) answer_store_error(request, error);
  return !error;
}

static bool reassign_read(struct request *request, struct reassign *asked) {
  json_t *body = request_body(request);
  const char *rehearse = request_argument(request, "rehearse");
  if (!body) return false;
  json_t *ids = json_object_get(body, "ids"), *from = json_object_get(body, "from");
  *asked = (struct reassign){.to = json_integer_value(json_object_get(body, "to")),
                             .owner_to = json_string_value(json_object_get(body, "owner_to")),
                             .reason = json_string_value(json_object_get(body, "reason")),
                             .rehearse = rehearse && strcmp(rehearse, "1") == 0};
  if (asked->to <= 0) return reassign_wrong(request, "请写明改派给哪个单位(to)。", "say which unit they go to (to).");
  if (!asked->reason || !*asked->reason) return reassign_wrong(request, "请写明改派理由(reason)。", "give the reason (reason).");
  if (json_is_array(ids) ? !ids_read(request, ids, asked)
                         : !held_read(request, json_integer_value(from), json_string_value(json_object_get(body, "owner")), asked))
    return false;
  if (!asked->count)
    return reassign_wrong(request, "没有可改派的问题:请给出 ids,或 from(现牵头单位)。",
                          "there is nothing to give: name ids, or from (the unit that leads them now).");
  if (asked->count > REASSIGN_MOST) return reassign_wrong(request, "一次最多改派 500 个问题。", "at most 500 problems at a time.");
  return true;
}

static size_t changes_of(struct request *request, const struct reassign *asked, const bool *refused, struct change **changes,
                         size_t *places) {
  struct value *values = ARENA_ARRAY(request->arena, struct value, 2);
  size_t count = 0;
  values[0] = value_integer(PROBLEM_LEAD_UNIT, asked->to);
  values[1] = value_text(PROBLEM_OWNER, asked->owner_to);
  *changes = ARENA_ARRAY(request->arena, struct change, asked->count);
  for (size_t i = 0; i < asked->count; i++) {
    if (refused[i]) continue;
    places[count] = i;
    (*changes)[count++] = (struct change){.type = record_type(RECORD_PROBLEM),
                                          .id = asked->ids[i],
                                          .seen = ANY_VERSION,
                                          .action = ACTION_EDIT,
                                          .values = values,
                                          .value_count = asked->owner_to ? 2 : 1,
                                          .reason = asked->reason};
  }
  return count;
}

static void refused_write(struct request *request, struct json *json, const struct reassign *asked, const struct outcome *first) {
  json_key(json, "refused");
  json_open(json, '[');
  for (size_t i = 0; i < first->finding_count; i++) {
    const struct finding *finding = &first->findings[i];
    json_open(json, '{');
    json_pair_integer(json, "id", asked->ids[finding->change]);
    json_pair(json, "code", finding->code);
    json_pair(json, "sentence", request_label(request, finding->sentence));
    json_close(json, '}');
  }
  json_close(json, ']');
}

/* Rehearsed as a whole first: what is found wrong is left out and told, the rest is one set. */
void problems_reassign(struct request *request) {
  struct reassign asked;
  struct outcome first = {0}, outcome = {0};
  struct change *changes;
  if (!reassign_read(request, &asked)) return;
  if (request->reader) reader_release(request->reader);
  request->reader = NULL; /* no snapshot is held while the writer works */
  bool *refused = ARENA_ARRAY(request->arena, bool, asked.count);
  size_t *places = ARENA_ARRAY(request->arena, size_t, asked.count);
  struct context context = request_context(request);
  context.rehearse = true;
  size_t count = changes_of(request, &asked, refused, &changes, places);
  enum store_error error = change_run(request->house->writer, &context, changes, count, request->arena, &first);
  for (size_t i = 0; i < first.finding_count; i++) refused[first.findings[i].change] = true;
  count = changes_of(request, &asked, refused, &changes, places);
  context.rehearse = asked.rehearse;
  if (!error && count) error = change_run(request->house->writer, &context, changes, count, request->arena, &outcome);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  if (count && outcome.verdict > VERDICT_REPEATED) { /* somebody was faster between the two */
    answer_problem(request, 409, "not_now", (struct label){"改派时情况有变,请重新预演。", "something changed meanwhile; rehearse again."});
    return;
  }
  struct json *json = out_open(request);
  json_pair_yes_no(json, "rehearsed", asked.rehearse);
  json_pair_integer(json, "entry", outcome.entry);
  json_key(json, "moved");
  json_open(json, '[');
  for (size_t i = 0; i < count; i++) json_integer(json, asked.ids[places[i]]);
  json_close(json, ']');
  refused_write(request, json, &asked, &first);
  if (!asked.rehearse && outcome.entry) request->journal = outcome.entry;
  out_close(request, 200);
}
