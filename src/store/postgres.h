/* Private to the PostgreSQL driver. A connection is always in libpq's pipeline mode: what is sent is remembered in
   a queue in the same order, and answered when somebody needs to know (postgres_pipe.c). */
#ifndef BIHUAN_STORE_POSTGRES_H
#define BIHUAN_STORE_POSTGRES_H

#include <libpq-fe.h>
#include "store/driver.h"

/* Prepared statements are kept in sets of four by the hash of their text; the one unused longest gives way. */
enum { KEPT_SETS = 64, KEPT_WAYS = 4 };
struct prepared {
  char *text; size_t size;       /* own copy of the key; NULL: the place is free */
  uint64_t hash, used;           /* used: tick of last use */
  unsigned serial;               /* its name is "s" and this; 0: the server does not have it */
};

/* One answer that is to come. QUIET: only its error matters; WANTED: its result is kept for the asker; SPURNED: not
   even its error matters; PREPARE: as QUIET, and its place is free again when it fails; SYNC: the end of a stretch. */
enum answer { ANSWER_QUIET, ANSWER_WANTED, ANSWER_SPURNED, ANSWER_PREPARE, ANSWER_SYNC };
struct waiting { enum answer answer; struct prepared *prepared; unsigned serial; };

struct postgres_connection {
  struct connection base;
  PGconn *link;
  bool inside;                   /* a transaction is begun, as far as sent */
  bool unsynced;                 /* something was sent since the last sync */
  bool patient;                  /* something sent may take long: DDL, streams */
  struct waiting *queue; size_t queue_first, queue_count, queue_room;
  PGresult *wanted;              /* of the last ANSWER_WANTED; NULL when it failed */
  struct prepared kept[KEPT_SETS][KEPT_WAYS];
  uint64_t tick; unsigned serial, cursors;
  struct buffer digits;          /* integers of one statement, as text */
  const char **values; int *lengths, *formats; size_t parameter_room;
};
struct postgres_store { char *url; _Atomic int64_t complained; /* when a failed connection was last logged */ };

/* postgres_pipe.c: sending without waiting, and waiting for all that was sent. */
enum store_error postgres_dial(struct postgres_connection *connection);   /* connects anew: GONE */
bool postgres_alive(struct postgres_connection *connection);              /* as far as one can see without asking */
enum store_error postgres_send(struct postgres_connection *connection, const struct statement *statement, enum answer answer);
enum store_error postgres_send_plain(struct postgres_connection *connection, const char *text, enum answer answer); /* no parameters, not kept */
/* Syncs and takes every answer; the first error that was not spurned. connection->wanted then holds the wanted one. */
enum store_error postgres_settle(struct postgres_connection *connection);
void postgres_spurn(struct postgres_connection *connection);              /* nobody will ask for what is under way */
bool postgres_sync(struct postgres_connection *connection);               /* ends a stretch; flushes what it can. False: broken */
void postgres_forget_all(struct postgres_connection *connection);         /* frees queue, results and prepared texts */
enum store_error postgres_error(const PGresult *result);

/* postgres_whole.c */
enum store_error postgres_open(struct store *store, bool create, struct arena *arena, struct label *reason);
void postgres_close(struct store *store);
PGconn *postgres_link(struct postgres_store *own);                        /* a bare connection, settings made; NULL: logged */
enum store_error postgres_backup(struct store *store, const char *folder, struct arena *arena, struct label *reason);
enum store_error postgres_restore(const char *url, const char *folder, struct arena *arena, struct label *reason);
enum store_error postgres_scrub(struct store *store);
void postgres_optimize(struct store *store);

#endif
