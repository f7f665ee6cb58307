/* What the cells of a ledger say: kinds, done or not, yes and no, amounts, marks of secrecy. Words stand in tables, longer and stricter
   ones first; whatever no table knows is not guessed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/ledger.h"
#include "records/codes.h"

const char *ledger_plain(struct arena *arena, const char *text) {
  char *folded = text_fold(arena, text ? text : ""), *out = folded;
  for (const char *at = folded; *at; at++)
    if (!strchr(" \t\r\n\v\f", *at)) *out++ = *at;
  *out = 0;
  return folded;
}

const char *ledger_quoted(struct arena *arena, const char *text) {
  size_t at = 0, width;
  for (size_t count = 0; text[at] && count < 80; count++) text_next(text + at, &width), at += width;
  return text[at] ? arena_print(arena, "%.*s…", (int)at, text) : text;
}

/* ---- words ---- */

enum how { IS, BEGINS, HOLDS_WORD };
struct word { const char *text; int says; enum how how; bool negated; };

static const struct word *word_find(const struct word *words, const char *plain) {
  for (; words->text; words++) {
    size_t length = strlen(words->text);
    if (words->how == IS       ? strcmp(plain, words->text) == 0
        : words->how == BEGINS ? strncmp(plain, words->text, length) == 0
                               : strstr(plain, words->text) != NULL)
      return words;
  }
  return NULL;
}

/* Short texts only: nothing of a cell outlives the call, and no cell of these columns is long. */
static const char *short_plain(struct arena *arena, const char *text) {
  return !text || strlen(text) > 400 ? "" : ledger_plain(arena, text);
}

bool ledger_empty(const char *text) {
  static const char *const EMPTY[] = {"/",  "\\",  "-",  "--",   "---", "—",    "——",     "－",     "–",  "―",  "無", "无", "暂无", "没有",
                                      "空", "n/a", "na", "none", "nil", "null", "不适用", "不涉及", "／", "〇", "*",  "…",  NULL};
  char plain[24];
  size_t size = 0;
  if (!text) return true;
  for (const char *at = text; *at; at++) {
    if (strchr(" \t\r\n", *at)) continue;
    if (strncmp(at, "\xE3\x80\x80", 3) == 0 || strncmp(at, "\xEF\xBB\xBF", 3) == 0 || strncmp(at, "\xE2\x80\x8B", 3) == 0) {
      at += 2;
      continue;
    }
    if (strncmp(at, "\xC2\xA0", 2) == 0) { at++; continue; }
    if (size + 1 >= sizeof plain) return false;
    plain[size++] = *at >= 'A' && *at <= 'Z' ? (char)(*at + 32) : *at;
  }
  plain[size] = 0;
  if (size == 0) return true;
  for (size_t i = 0; EMPTY[i]; i++)
    if (strcmp(plain, EMPTY[i]) == 0) return true;
  return false;
}

bool ledger_ditto(const char *text) {
  static const char *const DITTO[] = {"同上", "同前", "同上行", "同上栏", "〃",          "″",       "〞",     "”",    "“", "\"",
                                      "''",   "′′",   "ditto",  "do.",    "sameasabove", "asabove", "(同上)", "同左", NULL};
  if (!text || !*text || strlen(text) > 60) return false;
  struct arena *arena = arena_new();
  const char *plain = ledger_plain(arena, text);
  bool ditto = false;
  for (size_t i = 0; DITTO[i] && !ditto; i++) ditto = strcmp(plain, DITTO[i]) == 0 || strcmp(plain, ledger_plain(arena, DITTO[i])) == 0;
  arena_free(arena);
  return ditto;
}

static const struct word KINDS[] = { /* domain-facts 6 and the readings of real ledgers */
  {"即知即改", KIND_AT_ONCE, HOLDS_WORD}, {"立行立改", KIND_AT_ONCE, HOLDS_WORD}, {"立查立改", KIND_AT_ONCE, HOLDS_WORD}, {"立即整改", KIND_AT_ONCE, HOLDS_WORD}, {"立整立改", KIND_AT_ONCE, HOLDS_WORD},
  {"立知立改", KIND_AT_ONCE, HOLDS_WORD}, {"边查边改", KIND_AT_ONCE, HOLDS_WORD}, {"立改", KIND_AT_ONCE, HOLDS_WORD}, {"马上改", KIND_AT_ONCE, HOLDS_WORD}, {"immediate", KIND_AT_ONCE, BEGINS}, {"atonce", KIND_AT_ONCE, BEGINS}, {"立即", KIND_AT_ONCE, IS},
  {"长期整改", KIND_LONG_TERM, HOLDS_WORD}, {"持续整改", KIND_LONG_TERM, HOLDS_WORD}, {"长期坚持", KIND_LONG_TERM, HOLDS_WORD}, {"持续推进", KIND_LONG_TERM, HOLDS_WORD}, {"长期", KIND_LONG_TERM, BEGINS}, {"持续", KIND_LONG_TERM, BEGINS},
  {"long-term", KIND_LONG_TERM, BEGINS}, {"longterm", KIND_LONG_TERM, BEGINS}, {"ongoing", KIND_LONG_TERM, BEGINS}, {"continuous", KIND_LONG_TERM, BEGINS}, {"长效", KIND_LONG_TERM, BEGINS},
  {"限期", KIND_TIME_LIMITED, BEGINS}, {"分阶段", KIND_TIME_LIMITED, BEGINS}, {"阶段性", KIND_TIME_LIMITED, BEGINS}, {"分步", KIND_TIME_LIMITED, BEGINS}, {"分类整改", KIND_TIME_LIMITED, BEGINS}, {"time-limited", KIND_TIME_LIMITED, BEGINS},
  {"timelimited", KIND_TIME_LIMITED, BEGINS}, {"限时", KIND_TIME_LIMITED, BEGINS}, {"中期", KIND_TIME_LIMITED, BEGINS}, {"短期", KIND_TIME_LIMITED, BEGINS}, {"by", KIND_TIME_LIMITED, IS}, {0}};

static const struct word DONE[] = {
  {"未启动", DONE_NOT, HOLDS_WORD, true}, {"未完成", DONE_NOT, HOLDS_WORD, true}, {"未整改", DONE_NOT, HOLDS_WORD, true}, {"未办结", DONE_NOT, HOLDS_WORD, true}, {"未到位", DONE_NOT, HOLDS_WORD, true}, {"尚未", DONE_NOT, HOLDS_WORD, true},
  {"没有完成", DONE_NOT, HOLDS_WORD, true}, {"未", DONE_NOT, BEGINS, true}, {"否", DONE_NOT, BEGINS, true}, {"不", DONE_NOT, BEGINS, true}, {"×", DONE_NOT, IS, true}, {"x", DONE_NOT, IS, true}, {"✗", DONE_NOT, IS, true}, {"✘", DONE_NOT, IS, true}, {"no", DONE_NOT, IS, true},
  {"n", DONE_NOT, IS, true}, {"false", DONE_NOT, IS, true}, {"notstarted", DONE_NOT, BEGINS, true}, {"notcompleted", DONE_NOT, BEGINS, true}, {"incomplete", DONE_NOT, BEGINS, true}, {"open", DONE_NOT, BEGINS, true}, {"overdue", DONE_NOT, BEGINS, true},
  {"基本", DONE_PARTLY, BEGINS}, {"已基本", DONE_PARTLY, BEGINS}, {"mostly", DONE_PARTLY, BEGINS}, {"largely", DONE_PARTLY, BEGINS}, {"substantially", DONE_PARTLY, BEGINS},
  {"部分", DONE_NOT, BEGINS}, {"阶段性完成", DONE_NOT, BEGINS}, {"整改中", DONE_NOT, HOLDS_WORD}, {"推进中", DONE_NOT, HOLDS_WORD}, {"进行中", DONE_NOT, HOLDS_WORD}, {"办理中", DONE_NOT, HOLDS_WORD}, {"正在", DONE_NOT, BEGINS}, {"持续", DONE_NOT, BEGINS},
  {"长期", DONE_NOT, BEGINS}, {"处理中", DONE_NOT, HOLDS_WORD}, {"落实中", DONE_NOT, HOLDS_WORD}, {"inprogress", DONE_NOT, BEGINS}, {"ongoing", DONE_NOT, BEGINS}, {"partly", DONE_NOT, BEGINS}, {"partial", DONE_NOT, BEGINS}, {"underway", DONE_NOT, BEGINS}, {"started", DONE_NOT, BEGINS}, {"pending", DONE_NOT, BEGINS},
  {"完成", DONE_ALL, BEGINS}, {"已", DONE_ALL, BEGINS}, {"全部完成", DONE_ALL, BEGINS}, {"全面完成", DONE_ALL, BEGINS}, {"整改到位", DONE_ALL, BEGINS}, {"整改完成", DONE_ALL, BEGINS}, {"办结", DONE_ALL, BEGINS}, {"销号", DONE_ALL, BEGINS}, {"到位", DONE_ALL, BEGINS},
  {"√", DONE_ALL, BEGINS}, {"✓", DONE_ALL, BEGINS}, {"✔", DONE_ALL, BEGINS}, {"☑", DONE_ALL, BEGINS}, {"是", DONE_ALL, BEGINS}, {"y", DONE_ALL, IS}, {"yes", DONE_ALL, IS}, {"true", DONE_ALL, IS}, {"completed", DONE_ALL, BEGINS}, {"complete", DONE_ALL, BEGINS}, {"done", DONE_ALL, BEGINS},
  {"closed", DONE_ALL, BEGINS}, {"finished", DONE_ALL, BEGINS}, {"resolved", DONE_ALL, BEGINS}, {"100%", DONE_ALL, IS}, {0}};

static const struct word YES[] = {
  {"否", SAID_NO, BEGINS}, {"不", SAID_NO, BEGINS}, {"未", SAID_NO, BEGINS}, {"没有", SAID_NO, BEGINS}, {"×", SAID_NO, BEGINS}, {"✗", SAID_NO, BEGINS}, {"✘", SAID_NO, BEGINS}, {"x", SAID_NO, IS}, {"no", SAID_NO, IS}, {"no(", SAID_NO, BEGINS}, {"no,", SAID_NO, BEGINS}, {"n", SAID_NO, IS},
  {"false", SAID_NO, IS}, {"0", SAID_NO, IS}, {"notclosed", SAID_NO, BEGINS}, {"notpublic", SAID_NO, BEGINS}, {"open", SAID_NO, IS}, {"暂不", SAID_NO, BEGINS}, {"暂未", SAID_NO, BEGINS}, {"待", SAID_NO, BEGINS},
  {"是", SAID_YES, BEGINS}, {"√", SAID_YES, BEGINS}, {"✓", SAID_YES, BEGINS}, {"✔", SAID_YES, BEGINS}, {"☑", SAID_YES, BEGINS}, {"已", SAID_YES, BEGINS}, {"y", SAID_YES, IS}, {"yes", SAID_YES, BEGINS}, {"true", SAID_YES, IS}, {"1", SAID_YES, IS}, {"公开", SAID_YES, BEGINS},
  {"主动公开", SAID_YES, BEGINS}, {"全文公开", SAID_YES, BEGINS}, {"同意", SAID_YES, BEGINS}, {"销号", SAID_YES, IS}, {"对", SAID_YES, IS}, {"可", SAID_YES, BEGINS}, {"closed", SAID_YES, BEGINS}, {"public", SAID_YES, BEGINS}, {"长期", SAID_YES, BEGINS}, {0}};

static const struct word *read_word(const struct word *words, const char *text) {
  struct arena *arena = arena_new();
  const struct word *word = word_find(words, short_plain(arena, text));
  arena_free(arena);
  return word;
}

int ledger_kind(const char *text) {
  const struct word *word = read_word(KINDS, text);
  return word ? word->says : 0;
}

enum ledger_done ledger_done(const char *text, bool *negated) {
  const struct word *word = read_word(DONE, text);
  if (negated) *negated = word && word->negated;
  return word ? (enum ledger_done)word->says : DONE_UNSAID;
}

enum ledger_yes ledger_yes(const char *text) {
  const struct word *word = read_word(YES, text);
  return word ? (enum ledger_yes)word->says : SAID_NOTHING;
}

/* ---- marks of secrecy: the mark itself, never a sentence that speaks of secrets ---- */

bool ledger_secret(const char *text, const char **mark) {
  static const char *const STARRED[] = {"绝密★", "机密★", "秘密★", "绝密☆", "机密☆", "秘密☆", "绝密*", "机密*", "秘密*", "绝密级", "机密级", "秘密级"};
  static const char *const WHOLE[] = {"绝密",
                                      "机密",
                                      "秘密",
                                      "内部",
                                      "内部资料",
                                      "内部文件",
                                      "内部使用",
                                      "内部掌握",
                                      "内部资料注意保存",
                                      "内部资料,注意保存",
                                      "内部文件,注意保存",
                                      "工作秘密",
                                      "confidential",
                                      "secret",
                                      "internal"};
  static const char *const FRONT[] = {"[机密]", "[秘密]", "[绝密]", "[内部]",     "【机密】", "【秘密】", "【绝密】", "【内部】", "(机密)",
                                      "(秘密)", "(绝密)", "(内部)", "(内部资料)", "机密:",    "秘密:",    "绝密:",    "内部:"};
  if (!text || (!strstr(text, "密") && !strstr(text, "内部") && !strcasestr(text, "confidential") && !strcasestr(text, "secret") &&
                !strcasestr(text, "internal")))
    return false;
  struct arena *arena = arena_new();
  const char *plain = ledger_plain(arena, text);
  bool found = false;
  for (size_t i = 0; i < sizeof STARRED / sizeof *STARRED && !found; i++) found = strstr(plain, STARRED[i]) && (*mark = STARRED[i]);
  for (size_t i = 0; i < sizeof WHOLE / sizeof *WHOLE && !found; i++) found = strcmp(plain, WHOLE[i]) == 0 && (*mark = WHOLE[i]);
  for (size_t i = 0; i < sizeof FRONT / sizeof *FRONT && !found; i++) {
    size_t size = strlen(plain), length = strlen(FRONT[i]);
    found = size >= length && (strncmp(plain, FRONT[i], length) == 0 || strcmp(plain + size - length, FRONT[i]) == 0) && (*mark = FRONT[i]);
  }
  arena_free(arena);
  return found;
}

/* ---- amounts, in 万元 ---- */

static struct ledger_amount amount_wrong(const char *code, struct label what) { return (struct ledger_amount){.code = code, .what = what}; }

/* What stands behind the digits: a unit of its own wins over the column's. */
static bool amount_unit(const char *rest, double *unit) {
  static const struct {
    const char *name;
    double wan;
  } UNITS[] = {{"亿元", 10000}, {"亿", 10000},  {"百万元", 100},  {"千万元", 1000}, {"万元", 1},      {"万", 1},    {"千元", 0.1},
               {"百元", 0.01},  {"元", 0.0001}, {"yuan", 0.0001}, {"圆", 0.0001},   {"元整", 0.0001}, {"万元整", 1}};
  if (!*rest) return true;
  for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++)
    if (strcmp(rest, UNITS[i].name) == 0 ||
        (strncmp(rest, UNITS[i].name, strlen(UNITS[i].name)) == 0 && strcmp(rest + strlen(UNITS[i].name), "人民币") == 0)) {
      *unit = UNITS[i].wan;
      return true;
    }
  return false;
}

/* To a whole cent, so that decimals do not show how a computer keeps them. */
static double cents(double wan) { return fabs(wan) < 1e9 ? round(wan * 1e6) / 1e6 : round(wan * 1e4) / 1e4; }

static struct ledger_amount amount_of_text(struct arena *arena, const char *text, double unit) {
  static const char *const ABOUT[] = {"约", "大约", "近", "左右", "余", "超过", "以上", "不足", "上下", "approx", "about", "~", "≈"};
  static const char *const BEFORE[] = {"人民币", "rmb", "cny", "¥", "￥", "合计", "共计"};
  if (strlen(text) > LEDGER_WORD_MOST) text = ledger_quoted(arena, text); /* is no number, and told as such */
  const char *plain = ledger_plain(arena, text), *about = NULL;
  struct buffer digits = {.arena = arena};
  bool negative = false;
  double own = unit;
  size_t size = strlen(plain);
  if (size && plain[size - 1] == '%')
    return amount_wrong("amount_is_percent",
                        label_print(arena, "“%s”是百分数，这里应填金额", "\"%s\" is a percentage; an amount is expected here", text));
  for (size_t i = 0; i < sizeof ABOUT / sizeof *ABOUT; i++)
    for (char *at; (at = strstr((char *)plain, ABOUT[i])); about = ABOUT[i])
      memmove(at, at + strlen(ABOUT[i]), strlen(at + strlen(ABOUT[i])) + 1);
  for (size_t i = 0; i < sizeof BEFORE / sizeof *BEFORE; i++)
    if (strncmp(plain, BEFORE[i], strlen(BEFORE[i])) == 0) plain += strlen(BEFORE[i]);
  size = strlen(plain);
  if (size > 2 && plain[0] == '(' && strchr(plain, ')')) {
    negative = true;
    char *inner = arena_text(arena, plain + 1), *end = strchr(inner, ')');
    memmove(end, end + 1, strlen(end + 1) + 1);
    plain = inner;
  }
  static const char *const MINUS[] = {"-", "−", "–", "负", "△", "▲"};
  for (size_t i = 0; i < sizeof MINUS / sizeof *MINUS; i++)
    if (strncmp(plain, MINUS[i], strlen(MINUS[i])) == 0) negative = true, plain += strlen(MINUS[i]);
  if (*plain == '+') plain++;
  for (; *plain && strchr("0123456789.,'", *plain); plain++)
    if (*plain != ',' && *plain != '\'') buffer_byte(&digits, *plain);
  if ((*plain == 'e') && digits.size && (plain[1] == '+' || plain[1] == '-' || (plain[1] >= '0' && plain[1] <= '9')))
    do buffer_byte(&digits, *plain++); while (*plain && strchr("+-0123456789", *plain));
  char *end = NULL;
  double number = digits.size ? strtod(digits.bytes, &end) : 0;
  bool read = digits.size && end && !*end && isfinite(number) && amount_unit(plain, &own);
  if (about) /* the number is kept beside the error: it is what somebody wrote */
    return (
        struct ledger_amount){.given = read,
                              .wan = cents((negative ? -number : number) * own),
                              .code = "amount_approximate",
                              .what = label_print(arena, "“%s”是约数，请填确切金额", "\"%s\" is approximate. Give the exact amount", text)};
  if (!read)
    return amount_wrong("amount_unreadable", label_print(arena, "“%s”不是金额，应填数字，如 126.4 或 1.2亿元",
                                                         "“%s” is no amount. A number is expected, such as 126.4 or 1.2亿元", text));
  return (struct ledger_amount){.given = true, .wan = cents((negative ? -number : number) * own)};
}

struct ledger_amount ledger_amount(struct arena *arena, const struct sheet_cell *cell, double unit_wan) {
  if (!cell || ledger_empty(cell->text)) return (struct ledger_amount){0};
  if (cell->kind == CELL_NUMBER && cell->percent)
    return amount_wrong("amount_is_percent",
                        label_print(arena, "“%s”是百分数，这里应填金额", "\"%s\" is a percentage; an amount is expected here", cell->text));
  if (cell->kind == CELL_NUMBER) return (struct ledger_amount){.given = true, .wan = cents(cell->number * unit_wan)};
  if (cell->kind == CELL_DATE)
    return amount_wrong("amount_unreadable",
                        label_print(arena, "“%s”是日期，这里应填金额", "\"%s\" is a date; an amount is expected here", cell->text));
  return amount_of_text(arena, cell->text, unit_wan);
}

/* ---- what has no number yet ---- */

const char *ledger_unnumbered(struct arena *arena, const char *file_number, int64_t id, bool english) {
  bool given = file_number && *file_number;
  if (english) return arena_print(arena, given ? "%s (unnumbered %lld)" : "%sunnumbered %lld", given ? file_number : "", (long long)id);
  return arena_print(arena, given ? "%s（待编号%lld）" : "%s待编号%lld", given ? file_number : "", (long long)id);
}

int64_t ledger_unnumbered_id(struct arena *arena, const char *number) {
  static const char *const MARKS[] = {"待编号", "unnumbered"};
  const char *plain = number ? ledger_plain(arena, number) : "", *at = NULL;
  char *end = NULL;
  for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS && !at; i++)
    if ((at = strstr(plain, MARKS[i]))) at += strlen(MARKS[i]);
  int64_t id = at && *at >= '0' && *at <= '9' ? strtoll(at, &end, 10) : 0;
  return id > 0 && (!*end || strcmp(end, ")") == 0) ? id : 0;
}
