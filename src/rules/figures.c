/* A figure from a row, its members by name, its canonical bytes, and who may see it. Pure but for the one question to a reader about
   a problem with more joint units than a figure holds. */
#include "rules/figures.h"

#include <stdlib.h>
#include <string.h>

/* ---- members ---- */

#define MEMBER(member, version) {#member, offsetof(struct figure, member), sizeof(((struct figure *)0)->member), 1, false, version}
#define DATE(member, version) {#member, offsetof(struct figure, member), sizeof(int32_t), 1, true, version}
/* The order is the serialisation's: a new member goes to the end, with a new version. */
const struct figure_member FIGURE_MEMBERS[] = {
  MEMBER(id, 1), MEMBER(entry, 1), MEMBER(campaign, 1), MEMBER(lead_unit, 1), MEMBER(parent, 1), MEMBER(category_record, 1), MEMBER(leader, 1),
  {"joint", offsetof(struct figure, joint), sizeof(int32_t), FIGURE_JOINT_MOST, false, 1},
  DATE(registered, 1), DATE(admitted, 1), DATE(admitted_entered, 1), DATE(assigned, 1), DATE(taken, 1), DATE(due, 1), DATE(due_original, 1), DATE(applied, 1),
  DATE(endorsed, 1), DATE(accepted, 1), DATE(publicised, 1), DATE(closed, 1), DATE(settled, 1), DATE(reopened, 1), DATE(watch_until, 1), DATE(closed_before, 1),
  DATE(watch_before, 1), DATE(withdrawn, 1), DATE(hand_until, 1), DATE(suspended_until, 1), MEMBER(flags, 1),
  MEMBER(state, 1), MEMBER(cycle, 1), MEMBER(sent_back, 1), MEMBER(extensions, 1), MEMBER(transfers, 1), MEMBER(rebounds, 1), MEMBER(appeals, 1), MEMBER(progress, 1),
  MEMBER(category, 1), MEMBER(source, 1), MEMBER(kind, 1), MEMBER(level, 1), MEMBER(priority, 1), MEMBER(route, 1), MEMBER(secrecy, 1), MEMBER(led_by, 1),
  MEMBER(colour, 1), MEMBER(hand_colour, 1), MEMBER(colour_at_application, 1), MEMBER(outcome, 1),
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

/* ---- from a row ---- */

static int32_t date_of(const struct row *row, uint16_t field) {
  int64_t date = row_integer(row, field);
  return date == NOTHING || date <= INT32_MIN || date > INT32_MAX ? FIGURE_NO_DATE : (int32_t)date;
}
/* Counts and codes: nothing and what is below is 0, what is beyond is the most there is. */
static uint16_t count_of(const struct row *row, uint16_t field) {
  int64_t count = row_integer(row, field);
  return count < 0 ? 0 : count > UINT16_MAX ? UINT16_MAX : (uint16_t)count;
}
static uint8_t code_of(const struct row *row, uint16_t field) {
  int64_t code = row_integer(row, field);
  return code < 0 || code > UINT8_MAX ? 0 : (uint8_t)code;
}
static int64_t reference_of(const struct row *row, uint16_t field) {
  int64_t id = row_integer(row, field);
  return id == NOTHING ? 0 : id;
}
static uint32_t flag_of(const struct row *row, uint16_t field, enum figure_flag flag) { return row_integer(row, field) == 1 ? flag : 0; }

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

static void joint_of(struct figure *figure, const struct value *joint) {
  for (size_t i = 0; joint && joint->kind == VALUE_MANY && i < joint->count; i++) figure_join(figure, joint->many[i]);
}

static uint32_t flags_of(const struct row *row) {
  int64_t source = row_integer(row, PROBLEM_SOURCE);
  const char *owner = row_text(row, PROBLEM_OWNER);
  uint32_t flags = flag_of(row, PROBLEM_COUNTED, FIGURE_COUNTED) | flag_of(row, PROBLEM_HISTORIC, FIGURE_HISTORIC) | flag_of(row, PROBLEM_PLACEHOLDER, FIGURE_PLACEHOLDER) |
                   flag_of(row, PROBLEM_HARD, FIGURE_HARD) | flag_of(row, PROBLEM_EVER_RED, FIGURE_EVER_RED) | flag_of(row, PROBLEM_OLD_STOCK, FIGURE_OLD_STOCK);
  if (source == SOURCE_INSPECTION_OLD || source == SOURCE_AUDIT_OLD) flags |= FIGURE_OLD_STOCK;
  if (row_integer(row, PROBLEM_SECRECY) == SECRECY_PLACEHOLDER) flags |= FIGURE_PLACEHOLDER;
  if (owner || reference_of(row, PROBLEM_OWNER_USER)) flags |= FIGURE_OWNED;
  if (row->voided) flags |= FIGURE_VOIDED;
  switch (row->state) {
    case PROBLEM_WITHDRAWN: return flags | FIGURE_WITHDRAWN;
    case PROBLEM_MERGED: return flags | FIGURE_MERGED;
    case PROBLEM_SPLIT: return flags | FIGURE_SPLIT;
    case PROBLEM_SUSPENDED: return flags | FIGURE_SUSPENDED;
    case PROBLEM_DISPUTED: return flags | FIGURE_DISPUTED;
    default: return flags;
  }
}

static void dates_of(struct figure *figure, const struct row *row) {
  figure->registered = (int32_t)date_of_moment(row->created);
  figure->admitted = date_of(row, PROBLEM_ADMITTED_ON);
  figure->admitted_entered = date_of(row, PROBLEM_ADMITTED_ENTERED);
  figure->assigned = date_of(row, PROBLEM_ASSIGNED_ON);
  figure->taken = date_of(row, PROBLEM_TAKEN_ON);
  figure->due = date_of(row, PROBLEM_DUE);
  figure->due_original = date_of(row, PROBLEM_DUE_ORIGINAL);
  figure->applied = date_of(row, PROBLEM_APPLIED_ON);
  figure->endorsed = date_of(row, PROBLEM_ENDORSED_ON);
  figure->accepted = date_of(row, PROBLEM_ACCEPTED_ON);
  figure->publicised = date_of(row, PROBLEM_PUBLICISED_ON);
  figure->closed = date_of(row, PROBLEM_CLOSED_ON);
  figure->settled = date_of(row, PROBLEM_SETTLED_ON);
  figure->reopened = date_of(row, PROBLEM_REOPENED_ON);
  figure->watch_until = date_of(row, PROBLEM_WATCH_UNTIL);
  figure->closed_before = date_of(row, PROBLEM_CLOSED_BEFORE);
  figure->watch_before = date_of(row, PROBLEM_WATCH_BEFORE);
  figure->withdrawn = date_of(row, PROBLEM_WITHDRAWN_ON);
  figure->hand_until = date_of(row, PROBLEM_HAND_COLOUR_UNTIL);
  figure->suspended_until = date_of(row, PROBLEM_SUSPENDED_UNTIL);
}

struct figure figure_of_row(const struct row *row) {
  struct figure figure;
  memset(&figure, 0, sizeof figure);
  figure.id = row->id;
  figure.entry = row->entry;
  figure.campaign = reference_of(row, PROBLEM_CAMPAIGN);
  figure.lead_unit = reference_of(row, PROBLEM_LEAD_UNIT);
  figure.parent = reference_of(row, PROBLEM_PARENT);
  figure.category_record = reference_of(row, PROBLEM_CATEGORY_RECORD);
  figure.leader = reference_of(row, PROBLEM_LEADER);
  figure.flags = flags_of(row);
  if (figure.parent && row->state != PROBLEM_MERGED) figure.flags |= FIGURE_PART;
  joint_of(&figure, row_value(row, PROBLEM_JOINT_UNITS));
  dates_of(&figure, row);
  figure.state = row->state;
  figure.cycle = count_of(row, PROBLEM_CYCLE);
  figure.sent_back = count_of(row, PROBLEM_SENT_BACK);
  figure.extensions = count_of(row, PROBLEM_EXTENSIONS);
  figure.transfers = count_of(row, PROBLEM_TRANSFERS);
  figure.rebounds = count_of(row, PROBLEM_REBOUNDS);
  figure.appeals = count_of(row, PROBLEM_APPEALS);
  figure.progress = count_of(row, PROBLEM_PROGRESS);
  figure.category = code_of(row, PROBLEM_CATEGORY);
  figure.source = code_of(row, PROBLEM_SOURCE);
  figure.kind = code_of(row, PROBLEM_KIND);
  figure.level = code_of(row, PROBLEM_LEVEL);
  figure.priority = code_of(row, PROBLEM_PRIORITY);
  figure.route = code_of(row, PROBLEM_ROUTE);
  figure.secrecy = code_of(row, PROBLEM_SECRECY);
  figure.led_by = code_of(row, PROBLEM_LED_BY);
  figure.colour = code_of(row, PROBLEM_COLOUR);
  figure.hand_colour = code_of(row, PROBLEM_HAND_COLOUR);
  figure.colour_at_application = code_of(row, PROBLEM_COLOUR_AT_APPLICATION);
  return figure;
}

/* ---- who may see it ---- */

static bool unit_among(const int64_t *units, size_t count, int64_t unit) {
  for (size_t i = 0; i < count; i++)
    if (units[i] == unit) return true;
  return false;
}

static bool joins(const struct figure *figure, const struct grant_scope *grant, struct reader *reader) {
  for (size_t i = 0; i < FIGURE_JOINT_MOST && figure->joint[i]; i++)
    if (unit_among(grant->units, grant->unit_count, figure->joint[i])) return true;
  if (!(figure->flags & FIGURE_JOINT_MORE) || !reader) return false;
  struct scope only = {.grants = grant, .grant_count = 1};
  struct arena *arena = arena_new();
  struct row *row = NULL;
  bool found = reader_get(reader, record_type(RECORD_PROBLEM), &only, figure->id, arena, &row) == STORE_OK;
  arena_free(arena);
  return found;
}

static bool grant_shows(const struct figure *figure, const struct grant_scope *grant, struct reader *reader) {
  if (figure->secrecy > grant->secrecy) return false;
  switch (grant->relation) {
    case RELATION_ANY: return true;
    case RELATION_LEAD: return grant->all || (figure->lead_unit && unit_among(grant->units, grant->unit_count, figure->lead_unit));
    case RELATION_JOINT: return grant->all || joins(figure, grant, reader);
    case RELATION_OUTSIDE: return !unit_among(grant->units, grant->unit_count, figure->lead_unit) && !joins(figure, grant, reader);
    default: return false;
  }
}

bool figure_in_scope(const struct figure *figure, const struct scope *scope, struct reader *reader) {
  if (scope == &SCOPE_SYSTEM) return true;
  for (size_t i = 0; i < scope->excluded_count; i++)
    if (scope->excluded[i] == figure->id) return false;
  for (size_t i = 0; i < scope->grant_count; i++)
    if (grant_shows(figure, &scope->grants[i], reader)) return true;
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
    for (size_t which = 0; member->since <= version && which < member->count; which++) at = bytes_put(at, member_bits(figure, member, which), member->size);
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
    struct figure *items = realloc(figures->items, room * sizeof *items);
    if (!items) arena_exhausted(room * sizeof *items);
    figures->items = items;
    figures->room = room;
  }
  figures->items[figures->count] = *figure;
  return &figures->items[figures->count++];
}

struct figure *figures_find(const struct figures *figures, int64_t id) {
  size_t low = 0, high = figures->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (figures->items[middle].id < id) low = middle + 1;
    else high = middle;
  }
  return low < figures->count && figures->items[low].id == id ? &figures->items[low] : NULL;
}

void figures_free(struct figures *figures) {
  free(figures->items);
  *figures = (struct figures){0};
}
