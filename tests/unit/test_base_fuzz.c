/* Any bytes at all through everything that reads text: nothing crashes, and what comes out is well formed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include <stdlib.h>

#include "base/moment.h"
#include "base/text.h"
#include "base/tokens.h"

static uint64_t seed = UINT64_C(0x9e3779b97f4a7c15);

static uint32_t random_below(uint32_t limit) { /* the same on every run */
  seed ^= seed << 13;
  seed ^= seed >> 7;
  seed ^= seed << 17;
  return (uint32_t)(seed >> 32) % limit;
}

static const char *const pieces[] = {
    "中", "文", "a", "Z", "9", " ", "\n", "\r\n", "\t", "　", "\u200b", "\u200d", "\ufeff", "e\u0301", "\u0301", "\u3099", "か", "カ", "ｶﾞ", "각", "\u1100\u1161",
    "😀", "👍🏽", "…", "ﷺ", "①", "㍿", "ไทย", "𠮷", "\xe4\xb8", "\xff", "\xd6\xd0", "\xed\xa0\x80", "2026-11-23", "T", "8:30", "年", "+08:00", "Z", ".5", "-", "/"};

/* Half of the inputs are raw bytes, half are made of pieces that mean something to somebody. */
static size_t random_input(char *bytes, size_t room) {
  size_t size = 0, count = random_below(40);
  if (random_below(2)) {
    for (size = 0; size < count * 2; size++) bytes[size] = (char)random_below(random_below(2) ? 256 : 128);
    return size;
  }
  for (size_t i = 0; i < count; i++) {
    const char *piece = pieces[random_below(sizeof pieces / sizeof *pieces)];
    memcpy(bytes + size, piece, strlen(piece));
    size += strlen(piece);
  }
  return size;
}

static void check_text(struct arena *arena, const char *text) {
  for (int lines = 0; lines < 2; lines++) {
    char *clean = text_clean(arena, text, lines);
    assert_true(text_valid(clean, strlen(clean)) || !text_valid(text, strlen(text)));
    assert_string_equal(text_clean(arena, clean, lines), clean);
  }
  char *folded = text_fold(arena, text);
  assert_true(text_valid(folded, strlen(folded)));
  assert_string_equal(text_fold(arena, folded), folded);
  assert_int_equal(text_distance(text, folded, 5), 0);
  struct tokens tokens = tokens_of(arena, text);
  struct buffer joined = {.arena = arena}, written = {.arena = arena};
  for (size_t i = 0; i < tokens.count; i++) {
    assert_true(tokens.items[i].size && text_valid(tokens.items[i].bytes, tokens.items[i].size));
    if (i) buffer_byte(&joined, ' ');
    buffer_add(&joined, tokens.items[i].bytes, tokens.items[i].size);
  }
  buffer_text(&joined, "");
  tokens_write(&written, text);
  assert_string_equal(joined.bytes, written.bytes);
}

static void check_numbers(struct arena *arena, const char *text) {
  int64_t value, again;
  if (moment_parse(text, &value)) assert_true(moment_parse(moment_print(arena, value), &again) ? again == value : text[0] != '2');
  if (date_parse(text, &value)) assert_true(date_parse(date_print(arena, value), &again) && again == value);
  if (text_to_decimal(text, 4, &value)) assert_true(text_to_decimal(text_from_decimal(arena, value, 4), 4, &again) && again == value);
}

static void any_bytes_can_be_read(void **state) {
  struct arena *arena = arena_new();
  for (int round = 0; round < 20000; round++) {
    char bytes[1024];
    size_t size = random_input(bytes, sizeof bytes), out_size = 0, bad = 0;
    char *exact = malloc(size + 1); /* so that a sanitizer sees one byte too far */
    memcpy(exact, bytes, size);
    char *bounded = realloc(exact, size ? size : 1);
    const char *encoding, *text = text_decode(arena, bounded, size, &out_size, &encoding, &bad);
    if (text) {
      assert_true(text_valid(text, out_size) && text[out_size] == 0);
      check_text(arena, text);
      check_numbers(arena, text);
    } else {
      assert_true(bad < size);
    }
    exact = realloc(bounded, size + 1);
    exact[size] = 0;
    check_text(arena, exact);
    check_numbers(arena, exact);
    free(exact);
    arena_reset(arena);
  }
  arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(any_bytes_can_be_read)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
