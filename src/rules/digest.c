/* When a digest goes out and what the leaders' week is made of (digest.h). PRACTICE.md, less burden: one digest a day to units, with quiet
   hours; at most five items a week to leaders. */
#include "rules/digest.h"

#define HOUR (INT64_C(3600) * MOMENT_SECOND)

static int64_t hour_of(int64_t moment) { return (moment - moment_of_date(date_of_moment(moment))) / HOUR; }

static bool quiet_hour(const struct policy *policy, int64_t hour) {
  int64_t from = policy->quiet_from, to = policy->quiet_to;
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}

bool quiet_at(const struct policy *policy, int64_t moment) { return quiet_hour(policy, hour_of(moment)); }

bool digest_due(const struct policy *policy, int64_t now) {
  int64_t hour = quiet_hour(policy, policy->digest_hour) ? policy->quiet_to : policy->digest_hour;
  return !quiet_at(policy, now) && hour_of(now) >= hour;
}

bool weekly_due(const struct policy *policy, int64_t now, int64_t *week) {
  int64_t today = date_of_moment(now);
  *week = today - (date_weekday(today) - 1);
  return policy->weekly_most > 0 && date_weekday(today) >= policy->weekly_day && digest_due(policy, now);
}

/* ---- the leaders' week ---- */

static bool taken(const struct weekly_item *items, const size_t *chosen, size_t count, const struct weekly_item *item) {
  for (size_t i = 0; i < count; i++)
    if (items[chosen[i]].problem == item->problem) return true;
  return false;
}

/* Longer first; of equals the older record. */
static bool before(const struct weekly_item *one, const struct weekly_item *other) {
  return one->days != other->days ? one->days > other->days : one->problem < other->problem;
}

static bool longest(const struct weekly_item *items, size_t count, enum weekly_reason reason, const size_t *chosen, size_t chosen_count,
                    size_t *place) {
  bool found = false;
  for (size_t i = 0; i < count; i++) {
    if (items[i].reason != reason || taken(items, chosen, chosen_count, &items[i])) continue;
    if (!found || before(&items[i], &items[*place])) *place = i;
    found = true;
  }
  return found;
}

size_t weekly_choose(const struct weekly_item *items, size_t count, size_t most, size_t chosen[WEEKLY_MOST]) {
  size_t number = 0;
  if (most > WEEKLY_MOST) most = WEEKLY_MOST;
  for (bool more = true; more && number < most;) {
    more = false;
    for (int reason = 0; reason < WEEKLY_REASONS && number < most; reason++) {
      size_t place = 0;
      if (!longest(items, count, (enum weekly_reason)reason, chosen, number, &place)) continue;
      chosen[number++] = place;
      more = true;
    }
  }
  return number;
}

struct label weekly_sentence(struct arena *arena, const struct weekly_item *item) {
  long long days = (long long)item->days, chased = (long long)item->chased;
  const char *unit = item->unit_name ? item->unit_name : "-", *name = item->name ? item->name : "-";
  switch (item->reason) {
    case WEEKLY_OVERDUE:
      return (struct label){arena_print(arena, "%s：已超期 %lld 天，%s牵头，催办 %lld 次仍未办结。", name, days, unit, chased),
                            arena_print(arena, "%s: %lld days overdue, led by %s, chased %lld times and still open.", name, days, unit,
                                        chased)};
    case WEEKLY_REBOUND:
      return (struct label){arena_print(arena, "%s：销号后反弹，重开 %lld 天，%s牵头。", name, days, unit),
                            arena_print(arena, "%s: rebounded after closing, re-opened %lld days ago, led by %s.", name, days, unit)};
    case WEEKLY_RULING:
      return (struct label){arena_print(arena, "%s：由谁牵头有争议，裁定已逾期 %lld 天，提出单位%s。", name, days, unit),
                            arena_print(arena, "%s: who leads is disputed, the ruling is %lld days late, asked by %s.", name, days, unit)};
    default:
      return (struct label){arena_print(arena, "%s：红色已 %lld 天，%s牵头。", name, days, unit),
                            arena_print(arena, "%s: red for %lld days, led by %s.", name, days, unit)};
  }
}
