/* Measures out of one cell: numbered in any of the usual ways, or a line each, with the dates that belong to single ones taken off. */
#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "exchange/ledger.h"

enum style { STYLE_NONE, STYLE_DIGITS /* 1. 1、 1) */, STYLE_BRACKETED /* (1) （1） */, STYLE_CIRCLED /* ① */, STYLE_CHINESE /* 一、 */, STYLE_CHINESE_BRACKETED /* （一） */,
             STYLE_FIRSTLY /* 一是 */, STYLE_ORDINAL /* 第一， */, STYLE_NAMED /* 措施一：, Measure 1: */, STYLE_BULLET /* • - * */, STYLE_LETTER /* a) */ };

static bool take(const char **at, const char *word) {
  size_t length = strlen(word);
  if (strncmp(*at, word, length) != 0) return false;
  *at += length;
  return true;
}

static bool blank_take(const char **at) {
  return take(at, " ") || take(at, "\t") || take(at, "\xE3\x80\x80") || take(at, "\xC2\xA0") || take(at, "\r");
}
static const char *blanks(const char *at) { while (blank_take(&at)) continue; return at; }

static bool chinese_number(const char **at) {
  static const char *const DIGITS[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
  bool some = false;
  for (bool more = true; more;) {
    more = false;
    for (size_t i = 0; i < 10 && !more; i++) more = take(at, DIGITS[i]);
    some |= more;
  }
  return some;
}

static bool digit_take(const char **at) {
  if (**at >= '0' && **at <= '9') return (*at)++, true;
  /* ０ … ９ */
  if (strncmp(*at, "\xEF\xBC", 2) == 0 && (unsigned char)(*at)[2] >= 0x90 && (unsigned char)(*at)[2] <= 0x99) return *at += 3, true;
  return false;
}
static int digits_take(const char **at) {
  int count = 0;
  while (digit_take(at)) count++;
  return count;
}
static bool digit_follows(const char *at) { return digit_take(&at); }

static bool closing(const char **at) { return take(at, "）") || take(at, ")"); }

/* Each kind of marker at this very place: *at goes behind it, or stays where there is none. */
typedef enum style marker_kind(const char **at);

/* 1. 2、 3） 12· but neither 1.5 nor 2、3号楼 */
static enum style digits_marker(const char **at) {
  const char *look = *at;
  int digits = digits_take(&look);
  if (digits < 1 || digits > 2) return STYLE_NONE;
  if ((take(&look, ".") || take(&look, "．")) && !digit_follows(look)) return *at = look, STYLE_DIGITS;
  const char *mark = look;
  if (take(&mark, "、") && digit_follows(mark)) return STYLE_NONE;
  if (take(&look, "、") || take(&look, "）") || take(&look, ")") || take(&look, "﹒") || take(&look, "·")) return *at = look, STYLE_DIGITS;
  return STYLE_NONE;
}

static enum style circled_marker(const char **at) {
  const char *look = *at;
  unsigned char last = strncmp(look, "\xE2\x91", 2) == 0 || strncmp(look, "\xE2\x92", 2) == 0 ? (unsigned char)look[2] : 0;
  bool first_half = last && (unsigned char)look[1] == 0x91;
  if (first_half && last >= 0xA0 && last <= 0xB3) { /* ① … ⑳ */
    look += 3;
    if (!take(&look, "、")) take(&look, ".");
    return *at = look, STYLE_CIRCLED;
  }
  if (first_half ? last >= 0xB4 : last && last <= 0x9B) return *at = look + 3, STYLE_CIRCLED; /* ⑴ … ⒈ … */
  return STYLE_NONE;
}

/* （1） （一） (a) */
static enum style bracketed_marker(const char **at) {
  const char *look = *at;
  if (!take(&look, "（") && !take(&look, "(")) return STYLE_NONE;
  const char *inner = look;
  if (digits_take(&look) && closing(&look)) return *at = look, STYLE_BRACKETED;
  look = inner;
  if (chinese_number(&look) && closing(&look)) return *at = look, STYLE_CHINESE_BRACKETED;
  look = inner;
  if (*look >= 'a' && *look <= 'h' && (look++, closing(&look))) return *at = look, STYLE_BRACKETED;
  return STYLE_NONE;
}

/* 第一， */
static enum style ordinal_marker(const char **at) {
  const char *look = *at;
  bool ordinal = take(&look, "第") && chinese_number(&look) &&
                 (take(&look, "，") || take(&look, ",") || take(&look, "、") || take(&look, "："));
  return ordinal ? (*at = look, STYLE_ORDINAL) : STYLE_NONE;
}

/* 一是 二、 三. */
static enum style chinese_marker(const char **at) {
  const char *look = *at;
  if (!chinese_number(&look)) return STYLE_NONE;
  if (take(&look, "是")) return *at = look, STYLE_FIRSTLY;
  if (take(&look, "、") || take(&look, "．") || take(&look, ".")) return *at = look, STYLE_CHINESE;
  return STYLE_NONE;
}

/* 措施一： Step 2. */
static enum style named_marker(const char **at) {
  static const char *const NAMES[] = {"措施", "Measure ", "measure ", "Action ", "Step "};
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
    const char *look = *at;
    if (!take(&look, NAMES[i])) continue;
    const char *inner = look;
    bool numbered = digits_take(&look) || (look = inner, chinese_number(&look));
    if (numbered && (take(&look, "：") || take(&look, ":") || take(&look, "."))) return *at = look, STYLE_NAMED;
  }
  return STYLE_NONE;
}

static enum style bullet_marker(const char **at) {
  static const char *const BULLETS[] = {"•", "●", "◆", "■", "※", "▪", "· ", "- ", "* "};
  for (size_t i = 0; i < sizeof BULLETS / sizeof *BULLETS; i++)
    if (take(at, BULLETS[i])) return STYLE_BULLET;
  return STYLE_NONE;
}

/* a) B. */
static enum style letter_marker(const char **at) {
  const char *from = *at;
  bool letter = (*from >= 'a' && *from <= 'h') || (*from >= 'A' && *from <= 'H');
  if (!letter || !(from[1] == ')' || (from[1] == '.' && from[2] == ' '))) return STYLE_NONE;
  *at = from + 2;
  return STYLE_LETTER;
}

static enum style marker(const char **at) {
  static marker_kind *const KINDS[] = {digits_marker,  circled_marker, bracketed_marker, ordinal_marker,
                                       chinese_marker, named_marker,   bullet_marker,    letter_marker};
  enum style style = STYLE_NONE;
  for (size_t i = 0; style == STYLE_NONE && i < sizeof KINDS / sizeof *KINDS; i++) style = KINDS[i](at);
  return style;
}

/* May a marker stand here: at the start, after the end of a sentence, a line or a blank; circled numbers anywhere. */
static bool place_for(const char *text, const char *at, enum style style) {
  static const char *const ENDS[] = {"\n", "；", ";", "。", " ", "\t", "\xE3\x80\x80", "，", ",", "：", ":", "！", "\xC2\xA0"};
  if (at == text || style == STYLE_CIRCLED) return true;
  for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
    size_t length = strlen(ENDS[i]);
    if ((size_t)(at - text) >= length && memcmp(at - length, ENDS[i], length) == 0)
      return style == STYLE_FIRSTLY || i < 9 || i == 12 || style == STYLE_BRACKETED || style == STYLE_CHINESE_BRACKETED;
  }
  return style == STYLE_BRACKETED || style == STYLE_CHINESE_BRACKETED
             ? at > text && (unsigned char)at[-1] < 0x80 && strchr(")]", at[-1]) != NULL
             : false;
}

/* Without blanks and closing marks at both ends. */
static char *trimmed(struct arena *arena, const char *text, size_t size) {
  static const char *const ENDS[] = {" ", "\t", "\r", "\n", "\xE3\x80\x80", "\xC2\xA0", "；", ";", "。", "，", ",", "、"};
  for (bool more = true; more;) {
    more = false;
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS && !more; i++) {
      size_t length = strlen(ENDS[i]);
      if (size >= length && memcmp(text + size - length, ENDS[i], length) == 0) size -= length, more = true;
    }
  }
  while (size && strchr(" \t\r\n", *text)) text++, size--;
  while (size >= 3 && memcmp(text, "\xE3\x80\x80", 3) == 0) text += 3, size -= 3;
  return arena_copy(arena, text, size);
}

/* ---- dates that belong to one measure ---- */

static const char *without_label(const char *text) {
  static const char *const LABELS[] = {"完成时限", "整改时限", "时限", "完成时间", "期限", "截止时间", "截止",
                                       "时间",     "due",      "Due",  "by",       "By",   "deadline", "Deadline"};
  for (size_t i = 0; i < sizeof LABELS / sizeof *LABELS; i++)
    if (take(&text, LABELS[i])) {
      if (!take(&text, "：")) take(&text, ":");
      return blanks(text);
    }
  return text;
}

static bool date_whole(struct arena *arena, const char *text, const struct ledger_dating *dating, struct ledger_date *date) {
  if (!*text || strlen(text) > 120) return false;
  *date = ledger_date(arena, text, dating);
  return !date->code && date->whole && (date->date != NOTHING || date->how != DATE_NONE) &&
         !(date->how == DATE_AT_ONCE && strstr(text, "已"));
}

static void due_set(struct ledger_measure *measure, struct arena *arena, const char *text, size_t text_size, const char *due_text,
                    const struct ledger_date *date) {
  measure->text = trimmed(arena, text, text_size);
  measure->due_text = due_text;
  measure->due = date->date;
  measure->how = date->how;
}

/* …（2026年7月底前） */
static bool due_in_brackets(struct ledger_measure *measure, struct arena *arena, const struct ledger_dating *dating) {
  size_t size = strlen(measure->text), close = 0;
  struct ledger_date date;
  if (size > 3 && strcmp(measure->text + size - 3, "）") == 0) close = 3;
  else if (size > 1 && (measure->text[size - 1] == ')' || measure->text[size - 1] == ']')) close = 1;
  if (!close) return false;
  for (size_t at = size - close; at-- > 1;) {
    size_t open = strncmp(measure->text + at, "（", 3) == 0 ? 3 : measure->text[at] == '(' || measure->text[at] == '[' ? 1 : 0;
    if (!open) continue;
    const char *inner = without_label(arena_copy(arena, measure->text + at + open, size - close - at - open));
    if (!date_whole(arena, inner, dating, &date)) return false;
    due_set(measure, arena, measure->text, at, inner, &date);
    return true;
  }
  return false;
}

/* …——2026年7月底前; …，2027年3月; …：8月底前 */
static bool due_behind_mark(struct ledger_measure *measure, struct arena *arena, const struct ledger_dating *dating) {
  static const char *const MARKS[] = {"——", "--", "—", "–", "：", ":", "，", ",", "；", ";", " - ", "\n", "。"};
  for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
    size_t length = strlen(MARKS[i]);
    const char *last = NULL;
    for (const char *at = measure->text; (at = strstr(at, MARKS[i])); at += length) last = at;
    struct ledger_date date;
    if (!last || last == measure->text) continue;
    const char *due = without_label(blanks(last + length));
    if (!date_whole(arena, due, dating, &date)) continue;
    due_set(measure, arena, measure->text, (size_t)(last - measure->text), due, &date);
    return true;
  }
  return false;
}

/* ---- the list ---- */

struct list { struct arena *arena; const struct ledger_dating *dating; struct ledger_measures *into; size_t room; };

static void item_add(struct list *list, const char *from, const char *end) {
  struct ledger_measure measure = {.text = trimmed(list->arena, from, (size_t)(end - from)), .due = NOTHING};
  if (!*measure.text || list->into->count > LEDGER_MEASURES_MOST) return;
  if (!due_in_brackets(&measure, list->arena, list->dating)) due_behind_mark(&measure, list->arena, list->dating);
  if (!*measure.text) return;
  struct ledger_measures *into = list->into;
  ARENA_ROOM(list->arena, into->items, into->count, list->room, 4);
  into->items[into->count++] = measure;
}

/* The first marker of the text gives the style; a text before it (三项措施：) is no measure unless nothing else is. */
static enum style style_of(const char *text, const char **first) {
  for (const char *at = text; *at; at++) {
    const char *behind = at;
    enum style style = (unsigned char)*at < 0x80 || ((unsigned char)*at & 0xC0) == 0xC0 ? marker(&behind) : STYLE_NONE;
    if (style == STYLE_NONE || !place_for(text, at, style)) continue;
    *first = at;
    return style;
  }
  return STYLE_NONE;
}

static int number_at(const char *at) { return *at >= '0' && *at <= '9' ? (int)strtol(at, NULL, 10) : 0; }

/* 1．截污2．清淤3．保洁: without a separator, the next number is one when it follows on the last and stands behind a Chinese character. */
static bool runs_on(const char *first, const char *at, enum style style, int last) {
  return style == STYLE_DIGITS && at > first && (unsigned char)at[-1] >= 0x80 && number_at(at) == last + 1;
}

static void split_by_style(struct list *list, const char *first, enum style style) {
  const char *from = NULL;
  int last = 0;
  for (const char *at = first; *at && list->into->count <= LEDGER_MEASURES_MOST;) {
    const char *behind = at;
    if (marker(&behind) == style && (place_for(first, at, style) || runs_on(first, at, style, last))) {
      if (from) item_add(list, from, at);
      last = number_at(at);
      from = at = behind;
      continue;
    }
    at++;
    while (((unsigned char)*at & 0xC0) == 0x80) at++;
  }
  if (from) item_add(list, from, from + strlen(from));
}

/* A line of its own may still carry a marker. */
static const char *marker_off(const char *from, const char *end) {
  const char *look = blanks(from), *behind = look;
  enum style style = marker(&behind);
  return style != STYLE_NONE && style != STYLE_LETTER && behind < end ? behind : from;
}

static void split_at(struct list *list, const char *text, const char *const *marks) {
  while (*text && list->into->count <= LEDGER_MEASURES_MOST) {
    const char *end = text + strlen(text), *next = end;
    for (const char *const *mark = marks; *mark; mark++) {
      const char *at = strstr(text, *mark);
      if (at && at < end) end = at, next = at + strlen(*mark);
    }
    item_add(list, marker_off(text, end), end);
    text = next;
  }
}

struct ledger_measures ledger_measures(struct arena *arena, const char *text, const struct ledger_dating *dating) {
  static const char *const LINES[] = {"\r\n", "\n", "\r", NULL}, *const SENTENCES[] = {"；", ";", NULL};
  struct ledger_measures measures = {0};
  struct list list = {arena, dating, &measures, 0};
  const char *first = NULL;
  if (ledger_empty(text)) return measures;
  text = trimmed(arena, text, strlen(text));
  enum style style = style_of(text, &first);
  if (style != STYLE_NONE && first != text && strstr(text, "\n") && strstr(text, "\n") < first && style != STYLE_FIRSTLY &&
      first - text > 60)
    style = STYLE_NONE;
  if (style != STYLE_NONE) {
    size_t before = (size_t)(first - text);
    const char *introduction = trimmed(arena, text, before);
    size_t length = strlen(introduction);
    bool announces = length == 0 || introduction[length - 1] == ':' || (length >= 3 && strcmp(introduction + length - 3, "：") == 0);
    if (!announces) item_add(&list, introduction, introduction + length);
    split_by_style(&list, first, style);
  } else if (strpbrk(text, "\r\n")) split_at(&list, text, LINES);
  else split_at(&list, text, SENTENCES);
  return measures;
}
