/* Values of the definitions, alone and by groups. One pass over the figures: each is asked once by every definition, and its answers are
   added where it belongs. Units are rolled up along the tree afterwards: a parent's `below` is its own and all under it. */
#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "base/sorted.h"
#include "rules/definitions.h"

/* ---- one ratio ---- */

int64_t ratio_rate(struct ratio ratio) {
  return ratio.denominator > 0 ? (int64_t)((__int128)ratio.numerator * 10000 / ratio.denominator) : NOTHING;
}

const char *ratio_print(struct arena *arena, struct ratio ratio, enum language language) {
  int64_t rate = ratio_rate(ratio);
  if (rate == NOTHING) return language == LANGUAGE_ZH ? "无数据" : "no data";
  return arena_print(arena, "%lld.%lld%%", (long long)(rate / 100), (long long)(rate % 100 / 10));
}

bool ratio_ranked(struct ratio ratio, int64_t least) { return ratio.denominator >= least; }

/* ---- answers of one figure ---- */

/* Bit i: the i-th definition's numerator, or denominator, holds. */
struct answers { uint64_t numerator, denominator; };
_Static_assert(DEFINITIONS_MOST <= 64, "a bit each");

static struct answers answers_of(const struct figure *figure, const struct cut *cut) {
  struct answers answers = {0, 0};
  for (size_t i = 0; i < DEFINITION_COUNT; i++) {
    const struct definition *definition = &DEFINITIONS[i];
    if (definition->of) continue;
    if (definition->denominator && !definition->denominator(figure, cut)) continue; /* the numerator is a part of it */
    if (definition->denominator) answers.denominator |= UINT64_C(1) << i;
    if (definition->numerator(figure, cut)) answers.numerator |= UINT64_C(1) << i;
  }
  return answers;
}

static void answers_add(struct ratio *sums, uint64_t numerator, uint64_t denominator) {
  for (uint64_t rest = numerator; rest; rest &= rest - 1) sums[__builtin_ctzll(rest)].numerator++;
  for (uint64_t rest = denominator; rest; rest &= rest - 1) sums[__builtin_ctzll(rest)].denominator++;
}

void definitions_add(struct ratio *sums, const struct figure *figure, const struct cut *cut) {
  struct answers answers = answers_of(figure, cut);
  answers_add(sums, answers.numerator, answers.denominator);
}

static struct answers answers_of_item(const struct record_item *item, const struct cut *cut) {
  struct answers answers = {0, 0};
  for (size_t i = 0; i < DEFINITION_COUNT; i++) {
    const struct definition *definition = &DEFINITIONS[i];
    if (definition->of != item->type || (definition->item_denominator && !definition->item_denominator(item, cut))) continue;
    if (definition->item_denominator) answers.denominator |= UINT64_C(1) << i;
    if (definition->item_numerator(item, cut)) answers.numerator |= UINT64_C(1) << i;
  }
  return answers;
}

void definitions_add_item(struct ratio *sums, const struct record_item *item, const struct cut *cut) {
  struct answers answers = answers_of_item(item, cut);
  answers_add(sums, answers.numerator, answers.denominator);
}

static uint64_t joint_bits(void) {
  uint64_t bits = 0;
  for (size_t i = 0; i < DEFINITION_COUNT; i++)
    if (DEFINITIONS[i].flags & DEFINITION_BY_JOINT) bits |= UINT64_C(1) << i;
  return bits;
}

/* ---- groups ---- */

static const char *const BY_NAMES[BY_COUNT] = {[BY_UNIT] = "unit", [BY_CATEGORY] = "category", [BY_SOURCE] = "source", [BY_KIND] = "kind", [BY_LEVEL] = "level", [BY_CAMPAIGN_CATEGORY] = "campaign_category"};

const char *definition_by_name(enum definition_by by) { return by < BY_COUNT ? BY_NAMES[by] : NULL; }
bool definition_by_named(const char *name, enum definition_by *by) {
  for (int i = BY_UNIT; i < BY_COUNT; i++)
    if (strcmp(BY_NAMES[i], name) == 0) {
      *by = (enum definition_by)i;
      return true;
    }
  return false;
}

int64_t figure_group(const struct figure *figure, enum definition_by by) {
  switch (by) {
    case BY_UNIT: return figure->lead_unit;
    case BY_CATEGORY: return figure->category;
    case BY_SOURCE: return figure->source;
    case BY_KIND: return figure->kind;
    case BY_LEVEL: return figure->level;
    case BY_CAMPAIGN_CATEGORY: return figure->category_record;
    default: return 0;
  }
}

int64_t item_group(const struct record_item *item, enum definition_by by) {
  switch (by) {
    case BY_UNIT: return item->unit;
    case BY_CATEGORY: return item->category;
    case BY_SOURCE: return item->source;
    case BY_KIND: return item->kind;
    case BY_LEVEL: return item->level;
    default: return 0;
  }
}

/* The groups stand sorted by key, so one is found by halving; a new one is put in its place. Units come all at the start. */
static size_t group_place(const struct definition_table *table, int64_t key) {
  return SORTED_PLACE(table->groups, table->count, key, key);
}

static struct definition_group *group_get(struct definition_table *table, int64_t key) {
  size_t at = group_place(table, key);
  if (at < table->count && table->groups[at].key == key) return &table->groups[at];
  HEAP_ROOM(table->groups, table->count, table->room, 16);
  memmove(&table->groups[at + 1], &table->groups[at], (table->count - at) * sizeof *table->groups);
  memset(&table->groups[at], 0, sizeof *table->groups);
  table->groups[at].key = key;
  table->count++;
  return &table->groups[at];
}

void definition_table_begin(struct definition_table *table, enum definition_by by, const struct cut *cut, const struct unit_above *units,
                            size_t unit_count) {
  memset(table, 0, sizeof *table);
  table->by = by;
  table->cut = *cut;
  for (size_t i = 0; by == BY_UNIT && i < unit_count; i++) group_get(table, units[i].unit)->parent = units[i].parent;
}

void definition_table_add(struct definition_table *table, const struct figure *figure) {
  struct answers answers = answers_of(figure, &table->cut);
  uint64_t apart = table->by == BY_UNIT ? joint_bits() : 0;
  answers_add(table->all.own, answers.numerator, answers.denominator);
  table->all.problems++;
  if (table->by == BY_NONE || !(answers.numerator | answers.denominator)) return;
  struct definition_group *group = group_get(table, figure_group(figure, table->by));
  answers_add(group->own, answers.numerator & ~apart, answers.denominator & ~apart);
  group->problems++;
  for (size_t i = 0; (answers.numerator & apart) && i < FIGURE_JOINT_MOST && figure->joint[i]; i++)
    answers_add(group_get(table, figure->joint[i])->own, answers.numerator & apart, answers.denominator & apart);
}

void definition_table_add_item(struct definition_table *table, const struct record_item *item) {
  struct answers answers = answers_of_item(item, &table->cut);
  answers_add(table->all.own, answers.numerator, answers.denominator);
  if (table->by == BY_NONE || !(answers.numerator | answers.denominator)) return;
  answers_add(group_get(table, item_group(item, table->by))->own, answers.numerator, answers.denominator);
}

static void ratios_add(struct ratio *sums, const struct ratio *more) {
  for (size_t i = 0; i < DEFINITION_COUNT; i++) {
    sums[i].numerator += more[i].numerator;
    sums[i].denominator += more[i].denominator;
  }
}

enum { TREE_DEPTH_MOST = 32 }; /* a ring in the tree ends there */

void definition_table_end(struct definition_table *table) {
  memcpy(table->all.below, table->all.own, sizeof table->all.own);
  for (size_t i = 0; i < table->count; i++) {
    struct definition_group *group = &table->groups[i], *above = group;
    for (int depth = 0; above && depth < TREE_DEPTH_MOST; depth++) {
      ratios_add(above->below, group->own);
      size_t at = above->parent ? group_place(table, above->parent) : table->count;
      above = at < table->count && table->groups[at].key == above->parent ? &table->groups[at] : NULL;
    }
  }
}

const struct definition_group *definition_table_group(const struct definition_table *table, int64_t key) {
  size_t at = group_place(table, key);
  return at < table->count && table->groups[at].key == key ? &table->groups[at] : NULL;
}

void definition_table_free(struct definition_table *table) {
  free(table->groups);
  table->groups = NULL;
  table->count = table->room = 0;
}
