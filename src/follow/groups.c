/* The follower that puts every appeal into an event and a class: one pass in the order of the journal, by what the journal says and nothing
   else, so that groups made anew are the same groups. An appeal comes with the words of its founding entry; an edit of its words takes
   the old ones out and judges the new ones; a voided one gives its words back and is no member. Where something is destroyed that
   the groups were made from, the checkpoint goes at once and all is made anew, as if it had never been: while that lasts the old
   view answers. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/heap.h"
#include "base/log.h"
#include "base/tokens.h"
#include "follow/followers_parts.h"
#include "follow/groups_parts.h"
#include "follow/house.h"

enum { REACH_MOST = 2000 /* milliseconds that a question waits */ };

/* ---- an appeal as the engine reads it ---- */

struct grouping_appeal groups_appeal(const struct row *row) {
  int64_t point = row_integer(row, APPEAL_POINT), made = row_integer(row, APPEAL_MADE_AT);
  struct grouping_appeal appeal = {.id = row->id,
                                   .title = row_text(row, APPEAL_TITLE),
                                   .text = row_text(row, APPEAL_TEXT),
                                   .place = row_text(row, APPEAL_PLACE),
                                   .moment = made == NOTHING ? GROUPING_NO_MOMENT : made,
                                   .has_point = point != NOTHING};
  if (!appeal.has_point) return appeal;
  appeal.latitude = (double)(uint32_t)((uint64_t)point >> 32) / 1e6 - 90;
  appeal.longitude = (double)(uint32_t)point / 1e6 - 180;
  return appeal;
}

uint64_t groups_place_key(const char *place) {
  struct buffer words = {0};
  if (!place || !*place) return 0;
  tokens_write(&words, place);
  uint64_t key = words.size ? hash_fingerprint(words.bytes, words.size) : 0;
  buffer_free(&words);
  return key;
}

static void item_take(struct group_item *item, const struct row *row) {
  int64_t secrecy = row_integer(row, APPEAL_SECRECY), satisfaction = row_integer(row, APPEAL_SATISFACTION);
  item->made = row_integer(row, APPEAL_MADE_AT);
  item->unit = row_integer(row, APPEAL_UNIT);
  item->problem = row_integer(row, APPEAL_PROBLEM);
  item->secrecy = secrecy == NOTHING ? 0 : (uint8_t)secrecy;
  item->flags &= (uint8_t)~(ITEM_RATED | ITEM_DISSATISFIED);
  if (satisfaction != NOTHING) item->flags |= ITEM_RATED;
  if (satisfaction == DISSATISFIED) item->flags |= ITEM_DISSATISFIED;
}

/* ---- as it stood ---- */

struct recall { struct row *row; struct arena *arena; int64_t number; bool broken; };
static bool recall_take(void *with, const struct entry *entry) {
  struct recall *recall = with;
  if (entry->number > recall->number) return false;
  if (entry->kind == ENTRY_DESTRUCTION || !body_apply(recall->arena, entry, recall->row)) recall->broken = true;
  return !recall->broken;
}

enum store_error groups_recall(struct groups *groups, int64_t appeal, int64_t number, struct arena *arena, struct row **row) {
  struct recall recall = {.row = row_new(arena, record_type(RECORD_APPEAL)), .arena = arena, .number = number};
  struct reader *reader = NULL;
  enum store_error error = store_reader(groups->house->store, &reader);
  if (!error) error = reader_history(reader, RECORD_APPEAL, appeal, recall_take, &recall);
  if (reader) reader_release(reader);
  *row = recall.row;
  return error ? error : recall.broken || !recall.row->id ? STORE_ABSENT : STORE_OK;
}

/* ---- entries of appeals ---- */

/* A moment in the future would retire what is alive: the entry's own is the latest there can be. */
static struct grouping_appeal appeal_of(const struct row *row, const struct entry *entry) {
  struct grouping_appeal appeal = groups_appeal(row);
  if (appeal.moment != GROUPING_NO_MOMENT && appeal.moment > entry->moment) appeal.moment = entry->moment;
  return appeal;
}

static void seat(struct groups *groups, uint32_t item, const struct grouping_answer *answer) {
  index_seat(&groups->index, item, answer->event, answer->class);
}

static void appeal_founds(struct groups *groups, const struct entry *entry) {
  struct row *row = row_new(groups->scratch, record_type(RECORD_APPEAL));
  struct grouping_answer answer;
  if (!body_apply(groups->scratch, entry, row)) return; /* destroyed since */
  struct grouping_appeal appeal = appeal_of(row, entry);
  if (!grouping_add(groups->engine, &appeal, &answer)) return;
  struct group_item *item = index_add(&groups->index, row->id);
  item_take(item, row);
  item->place = groups_place_key(appeal.place);
  seat(groups, index_item(&groups->index, row->id), &answer);
}

/* The other members of its event, itself included. */
static size_t members_of(struct groups *groups, uint32_t event, int64_t **ids) {
  size_t count = 0;
  *ids = ARENA_ARRAY(groups->scratch, int64_t, groups->index.events[event].count + 1);
  for (uint32_t i = groups->index.events[event].first; i; i = groups->index.items[i].next) (*ids)[count++] = groups->index.items[i].id;
  return count;
}

/* An appeal that people placed stays where they put it: its words go out and in at one place, or, where it is alone, stay as they are. */
static enum store_error words_change(struct groups *groups, const struct entry *entry, uint32_t at) {
  struct row *old = NULL, *now = NULL;
  struct grouping_answer answer = {0};
  int64_t *beside;
  enum store_error error = groups_recall(groups, entry->record, entry->number - 1, groups->scratch, &old);
  if (!error) error = groups_recall(groups, entry->record, entry->number, groups->scratch, &now);
  if (error) return error == STORE_ABSENT ? STORE_OK : error; /* destroyed since: that entry makes all anew */
  struct grouping_appeal before = appeal_of(old, entry), after = appeal_of(now, entry);
  size_t count = members_of(groups, index_event(&groups->index, entry->record), &beside);
  bool pinned = groups->index.items[at].flags & ITEM_PINNED;
  groups->index.items[at].place = groups_place_key(after.place);
  if (pinned && count < 2) return STORE_OK;
  if (!grouping_remove(groups->engine, &before)) return STORE_OK;
  if (pinned) grouping_confirm(groups->engine, &after, beside[0] == entry->record ? beside[1] : beside[0]);
  else grouping_add(groups->engine, &after, &answer);
  groups_seat_again(groups, beside, count);
  return STORE_OK;
}

static enum store_error appeal_voided(struct groups *groups, const struct entry *entry, uint32_t at) {
  struct row *row = NULL;
  enum store_error error = groups_recall(groups, entry->record, entry->number, groups->scratch, &row);
  if (error && error != STORE_ABSENT) return error;
  groups->index.items[at].flags |= ITEM_VOIDED;
  index_unseat(&groups->index, at);
  if (error) return STORE_OK;
  struct grouping_appeal appeal = appeal_of(row, entry);
  grouping_withdraw(groups->engine, &appeal);
  return STORE_OK;
}

static const char SAME[] = "\001"; /* what no body holds: the field was not changed */
static const uint16_t WORDS[] = {APPEAL_TITLE, APPEAL_TEXT, APPEAL_PLACE};

static bool words_moved(const struct row *row) {
  bool moved = row_integer(row, APPEAL_POINT) != INT64_MAX;
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) moved = moved || row_text(row, WORDS[i]) != SAME;
  return moved;
}

static void words_unknown(struct row *row) {
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) row_set_text(row, WORDS[i], SAME);
  row_set_integer(row, APPEAL_POINT, INT64_MAX);
}

bool groups_words_changed(struct arena *arena, const struct entry *entry) {
  struct row *row = row_new(arena, record_type(RECORD_APPEAL));
  row->id = entry->record;
  words_unknown(row);
  return entry->body && body_apply(arena, entry, row) && words_moved(row);
}

static enum store_error appeal_changes(struct groups *groups, const struct entry *entry) {
  uint32_t at = index_item(&groups->index, entry->record);
  struct row *row = row_new(groups->scratch, record_type(RECORD_APPEAL));
  if (!at || (groups->index.items[at].flags & ITEM_VOIDED)) return STORE_OK;
  struct group_item *item = &groups->index.items[at];
  row->id = entry->record;
  words_unknown(row);
  row_set_integer(row, APPEAL_MADE_AT, item->made);
  row_set_integer(row, APPEAL_UNIT, item->unit);
  row_set_integer(row, APPEAL_PROBLEM, item->problem);
  row_set_integer(row, APPEAL_SECRECY, item->secrecy);
  row_set_integer(row, APPEAL_SATISFACTION,
                  item->flags & ITEM_DISSATISFIED ? DISSATISFIED
                  : item->flags & ITEM_RATED      ? SATISFIED
                                                  : NOTHING);
  if (!body_apply(groups->scratch, entry, row)) return STORE_OK;
  item_take(item, row);
  if (row->voided) return appeal_voided(groups, entry, at);
  return words_moved(row) ? words_change(groups, entry, at) : STORE_OK;
}

enum store_error groups_take(struct groups *groups, const struct entry *entry) {
  enum store_error error = STORE_OK;
  bool appeal = entry->type == RECORD_APPEAL, decision = entry->type == RECORD_GROUPING_DECISION;
  bool founds = entry->kind == ENTRY_CHANGE && entry->version == 1;
  groups->changed = groups->changed || appeal || decision;
  if (entry->kind == ENTRY_DESTRUCTION && (appeal || decision)) groups->doomed = groups->doomed || decision || index_item(&groups->index, entry->record);
  else if (appeal && founds) appeal_founds(groups, entry);
  else if (appeal && (entry->kind == ENTRY_CHANGE || entry->kind == ENTRY_DERIVED)) error = appeal_changes(groups, entry);
  else if (decision && founds) error = groups_decide(groups, entry);
  arena_reset(groups->scratch);
  return error;
}

/* ---- the follower ---- */

static enum store_error head_read(struct house *house, struct head *head) {
  struct reader *reader = NULL;
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = reader_head(reader, head);
  if (reader) reader_release(reader);
  return error;
}

static enum store_error groups_start(struct house *house, void **state, int64_t *at) {
  struct groups *groups = HEAP_NEW(struct groups);
  struct head head;
  pthread_rwlock_init(&groups->lock, NULL);
  groups->house = house;
  groups->scratch = arena_new();
  enum store_error error = head_read(house, &head);
  if (!error && !groups_take_up(groups, &head)) groups_begin(groups);
  if (!error) grouping_watch(groups->engine, index_joined, &groups->index);
  groups->kept_when = moment_system();
  *at = groups->at;
  *state = house->groups = groups;
  return error;
}

static enum store_error groups_apply(void *state, const struct entry *entry) {
  struct groups *groups = state;
  pthread_rwlock_wrlock(&groups->lock);
  enum store_error error = groups_take(groups, entry);
  if (!error) groups->at = entry->number;
  pthread_rwlock_unlock(&groups->lock);
  if (!error && groups->before.seats && groups->at == groups->before.at) groups_stands_of(&groups->index, groups->at, &groups->reached);
  return error;
}

#define KEEP_EVERY 100000                /* entries … */
#define KEEP_APART (60 * MOMENT_SECOND)  /* … but not oftener than this */
#define KEEP_SMALL 50000                 /* appeals up to which a stop writes it for any change: it takes no time */

/* Only the follower's thread changes the view, so it reads it without a lock. */
static void checkpoint(struct groups *groups) {
  struct head head;
  enum store_error error = head_read(groups->house, &head);
  if (!error) error = groups_keep(groups, &head);
  if (error) log_line(LOG_WARNING, "groups", "the checkpoint was not written: %s", store_error_label(error).en);
  groups->changed = false;
  groups->kept_at = groups->at;
  groups->kept_when = moment_system();
}

static enum store_error groups_settle(void *state, int64_t at) {
  struct groups *groups = state;
  enum store_error error = groups->doomed ? groups_make_anew(groups) : STORE_OK;
  if (groups->reached.seats) groups_moved_tell(groups);
  if (!error && at - groups->kept_at >= KEEP_EVERY && moment_system() - groups->kept_when >= KEEP_APART) checkpoint(groups);
  return error;
}

static void groups_stop(void *state) {
  struct groups *groups = state;
  bool large = groups->index.item_count > KEEP_SMALL, behind = groups->at - groups->kept_at >= KEEP_EVERY / 100;
  if (!groups->doomed && groups->changed && (behind || !large)) checkpoint(groups);
  groups->house->groups = NULL;
  grouping_free(groups->engine);
  index_free(&groups->index);
  pthread_rwlock_destroy(&groups->lock);
  groups_stands_free(&groups->before);
  groups_stands_free(&groups->reached);
  arena_free(groups->scratch);
  free(groups);
}

int64_t groups_position(struct groups *groups) {
  pthread_rwlock_rdlock(&groups->lock);
  int64_t at = groups->at;
  pthread_rwlock_unlock(&groups->lock);
  return at;
}

void groups_reach(struct house *house, int64_t number) {
  if (house->followers && groups_position(house->groups) < number) followers_reach(house->followers, "groups", number, REACH_MOST);
}

const struct follower FOLLOWER_GROUPS = {.name = "groups", .kind = VIEW_IN_MEMORY, .version = 1, .start = groups_start, .apply = groups_apply,
                                         .settle = groups_settle, .stop = groups_stop};
