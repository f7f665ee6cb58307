/* Arrays sorted by a number that each item bears. */
#ifndef BIHUAN_BASE_SORTED_H
#define BIHUAN_BASE_SORTED_H

#include <stddef.h>
#include <stdint.h>

/* Index of the first item whose number is not below `key`; count when there is none. `offset`: of the int64_t within an item of `size`
   bytes. */
static inline size_t sorted_place(const void *items, size_t count, size_t size, size_t offset, int64_t key) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (*(const int64_t *)((const char *)items + middle * size + offset) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
/* The member must be an int64_t: any other size does not compile. */
#define SORTED_PLACE(items, count, member, key) \
  sorted_place(items, count, sizeof *(items) + 0 * sizeof(char[sizeof (items)->member == sizeof(int64_t) ? 1 : -1]), offsetof(__typeof__(*(items)), member), key)

#endif
