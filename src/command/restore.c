/* bihuan restore: a backup into an empty place. Checks every file against the manifest, copies, verifies the whole store against the
   tree head of the backup, destroys again what was destroyed after it, drops what belonged to the old process (sessions, leases,
   staged uploads), and begins a new epoch. What fails leaves nothing behind in the folder. */
#include "command/program.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "command/destruction.h"
#include "command/files.h"
#include "command/manifest.h"
#include "exchange/files.h"
#include "follow/contact_keys.h"
#include "rules/frozen.h"

struct restore {
  struct call *call;
  const char *folder, *keys, *destructions;
  bool no_destructions, made, filled;  /* made: the data folder is ours; filled: so is what is in the database */
  struct manifest manifest;
  struct tree_head head;
  int64_t entries, records, destroyed, damages;
};

/* ---- the backup ---- */
static int check_files(struct restore *restore) {
  struct call *call = restore->call;
  for (size_t i = 0; i < restore->manifest.file_count; i++) {
    const struct manifest_file *file = &restore->manifest.files[i];
    uint8_t hash[HASH_SIZE];
    int64_t size = 0;
    if (!hash_file(hash, arena_print(call->arena, "%s/%s", restore->folder, file->path), &size))
      return call_fail(call, EXIT_WRONG, label_print(call->arena, "备份缺文件“%s”。", "the backup lacks the file \"%s\".", file->path));
    if (size != file->size || memcmp(hash, file->hash, HASH_SIZE) != 0)
      return call_fail(call, EXIT_WRONG,
                       label_print(call->arena, "备份文件“%s”与清单的散列不符:它坏了或被改动过。",
                                   "the backup file \"%s\" does not match its hash in the manifest: it is damaged or altered.",
                                   file->path));
  }
  return EXIT_DONE;
}

static int read_manifest(struct restore *restore) {
  struct call *call = restore->call;
  struct label reason = {NULL, NULL};
  size_t size = 0;
  char *text = call_read_file(call, arena_print(call->arena, "%s/" MANIFEST_FILE, restore->folder), &size);
  if (!text) return EXIT_USE;
  if (!manifest_parse(call->arena, text, &restore->manifest, &reason)) return call_fail(call, EXIT_WRONG, reason);
  if (!tree_head_parse(restore->manifest.tree_head, &restore->head))
    return call_fail(call, EXIT_WRONG, (struct label){"清单里的存证根读不懂。", "the tree head in the manifest makes no sense."});
  bool postgres = strcmp(restore->manifest.store, "postgresql") == 0;
  if (postgres != (call->db != NULL))
    return call_fail(call, EXIT_USE,
                     postgres ? (struct label){"这是 PostgreSQL 库的备份,请用 --db 给一个空的数据库。",
                                               "this is the backup of a PostgreSQL store: give an empty database by --db."}
                              : (struct label){"这是 SQLite 库的备份,不能恢复到 --db。",
                                               "this is the backup of a SQLite store; it cannot go to --db."});
  return check_files(restore);
}

/* ---- keys ---- */
static const char *key_path(const struct restore *restore, const char *folder, const char *name) {
  return arena_print(restore->call->arena, "%s/%s", folder, name);
}

static bool key_read(const char *path, void *key, size_t size) {
  FILE *file = fopen(path, "rb");
  bool read = file && fread(key, 1, size, file) == size && fgetc(file) == EOF;
  if (file) fclose(file);
  return read;
}

/* Keys that are given must be the ones that the backup needs; a key file holds raw bytes or hexadecimal digits. */
static bool key_is(const struct restore *restore, const char *name, size_t size, uint8_t *key) {
  char text[2 * SECRET_KEY_SIZE + 2] = "";
  const char *path = key_path(restore, restore->keys, name);
  if (key_read(path, key, size)) return true;
  FILE *file = fopen(path, "rb");
  size_t got = file ? fread(text, 1, sizeof text - 1, file) : 0;
  if (file) fclose(file);
  text[got] = 0;
  text[strcspn(text, "\r\n ")] = 0;
  return hex_read(text, key, size);
}

static int check_keys(struct restore *restore) {
  struct call *call = restore->call;
  uint8_t contact[KEY_SIZE], public_key[PUBLIC_KEY_SIZE];
  if (!restore->keys) return EXIT_DONE;
  bool right = key_is(restore, contact_key_file(call->arena, restore->manifest.contact_number), sizeof contact, contact) &&
               strcmp(contact_fingerprint(call->arena, contact), restore->manifest.contact_fingerprint) == 0;
  if (!right)
    return call_fail(call, EXIT_WRONG,
                     label_print(call->arena, "“%s”里没有这个备份的联系电话密钥(指纹 %s)。",
                                 "\"%s\" does not hold this backup's contact key (fingerprint %s).", restore->keys,
                                 restore->manifest.contact_fingerprint));
  right = key_is(restore, "signing.pub", sizeof public_key, public_key) &&
          strcmp(hex_write(call->arena, public_key, sizeof public_key), restore->manifest.signing_public) == 0;
  if (!right)
    return call_fail(call, EXIT_WRONG,
                     label_print(call->arena, "“%s”里没有这个备份的签名密钥(公钥 %s)。",
                                 "\"%s\" does not hold this backup's signing key (public key %s).", restore->keys,
                                 restore->manifest.signing_public));
  return EXIT_DONE;
}

static int copy_keys(struct restore *restore) {
  struct call *call = restore->call;
  const char *names[SECRET_KEYS_MOST + 2] = {"signing.key", "signing.pub"};
  size_t count = 2;
  for (unsigned number = 1; restore->keys && number <= restore->manifest.contact_number; number++) { /* an older one may have been lost */
    const char *name = contact_key_file(call->arena, number);
    if (number == restore->manifest.contact_number || access(key_path(restore, restore->keys, name), F_OK) == 0) names[count++] = name;
  }
  const char *to = arena_print(call->arena, "%s/keys/", call->data);
  bool copied = folders_make(call->arena, to);
  if (restore->keys)
    for (size_t i = 0; i < count && copied; i++)
      copied = copy_file(key_path(restore, restore->keys, names[i]), arena_print(call->arena, "%s%s", to, names[i]));
  return copied ? EXIT_DONE
                : call_fail(call, EXIT_STORE,
                            label_print(call->arena, "复制密钥失败:%s。", "the keys could not be copied: %s.", strerror(errno)));
}

/* Without keys: the backup's heads are checked once against the public key of the manifest, then dropped with it. */
static int lend_public_key(struct restore *restore) {
  struct call *call = restore->call;
  uint8_t key[PUBLIC_KEY_SIZE];
  if (restore->keys) return EXIT_DONE;
  bool lent = hex_read(restore->manifest.signing_public, key, sizeof key);
  if (lent && !tree_head_holds(&restore->head, key))
    return call_fail(call, EXIT_WRONG,
                     (struct label){"清单里的存证根签名不成立。", "the signature of the manifest's tree head does not hold."});
  return lent ? EXIT_DONE : call_fail(call, EXIT_WRONG, (struct label){"清单里的公钥读不懂。", "the public key in the manifest makes no sense."});
}

/* ---- the copy ---- */
static int copy_all(struct restore *restore) {
  struct call *call = restore->call;
  struct label reason = {NULL, NULL};
  enum store_error error = store_restore(call->db ? call->db : call->data, restore->folder, call->arena, &reason);
  if (error) return call_fail(call, EXIT_STORE, reason);
  restore->filled = true;
  for (size_t i = 0; i < restore->manifest.file_count; i++) {
    const char *path = restore->manifest.files[i].path, *to = arena_print(call->arena, "%s/%s", call->data, path);
    if (strncmp(path, "evidence/", strlen("evidence/")) != 0) continue;
    if (!folders_make(call->arena, to) || !copy_file(arena_print(call->arena, "%s/%s", restore->folder, path), to))
      return call_fail(call, EXIT_STORE,
                       label_print(call->arena, "复制“%s”失败:%s。", "\"%s\" could not be copied: %s.", path, strerror(errno)));
  }
  if (!folder_sync_all(call->data))
    return call_fail(call, EXIT_STORE,
                     label_print(call->arena, "“%s”不能落盘:%s。", "\"%s\" cannot be synced: %s.", call->data, strerror(errno)));
  return EXIT_DONE;
}

/* ---- the store ---- */
struct dropped {
  struct store *store;
  enum side_kind kind;
  enum store_error error;
  struct arena *arena;
  const char *keys[64];
  size_t count;
};
static bool drop_take(void *with, const char *key, const char *value, size_t size, int64_t expires) {
  struct dropped *dropped = with;
  (void)value, (void)size, (void)expires;
  dropped->keys[dropped->count++] = arena_text(dropped->arena, key);
  return dropped->count < sizeof dropped->keys / sizeof *dropped->keys;
}

static enum store_error drop_side(struct restore *restore, enum side_kind kind) {
  struct dropped dropped = {.store = restore->call->house->store, .kind = kind, .arena = restore->call->arena};
  enum store_error error;
  do {
    dropped.count = 0;
    error = side_list(dropped.store, kind, "", drop_take, &dropped);
    for (size_t i = 0; i < dropped.count && !error; i++) error = side_remove(dropped.store, kind, dropped.keys[i]);
  } while (!error && dropped.count);
  return error;
}

static bool damage_take(void *with, const struct damage *damage) {
  struct restore *restore = with;
  restore->damages++;
  fprintf(restore->call->err, "%s\n", call_say(restore->call, damage->sentence));
  return restore->damages < 100;
}

static int verify_store(struct restore *restore) {
  struct call *call = restore->call;
  struct reader *reader = NULL;
  enum store_error error = restore->keys ? STORE_OK : drop_side(restore, SIDE_TREE_HEAD);
  if (!error) error = store_reader_now(call->house->store, &reader);
  if (!error)
    error = seal_verify(call->house->store, reader, &restore->head, call->arena, damage_take, restore, &restore->entries,
                        &restore->records);
  reader_release(reader);
  if (error) return call_store_fail(call, error);
  return restore->damages
             ? call_fail(call, EXIT_WRONG,
                         (struct label){"备份里的库核对不符,没有恢复。", "the store in the backup does not verify; nothing was restored."})
             : EXIT_DONE;
}

/* A table frozen while the backup was made stands in the journal, which is copied last, and not among the side values: its lines are made
   again. */
static int mend_frozen(struct restore *restore) {
  struct reader *reader = NULL;
  int64_t mended = 0, lost = 0;
  enum store_error error = store_reader(restore->call->house->store, &reader);
  if (!error) error = frozen_mend(reader, &mended, &lost);
  reader_release(reader);
  return error ? call_store_fail(restore->call, error) : EXIT_DONE;
}

/* Ids are journal numbers: what is beyond the backup's end is not in it. */
static int destroy_again(struct restore *restore) {
  struct call *call = restore->call;
  struct destroyed_before *list = NULL;
  struct label reason;
  size_t size = 0, count = 0;
  int64_t end = restore->entries;
  enum store_error error = STORE_OK;
  char *text = restore->destructions ? call_read_file(call, restore->destructions, &size) : NULL;
  if (!restore->destructions) return EXIT_DONE;
  if (!text) return EXIT_USE;
  if (!destructions_read(call->arena, text, restore->manifest.store_id, &list, &count, &reason)) return call_fail(call, EXIT_USE, reason);
  for (size_t i = 0; i < count && !error; i++) {
    struct destruction destruction;
    if (list[i].id > end) continue;
    struct destruction_order order = {.type = list[i].type,
                                      .id = list[i].id,
                                      .reason = DESTRUCTION_REASON_AGAIN,
                                      .now = house_now(call->house),
                                      .asked_by = NOTHING,
                                      .channel = CHANNEL_COMMAND};
    struct cleaned cleaned;
    error = destruction_run(call->house->writer, &order, call->arena, &destruction);
    if (error || destruction.absent) continue;
    if (destruction.refused.zh) return call_fail(call, EXIT_WRONG, destruction.refused);
    error = destruction_clean(call->house, &destruction, &cleaned);
    restore->destroyed += (int64_t)destruction.count;
  }
  return error ? call_store_fail(call, error) : EXIT_DONE;
}

struct epoch_job { struct job job; int64_t now; const char *body; };
static bool epoch_run(struct job *base, struct tx *tx, enum store_error *error) {
  struct epoch_job *job = (struct epoch_job *)base;
  struct entry entry = {.moment = job->now,
                        .happened = NOTHING,
                        .kind = ENTRY_EPOCH,
                        .channel = CHANNEL_COMMAND,
                        .body = job->body,
                        .body_size = strlen(job->body)};
  tx_new_epoch(tx);
  *error = tx_append(tx, &entry);
  return *error == STORE_OK;
}

static int new_epoch(struct restore *restore) {
  static const enum side_kind OLD[] = {SIDE_SESSION, SIDE_LEASE, SIDE_STAGING,
                                       SIDE_DELIVERY /* what waited then may have been sent since */};
  struct call *call = restore->call;
  struct epoch_job job = {.now = house_now(call->house),
                          .body = arena_print(call->arena, "{\"restored\":\"%s\"}", restore->manifest.tree_head)};
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < sizeof OLD / sizeof *OLD && !error; i++) error = drop_side(restore, OLD[i]);
  if (!error) error = writer_run(call->house->writer, epoch_run, &job.job);
  return error ? call_store_fail(call, error) : EXIT_DONE;
}

static int settle_store(struct restore *restore) {
  struct call *call = restore->call;
  struct label reason = {NULL, NULL};
  enum store_error error = house_open(call->data, call->db, restore->keys ? 0 : HOUSE_NEW_KEYS, &call->house, call->arena, &reason);
  if (error) return call_fail(call, EXIT_STORE, reason.zh ? reason : store_error_label(error));
  int status = verify_store(restore);
  if (!status) status = mend_frozen(restore);
  if (!status) status = destroy_again(restore);
  if (!status) status = new_epoch(restore);
  house_close(call->house);
  call->house = NULL;
  return status;
}

static int report(const struct restore *restore) {
  struct call *call = restore->call;
  if (call->json) {
    struct call_json out;
    struct json *json = call_json_open(call, &out);
    json_pair_integer(json, "entries", restore->entries);
    json_pair_integer(json, "records", restore->records);
    json_pair_integer(json, "epoch", restore->manifest.epoch + 1);
    json_pair_integer(json, "destroyed_again", restore->destroyed);
    json_pair_yes_no(json, "keys", restore->keys != NULL);
    json_pair(json, "contact_key_needed", restore->keys ? NULL : restore->manifest.contact_fingerprint);
    json_pair(json, "signing_key_needed", restore->keys ? NULL : restore->manifest.signing_public);
    call_json_close(call, &out);
    return EXIT_DONE;
  }
  call_print(call, "恢复完成,核对无误:日志 %lld 条,记录 %lld 条;现为第 %lld 纪元。",
             "restored and verified: %lld journal entries, %lld records; epoch %lld begins.", (long long)restore->entries,
             (long long)restore->records, (long long)restore->manifest.epoch + 1);
  if (restore->destroyed)
    call_print(call, "备份之后销毁过的 %lld 条记录已再次销毁。", "%lld records destroyed after the backup were destroyed again.",
               (long long)restore->destroyed);
  if (!restore->keys)
    call_print(
        call,
        "没有给 --keys:要打开原有联系电话,需把原来的密钥(第 %u 个,指纹 %s)放到 keys/%s 再启动,今后的由第 %u 个密钥加密;签名密钥(公钥 %s)缺,已另建,今后的存证根由新密钥签。",
        "Without --keys: existing contacts open only with the former key (number %u, fingerprint %s), put back as keys/%s before a start; new ones are sealed by number %u; the signing key (public key %s) is missing, heads are signed by a new one from now on.",
        restore->manifest.contact_number, restore->manifest.contact_fingerprint,
        contact_key_file(call->arena, restore->manifest.contact_number), restore->manifest.contact_number + 1,
        restore->manifest.signing_public);
  return EXIT_DONE;
}

static int run(struct restore *restore) {
  struct call *call = restore->call;
  if (!folder_make(call->data))
    return call_fail(call, EXIT_STORE,
                     label_print(call->arena, "无法建立数据文件夹“%s”:%s。", "cannot make the data folder \"%s\": %s.", call->data,
                                 strerror(errno)));
  restore->made = true;
  int lock = data_lock(call->data);
  if (lock < 0) return call_fail(call, EXIT_STORE, label_print(call->arena, "不能在“%s”里写。", "cannot write in \"%s\".", call->data));
  int status = copy_keys(restore);
  if (!status) status = copy_all(restore);
  if (!status) status = settle_store(restore);
  data_unlock(lock);
  return status;
}

int command_restore(struct call *call) {
  struct restore restore = {.call = call,
                            .keys = call_option(call, "keys"),
                            .destructions = call_option(call, "destructions"),
                            .no_destructions = call_flag(call, "no-destructions")};
  if (!call_words(call, 1, 1)) return EXIT_USE;
  if (call->house)
    return call_fail(call, EXIT_USE,
                     (struct label){"服务正在运行,不能恢复到它的库里。", "a server is running; nothing is restored into its store."});
  restore.folder = call_path(call, call->argv[0]);
  if (restore.keys) restore.keys = call_path(call, restore.keys);
  if (!restore.destructions == !restore.no_destructions)
    return call_usage(
        call,
        (struct label){
            "备份之后销毁过的记录不能再回来:给出 --destructions FILE(原数据文件夹里的 destructions.json);确实没有销毁过,写 --no-destructions。",
            "what was destroyed after the backup must not come back: give --destructions FILE (destructions.json of the former data folder), or --no-destructions if nothing was."});
  if (!folder_is_empty(call->data))
    return call_fail(call, EXIT_USE,
                     label_print(call->arena, "只能恢复到空处,“%s”不是空的。用 --data 指一个新的文件夹。",
                                 "only into an empty place; \"%s\" is not empty. Give a new folder by --data.", call->data));
  int status = read_manifest(&restore);
  if (!status) status = check_keys(&restore);
  if (!status) status = lend_public_key(&restore);
  if (!status) status = run(&restore);
  if (status && restore.made) {
    remove_tree(call->arena, call->data);
    if (call->db && restore.filled)
      fprintf(call->err, "%s\n",
              call_say(call, (struct label){"数据库里已有恢复来的内容,请清空后再试。",
                                            "the database holds what was restored; empty it before trying again."}));
  }
  return status ? status : report(&restore);
}
