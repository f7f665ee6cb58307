/* Private to exchange/: the two files of a public store, as its own parts share them. */
#ifndef BIHUAN_EXCHANGE_PUBLIC_PARTS_H
#define BIHUAN_EXCHANGE_PUBLIC_PARTS_H

#include <pthread.h>
#include <sqlite3.h>

#include "exchange/public_store.h"

struct public_store {
  char *folder, portal[33];
  pthread_mutex_t lock; /* held over one call; nothing is taken under it but in sinks, which must not come back here */
  sqlite3 *view, *inbox;
};

enum store_error public_failed(sqlite3 *database, int status);
enum store_error public_run(sqlite3 *database, const char *sql);
/* Prepares, binds by the letters of `format` ('i' int64_t, 't' const char *, 'b' const void * and size_t), to be stepped and finalized by
   the caller. */
enum store_error public_prepare(sqlite3 *database, sqlite3_stmt **statement, const char *sql, const char *format, ...);
/* The same, stepped to its end and finalized. */
enum store_error public_do(sqlite3 *database, const char *sql, const char *format, ...);
const char *public_text(sqlite3_stmt *statement, int column); /* NULL for null */
enum store_error public_begin(sqlite3 *database);
enum store_error public_end(sqlite3 *database, enum store_error error); /* commits, or takes back */

/* public_index.c: what lists and counts are made from, and the pictures an item names, taken out of its body. */
enum store_error public_index_item(sqlite3 *view, const struct public_item *item);
enum store_error public_sweep_pictures(sqlite3 *view);

#endif
