/* The outbox of alerts: each new appeal is set beside the closed problems that are being watched; one that fits (rebound.h) raises an alert
   through the door, under a key made of problem, cycle and appeal, so that an entry seen twice raises nothing twice. While an alert of a
   problem waits to be decided on, what fits as well is added to it: one thing to judge, not twenty. The watched problems are kept in memory
   and followed; where entries were passed over (another server held the lease) they are read anew. It decides nothing: people do. */
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/room.h"
#include "exchange/map.h"
#include "follow/followers_parts.h"
#include "follow/house.h"
#include "follow/rebound.h"

enum { REACH = 5000 /* milliseconds that the groups are waited for; then it is tried again */, ALERTS_MOST = 100, READ_BETWEEN = 100 };

struct alerts {
  struct house *house; struct arena *arena; /* one entry's */
  struct watched *watched; size_t count, room; struct map at; /* by problem */
  int64_t last;                   /* number of the entry before; 0: nothing is read yet */
};

/* ---- the watched problems ---- */

static void drop(struct alerts *alerts, int64_t problem) {
  int64_t at = alerts->count ? map_get(&alerts->at, problem) : NOTHING;
  if (at == NOTHING) return;
  watched_free(&alerts->watched[at]);
  map_remove(&alerts->at, problem);
  if ((size_t)at != --alerts->count) {
    alerts->watched[at] = alerts->watched[alerts->count];
    map_put(&alerts->at, alerts->watched[at].problem, at);
  }
}

static void drop_all(struct alerts *alerts) {
  for (size_t i = 0; i < alerts->count; i++) watched_free(&alerts->watched[i]);
  alerts->count = 0;
  map_free(&alerts->at);
  alerts->at = (struct map){0};
}

static enum store_error refresh(struct alerts *alerts, struct reader *reader, int64_t problem) {
  struct watched watched;
  bool there = false;
  enum store_error error = watched_read(reader, problem, &watched, &there);
  drop(alerts, problem);
  if (error || !there || watched.closed_on == NOTHING || watched.watch_until == NOTHING) {
    watched_free(&watched);
    return error;
  }
  HEAP_ROOM(alerts->watched, alerts->count, alerts->room, 64);
  map_put(&alerts->at, problem, (int64_t)alerts->count);
  alerts->watched[alerts->count++] = watched;
  return STORE_OK;
}

/* Ids of closed problems whose watch lasts; whole rows of a million would be kept otherwise. */
struct lasting { struct arena *arena; int64_t today; int64_t *ids; size_t count, room; };
static bool lasting_take(void *with, const struct row *row) {
  struct lasting *lasting = with;
  int64_t until = row_integer(row, PROBLEM_WATCH_UNTIL);
  if (until == NOTHING || until < lasting->today) return true;
  ARENA_ROOM(lasting->arena, lasting->ids, lasting->count, lasting->room, 64);
  lasting->ids[lasting->count++] = row->id;
  return true;
}

/* The snapshot is given back every hundred problems: a store's log cannot begin anew under one that is held. */
static enum store_error read_all(struct alerts *alerts) {
  struct value closed = value_integer(FIELD_STATE, PROBLEM_CLOSED);
  struct condition condition = {.field = FIELD_STATE, .how = C_IS, .values = &closed, .count = 1};
  struct query query = {.type = record_type(RECORD_PROBLEM), .conditions = &condition, .condition_count = 1, .expected = -1};
  struct lasting lasting = {.arena = arena_new(), .today = date_of_moment(house_now(alerts->house))};
  struct reader *reader = NULL;
  drop_all(alerts);
  enum store_error error = store_reader(alerts->house->store, &reader);
  if (!error) error = reader_list(reader, &query, &SCOPE_SYSTEM, lasting.arena, lasting_take, &lasting);
  for (size_t i = 0; i < lasting.count && !error; i++) {
    if (i % READ_BETWEEN == 0) {
      if (reader) reader_release(reader);
      error = store_reader(alerts->house->store, &reader);
    }
    if (!error) error = refresh(alerts, reader, lasting.ids[i]);
  }
  if (reader) reader_release(reader);
  arena_free(lasting.arena);
  return error;
}

/* The problem that a link or a site speaks of; 0 none. */
static enum store_error problem_spoken_of(struct alerts *alerts, struct reader *reader, const struct entry *entry, int64_t *problem) {
  struct row *row = NULL;
  enum store_error error = reader_get(reader, record_type((enum record_id)entry->type), &SCOPE_SYSTEM, entry->record, alerts->arena, &row);
  *problem = 0;
  if (error) return error == STORE_ABSENT ? STORE_OK : error;
  if (entry->type == RECORD_SITE) *problem = row_integer(row, SITE_PROBLEM);
  else if (row_integer(row, LINK_FROM_TYPE) == RECORD_PROBLEM) *problem = row_integer(row, LINK_FROM_ID);
  return STORE_OK;
}

static enum store_error watch_follow(struct alerts *alerts, const struct entry *entry) {
  struct reader *reader = NULL;
  int64_t problem = entry->type == RECORD_PROBLEM ? entry->record : 0;
  bool known = problem && alerts->count && map_get(&alerts->at, problem) != NOTHING;
  if (problem && !known && entry->state != PROBLEM_CLOSED) return STORE_OK;
  if (problem && known && entry->kind == ENTRY_DERIVED) return STORE_OK; /* a colour judged again */
  enum store_error error = store_reader(alerts->house->store, &reader);
  if (!error && !problem) error = problem_spoken_of(alerts, reader, entry, &problem);
  bool watched = problem && alerts->count && map_get(&alerts->at, problem) != NOTHING;
  if (!error && problem && (watched || entry->type == RECORD_PROBLEM)) error = refresh(alerts, reader, problem);
  if (reader) reader_release(reader);
  return error;
}

/* ---- raising ---- */

struct standing { struct row *open; bool told; };

/* A whistle-blower's appeal joins only an alert that the unit does not see (one without a unit), and no other appeal joins such a one. */
static bool hidden_alike(const struct row *alert, const struct row *appeal) {
  return (row_integer(alert, ALERT_UNIT) == NOTHING) == (row_integer(appeal, APPEAL_WHISTLE) == 1);
}

/* What stands of that problem's cycle: an alert that waits and may take this appeal, and whether the appeal is in any. */
static enum store_error standing_read(struct alerts *alerts, struct reader *reader, const struct watched *watched, const struct row *appeal,
                                      struct standing *standing) {
  struct value of = value_integer(ALERT_PROBLEM, watched->problem);
  struct condition condition = {.field = ALERT_PROBLEM, .how = C_IS, .values = &of, .count = 1};
  struct query query = {.type = record_type(RECORD_ALERT),
                        .conditions = &condition,
                        .condition_count = 1,
                        .descending = true,
                        .limit = ALERTS_MOST,
                        .many = true,
                        .expected = -1};
  struct rows rows = {.arena = alerts->arena};
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, alerts->arena, rows_keep, &rows);
  *standing = (struct standing){0};
  for (size_t i = 0; i < rows.count; i++) {
    const struct value *appeals = row_value(rows.items[i], ALERT_APPEALS);
    if (rows.items[i]->voided || row_integer(rows.items[i], ALERT_CYCLE) != watched->cycle) continue;
    if (rows.items[i]->state == ALERT_RAISED && !standing->open && hidden_alike(rows.items[i], appeal)) standing->open = rows.items[i];
    standing->told = standing->told || row_integer(rows.items[i], ALERT_APPEAL) == appeal->id;
    for (size_t k = 0; appeals->kind == VALUE_MANY && k < appeals->count; k++)
      standing->told = standing->told || appeals->many[k] == appeal->id;
  }
  return error;
}

static struct change raise_new(struct alerts *alerts, const struct watched *watched, int64_t appeal, int64_t fit) {
  struct value *values = ARENA_ARRAY(alerts->arena, struct value, 6);
  int64_t *many = ARENA_ARRAY(alerts->arena, int64_t, 1);
  many[0] = appeal;
  values[0] = value_integer(ALERT_PROBLEM, watched->problem);
  values[1] = value_integer(ALERT_APPEAL, appeal);
  values[2] = value_integer(ALERT_FIT, fit);
  values[3] = value_many(ALERT_APPEALS, many, 1);
  values[4] = value_integer(ALERT_COUNT, 1);
  values[5] = value_text(ALERT_KEY, arena_print(alerts->arena, "%lld:%lld:%lld", (long long)watched->problem, (long long)watched->cycle,
                                                (long long)appeal));
  return (
      struct change){.type = record_type(RECORD_ALERT), .seen = ANY_VERSION, .action = ACTION_CREATE, .values = values, .value_count = 6};
}

static struct change raise_more(struct alerts *alerts, const struct row *open, int64_t appeal) {
  const struct value *old = row_value(open, ALERT_APPEALS);
  size_t count = old->kind == VALUE_MANY ? old->count : 0;
  int64_t *many = ARENA_ARRAY(alerts->arena, int64_t, count + 1);
  struct value *values = ARENA_ARRAY(alerts->arena, struct value, 2);
  if (count) memcpy(many, old->many, count * sizeof *many);
  many[count++] = appeal;
  values[0] = value_many(ALERT_APPEALS, many, count);
  values[1] = value_integer(ALERT_COUNT, (int64_t)count);
  return (struct change){.type = record_type(RECORD_ALERT),
                         .id = open->id,
                         .seen = open->version,
                         .action = ACTION_EDIT,
                         .values = values,
                         .value_count = 2};
}

/* A refusal is told to the log and passed by: it must not hold up the others. */
static enum store_error raise(struct alerts *alerts, const struct entry *entry, const struct watched *watched, const struct row *appeal,
                              int64_t fit) {
  struct context context = {.now = house_now(alerts->house),
                            .authority = &AUTHORITY_SYSTEM,
                            .happened = NOTHING,
                            .channel = CHANNEL_FOLLOWER,
                            .idempotency_key = arena_print(alerts->arena, "alert:%lld:%lld:%lld", (long long)entry->epoch,
                                                           (long long)entry->number, (long long)watched->problem)};
  struct standing standing;
  struct outcome outcome = {0};
  struct reader *reader = NULL;
  enum store_error error = store_reader(alerts->house->store, &reader);
  if (!error) error = standing_read(alerts, reader, watched, appeal, &standing);
  if (reader) reader_release(reader); /* before the writer is waited for */
  if (error || standing.told) return error;
  struct change change = standing.open ? raise_more(alerts, standing.open, appeal->id) : raise_new(alerts, watched, appeal->id, fit);
  error = change_run(alerts->house->writer, &context, &change, 1, alerts->arena, &outcome);
  if (error == STORE_CLASH) return STORE_OK; /* it is there */
  if (!error && outcome.verdict == VERDICT_STALE) return STORE_BUSY; /* decided on this very moment: once more */
  if (!error && outcome.verdict > VERDICT_REPEATED)
    log_line(LOG_WARNING, "alerts", "one of problem %lld was refused (%s)", (long long)watched->problem,
             outcome.finding_count ? outcome.findings[0].code : "-");
  return error;
}

/* Made before the closing, it says nothing about what came after. */
static bool comes_after(const struct watched *watched, const struct row *appeal) {
  int64_t made = row_integer(appeal, APPEAL_MADE_AT);
  return made == NOTHING || date_of_moment(made) >= watched->closed_on;
}

static enum store_error appeal_come(struct alerts *alerts, const struct entry *entry) {
  struct house *house = alerts->house;
  struct reader *reader = NULL;
  struct row *appeal = NULL;
  int64_t today = date_of_moment(house_now(house));
  if (!alerts->count) return STORE_OK;
  if (!house->groups || !house->followers || !followers_reach(house->followers, "groups", entry->number, REACH)) return STORE_BUSY;
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = reader_get(reader, record_type(RECORD_APPEAL), &SCOPE_SYSTEM, entry->record, alerts->arena, &appeal);
  if (reader) reader_release(reader);
  if (error) return error == STORE_ABSENT ? STORE_OK : error;
  if (appeal->voided || row_integer(appeal, APPEAL_HISTORIC) == 1) return STORE_OK;
  for (size_t i = 0; i < alerts->count && !error; i++) {
    struct watched *watched = &alerts->watched[i];
    if (!watched_on(watched, today) || !comes_after(watched, appeal)) continue;
    int64_t fit = rebound_fit(house->groups, watched, appeal);
    if (fit) error = raise(alerts, entry, watched, appeal, fit);
  }
  return error;
}

/* ---- the follower ---- */

static enum store_error alerts_start(struct house *house, void **state, int64_t *at) {
  struct alerts *alerts = HEAP_NEW(struct alerts);
  *alerts = (struct alerts){.house = house, .arena = arena_new()};
  *state = alerts;
  *at = 0; /* the registry knows where it stands */
  return STORE_OK;
}

static enum store_error alerts_apply(void *state, const struct entry *entry) {
  struct alerts *alerts = state;
  enum store_error error = STORE_OK;
  bool change = entry->kind == ENTRY_CHANGE;
  if (alerts->last == 0 || (entry->number != alerts->last + 1 && entry->number != alerts->last)) error = read_all(alerts);
  if (!error && (entry->type == RECORD_PROBLEM || entry->type == RECORD_LINK || entry->type == RECORD_SITE))
    error = watch_follow(alerts, entry);
  if (!error && change && entry->type == RECORD_APPEAL && entry->body && (entry->version == 1 || entry->action == ACTION_EDIT))
    error = appeal_come(alerts, entry);
  if (!error) alerts->last = entry->number;
  arena_reset(alerts->arena);
  return error;
}

static enum store_error alerts_settle(void *state, int64_t at) {
  (void)state;
  (void)at;
  return STORE_OK; /* the registry makes the position durable */
}

static void alerts_stop(void *state) {
  struct alerts *alerts = state;
  drop_all(alerts);
  free(alerts->watched);
  arena_free(alerts->arena);
  free(alerts);
}

#define PAUSE 100 /* each batch makes its position durable, which the disk does for changes too */
const struct follower FOLLOWER_ALERTS = {.name = "alerts", .kind = OUTBOX, .version = 1, .start = alerts_start, .apply = alerts_apply,
                                         .settle = alerts_settle, .stop = alerts_stop, .pause = PAUSE};
