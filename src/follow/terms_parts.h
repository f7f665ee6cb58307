/* Private to follow/: the file of search terms, shared by what writes it (terms.c) and what asks it (terms_ask.c). */
#ifndef BIHUAN_FOLLOW_TERMS_PARTS_H
#define BIHUAN_FOLLOW_TERMS_PARTS_H

#include <pthread.h>
#include <sqlite3.h>

#include "exchange/map.h"
#include "follow/terms.h"

/* The statements of one searched type. */
struct words { const struct record_type *type; sqlite3_stmt *insert, *delete, *find, *rank; };
struct pending;
struct terms {
  pthread_mutex_t write_lock, read_lock; /* taken in this order */
  sqlite3 *writing, *reading;
  struct words *items; size_t count;
  int64_t at;                            /* written position */
  /* the follower's alone */
  struct store *store;
  struct arena *arena, *scratch; struct pending *pending; size_t pending_count, pending_room; struct map pending_at;
  int64_t *forget; size_t forget_count, forget_room; /* type, record, … */
  struct buffer cut;                     /* one record's words while they are cut; kept, as it grows to the longest */
  struct cutter cutter;
  char *store_id; int64_t epoch;
};

enum store_error terms_failed(sqlite3 *database, int status); /* told in the log */
struct words *words_of(struct terms *terms, enum record_id type);
/* Teaches the connection how to say how close a hit is (`closeness(words_N)`). */
enum store_error closeness_register(sqlite3 *database);
#endif
