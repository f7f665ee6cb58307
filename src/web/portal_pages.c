/* The portal's reading pages: the start, the list by district and category, a problem, the results. */
#include "exchange/district_map.h"
#include "base/room.h"
#include "web/portal_parts.h"

#include <stdlib.h>
#include <string.h>

#define A_PAGE 20

/* ---- counts ---- */

struct district { int64_t id, order, open, solved; const char *name, *outline; };
struct counts {
  struct visit *visit;
  int64_t all, standing[7];
  struct {
    int64_t open, solved;
  } category[16];
  struct district *districts;
  size_t district_count, district_room;
};

static struct district *district_of(struct counts *counts, int64_t id) {
  for (size_t i = 0; i < counts->district_count; i++)
    if (counts->districts[i].id == id) return &counts->districts[i];
  return NULL;
}

static bool count_take(void *with, int64_t district, int64_t category, enum public_standing standing, int64_t count) {
  struct counts *counts = with;
  struct district *of = district_of(counts, district);
  bool solved = standing == STANDING_SOLVED;
  counts->all += count;
  if (standing >= STANDING_SOLVED && standing <= STANDING_NOT_BEGUN) counts->standing[standing] += count;
  if (category > 0 && category < 16) *(solved ? &counts->category[category].solved : &counts->category[category].open) += count;
  if (of) *(solved ? &of->solved : &of->open) += count;
  return true;
}

static bool district_take(void *with, const struct public_item *item) {
  struct counts *counts = with;
  json_t *body = json_loads(item->body, 0, NULL);
  ARENA_ROOM(counts->visit->arena, counts->districts, counts->district_count, counts->district_room, 32);
  counts->districts[counts->district_count++] = (struct district){.id = strtoll(item->key, NULL, 10),
                                                                  .order = member_integer(body, "order"),
                                                                  .name = arena_text(counts->visit->arena, member_text(body, "name")
                                                                                                               ? member_text(body, "name")
                                                                                                               : ""),
                                                                  .outline = member_text(body, "outline")
                                                                                 ? arena_text(counts->visit->arena,
                                                                                              member_text(body, "outline"))
                                                                                 : NULL};
  json_decref(body);
  return true;
}

static int by_order(const void *one, const void *other) {
  const struct district *a = one, *b = other;
  if (a->order != b->order) return a->order < b->order ? -1 : 1;
  return a->id < b->id ? -1 : a->id > b->id;
}

static struct counts counts_read(struct visit *visit) {
  struct counts counts = {.visit = visit};
  public_items(visit->portal->store, "district", -1, false, district_take, &counts);
  counted_read(visit, count_take, &counts);
  if (counts.district_count) qsort(counts.districts, counts.district_count, sizeof *counts.districts, by_order);
  return counts;
}

static void as_of(struct visit *visit) {
  if (!visit->state.moment) return;
  int64_t moment = visit->state.moment, minutes = (moment + ZONE_OFFSET) / (60 * MOMENT_SECOND) % (24 * 60);
  page_add(visit, "<p class=\"sub\">%w ", W("截至", "As of"));
  page_date(visit, date_print(visit->arena, date_of_moment(moment)));
  page_add(visit, " %s%w%i</p>", arena_print(visit->arena, "%02d:%02d", (int)(minutes / 60), (int)(minutes % 60)),
           W("，数字在日志 №", ", true at journal number "), (long long)visit->state.journal);
}

/* ---- the start ---- */

static void bar_write(struct visit *visit, const struct counts *counts) {
  int64_t at = 0;
  page_add(visit, "<div class=\"pb\" role=\"img\" aria-label=\"");
  for (int i = STANDING_SOLVED; i <= STANDING_NOT_BEGUN; i++)
    if (counts->standing[i]) page_add(visit, "%w %n; ", standing_label(i), (long long)counts->standing[i]);
  page_add(visit, "\"><svg viewBox=\"0 0 1000 18\" preserveAspectRatio=\"none\" aria-hidden=\"true\">");
  for (int i = STANDING_SOLVED; i <= STANDING_NOT_BEGUN; i++) {
    int64_t width = counts->standing[i] * 1000 / counts->all;
    if (counts->standing[i])
      page_add(visit, "<rect class=\"f-%s\" x=\"%i\" y=\"0\" width=\"%i\" height=\"18\"/>", standing_colour(i), (long long)at,
               (long long)(width > 4 ? width - 2 : 4));
    at += width;
  }
  page_add(visit, "</svg></div><ul class=\"fiv\">");
  for (int i = STANDING_SOLVED; i <= STANDING_NOT_BEGUN; i++)
    if (counts->standing[i] || i <= STANDING_BAD)
      page_add(visit, "<li><svg class=\"ico c-%s\" aria-hidden=\"true\"><use href=\"#s-%s\"/></svg><a href=\"%b/problems?standing=%i\">%w</a><b>%n</b><i>%i%%</i></li>", standing_colour(i), standing_colour(i), (long long)i, standing_label(i),
               (long long)counts->standing[i], (long long)(counts->standing[i] * 100 / counts->all));
  page_add(visit, "</ul>");
}

static void sentence_write(struct visit *visit, const struct counts *counts) {
  long long solved = counts->standing[STANDING_SOLVED];
  page_add(visit, "<section class=\"card\"><div class=\"body\">");
  if (!counts->all)
    page_add(visit, "<h1>%w</h1><p class=\"ev\">%w</p>", W("还没有发布的问题", "Nothing is released yet"),
             W("问题经过审核才在这里公开。", "Problems are shown here once they were reviewed."));
  else
    page_add(visit, "<h1>%w%n%w<br>%n%w%n%w</h1>", W("公开的 ", "In the open: "), (long long)counts->all, W(" 件", " problems"), solved,
             W(" 件已解决，", " solved, "), (long long)counts->all - solved, W(" 件在办", " in hand"));
  as_of(visit);
  if (counts->all) bar_write(visit, counts);
  page_add(visit, "<p class=\"sub ev\">%w</p></div></section>",
           W("只数已经发布的。按计划、偏慢等由规则判定，不由人填写。",
             "Only what is released is counted. How it stands is judged by rules, nobody writes it in."));
}

static void quick_write(struct visit *visit) {
  page_add(visit, "<nav class=\"card qn\" aria-label=\"%w\"><a href=\"%b/follow\">%w</a><a href=\"%b/evaluate\">%w</a><a href=\"%b/problems?standing=7\">%w</a></nav>", W("快速办理", "Quickly"), W("查进展", "Follow mine"), W("评价结果", "Evaluate"), W("看在办的", "What is in hand"));
}

/* 0: nothing is in the open; 1 to 5: how large a share is solved. */
static int64_t share_of(const struct district *district) {
  int64_t all = district->open + district->solved;
  return all ? district->solved * 4 / all + 1 : 0;
}

static const struct district *district_with(const struct counts *counts, int64_t id) {
  for (size_t i = 0; i < counts->district_count; i++)
    if (counts->districts[i].id == id) return &counts->districts[i];
  return NULL;
}

/* The borders that the deployer gave, drawn without script: each district is a link, told by its ground and by name and number. */
static bool map_write(struct visit *visit, const struct counts *counts) {
  struct district_given *given = ARENA_ARRAY(visit->arena, struct district_given, counts->district_count + 1);
  struct district_map map;
  for (size_t i = 0; i < counts->district_count; i++)
    given[i] = (struct district_given){counts->districts[i].id, counts->districts[i].name, counts->districts[i].outline};
  if (!district_map_draw(given, counts->district_count, visit->arena, &map)) return false;
  page_add(visit, "<svg class=\"map\" viewBox=\"0 0 %i %i\" role=\"group\" aria-label=\"%w\">", (long long)map.width, (long long)map.height,
           W("各区地图", "Map of the districts"));
  for (size_t i = 0; i < map.count; i++) {
    const struct district_shape *shape = &map.shapes[i];
    const struct district *district = district_with(counts, shape->id);
    page_add(
        visit,
        "<a href=\"%b/problems?district=%i\" aria-label=\"%s %w %n %w %n\"><path class=\"t%i\" d=\"%s\"/><text x=\"%i\" y=\"%i\">%s</text><text class=\"n\" x=\"%i\" y=\"%i\">%n/%n</text></a>",
        (long long)shape->id, shape->name, W("在办", "in hand"), (long long)district->open, W("已解决", "solved"),
        (long long)district->solved, (long long)share_of(district), shape->path, (long long)shape->x, (long long)shape->y, shape->name,
        (long long)shape->x, (long long)shape->y + 26, (long long)district->solved, (long long)(district->open + district->solved));
  }
  page_add(visit, "</svg><p class=\"sub\">%w</p>", W("颜色越深，解决的比例越大；数字是已解决/全部。轮廓由本市提供，只作示意。", "The darker, the larger the share that is solved; the figures are solved/all. The outlines are the city's own, for orientation only."));
  return true;
}

/* One tile a district, in the city's own order: the whole of a schematic map where no borders are given, the map's figures where they
   are. */
static void tiles_write(struct visit *visit, const struct counts *counts) {
  if (!counts->district_count) return;
  page_add(visit, "<section class=\"card\"><header><h2>%w</h2></header><div class=\"body\">", W("各区", "By district"));
  if (!map_write(visit, counts))
    page_add(visit, "<p class=\"sub\">%w</p>",
             W("示意图，不表示位置和边界；条越长，解决的比例越大。",
               "Schematic: neither places nor borders. The longer the bar, the larger the share that is solved."));
  page_add(visit, "<ul class=\"tiles\">");
  for (size_t i = 0; i < counts->district_count; i++) {
    const struct district *district = &counts->districts[i];
    page_add(visit, "<li class=\"t%i\"><a href=\"%b/problems?district=%i\"><b>%s</b><span>%w %n</span><span>%w %n</span>",
             (long long)share_of(district), (long long)district->id, district->name, W("在办", "in hand"), (long long)district->open,
             W("已解决", "solved"), (long long)district->solved);
    page_share(visit, district->solved, district->open + district->solved);
    page_add(visit, "</a></li>");
  }
  page_add(visit, "</ul></div></section>");
}

static void categories_write(struct visit *visit, const struct counts *counts) {
  if (!counts->all) return;
  page_add(visit, "<section class=\"card\"><header><h2>%w</h2></header><div class=\"body\"><table><thead><tr><th scope=\"col\">%w</th><th scope=\"col\" class=\"r\">%w</th><th scope=\"col\" class=\"r\">%w</th></tr></thead><tbody>", W("各类", "By category"), W("类别", "Category"), W("在办", "In hand"), W("已解决", "Solved"));
  for (int i = 1; i < 16; i++) {
    long long open = (long long)counts->category[i].open, solved = (long long)counts->category[i].solved;
    if (!(open + solved)) continue;
    page_add(visit, "<tr><th scope=\"row\"><a href=\"%b/problems?category=%i\">%w</a>", (long long)i, category_label(i));
    page_share(visit, solved, open + solved);
    page_add(visit, "</th><td class=\"r\">%n</td><td class=\"r\">%n</td></tr>", open, solved);
  }
  page_add(visit, "</tbody></table></div></section>");
}

/* ---- what is not public ---- */

static void reason_write(struct visit *visit, struct label label, int64_t count) {
  page_add(visit, "<tr><th scope=\"row\">%w</th><td class=\"r\">%n</td></tr>", label, (long long)count);
}

static struct label reason_label(int64_t reason) {
  const struct choice *choice = withhold_choice(reason);
  return choice ? choice->label : W("其他", "Other");
}

/* That something is withheld is told, and by which law; which problems they are, in which district or how few, is not. */
static void withheld_write(struct visit *visit) {
  json_t *body = visit_item(visit, "withheld", "all"), *reasons = json_object_get(body, "reasons"), *one;
  long long total = (long long)member_integer(body, "total"), least = (long long)member_integer(body, "least");
  size_t i;
  if (total || member_yes(body, "few")) {
    page_add(visit, "<section class=\"card\" id=\"withheld\"><header><h2>%w</h2></header><div class=\"body\">", W("不公开的", "Not public"));
    if (total)
      page_add(visit, "<p>%w<b>%n</b>%w</p>", W("另有 ", "Another "), total,
               W(" 件经审核不公开，理由如下。", " problems were reviewed and are not public, for these reasons."));
    else
      page_add(visit, "<p>%w%n%w</p>", W("另有问题经审核不公开，不到 ", "Fewer than "), least,
               W(" 件，不分列理由。", " problems were reviewed and are not public; so few are not told by reason."));
    if (total)
      page_add(visit, "<table><thead><tr><th scope=\"col\">%w</th><th scope=\"col\" class=\"r\">%w</th></tr></thead><tbody>",
               W("法定理由", "Legal reason"), W("件数", "Problems"));
    json_array_foreach(reasons, i, one) reason_write(visit, reason_label(member_integer(one, "reason")), member_integer(one, "count"));
    if (total && member_integer(body, "others"))
      reason_write(visit,
                   json_array_size(reasons) ? W("其余法定理由合计", "Other legal reasons together")
                                            : W("各项法定理由合计", "Legal reasons together"),
                   member_integer(body, "others"));
    if (total) page_add(visit, "</tbody></table>");
    page_add(visit, "<p class=\"sub\">%w</p></div></section>", W("依据《政府信息公开条例》第十四至十六条和党务公开规定，逐件由两人审核。件数太少的理由合并计数，以免认出具体的事和人。", "By Articles 14 to 16 of the Regulations on Open Government Information and the Party's rules on publication, each reviewed by two people. Reasons with too few problems are counted together, so that no matter and no person can be told from them."));
  }
  json_decref(body);
}

struct listed {
  struct visit *visit;
  size_t shown, most;
  int64_t last_order, last_id;
  bool more;
  void (*show)(struct visit *visit, json_t *body);
};
static bool problem_take(void *with, int64_t id, int64_t order, const char *text) {
  struct listed *listed = with;
  if (listed->shown == listed->most) {
    listed->more = true;
    return false;
  }
  json_t *body = json_loads(text, 0, NULL);
  listed->show(listed->visit, body);
  json_decref(body);
  listed->shown++;
  listed->last_order = order;
  listed->last_id = id;
  return true;
}

static void option_write(struct visit *visit, int64_t value, int64_t chosen, struct label label) {
  page_add(visit, value == chosen ? "<option value=\"%i\" selected>%w</option>" : "<option value=\"%i\">%w</option>", (long long)value,
           label);
}
static void select_open(struct visit *visit, const char *name, struct label label, struct label any) {
  page_add(visit, "<div><label for=\"%s\">%w</label><select class=\"in-s\" id=\"%s\" name=\"%s\"><option value=\"\">%w</option>", name, label, name, name, any);
}

static void filters_write(struct visit *visit, const struct counts *counts, const struct public_query *query) {
  page_add(visit, "<form class=\"ds\" action=\"%b/problems\" method=\"get\">");
  select_open(visit, "district", W("所在区", "District"), W("全市", "The whole city"));
  for (size_t i = 0; i < counts->district_count; i++)
    option_write(visit, counts->districts[i].id, query->district, W(counts->districts[i].name, counts->districts[i].name));
  page_add(visit, "</select></div>");
  select_open(visit, "category", W("类别", "Category"), W("全部", "All"));
  for (int i = 1; i < 7; i++) option_write(visit, i, query->category, category_label(i));
  page_add(visit, "</select></div>");
  select_open(visit, "standing", W("进展", "How it stands"), W("全部", "All"));
  option_write(visit, STANDING_IN_HAND, (int64_t)query->standing, standing_label(STANDING_IN_HAND));
  for (int i = STANDING_SOLVED; i <= STANDING_NOT_BEGUN; i++) option_write(visit, i, (int64_t)query->standing, standing_label(i));
  page_add(visit, "</select></div><button class=\"btn\" type=\"submit\">%w</button></form>", W("查看", "Show"));
}

void home_page(struct visit *visit) {
  struct counts counts = counts_read(visit);
  struct public_query newest = {.limit = 4}, result = {.results = true, .limit = 1};
  struct listed rows = {.visit = visit, .most = 3, .show = problem_row}, latest = {.visit = visit, .most = 1, .show = result_latest};
  page_open(visit, W("", ""));
  sentence_write(visit, &counts);
  quick_write(visit);
  public_problems(visit->portal->store, &result, problem_take, &latest);
  if (counts.all) {
    page_add(visit, "<section class=\"card\" id=\"list\"><header><h2>%w</h2></header><div class=\"body\">", W("正在公开的", "In the open"));
    filters_write(visit, &counts, &newest);
    page_add(visit, "<ul class=\"list\">");
    public_problems(visit->portal->store, &newest, problem_take, &rows);
    page_add(visit, "</ul><p><a class=\"btn wide\" href=\"%b/problems\">%w %n %w</a></p></div></section>", W("看全部", "All"),
             (long long)counts.all, W("件", ""));
  }
  tiles_write(visit, &counts);
  categories_write(visit, &counts);
  withheld_write(visit);
  follow_form(visit, false);
  if (visit->setting.takes_appeals) page_add(visit, "<section class=\"card\"><div class=\"body tel\"><span>%w</span><a class=\"btn p\" href=\"%b/appeal\">%w</a></div></section>", W("有新的诉求？", "Something new?"), W("提交诉求", "Send an appeal"));
  page_add(visit, "<section class=\"card\"><div class=\"body tel\"><span>%w<br><span class=\"sub\">%w</span></span><a href=\"tel:12345\"><b>12345</b></a></div></section>", W("新的诉求，请打", "For anything new, call"), W("24 小时有人接", "answered day and night"));
  page_close(visit);
}

/* ---- the list ---- */

static const char *more_address(struct visit *visit, const struct public_query *query, const struct listed *listed) {
  return arena_print(visit->arena, "?district=%lld&category=%lld&standing=%d&order=%lld&after=%lld", (long long)query->district,
                     (long long)query->category, (int)query->standing, (long long)listed->last_order, (long long)listed->last_id);
}

static const char *district_name(const struct counts *counts, int64_t id) {
  for (size_t i = 0; i < counts->district_count; i++)
    if (counts->districts[i].id == id) return counts->districts[i].name;
  return NULL;
}

void list_page(struct visit *visit) {
  struct counts counts = counts_read(visit);
  int64_t standing = visit_argument_integer(visit, "standing");
  struct public_query query = {.district = visit_argument_integer(visit, "district"),
                               .category = visit_argument_integer(visit, "category"),
                               .standing = standing <= STANDING_IN_HAND ? (enum public_standing)standing : STANDING_ANY,
                               .after_order = visit_argument_integer(visit, "order"),
                               .after_id = visit_argument_integer(visit, "after"),
                               .limit = A_PAGE + 1};
  struct listed rows = {.visit = visit, .most = A_PAGE, .show = problem_row};
  page_open(visit, W("公开的问题", "Problems in the open"));
  page_crumbs(visit, false);
  page_add(visit, "<section class=\"card\"><div class=\"body\"><h1>%w</h1>", W("公开的问题", "Problems in the open"));
  as_of(visit);
  filters_write(visit, &counts, &query);
  if (query.district || query.category || query.standing) {
    page_add(visit, "<p>%w", W("现在看的：", "Shown: "));
    if (district_name(&counts, query.district)) page_add(visit, "%s ", district_name(&counts, query.district));
    if (query.category) page_add(visit, "%w ", category_label(query.category));
    if (query.standing) page_add(visit, "%w ", standing_label(query.standing));
    page_add(visit, "· <a href=\"%b/problems\">%w</a></p>", W("看全部", "Show all"));
  }
  page_add(visit, "<ul class=\"list\">");
  public_problems(visit->portal->store, &query, problem_take, &rows);
  page_add(visit, "</ul>");
  if (!rows.shown) page_add(visit, "<p class=\"ev\">%w</p>", W("没有符合的。换一个区或类别看看。", "Nothing fits. Try another district or category."));
  if (rows.more)
    page_add(visit, "<p><a class=\"btn wide\" href=\"%b/problems%s\">%w</a></p>", more_address(visit, &query, &rows),
             W("往后看", "Further"));
  page_add(visit, "</div></section>");
  page_close(visit);
}

int64_t visit_problem(const struct visit *visit) {
  char *end;
  int64_t id = strtoll(visit->path + strlen("/problems/"), &end, 10);
  return id > 0 && (!*end || *end == '/') ? id : 0;
}

void problem_page(struct visit *visit) {
  json_t *body = visit_item(visit, "problem", arena_print(visit->arena, "%lld", (long long)visit_problem(visit)));
  if (!body) {
    page_not_found(visit);
    return;
  }
  const char *title = member_text(body, "title");
  page_open(visit, W(title, title));
  problem_body(visit, body);
  if (member_yes(body, "publicised")) object_form(visit, visit_problem(visit), false);
  results_write(visit, body);
  page_close(visit);
  json_decref(body);
}

void results_page(struct visit *visit) {
  struct public_query query = {.results = true,
                               .after_order = visit_argument_integer(visit, "order"),
                               .after_id = visit_argument_integer(visit, "after"),
                               .limit = A_PAGE + 1};
  struct listed rows = {.visit = visit, .most = A_PAGE, .show = results_listed};
  page_open(visit, W("成效清单", "Results"));
  page_crumbs(visit, false);
  page_add(visit, "<div><h1>%w</h1>", W("成效清单", "Results"));
  as_of(visit);
  page_add(visit, "</div>");
  public_problems(visit->portal->store, &query, problem_take, &rows);
  if (!rows.shown) page_add(visit, "<p class=\"ev\">%w</p>", W("还没有发布的成效。", "No result is released yet."));
  if (rows.more)
    page_add(visit, "<p><a class=\"btn wide\" href=\"%b/results%s\">%w</a></p>",
             arena_print(visit->arena, "?order=%lld&after=%lld", (long long)rows.last_order, (long long)rows.last_id),
             W("往后看", "Further"));
  page_close(visit);
}
