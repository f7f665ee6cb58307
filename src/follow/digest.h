/* Messages in sum: once a day to each unit's people and the office, once a week to the leaders. Run by the clock beside the daily check; a
   day and a week are told once, whoever looks and how often. */
#ifndef BIHUAN_FOLLOW_DIGEST_H
#define BIHUAN_FOLLOW_DIGEST_H

#include "rules/policy.h"

struct house;
enum store_error digest_run(struct house *house, int64_t now);
/* The policy whose hours are everybody's: of the campaign under way that began last; ours by default without one. */
enum store_error digest_hours(struct house *house, int64_t now, struct arena *arena, struct policy *policy);
/* One message a day about `what` to each system administrator. */
enum store_error digest_system(struct house *house, int64_t now, const char *what, struct label text);

#endif
