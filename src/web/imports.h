/* Private to web/: what the routes of imports share. */
#ifndef BIHUAN_WEB_IMPORTS_H
#define BIHUAN_WEB_IMPORTS_H

#include "exchange/import.h"
#include "web/json_out.h"

/* What was kept of an upload of this user's; NULL: answered. */
json_t *import_kept_read(struct request *request);
/* What every staging is done with: now, the base line, the key of contacts. False: answered. */
bool import_options_read(struct request *request, struct import_options *options);
/* The preview, from what was kept. */
void import_kept_show(struct request *request, const json_t *kept);

#endif
