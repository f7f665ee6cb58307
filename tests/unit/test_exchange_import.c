/* Import: every row set rightly beside what stands, every error of a bad file said at once with its place, nothing half written. */
#include "house_fixture.h"
#include "exchange/export.h"
#include "exchange/files.h"
#include "exchange/import.h"

#define HEADER "留言编号,留言用户,留言主题,留言时间,留言详情,反对数,点赞数\n"
#define FILE_ONE HEADER \
  "1,甲,路灯不亮,2019/1/5 8:5:3,\"\n\t\t\t 小区门口的路灯　不亮 \n\n\n\n 请修 \n\",0,1\n" \
  "2,乙,=1+1,2026-11-20 09:00,夜里施工,0,0\n" \
  "3,丙,噪音,2026/11/20,夜里施工,2,0\n" \
  "4,丁,噪音,2026/11/20 1:2,夜里 施工,2,0\n"

static struct import_staged *stage_sized(struct home *home, const char *bytes, size_t size, bool complete) {
  struct reader *reader = home_reader(home);
  struct import_options options = {.type = record_type(RECORD_APPEAL), .complete = complete, .now = house_now(home->house),
                                   .base_line = date_from_civil(2026, 1, 1), .contact_key = home->house->contact_key};
  struct import_staged *staged = NULL;
  assert_int_equal(import_stage(reader, &AUTHORITY_SYSTEM, &options, bytes, size, home->arena, &staged), STORE_OK);
  reader_release(reader);
  return staged;
}
static struct import_staged *stage(struct home *home, const char *text, bool complete) {
  return stage_sized(home, text, strlen(text), complete);
}

static struct import_report write_staged(struct home *home, const struct import_staged *staged) {
  struct context context = {.now = house_now(home->house), .authority = &AUTHORITY_SYSTEM, .happened = NOTHING};
  struct import_report report;
  assert_int_equal(import_write(home->house->writer, &context, staged, home->arena, &report), STORE_OK);
  for (size_t i = 0; i < report.finding_count && !staged->errors_found; i++) print_error("%s\n", report.findings[i].sentence.en);
  return report;
}
static struct import_report import(struct home *home, const char *text, bool complete) {
  return write_staged(home, stage(home, text, complete));
}

static void counts_are(const int64_t counts[IMPORT_CLASS_COUNT], int64_t created, int64_t unchanged, int64_t changed, int64_t conflict,
                       int64_t missing, int64_t reappeared) {
  const int64_t expected[IMPORT_CLASS_COUNT] = {created, unchanged, changed, conflict, missing, reappeared};
  for (size_t i = 0; i < IMPORT_CLASS_COUNT; i++)
    if (counts[i] != expected[i]) fail_msg("%s: %lld, expected %lld", IMPORT_CLASS_NAMES[i], (long long)counts[i], (long long)expected[i]);
}

static struct row *appeal(struct home *home, const struct import_staged *staged, size_t at) {
  return home_row(home, RECORD_APPEAL, staged->rows[at].id);
}

static void cleans_and_reads_what_offices_send(void **state) {
  struct home *home = *state;
  struct import_report report = import(home, FILE_ONE, false);
  counts_are(report.counts, 4, 0, 0, 0, 0, 0);
  assert_int_equal(report.verdict, VERDICT_DONE);
  assert_int_equal(report.equal_texts, 2); /* the same words under other titles, and with another blank */
  struct import_staged *again = stage(home, FILE_ONE, false);
  counts_are(again->counts, 0, 4, 0, 0, 0, 0);
  struct row *old = appeal(home, again, 0), *new = appeal(home, again, 1);
  assert_string_equal(row_text(old, APPEAL_TEXT), "小区门口的路灯 不亮\n\n请修");
  assert_int_equal(row_integer(old, APPEAL_MADE_AT), moment_of_date(date_from_civil(2019, 1, 5)) + (8 * 3600 + 5 * 60 + 3) * MOMENT_SECOND);
  assert_int_equal(row_integer(old, APPEAL_HISTORIC), 1);
  assert_int_equal(row_integer(old, APPEAL_DUE), NOTHING);
  assert_string_equal(row_text(new, APPEAL_TITLE), "=1+1");
  assert_int_equal(row_integer(new, APPEAL_HISTORIC), 0);
  assert_true(row_integer(new, APPEAL_DUE) >= date_from_civil(2026, 11, 27));
  assert_string_equal(row_text(new, APPEAL_SOURCE_KEY), "appeals:2");
}

static void a_second_import_writes_nothing(void **state) {
  struct home *home = *state;
  import(home, FILE_ONE, false);
  int64_t number = home_number(home), count = home_count(home, RECORD_APPEAL);
  struct import_report report = import(home, FILE_ONE, true);
  counts_are(report.counts, 0, 4, 0, 0, 0, 0);
  assert_int_equal(report.equal_texts, 2); /* the same words under other titles, and with another blank */
  assert_int_equal(report.verdict, VERDICT_UNCHANGED);
  assert_int_equal(home_number(home), number);
  assert_int_equal(home_count(home, RECORD_APPEAL), count);
}

static void gb18030_is_the_same_file(void **state) {
  static const char utf8[] = "诉求编号,标题,诉求时间\n1,路灯,2026-11-01\n";
  static const char gb18030[] = "\xcb\xdf\xc7\xf3\xb1\xe0\xba\xc5,\xb1\xea\xcc\xe2,\xcb\xdf\xc7\xf3\xca\xb1\xbc\xe4\n1,\xc2\xb7\xb5\xc6,2026-11-01\n";
  struct home *home = *state;
  import(home, utf8, false);
  counts_are(stage(home, gb18030, false)->counts, 0, 1, 0, 0, 0, 0);
  counts_are(stage(home, "\xEF\xBB\xBF诉求编号;标题;诉求时间\r\n1;路灯;2026/11/1\r\n", false)->counts, 0, 1, 0, 0, 0, 0);
}

static void three_ways(void **state) {
  struct home *home = *state;
  static const char edited[] = HEADER "1,甲,路灯还是不亮,2019/1/5 8:5:3,请修,0,1\n2,乙,换了,2026-11-20 09:00,夜里施工,0,0\n3,丙,噪音,2026/11/20,夜里施工,2,0\n";
  import(home, FILE_ONE, false);
  struct import_staged *first = stage(home, FILE_ONE, false);
  struct value here = value_text(APPEAL_TITLE, "这里改过");
  home_change(home, RECORD_APPEAL, first->rows[1].id, ACTION_EDIT, &here, 1);
  counts_are(stage(home, FILE_ONE, false)->counts, 0, 4, 0, 0, 0, 0); /* edited here only: the file says nothing new */
  struct import_staged *staged = stage(home, edited, true);
  counts_are(staged->counts, 0, 1, 1, 1, 1, 0);
  assert_non_null(strstr(staged->rows[1].why.zh, "诉求主题"));
  assert_int_equal(write_staged(home, staged).verdict, VERDICT_DONE);
  assert_string_equal(row_text(appeal(home, first, 0), APPEAL_TITLE), "路灯还是不亮");
  assert_string_equal(row_text(appeal(home, first, 1), APPEAL_TITLE), "这里改过");
  assert_int_equal(row_integer(appeal(home, first, 3), APPEAL_MISSING), 1);
  int64_t number = home_number(home);
  counts_are(import(home, edited, true).counts, 0, 2, 0, 1, 1, 0);
  assert_int_equal(home_number(home), number);
  counts_are(import(home, HEADER "4,丁,噪音,2026/11/20 1:2,夜里 施工,2,0\n", false).counts, 0, 0, 0, 0, 0, 1);
  assert_int_equal(row_integer(appeal(home, first, 3), APPEAL_MISSING), 0);
}

static void an_export_comes_back_unchanged(void **state) {
  struct home *home = *state;
  home_unit(home, "市水务局", "水务", 0);
  import(home, FILE_ONE "5,戊,\"'=x\"\"，\n\",2026-11-03 7:08:09.25,@y,,\n", false);
  import(home, "工单编号,标题,来电时间,承办单位,联系电话,诉求内容\n12345,停水,2026-11-02,水务,13812345678,-停水\n", false);
  struct buffer out = {.arena = home->arena};
  struct reader *reader = home_reader(home);
  struct query query = {.type = record_type(RECORD_APPEAL), .expected = -1};
  struct export_options options = {.query = &query,
                                   .scope = &SCOPE_SYSTEM,
                                   .authority = &AUTHORITY_SYSTEM,
                                   .contact_key = home->house->contact_key};
  int64_t rows, number = home_number(home);
  for (options.language = LANGUAGE_ZH; options.language <= LANGUAGE_EN; options.language++) {
    buffer_clear(&out);
    assert_int_equal(export_csv(reader, &options, export_to_buffer, &out, &rows), STORE_OK);
    assert_int_equal(rows, 6);
    assert_non_null(strstr(out.bytes, "138****5678"));
    assert_null(strstr(out.bytes, "13812345678"));
    assert_null(strstr(out.bytes, "appeals:1"));
    counts_are(import(home, out.bytes, true).counts, 0, 6, 0, 0, 0, 0);
  }
  reader_release(reader);
  assert_int_equal(home_number(home), number);
}

/* Every error of the file, each found by a piece of its sentence. */
static const struct { const char *file; int64_t errors; const char *zh[4]; } BAD[] = {
  {"", 1, {"文件是空的"}},
  {"编码,主题,时间\n1,a,b\n", 1, {"缺少“诉求编号”列", "“编码”"}},
  {"留言编号,主题,诉求时见\n1,a,b\n", 1, {"缺少“诉求时间”列", "最接近的是“诉求时见”"}},
  {HEADER "1,甲,a,2026-13-01,x,0,0\n2,甲,,2026-01-01,x,many,0\n", 3, {"第 2 行 D 列", "不是时间", "第 3 行 C 列", "不能为空"}},
  {HEADER "1,甲,a,2026-01-01,x,0,0\n2,甲,a,2026-01-01,x,0,0\n1,甲,b,2026-01-01,x,0,0\n", 1, {"第 4 行 A 列", "与第 2 行重复"}},
  {"编号,标题,时间,诉求时间,承办单位\n1,a,x,2026-01-01,市水务居\n2,b,x,2026-01-01,天外天\n", 2, {"没有叫“市水务居”的单位", "最接近的是“市水务局”", "没有叫“天外天”的单位"}},
  {HEADER "1,甲,\"a\n", 1, {"引号没有配对"}},
  {HEADER "1,甲,a,2026-01-01,x,0,0,多,了\n", 1, {"有 9 个单元格", "7 列"}},
  {HEADER "1,甲,a\xFF" "b,2026-01-01,x,0,0\n", 1, {"第 2 行", "既不是 UTF-8 也不是 GB18030"}},
};

static void says_all_that_is_wrong_at_once(void **state) {
  struct home *home = *state;
  home_unit(home, "市水务局", "水务", 0);
  int64_t number = home_number(home);
  for (size_t i = 0; i < COUNT_OF(BAD); i++) {
    struct import_staged *staged = stage(home, BAD[i].file, false);
    struct buffer all = {.arena = home->arena};
    for (size_t k = 0; k < staged->error_count; k++) buffer_print(&all, "%s\n", staged->errors[k].sentence.zh);
    if (staged->errors_found != BAD[i].errors) fail_msg("file %zu: %lld errors: %s", i, (long long)staged->errors_found, all.bytes);
    for (size_t k = 0; k < 4 && BAD[i].zh[k]; k++)
      if (!strstr(all.bytes, BAD[i].zh[k])) fail_msg("file %zu: “%s” is not in: %s", i, BAD[i].zh[k], all.bytes);
    assert_int_equal(write_staged(home, staged).verdict, VERDICT_INVALID);
  }
  assert_int_equal(home_number(home), number);
}

static void a_mapping_names_columns_and_key(void **state) {
  struct home *home = *state;
  struct value mapping[] = {value_text(IMPORT_MAPPING_NAME, "hotline"), value_integer(IMPORT_MAPPING_TYPE, RECORD_APPEAL),
                            value_text(IMPORT_MAPPING_KEY, "流水"),
                            value_text(IMPORT_MAPPING_COLUMNS, "{\"说了啥\":\"title\",\"几时\":\"made_at\"}")};
  home_change(home, RECORD_IMPORT_MAPPING, 0, ACTION_CREATE, mapping, COUNT_OF(mapping));
  struct reader *reader = home_reader(home);
  struct import_options options = {.type = record_type(RECORD_APPEAL),
                                   .mapping = "hotline",
                                   .now = house_now(home->house),
                                   .base_line = NOTHING};
  static const char file[] = "几 时\t说了啥\t流水\t别的\n2026-1-2\t停电\tA-1\tx\n";
  struct import_staged *staged;
  assert_int_equal(import_stage(reader, &AUTHORITY_SYSTEM, &options, file, strlen(file), home->arena, &staged), STORE_OK);
  counts_are(staged->counts, 1, 0, 0, 0, 0, 0);
  assert_string_equal(staged->rows[0].source_key, "hotline:A-1");
  assert_int_equal(staged->ignored_count, 1);
  options.mapping = "nobody";
  assert_int_equal(import_stage(reader, &AUTHORITY_SYSTEM, &options, file, strlen(file), home->arena, &staged), STORE_OK);
  assert_string_equal(staged->errors[0].code, "mapping");
  reader_release(reader);
}

static void too_long_names_row_column_length_and_limit(void **state) {
  struct home *home = *state;
  struct buffer file = {.arena = home->arena};
  buffer_text(&file, "编号,标题,诉求时间\n1,");
  for (int i = 0; i < 401; i++) buffer_text(&file, "长");
  buffer_text(&file, ",2026-01-01\n");
  struct import_staged *staged = stage(home, file.bytes, false);
  assert_int_equal(staged->error_count, 1);
  assert_string_equal(staged->errors[0].sentence.zh, "第 2 行 B 列（标题）：有 401 个字，最多 400 个");
  assert_string_equal(staged->errors[0].code, "too_long");
}

static void a_kept_upload_is_written_later(void **state) {
  struct home *home = *state;
  struct import_staged *staged = stage(home, FILE_ONE, false), *again = NULL;
  char *json = NULL;
  int64_t user = 0;
  assert_int_equal(import_keep(home->house->store, 7, staged, FILE_ONE, strlen(FILE_ONE), home->arena), STORE_OK);
  assert_int_equal(import_kept(home->house->store, staged->id, home->arena, &json, &user), STORE_OK);
  assert_int_equal(user, 7);
  assert_non_null(strstr(json, "\"created\":4"));
  struct reader *reader = home_reader(home);
  struct import_options options = {.now = house_now(home->house), .base_line = NOTHING, .contact_key = home->house->contact_key};
  assert_int_equal(import_stage_kept(home->house->store, reader, &AUTHORITY_SYSTEM, &options, staged->id, home->arena, &again), STORE_OK);
  reader_release(reader);
  assert_int_equal(again->id, staged->id);
  assert_int_equal(write_staged(home, again).verdict, VERDICT_DONE);
  int64_t number = home_number(home);
  assert_int_equal(write_staged(home, again).verdict, VERDICT_DONE); /* the same key: the first outcome */
  assert_int_equal(home_number(home), number);
  assert_int_equal(import_drop(home->house->store, staged->id, home->arena), STORE_OK);
  assert_int_equal(import_kept(home->house->store, staged->id, home->arena, &json, &user), STORE_ABSENT);
}

static void large_files_go_in_chunks(void **state) {
  struct home *home = *state;
  struct buffer file = {.arena = home->arena};
  buffer_text(&file, "编号,标题,诉求时间\n");
  for (int i = 0; i < IMPORT_WHOLE_MOST + 1; i++) buffer_print(&file, "n%d,标题%d,2026-11-01\n", i, i);
  struct import_report report = import(home, file.bytes, false);
  assert_int_equal(report.verdict, VERDICT_DONE);
  assert_int_equal(report.chunks, IMPORT_WHOLE_MOST / IMPORT_CHUNK + 1);
  assert_int_equal(home_count(home, RECORD_APPEAL), IMPORT_WHOLE_MOST + 1);
}

static void files_are_kept_by_content(void **state) {
  struct home *home = *state;
  char one[FILE_NAME_SIZE], two[FILE_NAME_SIZE];
  int64_t size = 0;
  assert_int_equal(file_keep_bytes(home->folder, "abc", 3, one), STORE_OK);
  assert_int_equal(file_keep_bytes(home->folder, "abc", 3, two), STORE_OK);
  assert_string_equal(one, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert_string_equal(one, two);
  assert_true(file_there(home->folder, one, &size) && size == 3);
  assert_null(file_path(home->arena, home->folder, "../../etc/passwd"));
  assert_int_equal(file_remove(home->folder, one), STORE_OK);
  assert_false(file_there(home->folder, one, NULL));
}

static bool count_file(void *with, const char *name, const char *path, int64_t size) {
  ++*(int *)with;
  return true;
}

/* A backup that passed it over would say that it is whole. */
static void a_folder_that_cannot_be_listed_is_told(void **state) {
  struct home *home = *state;
  char name[FILE_NAME_SIZE];
  int files = 0;
  assert_int_equal(file_list(home->folder, count_file, &files), STORE_OK); /* nothing was ever kept */
  assert_int_equal(file_keep_bytes(home->folder, "abc", 3, name), STORE_OK);
  assert_int_equal(file_list(home->folder, count_file, &files), STORE_OK);
  assert_int_equal(files, 1);
  assert_int_equal(file_write_whole(arena_print(home->arena, "%s/evidence/00", home->folder), "no folder", 9), STORE_OK);
  assert_int_equal(file_list(home->folder, count_file, &files), STORE_GONE);
}

static void a_file_is_read_whole(void **state) {
  struct home *home = *state;
  struct buffer large = {.arena = home->arena}, read = {.arena = home->arena};
  const char *path = arena_print(home->arena, "%s/whole", home->folder);
  for (int i = 0; i < 20000; i++) buffer_print(&large, "%d\n", i);
  assert_int_equal(file_read_whole(path, &read), STORE_ABSENT);
  assert_int_equal(file_read_whole(home->folder, &read), STORE_GONE); /* a folder has no bytes */
  assert_int_equal(read.size, 0);
  assert_int_equal(file_write_whole(path, large.bytes, large.size), STORE_OK);
  assert_int_equal(file_read_whole(path, &read), STORE_OK);
  assert_int_equal(read.size, large.size);
  assert_memory_equal(read.bytes, large.bytes, large.size);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, home_setup, home_teardown)
int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(cleans_and_reads_what_offices_send),
      TEST(a_second_import_writes_nothing),
      TEST(gb18030_is_the_same_file),
      TEST(three_ways),
      TEST(an_export_comes_back_unchanged),
      TEST(says_all_that_is_wrong_at_once),
      TEST(too_long_names_row_column_length_and_limit),
      TEST(a_mapping_names_columns_and_key),
      TEST(a_kept_upload_is_written_later),
      TEST(large_files_go_in_chunks),
      TEST(files_are_kept_by_content),
      TEST(a_folder_that_cannot_be_listed_is_told),
      TEST(a_file_is_read_whole),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
