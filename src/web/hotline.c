/* The hotline's two addresses: appeals in under its own field names, results out under the same. What comes in is staged and written as a
   file is, in one step; sending the same again changes nothing. */
#include <string.h>

#include "exchange/import.h"
#include "exchange/returns.h"
#include "web/list.h"

/* ---- appeals in ---- */

static void report_write(struct json *json, const struct import_report *report) {
  json_key(json, "report");
  json_open(json, '{');
  for (int i = 0; i < IMPORT_CLASS_COUNT; i++) json_pair_integer(json, IMPORT_CLASS_NAMES[i], report->counts[i]);
  json_pair_integer(json, "errors", report->errors);
  json_pair_integer(json, "items", report->records);
  json_close(json, '}');
}

static void items_write(struct request *request, struct json *json, const struct import_staged *staged) {
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; i < staged->row_count; i++) {
    const struct import_row *row = &staged->rows[i];
    json_open(json, '{');
    json_key(json, "item");
    if (row->row) json_integer(json, row->row - 2);
    else json_null(json); /* of what the message lacks */
    json_pair(json, "number", row->number);
    json_pair(json, "result", IMPORT_CLASS_NAMES[row->class]);
    if (row->id) json_pair_integer(json, "id", row->id);
    if (row->why.zh) json_pair(json, "why", request_label(request, row->why));
    json_close(json, '}');
  }
  json_close(json, ']');
}

/* By item: the first is 0; null: the message as a whole. */
static void errors_write(struct request *request, struct json *json, const struct import_error *errors, size_t count) {
  json_key(json, "errors");
  json_open(json, '[');
  for (size_t i = 0; i < count; i++) {
    const struct field *field = errors[i].field ? record_field(record_type(RECORD_APPEAL), errors[i].field) : NULL;
    json_open(json, '{');
    json_key(json, "item");
    if (errors[i].row >= 2) json_integer(json, errors[i].row - 2);
    else json_null(json);
    json_pair(json, "name", errors[i].header);
    json_pair(json, "field", field ? field->name : NULL);
    json_pair(json, "code", errors[i].code);
    json_pair(json, "sentence", request_label(request, errors[i].sentence));
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void answer_report(struct request *request, const struct import_staged *staged, const struct import_report *report) {
  struct json *json = out_open(request);
  json_pair(json, "mapping", staged->mapping);
  report_write(json, report);
  items_write(request, json, staged);
  errors_write(request, json, staged->errors, staged->error_count);
  json_pair_integer(json, "errors_found", staged->errors_found);
  if (report->entry) json_pair_integer(json, "entry", report->entry);
  out_close(request, 200);
}

static void answer_refused(struct request *request, enum verdict verdict, const struct import_error *errors, size_t count) {
  for (size_t i = 0; i < count && i < 1000; i++) {
    const struct field *field = errors[i].field ? record_field(record_type(RECORD_APPEAL), errors[i].field) : NULL;
    uint32_t item = errors[i].row >= 2 ? (uint32_t)(errors[i].row - 2) : 0;
    issue_add(&request->issues, item, errors[i].header ? errors[i].header : field ? field->name : NULL, errors[i].code, errors[i].sentence);
  }
  if (verdict == VERDICT_STALE || verdict == VERDICT_CLASH)
    answer_problem(request, 409, "clash",
                   (struct label){"同一时间有人改动了这些诉求,什么都没有写入;请再报一次。",
                                  "somebody changed these appeals at the same time and nothing was written; send them again."});
  else
    answer_problem(request, 422, "invalid",
                   (struct label){"有错,什么都没有写入;每一处见 findings(change 是第几项,从 0 起)。",
                                  "there are errors and nothing was written; each stands in findings (change: which item, from 0)."});
}

static bool options_read(struct request *request, struct import_options *options) {
  const char *mapping = request_argument(request, "mapping"), *complete = request_argument(request, "complete"),
             *leave_out = request_argument(request, "leave_out");
  struct store_clock clock;
  enum store_error error = store_clock_read(request->house->store, &clock);
  *options = (struct import_options){.type = record_type(RECORD_APPEAL),
                                     .mapping = mapping && *mapping ? mapping : NULL,
                                     .channel = CHANNEL_HOTLINE,
                                     .complete = complete && strcmp(complete, "1") == 0,
                                     .leave_out = leave_out && strcmp(leave_out, "1") == 0,
                                     .now = request_now(request),
                                     .base_line = clock.base_line,
                                     .contact_key = request->house->contact_key};
  if (error) answer_store_error(request, error);
  return !error;
}

void hotline_take(struct request *request) {
  struct import_options options;
  struct import_staged *staged = NULL;
  struct import_report report;
  struct context context = request_context(request);
  size_t size = 0;
  if (!options_read(request, &options) || !request_reader(request)) return;
  char *bytes = upload_read(request->upload, request->arena, &size);
  enum store_error error = bytes ? import_stage(request->reader, request->authority, &options, bytes, size, request->arena, &staged)
                                 : STORE_BROKEN;
  reader_release(request->reader); /* writing may take long: no snapshot is held meanwhile */
  request->reader = NULL;
  bool refused = !error && staged->errors_found && !(options.leave_out && staged->row_count);
  if (refused) answer_refused(request, VERDICT_INVALID, staged->errors, staged->error_count);
  if (!error && !refused) error = import_write(request->house->writer, &context, staged, request->arena, &report);
  sessions_renew(request->server->sessions); /* whistle-blowers' among them are hidden at once */
  if (error) answer_store_error(request, error);
  if (error || refused) return;
  if (report.verdict > VERDICT_REPEATED) answer_refused(request, report.verdict, report.findings, report.finding_count);
  else if (request_head(request)) answer_report(request, staged, &report);
}

/* ---- results out ---- */

static void returned_write(struct json *json, const struct returns *returns, const struct returned *item) {
  json_open(json, '{');
  json_pair_integer(json, "journal", item->journal);
  json_key(json, "values");
  json_open(json, '{');
  for (size_t i = 0; i < returns->header_count; i++) json_pair(json, returns->headers[i], item->cells[i]);
  json_close(json, '}');
  json_close(json, '}');
}

static bool returns_audit(struct request *request, const struct returns *returns) {
  struct buffer detail = {.arena = request->arena};
  struct json json = json_to(&detail);
  json_open(&json, '{');
  json_pair(&json, "type", "returns");
  json_pair(&json, "mapping", returns->mapping);
  json_pair_integer(&json, "rows", (int64_t)returns->count);
  json_pair_integer(&json, "next", returns->next);
  json_close(&json, '}');
  enum store_error error = returns->count ? audit_write(request, "export", detail.bytes) : STORE_OK;
  if (error) answer_store_error(request, error);
  return !error;
}

void returns_show(struct request *request) {
  struct returns returns;
  const char *since = request_argument(request, "since");
  struct returns_options options = {.mapping = request_argument(request, "mapping"),
                                    .authority = request->authority,
                                    .language = request->language};
  int64_t limit = request_argument_integer(request, "limit", RETURNS_MOST);
  if (since && (!text_to_integer(since, &options.since) || options.since < 0)) {
    answer_problem(request, 400, "malformed",
                   (struct label){"since 应为日志序号(上次答复里的 next),从 0 起。",
                                  "since is a number of the journal (next of the last answer), from 0."});
    return;
  }
  options.limit = limit > 0 && limit < RETURNS_MOST ? (size_t)limit : RETURNS_MOST;
  options.scope = request_scope(request, record_type(RECORD_APPEAL), MAY_EXPORT);
  if (!options.scope->grant_count) return answer_forbidden(request);
  if (!request_head(request)) return;
  enum store_error error = returns_read(request->reader, &options, request->arena, &returns);
  if (error) answer_store_error(request, error);
  else if (!returns.there)
    answer_problem(request, 404, "mapping",
                   label_print(request->arena, "没有名为“%s”的导入对照。", "there is no import mapping named \"%s\".", returns.mapping));
  if (error || !returns.there || !returns_audit(request, &returns)) return;
  struct json *json = out_open(request);
  json_pair(json, "mapping", returns.mapping);
  json_pair_integer(json, "next", returns.next);
  json_pair_yes_no(json, "more", returns.more);
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; i < returns.count; i++) returned_write(json, &returns, &returns.items[i]);
  json_close(json, ']');
  out_close(request, 200);
}
