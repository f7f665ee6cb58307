/* A comparison of two rounds or moments as a file: .csv to work on, .xlsx to print and sign. In the scope of MAY_EXPORT, with cut-off,
   definitions' version and journal number of both ends; told in the audit stream. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "exchange/compare_csv.h"
#include "exchange/compare_xlsx.h"
#include "exchange/files.h"
#include "rules/demo_mark.h"
#include "web/compare.h"

static enum store_error audit_of(struct request *request, const struct compare_end ends[2], int64_t rows) {
  return audit_write(request, "export",
                     arena_print(request->arena, "{\"type\":\"round_comparison\",\"from\":%lld,\"to\":%lld,\"rows\":%lld}",
                                 (long long)ends[0].journal, (long long)ends[1].journal, (long long)rows));
}

/* Written beside the staged files and opened before its name goes: -1 when it could not be made. */
static int file_of(struct request *request, const struct compare_end ends[2], const struct buffer *csv, bool printed, bool demo) {
  char *path = file_staging_path(request->arena, request->house->data);
  bool made = path && (printed ? compare_xlsx(csv, ends, path, request->authority->account, request_now(request), demo, request->language)
                               : file_write_whole(path, csv->bytes, csv->size) == STORE_OK);
  FILE *file = made ? fopen(path, "rb") : NULL;
  int handed = file ? dup(fileno(file)) : -1;
  if (file) fclose(file);
  if (path) unlink(path);
  return handed;
}

static void hand_over(struct request *request, int file, bool printed) {
  off_t size = file < 0 ? -1 : lseek(file, 0, SEEK_END);
  if (size < 0) {
    if (file >= 0) close(file);
    answer_store_error(request, STORE_FULL);
    return;
  }
  lseek(file, 0, SEEK_SET);
  answer_file(request, file, (uint64_t)size,
              printed ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8",
              arena_print(request->arena, "%s-%s.%s", request_label(request, (struct label){"轮次比较", "comparison"}),
                          date_print(request->arena, date_of_moment(request_now(request))), printed ? "xlsx" : "csv"),
              false);
}

void rounds_compare_export(struct request *request) {
  const char *format = request_argument(request, "format");
  bool printed = !format || strcmp(format, "xlsx") == 0, demo = false;
  struct compare_end ends[2];
  struct compared whole;
  struct buffer out = {.arena = request->arena};
  int64_t rows = 0;
  if (!printed && strcmp(format, "csv") != 0) {
    answer_problem(request, 400, "unknown_format", (struct label){"format 应为 xlsx 或 csv", "format is xlsx or csv"});
    return;
  }
  const struct scope *scope = request_scope(request, record_type(RECORD_PROBLEM), MAY_EXPORT);
  if (!scope->grant_count) {
    answer_forbidden(request);
    return;
  }
  if (!compare_ends(request, ends)) return;
  compare_figures(&ends[0].figures, &ends[1].figures, scope, request->reader, 0, &whole, NULL, NULL);
  struct compare_csv options = {.ends = ends, .scope = scope, .authority = request->authority, .language = request->language};
  enum store_error error = compare_csv(request->reader, &options, &whole, &out, &rows);
  if (!error) error = demo_mark(request->reader, &demo);
  if (!error) error = audit_of(request, ends, rows);
  int file = error ? -1 : file_of(request, ends, &out, printed, demo);
  compared_free(&whole);
  compare_ends_free(ends);
  if (error) answer_store_error(request, error);
  else hand_over(request, file, printed);
}
