/* Why a problem has its colour and what would change it, in one sentence each, from the judgement alone. The numbers of a
   judgement are laid out by its rule in colour_rules.c. Decides nothing. */
#include "rules/colour_rules.h"

/* Rounded down: 100 % only when all is done. */
static char *percent(struct arena *arena, int64_t weight) {
  return arena_print(arena, "%lld%%", (long long)(weight == NOTHING ? 0 : weight / 100));
}
static struct label day(struct arena *arena, int64_t date) {
  if (date == NOTHING) return (struct label){"未定", "not set"};
  char *text = date_print(arena, date);
  return (struct label){text, text};
}

/* "期限 2026-11-18，进度 38%，计划 62%" */
static struct label standing(struct arena *arena, const struct judgement *judgement) {
  struct label due = day(arena, judgement->numbers[1]);
  char *progress = percent(arena, judgement->numbers[2]);
  if (judgement->planned == NOTHING)
    return (struct label){arena_print(arena, "期限 %s，进度 %s", due.zh, progress), arena_print(arena, "due %s, progress %s", due.en, progress)};
  char *planned = percent(arena, judgement->planned);
  return (struct label){arena_print(arena, "期限 %s，进度 %s，计划 %s", due.zh, progress, planned),
                        arena_print(arena, "due %s, progress %s, planned %s", due.en, progress, planned)};
}

static const char *plural(int64_t count) { return count == 1 ? "" : "s"; }

static struct label say_none(struct arena *arena, const struct judgement *judgement) {
  return (struct label){"不计入总数，没有颜色", "Not counted, so it has no colour"};
}
static struct label say_not_assigned(struct arena *arena, const struct judgement *judgement) {
  struct label on = day(arena, judgement->numbers[0]);
  return (struct label){arena_print(arena, "尚未交办：%s 入库", on.zh), arena_print(arena, "Not yet assigned: admitted %s", on.en)};
}
static struct label say_suspended(struct arena *arena, const struct judgement *judgement) {
  struct label until = day(arena, judgement->numbers[0]);
  if (judgement->numbers[0] == NOTHING) return (struct label){"经批准挂账", "Suspended by approval"};
  return (struct label){arena_print(arena, "经批准挂账至 %s", until.zh), arena_print(arena, "Suspended by approval until %s", until.en)};
}
static struct label say_accepted(struct arena *arena, const struct judgement *judgement) {
  struct label accepted = day(arena, judgement->numbers[0]), closed = day(arena, judgement->numbers[1]),
               until = day(arena, judgement->numbers[3]);
  switch (judgement->numbers[2]) {
    case PROBLEM_PUBLICISED:
      return (struct label){arena_print(arena, "验收通过：%s，公示至 %s", accepted.zh, until.zh),
                            arena_print(arena, "Accepted %s, publicised until %s", accepted.en, until.en)};
    case PROBLEM_CLOSED:
      return (struct label){arena_print(arena, "已销号：%s，巩固期至 %s", closed.zh, until.zh),
                            arena_print(arena, "Closed %s, watched until %s", closed.en, until.en)};
    case PROBLEM_SETTLED:
      return (struct label){arena_print(arena, "已转长效：%s 销号", closed.zh), arena_print(arena, "Settled: closed %s", closed.en)};
    default:
      return (struct label){arena_print(arena, "验收通过：%s", accepted.zh), arena_print(arena, "Accepted %s", accepted.en)};
  }
}
static struct label say_overdue(struct arena *arena, const struct judgement *judgement) {
  long long days = (long long)judgement->numbers[0];
  struct judgement now = *judgement;
  bool moved = judgement->numbers[3] != NOTHING;
  struct label was = day(arena, judgement->numbers[1]), rest;
  if (moved) now.numbers[1] = judgement->numbers[3];
  rest = standing(arena, &now);
  if (!moved)
    return (struct label){arena_print(arena, "过期 %lld 天：%s", days, rest.zh),
                          arena_print(arena, "%lld day%s overdue: %s", days, plural(days), rest.en)};
  return (struct label){arena_print(arena, "过期 %lld 天后改期：原定 %s，现%s", days, was.zh, rest.zh),
                        arena_print(arena, "%lld day%s overdue when the date was moved from %s: %s", days, plural(days), was.en, rest.en)};
}
static struct label say_sent_back(struct arena *arena, const struct judgement *judgement) {
  long long times = (long long)judgement->numbers[0];
  struct label rest = standing(arena, judgement);
  return (struct label){arena_print(arena, "本次整改验收退回 %lld 次：%s", times, rest.zh),
                        arena_print(arena, "Sent back at acceptance %lld time%s in this cycle: %s", times, plural(times), rest.en)};
}
static struct label say_rebound(struct arena *arena, const struct judgement *judgement) {
  struct label on = day(arena, judgement->numbers[1]);
  char *progress = percent(arena, judgement->numbers[3]);
  long long cycle = (long long)judgement->numbers[0], times = (long long)judgement->numbers[2];
  return (struct label){arena_print(arena, "反弹：第 %lld 次整改，%s 重开，累计反弹 %lld 次，本次进度 %s", cycle, on.zh, times, progress),
                        arena_print(arena, "Rebound: cycle %lld, re-opened %s, rebounds so far %lld, progress %s", cycle, on.en, times,
                                    progress)};
}
static struct label say_failed_check(struct arena *arena, const struct judgement *judgement) {
  struct label rest = standing(arena, judgement), on = day(arena, judgement->numbers[3]);
  long long times = (long long)judgement->numbers[0];
  return (struct label){arena_print(arena, "抽查不合格：%s 核查（本次整改第 %lld 次），%s", on.zh, times, rest.zh),
                        arena_print(arena, "Failed a check on %s (%lld time%s in this cycle): %s", on.en, times, plural(times), rest.en)};
}
static struct label say_circle(struct arena *arena, const struct judgement *judgement) {
  struct label rest = standing(arena, judgement), on = day(arena, judgement->numbers[3]);
  long long times = (long long)judgement->numbers[0];
  return (struct label){arena_print(arena, "循环转办：%s 转回曾承办的单位（第 %lld 次），%s", on.zh, times, rest.zh),
                        arena_print(arena, "Transferred in a circle: back to a unit that held it before on %s (%lld time%s), %s", on.en,
                                    times, plural(times), rest.en)};
}
static struct label say_complaints(struct arena *arena, const struct judgement *judgement) {
  long long people = (long long)judgement->numbers[0], usual = (long long)judgement->numbers[1], days = (long long)judgement->numbers[2];
  struct label on = day(arena, colour_case_on(judgement->numbers[3]));
  bool counted = judgement->numbers[0] != NOTHING && judgement->numbers[1] != NOTHING,
       media = colour_case_kind(judgement->numbers[3]) == STRONG_CASE_MEDIA;
  struct label many = {counted ? arena_print(arena, "%lld 天内 %lld 人反映，该单位平时 %lld 人", days, people, usual) : "",
                       counted
                           ? arena_print(arena, "%lld people in %lld day%s, the unit's usual is %lld", people, days, plural(days), usual)
                           : ""};
  if (judgement->numbers[3] == NOTHING)
    return (struct label){arena_print(arena, "群众反映强烈：%s", many.zh), arena_print(arena, "Strong complaints: %s", many.en)};
  return (struct label){arena_print(arena, "群众反映强烈：%s 认定为%s%s%s", on.zh, media ? "媒体曝光" : "群体性事件", counted ? "，" : "",
                                    many.zh),
                        arena_print(arena, "Strong complaints: confirmed on %s as a %s case%s%s", on.en, media ? "media" : "group",
                                    counted ? ", " : "", many.en)};
}
static struct label say_behind(struct arena *arena, const struct judgement *judgement) {
  struct label rest = standing(arena, judgement);
  long long points = (long long)(judgement->numbers[0] / 100);
  return (struct label){arena_print(arena, "比计划慢 %lld 个百分点：%s", points, rest.zh),
                        arena_print(arena, "%lld points behind the plan: %s", points, rest.en)};
}
static struct label say_due_soon(struct arena *arena, const struct judgement *judgement) {
  struct label rest = standing(arena, judgement);
  long long days = (long long)judgement->numbers[0];
  if (!days)
    return (struct label){arena_print(arena, "今天到期，进度不到一半：%s", rest.zh),
                          arena_print(arena, "Due today and less than half accepted: %s", rest.en)};
  return (struct label){arena_print(arena, "还有 %lld 天到期，进度不到一半：%s", days, rest.zh),
                        arena_print(arena, "Due in %lld day%s and less than half accepted: %s", days, plural(days), rest.en)};
}
static struct label say_stage(struct arena *arena, const struct judgement *judgement) {
  long long days = (long long)judgement->numbers[0];
  struct label due = day(arena, judgement->numbers[1]);
  char *progress = percent(arena, judgement->numbers[2]);
  return (struct label){arena_print(arena, "阶段过期 %lld 天：阶段期限 %s，进度 %s", days, due.zh, progress),
                        arena_print(arena, "Stage missed by %lld day%s: it was due %s, progress %s", days, plural(days), due.en, progress)};
}
static struct label say_progress_below(struct arena *arena, const struct judgement *judgement) {
  struct label rest = standing(arena, judgement);
  return (struct label){arena_print(arena, "进度不足：%s", rest.zh), arena_print(arena, "Too little progress: %s", rest.en)};
}
static struct label say_time_left(struct arena *arena, const struct judgement *judgement) {
  struct label rest = standing(arena, judgement);
  long long days = (long long)judgement->numbers[0];
  return (struct label){arena_print(arena, "剩余 %lld 天，时间不多：%s", days, rest.zh),
                        arena_print(arena, "%lld day%s left, little of the term: %s", days, plural(days), rest.en)};
}
static struct label say_due_working(struct arena *arena, const struct judgement *judgement) {
  struct label rest = standing(arena, judgement);
  long long days = (long long)judgement->numbers[0];
  return (struct label){arena_print(arena, "剩余 %lld 个工作日：%s", days, rest.zh),
                        arena_print(arena, "%lld working day%s left: %s", days, plural(days), rest.en)};
}
static struct label say_accepted_late(struct arena *arena, const struct judgement *judgement) {
  struct label due = day(arena, judgement->numbers[1]), applied = day(arena, judgement->numbers[2]);
  long long days = (long long)judgement->numbers[0];
  return (struct label){arena_print(arena, "验收通过，但申请晚了 %lld 天：期限 %s，%s 申请", days, due.zh, applied.zh),
                        arena_print(arena, "Accepted, but applied for %lld day%s late: due %s, applied %s", days, plural(days), due.en,
                                    applied.en)};
}
static struct label say_behind_days(struct arena *arena, const struct judgement *judgement) {
  struct label rest = standing(arena, judgement), step = day(arena, judgement->numbers[3]);
  long long days = (long long)judgement->numbers[0];
  return (struct label){arena_print(arena, "比计划滞后 %lld 天：%s 应完成的还没有完成，%s", days, step.zh, rest.zh),
                        arena_print(arena, "%lld day%s behind the plan: what was planned for %s is not done, %s", days, plural(days),
                                    step.en, rest.en)};
}
static struct label say_not_started(struct arena *arena, const struct judgement *judgement) {
  struct label rest = standing(arena, judgement);
  return (struct label){arena_print(arena, "未启动整改：%s", rest.zh), arena_print(arena, "Not started: %s", rest.en)};
}
static struct label say_extended(struct arena *arena, const struct judgement *judgement) {
  struct label rest = standing(arena, judgement), was = day(arena, judgement->numbers[3]);
  long long days = (long long)judgement->numbers[0];
  return (struct label){arena_print(arena, "延期 %lld 天：原定 %s，%s", days, was.zh, rest.zh),
                        arena_print(arena, "Extended by %lld day%s from %s: %s", days, plural(days), was.en, rest.en)};
}
static struct label say_to_plan(struct arena *arena, const struct judgement *judgement) {
  struct label rest = standing(arena, judgement);
  return (struct label){arena_print(arena, "按计划推进：%s", rest.zh), arena_print(arena, "Going to plan: %s", rest.en)};
}
static struct label say_review(struct arena *arena, const struct judgement *judgement) {
  struct label on = day(arena, judgement->numbers[0]), colour = colour_label(judgement->numbers[2]);
  return (struct label){arena_print(arena, "申请销号审核中：%s 申请，颜色保持申请时的%s色", on.zh, colour.zh),
                        arena_print(arena, "Under review: applied %s, the colour stays %s as it was then", on.en, colour.en)};
}

static struct label say_placeholder(struct arena *arena, const struct judgement *judgement) {
  return (struct label){"离线涉密占位：颜色由整改办登记", "Off-line placeholder: its colour is entered by the office"};
}

/* What would change it by doing. */
static const struct {
  struct label (*why)(struct arena *arena, const struct judgement *judgement);
  struct label change;
} sentences[RULE_COUNT] = {
  [RULE_NOT_COUNTED] = {say_none, {"审核入库后开始判色", "It gets a colour once it is admitted"}},
  [RULE_NOT_ASSIGNED] = {say_not_assigned, {"交办后按规则判色", "Once assigned, the rules decide"}},
  [RULE_SUSPENDED] = {say_suspended, {"恢复整改后按规则判色", "Once resumed, the rules decide"}},
  [RULE_ACCEPTED] = {say_accepted, {"退回重改或重开后才会变", "Only sending back or re-opening changes it"}},
  [RULE_OVERDUE_LONG] = {say_overdue, {"申请销号并验收通过后转绿；只改期限不会变色", "Green once an application is accepted; a new date alone does not change it"}},
  [RULE_SENT_BACK_TWICE] = {say_sent_back, {"重新申请销号并验收通过后转绿", "Green once a new application is accepted"}},
  [RULE_REBOUND] = {say_rebound, {"本次整改有措施验收通过后，按其他规则判色", "Once a measure of this cycle is accepted, the other rules decide"}},
  [RULE_FAILED_CHECK] = {say_failed_check, {"本次整改有新的措施验收通过后，按其他规则判色", "Once more of this cycle is accepted, the other rules decide"}},
  [RULE_CIRCLE] = {say_circle, {"裁定牵头单位并有新的措施验收通过后，按其他规则判色", "Once a lead is ruled on and more is accepted, the other rules decide"}},
  [RULE_STRONG_COMPLAINTS] = {say_complaints, {"近期反映人数降下来后，按其他规则判色", "Once fewer people complain, the other rules decide"}},
  [RULE_OVERDUE] = {say_overdue, {"申请销号并验收通过后转绿；只改期限不会变色", "Green once an application is accepted; a new date alone does not change it"}},
  [RULE_SENT_BACK] = {say_sent_back, {"重新申请销号并验收通过后转绿", "Green once a new application is accepted"}},
  [RULE_BEHIND_PLAN] = {say_behind, {"措施验收通过、进度赶上计划后转蓝", "Blue once accepted measures catch up with the plan"}},
  [RULE_DUE_SOON] = {say_due_soon, {"措施验收过半后转蓝", "Blue once half of the measures' weight is accepted"}},
  [RULE_TO_PLAN] = {say_to_plan, {"申请销号并验收通过后转绿", "Green once an application is accepted"}},
  [RULE_STAGE_MISSED] = {say_stage, {"阶段成果经认定后，按其他规则判色；改期、取消都不能变色", "Once the stage is accepted, the other rules decide; neither a new date nor cancelling changes it"}},
  [RULE_PROGRESS_BELOW] = {say_progress_below, {"措施验收通过、进度上来后按其他规则判色", "Once more of the measures are accepted, the other rules decide"}},
  [RULE_TIME_LEFT] = {say_time_left, {"申请销号并验收通过后变色", "An accepted application changes it"}},
  [RULE_DUE_WORKING_DAYS] = {say_due_working, {"申请销号并验收通过后变色", "An accepted application changes it"}},
  [RULE_ACCEPTED_LATE] = {say_accepted_late, {"退回重改或重开后才会变", "Only sending back or re-opening changes it"}},
  [RULE_BEHIND_DAYS] = {say_behind_days, {"措施验收通过、赶上计划后按其他规则判色", "Once accepted measures catch up with the plan, the other rules decide"}},
  [RULE_NOT_STARTED] = {say_not_started, {"启动整改后按其他规则判色", "Once started, the other rules decide"}},
  [RULE_EXTENDED] = {say_extended, {"申请销号并验收通过后变色", "An accepted application changes it"}},
  [RULE_CLOSED] = {say_accepted, {"重开后才会变", "Only re-opening changes it"}},
  [RULE_PLACEHOLDER] = {say_placeholder, {"整改办重新登记后才会变", "Only another entry by the office changes it"}},
  [RULE_UNDER_REVIEW] = {say_review, {"验收通过转绿；退回则重新判色", "Green if accepted; judged again if sent back"}},
};
/* A confirmed case: fewer people alone do not change it. */
static const struct label case_change = {"整改办撤销认定后，按其他规则判色", "Once the office takes the case back, the other rules decide"};
/* Late, but its date was moved: one more accepted measure and the new date counts. */
static const struct label moved_change = {"再有一项措施验收通过，即按新期限判色", "Once one more measure is accepted, the new date counts"};

struct label colour_sentence(struct arena *arena, const struct judgement *judgement) {
  const struct primitive *primitive = colour_primitive(judgement->rule);
  if (!primitive || !sentences[judgement->rule].why) return colour_rule_label(judgement->rule);
  return sentences[judgement->rule].why(arena, judgement);
}

static bool late_and_moved(const struct judgement *judgement) {
  return (judgement->rule == RULE_OVERDUE || judgement->rule == RULE_OVERDUE_LONG) && judgement->numbers[3] != NOTHING;
}

static bool confirmed(const struct judgement *judgement) {
  return judgement->rule == RULE_STRONG_COMPLAINTS && judgement->numbers[3] != NOTHING;
}

/* A label within a sentence begins small. */
static struct label inside(struct arena *arena, struct label label) {
  char *en = arena_text(arena, label.en);
  if (*en >= 'A' && *en <= 'Z') *en = (char)(*en - 'A' + 'a');
  return (struct label){label.zh, en};
}

struct label colour_change_sentence(struct arena *arena, const struct judgement *judgement) {
  struct label doing, colour, rule;
  char *on;
  if (!colour_primitive(judgement->rule) || !sentences[judgement->rule].why) return (struct label){"", ""};
  doing = late_and_moved(judgement) ? moved_change : confirmed(judgement) ? case_change : sentences[judgement->rule].change;
  if (judgement->next == NOTHING || judgement->next_rule == RULE_NONE) return doing;
  on = date_print(arena, date_of_moment(judgement->next));
  colour = colour_label(judgement->next_colour);
  rule = inside(arena, colour_rule_label(judgement->next_rule));
  if (judgement->next_colour == judgement->colour)
    return (struct label){arena_print(arena, "%s；没有进展的话，%s 起仍为%s色（%s）", doing.zh, on, colour.zh, rule.zh),
                          arena_print(arena, "%s; without progress still %s from %s (%s)", doing.en, colour.en, on, rule.en)};
  return (struct label){arena_print(arena, "%s；没有进展的话，%s 起转%s（%s）", doing.zh, on, colour.zh, rule.zh),
                        arena_print(arena, "%s; without progress %s from %s (%s)", doing.en, colour.en, on, rule.en)};
}
