/* The import mapping 导入对照: which column of a unit's file is which field, which words are which category or unit, which row which problem.
   Its name, never the file's, is the source of what it brings in. */
#include "records/types.h"

static const struct choice matches[] = {{MATCH_NUMBER, "number", {"按原表编号", "By the file's number"}}, {MATCH_TITLE, "title", {"按单位和问题", "By unit and problem"}}, {0}};
static const struct field fields[] = {
  {IMPORT_MAPPING_NAME, "name", {"名称", "Name"}, F_TEXT, FIELD_REQUIRED | FIELD_UNIQUE | FIELD_LISTED | FIELD_FIXED, 1, 40},
  {IMPORT_MAPPING_TYPE, "type", {"导入到", "Into"}, F_CHOICE, FIELD_REQUIRED | FIELD_FIXED, .choices = RECORD_CHOICES},
  {IMPORT_MAPPING_COLUMNS, "columns", {"列对照", "Columns"}, F_LONG_TEXT, FIELD_REQUIRED, 2, 10000},
  {IMPORT_MAPPING_KEY, "key", {"编号列", "Key column"}, F_TEXT, FIELD_REQUIRED, 1, 80},
  {IMPORT_MAPPING_UNIT, "unit", {"所属单位", "Unit"}, F_REFERENCE, FIELD_LISTED, .target = RECORD_UNIT},
  {IMPORT_MAPPING_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, 0, .target = RECORD_CAMPAIGN},
  {IMPORT_MAPPING_MATCH, "match", {"认行办法", "How rows are known again"}, F_CHOICE, 0, .choices = matches},
  {IMPORT_MAPPING_CHOICES, "choices", {"认行选择", "Rows told by hand"}, F_LONG_TEXT, 0, 0, 20000},
  {IMPORT_MAPPING_CATEGORIES, "categories", {"类别对照", "Categories"}, F_LONG_TEXT, 0, 0, 20000},
  {IMPORT_MAPPING_UNITS, "units", {"单位对照", "Units"}, F_LONG_TEXT, 0, 0, 20000},
  {IMPORT_MAPPING_CATEGORY, "category", {"没写明时的类别", "Category where none is said"}, F_CHOICE, 0, .choices = CATEGORY_CHOICES},
  {IMPORT_MAPPING_SOURCE, "source", {"没写明时的来源", "Source where none is said"}, F_CHOICE, 0, .choices = SOURCE_CHOICES},
  {IMPORT_MAPPING_NOTE, "note", {"说明", "Note"}, F_LONG_TEXT, 0, 0, 5000},
};
/* Those of a unit are that unit's own; without a unit they are the office's, and serve whoever names them. */
static const struct permission permissions[] = {
  {ROLES_BUSINESS, RELATION_ANY, MAY_READ}, {ROLE(ROLE_OFFICE) | ROLE(ROLE_HOTLINE), RELATION_ANY, MAY_CREATE | MAY_EDIT},
  {ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD) | ROLE(ROLE_DISTRICT_OFFICE), RELATION_LEAD, MAY_CREATE | MAY_EDIT}};
static const uint16_t indexes[][3] = {{IMPORT_MAPPING_UNIT}};
const struct record_type TYPE_IMPORT_MAPPING = {
  .id = RECORD_IMPORT_MAPPING, .name = "import_mapping", .plural = "import_mappings", .label = {"导入对照", "Import mapping"}, .label_plural = {"导入对照", "Import mappings"},
  FIELDS(fields), PERMISSIONS(permissions), .holders = {{IMPORT_MAPPING_UNIT, RELATION_LEAD}}, .together = TOGETHER_DESTROY, .group = GROUP_RULES, .title = IMPORT_MAPPING_NAME, INDEXES(indexes)};
