/* Private to command/: numbers from a seed, the same on every machine (splitmix64, public domain: Steele, Lea, Flood 2014). */
#ifndef BIHUAN_COMMAND_DEMO_RANDOM_H
#define BIHUAN_COMMAND_DEMO_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct demo_random { uint64_t state; };

static inline uint64_t demo_random_next(struct demo_random *random) {
  uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
  return z ^ z >> 31;
}
/* 0 … below-1; the slight leaning of the remainder is no matter here. */
static inline size_t demo_random_below(struct demo_random *random, size_t below) { return (size_t)(demo_random_next(random) % below); }

static inline void demo_random_shuffle(struct demo_random *random, uint8_t *items, size_t count) {
  for (size_t i = count; i > 1; i--) {
    size_t k = demo_random_below(random, i);
    uint8_t item = items[i - 1];
    items[i - 1] = items[k];
    items[k] = item;
  }
}
#endif
