/* The class 一类事 that people named or work on: the same matter in many places. Which appeals are in it is the grouping's business
   (follow/groups.h); this record gives it a name that stays, by one appeal that is in it. A class that nobody named has no record, and an
   event 同一事件 never has: it is known by its founding appeal. */
#include "records/types.h"

static const struct field fields[] = {
  {CLASS_APPEAL, "appeal", {"其中一件诉求", "One of its appeals"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED | FIELD_UNIQUE, .target = RECORD_APPEAL}, /* the class is the one that this appeal is in */
  {CLASS_TITLE, "title", {"一类事", "Class"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED, 2, 120},
  {CLASS_NOTE, "note", {"说明", "Note"}, F_LONG_TEXT, FIELD_SEARCHED, 0, 5000},
  {CLASS_UNIT, "unit", {"牵头研究单位", "Unit that looks into it"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_UNIT},
};
#define OFFICE ROLE(ROLE_OFFICE)
static const struct transition transitions[] = {
  {0, ACTION_CREATE, FORCE_ACTIVE, OFFICE, RELATION_ANY, .label = {"命名一类事", "Name a class"}},
  {FORCE_ACTIVE, ACTION_EDIT, FORCE_ACTIVE, OFFICE, RELATION_ANY, .label = {"修改", "Edit"}},
  {FORCE_ACTIVE, ACTION_RETIRE, FORCE_RETIRED, OFFICE, RELATION_ANY, .reason = true, .label = {"停用", "Retire"}},
  {FORCE_RETIRED, ACTION_ACTIVATE, FORCE_ACTIVE, OFFICE, RELATION_ANY, .label = {"启用", "Activate"}},
};
static const struct permission permissions[] = {
  {OFFICE | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER), RELATION_ANY, MAY_READ | MAY_EXPORT}, {OFFICE, RELATION_ANY, MAY_CREATE | MAY_EDIT}};
static const uint16_t indexes[][3] = {{CLASS_APPEAL}};
const struct record_type TYPE_CLASS = {
  .id = RECORD_CLASS, .name = "class", .plural = "classes", .label = {"一类事", "Class"}, .label_plural = {"一类事", "Classes"},
  FIELDS(fields), .states = FORCE_STATES, .first = FORCE_ACTIVE, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .together = TOGETHER_VOID | TOGETHER_DESTROY, .group = GROUP_WORK, .title = CLASS_TITLE, INDEXES(indexes)};
