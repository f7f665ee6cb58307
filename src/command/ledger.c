/* bihuan ledger read FILE: what the importer makes of a ledger, without a store: for offices that want to see it before they send it,
   and for the tests that hold it against real files. */
#include "command/program.h"

#include <string.h>

#include "exchange/ledger.h"

static void errors_print(struct call *call, const struct ledger *ledger) {
  for (size_t i = 0; i < ledger->error_count; i++) {
    const struct ledger_error *error = &ledger->errors[i];
    const char *place = error->row && error->column ? sheet_address(call->arena, error->row, error->column)
                        : error->row                ? arena_print(call->arena, "%u", error->row)
                                                    : "";
    fprintf(call->out, "%s %s %s%s%s%s: %s\n", error->hint ? "·" : "×", error->sheet ? error->sheet : "", place, error->header ? " (" : "",
            error->header ? error->header : "", error->header ? ")" : "", call_say(call, error->what));
  }
}

static void summary_print(struct call *call, const struct ledger *ledger) {
  for (size_t i = 0; i < ledger->sheet_count; i++) {
    const struct ledger_sheet *sheet = &ledger->sheets[i];
    const char *name = *sheet->name ? sheet->name : "csv";
    if (sheet->skipped) call_print(call, "跳过工作表“%s”(%s)", "sheet \"%s\" skipped (%s)", name, sheet->skipped);
    else call_print(call, "工作表“%s”：%zu 条", "sheet \"%s\": %zu records", name, sheet->records);
  }
  call_print(call, "共 %zu 条，错误 %zu 处，提示 %zu 处，没有写年份的日期按 %d 年",
             "%zu records, %zu errors, %zu hints; dates without a year are taken as of %d", ledger->record_count, ledger->errors_found,
             ledger->hints_found, ledger->year);
}

static int units_read(struct call *call, const char *path, struct unit_book *book) {
  size_t size = 0;
  struct label wrong;
  char *bytes = call_read_file(call, path, &size);
  if (!bytes) return EXIT_USE;
  return unit_book_read(book, bytes, size, &wrong) ? EXIT_DONE : call_fail(call, EXIT_WRONG, wrong);
}

int command_ledger(struct call *call) {
  const char *units = call_option(call, "units"), *unit = call_option(call, "unit");
  struct sheet_refusal refusal;
  size_t size = 0;
  if (!call_words(call, 2, 2)) return EXIT_USE;
  if (strcmp(call->argv[0], "read") != 0)
    return call_fail(call, EXIT_USE, (struct label){"用法：bihuan ledger read 文件", "use: bihuan ledger read FILE"});
  struct unit_book *book = units ? unit_book_new(call->arena) : NULL;
  int status = units ? units_read(call, units, book) : EXIT_DONE;
  char *bytes = status ? NULL : call_read_file(call, call->argv[1], &size);
  if (!bytes) return status ? status : EXIT_USE;
  const char *slash = strrchr(call->argv[1], '/'), *name = slash ? slash + 1 : call->argv[1];
  struct ledger_options options = {.units = book, .file_name = name, .unit = unit, .today = date_of_moment(moment_system())};
  struct ledger *ledger = ledger_read(call->arena, bytes, size, &options, &refusal);
  if (call->json) {
    struct buffer out = {.arena = call->arena};
    ledger_json(&out, ledger, name, &refusal);
    fprintf(call->out, "%s\n", out.bytes);
  } else if (!ledger) fprintf(call->err, "bihuan: %s\n", call_say(call, refusal.sentence));
  else {
    errors_print(call, ledger);
    summary_print(call, ledger);
  }
  unit_book_free(book);
  return !ledger || ledger->errors_found ? EXIT_WRONG : EXIT_DONE;
}
