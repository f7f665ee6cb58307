/* Appeals in groups over HTTP: lists of events and classes with what makes them up, one of them with its spread, and the events that an
   appeal may belong to. Everything is counted within the reader's scope; the appeal that is shown for a group is the newest he may see. */
#include "follow/groups.h"

#include <string.h>

#include "web/list.h"

enum { LIMIT_USUAL = 50, NAMED_MOST = 2000, SPREAD_MOST = 20 };

/* False: answered. */
bool groups_ready(struct request *request) {
  if (!request_head(request)) return false;
  if (!request->house->groups) {
    answer_store_error(request, STORE_GONE);
    return false;
  }
  groups_reach(request->house, request->journal);
  return true;
}

static void integer_or_null(struct json *json, const char *key, int64_t value) {
  json_key(json, key);
  if (value == NOTHING) json_null(json);
  else json_integer(json, value);
}

static void moment_pair(struct request *request, struct json *json, const char *key, int64_t moment) {
  json_pair(json, key, moment == NOTHING ? NULL : moment_print(request->arena, moment));
}

/* A figure with two places, as text: what reads it must not see another by rounding. */
static void decimal_pair(struct request *request, struct json *json, const char *key, double value) {
  json_pair(json, key, arena_print(request->arena, "%.2f", value));
}

void stand_write(struct request *request, struct json *json, const struct row *appeal) {
  struct group_stand stand;
  bool there = request->house->groups && groups_stand(request->house->groups, appeal->id, &stand);
  json_key(json, "group");
  if (!json_open_or_null(json, there)) return;
  json_pair_integer(json, "event", stand.event);
  json_pair_integer(json, "class", stand.class);
  json_close(json, '}');
}

/* ---- the appeals that are shown for groups ---- */

static enum store_error shown_read(struct request *request, const int64_t *ids, size_t count, struct rows *rows) {
  struct query query = {.type = record_type(RECORD_APPEAL), .ids = ids, .id_count = count, .only_ids = true, .expected = (int64_t)count};
  return count ? rows_read(request, &query, request_scope(request, query.type, MAY_READ), rows) : STORE_OK;
}

static const struct row *shown_of(const struct rows *rows, int64_t id) {
  for (size_t i = 0; i < rows->count; i++)
    if (rows->items[i]->id == id) return rows->items[i];
  return NULL;
}

static void shown_write(struct request *request, struct json *json, const struct row *row, struct labels *labels) {
  json_key(json, "shown");
  if (!json_open_or_null(json, row)) return;
  json_pair_integer(json, "id", row->id);
  json_pair(json, "number", row_text(row, APPEAL_NUMBER));
  json_pair(json, "title", row_text(row, APPEAL_TITLE));
  json_pair(json, "place", row_text(row, APPEAL_PLACE));
  moment_pair(request, json, "made_at", row_integer(row, APPEAL_MADE_AT));
  integer_or_null(json, "unit", row_integer(row, APPEAL_UNIT));
  labels_want(labels, RECORD_UNIT, row_integer(row, APPEAL_UNIT));
  json_close(json, '}');
}

/* ---- names that people gave ---- */

struct names { struct rows rows; int64_t *classes; /* that each leads to now */ };
static enum store_error names_read(struct request *request, struct names *names) {
  struct value active = value_integer(FIELD_STATE, FORCE_ACTIVE);
  struct condition condition = {.field = FIELD_STATE, .how = C_IS, .values = &active, .count = 1};
  struct query query = {.type = record_type(RECORD_CLASS),
                        .conditions = &condition,
                        .condition_count = 1,
                        .limit = NAMED_MOST,
                        .expected = -1};
  enum store_error error = rows_read(request, &query, request_scope(request, query.type, MAY_READ), &names->rows);
  names->classes = ARENA_ARRAY(request->arena, int64_t, names->rows.count + 1);
  for (size_t i = 0; i < names->rows.count; i++)
    names->classes[i] = groups_named(request->house->groups, GROUPING_CLASS, row_integer(names->rows.items[i], CLASS_APPEAL));
  return error;
}

/* Of several that lead to one class by now, the first. */
static void name_write(struct json *json, int64_t class, const struct names *names, struct labels *labels) {
  const struct row *named = NULL;
  for (size_t i = 0; i < names->rows.count; i++)
    if (names->classes[i] == class && (!named || names->rows.items[i]->id < named->id)) named = names->rows.items[i];
  json_key(json, "name");
  if (!json_open_or_null(json, named)) return;
  json_pair_integer(json, "id", named->id);
  json_pair(json, "title", row_text(named, CLASS_TITLE));
  integer_or_null(json, "unit", row_integer(named, CLASS_UNIT));
  labels_want(labels, RECORD_UNIT, row_integer(named, CLASS_UNIT));
  json_close(json, '}');
}

/* ---- summaries ---- */

static void growth_write(struct request *request, struct json *json, const struct group_summary *summary) {
  json_key(json, "growth");
  json_open(json, '{');
  json_pair_integer(json, "lately", summary->lately);
  json_pair_integer(json, "weeks", summary->weeks);
  if (summary->predicted) {
    decimal_pair(request, json, "expected", summary->expected);
    decimal_pair(request, json, "deviation", summary->deviation);
    decimal_pair(request, json, "growth", summary->growth);
  }
  json_key(json, "by_week");
  json_open(json, '[');
  for (int64_t i = summary->week_count; i-- > 0;) json_integer(json, summary->by_week[i]);
  json_close(json, ']');
  json_close(json, '}');
}

static void problems_write(struct json *json, const struct group_summary *summary, struct labels *labels) {
  json_pair_integer(json, "linked", summary->linked);
  json_key(json, "problems");
  json_open(json, '[');
  for (size_t i = 0; i < summary->problem_count; i++) {
    json_open(json, '{');
    json_pair_integer(json, "id", summary->problems[i].id);
    json_pair_integer(json, "count", summary->problems[i].count);
    json_close(json, '}');
    labels_want(labels, RECORD_PROBLEM, summary->problems[i].id);
  }
  json_close(json, ']');
}

static void summary_pairs(struct request *request, struct json *json, const struct group_summary *summary, const struct row *shown,
                          const struct names *names, struct labels *labels) {
  json_pair_integer(json, "id", summary->id);
  json_pair_integer(json, "class", summary->class);
  name_write(json, summary->class, names, labels);
  json_pair_integer(json, "members", summary->members);
  json_pair_integer(json, "events", summary->events);
  json_pair_integer(json, "units", summary->units);
  json_pair_integer(json, "places", summary->places);
  moment_pair(request, json, "first", summary->first);
  moment_pair(request, json, "latest", summary->latest);
  json_pair_integer(json, "rated", summary->rated);
  json_pair_integer(json, "dissatisfied", summary->dissatisfied);
  problems_write(json, summary, labels);
  growth_write(request, json, summary);
  shown_write(request, json, shown, labels);
}

/* ---- the question ---- */

static bool date_argument(struct request *request, const char *name, int64_t *date) {
  const char *text = request_argument(request, name);
  *date = NOTHING;
  if (!text || !*text || date_parse(text, date)) return true;
  answer_problem(request, 400, "malformed",
                 label_print(request->arena, "%s 应是日期，如 2026-11-23。", "%s must be a date, like 2026-11-23.", name));
  return false;
}

static bool sort_argument(struct request *request, enum groups_sort *sort) {
  static const char *const names[] =
      {[GROUPS_BY_SIZE] = "size", [GROUPS_BY_GROWTH] = "growth", [GROUPS_BY_LATEST] = "latest", [GROUPS_BY_DISSATISFIED] = "dissatisfied"};
  const char *text = request_argument(request, "sort");
  *sort = GROUPS_BY_SIZE;
  if (!text || !*text) return true;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(names[i], text) == 0) {
      *sort = (enum groups_sort)i;
      return true;
    }
  answer_problem(request, 400, "malformed",
                 (struct label){"sort 应是 size、growth、latest 或 dissatisfied。", "sort must be size, growth, latest or dissatisfied."});
  return false;
}

/* `problem=none`: no appeal of it is linked to one; `problem=any`: some are. */
static bool linked_argument(struct request *request, enum groups_linked *linked) {
  const char *text = request_argument(request, "problem");
  *linked = GROUPS_WHETHER_LINKED;
  if (!text || !*text) return true;
  if (strcmp(text, "none") == 0) *linked = GROUPS_NOT_LINKED;
  else if (strcmp(text, "any") == 0) *linked = GROUPS_LINKED;
  else answer_problem(request, 400, "malformed", (struct label){"problem 应是 none 或 any。", "problem must be none or any."});
  return *linked != GROUPS_WHETHER_LINKED;
}

static int64_t within(int64_t value, int64_t least, int64_t most) { return value < least ? least : value > most ? most : value; }

static bool question_read(struct request *request, enum grouping_level level, struct groups_question *question) {
  int64_t unit = request_argument_integer(request, "unit", 0);
  *question = (struct groups_question){.level = level,
                                       .scope = request_scope(request, record_type(RECORD_APPEAL), MAY_READ),
                                       .today = date_of_moment(request_now(request)),
                                       .class = request_argument_integer(request, "class", 0),
                                       .weeks = (int)within(request_argument_integer(request, "weeks", GROUPS_WEEKS), GROUPS_WEEKS_LEAST,
                                                            GROUPS_WEEKS_MOST),
                                       .least = (size_t)within(request_argument_integer(request, "least", 1), 1, 1000000),
                                       .skip = (size_t)within(request_argument_integer(request, "skip", 0), 0, 1000000),
                                       .limit = (size_t)within(request_argument_integer(request, "limit", LIMIT_USUAL), 1, LIST_MOST)};
  question->rising = request_argument_integer(request, "rising", 0) == 1;
  if (!sort_argument(request, &question->sort) || !linked_argument(request, &question->linked) ||
      !date_argument(request, "from", &question->from) || !date_argument(request, "to", &question->to))
    return false;
  int64_t *units = NULL;
  size_t count = 0;
  enum store_error error = unit ? units_below(request, unit, &units, &count) : STORE_OK;
  question->units = units;
  question->unit_count = (int64_t)count;
  if (error) answer_store_error(request, error);
  return !error;
}

/* ---- lists ---- */

static void list_of(struct request *request, enum grouping_level level) {
  struct groups_question question;
  struct groups_page page;
  struct rows shown = {0};
  struct names names = {0};
  struct labels labels = {.arena = request->arena};
  if (!groups_ready(request) || !question_read(request, level, &question)) return;
  groups_list(request->house->groups, &question, request->arena, &page);
  int64_t *ids = ARENA_ARRAY(request->arena, int64_t, page.count + 1);
  for (size_t i = 0; i < page.count; i++) ids[i] = page.items[i].newest;
  enum store_error error = shown_read(request, ids, page.count, &shown);
  if (!error) error = names_read(request, &names);
  struct json *json = out_open(request);
  json_pair_integer(json, "grouped_to", page.journal);
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; i < page.count; i++) {
    json_open(json, '{');
    summary_pairs(request, json, &page.items[i], shown_of(&shown, page.items[i].newest), &names, &labels);
    json_close(json, '}');
  }
  json_close(json, ']');
  json_pair_integer(json, "total", page.total);
  json_pair_integer(json, "appeals", page.appeals);
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

void events_of_appeals_show(struct request *request) { list_of(request, GROUPING_EVENT); }
void classes_of_appeals_show(struct request *request) { list_of(request, GROUPING_CLASS); }

/* ---- one ---- */

static void share_write(struct json *json, const struct group_share *share, const struct rows *shown, struct labels *labels) {
  const struct row *row = shown ? shown_of(shown, share->newest) : NULL;
  json_open(json, '{');
  if (shown) json_pair(json, "place", row ? row_text(row, APPEAL_PLACE) : NULL); /* null: none is given, it is the event's */
  else integer_or_null(json, "unit", share->unit);
  if (!shown) labels_want(labels, RECORD_UNIT, share->unit);
  json_pair_integer(json, "count", share->count);
  json_pair_integer(json, "newest", share->newest);
  json_close(json, '}');
}

static enum store_error spread_write(struct request *request, struct json *json, enum grouping_level level, int64_t id,
                                     struct labels *labels) {
  struct group_spread spread;
  struct rows shown = {0};
  groups_spread(request->house->groups, level, id, request_scope(request, record_type(RECORD_APPEAL), MAY_READ), SPREAD_MOST,
                request->arena, &spread);
  int64_t *ids = ARENA_ARRAY(request->arena, int64_t, spread.place_count + 1);
  for (size_t i = 0; i < spread.place_count; i++) ids[i] = spread.places[i].newest;
  enum store_error error = shown_read(request, ids, spread.place_count, &shown);
  json_key(json, "by_unit");
  json_open(json, '[');
  for (size_t i = 0; i < spread.unit_count; i++) share_write(json, &spread.units[i], NULL, labels);
  json_close(json, ']');
  json_key(json, "by_place");
  json_open(json, '[');
  for (size_t i = 0; i < spread.place_count; i++) share_write(json, &spread.places[i], &shown, labels);
  json_close(json, ']');
  return error;
}

static void one_of(struct request *request, enum grouping_level level) {
  struct groups_question question;
  struct groups_page page;
  struct rows shown = {0};
  struct names names = {0};
  struct labels labels = {.arena = request->arena};
  if (!groups_ready(request) || !question_read(request, level, &question)) return;
  question.id = request->id;
  question.class = 0;
  question.linked = GROUPS_WHETHER_LINKED;
  question.rising = false;
  groups_list(request->house->groups, &question, request->arena, &page);
  if (!page.total) {
    answer_absent(request);
    return;
  }
  enum store_error error = shown_read(request, &page.items[0].newest, 1, &shown);
  if (!error) error = names_read(request, &names);
  struct json *json = out_open(request);
  json_pair_integer(json, "grouped_to", page.journal);
  summary_pairs(request, json, &page.items[0], shown_of(&shown, page.items[0].newest), &names, &labels);
  if (!error) error = spread_write(request, json, level, page.items[0].id, &labels);
  json_pair(json, "list",
            arena_print(request->arena, "/api/v1/appeals?%s=%lld", level == GROUPING_EVENT ? "event" : "class",
                        (long long)page.items[0].id));
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

void event_of_appeals_show(struct request *request) { one_of(request, GROUPING_EVENT); }
void class_of_appeals_show(struct request *request) { one_of(request, GROUPING_CLASS); }

/* ---- what an appeal may belong to ---- */

enum { EXCERPT = 900 /* bytes of a text that is shown to be judged by */ };

static void excerpt_pair(struct request *request, struct json *json, const char *text) {
  size_t size = text ? strlen(text) : 0;
  json_pair(json, "text", size > EXCERPT ? arena_print(request->arena, "%.*s…", (int)text_valid_until(text, EXCERPT), text) : text);
}

static void offer_write(struct request *request, struct json *json, const struct group_offer *offer, const struct row *shown, bool texts,
                        struct labels *labels) {
  json_open(json, '{');
  json_pair_integer(json, "event", offer->event);
  json_pair_integer(json, "class", offer->class);
  json_pair(json, "score", arena_print(request->arena, "%.3f", offer->score));
  json_pair_yes_no(json, "own", offer->own);
  json_pair_integer(json, "members", offer->members);
  shown_write(request, json, shown, labels);
  if (texts) excerpt_pair(request, json, shown ? row_text(shown, APPEAL_TEXT) : NULL);
  json_close(json, '}');
}

enum store_error nearest_write(struct request *request, struct json *json, const struct grouping_appeal *appeal, bool texts, struct labels *labels) {
  const struct scope *scope = request_scope(request, record_type(RECORD_APPEAL), MAY_READ);
  struct rows shown = {0};
  struct groups_offered offered;
  int64_t ids[GROUPING_NEAREST];
  groups_offer(request->house->groups, appeal, scope, &offered);
  for (size_t i = 0; i < offered.count; i++) ids[i] = offered.items[i].newest;
  struct query query = {.type = record_type(RECORD_APPEAL), .ids = ids, .id_count = offered.count, .only_ids = true, .long_texts = texts, .expected = (int64_t)offered.count};
  enum store_error error = offered.count ? rows_read(request, &query, scope, &shown) : STORE_OK;
  json_pair_integer(json, "grouped_to", offered.journal);
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; i < offered.count; i++) offer_write(request, json, &offered.items[i], shown_of(&shown, offered.items[i].newest), texts, labels);
  json_close(json, ']');
  return error;
}

void nearest_show(struct request *request) {
  struct row *row = NULL;
  struct labels labels = {.arena = request->arena};
  if (!groups_ready(request)) return;
  const struct scope *scope = request_scope(request, record_type(RECORD_APPEAL), MAY_READ);
  enum store_error error = reader_get(request->reader, record_type(RECORD_APPEAL), scope, request->id, request->arena, &row);
  if (error) {
    if (error == STORE_ABSENT) answer_absent(request);
    else answer_store_error(request, error);
    return;
  }
  struct grouping_appeal appeal = groups_appeal(row);
  struct json *json = out_open(request);
  stand_write(request, json, row);
  error = nearest_write(request, json, &appeal, false, &labels);
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
