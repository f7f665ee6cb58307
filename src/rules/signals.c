/* The table of signals and what they look at (signals.h). To add one: a row with the next code, two functions, a case in
   tests/unit/test_rules_signals.c. */
#include "rules/signals.h"

#include <string.h>

#include "base/room.h"

static bool given(int32_t date) { return date != FIGURE_NO_DATE; }
static bool stands(const struct signal_facts *facts) {
  return (facts->figure->flags & FIGURE_COUNTED) &&
         !(facts->figure->flags & (FIGURE_VOIDED | FIGURE_HISTORIC | FIGURE_MERGED | FIGURE_WITHDRAWN));
}
static bool is_closed(const struct signal_facts *facts) {
  return stands(facts) && given(facts->figure->closed) &&
         (facts->figure->state == PROBLEM_CLOSED || facts->figure->state == PROBLEM_SETTLED);
}
static const char *date_text(struct arena *arena, int32_t date) { return date_print(arena, date); }

static bool same_text(const struct signal_facts *facts) {
  return stands(facts) && facts->figure->note_repeats >= facts->policy->signal_texts;
}
static struct label tell_same_text(struct arena *arena, const struct signal_facts *facts) {
  return label_print(arena, "连续 %d 次报的进展一字不差", "%d updates in a row say the very same", (int)facts->figure->note_repeats);
}

static bool picture_again(const struct signal_facts *facts) { return stands(facts) && facts->again; }
static struct label tell_picture(struct arena *arena, const struct signal_facts *facts) {
  return label_print(arena, "佐证 %lld 的图片在问题 %lld 的佐证 %lld 里用过",
                     "the picture of evidence %lld was used before, for problem %lld in evidence %lld", (long long)facts->again->evidence,
                     (long long)facts->again->other_problem, (long long)facts->again->other_evidence);
}

static bool round_end(const struct signal_facts *facts) { return is_closed(facts) && given(facts->round_ends); }
static struct label tell_round_end(struct arena *arena, const struct signal_facts *facts) {
  const char *closed = date_text(arena, facts->figure->closed), *ends = date_text(arena, facts->round_ends);
  return (struct label){arena_print(arena, "%s 销号，正在本轮截止（%s）前 %d 天内", closed, ends, (int)facts->policy->signal_last_days),
                        arena_print(arena, "closed on %s, within the last %d days of a round that ended on %s", closed,
                                    (int)facts->policy->signal_last_days, ends)};
}

static bool same_day(const struct signal_facts *facts) {
  return is_closed(facts) && facts->figure->cycle <= 1 && facts->figure->closed <= facts->figure->registered;
}
static struct label tell_same_day(struct arena *arena, const struct signal_facts *facts) {
  const char *day = date_text(arena, facts->figure->closed);
  return (struct label){arena_print(arena, "登记当天（%s）就销号", day), arena_print(arena, "registered and closed on the same day, %s", day)};
}

/* Too short a span says nothing; without appeals before and after there is nothing to fall. */
static bool appeals_stay(const struct signal_facts *facts) {
  return is_closed(facts) && facts->days >= facts->policy->signal_appeal_days && facts->appeals_before > 0 &&
         facts->appeals_after >= facts->appeals_before;
}
static struct label tell_appeals(struct arena *arena, const struct signal_facts *facts) {
  return label_print(arena, "销号前 %d 天关联诉求 %lld 件，销号后同样天数 %lld 件，没有下降",
                     "linked appeals did not fall: in the %d days before closing %lld, in as many days after %lld", (int)facts->days,
                     (long long)facts->appeals_before, (long long)facts->appeals_after);
}

static bool extended_often(const struct signal_facts *facts) {
  return stands(facts) && facts->figure->extensions >= facts->policy->signal_extensions;
}
static struct label tell_extended(struct arena *arena, const struct signal_facts *facts) {
  return label_print(arena, "已延期 %d 次", "extended %d times", (int)facts->figure->extensions);
}

#define LAW "PRACTICE.md, Hand-overs, extensions, re-opening"
const struct signal SIGNALS[] = {
  {1, "same_text", {"进展雷同", "Updates that say the same"}, LAW, same_text, tell_same_text},
  {2, "picture_again", {"图片重复使用", "A picture used before"}, LAW, picture_again, tell_picture},
  {3, "round_end", {"轮次末突击销号", "Closed at the end of a round"}, LAW, round_end, tell_round_end},
  {4, "same_day", {"当天登记当天销号", "Registered and closed the same day"}, LAW, same_day, tell_same_day},
  {5, "appeals_not_falling", {"销号后诉求未降", "Appeals do not fall"}, LAW, appeals_stay, tell_appeals},
  {6, "extended_often", {"多次延期", "Extended often"}, LAW, extended_often, tell_extended},
};
const size_t SIGNAL_COUNT = sizeof SIGNALS / sizeof *SIGNALS;
_Static_assert(sizeof SIGNALS / sizeof *SIGNALS <= SIGNALS_MOST, "a bit each");

const struct signal *signal_named(const char *name) {
  for (size_t i = 0; name && i < SIGNAL_COUNT; i++)
    if (strcmp(SIGNALS[i].name, name) == 0) return &SIGNALS[i];
  return NULL;
}

uint32_t signals_shown(const struct signal_facts *facts) {
  uint32_t bits = 0;
  for (size_t i = 0; i < SIGNAL_COUNT; i++)
    if (SIGNALS[i].shows(facts)) bits |= UINT32_C(1) << i;
  return bits;
}

/* ---- facts ---- */

enum { SPAN_MOST = 90 }; /* days before and after that are compared at most */

/* The first appeal of the problem made on `day` or later. */
static size_t appeals_from(const struct appeal_made *appeals, size_t count, int64_t problem, int32_t day) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    bool before = appeals[middle].problem < problem || (appeals[middle].problem == problem && appeals[middle].day < day);
    if (before) low = middle + 1;
    else high = middle;
  }
  return low;
}

void signal_count_appeals(struct signal_facts *facts, const struct appeal_made *appeals, size_t count) {
  int32_t closed = facts->figure->closed;
  int64_t problem = facts->figure->id;
  facts->days = 0;
  facts->appeals_before = facts->appeals_after = 0;
  if (!given(closed) || facts->today <= closed) return;
  facts->days = facts->today - closed < SPAN_MOST ? facts->today - closed : SPAN_MOST;
  size_t first = appeals_from(appeals, count, problem, closed - facts->days), at = appeals_from(appeals, count, problem, closed);
  size_t after = appeals_from(appeals, count, problem, closed + 1), last = appeals_from(appeals, count, problem, closed + facts->days + 1);
  facts->appeals_before = (int64_t)(at - first); /* the day of closing belongs to neither */
  facts->appeals_after = (int64_t)(last - after);
}

struct gathered { struct arena *arena; struct round_end *items; size_t count, room; };

static bool round_take(void *with, const struct row *row) {
  struct gathered *gathered = with;
  int64_t cutoff = row_integer(row, ROUND_CUTOFF), day = cutoff == NOTHING ? row_integer(row, ROUND_DUE) : date_of_moment(cutoff);
  if (day == NOTHING || row->state == ROUND_PLANNED) return true;
  ARENA_ROOM(gathered->arena, gathered->items, gathered->count, gathered->room, 32);
  gathered->items[gathered->count++] = (struct round_end){row_integer(row, ROUND_CAMPAIGN), row->id, (int32_t)day};
  return true;
}

enum store_error round_ends_read(struct reader *reader, struct arena *arena, struct round_end **rounds, size_t *count) {
  struct query query = {.type = record_type(RECORD_ROUND), .expected = -1};
  struct gathered gathered = {.arena = arena};
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, round_take, &gathered);
  *rounds = gathered.items;
  *count = gathered.count;
  return error;
}

void signal_find_round(struct signal_facts *facts, const struct round_end *rounds, size_t count) {
  int32_t closed = facts->figure->closed;
  facts->round = 0;
  facts->round_ends = FIGURE_NO_DATE;
  for (size_t i = 0; i < count && given(closed); i++) {
    if (rounds[i].campaign != facts->figure->campaign || closed > rounds[i].day ||
        closed <= rounds[i].day - (int32_t)facts->policy->signal_last_days)
      continue;
    facts->round = rounds[i].round;
    facts->round_ends = rounds[i].day;
  }
}
