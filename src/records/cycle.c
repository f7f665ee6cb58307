/* The cycle 第 n 次整改: one run of a problem from assignment to closing. A closed cycle never changes, so that old reports never do. */
#include "records/types.h"

static const struct field fields[] = {
  {CYCLE_PROBLEM, "problem", {"问题", "Problem"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_PROBLEM},
  {CYCLE_ORDINAL, "ordinal", {"第几次", "Which"}, F_INTEGER, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, 1, 1000},
  {CYCLE_BEGAN, "began", {"开始", "Began"}, F_DATE, FIELD_FIXED},
  {CYCLE_DUE, "due", {"期限", "Due"}, F_DATE, 0},
  {CYCLE_APPLIED_ON, "applied_on", {"申请销号", "Applied on"}, F_DATE, 0},
  {CYCLE_ACCEPTED_ON, "accepted_on", {"验收通过", "Accepted on"}, F_DATE, 0},
  {CYCLE_CLOSED_ON, "closed_on", {"销号", "Closed on"}, F_DATE, 0},
  {CYCLE_WHY, "why", {"缘由", "Why"}, F_TEXT, 0, 0, 400},
  {CYCLE_SENT_BACK, "sent_back", {"退回次数", "Times sent back"}, F_INTEGER, 0},
  {CYCLE_LEAD_UNIT, "lead_unit", {"开始时牵头单位", "Lead unit at its start"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_UNIT},
  {CYCLE_CLOSED_LEAD, "closed_lead_unit", {"销号时牵头单位", "Lead unit at closing"}, F_REFERENCE, 0, .target = RECORD_UNIT}, /* a transfer does not rewrite who began; older cycles have none */
  {CYCLE_ASKED_MORE, "asked_more", {"退回时还要求", "What more was asked"}, F_LONG_TEXT, 0, 0, 20000}, /* one paragraph a sending back */
  {CYCLE_ACCEPTORS, "acceptors", {"验收人", "Acceptors"}, F_REFERENCES, 0, .target = RECORD_USER},
  {CYCLE_CRITERIA, "criteria", {"满足的标准", "Criteria met"}, F_REFERENCES, 0, .target = RECORD_CRITERION},
  {CYCLE_DUE_APPROVED, "due_approved", {"验收时期限", "Date in force at acceptance"}, F_DATE, 0},
  {CYCLE_ON_TIME, "on_time", {"按期", "On time"}, F_YES_NO, 0}, /* the accepted application was handed in by the date in force */
};
static const struct state_name states[] = {
  {CYCLE_RUNNING, "running", {"进行中", "Running"}}, {CYCLE_CLOSED, "closed", {"已销号", "Closed"}}, {CYCLE_REOPENED, "reopened", {"已重开", "Re-opened"}, true}, {0}};
#define CLOCK ROLE(ROLE_CLOCK)
static const struct transition transitions[] = { /* effects of the problem's arrows only */
  {0, ACTION_CREATE, CYCLE_RUNNING, CLOCK, RELATION_ANY, .label = {"开始", "Begin"}},
  {0, ACTION_IMPORT, CYCLE_CLOSED, CLOCK, RELATION_ANY, .label = {"随台账导入", "Bring in with a ledger"}},
  {CYCLE_RUNNING, ACTION_EDIT, CYCLE_RUNNING, CLOCK, RELATION_ANY, .label = {"记录", "Mark"}},
  {CYCLE_RUNNING, ACTION_CLOSE, CYCLE_CLOSED, CLOCK, RELATION_ANY, .label = {"销号", "Close"}},
  {CYCLE_CLOSED, ACTION_REOPEN, CYCLE_REOPENED, CLOCK, RELATION_ANY, .label = {"重开", "Re-open"}},
};
static const struct permission permissions[] = {{ROLES_BUSINESS, RELATION_PARENT, MAY_READ}};
static const uint16_t indexes[][3] = {{CYCLE_PROBLEM, CYCLE_ORDINAL}};
const struct record_type TYPE_CYCLE = {
  .id = RECORD_CYCLE, .name = "cycle", .plural = "cycles", .label = {"第 n 次整改", "Cycle"}, .label_plural = {"历次整改", "Cycles"},
  FIELDS(fields), .states = states, .first = CYCLE_RUNNING, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .parent = CYCLE_PROBLEM, .together = TOGETHER_CORRECT, .group = GROUP_PART, .title = CYCLE_ORDINAL, INDEXES(indexes)};
