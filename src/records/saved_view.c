/* The saved view 存的视图: a list as one user keeps it, its conditions and order as they stand in the address, and its columns.
   It is that user's alone; the office may share one with everybody. What it lists is read with the rights of who opens it. */
#include "records/types.h"

static const struct field fields[] = {
  {SAVED_VIEW_USER, "user", {"用户", "User"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_USER},
  {SAVED_VIEW_NAME, "name", {"名称", "Name"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED, 1, 40},
  {SAVED_VIEW_LIST, "list", {"清单", "List"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .choices = RECORD_CHOICES},
  {SAVED_VIEW_QUERY, "query", {"条件", "Conditions"}, F_TEXT, 0, 0, 2000},
  {SAVED_VIEW_COLUMNS, "columns", {"列", "Columns"}, F_TEXT, 0, 0, 1000},
  {SAVED_VIEW_SHARED, "shared", {"共享给大家", "Shared with everybody"}, F_YES_NO, FIELD_LISTED, .writers = ROLE(ROLE_OFFICE)},
};
static const struct transition transitions[] = {
  {0, ACTION_CREATE, FORCE_ACTIVE, ROLES_ALL, RELATION_SELF, .label = {"存为视图", "Save view"}},
  {FORCE_ACTIVE, ACTION_EDIT, FORCE_ACTIVE, ROLES_ALL, RELATION_SELF, .label = {"修改", "Edit"}},
  {FORCE_ACTIVE, ACTION_RETIRE, FORCE_RETIRED, ROLES_ALL, RELATION_SELF, .label = {"删除视图", "Remove view"}},
  {FORCE_RETIRED, ACTION_ACTIVATE, FORCE_ACTIVE, ROLES_ALL, RELATION_SELF, .label = {"恢复视图", "Restore view"}},
};
static const struct permission permissions[] = {
  {ROLES_ALL, RELATION_SELF, MAY_READ | MAY_CREATE | MAY_EDIT}, {ROLES_ALL, RELATION_SHARED, MAY_READ}};
const struct record_type TYPE_SAVED_VIEW = {
  .id = RECORD_SAVED_VIEW, .name = "saved_view", .plural = "saved_views", .label = {"存的视图", "Saved view"}, .label_plural = {"存的视图", "Saved views"},
  FIELDS(fields), .states = FORCE_STATES, .first = FORCE_ACTIVE, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .holders = {{SAVED_VIEW_USER, RELATION_SELF}, {SAVED_VIEW_SHARED, RELATION_SHARED}}, .together = TOGETHER_VOID | TOGETHER_DESTROY, .group = GROUP_PEOPLE, .title = SAVED_VIEW_NAME};
