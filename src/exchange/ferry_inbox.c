/* What came in, from the portal to the inner side: everything that is not known to have been taken yet, sealed as it stands. So a package
   that is lost costs nothing: the next one has it too. */
#include "exchange/ferry_parts.h"

#include <stdio.h>
#include <string.h>

struct writing { struct json *json; struct ferry_told *told; };

static bool entry_write(void *with, const struct inbox_entry *entry) {
  struct writing *writing = with;
  json_open(writing->json, '[');
  json_integer(writing->json, entry->number);
  json_text(writing->json, entry->kind);
  json_text(writing->json, entry->tracking);
  json_text(writing->json, entry->sealed);
  json_text(writing->json, entry->picture);
  json_integer(writing->json, entry->received);
  json_close(writing->json, ']');
  writing->told->items++;
  return true;
}

bool ferry_inbox_write(struct public_store *store, struct buffer *out, struct ferry_told *told, struct label *reason, struct arena *arena) {
  struct buffer body = {.arena = arena};
  struct json json = json_to(&body);
  struct writing writing = {&json, told};
  const char *portal = inbox_portal(store);
  int64_t after = 0;
  *told = (struct ferry_told){.number = ferry_noted(store, "ferry:inbox:last", arena) + 1};
  enum store_error error = inbox_taken_until(store, portal, &after);
  json_open(&json, '{');
  json_pair(&json, "direction", "inbox");
  json_pair_integer(&json, "number", told->number);
  json_pair(&json, "portal", portal);
  json_pair_integer(&json, "after", after);
  json_key(&json, "entries");
  json_open(&json, '[');
  if (!error) error = inbox_list(store, portal, after, false, entry_write, &writing);
  json_close(&json, ']');
  json_close(&json, '}');
  if (!error && !ferry_seal(public_folder(store), &body, out, reason, arena)) return false;
  if (!error) error = inbox_note(store, "ferry:inbox:last", arena_print(arena, "%lld", (long long)told->number));
  return error ? ferry_store_wrong(error, reason) : true;
}

/* Entries as the package has them; those that stand already are left as they are by the store. */
static size_t entries_read(json_t *list, const char *portal, struct inbox_entry *entries) {
  size_t count = 0;
  for (size_t i = 0; i < json_array_size(list); i++) {
    json_t *one = json_array_get(list, i);
    struct inbox_entry entry = {.portal = portal,
                                .number = json_integer_value(json_array_get(one, 0)),
                                .kind = json_string_value(json_array_get(one, 1)),
                                .tracking = json_string_value(json_array_get(one, 2)),
                                .sealed = json_string_value(json_array_get(one, 3)),
                                .picture = json_string_value(json_array_get(one, 4)),
                                .received = json_integer_value(json_array_get(one, 5))};
    if (entry.number > 0 && entry.kind && entry.sealed) entries[count++] = entry;
  }
  return count;
}

static bool take(struct public_store *store, json_t *package, struct ferry_told *told, struct label *reason, struct arena *arena) {
  json_t *list = json_object_get(package, "entries");
  const char *portal = json_string_value(json_object_get(package, "portal"));
  int64_t after = json_integer_value(json_object_get(package, "after")), last = 0;
  struct inbox_entry *entries = ARENA_ARRAY(arena, struct inbox_entry, json_array_size(list) + 1);
  if (!portal || strlen(portal) != 32) {
    *reason = (struct label){"包里没有写明是哪个门户。", "the package does not say of which portal it is."};
    return false;
  }
  enum store_error error = inbox_last(store, portal, &last);
  if (!error && after > last) {
    *reason = label_print(arena, "缺门户第 %lld 至 %lld 件来件：它们已经被确认收下，这里却没有；请从备份恢复收件箱。", "submissions %lld to %lld of the portal are missing: they are told to be taken in, but are not here; restore the inbox from a backup.", (long long)last + 1, (long long)after);
    return false;
  }
  size_t count = entries_read(list, portal, entries);
  *told = (struct ferry_told){.number = json_integer_value(json_object_get(package, "number")),
                              .items = (int64_t)count,
                              .before = count > 0 && entries[count - 1].number <= last};
  if (!error) error = inbox_import(store, entries, count);
  return error ? ferry_store_wrong(error, reason) : true;
}

bool ferry_inbox_take(struct public_store *store, const char *bytes, size_t size, struct ferry_told *told, struct label *reason,
                      struct arena *arena) {
  json_t *package = ferry_open(public_folder(store), bytes, size, "inbox", NULL, reason, arena);
  bool taken = package && take(store, package, told, reason, arena);
  json_decref(package);
  return taken;
}
