/* What the program suggests of an appeal, learnt from what people decided: its category, and the unit to handle it. Two classifiers
   (classifier.h), each in a file of the data folder; a question takes up a file that is new, and has one made that is not there. What the
   program itself set is never learnt from; neither are restricted appeals, and those of whistle-blowers. It is learnt anew by the clock
   when people decided enough since (policy: learn_after, learn_hours). It suggests only; who decides is the door's business. */
#ifndef BIHUAN_FOLLOW_SUGGEST_H
#define BIHUAN_FOLLOW_SUGGEST_H

#include "follow/classifier.h"
#include "store/store.h"

enum suggested { SUGGEST_CATEGORY, SUGGEST_UNIT, SUGGEST_COUNT };
enum suggest_state { SUGGEST_NONE /* too little was decided by people */, SUGGEST_LEARNING, SUGGEST_READY };
/* A training that did worse than the one that stands, on the same folds of the same examples, and was not taken. Macro F1 in basis points.
   at: a moment; 0: the last one was taken, or there was none since the start. */
struct suggest_refused { int64_t at, macro_f1, before; };
/* Which training it comes from. macro_f1: basis points, on folds that were held out. training: what tells it from every other one. */
struct suggest_about {
  enum suggest_state state;
  int64_t examples /* that people decided, the newest of them */,
      learnt_from /* so many of these: of many classes each has its share, rare ones none */, classes, learnt_at /* a moment */,
      journal /* number that was learnt up to */, macro_f1;
  uint32_t training;
  struct suggest_refused refused;
  double solving;                 /* seconds of processor time within liblinear, of a training made now */
};

struct house;
struct suggester;
/* The answer's texts are in the arena. Labels: the category as it is written; a unit's id in digits. */
void suggest_judge(struct suggester *suggester, enum suggested which, const struct classifier_text *text, struct arena *arena,
                   struct classifier_answer *answer, struct suggest_about *about);
/* Learns anew from the store, now, and keeps both in the data folder; a training that is worse than the one that stands only when it is to
   replace it anyway. Where one learns already, it waits for it. about[]: what stands then; about[].refused: a worse one was not taken. */
enum suggest_replacing { SUGGEST_IF_NOT_WORSE, SUGGEST_ANYWAY };
enum store_error suggest_learn(struct house *house, enum suggest_replacing replacing, struct suggest_about about[SUGGEST_COUNT]);
/* What a destroyed appeal may have left in the data folder. */
enum store_error suggest_forget(const char *data);

/* Names of places that a text speaks of, in the order in which they come, each once. */
size_t suggest_places(struct arena *arena, const char *text, const char **names, size_t most);
#endif
