/* One line of a frozen table: written, read, sealed. Pure; the format is told in frozen.h. */
#include <string.h>

#include "rules/frozen.h"

/* ---- writing ---- */

static void member_write(struct buffer *out, const struct figure *figure, const struct figure_member *member) {
  size_t last = member->count;
  while (last > 1 && figure_member_get(figure, member, last - 1) == 0) last--;
  for (size_t i = 0; i < last; i++) {
    int64_t value = figure_member_get(figure, member, i);
    if (value == NOTHING || (value == 0 && !member->date)) continue;
    buffer_print(out, "%s%lld", i ? " " : "", (long long)value);
  }
}

static void hex_add(struct buffer *out, const uint8_t *bytes, size_t size) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < size; i++) {
    buffer_byte(out, digits[bytes[i] >> 4]);
    buffer_byte(out, digits[bytes[i] & 15]);
  }
}

void frozen_line_write(struct buffer *out, const struct figure *figure, unsigned version, const uint8_t salt[FROZEN_SALT],
                       uint8_t digest[HASH_SIZE]) {
  size_t begin = out->size;
  for (size_t i = 0; i < FIGURE_MEMBER_COUNT; i++) {
    if (FIGURE_MEMBERS[i].since > version) continue;
    if (i) buffer_byte(out, ',');
    member_write(out, figure, &FIGURE_MEMBERS[i]);
  }
  hash_two(digest, salt, FROZEN_SALT, out->bytes + begin, out->size - begin);
  buffer_text(out, " s:");
  hex_add(out, salt, FROZEN_SALT);
  buffer_byte(out, '\n');
}

void frozen_line_destroy(struct buffer *out, int64_t id, const uint8_t digest[HASH_SIZE]) {
  buffer_print(out, "%lld d:", (long long)id);
  hex_add(out, digest, HASH_SIZE);
  buffer_byte(out, '\n');
}

/* ---- reading ---- */

static bool number_read(const char **at, int64_t *value) {
  bool below = **at == '-';
  uint64_t size = 0;
  const char *first = below ? *at + 1 : *at;
  for (*at = first; **at >= '0' && **at <= '9'; ++*at) {
    if (size > (uint64_t)INT64_MAX / 10 - 1) return false;
    size = size * 10 + (uint64_t)(**at - '0');
  }
  *value = below ? -(int64_t)size : (int64_t)size;
  return *at > first;
}

/* Into the canonical bytes of the figure, big-endian in the member's size. */
static uint8_t *bits_put(uint8_t *to, int64_t value, size_t size) {
  uint64_t bits = (uint64_t)value;
  for (size_t i = size; i-- > 0; bits >>= 8) to[i] = (uint8_t)bits;
  return to + size;
}

static bool member_read(const char **at, const struct figure_member *member, uint8_t **to) {
  for (size_t i = 0; i < member->count; i++) {
    int64_t value = member->date ? FIGURE_NO_DATE : 0;
    bool some = **at == '-' || (**at >= '0' && **at <= '9');
    if (some && !number_read(at, &value)) return false;
    if (some && **at == ' ' && (*at)[1] >= '0' && (*at)[1] <= '9') ++*at;
    *to = bits_put(*to, value, member->size);
  }
  return true;
}

static bool members_read(const char **at, unsigned version, struct figure *figure) {
  uint8_t bytes[sizeof(struct figure)], *to = bytes;
  for (size_t i = 0; i < FIGURE_MEMBER_COUNT; i++) {
    if (FIGURE_MEMBERS[i].since > version) continue;
    if (i && *(*at)++ != ',') return false;
    if (!member_read(at, &FIGURE_MEMBERS[i], &to)) return false;
  }
  return figure_parse(bytes, (size_t)(to - bytes), version, figure);
}

static bool hex_take(const char **at, uint8_t *bytes, size_t size) {
  char text[2 * HASH_SIZE + 1];
  size_t i = 0;
  for (; i < 2 * size && (*at)[i] && (*at)[i] != '\n'; i++) text[i] = (*at)[i];
  text[i] = 0;
  *at += i;
  return hex_read(text, bytes, size);
}

bool frozen_line_read(const char **text, unsigned version, bool digest, struct frozen_line *line) {
  const char *begin = *text, *at = begin;
  uint8_t salt[FROZEN_SALT];
  int64_t id = 0;
  memset(line, 0, sizeof *line);
  if (!number_read(&at, &id)) return false;
  if (strncmp(at, " d:", 3) == 0) {
    at += 3;
    line->destroyed = true;
    line->figure.id = id;
    *text = at + 2 * HASH_SIZE + 1;
    return hex_take(&at, line->digest, HASH_SIZE) && *at == '\n';
  }
  at = begin;
  if (!members_read(&at, version, &line->figure) || strncmp(at, " s:", 3) != 0) return false;
  size_t size = (size_t)(at - begin);
  at += 3;
  if (!digest) { /* the salt is passed over */
    if (strnlen(at, 2 * FROZEN_SALT + 1) != 2 * FROZEN_SALT + 1 || at[2 * FROZEN_SALT] != '\n') return false;
    *text = at + 2 * FROZEN_SALT + 1;
    return true;
  }
  if (!hex_take(&at, salt, FROZEN_SALT) || *at != '\n') return false;
  hash_two(line->digest, salt, FROZEN_SALT, begin, size);
  *text = at + 1;
  return true;
}

/* ---- the seal ---- */

void frozen_hash(const struct frozen_seal *seal, const uint8_t *digests, uint8_t hash[HASH_SIZE]) {
  struct buffer head = {0};
  buffer_print(&head, "bihuan-frozen-1 %u %lld %lld %zu\n", seal->figure_version, (long long)seal->campaign, (long long)seal->journal,
               seal->count);
  hash_two(hash, head.bytes, head.size, digests, seal->count * HASH_SIZE);
  buffer_free(&head);
}

/* ---- for people ---- */

char *frozen_text(struct arena *arena, const struct figure *figure, const char *name) {
  const struct figure_member *member = NULL;
  for (size_t i = 0; i < FIGURE_MEMBER_COUNT && !member; i++)
    if (strcmp(FIGURE_MEMBERS[i].name, name) == 0) member = &FIGURE_MEMBERS[i];
  if (!member) return NULL;
  const struct record_type *problem = record_type(RECORD_PROBLEM);
  const struct field *field = record_field_named(problem, name);
  const struct state_name *state = strcmp(name, "state") == 0 ? record_state(problem, (state_code)figure->state) : NULL;
  int64_t value = figure_member_get(figure, member, 0);
  if (state) return arena_text(arena, state->name);
  if (value == NOTHING) return arena_text(arena, "");
  if (member->date) return date_print(arena, value);
  const struct choice *choice = field && field->choices ? field_choice(field, value) : NULL;
  return choice ? arena_text(arena, choice->name) : arena_print(arena, "%lld", (long long)value);
}
