/* What the public sends: checked, sealed for the inner store, put into the inbox under a fresh code. Nothing sent is kept in plain, or
   shown again. */
#include "web/portal_parts.h"

#include <string.h>

#include "base/code_word.h"
#include "base/json.h"
#include "base/signing.h"
#include "base/tokens.h"
#include "exchange/picture.h"

#define TEXT_MOST 2000
#define ALIKE_MOST 5
#define ALIKE_SHARE 25 /* percent of the tokens of the shorter one that both have */

static bool may_take(struct visit *visit) {
  visit->private_page = true;
  if (visit->setting.can_seal) return true;
  visit_wrong(visit, 503, NULL,
              W("现在不能提交：门户还没有收到内网的密钥。请稍后再试，或打 12345。",
                "Not just now: the portal has no key of the inner network yet. Please try later, or call 12345."));
  return false;
}

static bool short_enough(struct visit *visit, const char *field, size_t most, struct label name) {
  const char *text = visit_value(visit, field);
  if (!text || text_length(text) <= most) return true;
  visit_wrong(visit, 422, field,
              label_print(visit->arena, "“%s”最多 %zu 字。", "\"%s\" may have %zu characters at most.", label_in(name, visit->language),
                          most));
  return false;
}

static void code_show(struct visit *visit, const char *code, struct label title, struct label text) {
  page_open(visit, title);
  page_add(
      visit,
      "<section class=\"card\"><div class=\"body\"><h1>%w</h1><p>%w</p><p class=\"code\"><span class=\"sub\">%w</span><b>%s</b></p><p class=\"sub\">%w</p><p class=\"ev\"><a class=\"btn\" href=\"%b/follow\">%w</a></p></div></section>",
      title, text, W("查询码", "Your code"), code,
      W("请记下或截屏。有这个码的人就能查到，不要给别人；丢了不能找回。",
        "Write it down. Whoever has it can follow this; a lost one cannot be found again."),
      W("查进展", "Follow it"));
  page_close(visit);
}

/* Into the inbox, sealed. False: why not is told beside the form. */
static bool put(struct visit *visit, const char *kind, struct buffer *payload, const char *code) {
  struct inbox_entry entry = {.kind = kind, .tracking = code_word_hash(visit->arena, code), .received = visit->setting.now};
  enum inbox_answer answer = INBOX_TAKEN;
  int64_t number = 0;
  entry.sealed = sealed_for(visit->arena, visit->setting.inner_key, payload->bytes, payload->size);
  if (visit->photo.size) entry.picture = sealed_for(visit->arena, visit->setting.inner_key, visit->photo.bytes, visit->photo.size);
  enum store_error error = entry.sealed
                               ? inbox_add(visit->portal->store, &entry, visit_address(visit), visit->setting.a_day, &answer, &number)
                               : STORE_REFUSED;
  if (error) visit_wrong(visit, 503, NULL, W("没有存下来。请稍后再试，或打 12345。", "It was not kept. Please try later, or call 12345."));
  else if (answer == INBOX_TOO_MANY)
    visit_wrong(visit, 429, NULL,
                W("今天提交得太多：同一个网络地址每天有上限，请明天再来，或打 12345。",
                  "Too many today: an address may send only so many a day. Please come tomorrow, or call 12345."));
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

static void object_again(struct visit *visit, json_t *problem) {
  page_open(visit, W("提异议", "Object"));
  page_crumbs(visit, true);
  page_add(visit, "<p><a href=\"%b/problems/%i\">%s</a></p>", (long long)visit_problem(visit), member_text(problem, "title"));
  object_form(visit, visit_problem(visit), true);
  page_close(visit);
}

static bool objection_fits(struct visit *visit) {
  const char *text = visit_value(visit, "text");
  bool fits = text && text_length(text) >= 2;
  if (!fits) visit_wrong(visit, 422, "text", W("请写明哪里没有整好。", "Please say what is not put right."));
  fits = short_enough(visit, "text", TEXT_MOST, W("哪里没有整好", "what is not put right")) && fits;
  fits = short_enough(visit, "from", 40, W("称呼", "name")) && fits;
  return short_enough(visit, "contact", 40, W("联系方式", "how to reach you")) && fits;
}

static void objection_payload(struct visit *visit, struct buffer *payload) {
  struct json json = payload_open(visit, payload);
  json_pair_integer(&json, "problem", visit_problem(visit));
  give_text(visit, &json, "text");
  give_text(visit, &json, "from");
  give_text(visit, &json, "contact");
  json_close(&json, '}');
}

void object_take(struct visit *visit) {
  json_t *problem = visit_item(visit, "problem", arena_print(visit->arena, "%lld", (long long)visit_problem(visit)));
  const char *code = code_word_new(visit->arena);
  struct buffer payload;
  if (!member_yes(problem, "publicised"))
    page_say(visit, 409, W("不在公示期", "It is not being publicised"),
             W("异议只能在公示期内提；其他意见请打 12345。",
               "Objections are taken while a problem is publicised; for all else call 12345."));
  else if (!may_take(visit) || !objection_fits(visit)) object_again(visit, problem);
  else {
    objection_payload(visit, &payload);
    if (put(visit, "objection", &payload, code))
      code_show(visit, code, W("异议已收到", "Your objection was received"),
                W("由两个人核查认定。用查询码可以看到最迟哪天有结果，和最后的答复。",
                  "Two people judge it. The code shows by when, and the answer in the end."));
    else object_again(visit, problem);
  }
  json_decref(problem);
}

/* ---- evaluations ---- */

static bool evaluation_open(struct visit *visit, const char *hash) {
  if (!visit_may_look(visit)) {
    visit_wrong(visit, 429, "code", W("试得太频繁，请过一分钟再提交。", "Too often; please wait a minute."));
    return false;
  }
  json_t *body = hash ? visit_item(visit, "code", hash) : NULL;
  bool may = member_yes(body, "may_evaluate"), evaluated = member_yes(body, "evaluated"), there = body != NULL;
  json_decref(body);
  if (may) return true;
  if (evaluated) visit_wrong(visit, 409, "code", W("这个码已经评价过：一人一件评一次。", "Evaluated already: one vote for each person and matter."));
  else if (there) visit_wrong(visit, 409, "code", W("还不能评价：诉求答复后才能评价。", "Not yet: an appeal is evaluated after it was answered."));
  else visit_wrong(visit, 404, "code", W("没有这个评价码，请核对：12 位字母和数字。", "No such code. Please check it: 12 letters and digits."));
  return false;
}

static bool evaluation_fits(struct visit *visit) {
  int64_t solved = choice_of(visit, "solved", 2), satisfaction = choice_of(visit, "satisfaction", 3), about = choice_of(visit, "about", 3);
  bool with_what = solved == 1 && satisfaction == 3 && !about;
  if (!solved) visit_wrong(visit, 422, "solved", W("请选事情是否解决。", "Please say whether it is solved."));
  if (!satisfaction) visit_wrong(visit, 422, "satisfaction", W("请选满意不满意。", "Please say whether you are satisfied."));
  if (with_what) visit_wrong(visit, 422, "about", W("不满意的，请选对什么不满意。", "Please say with what you are dissatisfied."));
  return short_enough(visit, "words", 500, W("想说的话", "what you want to say")) && solved && satisfaction && !with_what;
}

static void evaluation_payload(struct visit *visit, const char *hash, struct buffer *payload) {
  int64_t satisfaction = choice_of(visit, "satisfaction", 3), about = choice_of(visit, "about", 3);
  struct json json = payload_open(visit, payload);
  json_pair(&json, "code_hash", hash);
  json_pair_integer(&json, "solved", choice_of(visit, "solved", 2));
  json_pair_integer(&json, "satisfaction", satisfaction);
  if (about && satisfaction == 3) json_pair_integer(&json, "about", about);
  give_text(visit, &json, "words");
  json_close(&json, '}');
}

void evaluate_take(struct visit *visit) {
  const char *typed = visit_value(visit, "code"), *hash = typed ? code_word_hash(visit->arena, typed) : NULL,
             *code = code_word_new(visit->arena);
  struct buffer payload;
  bool fits = may_take(visit) && evaluation_open(visit, hash);
  if (fits && evaluation_fits(visit)) {
    evaluation_payload(visit, hash, &payload);
    if (put(visit, "evaluation", &payload, code)) {
      code_show(visit, code, W("评价已收到，谢谢", "Received, thank you"),
                recheck_words(visit, W("说没解决或不满意的，%s核实；用这个查询码或原来的码，都能看到结果和答复。",
                                       "A bad one is checked %s; this code, or the one you had, shows what came of it and the answer.")));
      return;
    }
  }
  evaluate_page(visit);
}

/* ---- appeals, where the city wants them ---- */

static bool appeals_on(struct visit *visit) {
  if (visit->setting.takes_appeals) return true;
  page_say(visit, 404, W("本页不受理诉求", "Appeals are not taken here"), W("新的诉求请打 12345，24 小时有人接。", "Please call 12345, day and night."));
  return false;
}

struct alike {
  struct visit *visit;
  struct tokens tokens;
  struct {
    int64_t id;
    const char *title;
    unsigned share;
  } best[ALIKE_MOST];
  size_t count;
};

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
  struct tokens tokens = tokens_of(alike->visit->arena, arena_print(alike->visit->arena, "%s %s", member_text(body, "title"),
                                                                    member_text(body, "text") ? member_text(body, "text") : ""));
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
  page_add(visit, "<section class=\"card\"><header><h2>%w</h2></header><div class=\"body\"><p>%w</p><ul class=\"list\">",
           W("可能已经在办", "Perhaps in hand already"),
           W("这些公开的问题可能是同一件。是的话不用再提，可以直接看进展。",
             "These may be the same matter. If so there is no need to send it again."));
  for (size_t i = 0; i < alike.count; i++)
    page_add(visit, "<li><a class=\"tt\" href=\"%b/problems/%i\">%s</a></li>", (long long)alike.best[i].id, alike.best[i].title);
  page_add(visit, "</ul></div></section>");
}

/* First what it is and where; the rest once it was looked for among what is in hand. */
static void appeal_fields(struct visit *visit, bool second) {
  field_write(visit, &(struct form_field){.name = "title", .label = W("什么事", "What is it"), .most = 60, .required = true});
  field_write(visit, &(struct form_field){.name = "text", .label = W("具体情况", "In detail"), .rows = 5, .most = TEXT_MOST, .required = true});
  field_write(visit, &(struct form_field){.name = "place",
                                          .label = W("地点", "Where"),
                                          .most = 100,
                                          .attributes = " autocomplete=\"street-address\""});
  if (!second) return;
  field_write(visit, &(struct form_field){.name = "point",
                                          .label = W("坐标（可不填）", "Point (may be left empty)"),
                                          .hint = W("纬度,经度，例如 31.23040,121.47370", "latitude,longitude, such as 31.23040,121.47370"),
                                          .most = 40,
                                          .attributes = " inputmode=\"decimal\""});
  picture_write(visit, "photo", W("照片（可不填）", "Picture (may be left empty)"),
                visit->photo.size ? W("刚才选的照片请再选一次。JPEG 或 PNG，最多 4 MB。",
                                      "Please choose your picture once more. JPEG or PNG, at most 4 MB.")
                                  : W("JPEG 或 PNG，最多 4 MB；照片里的拍摄地点等信息会去掉。",
                                      "JPEG or PNG, at most 4 MB; where and by what it was taken is removed from it."));
  field_write(visit, &(struct form_field){.name = "person",
                                          .label = W("您的称呼（可不填）", "Your name (may be left empty)"),
                                          .most = 40,
                                          .attributes = " autocomplete=\"name\""});
  field_write(visit, &(struct form_field){.name = "phone",
                                          .label = W("电话（可不填）", "Phone (may be left empty)"),
                                          .most = 40,
                                          .attributes = " type=\"tel\" autocomplete=\"tel\""});
}

static void appeal_first(struct visit *visit) {
  page_open(visit, W("提交诉求", "Send an appeal"));
  page_crumbs(visit, false);
  page_add(visit, "<section class=\"card\"><div class=\"body\"><h1>%w</h1>", W("提交诉求", "Send an appeal"));
  page_wrongs(visit);
  page_add(visit, "<form action=\"%b/appeal\" method=\"post\" data-draft=\"appeal\">");
  appeal_fields(visit, false);
  page_add(visit, "<p><button class=\"btn p wide\" type=\"submit\">%w</button></p><p class=\"sub\">%w</p></form></div></section>", W("下一步", "Next"), W("先看看是不是已经在办。紧急的事请打 110、119、120。", "First we look whether it is in hand already. For emergencies call 110, 119, 120."));
  page_close(visit);
}

void appeal_page(struct visit *visit) {
  if (!appeals_on(visit)) return;
  if (may_take(visit)) appeal_first(visit);
  else
    page_say(visit, 503, W("现在不能提交", "Not just now"),
             W("门户还没有收到内网的密钥，请稍后再试，或打 12345。",
               "The portal has no key of the inner network yet. Please try later, or call 12345."));
}

/* With what may be the same, as long as nothing was refused yet. */
static void appeal_second(struct visit *visit) {
  page_open(visit, W("提交诉求", "Send an appeal"));
  page_crumbs(visit, false);
  if (!visit->wrongs) alike_write(visit, visit_value(visit, "title"), visit_value(visit, "text"));
  page_add(visit, "<section class=\"card\"><div class=\"body\"><h1>%w</h1>", W("提交诉求", "Send an appeal"));
  page_wrongs(visit);
  page_add(visit, "<form action=\"%b/appeal\" method=\"post\" enctype=\"multipart/form-data\" data-draft=\"appeal\" data-last><input type=\"hidden\" name=\"sure\" value=\"1\">");
  appeal_fields(visit, true);
  page_add(visit, "<p><button class=\"btn p wide\" type=\"submit\">%w</button></p></form></div></section>", W("提交", "Send"));
  page_close(visit);
}

/* "31.2304,121.4737", also with a wide comma or wide digits → one integer, as points are kept (records/record.h). 0: none. */
static int64_t point_of(struct arena *arena, const char *text) {
  char *latitude = text ? text_fold(arena, text) : NULL, *between = latitude ? strpbrk(latitude, ", ") : NULL;
  int64_t north, east;
  if (!between) return 0;
  char *longitude = between + strspn(between, ", ");
  *between = 0;
  if (!text_to_decimal(latitude, 6, &north) || !text_to_decimal(longitude, 6, &east) || north < -90000000 || north > 90000000 ||
      east < -180000000 || east > 180000000)
    return 0;
  return (north + 90000000) << 32 | (east + 180000000);
}

/* The inner side keeps no other picture, and would drop it without a word to whoever sent it. */
static bool photo_fits(struct visit *visit) {
  struct buffer clean = {.arena = visit->arena};
  const char *media_type = NULL;
  if (!visit->photo.size || picture_clean(visit->photo.bytes, visit->photo.size, &clean, &media_type)) return true;
  visit_wrong(visit, 422, "photo",
              W("照片不是完整的 JPEG 或 PNG，请换一张；也可以不附照片。",
                "The picture is no whole JPEG or PNG. Please choose another, or send none."));
  return false;
}

static bool appeal_fits(struct visit *visit) {
  bool title = visit_value(visit, "title") != NULL, text = visit_value(visit, "text") != NULL;
  const char *point = visit_value(visit, "point");
  bool there = !point || point_of(visit->arena, point);
  if (!title) visit_wrong(visit, 422, "title", W("请写明什么事。", "Please say what it is."));
  if (!text) visit_wrong(visit, 422, "text", W("请写明具体情况。", "Please tell it in detail."));
  if (!there)
    visit_wrong(visit, 422, "point",
                W("坐标应为“纬度,经度”，例如 31.23040,121.47370；也可以不填。",
                  "It should be \"latitude,longitude\", such as 31.23040,121.47370; or leave it empty."));
  bool fits = short_enough(visit, "title", 60, W("什么事", "what is it")) && title && text && there;
  fits = short_enough(visit, "text", TEXT_MOST, W("具体情况", "in detail")) && fits;
  fits = short_enough(visit, "place", 100, W("地点", "where")) && fits;
  fits = short_enough(visit, "person", 40, W("称呼", "name")) && fits;
  fits = photo_fits(visit) && fits;
  return short_enough(visit, "phone", 40, W("电话", "phone")) && fits;
}

static void appeal_payload(struct visit *visit, struct buffer *payload) {
  const char *point = visit_value(visit, "point");
  struct json json = payload_open(visit, payload);
  json_pair(&json, "title", text_clean(visit->arena, visit_value(visit, "title"), false));
  give_text(visit, &json, "text");
  give_text(visit, &json, "place");
  give_text(visit, &json, "person");
  give_text(visit, &json, "phone");
  if (point) json_pair_integer(&json, "point", point_of(visit->arena, point));
  json_close(&json, '}');
}

void appeal_take(struct visit *visit) {
  const char *code = code_word_new(visit->arena);
  struct buffer payload;
  if (!appeals_on(visit)) return;
  bool sure = visit_value(visit, "sure") != NULL, fits = may_take(visit) && appeal_fits(visit);
  if (fits && sure) {
    appeal_payload(visit, &payload);
    if (put(visit, "appeal", &payload, code)) {
      code_show(visit, code, W("诉求已收到", "Your appeal was received"),
                W("办理进展用查询码可以看到；答复后还可以用它评价。",
                  "The code shows how it goes; after the answer you may evaluate it by the same code."));
      return;
    }
  } else if (fits && !visit_may_look(visit)) {
    visit_wrong(visit, 429, NULL, W("太频繁，请过一分钟再试。", "Too often; please wait a minute."));
    fits = false;
  }
  if (sure || fits) appeal_second(visit);
  else appeal_first(visit);
}
