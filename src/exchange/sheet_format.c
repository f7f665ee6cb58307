/* Number formats: what a cell shows. Of a format only what changes the meaning is followed: dates, per cent, decimals, thousands,
   Chinese digits; colours, conditions and padding are passed over. Both date systems. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/sheet.h"

/* Built-in formats (ECMA-376 part 1, 18.8.30; 27–36 and 50–58 as Chinese Excel shows them). */
static const struct { unsigned id; const char *code; } BUILTIN[] = {
  {1, "0"}, {2, "0.00"}, {3, "#,##0"}, {4, "#,##0.00"}, {9, "0%"}, {10, "0.00%"}, {11, "0.00E+00"}, {12, "# ?/?"}, {13, "# ?\?/?\?"},
  {14, "yyyy/m/d"}, {15, "d-mmm-yy"}, {16, "d-mmm"}, {17, "mmm-yy"}, {18, "h:mm AM/PM"}, {19, "h:mm:ss AM/PM"}, {20, "h:mm"}, {21, "h:mm:ss"},
  {22, "yyyy/m/d h:mm"}, {27, "yyyy\"年\"m\"月\""}, {28, "m\"月\"d\"日\""}, {29, "m\"月\"d\"日\""}, {30, "m-d-yy"}, {31, "yyyy\"年\"m\"月\"d\"日\""},
  {32, "h\"时\"mm\"分\""}, {33, "h\"时\"mm\"分\"ss\"秒\""}, {34, "h\"时\"mm\"分\""}, {35, "h\"时\"mm\"分\"ss\"秒\""}, {36, "yyyy\"年\"m\"月\""},
  {37, "#,##0"}, {38, "#,##0"}, {39, "#,##0.00"}, {40, "#,##0.00"}, {45, "mm:ss"}, {46, "[h]:mm:ss"}, {47, "mm:ss"}, {48, "##0.0E+0"}, {49, "@"},
  {50, "yyyy\"年\"m\"月\""}, {51, "m\"月\"d\"日\""}, {52, "yyyy\"年\"m\"月\""}, {53, "m\"月\"d\"日\""}, {54, "m\"月\"d\"日\""}, {55, "yyyy\"年\"m\"月\""},
  {56, "m\"月\"d\"日\""}, {57, "yyyy\"年\"m\"月\""}, {58, "m\"月\"d\"日\""}};

const char *format_builtin(unsigned id) {
  for (size_t i = 0; i < sizeof BUILTIN / sizeof *BUILTIN; i++)
    if (BUILTIN[i].id == id) return BUILTIN[i].code;
  return NULL;
}

/* One step through a format code: what is literal is passed over, `*letter` gets what is not, in lower case. */
static const char *format_next(const char *code, char *letter) {
  *letter = 0;
  if (*code == '"') {
    const char *end = strchr(code + 1, '"');
    return end ? end + 1 : code + strlen(code);
  }
  if (*code == '[') {
    const char *end = strchr(code + 1, ']');
    if (end && end == code + 2 && strchr("hmsHMS", code[1])) *letter = 'h';
    return end ? end + 1 : code + strlen(code);
  }
  if ((*code == '\\' || *code == '_' || *code == '*') && code[1]) return code + 2;
  *letter = *code >= 'A' && *code <= 'Z' ? (char)(*code + 32) : *code;
  return code + 1;
}

struct number_format format_kind(const char *code) {
  struct number_format kind = {0};
  if (!code || strcasecmp(code, "General") == 0 || strcmp(code, "G/通用格式") == 0 || strcmp(code, "@") == 0)
    return (struct number_format){.general = true};
  while (*code && *code != ';') {
    char letter;
    if (strncasecmp(code, "General", 7) == 0) return (struct number_format){.general = true};
    code = format_next(code, &letter);
    if (letter && strchr("ymdhs", letter)) kind.date = true;
    if (letter == '%') kind.percent = true;
  }
  return kind;
}

char *number_plain(struct arena *arena, double number) {
  for (int digits = 15; digits <= 17; digits++) {
    char *text = arena_print(arena, "%.*g", digits, number);
    if (strtod(text, NULL) == number || digits == 17) {
      if (!strpbrk(text, "eE") || fabs(number) >= 1e21) return text;
      return arena_print(arena, "%.*f", fabs(number) >= 1 ? 0 : 12, number);
    }
  }
  return arena_text(arena, "");
}

static char *thousands(struct arena *arena, const char *text) {
  const char *point = strchr(text, '.'), *end = point ? point : text + strlen(text);
  struct buffer out = {.arena = arena};
  for (const char *at = text; *at; at++) {
    buffer_byte(&out, *at);
    if (at + 1 < end && *at != '-' && (end - at - 1) % 3 == 0) buffer_byte(&out, ',');
  }
  return out.bytes;
}

char *format_number(struct arena *arena, const char *code, double number) {
  struct number_format kind = format_kind(code);
  int decimals = 0;
  bool group = false, point = false, power = false, ends = false;
  if (kind.general || !code) return number_plain(arena, number);
  for (const char *at = code; *at && *at != ';' && !ends;) {
    char letter;
    at = format_next(at, &letter);
    if (letter == '.') point = true;
    else if (letter == 'e') power = true, ends = true;
    else if (letter == ',') group = true;
    else if (letter == '/') return number_plain(arena, number);
    else if (point && letter && strchr("0#?", letter)) decimals++;
  }
  if (decimals > 15) decimals = 15;
  if (power) return arena_print(arena, "%.*E", decimals, number);
  if (!isfinite(number) || fabs(number) > 1e21) return number_plain(arena, number);
  char *text = arena_print(arena, "%.*f", decimals, kind.percent ? number * 100 : number);
  if (group) text = thousands(arena, text);
  return kind.percent ? arena_print(arena, "%s%%", text) : text;
}

/* ---- dates ---- */

/* In the 1900 system day 60 is a 29 February that never was; nobody's ledger is that old, so days before count as they are written. */
int64_t serial_date(double serial, bool date1904) {
  if (!(serial >= 0) || serial >= 2958466) return NOTHING;
  int64_t day = (int64_t)floor(serial);
  if (date1904) return date_from_civil(1904, 1, 1) + day;
  if (day == 0 || day == 60) return NOTHING;
  return date_from_civil(1899, 12, 30) + day + (day < 60 ? 1 : 0);
}

static void digits_add(struct buffer *out, int number, int width, bool chinese, bool year) {
  static const char *const NAMES[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  char plain[16];
  snprintf(plain, sizeof plain, "%0*d", width, number);
  if (!chinese) buffer_text(out, plain);
  else if (year || number < 10) {
    for (const char *at = plain; *at; at++) buffer_text(out, NAMES[*at - '0']);
  } else {
    if (number >= 20) buffer_text(out, NAMES[number / 10]);
    buffer_text(out, "十");
    if (number % 10) buffer_text(out, NAMES[number % 10]);
  }
}

struct dating { struct civil civil; int hour, minute, second; bool chinese; };

/* A run of one letter; m is the month unless an hour stands before it or a second behind it. */
static void run_add(struct buffer *out, const struct dating *dating, char letter, int length, bool minutes) {
  static const char *const MONTHS[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  static const char *const DAYS[] = {"一", "二", "三", "四", "五", "六", "日"};
  int two = length >= 2 && !dating->chinese ? 2 : 1;
  if (letter == 'y') digits_add(out, length > 2 ? dating->civil.year : dating->civil.year % 100, length > 2 ? 4 : 2, dating->chinese, true);
  else if (letter == 'm' && minutes) digits_add(out, dating->minute, two, dating->chinese, false);
  else if (letter == 'm' && length >= 3) buffer_text(out, MONTHS[dating->civil.month - 1]);
  else if (letter == 'm') digits_add(out, dating->civil.month, two, dating->chinese, false);
  else if (letter == 'd' && length >= 3)
    buffer_print(out, "星期%s", DAYS[date_weekday(date_from_civil(dating->civil.year, dating->civil.month, dating->civil.day)) - 1]);
  else if (letter == 'd') digits_add(out, dating->civil.day, two, dating->chinese, false);
  else if (letter == 'h') digits_add(out, dating->hour, two, dating->chinese, false);
  else if (letter == 's') digits_add(out, dating->second, two, dating->chinese, false);
}

static bool seconds_follow(const char *code) {
  while (*code && *code != ';') {
    char letter;
    code = format_next(code, &letter);
    if (letter == 's') return true;
    if (letter && strchr("ymdh", letter)) return false;
  }
  return false;
}

static void date_write(struct buffer *out, const char *code, const struct dating *dating) {
  bool hours = false;
  while (*code && *code != ';') {
    const char *from = code;
    char letter, next;
    code = format_next(code, &letter);
    if (*from == '"') buffer_add(out, from + 1, code > from + 1 ? (size_t)(code - from) - 2 : 0);
    else if (*from == '\\') buffer_add(out, from + 1, 1);
    else if (letter && strchr("ymdhs", letter) && *from != '[') {
      int length = 1;
      for (const char *more = code; *more; length++) {
        const char *behind = format_next(more, &next);
        if (next != letter || *more == '[' || *more == '"') break;
        code = more = behind;
      }
      run_add(out, dating, letter, length, letter == 'm' && (hours || (seconds_follow(code) && length < 3)));
      hours = letter == 'h';
    } else if (letter == 'a' && strncasecmp(from, "AM/PM", 5) == 0) code = from + 5;
    else if (letter == '@') code = from + 1;
    else if (letter && *from != '_' && *from != '*') buffer_add(out, from, (size_t)(code - from));
  }
}

char *format_date(struct arena *arena, const char *code, double serial, bool date1904) {
  int64_t date = serial_date(serial, date1904);
  struct buffer out = {.arena = arena};
  if (date == NOTHING) return number_plain(arena, serial);
  double part = (serial - floor(serial)) * 86400 + 0.5;
  int seconds = part >= 86400 ? 86399 : (int)part;
  struct dating dating = {civil_from_date(date), seconds / 3600, seconds / 60 % 60, seconds % 60,
                          strstr(code, "[DBNum1]") || strstr(code, "[dbnum1]")};
  date_write(&out, code, &dating);
  return out.size ? out.bytes : date_print(arena, date);
}
