/* Private to follow/: what the digests share. */
#ifndef BIHUAN_FOLLOW_DIGEST_PARTS_H
#define BIHUAN_FOLLOW_DIGEST_PARTS_H

#include "follow/house.h"
#include "rules/digest.h"
#include "rules/policy.h"

enum { CAMPAIGNS_MOST = 32, DIGEST_PROBLEMS = 40 };
struct campaign_policy { int64_t id; const char *name; struct policy policy; };
/* One run: the campaigns under way, newest first; the first one's hours are everybody's. */
struct telling_day {
  struct house *house; struct reader *reader; struct arena *arena; int64_t now, today;
  struct campaign_policy campaigns[CAMPAIGNS_MOST]; size_t campaign_count;
};
/* The text of one message, and the problems it speaks of. */
struct digest_text {
  struct arena *arena;
  enum language language;
  struct buffer title, lines;
  int64_t problems[DIGEST_PROBLEMS];
  size_t problem_count;
};
void digest_problem(struct digest_text *text, int64_t problem); /* once each, as many as there is room for */

/* digest_day.c: what waits for this person, or for his units. An empty title: nothing does. */
enum store_error digest_of(struct telling_day *day, const struct authority *authority, struct digest_text *text);
/* digest_week.c: the leaders' few items, in the scope of this one. */
enum store_error weekly_of(struct telling_day *day, const struct authority *authority, struct digest_text *text);

#endif
