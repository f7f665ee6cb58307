/* The exclusion 剔除: the handling unit asks that an appeal leaves the three rates, with a reason from the policy's list; the office agrees
   or refuses by an approval. What is excluded leaves n and stands beside it as X. 北京市接诉即办工作条例第三十二条(分级分类考评)、第三十六条(容错). */
#include "records/types.h"

static const struct field fields[] = {
  {EXCLUSION_APPEAL, "appeal", {"诉求", "Appeal"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_APPEAL},
  {EXCLUSION_TITLE, "title", {"剔除", "Exclusion"}, F_TEXT, FIELD_DERIVED | FIELD_LISTED, 0, 160},
  {EXCLUSION_REASON, "reason", {"剔除理由", "Reason"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .choices = EXCLUSION_CHOICES},
  {EXCLUSION_WHY, "why", {"情况说明", "Why"}, F_LONG_TEXT, FIELD_REQUIRED | FIELD_FIXED, 2, 5000},
  {EXCLUSION_UNIT, "unit", {"申请单位", "Asking unit"}, F_REFERENCE, FIELD_DERIVED | FIELD_LISTED, .target = RECORD_UNIT},
  {EXCLUSION_ASKED_BY, "asked_by", {"申请人", "Asked by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {EXCLUSION_ASKED_ON, "asked_on", {"申请日期", "Asked on"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {EXCLUSION_DECIDED_ON, "decided_on", {"审批日期", "Decided on"}, F_DATE, FIELD_DERIVED},
};
static const struct state_name states[] = {
  {EXCLUSION_ASKED, "asked", {"待审批", "Asked"}}, {EXCLUSION_AGREED, "agreed", {"已剔除", "Excluded"}, true}, {EXCLUSION_REFUSED, "refused", {"不予剔除", "Refused"}, true}, {0}};
#define ASKERS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD))
static const struct transition transitions[] = {
  {0, ACTION_CREATE, EXCLUSION_ASKED, ASKERS, RELATION_LEAD, {GUARD_EXCLUSION_FITS}, .effects = {EFFECT_EXCLUSION_ASK}, .label = {"申请剔除", "Ask for exclusion"}, .source = "PRACTICE.md, daily work 14"},
  {EXCLUSION_ASKED, ACTION_AGREE, EXCLUSION_AGREED, ROLE(ROLE_CLOCK), RELATION_ANY, .effects = {EFFECT_STAMP}, .label = {"同意剔除", "Agreed"}},
  {EXCLUSION_ASKED, ACTION_DISAGREE, EXCLUSION_REFUSED, ROLE(ROLE_CLOCK), RELATION_ANY, .effects = {EFFECT_STAMP}, .label = {"不予剔除", "Refused"}},
};
static const struct permission permissions[] = {
  {ROLE(ROLE_OFFICE) | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER) | ROLE(ROLE_CALLER), RELATION_ANY, MAY_READ | MAY_EXPORT}, {ASKERS, RELATION_PARENT, MAY_READ}, {ASKERS, RELATION_LEAD, MAY_CREATE}};
static const uint16_t indexes[][3] = {{EXCLUSION_APPEAL}};
const struct record_type TYPE_EXCLUSION = {
  .id = RECORD_EXCLUSION, .name = "exclusion", .plural = "exclusions", .label = {"剔除", "Exclusion"}, .label_plural = {"剔除申请", "Exclusions"},
  FIELDS(fields), .states = states, .first = EXCLUSION_ASKED, TRANSITIONS(transitions), PERMISSIONS(permissions), .parent = EXCLUSION_APPEAL,
  .together = TOGETHER_VOID | TOGETHER_DESTROY, .group = GROUP_WORK, .title = EXCLUSION_TITLE, INDEXES(indexes)};
