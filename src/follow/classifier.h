/* A classifier of short texts into named classes, learnt from texts that people put into them: logistic regression (liblinear), one class
   against the rest, over the project's own tokens. It holds no words: a token is a bucket of hash, and about a hundred possible pairs of
   characters share each. Certainty is a probability: what texts that were held out said of it sets its scale. Knows nothing of appeals,
   records or stores; a trained classifier is only read, by any thread. */
#ifndef BIHUAN_FOLLOW_CLASSIFIER_H
#define BIHUAN_FOLLOW_CLASSIFIER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buffer.h"
#include "base/text.h"

enum {
  CLASSIFIER_CLASS_LEAST = 5,     /* examples of a class; rarer ones are left out */
  CLASSIFIER_CLASSES_LEAST = 2, CLASSIFIER_CLASSES_MOST = 1000,
  CLASSIFIER_CHOICES = 3,         /* classes offered for one text */
  CLASSIFIER_WORDS = 8            /* words told of why */
};

struct classifier;
struct classifier_text { const char *title, *text; };                /* either may be NULL */
struct classifier_example { const char *title, *text, *label; };

/* Of many classes each has its share of what is learnt from, the first of its examples. NULL with a sentence: too few examples or classes,
   or *stop became true (NULL: never asked). The same examples in the same order give the same classifier. */
struct classifier *classifier_train(const struct classifier_example *examples, size_t count, const atomic_bool *stop, struct label *wrong);
/* The same, and how good it is: macro F1 over folds that were held out. known: of each example, whether an earlier training had it as well
   (NULL: there is none to compare with); then the same folds are judged by what those examples alone teach. compared: there was something
   to compare. */
struct classifier_comparison { double macro_f1, before; bool compared; double solving; /* seconds of processor time within liblinear */ };
struct classifier *classifier_train_beside(const struct classifier_example *examples, size_t count, const bool *known,
                                           const atomic_bool *stop, struct classifier_comparison *comparison, struct label *wrong);
void classifier_free(struct classifier *classifier);                 /* NULL is allowed */
size_t classifier_classes(const struct classifier *classifier);
size_t classifier_examples(const struct classifier *classifier);     /* that it was trained on */

/* certainty: 0 to 1, and 1 over all classes. Words: of this very text, those that spoke most for the first choice, with their share of all
   that spoke for it. */
struct classifier_choice { const char *label; double certainty; };
struct classifier_word { const char *word; double share; };
struct classifier_answer {
  struct classifier_choice choices[CLASSIFIER_CHOICES]; size_t count; /* 0: nothing in the text is known */
  struct classifier_word words[CLASSIFIER_WORDS]; size_t word_count;
};
void classifier_judge(const struct classifier *classifier, const struct classifier_text *text, struct arena *arena,
                      struct classifier_answer *answer);

/* ---- kept in a file ---- */
/* Adds its bytes, with their hash at the end; the caller writes the file whole. */
void classifier_write(const struct classifier *classifier, struct buffer *out);
/* NULL with a sentence: another version, cut off, or its hash does not fit. */
struct classifier *classifier_read(const void *bytes, size_t size, struct label *wrong);

/* ---- how good it is ---- */
/* Texts that are equal or nearly so have the same group: 0 to groups - 1. */
size_t classifier_near_equal(const struct classifier_example *examples, size_t count, size_t *groups);
struct classifier_class_figure { const char *label; size_t examples, said, right; double precision, recall, f1; };
struct classifier_figures {
  size_t examples, groups, folds, class_count;
  struct classifier_class_figure *classes;                           /* in the order in which they first came */
  double macro_f1, accuracy;
  double miscalibration;                                             /* expected calibration error over ten bins of certainty */
  struct { double least; size_t said, right; } bounds[4];           /* when only certainty from there on decides */
};
/* Cross-validation by the very training and judging above; near-equal texts are never divided between folds. False: as for training. */
bool classifier_validate(const struct classifier_example *examples, size_t count, size_t folds, struct arena *arena,
                         struct classifier_figures *figures, struct label *wrong);

#endif
