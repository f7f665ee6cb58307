/* Masking: one walk over the text; at each place the rules of the table are asked in their order, the first that matches says how much it takes and what stands there afterwards. */
#include "rules/mask.h"

#include <ctype.h>
#include <string.h>

/* The hundred and more most common surnames, of two characters first. */
static const char *const SURNAMES[] = {"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "司徒"};
static const char SINGLE_SURNAMES[] =
  "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲游阳裴席卫查屈鲍覃霍翁隋甘景薄单包司柏宁柯阮桂闵强柴华车冉房辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝巩稽井练仲乐虞卞封竺冼衣楚佟栗匡宗巫鞠僧桑荆谌银扬明沙薄伏岑习胥蔺";
/* Words that begin like a surname and stand before a title: 党委书记 is nobody's name. */
static const char *const NO_NAMES[] = {"党委", "党组", "党支部", "党总支", "纪委", "单位", "项目", "车间", "安全", "管理", "施工", "社区", "常务", "常委", "水务", "房管", "路政", "经营", "方面", "任职", "于是", "向来", "何时", "包括", "关于", "相关", "高级", "单元", "古城", "平台", "万达", "金融", "花园", "钱款", "宁可", "康复", "毛坯", "马上", "陈旧", "许多", "温馨"};
static const char *const TITLES[] = {"先生", "女士", "小姐", "同志", "师傅", "老师", "阿姨", "大爷", "大妈", "奶奶", "爷爷", "叔叔", "医生", "主任", "书记", "局长", "处长", "科长", "经理"};
static const char *const INTRODUCTIONS[] = {"姓名", "联系人", "诉求人", "投诉人", "举报人", "反映人", "当事人", "户主", "业主", "负责人", "名叫"};
static const char *const ENGLISH_TITLES[] = {"Mr ", "Mr. ", "Mrs ", "Mrs. ", "Ms ", "Ms. ", "Miss "};
#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool begins(const char *text, const char *with) { return strncmp(text, with, strlen(with)) == 0; }
static size_t width_of(const char *text) {
  size_t width = 1;
  if (*text) text_next(text, &width);
  return width;
}
static bool han(const char *text) {
  size_t width;
  if (!*text) return false;
  uint32_t point = text_next(text, &width);
  return point >= 0x4E00 && point <= 0x9FFF;
}
static bool word_byte(char byte) { return isalnum((unsigned char)byte) || byte == '_'; }

/* Bytes of a surname at `text`; 0: none. */
static size_t surname(const char *text) {
  for (size_t i = 0; i < COUNT(SURNAMES); i++)
    if (begins(text, SURNAMES[i])) return strlen(SURNAMES[i]);
  if (!han(text)) return 0;
  size_t width = width_of(text);
  for (const char *one = SINGLE_SURNAMES; *one; one += 3)
    if (strncmp(text, one, width) == 0) return width;
  return 0;
}

/* A name of a surname and one or two more characters; bytes behind the surname, 0: none. */
static size_t title_at(const char *text) {
  for (size_t i = 0; i < COUNT(TITLES); i++)
    if (begins(text, TITLES[i])) return strlen(TITLES[i]);
  return 0;
}

struct found { size_t taken; const char *becomes; enum mask_kind kind; /* 0: a name */ };
struct place { struct arena *arena; const char *begin, *at; };
typedef bool mask_rule(const struct place *place, struct found *found);

static bool masked_already(const char *given) { return begins(given, "某"); }

/* 王小明先生, 王明女士: the shortest name that a title follows. 王先生 keeps nothing but the title's kind. */
static bool name_before_title(const struct place *place, struct found *found) {
  size_t own = surname(place->at), given = 0;
  if (!own || masked_already(place->at + own)) return false;
  for (size_t i = 0; i < COUNT(NO_NAMES); i++)
    if (begins(place->at, NO_NAMES[i])) return false;
  for (unsigned more = 0; more <= 2; more++) {
    if (title_at(place->at + own + given)) {
      *found = (struct found){own + given, more ? arena_print(place->arena, "%.*s某", (int)own, place->at) : "某"};
      return true;
    }
    if (!han(place->at + own + given)) return false;
    given += width_of(place->at + own + given);
  }
  return false;
}

/* 姓名：王小明 · 联系人王小明 */
static bool name_introduced(const struct place *place, struct found *found) {
  for (size_t i = 0; i < COUNT(INTRODUCTIONS); i++) {
    if (!begins(place->at, INTRODUCTIONS[i])) continue;
    size_t size = strlen(INTRODUCTIONS[i]);
    const char *separators[] = {"：", ":", "为", "是", "叫", "　", " "};
    for (bool on = true; on;) {
      on = false;
      for (size_t k = 0; k < COUNT(separators); k++)
        if (begins(place->at + size, separators[k])) size += strlen(separators[k]), on = true;
    }
    const char *name = place->at + size;
    size_t own = surname(name), given = 0;
    if (!own || masked_already(name + own)) return false;
    for (unsigned more = 0; more < 2 && han(name + own + given); more++) given += width_of(name + own + given);
    if (!given) return false;
    *found = (struct found){size + own + given, arena_print(place->arena, "%.*s%.*s某", (int)size, place->at, (int)own, name)};
    return true;
  }
  return false;
}

/* 姓王名小明 */
static bool name_spelt(const struct place *place, struct found *found) {
  const char *at = place->at;
  if (!begins(at, "姓")) return false;
  size_t own = surname(at + 3);
  if (!own || !begins(at + 3 + own, "名") || masked_already(at + 6 + own)) return false;
  size_t given = 0;
  for (unsigned more = 0; more < 2 && han(at + 6 + own + given); more++) given += width_of(at + 6 + own + given);
  if (!given) return false;
  *found = (struct found){6 + own + given, arena_print(place->arena, "%.*s名某", (int)(3 + own), at)};
  return true;
}

static bool name_english(const struct place *place, struct found *found) {
  if (place->at > place->begin && word_byte(place->at[-1])) return false;
  for (size_t i = 0; i < COUNT(ENGLISH_TITLES); i++) {
    if (!begins(place->at, ENGLISH_TITLES[i])) continue;
    size_t title = strlen(ENGLISH_TITLES[i]), size = title;
    while (isupper((unsigned char)place->at[size])) {
      while (isalpha((unsigned char)place->at[size]) || place->at[size] == '-' || place->at[size] == '\'') size++;
      if (place->at[size] != ' ' || !isupper((unsigned char)place->at[size + 1])) break;
      size++;
    }
    if (size == title || (size == title + 1 && place->at[title] == 'X')) return false;
    *found = (struct found){size, arena_print(place->arena, "%.*sX", (int)title, place->at)};
    return true;
  }
  return false;
}

enum { DIGITS_MOST = 31, PIECES_MOST = 16 };
/* Digits with single blanks or dashes between, from a place where no number runs already. At each end of a piece: how many digits up to there, and the bytes they take. */
struct digits { char digits[DIGITS_MOST + 1]; size_t pieces, counts[PIECES_MOST], taken[PIECES_MOST]; };
static void digits_run(const struct place *place, struct digits *run) {
  size_t count = 0, size = 0;
  *run = (struct digits){.pieces = 0};
  if (place->at > place->begin && word_byte(place->at[-1])) return;
  while (count < DIGITS_MOST && run->pieces < PIECES_MOST && isdigit((unsigned char)place->at[size])) {
    run->digits[count++] = place->at[size++];
    char next = place->at[size];
    if (isdigit((unsigned char)next) && count < DIGITS_MOST) continue;
    run->counts[run->pieces] = count;
    run->taken[run->pieces++] = size;
    if ((next == '-' || next == ' ') && isdigit((unsigned char)place->at[size + 1])) size++;
  }
}

static bool number_kind(const char *digits, size_t count, size_t taken, struct found *found) {
  if ((count == 18 || count == 15) && digits[0] != '0') *found = (struct found){taken, "[证件号已隐去]", MASK_IDENTITY};
  else if (count >= 16 && count <= 19) *found = (struct found){taken, "[卡号已隐去]", MASK_CARD};
  else if (count == 11 && digits[0] == '1' && digits[1] >= '3') *found = (struct found){taken, "[电话已隐去]", MASK_PHONE};
  else if ((count >= 10 && count <= 12) && digits[0] == '0') *found = (struct found){taken, "[电话已隐去]", MASK_PHONE};
  else if (count == 13 && digits[0] == '8' && digits[1] == '6' && digits[2] == '1') *found = (struct found){taken, "[电话已隐去]", MASK_PHONE};
  else return false;
  return true;
}

/* The longest number first; then fewer pieces, as two numbers may stand apart by a blank only. */
static bool number_of_person(const struct place *place, struct found *found) {
  struct digits run;
  digits_run(place, &run);
  for (size_t i = run.pieces; i-- > 0;) {
    char next = place->at[run.taken[i]];
    if (run.counts[i] == 17 && (next == 'X' || next == 'x')) {
      *found = (struct found){run.taken[i] + 1, "[证件号已隐去]", MASK_IDENTITY};
      return true;
    }
    if (!word_byte(next) && number_kind(run.digits, run.counts[i], run.taken[i], found)) return true;
  }
  return false;
}

static bool mail_address(const struct place *place, struct found *found) {
  const char *at = place->at;
  size_t size = 0;
  if (place->at > place->begin && (word_byte(at[-1]) || at[-1] == '.' || at[-1] == '-')) return false;
  while (word_byte(at[size]) || at[size] == '.' || at[size] == '-' || at[size] == '+') size++;
  if (!size || at[size] != '@') return false;
  size_t host = ++size;
  bool dot = false;
  while (word_byte(at[size]) || at[size] == '-' || (at[size] == '.' && word_byte(at[size + 1]))) dot = dot || at[size] == '.', size++;
  if (size == host || !dot) return false;
  *found = (struct found){size, "[邮箱已隐去]", MASK_MAIL};
  return true;
}

/* 沪A12345, 沪AD12345 */
static bool vehicle(const struct place *place, struct found *found) {
  static const char PROVINCES[] = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
  const char *at = place->at;
  bool province = false;
  if (!han(at)) return false;
  for (const char *one = PROVINCES; *one; one += 3) province = province || strncmp(at, one, 3) == 0;
  if (!province || !isupper((unsigned char)at[3])) return false;
  size_t size = 4;
  if (begins(at + size, "·")) size += strlen("·");
  size_t first = size;
  while (isupper((unsigned char)at[size]) || isdigit((unsigned char)at[size])) size++;
  if (size - first < 5 || size - first > 6) return false;
  *found = (struct found){size, "[车牌已隐去]", MASK_VEHICLE};
  return true;
}

static mask_rule *const RULES[] = {name_introduced, name_spelt, name_before_title, name_english, mail_address, vehicle, number_of_person};

/* What the first rule that matches here takes. */
static struct found found_at(const struct place *place) {
  struct found found = {0};
  for (size_t i = 0; i < COUNT(RULES); i++) {
    found = (struct found){0};
    if (RULES[i](place, &found) && found.taken) return found;
  }
  return (struct found){0};
}

size_t mask_find(struct arena *arena, const char *text, struct masked_place *places, size_t most) {
  struct place place = {arena, text, text};
  size_t count = 0;
  while (*place.at && count < most) {
    struct found found = found_at(&place);
    if (found.taken) places[count++] = (struct masked_place){found.kind ? found.kind : MASK_NAME, (size_t)(place.at - text), found.taken};
    place.at += found.taken ? found.taken : width_of(place.at);
  }
  return count;
}

char *mask_text(struct arena *arena, const char *text, struct buffer *masked) {
  struct buffer out = {.arena = arena};
  struct place place = {arena, text, text};
  buffer_text(&out, "");
  while (*place.at) {
    struct found found = found_at(&place);
    if (found.taken) {
      buffer_text(&out, found.becomes);
      buffer_print(masked, "%.*s → %s\n", (int)found.taken, place.at, found.becomes);
      place.at += found.taken;
      continue;
    }
    size_t width = width_of(place.at);
    buffer_add(&out, place.at, width);
    place.at += width;
  }
  return out.bytes;
}
