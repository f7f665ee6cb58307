/* The default policy, what records preset, and rules as JSON: read, printed, refused with the row named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>
#include "rules/colour.h"
#include "rules/policy.h"

static struct arena *arena;
static int open_arena(void **state) {
  arena = arena_new();
  return 0;
}
static int close_arena(void **state) {
  arena_free(arena);
  return 0;
}

static const char DEFAULT_RULES[] =
  "[{\"colour\":\"grey\",\"rule\":\"not_assigned\"},{\"colour\":\"grey\",\"rule\":\"suspended\"},{\"colour\":\"green\",\"rule\":\"accepted\"},"
  "{\"colour\":\"red\",\"rule\":\"overdue_long\",\"than\":30},{\"colour\":\"red\",\"rule\":\"sent_back_twice\",\"than\":2},"
  "{\"colour\":\"red\",\"rule\":\"failed_check\",\"than\":1},{\"colour\":\"red\",\"rule\":\"rebound\",\"than\":30},{\"colour\":\"red\",\"rule\":\"circle\",\"than\":1},{\"colour\":\"red\",\"rule\":\"strong_complaints\",\"than\":10},"
  "{\"colour\":\"orange\",\"rule\":\"overdue\",\"than\":1},{\"colour\":\"orange\",\"rule\":\"sent_back\",\"than\":1},"
  "{\"colour\":\"orange\",\"rule\":\"stage_missed\",\"than\":1},"
  "{\"colour\":\"yellow\",\"rule\":\"behind_plan\",\"than\":1500},{\"colour\":\"yellow\",\"rule\":\"due_soon\",\"than\":10},{\"colour\":\"blue\",\"rule\":\"to_plan\"}]";

static void the_default_reads_back(void **state) {
  struct policy policy = policy_default();
  struct colour_rule rules[32];
  struct label problem = {0};
  size_t count = 0;
  char *text = colour_rules_print(arena, policy.rules, policy.rule_count);
  assert_string_equal(text, DEFAULT_RULES);
  assert_true(colour_rules_parse(text, rules, 32, &count, arena, &problem));
  assert_int_equal(count, policy.rule_count);
  for (size_t i = 0; i < count; i++) {
    assert_int_equal(rules[i].colour, policy.rules[i].colour);
    assert_int_equal(rules[i].rule, policy.rules[i].rule);
    assert_int_equal(rules[i].than, policy.rules[i].than);
  }
}

/* An office that enters a policy without changing a number changes nothing. */
static void the_default_is_what_a_record_is_preset_with(void **state) {
  struct policy policy = policy_default();
  const struct { uint16_t field; int64_t value; } presets[] = {
    {POLICY_STEPS_A, policy.steps[ROUTE_A]}, {POLICY_STEPS_B, policy.steps[ROUTE_B]}, {POLICY_STEPS_C, policy.steps[ROUTE_C]},
    {POLICY_PUBLICITY_DAYS, policy.publicity_days}, {POLICY_WATCH_DAYS, policy.watch_days}, {POLICY_REVIEW_DAYS, policy.review_days},
    {POLICY_MEETING_SHARE, policy.meeting_share}, {POLICY_DAYS_AT_ONCE, policy.days_by_kind[KIND_AT_ONCE]},
    {POLICY_DAYS_TIME_LIMITED, policy.days_by_kind[KIND_TIME_LIMITED]}, {POLICY_DAYS_LONG_TERM, policy.days_by_kind[KIND_LONG_TERM]},
    {POLICY_ACCEPTORS, policy.acceptors}, {POLICY_TAKE_DAYS, policy.take_days}, {POLICY_STAGE_DAYS, policy.stage_days}, {POLICY_SIGNAL_TEXTS, policy.signal_texts}, {POLICY_SIGNAL_LAST_DAYS, policy.signal_last_days},
    {POLICY_SIGNAL_EXTENSIONS, policy.signal_extensions}, {POLICY_SIGNAL_APPEAL_DAYS, policy.signal_appeal_days}, {POLICY_RANKED_LEAST, policy.ranked_least}, {POLICY_ACCEPTORS_A, policy.acceptors_by_route[ROUTE_A]},
    {POLICY_ACCEPTORS, policy.acceptors_by_route[ROUTE_B]}, {POLICY_DRAW_B, policy.draw[ROUTE_B]}, {POLICY_DRAW_C, policy.draw[ROUTE_C]}, {POLICY_HAND_COLOUR_DAYS, policy.hand_colour_days},
    {POLICY_SEND_BACK_DAYS, policy.send_back_days}, {POLICY_REVIEW_ORANGE_DAYS, policy.review_orange_days}, {POLICY_DISSATISFIED_BLOCKS, policy.dissatisfied_blocks},
    {POLICY_REOPEN_SHARE, policy.reopen_share}, {POLICY_DIGEST_HOUR, policy.digest_hour}, {POLICY_QUIET_FROM, policy.quiet_from}, {POLICY_QUIET_TO, policy.quiet_to}, {POLICY_WEEKLY_DAY, policy.weekly_day},
    {POLICY_WEEKLY_MOST, policy.weekly_most}, {POLICY_WEEKLY_RED_DAYS, policy.weekly_red_days}, {POLICY_MAIL_DAYS, policy.mail_days}, {POLICY_CHASE_REPLY_DAYS, policy.chase_reply_days},
    {POLICY_COMPLAINT_DAYS, policy.complaint_days}, {POLICY_COMPLAINT_TIMES, policy.complaint_times}, {POLICY_COMPLAINT_WINDOWS, policy.complaint_windows}};
  for (size_t i = 0; i < sizeof presets / sizeof *presets; i++)
    assert_int_equal(record_field(record_type(RECORD_POLICY), presets[i].field)->preset, presets[i].value);
}

/* A number that an office can write is one that the program goes by: written otherwise, another policy comes of it. */
static void each_number_of_a_record_reaches_the_policy(void **state) {
  const struct record_type *type = record_type(RECORD_POLICY);
  struct policy as_preset, other;
  size_t numbers = 0;
  assert_true(policy_of_row(row_new(arena, type), arena, &as_preset));
  for (size_t i = 0; i < type->field_count; i++) {
    const struct field *field = &type->fields[i];
    struct row *row = row_new(arena, type);
    if (!field->has_preset) continue;
    row_set_integer(row, field->id, field->preset + 1);
    assert_true(policy_of_row(row, arena, &other));
    if (memcmp(&as_preset, &other, sizeof other) == 0) fail_msg("%s is written and not read", field->name);
    row_set_integer(row, field->id, field->preset);
    assert_true(policy_of_row(row, arena, &other));
    if (memcmp(&as_preset, &other, sizeof other) != 0) fail_msg("%s is not preset with what is built in", field->name);
    numbers++;
  }
  assert_true(numbers > 50);
}

static void steps_follow_the_route(void **state) {
  struct policy policy = policy_default();
  assert_true(policy_step_on(&policy, ROUTE_C, STEP_ALWAYS));
  assert_false(policy_step_on(&policy, ROUTE_C, STEP_ENDORSE));
  assert_true(policy_step_on(&policy, ROUTE_B, STEP_ACCEPT));
  assert_false(policy_step_on(&policy, ROUTE_B, STEP_PUBLICISE));
  assert_true(policy_step_on(&policy, ROUTE_A, STEP_PUBLICISE));
  assert_true(policy_step_on(&policy, NOTHING, STEP_APPROVE));
}

#define END ",{\"colour\":\"blue\",\"rule\":\"to_plan\"}]"
static void what_is_wrong_is_named(void **state) {
  static const struct { const char *json, *zh, *en; } cases[] = {
    {"", "颜色规则：不是合法的 JSON（出错位置 1:0，行：列）", "colour rules: this is no JSON (wrong at 1:0, line:column)"},
    {"[{]", "颜色规则：不是合法的 JSON（出错位置 1:3，行：列）", "colour rules: this is no JSON (wrong at 1:3, line:column)"},
    {"{}", "颜色规则：应为 JSON 列表，如 [{\"colour\":\"red\",\"rule\":\"overdue_long\",\"than\":30}]", "colour rules: wants a JSON list such as [{\"colour\":\"red\",\"rule\":\"overdue_long\",\"than\":30}]"},
    {"[]", "颜色规则：最后一行必须是「to_plan」，否则有的问题没有颜色", "colour rules: the last row must be \"to_plan\", or some problems would have no colour"},
    {"[7" END, "颜色规则第 1 行：应为对象，如 {\"colour\":\"blue\",\"rule\":\"to_plan\"}", "colour rules, row 1: wants an object such as {\"colour\":\"blue\",\"rule\":\"to_plan\"}"},
    {"[{\"rule\":\"accepted\"}" END, "颜色规则第 1 行：缺少 colour（颜色，如 red）", "colour rules, row 1: colour is missing (such as red)"},
    {"[{\"colour\":\"pink\",\"rule\":\"accepted\"}" END, "颜色规则第 1 行：没有颜色「pink」；可用 grey、green、red、orange、yellow、blue", "colour rules, row 1: there is no colour \"pink\"; use grey, green, red, orange, yellow, blue"},
    {"[{\"colour\":\"none\",\"rule\":\"accepted\"}" END, "颜色规则第 1 行：没有颜色「none」；可用 grey、green、red、orange、yellow、blue", "colour rules, row 1: there is no colour \"none\"; use grey, green, red, orange, yellow, blue"},
    {"[{\"colour\":\"green\",\"rule\":\"accepted\"},{\"colour\":\"red\"}" END, "颜色规则第 2 行：缺少 rule（规则名，如 overdue）", "colour rules, row 2: rule is missing (such as overdue)"},
    {"[{\"colour\":\"red\",\"rule\":\"overdue\"}" END, "颜色规则第 1 行：缺少 than：应为 1–1000 的整数", "colour rules, row 1: than is missing: a whole number of 1–1000"},
    {"[{\"colour\":\"red\",\"rule\":\"overdue\",\"than\":0}" END, "颜色规则第 1 行：than 超出范围：应为 1–1000", "colour rules, row 1: than is out of range: it may be 1–1000"},
    {"[{\"colour\":\"red\",\"rule\":\"overdue\",\"than\":1.5}" END, "颜色规则第 1 行：缺少 than：应为 1–1000 的整数", "colour rules, row 1: than is missing: a whole number of 1–1000"},
    {"[{\"colour\":\"green\",\"rule\":\"accepted\",\"than\":3}" END, "颜色规则第 1 行：规则「accepted」不带 than", "colour rules, row 1: rule \"accepted\" takes no than"},
    {"[{\"colour\":\"green\",\"rule\":\"accepted\",\"days\":3}" END, "颜色规则第 1 行：不认识的成员「days」；只能有 colour、rule、than", "colour rules, row 1: unknown member \"days\"; colour, rule and than are known"},
    {"[{\"colour\":\"blue\",\"rule\":\"to_plan\"}" END, "颜色规则第 1 行：「to_plan」总是成立，只能放在最后一行", "colour rules, row 1: \"to_plan\" always holds and must be the last row"},
    {"[{\"colour\":\"green\",\"rule\":\"accepted\"}]", "颜色规则：最后一行必须是「to_plan」，否则有的问题没有颜色", "colour rules: the last row must be \"to_plan\", or some problems would have no colour"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct colour_rule rules[32];
    struct label problem = {0};
    size_t count = 9;
    assert_false(colour_rules_parse(cases[i].json, rules, 32, &count, arena, &problem));
    assert_string_equal(problem.zh, cases[i].zh);
    assert_string_equal(problem.en, cases[i].en);
    assert_int_equal(count, 0);
  }
}

static void an_unknown_or_reserved_rule_is_refused_with_those_known(void **state) {
  static const char *const names[] = {"tardy", "under_review", "not_counted", "hand_set"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    struct colour_rule rules[32];
    struct label problem = {0};
    size_t count;
    assert_false(
        colour_rules_parse(arena_print(arena, "[{\"colour\":\"red\",\"rule\":\"%s\"}" END, names[i]), rules, 32, &count, arena, &problem));
    assert_string_equal(problem.en, arena_print(arena, "colour rules, row 1: there is no rule \"%s\"; known are not_assigned, suspended, accepted, overdue_long, sent_back_twice, rebound, failed_check, circle, "
                                                       "strong_complaints, overdue, sent_back, behind_plan, due_soon, to_plan, stage_missed, progress_below, time_left, due_working_days, "
                                                       "accepted_late, behind_days, not_started, extended, closed", names[i]));
  }
}

static void too_many_rows_are_refused(void **state) {
  struct colour_rule rules[2];
  struct label problem = {0};
  size_t count;
  assert_false(colour_rules_parse(DEFAULT_RULES, rules, 2, &count, arena, &problem));
  assert_string_equal(problem.zh, "颜色规则：最多 2 行");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_default_reads_back),
                                     cmocka_unit_test(the_default_is_what_a_record_is_preset_with),
                                     cmocka_unit_test(each_number_of_a_record_reaches_the_policy),
                                     cmocka_unit_test(steps_follow_the_route),
                                     cmocka_unit_test(what_is_wrong_is_named),
                                     cmocka_unit_test(an_unknown_or_reserved_rule_is_refused_with_those_known),
                                     cmocka_unit_test(too_many_rows_are_refused)};
  return cmocka_run_group_tests(tests, open_arena, close_arena);
}
