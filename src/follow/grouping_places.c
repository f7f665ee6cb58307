/* Names of places and bodies in a folded text: what ends like one (小区, 路, 学校, street, avenue), with what stands before it. A name
   is found well enough when its rare part lies inside: the parts are weighed by how rare they are, so a word too much does no harm. */
#include <string.h>

#include "base/hash.h"
#include "follow/grouping_parts.h"

enum { NAME_CHARACTERS = 7, /* taken before an ending */ PIECE = 4096 /* characters looked at */ };

/* What a name ends with. By its first character's bytes; longer ones of the same character first. */
static const char *const ENDINGS[] = {
  "小区", "小学", "花园", "花苑", "家园", "公寓", "公园", "公馆", "公司", "社区", "广场", "大厦", "大楼", "大道", "大学", "大桥", "学校", "学院", "中学", "中心",
  "幼儿园", "医院", "市场", "工地", "楼盘", "车站", "地铁站", "路", "街道", "街", "巷", "村", "镇", "乡", "苑", "府", "城", "湾", "园", "庭", "轩", "阁", "邸",
  "郡", "桥", "山庄", "新村", "国际", "商场", "超市", "酒店", "宾馆", "集团", "银行", "驾校", "驿站", "站", "项目", "号线", "大院", "宿舍", "里弄", "弄", "胡同", "组团", "影城", "门店", "餐厅", "酒吧", "会所", "坊"};
/* The same letters that end no name, with what stands behind or before them. */
static const char *const NOT_ENDINGS[] = {"城市", "城管", "城区", "城乡", "城镇", "城建", "园林", "园区", "街坊", "站在", "站着", "村民", "镇政", "路灯", "路面", "路过", "里面", "府部", "庭审", "乡镇", "桥梁"};
static const char *const NOT_BEFORE[] = {"政", "道", "马", "公", "铁", "家", "法", "县", "网", "思", "出", "车", "本", "全", "各", "农", "乡", "进", "让", "走", "修", "停", "线", "套", "学", "校", "幼", "公", "庄"};
/* A name does not reach over these. */
static const char *const STOPS[] = {"的", "在", "是", "和", "与", "及", "或", "到", "至", "从", "对", "于", "位", "住", "我", "你", "您", "他", "她", "们", "该", "有", "请", "由", "被", "把", "将", "向", "为", "因",
  "了", "着", "过", "并", "但", "就", "都", "也", "还", "又", "再", "这", "那", "此", "每", "某", "个", "叫", "给", "让", "问", "市", "区", "县", "省", "何", "吗", "呢", "吧", "等", "内", "旁", "边", "后", "里", "以", "去", "来", "不", "没", "要", "说", "如", "建", "诉", "映", "议", "报", "望", "求", "询", "于", "附", "近", "往"};
/* Those of them that a name may begin with or have within: 和平路, 望江花园, 梧桐里小学. One is passed where the name would be too short without. */
static const char *const WITHIN[] = {"和", "望", "向", "来", "何", "里"};
/* Only what hardly means anything else: a court, a way or a school may be anywhere. */
static const char *const STREETS[] = {"st", "street", "ave", "avenue", "rd", "road", "blvd", "boulevard", "lane", "sq", "square", "terrace", "pkwy", "parkway", "hwy", "plaza", "wharf"};
/* What stands behind a street that is none: the street light. */
static const char *const STREET_THINGS[] = {"light", "lights", "lamp", "lamps", "lighting", "sign", "signs", "cleaning", "sweeping", "parking", "sweeper", "lantern", "tree", "trees", "work", "works", "vendor", "vendors", "people"};
static const char *const ENGLISH_STOPS[] = {"the", "a", "an", "at", "on", "of", "in", "to", "and", "or", "near", "by", "from", "is", "are", "was", "for", "with", "this", "that", "my", "our", "your", "their", "no", "any", "all", "across", "along", "behind", "corner", "intersection", "street", "st", "ave", "road", "rd", "there", "has", "have", "been", "into", "between", "we", "i", "it", "down", "up", "same"};

#define LISTED(list, at, left) listed(list, sizeof list / sizeof *list, at, left)
static size_t listed(const char *const *list, size_t count, const char *at, size_t left) {
  size_t longest = 0;
  for (size_t i = 0; i < count; i++) {
    if (list[i][0] != at[0] || list[i][1] != at[1]) continue;
    size_t size = strlen(list[i]);
    if (size <= left && size > longest && memcmp(list[i], at, size) == 0) longest = size;
  }
  return longest;
}

static bool listed_word(const char *const *list, size_t count, const char *at, size_t size) {
  for (size_t i = 0; i < count; i++)
    if (list[i][0] == at[0] && strlen(list[i]) == size && memcmp(list[i], at, size) == 0) return true;
  return false;
}

static bool han(const char *at) { return (unsigned char)at[0] >= 0xe4 && (unsigned char)at[0] <= 0xe9; }
static bool latin(const char *at) { return (at[0] >= 'a' && at[0] <= 'z') || (at[0] >= '0' && at[0] <= '9'); }
static bool digit(const char *at) { return at[0] >= '0' && at[0] <= '9'; }

/* Back from `end` over what may belong to a name, not before `floor`, and over so many of WITHIN; `characters`: how many were passed. */
static const char *name_begin(const char *floor, const char *end, int within, size_t *characters) {
  const char *at = end;
  *characters = 0;
  while (at > floor && *characters < NAME_CHARACTERS) {
    if (latin(at - 1)) {
      at--;
      if (at == floor || !latin(at - 1)) ++*characters;
      continue;
    }
    if (at - floor < 3 || !han(at - 3)) break;
    if (LISTED(STOPS, at - 3, 3) && !(within-- > 0 && LISTED(WITHIN, at - 3, 3))) break;
    at -= 3;
    ++*characters;
  }
  return at;
}

static bool ends_none(const char *floor, const char *at, size_t size, const char *end) {
  const char *last = at + size - 3;
  if (end - last >= 6 && LISTED(NOT_ENDINGS, last, 6)) return true;
  return size == 3 && at - floor >= 3 && LISTED(NOT_BEFORE, at - 3, 3);
}

/* 栋 or 期 with a number before it: what stands before the number is a name. */
static bool numbered(const char *floor, const char *at, const char *end, const char **number) {
  if (end - at < 3 || (memcmp(at, "栋", 3) != 0 && memcmp(at, "期", 3) != 0 && memcmp(at, "号", 3) != 0)) return false;
  const char *begin = at;
  while (begin > floor && latin(begin - 1)) begin--;
  *number = begin;
  return begin < at && digit(at - 1);
}

struct found { struct place_name *names; size_t count, most; const char *floor; };

static void found_add(struct found *found, const char *begin, const char *end) {
  if (found->count < found->most && end > begin) found->names[found->count++] = (struct place_name){begin, end};
  found->floor = end;
}

static const char *find_han(struct found *found, const char *at, const char *end) {
  const char *number;
  size_t characters, size = LISTED(ENDINGS, at, (size_t)(end - at));
  if (size && !ends_none(found->floor, at, size, end)) {
    const char *begin = name_begin(found->floor, at, 0, &characters);
    if (characters < 2 && size >= 6) begin = name_begin(found->floor, at, 1, &characters);
    if (characters >= 2 || (characters == 1 && size >= 6 && latin(begin)))
      found_add(found, begin, characters > 2 && size >= 6 ? at : at + size);
    else found->floor = at + size;
    return at + size;
  }
  if (numbered(found->floor, at, end, &number)) {
    const char *begin = name_begin(found->floor, number, 0, &characters);
    if (characters >= 3) found_add(found, begin, number);
  }
  return at + 3;
}

/* A word in Latin letters: does it end the name of a street? Up to three words before it, and a number before those. */
static const char *find_latin(struct found *found, const char *floor, const char *at, const char *end) {
  const char *word = at, *begin = at;
  while (at < end && (latin(at) || *at == '\'')) at++;
  if (!listed_word(STREETS, sizeof STREETS / sizeof *STREETS, word, (size_t)(at - word))) return at;
  const char *next = at + (at < end && *at == ' '), *next_end = next;
  while (next_end < end && latin(next_end)) next_end++;
  if (next_end > next && listed_word(STREET_THINGS, sizeof STREET_THINGS / sizeof *STREET_THINGS, next, (size_t)(next_end - next)))
    return at;
  for (int words = 0; words < 3; words++) {
    const char *last = begin;
    while (last > floor && (last[-1] == ' ' || last[-1] == '-')) last--;
    const char *first = last;
    while (first > floor && (latin(first - 1) || first[-1] == '\'')) first--;
    if (first == last || last == begin ||
        listed_word(ENGLISH_STOPS, sizeof ENGLISH_STOPS / sizeof *ENGLISH_STOPS, first, (size_t)(last - first)))
      break;
    begin = first;
  }
  if (begin < word) found_add(found, begin, word); /* without the street: all of them have one */
  return at;
}

size_t places_find(const char *folded, size_t size, struct place_name *names, size_t most) {
  struct found found = {names, 0, most, folded};
  const char *at = folded, *end = folded + size;
  while (at < end && found.count < most) {
    if (han(at) && end - at >= 3) at = find_han(&found, at, end);
    else if (latin(at) && (at == folded || !latin(at - 1))) {
      const char *next = find_latin(&found, found.floor, at, end);
      at = next > at ? next : at + 1;
    } else at++;
  }
  return found.count;
}

/* ---- districts ---- */

/* What stands before 区 where it is no district: 小区, 社区, 开发区 …; and 区域, 区别. */
static const char *const NO_DISTRICT[] = {"小", "社", "地", "园", "片", "校", "城", "景", "辖", "库", "厂", "矿", "郊", "新", "开", "发", "业", "税", "范", "宅", "民", "活", "务", "车", "息", "心", "特", "专", "治", "分", "灾", "牧", 
  "学", "院", "病", "本", "全", "各", "两", "几", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "老", "身", "鲜", "食", "餐", "客", "货", "闲", "戏", "公", "墅", "置", "共", "商", "居", "场", "电", "烟", "禁", "放", "圾", "危", "棚", "赁", "贫", "困", "敏", "感", "下"};
static const char *const NO_DISTRICT_BEHIND[] = {"域", "间", "别", "分", "块"};
/* A part of something: 花园南区, 学校东区. */
static const char *const SIDES[] = {"东", "西", "南", "北"}, *const SIDES_OF[] = {"园", "苑", "院", "城", "厂", "校", "庭", "居", "村", "场", "桥", "街", "路", "庄", "站", "府", "湾", "寓", "道"};

static bool may_name(const char *floor, const char *at) {
  return at - floor >= 3 && han(at - 3) && !LISTED(STOPS, at - 3, 3) && !LISTED(NO_DISTRICT, at - 3, 3);
}

/* Where what tells a district's name begins, before `at`; NULL: it is none. Two characters, as what stands before them may be its city
   (上海徐汇区); letters and digits where names are masked. */
static const char *district_begin(const char *floor, const char *at) {
  const char *begin = at;
  while (begin > floor && latin(begin - 1)) begin--;
  if (begin < at) return at - begin >= 2 && at - begin <= 4 && !digit(begin) ? begin : NULL;
  if (!may_name(floor, at) || at - floor < 6 || !han(at - 6) || LISTED(STOPS, at - 6, 3)) return NULL;
  return LISTED(SIDES, at - 3, 3) && LISTED(SIDES_OF, at - 6, 3) ? NULL : at - 6;
}

static void divisions_put(struct divisions *divisions, uint32_t name) {
  for (size_t i = 0; i < DIVISIONS; i++) {
    if (divisions->names[i] == name) return;
    if (divisions->names[i]) continue;
    divisions->names[i] = name;
    return;
  }
  divisions->names[DIVISIONS - 1] = DIVISIONS_MANY;
}

size_t districts_find(const char *folded, size_t size, struct place_name *names, size_t most) {
  const char *end = folded + size;
  size_t count = 0;
  for (const char *at = folded; end - at >= 3 && count < most; at++) {
    if (at[0] != "区"[0] || (memcmp(at, "区", 3) != 0 && memcmp(at, "县", 3) != 0)) continue; /* both begin with the same byte */
    const char *begin = end - at >= 6 && LISTED(NO_DISTRICT_BEHIND, at + 3, 3) ? NULL : district_begin(folded, at);
    if (begin) names[count++] = (struct place_name){begin, at + 3};
  }
  return count;
}

void divisions_name(struct divisions *divisions, const struct place_name *district) {
  divisions_put(divisions, (uint32_t)(hash_fingerprint(district->begin, (size_t)(district->end - district->begin)) >> 33) + 1);
}

void divisions_add(struct divisions *divisions, const struct divisions *more) {
  for (size_t i = 0; i < DIVISIONS && more->names[i]; i++) divisions_put(divisions, more->names[i]);
}

bool divisions_differ(const struct divisions *one, const struct divisions *other) {
  if (!one->names[0] || !other->names[0] || one->names[DIVISIONS - 1] == DIVISIONS_MANY || other->names[DIVISIONS - 1] == DIVISIONS_MANY)
    return false;
  for (size_t i = 0; i < DIVISIONS && one->names[i]; i++)
    for (size_t k = 0; k < DIVISIONS && other->names[k]; k++)
      if (one->names[i] == other->names[k]) return false;
  return true;
}

/* ---- places given by themselves ---- */

static void pair_put(struct given *given, const char *one, const char *other) {
  char pair[6];
  bool order = memcmp(one, other, 3) < 0;
  memcpy(pair, order ? one : other, 3);
  memcpy(pair + 3, order ? other : one, 3);
  given_put(given, hash_fingerprint(pair, sizeof pair));
}

void given_put(struct given *given, uint64_t hash) { given->pairs[hash >> 62] |= UINT64_C(1) << (hash >> 56 & 63); }

const char *place_body_end(const struct place_name *name) {
  for (const char *at = name->begin; at + 3 <= name->end; at++)
    if (LISTED(ENDINGS, at, (size_t)(name->end - at)) == (size_t)(name->end - at)) return at;
  return name->end;
}

void given_read(const char *begin, const char *end, struct given *given) {
  for (const char *at = begin; end - at >= 6;) {
    if (!han(at) || !han(at + 3)) { at++; continue; }
    if (LISTED(ENDINGS, at, 6) < 6) pair_put(given, at, at + 3);
    if (end - at >= 9 && han(at + 6) && LISTED(ENDINGS, at + 3, 6) < 6) pair_put(given, at, at + 6);
    at += 3;
  }
}

void given_add(struct given *given, const struct given *more) {
  for (size_t i = 0; i < sizeof given->pairs / sizeof *given->pairs; i++) given->pairs[i] |= more->pairs[i];
}

bool given_differ(const struct given *one, const struct given *other) {
  uint64_t mine = 0, theirs = 0, common = 0;
  for (size_t i = 0; i < sizeof one->pairs / sizeof *one->pairs; i++) {
    mine |= one->pairs[i];
    theirs |= other->pairs[i];
    common |= one->pairs[i] & other->pairs[i];
  }
  return mine && theirs && !common;
}
