/* bihuan backup: online, into an empty folder: the database while others write, then the evidence files, last the manifest with
   every file's hash. Without a manifest a backup is not one. Keys are never in it: only which ones it needs. */
#include "command/program.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "command/files.h"
#include "command/manifest.h"
#include "exchange/files.h"

struct backup {
  struct call *call;
  const char *folder;
  struct json json;
  struct tree_head head; const char *head_line;
  int64_t files, bytes;
  struct label wrong;
};

/* One line of the manifest; hashes what was written, not what was meant to be. */
static bool note_file(struct backup *backup, const char *path) {
  uint8_t hash[HASH_SIZE];
  int64_t size = 0;
  struct arena *arena = backup->call->arena;
  if (!hash_file(hash, arena_print(arena, "%s/%s", backup->folder, path), &size)) {
    backup->wrong = label_print(arena, "备份文件“%s”读不回来:%s。", "the backup file \"%s\" cannot be read back: %s.", path, strerror(errno));
    return false;
  }
  json_open(&backup->json, '{');
  json_pair(&backup->json, "path", path);
  json_pair_integer(&backup->json, "size", size);
  json_pair(&backup->json, "sha256", hex_write(arena, hash, HASH_SIZE));
  json_close(&backup->json, '}');
  backup->files++;
  backup->bytes += size;
  return true;
}

static bool note_database(struct backup *backup) {
  static const char *const names[] = {"store.db", "side.db", "store.dump"};
  bool noted = true;
  for (size_t i = 0; i < sizeof names / sizeof *names && noted; i++)
    if (access(arena_print(backup->call->arena, "%s/%s", backup->folder, names[i]), F_OK) == 0) noted = note_file(backup, names[i]);
  return noted;
}

static bool evidence_take(void *with, const char *name, const char *path, int64_t size) {
  struct backup *backup = with;
  struct arena *arena = backup->call->arena;
  const char *to = arena_print(arena, "evidence/%.2s/%s", name, name + 2), *whole = arena_print(arena, "%s/%s", backup->folder, to);
  (void)size;
  if (!folders_make(arena, whole) || !copy_file(path, whole)) {
    if (errno == ENOENT && access(path, F_OK) != 0) return true; /* destroyed meanwhile */
    backup->wrong = label_print(arena, "复制佐证文件失败:%s。", "an evidence file could not be copied: %s.", strerror(errno));
    return false;
  }
  return note_file(backup, to);
}

static void manifest_open(struct backup *backup) {
  struct call *call = backup->call;
  struct json *json = &backup->json;
  uint8_t public_key[PUBLIC_KEY_SIZE] = {0};
  tree_public_key(call->house->store, public_key); /* a head was just signed */
  json_open(json, '{');
  json_pair(json, "format", MANIFEST_FORMAT);
  json_pair(json, "version", BIHUAN_VERSION);
  json_pair_integer(json, "schema", SCHEMA.version);
  json_pair(json, "made_at", moment_print(call->arena, moment_system()));
  json_pair(json, "store", store_name(call->house->store));
  json_pair(json, "store_id", backup->head.store_id);
  json_pair_integer(json, "epoch", backup->head.epoch);
  json_pair_integer(json, "journal", backup->head.size);
  json_pair(json, "tree_head", backup->head_line);
  json_key(json, "keys");
  json_open(json, '{');
  json_key(json, "contact");
  json_open(json, '{');
  json_pair_integer(json, "id", call->house->contact_key->newest);
  json_pair(json, "fingerprint", contact_fingerprint(call->arena, call->house->contact_key->keys[call->house->contact_key->newest - 1]));
  json_close(json, '}');
  json_key(json, "signing");
  json_open(json, '{');
  json_pair(json, "public", hex_write(call->arena, public_key, sizeof public_key));
  json_close(json, '}');
  json_close(json, '}');
  json_key(json, "files");
  json_open(json, '[');
}

static int sign_head(struct backup *backup) {
  struct call *call = backup->call;
  struct reader *reader = NULL;
  enum store_error error = store_reader(call->house->store, &reader);
  if (!error) error = tree_head_sign(call->house->store, reader, &backup->head);
  reader_release(reader);
  if (!error) backup->head_line = tree_head_print(call->arena, &backup->head);
  return error ? call_store_fail(call, error) : EXIT_DONE;
}

/* Later destructions name this backup. */
static enum store_error note_backup(struct backup *backup) {
  struct call *call = backup->call;
  const char *moment = moment_print(call->arena, moment_system());
  enum store_error error = side_put(call->house->store, SIDE_SETTING, arena_print(call->arena, "backup:%s:%s", moment, backup->folder),
                                    arena_print(call->arena, "%s %s", moment, backup->folder), 0);
  struct audit audit = {.moment = house_now(call->house),
                        .actor = call->authority.user,
                        .what = "backup",
                        .detail = arena_print(call->arena, "{\"journal\":%lld}", (long long)backup->head.size)};
  return error ? error : audit_append(call->house->store, &audit);
}

static int report(struct backup *backup) {
  struct call *call = backup->call;
  if (call->json) {
    struct call_json out;
    struct json *json = call_json_open(call, &out);
    json_pair(json, "folder", backup->folder);
    json_pair_integer(json, "files", backup->files);
    json_pair_integer(json, "bytes", backup->bytes);
    json_pair_integer(json, "journal", backup->head.size);
    json_pair(json, "tree_head", backup->head_line);
    call_json_close(call, &out);
    return EXIT_DONE;
  }
  call_print(call, "备份完成:%s(%lld 个文件,%lld 字节,至少含到日志第 %lld 条)", "backed up: %s (%lld files, %lld bytes, with the journal to %lld at least)",
             backup->folder, (long long)backup->files, (long long)backup->bytes, (long long)backup->head.size);
  call_print(call, "存证根:%s", "tree head: %s", backup->head_line);
  call_print(call, "密钥不在备份里。另行保存 %s/keys(联系电话密钥 %u 个、签名密钥);以后如销毁过记录,还要 %s/destructions.json。",
             "Keys are not in it. Keep %s/keys elsewhere (contact keys: %u; signing key) and, once something is destroyed, %s/destructions.json.", call->house->data, call->house->contact_key->newest, call->house->data);
  return EXIT_DONE;
}

int command_backup(struct call *call) {
  struct label reason = {NULL, NULL};
  struct buffer manifest = {.arena = call->arena};
  if (!call_words(call, 1, 1)) return EXIT_USE;
  struct backup backup = {.call = call, .folder = call_path(call, call->argv[0]), .json = json_to(&manifest)};
  if (!folder_is_empty(backup.folder))
    return call_fail(call, EXIT_USE,
                     label_print(call->arena, "备份要写到空文件夹,“%s”不是空的。",
                                 "a backup goes into an empty folder; \"%s\" is not empty.", backup.folder));
  int status = sign_head(&backup);
  if (status) return status;
  enum store_error error = store_backup(call->house->store, backup.folder, call->arena, &reason);
  if (error) return call_fail(call, EXIT_STORE, reason.zh ? reason : store_error_label(error));
  manifest_open(&backup);
  bool whole = note_database(&backup);
  if (whole) error = file_list(call->house->data, evidence_take, &backup);
  if (backup.wrong.zh) return call_fail(call, EXIT_STORE, backup.wrong);
  json_close(&backup.json, ']');
  json_close(&backup.json, '}');
  buffer_byte(&manifest, '\n');
  if (!error && !folder_sync_all(backup.folder))
    return call_fail(call, EXIT_STORE,
                     label_print(call->arena, "备份文件夹“%s”不能落盘:%s。", "the backup folder \"%s\" cannot be synced: %s.",
                                 backup.folder, strerror(errno)));
  if (!error) error = file_write_whole(arena_print(call->arena, "%s/" MANIFEST_FILE, backup.folder), manifest.bytes, manifest.size);
  if (!error) error = note_backup(&backup);
  return error ? call_store_fail(call, error) : report(&backup);
}
