/* Balances and what breaks them (identities.h). Pure, but for identities_read. */
#include "rules/identities.h"

#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "base/sorted.h"

static const char *const NAMES[IDENTITY_COUNT] = {[IDENTITY_OPEN] = "open", [IDENTITY_COLOUR] = "colour", [IDENTITY_STEPS] = "steps", [IDENTITY_PARTS] = "parts"};
const char *identity_name(enum identity_rule rule) { return rule > 0 && rule < IDENTITY_COUNT ? NAMES[rule] : NULL; }

bool balance_holds(const struct balance *balance) {
  return balance->end == balance->begin + balance->added + balance->reopened + balance->moved_in - balance->closed - balance->withdrawn -
                             balance->merged - balance->voided - balance->moved_out;
}

/* ---- what is collected ---- */

/* Where a problem stands while its movements are walked: open with whom (0: not open). */
struct place { int64_t problem, unit; bool open; };
struct checking {
  const struct figures *before, *after; struct arena *arena; struct identities *out;
  struct place *places; size_t place_count;               /* by problem */
  size_t break_room, unit_room;
};

static struct balance *balance_of(struct checking *checking, int64_t unit) {
  struct identities *out = checking->out;
  size_t low = SORTED_PLACE(out->units, out->unit_count, unit, unit);
  if (low < out->unit_count && out->units[low].unit == unit) return &out->units[low];
  ARENA_ROOM(checking->arena, out->units, out->unit_count, checking->unit_room, 256);
  memmove(&out->units[low + 1], &out->units[low], (out->unit_count - low) * sizeof *out->units);
  out->units[low] = (struct balance){.unit = unit};
  out->unit_count++;
  return &out->units[low];
}

static void break_add(struct checking *checking, enum identity_rule rule, int64_t problem, struct label sentence) {
  struct identities *out = checking->out;
  ARENA_ROOM(checking->arena, out->breaks, out->break_count, checking->break_room, 16);
  out->breaks[out->break_count++] = (struct identity_break){rule, problem, sentence};
}

/* ---- places ---- */

static struct place *place_of(struct checking *checking, int64_t problem) {
  size_t low = SORTED_PLACE(checking->places, checking->place_count, problem, problem);
  return low < checking->place_count && checking->places[low].problem == problem ? &checking->places[low] : NULL;
}

static int by_number(const void *one, const void *other) {
  int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
  return (a > b) - (a < b);
}

/* Every problem that stands at an end or moved, once, by id; open where the figures at the start say so. */
static void places_make(struct checking *checking, const struct movements *movements) {
  size_t count = 0, kept = 0, all = checking->before->count + checking->after->count + movements->count;
  int64_t *ids = ARENA_ARRAY(checking->arena, int64_t, all + 1);
  for (size_t i = 0; i < checking->before->count; i++) ids[count++] = checking->before->items[i].id;
  for (size_t i = 0; i < checking->after->count; i++) ids[count++] = checking->after->items[i].id;
  for (size_t i = 0; i < movements->count; i++) ids[count++] = movements->items[i].problem;
  if (count) qsort(ids, count, sizeof *ids, by_number);
  for (size_t i = 0; i < count; i++)
    if (!kept || ids[kept - 1] != ids[i]) ids[kept++] = ids[i];
  checking->places = ARENA_ARRAY(checking->arena, struct place, kept + 1);
  checking->place_count = kept;
  for (size_t i = 0; i < kept; i++) {
    const struct figure *figure = figures_find(checking->before, ids[i]);
    checking->places[i] = (struct place){ids[i], figure ? figure->lead_unit : 0, figure && figure_is_open(figure)};
  }
}

/* ---- walking ---- */

static void count_movement(struct balance *balance, enum movement_kind kind) {
  switch (kind) {
    case MOVEMENT_ADDED: balance->added++; break;
    case MOVEMENT_REOPENED: balance->reopened++; break;
    case MOVEMENT_CLOSED: balance->closed++; break;
    case MOVEMENT_WITHDRAWN: balance->withdrawn++; break;
    case MOVEMENT_MERGED: balance->merged++; break;
    case MOVEMENT_VOIDED: balance->voided++; break;
    case MOVEMENT_MOVED: balance->moved_out++; break;
  }
}

static void walk(struct checking *checking, const struct movement *movement) {
  struct place *place = place_of(checking, movement->problem);
  bool opens = movement->kind == MOVEMENT_ADDED || movement->kind == MOVEMENT_REOPENED, moves = movement->kind == MOVEMENT_MOVED;
  count_movement(balance_of(checking, movement->unit), movement->kind);
  if (moves) balance_of(checking, movement->to)->moved_in++;
  else count_movement(&checking->out->whole, movement->kind);
  place->unit = moves ? movement->to : movement->unit;
  if (!moves) place->open = opens;
}

static void ends_count(struct checking *checking) {
  for (size_t i = 0; i < checking->before->count; i++) {
    const struct figure *figure = &checking->before->items[i];
    if (!figure_is_open(figure)) continue;
    balance_of(checking, figure->lead_unit)->begin++;
    checking->out->whole.begin++;
  }
  for (size_t i = 0; i < checking->after->count; i++) {
    const struct figure *figure = &checking->after->items[i];
    if (!figure_is_open(figure)) continue;
    balance_of(checking, figure->lead_unit)->end++;
    checking->out->whole.end++;
  }
}

/* ---- what breaks ---- */

static void place_check(struct checking *checking, const struct place *place) {
  const struct figure *figure = figures_find(checking->after, place->problem);
  bool open = figure && figure_is_open(figure);
  struct arena *arena = checking->arena;
  if (open != place->open)
    break_add(checking, IDENTITY_OPEN, place->problem, open
      ? (struct label){"期末算在办，但期内的办理过程不是这样（入库、重开没有记录，或计入标记不对）", "counted as open at the end, which its way through the period does not say (no admission or re-opening, or a wrong mark)"}
      : (struct label){"期末不算在办，但期内的办理过程没有销号、撤销或并入（或计入标记不对）", "not counted as open at the end, though its way through the period has no closing, withdrawal or merging (or a wrong mark)"});
  else if (open && figure->lead_unit != place->unit)
    break_add(checking, IDENTITY_OPEN, place->problem,
              label_print(arena, "期末的牵头单位 %lld 与移交过程得出的 %lld 不符",
                          "led by unit %lld at the end, by %lld after what was handed over", (long long)figure->lead_unit,
                          (long long)place->unit));
}

static void colour_check(struct checking *checking, const struct figure *figure) {
  bool coloured = figure->colour >= COLOUR_GREY && figure->colour <= COLOUR_BLUE,
       out = (figure->flags & (FIGURE_WITHDRAWN | FIGURE_MERGED)) != 0;
  if (figure_in_total(figure) && !coloured)
    break_add(checking, IDENTITY_COLOUR, figure->id,
              (struct label){"计入总数而没有颜色，六色之和少于总数",
                             "in the total without a colour: the six colours are less than the total"});
  if (out && figure->colour)
    break_add(checking, IDENTITY_COLOUR, figure->id, (struct label){"已撤销或并入而仍有颜色", "withdrawn or merged, and still has a colour"});
}

/* Who is closed was accepted, and who is accepted was applied for: by the dates, as the states themselves stand in order. */
static void steps_check(struct checking *checking, const struct figure *figure) {
  if (!figure_in_total(figure) || (figure->flags & FIGURE_HISTORIC)) return;
  if (figure_is_closed(figure) && figure->closed == FIGURE_NO_DATE)
    break_add(checking, IDENTITY_STEPS, figure->id, (struct label){"已销号而没有销号日期", "closed without a date of closing"});
  if (figure_is_accepted(figure) && figure->applied == FIGURE_NO_DATE &&
      !(figure->flags & FIGURE_PLACEHOLDER)) /* that one is put right off-line */
    break_add(checking, IDENTITY_STEPS, figure->id, (struct label){"验收通过而没有申请销号日期", "accepted without a date of application"});
}

static void parts_check(struct checking *checking, const struct figure *figure) {
  const struct figure *parent = figure->flags & FIGURE_PART ? figures_find(checking->after, figure->parent) : NULL;
  bool stands = figure->flags & FIGURE_COUNTED;
  if (!(figure->flags & FIGURE_PART) || !stands) return;
  if (!parent || !figure_in_total(parent))
    break_add(checking, IDENTITY_PARTS, figure->id, (struct label){"分解部分的上级问题不在总数里", "a part whose parent is not in the total"});
  else if (figure_is_closed(parent) && !figure_is_closed(figure))
    break_add(checking, IDENTITY_PARTS, figure->id, (struct label){"上级问题已销号，这一部分还没有", "its parent is closed, this part is not"});
}

static int by_rule(const void *one, const void *other) {
  const struct identity_break *a = one, *b = other;
  if (a->rule != b->rule) return (a->rule > b->rule) - (a->rule < b->rule);
  return (a->problem > b->problem) - (a->problem < b->problem);
}

void identities_check(const struct figures *before, const struct figures *after, const struct movements *movements, struct arena *arena,
                      struct identities *identities) {
  struct checking checking = {.before = before, .after = after, .arena = arena, .out = identities};
  *identities = (struct identities){0};
  places_make(&checking, movements);
  for (size_t i = 0; i < movements->count; i++) walk(&checking, &movements->items[i]);
  ends_count(&checking);
  for (size_t i = 0; i < checking.place_count; i++) place_check(&checking, &checking.places[i]);
  for (size_t i = 0; i < after->count; i++) {
    colour_check(&checking, &after->items[i]);
    steps_check(&checking, &after->items[i]);
    parts_check(&checking, &after->items[i]);
  }
  if (identities->break_count) qsort(identities->breaks, identities->break_count, sizeof *identities->breaks, by_rule);
  identities->hold = identities->break_count == 0 && balance_holds(&identities->whole);
  for (size_t i = 0; i < identities->unit_count; i++) identities->hold = identities->hold && balance_holds(&identities->units[i]);
}

/* ---- from the journal ---- */

enum store_error identities_read(struct reader *reader, const struct figures_source *source, int64_t from, int64_t to, int64_t campaign, struct arena *arena, struct identities *identities) {
  struct figures before = {0}, after = {0};
  struct movements movements = {0};
  enum store_error error = from ? figures_from(source, reader, from, campaign, &before) : STORE_OK;
  if (!error) error = figures_from(source, reader, to, campaign, &after);
  if (!error) error = movements_read(reader, from, to, campaign, &before, &movements);
  if (!error) identities_check(&before, &after, &movements, arena, identities);
  figures_free(&before);
  figures_free(&after);
  movements_free(&movements);
  return error;
}
