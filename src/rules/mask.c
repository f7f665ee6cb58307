/* Masking: one walk over the text; at each place the rules of the table are asked in their order, the first that matches says how much it
   takes and what stands there afterwards. Here the walk and the names; numbers and addresses in mask_numbers.c and mask_places.c. */
#include <ctype.h>
#include <string.h>

#include "rules/mask_parts.h"

/* The hundred and more most common surnames, of two characters first. */
static const char *const SURNAMES[] = {"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "司徒"};
static const char SINGLE_SURNAMES[] =
  "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲游阳裴席卫查屈鲍覃霍翁隋甘景薄单包司柏宁柯阮桂闵强柴华车冉房辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝巩稽井练仲乐虞卞封竺冼衣楚佟栗匡宗巫鞠僧桑荆谌银扬明沙薄伏岑习胥蔺";
/* Words that begin like a surname and stand before a title: 党委书记 is nobody's name. */
static const char *const NO_NAMES[] = {"党委", "党组", "党支部", "党总支", "纪委", "单位", "项目", "车间", "安全", "管理", "施工", "社区", "常务", "常委", "水务", "房管", "路政", "经营", "方面", "任职", "于是", "向来", "何时", "包括", "关于", "相关", "高级", "单元", "古城", "平台", "万达", "金融", "花园", "钱款", "宁可", "康复", "毛坯", "马上", "陈旧", "许多", "温馨"};
static const char *const TITLES[] = {"先生", "女士", "小姐", "同志", "师傅", "老师", "阿姨", "大爷", "大妈", "奶奶", "爷爷", "叔叔", "阿婆", "阿公", "婆婆", "老太", "老伯", "大伯", "大叔", "医生", "主任", "书记", "局长", "处长", "科长", "经理"};
static const char *const INTRODUCTIONS[] = {"姓名", "联系人", "诉求人", "投诉人", "举报人", "反映人", "当事人", "户主", "业主", "负责人", "名叫"};
static const char *const ENGLISH_TITLES[] = {"Mr ", "Mr. ", "Mrs ", "Mrs. ", "Ms ", "Ms. ", "Miss "};
#define COUNT(list) (sizeof(list) / sizeof *(list))

/* Bytes of a surname at `text`; 0: none. */
static size_t surname(const char *text) {
  for (size_t i = 0; i < COUNT(SURNAMES); i++)
    if (mask_begins(text, SURNAMES[i])) return strlen(SURNAMES[i]);
  if (!mask_han(text)) return 0;
  size_t width = mask_width(text);
  for (const char *one = SINGLE_SURNAMES; *one; one += 3)
    if (strncmp(text, one, width) == 0) return width;
  return 0;
}

/* Bytes of a title at `text`; 0: none. */
static size_t title_at(const char *text) {
  for (size_t i = 0; i < COUNT(TITLES); i++)
    if (mask_begins(text, TITLES[i])) return strlen(TITLES[i]);
  return 0;
}

static bool masked_already(const char *given) { return mask_begins(given, "某"); }

/* 王小明先生, 王明女士: the shortest name that a title follows. 王先生 keeps nothing but the title's kind. */
static bool name_before_title(const struct place *place, struct found *found) {
  size_t own = surname(place->at), given = 0;
  if (!own || masked_already(place->at + own)) return false;
  for (size_t i = 0; i < COUNT(NO_NAMES); i++)
    if (mask_begins(place->at, NO_NAMES[i])) return false;
  for (unsigned more = 0; more <= 2; more++) {
    if (title_at(place->at + own + given)) {
      *found = (struct found){own + given, more ? arena_print(place->arena, "%.*s某", (int)own, place->at) : "某"};
      return true;
    }
    if (!mask_han(place->at + own + given)) return false;
    given += mask_width(place->at + own + given);
  }
  return false;
}

/* 姓名：王小明 · 联系人王小明 */
static bool name_introduced(const struct place *place, struct found *found) {
  for (size_t i = 0; i < COUNT(INTRODUCTIONS); i++) {
    if (!mask_begins(place->at, INTRODUCTIONS[i])) continue;
    size_t size = strlen(INTRODUCTIONS[i]);
    const char *separators[] = {"：", ":", "为", "是", "叫", "　", " "};
    for (bool on = true; on;) {
      on = false;
      for (size_t k = 0; k < COUNT(separators); k++)
        if (mask_begins(place->at + size, separators[k])) size += strlen(separators[k]), on = true;
    }
    const char *name = place->at + size;
    size_t own = surname(name), given = 0;
    if (!own || masked_already(name + own)) return false;
    for (unsigned more = 0; more < 2 && mask_han(name + own + given); more++) given += mask_width(name + own + given);
    if (!given) return false;
    *found = (struct found){size + own + given, arena_print(place->arena, "%.*s%.*s某", (int)size, place->at, (int)own, name)};
    return true;
  }
  return false;
}

/* 姓王名小明 */
static bool name_spelt(const struct place *place, struct found *found) {
  const char *at = place->at;
  if (!mask_begins(at, "姓")) return false;
  size_t own = surname(at + 3);
  if (!own || !mask_begins(at + 3 + own, "名") || masked_already(at + 6 + own)) return false;
  size_t given = 0;
  for (unsigned more = 0; more < 2 && mask_han(at + 6 + own + given); more++) given += mask_width(at + 6 + own + given);
  if (!given) return false;
  *found = (struct found){6 + own + given, arena_print(place->arena, "%.*s名某", (int)(3 + own), at)};
  return true;
}

static bool name_english(const struct place *place, struct found *found) {
  if (place->at > place->begin && mask_word_byte(place->at[-1])) return false;
  for (size_t i = 0; i < COUNT(ENGLISH_TITLES); i++) {
    if (!mask_begins(place->at, ENGLISH_TITLES[i])) continue;
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

static mask_rule *const RULES[] = {name_introduced, name_spelt, name_before_title, name_english, mask_mail, mask_vehicle, mask_number, mask_local_number, mask_document, mask_residence, mask_household};

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
    place.at += found.taken ? found.taken : mask_width(place.at);
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
    size_t width = mask_width(place.at);
    buffer_add(&out, place.at, width);
    place.at += width;
  }
  return out.bytes;
}
