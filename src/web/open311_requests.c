/* Open311 GeoReport v2: requests as they may be seen, many or one. The default is the last 90 days, at most 1,000; further back by
   pages. */
#include <stdlib.h>
#include <string.h>

#include "web/open311.h"

#define IDS_MOST 200
#define PAGE_USUAL 100 /* where a page is asked for without its size */

/* ---- one request ---- */

/* W3C: to the second, with the zone. */
static const char *moment_shown(struct request *request, int64_t moment) {
  return moment == NOTHING ? NULL : moment_print(request->arena, moment / MOMENT_SECOND * MOMENT_SECOND);
}

static void point_write(struct request *request, struct spark *spark, int64_t point) {
  bool there = point != NOTHING;
  spark_plain(spark, "lat", there ? text_from_decimal(request->arena, (point >> 32) - 90000000, 6) : NULL);
  spark_plain(spark, "long", there ? text_from_decimal(request->arena, (point & 0xFFFFFFFF) - 180000000, 6) : NULL);
}

static void extensions_write(struct request *request, struct spark *spark, const struct open311_request *one) {
  spark_object(spark, "extended_attributes");
  spark_text(spark, "state", one->state);
  spark_text(spark, "state_name", request_label(request, one->state_label));
  spark_text(spark, "shown_on", one->shown_on == NOTHING ? NULL : date_print(request->arena, one->shown_on));
  spark_end(spark);
  spark_list(spark, "notes");
  for (size_t i = 0; i < one->note_count; i++) {
    spark_object(spark, "note");
    spark_text(spark, "datetime", moment_shown(request, one->notes[i].moment));
    spark_text(spark, "description", request_label(request, one->notes[i].description));
    spark_text(spark, "type", one->notes[i].type);
    spark_end(spark);
  }
  spark_end(spark);
}

static void request_write(struct request *request, struct spark *spark, const struct open311_request *one, bool extensions) {
  spark_object(spark, "request");
  spark_text(spark, "service_request_id", arena_print(request->arena, "%lld", (long long)one->id));
  spark_text(spark, "status", one->closed ? "closed" : "open");
  spark_text(spark, "status_notes", one->status_notes);
  spark_text(spark, "service_name", one->service_name);
  spark_text(spark, "service_code", one->service_code);
  spark_text(spark, "description", one->description);
  spark_text(spark, "agency_responsible", one->agency);
  spark_text(spark, "service_notice", NULL);
  spark_text(spark, "requested_datetime", moment_shown(request, one->requested));
  spark_text(spark, "updated_datetime", moment_shown(request, one->updated));
  spark_text(spark, "expected_datetime", moment_shown(request, one->expected));
  spark_text(spark, "address", one->address);
  spark_text(spark, "address_id", NULL);
  spark_text(spark, "zipcode", NULL);
  point_write(request, spark, one->point);
  spark_text(spark, "media_url", NULL);
  if (extensions) extensions_write(request, spark, one);
  spark_end(spark);
}

struct page { struct request *request; struct spark spark; bool extensions; size_t count; };

static bool request_take(void *with, const struct open311_request *one) {
  struct page *page = with;
  request_write(page->request, &page->spark, one, page->extensions);
  page->count++;
  return true;
}

static bool wants_extensions(const struct request *request) {
  const char *asked = open311_argument(request, "extensions"), *also = open311_argument(request, "extended_attributes");
  return (asked && strcmp(asked, "true") == 0) || (also && strcmp(also, "true") == 0);
}

static bool reader_open(struct request *request) {
  struct reader *reader;
  enum store_error error = store_reader(request->house->store, &reader);
  if (error) open311_store_error(request, error);
  else request->reader = reader;
  return !error;
}

/* ---- what is asked ---- */

static bool wrong(struct request *request, struct label why) {
  open311_error(request, 400, why);
  return false;
}

static bool ids_read(struct request *request, const char *text, struct open311_question *question) {
  int64_t *ids = ARENA_ARRAY(request->arena, int64_t, IDS_MOST);
  for (const char *at = text; *at;) {
    size_t size = strcspn(at, ",");
    const char *part = text_clean(request->arena, arena_copy(request->arena, at, size), false);
    if (question->id_count == IDS_MOST)
      return wrong(request, label_print(request->arena, "service_request_id 最多 %d 个。", "at most %d service_request_id.", IDS_MOST));
    if (*part && !text_to_integer(part, &ids[question->id_count])) ids[question->id_count] = 0; /* of nothing: there is none such */
    if (*part) question->id_count++;
    at += size + (at[size] == ',');
  }
  question->ids = ids;
  question->page_size = OPEN311_MOST;
  return true;
}

static bool moment_read(struct request *request, const char *name, int64_t *moment) {
  const char *text = open311_argument(request, name);
  *moment = NOTHING;
  if (!text || (strchr(text, '-') && moment_parse(text, moment))) return true; /* all digits would be microseconds: no W3C form */
  /* a "+" of the zone arrives as a blank where it was not encoded */
  char *mended = arena_text(request->arena, text), *blank = strrchr(mended, ' ');
  if (blank && strchr(mended, 'T')) *blank = '+';
  if (strchr(mended, '-') && moment_parse(mended, moment)) return true;
  return wrong(request, label_print(request->arena, "%s 应为带时区的时间，如 2026-01-01T00:00:00Z，不是“%s”。",
                                    "%s is a date and time with a zone such as 2026-01-01T00:00:00Z, not \"%s\".", name, text));
}

static bool span_read(struct request *request, struct open311_question *question) {
  int64_t now = request_now(request);
  if (!moment_read(request, "start_date", &question->from) || !moment_read(request, "end_date", &question->to)) return false;
  if (question->from == NOTHING && question->to == NOTHING) question->to = now;
  if (question->to == NOTHING)
    question->to = question->from + OPEN311_SPAN < now ? question->from + OPEN311_SPAN : now > question->from ? now : question->from;
  if (question->from == NOTHING) question->from = question->to - OPEN311_SPAN;
  if (question->to < question->from) return wrong(request, (struct label){"end_date 早于 start_date。", "end_date lies before start_date."});
  if (question->to - question->from > OPEN311_SPAN)
    return wrong(request, (struct label){"start_date 和 end_date 之间不能超过 90 天，请分段查询。",
                                         "start_date and end_date may not span more than 90 days; ask in parts."});
  return true;
}

static bool status_read(struct request *request, struct open311_question *question) {
  const char *text = open311_argument(request, "status");
  for (const char *at = text ? text : "open,closed"; *at;) {
    size_t size = strcspn(at, ",");
    bool open = size == 4 && strncasecmp(at, "open", 4) == 0, closed = size == 6 && strncasecmp(at, "closed", 6) == 0;
    if (!open && !closed)
      return wrong(request,
                   label_print(request->arena, "status 应为 open 或 closed，不是“%s”。", "status is open or closed, not \"%s\".", text));
    question->open |= open;
    question->closed |= closed;
    at += size + (at[size] == ',');
  }
  return true;
}

static bool page_read(struct request *request, struct open311_question *question) {
  const char *page = open311_argument(request, "page"), *size = open311_argument(request, "page_size");
  int64_t number = 1, most = question->notes ? OPEN311_NOTES_MOST : OPEN311_MOST, many = !page && !size ? most : PAGE_USUAL;
  if ((page && !text_to_integer(page, &number)) || (size && !text_to_integer(size, &many)) || number < 1 || many < 1)
    return wrong(request, (struct label){"page 和 page_size 应为从 1 起的整数。", "page and page_size are whole numbers from 1."});
  if (many > most) many = most;
  if (number > OPEN311_REACH / many)
    return wrong(request, label_print(request->arena, "翻得太远：请缩短 start_date 到 end_date 的时间。",
                                      "too far back for pages: ask for a shorter time by start_date and end_date."));
  question->page = (size_t)number;
  question->page_size = (size_t)many;
  return true;
}

static bool question_read(struct request *request, struct open311_question *question) {
  const char *ids = open311_argument(request, "service_request_id");
  *question = (struct open311_question){.page = 1, .notes = wants_extensions(request), .codes = open311_argument(request, "service_code")};
  if (ids) return ids_read(request, ids, question); /* overrides all other arguments */
  return span_read(request, question) && status_read(request, question) && page_read(request, question);
}

void open311_requests_show(struct request *request) {
  struct open311_settings settings;
  struct open311_question question;
  if (!open311_begin(request, open311_argument(request, "jurisdiction_id"), &settings)) return;
  if (!question_read(request, &question) || !reader_open(request)) return;
  struct page page = {.request = request, .extensions = question.notes};
  page.spark = open311_open(request);
  spark_list(&page.spark, "service_requests");
  enum store_error error = open311_requests(request->reader, &question, request->arena, request_take, &page);
  spark_end(&page.spark);
  if (error) open311_store_error(request, error);
  else open311_close(request, 200);
}

/* One that is not released is there for whoever sent it in, without a word of anybody's. */
static enum store_error own_take(struct request *request, int64_t id, struct page *page) {
  struct open311_request one;
  const char *key = open311_argument(request, "api_key");
  bool known = id > 0 && open311_sender_known(request, key);
  enum store_error error = known ? open311_own(request->reader, id, request->seat.user, request->arena, &one) : STORE_ABSENT;
  if (!error) request_take(page, &one);
  return error == STORE_ABSENT ? STORE_OK : error;
}

void open311_request_show(struct request *request) {
  struct open311_settings settings;
  int64_t id = 0;
  if (!open311_begin(request, open311_argument(request, "jurisdiction_id"), &settings) || !reader_open(request)) return;
  if (!text_to_integer(request->parts.name, &id)) id = 0;
  struct open311_question question = {.ids = &id, .id_count = 1, .page = 1, .page_size = 1, .notes = wants_extensions(request)};
  struct page page = {.request = request, .extensions = question.notes};
  page.spark = open311_open(request);
  spark_list(&page.spark, "service_requests");
  enum store_error error = open311_requests(request->reader, &question, request->arena, request_take, &page);
  if (!error && !page.count) error = own_take(request, id, &page);
  spark_end(&page.spark);
  if (error) open311_store_error(request, error);
  else if (!page.count)
    open311_error(request, 404,
                  label_print(request->arena, "没有这个 service_request_id，或者没有公开：%s。",
                              "service_request_id was not found, or is not released: %s.", request->parts.name));
  else open311_close(request, 200);
}
