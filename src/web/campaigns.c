/* Campaigns as all pages need them: which one is under way, which there are to choose from, and what stands beside the figures of one
   (period, units, rounds). Counts nothing itself: the figures are the overview's. */
#include <stdlib.h>

#include "rules/rounds.h"
#include "web/campaigns.h"

/* ---- which one is asked ---- */

bool campaign_asked(struct request *request, struct row **campaign) {
  const char *text = request_argument(request, "campaign");
  int64_t id = request_argument_integer(request, "campaign", 0);
  enum store_error error = STORE_ABSENT;
  *campaign = NULL;
  if (!text || !*text) return true;
  if (!request_reader(request)) return false;
  if (id > 0) error = reader_get(request->reader, record_type(RECORD_CAMPAIGN), &SCOPE_SYSTEM, id, request->arena, campaign);
  if (error == STORE_OK && !(*campaign)->voided) return true;
  *campaign = NULL;
  if (error && error != STORE_ABSENT) answer_store_error(request, error);
  else
    answer_problem(request, 400, "wrong_value",
                   label_print(request->arena, "没有“campaign=%s”这个专项工作；不写即是能看到的全部。",
                               "there is no campaign \"campaign=%s\"; without it: all that you see.", text));
  return false;
}

/* ---- which there are ---- */

static bool over(const struct row *campaign, int64_t today) {
  int64_t to = row_integer(campaign, CAMPAIGN_TO);
  return campaign->state == FORCE_RETIRED || (to != NOTHING && to < today);
}

static bool under_way(const struct row *campaign, int64_t today) {
  int64_t from = row_integer(campaign, CAMPAIGN_FROM);
  return !over(campaign, today) && (from == NOTHING || from <= today);
}

/* Those under way before the others, then the one that began last. */
static int by_beginning(const void *one, const void *other, void *with) {
  const struct row *a = *(struct row *const *)one, *b = *(struct row *const *)other;
  int64_t today = *(const int64_t *)with, first = row_integer(a, CAMPAIGN_FROM), second = row_integer(b, CAMPAIGN_FROM);
  int order = under_way(b, today) - under_way(a, today);
  if (!order) order = (second > first) - (second < first);
  return order ? order : (a->id > b->id) - (a->id < b->id);
}

enum store_error campaigns_read(struct request *request, int64_t today, struct rows *campaigns) {
  struct query query = {.type = record_type(RECORD_CAMPAIGN), .expected = -1};
  *campaigns = (struct rows){.arena = request->arena};
  enum store_error error = rows_read(request, &query, &SCOPE_SYSTEM, campaigns);
  if (campaigns->count) qsort_r(campaigns->items, campaigns->count, sizeof *campaigns->items, by_beginning, &today);
  return error;
}

struct row *campaign_under_way(const struct rows *campaigns, int64_t today) {
  return campaigns->count && under_way(campaigns->items[0], today) ? campaigns->items[0] : NULL;
}

/* ---- one of them, told ---- */

static void name_write(struct request *request, struct json *json, const struct row *campaign, int64_t today) {
  int64_t from = row_integer(campaign, CAMPAIGN_FROM), to = row_integer(campaign, CAMPAIGN_TO);
  json_pair_integer(json, "id", campaign->id);
  json_pair(json, "name", row_text(campaign, CAMPAIGN_NAME));
  json_pair(json, "from", from == NOTHING ? NULL : date_print(request->arena, from));
  json_pair(json, "to", to == NOTHING ? NULL : date_print(request->arena, to));
  json_key(json, "days_left");
  if (to == NOTHING) json_null(json);
  else json_integer(json, to - today);
}

void campaign_write(struct request *request, struct json *json, const struct row *campaign, int64_t today) {
  if (!json_open_or_null(json, campaign)) return;
  name_write(request, json, campaign, today);
  json_close(json, '}');
}

void campaigns_write(struct request *request, struct json *json, const struct rows *campaigns, int64_t today) {
  json_key(json, "campaigns");
  json_open(json, '[');
  for (size_t i = 0; i < campaigns->count; i++) {
    json_open(json, '{');
    name_write(request, json, campaigns->items[i], today);
    json_pair_yes_no(json, "over", over(campaigns->items[i], today));
    json_close(json, '}');
  }
  json_close(json, ']');
}

/* ---- what stands beside the figures of one ---- */

static void round_write(struct json *json, const char *key, const struct row *round) {
  json_key(json, key);
  if (!json_open_or_null(json, round)) return;
  json_pair_integer(json, "id", round->id);
  json_pair_integer(json, "number", row_integer(round, ROUND_NUMBER));
  json_pair(json, "name", row_text(round, ROUND_NAME));
  json_close(json, '}');
}

static bool later(const struct row *round, const struct row *than) {
  return !than || row_integer(round, ROUND_NUMBER) > row_integer(than, ROUND_NUMBER);
}

/* How many, the last frozen one and the one that is open; nothing for who may not read rounds. */
static enum store_error rounds_write(struct request *request, struct json *json, const struct row *campaign) {
  struct value of = value_integer(ROUND_CAMPAIGN, campaign->id);
  struct condition condition = {.field = ROUND_CAMPAIGN, .how = C_IS, .values = &of, .count = 1};
  struct query query = {.type = record_type(RECORD_ROUND), .conditions = &condition, .condition_count = 1, .expected = -1};
  struct rows rounds = {.arena = request->arena};
  const struct row *frozen = NULL, *open = NULL;
  enum store_error error = rows_read(request, &query, request_scope(request, query.type, MAY_READ), &rounds);
  for (size_t i = 0; i < rounds.count; i++) {
    if (rounds.items[i]->state == ROUND_FROZEN && later(rounds.items[i], frozen)) frozen = rounds.items[i];
    if (rounds.items[i]->state == ROUND_OPEN && later(rounds.items[i], open)) open = rounds.items[i];
  }
  json_key(json, "rounds");
  json_open(json, '{');
  json_pair_integer(json, "count", (int64_t)rounds.count);
  round_write(json, "frozen", frozen);
  round_write(json, "open", open);
  json_close(json, '}');
  return error;
}

/* As many as a round of it asks. */
static enum store_error units_count(struct request *request, const struct row *campaign, int64_t today, int64_t *count) {
  struct row *any = row_new(request->arena, record_type(RECORD_ROUND));
  struct round_units units;
  row_set_integer(any, ROUND_CAMPAIGN, campaign->id);
  enum store_error error = round_units_read(request->reader, any, today, request->arena, &units);
  *count = (int64_t)units.count;
  return error;
}

enum store_error campaign_frame_write(struct request *request, struct json *json, const struct row *campaign) {
  int64_t today = date_of_moment(request_now(request)), units = 0;
  enum store_error error = units_count(request, campaign, today, &units);
  json_open(json, '{');
  name_write(request, json, campaign, today);
  json_pair(json, "code", row_text(campaign, CAMPAIGN_CODE));
  period_write(request, json, campaign);
  json_pair_integer(json, "units", units);
  if (!error) error = rounds_write(request, json, campaign);
  json_close(json, '}');
  return error;
}
