/* Masking of numbers: phones, identity cards and other papers, bank cards, vehicles, addresses of mail. A number may be written in pieces,
   with wide digits, and right behind another one. */
#include "rules/mask_parts.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define PHONE_GONE "[电话已隐去]"
#define IDENTITY_GONE "[证件号已隐去]"
#define CARD_GONE "[卡号已隐去]"

bool mask_introduced(const struct place *place, const char *const *words, const char *const *between) {
  const char *end = place->at;
  for (bool on = true; on && end > place->begin;) {
    on = false;
    for (const char *const *one = between; *one && !on; one++) {
      size_t size = strlen(*one);
      on = (size_t)(end - place->begin) >= size && memcmp(end - size, *one, size) == 0;
      if (on) end -= size;
    }
  }
  for (; *words; words++)
    if ((size_t)(end - place->begin) >= strlen(*words) && memcmp(end - strlen(*words), *words, strlen(*words)) == 0) return true;
  return false;
}

/* ---- a run of digits in pieces ---- */

enum { DIGITS_MOST = 66, PIECES_MOST = 16, NUMBER_MOST = 19 };
/* Digits with single separators between. Of each piece: which digits it has, and the bytes from the run's begin to its end. */
struct digits {
  char digits[DIGITS_MOST + 1];
  size_t count, pieces, from[PIECES_MOST], to[PIECES_MOST], begins[PIECES_MOST], taken[PIECES_MOST];
  bool dotted[PIECES_MOST] /* a dot stands before it */;
};

static size_t separator_at(const char *text, bool *dot) {
  static const char *const SEPARATORS[] = {"-", " ", ".", "\u00a0", "\u2010", "\u2011", "\u2013", "\u2014", "－", "·"};
  for (size_t i = 0; i < COUNT(SEPARATORS); i++) {
    *dot = i == 2;
    if (mask_begins(text, SEPARATORS[i])) return strlen(SEPARATORS[i]);
  }
  return 0;
}

static void digits_run(const char *at, struct digits *run) {
  size_t size = 0, width = 1;
  bool dot = false;
  *run = (struct digits){.pieces = 0};
  while (run->pieces < PIECES_MOST && run->count < DIGITS_MOST && mask_digit(at + size, &width) >= 0) {
    size_t piece = run->pieces++;
    run->from[piece] = run->count;
    run->begins[piece] = size;
    run->dotted[piece] = dot;
    for (int digit; run->count < DIGITS_MOST && (digit = mask_digit(at + size, &width)) >= 0; size += width)
      run->digits[run->count++] = (char)('0' + digit);
    run->to[piece] = run->count;
    run->taken[piece] = size;
    size += separator_at(at + size, &dot);
  }
}

/* A date of birth at the seventh digit tells an identity card from digits that only follow each other. */
static bool born(const char *digits) {
  int year = (digits[6] - '0') * 10 + digits[7] - '0', month = (digits[10] - '0') * 10 + digits[11] - '0',
      day = (digits[12] - '0') * 10 + digits[13] - '0';
  return (year == 18 || year == 19 || year == 20) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}
/* Luhn's sum, that bank cards hold. */
static bool card_sum(const char *digits, size_t count) {
  int sum = 0;
  for (size_t i = 0; i < count; i++) {
    int digit = digits[count - 1 - i] - '0';
    if (i % 2) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 == 0;
}
static bool in_fours(const struct digits *run, size_t first, size_t last) {
  for (size_t i = first; i < last; i++)
    if (run->to[i] - run->from[i] != 4) return false;
  return true;
}

static bool any_dot(const struct digits *run, size_t first, size_t last) {
  for (size_t i = first + 1; i <= last; i++)
    if (run->dotted[i]) return true;
  return false;
}
/* 139.1234.5678 is a phone, 139.123.45.678 a machine's address. */
static bool dots_fit(const struct digits *run, size_t first, size_t last) {
  return !any_dot(run, first, last) ||
         (last - first == 2 && run->to[first] - run->from[first] == 3 && run->to[first + 1] - run->from[first + 1] == 4);
}

/* What the pieces from `first` to `last` are, as one number; kind 0: none. */
static struct found number_kind(const struct digits *run, const char *at, size_t first, size_t last) {
  const char *digits = run->digits + run->from[first], *behind = at + run->taken[last];
  size_t count = run->to[last] - run->from[first], taken = run->taken[last] - run->begins[first];
  bool whole = first == last;
  if (!dots_fit(run, first, last)) return (struct found){0};
  if (count == 17 && (*behind == 'X' || *behind == 'x')) return (struct found){taken + 1, IDENTITY_GONE, MASK_IDENTITY};
  if (mask_word_byte(*behind) && !(whole && count == 11)) return (struct found){0};
  if (count == 18 && digits[0] != '0' && (whole || born(digits))) return (struct found){taken, IDENTITY_GONE, MASK_IDENTITY};
  if (count == 15 && digits[0] != '0' && whole) return (struct found){taken, IDENTITY_GONE, MASK_IDENTITY};
  if (count >= 16 && count <= NUMBER_MOST && (whole || in_fours(run, first, last) || card_sum(digits, count)))
    return (struct found){taken, CARD_GONE, MASK_CARD};
  if (count == 11 && digits[0] == '1' && digits[1] >= '3' && !mask_begins(behind, "元") && !mask_begins(behind, " 元"))
    return (struct found){taken, PHONE_GONE, MASK_PHONE};
  if (count >= 10 && count <= 12 && digits[0] == '0' && digits[1] != '0') return (struct found){taken, PHONE_GONE, MASK_PHONE};
  if (count == 13 && strncmp(digits, "861", 3) == 0) return (struct found){taken, PHONE_GONE, MASK_PHONE};
  return (struct found){0};
}

static size_t last_that_fits(const struct digits *run, size_t first) {
  size_t last = first;
  while (last + 1 < run->pieces && run->to[last + 1] - run->from[first] <= NUMBER_MOST) last++;
  return last;
}
/* Whether the pieces from `first` on are numbers and nothing else. */
static bool numbers_alone(const struct digits *run, const char *at, size_t first) {
  if (first == run->pieces) return true;
  for (size_t last = last_that_fits(run, first) + 1; last-- > first;)
    if (number_kind(run, at, first, last).kind && numbers_alone(run, at, last + 1)) return true;
  return false;
}

/* 021-63212810 63212811: what follows a number with its area and is as long as a number without one goes with it. */
static void take_along(const struct digits *run, const char *at, size_t last, struct found *found) {
  if (found->kind != MASK_PHONE || run->digits[0] != '0') return;
  for (size_t next = last + 1; next < run->pieces && run->to[next] - run->from[next] >= 7 && run->to[next] - run->from[next] <= 8 &&
                               !mask_word_byte(at[run->taken[next]]);
       next++)
    found->taken = run->taken[next];
}

/* The longest number behind which nothing but numbers stands, as two may stand apart by a blank only; where there is none, the longest. */
bool mask_number(const struct place *place, struct found *found) {
  struct digits run;
  size_t width = 1;
  bool after_letter = place->at > place->begin && mask_word_byte(place->at[-1]);
  if (mask_digit(place->at, &width) < 0 || (after_letter && !isalpha((unsigned char)place->at[-1]))) return false;
  digits_run(place->at, &run);
  if (after_letter && run.to[0] != 11) return false;
  for (int pass = 0; pass < 2; pass++)
    for (size_t last = last_that_fits(&run, 0) + 1; last-- > 0;) {
      *found = number_kind(&run, place->at, 0, last);
      if (!found->kind || !(pass || numbers_alone(&run, place->at, last + 1))) continue;
      take_along(&run, place->at, last, found);
      return true;
    }
  return false;
}

/* （021）63212810 */
static size_t area_at(const char *text) {
  size_t size = mask_begins(text, "(") ? 1 : mask_begins(text, "（") ? 3 : 0, width = 1, count = 0;
  if (!size || mask_digit(text + size, &width) != 0) return 0;
  for (; mask_digit(text + size, &width) >= 0; size += width) count++;
  size_t close = mask_begins(text + size, ")") ? 1 : mask_begins(text + size, "）") ? 3 : 0;
  return close && (count == 3 || count == 4) ? size + close + (text[size + close] == ' ') : 0;
}

/* Seven or eight digits are a phone behind an area in brackets, or where words say so: 电话 63212810、6321 2811. */
bool mask_local_number(const struct place *place, struct found *found) {
  static const char *const WORDS[] = {"电话", "手机", "座机", "固话", "联系方式", "致电", "拨打", "号码", PHONE_GONE, NULL};
  static const char *const BETWEEN[] = {" ",  "：", ":", "、", "，", ",", "/", "-", "号", "是", "为", "或", "和",
                                        "　", "0",  "1", "2",  "3",  "4", "5", "6", "7",  "8",  "9",  NULL};
  struct digits run;
  size_t area = area_at(place->at), width = 1;
  bool inside = place->at > place->begin && mask_word_byte(place->at[-1]);
  if (!area && (inside || mask_digit(place->at, &width) < 0 || !mask_introduced(place, WORDS, BETWEEN))) return false;
  digits_run(place->at + area, &run);
  for (size_t last = run.pieces < 2 ? run.pieces : 2; last-- > 0;)
    if ((run.to[last] == 7 || run.to[last] == 8) && run.digits[0] >= '2' && !mask_word_byte(place->at[area + run.taken[last]]) &&
        !any_dot(&run, 0, last)) {
      *found = (struct found){area + run.taken[last], PHONE_GONE, MASK_PHONE};
      return true;
    }
  return false;
}

/* 护照E12345678, 身份证号 3101 0119 …: what stands behind the name of a paper, as long as a number is. */
bool mask_document(const struct place *place, struct found *found) {
  static const char *const WORDS[] = {"护照", "通行证", "身份证", "居住证", "社保卡", "驾驶证", "军官证", "证件", NULL};
  static const char *const BETWEEN[] = {" ", "：", ":", "号码", "号", "是", "为", "　", NULL};
  const char *at = place->at;
  size_t size = 0, digits = 0;
  if (!isalnum((unsigned char)*at) || !mask_introduced(place, WORDS, BETWEEN)) return false;
  while (isalnum((unsigned char)at[size]) || ((at[size] == ' ' || at[size] == '-') && isdigit((unsigned char)at[size + 1])))
    digits += isdigit((unsigned char)at[size++]) ? 1 : 0;
  if (digits < 6) return false;
  *found = (struct found){size, IDENTITY_GONE, MASK_IDENTITY};
  return true;
}

/* ---- others ---- */

bool mask_mail(const struct place *place, struct found *found) {
  const char *at = place->at;
  size_t size = 0;
  if (place->at > place->begin && (mask_word_byte(at[-1]) || at[-1] == '.' || at[-1] == '-')) return false;
  while (mask_word_byte(at[size]) || at[size] == '.' || at[size] == '-' || at[size] == '+') size++;
  if (!size || at[size] != '@') return false;
  size_t host = ++size;
  bool dot = false;
  while (mask_word_byte(at[size]) || at[size] == '-' || (at[size] == '.' && mask_word_byte(at[size + 1])))
    dot = dot || at[size] == '.', size++;
  if (size == host || !dot) return false;
  *found = (struct found){size, "[邮箱已隐去]", MASK_MAIL};
  return true;
}

static size_t gap_at(const char *text) {
  return mask_begins(text, "·") ? strlen("·") : *text == ' ' || *text == '-' || *text == '.' ? 1 : 0;
}

/* 沪A12345, 沪·AD12345, 沪A1234学: a province, a letter, and five or six letters and digits, the last of them perhaps a word. */
bool mask_vehicle(const struct place *place, struct found *found) {
  static const char PROVINCES[] = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼", ENDINGS[] = "警学挂港澳领使试超";
  const char *at = place->at;
  bool province = false, ending = false;
  if (!mask_han(at)) return false;
  for (const char *one = PROVINCES; *one; one += 3) province = province || strncmp(at, one, 3) == 0;
  size_t size = 3 + gap_at(at + 3), digits = 0, count = 0;
  if (!province || !isalpha((unsigned char)at[size])) return false;
  size++;
  size += gap_at(at + size);
  for (; isalnum((unsigned char)at[size]); size++, count++) digits += isdigit((unsigned char)at[size]) ? 1 : 0;
  for (const char *one = ENDINGS; *one && count == 4; one += 3) ending = ending || strncmp(at + size, one, 3) == 0;
  if (digits < 2 || !(count == 5 || count == 6 || ending)) return false;
  *found = (struct found){size + (ending ? 3 : 0), "[车牌已隐去]", MASK_VEHICLE};
  return true;
}
