/* Reading what backups and destructions leave behind as JSON: MANIFEST.json and destructions.json. Apart from the rest because
   jansson and our own JSON writer do not stand in one file. */
#include "command/manifest.h"

#include <jansson.h>
#include <string.h>

#include "command/destruction.h"

char *contact_fingerprint(struct arena *arena, const uint8_t key[KEY_SIZE]) {
  static const char what[] = "bihuan contact key";
  uint8_t hash[HASH_SIZE];
  hash_prefixed(hash, 'K', what, sizeof what, key, KEY_SIZE);
  return hex_write(arena, hash, 8);
}

static const char *text_of(struct arena *arena, json_t *object, const char *key) {
  const char *text = json_string_value(json_object_get(object, key));
  return text ? arena_text(arena, text) : NULL;
}

/* Only names below the folder: no path leads out of it. */
static bool safe_path(const char *path) {
  bool safe = path && *path && *path != '/';
  for (const char *at = path; safe && at; at = strchr(at, '/')) {
    if (*at == '/') at++;
    safe = !(at[0] == '.' && (at[1] == 0 || at[1] == '/' || at[1] == '.')) && *at && *at != '/';
  }
  return safe;
}

static bool read_file(struct arena *arena, json_t *object, struct manifest_file *file) {
  const char *hash = json_string_value(json_object_get(object, "sha256"));
  json_t *size = json_object_get(object, "size");
  file->path = text_of(arena, object, "path");
  file->size = json_integer_value(size);
  return safe_path(file->path) && json_is_integer(size) && hash && hex_read(hash, file->hash, HASH_SIZE);
}

bool manifest_parse(struct arena *arena, const char *text, struct manifest *manifest, struct label *reason) {
  json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL), *files = json_object_get(root, "files"),
         *keys = json_object_get(root, "keys");
  bool right = root && text_equal(json_string_value(json_object_get(root, "format")), MANIFEST_FORMAT) && json_is_array(files);
  *manifest = (struct manifest){.store = text_of(arena, root, "store"),
                                .store_id = text_of(arena, root, "store_id"),
                                .tree_head = text_of(arena, root, "tree_head"),
                                .contact_fingerprint = text_of(arena, json_object_get(keys, "contact"), "fingerprint"),
                                .signing_public = text_of(arena, json_object_get(keys, "signing"), "public"),
                                .epoch = json_integer_value(json_object_get(root, "epoch")),
                                .journal = json_integer_value(json_object_get(root, "journal")),
                                .file_count = json_array_size(files)};
  json_int_t number = json_integer_value(json_object_get(json_object_get(keys, "contact"), "id"));
  manifest->contact_number = number > 0 && number <= SECRET_KEYS_MOST ? (unsigned)number : 1;
  right = right && manifest->store && manifest->store_id && manifest->tree_head && manifest->contact_fingerprint &&
          manifest->signing_public;
  if (right) manifest->files = ARENA_ARRAY(arena, struct manifest_file, manifest->file_count + 1);
  for (size_t i = 0; right && i < manifest->file_count; i++) right = read_file(arena, json_array_get(files, i), &manifest->files[i]);
  json_decref(root);
  if (!right)
    *reason = (struct label){"MANIFEST.json 不是完整的备份清单:备份没有做完,或被改动过。",
                             "MANIFEST.json is no whole manifest: the backup was not finished, or altered."};
  return right;
}

bool destructions_read(struct arena *arena, const char *text, const char *store_id, struct destroyed_before **list, size_t *count,
                       struct label *reason) {
  json_t *root = json_loads(text, 0, NULL), *items = json_object_get(root, "destructions");
  bool right = json_is_array(items);
  *reason = (struct label){"销毁清单读不懂:应是 DATA/destructions.json。",
                           "the list of destructions makes no sense: it should be a DATA/destructions.json."};
  *count = right ? json_array_size(items) : 0;
  *list = ARENA_ARRAY(arena, struct destroyed_before, *count + 1);
  for (size_t i = 0; right && i < *count; i++) {
    json_t *item = json_array_get(items, i);
    const char *type = json_string_value(json_object_get(item, "type"));
    (*list)[i] = (struct destroyed_before){type ? record_type_named(type) : NULL, json_integer_value(json_object_get(item, "id"))};
    right = (*list)[i].type && (*list)[i].id > 0;
  }
  if (right && !text_equal(json_string_value(json_object_get(root, "store_id")), store_id)) {
    right = false;
    *reason = (struct label){"销毁清单属于另一个库。", "the list of destructions is of another store."};
  }
  json_decref(root);
  return right;
}
