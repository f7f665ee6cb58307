/* A letter as bytes: headers, the subject in encoded words (RFC 2047), the text in base64 lines. Pure. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "follow/mail.h"

enum { WORD_BYTES = 45 /* of UTF-8 in an encoded word of 75 characters at most */, LINE_BYTES = 57 /* in a line of 76 */ };

bool mail_address_right(const char *address) {
  const char *at = address ? strchr(address, '@') : NULL;
  size_t size = address ? strlen(address) : 0;
  if (!at || at == address || !at[1] || strchr(at + 1, '@') || size > 254) return false;
  for (size_t i = 0; i < size; i++) {
    unsigned char byte = (unsigned char)address[i];
    if (byte <= ' ' || byte >= 127 || strchr("<>()[],;:\\\"", byte)) return false;
  }
  return true;
}

static void base64(struct buffer *out, const char *bytes, size_t size) {
  char text[128];
  sodium_bin2base64(text, sizeof text, (const unsigned char *)bytes, size, sodium_base64_VARIANT_ORIGINAL);
  buffer_text(out, text);
}

/* Words are cut between characters, so that each can be read by itself. */
static void subject_print(struct buffer *out, const char *subject) {
  size_t size = strlen(subject), at = 0;
  while (at < size) {
    size_t end = at, width = 0;
    while (end < size) {
      text_next(subject + end, &width);
      if (!width || end + width - at > WORD_BYTES) break;
      end += width;
    }
    if (end == at) end = at + 1;
    buffer_text(out, at ? "\r\n =?UTF-8?B?" : "=?UTF-8?B?");
    base64(out, subject + at, end - at);
    buffer_text(out, "?=");
    at = end;
  }
}

static void date_print_mail(struct buffer *out, int64_t moment) {
  static const char *const DAYS[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static const char *const MONTHS[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  time_t seconds = (time_t)((moment + ZONE_OFFSET) / MOMENT_SECOND);
  struct tm tm;
  long long east = ZONE_OFFSET / MOMENT_SECOND / 60;
  gmtime_r(&seconds, &tm);
  buffer_print(out, "%s, %02d %s %d %02d:%02d:%02d +%02lld%02lld", DAYS[tm.tm_wday], tm.tm_mday, MONTHS[tm.tm_mon], tm.tm_year + 1900,
               tm.tm_hour, tm.tm_min, tm.tm_sec, east / 60, east % 60);
}

char *letter_print(struct arena *arena, const char *from, const struct letter *letter) {
  struct buffer out = {.arena = arena};
  const char *domain = strchr(from, '@');
  size_t size = strlen(letter->text);
  buffer_print(&out, "From: <%s>\r\nTo: <%s>\r\nDate: ", from, letter->to);
  date_print_mail(&out, letter->moment);
  buffer_print(&out, "\r\nMessage-ID: <%s@%s>\r\nSubject: ", letter->key, domain ? domain + 1 : "bihuan");
  subject_print(&out, letter->subject);
  buffer_text(&out, "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated\r\n\r\n");
  for (size_t at = 0; at < size; at += LINE_BYTES) {
    base64(&out, letter->text + at, size - at < LINE_BYTES ? size - at : LINE_BYTES);
    buffer_text(&out, "\r\n");
  }
  buffer_byte(&out, 0);
  return out.bytes;
}
