/* The calendar day 日历: a date that is not what its weekday says: a holiday, or a weekend to be worked. With the notice that says so. */
#include "records/types.h"

static const struct choice kinds[] = {{DAY_OFF, "off", {"休息", "Off"}}, {DAY_WORK, "work", {"上班", "Work"}}, {0}};
static const struct field fields[] = {
  {CALENDAR_DAY_DATE, "date", {"日期", "Date"}, F_DATE, FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LISTED | FIELD_FIXED},
  {CALENDAR_DAY_KIND, "kind", {"类型", "Kind"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED, .choices = kinds},
  {CALENDAR_DAY_NAME, "name", {"名称", "Name"}, F_TEXT, FIELD_REQUIRED, 1, 40},
  {CALENDAR_DAY_NOTICE, "notice", {"依据", "Source notice"}, F_TEXT, FIELD_REQUIRED, 1, 200},
};
#define KEEPERS (ROLE(ROLE_OFFICE) | ROLE(ROLE_SYSTEM_ADMINISTRATOR))
static const struct permission permissions[] = {{ROLES_ALL, RELATION_ANY, MAY_READ}, {KEEPERS, RELATION_ANY, MAY_CREATE | MAY_EDIT | MAY_EXPORT}};
static const uint16_t sorts[] = {CALENDAR_DAY_DATE};
const struct record_type TYPE_CALENDAR_DAY = {
  .id = RECORD_CALENDAR_DAY, .name = "calendar_day", .plural = "calendar_days", .label = {"日历", "Calendar day"}, .label_plural = {"日历", "Calendar days"},
  FIELDS(fields), PERMISSIONS(permissions), .group = GROUP_RULES, .title = CALENDAR_DAY_NAME, SORTS(sorts)};
