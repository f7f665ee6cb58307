/* A JSON document of records as csv text, so that one reader checks all files: the first item stands in row 2 under a header made of all
   names, in the order in which they come. What is sent may be hostile: items are cut out and parsed one by one, so that however many there
   are, and whatever an item holds, no more than one of them lies in memory. */
#include "exchange/json_cut.h"

#include <stdlib.h>
#include <string.h>

#include "exchange/import_parts.h"
#include "exchange/sheet.h"

#define NAMES_MOST 500u                  /* of one document */
#define ITEMS_MOST 1000000u
#define VALUE_MOST ((size_t)1 << 20)     /* bytes of one item */

struct names { const char *items[NAMES_MOST]; size_t count; json_t *seen; };
typedef bool record_sink(struct staging *staging, json_t *item, int64_t row, void *with);
struct walk { struct staging *staging; record_sink *sink; void *with; };

static bool refuse(struct staging *staging, int64_t row, struct label why) {
  staging_error(staging, row, NULL, "json", why);
  return false;
}

/* ---- walking ---- */

static bool item_take(struct json_cut *cut, size_t number, void *with) {
  struct walk *walk = with;
  json_t *item = json_cut_value(cut);
  bool good = item && walk->sink(walk->staging, item, (int64_t)number + 1, walk->with);
  json_decref(item);
  return good;
}

/* What is no JSON is told here; what the sink finds wrong, it tells. */
static bool items_walk(struct staging *staging, struct json_cut *cut, record_sink *sink, void *with) {
  struct walk walk = {staging, sink, with};
  bool good = json_cut_items(cut, ITEMS_MOST, item_take, &walk);
  return good || !cut->wrong.zh ? good : refuse(staging, 0, cut->wrong);
}

static bool no_list(struct json_cut *cut) {
  return json_cut_refuse(cut, (struct label){"应为对象的数组 [{…},…],或者只含一个这样数组的对象",
                                             "it must be an array of objects [{…},…], or an object that holds one such array"});
}

/* One member of the object around the list; the list's own place is kept. */
static bool member_pass(struct json_cut *cut, const char *name, void *with) {
  size_t *list = with;
  (void)name;
  if (json_cut_next(cut) == '[') {
    if (*list) return no_list(cut);
    *list = cut->at;
    json_cut_pass(cut);
    return true;
  }
  json_t *value = json_cut_value(cut);
  json_decref(value);
  return value != NULL;
}

/* The items: the document itself, or the one list in it. What stands around it is looked at here, the items where they are walked. */
static bool list_find(struct json_cut *cut, size_t *list) {
  *list = 0;
  if (json_cut_next(cut) == '[') {
    *list = cut->at;
    json_cut_pass(cut);
  } else if (json_cut_next(cut) != '{') return json_cut_unexpected(cut, "'[' or '{'");
  else {
    if (!json_cut_members(cut, member_pass, list)) return false;
    if (!*list) return no_list(cut);
  }
  return json_cut_end(cut);
}

/* ---- what becomes of an item ---- */

static bool names_take(struct staging *staging, json_t *item, int64_t row, void *with) {
  struct names *names = with;
  const char *name;
  json_t *value;
  if (!json_is_object(item)) return refuse(staging, row, (struct label){"应为对象 {…}", "must be an object {…}"});
  json_object_foreach(item, name, value) {
    if (json_object_get(names->seen, name)) continue;
    if (names->count == NAMES_MOST)
      return refuse(staging, 0, label_print(staging->arena, "字段名超过 %u 个", "more than %u different names", NAMES_MOST));
    names->items[names->count++] = arena_text(staging->arena, name);
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

static bool row_take(struct staging *staging, json_t *item, int64_t row, void *with) {
  struct writing *writing = with;
  (void)row;
  for (size_t k = 0; k < writing->names->count; k++)
    csv_write(writing->text, json_cell(writing->arena, json_object_get(item, writing->names->items[k])), k == 0, true);
  csv_write_end(writing->text);
  arena_reset(writing->arena);
  return grid_fits(staging, writing->text);
}

static bool rows_write(struct staging *staging, struct json_cut *cut, const struct names *names, struct buffer *text) {
  struct writing writing = {names, text, arena_new()};
  for (size_t k = 0; k < names->count; k++) csv_write(text, names->items[k], k == 0, true);
  csv_write_end(text);
  bool good = items_walk(staging, cut, row_take, &writing);
  arena_free(writing.arena);
  staging->staged->encoding = "json";
  return good;
}

bool grid_read_json(struct staging *staging, const char *bytes, size_t size, struct buffer *text) {
  size_t decoded, bad = 0, list = 0;
  char *utf8 = text_decode(staging->arena, bytes, size, &decoded, NULL, &bad);
  if (!utf8) {
    staging_error(staging, 0, NULL, "encoding",
                  label_print(staging->arena, "文件既不是 UTF-8 也不是 GB18030(第 %zu 个字节)",
                              "the file is neither UTF-8 nor GB18030 (byte %zu)", bad));
    return false;
  }
  struct json_cut cut = {.bytes = utf8,
                         .size = decoded,
                         .arena = staging->arena,
                         .value_most = VALUE_MOST,
                         .flags = JSON_REJECT_DUPLICATES};
  struct names names = {.seen = json_object()};
  bool good = list_find(&cut, &list) || refuse(staging, 0, cut.wrong), empty = false;
  if (good) {
    cut.at = list;
    good = items_walk(staging, &cut, names_take, &names);
    cut.at = list + 1;
    empty = good && json_cut_next(&cut) == ']';
  }
  json_decref(names.seen);
  if (empty) staging_error(staging, 0, NULL, "empty", (struct label){"一条也没有", "there is not one item"});
  else if (good && !names.count) staging_error(staging, 0, NULL, "empty", (struct label){"没有字段", "there are no fields"});
  cut.at = list;
  return good && names.count && rows_write(staging, &cut, &names, text);
}
