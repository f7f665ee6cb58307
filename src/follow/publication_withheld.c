/* How many problems are withheld, by legal reason: those whose review for publicity says not public, and those of which nothing but a
   withheld release is there. Only what may be told of it (rules/withheld.h) leaves the house: the public store never holds a smaller
   number, nor which problems they are. */
#include "base/json.h"
#include "exchange/map.h"
#include "follow/publication_parts.h"
#include "rules/policy.h"
#include "rules/withheld.h"

struct counting { int64_t counts[WITHHELD_REASONS]; struct map problems; /* counted already, or public */ };

static bool counts_at_all(const struct row *problem) {
  switch (problem->state) {
  case PROBLEM_DRAFT: case PROBLEM_SUBMITTED: case PROBLEM_WITHDRAWN: case PROBLEM_MERGED: return false;
  default: return !problem->voided;
  }
}

static void count_one(struct counting *counting, int64_t problem, int64_t reason) {
  if (map_get(&counting->problems, problem) != NOTHING) return;
  map_put(&counting->problems, problem, 1);
  if (reason > 0 && reason < WITHHELD_REASONS) counting->counts[reason]++;
}

static bool reviewed_take(void *with, const struct row *problem) {
  if (counts_at_all(problem)) count_one(with, problem->id, row_integer(problem, PROBLEM_WITHHOLD_REASON));
  return true;
}

static enum store_error reviewed_count(struct publishing *publishing, struct counting *counting) {
  struct value scopes[] = {value_integer(PROBLEM_PUBLICITY_SCOPE, SCOPE_PARTY), value_integer(PROBLEM_PUBLICITY_SCOPE, SCOPE_SKIPPED)};
  struct condition condition = {.field = PROBLEM_PUBLICITY_SCOPE, .how = C_IS, .values = scopes, .count = 2};
  struct query query = {.type = record_type(RECORD_PROBLEM), .conditions = &condition, .condition_count = 1, .expected = -1};
  return reader_list(publishing->reader, &query, &SCOPE_SYSTEM, publishing->arena, reviewed_take, counting);
}

static bool public_take(void *with, const struct row *release) {
  struct counting *counting = with;
  map_put(&counting->problems, row_integer(release, RELEASE_PROBLEM), 1);
  return true;
}

static enum store_error releases_in(struct publishing *publishing, state_code state, row_sink *sink, void *with) {
  struct value in = value_integer(FIELD_STATE, state);
  struct condition condition = {.field = FIELD_STATE, .how = C_IS, .values = &in, .count = 1};
  /* the newest first */
  struct query query = {.type = record_type(RECORD_RELEASE),
                        .conditions = &condition,
                        .condition_count = 1,
                        .descending = true,
                        .expected = -1};
  return reader_list(publishing->reader, &query, &SCOPE_SYSTEM, publishing->arena, sink, with);
}

/* Of a problem only: that a result is not shown says nothing of the problem. */
static enum store_error withheld_count(struct publishing *publishing, struct counting *counting) {
  struct rows withheld = {.arena = publishing->arena};
  enum store_error error = reviewed_count(publishing, counting);
  if (!error) error = releases_in(publishing, RELEASE_RELEASED, public_take, counting);
  if (!error) error = releases_in(publishing, RELEASE_WITHHELD, rows_keep, &withheld);
  for (size_t i = 0; i < withheld.count && !error; i++) {
    const struct row *release = withheld.items[i];
    struct row *problem = NULL;
    if (release->voided || row_integer(release, RELEASE_RESULT) != NOTHING) continue;
    error = publishing_row(publishing, RECORD_PROBLEM, row_integer(release, RELEASE_PROBLEM), &problem);
    if (!error && problem && counts_at_all(problem)) count_one(counting, problem->id, row_integer(release, RELEASE_WITHHOLD));
  }
  return error;
}

/* The strictest of the campaigns whose policies are in force today: the counts are of all of them together. */
static enum store_error least_read(struct publishing *publishing, int64_t *least) {
  struct rows campaigns = {.arena = publishing->arena};
  struct query query = {.type = record_type(RECORD_CAMPAIGN), .expected = -1};
  struct store_clock clock = {0};
  enum store_error error = store_clock_read(publishing->house->store, &clock);
  if (!error) error = reader_list(publishing->reader, &query, &SCOPE_SYSTEM, publishing->arena, rows_keep, &campaigns);
  *least = policy_default().withheld_least;
  for (size_t i = 0; i < campaigns.count && !error; i++) {
    struct policy policy;
    error = policy_for(publishing->reader, campaigns.items[i]->id, store_clock_now(&clock), publishing->arena, &policy);
    if (!error && (i == 0 || policy.withheld_least > *least)) *least = policy.withheld_least;
  }
  return error;
}

enum store_error publish_withheld(struct publishing *publishing) {
  struct counting counting = {.counts = {0}};
  struct buffer body = {.arena = publishing->arena};
  struct json json = json_to(&body);
  int64_t least = 0;
  enum store_error error = withheld_count(publishing, &counting);
  if (!error) error = least_read(publishing, &least);
  struct withheld told = withheld_told(counting.counts, least);
  map_free(&counting.problems);
  json_open(&json, '{');
  json_pair_integer(&json, "least", least);
  json_pair_yes_no(&json, "few", told.few);
  json_pair_integer(&json, "total", told.total);
  json_key(&json, "reasons");
  json_open(&json, '[');
  for (int i = 1; i < WITHHELD_REASONS; i++) {
    if (!told.reasons[i]) continue;
    json_open(&json, '{');
    json_pair_integer(&json, "reason", i);
    json_pair_integer(&json, "count", told.reasons[i]);
    json_close(&json, '}');
  }
  json_close(&json, ']');
  json_pair_integer(&json, "others", told.others);
  json_close(&json, '}');
  if (!error) publishing_add(publishing, "withheld", "all", body.bytes);
  return error;
}
