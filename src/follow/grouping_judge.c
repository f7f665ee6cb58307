/* Does an appeal belong to an event? What the words, the titles, the places, the time and the topics say is weighed, each with a weight of
   the settings, and the sum is made a score. Nothing is decided in here. */
#include <math.h>

#include "follow/grouping_parts.h"

enum { SHORT = 8, LONG = 30 /* words and bigrams: up to where a text is short, from where on it is not */ };
#define DAYS_UNKNOWN 3 /* some three weeks */
#define OTHER_TOPICS 0.05 /* below it topics have nothing in common */
#define OTHER_MATTER_SCORE 0.5
#define NEARLY_EQUAL 0.6 /* cosine of what is said besides places */
#define OTHER_PLACE_SCORE 0.43

enum whereabouts { PLACE_SAME, PLACE_UNKNOWN, PLACE_OTHER };

static double larger(double one, double other) { return one > other ? one : other; }
static double smaller(double one, double other) { return one < other ? one : other; }
static double at_most_one(double value) { return smaller(value, 1); }

static enum whereabouts whereabouts(const struct grouping_settings *settings, const struct likeness *likeness, const struct group *group,
                                    const struct reading *reading) {
  if (likeness->shares_point && likeness->metres <= settings->near_metres) return PLACE_SAME;
  if (likeness->divided || likeness->given_apart) return PLACE_OTHER;
  if (likeness->place >= settings->place_found || likeness->spelling >= settings->spelling_found) return PLACE_SAME;
  return group->place_sum > 0 && reading->place_sum > 0 ? PLACE_OTHER : PLACE_UNKNOWN;
}

enum grouping_where grouping_whereabouts(const struct grouping_settings *settings, const struct group *group, const struct reading *reading) {
  struct likeness likeness = space_compare(group, reading);
  if (likeness.shares_point && likeness.metres > settings->far_metres) return GROUPING_OTHER_PLACE;
  enum whereabouts where = whereabouts(settings, &likeness, group, reading);
  return where == PLACE_SAME ? GROUPING_SAME_PLACE : where == PLACE_OTHER ? GROUPING_OTHER_PLACE : GROUPING_PLACE_UNKNOWN;
}

/* 1 for a few words, 0 from where a text tells a story. */
static double shortness(size_t words) { return words <= SHORT ? 1 : words >= LONG ? 0 : (double)(LONG - words) / (LONG - SHORT); }

/* Days between an appeal and the nearer end of the time in which a group's came, as a logarithm. */
static double days_apart(const struct group *group, const struct reading *reading) {
  if (reading->first == GROUPING_NO_MOMENT || group->first == GROUPING_NO_MOMENT) return DAYS_UNKNOWN;
  int64_t before = group->first - reading->last, after = reading->first - group->last, apart = before > after ? before : after;
  return apart > 0 ? log1p((double)apart / 86400e6) : 0;
}

static void say_words(double f[GROUPING_EVIDENCE], const struct likeness *l) {
  f[GROUPING_ALL] = sqrt(l->all);
  f[GROUPING_MATTER] = sqrt(l->matter);
  f[GROUPING_TITLE_MOST] = larger(l->title_mine, l->title_theirs);
  f[GROUPING_TITLE_LEAST] = smaller(l->title_mine, l->title_theirs);
  f[GROUPING_TITLES_MOST] = larger(l->titles_mine, l->titles_theirs);
  f[GROUPING_TITLES_LEAST] = smaller(l->titles_mine, l->titles_theirs);
  f[GROUPING_BODY_MOST] = larger(l->body_mine, l->body_theirs);
  f[GROUPING_BODY_LEAST] = smaller(l->body_mine, l->body_theirs);
  f[GROUPING_RARE] = log(1 + l->rare);
  f[GROUPING_RARE_TITLES] = log(1 + l->rare_titles);
  f[GROUPING_TOPICS] = l->topics;
}

static void say_places(double f[GROUPING_EVIDENCE], const struct grouping_settings *settings, const struct likeness *l,
                       const struct group *group, const struct reading *reading) {
  bool mine = reading->title_place_sum > 0, theirs = group->title_place_sum > 0;
  enum whereabouts where = whereabouts(settings, l, group, reading);
  f[GROUPING_ONE_PLACE] = where == PLACE_UNKNOWN;
  f[GROUPING_TWO_PLACES] = where == PLACE_OTHER;
  f[GROUPING_PLACE] = at_most_one(l->place);
  f[GROUPING_PLACE_LEAST] = at_most_one(l->place_least);
  f[GROUPING_SPELLING] = at_most_one(l->spelling);
  f[GROUPING_TITLE_PLACE_MOST] = at_most_one(larger(l->title_place_mine, l->title_place_theirs));
  f[GROUPING_TITLE_PLACE_LEAST] = at_most_one(smaller(l->title_place_mine, l->title_place_theirs));
  f[GROUPING_TITLE_PLACES] = at_most_one(l->title_places);
  f[GROUPING_ONE_TITLE] = mine != theirs;
  f[GROUPING_NO_TITLE] = !mine && !theirs;
  f[GROUPING_POINT] = l->shares_point && l->metres <= settings->near_metres;
  f[GROUPING_METRES] = l->shares_point ? l->metres / settings->far_metres : 0;
  f[GROUPING_TITLES_SAME] = where == PLACE_SAME ? f[GROUPING_TITLES_MOST] : 0;
  f[GROUPING_TITLES_FREE] = mine || theirs ? 0 : f[GROUPING_TITLES_MOST];
  f[GROUPING_MATTER_SAME] = where == PLACE_SAME ? f[GROUPING_MATTER] : 0;
  f[GROUPING_MATTER_FREE] = mine || theirs ? 0 : f[GROUPING_MATTER];
  f[GROUPING_RARE_SAME] = where == PLACE_SAME ? f[GROUPING_RARE] : 0;
  f[GROUPING_RARE_FREE] = mine || theirs ? 0 : f[GROUPING_RARE];
}

static enum grouping_situation situation_of(const struct group *group, const struct reading *reading) {
  if (reading->place_sum <= 0 && group->place_sum <= 0 && !reading->has_point && !group->points) return GROUPING_NOWHERE;
  return reading->distinct < LONG || group->feature_count < LONG ? GROUPING_BRIEF : GROUPING_STORY;
}

/* Both say what they are about, and it is not the same: two matters of one place, however alike the few other words are. */
bool grouping_other_matter(const struct group *group, const struct reading *reading, double topics) {
  return reading->has_topics && group->topic_norm > 0 && topics < OTHER_TOPICS;
}

/* Nearly the same is said of two places: somebody wrote the one as the other is written, and means another place. */
static bool other_place(const struct grouping_settings *settings, const struct likeness *likeness, const struct group *group,
                        const struct reading *reading) {
  return (likeness->divided || likeness->given_apart || likeness->matter >= NEARLY_EQUAL) &&
         whereabouts(settings, likeness, group, reading) == PLACE_OTHER;
}

/* In another district the same name is another place: 中山路 is in every city, a street of one name in many districts. And what both call the
   place of their appeal says more than what else they name: a company, a hospital. */
static struct likeness elsewhere(struct likeness likeness) {
  if (!likeness.divided && !likeness.given_apart) return likeness;
  likeness.place = likeness.place_least = likeness.spelling = likeness.title_place_mine = likeness
                                                                                              .title_place_theirs = likeness
                                                                                                                        .title_places = 0;
  return likeness;
}

/* What two names share (杉苑) may say as much as what they do not (云杉苑, 水杉苑). Where nearly the same is said of places of which none sounds
   like one of the other, they are other places; one that is only written otherwise sounds the same (中茂城, 中贸城). */
static struct likeness named_apart(struct likeness likeness) {
  likeness.given_apart = likeness.given_apart || (likeness.sounds_apart && likeness.matter >= NEARLY_EQUAL);
  return likeness;
}

struct judged grouping_judge(const struct grouping *grouping, uint32_t slot, const struct reading *reading) {
  const struct grouping_settings *settings = &grouping->settings;
  const struct group *group = &grouping->events.groups[slot];
  struct likeness likeness = elsewhere(named_apart(space_compare(group, reading)));
  double f[GROUPING_EVIDENCE] = {[GROUPING_BASE] = 1}, sum = 0;
  say_words(f, &likeness);
  say_places(f, settings, &likeness, group, reading);
  f[GROUPING_SHORT] = shortness(reading->distinct);
  f[GROUPING_SIZE] = log(group->size + 1.0);
  f[GROUPING_DAYS] = days_apart(group, reading);
  const double *weights = settings->weights[situation_of(group, reading)];
  for (int i = 0; i < GROUPING_EVIDENCE; i++) sum += weights[i] * f[i];
  double score = 1 / (1 + exp(-sum));
  bool matter = grouping_other_matter(group, reading, likeness.topics), place = other_place(settings, &likeness, group, reading);
  if (matter) score *= OTHER_MATTER_SCORE;
  if (place) score *= OTHER_PLACE_SCORE;
  if (likeness.shares_point && likeness.metres > settings->far_metres) score *= settings->far_score;
  return (struct judged){slot, score, matter || place};
}
