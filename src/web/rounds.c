/* Rounds over HTTP, beside what the general routes give: freezing, which reckons the table on a slow thread before it goes to the door; and
   an answer as the ledger fills it, which the unit only confirms. */
#include "rules/frozen.h"
#include "rules/rounds.h"
#include "web/json_out.h"

/* ---- freezing ---- */

/* The table is reckoned only for a round that could be frozen; of any other the door says why not. False: answered. */
static bool prepared(struct request *request) {
  struct row *round = NULL;
  struct label refused = {0};
  if (!request_reader(request)) return false;
  enum store_error error = reader_get(request->reader, request->type, request_scope(request, request->type, MAY_READ), request->id,
                                      request->arena, &round);
  if (!error && round->state == ROUND_COLLECTED)
    error = frozen_prepare(request->reader, round, request_now(request), request->arena, &refused);
  reader_release(request->reader); /* no snapshot is held while the writer is waited for */
  request->reader = NULL;
  if (error == STORE_ABSENT) answer_absent(request);
  else if (error) answer_store_error(request, error);
  else if (refused.zh) answer_problem(request, 409, "does_not_balance", refused);
  return !error && !refused.zh;
}

void round_freeze(struct request *request) {
  request->type = record_type(RECORD_ROUND);
  if (prepared(request)) record_act_waiting(request, ACTION_FREEZE);
}

/* ---- the draft ---- */

static void states_write(struct request *request, struct json *json, const struct round_ledger *ledger) {
  const struct record_type *problem = record_type(RECORD_PROBLEM);
  json_key(json, "states");
  json_open(json, '[');
  for (state_code state = 0; state < 24; state++) {
    const struct state_name *name = record_state(problem, state);
    if (!ledger->states[state] || !name) continue;
    json_open(json, '{');
    json_pair(json, "state", name->name);
    json_pair(json, "label", request_label(request, name->label));
    json_pair_integer(json, "count", ledger->states[state]);
    json_close(json, '}');
  }
  json_close(json, ']');
}

/* What the unit would confirm: every field of the form, and whether the ledger has filled it. */
static void form_write(struct request *request, struct json *json, const struct row *filled) {
  int64_t prefilled = 0, all = 0;
  json_key(json, "form");
  json_open(json, '[');
  for (size_t i = 0; i < filled->type->field_count; i++) {
    const struct field *field = &filled->type->fields[i];
    bool of_ledger = false;
    for (size_t k = 0; ROUND_ANSWER_FILLED[k]; k++) of_ledger |= ROUND_ANSWER_FILLED[k] == field->id;
    if (!of_ledger && field->id != ANSWER_NOTE) continue;
    all++;
    prefilled += of_ledger;
    json_open(json, '{');
    json_pair(json, "field", field->name);
    json_pair(json, "label", request_label(request, field->label));
    json_key(json, "value");
    value_write(request, json, field, row_value(filled, field->id), NULL);
    json_pair_yes_no(json, "prefilled", of_ledger);
    json_close(json, '}');
  }
  json_close(json, ']');
  json_pair_integer(json, "prefilled", prefilled);
  json_pair_integer(json, "fields", all);
}

static void lacking_write(struct request *request, struct json *json, const struct round_ledger *ledger) {
  json_key(json, "lacking");
  json_open(json, '[');
  for (size_t i = 0; i < ledger->lacking_count; i++) {
    const struct row *problem = ledger->lacking_rows[i];
    json_open(json, '{');
    json_pair_integer(json, "id", problem->id);
    json_pair(json, "number", row_text(problem, PROBLEM_NUMBER));
    json_pair(json, "title", row_text(problem, PROBLEM_TITLE));
    json_pair(json, "colour", colour_name(row_integer(problem, PROBLEM_COLOUR)));
    json_pair(json, "due",
              row_integer(problem, PROBLEM_DUE) == NOTHING ? NULL : date_print(request->arena, row_integer(problem, PROBLEM_DUE)));
    json_pair_integer(json, "progress", row_integer(problem, PROBLEM_PROGRESS) == NOTHING ? 0 : row_integer(problem, PROBLEM_PROGRESS));
    json_pair(json, "reported_on",
              row_integer(problem, PROBLEM_REPORTED_ON) == NOTHING ? NULL
                                                                   : date_print(request->arena, row_integer(problem, PROBLEM_REPORTED_ON)));
    json_close(json, '}');
  }
  json_close(json, ']');
}

static void draft_write(struct request *request, const struct row *answer, const struct row *round, const struct round_ledger *ledger) {
  struct row *filled = row_copy(request->arena, answer);
  struct labels labels = {.arena = request->arena};
  struct json *json = out_open(request);
  round_answer_fill(filled, ledger);
  json_key(json, "round");
  record_write(request, json, round, OUT_SPARSE, &labels);
  json_key(json, "answer");
  record_write(request, json, answer, OUT_SPARSE, &labels);
  form_write(request, json, filled);
  states_write(request, json, ledger);
  lacking_write(request, json, ledger);
  json_pair(json, "warning",
            ledger->lacking ? request_label(request, label_print(request->arena, "还有 %lld 个在办问题上一轮以来没有报过进展。",
                                                                 "%lld open problems had no progress reported since the last round.",
                                                                 (long long)ledger->lacking))
                            : NULL);
  enum store_error error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

void answer_draft(struct request *request) {
  const struct record_type *type = record_type(RECORD_ROUND_ANSWER);
  struct row *answer = NULL, *round = NULL;
  struct round_ledger ledger;
  if (!request_head(request)) return;
  enum store_error error = reader_get(request->reader, type, request_scope(request, type, MAY_READ), request->id, request->arena, &answer);
  if (!error)
    error = reader_get(request->reader, record_type(RECORD_ROUND), &SCOPE_SYSTEM, row_integer(answer, ANSWER_ROUND), request->arena,
                       &round);
  if (!error)
    error = round_ledger_read(request->reader, request_scope(request, record_type(RECORD_PROBLEM), MAY_READ),
                              row_integer(answer, ANSWER_CAMPAIGN), row_integer(answer, ANSWER_UNIT), row_integer(answer, ANSWER_SINCE),
                              row_integer(round, ROUND_OPENS_ON), request->arena, &ledger);
  if (error == STORE_ABSENT) answer_absent(request);
  else if (error) answer_store_error(request, error);
  else draft_write(request, answer, round, &ledger);
}
