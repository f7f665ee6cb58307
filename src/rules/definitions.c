/* The table of definitions and its predicates. PRACTICE.md, Definitions. To add one: a code in definitions.h, a row, two functions and a
   case in tests/unit/test_rules_definitions.c. To change one: raise its version and DEFINITIONS_VERSION; what was frozen keeps the old
   words. */
#include "rules/definitions_items.h"

#include <string.h>

/* ---- what a problem is ---- */

static bool has(const struct figure *figure, uint32_t flags) { return (figure->flags & flags) != 0; }
static bool within(int32_t date, const struct cut *cut) { return date != FIGURE_NO_DATE && date >= cut->from && date <= cut->to; }

bool figure_in_total(const struct figure *figure) {
  return has(figure, FIGURE_COUNTED) && !has(figure, FIGURE_PART | FIGURE_MERGED | FIGURE_WITHDRAWN | FIGURE_VOIDED);
}
bool figure_is_closed(const struct figure *figure) { return figure->state == PROBLEM_CLOSED || figure->state == PROBLEM_SETTLED; }
bool figure_is_accepted(const struct figure *figure) {
  return figure->state == PROBLEM_ACCEPTED || figure->state == PROBLEM_PUBLICISED || figure_is_closed(figure);
}
bool figure_is_open(const struct figure *figure) { return figure_in_total(figure) && !figure_is_closed(figure); }
bool figure_is_overdue(const struct figure *figure, int32_t on) {
  int32_t until = figure->applied != FIGURE_NO_DATE && figure->applied < on ? figure->applied : on;
  return figure_is_open(figure) && figure->due != FIGURE_NO_DATE && figure->due < until;
}

/* ---- counts ---- */

static bool total(const struct figure *figure, const struct cut *cut) { return figure_in_total(figure); }

/* The day the admission was entered. What was brought in by a file has none: the day its record was made, when that is later. */
static int32_t entered_on(const struct figure *figure) {
  if (figure->admitted_entered != FIGURE_NO_DATE) return figure->admitted_entered;
  return figure->registered > figure->admitted ? figure->registered : figure->admitted;
}
/* What was entered after the period began though it had happened before it: reported in its own column, never in that past period. */
static bool back_entered(const struct figure *figure, const struct cut *cut) {
  return figure->admitted != FIGURE_NO_DATE && !has(figure, FIGURE_PART | FIGURE_VOIDED) && figure->admitted < cut->from &&
         within(entered_on(figure), cut);
}
/* Gross: what was withdrawn or merged since was added all the same, and stands in its own column. Entered when the period was over:
   back-entered later. */
static bool added(const struct figure *figure, const struct cut *cut) {
  return within(figure->admitted, cut) && entered_on(figure) <= cut->to && !has(figure, FIGURE_PART | FIGURE_VOIDED);
}
static bool added_net(const struct figure *figure, const struct cut *cut) { return added(figure, cut) && figure_in_total(figure); }
static bool old_stock(const struct figure *figure, const struct cut *cut) {
  return figure_in_total(figure) && has(figure, FIGURE_OLD_STOCK);
}
static bool increment(const struct figure *figure, const struct cut *cut) {
  return figure_in_total(figure) && !has(figure, FIGURE_OLD_STOCK);
}
static bool self_reported(const struct figure *figure, const struct cut *cut) {
  return figure_in_total(figure) && (figure->state == PROBLEM_ENDORSED || figure_is_accepted(figure));
}
static bool accepted(const struct figure *figure, const struct cut *cut) { return figure_in_total(figure) && figure_is_accepted(figure); }
static bool closed(const struct figure *figure, const struct cut *cut) { return figure_in_total(figure) && figure_is_closed(figure); }
static bool open(const struct figure *figure, const struct cut *cut) { return figure_is_open(figure); }
static bool reopened(const struct figure *figure, const struct cut *cut) {
  return figure_in_total(figure) && within(figure->reopened, cut);
}
static bool withdrawn(const struct figure *figure, const struct cut *cut) {
  return has(figure, FIGURE_WITHDRAWN) && figure->admitted != FIGURE_NO_DATE && !has(figure, FIGURE_PART | FIGURE_VOIDED);
}
static bool merged(const struct figure *figure, const struct cut *cut) {
  return has(figure, FIGURE_MERGED) && !has(figure, FIGURE_PART | FIGURE_VOIDED);
}
static bool parts(const struct figure *figure, const struct cut *cut) {
  return has(figure, FIGURE_PART) && !has(figure, FIGURE_WITHDRAWN | FIGURE_MERGED | FIGURE_VOIDED);
}
static bool placeholders(const struct figure *figure, const struct cut *cut) {
  return figure_in_total(figure) && has(figure, FIGURE_PLACEHOLDER);
}
static bool historic(const struct figure *figure, const struct cut *cut) { return figure_in_total(figure) && has(figure, FIGURE_HISTORIC); }
static bool joint(const struct figure *figure, const struct cut *cut) {
  return figure_in_total(figure) && (figure->joint[0] || has(figure, FIGURE_JOINT_MORE));
}
static bool secretary(const struct figure *figure, const struct cut *cut) {
  return figure_in_total(figure) && figure->led_by == LED_BY_SECRETARY;
}
static bool four_teams(const struct figure *figure, const struct cut *cut) {
  return figure_in_total(figure) && figure->led_by == LED_BY_FOUR_TEAMS;
}
static bool hard(const struct figure *figure, const struct cut *cut) { return figure_in_total(figure) && has(figure, FIGURE_HARD); }
static bool suspended(const struct figure *figure, const struct cut *cut) {
  return figure_in_total(figure) && has(figure, FIGURE_SUSPENDED);
}
static bool hand_set(const struct figure *figure, const struct cut *cut) {
  return figure_in_total(figure) && figure->hand_colour && (figure->hand_until == FIGURE_NO_DATE || figure->hand_until >= cut->on);
}
#define COLOUR(name, code) \
  static bool name(const struct figure *figure, const struct cut *cut) { return figure_in_total(figure) && figure->colour == (code); }
COLOUR(green, COLOUR_GREEN)
COLOUR(blue, COLOUR_BLUE)
COLOUR(yellow, COLOUR_YELLOW)
COLOUR(orange, COLOUR_ORANGE)
COLOUR(red, COLOUR_RED)
COLOUR(grey, COLOUR_GREY)

/* ---- rates ---- */

static bool due_by(const struct figure *figure, const struct cut *cut) {
  return figure_in_total(figure) && figure->due != FIGURE_NO_DATE && figure->due <= cut->on;
}
static bool due_closed(const struct figure *figure, const struct cut *cut) { return due_by(figure, cut) && figure_is_closed(figure); }

/* The finally accepted application: sending back empties the date of an application, so what stands at acceptance is the last one. */
static bool in_time(const struct figure *figure, int32_t due) {
  return figure_is_accepted(figure) && figure->applied != FIGURE_NO_DATE && figure->applied <= due;
}
static bool due_original(const struct figure *figure, const struct cut *cut) {
  return figure_in_total(figure) && within(figure->due_original, cut);
}
static bool in_time_original(const struct figure *figure, const struct cut *cut) {
  return due_original(figure, cut) && in_time(figure, figure->due_original);
}
static bool due_approved(const struct figure *figure, const struct cut *cut) { return figure_in_total(figure) && within(figure->due, cut); }
static bool in_time_approved(const struct figure *figure, const struct cut *cut) {
  return due_approved(figure, cut) && in_time(figure, figure->due);
}

static bool overdue(const struct figure *figure, const struct cut *cut) { return figure_is_overdue(figure, cut->on); }
static bool dated(const struct figure *figure, const struct cut *cut) { return figure_in_total(figure) && figure->due != FIGURE_NO_DATE; }
static bool extended(const struct figure *figure, const struct cut *cut) {
  return dated(figure, cut) && (figure->extensions > 0 || (figure->due_original != FIGURE_NO_DATE && figure->due > figure->due_original));
}
static bool judged(const struct figure *figure, const struct cut *cut) {
  return figure_in_total(figure) && (figure_is_accepted(figure) || figure->sent_back > 0);
}
static bool passed_at_once(const struct figure *figure, const struct cut *cut) { return judged(figure, cut) && figure->sent_back == 0; }
static bool outcome_said(const struct figure *figure, const struct cut *cut) { return closed(figure, cut) && figure->outcome; }
static bool really_solved(const struct figure *figure, const struct cut *cut) {
  return closed(figure, cut) && figure->outcome == OUTCOME_SOLVED;
}
static bool assigned(const struct figure *figure, const struct cut *cut) {
  return figure_in_total(figure) && figure->assigned != FIGURE_NO_DATE;
}
static bool transferred(const struct figure *figure, const struct cut *cut) { return assigned(figure, cut) && figure->transfers > 0; }

static bool rebounded(const struct figure *figure, const struct cut *cut) {
  return figure_in_total(figure) && within(figure->closed_before, cut) && figure->reopened != FIGURE_NO_DATE &&
         (figure->watch_before == FIGURE_NO_DATE || figure->reopened <= figure->watch_before);
}
/* Closed within P, and its watch period is over or it was re-opened. */
static bool watched(const struct figure *figure, const struct cut *cut) {
  bool over = figure->state == PROBLEM_SETTLED || (figure->watch_until != FIGURE_NO_DATE && figure->watch_until < cut->on);
  return figure_in_total(figure) &&
         (within(figure->closed_before, cut) || (within(figure->closed, cut) && figure_is_closed(figure) && over));
}
static bool long_term(const struct figure *figure, const struct cut *cut) {
  return figure_in_total(figure) && figure->kind == KIND_LONG_TERM;
}

/* Closings by the routes that are drawn from, applied for within P: what the sample stands for. */
static bool spot_population(const struct figure *figure, const struct cut *cut) {
  return figure_in_total(figure) && figure_is_accepted(figure) && (figure->route == ROUTE_B || figure->route == ROUTE_C) &&
         within(figure->applied, cut);
}

/* ---- the table ---- */

#define LAW "PRACTICE.md, Definitions"
#define OUT DEFINITION_OUTWARDS
#define PERIOD DEFINITION_OF_PERIOD
const struct definition DEFINITIONS[] = {
  {DEFINITION_TOTAL, 1, "total", {"问题总数", "Problems"}, {"截止时已入库、未撤销、未并入的问题，已销号的在内；一个编号算一件，分解出的部分不算，涉密占位算。",
    "Admitted by the cut-off and neither withdrawn nor merged, closed ones included; one number is one problem, split parts are left out, secret placeholders are counted."}, LAW, total, NULL, 0},
  {DEFINITION_ADDED, 1, "added", {"新增", "Added"}, {"期内入库、期内录入的问题，之后撤销或并入的也在内；重开不算新增。", "Admitted and entered within the period, those withdrawn or merged since included; re-opened is not new."}, LAW, added, NULL, PERIOD},
  {DEFINITION_ADDED_NET, 1, "added_net", {"新增（净）", "Added, net"}, {"期内入库、截止时仍计入总数的问题。", "Admitted within the period and still in the total at the cut-off."}, LAW, added_net, NULL, PERIOD},
  {DEFINITION_BACK_ENTERED, 1, "back_entered", {"补录", "Back-entered"}, {"期内录入、入库日期在期初以前的问题，单列，不改以前的数。", "Entered within the period with a date of admission before it: a column of its own; past figures do not move."}, LAW, back_entered, NULL, PERIOD},
  {DEFINITION_OLD_STOCK, 1, "old_stock", {"存量", "Old stock"}, {"总数中来源为存量（巡视存量、审计存量）的问题；不是期初在办。", "Of the total, those whose source is old stock (of inspections or audits); not the same as open at the start of the period."}, LAW, old_stock, NULL, 0},
  {DEFINITION_INCREMENT, 1, "increment", {"增量", "Increment"}, {"总数中不属存量的问题。", "Of the total, those that are not old stock."}, LAW, increment, NULL, 0},
  {DEFINITION_SELF_REPORTED, 1, "self_reported", {"自报完成", "Reported done"}, {"总数中单位主要负责人已签字、或已走过这一步的问题。", "Of the total, those the head of the unit has signed for, or that are beyond that step."}, LAW, self_reported, NULL, 0},
  {DEFINITION_ACCEPTED, 1, "accepted", {"验收通过", "Accepted"}, {"总数中验收通过的问题，公示中和已销号的在内。", "Of the total, those accepted, publicised and closed ones included."}, LAW, accepted, NULL, 0},
  {DEFINITION_CLOSED, 1, "closed", {"已销号", "Closed"}, {"总数中截止时已销号（含转长效）且未重开的问题。", "Of the total, those closed (settled included) at the cut-off and not re-opened."}, LAW, closed, NULL, 0},
  {DEFINITION_OPEN, 1, "open", {"在办", "Open"}, {"总数中未销号的问题。", "Of the total, those not closed."}, LAW, open, NULL, 0},
  {DEFINITION_REOPENED, 1, "reopened", {"重开", "Re-opened"}, {"总数中期内重开的问题（最近一次重开在期内）。", "Of the total, those last re-opened within the period."}, LAW, reopened, NULL, PERIOD},
  {DEFINITION_WITHDRAWN, 1, "withdrawn", {"撤销", "Withdrawn"}, {"入库后撤销的问题，不在总数内。", "Withdrawn after admission; not in the total."}, LAW, withdrawn, NULL, 0},
  {DEFINITION_MERGED, 1, "merged", {"并入", "Merged"}, {"并入其他问题的问题，单列，不在总数内。", "Merged into another; a column of its own, not in the total."}, LAW, merged, NULL, 0},
  {DEFINITION_PARTS, 1, "parts", {"分解部分", "Split parts"}, {"由上级问题分解出的部分，汇总到上级，不在总数内。", "Parts that a problem was split into: they roll up into it and are not in the total."}, LAW, parts, NULL, 0},
  {DEFINITION_PLACEHOLDERS, 1, "placeholders", {"涉密占位", "Secret placeholders"}, {"总数中只有编号和代号、离线办理的问题。", "Of the total, those handled off-line, of which only number and code name are here."}, LAW, placeholders, NULL, 0},
  {DEFINITION_HISTORIC, 1, "historic", {"历史数据", "Historic"}, {"总数中基准日以前的历史问题。", "Of the total, those from before the base-line day."}, LAW, historic, NULL, 0},
  {DEFINITION_JOINT, 1, "joint", {"配合", "Joined"}, {"总数中有配合单位的问题；按单位看时计入每个配合单位，与牵头分开，不相加。", "Of the total, those with joint units; by unit they are counted in each joint unit, apart from the lead, never added up."}, LAW, joint, NULL, DEFINITION_BY_JOINT},
  {DEFINITION_SECRETARY, 1, "secretary", {"书记领衔", "Led by the secretary"}, {"总数中书记领衔的问题；与四套班子领衔的不相加。", "Of the total, those the secretary leads in person; never added to those of the four teams."}, LAW, secretary, NULL, 0},
  {DEFINITION_FOUR_TEAMS, 1, "four_teams", {"四套班子领衔", "Led by the four teams"}, {"总数中四套班子领衔的问题；与书记领衔的不相加。", "Of the total, those the four leadership teams lead; never added to the secretary's."}, LAW, four_teams, NULL, 0},
  {DEFINITION_HARD, 1, "hard", {"硬骨头", "Hard nuts"}, {"总数中标为硬骨头的问题。", "Of the total, those marked as hard nuts."}, LAW, hard, NULL, 0},
  {DEFINITION_SUSPENDED, 1, "suspended", {"挂账", "Suspended"}, {"总数中批准挂账的问题。", "Of the total, those suspended by approval."}, LAW, suspended, NULL, 0},
  {DEFINITION_HAND_SET, 1, "hand_set", {"人工定色", "Colour set by hand"}, {"总数中截止时人工定色仍有效的问题；颜色各列仍按计算的颜色。", "Of the total, those whose hand-set colour is in force; the columns of colours stay the computed ones."}, LAW, hand_set, NULL, 0},
  {DEFINITION_GREEN, 1, "green", {"绿", "Green"}, {"总数中计算颜色为绿的问题。", "Of the total, those computed green."}, "PRACTICE.md, Colours", green, NULL, 0},
  {DEFINITION_BLUE, 1, "blue", {"蓝", "Blue"}, {"总数中计算颜色为蓝的问题。", "Of the total, those computed blue."}, "PRACTICE.md, Colours", blue, NULL, 0},
  {DEFINITION_YELLOW, 1, "yellow", {"黄", "Yellow"}, {"总数中计算颜色为黄的问题。", "Of the total, those computed yellow."}, "PRACTICE.md, Colours", yellow, NULL, 0},
  {DEFINITION_ORANGE, 1, "orange", {"橙", "Orange"}, {"总数中计算颜色为橙的问题。", "Of the total, those computed orange."}, "PRACTICE.md, Colours", orange, NULL, 0},
  {DEFINITION_RED, 1, "red", {"红", "Red"}, {"总数中计算颜色为红的问题。", "Of the total, those computed red."}, "PRACTICE.md, Colours", red, NULL, 0},
  {DEFINITION_GREY, 1, "grey", {"灰", "Grey"}, {"总数中计算颜色为灰（未交办或挂账）的问题。", "Of the total, those computed grey: not assigned yet, or suspended."}, "PRACTICE.md, Colours", grey, NULL, 0},
  {DEFINITION_RECTIFICATION_RATE, 1, "rectification_rate", {"整改率", "Rectification rate"}, {"验收通过（含已销号）÷ 总数。", "Accepted, closed included, of the total."}, LAW, accepted, total, OUT},
  {DEFINITION_CLOSING_RATE, 1, "closing_rate", {"销号率", "Closing rate"}, {"截止时已销号且未重开 ÷ 总数。", "Closed at the cut-off and not re-opened, of the total."}, LAW, closed, total, OUT},
  {DEFINITION_DUE_CLOSING_RATE, 1, "due_closing_rate", {"应销到期率", "Closing rate of what is due"}, {"期限在截止日以前（含）的问题中已销号的 ÷ 期限在截止日以前（含）的全部。", "Of all with a date up to the cut-off, those closed."}, LAW, due_closed, due_by, 0},
  {DEFINITION_ON_TIME_ORIGINAL, 1, "on_time_original", {"按期率（首次期限）", "On time, by the original date"}, {"首次期限在期内的问题中，最终通过的申请在首次期限前（含）提交的。", "Of those whose original date lies in the period, the ones whose finally accepted application was handed in by it."}, LAW, in_time_original, due_original, PERIOD},
  {DEFINITION_ON_TIME_APPROVED, 1, "on_time_approved", {"按期率（批准期限）", "On time, by the approved date"}, {"批准期限在期内的问题中，最终通过的申请在批准期限前（含）提交的。", "Of those whose approved date lies in the period, the ones whose finally accepted application was handed in by it."}, LAW, in_time_approved, due_approved, PERIOD},
  {DEFINITION_OVERDUE_RATE, 1, "overdue_rate", {"逾期率", "Overdue rate"}, {"在办且过了批准期限（申请销号之日起停表）÷ 在办。", "Open and past the approved date (the clock stands still from the application on), of the open ones."}, LAW, overdue, open, 0},
  {DEFINITION_EXTENSION_RATE, 1, "extension_rate", {"延期率", "Extension rate"}, {"延过期（批准延期，或批准期限晚于首次期限）÷ 有期限的。", "Extended (by approval, or an approved date later than the original one), of those with a date."}, LAW, extended, dated, 0},
  {DEFINITION_FIRST_PASS_RATE, 1, "first_pass_rate", {"一次通过率", "Passed at the first try"}, {"本次整改验收一次通过（未被退回）÷ 有过验收结论的。", "Accepted in this cycle without having been sent back, of those with a verdict."}, LAW, passed_at_once, judged, 0},
  {DEFINITION_REALLY_SOLVED, 1, "really_solved", {"实际解决占比", "Really solved"}, {"已销号且结果为实际解决 ÷ 已销号且写明结果的；解释说明不算解决。", "Closed and really solved, of those closed with an outcome said; explained is not solved."}, LAW, really_solved, outcome_said, 0},
  {DEFINITION_TRANSFER_RATE, 1, "transfer_rate", {"退转率", "Handed on"}, {"交办后转办过的 ÷ 已交办的。", "Handed on after assignment, of those assigned."}, LAW, transferred, assigned, 0},
  {DEFINITION_REBOUND_RATE, 1, "rebound_rate", {"反弹率", "Rebound rate"}, {"期内销号、巩固期内重开的 ÷ 期内销号且巩固期已满或已重开的。", "Closed in the period and re-opened within the watch period, of those closed in the period whose watch is over or that were re-opened."}, LAW, rebounded, watched, PERIOD},
  {DEFINITION_LONG_TERM_SHARE, 1, "long_term_share", {"长期整改占比", "Share of long-term"}, {"长期整改的 ÷ 总数。", "Long-term ones, of the total."}, LAW, long_term, total, 0},
  {DEFINITION_SPOT_POPULATION, 1, "spot_population", {"抽查总体", "Drawn from"}, {"总数中期内申请、已验收通过且走乙、丙路径（按比例抽查）的问题。", "Of the total, those by routes B and C, which are drawn from, applied for within the period and accepted."}, "PRACTICE.md, Closing by risk", spot_population, NULL, PERIOD},
  {DEFINITION_SPOT_CHECK, 1, "spot_check_rate", {"抽查合格率", "Spot checks passed"}, {"期内核查的抽查中合格的 ÷ 期内核查的抽查；并列样本数、95% 区间、总体和种子；回头看不在内。",
    "Of the drawn checks with a verdict within the period, those passed; beside it the sample's size, its 95 % interval, what was drawn from and the seed. Look-backs are left out."}, LAW, NULL, NULL, PERIOD, RECORD_CHECK, spot_passed, spot_checked},
  {DEFINITION_CHECKS_WAITING, 1, "checks_waiting", {"待核查", "Checks that wait"}, {"抽中或发起、截止时还没有结论的抽查和回头看。", "Checks and look-backs without a verdict at the cut-off."}, "DOMAIN.md, 13", NULL, NULL, 0, RECORD_CHECK, check_waiting, NULL},
  {DEFINITION_LOOK_BACK, 1, "look_back_rate", {"回头看合格率", "Look-backs passed"}, {"期内回头看合格的 ÷ 期内有结论的回头看；对象由整改办选定，不能推及全部。", "Of the look-backs with a verdict within the period, those passed; the office chose them, so they say nothing of all."}, "DOMAIN.md, 13", NULL, NULL, PERIOD, RECORD_CHECK, look_back_passed, looked_back},
  {DEFINITION_SHAM, 1, "sham_found", {"核查发现假销号", "Sham closings found"}, {"期内不合格的抽查和回头看。", "Checks and look-backs that failed within the period."}, "PRACTICE.md, Demo city", NULL, NULL, PERIOD, RECORD_CHECK, sham_found, NULL},
  {DEFINITION_CASES, 1, "cases", {"案例数", "Cases"}, {"截止时已确认的案例。", "Cases confirmed at the cut-off."}, LAW, NULL, NULL, 0, RECORD_CASE, case_counted, NULL},
  {DEFINITION_CASES_MADE, 1, "cases_made", {"成例", "Cases made"}, {"已确认案例中四项齐全（原因、其他单位自查、施行中的制度、成效）的 ÷ 已确认案例；不齐的为培育中。", "Of the confirmed cases, those with all four: cause, self-check by others, mechanism in force, effect; the others are growing."}, LAW, NULL, NULL, 0, RECORD_CASE, case_is_made, case_counted},
  {DEFINITION_MECHANISMS, 1, "mechanisms", {"施行中的制度", "Mechanisms in force"}, {"截止时施行中的制度。", "Mechanisms in force at the cut-off."}, "DOMAIN.md, 18", NULL, NULL, 0, RECORD_MECHANISM, mechanism_in_force, NULL},
  {DEFINITION_MECHANISMS_WORK, 1, "mechanisms_work", {"制度有效率", "Mechanisms that work"}, {"施行满六个月且有同季诉求可比的制度中，这一类诉求不超过施行前七成的；按最近一次核定，月数和比例由口径设定。",
    "Of the mechanisms six months in force with appeals of the same season to compare with, those whose class has at most 70 % of the appeals of before; by the last reckoning; months and share are the policy's."}, LAW, NULL, NULL, 0, RECORD_MECHANISM, mechanism_works_well, mechanism_compared},
};
const size_t DEFINITION_COUNT = sizeof DEFINITIONS / sizeof *DEFINITIONS;
_Static_assert(sizeof DEFINITIONS / sizeof *DEFINITIONS <= DEFINITIONS_MOST, "room for the sums of every definition");

const struct definition *definition_of(enum definition_code code) {
  for (size_t i = 0; i < DEFINITION_COUNT; i++)
    if (DEFINITIONS[i].code == code) return &DEFINITIONS[i];
  return NULL;
}
const struct definition *definition_named(const char *name) {
  for (size_t i = 0; name && i < DEFINITION_COUNT; i++)
    if (strcmp(DEFINITIONS[i].name, name) == 0) return &DEFINITIONS[i];
  return NULL;
}
size_t definition_place(const struct definition *definition) { return (size_t)(definition - DEFINITIONS); }

bool definition_is_rate(const struct definition *definition) { return definition->denominator || definition->item_denominator; }

bool definition_holds_item(const struct definition *definition, enum definition_part part, const struct record_item *item,
                           const struct cut *cut) {
  item_predicate *predicate = part == PART_DENOMINATOR && definition->item_denominator ? definition->item_denominator
                                                                                       : definition->item_numerator;
  return definition->of == item->type && predicate(item, cut);
}

/* A count's denominator is the count itself, so that its list is there too. */
bool definition_holds(const struct definition *definition, enum definition_part part, const struct figure *figure, const struct cut *cut) {
  definition_predicate *predicate = part == PART_DENOMINATOR && definition->denominator ? definition->denominator : definition->numerator;
  return !definition->of && predicate(figure, cut);
}
