/* Imports and exports of files. Importing is two steps: staged (everything wrong is told, nothing written), then written.
   Both run on slow threads; writing goes through the door like any other change. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "exchange/export.h"
#include "exchange/files.h"
#include "exchange/import.h"
#include "web/list.h"

/* ---- reports ---- */

static void report_write(struct json *json, const struct import_report *report) {
  json_key(json, "report");
  json_open(json, '{');
  for (int i = 0; i < IMPORT_CLASS_COUNT; i++) json_pair_integer(json, IMPORT_CLASS_NAMES[i], report->counts[i]);
  json_pair_integer(json, "errors", report->errors);
  json_pair_integer(json, "equal_texts", report->equal_texts);
  json_pair_integer(json, "rows", report->records);
  json_close(json, '}');
}

static void errors_write(struct request *request, struct json *json, const struct record_type *type, const struct import_error *errors, size_t count) {
  json_key(json, "errors");
  json_open(json, '[');
  for (size_t i = 0; i < count; i++) {
    const struct field *field = errors[i].field ? record_field(type, errors[i].field) : NULL;
    json_open(json, '{');
    json_pair_integer(json, "row", errors[i].row);
    json_pair(json, "column", errors[i].header ? errors[i].header : errors[i].column);
    json_pair(json, "field", field ? field->name : NULL);
    json_pair(json, "code", errors[i].code);
    json_pair(json, "sentence", request_label(request, errors[i].sentence));
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void answer_report(struct request *request, unsigned status, int64_t id, const struct record_type *type, const struct import_report *report,
                          const struct import_error *errors, size_t count) {
  struct json *json = out_open(request);
  json_pair(json, "import", arena_print(request->arena, "%lld", (long long)id));
  report_write(json, report);
  errors_write(request, json, type, errors, count);
  out_close(request, status);
}

static bool options_read(struct request *request, struct import_options *options) {
  struct store_clock clock;
  enum store_error error = store_clock_read(request->house->store, &clock);
  *options = (struct import_options){.type = record_type(RECORD_APPEAL), .now = request_now(request), .base_line = clock.base_line, .contact_key = request->house->contact_key};
  if (error) answer_store_error(request, error);
  return !error;
}

void import_take(struct request *request) {
  struct import_options options;
  struct import_staged *staged = NULL;
  const char *mapping = request_argument(request, "mapping"), *complete = request_argument(request, "complete");
  size_t size = 0;
  if (!options_read(request, &options)) return;
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

/* What was kept of an upload of this user's; NULL: answered. */
static json_t *kept_read(struct request *request) {
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

void import_show(struct request *request) {
  struct import_report report = {0};
  size_t i;
  json_t *item, *kept = kept_read(request);
  if (!kept) return;
  for (int class = 0; class < IMPORT_CLASS_COUNT; class++) report.counts[class] = json_integer_value(json_object_get(kept, IMPORT_CLASS_NAMES[class]));
  report.errors = json_integer_value(json_object_get(kept, "errors"));
  report.equal_texts = json_integer_value(json_object_get(kept, "equal_texts"));
  report.records = json_integer_value(json_object_get(kept, "records"));
  struct json *json = out_open(request);
  json_pair(json, "import", arena_print(request->arena, "%lld", (long long)request->id));
  report_write(json, &report);
  json_key(json, "errors");
  json_open(json, '[');
  json_array_foreach(json_object_get(kept, "findings"), i, item) {
    const char *header = json_string_value(json_object_get(item, "header"));
    json_open(json, '{');
    json_pair_integer(json, "row", json_integer_value(json_object_get(item, "row")));
    json_pair(json, "column", header ? header : json_string_value(json_object_get(item, "column")));
    json_pair(json, "field", json_string_value(json_object_get(item, "field")));
    json_pair(json, "code", json_string_value(json_object_get(item, "code")));
    json_pair(json, "sentence", json_string_value(json_object_get(item, request->language == LANGUAGE_EN ? "message_en" : "message")));
    json_close(json, '}');
  }
  json_close(json, ']');
  out_close(request, 200);
  json_decref(kept);
}

static void answer_import_refused(struct request *request, const struct record_type *type, const struct import_error *errors, size_t count) {
  for (size_t i = 0; i < count && i < 1000; i++) {
    const struct field *field = errors[i].field ? record_field(type, errors[i].field) : NULL;
    issue_add(&request->issues, (uint32_t)errors[i].row, field ? field->name : errors[i].header, errors[i].code, errors[i].sentence); /* which names its place */
  }
  answer_problem(request, 422, "invalid", (struct label){"文件有误，什么都没有写入；请改好后重新上传。", "the file has errors and nothing was written; put them right and upload it again."});
}

void import_write_staged(struct request *request) {
  struct import_options options;
  struct import_staged *staged = NULL;
  struct import_report report;
  struct context context = request_context(request);
  json_t *kept = kept_read(request);
  if (!kept) return;
  json_decref(kept);
  if (!options_read(request, &options) || !request_reader(request)) return;
  enum store_error error = import_stage_kept(request->house->store, request->reader, request->authority, &options, request->id, request->arena, &staged);
  reader_release(request->reader); /* writing may take long: no snapshot is held meanwhile */
  request->reader = NULL;
  if (!error && staged->error_count) {
    answer_import_refused(request, staged->options.type, staged->errors, staged->error_count);
    return;
  }
  if (!error) error = import_write(request->house->writer, &context, staged, request->arena, &report);
  if (error) {
    if (error == STORE_ABSENT) answer_absent(request);
    else answer_store_error(request, error);
    return;
  }
  if (report.verdict > VERDICT_REPEATED) {
    answer_import_refused(request, staged->options.type, report.findings, report.finding_count);
    return;
  }
  import_drop(request->house->store, request->id, request->arena); /* what stays is dropped when it expires */
  if (request_head(request)) answer_report(request, 200, request->id, staged->options.type, &report, NULL, 0);
}

/* ---- export ---- */

/* Written to a file without a name first: an export may be larger than memory, and a slow reader must hold no snapshot. */
static FILE *unnamed_file(struct request *request) {
  char *path = file_staging_path(request->arena, request->house->data);
  FILE *file = path ? fopen(path, "wb+x") : NULL;
  if (path) unlink(path);
  return file;
}

static char *export_detail(struct request *request, int64_t rows) {
  struct buffer detail = {.arena = request->arena};
  struct json json = json_to(&detail);
  json_open(&json, '{');
  json_pair(&json, "type", request->type->name);
  json_pair_integer(&json, "rows", rows);
  json_close(&json, '}');
  return detail.bytes;
}

void export_show(struct request *request) {
  struct listing listing;
  struct head head;
  int64_t rows = 0;
  if (!listing_of(request, 0, INT32_MAX, &listing) || !request_reader(request)) return;
  enum store_error error = reader_head(request->reader, &head);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  request->journal = head.number;
  const struct scope *scope = request_scope(request, request->type, MAY_EXPORT);
  if (!scope->grant_count) {
    answer_forbidden(request);
    return;
  }
  if (!listing_resolve(request, &listing, head.epoch) || !listing_words(request, &listing, 50000) || !listing_led(request, &listing)) return;
  FILE *file = unnamed_file(request);
  listing.query.long_texts = listing.query.many = true;
  struct export_options options = {&listing.query, scope, request->authority, request->language, request->house->contact_key};
  error = file ? export_csv(request->reader, &options, export_to_file, file, &rows) : STORE_FULL;
  if (!error && fflush(file)) error = STORE_FULL;
  if (!error) error = audit_write(request, "export", export_detail(request, rows));
  int handed = error ? -1 : dup(fileno(file));
  long size = error ? 0 : ftell(file);
  if (file) fclose(file);
  if (error || handed < 0) {
    answer_store_error(request, error ? error : STORE_BROKEN);
    return;
  }
  lseek(handed, 0, SEEK_SET);
  answer_file(request, handed, (uint64_t)size, "text/csv; charset=utf-8",
    arena_print(request->arena, "%s-%s.csv", request_label(request, request->type->label_plural), date_print(request->arena, date_of_moment(request_now(request)))), false);
}
