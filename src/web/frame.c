/* The frame as pages read it: a campaign's countdown and what it lists of others, reckoned when asked; the leaders' two boards. The boards are
   never added up (PRACTICE.md, the frame): there is no figure of both. Every figure has the address of the list behind it. */
#include "web/json_out.h"

#define BOARD_MOST 200
#define COLOURS (COLOUR_BLUE + 1)

/* ---- a campaign ---- */

static void period_write(struct request *request, struct json *json, const struct row *campaign) {
  int64_t from = row_integer(campaign, CAMPAIGN_FROM), to = row_integer(campaign, CAMPAIGN_TO), today = date_of_moment(request_now(request));
  bool begun = from == NOTHING || today >= from, over = campaign->state == FORCE_RETIRED || (to != NOTHING && today > to);
  json_key(json, "period");
  json_open(json, '{');
  json_pair_yes_no(json, "begun", begun);
  json_pair_yes_no(json, "over", over);
  if (from != NOTHING && to != NOTHING) json_pair_integer(json, "days", to - from + 1);
  if (from != NOTHING) json_pair_integer(json, "days_gone", begun ? today - from : 0);
  if (to != NOTHING) json_pair_integer(json, "days_left", over ? 0 : to - today);
  json_close(json, '}');
}

/* Problems of other campaigns that this one lists too: they are counted at home, and beside its own figure here. */
static enum store_error linked_write(struct request *request, struct json *json, const struct row *campaign) {
  struct value here = value_integer(PROBLEM_ALSO_IN, campaign->id), counted = value_integer(PROBLEM_COUNTED, 1);
  struct condition conditions[] = {{.field = PROBLEM_ALSO_IN, .how = C_HAS, .values = &here, .count = 1}, {.field = PROBLEM_COUNTED, .how = C_IS, .values = &counted, .count = 1}};
  struct query query = {.type = record_type(RECORD_PROBLEM), .conditions = conditions, .condition_count = 2, .expected = -1};
  int64_t count = 0;
  enum store_error error = reader_count(request->reader, &query, request_scope(request, query.type, MAY_READ), &count);
  json_key(json, "linked");
  json_open(json, '{');
  json_pair_integer(json, "count", count);
  json_pair(json, "address", arena_print(request->arena, "/api/v1/problems?also_in=%lld&counted=true", (long long)campaign->id));
  json_close(json, '}');
  json_pair(json, "home", arena_print(request->arena, "/api/v1/problems?campaign=%lld&counted=true", (long long)campaign->id));
  return error;
}

enum store_error frame_write(struct request *request, struct json *json, const struct row *campaign) {
  period_write(request, json, campaign);
  return linked_write(request, json, campaign);
}

/* ---- the leaders' boards ---- */

struct board { int64_t colours[COLOURS], total; };

static bool board_take(void *with, const int64_t *dimensions, int64_t count) {
  struct board *board = with;
  board->colours[dimensions[0] > 0 && dimensions[0] < COLOURS ? dimensions[0] : COLOUR_NONE] += count;
  board->total += count;
  return true;
}

static enum store_error board_write(struct request *request, struct json *json, const struct choice *choice, int64_t campaign, struct labels *labels) {
  const uint16_t by[] = {PROBLEM_COLOUR};
  struct value led = value_integer(PROBLEM_LED_BY, choice->code), counted = value_integer(PROBLEM_COUNTED, 1), home = value_integer(PROBLEM_CAMPAIGN, campaign);
  struct condition conditions[] = {{.field = PROBLEM_LED_BY, .how = C_IS, .values = &led, .count = 1}, {.field = PROBLEM_COUNTED, .how = C_IS, .values = &counted, .count = 1},
                                   {.field = PROBLEM_CAMPAIGN, .how = C_IS, .values = &home, .count = 1}};
  struct query query = {.type = record_type(RECORD_PROBLEM), .conditions = conditions, .condition_count = campaign > 0 ? 3 : 2, .expected = -1};
  const struct scope *scope = request_scope(request, query.type, MAY_READ);
  struct board board = {.total = 0};
  struct rows rows = {.count = 0};
  enum store_error error = reader_tally(request->reader, &query, by, 1, scope, board_take, &board);
  query.limit = BOARD_MOST;
  if (!error) error = rows_read(request, &query, scope, &rows);
  json_open(json, '{');
  json_pair(json, "board", choice->name);
  json_pair(json, "label", request_label(request, choice->label));
  json_pair_integer(json, "total", board.total);
  json_key(json, "colours");
  json_open(json, '{');
  for (int64_t colour = COLOUR_GREY; colour < COLOURS; colour++) json_pair_integer(json, colour_name(colour), board.colours[colour]);
  json_close(json, '}');
  json_pair(json, "address", arena_print(request->arena, campaign > 0 ? "/api/v1/problems?led_by=%s&counted=true&campaign=%lld" : "/api/v1/problems?led_by=%s&counted=true", choice->name, (long long)campaign));
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; i < rows.count; i++) record_write(request, json, rows.items[i], OUT_SPARSE | OUT_WHY, labels);
  json_close(json, ']');
  json_close(json, '}');
  return error;
}

void boards_show(struct request *request) {
  const struct field *led = record_field(record_type(RECORD_PROBLEM), PROBLEM_LED_BY);
  struct labels labels = {.arena = request->arena};
  int64_t campaign = request_argument_integer(request, "campaign", 0);
  enum store_error error = STORE_OK;
  if (!request_head(request)) return;
  struct json *json = out_open(request);
  json_key(json, "boards");
  json_open(json, '[');
  for (const struct choice *choice = led->choices; choice->name && !error; choice++) error = board_write(request, json, choice, campaign, &labels);
  json_close(json, ']');
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
