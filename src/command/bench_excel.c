/* Measuring ledgers: 52 columns × 10,000 rows out of a store onto the audit form, against a bare libxlsxwriter loop writing as many cells;
   and the same file in again (read, checked, set beside what stands), against bare unzipping and a bare pass of the XML parser over it. */
#include "command/bench.h"

#include <expat.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include <zip.h>

#include "command/files.h"
#include "exchange/csv.h"
#include "exchange/export_ledger.h"
#include "exchange/import.h"
#include "rules/definitions.h"

enum { EXCEL_ROWS = 10000, EXCEL_COLUMNS = 52 };
struct excelling { const char *data; size_t rows; };
struct excelled { double out, in, raw_out, raw_in, first; int64_t rows, unchanged; };

/* ---- a ledger to begin with ---- */
static const char HEADERS[] = "序号,一级单位,具体责任单位,问题来源,审计报告出具年份,问题类别,一级标题,二级标题,三级标题,在审计报告中的表述,科室,具体问题表述,问题金额（万元）,负责监督管理责任的主管部门,整改类型,法规政策依据,整改要求,整改时限,整改完成标准,"
  "细化的整改措施,对应的完成时间,整改第一责任人,协助整改工作的领导,牵头整改部门责任人及联系电话,配合整改部门责任人及联系电话,审计部门责任人及联系电话,已采取的整改措施,项目数,问题整改金额（万元）,其中:追缴资金（万元）,其中:归还原渠道（万元）,其中:统筹盘活（万元）,"
  "其中:加快拨付（万元）,其中:退抵税费（万元）,其中:调整账表（万元）,其中:终止或调整金融业务（万元）,其中:补办手续（万元）,方式,收回金额,土地森林面积,矿产资源产能,户数,家庭,人数,住房,情形,追责人数,数量,文件名,未整改到位原因及下一步计划,是否已完成整改,是否销号\r\n";

static void ledger_row(struct buffer *out, struct buffer *text, size_t n) {
  uint64_t seed = n * 7919 + 11;
  buffer_print(out, "SJ-%zu,甲市,第%zu单位,审计,%zu,超大城市治理现代化,一、方面,（一）事项,1.,", n + 1, 1 + n % 9 * 10, 2020 + n % 6);
  buffer_clear(text);
  bench_sentence(text, &seed, 6);
  csv_write(out, text->bytes, true, true);
  buffer_print(out, ",财务部,第 %zu 个问题,%zu.5,,限期整改,规范,限期整改,2026-%02zu-%02zu,整改到位,", n + 1, 1 + n % 900, 1 + n % 12, 1 + n % 28);
  buffer_clear(text);
  bench_sentence(text, &seed, 2);
  csv_write(out, text->bytes, true, true);
  buffer_print(out, ",2026-12-31,主要负责人,副职,张某,李某,王某,");
  buffer_clear(text);
  bench_sentence(text, &seed, 4);
  csv_write(out, text->bytes, true, true);
  for (size_t i = 0; i < 22; i++) buffer_print(out, ",%zu", n % 97 + i);
  buffer_text(out, ",正在办理,未完成,否\r\n");
}

static const char *ledger_csv(struct bench *bench, size_t rows, size_t *size) {
  struct buffer out = {.arena = bench->arena}, text = {.arena = bench->arena};
  buffer_text(&out, HEADERS);
  for (size_t i = 0; i < rows; i++) ledger_row(&out, &text, i);
  *size = out.size;
  return out.bytes;
}

/* ---- our path ---- */
static bool stage(struct bench *bench, struct house *house, const char *bytes, size_t size, bool historic, struct authority *authority,
                  struct import_staged **staged) {
  struct reader *reader = NULL;
  struct import_options options = {.type = record_type(RECORD_PROBLEM),
                                   .now = house_now(house),
                                   .historic = historic,
                                   .history_day = date_from_civil(2026, 1, 1),
                                   .file_name = "2026.xlsx"};
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = authority_by_account(reader, BENCH_ACCOUNT, options.now, bench->arena, authority);
  if (!error) error = import_stage(reader, authority, &options, bytes, size, bench->arena, staged);
  reader_release(reader);
  if (!error && (*staged)->errors_found)
    bench_fail("the ledger has %lld errors, the first: %s", (long long)(*staged)->errors_found, (*staged)->errors[0].sentence.en);
  if (error) bench_fail("import: %s", store_error_label(error).en);
  return !error && (*staged)->errors_found == 0;
}

static bool fill(struct bench *bench, struct house *house, size_t rows, struct authority *authority) {
  size_t size = 0;
  const char *csv = ledger_csv(bench, rows, &size);
  struct import_staged *staged = NULL;
  struct import_report report = {0};
  if (!stage(bench, house, csv, size, true, authority, &staged)) return false;
  struct context context = {.now = house_now(house), .authority = authority, .happened = NOTHING, .channel = CHANNEL_IMPORT};
  bool good = import_write(house->writer, &context, staged, bench->arena, &report) == STORE_OK && report.verdict == VERDICT_DONE;
  if (!good)
    bench_fail("the ledger was not written: %s", report.finding_count ? report.findings[0].sentence.en : "the store did not answer");
  return good;
}

static bool hand_out(struct bench *bench, struct house *house, const struct authority *authority, const char *path,
                     struct excelled *excelled) {
  struct reader *reader = NULL;
  struct query query = {.type = record_type(RECORD_PROBLEM), .expected = -1};
  enum store_error error = store_reader(house->store, &reader);
  struct form_options options = {.list = {.query = &query,
                                          .scope = scope_for(bench->arena, authority, query.type, MAY_EXPORT),
                                          .authority = authority},
                                 .form = FORM_AUDIT52,
                                 .path = path,
                                 .who = BENCH_ACCOUNT,
                                 .now = house_now(house),
                                 .definitions = DEFINITIONS_VERSION};
  double began = bench_clock();
  if (!error) error = export_form(reader, &options, &excelled->rows);
  excelled->out = bench_clock() - began;
  reader_release(reader);
  if (error) bench_fail("export: %s", store_error_label(error).en);
  return !error;
}

/* ---- the raw limits ---- */
static double raw_out(const char *path, size_t rows) {
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  double began = bench_clock();
  lxw_workbook *workbook = workbook_new_opt(path, &options);
  lxw_worksheet *sheet = workbook_add_worksheet(workbook, NULL);
  for (size_t row = 0; row < rows; row++)
    for (size_t column = 0; column < EXCEL_COLUMNS; column++)
      worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column, "整改措施和进展", NULL);
  workbook_close(workbook);
  return bench_clock() - began;
}

static void counted(void *with, const XML_Char *name, const XML_Char **attributes) {
  (void)name;
  (void)attributes;
  ++*(size_t *)with;
}

static double raw_in(const char *path) {
  char piece[1 << 16];
  size_t elements = 0;
  double began = bench_clock();
  zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
  zip_file_t *file = zip ? zip_fopen(zip, "xl/worksheets/sheet1.xml", 0) : NULL;
  XML_Parser parser = XML_ParserCreate(NULL);
  XML_SetUserData(parser, &elements);
  XML_SetStartElementHandler(parser, counted);
  for (zip_int64_t got = 1; file && got > 0;) {
    got = zip_fread(file, piece, sizeof piece);
    XML_Parse(parser, piece, got > 0 ? (int)got : 0, got <= 0);
  }
  XML_ParserFree(parser);
  if (file) zip_fclose(file);
  if (zip) zip_discard(zip);
  return bench_clock() - began;
}

static bool excel_work(struct bench *bench, const void *with, void *result) {
  const struct excelling *excelling = with;
  struct excelled *excelled = result;
  struct authority authority;
  struct import_staged *staged = NULL;
  struct house *house = bench_house(bench, excelling->data, NULL, 0);
  const char *path = arena_print(bench->arena, "%s/out.xlsx", excelling->data),
             *bare = arena_print(bench->arena, "%s/bare.xlsx", excelling->data);
  size_t size = 0;
  if (!house) return false;
  bool good = fill(bench, house, excelling->rows, &authority) && hand_out(bench, house, &authority, path, excelled);
  const char *bytes = good ? call_read_file(bench->call, path, &size) : NULL;
  double began = bench_clock();
  good = bytes && stage(bench, house, bytes, size, false, &authority, &staged);
  excelled->in = bench_clock() - began;
  if (good) excelled->unchanged = staged->counts[IMPORT_UNCHANGED];
  excelled->raw_out = raw_out(bare, excelling->rows);
  excelled->raw_in = raw_in(path);
  house_close(house);
  return good;
}

static bool excel_runs(struct bench *bench, struct bench_result *result, bool out) {
  struct excelling excelling = {.rows = bench->count ? (size_t)bench->count : EXCEL_ROWS};
  double figures[99], raws[99];
  for (int run = 0; run < bench->runs; run++) {
    struct bench_world *world = ARENA_NEW(bench->arena, struct bench_world);
    struct excelled excelled;
    excelling.data = arena_print(bench->arena, "%s/excel", bench->folder);
    struct bench_place place = {.data = excelling.data};
    bool good = bench_prepare(bench, &place, world) && bench_child(excel_work, bench, &excelling, &excelled, sizeof excelled);
    remove_tree(bench->arena, excelling.data);
    if (!good) return false;
    figures[run] = out ? excelled.out : excelled.in;
    raws[run] = out ? excelled.raw_out : excelled.raw_in;
    bench_say(bench, "第 %d 次:%lld 行出表 %.2f s(裸写 %.2f s),再读入 %.2f s(裸解析 %.2f s),其中不变 %lld",
              "run %d: %lld rows out %.2f s (bare %.2f s), in again %.2f s (bare %.2f s), %lld of them unchanged", run + 1,
              (long long)excelled.rows, excelled.out, excelled.raw_out, excelled.in, excelled.raw_in, (long long)excelled.unchanged);
  }
  *result = bench_result_of(figures, raws, bench->runs, true);
  return true;
}

bool bench_excel_out(struct bench *bench, struct bench_result *result) { return excel_runs(bench, result, true); }
bool bench_excel_in(struct bench *bench, struct bench_result *result) { return excel_runs(bench, result, false); }
