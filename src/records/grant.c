/* The grant 授权: a role for a user, over units, from one date to another; deputies included. Given by the security administrator only. */
#include "records/types.h"

static const struct field fields[] = {
  {GRANT_USER, "user", {"用户", "User"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_USER},
  {GRANT_ROLE, "role", {"角色", "Role"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .choices = ROLE_CHOICES},
  {GRANT_UNIT, "unit", {"单位范围(空为全市)", "Unit (none: the city)"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_UNIT}, /* empty: the whole city */
  {GRANT_SUBTREE, "subtree", {"含下级", "With units below"}, F_YES_NO, 0, .preset = 1, .has_preset = true},
  {GRANT_FROM, "valid_from", {"起", "From"}, F_DATE, 0},
  {GRANT_TO, "valid_to", {"止", "To"}, F_DATE, 0},
  {GRANT_SECRECY, "secrecy", {"知悉范围上限", "Secrecy ceiling"}, F_CHOICE, 0, .choices = SECRECY_CHOICES, .preset = SECRECY_INTERNAL, .has_preset = true},
  {GRANT_DEPUTY_FOR, "deputy_for", {"代理谁", "Deputy for"}, F_REFERENCE, 0, .target = RECORD_USER},
  {GRANT_GUIDANCE_GROUP, "guidance_group", {"指导组", "Guidance group"}, F_REFERENCE, 0, .target = RECORD_GUIDANCE_GROUP}, /* its units, for the role of that name */
};
#define SECURITY ROLE(ROLE_SECURITY_ADMINISTRATOR)
static const struct transition transitions[] = {
  {0, ACTION_CREATE, FORCE_ACTIVE, SECURITY, RELATION_ANY, {GUARD_ROLES_APART, GUARD_DEPUTY_DATES, GUARD_DATES_IN_ORDER, GUARD_DEPUTY_SCOPE, GUARD_GUIDANCE_GRANT}, .label = {"授权", "Grant"}},
  {FORCE_ACTIVE, ACTION_EDIT, FORCE_ACTIVE, SECURITY, RELATION_ANY, {GUARD_ROLES_APART, GUARD_DEPUTY_DATES, GUARD_DATES_IN_ORDER, GUARD_DEPUTY_SCOPE, GUARD_GUIDANCE_GRANT}, .label = {"修改", "Edit"}},
  {FORCE_ACTIVE, ACTION_RETIRE, FORCE_RETIRED, SECURITY, RELATION_ANY, .reason = true, .label = {"收回", "Take back"}},
};
static const struct permission permissions[] = {{ROLES_ADMINISTRATORS | ROLE(ROLE_OFFICE), RELATION_ANY, MAY_READ}, {SECURITY, RELATION_ANY, MAY_CREATE | MAY_EDIT}};
static const uint16_t indexes[][3] = {{GRANT_USER}};
const struct record_type TYPE_GRANT = {
  .id = RECORD_GRANT, .name = "grant", .plural = "grants", .label = {"授权", "Grant"}, .label_plural = {"授权", "Grants"},
  FIELDS(fields), .states = FORCE_STATES, .first = FORCE_ACTIVE, TRANSITIONS(transitions), PERMISSIONS(permissions), .group = GROUP_PEOPLE, .title = GRANT_ROLE, INDEXES(indexes)};
