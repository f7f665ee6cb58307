/* A stratified draw: drawing, which reckons it on a slow thread before it goes to the door; and reckoning it again for whoever doubts it:
   its strata by name, what was drawn, and whether both are what the seed gives. */
#include "follow/ledger.h"
#include "rules/draws.h"
#include "web/json_out.h"
#include "web/web.h"

/* ---- drawing ---- */

/* Reckoned only for one that could be drawn; of any other the door says why not. False: answered. */
static bool prepared(struct request *request) {
  struct figures_source source = ledger_source(request->house);
  struct row *draw = NULL;
  if (!request_reader(request)) return false;
  enum store_error error = reader_get(request->reader, request->type, request_scope(request, request->type, MAY_READ), request->id,
                                      request->arena, &draw);
  if (!error && draw->state == DRAW_ANNOUNCED) error = draw_prepare(request->reader, &source, draw, request->arena);
  reader_release(request->reader); /* no snapshot is held while the writer is waited for */
  request->reader = NULL;
  if (error == STORE_ABSENT) answer_absent(request);
  else if (error) answer_store_error(request, error);
  return !error;
}

void draw_take(struct request *request) {
  request->type = record_type(RECORD_DRAW);
  if (prepared(request)) record_act_waiting(request, ACTION_DRAW);
}

/* ---- again ---- */

static void strata_write(struct request *request, struct json *json, const struct draw_result *result, struct labels *labels) {
  const struct field *colours = record_field(record_type(RECORD_PROBLEM), PROBLEM_COLOUR);
  json_key(json, "strata");
  json_open(json, '[');
  for (size_t i = 0; i < result->stratum_count; i++) {
    const struct draw_stratum *one = &result->strata[i];
    const struct choice *colour = one->colour ? field_choice(colours, one->colour) : NULL;
    json_open(json, '{');
    if (one->unit) json_pair_integer(json, "unit", one->unit);
    if (one->unit) labels_want(labels, RECORD_UNIT, one->unit);
    if (colour) json_pair(json, "colour", colour->name);
    if (one->age) json_pair(json, "age", label_in(draw_age_label(one->age), request->language));
    json_pair_integer(json, "population", one->population);
    json_pair_integer(json, "drawn", one->drawn);
    json_close(json, '}');
  }
  json_close(json, ']');
}

void draw_again(struct request *request) {
  struct labels labels = {.arena = request->arena};
  struct draw_result result;
  struct label differs = {0};
  int64_t destroyed = 0;
  struct row *draw = request_record(request, RECORD_DRAW);
  if (!draw) return;
  if (draw->state != DRAW_DRAWN) {
    answer_problem(request, 409, "not_now", (struct label){"还没有抽取，没有可复算的。", "it was not drawn yet: there is nothing to reckon again."});
    return;
  }
  enum store_error error = draw_compare(request->reader, draw, request->arena, &result, &destroyed, &differs);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  struct json *json = out_open(request);
  json_pair_yes_no(json, "same", !differs.zh);
  if (differs.zh) json_pair(json, "differs", label_in(differs, request->language));
  json_pair_integer(json, "destroyed", destroyed);
  json_pair(json, "seed", result.seed);
  json_pair(json, "root", result.root);
  json_pair_integer(json, "population", result.population);
  json_pair_integer(json, "sample", result.sample);
  strata_write(request, json, &result, &labels);
  json_key(json, "problems");
  json_raw(json, result.problems_text);
  error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
