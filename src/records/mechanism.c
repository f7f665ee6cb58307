/* The mechanism 制度: what ends a class of problems (DOMAIN.md 18): a rule, a process, a data share, a catalogue. Links say which problems
   and topics it arises from, and which problems it ended; both ends show them. */
#include "records/types.h"

static const struct choice kinds[] = {
  {MECHANISM_KIND_RULE, "rule", {"制度规则", "Rule"}}, {MECHANISM_KIND_PROCESS, "process", {"流程", "Process"}},
  {MECHANISM_KIND_DATA_SHARE, "data_share", {"数据共享", "Data share"}}, {MECHANISM_KIND_CATALOGUE, "catalogue", {"目录", "Catalogue"}}, {0}};
static const struct choice works[] = {
  {WORKS_TOO_YOUNG, "too_young", {"施行时间不足", "Too young"}}, {WORKS_UNKNOWN, "unknown", {"没有可比的诉求", "Nothing to compare with"}}, {WORKS_WELL, "effective", {"有效", "Effective"}}, {WORKS_NOT, "not_effective", {"未见效", "Not effective"}}, {0}};
static const struct field fields[] = {
  {MECHANISM_TITLE, "title", {"制度名称", "Title"}, F_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 2, 200},
  {MECHANISM_KIND, "kind", {"类型", "Kind"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_TALLIED, .choices = kinds},
  {MECHANISM_SCOPE, "scope", {"适用范围", "Scope"}, F_LONG_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 2, 5000},
  {MECHANISM_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_LISTED | FIELD_FIXED, .target = RECORD_CAMPAIGN},
  {MECHANISM_LEAD_UNIT, "lead_unit", {"制定单位", "Lead unit"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED, .target = RECORD_UNIT},
  {MECHANISM_DOCUMENT, "document_number", {"文号", "Document number"}, F_TEXT, FIELD_LISTED | FIELD_SEARCHED | FIELD_PARTS, 0, 80},
  {MECHANISM_ISSUED_ON, "issued_on", {"印发日期", "Issued on"}, F_DATE, FIELD_LISTED},
  {MECHANISM_IN_FORCE_ON, "in_force_on", {"施行日期", "In force on"}, F_DATE, FIELD_LISTED},
  {MECHANISM_RETIRED_ON, "retired_on", {"废止日期", "Retired on"}, F_DATE, FIELD_DERIVED},
  {MECHANISM_SECRECY, "secrecy", {"知悉范围", "Secrecy"}, F_CHOICE, FIELD_LISTED, .choices = SECRECY_CHOICES, .preset = SECRECY_INTERNAL, .has_preset = true},
  {MECHANISM_CLASS, "class", {"针对的一类事", "Class it is to end"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_CLASS},
  /* reckoned by the program from the groups of appeals: 制度有效率 (PRACTICE.md, definitions) */
  {MECHANISM_WORKS, "works", {"是否有效", "Does it work"}, F_CHOICE, FIELD_DERIVED | FIELD_LISTED, .choices = works},
  {MECHANISM_APPEALS_BEFORE, "appeals_before", {"施行前同季诉求", "Appeals before, same season"}, F_INTEGER, FIELD_DERIVED},
  {MECHANISM_APPEALS_AFTER, "appeals_after", {"施行后诉求", "Appeals after"}, F_INTEGER, FIELD_DERIVED},
  {MECHANISM_BEFORE_FROM, "before_from", {"施行前自", "Before, from"}, F_DATE, FIELD_DERIVED},
  {MECHANISM_BEFORE_TO, "before_to", {"施行前至", "Before, to"}, F_DATE, FIELD_DERIVED},
  {MECHANISM_AFTER_FROM, "after_from", {"施行后自", "After, from"}, F_DATE, FIELD_DERIVED},
  {MECHANISM_AFTER_TO, "after_to", {"施行后至", "After, to"}, F_DATE, FIELD_DERIVED},
  {MECHANISM_MONTHS, "months", {"核定时已施行月数", "Months in force"}, F_INTEGER, FIELD_DERIVED},
  {MECHANISM_MEASURED_ON, "measured_on", {"核定日期", "Reckoned on"}, F_DATE, FIELD_DERIVED},
  {MECHANISM_NOTE, "note", {"备注", "Note"}, F_LONG_TEXT, 0, 0, 5000},
};
static const struct state_name states[] = {
  {MECHANISM_DRAFTING, "drafting", {"起草中", "Drafting"}}, {MECHANISM_ISSUED, "issued", {"已印发", "Issued"}}, {MECHANISM_IN_FORCE, "in_force", {"施行中", "In force"}},
  {MECHANISM_RETIRED, "retired", {"已废止", "Retired"}, true}, {0}};
#define MAKERS (ROLE(ROLE_OFFICE) | ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD))
static const struct transition transitions[] = {
  {0, ACTION_CREATE, MECHANISM_DRAFTING, MAKERS, RELATION_LEAD, .label = {"新建制度", "New mechanism"}},
  {MECHANISM_DRAFTING, ACTION_EDIT, MECHANISM_DRAFTING, MAKERS, RELATION_LEAD, .label = {"修改", "Edit"}},
  {MECHANISM_ISSUED, ACTION_EDIT, MECHANISM_ISSUED, ROLE(ROLE_OFFICE), RELATION_ANY, {GUARD_DATES_IN_ORDER}, .label = {"修改", "Edit"}},
  {MECHANISM_DRAFTING, ACTION_ISSUE, MECHANISM_ISSUED, MAKERS, RELATION_LEAD, .asks = {MECHANISM_DOCUMENT, MECHANISM_ISSUED_ON}, .label = {"印发", "Issue"}},
  {MECHANISM_ISSUED, ACTION_ACTIVATE, MECHANISM_IN_FORCE, MAKERS, RELATION_LEAD, {GUARD_DATES_IN_ORDER}, {MECHANISM_IN_FORCE_ON}, {EFFECT_CASES_FOLLOW}, .label = {"施行", "Put in force"}},
  {MECHANISM_DRAFTING, ACTION_RETIRE, MECHANISM_RETIRED, MAKERS, RELATION_LEAD, .effects = {EFFECT_STAMP}, .reason = true, .label = {"终止起草", "Give up"}},
  {MECHANISM_ISSUED, ACTION_RETIRE, MECHANISM_RETIRED, MAKERS, RELATION_LEAD, .effects = {EFFECT_STAMP}, .reason = true, .label = {"废止", "Retire"}},
  {MECHANISM_IN_FORCE, ACTION_RETIRE, MECHANISM_RETIRED, MAKERS, RELATION_LEAD, .effects = {EFFECT_STAMP, EFFECT_CASES_FOLLOW}, .reason = true, .label = {"废止", "Retire"}},
  {MECHANISM_IN_FORCE, ACTION_EDIT, MECHANISM_IN_FORCE, ROLE(ROLE_OFFICE), RELATION_ANY, {GUARD_DATES_IN_ORDER}, .label = {"修改", "Edit"}},
  {MECHANISM_IN_FORCE, ACTION_MEASURE, MECHANISM_IN_FORCE, ROLE(ROLE_CLOCK), RELATION_ANY, .effects = {EFFECT_MEASURED}, .label = {"核定是否有效", "Reckon whether it works"}, .source = "PRACTICE.md, definitions"},
};
static const struct permission permissions[] = {
  {ROLE(ROLE_OFFICE) | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER) | ROLE(ROLE_ACCEPTOR), RELATION_ANY, MAY_READ | MAY_EXPORT},
  {ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD), RELATION_LEAD, MAY_READ | MAY_CREATE | MAY_EDIT | MAY_EXPORT},
  {ROLE(ROLE_OFFICE), RELATION_ANY, MAY_CREATE | MAY_EDIT}};
static const uint16_t sorts[] = {MECHANISM_ISSUED_ON};
const struct record_type TYPE_MECHANISM = {
  .id = RECORD_MECHANISM, .name = "mechanism", .plural = "mechanisms", .label = {"制度", "Mechanism"}, .label_plural = {"制度清单", "Mechanisms"},
  FIELDS(fields), .states = states, .first = MECHANISM_DRAFTING, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .holders = {{MECHANISM_LEAD_UNIT, RELATION_LEAD}}, .together = TOGETHER_VOID | TOGETHER_CORRECT | TOGETHER_DESTROY, .waits = WAITS_EACH, .group = GROUP_WORK, .title = MECHANISM_TITLE, .secrecy = MECHANISM_SECRECY, SORTS(sorts)};
