/* The evidence 佐证: a file (kept by content hash), a note, or data that shows what was done: an indicator, a site, the appeals curve, a
   call-back. The day it was taken is not the day it was handed in. */
#include "records/types.h"

static const struct choice phases[] = {{PHASE_BEFORE, "before", {"整改前", "Before"}}, {PHASE_DURING, "during", {"整改中", "During"}}, {PHASE_AFTER, "after", {"整改后", "After"}}, {0}};
static const struct choice kinds[] = { /* PRACTICE.md, closing by risk: data counts as proof, so that nobody photographs for the file */
  {EVIDENCE_KIND_FILE, "file", {"文件或说明", "File or note"}}, {EVIDENCE_KIND_INDICATOR, "indicator", {"指标数据", "Indicator"}}, {EVIDENCE_KIND_SITE, "site", {"点位进度", "Site"}},
  {EVIDENCE_KIND_APPEALS, "appeals_curve", {"诉求量曲线", "Appeals curve"}}, {EVIDENCE_KIND_CALL_BACK, "call_back", {"回访", "Call-back"}}, {0}};
static const struct field fields[] = {
  {EVIDENCE_PROBLEM, "problem", {"问题", "Problem"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_PROBLEM},
  {EVIDENCE_MEASURE, "measure", {"措施", "Measure"}, F_REFERENCE, FIELD_FIXED, .target = RECORD_MEASURE},
  {EVIDENCE_CYCLE, "cycle", {"第几次整改", "Cycle"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED, .preset = 1, .has_preset = true},
  {EVIDENCE_KIND, "kind", {"佐证类型", "Kind"}, F_CHOICE, FIELD_FIXED, .choices = kinds, .preset = EVIDENCE_KIND_FILE, .has_preset = true},
  {EVIDENCE_OF_TYPE, "of_type", {"依据(类型)", "Of what type"}, F_CHOICE, FIELD_FIXED, .choices = RECORD_CHOICES},
  {EVIDENCE_OF_ID, "of_id", {"依据", "Of what"}, F_INTEGER, FIELD_FIXED},
  {EVIDENCE_TITLE, "title", {"佐证名称", "Title"}, F_TEXT, FIELD_REQUIRED | FIELD_SEARCHED, 1, 200},
  {EVIDENCE_FILE, "file", {"文件", "File"}, F_FILE, FIELD_FIXED},
  {EVIDENCE_FILE_NAME, "file_name", {"文件名", "File name"}, F_TEXT, FIELD_FIXED, 0, 200},
  {EVIDENCE_MEDIA_TYPE, "media_type", {"文件类型", "Media type"}, F_TEXT, FIELD_FIXED, 0, 100},
  {EVIDENCE_SIZE, "size", {"大小", "Size"}, F_INTEGER, FIELD_FIXED, 0, INT64_C(1) << 40},
  {EVIDENCE_TAKEN_ON, "taken_on", {"取得日期", "Taken on"}, F_DATE, 0},
  {EVIDENCE_TAKEN_AT, "taken_at", {"拍摄时间", "Taken at"}, F_MOMENT, FIELD_FIXED},
  {EVIDENCE_POINT, "point", {"拍摄地点", "Taken where"}, F_POINT, FIELD_FIXED},
  {EVIDENCE_PICTURE_HASH, "picture_hash", {"图片指纹", "Hash of the picture"}, F_TEXT, FIELD_DERIVED | FIELD_HIDDEN, 0, 64},
  {EVIDENCE_NOTE, "note", {"说明", "Note"}, F_LONG_TEXT, FIELD_SEARCHED, 0, 5000},
  {EVIDENCE_PHASE, "phase", {"前后", "Before or after"}, F_CHOICE, 0, .choices = phases, .preset = PHASE_AFTER, .has_preset = true},
};
#define GIVERS (ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD) | ROLE(ROLE_OFFICE) | ROLE(ROLE_ACCEPTOR))
static const struct transition transitions[] = {
  {0, ACTION_CREATE, STATE_NONE, GIVERS, RELATION_PARENT, {GUARD_SAME_PROBLEM, GUARD_PLACEHOLDER}, .effects = {EFFECT_PICTURE}, .label = {"提交佐证", "Add evidence"}},
};
static const struct permission permissions[] = {{ROLES_BUSINESS, RELATION_PARENT, MAY_READ}, {GIVERS, RELATION_PARENT, MAY_CREATE}};
static const uint16_t indexes[][3] = {{EVIDENCE_PROBLEM}, {EVIDENCE_FILE}, {EVIDENCE_PICTURE_HASH}};
const struct record_type TYPE_EVIDENCE = {
  .id = RECORD_EVIDENCE, .name = "evidence", .plural = "evidences", .label = {"佐证", "Evidence"}, .label_plural = {"佐证", "Evidence"},
  FIELDS(fields), TRANSITIONS(transitions), PERMISSIONS(permissions), .parent = EVIDENCE_PROBLEM, .affects = {EVIDENCE_PROBLEM}, .together = TOGETHER_VOID | TOGETHER_CORRECT | TOGETHER_DESTROY, .group = GROUP_WORK, .title = EVIDENCE_TITLE, INDEXES(indexes)};
