/* The facts that the guards of the frame judge: categories, units above, parts, tasks, ends of links. Each loader reads by declared indexes
   and no more than its guard needs; all reads are the program's own. */
#include "rules/guards.h"

#define LEVELS_MOST 16 /* of units one above the other: more is a circle */

static enum store_error count_of(struct decision *decision, const struct query *query, int64_t *count) {
  return reader_count(decision->set->reader, query, &SCOPE_SYSTEM, count);
}

enum store_error fact_category(struct decision *decision, struct guard_facts *facts) {
  struct value campaign = value_integer(CATEGORY_CAMPAIGN, row_integer(decision->after, PROBLEM_CAMPAIGN)), active = value_integer(FIELD_STATE, FORCE_ACTIVE);
  struct condition conditions[] = {{.field = CATEGORY_CAMPAIGN, .how = C_IS, .values = &campaign, .count = 1}, {.field = FIELD_STATE, .how = C_IS, .values = &active, .count = 1}};
  struct query query = {.type = record_type(RECORD_CATEGORY), .conditions = conditions, .condition_count = 2, .expected = -1};
  enum store_error error = fact_row(decision, RECORD_CATEGORY, row_integer(decision->after, PROBLEM_CATEGORY_RECORD), &facts->category);
  return error == STORE_OK && campaign.integer != NOTHING && !facts->category ? count_of(decision, &query, &facts->own_categories) : error;
}

enum store_error fact_lead_line(struct decision *decision, struct guard_facts *facts) {
  int64_t *above = ARENA_ARRAY(decision->set->scratch, int64_t, LEVELS_MOST), unit = row_integer(decision->after, decision->type->holders[0].field);
  enum store_error error = STORE_OK;
  facts->lead_line = above;
  while (error == STORE_OK && unit != NOTHING && facts->lead_line_count < LEVELS_MOST) {
    const struct row *row = NULL;
    above[facts->lead_line_count++] = unit;
    error = fact_row(decision, RECORD_UNIT, unit, &row);
    unit = row ? row_integer(row, UNIT_PARENT) : NOTHING;
  }
  return error;
}

/* What was never split has none: then nothing is read. */
static enum store_error parts_of(struct decision *decision, struct guard_facts *facts) {
  struct value of = value_integer(PROBLEM_PARENT, decision->after->id);
  struct condition condition = {.field = PROBLEM_PARENT, .how = C_IS, .values = &of, .count = 1};
  struct query query = {.type = record_type(RECORD_PROBLEM), .conditions = &condition, .condition_count = 1, .expected = -1};
  struct row **rows = NULL;
  size_t count = 0;
  if (row_integer(decision->after, PROBLEM_PARTS) == NOTHING) return STORE_OK;
  enum store_error error = set_rows(decision->set, &query, &rows, &count);
  facts->parts = rows;
  for (size_t i = 0; i < count; i++)
    if (rows[i]->state != PROBLEM_WITHDRAWN) rows[facts->part_count++] = rows[i];
  return error;
}

/* Its parts, its whole, and what it is to be merged into. */
enum store_error fact_parts(struct decision *decision, struct guard_facts *facts) {
  enum store_error error = parts_of(decision, facts);
  if (error == STORE_OK) error = fact_row(decision, RECORD_PROBLEM, row_integer(decision->after, PROBLEM_PARENT), &facts->whole);
  if (error == STORE_OK) error = fact_row(decision, RECORD_PROBLEM, row_integer(decision->after, PROBLEM_MERGED_INTO), &facts->target);
  return error;
}

static enum store_error same_code(struct decision *decision, struct guard_facts *facts) {
  const char *text = row_text(decision->after, CATEGORY_CODE);
  struct value campaign = value_integer(CATEGORY_CAMPAIGN, row_integer(decision->after, CATEGORY_CAMPAIGN)),
               code = value_text(CATEGORY_CODE, text ? text : ""), own = value_integer(FIELD_ID, decision->after->id);
  struct condition conditions[] = {{.field = CATEGORY_CAMPAIGN, .how = C_IS, .values = &campaign, .count = 1},
                                   {.field = CATEGORY_CODE, .how = C_IS, .values = &code, .count = 1},
                                   {.field = FIELD_ID, .how = C_IS_NOT, .values = &own, .count = 1}};
  struct query query = {.type = record_type(RECORD_CATEGORY), .conditions = conditions, .condition_count = 3, .expected = -1};
  return text && campaign.integer != NOTHING ? count_of(decision, &query, &facts->same_code) : STORE_OK;
}

static enum store_error tree_of(struct decision *decision, struct guard_facts *facts) {
  int64_t above = row_integer(decision->after, CATEGORY_PARENT);
  enum store_error error = same_code(decision, facts);
  while (error == STORE_OK && above != NOTHING && facts->tree_levels < LEVELS_MOST) {
    const struct row *row = NULL;
    error = fact_row(decision, RECORD_CATEGORY, above, &row);
    if (!facts->tree_parent) facts->tree_parent = row;
    facts->tree_levels++;
    above = row ? row_integer(row, CATEGORY_PARENT) : NOTHING;
  }
  return error;
}

/* What arises from the topic: problems, measures, mechanisms. */
static enum store_error led_to(struct decision *decision, struct guard_facts *facts) {
  struct value kind = value_integer(LINK_KIND, LINK_ARISES_FROM), type = value_integer(LINK_TO_TYPE, RECORD_TOPIC),
               id = value_integer(LINK_TO_ID, decision->after->id);
  struct condition conditions[] = {{.field = LINK_TO_ID, .how = C_IS, .values = &id, .count = 1},
                                   {.field = LINK_TO_TYPE, .how = C_IS, .values = &type, .count = 1},
                                   {.field = LINK_KIND, .how = C_IS, .values = &kind, .count = 1}};
  struct query query = {.type = record_type(RECORD_LINK), .conditions = conditions, .condition_count = 3, .expected = -1};
  return count_of(decision, &query, &facts->led_to);
}

static enum store_error tasks_of(struct decision *decision, struct guard_facts *facts) {
  struct value of = value_integer(TOPIC_TASK_TOPIC, decision->after->id), open = value_integer(FIELD_STATE, TASK_OPEN);
  struct condition conditions[] = {{.field = TOPIC_TASK_TOPIC, .how = C_IS, .values = &of, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IS, .values = &open, .count = 1}};
  struct query query = {.type = record_type(RECORD_TOPIC_TASK), .conditions = conditions, .condition_count = 2, .expected = -1};
  enum store_error error = count_of(decision, &query, &facts->tasks_open);
  return error == STORE_OK ? led_to(decision, facts) : error;
}

static enum store_error same_links(struct decision *decision, struct guard_facts *facts) {
  static const uint16_t fields[] = {LINK_FROM_ID, LINK_FROM_TYPE, LINK_TO_TYPE, LINK_TO_ID, LINK_KIND};
  struct value values[5];
  struct condition conditions[5];
  for (size_t i = 0; i < 5; i++) {
    values[i] = value_integer(fields[i], row_integer(decision->after, fields[i]));
    conditions[i] = (struct condition){.field = fields[i], .how = C_IS, .values = &values[i], .count = 1};
  }
  struct query query = {.type = record_type(RECORD_LINK), .conditions = conditions, .condition_count = 5, .expected = -1};
  return count_of(decision, &query, &facts->same_links);
}

static enum store_error linked_by(struct decision *decision, struct guard_facts *facts) {
  const struct row *link = decision->after;
  enum store_error error = STORE_OK;
  if (row_integer(link, LINK_FROM_TYPE) == RECORD_PROBLEM)
    error = fact_row(decision, RECORD_PROBLEM, row_integer(link, LINK_FROM_ID), &facts->linked_from);
  if (error == STORE_OK && row_integer(link, LINK_TO_TYPE) == RECORD_PROBLEM)
    error = fact_row(decision, RECORD_PROBLEM, row_integer(link, LINK_TO_ID), &facts->linked_to);
  if (error == STORE_OK && row_integer(link, LINK_KIND) == LINK_IN_CAMPAIGN) error = same_links(decision, facts);
  return error;
}

/* What is about a category, a topic or a link alone. */
enum store_error fact_frame(struct decision *decision, struct guard_facts *facts) {
  switch (decision->type->id) {
  case RECORD_CATEGORY: return tree_of(decision, facts);
  case RECORD_TOPIC: return tasks_of(decision, facts);
  case RECORD_LINK: return linked_by(decision, facts);
  default: return STORE_OK;
  }
}
