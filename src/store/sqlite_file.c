/* The SQLite files as a whole: copied while others write, scrubbed after a destruction, kept in shape. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include "base/folder.h"
#include "base/log.h"
#include "store/sqlite_file.h"

/* One step over all pages: a snapshot, since the source is in WAL mode; writers go on meanwhile. */
static int copy_database(const char *from, const char *to) {
  sqlite3 *source = NULL, *target = NULL;
  int code = sqlite_file_open(from, false, NULL, &source);
  if (code == SQLITE_OK) code = sqlite_file_open(to, true, NULL, &target);
  if (code == SQLITE_OK) {
    sqlite3_backup *backup = sqlite3_backup_init(target, "main", source, "main");
    if (backup) sqlite3_backup_step(backup, -1);
    code = backup ? sqlite3_backup_finish(backup) : sqlite3_errcode(target);
  }
  sqlite3_close_v2(source);
  sqlite3_close_v2(target);
  return code;
}

enum store_error sqlite_backup(struct store *store, const char *folder, struct arena *arena, struct label *reason) {
  const struct sqlite_files *files = store->own;
  /* The side values first: among them are signed heads, and none may speak of entries that the copy of the journal lacks. */
  const char *const from[] = {files->side, files->records}, *const name[] = {"side.db", "store.db"};
  enum store_error error = STORE_OK;
  for (int i = 0; i < 2 && !error; i++) {
    const char *to = arena_print(arena, "%s/%s", folder, name[i]);
    if (access(from[i], F_OK) != 0) continue; /* no side value was ever kept */
    if (access(to, F_OK) == 0) error = STORE_REFUSED;
    else error = sqlite_error(copy_database(from[i], to));
    if (error == STORE_REFUSED) *reason = label_print(arena, "备份文件“%s”已存在或不能写。请换一个空文件夹。", "the backup file \"%s\" is there already or cannot be written. Give an empty folder.", to);
    else if (error) *reason = label_print(arena, "写备份文件“%s”失败。请检查磁盘空间和权限。", "writing the backup file \"%s\" failed. Check disk space and permissions.", to);
  }
  return error;
}

enum store_error sqlite_restore(const char *url, const char *folder, struct arena *arena, struct label *reason) {
  static const char *const names[] = {"store.db", "side.db"};
  enum store_error error = STORE_OK;
  for (int i = 0; i < 2 && !error; i++) {
    const char *from = arena_print(arena, "%s/%s", folder, names[i]), *to = arena_print(arena, "%s/%s", url, names[i]);
    if (i > 0 && access(from, F_OK) != 0) continue; /* it had no side value */
    if (access(to, F_OK) == 0) error = STORE_REFUSED;
    else error = sqlite_error(copy_database(from, to));
    if (error == STORE_REFUSED) *reason = label_print(arena, "“%s”已经有库,不能恢复到这里。请换一个空文件夹。", "\"%s\" holds a store already; restore into an empty folder.", url);
    else if (error) *reason = label_print(arena, "从备份复制“%s”失败。请检查备份、磁盘空间和权限。", "copying \"%s\" from the backup failed. Check the backup, disk space and permissions.", names[i]);
  }
  return error;
}

/* TRUNCATE first, so that VACUUM sees all; again after it, so that the log keeps nothing of the old pages. */
static enum store_error scrub_database(const char *path) {
  sqlite3 *database = NULL;
  int code = sqlite_file_open(path, false, NULL, &database);
  static const char *const STEPS[] = {"PRAGMA secure_delete=ON", "PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM",
                                      "PRAGMA wal_checkpoint(TRUNCATE)"};
  for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS && code == SQLITE_OK; i++) {
    sqlite3_stmt *statement = NULL;
    code = sqlite3_prepare_v2(database, STEPS[i], -1, &statement, NULL);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
      code = sqlite3_step(statement);
      /* a checkpoint says in its first column whether somebody was in its way */
      if (code == SQLITE_ROW && i % 2 == 1 && sqlite3_column_int(statement, 0) != 0) { code = SQLITE_BUSY; break; }
    }
    sqlite3_finalize(statement);
    if (code == SQLITE_DONE) code = SQLITE_OK;
  }
  if (code != SQLITE_OK) log_line(LOG_WARNING, "store", "sqlite: scrub: %s", sqlite3_errstr(code));
  sqlite3_close_v2(database);
  return sqlite_error(code);
}

enum store_error sqlite_scrub(struct store *store) {
  const struct sqlite_files *files = store->own;
  enum store_error error = scrub_database(files->records);
  if (!error && access(files->side, F_OK) == 0) error = scrub_database(files->side);
  return error;
}

/* Closing the last connection merged the log into its file; what was written without a sync goes to the disk here. */
static bool file_sync(const char *path) {
  int file = open(path, O_RDWR | O_CLOEXEC);
  bool synced = file >= 0 && fsync(file) == 0;
  if (file >= 0) close(file);
  return synced;
}

enum store_error sqlite_settle(struct store *store) {
  const struct sqlite_files *files = store->own;
  bool settled = file_sync(files->records) && (access(files->side, F_OK) != 0 || file_sync(files->side)) && folder_sync_above(files->records);
  if (!settled) log_line(LOG_ERROR, "store", "sqlite: the store's files cannot be synced: %s", strerror(errno));
  return settled ? STORE_OK : STORE_FULL;
}

/* No ANALYZE: list plans are forced, and stale figures would only mislead the planner for the rest. */
void sqlite_optimize(struct store *store) {
  const struct sqlite_files *files = store->own;
  sqlite3 *database = NULL;
  if (sqlite_file_open(files->records, false, NULL, &database) == SQLITE_OK)
    sqlite3_wal_checkpoint_v2(database, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  sqlite3_close_v2(database);
}
