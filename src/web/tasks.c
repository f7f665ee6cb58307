/* My tasks: records whose present state offers an arrow to one of this user's roles in the right relation, most urgent first.
   One arrow a record: the first of the life cycle that leads on; sending back, reporting and the like are done at will (record.h).
   Which types are told, and by which date, their declarations say (`waits`, `due`, `awaited`). What comes in thousands (appeals) is one
   line a state with its number, not a line each. */
#include <stdlib.h>
#include <string.h>

#include "web/reviews.h"

#define TASKS_MOST 200 /* told; how many more there are is said */
#define KIND_MOST 200  /* of one type: no type drowns another */
#define ROWS_MOST 600  /* looked at for each type */
#define BULK_LEAST 20  /* from so many on, what comes in bulk is told by number */
#define BULKS_MOST 64

struct task { const struct row *row; const struct transition *arrow; int64_t due; bool pressing /* late, or due today */; };
struct bulk { const struct record_type *type; const struct transition *arrow; state_code state; int64_t count; };
struct tasks { struct task *items; size_t count, room; struct bulk bulks[BULKS_MOST]; size_t bulk_count; };

/* Of this person's roles: where a district's office stands in the coordinating office's place, that office's. Which records it stands for,
   authority_stands says. */
static bool offers(const struct transition *arrow, role_set roles) {
  return (roles_standing(arrow->roles) & roles) && action_waits(arrow->action);
}

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

static const struct transition *arrow_of(struct request *request, const struct row *row, const struct row *parent) {
  const struct authority *authority = request->authority;
  for (size_t i = 0; i < row->type->transition_count; i++) {
    const struct transition *arrow = &row->type->transitions[i];
    if (arrow->from == row->state && offers(arrow, authority->roles) &&
        authority_stands(authority, arrow->roles, arrow->who, row, parent) &&
        !change_never(authority, arrow, row, parent, request_now(request), request->arena))
      return arrow;
  }
  return NULL;
}

/* Parents of the rows, once each. */
static enum store_error parents_read(struct request *request, const struct record_type *type, const struct rows *rows,
                                     struct rows *parents) {
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
  struct query query =
      {.type = record_type(field->target), .ids = ids, .id_count = count, .only_ids = true, .many = true, .expected = (int64_t)count};
  return rows_read(request, &query, &SCOPE_SYSTEM, parents);
}

static const struct row *parent_of(const struct row *row, const struct rows *parents) {
  int64_t id = row->type->parent ? row_integer(row, row->type->parent) : 0;
  for (size_t i = 0; i < parents->count; i++)
    if (parents->items[i]->id == id) return parents->items[i];
  return NULL;
}

/* By when the step that waits is due, which is not when the problem is: the office has its own days to review, publicity its own end, and
   what somebody has against a closing is judged before that end; once it is judged, the answer has a date of its own. */
static int64_t due_of(const struct row *row, const struct row *parent) {
  static const struct { enum record_id type; state_code state; uint16_t due; } STEPS[] = {
    {RECORD_PROBLEM, PROBLEM_APPLIED, PROBLEM_REVIEW_UNTIL}, {RECORD_PROBLEM, PROBLEM_ENDORSED, PROBLEM_REVIEW_UNTIL}, {RECORD_PROBLEM, PROBLEM_ACCEPTED, PROBLEM_REVIEW_UNTIL},
    {RECORD_PROBLEM, PROBLEM_PUBLICISED, PROBLEM_PUBLICITY_UNTIL}, {RECORD_ROUND, ROUND_PLANNED, ROUND_OPENS_ON},
    {RECORD_OBJECTION, OBJECTION_JUDGED, OBJECTION_REPLY_DUE}, {RECORD_EVALUATION, EVALUATION_JUDGED, EVALUATION_REPLY_DUE}};
  for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++)
    if (STEPS[i].type == row->type->id && STEPS[i].state == row->state) return row_integer(row, STEPS[i].due);
  if (row->type->id == RECORD_OBJECTION && parent && parent->state == PROBLEM_PUBLICISED)
    return row_integer(parent, PROBLEM_PUBLICITY_UNTIL);
  return row->type->due ? row_integer(row, row->type->due) : NOTHING;
}

static const struct transition *arrow_from(const struct record_type *type, state_code state, role_set roles) {
  for (size_t i = 0; i < type->transition_count; i++) {
    const struct transition *arrow = &type->transitions[i];
    if (arrow->from == state && offers(arrow, roles)) return arrow;
  }
  return NULL;
}

/* How many stand in the state, as far as this person sees. */
static enum store_error state_count(struct request *request, const struct record_type *type, state_code code, const struct scope *scope,
                                    int64_t *count) {
  struct value value = value_integer(FIELD_STATE, code);
  struct condition state = {.field = FIELD_STATE, .how = C_IS, .values = &value, .count = 1};
  struct query query = {.type = type, .conditions = &state, .condition_count = 1, .expected = -1};
  *count = request->house->tallies ? tallies_expect(request->house->tallies, &query, scope) : -1;
  return *count < 0 ? reader_count(request->reader, &query, scope, count) : STORE_OK;
}

static void bulk_add(struct tasks *tasks, struct bulk bulk) {
  if (bulk.arrow && bulk.count > 0 && tasks->bulk_count < BULKS_MOST) tasks->bulks[tasks->bulk_count++] = bulk;
}

/* True when the type was told by numbers. */
static bool bulk_told(struct request *request, const struct query *query, const struct scope *scope, struct tasks *tasks,
                      enum store_error *error) {
  struct bulk bulks[32];
  int64_t all = 0;
  *error = STORE_OK;
  for (size_t i = 0; i < query->conditions->count && !*error; i++) {
    state_code state = (state_code)query->conditions->values[i].integer;
    bulks[i] = (struct bulk){query->type, arrow_from(query->type, state, request->authority->roles), state, 0};
    *error = state_count(request, query->type, state, scope, &bulks[i].count);
    all += bulks[i].count;
  }
  if (*error || all < BULK_LEAST) return false;
  for (size_t i = 0; i < query->conditions->count; i++) bulk_add(tasks, bulks[i]);
  return true;
}

/* What is waited for is a new record under one that stands in some state: always told by number. */
static enum store_error awaited_of(struct request *request, const struct record_type *type, struct tasks *tasks) {
  const struct record_type *parent = record_type(record_field(type, type->parent)->target);
  struct bulk bulk = {.type = parent, .arrow = arrow_from(type, STATE_NONE, request->authority->roles), .state = type->awaited};
  enum store_error error = bulk.arrow ? state_count(request, parent, type->awaited, request_scope(request, parent, MAY_READ), &bulk.count)
                                      : STORE_OK;
  if (!error) bulk_add(tasks, bulk);
  return error;
}

static enum store_error tasks_of(struct request *request, const struct record_type *type, struct tasks *tasks) {
  struct value states[32];
  struct condition condition = {.field = FIELD_STATE, .how = C_IN, .values = states};
  struct rows rows = {0}, parents = {0};
  condition.count = states_of(type, request->authority->roles, states, sizeof states / sizeof *states);
  struct query query =
      {.type = type, .conditions = &condition, .condition_count = 1, .sort = type->due, .limit = ROWS_MOST, .many = true, .expected = -1};
  const struct scope *scope = request_scope(request, type, MAY_READ);
  if (!condition.count) return STORE_OK;
  if (request->house->tallies) query.expected = tallies_expect(request->house->tallies, &query, scope);
  enum store_error error = STORE_OK;
  if (type->waits == WAITS_MANY && bulk_told(request, &query, scope, tasks, &error)) return error;
  if (!error) error = rows_read(request, &query, scope, &rows);
  if (!error) error = parents_read(request, type, &rows, &parents);
  for (size_t i = 0, kept = 0; i < rows.count && !error && kept < KIND_MOST && tasks->count < tasks->room; i++) {
    const struct row *parent = parent_of(rows.items[i], &parents);
    const struct transition *arrow = arrow_of(request, rows.items[i], parent);
    if (!arrow) continue;
    tasks->items[tasks->count++] = (struct task){rows.items[i], arrow, due_of(rows.items[i], parent), false};
    kept++;
  }
  return error;
}

static enum store_error tasks_read(struct request *request, struct tasks *tasks) {
  enum store_error error = STORE_OK;
  tasks->room = SCHEMA.count * KIND_MOST;
  tasks->items = ARENA_ARRAY(request->arena, struct task, tasks->room);
  for (size_t i = 0; i < SCHEMA.count && !error; i++) {
    const struct record_type *type = SCHEMA.types[i];
    if (type->waits == WAITS_EACH || type->waits == WAITS_MANY) error = tasks_of(request, type, tasks);
    if (!error && type->awaited) error = awaited_of(request, type, tasks);
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
    return (struct label){arena_print(arena, "现为“%s”，等您%s。", now.zh, task->arrow->label.zh),
                          arena_print(arena, "now \"%s\": waits for you to %s.", now.en, english)};
  long long days = (long long)(task->due - today);
  if (days == 0)
    return (struct label){arena_print(arena, "现为“%s”，等您%s，今天到期。", now.zh, task->arrow->label.zh),
                          arena_print(arena, "now \"%s\": waits for you to %s, due today.", now.en, english)};
  const char *plural = days == 1 || days == -1 ? "" : "s";
  return days < 0
    ? (struct label){arena_print(arena, "现为“%s”，等您%s，已超期 %lld 天。", now.zh, task->arrow->label.zh, -days),
                     arena_print(arena, "now \"%s\": waits for you to %s, %lld day%s overdue.", now.en, english, -days, plural)}
    : (struct label){arena_print(arena, "现为“%s”，等您%s，还有 %lld 天到期。", now.zh, task->arrow->label.zh, days),
                     arena_print(arena, "now \"%s\": waits for you to %s, due in %lld day%s.", now.en, english, days, plural)};
}

/* What acceptance asked beside, of problems that were sent back: long texts, so they are read for those few only. */
static enum store_error asked_read(struct request *request, const struct tasks *tasks, struct rows *rows) {
  int64_t *ids = ARENA_ARRAY(request->arena, int64_t, tasks->count + 1);
  size_t count = 0;
  for (size_t i = 0; i < tasks->count && i < TASKS_MOST; i++) {
    const struct row *row = tasks->items[i].row;
    if (row->type->id == RECORD_PROBLEM && row->state == PROBLEM_RECTIFYING && row_integer(row, PROBLEM_SENT_BACK) > 0)
      ids[count++] = row->id;
  }
  if (!count) return STORE_OK;
  struct query query = {.type = record_type(RECORD_PROBLEM),
                        .ids = ids,
                        .id_count = count,
                        .only_ids = true,
                        .long_texts = true,
                        .expected = (int64_t)count};
  return rows_read(request, &query, request_scope(request, query.type, MAY_READ), rows);
}
static const char *asked_of(const struct row *row, const struct rows *asked) {
  for (size_t i = 0; i < asked->count && row->type->id == RECORD_PROBLEM; i++)
    if (asked->items[i]->id == row->id) return row_text(asked->items[i], PROBLEM_ASKED_MORE);
  return NULL;
}

static enum store_error task_write(struct request *request, struct json *json, const struct task *task, int64_t today,
                                   const struct rows *asked, struct reviewing *reviewing, struct labels *labels) {
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
  const struct state_name *state = record_state(bulk->type, bulk->state);
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
  error = tasks_read(request, tasks);
  for (size_t i = 0; i < tasks->count; i++) tasks->items[i].pressing = tasks->items[i].due != NOTHING && tasks->items[i].due <= today;
  qsort(tasks->items, tasks->count, sizeof *tasks->items, by_urgency);
  if (!error) error = asked_read(request, tasks, &asked);
  struct json *json = out_open(request);
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; i < tasks->count && i < TASKS_MOST && !error; i++)
    error = task_write(request, json, &tasks->items[i], today, &asked, &reviewing, &labels);
  json_close(json, ']');
  json_key(json, "groups");
  json_open(json, '[');
  for (size_t i = 0; i < tasks->bulk_count; i++) bulk_write(request, json, &tasks->bulks[i]);
  json_close(json, ']');
  json_pair_integer(json, "left_off", tasks->count > TASKS_MOST ? (int64_t)(tasks->count - TASKS_MOST) : 0);
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
