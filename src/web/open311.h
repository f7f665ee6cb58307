/* Private to web/: what the handlers of Open311 share. */
#ifndef BIHUAN_WEB_OPEN311_H
#define BIHUAN_WEB_OPEN311_H

#include "exchange/open311.h"
#include "web/web.h" /* before base/json.h */
#include "web/spark.h"

/* The beginning of an answer in the form of the address (.json; else XML). */
struct spark open311_open(struct request *request);
void open311_close(struct request *request, unsigned status);
/* The standard's errors: [{code, description}]. */
void open311_error(struct request *request, unsigned status, struct label description);
void open311_store_error(struct request *request, enum store_error error);
/* An argument that is given and not empty; else NULL (the standard: an empty one is as none). */
const char *open311_argument(const struct request *request, const char *name);
/* It is served, and for this jurisdiction. False: answered. `jurisdiction`: as given, NULL none. */
bool open311_begin(struct request *request, const char *jurisdiction, struct open311_settings *settings);
/* Who sends, by api_key or as a bearer. False: answered with 403. */
bool open311_sender(struct request *request, const char *key);
bool open311_sender_known(struct request *request, const char *key); /* the same, without an answer */

#endif
