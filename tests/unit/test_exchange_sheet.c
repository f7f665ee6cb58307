/* Workbooks: a good one made here by libxlsxwriter is read as it is shown; cut at any byte, with bits turned or parts swapped it is read
   or refused, never worse. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include <zip.h>

#include "exchange/sheet.h"

static char *bytes_of(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  fseek(file, 0, SEEK_END);
  *size = (size_t)ftell(file);
  rewind(file);
  char *bytes = malloc(*size + 1);
  assert_int_equal(fread(bytes, 1, *size, file), *size);
  fclose(file);
  return bytes;
}

static char *made(size_t *size) {
  char path[64];
  snprintf(path, sizeof path, "/tmp/bihuan-sheet-%d.xlsx", (int)getpid());
  lxw_workbook *workbook = workbook_new(path);
  lxw_worksheet *sheet = workbook_add_worksheet(workbook, "台账"), *hidden = workbook_add_worksheet(workbook, "旧");
  lxw_format *date = workbook_add_format(workbook), *percent = workbook_add_format(workbook), *month = workbook_add_format(workbook);
  format_set_num_format(date, "yyyy\"年\"m\"月\"d\"日\"");
  format_set_num_format(percent, "0.0%");
  format_set_num_format(month, "0.00");
  worksheet_merge_range(sheet, 0, 0, 0, 3, "标题", NULL);
  worksheet_write_string(sheet, 1, 0, "问题", NULL);
  worksheet_write_number(sheet, 2, 0, 46265, date);
  worksheet_write_number(sheet, 2, 1, 0.125, percent);
  worksheet_write_number(sheet, 2, 2, 2026.1, month);
  worksheet_write_boolean(sheet, 2, 3, 1, NULL);
  worksheet_write_formula_num(sheet, 3, 0, "=1+1", NULL, 2);
  worksheet_merge_range(sheet, 3, 1, 5, 1, "三行", NULL);
  lxw_row_col_options hide = {.hidden = 1};
  worksheet_set_row_opt(sheet, 2, 15, NULL, &hide);
  worksheet_set_column_opt(sheet, 2, 2, 10, NULL, &hide);
  worksheet_write_string(hidden, 0, 0, "x", NULL);
  worksheet_hide(hidden);
  assert_int_equal(workbook_close(workbook), 0);
  char *bytes = bytes_of(path, size);
  unlink(path);
  return bytes;
}

static void a_workbook_is_read_as_it_is_shown(void **state) {
  size_t size;
  char *bytes = made(&size);
  struct arena *arena = arena_new();
  struct sheet_refusal refusal;
  struct workbook *workbook = workbook_read(arena, bytes, size, "a.xlsx", &refusal);
  (void)state;
  assert_non_null(workbook);
  assert_int_equal(workbook->count, 2);
  const struct sheet *sheet = &workbook->sheets[0];
  assert_string_equal(sheet->name, "台账");
  assert_string_equal(sheet_cell(sheet, 3, 1)->text, "2026年8月31日");
  assert_int_equal(sheet_cell(sheet, 3, 1)->kind, CELL_DATE);
  assert_string_equal(sheet_cell(sheet, 3, 2)->text, "12.5%");
  assert_true(sheet_cell(sheet, 3, 2)->percent);
  assert_string_equal(sheet_cell(sheet, 3, 3)->text, "2026.10");
  assert_int_equal(sheet_cell(sheet, 3, 4)->kind, CELL_YES_NO);
  assert_true(sheet_cell(sheet, 4, 1)->formula);
  assert_string_equal(sheet_cell(sheet, 4, 1)->text, "2");
  assert_int_equal(sheet_area(sheet, 6, 2)->top, 4);
  assert_null(sheet_area(sheet, 7, 2));
  assert_true(sheet_row(sheet, 3)->hidden);
  assert_true(sheet_column_hidden(sheet, 3));
  assert_true(workbook->sheets[1].hidden);
  workbook_free(workbook);
  arena_free(arena);
  free(bytes);
}

static void dates_follow_their_format_and_system(void **state) {
  static const struct { const char *code; double serial; bool date1904; const char *shown; } ROWS[] = {
    {"yyyy-mm-dd", 46265, false, "2026-08-31"}, {"yyyy-mm-dd", 44803, true, "2026-08-31"}, {"m\"月\"d\"日\"", 46249, false, "8月15日"}, {"yyyy/m/d h:mm", 46387.72916667, false, "2026/12/31 17:30"},
    {"[DBNum1]yyyy\"年\"m\"月\"d\"日\"", 46326, false, "二〇二六年十月三十一日"}, {"yyyy\"年\"m\"月\"", 46266, false, "2026年9月"}, {"[$-804]yyyy\"年\"m\"月\"d\"日\";@", 46265, false, "2026年8月31日"}};
  struct arena *arena = arena_new();
  (void)state;
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
    assert_string_equal(format_date(arena, ROWS[i].code, ROWS[i].serial, ROWS[i].date1904), ROWS[i].shown);
  assert_string_equal(format_number(arena, "#,##0.00", 1234.5), "1,234.50");
  assert_string_equal(format_number(arena, "0%", 0.6), "60%");
  assert_string_equal(number_plain(arena, 9876543210.12), "9876543210.12");
  assert_false(format_kind("[Red]0.00").date);
  assert_true(format_kind("[h]:mm").date);
  assert_int_equal(serial_date(60, false), NOTHING);
  arena_free(arena);
}

static bool tried(const char *bytes, size_t size) {
  struct arena *arena = arena_new();
  struct sheet_refusal refusal;
  struct workbook *workbook = workbook_read(arena, bytes, size, "f.xlsx", &refusal);
  if (!workbook) { assert_non_null(refusal.code); assert_true(*refusal.sentence.zh && *refusal.sentence.en); }
  workbook_free(workbook);
  arena_free(arena);
  return workbook != NULL;
}

static void a_damaged_file_is_read_or_refused(void **state) {
  size_t size, refused = 0;
  char *bytes = made(&size), *copy = malloc(size);
  unsigned seed = 20261128;
  (void)state;
  for (size_t cut = 0; cut < size; cut += size / 97 + 1) assert_false(tried(bytes, cut));
  for (int turn = 0; turn < 600; turn++) {
    memcpy(copy, bytes, size);
    for (int k = 0; k < 1 + turn % 7; k++) {
      seed = seed * 1103515245u + 12345u;
      copy[(seed >> 8) % size] ^= (char)(1u << (seed >> 28 & 7));
    }
    refused += !tried(copy, size);
  }
  assert_true(refused > 100); /* turned bits are noticed */
  free(copy);
  free(bytes);
}

/* A zip of parts as given. */
static char *zipped(const char *const (*parts)[2], size_t *size) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
  zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
  assert_non_null(zip);
  zip_source_keep(source);
  for (; (*parts)[0]; parts++) zip_file_add(zip, (*parts)[0], zip_source_buffer(zip, (*parts)[1], strlen((*parts)[1]), 0), 0);
  assert_int_equal(zip_close(zip), 0);
  zip_source_open(source);
  zip_source_seek(source, 0, SEEK_END);
  *size = (size_t)zip_source_tell(source);
  zip_source_seek(source, 0, SEEK_SET);
  char *bytes = malloc(*size);
  assert_int_equal(zip_source_read(source, bytes, *size), (zip_int64_t)*size);
  zip_source_close(source);
  zip_source_free(source);
  return bytes;
}

#define BOOK "<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" r:id=\"rId1\"/></sheets></workbook>"
#define RELATIONS "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"

static const char *refusal_of(const char *sheet, const char *strings) {
  const char *const parts[][2] = {{"xl/workbook.xml", BOOK},
                                  {"xl/_rels/workbook.xml.rels", RELATIONS},
                                  {"xl/worksheets/sheet1.xml", sheet},
                                  {strings ? "xl/sharedStrings.xml" : NULL, strings},
                                  {NULL, NULL}};
  size_t size;
  char *bytes = zipped(parts, &size);
  struct arena *arena = arena_new();
  struct sheet_refusal refusal;
  struct workbook *workbook = workbook_read(arena, bytes, size, NULL, &refusal);
  const char *code = workbook ? "read" : refusal.code;
  workbook_free(workbook);
  arena_free(arena);
  free(bytes);
  return code;
}

static void hostile_parts_are_refused_by_name(void **state) {
  char *long_text = malloc(200001), *bomb = malloc((size_t)40 << 20);
  (void)state;
  assert_string_equal(refusal_of("<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData></worksheet>", NULL), "read");
  assert_string_equal(refusal_of("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><worksheet>&b;</worksheet>", NULL), "dtd");
  assert_string_equal(refusal_of("<worksheet><sheetData>", NULL), "not_readable");
  memset(long_text, 'a', 200000);
  long_text[200000] = 0;
  char *strings = malloc(200100);
  sprintf(strings, "<sst><si><t>%s</t></si></sst>", long_text);
  assert_string_equal(refusal_of("<worksheet/>", strings), "too_large");
  memset(bomb, ' ', ((size_t)40 << 20) - 1);
  memcpy(bomb, "<worksheet>", 11);
  memcpy(bomb + ((size_t)40 << 20) - 13, "</worksheet>", 12);
  bomb[((size_t)40 << 20) - 1] = 0;
  assert_string_equal(refusal_of(bomb, NULL), "too_large");
  free(bomb);
  free(strings);
  free(long_text);
}

/* A workbook of so many sheets, all in one part: read, the code of its refusal; *read: how many sheets hold something. */
static const char *sheets_of_one_part(size_t count, size_t *read) {
  struct arena *arena = arena_new();
  struct buffer book = {.arena = arena};
  buffer_text(&book, "<workbook xmlns:r=\"r\"><sheets>");
  for (size_t i = 0; i < count; i++) buffer_print(&book, "<sheet name=\"s%zu\" r:id=\"rId1\"/>", i);
  buffer_text(&book, "</sheets></workbook>");
  const char *const parts[][2] = {{"xl/workbook.xml", book.bytes},
                                  {"xl/_rels/workbook.xml.rels", RELATIONS},
                                  {"xl/worksheets/sheet1.xml",
                                   "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>"},
                                  {NULL, NULL}};
  size_t size;
  char *bytes = zipped(parts, &size);
  struct sheet_refusal refusal;
  struct workbook *workbook = workbook_read(arena, bytes, size, NULL, &refusal);
  const char *code = workbook ? "read" : refusal.code;
  *read = 0;
  for (size_t i = 0; workbook && i < workbook->count; i++) {
    assert_int_equal(workbook->sheets[i].absent, i > 0);
    *read += workbook->sheets[i].cell_count > 0;
  }
  workbook_free(workbook);
  free(bytes);
  arena_free(arena);
  return code;
}

static void a_part_is_one_sheet_and_a_workbook_has_a_thousand_at_most(void **state) {
  size_t read;
  (void)state;
  assert_string_equal(sheets_of_one_part(3, &read), "read");
  assert_int_equal(read, 1);
  assert_string_equal(sheets_of_one_part(SHEETS_MOST + 1, &read), "too_large");
}

#define ODS "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\">" \
  "<style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style>" \
  "<table:table table:name=\"台账\"><table:table-column table:visibility=\"collapse\"/><table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>" \
  "<table:table-row><table:table-cell table:number-rows-spanned=\"2\" office:value-type=\"string\"><text:p>一<text:s/>二</text:p><text:p>三</text:p></table:table-cell>" \
  "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-08-31\"><text:p>8月31日</text:p></table:table-cell><table:table-cell office:value-type=\"percentage\" office:value=\"0.6\"><text:p>60%</text:p></table:table-cell></table:table-row>" \
  "<table:table-row table:visibility=\"collapse\"><table:covered-table-cell/><table:table-cell office:value-type=\"string\" table:formula=\"of:=1/0\"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>" \
  "<table:table-row table:number-rows-repeated=\"99999999\"><table:table-cell table:number-columns-repeated=\"99999999\"/></table:table-row></table:table>" \
  "<table:table table:name=\"重复\"><table:table-row table:number-rows-repeated=\"1000\"><table:table-cell office:value-type=\"string\"><text:p>同</text:p></table:table-cell></table:table-row></table:table>" \
  "<table:table table:name=\"旧\" table:style-name=\"ta2\"/></office:document-content>"

static void an_opendocument_is_a_grid_like_the_others(void **state) {
  const char *const parts[][2] = {{"content.xml", ODS}, {NULL, NULL}};
  const char *const locked[][2] = {{"META-INF/manifest.xml", "<manifest><file-entry><encryption-data/></file-entry></manifest>"},
                                   {"content.xml", ODS},
                                   {NULL, NULL}};
  size_t size;
  char *bytes = zipped(parts, &size);
  struct arena *arena = arena_new();
  struct sheet_refusal refusal;
  struct workbook *workbook = workbook_read(arena, bytes, size, NULL, &refusal);
  (void)state;
  assert_non_null(workbook);
  const struct sheet *sheet = &workbook->sheets[0];
  assert_int_equal(sheet->cell_count, 4);
  assert_string_equal(sheet_cell(sheet, 3, 1)->text, "一 二\n三");
  assert_int_equal(sheet_cell(sheet, 3, 2)->kind, CELL_DATE);
  assert_true(sheet_cell(sheet, 3, 3)->percent);
  assert_int_equal(sheet_cell(sheet, 4, 2)->kind, CELL_ERROR);
  assert_int_equal(sheet_area(sheet, 4, 1)->top, 3);
  assert_true(sheet_row(sheet, 4)->hidden);
  assert_true(sheet_column_hidden(sheet, 1));
  assert_int_equal(workbook->sheets[1].cell_count, 64); /* the same row again and again: so many are read, and the rest is told */
  assert_int_equal(workbook->flaw_count, 1);
  assert_string_equal(workbook->flaws[0].code, "row_repeated");
  assert_non_null(strstr(workbook->flaws[0].sentence.en, "936"));
  assert_true(workbook->sheets[2].hidden);
  workbook_free(workbook);
  free(bytes);
  bytes = zipped(locked, &size);
  assert_null(workbook_read(arena, bytes, size, NULL, &refusal));
  assert_string_equal(refusal.code, "encrypted");
  free(bytes);
  arena_free(arena);
}

static void other_files_are_told_what_they_are(void **state) {
  static const struct { const char *bytes; size_t size; const char *code; } ROWS[] = {
    {"", 0, "empty"}, {"%PDF-1.4 ", 9, "not_a_workbook"}, {"\x00\x01\x02\x03", 4, "not_a_workbook"}, {"PK\3\4....", 8, "not_readable"}, {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", 12, "not_readable"}};
  struct arena *arena = arena_new();
  struct sheet_refusal refusal;
  (void)state;
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    assert_null(workbook_read(arena, ROWS[i].bytes, ROWS[i].size, NULL, &refusal));
    assert_string_equal(refusal.code, ROWS[i].code);
  }
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_workbook_is_read_as_it_is_shown),
                                     cmocka_unit_test(dates_follow_their_format_and_system),
                                     cmocka_unit_test(a_damaged_file_is_read_or_refused),
                                     cmocka_unit_test(hostile_parts_are_refused_by_name),
                                     cmocka_unit_test(a_part_is_one_sheet_and_a_workbook_has_a_thousand_at_most),
                                     cmocka_unit_test(an_opendocument_is_a_grid_like_the_others),
                                     cmocka_unit_test(other_files_are_told_what_they_are)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
