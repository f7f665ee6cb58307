/* Days by source and kind: which row of the policy a problem's term is, rows in and out, and the presets with where they were read. */
#include "rules/deadlines.h"

#include "rules/policy_rows.h"

/* ---- which one ---- */

static int weight(const struct deadline_rule *rule) { return (rule->source ? 2 : 0) + (rule->kind ? 1 : 0); }

struct term policy_term(const struct policy *policy, int64_t source, int64_t kind) {
  const struct deadline_rule *best = NULL;
  for (size_t i = 0; i < policy->deadline_count; i++) {
    const struct deadline_rule *rule = &policy->deadlines[i];
    bool fits = (!rule->source || rule->source == source) && (!rule->kind || rule->kind == kind);
    if (fits && (!best || weight(rule) > weight(best))) best = rule;
  }
  if (best) return (struct term){best->days, best->count == COUNT_WORKING};
  return (struct term){kind >= KIND_AT_ONCE && kind <= KIND_LONG_TERM ? policy->days_by_kind[kind] : 0, false};
}

struct term term_of(const struct policy *policy, const struct row *problem) {
  return policy_term(policy, row_integer(problem, PROBLEM_SOURCE), row_integer(problem, PROBLEM_KIND));
}

int64_t term_due(const struct calendar *calendar, struct term term, int64_t from, int64_t *basis) {
  return term.working ? calendar_add_working_days(calendar, from, term.days, basis)
                      : calendar_due_of_problem(calendar, term.days, from, basis);
}

/* ---- as text ---- */

static const struct choice sources[] = {
  {SOURCE_RESEARCH, "research"}, {SOURCE_DEVELOPMENT, "development"}, {SOURCE_APPEALS, "appeals"}, {SOURCE_INSPECTION_OLD, "inspection_old"}, {SOURCE_AUDIT_OLD, "audit_old"},
  {SOURCE_INSPECTION_NEW, "inspection_new"}, {SOURCE_SELF_CHECK, "self_check"}, {SOURCE_AUDIT_NEW, "audit_new"}, {0}};
static const struct choice kinds[] = {{KIND_AT_ONCE, "at_once"}, {KIND_TIME_LIMITED, "time_limited"}, {KIND_LONG_TERM, "long_term"}, {0}};
static const struct choice counts[] = {{COUNT_NATURAL, "natural"}, {COUNT_WORKING, "working"}, {0}};
static const struct row_member members[] = {
  {"source", sources, 0, 0, offsetof(struct deadline_rule, source), false}, {"kind", kinds, 0, 0, offsetof(struct deadline_rule, kind), false},
  {"days", NULL, 1, 4000, offsetof(struct deadline_rule, days), true}, {"count", counts, 0, 0, offsetof(struct deadline_rule, count), true}};
static const struct row_form form = {members, sizeof members / sizeof *members, sizeof(struct deadline_rule), "[{\"source\":\"appeals\",\"kind\":\"at_once\",\"days\":5,\"count\":\"working\"}]"};

bool deadline_rules_parse(const char *json, struct deadline_rule *rules, size_t most, size_t *count, struct arena *arena,
                          struct label *problem) {
  if (!policy_rows_parse(&form, json, rules, most, count, arena, problem)) return false;
  for (size_t i = 0; i < *count; i++)
    for (size_t k = 0; k < i; k++) {
      if (rules[i].source != rules[k].source || rules[i].kind != rules[k].kind) continue;
      *count = 0;
      return policy_row_wrong(arena, problem, i + 1, label_print(arena, "与第 %zu 行的来源和类型相同", "the same source and kind as row %zu", k + 1));
    }
  return true;
}

char *deadline_rules_print(struct arena *arena, const struct deadline_rule *rules, size_t count) {
  return policy_rows_print(&form, arena, rules, count);
}

/* ---- presets ---- */

#define ROW(source, kind, days, count) "{\"source\":\"" source "\",\"kind\":\"" kind "\",\"days\":" #days ",\"count\":\"" count "\"}"
#define EVERY(source, days, count) "{\"source\":\"" source "\",\"days\":" #days ",\"count\":\"" count "\"}"
#define HOTLINE ROW("appeals", "at_once", 5, "working") "," ROW("appeals", "time_limited", 10, "working")
#define INSPECTION ROW("inspection_new", "time_limited", 183, "natural") "," ROW("inspection_old", "time_limited", 183, "natural")
#define AUDIT ROW("audit_new", "time_limited", 90, "natural") "," ROW("audit_old", "time_limited", 90, "natural")
const struct deadline_preset DEADLINE_PRESETS[] = {
  {DEADLINES_HOTLINE, "hotline", {"热线诉求(工作日)", "Hotline appeals, working days"}, "潍坊市 12345 政务服务便民热线条例(2021);济南市条例(2018);山东省热线办理要求",
   {"5 个工作日办结;复杂的可延,一般不超过 10 个工作日", "done within 5 working days; what is complex within 10"}, "[" HOTLINE "]"},
  {DEADLINES_PETITION, "petition", {"信访(自然日)", "Petitions, natural days"}, "信访工作条例(2022)",
   {"自受理之日起 60 日内办结,按自然日", "done within 60 natural days"}, "[" EVERY("appeals", 60, "natural") "]"},
  {DEADLINES_INSPECTION, "inspection", {"巡视", "Inspection"}, "关于加强巡视整改和成果运用的意见(2022)",
   {"集中整改期通行 6 个月;原文未见天数,这里取 183 天", "six months of concentrated rectification are usual; the text read gives no days: 183 here"}, "[" INSPECTION "]"},
  {DEADLINES_AUDIT, "audit", {"审计", "Audit"}, "大同市审计整改(90 日报告)", {"90 日;全国通行 60 日,未见原文", "90 days; 60 are usual elsewhere, of which no text was read"}, "[" AUDIT "]"},
  {DEADLINES_ALL, "by_source", {"按来源合用", "By source, together"}, "以上热线、巡视、审计合用",
   {"其余来源仍按整改类型的天数", "other sources keep the days by kind"}, "[" HOTLINE "," INSPECTION "," AUDIT "]"},
};
const size_t DEADLINE_PRESET_COUNT = sizeof DEADLINE_PRESETS / sizeof *DEADLINE_PRESETS;

const struct deadline_preset *deadline_preset(int64_t code) {
  for (size_t i = 0; i < DEADLINE_PRESET_COUNT; i++)
    if (DEADLINE_PRESETS[i].code == code) return &DEADLINE_PRESETS[i];
  return NULL;
}
