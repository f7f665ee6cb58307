/* Which closing route a problem takes: rows of the policy by kind, list and risk, the first that fits wins. JSON in and out; everything
   wrong is named with its row, counted from 1. PRACTICE.md, closing by risk. */
#include "rules/policy.h"

#include <jansson.h>

struct named { const char *name; uint8_t code; };
static const struct named route_names[] = {{"a", ROUTE_A}, {"b", ROUTE_B}, {"c", ROUTE_C}, {0}};
static const struct named kind_names[] = {{"at_once", KIND_AT_ONCE}, {"time_limited", KIND_TIME_LIMITED}, {"long_term", KIND_LONG_TERM}, {0}};
static const struct named level_names[] = {{"city", LEVEL_CITY}, {"unit", LEVEL_UNIT}, {0}};
static const struct named risk_names[] = {{"ever_red", RISK_EVER_RED}, {"rebounded", RISK_REBOUNDED}, {"led", RISK_LED}, {"hard", RISK_HARD}, {0}};
/* The members of a row, in the order in which they are printed. */
static const struct member { const char *name; const struct named *names; size_t offset; } members[] = {
  {"kind", kind_names, offsetof(struct route_rule, kind)}, {"level", level_names, offsetof(struct route_rule, level)},
  {"risk", risk_names, offsetof(struct route_rule, risk)}, {"route", route_names, offsetof(struct route_rule, route)}};
enum { MEMBERS = sizeof members / sizeof *members };

static uint8_t code_of(const struct named *names, const char *name) {
  for (; names->name; names++)
    if (text_equal(names->name, name)) return names->code;
  return 0;
}
static const char *name_of(const struct named *names, uint8_t code) {
  for (; names->name; names++)
    if (names->code == code) return names->name;
  return NULL;
}
static char *known(struct arena *arena, const struct named *names) {
  struct buffer out = {.arena = arena};
  for (; names->name; names++) buffer_print(&out, "%s%s", out.size ? ", " : "", names->name);
  return out.bytes;
}

/* ---- which one ---- */

/* Led by the secretary or one of the four leadership teams: the field comes with leaders' boards. */
static bool led(const struct row *problem) {
  const struct field *field = record_field(problem->type, PROBLEM_LED_BY);
  return field && row_integer(problem, PROBLEM_LED_BY) != NOTHING && row_integer(problem, PROBLEM_LED_BY) != 0;
}
static bool risk_holds(const struct row *problem, uint8_t risk) {
  switch (risk) {
    case RISK_EVER_RED: return row_integer(problem, PROBLEM_EVER_RED) == 1;
    case RISK_REBOUNDED: return row_integer(problem, PROBLEM_REBOUNDS) > 0;
    case RISK_LED: return led(problem);
    case RISK_HARD: return row_integer(problem, PROBLEM_HARD) == 1;
    default: return true;
  }
}
static bool fits(const struct row *problem, const struct route_rule *rule) {
  if (rule->kind && row_integer(problem, PROBLEM_KIND) != rule->kind) return false;
  if (rule->level && row_integer(problem, PROBLEM_LEVEL) != rule->level) return false;
  return risk_holds(problem, rule->risk);
}

const struct route_rule *policy_route(const struct policy *policy, const struct row *problem) {
  static const struct route_rule full = {ROUTE_A, 0, 0, 0}; /* a policy without rows: the full chain */
  for (size_t i = 0; i < policy->route_count; i++)
    if (fits(problem, &policy->routes[i])) return &policy->routes[i];
  return &full;
}

/* ---- as text ---- */

struct reading { struct arena *arena; struct label *problem; size_t row; };
static bool wrong(const struct reading *reading, const char *zh, const char *en, const char *quoted) {
  struct label said = label_print(reading->arena, zh, en, quoted);
  if (reading->row)
    said = (struct label){arena_print(reading->arena, "第 %zu 行：%s", reading->row, said.zh),
                          arena_print(reading->arena, "row %zu: %s", reading->row, said.en)};
  *reading->problem = said;
  return false;
}

static bool member_read(const struct reading *reading, const char *key, json_t *value, struct route_rule *rule) {
  for (size_t i = 0; i < MEMBERS; i++) {
    uint8_t *into = (uint8_t *)rule + members[i].offset;
    if (!text_equal(key, members[i].name)) continue;
    *into = code_of(members[i].names, json_string_value(value));
    return *into || wrong(reading, arena_print(reading->arena, "%s 可用：%%s", key), arena_print(reading->arena, "%s may be %%s", key),
                          known(reading->arena, members[i].names));
  }
  return wrong(reading, "不认识的成员「%s」；只能有 kind、level、risk、route", "unknown member \"%s\"; kind, level, risk and route are known", key);
}

static bool row_read(const struct reading *reading, json_t *object, struct route_rule *rule) {
  const char *key;
  json_t *value;
  *rule = (struct route_rule){0};
  if (!json_is_object(object)) return wrong(reading, "应为对象，如 %s", "wants an object such as %s", "{\"kind\":\"at_once\",\"route\":\"c\"}");
  json_object_foreach(object, key, value) {
    if (!member_read(reading, key, value, rule)) return false;
  }
  return rule->route || wrong(reading, "缺少 route（%s）", "route is missing (%s)", known(reading->arena, route_names));
}

/* The last row fits everything, so that no problem is without a route, and nothing may stand behind such a row. */
static bool end_read(struct reading *reading, const struct route_rule *rules, size_t count) {
  for (size_t i = 0; i < count; i++) {
    bool all = !rules[i].kind && !rules[i].level && !rules[i].risk, last = i + 1 == count;
    reading->row = i + 1;
    if (all && !last) return wrong(reading, "不带条件的行只能放在最后%s", "a row without a condition must be the last%s", "");
    if (!all && last) return wrong(reading, "最后一行不能带条件，如 %s", "the last row must have no condition, such as %s", "{\"route\":\"b\"}");
  }
  return true;
}

static bool rows_read(struct reading *reading, json_t *list, struct route_rule *rules, size_t most, size_t *count) {
  size_t rows = json_array_size(list);
  if (!json_is_array(list) || !rows)
    return wrong(reading, "应为 JSON 列表，如 %s", "wants a JSON list such as %s",
                 "[{\"level\":\"city\",\"route\":\"a\"},{\"route\":\"b\"}]");
  if (rows > most) return wrong(reading, "最多 %s 行", "at most %s rows", arena_print(reading->arena, "%zu", most));
  for (size_t i = 0; i < rows; i++) {
    reading->row = i + 1;
    if (!row_read(reading, json_array_get(list, i), &rules[i])) return false;
  }
  *count = rows;
  return end_read(reading, rules, rows);
}

bool route_rules_parse(const char *json, struct route_rule *rules, size_t most, size_t *count, struct arena *arena, struct label *problem) {
  struct reading reading = {.arena = arena, .problem = problem};
  json_error_t error;
  json_t *list = json_loads(json ? json : "", JSON_REJECT_DUPLICATES, &error);
  bool right = list ? rows_read(&reading, list, rules, most, count)
                    : wrong(&reading, "不是合法的 JSON（出错位置 %s，行：列）", "this is no JSON (wrong at %s, line:column)",
                            arena_print(arena, "%d:%d", error.line, error.column));
  if (list) json_decref(list);
  if (!right) *count = 0;
  return right;
}

char *route_rules_print(struct arena *arena, const struct route_rule *rules, size_t count) {
  struct buffer out = {.arena = arena};
  buffer_byte(&out, '[');
  for (size_t i = 0; i < count; i++) {
    bool first = true;
    buffer_text(&out, i ? ",{" : "{");
    for (size_t k = 0; k < MEMBERS; k++) {
      const char *name = name_of(members[k].names, *((const uint8_t *)&rules[i] + members[k].offset));
      if (!name) continue;
      buffer_print(&out, "%s\"%s\":\"%s\"", first ? "" : ",", members[k].name, name);
      first = false;
    }
    buffer_byte(&out, '}');
  }
  buffer_byte(&out, ']');
  return out.bytes;
}
