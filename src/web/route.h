/* One table of routes (web/routes.c). A route is a row and a function. */
#ifndef BIHUAN_WEB_ROUTE_H
#define BIHUAN_WEB_ROUTE_H

#include "follow/house.h"

#ifndef BIHUAN_VERSION
#define BIHUAN_VERSION "0.1.0"
#endif

enum route_flag { ROUTE_PUBLIC = 1 /* no session needed */, ROUTE_WRITES = 2 /* CSRF token asked; the connection waits for the commit */, ROUTE_STREAM = 4, ROUTE_UPLOAD = 8 /* body to a file */,
  ROUTE_SLOW = 16 /* handled on a thread of its own, the connection suspended */,
  ROUTE_HOTLINE = 32 /* a token of the hotline's comes here, and nowhere else */, ROUTE_OPEN311 = 64 /* likewise, that of who sends requests in; answers and refuses as GeoReport v2 does */ };
struct request;
struct route {
  const char *method, *path;     /* "/api/v1/{plural}/{id}" : {plural}, {id}, {action} are taken from the address */
  role_set roles;                /* 0: every signed-in user */
  unsigned flags;
  void (*handle)(struct request *request); /* must answer exactly once, now or after a job */
  struct label summary;          /* for the OpenAPI document */
};
extern const struct route ROUTES[]; extern const size_t ROUTE_COUNT;

/* Serves until *stop becomes true (a signal). Binds host:port; port 0 or a taken port: the next free one when `search` is set. */
struct server_options { const char *host; uint16_t port; bool search, behind_proxy; unsigned threads; };
struct server;
enum store_error server_start(struct house *house, const struct server_options *options, struct server **server, uint16_t *port, struct label *reason, struct arena *arena);
void server_stop(struct server *server);

/* The whole OpenAPI 3.1 document from routes and declarations. */
void openapi_write(struct buffer *out, enum language language);
#endif
