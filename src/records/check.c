/* The check 抽查, and the look-back 回头看: somebody from outside sees for himself whether what was closed is put right (DOMAIN.md 13;
   PRACTICE.md, closing by risk). The draw makes the first kind, by a seed that anybody can repeat; the office makes the second at will. A
   check stands by itself, so it is told of after its problem was re-opened, and of a problem that has been closed again. What the problem
   was when it was drawn is written down beside. */
#include "records/types.h"

static const struct choice kinds[] = {{CHECK_DRAWN, "drawn", {"抽查", "Drawn"}}, {CHECK_LOOK_BACK, "look_back", {"回头看", "Look-back"}}, {0}};
static const struct choice levels[] = {{LEVEL_CITY, "city", {"市级清单", "City list"}}, {LEVEL_UNIT, "unit", {"单位清单", "Unit list"}}, {LEVEL_DISTRICT, "district", {"区级清单", "District list"}}, {0}};
static const struct choice consequences[] = {
  {CONSEQUENCE_REOPENED, "reopened", {"重开", "Re-opened"}}, {CONSEQUENCE_SENT_BACK, "sent_back", {"退回重改", "Sent back"}}, {CONSEQUENCE_NONE, "none", {"已在整改", "Under way already"}}, {0}};
static const struct choice secrecies[] = {{SECRECY_OPEN, "open", {"可公开", "Open"}}, {SECRECY_INTERNAL, "internal", {"内部", "Internal"}}, {SECRECY_RESTRICTED, "restricted", {"限定知悉", "Restricted"}},
  {SECRECY_PLACEHOLDER, "placeholder", {"离线涉密占位", "Off-line placeholder"}}, {0}};
static const struct field fields[] = {
  {CHECK_TITLE, "title", {"抽查", "Check"}, F_TEXT, FIELD_DERIVED | FIELD_SEARCHED, 0, 240},
  {CHECK_PROBLEM, "problem", {"问题", "Problem"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_PROBLEM},
  {CHECK_KIND, "kind", {"方式", "Kind"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED | FIELD_TALLIED, .choices = kinds},
  {CHECK_CYCLE, "cycle", {"第几次整改", "Cycle"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED},
  {CHECK_ROUTE, "route", {"销号路径", "Closing route"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED, .choices = ROUTE_CHOICES},
  {CHECK_POPULATION, "population", {"抽样总体(件)", "Drawn from"}, F_INTEGER, FIELD_DERIVED}, /* applications of the campaign on that route, up to the draw */
  {CHECK_SHARE, "share", {"抽取比例", "Share drawn"}, F_WEIGHT, FIELD_DERIVED},
  {CHECK_SEED, "seed", {"抽查所用种子", "Seed of the draw"}, F_TEXT, FIELD_DERIVED, 0, 80, .readers = ROLE(ROLE_OFFICE) | ROLE(ROLE_REVIEWER) | ROLE(ROLE_AUDIT_ADMINISTRATOR)},
  {CHECK_DRAWN_ON, "drawn_on", {"抽中(发起)日期", "Drawn on"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {CHECK_CHECKED_ON, "checked_on", {"核查日期", "Checked on"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {CHECK_PLACE, "place", {"核查地点", "Place"}, F_TEXT, FIELD_DERIVED, 0, 200},
  {CHECK_FINDINGS, "findings", {"核查发现", "Findings"}, F_LONG_TEXT, FIELD_DERIVED | FIELD_SEARCHED, 2, 5000},
  {CHECK_CHECKER, "checker", {"核查人", "Checked by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {CHECK_CONSEQUENCE, "consequence", {"不合格的处理", "What failing brought about"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED, .choices = consequences},
  {CHECK_UNIT, "lead_unit", {"牵头单位", "Lead unit"}, F_REFERENCE, FIELD_DERIVED | FIELD_LISTED, .target = RECORD_UNIT},
  {CHECK_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_DERIVED | FIELD_LISTED, .target = RECORD_CAMPAIGN},
  {CHECK_CATEGORY, "category", {"问题类别", "Category"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED, .choices = CATEGORY_CHOICES},
  {CHECK_SOURCE, "source", {"问题来源", "Source"}, F_CHOICE, FIELD_DERIVED, .choices = SOURCE_CHOICES},
  {CHECK_PROBLEM_KIND, "problem_kind", {"整改类型", "Kind of the problem"}, F_CHOICE, FIELD_DERIVED, .choices = KIND_CHOICES},
  {CHECK_LEVEL, "level", {"清单层级", "List"}, F_CHOICE, FIELD_DERIVED, .choices = levels},
  {CHECK_DRAW, "draw", {"抽查方案", "Draw"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_DRAW},
  {CHECK_SECRECY, "secrecy", {"知悉范围", "Secrecy"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED, .choices = secrecies},
};
static const struct state_name states[] = {
  {CHECK_WAITING, "waiting", {"待核查", "Waiting"}}, {CHECK_PASSED, "passed", {"合格", "Passed"}, true}, {CHECK_FAILED, "failed", {"不合格", "Failed"}, true}, {CHECK_DROPPED, "dropped", {"取消", "Dropped"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
#define CLOCK ROLE(ROLE_CLOCK)
#define CHECKERS (ROLE(ROLE_ACCEPTOR) | OFFICE)
static const struct transition transitions[] = {
  {0, ACTION_CREATE, CHECK_WAITING, OFFICE, RELATION_ANY, {GUARD_CHECK_FITS}, .effects = {EFFECT_CHECK_OPEN}, .label = {"发起回头看", "Look back"}, .source = "DOMAIN.md, 13"},
  {0, ACTION_CHECK_SAMPLE, CHECK_PASSED, CLOCK, RELATION_ANY, .effects = {EFFECT_CHECK_OPEN}, .label = {"抽查核实", "Check the sample"}}, /* of a problem drawn before checks were records */
  {CHECK_WAITING, ACTION_CHECK_SAMPLE, CHECK_PASSED, CLOCK, RELATION_ANY, .label = {"抽查核实", "Check the sample"}}, /* at acceptance, or on the problem's page */
  {CHECK_WAITING, ACTION_PASS, CHECK_PASSED, CHECKERS, RELATION_OUTSIDE, {GUARD_OUTSIDE_UNIT, GUARD_CHECK_SEEN}, {CHECK_CHECKED_ON, CHECK_PLACE}, {EFFECT_CHECK_VERDICT}, .takes = {CHECK_FINDINGS}, .label = {"合格", "Pass"}},
  {CHECK_WAITING, ACTION_FAIL, CHECK_FAILED, CHECKERS, RELATION_OUTSIDE, {GUARD_OUTSIDE_UNIT, GUARD_CHECK_SEEN}, {CHECK_CHECKED_ON, CHECK_PLACE, CHECK_FINDINGS}, {EFFECT_CHECK_VERDICT}, .label = {"不合格", "Fail"},
   .source = "PRACTICE.md, colours: failed check"},
  {CHECK_WAITING, ACTION_DROP, CHECK_DROPPED, OFFICE | CLOCK, RELATION_ANY, .reason = true, .label = {"取消", "Drop"}},
};
static const struct permission permissions[] = {{ROLES_BUSINESS, RELATION_PARENT, MAY_READ | MAY_EXPORT}, {OFFICE, RELATION_PARENT, MAY_CREATE}};
static const uint16_t sorts[] = {CHECK_DRAWN_ON};
static const uint16_t indexes[][3] = {{CHECK_PROBLEM}, {FIELD_STATE}, {CHECK_DRAW}};
const struct record_type TYPE_CHECK = {
  .id = RECORD_CHECK, .name = "check", .plural = "checks", .label = {"抽查", "Check"}, .label_plural = {"抽查与回头看", "Checks"},
  FIELDS(fields), .states = states, .first = CHECK_WAITING, TRANSITIONS(transitions), PERMISSIONS(permissions), .parent = CHECK_PROBLEM, .affects = {CHECK_PROBLEM},
  .together = TOGETHER_VOID | TOGETHER_CORRECT | TOGETHER_DESTROY, .waits = WAITS_MANY, .group = GROUP_FLOW, .title = CHECK_TITLE, .secrecy = CHECK_SECRECY, SORTS(sorts), INDEXES(indexes)};
