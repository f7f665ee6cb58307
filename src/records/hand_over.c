/* The hand-over slip 交接单: what a leaving liaison leaves behind, as it is at that moment. Both confirm; on the second confirmation the
   open items and the grants over the unit pass to the successor, a few hundred at a time. */
#include "records/types.h"

static const struct field fields[] = {
  {HAND_OVER_TITLE, "title", {"交接单", "Slip"}, F_TEXT, FIELD_DERIVED | FIELD_LISTED, 0, 200},
  {HAND_OVER_FROM, "from_user", {"移交人", "From"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_USER},
  {HAND_OVER_TO, "to_user", {"接收人", "To"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_USER},
  {HAND_OVER_UNIT, "unit", {"单位", "Unit"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_UNIT},
  {HAND_OVER_DATE, "date", {"交接日期", "Date"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {HAND_OVER_REASON, "note", {"事由", "Note"}, F_LONG_TEXT, FIELD_FIXED, 0, 2000},
  {HAND_OVER_ITEMS, "items", {"移交清单", "Items"}, F_LONG_TEXT, FIELD_DERIVED | FIELD_HIDDEN, 0, 1000000},
  {HAND_OVER_COUNT, "item_count", {"移交事项数", "Items"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED},
  {HAND_OVER_MOVED, "moved", {"已移交", "Moved"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED, .preset = 0, .has_preset = true},
  {HAND_OVER_FROM_ON, "from_confirmed_on", {"移交人确认", "Confirmed by who leaves"}, F_DATE, FIELD_DERIVED},
  {HAND_OVER_TO_ON, "to_confirmed_on", {"接收人确认", "Confirmed by who follows"}, F_DATE, FIELD_DERIVED},
};
static const struct state_name states[] = {
  {HAND_OVER_OPEN, "open", {"待移交人确认", "To be confirmed by who leaves"}}, {HAND_OVER_CONFIRMED, "confirmed", {"待接收人确认", "To be confirmed by who follows"}},
  {HAND_OVER_MOVING, "moving", {"移交中", "Moving"}}, {HAND_OVER_DONE, "done", {"已交接", "Handed over"}, true}, {HAND_OVER_DROPPED, "dropped", {"已作废", "Dropped"}, true}, {0}};
#define OFFICE ROLE(ROLE_OFFICE)
#define DOERS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD))
static const struct transition transitions[] = {
  {0, ACTION_CREATE, HAND_OVER_OPEN, DOERS | OFFICE, RELATION_LEAD, {GUARD_SLIP_PEOPLE}, .effects = {EFFECT_SLIP_LIST}, .label = {"开交接单", "Make a slip"}},
  {HAND_OVER_OPEN, ACTION_CONFIRM, HAND_OVER_CONFIRMED, DOERS | OFFICE, RELATION_SELF, {GUARD_SLIP_FROM}, .effects = {EFFECT_SLIP_CONFIRM}, .label = {"移交人确认", "Confirm, who leaves"}},
  {HAND_OVER_CONFIRMED, ACTION_CONFIRM, HAND_OVER_DONE, DOERS | OFFICE, RELATION_SELF, {GUARD_SLIP_TO, GUARD_SLIP_PEOPLE}, .effects = {EFFECT_SLIP_CONFIRM}, .label = {"接收人确认", "Confirm, who follows"}},
  {HAND_OVER_MOVING, ACTION_HAND_OVER, HAND_OVER_DONE, DOERS | OFFICE, RELATION_LEAD, .effects = {EFFECT_SLIP_CONFIRM}, .label = {"继续移交", "Go on moving"}},
  {HAND_OVER_OPEN, ACTION_CANCEL, HAND_OVER_DROPPED, DOERS | OFFICE, RELATION_LEAD, .reason = true, .label = {"作废", "Drop"}},
  {HAND_OVER_CONFIRMED, ACTION_CANCEL, HAND_OVER_DROPPED, DOERS | OFFICE, RELATION_LEAD, .reason = true, .label = {"作废", "Drop"}},
};
static const struct permission permissions[] = {
  {OFFICE | ROLE(ROLE_REVIEWER) | ROLE(ROLE_SECURITY_ADMINISTRATOR), RELATION_ANY, MAY_READ | MAY_EXPORT}, {DOERS, RELATION_LEAD, MAY_READ | MAY_CREATE}, {OFFICE, RELATION_ANY, MAY_CREATE},
  {ROLES_BUSINESS, RELATION_SELF, MAY_READ}};
const struct record_type TYPE_HAND_OVER = {
  .id = RECORD_HAND_OVER, .name = "hand_over", .plural = "hand_overs", .label = {"交接单", "Hand-over slip"}, .label_plural = {"交接单", "Hand-over slips"},
  FIELDS(fields), .states = states, .first = HAND_OVER_OPEN, TRANSITIONS(transitions), PERMISSIONS(permissions), .waits = WAITS_EACH, .group = GROUP_FLOW,
  .holders = {{HAND_OVER_UNIT, RELATION_LEAD}, {HAND_OVER_FROM, RELATION_SELF}, {HAND_OVER_TO, RELATION_SELF}}, .title = HAND_OVER_TITLE};
