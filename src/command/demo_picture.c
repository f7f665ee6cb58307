/* Tiny pictures for the demo's evidence: PNG with a palette, its data in stored (uncompressed) deflate blocks. Formats: PNG 1.2
   chunks, RFC 1950, RFC 1951. */
#include "base/buffer.h"
#include "command/demo.h"

enum { WIDTH = 96, HEIGHT = 64, BIT = 6 /* pixels across */ };

static void add_number(struct buffer *out, uint32_t number) {
  const uint8_t bytes[4] = {(uint8_t)(number >> 24), (uint8_t)(number >> 16), (uint8_t)(number >> 8), (uint8_t)number};
  buffer_add(out, bytes, sizeof bytes);
}

static uint32_t crc_of(const uint8_t *bytes, size_t size) {
  uint32_t crc = 0xFFFFFFFFu;
  for (size_t i = 0; i < size; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
  }
  return ~crc;
}

static uint32_t adler_of(const uint8_t *bytes, size_t size) {
  uint32_t low = 1, high = 0;
  for (size_t i = 0; i < size; i++) {
    low = (low + bytes[i]) % 65521;
    high = (high + low) % 65521;
  }
  return high << 16 | low;
}

static void add_chunk(struct buffer *out, const char *name, const struct buffer *content) {
  add_number(out, (uint32_t)content->size);
  size_t at = out->size;
  buffer_add(out, name, 4);
  if (content->size) buffer_add(out, content->bytes, content->size);
  add_number(out, crc_of((const uint8_t *)out->bytes + at, out->size - at));
}

/* One stored block holds up to 65,535 bytes: the whole picture. */
static void add_pixels(struct buffer *out, const uint8_t *bytes, size_t size) {
  const uint8_t head[] = {0x78, 0x01, 0x01, (uint8_t)size, (uint8_t)(size >> 8), (uint8_t)~size, (uint8_t)(~size >> 8)};
  buffer_add(out, head, sizeof head);
  buffer_add(out, bytes, size);
  add_number(out, adler_of(bytes, size));
}

void demo_picture(struct buffer *out, unsigned number) {
  static const char signature[] = "\x89PNG\r\n\x1a\n";
  static const uint8_t palette[] = {0xF2, 0xEE, 0xE6, 0x3B, 0x6E, 0x8F, 0xC9, 0x5B, 0x3C, 0x6A, 0x9A, 0x5B, 0x4A, 0x4A, 0x4A};
  static const uint8_t shape[] = {8, 3, 0, 0, 0}; /* 8 bits, palette */
  uint8_t pixels[HEIGHT * (WIDTH + 1)];
  struct buffer header = {0}, colours = {0}, data = {0}, none = {0};
  for (unsigned y = 0; y < HEIGHT; y++) {
    pixels[y * (WIDTH + 1)] = 0; /* no filter */
    for (unsigned x = 0; x < WIDTH; x++) {
      unsigned band = (x + y * (1 + number % 3)) / (6 + number % 7);
      pixels[y * (WIDTH + 1) + 1 + x] = y < BIT ? (uint8_t)(number >> x / BIT & 1 ? 4 : 0) : y == number % HEIGHT ? 4 : (uint8_t)((band + number) % 4); /* the number's bits along the top */
    }
  }
  add_number(&header, WIDTH);
  add_number(&header, HEIGHT);
  buffer_add(&header, shape, sizeof shape);
  buffer_add(&colours, palette, sizeof palette);
  add_pixels(&data, pixels, sizeof pixels);
  buffer_add(out, signature, sizeof signature - 1);
  add_chunk(out, "IHDR", &header);
  add_chunk(out, "PLTE", &colours);
  add_chunk(out, "IDAT", &data);
  add_chunk(out, "IEND", &none);
  buffer_free(&header);
  buffer_free(&colours);
  buffer_free(&data);
}
