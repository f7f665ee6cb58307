/* The office's own lateness: what waits for its verdict, by campaign, in time, late (yellow) and late for long (orange), in working
   days. */
#include "web/reviews.h"

#include "base/room.h"
#include "rules/policy.h"
#include "rules/review.h"

/* ---- the numbers of each campaign, read once a request ---- */

static enum store_error campaign_orange(struct request *request, struct reviewing *reviewing, int64_t campaign, int64_t *orange) {
  struct policy policy = policy_default();
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < reviewing->count; i++)
    if (reviewing->kept[i].campaign == campaign) {
      *orange = reviewing->kept[i].orange;
      return STORE_OK;
    }
  error = policy_for(request->reader, campaign, request_now(request), request->arena, &policy);
  *orange = policy.review_orange_days;
  if (error == STORE_OK && reviewing->count < REVIEWING_KEPT)
    reviewing->kept[reviewing->count++] = (struct reviewing_kept){campaign, *orange};
  return error;
}

static enum store_error review_of(struct request *request, struct reviewing *reviewing, int64_t campaign, int64_t until,
                                  struct review *review) {
  int64_t orange = 0;
  enum store_error error = reviewing->loaded ? STORE_OK : calendar_load(request->reader, request->arena, &reviewing->calendar);
  reviewing->loaded = true;
  if (error == STORE_OK) error = campaign_orange(request, reviewing, campaign, &orange);
  if (error == STORE_OK) *review = review_judge(&reviewing->calendar, until, date_of_moment(request_now(request)), orange);
  return error;
}

enum store_error review_write(struct request *request, struct json *json, const struct row *problem, struct reviewing *reviewing) {
  int64_t until = problem->type->id == RECORD_PROBLEM && problem->state == PROBLEM_ENDORSED ? row_integer(problem, PROBLEM_REVIEW_UNTIL) : NOTHING;
  struct review review = {0};
  enum store_error error = STORE_OK;
  if (until == NOTHING) return STORE_OK;
  error = review_of(request, reviewing, row_integer(problem, PROBLEM_CAMPAIGN), until, &review);
  json_key(json, "review");
  json_open(json, '{');
  json_pair(json, "until", date_print(request->arena, until));
  json_pair_integer(json, "late", review.late);
  json_pair(json, "colour", colour_name(review.colour));
  json_pair(json, "label", request_label(request, colour_label(review.colour)));
  json_close(json, '}');
  return error;
}

/* ---- the figure ---- */

struct waiting { int64_t campaign, until, count; };
struct gathered { struct arena *arena; struct waiting *items; size_t count, room; };
static bool gather(void *with, const int64_t *dimensions, int64_t count) {
  struct gathered *gathered = with;
  ARENA_ROOM(gathered->arena, gathered->items, gathered->count, gathered->room, 64);
  gathered->items[gathered->count++] = (struct waiting){dimensions[0], dimensions[1], count};
  return true;
}

struct lateness { int64_t campaign, waiting, yellow, orange; };
struct lateness_all { struct lateness items[REVIEWING_KEPT]; size_t count; };

static void lateness_add(struct lateness *one, const struct review *review, int64_t count) {
  one->waiting += count;
  if (review->colour == COLOUR_YELLOW) one->yellow += count;
  if (review->colour == COLOUR_ORANGE) one->orange += count;
}

static struct lateness *lateness_of(struct lateness_all *campaigns, int64_t campaign) {
  for (size_t i = 0; i < campaigns->count; i++)
    if (campaigns->items[i].campaign == campaign) return &campaigns->items[i];
  if (campaigns->count == REVIEWING_KEPT) return NULL; /* further campaigns count in the sum only */
  campaigns->items[campaigns->count] = (struct lateness){.campaign = campaign};
  return &campaigns->items[campaigns->count++];
}

static void lateness_members(struct json *json, const struct lateness *one) {
  json_pair_integer(json, "waiting", one->waiting);
  json_pair_integer(json, "in_time", one->waiting - one->yellow - one->orange);
  json_pair_integer(json, "yellow", one->yellow);
  json_pair_integer(json, "orange", one->orange);
}

void reviews_show(struct request *request) {
  struct value endorsed = value_integer(FIELD_STATE, PROBLEM_ENDORSED);
  struct condition condition = {.field = FIELD_STATE, .how = C_IS, .values = &endorsed, .count = 1};
  struct query query = {.type = record_type(RECORD_PROBLEM), .conditions = &condition, .condition_count = 1, .expected = -1};
  const uint16_t by[] = {PROBLEM_CAMPAIGN, PROBLEM_REVIEW_UNTIL};
  struct gathered gathered = {.arena = request->arena};
  struct labels labels = {.arena = request->arena};
  struct reviewing reviewing = {0};
  struct lateness_all *campaigns = ARENA_NEW(request->arena, struct lateness_all);
  struct lateness all = {0};
  if (!request_head(request)) return;
  enum store_error error = reader_tally(request->reader, &query, by, 2, request_scope(request, query.type, MAY_READ), gather, &gathered);
  for (size_t i = 0; i < gathered.count && !error; i++) {
    const struct waiting *waiting = &gathered.items[i];
    struct lateness *one = lateness_of(campaigns, waiting->campaign);
    struct review review = {0};
    error = review_of(request, &reviewing, waiting->campaign, waiting->until, &review);
    lateness_add(&all, &review, waiting->count);
    if (one) lateness_add(one, &review, waiting->count);
  }
  struct json *json = out_open(request);
  lateness_members(json, &all);
  json_key(json, "by_campaign");
  json_open(json, '[');
  for (size_t i = 0; i < campaigns->count; i++) {
    json_open(json, '{');
    json_pair_integer(json, "campaign", campaigns->items[i].campaign);
    labels_want(&labels, RECORD_CAMPAIGN, campaigns->items[i].campaign);
    lateness_members(json, &campaigns->items[i]);
    json_close(json, '}');
  }
  json_close(json, ']');
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
