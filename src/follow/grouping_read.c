/* Reading one appeal: its words and bigrams with their weights, which of them lie in names of places, the pairs of characters that find
   other spellings of a name, the square of the map it lies in. Bounded: of an enormous text only the beginning is read. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/tokens.h"
#include "follow/grouping_parts.h"

enum { HEAD = 30 /* tokens of a text without a title that say what it is about */, NAMES = 24, SCRATCH = 4096, CELL_METRES = 150, DIVISION_BYTES = 150 /* where a text says which district it is about */ };
enum { SEED_TOKEN = 1, SEED_SPELLING, SEED_CELL };

static uint64_t mix(uint64_t value) {
  value ^= value >> 32;
  value *= 0xd6e8feb86659fd93u;
  value ^= value >> 32;
  value *= 0xd6e8feb86659fd93u;
  return value ^ (value >> 32);
}

static uint64_t hash_of(uint64_t seed, const char *bytes, size_t size) {
  uint64_t hash = seed * 0x9e3779b97f4a7c15u + size, word;
  for (; size >= 8; bytes += 8, size -= 8) {
    memcpy(&word, bytes, 8);
    hash = mix(hash ^ word);
  }
  word = 0;
  memcpy(&word, bytes, size);
  return mix(hash ^ word);
}

/* Terms met so far in this appeal. */
struct met {
  uint64_t hash;
  float times;
  float field;            /* the heaviest of the fields it stands in */
  uint32_t flags, number; /* among the terms of events; 0: none */
};
struct collecting {
  struct met *items; size_t count;
  uint16_t table[SCRATCH];        /* number + 1 */
};

static void meet(struct collecting *all, uint64_t hash, float field, uint32_t flags) {
  size_t at = hash & (SCRATCH - 1);
  for (; all->table[at]; at = (at + 1) & (SCRATCH - 1)) {
    struct met *met = &all->items[all->table[at] - 1];
    if (met->hash != hash) continue;
    met->times += 1;
    if (field > met->field) met->field = field;
    met->flags |= flags;
    return;
  }
  if (all->count >= READING_TERMS) return;
  all->items[all->count++] = (struct met){hash, 1, field, flags, 0};
  all->table[at] = (uint16_t)all->count;
}

static uint64_t sounds_pair(uint16_t one, uint16_t other) {
  uint16_t pair[2] = {one < other ? one : other, one < other ? other : one};
  return hash_of(SEED_SPELLING, (const char *)pair, sizeof pair);
}

/* Pairs of sounds of a name without its ending, likewise: what it is called. */
static void name_sounds(const struct place_name *name, struct sounds **table, struct given *sounds) {
  const char *end = place_body_end(name);
  uint16_t numbers[16];
  size_t count = 0;
  for (const char *at = name->begin; at + 3 <= end && count < 16; at += 3) {
    if ((unsigned char)*at < 0xe0 || (unsigned char)*at >= 0xf0) return;
    numbers[count++] = sound_of(table, at);
  }
  for (size_t i = 0; i + 1 < count; i++)
    for (size_t j = i + 1; j < count && j <= i + 2; j++) given_put(sounds, sounds_pair(numbers[i], numbers[j]));
}

/* Pairs of the sounds of a name, next to each other or one apart, in either order: other spellings have them in common, names that only
   look alike do not. */
static void meet_spelling(struct collecting *all, const struct place_name *name, uint32_t flags, struct sounds **table) {
  uint16_t numbers[16];
  size_t count = 0;
  for (const char *at = name->begin; at < name->end && count < 16; at += 3) {
    if ((unsigned char)*at < 0xe0 || (unsigned char)*at >= 0xf0) return; /* words in letters are compared as words */
    numbers[count++] = sound_of(table, at);
  }
  for (size_t i = 0; i + 1 < count; i++)
    for (size_t j = i + 1; j < count && j <= i + 2; j++) meet(all, sounds_pair(numbers[i], numbers[j]), 1, TERM_SPELLING | flags);
}

/* One of the appeal's texts. `head`: so many tokens weigh as a title does. */
static void meet_text(struct collecting *all, struct arena *arena, const char *text, float title_weight, size_t head,
                      struct divisions *divisions, struct given *place /* all of it is one; NULL */, struct sounds **table,
                      struct given *sounds) {
  bool whole_place = place != NULL;
  struct place_name names[NAMES], district[DIVISIONS];
  size_t size = text ? strnlen(text, READING_BYTES) : 0, name = 0;
  if (!size) return;
  while (size == READING_BYTES && size && ((unsigned char)text[size] & 0xc0) == 0x80) size--;
  struct tokens tokens = tokens_of(arena, arena_copy(arena, text, size));
  if (!tokens.count) return;
  const char *begin = tokens.items[0].bytes, *end = tokens.items[tokens.count - 1].bytes + tokens.items[tokens.count - 1].size;
  size_t count = places_find(begin, (size_t)(end - begin), names, NAMES);
  const char *head_end = tokens.count > head ? tokens.items[head].bytes : end;
  size_t districts = districts_find(begin, (size_t)(end - begin) < DIVISION_BYTES ? (size_t)(end - begin) : DIVISION_BYTES, district,
                                    DIVISIONS),
         next = 0;
  for (size_t i = 0; i < districts; i++) divisions_name(divisions, &district[i]);
  if (place) given_read(districts ? district[districts - 1].end : begin, end, place);
  for (size_t i = 0; i < count; i++) name_sounds(&names[i], table, sounds);
  for (size_t i = 0; i < count; i++) meet_spelling(all, &names[i], head && names[i].begin < head_end ? TERM_TITLE : 0, table);
  for (size_t i = 0; i < tokens.count; i++) {
    const struct token *token = &tokens.items[i];
    while (name < count && names[name].end < token->bytes + token->size) name++;
    while (next < districts && district[next].end < token->bytes + token->size) next++;
    /* two places of one district are not the same place for it */
    if (whole_place && next < districts && token->bytes >= district[next].begin) continue;
    bool inside = whole_place || (name < count && token->bytes >= names[name].begin);
    meet(all, hash_of(SEED_TOKEN, token->bytes, token->size), i < head ? title_weight : 1,
         (inside ? TERM_PLACE : 0) | (i < head ? TERM_TITLE : 0));
  }
}

static void meet_cells(struct collecting *all, const struct grouping_appeal *appeal, bool around) {
  double row = appeal->latitude * 111320 / CELL_METRES,
         column = appeal->longitude * 111320 * cos(appeal->latitude * 0.017453292519943295) / CELL_METRES;
  for (int y = around ? -1 : 0; y <= (around ? 1 : 0); y++)
    for (int x = around ? -1 : 0; x <= (around ? 1 : 0); x++) {
      int64_t cell[2] = {(int64_t)floor(row) + y, (int64_t)floor(column) + x};
      meet(all, hash_of(SEED_CELL, (const char *)cell, sizeof cell), 1, TERM_CELL | (x || y ? TERM_SPELLING : 0));
    }
}

static int by_number(const void *one, const void *other) {
  uint32_t a = ((const struct read_feature *)one)->term & TERM_NUMBER, b = ((const struct read_feature *)other)->term & TERM_NUMBER;
  return (a > b) - (a < b);
}

/* Adds one feature to what a reading sums up. */
static void sum_up(struct reading *reading, const struct read_feature *feature, double *all, double *matter) {
  double share = (double)feature->weight * feature->rarity, rarity = feature->rarity;
  bool title = feature->term & TERM_TITLE;
  if (feature->term & TERM_CELL) return;
  if (feature->term & TERM_SPELLING) { reading->spelling_sum += 1; return; }
  reading->distinct++;
  *all += share * share;
  if (feature->term & TERM_PLACE) {
    reading->place_sum += rarity;
    if (title) reading->title_place_sum += rarity;
  } else {
    *matter += share * share;
    reading->matter_sum += rarity;
    if (title) reading->title_sum += rarity;
  }
}

/* What is known of a term by its number: counted, if so wished; and whether it is a part of places' names, here or mostly elsewhere. */
static bool term_is_place(const struct grouping_settings *settings, struct vocabulary_term *term, const struct met *met, bool count) {
  bool beside = (met->flags & TERM_CELL) && (met->flags & TERM_SPELLING);
  if (count && !beside) term->seen += 1;
  if (met->flags & (TERM_SPELLING | TERM_CELL)) return false;
  if (count && (met->flags & TERM_PLACE)) term->named += 1;
  return (met->flags & TERM_PLACE) ||
         (term->named >= (float)settings->named_least && term->named >= term->seen * (float)settings->named_share);
}

/* What a word counts for in a class: more if it names a topic; what only one appeal ever said tells none yet. */
static float class_weight(const struct grouping_settings *settings, const struct vocabulary *terms, uint32_t number, uint32_t last_topic) {
  return number <= last_topic ? (float)settings->class_topics : terms->items[number].seen < 2 ? 0.4f : 1;
}

/* What was met, as numbers of one table, with norms. */
static struct reading reading_of(struct arena *arena, const struct grouping_settings *settings, struct vocabulary *terms,
                                 struct collecting *all, bool count, bool matter_only, uint32_t last_topic) {
  struct reading reading = {.features = ARENA_ARRAY(arena, struct read_feature, all->count + 1)};
  double all_squares = 0, matter_squares = 0;
  if (count) terms->appeals += 1;
  for (size_t i = 0; i < all->count; i++) {
    struct met *met = &all->items[i];
    uint32_t number = matter_only && (met->flags & (TERM_SPELLING | TERM_CELL)) ? 0 : vocabulary_find(terms, met->hash, count),
             flags = met->flags;
    if (number && term_is_place(settings, &terms->items[number], met, count)) flags |= TERM_PLACE;
    if (!matter_only) met->number = number;
    if (matter_only && (!number || (flags & TERM_PLACE))) continue;
    struct read_feature feature = {number | flags,
                                   (flags & TERM_CELL) ? 1
                                   : met->times > 1    ? (1 + logf(met->times)) * met->field
                                                       : met->field,
                                   vocabulary_rarity(terms, number)};
    if (matter_only) feature.weight *= class_weight(settings, terms, number, last_topic);
    sum_up(&reading, &feature, &all_squares, &matter_squares);
    if (number) reading.features[reading.count++] = feature; /* one that was never seen before only weighs */
  }
  qsort(reading.features, reading.count, sizeof *reading.features, by_number);
  reading.norm = sqrt(all_squares);
  reading.matter_norm = sqrt(matter_squares);
  return reading;
}

struct reading grouping_read_matter(struct grouping *grouping, const struct group *event) {
  struct reading of = space_reading(grouping->arena, event),
                 reading = {.features = ARENA_ARRAY(grouping->arena, struct read_feature, of.count + 1),
                            .first = of.first,
                            .last = of.last,
                            .speaks_for = event->size};
  struct vocabulary *terms = &grouping->classes.terms;
  double all_squares = 0, matter_squares = 0;
  for (size_t i = 0; i < of.count; i++) {
    uint32_t term = of.features[i].term, number = 0;
    if (!(term & (TERM_PLACE | TERM_SPELLING | TERM_CELL)))
      number = vocabulary_find(terms, grouping->events.terms.items[term & TERM_NUMBER].hash, false);
    if (!number) continue;
    float weight = of.features[i].weight * class_weight(&grouping->settings, terms, number, grouping->topics.last);
    struct read_feature feature = {number | (term & TERM_TITLE), weight, vocabulary_rarity(terms, number)};
    sum_up(&reading, &feature, &all_squares, &matter_squares);
    reading.features[reading.count++] = feature;
  }
  qsort(reading.features, reading.count, sizeof *reading.features, by_number);
  reading.norm = sqrt(all_squares);
  reading.matter_norm = sqrt(matter_squares);
  memcpy(reading.topics, of.topics, sizeof reading.topics);
  reading.has_topics = of.has_topics;
  return reading;
}

uint64_t grouping_word_hash(const char *bytes, size_t size) { return hash_of(SEED_TOKEN, bytes, size); }

/* Counts the words that name a topic, in the title and behind it. */
static bool count_topics(const struct topics *topics, const struct collecting *all, float title[TOPIC_COUNT], float body[TOPIC_COUNT]) {
  bool some = false;
  for (size_t i = 0; i < all->count; i++) {
    const struct met *met = &all->items[i];
    if (!met->number || met->number > topics->last || (met->flags & (TERM_SPELLING | TERM_CELL))) continue;
    const uint8_t *named = topics->words[met->number];
    int parts = 0;
    while (parts < TOPICS_A_WORD && named[parts]) parts++;
    for (int j = 0; j < parts; j++) {
      if (met->flags & TERM_TITLE) title[named[j] - 1] += 1.0f / (float)parts;
      body[named[j] - 1] += (met->times - ((met->flags & TERM_TITLE) ? 1 : 0)) / (float)parts;
    }
    some = true;
  }
  return some;
}

/* Which topics it speaks of: a word in the title three times as much. */
static void read_topics(struct grouping *grouping, struct reading *reading, const struct collecting *all, bool count) {
  struct topics *topics = &grouping->topics;
  float title[TOPIC_COUNT] = {0}, body[TOPIC_COUNT] = {0};
  double squares = 0;
  if (!count_topics(topics, all, title, body)) return;
  for (int topic = 0; topic < TOPIC_COUNT; topic++) {
    if (title[topic] <= 0 && body[topic] <= 0) continue;
    float rarity = logf(((float)grouping->events.terms.appeals + 20) / (topics->seen[topic] + 2));
    if (count) topics->seen[topic] += 1;
    float weight = (3 * (title[topic] < 2 ? title[topic] : 2) + log1pf(body[topic])) * (rarity > 0.1f ? rarity : 0.1f);
    reading->topics[topic] = weight;
    squares += weight * weight;
  }
  reading->has_topics = squares > 0;
  for (int topic = 0; topic < TOPIC_COUNT && squares > 0; topic++) reading->topics[topic] /= (float)sqrt(squares);
}

struct readings grouping_read(struct grouping *grouping, const struct grouping_appeal *appeal, bool count) {
  struct arena *arena = grouping->arena;
  const struct grouping_settings *settings = &grouping->settings;
  struct collecting *all = ARENA_NEW(arena, struct collecting);
  all->items = ARENA_ARRAY(arena, struct met, READING_TERMS);
  bool titled = appeal->title && *appeal->title;
  float weight = (float)settings->title_weight;
  struct divisions divisions = {{0}};
  struct given given = {{0}}, sounds = {{0}};
  meet_text(all, arena, appeal->title, weight, READING_TERMS, &divisions, NULL, &grouping->sounds, &sounds);
  meet_text(all, arena, appeal->text, weight, titled ? 0 : HEAD, &divisions, NULL, &grouping->sounds, &sounds);
  meet_text(all, arena, appeal->place, 1, READING_TERMS, &divisions, &given, &grouping->sounds, &sounds);
  if (appeal->has_point) meet_cells(all, appeal, true);
  struct readings readings = {reading_of(arena, settings, &grouping->events.terms, all, count, false, 0),
                              reading_of(arena, settings, &grouping->classes.terms, all, count, true, grouping->topics.last)};
  readings.event.has_point = appeal->has_point;
  readings.event.divisions = divisions;
  readings.event.given = given;
  readings.event.sounds = sounds;
  readings.event.latitude = appeal->latitude;
  readings.event.longitude = appeal->longitude;
  readings.event.first = readings.event.last = readings.class.first = readings.class.last = appeal->moment;
  read_topics(grouping, &readings.event, all, count);
  memcpy(readings.class.topics, readings.event.topics, sizeof readings.class.topics);
  readings.class.has_topics = readings.event.has_topics;
  return readings;
}
