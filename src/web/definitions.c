/* Definitions over HTTP: the table, its values by group, and the list behind each value. All of it is true at one journal number, said with
   every answer beside the cut-off, the period and the version of the definitions; bounded by who asks. */
#include <stdlib.h>
#include <string.h>

#include "follow/ledger_values.h"
#include "rules/definitions_rates.h"
#include "rules/invariants.h"
#include "web/asked.h"
#include "web/json_out.h"

/* ---- what is asked ---- */

bool asked_refuse(struct request *request, const char *name, struct label sentence) {
  answer_problem(request, 400, "malformed",
                 (struct label){arena_print(request->arena, "“%s”：%s", name, sentence.zh),
                                arena_print(request->arena, "%s: %s", name, sentence.en)});
  return false;
}

/* false: there, and no date; answered. */
static bool date_argument(struct request *request, const char *name, int32_t *date) {
  const char *text = request_argument(request, name);
  int64_t value;
  if (!text || !*text) return true;
  if (!date_parse(text, &value)) return asked_refuse(request, name, (struct label){"应是日期，如 2026-11-23。", "a date such as 2026-11-23."});
  *date = (int32_t)value;
  return true;
}

/* at=: a date (the end of that day) or a moment; number=: of the journal. Of a day that is not over yet: as it stands. */
static bool past_argument(struct request *request, struct asked *asked) {
  const char *at = request_argument(request, "at");
  int64_t date, moment = NOTHING, number = request_argument_integer(request, "number", 0);
  struct ledger_question *question = &asked->question;
  if (number < 0) return asked_refuse(request, "number", (struct label){"应是日志条目号。", "the number of a journal entry."});
  question->number = number;
  question->cut.on = (int32_t)date_of_moment(asked->now);
  if (!at || !*at) return true;
  if (date_parse(at, &date)) moment = moment_of_date(date + 1) - 1;
  else if (!moment_parse(at, &moment))
    return asked_refuse(request, "at", (struct label){"应是日期或时刻，如 2026-11-23。", "a date or a moment, such as 2026-11-23."});
  question->cut.on = (int32_t)date_of_moment(moment);
  if (number || moment >= asked->now) return true;
  enum store_error error = ledger_number_at(request->house, moment, &question->number);
  if (error == STORE_ABSENT) return asked_refuse(request, "at", (struct label){"那时库里还没有任何记录。", "the store had no entry by then."});
  if (error) answer_store_error(request, error);
  return !error;
}

static bool by_argument(struct request *request, enum definition_by *by) {
  const char *text = request_argument(request, "by");
  if (!text || !*text || definition_by_named(text, by)) return true;
  return asked_refuse(request, "by",
                      (struct label){"应是 unit、category、campaign_category、source、kind、level 之一。",
                                     "one of unit, category, campaign_category, source, kind, level."});
}

/* A past number without `at` is cut at the day of its own entry. False: answered. */
static bool number_day(struct request *request, struct asked *asked) {
  struct reader *reader = request_reader(request);
  const char *at = request_argument(request, "at");
  int64_t moment = 0;
  if (!reader) return false;
  if (!asked->question.number || (at && *at)) return true;
  enum store_error error = figures_moment(reader, asked->question.number, &moment);
  if (error == STORE_ABSENT) return asked_refuse(request, "number", (struct label){"日志还没有这一条。", "the journal has no such entry yet."});
  if (error) answer_store_error(request, error);
  else asked->question.cut.on = (int32_t)date_of_moment(moment);
  return !error;
}

/* False: answered. */
bool asked_read(struct request *request, const struct record_type *type, struct asked *asked) {
  *asked = (struct asked){.now = request_now(request), .question = {.cut = {.from = FIGURE_NO_DATE, .to = FIGURE_NO_DATE}}};
  asked->question.scope = request_scope(request, type, MAY_READ);
  asked->question.campaign = request_argument_integer(request, "campaign", 0);
  if (!past_argument(request, asked) || !number_day(request, asked)) return false;
  if (!date_argument(request, "from", &asked->question.cut.from) || !date_argument(request, "to", &asked->question.cut.to)) return false;
  if (asked->question.cut.to == FIGURE_NO_DATE) asked->question.cut.to = asked->question.cut.on;
  if (asked->question.cut.from <= asked->question.cut.to) return true;
  return asked_refuse(request, "from", (struct label){"期初不能晚于期末。", "the period begins after it ends."});
}

static bool question_read(struct request *request, struct asked *asked) {
  if (!asked_read(request, record_type(RECORD_PROBLEM), asked) || !by_argument(request, &asked->question.by)) return false;
  asked->question.cases = request_scope(request, record_type(RECORD_CASE), MAY_READ);
  asked->question.mechanisms = request_scope(request, record_type(RECORD_MECHANISM), MAY_READ);
  return true;
}

/* ---- what is answered ---- */

void asked_pair_date(struct request *request, struct json *json, const char *key, int32_t date) {
  json_pair(json, key, date == FIGURE_NO_DATE ? NULL : date_print(request->arena, date));
}

static void truth_write(struct request *request, struct json *json, const struct asked *asked, const struct ledger_truth *truth) {
  const struct cut *cut = &asked->question.cut;
  request->journal = truth->journal;
  json_pair_integer(json, "definitions_version", DEFINITIONS_VERSION);
  json_pair(json, "at", truth->moment ? moment_print(request->arena, truth->moment) : NULL);
  asked_pair_date(request, json, "on", cut->on);
  asked_pair_date(request, json, "from", cut->from);
  asked_pair_date(request, json, "to", cut->to);
  json_pair(json, "by", definition_by_name(asked->question.by));
  json_key(json, "campaign");
  if (asked->question.campaign) json_integer(json, asked->question.campaign);
  else json_null(json);
}

static void definition_write(struct request *request, struct json *json, const struct definition *definition) {
  json_open(json, '{');
  json_pair_integer(json, "code", definition->code);
  json_pair_integer(json, "version", definition->version);
  json_pair(json, "name", definition->name);
  json_pair(json, "label", request_label(request, definition->label));
  json_pair(json, "text", request_label(request, definition->text));
  json_pair(json, "source", definition->source);
  json_pair(json, "result", definition_is_rate(definition) ? "rate" : "count");
  json_pair(json, "of", record_type(definition->of ? definition->of : RECORD_PROBLEM)->name);
  json_pair_yes_no(json, "outwards", (definition->flags & DEFINITION_OUTWARDS) != 0);
  json_pair_yes_no(json, "of_period", (definition->flags & DEFINITION_OF_PERIOD) != 0);
  json_pair_yes_no(json, "by_joint_units", (definition->flags & DEFINITION_BY_JOINT) != 0);
  json_close(json, '}');
}

void definitions_show(struct request *request) {
  if (!request_reader(request) || !request_head(request)) return;
  struct json *json = out_open(request);
  json_pair_integer(json, "definitions_version", DEFINITIONS_VERSION);
  json_key(json, "definitions");
  json_open(json, '[');
  for (size_t i = 0; i < DEFINITION_COUNT; i++) definition_write(request, json, &DEFINITIONS[i]);
  json_close(json, ']');
  out_close(request, 200);
}

/* 抽查合格率 never stands alone: the 95 % interval of what the sample says of all (basis points). */
static void interval_write(struct json *json, struct ratio ratio) {
  struct spot_rate rate = spot_check_rate(ratio.numerator, ratio.denominator);
  const struct { const char *name; int64_t value; } ends[] = {{"low", rate.low}, {"high", rate.high}};
  for (size_t i = 0; i < 2; i++) {
    json_key(json, ends[i].name);
    if (ends[i].value == NOTHING) json_null(json);
    else json_integer(json, ends[i].value);
  }
}

/* One value: for a count its number; for a rate numerator, denominator, rate in basis points (null: no data) and as it is printed. */
static void value_of_definition(struct request *request, struct json *json, const struct definition *definition, struct ratio ratio) {
  json_open(json, '{');
  json_pair_integer(json, "numerator", ratio.numerator);
  if (definition_is_rate(definition)) {
    int64_t rate = ratio_rate(ratio);
    json_pair_integer(json, "denominator", ratio.denominator);
    json_key(json, "rate");
    if (rate == NOTHING) json_null(json);
    else json_integer(json, rate);
    json_pair(json, "shown", ratio_print(request->arena, ratio, request->language));
    if (definition->code == DEFINITION_SPOT_CHECK) interval_write(json, ratio);
  }
  json_close(json, '}');
}

static void all_write(struct request *request, struct json *json, const struct ratio *sums) {
  json_key(json, "all");
  json_open(json, '{');
  for (size_t i = 0; i < DEFINITION_COUNT; i++) {
    json_key(json, DEFINITIONS[i].name);
    value_of_definition(request, json, &DEFINITIONS[i], sums[i]);
  }
  json_close(json, '}');
}

/* [n] or [n,d] a definition, in the order of "names": a table of 246 units stays small. */
static void sums_write(struct json *json, const char *key, const struct ratio *sums) {
  json_key(json, key);
  json_open(json, '[');
  for (size_t i = 0; i < DEFINITION_COUNT; i++) {
    json_open(json, '[');
    json_integer(json, sums[i].numerator);
    if (definition_is_rate(&DEFINITIONS[i])) json_integer(json, sums[i].denominator);
    json_close(json, ']');
  }
  json_close(json, ']');
}

static const uint16_t BY_FIELDS[BY_COUNT] = {
  [BY_UNIT] = PROBLEM_LEAD_UNIT, [BY_CATEGORY] = PROBLEM_CATEGORY, [BY_SOURCE] = PROBLEM_SOURCE, [BY_KIND] = PROBLEM_KIND, [BY_LEVEL] = PROBLEM_LEVEL,
  [BY_CAMPAIGN_CATEGORY] = PROBLEM_CATEGORY_RECORD};

static bool below_anything(const struct definition_group *group) {
  for (size_t i = 0; i < DEFINITION_COUNT; i++)
    if (group->below[i].numerator || group->below[i].denominator) return true;
  return false;
}

struct units_known { struct unit_facts *items; size_t count; int64_t least; /* that is ranked */ };

/* Units of different kinds are not compared, nor what is too small: `kind` and `ranked` say so. */
static void unit_write(struct json *json, const struct definition_group *group, const struct unit_facts *unit, int64_t least) {
  const struct field *field = record_field(record_type(RECORD_UNIT), UNIT_KIND);
  const struct choice *kind = unit ? field_choice(field, unit->kind) : NULL;
  json_key(json, "parent");
  if (group->parent) json_integer(json, group->parent);
  else json_null(json);
  json_pair(json, "kind", kind ? kind->name : NULL);
  json_pair_yes_no(json, "ranked", group->below[definition_place(definition_of(DEFINITION_TOTAL))].numerator >= least);
  sums_write(json, "below", group->below);
}

/* Units that have nothing to show and nothing below them are left out. */
static void groups_write(struct request *request, struct json *json, const struct definition_table *table, const struct units_known *units,
                         struct labels *labels) {
  const struct field *field = table->by ? record_field(record_type(RECORD_PROBLEM), BY_FIELDS[table->by]) : NULL;
  json_key(json, "groups");
  json_open(json, '[');
  for (size_t i = 0; field && i < table->count; i++) {
    const struct definition_group *group = &table->groups[i];
    struct value key = group->key ? value_integer(field->id, group->key) : value_nothing(field->id);
    const struct choice *choice = field->type == F_CHOICE ? field_choice(field, group->key) : NULL;
    if (table->by == BY_UNIT && !below_anything(group)) continue;
    json_open(json, '{');
    json_key(json, "key");
    value_write(request, json, field, &key, labels);
    if (choice) json_pair(json, "label", request_label(request, choice->label));
    sums_write(json, "own", group->own);
    if (table->by == BY_UNIT) unit_write(json, group, unit_facts_find(units->items, units->count, group->key), units->least);
    json_close(json, '}');
  }
  json_close(json, ']');
}

/* The campaign's own number, or ours. */
static enum store_error ranked_least(struct request *request, const struct asked *asked, int64_t *least) {
  struct policy policy = policy_default();
  enum store_error error = asked->question.campaign
                               ? policy_for(request->reader, asked->question.campaign, asked->now, request->arena, &policy)
                               : STORE_OK;
  *least = policy.ranked_least;
  return error;
}

void definition_values_show(struct request *request) {
  struct units_known units = {.least = RANKED_LEAST};
  struct asked asked;
  struct definition_table table;
  struct ledger_truth truth = {0};
  struct labels labels = {.arena = request->arena};
  if (!question_read(request, &asked)) return;
  enum store_error error = ranked_least(request, &asked, &units.least);
  if (!error && asked.question.by == BY_UNIT) error = unit_facts_read(request->reader, request->arena, &units.items, &units.count);
  if (!error) error = ledger_table(request->house, &asked.question, &table, &truth);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  struct json *json = out_open(request);
  truth_write(request, json, &asked, &truth);
  json_pair_integer(json, "ranked_least", units.least);
  json_key(json, "names");
  json_open(json, '[');
  for (size_t i = 0; i < DEFINITION_COUNT; i++) json_text(json, DEFINITIONS[i].name);
  json_close(json, ']');
  all_write(request, json, table.all.own);
  groups_write(request, json, &table, &units, &labels);
  definition_table_free(&table);
  error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

/* ---- the list behind a value ---- */

enum { LIMIT_USUAL = 50, LIMIT_MOST = 200 };

/* key=: a unit's id, or the name of a choice; "none": those without. False: answered. */
static bool key_argument(struct request *request, const struct asked *asked, struct ledger_selection *selection) {
  const char *text = request_argument(request, "key");
  const struct field *field = asked->question.by ? record_field(record_type(RECORD_PROBLEM), BY_FIELDS[asked->question.by]) : NULL;
  if (!text || !*text) return true;
  if (!field) return asked_refuse(request, "key", (struct label){"要先用 by= 说明按什么分组。", "by= must say by what it is grouped."});
  const struct choice *choice = field->type == F_CHOICE ? field_choice_named(field, text) : NULL;
  selection->grouped = true;
  if (strcmp(text, "none") == 0) selection->key = 0;
  else if (choice) selection->key = choice->code;
  else if (field->type == F_CHOICE || !text_to_integer(text, &selection->key))
    return asked_refuse(request, "key", (struct label){"没有这一组。", "there is no such group."});
  return true;
}

static bool selection_read(struct request *request, const struct asked *asked, struct ledger_selection *selection) {
  const char *part = request_argument(request, "part"), *below = request_argument(request, "below");
  int64_t limit = request_argument_integer(request, "limit", LIMIT_USUAL);
  *selection = (struct ledger_selection){.definition = definition_named(request->parts.name),
                                         .after = request_argument_integer(request, "after", 0)};
  if (!selection->definition) {
    answer_absent(request);
    return false;
  }
  if (part && *part && strcmp(part, "numerator") != 0 && strcmp(part, "denominator") != 0)
    return asked_refuse(request, "part", (struct label){"应是 numerator 或 denominator。", "numerator or denominator."});
  selection->part = part && strcmp(part, "denominator") == 0 ? PART_DENOMINATOR : PART_NUMERATOR;
  selection->below = below && strcmp(below, "1") == 0;
  selection->limit = limit < 1 ? 1 : limit > LIMIT_MOST ? LIMIT_MOST : (size_t)limit;
  return key_argument(request, asked, selection);
}

/* The problem as it is today, and in a past list the few facts of then. */
static enum store_error item_write(struct request *request, struct json *json, const struct asked *asked, const struct figure *figure,
                                   struct labels *labels) {
  const struct state_name *state = record_state(record_type(RECORD_PROBLEM), figure->state);
  struct row *row = NULL;
  enum store_error error = reader_get(request->reader, record_type(RECORD_PROBLEM), asked->question.scope, figure->id, request->arena,
                                      &row);
  json_open(json, '{');
  json_key(json, "record");
  if (row) record_write(request, json, row, OUT_SPARSE | OUT_WHY, labels);
  else json_null(json);
  json_key(json, "figure");
  json_open(json, '{');
  json_pair_integer(json, "id", figure->id);
  json_pair(json, "state", state ? state->name : NULL);
  json_pair(json, "colour", figure->colour ? colour_name(figure->colour) : NULL);
  json_key(json, "lead_unit");
  if (figure->lead_unit) json_integer(json, figure->lead_unit);
  else json_null(json);
  asked_pair_date(request, json, "due", figure->due);
  json_close(json, '}');
  json_close(json, '}');
  if (figure->lead_unit) labels_want(labels, RECORD_UNIT, figure->lead_unit);
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* A check, a case, a mechanism as it is today. */
static enum store_error record_item_write(struct request *request, struct json *json, const struct record_item *item,
                                          struct labels *labels) {
  const struct record_type *type = record_type(item->type);
  const struct state_name *state = record_state(type, item->state);
  struct row *row = NULL;
  enum store_error error = reader_get(request->reader, type, request_scope(request, type, MAY_READ), item->id, request->arena, &row);
  json_open(json, '{');
  json_key(json, "record");
  if (row) record_write(request, json, row, OUT_SPARSE, labels);
  else json_null(json);
  json_key(json, "figure");
  json_open(json, '{');
  json_pair_integer(json, "id", item->id);
  json_pair(json, "state", state ? state->name : NULL);
  json_key(json, "lead_unit");
  if (item->unit) json_integer(json, item->unit);
  else json_null(json);
  asked_pair_date(request, json, "on", item->on);
  json_close(json, '}');
  json_close(json, '}');
  if (item->unit) labels_want(labels, RECORD_UNIT, item->unit);
  return error == STORE_ABSENT ? STORE_OK : error;
}

void definition_list_show(struct request *request) {
  struct asked asked;
  struct ledger_selection selection;
  struct ledger_list list;
  struct ledger_truth truth = {0};
  struct labels labels = {.arena = request->arena};
  if (!question_read(request, &asked) || !selection_read(request, &asked, &selection)) return;
  size_t limit = selection.limit++; /* one more says whether there is more */
  enum store_error error = ledger_list(request->house, &asked.question, &selection, request->arena, &list, &truth);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  bool more = list.count > limit;
  struct json *json = out_open(request);
  truth_write(request, json, &asked, &truth);
  json_pair(json, "definition", selection.definition->name);
  json_pair(json, "of", record_type(selection.definition->of ? selection.definition->of : RECORD_PROBLEM)->name);
  json_pair(json, "part", selection.part == PART_DENOMINATOR ? "denominator" : "numerator");
  json_pair_integer(json, "total", list.all);
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; i < (more ? limit : list.count) && !error; i++)
    error = list.items ? record_item_write(request, json, &list.items[i], &labels)
                       : item_write(request, json, &asked, &list.figures[i], &labels);
  json_close(json, ']');
  json_key(json, "next");
  if (more) json_integer(json, list.items ? list.items[limit - 1].id : list.figures[limit - 1].id);
  else json_null(json);
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
