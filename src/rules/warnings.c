/* Warnings: a table of marks, and the places that masking knows (mask.h). A mark of secrecy is a mark wherever it has its star or its
   brackets; the bare words 秘密 and 内部 are everyday ones (内部道路) and count only where they stand alone on a line. */
#include "rules/warnings.h"

#include <stdlib.h>
#include <string.h>

#include "rules/mask.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))
struct mark { const char *word; enum warning_kind kind; bool alone; /* a line holds nothing else */ };

/* 保守国家秘密法实施条例: 国家秘密标志 is the grade, a star and the term; 内部资料 and the like are offices' own marks. Longer ones first. */
static const struct mark MARKS[] = {
  {"绝密★", WARNING_SECRET, false}, {"机密★", WARNING_SECRET, false}, {"秘密★", WARNING_SECRET, false}, {"绝密☆", WARNING_SECRET, false}, {"机密☆", WARNING_SECRET, false}, {"秘密☆", WARNING_SECRET, false},
  {"绝密*", WARNING_SECRET, false}, {"机密*", WARNING_SECRET, false}, {"秘密*", WARNING_SECRET, false}, {"绝密级", WARNING_SECRET, false}, {"机密级", WARNING_SECRET, false}, {"秘密级", WARNING_SECRET, false},
  {"【绝密】", WARNING_SECRET, false}, {"【机密】", WARNING_SECRET, false}, {"【秘密】", WARNING_SECRET, false}, {"[绝密]", WARNING_SECRET, false}, {"[机密]", WARNING_SECRET, false}, {"[秘密]", WARNING_SECRET, false},
  {"(绝密)", WARNING_SECRET, false}, {"(机密)", WARNING_SECRET, false}, {"(秘密)", WARNING_SECRET, false}, {"（绝密）", WARNING_SECRET, false}, {"（机密）", WARNING_SECRET, false}, {"（秘密）", WARNING_SECRET, false},
  {"国家秘密", WARNING_SECRET, false}, {"绝密", WARNING_SECRET, false}, {"机密", WARNING_SECRET, false}, {"秘密", WARNING_SECRET, true},
  {"工作秘密", WARNING_INTERNAL, false}, {"【内部】", WARNING_INTERNAL, false}, {"[内部]", WARNING_INTERNAL, false}, {"(内部)", WARNING_INTERNAL, false}, {"（内部）", WARNING_INTERNAL, false},
  {"内部资料", WARNING_INTERNAL, false}, {"内部文件", WARNING_INTERNAL, false}, {"内部掌握", WARNING_INTERNAL, false}, {"内部★", WARNING_INTERNAL, false}, {"内部", WARNING_INTERNAL, true}};

static const struct { const char *name; struct label label; } KINDS[WARNING_COUNT] = {
  [WARNING_SECRET] = {"secret", {"涉密标志或字样", "A mark of state secrecy"}}, [WARNING_INTERNAL] = {"internal", {"内部标志或字样", "A mark of internal papers"}},
  [WARNING_IDENTITY] = {"identity", {"证件号码", "An identity number"}}, [WARNING_CARD] = {"card", {"银行卡号", "A bank card's number"}}, [WARNING_PHONE] = {"phone", {"电话号码", "A phone number"}},
  [WARNING_MAIL] = {"mail", {"邮箱地址", "A mail address"}}, [WARNING_VEHICLE] = {"vehicle", {"车牌号", "A vehicle's number"}}, [WARNING_NAME] = {"name", {"姓名", "A person's name"}}};
/* An appeal says where; that is no cause for care at intake, only when words go public. */
static const enum warning_kind OF_MASK[] = {[MASK_ADDRESS] = 0, [MASK_NAME] = WARNING_NAME, [MASK_IDENTITY] = WARNING_IDENTITY, [MASK_CARD] = WARNING_CARD, [MASK_PHONE] = WARNING_PHONE, [MASK_MAIL] = WARNING_MAIL, [MASK_VEHICLE] = WARNING_VEHICLE};

const char *warning_name(enum warning_kind kind) { return KINDS[kind].name; }
struct label warning_label(enum warning_kind kind) { return KINDS[kind].label; }

static bool line_alone(const char *text, const char *at, size_t size) {
  const char *begin = at, *end = at + size;
  while (begin > text && (begin[-1] == ' ' || begin[-1] == '\t')) begin--;
  while (*end == ' ' || *end == '\t' || *end == '\r') end++;
  return (begin == text || begin[-1] == '\n') && (!*end || *end == '\n');
}

static const struct mark *mark_at(const char *text, const char *at) {
  for (size_t i = 0; i < COUNT(MARKS); i++) {
    size_t size = strlen(MARKS[i].word);
    if (strncmp(at, MARKS[i].word, size) == 0 && (!MARKS[i].alone || line_alone(text, at, size))) return &MARKS[i];
  }
  return NULL;
}

static int by_place(const void *one, const void *other) {
  const struct warning *a = one, *b = other;
  return (a->at > b->at) - (a->at < b->at);
}

size_t warnings_find(struct arena *arena, const char *text, struct warning *warnings, size_t most) {
  size_t count = 0;
  if (!text) return 0;
  for (const char *at = text; *at && count < most;) {
    const struct mark *mark = mark_at(text, at);
    if (mark) warnings[count++] = (struct warning){mark->kind, (size_t)(at - text), strlen(mark->word)};
    at += mark ? strlen(mark->word) : 1;
  }
  struct masked_place *people = ARENA_ARRAY(arena, struct masked_place, most + 1);
  size_t found = mask_find(arena, text, people, most - count);
  for (size_t i = 0; i < found; i++)
    if (OF_MASK[people[i].kind]) warnings[count++] = (struct warning){OF_MASK[people[i].kind], people[i].at, people[i].size};
  qsort(warnings, count, sizeof *warnings, by_place);
  return count;
}
