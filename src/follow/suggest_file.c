/* A model's file in the data folder: a head (store, when it was learnt, from how much, how good it was on folds that were held out),
   fingerprints of the examples it was learnt from, and the classifier's bytes. It belongs to a store: another store's is passed over, as is
   what was cut off or altered. Neither holds words; a destroyed appeal takes the files along all the same. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/heap.h"
#include "base/log.h"
#include "exchange/files.h"
#include "follow/house.h"
#include "follow/suggest_parts.h"

#define MAGIC UINT64_C(0x3247475553484942) /* "BIHSUGG2"; changed whenever the layout is */
static const char *const NAMES[SUGGEST_COUNT] = {[SUGGEST_CATEGORY] = "category.model", [SUGGEST_UNIT] = "unit.model"};

struct model_head { uint64_t magic, checksum; int64_t learnt_at, journal, examples, macro_f1; char store_id[40]; };
enum { SEALED_FROM = 2 * sizeof(uint64_t) /* the checksum is of all behind itself */ };

char *suggest_path(struct arena *arena, const char *data, enum suggested which) { return arena_print(arena, "%s/%s", data, NAMES[which]); }

enum store_error suggest_forget(const char *data) {
  struct arena *arena = arena_new();
  enum store_error error = STORE_OK;
  for (int i = 0; i < SUGGEST_COUNT; i++)
    if (unlink(suggest_path(arena, data, (enum suggested)i)) != 0 && errno != ENOENT) error = STORE_GONE;
  arena_free(arena);
  return error;
}

enum store_error suggest_head(struct house *house, struct head *head) {
  struct reader *reader = NULL;
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = reader_head(reader, head);
  if (reader) reader_release(reader);
  return error;
}

enum store_error model_keep(struct house *house, enum suggested which, const struct classifier *classifier, struct suggest_about *about, const uint64_t *prints, const char *store_id) {
  struct arena *arena = arena_new();
  struct buffer out = {0};
  struct model_head head;
  memset(&head, 0, sizeof head);
  head.magic = MAGIC, head.learnt_at = about->learnt_at, head.journal = about->journal, head.examples = about->examples, head.macro_f1 = about->macro_f1;
  snprintf(head.store_id, sizeof head.store_id, "%s", store_id);
  buffer_add(&out, &head, sizeof head);
  buffer_add(&out, prints, (size_t)about->examples * sizeof *prints);
  classifier_write(classifier, &out);
  head.checksum = hash_fingerprint(out.bytes + SEALED_FROM, out.size - SEALED_FROM);
  memcpy(out.bytes, &head, sizeof head);
  about->training = (uint32_t)head.checksum;
  enum store_error error = file_write_whole(suggest_path(arena, house->data, which), out.bytes, out.size);
  buffer_free(&out);
  arena_free(arena);
  return error;
}

void model_free(struct model *model) {
  classifier_free(model->classifier);
  free(model->prints);
  *model = (struct model){0};
}

static bool head_fits(const struct model_head *head, const char *bytes, size_t size, const char *store_id) {
  return head->magic == MAGIC && strncmp(head->store_id, store_id, sizeof head->store_id) == 0 && head->examples >= 0 &&
         (uint64_t)head->examples <= (size - sizeof *head) / sizeof(uint64_t) &&
         head->checksum == hash_fingerprint(bytes + SEALED_FROM, size - SEALED_FROM);
}

/* Nothing in it: it does not fit in some respect, which is told to the log; it is then made anew. */
static void model_read(const char *path, const char *store_id, struct model *model) {
  struct model_head head;
  struct label wrong = {"", "it is another store's or another version's, or was altered"};
  struct buffer file = {0};
  bool fits = file_read_whole(path, &file) == STORE_OK && file.size > sizeof head;
  const char *bytes = file.bytes;
  size_t size = file.size;
  if (fits) memcpy(&head, bytes, sizeof head);
  if (fits && head_fits(&head, bytes, size, store_id)) {
    size_t prints = (size_t)head.examples * sizeof *model->prints;
    model->classifier = classifier_read(bytes + sizeof head + prints, size - sizeof head - prints, &wrong);
    model->prints = heap_copied(bytes + sizeof head, prints, 1);
    model->about = (struct suggest_about){.examples = head.examples,
                                          .learnt_at = head.learnt_at,
                                          .journal = head.journal,
                                          .macro_f1 = head.macro_f1,
                                          .training = (uint32_t)head.checksum};
  }
  if (model->classifier)
    model->about.state = SUGGEST_READY, model->about.classes = (int64_t)classifier_classes(model->classifier),
    model->about.learnt_from = (int64_t)classifier_examples(model->classifier);
  else {
    log_line(LOG_WARNING, "suggest", "%s is passed over: %s", path, wrong.en);
    free(model->prints);
    model->prints = NULL;
    model->about = (struct suggest_about){0};
  }
  buffer_free(&file);
}

bool model_of_file(struct house *house, enum suggested which, const char *store_id, struct arena *arena, struct model *model) {
  const char *path = suggest_path(arena, house->data, which);
  *model = (struct model){0};
  if (access(path, F_OK) == 0) model_read(path, store_id, model);
  return model->classifier != NULL;
}

void model_set(struct suggester *suggester, enum suggested which, struct model fresh) {
  pthread_rwlock_wrlock(&suggester->lock);
  struct model old = suggester->models[which];
  suggester->models[which] = fresh;
  /* it was said of the one before */
  if (fresh.about.training != old.about.training) suggester->refused[which] = (struct suggest_refused){0};
  pthread_rwlock_unlock(&suggester->lock);
  if (fresh.about.journal > suggester->read_to[which]) { /* somebody else may have learnt it */
    suggester->read_to[which] = fresh.about.journal;
    suggester->decided[which] = 0;
  }
  model_free(&old);
}

void model_refresh(struct suggester *suggester, enum suggested which, struct arena *arena) {
  const char *path = suggest_path(arena, suggester->house->data, which);
  struct stat there;
  struct head head;
  bool some = stat(path, &there) == 0;
  pthread_rwlock_rdlock(&suggester->lock);
  const struct model *model = &suggester->models[which];
  bool same = some ? model->inode == there.st_ino && model->changed.tv_sec == there.st_mtim.tv_sec &&
                         model->changed.tv_nsec == there.st_mtim.tv_nsec
                   : !model->classifier && !model->inode;
  pthread_rwlock_unlock(&suggester->lock);
  if (same) return;
  struct model fresh = {0};
  if (some && suggest_head(suggester->house, &head) == STORE_OK) {
    model_read(path, head.store_id, &fresh);
    fresh.changed = there.st_mtim;
    fresh.inode = there.st_ino;
  }
  model_set(suggester, which, fresh);
}
