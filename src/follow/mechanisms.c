/* Whether mechanisms work, once a day (mechanisms.h). */
#include "follow/mechanisms.h"

#include <string.h>

#include "base/log.h"
#include "follow/groups.h"
#include "rules/definitions_rates.h"

enum { VALUES = 7, BUCKETS = 4, FIRST_DAYS = 31, MECHANISMS_MOST = 20000 };
struct measuring { struct house *house; struct arena *arena; int64_t now, today; struct rows mechanisms; };

/* The group that the class is known by; 0: none. */
static enum store_error class_find(struct measuring *measuring, struct reader *reader, const struct row *mechanism, int64_t *class) {
  struct row *row = NULL;
  enum store_error error = reader_get(reader, record_type(RECORD_CLASS), &SCOPE_SYSTEM, row_integer(mechanism, MECHANISM_CLASS),
                                      measuring->arena, &row);
  *class = 0;
  if (error == STORE_OK && !row->voided) *class = groups_named(measuring->house->groups, GROUPING_CLASS, row_integer(row, CLASS_APPEAL));
  return error == STORE_ABSENT ? STORE_OK : error;
}

/* Appeals before and after. Where no appeal of any class is known from the first month of the season before, there is nothing to compare
   with. */
static void appeals_count(struct measuring *measuring, const struct seasons *seasons, int64_t class, int64_t *before, int64_t *after) {
  int64_t first = seasons->before_from + FIRST_DAYS < seasons->before_to + 1 ? seasons->before_from + FIRST_DAYS : seasons->before_to + 1;
  const int64_t bounds[BUCKETS + 1] = {seasons->before_from, first, seasons->before_to + 1, seasons->after_from, seasons->after_to + 1};
  struct groups_curve curve;
  groups_curve(measuring->house->groups, &class, 1, &SCOPE_SYSTEM, bounds, BUCKETS, measuring->arena, &curve);
  bool known = curve.inside[0] + curve.outside[0] > 0;
  *before = known ? curve.inside[0] + curve.inside[1] : NOTHING;
  *after = curve.inside[3];
}

static bool same_month(int64_t one, int64_t other) {
  struct civil a = civil_from_date(one), b = civil_from_date(other);
  return a.year == b.year && a.month == b.month;
}

static enum store_error due(struct measuring *measuring, struct reader *reader, const struct row *mechanism,
                            const struct mechanism_facts *facts, bool *is) {
  int64_t measured = row_integer(mechanism, MECHANISM_MEASURED_ON), campaign = row_integer(mechanism, MECHANISM_CAMPAIGN);
  struct policy policy;
  enum store_error error = policy_for(reader, campaign == NOTHING ? 0 : campaign, measuring->now, measuring->arena, &policy);
  *is = error == STORE_OK && (measured == NOTHING || !same_month(measured, measuring->today) ||
                              mechanism_works(facts, &policy) != row_integer(mechanism, MECHANISM_WORKS));
  return error;
}

static enum store_error measured_write(struct measuring *measuring, const struct row *mechanism, struct value *values) {
  struct change change = {.type = record_type(RECORD_MECHANISM),
                          .id = mechanism->id,
                          .seen = ANY_VERSION,
                          .action = ACTION_MEASURE,
                          .values = values,
                          .value_count = VALUES};
  struct context context = {.now = measuring->now, .authority = &AUTHORITY_SYSTEM, .happened = NOTHING, .channel = CHANNEL_FOLLOWER,
                            .idempotency_key = arena_print(measuring->arena, "mechanism:%lld:%s", (long long)mechanism->id, date_print(measuring->arena, measuring->today))};
  struct outcome outcome = {0};
  enum store_error error = change_run(measuring->house->writer, &context, &change, 1, measuring->arena, &outcome);
  if (error == STORE_CLASH) return STORE_OK; /* another server did */
  if (!error && outcome.verdict > VERDICT_REPEATED)
    log_line(LOG_WARNING, "mechanisms", "what mechanism %lld came to was refused (%s)", (long long)mechanism->id,
             outcome.finding_count ? outcome.findings[0].code : "-");
  return error;
}

/* Reads on a snapshot of its own, given back before the writer is waited for. */
static enum store_error one_measure(struct measuring *measuring, const struct row *mechanism) {
  int64_t in_force = row_integer(mechanism, MECHANISM_IN_FORCE_ON), class = 0, before = NOTHING, after = 0;
  struct reader *reader = NULL;
  bool is = false;
  if (in_force == NOTHING || in_force > measuring->today) return STORE_OK;
  struct seasons seasons = mechanism_seasons(in_force, measuring->today);
  enum store_error error = store_reader(measuring->house->store, &reader);
  if (!error) error = class_find(measuring, reader, mechanism, &class);
  if (!error && class) appeals_count(measuring, &seasons, class, &before, &after);
  struct mechanism_facts facts = {seasons.months, before == NOTHING ? 0 : before, after};
  if (!error) error = due(measuring, reader, mechanism, &facts, &is);
  if (reader) reader_release(reader);
  struct value values[VALUES] = {value_integer(MECHANISM_MONTHS, seasons.months),
                                 value_integer(MECHANISM_APPEALS_BEFORE, before),
                                 value_integer(MECHANISM_APPEALS_AFTER, class ? after : NOTHING),
                                 value_integer(MECHANISM_BEFORE_FROM, seasons.before_from),
                                 value_integer(MECHANISM_BEFORE_TO, seasons.before_to),
                                 value_integer(MECHANISM_AFTER_FROM, seasons.after_from),
                                 value_integer(MECHANISM_AFTER_TO, seasons.after_to)};
  return error || !is ? error : measured_write(measuring, mechanism, values);
}

static enum store_error mechanisms_read(struct measuring *measuring, int64_t *head) {
  struct value in_force = value_integer(FIELD_STATE, MECHANISM_IN_FORCE);
  struct condition conditions[] = {{.field = FIELD_STATE, .how = C_IS, .values = &in_force, .count = 1},
                                   {.field = MECHANISM_CLASS, .how = C_FILLED}};
  struct query query = {.type = record_type(RECORD_MECHANISM),
                        .conditions = conditions,
                        .condition_count = 2,
                        .limit = MECHANISMS_MOST,
                        .expected = -1};
  struct reader *reader = NULL;
  struct head at = {0};
  enum store_error error = store_reader(measuring->house->store, &reader);
  if (!error) error = reader_head(reader, &at);
  if (!error) error = reader_list(reader, &query, &SCOPE_SYSTEM, measuring->arena, rows_keep, &measuring->mechanisms);
  if (reader) reader_release(reader);
  *head = at.number;
  return error;
}

enum store_error mechanisms_measure(struct house *house, int64_t now) {
  struct measuring measuring = {.house = house, .arena = arena_new(), .now = now, .today = date_of_moment(now)};
  int64_t head = 0;
  measuring.mechanisms.arena = measuring.arena;
  enum store_error error = house->groups ? mechanisms_read(&measuring, &head) : STORE_OK;
  if (!error && measuring.mechanisms.count) groups_reach(house, head);
  for (size_t i = 0; i < measuring.mechanisms.count && !error; i++) error = one_measure(&measuring, measuring.mechanisms.items[i]);
  arena_free(measuring.arena);
  return error;
}
