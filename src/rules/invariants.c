/* The table of invariants (invariants.h). To add one: a row with the next code, a function, a case in
   tests/unit/test_rules_invariants.c. */
#include "rules/invariants.h"

#include <string.h>

#include "base/room.h"
#include "base/sorted.h"

static bool given(int32_t date) { return date != FIGURE_NO_DATE; }
static bool has(const struct invariant_facts *facts, uint32_t flags) { return (facts->figure->flags & flags) != 0; }
/* Counted and not closed, parts included: somebody has to do something. */
static bool open(const struct invariant_facts *facts) { return has(facts, FIGURE_COUNTED) && !figure_is_closed(facts->figure); }

static bool no_lead(const struct invariant_facts *facts) { return has(facts, FIGURE_COUNTED) && !facts->figure->lead_unit; }

/* Who is named when rectification starts; what is put right at once is applied for without it. */
static bool no_owner(const struct invariant_facts *facts) {
  state_code state = facts->figure->state;
  bool started = state == PROBLEM_RECTIFYING ||
                 (facts->figure->kind != KIND_AT_ONCE && (state == PROBLEM_APPLIED || state == PROBLEM_ENDORSED));
  return open(facts) && started && !has(facts, FIGURE_OWNED | FIGURE_PLACEHOLDER);
}

static bool no_date(const struct invariant_facts *facts) {
  return open(facts) && facts->figure->state != PROBLEM_ADMITTED && !has(facts, FIGURE_SUSPENDED | FIGURE_SPLIT) &&
         !given(facts->figure->due);
}

static bool no_end(const struct invariant_facts *facts) {
  const struct figure *figure = facts->figure;
  if (has(facts, FIGURE_SUSPENDED)) return !given(figure->suspended_until);
  if (figure->hand_colour && open(facts)) return !given(figure->hand_until);
  return figure->state == PROBLEM_CLOSED && has(facts, FIGURE_COUNTED) && !has(facts, FIGURE_HISTORIC) && !given(figure->watch_until);
}

static bool held_low(const struct invariant_facts *facts) {
  return open(facts) && facts->unit && (facts->unit->kind == UNIT_KIND_VILLAGE || !facts->unit->may_hold);
}
static bool holder_gone(const struct invariant_facts *facts) {
  const struct unit_facts *unit = facts->unit;
  return open(facts) && facts->figure->lead_unit &&
         (!unit || (given(unit->to) && unit->to < facts->today) || (given(unit->from) && unit->from > facts->today));
}

static bool no_colour(const struct invariant_facts *facts) { return figure_in_total(facts->figure) && !facts->figure->colour; }
static bool colour_left(const struct invariant_facts *facts) {
  return has(facts, FIGURE_WITHDRAWN | FIGURE_MERGED) && facts->figure->colour;
}

static bool out_of_order(const struct invariant_facts *facts) {
  const struct figure *figure = facts->figure;
  const int32_t dates[] = {figure->admitted, figure->assigned, figure->applied, figure->accepted, figure->closed, figure->settled};
  int32_t last = FIGURE_NO_DATE;
  for (size_t i = 0; i < sizeof dates / sizeof *dates && !has(facts, FIGURE_HISTORIC); i++) {
    if (!given(dates[i])) continue;
    if (given(last) && dates[i] < last) return true;
    last = dates[i];
  }
  return false;
}

static bool step_missing(const struct invariant_facts *facts) {
  const struct figure *figure = facts->figure;
  if (!figure_in_total(figure) || has(facts, FIGURE_HISTORIC)) return false;
  bool off_line = has(facts, FIGURE_PLACEHOLDER); /* closed by the office, without an application */
  return (figure_is_closed(figure) && !given(figure->closed)) || (figure_is_accepted(figure) && !given(figure->applied) && !off_line);
}

/* The clock settles on the day after; a day's grace for its own work. */
static bool watch_overrun(const struct invariant_facts *facts) {
  return facts->figure->state == PROBLEM_CLOSED && given(facts->figure->watch_until) && facts->figure->watch_until + 1 < facts->today;
}
static bool suspended_overrun(const struct invariant_facts *facts) {
  return has(facts, FIGURE_SUSPENDED) && given(facts->figure->suspended_until) && facts->figure->suspended_until + 1 < facts->today;
}

static bool counted_part(const struct invariant_facts *facts) { return has(facts, FIGURE_PART) && has(facts, FIGURE_COUNTED); }
static bool part_alone(const struct invariant_facts *facts) {
  return counted_part(facts) && (!facts->parent || !figure_in_total(facts->parent));
}
static bool part_behind(const struct invariant_facts *facts) {
  return counted_part(facts) && facts->parent && figure_is_closed(facts->parent) && !figure_is_closed(facts->figure);
}

static bool joins_itself(const struct invariant_facts *facts) {
  for (size_t i = 0; i < FIGURE_JOINT_MOST && facts->figure->joint[i]; i++)
    if (facts->figure->joint[i] == facts->figure->lead_unit) return has(facts, FIGURE_COUNTED);
  return false;
}
static bool cycle_unexplained(const struct invariant_facts *facts) {
  return has(facts, FIGURE_COUNTED) && ((facts->figure->cycle > 1 && !given(facts->figure->reopened)) ||
                                        (facts->figure->rebounds && facts->figure->rebounds >= facts->figure->cycle));
}

#define LAW "PRACTICE.md, Invariants"
const struct invariant INVARIANTS[] = {
  {1, "no_lead_unit", {"无牵头单位", "No lead unit"}, {"计入总数而没有牵头单位：请指定牵头单位。", "Counted without a lead unit: name one."}, LAW, no_lead},
  {2, "no_owner", {"无责任人", "No owner"}, {"已启动整改而没有责任人：请写明责任人。", "Being rectified without an owner: name one."}, LAW, no_owner},
  {3, "no_date", {"无期限", "No date"}, {"已交办而没有整改期限：请定期限。", "Assigned without a date: set one."}, LAW, no_date},
  {4, "no_end", {"无终点", "No end"}, {"挂账、人工定色或巩固期没有截止日期：请补上。", "A suspension, a colour set by hand or a watch period without an end: add it."}, LAW, no_end},
  {5, "held_too_low", {"不能承担的单位持有", "Held by who may not"}, {"村居或不能承担任务的单位持有：请改由有责任的单位牵头。", "Held by a village or a unit that may hold no task: let a responsible unit lead."}, LAW, held_low},
  {6, "holder_gone", {"牵头单位已失效", "Holder gone"}, {"牵头单位已撤并或不在有效期内：请移交承接单位。", "The lead unit is no longer in force: hand it over to its successor."}, "PRACTICE.md, Daily work 8", holder_gone},
  {7, "no_colour", {"无颜色", "No colour"}, {"计入总数而没有颜色：请运行一次时钟（bihuan clock run）。", "In the total without a colour: let the clock run (bihuan clock run)."}, LAW, no_colour},
  {8, "colour_left", {"撤销并入仍有颜色", "Colour left behind"}, {"已撤销或并入而仍有颜色。", "Withdrawn or merged, and still has a colour."}, LAW, colour_left},
  {9, "dates_out_of_order", {"日期次序不对", "Dates out of order"}, {"入库、交办、申请、验收、销号、长效的日期前后颠倒：请核对。", "The dates of admission, assignment, application, acceptance, closing and settling are out of order: check them."}, "PRACTICE.md, Definitions", out_of_order},
  {10, "step_missing", {"步骤无日期", "Step without a date"}, {"已销号无销号日期，或已验收无申请日期。", "Closed without a date of closing, or accepted without one of application."}, "PRACTICE.md, Definitions", step_missing},
  {11, "watch_overrun", {"巩固期已满未转长效", "Watch over, not settled"}, {"巩固期已满而没有转长效：时钟没有走到，请查看。", "The watch period is over and it was not settled: the clock has not come by; look into it."}, LAW, watch_overrun},
  {12, "suspended_overrun", {"挂账到期未处理", "Suspension over"}, {"挂账期限已过：请恢复整改或重新报批。", "The suspension is over: resume, or ask again."}, "PRACTICE.md, Hand-overs", suspended_overrun},
  {13, "part_alone", {"分解部分无上级", "Part without parent"}, {"分解部分的上级问题不在总数里。", "A part whose parent is not in the total."}, LAW, part_alone},
  {14, "part_behind", {"上级已销号部分未销号", "Part behind its parent"}, {"上级问题已销号，这一部分还没有。", "Its parent is closed, this part is not."}, LAW, part_behind},
  {15, "joins_itself", {"牵头又配合", "Leads and joins"}, {"同一单位既牵头又配合：请去掉配合。", "One unit both leads and joins: take it out of the joint units."}, LAW, joins_itself},
  {16, "cycle_unexplained", {"轮次与重开不符", "Cycle without re-opening"}, {"第几次整改与重开、反弹的记录不符。", "Its cycle does not fit its re-openings or rebounds."}, LAW, cycle_unexplained},
};
const size_t INVARIANT_COUNT = sizeof INVARIANTS / sizeof *INVARIANTS;
_Static_assert(sizeof INVARIANTS / sizeof *INVARIANTS <= INVARIANTS_MOST, "a bit each");

const struct invariant *invariant_named(const char *name) {
  for (size_t i = 0; name && i < INVARIANT_COUNT; i++)
    if (strcmp(INVARIANTS[i].name, name) == 0) return &INVARIANTS[i];
  return NULL;
}

uint32_t invariants_broken(const struct invariant_facts *facts) {
  uint32_t bits = 0;
  if (has(facts, FIGURE_VOIDED)) return 0;
  for (size_t i = 0; i < INVARIANT_COUNT; i++)
    if (INVARIANTS[i].broken(facts)) bits |= UINT32_C(1) << i;
  return bits;
}

/* ---- units ---- */

struct gathered { struct arena *arena; struct unit_facts *items; size_t count, room; };

static int32_t date_or_none(int64_t date) { return date == NOTHING ? FIGURE_NO_DATE : (int32_t)date; }

static bool unit_take(void *with, const struct row *row) {
  struct gathered *gathered = with;
  int64_t kind = row_integer(row, UNIT_KIND);
  ARENA_ROOM(gathered->arena, gathered->items, gathered->count, gathered->room, 256);
  gathered->items[gathered->count++] = (struct unit_facts){row->id, kind == NOTHING ? 0 : (uint8_t)kind,
                                                           row_integer(row, UNIT_MAY_HOLD) != 0 && !row->voided,
                                                           date_or_none(row_integer(row, UNIT_VALID_FROM)),
                                                           date_or_none(row_integer(row, UNIT_VALID_TO))};
  return true;
}

enum store_error unit_facts_read(struct reader *reader, struct arena *arena, struct unit_facts **units, size_t *count) {
  static const uint16_t FIELDS[] = {UNIT_KIND, UNIT_MAY_HOLD, UNIT_VALID_FROM, UNIT_VALID_TO, 0};
  struct query query = {.type = record_type(RECORD_UNIT), .fields = FIELDS, .with_voided = true, .expected = -1};
  struct gathered gathered = {.arena = arena};
  enum store_error error = reader_list(reader, &query, &SCOPE_SYSTEM, arena, unit_take, &gathered);
  *units = gathered.items;
  *count = gathered.count;
  return error;
}

const struct unit_facts *unit_facts_find(const struct unit_facts *units, size_t count, int64_t unit) {
  size_t low = SORTED_PLACE(units, count, unit, unit);
  return low < count && units[low].unit == unit ? &units[low] : NULL;
}
