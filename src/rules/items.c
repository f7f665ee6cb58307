/* Items (items.h): from rows and back by one table of members, many of them, and reading them now or of a past number. */
#include "rules/items.h"

#include <stdlib.h>

#include "base/room.h"
#include "base/sorted.h"
#include "rules/past_rows.h"

/* ---- one ---- */

static const enum record_id TYPES[] = {RECORD_CHECK, RECORD_CASE, RECORD_MECHANISM};
enum { TYPE_COUNT = sizeof TYPES / sizeof *TYPES };

enum shape { LONG, DAY, BYTE };
#define MEMBER(type, field, member, shape) {RECORD_##type, type##_##field, offsetof(struct record_item, member), shape}
static const struct { uint16_t type, field; size_t offset; enum shape shape; } MEMBERS[] = {
  MEMBER(CHECK, CAMPAIGN, campaign, LONG), MEMBER(CHECK, UNIT, unit, LONG), MEMBER(CHECK, PROBLEM, problem, LONG), MEMBER(CHECK, CHECKED_ON, on, DAY), MEMBER(CHECK, KIND, what, BYTE),
  MEMBER(CHECK, CATEGORY, category, BYTE), MEMBER(CHECK, SOURCE, source, BYTE), MEMBER(CHECK, PROBLEM_KIND, kind, BYTE), MEMBER(CHECK, LEVEL, level, BYTE), MEMBER(CHECK, SECRECY, secrecy, BYTE),
  MEMBER(CASE, CAMPAIGN, campaign, LONG), MEMBER(CASE, UNIT, unit, LONG), MEMBER(CASE, CONFIRMED_ON, on, DAY), MEMBER(CASE, GROWTH, what, BYTE), MEMBER(CASE, CATEGORY, category, BYTE), MEMBER(CASE, SECRECY, secrecy, BYTE),
  MEMBER(MECHANISM, CAMPAIGN, campaign, LONG), MEMBER(MECHANISM, LEAD_UNIT, unit, LONG), MEMBER(MECHANISM, IN_FORCE_ON, on, DAY), MEMBER(MECHANISM, WORKS, what, BYTE), MEMBER(MECHANISM, SECRECY, secrecy, BYTE)};
enum { MEMBER_COUNT = sizeof MEMBERS / sizeof *MEMBERS };

bool item_type(enum record_id type) { return type == RECORD_CHECK || type == RECORD_CASE || type == RECORD_MECHANISM; }

struct record_item item_of_row(const struct row *row) {
  struct record_item item = {.id = row->id,
                             .type = (uint16_t)row->type->id,
                             .state = row->state,
                             .on = FIGURE_NO_DATE,
                             .flags = row->voided ? ITEM_VOIDED : 0};
  for (size_t i = 0; i < MEMBER_COUNT; i++) {
    int64_t value = MEMBERS[i].type == item.type ? row_integer(row, MEMBERS[i].field) : NOTHING;
    char *at = (char *)&item + MEMBERS[i].offset;
    if (value == NOTHING) continue;
    if (MEMBERS[i].shape == LONG) *(int64_t *)(void *)at = value;
    else if (MEMBERS[i].shape == DAY) *(int32_t *)(void *)at = (int32_t)value;
    else *(uint8_t *)at = (uint8_t)value;
  }
  return item;
}

static void item_fields(enum record_id type, uint16_t fields[MEMBER_COUNT + 1]) {
  size_t count = 0;
  for (size_t i = 0; i < MEMBER_COUNT; i++)
    if (MEMBERS[i].type == type) fields[count++] = MEMBERS[i].field;
  fields[count] = 0;
}

void item_to_row(const struct record_item *item, struct row *row) {
  row->id = item->id;
  row->state = item->state;
  row->voided = item->flags & ITEM_VOIDED;
  for (size_t i = 0; i < MEMBER_COUNT; i++) {
    const char *at = (const char *)item + MEMBERS[i].offset;
    if (MEMBERS[i].type != item->type) continue;
    int64_t value = MEMBERS[i].shape == LONG  ? *(const int64_t *)(const void *)at
                    : MEMBERS[i].shape == DAY ? *(const int32_t *)(const void *)at
                                              : *(const uint8_t *)at;
    bool nothing = MEMBERS[i].shape == DAY ? value == FIGURE_NO_DATE
                                           : value == 0 && MEMBERS[i].offset != offsetof(struct record_item, secrecy);
    row_set_integer(row, MEMBERS[i].field, nothing ? NOTHING : value);
  }
}

/* ---- many ---- */

struct record_item *items_add(struct items *items, const struct record_item *item) {
  HEAP_ROOM(items->items, items->count, items->room, 64);
  items->items[items->count] = *item;
  return &items->items[items->count++];
}

struct record_item *items_find(const struct items *items, int64_t id) {
  size_t low = SORTED_PLACE(items->items, items->count, id, id);
  return low < items->count && items->items[low].id == id ? &items->items[low] : NULL;
}

void items_free(struct items *items) {
  free(items->items);
  *items = (struct items){0};
}

/* ---- from the store ---- */

static bool row_take(void *with, const struct row *row) {
  struct record_item item = item_of_row(row);
  if (!(item.flags & ITEM_VOIDED)) items_add(with, &item);
  return true;
}

static int by_id(const void *one, const void *other) {
  const struct record_item *a = one, *b = other;
  return (a->id > b->id) - (a->id < b->id);
}

enum store_error items_read(struct reader *reader, int64_t number, struct items *items) {
  struct head head;
  *items = (struct items){0};
  enum store_error error = reader_head(reader, &head);
  if (error == STORE_OK && number > head.number) error = STORE_ABSENT;
  for (size_t i = 0; i < TYPE_COUNT && error == STORE_OK; i++) {
    uint16_t fields[MEMBER_COUNT + 1];
    item_fields(TYPES[i], fields);
    error = past_rows_read(reader, record_type(TYPES[i]), fields, number, row_take, items);
  }
  items->journal = number ? number : error == STORE_OK ? head.number : 0;
  if (error == STORE_OK) error = entry_moment(reader, items->journal, &items->moment);
  if (items->count) qsort(items->items, items->count, sizeof *items->items, by_id);
  if (error != STORE_OK) items_free(items);
  return error;
}

/* ---- whose ---- */

bool item_in_scope(const struct record_item *item, const struct scope *scope) {
  if (scope == &SCOPE_SYSTEM) return true;
  for (size_t i = 0; i < scope->grant_count; i++) {
    const struct grant_scope *grant = &scope->grants[i];
    bool shows = grant->relation == RELATION_ANY || (grant->relation == RELATION_LEAD && grant->all);
    for (size_t u = 0; !shows && grant->relation == RELATION_LEAD && u < grant->unit_count; u++) shows = grant->units[u] == item->unit;
    if (shows && item->secrecy <= grant->secrecy && (!grant->campaign || grant->campaign == item->campaign)) return true;
  }
  return false;
}
