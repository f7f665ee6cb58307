/* Training: the buckets of all examples, of which the frequent ones become features, liblinear's logistic regression finds what each says
   for each class; then the scale of certainty from folds that were held out. And cross-validation, by the same code. Near-equal texts stay
   in one fold: or a text would be judged by its own copy. */
#include "follow/classifier_parts.h"

#include <linear.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/hash.h"
#include "base/heap.h"

#define COST 20.0          /* of an error against the length of the weights: liblinear's C; an error in a rare class costs more, so that all classes together weigh alike */
#define STOP 0.02          /* liblinear's eps */
#define ABSENT -50.0f      /* the constant of a class of which a fold has no example: it is never said */
enum { SCALE_FOLDS = 3, SCALE_STEPS = 40, ECE_BINS = 10 };

/* Everything that is read of the examples once; folds only choose among them. */
struct corpus {
  struct arena *arena;
  size_t count;
  struct vector *vectors;
  uint32_t *classes;             /* of each example */
  size_t *from;                  /* its number among what was given */
  const char **labels; size_t label_count;
  size_t *groups, group_count;   /* near-equal texts */
};

static struct label label_few(void) {
  return (struct label){"可用的样本太少:至少要有两类,每类至少 5 条", "too few examples: at least two classes with at least 5 each are needed"};
}

/* ---- classes ---- */

static uint32_t label_number(struct corpus *corpus, const char *label) {
  for (size_t i = 0; i < corpus->label_count; i++)
    if (strcmp(corpus->labels[i], label) == 0) return (uint32_t)i;
  if (corpus->label_count == CLASSIFIER_CLASSES_MOST) return UINT32_MAX;
  corpus->labels[corpus->label_count] = label;
  return (uint32_t)corpus->label_count++;
}

/* Classes of too few examples, and what has no class, are left out. */
static size_t examples_kept(struct corpus *corpus, const struct classifier_example *examples, size_t count) {
  uint32_t *numbers = ARENA_ARRAY(corpus->arena, uint32_t, count + 1);
  size_t *sizes = ARENA_ARRAY(corpus->arena, size_t, CLASSIFIER_CLASSES_MOST + 1), some = 0;
  for (size_t i = 0; i < count; i++) {
    numbers[i] = examples[i].label && *examples[i].label ? label_number(corpus, examples[i].label) : UINT32_MAX;
    if (numbers[i] != UINT32_MAX) sizes[numbers[i]]++;
  }
  const char **all = corpus->labels;
  corpus->labels = ARENA_ARRAY(corpus->arena, const char *, CLASSIFIER_CLASSES_MOST);
  corpus->label_count = 0;
  for (size_t i = 0; i < count; i++) {
    if (numbers[i] == UINT32_MAX || sizes[numbers[i]] < CLASSIFIER_CLASS_LEAST) continue;
    corpus->classes[some] = label_number(corpus, all[numbers[i]]);
    corpus->from[some++] = i;
  }
  return some;
}

/* ---- near-equal texts ---- */

enum { SKETCH = 24, BAND = 3 }; /* least hashes of a text; those that must agree in one band */
#define NEARLY 0.5              /* share of tokens in common */

static size_t leader_of(size_t *leaders, size_t i) {
  while (leaders[i] != i) i = leaders[i] = leaders[leaders[i]];
  return i;
}

static double in_common(const struct vector *one, const struct vector *other) {
  size_t i = 0, k = 0, both = 0;
  while (i < one->count && k < other->count) {
    uint32_t a = one->items[i].bucket, b = other->items[k].bucket;
    both += a == b;
    i += a <= b;
    k += b <= a;
  }
  size_t either = one->count + other->count - both;
  return either ? (double)both / (double)either : 0;
}

static uint64_t scatter(uint64_t bucket, uint64_t by) {
  uint64_t mixed = (bucket + 1) * UINT64_C(0x9e3779b97f4a7c15) ^ by * UINT64_C(0xc2b2ae3d27d4eb4f);
  mixed = (mixed ^ mixed >> 31) * UINT64_C(0xbf58476d1ce4e5b9);
  return mixed ^ mixed >> 29;
}

struct banded { uint64_t key; size_t text; };
static int by_key(const void *one, const void *other) {
  const struct banded *a = one, *b = other;
  if (a->key != b->key) return a->key < b->key ? -1 : 1;
  return (a->text > b->text) - (a->text < b->text);
}

static void band_join(const struct corpus *corpus, struct banded *banded, size_t *leaders) {
  qsort(banded, corpus->count, sizeof *banded, by_key);
  for (size_t i = 1; i < corpus->count; i++) {
    if (banded[i].key != banded[i - 1].key) continue;
    size_t one = leader_of(leaders, banded[i - 1].text), other = leader_of(leaders, banded[i].text);
    if (one != other && in_common(&corpus->vectors[banded[i - 1].text], &corpus->vectors[banded[i].text]) >= NEARLY)
      leaders[one > other ? one : other] = one < other ? one : other;
  }
}

static void groups_find(struct corpus *corpus) {
  size_t *leaders = ARENA_ARRAY(corpus->arena, size_t, corpus->count + 1), *numbers = ARENA_ARRAY(corpus->arena, size_t, corpus->count + 1);
  struct banded *banded = ARENA_ARRAY(corpus->arena, struct banded, corpus->count + 1);
  for (size_t i = 0; i < corpus->count; i++) leaders[i] = i;
  for (uint64_t first = 0; first < SKETCH; first += BAND) {
    for (size_t i = 0; i < corpus->count; i++) {
      uint64_t least[BAND];
      for (uint64_t k = 0; k < BAND; k++) {
        least[k] = UINT64_MAX;
        for (size_t n = 0; n < corpus->vectors[i].count; n++) {
          uint64_t hash = scatter(corpus->vectors[i].items[n].bucket, first + k + 1);
          if (hash < least[k]) least[k] = hash;
        }
      }
      banded[i] = (struct banded){hash_fingerprint(least, sizeof least), i};
    }
    band_join(corpus, banded, leaders);
  }
  corpus->groups = ARENA_ARRAY(corpus->arena, size_t, corpus->count + 1);
  for (size_t i = 0; i < corpus->count; i++) { /* a leader comes before those it leads */
    size_t leader = leader_of(leaders, i);
    if (leader == i) numbers[i] = corpus->group_count++;
    corpus->groups[i] = numbers[leader];
  }
}

static void corpus_read(struct corpus *corpus, const struct classifier_example *examples, size_t count) {
  corpus->labels = ARENA_ARRAY(corpus->arena, const char *, CLASSIFIER_CLASSES_MOST);
  corpus->classes = ARENA_ARRAY(corpus->arena, uint32_t, count + 1);
  corpus->from = ARENA_ARRAY(corpus->arena, size_t, count + 1);
  corpus->count = examples_kept(corpus, examples, count);
  corpus->vectors = ARENA_ARRAY(corpus->arena, struct vector, corpus->count + 1);
  struct arena *scratch = arena_new();
  for (size_t i = 0; i < corpus->count; i++) {
    struct vector vector = vector_of(scratch, examples[corpus->from[i]].title, examples[corpus->from[i]].text);
    corpus->vectors[i] = (struct vector){ARENA_ARRAY(corpus->arena, struct bucket, vector.count + 1), vector.count};
    for (size_t k = 0; k < vector.count; k++)
      corpus->vectors[i].items[k] = (struct bucket){.bucket = vector.items[k].bucket, .count = vector.items[k].count};
    arena_reset(scratch);
  }
  arena_free(scratch);
  groups_find(corpus);
}

/* ---- features ---- */

struct frequent { uint32_t bucket, texts; };
static int most_frequent(const void *one, const void *other) {
  const struct frequent *a = one, *b = other;
  if (a->texts != b->texts) return a->texts < b->texts ? 1 : -1;
  return (a->bucket > b->bucket) - (a->bucket < b->bucket);
}
static int by_bucket(const void *one, const void *other) {
  const struct frequent *a = one, *b = other;
  return (a->bucket > b->bucket) - (a->bucket < b->bucket);
}

static void features_choose(struct classifier *classifier, const struct corpus *corpus, const uint32_t *chosen, size_t count) {
  uint32_t *texts = heap_zeroed(BUCKETS, sizeof *texts);
  size_t there = 0, most = WEIGHTS_MOST / classifier->class_count;
  for (size_t i = 0; i < count; i++)
    for (size_t k = 0; k < corpus->vectors[chosen[i]].count; k++) texts[corpus->vectors[chosen[i]].items[k].bucket]++;
  for (uint32_t i = 0; i < BUCKETS; i++) there += texts[i] >= FEATURE_TEXTS;
  struct frequent *frequent = heap_zeroed(there, sizeof *frequent);
  there = 0;
  for (uint32_t i = 0; i < BUCKETS; i++)
    if (texts[i] >= FEATURE_TEXTS) frequent[there++] = (struct frequent){i, texts[i]};
  if (most < FEATURES_LEAST) most = FEATURES_LEAST;
  if (there > most) {
    qsort(frequent, there, sizeof *frequent, most_frequent);
    there = most;
    qsort(frequent, there, sizeof *frequent, by_bucket);
  }
  classifier->feature_count = (uint32_t)there;
  classifier->buckets = heap_zeroed(there, sizeof *classifier->buckets);
  classifier->rarity = heap_zeroed(there, sizeof *classifier->rarity);
  for (size_t i = 0; i < there; i++) {
    classifier->buckets[i] = frequent[i].bucket;
    classifier->rarity[i] = logf((1 + (float)count) / (1 + (float)frequent[i].texts)) + 1;
  }
  free(frequent);
  free(texts);
}

/* ---- liblinear ---- */

static void quiet(const char *said) { (void)said; }

/* Its rows: numbers from 1, ended by −1; the constant is its bias. */
static struct feature_node *nodes_make(const struct classifier *classifier, const struct vector *vector, struct weighed *weighed) {
  size_t count = classifier_weigh(classifier, vector, weighed);
  struct feature_node *nodes = heap_zeroed(count + 2, sizeof *nodes);
  for (size_t i = 0; i < count; i++) nodes[i] = (struct feature_node){(int)weighed[i].feature + 1, weighed[i].weight};
  nodes[count] = (struct feature_node){(int)classifier->feature_count + 1, 1};
  nodes[count + 1].index = -1;
  return nodes;
}

/* liblinear keeps one column for two classes: it speaks for the first, and against the other. */
static void weights_take(struct classifier *classifier, const struct model *model) {
  size_t rows = (size_t)classifier->feature_count + 1, columns = model->nr_class == 2 ? 1 : (size_t)model->nr_class;
  classifier->weights = heap_zeroed(rows * classifier->class_count, sizeof *classifier->weights);
  for (uint32_t k = 0; k < classifier->class_count; k++) classifier->weights[(rows - 1) * classifier->class_count + k] = ABSENT;
  for (size_t i = 0; i < rows; i++)
    for (size_t k = 0; k < (size_t)model->nr_class; k++) {
      double weight = columns == 1 ? (k ? -1 : 1) * model->w[i] : model->w[i * columns + k];
      classifier->weights[i * classifier->class_count + (size_t)model->label[k]] = (float)weight;
    }
}

static void balance(struct parameter *parameter, const struct corpus *corpus, const uint32_t *chosen, size_t count) {
  double *sizes = heap_zeroed(corpus->label_count, sizeof *sizes);
  parameter->weight_label = heap_zeroed(corpus->label_count, sizeof *parameter->weight_label);
  for (size_t i = 0; i < count; i++) sizes[corpus->classes[chosen[i]]]++;
  /* a class of which the fold has no example is not named: liblinear complains of those */
  for (size_t k = 0; k < corpus->label_count; k++) {
    if (sizes[k] <= 0) continue;
    parameter->weight_label[parameter->nr_weight] = (int)k;
    sizes[parameter->nr_weight++] = (double)count / (double)corpus->label_count / sizes[k];
  }
  parameter->weight = sizes;
}

static double processor_seconds(void) {
  struct timespec spent;
  return clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent) == 0 ? (double)spent.tv_sec + (double)spent.tv_nsec / 1e9 : 0;
}

static struct classifier *train_on(const struct corpus *corpus, const uint32_t *chosen, size_t count) {
  struct classifier *classifier = HEAP_NEW(struct classifier);
  *classifier = (struct classifier){.class_count = (uint32_t)corpus->label_count, .example_count = (uint32_t)count, .scale = 1};
  features_choose(classifier, corpus, chosen, count);
  struct problem problem = {.l = (int)count,
                            .n = (int)classifier->feature_count + 1,
                            .bias = 1,
                            .y = heap_zeroed(count, sizeof(double)),
                            .x = heap_zeroed(count, sizeof(struct feature_node *))};
  struct parameter parameter = {.solver_type = L2R_LR, .eps = STOP, .C = COST};
  struct weighed *weighed = heap_zeroed(VECTOR_MOST, sizeof *weighed);
  for (size_t i = 0; i < count; i++) {
    problem.y[i] = (double)corpus->classes[chosen[i]];
    problem.x[i] = nodes_make(classifier, &corpus->vectors[chosen[i]], weighed);
  }
  balance(&parameter, corpus, chosen, count);
  set_print_string_function(quiet);
  double began = processor_seconds();
  struct model *model = train(&problem, &parameter);
  classifier->solving = processor_seconds() - began;
  weights_take(classifier, model);
  free(parameter.weight_label);
  free(parameter.weight);
  free_and_destroy_model(&model);
  for (size_t i = 0; i < count; i++) free(problem.x[i]);
  free(problem.x);
  free(problem.y);
  free(weighed);
  classifier->labels = heap_zeroed(classifier->class_count, sizeof *classifier->labels);
  for (uint32_t i = 0; i < classifier->class_count; i++) classifier->labels[i] = heap_text(corpus->labels[i]);
  return classifier;
}

/* ---- folds ---- */

struct fold_group { size_t group, size; uint32_t class; };
static int largest_first(const void *one, const void *other) {
  const struct fold_group *a = one, *b = other;
  if (a->size != b->size) return a->size < b->size ? 1 : -1;
  return (a->group > b->group) - (a->group < b->group);
}

/* Each group goes to the fold that has fewest of its class, the largest groups first. */
static void folds_deal(const struct corpus *corpus, const uint32_t *chosen, size_t count, size_t folds, size_t *fold_of,
                       struct arena *arena) {
  struct fold_group *groups = ARENA_ARRAY(arena, struct fold_group, corpus->group_count + 1);
  size_t *held = ARENA_ARRAY(arena, size_t, folds * corpus->label_count), *dealt = ARENA_ARRAY(arena, size_t, corpus->group_count + 1),
         some = 0;
  for (size_t i = 0; i < corpus->group_count; i++) groups[i].group = i;
  for (size_t i = 0; i < count; i++) {
    struct fold_group *group = &groups[corpus->groups[chosen[i]]];
    if (!group->size++) group->class = corpus->classes[chosen[i]];
  }
  for (size_t i = 0; i < corpus->group_count; i++)
    if (groups[i].size) groups[some++] = groups[i];
  qsort(groups, some, sizeof *groups, largest_first);
  for (size_t i = 0; i < some; i++) {
    size_t least = 0;
    for (size_t k = 1; k < folds; k++)
      if (held[k * corpus->label_count + groups[i].class] < held[least * corpus->label_count + groups[i].class]) least = k;
    held[least * corpus->label_count + groups[i].class] += groups[i].size;
    dealt[groups[i].group] = least;
  }
  for (size_t i = 0; i < count; i++) fold_of[i] = dealt[corpus->groups[chosen[i]]];
}

static size_t others_of(const uint32_t *chosen, const size_t *fold_of, size_t count, size_t fold, uint32_t *others) {
  size_t some = 0;
  for (size_t i = 0; i < count; i++)
    if (fold_of[i] != fold) others[some++] = chosen[i];
  return some;
}

static void decide_one(const struct classifier *classifier, const struct vector *vector, struct weighed *weighed, double *values) {
  classifier_decide(classifier, weighed, classifier_weigh(classifier, vector, weighed), values);
}

/* ---- the scale of certainty ---- */

/* Mean logarithm of what was said of the right class. */
static double likelihood(const double *values, const uint32_t *right, size_t count, size_t classes, double scale, double *scratch) {
  double sum = 0;
  for (size_t i = 0; i < count; i++) {
    memcpy(scratch, values + i * classes, classes * sizeof *scratch);
    classifier_certainties(scale, scratch, classes);
    sum += log(scratch[right[i]] + 1e-12);
  }
  return sum / (double)(count ? count : 1);
}

static double scale_find(const double *values, const uint32_t *right, size_t count, size_t classes, double *scratch) {
  const double golden = 0.6180339887498949;
  double low = 0.1, high = 5;
  for (int i = 0; i < SCALE_STEPS; i++) {
    double one = high - golden * (high - low), other = low + golden * (high - low);
    if (likelihood(values, right, count, classes, one, scratch) > likelihood(values, right, count, classes, other, scratch)) high = other;
    else low = one;
  }
  return (low + high) / 2;
}

/* ---- what was said of texts that were held out ---- */

struct f1_counts { size_t *examples, *said, *right; };
static struct f1_counts f1_counts_new(struct arena *arena, size_t classes) {
  return (struct f1_counts){ARENA_ARRAY(arena, size_t, classes + 1), ARENA_ARRAY(arena, size_t, classes + 1),
                            ARENA_ARRAY(arena, size_t, classes + 1)};
}

static void f1_count(struct f1_counts *counts, const double *values, size_t classes, uint32_t right) {
  size_t best = 0;
  for (size_t k = 1; k < classes; k++) best = values[k] > values[best] ? k : best;
  counts->examples[right]++;
  counts->said[best]++;
  counts->right[best] += best == right;
}

static double f1_of(size_t examples, size_t said, size_t right) { return right ? 2.0 * (double)right / (double)(examples + said) : 0; }

static double f1_macro(const struct f1_counts *counts, size_t classes) {
  double sum = 0;
  for (size_t k = 0; k < classes; k++) sum += f1_of(counts->examples[k], counts->said[k], counts->right[k]);
  return classes ? sum / (double)classes : 0;
}

/* One training under way: the scale of its certainty, and how good it is beside what an earlier one knew, by the same folds. */
struct held_out {
  const struct corpus *corpus; const uint32_t *chosen; size_t count; struct arena *arena;
  size_t *fold_of; uint32_t *others; double *values; struct weighed *weighed;
  struct f1_counts now, before;
  double solving;
};

static size_t known_only(const struct corpus *corpus, const bool *known, uint32_t *others, size_t count) {
  size_t some = 0;
  for (size_t i = 0; i < count; i++)
    if (known[corpus->from[others[i]]]) others[some++] = others[i];
  return some;
}

static bool two_classes(const struct corpus *corpus, const uint32_t *chosen, size_t count) {
  for (size_t i = 1; i < count; i++)
    if (corpus->classes[chosen[i]] != corpus->classes[chosen[0]]) return true;
  return false;
}

/* False: an earlier training cannot be asked, it would know no two classes. */
static bool fold_judge(struct held_out *held, size_t fold, const bool *known) {
  size_t classes = held->corpus->label_count, others = others_of(held->chosen, held->fold_of, held->count, fold, held->others);
  double *values = ARENA_ARRAY(held->arena, double, classes);
  struct classifier *part = train_on(held->corpus, held->others, others);
  size_t before = known ? known_only(held->corpus, known, held->others, others) : 0;
  bool asked = before && two_classes(held->corpus, held->others, before);
  struct classifier *earlier = asked ? train_on(held->corpus, held->others, before) : NULL;
  for (size_t i = 0; i < held->count; i++) {
    if (held->fold_of[i] != fold) continue;
    const struct vector *vector = &held->corpus->vectors[held->chosen[i]];
    uint32_t right = held->corpus->classes[held->chosen[i]];
    decide_one(part, vector, held->weighed, held->values + i * classes);
    f1_count(&held->now, held->values + i * classes, classes, right);
    if (!earlier) continue;
    decide_one(earlier, vector, held->weighed, values);
    f1_count(&held->before, values, classes, right);
  }
  held->solving += part->solving + (earlier ? earlier->solving : 0);
  classifier_free(part);
  classifier_free(earlier);
  return asked;
}

/* What texts that were held out say of its certainty; then it is trained on all. comparison: NULL nobody asks. */
static struct classifier *train_whole(const struct corpus *corpus, const uint32_t *chosen, size_t count, const bool *known,
                                      const atomic_bool *stop, struct classifier_comparison *comparison) {
  struct arena *arena = arena_new();
  size_t classes = corpus->label_count;
  struct held_out held = {corpus,
                          chosen,
                          count,
                          arena,
                          ARENA_ARRAY(arena, size_t, count + 1),
                          ARENA_ARRAY(arena, uint32_t, count + 1),
                          ARENA_ARRAY(arena, double, count * classes + 1),
                          ARENA_ARRAY(arena, struct weighed, VECTOR_MOST),
                          f1_counts_new(arena, classes),
                          f1_counts_new(arena, classes),
                          0};
  uint32_t *right = ARENA_ARRAY(arena, uint32_t, count + 1);
  double *scratch = ARENA_ARRAY(arena, double, classes);
  bool compared = known != NULL;
  folds_deal(corpus, chosen, count, SCALE_FOLDS, held.fold_of, arena);
  for (size_t fold = 0; fold < SCALE_FOLDS && !(stop && *stop); fold++) compared = fold_judge(&held, fold, known) && compared;
  for (size_t i = 0; i < count; i++) right[i] = corpus->classes[chosen[i]];
  struct classifier *classifier = stop && *stop ? NULL : train_on(corpus, chosen, count);
  if (classifier) classifier->scale = scale_find(held.values, right, count, classes, scratch);
  if (classifier) held.solving += classifier->solving;
  if (comparison)
    *comparison = (struct classifier_comparison){f1_macro(&held.now, classes), f1_macro(&held.before, classes), compared, held.solving};
  arena_free(arena);
  return classifier;
}

static uint32_t *all_of(const struct corpus *corpus) {
  uint32_t *chosen = ARENA_ARRAY(corpus->arena, uint32_t, corpus->count + 1);
  for (size_t i = 0; i < corpus->count; i++) chosen[i] = (uint32_t)i;
  return chosen;
}

/* Many classes take long: of each the first examples then have to do, of the rare ones all; at least one for each fold. */
static size_t share_of(const struct corpus *corpus, const size_t *sizes, size_t most) {
  size_t share = 0, taken = 0;
  while (taken <= most) {
    taken = 0;
    share++;
    for (size_t k = 0; k < corpus->label_count; k++) taken += sizes[k] < share ? sizes[k] : share;
  }
  return share > SCALE_FOLDS ? share - 1 : SCALE_FOLDS;
}

static size_t shares_choose(const struct corpus *corpus, uint32_t *chosen) {
  size_t *sizes = heap_zeroed(corpus->label_count, sizeof *sizes), most = TRAINING_MOST / corpus->label_count, some = 0;
  for (size_t i = 0; i < corpus->count; i++) sizes[corpus->classes[i]]++;
  size_t share = corpus->count <= most ? corpus->count : share_of(corpus, sizes, most);
  memset(sizes, 0, corpus->label_count * sizeof *sizes);
  for (size_t i = 0; i < corpus->count; i++)
    if (sizes[corpus->classes[i]]++ < share) chosen[some++] = (uint32_t)i;
  free(sizes);
  return some;
}

struct classifier *classifier_train_beside(const struct classifier_example *examples, size_t count, const bool *known,
                                           const atomic_bool *stop, struct classifier_comparison *comparison, struct label *wrong) {
  struct corpus corpus = {.arena = arena_new()};
  struct classifier *classifier = NULL;
  corpus_read(&corpus, examples, count);
  if (corpus.label_count < CLASSIFIER_CLASSES_LEAST) *wrong = label_few();
  else {
    uint32_t *chosen = all_of(&corpus);
    classifier = train_whole(&corpus, chosen, shares_choose(&corpus, chosen), known, stop, comparison);
  }
  if (!classifier && stop && *stop) *wrong = (struct label){"被中断", "it was stopped"};
  arena_free(corpus.arena);
  return classifier;
}

struct classifier *classifier_train(const struct classifier_example *examples, size_t count, const atomic_bool *stop, struct label *wrong) {
  return classifier_train_beside(examples, count, NULL, stop, NULL, wrong);
}

/* ---- how good it is ---- */

size_t classifier_near_equal(const struct classifier_example *examples, size_t count, size_t *groups) {
  struct corpus corpus = {.arena = arena_new()};
  corpus.count = count;
  corpus.vectors = ARENA_ARRAY(corpus.arena, struct vector, count + 1);
  for (size_t i = 0; i < count; i++) corpus.vectors[i] = vector_of(corpus.arena, examples[i].title, examples[i].text);
  groups_find(&corpus);
  memcpy(groups, corpus.groups, count * sizeof *groups);
  size_t found = corpus.group_count;
  arena_free(corpus.arena);
  return found;
}

struct counting { struct classifier_figures *figures; double said[ECE_BINS], right[ECE_BINS], sure[ECE_BINS]; size_t hits; };

static void count_one(struct counting *counting, double *values, size_t classes, double scale, uint32_t right) {
  struct classifier_figures *figures = counting->figures;
  size_t best = 0;
  classifier_certainties(scale, values, classes);
  for (size_t k = 1; k < classes; k++) best = values[k] > values[best] ? k : best;
  size_t bin = (size_t)(values[best] * ECE_BINS);
  bin = bin < ECE_BINS ? bin : ECE_BINS - 1;
  figures->classes[right].examples++;
  figures->classes[best].said++;
  figures->classes[best].right += best == right;
  counting->hits += best == right;
  counting->said[bin]++;
  counting->right[bin] += best == right;
  counting->sure[bin] += values[best];
  for (size_t i = 0; i < 4; i++)
    if (values[best] >= figures->bounds[i].least) figures->bounds[i].said++, figures->bounds[i].right += best == right;
}

static void figures_close(struct counting *counting, size_t count) {
  struct classifier_figures *figures = counting->figures;
  for (size_t k = 0; k < figures->class_count; k++) {
    struct classifier_class_figure *class = &figures->classes[k];
    class->precision = class->said ? (double)class->right / (double)class->said : 0;
    class->recall = class->examples ? (double)class->right / (double)class->examples : 0;
    class->f1 = f1_of(class->examples, class->said, class->right);
    figures->macro_f1 += class->f1 / (double)figures->class_count;
  }
  figures->accuracy = (double)counting->hits / (double)count;
  for (size_t i = 0; i < ECE_BINS; i++) figures->miscalibration += fabs(counting->sure[i] - counting->right[i]) / (double)count;
}

bool classifier_validate(const struct classifier_example *examples, size_t count, size_t folds, struct arena *arena,
                         struct classifier_figures *figures, struct label *wrong) {
  struct corpus corpus = {.arena = arena_new()};
  corpus_read(&corpus, examples, count);
  *figures = (struct classifier_figures){.examples = corpus.count,
                                         .groups = corpus.group_count,
                                         .folds = folds,
                                         .class_count = corpus.label_count,
                                         .classes = ARENA_ARRAY(arena, struct classifier_class_figure, corpus.label_count + 1),
                                         .bounds = {{.least = 0.5}, {.least = 0.7}, {.least = 0.9}, {.least = 0.95}}};
  bool enough = corpus.label_count >= CLASSIFIER_CLASSES_LEAST && folds >= 2;
  if (!enough) *wrong = label_few();
  uint32_t *chosen = all_of(&corpus), *others = ARENA_ARRAY(corpus.arena, uint32_t, corpus.count + 1);
  size_t *fold_of = ARENA_ARRAY(corpus.arena, size_t, corpus.count + 1);
  double *values = ARENA_ARRAY(corpus.arena, double, corpus.label_count + 1);
  struct weighed *weighed = ARENA_ARRAY(corpus.arena, struct weighed, VECTOR_MOST);
  struct counting counting = {.figures = figures};
  for (size_t k = 0; k < corpus.label_count; k++) figures->classes[k].label = arena_text(arena, corpus.labels[k]);
  if (enough) folds_deal(&corpus, chosen, corpus.count, folds, fold_of, corpus.arena);
  for (size_t fold = 0; fold < folds && enough; fold++) {
    struct classifier *part = train_whole(&corpus, others, others_of(chosen, fold_of, corpus.count, fold, others), NULL, NULL, NULL);
    for (size_t i = 0; i < corpus.count; i++) {
      if (fold_of[i] != fold) continue;
      decide_one(part, &corpus.vectors[i], weighed, values);
      count_one(&counting, values, corpus.label_count, part->scale, corpus.classes[i]);
    }
    classifier_free(part);
  }
  if (enough) figures_close(&counting, corpus.count);
  arena_free(corpus.arena);
  return enough;
}
