/* The open ones asked again (pull.h): GeoReport v2 finds requests by when they were made, so what changed long after is seen only by asking
   for it by number. By fifties, which the standard allows (service_request_id, comma delimited, overrides all other arguments); what such a
   question leaves out, and servers that do not know it, one by one. What is 404 then is gone there, and stays here as it was. */
#include "exchange/pull_parts.h"

#include <string.h>
#include <strings.h>

enum { TOGETHER = 50, ADDRESS_MOST = 1800 /* bytes of numbers in one address */, READ_AT_ONCE = 500 };

struct open_one { const char *key, *number; bool came; };
struct open_ones { struct pulling *pulling; struct open_one *items; size_t count; size_t read; const char *last; struct arena *arena; };

/* ---- which they are ---- */

static bool open_take(void *with, const struct row *row) {
  struct open_ones *ones = with;
  const char *key = row_text(row, APPEAL_SOURCE_KEY), *state = row_text(row, APPEAL_SOURCE_STATE);
  const char *number = key ? key + strlen(ones->pulling->options->mapping) + 1 : NULL;
  ones->read++;
  ones->last = arena_text(ones->arena, key);
  if (state && strcasecmp(state, "closed") == 0) return true;
  struct map *met = &ones->pulling->met;
  if (met->count && map_get(met, map_key(number)) != NOTHING) return true;
  ones->items[ones->count++] = (struct open_one){ones->last, ones->last + (number - key), false};
  return true;
}

/* The next of them behind the place, in the order of their keys: a walk of the unique index. */
static enum store_error open_read(struct open_ones *ones) {
  struct pulling *pulling = ones->pulling;
  const char *mapping = pulling->options->mapping;
  struct value from = value_text(APPEAL_SOURCE_KEY, *pulling->place.open ? pulling->place.open : arena_print(ones->arena, "%s:", mapping));
  struct value to = value_text(APPEAL_SOURCE_KEY, arena_print(ones->arena, "%s;", mapping)); /* the next character */
  struct condition conditions[] = {{.field = APPEAL_SOURCE_KEY, .how = C_MORE, .values = &from, .count = 1},
                                   {.field = APPEAL_SOURCE_KEY, .how = C_LESS, .values = &to, .count = 1}};
  struct query query = {.type = record_type(RECORD_APPEAL),
                        .conditions = conditions,
                        .condition_count = 2,
                        .sort = APPEAL_SOURCE_KEY,
                        .limit = READ_AT_ONCE,
                        .expected = -1};
  struct reader *reader = NULL;
  struct arena *scratch = arena_new();
  const struct scope *scope = scope_for(scratch, pulling->context->authority, query.type, MAY_READ);
  ones->items = ARENA_ARRAY(ones->arena, struct open_one, READ_AT_ONCE);
  enum store_error error = store_reader(pulling->store, &reader);
  if (!error) error = reader_list(reader, &query, scope, scratch, open_take, ones);
  if (reader) reader_release(reader);
  arena_free(scratch);
  return error;
}

/* ---- asked ---- */

/* Of what came, what was asked for: a server that ignores the numbers gives out anything. */
static size_t asked_for(struct open_one *ones, size_t count, const struct georeports *requests, const struct georeport **chosen) {
  size_t some = 0;
  for (size_t i = 0; i < requests->count; i++)
    for (size_t k = 0; k < count; k++) {
      if (ones[k].came || strcmp(ones[k].number, requests->items[i].id) != 0) continue;
      ones[k].came = true;
      chosen[some++] = &requests->items[i];
    }
  return some;
}

static enum store_error answer_take(struct pulling *pulling, const struct fetched *fetched, struct open_one *ones, size_t count,
                                    bool *good) {
  struct georeports requests;
  *good = pull_read(pulling, fetched, &requests);
  if (!*good) return STORE_OK;
  const struct georeport **chosen = ARENA_ARRAY(pulling->page, const struct georeport *, count + 1);
  size_t some = asked_for(ones, count, &requests, chosen);
  pulling->report->requests += (int64_t)some;
  return pull_take(pulling, chosen, some, good);
}

/* What does not come so is asked for one by one: a refusal stops nothing here, nor does an answer that is too large. */
static enum store_error ask_together(struct pulling *pulling, struct open_one *ones, size_t count, bool *good) {
  struct fetched fetched = {0};
  struct buffer url = pull_address(pulling, "/requests");
  buffer_text(&url, "service_request_id=");
  for (size_t i = 0; i < count; i++) buffer_print(&url, "%s%s", i ? "," : "", fetch_escape(pulling->page, ones[i].number));
  pull_pause(pulling);
  *good = pull_ask(pulling, url.bytes, &fetched);
  if (fetched.too_large) {
    pulling->report->wrong = (struct label){0};
    *good = true;
    return STORE_OK;
  }
  return *good && fetched.status == 200 ? answer_take(pulling, &fetched, ones, count, good) : STORE_OK;
}

static enum store_error ask_alone(struct pulling *pulling, struct open_one *one, bool *good) {
  struct fetched fetched = {0};
  struct buffer url = pull_address(pulling, arena_print(pulling->page, "/requests/%s", fetch_escape(pulling->page, one->number)));
  pull_pause(pulling);
  *good = pull_ask(pulling, url.bytes, &fetched);
  if (!*good) return STORE_OK;
  if (fetched.status == 404) pulling->report->open_gone++;
  else if (fetched.status != 200) *good = pull_refused(pulling, &fetched);
  else return answer_take(pulling, &fetched, one, 1, good);
  return STORE_OK;
}

/* So many that one address holds their numbers. */
static size_t together(const struct open_one *ones, size_t count) {
  size_t some = 0, bytes = 0;
  while (some < count && some < TOGETHER && (!some || bytes + 3 * strlen(ones[some].number) < ADDRESS_MOST))
    bytes += 3 * strlen(ones[some++].number) + 1;
  return some;
}

/* The place is kept after what it stands for is written. */
static enum store_error ask(struct pulling *pulling, struct open_one *ones, size_t count, bool *good) {
  enum store_error error = ask_together(pulling, ones, count, good);
  for (size_t i = 0; i < count && !error && *good; i++)
    if (!ones[i].came) error = ask_alone(pulling, &ones[i], good);
  if (error || !*good) return error;
  pulling->report->open_asked += (int64_t)count;
  pulling->place.open = arena_text(pulling->kept, ones[count - 1].key);
  return pull_place_keep(pulling);
}

static enum store_error ask_all(struct open_ones *ones, bool *good) {
  struct pulling *pulling = ones->pulling;
  enum store_error error = STORE_OK;
  for (size_t at = 0, some; at < ones->count && !error && *good; at += some) {
    size_t left = pulling->options->open_most - (size_t)pulling->report->open_asked;
    if (!left) break;
    some = together(ones->items + at, ones->count - at < left ? ones->count - at : left);
    error = ask(pulling, ones->items + at, some, good);
    arena_reset(pulling->page);
  }
  return error;
}

enum store_error pull_open_ones(struct pulling *pulling, bool *good) {
  enum store_error error = STORE_OK;
  bool ended = false;
  *good = true;
  while (!error && *good && !ended && (size_t)pulling->report->open_asked < pulling->options->open_most) {
    struct open_ones ones = {.pulling = pulling, .arena = arena_new()};
    error = open_read(&ones);
    if (!error) error = ask_all(&ones, good);
    bool all = !error && *good && (size_t)pulling->report->open_asked < pulling->options->open_most;
    if (all && ones.last) pulling->place.open = arena_text(pulling->kept, ones.last); /* those behind the last open one are not looked at twice */
    ended = all && ones.read < READ_AT_ONCE;
    arena_free(ones.arena);
  }
  if (error || !*good) return error;
  pulling->report->open_left = !ended;
  if (ended) pulling->place.open = ""; /* the next run begins anew */
  return pull_place_keep(pulling);
}
