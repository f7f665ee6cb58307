/* Dates as offices write them: 2026年8月底前, 8.15, 三季度末, 9月中旬, 明年6月底前, 立即, 长期坚持, 每月25日前 … One text may hold several; the last one counts. The
   text is kept beside what was inferred, and how. What means two things, or no day at all, is an error and never a guess. */
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "exchange/ledger.h"

struct label date_how_label(enum date_how how) {
  static const struct label LABELS[] = {
    [DATE_NONE] = {"未写", "not given"}, [DATE_EXACT] = {"写明到日", "a day, as written"}, [DATE_MONTH_END] = {"月份按最后一天", "a month means its last day"},
    [DATE_TEN_DAYS] = {"上、中、下旬按第10日、20日、最后一天", "a third of a month means its 10th, 20th or last day"}, [DATE_QUARTER_END] = {"季度按最后一天", "a quarter means its last day"},
    [DATE_HALF_END] = {"半年按最后一天", "a half-year means its last day"}, [DATE_YEAR_END] = {"年份按最后一天", "a year means its last day"}, [DATE_SERIAL] = {"按表格的日期序号", "by the spreadsheet's serial number"},
    [DATE_LAST_OF_SEVERAL] = {"写了几个日期，取最后一个", "several dates, the last one"}, [DATE_AT_ONCE] = {"立即，没有日期", "at once, no date"}, [DATE_LONG] = {"长期，没有日期", "for good, no date"}, [DATE_RECURRING] = {"定期，没有日期", "recurring, no date"}};
  return LABELS[how];
}

/* ---- the scanner ---- */

struct scanner { const char *at; int year; int carried /* year of an earlier expression */; };
struct found { int year, month, day; enum date_how how; bool named_year, bad, ambiguous; };

static bool take(const char **at, const char *word) {
  size_t length = strlen(word);
  if (strncmp(*at, word, length) != 0) return false;
  *at += length;
  return true;
}

static bool digit(char c) { return c >= '0' && c <= '9'; }

/* Up to `most` digits; the number, -1 when there are none or more follow. */
static int number(const char **at, int most) {
  const char *from = *at;
  int value = 0;
  while (digit(**at) && *at - from < most) value = value * 10 + (*(*at)++ - '0');
  if (*at == from || digit(**at)) {
    *at = from;
    return -1;
  }
  return value;
}

static int days_of(int year, int month) {
  for (int day = 31; day > 27; day--)
    if (date_from_civil(year, month, day) != NOTHING) return day;
  return 28;
}

static void month_whole(struct found *found, enum date_how how, int day) {
  found->day = day ? day : found->month >= 1 && found->month <= 12 ? days_of(found->year, found->month) : 0;
  found->how = how;
}

/* "8月…": after the digits of the month. */
static bool month_tail(const char **at, struct found *found) {
  if (!take(at, "月")) return false;
  take(at, "份");
  const char *before = *at;
  int day = number(at, 2);
  if (day >= 0) {
    if (**at == ':' ) *at = before;
    else {
      if (!take(at, "日")) take(at, "号");
      found->day = day;
      found->how = DATE_EXACT;
      return true;
    }
  }
  if (take(at, "上旬") || take(at, "初")) month_whole(found, DATE_TEN_DAYS, 10);
  else if (take(at, "中旬")) month_whole(found, DATE_TEN_DAYS, 20);
  else if (take(at, "下旬")) month_whole(found, DATE_TEN_DAYS, 0);
  else {
    if (!take(at, "底")) take(at, "末");
    month_whole(found, DATE_MONTH_END, 0);
  }
  return true;
}

static bool quarter_tail(const char **at, struct found *found) {
  const char *from = *at;
  take(at, "第");
  int quarter = 0;
  if (take(at, "q")) quarter = digit(**at) ? *(*at)++ - '0' : 0; /* the year may follow at once */
  else {
    quarter = number(at, 1);
    if (quarter < 0 || !(take(at, "季度") || take(at, "季") || take(at, "quarter"))) quarter = -1;
  }
  if (quarter < 1 || quarter > 4) {
    *at = from;
    return false;
  }
  if (!take(at, "末")) take(at, "底");
  found->month = quarter * 3;
  month_whole(found, DATE_QUARTER_END, 0);
  return true;
}

static bool half_tail(const char **at, struct found *found) {
  if (take(at, "上半年")) found->month = 6;
  else if (take(at, "下半年")) found->month = 12;
  else return false;
  month_whole(found, DATE_HALF_END, 0);
  return true;
}

static bool year_end(const char **at) {
  return take(at, "底") || take(at, "末") || take(at, "终") || take(at, "内") || take(at, "度内") || take(at, "度");
}

/* What may follow a year that is known. bare: a year alone stands for its end. */
static bool within_year(const char **at, struct found *found, bool bare) {
  const char *from = *at;
  int month = number(at, 2);
  if (month >= 0) {
    found->month = month;
    if (month_tail(at, found)) return true;
    *at = from;
  }
  take(at, "的");
  if (quarter_tail(at, found) || half_tail(at, found)) return true;
  *at = from;
  if (!year_end(at) && !bare) return false;
  found->month = 12;
  month_whole(found, DATE_YEAR_END, 0);
  return true;
}

static int english_month(const char **at) {
  static const char *const MONTHS[] = {"january", "february", "march",     "april",   "may",      "june",
                                       "july",    "august",   "september", "october", "november", "december"};
  for (int month = 0; month < 12; month++) {
    if (take(at, MONTHS[month])) return month + 1;
    if (strncmp(*at, MONTHS[month], 3) == 0 && !((*at)[3] >= 'a' && (*at)[3] <= 'z')) {
      *at += 3;
      take(at, ".");
      return month + 1;
    }
  }
  if (take(at, "sept")) return 9;
  return 0;
}

/* "august2026", "august31,2026", "31august2026", "endofaugust2026" (blanks are gone). */
static bool english(const char **at, struct found *found, int year) {
  const char *from = *at;
  int day = number(at, 2), month;
  if (day < 0) *at = from;
  else if (!take(at, "st") && !take(at, "nd") && !take(at, "rd")) take(at, "th");
  take(at, "of");
  month = english_month(at);
  if (!month) {
    *at = from;
    return false;
  }
  found->month = month;
  found->year = year;
  take(at, ",");
  const char *digits = *at;
  size_t count = strspn(digits, "0123456789");
  if (day < 0 && (count == 5 || count == 6)) day = (int)(strtol(digits, NULL, 10) / 10000), *at += count - 4, count = 4, digits = *at;
  else if (day < 0 && (count == 1 || count == 2)) {
    day = number(at, 2);
    if (!take(at, "st") && !take(at, "nd") && !take(at, "rd")) take(at, "th");
    take(at, ",");
    digits = *at;
    count = strspn(digits, "0123456789");
  }
  if (count == 4) {
    found->year = number(at, 4);
    found->named_year = true;
  }
  if (day >= 0) found->day = day, found->how = DATE_EXACT;
  else month_whole(found, DATE_MONTH_END, 0);
  return true;
}

/* Behind a year: 0815, 08. */
static bool packed_day(const char **at, size_t count, struct found *found) {
  const char *digits = *at;
  found->month = (digits[0] - '0') * 10 + digits[1] - '0';
  if (count == 4) {
    found->day = (digits[2] - '0') * 10 + digits[3] - '0';
    found->how = DATE_EXACT;
  } else {
    if (found->month < 1 || found->month > 12) return false;
    month_whole(found, DATE_MONTH_END, 0);
  }
  *at += count;
  return true;
}

/* Behind a year: .8.15, -08, /8/15; also -8月底. */
static bool marked_day(const char **at, struct found *found) {
  char mark = **at;
  if (mark != '.' && mark != '/' && mark != '-') return false;
  (*at)++;
  found->month = number(at, 2);
  if (found->month < 0) return false;
  const char *before = *at;
  if (**at == mark && digit((*at)[1])) {
    (*at)++;
    int day = number(at, 2);
    if (day >= 0) {
      if (!take(at, "日")) take(at, "号");
      found->day = day;
      found->how = DATE_EXACT;
      return true;
    }
    *at = before;
  }
  if (found->month > 12) found->bad = true;
  take(at, "月");
  if (!take(at, "底")) take(at, "末");
  month_whole(found, DATE_MONTH_END, 0);
  return true;
}

/* 2026.8.15, 2026-08, 2026/8/15, 20260815, 202608, 2026q3 */
static bool numeric_year(const char **at, struct found *found) {
  const char *from = *at;
  size_t count = strspn(from, "0123456789");
  int year = count < 4 ? 0 : (from[0] - '0') * 1000 + (from[1] - '0') * 100 + (from[2] - '0') * 10 + from[3] - '0';
  if (year < 1949 || year > 2100) return false;
  found->year = year;
  found->named_year = true;
  *at += 4;
  if (count == 6 || count == 8) {
    if (packed_day(at, count - 4, found)) return true;
  } else if (count == 4) {
    if (**at == 'q' && quarter_tail(at, found)) return true;
    if (marked_day(at, found)) return true;
  }
  *at = from;
  return false;
}

/* 8.15, 8/15; 31/08/2026 */
static bool numeric_day(const char **at, struct found *found, int year) {
  const char *from = *at;
  int one = number(at, 2);
  char mark = one < 0 ? 0 : **at;
  if (mark != '.' && mark != '/' && mark != '-') return *at = from, false;
  (*at)++;
  int other = number(at, 2);
  if (other < 0) return *at = from, false;
  if (**at == mark && strspn(*at + 1, "0123456789") == 4) {
    (*at)++;
    found->year = number(at, 4);
    found->named_year = true;
    found->how = DATE_EXACT;
    if (one > 12) found->day = one, found->month = other;
    else {
      found->month = one, found->day = other;
      found->ambiguous = other <= 12 && one != other;
    }
    return true;
  }
  if (**at == '%' || (**at == '.' && digit((*at)[1])) || one < 1 || other < 1) return *at = from, false;
  if (!take(at, "日")) take(at, "号");
  found->year = year;
  found->month = one;
  found->day = other;
  found->how = DATE_EXACT;
  return true;
}

/* How many years from the ledger's own a word for a year at this place is: 今年 0, 明年 1. False: there is none. */
static bool year_word(const char **at, int *years) {
  static const struct {
    const char *word;
    int years;
  } YEARS[] = {{"今年", 0}, {"本年", 0}, {"当年", 0}, {"明年", 1}, {"次年", 1}, {"翌年", 1}, {"来年", 1}, {"后年", 2}, {"去年", -1}};
  for (size_t i = 0; i < sizeof YEARS / sizeof *YEARS; i++)
    if (take(at, YEARS[i].word)) {
      *years = YEARS[i].years;
      return true;
    }
  return false;
}

/* 2026年8月, 26年8月 */
static bool written_year(const char **at, struct found *found) {
  const char *from = *at;
  int digits = number(at, 4);
  if (digits < 0 || (*at - from != 4 && *at - from != 2) || !take(at, "年")) return false;
  found->year = digits < 100 ? 2000 + digits : digits;
  found->named_year = true;
  return within_year(at, found, digits >= 100);
}

/* Without a year: 年底, 三季度, 上半年, 8月底 */
static bool part_of_year(const char **at, struct found *found) {
  if (take(at, "年")) {
    if (!year_end(at)) return false;
    found->month = 12;
    month_whole(found, DATE_YEAR_END, 0);
    return true;
  }
  if (quarter_tail(at, found)) {
    if (strspn(*at, "0123456789") == 4) found->year = number(at, 4), found->named_year = true;
    return true;
  }
  if (half_tail(at, found)) return true;
  found->month = number(at, 2);
  return found->month >= 0 && month_tail(at, found);
}

/* One expression at the scanner's place, in the first way of writing that fits. */
static bool scan(struct scanner *scanner, struct found *found) {
  const char **at = &scanner->at, *from = scanner->at;
  const struct found none = {.year = scanner->carried ? scanner->carried : scanner->year};
  int years;
  *found = none;
  if (numeric_year(at, found)) return true;
  *found = none;
  if (written_year(at, found)) return true;
  scanner->at = from;
  *found = none;
  if (year_word(at, &years)) {
    found->year = scanner->year + years;
    found->named_year = years != 0;
    return within_year(at, found, true);
  }
  if (digit(**at) && english(at, found, none.year)) return true;
  if (numeric_day(at, found, none.year)) return true;
  *found = none;
  if (part_of_year(at, found)) return true;
  scanner->at = from;
  return from[0] >= 'a' && from[0] <= 'z' && english(at, found, none.year);
}

/* ---- Chinese digits before 年 月 日 季度 ---- */

static int chinese_digit(const char *at, size_t *width) {
  static const struct {
    const char *sign;
    int value;
  } DIGITS[] = {{"〇", 0}, {"一", 1}, {"二", 2}, {"三", 3},  {"四", 4}, {"五", 5}, {"六", 6},
                {"七", 7}, {"八", 8}, {"九", 9}, {"十", 10}, {"零", 0}, {"○", 0},  {"两", 2}};
  for (size_t i = 0; i < sizeof DIGITS / sizeof *DIGITS; i++)
    if (strncmp(at, DIGITS[i].sign, strlen(DIGITS[i].sign)) == 0) {
      *width = strlen(DIGITS[i].sign);
      return DIGITS[i].value;
    }
  return -1;
}

static const char *digits_written(struct arena *arena, const char *plain) {
  static const char *const BEHIND[] = {"年", "月", "日", "号", "季"};
  struct buffer out = {.arena = arena};
  while (*plain) {
    const char *at = plain;
    int values[8], count = 0;
    size_t width = 0;
    for (int value; count < 8 && (value = chinese_digit(at, &width)) >= 0; at += width) values[count++] = value;
    bool counts = false;
    for (size_t i = 0; count && i < sizeof BEHIND / sizeof *BEHIND; i++) counts |= strncmp(at, BEHIND[i], strlen(BEHIND[i])) == 0;
    if (!counts) {
      size_t step = 1;
      if ((unsigned char)*plain >= 0x80) text_next(plain, &step);
      buffer_add(&out, plain, step);
      plain += step;
      continue;
    }
    int number = 0;
    bool tens = false;
    for (int i = 0; i < count; i++) tens |= values[i] == 10;
    if (tens)
      for (int i = 0; i < count; i++) number = values[i] == 10 ? (number ? number * 10 : 10) : number + values[i];
    if (tens) buffer_print(&out, "%d", number);
    else
      for (int i = 0; i < count; i++) buffer_print(&out, "%d", values[i]);
    plain = at;
  }
  return out.size ? out.bytes : "";
}

/* ---- words ---- */

static bool holds_any(const char *plain, const char *const *words) {
  for (; *words; words++)
    if (strstr(plain, *words)) return true;
  return false;
}

static const char *const AT_ONCE[] = {"立即", "立行立改", "即知即改", "立查立改", "立整立改", "马上", "即时", "即改", "立改", "immediate", "atonce", "asap", "当即", "已完成", "已整改", "已办结", "已到位", "completed", NULL};
static const char *const LONG[] = {"长期", "持续", "常态", "长效", "一直", "始终", "常抓", "ongoing", "longterm", "long-term", "continuous", "permanent", "继续", NULL};
static const char *const RECURRING[] = {"每月", "每季", "每年", "每周", "每日", "每天", "每半年", "每两", "每旬", "按月", "按季", "按年", "定期", "逐月", "逐年", "monthly", "quarterly", "annually", "weekly", "daily", "every", NULL};
static const char *const FEASTS[] = {"春节", "国庆", "五一", "十一前", "劳动节", "端午", "中秋", "元旦", "清明", "汛期", "汛前", "入冬", "开学", "暑期", "暑假", "寒假", "两会", "高考", "采暖", "供暖", "主汛", "双节", NULL};
static const char *const RELATIVE[] = {"工作日", "期内", "期间", "日内", "天内", "周内", "月内", "个月", "之日起", "后内", "收到", "交办后", "印发后", "本月", "下月", "本周", "下周", "本季度", "下季度", "within", "workingdays", "daysafter", "验收前", "届满", "任期", NULL};

static bool take_any(const char **at, const char *const *words) {
  for (; *words; words++)
    if (take(at, *words)) return true;
  return false;
}

/* What may stand beside dates, or beside words that stand for one, without saying anything more. */
static bool filler_only(const char *rest) {
  static const char *const FILLERS[] = {"之前", "以前", "前",    "底",     "末",     "完成", "整改到位", "整改",  "时限", "期限", "截止",
                                        "时间", "为",   "止",    "至",     "到",     "于",   "在",       "力争",  "确保", "计划", "预计",
                                        "初步", "by",   "endof", "before", "theend", "end",  "of",       "until", "(",    ")",    "[",
                                        "]",    ":",    ",",     "、",     "。",     ";",    "-",        "—",     "–",    "~",    "～",
                                        ".",    "达到", "全部",  "目标",   "内",     "旬",   NULL};
  while (*rest) {
    if (take_any(&rest, FILLERS)) continue;
    size_t digits = strspn(rest, "0123456789");
    if (digits && digits <= 2 && rest[digits] == ':') { rest += digits + 1; continue; }
    if (digits == 2) { rest += 2; continue; }
    if (take(&rest, "时") || take(&rest, "点")) continue;
    return false;
  }
  return true;
}

/* 每月25日前, 长期坚持, 立即整改: nothing but when; 每季度公示, 定期清洗 and 持续巡查 say what is done as well. */
static bool words_only(const char *rest) {
  static const char *const BESIDE[] = {"坚持", "推进", "整改", "落实", "开展", "度", "化", "个月", "个季",  "一次",        "两次", "次",
                                       "日",   "号",   "月",   "季",   "半年", "年", "周", "term", "basis", "improvement", "ly",   NULL};
  while (*rest) {
    if (take_any(&rest, RECURRING) || take_any(&rest, LONG) || take_any(&rest, AT_ONCE) || take_any(&rest, BESIDE)) continue;
    size_t digits = strspn(rest, "0123456789");
    if (!digits) return filler_only(rest);
    rest += digits;
  }
  return true;
}

static struct ledger_date wrong(struct ledger_date date, const char *code, struct label what) {
  date.date = NOTHING;
  date.how = DATE_NONE;
  date.code = code;
  date.what = what;
  return date;
}

/* May an expression begin here: not inside a number or a word; blanks are gone, so small words may stand right before a month. */
static bool boundary(const char *plain, const char *at) {
  static const char *const BEFORE[] = {"of", "by", "in", "before", "until", "end", "due", "on", "to"};
  bool inside = at > plain && at[-1] >= 'a' && at[-1] <= 'z' && *at >= 'a' && *at <= 'z';
  if (at == plain) return true;
  if (digit(at[-1]) || (at[-1] == '.' && digit(*at))) return false;
  for (size_t i = 0; inside && i < sizeof BEFORE / sizeof *BEFORE; i++) {
    size_t length = strlen(BEFORE[i]);
    if ((size_t)(at - plain) >= length && memcmp(at - length, BEFORE[i], length) == 0) return true;
  }
  return !inside;
}

struct scanned { struct ledger_date date; size_t count, explicit_years; bool bad, ambiguous; struct buffer rest; const char *bad_text; };

static void expressions_scan(struct arena *arena, const char *plain, const struct ledger_dating *dating, struct scanned *scanned) {
  struct scanner scanner = {.at = plain, .year = dating->year};
  struct found found;
  scanned->rest = (struct buffer){.arena = arena};
  while (*scanner.at) {
    const char *from = scanner.at;
    if (boundary(plain, from) && scan(&scanner, &found)) {
      int64_t date = found.bad ? NOTHING : date_from_civil(found.year, found.month, found.day);
      if (date == NOTHING) scanned->bad = true, scanned->bad_text = arena_copy(arena, from, (size_t)(scanner.at - from));
      else if (found.ambiguous) scanned->ambiguous = true;
      else {
        scanned->date.date = date;
        scanned->date.how = scanned->count ? DATE_LAST_OF_SEVERAL : found.how;
        scanned->date.year_inferred = !found.named_year && !scanner.carried;
      }
      scanned->count++;
      if (found.named_year) scanned->explicit_years++, scanner.carried = found.year;
      continue;
    }
    scanner.at = from;
    size_t step = 1;
    if ((unsigned char)*from >= 0x80) text_next(from, &step);
    buffer_add(&scanned->rest, from, step);
    scanner.at += step;
  }
}

static struct ledger_date by_words(struct arena *arena, const char *text, const char *plain, struct ledger_date date) {
  date.whole = words_only(plain);
  text = ledger_quoted(arena, text);
  if (holds_any(plain, RECURRING)) return date.how = DATE_RECURRING, date;
  if (holds_any(plain, RELATIVE)) {
    date.whole = false;
    return wrong(date, "date_relative",
                 label_print(arena, "“%s”要从别的日期算起，请写明到日", "\"%s\" is reckoned from some other date. Write the day itself",
                             text));
  }
  if (holds_any(plain, FEASTS))
    return wrong(date, "date_ambiguous",
                 label_print(arena, "“%s”没有写明哪年哪天，请写明日期", "\"%s\" does not say which year and day. Write the date", text));
  if (holds_any(plain, LONG)) return date.how = DATE_LONG, date;
  if (holds_any(plain, AT_ONCE)) return date.how = DATE_AT_ONCE, date;
  date.whole = false;
  return wrong(date, "date_unreadable",
               label_print(arena, "“%s”看不出日期；可写 2026-08-31、2026年8月底前、第三季度、立即、长期坚持",
                           "“%s” is no date. Write 2026-08-31, 2026年8月底前, 第三季度, 立即 or 长期坚持", text));
}

static bool serial_text(const char *plain, int64_t *serial) {
  return strlen(plain) == 5 && strspn(plain, "0123456789") == 5 && text_to_integer(plain, serial) && *serial >= 30000 && *serial <= 65000;
}

struct ledger_date ledger_date(struct arena *arena, const char *text, const struct ledger_dating *dating) {
  struct ledger_date date = {.date = NOTHING};
  struct scanned scanned = {.date = date};
  int64_t serial;
  if (ledger_empty(text)) return date;
  if (strlen(text) > LEDGER_WORD_MOST)
    return wrong(date, "date_unreadable",
                 label_print(arena, "“%s”不是日期，太长", "\"%s\" is too long to be a date", ledger_quoted(arena, text)));
  const char *plain = digits_written(arena, ledger_plain(arena, text));
  if (serial_text(plain, &serial)) {
    if (dating->date1904)
      return wrong(date, "date_ambiguous",
                   label_print(arena, "“%s”是日期序号，但本文件用 1904 日期系统，看不出是哪一天",
                               "\"%s\" is a serial number as text in a workbook of the 1904 system: which day is meant cannot be told",
                               text));
    return (struct ledger_date){.date = serial_date((double)serial, false), .how = DATE_SERIAL, .whole = true};
  }
  expressions_scan(arena, plain, dating, &scanned);
  const char *rest = scanned.rest.size ? scanned.rest.bytes : "";
  if (scanned.bad || scanned.ambiguous) text = ledger_quoted(arena, text);
  if (scanned.bad)
    return wrong(date, "date_unreadable",
                 label_print(arena, "“%s”：没有“%s”这一天", "\"%s\": there is no such day as \"%s\"", text,
                             ledger_quoted(arena, scanned.bad_text)));
  if (scanned.ambiguous)
    return wrong(date, "date_ambiguous",
                 label_print(arena, "“%s”分不清哪个是月、哪个是日，请写成 2026-08-09",
                             "\"%s\": which is the month, which the day? Write 2026-08-09", text));
  if (!scanned.count) return by_words(arena, text, plain, date);
  if (strstr(rest, "工作日") || strstr(rest, "个月内") || strstr(rest, "之日起")) return by_words(arena, text, plain, date);
  if (holds_any(rest, FEASTS)) return by_words(arena, text, plain, date);
  if (holds_any(plain, RECURRING) && !scanned.explicit_years) return by_words(arena, text, plain, date);
  scanned.date.whole = filler_only(rest);
  return scanned.date;
}

/* A bare number: 2026.1 is January or October, 8.3 the 3rd or the 30th, unless the format shows which. */
static bool number_ambiguous(const char *shown) {
  const char *point = strchr(shown, '.');
  if (!point || strlen(point + 1) != 1) return false;
  int64_t front;
  char *whole = heap_text(shown);
  whole[point - shown] = 0;
  bool numeric = text_to_integer(whole, &front);
  free(whole);
  if (!numeric) return false;
  if (front >= 1949 && front <= 2100) return point[1] == '1';
  return front >= 1 && front <= 12 && (point[1] == '1' || point[1] == '2' || (point[1] == '3' && front != 2));
}

struct ledger_date ledger_date_of_cell(struct arena *arena, const struct sheet_cell *cell, const struct ledger_dating *dating) {
  struct ledger_date date = {.date = NOTHING};
  if (!cell || cell->kind == CELL_NOTHING) return date;
  if (cell->kind == CELL_DATE && cell->date != NOTHING) return (struct ledger_date){.date = cell->date, .how = DATE_EXACT, .whole = true};
  if (cell->kind == CELL_NUMBER) {
    if (cell->general && number_ambiguous(cell->text))
      return wrong(date, "date_ambiguous",
                   label_print(arena, "数字 %s 可能是两个日期（如 1 月或 10 月），请写成文字，如 2026年10月",
                               "the number %s may be two dates (January or October, say). Write it as text: 2026年10月", cell->text));
    if (cell->number == (double)(int64_t)cell->number && cell->number >= 29000 && cell->number <= 65000) {
      int64_t day = serial_date(cell->number, dating->date1904);
      if (day != NOTHING) return (struct ledger_date){.date = day, .how = DATE_SERIAL, .whole = true};
    }
  }
  return ledger_date(arena, cell->text, dating);
}

int ledger_year(const char *text) {
  struct arena *arena = arena_new();
  const char *plain = digits_written(arena, ledger_plain(arena, text));
  int year = 0;
  for (const char *at = plain; *at && !year; at++) {
    if (!digit(*at) || (at > plain && digit(at[-1]))) continue;
    if (strspn(at, "0123456789") != 4) continue;
    int value = atoi(at);
    bool marked = strncmp(at + 4, "年", 3) == 0 || (strchr("./-", at[4]) && at[4] && digit(at[5])) || strcmp(plain, at) == 0;
    if (value >= 1990 && value <= 2100 && marked) year = value;
  }
  if (!year) { /* "FY2026", "2026 rectification ledger": a year by itself, written so that it is nothing else */
    for (const char *at = plain; *at && !year; at++)
      if (digit(*at) && (at == plain || !digit(at[-1])) && strspn(at, "0123456789") == 4) {
        int value = atoi(at);
        if (value >= 2000 && value <= 2060) year = value;
      }
  }
  arena_free(arena);
  return year;
}
