/* The portal's forms, and following by a code. A code is sent in a form's body, never in an address: addresses end in logs. */
#include "web/portal_parts.h"

#include <string.h>

#include "base/code_word.h"
#include "base/tokens.h"

static void form_open(struct visit *visit, const char *id, struct label title, bool alone) {
  if (alone) page_add(visit, "<section class=\"card\" id=\"%s\"><div class=\"body\"><h1>%w</h1>", id, title);
  else page_add(visit, "<section class=\"card\" id=\"%s\"><header><h2>%w</h2></header><div class=\"body\">", id, title);
  page_wrongs(visit);
}

static void form_close(struct visit *visit, struct label send, struct label then) {
  page_add(visit, "<p><button class=\"btn p wide\" type=\"submit\">%w</button></p>", send);
  if (then.zh) page_add(visit, "<p class=\"sub ev\">%w</p>", then);
  page_add(visit, "</form></div></section>");
}

static void code_field(struct visit *visit, const char *code, struct label hint) {
  field_write(visit, &(struct form_field){.name = "code",
                                          .label = W("查询码", "Code"),
                                          .hint = hint,
                                          .most = 40,
                                          .required = true,
                                          .value = code,
                                          .attributes = " autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\""});
}

void follow_form(struct visit *visit, bool alone) {
  form_open(visit, "follow", W("查进展", "Follow mine"), alone);
  page_add(visit, "<form action=\"%b/follow\" method=\"post\">");
  code_field(visit, NULL, W("12 位，提交时给的，或热线短信里的；例如 k3m9-p2xq-7ahd。不用登录，不用填身份证号。", "12 letters and digits, given when you sent something, or by the hotline; such as k3m9-p2xq-7ahd. No sign-in, no identity number."));
  form_close(visit, W("查进展", "Look"), W(NULL, NULL));
}

/* A sentence with the working days to a check as the policies in force set them; what an older program packed does not say how many. */
struct label recheck_words(struct visit *visit, struct label sentence) {
  long long days = (long long)visit->setting.recheck_days;
  struct label within = days ? label_print(visit->arena, "%lld 个工作日内", "within %lld working day%s", days, days == 1 ? "" : "s")
                             : (struct label){"规定期限内", "in due time"};
  return label_print(visit->arena, sentence.zh, sentence.en, label_in(within, visit->language));
}

static void evaluate_form(struct visit *visit, const char *code, bool alone) {
  static const struct form_choice SOLVED[] = {{"1", {"解决了", "Solved"}}, {"2", {"没解决", "Not solved"}}},
                                  SATISFIED_WITH[] = {{"1", {"满意", "Satisfied"}},
                                                      {"2", {"基本满意", "Fairly"}},
                                                      {"3", {"不满意", "Dissatisfied"}}},
                                  ABOUT[] = {{"2", {"办理的态度和过程", "The manner"}}, {"3", {"对结果不认可", "The outcome"}}};
  form_open(visit, "evaluate", W("评价结果", "Evaluate the outcome"), alone);
  page_add(visit, "<form action=\"%b/evaluate\" method=\"post\" data-draft=\"evaluate\" data-last><p class=\"sub\">%w</p>",
           W("只有提过这件诉求的人可以评，一人一件评一次。您的话由两个人看，办理单位看不到您的电话。",
             "Only who appealed may, once for each matter. Two people read your words; the unit does not see your number."));
  choices_write(visit, "solved", W("事情解决了吗？", "Is it solved?"), SOLVED, 2, true);
  choices_write(visit, "satisfaction", W("您满意吗？", "Are you satisfied?"), SATISFIED_WITH, 3, true);
  choices_write(visit, "about", W("不满意的话，是对什么？", "If not, with what?"), ABOUT, 2, false);
  field_write(visit, &(struct form_field){.name = "words",
                                          .label = W("哪里没有解决，或想说的话（可不填）",
                                                     "What is not solved, or what you want to say (may be left empty)"),
                                          .rows = 3,
                                          .most = 500});
  code_field(visit, code, W("评价码或查询码", "The code you were given"));
  form_close(visit, W("提交评价", "Send"), recheck_words(visit, W("说「没解决」或「不满意」的，%s有人核实；两个人认定属实的，就重新整改。",
                                                              "Where it is not solved, or you are dissatisfied, it is checked %s; found true by two people, it is re-opened.")));
}

void object_form(struct visit *visit, int64_t problem, bool alone) {
  form_open(visit, "object", W("提异议", "Object"), alone);
  page_add(visit, "<form action=\"%b/problems/%i/object\" method=\"post\" data-draft=\"object-%i\" data-last>", (long long)problem,
           (long long)problem);
  field_write(visit, &(struct form_field){.name = "text",
                                          .label = W("哪里没有整好", "What is not put right"),
                                          .rows = 4,
                                          .most = 2000,
                                          .required = true});
  field_write(visit, &(struct form_field){.name = "from",
                                          .label = W("您的称呼（可不填）", "Your name (may be left empty)"),
                                          .most = 40,
                                          .attributes = " autocomplete=\"name\""});
  field_write(visit, &(struct form_field){.name = "contact",
                                          .label = W("联系方式（可不填，只有整改办看得到）",
                                                     "How to reach you (may be left empty; only the office sees it)"),
                                          .most = 40,
                                          .attributes = " autocomplete=\"tel\""});
  form_close(visit, W("提交异议", "Send the objection"),
             W("由两个人核查认定，属实的退回重改。提交后给您一个查询码。",
               "Two people judge it; a founded one sends the problem back. You get a code to follow it by."));
}

/* ---- following ---- */

void follow_page(struct visit *visit) {
  page_open(visit, W("查进展", "Follow mine"));
  page_crumbs(visit, false);
  follow_form(visit, true);
  page_close(visit);
}

static const struct { const char *kind, *state; struct label label; } STATES[] = {
  {NULL, "refused", {"没有受理", "It was not taken in"}}, {NULL, "gone", {"记录已经不在", "The record is no longer there"}},
  {"objection", "received", {"已收到，正在核查", "Received, being looked into"}}, {"objection", "proposed", {"核查完，等待复核", "Looked into, a second person judges"}}, {"objection", "judged", {"已认定，正在答复", "Judged, the reply is being written"}}, {"objection", "answered", {"已答复", "Answered"}},
  {"evaluation", "given", {"已收到，谢谢", "Received, thank you"}}, {"evaluation", "recheck", {"正在核实", "Being checked again"}}, {"evaluation", "proposed", {"核实完，等待复核", "Checked, a second person judges"}}, {"evaluation", "judged", {"已认定，正在答复", "Judged, the reply is being written"}}, {"evaluation", "answered", {"已答复", "Answered"}},
  {NULL, "received", {"已受理", "Taken in"}}, {NULL, "assigned", {"已派给承办单位", "With the unit in charge"}}, {NULL, "contacted", {"承办单位已联系", "The unit has been in touch"}}, {NULL, "answered", {"已答复", "Answered"}}, {NULL, "closed", {"已办结", "Closed"}}, {NULL, "dismissed", {"不予受理", "Not accepted"}}};
static const struct label VERDICTS[] = {{"", ""}, {"认定属实", "Found true"}, {"认定不属实", "Found untrue"}, {"超出法定范围", "Beyond the law"}};

static struct label state_words(json_t *body) {
  const char *kind = member_text(body, "kind"), *state = member_text(body, "state");
  for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++)
    if (text_equal(STATES[i].state, state) && (!STATES[i].kind || text_equal(STATES[i].kind, kind))) return STATES[i].label;
  return W("办理中", "In hand");
}

static struct label kind_words(json_t *body) {
  const char *kind = member_text(body, "kind");
  return text_equal(kind, "objection")    ? W("您的异议", "Your objection")
         : text_equal(kind, "evaluation") ? W("您的评价", "Your evaluation")
                                          : W("您的诉求", "Your appeal");
}

/* By when, and what to do once that has passed. */
static void by_write(struct visit *visit, json_t *body) {
  const char *by = member_text(body, "by"), *kind = member_text(body, "kind");
  bool judges = (text_equal(kind, "objection") || text_equal(kind, "evaluation")) && !text_equal(member_text(body, "state"), "judged");
  int64_t day;
  if (!by || !date_parse(by, &day)) return;
  bool passed = day < visit->setting.today;
  page_add(visit, "<p>%w", passed ? W("原定 ", "It was to be by ") : judges ? W("最迟 ", "Judged by ") : W("最迟 ", "Answered by "));
  page_date(visit, by);
  page_add(visit, "%w</p>",
           passed ? W(" 前有结果，已经过了；可以打 12345 催问。", ", which has passed; you may call 12345 to press for it.")
           : judges ? W(" 有认定结果，还用这个查询码看。", " at the latest; look again with this code.")
                    : W(" 答复您，还用这个查询码看。", " at the latest; look again with this code."));
}

/* What came of it, or by when something will. `alone`: the page's heading. */
static void outcome_write(struct visit *visit, json_t *body, bool alone) {
  int64_t verdict = member_integer(body, "verdict");
  page_add(visit, "<p class=\"sub\">%w ", kind_words(body));
  page_date(visit, member_text(body, "received"));
  page_add(visit, alone ? "</p><h1>%w</h1>" : "</p><h2>%w</h2>", state_words(body));
  by_write(visit, body);
  if (verdict > 0 && verdict < 4) page_add(visit, "<p><b>%w</b></p>", VERDICTS[verdict]);
  if (member_text(body, "why")) page_add(visit, "<p>%w%s</p>", W("原因：", "Why: "), member_text(body, "why"));
  if (!member_text(body, "reply")) return;
  page_add(visit, alone ? "<h2>%w</h2>" : "<h3>%w</h3>", W("答复", "The answer"));
  page_paragraphs(visit, member_text(body, "reply"));
  if (verdict)
    page_add(visit, "<p class=\"sub\">%w</p>",
             W("对答复还有意见的，请打 12345，说明这个查询码的事。",
               "If the answer does not settle it, call 12345 and say what this code was about."));
}

static void standing_write(struct visit *visit, json_t *body) {
  int64_t problem = member_integer(body, "problem");
  json_t *released = problem ? visit_item(visit, "problem", arena_print(visit->arena, "%lld", (long long)problem)) : NULL;
  page_add(visit, "<section class=\"card\"><div class=\"body\">");
  outcome_write(visit, body, true);
  if (released)
    page_add(visit, "<p>%w<a href=\"%b/problems/%i\">%s</a></p>", W("关于：", "About: "), (long long)problem,
             member_text(released, "title"));
  page_add(visit, "</div></section>");
  json_decref(released);
}

/* Of an appeal that was evaluated: what became of the evaluation. */
static void evaluated_write(struct visit *visit, json_t *body) {
  json_t *evaluation = json_object_get(body, "evaluation");
  if (!evaluation) return;
  page_add(visit, "<section class=\"card\"><div class=\"body\">");
  outcome_write(visit, evaluation, false);
  page_add(visit, "<p class=\"sub\">%w</p></div></section>", W("一人一件评一次。", "One evaluation for each person and matter."));
}

void follow_show(struct visit *visit) {
  const char *typed = visit_value(visit, "code"), *hash = typed ? code_word_hash(visit->arena, typed) : NULL;
  json_t *body = NULL;
  visit->private_page = true;
  if (!visit_may_look(visit)) {
    page_say(visit, 429, W("查得太频繁", "Too often"), W("请过一分钟再查。", "Please wait a minute."));
    return;
  }
  if (hash) body = visit_item(visit, "code", hash);
  if (!hash) visit_wrong(visit, 422, "code", W("查询码是 12 位字母和数字。", "A code has 12 letters and digits."));
  else if (!body) visit_wrong(visit, 404, "code", W("没有查到。刚提交的几分钟后才能查到；两个网络之间隔天送达的要等一天。也请核对查询码。", "Not found. What was just sent can be followed after some minutes, or a day where packages are carried between networks. Please check the code too."));
  page_open(visit, W("查进展", "Follow mine"));
  page_crumbs(visit, false);
  if (!body) follow_form(visit, true);
  else {
    standing_write(visit, body);
    if (member_yes(body, "may_evaluate")) evaluate_form(visit, typed, false);
    evaluated_write(visit, body);
  }
  page_close(visit);
  json_decref(body);
}

void evaluate_page(struct visit *visit) {
  page_open(visit, W("评价结果", "Evaluate"));
  page_crumbs(visit, false);
  evaluate_form(visit, NULL, true);
  page_close(visit);
}
