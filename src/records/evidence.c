/* The evidence 佐证: a file (kept by content hash) or a fact that shows what was done. The day it was taken is not the day it was handed in. */
#include "records/types.h"

static const struct choice phases[] = {{PHASE_BEFORE, "before", {"整改前", "Before"}}, {PHASE_DURING, "during", {"整改中", "During"}}, {PHASE_AFTER, "after", {"整改后", "After"}}, {0}};
static const struct field fields[] = {
  {EVIDENCE_PROBLEM, "problem", {"问题", "Problem"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_PROBLEM},
  {EVIDENCE_MEASURE, "measure", {"措施", "Measure"}, F_REFERENCE, FIELD_FIXED, .target = RECORD_MEASURE},
  {EVIDENCE_CYCLE, "cycle", {"第几次整改", "Cycle"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED, .preset = 1, .has_preset = true},
  {EVIDENCE_TITLE, "title", {"佐证名称", "Title"}, F_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 1, 200},
  {EVIDENCE_FILE, "file", {"文件", "File"}, F_FILE, FIELD_FIXED},
  {EVIDENCE_FILE_NAME, "file_name", {"文件名", "File name"}, F_TEXT, FIELD_FIXED, 0, 200},
  {EVIDENCE_MEDIA_TYPE, "media_type", {"文件类型", "Media type"}, F_TEXT, FIELD_FIXED, 0, 100},
  {EVIDENCE_SIZE, "size", {"大小", "Size"}, F_INTEGER, FIELD_FIXED, 0, INT64_C(1) << 40},
  {EVIDENCE_TAKEN_ON, "taken_on", {"取得日期", "Taken on"}, F_DATE, 0},
  {EVIDENCE_NOTE, "note", {"说明", "Note"}, F_LONG_TEXT, FIELD_SEARCHED, 0, 5000},
  {EVIDENCE_PHASE, "phase", {"前后", "Before or after"}, F_CHOICE, 0, .choices = phases, .preset = PHASE_AFTER, .has_preset = true},
};
#define GIVERS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD) | ROLE(ROLE_OFFICE) | ROLE(ROLE_ACCEPTOR))
static const struct permission permissions[] = {{ROLES_BUSINESS, RELATION_PARENT, MAY_READ}, {GIVERS, RELATION_PARENT, MAY_CREATE}};
static const uint16_t indexes[][3] = {{EVIDENCE_PROBLEM}};
const struct record_type TYPE_EVIDENCE = {
  .id = RECORD_EVIDENCE, .name = "evidence", .plural = "evidences", .label = {"佐证", "Evidence"}, .label_plural = {"佐证", "Evidence"},
  FIELDS(fields), PERMISSIONS(permissions), .parent = EVIDENCE_PROBLEM, .affects = {EVIDENCE_PROBLEM}, .together = TOGETHER_VOID | TOGETHER_CORRECT | TOGETHER_DESTROY, .group = GROUP_WORK, .title = EVIDENCE_TITLE, INDEXES(indexes)};
