/* What somebody looks for: words, runs of Chinese, "phrases", -words that must not be there. Read once, then written as a question to the
   index of one type. Whatever looks like the syntax of the index is text. */
#ifndef BIHUAN_FOLLOW_QUESTION_H
#define BIHUAN_FOLLOW_QUESTION_H

#include "base/tokens.h"
#include "records/record.h"

enum question_fault { QUESTION_FITS, QUESTION_NO_WORDS /* nothing but signs */, QUESTION_TOO_SHORT /* single Chinese characters only */, QUESTION_ONLY_WITHOUT /* only -words */, QUESTION_TOO_MANY };
enum { QUESTION_PARTS_MOST = 32 };
struct question_part { const struct token *tokens; size_t count; bool without, word /* one token that is no pair of characters */; };
/* What to mark in a text: folded as the index folds. Of a part that must be there. */
struct question_needle { const char *bytes; size_t size, part; bool word; };
struct question {
  struct question_part parts[QUESTION_PARTS_MOST]; size_t count;
  struct question_needle *needles; size_t needle_count;
  const char *ignored[QUESTION_PARTS_MOST]; size_t ignored_count; /* single Chinese characters beside words: not looked for */
};
enum question_fault question_of(struct arena *arena, const char *text, struct question *question);
struct label question_fault_label(enum question_fault fault);
const char *question_fault_code(enum question_fault fault);

/* Records held by one of these (units, users); several groups must all hold. */
struct question_holders { const int64_t *ids; size_t count; };
/* In the syntax of FTS5, for the index of one type. */
const char *question_write(struct arena *arena, const struct question *question, const struct record_type *type,
                           const struct question_holders *holders, size_t holder_count);

/* Where a text holds what is looked for: characters (code points) from `from` to before `to`, in order, not overlapping. parts: of a
   number, any stretch counts. */
struct mark { size_t from, to, part; };
size_t question_marks(struct arena *arena, const struct question *question, const char *text, bool parts, struct mark *marks, size_t most);

/* The words of a record as the index keeps them (terms_cut.c). */
struct pinyin;
struct cutter { struct pinyin *pinyin; bool tried; }; /* what cutting keeps open; all zero at first */
void record_cut(struct cutter *cutter, struct buffer *out, const struct row *row);
void cutter_rest(struct cutter *cutter);              /* gives back what it kept */
#define CLASS_MARK "\xC2\xA6"                         /* begins tokens that no text yields: ¦u holder, ¦n four characters of a number, ¦p pinyin; alone a fence between fields */
#define PART_SIZE 4
#endif
