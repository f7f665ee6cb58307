/* The preview of a policy (see policy_preview.h): problems page by page, their facts by two queries a page, each answered twice. The full
   judgement with its sentences is made for the examples only. */
#include "rules/policy_preview.h"

#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "rules/calendar.h"
#include "rules/policy.h"

enum { PREVIEW_PAGE = 500 };

struct previewing {
  struct reader *reader; const struct scope *scope;
  struct arena *arena, *page_arena;
  struct policy now, draft; int64_t campaign;
  struct calendar calendar; bool works;   /* one of the two counts working days */
  size_t examples_most; int64_t after;
  size_t unit_room, *slots, slot_count;   /* units by hash: place + 1 in preview->units */
  struct policy_preview *preview;
};

/* ---- by unit ---- */

static void slots_grow(struct previewing *previewing) {
  size_t count = previewing->slot_count ? previewing->slot_count * 2 : 256;
  previewing->slots = ARENA_ARRAY(previewing->arena, size_t, count);
  memset(previewing->slots, 0, count * sizeof *previewing->slots);
  previewing->slot_count = count;
  for (size_t i = 0; i < previewing->preview->unit_count; i++) {
    size_t at = (size_t)previewing->preview->units[i].unit * 2654435761u % count;
    while (previewing->slots[at]) at = (at + 1) % count;
    previewing->slots[at] = i + 1;
  }
}

static struct preview_unit *unit_of(struct previewing *previewing, int64_t unit) {
  struct policy_preview *preview = previewing->preview;
  if (preview->unit_count * 2 >= previewing->slot_count) slots_grow(previewing);
  size_t at = (size_t)unit * 2654435761u % previewing->slot_count;
  for (; previewing->slots[at]; at = (at + 1) % previewing->slot_count)
    if (preview->units[previewing->slots[at] - 1].unit == unit) return &preview->units[previewing->slots[at] - 1];
  ARENA_ROOM(previewing->arena, preview->units, preview->unit_count, previewing->unit_room, 64);
  previewing->slots[at] = ++preview->unit_count;
  preview->units[preview->unit_count - 1] = (struct preview_unit){.unit = unit};
  return &preview->units[preview->unit_count - 1];
}

/* ---- one problem ---- */

static void example_take(struct previewing *previewing, const struct row *problem, const struct colour_facts *facts) {
  struct policy_preview *preview = previewing->preview;
  if (problem->id <= previewing->after) return;
  if (preview->example_count == previewing->examples_most) {
    preview->more = true;
    return;
  }
  preview->examples[preview->example_count++] = (struct preview_example){row_copy(previewing->arena, problem),
                                                                         colour_judge(facts, &previewing->now, preview->at),
                                                                         colour_judge(facts, &previewing->draft, preview->at)};
}

static void problem_take(struct previewing *previewing, const struct row *problem, struct colour_facts *facts) {
  struct policy_preview *preview = previewing->preview;
  struct colour_answer from, to;
  struct preview_unit *unit;
  if (previewing->works) colour_facts_days(&previewing->calendar, facts);
  from = colour_answer(facts, &previewing->now, preview->at);
  to = colour_answer(facts, &previewing->draft, preview->at);
  if (from.colour == COLOUR_NONE) return;
  unit = unit_of(previewing, row_integer(problem, PROBLEM_LEAD_UNIT));
  unit->total++;
  preview->total++;
  preview->cells[from.colour][to.colour]++;
  unit->cells[from.colour][to.colour]++;
  if (from.colour == to.colour) return;
  preview->changed++;
  unit->changed++;
  example_take(previewing, problem, facts);
}

/* ---- all of them ---- */

struct page { struct arena *arena; struct row *rows[PREVIEW_PAGE]; size_t count; };
static bool page_take(void *with, const struct row *row) {
  struct page *page = with;
  page->rows[page->count++] = row_copy(page->arena, row);
  return page->count < PREVIEW_PAGE;
}

static enum store_error page_read(struct previewing *previewing, int64_t after, struct page *page) {
  struct value of = value_integer(PROBLEM_CAMPAIGN, previewing->campaign), counted = value_integer(PROBLEM_COUNTED, 1);
  struct condition conditions[] = {{PROBLEM_CAMPAIGN, C_IS, &of, 1}, {PROBLEM_COUNTED, C_IS, &counted, 1}};
  struct query query = {.type = record_type(RECORD_PROBLEM),
                        .conditions = conditions,
                        .condition_count = 2,
                        .limit = PREVIEW_PAGE,
                        .expected = -1,
                        .has_after = after != 0,
                        .after = value_integer(FIELD_ID, after),
                        .after_id = after};
  *page = (struct page){.arena = previewing->page_arena};
  return reader_list(previewing->reader, &query, previewing->scope, previewing->page_arena, page_take, page);
}

static enum store_error walk(struct previewing *previewing) {
  struct page *page = ARENA_NEW(previewing->arena, struct page);
  struct colour_facts *facts = ARENA_ARRAY(previewing->arena, struct colour_facts, PREVIEW_PAGE);
  int64_t after = 0;
  enum store_error error = STORE_OK;
  do {
    arena_reset(previewing->page_arena);
    error = page_read(previewing, after, page);
    if (error == STORE_OK) error = colour_facts_many(previewing->reader, page->rows, page->count, previewing->page_arena, facts);
    for (size_t i = 0; error == STORE_OK && i < page->count; i++) problem_take(previewing, page->rows[i], &facts[i]);
    if (page->count) after = page->rows[page->count - 1]->id;
  } while (error == STORE_OK && page->count == PREVIEW_PAGE);
  return error;
}

static int by_changes(const void *one, const void *other) {
  const struct preview_unit *a = one, *b = other;
  return a->changed != b->changed ? (a->changed < b->changed) - (a->changed > b->changed) : (a->unit > b->unit) - (a->unit < b->unit);
}

static void units_order(struct policy_preview *preview) {
  if (preview->unit_count) qsort(preview->units, preview->unit_count, sizeof *preview->units, by_changes);
  while (preview->unit_count && !preview->units[preview->unit_count - 1].changed) preview->unit_count--;
}

/* Under which two policies, and when: from the draft's first day on, or now. */
static enum store_error policies_find(struct previewing *previewing, const struct context *context, const struct row *row) {
  int64_t from = row_integer(row, POLICY_FROM);
  struct arena *arena = previewing->arena;
  enum store_error error = STORE_OK;
  previewing->campaign = row_integer(row, POLICY_CAMPAIGN);
  previewing->preview->at = from != NOTHING && moment_of_date(from) > context->now ? moment_of_date(from) : context->now;
  if (!policy_of_row(row, arena, &previewing->draft)) return STORE_BROKEN; /* its rules were read a moment ago */
  error = policy_for(previewing->reader, previewing->campaign, previewing->preview->at, arena, &previewing->now);
  previewing->preview->policy = previewing->now.id;
  previewing->works = colour_policy_works(&previewing->draft) || colour_policy_works(&previewing->now);
  if (error == STORE_OK && previewing->works) error = calendar_load(previewing->reader, arena, &previewing->calendar);
  return error;
}

enum store_error policy_preview(struct reader *reader, const struct context *context, const struct scope *scope, const struct value *values, size_t count, size_t examples,
                                int64_t after, struct arena *arena, struct outcome *outcome, struct policy_preview *preview) {
  struct change change = {.type = record_type(RECORD_POLICY), .seen = ANY_VERSION, .action = ACTION_CREATE, .values = values, .value_count = count};
  struct previewing previewing = {.reader = reader, .scope = scope, .arena = arena, .examples_most = examples, .after = after, .preview = preview};
  struct row *row = NULL;
  enum store_error error = change_draft(reader, context, &change, arena, outcome, &row);
  *preview = (struct policy_preview){.examples = ARENA_ARRAY(arena, struct preview_example, examples + 1)};
  if (error != STORE_OK || !row) return error;
  error = policies_find(&previewing, context, row);
  if (error != STORE_OK) return error;
  previewing.page_arena = arena_new();
  error = walk(&previewing);
  arena_free(previewing.page_arena);
  units_order(preview);
  return error;
}

void preview_cells_json(struct json *json, const int64_t cells[PREVIEW_COLOURS][PREVIEW_COLOURS], bool changed_only) {
  json_key(json, "matrix");
  json_open(json, '[');
  for (int64_t from = COLOUR_GREY; from < PREVIEW_COLOURS; from++)
    for (int64_t to = COLOUR_GREY; to < PREVIEW_COLOURS; to++) {
      if (!cells[from][to] || (changed_only && from == to)) continue;
      json_open(json, '{');
      json_pair(json, "from", colour_name(from));
      json_pair(json, "to", colour_name(to));
      json_pair_integer(json, "count", cells[from][to]);
      json_close(json, '}');
    }
  json_close(json, ']');
}
