/* Private to web/: what an address asks of figures: a moment or a journal number, a cut-off, a period. Shared by the definitions and the
   three rates. */
#ifndef BIHUAN_WEB_ASKED_H
#define BIHUAN_WEB_ASKED_H

#include "follow/ledger_values.h"
#include "web/web.h"

struct asked { struct ledger_question question; int64_t now; };
/* at, number, from, to, campaign; in the scope of that type. False: answered already. */
bool asked_read(struct request *request, const struct record_type *type, struct asked *asked);
bool asked_refuse(struct request *request, const char *name, struct label sentence); /* 400; always false */
void asked_pair_date(struct request *request, struct json *json, const char *key, int32_t date);

#endif
