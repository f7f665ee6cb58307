/* bihuan definitions: the table of definitions with its values, now or at a past moment, whole or by groups. */
#include "command/program.h"

#include <string.h>

#include "follow/ledger_values.h"
#include "rules/scope.h"

struct asking { struct ledger_question question; struct definition_table table; struct ledger_truth truth; };

static int wrong_date(struct call *call, const char *name, const char *text) {
  return call_usage(call, label_print(call->arena, "--%s 的日期“%s”读不懂,例:2026-11-23。",
                                      "the date of --%s, \"%s\", makes no sense; e.g. 2026-11-23.", name, text));
}

static int read_date(struct call *call, const char *name, int32_t *date) {
  const char *text = call_option(call, name);
  int64_t value;
  if (!text) return EXIT_DONE;
  if (!date_parse(text, &value)) return wrong_date(call, name, text);
  *date = (int32_t)value;
  return EXIT_DONE;
}

/* --at: a date means its end; a moment still to come is now. */
static int read_at(struct call *call, struct ledger_question *question) {
  const char *text = call_option(call, "at");
  int64_t now = house_now(call->house), moment = now, date;
  question->cut.on = (int32_t)date_of_moment(now);
  if (!text) return EXIT_DONE;
  if (date_parse(text, &date)) moment = moment_of_date(date + 1) - 1;
  else if (!moment_parse(text, &moment)) return wrong_date(call, "at", text);
  question->cut.on = (int32_t)date_of_moment(moment);
  enum store_error error = moment < now ? ledger_number_at(call->house, moment, &question->number) : STORE_OK;
  if (error == STORE_ABSENT) return call_fail(call, EXIT_WRONG, (struct label){"那时库里还没有任何记录。", "the store had no entry by then."});
  return error ? call_store_fail(call, error) : EXIT_DONE;
}

static int read_question(struct call *call, struct ledger_question *question) {
  const char *by = call_option(call, "by"), *campaign = call_option(call, "campaign");
  *question = (struct ledger_question){.scope = &SCOPE_SYSTEM, .cut = {.from = FIGURE_NO_DATE, .to = FIGURE_NO_DATE}};
  if (call->as) {
    question->scope = scope_for(call->arena, &call->authority, record_type(RECORD_PROBLEM), MAY_READ);
    question->cases = scope_for(call->arena, &call->authority, record_type(RECORD_CASE), MAY_READ);
    question->mechanisms = scope_for(call->arena, &call->authority, record_type(RECORD_MECHANISM), MAY_READ);
  }
  if (by && !definition_by_named(by, &question->by))
    return call_usage(call, label_print(call->arena, "--by 应为 unit、category、campaign_category、source、kind、level 之一,不是“%s”。",
                                        "--by is one of unit, category, campaign_category, source, kind, level, not \"%s\".", by));
  if (campaign && !text_to_integer(campaign, &question->campaign))
    return call_usage(call, label_print(call->arena, "--campaign 应为专项工作的编号,不是“%s”。",
                                        "--campaign is the id of a campaign, not \"%s\".", campaign));
  int status = read_at(call, question);
  if (!status) status = read_date(call, "from", &question->cut.from);
  if (!status) status = read_date(call, "to", &question->cut.to);
  if (question->cut.to == FIGURE_NO_DATE) question->cut.to = question->cut.on;
  if (!status && question->cut.from > question->cut.to)
    status = call_usage(call, (struct label){"期初不能晚于期末。", "the period begins after it ends."});
  return status;
}

/* ---- telling ---- */

static void sums_json(struct json *json, const char *key, const struct ratio *sums) {
  json_key(json, key);
  json_open(json, '{');
  for (size_t i = 0; i < DEFINITION_COUNT; i++) {
    json_key(json, DEFINITIONS[i].name);
    json_open(json, '[');
    json_integer(json, sums[i].numerator);
    if (definition_is_rate(&DEFINITIONS[i])) json_integer(json, sums[i].denominator);
    json_close(json, ']');
  }
  json_close(json, '}');
}

static void table_json(struct call *call, const struct asking *asking) {
  struct call_json out;
  struct json *json = call_json_open(call, &out);
  const struct cut *cut = &asking->question.cut;
  json_pair_integer(json, "definitions_version", DEFINITIONS_VERSION);
  json_pair_integer(json, "journal", asking->truth.journal);
  json_pair(json, "at", asking->truth.moment ? moment_print(call->arena, asking->truth.moment) : NULL);
  json_pair(json, "on", date_print(call->arena, cut->on));
  json_pair(json, "from", cut->from == FIGURE_NO_DATE ? NULL : date_print(call->arena, cut->from));
  json_pair(json, "to", date_print(call->arena, cut->to));
  json_pair(json, "by", definition_by_name(asking->question.by));
  sums_json(json, "all", asking->table.all.own);
  json_key(json, "groups");
  json_open(json, '[');
  for (size_t i = 0; i < asking->table.count; i++) {
    json_open(json, '{');
    json_pair_integer(json, "key", asking->table.groups[i].key);
    sums_json(json, "own", asking->table.groups[i].own);
    if (asking->table.by == BY_UNIT) sums_json(json, "below", asking->table.groups[i].below);
    json_close(json, '}');
  }
  json_close(json, ']');
  call_json_close(call, &out);
}

static void line_print(struct call *call, const struct definition *definition, struct ratio ratio) {
  if (!definition_is_rate(definition)) fprintf(call->out, "%12lld  %s\n", (long long)ratio.numerator, call_say(call, definition->label));
  else
    fprintf(call->out, "%12s  %s  (%lld / %lld)\n", ratio_print(call->arena, ratio, call->language), call_say(call, definition->label),
            (long long)ratio.numerator, (long long)ratio.denominator);
}

static const char *group_name(struct call *call, struct reader *reader, const struct asking *asking, int64_t key) {
  static const uint16_t FIELDS[BY_COUNT] =
      {[BY_CATEGORY] = PROBLEM_CATEGORY, [BY_SOURCE] = PROBLEM_SOURCE, [BY_KIND] = PROBLEM_KIND, [BY_LEVEL] = PROBLEM_LEVEL};
  const struct field *field = FIELDS[asking->table.by] ? record_field(record_type(RECORD_PROBLEM), FIELDS[asking->table.by]) : NULL;
  const struct choice *choice = field ? field_choice(field, key) : NULL;
  bool of_unit = asking->table.by == BY_UNIT, of_record = of_unit || asking->table.by == BY_CAMPAIGN_CATEGORY;
  struct row *row = NULL;
  if (choice) return call_say(call, choice->label);
  if (of_record && key &&
      reader_get(reader, record_type(of_unit ? RECORD_UNIT : RECORD_CATEGORY), &SCOPE_SYSTEM, key, call->arena, &row) == STORE_OK)
    return row_text(row, of_unit ? UNIT_NAME : CATEGORY_NAME);
  return call_say(call, (struct label){"(无)", "(none)"});
}

static void groups_print(struct call *call, struct reader *reader, const struct asking *asking) {
  size_t total = definition_place(definition_of(DEFINITION_TOTAL)), closed = definition_place(definition_of(DEFINITION_CLOSING_RATE)),
         done = definition_place(definition_of(DEFINITION_RECTIFICATION_RATE)),
         overdue = definition_place(definition_of(DEFINITION_OVERDUE_RATE));
  for (size_t i = 0; i < asking->table.count; i++) {
    const struct ratio *sums = asking->table.by == BY_UNIT ? asking->table.groups[i].below : asking->table.groups[i].own;
    if (!sums[total].numerator) continue;
    const char *name = group_name(call, reader, asking, asking->table.groups[i].key);
    call_print(call, "%s:总数 %lld,整改率 %s,销号率 %s,逾期率 %s", "%s: total %lld, rectified %s, closed %s, overdue %s", name,
               (long long)sums[total].numerator, ratio_print(call->arena, sums[done], call->language),
               ratio_print(call->arena, sums[closed], call->language), ratio_print(call->arena, sums[overdue], call->language));
  }
}

static int table_print(struct call *call, const struct asking *asking) {
  struct reader *reader = NULL;
  enum store_error error = store_reader(call->house->store, &reader);
  if (error) return call_store_fail(call, error);
  call_print(call, "截止 %s,日志第 %lld 条,口径第 %d 版", "cut-off %s, journal number %lld, definitions version %d",
             date_print(call->arena, asking->question.cut.on), (long long)asking->truth.journal, DEFINITIONS_VERSION);
  for (size_t i = 0; i < DEFINITION_COUNT; i++) line_print(call, &DEFINITIONS[i], asking->table.all.own[i]);
  groups_print(call, reader, asking);
  reader_release(reader);
  return EXIT_DONE;
}

int command_definitions(struct call *call) {
  struct asking asking;
  int status = read_question(call, &asking.question);
  if (status) return status;
  if (!call_words(call, 0, 0)) return EXIT_USE;
  enum store_error error = ledger_table(call->house, &asking.question, &asking.table, &asking.truth);
  if (error) return call_store_fail(call, error);
  if (call->json) table_json(call, &asking);
  else status = table_print(call, &asking);
  definition_table_free(&asking.table);
  return status;
}
