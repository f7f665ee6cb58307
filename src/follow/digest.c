/* Who is told in sum, and writing it. The day and the week that were told last are side values, so that a quiet tick costs two looks; each
   message has a key of the day (week) and the user, and who has it is passed over: a kill in between, or two servers, tell nobody twice. */
#include "follow/digest.h"

#include <string.h>

#include "base/log.h"
#include "base/room.h"
#include "follow/digest_parts.h"

#define TOLD_DAY "digest.day"
#define TOLD_WEEK "digest.week"
enum { AT_ONCE = 100 }; /* messages in one set at most */

/* ---- the campaigns under way ---- */

struct under_way {
  struct arena *arena;
  int64_t today;
  struct {
    int64_t id, from;
    const char *name;
  } items[CAMPAIGNS_MOST];
  size_t count;
};

static bool campaign_take(void *with, const struct row *row) {
  struct under_way *under_way = with;
  int64_t from = row_integer(row, CAMPAIGN_FROM), to = row_integer(row, CAMPAIGN_TO);
  if (row->state == FORCE_RETIRED || (from != NOTHING && from > under_way->today) || (to != NOTHING && to < under_way->today) ||
      under_way->count == CAMPAIGNS_MOST)
    return true;
  size_t place = under_way->count++;
  for (; place && under_way->items[place - 1].from < from; place--) under_way->items[place] = under_way->items[place - 1];
  under_way->items[place].id = row->id;
  under_way->items[place].from = from;
  under_way->items[place].name = arena_text(under_way->arena, row_text(row, CAMPAIGN_NAME) ? row_text(row, CAMPAIGN_NAME) : "");
  return true;
}

static enum store_error campaigns_read(struct telling_day *day) {
  struct under_way under_way = {.arena = day->arena, .today = day->today};
  struct query query = {.type = record_type(RECORD_CAMPAIGN), .expected = -1};
  enum store_error error = reader_list(day->reader, &query, &SCOPE_SYSTEM, day->arena, campaign_take, &under_way);
  for (size_t i = 0; i < under_way.count && !error; i++) {
    day->campaigns[i].id = under_way.items[i].id;
    day->campaigns[i].name = under_way.items[i].name;
    error = policy_for(day->reader, under_way.items[i].id, day->now, day->arena, &day->campaigns[i].policy);
    day->campaign_count = i + 1;
  }
  return error;
}

/* ---- who ---- */

struct people { struct arena *arena; int64_t today; int64_t *ids; size_t count, room; };

static bool grant_take(void *with, const struct row *grant) {
  struct people *people = with;
  int64_t from = row_integer(grant, GRANT_FROM), to = row_integer(grant, GRANT_TO), user = row_integer(grant, GRANT_USER);
  if ((from != NOTHING && from > people->today) || (to != NOTHING && to < people->today)) return true;
  for (size_t i = 0; i < people->count; i++)
    if (people->ids[i] == user) return true;
  ARENA_ROOM(people->arena, people->ids, people->count, people->room, 64);
  people->ids[people->count++] = user;
  return true;
}

static enum store_error people_find(struct telling_day *day, const enum role_code *roles, size_t count, struct people *people) {
  struct value values[4], active = value_integer(FIELD_STATE, FORCE_ACTIVE);
  struct condition conditions[] = {{GRANT_ROLE, C_IN, values, count}, {FIELD_STATE, C_IS, &active, 1}};
  struct query query = {.type = record_type(RECORD_GRANT), .conditions = conditions, .condition_count = 2, .expected = -1};
  for (size_t i = 0; i < count; i++) values[i] = value_integer(GRANT_ROLE, roles[i]);
  *people = (struct people){.arena = day->arena, .today = day->today};
  return reader_list(day->reader, &query, &SCOPE_SYSTEM, day->arena, grant_take, people);
}

/* ---- one message ---- */

struct sum {
  const char *name; int64_t kind; struct label title; /* %s: the counts, or how many */
  enum role_code roles[4]; size_t role_count;
  enum store_error (*make)(struct telling_day *day, const struct authority *authority, struct digest_text *text);
};
static const struct sum DAY = {"digest", MESSAGE_KIND_DIGEST, {"今日事项：%s", "Today: %s"}, {ROLE_LIAISON, ROLE_UNIT_HEAD, ROLE_OFFICE, ROLE_DISTRICT_OFFICE}, 4, digest_of};
static const struct sum WEEK = {"weekly", MESSAGE_KIND_WEEKLY, {"本周请领导关注 %s 件", "For the leaders this week: %s"}, {ROLE_LEADER}, 1, weekly_of};

static enum store_error has_it(struct telling_day *day, const char *key, bool *has) {
  struct value value = value_text(MESSAGE_KEY, key);
  struct condition condition = {MESSAGE_KEY, C_IS, &value, 1};
  struct query query = {.type = record_type(RECORD_MESSAGE), .conditions = &condition, .condition_count = 1, .expected = 1};
  int64_t count = 0;
  enum store_error error = reader_count(day->reader, &query, &SCOPE_SYSTEM, &count);
  *has = count > 0;
  return error;
}

#define VALUES 6
static void message_make(struct arena *arena, const struct sum *sum, const struct digest_text *text, int64_t user, const char *key,
                         struct change *change) {
  struct value *values = ARENA_ARRAY(arena, struct value, VALUES);
  int64_t *problems = ARENA_ARRAY(arena, int64_t, text->problem_count + 1);
  const char *pattern = label_in(sum->title, text->language), *mark = strstr(pattern, "%s");
  const char *title = arena_print(arena, "%.*s%.*s%s", (int)(mark - pattern), pattern,
                                  (int)(text->title.size < 150 ? text->title.size : 150), text->title.bytes, mark + 2);
  memcpy(problems, text->problems, text->problem_count * sizeof *problems);
  const struct value all[VALUES] = {value_integer(MESSAGE_USER, user),
                                    value_text(MESSAGE_TITLE, title),
                                    value_text(MESSAGE_KEY, key),
                                    value_integer(MESSAGE_KIND, sum->kind),
                                    value_text(MESSAGE_LINES, arena_text(arena, text->lines.bytes)),
                                    text->problem_count ? value_many(MESSAGE_PROBLEMS, problems, text->problem_count)
                                                        : value_nothing(MESSAGE_PROBLEMS)};
  memcpy(values, all, sizeof all);
  *change = (struct change){.type = record_type(RECORD_MESSAGE),
                            .seen = ANY_VERSION,
                            .action = ACTION_CREATE,
                            .values = values,
                            .value_count = VALUES};
}

/* Adds this person's message, if there is something to tell and he has it not yet. */
static enum store_error person_tell(struct telling_day *day, const struct sum *sum, const char *when, int64_t user, struct change *changes,
                                    size_t *count) {
  const char *key = arena_print(day->arena, "%s:%s:%lld", sum->name, when, (long long)user);
  struct authority authority;
  bool has = false;
  enum store_error error = has_it(day, key, &has);
  if (error || has) return error;
  error = authority_load(day->reader, user, day->now, day->arena, &authority);
  if (error == STORE_ABSENT) return STORE_OK;
  struct arena *scratch = arena_new();
  struct digest_text text = {.arena = scratch, .language = authority.language, .title = {.arena = scratch}, .lines = {.arena = scratch}};
  if (!error) error = sum->make(day, &authority, &text);
  if (!error && text.title.size) {
    buffer_byte(&text.lines, 0);
    message_make(day->arena, sum, &text, user, key, &changes[(*count)++]);
  }
  arena_free(scratch);
  return error;
}

/* All at once; when the door refuses (another server was quicker with one of them), one by one. */
static enum store_error messages_write(struct telling_day *day, const struct change *changes, size_t count) {
  struct context context = {.now = day->now, .authority = &AUTHORITY_SYSTEM, .happened = NOTHING, .channel = CHANNEL_FOLLOWER};
  struct outcome outcome = {0};
  enum store_error error = count ? change_run(day->house->writer, &context, changes, count, day->arena, &outcome) : STORE_OK;
  if ((error && error != STORE_CLASH) || (!error && outcome.verdict <= VERDICT_REPEATED)) return error;
  error = STORE_OK;
  if (count == 1 && outcome.verdict != VERDICT_CLASH)
    log_line(LOG_WARNING, "digest", "one was refused (%s)", outcome.finding_count ? outcome.findings[0].code : "-");
  for (size_t i = 0; count > 1 && i < count && !error; i++) error = messages_write(day, &changes[i], 1);
  return error;
}

static enum store_error people_tell(struct telling_day *day, const struct sum *sum, const char *when) {
  struct people people;
  enum store_error error = people_find(day, sum->roles, sum->role_count, &people);
  struct change *changes = ARENA_ARRAY(day->arena, struct change, AT_ONCE);
  for (size_t i = 0; i < people.count && !error;) {
    size_t count = 0;
    for (; i < people.count && count < AT_ONCE && !error; i++) error = person_tell(day, sum, when, people.ids[i], changes, &count);
    if (day->reader) reader_release(day->reader); /* before the writer is waited for */
    day->reader = NULL;
    if (!error) error = messages_write(day, changes, count);
    if (!error) error = store_reader(day->house->store, &day->reader);
  }
  return error;
}

/* ---- once ---- */

static enum store_error told(struct telling_day *day, const char *setting, const char *when, bool *is) {
  char *last = NULL;
  enum store_error error = side_get(day->house->store, SIDE_SETTING, setting, day->arena, &last);
  *is = !error && last && strcmp(last, when) == 0;
  return error == STORE_ABSENT ? STORE_OK : error;
}

static enum store_error sum_tell(struct telling_day *day, const struct sum *sum, const char *setting, int64_t date) {
  const char *when = date_print(day->arena, date);
  bool is = false;
  enum store_error error = told(day, setting, when, &is);
  if (error || is) return error;
  error = people_tell(day, sum, when);
  return error ? error : side_put(day->house->store, SIDE_SETTING, setting, when, 0);
}

enum store_error digest_run(struct house *house, int64_t now) {
  struct arena *arena = arena_new();
  struct telling_day *day = ARENA_NEW(arena, struct telling_day);
  *day = (struct telling_day){.house = house, .arena = arena, .now = now, .today = date_of_moment(now)};
  int64_t week = 0;
  enum store_error error = store_reader(house->store, &day->reader);
  if (!error) error = campaigns_read(day);
  bool due = !error && day->campaign_count && digest_due(&day->campaigns->policy, now), weekly = !error && day->campaign_count && weekly_due(&day->campaigns->policy, now, &week);
  if (due) error = sum_tell(day, &DAY, TOLD_DAY, day->today);
  if (!error && weekly) error = sum_tell(day, &WEEK, TOLD_WEEK, week);
  if (day->reader) reader_release(day->reader);
  arena_free(arena);
  return error;
}

/* ---- for the outbox ---- */

enum store_error digest_hours(struct house *house, int64_t now, struct arena *arena, struct policy *policy) {
  struct telling_day *day = ARENA_NEW(arena, struct telling_day);
  *day = (struct telling_day){.house = house, .arena = arena, .now = now, .today = date_of_moment(now)};
  enum store_error error = store_reader(house->store, &day->reader);
  if (!error) error = campaigns_read(day);
  if (day->reader) reader_release(day->reader);
  *policy = day->campaign_count ? day->campaigns->policy : policy_default();
  return error;
}

enum store_error digest_system(struct house *house, int64_t now, const char *what, struct label text) {
  static const enum role_code ADMINISTRATOR[] = {ROLE_SYSTEM_ADMINISTRATOR};
  struct arena *arena = arena_new();
  struct telling_day *day = ARENA_NEW(arena, struct telling_day);
  struct people people = {0};
  size_t count = 0;
  *day = (struct telling_day){.house = house, .arena = arena, .now = now, .today = date_of_moment(now)};
  enum store_error error = store_reader(house->store, &day->reader);
  if (!error) error = people_find(day, ADMINISTRATOR, 1, &people);
  struct change *changes = ARENA_ARRAY(arena, struct change, people.count + 1);
  for (size_t i = 0; i < people.count && !error; i++) {
    const char *key = arena_print(arena, "system:%s:%s:%lld", what, date_print(arena, day->today), (long long)people.ids[i]);
    bool has = false;
    error = has_it(day, key, &has);
    if (has) continue;
    const struct value all[] = {value_integer(MESSAGE_USER, people.ids[i]), value_text(MESSAGE_TITLE, "外送消息没有送出 Messages were not delivered"), value_text(MESSAGE_KEY, key),
                                value_integer(MESSAGE_KIND, MESSAGE_KIND_SYSTEM), value_text(MESSAGE_LINES, arena_print(arena, "%s\n%s", text.zh, text.en))};
    struct value *values = ARENA_ARRAY(arena, struct value, sizeof all / sizeof *all);
    memcpy(values, all, sizeof all);
    changes[count++] = (struct change){.type = record_type(RECORD_MESSAGE), .seen = ANY_VERSION, .action = ACTION_CREATE, .values = values, .value_count = sizeof all / sizeof *all};
  }
  if (day->reader) reader_release(day->reader);
  if (!error) error = messages_write(day, changes, count);
  arena_free(arena);
  return error;
}
