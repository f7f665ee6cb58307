/* Counts, rates and tables over the figures of appeals (appeal_rates.h). To add a count: a code, a row, a function. What was excluded
   leaves n and stands beside as X; what was excluded before anybody was reached is not to be called at all. */
#include "rules/appeal_rates.h"

#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "base/sorted.h"

/* ---- what an appeal counts as ---- */

static bool has(const struct appeal_figure *figure, unsigned flags) { return (figure->flags & flags) != 0; }
static bool within(int64_t day, const struct cut *cut) { return (cut->from == FIGURE_NO_DATE || day >= cut->from) && day <= cut->to; }

static bool answered(const struct appeal_figure *figure, const struct cut *cut) {
  return figure->answered != APPEAL_NO_DATE && !has(figure, APPEAL_FLAG_HISTORIC | APPEAL_FLAG_VOIDED) && within(figure->answered, cut);
}
static bool was_reached(const struct appeal_figure *figure) {
  return figure->called == CALLED_CONTACTED || figure->called == CALLED_NOT_CONTACTED;
}
static bool to_call(const struct appeal_figure *figure, const struct cut *cut) {
  return answered(figure, cut) && (was_reached(figure) || !has(figure, APPEAL_FLAG_EXCLUDED));
}
static bool reached(const struct appeal_figure *figure, const struct cut *cut) { return to_call(figure, cut) && was_reached(figure); }
static bool excluded(const struct appeal_figure *figure, const struct cut *cut) {
  return reached(figure, cut) && has(figure, APPEAL_FLAG_EXCLUDED);
}
static bool valid(const struct appeal_figure *figure, const struct cut *cut) {
  return reached(figure, cut) && !has(figure, APPEAL_FLAG_EXCLUDED);
}
static bool contacted(const struct appeal_figure *figure, const struct cut *cut) {
  return valid(figure, cut) && figure->called == CALLED_CONTACTED;
}
static bool solved(const struct appeal_figure *figure, const struct cut *cut) {
  return valid(figure, cut) && figure->outcome == OUTCOME_SOLVED;
}
static bool explained(const struct appeal_figure *figure, const struct cut *cut) {
  return valid(figure, cut) && figure->outcome == OUTCOME_EXPLAINED;
}
static bool satisfied(const struct appeal_figure *figure, const struct cut *cut) {
  return valid(figure, cut) && figure->satisfaction == SATISFIED;
}
static bool fairly(const struct appeal_figure *figure, const struct cut *cut) {
  return valid(figure, cut) && figure->satisfaction == SATISFIED_FAIRLY;
}
static bool dissatisfied(const struct appeal_figure *figure, const struct cut *cut) {
  return valid(figure, cut) && figure->satisfaction == DISSATISFIED;
}
static bool answered_in_time(const struct appeal_figure *figure, const struct cut *cut) {
  return answered(figure, cut) && figure->lateness == LATENESS_DONE_IN_TIME;
}

/* 先行联系 by the program's clock: of what fell due for contact within the period. */
static bool contact_due(const struct appeal_figure *figure, const struct cut *cut) {
  return figure->contact_due != NOTHING && !has(figure, APPEAL_FLAG_HISTORIC | APPEAL_FLAG_VOIDED) &&
         within(date_of_moment(figure->contact_due), cut);
}
static bool contact_in_time(const struct appeal_figure *figure, const struct cut *cut) {
  return contact_due(figure, cut) && figure->contacted != NOTHING && figure->contacted <= figure->contact_due;
}

const struct appeal_count_definition APPEAL_COUNT_DEFINITIONS[APPEAL_COUNTS] = {
  [COUNT_TO_CALL] = {"to_call", {"应回访", "To call"}, {"R:期内答复的诉求;未接通就已剔除的不算", "R: answered within the period, but for what was excluded before anybody was reached"}, to_call},
  [COUNT_REACHED] = {"reached", {"已接通", "Reached"}, {"V:回访接通", "V: a call-back was reached"}, reached},
  [COUNT_EXCLUDED] = {"excluded", {"已剔除", "Excluded"}, {"X:接通的里面经审批剔除的", "X: of those reached, excluded by approval"}, excluded},
  [COUNT_VALID] = {"n", {"有效回访", "n"}, {"n = V − X", "n = V − X"}, valid},
  [COUNT_CONTACTED] = {"contacted", {"已联系", "Contacted"}, {"诉求人说单位联系过", "the person says that the unit had been in touch"}, contacted},
  [COUNT_SOLVED] = {"solved", {"实际解决", "Really solved"}, {"诉求人说已实际解决", "the person says that it is really solved"}, solved},
  [COUNT_SATISFIED] = {"satisfied", {"满意", "Satisfied"}, {"诉求人表示满意", "the person is satisfied"}, satisfied},
  [COUNT_FAIRLY] = {"fairly", {"基本满意", "Fairly satisfied"}, {"诉求人表示基本满意", "the person is fairly satisfied"}, fairly},
  [COUNT_DISSATISFIED] = {"dissatisfied", {"不满意", "Dissatisfied"}, {"诉求人表示不满意", "the person is dissatisfied"}, dissatisfied},
  [COUNT_EXPLAINED] = {"explained", {"解释说明", "Explained"}, {"只作了解释,不算解决", "explained only, which is not solved"}, explained},
  [COUNT_CONTACT_DUE] = {"contact_due", {"应先行联系", "Contact fell due"}, {"先行联系期限在期内", "the clock of contact ended within the period"}, contact_due},
  [COUNT_CONTACT_IN_TIME] = {"contact_in_time", {"按时联系", "Contacted in time"}, {"按系统时间在期限内联系", "contacted in time by the program's clock"}, contact_in_time},
  [COUNT_ANSWERED] = {"answered", {"已答复", "Answered"}, {"期内答复", "answered within the period"}, answered},
  [COUNT_ANSWERED_IN_TIME] = {"answered_in_time", {"按期答复", "Answered in time"}, {"在期限内答复", "answered before its clock ended"}, answered_in_time},
};
_Static_assert(sizeof APPEAL_COUNT_DEFINITIONS / sizeof *APPEAL_COUNT_DEFINITIONS == APPEAL_COUNTS, "a row each");

const struct appeal_rate APPEAL_RATE_DEFINITIONS[APPEAL_RATES] = { /* PRACTICE.md; 北京市接诉即办工作条例第三十二条 */
  {"response", {"响应率", "Response"}, {"已联系 / n(回访口径)", "contacted / n, as people say"}, COUNT_CONTACTED, COUNT_VALID},
  {"solution", {"解决率", "Solution"}, {"实际解决 / n(解释说明不算解决)", "really solved / n; explained is not solved"}, COUNT_SOLVED, COUNT_VALID},
  {"satisfaction", {"满意率", "Satisfaction"}, {"(满意 + 0.9 × 基本满意)/(满意 + 基本满意 + 不满意)", "(satisfied + 0.9 × fairly) / (satisfied + fairly + dissatisfied)"}, COUNT_SATISFIED, COUNT_VALID},
  {"combined", {"综合", "Combined"}, {"响应 10% + 解决 50% + 满意 40%(权重由口径定)", "response 10 %, solution 50 %, satisfaction 40 %, by the policy"}, COUNT_VALID, COUNT_VALID, true},
  {"contact", {"先行联系率", "Contacted first"}, {"按时联系 / 应先行联系(系统时间,不是响应率)", "contacted in time / fell due for contact; by the program's clock, and not the response rate"}, COUNT_CONTACT_IN_TIME, COUNT_CONTACT_DUE},
  {"in_time", {"按期答复率", "Answered in time"}, {"按期答复 / 已答复", "answered in time / answered"}, COUNT_ANSWERED_IN_TIME, COUNT_ANSWERED},
};

bool appeal_count_named(const char *name, enum appeal_count *count) {
  for (int i = 0; name && i < APPEAL_COUNTS; i++)
    if (strcmp(APPEAL_COUNT_DEFINITIONS[i].name, name) == 0) {
      *count = (enum appeal_count)i;
      return true;
    }
  return false;
}

struct call_backs appeal_call_backs(const int64_t counts[APPEAL_COUNTS]) {
  return (struct call_backs){.to_call = counts[COUNT_TO_CALL],
                             .reached = counts[COUNT_REACHED],
                             .excluded = counts[COUNT_EXCLUDED],
                             .contacted = counts[COUNT_CONTACTED],
                             .solved = counts[COUNT_SOLVED],
                             .satisfied = counts[COUNT_SATISFIED],
                             .fairly = counts[COUNT_FAIRLY],
                             .dissatisfied = counts[COUNT_DISSATISFIED]};
}

/* ---- groups ---- */

static const char *const BY_NAMES[] = {[RATE_BY_UNIT] = "unit", [RATE_BY_CATEGORY] = "category", [RATE_BY_KIND] = "kind", [RATE_BY_ORIGIN] = "origin"};
bool rate_by_named(const char *name, enum rate_by *by) {
  for (int i = RATE_BY_UNIT; i <= RATE_BY_ORIGIN; i++)
    if (strcmp(BY_NAMES[i], name) == 0) {
      *by = (enum rate_by)i;
      return true;
    }
  return false;
}

int64_t appeal_figure_group(const struct appeal_figure *figure, enum rate_by by) {
  switch (by) {
    case RATE_BY_UNIT: return figure->unit;
    case RATE_BY_CATEGORY: return figure->category;
    case RATE_BY_KIND: return figure->kind;
    case RATE_BY_ORIGIN: return figure->origin;
    default: return 0;
  }
}

/* Sorted by key, so one is found by halving; a new one is put in its place. Units come all at the start. */
static size_t group_place(const struct rate_table *table, int64_t key) {
  return SORTED_PLACE(table->groups, table->count, key, key);
}

static struct rate_group *group_get(struct rate_table *table, int64_t key) {
  size_t at = group_place(table, key);
  if (at < table->count && table->groups[at].key == key) return &table->groups[at];
  HEAP_ROOM(table->groups, table->count, table->room, 64);
  memmove(&table->groups[at + 1], &table->groups[at], (table->count - at) * sizeof *table->groups);
  table->groups[at] = (struct rate_group){.key = key};
  table->count++;
  return &table->groups[at];
}

void rate_table_begin(struct rate_table *table, enum rate_by by, const struct cut *cut, const struct unit_above *units, size_t unit_count) {
  *table = (struct rate_table){.by = by, .cut = *cut};
  for (size_t i = 0; by == RATE_BY_UNIT && i < unit_count; i++) group_get(table, units[i].unit)->parent = units[i].parent;
}

static void table_change(struct rate_table *table, const struct appeal_figure *figure, int by) {
  struct rate_group *group = NULL;
  if (!answered(figure, &table->cut) && !contact_due(figure, &table->cut)) return; /* every count is of the one or the other */
  if (table->by != RATE_BY_NONE) group = group_get(table, appeal_figure_group(figure, table->by));
  for (int i = 0; i < APPEAL_COUNTS; i++) {
    int step = APPEAL_COUNT_DEFINITIONS[i].holds(figure, &table->cut) ? by : 0;
    table->all.own[i] += step;
    if (group) group->own[i] += step;
  }
}

void rate_table_add(struct rate_table *table, const struct appeal_figure *figure) { table_change(table, figure, 1); }
void rate_table_remove(struct rate_table *table, const struct appeal_figure *figure) { table_change(table, figure, -1); }

void rate_table_merge(struct rate_table *table, const struct rate_table *other) {
  for (int k = 0; k < APPEAL_COUNTS; k++) table->all.own[k] += other->all.own[k];
  for (size_t i = 0; i < other->count; i++) {
    struct rate_group *group = group_get(table, other->groups[i].key);
    for (int k = 0; k < APPEAL_COUNTS; k++) group->own[k] += other->groups[i].own[k];
  }
}

enum { TREE_DEPTH_MOST = 32 }; /* a ring in the tree ends there */

void rate_table_end(struct rate_table *table) {
  memcpy(table->all.below, table->all.own, sizeof table->all.own);
  for (size_t i = 0; i < table->count; i++) {
    struct rate_group *above = &table->groups[i];
    for (int depth = 0; above && depth < TREE_DEPTH_MOST; depth++) {
      for (int k = 0; k < APPEAL_COUNTS; k++) above->below[k] += table->groups[i].own[k];
      size_t at = above->parent ? group_place(table, above->parent) : table->count;
      above = at < table->count && table->groups[at].key == above->parent ? &table->groups[at] : NULL;
    }
  }
}

void rate_table_free(struct rate_table *table) {
  free(table->groups);
  table->groups = NULL;
  table->count = table->room = 0;
}
