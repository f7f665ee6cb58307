/* Exports of a list: csv as import reads it, and .xlsx on the forms that offices hand in or as the screen shows it. Both stand in the
   scope of MAY_EXPORT and go into the audit stream. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "exchange/export_ledger.h"
#include "exchange/files.h"
#include "rules/definitions.h"
#include "web/list.h"


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

/* The list that is asked for, and the scope to export it in. NULL: answered. */
static const struct scope *export_begin(struct request *request, struct listing *listing) {
  struct head head;
  if (!listing_of(request, 0, INT32_MAX, listing) || !request_reader(request)) return NULL;
  enum store_error error = reader_head(request->reader, &head);
  if (error) {
    answer_store_error(request, error);
    return NULL;
  }
  request->journal = head.number;
  const struct scope *scope = request_scope(request, request->type, MAY_EXPORT);
  if (!scope->grant_count) {
    answer_forbidden(request);
    return NULL;
  }
  if (!listing_resolve(request, listing, head.epoch) || !listing_words(request, listing, 50000) || !listing_led(request, listing))
    return NULL;
  listing->query.long_texts = listing->query.many = true;
  return scope;
}

static void hand_over(struct request *request, int file, enum store_error error, const char *media_type, const char *ending) {
  off_t size = error || file < 0 ? -1 : lseek(file, 0, SEEK_END);
  if (size < 0) {
    if (file >= 0) close(file);
    answer_store_error(request, error ? error : STORE_BROKEN);
    return;
  }
  lseek(file, 0, SEEK_SET);
  answer_file(request, file, (uint64_t)size, media_type,
              arena_print(request->arena, "%s-%s.%s", request_label(request, request->type->label_plural),
                          date_print(request->arena, date_of_moment(request_now(request))), ending),
              false);
}

void export_show(struct request *request) {
  struct listing listing;
  int64_t rows = 0;
  const struct scope *scope = export_begin(request, &listing);
  if (!scope) return;
  FILE *file = unnamed_file(request);
  struct export_options options = {&listing.query, scope, request->authority, request->language, request->house->contact_key};
  enum store_error error = file ? export_csv(request->reader, &options, export_to_file, file, &rows) : STORE_FULL;
  if (!error && fflush(file)) error = STORE_FULL;
  if (!error) error = audit_write(request, "export", export_detail(request, rows));
  int handed = error ? -1 : dup(fileno(file));
  if (file) fclose(file);
  hand_over(request, handed, error, "text/csv; charset=utf-8", "csv");
}

/* ?form=ledger22|audit52|screen (screen is the usual one; the others are of problems). */
void export_form_show(struct request *request) {
  struct listing listing;
  int64_t rows = 0;
  const char *name = request_argument(request, "form");
  enum ledger_form form = name ? ledger_form_named(name) : FORM_SCREEN;
  if (form == FORM_NONE || (form != FORM_SCREEN && request->type->id != RECORD_PROBLEM)) {
    answer_problem(request, 400, "unknown_form",
                   (struct label){"form 应为 screen；问题清单还可以是 ledger22 或 audit52",
                                  "form is screen; for problems also ledger22 or audit52"});
    return;
  }
  const struct scope *scope = export_begin(request, &listing);
  if (!scope) return;
  char *path = file_staging_path(request->arena, request->house->data);
  struct form_options options = {.list = {&listing.query, scope, request->authority, request->language, request->house->contact_key},
                                 .form = form,
                                 .path = path,
                                 .who = request->authority->account,
                                 .now = request_now(request),
                                 .definitions = DEFINITIONS_VERSION};
  enum store_error error = path ? export_form(request->reader, &options, &rows) : STORE_FULL;
  if (!error) error = audit_write(request, "export", export_detail(request, rows));
  FILE *file = error ? NULL : fopen(path, "rb");
  int handed = file ? dup(fileno(file)) : -1;
  if (file) fclose(file);
  if (path) unlink(path);
  hand_over(request, handed, error, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx");
}
