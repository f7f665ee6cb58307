/* What came in from the public, taken in through the door by the program itself, channel public: an objection, an evaluation, an appeal.
   Each goes in one set with a submission that bears the portal's own number, which no other may have: so running it twice, or after a kill,
   makes nothing twice. What cannot be taken becomes a submission that says why. */
#include <errno.h>
#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/log.h"
#include "base/signing.h"
#include "exchange/files.h"
#include "exchange/picture.h"
#include "follow/publication.h"
#include "follow/waiting.h"

struct taking {
  struct house *house; struct public_store *store; struct arena *arena; const uint8_t *secret_key;
  const struct inbox_entry *entry; json_t *payload;
  struct change changes[2]; struct value values[16], submission[8];
  int64_t problem, taken; enum store_error error;
};
/* why it cannot be taken, as the person is told; NULL: the change is made out */
typedef const char *prepare_function(struct taking *taking);

static const char *text_of(const struct taking *taking, const char *name) {
  const char *text = json_string_value(json_object_get(taking->payload, name));
  return text && *text ? text : NULL;
}
static int64_t number_of(const struct taking *taking, const char *name) {
  json_t *value = json_object_get(taking->payload, name);
  return json_is_integer(value) ? json_integer_value(value) : NOTHING;
}
static void give(struct taking *taking, struct value value) {
  if (value.kind == VALUE_NOTHING || (value.kind == VALUE_TEXT && !value.text) || (value.kind == VALUE_INTEGER && value.integer == NOTHING))
    return;
  taking->values[taking->changes[0].value_count++] = value;
}
static struct value text_value(uint16_t field, const char *text) { return text ? value_text(field, text) : value_nothing(field); }

/* ---- each kind ---- */

static struct row *row_read(struct taking *taking, enum record_id type, int64_t id) {
  struct reader *reader = NULL;
  struct row *row = NULL;
  taking->error = store_reader(taking->house->store, &reader);
  if (!taking->error) taking->error = reader_get(reader, record_type(type), &SCOPE_SYSTEM, id, taking->arena, &row);
  if (reader) reader_release(reader);
  if (taking->error == STORE_ABSENT) taking->error = STORE_OK, row = NULL;
  return row;
}

/* Handed in while it was publicised, whenever it arrives: two networks take their time. */
static const char *prepare_objection(struct taking *taking) {
  int64_t id = number_of(taking, "problem"), on = date_of_moment(taking->entry->received);
  struct row *problem = id == NOTHING ? NULL : row_read(taking, RECORD_PROBLEM, id);
  if (taking->error) return NULL;
  int64_t from = problem ? row_integer(problem, PROBLEM_PUBLICISED_ON) : NOTHING,
          until = problem ? row_integer(problem, PROBLEM_PUBLICITY_UNTIL) : NOTHING;
  if (!problem || problem->voided || row_integer(problem, PROBLEM_PUBLICITY_SCOPE) != SCOPE_PUBLIC || from == NOTHING || on < from ||
      (until != NOTHING && on > until))
    return "收到时这件事不在公示期";
  taking->problem = id;
  taking->changes[0].type = record_type(RECORD_OBJECTION);
  give(taking, value_integer(OBJECTION_PROBLEM, id));
  give(taking, text_value(OBJECTION_TEXT, text_of(taking, "text")));
  give(taking, text_value(OBJECTION_FROM, text_of(taking, "from")));
  give(taking, text_value(OBJECTION_CONTACT, text_of(taking, "contact")));
  give(taking, value_integer(OBJECTION_RECEIVED_ON, on));
  give(taking, value_integer(OBJECTION_CHANNEL, OBJECTED_ONLINE));
  return NULL;
}

static struct row *appeal_by_code(struct taking *taking, const char *hash) {
  struct value value = value_text(APPEAL_CODE_HASH, hash);
  struct condition condition = {.field = APPEAL_CODE_HASH, .how = C_IS, .values = &value, .count = 1};
  struct query query = {.type = record_type(RECORD_APPEAL), .conditions = &condition, .condition_count = 1, .limit = 1, .expected = 1};
  struct rows rows = {.arena = taking->arena};
  struct reader *reader = NULL;
  taking->error = store_reader(taking->house->store, &reader);
  if (!taking->error) taking->error = reader_list(reader, &query, &SCOPE_SYSTEM, taking->arena, rows_keep, &rows);
  if (reader) reader_release(reader);
  return !taking->error && rows.count ? rows.items[0] : NULL;
}

static const char *prepare_evaluation(struct taking *taking) {
  const char *hash = text_of(taking, "code_hash");
  struct row *appeal = hash ? appeal_by_code(taking, hash) : NULL;
  if (taking->error) return NULL;
  if (!appeal) return "没有这个评价码";
  if (row_integer(appeal, APPEAL_PROBLEM) != NOTHING) taking->problem = row_integer(appeal, APPEAL_PROBLEM);
  taking->changes[0].type = record_type(RECORD_EVALUATION);
  give(taking, value_integer(EVALUATION_APPEAL, appeal->id));
  give(taking, value_integer(EVALUATION_SOLVED, number_of(taking, "solved")));
  give(taking, value_integer(EVALUATION_SATISFACTION, number_of(taking, "satisfaction")));
  give(taking, value_integer(EVALUATION_ABOUT, number_of(taking, "about")));
  give(taking, text_value(EVALUATION_WORDS, text_of(taking, "words")));
  give(taking, value_integer(EVALUATION_GIVEN_AT, taking->entry->received));
  return NULL;
}

/* A picture that is none, or cannot be kept, does not hold up the appeal. */
static const char *photo_keep(struct taking *taking) {
  struct buffer clean = {.arena = taking->arena};
  const char *media_type = NULL;
  size_t size = 0;
  char *bytes = taking->entry->picture ? sealed_open(taking->arena, taking->secret_key, taking->entry->picture, &size) : NULL;
  char *name = arena_alloc(taking->arena, FILE_NAME_SIZE);
  if (!bytes || !picture_clean(bytes, size, &clean, &media_type)) return NULL;
  return file_keep_bytes(taking->house->data, clean.bytes, clean.size, name) == STORE_OK ? name : NULL;
}

static const char *prepare_appeal(struct taking *taking) {
  const struct inbox_entry *entry = taking->entry;
  taking->changes[0].type = record_type(RECORD_APPEAL);
  give(taking, value_text(APPEAL_NUMBER, arena_print(taking->arena, "P%.6s-%lld", entry->portal, (long long)entry->number)));
  give(taking, text_value(APPEAL_TITLE, text_of(taking, "title")));
  give(taking, text_value(APPEAL_TEXT, text_of(taking, "text")));
  give(taking, value_integer(APPEAL_MADE_AT, entry->received));
  give(taking, value_integer(APPEAL_ORIGIN, ORIGIN_ONLINE)); /* the hotline did not take this call: its clock may be another */
  give(taking, text_value(APPEAL_PERSON, text_of(taking, "person")));
  give(taking, text_value(APPEAL_PHONE, text_of(taking, "phone")));
  give(taking, text_value(APPEAL_PLACE, text_of(taking, "place")));
  give(taking, value_integer(APPEAL_POINT, number_of(taking, "point")));
  give(taking, value_integer(APPEAL_KIND, number_of(taking, "kind")));
  give(taking, text_value(APPEAL_PHOTO, photo_keep(taking)));
  give(taking, text_value(APPEAL_CODE_HASH, entry->tracking)); /* the same code evaluates it later */
  return NULL;
}

static const struct { const char *name; int64_t kind; enum record_id becomes; prepare_function *prepare; } KINDS[] = {
  {"objection", SUBMITTED_OBJECTION, RECORD_OBJECTION, prepare_objection}, {"evaluation", SUBMITTED_EVALUATION, RECORD_EVALUATION, prepare_evaluation}, {"appeal", SUBMITTED_APPEAL, RECORD_APPEAL, prepare_appeal}};

/* ---- one entry ---- */

static const char *key_of(const struct taking *taking) {
  return arena_print(taking->arena, "%s:%lld", taking->entry->portal, (long long)taking->entry->number);
}

static bool taken_before(struct taking *taking) {
  struct value value = value_text(SUBMISSION_KEY, key_of(taking));
  struct condition condition = {.field = SUBMISSION_KEY, .how = C_IS, .values = &value, .count = 1};
  struct query query = {.type = record_type(RECORD_SUBMISSION),
                        .conditions = &condition,
                        .condition_count = 1,
                        .with_voided = true,
                        .expected = 0};
  struct reader *reader = NULL;
  int64_t count = 0;
  taking->error = store_reader(taking->house->store, &reader);
  if (!taking->error) taking->error = reader_count(reader, &query, &SCOPE_SYSTEM, &count);
  if (reader) reader_release(reader);
  return count > 0;
}

static void submission_make(struct taking *taking, struct change *change, int64_t kind, enum record_id becomes, const char *why) {
  size_t count = 0;
  taking->submission[count++] = value_text(SUBMISSION_KEY, key_of(taking));
  taking->submission[count++] = value_integer(SUBMISSION_KIND, kind);
  taking->submission[count++] = value_integer(SUBMISSION_RECEIVED, taking->entry->received);
  if (taking->entry->tracking) taking->submission[count++] = value_text(SUBMISSION_TRACKING, taking->entry->tracking);
  if (taking->problem != NOTHING) taking->submission[count++] = value_integer(SUBMISSION_PROBLEM, taking->problem);
  if (why) taking->submission[count++] = value_text(SUBMISSION_WHY, why);
  else {
    taking->submission[count++] = value_integer(SUBMISSION_OF_TYPE, becomes);
    taking->submission[count++] = value_integer(SUBMISSION_OF_ID, -1);
  }
  *change = (struct change){.type = record_type(RECORD_SUBMISSION),
                            .seen = ANY_VERSION,
                            .action = why ? ACTION_REFUSE : ACTION_CREATE,
                            .values = taking->submission,
                            .value_count = count};
}

static enum store_error run(struct taking *taking, const struct change *changes, size_t count, struct outcome *outcome) {
  int64_t now = house_now(taking->house);
  struct context context = {.now = now,
                            .authority = &AUTHORITY_SYSTEM,
                            .happened = taking->entry->received < now ? taking->entry->received : NOTHING,
                            .channel = CHANNEL_PUBLIC,
                            .contact_key = taking->house->contact_key};
  return change_run(taking->house->writer, &context, changes, count, taking->arena, outcome);
}

static bool done(enum verdict verdict) { return verdict == VERDICT_DONE || verdict == VERDICT_UNCHANGED || verdict == VERDICT_REPEATED; }

static enum store_error refuse(struct taking *taking, int64_t kind, const char *why) {
  struct outcome outcome;
  size_t at = 0, width;
  for (size_t length = 0; why[at] && length < 400; length++, at += width) text_next(why + at, &width);
  submission_make(taking, &taking->changes[1], kind, RECORD_NONE, arena_copy(taking->arena, why, at));
  enum store_error error = run(taking, &taking->changes[1], 1, &outcome);
  if (error || done(outcome.verdict)) return error;
  log_line(LOG_ERROR, "public", "%s: not even a refusal could be written", key_of(taking));
  return STORE_BROKEN;
}

static enum store_error take(struct taking *taking, size_t kind) {
  struct outcome outcome;
  taking->changes[0] = (struct change){.seen = ANY_VERSION, .action = ACTION_CREATE, .values = taking->values};
  const char *why = KINDS[kind].prepare(taking);
  if (taking->error) return taking->error;
  if (why) return refuse(taking, KINDS[kind].kind, why);
  submission_make(taking, &taking->changes[1], KINDS[kind].kind, KINDS[kind].becomes, NULL);
  enum store_error error = run(taking, taking->changes, 2, &outcome);
  if (error || done(outcome.verdict)) return error;
  if (taken_before(taking)) return taking->error; /* somebody else was faster */
  return refuse(taking, KINDS[kind].kind, outcome.finding_count ? outcome.findings[0].sentence.zh : "未能接收");
}

static enum store_error take_entry(struct taking *taking) {
  size_t size = 0, kind = 0;
  char *plain = taking->entry->sealed ? sealed_open(taking->arena, taking->secret_key, taking->entry->sealed, &size) : NULL;
  while (kind < sizeof KINDS / sizeof *KINDS && !text_equal(KINDS[kind].name, taking->entry->kind)) kind++;
  taking->payload = plain ? json_loadb(plain, size, 0, NULL) : NULL;
  taking->problem = NOTHING;
  taking->error = STORE_OK;
  enum store_error error = STORE_OK;
  if (kind == sizeof KINDS / sizeof *KINDS || !json_is_object(taking->payload)) error = refuse(taking, SUBMITTED_OBJECTION, "内容不能打开");
  else error = take(taking, kind);
  json_decref(taking->payload);
  return error;
}

static bool entry_take(void *with, const struct inbox_entry *entry) {
  struct taking *taking = with;
  taking->entry = entry;
  bool before = taken_before(taking);
  if (!taking->error && !before) taking->error = take_entry(taking);
  if (!taking->error) taking->error = inbox_done(taking->store, entry->portal, entry->number);
  taking->taken += !taking->error;
  arena_reset(taking->arena);
  return !taking->error;
}

enum store_error intake_once(struct house *house, struct public_store *store, int64_t *taken) {
  uint8_t secret_key[SECRET_KEY_SIZE];
  struct taking taking = {.house = house, .store = store, .arena = arena_new(), .secret_key = secret_key};
  enum store_error error = signing_key_open(house->data, secret_key) ? STORE_OK : STORE_REFUSED;
  if (!error) error = inbox_list(store, NULL, 0, false, entry_take, &taking);
  if (!error) error = taking.error;
  explicit_bzero(secret_key, sizeof secret_key);
  arena_free(taking.arena);
  *taken = taking.taken;
  return error;
}

/* ---- each second ---- */

struct intake { struct house *house; struct public_store *store; pthread_t thread; struct waiting wait; bool stopping; };

static bool intake_waits(struct intake *intake) {
  struct timespec until = waiting_until(1000);
  pthread_mutex_lock(&intake->wait.lock);
  while (!intake->stopping && waiting_lasts(&intake->wait, &until)) continue;
  bool on = !intake->stopping;
  pthread_mutex_unlock(&intake->wait.lock);
  return on;
}

static void *intake_thread(void *with) {
  struct intake *intake = with;
  bool told = false;
  while (intake_waits(intake)) {
    int64_t taken = 0;
    enum store_error error = intake_once(intake->house, intake->store, &taken);
    if (error && !told) log_line(LOG_WARNING, "public", "what came in waits: %s", store_error_label(error).en);
    told = error != STORE_OK;
  }
  return NULL;
}

struct intake *intake_start(struct house *house) {
  struct intake *intake = HEAP_NEW(struct intake);
  intake->house = house;
  waiting_make(&intake->wait);
  if (public_open(house->data, &intake->store) == STORE_OK && pthread_create(&intake->thread, NULL, intake_thread, intake) == 0)
    return intake;
  public_close(intake->store);
  waiting_free(&intake->wait);
  free(intake);
  return NULL;
}

void intake_stop(struct intake *intake) {
  if (!intake) return;
  pthread_mutex_lock(&intake->wait.lock);
  intake->stopping = true;
  pthread_cond_broadcast(&intake->wait.changed);
  pthread_mutex_unlock(&intake->wait.lock);
  pthread_join(intake->thread, NULL);
  public_close(intake->store);
  waiting_free(&intake->wait);
  free(intake);
}
