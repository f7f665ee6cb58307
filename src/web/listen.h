/* Private to web/: a listening socket for the staff's server and for the portal. */
#ifndef BIHUAN_WEB_LISTEN_H
#define BIHUAN_WEB_LISTEN_H

#include <microhttpd.h>

#include "base/arena.h"
#include "base/text.h"

/* The port asked for, or with `search` the next free one. -1: *reason says why. */
int listen_somewhere(const char *host, uint16_t port, bool search, struct label *reason, struct arena *arena);
uint16_t listen_port(int file);
/* %xx in addresses and arguments; what is no such pair stays as it is, and a NUL never gets through. */
size_t listen_unescape(void *with, struct MHD_Connection *connection, char *text);
void listen_log(void *with, const char *format, va_list arguments);
/* Is it said once, in one way, where the request's body ends (RFC 9112, 6.3), and for which host it is, in headers that are well formed? A
   proxy and this server that read an ambiguous one differently would let a second request in, hidden in the body of the first: such a one
   is refused and its connection closed. */
bool listen_framed(struct MHD_Connection *connection);
/* Who asks; behind a proxy the last address it added. */
char *listen_address(struct MHD_Connection *connection, bool behind_proxy, struct arena *arena);

#endif
