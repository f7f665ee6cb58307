/* Frozen tables: made from the journal's figures, kept beside the store piece by piece, read back, and forgotten line by line when a record
   is destroyed. The record that names the table is written by the door; what proves it is frozen_verify.c. */
#include "rules/frozen.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/json.h"
#include "rules/colour.h"
#include "rules/frozen_parts.h"

/* ---- pieces ---- */

static const char *piece_key(struct arena *arena, const char *hash, size_t piece) { return arena_print(arena, "%s:%06zu", hash, piece); }

enum store_error frozen_head_read(struct store *store, const char *hash, struct arena *arena, struct frozen_head *head) {
  char *text = NULL;
  enum store_error error = side_get(store, SIDE_FROZEN, piece_key(arena, hash, 0), arena, &text);
  json_t *json = error == STORE_OK ? json_loads(text, 0, NULL) : NULL, *pieces = json_object_get(json, "pieces");
  *head = (struct frozen_head){0};
  if (error == STORE_OK && (!json_is_array(pieces) || json_integer_value(json_object_get(json, "format")) != FROZEN_FORMAT_1)) error = STORE_BROKEN;
  if (error == STORE_OK) {
    head->seal = (struct frozen_seal){.figure_version = (unsigned)json_integer_value(json_object_get(json, "figure")), .campaign = json_integer_value(json_object_get(json, "campaign")),
                                      .journal = json_integer_value(json_object_get(json, "journal")), .count = (size_t)json_integer_value(json_object_get(json, "count"))};
    head->piece_count = json_array_size(pieces);
    head->firsts = ARENA_ARRAY(arena, int64_t, head->piece_count + 1);
    for (size_t i = 0; i < head->piece_count; i++) head->firsts[i] = json_integer_value(json_array_get(pieces, i));
    if (!figure_size(head->seal.figure_version)) error = STORE_BROKEN;
  }
  json_decref(json);
  return error;
}

enum store_error frozen_piece_read(struct store *store, const char *hash, size_t piece, struct arena *arena, char **text) {
  return side_get(store, SIDE_FROZEN, piece_key(arena, hash, piece + 1), arena, text);
}

static enum store_error piece_put(struct store *store, const char *hash, size_t piece, const char *text) {
  struct arena *arena = arena_new();
  enum store_error error = side_put(store, SIDE_FROZEN, piece_key(arena, hash, piece + 1), text, 0);
  arena_free(arena);
  return error;
}

static char *head_text(struct arena *arena, const struct frozen_seal *seal, const struct figures *figures) {
  struct buffer out = {.arena = arena};
  struct json json = json_to(&out);
  json_open(&json, '{');
  json_pair_integer(&json, "format", FROZEN_FORMAT_1);
  json_pair_integer(&json, "figure", seal->figure_version);
  json_pair_integer(&json, "campaign", seal->campaign);
  json_pair_integer(&json, "journal", seal->journal);
  json_pair_integer(&json, "count", (int64_t)seal->count);
  json_key(&json, "members");
  json_open(&json, '[');
  for (size_t i = 0; i < FIGURE_MEMBER_COUNT; i++)
    if (FIGURE_MEMBERS[i].since <= seal->figure_version) json_text(&json, FIGURE_MEMBERS[i].name);
  json_close(&json, ']');
  json_key(&json, "pieces");
  json_open(&json, '[');
  for (size_t i = 0; i < figures->count; i += FROZEN_PIECE) json_integer(&json, figures->items[i].id);
  json_close(&json, ']');
  json_close(&json, '}');
  return out.bytes;
}

/* ---- making ---- */

void frozen_choose(struct figures *figures) {
  size_t kept = 0;
  for (size_t i = 0; i < figures->count; i++)
    if (figures->items[i].admitted != FIGURE_NO_DATE || (figures->items[i].flags & FIGURE_COUNTED))
      figures->items[kept++] = figures->items[i];
  figures->count = kept;
}

/* {"problems":…,"open":…,"closed":…,"accepted":…,"grey":…} */
static char *frozen_totals(struct arena *arena, const struct figures *figures) {
  int64_t problems = 0, open = 0, accepted = 0, colours[COLOUR_BLUE + 1] = {0};
  struct buffer out = {.arena = arena};
  struct json json = json_to(&out);
  for (size_t i = 0; i < figures->count; i++) {
    const struct figure *figure = &figures->items[i];
    if (!figure_in_total(figure)) continue;
    problems++;
    open += figure_is_open(figure);
    accepted += figure_is_accepted(figure);
    if (figure->colour <= COLOUR_BLUE) colours[figure->colour]++;
  }
  json_open(&json, '{');
  json_pair_integer(&json, "problems", problems);
  json_pair_integer(&json, "open", open);
  json_pair_integer(&json, "closed", problems - open);
  json_pair_integer(&json, "accepted", accepted);
  for (int64_t colour = COLOUR_GREY; colour <= COLOUR_BLUE; colour++) json_pair_integer(&json, colour_name(colour), colours[colour]);
  json_close(&json, '}');
  return out.bytes;
}

static bool salt_take(void *with, const struct entry *entry) {
  memcpy(with, entry->salt, FROZEN_SALT);
  return false;
}

/* Lines and digests of the figures; the pieces are the caller's to free. */
static enum store_error frozen_pieces(struct reader *reader, const struct figures *figures, unsigned version, struct buffer *pieces,
                                      uint8_t *digests) {
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < figures->count && error == STORE_OK; i++) {
    uint8_t salt[FROZEN_SALT] = {0};
    error = reader_journal(reader, figures->items[i].entry - 1, 1, salt_take, salt);
    frozen_line_write(&pieces[i / FROZEN_PIECE], &figures->items[i], version, salt, digests + i * HASH_SIZE);
  }
  return error;
}

static enum store_error frozen_keep(struct store *store, const char *hash, const struct frozen_seal *seal, const struct figures *figures,
                                    const struct buffer *pieces) {
  struct arena *arena = arena_new();
  enum store_error error = STORE_OK;
  for (size_t i = 0; i * FROZEN_PIECE < figures->count && error == STORE_OK; i++) error = piece_put(store, hash, i, pieces[i].bytes);
  /* last: it says that all are there */
  if (error == STORE_OK) error = side_put(store, SIDE_FROZEN, piece_key(arena, hash, 0), head_text(arena, seal, figures), 0);
  arena_free(arena);
  return error;
}

enum store_error frozen_make_at(struct reader *reader, const struct frozen_seal *like, const struct figures *figures, bool keep, struct arena *arena, char hash[2 * HASH_SIZE + 1]) {
  size_t count = figures->count / FROZEN_PIECE + 1;
  struct frozen_seal seal = *like;
  struct buffer *pieces = ARENA_ARRAY(arena, struct buffer, count);
  uint8_t *digests = heap_resized(NULL, figures->count, HASH_SIZE), whole[HASH_SIZE];
  memset(pieces, 0, count * sizeof *pieces);
  seal.count = figures->count;
  enum store_error error = frozen_pieces(reader, figures, seal.figure_version, pieces, digests);
  frozen_hash(&seal, digests, whole);
  memcpy(hash, hex_write(arena, whole, HASH_SIZE), 2 * HASH_SIZE + 1);
  if (error == STORE_OK && keep) error = frozen_keep(reader_store(reader), hash, &seal, figures, pieces);
  for (size_t i = 0; i < count; i++) buffer_free(&pieces[i]);
  free(digests);
  return error;
}

enum store_error frozen_make(struct reader *reader, int64_t campaign, int64_t cutoff, int64_t now, struct figures *figures, struct arena *arena, struct frozen_made *made) {
  struct head head;
  int64_t number = 0;
  enum store_error error = reader_head(reader, &head);
  *figures = (struct figures){0};
  number = head.number;
  if (error == STORE_OK && cutoff != NOTHING) error = figures_number_at(reader, cutoff, &number);
  if (error == STORE_OK) error = figures_at(reader, number, campaign, figures);
  if (error != STORE_OK) return error;
  frozen_choose(figures);
  *made = (struct frozen_made){.seal = {.figure_version = FIGURE_VERSION, .campaign = campaign, .journal = number, .count = figures->count}, .cutoff = cutoff == NOTHING ? now : cutoff};
  made->totals = frozen_totals(arena, figures);
  return frozen_make_at(reader, &made->seal, figures, true, arena, made->hash);
}

/* ---- reading ---- */

enum store_error frozen_read(struct store *store, const char *hash, struct figures *figures, int64_t *destroyed) {
  struct arena *arena = arena_new(), *scratch = arena_new();
  struct frozen_head head;
  enum store_error error = frozen_head_read(store, hash, arena, &head);
  *figures = (struct figures){.journal = head.seal.journal};
  *destroyed = 0;
  for (size_t i = 0; i < head.piece_count && error == STORE_OK; i++) {
    char *text = NULL;
    arena_reset(scratch);
    error = frozen_piece_read(store, hash, i, scratch, &text);
    for (const char *at = text; error == STORE_OK && *at;) {
      struct frozen_line line;
      if (!frozen_line_read(&at, head.seal.figure_version, false, &line)) error = STORE_BROKEN;
      else if (line.destroyed) ++*destroyed;
      else figures_add(figures, &line.figure);
    }
  }
  if (error != STORE_OK) figures_free(figures);
  arena_free(scratch);
  arena_free(arena);
  return error;
}

/* The piece in which the problem's line would stand. */
static size_t piece_of(const struct frozen_head *head, int64_t problem) {
  size_t piece = 0;
  while (piece + 1 < head->piece_count && head->firsts[piece + 1] <= problem) piece++;
  return piece;
}

/* The line in the text: from *begin to *end. */
static enum store_error line_find(const char *text, const struct frozen_head *head, int64_t problem, struct frozen_line *line,
                                  const char **begin, const char **end) {
  for (const char *at = text; *at;) {
    *begin = at;
    if (!frozen_line_read(&at, head->seal.figure_version, true, line)) return STORE_BROKEN;
    *end = at;
    if (line->figure.id == problem) return STORE_OK;
  }
  return STORE_ABSENT;
}

enum store_error frozen_find(struct store *store, const char *hash, int64_t problem, struct frozen_line *line) {
  struct arena *arena = arena_new();
  struct frozen_head head;
  char *text = NULL;
  const char *begin, *end;
  enum store_error error = frozen_head_read(store, hash, arena, &head);
  if (error == STORE_OK && !head.piece_count) error = STORE_ABSENT;
  if (error == STORE_OK) error = frozen_piece_read(store, hash, piece_of(&head, problem), arena, &text);
  if (error == STORE_OK) error = line_find(text, &head, problem, line, &begin, &end);
  arena_free(arena);
  return error;
}

/* ---- destroying ---- */

enum store_error frozen_tables_read(struct reader *reader, int64_t problem, struct arena *arena, struct rows *tables) {
  struct value least = value_integer(FROZEN_JOURNAL, problem); /* an id is the number of the entry that made the record */
  struct condition condition = {.field = FROZEN_JOURNAL, .how = C_AT_LEAST, .values = &least, .count = 1};
  struct query query = {.type = record_type(RECORD_FROZEN_TABLE), .conditions = &condition, .condition_count = 1, .sort = FIELD_ID, .with_voided = true, .expected = -1};
  return round_rows_read(reader, &query, &SCOPE_SYSTEM, arena, tables);
}

enum store_error frozen_holding(struct reader *reader, int64_t problem, struct arena *arena, struct row ***tables, size_t *count) {
  struct rows all;
  enum store_error error = frozen_tables_read(reader, problem, arena, &all);
  *tables = all.items;
  *count = 0;
  for (size_t i = 0; i < all.count && error == STORE_OK; i++) {
    struct frozen_line line;
    error = frozen_find(reader_store(reader), row_text(all.items[i], FROZEN_HASH), problem, &line);
    if (error == STORE_OK && !line.destroyed) (*tables)[(*count)++] = all.items[i];
    if (error == STORE_ABSENT) error = STORE_OK;
  }
  return error;
}

static enum store_error line_forget(struct store *store, const char *hash, int64_t problem) {
  struct arena *arena = arena_new();
  struct frozen_head head;
  struct frozen_line line;
  char *text = NULL;
  const char *begin, *end;
  enum store_error error = frozen_head_read(store, hash, arena, &head);
  size_t piece = error == STORE_OK ? piece_of(&head, problem) : 0;
  if (error == STORE_OK) error = frozen_piece_read(store, hash, piece, arena, &text);
  if (error == STORE_OK) error = line_find(text, &head, problem, &line, &begin, &end);
  if (error == STORE_OK) {
    struct buffer out = {.arena = arena};
    buffer_add(&out, text, (size_t)(begin - text));
    frozen_line_destroy(&out, problem, line.digest);
    buffer_text(&out, end);
    error = piece_put(store, hash, piece, out.bytes);
  }
  arena_free(arena);
  return error;
}

enum store_error frozen_forget(struct reader *reader, int64_t problem) {
  struct arena *arena = arena_new();
  struct row **tables = NULL;
  size_t count = 0;
  enum store_error error = frozen_holding(reader, problem, arena, &tables, &count);
  for (size_t i = 0; i < count && error == STORE_OK; i++) error = line_forget(reader_store(reader), row_text(tables[i], FROZEN_HASH), problem);
  arena_free(arena);
  return error;
}
