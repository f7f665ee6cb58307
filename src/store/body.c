/* Bodies of journal entries: what a change changed, as JSON by permanent field codes, so that a body can be read
   for ever by people and by any later version. Written from two rows, folded back into one. The format, for ever:
     {"f":{"3":["old","new"],"14":[[1,2],[2]],"17":[null,20780]},"s":[2,3],"r":"why"}
   f: each changed field by its code, the value before and after; null is none. Integers of every type are JSON
   integers, texts are strings, references to several are arrays in order. At creation every old value is null.
   s: the state before and after, where it moved (0: none before). r: the reason given. A member may be left out;
   further members belong to the rules and are passed over here. Nothing here reads or writes a store. */
#include <string.h>

#include "base/json.h"
#include "base/room.h"
#include "store/seal.h"

/* ---- writing ---- */

void body_value(struct json *json, const struct value *value) {
  if (!value || !value_filled(value)) json_null(json);
  else if (value->kind == VALUE_INTEGER) json_integer(json, value->integer);
  else if (value->kind == VALUE_TEXT) json_text_sized(json, value->text, value->size);
  else {
    json_open(json, '[');
    for (size_t i = 0; i < value->count; i++) json_integer(json, value->many[i]);
    json_close(json, ']');
  }
}

static bool value_moved(const struct value *old, const struct value *new) {
  bool had = old && value_filled(old), has = value_filled(new);
  return had != has || (has && !value_equal(old, new));
}

/* As %u prints it; every field of every change passes here. */
static const char *key_print(char digits[8], unsigned id) {
  char *at = digits + 7;
  *at = 0;
  do *--at = (char)('0' + id % 10); while (id /= 10);
  return at;
}

static void fields_write(struct json *json, const struct row *before, const struct row *after) {
  bool some = false;
  for (size_t i = 0; i < after->type->field_count; i++) {
    const struct value *old = before ? &before->values[i] : NULL, *new = &after->values[i];
    char key[8];
    if (!value_moved(old, new)) continue;
    if (!some) {
      json_key(json, "f");
      json_open(json, '{');
      some = true;
    }
    json_key(json, key_print(key, after->type->fields[i].id));
    json_open(json, '[');
    body_value(json, old);
    body_value(json, new);
    json_close(json, ']');
  }
  if (some) json_close(json, '}');
}

/* The members between an object's braces, joined to what stands. */
static void members_join(struct buffer *out, const char *object) {
  const char *first = strchr(object, '{'), *last = strrchr(object, '}');
  if (!first || !last) return;
  first++;
  while (first < last && strchr(" \n\r\t", *first)) first++;
  if (first == last) return;
  if (out->bytes[out->size - 1] != '{') buffer_byte(out, ',');
  buffer_add(out, first, (size_t)(last - first));
}

void body_write(struct buffer *out, const struct row *before, const struct row *after, const char *reason, const char *extra_json) {
  struct json json = json_to(out);
  state_code from = before ? before->state : 0;
  json_open(&json, '{');
  fields_write(&json, before, after);
  if (from != after->state) {
    json_key(&json, "s");
    json_open(&json, '[');
    json_integer(&json, from);
    json_integer(&json, after->state);
    json_close(&json, ']');
  }
  if (reason && *reason) json_pair(&json, "r", reason);
  if (extra_json) members_join(out, extra_json);
  json_close(&json, '}');
}

void row_stamp(struct row *row, const struct entry *entry) {
  bool founds = row->id == 0;
  if (founds) {
    row->id = entry->record;
    row->created = entry->moment;
  }
  if (founds || entry->kind != ENTRY_DERIVED) row->changed = entry->moment;
  row->version = entry->version;
  row->state = entry->state;
  row->entry = entry->number;
  if (entry->action == ACTION_VOID) row->voided = true;
}

/* ---- reading: a scanner of its own, as replay reads millions of these ---- */

struct scan { const char *at, *end; struct arena *arena; };

static void blanks(struct scan *scan) {
  while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\n' || *scan->at == '\r' || *scan->at == '\t')) scan->at++;
}

/* Passes `byte` and blanks before it, if it stands next. */
static bool take(struct scan *scan, char byte) {
  blanks(scan);
  if (scan->at == scan->end || *scan->at != byte) return false;
  scan->at++;
  return true;
}

/* Passes a string; *bytes gets what stands between its quotes, as written. */
static bool string_raw(struct scan *scan, const char **bytes, size_t *size, bool *escaped) {
  *escaped = false;
  if (!take(scan, '"')) return false;
  *bytes = scan->at;
  for (; scan->at < scan->end && *scan->at != '"'; scan->at++) {
    if ((unsigned char)*scan->at < 0x20) return false;
    if (*scan->at != '\\') continue;
    *escaped = true;
    if (++scan->at == scan->end) return false;
  }
  if (scan->at == scan->end) return false;
  *size = (size_t)(scan->at++ - *bytes);
  return true;
}

static bool hex_four(const char *at, const char *end, uint32_t *out) {
  if (end - at < 4) return false;
  *out = 0;
  for (int i = 0; i < 4; i++) {
    char c = at[i];
    uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                     : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                     : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                            : 16;
    if (digit > 15) return false;
    *out = *out << 4 | digit;
  }
  return true;
}

static char *utf8_put(char *to, uint32_t point) {
  unsigned more = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
  *to++ = (char)(lead[more] | point >> (6 * more));
  while (more-- > 0) *to++ = (char)(0x80 | (point >> (6 * more) & 0x3F));
  return to;
}

/* One \u escape, or a pair of them for a code point beyond U+FFFF; U+0000 is refused. */
static bool point_unescape(const char **at, const char *end, char **to) {
  uint32_t point, low;
  if (!hex_four(*at, end, &point) || point == 0) return false;
  *at += 4;
  if (point >= 0xD800 && point < 0xDC00) {
    if (end - *at < 6 || (*at)[0] != '\\' || (*at)[1] != 'u' || !hex_four(*at + 2, end, &low) || low < 0xDC00 || low > 0xDFFF) return false;
    point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
    *at += 6;
  } else if (point >= 0xDC00 && point < 0xE000) {
    return false;
  }
  *to = utf8_put(*to, point);
  return true;
}

/* What the raw string says; unescaping never makes it longer. */
static bool string_unescape(char *bytes, size_t *size) {
  static const char plain[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  const char *at = bytes, *end = bytes + *size;
  char *to = bytes;
  while (at < end) {
    if (*at != '\\') {
      *to++ = *at++;
      continue;
    }
    const char *known = strchr(plain, at[1]);
    at += 2;
    if (known && *known) *to++ = meant[known - plain];
    else if (at[-1] != 'u' || !point_unescape(&at, end, &to)) return false;
  }
  *to = 0;
  *size = (size_t)(to - bytes);
  return true;
}

static bool integer_read(struct scan *scan, int64_t *out) {
  blanks(scan);
  bool below = scan->at < scan->end && *scan->at == '-';
  uint64_t size = 0, most = below ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
  if (below) scan->at++;
  const char *first = scan->at;
  for (; scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9'; scan->at++) {
    unsigned digit = (unsigned)(*scan->at - '0');
    if (size > (most - digit) / 10) return false;
    size = size * 10 + digit;
  }
  if (scan->at == first) return false;
  *out = below ? (int64_t)(0 - size) : (int64_t)size;
  return true;
}

static bool many_read(struct scan *scan, struct value *value) {
  size_t room = 0;
  int64_t *many = NULL;
  if (!take(scan, '[')) return false;
  value->kind = VALUE_MANY;
  if (take(scan, ']')) return true;
  do {
    ARENA_ROOM(scan->arena, many, value->count, room, 8);
    value->many = many;
    if (!integer_read(scan, &many[value->count++])) return false;
  } while (take(scan, ','));
  return take(scan, ']');
}

static bool text_read(struct scan *scan, struct value *value) {
  const char *bytes;
  bool escaped;
  if (!string_raw(scan, &bytes, &value->size, &escaped)) return false;
  char *text = arena_copy(scan->arena, bytes, value->size);
  value->kind = VALUE_TEXT;
  value->text = text;
  return !escaped || string_unescape(text, &value->size);
}

static bool word(struct scan *scan, const char *is) {
  size_t size = strlen(is);
  blanks(scan);
  if ((size_t)(scan->end - scan->at) < size || memcmp(scan->at, is, size) != 0) return false;
  scan->at += size;
  return true;
}

static bool value_read(struct scan *scan, const struct field *field, struct value *value) {
  *value = value_nothing(field->id);
  if (word(scan, "null")) return true;
  if (field->type == F_REFERENCES) return many_read(scan, value);
  if (field_is_text(field)) return text_read(scan, value);
  value->kind = VALUE_INTEGER;
  return integer_read(scan, &value->integer);
}

/* Passes any one JSON value. */
static bool skip(struct scan *scan, unsigned depth) {
  const char *bytes;
  size_t size;
  bool escaped, object;
  blanks(scan);
  if (scan->at == scan->end || depth > 60) return false;
  if (*scan->at == '"') return string_raw(scan, &bytes, &size, &escaped);
  if (*scan->at != '{' && *scan->at != '[') {
    const char *first = scan->at;
    while (scan->at < scan->end && !strchr(" \n\r\t,]}", *scan->at)) scan->at++;
    return scan->at > first;
  }
  object = *scan->at++ == '{';
  if (take(scan, object ? '}' : ']')) return true;
  do {
    if (object && (!string_raw(scan, &bytes, &size, &escaped) || !take(scan, ':'))) return false;
    if (!skip(scan, depth + 1)) return false;
  } while (take(scan, ','));
  return take(scan, object ? '}' : ']');
}

static const struct field *field_read(struct scan *scan, const struct record_type *type) {
  const char *bytes;
  size_t size;
  bool escaped;
  unsigned id = 0;
  if (!string_raw(scan, &bytes, &size, &escaped) || size == 0 || size > 5) return NULL;
  for (size_t i = 0; i < size; i++) {
    if (bytes[i] < '0' || bytes[i] > '9') return NULL;
    id = id * 10 + (unsigned)(bytes[i] - '0');
  }
  return id <= UINT16_MAX && take(scan, ':') ? record_field(type, (uint16_t)id) : NULL;
}

static bool fields_read(struct scan *scan, struct row *row) {
  if (!take(scan, '{')) return false;
  if (take(scan, '}')) return true;
  do {
    struct value value;
    const struct field *field = field_read(scan, row->type);
    if (!field || !take(scan, '[') || !skip(scan, 0) || !take(scan, ',') || !value_read(scan, field, &value) || !take(scan, ']'))
      return false;
    row_set(row, &value);
  } while (take(scan, ','));
  return take(scan, '}');
}

static bool body_read(struct scan *scan, struct row *row) {
  const char *key;
  size_t size;
  bool escaped;
  if (!take(scan, '{')) return false;
  if (!take(scan, '}')) {
    do {
      if (!string_raw(scan, &key, &size, &escaped) || !take(scan, ':')) return false;
      if (!(size == 1 && *key == 'f' ? fields_read(scan, row) : skip(scan, 0))) return false;
    } while (take(scan, ','));
    if (!take(scan, '}')) return false;
  }
  blanks(scan);
  return scan->at == scan->end;
}

bool body_apply(struct arena *arena, const struct entry *entry, struct row *row) {
  if (!entry->body) return false;
  struct scan scan = {.at = entry->body, .end = entry->body + entry->body_size, .arena = arena};
  if (!body_read(&scan, row)) return false;
  row_stamp(row, entry);
  return true;
}
