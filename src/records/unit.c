/* The unit 单位: an organisation that leads, joins or watches; a tree, each node in force from one date to another. Units are never
   deleted: old records keep the unit that held them. */
#include "records/types.h"

static const struct choice kinds[] = { /* PRACTICE.md, demo city */
  {UNIT_KIND_PARTY, "party", {"市委机关及直属", "Party bodies"}}, {UNIT_KIND_PEOPLE, "people", {"人大政协纪委法检", "Congress, conference, courts"}}, {UNIT_KIND_GOVERNMENT, "government", {"市政府机关", "Government departments"}},
  {UNIT_KIND_ZONE, "zone", {"管委会派出", "Zones"}}, {UNIT_KIND_MASS, "mass", {"群团", "Mass organisations"}}, {UNIT_KIND_DISTRICT, "district", {"区", "District"}}, {UNIT_KIND_ENTERPRISE, "enterprise", {"市管国企", "City enterprises"}},
  {UNIT_KIND_FINANCE, "finance", {"市管金融", "City finance"}}, {UNIT_KIND_UNIVERSITY, "university", {"高校", "Universities"}}, {UNIT_KIND_HOSPITAL, "hospital", {"市级医疗", "City hospitals"}},
  {UNIT_KIND_INSTITUTION, "institution", {"科研文化媒体事业", "Research, culture, media"}}, {UNIT_KIND_DUAL, "dual", {"双重管理", "Dual administration"}}, {UNIT_KIND_TWO_NEW, "two_new", {"两新工委", "Two-new committees"}},
  {UNIT_KIND_STREET, "street", {"街镇", "Street or town"}}, {UNIT_KIND_VILLAGE, "village", {"村居", "Village or neighbourhood"}}, {UNIT_KIND_CITY, "city", {"市", "City"}}, {0}};
static const struct choice successions[] = {{SUCCESSION_MERGED, "merged", {"并入", "Merged"}}, {SUCCESSION_SPLIT, "split", {"分立", "Split"}}, {0}};
static const struct field fields[] = {
  {UNIT_NAME, "name", {"单位名称", "Name"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED | FIELD_PINYIN, 2, 80},
  {UNIT_SHORT_NAMES, "short_names", {"简称别名", "Short names"}, F_TEXT, FIELD_SEARCHED | FIELD_PINYIN, 0, 1000},
  {UNIT_PARENT, "parent", {"上级单位", "Parent unit"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_UNIT},
  {UNIT_KIND, "kind", {"单位类别", "Kind"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED, .choices = kinds},
  {UNIT_VALID_FROM, "valid_from", {"启用日期", "Valid from"}, F_DATE, 0},
  {UNIT_VALID_TO, "valid_to", {"停用日期", "Valid to"}, F_DATE, 0},
  {UNIT_CODE, "code", {"统一社会信用代码", "Credit code"}, F_TEXT, 0, 0, 18}, /* GB 32100-2015 */
  {UNIT_MAY_HOLD, "may_hold", {"可承担任务", "May hold tasks"}, F_YES_NO, 0, .preset = 1, .has_preset = true}, /* PRACTICE.md: 村居 may not */
  {UNIT_ORDER, "order", {"排序", "Order"}, F_INTEGER, FIELD_LISTED, 0, 1000000, .preset = 0, .has_preset = true},
  {UNIT_SUCCESSORS, "successors", {"承接单位(首个接在办事项)", "Successors (the first takes open work)"}, F_REFERENCES, 0, .target = RECORD_UNIT, .writers = ROLE(ROLE_CLOCK)}, /* the first takes what is open */
  {UNIT_SUCCEEDED_ON, "succeeded_on", {"合并分立日期", "Merged or split on"}, F_DATE, 0, .writers = ROLE(ROLE_CLOCK)},
  {UNIT_SUCCESSION, "succession", {"合并分立", "Succession"}, F_CHOICE, FIELD_DERIVED, .choices = successions},
  {UNIT_PREDECESSORS, "predecessors", {"承继自", "Succeeds"}, F_REFERENCES, FIELD_DERIVED, .target = RECORD_UNIT}, /* what they left is in reach of its people */
  {UNIT_OUTLINE, "outline", {"区划轮廓", "Outline"}, F_LONG_TEXT, FIELD_DERIVED | FIELD_HIDDEN, 0, 8000}, /* drawn, never read as text */
  {UNIT_LEFT, "left_to_move", {"待移交事项", "Open items left to move"}, F_INTEGER, FIELD_DERIVED},
};
/* A unit has no states: these may be done to it at any time. Open items pass to the first successor; old records keep their unit. */
#define OFFICE ROLE(ROLE_OFFICE)
static const struct transition transitions[] = {
  {0, ACTION_CREATE, STATE_NONE, OFFICE | ROLE(ROLE_SYSTEM_ADMINISTRATOR), RELATION_ANY, {GUARD_UNIT_TREE}, .label = {"新建单位", "New unit"}},
  {0, ACTION_MERGE, STATE_NONE, OFFICE, RELATION_ANY, {GUARD_SUCCESSORS}, {UNIT_SUCCESSORS, UNIT_SUCCEEDED_ON}, {EFFECT_SUCCEED}, .reason = true, .label = {"并入其他单位", "Merge into another unit"}},
  {0, ACTION_SPLIT, STATE_NONE, OFFICE, RELATION_ANY, {GUARD_SUCCESSORS}, {UNIT_SUCCESSORS, UNIT_SUCCEEDED_ON}, {EFFECT_SUCCEED}, .reason = true, .label = {"分立", "Split into others"}},
  {0, ACTION_EDIT, STATE_NONE, OFFICE | ROLE(ROLE_SYSTEM_ADMINISTRATOR), RELATION_ANY, {GUARD_UNIT_ENDS, GUARD_UNIT_TREE}, .label = {"修改", "Edit"}},
  {0, ACTION_SET_OUTLINE, STATE_NONE, ROLE(ROLE_SYSTEM_ADMINISTRATOR), RELATION_ANY, {GUARD_OUTLINE}, .takes = {UNIT_OUTLINE}, .label = {"更新区划轮廓", "Set its outline"}}, /* from a GeoJSON file: exchange/geojson.h */
  {0, ACTION_HAND_OVER, STATE_NONE, OFFICE, RELATION_ANY, {GUARD_SUCCESSORS}, .effects = {EFFECT_SUCCEED}, .label = {"继续移交", "Go on moving open items"}},
};
static const struct permission permissions[] = {
  {ROLES_ALL, RELATION_ANY, MAY_READ}, {ROLE(ROLE_OFFICE) | ROLE(ROLE_SYSTEM_ADMINISTRATOR), RELATION_ANY, MAY_CREATE | MAY_EDIT | MAY_EXPORT}};
static const uint16_t sorts[] = {UNIT_ORDER};
const struct record_type TYPE_UNIT = {
  .id = RECORD_UNIT, .name = "unit", .plural = "units", .label = {"单位", "Unit"}, .label_plural = {"单位", "Units"},
  FIELDS(fields), TRANSITIONS(transitions), PERMISSIONS(permissions), .group = GROUP_PEOPLE, .title = UNIT_NAME, SORTS(sorts)};
