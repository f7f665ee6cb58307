/* Private to store/: answers that the writer need not ask for again. */
#ifndef BIHUAN_STORE_MEMO_H
#define BIHUAN_STORE_MEMO_H

#include "store/compose.h"

struct memo *memo_new(const struct schema *schema);
void memo_free(struct memo *memo);
void memo_begin(struct memo *memo, int64_t head); /* a tx begins at this number: another one than was left means that somebody else wrote */
void memo_commit(struct memo *memo, int64_t head);  /* the tx that got so far is durable */
void memo_forget(struct memo *memo);                /* the tx was abandoned, or nobody knows; types that the set wrote stay unasked */
void memo_end_set(struct memo *memo);               /* what the set wrote stands, or was taken back: the types may be asked again */
void memo_written(struct store *store, const struct type_texts *texts);

/* A statement on one type's tables in a scope. `known`: count and row (NULL: absent) are the answer. The key lives in the arena. */
struct memo_question {
  struct store *store;
  bool keeps, known;
  struct buffer key;
  uint64_t hash;
  uint32_t generation;
  int64_t count;
  const struct row *row;
};
struct memo_question memo_ask(struct reader *reader, const struct type_texts *texts, const struct scope *scope,
                              const struct statement *statement, struct arena *arena);
void memo_keep(const struct memo_question *question, int64_t count, const struct row *row);

#endif
