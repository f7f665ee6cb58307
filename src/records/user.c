/* The user 用户: a person with an account. The password is no field: credentials stand outside the journal. The system administrator
   makes accounts, the security administrator gives roles (grants): 三员分立, domain-facts 10. */
#include "records/types.h"

static const struct choice channels[] = {{DELIVER_MAIL, "mail", {"电子邮件", "E-mail"}}, {0}}; /* the inbox is always there */

static const struct field fields[] = {
  {USER_ACCOUNT, "account", {"账号", "Account"}, F_TEXT, FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LISTED | FIELD_FIXED, 2, 40},
  {USER_NAME, "name", {"姓名", "Name"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED | FIELD_PINYIN, 1, 40},
  {USER_UNIT, "unit", {"所在单位", "Unit"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_UNIT},
  {USER_PHONE, "phone", {"联系电话", "Phone"}, F_CONTACT, 0, 0, 40},
  {USER_LANGUAGE, "language", {"语言", "Language"}, F_CHOICE, 0, .choices = LANGUAGE_CHOICES, .preset = LANGUAGE_ZH, .has_preset = true},
  {USER_EMAIL, "email", {"电子邮箱", "E-mail"}, F_CONTACT, 0, 0, 120},
  {USER_CHANNELS, "channels", {"另送", "Delivered also by"}, F_CHOICES, 0, .choices = channels, .preset = 1 << DELIVER_MAIL, .has_preset = true},
};
#define ADMINISTRATOR ROLE(ROLE_SYSTEM_ADMINISTRATOR)
static const struct transition transitions[] = {
  {0, ACTION_CREATE, FORCE_ACTIVE, ADMINISTRATOR, RELATION_ANY, .label = {"新增用户", "Add user"}},
  {FORCE_ACTIVE, ACTION_EDIT, FORCE_ACTIVE, ADMINISTRATOR, RELATION_ANY, .label = {"修改", "Edit"}},
  {FORCE_ACTIVE, ACTION_DISABLE, FORCE_RETIRED, ADMINISTRATOR, RELATION_ANY, .reason = true, .label = {"停用", "Disable"}},
  {FORCE_RETIRED, ACTION_ENABLE, FORCE_ACTIVE, ADMINISTRATOR, RELATION_ANY, .reason = true, .label = {"启用", "Enable"}},
};
static const struct permission permissions[] = {
  {ROLES_ADMINISTRATORS | ROLE(ROLE_OFFICE), RELATION_ANY, MAY_READ}, {ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD), RELATION_LEAD, MAY_READ},
  {ADMINISTRATOR, RELATION_ANY, MAY_CREATE | MAY_EDIT}};
const struct record_type TYPE_USER = {
  .id = RECORD_USER, .name = "user", .plural = "users", .label = {"用户", "User"}, .label_plural = {"用户", "Users"},
  FIELDS(fields), .states = FORCE_STATES, .first = FORCE_ACTIVE, TRANSITIONS(transitions), PERMISSIONS(permissions),
  .holders = {{USER_UNIT, RELATION_LEAD}}, .group = GROUP_PEOPLE, .title = USER_NAME};
