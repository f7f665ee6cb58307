/* The suggester: see suggest.h. Questions, and the follower that opens it with the house, counts what people decide, and lets a model go
   that a destroyed appeal may stand in. Learning runs on a thread of its own and is never waited for. Lock order: the learning, then the
   models; each for itself otherwise. */
#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "follow/followers_parts.h"
#include "follow/grouping_parts.h"
#include "follow/house.h"
#include "follow/suggest_parts.h"

/* ---- questions ---- */

void suggest_judge(struct suggester *suggester, enum suggested which, const struct classifier_text *text, struct arena *arena,
                   struct classifier_answer *answer, struct suggest_about *about) {
  *answer = (struct classifier_answer){0};
  model_refresh(suggester, which, arena);
  pthread_rwlock_rdlock(&suggester->lock);
  const struct model *model = &suggester->models[which];
  *about = model->about;
  if (model->classifier) classifier_judge(model->classifier, text, arena, answer);
  for (size_t i = 0; i < answer->count; i++) answer->choices[i].label = arena_text(arena, answer->choices[i].label);
  about->refused = suggester->refused[which];
  pthread_rwlock_unlock(&suggester->lock);
  if (about->state == SUGGEST_READY) return;
  suggest_begin_missing(suggester, which);
  about->state = suggester->learns ? SUGGEST_LEARNING : SUGGEST_NONE;
}

size_t suggest_places(struct arena *arena, const char *text, const char **names, size_t most) {
  enum { LOOKED_AT = 64 };
  struct place_name found[LOOKED_AT];
  const char *folded = text ? text_fold(arena, text) : "";
  size_t there = places_find(folded, strlen(folded), found, LOOKED_AT), count = 0;
  for (size_t i = 0; i < there && count < most; i++) {
    const char *name = arena_copy(arena, found[i].begin, (size_t)(found[i].end - found[i].begin));
    bool again = false;
    for (size_t k = 0; k < count; k++) again = again || strcmp(names[k], name) == 0;
    if (!again) names[count++] = name;
  }
  return count;
}

/* ---- the follower ---- */

enum { LOOKED_BACK = 100000, /* entries before the start that are counted again */ RENEW_EVERY = 5 /* seconds between two looks */ };
struct following {
  struct suggester *suggester;
  struct arena *arena;
  int64_t began /* the journal's end at the start */;
  unsigned seconds;
  bool doomed;
};

/* From where the oldest training had read to, so that what people decided since is known again. */
static int64_t counted_from(struct suggester *suggester, const struct head *head) {
  int64_t from = head->number;
  for (int i = 0; i < SUGGEST_COUNT; i++) {
    suggester->read_to[i] = suggester->models[i].about.journal;
    if (suggester->read_to[i] < from) from = suggester->read_to[i];
  }
  return head->number - from > LOOKED_BACK ? head->number - LOOKED_BACK : from;
}

static enum store_error suggest_start(struct house *house, void **state, int64_t *at) {
  struct following *following = HEAP_NEW(struct following);
  struct suggester *suggester = HEAP_NEW(struct suggester);
  struct head head;
  enum store_error error = suggest_head(house, &head);
  suggester->house = house;
  pthread_rwlock_init(&suggester->lock, NULL);
  pthread_mutex_init(&suggester->learning, NULL);
  pthread_mutex_init(&suggester->starting, NULL);
  *following = (struct following){.suggester = suggester, .arena = arena_new(), .began = error ? 0 : head.number};
  for (int i = 0; i < SUGGEST_COUNT && !error; i++) model_refresh(suggester, (enum suggested)i, following->arena);
  *at = error ? 0 : counted_from(suggester, &head);
  house->suggester = suggester;
  *state = following;
  return error;
}

static const char SAME[] = "\001"; /* what no body holds: the field was not changed */

/* Did somebody say what it is about, or who handles it? What the program itself set is no decision. */
static void decisions_count(struct following *following, const struct entry *entry) {
  struct suggester *suggester = following->suggester;
  struct row *row = row_new(following->arena, record_type(RECORD_APPEAL));
  row_set_text(row, APPEAL_CATEGORY, SAME);
  row_set_integer(row, APPEAL_UNIT, INT64_MAX);
  row_set_integer(row, APPEAL_CATEGORY_BY, NOTHING);
  row->id = entry->version == 1 ? 0 : entry->record;
  if (!body_apply(following->arena, entry, row)) return;
  const char *category = row_text(row, APPEAL_CATEGORY);
  int64_t unit = row_integer(row, APPEAL_UNIT), by = row_integer(row, APPEAL_CATEGORY_BY);
  bool said = category && category != SAME && by != CATEGORY_BY_PROGRAM, confirmed = category == SAME && by == CATEGORY_BY_PEOPLE;
  if ((said || confirmed) && entry->number > suggester->read_to[SUGGEST_CATEGORY]) suggester->decided[SUGGEST_CATEGORY]++;
  if (unit != NOTHING && unit != INT64_MAX && entry->number > suggester->read_to[SUGGEST_UNIT]) suggester->decided[SUGGEST_UNIT]++;
}

static enum store_error suggest_apply(void *state, const struct entry *entry) {
  struct following *following = state;
  if (entry->type != RECORD_APPEAL) return STORE_OK;
  /* what was destroyed before took the files along */
  if (entry->kind == ENTRY_DESTRUCTION) following->doomed = following->doomed || entry->number > following->began;
  else if (entry->kind == ENTRY_CHANGE && entry->body) decisions_count(following, entry);
  arena_reset(following->arena);
  return STORE_OK;
}

static enum store_error suggest_settle(void *state, int64_t at) {
  struct following *following = state;
  (void)at;
  if (!following->doomed) return STORE_OK;
  following->suggester->generation++;
  enum store_error error = suggest_forget(following->suggester->house->data);
  for (int i = 0; i < SUGGEST_COUNT && !error; i++) {
    following->suggester->tried[i] = 0;
    model_set(following->suggester, (enum suggested)i, (struct model){0});
  }
  following->doomed = error != STORE_OK;
  return error;
}

static void suggest_idle(void *state) {
  struct following *following = state;
  if (following->seconds++ % RENEW_EVERY == 0) suggest_renew(following->suggester);
}

static void suggest_stop(void *state) {
  struct following *following = state;
  struct suggester *suggester = following->suggester;
  suggester->stopping = true;
  if (suggester->threaded) pthread_join(suggester->thread, NULL);
  suggester->house->suggester = NULL;
  for (int i = 0; i < SUGGEST_COUNT; i++) model_free(&suggester->models[i]);
  pthread_rwlock_destroy(&suggester->lock);
  pthread_mutex_destroy(&suggester->learning);
  pthread_mutex_destroy(&suggester->starting);
  arena_free(following->arena);
  free(suggester);
  free(following);
}

const struct follower FOLLOWER_SUGGEST = {.name = "suggest", .kind = VIEW_IN_MEMORY, .version = 1, .start = suggest_start, .apply = suggest_apply, .settle = suggest_settle, .stop = suggest_stop, .idle = suggest_idle};
