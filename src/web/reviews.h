/* Private to web/: the office's own clock, as tasks and the figure of reviews show it. */
#ifndef BIHUAN_WEB_REVIEWS_H
#define BIHUAN_WEB_REVIEWS_H

#include "rules/calendar.h"
#include "web/json_out.h"

/* What is read once a request: the calendar, and each campaign's number. Begins empty. */
enum { REVIEWING_KEPT = 32 };
struct reviewing_kept { int64_t campaign, orange; };
struct reviewing { struct calendar calendar; bool loaded; struct reviewing_kept kept[REVIEWING_KEPT]; size_t count; };
/* "review": {"until","late","colour","label"} of a problem that waits for the office's verdict; nothing otherwise. */
enum store_error review_write(struct request *request, struct json *json, const struct row *problem, struct reviewing *reviewing);

#endif
