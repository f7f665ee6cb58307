/* The unit 单位: an organisation that leads, joins or watches; a tree, each node in force from one date to another. Units are never
   deleted: old records keep the unit that held them. */
#include "records/types.h"

static const struct choice kinds[] = { /* PRACTICE.md, demo city */
  {1, "party", {"市委机关及直属", "Party bodies"}}, {2, "people", {"人大政协纪委法检", "Congress, conference, courts"}}, {3, "government", {"市政府机关", "Government departments"}},
  {4, "zone", {"管委会派出", "Zones"}}, {5, "mass", {"群团", "Mass organisations"}}, {6, "district", {"区", "District"}}, {7, "enterprise", {"市管国企", "City enterprises"}},
  {8, "finance", {"市管金融", "City finance"}}, {9, "university", {"高校", "Universities"}}, {10, "hospital", {"市级医疗", "City hospitals"}},
  {11, "institution", {"科研文化媒体事业", "Research, culture, media"}}, {12, "dual", {"双重管理", "Dual administration"}}, {13, "two_new", {"两新工委", "Two-new committees"}},
  {14, "street", {"街镇", "Street or town"}}, {15, "village", {"村居", "Village or neighbourhood"}}, {16, "city", {"市", "City"}}, {0}};
static const struct field fields[] = {
  {UNIT_NAME, "name", {"单位名称", "Name"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED, 2, 80},
  {UNIT_SHORT_NAMES, "short_names", {"简称别名", "Short names"}, F_TEXT, FIELD_SEARCHED, 0, 200},
  {UNIT_PARENT, "parent", {"上级单位", "Parent unit"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_UNIT},
  {UNIT_KIND, "kind", {"单位类别", "Kind"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED, .choices = kinds},
  {UNIT_VALID_FROM, "valid_from", {"启用日期", "Valid from"}, F_DATE, 0},
  {UNIT_VALID_TO, "valid_to", {"停用日期", "Valid to"}, F_DATE, 0},
  {UNIT_CODE, "code", {"统一社会信用代码", "Credit code"}, F_TEXT, 0, 0, 18}, /* GB 32100-2015 */
  {UNIT_MAY_HOLD, "may_hold", {"可承担任务", "May hold tasks"}, F_YES_NO, 0, .preset = 1, .has_preset = true}, /* PRACTICE.md: 村居 may not */
  {UNIT_ORDER, "order", {"排序", "Order"}, F_INTEGER, FIELD_LISTED, 0, 1000000, .preset = 0, .has_preset = true},
};
static const struct permission permissions[] = {
  {ROLES_ALL, RELATION_ANY, MAY_READ}, {ROLE(ROLE_OFFICE) | ROLE(ROLE_SYSTEM_ADMINISTRATOR), RELATION_ANY, MAY_CREATE | MAY_EDIT | MAY_EXPORT}};
static const uint16_t sorts[] = {UNIT_ORDER};
const struct record_type TYPE_UNIT = {
  .id = RECORD_UNIT, .name = "unit", .plural = "units", .label = {"单位", "Unit"}, .label_plural = {"单位", "Units"},
  FIELDS(fields), PERMISSIONS(permissions), .title = UNIT_NAME, SORTS(sorts)};
