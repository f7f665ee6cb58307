/* Asking the search terms. The rowid of every index is the record's id, and ids grow with time: newest first is a walk of posting lists
   from their end, which stops when enough is found; the indexes of several types are merged by id. Closest first looks at the newest hits
   only and reckons from where in a record they stand, which the walk knows anyway: no text is read. */
#include <string.h>
#include <stdlib.h>

#include "follow/terms_parts.h"

#include "base/room.h"

/* ---- closeness ---- */

enum { COUNTED_MOST = 6, FIRST_WORTH = 1000, EACH_WORTH = 40 };

/* Of each phrase: the nearer to the record's begin (number and title come first) the better, each further mention a little more. */
static void closeness(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *out, int count, sqlite3_value **values) {
  int64_t sum = 0;
  (void)count;
  (void)values;
  for (int phrase = 0; phrase < api->xPhraseCount(context); phrase++) {
    Fts5PhraseIter at;
    int column, offset, mentions = 0;
    int status = api->xPhraseFirst(context, phrase, &at, &column, &offset);
    if (status != SQLITE_OK) {
      sqlite3_result_error_code(out, status);
      return;
    }
    if (column >= 0) sum += FIRST_WORTH / (8 + offset);
    for (; column >= 0 && mentions < COUNTED_MOST; api->xPhraseNext(context, &at, &column, &offset)) {
      mentions++;
      sum += EACH_WORTH / mentions;
    }
  }
  sqlite3_result_int64(out, sum);
}

static fts5_api *api_of(sqlite3 *database) {
  sqlite3_stmt *statement = NULL;
  fts5_api *api = NULL;
  if (sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, &statement, NULL) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  return api;
}

enum store_error closeness_register(sqlite3 *database) {
  fts5_api *api = api_of(database);
  return api ? terms_failed(database, api->xCreateFunction(api, "closeness", NULL, closeness, NULL)) : STORE_BROKEN;
}

/* ---- hits ---- */

struct gathered { struct arena *arena; struct term_hit *items; size_t count, room; };

static void gather(struct gathered *gathered, struct term_hit hit) {
  ARENA_ROOM(gathered->arena, gathered->items, gathered->count, gathered->room, 256);
  gathered->items[gathered->count++] = hit;
}

static enum store_error type_ask(struct terms *terms, const struct terms_asking *asking, const struct asked_type *asked,
                                 struct gathered *gathered, bool *more) {
  struct words *words = words_of(terms, asked->type->id);
  size_t found = 0;
  int status;
  if (!words) return STORE_OK;
  sqlite3_stmt *statement = asking->ranked ? words->rank : words->find;
  const char *text = question_write(gathered->arena, asking->question, asked->type, asked->holders, asked->holder_count);
  sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC);
  sqlite3_bind_int64(statement, 2, asking->below ? asking->below : INT64_MAX);
  sqlite3_bind_int64(statement, 3, (int64_t)asking->most);
  while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
    gather(gathered,
           (struct term_hit){sqlite3_column_int64(statement, 0), asked->type, asking->ranked ? sqlite3_column_int64(statement, 1) : 0});
    found++;
  }
  enum store_error error = terms_failed(terms->reading, status);
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  *more = *more || found == asking->most;
  return error;
}

static int newer_first(const void *one, const void *other) {
  const struct term_hit *a = one, *b = other;
  return (a->id < b->id) - (a->id > b->id);
}

static int closer_first(const void *one, const void *other) {
  const struct term_hit *a = one, *b = other;
  return a->closeness == b->closeness ? newer_first(one, other) : (a->closeness < b->closeness) - (a->closeness > b->closeness);
}

/* What a type has beyond its newest `most` is older than all of these: so the newest `most` of all are among what was gathered. */
enum store_error terms_ask(struct terms *terms, const struct terms_asking *asking, struct arena *arena, struct term_hits *hits) {
  struct gathered gathered = {.arena = arena};
  enum store_error error = STORE_OK;
  *hits = (struct term_hits){0};
  if (asking->most == 0) return STORE_OK;
  pthread_mutex_lock(&terms->read_lock);
  for (size_t i = 0; i < asking->type_count && !error; i++) error = type_ask(terms, asking, &asking->types[i], &gathered, &hits->more);
  pthread_mutex_unlock(&terms->read_lock);
  if (error || gathered.count == 0) return error;
  if (asking->type_count > 1) qsort(gathered.items, gathered.count, sizeof *gathered.items, newer_first);
  hits->items = gathered.items;
  hits->more = hits->more || gathered.count > asking->most;
  hits->count = gathered.count < asking->most ? gathered.count : asking->most;
  return STORE_OK;
}

void hits_rank(struct term_hits *hits) {
  if (hits->count) qsort(hits->items, hits->count, sizeof *hits->items, closer_first);
}

enum store_error terms_find(struct terms *terms, enum record_id type, const char *text, int64_t below, size_t most, struct arena *arena,
                            int64_t **ids, size_t *count, enum question_fault *fault) {
  struct question question;
  struct asked_type asked = {.type = record_type(type)};
  struct terms_asking asking = {.question = &question, .types = &asked, .type_count = 1, .below = below, .most = most};
  struct term_hits hits = {0};
  *ids = NULL;
  *count = 0;
  *fault = question_of(arena, text, &question);
  enum store_error error = *fault ? STORE_OK : terms_ask(terms, &asking, arena, &hits);
  if (error || hits.count == 0) return error;
  *ids = ARENA_ARRAY(arena, int64_t, hits.count);
  for (size_t i = 0; i < hits.count; i++) (*ids)[i] = hits.items[i].id;
  *count = hits.count;
  return STORE_OK;
}
