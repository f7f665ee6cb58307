/* Colour rules as an office writes them: JSON in and out. Everything wrong is named with its row, counted from 1. */
#include "rules/policy.h"

#include <jansson.h>

#include "rules/colour.h"

struct reading { struct arena *arena; struct label *problem; size_t row; };

/* Two sentences with the same arguments; false, so that a check can end with it. */
static bool wrong(const struct reading *reading, const char *zh, const char *en, const char *quoted) {
  const char *row_zh = reading->row ? arena_print(reading->arena, "颜色规则第 %zu 行：", reading->row) : "颜色规则：";
  const char *row_en = reading->row ? arena_print(reading->arena, "colour rules, row %zu: ", reading->row) : "colour rules: ";
  struct label said = label_print(reading->arena, zh, en, quoted);
  *reading->problem = (struct label){arena_print(reading->arena, "%s%s", row_zh, said.zh),
                                     arena_print(reading->arena, "%s%s", row_en, said.en)};
  return false;
}

static bool known_members(const struct reading *reading, json_t *object) {
  const char *key;
  json_t *value;
  json_object_foreach(object, key, value) {
    if (!text_equal(key, "colour") && !text_equal(key, "rule") && !text_equal(key, "than"))
      return wrong(reading, "不认识的成员「%s」；只能有 colour、rule、than", "unknown member \"%s\"; colour, rule and than are known", key);
  }
  return true;
}

static bool read_colour(const struct reading *reading, json_t *object, struct colour_rule *rule) {
  const char *name = json_string_value(json_object_get(object, "colour"));
  if (!name) return wrong(reading, "缺少 colour（颜色，如 %s）", "colour is missing (such as %s)", "red");
  rule->colour = (uint8_t)colour_named(name);
  return rule->colour ? true
                      : wrong(reading, "没有颜色「%s」；可用 grey、green、red、orange、yellow、blue",
                              "there is no colour \"%s\"; use grey, green, red, orange, yellow, blue", name);
}

static char *rule_names(struct arena *arena) {
  struct buffer names = {.arena = arena};
  for (int64_t rule = 1; rule < RULE_COUNT; rule++)
    if (colour_rule_usable(rule)) buffer_print(&names, "%s%s", names.size ? ", " : "", colour_rule_name(rule));
  return names.bytes;
}

static bool read_rule(const struct reading *reading, json_t *object, struct colour_rule *rule) {
  const char *name = json_string_value(json_object_get(object, "rule"));
  if (!name) return wrong(reading, "缺少 rule（规则名，如 %s）", "rule is missing (such as %s)", "overdue");
  rule->rule = (uint16_t)colour_rule_named(name);
  if (colour_rule_usable(rule->rule)) return true;
  wrong(reading, "没有规则「%s」", "there is no rule \"%s\"", name);
  *reading->problem = (struct label){arena_print(reading->arena, "%s；可用：%s", reading->problem->zh, rule_names(reading->arena)),
                                     arena_print(reading->arena, "%s; known are %s", reading->problem->en, rule_names(reading->arena))};
  return false;
}

static bool read_than(const struct reading *reading, json_t *object, struct colour_rule *rule) {
  json_t *than = json_object_get(object, "than");
  int64_t least, most;
  char *range;
  if (!colour_rule_counts(rule->rule, &least, &most)) {
    rule->than = 0;
    return !than || (json_is_integer(than) && json_integer_value(than) == 0)
               ? true
               : wrong(reading, "规则「%s」不带 than", "rule \"%s\" takes no than", colour_rule_name(rule->rule));
  }
  range = arena_print(reading->arena, "%lld–%lld", (long long)least, (long long)most);
  if (!json_is_integer(than)) return wrong(reading, "缺少 than：应为 %s 的整数", "than is missing: a whole number of %s", range);
  rule->than = json_integer_value(than);
  return rule->than >= least && rule->than <= most ? true : wrong(reading, "than 超出范围：应为 %s", "than is out of range: it may be %s", range);
}

/* to_plan holds always: it ends the list, so that every problem has a colour, and nothing may stand behind it. */
static bool read_end(struct reading *reading, const struct colour_rule *rules, size_t count) {
  for (size_t i = 0; i + 1 < count; i++) {
    reading->row = i + 1;
    if (rules[i].rule == RULE_TO_PLAN)
      return wrong(reading, "「%s」总是成立，只能放在最后一行", "\"%s\" always holds and must be the last row", "to_plan");
  }
  reading->row = 0;
  if (!count || rules[count - 1].rule != RULE_TO_PLAN)
    return wrong(reading, "最后一行必须是「%s」，否则有的问题没有颜色",
                 "the last row must be \"%s\", or some problems would have no colour", "to_plan");
  return true;
}

static bool read_rows(struct reading *reading, json_t *list, struct colour_rule *rules, size_t most, size_t *count) {
  size_t rows = json_array_size(list);
  if (!json_is_array(list))
    return wrong(reading, "应为 JSON 列表，如 %s", "wants a JSON list such as %s",
                 "[{\"colour\":\"red\",\"rule\":\"overdue_long\",\"than\":30}]");
  if (rows > most) return wrong(reading, "最多 %s 行", "at most %s rows", arena_print(reading->arena, "%zu", most));
  for (size_t i = 0; i < rows; i++) {
    json_t *object = json_array_get(list, i);
    reading->row = i + 1;
    if (!json_is_object(object))
      return wrong(reading, "应为对象，如 %s", "wants an object such as %s", "{\"colour\":\"blue\",\"rule\":\"to_plan\"}");
    if (!known_members(reading, object) || !read_colour(reading, object, &rules[i]) || !read_rule(reading, object, &rules[i]) ||
        !read_than(reading, object, &rules[i]))
      return false;
  }
  *count = rows;
  return read_end(reading, rules, rows);
}

bool colour_rules_parse(const char *json, struct colour_rule *rules, size_t most, size_t *count, struct arena *arena,
                        struct label *problem) {
  struct reading reading = {.arena = arena, .problem = problem};
  json_error_t error;
  json_t *list = json_loads(json ? json : "", JSON_REJECT_DUPLICATES, &error);
  bool right = list ? read_rows(&reading, list, rules, most, count)
                    : wrong(&reading, "不是合法的 JSON（出错位置 %s，行：列）", "this is no JSON (wrong at %s, line:column)",
                            arena_print(arena, "%d:%d", error.line, error.column));
  if (list) json_decref(list);
  if (!right) *count = 0;
  return right;
}

char *colour_rules_print(struct arena *arena, const struct colour_rule *rules, size_t count) {
  struct buffer out = {.arena = arena};
  buffer_byte(&out, '[');
  for (size_t i = 0; i < count; i++) {
    int64_t least, most;
    buffer_print(&out, "%s{\"colour\":\"%s\",\"rule\":\"%s\"", i ? "," : "", colour_name(rules[i].colour), colour_rule_name(rules[i].rule));
    if (colour_rule_counts(rules[i].rule, &least, &most)) buffer_print(&out, ",\"than\":%lld", (long long)rules[i].than);
    buffer_byte(&out, '}');
  }
  buffer_byte(&out, ']');
  return out.bytes;
}
