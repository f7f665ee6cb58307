/* What a text says to a trained classifier: its tokens, each in a bucket of hash, weighed by how often and how rare (tf-idf); what they say
   for each class, added up, and made probabilities. */
#include "follow/classifier_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

/* ---- a text as buckets ---- */

struct gathering { struct arena *arena; struct bucket *items; size_t count, room; };

static void gather(struct gathering *gathering, const struct token *token, float count) {
  if (gathering->count == gathering->room) return;
  uint32_t bucket = (uint32_t)(hash_fingerprint(token->bytes, token->size) >> (64 - BUCKET_BITS));
  gathering->items[gathering->count++] = (struct bucket){bucket, count, token->bytes, (uint32_t)token->size};
}

static void gather_text(struct gathering *gathering, const char *text, float count) {
  size_t size = text ? strlen(text) : 0;
  if (!size) return;
  if (size > VECTOR_BYTES) {
    size = VECTOR_BYTES;
    while (((unsigned char)text[size] & 0xc0) == 0x80) size--;
  }
  struct tokens tokens = tokens_of(gathering->arena, arena_copy(gathering->arena, text, size));
  for (size_t i = 0; i < tokens.count && i < VECTOR_TOKENS; i++) gather(gathering, &tokens.items[i], count);
}

static int by_bucket(const void *one, const void *other) {
  const struct bucket *a = one, *b = other;
  if (a->bucket != b->bucket) return a->bucket < b->bucket ? -1 : 1;
  return (a->bytes > b->bytes) - (a->bytes < b->bytes);
}

struct vector vector_of(struct arena *arena, const char *title, const char *text) {
  struct gathering gathering = {.arena = arena, .room = VECTOR_MOST};
  size_t kept = 0, size = (title ? strlen(title) : 0) + (text ? strlen(text) : 0);
  if (size < gathering.room) gathering.room = size + 2;
  gathering.items = ARENA_ARRAY(arena, struct bucket, gathering.room);
  gather_text(&gathering, title, TITLE_WEIGHT);
  gather_text(&gathering, text, 1);
  qsort(gathering.items, gathering.count, sizeof *gathering.items, by_bucket);
  for (size_t i = 0; i < gathering.count; i++) {
    if (kept && gathering.items[kept - 1].bucket == gathering.items[i].bucket) gathering.items[kept - 1].count += gathering.items[i].count;
    else gathering.items[kept++] = gathering.items[i];
  }
  return (struct vector){gathering.items, kept};
}

/* ---- what it says ---- */

size_t classifier_weigh(const struct classifier *classifier, const struct vector *vector, struct weighed *out) {
  size_t count = 0;
  uint32_t feature = 0;
  double square = 0;
  for (size_t i = 0; i < vector->count; i++) {
    const struct bucket *bucket = &vector->items[i];
    uint32_t low = feature, high = classifier->feature_count;
    while (low < high) {
      uint32_t middle = low + (high - low) / 2;
      if (classifier->buckets[middle] < bucket->bucket) low = middle + 1;
      else high = middle;
    }
    feature = low;
    if (low == classifier->feature_count || classifier->buckets[low] != bucket->bucket) continue;
    float weight = powf(bucket->count, COUNT_POWER) * classifier->rarity[low];
    out[count++] = (struct weighed){low, weight, bucket};
    square += (double)weight * weight;
  }
  float norm = square > 0 ? (float)(1 / sqrt(square)) : 0;
  for (size_t i = 0; i < count; i++) out[i].weight *= norm;
  return count;
}

void classifier_decide(const struct classifier *classifier, const struct weighed *weighed, size_t count, double *values) {
  const float *alone = classifier->weights + (size_t)classifier->feature_count * classifier->class_count;
  for (uint32_t k = 0; k < classifier->class_count; k++) values[k] = alone[k];
  for (size_t i = 0; i < count; i++) {
    const float *row = classifier->weights + (size_t)weighed[i].feature * classifier->class_count;
    for (uint32_t k = 0; k < classifier->class_count; k++) values[k] += (double)weighed[i].weight * row[k];
  }
}

void classifier_certainties(double scale, double *values, size_t count) {
  double most = values[0], sum = 0;
  for (size_t i = 1; i < count; i++) most = values[i] > most ? values[i] : most;
  for (size_t i = 0; i < count; i++) sum += values[i] = exp(scale * (values[i] - most));
  for (size_t i = 0; i < count; i++) values[i] /= sum;
}

/* ---- why ---- */

struct spoken { const struct bucket *from; double value; };
static int by_value(const void *one, const void *other) {
  const struct spoken *a = one, *b = other;
  if (a->value != b->value) return a->value < b->value ? 1 : -1;
  return (a->from->bytes > b->from->bytes) - (a->from->bytes < b->from->bytes);
}

/* A word within one that was told, or around it, says the same again. */
static bool told(const struct classifier_answer *answer, const char *word) {
  for (size_t i = 0; i < answer->word_count; i++)
    if (strstr(answer->words[i].word, word) || strstr(word, answer->words[i].word)) return true;
  return false;
}

/* How much more a word says for the class than for the others on average. */
static void why(const struct classifier *classifier, const struct weighed *weighed, size_t count, uint32_t class, struct arena *arena,
                struct classifier_answer *answer) {
  struct spoken *spoken = ARENA_ARRAY(arena, struct spoken, count + 1);
  double sum = 0;
  size_t some = 0;
  for (size_t i = 0; i < count; i++) {
    const float *row = classifier->weights + (size_t)weighed[i].feature * classifier->class_count;
    double mean = 0;
    for (uint32_t k = 0; k < classifier->class_count; k++) mean += row[k];
    double value = weighed[i].weight * (row[class] - mean / classifier->class_count);
    if (value <= 0) continue;
    sum += value;
    spoken[some++] = (struct spoken){weighed[i].from, value};
  }
  qsort(spoken, some, sizeof *spoken, by_value);
  for (size_t i = 0; i < some && answer->word_count < CLASSIFIER_WORDS; i++) {
    const char *word = arena_copy(arena, spoken[i].from->bytes, spoken[i].from->size);
    if (!told(answer, word)) answer->words[answer->word_count++] = (struct classifier_word){word, spoken[i].value / sum};
  }
}

void classifier_judge(const struct classifier *classifier, const struct classifier_text *text, struct arena *arena,
                      struct classifier_answer *answer) {
  struct vector vector = vector_of(arena, text->title, text->text);
  struct weighed *weighed = ARENA_ARRAY(arena, struct weighed, vector.count + 1);
  double *values = ARENA_ARRAY(arena, double, classifier->class_count);
  size_t count = classifier_weigh(classifier, &vector, weighed);
  uint32_t best = 0;
  *answer = (struct classifier_answer){0};
  if (!count) return;
  classifier_decide(classifier, weighed, count, values);
  classifier_certainties(classifier->scale, values, classifier->class_count);
  while (answer->count < CLASSIFIER_CHOICES && answer->count < classifier->class_count) {
    uint32_t next = 0;
    for (uint32_t k = 1; k < classifier->class_count; k++) next = values[k] > values[next] ? k : next;
    if (!answer->count) best = next;
    answer->choices[answer->count++] = (struct classifier_choice){classifier->labels[next], values[next]};
    values[next] = -1;
  }
  why(classifier, weighed, count, best, arena, answer);
}

size_t classifier_classes(const struct classifier *classifier) { return classifier->class_count; }
size_t classifier_examples(const struct classifier *classifier) { return classifier->example_count; }

void classifier_free(struct classifier *classifier) {
  if (!classifier) return;
  for (uint32_t i = 0; classifier->labels && i < classifier->class_count; i++) free(classifier->labels[i]);
  free(classifier->labels);
  free(classifier->buckets);
  free(classifier->rarity);
  free(classifier->weights);
  free(classifier);
}
