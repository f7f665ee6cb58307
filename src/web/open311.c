/* Open311 GeoReport v2: services, a service's definition, tokens, discovery, and what all of it shares. One may come here without an
   account; nothing is served until somebody turned it on (bihuan open311). */
#include "web/open311.h"

#include <string.h>

/* ---- answers ---- */

static bool wants_json(const struct request *request) {
  size_t size = strlen(request->path);
  return size > 5 && strcmp(request->path + size - 5, ".json") == 0;
}

struct spark open311_open(struct request *request) {
  request->out = (struct buffer){.arena = request->arena};
  return spark_to(&request->out, !wants_json(request));
}

void open311_close(struct request *request, unsigned status) {
  bool json = wants_json(request);
  answer_header(request, "Access-Control-Allow-Origin", "*"); /* nothing here hangs on who is signed in */
  answer_bytes(request, status, json ? "application/json; charset=utf-8" : "text/xml; charset=utf-8", request->out.bytes,
               request->out.size);
}

void open311_error(struct request *request, unsigned status, struct label description) {
  struct spark spark = open311_open(request);
  spark_list(&spark, "errors");
  spark_object(&spark, "error");
  spark_integer(&spark, "code", status);
  spark_text(&spark, "description", request_label(request, description));
  spark_end(&spark);
  spark_end(&spark);
  open311_close(request, status);
}

/* The standard calls it a general service error, 400; that it will pass is told by 503, which clients wait upon. */
void open311_store_error(struct request *request, enum store_error error) {
  answer_header(request, "Retry-After", "5");
  open311_error(request, 503, store_error_label(error));
}

const char *open311_argument(const struct request *request, const char *name) {
  const char *text = request_argument(request, name);
  return text && *text ? text : NULL;
}

/* ---- who and where ---- */

bool open311_begin(struct request *request, const char *jurisdiction, struct open311_settings *settings) {
  enum store_error error = open311_settings_read(request->house->store, request->arena, settings);
  if (error == STORE_ABSENT) open311_error(request, 404, (struct label){"这里没有开通 Open311。", "Open311 is not served here."});
  else if (error) open311_store_error(request, error);
  if (error) return false;
  if (!jurisdiction || !*jurisdiction || !settings->jurisdiction || strcmp(jurisdiction, settings->jurisdiction) == 0) return true;
  open311_error(request, 404, label_print(request->arena, "没有这个 jurisdiction_id：%s。", "jurisdiction_id was not found: %s.", jurisdiction));
  return false;
}

/* A cookie is no key: another site could send it along. */
bool open311_sender_known(struct request *request, const char *key) {
  bool bearer = request->signed_in && request->seat.bearer;
  if (key && sessions_enter_by(request, key) == STORE_OK) bearer = true;
  else if (key) return false;
  if (!bearer || request->seat.must_change || !request->seat.may_write) return false;
  return (!request->seat.only || request->seat.only == ROUTE_OPEN311) &&
         request_scope(request, record_type(RECORD_APPEAL), MAY_CREATE)->grant_count > 0;
}

bool open311_sender(struct request *request, const char *key) {
  if (open311_sender_known(request, key)) return true;
  open311_error(request, 403,
                (struct label){"缺少 api_key,或它无效、已过期、不能用来报送。",
                               "the api_key is missing, invalid, ended, or does not permit to send requests."});
  return false;
}

/* ---- services ---- */

static bool services_read(struct request *request, struct open311_settings *settings, struct open311_services *services) {
  struct reader *reader;
  if (!open311_begin(request, open311_argument(request, "jurisdiction_id"), settings)) return false;
  enum store_error error = store_reader(request->house->store, &reader);
  if (!error) request->reader = reader;
  if (!error) error = open311_services(reader, settings, request->arena, services);
  if (error) open311_store_error(request, error);
  return !error;
}

static void service_write(struct spark *spark, const struct open311_service *service, bool batch) {
  spark_object(spark, "service");
  spark_text(spark, "service_code", service->code);
  spark_text(spark, "service_name", service->name);
  spark_text(spark, "description", service->description);
  spark_yes_no(spark, "metadata", service->question_count > 0);
  spark_text(spark, "type", batch ? "batch" : "realtime");
  spark_text(spark, "keywords", "");
  spark_text(spark, "group", service->group);
  spark_end(spark);
}

void open311_services_show(struct request *request) {
  struct open311_settings settings;
  struct open311_services services;
  if (!services_read(request, &settings, &services)) return;
  struct spark spark = open311_open(request);
  spark_list(&spark, "services");
  for (size_t i = 0; i < services.count; i++) service_write(&spark, &services.items[i], settings.batch);
  spark_end(&spark);
  open311_close(request, 200);
}

static void values_write(struct spark *spark, const struct service_question *question) {
  spark_list(spark, "values");
  for (size_t i = 0; i < question->value_count; i++) {
    spark_object(spark, "value");
    spark_text(spark, "key", question->values[i].key);
    spark_text(spark, "name", question->values[i].name);
    spark_end(spark);
  }
  spark_end(spark);
}

static void attribute_write(struct spark *spark, const struct service_question *question, int64_t order) {
  spark_object(spark, "attribute");
  spark_yes_no(spark, "variable", !question->notice);
  spark_text(spark, "code", question->code);
  spark_text(spark, "datatype", SERVICE_DATATYPE_NAMES[question->datatype]);
  spark_yes_no(spark, "required", question->required && !question->notice);
  spark_text(spark, "datatype_description", *question->hint ? question->hint : NULL);
  spark_integer(spark, "order", order);
  spark_text(spark, "description", question->text);
  if (question->value_count) values_write(spark, question);
  spark_end(spark);
}

void open311_definition_show(struct request *request) {
  struct open311_settings settings;
  struct open311_services services;
  if (!services_read(request, &settings, &services)) return;
  const struct open311_service *service = open311_service(&services, request->parts.name);
  if (!service) {
    open311_error(request, 404,
                  label_print(request->arena, "没有这个 service_code：%s。", "service_code was not found: %s.", request->parts.name));
    return;
  }
  struct spark spark = open311_open(request);
  spark_object(&spark, "service_definition");
  spark_text(&spark, "service_code", service->code);
  spark_list(&spark, "attributes");
  for (size_t i = 0; i < service->question_count; i++) attribute_write(&spark, &service->questions[i], (int64_t)i + 1);
  spark_end(&spark);
  spark_end(&spark);
  open311_close(request, 200);
}

/* ---- tokens ---- */

void open311_token_show(struct request *request) {
  struct open311_settings settings;
  struct reader *reader;
  const char *token = request->parts.name;
  int64_t id = 0;
  bool taken_up = false;
  if (!open311_begin(request, open311_argument(request, "jurisdiction_id"), &settings)) return;
  enum store_error error = store_reader(request->house->store, &reader);
  if (!error) request->reader = reader;
  if (!error) error = open311_by_token(reader, token, request->arena, &id, &taken_up);
  if (error == STORE_ABSENT) open311_error(request, 404, label_print(request->arena, "没有这个 token：%s。", "token was not found: %s.", token));
  else if (error) open311_store_error(request, error);
  if (error) return;
  struct spark spark = open311_open(request);
  spark_list(&spark, "service_requests");
  spark_object(&spark, "request");
  /* a batch: once the office has taken it up */
  spark_text(&spark, "service_request_id", taken_up || !settings.batch ? arena_print(request->arena, "%lld", (long long)id) : NULL);
  spark_text(&spark, "token", token);
  spark_end(&spark);
  spark_end(&spark);
  open311_close(request, 200);
}

/* ---- where it is served ---- */

void open311_discovery_show(struct request *request) {
  struct open311_settings settings;
  const char *host = request_header(request, "Host"), *kind = request->server->options.behind_proxy ? "https" : "http";
  if (!open311_begin(request, NULL, &settings)) return;
  struct spark spark = open311_open(request);
  spark_object(&spark, "discovery");
  spark_text(&spark, "changeset", NULL);
  spark_text(&spark, "key_service",
             request_label(request, (struct label){"api_key 由本单位的安全管理员发放。",
                                                   "An api_key is given out by the office's security administrator."}));
  spark_list(&spark, "endpoints");
  spark_object(&spark, "endpoint");
  spark_text(&spark, "specification", "http://wiki.open311.org/GeoReport_v2");
  spark_text(&spark, "url", arena_print(request->arena, "%s://%s/open311/v2", kind, host ? host : "localhost"));
  spark_text(&spark, "changeset", NULL);
  spark_text(&spark, "type", "production");
  spark_list(&spark, "formats");
  spark_item(&spark, "format", "text/xml");
  spark_item(&spark, "format", "application/json");
  spark_end(&spark);
  spark_end(&spark);
  spark_end(&spark);
  spark_end(&spark);
  open311_close(request, 200);
}

void open311_unknown(struct request *request) {
  open311_error(request, 404,
                (struct label){"GeoReport v2 没有这个地址;格式只有 .xml 和 .json。",
                               "GeoReport v2 has no such address; the formats are .xml and .json."});
}
