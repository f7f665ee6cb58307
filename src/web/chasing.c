/* The chase list over HTTP: one kind of waiting a page, the others by number; by unit in the order of the list of units, never ranked. */
#include <stdio.h>

#include "rules/chase_list.h"
#include "web/json_out.h"

enum { LIMIT_USUAL = 50 };

static const char *waits_name(enum waits_for whom) {
  static const char *const names[] = {[WAITS_FOR_UNIT] = "unit", [WAITS_FOR_HEAD] = "unit_head", [WAITS_FOR_OFFICE] = "office"};
  return names[whom];
}

static void date_pair(struct request *request, struct json *json, const char *key, int64_t date) {
  json_pair(json, key, date == NOTHING ? NULL : date_print(request->arena, date));
}

static enum store_error kinds_write(struct request *request, struct json *json, struct chase_question question) {
  enum store_error error = STORE_OK;
  json_key(json, "kinds");
  json_open(json, '[');
  for (size_t i = 0; i < CHASE_KIND_COUNT && !error; i++) {
    int64_t count = 0;
    question.kind = &CHASE_KINDS[i];
    error = chase_list_count(request->reader, &question, request->arena, &count);
    json_open(json, '{');
    json_pair(json, "name", CHASE_KINDS[i].name);
    json_pair(json, "label", request_label(request, CHASE_KINDS[i].label));
    json_pair(json, "type", record_type(CHASE_KINDS[i].type)->name);
    json_pair(json, "waits_for", waits_name(CHASE_KINDS[i].waits_for));
    json_pair_integer(json, "count", count);
    json_close(json, '}');
  }
  json_close(json, ']');
  return error;
}

static enum store_error units_write(struct request *request, struct json *json, const struct chase_question *question,
                                    struct labels *labels) {
  struct chase_units units;
  enum store_error error = chase_list_units(request->reader, question, request->arena, &units);
  json_key(json, "units");
  json_open(json, '[');
  for (size_t i = 0; i < units.count; i++) {
    json_open(json, '{');
    json_key(json, "unit");
    if (units.items[i].unit == NOTHING) json_null(json);
    else json_integer(json, units.items[i].unit);
    json_pair_integer(json, "count", units.items[i].count);
    json_close(json, '}');
    labels_want(labels, RECORD_UNIT, units.items[i].unit);
  }
  json_close(json, ']');
  return error;
}

static void last_write(struct request *request, struct json *json, const struct row *last, struct labels *labels) {
  const struct record_type *type = record_type(RECORD_CHASE);
  json_key(json, "last");
  if (!json_open_or_null(json, last)) return;
  json_pair_integer(json, "id", last->id);
  json_pair(json, "state", record_state(type, last->state)->name);
  json_pair(json, "by", field_choice(record_field(type, CHASE_BY), row_integer(last, CHASE_BY))->name);
  date_pair(request, json, "said_on", row_integer(last, CHASE_SAID_ON));
  json_pair_integer(json, "chased_by", row_integer(last, CHASE_CHASED_BY) == NOTHING ? 0 : row_integer(last, CHASE_CHASED_BY));
  labels_want(labels, RECORD_USER, row_integer(last, CHASE_CHASED_BY));
  json_pair(json, "person", row_text(last, CHASE_PERSON));
  date_pair(request, json, "due", row_integer(last, CHASE_DUE));
  date_pair(request, json, "replied_on", row_integer(last, CHASE_REPLIED_ON));
  json_pair(json, "reply", row_text(last, CHASE_REPLY));
  json_close(json, '}');
}

static void late_write(struct request *request, struct json *json, const struct chase_question *question, const struct late *late,
                       struct labels *labels) {
  json_open(json, '{');
  json_key(json, "record");
  record_write(request, json, late->row, OUT_SPARSE | OUT_SHORT, labels);
  json_pair(json, "type", late->row->type->name);
  json_key(json, "unit");
  if (late->unit == NOTHING) json_null(json);
  else json_integer(json, late->unit);
  labels_want(labels, RECORD_UNIT, late->unit);
  json_pair(json, "waits_for", waits_name(question->kind->waits_for));
  date_pair(request, json, "due", late->due);
  json_pair_integer(json, "days", late->days);
  json_key(json, "chased");
  json_open(json, '{');
  json_pair_integer(json, "times", late->chased.steps + late->chased.notes);
  json_pair_integer(json, "by_clock", late->chased.steps);
  json_pair_integer(json, "by_people", late->chased.notes);
  date_pair(request, json, "last_on", late->chased.last_on);
  last_write(request, json, late->chased.last, labels);
  json_close(json, '}');
  json_close(json, '}');
}

/* False: answered. */
static bool question_read(struct request *request, struct chase_question *question) {
  const char *name = request_argument(request, "what"), *after = request_argument(request, "after");
  int64_t limit = request_argument_integer(request, "limit", LIMIT_USUAL);
  long long due = 0, id = 0;
  *question = (struct chase_question){.authority = request->authority,
                                      .today = date_of_moment(request_now(request)),
                                      .kind = name && *name ? chase_kind_named(name) : &CHASE_KINDS[0],
                                      .unit = request_argument_integer(request, "unit", 0),
                                      .campaign = request_argument_integer(request, "campaign", 0),
                                      .limit = limit < 1                 ? 1
                                               : limit > CHASE_PAGE_MOST ? CHASE_PAGE_MOST
                                                                         : (size_t)limit};
  if (!question->kind) {
    answer_problem(request, 400, "malformed",
                   (struct label){"what 没有这一类，见 kinds 里的 name。", "there is no such kind for what; see the names among kinds."});
    return false;
  }
  if (after && *after && (sscanf(after, "%lld.%lld", &due, &id) != 2 || id <= 0)) {
    answer_problem(request, 400, "malformed", (struct label){"after 应是上一页的 next。", "after must be the next of the page before."});
    return false;
  }
  question->after_due = due;
  question->after_id = id;
  return true;
}

void chase_list_show(struct request *request) {
  struct chase_question question;
  struct chase_page page;
  struct labels labels = {.arena = request->arena};
  if (!question_read(request, &question) || !request_head(request)) return;
  struct json *json = out_open(request);
  date_pair(request, json, "on", question.today);
  json_pair(json, "what", question.kind->name);
  enum store_error error = kinds_write(request, json, question);
  if (!error) error = units_write(request, json, &question, &labels);
  if (!error) error = chase_list_read(request->reader, &question, request->arena, &page);
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; !error && i < page.count; i++) late_write(request, json, &question, &page.items[i], &labels);
  json_close(json, ']');
  if (!error) json_pair_integer(json, "total", page.total);
  if (!error) json_pair_integer(json, "most_chased", page.most_chased);
  if (!error)
    json_pair(json, "next",
              page.more ? arena_print(request->arena, "%lld.%lld", (long long)page.items[page.count - 1].due,
                                      (long long)page.items[page.count - 1].row->id)
                        : NULL);
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
