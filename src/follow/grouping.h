/* Grouping of appeals 并单、归类: one pass in order over texts, in memory. An *event* 同一事件 is one matter at one place; a *class*
   一类事 is one matter wherever it is. A group is known by the appeal that founded it; of two that are joined the smaller number stays and
   the other leads there. What people decide (confirm, split, merge) goes in here as well, in its order, and holds for ever.
   The same input in the same order gives the same groups; from a checkpoint and the rest as from the beginning. There is no store
   in here, no clock and no static state; an engine belongs to one thread at a time. */
#ifndef BIHUAN_FOLLOW_GROUPING_H
#define BIHUAN_FOLLOW_GROUPING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/text.h"

struct grouping;

enum { GROUPING_NEAREST = 3 };
#define GROUPING_NO_MOMENT INT64_MIN

/* One appeal. id: above 0, given once, rising in order of arrival. Texts may be NULL. has_point: latitude and longitude are given. */
struct grouping_appeal {
  int64_t id;
  const char *title, *text, *place;
  bool has_point; double latitude, longitude;
  int64_t moment;                 /* UTC microseconds; GROUPING_NO_MOMENT: not known */
};

/* An event that an appeal may belong to. score: 0 to 1, how alike, place included. latest: the appeal that joined it last. */
struct grouping_near { int64_t event, latest; double score; };

struct grouping_answer {
  int64_t event, class;           /* the founding appeals */
  double score;                   /* how well it fits the event it joined; 1 for one that founded it */
  bool founded;                   /* it founded its event */
  struct grouping_near nearest[GROUPING_NEAREST]; /* best first, of what stood before it came */
  size_t nearest_count;
};

/* What speaks for one event or against it, of an appeal and an event (or of two events). */
enum grouping_evidence {
  GROUPING_BASE,                  /* always */
  GROUPING_ALL,                   /* root of the cosine of all words */
  GROUPING_MATTER,                /* … of those that are not of places */
  GROUPING_TITLE_MOST,            /* share of the title found in the other: the larger of the two */
  GROUPING_TITLE_LEAST,           /* … the smaller */
  GROUPING_TITLES_MOST,           /* … found in its title */
  GROUPING_TITLES_LEAST,
  GROUPING_BODY_MOST,             /* share of the whole found in the other */
  GROUPING_BODY_LEAST,
  GROUPING_RARE,                  /* rare words in common, as a logarithm */
  GROUPING_ONE_PLACE,             /* one names no place */
  GROUPING_TWO_PLACES,            /* they name different ones */
  GROUPING_PLACE,                 /* share of places found: the larger of the two */
  GROUPING_PLACE_LEAST,           /* … the smaller */
  GROUPING_SPELLING,              /* pairs of characters of the names in common */
  GROUPING_TITLE_PLACE_MOST,      /* share of the title's places found */
  GROUPING_TITLE_PLACE_LEAST,
  GROUPING_TITLE_PLACES,          /* … found in its title */
  GROUPING_ONE_TITLE,             /* one title names a place */
  GROUPING_NO_TITLE,              /* none does */
  GROUPING_SHORT,                 /* few words */
  GROUPING_SIZE,                  /* members, as a logarithm */
  GROUPING_DAYS,                  /* between them, as a logarithm */
  GROUPING_POINT,                 /* points no further apart than near_metres */
  GROUPING_METRES,                /* between points, a part of far_metres */
  GROUPING_TITLES_SAME,           /* what is alike where the place is the same … */
  GROUPING_MATTER_SAME,
  GROUPING_RARE_SAME,
  GROUPING_TITLES_FREE,           /* … and where no title names one */
  GROUPING_MATTER_FREE,
  GROUPING_RARE_FREE,
  GROUPING_RARE_TITLES,           /* rare words that both titles have, as a logarithm */
  GROUPING_TOPICS,                /* cosine of what they are about (grouping_topics.c) */
  GROUPING_EVIDENCE
};
/* A story or a few words that name some place or point; neither of the two names one: there an event is a matter. */
enum grouping_situation { GROUPING_STORY, GROUPING_BRIEF, GROUPING_NOWHERE, GROUPING_SITUATIONS };

/* One setting for all languages. Similarities run from 0 to 1. */
struct grouping_settings {
  double title_weight;            /* how often a word of the title counts */
  double rarity_power;            /* how rare a word is, to this power, is what it weighs */
  double class_rarity;            /* for classes no word counts as rarer than this: a class is told by what many say */
  double class_topics;            /* how often a word counts there that names a topic */
  /* words that lie so often, and so many times, in names of places are taken for places wherever they stand */
  double named_share, named_least;
  double place_found;             /* least share of a place's name that must be found in the other, to be the same */
  double spelling_found;          /* … or of the pairs of sounds of its name, which other spellings have in common */
  double near_metres, far_metres; /* surely the same place, surely another one */
  double far_score;               /* share of the score that is left for another one */
  /* of the evidence; the sum is made a score from 0 to 1 by the logistic function */
  double weights[GROUPING_SITUATIONS][GROUPING_EVIDENCE];
  double join, merge;             /* least score at which an appeal joins an event; two events become one */
  double bridge;                  /* least score of an appeal for both of two events that are tried so */
  double class_join, class_merge; /* least likeness of matter within a class; of two that become one */
  double class_alike;             /* what shared topics add to the likeness of two classes */
  double class_breadth;           /* what the logarithm of a class's size takes from its likeness: the mean of many is like anything */
  int64_t retire_after;           /* microseconds without a new appeal after which an event takes none any more */
  uint32_t most_live;             /* events that are live at once; the longest untouched retire first */
  uint32_t window;                /* appeals after which what was counted weighs half */
};
extern const struct grouping_settings GROUPING_DEFAULTS;

struct grouping *grouping_new(const struct grouping_settings *settings); /* NULL: GROUPING_DEFAULTS */
void grouping_free(struct grouping *grouping);

/* Takes an appeal in. False: its id was given before, or is not above 0. */
bool grouping_add(struct grouping *grouping, const struct grouping_appeal *appeal, struct grouping_answer *answer);
/* Who reads what is offered. tells: may he be told of this event? Asked of what is like the appeal before the three are taken, so that what
   he may not see takes no place of what he may. more: events that he sees, at most so many; asked only where the words in common lead to
   fewer than three, as a frequent word leads to its newest events alone; NULL: none. */
enum { GROUPING_MORE = 256 };
struct grouping_reader {
  bool (*tells)(const void *with, int64_t event);
  size_t (*more)(const void *with, int64_t events[GROUPING_MORE]);
  const void *with;
};
/* What it would be offered, without taking it in. answer->event is 0 when it would found one: that is the engine's own answer, whoever
   reads. reader: NULL all is told. */
void grouping_offer(struct grouping *grouping, const struct grouping_appeal *appeal, const struct grouping_reader *reader,
                    struct grouping_answer *answer);
/* Where it stands now; 0: not known. */
int64_t grouping_event_of(const struct grouping *grouping, int64_t appeal);
int64_t grouping_class_of(const struct grouping *grouping, int64_t appeal);

/* ---- people's decisions; false: an id is not known, or the decision contradicts itself ---- */
/* These appeals are an event of their own, apart from the one they are in and, by itself, from all that stand now: so it holds as well
   where another version of the grouping had them apart already. Their texts are given again. */
bool grouping_split(struct grouping *grouping, const struct grouping_appeal *appeals, size_t count, int64_t *event);
/* Two events are one; a split between them is taken back. */
bool grouping_merge(struct grouping *grouping, int64_t one, int64_t other, int64_t *event);
/* This appeal belongs to that event. Its text is given again. */
bool grouping_confirm(struct grouping *grouping, const struct grouping_appeal *appeal, int64_t event);

/* The same of classes. Each appeal stands for its event: these events are a class of their own, which joins none that stands now by itself
   (where no other event is in the class, the appeals named leave theirs first: or the decision would say nothing); the classes of both are
   one; this event belongs to the class that the other is in. */
bool grouping_class_split(struct grouping *grouping, const struct grouping_appeal *appeals, size_t count, int64_t *class);
bool grouping_class_merge(struct grouping *grouping, int64_t one, int64_t other, int64_t *class);
bool grouping_class_confirm(struct grouping *grouping, const struct grouping_appeal *appeal, int64_t other);

/* ---- what is taken back; its text is given once more ---- */
/* Its words leave the groups; where it stands is still known. For what was voided. */
bool grouping_withdraw(struct grouping *grouping, const struct grouping_appeal *appeal);
/* It was never here: it may be added again, with other words. */
bool grouping_remove(struct grouping *grouping, const struct grouping_appeal *appeal);

/* ---- beside ---- */
/* Told of every joining as it happens: what was known by `from` is known by `into`. Not kept in checkpoints. */
enum grouping_level { GROUPING_EVENT = 1, GROUPING_CLASS = 2 };
typedef void grouping_joined(void *with, enum grouping_level level, int64_t from, int64_t into);
void grouping_watch(struct grouping *grouping, grouping_joined *joined, void *with);
/* Are two texts about the same place, neither of them taken in? *named: the second one names any. */
enum grouping_where { GROUPING_SAME_PLACE, GROUPING_PLACE_UNKNOWN, GROUPING_OTHER_PLACE };
enum grouping_where grouping_where(struct grouping *grouping, const struct grouping_appeal *one, const struct grouping_appeal *other, bool *named);

struct grouping_figures { uint64_t appeals; uint32_t events, live, classes, terms; size_t bytes; /* of memory, reckoned */ };
struct grouping_figures grouping_count(const struct grouping *grouping); /* walks all of it */
uint32_t grouping_count_live(const struct grouping *grouping);

/* ---- checkpoints ---- */
/* To a file, whole or not at all (written beside it, then renamed). position: whatever the caller wants to find again. */
bool grouping_save(const struct grouping *grouping, const char *path, int64_t position, struct label *wrong);
/* NULL with a sentence: no such file, another version, other settings, or its hash does not fit. */
struct grouping *grouping_load(const char *path, const struct grouping_settings *settings, int64_t *position, struct label *wrong);

#endif
