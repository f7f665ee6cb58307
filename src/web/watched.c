/* The envelope of what is watched (watched.h). A problem out of the asker's scope is not counted by who found it; here it is null. */
#include "web/watched.h"

enum { LIMIT_USUAL = 50, LIMIT_MOST = 200 };

size_t watched_limit(struct request *request) {
  int64_t limit = request_argument_integer(request, "limit", LIMIT_USUAL);
  return limit < 1 ? 1 : limit > LIMIT_MOST ? LIMIT_MOST : (size_t)limit;
}

int64_t watched_after(struct request *request) { return request_argument_integer(request, "after", 0); }

static void table_write(struct request *request, struct json *json, const struct watched *watched) {
  json_key(json, watched->table);
  json_open(json, '[');
  for (size_t i = 0; i < watched->rule_count; i++) {
    struct watched_rule rule = watched->rule_of(watched->with, i);
    json_open(json, '{');
    json_pair_integer(json, "code", rule.code);
    json_pair(json, "name", rule.name);
    json_pair(json, "label", request_label(request, rule.label));
    if (rule.sentence.zh) json_pair(json, "sentence", request_label(request, rule.sentence));
    json_pair(json, "source", rule.source);
    json_pair_integer(json, "count", rule.count);
    json_close(json, '}');
  }
  json_close(json, ']');
}

static enum store_error item_write(struct request *request, struct json *json, const struct watched *watched, size_t i,
                                   const struct scope *scope, struct labels *labels) {
  struct row *row = NULL;
  enum store_error error = reader_get(request->reader, record_type(RECORD_PROBLEM), scope, watched->problem_of(watched->with, i),
                                      request->arena, &row);
  json_open(json, '{');
  json_key(json, "record");
  if (row) record_write(request, json, row, OUT_SPARSE, labels);
  else json_null(json);
  watched->item_write(request, json, watched->with, i);
  json_close(json, '}');
  return error == STORE_ABSENT ? STORE_OK : error;
}

void watched_show(struct request *request, const struct watched *watched, const struct scope *scope) {
  struct labels labels = {.arena = request->arena};
  enum store_error error = STORE_OK;
  struct json *json = out_open(request);
  json_pair(json, "on", date_print(request->arena, watched->on));
  json_pair_integer(json, "problems", watched->problems);
  table_write(request, json, watched);
  json_key(json, "items");
  json_open(json, '[');
  for (size_t i = 0; i < watched->count && !error; i++) error = item_write(request, json, watched, i, scope, &labels);
  json_close(json, ']');
  json_key(json, "next");
  if (watched->more) json_integer(json, watched->problem_of(watched->with, watched->count - 1));
  else json_null(json);
  if (!error) error = labels_write(request, json, &labels);
  if (error) answer_store_error(request, error);
  else out_close(request, 200);
}
