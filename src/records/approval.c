/* The approval 审批: a pending change set, carried out when the last one asked agrees: extension, suspension, change of kind; voiding,
   correction and destruction by two people. */
#include "records/types.h"

static const struct field fields[] = {
  {APPROVAL_TITLE, "title", {"事项", "Matter"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, 2, 200},
  {APPROVAL_TYPE, "type", {"对象类型", "Of what type"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .choices = RECORD_CHOICES},
  {APPROVAL_RECORD, "record", {"对象", "Of what"}, F_INTEGER, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED},
  {APPROVAL_PENDING, "pending", {"待执行变更", "Pending changes"}, F_LONG_TEXT, FIELD_REQUIRED | FIELD_FIXED | FIELD_HIDDEN, 2, 20000}, /* by permanent codes; told in words beside the record */
  {APPROVAL_ASKED_BY, "asked_by", {"申请人", "Asked by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {APPROVAL_NEEDED, "needed", {"需几人同意", "Agreements needed"}, F_INTEGER, FIELD_FIXED, 1, 2, .preset = 1, .has_preset = true},
  {APPROVAL_GIVEN, "given", {"已同意", "Agreements given"}, F_INTEGER, FIELD_DERIVED, .preset = 0, .has_preset = true},
  {APPROVAL_ACTION, "action", {"执行动作", "Action"}, F_INTEGER, FIELD_FIXED | FIELD_HIDDEN},
  {APPROVAL_REASON, "reason", {"理由", "Reason"}, F_LONG_TEXT, FIELD_REQUIRED | FIELD_FIXED, 1, 5000},
  {APPROVAL_UNIT, "unit", {"申请单位", "Asking unit"}, F_REFERENCE, FIELD_LISTED | FIELD_FIXED, .target = RECORD_UNIT},
  {APPROVAL_OPINION, "opinion", {"审批意见", "Opinion"}, F_LONG_TEXT, 0, 0, 5000},
  {APPROVAL_SECRECY, "secrecy", {"知悉范围", "Secrecy"}, F_CHOICE, FIELD_DERIVED, .choices = SECRECY_CHOICES}, /* of what it is about, when it was asked */
  {APPROVAL_PROBLEM, "problem", {"所属问题", "Problem"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_PROBLEM}, /* that it is about in the end: who may not see that one sees no approval of it, and whoever runs it decides */
  {APPROVAL_FIRST_BY, "first_by", {"首位同意人", "First to agree"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
};
static const struct state_name states[] = {
  {APPROVAL_ASKED, "asked", {"待审批", "Asked"}}, {APPROVAL_AGREED, "agreed", {"已同意", "Agreed"}, true}, {APPROVAL_REFUSED, "refused", {"不同意", "Refused"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
static const struct transition transitions[] = {
  {0, ACTION_CREATE, APPROVAL_ASKED, ROLE(ROLE_CLOCK), RELATION_ANY, .label = {"申请", "Ask"}}, /* only as an effect of what needs it */
  {APPROVAL_ASKED, ACTION_AGREE, APPROVAL_AGREED, OFFICE, RELATION_ANY, {GUARD_APPROVER}, .effects = {EFFECT_CARRY_OUT}, .label = {"同意", "Agree"}},
  {APPROVAL_ASKED, ACTION_DISAGREE, APPROVAL_REFUSED, OFFICE, RELATION_ANY, {GUARD_APPROVER}, .effects = {EFFECT_REFUSED}, .reason = true, .label = {"不同意", "Refuse"}},
};
static const struct permission permissions[] = {
  {OFFICE | ROLE(ROLE_REVIEWER), RELATION_ANY, MAY_READ}, {ROLE(ROLE_DISTRICT_OFFICE), RELATION_LEAD, MAY_READ}, {ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD), RELATION_LEAD, MAY_READ}};
static const uint16_t indexes[][3] = {{APPROVAL_TYPE, APPROVAL_RECORD, FIELD_STATE}, {APPROVAL_PROBLEM}};
const struct record_type TYPE_APPROVAL = {
  .id = RECORD_APPROVAL, .name = "approval", .plural = "approvals", .label = {"审批", "Approval"}, .label_plural = {"审批", "Approvals"},
  FIELDS(fields), .states = states, .first = APPROVAL_ASKED, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .holders = {{APPROVAL_UNIT, RELATION_LEAD}}, .parent = APPROVAL_PROBLEM, .together = TOGETHER_DESTROY, .waits = WAITS_EACH, .group = GROUP_FLOW, .secrecy = APPROVAL_SECRECY, .title = APPROVAL_TITLE, INDEXES(indexes)};
