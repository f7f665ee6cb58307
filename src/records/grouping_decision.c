/* The grouping decision 归并认定: what people say of appeals that the program put together or kept apart. It holds for ever and steers what
   follows; a later decision may say otherwise, none is ever edited. Carried out by the grouping in journal order (follow/groups.h). */
#include "records/types.h"

static const struct choice kinds[] = {
  {DECIDED_CONFIRM, "confirm", {"确认属于", "They belong there"}}, {DECIDED_SPLIT, "split", {"拆出", "They are another one"}}, {DECIDED_MERGE, "merge", {"合并", "Both are one"}}, {0}};
static const struct choice levels[] = {{LEVEL_EVENT, "event", {"同一事件", "Event"}}, {LEVEL_CLASS, "class", {"一类事", "Class"}}, {0}};
static const struct field fields[] = {
  {GROUPING_DECISION_KIND, "kind", {"认定", "Decision"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .choices = kinds},
  {GROUPING_DECISION_LEVEL, "level", {"层级", "Level"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .choices = levels, .preset = LEVEL_EVENT, .has_preset = true},
  {GROUPING_DECISION_APPEALS, "appeals", {"所涉诉求", "Appeals"}, F_REFERENCES, FIELD_REQUIRED | FIELD_FIXED, .target = RECORD_APPEAL},
  {GROUPING_DECISION_INTO, "into", {"并入(其中一件诉求)", "With what (one of its appeals)"}, F_REFERENCE, FIELD_LISTED | FIELD_FIXED, .target = RECORD_APPEAL},
  {GROUPING_DECISION_REASON, "reason", {"理由", "Reason"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, 2, 400},
  {GROUPING_DECISION_BY, "decided_by", {"认定人", "Decided by"}, F_REFERENCE, FIELD_DERIVED | FIELD_LISTED, .target = RECORD_USER},
  {GROUPING_DECISION_ON, "decided_on", {"认定日期", "Decided on"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
};
#define DECIDERS (ROLE(ROLE_OFFICE) | ROLE(ROLE_HOTLINE))
static const struct transition transitions[] = {
  {0, ACTION_CREATE, STATE_NONE, DECIDERS, RELATION_ANY, {GUARD_DECISION_FITS}, .effects = {EFFECT_DECIDED_BY}, .label = {"归并认定", "Decide on a grouping"}},
};
static const struct permission permissions[] = {
  {DECIDERS | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER), RELATION_ANY, MAY_READ | MAY_EXPORT}, {DECIDERS, RELATION_ANY, MAY_CREATE}};
static const uint16_t indexes[][3] = {{GROUPING_DECISION_INTO}};
const struct record_type TYPE_GROUPING_DECISION = {
  .id = RECORD_GROUPING_DECISION, .name = "grouping_decision", .plural = "grouping_decisions", .label = {"归并认定", "Grouping decision"}, .label_plural = {"归并认定", "Grouping decisions"},
  FIELDS(fields), TRANSITIONS(transitions), PERMISSIONS(permissions), .together = TOGETHER_DESTROY, .group = GROUP_OTHER, .title = GROUPING_DECISION_REASON, INDEXES(indexes)};
