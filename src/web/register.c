/* 立项: a problem or a topic registered from a class of appeals, or its appeals added to one that stands: the record and the links to all of
   them in one change set through the door, at most REGISTER_MOST of them in a call. What is beyond is told as remaining and added by asking
   again, so that a large class keeps no writer waiting and an interrupted one goes on: what is linked already is passed over. */
#include "exchange/map.h"
#include "follow/groups.h"

#include <stdlib.h>
#include <string.h>

#include "web/alike.h"
#include "web/list.h"

enum { REGISTER_MOST = 500 /* appeals in one set */, MEMBERS_MOST = 20000 };

/* What is asked: of which class, which appeals, into what. */
struct registering {
  int64_t class;
  const struct record_type *type;  /* problem or topic */
  int64_t target;                  /* 0: one that is made */
  struct value *values; size_t value_count;
  const char *reason;
  int64_t *appeals; size_t appeal_count;  /* to be linked, newest first */
  int64_t remaining;               /* further ones that are not linked yet */
};

static bool wrong(struct request *request, struct label sentence) {
  answer_problem(request, 422, "invalid", sentence);
  return false;
}

/* ---- which appeals ---- */

struct chosen { int64_t *ids; size_t count; };

static bool ids_read(struct request *request, json_t *array, const char *name, struct chosen *chosen) {
  size_t i;
  json_t *one;
  *chosen = (struct chosen){0};
  if (!array) return true;
  if (!json_is_array(array) || json_array_size(array) > MEMBERS_MOST)
    return wrong(request,
                 label_print(request->arena, "%s 应是编号的数组,至多 %d 个。", "%s is an array of ids, at most %d.", name, MEMBERS_MOST));
  chosen->ids = ARENA_ARRAY(request->arena, int64_t, json_array_size(array) + 1);
  json_array_foreach(array, i, one) {
    if (!json_is_integer(one) || json_integer_value(one) <= 0)
      return wrong(request, label_print(request->arena, "%s 应是编号的数组。", "%s is an array of ids.", name));
    chosen->ids[chosen->count++] = json_integer_value(one);
  }
  return true;
}

static int newest_first(const void *one, const void *other) {
  int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
  return (a < b) - (a > b);
}

/* Every one of them is in the class; else told. */
static bool all_within(struct request *request, const struct registering *asked, const struct chosen *chosen) {
  for (size_t i = 0; i < chosen->count; i++)
    if (!groups_holds(request->house->groups, GROUPING_CLASS, asked->class, chosen->ids[i]))
      return wrong(request, label_print(request->arena, "诉求 %lld 不在这一类里。", "appeal %lld is not in this class.", (long long)chosen->ids[i]));
  return true;
}

/* Named appeals, members of named events, or the whole class. */
static bool members_read(struct request *request, json_t *body, struct registering *asked, struct chosen *members) {
  struct groups *groups = request->house->groups;
  struct chosen named, events;
  if (!ids_read(request, json_object_get(body, "appeals"), "appeals", &named) ||
      !ids_read(request, json_object_get(body, "events"), "events", &events))
    return false;
  if (!named.count && !events.count) {
    groups_members(groups, GROUPING_CLASS, asked->class, 0, MEMBERS_MOST, request->arena, &members->ids, &members->count);
    return true;
  }
  if (!all_within(request, asked, &named) || !all_within(request, asked, &events)) return false;
  members->ids = ARENA_ARRAY(request->arena, int64_t, named.count + MEMBERS_MOST + 1);
  members->count = 0;
  for (size_t i = 0; i < named.count; i++) members->ids[members->count++] = named.ids[i];
  for (size_t i = 0; i < events.count; i++) {
    struct chosen of;
    groups_members(groups, GROUPING_EVENT, events.ids[i], 0, MEMBERS_MOST, request->arena, &of.ids, &of.count);
    for (size_t k = 0; k < of.count && members->count < named.count + MEMBERS_MOST; k++) members->ids[members->count++] = of.ids[k];
  }
  qsort(members->ids, members->count, sizeof *members->ids, newest_first);
  return true;
}

/* Those that the record arises from already. */
struct linked { struct map ids; };
static bool linked_take(void *with, const struct row *row) {
  struct linked *linked = with;
  if (row_integer(row, LINK_TO_TYPE) == RECORD_APPEAL && row_integer(row, LINK_KIND) == LINK_ARISES_FROM)
    map_put(&linked->ids, row_integer(row, LINK_TO_ID), 1);
  return true;
}

static enum store_error linked_read(struct request *request, const struct registering *asked, struct linked *linked) {
  struct value from = value_integer(LINK_FROM_ID, asked->target), type = value_integer(LINK_FROM_TYPE, asked->type->id);
  struct condition conditions[] = {{.field = LINK_FROM_ID, .how = C_IS, .values = &from, .count = 1},
                                   {.field = LINK_FROM_TYPE, .how = C_IS, .values = &type, .count = 1}};
  struct query query = {.type = record_type(RECORD_LINK), .conditions = conditions, .condition_count = 2, .expected = -1};
  return asked->target ? reader_list(request->reader, &query, &SCOPE_SYSTEM, request->arena, linked_take, linked) : STORE_OK;
}

static bool is_linked(const struct linked *linked, int64_t id) { return linked->ids.count && map_get(&linked->ids, id) != NOTHING; }

/* Members within the reader's scope that are not linked yet, a piece at a time until a set is full; the rest is counted, as the reader sees
   it. */
static enum store_error appeals_choose(struct request *request, struct registering *asked, const struct chosen *members) {
  struct linked linked = {0};
  int64_t *ids = ARENA_ARRAY(request->arena, int64_t, members->count + 1);
  size_t count = 0;
  enum store_error error = linked_read(request, asked, &linked);
  for (size_t i = 0; i < members->count; i++)
    if (!is_linked(&linked, members->ids[i]) && (!count || ids[count - 1] != members->ids[i])) ids[count++] = members->ids[i];
  map_free(&linked.ids);
  asked->appeals = ARENA_ARRAY(request->arena, int64_t, REGISTER_MOST + 1);
  for (size_t from = 0; from < count && !error; from += REGISTER_MOST) {
    size_t piece = count - from < REGISTER_MOST ? count - from : REGISTER_MOST;
    struct rows rows = {.arena = request->arena};
    struct query query = {.type = record_type(RECORD_APPEAL),
                          .ids = ids + from,
                          .id_count = piece,
                          .only_ids = true,
                          .descending = true,
                          .expected = (int64_t)piece};
    error = rows_read(request, &query, request_scope(request, query.type, MAY_READ), &rows);
    for (size_t i = 0; i < rows.count; i++) {
      if (asked->appeal_count < REGISTER_MOST) asked->appeals[asked->appeal_count++] = rows.items[i]->id;
      else asked->remaining++;
    }
  }
  return error;
}

/* ---- the question ---- */

static bool class_read(struct request *request, struct registering *asked) {
  if (!request_head(request)) return false;
  if (!request->house->groups) {
    answer_store_error(request, STORE_GONE);
    return false;
  }
  groups_reach(request->house, request->journal);
  asked->class = groups_named(request->house->groups, GROUPING_CLASS, request->id);
  if (!asked->class) answer_absent(request);
  return asked->class != 0;
}

/* What is registered: "as", with "values" as its own form has them. */
static bool new_read(struct request *request, json_t *body, struct registering *asked) {
  const char *as = json_string_value(json_object_get(body, "as"));
  struct value_reader reader = {request->arena, &request->issues};
  if (as && strcmp(as, "problem") != 0 && strcmp(as, "topic") != 0)
    return wrong(request, (struct label){"as 应是 problem 或 topic。", "as must be problem or topic."});
  asked->type = record_type(as && strcmp(as, "topic") == 0 ? RECORD_TOPIC : RECORD_PROBLEM);
  values_read(&reader, json_object_get(body, "values"), asked->type, 0, &asked->values, &asked->value_count);
  if (!request->issues.count) return true;
  answer_problem(request, request->issues.unknown_name ? 400 : 422, request->issues.unknown_name ? "unknown_names" : "invalid",
                 (struct label){"填写有误，见各项说明。", "something is wrong; see the findings."});
  return false;
}

/* What they are added to: an open problem or topic that the reader sees. */
static bool target_read(struct request *request, json_t *body, struct registering *asked) {
  int64_t problem = json_integer_value(json_object_get(body, "problem")), topic = json_integer_value(json_object_get(body, "topic"));
  struct row *row = NULL;
  if ((problem > 0) == (topic > 0))
    return wrong(request, (struct label){"请写明并入哪个问题(problem)或哪个课题(topic)。",
                                         "say to which problem (problem) or which topic (topic)."});
  asked->type = record_type(problem > 0 ? RECORD_PROBLEM : RECORD_TOPIC);
  asked->target = problem > 0 ? problem : topic;
  enum store_error error = reader_get(request->reader, asked->type, request_scope(request, asked->type, MAY_READ), asked->target,
                                      request->arena, &row);
  if (error == STORE_ABSENT || (row && row->voided))
    return wrong(request, label_print(request->arena, "没有%s %lld,或您看不到它。", "there is no %s %lld, or you may not see it.",
                                      asked->type->name, (long long)asked->target));
  if (error) {
    answer_store_error(request, error);
    return false;
  }
  bool over = problem > 0 ? row->state == PROBLEM_CLOSED || row->state == PROBLEM_SETTLED || row->state == PROBLEM_WITHDRAWN ||
                                row->state == PROBLEM_MERGED
                          : row->state == TOPIC_CLOSED;
  if (!over) return true;
  answer_problem(request, 409, "not_now",
                 (struct label){"它已经了结,不能再并入诉求;要接着办,请先重开或另立。",
                                "it has ended: nothing is added to it any more; re-open it, or register another one."});
  return false;
}

/* ---- the set ---- */

static struct change *set_of(struct request *request, const struct registering *asked, size_t *count) {
  struct change *changes = ARENA_ARRAY(request->arena, struct change, asked->appeal_count + 1);
  *count = 0;
  if (!asked->target)
    changes[(*count)++] = (struct change){.type = asked->type,
                                          .seen = ANY_VERSION,
                                          .action = ACTION_CREATE,
                                          .values = asked->values,
                                          .value_count = asked->value_count,
                                          .reason = asked->reason};
  for (size_t i = 0; i < asked->appeal_count; i++) {
    struct value *values = ARENA_ARRAY(request->arena, struct value, 5);
    values[0] = value_integer(LINK_KIND, LINK_ARISES_FROM);
    values[1] = value_integer(LINK_FROM_TYPE, asked->type->id);
    values[2] = value_integer(LINK_FROM_ID, asked->target ? asked->target : -1);
    values[3] = value_integer(LINK_TO_TYPE, RECORD_APPEAL);
    values[4] = value_integer(LINK_TO_ID, asked->appeals[i]);
    changes[(*count)++] = (struct change){.type = record_type(RECORD_LINK),
                                          .seen = ANY_VERSION,
                                          .action = ACTION_CREATE,
                                          .values = values,
                                          .value_count = 5,
                                          .reason = asked->reason};
  }
  return changes;
}

static void outcome_tell(struct request *request, const struct registering *asked, const struct outcome *outcome) {
  bool made = !asked->target;
  struct json *json = out_open(request);
  json_pair(json, "verdict", outcome->verdict == VERDICT_REPEATED ? "repeated" : "done");
  json_pair_integer(json, "entry", outcome->entry);
  json_pair(json, "type", asked->type->name);
  json_pair_integer(json, "id", made ? outcome->ids[0] : asked->target);
  json_pair_integer(json, "linked", (int64_t)outcome->count - made);
  json_pair_integer(json, "remaining", asked->remaining);
  if (outcome->entry > request->journal) request->journal = outcome->entry;
  out_close(request, made && outcome->verdict == VERDICT_DONE ? 201 : 200);
}

static void set_make(struct request *request, struct registering *asked) {
  struct outcome outcome = {0};
  struct context context = request_context(request);
  size_t count;
  struct change *changes = set_of(request, asked, &count);
  if (!request_key(request, &context.idempotency_key)) return;
  if (request->reader) reader_release(request->reader);
  request->reader = NULL; /* no snapshot is held while the writer works */
  enum store_error error = count ? change_run(request->house->writer, &context, changes, count, request->arena, &outcome) : STORE_OK;
  if (error) answer_store_error(request, error);
  else if (outcome.verdict > VERDICT_REPEATED) answer_refusal(request, &outcome);
  else outcome_tell(request, asked, &outcome);
}

static void registering_run(struct request *request, bool makes) {
  struct registering asked = {0};
  struct chosen members = {0};
  json_t *body = request_body(request);
  if (!body || !class_read(request, &asked)) return;
  if (!(makes ? new_read(request, body, &asked) : target_read(request, body, &asked)) || !members_read(request, body, &asked, &members))
    return;
  asked.reason = json_string_value(json_object_get(body, "reason"));
  enum store_error error = appeals_choose(request, &asked, &members);
  if (error) answer_store_error(request, error);
  else if (makes && !asked.appeal_count) answer_absent(request); /* a class of which one sees nothing is not there */
  else set_make(request, &asked);
}

void class_register(struct request *request) { registering_run(request, true); }
void class_add_to(struct request *request) { registering_run(request, false); }
