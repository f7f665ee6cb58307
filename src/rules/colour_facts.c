/* Facts of a judgement: read from the problem's row and its measures, written to the journal and read back by one table of names.
   A name in that table is permanent: facts of long ago are read by it. Judges nothing. */
#include "rules/colour_rules.h"

#include <jansson.h>

#include "base/log.h"
#include "rules/calendar.h"
#include "rules/colour_why.h"
#include "rules/planned.h"
#include "store/seal.h"

/* Members that are alike: one number, or a list of COLOUR_PLAN_STEPS of which plan_count stand. */
struct named { const char *name; size_t offset; bool list; };
#define FACT(member) {#member, offsetof(struct colour_facts, member), false}
#define FACT_LIST(member) {#member, offsetof(struct colour_facts, member), true}
static const struct named names[] = {
  FACT(state), FACT(counted), FACT(kind), FACT(route), FACT(cycle), FACT(sent_back), FACT(rebounds), FACT(ever_red), FACT(due), FACT(due_original),
  FACT(admitted_on), FACT(assigned_on), FACT(applied_on), FACT(accepted_on), FACT(closed_on), FACT(publicity_until), FACT(watch_until), FACT(review_until),
  FACT(colour_at_application), FACT(weight_accepted), FACT(measure_count), FACT(measures_open), FACT(complaints), FACT(usual_complaints), FACT(complaint_days), FACT(strong_case), FACT(strong_case_on),
  FACT(plan_count), FACT_LIST(plan_date), FACT_LIST(plan_weight), FACT(reopened_on), FACT(broken_due), FACT(broken_on), FACT(broken_weight), FACT(stage_due),
  FACT(circles), FACT(circle_on), FACT(circle_weight), FACT(suspended_until), FACT(working_days),
  FACT(failed_checks), FACT(failed_check_on), FACT(failed_check_weight),
  FACT(part), FACT(placeholder)};
enum { NAME_COUNT = sizeof names / sizeof *names };
_Static_assert(sizeof(struct colour_facts) == (NAME_COUNT - 2 + 2 * COLOUR_PLAN_STEPS) * sizeof(int64_t), "a name for every fact");

/* Dates, counts and weights are all far below; what is beyond cannot be reckoned with. */
#define FACT_MOST INT64_C(1000000000000)

static int64_t *fact_at(struct colour_facts *facts, const struct named *named) { return (int64_t *)((char *)facts + named->offset); }
static const int64_t *fact_of(const struct colour_facts *facts, const struct named *named) {
  return (const int64_t *)((const char *)facts + named->offset);
}

struct colour_facts colour_facts_none(void) {
  struct colour_facts facts;
  for (size_t i = 0; i < sizeof facts / sizeof(int64_t); i++) ((int64_t *)(void *)&facts)[i] = NOTHING;
  facts.plan_count = 0;
  return facts;
}

/* ---- text ---- */

static size_t steps_of(const struct colour_facts *facts) {
  return facts->plan_count <= 0 ? 0 : facts->plan_count > COLOUR_PLAN_STEPS ? COLOUR_PLAN_STEPS : (size_t)facts->plan_count;
}

/* What is not there is left out, so a fact invented later reads as NOTHING in older entries. */
char *colour_facts_print(struct arena *arena, const struct colour_facts *facts) {
  struct buffer out = {.arena = arena};
  buffer_byte(&out, '{');
  for (size_t i = 0; i < NAME_COUNT; i++) {
    const int64_t *values = fact_of(facts, &names[i]);
    size_t count = names[i].list ? steps_of(facts) : 1;
    if (!count || (!names[i].list && *values == NOTHING)) continue;
    buffer_print(&out, "%s\"%s\":%s", out.size > 1 ? "," : "", names[i].name, names[i].list ? "[" : "");
    for (size_t at = 0; at < count; at++) buffer_print(&out, "%s%lld", at ? "," : "", (long long)values[at]);
    if (names[i].list) buffer_byte(&out, ']');
  }
  buffer_byte(&out, '}');
  return out.bytes;
}

static bool read_number(const json_t *value, int64_t *into) {
  if (!json_is_integer(value)) return false;
  *into = json_integer_value(value);
  return *into >= -FACT_MOST && *into <= FACT_MOST;
}

static bool read_fact(struct colour_facts *facts, const struct named *named, const json_t *value) {
  int64_t *into = fact_at(facts, named);
  if (!value) return true;
  if (!named->list) return read_number(value, into);
  if (!json_is_array(value) || json_array_size(value) != steps_of(facts)) return false;
  for (size_t i = 0; i < json_array_size(value); i++)
    if (!read_number(json_array_get(value, i), &into[i])) return false;
  return true;
}

static bool facts_of_object(const json_t *object, struct colour_facts *facts) {
  *facts = colour_facts_none();
  if (!json_is_object(object)) return false;
  for (size_t i = 0; i < NAME_COUNT; i++)
    if (!read_fact(facts, &names[i], json_object_get(object, names[i].name))) return false;
  return facts->plan_count >= 0 && facts->plan_count <= COLOUR_PLAN_STEPS;
}

bool colour_facts_parse(const char *json, struct colour_facts *facts) {
  json_t *object = json_loads(json, 0, NULL);
  bool right = facts_of_object(object, facts);
  if (object) json_decref(object);
  return right;
}

/* ---- from the store ---- */

static const struct { uint16_t field; size_t offset; } from_row[] = {
#define FROM(code, member) {code, offsetof(struct colour_facts, member)}
  FROM(FIELD_STATE, state), FROM(PROBLEM_COUNTED, counted), FROM(PROBLEM_KIND, kind), FROM(PROBLEM_ROUTE, route), FROM(PROBLEM_CYCLE, cycle),
  FROM(PROBLEM_SENT_BACK, sent_back), FROM(PROBLEM_REBOUNDS, rebounds), FROM(PROBLEM_EVER_RED, ever_red), FROM(PROBLEM_DUE, due),
  FROM(PROBLEM_DUE_ORIGINAL, due_original), FROM(PROBLEM_ADMITTED_ON, admitted_on), FROM(PROBLEM_ASSIGNED_ON, assigned_on),
  FROM(PROBLEM_APPLIED_ON, applied_on), FROM(PROBLEM_ACCEPTED_ON, accepted_on), FROM(PROBLEM_CLOSED_ON, closed_on),
  FROM(PROBLEM_PUBLICITY_UNTIL, publicity_until), FROM(PROBLEM_WATCH_UNTIL, watch_until), FROM(PROBLEM_REVIEW_UNTIL, review_until),
  FROM(PROBLEM_COLOUR_AT_APPLICATION, colour_at_application), FROM(PROBLEM_REOPENED_ON, reopened_on),
  FROM(PROBLEM_CIRCLES, circles), FROM(PROBLEM_CIRCLE_ON, circle_on), FROM(PROBLEM_CIRCLE_WEIGHT, circle_weight), FROM(PROBLEM_SUSPENDED_UNTIL, suspended_until), FROM(PROBLEM_PLACEHOLDER, placeholder),
  FROM(PROBLEM_FAILED_CHECKS, failed_checks), FROM(PROBLEM_FAILED_CHECK_ON, failed_check_on), FROM(PROBLEM_FAILED_CHECK_WEIGHT, failed_check_weight),
  FROM(PROBLEM_COMPLAINTS, complaints), FROM(PROBLEM_USUAL_COMPLAINTS, usual_complaints), FROM(PROBLEM_COMPLAINT_DAYS, complaint_days),
  FROM(PROBLEM_STRONG_CASE, strong_case), FROM(PROBLEM_STRONG_CASE_ON, strong_case_on)
#undef FROM
};

struct gathering { struct arena *arena; struct colour_facts *facts; int64_t cycle; struct steps steps; struct weighing weighing; };

/* The frozen plan keeps a measure that was cancelled later. */
static bool gather(void *with, const struct row *measure) {
  struct gathering *gathering = with;
  int64_t cycle = row_integer(measure, MEASURE_CYCLE);
  int64_t frozen = row_integer(measure, MEASURE_BASE_WEIGHT), date = row_integer(measure, MEASURE_BASE_DUE);
  if (cycle != NOTHING && gathering->cycle != NOTHING && cycle != gathering->cycle) return true;
  weighing_add(&gathering->weighing, measure);
  if (date != NOTHING && frozen != NOTHING) steps_add(gathering->arena, &gathering->steps, date, frozen);
  if (measure->state == MEASURE_CANCELLED) return true;
  gathering->facts->measure_count++;
  if (measure->state != MEASURE_ACCEPTED) gathering->facts->measures_open++;
  return true;
}

/* Steps of one day become one; of more than COLOUR_PLAN_STEPS days the rest is folded into the last, at its latest date. */
static void freeze(struct gathering *gathering) {
  struct colour_facts *facts = gathering->facts;
  int64_t planned = 0, count = 0;
  steps_sort(&gathering->steps);
  for (size_t i = 0; i < gathering->steps.count; i++) {
    const struct step *step = &gathering->steps.items[i];
    planned += step->weight;
    if (count == 0 || (facts->plan_date[count - 1] != step->date && count < COLOUR_PLAN_STEPS)) count++;
    facts->plan_date[count - 1] = step->date;
    facts->plan_weight[count - 1] = planned > 10000 ? 10000 : planned;
  }
  facts->plan_count = count;
}

/* What a ledger brought in with its date long past is late from the day it came in: nobody turns red on import day. */
static void due_of_import(const struct row *problem, struct colour_facts *facts) {
  int64_t imported = row_integer(problem, PROBLEM_IMPORTED_ON), due = row_integer(problem, PROBLEM_DUE);
  if (imported != NOTHING && row_integer(problem, PROBLEM_HISTORIC) == 1 && due != NOTHING && due < imported) facts->due = imported;
}

/* A stage that was reported by its date waits for the office: that is no lateness of the unit. */
static bool stage_take(void *with, const struct row *stage) {
  struct colour_facts *facts = with;
  int64_t due = row_integer(stage, STAGE_DUE), cycle = row_integer(stage, STAGE_CYCLE), reported = row_integer(stage, STAGE_REPORTED_ON);
  bool waits = stage->state == STAGE_REPORTED && reported != NOTHING && reported <= due;
  if ((stage->state != STAGE_PLANNED && stage->state != STAGE_REPORTED) || waits || due == NOTHING || cycle != facts->cycle) return true;
  if (facts->stage_due == NOTHING || due < facts->stage_due) facts->stage_due = due;
  return true;
}

/* Only long-term problems have stages: the others are spared the read. */
static enum store_error stages_read(struct reader *reader, const struct row *problem, struct arena *arena, struct colour_facts *facts) {
  struct value of = value_integer(STAGE_PROBLEM, problem->id);
  struct condition condition = {STAGE_PROBLEM, C_IS, &of, 1};
  struct query query = {.type = record_type(RECORD_STAGE), .conditions = &condition, .condition_count = 1, .expected = -1};
  if (facts->kind != KIND_LONG_TERM) return STORE_OK;
  return reader_list(reader, &query, &SCOPE_SYSTEM, arena, stage_take, facts);
}

static struct gathering gathering_begin(const struct row *problem, struct arena *arena, struct colour_facts *facts) {
  *facts = colour_facts_none();
  for (size_t i = 0; i < sizeof from_row / sizeof *from_row; i++)
    *(int64_t *)((char *)facts + from_row[i].offset) = row_integer(problem, from_row[i].field);
  due_of_import(problem, facts);
  if (facts->failed_checks == 0) facts->failed_checks = NOTHING;
  if (facts->circles == 0) facts->circles = NOTHING; /* facts of problems without circles stay as they were */
  if (row_integer(problem, PROBLEM_PARENT) != NOTHING) facts->part = 1;
  if (row_integer(problem, PROBLEM_SECRECY) == SECRECY_PLACEHOLDER)
    facts->placeholder = facts->placeholder == NOTHING ? COLOUR_GREY : facts->placeholder;
  else facts->placeholder = NOTHING;
  if (problem->voided) facts->counted = facts->part = 0;
  facts->weight_accepted = facts->measure_count = facts->measures_open = 0;
  return (struct gathering){.arena = arena, .facts = facts, .cycle = facts->cycle};
}
static void gathering_end(struct gathering *gathering, const struct row *problem) {
  struct colour_facts *facts = gathering->facts;
  facts->weight_accepted = weighing_accepted(&gathering->weighing);
  freeze(gathering);
  colour_why_recall(problem, facts);
}

enum store_error colour_facts_read(struct reader *reader, const struct row *problem, struct arena *arena, struct colour_facts *facts) {
  struct value of = value_integer(MEASURE_PROBLEM, problem->id);
  struct condition condition = {MEASURE_PROBLEM, C_IS, &of, 1};
  struct query query = {.type = record_type(RECORD_MEASURE), .conditions = &condition, .condition_count = 1, .expected = -1};
  struct gathering gathering = gathering_begin(problem, arena, facts);
  enum store_error error = STORE_OK;
  if (colour_counts(facts)) error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, gather, &gathering);
  if (error == STORE_OK && colour_counts(facts)) error = stages_read(reader, problem, arena, facts);
  gathering_end(&gathering, problem);
  return error;
}

/* ---- of many at once: two queries for all of them ---- */

struct many { struct row *const *problems; struct gathering *gatherings; size_t count; };

/* Problems come in order of their ids. NULL: not among them. */
static struct gathering *gathering_of(const struct many *many, int64_t problem) {
  size_t least = 0, end = many->count;
  while (least < end) {
    size_t middle = (least + end) / 2;
    if (many->problems[middle]->id < problem) least = middle + 1;
    else end = middle;
  }
  return least < many->count && many->problems[least]->id == problem ? &many->gatherings[least] : NULL;
}
static bool measure_of_many(void *with, const struct row *measure) {
  struct gathering *gathering = gathering_of(with, row_integer(measure, MEASURE_PROBLEM));
  return !gathering || gather(gathering, measure);
}
static bool stage_of_many(void *with, const struct row *stage) {
  struct gathering *gathering = gathering_of(with, row_integer(stage, STAGE_PROBLEM));
  return !gathering || stage_take(gathering->facts, stage);
}

/* Those whose work is not accepted yet: of the others the rules look at neither measures nor stages. */
static enum store_error parts_of_many(struct reader *reader, const struct many *many, enum record_id type, uint16_t field, bool long_term,
                                      row_sink *sink, struct arena *arena) {
  struct value *ids = ARENA_ARRAY(arena, struct value, many->count + 1);
  struct condition condition = {field, C_IN, ids, 0};
  /* by the index, not through all ids */
  struct query query = {.type = record_type(type), .conditions = &condition, .condition_count = 1, .sort = field, .expected = -1};
  for (size_t i = 0; i < many->count; i++) {
    const struct colour_facts *facts = many->gatherings[i].facts;
    bool done = facts->state >= PROBLEM_ACCEPTED && facts->state <= PROBLEM_SETTLED;
    if (!done && colour_counts(facts) && (!long_term || facts->kind == KIND_LONG_TERM))
      ids[condition.count++] = value_integer(field, many->problems[i]->id);
  }
  return condition.count ? reader_list(reader, &query, &SCOPE_SYSTEM, arena, sink, (void *)(uintptr_t)many) : STORE_OK;
}

enum store_error colour_facts_many(struct reader *reader, struct row *const *problems, size_t count, struct arena *arena, struct colour_facts *facts) {
  struct many many = {problems, ARENA_ARRAY(arena, struct gathering, count + 1), count};
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < count; i++) many.gatherings[i] = gathering_begin(problems[i], arena, &facts[i]);
  error = parts_of_many(reader, &many, RECORD_MEASURE, MEASURE_PROBLEM, false, measure_of_many, arena);
  if (error == STORE_OK) error = parts_of_many(reader, &many, RECORD_STAGE, STAGE_PROBLEM, true, stage_of_many, arena);
  for (size_t i = 0; i < count; i++) gathering_end(&many.gatherings[i], problems[i]);
  return error;
}

/* ---- working days, where the policy counts them ---- */

bool colour_policy_works(const struct policy *policy) {
  for (size_t i = 0; i < policy->rule_count; i++)
    if (policy->rules[i].rule == RULE_DUE_WORKING_DAYS) return true;
  return false;
}

void colour_facts_days(const struct calendar *calendar, struct colour_facts *facts) {
  if (facts->due == NOTHING) return;
  facts->working_days = 0;
  for (int64_t i = 0; i < COLOUR_WORK_BITS; i++)
    if (calendar_works(calendar, facts->due - i)) facts->working_days |= INT64_C(1) << i;
}

enum store_error colour_facts_work(struct reader *reader, const struct policy *policy, struct arena *arena, struct colour_facts *facts) {
  struct calendar calendar;
  enum store_error error = STORE_OK;
  if (facts->due == NOTHING || !colour_policy_works(policy)) return STORE_OK;
  error = calendar_load(reader, arena, &calendar);
  if (error == STORE_OK) colour_facts_days(&calendar, facts);
  return error;
}

/* ---- the past ---- */

struct past { int64_t moment, policy, rule, since; struct colour_facts facts; bool found, broken; };

static int64_t member(const json_t *object, const char *name) {
  const json_t *value = json_object_get(object, name);
  return json_is_integer(value) ? json_integer_value(value) : NOTHING;
}

static bool recall(void *with, const struct entry *entry) {
  struct past *past = with;
  json_t *body;
  if (entry->moment > past->moment) return false;
  if (entry->kind != ENTRY_DERIVED || !entry->body) return true;
  body = json_loadb(entry->body, entry->body_size, 0, NULL);
  if (json_object_get(body, "facts")) {
    past->found = true;
    past->broken = !facts_of_object(json_object_get(body, "facts"), &past->facts);
    past->policy = member(body, "policy");
    past->rule = member(body, "rule");
    past->since = member(body, "since");
  }
  if (body) json_decref(body);
  return true;
}

enum store_error colour_at(struct reader *reader, int64_t problem, int64_t moment, struct arena *arena, struct judgement *judgement) {
  struct past past = {.moment = moment};
  struct policy policy;
  enum store_error error = reader_history(reader, RECORD_PROBLEM, problem, recall, &past);
  if (error == STORE_OK && !past.found) error = STORE_ABSENT;
  if (error == STORE_OK && !past.broken) error = policy_get(reader, past.policy == NOTHING ? 0 : past.policy, arena, &policy) == STORE_OK ? STORE_OK : STORE_BROKEN;
  if (error == STORE_OK && past.broken) {
    log_line(LOG_ERROR, "rules", "problem %lld: the facts of its colour cannot be read from the journal", (long long)problem);
    error = STORE_BROKEN;
  }
  if (error != STORE_OK) return error;
  *judgement = colour_judge(&past.facts, &policy, moment);
  if (judgement->rule == past.rule && past.since != NOTHING) judgement->since = past.since;
  return judgement->colour == COLOUR_NONE ? STORE_ABSENT : STORE_OK;
}
