/* Private to web/: the two ends of a comparison, as an address names them. */
#ifndef BIHUAN_WEB_COMPARE_H
#define BIHUAN_WEB_COMPARE_H

#include "rules/compare.h"
#include "web/json_out.h"

/* ?from=&to=&campaign=: false when the request was answered. The figures of both ends are to be freed. */
bool compare_ends(struct request *request, struct compare_end ends[2]);
void compare_ends_free(struct compare_end ends[2]);

#endif
