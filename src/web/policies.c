/* Policies before they are made: the colour presets with their sources, and what a draft would change. Nothing is written here. */
#include <jansson.h> /* before base/json.h */

#include "rules/colour_presets.h"
#include "rules/deadlines.h"
#include "rules/policy_preview.h"
#include "web/json_out.h"

#define EXAMPLES_USUAL 20

/* Every rule that a policy may name, with the least and the most of its number: what an editor of rules offers. */
static void rules_write(struct request *request, struct json *json) {
  json_key(json, "rules");
  json_open(json, '[');
  for (int64_t rule = 1; rule < RULE_COUNT; rule++) {
    int64_t least, most;
    if (!colour_rule_usable(rule)) continue;
    json_open(json, '{');
    json_pair(json, "name", colour_rule_name(rule));
    json_pair(json, "label", request_label(request, colour_rule_label(rule)));
    if (colour_rule_counts(rule, &least, &most)) {
      json_pair_integer(json, "least", least);
      json_pair_integer(json, "most", most);
    }
    json_close(json, '}');
  }
  json_close(json, ']');
}

void presets_show(struct request *request) {
  struct json *json = out_open(request);
  rules_write(request, json);
  colour_presets_json(json, request->language);
  out_close(request, 200);
}

void deadline_presets_show(struct request *request) {
  struct json *json = out_open(request);
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; i < DEADLINE_PRESET_COUNT; i++) {
    const struct deadline_preset *preset = &DEADLINE_PRESETS[i];
    preset_json(json, request->language, preset->name, preset->label, preset->source, preset->note, "rows", preset->rows);
  }
  json_close(json, ']');
  out_close(request, 200);
}

/* ---- preview ---- */

static void unit_write(struct json *json, const struct preview_unit *unit, struct labels *labels) {
  json_open(json, '{');
  json_key(json, "lead_unit");
  if (unit->unit == NOTHING) json_null(json);
  else json_integer(json, unit->unit);
  labels_want(labels, RECORD_UNIT, unit->unit);
  json_pair_integer(json, "total", unit->total);
  json_pair_integer(json, "changed", unit->changed);
  preview_cells_json(json, unit->cells, true);
  json_close(json, '}');
}

static void example_write(struct request *request, struct json *json, const struct preview_example *example, struct labels *labels) {
  json_open(json, '{');
  json_key(json, "record");
  record_write(request, json, example->problem, OUT_SPARSE | OUT_SHORT, labels);
  json_key(json, "from");
  judgement_write(request, json, &example->from);
  json_key(json, "to");
  judgement_write(request, json, &example->to);
  json_close(json, '}');
}

static void preview_write(struct request *request, const struct policy_preview *preview) {
  struct labels labels = {.arena = request->arena};
  struct json *json = out_open(request);
  json_pair(json, "at", moment_print(request->arena, preview->at));
  json_pair_integer(json, "policy", preview->policy);
  json_pair_integer(json, "total", preview->total);
  json_pair_integer(json, "changed", preview->changed);
  preview_cells_json(json, preview->cells, false);
  json_key(json, "by_unit");
  json_open(json, '[');
  for (size_t i = 0; i < preview->unit_count; i++) unit_write(json, &preview->units[i], &labels);
  json_close(json, ']');
  json_key(json, "examples");
  json_open(json, '[');
  for (size_t i = 0; i < preview->example_count; i++) example_write(request, json, &preview->examples[i], &labels);
  json_close(json, ']');
  json_key(json, "after");
  if (preview->more) json_integer(json, preview->examples[preview->example_count - 1].problem->id);
  else json_null(json);
  enum store_error error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

/* {"values":{…}} as for POST /api/v1/policies; ?limit= examples, ?after= the id behind which they go on. */
void policy_preview_show(struct request *request) {
  const struct record_type *policy = record_type(RECORD_POLICY), *problem = record_type(RECORD_PROBLEM);
  struct value_reader reader = {request->arena, &request->issues};
  struct value *values = NULL;
  size_t count = 0;
  const char *reason = NULL;
  json_t *body = request_body(request);
  if (!body) return;
  form_read(&reader, body, policy, &values, &count, &reason);
  int64_t limit = request_argument_integer(request, "limit", EXAMPLES_USUAL), after = request_argument_integer(request, "after", 0);
  if (limit < 1 || limit > LIST_MOST || after < 0) {
    answer_problem(request, 400, "wrong_value",
                   (struct label){"limit 应为 1 到 200，after 应是上一页给出的编号。",
                                  "limit lies between 1 and 200, after is what the last page gave."});
    return;
  }
  if (!request_head(request)) return;
  struct context context = request_context(request);
  struct outcome outcome;
  struct policy_preview *preview = ARENA_NEW(request->arena, struct policy_preview);
  enum store_error error = policy_preview(request->reader, &context, request_scope(request, problem, MAY_READ), values, count,
                                          (size_t)limit, after, request->arena, &outcome, preview);
  issues_add_findings(&request->issues, outcome.findings, outcome.finding_count);
  if (error) answer_store_error(request, error);
  else if (outcome.verdict == VERDICT_FORBIDDEN) answer_forbidden(request);
  else if (request->issues.count)
    answer_problem(request, 422, "invalid", (struct label){"填写有误，见各项说明。", "something is wrong; see the findings."});
  else preview_write(request, preview);
}
