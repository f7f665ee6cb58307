/* Groups with their centroids, and how the inverted index (grouping_vocabulary.c) finds them. What a search costs is bounded: the rarest
   terms are followed first, each to its newest groups only, and only the best few are compared exactly. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "follow/grouping_parts.h"

static double part(double of, double whole) { return whole > 0 ? of / whole : 0; }
static double at_most(double one, double other) { return one < other ? one : other; }
static double at_least(double one, double other) { return one > other ? one : other; }

/* ---- groups ---- */
void space_free(struct space *space) {
  for (uint32_t i = 1; i < space->count; i++) free(space->groups[i].features);
  for (uint32_t i = 1; i < space->terms.count; i++) free(space->terms.items[i].postings);
  free(space->groups);
  free(space->terms.items);
  free(space->terms.table);
  free(space->terms.weights);
  free(space->scratch);
  *space = (struct space){0};
}

void space_forget(struct space *space) {
  float *weights = space->terms.weights;
  space->terms.weights = NULL;
  space_free(space);
  space->terms.weights = weights;
}

uint32_t space_found(struct space *space, int64_t id) {
  if (!space->count) space->count = 1;
  if (space->count >= space->room) {
    space->room = space->room ? space->room + space->room / 2 : 1024;
    space->groups = heap_resized(space->groups, space->room, sizeof *space->groups);
  }
  uint32_t slot = space->count++;
  space->groups[slot] = (struct group){.id = id,
                                       .born = id,
                                       .latest = id,
                                       .into = slot,
                                       .first = GROUPING_NO_MOMENT,
                                       .last = GROUPING_NO_MOMENT};
  space->live++;
  space_touch(space, slot);
  return slot;
}

uint32_t space_stands(const struct space *space, uint32_t slot) {
  while (slot && space->groups[slot].into != slot) slot = space->groups[slot].into;
  return slot;
}

static void unlink_group(struct space *space, uint32_t slot) {
  struct group *group = &space->groups[slot];
  if (group->newer) space->groups[group->newer].older = group->older;
  else if (space->newest == slot) space->newest = group->older;
  if (group->older) space->groups[group->older].newer = group->newer;
  else if (space->oldest == slot) space->oldest = group->newer;
  group->newer = group->older = 0;
}

void space_touch(struct space *space, uint32_t slot) {
  if (space->newest == slot) return;
  unlink_group(space, slot);
  space->groups[slot].older = space->newest;
  if (space->newest) space->groups[space->newest].newer = slot;
  space->newest = slot;
  if (!space->oldest) space->oldest = slot;
}

static void group_close(struct space *space, uint32_t slot, enum group_state state) {
  struct group *group = &space->groups[slot];
  if (group->state == GROUP_LIVE) {
    unlink_group(space, slot);
    space->live--;
  }
  free(group->features);
  group->features = NULL;
  group->feature_count = 0;
  group->state = (uint8_t)state;
}

void space_retire(struct space *space, uint32_t slot) { group_close(space, slot, GROUP_RETIRED); }

void space_empty(struct space *space, uint32_t slot) {
  struct group *group = &space->groups[slot];
  group->feature_count = 0;
  group->size = group->points = 0;
  group->first = group->last = GROUPING_NO_MOMENT;
  group->divisions = (struct divisions){{0}};
  group->given = group->sounds = (struct given){{0}};
  group->topic_norm = 0;
  memset(group->topics, 0, sizeof group->topics);
}

/* ---- centroids ---- */
/* A feature while a centroid is being made: share of 65,535 in the members, and whether the term led here before. */
struct mixing { uint32_t term; float weight, rarity; bool led; };

static int by_worth(const void *one, const void *other) {
  const struct mixing *a = one, *b = other;
  double first = (double)a->weight * a->rarity, second = (double)b->weight * b->rarity;
  if (first != second) return first < second ? 1 : -1;
  return ((a->term & TERM_NUMBER) > (b->term & TERM_NUMBER)) - ((a->term & TERM_NUMBER) < (b->term & TERM_NUMBER));
}

static bool is_extra(uint32_t term) { return term & (TERM_SPELLING | TERM_CELL); }

enum { MIXING = READING_TERMS + GROUP_TERMS + GROUP_PLACE_TERMS + 64 };

/* The first, by worth, of the words (or extras) that has no room among the `most` best. False: all have. Choosing it is linear; the two
   sorts that did it before, by worth and back into order, were a tenth of an appeal's time. */
static bool first_beyond(const struct mixing *mixing, size_t count, bool extra, size_t most, struct mixing *beyond) {
  struct mixing some[MIXING];
  ptrdiff_t low = 0, high, wanted = (ptrdiff_t)most, there = 0;
  for (size_t i = 0; i < count; i++)
    if (is_extra(mixing[i].term) == extra) some[there++] = mixing[i];
  if (there <= wanted) return false;
  for (high = there - 1; low < high;) {
    struct mixing middle = some[low + (high - low) / 2];
    ptrdiff_t i = low, j = high;
    while (i <= j) {
      while (by_worth(&some[i], &middle) < 0) i++;
      while (by_worth(&some[j], &middle) > 0) j--;
      if (i > j) break;
      struct mixing moved = some[i];
      some[i++] = some[j];
      some[j--] = moved;
    }
    if (wanted <= j) high = j;
    else if (wanted >= i) low = i;
    else break;
  }
  *beyond = some[wanted];
  return true;
}

/* What the features of a group add up to: in all, and apart by what they are. */
struct sums { double all, matter /* of squared shares */, words, place, spelling, title, title_place /* of rarities, in 1/4,096 */; };

static void sums_add(struct sums *sums, const struct feature *feature) {
  double share = (double)feature->weight * feature->rarity;
  bool titled = (feature->term & TERM_TITLE) != 0;
  if (feature->term & TERM_CELL) return;
  if (feature->term & TERM_SPELLING) {
    sums->spelling += 1;
    return;
  }
  sums->all += share * share;
  if (feature->term & TERM_PLACE) {
    sums->place += feature->rarity;
    if (titled) sums->title_place += feature->rarity;
  } else {
    sums->matter += share * share;
    sums->words += feature->rarity;
    if (titled) sums->title += feature->rarity;
  }
}

static void sums_write(const struct sums *sums, struct group *group) {
  group->norm = (float)sqrt(sums->all);
  group->matter_norm = (float)sqrt(sums->matter);
  group->matter_sum = (float)(sums->words / 4096);
  group->place_sum = (float)(sums->place / 4096);
  group->spelling_sum = (float)sums->spelling;
  group->title_sum = (float)(sums->title / 4096);
  group->title_place_sum = (float)(sums->title_place / 4096);
}

/* The best of what was mixed, moved to the front in order; how many. A list that is short as a whole is not weighed: of extras the first
   stay. */
static size_t keep_best(struct mixing *mixing, size_t count, size_t most, size_t most_extra) {
  struct mixing beyond[2];
  bool weighed = count > most, cut[2] = {weighed && first_beyond(mixing, count, false, most, &beyond[0]),
                                         weighed && first_beyond(mixing, count, true, most_extra, &beyond[1])};
  size_t extras = 0, kept = 0;
  for (size_t i = 0; i < count; i++) {
    bool extra = is_extra(mixing[i].term);
    if (cut[extra] && by_worth(&mixing[i], &beyond[extra]) >= 0) continue;
    if (!weighed && extra && ++extras > most_extra) continue;
    if (mixing[i].weight < 0.5f) continue;
    mixing[kept++] = mixing[i];
  }
  return kept;
}

/* The best of what was mixed become the group's features. */
static void group_settle(struct space *space, uint32_t slot, struct mixing *mixing, size_t count, size_t most, size_t most_extra) {
  struct group *group = &space->groups[slot];
  struct sums sums = {0};
  size_t kept = keep_best(mixing, count, most, most_extra);
  if (kept != group->feature_count) group->features = heap_resized(group->features, kept + 1, sizeof *group->features);
  for (size_t i = 0; i < kept; i++) {
    float weight = mixing[i].weight > 65535 ? 65535 : mixing[i].weight;
    struct feature *feature = &group->features[i];
    *feature = (struct feature){mixing[i].term, (uint16_t)(weight + 0.5f), (uint16_t)(mixing[i].rarity * 4096 + 0.5f)};
    sums_add(&sums, feature);
    if (!mixing[i].led) vocabulary_lead(&space->terms.items[feature->term & TERM_NUMBER], slot);
  }
  group->feature_count = (uint16_t)kept;
  sums_write(&sums, group);
}

static struct mixing *scratch_of(struct space *space) {
  if (!space->scratch) space->scratch = heap_resized(NULL, 3 * MIXING, sizeof *space->scratch);
  return space->scratch;
}

/* What a reading gives to a centroid: shares of unit length, of which only the best are worth mixing in. */
static size_t mixing_of(const struct reading *reading, struct mixing *mixing) {
  size_t count = 0;
  double scale = reading->norm > 0 ? 65535 / reading->norm : 0;
  for (size_t i = 0; i < reading->count; i++) {
    const struct read_feature *feature = &reading->features[i];
    if ((feature->term & TERM_CELL) && (feature->term & TERM_SPELLING)) continue; /* a square beside the one it lies in */
    float weight = is_extra(feature->term) ? 4096 : (float)(feature->weight * scale);
    mixing[count++] = (struct mixing){feature->term, weight, feature->rarity, false};
  }
  return count;
}

/* Joins two ordered lists: shares weighed by sizes. */
static size_t mix_lists(const struct mixing *one, size_t one_count, double one_part, const struct mixing *other, size_t other_count,
                        double other_part, struct mixing *out) {
  size_t i = 0, j = 0, count = 0;
  while (i < one_count || j < other_count) {
    uint32_t a = i < one_count ? one[i].term & TERM_NUMBER : UINT32_MAX, b = j < other_count ? other[j].term & TERM_NUMBER : UINT32_MAX;
    struct mixing *to = &out[count++];
    if (a < b) *to = one[i++], to->weight = (float)(to->weight * one_part);
    else if (b < a) *to = other[j++], to->weight = (float)(to->weight * other_part);
    else {
      *to = (struct mixing){one[i].term | other[j].term, (float)(one[i].weight * one_part + other[j].weight * other_part), other[j].rarity,
                            one[i].led || other[j].led};
      i++, j++;
    }
  }
  return count;
}

static size_t mixing_of_group(const struct group *group, struct mixing *mixing, bool led) {
  for (size_t i = 0; i < group->feature_count; i++)
    mixing[i] = (struct mixing){group->features[i].term, group->features[i].weight, group->features[i].rarity / 4096.0f, led};
  return group->feature_count;
}

static void take(struct space *space, uint32_t slot, const struct reading *reading, double group_part, double part, size_t most,
                 size_t most_extra) {
  struct mixing old[GROUP_TERMS + GROUP_PLACE_TERMS], *fresh = scratch_of(space), *mixed = fresh + MIXING;
  size_t old_count = mixing_of_group(&space->groups[slot], old, true), fresh_count = mixing_of(reading, fresh);
  size_t count = mix_lists(old, old_count, group_part, fresh, fresh_count, part, mixed);
  group_settle(space, slot, mixed, count, most, most_extra);
}

/* Led already: nothing in the table of terms leads to it. The spaces' scratch is used and nothing else of it. */
struct group space_alone(struct arena *arena, struct space *space, const struct reading *reading) {
  struct group group = {.into = 1};
  struct space alone = {.groups = ARENA_ARRAY(arena, struct group, 2), .count = 2, .room = 2};
  struct mixing *mixing = scratch_of(space);
  size_t count = mixing_of(reading, mixing);
  for (size_t i = 0; i < count; i++) mixing[i].led = true;
  alone.groups[1] = group;
  group_settle(&alone, 1, mixing, count, GROUP_TERMS, GROUP_PLACE_TERMS);
  struct group *made = &alone.groups[1];
  struct feature *kept = ARENA_ARRAY(arena, struct feature, made->feature_count + 1u);
  if (made->feature_count) memcpy(kept, made->features, made->feature_count * sizeof *kept);
  free(made->features);
  made->features = kept;
  made->points = reading->has_point;
  made->latitude = (float)reading->latitude;
  made->longitude = (float)reading->longitude;
  made->divisions = reading->divisions;
  made->given = reading->given;
  made->sounds = reading->sounds;
  return *made;
}

/* The time in which a group's appeals came grows. */
static void group_lasts(struct group *group, int64_t first, int64_t last) {
  if (first == GROUPING_NO_MOMENT) return;
  if (group->first == GROUPING_NO_MOMENT || first < group->first) group->first = first;
  if (group->last == GROUPING_NO_MOMENT || last > group->last) group->last = last;
}

/* The topics of a group: the mean of its members', the weightiest kept. */
static void topics_mix(struct group *group, double group_part, const float *fresh, double fresh_part) {
  float mixed[TOPIC_COUNT];
  uint8_t there[TOPIC_COUNT];
  int count = 0;
  for (int i = 0; i < TOPIC_COUNT; i++) mixed[i] = (float)(fresh[i] * fresh_part * 65535);
  for (int i = 0; i < GROUP_TOPICS; i++)
    if (group->topics[i].topic) mixed[group->topics[i].topic - 1] += (float)(group->topics[i].weight * group_part);
  for (int i = 0; i < TOPIC_COUNT; i++)
    if (mixed[i] >= 1) there[count++] = (uint8_t)i;
  double squares = 0;
  memset(group->topics, 0, sizeof group->topics);
  for (int kept = 0; kept < GROUP_TOPICS && kept < count; kept++) {
    int best = kept;
    for (int i = kept + 1; i < count; i++)
      if (mixed[there[i]] > mixed[there[best]]) best = i;
    uint8_t topic = there[best];
    there[best] = there[kept];
    there[kept] = topic;
    group->topics[kept] = (struct topic_share){(uint16_t)(topic + 1), (uint16_t)at_most(mixed[topic], 65535)};
    squares += (double)group->topics[kept].weight * group->topics[kept].weight;
  }
  group->topic_norm = (float)sqrt(squares);
}

static void topics_of_group(const struct group *group, float topics[TOPIC_COUNT]) {
  memset(topics, 0, TOPIC_COUNT * sizeof *topics);
  for (int i = 0; i < GROUP_TOPICS && group->topic_norm > 0; i++)
    if (group->topics[i].topic) topics[group->topics[i].topic - 1] = group->topics[i].weight / group->topic_norm;
}

void space_take_in(struct space *space, uint32_t slot, const struct reading *reading, size_t most, size_t most_extra) {
  struct group *group = &space->groups[slot];
  uint32_t added = reading->speaks_for ? reading->speaks_for : 1;
  double size = group->size, whole = size + added;
  if (group->state == GROUP_LIVE) take(space, slot, reading, size / whole, added / whole, most, most_extra);
  topics_mix(group, size / whole, reading->topics, added / whole);
  group->size += added;
  divisions_add(&group->divisions, &reading->divisions);
  given_add(&group->given, &reading->given);
  given_add(&group->sounds, &reading->sounds);
  group_lasts(group, reading->first, reading->last);
  if (reading->has_point) {
    group->points++;
    group->latitude += (float)((reading->latitude - group->latitude) / group->points);
    group->longitude += (float)((reading->longitude - group->longitude) / group->points);
  }
}

void space_take_out(struct space *space, uint32_t slot, const struct reading *reading, size_t most, size_t most_extra) {
  struct group *group = &space->groups[slot];
  double size = group->size;
  if (group->size > 1) {
    if (group->state == GROUP_LIVE) take(space, slot, reading, size / (size - 1), -1 / (size - 1), most, most_extra);
    topics_mix(group, size / (size - 1), reading->topics, -1 / (size - 1));
    group->size--;
  }
}

void space_join(struct space *space, uint32_t from, uint32_t to, size_t most, size_t most_extra) {
  struct mixing *lists = scratch_of(space), *second = lists + MIXING, *mixed = second + MIXING;
  struct group *giver = &space->groups[from], *taker = &space->groups[to];
  double size = (double)giver->size + taker->size;
  size_t one = mixing_of_group(taker, lists, true), other = mixing_of_group(giver, second, false);
  size_t count = mix_lists(lists, one, taker->size / size, second, other, giver->size / size, mixed);
  if (taker->state != GROUP_LIVE && giver->state == GROUP_LIVE) { /* what had retired is live again */
    taker->state = GROUP_LIVE;
    space->live++;
    space_touch(space, to);
  }
  if (taker->state == GROUP_LIVE) group_settle(space, to, mixed, count, most, most_extra);
  float topics[TOPIC_COUNT];
  for (int i = 0; i < TOPIC_COUNT; i++) topics[i] = 0;
  for (int i = 0; i < GROUP_TOPICS; i++)
    if (giver->topics[i].topic) topics[giver->topics[i].topic - 1] = giver->topics[i].weight / 65535.0f;
  topics_mix(taker, taker->size / size, topics, giver->size / size);
  uint32_t points = giver->points + taker->points;
  if (points) {
    taker->latitude = (float)(((double)taker->latitude * taker->points + (double)giver->latitude * giver->points) / points);
    taker->longitude = (float)(((double)taker->longitude * taker->points + (double)giver->longitude * giver->points) / points);
  }
  taker->points = points;
  divisions_add(&taker->divisions, &giver->divisions);
  given_add(&taker->given, &giver->given);
  given_add(&taker->sounds, &giver->sounds);
  group_lasts(taker, giver->first, giver->last);
  taker->size += giver->size;
  if (giver->latest > taker->latest) taker->latest = giver->latest;
  if (giver->touched > taker->touched) taker->touched = giver->touched;
  if (giver->own_since > taker->own_since) taker->own_since = giver->own_since;
  if (giver->born < taker->born) taker->born = giver->born;
  group_close(space, from, GROUP_MERGED);
  giver->into = to;
}

struct reading space_reading(struct arena *arena, const struct group *group) {
  struct reading reading = {.features = ARENA_ARRAY(arena, struct read_feature, group->feature_count + 1u), .count = group->feature_count,
    .norm = group->norm / (65535.0 * 4096), .matter_norm = group->matter_norm / (65535.0 * 4096), .matter_sum = group->matter_sum, .place_sum = group->place_sum, .spelling_sum = group->spelling_sum, .title_sum = group->title_sum, .title_place_sum = group->title_place_sum,
    .first = group->first, .last = group->last, .has_point = group->points > 0, .latitude = group->latitude, .longitude = group->longitude, .divisions = group->divisions, .given = group->given, .sounds = group->sounds};
  for (size_t i = 0; i < reading.count; i++) {
    const struct feature *feature = &group->features[i];
    reading.features[i] = (struct read_feature){feature->term, feature->weight / 65535.0f, feature->rarity / 4096.0f};
    reading.distinct += !is_extra(feature->term);
  }
  topics_of_group(group, reading.topics);
  reading.has_topics = group->topic_norm > 0;
  return reading;
}

#define RARE 2.2 /* a word is rare whose rarity is above */

/* ---- search ---- */
#define LEAST_SHARED 0.2f /* of what the best candidate shares in rare terms */
struct tally { uint32_t slot; float weight; };
struct wanted { uint32_t number; float weight; };

static bool weighs_more(const struct wanted *one, const struct wanted *other) {
  return one->weight != other->weight ? one->weight > other->weight : one->number < other->number;
}

/* The terms that lead furthest, best first. */
static size_t wanted_terms(const struct space *space, const struct reading *reading, struct wanted wanted[SEARCH_TERMS]) {
  size_t count = 0;
  for (size_t i = 0; i < reading->count; i++) {
    const struct read_feature *feature = &reading->features[i];
    struct wanted one = {feature->term & TERM_NUMBER,
                         feature->weight * feature->rarity * feature->rarity * (is_extra(feature->term) ? 0.6f : 1)};
    if (!space->terms.items[one.number].count || (count == SEARCH_TERMS && !weighs_more(&one, &wanted[count - 1]))) continue;
    size_t at = count < SEARCH_TERMS ? count++ : count - 1;
    for (; at && weighs_more(&one, &wanted[at - 1]); at--) wanted[at] = wanted[at - 1];
    wanted[at] = one;
  }
  return count;
}

/* choice: NULL all; asked only of what would be among the best. */
static inline size_t best_of(const struct tally *tallies, size_t count, const struct space_choice *choice, uint32_t slots[CANDIDATES]) {
  struct tally best[CANDIDATES];
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    struct tally tally = tallies[i];
    if (kept == CANDIDATES && tally.weight <= best[kept - 1].weight) continue;
    if (choice && !choice->takes(choice->with, tally.slot)) continue;
    size_t at = kept < CANDIDATES ? kept++ : kept - 1;
    for (; at && (best[at - 1].weight < tally.weight || (best[at - 1].weight == tally.weight && best[at - 1].slot > tally.slot)); at--)
      best[at] = best[at - 1];
    best[at] = tally;
  }
  size_t worth = 0; /* what shares little is not compared */
  for (; worth < kept && best[worth].weight >= best[0].weight * LEAST_SHARED; worth++) slots[worth] = best[worth].slot;
  return worth;
}

/* Groups with the weight of the terms that lead there, in tallies; how many. `table`: 1 << bits numbers of tallies, all 0, by hash of the
   slot; most: postings to look at. Both are constants where it is called, as this is where the engine spends its time. */
static inline size_t tally_all(const struct space *space, const struct wanted *wanted, size_t count, struct tally *tallies, uint16_t *table,
                               unsigned bits, size_t most) {
  size_t looked = 0, tallied = 0, mask = ((size_t)1 << bits) - 1;
  for (size_t i = 0; i < count && looked < most; i++) {
    const struct vocabulary_term *term = &space->terms.items[wanted[i].number];
    looked += term->count;
    for (size_t j = 0; j < term->count; j++) {
      uint32_t slot = term->postings[j];
      size_t at = (slot * 2654435761u >> (32 - bits)) & mask;
      while (table[at] && tallies[table[at] - 1].slot != slot) at = (at + 1) & mask;
      if (!table[at]) {
        tallies[tallied] = (struct tally){slot, 0};
        table[at] = (uint16_t)++tallied;
      }
      tallies[table[at] - 1].weight += wanted[i].weight;
    }
  }
  return tallied;
}

size_t space_search(const struct space *space, const struct reading *reading, uint32_t slots[CANDIDATES]) {
  enum { BITS = 12 };
  struct wanted wanted[SEARCH_TERMS];
  struct tally tallies[SEARCH_POSTINGS + POSTINGS];
  uint16_t table[1 << BITS] = {0};
  size_t count = wanted_terms(space, reading, wanted);
  return best_of(tallies, tally_all(space, wanted, count, tallies, table, BITS, SEARCH_POSTINGS), NULL, slots);
}

size_t space_search_among(const struct space *space, const struct reading *reading, const struct space_choice *choice,
                          uint32_t slots[CANDIDATES]) {
  enum { BITS = 14, MOST = SEARCH_TERMS * POSTINGS };
  struct wanted wanted[SEARCH_TERMS];
  struct tally tallies[MOST];
  uint16_t table[1 << BITS] = {0};
  size_t count = wanted_terms(space, reading, wanted);
  return best_of(tallies, tally_all(space, wanted, count, tallies, table, BITS, MOST), choice, slots);
}

static double metres_between(const struct group *group, const struct reading *reading) {
  double north = (group->latitude - reading->latitude) * 111320;
  double east = (group->longitude - reading->longitude) * 111320 * cos(reading->latitude * 0.017453292519943295);
  return sqrt(north * north + east * east);
}

/* What two have in common, added up over the words of both. */
struct common {
  double all, matter, words_mine, words_theirs, rare, rare_titles, title_mine, title_theirs, titles_mine, titles_theirs, place_mine,
      place_theirs, title_place_mine, title_place_theirs, title_places, spelling;
};

static void common_word(struct common *common, uint32_t mine, uint32_t theirs, double my_rarity, double their_rarity, double product) {
  common->all += product;
  if (!((mine | theirs) & TERM_PLACE)) {
    common->matter += product;
    common->words_mine += my_rarity;
    common->words_theirs += their_rarity;
    if (my_rarity > RARE) common->rare += my_rarity - RARE;
    if (mine & TERM_TITLE) common->title_mine += my_rarity;
    if (theirs & TERM_TITLE) common->title_theirs += their_rarity;
    if (mine & theirs & TERM_TITLE && my_rarity > RARE) common->rare_titles += my_rarity - RARE;
    if (mine & theirs & TERM_TITLE) common->titles_mine += my_rarity, common->titles_theirs += their_rarity;
  }
  if (mine & TERM_PLACE) {
    common->place_mine += my_rarity;
    if (mine & TERM_TITLE) common->title_place_mine += my_rarity;
  }
  if (theirs & TERM_PLACE) {
    common->place_theirs += their_rarity;
    if (theirs & TERM_TITLE) common->title_place_theirs += their_rarity;
  }
  if ((mine | theirs) & TERM_PLACE && mine & theirs & TERM_TITLE) common->title_places += my_rarity;
}

static struct common common_of(const struct group *group, const struct reading *reading) {
  struct common common = {0};
  for (size_t i = 0, j = 0; i < reading->count && j < group->feature_count;) {
    const struct read_feature *one = &reading->features[i];
    const struct feature *other = &group->features[j];
    uint32_t a = one->term & TERM_NUMBER, b = other->term & TERM_NUMBER;
    if (a < b) i++;
    else if (b < a) j++;
    else {
      if (one->term & TERM_CELL) {}
      else if (one->term & TERM_SPELLING) common.spelling += 1;
      else
        common_word(&common, one->term, other->term, one->rarity, other->rarity / 4096.0,
                    (double)one->weight * one->rarity * other->weight * other->rarity);
      i++, j++;
    }
  }
  return common;
}

struct likeness space_compare(const struct group *group, const struct reading *reading) {
  struct common common = common_of(group, reading);
  struct likeness likeness = {.topics = space_topics(group, reading),
    .all = part(common.all, reading->norm * group->norm), .matter = part(common.matter, reading->matter_norm * group->matter_norm),
    .title_mine = part(common.title_mine, reading->title_sum), .title_theirs = part(common.title_theirs, group->title_sum),
    .titles_mine = part(common.titles_mine, reading->title_sum), .titles_theirs = part(common.titles_theirs, group->title_sum),
    .body_mine = part(common.words_mine, reading->matter_sum), .body_theirs = part(common.words_theirs, group->matter_sum), .rare = common.rare, .rare_titles = common.rare_titles,
    .title_place_mine = part(common.title_place_mine, reading->title_place_sum), .title_place_theirs = part(common.title_place_theirs, group->title_place_sum),
    .title_places = part(common.title_places, at_most(reading->title_place_sum, group->title_place_sum)),
    .spelling = part(common.spelling, at_most(reading->spelling_sum, group->spelling_sum))};
  likeness.divided = divisions_differ(&group->divisions, &reading->divisions);
  likeness.given_apart = given_differ(&group->given, &reading->given);
  likeness.sounds_apart = given_differ(&group->sounds, &reading->sounds);
  double mine = part(common.place_mine, reading->place_sum), theirs = part(common.place_theirs, group->place_sum);
  likeness.place = at_least(mine, theirs);
  likeness.place_least = at_most(mine, theirs);
  if (reading->has_point && group->points) {
    likeness.shares_point = true;
    likeness.metres = metres_between(group, reading);
  }
  return likeness;
}

double space_matter(const struct group *group, const struct reading *reading) {
  double matter = 0;
  for (size_t i = 0, j = 0; i < reading->count && j < group->feature_count;) {
    uint32_t a = reading->features[i].term & TERM_NUMBER, b = group->features[j].term & TERM_NUMBER;
    if (a == b)
      matter += (double)reading->features[i].weight * reading->features[i].rarity * group->features[j].weight * group->features[j].rarity;
    i += a <= b;
    j += b <= a;
  }
  return part(matter, reading->matter_norm * group->matter_norm);
}

double space_topics(const struct group *group, const struct reading *reading) {
  double topics = 0;
  for (int i = 0; i < GROUP_TOPICS; i++)
    if (group->topics[i].topic) topics += reading->topics[group->topics[i].topic - 1] * group->topics[i].weight;
  return part(topics, group->topic_norm);
}

size_t space_bytes(const struct space *space) {
  size_t bytes = space->room * sizeof *space->groups + space->terms.room * sizeof *space->terms.items +
                 space->terms.table_size * sizeof *space->terms.table;
  for (uint32_t i = 1; i < space->count; i++) bytes += space->groups[i].feature_count * sizeof *space->groups[i].features + 16;
  for (uint32_t i = 1; i < space->terms.count; i++)
    bytes += space->terms.items[i].room * sizeof *space->terms.items[i].postings + (space->terms.items[i].room ? 16 : 0);
  return bytes;
}
