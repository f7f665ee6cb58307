/* The holding 持有: which unit held a problem, from which day to which, and how it came to it. Written by the effects of the problem's
   arrows only. Days and overdue days are reckoned when it ends (rules/holders.h); of one that runs, when somebody asks. */
#include "records/types.h"

static const struct choice hows[] = {
  {HELD_ASSIGNED, "assigned", {"交办", "Assigned"}}, {HELD_TRANSFER, "transfer", {"转办接收", "Transfer taken"}}, {HELD_RULING, "ruling", {"裁定", "Ruling"}},
  {HELD_PROVISIONAL, "provisional", {"临时牵头", "Provisional lead"}}, {HELD_REASSIGNED, "reassigned", {"整改办改派", "Re-assigned by the office"}}, {HELD_REOPENED, "reopened", {"重开", "Re-opened"}},
  {HELD_SUCCESSOR, "successor", {"单位合并分立承接", "Successor of a unit"}}, {0}};
static const struct field fields[] = {
  {HOLDING_PROBLEM, "problem", {"问题", "Problem"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_PROBLEM},
  {HOLDING_UNIT, "unit", {"持有单位", "Unit"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_UNIT},
  {HOLDING_FROM, "held_from", {"起", "From"}, F_DATE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED},
  {HOLDING_TO, "held_to", {"止", "To"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {HOLDING_PROVISIONAL, "provisional", {"临时", "Provisional"}, F_YES_NO, FIELD_LISTED | FIELD_FIXED, .preset = 0, .has_preset = true},
  {HOLDING_HOW, "how", {"缘由", "How it came"}, F_CHOICE, FIELD_LISTED | FIELD_FIXED | FIELD_TALLIED, .choices = hows},
  {HOLDING_CYCLE, "cycle", {"第几次整改", "Cycle"}, F_INTEGER, FIELD_LISTED | FIELD_FIXED},
  {HOLDING_OWN_DUE, "own_due", {"本单位期限", "Its own date"}, F_DATE, FIELD_FIXED},
  {HOLDING_DAYS, "days", {"持有天数", "Days held"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED},
  {HOLDING_OVERDUE, "overdue_days", {"其间超期天数", "Overdue days meanwhile"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED},
  {HOLDING_OWN_OVERDUE, "own_overdue_days", {"超本单位期限天数", "Days past its own date"}, F_INTEGER, FIELD_DERIVED},
};
static const struct state_name states[] = {{HOLDING_RUNNING, "running", {"持有中", "Holding"}}, {HOLDING_ENDED, "ended", {"已移出", "Ended"}, true}, {0}};
#define CLOCK ROLE(ROLE_CLOCK)
static const struct transition transitions[] = {
  {0, ACTION_CREATE, HOLDING_RUNNING, CLOCK, RELATION_ANY, .label = {"开始持有", "Begin"}},
  {0, ACTION_CLOSE, HOLDING_ENDED, CLOCK, RELATION_ANY, .label = {"补记", "Record afterwards"}}, /* of a problem that was assigned before holdings were kept */
  {HOLDING_RUNNING, ACTION_CLOSE, HOLDING_ENDED, CLOCK, RELATION_ANY, .label = {"结束持有", "End"}},
};
static const struct permission permissions[] = {
  {ROLES_BUSINESS, RELATION_PARENT, MAY_READ | MAY_EXPORT}, {ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD), RELATION_LEAD, MAY_READ | MAY_EXPORT}};
static const uint16_t indexes[][3] = {{HOLDING_PROBLEM, FIELD_STATE}, {HOLDING_UNIT, FIELD_STATE}};
const struct record_type TYPE_HOLDING = {
  .id = RECORD_HOLDING, .name = "holding", .plural = "holdings", .label = {"持有", "Holding"}, .label_plural = {"持有记录", "Holdings"},
  FIELDS(fields), .states = states, .first = HOLDING_RUNNING, TRANSITIONS(transitions), PERMISSIONS(permissions), .group = GROUP_PART,
  .holders = {{HOLDING_UNIT, RELATION_LEAD}}, .parent = HOLDING_PROBLEM, .title = HOLDING_HOW, INDEXES(indexes)};
