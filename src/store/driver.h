/* Private to store/: what a database engine must be able to do, and what the shared half keeps.
   The drivers speak SQL and nothing else: connections, transactions, savepoints, statements, cursors, errors.
   All that knows records, journal, scope or side values is written once, in store.c, tx.c, list.c, journal.c,
   side.c over compose.c and schema_sql.c. A difference between engines is a named ability or a word in the
   table below, never `if (postgres)`. */
#ifndef BIHUAN_STORE_DRIVER_H
#define BIHUAN_STORE_DRIVER_H

#include <pthread.h>
#include <stdatomic.h>
#include "store/seal.h"
#include "store/store.h"

enum ability {
  ABILITY_INDEX_HINT = 1, /* understands FROM table INDEXED BY name */
  ABILITY_DEFERS = 2,     /* execute() with changed == NULL may be queued; see execute */
  ABILITY_SORTS_GROUPS = 4, /* a weakness: GROUP BY sorts all rows, so groups are made in the shared half */
  ABILITY_RESTS_OPEN = 8, /* one process writes: a reader may rest with its snapshot until that process commits again */
  ABILITY_MARKS_COPY = 32, /* a weakness: under a mark each page is copied before it is first written, a fifth of what a set costs */
  ABILITY_MERGES_PARTS = 16 /* an ordered UNION of ordered selects is merged as it is read, not hashed or sorted whole */
};

/* One value handed to a statement. Bytes are only read before the call that was given them returns. */
enum parameter_kind { PARAMETER_NOTHING, PARAMETER_INTEGER, PARAMETER_TEXT, PARAMETER_BYTES };
struct parameter { enum parameter_kind kind; int64_t integer; const void *bytes; size_t size; };

/* SQL with placeholders $1, $2 … that first appear in that order and may be repeated. The text is the key of
   the connection's cache of prepared statements. Parameter types are inferred by the engine from the text. */
struct statement {
  const char *text; size_t size;
  uint64_t hash;                         /* hash_fingerprint(text), or 0: not known yet */
  const struct parameter *parameters; size_t count;
  bool once;                             /* DDL and the like: not worth keeping prepared */
  bool stream;                           /* may give very many rows: never hold them all in memory */
  bool unlimited;                        /* the text ends without a LIMIT: a driver may first ask for few */
};

/* What a connection is for: SQLite opens side.db for FOR_SIDE. */
enum purpose { FOR_WRITING, FOR_READING, FOR_SIDE };

/* Drivers begin their own structures with these. */
struct connection {
  const struct store_driver *driver; struct store *store;
  bool broken;                           /* the driver found that it cannot be used again: the pool closes it */
  /* FOR_READING: the snapshot that stands open. The driver takes `snapshot` back when a statement failed in it. */
  bool snapshot; uint64_t commits; int64_t since; /* store->commits and the second when it was begun */
  bool head_known; struct head head;     /* read in this snapshot */
  struct connection *next;               /* in the pool */
};
struct cursor { struct connection *connection; };

struct store_driver {
  const char *name;                      /* "sqlite", "postgresql" */
  unsigned abilities;
  const char *integer_type, *text_type, *bytes_type; /* BIGINT; TEXT COLLATE "C"; BYTEA */
  size_t index_columns;                  /* the most that a list index may have beside the id */
  const char *lock_suffix;               /* put behind SELECT … FROM journal_head when a tx begins: " FOR UPDATE" or "" */
  const char *explain; int explain_column; /* "EXPLAIN QUERY PLAN ", 3 */
  const char *index_nulls_first; /* put behind a column of an index: " NULLS FIRST" on PostgreSQL, "" where that is how it is anyway */
  const char *joined_values;     /* aggregate that joins "value" with blanks: string_agg("value"::text, ' '), group_concat("value", ' ') */
  const char *table_exists;              /* a query with $1 = table name giving one row if it is there */

  /* Fills store->own (folder, connection string …); creates folder or nothing; does not look into the database.
     On failure *reason says why in both languages (texts in the arena). */
  enum store_error (*open)(struct store *store, bool create, struct arena *arena, struct label *reason);
  void (*close)(struct store *store);    /* frees store->own; all connections are closed already */
  enum store_error (*connect)(struct store *store, enum purpose purpose, struct connection **connection);
  void (*disconnect)(struct connection *connection);

  /* write: takes the right to write where the engine has one for all (SQLite: BEGIN IMMEDIATE); the shared half
     then locks journal_head by lock_suffix. Read: one snapshot for all statements until rollback (PostgreSQL:
     REPEATABLE READ READ ONLY). A driver that reconnects does it here. BUSY, GONE as they are. */
  enum store_error (*begin)(struct connection *connection, bool write);
  /* durable on OK; GONE before, UNCERTAIN during it. Ends the transaction whatever it answers */
  enum store_error (*commit)(struct connection *connection);
  void (*rollback)(struct connection *connection);           /* harmless when none is open; also ends reading */
  enum store_error (*mark)(struct connection *connection);   /* savepoint; there is never more than one open */
  /* releases it. An error of a deferred statement of the set comes out here, then the set has been undone */
  enum store_error (*keep)(struct connection *connection);
  enum store_error (*undo)(struct connection *connection);   /* back to it, and releases it */

  /* Runs a statement that gives no rows. changed (may be NULL) gets the number of rows written. With changed NULL
     and ABILITY_DEFERS it may be queued: its error (CLASH …) then comes from keep, commit, or the next query.
     A failing statement leaves the transaction as it was before the mark only after undo. */
  enum store_error (*execute)(struct connection *connection, const struct statement *statement, int64_t *changed);
  /* Runs a statement that gives rows. Further statements may run on the connection while the cursor is open
     (also the same text again). The cursor must be finished before its transaction ends. */
  enum store_error (*query)(struct connection *connection, const struct statement *statement, struct cursor **cursor);
  enum store_error (*next)(struct cursor *cursor);           /* OK: a row stands; ABSENT: no more; else an error */
  bool (*is_null)(struct cursor *cursor, int column);        /* columns count from 0 */
  int64_t (*integer)(struct cursor *cursor, int column);     /* NOTHING when null */
  /* text (NUL-ended) or bytes; NULL when null; until the next next() */
  const char *(*bytes)(struct cursor *cursor, int column, size_t *size);
  void (*finish)(struct cursor *cursor);                     /* NULL is allowed */

  enum store_error (*backup)(struct store *store, const char *folder, struct arena *arena, struct label *reason);
  enum store_error (*restore)(const char *url, const char *folder, struct arena *arena, struct label *reason); /* before any open */
  enum store_error (*scrub)(struct store *store);            /* overwrite free pages, cut logs */
  void (*optimize)(struct store *store);
  /* a draft whose connections are all closed: its files are on the disk; NULL: each commit was durable */
  enum store_error (*settle)(struct store *store);
  void (*rest)(struct connection *connection); /* what it keeps to be quicker is given back; NULL: it keeps nothing */
};
extern const struct store_driver STORE_SQLITE, STORE_POSTGRES;

struct type_texts; /* composed texts kept per record type: compose.h */
struct store {
  const struct store_driver *driver; const struct schema *schema;
  char *url, *data;
  bool read_only, simulated;
  bool draft;                            /* commits are not synced yet */
  void *own;                             /* the driver's */
  pthread_mutex_t pool_lock; struct connection *idle; /* readers' connections that rest */
  bool committing;                       /* under pool_lock: no snapshot rests now, the log may want to begin anew */
  atomic_ullong commits;                 /* of this process; a snapshot begun at another figure is old */
  pthread_mutex_t side_lock; struct connection *side; /* one; opened at first use */
  pthread_mutex_t write_lock; struct connection *writer; /* the tx's; held from begin to commit or abandon */
  struct frontier frontier;              /* tree over entries 1…size; belongs to whoever holds write_lock */
  struct memo *memo;                     /* what the writer need not ask again; belongs to whoever holds write_lock */
  struct type_texts *texts;              /* one a record type, in schema order */
  struct arena *arena;                   /* for as long as the store is open */
};
struct reader { struct store *store; struct connection *connection; struct tx *tx /* NULL: of its own */; };
struct tx {
  struct store *store; struct connection *connection; struct reader reader;
  struct head head, head_at_mark;        /* the head as this tx has moved it */
  int64_t begun_at;                      /* head.number when the tx began */
  struct frontier frontier_at_begin, frontier_at_mark;
  bool marked, failed;                   /* failed: a statement failed since the mark */
  bool bare, wrote,
      spoilt; /* bare: the engine was set no mark; wrote: since the mark; spoilt: what was written under a bare one should go */
  enum store_error error;                /* the first such */
  uint8_t salts[64][16]; unsigned salt_next; /* random bytes fetched in bulk */
  struct arena *arena;                   /* scratch of one call */
  const char *file; int line;            /* where it began */
};

/* The shared half's little helpers, for seal.c too. */
struct statement statement_of(const char *text, const struct parameter *parameters, size_t count);
struct parameter parameter_integer(int64_t value);                 /* NOTHING becomes NULL */
struct parameter parameter_text(const char *text);                 /* NULL becomes NULL */
struct parameter parameter_bytes(const void *bytes, size_t size);
enum store_error store_run(struct connection *connection, const char *text, const struct parameter *parameters, size_t count);
/* The connection of side values, and with it its lock: given back whatever this answers. */
enum store_error side_take(struct store *store);
void side_give(struct store *store);
void snapshots_end(struct store *store, bool committing);          /* of connections that rest; until snapshots_may_rest none rests */
void snapshots_may_rest(struct store *store);
enum store_error reader_query(struct reader *reader, const struct statement *statement, struct cursor **cursor);
/* The tree node kept at a level divisible by 8; ABSENT when that subtree is not complete. */
enum store_error reader_node(struct reader *reader, unsigned level, int64_t position, uint8_t hash[HASH_SIZE]);
/* Leaves of entries first … first + count - 1 (numbers from 1), straight from the journal. */
typedef bool leaf_sink(void *with, int64_t number, const uint8_t leaf[HASH_SIZE]);
enum store_error reader_leaves(struct reader *reader, int64_t first, int64_t count, leaf_sink *sink, void *with);
/* The tree over the first `size` entries, from kept nodes and leaves. */
enum store_error reader_frontier(struct reader *reader, int64_t size, struct frontier *frontier);

#endif
