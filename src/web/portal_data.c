/* Open data and files of the portal: what is released, as JSON and CSV with its licence; pictures; the signed tree head; style, script and
   icon. */
#include "web/portal_parts.h"

#include <string.h>

#include "base/json.h"
#include "exchange/csv.h"
#include "web/assets.h"

#define LICENCE_ZH "可以自由使用、转载、加工；请注明来源（本门户）和截至时间，加工过的不得说成原样。"
#define LICENCE_EN "Free to use, pass on and adapt; name the source (this portal) and the cut-off moment, and do not present adaptations as the original."

static void data_file(struct visit *visit, const char *file, struct label what) {
  page_add(visit, "<li><a href=\"%b/data/%s\">%s</a> <span class=\"sub\">%w</span></li>", file, file, what);
}

void data_page(struct visit *visit) {
  page_open(visit, W("开放数据", "Open data"));
  page_crumbs(visit, false);
  page_add(visit, "<section class=\"card\"><div class=\"body\"><h1>%w</h1><p>%w</p><ul>", W("开放数据", "Open data"),
           W("已经发布的问题和成效，随发布更新。", "The problems and results that are released, as they are released."));
  data_file(visit, "problems.csv", W("一行一个问题，用表格软件打开", "one problem a line, for spreadsheets"));
  data_file(visit, "problems.json", W("另有指标、点位、成效、评价数、图片地址", "with indicators, sites, results, evaluations and pictures besides"));
  data_file(visit, "tree-head.txt", W("日志的签名存证根：以后可据此发现日志被改动", "the signed root over the journal, by which a later alteration is found"));
  page_add(visit, "</ul><p>%w</p>", W("一次最多 2,000 件；没有完的，JSON 的 next 和回答的 Link 写着下一段的地址。", "At most 2,000 problems an answer; where there are more, next in JSON and the answer's Link have the address that goes on."));
  page_add(visit, "<p>%w</p><p class=\"sub\">%w %i</p></div></section>", W(LICENCE_ZH, LICENCE_EN),
           W("数字在日志 №", "True at journal number "), (long long)visit->state.journal);
  page_close(visit);
}

/* At most so many an answer, so that nobody's question takes all memory; the next address goes on behind the last one. */
#define DATA_MOST 2000
struct page_of_data {
  struct visit *visit;
  size_t count;
  int64_t order, id;
  bool more;
  void (*add)(struct page_of_data *page, const char *body);
  struct json *json;
};

static bool data_take(void *with, int64_t id, int64_t order, const char *body) {
  struct page_of_data *page = with;
  page->more = page->count == DATA_MOST;
  if (page->more) return false;
  page->add(page, body);
  page->count++;
  page->id = id;
  page->order = order;
  return true;
}
static void data_read(struct page_of_data *page) {
  struct public_query query = {.all = true,
                               .after_order = visit_argument_integer(page->visit, "order"),
                               .after_id = visit_argument_integer(page->visit, "after"),
                               .limit = DATA_MOST + 1};
  public_problems(page->visit->portal->store, &query, data_take, page);
}
static char *next_address(const struct page_of_data *page, const char *file) {
  return page->more ? arena_print(page->visit->arena, "%s/data/%s?order=%lld&after=%lld", page->visit->base, file, (long long)page->order,
                                  (long long)page->id)
                    : NULL;
}

static void json_add(struct page_of_data *page, const char *body) { json_raw(page->json, body); }

/* How many are not public, by the name of the legal reason. */
static void withheld_add(struct visit *visit, struct json *json) {
  json_t *body = visit_item(visit, "withheld", "all"), *one;
  size_t i;
  json_key(json, "withheld");
  json_open(json, '{');
  json_pair_integer(json, "told_from", member_integer(body, "least"));
  json_pair_yes_no(json, "fewer", member_yes(body, "few"));
  json_pair_integer(json, "total", member_integer(body, "total"));
  json_array_foreach(json_object_get(body, "reasons"), i, one) {
    const struct choice *reason = withhold_choice(member_integer(one, "reason"));
    if (reason) json_pair_integer(json, reason->name, member_integer(one, "count"));
  }
  json_pair_integer(json, "others", member_integer(body, "others"));
  json_close(json, '}');
  json_decref(body);
}

void data_json(struct visit *visit) {
  struct json json = json_to(&visit->out);
  struct page_of_data page = {.visit = visit, .add = json_add, .json = &json};
  json_open(&json, '{');
  json_pair(&json, "licence", LICENCE_ZH);
  json_pair(&json, "licence_en", LICENCE_EN);
  json_pair(&json, "as_of", visit->state.moment ? moment_print(visit->arena, visit->state.moment) : NULL);
  json_pair_integer(&json, "journal", visit->state.journal);
  json_pair_yes_no(&json, "demo", visit->setting.demo);
  withheld_add(visit, &json);
  json_key(&json, "problems");
  json_open(&json, '[');
  data_read(&page);
  json_close(&json, ']');
  json_pair(&json, "next", next_address(&page, "problems.json"));
  json_close(&json, '}');
  visit_bytes(visit, 200, "application/json; charset=utf-8", visit->out.bytes, visit->out.size, NULL);
}

static const struct { const char *member; struct label label; } COLUMNS[] = {
  {"number", {"编号", "number"}}, {"title", {"标题", "title"}}, {"text", {"内容", "text"}}, {"category", {"类别", "category"}}, {"district_name", {"所在区", "district"}}, {"unit", {"牵头单位", "lead_unit"}}, {"standing", {"进展", "standing"}},
  {"progress", {"进度(%)", "progress_percent"}}, {"due", {"期限", "due"}}, {"closed_on", {"销号日期", "closed_on"}}, {"publicity_until", {"公示到", "publicised_until"}}, {"released_on", {"发布日期", "released_on"}}};

static const char *cell_of(struct visit *visit, json_t *body, const char *member) {
  json_t *value = json_object_get(body, member);
  if (strcmp(member, "category") == 0) return label_in(category_label(json_integer_value(value)), visit->language);
  if (strcmp(member, "standing") == 0) return label_in(standing_label(json_integer_value(value)), visit->language);
  if (strcmp(member, "progress") == 0)
    return json_is_integer(value) ? arena_print(visit->arena, "%lld", (long long)(json_integer_value(value) / 100)) : "";
  return json_string_value(value) ? json_string_value(value) : "";
}

static void row_add(struct page_of_data *page, const char *text) {
  struct visit *visit = page->visit;
  json_t *body = json_loads(text, 0, NULL);
  for (size_t i = 0; i < sizeof COLUMNS / sizeof *COLUMNS; i++)
    csv_write(&visit->out, cell_of(visit, body, COLUMNS[i].member), i == 0, true);
  csv_write_end(&visit->out);
  json_decref(body);
}

void data_csv(struct visit *visit) {
  struct page_of_data page = {.visit = visit, .add = row_add};
  buffer_text(&visit->out, "\xEF\xBB\xBF");
  for (size_t i = 0; i < sizeof COLUMNS / sizeof *COLUMNS; i++)
    csv_write(&visit->out, label_in(COLUMNS[i].label, visit->language), i == 0, true);
  csv_write_end(&visit->out);
  data_read(&page);
  visit->next = next_address(&page, "problems.csv");
  visit_bytes(visit, 200, "text/csv; charset=utf-8", visit->out.bytes, visit->out.size, "problems.csv");
}

void head_give(struct visit *visit) {
  json_t *body = visit_item(visit, "head", "newest");
  const char *line = member_text(body, "line");
  char *text = line ? arena_print(visit->arena, "%s\n", line) : NULL;
  json_decref(body);
  if (text) visit_bytes(visit, 200, "text/plain; charset=utf-8", text, strlen(text), NULL);
  else page_not_found(visit);
}

void picture_give(struct visit *visit) {
  struct public_picture picture;
  if (public_picture_read(visit->portal->store, visit->path + strlen("/pictures/"), visit->arena, &picture) != STORE_OK)
    page_not_found(visit);
  else visit_bytes(visit, 200, picture.media_type, picture.bytes, picture.size, NULL);
}

/* Style, script and icon stand among the embedded files; the portal serves no other of them. */
void file_give_public(struct visit *visit) {
  static const struct {
    const char *path, *media_type;
  } FILES[] = {{"/portal.css", "text/css; charset=utf-8"},
               {"/portal.js", "text/javascript; charset=utf-8"},
               {"/icon.svg", "image/svg+xml"}};
  size_t count = &ASSET_COUNT ? ASSET_COUNT : 0;
  for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++)
    for (size_t k = 0; strcmp(FILES[i].path, visit->path) == 0 && k < count; k++)
      if (strcmp(ASSETS[k].path, FILES[i].path) == 0) {
        visit_bytes(visit, 200, FILES[i].media_type, (const char *)ASSETS[k].bytes, (size_t)(ASSETS[k].end - ASSETS[k].bytes), NULL);
        return;
      }
  page_not_found(visit);
}
