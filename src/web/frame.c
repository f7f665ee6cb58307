/* The frame as pages read it: a campaign's countdown and what it lists of others, reckoned when asked; the leaders' two boards. The boards
   are never added up (PRACTICE.md, the frame): there is no figure of both. Every figure has the address of the list behind it. */
#include "rules/boards.h"
#include "web/campaigns.h"

#define BOARD_MOST 200

/* ---- a campaign ---- */

void period_write(struct request *request, struct json *json, const struct row *campaign) {
  int64_t from = row_integer(campaign, CAMPAIGN_FROM), to = row_integer(campaign, CAMPAIGN_TO),
          today = date_of_moment(request_now(request));
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
  struct condition conditions[] = {{.field = PROBLEM_ALSO_IN, .how = C_HAS, .values = &here, .count = 1},
                                   {.field = PROBLEM_COUNTED, .how = C_IS, .values = &counted, .count = 1}};
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

/* Do appeals go by its policy today? */
static enum store_error hotline_write(struct request *request, struct json *json, const struct row *campaign) {
  int64_t followed = 0;
  enum store_error error = hotline_campaign(request->reader, date_of_moment(request_now(request)), request->arena, &followed);
  json_pair_yes_no(json, "hotline", followed == campaign->id);
  return error;
}

enum store_error frame_write(struct request *request, struct json *json, const struct row *campaign) {
  period_write(request, json, campaign);
  enum store_error error = linked_write(request, json, campaign);
  return error ? error : hotline_write(request, json, campaign);
}

/* ---- the leaders' boards ---- */

static bool item_keep(void *with, const struct row *row) {
  struct rows *rows = with;
  rows_keep(rows, row);
  return rows->count < BOARD_MOST;
}

static void board_write(struct request *request, struct json *json, const struct board *board, const struct rows *rows, int64_t campaign,
                        struct labels *labels) {
  const char *of = campaign > 0 ? arena_print(request->arena, "&campaign=%lld", (long long)campaign) : "";
  json_open(json, '{');
  json_pair(json, "board", board->led_by->name);
  json_pair(json, "label", request_label(request, board->led_by->label));
  json_pair_integer(json, "total", board->total);
  json_key(json, "colours");
  json_open(json, '{');
  for (int64_t colour = COLOUR_GREY; colour <= COLOUR_BLUE; colour++) json_pair_integer(json, colour_name(colour), board->colours[colour]);
  json_close(json, '}');
  json_pair(json, "address", arena_print(request->arena, "/api/v1/problems?led_by=%s&counted=true%s", board->led_by->name, of));
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; i < rows->count; i++) record_write(request, json, rows->items[i], OUT_SPARSE | OUT_WHY, labels);
  json_close(json, ']');
  json_close(json, '}');
}

void boards_show(struct request *request) {
  struct labels labels = {.arena = request->arena};
  struct board boards[BOARDS] = {{0}};
  struct rows rows[BOARDS] = {{0}};
  struct row *asked = NULL;
  if (!request_head(request) || !campaign_asked(request, &asked)) return;
  int64_t campaign = asked ? asked->id : 0;
  for (size_t i = 0; i < BOARDS; i++) {
    rows[i].arena = request->arena;
    boards[i].keep = item_keep;
    boards[i].with = &rows[i];
  }
  enum store_error error = boards_read(request->reader, request_scope(request, record_type(RECORD_PROBLEM), MAY_READ), campaign, boards);
  struct json *json = out_open(request);
  json_key(json, "boards");
  json_open(json, '[');
  for (size_t i = 0; i < BOARDS && !error; i++) board_write(request, json, &boards[i], &rows[i], campaign, &labels);
  json_close(json, ']');
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
