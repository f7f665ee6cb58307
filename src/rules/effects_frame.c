/* Effects of the frame: a problem split among units, a problem merged into another, a problem that another campaign lists too. Parts and
   links are further changes through the same door, in the same set. */
#include <string.h>

#include "rules/effects.h"

#define LEVELS_MOST 16
#define TITLE_MOST 200

/* ---- splitting ---- */

/* Is the unit a district, or below one? */
static enum store_error in_district(struct decision *decision, int64_t unit, bool *is) {
  enum store_error error = STORE_OK;
  *is = false;
  for (int level = 0; error == STORE_OK && !*is && unit != NOTHING && level < LEVELS_MOST; level++) {
    struct row *row = NULL;
    error = reader_get(decision->set->reader, record_type(RECORD_UNIT), &SCOPE_SYSTEM, unit, decision->set->scratch, &row);
    if (error != STORE_OK) break;
    *is = row_integer(row, UNIT_KIND) == UNIT_KIND_DISTRICT;
    unit = row_integer(row, UNIT_PARENT);
  }
  return error == STORE_ABSENT ? STORE_OK : error;
}

static enum store_error parts_count(struct decision *decision, int64_t *count) {
  struct value of = value_integer(PROBLEM_PARENT, decision->after->id);
  struct condition condition = {.field = PROBLEM_PARENT, .how = C_IS, .values = &of, .count = 1};
  struct query query = {.type = record_type(RECORD_PROBLEM),
                        .conditions = &condition,
                        .condition_count = 1,
                        .with_voided = true,
                        .expected = -1};
  return reader_count(decision->set->reader, &query, &SCOPE_SYSTEM, count);
}

/* "中小学午休条件差(浦江区)": the unit's name, where there is room for it. */
static enum store_error part_title(struct decision *decision, int64_t unit, const char **title) {
  struct row *row = NULL;
  enum store_error error = reader_get(decision->set->reader, record_type(RECORD_UNIT), &SCOPE_SYSTEM, unit, decision->set->scratch, &row);
  const char *name = error == STORE_OK ? row_text(row, UNIT_NAME) : NULL;
  *title = row_text(decision->after, PROBLEM_TITLE);
  if (name && text_length(*title) + text_length(name) + 2 <= TITLE_MOST)
    *title = arena_print(decision->set->scratch, "%s(%s)", *title, name);
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* What a part has from its whole; who works on it and how it goes is its own. */
static const uint16_t HANDED_DOWN[] = {PROBLEM_CAMPAIGN, PROBLEM_CATEGORY, PROBLEM_CATEGORY_RECORD, PROBLEM_SOURCE, PROBLEM_KIND, PROBLEM_PRIORITY, PROBLEM_HARD, PROBLEM_DETAIL, PROBLEM_ROOT_CAUSE, PROBLEM_GOAL,
                                       PROBLEM_SECRECY, PROBLEM_DUE, PROBLEM_HISTORIC};
#define HANDED_COUNT (sizeof HANDED_DOWN / sizeof *HANDED_DOWN)

static enum store_error part_make(struct decision *decision, int64_t unit, int64_t ordinal) {
  const char *number = row_text(decision->after, PROBLEM_NUMBER), *title = NULL;
  struct value values[HANDED_COUNT + 6];
  size_t count = 0;
  bool district = false;
  enum store_error error = in_district(decision, unit, &district);
  if (error == STORE_OK) error = part_title(decision, unit, &title);
  if (error != STORE_OK) return error;
  for (size_t i = 0; i < HANDED_COUNT; i++) {
    const struct value *value = row_value(decision->after, HANDED_DOWN[i]);
    bool past = HANDED_DOWN[i] == PROBLEM_DUE && value->integer < decision->set->today; /* then the policy's days are reckoned anew */
    if (value_filled(value) && !past) values[count++] = *value;
  }
  values[count++] = value_text(PROBLEM_TITLE, title);
  values[count++] = value_text(PROBLEM_NUMBER, arena_print(decision->set->scratch, "%s-%02lld", number ? number : "", (long long)ordinal));
  values[count++] = value_integer(PROBLEM_PARENT, decision->after->id);
  values[count++] = value_integer(PROBLEM_LEAD_UNIT, unit);
  values[count++] = value_integer(PROBLEM_LEVEL, district ? LEVEL_DISTRICT : LEVEL_UNIT);
  if (district) values[count++] = value_integer(PROBLEM_VISIBLE_ABOVE, 1); /* until the district decides otherwise */
  effect_change(decision, RECORD_PROBLEM, 0, ACTION_SPLIT, values, count, decision->change->reason);
  return STORE_OK;
}

/* The field keeps all units it was ever split among. */
static void units_add_before(struct decision *decision) {
  const struct value *given = row_value(decision->after, PROBLEM_SPLIT_UNITS), *before = row_value(decision->before, PROBLEM_SPLIT_UNITS);
  size_t old = before->kind == VALUE_MANY ? before->count : 0, count = old;
  int64_t *all = ARENA_ARRAY(decision->set->scratch, int64_t, old + given->count + 1);
  if (old) memcpy(all, before->many, old * sizeof *all);
  for (size_t i = 0; i < given->count; i++) {
    bool there = false;
    for (size_t k = 0; k < old && !there; k++) there = all[k] == given->many[i];
    if (!there) all[count++] = given->many[i];
  }
  struct value value = value_many(PROBLEM_SPLIT_UNITS, all, count);
  row_set(decision->after, &value);
}

enum store_error effect_split(struct decision *decision, const struct transition *arrow) {
  const struct value *units = row_value(decision->after, PROBLEM_SPLIT_UNITS);
  int64_t made = 0, parts = row_integer(decision->after, PROBLEM_PARTS);
  enum store_error error = parts_count(decision, &made);
  (void)arrow;
  for (size_t i = 0; error == STORE_OK && units->kind == VALUE_MANY && i < units->count; i++) error = part_make(decision, units->many[i], made + 1 + (int64_t)i);
  if (error != STORE_OK || units->kind != VALUE_MANY) return error;
  row_set_integer(decision->after, PROBLEM_PARTS, (parts == NOTHING ? 0 : parts) + (int64_t)units->count);
  if (parts == NOTHING) row_set_integer(decision->after, PROBLEM_PARTS_CLOSED, 0);
  units_add_before(decision);
  return STORE_OK;
}

/* What was split off is with its unit at once: by the date of the whole, else by the policy's days. */
enum store_error effect_part_assign(struct decision *decision, const struct transition *arrow) {
  (void)arrow;
  effect_change(decision, RECORD_PROBLEM, THIS_RECORD, ACTION_ASSIGN, NULL, 0, decision->change->reason);
  return STORE_OK;
}

/* ---- merging ---- */

static void link_make(struct decision *decision, int64_t kind, int64_t from, int64_t to_type, int64_t to) {
  struct value values[] = {value_integer(LINK_KIND, kind), value_integer(LINK_FROM_TYPE, RECORD_PROBLEM), value_integer(LINK_FROM_ID, from),
                           value_integer(LINK_TO_TYPE, to_type), value_integer(LINK_TO_ID, to)};
  effect_change(decision, RECORD_LINK, 0, ACTION_CREATE, values, sizeof values / sizeof *values, NULL);
}

/* What a problem arises from. */
static enum store_error origins(struct decision *decision, int64_t problem, struct row ***links, size_t *count) {
  struct value from = value_integer(LINK_FROM_ID, problem), type = value_integer(LINK_FROM_TYPE, RECORD_PROBLEM),
               kind = value_integer(LINK_KIND, LINK_ARISES_FROM);
  struct condition conditions[] = {{.field = LINK_FROM_ID, .how = C_IS, .values = &from, .count = 1},
                                   {.field = LINK_FROM_TYPE, .how = C_IS, .values = &type, .count = 1},
                                   {.field = LINK_KIND, .how = C_IS, .values = &kind, .count = 1}};
  struct query query = {.type = record_type(RECORD_LINK), .conditions = conditions, .condition_count = 3, .expected = -1};
  return set_rows(decision->set, &query, links, count);
}

static bool same_origin(const struct row *one, const struct row *other) {
  return row_integer(one, LINK_TO_TYPE) == row_integer(other, LINK_TO_TYPE) &&
         row_integer(one, LINK_TO_ID) == row_integer(other, LINK_TO_ID);
}

/* The other problem arises from the same appeals and topics from now on; what it had already is not linked twice. */
enum store_error effect_merge(struct decision *decision, const struct transition *arrow) {
  int64_t target = row_integer(decision->after, PROBLEM_MERGED_INTO);
  struct row **own = NULL, **there = NULL;
  size_t own_count = 0, there_count = 0;
  enum store_error error = origins(decision, decision->after->id, &own, &own_count);
  (void)arrow;
  if (error == STORE_OK) error = origins(decision, target, &there, &there_count);
  if (error != STORE_OK) return error;
  link_make(decision, LINK_MERGED_INTO, decision->after->id, RECORD_PROBLEM, target);
  for (size_t i = 0; i < own_count; i++) {
    bool known = false;
    for (size_t k = 0; k < there_count && !known; k++) known = same_origin(own[i], there[k]);
    if (!known) link_make(decision, LINK_ARISES_FROM, target, row_integer(own[i], LINK_TO_TYPE), row_integer(own[i], LINK_TO_ID));
  }
  return STORE_OK;
}

/* ---- other campaigns that list it ---- */

enum store_error effect_link_holds(struct decision *decision, const struct transition *arrow) {
  int64_t problem = row_integer(decision->after, LINK_FROM_ID);
  struct row *row = NULL;
  enum store_error error = STORE_OK;
  (void)arrow;
  if (row_integer(decision->after, LINK_KIND) != LINK_IN_CAMPAIGN) return STORE_OK;
  error = reader_get(decision->set->reader, record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, problem, decision->set->scratch, &row);
  if (error != STORE_OK) return error == STORE_ABSENT ? STORE_OK : error;
  const struct value *before = row_value(row, PROBLEM_ALSO_IN);
  size_t count = before->kind == VALUE_MANY ? before->count : 0;
  int64_t *all = ARENA_ARRAY(decision->set->scratch, int64_t, count + 1);
  if (count) memcpy(all, before->many, count * sizeof *all);
  all[count++] = row_integer(decision->after, LINK_TO_ID);
  struct value value = value_many(PROBLEM_ALSO_IN, all, count);
  effect_change(decision, RECORD_PROBLEM, problem, ACTION_EDIT, &value, 1, NULL);
  return STORE_OK;
}
