/* The result 成效, an entry of the results list 成效清单: what came of one cycle of a problem, made when it is closed, completed by the unit,
   confirmed by the office and frozen then. A mistake is not written over: the record is marked corrected and a new one follows it. */
#include "records/types.h"

static const struct choice categories[] = { /* as the problem's */
  {CATEGORY_ECONOMY, "economy", {"经济高质量发展", "Economy"}}, {CATEGORY_OPENING, "opening", {"高水平改革开放", "Reform and opening"}},
  {CATEGORY_GOVERNANCE, "governance", {"超大城市治理现代化", "City governance"}}, {CATEGORY_LIVELIHOOD, "livelihood", {"保障和改善民生", "People's livelihood"}},
  {CATEGORY_PARTY, "party", {"党风廉政与队伍建设", "Conduct and teams"}}, {0}};
static const struct choice outcomes[] = { /* PRACTICE.md: explained is not solved */
  {OUTCOME_SOLVED, "solved", {"实际解决", "Really solved"}}, {OUTCOME_EXPLAINED, "explained", {"解释说明", "Explained"}},
  {OUTCOME_PARTLY, "partly", {"部分解决", "Partly solved"}}, {OUTCOME_UNSOLVED, "not_now", {"暂不能解决", "Not now"}}, {0}};
static const struct choice publicities[] = { /* not public until somebody has reviewed it (PRACTICE.md, invariants) */
  {PUBLICITY_UNDECIDED, "undecided", {"未审定(不公开)", "Not reviewed: not public"}}, {PUBLICITY_OPEN, "open", {"公开", "Open"}}, {PUBLICITY_WITHHELD, "withheld", {"不公开", "Withheld"}}, {0}};
/* The four kinds of effect are those that the ledgers of audit rectification count (整改金额、完善制度、追责问责 in the 52 columns of domain-facts 4),
   and the time that people are spared (the examples of DOMAIN.md 15); people served stand beside them. None is ever added to another. */
static const struct field fields[] = {
  {RESULT_PROBLEM, "problem", {"问题", "Problem"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_PROBLEM},
  {RESULT_CYCLE, "cycle", {"第几次整改", "Cycle"}, F_INTEGER, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, 1, 1000},
  {RESULT_NUMBER, "number", {"问题编号", "Problem's number"}, F_TEXT, FIELD_LISTED | FIELD_SEARCHED | FIELD_PARTS | FIELD_FIXED, 0, 32},
  {RESULT_TITLE, "title", {"问题名称", "Problem's title"}, F_TEXT, FIELD_REQUIRED | FIELD_SEARCHED | FIELD_FIXED, 0, 200},
  {RESULT_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_LISTED | FIELD_FIXED, .target = RECORD_CAMPAIGN},
  {RESULT_UNIT, "lead_unit", {"牵头单位", "Lead unit"}, F_REFERENCE, FIELD_LISTED | FIELD_FIXED, .target = RECORD_UNIT},
  {RESULT_CATEGORY, "category", {"问题类别", "Category"}, F_CHOICE, FIELD_LISTED | FIELD_TALLIED | FIELD_FIXED, .choices = categories},
  {RESULT_CLOSED_ON, "closed_on", {"销号日期", "Closed on"}, F_DATE, FIELD_LISTED | FIELD_FIXED},
  {RESULT_OUTCOME, "outcome", {"解决情况", "Outcome"}, F_CHOICE, FIELD_LISTED | FIELD_TALLIED, .choices = outcomes},
  {RESULT_MONEY, "money", {"挽回或节约金额(元)", "Money recovered or saved, yuan"}, F_MONEY, 0, 0, INT64_C(100000000000000)},
  {RESULT_MECHANISMS, "mechanisms", {"建立制度(项)", "Mechanisms built"}, F_INTEGER, 0, 0, 10000},
  {RESULT_ACCOUNTABLE, "accountable", {"追责问责(人)", "People held accountable"}, F_INTEGER, 0, 0, 100000},
  {RESULT_DAYS_SAVED, "days_saved", {"办理时间缩短(天)", "Time saved, days"}, F_DECIMAL, 0, 0, INT64_C(1000000000)},
  {RESULT_PEOPLE, "people_served", {"受益人数", "People served"}, F_INTEGER, 0, 0, INT64_C(1000000000)},
  {RESULT_EXPECTED, "expected", {"预期成效", "Expected"}, F_LONG_TEXT, 0, 0, 5000},
  {RESULT_ACHIEVED, "achieved", {"实际成效", "Achieved"}, F_LONG_TEXT, FIELD_SEARCHED, 0, 5000},
  {RESULT_PUBLICITY, "publicity", {"是否公开", "Open or withheld"}, F_CHOICE, FIELD_LISTED | FIELD_TALLIED, .choices = publicities, .preset = PUBLICITY_UNDECIDED, .has_preset = true},
  {RESULT_WITHHOLD, "withheld_because", {"不公开理由", "Withheld because"}, F_CHOICE, 0, .choices = WITHHOLD_CHOICES},
  {RESULT_PUBLIC_TEXT, "public_text", {"公开内容", "Public text"}, F_LONG_TEXT, 0, 0, 2000},
  {RESULT_CONFIRMED_ON, "confirmed_on", {"确认日期", "Confirmed on"}, F_DATE, FIELD_DERIVED},
  {RESULT_CONFIRMER, "confirmer", {"确认人", "Confirmed by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {RESULT_CORRECTS, "corrects", {"更正自", "Corrects"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_RESULT},
};
static const struct state_name states[] = {
  {RESULT_DRAFTED, "drafted", {"待填报", "Drafted"}}, {RESULT_CONFIRMED, "confirmed", {"已确认", "Confirmed"}}, {RESULT_CORRECTED, "corrected", {"已更正", "Corrected"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
#define MAKERS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD) | OFFICE)
static const struct transition transitions[] = {
  {0, ACTION_CREATE, RESULT_DRAFTED, ROLE(ROLE_CLOCK), RELATION_ANY, .label = {"销号生成", "Made at closing"}}, /* an effect of closing only */
  {RESULT_DRAFTED, ACTION_EDIT, RESULT_DRAFTED, MAKERS, RELATION_LEAD, .label = {"填报成效", "Fill in"}},
  {RESULT_DRAFTED, ACTION_CONFIRM, RESULT_CONFIRMED, OFFICE, RELATION_ANY, {GUARD_RESULT_COMPLETE}, .effects = {EFFECT_STAMP, EFFECT_OUTCOME}, .label = {"确认成效", "Confirm"}},
  {RESULT_CONFIRMED, ACTION_CORRECT_RESULT, RESULT_CORRECTED, OFFICE, RELATION_ANY, .effects = {EFFECT_RESULT_AGAIN}, .reason = true, .label = {"更正成效", "Correct"}},
};
static const struct permission permissions[] = {{ROLES_BUSINESS, RELATION_PARENT, MAY_READ | MAY_EXPORT}, {MAKERS, RELATION_LEAD, MAY_READ | MAY_EDIT | MAY_EXPORT}};
static const uint16_t sorts[] = {RESULT_CLOSED_ON};
static const uint16_t indexes[][3] = {{RESULT_PROBLEM, RESULT_CYCLE}, {FIELD_STATE}};
const struct record_type TYPE_RESULT = {
  .id = RECORD_RESULT, .name = "result", .plural = "results", .label = {"成效", "Result"}, .label_plural = {"成效清单", "Results"},
  FIELDS(fields), .states = states, .first = RESULT_DRAFTED, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .holders = {{RESULT_UNIT, RELATION_LEAD}}, .parent = RESULT_PROBLEM, .together = TOGETHER_DESTROY, .waits = WAITS_MANY, .group = GROUP_ROUNDS, .title = RESULT_TITLE, SORTS(sorts), INDEXES(indexes)};
