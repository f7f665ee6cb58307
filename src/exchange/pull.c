/* Pulling from a GeoReport v2 server (pull.h). Servers differ: some know no pages and give the same again, some give out only so many of a
   span, some answer 429 or 500 for a while. A span ends when a page brings nothing new; a full answer of a server without pages halves the
   span, and so does an answer that is too large. */
#include "exchange/pull_parts.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SPAN ((int64_t)90 * MOMENT_DAY)
#define SPAN_LEAST ((int64_t)3600 * MOMENT_SECOND)
#define WAIT_MOST ((int64_t)60 * MOMENT_SECOND)
#define ERRORS_KEPT 20
#define PAGES_MOST 100000u
#define WRITTEN_AT_ONCE 1000u /* requests */

static bool pull_wrong(struct pulling *pulling, struct label why) {
  pulling->report->wrong = (struct label){arena_text(pulling->kept, why.zh), arena_text(pulling->kept, why.en)};
  return false;
}

/* ---- the place it has come to ---- */

static enum store_error place_read(struct pulling *pulling) {
  char *text = NULL;
  enum store_error error = side_get(pulling->store, SIDE_POSITION, pulling->key, pulling->kept, &text);
  pulling->place = (struct place){.done = NOTHING, .from = NOTHING, .to = NOTHING, .page = 1, .open = ""};
  if (error) return error == STORE_ABSENT ? STORE_OK : error;
  json_t *json = json_loads(text, 0, NULL);
  const char *url = json_string_value(json_object_get(json, "url"));
  bool same = url && strcmp(url, pulling->options->url) == 0; /* another server under the same name begins anew */
  if (same && json_is_integer(json_object_get(json, "done"))) pulling->place.done = json_integer_value(json_object_get(json, "done"));
  if (same && json_is_integer(json_object_get(json, "to"))) {
    pulling->place.from = json_integer_value(json_object_get(json, "from"));
    pulling->place.to = json_integer_value(json_object_get(json, "to"));
    pulling->place.page = json_integer_value(json_object_get(json, "page"));
  }
  if (same && json_is_string(json_object_get(json, "open")))
    pulling->place.open = arena_text(pulling->kept, json_string_value(json_object_get(json, "open")));
  json_decref(json);
  return STORE_OK;
}

enum store_error pull_place_keep(struct pulling *pulling) {
  const struct place *place = &pulling->place;
  json_t *json = json_pack("{s:s}", "url", pulling->options->url);
  if (place->done != NOTHING) json_object_set_new(json, "done", json_integer(place->done));
  if (place->to != NOTHING) {
    json_object_set_new(json, "from", json_integer(place->from));
    json_object_set_new(json, "to", json_integer(place->to));
    json_object_set_new(json, "page", json_integer(place->page));
  }
  if (*place->open) json_object_set_new(json, "open", json_string(place->open));
  char *text = json_dumps(json, JSON_COMPACT);
  enum store_error error = text ? side_put(pulling->store, SIDE_POSITION, pulling->key, text, 0) : STORE_BROKEN;
  free(text);
  json_decref(json);
  return error;
}

/* ---- one question ---- */

static const char *moment_asked(struct pulling *pulling, int64_t moment) {
  return fetch_escape(pulling->page, moment_print(pulling->page, moment / MOMENT_SECOND * MOMENT_SECOND));
}

/* …/v2 and …/v2/requests.json are both the endpoint of …/v2. */
static int endpoint_size(const char *url, const char **form) {
  static const char *const NAMED[] = {"/requests.json", "/requests.xml"};
  size_t size = strlen(url);
  *form = ".json";
  for (size_t i = 0; i < 2; i++) {
    size_t named = strlen(NAMED[i]);
    if (size <= named || strcmp(url + size - named, NAMED[i]) != 0) continue;
    *form = i ? ".xml" : ".json";
    return (int)(size - named);
  }
  return (int)(size && url[size - 1] == '/' ? size - 1 : size);
}

struct buffer pull_address(struct pulling *pulling, const char *path) {
  const struct pull_options *options = pulling->options;
  const char *form;
  struct buffer url = {.arena = pulling->page};
  int size = endpoint_size(options->url, &form);
  buffer_print(&url, "%.*s%s%s?", size, options->url, path, form);
  if (options->jurisdiction) buffer_print(&url, "jurisdiction_id=%s&", fetch_escape(pulling->page, options->jurisdiction));
  if (options->api_key) buffer_print(&url, "api_key=%s&", fetch_escape(pulling->page, options->api_key));
  return url;
}

static const char *url_of(struct pulling *pulling) {
  struct buffer url = pull_address(pulling, "/requests");
  buffer_print(&url, "start_date=%s&end_date=%s&page=%lld&page_size=%zu", moment_asked(pulling, pulling->place.from),
               moment_asked(pulling, pulling->place.to), (long long)pulling->place.page, pulling->options->page_size);
  return url.bytes;
}

static bool passes(long status) { return status == 429 || status == 408 || status >= 500; }

static int64_t wait_before(const struct pulling *pulling, const struct fetched *fetched, unsigned tried) {
  int64_t wait = fetched->retry_after != NOTHING ? fetched->retry_after * MOMENT_SECOND : pulling->options->gap << (tried < 8 ? tried : 8);
  return wait > WAIT_MOST ? WAIT_MOST : wait;
}

bool pull_ask(struct pulling *pulling, const char *url, struct fetched *fetched) {
  for (unsigned tried = 1;; tried++) {
    if (pulling->hands->stops(pulling->hands->with))
      return pull_wrong(pulling, (struct label){"中断了;下次从这里接着拉。", "it was broken off; the next time goes on from here."});
    arena_reset(pulling->answer);
    enum fetch_outcome outcome = fetch(url, "application/json, text/xml", pulling->answer, pulling->hands->stops, pulling->hands->with,
                                       fetched);
    pulling->report->questions++;
    if (fetched->too_large)
      return pull_wrong(pulling, label_print(pulling->page, "一次答复超过 %zu MiB,没有读完;可用更小的 --page-size 再试。",
                                             "one answer is larger than %zu MiB and was not read to its end; a smaller --page-size may do.",
                                             FETCH_MOST >> 20));
    if (outcome == FETCH_REFUSED)
      return pull_wrong(pulling, label_print(pulling->page, "不能从那里读:%s。", "it cannot be read from there: %s.", fetched->why));
    if (outcome == FETCH_ANSWERED && !passes(fetched->status)) return true;
    if (tried >= pulling->options->tries)
      return pull_wrong(pulling, outcome == FETCH_FAILED
                                     ? label_print(pulling->page, "对方没有应答(%s),已试 %u 次。",
                                                   "the server does not answer (%s), tried %u times.", fetched->why, tried)
                                     : label_print(pulling->page, "对方答复 %ld,已试 %u 次。", "the server answers %ld, tried %u times.",
                                                   fetched->status, tried));
    pulling->hands->wait(pulling->hands->with, wait_before(pulling, fetched, tried));
  }
}

static const char *body_of(const struct fetched *fetched) { return fetched->body.bytes ? fetched->body.bytes : ""; }

bool pull_refused(struct pulling *pulling, const struct fetched *fetched) {
  const char *told = georeport_error(pulling->page, body_of(fetched), fetched->body.size);
  return pull_wrong(pulling, label_print(pulling->page, "对方答复 %ld:%s", "the server answers %ld: %s", fetched->status, told ? told : "-"));
}

bool pull_read(struct pulling *pulling, const struct fetched *fetched, struct georeports *requests) {
  struct label unread = {0};
  return georeport_read(pulling->page, body_of(fetched), fetched->body.size, requests, &unread) || pull_wrong(pulling, unread);
}

/* False: the report says why. */
static bool question_ask(struct pulling *pulling, struct georeports *requests, bool *too_large) {
  struct fetched fetched = {0};
  bool answered = pull_ask(pulling, url_of(pulling), &fetched);
  *too_large = fetched.too_large;
  if (!answered) return false;
  return fetched.status == 200 ? pull_read(pulling, &fetched, requests) : pull_refused(pulling, &fetched);
}

void pull_pause(struct pulling *pulling) {
  if (pulling->report->questions) pulling->hands->wait(pulling->hands->with, pulling->options->gap);
}

/* ---- what came ---- */

static void errors_keep(struct pulling *pulling, const struct import_error *errors, size_t count) {
  struct pull_report *report = pulling->report;
  if (!report->errors) report->errors = ARENA_ARRAY(pulling->kept, struct import_error, ERRORS_KEPT);
  for (size_t i = 0; i < count && report->error_count < ERRORS_KEPT; i++)
    report->errors[report->error_count++] = (struct import_error){.code = arena_text(pulling->kept, errors[i].code),
      .sentence = {arena_text(pulling->kept, errors[i].sentence.zh), arena_text(pulling->kept, errors[i].sentence.en)}};
}

static enum store_error rows_stage(struct pulling *pulling, const struct buffer *rows, struct arena *arena, struct import_staged **staged) {
  const struct pull_options *options = pulling->options;
  struct import_options import = {.type = record_type(RECORD_APPEAL),
                                  .mapping = options->mapping,
                                  .any_name = true,
                                  .leave_out = true,
                                  .channel = CHANNEL_OPEN311,
                                  .now = pulling->context->now,
                                  .base_line = options->base_line,
                                  .contact_key = options->contact_key};
  struct reader *reader = NULL;
  enum store_error error = store_reader(pulling->store, &reader);
  if (!error) error = import_stage(reader, pulling->context->authority, &import, rows->bytes, rows->size, arena, staged);
  reader_release(reader);
  return error;
}

/* Somebody may change a record between staging and writing: then it is staged again. */
static enum store_error rows_write(struct pulling *pulling, const struct buffer *rows, struct arena *arena, bool *good) {
  struct import_staged *staged = NULL;
  struct import_report report = {0};
  enum store_error error = STORE_OK;
  *good = true;
  for (int tried = 0; tried < 3; tried++) {
    error = rows_stage(pulling, rows, arena, &staged);
    if (!error && staged->errors_found && !staged->row_count && !staged->records) *good = pull_wrong(pulling, staged->errors[0].sentence);
    if (!error && *good && staged->row_count) error = import_write(pulling->writer, pulling->context, staged, arena, &report);
    if (error || !*good || (report.verdict != VERDICT_STALE && report.verdict != VERDICT_CLASH)) break;
  }
  if (error || !*good) return error;
  if (staged->row_count && report.verdict > VERDICT_REPEATED) {
    *good = pull_wrong(pulling, report.finding_count ? report.findings[0].sentence : (struct label){"没有写入", "nothing was written"});
    return STORE_OK;
  }
  for (int i = 0; i < IMPORT_CLASS_COUNT; i++) pulling->report->counts[i] += staged->counts[i];
  pulling->report->refused += staged->records - (int64_t)staged->row_count;
  errors_keep(pulling, staged->errors, staged->error_count);
  return STORE_OK;
}

enum store_error pull_take(struct pulling *pulling, const struct georeport *const *requests, size_t count, bool *good) {
  struct arena *arena = arena_new();
  enum store_error error = STORE_OK;
  *good = true;
  for (size_t i = 0; i < count; i++)
    if (*requests[i]->id) map_put(&pulling->met, map_key(requests[i]->id), 1);
  for (size_t at = 0; at < count && !error && *good; at += WRITTEN_AT_ONCE) {
    struct buffer rows = {.arena = arena};
    size_t some = count - at < WRITTEN_AT_ONCE ? count - at : WRITTEN_AT_ONCE;
    pulling->report->without += (int64_t)georeport_rows(arena, requests + at, some, &rows);
    if (rows.size) error = rows_write(pulling, &rows, arena, good);
    arena_reset(arena);
  }
  arena_free(arena);
  return error;
}

/* Those that did not come in this span yet. */
static size_t fresh_choose(struct pulling *pulling, const struct georeports *requests, const struct georeport **fresh) {
  size_t count = 0;
  for (size_t i = 0; i < requests->count; i++) {
    const struct georeport *request = &requests->items[i];
    int64_t key = map_key(*request->id ? request->id : request->description);
    if (map_get(&pulling->seen, key) != NOTHING) continue;
    map_put(&pulling->seen, key, pulling->place.page);
    fresh[count++] = request;
  }
  return count;
}

enum turn { TURN_ON /* the next page */, TURN_OVER /* the span is done */, TURN_HALF /* the span was too long for this server, or for us */, TURN_STOP };

static enum turn page_judge(const struct pulling *pulling, const struct georeports *requests, size_t fresh) {
  bool ignores = requests->count > 0 && fresh == 0 && pulling->place.page == 2; /* the same again: it knows no pages */
  if (ignores && requests->count >= pulling->options->page_size && pulling->place.to - pulling->place.from > SPAN_LEAST) return TURN_HALF;
  if (ignores && requests->count >= pulling->options->page_size) pulling->report->incomplete = true;
  return fresh && pulling->place.page < PAGES_MOST ? TURN_ON : TURN_OVER;
}

static enum store_error page_pull(struct pulling *pulling, enum turn *turn) {
  struct georeports requests;
  bool good = true, too_large = false;
  *turn = TURN_STOP;
  if (!question_ask(pulling, &requests, &too_large)) {
    if (too_large && pulling->place.to - pulling->place.from > SPAN_LEAST) {
      *turn = TURN_HALF;
      pulling->report->wrong = (struct label){0};
    }
    return STORE_OK;
  }
  const struct georeport **fresh = ARENA_ARRAY(pulling->page, const struct georeport *, requests.count + 1);
  size_t count = fresh_choose(pulling, &requests, fresh);
  pulling->report->requests += (int64_t)count;
  pulling->report->twice += (int64_t)(requests.count - count);
  enum store_error error = pull_take(pulling, fresh, count, &good);
  if (!error && good) *turn = page_judge(pulling, &requests, count);
  return error;
}

/* ---- spans ---- */

static void span_begin(struct pulling *pulling, int64_t from) {
  pulling->place.from = from;
  pulling->place.to = from + SPAN < pulling->options->until ? from + SPAN : pulling->options->until;
  pulling->place.page = 1;
  map_free(&pulling->seen);
}

static int64_t begin_at(const struct pulling *pulling) {
  const struct pull_options *options = pulling->options;
  if (options->since != NOTHING) return options->since;
  return pulling->place.done != NOTHING ? pulling->place.done - options->look_back : options->until - SPAN;
}

static void turn_take(struct pulling *pulling, enum turn turn) {
  struct place *place = &pulling->place;
  if (turn == TURN_ON) place->page++;
  else if (turn == TURN_HALF) {
    place->to = place->from + (place->to - place->from) / 2;
    place->page = 1;
    map_free(&pulling->seen);
  } else {
    place->done = place->to;
    span_begin(pulling, place->to);
  }
}

/* The place is kept after what it stands for is written: a page is at worst taken twice. */
static enum store_error spans_pull(struct pulling *pulling) {
  enum store_error error = STORE_OK;
  enum turn turn = TURN_ON;
  bool resumes = pulling->place.to != NOTHING && pulling->options->since == NOTHING;
  if (!resumes) span_begin(pulling, begin_at(pulling));
  while (!error && turn != TURN_STOP && pulling->place.from < pulling->options->until) {
    pull_pause(pulling);
    error = page_pull(pulling, &turn);
    if (!error && turn != TURN_STOP) turn_take(pulling, turn);
    if (!error && turn != TURN_STOP) error = pull_place_keep(pulling);
    arena_reset(pulling->page);
  }
  pulling->report->finished = !error && turn != TURN_STOP;
  return error;
}

enum store_error pull(struct writer *writer, struct store *store, const struct context *context, const struct pull_options *options, const struct pull_hands *hands, struct arena *arena, struct pull_report *report) {
  struct pulling pulling = {.writer = writer, .store = store, .context = context, .options = options, .hands = hands, .report = report, .kept = arena, .page = arena_new(), .answer = arena_new(),
                            .key = arena_print(arena, "pull:%s", options->mapping)};
  *report = (struct pull_report){0};
  enum store_error error = place_read(&pulling);
  if (!error) error = spans_pull(&pulling);
  if (!error && report->finished) {
    pulling.place.from = pulling.place.to = NOTHING;
    error = pull_place_keep(&pulling);
    if (!error && options->open_most) error = pull_open_ones(&pulling, &report->finished);
  }
  report->done_to = pulling.place.done;
  map_free(&pulling.seen);
  map_free(&pulling.met);
  arena_free(pulling.page);
  arena_free(pulling.answer);
  return error;
}
