/* Colours: a case for every rule with its sentences, the first rule that holds, review, broken dates, facts as text; and by random facts
   that nothing changes before `next` and that something does at it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "rules/colour.h"
#include "rules/colour_presets.h"

static struct arena *arena;
static struct policy policy;
static int open_arena(void **state) {
  arena = arena_new();
  policy = policy_default();
  return 0;
}
static int close_arena(void **state) {
  arena_free(arena);
  return 0;
}

#define TODAY 20780 /* 2026-11-23 */
static const int64_t NOW = INT64_C(20780) * MOMENT_DAY + INT64_C(4) * 3600 * MOMENT_SECOND; /* noon at +08:00 */

/* A problem of the city in its second month: half way by its plan, and half of that is accepted. */
static struct colour_facts usual(void) {
  struct colour_facts facts = colour_facts_none();
  facts.state = PROBLEM_RECTIFYING;
  facts.counted = facts.cycle = 1;
  facts.sent_back = facts.rebounds = 0;
  facts.kind = KIND_TIME_LIMITED;
  facts.route = ROUTE_B;
  facts.admitted_on = TODAY - 40;
  facts.assigned_on = TODAY - 38;
  facts.due = facts.due_original = TODAY + 60;
  facts.weight_accepted = 3800;
  facts.measure_count = 3;
  facts.measures_open = 2;
  facts.plan_count = 3;
  facts.plan_date[0] = TODAY - 10, facts.plan_weight[0] = 3800;
  facts.plan_date[1] = TODAY + 20, facts.plan_weight[1] = 6200;
  facts.plan_date[2] = TODAY + 50, facts.plan_weight[2] = 10000;
  return facts;
}
static struct judgement judge(const struct colour_facts *facts) { return colour_judge(facts, &policy, NOW); }

/* ---- a case for every rule ---- */

static void due(struct colour_facts *facts, int64_t days) { facts->due = TODAY + days; }
static void as_admitted(struct colour_facts *facts) { facts->state = PROBLEM_ADMITTED; }
static void as_suspended(struct colour_facts *facts) { facts->state = PROBLEM_SUSPENDED; }
static void as_suspended_until(struct colour_facts *facts) { as_suspended(facts), facts->suspended_until = TODAY + 90; }
static void as_draft(struct colour_facts *facts) { facts->state = PROBLEM_DRAFT, facts->counted = 0; }
static void as_withdrawn(struct colour_facts *facts) { facts->state = PROBLEM_WITHDRAWN; }
static void as_merged(struct colour_facts *facts) { facts->state = PROBLEM_MERGED; }
static void as_uncounted(struct colour_facts *facts) { facts->counted = 0; }
static void as_accepted(struct colour_facts *facts) { due(facts, -400), facts->state = PROBLEM_ACCEPTED, facts->accepted_on = TODAY - 3; }
static void as_publicised(struct colour_facts *facts) {
  as_accepted(facts), facts->state = PROBLEM_PUBLICISED, facts->publicity_until = TODAY + 4;
}
static void as_closed(struct colour_facts *facts) {
  as_accepted(facts), facts->state = PROBLEM_CLOSED, facts->closed_on = TODAY - 1, facts->watch_until = TODAY + 179;
}
static void as_settled(struct colour_facts *facts) { as_closed(facts), facts->state = PROBLEM_SETTLED; }
static void as_overdue(struct colour_facts *facts) { due(facts, -5); }
static void as_overdue_by_a_day(struct colour_facts *facts) { due(facts, -1), facts->plan_count = 0; }
static void as_overdue_long(struct colour_facts *facts) { due(facts, -30); }
static void as_sent_back(struct colour_facts *facts) { facts->sent_back = 1; }
static void as_sent_back_twice(struct colour_facts *facts) { facts->sent_back = 2; }
static void as_sent_back_and_overdue(struct colour_facts *facts) { facts->sent_back = 1, due(facts, -2); }
static void as_rebound(struct colour_facts *facts) {
  facts->cycle = 2, facts->rebounds = 1, facts->reopened_on = TODAY - 7, facts->weight_accepted = 0;
}
static void as_rebound_with_progress(struct colour_facts *facts) { as_rebound(facts), facts->weight_accepted = 3800; }
static void as_rebound_that_keeps_its_plan(struct colour_facts *facts) {
  as_rebound(facts), facts->reopened_on = TODAY - 30, facts->plan_count = 1, facts->plan_date[0] = TODAY + 15,
                     facts->plan_weight[0] = 10000;
}
static void as_rebound_without_a_plan(struct colour_facts *facts) {
  as_rebound(facts), facts->reopened_on = TODAY - 80, facts->plan_count = 0;
}
static void as_reopened_after_the_watch(struct colour_facts *facts) { as_rebound_with_progress(facts), facts->rebounds = 0; }
static void as_circle(struct colour_facts *facts) { facts->circles = 1, facts->circle_on = TODAY - 3, facts->circle_weight = 3800; }
static void as_circle_with_progress(struct colour_facts *facts) { as_circle(facts), facts->circle_weight = 3700; }
static void as_failed_check(struct colour_facts *facts) {
  facts->failed_checks = 1, facts->failed_check_on = TODAY - 3, facts->failed_check_weight = 3800;
}
static void as_failed_check_with_progress(struct colour_facts *facts) { as_failed_check(facts), facts->failed_check_weight = 3700; }
static void as_accepted_after_a_failed_check(struct colour_facts *facts) {
  as_failed_check(facts), facts->state = PROBLEM_ACCEPTED, facts->accepted_on = TODAY - 1;
}
static void as_complained_of(struct colour_facts *facts) {
  facts->complaints = 12, facts->usual_complaints = 4, facts->complaint_days = 30;
}
static void as_complained_of_as_usual(struct colour_facts *facts) {
  facts->complaints = 12, facts->usual_complaints = 7, facts->complaint_days = 30;
}
static void as_complained_of_in_a_week(struct colour_facts *facts) { as_complained_of(facts), facts->complaint_days = 7; }
static void as_nine_complained(struct colour_facts *facts) {
  facts->complaints = 9, facts->usual_complaints = 0, facts->complaint_days = 30;
}
static void as_complained_of_where_nothing_is_usual_yet(struct colour_facts *facts) { facts->complaints = 12, facts->complaint_days = 30; }
static void as_in_the_media(struct colour_facts *facts) { facts->strong_case = STRONG_CASE_MEDIA, facts->strong_case_on = TODAY - 3; }
static void as_brought_up_by_a_group(struct colour_facts *facts) {
  as_complained_of(facts), facts->strong_case = STRONG_CASE_GROUP, facts->strong_case_on = TODAY - 3;
}
static void as_accepted_after_the_media(struct colour_facts *facts) {
  as_in_the_media(facts), facts->state = PROBLEM_ACCEPTED, facts->accepted_on = TODAY - 1;
}
static void as_behind(struct colour_facts *facts) { facts->plan_date[1] = TODAY - 1; }
static void as_behind_a_little(struct colour_facts *facts) { as_behind(facts), facts->plan_weight[1] = 5299; }
static void as_stage_missed(struct colour_facts *facts) { facts->stage_due = TODAY - 5; }
static void as_stage_due_today(struct colour_facts *facts) { facts->stage_due = TODAY; }
static void as_accepted_with_a_stage_open(struct colour_facts *facts) {
  facts->state = PROBLEM_ACCEPTED, facts->accepted_on = TODAY - 3, facts->stage_due = TODAY - 5;
}
static void as_due_soon(struct colour_facts *facts) { due(facts, 7); }
static void as_due_today(struct colour_facts *facts) { due(facts, 0); }
static void as_due_soon_and_half_done(struct colour_facts *facts) { due(facts, 7), facts->weight_accepted = 5000; }
static void as_usual(struct colour_facts *facts) {}
static void as_taken_without_date(struct colour_facts *facts) {
  facts->state = PROBLEM_TAKEN, facts->due = NOTHING, facts->plan_count = 0, facts->weight_accepted = NOTHING;
}
static void as_applied(struct colour_facts *facts) {
  due(facts, -3), facts->state = PROBLEM_APPLIED, facts->applied_on = TODAY - 4, facts->colour_at_application = COLOUR_YELLOW;
}
static void as_endorsed_when_orange(struct colour_facts *facts) {
  as_applied(facts), facts->state = PROBLEM_ENDORSED, facts->colour_at_application = COLOUR_ORANGE;
}
static void as_moved(struct colour_facts *facts) {
  facts->broken_due = TODAY - 25, facts->broken_on = TODAY - 20, facts->broken_weight = 3800;
}
static void as_moved_and_verified(struct colour_facts *facts) { as_moved(facts), facts->broken_weight = 3700; }
static void as_moved_when_long_overdue(struct colour_facts *facts) { as_moved(facts), facts->broken_due = TODAY - 61; }

static const struct {
  void (*as)(struct colour_facts *facts);
  int64_t colour, rule;
  const char *since, *next;
  const char *zh, *en, *change_zh, *change_en;
} cases[] = {
  {as_draft, COLOUR_NONE, RULE_NOT_COUNTED, NULL, NULL, "不计入总数，没有颜色", "Not counted, so it has no colour", "审核入库后开始判色", "It gets a colour once it is admitted"},
  {as_withdrawn, COLOUR_NONE, RULE_NOT_COUNTED, NULL, NULL, "不计入总数，没有颜色", NULL, NULL, NULL},
  {as_merged, COLOUR_NONE, RULE_NOT_COUNTED, NULL, NULL, "不计入总数，没有颜色", NULL, NULL, NULL},
  {as_uncounted, COLOUR_NONE, RULE_NOT_COUNTED, NULL, NULL, "不计入总数，没有颜色", NULL, NULL, NULL},
  {as_admitted, COLOUR_GREY, RULE_NOT_ASSIGNED, "2026-10-14", NULL, "尚未交办：2026-10-14 入库", "Not yet assigned: admitted 2026-10-14", "交办后按规则判色", "Once assigned, the rules decide"},
  {as_suspended_until, COLOUR_GREY, RULE_SUSPENDED, NULL, NULL, "经批准挂账至 2027-02-21", "Suspended by approval until 2027-02-21", NULL, NULL},
  {as_suspended, COLOUR_GREY, RULE_SUSPENDED, NULL, NULL, "经批准挂账", "Suspended by approval", NULL, NULL},
  {as_accepted, COLOUR_GREEN, RULE_ACCEPTED, "2026-11-20", NULL, "验收通过：2026-11-20", "Accepted 2026-11-20", "退回重改或重开后才会变", NULL},
  {as_publicised, COLOUR_GREEN, RULE_ACCEPTED, "2026-11-20", NULL, "验收通过：2026-11-20，公示至 2026-11-27", "Accepted 2026-11-20, publicised until 2026-11-27", NULL, NULL},
  {as_closed, COLOUR_GREEN, RULE_ACCEPTED, "2026-11-20", NULL, "已销号：2026-11-22，巩固期至 2027-05-21", "Closed 2026-11-22, watched until 2027-05-21", NULL, NULL},
  {as_settled, COLOUR_GREEN, RULE_ACCEPTED, "2026-11-20", NULL, "已转长效：2026-11-22 销号", "Settled: closed 2026-11-22", NULL, NULL},
  {as_overdue_long, COLOUR_RED, RULE_OVERDUE_LONG, "2026-11-23", NULL, "过期 30 天：期限 2026-10-24，进度 38%，计划 38%", "30 days overdue: due 2026-10-24, progress 38%, planned 38%",
   "申请销号并验收通过后转绿；只改期限不会变色", "Green once an application is accepted; a new date alone does not change it"},
  {as_circle, COLOUR_RED, RULE_CIRCLE, "2026-11-20", NULL, "循环转办：2026-11-20 转回曾承办的单位（第 1 次），期限 2027-01-22，进度 38%，计划 38%",
   "Transferred in a circle: back to a unit that held it before on 2026-11-20 (1 time), due 2027-01-22, progress 38%, planned 38%", NULL, NULL},
  {as_failed_check, COLOUR_RED, RULE_FAILED_CHECK, "2026-11-20", NULL, "抽查不合格：2026-11-20 核查（本次整改第 1 次），期限 2027-01-22，进度 38%，计划 38%",
   "Failed a check on 2026-11-20 (1 time in this cycle): due 2027-01-22, progress 38%, planned 38%", NULL, NULL},
  {as_failed_check_with_progress, COLOUR_BLUE, RULE_TO_PLAN, NULL, NULL, NULL, NULL, NULL, NULL},
  {as_accepted_after_a_failed_check, COLOUR_GREEN, RULE_ACCEPTED, NULL, NULL, NULL, NULL, NULL, NULL},
  {as_circle_with_progress, COLOUR_BLUE, RULE_TO_PLAN, NULL, NULL, NULL, NULL, NULL, NULL},
  {as_sent_back_twice, COLOUR_RED, RULE_SENT_BACK_TWICE, "2026-10-16", NULL, "本次整改验收退回 2 次：期限 2027-01-22，进度 38%，计划 38%",
   "Sent back at acceptance 2 times in this cycle: due 2027-01-22, progress 38%, planned 38%",
   "重新申请销号并验收通过后转绿；没有进展的话，2027-02-21 起仍为红色（长期过期）", "Green once a new application is accepted; without progress still red from 2027-02-21 (long overdue)"},
  {as_rebound, COLOUR_RED, RULE_REBOUND, "2026-11-16", NULL, "反弹：第 2 次整改，2026-11-16 重开，累计反弹 1 次，本次进度 0%", "Rebound: cycle 2, re-opened 2026-11-16, rebounds so far 1, progress 0%",
   "本次整改有措施验收通过后，按其他规则判色；没有进展的话，2027-02-21 起仍为红色（长期过期）", NULL},
  {as_rebound_with_progress, COLOUR_BLUE, RULE_TO_PLAN, NULL, "2026-12-14", NULL, NULL, NULL, NULL},
  {as_rebound_that_keeps_its_plan, COLOUR_BLUE, RULE_TO_PLAN, "2026-11-23", "2026-12-09", NULL, NULL, NULL, NULL},
  {as_rebound_without_a_plan, COLOUR_RED, RULE_REBOUND, NULL, NULL, NULL, NULL, NULL, NULL},
  {as_reopened_after_the_watch, COLOUR_BLUE, RULE_TO_PLAN, NULL, NULL, NULL, NULL, NULL, NULL},
  {as_complained_of, COLOUR_RED, RULE_STRONG_COMPLAINTS, NULL, NULL, "群众反映强烈：30 天内 12 人反映，该单位平时 4 人", "Strong complaints: 12 people in 30 days, the unit's usual is 4", NULL, NULL},
  {as_complained_of_in_a_week, COLOUR_RED, RULE_STRONG_COMPLAINTS, NULL, NULL, "群众反映强烈：7 天内 12 人反映，该单位平时 4 人", "Strong complaints: 12 people in 7 days, the unit's usual is 4", NULL, NULL},
  {as_nine_complained, COLOUR_BLUE, RULE_TO_PLAN, NULL, NULL, NULL, NULL, NULL, NULL},
  {as_complained_of_where_nothing_is_usual_yet, COLOUR_BLUE, RULE_TO_PLAN, NULL, NULL, NULL, NULL, NULL, NULL},
  {as_in_the_media, COLOUR_RED, RULE_STRONG_COMPLAINTS, NULL, NULL, "群众反映强烈：2026-11-20 认定为媒体曝光", "Strong complaints: confirmed on 2026-11-20 as a media case",
   "整改办撤销认定后，按其他规则判色；没有进展的话，2027-02-21 起仍为红色（长期过期）", "Once the office takes the case back, the other rules decide; without progress still red from 2027-02-21 (long overdue)"},
  {as_brought_up_by_a_group, COLOUR_RED, RULE_STRONG_COMPLAINTS, NULL, NULL, "群众反映强烈：2026-11-20 认定为群体性事件，30 天内 12 人反映，该单位平时 4 人",
   "Strong complaints: confirmed on 2026-11-20 as a group case, 12 people in 30 days, the unit's usual is 4", NULL, NULL},
  {as_accepted_after_the_media, COLOUR_GREEN, RULE_ACCEPTED, NULL, NULL, NULL, NULL, NULL, NULL},
  {as_complained_of_as_usual, COLOUR_BLUE, RULE_TO_PLAN, NULL, NULL, NULL, NULL, NULL, NULL},
  {as_overdue, COLOUR_ORANGE, RULE_OVERDUE, "2026-11-19", "2026-12-18", "过期 5 天：期限 2026-11-18，进度 38%，计划 38%", "5 days overdue: due 2026-11-18, progress 38%, planned 38%",
   "申请销号并验收通过后转绿；只改期限不会变色；没有进展的话，2026-12-18 起转红（长期过期）",
   "Green once an application is accepted; a new date alone does not change it; without progress red from 2026-12-18 (long overdue)"},
  {as_overdue_by_a_day, COLOUR_ORANGE, RULE_OVERDUE, "2026-11-23", "2026-12-22", "过期 1 天：期限 2026-11-22，进度 38%", "1 day overdue: due 2026-11-22, progress 38%", NULL, NULL},
  {as_sent_back, COLOUR_ORANGE, RULE_SENT_BACK, NULL, "2027-01-23", "本次整改验收退回 1 次：期限 2027-01-22，进度 38%，计划 38%", "Sent back at acceptance 1 time in this cycle: due 2027-01-22, progress 38%, planned 38%", NULL, NULL},
  {as_sent_back_and_overdue, COLOUR_ORANGE, RULE_OVERDUE, "2026-11-22", "2026-12-21", "过期 2 天：期限 2026-11-21，进度 38%，计划 38%", NULL, NULL, NULL},
  {as_behind, COLOUR_YELLOW, RULE_BEHIND_PLAN, "2026-11-23", "2027-01-23", "比计划慢 24 个百分点：期限 2027-01-22，进度 38%，计划 62%", "24 points behind the plan: due 2027-01-22, progress 38%, planned 62%",
   "措施验收通过、进度赶上计划后转蓝；没有进展的话，2027-01-23 起转橙（过期）", NULL},
  {as_stage_missed, COLOUR_ORANGE, RULE_STAGE_MISSED, "2026-11-19", "2027-01-23", "阶段过期 5 天：阶段期限 2026-11-18，进度 38%", "Stage missed by 5 days: it was due 2026-11-18, progress 38%",
   "阶段成果经认定后，按其他规则判色；改期、取消都不能变色；没有进展的话，2027-01-23 起仍为橙色（过期）",
   "Once the stage is accepted, the other rules decide; neither a new date nor cancelling changes it; without progress still orange from 2027-01-23 (overdue)"},
  {as_stage_due_today, COLOUR_BLUE, RULE_TO_PLAN, NULL, "2026-11-24", NULL, NULL, NULL, NULL},
  {as_accepted_with_a_stage_open, COLOUR_GREEN, RULE_ACCEPTED, NULL, NULL, NULL, NULL, NULL, NULL},
  {as_behind_a_little, COLOUR_BLUE, RULE_TO_PLAN, NULL, NULL, NULL, NULL, NULL, NULL},
  {as_due_soon, COLOUR_YELLOW, RULE_DUE_SOON, "2026-11-20", "2026-12-01", "还有 7 天到期，进度不到一半：期限 2026-11-30，进度 38%，计划 38%", "Due in 7 days and less than half accepted: due 2026-11-30, progress 38%, planned 38%",
   "措施验收过半后转蓝；没有进展的话，2026-12-01 起转橙（过期）", "Blue once half of the measures' weight is accepted; without progress orange from 2026-12-01 (overdue)"},
  {as_due_today, COLOUR_YELLOW, RULE_DUE_SOON, "2026-11-13", "2026-11-24", "今天到期，进度不到一半：期限 2026-11-23，进度 38%，计划 38%", "Due today and less than half accepted: due 2026-11-23, progress 38%, planned 38%", NULL, NULL},
  {as_due_soon_and_half_done, COLOUR_BLUE, RULE_TO_PLAN, NULL, NULL, NULL, NULL, NULL, NULL},
  {as_usual, COLOUR_BLUE, RULE_TO_PLAN, "2026-10-16", "2026-12-14", "按计划推进：期限 2027-01-22，进度 38%，计划 38%", "Going to plan: due 2027-01-22, progress 38%, planned 38%",
   "申请销号并验收通过后转绿；没有进展的话，2026-12-14 起转黄（落后计划）", "Green once an application is accepted; without progress yellow from 2026-12-14 (behind plan)"},
  {as_taken_without_date, COLOUR_BLUE, RULE_TO_PLAN, "2026-10-16", NULL, "按计划推进：期限 未定，进度 0%", "Going to plan: due not set, progress 0%", "申请销号并验收通过后转绿", NULL},
  {as_applied, COLOUR_YELLOW, RULE_UNDER_REVIEW, "2026-11-19", NULL, "申请销号审核中：2026-11-19 申请，颜色保持申请时的黄色", "Under review: applied 2026-11-19, the colour stays yellow as it was then", "验收通过转绿；退回则重新判色", NULL},
  {as_endorsed_when_orange, COLOUR_ORANGE, RULE_UNDER_REVIEW, "2026-11-19", NULL, "申请销号审核中：2026-11-19 申请，颜色保持申请时的橙色", NULL, NULL, NULL},
  {as_moved, COLOUR_ORANGE, RULE_OVERDUE, NULL, "2027-02-21", "过期 5 天后改期：原定 2026-10-29，现期限 2027-01-22，进度 38%，计划 38%",
   "5 days overdue when the date was moved from 2026-10-29: due 2027-01-22, progress 38%, planned 38%", "再有一项措施验收通过，即按新期限判色；没有进展的话，2027-02-21 起转红（长期过期）", NULL},
  {as_moved_and_verified, COLOUR_BLUE, RULE_TO_PLAN, NULL, NULL, NULL, NULL, NULL, NULL},
  {as_moved_when_long_overdue, COLOUR_RED, RULE_OVERDUE_LONG, NULL, NULL, "过期 41 天后改期：原定 2026-09-23，现期限 2027-01-22，进度 38%，计划 38%", NULL, NULL, NULL}};

static const char *day(int64_t moment) { return moment == NOTHING ? NULL : date_print(arena, date_of_moment(moment)); }
static void expect(size_t index, const char *what, const char *got, const char *wanted) {
  if (wanted && !text_equal(got, wanted)) fail_msg("case %d, %s: \"%s\", not \"%s\"", (int)index, what, got ? got : "nothing", wanted);
}

static void every_rule_has_its_colour_and_sentence(void **state) {
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct colour_facts facts = usual();
    struct judgement judgement;
    struct label why, change;
    cases[i].as(&facts);
    judgement = judge(&facts);
    why = colour_sentence(arena, &judgement);
    change = colour_change_sentence(arena, &judgement);
    expect(i, "rule", colour_rule_name(judgement.rule), colour_rule_name(cases[i].rule));
    expect(i, "colour", colour_name(judgement.colour), colour_name(cases[i].colour));
    expect(i, "since", day(judgement.since), cases[i].since);
    expect(i, "next", day(judgement.next), cases[i].next);
    expect(i, "zh", why.zh, cases[i].zh);
    expect(i, "en", why.en, cases[i].en);
    expect(i, "change zh", change.zh, cases[i].change_zh);
    expect(i, "change en", change.en, cases[i].change_en);
    assert_true(judgement.since <= NOW);
  }
}

/* ---- rules that only presets use: alone in a policy, before to_plan ---- */

static void as_little_progress(struct colour_facts *facts) { facts->weight_accepted = 2999; }
static void as_enough_progress(struct colour_facts *facts) { facts->weight_accepted = 3000; }
static void as_a_fifth_of_the_time(struct colour_facts *facts) { facts->assigned_on = TODAY - 80, due(facts, 20); }
static void as_more_than_a_fifth(struct colour_facts *facts) { facts->assigned_on = TODAY - 79, due(facts, 21); }
/* Due on Thursday 2026-11-26; the Wednesday is no working day here. */
static void as_two_working_days(struct colour_facts *facts) { due(facts, 3), facts->working_days = 5 | 0x1F << 3; }
static void as_a_weekend_between(struct colour_facts *facts) { due(facts, 5), facts->working_days = 1 | 0x1F << 3; }
static void as_accepted_late(struct colour_facts *facts) { as_closed(facts), facts->applied_on = facts->due + 4; }
static void as_accepted_in_time(struct colour_facts *facts) { as_closed(facts), facts->applied_on = facts->due; }
static void as_a_step_missed(struct colour_facts *facts) { facts->plan_date[1] = TODAY - 8; }
static void as_a_step_missed_for_less(struct colour_facts *facts) { facts->plan_date[1] = TODAY - 6; }
static void as_taken(struct colour_facts *facts) { facts->state = PROBLEM_TAKEN; }
static void as_extended(struct colour_facts *facts) { facts->due_original = TODAY + 30; }

static const struct {
  void (*as)(struct colour_facts *facts);
  struct colour_rule row;
  bool holds;
  const char *since, *next, *zh, *en;
} alone[] = {
  {as_little_progress, {COLOUR_RED, RULE_PROGRESS_BELOW, 3000}, true, "2026-10-16", NULL, "进度不足：期限 2027-01-22，进度 29%，计划 38%", "Too little progress: due 2027-01-22, progress 29%, planned 38%"},
  {as_enough_progress, {COLOUR_RED, RULE_PROGRESS_BELOW, 3000}, false, NULL, NULL, NULL, NULL},
  {as_closed, {COLOUR_RED, RULE_PROGRESS_BELOW, 9000}, false, NULL, NULL, NULL, NULL},
  {as_a_fifth_of_the_time, {COLOUR_YELLOW, RULE_TIME_LEFT, 2000}, true, "2026-11-23", "2026-12-14", "剩余 20 天，时间不多：期限 2026-12-13，进度 38%，计划 38%", "20 days left, little of the term: due 2026-12-13, progress 38%, planned 38%"},
  {as_more_than_a_fifth, {COLOUR_YELLOW, RULE_TIME_LEFT, 2000}, false, NULL, "2026-11-24", NULL, NULL},
  {as_two_working_days, {COLOUR_YELLOW, RULE_DUE_WORKING_DAYS, 2}, true, NULL, "2026-11-27", "剩余 2 个工作日：期限 2026-11-26，进度 38%，计划 38%", "2 working days left: due 2026-11-26, progress 38%, planned 38%"},
  {as_two_working_days, {COLOUR_YELLOW, RULE_DUE_WORKING_DAYS, 1}, false, NULL, "2026-11-24", NULL, NULL},
  {as_a_weekend_between, {COLOUR_YELLOW, RULE_DUE_WORKING_DAYS, 3}, true, "2026-11-23", "2026-11-29", "剩余 3 个工作日：期限 2026-11-28，进度 38%，计划 38%", NULL},
  {as_usual, {COLOUR_YELLOW, RULE_DUE_WORKING_DAYS, 15}, false, NULL, NULL, NULL, NULL}, /* no calendar in the facts: the rule does not hold */
  {as_accepted_late, {COLOUR_YELLOW, RULE_ACCEPTED_LATE, 0}, true, "2026-11-20", NULL, "验收通过，但申请晚了 4 天：期限 2025-10-19，2025-10-23 申请", "Accepted, but applied for 4 days late: due 2025-10-19, applied 2025-10-23"},
  {as_accepted_in_time, {COLOUR_YELLOW, RULE_ACCEPTED_LATE, 0}, false, NULL, NULL, NULL, NULL},
  {as_a_step_missed, {COLOUR_ORANGE, RULE_BEHIND_DAYS, 7}, true, "2026-11-22", NULL, "比计划滞后 8 天：2026-11-15 应完成的还没有完成，期限 2027-01-22，进度 38%，计划 62%",
   "8 days behind the plan: what was planned for 2026-11-15 is not done, due 2027-01-22, progress 38%, planned 62%"},
  {as_a_step_missed_for_less, {COLOUR_ORANGE, RULE_BEHIND_DAYS, 7}, false, NULL, "2026-11-24", NULL, NULL},
  {as_taken, {COLOUR_BLUE, RULE_NOT_STARTED, 0}, true, "2026-10-16", NULL, "未启动整改：期限 2027-01-22，进度 38%，计划 38%", "Not started: due 2027-01-22, progress 38%, planned 38%"},
  {as_usual, {COLOUR_BLUE, RULE_NOT_STARTED, 0}, false, NULL, NULL, NULL, NULL},
  {as_extended, {COLOUR_ORANGE, RULE_EXTENDED, 0}, true, "2026-10-16", NULL, "延期 30 天：原定 2026-12-23，期限 2027-01-22，进度 38%，计划 38%", "Extended by 30 days from 2026-12-23: due 2027-01-22, progress 38%, planned 38%"},
  {as_usual, {COLOUR_ORANGE, RULE_EXTENDED, 0}, false, NULL, NULL, NULL, NULL},
  {as_closed, {COLOUR_GREY, RULE_CLOSED, 0}, true, "2026-11-22", NULL, "已销号：2026-11-22，巩固期至 2027-05-21", NULL},
  {as_accepted, {COLOUR_GREY, RULE_CLOSED, 0}, false, NULL, NULL, NULL, NULL}};

static void rules_of_presets_hold_where_they_should(void **state) {
  for (size_t i = 0; i < sizeof alone / sizeof *alone; i++) {
    struct policy one = policy_default();
    struct colour_facts facts = usual();
    struct judgement judgement;
    struct label why;
    one.rules[0] = alone[i].row;
    one.rules[1] = (struct colour_rule){COLOUR_GREEN, RULE_TO_PLAN, 0};
    one.rule_count = 2;
    alone[i].as(&facts);
    judgement = colour_judge(&facts, &one, NOW);
    why = colour_sentence(arena, &judgement);
    if ((judgement.rule == alone[i].row.rule) != alone[i].holds) fail_msg("alone %d: %s", (int)i, colour_rule_name(judgement.rule));
    if (alone[i].holds) assert_int_equal(judgement.colour, alone[i].row.colour);
    assert_int_equal(colour_answer(&facts, &one, NOW).rule, judgement.rule);
    expect(i, "since", day(judgement.since), alone[i].since);
    expect(i, "next", day(judgement.next), alone[i].next);
    expect(i, "zh", why.zh, alone[i].zh);
    expect(i, "en", why.en, alone[i].en);
  }
}

/* Each reads as rules, is told in the document, and the one that is ours is ours. */
static void presets_are_policies_with_their_sources(void **state) {
  for (size_t i = 0; i < COLOUR_PRESET_COUNT; i++) {
    const struct colour_preset *preset = &COLOUR_PRESETS[i];
    struct colour_rule rules[32];
    struct label problem = {0};
    size_t count;
    if (!colour_rules_parse(preset->rules, rules, 32, &count, arena, &problem)) fail_msg("preset %s: %s", preset->name, problem.en);
    assert_string_equal(colour_rules_print(arena, rules, count), preset->rules);
    assert_true(*preset->source && *preset->note.zh && *preset->note.en);
    assert_ptr_equal(colour_preset(preset->code), preset);
    assert_ptr_equal(colour_preset_named(preset->name), preset);
    const struct choice *choice = field_choice(record_field(record_type(RECORD_POLICY), POLICY_PRESET), preset->code);
    assert_non_null(choice);
    assert_string_equal(choice->name, preset->name);
    if (preset->code == PRESET_DEFAULT) assert_string_equal(colour_rules_print(arena, policy.rules, policy.rule_count), preset->rules);
  }
}

static void every_usable_rule_has_a_case(void **state) {
  for (int64_t rule = 1; rule < RULE_COUNT; rule++) {
    bool met = !colour_rule_usable(rule);
    for (size_t i = 0; i < sizeof alone / sizeof *alone; i++) met = met || (alone[i].holds && alone[i].row.rule == rule);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) met = met || cases[i].rule == rule;
    if (!met) fail_msg("no case for %s", colour_rule_name(rule));
  }
}

static void a_colour_turns_at_the_first_instant_of_a_day(void **state) {
  struct colour_facts facts = usual();
  int64_t after = moment_of_date(facts.due + 1);
  facts.weight_accepted = 10000;
  assert_int_equal(colour_judge(&facts, &policy, after - 1).rule, RULE_TO_PLAN);
  assert_int_equal(colour_judge(&facts, &policy, after).rule, RULE_OVERDUE);
  assert_int_equal(colour_judge(&facts, &policy, after).since, after);
  assert_int_equal(colour_judge(&facts, &policy, after + 3 * MOMENT_DAY).since, after);
}

static void the_order_of_the_policy_decides(void **state) {
  struct policy other = policy_default();
  struct colour_facts facts = usual();
  facts.sent_back = 2;
  as_overdue(&facts);
  assert_int_equal(judge(&facts).rule, RULE_SENT_BACK_TWICE);
  other.rules[0] = (struct colour_rule){COLOUR_YELLOW, RULE_OVERDUE, 3};
  assert_int_equal(colour_judge(&facts, &other, NOW).colour, COLOUR_YELLOW);
  other.rule_count = 0;
  assert_int_equal(colour_judge(&facts, &other, NOW).colour, COLOUR_BLUE); /* every counted problem has one */
}

/* The policy's own number of times; of facts from before complaints were counted there is neither count nor case. */
static void strong_complaints_go_by_the_policys_times(void **state) {
  struct colour_facts facts = usual();
  struct policy other = policy;
  as_complained_of_as_usual(&facts);
  assert_int_equal(colour_judge(&facts, &other, NOW).rule, RULE_TO_PLAN);
  other.complaint_times = 1;
  assert_int_equal(colour_judge(&facts, &other, NOW).rule, RULE_STRONG_COMPLAINTS);
  other.complaint_times = 3;
  assert_int_equal(colour_judge(&facts, &other, NOW).rule, RULE_TO_PLAN);
  assert_true(colour_facts_parse("{\"state\":6,\"counted\":1,\"plan_count\":0}", &facts));
  assert_true(facts.complaints == NOTHING && facts.complaint_days == NOTHING && facts.strong_case == NOTHING);
  assert_int_equal(colour_judge(&facts, &policy, NOW).rule, RULE_TO_PLAN);
}

static void names_are_permanent_and_read_back(void **state) {
  static const char *const names[RULE_COUNT] = {NULL,
                                                "not_counted",
                                                "not_assigned",
                                                "suspended",
                                                "accepted",
                                                "overdue_long",
                                                "sent_back_twice",
                                                "rebound",
                                                "failed_check",
                                                "circle",
                                                "strong_complaints",
                                                "overdue",
                                                "sent_back",
                                                "behind_plan",
                                                "due_soon",
                                                "to_plan",
                                                "under_review",
                                                "hand_set",
                                                "stage_missed",
                                                "progress_below",
                                                "time_left",
                                                "due_working_days",
                                                "accepted_late",
                                                "behind_days",
                                                "not_started",
                                                "extended",
                                                "closed",

                                                [RULE_PLACEHOLDER] = "placeholder"};
  for (int64_t i = 1; i < RULE_COUNT; i++) {
    if (!names[i]) { assert_null(colour_rule_name(i)); continue; } /* a number not taken yet */
    assert_string_equal(colour_rule_name(i), names[i]);
    assert_int_equal(colour_rule_named(names[i]), i);
  }
  assert_null(colour_rule_name(RULE_COUNT));
  assert_int_equal(colour_rule_named("tardy"), RULE_NONE);
  for (int64_t i = COLOUR_GREY; i <= COLOUR_BLUE; i++) assert_int_equal(colour_named(colour_name(i)), i);
}

static char *document(void) {
  FILE *file = fopen("docs/colour.md", "r");
  char *text = arena_alloc(arena, 100000);
  assert_non_null(file);
  text[fread(text, 1, 99999, file)] = 0;
  fclose(file);
  return text;
}

static void the_document_tells_every_rule_and_the_default(void **state) {
  const char *text = document();
  assert_non_null(strstr(text, colour_rules_print(arena, policy.rules, policy.rule_count)));
  for (int64_t rule = 1; rule < RULE_COUNT; rule++) {
    int64_t least, most;
    if (!colour_rule_name(rule)) continue;
    if (!strstr(text, arena_print(arena, "`%s`", colour_rule_name(rule))))
      fail_msg("docs/colour.md does not tell %s", colour_rule_name(rule));
    if (!colour_rule_usable(rule)) continue;
    const char *row = strstr(text, arena_print(arena, "\n| `%s` | %s |", colour_rule_name(rule), colour_rule_label(rule).zh));
    if (!row) fail_msg("docs/colour.md has no row for %s", colour_rule_name(rule));
    if (!colour_rule_counts(rule, &least, &most)) continue;
    const char *range = strstr(row, arena_print(arena, "%d–%d |", (int)least, (int)most));
    if (!range || range > strchr(row + 1, '\n')) fail_msg("docs/colour.md gives another range for %s", colour_rule_name(rule));
  }
}

/* ---- facts as text ---- */

static void facts_are_printed_and_read_back(void **state) {
  struct colour_facts facts = usual(), back;
  char *text = colour_facts_print(arena, &facts);
  assert_string_equal(text,
    "{\"state\":6,\"counted\":1,\"kind\":2,\"route\":2,\"cycle\":1,\"sent_back\":0,\"rebounds\":0,\"due\":20840,\"due_original\":20840,\"admitted_on\":20740,\"assigned_on\":20742,"
    "\"weight_accepted\":3800,\"measure_count\":3,\"measures_open\":2,\"plan_count\":3,\"plan_date\":[20770,20800,20830],\"plan_weight\":[3800,6200,10000]}");
  assert_true(colour_facts_parse(text, &back));
  assert_string_equal(colour_facts_print(arena, &back), text);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    facts = usual();
    cases[i].as(&facts);
    assert_true(colour_facts_parse(colour_facts_print(arena, &facts), &back));
    assert_int_equal(judge(&back).rule, cases[i].rule);
    assert_int_equal(judge(&back).next, judge(&facts).next);
  }
}

static void what_is_no_facts_is_refused(void **state) {
  static const char *const texts[] = {"",
                                      "[]",
                                      "7",
                                      "{\"due\":\"20780\"}",
                                      "{\"due\":1.5}",
                                      "{\"due\":9000000000000000000}",
                                      "{\"plan_count\":17}",
                                      "{\"plan_count\":-1}",
                                      "{\"plan_count\":2,\"plan_date\":[1]}",
                                      "{\"plan_count\":1,\"plan_date\":1}"};
  struct colour_facts facts;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    if (colour_facts_parse(texts[i], &facts)) fail_msg("%s was taken", texts[i]);
  assert_true(colour_facts_parse("{\"invented_later\":3}", &facts)); /* older programs pass over it */
}

/* ---- what time alone does ---- */

static int64_t roll(int64_t least, int64_t most) { return least + random() % (most - least + 1); }
static int64_t maybe(int64_t value) { return roll(0, 3) ? value : NOTHING; }

static struct colour_facts any_facts(void) {
  static const int64_t states[] = {PROBLEM_ADMITTED,   PROBLEM_ASSIGNED,  PROBLEM_TAKEN,    PROBLEM_RECTIFYING, PROBLEM_RECTIFYING,
                                   PROBLEM_RECTIFYING, PROBLEM_APPLIED,   PROBLEM_ENDORSED, PROBLEM_ACCEPTED,   PROBLEM_CLOSED,
                                   PROBLEM_SUSPENDED,  PROBLEM_WITHDRAWN, PROBLEM_DISPUTED};
  struct colour_facts facts = colour_facts_none();
  int64_t date = TODAY + roll(-60, 0), weight = 0;
  facts.state = states[roll(0, 12)];
  facts.counted = roll(0, 9) > 0;
  facts.cycle = roll(1, 3);
  facts.sent_back = roll(0, 5) ? 0 : roll(1, 3);
  facts.rebounds = facts.cycle > 1 ? roll(0, 1) : 0;
  if (roll(0, 4) == 0)
    facts.failed_checks = 1, facts.failed_check_on = TODAY - roll(0, 40), facts.failed_check_weight = roll(0, 1) ? 0 : 5000;
  facts.admitted_on = TODAY + roll(-100, -60);
  facts.assigned_on = maybe(TODAY + roll(-60, 3));
  facts.reopened_on = facts.cycle > 1 ? maybe(TODAY + roll(-60, 3)) : NOTHING;
  facts.due = facts.due_original = maybe(TODAY + roll(-70, 90));
  facts.weight_accepted = maybe(roll(0, 10) * 1000);
  facts.colour_at_application = maybe(roll(1, 6));
  facts.complaints = maybe(roll(0, 20));
  facts.usual_complaints = maybe(roll(0, 10));
  facts.complaint_days = roll(1, 180);
  if (!roll(0, 4)) facts.strong_case = roll(1, 2), facts.strong_case_on = TODAY - roll(0, 40);
  facts.stage_due = roll(0, 2) ? NOTHING : TODAY + roll(-40, 60);
  facts.working_days = maybe(random() & 0xFFFFFFFF);
  if (!roll(0, 3)) {
    facts.broken_due = TODAY + roll(-60, -10);
    facts.broken_on = facts.broken_due + roll(0, 50);
    facts.broken_weight = roll(0, 5000);
  }
  for (facts.plan_count = 0; facts.plan_count < roll(0, COLOUR_PLAN_STEPS); facts.plan_count++) {
    date += roll(1, 20);
    weight += roll(0, 1500);
    facts.plan_date[facts.plan_count] = date;
    facts.plan_weight[facts.plan_count] = weight > 10000 ? 10000 : weight;
  }
  return facts;
}

/* Half of them with a rule of the presets in front. */
static struct policy any_policy(void) {
  static const struct colour_rule others[] = {{COLOUR_RED, RULE_TIME_LEFT, 1500},
                                              {COLOUR_RED, RULE_DUE_WORKING_DAYS, 4},
                                              {COLOUR_ORANGE, RULE_BEHIND_DAYS, 9},
                                              {COLOUR_RED, RULE_PROGRESS_BELOW, 500}};
  struct policy any = policy_default();
  if (roll(0, 1)) any.rules[roll(3, 8)] = others[roll(0, 3)];
  for (size_t i = 0; i + 1 < any.rule_count; i++) {
    int64_t least, most;
    size_t other = (size_t)roll(0, (int64_t)any.rule_count - 2);
    struct colour_rule kept = any.rules[i];
    if (colour_rule_counts(kept.rule, &least, &most))
      kept.than = kept.rule == RULE_BEHIND_PLAN || most >= 10000 ? roll(1, 4000) : roll(least, most < 40 ? most : 40);
    any.rules[i] = any.rules[other];
    any.rules[other] = kept;
  }
  return any;
}

/* Hour by hour for a hundred and some days: the same until `next`, another at it; and the same back to `since` unless facts began it. */
static void nothing_changes_before_next_and_something_at_it(void **state) {
  const char *times = getenv("BIHUAN_RANDOM_CASES");
  long rounds = times ? atol(times) : 400;
  srandom(20261123);
  for (long round = 0; round < rounds; round++) {
    struct colour_facts facts = any_facts();
    struct policy any = roll(0, 1) ? any_policy() : policy;
    struct judgement first = colour_judge(&facts, &any, NOW);
    for (int64_t hours = 1; hours < 24 * 130; hours += 5) {
      int64_t now = NOW + hours * 3600 * MOMENT_SECOND;
      struct judgement then = colour_judge(&facts, &any, now);
      bool changed = then.colour != first.colour || then.rule != first.rule;
      if (changed && (first.next == NOTHING || now < first.next))
        fail_msg("round %ld: changed after %d hours, before next: %s", round, (int)hours, colour_facts_print(arena, &facts));
      if (first.next != NOTHING && now >= first.next) break;
    }
    if (first.next == NOTHING) continue;
    struct judgement before = colour_judge(&facts, &any, first.next - 1), at = colour_judge(&facts, &any, first.next);
    assert_true(before.colour == first.colour && before.rule == first.rule);
    assert_true(at.colour == first.next_colour && at.rule == first.next_rule);
    assert_true(at.colour != first.colour || at.rule != first.rule);
    assert_true(at.since <= first.next && at.since >= first.since);
    assert_true(at.next == NOTHING || at.next > first.next);
  }
}

/* ---- what a row keeps ---- */

static void a_row_tells_its_judgement_and_counts_days_anew(void **state) {
  struct row *row = row_new(arena, record_type(RECORD_PROBLEM));
  struct colour_facts facts = usual();
  struct judgement judgement, kept;
  as_overdue(&facts);
  judgement = judge(&facts);
  row_set_integer(row, PROBLEM_COLOUR, judgement.colour);
  row_set_integer(row, PROBLEM_COLOUR_RULE, judgement.rule);
  row_set_integer(row, PROBLEM_COLOUR_SINCE, judgement.since);
  row_set_integer(row, PROBLEM_COLOUR_NEXT, judgement.next);
  row_set_integer(row, PROBLEM_PLANNED, judgement.planned);
  row_set_text(row, PROBLEM_COLOUR_WHY, colour_why_print(arena, &judgement, &facts));
  assert_true(text_length(row_text(row, PROBLEM_COLOUR_WHY)) < 300);
  kept = colour_of_row(row, NOW);
  assert_string_equal(colour_sentence(arena, &kept).zh, "过期 5 天：期限 2026-11-18，进度 38%，计划 38%");
  assert_string_equal(colour_change_sentence(arena, &kept).zh, colour_change_sentence(arena, &judgement).zh);
  kept = colour_of_row(row, NOW + 3 * MOMENT_DAY);
  assert_string_equal(colour_sentence(arena, &kept).en, "8 days overdue: due 2026-11-18, progress 38%, planned 38%");
  kept = colour_of_row(row_new(arena, record_type(RECORD_PROBLEM)), NOW);
  assert_int_equal(kept.rule, RULE_NOT_COUNTED);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_rule_has_its_colour_and_sentence),
                                     cmocka_unit_test(rules_of_presets_hold_where_they_should),
                                     cmocka_unit_test(presets_are_policies_with_their_sources),
                                     cmocka_unit_test(every_usable_rule_has_a_case),
                                     cmocka_unit_test(a_colour_turns_at_the_first_instant_of_a_day),
                                     cmocka_unit_test(the_order_of_the_policy_decides),
                                     cmocka_unit_test(strong_complaints_go_by_the_policys_times),
                                     cmocka_unit_test(names_are_permanent_and_read_back),
                                     cmocka_unit_test(the_document_tells_every_rule_and_the_default),
                                     cmocka_unit_test(facts_are_printed_and_read_back),
                                     cmocka_unit_test(what_is_no_facts_is_refused),
                                     cmocka_unit_test(nothing_changes_before_next_and_something_at_it),
                                     cmocka_unit_test(a_row_tells_its_judgement_and_counts_days_anew)};
  return cmocka_run_group_tests(tests, open_arena, close_arena);
}
