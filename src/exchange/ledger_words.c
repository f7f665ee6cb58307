/* Words where a unit should stand that are no unit's name, are several units', or were told by a person: each once, in how many cells it
   stands, and which units are called nearly so. People choose among those once, and the word is known from then on. */
#include <string.h>

#include "base/enumeration.h"
#include "exchange/ledger.h"

/* ---- is it a unit's name at all? ---- */

/* How names of units end, and words that end so and are none. */
static const char *const UNIT_ENDS[] = {"局", "委", "办", "厅", "署", "处", "部", "院", "区", "县", "镇", "乡", "街道", "中心", "公司", "集团", "银行", "大学", "学校", "总队", "支队", "研究所", "协会", "学会", "联合会", "委员会", "办事处", "总会", "工会", "公安分局"};
static const char *const NO_ENDS[] = {"交办", "督办", "已办", "待办", "未办", "承办", "转办", "全部", "内部", "干部", "小区", "社区", "园区"};
static const char *const NO_UNITS[] = {"全区", "各区", "市区", "城区", "片区", "辖区", "郊区", "各县", "各镇", "各街道", "各部", "各处", "市委", "区委", "党委", "常委"};
static const char *const AROUND[] = {"问题清单", "整改清单", "问题台账", "整改台账", "台账", "清单", "明细表", "汇总表", "情况表", "明细", "汇总", "问题", "表"};

static bool ends_with(const char *text, const char *end) {
  size_t size = strlen(text), length = strlen(end);
  return size >= length && strcmp(text + size - length, end) == 0;
}

/* Numbers and marks on both sides, words for a list behind: 3.市水务局问题清单（2026） → 市水务局. */
static char *core_of(struct arena *arena, const char *sheet) {
  char *text = arena_text(arena, ledger_plain(arena, sheet)), *open = strpbrk(text, "([");
  if (open && open != text) *open = 0;
  text += strspn(text, "0123456789.-_ ()");
  for (size_t i = 0; i < sizeof AROUND / sizeof *AROUND; i++) {
    size_t size = strlen(text);
    while (size && strchr("0123456789.-_ ()", text[size - 1])) text[--size] = 0;
    if (ends_with(text, AROUND[i])) text[size - strlen(AROUND[i])] = 0;
  }
  return text;
}

bool ledger_names_unit(struct arena *arena, const char *sheet) {
  const char *core = core_of(arena, sheet);
  bool ends = false;
  for (size_t i = 0; i < sizeof NO_UNITS / sizeof *NO_UNITS; i++)
    if (strcmp(core, NO_UNITS[i]) == 0) return false;
  for (size_t i = 0; i < sizeof NO_ENDS / sizeof *NO_ENDS; i++)
    if (ends_with(core, NO_ENDS[i])) return false;
  for (size_t i = 0; i < sizeof UNIT_ENDS / sizeof *UNIT_ENDS; i++)
    ends = ends || (ends_with(core, UNIT_ENDS[i]) && strlen(core) > strlen(UNIT_ENDS[i]));
  return ends;
}

/* ---- words ---- */

#define WORDS_MOST 200 /* somebody has to go through them; and near names are looked for among all */

static struct label word_label(struct arena *arena, const struct ledger_word *word, bool ambiguous) {
  struct enumeration names = enumeration_in(arena);
  for (size_t i = 0; i < word->near_count; i++) enumeration_quote(&names, word->near[i].name);
  struct label near = enumeration_label(&names);
  if (ambiguous)
    return (struct label){arena_print(arena, "“%s”可能是 %s，请写全称", word->text, near.zh ? near.zh : ""),
                          arena_print(arena, "\"%s\" may be %s. Write the full name", word->text, near.en ? near.en : "")};
  if (!word->near_count)
    return label_print(arena, "没有单位叫“%s”，请写单位表里的名称或简称",
                       "no unit is called \"%s\". Write a name or short name from the list of units", word->text);
  return (struct label){arena_print(arena, "没有单位叫“%s”；相近的有 %s", word->text, near.zh),
                        arena_print(arena, "no unit is called \"%s\". Nearly so: %s", word->text, near.en)};
}

static struct ledger_word *word_new(struct ledger_reading *reading, const struct unit_named *named, const char *plain) {
  struct ledger *ledger = reading->ledger;
  struct arena *arena = reading->arena;
  bool kept = ledger->word_count < WORDS_MOST;
  if (kept && !ledger->words) ledger->words = ARENA_ARRAY(arena, struct ledger_word, WORDS_MOST);
  struct ledger_word *word = kept ? &ledger->words[ledger->word_count++] : ARENA_NEW(arena, struct ledger_word);
  *word = (struct ledger_word){.text = arena_text(arena, ledger_quoted(arena, named->word)), .plain = arena_text(arena, plain)};
  if (named->verdict == UNIT_TOLD) word->unit = (struct ledger_unit){.name = named->text, .id = named->id};
  if (kept && reading->options->units)
    word->near_count = unit_book_near(reading->options->units, reading->scratch, word->text, named->verdict == UNIT_AMBIGUOUS, word->near);
  word->what = word_label(arena, word, named->verdict == UNIT_AMBIGUOUS);
  return word;
}

const struct ledger_word *ledger_word_note(struct ledger_reading *reading, const struct unit_named *named) {
  const char *plain = ledger_plain(reading->scratch, named->word);
  struct ledger_word *word = NULL;
  for (size_t i = 0; i < reading->ledger->word_count && !word; i++)
    if (strcmp(reading->ledger->words[i].plain, plain) == 0) word = &reading->ledger->words[i];
  if (!word) word = word_new(reading, named, plain);
  word->count++;
  return word;
}
