/* Appeals in groups: a view in memory of which appeals are one event 同一事件 and which one class 一类事, by the engine of grouping.h in the
   order of the journal. A group is known by its founding appeal, and any appeal that is in it leads there. Questions are answered
   within the reader's scope: what he may not see is not counted, and a group of which he sees nothing is not there. */
#ifndef BIHUAN_FOLLOW_GROUPS_H
#define BIHUAN_FOLLOW_GROUPS_H

#include "follow/follower.h"
#include "follow/grouping.h"

struct groups;
int64_t groups_position(struct groups *groups);  /* the journal number it is true at */
/* Waits a little until the view has come to that number. */
void groups_reach(struct house *house, int64_t number);

struct group_stand { int64_t event, class; };
/* false: not in any (not known yet, voided, destroyed) */
bool groups_stand(struct groups *groups, int64_t appeal, struct group_stand *stand);
/* The group's own id, whichever of its appeals or earlier names was given; 0: there is none. */
int64_t groups_named(struct groups *groups, enum grouping_level level, int64_t id);
/* Ids of its appeals, newest first, below `below` (0: from the top), at most `most`. No scope is asked: the records are read within one's
   own. */
void groups_members(struct groups *groups, enum grouping_level level, int64_t id, int64_t below, size_t most, struct arena *arena,
                    int64_t **ids, size_t *count);
bool groups_holds(struct groups *groups, enum grouping_level level, int64_t id, int64_t appeal);

/* ---- lists ---- */
enum groups_sort { GROUPS_BY_SIZE, GROUPS_BY_GROWTH, GROUPS_BY_LATEST, GROUPS_BY_DISSATISFIED };
enum groups_linked { GROUPS_WHETHER_LINKED, GROUPS_NOT_LINKED /* no appeal that one sees in it is linked to a problem */, GROUPS_LINKED };
enum { GROUPS_WEEKS = 8 /* of the past that predicts, usually */, GROUPS_WEEKS_LEAST = 4, GROUPS_WEEKS_MOST = 26, GROUPS_RISING_LEAST = 3 /* appeals in a week: fewer are no rise */,
       GROUPS_SHOWN_WEEKS = 26 /* of a curve */, GROUPS_PROBLEMS = 6 /* told of a group */ };
#define GROUPS_BAND 2.0           /* deviations on either side of what is expected */
struct groups_question {
  enum grouping_level level;
  const struct scope *scope;      /* of appeals */
  int64_t id, class;              /* this group only; events of this class only; 0: any */
  int64_t unit_count; const int64_t *units; /* appeals of these units only; 0: any */
  int64_t from, to;               /* appeals made on these dates only, both included; NOTHING: any */
  int64_t today;                  /* the last day of the week that growth looks at */
  int weeks;                      /* of the past; 0: GROUPS_WEEKS */
  size_t least;                   /* appeals that one sees in it */
  enum groups_sort sort;
  enum groups_linked linked;
  bool rising;                    /* only those that left what the past predicts: growth of more than GROUPS_BAND deviations */
  size_t skip, limit;
};
/* Growth: `lately` appeals were made in the seven days up to today. `expected` is the mean of the seven-day windows before it (same
   weekdays, as many as there are, none before the first appeal of all), `deviation` their standard deviation, not less than that of chance
   (the root of the mean) and not less than 1; growth = (lately − expected) / deviation. predicted: there are at least GROUPS_WEEKS_LEAST
   windows. */
struct group_summary {
  int64_t id, class;              /* class: its own id for a class */
  int64_t members, events, units, places, newest /* appeal */;
  int64_t first, latest;          /* moments at which the first and the last were made; NOTHING: not known */
  int64_t rated, dissatisfied;    /* of those who said whether they are satisfied */
  int64_t linked;                 /* of the members: linked to a problem */
  struct group_problem { int64_t id, count; } problems[GROUPS_PROBLEMS]; size_t problem_count; /* the most first */
  int64_t lately, weeks; bool predicted; double expected, deviation, growth;
  int64_t by_week[GROUPS_SHOWN_WEEKS], week_count; /* the seven days up to today first; none from before the first appeal of all */
};
struct groups_page { struct group_summary *items; size_t count; int64_t total /* groups */, appeals /* in all of them */, journal; };
void groups_list(struct groups *groups, const struct groups_question *question, struct arena *arena, struct groups_page *page);

/* One group, spread over units and places: the most first, at most `most` of each. place: that of the newest appeal there, by its id. */
struct group_share { int64_t unit /* NOTHING: none */, newest, count; };
struct group_spread { struct group_share *units, *places; size_t unit_count, place_count; };
void groups_spread(struct groups *groups, enum grouping_level level, int64_t id, const struct scope *scope, size_t most,
                   struct arena *arena, struct group_spread *spread);

/* ---- what an appeal may belong to ---- */
struct group_offer {
  int64_t event, class, newest /* the newest appeal in it that one may see */, members /* that one may see */;
  double score;
  bool own /* the appeal is in it */;
};
struct groups_offered {
  struct group_offer items[GROUPING_NEAREST];
  size_t count;
  int64_t event, class; /* where it would go by itself, or stands; 0: nowhere */
  int64_t journal;
};
/* appeal->id: 0 for one that is not there yet. Takes nothing in. Events of which the reader sees nothing are left out. */
void groups_offer(struct groups *groups, const struct grouping_appeal *appeal, const struct scope *scope, struct groups_offered *offered);

/* ---- an appeal as the engine reads it ---- */
struct grouping_appeal groups_appeal(const struct row *row);  /* its texts are the row's */

/* ---- curves ---- */
/* Appeals by bucket of days: of these classes, and of all others. Within the scope. buckets[i] covers from bounds[i] up to, not with,
   bounds[i + 1]. */
struct groups_curve { int64_t *inside, *outside; };
void groups_curve(struct groups *groups, const int64_t *classes, size_t class_count, const struct scope *scope, const int64_t *bounds,
                  size_t buckets, struct arena *arena, struct groups_curve *curve);

/* ---- for the watch over closed problems ---- */
/* Where the texts of something that is no appeal would belong. */
void groups_place(struct groups *groups, const struct grouping_appeal *text, struct group_stand *stand);
enum grouping_where groups_where(struct groups *groups, const struct grouping_appeal *appeal, const struct grouping_appeal *text, bool *named);
uint64_t groups_place_key(const char *place); /* equal for places that are written alike; 0: none is named */
/* What a destroyed record may have left in the data folder. */
enum store_error groups_forget(const char *data);
#endif
