/* Guards of rounds, answers and correction slips: pure functions over loaded facts. */
#include <string.h>

#include "rules/figures.h"
#include "rules/guards.h"
#include "rules/slip_words.h"

/* PRACTICE.md, less burden: one monthly report a unit, more needs approval with a reason. */
struct label guard_round_month(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  *field = 0;
  if (!facts->asked_again || row_integer(facts->after, ROUND_EXTRA) == 1) return HOLDS;
  long long times = (long long)facts->policy->rounds_a_month, units = (long long)facts->asked_again;
  return (struct label){
    arena_print(arena, "本月已要求 %s 等 %lld 个单位报送 %lld 次,再报一轮须先“申请加报一轮”并写明理由", facts->asked_unit ? facts->asked_unit : "", units, times),
    arena_print(arena, "%lld unit%s (%s among them) %s asked %lld time%s this month already; ask for a further round first, with a reason", units, units == 1 ? "" : "s",
                facts->asked_unit ? facts->asked_unit : "", units == 1 ? "was" : "were", times, times == 1 ? "" : "s")};
}

struct label guard_round_open(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)arena;
  *field = 0;
  if (facts->system || !facts->round || facts->round->state == ROUND_OPEN) return HOLDS; /* the program ends reminders as it closes */
  return (struct label){"这一轮已截止报送", "this round takes no answers any more"};
}

/* A warning: with a reason the nil reply stands. */
struct label guard_nil_changes(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  long long lacking = (long long)facts->lacking;
  *field = 0;
  if (!facts->lacking || facts->possible || (facts->reason && *facts->reason)) return HOLDS;
  const char *number = facts->lacking_number ? facts->lacking_number : "";
  return (struct label){
    arena_print(arena, "还有 %lld 个在办问题(如 %s)上一轮以来没有报过进展;请先报进展,确无进展的写明理由后再报零报告", lacking, number),
    arena_print(arena, "%lld open problem%s (%s among them) had no progress reported since the last round; report it, or give a reason with the nil reply", lacking, lacking == 1 ? "" : "s", number)};
}

struct label guard_round_collected(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t due = row_integer(facts->after, ROUND_DUE);
  *field = 0;
  if (!facts->awaited || due == NOTHING || facts->today > due) return HOLDS;
  return (struct label){arena_print(arena, "还有 %lld 个单位没有报送,截止日期 %s 过后才能截止", (long long)facts->awaited,
                                    date_print(arena, due)),
                        arena_print(arena, "%lld answers are still awaited; collecting can be closed after %s", (long long)facts->awaited,
                                    date_print(arena, due))};
}

struct label guard_cutoff_past(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t cutoff = row_integer(facts->after, ROUND_CUTOFF);
  *field = ROUND_CUTOFF;
  if (cutoff == NOTHING || cutoff <= facts->now) return HOLDS;
  return label_print(arena, "数据截止时刻 %s 还没有到,到时才能冻结", "the cut-off moment %s is still to come; freeze after it",
                     moment_print(arena, cutoff));
}

struct label guard_answer_overdue(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  int64_t due = row_integer(facts->after, ANSWER_DUE);
  *field = 0;
  if (due != NOTHING && due < facts->today) return HOLDS;
  return label_print(arena, "报送截止 %s 还没有过", "it is due on %s and not late yet", due == NOTHING ? "" : date_print(arena, due));
}

/* At most one a day per unit, whichever round it is about. */
struct label guard_reminded_once(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  (void)arena;
  *field = 0;
  return facts->reminded ? (struct label){"今天已经催过这个单位,一天最多一次", "this unit was reminded today already; once a day is the most"} : HOLDS;
}

/* What is right must be what such a figure can be: a word that no table ever held is no correction. */
static struct label slip_value_fits(const struct guard_facts *facts, struct arena *arena, const char *figure, uint16_t *field) {
  const char *given = row_text(facts->after, CORRECTION_IS);
  struct label fits = {0};
  if (!given || slip_value(arena, figure, given, &fits)) return HOLDS;
  *field = CORRECTION_IS;
  return (struct label){arena_print(arena, "“%s”不能更正为“%s”;应是:%s", slip_figure_label(figure).zh, given, fits.zh),
                        arena_print(arena, "%s cannot be \"%s\"; it may be: %s", slip_figure_label(figure).en, given, fits.en)};
}

/* A slip about one problem names a member of its figures, by code or label; what a total may be called is looked up in the table itself. */
struct label guard_slip_figure(const struct guard_facts *facts, struct arena *arena, uint16_t *field) {
  const char *name = row_text(facts->after, CORRECTION_FIGURE), *figure = name ? slip_figure(name) : NULL;
  struct buffer names = {.arena = arena};
  *field = CORRECTION_FIGURE;
  if (!name || row_integer(facts->after, CORRECTION_PROBLEM) == NOTHING) return HOLDS;
  if (figure) return slip_value_fits(facts, arena, figure, field);
  for (size_t i = 0; i < FIGURE_MEMBER_COUNT; i++) buffer_print(&names, "%s%s", i ? " " : "", FIGURE_MEMBERS[i].name);
  return (struct label){arena_print(arena, "冻结表里没有“%s”这一项;可以是:%s", name, names.bytes),
                        arena_print(arena, "a frozen line has no \"%s\"; it may be one of: %s", name, names.bytes)};
}
