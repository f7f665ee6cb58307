/* Private to command/: measuring. Each measurement takes our path and its raw limit by turns in the same run and gives the median of
   each; it judges nothing by the clock. Stores are throw-away, but for the million problems that --keep keeps. */
#ifndef BIHUAN_COMMAND_BENCH_H
#define BIHUAN_COMMAND_BENCH_H

#include <sqlite3.h>
#include <sys/types.h>
#include "command/program.h"

enum { BENCH_RUNS = 5, BENCH_UNITS = 246, BENCH_IDS = 2000, BENCH_GROUP = 64 };

struct bench {
  struct call *call; struct arena *arena;
  const char *folder;             /* of throw-away stores, removed at the end */
  const char *million;            /* the folder with the large store: --keep, or in `folder` */
  const char *file;               /* --file: a CSV to import instead of generated texts; NULL */
  int64_t count;                  /* --count; 0: the measurement's own */
  int runs;
};
/* figure and raw in the row's unit; raw NAN: there is none. ratio: the share of the raw limit that is reached, the median of the turns':
   what else the machine does then weighs on both sides of each. */
struct bench_result { double figure, raw, ratio; };
struct bench_row {
  const char *name, *unit;
  struct label figure, raw;       /* what was measured, in words */
  double least_ratio, most;       /* the goals of the issue; 0: none. most: of the figure */
  bool (*run)(struct bench *bench, struct bench_result *result);
};
typedef bool bench_function(struct bench *bench, struct bench_result *result);
bench_function bench_creates, bench_read, bench_lists, bench_import, bench_terms, bench_search, bench_train, bench_overview, bench_start,
    bench_rounds, bench_definitions, bench_rates, bench_policy, bench_draw, bench_excel_out, bench_excel_in, bench_group_short,
    bench_group_long, bench_group_live, bench_night, bench_memory_demo, bench_memory_million, bench_complaints;

/* ---- bench.c ---- */
double bench_clock(void); /* seconds, monotonic */
double bench_processor(pid_t process); /* seconds of processor time that all threads of a process have had; 0: this one */
int bench_by_size(const void *one, const void *other);       /* of doubles, for qsort */
struct bench_result bench_result_of(double *figures, double *raws, int runs, bool less_is_better); /* sorts both */
double bench_part(const double *sorted, size_t count, double part); /* 0.99: p99 */
void bench_say(struct bench *bench, const char *zh, const char *en, ...);
void bench_fail(const char *format, ...) __attribute__((format(printf, 1, 2))); /* a line on standard error */

/* ---- bench_place.c: processes, stores, servers ---- */
/* Runs `work` in a process of its own, so that libraries begin afresh; result: `size` bytes that it fills. False: it failed, and said
   so. */
bool bench_child(bool (*work)(struct bench *bench, const void *with, void *result), struct bench *bench, const void *with, void *result,
                 size_t size);
/* What a prepared store holds: city, 24 groups of a unit and nine below it, five more; a campaign; an office user; problems when asked
   for. */
struct bench_world { int64_t campaign, office, units[BENCH_UNITS], problems[BENCH_IDS]; char password[32]; };
#define BENCH_ACCOUNT "office"
struct bench_place { const char *data, *db; int64_t problems; /* at most BENCH_IDS */ bool base; /* keep a copy as DATA/base.db */ };
/* Makes the store (an old one is taken as it is, its account gets a new password). */
bool bench_prepare(struct bench *bench, const struct bench_place *place, struct bench_world *world);
struct bench_server { pid_t process; int hold; uint16_t port; };
bool bench_serve(struct bench *bench, const char *data, const char *db, struct bench_server *server);
bool bench_serve_empty(struct bench *bench, struct bench_server *server); /* the HTTP library alone, empty answers */
bool bench_serve_end(struct bench_server *server);                         /* finishes, and waits for it */
void bench_serve_kill(struct bench_server *server);
/* A problem as a client would send it, the n-th. */
void bench_problem_json(struct buffer *out, const struct bench_world *world, uint64_t n);
struct house *bench_house(struct bench *bench, const char *data, const char *db, unsigned flags); /* NULL: said why */

/* ---- bench_search.c ---- */
/* The store with a million long appeals over the units, and their words in search.db; one that is there is taken as it is. */
bool bench_appeals(struct bench *bench, const char *data, struct bench_world *world);

/* ---- bench_texts.c: generated office Chinese ---- */
uint64_t bench_random(uint64_t *state);
size_t bench_weighted(uint64_t *state, const uint16_t *weights, size_t count);
void bench_sentence(struct buffer *out, uint64_t *state, size_t phrases);

/* ---- bench_load.c: an HTTP client of our own ---- */
struct bench_bytes { const char *bytes; size_t size; };
struct bench_load {
  uint16_t port;
  unsigned connections;
  const struct bench_bytes *requests;
  size_t request_count; /* used in turn */
  size_t total;
};
struct bench_loaded { double seconds, p50, p99; size_t failed; char first_failure[800]; };
bool bench_load_run(const struct bench_load *load, struct bench_loaded *loaded);
/* One request, its whole answer; NULL: none came. */
char *bench_ask(struct arena *arena, uint16_t port, const char *request);
struct bench_session { char *cookie, *csrf; };
bool bench_sign_in(struct bench *bench, uint16_t port, const char *password, struct bench_session *session);
bool bench_answered(const struct bench_loaded *loaded, const char *what); /* false: some were refused, and said so */

/* ---- bench_raw.c: the same rows by a bare loop ---- */
/* What DATA/store.db holds beyond DATA/base.db, written again into a copy of base.db with the writer's pragmas, in `groups` transactions,
   commitments and tree reckoned anew. SQLite only. rewritten: rows of before that our run changed; `select` gives, from store.db, what
   `update` binds in its order. */
struct bench_rewritten { const char *select, *update; };
struct bench_replay { const char *data; size_t groups; const struct bench_rewritten *rewritten; size_t rewritten_count; };
struct bench_replayed { double seconds, processor; };
bool bench_replay(struct bench *bench, const struct bench_replay *replay, struct bench_replayed *replayed);
bool bench_exec(sqlite3 *database, const char *sql);
sqlite3 *bench_open(const char *path);
bool bench_copy(const char *from, const char *to);

/* ---- bench_million.c ---- */
/* Mean milliseconds of `total` equal requests by the server's own clock: from a request's first line to its answer handed over. */
bool bench_server_time(struct bench *bench, uint16_t port, const char *request, size_t total, double *milliseconds,
                       struct bench_loaded *loaded);

/* ---- bench_memory.c ---- */
double bench_anonymous(pid_t process); /* MB of the process that stand in no file; negative: not to be had */

/* ---- bench_fill.c ---- */
/* The large store in bench->million: made once, `count` problems with realistic shares. */
bool bench_million(struct bench *bench, struct bench_world *world);
/* A store of its own at `data` with its city made through the door and its appeals written by `fill` (in a process of its own, *count of
   them); one that is there is taken as it is (*count 0). */
bool bench_filled(struct bench *bench, const char *data, bool (*fill)(struct bench *bench, const void *world, void *count),
                  struct bench_world *world, int64_t *count);
/* ---- bench_definitions.c ---- */
/* Measured in a store of 100,000 of its own (or --count), so that a kept one of a million stays as it is. */
typedef bool bench_measure(struct bench *bench, const struct bench_world *world, struct bench_result *result);
bool bench_hundred_thousand(struct bench *bench, bench_measure *measured, struct bench_result *result);
/* Indexes of these tables ('a', 'b'), taken away and built again over finished rows. */
struct bench_index;
struct bench_index *bench_drop_indexes(struct bench *bench, sqlite3 *database, const char *tables);
bool bench_build_indexes(struct bench *bench, sqlite3 *database, const struct bench_index *indexes);
extern const uint8_t BENCH_STATES[]; extern const size_t BENCH_STATE_COUNT;
int64_t bench_colour_of(uint64_t *state, int64_t of);

#endif
