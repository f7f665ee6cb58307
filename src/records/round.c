/* The round 轮次: the list is brought up to date in numbered rounds (DOMAIN.md 5). Opening asks every unit for an answer; freezing keeps the
   figures of the cut-off moment as a frozen table. A frozen round never changes: what was wrong is said by a correction slip. */
#include "records/types.h"

static const struct field fields[] = {
  {ROUND_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_CAMPAIGN},
  {ROUND_NUMBER, "number", {"第几轮", "Number"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED},
  {ROUND_NAME, "name", {"名称", "Name"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED, 2, 80},
  {ROUND_OPENS_ON, "opens_on", {"开始日期", "Opens on"}, F_DATE, FIELD_REQUIRED | FIELD_LISTED},
  {ROUND_DUE, "due", {"报送截止", "Answers due"}, F_DATE, FIELD_REQUIRED | FIELD_LISTED},
  {ROUND_CUTOFF, "cutoff", {"数据截止时刻", "Cut-off moment"}, F_MOMENT, 0}, /* empty: the moment of freezing */
  {ROUND_UNITS, "units", {"报送单位", "Units asked"}, F_REFERENCES, 0, .target = RECORD_UNIT}, /* empty: the campaign's */
  {ROUND_NOTE, "note", {"说明", "Note"}, F_LONG_TEXT, 0, 0, 5000},
  {ROUND_OPENED_ON, "opened_on", {"实际开始", "Opened on"}, F_DATE, FIELD_DERIVED},
  {ROUND_COLLECTED_ON, "collected_on", {"收齐日期", "Collecting closed on"}, F_DATE, FIELD_DERIVED},
  {ROUND_FROZEN_ON, "frozen_on", {"冻结日期", "Frozen on"}, F_DATE, FIELD_DERIVED},
  {ROUND_ASKED, "asked", {"应报单位数", "Units to answer"}, F_INTEGER, FIELD_DERIVED},
  {ROUND_EXTRA, "extra", {"经批准加报", "Approved as a further one"}, F_YES_NO, FIELD_DERIVED, .preset = 0, .has_preset = true},
  {ROUND_TABLE, "frozen_table", {"冻结表", "Frozen table"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_FROZEN_TABLE},
  {ROUND_SLIPS, "slips", {"更正单数", "Correction slips"}, F_INTEGER, FIELD_DERIVED, .preset = 0, .has_preset = true},
};
static const struct state_name states[] = {
  {ROUND_PLANNED, "planned", {"计划", "Planned"}}, {ROUND_OPEN, "open", {"报送中", "Open"}}, {ROUND_COLLECTED, "collected", {"已截止", "Collecting closed"}},
  {ROUND_FROZEN, "frozen", {"已冻结", "Frozen"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
#define CLOCK ROLE(ROLE_CLOCK)
/* One monthly report a unit, more by approval: PRACTICE.md, less burden. */
static const struct transition transitions[] = {
  {0, ACTION_CREATE, ROUND_PLANNED, OFFICE, RELATION_ANY, {GUARD_DATES_IN_ORDER, GUARD_CAMPAIGN_OPEN}, .effects = {EFFECT_NUMBER}, .label = {"新建轮次", "New round"}},
  {ROUND_PLANNED, ACTION_EDIT, ROUND_PLANNED, OFFICE, RELATION_ANY, {GUARD_DATES_IN_ORDER}, .label = {"修改", "Edit"}},
  {ROUND_PLANNED, ACTION_ASK_EXTRA, ROUND_PLANNED, OFFICE, RELATION_ANY, {GUARD_PENDING_NONE}, .effects = {EFFECT_ROUND_ASK}, .reason = true, .label = {"申请加报一轮", "Ask for a further round"},
   .source = "PRACTICE.md, less burden"},
  {ROUND_PLANNED, ACTION_OPEN, ROUND_OPEN, OFFICE, RELATION_ANY, {GUARD_CAMPAIGN_OPEN, GUARD_ROUND_MONTH}, .effects = {EFFECT_STAMP, EFFECT_ROUND_OPEN}, .label = {"开始报送", "Open"}, .source = "PRACTICE.md, less burden"},
  {ROUND_OPEN, ACTION_OPEN, ROUND_OPEN, CLOCK, RELATION_ANY, .effects = {EFFECT_ROUND_OPEN}, .label = {"补发报送", "Ask the rest"}}, /* units beyond the first set */
  {ROUND_OPEN, ACTION_EDIT, ROUND_OPEN, OFFICE, RELATION_ANY, {GUARD_DATES_IN_ORDER}, .effects = {EFFECT_ROUND_OPEN}, .label = {"修改", "Edit"}},
  {ROUND_OPEN, ACTION_CLOSE, ROUND_COLLECTED, OFFICE, RELATION_ANY, {GUARD_ROUND_COLLECTED}, .effects = {EFFECT_STAMP, EFFECT_ROUND_CLOSE}, .label = {"截止报送", "Close collecting"}},
  {ROUND_COLLECTED, ACTION_EDIT, ROUND_COLLECTED, OFFICE, RELATION_ANY, {GUARD_DATES_IN_ORDER}, .label = {"修改", "Edit"}},
  {ROUND_COLLECTED, ACTION_FREEZE, ROUND_FROZEN, OFFICE, RELATION_ANY, {GUARD_CUTOFF_PAST}, .effects = {EFFECT_STAMP, EFFECT_FREEZE}, .label = {"冻结", "Freeze"}, .source = "PRACTICE.md, invariants"},
};
static const struct permission permissions[] = {{ROLES_BUSINESS, RELATION_ANY, MAY_READ | MAY_EXPORT}, {OFFICE, RELATION_ANY, MAY_CREATE | MAY_EDIT}};
static const uint16_t sorts[] = {ROUND_OPENS_ON};
static const uint16_t indexes[][3] = {{ROUND_CAMPAIGN, ROUND_NUMBER}};
const struct record_type TYPE_ROUND = {
  .id = RECORD_ROUND, .name = "round", .plural = "rounds", .label = {"轮次", "Round"}, .label_plural = {"轮次", "Rounds"},
  FIELDS(fields), .states = states, .first = ROUND_PLANNED, TRANSITIONS(transitions), PERMISSIONS(permissions), .waits = WAITS_EACH, .due = ROUND_DUE, .group = GROUP_ROUNDS, .title = ROUND_NAME, SORTS(sorts), INDEXES(indexes)};
