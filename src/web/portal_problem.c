/* One problem, one result: a row of a list, and the page. */
#include "web/portal_parts.h"

#include <string.h>

/* What is being publicised says so, in the colour of what is accepted. */
static void tag_write(struct visit *visit, json_t *body) {
  if (member_yes(body, "publicised"))
    page_add(visit, "<span class=\"tag c-green\"><svg class=\"ico\" aria-hidden=\"true\"><use href=\"#s-green\"/></svg>%w</span>",
             W("公示中", "Being publicised"));
  else page_tag(visit, member_integer(body, "standing"));
}

/* ---- a row of a list ---- */

static void when_write(struct visit *visit, json_t *body) {
  const char *due = member_text(body, "due"), *until = member_text(body, "publicity_until"), *closed = member_text(body, "closed_on");
  if (member_yes(body, "publicised") && until) page_add(visit, "<span>%w ", W("公示到", "Publicised until")), page_date(visit, until);
  else if (closed) page_add(visit, "<span>%w ", W("销号", "Closed")), page_date(visit, closed);
  else if (due) page_add(visit, "<span>%w ", W("期限", "Due")), page_date(visit, due);
  else return;
  page_add(visit, "</span>");
}

/* The beginning of a text on one line. */
static const char *brief(struct visit *visit, const char *text) {
  struct buffer out = {.arena = visit->arena};
  size_t at = 0, width;
  if (!text) return "";
  for (size_t length = 0; text[at] && length < 120; length++, at += width) {
    text_next(text + at, &width);
    if (text[at] == '\n') buffer_byte(&out, ' ');
    else buffer_add(&out, text + at, width);
  }
  buffer_text(&out, text[at] ? "…" : "");
  return out.bytes;
}

/* Where, what about, and how far. */
static void where_write(struct visit *visit, json_t *body) {
  const char *district = member_text(body, "district_name"), *unit = member_text(body, "unit");
  json_t *progress = json_object_get(body, "progress");
  page_add(visit, "<p class=\"sub\">");
  if (district) page_add(visit, "%s · ", district);
  page_add(visit, "%w", category_label(member_integer(body, "category")));
  if (unit && !text_equal(unit, district)) page_add(visit, " · %s", unit);
  if (json_is_integer(progress) && member_integer(body, "standing") != STANDING_SOLVED)
    page_add(visit, " · %w %i%%", W("进度", "progress"), (long long)(json_integer_value(progress) / 100));
  page_add(visit, "</p>");
}

void problem_row(struct visit *visit, json_t *body) {
  page_add(visit, "<li><div class=\"m\">");
  tag_write(visit, body);
  when_write(visit, body);
  page_add(visit, "</div><a class=\"tt\" href=\"%b/problems/%i\">%s</a><p>%s</p>", (long long)member_integer(body, "id"),
           member_text(body, "title"), brief(visit, member_text(body, "text")));
  where_write(visit, body);
  page_add(visit, "</li>");
}

/* ---- facts ---- */

static void fact(struct visit *visit, struct label name, const char *value) {
  if (value) page_add(visit, "<div><dt>%w</dt><dd>%s</dd></div>", name, value);
}
static void fact_date(struct visit *visit, struct label name, const char *date) {
  if (!date) return;
  page_add(visit, "<div><dt>%w</dt><dd>", name);
  page_date(visit, date);
  page_add(visit, "</dd></div>");
}
static const char *percent(struct visit *visit, int64_t points) {
  return arena_print(visit->arena, "%lld%%", (long long)(points / 100));
} /* rounded down */

static void facts_write(struct visit *visit, json_t *body) {
  json_t *progress = json_object_get(body, "progress");
  page_add(visit, "<dl class=\"facts\">");
  fact(visit, W("编号", "Number"), member_text(body, "number"));
  page_add(visit, "<div><dt>%w</dt><dd>%w</dd></div>", W("类别", "Category"), category_label(member_integer(body, "category")));
  fact(visit, W("所在区", "District"), member_text(body, "district_name"));
  fact(visit, W("牵头单位", "Lead unit"), member_text(body, "unit"));
  fact_date(visit, W("整改期限", "Due"), member_text(body, "due"));
  if (json_is_integer(progress)) fact(visit, W("验收通过的进度", "Accepted progress"), percent(visit, json_integer_value(progress)));
  if (member_integer(body, "cycle") > 1)
    fact(visit, W("第几次整改", "Cycle"), arena_print(visit->arena, "%lld", (long long)member_integer(body, "cycle")));
  fact_date(visit, W("销号", "Closed"), member_text(body, "closed_on"));
  fact_date(visit, W("巩固期到", "Watched until"), member_text(body, "watch_until"));
  fact_date(visit, W("发布", "Released"), member_text(body, "released_on"));
  page_add(visit, "</dl>");
}

static void indicators_write(struct visit *visit, json_t *list) {
  if (!json_array_size(list)) return;
  page_add(visit, "<h2>%w</h2><ul class=\"ind\">", W("指标", "Indicators"));
  for (size_t i = 0; i < json_array_size(list); i++) {
    json_t *one = json_array_get(list, i);
    const char *unit = member_text(one, "measured_in"), *latest = member_text(one, "latest");
    page_add(visit, "<li><span>%s</span> <del><span class=\"vh\">%w</span>%s %s</del> <span aria-hidden=\"true\">→</span> <b>%s %s</b> <span class=\"sub\">%w %s %s", member_text(one, "name"), W("原来", "before"), member_text(one, "base"), unit,
             latest ? latest : member_text(one, "base"), unit, W("目标", "goal"), member_text(one, "goal"), unit);
    if (member_text(one, "latest_on")) page_add(visit, " · ");
    page_date(visit, member_text(one, "latest_on"));
    page_add(visit, "</span></li>");
  }
  page_add(visit, "</ul>");
}

static void sites_write(struct visit *visit, json_t *sites) {
  static const struct {
    const char *name;
    struct label label;
  } STAGES[] = {{"planned", {"计划", "planned"}},
                {"started", {"已开工", "started"}},
                {"built", {"已完工", "built"}},
                {"accepted", {"已验收", "accepted"}},
                {"confirmed", {"群众确认", "confirmed by users"}}};
  int64_t all = 0;
  for (size_t i = 0; i < sizeof STAGES / sizeof *STAGES; i++) all += member_integer(sites, STAGES[i].name);
  if (!all) return;
  page_add(visit, "<h2>%w</h2><p>%w %n</p><ul class=\"stages\">", W("点位", "Sites"), W("共", "In all"), (long long)all);
  for (size_t i = 0; i < sizeof STAGES / sizeof *STAGES; i++)
    page_add(visit, "<li>%w <b>%n</b></li>", STAGES[i].label, (long long)member_integer(sites, STAGES[i].name));
  page_add(visit, "</ul>");
}

/* A rate only where enough people gave one (PRACTICE.md: none below 30). */
static void evaluations_write(struct visit *visit, json_t *evaluations) {
  int64_t count = member_integer(evaluations, "count"), solved = member_integer(evaluations, "solved");
  if (!count) return;
  page_add(visit, "<p class=\"ev\"><b>%n %w%n %w", (long long)count, W("人评价：", " people evaluated: "), (long long)solved,
           W("人说解决了", "say it is solved"));
  if (count >= 30) page_add(visit, "（%i%%）", (long long)(solved * 100 / count));
  page_add(visit, "</b></p>");
}

static void pictures_write(struct visit *visit, json_t *list, struct label name) {
  for (size_t i = 0; i < json_array_size(list); i++) {
    json_t *one = json_array_get(list, i);
    page_add(visit, "<figure><figcaption><b>%w</b> ", name);
    page_date(visit, member_text(one, "taken_on"));
    page_add(visit, "</figcaption><a href=\"/public/pictures/%u\"><img src=\"/public/pictures/%u\" alt=\"%w\" loading=\"lazy\"></a></figure>", member_text(one, "picture"), member_text(one, "picture"), name);
  }
}
static void both_pictures(struct visit *visit, json_t *body) {
  json_t *before = json_object_get(body, "before"), *after = json_object_get(body, "after");
  if (!json_array_size(before) && !json_array_size(after)) return;
  page_add(visit, "<div class=\"pba\">");
  pictures_write(visit, before, W("整改前", "Before"));
  pictures_write(visit, after, W("整改后", "After"));
  page_add(visit, "</div>");
}

/* ---- results ---- */

static struct label outcome_label(int64_t outcome) {
  const struct choice *choice = field_choice(record_field(record_type(RECORD_RESULT), RESULT_OUTCOME), outcome);
  return choice ? choice->label : W("", "");
}

static void effects_write(struct visit *visit, json_t *result) {
  static const struct {
    const char *name;
    struct label label;
  } NUMBERS[] = {{"mechanisms", {"建立制度（项）", "Mechanisms built"}},
                 {"accountable", {"追责问责（人）", "People held accountable"}},
                 {"people", {"受益人数", "People served"}}};
  page_add(visit, "<dl class=\"facts\">");
  if (json_object_get(result, "outcome"))
    page_add(visit, "<div><dt>%w</dt><dd>%w</dd></div>", W("解决情况", "Outcome"), outcome_label(member_integer(result, "outcome")));
  fact_date(visit, W("销号", "Closed"), member_text(result, "closed_on"));
  for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++)
    if (member_integer(result, NUMBERS[i].name))
      page_add(visit, "<div><dt>%w</dt><dd>%n</dd></div>", NUMBERS[i].label, (long long)member_integer(result, NUMBERS[i].name));
  fact(visit, W("挽回或节约（元）", "Recovered or saved, yuan"), member_text(result, "money"));
  fact(visit, W("办理时间缩短（天）", "Days saved"), member_text(result, "days_saved"));
  page_add(visit, "</dl>");
}

static void result_body(struct visit *visit, json_t *result) {
  page_paragraphs(visit, member_text(result, "text"));
  both_pictures(visit, result);
  effects_write(visit, result);
}

void results_write(struct visit *visit, json_t *body) {
  json_t *results = json_object_get(body, "results");
  for (size_t i = 0; i < json_array_size(results); i++) {
    json_t *result = json_array_get(results, i);
    page_add(visit, "<section class=\"card\"><header><h2>%w%s</h2></header><div class=\"body\">", W("成效：", "Result: "),
             member_text(result, "title"));
    result_body(visit, result);
    page_add(visit, "</div></section>");
  }
}

void results_listed(struct visit *visit, json_t *body) {
  json_t *results = json_object_get(body, "results");
  for (size_t i = 0; i < json_array_size(results); i++) {
    json_t *result = json_array_get(results, i);
    page_add(visit, "<section class=\"card\"><div class=\"body\"><h2><a href=\"%b/problems/%i\">%s</a></h2>",
             (long long)member_integer(body, "id"), member_text(result, "title"));
    where_write(visit, body);
    result_body(visit, result);
    indicators_write(visit, json_object_get(body, "indicators"));
    page_add(visit, "</div></section>");
  }
}

void result_latest(struct visit *visit, json_t *body) {
  json_t *result = json_array_get(json_object_get(body, "results"), 0);
  page_add(visit, "<section class=\"card\"><div class=\"body\"><p class=\"sub\">%w</p><h2 class=\"big\"><a href=\"%b/problems/%i\">%s</a></h2>", W("最近办成的一件", "Put right lately"), (long long)member_integer(body, "id"), member_text(result, "title"));
  where_write(visit, body);
  page_paragraphs(visit, member_text(result, "text"));
  both_pictures(visit, result);
  evaluations_write(visit, json_object_get(body, "evaluations"));
  page_add(visit, "<p class=\"ev\"><a href=\"%b/results\">%w</a></p></div></section>", W("看全部成效", "All results"));
}

/* ---- the page ---- */

static void publicity_write(struct visit *visit, json_t *body) {
  if (!member_yes(body, "publicised")) return;
  page_add(visit, "<p class=\"ev\"><b>%w ", W("正在公示，到", "It is being publicised until"));
  page_date(visit, member_text(body, "publicity_until"));
  page_add(visit, "</b>%w</p>", W("。您若认为没有整好，可以在下面提异议。", ". If you think it is not put right, object below."));
}

void problem_body(struct visit *visit, json_t *body) {
  page_crumbs(visit, true);
  page_add(visit, "<article class=\"card\"><div class=\"body\"><p>");
  tag_write(visit, body);
  page_add(visit, "</p><h1>%s</h1>", member_text(body, "title"));
  if (member_yes(body, "ongoing")) page_paragraphs(visit, member_text(body, "text"));
  publicity_write(visit, body);
  if (json_is_integer(json_object_get(body, "progress"))) page_share(visit, member_integer(body, "progress"), 10000);
  facts_write(visit, body);
  indicators_write(visit, json_object_get(body, "indicators"));
  sites_write(visit, json_object_get(body, "sites"));
  if (member_yes(body, "ongoing")) both_pictures(visit, body);
  evaluations_write(visit, json_object_get(body, "evaluations"));
  page_add(visit, "<p class=\"sub\">%w %i%w</p></div></article>", W("数字在日志 №", "True at journal number "),
           (long long)visit->state.journal, W(" 处成立。", "."));
}
