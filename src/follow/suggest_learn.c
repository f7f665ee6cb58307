/* Learning what to suggest, from what people decided: the newest appeals up to a bound, so that it costs the same at ten thousand and at a
   million. A training that does worse than the one that stands, over the same folds of the same examples, does not take its place, and says
   so. By itself it begins where a question finds no model, and by the clock when people decided enough since; on one thread, after whatever
   else wants the processor. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/log.h"
#include "follow/house.h"
#include "follow/suggest_parts.h"
#include "rules/policy.h"

enum {
  EXAMPLES_MOST = 20000,          /* of each, the newest */
  APPEALS_MOST = 100000,          /* looked through for them */
  AGAIN_AFTER = 20,               /* entries, and a tenth of all: before too little is tried again */
  FRESH_LEAST = 20,               /* examples that are new: with fewer, chance says more than they do, and nothing is compared */
  TEXT_READ = 16384,              /* bytes of a text */
  POLITENESS = 10                 /* of the thread's priority (nice) */
};
#define WORSE_BY 0.01             /* macro F1, below the one that stands: less than that is chance */

/* ---- what people decided ---- */

struct decided {
  struct arena *arena;
  struct classifier_example *examples[SUGGEST_COUNT];
  size_t count[SUGGEST_COUNT];
  atomic_bool *stopping;
};

static const char *text_cut(struct arena *arena, const char *text) {
  return !text ? NULL : strlen(text) > TEXT_READ ? arena_copy(arena, text, text_valid_until(text, TEXT_READ)) : arena_text(arena, text);
}

static void decided_add(struct decided *decided, enum suggested which, const char *title, const char *text, const char *label) {
  if (decided->count[which] < EXAMPLES_MOST)
    decided->examples[which][decided->count[which]++] = (struct classifier_example){title, text, label};
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

/* ---- which of them the training that stands had already ---- */

/* Of text and label: one whose label people changed is new. */
static uint64_t print_of(struct arena *arena, const struct classifier_example *example) {
  struct buffer all = {.arena = arena};
  buffer_print(&all, "%s\n%s\n%s", example->label, example->title ? example->title : "", example->text ? example->text : "");
  return hash_fingerprint(all.bytes, all.size);
}

static int by_print(const void *one, const void *other) {
  uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)other;
  return (a > b) - (a < b);
}

static bool *known_to(const struct model *old, const uint64_t *prints, size_t count, struct arena *arena, size_t *fresh) {
  bool *known = ARENA_ARRAY(arena, bool, count + 1);
  *fresh = count;
  for (size_t i = 0; i < count && old->classifier; i++) {
    known[i] = bsearch(&prints[i], old->prints, (size_t)old->about.examples, sizeof *prints, by_print) != NULL;
    *fresh -= known[i];
  }
  return known;
}

/* ---- one training ---- */

struct training {
  struct house *house;
  enum suggested which;
  const struct decided *decided;
  const struct head *head;
  enum suggest_replacing replacing;
  struct arena *arena;
};

static void refused_set(struct suggester *suggester, enum suggested which, struct suggest_refused refused) {
  if (!suggester) return;
  pthread_rwlock_wrlock(&suggester->lock);
  suggester->refused[which] = refused;
  pthread_rwlock_unlock(&suggester->lock);
}

static int64_t basis_points(double share) { return (int64_t)(share * 10000 + 0.5); }

/* What came of it stays or goes; about: what stands then. */
static enum store_error training_keep(const struct training *training, const struct model *old, const struct classifier *fresh,
                                      const struct classifier_comparison *comparison, const uint64_t *prints, struct suggest_about *about) {
  struct house *house = training->house;
  struct suggest_refused refused = {0};
  size_t count = training->decided->count[training->which];
  if (!fresh) return unlink(suggest_path(training->arena, house->data, training->which)) != 0 && errno != ENOENT ? STORE_GONE : STORE_OK;
  bool worse = comparison->compared && comparison->macro_f1 < comparison->before - WORSE_BY;
  if (worse && training->replacing == SUGGEST_IF_NOT_WORSE) {
    refused = (struct suggest_refused){about->learnt_at, basis_points(comparison->macro_f1), basis_points(comparison->before)};
    log_line(LOG_WARNING, "suggest", "%s: the new training is worse than the one that stands (macro F1 %.3f, before %.3f, on the same folds) and was not taken",
             training->which == SUGGEST_CATEGORY ? "category" : "unit", comparison->macro_f1, comparison->before);
    *about = old->about;
    about->refused = refused;
    refused_set(house->suggester, training->which, refused);
    return STORE_OK;
  }
  uint64_t *ordered = ARENA_ARRAY(training->arena, uint64_t, count + 1);
  memcpy(ordered, prints, count * sizeof *prints);
  qsort(ordered, count, sizeof *ordered, by_print);
  about->examples = (int64_t)count;
  about->macro_f1 = basis_points(comparison->macro_f1);
  enum store_error error = model_keep(house, training->which, fresh, about, ordered, training->head->store_id);
  if (!error) refused_set(house->suggester, training->which, refused);
  return error;
}

/* Kept and taken up at once, unless something was destroyed meanwhile. */
static enum store_error learn_one(const struct training *training, long long generation, struct suggest_about *about) {
  struct house *house = training->house;
  struct suggester *suggester = house->suggester;
  const struct classifier_example *examples = training->decided->examples[training->which];
  size_t count = training->decided->count[training->which], fresh_count = 0;
  struct label wrong = {NULL, NULL};
  struct model old;
  struct classifier_comparison comparison = {0};
  uint64_t *prints = ARENA_ARRAY(training->arena, uint64_t, count + 1);
  struct arena *scratch = arena_new();
  for (size_t i = 0; i < count; i++, arena_reset(scratch)) prints[i] = print_of(scratch, &examples[i]);
  arena_free(scratch);
  model_of_file(house, training->which, training->head->store_id, training->arena, &old);
  bool *known = known_to(&old, prints, count, training->arena, &fresh_count);
  bool compares = old.classifier && fresh_count >= FRESH_LEAST;
  struct classifier *fresh = classifier_train_beside(examples, count, compares ? known : NULL, suggester ? &suggester->stopping : NULL,
                                                     &comparison, &wrong);
  *about = (struct suggest_about){.examples = (int64_t)count, .learnt_at = house_now(house), .journal = training->head->number};
  if (fresh)
    about->state = SUGGEST_READY, about->classes = (int64_t)classifier_classes(fresh),
    about->learnt_from = (int64_t)classifier_examples(fresh), about->solving = comparison.solving;
  bool stands = !suggester || suggester->generation == generation, stopped = suggester && suggester->stopping;
  enum store_error error = stands && !stopped ? training_keep(training, &old, fresh, &comparison, prints, about) : STORE_OK;
  if (suggester && stands) {
    suggester->tried[training->which] = fresh ? 0 : training->head->number;
    model_refresh(suggester, training->which, training->arena);
  }
  classifier_free(fresh);
  model_free(&old);
  return error;
}

enum store_error suggest_learn(struct house *house, enum suggest_replacing replacing, struct suggest_about about[SUGGEST_COUNT]) {
  struct suggester *suggester = house->suggester;
  struct decided decided = {.arena = arena_new(), .stopping = suggester ? &suggester->stopping : NULL};
  struct head head;
  if (suggester) pthread_mutex_lock(&suggester->learning);
  long long generation = suggester ? suggester->generation : 0;
  enum store_error error = decided_read(house, &decided, &head);
  for (int i = 0; i < SUGGEST_COUNT && !error && suggester; i++) {
    suggester->read_to[i] = head.number;
    suggester->decided[i] = 0;
  }
  for (int i = 0; i < SUGGEST_COUNT && !error && !(suggester && suggester->stopping); i++) {
    struct training training = {house, (enum suggested)i, &decided, &head, replacing, arena_new()};
    error = learn_one(&training, generation, &about[i]);
    arena_free(training.arena);
  }
  if (suggester) pthread_mutex_unlock(&suggester->learning);
  arena_free(decided.arena);
  return error;
}

/* ---- by itself ---- */

static void *learn_run(void *with) {
  struct suggester *suggester = with;
  struct suggest_about about[SUGGEST_COUNT] = {0};
  if (setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), POLITENESS) != 0)
    log_line(LOG_INFO, "suggest", "learning goes on at the usual priority");
  enum store_error error = suggest_learn(suggester->house, SUGGEST_IF_NOT_WORSE, about);
  if (error) log_line(LOG_WARNING, "suggest", "nothing was learnt: %s", store_error_label(error).en);
  suggester->learns = false;
  return NULL;
}

/* On a thread of its own, unless one learns already. */
static void suggest_begin(struct suggester *suggester) {
  pthread_mutex_lock(&suggester->starting);
  if (!suggester->learns && !suggester->stopping) {
    if (suggester->threaded) pthread_join(suggester->thread, NULL);
    suggester->learns = true;
    suggester->threaded = pthread_create(&suggester->thread, NULL, learn_run, suggester) == 0;
    if (!suggester->threaded) suggester->learns = false;
  }
  pthread_mutex_unlock(&suggester->starting);
}

void suggest_begin_missing(struct suggester *suggester, enum suggested which) {
  struct head head;
  long long tried = suggester->tried[which];
  if (suggester->learns || suggester->stopping || suggest_head(suggester->house, &head) != STORE_OK) return;
  if (tried && head.number < tried + tried / 10 + AGAIN_AFTER) return;
  suggest_begin(suggester);
}

static enum store_error policy_read(struct house *house, struct arena *arena, struct policy *policy) {
  struct reader *reader = NULL;
  enum store_error error = store_reader(house->store, &reader);
  if (!error) error = policy_for_appeals(reader, house_now(house), arena, policy);
  if (reader) reader_release(reader);
  return error;
}

/* The last time it was learnt, or tried by the clock. */
static int64_t last_time(struct suggester *suggester, enum suggested which) {
  pthread_rwlock_rdlock(&suggester->lock);
  int64_t learnt = suggester->models[which].about.learnt_at, attempted = suggester->attempted_at;
  pthread_rwlock_unlock(&suggester->lock);
  return learnt > attempted ? learnt : attempted;
}

void suggest_renew(struct suggester *suggester) {
  if (suggester->learns || suggester->stopping || (!suggester->decided[SUGGEST_CATEGORY] && !suggester->decided[SUGGEST_UNIT])) return;
  struct arena *arena = arena_new();
  struct policy *policy = ARENA_NEW(arena, struct policy);
  bool wanted = policy_read(suggester->house, arena, policy) == STORE_OK && policy->learn_after > 0, due = false;
  int64_t now = wanted ? house_now(suggester->house) : 0;
  for (int i = 0; i < SUGGEST_COUNT && wanted; i++)
    due = due || (suggester->decided[i] >= policy->learn_after &&
                  now - last_time(suggester, (enum suggested)i) >= policy->learn_hours * 3600 * MOMENT_SECOND);
  arena_free(arena);
  if (!due) return;
  suggester->attempted_at = now;
  suggest_begin(suggester);
}
