/* Private to web/: which campaign a request is about, and campaigns as pages tell them. */
#ifndef BIHUAN_WEB_CAMPAIGNS_H
#define BIHUAN_WEB_CAMPAIGNS_H

#include "web/json_out.h"

/* campaign=ID of the address: its record, NULL when nothing is said. False: there is no such campaign, answered. */
bool campaign_asked(struct request *request, struct row **campaign);
/* All of them: those under way before the others, of each the one that began last. Every signed-in reader may know them. */
enum store_error campaigns_read(struct request *request, int64_t today, struct rows *campaigns);
struct row *campaign_under_way(const struct rows *campaigns, int64_t today); /* that began last; NULL */
/* as a value: its name, dates, days left; null */
void campaign_write(struct request *request, struct json *json, const struct row *campaign, int64_t today);
void campaigns_write(struct request *request, struct json *json, const struct rows *campaigns, int64_t today); /* "campaigns": […] */
/* As a value: the same with its period, how many units take part, and its rounds. */
enum store_error campaign_frame_write(struct request *request, struct json *json, const struct row *campaign);
void period_write(struct request *request, struct json *json, const struct row *campaign); /* "period" (frame.c) */

#endif
