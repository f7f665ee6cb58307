/* Comparing two rounds or moments over HTTP: the whole with its identity, by unit and category, who was late and who is missing; and each
   group as a list, page by page, with old and new values from the journal. All in the reader's scope. */
#include <stdlib.h>
#include <string.h>

#include "follow/ledger.h"
#include "rules/compare.h"
#include "web/compare.h"
#include "web/json_out.h"

#define PAGE_USUAL 50
#define ANSWERS_MOST 2000
#define EACH_MOST 20 /* of each group, beside the whole */

/* ---- the ends ---- */

/* False: answered. */
bool compare_ends(struct request *request, struct compare_end ends[2]) {
  const char *from = request_argument(request, "from"), *to = request_argument(request, "to");
  int64_t campaign = request_argument_integer(request, "campaign", 0);
  struct label refused = {0};
  if (!from || !*from) {
    answer_problem(request, 400, "wrong_value", (struct label){"请写 from：与哪一轮(轮次的 id)或哪个时刻(日期、时刻、日志条目号)相比；to 不写即是现在。", "say from: which round (its id) or moment (a date, a moment, a number of the journal) it is compared with; without to it is now."});
    return false;
  }
  if (!request_head(request)) return false;
  struct figures_source source = ledger_source(request->house);
  enum store_error error = compare_ends_read(request->reader, &source, from, to ? to : "now", campaign, request_now(request),
                                             request->arena, ends, &refused);
  if (!error && !refused.zh)
    error = compare_ends_hide(request->reader, request_scope(request, record_type(RECORD_PROBLEM), MAY_READ), request->arena, ends);
  if (error) answer_store_error(request, error);
  else if (refused.zh) answer_problem(request, 400, "wrong_value", refused);
  return !error && !refused.zh;
}

void compare_ends_free(struct compare_end ends[2]) {
  for (size_t i = 0; i < 2; i++) figures_free(&ends[i].figures);
}

static void slip_write(struct request *request, struct json *json, const struct row *slip) {
  json_open(json, '{');
  json_pair_integer(json, "id", slip->id);
  json_pair_integer(json, "number", row_integer(slip, CORRECTION_NUMBER));
  json_key(json, "problem");
  if (row_integer(slip, CORRECTION_PROBLEM) == NOTHING) json_null(json);
  else json_integer(json, row_integer(slip, CORRECTION_PROBLEM));
  json_pair(json, "figure", row_text(slip, CORRECTION_FIGURE));
  json_pair(json, "was", row_text(slip, CORRECTION_WAS));
  json_pair(json, "corrected", row_text(slip, CORRECTION_IS));
  json_pair(json, "why", row_text(slip, CORRECTION_WHY));
  json_pair(json, "made_on",
            row_integer(slip, CORRECTION_MADE_ON) == NOTHING ? NULL : date_print(request->arena, row_integer(slip, CORRECTION_MADE_ON)));
  json_close(json, '}');
}

/* Slips of a table, where this reader may see slips at all; of one problem, or (0) all. */
struct slips { struct row **items; size_t count; };
static enum store_error slips_read(struct request *request, const struct compare_end *end, struct slips *slips) {
  *slips = (struct slips){0};
  if (!request_scope(request, record_type(RECORD_CORRECTION), MAY_READ)->grant_count) return STORE_OK;
  return compare_slips(request->reader, end->table, request->arena, &slips->items, &slips->count);
}

static void slips_write(struct request *request, struct json *json, const char *key, const struct slips *slips, int64_t problem) {
  json_key(json, key);
  json_open(json, '[');
  for (size_t i = 0; i < slips->count; i++)
    if (!problem || row_integer(slips->items[i], CORRECTION_PROBLEM) == problem) slip_write(request, json, slips->items[i]);
  json_close(json, ']');
}

static void end_write(struct request *request, struct json *json, const char *key, const struct compare_end *end,
                      const struct slips *slips) {
  json_key(json, key);
  json_open(json, '{');
  json_key(json, "round");
  if (end->round) json_integer(json, end->round->id);
  else json_null(json);
  if (end->round) {
    json_pair_integer(json, "number", row_integer(end->round, ROUND_NUMBER));
    json_pair(json, "name", row_text(end->round, ROUND_NAME));
    json_pair_integer(json, "frozen_table", end->table->id);
    json_pair(json, "hash", row_text(end->table, FROZEN_HASH));
  }
  json_pair(json, "cutoff", end->cutoff == NOTHING ? NULL : moment_print(request->arena, end->cutoff));
  json_pair_integer(json, "journal_number", end->journal);
  json_pair_integer(json, "definitions", end->definitions);
  json_pair_integer(json, "destroyed", end->destroyed);
  slips_write(request, json, "slips", slips, 0);
  json_close(json, '}');
}

static enum store_error ends_write(struct request *request, struct json *json, const struct compare_end ends[2], struct slips slips[2]) {
  enum store_error error = slips_read(request, &ends[0], &slips[0]);
  if (!error) error = slips_read(request, &ends[1], &slips[1]);
  end_write(request, json, "from", &ends[0], &slips[0]);
  end_write(request, json, "to", &ends[1], &slips[1]);
  return error;
}

/* ---- problems of a group ---- */

struct item { struct figure from, to; bool before, after; };
struct page { enum compare_group group; int64_t unit, category, limit; struct item *items; size_t count; bool more; };

static bool page_take(void *with, const struct figure *from, const struct figure *to, unsigned groups) {
  struct page *page = with;
  if (!(groups >> page->group & 1)) return true;
  if (page->unit && !(from && from->lead_unit == page->unit) && !(to && to->lead_unit == page->unit)) return true;
  if (page->category && !(from && from->category == page->category) && !(to && to->category == page->category)) return true;
  if (page->count == (size_t)page->limit) {
    page->more = true;
    return false;
  }
  struct item *item = &page->items[page->count++];
  *item = (struct item){.before = from != NULL, .after = to != NULL};
  if (from) item->from = *from;
  if (to) item->to = *to;
  return true;
}

static void figure_write_brief(struct request *request, struct json *json, const char *key, const struct figure *figure,
                               struct labels *labels) {
  static const struct { const char *name; uint16_t field; size_t offset; } CHOICES[] = {
    {"colour", PROBLEM_COLOUR, offsetof(struct figure, colour)}, {"category", PROBLEM_CATEGORY, offsetof(struct figure, category)}, {"kind", PROBLEM_KIND, offsetof(struct figure, kind)}};
  const struct record_type *type = record_type(RECORD_PROBLEM);
  json_key(json, key);
  if (!figure) {
    json_null(json);
    return;
  }
  const struct state_name *state = record_state(type, (state_code)figure->state);
  json_open(json, '{');
  json_pair(json, "state", state ? state->name : NULL);
  json_pair_integer(json, "lead_unit", figure->lead_unit);
  labels_want(labels, RECORD_UNIT, figure->lead_unit);
  for (size_t i = 0; i < sizeof CHOICES / sizeof *CHOICES; i++) {
    const struct choice *choice = field_choice(record_field(type, CHOICES[i].field), *((const uint8_t *)figure + CHOICES[i].offset));
    json_pair(json, CHOICES[i].name, choice ? choice->name : NULL);
  }
  json_pair(json, "due", figure->due == FIGURE_NO_DATE ? NULL : date_print(request->arena, figure->due));
  json_pair_integer(json, "progress", figure->progress);
  json_pair_integer(json, "cycle", figure->cycle);
  json_close(json, '}');
}

static void change_write(struct request *request, struct json *json, const struct compare_change *change, struct labels *labels) {
  const struct record_type *type = record_type(RECORD_PROBLEM);
  if (change->field && !field_shown(request, change->field)) return;
  json_open(json, '{');
  json_pair(json, "field", change->field ? change->field->name : "state");
  json_pair(json, "label", request_label(request, change->field ? change->field->label : (struct label){"状态", "State"}));
  if (change->field) {
    json_key(json, "old");
    value_write(request, json, change->field, &change->old, labels);
    json_key(json, "new");
    value_write(request, json, change->field, &change->new, labels);
  } else {
    const struct state_name *old = record_state(type, (state_code)change->old.integer),
                            *new = record_state(type, (state_code)change->new.integer);
    json_pair(json, "old", old ? old->name : NULL);
    json_pair(json, "new", new ? new->name : NULL);
  }
  json_close(json, '}');
}

/* The record and its changes only where the reader may see it now; what moved out of his scope shows its figures alone. */
static enum store_error item_write(struct request *request, struct json *json, const struct item *item, const struct compare_end ends[2],
                                   const struct slips slips[2], struct labels *labels) {
  int64_t id = item->before ? item->from.id : item->to.id;
  const struct record_type *type = record_type(RECORD_PROBLEM);
  struct compare_change *changes = NULL;
  struct row *row = NULL;
  size_t count = 0;
  enum store_error error = reader_get(request->reader, type, request_scope(request, type, MAY_READ), id, request->arena, &row);
  json_open(json, '{');
  json_pair_integer(json, "id", id);
  json_pair(json, "number", row ? row_text(row, PROBLEM_NUMBER) : NULL);
  json_pair(json, "title", row ? row_text(row, PROBLEM_TITLE) : NULL);
  figure_write_brief(request, json, "before", item->before ? &item->from : NULL, labels);
  figure_write_brief(request, json, "after", item->after ? &item->to : NULL, labels);
  if (row && item->before) error = compare_changes(request->reader, id, ends[0].journal, ends[1].journal, request->arena, &changes, &count);
  json_key(json, "changes");
  json_open(json, '[');
  for (size_t i = 0; i < count; i++) change_write(request, json, &changes[i], labels);
  json_close(json, ']');
  slips_write(request, json, "slips_before", &slips[0], id);
  slips_write(request, json, "slips_after", &slips[1], id);
  json_close(json, '}');
  return error == STORE_ABSENT ? STORE_OK : error;
}

static enum store_error items_write(struct request *request, struct json *json, const struct page *page, const struct compare_end ends[2],
                                    const struct slips slips[2], struct labels *labels) {
  enum store_error error = STORE_OK;
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; i < page->count && !error; i++) error = item_write(request, json, &page->items[i], ends, slips, labels);
  json_close(json, ']');
  return error;
}

/* The first few of every group, taken in the walk that counts them: what stayed as it was is only counted. */
struct few { struct page pages[COMPARE_GROUPS]; int64_t each; };

static bool few_take(void *with, const struct figure *from, const struct figure *to, unsigned groups) {
  struct few *few = with;
  for (size_t i = 0; i < COMPARE_GROUPS; i++)
    if (i != COMPARE_UNCHANGED) page_take(&few->pages[i], from, to, groups);
  return true;
}

/* ---- the whole ---- */

static void flow_write(struct json *json, const struct compare_flow *flow) {
  const struct { const char *name; int64_t value; } terms[] = {
    {"opening", flow->opening}, {"added", flow->added}, {"reopened", flow->reopened}, {"moved_in", flow->moved_in}, {"closed", flow->closed},
    {"withdrawn", flow->withdrawn}, {"merged", flow->merged}, {"moved_out", flow->moved_out}, {"closing", flow->closing}};
  for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) json_pair_integer(json, terms[i].name, terms[i].value);
  json_pair_yes_no(json, "balances", compare_flow_balance(flow) == 0);
}

static void line_write(struct json *json, const struct compare_line *line) {
  flow_write(json, &line->flow);
  json_pair_integer(json, "worse", line->worse);
  json_pair_integer(json, "better", line->better);
}

static void units_write(struct json *json, const struct compare_lines *lines, struct labels *labels) {
  json_key(json, "by_unit");
  json_open(json, '[');
  for (size_t i = 0; i < lines->count; i++) {
    json_open(json, '{');
    json_pair_integer(json, "unit", lines->items[i].key);
    labels_want(labels, RECORD_UNIT, lines->items[i].key);
    line_write(json, &lines->items[i]);
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void categories_write(struct request *request, struct json *json, const struct compare_lines *lines) {
  const struct field *field = record_field(record_type(RECORD_PROBLEM), PROBLEM_CATEGORY);
  json_key(json, "by_category");
  json_open(json, '[');
  for (size_t i = 0; i < lines->count; i++) {
    const struct choice *choice = field_choice(field, lines->items[i].key);
    json_open(json, '{');
    json_pair(json, "category", choice ? choice->name : NULL);
    json_pair(json, "label", choice ? request_label(request, choice->label) : NULL);
    line_write(json, &lines->items[i]);
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void side_write(struct json *json, const char *key, const struct compare_side *side) {
  json_key(json, key);
  json_open(json, '{');
  json_pair_integer(json, "problems", side->problems);
  json_pair_integer(json, "open", side->open);
  json_key(json, "colours");
  json_open(json, '{');
  for (int64_t colour = COLOUR_GREY; colour <= COLOUR_BLUE; colour++) json_pair_integer(json, colour_name(colour), side->colours[colour]);
  json_close(json, '}');
  json_close(json, '}');
}

static enum store_error groups_write(struct request *request, struct json *json, const struct compared *whole, const struct few *few,
                                     const struct compare_end ends[2], const struct slips slips[2], struct labels *labels) {
  enum store_error error = STORE_OK;
  json_key(json, "groups");
  json_open(json, '[');
  for (int group = 0; group < COMPARE_GROUPS; group++) {
    json_open(json, '{');
    json_pair(json, "group", compare_group_name((enum compare_group)group));
    json_pair(json, "label", request_label(request, compare_group_label((enum compare_group)group)));
    json_pair_integer(json, "count", whole->groups[group]);
    if (few->each && !error) error = items_write(request, json, &few->pages[group], ends, slips, labels);
    json_close(json, '}');
  }
  json_close(json, ']');
  return error;
}

static void whole_write(struct request *request, struct json *json, const struct compared *whole, struct labels *labels) {
  json_key(json, "identity");
  json_open(json, '{');
  flow_write(json, &whole->all);
  json_close(json, '}');
  side_write(json, "before", &whole->from);
  side_write(json, "after", &whole->to);
  units_write(json, &whole->units, labels);
  categories_write(request, json, &whole->categories);
}

/* Who was late in the later round, and who is missing, with how often reminded. */
static enum store_error late_write(struct request *request, struct json *json, const struct compare_end *end, struct labels *labels) {
  struct rows answers = {.arena = request->arena};
  const struct record_type *type = record_type(RECORD_ROUND_ANSWER);
  enum store_error error = end->round ? rows_of(request, RECORD_ROUND_ANSWER, ANSWER_ROUND, end->round->id,
                                                request_scope(request, type, MAY_READ), ANSWERS_MOST, &answers)
                                      : STORE_OK;
  json_key(json, "late");
  json_open(json, '[');
  for (size_t i = 0; i < answers.count && !error; i++) {
    const struct row *answer = answers.items[i];
    bool missing = answer->state == ROUND_ANSWER_AWAITED || answer->state == ROUND_ANSWER_LATE;
    if (!missing && row_integer(answer, ANSWER_WAS_LATE) != 1) continue;
    json_open(json, '{');
    json_pair_integer(json, "answer", answer->id);
    json_pair_integer(json, "unit", row_integer(answer, ANSWER_UNIT));
    labels_want(labels, RECORD_UNIT, row_integer(answer, ANSWER_UNIT));
    json_pair(json, "state", record_state(type, answer->state)->name);
    json_pair_yes_no(json, "missing", missing);
    json_pair_integer(json, "reminded", row_integer(answer, ANSWER_REMINDED) == NOTHING ? 0 : row_integer(answer, ANSWER_REMINDED));
    json_close(json, '}');
  }
  json_close(json, ']');
  return error;
}

/* False: answered. */
static bool few_read(struct request *request, struct few *few) {
  int64_t each = request_argument_integer(request, "each", 0);
  *few = (struct few){0};
  if (each < 0 || each > EACH_MOST) {
    answer_problem(request, 400, "wrong_value",
                   label_print(request->arena, "each 应是 0 到 %d：每一类列几件。",
                               "each must be from 0 to %d: how many of each group are listed.", EACH_MOST));
    return false;
  }
  for (size_t i = 0; i < COMPARE_GROUPS; i++)
    few->pages[i] = (struct page){.group = (enum compare_group)i,
                                  .limit = each,
                                  .items = ARENA_ARRAY(request->arena, struct item, (size_t)each + 1)};
  few->each = each;
  return true;
}

void rounds_compare(struct request *request) {
  struct compare_end ends[2];
  struct compared whole;
  struct slips slips[2];
  struct few few;
  struct labels labels = {.arena = request->arena};
  if (!few_read(request, &few) || !compare_ends(request, ends)) return;
  compare_figures(&ends[0].figures, &ends[1].figures, request_scope(request, record_type(RECORD_PROBLEM), MAY_READ), request->reader, 0,
                  &whole, few.each ? few_take : NULL, &few);
  struct json *json = out_open(request);
  enum store_error error = ends_write(request, json, ends, slips);
  if (!error) error = groups_write(request, json, &whole, &few, ends, slips, &labels);
  whole_write(request, json, &whole, &labels);
  if (!error) error = late_write(request, json, &ends[1], &labels);
  if (!error) error = labels_write(request, json, &labels);
  compared_free(&whole);
  compare_ends_free(ends);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

/* ---- one group ---- */

/* False: answered. */
static bool page_read(struct request *request, struct page *page, int64_t *after) {
  const char *category = request_argument(request, "category");
  const struct choice *choice = category && *category
                                    ? field_choice_named(record_field(record_type(RECORD_PROBLEM), PROBLEM_CATEGORY), category)
                                    : NULL;
  *page = (struct page){.unit = request_argument_integer(request, "unit", 0),
                        .category = choice ? choice->code : 0,
                        .limit = request_argument_integer(request, "limit", PAGE_USUAL)};
  *after = request_argument_integer(request, "after", 0);
  if (!compare_group_named(request->parts.name, &page->group)) {
    answer_problem(request, 404, "unknown_group", (struct label){"没有这一类；可用：added moved closed reopened withdrawn merged changed unchanged worse better。", "there is no such group; possible: added moved closed reopened withdrawn merged changed unchanged worse better."});
    return false;
  }
  if (page->limit >= 1 && page->limit <= LIST_MOST && *after >= 0 && (choice || !category || !*category)) {
    page->items = ARENA_ARRAY(request->arena, struct item, (size_t)page->limit);
    return true;
  }
  answer_problem(request, 400, "wrong_value",
                 label_print(request->arena, "after 应不小于 0，limit 应是 1 到 %d，category 应是问题类别。",
                             "after must be at least 0, limit from 1 to %d, category a category of problems.", LIST_MOST));
  return false;
}

void rounds_compare_group(struct request *request) {
  struct compare_end ends[2];
  struct slips slips[2];
  struct page page;
  struct labels labels = {.arena = request->arena};
  int64_t after;
  if (!page_read(request, &page, &after) || !compare_ends(request, ends)) return;
  compare_figures(&ends[0].figures, &ends[1].figures, request_scope(request, record_type(RECORD_PROBLEM), MAY_READ), request->reader, after,
                  NULL, page_take, &page);
  struct json *json = out_open(request);
  enum store_error error = ends_write(request, json, ends, slips);
  json_pair(json, "group", compare_group_name(page.group));
  if (!error) error = items_write(request, json, &page, ends, slips, &labels);
  json_key(json, "next");
  if (page.more)
    json_integer(json, page.items[page.count - 1].before ? page.items[page.count - 1].from.id : page.items[page.count - 1].to.id);
  else json_null(json);
  if (!error) error = labels_write(request, json, &labels);
  compare_ends_free(ends);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
