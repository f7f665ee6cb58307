/* JPEG by its segments, PNG by its chunks: what is needed to show the picture is copied, all else left out. Bounds are checked at each
   step; nothing is decoded. */
#include "exchange/picture.h"

#include <string.h>

static size_t two(const uint8_t *at) { return (size_t)at[0] << 8 | at[1]; }
static size_t four(const uint8_t *at) { return (size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3]; }

/* ---- JPEG ---- */

enum { START = 0xD8, END = 0xD9, SCAN = 0xDA, COMMENT = 0xFE, APP0 = 0xE0, APP2 = 0xE2, APP14 = 0xEE, APP15 = 0xEF };

/* Colours need JFIF, ICC and Adobe's mark; a thumbnail inside JFIF goes with its extension. */
static bool segment_kept(uint8_t marker, const uint8_t *body, size_t size) {
  if (marker == COMMENT) return false;
  if (marker < APP0 || marker > APP15) return true;
  if (marker == APP0) return size >= 14 && memcmp(body, "JFIF", 5) == 0 && body[12] == 0 && body[13] == 0;
  if (marker == APP2) return size >= 12 && memcmp(body, "ICC_PROFILE", 12) == 0;
  return marker == APP14 && size >= 5 && memcmp(body, "Adobe", 5) == 0;
}

/* The bytes of a scan up to the next marker that is neither stuffing nor a restart. */
static size_t scan_size(const uint8_t *bytes, size_t size) {
  size_t at = 0;
  while (at + 1 < size &&
         !(bytes[at] == 0xFF && bytes[at + 1] != 0 && bytes[at + 1] != 0xFF && (bytes[at + 1] < 0xD0 || bytes[at + 1] > 0xD7)))
    at++;
  return at;
}

static bool jpeg_clean(const uint8_t *bytes, size_t size, struct buffer *out) {
  size_t at = 2;
  bool scanned = false;
  buffer_add(out, bytes, 2);
  while (at + 4 <= size && bytes[at] == 0xFF) {
    uint8_t marker = bytes[at + 1];
    if (marker == 0xFF) {
      at++;
      continue;
    }
    size_t length = two(bytes + at + 2);
    if (marker == END || marker == START || length < 2 || at + 2 + length > size) break;
    if (segment_kept(marker, bytes + at + 4, length - 2)) buffer_add(out, bytes + at, 2 + length);
    at += 2 + length;
    if (marker != SCAN) continue;
    size_t scan = scan_size(bytes + at, size - at);
    buffer_add(out, bytes + at, scan);
    at += scan;
    scanned = true;
  }
  if (!scanned || at + 2 > size || bytes[at] != 0xFF || bytes[at + 1] != END) return false;
  buffer_add(out, bytes + at, 2);
  return true;
}

/* ---- PNG ---- */

static const uint8_t PNG_HEAD[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

static bool chunk_kept(const uint8_t *name) {
  static const char *const KEPT[] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "bKGD", "pHYs"};
  for (size_t i = 0; i < sizeof KEPT / sizeof *KEPT; i++)
    if (memcmp(name, KEPT[i], 4) == 0) return true;
  return false;
}

static bool png_clean(const uint8_t *bytes, size_t size, struct buffer *out) {
  buffer_add(out, bytes, sizeof PNG_HEAD);
  for (size_t at = sizeof PNG_HEAD; at + 12 <= size;) {
    size_t length = four(bytes + at);
    if (length > size - at - 12) return false;
    if (chunk_kept(bytes + at + 4)) buffer_add(out, bytes + at, length + 12);
    if (memcmp(bytes + at + 4, "IEND", 4) == 0) return true;
    at += length + 12;
  }
  return false;
}

bool picture_clean(const void *whole, size_t size, struct buffer *out, const char **media_type) {
  const uint8_t *bytes = whole;
  if (size > 4 && bytes[0] == 0xFF && bytes[1] == START) {
    *media_type = "image/jpeg";
    return jpeg_clean(bytes, size, out);
  }
  if (size > sizeof PNG_HEAD && memcmp(bytes, PNG_HEAD, sizeof PNG_HEAD) == 0) {
    *media_type = "image/png";
    return png_clean(bytes, size, out);
  }
  return false;
}
