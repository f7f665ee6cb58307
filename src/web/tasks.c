/* My tasks: records whose present state offers an arrow to one of this user's roles in the right relation, most urgent first.
   One arrow a record: the first of the life cycle that leads on; sending back, reporting and the like are done at will (record.h).
   What comes in thousands (appeals) is one line a state with its number, not a line each. */
#include <stdlib.h>
#include <string.h>

#include "web/reviews.h"

#define TASKS_MOST 200
#define ROWS_MOST 600 /* looked at for each type */
#define BULK_LEAST 20 /* from so many on, what comes in bulk is told by number */

/* What people are waited for, and by which date. */
static const struct { enum record_id type; uint16_t due; bool bulk; } KINDS[] = {
  {RECORD_PROBLEM, PROBLEM_DUE}, {RECORD_MEASURE, MEASURE_DUE}, {RECORD_APPROVAL, 0}, {RECORD_APPEAL, APPEAL_DUE, true}, {RECORD_TOPIC, TOPIC_DUE}, {RECORD_ROUND_ANSWER, ANSWER_DUE},
  {RECORD_TRANSFER, TRANSFER_DUE}, {RECORD_RULING, RULING_DUE}, {RECORD_HAND_OVER, 0}, {RECORD_RELEASE, 0}, {RECORD_EVALUATION, EVALUATION_RECHECK_DUE},
  {RECORD_PLAN, PLAN_DUE}, {RECORD_ALERT, ALERT_DUE}, {RECORD_STAGE, STAGE_DUE}, {RECORD_RESULT, 0}}; /* sites are thousands and have their own list */

struct task { const struct row *row; const struct transition *arrow; int64_t due; bool pressing /* late, or due today */; };
struct bulk { const struct record_type *type; const struct transition *arrow; int64_t count; };
struct tasks { struct task items[TASKS_MOST * 2]; size_t count; struct bulk bulks[32]; size_t bulk_count; };

/* Of this person's roles: where a district's office stands in the coordinating office's place, that office's. Which records it stands for, authority_stands says. */
static bool offers(const struct transition *arrow, role_set roles) { return (roles_standing(arrow->roles) & roles) && action_waits(arrow->action); }

/* States that offer an arrow to one of the roles. */
static size_t states_of(const struct record_type *type, role_set roles, struct value *states, size_t most) {
  size_t count = 0;
  for (size_t i = 0; i < type->transition_count; i++) {
    const struct transition *arrow = &type->transitions[i];
    bool again = !arrow->from || !offers(arrow, roles);
    for (size_t k = 0; k < count; k++) again |= states[k].integer == arrow->from;
    if (!again && count < most) states[count++] = value_integer(FIELD_STATE, arrow->from);
  }
  return count;
}

static const struct transition *arrow_of(const struct authority *authority, const struct row *row, const struct row *parent) {
  for (size_t i = 0; i < row->type->transition_count; i++) {
    const struct transition *arrow = &row->type->transitions[i];
    if (arrow->from == row->state && offers(arrow, authority->roles) && authority_stands(authority, arrow->roles, arrow->who, row, parent)) return arrow;
  }
  return NULL;
}

/* Parents of the rows, once each. */
static enum store_error parents_read(struct request *request, const struct record_type *type, const struct rows *rows, struct rows *parents) {
  const struct field *field = type->parent ? record_field(type, type->parent) : NULL;
  int64_t *ids = ARENA_ARRAY(request->arena, int64_t, rows->count + 1);
  size_t count = 0;
  for (size_t i = 0; field && i < rows->count; i++) {
    int64_t id = row_integer(rows->items[i], field->id);
    bool again = id <= 0;
    for (size_t k = 0; k < count && !again; k++) again = ids[k] == id;
    if (!again) ids[count++] = id;
  }
  if (!count) return STORE_OK;
  struct query query = {.type = record_type(field->target), .ids = ids, .id_count = count, .only_ids = true, .many = true, .expected = (int64_t)count};
  return rows_read(request, &query, &SCOPE_SYSTEM, parents);
}

static const struct row *parent_of(const struct row *row, const struct rows *parents) {
  int64_t id = row->type->parent ? row_integer(row, row->type->parent) : 0;
  for (size_t i = 0; i < parents->count; i++)
    if (parents->items[i]->id == id) return parents->items[i];
  return NULL;
}

/* By when the step that waits is due, which is not when the problem is: the office has its own days to review, publicity its own end. */
static int64_t due_of(const struct row *row, uint16_t due) {
  static const struct { state_code state; uint16_t due; } STEPS[] = {
    {PROBLEM_APPLIED, PROBLEM_REVIEW_UNTIL}, {PROBLEM_ENDORSED, PROBLEM_REVIEW_UNTIL}, {PROBLEM_ACCEPTED, PROBLEM_REVIEW_UNTIL}, {PROBLEM_PUBLICISED, PROBLEM_PUBLICITY_UNTIL}};
  for (size_t i = 0; row->type->id == RECORD_PROBLEM && i < sizeof STEPS / sizeof *STEPS; i++)
    if (STEPS[i].state == row->state) return row_integer(row, STEPS[i].due);
  return due ? row_integer(row, due) : NOTHING;
}

static const struct transition *arrow_from(const struct record_type *type, state_code state, role_set roles) {
  for (size_t i = 0; i < type->transition_count; i++) {
    const struct transition *arrow = &type->transitions[i];
    if (arrow->from == state && offers(arrow, roles)) return arrow;
  }
  return NULL;
}

/* How many wait in each of the states; *most gets them all together. */
static enum store_error bulk_count(struct request *request, const struct query *of, const struct scope *scope, struct bulk *bulks, int64_t *all) {
  enum store_error error = STORE_OK;
  *all = 0;
  for (size_t i = 0; i < of->conditions->count && !error; i++) {
    struct condition state = {.field = FIELD_STATE, .how = C_IS, .values = &of->conditions->values[i], .count = 1};
    struct query query = {.type = of->type, .conditions = &state, .condition_count = 1, .expected = -1};
    bulks[i] = (struct bulk){of->type, arrow_from(of->type, (state_code)of->conditions->values[i].integer, request->authority->roles), -1};
    if (request->house->tallies) bulks[i].count = tallies_expect(request->house->tallies, &query, scope);
    if (bulks[i].count < 0) error = reader_count(request->reader, &query, scope, &bulks[i].count);
    *all += bulks[i].count;
  }
  return error;
}

/* True when the type was told by numbers. */
static bool bulk_told(struct request *request, const struct query *query, const struct scope *scope, struct tasks *tasks, enum store_error *error) {
  struct bulk bulks[32];
  int64_t all = 0;
  *error = bulk_count(request, query, scope, bulks, &all);
  if (*error || all < BULK_LEAST) return false;
  for (size_t i = 0; i < query->conditions->count && tasks->bulk_count < sizeof tasks->bulks / sizeof *tasks->bulks; i++)
    if (bulks[i].arrow && bulks[i].count) tasks->bulks[tasks->bulk_count++] = bulks[i];
  return true;
}

static enum store_error tasks_of(struct request *request, size_t kind, struct tasks *tasks) {
  const struct record_type *type = record_type(KINDS[kind].type);
  struct value states[32];
  struct condition condition = {.field = FIELD_STATE, .how = C_IN, .values = states};
  struct rows rows = {0}, parents = {0};
  if (!type) return STORE_OK;
  condition.count = states_of(type, request->authority->roles, states, sizeof states / sizeof *states);
  struct query query = {.type = type, .conditions = &condition, .condition_count = 1, .sort = KINDS[kind].due, .limit = ROWS_MOST, .many = true, .expected = -1};
  const struct scope *scope = request_scope(request, type, MAY_READ);
  if (!condition.count) return STORE_OK;
  if (request->house->tallies) query.expected = tallies_expect(request->house->tallies, &query, scope);
  enum store_error error = STORE_OK;
  if (KINDS[kind].bulk && bulk_told(request, &query, scope, tasks, &error)) return error;
  if (!error) error = rows_read(request, &query, scope, &rows);
  if (!error) error = parents_read(request, type, &rows, &parents);
  for (size_t i = 0, kept = 0; i < rows.count && !error && kept < TASKS_MOST && tasks->count < TASKS_MOST * 2; i++) {
    const struct transition *arrow = arrow_of(request->authority, rows.items[i], parent_of(rows.items[i], &parents));
    if (!arrow) continue;
    tasks->items[tasks->count++] = (struct task){rows.items[i], arrow, due_of(rows.items[i], KINDS[kind].due)};
    kept++;
  }
  return error;
}

/* Earliest date first; without a date last; then as they came. Of what presses, topics last: months of lateness in a library of
   topics would otherwise stand before the problems that end today. */
static int by_urgency(const void *one, const void *other) {
  const struct task *a = one, *b = other;
  bool later = a->row->type->id == RECORD_TOPIC, earlier = b->row->type->id == RECORD_TOPIC;
  if (a->pressing != b->pressing) return a->pressing ? -1 : 1;
  if (a->pressing && later != earlier) return later ? 1 : -1;
  int64_t x = a->due == NOTHING ? INT64_MAX : a->due, y = b->due == NOTHING ? INT64_MAX : b->due;
  return x != y ? (x > y) - (x < y) : (a->row->id > b->row->id) - (a->row->id < b->row->id);
}

/* A button's label inside a sentence. */
static const char *inside(struct arena *arena, const char *label) {
  char *text = arena_text(arena, label);
  bool initials = text[0] && text[1] >= 'A' && text[1] <= 'Z';
  if (text[0] >= 'A' && text[0] <= 'Z' && !initials) text[0] = (char)(text[0] - 'A' + 'a');
  return text;
}

static struct label task_why(struct arena *arena, const struct task *task, int64_t today) {
  const struct state_name *state = record_state(task->row->type, task->row->state);
  struct label now = state ? state->label : (struct label){"", ""};
  const char *english = inside(arena, task->arrow->label.en);
  if (task->due == NOTHING)
    return (struct label){arena_print(arena, "现为“%s”，等您%s。", now.zh, task->arrow->label.zh), arena_print(arena, "now \"%s\": waits for you to %s.", now.en, english)};
  long long days = (long long)(task->due - today);
  return days < 0
    ? (struct label){arena_print(arena, "现为“%s”，等您%s，已超期 %lld 天。", now.zh, task->arrow->label.zh, -days),
                     arena_print(arena, "now \"%s\": waits for you to %s, %lld days overdue.", now.en, english, -days)}
    : (struct label){arena_print(arena, "现为“%s”，等您%s，还有 %lld 天到期。", now.zh, task->arrow->label.zh, days),
                     arena_print(arena, "now \"%s\": waits for you to %s, due in %lld days.", now.en, english, days)};
}

/* What acceptance asked beside, of problems that were sent back: long texts, so they are read for those few only. */
static enum store_error asked_read(struct request *request, const struct tasks *tasks, struct rows *rows) {
  int64_t *ids = ARENA_ARRAY(request->arena, int64_t, tasks->count + 1);
  size_t count = 0;
  for (size_t i = 0; i < tasks->count && i < TASKS_MOST; i++) {
    const struct row *row = tasks->items[i].row;
    if (row->type->id == RECORD_PROBLEM && row->state == PROBLEM_RECTIFYING && row_integer(row, PROBLEM_SENT_BACK) > 0) ids[count++] = row->id;
  }
  if (!count) return STORE_OK;
  struct query query = {.type = record_type(RECORD_PROBLEM), .ids = ids, .id_count = count, .only_ids = true, .long_texts = true, .expected = (int64_t)count};
  return rows_read(request, &query, request_scope(request, query.type, MAY_READ), rows);
}
static const char *asked_of(const struct row *row, const struct rows *asked) {
  for (size_t i = 0; i < asked->count && row->type->id == RECORD_PROBLEM; i++)
    if (asked->items[i]->id == row->id) return row_text(asked->items[i], PROBLEM_ASKED_MORE);
  return NULL;
}

static enum store_error task_write(struct request *request, struct json *json, const struct task *task, int64_t today, const struct rows *asked, struct reviewing *reviewing, struct labels *labels) {
  const char *more = asked_of(task->row, asked);
  json_open(json, '{');
  json_pair(json, "type", task->row->type->name);
  json_key(json, "record");
  record_write(request, json, task->row, OUT_SPARSE | OUT_SHORT, labels);
  json_pair(json, "action", action_name(task->arrow->action));
  json_pair(json, "label", request_label(request, task->arrow->label));
  json_pair(json, "due", task->due == NOTHING ? NULL : date_print(request->arena, task->due));
  json_pair(json, "why", request_label(request, task_why(request->arena, task, today)));
  colour_write(request, json, task->row);
  if (more) json_pair(json, "asked_more", more);
  enum store_error error = review_write(request, json, task->row, reviewing);
  json_close(json, '}');
  return error;
}

static void bulk_write(struct request *request, struct json *json, const struct bulk *bulk) {
  const struct state_name *state = record_state(bulk->type, bulk->arrow->from);
  json_open(json, '{');
  json_pair(json, "type", bulk->type->name);
  json_pair(json, "plural", bulk->type->plural);
  json_pair(json, "type_label", request_label(request, bulk->type->label));
  json_pair(json, "state", state->name);
  json_pair(json, "state_label", request_label(request, state->label));
  json_pair(json, "action", action_name(bulk->arrow->action));
  json_pair(json, "label", request_label(request, bulk->arrow->label));
  json_pair_integer(json, "count", bulk->count);
  json_close(json, '}');
}

void tasks_show(struct request *request) {
  struct labels labels = {.arena = request->arena};
  struct rows asked = {0};
  struct reviewing reviewing = {0};
  struct tasks *tasks = ARENA_NEW(request->arena, struct tasks);
  int64_t today = date_of_moment(request_now(request));
  enum store_error error = STORE_OK;
  if (!request_head(request)) return;
  for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS && !error; i++) error = tasks_of(request, i, tasks);
  for (size_t i = 0; i < tasks->count; i++) tasks->items[i].pressing = tasks->items[i].due != NOTHING && tasks->items[i].due <= today;
  qsort(tasks->items, tasks->count, sizeof *tasks->items, by_urgency);
  if (!error) error = asked_read(request, tasks, &asked);
  struct json *json = out_open(request);
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; i < tasks->count && i < TASKS_MOST && !error; i++) error = task_write(request, json, &tasks->items[i], today, &asked, &reviewing, &labels);
  json_close(json, ']');
  json_key(json, "groups");
  json_open(json, '[');
  for (size_t i = 0; i < tasks->bulk_count; i++) bulk_write(request, json, &tasks->bulks[i]);
  json_close(json, ']');
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
