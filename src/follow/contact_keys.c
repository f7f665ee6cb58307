/* The keys that seal contacts. The store knows a print of each by its number (side values), so that no server makes a key of its own that
   the others cannot read; a backup never holds the keys themselves. The newest seals. One of before that is not here keeps closed what it
   sealed, and opens it again as soon as its file is put back: after a restore without keys nothing bears a number twice. */
#include "follow/contact_keys.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "exchange/files.h"

struct opening { struct house *house; unsigned flags; const char *folder; struct arena *arena; struct label *reason; };

const char *contact_key_file(struct arena *arena, unsigned number) {
  return number == 1 ? "contact.key" : arena_print(arena, "contact-%u.key", number);
}

static const char *path_of(const struct opening *opening, unsigned number) {
  return arena_print(opening->arena, "%s/%s", opening->folder, contact_key_file(opening->arena, number));
}

static const char *setting_of(struct arena *arena, unsigned number) {
  return number == 1 ? "keys.contact" : arena_print(arena, "keys.contact.%u", number);
}

static const char *print_of(struct arena *arena, const uint8_t key[KEY_SIZE]) {
  uint8_t print[HASH_SIZE];
  hash_bytes(print, key, KEY_SIZE);
  return hex_write(arena, print, sizeof print);
}

static enum store_error keys_elsewhere(const struct opening *opening) {
  *opening->reason = label_print(opening->arena, "%s 里没有这个库的密钥：把第一台服务器（或原来数据文件夹）的 keys 文件夹整个复制过来", "%s does not hold this store's keys: copy the whole keys folder of its first server (or former data folder) here", opening->house->data);
  return STORE_REFUSED;
}

/* ABSENT: there is no such file. */
static enum store_error file_read(const struct opening *opening, unsigned number) {
  struct secret_keys *keys = opening->house->contact_key;
  const char *path = path_of(opening, number);
  FILE *file = fopen(path, "rb");
  bool good = file && fread(keys->keys[number - 1], 1, KEY_SIZE, file) == KEY_SIZE;
  if (file) fclose(file);
  if (!good && access(path, F_OK) != 0) return STORE_ABSENT;
  if (good) return STORE_OK;
  *opening->reason = label_print(opening->arena, "联系方式密钥 %s 读不出来：应为 32 字节", "the contact key %s cannot be read: it must be 32 bytes", path);
  return STORE_REFUSED;
}

/* One that the store knows. Who only reads does without; the newest must be here for who writes, unless a next one is to be made. */
static enum store_error known_take(const struct opening *opening, unsigned number, const char *print, bool newest) {
  struct secret_keys *keys = opening->house->contact_key;
  bool needed = newest && !(opening->flags & (HOUSE_READ_ONLY | HOUSE_NEW_KEYS));
  enum store_error error = file_read(opening, number);
  if (error == STORE_ABSENT) return needed ? keys_elsewhere(opening) : STORE_OK;
  if (error) return error;
  keys->held[number - 1] = text_equal(print, print_of(opening->arena, keys->keys[number - 1]));
  return keys->held[number - 1] || (opening->flags & HOUSE_READ_ONLY) ? STORE_OK : keys_elsewhere(opening);
}

/* The store's next key: what lies in its place already (the very first may), else a random one. */
static enum store_error next_make(const struct opening *opening, unsigned number) {
  struct secret_keys *keys = opening->house->contact_key;
  uint8_t *key = keys->keys[number - 1];
  enum store_error error = file_read(opening, number);
  if (error == STORE_ABSENT) {
    if (!folder_make(opening->folder)) {
      *opening->reason = label_print(opening->arena, "建不了文件夹 %s", "cannot make the folder %s", opening->folder);
      return STORE_GONE;
    }
    random_bytes(key, KEY_SIZE);
    error = file_write_whole(path_of(opening, number), key, KEY_SIZE);
    if (error) *opening->reason = label_print(opening->arena, "写不了密钥 %s", "cannot write the key %s", path_of(opening, number));
  }
  if (!error) error = side_put(opening->house->store, SIDE_SETTING, setting_of(opening->arena, number), print_of(opening->arena, key), 0);
  keys->held[number - 1] = error == STORE_OK;
  keys->newest = number;
  return error;
}

enum store_error contact_keys_open(struct house *house, unsigned flags, struct arena *arena, struct label *reason) {
  const struct opening opening = {house, flags, arena_print(arena, "%s/keys", house->data), arena, reason};
  char *prints[SECRET_KEYS_MOST] = {NULL};
  unsigned known = 0;
  enum store_error error = STORE_OK;
  while (known < SECRET_KEYS_MOST && (error = side_get(house->store, SIDE_SETTING, setting_of(arena, known + 1), arena, &prints[known])) == STORE_OK) known++;
  if (error == STORE_ABSENT) error = STORE_OK;
  for (unsigned number = 1; number <= known && !error; number++) error = known_take(&opening, number, prints[number - 1], number == known);
  house->contact_key->newest = known;
  if (error || (flags & HOUSE_READ_ONLY) || (known && !(flags & HOUSE_NEW_KEYS))) return error;
  if (known < SECRET_KEYS_MOST) return next_make(&opening, known + 1);
  *reason = label_print(arena, "这个库已有 %u 个联系方式密钥，不能再建：请用 --keys 恢复原来的密钥", "this store has had %u contact keys and can have no more: restore with --keys", known);
  return STORE_REFUSED;
}
