/* The correction slip 更正单: after a freeze a figure changes only by it. It says which figure of which table, what was frozen (read from the
   table, not typed), what is right, and why; it stands once as many have agreed as the policy says. The frozen content itself never
   changes. */
#include "records/types.h"

static const struct field fields[] = {
  {CORRECTION_TABLE, "frozen_table", {"冻结表", "Frozen table"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_FROZEN_TABLE},
  {CORRECTION_NUMBER, "number", {"更正单号", "Number"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED},
  {CORRECTION_PROBLEM, "problem", {"问题", "Problem"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_PROBLEM}, /* empty: a total of the whole table */
  {CORRECTION_FIGURE, "figure", {"指标", "Figure"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED, 1, 40},
  {CORRECTION_WAS, "was", {"原冻结数", "Was"}, F_TEXT, FIELD_DERIVED, 0, 200},
  {CORRECTION_IS, "corrected", {"更正为", "Is"}, F_TEXT, FIELD_REQUIRED, 1, 200},
  {CORRECTION_WHY, "why", {"更正原因", "Why"}, F_LONG_TEXT, FIELD_REQUIRED, 2, 5000},
  {CORRECTION_ASKED_BY, "asked_by", {"申请人", "Asked by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {CORRECTION_ASKED_ON, "asked_on", {"申请日期", "Asked on"}, F_DATE, FIELD_DERIVED},
  {CORRECTION_MADE_ON, "made_on", {"生效日期", "In force from"}, F_DATE, FIELD_DERIVED},
};
static const struct state_name states[] = {
  {CORRECTION_DRAFT, "draft", {"拟稿", "Draft"}}, {CORRECTION_ASKED, "asked", {"待审批", "Asked"}}, {CORRECTION_MADE, "made", {"已生效", "In force"}, true},
  {CORRECTION_DROPPED, "dropped", {"撤回", "Dropped"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
static const struct transition transitions[] = {
  {0, ACTION_CREATE, CORRECTION_DRAFT, OFFICE, RELATION_ANY, .label = {"拟更正单", "Draft a slip"}},
  {CORRECTION_DRAFT, ACTION_EDIT, CORRECTION_DRAFT, OFFICE, RELATION_ANY, .label = {"修改", "Edit"}},
  {CORRECTION_DRAFT, ACTION_SUBMIT, CORRECTION_ASKED, OFFICE, RELATION_ANY, {GUARD_SLIP_FIGURE, GUARD_PENDING_NONE}, .effects = {EFFECT_SLIP, EFFECT_STAMP}, .label = {"送审", "Submit"}, .source = "PRACTICE.md, invariants"},
  {CORRECTION_ASKED, ACTION_ACTIVATE, CORRECTION_MADE, ROLE(ROLE_CLOCK), RELATION_ANY, .effects = {EFFECT_SLIP, EFFECT_STAMP}, .label = {"更正生效", "Correct"}}, /* the approval's pending change */
  {CORRECTION_DRAFT, ACTION_WITHDRAW, CORRECTION_DROPPED, OFFICE, RELATION_ANY, .reason = true, .label = {"撤回", "Drop"}},
  {CORRECTION_ASKED, ACTION_WITHDRAW, CORRECTION_DROPPED, OFFICE, RELATION_ANY, .reason = true, .label = {"撤回", "Drop"}},
};
static const struct permission permissions[] = {
  {OFFICE | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER), RELATION_ANY, MAY_READ | MAY_EXPORT}, {OFFICE, RELATION_ANY, MAY_CREATE | MAY_EDIT}};
static const uint16_t indexes[][3] = {{CORRECTION_TABLE, CORRECTION_NUMBER}, {CORRECTION_PROBLEM}};
const struct record_type TYPE_CORRECTION = {
  .id = RECORD_CORRECTION, .name = "correction", .plural = "corrections", .label = {"更正单", "Correction slip"}, .label_plural = {"更正单", "Correction slips"},
  FIELDS(fields), .states = states, .first = CORRECTION_DRAFT, TRANSITIONS(transitions), PERMISSIONS(permissions), .waits = WAITS_EACH, .group = GROUP_ROUNDS, .title = CORRECTION_FIGURE, INDEXES(indexes)};
