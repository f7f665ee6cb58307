/* The leaders' week: candidates found by index, a few of each reason and in the scope of who reads, then chosen by the pure rule
   (rules/digest.h). */
#include "follow/digest_parts.h"
#include "rules/chase_list.h"
#include "rules/chasing.h"

enum { CANDIDATES = 5, RED_LOOKED_AT = 200, ITEMS_MOST = 4 * RED_LOOKED_AT };
struct gathering {
  struct telling_day *day;
  const struct campaign_policy *campaign;
  const struct authority *authority;
  struct arena *arena;
  struct weekly_item *items;
  size_t count;
};

static const state_code OPEN[] = {PROBLEM_ASSIGNED, PROBLEM_TAKEN, PROBLEM_RECTIFYING, PROBLEM_DISPUTED};

static void add(struct gathering *gathering, struct weekly_item item) {
  if (gathering->count < ITEMS_MOST) gathering->items[gathering->count++] = item;
}

static struct weekly_item item_of(const struct gathering *gathering, enum weekly_reason reason, const struct row *problem, int64_t days) {
  int64_t chased = row_integer(problem, PROBLEM_CHASED);
  const char *number = row_text(problem, PROBLEM_NUMBER);
  return (struct weekly_item){reason,
                              problem->id,
                              problem->id,
                              days,
                              row_integer(problem, PROBLEM_LEAD_UNIT),
                              chased == NOTHING ? 0 : chased,
                              number ? arena_text(gathering->arena, number) : NULL,
                              NULL};
}

static enum store_error rows_find(struct gathering *gathering, const struct query *query, struct rows *rows) {
  *rows = (struct rows){.arena = gathering->arena};
  return reader_list(gathering->day->reader, query, scope_for(gathering->arena, gathering->authority, query->type, MAY_READ),
                     gathering->arena, rows_keep, rows);
}

static enum store_error overdue_find(struct gathering *gathering) {
  int64_t days = chase_reaches(&gathering->campaign->policy, CHASE_LEADERS);
  struct value states[4], due = value_integer(PROBLEM_DUE, gathering->day->today - days),
                          of = value_integer(PROBLEM_CAMPAIGN, gathering->campaign->id);
  struct condition conditions[] = {{FIELD_STATE, C_IN, states, 4}, {PROBLEM_DUE, C_AT_MOST, &due, 1}, {PROBLEM_CAMPAIGN, C_IS, &of, 1}};
  struct query query = {.type = record_type(RECORD_PROBLEM),
                        .conditions = conditions,
                        .condition_count = 3,
                        .sort = PROBLEM_DUE,
                        .limit = CANDIDATES,
                        .expected = -1};
  struct rows rows;
  if (days == NOTHING) return STORE_OK;
  for (size_t i = 0; i < 4; i++) states[i] = value_integer(FIELD_STATE, OPEN[i]);
  enum store_error error = rows_find(gathering, &query, &rows);
  for (size_t i = 0; i < rows.count && !error; i++)
    add(gathering, item_of(gathering, WEEKLY_OVERDUE, rows.items[i], gathering->day->today - row_integer(rows.items[i], PROBLEM_DUE)));
  return error;
}

/* What rebounded is among the red ones, by its own rule. */
static enum store_error red_find(struct gathering *gathering) {
  struct value states[4], red = value_integer(PROBLEM_COLOUR, COLOUR_RED), of = value_integer(PROBLEM_CAMPAIGN, gathering->campaign->id);
  struct condition conditions[] = {{FIELD_STATE, C_IN, states, 4}, {PROBLEM_COLOUR, C_IS, &red, 1}, {PROBLEM_CAMPAIGN, C_IS, &of, 1}};
  struct query query = {.type = record_type(RECORD_PROBLEM),
                        .conditions = conditions,
                        .condition_count = 3,
                        .sort = PROBLEM_DUE,
                        .limit = RED_LOOKED_AT,
                        .expected = -1};
  struct rows rows;
  for (size_t i = 0; i < 4; i++) states[i] = value_integer(FIELD_STATE, OPEN[i]);
  enum store_error error = rows_find(gathering, &query, &rows);
  for (size_t i = 0; i < rows.count && !error; i++) {
    const struct row *row = rows.items[i];
    int64_t since = row_integer(row, PROBLEM_COLOUR_SINCE), days = since == NOTHING ? 0 : gathering->day->today - date_of_moment(since),
            reopened = row_integer(row, PROBLEM_REOPENED_ON);
    if (row_integer(row, PROBLEM_REBOUNDS) > 0 && reopened != NOTHING)
      add(gathering, item_of(gathering, WEEKLY_REBOUND, row, gathering->day->today - reopened));
    if (days >= gathering->campaign->policy.weekly_red_days) add(gathering, item_of(gathering, WEEKLY_RED, row, days));
  }
  return error;
}

static enum store_error rulings_find(struct gathering *gathering) {
  struct value state = value_integer(FIELD_STATE, RULING_ASKED), today = value_integer(RULING_DUE, gathering->day->today),
               of = value_integer(RULING_CAMPAIGN, gathering->campaign->id);
  struct condition conditions[] = {{FIELD_STATE, C_IS, &state, 1}, {RULING_DUE, C_LESS, &today, 1}, {RULING_CAMPAIGN, C_IS, &of, 1}};
  struct query query = {.type = record_type(RECORD_RULING),
                        .conditions = conditions,
                        .condition_count = 3,
                        .sort = RULING_DUE,
                        .limit = CANDIDATES,
                        .expected = -1};
  struct rows rows;
  enum store_error error = rows_find(gathering, &query, &rows);
  for (size_t i = 0; i < rows.count && !error; i++) {
    struct row *problem = NULL;
    error = reader_get(gathering->day->reader, record_type(RECORD_PROBLEM), &SCOPE_SYSTEM, row_integer(rows.items[i], RULING_PROBLEM),
                       gathering->arena, &problem);
    if (error == STORE_OK) {
      struct weekly_item item = item_of(gathering, WEEKLY_RULING, problem, gathering->day->today - row_integer(rows.items[i], RULING_DUE));
      item.record = rows.items[i]->id;
      item.unit = row_integer(rows.items[i], RULING_FROM);
      add(gathering, item);
    }
    if (error == STORE_ABSENT) error = STORE_OK;
  }
  return error;
}

static enum store_error unit_name(struct telling_day *day, struct arena *arena, struct weekly_item *item) {
  struct row *unit = NULL;
  enum store_error error = item->unit == NOTHING
                               ? STORE_ABSENT
                               : reader_get(day->reader, record_type(RECORD_UNIT), &SCOPE_SYSTEM, item->unit, arena, &unit);
  if (error == STORE_OK) item->unit_name = row_text(unit, UNIT_NAME);
  return error == STORE_ABSENT ? STORE_OK : error;
}

enum store_error weekly_of(struct telling_day *day, const struct authority *authority, struct digest_text *text) {
  struct gathering gathering = {.day = day, .authority = authority, .arena = text->arena, .items = ARENA_ARRAY(text->arena, struct weekly_item, ITEMS_MOST)};
  size_t chosen[WEEKLY_MOST];
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < day->campaign_count && !error; i++) {
    gathering.campaign = &day->campaigns[i];
    error = overdue_find(&gathering);
    if (!error) error = red_find(&gathering);
    if (!error) error = rulings_find(&gathering);
  }
  size_t count = error ? 0 : weekly_choose(gathering.items, gathering.count, (size_t)day->campaigns->policy.weekly_most, chosen);
  for (size_t i = 0; i < count && !error; i++) {
    struct weekly_item *item = &gathering.items[chosen[i]];
    error = unit_name(day, text->arena, item);
    buffer_print(&text->lines, "%s%zu. %s", i ? "\n" : "", i + 1, label_in(weekly_sentence(text->arena, item), text->language));
    digest_problem(text, item->problem);
  }
  if (count) buffer_print(&text->title, "%zu", count);
  return error;
}
