/* The draw 抽查方案: a sample of a campaign's problems, stratified, that nobody can choose to his liking (DOMAIN.md 13; PRACTICE.md,
   definitions). It goes in two steps. Announced, it says from what, how many and by which strata, and is sealed in the journal, whose entry
   carries salt that nobody knew before. Drawn, its seed is made from the journal's root up to that very entry: known to nobody when it was
   announced, to everybody afterwards. What was announced stays on the list, so nobody announces until he likes one. rules/draws.h has the
   algorithm, and reckons it again. */
#include "records/types.h"

static const struct choice froms[] = {{DRAW_FROM_CLOSED, "closed", {"已销号的问题", "Closed problems"}}, {DRAW_FROM_OPEN, "open", {"未销号的问题", "Problems not closed"}}, {DRAW_FROM_ALL, "all", {"全部计数的问题", "All that count"}}, {0}};
static const struct choice strata[] = {{STRATUM_UNIT, "unit", {"牵头单位", "Lead unit"}}, {STRATUM_COLOUR, "colour", {"颜色", "Colour"}}, {STRATUM_AGE, "age", {"入库时长", "Age"}}, {0}};
static const struct choice algorithms[] = {{DRAW_ALGORITHM_1, "systematic_1", {"分层等距抽样第 1 版", "Systematic by strata, version 1"}}, {0}};
static const struct field fields[] = {
  {DRAW_TITLE, "title", {"名称", "Title"}, F_TEXT, FIELD_REQUIRED | FIELD_LISTED | FIELD_SEARCHED | FIELD_FIXED, 2, 120},
  {DRAW_CAMPAIGN, "campaign", {"专项工作", "Campaign"}, F_REFERENCE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .target = RECORD_CAMPAIGN},
  {DRAW_FROM, "from", {"抽取范围", "Drawn from"}, F_CHOICE, FIELD_REQUIRED | FIELD_LISTED | FIELD_FIXED, .choices = froms, .preset = DRAW_FROM_CLOSED, .has_preset = true},
  {DRAW_SHARE, "share", {"抽取比例", "Share"}, F_WEIGHT, FIELD_FIXED, 1, 10000},
  {DRAW_HOW_MANY, "how_many", {"抽取件数", "How many"}, F_INTEGER, FIELD_FIXED, 1, 500},
  {DRAW_STRATA_BY, "strata_by", {"分层依据", "Strata by"}, F_CHOICES, FIELD_REQUIRED | FIELD_FIXED, .choices = strata, .preset = 1 << STRATUM_UNIT | 1 << STRATUM_COLOUR, .has_preset = true},
  {DRAW_NOTE, "note", {"说明", "Note"}, F_TEXT, FIELD_FIXED, 0, 300},
  {DRAW_ALGORITHM, "algorithm", {"抽样算法", "Algorithm"}, F_CHOICE, FIELD_DERIVED, .choices = algorithms},
  {DRAW_ANNOUNCED_ON, "announced_on", {"公布日期", "Announced on"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {DRAW_ANNOUNCED_BY, "announced_by", {"公布人", "Announced by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {DRAW_POPULATION, "population", {"总体(件)", "Population"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED},
  {DRAW_SAMPLE, "sample", {"样本(件)", "Sample"}, F_INTEGER, FIELD_DERIVED | FIELD_LISTED},
  {DRAW_SEED, "seed", {"种子", "Seed"}, F_TEXT, FIELD_DERIVED, 0, 64},
  {DRAW_ROOT, "root", {"公布时的存证根", "Root of the journal at its announcement"}, F_TEXT, FIELD_DERIVED, 0, 64},
  {DRAW_DRAWN_ON, "drawn_on", {"抽取日期", "Drawn on"}, F_DATE, FIELD_DERIVED | FIELD_LISTED},
  {DRAW_DRAWN_BY, "drawn_by", {"抽取人", "Drawn by"}, F_REFERENCE, FIELD_DERIVED, .target = RECORD_USER},
  {DRAW_STRATA, "strata", {"各层", "Strata"}, F_LONG_TEXT, FIELD_DERIVED | FIELD_HIDDEN, 0, 400000},
  {DRAW_PROBLEMS, "problems", {"抽中的问题", "Problems drawn"}, F_LONG_TEXT, FIELD_DERIVED | FIELD_HIDDEN, 0, 20000},
};
static const struct state_name states[] = {{DRAW_ANNOUNCED, "announced", {"已公布,待抽取", "Announced"}}, {DRAW_DRAWN, "drawn", {"已抽取", "Drawn"}, true}, {0}};
#define DRAWERS (ROLE(ROLE_OFFICE) | ROLE(ROLE_REVIEWER))
static const struct transition transitions[] = {
  {0, ACTION_CREATE, DRAW_ANNOUNCED, DRAWERS, RELATION_ANY, {GUARD_DRAW_FITS}, .effects = {EFFECT_DRAW_OPEN}, .label = {"公布抽查方案", "Announce a draw"}, .source = "DOMAIN.md, 13"},
  {DRAW_ANNOUNCED, ACTION_DRAW, DRAW_DRAWN, DRAWERS, RELATION_ANY, .effects = {EFFECT_DRAW_SAMPLE}, .label = {"抽取", "Draw"}},
};
static const struct permission permissions[] = {{DRAWERS | ROLE(ROLE_LEADER) | ROLE(ROLE_ACCEPTOR), RELATION_ANY, MAY_READ | MAY_EXPORT}, {DRAWERS, RELATION_ANY, MAY_CREATE}};
static const uint16_t sorts[] = {DRAW_ANNOUNCED_ON};
const struct record_type TYPE_DRAW = {
  .id = RECORD_DRAW, .name = "draw", .plural = "draws", .label = {"抽查方案", "Draw"}, .label_plural = {"抽查方案", "Draws"},
  FIELDS(fields), .states = states, .first = DRAW_ANNOUNCED, TRANSITIONS(transitions), PERMISSIONS(permissions), .waits = WAITS_EACH, .group = GROUP_FLOW, .title = DRAW_TITLE, SORTS(sorts)};
