/* A classifier as bytes: a header (mark, version, byte order, how buckets are made), names of classes, buckets, rarities, weights, and the
   SHA-256 of all before it. What another program wrote in another way is refused, and the classifier is then trained anew. */
#include "follow/classifier_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/heap.h"

enum { VERSION = 1, BYTE_ORDER_MARK = 0x01020304 };
struct header {
  char mark[8];
  uint32_t version, byte_order, bucket_bits, class_count, feature_count, example_count;
  double scale, title_weight, count_power;
};
static const char MARK[8] = {'B', 'H', 'C', 'L', 'A', 'S', 'S', 0};

static size_t weights_size(const struct classifier *classifier) {
  return ((size_t)classifier->feature_count + 1) * classifier->class_count * sizeof(float);
}

void classifier_write(const struct classifier *classifier, struct buffer *out) {
  struct header header;
  uint8_t hash[HASH_SIZE];
  size_t begin = out->size;
  memset(&header, 0, sizeof header);
  memcpy(header.mark, MARK, sizeof MARK);
  header.version = VERSION, header.byte_order = BYTE_ORDER_MARK, header.bucket_bits = BUCKET_BITS;
  header.class_count = classifier->class_count, header.feature_count = classifier->feature_count,
  header.example_count = classifier->example_count;
  header.scale = classifier->scale, header.title_weight = TITLE_WEIGHT, header.count_power = COUNT_POWER;
  buffer_add(out, &header, sizeof header);
  for (uint32_t i = 0; i < classifier->class_count; i++) buffer_add(out, classifier->labels[i], strlen(classifier->labels[i]) + 1);
  buffer_add(out, classifier->buckets, classifier->feature_count * sizeof *classifier->buckets);
  buffer_add(out, classifier->rarity, classifier->feature_count * sizeof *classifier->rarity);
  buffer_add(out, classifier->weights, weights_size(classifier));
  hash_bytes(hash, out->bytes + begin, out->size - begin);
  buffer_add(out, hash, HASH_SIZE);
}

struct taking { const char *at; size_t left; bool cut; };
static void *take(struct taking *taking, size_t size) {
  void *bytes = heap_zeroed(size, 1);
  if (size > taking->left) taking->cut = true;
  else {
    memcpy(bytes, taking->at, size);
    taking->at += size;
    taking->left -= size;
  }
  return bytes;
}

static void labels_take(struct classifier *classifier, struct taking *taking) {
  for (uint32_t i = 0; i < classifier->class_count && !taking->cut; i++) {
    const char *end = memchr(taking->at, 0, taking->left);
    if (!end) taking->cut = true;
    else classifier->labels[i] = take(taking, (size_t)(end - taking->at) + 1);
  }
}

static bool header_fits(const struct header *header) {
  return memcmp(header->mark, MARK, sizeof MARK) == 0 && header->version == VERSION && header->byte_order == BYTE_ORDER_MARK &&
         header->bucket_bits == BUCKET_BITS && header->title_weight == TITLE_WEIGHT && header->count_power == COUNT_POWER &&
         header->class_count >= CLASSIFIER_CLASSES_LEAST && header->class_count <= CLASSIFIER_CLASSES_MOST &&
         header->feature_count <= BUCKETS;
}

struct classifier *classifier_read(const void *bytes, size_t size, struct label *wrong) {
  struct header header;
  uint8_t hash[HASH_SIZE];
  *wrong = (struct label){"模型文件不完整或被改动过", "the model's file is cut off or was altered"};
  if (size < sizeof header + HASH_SIZE) return NULL;
  hash_bytes(hash, bytes, size - HASH_SIZE);
  if (memcmp(hash, (const char *)bytes + size - HASH_SIZE, HASH_SIZE) != 0) return NULL;
  memcpy(&header, bytes, sizeof header);
  if (!header_fits(&header)) {
    *wrong = (struct label){"模型文件是另一个版本的", "the model's file is of another version"};
    return NULL;
  }
  struct taking taking = {(const char *)bytes + sizeof header, size - sizeof header - HASH_SIZE, false};
  struct classifier *classifier = HEAP_NEW(struct classifier);
  *classifier = (struct classifier){.class_count = header.class_count,
                                    .feature_count = header.feature_count,
                                    .example_count = header.example_count,
                                    .scale = header.scale};
  classifier->labels = heap_zeroed(classifier->class_count, sizeof *classifier->labels);
  labels_take(classifier, &taking);
  classifier->buckets = take(&taking, classifier->feature_count * sizeof *classifier->buckets);
  classifier->rarity = take(&taking, classifier->feature_count * sizeof *classifier->rarity);
  classifier->weights = take(&taking, weights_size(classifier));
  if (!taking.cut && taking.left == 0) return classifier;
  classifier_free(classifier);
  return NULL;
}
