/* Private to command/: the whole demo city 申江市, generated as a script (demo.h) from tables and a seed, to the figures of the model case.
   How many problems of which outcome were admitted in which round stands in demo_city_cases.c; nothing of it is written into the store but
   by playing the steps, and every total is what the definitions say of that. */
#ifndef BIHUAN_COMMAND_DEMO_CITY_H
#define BIHUAN_COMMAND_DEMO_CITY_H

#include "command/demo_play.h"
#include "command/demo_random.h"

enum { CITY_KINDS = 14 /* by UNIT_KIND_*, up to the two-new committees */, CITY_ROUNDS = 6, CITY_EXAMPLES = 16, CITY_SLIPS = 4, CITY_GARAGES = 2000, CITY_GROUPS = 5, CITY_CASES = 392, CITY_PLANS = 10, CITY_PLAN_PROBLEMS = 3 };

/* Days before the present: the days of admission of each round, from its first to its last. */
extern const int CITY_ROUND_LAST[CITY_ROUNDS];

/* The matters of a category: who may lead one, by kinds of unit, and its words. %d in the detail is a number. */
struct city_matter { const char *title, *detail, *cause, *goal, *measures[DEMO_MEASURES]; unsigned kinds /* bit 1 << UNIT_KIND_* */;
                     const char *departments; /* that lead it as well, in a district; names, one blank apart; NULL */ };
struct city_matters { const struct city_matter *items; size_t count; };
extern const struct city_matters CITY_MATTERS[6]; /* by CATEGORY_* */
extern const char *const CITY_STREETS[]; extern const size_t CITY_STREET_COUNT;

/* What can become of a problem. */
enum city_outcome { CITY_AT_ONCE, CITY_GREY, CITY_CLOSED, CITY_PUBLICISED, CITY_BLUE, CITY_YELLOW, CITY_ORANGE, CITY_RED, CITY_OUTCOMES };

/* A worked example: its words are its own, and an indicator goes from base over now to the goal (in 1/10,000). */
struct city_example {
  struct demo_problem problem; enum city_outcome outcome; int round /* from 0 */;
  const char *indicator, *measured_in; int64_t base, now, goal;
  const char *mechanism;
};
extern const struct city_example CITY_EXAMPLE_LIST[CITY_EXAMPLES];
/* the small demo's matters, and those of the examples */
extern const struct demo_matter CITY_VOICES[]; extern const size_t CITY_VOICE_COUNT;

/* A matter that comes in from many places, so many times a week. */
enum { CITY_STREAM_COUNT = 12, CITY_WEEKS = 14, CITY_EXAMPLE_GARAGES = 7, CITY_EXAMPLE_DRUGS = 11, CITY_FLOODED = CITY_EXAMPLES };
struct city_stream {
  const char *title, *texts[2] /* %s: where */, *category, *class_name /* NULL: nobody named it */, *answer;
  uint8_t kind;
  size_t unit /* UNIT_CITY: that of the place */;
  uint8_t weekly[CITY_WEEKS];
  int example /* whose problem it is about; CITY_FLOODED; -1 none */;
};
extern const struct city_stream CITY_STREAMS[CITY_STREAM_COUNT];
enum city_exclusion { CITY_NO_EXCLUSION, CITY_EXCLUDED, CITY_EXCLUSION_REFUSED, CITY_EXCLUSION_WAITS };
enum { CITY_UNFOUNDED = 11 /* bad ratings */, CITY_NOT_EXCLUDED = 4, CITY_EXCLUSIONS_ASKED = 2 };
/* How who appealed rates it on the portal; the last two are not judged yet. */
enum city_rating { CITY_NOT_RATED, CITY_RATED_WELL, CITY_RATED_FAIRLY, CITY_RATED_UNFOUNDED, CITY_RATED_FOUNDED, CITY_RATED_PROPOSED, CITY_RATED_WAITS };
struct city_appeal {
  uint8_t stream, wording, answer_after /* days */, reached /* at which attempt; 0 never */, outcome, satisfaction /* as the person says */;
  bool contacted; enum city_exclusion exclusion; enum city_rating rating;
  int ago, joined_to /* -1 none */; size_t district; const char *place;
  int64_t id, exclusion_id; /* while it is played */
};
/* Alerts of a rebound, in this order, and how many days ago they were decided on, or would have been. */
enum { CITY_CONFIRMED, CITY_DISMISSED, CITY_WAITING, CITY_ALERTS };
extern const int CITY_ALERT_DAYS[CITY_ALERTS];

struct city {
  struct demo_random random;
  struct arena *arena;
  struct demo_unit_text *units; size_t unit_count;
  size_t by_kind[CITY_KINDS][64], kind_count[CITY_KINDS]; /* units of a kind */
  size_t members[300], member_count;                      /* all that take part */
  struct demo_user *users; size_t user_count;
  struct demo_problem *problems; size_t problem_count;
  size_t examples[CITY_EXAMPLES];                         /* which problem is which */
  size_t long_term[200], long_term_count;                 /* going to plan since the first round: for plans, parts and mergers */
  const struct demo_topic *topics; size_t topic_count;
  /* ids, while it is played */
  int64_t rounds[CITY_ROUNDS], tables[CITY_ROUNDS], indicators[CITY_EXAMPLES], sites[CITY_GARAGES], alerts[CITY_ALERTS];
  int64_t mechanisms[CITY_EXAMPLES], cases[CITY_CASES];   /* the same; 0: the example has none */
  size_t case_problems[CITY_CASES], case_count;           /* which problems the cases are of */
  struct city_appeal *appeals; size_t appeal_count;       /* by stream, the oldest first */
  size_t withheld, suspended;                             /* how many are not publicised to the public; which is suspended, 0 none yet */
  int64_t draw, towns[3];                                 /* ids, while it is played */
  size_t plans[CITY_PLANS][CITY_PLAN_PROBLEMS];            /* which problems each plan runs over */
  size_t rebounds[CITY_ALERTS], flooded; /* problems that an alert is about, that a stream of appeals fell after; 0 none yet */
};

void city_units(struct city *city);
void city_cases(struct city *city);
void city_topics(struct city *city);
void city_appeals(struct city *city);
int city_appeal_closed(const struct city_appeal *one); /* days ago; below 1: it is not */
/* What happens beside the problems. */
void city_frame_events(struct play *play);
void city_round_events(struct play *play);
void city_map_events(struct play *play);
void city_office_events(struct play *play);
void city_check_events(struct play *play);
void city_call_events(struct play *play);
void city_public_events(struct play *play);
void city_story_events(struct play *play);
int city_day(const struct demo_problem *problem, enum demo_step_kind kind); /* days ago of its first step of the kind */

const struct demo_script *city_script(struct arena *arena);
#endif
