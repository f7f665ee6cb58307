/* What is released, from the inner side to the portal: the items that changed since the last package (or all, when the store was made
   anew), the pictures that came, how far it is true, and up to which number each portal's submissions were taken in. A package that begins
   behind what stands is refused, and the missing ones named; one that brings nothing new is taken as taken. */
#include "exchange/ferry_parts.h"

#include <stdio.h>
#include <string.h>

#define LAST "ferry:contents:last"

struct position { char generation[33]; int64_t after; bool whole; };

static bool position_read(struct public_store *store, int64_t number, struct arena *arena, struct position *position) {
  char *value = NULL;
  long long after = 0;
  int whole = 0;
  if (inbox_noted(store, arena_print(arena, "ferry:contents:%lld", (long long)number), arena, &value) != STORE_OK) return false;
  if (sscanf(value, "%32s %lld %d", position->generation, &after, &whole) != 3) return false;
  position->after = after;
  position->whole = whole;
  return true;
}

/* Where the package begins: behind the last one, or where a lost one began. */
static bool begin(struct public_store *store, int64_t again, const struct public_state *state, struct arena *arena,
                  struct position *position, int64_t *number, struct label *reason) {
  struct position old;
  int64_t last = ferry_noted(store, LAST, arena);
  *number = last + 1;
  *position = (struct position){.whole = true};
  snprintf(position->generation, sizeof position->generation, "%s", state->generation);
  if (again && (again > last || !position_read(store, again, arena, &old))) {
    *reason = label_print(arena, "没有第 %lld 个包；最近写出的是第 %lld 个。", "there is no package %lld; the last one written is %lld.",
                          (long long)again, (long long)last);
    return false;
  }
  if (again && strcmp(old.generation, state->generation) == 0) *position = old;
  if (again) return true;
  int64_t revision = ferry_noted(store, "ferry:contents:revision", arena);
  if (last && position_read(store, last, arena, &old) && strcmp(old.generation, state->generation) == 0)
    *position = (struct position){.after = revision}, snprintf(position->generation, sizeof position->generation, "%s", state->generation);
  return true;
}

struct writing { struct json *json; struct arena *arena; struct ferry_told *told; struct public_store *store; };

static bool item_write(void *with, const struct public_item *item) {
  struct writing *writing = with;
  json_open(writing->json, '[');
  json_text(writing->json, item->kind);
  json_text(writing->json, item->key);
  json_integer(writing->json, item->revision);
  json_text(writing->json, item->body);
  json_close(writing->json, ']');
  writing->told->items++;
  return true;
}
static bool picture_write(void *with, const struct public_picture *picture) {
  struct writing *writing = with;
  json_open(writing->json, '[');
  json_text(writing->json, picture->name);
  json_text(writing->json, picture->media_type);
  json_text(writing->json, ferry_base64(writing->arena, picture->bytes, picture->size));
  json_close(writing->json, ']');
  writing->told->pictures++;
  return true;
}
static bool portal_write(void *with, const char *portal, int64_t taken) {
  struct writing *writing = with;
  json_pair_integer(writing->json, portal, taken);
  return true;
}

static enum store_error contents_write(struct writing *writing, const struct public_state *state, const struct position *position,
                                       int64_t number) {
  struct json *json = writing->json;
  int64_t after = position->whole ? -1 : position->after;
  json_open(json, '{');
  json_pair(json, "direction", "contents");
  json_pair_integer(json, "number", number);
  json_pair(json, "generation", state->generation);
  json_pair_yes_no(json, "whole", position->whole);
  json_pair_integer(json, "after", position->whole ? 0 : position->after);
  json_pair_integer(json, "revision", state->revision);
  json_pair_integer(json, "journal", state->journal);
  json_pair_integer(json, "moment", state->moment);
  json_pair(json, "told", state->told);
  json_key(json, "items");
  json_open(json, '[');
  enum store_error error = public_items(writing->store, NULL, after, !position->whole, item_write, writing);
  json_close(json, ']');
  json_key(json, "pictures");
  json_open(json, '[');
  if (!error) error = public_pictures(writing->store, after, picture_write, writing);
  json_close(json, ']');
  json_key(json, "taken");
  json_open(json, '{');
  if (!error) error = inbox_portals(writing->store, portal_write, writing);
  json_close(json, '}');
  json_close(json, '}');
  return error;
}

static enum store_error note(struct public_store *store, int64_t number, const struct position *position, int64_t revision,
                             struct arena *arena) {
  enum store_error error = inbox_note(store, arena_print(arena, "ferry:contents:%lld", (long long)number),
                                      arena_print(arena, "%s %lld %d", position->generation, (long long)position->after, position->whole));
  if (!error) error = inbox_note(store, "ferry:contents:revision", arena_print(arena, "%lld", (long long)revision));
  return error ? error : inbox_note(store, LAST, arena_print(arena, "%lld", (long long)number));
}

bool ferry_contents_write(struct public_store *store, int64_t again, struct buffer *out, struct ferry_told *told, struct label *reason,
                          struct arena *arena) {
  struct public_state state;
  struct position position;
  struct buffer body = {.arena = arena};
  struct json json = json_to(&body);
  struct writing writing = {&json, arena, told, store};
  *told = (struct ferry_told){0};
  enum store_error error = public_state_read(store, &state);
  if (error) return ferry_store_wrong(error, reason);
  if (!begin(store, again, &state, arena, &position, &told->number, reason)) return false;
  told->whole = position.whole;
  error = contents_write(&writing, &state, &position, told->number);
  if (!error && !ferry_seal(public_folder(store), &body, out, reason, arena)) return false;
  if (!error) error = note(store, told->number, &position, state.revision, arena);
  return error ? ferry_store_wrong(error, reason) : true;
}

/* ---- taking ---- */

static bool items_read(json_t *list, struct public_item **items, size_t *count, const char *signed_by, struct label *reason,
                       struct arena *arena) {
  size_t room = json_array_size(list);
  *items = ARENA_ARRAY(arena, struct public_item, room + 1);
  for (size_t i = 0; i < room; i++) {
    json_t *one = json_array_get(list, i);
    struct public_item item = {json_string_value(json_array_get(one, 0)), json_string_value(json_array_get(one, 1)),
                               json_string_value(json_array_get(one, 3)), json_integer_value(json_array_get(one, 2))};
    if (!item.kind || !item.key) {
      *reason = (struct label){"包里的内容读不懂。", "what the package holds cannot be read."};
      return false;
    }
    if (strcmp(item.kind, "key") == 0 && item.body && !strstr(item.body, signed_by)) { /* whom to seal for is whom we trust */
      *reason = (struct label){"包里的内网公钥不是签名的那一个。", "the inner key in the package is not the one that signed it."};
      return false;
    }
    (*items)[(*count)++] = item;
  }
  return true;
}

static void pictures_read(json_t *list, struct public_picture **pictures, size_t *count, struct arena *arena) {
  size_t room = json_array_size(list);
  *pictures = ARENA_ARRAY(arena, struct public_picture, room + 1);
  for (size_t i = 0; i < room; i++) {
    json_t *one = json_array_get(list, i);
    struct public_picture picture = {.name = json_string_value(json_array_get(one, 0)),
                                     .media_type = json_string_value(json_array_get(one, 1))};
    picture.bytes = ferry_from_base64(arena, json_string_value(json_array_get(one, 2)), &picture.size);
    if (picture.name && picture.media_type && picture.bytes) (*pictures)[(*count)++] = picture;
  }
}

/* May it be applied onto what stands? *before: it brings nothing that is not there. */
static bool fits(json_t *package, const struct public_state *now, int64_t last, bool *before, struct label *reason, struct arena *arena) {
  const char *generation = json_string_value(json_object_get(package, "generation"));
  int64_t number = json_integer_value(json_object_get(package, "number")), after = json_integer_value(json_object_get(package, "after"));
  bool whole = json_is_true(json_object_get(package, "whole")), same = generation && strcmp(generation, now->generation) == 0;
  *before = number <= last && !(same && json_integer_value(json_object_get(package, "revision")) > now->revision);
  if (*before || whole || (same && after <= now->revision)) return true;
  *reason = number - last > 2
                ? label_print(arena, "缺第 %lld 至 %lld 个包：在内网用 bihuan ferry out 文件 --from %lld 再写一次。",
                              "packages %lld to %lld are missing: write them again inside by bihuan ferry out FILE --from %lld.",
                              (long long)last + 1, (long long)number - 1, (long long)last + 1)
                : label_print(arena, "缺第 %lld 个包：在内网用 bihuan ferry out 文件 --from %lld 再写一次。",
                              "package %lld is missing: write it again inside by bihuan ferry out FILE --from %lld.", (long long)last + 1,
                              (long long)last + 1);
  return false;
}

static enum store_error apply(struct public_store *store, json_t *package, const struct public_item *items, size_t count,
                              const struct public_picture *pictures, size_t picture_count) {
  struct public_state state = {.journal = json_integer_value(json_object_get(package, "journal")),
                               .moment = json_integer_value(json_object_get(package, "moment")),
                               .revision = json_integer_value(json_object_get(package, "revision"))};
  const char *generation = json_string_value(json_object_get(package, "generation")),
             *told = json_string_value(json_object_get(package, "told"));
  snprintf(state.generation, sizeof state.generation, "%s", generation ? generation : "");
  snprintf(state.told, sizeof state.told, "%s", told ? told : "");
  enum store_error error = public_apply(store, items, count, pictures, picture_count, &state,
                                        json_is_true(json_object_get(package, "whole")));
  json_t *taken = json_object_get(json_object_get(package, "taken"), inbox_portal(store));
  return error || !taken ? error : inbox_acknowledge(store, inbox_portal(store), json_integer_value(taken));
}

static bool take(struct public_store *store, json_t *package, const char *signed_by, struct ferry_told *told, struct label *reason,
                 struct arena *arena) {
  struct public_state now;
  struct public_item *items = NULL;
  struct public_picture *pictures = NULL;
  size_t count = 0, picture_count = 0;
  int64_t last = ferry_noted(store, LAST, arena);
  enum store_error error = public_state_read(store, &now);
  *told = (struct ferry_told){.number = json_integer_value(json_object_get(package, "number")),
                              .whole = json_is_true(json_object_get(package, "whole"))};
  if (error) return ferry_store_wrong(error, reason);
  if (!fits(package, &now, last, &told->before, reason, arena)) return false;
  if (told->before) return true;
  if (!items_read(json_object_get(package, "items"), &items, &count, signed_by, reason, arena)) return false;
  pictures_read(json_object_get(package, "pictures"), &pictures, &picture_count, arena);
  told->items = (int64_t)count;
  told->pictures = (int64_t)picture_count;
  error = apply(store, package, items, count, pictures, picture_count);
  if (!error && told->number > last) error = inbox_note(store, LAST, arena_print(arena, "%lld", (long long)told->number));
  return error ? ferry_store_wrong(error, reason) : true;
}

bool ferry_contents_take(struct public_store *store, const char *bytes, size_t size, struct ferry_told *told, struct label *reason,
                         struct arena *arena) {
  char *signed_by = NULL;
  json_t *package = ferry_open(public_folder(store), bytes, size, "contents", &signed_by, reason, arena);
  bool taken = package && take(store, package, signed_by, told, reason, arena);
  json_decref(package);
  return taken;
}
