/* Cutting JSON (json_cut.h). */
#include "exchange/json_cut.h"

#include <string.h>

/* ---- places and refusals ---- */

bool json_cut_refuse(struct json_cut *cut, struct label why) {
  if (!cut->wrong.zh) cut->wrong = why;
  return false;
}

/* `line`: how many lines behind the one in which byte `at` stands. */
static bool no_json(struct json_cut *cut, size_t at, int line, int column, const char *why) {
  for (size_t i = 0; i < at && i < cut->size; i++) line += cut->bytes[i] == '\n';
  return json_cut_refuse(cut, label_print(cut->arena, "不是 JSON(第 %d 行第 %d 列:%s)", "it is no JSON (line %d, column %d: %s)", line + 1,
                                          column, why));
}

/* The column of a byte, as jansson counts: characters of its line. */
static int column_at(const struct json_cut *cut, size_t at) {
  size_t from = at;
  int column = 1;
  while (from > 0 && cut->bytes[from - 1] != '\n') from--;
  for (; from < at && from < cut->size; from++) column += ((unsigned char)cut->bytes[from] & 0xC0) != 0x80;
  return column;
}

bool json_cut_unexpected(struct json_cut *cut, const char *wanted) {
  const char *why = cut->at < cut->size ? arena_print(cut->arena, "%s expected", wanted) : "premature end";
  return no_json(cut, cut->at, 0, column_at(cut, cut->at), why);
}

/* ---- cutting ---- */

char json_cut_next(struct json_cut *cut) {
  while (cut->at < cut->size && cut->bytes[cut->at] && strchr(" \t\r\n", cut->bytes[cut->at])) cut->at++;
  return cut->at < cut->size ? cut->bytes[cut->at] : 0;
}

/* Is it this one? Then it is passed. */
static bool json_cut_mark(struct json_cut *cut, char mark) {
  if (json_cut_next(cut) != mark) return false;
  cut->at++;
  return true;
}

static void text_pass(struct json_cut *cut) {
  for (cut->at++; cut->at < cut->size && cut->bytes[cut->at] != '"'; cut->at++)
    if (cut->bytes[cut->at] == '\\') cut->at++;
  if (cut->at < cut->size) cut->at++;
}

struct json_slice json_cut_pass(struct json_cut *cut) {
  struct json_slice slice = {.begin = (json_cut_next(cut), cut->at)};
  size_t depth = 0;
  while (cut->at < cut->size) {
    char mark = cut->bytes[cut->at];
    if (mark == '"') {
      text_pass(cut);
      if (depth) continue;
      break;
    }
    bool opens = mark == '{' || mark == '[', closes = mark == '}' || mark == ']';
    if (!depth && (closes || mark == ',' || mark == ':')) break;
    depth = depth + opens - closes;
    cut->at++;
    if (closes && !depth) break;
  }
  if (cut->at > cut->size) cut->at = cut->size;
  slice.end = cut->at;
  return slice;
}

json_t *json_cut_value(struct json_cut *cut) {
  struct json_slice slice = json_cut_pass(cut);
  json_error_t error = {0};
  if (slice.end - slice.begin > cut->value_most) {
    json_cut_refuse(cut, label_print(cut->arena, "第 %d 列起的一条超过 %zu KB,请核对文件",
                                     "one item, from column %d, is larger than %zu KB. Check the file", column_at(cut, slice.begin),
                                     cut->value_most >> 10));
    return NULL;
  }
  json_t *value = json_loadb(cut->bytes + slice.begin, slice.end - slice.begin, JSON_DECODE_ANY | cut->flags, &error);
  if (!value && error.line > 1) no_json(cut, slice.begin, error.line - 1, error.column, arena_text(cut->arena, error.text));
  else if (!value)
    no_json(cut, slice.begin, 0, column_at(cut, slice.begin) + (error.column > 0 ? error.column - 1 : 0),
            arena_text(cut->arena, error.text));
  return value;
}

/* ---- walking ---- */

bool json_cut_items(struct json_cut *cut, size_t most, json_item_sink *sink, void *with) {
  size_t count = 0;
  if (!json_cut_mark(cut, '[')) return json_cut_unexpected(cut, "'['");
  if (json_cut_mark(cut, ']')) return true;
  do {
    if (++count > most)
      return json_cut_refuse(cut, label_print(cut->arena, "超过 %zu 条,请分成几个文件", "more than %zu items. Split it into several files",
                                              most));
    if (!sink(cut, count, with)) return false;
  } while (json_cut_mark(cut, ','));
  return json_cut_mark(cut, ']') ? true : json_cut_unexpected(cut, "']'");
}

bool json_cut_members(struct json_cut *cut, json_member_sink *sink, void *with) {
  if (!json_cut_mark(cut, '{')) return json_cut_unexpected(cut, "'{'");
  if (json_cut_mark(cut, '}')) return true;
  do {
    json_t *name = json_cut_value(cut);
    bool good = name && (json_is_string(name) || json_cut_unexpected(cut, "string"));
    if (good) good = json_cut_mark(cut, ':') ? sink(cut, json_string_value(name), with) : json_cut_unexpected(cut, "':'");
    json_decref(name);
    if (!good) return false;
  } while (json_cut_mark(cut, ','));
  return json_cut_mark(cut, '}') ? true : json_cut_unexpected(cut, "'}'");
}

bool json_cut_end(struct json_cut *cut) {
  bool more = json_cut_next(cut) || cut->at < cut->size;
  return more ? json_cut_unexpected(cut, "end of file") : true;
}
