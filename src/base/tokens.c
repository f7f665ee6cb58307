/* Tokens of a text: character bigrams where a script has no blanks between words, whole words elsewhere.
   The same bytes always give the same tokens: stored search terms and groups depend on it, so a change
   in here means building both anew. */
#include "base/tokens.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/fold.h"
#include "base/heap.h"
#include "base/text.h"

#define LONGEST_WORD 192 /* bytes; longer words are cut into such pieces (a database's term has a limit) */
#define MOST_MARKS 8     /* accents that a character takes along; further ones end the run */

enum kind { KIND_NONE, KIND_WORD, KIND_BIGRAM, KIND_MARK };

static bool without_blanks(UScriptCode script) {
  switch (script) {
    case USCRIPT_HAN: case USCRIPT_HIRAGANA: case USCRIPT_KATAKANA: case USCRIPT_BOPOMOFO: case USCRIPT_HANGUL:
    case USCRIPT_THAI: case USCRIPT_LAO: case USCRIPT_KHMER: case USCRIPT_MYANMAR: case USCRIPT_TIBETAN:
    case USCRIPT_YI: case USCRIPT_NEW_TAI_LUE: case USCRIPT_TAI_LE: case USCRIPT_LANNA: return true;
    default: return false;
  }
}

static enum kind kind_by_unicode(uint32_t point) {
  UErrorCode status = U_ZERO_ERROR;
  UChar32 character = (UChar32)point;
  uint32_t category = U_GET_GC_MASK(character);
  if (category & (U_GC_MN_MASK | U_GC_MC_MASK)) return KIND_MARK;
  if (point >= 0x20000 && point <= 0x3fffd) return KIND_BIGRAM; /* Han, also what this ICU does not know yet */
  if (!(category & (U_GC_L_MASK | U_GC_ND_MASK | U_GC_NL_MASK | U_GC_NO_MASK))) {
    return point >= 0x2e80 && point <= 0x2fdf ? KIND_BIGRAM : KIND_NONE; /* radicals are symbols to Unicode */
  }
  if (point == 0x30fc) return KIND_BIGRAM; /* the long-vowel sign belongs to no one script */
  return without_blanks(uscript_getScript(character, &status)) ? KIND_BIGRAM : KIND_WORD;
}

static enum kind kind_of(uint32_t point) {
  if (point < 0x80)
    return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9') || (point >= 'A' && point <= 'Z') ? KIND_WORD : KIND_NONE;
  if (point >= 0x4e00 && point <= 0x9fff) return KIND_BIGRAM;
  if (point >= 0x2010 && point <= 0x2027) return KIND_NONE;
  if (point >= 0x3001 && point <= 0x3004) return KIND_NONE;
  if (point >= 0x3008 && point <= 0x3020) return KIND_NONE;
  return kind_by_unicode(point);
}

/* The kind of the character that begins here, and its bytes. What stands in nearly all places is seen without reading the character. */
static inline enum kind kind_at(const char *text, size_t *width) {
  const unsigned char *at = (const unsigned char *)text;
  if (at[0] >= 0xe5 && at[0] <= 0xe9 && (at[1] & 0xc0) == 0x80 && (at[2] & 0xc0) == 0x80) {
    *width = 3;
    return KIND_BIGRAM;
  }
  return kind_of(text_next(text, width));
}

typedef void token_sink(void *with, const char *bytes, size_t size, bool bigram);

/* The run being read: characters of one kind that stand together. */
struct run {
  enum kind kind;
  size_t start;           /* words: of the piece. Bigrams: of the character before the last one */
  size_t last;            /* where its last character begins */
  unsigned marks;         /* on its last character */
  size_t characters;      /* bigrams: how many were finished */
};

static void run_end(struct run *run, const char *folded, size_t at, token_sink *sink, void *with) {
  if (run->kind == KIND_WORD) sink(with, folded + run->start, at - run->start, false);
  else if (run->kind == KIND_BIGRAM) sink(with, folded + run->start, at - run->start, run->characters > 1);
  *run = (struct run){.kind = KIND_NONE};
}

/* Another character of the same kind: what can be said by now is said. */
static void run_on(struct run *run, const char *folded, size_t at, token_sink *sink, void *with) {
  if (run->kind == KIND_BIGRAM) {
    if (run->characters) sink(with, folded + run->start, at - run->start, run->characters > 1);
    run->start = run->last;
    run->characters++;
  } else if (at - run->start >= LONGEST_WORD) {
    sink(with, folded + run->start, at - run->start, false);
    run->start = at;
  }
  run->last = at;
  run->marks = 0;
}

static inline void tokens_walk(const char *folded, size_t size, token_sink *sink, void *with) {
  struct run run = {.kind = KIND_NONE};
  for (size_t at = 0, width; at < size; at += width) {
    enum kind kind = kind_at(folded + at, &width);
    if (kind == KIND_MARK) {
      if (run.kind != KIND_NONE && ++run.marks > MOST_MARKS) run_end(&run, folded, at, sink, with);
    } else if (kind == run.kind) {
      if (kind != KIND_NONE) run_on(&run, folded, at, sink, with);
    } else {
      run_end(&run, folded, at, sink, with);
      run = (struct run){.kind = kind, .start = at, .last = at};
    }
  }
  run_end(&run, folded, size, sink, with);
}

struct collected { struct arena *arena; struct tokens tokens; size_t room; };

static void collect(void *with, const char *bytes, size_t size, bool bigram) {
  struct collected *collected = with;
  struct tokens *tokens = &collected->tokens;
  if (tokens->count == collected->room) {
    size_t room = collected->room * 2;
    struct token *items = ARENA_ARRAY(collected->arena, struct token, room);
    memcpy(items, tokens->items, tokens->count * sizeof *items);
    tokens->items = items;
    collected->room = room;
  }
  tokens->items[tokens->count++] = (struct token){bytes, size, bigram};
}

struct tokens tokens_of(struct arena *arena, const char *text) {
  struct buffer folded = {.arena = arena};
  struct collected collected = {.arena = arena};
  fold_write(&folded, text ? text : "", text ? strlen(text) : 0);
  collected.room = folded.size / 3 + 8; /* about one a Chinese character */
  collected.tokens.items = ARENA_ARRAY(arena, struct token, collected.room);
  tokens_walk(folded.bytes, folded.size, collect, &collected);
  return collected.tokens;
}

struct joined { struct buffer *out; bool some; };

static void join(void *with, const char *bytes, size_t size, bool bigram) {
  (void)bigram;
  struct joined *joined = with;
  struct buffer *out = joined->out;
  if (size == 6 && joined->some && out->room - out->size > 7) { /* two Chinese characters */
    char *to = out->bytes + out->size;
    *to = ' ';
    memcpy(to + 1, bytes, 6);
    to[7] = 0;
    out->size += 7;
    return;
  }
  if (joined->some) buffer_byte(joined->out, ' ');
  buffer_add(joined->out, bytes, size);
  joined->some = true;
}

void tokens_write(struct buffer *out, const char *text) {
  size_t size = text ? strlen(text) : 0;
  struct buffer folded = {.room = size + size / 4 + 64};
  struct joined joined = {.out = out};
  folded.bytes = heap_resized(NULL, folded.room, 1);
  buffer_add(out, "", 0);
  fold_write(&folded, text ? text : "", size);
  tokens_walk(folded.bytes, folded.size, join, &joined);
  buffer_free(&folded);
}
