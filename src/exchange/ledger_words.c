/* Words where a unit should stand that are no unit's name, are several units', or were told by a person: each once, in how many cells it stands, and
   which units are called nearly so. People choose among those once, and the word is known from then on. */
#include <string.h>

#include "base/enumeration.h"
#include "exchange/ledger.h"

#define WORDS_MOST 200 /* somebody has to go through them; and near names are looked for among all */

static struct label word_label(struct arena *arena, const struct ledger_word *word, bool ambiguous) {
  struct enumeration names = enumeration_in(arena);
  for (size_t i = 0; i < word->near_count; i++) enumeration_quote(&names, word->near[i].name);
  struct label near = enumeration_label(&names);
  if (ambiguous) return (struct label){arena_print(arena, "“%s”可能是 %s，请写全称", word->text, near.zh ? near.zh : ""), arena_print(arena, "\"%s\" may be %s. Write the full name", word->text, near.en ? near.en : "")};
  if (!word->near_count) return label_print(arena, "没有单位叫“%s”，请写单位表里的名称或简称", "no unit is called \"%s\". Write a name or short name from the list of units", word->text);
  return (struct label){arena_print(arena, "没有单位叫“%s”；相近的有 %s", word->text, near.zh), arena_print(arena, "no unit is called \"%s\". Nearly so: %s", word->text, near.en)};
}

static struct ledger_word *word_new(struct ledger_reading *reading, const struct unit_named *named, const char *plain) {
  struct ledger *ledger = reading->ledger;
  struct arena *arena = reading->arena;
  bool kept = ledger->word_count < WORDS_MOST;
  if (kept && !ledger->words) ledger->words = ARENA_ARRAY(arena, struct ledger_word, WORDS_MOST);
  struct ledger_word *word = kept ? &ledger->words[ledger->word_count++] : ARENA_NEW(arena, struct ledger_word);
  *word = (struct ledger_word){.text = arena_text(arena, ledger_quoted(arena, named->word)), .plain = arena_text(arena, plain)};
  if (named->verdict == UNIT_TOLD) word->unit = (struct ledger_unit){.name = named->text, .id = named->id};
  if (kept && reading->options->units) word->near_count = unit_book_near(reading->options->units, reading->scratch, word->text, named->verdict == UNIT_AMBIGUOUS, word->near);
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
