/* A question is read into parts: each run of Chinese and each word one, what stands in quotes one, what follows a minus one that must not
   be there. A part becomes a quoted phrase of the index's tokens: so no sign of the text ever reaches the syntax of FTS5. */
#include "follow/question.h"

#include <string.h>

#include "base/text.h"

/* ---- reading ---- */

/* A single Chinese character (or another of a script that is kept in pairs). */
static bool lone(const struct token *token) {
  size_t width;
  return text_next(token->bytes, &width) >= 0x2E80 && width == token->size;
}

static bool quote(uint32_t point) {
  return point == '"' || point == 0x201C || point == 0x201D || point == 0x300C || point == 0x300D || point == 0xFF02;
}
static bool blank(uint32_t point) { return point <= ' ' || point == 0x3000 || point == 0xA0; }

static void needle_add(struct question *question, const struct token *first, const struct token *last, size_t part) {
  struct question_needle *needle = &question->needles[question->needle_count++];
  *needle = (struct question_needle){.bytes = first->bytes,
                                     .size = (size_t)(last->bytes + last->size - first->bytes),
                                     .part = part,
                                     .word = first == last && !lone(first) && !first->bigram};
  size_t width;
  if (needle->word && text_next(first->bytes, &width) >= 0x2E80) needle->word = false;
}

/* The runs of a part, as they would stand in a text. */
static void needles_of(struct question *question, const struct question_part *part, size_t at) {
  size_t first = 0;
  for (size_t i = 1; i <= part->count; i++) {
    if (i < part->count && part->tokens[i].bigram) continue;
    needle_add(question, &part->tokens[first], &part->tokens[i - 1], at);
    first = i;
  }
}

struct reading { struct arena *arena; struct question *question; bool full; };

static void part_add(struct reading *reading, const struct token *tokens, size_t count, bool without) {
  struct question *question = reading->question;
  if (count == 1 && lone(tokens)) {
    if (question->ignored_count < QUESTION_PARTS_MOST)
      question->ignored[question->ignored_count++] = arena_copy(reading->arena, tokens->bytes, tokens->size);
    return;
  }
  if (question->count == QUESTION_PARTS_MOST) {
    reading->full = true;
    return;
  }
  size_t width;
  bool word = count == 1 && text_next(tokens->bytes, &width) < 0x2E80;
  question->parts[question->count++] = (struct question_part){tokens, count, without, word};
}

/* One stretch of the text between quotes, or up to the next blank. */
static void stretch_read(struct reading *reading, const char *text, size_t size, bool whole, bool without) {
  struct tokens tokens = tokens_of(reading->arena, arena_copy(reading->arena, text, size));
  if (tokens.count && (whole || without)) {
    part_add(reading, tokens.items, tokens.count, without);
    return;
  }
  for (size_t first = 0, i = 1; i <= tokens.count; i++) {
    if (i < tokens.count && tokens.items[i].bigram) continue;
    part_add(reading, &tokens.items[first], i - first, false);
    first = i;
  }
}

/* The end of what begins here: the closing quote (quoted: told), else a blank or another quote. */
static const char *stretch_end(const char *from, bool quoted) {
  size_t width = 1;
  for (; *from; from += width) {
    uint32_t point = text_next(from, &width);
    if (quote(point) || (!quoted && blank(point))) break;
  }
  return from;
}

static void text_read(struct reading *reading, const char *text) {
  size_t width;
  for (const char *at = text; *at; ) {
    uint32_t point = text_next(at, &width), next = at[width] ? text_next(at + width, &(size_t){0}) : 0;
    bool without = (point == '-' || point == 0xFF0D || point == 0x2212) && next && !blank(next) && next != '-', quoted = false;
    if (without) {
      at += width;
      point = text_next(at, &width);
    }
    if (quote(point)) {
      const char *end = stretch_end(at + width, true);
      quoted = *end != 0; /* one that is never closed is only a sign */
      at += width;
      if (quoted) {
        stretch_read(reading, at, (size_t)(end - at), true, without);
        text_next(end, &width);
        at = end + width;
      }
      if (quoted || !without) continue;
    }
    if (!without && blank(point)) {
      at += width;
      continue;
    }
    const char *end = stretch_end(at, false);
    stretch_read(reading, at, (size_t)(end - at), false, without);
    at = end;
  }
}

enum question_fault question_of(struct arena *arena, const char *text, struct question *question) {
  struct reading reading = {arena, question, false};
  size_t wanted = 0, tokens = 0;
  *question = (struct question){.count = 0};
  text_read(&reading, text ? text : "");
  for (size_t i = 0; i < question->count; i++) {
    wanted += !question->parts[i].without;
    tokens += question->parts[i].count;
  }
  question->needles = ARENA_ARRAY(arena, struct question_needle, tokens + 1);
  for (size_t i = 0; i < question->count; i++)
    if (!question->parts[i].without) needles_of(question, &question->parts[i], i);
  if (reading.full) return QUESTION_TOO_MANY;
  if (wanted) return QUESTION_FITS;
  return question->count ? QUESTION_ONLY_WITHOUT : question->ignored_count ? QUESTION_TOO_SHORT : QUESTION_NO_WORDS;
}

static const struct { const char *code; struct label label; } FAULTS[] = {
  [QUESTION_FITS] = {"", {"", ""}},
  [QUESTION_NO_WORDS] = {"no_words", {"没有可查的字词：请输入两个以上汉字、词或编号。", "there is nothing to look for in it: give two Chinese characters or more, a word, or a number."}},
  [QUESTION_TOO_SHORT] = {"too_short", {"查找词太短：每个词至少两个字。", "the words to look for are too short: two characters or more each."}},
  [QUESTION_ONLY_WITHOUT] = {"only_without", {"只有要排除的词：请再写一个要找的词。", "only words that must not be there: give one to look for as well."}},
  [QUESTION_TOO_MANY] = {"too_many", {"查找词最多 32 个。", "at most 32 words to look for."}},
};
struct label question_fault_label(enum question_fault fault) { return FAULTS[fault].label; }
const char *question_fault_code(enum question_fault fault) { return FAULTS[fault].code; }

/* ---- writing ---- */

static bool has_flag(const struct record_type *type, unsigned flag) {
  for (size_t i = 0; i < type->field_count; i++)
    if (type->fields[i].flags & flag) return true;
  return false;
}

static void quoted_write(struct buffer *out, const char *class, const char *bytes, size_t size) {
  buffer_text(out, class);
  for (size_t i = 0; i < size; i++)
    if (bytes[i] != '"') buffer_byte(out, bytes[i]);
}

static void phrase_write(struct buffer *out, const struct question_part *part) {
  buffer_byte(out, '"');
  for (size_t i = 0; i < part->count; i++) quoted_write(out, i ? " " : "", part->tokens[i].bytes, part->tokens[i].size);
  buffer_byte(out, '"');
}

/* What of a word is Latin letters and digits: all of it? With a digit? */
static bool plain(const struct token *token, bool *digit) {
  *digit = false;
  for (size_t i = 0; i < token->size; i++) {
    bool number = token->bytes[i] >= '0' && token->bytes[i] <= '9';
    if (!number && !(token->bytes[i] >= 'a' && token->bytes[i] <= 'z')) return false;
    *digit = *digit || number;
  }
  return true;
}

/* A word is also looked for as a stretch of a number, or as the sound of a name, where the type has such. */
static void part_write(struct buffer *out, const struct question_part *part, const struct record_type *type) {
  bool digit = false, latin = part->word && plain(part->tokens, &digit);
  buffer_byte(out, '(');
  phrase_write(out, part);
  if (latin && digit && part->tokens->size >= PART_SIZE && has_flag(type, FIELD_PARTS)) {
    buffer_text(out, " OR \"");
    for (size_t i = 0; i + PART_SIZE <= part->tokens->size; i++)
      quoted_write(out, i ? " " CLASS_MARK "n" : CLASS_MARK "n", part->tokens->bytes + i, PART_SIZE);
    buffer_byte(out, '"');
  }
  if (latin && !digit && part->tokens->size > 1 && has_flag(type, FIELD_PINYIN)) {
    buffer_text(out, " OR \"");
    quoted_write(out, CLASS_MARK "p", part->tokens->bytes, part->tokens->size);
    buffer_text(out, "\" *");
  }
  buffer_byte(out, ')');
}

static void held_write(struct buffer *out, const struct question_holders *holders) {
  buffer_text(out, " AND (");
  for (size_t i = 0; i < holders->count; i++) buffer_print(out, "%s\"" CLASS_MARK "u%lld\"", i ? " OR " : "", (long long)holders->ids[i]);
  buffer_byte(out, ')');
}

const char *question_write(struct arena *arena, const struct question *question, const struct record_type *type,
                           const struct question_holders *holders, size_t holder_count) {
  struct buffer out = {.arena = arena};
  size_t without = 0;
  buffer_byte(&out, '(');
  for (size_t i = 0, written = 0; i < question->count; i++) {
    without += question->parts[i].without;
    if (question->parts[i].without) continue;
    if (written++) buffer_text(&out, " AND ");
    part_write(&out, &question->parts[i], type);
  }
  for (size_t i = 0; i < holder_count; i++)
    if (holders[i].count) held_write(&out, &holders[i]);
  buffer_byte(&out, ')');
  if (without) buffer_text(&out, " NOT (");
  for (size_t i = 0, written = 0; i < question->count; i++) {
    if (!question->parts[i].without) continue;
    if (written++) buffer_text(&out, " OR ");
    phrase_write(&out, &question->parts[i]);
  }
  if (without) buffer_byte(&out, ')');
  return out.bytes;
}
