/* The writer's log file, written in few large pieces. SQLite writes a log page by page, each with a header of its own: two calls a page,
   some twelve pages a record, a sixth of the writer's time. Here a layer between SQLite and the file gathers what is written one behind the
   other and hands it on when it is full, and before anything that could notice: reading, syncing, cutting, asking for the size, closing. So
   nothing of a transaction is held back when its commit is synced, and other connections, which see a page only once that commit stands,
   never miss one. An error of a piece comes out where it is handed on; then the commit fails as it would have failed at the page. Must not
   be used where commits are not synced. */
#include <stdlib.h>
#include <string.h>
#include "store/sqlite_file.h"

enum { PIECE = 31 * (4096 + 24) }; /* pages with their headers; the engine writes no more than 128 KB at once */

struct log_file {
  sqlite3_file base;            /* what SQLite sees */
  sqlite3_file *file;           /* the engine's own, behind this structure in the same memory */
  char *bytes; size_t used;     /* not handed on yet */
  sqlite3_int64 start;          /* where they belong */
};
static struct log_file *own(sqlite3_file *file) { return (struct log_file *)file; }

/* What cannot be handed on is forgotten: the caller is told, and takes its transaction back. */
static int hand_on(struct log_file *log) {
  size_t used = log->used;
  log->used = 0;
  return used ? log->file->pMethods->xWrite(log->file, log->bytes, (int)used, log->start) : SQLITE_OK;
}

static int log_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at) {
  struct log_file *log = own(file);
  bool behind = log->used && at == log->start + (sqlite3_int64)log->used && log->used + (size_t)size <= PIECE;
  int code = behind ? SQLITE_OK : hand_on(log);
  if (code != SQLITE_OK) return code;
  if (size > PIECE) return log->file->pMethods->xWrite(log->file, bytes, size, at);
  if (log->used == 0) log->start = at;
  memcpy(log->bytes + log->used, bytes, (size_t)size);
  log->used += (size_t)size;
  return SQLITE_OK;
}

static int log_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 at) {
  int code = hand_on(own(file));
  return code == SQLITE_OK ? own(file)->file->pMethods->xRead(own(file)->file, bytes, size, at) : code;
}
static int log_truncate(sqlite3_file *file, sqlite3_int64 size) {
  int code = hand_on(own(file));
  return code == SQLITE_OK ? own(file)->file->pMethods->xTruncate(own(file)->file, size) : code;
}
static int log_sync(sqlite3_file *file, int flags) {
  int code = hand_on(own(file));
  return code == SQLITE_OK ? own(file)->file->pMethods->xSync(own(file)->file, flags) : code;
}
static int log_size(sqlite3_file *file, sqlite3_int64 *size) {
  int code = hand_on(own(file));
  return code == SQLITE_OK ? own(file)->file->pMethods->xFileSize(own(file)->file, size) : code;
}
static int log_close(sqlite3_file *file) {
  struct log_file *log = own(file);
  int handed = hand_on(log), closed = log->file->pMethods->xClose(log->file);
  free(log->bytes);
  log->bytes = NULL;
  return handed != SQLITE_OK ? handed : closed;
}
static int log_lock(sqlite3_file *file, int level) { return own(file)->file->pMethods->xLock(own(file)->file, level); }
static int log_unlock(sqlite3_file *file, int level) { return own(file)->file->pMethods->xUnlock(own(file)->file, level); }
static int log_reserved(sqlite3_file *file, int *out) { return own(file)->file->pMethods->xCheckReservedLock(own(file)->file, out); }
static int log_control(sqlite3_file *file, int what, void *with) {
  return own(file)->file->pMethods->xFileControl(own(file)->file, what, with);
}
static int log_sector(sqlite3_file *file) { return own(file)->file->pMethods->xSectorSize(own(file)->file); }
static int log_device(sqlite3_file *file) { return own(file)->file->pMethods->xDeviceCharacteristics(own(file)->file); }

static const sqlite3_io_methods METHODS = {
  .iVersion = 1, .xClose = log_close, .xRead = log_read, .xWrite = log_write, .xTruncate = log_truncate, .xSync = log_sync, .xFileSize = log_size,
  .xLock = log_lock, .xUnlock = log_unlock, .xCheckReservedLock = log_reserved, .xFileControl = log_control, .xSectorSize = log_sector, .xDeviceCharacteristics = log_device};

/* Any file but a log is the engine's own from the beginning. */
static int open_file(sqlite3_vfs *layer, const char *name, sqlite3_file *file, int flags, int *given) {
  sqlite3_vfs *engine = layer->pAppData;
  if (!(flags & SQLITE_OPEN_WAL)) return engine->xOpen(engine, name, file, flags, given);
  struct log_file *log = own(file);
  *log = (struct log_file){.file = (sqlite3_file *)(log + 1), .bytes = malloc(PIECE)};
  if (log->bytes == NULL) return SQLITE_NOMEM;
  int code = engine->xOpen(engine, name, log->file, flags, given);
  if (code == SQLITE_OK) log->base.pMethods = &METHODS;
  else { free(log->bytes); log->bytes = NULL; }
  return code;
}

/* The engine's own layer with another way to open. It stays for as long as the process: the library keeps it in its list. */
void sqlite_log_register(void) {
  sqlite3_vfs *engine = sqlite3_vfs_find(NULL), *layer = calloc(1, sizeof *layer);
  if (engine == NULL || layer == NULL) abort();
  *layer = *engine;
  layer->pNext = NULL;
  layer->zName = SQLITE_LOG_LAYER;
  layer->szOsFile = (int)sizeof(struct log_file) + engine->szOsFile;
  layer->pAppData = engine;
  layer->xOpen = open_file;
  if (sqlite3_vfs_register(layer, 0) != SQLITE_OK) abort();
}
