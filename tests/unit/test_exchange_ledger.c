/* Every reader of a ledger's values by table: what offices write beside what is read. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "exchange/ledger.h"

static void dates_are_read_as_offices_write_them(void **state) {
  static const struct { const char *text, *date, *code; enum date_how how; } ROWS[] = {
    {"2026年8月31日", "2026-08-31", NULL, DATE_EXACT}, {"2026/8/5", "2026-08-05", NULL, DATE_EXACT}, {"2026.8.5", "2026-08-05", NULL, DATE_EXACT}, {"20260805", "2026-08-05", NULL, DATE_EXACT},
    {"8月底前", "2026-08-31", NULL, DATE_MONTH_END}, {"2026年2月底", "2026-02-28", NULL, DATE_MONTH_END}, {"2028年2月", "2028-02-29", NULL, DATE_MONTH_END}, {"2026-08", "2026-08-31", NULL, DATE_MONTH_END}, {"26年8月", "2026-08-31", NULL, DATE_MONTH_END},
    {"8.15", "2026-08-15", NULL, DATE_EXACT}, {"8月15日前", "2026-08-15", NULL, DATE_EXACT}, {"9月上旬", "2026-09-10", NULL, DATE_TEN_DAYS}, {"9月中旬", "2026-09-20", NULL, DATE_TEN_DAYS}, {"9月下旬", "2026-09-30", NULL, DATE_TEN_DAYS},
    {"第三季度", "2026-09-30", NULL, DATE_QUARTER_END}, {"2027年一季度末", "2027-03-31", NULL, DATE_QUARTER_END}, {"2026年Q4", "2026-12-31", NULL, DATE_QUARTER_END}, {"Q3 2027", "2027-09-30", NULL, DATE_QUARTER_END}, {"上半年", "2026-06-30", NULL, DATE_HALF_END},
    {"年底前", "2026-12-31", NULL, DATE_YEAR_END}, {"2027年底", "2027-12-31", NULL, DATE_YEAR_END}, {"明年6月底前", "2027-06-30", NULL, DATE_MONTH_END}, {"二〇二六年十月三十一日", "2026-10-31", NULL, DATE_EXACT}, {"２０２６年８月", "2026-08-31", NULL, DATE_MONTH_END},
    {"2026年8月31日17:00前", "2026-08-31", NULL, DATE_EXACT}, {"2026.6—2026.8", "2026-08-31", NULL, DATE_LAST_OF_SEVERAL}, {"2026年6月至9月", "2026-09-30", NULL, DATE_LAST_OF_SEVERAL}, {"46265", "2026-08-31", NULL, DATE_SERIAL},
    {"31 August 2026", "2026-08-31", NULL, DATE_EXACT}, {"August 5, 2026", "2026-08-05", NULL, DATE_EXACT}, {"end of August 2026", "2026-08-31", NULL, DATE_MONTH_END}, {"31/08/2026", "2026-08-31", NULL, DATE_EXACT}, {"Sept 2026", "2026-09-30", NULL, DATE_MONTH_END}, {"by end of July 2026", "2026-07-31", NULL, DATE_MONTH_END},
    {"立即", NULL, NULL, DATE_AT_ONCE}, {"长期坚持", NULL, NULL, DATE_LONG}, {"每月25日前", NULL, NULL, DATE_RECURRING}, {"每季度末", NULL, NULL, DATE_RECURRING}, {"ongoing", NULL, NULL, DATE_LONG}, {"/", NULL, NULL, DATE_NONE}, {"", NULL, NULL, DATE_NONE},
    {"2026年13月底前", NULL, "date_unreadable", 0}, {"2026年2月30日", NULL, "date_unreadable", 0}, {"2026.6.31", NULL, "date_unreadable", 0}, {"待定", NULL, "date_unreadable", 0}, {"另行通知", NULL, "date_unreadable", 0},
    {"春节前", NULL, "date_ambiguous", 0}, {"2026年国庆前", NULL, "date_ambiguous", 0}, {"08/09/2026", NULL, "date_ambiguous", 0}, {"收到通知后10个工作日内", NULL, "date_relative", 0}, {"集中整改期内", NULL, "date_relative", 0}, {"30日内", NULL, "date_relative", 0}, {"3个月内", NULL, "date_relative", 0}};
  struct arena *arena = arena_new();
  struct ledger_dating dating = {.year = 2026};
  (void)state;
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    struct ledger_date date = ledger_date(arena, ROWS[i].text, &dating);
    const char *got = date.date == NOTHING ? "-" : date_print(arena, date.date), *want = ROWS[i].date ? ROWS[i].date : "-";
    if (strcmp(got, want) != 0 || strcmp(date.code ? date.code : "", ROWS[i].code ? ROWS[i].code : "") != 0 || date.how != ROWS[i].how)
      fail_msg("“%s”: read %s (%s, %d), wanted %s (%s, %d)", ROWS[i].text, got, date.code ? date.code : "", date.how, want,
               ROWS[i].code ? ROWS[i].code : "", ROWS[i].how);
    if (date.code) { assert_non_null(date.what.zh); assert_non_null(date.what.en); }
  }
  arena_free(arena);
}

static void numbers_that_mean_two_dates_are_errors(void **state) {
  static const struct { double number; const char *text; bool general; const char *date, *code; } ROWS[] = {
    {2026.1, "2026.1", true, NULL, "date_ambiguous"}, {2026.1, "2026.10", false, "2026-10-31", NULL}, {2026.9, "2026.9", true, "2026-09-30", NULL}, {8.3, "8.3", true, NULL, "date_ambiguous"}, {8.15, "8.15", true, "2026-08-15", NULL}, {46295, "46295", true, "2026-09-30", NULL}};
  struct arena *arena = arena_new();
  struct ledger_dating dating = {.year = 2026};
  (void)state;
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    struct sheet_cell cell = {.kind = CELL_NUMBER,
                              .number = ROWS[i].number,
                              .text = ROWS[i].text,
                              .general = ROWS[i].general,
                              .date = NOTHING};
    struct ledger_date date = ledger_date_of_cell(arena, &cell, &dating);
    assert_string_equal(date.date == NOTHING ? "-" : date_print(arena, date.date), ROWS[i].date ? ROWS[i].date : "-");
    assert_string_equal(date.code ? date.code : "", ROWS[i].code ? ROWS[i].code : "");
  }
  dating.date1904 = true;
  assert_string_equal(ledger_date(arena, "46265", &dating).code, "date_ambiguous");
  arena_free(arena);
}

static void amounts_are_read_in_their_unit(void **state) {
  static const struct { const char *text; double unit; bool given; double wan; const char *code; } ROWS[] = {
    {"126.4", 1, true, 126.4, NULL}, {"1,234.50", 1, true, 1234.5, NULL}, {"１，２３４．５０", 1, true, 1234.5, NULL}, {"1.2亿元", 1, true, 12000, NULL}, {"2500元", 1, true, 0.25, NULL}, {"(2,500.00)", 1, true, -2500, NULL}, {"-35.6", 1, true, -35.6, NULL}, {"3.86E+03", 1, true, 3860, NULL},
    {"￥12万元", 1, true, 12, NULL}, {"25000", 0.0001, true, 2.5, NULL}, {"—", 1, false, 0, NULL}, {"/", 1, false, 0, NULL}, {"60%", 1, false, 0, "amount_is_percent"}, {"约300万元", 1, true, 300, "amount_approximate"}, {"若干", 1, false, 0, "amount_unreadable"}, {"100-200", 1, false, 0, "amount_unreadable"}};
  struct arena *arena = arena_new();
  (void)state;
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    struct sheet_cell cell = {.kind = CELL_TEXT, .text = ROWS[i].text};
    struct ledger_amount amount = ledger_amount(arena, &cell, ROWS[i].unit);
    if (amount.given != ROWS[i].given || (amount.given && amount.wan != ROWS[i].wan) ||
        strcmp(amount.code ? amount.code : "", ROWS[i].code ? ROWS[i].code : "") != 0)
      fail_msg("“%s”: read %d %g %s", ROWS[i].text, amount.given, amount.wan, amount.code ? amount.code : "");
  }
  arena_free(arena);
}

static void words_say_kind_completion_and_yes(void **state) {
  static const struct {
    const char *text;
    int kind;
  } KINDS[] = {{"立行立改", 1},     {"即知即改", 1}, {"立查立改", 1}, {"Immediate", 1}, {"限期整改", 2}, {"分阶段整改", 2},
               {"Time-limited", 2}, {"持续整改", 3}, {"长期坚持", 3}, {"Long-term", 3}, {"其他", 0}};
  static const struct {
    const char *text;
    enum ledger_done done;
  } DONES[] = {{"未完成", DONE_NOT},
               {"整改中", DONE_NOT},
               {"In progress", DONE_NOT},
               {"否", DONE_NOT},
               {"基本整改到位", DONE_PARTLY},
               {"Mostly completed", DONE_PARTLY},
               {"已完成", DONE_ALL},
               {"√", DONE_ALL},
               {"是", DONE_ALL},
               {"TRUE", DONE_ALL},
               {"已办结", DONE_ALL},
               {"Completed", DONE_ALL},
               {"?", DONE_UNSAID}};
  static const struct {
    const char *text;
    enum ledger_yes yes;
  } YESES[] = {{"是", SAID_YES},    {"√", SAID_YES},     {"已销号", SAID_YES},
               {"Yes", SAID_YES},   {"TRUE", SAID_YES},  {"否", SAID_NO},
               {"×", SAID_NO},      {"未销号", SAID_NO}, {"否(涉及工作秘密)", SAID_NO},
               {"不公开", SAID_NO}, {"FALSE", SAID_NO},  {"也许", SAID_NOTHING}};
  (void)state;
  for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) assert_int_equal(ledger_kind(KINDS[i].text), KINDS[i].kind);
  for (size_t i = 0; i < sizeof DONES / sizeof *DONES; i++) assert_int_equal(ledger_done(DONES[i].text, NULL), DONES[i].done);
  for (size_t i = 0; i < sizeof YESES / sizeof *YESES; i++) assert_int_equal(ledger_yes(YESES[i].text), YESES[i].yes);
}

static void marks_of_secrecy_are_told_from_talk_of_secrets(void **state) {
  static const struct {
    const char *text;
    bool marked;
  } ROWS[] = {{"秘密★1年", true},
              {"机密★", true},
              {"内部", true},
              {"【内部】某单位整改台账", true},
              {"机密", true},
              {"内部资料，注意保存", true},
              {"绝密级", true},
              {"否(涉及工作秘密)", false},
              {"内部控制基本规范", false},
              {"内部管理不严", false},
              {"保密制度未落实，机密文件管理混乱", false},
              {"商业秘密保护不力", false}};
  const char *mark;
  (void)state;
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
    if (ledger_secret(ROWS[i].text, &mark) != ROWS[i].marked) fail_msg("“%s”", ROWS[i].text);
}

static void measures_are_split_however_they_are_numbered(void **state) {
  static const struct { const char *text, *want; } ROWS[] = {
    {"1.建立清单;\n2.共建共享;\n3.开展测速。", "建立清单|共建共享|开展测速"}, {"①检测一次;②公示上墙。", "检测一次|公示上墙"}, {"修补路面3.2公里\n增设警示牌", "修补路面3.2公里|增设警示牌"}, {"一是确认权属;二是补装路灯46盏。", "确认权属|补装路灯46盏"},
    {"（1）引入配送; （2）增设取餐柜8组。", "引入配送|增设取餐柜8组"}, {"（一）设置疏导点2处；（二）每周联合巡查（每月）。", "设置疏导点2处|每周联合巡查@每月"}, {"1.重新划线 2.每日巡查", "重新划线|每日巡查"}, {"1.实行轮值；1.电子考勤。", "实行轮值|电子考勤"},
    {"1、聘请康复师4名——2026年7月底前;\n2、制定办法——立即。", "聘请康复师4名@2026年7月底前|制定办法@立即"}, {"①拆除违建23处(时限:2026年6月底前);②补种绿化1,200平方米(时限:9月中旬)。", "拆除违建23处@2026年6月底前|补种绿化1,200平方米@9月中旬"},
    {"1.建立模型\r\n2.每年三月发布预警，2027年3月", "建立模型|每年三月发布预警@2027年3月"}, {"清理报表，保留11张", "清理报表，保留11张"}, {"补办手续", "补办手续"}, {"甲；乙", "甲|乙"}, {"1.逐户检测 2.建立清洗台账，每季度公示", "逐户检测|建立清洗台账，每季度公示"}, {"更换滤网，定期清洗", "更换滤网，定期清洗"}, {"拆除违建，持续巡查", "拆除违建，持续巡查"}, {"会商疑难，每月25日前", "会商疑难@每月25日前"}, {"更新制度（长期坚持）", "更新制度@长期坚持"}, {"封堵漏点，立即整改", "封堵漏点@立即整改"}, {"/", ""}, {"张某(副主任)负责", "张某(副主任)负责"}, {"第一，清理；第二，公示", "清理|公示"}, {"措施一：清理\n措施二：公示", "清理|公示"}, {"1．截污纳管2．清淤疏浚3．长效保洁", "截污纳管|清淤疏浚|长效保洁"}, {"1.整治2、3号楼 2.公示", "整治2、3号楼|公示"}, {"(a) open lots; (b) booking (by end of July 2026)", "open lots|booking@end of July 2026"}};
  struct arena *arena = arena_new();
  struct ledger_dating dating = {.year = 2026};
  (void)state;
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    struct ledger_measures measures = ledger_measures(arena, ROWS[i].text, &dating);
    struct buffer got = {.arena = arena};
    for (size_t k = 0; k < measures.count; k++)
      buffer_print(&got, "%s%s%s%s", k ? "|" : "", measures.items[k].text, measures.items[k].due_text ? "@" : "",
                   measures.items[k].due_text ? measures.items[k].due_text : "");
    if (strcmp(got.size ? got.bytes : "", ROWS[i].want) != 0) fail_msg("“%s” became “%s”", ROWS[i].text, got.size ? got.bytes : "");
  }
  arena_free(arena);
}

static void units_are_found_by_every_name_and_separator(void **state) {
  static const char CSV[] = "name,kind,aliases,old_names\n申江市水务局,g,市水务局;水务局;Water Authority,\n申江市卫生健康委员会,g,市卫健委;卫健委,市卫生局\n申江市人大常委会城市建设、环境保护工作委员会,p,市人大城建环保工委,\n申江城建集团,e,城建集团,\n申江城建设计院,e,城建集团,\n各区,group,各区政府,\n";
  static const struct { const char *text, *want; } ROWS[] = {
    {"市水务局", "申江市水务局"}, {"市水务局、市卫健委", "申江市水务局|申江市卫生健康委员会"}, {"水务局/卫健委", "申江市水务局|申江市卫生健康委员会"}, {"水务局 卫健委", "申江市水务局|申江市卫生健康委员会"}, {"市卫生局", "申江市卫生健康委员会"}, {"申江市卫健委", "申江市卫生健康委员会"},
    {"申江市人大常委会城市建设、环境保护工作委员会、水务局", "申江市人大常委会城市建设、环境保护工作委员会|申江市水务局"}, {"牵头单位：市水务局\n配合单位：卫健委、各区", "申江市水务局+|申江市卫生健康委员会-|各区-"}, {"卫健委（配合）；市水务局（牵头）", "申江市卫生健康委员会-|申江市水务局+"},
    {"市水务局和卫健委", "申江市水务局|申江市卫生健康委员会"}, {"Water Authority", "申江市水务局"}, {"城建集团", "城建集团?2"}, {"市水利局", "市水利局?1"}, {"无", ""}, {"市水务局等", "申江市水务局"}};
  struct arena *arena = arena_new();
  struct unit_book *book = unit_book_new(arena);
  struct label wrong;
  (void)state;
  assert_true(unit_book_read(book, CSV, sizeof CSV - 1, &wrong));
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    struct units_read units = ledger_units(book, arena, arena, ROWS[i].text);
    struct buffer got = {.arena = arena};
    for (size_t k = 0; k < units.count; k++) {
      buffer_print(&got, "%s%s%s%s", k ? "|" : "", units.items[k].text, units.items[k].lead ? "+" : "", units.items[k].joint ? "-" : "");
      if (units.items[k].verdict) buffer_print(&got, "?%d", units.items[k].verdict);
    }
    if (strcmp(got.size ? got.bytes : "", ROWS[i].want) != 0) fail_msg("“%s” became “%s”", ROWS[i].text, got.size ? got.bytes : "");
  }
  unit_book_free(book);
  arena_free(arena);
}

static struct unit_book *book_of_four(struct arena *arena) {
  struct unit_book *book = unit_book_new(arena);
  unit_book_add(book, "申江市水务局", "市水务局", 11, false, false);
  unit_book_add(book, "申江市住房城乡建设管理委员会", "市住房城乡建设管理委", 12, false, false);
  unit_book_add(book, "申江城建集团", "城建集团", 13, false, false);
  unit_book_add(book, "申江城建设计院", "城建集团", 14, false, false);
  return book;
}

/* As lists of units are: a full name and a short one each. */
static void words_that_are_no_name_have_the_nearest_units(void **state) {
  static const char *const NAMES[][2] = {{"申江市水务局", "市水务局"},
                                         {"申江市住房和城乡建设管理委员会", "市住房城乡建设管理委"},
                                         {"申江市房屋管理局", "市房屋管理局"},
                                         {"申江市发展和改革委员会", "市发展改革委"},
                                         {"申江市整改工作办公室", "市整改办"},
                                         {"申江市市场监督管理局", "市市场监管局"},
                                         {"申江市机关事务管理局", "市机关事务局"},
                                         {"申江市通信管理局", "市通信管理局"},
                                         {"申江城投集团", NULL},
                                         {"申江久程公交集团", NULL},
                                         {"申江水务集团", NULL},
                                         {"申江港口集团", NULL},
                                         {"申江市公安局交通警察总队", "市公安局交警总队"},
                                         {"申江市委办公厅", "市委办公厅"},
                                         {"申江市政府办公厅", "市政府办公厅"},
                                         {"申江城建集团", "城建集团"},
                                         {"申江城建设计院", "城建集团"}};
  static const struct { const char *word; bool bearers; const char *first, *not; } ROWS[] = {
    {"市房管局", false, "申江市房屋管理局", NULL}, {"市发改委", false, "申江市发展和改革委员会", NULL}, {"建委", false, "申江市住房和城乡建设管理委员会", NULL}, {"公交集团", false, "申江久程公交集团", NULL}, {"港务集团", false, "申江港口集团", NULL},
    {"市水利局", false, "申江市水务局", NULL}, {"市机关事务管理局", false, "申江市机关事务管理局", NULL}, {"市交警总队", false, "申江市公安局交通警察总队", NULL}, {"市委办公室", false, "申江市委办公厅", NULL}, {"煤气公司", false, NULL, "集团"}, {"某局", false, NULL, NULL},
    {"城建集团", true, "申江城建集团", "申江久程公交集团"}};
  struct arena *arena = arena_new();
  struct unit_book *book = unit_book_new(arena);
  (void)state;
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
    for (size_t k = 0; k < 2; k++) unit_book_add(book, NAMES[i][0], NAMES[i][k] ? NAMES[i][k] : "", (int64_t)i + 1, false, false);
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    struct ledger_unit near[UNIT_NEAR];
    size_t count = unit_book_near(book, arena, ROWS[i].word, ROWS[i].bearers, near);
    if (strcmp(count ? near[0].name : "", ROWS[i].first ? ROWS[i].first : "") != 0)
      fail_msg("“%s”: nearest is %s", ROWS[i].word, count ? near[0].name : "none");
    for (size_t k = 0; k < count && ROWS[i].not; k++) assert_null(strstr(near[k].name, ROWS[i].not));
  }
  unit_book_free(book);
  arena_free(arena);
}

static void a_word_that_a_person_told_is_that_unit_in_every_cell(void **state) {
  static const struct { const char *text; int64_t ids[3]; } ROWS[] = {
    {"建委", {12}}, {"建委（牵头）、市水务局", {12, 11}}, {" 建 委 等", {12}}, {"市水务局和建委", {11, 12}}, {"城建集团", {14}}, {"老城乡建设、管理委员会，市水务局", {12, 11}}};
  struct arena *arena = arena_new();
  struct unit_book *book = book_of_four(arena);
  (void)state;
  unit_book_tell(book, "建委", 12);
  unit_book_tell(book, "城建集团", 14);
  unit_book_tell(book, "老城乡建设、管理委员会", 12);
  unit_book_tell(book, "某局", 99);
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    struct units_read units = ledger_units(book, arena, arena, ROWS[i].text);
    for (size_t k = 0; k < 3; k++)
      if ((k < units.count ? units.items[k].id : 0) != ROWS[i].ids[k])
        fail_msg("“%s”: unit %zu is %d", ROWS[i].text, k, k < units.count ? (int)units.items[k].id : 0);
  }
  assert_int_equal(ledger_units(book, arena, arena, "某局").items[0].verdict, UNIT_UNKNOWN); /* told to be a unit that there is not */
  unit_book_told_drop(book);
  assert_int_equal(ledger_units(book, arena, arena, "建委").items[0].verdict, UNIT_UNKNOWN);
  assert_int_equal(ledger_units(book, arena, arena, "城建集团").items[0].verdict, UNIT_AMBIGUOUS);
  unit_book_free(book);
  arena_free(arena);
}

/* One line a cell; the words come out with how many cells hold them. */
static void each_unknown_word_is_told_once_with_its_cells(void **state) {
  static const char CSV[] = "编号,问题,责任单位,配合单位,整改措施\n1,积水点反复,建委、市水务局,某局,排查\n2,井盖缺失,建委,,排查\n3,路灯不亮,市水务局,某局、建委,排查\n";
  struct arena *arena = arena_new();
  struct unit_book *book = book_of_four(arena);
  struct sheet_refusal refusal;
  (void)state;
  for (int told = 0; told < 2; told++) {
    if (told) unit_book_tell(book, "建委", 12);
    struct ledger_options options = {.units = book, .today = date_from_civil(2026, 3, 1)};
    struct ledger *ledger = ledger_read(arena, CSV, sizeof CSV - 1, &options, &refusal);
    assert_non_null(ledger);
    assert_int_equal(ledger->word_count, 2);
    assert_string_equal(ledger->words[0].text, "建委");
    assert_int_equal(ledger->words[0].count, 3);
    assert_int_equal(ledger->words[0].unit.id, told ? 12 : 0);
    assert_int_equal(ledger->words[1].count, 2);
    assert_int_equal(ledger->errors_found, told ? 2 : 5);
    for (size_t i = 0; i < ledger->error_count; i++)
      if (!ledger->errors[i].hint) assert_non_null(strstr(ledger->errors[i].what.zh, ledger->errors[i].word));
    if (told) assert_int_equal(ledger->records[1].lead.id, 12);
  }
  unit_book_free(book);
  arena_free(arena);
}

/* A small ledger in csv: title lines, a section, 同上, a sum, signatures. */
static void who_has_more_than_two_hundred_measures_has_several_problems(void **state) {
  struct arena *arena = arena_new();
  struct ledger_options options = {.today = date_from_civil(2026, 3, 1)};
  struct sheet_refusal refusal;
  (void)state;
  for (int count = LEDGER_MEASURES_MOST; count <= LEDGER_MEASURES_MOST + 1; count++) {
    struct buffer csv = {.arena = arena};
    buffer_text(&csv, "编号,问题,责任单位,整改措施,整改时限\n1,积水点反复,市水务局,\"");
    for (int i = 0; i < count; i++) buffer_print(&csv, "%d.做 %d 处；\n", i % 90 + 1, i);
    buffer_text(&csv, "\",2026年9月\n");
    struct ledger *ledger = ledger_read(arena, csv.bytes, csv.size, &options, &refusal);
    assert_non_null(ledger);
    assert_int_equal(ledger->records[0].measure_count, LEDGER_MEASURES_MOST);
    assert_int_equal(ledger->errors_found, count > LEDGER_MEASURES_MOST);
    if (ledger->errors_found) assert_string_equal(ledger->errors[0].code, "measures_many");
  }
  arena_free(arena);
}

/* A workbook of one unit a sheet, made here. */
static char *sheets_named(struct arena *arena, const char *const *names, size_t *size) {
  static const char *const CELLS[2][3] = {{"编号", "问题", "整改措施"}, {"1", "积水点反复", "排查"}};
  char path[80];
  snprintf(path, sizeof path, "/tmp/bihuan-ledger-%d.xlsx", (int)getpid());
  lxw_workbook *workbook = workbook_new(path);
  for (; *names; names++) {
    lxw_worksheet *sheet = workbook_add_worksheet(workbook, *names);
    for (unsigned row = 0; row < 2; row++)
      for (unsigned column = 0; column < 3; column++) worksheet_write_string(sheet, row, (lxw_col_t)column, CELLS[row][column], NULL);
  }
  assert_int_equal(workbook_close(workbook), LXW_NO_ERROR);
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  char *bytes = arena_alloc(arena, 100000);
  *size = fread(bytes, 1, 100000, file);
  fclose(file);
  unlink(path);
  return bytes;
}

static void a_sheet_or_a_line_above_it_may_be_told_to_be_a_unit(void **state) {
  static const char *const NAMES[] = {"市水务局", "建委", NULL};
  static const char CSV[] = "填报单位：老建委,,\n编号,问题,整改措施\n1,积水点反复,排查\n";
  struct arena *arena = arena_new();
  struct unit_book *book = book_of_four(arena);
  struct ledger_options options = {.units = book, .today = date_from_civil(2026, 3, 1)};
  struct sheet_refusal refusal;
  size_t size;
  (void)state;
  char *bytes = sheets_named(arena, NAMES, &size);
  for (int told = 0; told < 2; told++) {
    if (told) unit_book_tell(book, "建委", 12), unit_book_tell(book, "老建委", 12);
    struct ledger *ledger = ledger_read(arena, bytes, size, &options, &refusal),
                  *above = ledger_read(arena, CSV, sizeof CSV - 1, &options, &refusal);
    assert_int_equal(ledger->record_count, 2);
    assert_int_equal(ledger->records[0].lead.id, 11);
    assert_int_equal(ledger->records[1].lead.id, told ? 12 : 0);
    assert_int_equal(ledger->word_count, 1);
    assert_string_equal(ledger->words[0].text, "建委");
    assert_string_equal(above->words[0].text, "老建委");
    assert_int_equal(above->records[0].lead.id, told ? 12 : 0);
    assert_int_equal(ledger->errors_found + above->errors_found, told ? 0 : 2);
  }
  unit_book_free(book);
  arena_free(arena);
}

/* Whose ledger it is never stands in for a unit that a sheet, or the line above its table, names. */
static void a_sheet_of_a_unit_nobody_knows_is_asked_about(void **state) {
  static const struct { const char *sheet; int64_t lead, told; const char *code; } ROWS[] = {
    {"Sheet1", 11, 11, NULL}, {"问题清单", 11, 11, NULL}, {"城建领域", 11, 11, NULL}, {"领导交办", 11, 11, NULL}, {"全区", 11, 11, NULL}, {"2026年", 11, 11, NULL},
    {"市住房城乡建设管理委", 12, 12, NULL}, {"某区城管局", 0, 12, "unit_missing"}, {"3.绿化市容局问题清单（2026）", 0, 12, "unit_missing"}, {"城投公司", 0, 12, "unit_missing"}, {"城建集团", 0, 12, "unit_ambiguous"}};
  struct arena *arena = arena_new();
  (void)state;
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
    for (int told = 0; told < 2; told++) {
      const char *const names[] = {ROWS[i].sheet, NULL};
      struct unit_book *book = book_of_four(arena);
      struct ledger_options options = {.units = book, .unit = "市水务局", .today = date_from_civil(2026, 3, 1)};
      struct sheet_refusal refusal;
      size_t size;
      char *bytes = sheets_named(arena, names, &size);
      if (told && ROWS[i].code) unit_book_tell(book, ROWS[i].sheet, 12);
      struct ledger *ledger = ledger_read(arena, bytes, size, &options, &refusal);
      assert_int_equal(ledger->record_count, 1);
      if (ledger->records[0].lead.id != (told ? ROWS[i].told : ROWS[i].lead))
        fail_msg("“%s” is %d's", ROWS[i].sheet, (int)ledger->records[0].lead.id);
      assert_int_equal(ledger->errors_found, !told && ROWS[i].code);
      if (ledger->errors_found)
        assert_string_equal(ledger->errors[0].code, ROWS[i].code), assert_string_equal(ledger->errors[0].sheet, ROWS[i].sheet);
      unit_book_free(book);
    }
  arena_free(arena);
}

static void a_line_above_the_table_that_nobody_knows_is_asked_about(void **state) {
  static const struct { const char *line; int64_t lead; const char *code; } ROWS[] = {
    {"填报单位：市水务局", 11, NULL}, {"填报单位：某区城管局（盖章）", 0, "unit_unknown"}, {"单位：万元", 12, NULL}, {"单位：件", 12, NULL}, {"单位：城建集团", 0, "unit_ambiguous"}, {"填报日期：2026年3月", 12, NULL}};
  struct arena *arena = arena_new();
  struct unit_book *book = book_of_four(arena);
  struct ledger_options options = {.units = book, .unit = "市住房城乡建设管理委", .today = date_from_civil(2026, 3, 1)};
  struct sheet_refusal refusal;
  (void)state;
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
    char *csv = arena_print(arena, "%s,,\n编号,问题,整改措施\n1,积水点反复,排查\n", ROWS[i].line);
    struct ledger *ledger = ledger_read(arena, csv, strlen(csv), &options, &refusal);
    if (ledger->records[0].lead.id != ROWS[i].lead) fail_msg("“%s” is %d's", ROWS[i].line, (int)ledger->records[0].lead.id);
    assert_int_equal(ledger->errors_found, ROWS[i].code != NULL);
    if (ROWS[i].code) assert_string_equal(ledger->errors[0].code, ROWS[i].code);
  }
  unit_book_free(book);
  arena_free(arena);
}

static void a_sheet_becomes_records(void **state) {
  static const char CSV[] = "整改台账（2026年）,,,,,\n序号,问题,整改措施,责任单位,整改时限,是否销号\n一、第一类（共2个）,,,,,\n1,甲问题,1.甲;2.乙,水务局,8月底前,是\n2,乙问题,丙,同上,第三季度,否\n小计,2个,,,,\n二、第二类,,,,,\n1,丙问题,丁,,9月中旬,否\n合计,3,,,,\n填表人：某,,,审核：某,,\n";
  struct arena *arena = arena_new();
  struct sheet_refusal refusal;
  struct ledger_options options = {.today = date_from_civil(2030, 1, 1)};
  (void)state;
  struct ledger *ledger = ledger_read(arena, CSV, sizeof CSV - 1, &options, &refusal);
  assert_non_null(ledger);
  assert_int_equal(ledger->year, 2026);
  assert_int_equal(ledger->record_count, 3);
  assert_string_equal(ledger->records[0].category, "第一类");
  assert_string_equal(ledger->records[1].lead.text, "水务局");
  assert_int_equal(ledger->records[0].measure_count, 2);
  assert_string_equal(ledger->records[2].category, "第二类");
  assert_string_equal(date_print(arena, ledger->records[1].due), "2026-09-30");
  assert_int_equal(ledger->errors_found, 1); /* no unit in the last one; its number begins anew in its section */
  assert_string_equal(ledger->errors[0].code, "unit_missing");
  assert_int_equal(ledger->errors[0].row, 8);
  assert_int_equal(ledger->errors[0].column, 4);
  arena_free(arena);
}

/* No header that anybody knows: its columns are told with what stands below; told by a mapping, it is read. */
static void a_header_that_nobody_knows_is_told_by_a_mapping(void **state) {
  static const char CSV[] = "清单,,\n事由,怎么办,承办处室,口径\n甲事由,排查,水务局,月\n乙事由,修缮,水务局,\n";
  static const struct ledger_own OWN[] = {{"事由", LEDGER_TITLE}, {"怎么办", LEDGER_MEASURES}, {"承办处室", LEDGER_LEAD}, {"口径", LEDGER_OTHER}};
  struct arena *arena = arena_new();
  struct sheet_refusal refusal;
  struct ledger_options options = {.today = date_from_civil(2030, 1, 1)};
  (void)state;
  assert_null(ledger_read(arena, CSV, sizeof CSV - 1, &options, &refusal));
  struct ledger *seen = ledger_look(arena, CSV, sizeof CSV - 1, &options, &refusal);
  assert_non_null(seen);
  assert_string_equal(refusal.code, "no_ledger");
  assert_int_equal(seen->sheets[0].column_count, 4);
  assert_string_equal(seen->sheets[0].columns[0].full, "事由");
  assert_string_equal(seen->sheets[0].columns[0].samples[1], "乙事由");
  assert_null(seen->sheets[0].columns[3].samples[1]);
  options.own = OWN;
  options.own_count = 4;
  struct ledger *ledger = ledger_read(arena, CSV, sizeof CSV - 1, &options, &refusal);
  assert_non_null(ledger);
  assert_int_equal(ledger->record_count, 2);
  assert_string_equal(ledger->records[0].title, "甲事由");
  assert_true(ledger->sheets[0].columns[0].told);
  assert_int_equal(ledger->records[0].other_count, 1);
  arena_free(arena);
}

/* What has no number yet is named by its id in our exports, and known by it again however a spreadsheet writes it. */
static void what_has_no_number_is_named_by_its_id(void **state) {
  static const struct {
    const char *number;
    int64_t id;
  } ROWS[] = {{"QA-1（待编号12）", 12}, {"待编号7", 7}, {"QA-1 (unnumbered 12)", 12}, {"QA-1(待编号 12)", 12}, {"QA-12", 0}, {"待编号", 0},
              {"待编号12号", 0},        {"待编号-3", 0}};
  struct arena *arena = arena_new();
  (void)state;
  assert_string_equal(ledger_unnumbered(arena, "QA-1", 12, false), "QA-1（待编号12）");
  assert_string_equal(ledger_unnumbered(arena, NULL, 12, true), "unnumbered 12");
  for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
    if (ledger_unnumbered_id(arena, ROWS[i].number) != ROWS[i].id)
      fail_msg("“%s” names %lld", ROWS[i].number, (long long)ledger_unnumbered_id(arena, ROWS[i].number));
  assert_int_equal(ledger_unnumbered_id(arena, NULL), 0);
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(dates_are_read_as_offices_write_them),
                                     cmocka_unit_test(numbers_that_mean_two_dates_are_errors),
                                     cmocka_unit_test(amounts_are_read_in_their_unit),
                                     cmocka_unit_test(words_say_kind_completion_and_yes),
                                     cmocka_unit_test(marks_of_secrecy_are_told_from_talk_of_secrets),
                                     cmocka_unit_test(measures_are_split_however_they_are_numbered),
                                     cmocka_unit_test(units_are_found_by_every_name_and_separator),
                                     cmocka_unit_test(words_that_are_no_name_have_the_nearest_units),
                                     cmocka_unit_test(a_word_that_a_person_told_is_that_unit_in_every_cell),
                                     cmocka_unit_test(each_unknown_word_is_told_once_with_its_cells),
                                     cmocka_unit_test(a_sheet_or_a_line_above_it_may_be_told_to_be_a_unit),
                                     cmocka_unit_test(who_has_more_than_two_hundred_measures_has_several_problems),
                                     cmocka_unit_test(a_sheet_of_a_unit_nobody_knows_is_asked_about),
                                     cmocka_unit_test(a_line_above_the_table_that_nobody_knows_is_asked_about),
                                     cmocka_unit_test(a_sheet_becomes_records),
                                     cmocka_unit_test(a_header_that_nobody_knows_is_told_by_a_mapping),
                                     cmocka_unit_test(what_has_no_number_is_named_by_its_id)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
