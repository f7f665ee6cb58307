/* Masking of where somebody lives: an address that words say is a home's, and a door, by which a household is found.
   A street and a number alone are a public place and stay. */
#include "rules/mask_parts.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))
enum { RESIDENCE_MOST = 40 /* characters; longer without a stop is no address */, NUMBER_MOST = 6 };

static size_t any_at(const char *text, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (mask_begins(text, words[i])) return strlen(words[i]);
  return 0;
}

/* 家住申江路12弄3号，… · 住址：…: up to the next stop. */
bool mask_residence(const struct place *place, struct found *found) {
  static const char *const WORDS[] = {"家住", "住址", "家庭地址", "户籍地址", "居住地址", "户籍地", "居住地", NULL},
                           *const BETWEEN[] = {" ", "：", ":", "是", "为", "在", "于", "　", NULL};
  static const char *const STOPS[] = {"，", "。", "；", "、", "的", "（", "(", "[", "]", ",", ";", " ", "\n", "\r", "！", "？", "：", ":", "　"};
  size_t size = 0, length = 0;
  if (!mask_han(place->at) || mask_begins(place->at, "已隐去") || !mask_introduced(place, WORDS, BETWEEN) ||
      any_at(place->at, WORDS, COUNT(WORDS) - 1) || any_at(place->at, BETWEEN, COUNT(BETWEEN) - 1))
    return false;
  for (; place->at[size] && !any_at(place->at + size, STOPS, COUNT(STOPS)); size += mask_width(place->at + size)) length++;
  if (length < 2 || length > RESIDENCE_MOST) return false;
  *found = (struct found){size, "[住址已隐去]", MASK_ADDRESS};
  return true;
}

/* Digits, narrow, wide or Chinese, and letters, as a door or a building is numbered: how many, and the bytes they take. */
static size_t number_at(const char *text, size_t *size) {
  static const char CHINESE[] = "〇零一二三四五六七八九十百甲乙丙丁";
  size_t count = 0, width = 1;
  for (*size = 0; count <= NUMBER_MOST; count++, *size += width) {
    const char *at = text + *size;
    bool number = mask_digit(at, &width) >= 0;
    if (!number && isalpha((unsigned char)*at)) number = true, width = 1;
    for (const char *one = CHINESE; *one && !number; one += 3)
      if (strncmp(at, one, 3) == 0) number = true, width = 3;
    if (!number) break;
  }
  return count <= NUMBER_MOST ? count : 0;
}

/* 12弄3号502室, 四幢十二号三〇二室: a building, and a room in it. 3号楼 and 5号楼20户 are nobody's door. */
bool mask_household(const struct place *place, struct found *found) {
  static const char *const PARTS[] = {"弄", "支弄", "号楼", "号", "幢", "栋", "座", "单元", "楼", "层"}, *const ROOMS[] = {"室", "房"};
  size_t size = 0, parts = 0, number, unit;
  if (place->at > place->begin && mask_word_byte(place->at[-1])) return false;
  for (;;) {
    size_t count = number_at(place->at + size, &number);
    if (!count) return false;
    size += number;
    size_t room = any_at(place->at + size, ROOMS, COUNT(ROOMS));
    if (room) {
      size += room;
      size_t hall = number_at(place->at + size, &number) ? number : 0;
      if (!parts || (hall && mask_begins(place->at + size + hall, "厅"))) return false;
      *found = (struct found){size, "[门牌已隐去]", MASK_ADDRESS};
      return true;
    }
    unit = any_at(place->at + size, PARTS, COUNT(PARTS));
    if (!unit) return false;
    size += unit;
    parts++;
  }
}
