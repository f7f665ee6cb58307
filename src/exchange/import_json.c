/* A JSON document of records as csv text, so that one reader checks all files: the first item stands in row 2 under a header made of all names, in the
   order in which they come. What is sent may be hostile: items are cut out and parsed one by one, so that however many there are, and whatever an
   item holds, no more than one of them lies in memory. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/import_parts.h"
#include "exchange/sheet.h"

#define NAMES_MOST 500u                  /* of one document */
#define ITEMS_MOST 1000000u
#define VALUE_MOST ((size_t)1 << 20)     /* bytes of one item */

struct names { const char *items[NAMES_MOST]; size_t count; json_t *seen; };
struct walk { struct staging *staging; const char *bytes; size_t size, at; };
struct slice { size_t begin, end; };
typedef bool item_sink(struct walk *walk, json_t *item, int64_t row, void *with);

/* ---- places and refusals ---- */

static bool refuse(struct staging *staging, int64_t row, struct label why) {
  staging_error(staging, row, NULL, "json", why);
  return false;
}

/* `line`: how many lines behind the one in which byte `at` stands. */
static bool no_json(struct walk *walk, size_t at, int line, int column, const char *why) {
  for (size_t i = 0; i < at && i < walk->size; i++) line += walk->bytes[i] == '\n';
  return refuse(walk->staging, 0, label_print(walk->staging->arena, "不是 JSON(第 %d 行第 %d 列:%s)", "it is no JSON (line %d, column %d: %s)", line + 1, column, why));
}

/* The column of a byte, as jansson counts: characters of its line. */
static int column_at(const struct walk *walk, size_t at) {
  size_t from = at;
  int column = 1;
  while (from > 0 && walk->bytes[from - 1] != '\n') from--;
  for (; from < at && from < walk->size; from++) column += ((unsigned char)walk->bytes[from] & 0xC0) != 0x80;
  return column;
}

static bool unexpected(struct walk *walk, const char *wanted) {
  const char *why = walk->at < walk->size ? arena_print(walk->staging->arena, "%s expected", wanted) : "premature end";
  return no_json(walk, walk->at, 0, column_at(walk, walk->at), why);
}

/* ---- cutting ---- */

static char next_mark(struct walk *walk) {
  while (walk->at < walk->size && walk->bytes[walk->at] && strchr(" \t\r\n", walk->bytes[walk->at])) walk->at++;
  return walk->at < walk->size ? walk->bytes[walk->at] : 0;
}

static bool mark_take(struct walk *walk, char mark) {
  if (next_mark(walk) != mark) return false;
  walk->at++;
  return true;
}

static bool text_pass(struct walk *walk) {
  for (walk->at++; walk->at < walk->size && walk->bytes[walk->at] != '"'; walk->at++)
    if (walk->bytes[walk->at] == '\\') walk->at++;
  if (walk->at < walk->size) walk->at++;
  return walk->at <= walk->size;
}

/* Whether what lies between is JSON, its parser says. */
static struct slice value_cut(struct walk *walk) {
  struct slice slice = {.begin = (next_mark(walk), walk->at)};
  size_t depth = 0;
  while (walk->at < walk->size) {
    char mark = walk->bytes[walk->at];
    if (mark == '"') {
      text_pass(walk);
      if (depth) continue;
      break;
    }
    bool opens = mark == '{' || mark == '[', closes = mark == '}' || mark == ']';
    if (!depth && (closes || mark == ',' || mark == ':')) break;
    depth = depth + opens - closes;
    walk->at++;
    if (closes && !depth) break;
  }
  if (walk->at > walk->size) walk->at = walk->size;
  slice.end = walk->at;
  return slice;
}

static json_t *value_parse(struct walk *walk, struct slice slice) {
  json_error_t error = {0};
  if (slice.end - slice.begin > VALUE_MOST) {
    refuse(walk->staging, 0, label_print(walk->staging->arena, "第 %d 列起的一条超过 %zu KB,请核对文件", "one item, from column %d, is larger than %zu KB. Check the file", column_at(walk, slice.begin), VALUE_MOST >> 10));
    return NULL;
  }
  json_t *value = json_loadb(walk->bytes + slice.begin, slice.end - slice.begin, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);
  if (!value && error.line > 1) no_json(walk, slice.begin, error.line - 1, error.column, arena_text(walk->staging->arena, error.text));
  else if (!value) no_json(walk, slice.begin, 0, column_at(walk, slice.begin) + (error.column > 0 ? error.column - 1 : 0), arena_text(walk->staging->arena, error.text));
  return value;
}

/* ---- walking ---- */

/* From "[" to behind "]". */
static bool items_walk(struct walk *walk, item_sink *sink, void *with) {
  size_t count = 0;
  if (!mark_take(walk, '[')) return unexpected(walk, "'['");
  if (mark_take(walk, ']')) return true;
  do {
    if (++count > ITEMS_MOST) return refuse(walk->staging, 0, label_print(walk->staging->arena, "超过 %u 条,请分成几个文件", "more than %u items. Split it into several files", ITEMS_MOST));
    json_t *item = value_parse(walk, value_cut(walk));
    bool good = item && sink(walk, item, (int64_t)count + 1, with);
    json_decref(item);
    if (!good) return false;
  } while (mark_take(walk, ','));
  return mark_take(walk, ']') ? true : unexpected(walk, "']'");
}

static bool no_list(struct walk *walk) {
  return refuse(walk->staging, 0, (struct label){"应为对象的数组 [{…},…],或者只含一个这样数组的对象", "it must be an array of objects [{…},…], or an object that holds one such array"});
}

/* One member of the object around the list; the list's own place is kept in *list. */
static bool member_pass(struct walk *walk, size_t *list) {
  json_t *name = value_parse(walk, value_cut(walk));
  bool good = json_is_string(name);
  json_decref(name);
  if (!name) return false;
  if (!good || !mark_take(walk, ':')) return unexpected(walk, good ? "':'" : "string");
  if (next_mark(walk) == '[') {
    if (*list) return no_list(walk);
    *list = walk->at;
    value_cut(walk);
    return true;
  }
  json_t *value = value_parse(walk, value_cut(walk));
  json_decref(value);
  return value != NULL;
}

/* The items: the document itself, or the one list in it. What stands around it is looked at here, the items where they are walked. */
static bool list_find(struct walk *walk, size_t *list) {
  *list = 0;
  if (next_mark(walk) == '[') {
    *list = walk->at;
    value_cut(walk);
  } else {
    if (!mark_take(walk, '{')) return unexpected(walk, "'[' or '{'");
    if (!mark_take(walk, '}')) {
      do if (!member_pass(walk, list)) return false;
      while (mark_take(walk, ','));
      if (!mark_take(walk, '}')) return unexpected(walk, "'}'");
    }
    if (!*list) return no_list(walk);
  }
  if (next_mark(walk) || walk->at < walk->size) return unexpected(walk, "end of file");
  return true;
}

/* ---- what becomes of an item ---- */

static bool names_take(struct walk *walk, json_t *item, int64_t row, void *with) {
  struct names *names = with;
  const char *name;
  json_t *value;
  if (!json_is_object(item)) return refuse(walk->staging, row, (struct label){"应为对象 {…}", "must be an object {…}"});
  json_object_foreach(item, name, value) {
    if (json_object_get(names->seen, name)) continue;
    if (names->count == NAMES_MOST) return refuse(walk->staging, 0, label_print(walk->staging->arena, "字段名超过 %u 个", "more than %u different names", NAMES_MOST));
    names->items[names->count++] = arena_text(walk->staging->arena, name);
    json_object_set_new(names->seen, name, json_true());
  }
  return true;
}

static const char *json_cell(struct arena *arena, json_t *value) {
  if (!value || json_is_null(value)) return NULL;
  if (json_is_string(value)) return json_string_value(value);
  if (json_is_integer(value)) return arena_print(arena, "%lld", (long long)json_integer_value(value));
  if (json_is_real(value)) return number_plain(arena, json_real_value(value));
  if (json_is_boolean(value)) return json_is_true(value) ? "1" : "0";
  char *text = json_dumps(value, JSON_COMPACT | JSON_PRESERVE_ORDER); /* what is nested stays as it was sent, as text */
  const char *kept = text ? arena_text(arena, text) : NULL;
  free(text);
  return kept;
}

struct writing { const struct names *names; struct buffer *text; struct arena *arena; };

static bool row_take(struct walk *walk, json_t *item, int64_t row, void *with) {
  struct writing *writing = with;
  (void)row;
  for (size_t k = 0; k < writing->names->count; k++) csv_write(writing->text, json_cell(writing->arena, json_object_get(item, writing->names->items[k])), k == 0, true);
  csv_write_end(writing->text);
  arena_reset(writing->arena);
  return grid_fits(walk->staging, writing->text);
}

static bool rows_write(struct walk *walk, const struct names *names, struct buffer *text) {
  struct writing writing = {names, text, arena_new()};
  for (size_t k = 0; k < names->count; k++) csv_write(text, names->items[k], k == 0, true);
  csv_write_end(text);
  bool good = items_walk(walk, row_take, &writing);
  arena_free(writing.arena);
  walk->staging->staged->encoding = "json";
  return good;
}

bool grid_read_json(struct staging *staging, const char *bytes, size_t size, struct buffer *text) {
  size_t decoded, bad = 0, list = 0;
  char *utf8 = text_decode(staging->arena, bytes, size, &decoded, NULL, &bad);
  if (!utf8) {
    staging_error(staging, 0, NULL, "encoding", label_print(staging->arena, "文件既不是 UTF-8 也不是 GB18030(第 %zu 个字节)", "the file is neither UTF-8 nor GB18030 (byte %zu)", bad));
    return false;
  }
  struct walk walk = {staging, utf8, decoded, 0};
  struct names names = {.seen = json_object()};
  bool good = list_find(&walk, &list), empty = false;
  if (good) {
    walk.at = list;
    good = items_walk(&walk, names_take, &names);
    walk.at = list + 1;
    empty = good && next_mark(&walk) == ']';
  }
  json_decref(names.seen);
  if (empty) staging_error(staging, 0, NULL, "empty", (struct label){"一条也没有", "there is not one item"});
  else if (good && !names.count) staging_error(staging, 0, NULL, "empty", (struct label){"没有字段", "there are no fields"});
  walk.at = list;
  return good && names.count && rows_write(&walk, &names, text);
}
