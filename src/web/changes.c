/* Writing: forms and change sets to the one door, on the writer's thread, while the connection is suspended. What the form
   alone can tell (names, types) and what the door finds are answered together, all at once. */
#include <stdio.h>
#include <string.h>

#include "exchange/files.h"
#include "web/web.h"

#define KEY_MOST 200

/* One set on its way; lives in the request's arena. */
struct set_job {
  struct job job;
  struct request *request;
  struct context context;
  struct change *changes; size_t count;
  struct outcome outcome;
  unsigned status;          /* of success: 200 or 201 */
  int64_t number;           /* of the journal, when the set was decided */
};

/* ---- bodies ---- */

json_t *request_body(struct request *request) {
  const char *type = request_header(request, "Content-Type");
  struct label reason;
  if (request->parsed) return request->parsed;
  if (type && strncasecmp(type, "application/json", 16) != 0) {
    answer_problem(request, 415, "media_type", (struct label){"请用 application/json。", "use application/json."});
    return NULL;
  }
  request->parsed = json_read(request->body.bytes, request->body.size, request->arena, &reason);
  if (!request->parsed) answer_problem(request, 400, "malformed", reason);
  return request->parsed;
}

/* ---- outcomes ---- */

static const struct { const char *name; unsigned status; struct label detail; } VERDICTS[] = {
  [VERDICT_DONE] = {"done", 200, {0}},
  [VERDICT_UNCHANGED] = {"unchanged", 200, {0}},
  [VERDICT_REPEATED] = {"repeated", 200, {0}},
  [VERDICT_INVALID] = {"invalid", 422, {"填写有误，见各项说明。", "something is wrong; see the findings."}},
  [VERDICT_FORBIDDEN] = {"forbidden", 403, {"您没有办理此事的权限。", "you may not do this."}},
  [VERDICT_NOT_NOW] = {"not_now", 409, {"现在还不能办，见各项说明。", "not possible now; see the findings."}},
  [VERDICT_STALE] = {"stale", 412, {"这条记录刚被他人改动，请刷新后再试。", "somebody else has just changed this record; load it again."}},
  [VERDICT_ABSENT] = {"absent", 404, {"没有这条记录，或者不在您可见的范围内。", "there is no such record, or it is outside of what you may see."}},
  [VERDICT_CLASH] = {"clash", 409, {"与已有记录重复，见各项说明。", "it clashes with what stands; see the findings."}},
};
_Static_assert(sizeof VERDICTS / sizeof *VERDICTS == VERDICT_CLASH + 1, "every verdict is answered");

static void integers_write(struct json *json, const char *key, const int64_t *items, size_t count) {
  json_key(json, key);
  json_open(json, '[');
  for (size_t i = 0; i < count; i++) json_integer(json, items ? items[i] : 0);
  json_close(json, ']');
}

static void outcome_write(struct set_job *set) {
  struct request *request = set->request;
  struct json *json = out_open(request);
  json_pair(json, "verdict", VERDICTS[set->outcome.verdict].name);
  json_pair_integer(json, "entry", set->outcome.entry);
  integers_write(json, "ids", set->outcome.ids, set->outcome.count);
  integers_write(json, "versions", set->outcome.versions, set->outcome.count);
  if (set->context.rehearse) json_pair_yes_no(json, "rehearsed", true);
  request->journal = set->outcome.entry > set->number ? set->outcome.entry : set->number;
  out_close(request, set->outcome.verdict == VERDICT_DONE && !set->context.rehearse ? set->status : 200);
}

/* The worst that form and door found together. */
static void refusal_write(struct set_job *set, size_t of_form) {
  struct request *request = set->request;
  enum verdict verdict = set->outcome.verdict <= VERDICT_REPEATED ? VERDICT_INVALID : set->outcome.verdict;
  issues_add_findings(&request->issues, set->outcome.findings, set->outcome.finding_count);
  bool names = of_form && request->issues.unknown_name && (verdict == VERDICT_INVALID || verdict == VERDICT_STALE);
  answer_problem(request, names ? 400 : VERDICTS[verdict].status, names ? "unknown_names" : VERDICTS[verdict].name,
                 VERDICTS[verdict].detail);
}

void answer_refusal(struct request *request, const struct outcome *outcome) {
  issues_add_findings(&request->issues, outcome->findings, outcome->finding_count);
  answer_problem(request, VERDICTS[outcome->verdict].status, VERDICTS[outcome->verdict].name, VERDICTS[outcome->verdict].detail);
}

/* A whistle-blower's appeal is hidden from the unit complained of, at once. */
static bool hides(const struct change *change) {
  for (size_t i = 0; change->type->id == RECORD_APPEAL && i < change->value_count; i++)
    if (change->values[i].field == APPEAL_WHISTLE || change->values[i].field == APPEAL_COMPLAINED_OF) return true;
  return false;
}

static bool touches_authority(const struct set_job *set) {
  for (size_t i = 0; i < set->count; i++) {
    enum record_id type = set->changes[i].type->id;
    if (type == RECORD_GRANT || type == RECORD_USER || type == RECORD_UNIT || type == RECORD_APPROVAL || type == RECORD_GUIDANCE_GROUP ||
        type == RECORD_HAND_OVER)
      return true;
    if (set->changes[i].action == ACTION_SHOW_ABOVE || hides(&set->changes[i])) return true;
  }
  return false;
}

static void set_back(struct request *request) {
  struct set_job *set = request->work;
  if (request->job_error) answer_store_error(request, request->job_error);
  else if (request->issues.count || set->outcome.verdict > VERDICT_REPEATED) refusal_write(set, request->issues.count);
  else outcome_write(set);
  if (!request->job_error && touches_authority(set)) sessions_renew(request->server->sessions);
}

/* ---- on the writer's thread ---- */

static bool set_run(struct job *job, struct tx *tx, enum store_error *error) {
  struct set_job *set = (struct set_job *)job;
  set->number = tx_head(tx).number;
  *error = change_apply(tx, &set->context, set->changes, set->count, set->request->arena, &set->outcome);
  return *error == STORE_OK && set->outcome.verdict <= VERDICT_REPEATED && !set->context.rehearse;
}

static void set_done(struct job *job, enum store_error error) { request_done(((struct set_job *)job)->request, error); }

/* ---- handlers ---- */

/* Keys are a user's own: nobody is answered another's outcome. False: answered. */
bool request_key(struct request *request, const char **key) {
  const char *given = request_header(request, "Idempotency-Key");
  *key = NULL;
  if (!given) return true;
  if (!*given || strlen(given) > KEY_MOST || !text_valid(given, strlen(given))) {
    answer_problem(request, 400, "malformed",
                   label_print(request->arena, "Idempotency-Key 应为 1 至 %d 个字符。", "Idempotency-Key has 1 to %d characters.",
                               KEY_MOST));
    return false;
  }
  *key = arena_print(request->arena, "%lld:%s", (long long)request->seat.user, given);
  return true;
}

static struct set_job *set_new(struct request *request, struct change *changes, size_t count, unsigned status) {
  struct set_job *set = ARENA_NEW(request->arena, struct set_job);
  *set = (struct set_job){.job = {.run = set_run, .done = set_done},
                          .request = request,
                          .context = request_context(request),
                          .changes = changes,
                          .count = count,
                          .status = status};
  request->work = set;
  return set;
}

/* A file that is named must have been uploaded. */
static void files_check(struct request *request, const struct set_job *set) {
  for (size_t i = 0; i < set->count; i++)
    for (size_t k = 0; k < set->changes[i].value_count; k++) {
      const struct value *value = &set->changes[i].values[k];
      const struct field *field = record_field(set->changes[i].type, value->field);
      int64_t size;
      if (field->type == F_FILE && value->kind == VALUE_TEXT && value->size && !file_there(request->house->data, value->text, &size))
        issue_add(&request->issues, (uint32_t)i, field->name, "no_file",
                  (struct label){"没有收到过这个文件，请先上传。", "this file has not been uploaded; do that first."});
    }
}

/* The form may be wrong already: then the door is only asked, so that all is found at once. */
static void set_submit(struct request *request, struct set_job *set) {
  if (!request_key(request, &set->context.idempotency_key)) return;
  files_check(request, set);
  if (request->issues.count) {
    set->context.rehearse = true;
    set->context.idempotency_key = NULL;
  }
  request_submit(request, &set->job, set_back);
}

/* `If-Match: "VERSION"`; asked: 428 without. False: answered. */
static bool version_read(struct request *request, bool asked, int64_t *seen) {
  const char *match = request_header(request, "If-Match");
  *seen = ANY_VERSION;
  if (!match && !asked) return true;
  if (match && strcmp(match, "*") == 0) return true;
  size_t size = match ? strlen(match) : 0;
  if (size > 2 && match[0] == '"' && match[size - 1] == '"' && text_to_integer(arena_copy(request->arena, match + 1, size - 2), seen) &&
      *seen > 0)
    return true;
  answer_problem(request, match ? 400 : 428, match ? "malformed" : "version_needed",
    (struct label){"请用 If-Match: \"版本号\" 说明所依据的版本。", "say by If-Match: \"VERSION\" which version you have seen."});
  return false;
}

/* ?rehearse=1: decided, not carried out. */
static bool rehearses(struct request *request) { return text_equal(request_argument(request, "rehearse"), "1"); }

/* The form as a set of one change; NULL: answered. */
static struct set_job *form_set(struct request *request, enum action_code action, int64_t seen, unsigned status) {
  struct change *change = ARENA_NEW(request->arena, struct change);
  struct value_reader reader = {request->arena, &request->issues};
  struct value *values;
  json_t *body = request->body.size ? request_body(request) : NULL;
  if (request->body.size && !body) return NULL;
  form_read(&reader, body, request->type, &values, &change->value_count, &change->reason);
  change->type = request->type;
  change->id = request->id;
  change->seen = seen;
  change->action = action;
  change->values = values;
  struct set_job *set = set_new(request, change, 1, status);
  set->context.rehearse = rehearses(request);
  return set;
}

static void form_submit(struct request *request, enum action_code action, int64_t seen, unsigned status) {
  struct set_job *set = form_set(request, action, seen, status);
  if (set) set_submit(request, set);
}

void record_create(struct request *request) {
  if (!request_body(request)) return;
  form_submit(request, ACTION_CREATE, ANY_VERSION, 201);
}

void record_edit(struct request *request) {
  int64_t seen;
  if (request_body(request) && version_read(request, true, &seen)) form_submit(request, ACTION_EDIT, seen, 200);
}

static bool action_of_type(const struct record_type *type, enum action_code action) {
  if (record_together(type, action)) return true;
  for (size_t i = 0; i < type->transition_count; i++)
    if (type->transitions[i].action == action && (type->transitions[i].from || !type->states)) return true;
  return false;
}

static void answer_unknown_action(struct request *request) {
  const char *names[64] = {0};
  size_t count = 0;
  for (size_t i = 0; i < request->type->transition_count && count < 64; i++)
    if (request->type->transitions[i].from) {
      const char *name = action_name(request->type->transitions[i].action);
      bool again = false;
      for (size_t k = 0; k < count; k++) again |= strcmp(names[k], name) == 0;
      if (!again) names[count++] = name;
    }
  answer_problem(request, 404, "unknown_action",
                 label_print(request->arena, "没有“%s”这个动作，可用：%s。", "there is no action \"%s\"; possible: %s.",
                             request->parts.action, nearest_names(request->arena, NULL, names, count)));
}

void record_act(struct request *request) {
  enum action_code action = action_named(request->parts.action);
  int64_t seen;
  if (!action || action == ACTION_CREATE || action == ACTION_EDIT || !action_of_type(request->type, action)) answer_unknown_action(request);
  else if (version_read(request, false, &seen)) form_submit(request, action, seen, 200);
}

/* Whose decision on paper is entered: by what that person may do now. False: answered. */
static bool represented_read(struct request *request, int64_t behalf, struct context *context) {
  struct authority *represented = ARENA_NEW(request->arena, struct authority);
  if (!request_reader(request)) return false;
  enum store_error error = behalf == request->seat.user
                               ? STORE_ABSENT
                               : authority_load(request->reader, behalf, request_now(request), request->arena, represented);
  context->behalf = behalf;
  context->represented = represented;
  if (error == STORE_ABSENT)
    answer_problem(request, 422, "behalf_person",
                   (struct label){"代录的本人须是另一个在用的账号。", "who is represented must be another account in force."});
  else if (error) answer_store_error(request, error);
  return !error;
}

/* On a slow thread, which may wait for the writer: for actions that had to prepare something first. */
void record_act_waiting(struct request *request, enum action_code action) {
  int64_t seen;
  struct set_job *set = version_read(request, false, &seen) ? form_set(request, action, seen, 200) : NULL;
  if (!set || !request_key(request, &set->context.idempotency_key)) return;
  if (request->issues.count) {
    set->context.rehearse = true;
    set->context.idempotency_key = NULL;
  }
  request->job_error = writer_run(request->house->writer, set_run, &set->job);
  set_back(request);
}

void changes_make(struct request *request) {
  struct value_reader reader = {request->arena, &request->issues};
  struct change *changes;
  size_t count;
  int64_t behalf = 0;
  json_t *body = request_body(request);
  if (!body) return;
  if (!changes_read(&reader, body, &changes, &count, &behalf)) {
    answer_problem(request, 400, request->issues.unknown_name ? "unknown_names" : "malformed",
                   (struct label){"变更有误，见各项说明。", "the changes are wrong; see the findings."});
    return;
  }
  struct set_job *set = set_new(request, changes, count, 200);
  set->context.rehearse = rehearses(request);
  if (behalf && !represented_read(request, behalf, &set->context)) return;
  set_submit(request, set);
}
