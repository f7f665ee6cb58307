/* The daily list of broken invariants (daily.h). The day that was told last is a side value; the messages have keys of the day and the
   user, so that two servers, or a kill in between, tell nobody twice. */
#include "follow/daily.h"

#include <string.h>

#include "base/log.h"
#include "base/room.h"
#include "follow/complaints.h"
#include "follow/house.h"
#include "follow/mechanisms.h"

/* ---- finding ---- */

struct finding_broken {
  const struct broken_question *question;
  struct broken *broken;
  struct arena *arena;
  struct reader *reader;
  const struct unit_facts *units;
  size_t unit_count, room;
};

static void item_keep(struct finding_broken *finding, int64_t problem, uint32_t rules) {
  struct broken *broken = finding->broken;
  if (broken->count == finding->question->limit) {
    broken->more = true;
    return;
  }
  ARENA_ROOM(finding->arena, broken->items, broken->count, finding->room, 64);
  broken->items[broken->count++] = (struct broken_item){problem, rules};
}

static void figures_take(void *with, const struct figures *figures) {
  struct finding_broken *finding = with;
  const struct broken_question *question = finding->question;
  finding->broken->journal = figures->journal;
  for (size_t i = 0; i < figures->count; i++) {
    const struct figure *figure = &figures->items[i];
    if (question->campaign && figure->campaign != question->campaign) continue;
    struct invariant_facts facts = {.figure = figure,
                                    .today = question->today,
                                    .parent = figure->parent ? figures_find(figures, figure->parent) : NULL,
                                    .unit = unit_facts_find(finding->units, finding->unit_count, figure->lead_unit)};
    uint32_t rules = invariants_broken(&facts);
    if (!rules || !figure_in_scope(figure, question->scope, finding->reader)) continue;
    finding->broken->problems++;
    for (uint32_t rest = rules; rest; rest &= rest - 1) finding->broken->counts[__builtin_ctz(rest)]++;
    if ((rules & question->rules) && figure->id > question->after) item_keep(finding, figure->id, rules);
  }
}

enum store_error broken_find(struct house *house, const struct broken_question *question, struct arena *arena, struct broken *broken) {
  struct finding_broken finding = {.question = question, .broken = broken, .arena = arena};
  struct unit_facts *units = NULL;
  *broken = (struct broken){0};
  enum store_error error = store_reader(house->store, &finding.reader);
  if (!error) error = unit_facts_read(finding.reader, arena, &units, &finding.unit_count);
  finding.units = units;
  if (!error) error = (question->seldom ? ledger_ask_passing : ledger_ask)(house, figures_take, &finding);
  if (finding.reader) reader_release(finding.reader);
  return error;
}

/* ---- telling ---- */

struct told { struct house *house; struct arena *arena; struct reader *reader; int64_t today; int64_t *users; size_t count, room; };

static bool grant_take(void *with, const struct row *grant) {
  struct told *told = with;
  int64_t from = row_integer(grant, GRANT_FROM), to = row_integer(grant, GRANT_TO), user = row_integer(grant, GRANT_USER);
  if ((from != NOTHING && from > told->today) || (to != NOTHING && to < told->today)) return true;
  for (size_t i = 0; i < told->count; i++)
    if (told->users[i] == user) return true;
  ARENA_ROOM(told->arena, told->users, told->count, told->room, 16);
  told->users[told->count++] = user;
  return true;
}

static enum store_error office_find(struct told *told) {
  struct value role = value_integer(GRANT_ROLE, ROLE_OFFICE), active = value_integer(FIELD_STATE, FORCE_ACTIVE);
  struct condition conditions[] = {{.field = GRANT_ROLE, .how = C_IS, .values = &role, .count = 1},
                                   {.field = FIELD_STATE, .how = C_IS, .values = &active, .count = 1}};
  struct query query = {.type = record_type(RECORD_GRANT), .conditions = conditions, .condition_count = 2, .expected = -1};
  return reader_list(told->reader, &query, &SCOPE_SYSTEM, told->arena, grant_take, told);
}

/* "无责任人 3 · 无期限 2": one line, whatever there is. */
static struct label digest(struct arena *arena, const struct broken *broken) {
  struct buffer zh = {.arena = arena}, en = {.arena = arena};
  for (size_t i = 0; i < INVARIANT_COUNT; i++) {
    if (!broken->counts[i]) continue;
    buffer_print(&zh, "%s%s %lld", zh.size ? " · " : "", INVARIANTS[i].label.zh, (long long)broken->counts[i]);
    buffer_print(&en, "%s%s: %lld", en.size ? " · " : "", INVARIANTS[i].label.en, (long long)broken->counts[i]);
  }
  return (struct label){zh.bytes, en.bytes};
}

#define VALUES 6
static bool message_make(struct told *told, const struct broken *broken, struct label text, int64_t user, struct change *change) {
  struct arena *arena = told->arena;
  struct value *values = ARENA_ARRAY(arena, struct value, VALUES);
  struct row *row = NULL;
  if (reader_get(told->reader, record_type(RECORD_USER), &SCOPE_SYSTEM, user, arena, &row) != STORE_OK || row->state != FORCE_ACTIVE)
    return false;
  enum language language = row_integer(row, USER_LANGUAGE) == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH;
  const char *title = label_in(label_print(arena, "每日核查：%lld 个问题不合规矩", "Daily check: %lld problems break a rule",
                                           (long long)broken->problems),
                               language);
  const struct value all[VALUES] = {value_integer(MESSAGE_USER, user),
                                    value_text(MESSAGE_TITLE, title),
                                    value_text(MESSAGE_TEXT, label_in(text, language)),
                                    value_integer(MESSAGE_TYPE, RECORD_PROBLEM),
                                    value_integer(MESSAGE_RECORD, broken->items[0].problem),
                                    value_text(MESSAGE_KEY,
                                               arena_print(arena, "invariants:%s:%lld", date_print(arena, told->today), (long long)user))};
  memcpy(values, all, sizeof all);
  *change = (struct change){.type = record_type(RECORD_MESSAGE),
                            .seen = ANY_VERSION,
                            .action = ACTION_CREATE,
                            .values = values,
                            .value_count = VALUES};
  return true;
}

static enum store_error messages_write(struct told *told, const struct broken *broken, int64_t now) {
  struct change *changes = ARENA_ARRAY(told->arena, struct change, told->count + 1);
  struct label text = digest(told->arena, broken);
  struct outcome outcome = {0};
  struct context context = {.now = now, .authority = &AUTHORITY_SYSTEM, .happened = NOTHING, .channel = CHANNEL_FOLLOWER,
                            .idempotency_key = arena_print(told->arena, "invariants:%s", date_print(told->arena, told->today))};
  size_t count = 0;
  for (size_t i = 0; i < told->count; i++) count += message_make(told, broken, text, told->users[i], &changes[count]);
  reader_release(told->reader); /* before the writer is waited for */
  told->reader = NULL;
  enum store_error error = count ? change_run(told->house->writer, &context, changes, count, told->arena, &outcome) : STORE_OK;
  if (error == STORE_CLASH) return STORE_OK; /* another server told it */
  if (!error && outcome.verdict > VERDICT_REPEATED)
    log_line(LOG_WARNING, "daily", "the digest was refused (%s)", outcome.finding_count ? outcome.findings[0].code : "-");
  return error;
}

static enum store_error invariants_tell(struct house *house, int64_t now, struct arena *arena) {
  struct told told = {.house = house, .arena = arena, .today = date_of_moment(now)};
  struct broken_question question = {.scope = &SCOPE_SYSTEM, .today = (int32_t)told.today, .rules = UINT32_MAX, .limit = 1, .seldom = true};
  struct broken broken;
  enum store_error error = broken_find(house, &question, arena, &broken);
  if (error || !broken.problems) return error;
  error = store_reader(house->store, &told.reader);
  if (!error) error = office_find(&told);
  if (!error) error = messages_write(&told, &broken, now);
  if (told.reader) reader_release(told.reader);
  return error;
}

/* ---- what is done once a day, each with the day that it was done for last ---- */

static bool always(const struct house *house) {
  (void)house;
  return true;
}
static bool has_groups(const struct house *house) { return house->groups != NULL; } /* a command beside a server leaves it to the server */
static enum store_error measure(struct house *house, int64_t now, struct arena *arena) {
  (void)arena;
  return mechanisms_measure(house, now);
}
static enum store_error count_complaints(struct house *house, int64_t now, struct arena *arena) {
  (void)arena;
  return complaints_count(house, now);
}
static const struct { const char *mark; bool (*can)(const struct house *house); enum store_error (*run)(struct house *house, int64_t now, struct arena *arena); } EACH_DAY[] = {
  {"daily.invariants", always, invariants_tell}, {"daily.mechanisms", has_groups, measure}, {"daily.complaints", always, count_complaints}};

static enum store_error one_run(struct house *house, int64_t now, size_t which) {
  struct arena *arena = arena_new();
  char *last = NULL;
  const char *today = date_print(arena, date_of_moment(now)), *mark = EACH_DAY[which].mark;
  enum store_error error = side_get(house->store, SIDE_SETTING, mark, arena, &last);
  if (error == STORE_ABSENT) error = STORE_OK;
  bool due = !error && !(last && strcmp(last, today) == 0);
  if (due) error = EACH_DAY[which].run(house, now, arena);
  if (due && !error) error = side_put(house->store, SIDE_SETTING, mark, today, 0);
  arena_free(arena);
  return error;
}

enum store_error daily_run(struct house *house, int64_t now) {
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < sizeof EACH_DAY / sizeof *EACH_DAY && !error; i++)
    if (EACH_DAY[i].can(house)) error = one_run(house, now, i);
  return error;
}
