/* HTML by templates that escape by construction: what is put into one is always a value, never markup. Also the frame of every page. */
#include "web/portal_parts.h"

#include <stdarg.h>
#include <string.h>

/* ---- writing ---- */

static void add_escaped(struct buffer *out, const char *text) {
  for (; text && *text; text++) {
    switch (*text) {
    case '&': buffer_text(out, "&amp;"); break;
    case '<': buffer_text(out, "&lt;"); break;
    case '>': buffer_text(out, "&gt;"); break;
    case '"': buffer_text(out, "&quot;"); break;
    case '\'': buffer_text(out, "&#39;"); break;
    default: buffer_byte(out, *text);
    }
  }
}

static void add_encoded(struct buffer *out, const char *text) {
  for (const unsigned char *byte = (const unsigned char *)text; byte && *byte; byte++) {
    bool plain = (*byte >= 'a' && *byte <= 'z') || (*byte >= 'A' && *byte <= 'Z') || (*byte >= '0' && *byte <= '9') ||
                 strchr("-_.~", *byte);
    if (plain) buffer_byte(out, (char)*byte);
    else buffer_print(out, "%%%02X", *byte);
  }
}

static void add_number(struct buffer *out, long long number) {
  char digits[32];
  int size = snprintf(digits, sizeof digits, "%lld", number < 0 ? -number : number);
  if (number < 0) buffer_byte(out, '-');
  for (int i = 0; i < size; i++) {
    if (i && (size - i) % 3 == 0) buffer_byte(out, ',');
    buffer_byte(out, digits[i]);
  }
}

void page_add(struct visit *visit, const char *template, ...) {
  va_list values;
  va_start(values, template);
  for (const char *at = template; *at; at++) {
    if (*at != '%') {
      buffer_byte(&visit->out, *at);
      continue;
    }
    switch (*++at) {
    case 's': add_escaped(&visit->out, va_arg(values, const char *)); break;
    case 'w': add_escaped(&visit->out, label_in(va_arg(values, struct label), visit->language)); break;
    case 'n': add_number(&visit->out, va_arg(values, long long)); break;
    case 'i': buffer_print(&visit->out, "%lld", va_arg(values, long long)); break;
    case 'u': add_encoded(&visit->out, va_arg(values, const char *)); break;
    case 'b': buffer_text(&visit->out, visit->base); break;
    default: buffer_byte(&visit->out, *at);
    }
  }
  va_end(values);
}

/* ---- words and marks ---- */

static const struct { struct label label; const char *colour; } STANDINGS[] = {
  [STANDING_SOLVED] = {{"已解决（验收通过）", "Solved: accepted"}, "green"}, [STANDING_TO_PLAN] = {{"正在办，按计划", "In hand, to plan"}, "blue"}, [STANDING_SLOW] = {{"偏慢", "Slow"}, "yellow"},
  [STANDING_LATE] = {{"过了期限或被退回", "Past its date, or sent back"}, "orange"}, [STANDING_BAD] = {{"群众意见大，重点督办", "Strong complaints, closely watched"}, "red"}, [STANDING_NOT_BEGUN] = {{"还没有开始，或经批准暂缓", "Not begun, or put off by approval"}, "grey"}, [STANDING_IN_HAND] = {{"在办", "In hand"}, "blue"}};

static bool known(int64_t standing) { return standing >= STANDING_SOLVED && standing <= STANDING_IN_HAND; }
struct label standing_label(int64_t standing) { return known(standing) ? STANDINGS[standing].label : W("", ""); }
const char *standing_colour(int64_t standing) { return known(standing) ? STANDINGS[standing].colour : "grey"; }

const struct choice *withhold_choice(int64_t reason) {
  return field_choice(record_field(record_type(RECORD_RELEASE), RELEASE_WITHHOLD), reason);
}

struct label category_label(int64_t category) {
  const struct choice *choice = field_choice(record_field(record_type(RECORD_PROBLEM), PROBLEM_CATEGORY), category);
  return choice ? choice->label : W("其他", "Other");
}

void page_tag(struct visit *visit, int64_t standing) {
  page_add(visit, "<span class=\"tag c-%s\"><svg class=\"ico\" aria-hidden=\"true\"><use href=\"#s-%s\"/></svg>%w</span>",
           standing_colour(standing), standing_colour(standing), standing_label(standing));
}

void page_date(struct visit *visit, const char *date) {
  static const struct label DAYS[] =
      {{"", ""},           {"周一", "Monday"},   {"周二", "Tuesday"}, {"周三", "Wednesday"}, {"周四", "Thursday"},
       {"周五", "Friday"}, {"周六", "Saturday"}, {"周日", "Sunday"}};
  int64_t day;
  if (!date || !date_parse(date, &day)) return;
  struct civil civil = civil_from_date(day);
  if (visit->language == LANGUAGE_EN) page_add(visit, "<time datetime=\"%s\">%w %s</time>", date, DAYS[date_weekday(day)], date);
  else
    page_add(visit, "<time datetime=\"%s\">%i 年 %i 月 %i 日（%w）</time>", date, (long long)civil.year, (long long)civil.month,
             (long long)civil.day, DAYS[date_weekday(day)]);
}

void page_paragraphs(struct visit *visit, const char *text) {
  while (text && *text) {
    size_t size = strcspn(text, "\n");
    if (size) page_add(visit, "<p>%s</p>", arena_copy(visit->arena, text, size));
    text += size + (text[size] == '\n');
  }
}

/* ---- the frame ---- */

static const char SHAPES[] =
  "<svg width=\"0\" height=\"0\" class=\"vh\" aria-hidden=\"true\" focusable=\"false\"><defs>"
  "<symbol id=\"s-green\" viewBox=\"0 0 16 16\"><circle class=\"i-f\" cx=\"8\" cy=\"8\" r=\"7\" stroke-width=\"1\"/><path class=\"i-g\" stroke-width=\"2\" d=\"M4.6 8.3 7 10.7 11.5 5.7\"/></symbol>"
  "<symbol id=\"s-blue\" viewBox=\"0 0 16 16\"><path class=\"i-f\" stroke-width=\"1\" d=\"M1.5 2.5h7.6L15 8l-5.9 5.5H1.5z\"/><path class=\"i-g\" stroke-width=\"1.8\" d=\"M4 8h6M7.4 5.2 10.2 8l-2.8 2.8\"/></symbol>"
  "<symbol id=\"s-yellow\" viewBox=\"0 0 16 16\"><path class=\"i-f\" stroke-width=\"1\" d=\"M8 1.2 15.4 14.5H.6z\"/><path class=\"i-y\" stroke-width=\"1.9\" d=\"M8 5.6v4.6M8 11.4v1.8\"/></symbol>"
  "<symbol id=\"s-orange\" viewBox=\"0 0 16 16\"><path class=\"i-f\" stroke-width=\"1\" d=\"M8 .6 15.4 8 8 15.4.6 8z\"/><path class=\"i-g\" stroke-width=\"1.8\" d=\"M8 4.2V8.6h3\"/></symbol>"
  "<symbol id=\"s-red\" viewBox=\"0 0 16 16\"><path class=\"i-f\" stroke-width=\"1\" d=\"M4.9 1h6.2L15 4.9v6.2L11.1 15H4.9L1 11.1V4.9z\"/><path class=\"i-g\" stroke-width=\"2.1\" d=\"M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6\"/></symbol>"
  "<symbol id=\"s-grey\" viewBox=\"0 0 16 16\"><circle class=\"i-o\" cx=\"8\" cy=\"8\" r=\"6.3\" stroke-width=\"1.6\" stroke-dasharray=\"2.6 1.7\"/><path class=\"i-o\" stroke-width=\"1.8\" d=\"M5.2 8h5.6\"/></symbol></defs></svg>";

/* With what a list was asked for; a page that answers a form has no address of its own. */
static const char *same_page_in(struct visit *visit, bool english) {
  static const char *const ASKED[] = {"district", "category", "standing"};
  struct buffer address = {.arena = visit->arena};
  bool read = strcmp(visit->method, "GET") == 0 || strcmp(visit->method, "HEAD") == 0, first = true;
  buffer_print(&address, "/public%s%s", english ? "/en" : "", read ? visit->path : "/");
  for (size_t i = 0; i < sizeof ASKED / sizeof *ASKED && read; i++) {
    int64_t value = visit_argument_integer(visit, ASKED[i]);
    if (value) buffer_print(&address, "%s%s=%lld", first ? "?" : "&", ASKED[i], (long long)value), first = false;
  }
  return address.bytes;
}

void page_open(struct visit *visit, struct label title) {
  const struct setting *setting = &visit->setting;
  bool english = visit->language == LANGUAGE_EN;
  struct label site = {arena_print(visit->arena, "%s突出问题整改公开", setting->city ? setting->city : ""),
                       arena_print(visit->arena, "%s%sRectification in the open", setting->city ? setting->city : "",
                                   setting->city ? " · " : "")};
  page_add(visit, "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><title>%w%s%w</title>"
           "<link rel=\"stylesheet\" href=\"/public/portal.css\"><link rel=\"icon\" href=\"/public/icon.svg\" type=\"image/svg+xml\"><script src=\"/public/portal.js\" defer></script></head><body>",
           english ? "en" : "zh-CN", title, title.zh && *title.zh ? " · " : "", site);
  buffer_text(&visit->out, SHAPES);
  page_add(visit, "<a class=\"skip\" href=\"#main\">%w</a><header class=\"ph\"><div class=\"in\"><a class=\"site\" href=\"%b/\">%w</a><nav aria-label=\"%w\">", W("跳到正文", "Skip to the content"), site, W("语言", "Language"));
  if (setting->demo) page_add(visit, "<span class=\"demo\">%w</span>", W("演示数据", "Demo data"));
  page_add(visit, "<a href=\"%s\" lang=\"%s\" hreflang=\"%s\">%s</a></nav></div></header><main id=\"main\">", same_page_in(visit, !english),
           english ? "zh-CN" : "en", english ? "zh-CN" : "en", english ? "中文" : "English");
}

void page_close(struct visit *visit) {
  page_add(visit, "</main><footer class=\"foot\">");
  if (visit->setting.demo)
    page_add(visit, "<p>%w</p>", W("演示数据：城市、单位和数字均为虚构。", "Demo data: the city, its units and all figures are invented."));
  page_add(
      visit,
      "<p>%w</p><nav aria-label=\"%w\"><a href=\"%b/problems\">%w</a> <a href=\"%b/results\">%w</a> <a href=\"%b/follow\">%w</a> <a href=\"%b/evaluate\">%w</a> <a href=\"%b/data\">%w</a></nav></footer></body></html>\n",
      W("这里只有经过审核发布的内容；不公开的理由按《政府信息公开条例》逐件审核。本页不用脚本也能用。",
        "Only what was reviewed and released is here; withholding needs a legal reason, case by case. This page works without script."),
      W("各页", "Pages"), W("公开的问题", "Problems in the open"), W("成效清单", "Results"), W("查进展", "Follow mine"),
      W("评价结果", "Evaluate"), W("开放数据", "Open data"));
}

void page_crumbs(struct visit *visit, bool below_list) {
  page_add(visit, "<nav class=\"crumbs\" aria-label=\"%w\"><a href=\"%b/\">%w</a>", W("位置", "Where you are"), W("首页", "Start"));
  if (below_list) page_add(visit, " › <a href=\"%b/problems\">%w</a>", W("公开的问题", "Problems in the open"));
  page_add(visit, "</nav>");
}

void page_share(struct visit *visit, int64_t part, int64_t all) {
  int64_t width = all > 0 ? part * 100 / all : 0;
  page_add(visit, "<svg class=\"sh\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"sh-a\" width=\"100\" height=\"6\"/>");
  if (width) page_add(visit, "<rect class=\"sh-p\" width=\"%i\" height=\"6\"/>", (long long)width);
  page_add(visit, "</svg>");
}

void page_say(struct visit *visit, unsigned status, struct label title, struct label text) {
  visit->status = status;
  visit->private_page = true;
  page_open(visit, title);
  page_add(visit, "<section class=\"card\"><div class=\"body\"><h1>%w</h1><p class=\"ev\">%w</p><p class=\"ev\"><a class=\"btn\" href=\"%b/\">%w</a></p></div></section>", title, text, W("回首页", "Back to the start"));
  page_close(visit);
}

void page_not_found(struct visit *visit) {
  page_say(visit, 404, W("没有这一页", "There is no such page"), W("可能没有公开，或者已经撤回。", "It may not be public, or was withdrawn."));
}

/* ---- json, shortly ---- */

const char *member_text(json_t *object, const char *name) { return json_string_value(json_object_get(object, name)); }
int64_t member_integer(json_t *object, const char *name) { return json_integer_value(json_object_get(object, name)); }
bool member_yes(json_t *object, const char *name) { return json_is_true(json_object_get(object, name)); }
