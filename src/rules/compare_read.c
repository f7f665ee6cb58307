/* The two ends of a comparison, and what the journal tells between them: fields with their old and new values, slips. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "rules/compare.h"
#include "rules/frozen.h"
#include "rules/rounds.h"

/* ---- ends ---- */

/* Rounds are named by their records' ids: whoever writes the round's own number is told which id it has. */
struct offers { struct buffer zh, en; };
static bool offer_take(void *with, const struct row *round) {
  struct offers *offers = with;
  const char *name = row_text(round, ROUND_NAME);
  long long number = (long long)row_integer(round, ROUND_NUMBER), id = (long long)round->id;
  buffer_print(&offers->zh, "%s%lld(第 %lld 轮 %s)", offers->zh.size ? "、" : "", id, number, name ? name : "");
  buffer_print(&offers->en, "%s%lld (round %lld, %s)", offers->en.size ? ", " : "", id, number, name ? name : "");
  return true;
}
static enum store_error rounds_offer(struct reader *reader, int64_t id, struct arena *arena, struct label *refused) {
  struct value frozen = value_integer(FIELD_STATE, ROUND_FROZEN);
  struct condition condition = {.field = FIELD_STATE, .how = C_IS, .values = &frozen, .count = 1};
  struct query query =
      {.type = record_type(RECORD_ROUND), .conditions = &condition, .condition_count = 1, .descending = true, .limit = 8, .expected = -1};
  struct offers offers = {.zh = {.arena = arena}, .en = {.arena = arena}};
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, offer_take, &offers);
  *refused = (struct label){arena_print(arena, "没有编号为 %lld 的轮次;已冻结的有 %s;日志号写作 journal:%lld", (long long)id,
                                        offers.zh.size ? offers.zh.bytes : "(无)", (long long)id),
                            arena_print(arena, "there is no round %lld; frozen are %s; a journal number is written journal:%lld",
                                        (long long)id, offers.en.size ? offers.en.bytes : "none", (long long)id)};
  return error;
}

static enum store_error round_end(struct reader *reader, int64_t id, struct arena *arena, struct compare_end *end, struct label *refused) {
  struct row *round = NULL, *table = NULL;
  enum store_error error = reader_get(reader, record_type(RECORD_ROUND), &SCOPE_SYSTEM, id, arena, &round);
  if (error == STORE_ABSENT) return rounds_offer(reader, id, arena, refused);
  if (error == STORE_OK && row_integer(round, ROUND_TABLE) == NOTHING) {
    const char *name = row_text(round, ROUND_NAME);
    *refused = label_print(arena, "轮次“%s”还没有冻结,不能比较", "the round \"%s\" is not frozen yet and cannot be compared", name ? name : "");
    return STORE_OK;
  }
  if (error == STORE_OK)
    error = reader_get(reader, record_type(RECORD_FROZEN_TABLE), &SCOPE_SYSTEM, row_integer(round, ROUND_TABLE), arena, &table);
  if (error != STORE_OK) return error == STORE_ABSENT ? STORE_BROKEN : error;
  *end = (struct compare_end){.round = round,
                              .table = table,
                              .campaign = row_integer(table, FROZEN_CAMPAIGN),
                              .cutoff = row_integer(table, FROZEN_CUTOFF),
                              .journal = row_integer(table, FROZEN_JOURNAL),
                              .definitions = row_integer(table, FROZEN_DEFINITIONS)};
  error = frozen_read(reader_store(reader), row_text(table, FROZEN_HASH), &end->figures, &end->destroyed);
  if (error == STORE_ABSENT || error == STORE_BROKEN) {
    *refused = (struct label){"这一轮的冻结内容读不出来:请运行 bihuan verify", "the frozen content of this round cannot be read: run bihuan verify"};
    return STORE_OK;
  }
  return error;
}

static enum store_error number_end(struct reader *reader, const struct figures_source *source, int64_t number, int64_t campaign,
                                   struct compare_end *end) {
  *end = (struct compare_end){.campaign = campaign, .journal = number, .definitions = DEFINITIONS_VERSION, .cutoff = NOTHING};
  enum store_error error = figures_from(source, reader, number, campaign, &end->figures);
  if (error == STORE_OK && number > 0) end->cutoff = end->figures.moment;
  if (error == STORE_OK) frozen_choose(&end->figures);
  return error;
}

static enum store_error moment_end(struct reader *reader, const struct figures_source *source, int64_t moment, int64_t campaign,
                                   struct compare_end *end) {
  int64_t number = 0;
  enum store_error error = figures_number_at(reader, moment, &number);
  if (error == STORE_OK) error = number_end(reader, source, number, campaign, end);
  end->cutoff = moment;
  return error;
}

static enum store_error end_read(struct reader *reader, const struct figures_source *source, const char *text, int64_t campaign,
                                 int64_t now, struct arena *arena, struct compare_end *end, struct label *refused) {
  int64_t value = 0;
  struct head head;
  *refused = (struct label){0};
  *end = (struct compare_end){0};
  enum store_error error = reader_head(reader, &head);
  if (error != STORE_OK) return error;
  if (text && strcmp(text, "now") == 0) return moment_end(reader, source, now, campaign, end);
  if (text && strncmp(text, "journal:", 8) == 0) {
    if (text_to_integer(text + 8, &value) && value >= 0 && value <= head.number) return number_end(reader, source, value, campaign, end);
    *refused = label_print(arena, "日志号应是 0 到 %lld:“%s”不是", "a journal number is 0 to %lld, which \"%s\" is not",
                           (long long)head.number, text + 8);
    return STORE_OK;
  }
  if (text && text_to_integer(text, &value)) return round_end(reader, value, arena, end, refused);
  bool day = text && date_parse(text, &value), moment = !day && text && moment_parse(text, &value);
  bool ahead = (day && moment_of_date(value) > now) || (moment && value > now);
  if (day && !ahead) return moment_end(reader, source, moment_of_date(value + 1) - 1, campaign, end);
  if (moment && !ahead) return moment_end(reader, source, value, campaign, end);
  if (ahead) *refused = label_print(arena, "“%s”还没有到,没有那时的数字", "\"%s\" is still to come: there are no figures of it", text);
  else
    *refused = label_print(arena, "“%s”不是轮次编号、日志号(journal:5321)、时刻或 now",
                           "\"%s\" is no round, journal number (journal:5321), moment or now", text ? text : "");
  return STORE_OK;
}

/* Is it a frozen round, and of which campaign? 0: no round. */
static enum store_error campaign_of(struct reader *reader, const char *text, struct arena *arena, int64_t *campaign) {
  struct row *round = NULL;
  int64_t id = 0;
  if (!text || !text_to_integer(text, &id)) return STORE_OK;
  enum store_error error = reader_get(reader, record_type(RECORD_ROUND), &SCOPE_SYSTEM, id, arena, &round);
  if (error == STORE_OK) *campaign = row_integer(round, ROUND_CAMPAIGN);
  return error == STORE_ABSENT ? STORE_OK : error;
}

enum store_error compare_ends_read(struct reader *reader, const struct figures_source *source, const char *from, const char *to, int64_t campaign, int64_t now, struct arena *arena, struct compare_end ends[2], struct label *refused) {
  enum store_error error = campaign_of(reader, to, arena, &campaign);
  ends[0] = ends[1] = (struct compare_end){0};
  if (error == STORE_OK) error = campaign_of(reader, from, arena, &campaign);
  if (error == STORE_OK) error = end_read(reader, source, from, campaign, now, arena, &ends[0], refused);
  if (error == STORE_OK && !refused->zh) error = end_read(reader, source, to, campaign, now, arena, &ends[1], refused);
  if (error == STORE_OK && !refused->zh && ends[0].campaign != ends[1].campaign)
    *refused = (struct label){"两轮不属于同一专项工作,不能比较", "the two rounds belong to different campaigns and cannot be compared"};
  if (error == STORE_OK && !refused->zh && ends[0].journal > ends[1].journal)
    *refused = (struct label){"from 晚于 to:请把较早的放在前面", "from is later than to: give the earlier one first"};
  if (error != STORE_OK || refused->zh)
    for (size_t i = 0; i < 2; i++) figures_free(&ends[i].figures);
  return error;
}

/* ---- what may not be seen today ---- */

struct ids { struct arena *arena; int64_t *items; size_t count, room; };

static bool id_keep(void *with, const struct row *row) {
  struct ids *ids = with;
  ARENA_ROOM(ids->arena, ids->items, ids->count, ids->room, 64);
  ids->items[ids->count++] = row->id;
  return true;
}

static int by_id(const void *one, const void *other) {
  return (*(const int64_t *)one > *(const int64_t *)other) - (*(const int64_t *)one < *(const int64_t *)other);
}
static bool among(const struct ids *ids, int64_t id) { return ids->count && bsearch(&id, ids->items, ids->count, sizeof id, by_id); }

/* Restricted problems of today, or those of them that the scope shows. */
static enum store_error restricted_read(struct reader *reader, const struct scope *scope, int64_t ceiling, struct arena *arena,
                                        struct ids *ids) {
  struct value least = value_integer(PROBLEM_SECRECY, ceiling);
  struct condition beyond = {.field = PROBLEM_SECRECY, .how = C_MORE, .values = &least, .count = 1};
  static const uint16_t NONE[] = {0};
  struct query query = {.type = record_type(RECORD_PROBLEM),
                        .conditions = &beyond,
                        .condition_count = 1,
                        .fields = NONE,
                        .with_voided = true,
                        .expected = -1};
  ids->arena = arena;
  enum store_error error = reader_list(reader, &query, scope, arena, id_keep, ids);
  if (!error && ids->count) qsort(ids->items, ids->count, sizeof *ids->items, by_id);
  return error;
}

static void figures_hide(struct figures *figures, const struct ids *hidden, const struct ids *seen) {
  size_t kept = 0;
  for (size_t i = 0; i < figures->count; i++)
    if (!among(hidden, figures->items[i].id) || among(seen, figures->items[i].id)) figures->items[kept++] = figures->items[i];
  figures->count = kept;
}

enum store_error compare_ends_hide(struct reader *reader, const struct scope *scope, struct arena *arena, struct compare_end ends[2]) {
  struct ids hidden = {0}, seen = {0};
  int64_t ceiling = SECRECY_RESTRICTED;
  for (size_t i = 0; i < scope->grant_count; i++)
    if (scope->grants[i].secrecy < ceiling) ceiling = scope->grants[i].secrecy;
  if (scope == &SCOPE_SYSTEM || ceiling >= SECRECY_RESTRICTED) return STORE_OK;
  enum store_error error = restricted_read(reader, &SCOPE_SYSTEM, ceiling, arena, &hidden);
  if (!error) error = restricted_read(reader, scope, ceiling, arena, &seen);
  for (size_t i = 0; i < 2 && !error; i++) figures_hide(&ends[i].figures, &hidden, &seen);
  return error;
}

/* ---- field by field ---- */

struct reading { struct arena *arena; int64_t after, until; struct row *before, *after_row; bool broken; };

/* The record folded twice: as it was at the first number, and at the second. */
static bool reading_take(void *with, const struct entry *entry) {
  struct reading *reading = with;
  if (entry->number > reading->until) return false;
  if (entry->kind != ENTRY_CHANGE && entry->kind != ENTRY_DERIVED) return true;
  if (entry->number > reading->after && !reading->before) reading->before = row_copy(reading->arena, reading->after_row);
  if (entry->body) reading->broken = !body_apply(reading->arena, entry, reading->after_row);
  return !reading->broken;
}

enum store_error compare_changes(struct reader *reader, int64_t problem, int64_t after, int64_t until, struct arena *arena, struct compare_change **changes, size_t *count) {
  const struct record_type *type = record_type(RECORD_PROBLEM);
  struct reading reading = {.arena = arena, .after = after, .until = until, .after_row = row_new(arena, type)};
  enum store_error error = reader_history(reader, RECORD_PROBLEM, problem, reading_take, &reading);
  *count = 0;
  *changes = ARENA_ARRAY(arena, struct compare_change, type->field_count + 1);
  if (error != STORE_OK || !reading.before || reading.broken) return error == STORE_OK && reading.broken ? STORE_BROKEN : error;
  if (reading.before->state != reading.after_row->state)
    (*changes)[(*count)++] = (struct compare_change){.old = value_integer(FIELD_STATE, reading.before->state), .new = value_integer(FIELD_STATE, reading.after_row->state)};
  for (size_t i = 0; i < type->field_count; i++) {
    const struct field *field = &type->fields[i];
    const struct value *old = &reading.before->values[i], *new = &reading.after_row->values[i];
    if ((field->flags & (FIELD_HIDDEN | FIELD_RETIRED)) || value_equal(old, new)) continue;
    (*changes)[(*count)++] = (struct compare_change){.field = field, .old = *old, .new = *new};
  }
  return STORE_OK;
}

/* ---- slips ---- */

enum store_error compare_slips(struct reader *reader, const struct row *table, struct arena *arena, struct row ***slips, size_t *count) {
  struct rows rows = {0};
  *count = 0;
  if (!table) return STORE_OK;
  struct value of = value_integer(CORRECTION_TABLE, table->id), made = value_integer(FIELD_STATE, CORRECTION_MADE);
  struct condition conditions[] = {{.field = CORRECTION_TABLE, .how = C_IS, .values = &of, .count = 1}, {.field = FIELD_STATE, .how = C_IS, .values = &made, .count = 1}};
  struct query query = {.type = record_type(RECORD_CORRECTION), .conditions = conditions, .condition_count = 2, .long_texts = true, .expected = -1};
  enum store_error error = round_rows_read(reader, &query, &SCOPE_SYSTEM, arena, &rows);
  *slips = rows.items;
  *count = rows.count;
  return error;
}
