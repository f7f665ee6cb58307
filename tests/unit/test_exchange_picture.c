/* Pictures lose what they tell beside what they show, whatever bytes come: metadata of JPEG and PNG, what hangs on behind the end, and no
   step beyond the bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "exchange/picture.h"

static struct arena *arena;
static int open_arena(void **state) { (void)state; base_start(); arena = arena_new(); return 0; }
static int close_arena(void **state) { (void)state; arena_free(arena); return 0; }

#define SECRET "where and by whom"
static void segment(struct buffer *out, unsigned char marker, const void *body, size_t size) {
  unsigned char head[4] = {0xFF, marker, (unsigned char)((size + 2) >> 8), (unsigned char)(size + 2)};
  buffer_add(out, head, 4);
  buffer_add(out, body, size);
}
static struct buffer jpeg(void) {
  struct buffer out = {.arena = arena};
  buffer_add(&out, "\xFF\xD8", 2);
  segment(&out, 0xE0, "JFIF\0\1\1\0\0\1\0\1\0\0", 14);
  segment(&out, 0xE1, "Exif\0\0" SECRET, 6 + strlen(SECRET));
  segment(&out, 0xFE, SECRET, strlen(SECRET));
  segment(&out, 0xDB, "\0table", 6);
  segment(&out, 0xDA, "\1\1\0\0\77\0", 6);
  buffer_add(&out, "\x12\xFF\x00\x34\xFF\xD0\x56", 7);
  buffer_add(&out, "\xFF\xD9" SECRET, 2 + strlen(SECRET));
  return out;
}
static void chunk(struct buffer *out, const char *name, const char *body) {
  unsigned char size[4] = {0, 0, 0, (unsigned char)strlen(body)};
  buffer_add(out, size, 4);
  buffer_add(out, name, 4);
  buffer_add(out, body, strlen(body));
  buffer_add(out, "crc!", 4);
}
static struct buffer png(void) {
  struct buffer out = {.arena = arena};
  buffer_add(&out, "\x89PNG\r\n\x1A\n", 8);
  chunk(&out, "IHDR", "thirteen_byte");
  chunk(&out, "tEXt", SECRET);
  chunk(&out, "eXIf", SECRET);
  chunk(&out, "IDAT", "pixels");
  chunk(&out, "IEND", "");
  buffer_text(&out, SECRET);
  return out;
}

static void what_is_told_beside_the_picture_is_gone(void **state) {
  const struct {
    struct buffer from;
    const char *media_type, *kept;
  } ROWS[] = {{jpeg(), "image/jpeg", "table"}, {png(), "image/png", "pixels"}};
  (void)state;
  for (size_t i = 0; i < 2; i++) {
    struct buffer out = {.arena = arena};
    const char *media_type = NULL;
    assert_true(memmem(ROWS[i].from.bytes, ROWS[i].from.size, SECRET, strlen(SECRET)));
    assert_true(picture_clean(ROWS[i].from.bytes, ROWS[i].from.size, &out, &media_type));
    assert_string_equal(media_type, ROWS[i].media_type);
    assert_null(memmem(out.bytes, out.size, SECRET, strlen(SECRET)));
    assert_non_null(memmem(out.bytes, out.size, ROWS[i].kept, strlen(ROWS[i].kept)));
    struct buffer again = {.arena = arena};
    assert_true(picture_clean(out.bytes, out.size, &again, &media_type));
    assert_int_equal(again.size, out.size);
    assert_memory_equal(again.bytes, out.bytes, out.size);
  }
}

static void a_picture_that_is_cut_off_is_refused_and_no_byte_beyond_is_read(void **state) {
  struct buffer whole[] = {jpeg(), png()};
  (void)state;
  for (size_t k = 0; k < 2; k++)
    for (size_t size = 0; size + strlen(SECRET) < whole[k].size; size++) {
      char *cut = malloc(size ? size : 1); /* of its very size: a sanitizer sees a step beyond */
      struct buffer out = {.arena = arena};
      const char *media_type = NULL;
      memcpy(cut, whole[k].bytes, size);
      assert_false(picture_clean(cut, size, &out, &media_type));
      free(cut);
    }
}

static void any_bytes_can_be_given(void **state) {
  unsigned char bytes[200];
  (void)state;
  for (int i = 0; i < 20000; i++) {
    struct buffer out = {0};
    const char *media_type = NULL;
    random_bytes(bytes, sizeof bytes);
    memcpy(bytes, i % 2 ? "\xFF\xD8\xFF\xE1" : "\x89PNG\r\n\x1A\n", i % 2 ? 4 : 8);
    picture_clean(bytes, sizeof bytes, &out, &media_type);
    assert_true(out.size <= sizeof bytes);
    buffer_free(&out);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_told_beside_the_picture_is_gone),
                                     cmocka_unit_test(a_picture_that_is_cut_off_is_refused_and_no_byte_beyond_is_read),
                                     cmocka_unit_test(any_bytes_can_be_given)};
  return cmocka_run_group_tests(tests, open_arena, close_arena);
}
