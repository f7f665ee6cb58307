/* Imports of files. Importing is two steps: staged (everything wrong is told, nothing written), then written.
   Both run on slow threads; writing goes through the door like any other change. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/files.h"
#include "web/imports.h"
#include "web/list.h"

/* ---- reports ---- */

static void report_write(struct json *json, const struct import_report *report) {
  json_key(json, "report");
  json_open(json, '{');
  for (int i = 0; i < IMPORT_CLASS_COUNT; i++) json_pair_integer(json, IMPORT_CLASS_NAMES[i], report->counts[i]);
  json_pair_integer(json, "errors", report->errors);
  json_pair_integer(json, "equal_texts", report->equal_texts);
  json_pair_integer(json, "rows", report->records);
  if (report->resumed) json_pair_yes_no(json, "resumed", true);
  json_close(json, '}');
}

static void errors_write(struct request *request, struct json *json, const struct record_type *type, const struct import_error *errors,
                         size_t count) {
  json_key(json, "errors");
  json_open(json, '[');
  for (size_t i = 0; i < count; i++) {
    const struct field *field = errors[i].field ? record_field(type, errors[i].field) : NULL;
    json_open(json, '{');
    json_pair_integer(json, "row", errors[i].row);
    if (errors[i].sheet) json_pair(json, "sheet", errors[i].sheet);
    if (errors[i].sheet && errors[i].row && errors[i].column)
      json_pair(json, "cell", arena_print(request->arena, "%s%lld", errors[i].column, (long long)errors[i].row));
    json_pair(json, "column", errors[i].header ? errors[i].header : errors[i].column);
    json_pair(json, "field", field ? field->name : NULL);
    json_pair(json, "code", errors[i].code);
    json_pair(json, "sentence", request_label(request, errors[i].sentence));
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void answer_report(struct request *request, unsigned status, int64_t id, const struct record_type *type,
                          const struct import_report *report, const struct import_error *errors, size_t count) {
  struct json *json = out_open(request);
  json_pair(json, "import", arena_print(request->arena, "%lld", (long long)id));
  report_write(json, report);
  errors_write(request, json, type, errors, count);
  out_close(request, status);
}

bool import_options_read(struct request *request, struct import_options *options) {
  struct store_clock clock;
  enum store_error error = store_clock_read(request->house->store, &clock);
  *options = (struct import_options){.type = record_type(RECORD_APPEAL),
                                     .now = request_now(request),
                                     .base_line = clock.base_line,
                                     .contact_key = request->house->contact_key};
  if (error) answer_store_error(request, error);
  return !error;
}

/* What a ledger does not say, as the address says it. False: answered. */
static bool ledger_options_read(struct request *request, struct import_options *options) {
  const char *history = request_argument(request, "history"), *leave_out = request_argument(request, "leave_out"),
             *category = request_argument(request, "category"), *source = request_argument(request, "source");
  const struct record_type *type = record_type(RECORD_PROBLEM);
  const struct choice *chosen = category ? field_choice_named(record_field(type, PROBLEM_CATEGORY), category) : NULL,
                      *from = source ? field_choice_named(record_field(type, PROBLEM_SOURCE), source) : NULL;
  options->type = type;
  options->file_name = request_argument(request, "file_name");
  options->leave_out = leave_out && strcmp(leave_out, "1") == 0;
  options->unit = request_argument_integer(request, "unit", 0);
  options->campaign = request_argument_integer(request, "campaign", 0);
  options->category = chosen ? chosen->code : 0;
  options->source = from ? from->code : 0;
  options->historic = history && *history;
  if ((category && !chosen) || (source && !from) || (options->historic && !date_parse(history, &options->history_day))) {
    answer_problem(request, 400, "invalid",
                   (struct label){"history 应为日期（如 2026-01-01），category 和 source 应为清单里的代码名",
                                  "history must be a date such as 2026-01-01; category and source must be names of the lists"});
    return false;
  }
  return true;
}

static void upload_stage(struct request *request, enum record_id type) {
  bool ledger = type == RECORD_PROBLEM;
  struct import_options options;
  struct import_staged *staged = NULL;
  const char *mapping = request_argument(request, "mapping"), *complete = request_argument(request, "complete");
  size_t size = 0;
  if (!import_options_read(request, &options) || (ledger && !ledger_options_read(request, &options))) return;
  options.type = record_type(type);
  if (!request_scope(request, options.type, MAY_CREATE)->grant_count) {
    answer_forbidden(request);
    return;
  }
  options.mapping = mapping && *mapping ? mapping : NULL;
  options.complete = complete && strcmp(complete, "1") == 0;
  char *bytes = upload_read(request->upload, request->arena, &size);
  if (!bytes) answer_store_error(request, STORE_BROKEN);
  if (!bytes || !request_head(request)) return;
  enum store_error error = import_stage(request->reader, request->authority, &options, bytes, size, request->arena, &staged);
  if (!error) error = import_keep(request->house->store, request->seat.user, staged, bytes, size, request->arena);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  struct import_report report = import_report_of(staged);
  answer_report(request, 201, staged->id, options.type, &report, staged->errors, staged->error_count);
}

void import_take(struct request *request) { upload_stage(request, RECORD_APPEAL); }
void import_take_units(struct request *request) { upload_stage(request, RECORD_UNIT); }
void import_take_problems(struct request *request) { upload_stage(request, RECORD_PROBLEM); }

json_t *import_kept_read(struct request *request) {
  char *text;
  int64_t user = 0;
  enum store_error error = import_kept(request->house->store, request->id, request->arena, &text, &user);
  json_t *kept = error ? NULL : json_loads(text, 0, NULL);
  if (error && error != STORE_ABSENT) answer_store_error(request, error);
  else if (!kept || user != request->seat.user) {
    json_decref(kept);
    kept = NULL;
    answer_absent(request);
  }
  return kept;
}

/* Of a ledger's preview: its columns, words, rows by class, hints, conflicts. */
static void lists_write(struct request *request, struct json *json, const json_t *kept) {
  static const char *const LISTS[] = {"columns", "categories", "own_categories", "units", "rows", "hints", "conflicts"};
  static const char *const TEXTS[] = {"mapping", "mapping_by", "file_name", "file_hash"};
  for (size_t i = 0; i < sizeof LISTS / sizeof *LISTS; i++) {
    char *text = json_dumps(json_object_get(kept, LISTS[i]), JSON_COMPACT | JSON_PRESERVE_ORDER);
    if (!text) continue;
    json_key(json, LISTS[i]);
    json_raw(json, arena_text(request->arena, text));
    free(text);
  }
  for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) json_pair(json, TEXTS[i], json_string_value(json_object_get(kept, TEXTS[i])));
  json_pair_yes_no(json, "leave_out", json_is_true(json_object_get(kept, "leave_out")));
  json_pair_yes_no(json, "historic", json_is_integer(json_object_get(kept, "history_day")));
  json_pair_integer(json, "left_out", json_integer_value(json_object_get(kept, "left_out")));
  if (json_integer_value(json_object_get(kept, "for_unit")))
    json_pair_integer(json, "for_unit", json_integer_value(json_object_get(kept, "for_unit")));
  if (json_array_size(json_object_get(kept, "columns"))) import_fields_json(json, request->language);
}

static void kept_error_write(struct request *request, struct json *json, const json_t *item) {
  const char *header = json_string_value(json_object_get(item, "header"));
  json_open(json, '{');
  json_pair_integer(json, "row", json_integer_value(json_object_get(item, "row")));
  if (json_object_get(item, "sheet")) json_pair(json, "sheet", json_string_value(json_object_get(item, "sheet")));
  if (json_object_get(item, "cell")) json_pair(json, "cell", json_string_value(json_object_get(item, "cell")));
  json_pair(json, "column", header ? header : json_string_value(json_object_get(item, "column")));
  json_pair(json, "field", json_string_value(json_object_get(item, "field")));
  json_pair(json, "code", json_string_value(json_object_get(item, "code")));
  if (json_object_get(item, "word")) json_pair(json, "word", json_string_value(json_object_get(item, "word")));
  json_pair(json, "sentence", json_string_value(json_object_get(item, request->language == LANGUAGE_EN ? "message_en" : "message")));
  json_close(json, '}');
}

void import_kept_show(struct request *request, const json_t *kept) {
  struct import_report report = {0};
  size_t i;
  json_t *item;
  for (int class = 0; class < IMPORT_CLASS_COUNT; class ++)
    report.counts[class] = json_integer_value(json_object_get(kept, IMPORT_CLASS_NAMES[class]));
  report.errors = json_integer_value(json_object_get(kept, "errors"));
  report.equal_texts = json_integer_value(json_object_get(kept, "equal_texts"));
  report.records = json_integer_value(json_object_get(kept, "records"));
  struct json *json = out_open(request);
  json_pair(json, "import", arena_print(request->arena, "%lld", (long long)request->id));
  report_write(json, &report);
  json_key(json, "errors");
  json_open(json, '[');
  json_array_foreach(json_object_get(kept, "findings"), i, item) kept_error_write(request, json, item);
  json_close(json, ']');
  lists_write(request, json, kept);
  out_close(request, 200);
}

/* ?state=waiting: only what is not written yet. */
void imports_show(struct request *request) {
  const char *state = request_argument(request, "state");
  bool waiting = text_equal(state, "waiting");
  char *items = NULL;
  if (state && *state && !waiting) {
    answer_problem(request, 400, "malformed", (struct label){"state 只能是 waiting，或不写。", "state is waiting, or left out."});
    return;
  }
  enum store_error error = import_uploads(request->house->store, request->seat.user, waiting, request->arena, &items);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  struct json *json = out_open(request);
  json_key(json, "items");
  json_raw(json, items);
  out_close(request, 200);
}

void import_show(struct request *request) {
  json_t *kept = import_kept_read(request);
  if (kept) import_kept_show(request, kept);
  json_decref(kept);
}

static void answer_import_refused(struct request *request, const struct record_type *type, const struct import_error *errors,
                                  size_t count) {
  for (size_t i = 0; i < count && i < 1000; i++) {
    const struct field *field = errors[i].field ? record_field(type, errors[i].field) : NULL;
    /* which names its place */
    issue_add(&request->issues, (uint32_t)errors[i].row, field ? field->name : errors[i].header, errors[i].code, errors[i].sentence);
  }
  answer_problem(request, 422, "invalid",
                 (struct label){"文件有误，什么都没有写入；请改好后重新上传。",
                                "the file has errors and nothing was written; put them right and upload it again."});
}

/* Signed reports are worth nothing when they can be made up afterwards: kept as it was when it was written. */
static char *migration_text(struct request *request, const struct import_staged *staged, const struct import_report *report) {
  struct buffer text = {.arena = request->arena}, csv = {.arena = request->arena};
  struct json json = json_to(&text);
  import_migration_csv(&csv, staged, report, request->authority, request_now(request), request->language);
  json_open(&json, '{');
  json_pair_integer(&json, "user", request->seat.user);
  json_key(&json, "report");
  json_open(&json, '{');
  import_migration_json(&json, staged, report, request->authority, request_now(request), request->language);
  json_close(&json, '}');
  json_pair(&json, "csv", csv.bytes);
  json_close(&json, '}');
  return text.bytes;
}

static void migration_keep(struct request *request, const struct import_staged *staged, const struct import_report *report) {
  if (staged->options.type->id == RECORD_PROBLEM)
    import_report_keep(request->house->store, staged->id, migration_text(request, staged, report), request->arena);
}

/* Before it is written, the report of the preview; NULL: answered. */
static char *migration_read(struct request *request) {
  struct import_options options;
  struct import_staged *staged = NULL;
  char *text = NULL;
  enum store_error error = import_report_kept(request->house->store, request->id, request->arena, &text);
  if (!error) return text;
  json_t *kept = error == STORE_ABSENT ? import_kept_read(request) : NULL;
  if (error != STORE_ABSENT) answer_store_error(request, error);
  if (!kept) return NULL;
  json_decref(kept);
  if (!import_options_read(request, &options) || !request_reader(request)) return NULL;
  error = import_stage_kept(request->house->store, request->reader, request->authority, &options, request->id, request->arena, &staged);
  if (error) {
    answer_store_error(request, error);
    return NULL;
  }
  struct import_report report = import_report_of(staged);
  return migration_text(request, staged, &report);
}

void import_report_show(struct request *request) {
  const char *format = request_argument(request, "format");
  char *text = migration_read(request);
  json_t *kept = text ? json_loads(text, 0, NULL) : NULL;
  if (!text) return;
  if (!kept || json_integer_value(json_object_get(kept, "user")) != request->seat.user) {
    json_decref(kept);
    answer_absent(request);
    return;
  }
  const char *csv = json_string_value(json_object_get(kept, "csv"));
  char *json = json_dumps(json_object_get(kept, "report"), JSON_COMPACT | JSON_PRESERVE_ORDER);
  bool as_csv = format && strcmp(format, "csv") == 0;
  const char *body = arena_text(request->arena, as_csv ? (csv ? csv : "") : json ? json : "{}");
  if (as_csv)
    answer_header(request, "Content-Disposition",
                  arena_print(request->arena, "attachment; filename=\"migration-%lld.csv\"", (long long)request->id));
  answer_bytes(request, 200, as_csv ? "text/csv; charset=utf-8" : "application/json; charset=utf-8", body, strlen(body));
  free(json);
  json_decref(kept);
}

static void answer_half_written(struct request *request, const struct import_report *report) {
  for (size_t i = 0; i < report->finding_count && i < 1000; i++)
    issue_add(&request->issues, (uint32_t)report->findings[i].row, NULL, report->findings[i].code, report->findings[i].sentence);
  answer_problem(request, 422, "half_written", (struct label){"写到一半停下：已写入的不会重复，其余没有写入；按下面的提示办好后再点写入，会接着写。", "it stopped half way: what is written will not be written twice, the rest is not written. Put right what is told below and write again; it goes on from there."});
}

/* The same upload staged anew, as the records are now. False: answered. */
static bool staged_for_writing(struct request *request, struct import_staged **staged, int64_t *since) {
  struct import_options options;
  struct head head;
  if (!import_options_read(request, &options) || !request_reader(request)) return false;
  enum store_error error = import_stage_kept(request->house->store, request->reader, request->authority, &options, request->id,
                                             request->arena, staged);
  if (!error) error = reader_head(request->reader, &head);
  reader_release(request->reader); /* writing may take long: no snapshot is held meanwhile */
  request->reader = NULL;
  if (!error && (*staged)->error_count && !((*staged)->options.leave_out && (*staged)->row_count)) {
    answer_import_refused(request, (*staged)->options.type, (*staged)->errors, (*staged)->error_count);
    return false;
  }
  if (!error) error = import_begin(request->house->store, request->id, head.number, request->arena, since);
  if (error == STORE_ABSENT) answer_absent(request);
  else if (error) answer_store_error(request, error);
  return !error;
}

void import_write_staged(struct request *request) {
  struct import_staged *staged = NULL;
  struct import_report report;
  struct context context = request_context(request);
  json_t *kept = import_kept_read(request);
  int64_t since = NOTHING;
  if (!kept) return;
  json_decref(kept);
  if (!staged_for_writing(request, &staged, &since)) return;
  enum store_error error = import_write(request->house->writer, &context, staged, request->arena, &report);
  sessions_renew(request->server->sessions); /* whistle-blowers' among them are hidden at once */
  if (!error && report.verdict > VERDICT_REPEATED) {
    if (report.entry) answer_half_written(request, &report);
    else answer_import_refused(request, staged->options.type, report.findings, report.finding_count);
    return;
  }
  if (!error && !request_head(request)) return;
  if (!error && since != NOTHING) error = import_count_whole(request->reader, staged, since, &report);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  migration_keep(request, staged, &report);
  import_drop(request->house->store, request->id, request->arena); /* what stays is dropped when it expires */
  if (staged->options.type->id == RECORD_PROBLEM) import_upload_written(request->house->store, request->seat.user, staged, request->arena);
  answer_report(request, 200, request->id, staged->options.type, &report, NULL, 0);
}
