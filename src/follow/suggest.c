/* The suggester: see suggest.h. A model's file is a head (store, when it was learnt, from how much) and the classifier's bytes. It belongs to a store: another store's is passed
   over. Learning runs on a thread of its own when a question finds none; it is never waited for. Lock order: the learning, then the models; each for itself otherwise. */
#include "follow/suggest.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "exchange/files.h"
#include "follow/followers_parts.h"
#include "follow/grouping_parts.h"
#include "follow/house.h"

enum { EXAMPLES_MOST = 20000 /* of each, the newest */, APPEALS_MOST = 100000 /* looked through for them */, AGAIN_AFTER = 20 /* entries, and a tenth of all: before too little is tried again */ };
#define MAGIC UINT64_C(0x3147475553484942) /* "BIHSUGG1"; changed whenever the layout is */
static const char *const NAMES[SUGGEST_COUNT] = {[SUGGEST_CATEGORY] = "category.model", [SUGGEST_UNIT] = "unit.model"};

struct model_head { uint64_t magic, checksum; int64_t learnt_at, journal, examples; char store_id[40]; };
struct model { struct classifier *classifier; struct suggest_about about; struct timespec changed; ino_t inode; /* of the file it came from */ };
struct suggester {
  struct house *house;
  pthread_rwlock_t lock;          /* models */
  struct model models[SUGGEST_COUNT];
  pthread_mutex_t learning;       /* held by who learns */
  pthread_mutex_t starting;       /* the thread */
  pthread_t thread; bool threaded;
  atomic_bool learns, stopping;
  atomic_llong generation;        /* raised by a destruction: what was read before it is not kept */
  atomic_llong tried[SUGGEST_COUNT]; /* journal number at which too little was there; 0 there was enough, or nobody looked */
};

/* ---- files ---- */

static char *path_of(struct arena *arena, const char *data, enum suggested which) { return arena_print(arena, "%s/%s", data, NAMES[which]); }

enum store_error suggest_forget(const char *data) {
  struct arena *arena = arena_new();
  enum store_error error = STORE_OK;
  for (int i = 0; i < SUGGEST_COUNT; i++)
    if (unlink(path_of(arena, data, (enum suggested)i)) != 0 && errno != ENOENT) error = STORE_GONE;
  arena_free(arena);
  return error;
}

static enum store_error head_of_store(struct house *house, struct head *head) {
  struct reader *reader = NULL;
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = reader_head(reader, head);
  if (reader) reader_release(reader);
  return error;
}

static enum store_error model_keep(struct house *house, enum suggested which, const struct classifier *classifier, const struct suggest_about *about, const char *store_id) {
  struct arena *arena = arena_new();
  struct buffer out = {0};
  struct model_head head;
  memset(&head, 0, sizeof head);
  head.magic = MAGIC, head.learnt_at = about->learnt_at, head.journal = about->journal, head.examples = about->examples;
  snprintf(head.store_id, sizeof head.store_id, "%s", store_id);
  buffer_add(&out, &head, sizeof head);
  classifier_write(classifier, &out);
  head.checksum = hash_fingerprint(out.bytes + sizeof head.magic + sizeof head.checksum, out.size - sizeof head.magic - sizeof head.checksum);
  memcpy(out.bytes, &head, sizeof head);
  enum store_error error = file_write_whole(path_of(arena, house->data, which), out.bytes, out.size);
  buffer_free(&out);
  arena_free(arena);
  return error;
}

static char *bytes_of(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  struct buffer bytes = {0};
  char piece[65536];
  size_t some;
  while (file && (some = fread(piece, 1, sizeof piece, file)) > 0) buffer_add(&bytes, piece, some);
  if (file) fclose(file);
  *size = bytes.size;
  return bytes.bytes;
}

/* NULL: it does not fit in some respect, which is told to the log; it is then made anew. */
static struct classifier *model_read(const char *path, const char *store_id, struct suggest_about *about) {
  struct model_head head;
  struct label wrong = {"", "it is another store's, or was altered"};
  struct classifier *classifier = NULL;
  size_t size = 0;
  char *bytes = bytes_of(path, &size);
  if (bytes && size > sizeof head) {
    memcpy(&head, bytes, sizeof head);
    bool fits = head.magic == MAGIC && strncmp(head.store_id, store_id, sizeof head.store_id) == 0;
    if (fits && head.checksum == hash_fingerprint(bytes + sizeof head.magic + sizeof head.checksum, size - sizeof head.magic - sizeof head.checksum)) classifier = classifier_read(bytes + sizeof head, size - sizeof head, &wrong);
  }
  if (classifier) *about = (struct suggest_about){SUGGEST_READY, head.examples, (int64_t)classifier_classes(classifier), head.learnt_at, head.journal};
  else log_line(LOG_WARNING, "suggest", "%s is passed over: %s", path, wrong.en);
  free(bytes);
  return classifier;
}

static void model_set(struct suggester *suggester, enum suggested which, struct model fresh) {
  pthread_rwlock_wrlock(&suggester->lock);
  struct classifier *old = suggester->models[which].classifier;
  suggester->models[which] = fresh;
  pthread_rwlock_unlock(&suggester->lock);
  classifier_free(old);
}

/* The file is the truth: one that is new is taken up, one that is gone is let go. Somebody else may have learnt, in another process. */
static void model_refresh(struct suggester *suggester, enum suggested which, struct arena *arena) {
  const char *path = path_of(arena, suggester->house->data, which);
  struct stat there;
  struct head head;
  bool some = stat(path, &there) == 0;
  pthread_rwlock_rdlock(&suggester->lock);
  const struct model *model = &suggester->models[which];
  bool same = some ? model->inode == there.st_ino && model->changed.tv_sec == there.st_mtim.tv_sec && model->changed.tv_nsec == there.st_mtim.tv_nsec : !model->classifier && !model->inode;
  pthread_rwlock_unlock(&suggester->lock);
  if (same) return;
  struct model fresh = {0};
  if (some && head_of_store(suggester->house, &head) == STORE_OK) {
    fresh = (struct model){.changed = there.st_mtim, .inode = there.st_ino};
    fresh.classifier = model_read(path, head.store_id, &fresh.about);
  }
  model_set(suggester, which, fresh);
}

/* ---- what people decided ---- */

struct decided { struct arena *arena; struct classifier_example *examples[SUGGEST_COUNT]; size_t count[SUGGEST_COUNT], seen; atomic_bool *stopping; };

static const char *text_cut(struct arena *arena, const char *text) {
  enum { TEXT_READ = 16384 };
  return !text ? NULL : strlen(text) > TEXT_READ ? arena_copy(arena, text, text_valid_until(text, TEXT_READ)) : arena_text(arena, text);
}

static void decided_add(struct decided *decided, enum suggested which, const char *title, const char *text, const char *label) {
  if (decided->count[which] < EXAMPLES_MOST) decided->examples[which][decided->count[which]++] = (struct classifier_example){title, text, label};
}

static bool decided_take(void *with, const struct row *row) {
  struct decided *decided = with;
  const char *category = row_text(row, APPEAL_CATEGORY);
  int64_t unit = row_integer(row, APPEAL_UNIT), secrecy = row_integer(row, APPEAL_SECRECY);
  bool by_people = category && row_integer(row, APPEAL_CATEGORY_BY) != CATEGORY_BY_PROGRAM;
  bool open = (secrecy == NOTHING || secrecy <= SECRECY_INTERNAL) && row_integer(row, APPEAL_WHISTLE) != 1;
  if (!row->voided && open && (by_people || unit != NOTHING)) {
    const char *title = text_cut(decided->arena, row_text(row, APPEAL_TITLE)), *text = text_cut(decided->arena, row_text(row, APPEAL_TEXT));
    if (by_people) decided_add(decided, SUGGEST_CATEGORY, title, text, arena_text(decided->arena, category));
    if (unit != NOTHING) decided_add(decided, SUGGEST_UNIT, title, text, arena_print(decided->arena, "%lld", (long long)unit));
  }
  bool enough = decided->count[SUGGEST_CATEGORY] == EXAMPLES_MOST && decided->count[SUGGEST_UNIT] == EXAMPLES_MOST;
  return !enough && !(decided->stopping && *decided->stopping);
}

static enum store_error decided_read(struct house *house, struct decided *decided, struct head *head) {
  struct query query = {.type = record_type(RECORD_APPEAL), .descending = true, .limit = APPEALS_MOST, .long_texts = true, .expected = -1};
  struct reader *reader = NULL;
  struct arena *scratch = arena_new();
  for (int i = 0; i < SUGGEST_COUNT; i++) decided->examples[i] = ARENA_ARRAY(decided->arena, struct classifier_example, EXAMPLES_MOST);
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = reader_head(reader, head);
  if (!error) error = reader_list(reader, &query, &SCOPE_SYSTEM, scratch, decided_take, decided);
  if (reader) reader_release(reader);
  arena_free(scratch);
  return error;
}

/* ---- learning ---- */

/* Kept and taken up at once, unless something was destroyed meanwhile. */
static enum store_error learn_one(struct house *house, enum suggested which, const struct decided *decided, const struct head *head, long long generation, struct suggest_about *about) {
  struct suggester *suggester = house->suggester;
  struct label wrong = {NULL, NULL};
  struct arena *arena = arena_new();
  struct classifier *classifier = classifier_train(decided->examples[which], decided->count[which], suggester ? &suggester->stopping : NULL, &wrong);
  enum store_error error = STORE_OK;
  *about = (struct suggest_about){.examples = (int64_t)decided->count[which], .learnt_at = house_now(house), .journal = head->number};
  if (classifier) about->state = SUGGEST_READY, about->classes = (int64_t)classifier_classes(classifier), about->examples = (int64_t)classifier_examples(classifier);
  bool stands = !suggester || suggester->generation == generation;
  if (classifier && stands) error = model_keep(house, which, classifier, about, head->store_id);
  else if (stands && unlink(path_of(arena, house->data, which)) != 0 && errno != ENOENT) error = STORE_GONE;
  if (suggester && stands) {
    suggester->tried[which] = classifier ? 0 : head->number;
    model_refresh(suggester, which, arena);
  }
  classifier_free(classifier);
  arena_free(arena);
  return error;
}

enum store_error suggest_learn(struct house *house, struct suggest_about about[SUGGEST_COUNT]) {
  struct suggester *suggester = house->suggester;
  struct decided decided = {.arena = arena_new(), .stopping = suggester ? &suggester->stopping : NULL};
  struct head head;
  if (suggester) pthread_mutex_lock(&suggester->learning);
  long long generation = suggester ? suggester->generation : 0;
  enum store_error error = decided_read(house, &decided, &head);
  for (int i = 0; i < SUGGEST_COUNT && !error && !(suggester && suggester->stopping); i++) error = learn_one(house, (enum suggested)i, &decided, &head, generation, &about[i]);
  if (suggester) pthread_mutex_unlock(&suggester->learning);
  arena_free(decided.arena);
  return error;
}

static void *learn_run(void *with) {
  struct suggester *suggester = with;
  struct suggest_about about[SUGGEST_COUNT] = {0};
  enum store_error error = suggest_learn(suggester->house, about);
  if (error) log_line(LOG_WARNING, "suggest", "nothing was learnt: %s", store_error_label(error).en);
  suggester->learns = false;
  return NULL;
}

/* Begins to learn where a model is not there, and enough has come since too little was there. */
static void learn_begin(struct suggester *suggester, enum suggested which) {
  struct head head;
  long long tried = suggester->tried[which];
  if (suggester->learns || suggester->stopping || head_of_store(suggester->house, &head) != STORE_OK) return;
  if (tried && head.number < tried + tried / 10 + AGAIN_AFTER) return;
  pthread_mutex_lock(&suggester->starting);
  if (!suggester->learns) {
    if (suggester->threaded) pthread_join(suggester->thread, NULL);
    suggester->learns = true;
    suggester->threaded = pthread_create(&suggester->thread, NULL, learn_run, suggester) == 0;
    if (!suggester->threaded) suggester->learns = false;
  }
  pthread_mutex_unlock(&suggester->starting);
}

/* ---- questions ---- */

void suggest_judge(struct suggester *suggester, enum suggested which, const struct classifier_text *text, struct arena *arena, struct classifier_answer *answer, struct suggest_about *about) {
  *answer = (struct classifier_answer){0};
  model_refresh(suggester, which, arena);
  pthread_rwlock_rdlock(&suggester->lock);
  const struct model *model = &suggester->models[which];
  *about = model->about;
  if (model->classifier) classifier_judge(model->classifier, text, arena, answer);
  for (size_t i = 0; i < answer->count; i++) answer->choices[i].label = arena_text(arena, answer->choices[i].label);
  pthread_rwlock_unlock(&suggester->lock);
  if (about->state == SUGGEST_READY) return;
  learn_begin(suggester, which);
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

/* ---- the follower: opens it with the house, and lets a model go that a destroyed appeal may stand in ---- */

struct following { struct suggester *suggester; bool doomed; };

static enum store_error suggest_start(struct house *house, void **state, int64_t *at) {
  struct following *following = calloc(1, sizeof *following);
  struct suggester *suggester = calloc(1, sizeof *suggester);
  struct head head;
  if (!following || !suggester) arena_exhausted(sizeof *suggester);
  enum store_error error = head_of_store(house, &head);
  *at = error ? 0 : head.number; /* what was destroyed before took the files along */
  suggester->house = house;
  pthread_rwlock_init(&suggester->lock, NULL);
  pthread_mutex_init(&suggester->learning, NULL);
  pthread_mutex_init(&suggester->starting, NULL);
  struct arena *arena = arena_new();
  for (int i = 0; i < SUGGEST_COUNT && !error; i++) model_refresh(suggester, (enum suggested)i, arena);
  arena_free(arena);
  following->suggester = house->suggester = suggester;
  *state = following;
  return error;
}

static enum store_error suggest_apply(void *state, const struct entry *entry) {
  struct following *following = state;
  following->doomed = following->doomed || (entry->kind == ENTRY_DESTRUCTION && entry->type == RECORD_APPEAL);
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

static void suggest_stop(void *state) {
  struct following *following = state;
  struct suggester *suggester = following->suggester;
  suggester->stopping = true;
  if (suggester->threaded) pthread_join(suggester->thread, NULL);
  suggester->house->suggester = NULL;
  for (int i = 0; i < SUGGEST_COUNT; i++) classifier_free(suggester->models[i].classifier);
  pthread_rwlock_destroy(&suggester->lock);
  pthread_mutex_destroy(&suggester->learning);
  pthread_mutex_destroy(&suggester->starting);
  free(suggester);
  free(following);
}

const struct follower FOLLOWER_SUGGEST = {.name = "suggest", .kind = VIEW_IN_MEMORY, .version = 1, .start = suggest_start, .apply = suggest_apply, .settle = suggest_settle, .stop = suggest_stop};
