/* The migration report 迁移报告: what one import found and did, to be printed and signed: the file by its hash, counts, every error, every
   date that was understood rather than written, what was left alone or left out, who, when, and the journal numbers. */
#include <string.h>

#include "base/json.h"
#include "exchange/csv.h"
#include "exchange/import_parts.h"

static const struct label CLASSES[IMPORT_CLASS_COUNT] = {
  [IMPORT_CREATED] = {"新增", "created"}, [IMPORT_UNCHANGED] = {"不变", "unchanged"}, [IMPORT_CHANGED] = {"更新", "changed"}, [IMPORT_CONFLICT] = {"冲突（没有动）", "conflict (left alone)"},
  [IMPORT_MISSING] = {"来源中已缺", "missing"}, [IMPORT_REAPPEARED] = {"重新出现", "reappeared"}};

static char *cell_name(struct arena *arena, const struct import_error *error) {
  if (!error->row) return arena_text(arena, "");
  return arena_print(arena, "%s%lld", error->column ? error->column : "", (long long)error->row);
}

/* ---- JSON ---- */

static void told_json(struct json *json, const char *name, const struct import_error *errors, size_t count, enum language language,
                      struct arena *arena) {
  json_key(json, name);
  json_open(json, '[');
  for (size_t i = 0; i < count; i++) {
    json_open(json, '{');
    if (errors[i].sheet) json_pair(json, "sheet", errors[i].sheet);
    json_pair(json, "cell", cell_name(arena, &errors[i]));
    if (errors[i].header) json_pair(json, "header", errors[i].header);
    json_pair(json, "code", errors[i].code);
    json_pair(json, "message", label_in(errors[i].sentence, language));
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void inferred_json(struct json *json, const struct import_staged *staged, enum language language, struct arena *arena) {
  json_key(json, "inferred_dates");
  json_open(json, '[');
  for (size_t i = 0; i < staged->inferred_count; i++) {
    const struct import_inferred *inferred = &staged->inferred[i];
    json_open(json, '{');
    json_pair(json, "sheet", inferred->sheet);
    json_pair_integer(json, "row", inferred->row);
    json_pair(json, "number", inferred->number);
    json_pair(json, "text", inferred->text);
    json_pair(json, "date", date_print(arena, inferred->date));
    json_pair(json, "how", label_in(inferred->how, language));
    json_close(json, '}');
  }
  json_close(json, ']');
}

/* Whoever signs the report is a person; the program itself has an account at most. */
static const char *name_of(const struct authority *who) { return who->name && *who->name ? who->name : who->account; }

void import_migration_json(struct json *json, const struct import_staged *staged, const struct import_report *report,
                           const struct authority *who, int64_t when, enum language language) {
  struct arena *arena = arena_new();
  json_pair(json, "import", arena_print(arena, "%lld", (long long)staged->id));
  json_pair(json, "file_name", staged->options.file_name);
  json_pair(json, "file_hash", staged->file_hash);
  json_pair(json, "mapping", staged->mapping);
  json_pair(json, "base_line", staged->options.historic ? date_print(arena, staged->options.history_day) : NULL);
  json_pair_yes_no(json, "complete", staged->options.complete);
  json_pair_integer(json, "rows", report->records);
  for (int class = 0; class < IMPORT_CLASS_COUNT; class++) json_pair_integer(json, IMPORT_CLASS_NAMES[class], report->counts[class]);
  json_pair_integer(json, "left_out", staged->left_out);
  json_pair_integer(json, "errors_found", report->errors);
  told_json(json, "errors", staged->errors, staged->error_count, language, arena);
  told_json(json, "hints", staged->hints, staged->hint_count, language, arena);
  inferred_json(json, staged, language, arena);
  import_conflicts_json(json, staged, language);
  json_pair(json, "who", name_of(who));
  json_pair(json, "when", moment_print(arena, when));
  json_pair_yes_no(json, "written", report->entry != 0);
  if (report->entry) json_pair_integer(json, "journal_last", report->entry);
  json_pair_yes_no(json, "resumed", report->resumed);
  arena_free(arena);
}

/* ---- csv, to be printed ---- */

struct sheet_out { struct buffer *out; enum language language; struct arena *arena; };

static void line(struct sheet_out *sheet, const char *a, const char *b, const char *c, const char *d) {
  const char *cells[] = {a, b, c, d};
  for (size_t i = 0; i < 4; i++) csv_write(sheet->out, cells[i], i == 0, true);
  csv_write_end(sheet->out);
}

static const char *say(const struct sheet_out *sheet, const char *zh, const char *en) { return sheet->language == LANGUAGE_EN ? en : zh; }
static const char *count(struct sheet_out *sheet, int64_t number) { return arena_print(sheet->arena, "%lld", (long long)number); }

static void told_lines(struct sheet_out *sheet, const char *title, const struct import_error *errors, size_t size) {
  if (size) line(sheet, title, say(sheet, "单元格", "cell"), say(sheet, "列", "column"), say(sheet, "说明", "what"));
  for (size_t i = 0; i < size; i++)
    line(sheet, errors[i].sheet ? errors[i].sheet : "", cell_name(sheet->arena, &errors[i]), errors[i].header ? errors[i].header : "",
         label_in(errors[i].sentence, sheet->language));
}

static void inferred_lines(struct sheet_out *sheet, const struct import_staged *staged) {
  if (staged->inferred_count)
    line(sheet, say(sheet, "推定日期", "dates understood"), say(sheet, "行", "row"), say(sheet, "原文", "as written"),
         say(sheet, "推定", "understood as"));
  for (size_t i = 0; i < staged->inferred_count; i++) {
    const struct import_inferred *inferred = &staged->inferred[i];
    line(sheet, inferred->sheet ? inferred->sheet : "", count(sheet, inferred->row), inferred->text,
         arena_print(sheet->arena, "%s（%s）", date_print(sheet->arena, inferred->date), label_in(inferred->how, sheet->language)));
  }
}

static void conflict_lines(struct sheet_out *sheet, const struct import_staged *staged) {
  bool begun = false;
  for (size_t i = 0; i < staged->row_count; i++) {
    const struct import_row *row = &staged->rows[i];
    if (row->class != IMPORT_CONFLICT) continue;
    if (!begun) line(sheet, say(sheet, "冲突", "conflicts"), say(sheet, "行", "row"), say(sheet, "编号", "number"), say(sheet, "说明", "what"));
    begun = true;
    line(sheet, row->sheet ? row->sheet : "", count(sheet, row->row), row->number, label_in(row->why, sheet->language));
  }
}

void import_migration_csv(struct buffer *out, const struct import_staged *staged, const struct import_report *report,
                          const struct authority *who, int64_t when, enum language language) {
  struct sheet_out sheet = {out, language, arena_new()};
  buffer_text(out, CSV_BOM);
  line(&sheet, say(&sheet, "台账迁移报告", "Migration report"), staged->options.file_name ? staged->options.file_name : "", "", "");
  line(&sheet, say(&sheet, "文件散列 SHA-256", "File hash, SHA-256"), staged->file_hash, "", "");
  line(&sheet, say(&sheet, "导入对照", "Mapping"), staged->mapping, say(&sheet, "基线日", "Base-line day"),
       staged->options.historic ? date_print(sheet.arena, staged->options.history_day) : "—");
  line(&sheet, say(&sheet, "经办", "By"), name_of(who), say(&sheet, "时间", "At"), moment_print(sheet.arena, when));
  line(&sheet, say(&sheet, "日志号", "Journal number"), report->entry ? count(&sheet, report->entry) : say(&sheet, "未写入", "not written"),
       say(&sheet, "行数", "Rows"), count(&sheet, report->records));
  if (report->resumed)
    line(&sheet, say(&sheet, "写入曾中断，已接着写完；下列为全部数量", "the writing was cut off and went on; these are the counts of all"),
         "", "", "");
  for (int class = 0; class < IMPORT_CLASS_COUNT; class ++)
    line(&sheet, label_in(CLASSES[class], language), count(&sheet, report->counts[class]), "", "");
  line(&sheet, say(&sheet, "有错而未带入", "left out with errors"), count(&sheet, staged->left_out), say(&sheet, "错误", "errors"),
       count(&sheet, report->errors));
  told_lines(&sheet, say(&sheet, "错误", "errors"), staged->errors, staged->error_count);
  inferred_lines(&sheet, staged);
  conflict_lines(&sheet, staged);
  told_lines(&sheet, say(&sheet, "提示", "hints"), staged->hints, staged->hint_count);
  line(&sheet, "", "", "", "");
  line(&sheet, say(&sheet, "经办人（签字）：", "Entered by (signature):"), "", say(&sheet, "日期：", "Date:"), "");
  line(&sheet, say(&sheet, "单位负责人（签字）：", "Head of unit (signature):"), "", say(&sheet, "日期：", "Date:"), "");
  line(&sheet, say(&sheet, "整改办核对（签字）：", "Checked by the office (signature):"), "", say(&sheet, "日期：", "Date:"), "");
  arena_free(sheet.arena);
}
