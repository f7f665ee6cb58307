/* Private to follow/: the parts of the classifier. A text becomes a *vector* of buckets with weights of length 1; buckets that the
   classifier kept are its features. */
#ifndef BIHUAN_FOLLOW_CLASSIFIER_PARTS_H
#define BIHUAN_FOLLOW_CLASSIFIER_PARTS_H

#include "base/tokens.h"
#include "follow/classifier.h"

enum {
  BUCKET_BITS = 22,
  BUCKETS = 1 << BUCKET_BITS,
  VECTOR_TOKENS = 3000,           /* read of a text; what stands behind is not seen */
  VECTOR_MOST = 2 * VECTOR_TOKENS, /* with those of the title */
  VECTOR_BYTES = 12000,
  FEATURE_TEXTS = 2,              /* a bucket that fewer texts have is no feature */
  WEIGHTS_MOST = 6000000,         /* features × classes: the most frequent buckets stay */
  FEATURES_LEAST = 4096,
  TRAINING_MOST = 1000000         /* examples × classes: beyond it each class has an equal share */
};
#define TITLE_WEIGHT 3.0f         /* how often a token of the title counts */
#define COUNT_POWER 0.7f          /* how often a token stands there, to this power */

/* One token of a text, before buckets are weighed. */
struct bucket { uint32_t bucket; float count; const char *bytes; uint32_t size; /* where it stands in the folded text */ };
struct vector { struct bucket *items; size_t count; }; /* ordered by bucket, each once */
struct vector vector_of(struct arena *arena, const char *title, const char *text);

struct classifier {
  uint32_t class_count, feature_count, example_count;
  double solving;                 /* seconds that liblinear took; not kept */
  char **labels;
  double scale;                   /* what decision values are multiplied by before they become probabilities */
  uint32_t *buckets;              /* ordered */
  float *rarity;                  /* of a feature: logarithm of how few texts have it */
  float *weights;                 /* feature_count + 1 rows of class_count; the last is what each class has without any word */
};
/* What a vector says: features with their weights (length 1), by feature number; `from` is the bucket each came from. */
struct weighed { uint32_t feature; float weight; const struct bucket *from; };
size_t classifier_weigh(const struct classifier *classifier, const struct vector *vector, struct weighed *out);
void classifier_decide(const struct classifier *classifier, const struct weighed *weighed, size_t count, double *values /* class_count */);
void classifier_certainties(double scale, double *values, size_t count); /* decision values become probabilities */

#endif
