/* A campaign's own categories, filled from the words of a ledger: by name, by code, by the path down to it, or by what a person said once
   that a word means. Words that fit none are told once each, with the nearest names. */
#include <jansson.h>
#include <string.h>

#include "base/enumeration.h"
#include "exchange/import_ledger.h"

#define WORDS_MOST 200

static bool category_take(void *with, const struct row *row) {
  struct importing *importing = with;
  struct arena *arena = importing->staging->arena;
  const char *name = row_text(row, CATEGORY_NAME), *code = row_text(row, CATEGORY_CODE);
  int64_t parent = row_integer(row, CATEGORY_PARENT);
  if (!name || importing->category_count == CATEGORIES_MOST) return true;
  importing->categories[importing->category_count++] = (struct own_category){.id = row->id,
                                                                             .parent = parent == NOTHING ? 0 : parent,
                                                                             .under = row_integer(row, CATEGORY_UNDER),
                                                                             .retired = row->state == FORCE_RETIRED,
                                                                             .name = arena_text(arena, name),
                                                                             .plain = ledger_plain(arena, name),
                                                                             .plain_code = ledger_plain(arena, code ? code : "")};
  return true;
}

static const struct own_category *category_by_id(const struct importing *importing, int64_t id) {
  for (size_t i = 0; i < importing->category_count; i++)
    if (importing->categories[i].id == id) return &importing->categories[i];
  return NULL;
}

/* 上级/下级: what tells two of one name apart. */
static void paths_make(struct importing *importing) {
  for (size_t i = 0; i < importing->category_count; i++) {
    struct own_category *category = &importing->categories[i];
    const struct own_category *above = category_by_id(importing, category->parent);
    category->path = category->name;
    for (int level = 0; above && level < 4; level++, above = category_by_id(importing, above->parent))
      category->path = arena_print(importing->staging->arena, "%s/%s", above->name, category->path);
    category->plain_path = ledger_plain(importing->staging->arena, category->path);
  }
}

enum store_error ledger_categories_load(struct importing *importing) {
  struct value campaign = value_integer(CATEGORY_CAMPAIGN, importing->campaign);
  struct condition is = {.field = CATEGORY_CAMPAIGN, .how = C_IS, .values = &campaign, .count = 1};
  struct query query = {.type = record_type(RECORD_CATEGORY), .conditions = &is, .condition_count = 1, .sort = CATEGORY_ORDER, .expected = -1};
  if (!importing->campaign) return STORE_OK;
  importing->categories = ARENA_ARRAY(importing->staging->arena, struct own_category, CATEGORIES_MOST);
  enum store_error error = reader_list(importing->staging->reader, &query, scope_for(importing->staging->arena, importing->staging->authority, query.type, MAY_READ), importing->staging->scratch, category_take, importing);
  paths_make(importing);
  return error;
}

/* ---- which one a word is ---- */

static int64_t told_by_hand(const struct importing *importing, const char *plain) {
  json_t *words = importing->category_words ? json_loads(importing->category_words, 0, NULL) : NULL, *value;
  const char *word;
  int64_t id = 0;
  json_object_foreach(words, word, value)
    if (json_is_integer(value) && strcmp(ledger_plain(importing->staging->scratch, word), plain) == 0) id = json_integer_value(value);
  json_decref(words);
  return id;
}

/* The only one of those in use that bears the word; our own export may name one that is retired since. */
static const struct own_category *only_one(const struct importing *importing, const char *plain, bool retired) {
  const struct own_category *found = NULL;
  size_t count = 0;
  for (size_t i = 0; i < importing->category_count; i++) {
    const struct own_category *one = &importing->categories[i];
    if (one->retired != retired) continue;
    if (strcmp(one->plain_path, plain) == 0 || (*one->plain_code && strcmp(one->plain_code, plain) == 0)) return one;
    if (strcmp(one->plain, plain) == 0) found = one, count++;
  }
  return count == 1 ? found : NULL;
}

static struct import_word *word_of(struct importing *importing, const char *text, const char *plain) {
  struct import_staged *staged = importing->staging->staged;
  struct arena *arena = importing->staging->arena;
  for (size_t i = 0; i < staged->word_count; i++)
    if (strcmp(ledger_plain(importing->staging->scratch, staged->words[i].text), plain) == 0) return &staged->words[i];
  if (staged->word_count == WORDS_MOST) return NULL;
  if (!staged->words) staged->words = ARENA_ARRAY(arena, struct import_word, WORDS_MOST);
  struct import_word *word = &staged->words[staged->word_count++];
  *word = (struct import_word){.text = arena_text(arena, text)};
  return word;
}

/* How alike two names are: signs in common, and few besides; 0 not alike. */
static int likeness(const char *one, const char *other) {
  size_t width, common = 0, length = text_length(one), most = text_length(other);
  for (const char *at = one; *at; at += width) {
    text_next(at, &width);
    common += memmem(other, strlen(other), at, width) != NULL;
  }
  size_t shorter = length < most ? length : most, away = length < most ? most - length : length - most;
  return 2 * common >= shorter && common ? (int)(20 * common) - (int)away : 0;
}

static void near_find(const struct importing *importing, struct import_word *word, const char *plain) {
  int best[IMPORT_NEAR] = {0};
  for (size_t i = 0; i < importing->category_count; i++) {
    const struct own_category *one = &importing->categories[i];
    int like = one->retired ? 0 : likeness(plain, one->plain);
    size_t place = IMPORT_NEAR;
    while (place && like > best[place - 1]) place--;
    for (size_t k = IMPORT_NEAR; k-- > place + 1;) best[k] = best[k - 1], word->near[k] = word->near[k - 1];
    if (place < IMPORT_NEAR) best[place] = like, word->near[place] = one->id;
  }
}

const struct own_category *ledger_category(struct importing *importing, const char *text) {
  if (!importing->category_count || !text || !*text) return NULL;
  const char *plain = ledger_plain(importing->staging->scratch, text);
  bool own_export = importing->ledger->journal > 0;
  int64_t told = told_by_hand(importing, plain);
  const struct own_category *one = told ? category_by_id(importing, told) : NULL;
  bool by_hand = one && !one->retired;
  if (!by_hand) one = only_one(importing, plain, false);
  if (!one && own_export) one = only_one(importing, plain, true);
  struct import_word *word = (one && !by_hand) || own_export ? NULL : word_of(importing, text, plain);
  if (word && !word->count++ && !one) near_find(importing, word, plain);
  if (word) word->id = one ? one->id : 0;
  return one;
}

/* One hint for each word that fits none, with its nearest names. */
void ledger_categories_tell(struct importing *importing) {
  struct staging *staging = importing->staging;
  for (size_t i = 0; i < staging->staged->word_count; i++) {
    const struct import_word *word = &staging->staged->words[i];
    struct enumeration names = enumeration_in(staging->arena);
    if (word->id) continue;
    for (size_t k = 0; k < IMPORT_NEAR && word->near[k]; k++) enumeration_quote(&names, category_by_id(importing, word->near[k])->path);
    struct label named = enumeration_label(&names), near = {"", ""};
    if (named.zh)
      near = (struct label){arena_print(staging->arena, "；相近的有%s", named.zh), arena_print(staging->arena, "; near are %s", named.en)};
    ledger_stage_hint(staging, NULL, 0, "category_unknown", (struct label){
      arena_print(staging->arena, "问题类别“%s”（%zu 条）不在本专项的类别里%s；请选定归入哪一类，不选则送审前要逐条选", word->text, word->count, near.zh),
      arena_print(staging->arena, "category \"%s\" (%zu rows) is none of this campaign's%s; choose which one it is, else each problem asks for it before it is submitted", word->text, word->count, near.en)});
  }
  staging->staged->own_categories = ARENA_ARRAY(staging->arena, struct import_own, importing->category_count + 1);
  for (size_t i = 0; i < importing->category_count; i++)
    if (!importing->categories[i].retired)
      staging->staged->own_categories[staging->staged->own_category_count++] = (struct import_own){importing->categories[i].id,
                                                                                                   importing->categories[i].path};
}
