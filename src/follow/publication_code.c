/* What somebody with a code may follow: how what they sent stands, and what was answered to them. Found by the hash of the code; it holds
   no word of what they wrote. */
#include <stdio.h>

#include "base/json.h"
#include "follow/publication_parts.h"

/* Which field of a record is the answer to who sent it, from which state on it is given, and by when: until it is judged, and then until it
   is answered. */
static const struct { enum record_id type; uint16_t reply; state_code from; uint16_t verdict; state_code judged; uint16_t judged_by, answered_by; } ANSWERS[] = {
  {RECORD_OBJECTION, OBJECTION_REPLY, OBJECTION_ANSWERED, OBJECTION_VERDICT, OBJECTION_JUDGED, OBJECTION_RECHECK_DUE, OBJECTION_REPLY_DUE},
  {RECORD_EVALUATION, EVALUATION_REPLY, EVALUATION_ANSWERED, EVALUATION_VERDICT, EVALUATION_JUDGED, EVALUATION_RECHECK_DUE, EVALUATION_REPLY_DUE},
  {RECORD_APPEAL, APPEAL_ANSWER, APPEAL_ANSWERED, 0, 0, 0, 0}};

static bool answered(const struct row *row, state_code from) {
  return row->state == from || (row->type->id == RECORD_APPEAL && row->state == APPEAL_CLOSED);
}

static int64_t appeal_due(const struct row *appeal) {
  int64_t moment = row_integer(appeal, APPEAL_ANSWER_DUE);
  return moment == NOTHING ? row_integer(appeal, APPEAL_DUE) : date_of_moment(moment);
}

static void answer_write(struct json *json, const struct row *row, struct arena *arena) {
  for (size_t i = 0; i < sizeof ANSWERS / sizeof *ANSWERS; i++) {
    if (ANSWERS[i].type != row->type->id) continue;
    bool judged = ANSWERS[i].judged && row->state == ANSWERS[i].judged;
    int64_t by = !ANSWERS[i].judged_by ? appeal_due(row) : row_integer(row, judged ? ANSWERS[i].answered_by : ANSWERS[i].judged_by);
    if (by != NOTHING && !answered(row, ANSWERS[i].from)) json_pair(json, "by", date_print(arena, by));
    if (!answered(row, ANSWERS[i].from)) continue;
    json_pair(json, "reply", row_text(row, ANSWERS[i].reply));
    if (ANSWERS[i].verdict && row_integer(row, ANSWERS[i].verdict) != NOTHING)
      json_pair_integer(json, "verdict", row_integer(row, ANSWERS[i].verdict));
  }
}

static const char *state_of(const struct row *row) {
  const struct state_name *state = row && !row->voided ? record_state(row->type, row->state) : NULL;
  return state ? state->name : "gone";
}

/* How the newest evaluation stands: who evaluated by this code follows it by this code as well. */
static void evaluation_write(struct json *json, const struct rows *evaluations, struct arena *arena) {
  const struct row *newest = NULL;
  for (size_t i = 0; i < evaluations->count; i++)
    if (!evaluations->items[i]->voided && (!newest || evaluations->items[i]->id > newest->id)) newest = evaluations->items[i];
  if (!newest) return;
  json_key(json, "evaluation");
  json_open(json, '{');
  json_pair(json, "kind", "evaluation");
  json_pair(json, "state", state_of(newest));
  if (row_integer(newest, EVALUATION_GIVEN_AT) != NOTHING)
    json_pair(json, "received", date_print(arena, date_of_moment(row_integer(newest, EVALUATION_GIVEN_AT))));
  answer_write(json, newest, arena);
  json_close(json, '}');
}

/* Is there something to judge, and was it not judged yet? */
static enum store_error may_evaluate_write(struct publishing *publishing, struct json *json, const struct row *appeal) {
  struct rows rows = {.arena = publishing->arena};
  enum store_error error = publishing_rows(publishing, RECORD_EVALUATION, EVALUATION_APPEAL, appeal->id, &rows);
  json_pair_yes_no(json, "may_evaluate",
                   !rows.count && !appeal->voided && (appeal->state == APPEAL_ANSWERED || appeal->state == APPEAL_CLOSED));
  json_pair_yes_no(json, "evaluated", rows.count > 0);
  evaluation_write(json, &rows, publishing->arena);
  return error;
}

static void head_write(struct json *json, const char *kind, const char *state, int64_t received, int64_t problem, struct arena *arena) {
  json_open(json, '{');
  json_pair(json, "kind", kind);
  json_pair(json, "state", state);
  if (received != NOTHING) json_pair(json, "received", date_print(arena, date_of_moment(received)));
  if (problem != NOTHING) json_pair_integer(json, "problem", problem);
}

enum store_error publish_submission(struct publishing *publishing, const struct row *submission) {
  const struct field *kind = record_field(submission->type, SUBMISSION_KIND);
  const char *tracking = row_text(submission, SUBMISSION_TRACKING);
  int64_t type = row_integer(submission, SUBMISSION_OF_TYPE);
  struct buffer body = {.arena = publishing->arena};
  struct json json = json_to(&body);
  struct row *row = NULL;
  bool refused = submission->state == SUBMISSION_REFUSED;
  if (!tracking) return STORE_OK;
  enum store_error error = type == NOTHING ? STORE_OK : publishing_row(publishing, (enum record_id)type, row_integer(submission, SUBMISSION_OF_ID), &row);
  if (error) return error;
  head_write(&json, field_choice(kind, row_integer(submission, SUBMISSION_KIND))->name, refused ? "refused" : state_of(row), row_integer(submission, SUBMISSION_RECEIVED), row_integer(submission, SUBMISSION_PROBLEM), publishing->arena);
  if (refused) json_pair(&json, "why", row_text(submission, SUBMISSION_WHY));
  if (row && !row->voided) answer_write(&json, row, publishing->arena);
  if (row && !row->voided && row->type->id == RECORD_APPEAL) error = may_evaluate_write(publishing, &json, row);
  json_close(&json, '}');
  publishing_add(publishing, "code", tracking, body.bytes);
  return error;
}

enum store_error publish_submissions_of(struct publishing *publishing, int64_t id) {
  struct rows rows = {.arena = publishing->arena};
  enum store_error error = publishing_rows(publishing, RECORD_SUBMISSION, SUBMISSION_OF_ID, id, &rows);
  for (size_t i = 0; i < rows.count && !error; i++) error = publish_submission(publishing, rows.items[i]);
  return error;
}

/* Of an appeal from elsewhere the answer was given there: here stands only how far it is, and that it may be evaluated. */
enum store_error publish_appeal(struct publishing *publishing, const struct row *appeal) {
  const char *hash = row_text(appeal, APPEAL_CODE_HASH);
  struct buffer body = {.arena = publishing->arena};
  struct json json = json_to(&body);
  struct rows submissions = {.arena = publishing->arena};
  enum store_error error = hash ? publishing_rows(publishing, RECORD_SUBMISSION, SUBMISSION_OF_ID, appeal->id, &submissions) : STORE_OK;
  if (error || !hash) return error;
  if (submissions.count) return publish_submissions_of(publishing, appeal->id); /* it came by the portal: one code for all */
  head_write(&json, "invitation", state_of(appeal), row_integer(appeal, APPEAL_MADE_AT), row_integer(appeal, APPEAL_PROBLEM), publishing->arena);
  error = may_evaluate_write(publishing, &json, appeal);
  json_close(&json, '}');
  publishing_add(publishing, "code", hash, appeal->voided ? NULL : body.bytes);
  return error;
}
