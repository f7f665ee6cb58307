/* Writing JSON: commas, quotes and escapes. It neither sorts nor checks what the caller writes,
   beyond the depth that fits its one bit a level. */
#include "base/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEEPEST 63

struct json json_to(struct buffer *out) { return (struct json){.out = out}; }

/* Before every value: the comma, unless a key or an opening bracket stands before it. */
static void json_before(struct json *json) {
  uint64_t bit = UINT64_C(1) << json->depth;
  if (json->after_key) json->after_key = false;
  else if (json->depth && (json->some & bit)) buffer_byte(json->out, ',');
  json->some |= bit;
}

void json_open(struct json *json, char bracket) {
  json_before(json);
  if (json->depth == DEEPEST) {
    fprintf(stderr, "JSON is written more than %d levels deep\n", DEEPEST);
    abort();
  }
  json->depth++;
  json->some &= ~(UINT64_C(1) << json->depth);
  buffer_byte(json->out, bracket);
}

void json_close(struct json *json, char bracket) {
  if (json->depth) json->depth--;
  buffer_byte(json->out, bracket);
}

#define EACH_BYTE(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Eight bytes at once: is there a zero among them? Only the lowest one found is certain, which is enough for yes or no. */
static uint64_t any_zero(uint64_t word) { return (word - EACH_BYTE(1)) & ~word & EACH_BYTE(0x80); }

static bool word_is_plain(uint64_t word) {
  uint64_t below_blank = (word - EACH_BYTE(0x20)) & ~word & EACH_BYTE(0x80);
  return !(below_blank | any_zero(word ^ EACH_BYTE('"')) | any_zero(word ^ EACH_BYTE('\\')));
}

/* Nothing to escape in it? */
static bool is_plain(const char *bytes, size_t size) {
  const char *bytes_end = bytes + size;
  uint64_t word;
  bool plain = true;
  if (size < sizeof word) {
    for (size_t i = 0; i < size && plain; i++) plain = (unsigned char)bytes[i] >= 0x20 && bytes[i] != '"' && bytes[i] != '\\';
    return plain;
  }
  for (const char *last = bytes + size - sizeof word; bytes < last && plain; bytes += sizeof word) {
    memcpy(&word, bytes, sizeof word);
    plain = word_is_plain(word);
  }
  memcpy(&word, bytes_end - sizeof word, sizeof word); /* overlaps the one before */
  return plain && word_is_plain(word);
}

/* Nearly every text has nothing to escape and room to stand in: copied in one go, with `behind` after the quotes unless that is 0.
   False: nothing was written. */
static bool quoted_plainly(struct buffer *out, const char *bytes, size_t size, char behind) {
  if (out->room - out->size < size + 4 || !is_plain(bytes, size)) return false;
  char *to = out->bytes + out->size;
  *to++ = '"';
  memcpy(to, bytes, size);
  to += size;
  *to++ = '"';
  if (behind) *to++ = behind;
  *to = 0;
  out->size = (size_t)(to - out->bytes);
  return true;
}

static void json_quoted(struct buffer *out, const char *bytes, size_t size) {
  static const char names[128] = {['"'] = '"', ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};
  size_t start = 0;
  if (quoted_plainly(out, bytes, size, 0)) return;
  buffer_byte(out, '"');
  for (size_t i = 0; i < size; i++) {
    unsigned char byte = (unsigned char)bytes[i];
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    buffer_add(out, bytes + start, i - start);
    start = i + 1;
    char pair[2] = {'\\', names[byte]};
    if (pair[1]) buffer_add(out, pair, 2);
    else buffer_print(out, "\\u%04x", byte);
  }
  buffer_add(out, bytes + start, size - start);
  buffer_byte(out, '"');
}

void json_key(struct json *json, const char *key) {
  size_t size = strlen(key);
  json_before(json);
  if (!quoted_plainly(json->out, key, size, ':')) {
    json_quoted(json->out, key, size);
    buffer_byte(json->out, ':');
  }
  json->after_key = true;
}

void json_name(struct json *json, const char *name) {
  struct buffer *out = json->out;
  size_t size = strlen(name);
  if (out->room - out->size < size + 5) {
    json_key(json, name);
    return;
  }
  json_before(json);
  char *to = out->bytes + out->size;
  *to = '"';
  memcpy(to + 1, name, size);
  memcpy(to + 1 + size, "\":", 3);
  out->size += size + 3;
  json->after_key = true;
}

void json_name_null(struct json *json, const char *name) {
  json_name(json, name);
  json->after_key = false;
  buffer_add(json->out, "null", 4);
}

void json_text_sized(struct json *json, const char *bytes, size_t size) {
  if (!bytes) {
    json_null(json);
    return;
  }
  json_before(json);
  json_quoted(json->out, bytes, size);
}

void json_text(struct json *json, const char *text) { json_text_sized(json, text, text ? strlen(text) : 0); }

void json_integer(struct json *json, int64_t value) {
  char digits[24], *at = digits + sizeof digits;
  uint64_t rest = value < 0 ? UINT64_C(0) - (uint64_t)value : (uint64_t)value;
  do *--at = (char)('0' + rest % 10); while (rest /= 10);
  if (value < 0) *--at = '-';
  json_before(json);
  buffer_add(json->out, at, (size_t)(digits + sizeof digits - at));
}

void json_yes_no(struct json *json, bool value) { json_raw(json, value ? "true" : "false"); }

void json_null(struct json *json) {
  json_before(json);
  buffer_add(json->out, "null", 4);
}

bool json_open_or_null(struct json *json, bool there) {
  if (there) json_open(json, '{');
  else json_null(json);
  return there;
}

void json_raw(struct json *json, const char *text) {
  json_before(json);
  buffer_text(json->out, text);
}

void json_pair(struct json *json, const char *key, const char *text) {
  json_key(json, key);
  json_text(json, text);
}

void json_pair_integer(struct json *json, const char *key, int64_t value) {
  json_key(json, key);
  json_integer(json, value);
}

void json_pair_yes_no(struct json *json, const char *key, bool value) {
  json_key(json, key);
  json_yes_no(json, value);
}
