/* Cells by open addressing over a dense array; dictionaries from values to small codes. */
#include "follow/cube.h"

#include <stdlib.h>
#include <string.h>

#include "base/room.h"

static union cell_key key_masked(const struct cube *cube, const union cell_key *key) {
  union cell_key masked = *key;
  for (unsigned d = 0; d < CUBE_DIMENSIONS; d++)
    if (!(cube->mask >> d & 1)) masked.codes[d] = 0;
  return masked;
}

static size_t key_home(const struct cube *cube, const union cell_key *key) {
  static const uint64_t factors[CUBE_WORDS] = {UINT64_C(0x9E3779B97F4A7C15), UINT64_C(0xC2B2AE3D27D4EB4F), UINT64_C(0x165667B19E3779F9)};
  uint64_t mixed = 0;
  for (size_t i = 0; i < CUBE_WORDS; i++) mixed += (key->words[i] ^ key->words[i] >> 29) * factors[i];
  return (size_t)(mixed ^ mixed >> 32) & (cube->slot_room - 1);
}

static uint32_t *slot_of(const struct cube *cube, const union cell_key *key) {
  size_t at = key_home(cube, key);
  for (; cube->slots[at]; at = (at + 1) & (cube->slot_room - 1)) {
    const union cell_key *standing = &cube->cells[cube->slots[at] - 1].key;
    if (memcmp(standing->words, key->words, sizeof key->words) == 0) break;
  }
  return &cube->slots[at];
}

static void slots_widen(struct cube *cube) {
  free(cube->slots);
  cube->slot_room = cube->slot_room ? 2 * cube->slot_room : 256;
  cube->slots = heap_zeroed(cube->slot_room, sizeof *cube->slots);
  for (size_t i = 0; i < cube->count; i++) *slot_of(cube, &cube->cells[i].key) = (uint32_t)(i + 1);
}

size_t cube_cell(struct cube *cube, const union cell_key *asked) {
  union cell_key key = key_masked(cube, asked);
  if (cube->slot_room < 2 * (cube->count + 1)) slots_widen(cube);
  uint32_t *slot = slot_of(cube, &key);
  if (*slot) return *slot - 1;
  if (cube->count == cube->room)
    cube->cells = heap_resized(cube->cells, (cube->room = cube->room ? 2 * cube->room : 64), sizeof *cube->cells);
  cube->cells[cube->count] = (struct cell){.key = key};
  *slot = (uint32_t)++cube->count;
  return cube->count - 1;
}

void cube_fill(struct cube *cube, const struct cube *from) {
  for (size_t i = 0; i < from->count; i++)
    if (from->cells[i].count) cube_add(cube, &from->cells[i].key, from->cells[i].count);
}

void cube_free(struct cube *cube) {
  free(cube->cells);
  free(cube->slots);
  *cube = (struct cube){0};
}

bool dictionary_code(struct dictionary *dictionary, int64_t value, uint16_t *code) {
  int64_t key = value == NOTHING ? NOTHING + 1 : value, known = map_get(&dictionary->codes, key);
  if (known != NOTHING) {
    *code = (uint16_t)known;
    return true;
  }
  if (dictionary->count > UINT16_MAX) return false;
  if (dictionary->count == dictionary->room)
    dictionary->values = heap_resized(dictionary->values, (dictionary->room = dictionary->room ? 2 * dictionary->room : 16),
                                      sizeof *dictionary->values);
  dictionary->values[dictionary->count] = value;
  map_put(&dictionary->codes, key, (int64_t)dictionary->count);
  *code = (uint16_t)dictionary->count++;
  return true;
}

void dictionary_free(struct dictionary *dictionary) {
  map_free(&dictionary->codes);
  free(dictionary->values);
  *dictionary = (struct dictionary){0};
}
