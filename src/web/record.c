/* One record: itself, what this person may do with it, what it is linked to; a problem with its colour, measures, cycles, evidence, stages,
   indicators, results and the number of its sites at each stage. `fields=record` answers the record alone, for programs that read many. A
   past one is folded from the journal. */
#include <string.h>

#include "rules/drafts.h"
#include "web/json_out.h"

#define LINKS_MOST 500
#define PARTS_MOST 500

/* ---- actions ---- */

static void names_write(struct json *json, const char *key, const struct record_type *type, const uint16_t *fields, size_t count) {
  json_key(json, key);
  json_open(json, '[');
  for (size_t i = 0; i < count; i++) {
    const struct field *field = record_field(type, fields[i]);
    if (field) json_text(json, field->name);
  }
  json_close(json, ']');
}

static void codes_write(struct json *json, const struct possibility *possibility) {
  json_key(json, "codes");
  json_open(json, '[');
  for (size_t i = 0; i < possibility->code_count; i++) json_text(json, possibility->codes[i]);
  json_close(json, ']');
}

static void action_write(struct request *request, struct json *json, const struct record_type *type,
                         const struct possibility *possibility) {
  json_open(json, '{');
  json_pair(json, "action", action_name(possibility->action));
  json_pair(json, "label", request_label(request, possibility->label));
  json_pair_yes_no(json, "open", possibility->open);
  json_pair(json, "why_not", possibility->open ? NULL : request_label(request, possibility->why_not));
  codes_write(json, possibility);
  json_pair_yes_no(json, "mine", possibility->mine);
  names_write(json, "asks", type, possibility->asks, possibility->ask_count);
  names_write(json, "takes", type, possibility->takes, possibility->take_count);
  json_pair_yes_no(json, "reason", possibility->reason);
  const struct transition *arrow = possibility->transition;
  const struct state_name *to = arrow && arrow->to != STATE_KEPT ? record_state(type, arrow->to) : NULL;
  json_pair(json, "to", to ? to->name : NULL);
  json_close(json, '}');
}

static enum store_error actions_write(struct request *request, struct json *json, const struct row *row) {
  struct possibility *possibilities = NULL;
  size_t count = 0;
  struct context context = request_context(request);
  enum store_error error = change_possibilities(request->reader, &context, row, request->arena, &possibilities, &count);
  json_key(json, "actions");
  json_open(json, '[');
  for (size_t i = 0; i < count && !error; i++) action_write(request, json, row->type, &possibilities[i]);
  json_close(json, ']');
  return error;
}

/* ---- links ---- */

struct end { const struct row *link; bool from; const struct record_type *type; int64_t id; };

/* Links in which the record stands at one end; the links themselves are not secret, the other ends are read in scope. */
static enum store_error ends_read(struct request *request, const struct row *row, bool from, struct rows *rows) {
  uint16_t type_field = from ? LINK_FROM_TYPE : LINK_TO_TYPE, id_field = from ? LINK_FROM_ID : LINK_TO_ID;
  struct value type = value_integer(type_field, row->type->id), id = value_integer(id_field, row->id);
  struct condition conditions[] = {{.field = type_field, .how = C_IS, .values = &type, .count = 1},
                                   {.field = id_field, .how = C_IS, .values = &id, .count = 1}};
  struct query query = {.type = record_type(RECORD_LINK),
                        .conditions = conditions,
                        .condition_count = 2,
                        .limit = LINKS_MOST,
                        .expected = -1};
  return rows_read(request, &query, &SCOPE_SYSTEM, rows);
}

static size_t ends_of(struct arena *arena, const struct rows *from, const struct rows *to, struct end **ends) {
  size_t count = 0;
  *ends = ARENA_ARRAY(arena, struct end, from->count + to->count + 1);
  for (size_t i = 0; i < from->count + to->count; i++) {
    bool is_from = i < from->count;
    const struct row *link = is_from ? from->items[i] : to->items[i - from->count];
    struct end end = {link, is_from, record_type((enum record_id)row_integer(link, is_from ? LINK_TO_TYPE : LINK_FROM_TYPE)),
                      row_integer(link, is_from ? LINK_TO_ID : LINK_FROM_ID)};
    if (end.type && end.id > 0) (*ends)[count++] = end;
  }
  return count;
}

/* The other ends of one type, in this reader's scope, in one query. */
static enum store_error others_read(struct request *request, const struct end *ends, size_t count, const struct record_type *type,
                                    struct rows *rows) {
  int64_t *ids = ARENA_ARRAY(request->arena, int64_t, count + 1);
  size_t id_count = 0;
  for (size_t i = 0; i < count; i++)
    if (ends[i].type == type) ids[id_count++] = ends[i].id;
  if (!id_count) return STORE_OK;
  struct query query =
      {.type = type, .ids = ids, .id_count = id_count, .only_ids = true, .with_voided = true, .expected = (int64_t)id_count};
  return rows_read(request, &query, request_scope(request, type, MAY_READ), rows);
}

static void link_write(struct request *request, struct json *json, const struct end *end, const struct row *other, struct labels *labels) {
  const struct choice *kind = field_choice(record_field(end->link->type, LINK_KIND), row_integer(end->link, LINK_KIND));
  json_open(json, '{');
  json_pair_integer(json, "id", end->link->id);
  json_pair(json, "kind", kind ? kind->name : NULL);
  json_pair(json, "label", kind ? request_label(request, kind->label) : NULL);
  json_pair(json, "direction", end->from ? "from" : "to");
  json_pair(json, "type", end->type->name);
  json_key(json, "record");
  record_write(request, json, other, OUT_SPARSE | OUT_SHORT, labels);
  json_close(json, '}');
}

static enum store_error links_write(struct request *request, struct json *json, const struct row *row, struct labels *labels) {
  struct rows from = {0}, to = {0}, others = {0};
  struct end *ends = NULL;
  size_t count = 0;
  enum store_error error = ends_read(request, row, true, &from);
  if (!error) error = ends_read(request, row, false, &to);
  if (!error) count = ends_of(request->arena, &from, &to, &ends);
  for (size_t t = 0; t < SCHEMA.count && count && !error; t++) error = others_read(request, ends, count, SCHEMA.types[t], &others);
  json_key(json, "links");
  json_open(json, '[');
  for (size_t i = 0; i < count; i++)
    for (size_t k = 0; k < others.count; k++)
      if (others.items[k]->type == ends[i].type && others.items[k]->id == ends[i].id) {
        link_write(request, json, &ends[i], others.items[k], labels);
        break;
      }
  json_close(json, ']');
  return error;
}

/* ---- the parts of a problem, of a plan ---- */

/* What belongs to a record and is shown with it, in this reader's scope. */
static const struct { enum record_id of; const char *name; enum record_id type; uint16_t field; } PARTS[] = {
  {RECORD_PROBLEM, "measures", RECORD_MEASURE, MEASURE_PROBLEM}, {RECORD_PROBLEM, "cycles", RECORD_CYCLE, CYCLE_PROBLEM}, {RECORD_PROBLEM, "evidence", RECORD_EVIDENCE, EVIDENCE_PROBLEM}, {RECORD_PROBLEM, "objections", RECORD_OBJECTION, OBJECTION_PROBLEM},
  {RECORD_PROBLEM, "releases", RECORD_RELEASE, RELEASE_PROBLEM}, {RECORD_PROBLEM, "evaluations", RECORD_EVALUATION, EVALUATION_PROBLEM}, {RECORD_APPEAL, "evaluations", RECORD_EVALUATION, EVALUATION_APPEAL},
  {RECORD_PROBLEM, "alerts", RECORD_ALERT, ALERT_PROBLEM}, {RECORD_PROBLEM, "stages", RECORD_STAGE, STAGE_PROBLEM}, {RECORD_PROBLEM, "indicators", RECORD_INDICATOR, INDICATOR_PROBLEM}, {RECORD_PROBLEM, "results", RECORD_RESULT, RESULT_PROBLEM},
  {RECORD_PLAN, "indicators", RECORD_INDICATOR, INDICATOR_PLAN}, {RECORD_PROBLEM, "parts", RECORD_PROBLEM, PROBLEM_PARENT}, {RECORD_TOPIC, "tasks", RECORD_TOPIC_TASK, TOPIC_TASK_TOPIC},
  {RECORD_PROBLEM, "checks", RECORD_CHECK, CHECK_PROBLEM}, {RECORD_PROBLEM, "cases", RECORD_CASE, CASE_PROBLEM}, {RECORD_TOPIC, "cases", RECORD_CASE, CASE_TOPIC}, {RECORD_CASE, "self_checks", RECORD_SELF_CHECK, SELF_CHECK_CASE}};

static enum store_error parts_write(struct request *request, struct json *json, const struct row *row, struct labels *labels) {
  enum store_error error = STORE_OK;
  colour_write(request, json, row);
  if (row->type->id == RECORD_CAMPAIGN) error = frame_write(request, json, row);
  if (row->type->id == RECORD_APPEAL) stand_write(request, json, row);
  if (row->type->id == RECORD_APPROVAL) error = asked_write(request, json, row, labels);
  if (row->type->id == RECORD_PROBLEM) error = sites_write(request, json, row);
  for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS && !error; i++) {
    struct rows rows = {0};
    if (PARTS[i].of != row->type->id) continue;
    error = rows_of(request, PARTS[i].type, PARTS[i].field, row->id, request_scope(request, record_type(PARTS[i].type), MAY_READ),
                    PARTS_MOST, &rows);
    json_key(json, PARTS[i].name);
    json_open(json, '[');
    for (size_t k = 0; k < rows.count; k++) record_write(request, json, rows.items[k], 0, labels);
    json_close(json, ']');
  }
  return error;
}

/* ---- a past record ---- */

struct fold { struct arena *arena; struct row *row; int64_t at; bool destroyed; };

static bool fold_take(void *with, const struct entry *entry) {
  struct fold *fold = with;
  if (entry->moment > fold->at) return false;
  if (!entry->body) fold->destroyed = true;
  else body_apply(fold->arena, entry, fold->row);
  return true;
}

/* A problem's colour at that moment: the facts known by then through the same function, as `bihuan colour --at` has it. */
static enum store_error colour_then_write(struct request *request, struct json *json, int64_t at) {
  struct judgement judgement;
  if (request->type->id != RECORD_PROBLEM) return STORE_OK;
  enum store_error error = colour_at(request->reader, request->id, at, request->arena, &judgement);
  json_key(json, "colour");
  if (error) json_null(json);
  else judgement_write(request, json, &judgement);
  return error == STORE_ABSENT ? STORE_OK : error; /* absent: it had none */
}

static void record_then(struct request *request, const char *text) {
  struct fold fold = {.arena = request->arena, .row = row_new(request->arena, request->type)};
  struct labels labels = {.arena = request->arena};
  if (!moment_parse(text, &fold.at)) {
    answer_problem(request, 400, "wrong_value",
                   (struct label){"at 应是时间，如 2026-11-23T08:00:00+08:00。", "at must be a moment like 2026-11-23T08:00:00+08:00."});
    return;
  }
  enum store_error error = reader_history(request->reader, request->type->id, request->id, fold_take, &fold);
  if (!error && (!fold.row->id || fold.destroyed)) {
    answer_absent(request);
    return;
  }
  struct json *json = out_open(request);
  json_key(json, "record");
  record_write(request, json, fold.row, 0, &labels);
  json_pair(json, "at", moment_print(request->arena, fold.at));
  if (!error) error = colour_then_write(request, json, fold.at);
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

/* ---- handlers ---- */

/* The record in this reader's scope; false: answered. */
static bool record_get(struct request *request, struct row **row) {
  if (!request_head(request)) return false;
  enum store_error error = reader_get(request->reader, request->type, request_scope(request, request->type, MAY_READ), request->id,
                                      request->arena, row);
  if (error == STORE_ABSENT) answer_absent(request);
  else if (error) answer_store_error(request, error);
  return !error;
}

static enum store_error draft_show(struct request *request, struct row *row) {
  const char *words = NULL;
  enum store_error error = draft_whole(request->reader, row, request->arena, &words);
  if (words) row_set_text(row, APPEAL_ANSWER_DRAFT, words);
  return error;
}

void record_show(struct request *request) {
  const char *at = request_argument(request, "at"), *fields = request_argument(request, "fields");
  struct labels labels = {.arena = request->arena};
  struct row *row = NULL;
  if (!record_get(request, &row)) return;
  if (at) {
    record_then(request, at);
    return;
  }
  struct json *json = out_open(request);
  bool alone = fields && strcmp(fields, "record") == 0;
  enum store_error error = STORE_OK;
  answer_header(request, "ETag", arena_print(request->arena, "\"%lld\"", (long long)row->version));
  if (row->type->id == RECORD_APPEAL) error = draft_show(request, row);
  json_key(json, "record");
  record_write(request, json, row, 0, alone ? NULL : &labels);
  if (!alone && !error) {
    error = actions_write(request, json, row);
    if (!error) error = links_write(request, json, row, &labels);
    if (!error) error = parts_write(request, json, row, &labels);
    if (!error) error = labels_write(request, json, &labels);
  }
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}

/* A caller sees the contact of whom he may call back now, by the door's own decision about a call; others whatever is in their scope.
   False: answered. */
static bool reveal_allowed(struct request *request, const struct row *row) {
  const role_set whole = ROLE(ROLE_LIAISON) | ROLE(ROLE_UNIT_HEAD) | ROLE(ROLE_OFFICE);
  struct context context = request_context(request);
  struct value values[] = {value_integer(CALL_BACK_APPEAL, row->id), value_integer(CALL_BACK_REACHED, 0)};
  struct change call = {.type = record_type(RECORD_CALL_BACK),
                        .seen = ANY_VERSION,
                        .action = ACTION_CREATE,
                        .values = values,
                        .value_count = 2};
  struct outcome outcome = {0};
  struct row *made = NULL;
  if (request->authority->roles & whole) return true;
  if (row->type->id != RECORD_APPEAL) {
    answer_forbidden(request);
    return false;
  }
  enum store_error error = change_draft(request->reader, &context, &call, request->arena, &outcome, &made);
  if (error) answer_store_error(request, error);
  else if (!made) answer_refusal(request, &outcome);
  return !error && made;
}

/* A contact in plain, with a reason, into the audit stream. */
void record_reveal(struct request *request) {
  struct label reason;
  json_t *body = request_body(request);
  struct row *row = NULL;
  if (!body) return;
  const char *name = json_string_value(json_object_get(body, "field")), *why = json_string_value(json_object_get(body, "reason"));
  const struct field *field = name ? record_field_named(request->type, name) : NULL;
  reason = (struct label){"field 应是一个联系方式字段，并写明 reason。", "field must be the name of a contact, and reason say why."};
  if (!field || field->type != F_CONTACT || !why || !*why || !field_shown(request, field)) {
    answer_problem(request, 400, "malformed", reason);
    return;
  }
  if (!record_get(request, &row) || !reveal_allowed(request, row)) return;
  struct buffer detail = {.arena = request->arena};
  struct json json = json_to(&detail);
  json_open(&json, '{');
  json_pair(&json, "type", request->type->name);
  json_pair_integer(&json, "id", request->id);
  json_pair(&json, "field", field->name);
  json_pair(&json, "reason", why);
  json_close(&json, '}');
  enum store_error error = audit_write(request, "reveal", detail.bytes);
  if (error) {
    answer_store_error(request, error);
    return;
  }
  const char *sealed = row_text(row, field->id);
  struct json *out = out_open(request);
  json_pair(out, "value", sealed ? secret_open_any(request->arena, request->house->contact_key, sealed) : NULL);
  out_close(request, 200);
}
