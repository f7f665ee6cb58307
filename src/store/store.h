/* The store: one interface, two thin drivers (SQLite, PostgreSQL). It knows struct schema, not its content.
   Nobody reads without a scope, nobody writes but through a tx, and every write of a record goes with a
   journal entry. Functions return STORE_OK or an enum store_error; they never end the process.
   Threads: a tx belongs to the writer thread; a reader to the thread that asked for it. */
#ifndef BIHUAN_STORE_STORE_H
#define BIHUAN_STORE_STORE_H

#include "base/buffer.h"
#include "base/hash.h"
#include "records/record.h"

enum store_error {
  STORE_OK,
  STORE_ABSENT,    /* what was asked for is not there */
  STORE_BUSY,      /* somebody else writes; try again */
  STORE_FULL,      /* disk full: nothing was written */
  STORE_GONE,      /* the database does not answer: nothing was written */
  STORE_UNCERTAIN, /* the connection broke during commit: written or not, ask again by idempotency key */
  STORE_REFUSED,   /* this binary must not open this store (its reason is in store_reason) */
  STORE_CLASH,     /* a unique value stands already */
  STORE_BROKEN     /* the database says something that must not be; logged */
};
struct label store_error_label(enum store_error error);

/* What one may see of one record type, resolved from a user's grants (rules/scope.h). A record is in scope
   when its secrecy is at most the grant's and one grant's relation holds. NULL is never allowed. */
struct grant_scope {
  enum relation_code relation;
  const int64_t *units;
  size_t unit_count;
  bool all;
  uint8_t secrecy;
  int64_t campaign; /* records of this one only; 0 any */
};
struct scope {
  int64_t user;
  const struct grant_scope *grants; size_t grant_count;
  const int64_t *excluded; size_t excluded_count; /* record ids never shown (a whistle-blower's appeal) */
  /* Nor is what names one of these, by a reference or by type and id: a link to it, an approval about it, a call-back of it. */
  enum record_id about_type; const int64_t *about; size_t about_count;
  const struct scope *parent;                     /* scope of the parent's type, for types with `parent`; NULL none */
  const struct scope *parent_else;                /* the same for `parent_else` */
};
bool scope_hides(const struct scope *scope); /* anything by its id, though the grants would show it */
extern const struct scope SCOPE_SYSTEM; /* for guards and the clock only */

enum comparison { C_IS, C_IS_NOT, C_IN, C_LESS, C_AT_MOST, C_MORE, C_AT_LEAST, C_EMPTY, C_FILLED, C_HAS /* F_CHOICES bit, F_REFERENCES member */ };
struct condition { uint16_t field; enum comparison how; const struct value *values; size_t count; };
struct query {
  const struct record_type *type;
  const struct condition *conditions; size_t condition_count;   /* all must hold */
  const struct query *parent;                                    /* NULL, or what the record that it belongs to must meet: its conditions */
  const int64_t *ids; size_t id_count; bool only_ids;            /* only these records (search hits) */
  uint16_t sort; bool descending;                                /* 0 = FIELD_ID; ties by id in the same direction */
  /* keyset: go on behind this sort value (in turn: and what it is sorted by then) and id */
  bool has_after; struct value after, after_then; int64_t after_id;
  size_t limit;                                                  /* 0: no limit (commands, rules) */
  bool long_texts, many;                                         /* read long texts / references to several too */
  /* NULL, or the fields that are read (of any kind, ended by 0), where few of many are wanted: all others are VALUE_UNREAD. What every
     record has (id, version, state …) is there anyway. A static list beside the function that takes the rows. */
  const uint16_t *fields;
  bool with_voided;
  int64_t expected;                                              /* rows that match, if known from tallies; -1 unknown */
  /* the same of each value in turn, and behind them of none: 0 is certain, and not looked for; NULL unknown */
  const int64_t *expected_in_turn;
};

/* Permanent: sealed into every header. */
enum entry_kind { ENTRY_CHANGE = 1, ENTRY_DERIVED = 2, ENTRY_DESTRUCTION = 3, ENTRY_EPOCH = 4, ENTRY_SYSTEM = 5 };
struct entry {
  int64_t number, epoch, moment, actor, behalf, record, version, set /* number of the set's first entry */, batch;
  int64_t happened;                      /* valid time when entered late; NOTHING = moment */
  uint16_t type, action; state_code state; /* the state after */
  uint8_t kind, channel, salt[16];
  const char *body; size_t body_size;    /* the very bytes committed to (JSON, permanent codes); NULL once destroyed */
  uint8_t commitment[HASH_SIZE];         /* H(salt ‖ body) */
  uint8_t leaf[HASH_SIZE];               /* H(0x00 ‖ header ‖ commitment) */
};
typedef bool row_sink(void *with, const struct row *row);             /* false stops; the row lives until return */
typedef bool cell_sink(void *with, const int64_t *dimensions, int64_t count); /* NOTHING for an empty dimension */
typedef bool fields_sink(void *with, int64_t id, const int64_t *values);
typedef bool entry_sink(void *with, const struct entry *entry);
typedef bool side_sink(void *with, const char *key, const char *value, size_t size, int64_t expires);

/* journal_head: the one row that orders all changes. */
struct head { int64_t number, epoch; uint32_t schema_version; int64_t last_moment; char store_id[33]; };

struct store; struct tx; struct reader;

/* `url`: a folder ("…/store.db" inside it) or postgresql://… ; `data` is the folder for keys, evidence, side files. */
/* draft: nothing is synced until store_settle, where an engine can do without: for a store that is being made, and would be made again. */
struct store_options { const char *url; const char *data; const struct schema *schema; bool create; bool read_only; bool draft; };
enum store_error store_open(const struct store_options *options, struct store **store, struct arena *arena, struct label *reason);
void store_close(struct store *store);
enum store_error store_settle(struct store *store);      /* a draft's: what was written is on the disk, and each commit is from here on; nobody reads meanwhile */
const char *store_name(const struct store *store);       /* "sqlite" or "postgresql" */
const struct schema *store_schema(const struct store *store);
const char *store_data(const struct store *store);

/* Writing. begin takes journal_head; one tx holds many change sets. */
#define store_begin(store, tx) store_begin_at((store), (tx), __FILE__, __LINE__)
enum store_error store_begin_at(struct store *store, struct tx **tx, const char *file, int line);
enum store_error tx_mark(struct tx *tx);                 /* begins one change set */
/* The same, cheaper where an engine's marks cost much: a set that is not kept although it wrote spoils the whole transaction then, which
   must be abandoned and run again with real marks. */
enum store_error tx_mark_lightly(struct tx *tx);
enum store_error tx_end_set(struct tx *tx, bool keep);   /* false: as if it had never begun */
bool tx_spoilt(const struct tx *tx);
struct store *tx_store(const struct tx *tx);            /* for side values: those are written outside the transaction */
struct head tx_head(const struct tx *tx);                /* number = last appended entry */
/* Appends: sets number, epoch, salt, commitment, leaf; dense, in order. set 0 = the entry founds its own set. */
enum store_error tx_append(struct tx *tx, struct entry *entry);
/* Entries appended from here on are of a new epoch: after a restore. */
void tx_new_epoch(struct tx *tx);
/* before NULL: insert. after->entry must be the entry just appended for it. Unchanged fields are not written. */
enum store_error tx_put(struct tx *tx, const struct row *before, const struct row *after);
/* Overwrites what a record and its journal bodies hold; the rows go, headers and commitments stay. */
enum store_error tx_destroy(struct tx *tx, const struct record_type *type, int64_t id);
enum store_error tx_commit(struct tx *tx);               /* frees tx, whatever it answers; durable on STORE_OK */
void tx_abandon(struct tx *tx);                          /* frees tx */
struct reader *tx_reader(struct tx *tx);                 /* sees the tx's own writes; owned by tx */
/* Idempotency: in the same transaction. `value` is the stored outcome (JSON). */
enum store_error tx_key_get(struct tx *tx, const char *key, struct arena *arena, char **value);
enum store_error tx_key_put(struct tx *tx, const char *key, const char *value, int64_t expires);

/* Reading: a snapshot; short-lived. */
enum store_error store_reader(struct store *store, struct reader **reader);
/* The same, of this very moment: also sees what others than this program wrote, which a resting snapshot may not. For verify. */
enum store_error store_reader_now(struct store *store, struct reader **reader);
void reader_release(struct reader *reader);
enum store_error reader_head(struct reader *reader, struct head *head);
struct store *reader_store(const struct reader *reader); /* for side values beside it */
/* The row with everything (long texts, references). ABSENT also when out of scope. */
enum store_error reader_get(struct reader *reader, const struct record_type *type, const struct scope *scope, int64_t id,
                            struct arena *arena, struct row **row);
enum store_error reader_list(struct reader *reader, const struct query *query, const struct scope *scope, struct arena *arena,
                             row_sink *sink, void *with);
enum store_error reader_count(struct reader *reader, const struct query *query, const struct scope *scope, int64_t *count);
/* The same, counted no further than `most` (above 0): for who asks whether there are any, or more than a few. */
enum store_error reader_count_up_to(struct reader *reader, const struct query *query, const struct scope *scope, int64_t most, int64_t *count);
/* Groups by up to 8 fields. */
enum store_error reader_tally(struct reader *reader, const struct query *query, const uint16_t *by, size_t by_count,
                              const struct scope *scope, cell_sink *sink, void *with);
/* How many match, and the sum of each of up to 8 numbers over all of them; what is empty adds nothing. */
enum store_error reader_sums(struct reader *reader, const struct query *query, const uint16_t *fields, size_t field_count, const struct scope *scope, int64_t *count, int64_t *sums);
/* Up to 8 fields of every living record, in no order: for who keeps counts of his own. Empty: NOTHING. */
enum store_error reader_fields(struct reader *reader, const struct record_type *type, const uint16_t *fields, size_t count,
                               const struct scope *scope, fields_sink *sink, void *with);
/* Entries in order of number, after `after`, at most `most`. Not bounded by scope: followers, verify, audit. */
enum store_error reader_journal(struct reader *reader, int64_t after, size_t most, entry_sink *sink, void *with);
/* Entries of one record in order. record 0: of all records of the type, ordered by (record, number): for replay. */
enum store_error reader_history(struct reader *reader, enum record_id type, int64_t record, entry_sink *sink, void *with);
/* Of all records of the type, the entries up to number `last`, ordered by (record, number): the tables as they stood then. */
enum store_error reader_history_until(struct reader *reader, enum record_id type, int64_t last, entry_sink *sink, void *with);
/* The query plan in words, for tests. */
enum store_error reader_plan(struct reader *reader, const struct query *query, const struct scope *scope, struct arena *arena, char **plan);

/* Side values: what is no record and in no journal: sessions, credentials, leases, positions, staged imports,
   audit. Own transactions, that take no journal head. */
enum side_kind { SIDE_SETTING = 1, SIDE_CREDENTIAL, SIDE_SESSION, SIDE_TOKEN, SIDE_LEASE, SIDE_POSITION, SIDE_STAGING, SIDE_TREE_HEAD,
                 SIDE_DESTRUCTION, SIDE_FAILURES, SIDE_DOOMED_FILE /* evidence of a destroyed record, until it is gone */,
                 SIDE_FROZEN /* lines of frozen tables: kept for ever, backed up, rewritten when a record is destroyed */,
                 SIDE_DELIVERY /* what waits to go beyond the inbox, and marks of what went */ };
enum store_error side_get(struct store *store, enum side_kind kind, const char *key, struct arena *arena, char **value);
enum store_error side_put(struct store *store, enum side_kind kind, const char *key, const char *value, int64_t expires); /* 0 never */
/* Compare and set: writes only when the present value equals `expected` (NULL: absent); CLASH otherwise. */
enum store_error side_swap(struct store *store, enum side_kind kind, const char *key, const char *expected, const char *value, int64_t expires);
enum store_error side_remove(struct store *store, enum side_kind kind, const char *key);
enum store_error side_list(struct store *store, enum side_kind kind, const char *prefix, side_sink *sink, void *with); /* by key */
enum store_error side_expire(struct store *store, int64_t now);
/* The audit stream: sign-ins, failures, exports, reveals, administration; each line chained to the one before by hash. */
struct audit { int64_t number, moment, actor; const char *what /* "sign_in" … */, *detail /* JSON */; uint8_t chain[HASH_SIZE]; };
typedef bool audit_sink(void *with, const struct audit *audit);
enum store_error audit_append(struct store *store, struct audit *audit);
enum store_error audit_newest(struct store *store, int64_t *number); /* of the last line; 0: none yet */
enum store_error audit_list(struct store *store, int64_t after, size_t most, audit_sink *sink, void *with);
/* *wrong: number of the first line that is altered or missing, 0 none; *lines: how many hold before it. A stream cut off at its end looks
   whole. */
enum store_error audit_verify(struct store *store, int64_t *lines, int64_t *wrong);

/* A consistent copy of the database (and side values) into `folder`, while others write; PostgreSQL: by pg_dump. */
enum store_error store_backup(struct store *store, const char *folder, struct arena *arena, struct label *reason);
/* The other way: what store_backup left in `folder`, into an empty place (the folder `url` is there, or an empty database). REFUSED with
   its reason. */
enum store_error store_restore(const char *url, const char *folder, struct arena *arena, struct label *reason);
/* After destruction: overwrite free pages, cut logs. */
enum store_error store_scrub(struct store *store);
void store_rest(struct store *store); /* nothing has been written for a while: what large transactions took in memory is given back */
void store_optimize(struct store *store);
/* All that is in `from`, of either engine, into `to`, which is empty (REFUSED: it is not). Nobody writes to either meanwhile. */
enum store_error store_carry(struct store *from, struct store *to);

#endif
