/* The demo city's cases: how many problems of which outcome were admitted in which round, their attributes by quota, their words by
   pattern. The sums are those of the model case; what happens to each is written by demo_city_plots.c. */
#include "command/demo_city_parts.h"

#include <string.h>

static const int CITY_ROUND_FIRST[CITY_ROUNDS] = {289, 233, 172, 111, 70, 35}; /* the first from the day on which what was registered on 1 February could be admitted */
const int CITY_ROUND_LAST[CITY_ROUNDS] = {234, 173, 112, 71, 36, 1};

/* Of each outcome, admitted in each round. */
static const uint16_t ADMITTED[CITY_OUTCOMES][CITY_ROUNDS] = {
  [CITY_AT_ONCE] = {130, 170, 140, 110, 80, 60}, [CITY_GREY] = {0, 0, 0, 0, 0, 14},     [CITY_CLOSED] = {101, 110, 40, 0, 0, 0}, [CITY_PUBLICISED] = {4, 6, 10, 6, 0, 0},
  [CITY_BLUE] = {120, 172, 86, 110, 86, 43},     [CITY_YELLOW] = {24, 36, 30, 38, 20, 0}, [CITY_ORANGE] = {20, 26, 20, 10, 0, 0},  [CITY_RED] = {13, 18, 5, 0, 0, 0}};
/* The first so many of them are long-term; what is at once is known by its outcome. */
static const uint16_t LONG_TERM[CITY_OUTCOMES][CITY_ROUNDS] = {[CITY_CLOSED] = {14 /* two examples among them are not */}, [CITY_BLUE] = {120, 100, 40}, [CITY_YELLOW] = {20}};
/* The last so many are on the city list; of these the last so many are led by the four teams (the examples beside them). */
static const uint16_t ON_CITY_LIST[CITY_OUTCOMES][CITY_ROUNDS] = {[CITY_CLOSED] = {8, 20}, [CITY_PUBLICISED] = {3, 6, 10, 6}, [CITY_BLUE] = {30, 40, 20}, [CITY_YELLOW] = {10, 7, 6}, [CITY_ORANGE] = {6, 6}, [CITY_RED] = {4, 2}};
static const uint16_t LED[CITY_OUTCOMES][CITY_ROUNDS] = {[CITY_CLOSED] = {2, 6}, [CITY_PUBLICISED] = {3, 4, 3}, [CITY_BLUE] = {14, 12, 2}, [CITY_YELLOW] = {3, 1}};

static const uint16_t BY_CATEGORY[6] = {[CATEGORY_ECONOMY] = 352, [CATEGORY_OPENING] = 246, [CATEGORY_GOVERNANCE] = 508, [CATEGORY_LIVELIHOOD] = 447, [CATEGORY_PARTY] = 305};
static const uint16_t BY_SOURCE[8] = {[SOURCE_RESEARCH] = 486, [SOURCE_DEVELOPMENT] = 331, [SOURCE_APPEALS] = 457, [SOURCE_INSPECTION_OLD] = 162, [SOURCE_AUDIT_OLD] = 148, [SOURCE_INSPECTION_NEW] = 74, [SOURCE_SELF_CHECK] = 200};
enum { AFTER_TOPICS = 6 /* days later are the examples: the topics come first */, ALL = 1858, BESIDE = 40 /* withdrawn, merged, not admitted yet */, TRANSFERRED = 143, RULED = 9 };

/* ---- attributes by quota ---- */

struct quota { uint8_t items[ALL]; size_t count; };

/* Each code as often as its quota says, but for what the examples took; shuffled. */
static void quota_fill(struct city *city, struct quota *quota, const uint16_t *counts, size_t codes,
                       size_t (*of_example)(const struct city_example *)) {
  uint16_t left[8];
  memcpy(left, counts, codes * sizeof *left);
  for (size_t i = 0; i < CITY_EXAMPLES; i++) left[of_example(&CITY_EXAMPLE_LIST[i])]--;
  quota->count = 0;
  for (size_t code = 0; code < codes; code++)
    for (uint16_t k = 0; k < left[code]; k++) quota->items[quota->count++] = (uint8_t)code;
  demo_random_shuffle(&city->random, quota->items, quota->count);
}
static size_t category_of(const struct city_example *example) { return example->problem.category; }
static size_t source_of(const struct city_example *example) { return example->problem.source; }

/* ---- words ---- */

enum { MATTERS_MOST = 16, PLACE_TRIES = 400 /* then the matter counts as full, and the next one is taken */ };
struct wording { struct city *city; uint8_t *used; size_t turn[6]; }; /* used: category × matter × unit × street */

static size_t streets_of(const struct city *city, size_t unit) {
  return city->units[unit].kind == UNIT_KIND_DISTRICT ? CITY_STREET_COUNT : 1;
}

/* Where: a unit of one of the matter's kinds, in a district a street of it; no two of the same matter alike. */
struct place { size_t matter, unit, street; };
static struct place choose_place(struct wording *wording, size_t category, size_t matter) {
  struct city *city = wording->city;
  for (size_t tries = 0;; tries++) {
    struct place place = {.matter = (matter + tries / PLACE_TRIES) % CITY_MATTERS[category].count,
                          .unit = city->members[demo_random_below(&city->random, city->member_count)]};
    if (!(CITY_MATTERS[category].items[place.matter].kinds >> city->units[place.unit].kind & 1)) continue;
    place.street = demo_random_below(&city->random, streets_of(city, place.unit));
    uint8_t *used = &wording->used[((category * MATTERS_MOST + place.matter) * city->unit_count + place.unit) * CITY_STREET_COUNT +
                                   place.street];
    if (*used) continue;
    *used = 1;
    return place;
  }
}

size_t city_unit_named(const struct city *city, const char *name, size_t length) {
  size_t at = city->unit_count;
  while (at-- > 1)
    if (strlen(city->units[at].name) == length && memcmp(city->units[at].name, name, length) == 0) return at;
  return UNIT_OFFICE;
}

/* In a district, two of five are led by a department of the city. */
static size_t choose_lead(struct city *city, const struct city_matter *matter, size_t unit) {
  const char *names[4];
  size_t count = 0;
  if (!matter->departments || city->units[unit].kind != UNIT_KIND_DISTRICT || demo_random_below(&city->random, 5) > 1) return unit;
  for (const char *at = matter->departments; *at && count < 4; at += strcspn(at, " "), at += *at == ' ') names[count++] = at;
  const char *name = names[demo_random_below(&city->random, count)];
  return city_unit_named(city, name, strcspn(name, " "));
}

/* %d by hand: the text is not the compiler's to check. */
static const char *city_detail(struct city *city, const char *text, int number) {
  const char *at = strstr(text, "%d");
  return at ? arena_print(city->arena, "%.*s%d%s", (int)(at - text), text, number, at + 2) : text;
}

static void give_words(struct wording *wording, struct demo_problem *problem) {
  struct city *city = wording->city;
  const struct city_matters *matters = &CITY_MATTERS[problem->category];
  struct place place = choose_place(wording, problem->category, wording->turn[problem->category]++ % matters->count);
  const struct city_matter *matter = &matters->items[place.matter];
  const char *where = city->units[place.unit].name;
  problem->lead = choose_lead(city, matter, place.unit);
  problem->title = streets_of(city, place.unit) > 1 ? arena_print(city->arena, "%s%s%s", where, CITY_STREETS[place.street], matter->title)
                                                    : arena_print(city->arena, "%s%s", where, matter->title);
  problem->detail = city_detail(city, matter->detail, 3 + (int)demo_random_below(&city->random, 87));
  problem->cause = matter->cause;
  problem->goal = matter->goal;
  memcpy(problem->measures, matter->measures, sizeof problem->measures);
  size_t joint = problem->lead != place.unit                ? place.unit
                 : demo_random_below(&city->random, 6) == 0 ? city->members[demo_random_below(&city->random, city->member_count)]
                                                            : problem->lead;
  if (joint != problem->lead) problem->joint = (int)joint;
}

/* ---- the cases ---- */

static const struct city_example *example_of(struct city *city, enum city_outcome outcome, int round, size_t place, size_t problem) {
  for (size_t i = 0; i < CITY_EXAMPLES; i++) {
    const struct city_example *example = &CITY_EXAMPLE_LIST[i];
    if (example->outcome != outcome || example->round != round || place-- > 0) continue;
    city->examples[i] = problem;
    return example;
  }
  return NULL;
}

static uint8_t kind_of(enum city_outcome outcome, int round, size_t place) {
  if (outcome == CITY_AT_ONCE || outcome == CITY_GREY) return KIND_AT_ONCE;
  return place < LONG_TERM[outcome][round] ? KIND_LONG_TERM : KIND_TIME_LIMITED;
}

/* Days before the present on which one of them is admitted: evenly over the round; what is at once needs some days to be closed. */
static int admitted_on(enum city_outcome outcome, int round, size_t place, size_t count) {
  int first = CITY_ROUND_FIRST[round], last = CITY_ROUND_LAST[round];
  if (round == CITY_ROUNDS - 1) {
    if (outcome == CITY_GREY) first = 7;
    if (outcome == CITY_AT_ONCE) last = 8;
    if (outcome == CITY_BLUE) last = 3;
  }
  return first - (int)((size_t)(first - last) * (2 * place + 1) / (2 * count));
}

struct casting { struct city_case *cases; struct quota categories, sources; size_t given /* of the quotas */; struct wording wording; };

static void add_case(struct city *city, struct casting *casting, enum city_outcome outcome, int round, size_t place) {
  size_t at = city->problem_count++, count = ADMITTED[outcome][round];
  struct city_case *cases = casting->cases;
  struct demo_problem *problem = &city->problems[at];
  const struct city_example *example = example_of(city, outcome, round, place, at);
  cases[at] = (struct city_case){.outcome = outcome,
                                 .round = round,
                                 .place = place,
                                 .admitted = admitted_on(outcome, round, place, count),
                                 .example = example != NULL};
  if (example) {
    *problem = example->problem;
    cases[at].admitted -= AFTER_TOPICS;
  } else {
    size_t given = casting->given++;
    *problem = (struct demo_problem){.category = casting->categories.items[given],
                                     .source = casting->sources.items[given],
                                     .kind = kind_of(outcome, round, place),
                                     .level = LEVEL_UNIT,
                                     .joint = -1,
                                     .matter = -1};
    if (place + ON_CITY_LIST[outcome][round] >= count) problem->level = LEVEL_CITY;
    if (place + LED[outcome][round] >= count) problem->led_by = LED_BY_FOUR_TEAMS, problem->leader = "四套班子分工领导";
    problem->hard = outcome == CITY_RED && place % 3 == 0;
    give_words(&casting->wording, problem);
  }
  problem->by_office = problem->led_by || problem->hard || problem->secrecy;
  if (outcome == CITY_BLUE && round == 0 && !example && city->long_term_count < sizeof city->long_term / sizeof *city->long_term)
    city->long_term[city->long_term_count++] = at;
}

/* Some of what is put right after time are handed on before the work begins, some disputed; spread evenly over all that may be. */
static void choose_handed(struct city_case *cases, size_t count) {
  size_t eligible = 0, turn = 0;
  for (size_t i = 0; i < count; i++) {
    struct city_case *one = &cases[i];
    one->handing = one->outcome > CITY_GREY && one->round < CITY_ROUNDS - 1 && !one->example && !city_placeholder(one) ? HANDING_MAY
                                                                                                                       : HANDING_NONE;
    eligible += one->handing == HANDING_MAY;
  }
  for (size_t i = 0; i < count; i++) {
    struct city_case *one = &cases[i];
    if (one->handing != HANDING_MAY) continue;
    /* the how many-th it is, when it is one */
    size_t before = turn * (TRANSFERRED + RULED) / eligible, after = ++turn * (TRANSFERRED + RULED) / eligible;
    if (before == after) one->handing = HANDING_NONE;
    else
      one->handing = after * RULED / (TRANSFERRED + RULED) > before * RULED / (TRANSFERRED + RULED) ? HANDING_RULED : HANDING_TRANSFERRED;
  }
}

/* ---- what does not count ---- */

static void add_beside(struct city *city, struct casting *casting) {
  for (size_t i = 0; i < BESIDE; i++) {
    size_t at = city->problem_count++;
    int round = 1 + (int)(i % 3);
    casting->cases[at] = (struct city_case){.outcome = CITY_OUTCOMES,
                                            .round = round,
                                            .place = i,
                                            .admitted = CITY_ROUND_FIRST[round] - 5 - (int)i};
    city->problems[at] = (struct demo_problem){.category = (uint8_t)(1 + i % 5),
                                               .source = SOURCE_SELF_CHECK,
                                               .kind = KIND_TIME_LIMITED,
                                               .level = LEVEL_UNIT,
                                               .joint = -1,
                                               .matter = -1};
    give_words(&casting->wording, &city->problems[at]);
  }
}

void city_cases(struct city *city) {
  struct casting *casting = ARENA_NEW(city->arena, struct casting);
  size_t places = 6 * MATTERS_MOST * city->unit_count * CITY_STREET_COUNT;
  *casting = (struct casting){.cases = ARENA_ARRAY(city->arena, struct city_case, ALL + BESIDE),
                              .wording = {.city = city, .used = ARENA_ARRAY(city->arena, uint8_t, places)}};
  memset(casting->wording.used, 0, places);
  city->problems = ARENA_ARRAY(city->arena, struct demo_problem, ALL + BESIDE);
  for (size_t i = 0; i < CITY_EXAMPLES; i++) city->examples[i] = SIZE_MAX;
  quota_fill(city, &casting->categories, BY_CATEGORY, 6, category_of);
  quota_fill(city, &casting->sources, BY_SOURCE, 8, source_of);
  for (int round = 0; round < CITY_ROUNDS; round++)
    for (int outcome = 0; outcome < CITY_OUTCOMES; outcome++)
      for (size_t place = 0; place < ADMITTED[outcome][round]; place++) add_case(city, casting, (enum city_outcome)outcome, round, place);
  choose_handed(casting->cases, city->problem_count);
  add_beside(city, casting);
  for (size_t i = 0; i < city->problem_count; i++) city_plot(city, &casting->cases[i], i);
}
