/* A figure from a row, its members by name, its canonical bytes, and who may see it. Pure but for the one question to a reader about
   a problem with more joint units than a figure holds. */
#include "rules/figures.h"

#include <stdlib.h>
#include <string.h>

#include "base/heap.h"
#include "base/sorted.h"
#include "store/seal.h"

/* ---- members ---- */

#define MEMBER(member, version) {#member, offsetof(struct figure, member), sizeof(((struct figure *)0)->member), 1, false, version}
#define DATE(member, version) {#member, offsetof(struct figure, member), sizeof(int32_t), 1, true, version}
/* The order is the serialisation's: a new member goes to the end, with a new version. */
const struct figure_member FIGURE_MEMBERS[] = {
  MEMBER(id, 1), MEMBER(entry, 1), MEMBER(campaign, 1), MEMBER(lead_unit, 1), MEMBER(parent, 1), MEMBER(category_record, 1), MEMBER(official, 1),
  {"joint", offsetof(struct figure, joint), sizeof(int32_t), FIGURE_JOINT_MOST, false, 1},
  DATE(registered, 1), DATE(admitted, 1), DATE(admitted_entered, 1), DATE(assigned, 1), DATE(taken, 1), DATE(due, 1), DATE(due_original, 1), DATE(applied, 1),
  DATE(endorsed, 1), DATE(accepted, 1), DATE(publicised, 1), DATE(closed, 1), DATE(settled, 1), DATE(reopened, 1), DATE(watch_until, 1), DATE(closed_before, 1),
  DATE(watch_before, 1), DATE(withdrawn, 1), DATE(hand_until, 1), DATE(suspended_until, 1), MEMBER(flags, 1),
  MEMBER(state, 1), MEMBER(cycle, 1), MEMBER(sent_back, 1), MEMBER(extensions, 1), MEMBER(transfers, 1), MEMBER(rebounds, 1), MEMBER(appeals, 1), MEMBER(progress, 1),
  MEMBER(category, 1), MEMBER(source, 1), MEMBER(kind, 1), MEMBER(level, 1), MEMBER(priority, 1), MEMBER(route, 1), MEMBER(secrecy, 1), MEMBER(led_by, 1),
  MEMBER(colour, 1), MEMBER(hand_colour, 1), MEMBER(colour_at_application, 1), MEMBER(outcome, 1), MEMBER(note_repeats, 1),
};
const size_t FIGURE_MEMBER_COUNT = sizeof FIGURE_MEMBERS / sizeof *FIGURE_MEMBERS;

/* The bits of one member, as a number without sign. */
static uint64_t member_bits(const struct figure *figure, const struct figure_member *member, size_t which) {
  const char *at = (const char *)figure + member->offset + which * member->size;
  uint8_t one;
  uint16_t two;
  uint32_t four;
  uint64_t eight;
  switch (member->size) {
    case 1: memcpy(&one, at, 1); return one;
    case 2: memcpy(&two, at, 2); return two;
    case 4: memcpy(&four, at, 4); return four;
    default: memcpy(&eight, at, 8); return eight;
  }
}
static void member_set(struct figure *figure, const struct figure_member *member, size_t which, uint64_t bits) {
  char *at = (char *)figure + member->offset + which * member->size;
  uint8_t one = (uint8_t)bits;
  uint16_t two = (uint16_t)bits;
  uint32_t four = (uint32_t)bits;
  switch (member->size) {
    case 1: memcpy(at, &one, 1); break;
    case 2: memcpy(at, &two, 2); break;
    case 4: memcpy(at, &four, 4); break;
    default: memcpy(at, &bits, 8); break;
  }
}

int64_t figure_member_get(const struct figure *figure, const struct figure_member *member, size_t which) {
  uint64_t bits = member_bits(figure, member, which);
  if (!member->date) return (int64_t)bits;
  return (int32_t)(uint32_t)bits == FIGURE_NO_DATE ? NOTHING : (int32_t)(uint32_t)bits;
}

/* ---- from a row, and back ---- */

enum kind { A_DATE, A_REFERENCE, A_COUNT, A_CODE };
#define FROM(field, member, kind) {field, offsetof(struct figure, member), kind}
static const struct from { uint16_t field, offset; enum kind kind; } FROM_ROW[] = {
  FROM(PROBLEM_CAMPAIGN, campaign, A_REFERENCE), FROM(PROBLEM_LEAD_UNIT, lead_unit, A_REFERENCE), FROM(PROBLEM_PARENT, parent, A_REFERENCE),
  FROM(PROBLEM_CATEGORY_RECORD, category_record, A_REFERENCE), FROM(PROBLEM_OFFICIAL_USER, official, A_REFERENCE),
  FROM(PROBLEM_ADMITTED_ON, admitted, A_DATE), FROM(PROBLEM_ADMITTED_ENTERED, admitted_entered, A_DATE), FROM(PROBLEM_ASSIGNED_ON, assigned, A_DATE),
  FROM(PROBLEM_TAKEN_ON, taken, A_DATE), FROM(PROBLEM_DUE, due, A_DATE), FROM(PROBLEM_DUE_ORIGINAL, due_original, A_DATE), FROM(PROBLEM_APPLIED_ON, applied, A_DATE),
  FROM(PROBLEM_ENDORSED_ON, endorsed, A_DATE), FROM(PROBLEM_ACCEPTED_ON, accepted, A_DATE), FROM(PROBLEM_PUBLICISED_ON, publicised, A_DATE),
  FROM(PROBLEM_CLOSED_ON, closed, A_DATE), FROM(PROBLEM_SETTLED_ON, settled, A_DATE), FROM(PROBLEM_REOPENED_ON, reopened, A_DATE),
  FROM(PROBLEM_WATCH_UNTIL, watch_until, A_DATE), FROM(PROBLEM_CLOSED_BEFORE, closed_before, A_DATE), FROM(PROBLEM_WATCH_BEFORE, watch_before, A_DATE),
  FROM(PROBLEM_WITHDRAWN_ON, withdrawn, A_DATE), FROM(PROBLEM_HAND_COLOUR_UNTIL, hand_until, A_DATE), FROM(PROBLEM_SUSPENDED_UNTIL, suspended_until, A_DATE),
  FROM(PROBLEM_CYCLE, cycle, A_COUNT), FROM(PROBLEM_SENT_BACK, sent_back, A_COUNT), FROM(PROBLEM_EXTENSIONS, extensions, A_COUNT), FROM(PROBLEM_TRANSFERS, transfers, A_COUNT),
  FROM(PROBLEM_REBOUNDS, rebounds, A_COUNT), FROM(PROBLEM_APPEALS, appeals, A_COUNT), FROM(PROBLEM_PROGRESS, progress, A_COUNT),
  FROM(PROBLEM_CATEGORY, category, A_CODE), FROM(PROBLEM_SOURCE, source, A_CODE), FROM(PROBLEM_KIND, kind, A_CODE), FROM(PROBLEM_LEVEL, level, A_CODE),
  FROM(PROBLEM_PRIORITY, priority, A_CODE), FROM(PROBLEM_ROUTE, route, A_CODE), FROM(PROBLEM_SECRECY, secrecy, A_CODE), FROM(PROBLEM_LED_BY, led_by, A_CODE),
  FROM(PROBLEM_COLOUR, colour, A_CODE), FROM(PROBLEM_HAND_COLOUR, hand_colour, A_CODE), FROM(PROBLEM_COLOUR_AT_APPLICATION, colour_at_application, A_CODE),
  FROM(PROBLEM_NOTE_REPEATS, note_repeats, A_CODE), FROM(PROBLEM_OUTCOME, outcome, A_CODE),
};
static const struct { uint16_t field; uint32_t flag; } YES_NO[] = {
  {PROBLEM_COUNTED, FIGURE_COUNTED}, {PROBLEM_HISTORIC, FIGURE_HISTORIC}, {PROBLEM_HARD, FIGURE_HARD},
  {PROBLEM_EVER_RED, FIGURE_EVER_RED}};
static const struct { state_code state; uint32_t flag; } BY_STATE[] = {
  {PROBLEM_WITHDRAWN, FIGURE_WITHDRAWN}, {PROBLEM_MERGED, FIGURE_MERGED}, {PROBLEM_SPLIT, FIGURE_SPLIT}, {PROBLEM_SUSPENDED, FIGURE_SUSPENDED}, {PROBLEM_DISPUTED, FIGURE_DISPUTED}};

/* What is beyond the member's room is the most (counts), or nothing (dates, codes). */
static void member_from(struct figure *figure, const struct from *from, int64_t value) {
  char *at = (char *)figure + from->offset;
  int32_t date = value <= INT32_MIN || value > INT32_MAX ? FIGURE_NO_DATE : (int32_t)value;
  int64_t reference = value == NOTHING ? 0 : value;
  uint16_t count = value < 0 ? 0 : value > UINT16_MAX ? UINT16_MAX : (uint16_t)value;
  uint8_t code = value < 0 || value > UINT8_MAX ? 0 : (uint8_t)value;
  switch (from->kind) {
    case A_DATE: memcpy(at, &date, sizeof date); break;
    case A_REFERENCE: memcpy(at, &reference, sizeof reference); break;
    case A_COUNT: memcpy(at, &count, sizeof count); break;
    case A_CODE: memcpy(at, &code, sizeof code); break;
  }
}
/* NOTHING for what is nothing. A count of 0 and none are the same to a figure. */
static int64_t member_value(const struct figure *figure, const struct from *from) {
  const char *at = (const char *)figure + from->offset;
  int32_t date;
  int64_t reference;
  uint16_t count;
  uint8_t code;
  switch (from->kind) {
    case A_DATE: memcpy(&date, at, sizeof date); return date == FIGURE_NO_DATE ? NOTHING : date;
    case A_REFERENCE: memcpy(&reference, at, sizeof reference); return reference ? reference : NOTHING;
    case A_COUNT: memcpy(&count, at, sizeof count); return count;
    default: memcpy(&code, at, sizeof code); return code;
  }
}

/* In ascending order, whichever way they came: so it does not matter how they were read. The smallest stay where not all fit. */
void figure_join(struct figure *figure, int64_t unit) {
  int64_t carried = unit;
  if (unit <= 0) return;
  for (size_t i = 0; i < FIGURE_JOINT_MOST && carried <= INT32_MAX; i++) {
    int64_t stands = figure->joint[i];
    if (stands == carried) return;
    if (stands && stands < carried) continue;
    figure->joint[i] = (int32_t)carried;
    if (!stands) return;
    carried = stands;
  }
  figure->flags |= FIGURE_JOINT_MORE;
}

/* The flags that are made of members and flags of the row. */
static uint32_t flags_made(const struct figure *figure) {
  uint32_t flags = 0;
  if (figure->source == SOURCE_INSPECTION_OLD || figure->source == SOURCE_AUDIT_OLD) flags |= FIGURE_OLD_STOCK;
  if (figure->secrecy == SECRECY_PLACEHOLDER) flags |= FIGURE_PLACEHOLDER;
  if (figure->flags & (FIGURE_OWNER_NAMED | FIGURE_OWNER_USER)) flags |= FIGURE_OWNED;
  if (figure->parent) flags |= FIGURE_PART;
  for (size_t i = 0; i < sizeof BY_STATE / sizeof *BY_STATE; i++)
    if (BY_STATE[i].state == figure->state) flags |= BY_STATE[i].flag;
  return flags;
}

/* What is looked at beside the two tables. */
static const uint16_t BESIDE[] = {PROBLEM_OWNER, PROBLEM_OWNER_USER, PROBLEM_VISIBLE_ABOVE};
enum { FROM_COUNT = sizeof FROM_ROW / sizeof *FROM_ROW, YES_NO_COUNT = sizeof YES_NO / sizeof *YES_NO, BESIDE_COUNT = sizeof BESIDE / sizeof *BESIDE };
_Static_assert(FROM_COUNT + YES_NO_COUNT + BESIDE_COUNT < FIGURE_FIELDS_MOST, "all are named, and the end");

void figure_fields(uint16_t fields[FIGURE_FIELDS_MOST]) {
  size_t count = 0;
  for (size_t i = 0; i < FROM_COUNT; i++) fields[count++] = FROM_ROW[i].field;
  for (size_t i = 0; i < YES_NO_COUNT; i++) fields[count++] = YES_NO[i].field;
  for (size_t i = 0; i < BESIDE_COUNT; i++) fields[count++] = BESIDE[i];
  fields[count] = 0;
}

struct figure figure_of_listed(const struct row *row) {
  struct figure figure;
  memset(&figure, 0, sizeof figure);
  figure.id = row->id;
  figure.entry = row->entry;
  figure.state = row->state;
  figure.registered = (int32_t)date_of_moment(row->created);
  for (size_t i = 0; i < sizeof FROM_ROW / sizeof *FROM_ROW; i++) member_from(&figure, &FROM_ROW[i], row_integer(row, FROM_ROW[i].field));
  for (size_t i = 0; i < sizeof YES_NO / sizeof *YES_NO; i++)
    if (row_integer(row, YES_NO[i].field) == 1) figure.flags |= YES_NO[i].flag;
  if (row_text(row, PROBLEM_OWNER)) figure.flags |= FIGURE_OWNER_NAMED;
  if (row_integer(row, PROBLEM_OWNER_USER) > 0) figure.flags |= FIGURE_OWNER_USER;
  if (row_integer(row, PROBLEM_VISIBLE_ABOVE) == 0) figure.flags |= FIGURE_HIDDEN_ABOVE;
  if (row->voided) figure.flags |= FIGURE_VOIDED;
  figure.flags |= flags_made(&figure);
  return figure;
}

struct figure figure_of_row(const struct row *row) {
  struct figure figure = figure_of_listed(row);
  const struct value *joint = row_value(row, PROBLEM_JOINT_UNITS);
  for (size_t i = 0; joint && joint->kind == VALUE_MANY && i < joint->count; i++) figure_join(&figure, joint->many[i]);
  return figure;
}

/* The way back: lays what a figure knows over an empty row, so that the body of the next entry can be applied to it. */
static void figure_to_row(const struct figure *figure, struct row *row) {
  row->id = figure->id;
  row->entry = figure->entry;
  row->state = figure->state;
  row->created = moment_of_date(figure->registered);
  row->voided = (figure->flags & FIGURE_VOIDED) != 0;
  for (size_t i = 0; i < sizeof FROM_ROW / sizeof *FROM_ROW; i++)
    row_set_integer(row, FROM_ROW[i].field, member_value(figure, &FROM_ROW[i]));
  for (size_t i = 0; i < sizeof YES_NO / sizeof *YES_NO; i++) row_set_integer(row, YES_NO[i].field, (figure->flags & YES_NO[i].flag) != 0);
  if (figure->flags & FIGURE_OWNER_NAMED) row_set_text(row, PROBLEM_OWNER, FIGURE_TEXT);
  if (figure->flags & FIGURE_OWNER_USER) row_set_integer(row, PROBLEM_OWNER_USER, 1);
  if (figure->flags & FIGURE_HIDDEN_ABOVE) row_set_integer(row, PROBLEM_VISIBLE_ABOVE, 0);
}

/* Joint units are laid over as they stand, and known again by their place when the body leaves them alone: those that do not fit would be
   lost. */
bool figure_follow(struct figure *figure, const struct figure *before, const struct entry *entry, struct arena *arena) {
  static const int64_t UNTOUCHED[1] = {0};
  struct row *row = row_new(arena, record_type(RECORD_PROBLEM));
  struct value mark = value_many(PROBLEM_JOINT_UNITS, UNTOUCHED, 1);
  const struct value *joint = row_value(row, PROBLEM_JOINT_UNITS);
  if (before) {
    figure_to_row(before, row);
    row_set(row, &mark);
  }
  if (!body_apply(arena, entry, row)) return false;
  bool untouched = before && joint->kind == VALUE_MANY && joint->many == UNTOUCHED;
  *figure = figure_of_row(row);
  if (!untouched) return true;
  memcpy(figure->joint, before->joint, sizeof figure->joint);
  figure->flags |= before->flags & FIGURE_JOINT_MORE;
  return true;
}

/* ---- who may see it ---- */

static bool unit_among(const int64_t *units, size_t count, int64_t unit) {
  for (size_t i = 0; i < count; i++)
    if (units[i] == unit) return true;
  return false;
}

/* What a figure does not hold is asked of the store, one record. */
static bool store_shows(const struct figure *figure, const struct grant_scope *grant, int64_t user, struct reader *reader) {
  struct scope only = {.user = user, .grants = grant, .grant_count = 1};
  struct arena *arena = arena_new();
  struct row *row = NULL;
  bool found = reader && reader_get(reader, record_type(RECORD_PROBLEM), &only, figure->id, arena, &row) == STORE_OK;
  arena_free(arena);
  return found;
}

static bool joins(const struct figure *figure, const struct grant_scope *grant, struct reader *reader) {
  struct grant_scope joint = *grant;
  joint.relation = RELATION_JOINT;
  for (size_t i = 0; i < FIGURE_JOINT_MOST && figure->joint[i]; i++)
    if (unit_among(grant->units, grant->unit_count, figure->joint[i])) return true;
  return (figure->flags & FIGURE_JOINT_MORE) && store_shows(figure, &joint, 0, reader);
}

/* As the store composes it (store/compose_where.c): a placeholder holds nothing secret itself. */
static bool grant_shows(const struct figure *figure, const struct grant_scope *grant, int64_t user, struct reader *reader) {
  bool leads = figure->lead_unit && unit_among(grant->units, grant->unit_count, figure->lead_unit);
  if (figure->secrecy > grant->secrecy && figure->secrecy != SECRECY_PLACEHOLDER) return false;
  switch (grant->relation) {
    case RELATION_ANY: return true;
    case RELATION_LEAD: return grant->all || leads;
    case RELATION_JOINT: return grant->all || joins(figure, grant, reader);
    case RELATION_OUTSIDE: return !leads && !joins(figure, grant, reader);
    case RELATION_GUIDANCE: return leads && (!grant->campaign || grant->campaign == figure->campaign);
    case RELATION_OFFICIAL: return user && figure->official == user;
    case RELATION_ABOVE: return !(figure->flags & FIGURE_HIDDEN_ABOVE);
    default: return store_shows(figure, grant, user, reader);
  }
}

bool figure_in_scope(const struct figure *figure, const struct scope *scope, struct reader *reader) {
  if (scope == &SCOPE_SYSTEM) return true;
  for (size_t i = 0; i < scope->excluded_count; i++)
    if (scope->excluded[i] == figure->id) return false;
  for (size_t i = 0; i < scope->grant_count; i++)
    if (grant_shows(figure, &scope->grants[i], scope->user, reader)) return true;
  return false;
}

/* ---- bytes ---- */

static uint8_t *bytes_put(uint8_t *at, uint64_t bits, size_t size) {
  for (size_t i = size; i-- > 0; bits >>= 8) at[i] = (uint8_t)bits;
  return at + size;
}

size_t figure_size(unsigned version) {
  size_t size = 0;
  if (version < 1 || version > FIGURE_VERSION) return 0;
  for (size_t i = 0; i < FIGURE_MEMBER_COUNT; i++)
    if (FIGURE_MEMBERS[i].since <= version) size += (size_t)FIGURE_MEMBERS[i].size * FIGURE_MEMBERS[i].count;
  return size;
}

static void figure_bytes(const struct figure *figure, unsigned version, uint8_t bytes[sizeof(struct figure)]) {
  uint8_t *at = bytes;
  for (size_t i = 0; i < FIGURE_MEMBER_COUNT; i++) {
    const struct figure_member *member = &FIGURE_MEMBERS[i];
    for (size_t which = 0; member->since <= version && which < member->count; which++)
      at = bytes_put(at, member_bits(figure, member, which), member->size);
  }
}

void figure_write(struct buffer *out, const struct figure *figure, unsigned version) {
  uint8_t bytes[sizeof(struct figure)];
  figure_bytes(figure, version, bytes);
  buffer_add(out, bytes, figure_size(version));
}

bool figure_parse(const uint8_t *bytes, size_t size, unsigned version, struct figure *figure) {
  const uint8_t *at = bytes;
  memset(figure, 0, sizeof *figure);
  if (!size || size != figure_size(version)) return false;
  for (size_t i = 0; i < FIGURE_MEMBER_COUNT; i++) {
    const struct figure_member *member = &FIGURE_MEMBERS[i];
    for (size_t which = 0; which < member->count; which++) {
      uint64_t bits = member->date && member->since > version ? (uint32_t)FIGURE_NO_DATE : 0;
      for (size_t k = 0; member->since <= version && k < member->size; k++) bits = bits << 8 | *at++;
      member_set(figure, member, which, bits);
    }
  }
  return true;
}

void figures_hash(const struct figures *figures, unsigned version, uint8_t hash[HASH_SIZE]) {
  struct buffer out = {0};
  uint8_t head[18], *at = bytes_put(head, version, 2);
  at = bytes_put(at, (uint64_t)figures->journal, 8);
  bytes_put(at, figures->count, 8);
  buffer_add(&out, "bihuan-figures", sizeof "bihuan-figures");
  buffer_add(&out, head, sizeof head);
  for (size_t i = 0; i < figures->count; i++) figure_write(&out, &figures->items[i], version);
  hash_bytes(hash, out.bytes, out.size);
  buffer_free(&out);
}

/* ---- many ---- */

struct figure *figures_add(struct figures *figures, const struct figure *figure) {
  if (figures->count == figures->room) {
    size_t room = figures->room ? figures->room + figures->room / 2 : 256;
    figures->items = heap_resized(figures->items, room, sizeof *figures->items);
    figures->room = room;
  }
  figures->items[figures->count] = *figure;
  return &figures->items[figures->count++];
}

struct figure *figures_find(const struct figures *figures, int64_t id) {
  size_t low = SORTED_PLACE(figures->items, figures->count, id, id);
  return low < figures->count && figures->items[low].id == id ? &figures->items[low] : NULL;
}

void figures_fit(struct figures *figures) {
  struct figure *items = figures->count && figures->count < figures->room ? realloc(figures->items, figures->count * sizeof *items) : NULL;
  if (!items) return; /* nothing to give back, or it stays as it is */
  figures->items = items;
  figures->room = figures->count;
}

void figures_free(struct figures *figures) {
  free(figures->items);
  *figures = (struct figures){0};
}
