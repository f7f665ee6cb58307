/* The overview: counted problems by colour, and colours by category, source, kind, lead unit and campaign: of one campaign, or the sum of
   all that the reader sees. All of it is true at one journal number: from the view in memory when it stands still for a moment, else from
   one snapshot of the store. */
#include <stdlib.h>
#include <string.h>

#include "web/campaigns.h"

#include "base/room.h"

#define COLOURS (COLOUR_BLUE + 1)
#define TALLIES_TRIES 5
#define TALLIES_WAIT 30 /* milliseconds */

/* One line: a key and its problems by colour. */
struct line { int64_t key, colours[COLOURS]; };
struct lines { struct arena *arena; struct line *items; size_t count, room; };
static const struct { const char *name; uint16_t field; } CUTS[] = {
  {"category", PROBLEM_CATEGORY}, {"source", PROBLEM_SOURCE}, {"kind", PROBLEM_KIND}, {"lead_unit", PROBLEM_LEAD_UNIT},
  {"campaign", PROBLEM_CAMPAIGN}};
#define CUT_COUNT (sizeof CUTS / sizeof *CUTS)

static struct line *line_of(struct lines *lines, int64_t key) {
  for (size_t i = 0; i < lines->count; i++)
    if (lines->items[i].key == key) return &lines->items[i];
  ARENA_ROOM(lines->arena, lines->items, lines->count, lines->room, 16);
  lines->items[lines->count] = (struct line){.key = key};
  return &lines->items[lines->count++];
}

static bool line_take(void *with, const int64_t *dimensions, int64_t count) {
  int64_t colour = dimensions[1] > 0 && dimensions[1] < COLOURS ? dimensions[1] : COLOUR_NONE;
  line_of(with, dimensions[0])->colours[colour] += count;
  return true;
}

/* What is counted: the whole, or one campaign of it; `first` stands for "counted" or for another state. */
struct asked_of { struct condition conditions[2]; struct value values[2]; };

static struct query asked_query(struct asked_of *asked, struct value first, const struct row *campaign) {
  asked->values[0] = first;
  asked->values[1] = value_integer(PROBLEM_CAMPAIGN, campaign ? campaign->id : 0);
  for (size_t i = 0; i < 2; i++)
    asked->conditions[i] = (struct condition){.field = asked->values[i].field, .how = C_IS, .values = &asked->values[i], .count = 1};
  return (struct query){.type = record_type(RECORD_PROBLEM),
                        .conditions = asked->conditions,
                        .condition_count = campaign ? 2 : 1,
                        .expected = -1};
}

/* All cuts at one number of the view; false: it does not know, or moves too fast. */
static bool cuts_from_tallies(struct request *request, const struct query *query, const struct scope *scope, struct lines *cuts) {
  struct tallies *tallies = request->house->tallies;
  for (int try = 0; tallies && try < TALLIES_TRIES; try++) {
    int64_t first = NOTHING;
    bool still = true;
    for (size_t i = 0; i < CUT_COUNT && still; i++) {
      uint16_t by[] = {CUTS[i].field, PROBLEM_COLOUR};
      int64_t journal = 0;
      cuts[i].count = 0;
      if (!tallies_count(tallies, query, by, 2, scope, line_take, &cuts[i], &journal)) return false;
      if (first == NOTHING) first = journal;
      still = journal == first;
    }
    request->journal = first;
    if (still) return true;
  }
  return false;
}

static enum store_error cuts_from_store(struct request *request, const struct query *query, const struct scope *scope, struct lines *cuts) {
  if (!request_head(request)) return STORE_OK; /* answered */
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < CUT_COUNT && !error; i++) {
    uint16_t by[] = {CUTS[i].field, PROBLEM_COLOUR};
    cuts[i].count = 0;
    error = reader_tally(request->reader, query, by, 2, scope, line_take, &cuts[i]);
  }
  return error;
}

static void colours_write(struct json *json, const int64_t *colours) {
  json_key(json, "colours");
  json_open(json, '{');
  for (int64_t colour = COLOUR_GREY; colour < COLOURS; colour++) json_pair_integer(json, colour_name(colour), colours[colour]);
  json_close(json, '}');
}

static int64_t total_of(const int64_t *colours) {
  int64_t total = 0;
  for (int colour = 0; colour < COLOURS; colour++) total += colours[colour];
  return total;
}

static int by_key(const void *one, const void *other) {
  int64_t a = ((const struct line *)one)->key, b = ((const struct line *)other)->key;
  return (a > b) - (a < b);
}

static void line_write(struct request *request, struct json *json, const struct field *field, const struct line *line,
                       struct labels *labels) {
  const struct choice *choice = field->type == F_CHOICE ? field_choice(field, line->key) : NULL;
  struct value key = value_integer(field->id, line->key);
  json_open(json, '{');
  json_key(json, "key");
  value_write(request, json, field, &key, labels);
  if (choice) json_pair(json, "label", request_label(request, choice->label));
  json_pair_integer(json, "total", total_of(line->colours));
  colours_write(json, line->colours);
  json_close(json, '}');
}

/* Merged problems stand in no colour and no total: how many there are is said beside them. */
static enum store_error merged_count(struct request *request, const struct row *campaign, const struct scope *scope, int64_t *merged) {
  struct asked_of asked;
  struct query query = asked_query(&asked, value_integer(FIELD_STATE, PROBLEM_MERGED), campaign);
  *merged = request->house->tallies ? tallies_expect(request->house->tallies, &query, scope) : -1;
  return *merged < 0 ? reader_count(request->reader, &query, scope, merged) : STORE_OK;
}

static void cuts_write(struct request *request, struct json *json, struct lines *cuts, struct labels *labels) {
  json_key(json, "by");
  json_open(json, '{');
  for (size_t i = 0; i < CUT_COUNT; i++) {
    if (cuts[i].count) qsort(cuts[i].items, cuts[i].count, sizeof *cuts[i].items, by_key);
    json_key(json, CUTS[i].name);
    json_open(json, '[');
    for (size_t k = 0; k < cuts[i].count; k++)
      line_write(request, json, record_field(record_type(RECORD_PROBLEM), CUTS[i].field), &cuts[i].items[k], labels);
    json_close(json, ']');
  }
  json_close(json, '}');
}

/* False: answered. */
static bool cuts_read(struct request *request, const struct query *query, const struct scope *scope, struct lines *cuts) {
  enum store_error error = STORE_OK;
  for (size_t i = 0; i < CUT_COUNT; i++) cuts[i] = (struct lines){.arena = request->arena};
  if (request->house->tallies && tallies_position(request->house->tallies) < request->journal)
    followers_reach(request->house->followers, "tallies", request->journal, TALLIES_WAIT);
  if (!cuts_from_tallies(request, query, scope, cuts)) error = cuts_from_store(request, query, scope, cuts);
  if (error && !request->response) answer_store_error(request, error);
  return !request->response;
}

void overview_show(struct request *request) {
  struct lines cuts[CUT_COUNT];
  struct labels labels = {.arena = request->arena};
  struct asked_of asked;
  struct row *campaign = NULL;
  if (!request_head(request) || !campaign_asked(request, &campaign)) return;
  struct query query = asked_query(&asked, value_integer(PROBLEM_COUNTED, 1), campaign);
  const struct scope *scope = request_scope(request, query.type, MAY_READ);
  int64_t colours[COLOURS] = {0}, merged = 0;
  if (!cuts_read(request, &query, scope, cuts)) return;
  for (size_t i = 0; i < cuts[0].count; i++)
    for (int colour = 0; colour < COLOURS; colour++) colours[colour] += cuts[0].items[i].colours[colour];
  enum store_error error = merged_count(request, campaign, scope, &merged);
  struct json *json = out_open(request);
  json_key(json, "campaign");
  if (!campaign) json_null(json);
  else if (!error) error = campaign_frame_write(request, json, campaign);
  json_pair_integer(json, "total", total_of(colours));
  json_pair_integer(json, "merged", merged);
  colours_write(json, colours);
  cuts_write(request, json, cuts, &labels);
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
