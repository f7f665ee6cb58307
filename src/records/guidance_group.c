/* The guidance group 指导组: guides a set of units in one campaign. Its members are grants of the role of that name that refer to it; they
   read what its units lead and leave advice, and do nothing else. */
#include "records/types.h"

static const struct field fields[] = {
  {GUIDANCE_GROUP_NAME, "name", {"名称", "Name"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED, 2, 80},
  {GUIDANCE_GROUP_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_CAMPAIGN},
  {GUIDANCE_GROUP_UNITS, "units", {"联系单位", "Units"}, F_REFERENCES, FIELD_REQUIRED, .target = RECORD_UNIT}, /* with the units below each */
  {GUIDANCE_GROUP_NOTE, "note", {"说明", "Note"}, F_LONG_TEXT, 0, 0, 5000},
};
#define OFFICE ROLE(ROLE_OFFICE)
static const struct transition transitions[] = {
  {0, ACTION_CREATE, FORCE_ACTIVE, OFFICE, RELATION_ANY, .label = {"新建指导组", "New group"}},
  {FORCE_ACTIVE, ACTION_EDIT, FORCE_ACTIVE, OFFICE, RELATION_ANY, .label = {"修改", "Edit"}},
  {FORCE_ACTIVE, ACTION_RETIRE, FORCE_RETIRED, OFFICE, RELATION_ANY, .reason = true, .label = {"撤销指导组", "End"}},
};
static const struct permission permissions[] = {{ROLES_ALL, RELATION_ANY, MAY_READ}, {OFFICE, RELATION_ANY, MAY_CREATE | MAY_EDIT}};
const struct record_type TYPE_GUIDANCE_GROUP = {
  .id = RECORD_GUIDANCE_GROUP, .name = "guidance_group", .plural = "guidance_groups", .label = {"指导组", "Guidance group"}, .label_plural = {"指导组", "Guidance groups"},
  FIELDS(fields), .states = FORCE_STATES, .first = FORCE_ACTIVE, TRANSITIONS(transitions), PERMISSIONS(permissions), .group = GROUP_PEOPLE, .title = GUIDANCE_GROUP_NAME};
