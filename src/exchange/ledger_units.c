/* Units by whatever name an office uses: full names, short ones, aliases, names of long ago, words that a person said the meaning of; lists
   with every separator, also where a name itself holds one; 牵头 and 配合 as labels in front or in brackets behind. What nobody is called, or
   two are, stays as written: ledger_words.c tells it, with who is called nearly so. */
#include <stdlib.h>
#include <string.h>

#include "base/room.h"
#include "exchange/csv.h"
#include "exchange/ledger_book.h"

struct unit_book *unit_book_new(struct arena *arena) {
  struct unit_book *book = ARENA_NEW(arena, struct unit_book);
  book->arena = arena;
  return book;
}

void unit_book_free(struct unit_book *book) {
  if (!book) return;
  free(book->units);
  free(book->names);
  map_free(&book->by_name);
  map_free(&book->by_unit);
  map_free(&book->told);
  map_free(&book->signs);
}

static size_t unit_of(struct unit_book *book, const char *name, int64_t id, bool group) {
  int64_t key = id ? id : map_key(name), at = map_get(&book->by_unit, key);
  if (at != NOTHING) return (size_t)at;
  HEAP_ROOM(book->units, book->unit_count, book->unit_room, 256);
  book->units[book->unit_count] = (struct ledger_unit){arena_text(book->arena, name), id, group};
  map_put(&book->by_unit, key, (int64_t)book->unit_count);
  return book->unit_count++;
}

/* In how many names each sign stands: 局 says little of a name, 港 much. */
static void signs_count(struct unit_book *book, const char *folded) {
  size_t width;
  for (const char *at = folded; *at; at += width) {
    uint32_t sign = text_next(at, &width);
    if (memmem(folded, (size_t)(at - folded), at, width)) continue;
    int64_t count = map_get(&book->signs, sign);
    map_put(&book->signs, sign, count == NOTHING ? 1 : count + 1);
  }
}

/* One more name of a unit. Of two units with one name the one in force is meant; two in force cannot be told apart. */
void unit_book_add(struct unit_book *book, const char *name, const char *called, int64_t id, bool group, bool past) {
  const char *folded = ledger_plain(book->arena, called);
  if (!*folded) return;
  size_t unit = unit_of(book, name, id, group);
  int64_t key = map_key(folded), first = map_get(&book->by_name, key);
  for (size_t at = first == NOTHING ? 0 : (size_t)first + 1; at; at = book->names[at - 1].next)
    if (book->names[at - 1].unit == unit && strcmp(book->names[at - 1].folded, folded) == 0) return;
  HEAP_ROOM(book->names, book->name_count, book->name_room, 256);
  book->names[book->name_count] = (struct called){folded, unit, past, first == NOTHING ? 0 : (size_t)first + 1};
  map_put(&book->by_name, key, (int64_t)book->name_count++);
  signs_count(book, folded);
  if (strlen(folded) > book->longest) book->longest = strlen(folded);
}

void unit_book_tell(struct unit_book *book, const char *word, int64_t id) {
  const char *plain = ledger_plain(book->arena, word);
  int64_t at = map_get(&book->by_unit, id);
  if (!*plain || id <= 0 || at == NOTHING) return;
  map_put(&book->told, map_key(plain), at);
  if (strlen(plain) > book->longest) book->longest = strlen(plain);
}

void unit_book_told_drop(struct unit_book *book) { map_free(&book->told); }

/* What a person said goes before what anybody is called. */
static const struct ledger_unit *told(const struct unit_book *book, const char *plain) {
  int64_t at = map_get(&book->told, map_key(plain));
  return at == NOTHING ? NULL : &book->units[at];
}

static const struct ledger_unit *exactly(const struct unit_book *book, const char *plain, enum unit_verdict *verdict) {
  int64_t first = map_get(&book->by_name, map_key(plain));
  const struct called *found = NULL;
  *verdict = UNIT_UNKNOWN;
  for (size_t at = first == NOTHING ? 0 : (size_t)first + 1; at; at = book->names[at - 1].next) {
    const struct called *called = &book->names[at - 1];
    if (strcmp(called->folded, plain) != 0) continue;
    if (!found || (found->past && !called->past)) found = called, *verdict = UNIT_FOUND;
    else if (found->past == called->past && found->unit != called->unit) *verdict = UNIT_AMBIGUOUS;
  }
  return found && *verdict == UNIT_FOUND ? &book->units[found->unit] : NULL;
}

/* 申江市卫健委 for 市卫健委, when the unit's own name begins with 申江市. */
static const struct ledger_unit *with_place(const struct unit_book *book, struct arena *arena, const char *plain,
                                            enum unit_verdict *verdict) {
  static const char *const PLACES[] = {"省", "市", "区", "县", "镇"};
  for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
    const char *at = strstr(plain, PLACES[i]);
    if (!at || at == plain) continue;
    const struct ledger_unit *unit = exactly(book, at, verdict);
    if (!unit) unit = exactly(book, at + strlen(PLACES[i]), verdict);
    const char *whole = unit ? ledger_plain(arena, unit->name) : "";
    if (unit && strncmp(whole, plain, (size_t)(at - plain) + strlen(PLACES[i])) == 0) return unit;
  }
  *verdict = UNIT_UNKNOWN;
  return NULL;
}

const struct ledger_unit *unit_book_find(const struct unit_book *book, struct arena *arena, const char *text, enum unit_verdict *verdict) {
  const char *plain = ledger_plain(arena, text);
  const struct ledger_unit *unit = told(book, plain);
  *verdict = UNIT_TOLD;
  if (unit) return unit;
  unit = exactly(book, plain, verdict);
  if (unit || *verdict == UNIT_AMBIGUOUS) return unit;
  return with_place(book, arena, plain, verdict);
}

/* ---- lists in a cell ---- */

struct piece { const char *from, *end; };
struct splitting {
  const struct unit_book *book;
  struct arena *arena, *scratch /* for what is tried and thrown away */;
  struct units_read *into;
  size_t room;
  bool joint_mode, lead_mode;
};

static bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '(' || c == ')' || c == '\'';
}

/* The size of a separator here; a blank separates only where no Latin word goes on. */
static size_t separator(const char *text, const char *at) {
  static const char *const MARKS[] = {"、", "，", ",",  "；",           ";",        "/",  "／", "\n", "\r", "|", "｜",
                                      "&",  "+",  "\t", "\xE3\x80\x80", "\xC2\xA0", "。", "•"};
  for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
    if (strncmp(at, MARKS[i], strlen(MARKS[i])) == 0) return strlen(MARKS[i]);
  if (*at == ' ') return at > text && letter(at[-1]) && letter(at[1]) ? 0 : 1;
  return 0;
}

static const char *label_take(const char *text, bool *lead, bool *joint) {
  static const struct { const char *word; bool lead, joint; } LABELS[] = {
    {"牵头责任单位", true, false}, {"牵头单位", true, false}, {"牵头部门", true, false}, {"牵头", true, false}, {"主办单位", true, false}, {"主办", true, false}, {"主责单位", true, false}, {"主要责任单位", true, false}, {"第一责任单位", true, false}, {"责任单位", true, false}, {"责任部门", true, false}, {"承办单位", true, false},
    {"配合责任单位", false, true}, {"配合单位", false, true}, {"配合部门", false, true}, {"配合", false, true}, {"协办单位", false, true}, {"协办", false, true}, {"协同单位", false, true}, {"协助单位", false, true}, {"会办单位", false, true}, {"参与单位", false, true}, {"参加单位", false, true},
    {"Lead unit", true, false}, {"Lead", true, false}, {"lead", true, false}, {"Joint units", false, true}, {"Joint", false, true}, {"Supporting units", false, true}, {"Supporting", false, true}, {"Support", false, true}, {"support", false, true}, {"supporting", false, true}, {"joint", false, true}, {"with", false, true}};
  for (size_t i = 0; i < sizeof LABELS / sizeof *LABELS; i++) {
    size_t length = strlen(LABELS[i].word);
    if (strncmp(text, LABELS[i].word, length) != 0) continue;
    const char *behind = text + length;
    while (*behind == ' ') behind++;
    if (*behind == ':') behind++;
    else if (strncmp(behind, "：", 3) == 0) behind += 3;
    else continue;
    while (*behind == ' ') behind++;
    *lead = LABELS[i].lead;
    *joint = LABELS[i].joint;
    return behind;
  }
  return NULL;
}

/* 市水务局（牵头）, 市水务局牵头; the role is taken off. */
static char *role_taken(struct arena *arena, const char *text, bool *lead, bool *joint) {
  static const struct { const char *word; bool lead; } ROLES[] = {
    {"（牵头单位）", true}, {"（牵头）", true}, {"(牵头单位)", true}, {"(牵头)", true}, {"[牵头]", true}, {"【牵头】", true}, {"（主办）", true}, {"(主办)", true}, {"(lead)", true}, {"(Lead)", true}, {" (lead unit)", true}, {"（主责）", true}, {"(主责)", true},
    {"（配合单位）", false}, {"（配合）", false}, {"(配合单位)", false}, {"(配合)", false}, {"[配合]", false}, {"【配合】", false}, {"（协办）", false}, {"(协办)", false}, {"(joint)", false}, {"(support)", false}, {"(supporting)", false}, {"牵头", true}, {"配合", false}, {"协办", false}, {"主办", true}};
  char *out = arena_text(arena, text);
  size_t size = strlen(out);
  while (size && out[size - 1] == ' ') out[--size] = 0;
  for (size_t i = 0; i < sizeof ROLES / sizeof *ROLES; i++) {
    size_t length = strlen(ROLES[i].word);
    if (size <= length || strcmp(out + size - length, ROLES[i].word) != 0) continue;
    out[size - length] = 0;
    *(ROLES[i].lead ? lead : joint) = true;
    break;
  }
  return out;
}

static char *and_others_off(struct arena *arena, const char *text) {
  static const char *const TAILS[] = {"等有关单位", "等相关单位", "等单位", "等部门", "等有关部门", "等相关部门", "等", "负责", "落实"};
  char *out = arena_text(arena, text);
  size_t size = strlen(out);
  for (size_t i = 0; i < sizeof TAILS / sizeof *TAILS; i++) {
    size_t length = strlen(TAILS[i]);
    if (size > length && strcmp(out + size - length, TAILS[i]) == 0) return out[size - length] = 0, out;
  }
  return out;
}

static void named_add(struct splitting *splitting, struct unit_named named) {
  struct units_read *into = splitting->into;
  ARENA_ROOM(splitting->arena, into->items, into->count, splitting->room, 4);
  for (size_t i = 0; i < into->count; i++)
    if (strcmp(into->items[i].text, named.text) == 0) return;
  into->items[into->count++] = named;
}

/* Bytes that a name may take with blanks, full-width signs and a role beside it: what is longer is none, and nothing is tried with it. */
static size_t name_room(const struct unit_book *book) { return book->longest * 2 + 60; }

static bool known(struct splitting *splitting, const char *text, struct unit_named *named) {
  bool lead = splitting->lead_mode, joint = splitting->joint_mode;
  enum unit_verdict verdict;
  if (strlen(text) > name_room(splitting->book)) return false;
  const struct ledger_unit *unit = unit_book_find(splitting->book, splitting->scratch, text, &verdict);
  if (verdict == UNIT_UNKNOWN)
    unit = unit_book_find(splitting->book, splitting->scratch, text = role_taken(splitting->scratch, text, &lead, &joint), &verdict);
  if (verdict == UNIT_UNKNOWN)
    unit = unit_book_find(splitting->book, splitting->scratch, text = and_others_off(splitting->scratch, text), &verdict);
  if (verdict == UNIT_UNKNOWN) return false;
  *named = (struct unit_named){.text = unit ? unit->name : arena_text(splitting->arena, text),
                               .id = unit ? unit->id : 0,
                               .verdict = verdict,
                               .joint = joint,
                               .lead = lead};
  if (verdict != UNIT_FOUND) named->word = arena_text(splitting->arena, text);
  return true;
}

#define JOINTS_TRIED 12 /* of one piece: who writes more of these words writes no list of units */

/* 甲和乙, 甲及乙: only where both sides are known, for names hold these words too. */
static bool joined_by_word(struct splitting *splitting, const char *text) {
  static const char *const WORDS[] = {"以及", "会同", "和", "及", "与", "同", " and ", " with "};
  size_t tried = 0;
  if (strlen(text) > 2 * name_room(splitting->book)) return false;
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
    for (const char *at = strstr(text, WORDS[i]); at && tried++ < JOINTS_TRIED; at = strstr(at + 1, WORDS[i])) {
      struct unit_named one, other;
      if (at == text) {
        if (known(splitting, at + strlen(WORDS[i]), &other)) return named_add(splitting, other), true;
        continue;
      }
      if (known(splitting, arena_copy(splitting->scratch, text, (size_t)(at - text)), &one) &&
          known(splitting, at + strlen(WORDS[i]), &other))
        return named_add(splitting, one), named_add(splitting, other), true;
    }
  return false;
}

static void piece_add(struct splitting *splitting, const char *text) {
  struct unit_named named;
  bool lead = splitting->lead_mode, joint = splitting->joint_mode;
  if (ledger_empty(text)) return;
  if (!splitting->book) {
    named_add(splitting, (struct unit_named){.text = role_taken(splitting->arena, text, &lead, &joint),
                                             .verdict = UNIT_FOUND,
                                             .lead = lead,
                                             .joint = joint});
    return;
  }
  if (known(splitting, text, &named)) named_add(splitting, named);
  else if (!joined_by_word(splitting, text)) {
    const char *bare = role_taken(splitting->arena, text, &lead, &joint);
    named_add(splitting, (struct unit_named){.text = bare,
                                             .word = and_others_off(splitting->arena, bare),
                                             .verdict = UNIT_UNKNOWN,
                                             .lead = lead,
                                             .joint = joint});
  }
}

enum { PIECES_MOST = 400, JOINED_MOST = 8 };

static size_t pieces_split(const char *text, struct piece *pieces) {
  size_t count = 0;
  const char *from = text;
  for (const char *at = text;; ) {
    size_t width = *at ? separator(text, at) : 0;
    if (*at && !width) {
      at++;
      while (((unsigned char)*at & 0xC0) == 0x80) at++;
      continue;
    }
    if (at > from && count < PIECES_MOST) pieces[count++] = (struct piece){from, at};
    if (!*at) return count;
    from = at += width;
  }
}

/* The longest run of pieces that is one name comes first: a name may hold separators itself. */
struct units_read ledger_units(const struct unit_book *book, struct arena *arena, struct arena *scratch, const char *text) {
  struct units_read units = {0};
  struct splitting splitting = {.book = book, .arena = arena, .scratch = scratch, .into = &units};
  struct piece pieces[PIECES_MOST];
  if (ledger_empty(text)) return units;
  size_t count = pieces_split(text, pieces);
  for (size_t i = 0; i < count;) {
    const char *behind = label_take(pieces[i].from, &splitting.lead_mode, &splitting.joint_mode);
    if (behind) {
      pieces[i].from = behind;
      if (behind >= pieces[i].end) { i++; continue; }
    }
    size_t last = i;
    for (size_t k = book && i + JOINED_MOST < count ? i + JOINED_MOST : count - 1; book && k > i; k--) {
      struct unit_named named;
      if ((size_t)(pieces[k].end - pieces[i].from) > name_room(book)) continue;
      if (known(&splitting, arena_copy(scratch, pieces[i].from, (size_t)(pieces[k].end - pieces[i].from)), &named)) {
        named_add(&splitting, named);
        last = k + 1;
        break;
      }
    }
    if (last > i) { i = last; continue; }
    piece_add(&splitting, arena_copy(scratch, pieces[i].from, (size_t)(pieces[i].end - pieces[i].from)));
    i++;
  }
  return units;
}

/* ---- a list of units from a file ---- */

static void names_add(struct unit_book *book, const char *name, const char *list, bool group, bool past) {
  while (*list) {
    size_t length = strcspn(list, ";|");
    char *one = arena_copy(book->arena, list, length);
    unit_book_add(book, name, one, 0, group, past);
    list += length + (list[length] != 0);
  }
}

bool unit_book_read(struct unit_book *book, const char *bytes, size_t size, struct label *wrong) {
  size_t decoded = 0, bad = 0;
  char *text = text_decode(book->arena, bytes, size, &decoded, NULL, &bad);
  *wrong = (struct label){"单位表应是 UTF-8 或 GB18030 的 csv，第一行为 name,kind,aliases,old_names",
                          "the list of units must be csv in UTF-8 or GB18030 that begins with name,kind,aliases,old_names"};
  if (!text) return false;
  struct csv csv = csv_open(text, decoded);
  enum csv_status status = csv_next(&csv);
  bool good = status == CSV_RECORD && csv.count >= 1 && strcmp(csv.cells[0].text, "name") == 0;
  while (good && (status = csv_next(&csv)) == CSV_RECORD) {
    const char *name = csv.cells[0].text, *kind = csv.count > 1 ? csv.cells[1].text : "";
    if (!*name) continue;
    name = arena_text(book->arena, name);
    bool group = strcmp(kind, "group") == 0;
    unit_book_add(book, name, name, 0, group, false);
    if (csv.count > 2) names_add(book, name, csv.cells[2].text, group, false);
    if (csv.count > 3) names_add(book, name, csv.cells[3].text, group, true);
  }
  if (status == CSV_BAD) good = false;
  csv_close(&csv);
  return good;
}
