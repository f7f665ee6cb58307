/* The curve of a problem's classes of appeals before and after its closing, with the season taken out in two ways, each with its
   numerators: by what the rest of the appeals did in the same buckets (weather, holidays, and how much the hotline is called at all move
   both), and by the same buckets of the year before. The bucket of the closing and the one that is not over yet are shown and reckoned with
   neither side. */
#include "follow/rebound.h"

#include <string.h>

#include "web/json_out.h"

enum { MONTHS_BEFORE = 12, MONTHS_MOST = 60, WEEKS_BEFORE = 52, WEEKS_MOST = 156 };

struct side { int64_t buckets, inside, outside; };
struct reckoning {
  bool weeks; int64_t closed, today;
  int64_t bounds[WEEKS_MOST + 2]; size_t count, first /* before it there was no hotline: nothing is known */;
  struct groups_curve curve;
  struct side before, after;
  int64_t season_buckets, season_before, season_after;
};

/* ---- buckets ---- */

static int64_t month_of(int64_t date, int more) {
  struct civil civil = civil_from_date(date);
  int months = civil.year * 12 + civil.month - 1 + more;
  return date_from_civil(months / 12, months % 12 + 1, 1);
}

/* The bucket of the closing, so many before it, and all until today. */
static void buckets_make(struct reckoning *reckoning) {
  size_t most = reckoning->weeks ? WEEKS_MOST : MONTHS_MOST;
  int64_t middle = reckoning->closed == NOTHING ? reckoning->today : reckoning->closed, monday = middle - (date_weekday(middle) - 1);
  for (size_t i = 0; i <= most; i++) {
    reckoning->bounds[i] = reckoning->weeks ? monday + 7 * ((int64_t)i - WEEKS_BEFORE) : month_of(middle, (int)i - MONTHS_BEFORE);
    reckoning->count = i;
    if (reckoning->bounds[i] > reckoning->today) return;
  }
}

static bool whole(const struct reckoning *reckoning, size_t i) {
  bool closes = reckoning->closed != NOTHING && reckoning->bounds[i] <= reckoning->closed && reckoning->closed < reckoning->bounds[i + 1];
  return !closes && reckoning->bounds[i + 1] <= reckoning->today;
}

static void side_add(struct side *side, const struct groups_curve *curve, size_t i) {
  side->buckets++;
  side->inside += curve->inside[i];
  side->outside += curve->outside[i];
}

/* A year before: the same month, or 52 weeks. */
static void sides_reckon(struct reckoning *reckoning) {
  size_t year = reckoning->weeks ? WEEKS_BEFORE : MONTHS_BEFORE;
  while (reckoning->first + 1 < reckoning->count && !reckoning->curve.outside[reckoning->first] &&
         !reckoning->curve.inside[reckoning->first])
    reckoning->first++;
  for (size_t i = reckoning->first; i < reckoning->count; i++) {
    bool after = reckoning->closed != NOTHING && reckoning->bounds[i] > reckoning->closed;
    if (!whole(reckoning, i)) continue;
    side_add(after ? &reckoning->after : &reckoning->before, &reckoning->curve, i);
    if (!after || i < year + reckoning->first || reckoning->bounds[i - year + 1] > reckoning->closed) continue;
    reckoning->season_buckets++;
    reckoning->season_before += reckoning->curve.inside[i - year];
    reckoning->season_after += reckoning->curve.inside[i];
  }
}

/* ---- writing ---- */

static void ratio_pair(struct request *request, struct json *json, const char *key, double above, double below) {
  json_pair(json, key, below > 0 ? arena_print(request->arena, "%.2f", above / below) : NULL);
}

static void side_write(struct request *request, struct json *json, const char *key, const struct side *side) {
  json_key(json, key);
  json_open(json, '{');
  json_pair_integer(json, "buckets", side->buckets);
  json_pair_integer(json, "appeals", side->inside);
  json_pair_integer(json, "others", side->outside);
  ratio_pair(request, json, "per_thousand_others", 1000.0 * (double)side->inside, (double)side->outside);
  json_close(json, '}');
}

/* season: what the others did in this bucket, of their mean; adjusted: what there would have been in a bucket like any other. */
static void buckets_write(struct request *request, struct json *json, const struct reckoning *reckoning) {
  int64_t all = reckoning->before.outside + reckoning->after.outside, buckets = reckoning->before.buckets + reckoning->after.buckets;
  double mean = buckets ? (double)all / (double)buckets : 0;
  json_key(json, "buckets");
  json_open(json, '[');
  for (size_t i = reckoning->first; i < reckoning->count; i++) {
    double others = (double)reckoning->curve.outside[i];
    json_open(json, '{');
    json_pair(json, "from", date_print(request->arena, reckoning->bounds[i]));
    json_pair(json, "to", date_print(request->arena, reckoning->bounds[i + 1] - 1));
    json_pair_integer(json, "appeals", reckoning->curve.inside[i]);
    json_pair_integer(json, "others", reckoning->curve.outside[i]);
    json_pair_yes_no(json, "whole", whole(reckoning, i));
    ratio_pair(request, json, "season", others, mean);
    ratio_pair(request, json, "adjusted", (double)reckoning->curve.inside[i] * mean, others);
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void reckoning_write(struct request *request, struct json *json, const struct reckoning *reckoning) {
  const struct side *before = &reckoning->before, *after = &reckoning->after;
  json_pair(json, "bucket", reckoning->weeks ? "week" : "month");
  json_pair(json, "closed_on", reckoning->closed == NOTHING ? NULL : date_print(request->arena, reckoning->closed));
  buckets_write(request, json, reckoning);
  side_write(request, json, "before", before);
  side_write(request, json, "after", after);
  bool both = before->inside > 0 && after->outside > 0;
  ratio_pair(request, json, "ratio", both ? (double)after->inside * (double)before->outside : 0,
             both ? (double)after->outside * (double)before->inside : 0);
  json_key(json, "same_season");
  json_open(json, '{');
  json_pair_integer(json, "buckets", reckoning->season_buckets);
  json_pair_integer(json, "year_before", reckoning->season_before);
  json_pair_integer(json, "after", reckoning->season_after);
  ratio_pair(request, json, "ratio", (double)reckoning->season_after, (double)reckoning->season_before);
  json_close(json, '}');
}

/* ---- the answer ---- */

static bool bucket_argument(struct request *request, bool *weeks) {
  const char *text = request_argument(request, "bucket");
  *weeks = text && strcmp(text, "week") == 0;
  if (!text || !*text || *weeks || strcmp(text, "month") == 0) return true;
  answer_problem(request, 400, "malformed", (struct label){"bucket 应是 month 或 week。", "bucket must be month or week."});
  return false;
}

/* The problem within the reader's scope; false: answered. */
static bool problem_read(struct request *request, struct row **row) {
  enum store_error error = reader_get(request->reader, record_type(RECORD_PROBLEM),
                                      request_scope(request, record_type(RECORD_PROBLEM), MAY_READ), request->id, request->arena, row);
  if (error == STORE_ABSENT) answer_absent(request);
  else if (error) answer_store_error(request, error);
  else if (!request->house->groups) answer_store_error(request, error = STORE_GONE);
  return !error;
}

/* A class that only an appeal hidden from the reader leads to would tell of it. */
static void hidden_leave(struct watched *watched, const struct scope *scope) {
  size_t kept = 0;
  for (size_t i = 0; i < watched->appeal_count; i++) {
    bool hidden = false;
    for (size_t k = 0; k < scope->excluded_count; k++) hidden = hidden || scope->excluded[k] == watched->appeals[i];
    if (!hidden) watched->appeals[kept++] = watched->appeals[i];
  }
  watched->appeal_count = kept;
}

static size_t classes_of(struct request *request, int64_t **classes, enum store_error *error) {
  struct watched watched;
  bool there = false;
  size_t count = 0;
  *error = watched_read(request->reader, request->id, &watched, &there);
  hidden_leave(&watched, request_scope(request, record_type(RECORD_APPEAL), MAY_READ));
  *classes = ARENA_ARRAY(request->arena, int64_t, watched.appeal_count + 2);
  if (!*error && there) count = watched_classes(request->house->groups, &watched, *classes);
  watched_free(&watched);
  return count;
}

void rebound_curve_show(struct request *request) {
  struct reckoning *reckoning = ARENA_NEW(request->arena, struct reckoning);
  struct row *problem = NULL;
  int64_t *classes = NULL;
  enum store_error error;
  if (!bucket_argument(request, &reckoning->weeks) || !request_head(request) || !problem_read(request, &problem)) return;
  groups_reach(request->house, request->journal);
  size_t count = classes_of(request, &classes, &error);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  reckoning->today = date_of_moment(request_now(request));
  reckoning->closed = row_integer(problem, PROBLEM_CLOSED_ON) != NOTHING ? row_integer(problem, PROBLEM_CLOSED_ON)
                                                                         : row_integer(problem, PROBLEM_CLOSED_BEFORE);
  buckets_make(reckoning);
  groups_curve(request->house->groups, classes, count, request_scope(request, record_type(RECORD_APPEAL), MAY_READ), reckoning->bounds,
               reckoning->count, request->arena, &reckoning->curve);
  sides_reckon(reckoning);
  struct json *json = out_open(request);
  json_pair_integer(json, "grouped_to", groups_position(request->house->groups));
  json_key(json, "classes");
  json_open(json, '[');
  for (size_t i = 0; i < count; i++) json_integer(json, classes[i]);
  json_close(json, ']');
  reckoning_write(request, json, reckoning);
  out_close(request, 200);
}
