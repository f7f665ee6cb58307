/* Private to the SQLite driver: its files, and what is done to them as a whole. */
#ifndef BIHUAN_STORE_SQLITE_FILE_H
#define BIHUAN_STORE_SQLITE_FILE_H

#include <sqlite3.h>
#include "store/driver.h"

struct sqlite_files { const char *records, *side; bool create; };

enum store_error sqlite_error(int code);
/* layer: NULL the engine's own, or the one below */
int sqlite_file_open(const char *path, bool make, const char *layer, sqlite3 **database);
enum store_error sqlite_backup(struct store *store, const char *folder, struct arena *arena, struct label *reason);
enum store_error sqlite_restore(const char *url, const char *folder, struct arena *arena, struct label *reason);
enum store_error sqlite_scrub(struct store *store);
void sqlite_optimize(struct store *store);
enum store_error sqlite_settle(struct store *store);

/* sqlite_log.c: for connections that sync each commit */
#define SQLITE_LOG_LAYER "bihuan-log"
void sqlite_log_register(void); /* once in a process */

#endif
