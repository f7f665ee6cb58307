/* The portal: the public's pages, from the public store only. It is given a folder, never a store: no request from outside reaches the
   inner one. It may run beside the staff's server in one process, or alone on another network. */
#ifndef BIHUAN_WEB_PORTAL_H
#define BIHUAN_WEB_PORTAL_H

#include "base/arena.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

struct portal;
struct portal_options {
  const char *host;
  uint16_t port;
  bool search /* the next free port when that one is taken */, behind_proxy;
  unsigned threads;
};
/* False: *reason says why. *port: where it listens. */
bool portal_start(const char *folder, const struct portal_options *options, struct portal **portal, uint16_t *port, struct label *reason,
                  struct arena *arena);
void portal_stop(struct portal *portal);

#endif
