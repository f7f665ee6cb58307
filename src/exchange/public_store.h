/* The public store: what the portal knows, in files of its own. FOLDER/public.db holds what was released: a view, written by one follower
   (or from packages), thrown away and made anew at will. FOLDER/public-inbox.db holds what came in from the public until it is taken in;
   what it holds is sealed for the inner store's key, so that the portal cannot read it back. Nothing here knows the inner store. One writer
   at a time; all functions may be called from any thread. */
#ifndef BIHUAN_EXCHANGE_PUBLIC_STORE_H
#define BIHUAN_EXCHANGE_PUBLIC_STORE_H

#include "base/buffer.h"
#include "base/hash.h"
#include "base/text.h"
#include "store/store.h"

#define PUBLIC_FILE "public.db"
#define PUBLIC_INBOX_FILE "public-inbox.db"

struct public_store;
/* The folder must be there; the files are made. */
enum store_error public_open(const char *folder, struct public_store **store);
void public_close(struct public_store *store);
const char *public_folder(const struct public_store *store);

/* ---- what was released ---- */

/* Kinds of items: "problem" (by id), "district" (by id), "code" (by the hash of a code word), "setting", "key" (the inner store's public
   key), "head" (its newest tree head), "withheld" (how many problems are not public, by legal reason). */
struct public_item { const char *kind, *key, *body; /* JSON; NULL: it is gone */ int64_t revision; };
struct public_picture { const char *name; /* hash of the bytes */ const char *media_type; const void *bytes; size_t size; };
/* How far it is, and what it is a view of. `generation` changes whenever it is made anew. */
struct public_state { int64_t journal, moment, revision; char generation[33], told[128]; };

enum store_error public_state_read(struct public_store *store, struct public_state *state);
/* All of it or nothing: items, pictures, then journal and moment of `state` (its revision and generation are the store's own). What stands
   already gets no new revision. Pictures that no item names any more go. */
enum store_error public_write(struct public_store *store, const struct public_item *items, size_t count, const struct public_picture *pictures, size_t picture_count, struct public_state *state);
/* Empties it: another generation begins. */
enum store_error public_begin_anew(struct public_store *store, const char *told);
/* From packages: revisions and generation as they came. `whole`: what it does not hold goes. */
enum store_error public_apply(struct public_store *store, const struct public_item *items, size_t count, const struct public_picture *pictures, size_t picture_count, const struct public_state *state, bool whole);

enum store_error public_item_read(struct public_store *store, const char *kind, const char *key, struct arena *arena, char **body); /* ABSENT */
typedef bool public_item_sink(void *with, const struct public_item *item); /* false stops */
/* By kind and key; `kind` NULL: all. Gone ones have no body, and come only when `gone`. */
enum store_error public_items(struct public_store *store, const char *kind, int64_t after_revision, bool gone, public_item_sink *sink, void *with);
typedef bool public_picture_sink(void *with, const struct public_picture *picture);
enum store_error public_picture_read(struct public_store *store, const char *name, struct arena *arena, struct public_picture *picture);
enum store_error public_picture_there(struct public_store *store, const char *name, bool *there);
/* Pictures that came after the revision. */
enum store_error public_pictures(struct public_store *store, int64_t after_revision, public_picture_sink *sink, void *with);

/* Lists of problems, newest change first. 0, -1: any. */
enum public_standing { STANDING_ANY = 0, STANDING_SOLVED = 1, STANDING_TO_PLAN = 2, STANDING_SLOW = 3, STANDING_LATE = 4, STANDING_BAD = 5, STANDING_NOT_BEGUN = 6, STANDING_IN_HAND = 7 /* whatever is not solved; of lists only */ };
struct public_query {
  int64_t district, category;
  enum public_standing standing;
  bool publicised, results, all /* results alone as well */;
  int64_t after_order, after_id;
  size_t limit;
};
typedef bool public_problem_sink(void *with, int64_t id, int64_t order, const char *body);
enum store_error public_problems(struct public_store *store, const struct public_query *query, public_problem_sink *sink, void *with);
/* How many stand how, by district and category; what is a result alone is not counted among the problems. */
typedef bool public_count_sink(void *with, int64_t district, int64_t category, enum public_standing standing, int64_t count);
enum store_error public_counts(struct public_store *store, public_count_sink *sink, void *with);

/* ---- what came in ---- */

struct inbox_entry {
  const char *portal;
  int64_t number;
  const char *kind, *tracking /* hash of the code word */, *sealed;
  int64_t received;
  const char *picture /* sealed, base64; NULL none */;
};
enum inbox_answer { INBOX_TAKEN, INBOX_TOO_MANY /* from this address today */ };
/* `address` is kept as a keyed hash for the day only. */
enum store_error inbox_add(struct public_store *store, const struct inbox_entry *entry, const char *address, int64_t most_a_day, enum inbox_answer *answer, int64_t *number);
const char *inbox_portal(const struct public_store *store); /* this portal's own name, made at first */
typedef bool inbox_sink(void *with, const struct inbox_entry *entry);
/* Entries of one portal (NULL: all) behind the number; those done already have nothing sealed and come only when `done`. */
enum store_error inbox_list(struct public_store *store, const char *portal, int64_t after, bool done, inbox_sink *sink, void *with);
enum store_error inbox_done(struct public_store *store, const char *portal, int64_t number); /* nothing but its number is kept */
/* From a package: entries that stand already are left as they are. */
enum store_error inbox_import(struct public_store *store, const struct inbox_entry *entries, size_t count);
/* Up to this number everything of the portal has been taken in (here), or is known to have been (there). */
enum store_error inbox_taken_until(struct public_store *store, const char *portal, int64_t *number);
enum store_error inbox_acknowledge(struct public_store *store, const char *portal, int64_t number);
/* The last number that came in from there, or was given here. */
enum store_error inbox_last(struct public_store *store, const char *portal, int64_t *number);
/* Every portal that something came from, with the number up to which all is taken in. */
typedef bool inbox_portal_sink(void *with, const char *portal, int64_t taken_until);
enum store_error inbox_portals(struct public_store *store, inbox_portal_sink *sink, void *with);
/* Small settings of the ferry, kept beside the inbox. */
enum store_error inbox_note(struct public_store *store, const char *key, const char *value);
enum store_error inbox_noted(struct public_store *store, const char *key, struct arena *arena, char **value); /* ABSENT */

#endif
