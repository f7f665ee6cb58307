/* The words of a record as the index keeps them: its searched fields in declared order, a fence between them, then tokens that no text
   yields: who holds it (a question within units is a walk of these), every four characters of its number, the sound of its name from each
   syllable on. */
#include <stdio.h>
#include <string.h>

#include "base/pinyin.h"
#include "follow/question.h"

#define FENCE " " CLASS_MARK " "
enum { SYLLABLES_MOST = 40 };

static void class_token(struct buffer *out, const char *class, const char *bytes, size_t size) {
  if (out->size) buffer_byte(out, ' ');
  buffer_text(out, CLASS_MARK);
  buffer_text(out, class);
  buffer_add(out, bytes, size);
}

static size_t alike(const char *text) {
  size_t size = 0;
  while ((text[size] >= '0' && text[size] <= '9') || (text[size] >= 'a' && text[size] <= 'z') || (text[size] >= 'A' && text[size] <= 'Z'))
    size++;
  return size;
}

/* Letters and digits that stand together, four at a time: a stretch of a number is then a phrase of these. Four alone are a word
   already. */
static void parts_write(struct buffer *out, const char *text) {
  for (size_t size; *text; text += size ? size : 1) {
    size = alike(text);
    for (size_t k = 0; size > PART_SIZE && k + PART_SIZE <= size; k++) {
      char part[PART_SIZE];
      for (size_t i = 0; i < PART_SIZE; i++)
        part[i] = (char)(text[k + i] >= 'A' && text[k + i] <= 'Z' ? text[k + i] - 'A' + 'a' : text[k + i]);
      class_token(out, "n", part, PART_SIZE);
    }
    if (size > PART_SIZE) buffer_text(out, " " CLASS_MARK);
  }
}

/* Of "shen ji ju": shenjiju, jiju, ju and sjj, jj: any of them begins with what somebody types. */
static void name_write(struct buffer *out, const char *syllables, size_t size) {
  size_t starts[SYLLABLES_MOST], count = 0;
  char whole[SYLLABLES_MOST * 8], initials[SYLLABLES_MOST];
  size_t length = 0;
  for (size_t i = 0; i < size && length + 1 < sizeof whole; i++) {
    if (syllables[i] == ' ') continue;
    if (i == 0 || syllables[i - 1] == ' ') {
      if (count == SYLLABLES_MOST) break;
      initials[count] = syllables[i];
      starts[count++] = length;
    }
    whole[length++] = syllables[i];
  }
  for (size_t i = 0; i < count; i++) class_token(out, "p", whole + starts[i], length - starts[i]);
  for (size_t i = 0; i + 1 < count; i++) class_token(out, "p", initials + i, count - i);
}

static void sounds_write(struct cutter *cutter, struct buffer *out, const char *text) {
  struct buffer sound = {0};
  if (!cutter->tried) cutter->pinyin = pinyin_new();
  cutter->tried = true;
  if (!cutter->pinyin) return;
  pinyin_write(cutter->pinyin, &sound, text);
  for (const char *at = sound.size ? sound.bytes : ""; *at; ) {
    size_t size = strcspn(at, "|");
    name_write(out, at, size);
    at += size + (at[size] == '|');
  }
  buffer_free(&sound);
}

void cutter_rest(struct cutter *cutter) {
  pinyin_free(cutter->pinyin);
  *cutter = (struct cutter){0};
}

static void holder_write(struct buffer *out, int64_t id) {
  char digits[24];
  int size = snprintf(digits, sizeof digits, "%lld", (long long)id);
  if (id > 0) class_token(out, "u", digits, (size_t)size);
}

static void holders_write(struct buffer *out, const struct row *row) {
  for (size_t i = 0; i < 4 && row->type->holders[i].field; i++) {
    const struct value *value = row_value(row, row->type->holders[i].field);
    if (value->kind == VALUE_INTEGER) holder_write(out, value->integer);
    for (size_t k = 0; value->kind == VALUE_MANY && k < value->count; k++) holder_write(out, value->many[k]);
  }
}

void record_cut(struct cutter *cutter, struct buffer *out, const struct row *row) {
  size_t begun = out->size;
  for (size_t i = 0; i < row->type->field_count; i++) {
    const char *text = row->type->fields[i].flags & FIELD_SEARCHED ? row_text(row, row->type->fields[i].id) : NULL;
    if (!text) continue;
    if (out->size > begun) buffer_text(out, FENCE);
    tokens_write(out, text);
  }
  if (out->size == begun) return;
  for (size_t i = 0; i < row->type->field_count; i++) {
    const struct field *field = &row->type->fields[i];
    const char *text = field->flags & (FIELD_PARTS | FIELD_PINYIN) ? row_text(row, field->id) : NULL;
    if (text && (field->flags & FIELD_PARTS)) parts_write(out, text);
    if (text && (field->flags & FIELD_PINYIN)) sounds_write(cutter, out, text);
  }
  holders_write(out, row);
}
