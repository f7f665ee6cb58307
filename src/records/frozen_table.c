/* The frozen table 冻结表: the figures of every problem of a campaign at a cut-off moment, true at one journal number, with the hash that
   proves them. The lines themselves stand beside the store (rules/frozen.h). Written by the program only; it never changes, but for the
   counts of records destroyed since and of correction slips. */
#include "records/types.h"

static const struct field fields[] = {
  {FROZEN_NAME, "name", {"名称", "Name"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, 1, 120},
  {FROZEN_ROUND, "round", {"轮次", "Round"}, F_REFERENCE, FIELD_LISTED | FIELD_FIXED, .target = RECORD_ROUND},
  {FROZEN_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_CAMPAIGN},
  {FROZEN_CUTOFF, "cutoff", {"数据截止时刻", "Cut-off moment"}, F_MOMENT, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED},
  {FROZEN_JOURNAL, "journal_number", {"日志号", "Journal number"}, F_INTEGER, FIELD_REQUIRED | FIELD_FIXED},
  {FROZEN_DEFINITIONS, "definitions", {"口径版本", "Definitions' version"}, F_INTEGER, FIELD_REQUIRED | FIELD_FIXED},
  {FROZEN_COUNT, "lines", {"问题条数", "Problems"}, F_INTEGER, FIELD_REQUIRED | FIELD_FIXED},
  {FROZEN_HASH, "hash", {"内容散列", "Content hash"}, F_TEXT, FIELD_REQUIRED | FIELD_FIXED, 64, 64},
  {FROZEN_FORMAT, "format", {"格式", "Format"}, F_INTEGER, FIELD_REQUIRED | FIELD_FIXED | FIELD_HIDDEN},
  {FROZEN_TOTALS, "totals", {"合计", "Totals"}, F_LONG_TEXT, FIELD_REQUIRED | FIELD_FIXED, 2, 20000},
  {FROZEN_BY, "frozen_by", {"冻结人", "Frozen by"}, F_REFERENCE, FIELD_FIXED, .target = RECORD_USER},
  {FROZEN_DESTROYED, "destroyed", {"其后销毁的记录", "Records destroyed since"}, F_INTEGER, FIELD_DERIVED, .preset = 0, .has_preset = true},
  {FROZEN_SLIPS, "slips", {"更正单数", "Correction slips"}, F_INTEGER, FIELD_DERIVED, .preset = 0, .has_preset = true},
};
static const struct transition transitions[] = {
  {0, ACTION_CREATE, FORCE_ACTIVE, ROLE(ROLE_CLOCK), RELATION_ANY, .effects = {EFFECT_FREEZE}, .label = {"冻结", "Freeze"}}, /* only as an effect of freezing a round */
};
static const struct permission permissions[] = {{ROLE(ROLE_OFFICE) | ROLE(ROLE_LEADER) | ROLE(ROLE_REVIEWER), RELATION_ANY, MAY_READ | MAY_EXPORT}};
static const uint16_t indexes[][3] = {{FROZEN_ROUND}};
const struct record_type TYPE_FROZEN_TABLE = {
  .id = RECORD_FROZEN_TABLE, .name = "frozen_table", .plural = "frozen_tables", .label = {"冻结表", "Frozen table"}, .label_plural = {"冻结表", "Frozen tables"},
  FIELDS(fields), .states = FORCE_STATES, .first = FORCE_ACTIVE, TRANSITIONS(transitions), PERMISSIONS(permissions), .group = GROUP_ROUNDS, .title = FROZEN_NAME, INDEXES(indexes)};
