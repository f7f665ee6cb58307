/* What the public sends: checked, sealed for the inner store, put into the inbox under a fresh code. Nothing sent is kept in plain, or shown again. */
#include "web/portal_parts.h"

#include <string.h>

#include "base/code_word.h"
#include "base/json.h"
#include "base/signing.h"
#include "base/tokens.h"

#define TEXT_MOST 2000
#define ALIKE_MOST 5
#define ALIKE_SHARE 25 /* percent of the tokens of the shorter one that both have */

static bool may_take(struct visit *visit) {
  visit->private_page = true;
  if (visit->setting.can_seal) return true;
  page_say(visit, 503, W("现在不能提交", "Not just now"), W("门户还没有收到内网的密钥，请稍后再试，或打 12345。", "The portal has no key of the inner network yet. Please try later, or call 12345."));
  return false;
}

static bool short_enough(struct visit *visit, const char *text, size_t most, struct label name) {
  if (!text || text_length(text) <= most) return true;
  page_say(visit, 422, W("太长", "Too long"), label_print(visit->arena, "“%s”最多 %zu 字。", "“%s” may have %zu characters at most.", label_in(name, visit->language), most));
  return false;
}

static void code_show(struct visit *visit, const char *code, struct label title, struct label text) {
  page_open(visit, title);
  page_add(visit, "<section class=\"card\"><div class=\"body\"><h1>%w</h1><p>%w</p><p class=\"code\"><span class=\"sub\">%w</span><b>%s</b></p><p class=\"sub\">%w</p><p class=\"ev\"><a class=\"btn\" href=\"%b/follow\">%w</a></p></div></section>", title, text,
           W("查询码", "Your code"), code, W("请记下或截屏。有这个码的人就能查到，不要给别人；丢了不能找回。", "Write it down. Whoever has it can follow this; a lost one cannot be found again."), W("查进展", "Follow it"));
  page_close(visit);
}

/* Into the inbox, sealed. False: the answer is written. */
static bool put(struct visit *visit, const char *kind, struct buffer *payload, const char *code) {
  struct inbox_entry entry = {.kind = kind, .tracking = code_word_hash(visit->arena, code), .received = visit->setting.now};
  enum inbox_answer answer = INBOX_TAKEN;
  int64_t number = 0;
  entry.sealed = sealed_for(visit->arena, visit->setting.inner_key, payload->bytes, payload->size);
  if (visit->photo.size) entry.picture = sealed_for(visit->arena, visit->setting.inner_key, visit->photo.bytes, visit->photo.size);
  enum store_error error = entry.sealed ? inbox_add(visit->portal->store, &entry, visit_address(visit), visit->setting.a_day, &answer, &number) : STORE_REFUSED;
  if (error) page_say(visit, 503, W("没有存下来", "It was not kept"), W("请稍后再试，或打 12345。", "Please try later, or call 12345."));
  else if (answer == INBOX_TOO_MANY) page_say(visit, 429, W("今天提交得太多", "Too many today"), W("同一个网络地址每天有上限，请明天再来，或打 12345。", "An address may send only so many a day. Please come tomorrow, or call 12345."));
  return !error && answer == INBOX_TAKEN;
}

static struct json payload_open(struct visit *visit, struct buffer *payload) {
  *payload = (struct buffer){.arena = visit->arena};
  struct json json = json_to(payload);
  json_open(&json, '{');
  return json;
}
static void give_text(struct visit *visit, struct json *json, const char *name) {
  const char *text = visit_value(visit, name);
  if (text) json_pair(json, name, text);
}
static int64_t choice_of(const struct visit *visit, const char *name, int64_t most) {
  const char *text = visit_value(visit, name);
  int64_t value;
  return text && text_to_integer(text, &value) && value >= 1 && value <= most ? value : 0;
}

/* ---- objections ---- */

void object_take(struct visit *visit) {
  int64_t id = visit_problem(visit);
  json_t *body = visit_item(visit, "problem", arena_print(visit->arena, "%lld", (long long)id));
  bool publicised = member_yes(body, "publicised");
  const char *text = visit_value(visit, "text"), *code = code_word_new(visit->arena);
  struct buffer payload;
  json_decref(body);
  if (!publicised) {
    page_say(visit, 409, W("不在公示期", "It is not being publicised"), W("异议只能在公示期内提；其他意见请打 12345。", "Objections are taken while a problem is publicised; for all else call 12345."));
    return;
  }
  if (!may_take(visit)) return;
  if (!text || text_length(text) < 2) {
    page_say(visit, 422, W("没有写内容", "Nothing was written"), W("请写明哪里没有整好。", "Please say what is not put right."));
    return;
  }
  if (!short_enough(visit, text, TEXT_MOST, W("哪里没有整好", "what is not put right")) || !short_enough(visit, visit_value(visit, "from"), 40, W("称呼", "name")) || !short_enough(visit, visit_value(visit, "contact"), 40, W("联系方式", "how to reach you"))) return;
  struct json json = payload_open(visit, &payload);
  json_pair_integer(&json, "problem", id);
  give_text(visit, &json, "text");
  give_text(visit, &json, "from");
  give_text(visit, &json, "contact");
  json_close(&json, '}');
  if (put(visit, "objection", &payload, code)) code_show(visit, code, W("异议已收到", "Your objection was received"), W("由两个人核查认定，结果用查询码可以看到。", "Two people judge it; the code shows what came of it."));
}

/* ---- evaluations ---- */

static bool evaluation_open(struct visit *visit, const char *hash) {
  json_t *body = hash && visit_may_look(visit) ? visit_item(visit, "code", hash) : NULL;
  bool may = member_yes(body, "may_evaluate"), evaluated = member_yes(body, "evaluated"), there = body != NULL;
  json_decref(body);
  if (may) return true;
  if (evaluated) page_say(visit, 409, W("已经评价过", "Evaluated already"), W("一人一件评一次。", "One vote for each person and matter."));
  else if (there) page_say(visit, 409, W("还不能评价", "Not yet"), W("诉求答复后才能评价。", "An appeal is evaluated after it was answered."));
  else page_say(visit, 404, W("没有这个评价码", "No such code"), W("请核对评价码，12 位字母和数字。", "Please check the code: 12 letters and digits."));
  return false;
}

void evaluate_take(struct visit *visit) {
  const char *typed = visit_value(visit, "code"), *hash = typed ? code_word_hash(visit->arena, typed) : NULL, *code = code_word_new(visit->arena);
  int64_t solved = choice_of(visit, "solved", 2), satisfaction = choice_of(visit, "satisfaction", 3), about = choice_of(visit, "about", 3);
  struct buffer payload;
  if (!may_take(visit) || !evaluation_open(visit, hash) || !short_enough(visit, visit_value(visit, "words"), 500, W("想说的话", "what you want to say"))) return;
  if (!solved || !satisfaction || (solved == 1 && satisfaction == 3 && !about)) {
    page_say(visit, 422, W("还有没选的", "Something is not chosen"), solved && satisfaction ? W("不满意的，请选对什么不满意。", "Please say with what you are dissatisfied.") : W("请选是否解决和满意不满意。", "Please say whether it is solved, and whether you are satisfied."));
    return;
  }
  struct json json = payload_open(visit, &payload);
  json_pair(&json, "code_hash", hash);
  json_pair_integer(&json, "solved", solved);
  json_pair_integer(&json, "satisfaction", satisfaction);
  if (about && satisfaction == 3) json_pair_integer(&json, "about", about);
  give_text(visit, &json, "words");
  json_close(&json, '}');
  if (put(visit, "evaluation", &payload, code)) code_show(visit, code, W("评价已收到，谢谢", "Received, thank you"), W("说没解决或不满意的，5 个工作日内核实，结果用查询码可以看到。", "A bad one is checked within 5 working days; the code shows what came of it."));
}

/* ---- appeals, where the city wants them ---- */

static bool appeals_on(struct visit *visit) {
  if (visit->setting.takes_appeals) return true;
  page_say(visit, 404, W("本页不受理诉求", "Appeals are not taken here"), W("新的诉求请打 12345，24 小时有人接。", "Please call 12345, day and night."));
  return false;
}

struct alike { struct visit *visit; struct tokens tokens; struct { int64_t id; const char *title; unsigned share; } best[ALIKE_MOST]; size_t count; };

static unsigned share_of(const struct tokens *one, const struct tokens *other) {
  size_t both = 0, least = one->count < other->count ? one->count : other->count;
  for (size_t i = 0; i < one->count; i++)
    for (size_t k = 0; k < other->count; k++)
      if (one->items[i].size == other->items[k].size && memcmp(one->items[i].bytes, other->items[k].bytes, one->items[i].size) == 0) {
        both++;
        break;
      }
  return least ? (unsigned)(both * 100 / least) : 0;
}

/* Among what is released, by its released words alone. */
static bool alike_take(void *with, int64_t id, int64_t order, const char *text) {
  struct alike *alike = with;
  json_t *body = json_loads(text, 0, NULL);
  struct tokens tokens = tokens_of(alike->visit->arena, arena_print(alike->visit->arena, "%s %s", member_text(body, "title"), member_text(body, "text") ? member_text(body, "text") : ""));
  unsigned share = share_of(&alike->tokens, &tokens);
  (void)order;
  for (size_t at = 0; share >= ALIKE_SHARE && at < ALIKE_MOST; at++) {
    if (at < alike->count && alike->best[at].share >= share) continue;
    size_t last = alike->count < ALIKE_MOST ? alike->count++ : ALIKE_MOST - 1;
    for (size_t i = last; i > at; i--) alike->best[i] = alike->best[i - 1];
    alike->best[at].id = id;
    alike->best[at].title = arena_text(alike->visit->arena, member_text(body, "title"));
    alike->best[at].share = share;
    break;
  }
  json_decref(body);
  return true;
}

static void alike_write(struct visit *visit, const char *title, const char *text) {
  struct alike alike = {.visit = visit, .tokens = tokens_of(visit->arena, arena_print(visit->arena, "%s %s", title, text))};
  struct public_query query = {.limit = 2000};
  public_problems(visit->portal->store, &query, alike_take, &alike);
  if (!alike.count) return;
  page_add(visit, "<section class=\"card\"><header><h2>%w</h2></header><div class=\"body\"><p>%w</p><ul class=\"list\">", W("可能已经在办", "Perhaps in hand already"), W("这些公开的问题可能是同一件。是的话不用再提，可以直接看进展。", "These may be the same matter. If so there is no need to send it again."));
  for (size_t i = 0; i < alike.count; i++) page_add(visit, "<li><a class=\"tt\" href=\"%b/problems/%i\">%s</a></li>", (long long)alike.best[i].id, alike.best[i].title);
  page_add(visit, "</ul></div></section>");
}

static void appeal_fields(struct visit *visit, const char *title, const char *text, const char *place, bool second) {
  page_add(visit, "<div class=\"fld\"><label for=\"title\">%w</label><input class=\"in-s\" id=\"title\" name=\"title\" maxlength=\"60\" required value=\"%s\"></div><div class=\"fld\"><label for=\"text\">%w</label><textarea class=\"in-s\" id=\"text\" name=\"text\" rows=\"5\" maxlength=\"2000\" required>%s</textarea></div>", W("什么事", "What is it"), title, W("具体情况", "In detail"), text);
  page_add(visit, "<div class=\"fld\"><label for=\"place\">%w</label><input class=\"in-s\" id=\"place\" name=\"place\" maxlength=\"100\" value=\"%s\" autocomplete=\"street-address\"></div>", W("地点", "Where"), place);
  if (!second) return;
  page_add(visit, "<div class=\"fld\"><label for=\"point\">%w</label><input class=\"in-s\" id=\"point\" name=\"point\" maxlength=\"40\" inputmode=\"decimal\" aria-describedby=\"pointh\"><p class=\"sub\" id=\"pointh\">%w</p></div>", W("坐标（可不填）", "Point (may be left empty)"), W("纬度,经度，例如 31.23040,121.47370", "latitude,longitude, such as 31.23040,121.47370"));
  page_add(visit, "<div class=\"fld\"><label for=\"photo\">%w</label><input id=\"photo\" name=\"photo\" type=\"file\" accept=\"image/jpeg,image/png\" aria-describedby=\"photoh\"><p class=\"sub\" id=\"photoh\">%w</p></div>", W("照片（可不填）", "Picture (may be left empty)"), W("JPEG 或 PNG，最多 4 MB；照片里的拍摄地点等信息会去掉。", "JPEG or PNG, at most 4 MB; where and by what it was taken is removed from it."));
  page_add(visit, "<div class=\"fld\"><label for=\"person\">%w</label><input class=\"in-s\" id=\"person\" name=\"person\" maxlength=\"40\" autocomplete=\"name\"></div><div class=\"fld\"><label for=\"phone\">%w</label><input class=\"in-s\" id=\"phone\" name=\"phone\" maxlength=\"40\" type=\"tel\" autocomplete=\"tel\"></div>", W("您的称呼（可不填）", "Your name (may be left empty)"), W("电话（可不填）", "Phone (may be left empty)"));
}

void appeal_page(struct visit *visit) {
  if (!appeals_on(visit) || !may_take(visit)) return;
  page_open(visit, W("提交诉求", "Send an appeal"));
  page_add(visit, "<h1>%w</h1><section class=\"card\"><div class=\"body\"><form action=\"%b/appeal\" method=\"post\" data-draft=\"appeal\">", W("提交诉求", "Send an appeal"));
  appeal_fields(visit, "", "", "", false);
  page_add(visit, "<p><button class=\"btn p wide\" type=\"submit\">%w</button></p><p class=\"sub\">%w</p></form></div></section>", W("下一步", "Next"), W("先看看是不是已经在办。紧急的事请打 110、119、120。", "First we look whether it is in hand already. For emergencies call 110, 119, 120."));
  page_close(visit);
}

static void appeal_second(struct visit *visit, const char *title, const char *text) {
  const char *place = visit_value(visit, "place");
  page_open(visit, W("提交诉求", "Send an appeal"));
  page_add(visit, "<h1>%w</h1>", W("提交诉求", "Send an appeal"));
  alike_write(visit, title, text);
  page_add(visit, "<section class=\"card\"><div class=\"body\"><form action=\"%b/appeal\" method=\"post\" enctype=\"multipart/form-data\" data-draft=\"appeal\"><input type=\"hidden\" name=\"sure\" value=\"1\">");
  appeal_fields(visit, title, text, place ? place : "", true);
  page_add(visit, "<p><button class=\"btn p wide\" type=\"submit\">%w</button></p></form></div></section>", W("提交", "Send"));
  page_close(visit);
}

/* "31.2304,121.4737" → one integer, as points are kept (records/record.h). 0: none. */
static int64_t point_of(const char *text) {
  const char *comma = text ? strchr(text, ',') : NULL;
  char latitude[20] = "", longitude[20] = "";
  int64_t north, east;
  if (!comma || comma - text >= (int)sizeof latitude || strlen(comma + 1) >= sizeof longitude) return 0;
  memcpy(latitude, text, (size_t)(comma - text));
  memcpy(longitude, comma + 1 + strspn(comma + 1, " "), strlen(comma + 1 + strspn(comma + 1, " ")));
  if (!text_to_decimal(latitude, 6, &north) || !text_to_decimal(longitude, 6, &east) || north < -90000000 || north > 90000000 || east < -180000000 || east > 180000000) return 0;
  return (north + 90000000) << 32 | (east + 180000000);
}

void appeal_take(struct visit *visit) {
  const char *title = visit_value(visit, "title"), *text = visit_value(visit, "text"), *code = code_word_new(visit->arena), *point = visit_value(visit, "point");
  struct buffer payload;
  if (!appeals_on(visit) || !may_take(visit)) return;
  if (!title || !text) {
    page_say(visit, 422, W("没有写全", "Not complete"), W("请写明什么事和具体情况。", "Please say what it is, and tell it in detail."));
    return;
  }
  if (!short_enough(visit, title, 60, W("什么事", "what is it")) || !short_enough(visit, text, TEXT_MOST, W("具体情况", "in detail")) || !short_enough(visit, visit_value(visit, "place"), 100, W("地点", "where")) || !short_enough(visit, visit_value(visit, "person"), 40, W("称呼", "name")) ||
      !short_enough(visit, visit_value(visit, "phone"), 40, W("电话", "phone"))) return;
  if (!visit_value(visit, "sure")) {
    if (visit_may_look(visit)) appeal_second(visit, title, text);
    else page_say(visit, 429, W("太频繁", "Too often"), W("请过一分钟再试。", "Please wait a minute."));
    return;
  }
  if (point && !point_of(point)) {
    page_say(visit, 422, W("坐标不对", "The point is wrong"), W("应为“纬度,经度”，例如 31.23040,121.47370；也可以不填。", "It should be “latitude,longitude”, such as 31.23040,121.47370; or leave it empty."));
    return;
  }
  struct json json = payload_open(visit, &payload);
  json_pair(&json, "title", text_clean(visit->arena, title, false));
  give_text(visit, &json, "text");
  give_text(visit, &json, "place");
  give_text(visit, &json, "person");
  give_text(visit, &json, "phone");
  if (point) json_pair_integer(&json, "point", point_of(point));
  json_close(&json, '}');
  if (put(visit, "appeal", &payload, code)) code_show(visit, code, W("诉求已收到", "Your appeal was received"), W("办理进展用查询码可以看到；答复后还可以用它评价。", "The code shows how it goes; after the answer you may evaluate it by the same code."));
}
