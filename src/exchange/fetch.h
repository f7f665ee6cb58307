/* Reading one address over HTTP(S), by libcurl: bounded in size and time, other schemes refused. Knows nothing of what comes. */
#ifndef BIHUAN_EXCHANGE_FETCH_H
#define BIHUAN_EXCHANGE_FETCH_H

#include <stdbool.h>

#include "base/buffer.h"

#define FETCH_MOST ((size_t)8 << 20) /* bytes of one answer, unpacked */
enum fetch_outcome { FETCH_ANSWERED /* with any status */, FETCH_FAILED /* no answer; try again later */, FETCH_REFUSED /* an address, a size or a certificate that will not do */ };
struct fetched {
  long status;
  int64_t retry_after; /* seconds; NOTHING: not said */
  struct buffer body;
  const char *why; /* English, of libcurl; NULL */
  bool too_large;  /* then it is refused: less has to be asked for */
};
typedef bool fetch_stops(void *with); /* true: give up now */
enum fetch_outcome fetch(const char *url, const char *accept, struct arena *arena, fetch_stops *stops, void *with, struct fetched *fetched);
/* As one part of an address. */
char *fetch_escape(struct arena *arena, const char *text);

#endif
