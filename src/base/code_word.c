/* Code words: made from the system's random numbers, hashed over what is left when blanks and dashes are taken out. */
#include "base/code_word.h"

#include <string.h>

#include "base/hash.h"
#include "base/text.h"

#define DOMAIN_OF_CODES "bihuan-code-1:"

char *code_word_new(struct arena *arena) {
  const char *word = random_word(arena, CODE_WORD_LETTERS);
  return arena_print(arena, "%.4s-%.4s-%.4s", word, word + 4, word + 8);
}

char *code_word_hash(struct arena *arena, const char *typed) {
  const char *folded = typed && strnlen(typed, 200) < 200 && text_valid(typed, strlen(typed)) ? text_fold(arena, typed) : "";
  char *plain = arena_text(arena, folded);
  size_t size = 0;
  uint8_t hash[HASH_SIZE];
  for (const char *letter = folded; *letter; letter++) {
    bool kept = (*letter >= 'a' && *letter <= 'z') || (*letter >= '0' && *letter <= '9');
    if (kept) plain[size++] = *letter;
    else if (*letter != '-' && *letter != ' ') return NULL;
  }
  if (size != CODE_WORD_LETTERS) return NULL;
  hash_two(hash, DOMAIN_OF_CODES, strlen(DOMAIN_OF_CODES), plain, size);
  return hex_write(arena, hash, sizeof hash);
}
