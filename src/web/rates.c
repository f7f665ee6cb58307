/* The three rates over HTTP: their definitions, the table by group with every count behind every share, and the list behind each count.
   True at one journal number, said with every answer; bounded by who asks: a whistle-blower's appeal is in no count of the unit complained
   of. */
#include <stdlib.h>
#include <string.h>

#include "follow/appeal_ledger.h"
#include "rules/invariants.h"
#include "web/asked.h"
#include "web/json_out.h"

static const uint16_t BY_FIELDS[] = {[RATE_BY_UNIT] = APPEAL_UNIT, [RATE_BY_CATEGORY] = APPEAL_CATEGORY, [RATE_BY_KIND] = APPEAL_KIND, [RATE_BY_ORIGIN] = APPEAL_ORIGIN};

/* ---- what is asked ---- */

/* False: answered. */
static bool question_read(struct request *request, struct asked *asked, struct rate_question *question) {
  const char *by = request_argument(request, "by");
  if (!asked_read(request, record_type(RECORD_APPEAL), asked)) return false;
  *question = (struct rate_question){.scope = asked->question.scope, .number = asked->question.number, .cut = asked->question.cut};
  if (!by || !*by || rate_by_named(by, &question->by)) return true;
  return asked_refuse(request, "by", (struct label){"应是 unit、category、kind、origin 之一。", "one of unit, category, kind, origin."});
}

static void truth_write(struct request *request, struct json *json, const struct rate_question *question,
                        const struct ledger_truth *truth) {
  request->journal = truth->journal;
  json_pair_integer(json, "definitions_version", APPEAL_RATES_VERSION);
  json_pair(json, "at", truth->moment ? moment_print(request->arena, truth->moment) : NULL);
  asked_pair_date(request, json, "on", question->cut.on);
  asked_pair_date(request, json, "from", question->cut.from);
  asked_pair_date(request, json, "to", question->cut.to);
}

/* ---- definitions ---- */

static void definitions_write(struct request *request, struct json *json) {
  json_key(json, "counts");
  json_open(json, '[');
  for (int i = 0; i < APPEAL_COUNTS; i++) {
    json_open(json, '{');
    json_pair(json, "name", APPEAL_COUNT_DEFINITIONS[i].name);
    json_pair(json, "label", request_label(request, APPEAL_COUNT_DEFINITIONS[i].label));
    json_pair(json, "text", request_label(request, APPEAL_COUNT_DEFINITIONS[i].text));
    json_close(json, '}');
  }
  json_close(json, ']');
  json_key(json, "rates");
  json_open(json, '[');
  for (int i = 0; i < APPEAL_RATES; i++) {
    const struct appeal_rate *rate = &APPEAL_RATE_DEFINITIONS[i];
    json_open(json, '{');
    json_pair(json, "name", rate->name);
    json_pair(json, "label", request_label(request, rate->label));
    json_pair(json, "text", request_label(request, rate->text));
    json_pair(json, "numerator", APPEAL_COUNT_DEFINITIONS[rate->numerator].name);
    json_pair(json, "denominator", APPEAL_COUNT_DEFINITIONS[rate->denominator].name);
    json_close(json, '}');
  }
  json_close(json, ']');
}

/* ---- values ---- */

static void share_write(struct request *request, struct json *json, const char *name, struct ratio ratio, int64_t basis_points) {
  json_key(json, name);
  json_open(json, '{');
  json_key(json, "rate");
  if (basis_points == NOTHING) json_null(json);
  else json_integer(json, basis_points);
  json_pair_integer(json, "numerator", ratio.numerator);
  json_pair_integer(json, "denominator", ratio.denominator);
  json_pair(json, "shown",
            basis_points == NOTHING
                ? request_label(request, (struct label){"无数据", "no data"})
                : arena_print(request->arena, "%lld.%lld%%", (long long)(basis_points / 100), (long long)(basis_points % 100 / 10)));
  json_close(json, '}');
}

/* Satisfaction's fraction is in units of one person by the share's scale: 10,000 for one. */
static void values_write(struct request *request, struct json *json, const int64_t counts[APPEAL_COUNTS], const struct policy *policy) {
  struct call_backs calls = appeal_call_backs(counts);
  struct three_rates rates = three_rates_of(&calls, policy);
  struct ratio contact = {counts[COUNT_CONTACT_IN_TIME], counts[COUNT_CONTACT_DUE]},
               in_time = {counts[COUNT_ANSWERED_IN_TIME], counts[COUNT_ANSWERED]};
  json_key(json, "counts");
  json_open(json, '{');
  for (int i = 0; i < APPEAL_COUNTS; i++) json_pair_integer(json, APPEAL_COUNT_DEFINITIONS[i].name, counts[i]);
  json_close(json, '}');
  json_key(json, "rates");
  json_open(json, '{');
  share_write(request, json, "response", rates.response, ratio_rate(rates.response));
  share_write(request, json, "solution", rates.solution, ratio_rate(rates.solution));
  share_write(request, json, "satisfaction", rates.satisfaction, ratio_rate(rates.satisfaction));
  share_write(request, json, "combined", (struct ratio){0, rates.n}, rates.combined);
  share_write(request, json, "contact", contact, ratio_rate(contact));
  share_write(request, json, "in_time", in_time, ratio_rate(in_time));
  share_write(request, json, "reached", rates.reached, ratio_rate(rates.reached));
  json_close(json, '}');
  json_pair_yes_no(json, "ranked", rates.ranked);
}

static bool anything(const int64_t counts[APPEAL_COUNTS]) { return counts[COUNT_ANSWERED] || counts[COUNT_CONTACT_DUE]; }

struct shown {
  const struct rate_table *table;
  const char **words;
  const struct policy *policy;
  struct unit_facts *units;
  size_t unit_count;
};

static void key_write(struct request *request, struct json *json, const struct shown *shown, size_t at, struct labels *labels) {
  const struct rate_group *group = &shown->table->groups[at];
  const struct field *field = record_field(record_type(RECORD_APPEAL), BY_FIELDS[shown->table->by]);
  const struct choice *choice = field->type == F_CHOICE ? field_choice(field, group->key) : NULL;
  struct value key = !group->key                            ? value_nothing(field->id)
                     : shown->table->by == RATE_BY_CATEGORY ? value_text(field->id, shown->words[at])
                                                            : value_integer(field->id, group->key);
  json_key(json, "key");
  value_write(request, json, field, &key, labels);
  if (choice) json_pair(json, "label", request_label(request, choice->label));
}

/* Units have the sums of all below them beside their own; kinds of unit are not compared with each other. */
static void group_write(struct request *request, struct json *json, const struct shown *shown, size_t at, struct labels *labels) {
  const struct rate_group *group = &shown->table->groups[at];
  const struct unit_facts *unit = shown->table->by == RATE_BY_UNIT ? unit_facts_find(shown->units, shown->unit_count, group->key) : NULL;
  const struct choice *kind = unit ? field_choice(record_field(record_type(RECORD_UNIT), UNIT_KIND), unit->kind) : NULL;
  json_open(json, '{');
  key_write(request, json, shown, at, labels);
  values_write(request, json, group->own, shown->policy);
  if (shown->table->by == RATE_BY_UNIT) {
    json_key(json, "parent");
    if (group->parent) json_integer(json, group->parent);
    else json_null(json);
    json_pair(json, "kind", kind ? kind->name : NULL);
    json_key(json, "below");
    json_open(json, '{');
    values_write(request, json, group->below, shown->policy);
    json_close(json, '}');
  }
  json_close(json, '}');
}

static void table_write(struct request *request, struct json *json, const struct shown *shown, struct labels *labels) {
  json_key(json, "all");
  json_open(json, '{');
  values_write(request, json, shown->table->all.own, shown->policy);
  json_close(json, '}');
  json_key(json, "groups");
  json_open(json, '[');
  for (size_t i = 0; i < shown->table->count; i++)
    if (anything(shown->table->by == RATE_BY_UNIT ? shown->table->groups[i].below : shown->table->groups[i].own))
      group_write(request, json, shown, i, labels);
  json_close(json, ']');
}

static void settings_write(struct json *json, const struct policy *policy) {
  json_key(json, "policy");
  json_open(json, '{');
  json_pair_integer(json, "fairly_share", policy->fairly_share);
  json_pair_integer(json, "response_weight", policy->response_weight);
  json_pair_integer(json, "solution_weight", policy->solution_weight);
  json_pair_integer(json, "reached_least", policy->reached_least);
  json_pair_integer(json, "ranked_least", policy->ranked_least);
  json_close(json, '}');
}

void rates_show(struct request *request) {
  struct asked asked;
  struct rate_question question;
  struct rate_table table;
  struct ledger_truth truth = {0};
  struct policy policy;
  struct labels labels = {.arena = request->arena};
  struct shown shown = {.table = &table, .policy = &policy};
  if (!question_read(request, &asked, &question)) return;
  enum store_error error = policy_for_appeals(request->reader, moment_of_date(question.cut.on), request->arena, &policy);
  if (!error && question.by == RATE_BY_UNIT) error = unit_facts_read(request->reader, request->arena, &shown.units, &shown.unit_count);
  if (!error) error = rate_table_ask(request->house, &question, request->arena, &table, &shown.words, &truth);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  struct json *json = out_open(request);
  truth_write(request, json, &question, &truth);
  settings_write(json, &policy);
  definitions_write(request, json);
  table_write(request, json, &shown, &labels);
  rate_table_free(&table);
  error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

/* ---- the list behind a count ---- */

enum { LIMIT_USUAL = 50, LIMIT_MOST = 200 };

/* key=: a unit's id, the name of a choice, a category's words; "none": those without. False: answered. */
static bool key_read(struct request *request, const struct rate_question *question, struct rate_selection *selection) {
  const char *text = request_argument(request, "key");
  const struct field *field = question->by ? record_field(record_type(RECORD_APPEAL), BY_FIELDS[question->by]) : NULL;
  if (!text || !*text) return true;
  if (!field) return asked_refuse(request, "key", (struct label){"要先用 by= 说明按什么分组。", "by= must say by what it is grouped."});
  const struct choice *choice = field->type == F_CHOICE ? field_choice_named(field, text) : NULL;
  selection->grouped = true;
  if (strcmp(text, "none") == 0) return true;
  if (question->by == RATE_BY_CATEGORY) selection->words = text;
  else if (choice) selection->key = choice->code;
  else if (field->type == F_CHOICE || !text_to_integer(text, &selection->key))
    return asked_refuse(request, "key", (struct label){"没有这一组。", "there is no such group."});
  return true;
}

static bool selection_read(struct request *request, const struct rate_question *question, struct rate_selection *selection) {
  int64_t limit = request_argument_integer(request, "limit", LIMIT_USUAL);
  *selection = (struct rate_selection){.after = request_argument_integer(request, "after", 0),
                                       .below = text_equal(request_argument(request, "below"), "1")};
  if (!appeal_count_named(request->parts.name, &selection->count)) {
    answer_absent(request);
    return false;
  }
  selection->limit = limit < 1 ? 1 : limit > LIMIT_MOST ? LIMIT_MOST : (size_t)limit;
  return key_read(request, question, selection);
}

static enum store_error items_write(struct request *request, struct json *json, const struct rate_question *question,
                                    const struct rate_list *list, size_t count, struct labels *labels) {
  enum store_error error = STORE_OK;
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; i < count && !error; i++) {
    struct row *row = NULL;
    error = reader_get(request->reader, record_type(RECORD_APPEAL), question->scope, list->ids[i], request->arena, &row);
    if (row) record_write(request, json, row, OUT_SPARSE | OUT_SHORT, labels);
    if (error == STORE_ABSENT) error = STORE_OK; /* voided or hidden since */
  }
  json_close(json, ']');
  return error;
}

void rate_list_show(struct request *request) {
  struct asked asked;
  struct rate_question question;
  struct rate_selection selection;
  struct rate_list list;
  struct ledger_truth truth = {0};
  struct labels labels = {.arena = request->arena};
  if (!question_read(request, &asked, &question) || !selection_read(request, &question, &selection)) return;
  size_t limit = selection.limit++; /* one more says whether there is more */
  enum store_error error = rate_list_ask(request->house, &question, &selection, request->arena, &list, &truth);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  bool more = list.count > limit;
  struct json *json = out_open(request);
  truth_write(request, json, &question, &truth);
  json_pair(json, "count", request->parts.name);
  json_pair_integer(json, "total", list.all);
  error = items_write(request, json, &question, &list, more ? limit : list.count, &labels);
  json_key(json, "next");
  if (more) json_integer(json, list.ids[limit - 1]);
  else json_null(json);
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
