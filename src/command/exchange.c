/* bihuan import and bihuan export: files in and out, through the same door and scope as the pages. */
#include "command/program.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "exchange/export_ledger.h"
#include "exchange/import.h"
#include "rules/definitions.h"

enum { ERRORS_SHOWN = 200 };

/* ---- import ---- */
/* The sentences name row and column themselves. */
static void errors_print(struct call *call, const struct import_error *errors, size_t count, int64_t found) {
  for (size_t i = 0; i < count && i < ERRORS_SHOWN; i++) fprintf(call->err, "%s\n", call_say(call, errors[i].sentence));
  if (found > ERRORS_SHOWN)
    fprintf(call->err, "%s\n", call_say(call, label_print(call->arena, "……共 %lld 处。", "… %lld in all.", (long long)found)));
}

static void report_print(struct call *call, const struct import_staged *staged, const struct import_report *report,
                         const struct import_error *errors, size_t error_count) {
  if (call->json) {
    struct call_json out;
    struct json *json = call_json_open(call, &out);
    import_report_json(json, report);
    if (error_count) import_findings_json(json, staged->options.type, errors, error_count, call->language);
    call_json_close(call, &out);
    return;
  }
  static const struct label CLASSES[IMPORT_CLASS_COUNT] = {
    [IMPORT_CREATED] = {"新增", "created"}, [IMPORT_UNCHANGED] = {"不变", "unchanged"}, [IMPORT_CHANGED] = {"更新", "changed"},
    [IMPORT_CONFLICT] = {"冲突(两边都改过,没有动)", "conflict (edited on both sides, left alone)"}, [IMPORT_MISSING] = {"来源中已缺", "missing"}, [IMPORT_REAPPEARED] = {"重新出现", "reappeared"}};
  call_print(call, "读到 %lld 条(%s)", "%lld records read (%s)", (long long)report->records, staged->encoding ? staged->encoding : "?");
  for (int i = 0; i < IMPORT_CLASS_COUNT; i++)
    fprintf(call->out, "  %8lld  %s\n", (long long)report->counts[i], call_say(call, CLASSES[i]));
  fprintf(call->out, "  %8lld  %s\n", (long long)report->equal_texts, call_say(call, (struct label){"内容相同的", "equal texts"}));
  if (report->errors) fprintf(call->out, "  %8lld  %s\n", (long long)report->errors, call_say(call, (struct label){"错误", "errors"}));
  for (size_t i = 0; i < staged->ignored_count; i++) call_print(call, "没有读的列:%s", "column not read: %s", staged->ignored[i]);
  for (size_t i = 0, shown = 0; i < staged->row_count && shown < ERRORS_SHOWN; i++)
    if (staged->rows[i].class == IMPORT_CONFLICT) {
      shown++;
      call_print(call, "冲突:行 %lld %s:%s", "conflict: row %lld %s: %s", (long long)staged->rows[i].row, staged->rows[i].number,
                 call_say(call, staged->rows[i].why));
    }
}

static int report_option(struct call *call, const char *path, const struct import_staged *staged, const struct import_report *report);
static int write_staged(struct call *call, const struct import_staged *staged, const char *report_path) {
  struct context context = {.now = house_now(call->house),
                            .authority = &call->authority,
                            .happened = NOTHING,
                            .channel = CHANNEL_IMPORT,
                            .contact_key = call->house->contact_key};
  struct import_report report = {0};
  enum store_error error = import_write(call->house->writer, &context, staged, call->arena, &report);
  if (error) return call_store_fail(call, error);
  bool refused = report.verdict > VERDICT_REPEATED;
  if (refused) {
    if (report.errors < (int64_t)report.finding_count) report.errors = (int64_t)report.finding_count;
    /* nothing stands */
    if (report.chunks <= 1 && !report.entry)
      report.counts[IMPORT_CREATED] = report.counts[IMPORT_CHANGED] = report.counts[IMPORT_REAPPEARED] = 0;
    fprintf(call->err, "bihuan: %s\n", call_say(call, (struct label){"没有写入,原因如下。", "nothing was written, for these reasons."}));
    errors_print(call, report.findings, report.finding_count, (int64_t)report.finding_count);
  }
  report_print(call, staged, &report, refused ? report.findings : staged->errors, refused ? report.finding_count : staged->error_count);
  int status = refused ? EXIT_WRONG : report_option(call, report_path, staged, &report);
  return status;
}

static int stage(struct call *call, const struct import_options *options, const char *bytes, size_t size, struct import_staged **staged) {
  struct reader *reader = NULL;
  enum store_error error = store_reader(call->house->store, &reader);
  if (!error) error = import_stage(reader, &call->authority, options, bytes, size, call->arena, staged);
  reader_release(reader);
  return error ? call_store_fail(call, error) : EXIT_DONE;
}

/* ---- a ledger's own options ---- */

/* By its name for programs or by its words in either language. */
static const struct choice *choice_meant(const struct field *field, const char *text) {
  for (const struct choice *one = field->choices; one->name; one++)
    if (strcmp(one->name, text) == 0 || strcmp(one->label.zh, text) == 0 || strcmp(one->label.en, text) == 0) return one;
  return NULL;
}

static int choice_option(struct call *call, const char *name, uint16_t field, int64_t *code) {
  const char *text = call_option(call, name);
  const struct field *declared = record_field(record_type(RECORD_PROBLEM), field);
  const struct choice *choice = text ? choice_meant(declared, text) : NULL;
  if (text && !choice) {
    struct buffer names = {.arena = call->arena};
    for (const struct choice *one = declared->choices; one->name; one++)
      buffer_print(&names, "%s%s(%s)", names.size ? " " : "", one->name, one->label.zh);
    return call_fail(call, EXIT_USE,
                     label_print(call->arena, "--%s：没有“%s”这一项；可以是 %s。", "--%s: there is no \"%s\"; it may be %s.", name, text,
                                 names.bytes));
  }
  *code = choice ? choice->code : 0;
  return EXIT_DONE;
}

static int unit_option(struct call *call, const char *text, int64_t *unit) {
  struct reader *reader = NULL;
  enum store_error error = text ? store_reader(call->house->store, &reader) : STORE_OK;
  int status = error ? call_store_fail(call, error) : text ? find_unit(call, reader, text, unit) : EXIT_DONE;
  reader_release(reader);
  return status;
}

static int ledger_options_read(struct call *call, struct import_options *options) {
  const char *history = call_option(call, "history"), *unit = call_option(call, "unit"), *campaign = call_option(call, "campaign");
  int status = choice_option(call, "category", PROBLEM_CATEGORY, &options->category);
  if (!status) status = choice_option(call, "source", PROBLEM_SOURCE, &options->source);
  options->leave_out = call_flag(call, "leave-out");
  options->historic = history != NULL;
  if (!status && history && !date_parse(history, &options->history_day))
    status = call_fail(call, EXIT_USE,
                       label_print(call->arena, "--history 应为基线日，如 2026-01-01，不是“%s”。",
                                   "--history is the base-line day, such as 2026-01-01, not \"%s\".", history));
  if (!status && campaign && !text_to_integer(campaign, &options->campaign))
    status = call_fail(call, EXIT_USE, (struct label){"--campaign 应为专项工作的标识号。", "--campaign is the id of a campaign."});
  return status ? status : unit_option(call, unit, &options->unit);
}

static int report_option(struct call *call, const char *path, const struct import_staged *staged, const struct import_report *report) {
  struct buffer csv = {.arena = call->arena};
  if (!path) return EXIT_DONE;
  import_migration_csv(&csv, staged, report, &call->authority, house_now(call->house), call->language);
  FILE *out = fopen(call_path(call, path), "wb");
  bool whole = out && fwrite(csv.bytes, 1, csv.size, out) == csv.size;
  if (out && fclose(out) != 0) whole = false;
  return whole ? EXIT_DONE
               : call_fail(call, EXIT_USE,
                           label_print(call->arena, "写不了文件“%s”:%s。", "cannot write the file \"%s\": %s.", path, strerror(errno)));
}

/* What the words of the call and its file say; the file's bytes last as long as the call. */
static int import_read(struct call *call, struct import_options *options, char **bytes, size_t *size) {
  struct store_clock clock;
  options->mapping = call_option(call, "mapping");
  options->complete = call_flag(call, "complete");
  int status = ledger_options_read(call, options);
  if (status) return status;
  if (!call_words(call, 2, 2)) return EXIT_USE;
  status = find_type(call, call->argv[0], &options->type);
  if (!status) status = call_needs_account(call);
  if (status) return status;
  *bytes = call_read_file(call, call->argv[1], size);
  if (!*bytes) return EXIT_USE;
  enum store_error error = store_clock_read(call->house->store, &clock);
  if (error) return call_store_fail(call, error);
  const char *slash = strrchr(call->argv[1], '/');
  options->now = store_clock_now(&clock);
  options->base_line = clock.base_line;
  options->contact_key = call->house->contact_key;
  options->file_name = slash ? slash + 1 : call->argv[1];
  return EXIT_DONE;
}

int command_import(struct call *call) {
  const char *report_path = call_option(call, "report");
  bool preview = call_flag(call, "preview");
  struct import_options options = {0};
  struct import_staged *staged = NULL;
  char *bytes = NULL;
  size_t size = 0;
  int status = import_read(call, &options, &bytes, &size);
  if (!status) status = stage(call, &options, bytes, size, &staged);
  if (status) return status;
  bool refused = staged->errors_found && !(options.leave_out && staged->row_count);
  if (!refused && !preview) return write_staged(call, staged, report_path);
  struct import_report report = import_report_of(staged);
  status = report_option(call, report_path, staged, &report);
  if (status) return status;
  if (refused && !preview) {
    memset(report.counts, 0, sizeof report.counts); /* of the rows that are right nothing is written either */
    fprintf(call->err, "bihuan: %s\n", call_say(call, (struct label){"文件里有错,一行也没有写入。", "the file has errors; nothing was written."}));
    errors_print(call, staged->errors, staged->error_count, staged->errors_found);
  }
  report_print(call, staged, &report, staged->errors, staged->error_count);
  if (refused && preview) errors_print(call, staged->errors, staged->error_count, staged->errors_found);
  return refused ? EXIT_WRONG : EXIT_DONE;
}

/* ---- export ---- */
struct target { FILE *out; const char *path; enum ledger_form form; };

static enum store_error target_write(struct call *call, struct reader *reader, const struct export_options *list,
                                     const struct target *target, int64_t *rows) {
  struct form_options options = {.list = *list,
                                 .form = target->form,
                                 .path = target->path,
                                 .who = call->authority.account,
                                 .now = house_now(call->house),
                                 .definitions = DEFINITIONS_VERSION};
  return target->form ? export_form(reader, &options, rows) : export_csv(reader, list, export_to_file, target->out, rows);
}

static int export_rows(struct call *call, struct reader *reader, const struct record_type *type, const struct target *target,
                       int64_t *rows) {
  struct condition *conditions = ARENA_ARRAY(call->arena, struct condition, call->argc);
  size_t count = (size_t)call->argc - 1;
  int status = read_conditions(call, reader, type, call->argv + 1, call->argc - 1, conditions);
  if (status) return status;
  struct query query = {.type = type, .conditions = conditions, .condition_count = count, .long_texts = true, .many = true, .expected = -1};
  const struct scope *scope = scope_for(call->arena, &call->authority, type, MAY_EXPORT);
  if (scope->grant_count == 0)
    return call_fail(call, EXIT_WRONG,
                     label_print(call->arena, "账号“%s”不能导出这种记录。", "the account \"%s\" may not export such records.",
                                 call->authority.account));
  struct export_options options = {.query = &query,
                                   .scope = scope,
                                   .authority = &call->authority,
                                   .language = call->language,
                                   .contact_key = call->house->contact_key};
  enum store_error error = target_write(call, reader, &options, target, rows);
  struct audit audit = {.moment = house_now(call->house), .actor = call->authority.user, .what = "export",
                        .detail = arena_print(call->arena, "{\"type\":\"%s\",\"rows\":%lld,\"channel\":\"command\"}", type->name, (long long)*rows)};
  if (!error) error = audit_append(call->house->store, &audit);
  return error ? call_store_fail(call, error) : EXIT_DONE;
}

/* Forms are files: they need a name. */
static int form_option(struct call *call, const char *form, const struct record_type *type, struct target *target) {
  target->form = form ? ledger_form_named(form) : FORM_NONE;
  if (form && (target->form == FORM_NONE || (target->form != FORM_SCREEN && type->id != RECORD_PROBLEM)))
    return call_fail(call, EXIT_USE,
                     (struct label){"--form 应为 screen；问题清单还可以是 ledger22 或 audit52。",
                                    "--form is screen; for problems also ledger22 or audit52."});
  if (target->form && !target->path)
    return call_fail(call, EXIT_USE,
                     (struct label){"--form 要写成文件，请加 --out 文件名.xlsx。", "--form writes a file: give --out NAME.xlsx."});
  return EXIT_DONE;
}

int command_export(struct call *call) {
  if (call->argc && strcmp(call->argv[0], "returns") == 0) return command_returns(call);
  const char *path = call_option(call, "out"), *form = call_option(call, "form");
  const struct record_type *type = NULL;
  struct reader *reader = NULL;
  int64_t rows = 0;
  if (!call_words(call, 1, 200)) return EXIT_USE;
  int status = find_type(call, call->argv[0], &type);
  if (!status) status = call_needs_account(call);
  struct target target = {.path = path ? call_path(call, path) : NULL};
  if (!status) status = form_option(call, form, type, &target);
  if (status) return status;
  FILE *out = target.out = path ? fopen(target.path, "wb") : call->out;
  if (!out)
    return call_fail(call, EXIT_USE,
                     label_print(call->arena, "写不了文件“%s”:%s。", "cannot write the file \"%s\": %s.", path, strerror(errno)));
  enum store_error error = store_reader(call->house->store, &reader);
  status = error ? call_store_fail(call, error) : export_rows(call, reader, type, &target, &rows);
  reader_release(reader);
  bool whole = !ferror(out) && fflush(out) == 0;
  if (path && fclose(out) != 0) whole = false;
  if (!status && !whole)
    status = call_fail(call, EXIT_WRONG,
                       (struct label){"没有写完:磁盘满了,或读的一方走开了。",
                                      "it could not be written whole: the disk is full, or the reader went away."});
  if (path && status) unlink(call_path(call, path));
  if (status) return status;
  if (call->json) {
    struct call_json json_out;
    struct json *json = call_json_open(call, &json_out);
    json_pair_integer(json, "rows", rows);
    call_json_close(call, &json_out);
  } else if (path) call_print(call, "导出 %lld 条到 %s。", "%lld rows written to %s.", (long long)rows, path);
  return EXIT_DONE;
}
