/* Is a frozen table what was frozen? Its lines are read piece by piece beside the figures that the journal adds up to at its number, and
   their digests give the hash that the record names. What is wrong is named by table and problem. Mends nothing but by frozen_rebuild. */
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "rules/frozen_parts.h"

struct proving {
  struct store *store; struct reader *reader; struct arena *arena /* of sentences */, *scratch /* of a piece */;
  damage_sink *sink; void *with; bool stopped;
  const struct row *table; struct frozen_head head;
  struct figures figures; size_t at;        /* what the journal says, and how far it was compared */
  uint8_t *digests; size_t lines, room;
};

static void say(struct proving *proving, int64_t problem, const char *zh, const char *en) {
  const char *name = row_text(proving->table, FROZEN_NAME);
  struct damage damage = {.type = RECORD_FROZEN_TABLE,
                          .record = proving->table->id,
                          .sentence = {arena_print(proving->arena, "冻结表 %lld(%s)%s%s", (long long)proving->table->id, name ? name : "",
                                                   problem ? arena_print(proving->arena, "里的问题 %lld:", (long long)problem) : ":", zh),
                                       arena_print(proving->arena, "frozen table %lld (%s)%s: %s", (long long)proving->table->id,
                                                   name ? name : "",
                                                   problem ? arena_print(proving->arena, ", problem %lld", (long long)problem) : "", en)}};
  if (!proving->stopped) proving->stopped = !proving->sink(proving->with, &damage);
}

static void digest_keep(struct proving *proving, const uint8_t digest[HASH_SIZE]) {
  if (proving->lines == proving->room) {
    proving->room = proving->room ? 2 * proving->room : 1024;
    proving->digests = heap_resized(proving->digests, proving->room, HASH_SIZE);
  }
  memcpy(proving->digests + proving->lines++ * HASH_SIZE, digest, HASH_SIZE);
}

static bool destruction_seen(void *with, const struct entry *entry) {
  *(bool *)with |= entry->kind == ENTRY_DESTRUCTION;
  return true;
}

/* A line of which the journal's figures know nothing: only where the record was destroyed, and then without its contents. */
static enum store_error stray(struct proving *proving, const struct frozen_line *line) {
  bool destroyed = false;
  enum store_error error = reader_history(proving->reader, RECORD_PROBLEM, line->figure.id, destruction_seen, &destroyed);
  if (error != STORE_OK) return error;
  if (!destroyed) say(proving, line->figure.id, "日志里没有这一行的内容", "the journal adds up to no such line");
  else if (!line->destroyed) say(proving, line->figure.id, "已销毁,内容却还在", "it was destroyed and its contents still stand");
  return STORE_OK;
}

/* The first member in which they differ; NULL: none. */
static const char *difference(const struct figure *one, const struct figure *other, unsigned version) {
  for (size_t i = 0; i < FIGURE_MEMBER_COUNT; i++) {
    const struct figure_member *member = &FIGURE_MEMBERS[i];
    for (size_t k = 0; member->since <= version && k < member->count; k++)
      if (figure_member_get(one, member, k) != figure_member_get(other, member, k)) return member->name;
  }
  return NULL;
}

static enum store_error line_prove(struct proving *proving, const struct frozen_line *line) {
  const struct figures *figures = &proving->figures;
  for (; proving->at < figures->count && figures->items[proving->at].id < line->figure.id; proving->at++)
    say(proving, figures->items[proving->at].id, "在日志里,表中却缺失", "it is in the journal and missing from the table");
  if (proving->at == figures->count || figures->items[proving->at].id != line->figure.id) return stray(proving, line);
  const struct figure *stands = &figures->items[proving->at++];
  const char *member = line->destroyed ? NULL : difference(&line->figure, stands, proving->head.seal.figure_version);
  if (line->destroyed) say(proving, stands->id, "标为已销毁,记录却还在", "it is marked as destroyed and the record stands");
  if (member)
    say(proving, stands->id, arena_print(proving->arena, "“%s”与日志不符,内容被改动过", member),
        arena_print(proving->arena, "\"%s\" differs from the journal: the content was altered", member));
  return STORE_OK;
}

static enum store_error piece_prove(struct proving *proving, const char *hash, size_t piece) {
  char *text = NULL;
  arena_reset(proving->scratch);
  enum store_error error = frozen_piece_read(proving->store, hash, piece, proving->scratch, &text);
  if (error == STORE_ABSENT) {
    say(proving, 0, "有一段内容缺失", "a piece of its content is missing");
    return STORE_OK;
  }
  for (const char *at = text; error == STORE_OK && *at && !proving->stopped;) {
    struct frozen_line line;
    if (!frozen_line_read(&at, proving->head.seal.figure_version, true, &line)) {
      say(proving, 0, arena_print(proving->arena, "第 %zu 行之后有一行读不出来,内容被改动过", proving->lines),
          arena_print(proving->arena, "a line behind the %zuth cannot be read: the content was altered", proving->lines));
      break;
    }
    digest_keep(proving, line.digest);
    error = line_prove(proving, &line);
  }
  return error;
}

static void hash_prove(struct proving *proving, const char *hash) {
  struct frozen_seal seal = {.figure_version = proving->head.seal.figure_version, .campaign = row_integer(proving->table, FROZEN_CAMPAIGN),
                             .journal = row_integer(proving->table, FROZEN_JOURNAL), .count = proving->lines};
  uint8_t whole[HASH_SIZE];
  frozen_hash(&seal, proving->digests ? proving->digests : (const uint8_t *)"", whole);
  if (strcmp(hex_write(proving->scratch, whole, HASH_SIZE), hash) != 0)
    say(proving, 0, "内容与散列不符:内容或散列被改动过", "the content does not give its hash: one of them was altered");
  if ((int64_t)proving->lines != row_integer(proving->table, FROZEN_COUNT))
    say(proving, 0, "行数与记录不符", "it has another number of lines than its record says");
}

static enum store_error table_prove(struct proving *proving) {
  const char *hash = row_text(proving->table, FROZEN_HASH);
  struct arena *arena = arena_new();
  proving->at = proving->lines = 0;
  enum store_error error = hash ? frozen_head_read(proving->store, hash, arena, &proving->head) : STORE_ABSENT;
  if (error == STORE_ABSENT || error == STORE_BROKEN) {
    say(proving, 0, error == STORE_ABSENT ? "内容缺失,或散列被改动过(内容可由 bihuan rounds rebuild 从日志重建)" : "内容的目录读不出来",
        error == STORE_ABSENT ? "its content is missing, or its hash was altered (bihuan rounds rebuild makes it again from the journal)"
                              : "the directory of its content cannot be read");
    arena_free(arena);
    return STORE_OK;
  }
  if (error == STORE_OK)
    error = figures_at(proving->reader, row_integer(proving->table, FROZEN_JOURNAL), row_integer(proving->table, FROZEN_CAMPAIGN),
                       &proving->figures);
  if (error == STORE_OK) frozen_choose(&proving->figures);
  for (size_t i = 0; i < proving->head.piece_count && error == STORE_OK && !proving->stopped; i++) error = piece_prove(proving, hash, i);
  for (; error == STORE_OK && proving->at < proving->figures.count && !proving->stopped; proving->at++)
    say(proving, proving->figures.items[proving->at].id, "在日志里,表中却缺失", "it is in the journal and missing from the table");
  if (error == STORE_OK) hash_prove(proving, hash);
  figures_free(&proving->figures);
  arena_free(arena);
  return error;
}

enum store_error frozen_verify(struct store *store, struct reader *reader, struct arena *arena, damage_sink *sink, void *with, int64_t *count) {
  struct proving proving = {.store = store, .reader = reader, .arena = arena, .scratch = arena_new(), .sink = sink, .with = with};
  struct rows tables;
  enum store_error error = frozen_tables_read(reader, 0, arena, &tables);
  *count = 0;
  for (size_t i = 0; i < tables.count && error == STORE_OK && !proving.stopped; i++, ++*count) {
    proving.table = tables.items[i];
    error = table_prove(&proving);
  }
  free(proving.digests);
  arena_free(proving.scratch);
  return error;
}

/* Lines that are lost are made again from the journal, where nothing of them was destroyed: REFUSED when they do not give the table's
   hash. */
static enum store_error frozen_rebuild(struct reader *reader, const struct row *table, struct arena *arena) {
  struct frozen_seal like = {.figure_version = FIGURE_VERSION,
                             .campaign = row_integer(table, FROZEN_CAMPAIGN),
                             .journal = row_integer(table, FROZEN_JOURNAL)};
  const char *hash = row_text(table, FROZEN_HASH);
  char made[2 * HASH_SIZE + 1] = "";
  struct figures figures;
  enum store_error error = figures_at(reader, like.journal, like.campaign, &figures);
  if (error != STORE_OK) return error;
  frozen_choose(&figures);
  for (unsigned version = FIGURE_VERSION; version >= 1 && error == STORE_OK && (!hash || strcmp(made, hash) != 0); version--) {
    like.figure_version = version; /* it may have been frozen by an older program */
    error = frozen_make_at(reader, &like, &figures, false, arena, made);
    if (error == STORE_OK && hash && strcmp(made, hash) == 0) error = frozen_make_at(reader, &like, &figures, true, arena, made);
  }
  figures_free(&figures);
  return error == STORE_OK && (!hash || strcmp(made, hash) != 0) ? STORE_REFUSED : error;
}

enum store_error frozen_mend(struct reader *reader, int64_t *mended, int64_t *lost) {
  struct arena *arena = arena_new();
  struct rows tables;
  enum store_error error = frozen_tables_read(reader, 0, arena, &tables);
  *mended = *lost = 0;
  for (size_t i = 0; i < tables.count && error == STORE_OK; i++) {
    struct frozen_head head;
    error = frozen_head_read(reader_store(reader), row_text(tables.items[i], FROZEN_HASH), arena, &head);
    if (error != STORE_ABSENT) continue;
    error = frozen_rebuild(reader, tables.items[i], arena);
    if (error == STORE_REFUSED) {
      ++*lost;
      error = STORE_OK;
    } else
      ++*mended;
  }
  arena_free(arena);
  return error;
}

