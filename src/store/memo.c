/* What the writer read of records that nobody has changed since: most sets ask for the same units, campaigns and calendars, and on
   PostgreSQL every question is a round trip. Kept over transactions as long as the head stands where this process left it; a type's
   answers go when a record of it is written. Only answers that look at one type's tables are kept, so the caller asks for whole scopes.
   Belongs to whoever holds the write lock. Must never be asked by a reader that is not the tx's. */
#include "store/memo.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS 8192
#define MOST 4096 /* then all is forgotten: never more than half full */
#define BYTES_MOST ((size_t)16 << 20) /* the same: an answer that was overtaken keeps its room until then */

struct kept { char *key; size_t size; uint64_t hash; uint32_t generation; int64_t count; const struct row *row; };
struct memo {
  struct arena *arena; /* of keys and rows */
  struct kept slots[SLOTS]; size_t count;
  int64_t head;        /* journal number up to which the answers are true outside of a tx */
  size_t types; uint32_t *generations; bool *written; /* by place in the schema; written: by the set under way */
};

struct memo *memo_new(const struct schema *schema) {
  struct memo *memo = calloc(1, sizeof *memo);
  if (memo == NULL) abort();
  memo->arena = arena_new();
  memo->types = schema->count;
  memo->generations = calloc(schema->count + 1, sizeof *memo->generations);
  memo->written = calloc(schema->count + 1, sizeof *memo->written);
  if (memo->generations == NULL || memo->written == NULL) abort();
  return memo;
}

void memo_free(struct memo *memo) {
  if (memo == NULL) return;
  arena_free(memo->arena);
  free(memo->generations);
  free(memo->written);
  free(memo);
}

void memo_forget(struct memo *memo) {
  if (memo->count == 0) return;
  memset(memo->slots, 0, sizeof memo->slots);
  memo->count = 0;
  arena_reset(memo->arena);
}

void memo_begin(struct memo *memo, int64_t head) {
  if (memo->head != head) memo_forget(memo);
  memo->head = head;
  memo_end_set(memo);
}

void memo_commit(struct memo *memo, int64_t head) { memo->head = head; }

void memo_end_set(struct memo *memo) { memset(memo->written, 0, memo->types * sizeof *memo->written); }

static size_t place_of(const struct store *store, const struct type_texts *texts) { return (size_t)(texts - store->texts); }

void memo_written(struct store *store, const struct type_texts *texts) {
  size_t place = place_of(store, texts);
  store->memo->generations[place]++;
  store->memo->written[place] = true;
}

static void key_add(struct buffer *key, const void *bytes, size_t size) {
  buffer_add(key, &size, sizeof size);
  buffer_add(key, bytes, size);
}

/* The text, and every parameter with its kind. A text with its hash is composed once for the store: its place says enough. */
static struct buffer key_of(struct arena *arena, const struct statement *statement) {
  struct buffer key = {.arena = arena};
  if (statement->hash) key_add(&key, &statement->text, sizeof statement->text);
  else key_add(&key, statement->text, statement->size);
  for (size_t i = 0; i < statement->count; i++) {
    const struct parameter *parameter = &statement->parameters[i];
    bool bytes = parameter->kind == PARAMETER_TEXT || parameter->kind == PARAMETER_BYTES;
    buffer_byte(&key, (char)parameter->kind);
    if (bytes) key_add(&key, parameter->bytes, parameter->size);
    else key_add(&key, &parameter->integer, sizeof parameter->integer);
  }
  return key;
}

static struct kept *slot_of(struct memo *memo, const struct buffer *key, uint64_t hash) {
  size_t at = (size_t)hash % SLOTS;
  while (memo->slots[at].key &&
         !(memo->slots[at].hash == hash && memo->slots[at].size == key->size && memcmp(memo->slots[at].key, key->bytes, key->size) == 0))
    at = (at + 1) % SLOTS;
  return &memo->slots[at];
}

struct memo_question memo_ask(struct reader *reader, const struct type_texts *texts, const struct scope *scope,
                              const struct statement *statement, struct arena *arena) {
  struct memo_question question = {.store = reader->store};
  size_t place = place_of(reader->store, texts);
  bool whole = scope == &SCOPE_SYSTEM || (scope_is_whole(texts, scope) && !scope_hides(scope));
  if (reader->tx == NULL || !whole || reader->store->memo->written[place]) return question;
  struct memo *memo = reader->store->memo;
  question.keeps = true;
  question.key = key_of(arena, statement);
  question.hash = hash_fingerprint(question.key.bytes, question.key.size);
  question.generation = memo->generations[place];
  const struct kept *kept = slot_of(memo, &question.key, question.hash);
  question.known = kept->key && kept->generation == question.generation;
  question.count = kept->count;
  question.row = kept->row;
  return question;
}

void memo_keep(const struct memo_question *question, int64_t count, const struct row *row) {
  if (!question->keeps || question->known) return;
  struct memo *memo = question->store->memo;
  if (memo->count >= MOST || arena_size(memo->arena) >= BYTES_MOST) memo_forget(memo);
  struct kept *kept = slot_of(memo, &question->key, question->hash);
  if (kept->key == NULL) {
    memo->count++;
    kept->key = arena_copy(memo->arena, question->key.bytes, question->key.size);
    kept->size = question->key.size;
    kept->hash = question->hash;
  }
  kept->generation = question->generation;
  kept->count = count;
  kept->row = row ? row_copy(memo->arena, row) : NULL;
}
