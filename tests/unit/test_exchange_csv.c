/* CSV: files that must be read (with what they say), files that must be refused, and what we write read back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "exchange/csv.h"

/* Cells joined by |, records by newlines; a refusal ends it by !problem@column. */
static char *shown(const char *bytes, size_t size, struct buffer *out) {
  struct csv csv = csv_open(bytes, size);
  enum csv_status status;
  while ((status = csv_next(&csv)) == CSV_RECORD) {
    buffer_print(out, "%lld:", (long long)csv.record);
    for (size_t i = 0; i < csv.count; i++) buffer_print(out, "%s%s", i ? "|" : "", csv.cells[i].text);
    buffer_byte(out, '/');
  }
  if (status == CSV_BAD) buffer_print(out, "!%d@%lld:%zu", (int)csv.problem, (long long)csv.record, csv.column);
  csv_close(&csv);
  return out->bytes ? out->bytes : (char *)"";
}

static const struct { const char *bytes, *shown; } READ[] = {
  {"", ""},
  {"a,b\n1,2\n", "1:a|b/2:1|2/"},
  {"a,b\r\n1,2", "1:a|b/2:1|2/"},
  {"a,b\r1,2\r", "1:a|b/2:1|2/"},
  {"\xEF\xBB\xBF" "a;b;c\n1;2,5;3\n", "1:a|b|c/2:1|2,5|3/"},
  {"a\tb\n1\t2", "1:a|b/2:1|2/"},
  {"a,b\n\"x,\"\"y\"\"\nz\",2\n", "1:a|b/2:x,\"y\"\nz|2/"},
  {"a,b\n\n\n1\n,\n", "1:a|b/4:1/5:|/"},
  {"\n\na\n", "3:a/"},
  {"a,b,\n", "1:a|b|/"},
  {"a,say \"hi\"\n", "1:a|say \"hi\"/"},
  {"a,\"x\" ,b\n", "1:a|x|b/"},
  {"\"a;b\",c,d;e\n", "1:a;b|c|d;e/"},
};
static const struct { const char *bytes, *shown; } REFUSED[] = {
  {"a,b\n1,\"2\n3,4\n", "1:a|b/!1@2:2"},
  {"a,b\n\"x\"y,2\n", "1:a|b/!2@2:1"},
  {"\"", "!1@1:1"},
};

static void reads_golden_files(void **state) {
  for (size_t i = 0; i < sizeof READ / sizeof *READ; i++) {
    struct buffer out = {0};
    assert_string_equal(shown(READ[i].bytes, strlen(READ[i].bytes), &out), READ[i].shown);
    buffer_free(&out);
  }
}

static void refuses_what_would_shift_columns(void **state) {
  for (size_t i = 0; i < sizeof REFUSED / sizeof *REFUSED; i++) {
    struct buffer out = {0};
    assert_string_equal(shown(REFUSED[i].bytes, strlen(REFUSED[i].bytes), &out), REFUSED[i].shown);
    buffer_free(&out);
  }
}

static void bounds_cells_and_columns(void **state) {
  struct buffer bytes = {0}, out = {0};
  for (size_t i = 0; i <= CSV_CELL_MOST; i++) buffer_byte(&bytes, 'x');
  assert_string_equal(shown(bytes.bytes, bytes.size, &out), "!3@1:1");
  buffer_clear(&bytes);
  buffer_clear(&out);
  for (size_t i = 0; i < CSV_COLUMNS_MOST; i++) buffer_byte(&bytes, ',');
  assert_string_equal(shown(bytes.bytes, bytes.size, &out), "!4@1:4096");
  buffer_free(&bytes);
  buffer_free(&out);
}

static void what_is_written_reads_back(void **state) {
  static const char *const texts[] = {"",           "plain",   "=1+2",   "+86",      "-",
                                      "@x",         "'=x",     "''",     "a,b",      "say \"hi\"",
                                      "two\nlines", " blank ", "a;b\tc", "<script>", "'; DROP TABLE--",
                                      "  =1+2",     "\n=1",    "＝1+2",  " ＠SUM(1)"};
  enum { COUNT = sizeof texts / sizeof *texts };
  struct buffer out = {0};
  for (size_t i = 0; i < COUNT; i++) csv_write(&out, texts[i], i == 0, true);
  csv_write_end(&out);
  struct csv csv = csv_open(out.bytes, out.size);
  assert_int_equal(csv_next(&csv), CSV_RECORD);
  assert_int_equal(csv.count, COUNT);
  for (size_t i = 0; i < COUNT; i++) {
    /* a spreadsheet looks through blanks, and takes wide signs for narrow ones */
    const char *first = csv.cells[i].text + strspn(csv.cells[i].text, " \n");
    assert_false(*first && (strchr("=+-@", *first) || strncmp(first, "＝", 3) == 0 || strncmp(first, "＠", 3) == 0));
    assert_string_equal(csv_unguard(csv.cells[i].text), texts[i]);
  }
  csv_close(&csv);
  buffer_free(&out);
}

static void columns_are_named_as_in_spreadsheets(void **state) {
  struct arena *arena = arena_new();
  assert_string_equal(csv_column_letters(arena, 1), "A");
  assert_string_equal(csv_column_letters(arena, 26), "Z");
  assert_string_equal(csv_column_letters(arena, 27), "AA");
  assert_string_equal(csv_column_letters(arena, 703), "AAA");
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(reads_golden_files), cmocka_unit_test(refuses_what_would_shift_columns), cmocka_unit_test(bounds_cells_and_columns),
    cmocka_unit_test(what_is_written_reads_back), cmocka_unit_test(columns_are_named_as_in_spreadsheets),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
