/* Memory: arenas and the buffers that grow in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void pieces_are_zeroed_and_aligned(void **state) {
  struct arena *arena = arena_new();
  for (int round = 0; round < 3; round++) {
    for (size_t size = 0; size < 3000; size += 7) {
      unsigned char *piece = arena_alloc(arena, size);
      assert_int_equal((uintptr_t)piece % 16, 0);
      for (size_t i = 0; i < size; i++) assert_int_equal(piece[i], 0);
      memset(piece, 0xaa, size);
    }
    arena_reset(arena);
  }
  arena_free(arena);
}

static void pieces_do_not_overlap(void **state) {
  static const size_t sizes[] = {1, 16, 17, 16000, 1, 40000, 3, (size_t)3 << 20, 5, 100};
  unsigned char *pieces[COUNT(sizes)];
  struct arena *arena = arena_new();
  for (size_t i = 0; i < COUNT(sizes); i++) memset(pieces[i] = arena_alloc(arena, sizes[i]), (int)i + 1, sizes[i]);
  for (size_t i = 0; i < COUNT(sizes); i++)
    for (size_t j = 0; j < sizes[i]; j++) assert_int_equal(pieces[i][j], i + 1);
  arena_free(arena);
}

static void size_counts_since_the_last_reset(void **state) {
  struct arena *arena = arena_new();
  assert_int_equal(arena_size(arena), 0);
  arena_alloc(arena, 100000);
  assert_in_range(arena_size(arena), 100000, 100016);
  arena_reset(arena);
  assert_int_equal(arena_size(arena), 0);
  arena_reset(arena);
  arena_free(arena);
  arena_free(NULL);
}

static void texts_are_copied_and_printed(void **state) {
  struct arena *arena = arena_new();
  char long_text[1000];
  memset(long_text, 'x', sizeof long_text);
  long_text[999] = 0;
  assert_string_equal(arena_text(arena, "闭环"), "闭环");
  assert_null(arena_text(arena, NULL));
  assert_string_equal(arena_copy(arena, "abcdef", 3), "abc");
  assert_string_equal(arena_copy(arena, NULL, 0), "");
  assert_string_equal(arena_print(arena, "%d 件", 3), "3 件");
  assert_int_equal(strlen(arena_print(arena, "%s%s", long_text, long_text)), 1998);
  arena_free(arena);
}

static void fill(struct buffer *buffer) {
  for (int i = 0; i < 1000; i++) {
    buffer_text(buffer, "ab");
    buffer_byte(buffer, 'c');
    buffer_print(buffer, "%03d", i);
    assert_int_equal(buffer->bytes[buffer->size], 0);
  }
  assert_int_equal(buffer->size, 6000);
  assert_memory_equal(buffer->bytes + 5994, "abc999", 7);
}

static void buffers_grow_with_and_without_an_arena(void **state) {
  struct arena *arena = arena_new();
  struct buffer in_arena = {.arena = arena}, alone = {0};
  fill(&in_arena);
  fill(&alone);
  buffer_clear(&alone);
  assert_string_equal(alone.bytes, "");
  fill(&alone);
  buffer_free(&alone);
  assert_null(alone.bytes);
  buffer_free(&in_arena);
  assert_ptr_equal(in_arena.arena, arena);
  arena_free(arena);
}

static void buffers_hold_any_bytes_and_long_prints(void **state) {
  struct buffer buffer = {0};
  buffer_add(&buffer, "", 0);
  assert_string_equal(buffer.bytes, "");
  buffer_add(&buffer, "a\0b", 3);
  assert_int_equal(buffer.size, 3);
  buffer_clear(&buffer);
  buffer_print(&buffer, "%0500d", 7);
  assert_int_equal(buffer.size, 500);
  assert_int_equal(buffer.bytes[499], '7');
  buffer_free(&buffer);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pieces_are_zeroed_and_aligned),        cmocka_unit_test(pieces_do_not_overlap),
      cmocka_unit_test(size_counts_since_the_last_reset),     cmocka_unit_test(texts_are_copied_and_printed),
      cmocka_unit_test(buffers_grow_with_and_without_an_arena), cmocka_unit_test(buffers_hold_any_bytes_and_long_prints)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
